"""The command line's JSON contracts, as other programs read them."""

from __future__ import annotations

import hashlib
import json

import pytest

RECORD = {
    "doc_id", "sha256", "encoding", "title", "outlet", "published", "views", "reading_minutes", "duplicate_of",
    "boilerplate", "mentions", "statements", "dates",
}  # fmt: skip
STATEMENT = {
    "statement_id", "speaker_id", "speaker_name", "speaker", "cue", "kind", "start", "end", "issue", "stance",
    "modality", "confidence", "coder",
}  # fmt: skip
DATE = {"start", "end", "from", "to", "granularity", "status", "basis"}


@pytest.fixture
def records(mawaqif, project):
    done = mawaqif("annotate", "data/raw", "out.jsonl")
    assert done.returncode == 0, done.stderr
    return [json.loads(line) for line in (project / "out.jsonl").read_text(encoding="utf-8").splitlines()]


def test_annotate_writes_one_record_a_document_with_the_agreed_keys(records, project):
    assert [r["doc_id"] for r in records] == sorted(p.stem for p in (project / "data" / "raw").glob("*.txt"))
    for record in records:
        assert set(record) == RECORD
        assert set(record["published"]) == {"date", "earliest", "latest", "basis"}
        assert all(set(s) == STATEMENT for s in record["statements"])
        assert all(set(d) == DATE for d in record["dates"])
        assert all(set(m) == {"actor_id", "start", "end", "registered"} for m in record["mentions"])


def test_every_offset_of_a_record_lies_in_the_decoded_source_and_the_checksum_is_of_its_bytes(records, project):
    for record in records:
        source = project / "data" / "raw" / f"{record['doc_id']}.txt"
        assert record["sha256"] == hashlib.sha256(source.read_bytes()).hexdigest()
        length = len(source.read_text(encoding="utf-8-sig"))
        spans = [(s["start"], s["end"]) for key in ("statements", "mentions", "dates") for s in record[key]]
        spans += [tuple(s) for s in record["boilerplate"]]
        assert spans
        assert all(0 <= start < end <= length for start, end in spans)


def test_annotate_is_rules_alone(records):
    coders = {s["coder"] for r in records for s in r["statements"]}
    assert coders == {"rules"}


def test_two_processes_write_the_same_records_as_one(mawaqif, project):
    for jobs in ("1", "2"):
        assert mawaqif("annotate", "data/raw", f"{jobs}.jsonl", "--jobs", jobs).returncode == 0
    assert (project / "1.jsonl").read_bytes() == (project / "2.jsonl").read_bytes()


def test_annotate_reads_a_jsonl_file_and_keeps_the_given_date_and_outlet(mawaqif, project):
    row = {
        "id": "a-1",
        "text": "قال رئيس الوزراء إن القوات ستغادر العام المقبل.",
        "outlet": "وكالة",
        "published": "2024-05-02",
    }
    (project / "in.jsonl").write_text(json.dumps(row, ensure_ascii=False) + "\n", encoding="utf-8")
    assert mawaqif("annotate", "in.jsonl", "out.jsonl").returncode == 0
    record = json.loads((project / "out.jsonl").read_text(encoding="utf-8"))
    assert record["doc_id"] == "a-1"
    assert record["outlet"] == "وكالة"
    assert record["published"] == {
        "date": "2024-05-02",
        "earliest": "2024-05-02",
        "latest": "2024-05-02",
        "basis": "given",
    }
    assert [d["from"] for d in record["dates"]] == ["2025-01-01"]


def test_dates_prints_one_list_a_line_and_resolves_against_the_reference(mawaqif):
    done = mawaqif("dates", "--reference", "2024-08-16", input="في 3 مايس 2021\n\nمساء أمس الخميس\nعددهم 2500 جندي\n")
    lists = [json.loads(line) for line in done.stdout.splitlines()]
    assert [len(found) for found in lists] == [1, 0, 1, 0]
    assert lists[0][0]["from"] == lists[0][0]["to"] == "2021-05-03"
    assert lists[2][0]["from"] == "2024-08-15"
    assert all(set(d) == DATE for found in lists for d in found)


def test_dates_leaves_a_relative_expression_unresolved_without_a_reference(mawaqif):
    found = json.loads(mawaqif("dates", input="الأسبوع الماضي\n").stdout)
    assert [(d["from"], d["to"], d["basis"]) for d in found] == [(None, None, "unresolved")]


@pytest.mark.parametrize("command", ["report", "annotate", "dates", "evaluate", "lab"])
def test_every_command_explains_itself(mawaqif, command):
    done = mawaqif(command, "--help")
    assert done.returncode == 0
    assert "Usage" in done.stdout
    assert len(done.stdout) > 200
