"""Reviewed codings win over the rules while their text is the one that was coded."""

from __future__ import annotations

import hashlib
from pathlib import Path

import pandas as pd
import pytest

from mawaqif.coding import COLUMNS, apply_codings, load_codings, parse_interval
from mawaqif.errors import CodingError
from mawaqif.schemas import TABLES, validate
from mawaqif.vocabulary import load_vocabulary

TEXT = "قال بايدن إن القوات ستغادر. وقال ترامب إنها ستبقى."
SHA = hashlib.sha256(TEXT.encode()).hexdigest()
VOCABULARY = Path(__file__).parents[2] / "data" / "vocabulary"


@pytest.fixture(scope="module")
def vocabulary():
    return load_vocabulary(VOCABULARY)


def table(name: str, *rows: dict) -> pd.DataFrame:
    return validate(name, pd.DataFrame(rows, columns=list(TABLES[name].to_schema().columns)))


def statement(statement_id: str, start: int, end: int, **values) -> dict:
    base = {
        "statement_id": statement_id, "doc_id": "a", "start": start, "end": end, "quote": TEXT[start:end],
        "kind": "indirect", "is_registered": False, "issue": "us_presence", "modality": "fact", "confidence": 0.5,
        "coder": "rules",
    }  # fmt: skip
    return {**base, **values}


@pytest.fixture
def by_rules():
    documents = [
        {"doc_id": "a", "published_basis": "unknown", "n_characters": len(TEXT), "n_boilerplate": 0, "n_sentences": 2}
    ]
    raw = [{"doc_id": "a", "path": "a.txt", "sha256": SHA, "encoding": "utf-8", "media_type": "text", "text": TEXT}]
    return {
        "statements": table(
            "core_statements", statement(f"{SHA[:8]}-0-9", 0, 9), statement(f"{SHA[:8]}-28-49", 28, 49)
        ),
        "dates": table("core_dates"),
        "documents": table("core_documents", *documents),
        "raw": table("raw_documents", *raw),
    }


def write(folder: Path, name: str, *rows: dict) -> None:
    columns = COLUMNS.get(name) or tuple(rows[0])
    pd.DataFrame(rows, columns=list(columns)).to_csv(folder / name, index=False)


def coded(**values) -> dict:
    row = {"coder": "consensus", "doc": "a.txt", "speaker_id": "biden", "kind": "indirect", "start": 13, "end": 26}
    return {**row, "issue": "us_presence", "stance": -1, "modality": "forecast", "scoring": "required", **values}


def test_a_reviewed_document_shows_the_reference_and_not_the_rules(tmp_path, vocabulary, by_rules):
    write(tmp_path, "statements.csv", coded(), coded(start=40, end=49, scoring="optional"))
    write(tmp_path, "coded_texts.csv", {"doc": "a.txt", "sha256": SHA})
    statements, _, _, use = apply_codings(**by_rules, codings=load_codings(tmp_path, vocabulary), vocabulary=vocabulary)
    assert statements["coder"].tolist() == ["reference"]
    assert statements["quote"].tolist() == [TEXT[13:26]]
    assert statements["speaker_name"].tolist() == ["جو بايدن"]
    assert use.coded_documents == ("a",)
    assert use.left_out == 1


def test_codings_of_a_text_that_changed_are_reported_and_the_rules_stand(tmp_path, vocabulary, by_rules):
    write(tmp_path, "statements.csv", coded())
    write(tmp_path, "coded_texts.csv", {"doc": "a.txt", "sha256": "0" * 64})
    statements, _, _, use = apply_codings(**by_rules, codings=load_codings(tmp_path, vocabulary), vocabulary=vocabulary)
    assert set(statements["coder"]) == {"rules"}
    assert use.coded_documents == ()
    assert use.orphans == ("a (its text changed)",)


def test_joint_speakers_of_one_span_get_ids_of_their_own(tmp_path, vocabulary, by_rules):
    write(tmp_path, "statements.csv", coded(), coded(speaker_id="trump"))
    write(tmp_path, "coded_texts.csv", {"doc": "a.txt", "sha256": SHA})
    statements, *_ = apply_codings(**by_rules, codings=load_codings(tmp_path, vocabulary), vocabulary=vocabulary)
    assert statements["statement_id"].tolist() == [f"{SHA[:8]}-13-26", f"{SHA[:8]}-13-26.2"]


def test_an_analysts_correction_wins_and_an_unknown_id_is_reported(tmp_path, vocabulary, by_rules):
    change = {"statement_id": f"{SHA[:8]}-0-9", "decision": "change", "speaker_id": "trump", "issue": "us_presence"}
    change |= {"stance": 2, "modality": "position", "coder": "LH", "coded_at": "2026-01-02", "note": ""}
    gone = {**change, "statement_id": f"{SHA[:8]}-28-49", "decision": "reject"}
    unknown = {**change, "statement_id": "ffffffff-1-2"}
    write(tmp_path, "corrections.csv", change, gone, unknown)
    statements, _, _, use = apply_codings(**by_rules, codings=load_codings(tmp_path, vocabulary), vocabulary=vocabulary)
    assert statements[["coder", "speaker_id", "stance", "camp"]].values.tolist() == [
        ["analyst", "trump", 2, "united_states"]
    ]
    assert use.orphans == ("ffffffff-1-2 (no such statement)",)


@pytest.mark.parametrize(
    ("values", "names"),
    [
        ({"speaker_id": "nobody"}, "nobody"),
        ({"stance": 3}, "stance 3"),
        ({"modality": "wish"}, "wish"),
        ({"start": "x"}, "whole number"),
    ],
)
def test_an_unknown_code_is_refused_with_file_and_row(tmp_path, vocabulary, values, names):
    write(tmp_path, "statements.csv", coded(), coded(**values))
    with pytest.raises(CodingError) as error:
        load_codings(tmp_path, vocabulary)
    assert "statements.csv" in str(error.value)
    assert "row 3" in str(error.value)
    assert names in str(error.value)


def test_rows_with_a_cell_too_many_are_refused_rather_than_shifted(tmp_path, vocabulary):
    write(tmp_path, "statements.csv", coded())
    head, row = (tmp_path / "statements.csv").read_text(encoding="utf-8").splitlines()
    (tmp_path / "statements.csv").write_text(f"{head}\n{row},more\n", encoding="utf-8")
    with pytest.raises(CodingError, match=r"statements\.csv: rows have more cells"):
        load_codings(tmp_path, vocabulary)


def test_a_span_outside_the_text_is_refused(tmp_path, vocabulary, by_rules):
    write(tmp_path, "statements.csv", coded(end=900))
    write(tmp_path, "coded_texts.csv", {"doc": "a.txt", "sha256": SHA})
    with pytest.raises(CodingError, match="13-900"):
        apply_codings(**by_rules, codings=load_codings(tmp_path, vocabulary), vocabulary=vocabulary)


@pytest.mark.parametrize(
    ("normalised", "days"),
    [
        ("2026", ("2026-01-01", "2026-12-31")),
        ("2024-02", ("2024-02-01", "2024-02-29")),
        ("2024-08-15", ("2024-08-15", "2024-08-15")),
        ("2025-08/..", ("2025-08-01", None)),
        ("../2014", (None, "2014-12-31")),
        ("2024-01/2024-07", ("2024-01-01", "2024-07-31")),
    ],
)
def test_a_normalised_interval_gives_its_inclusive_days(normalised, days):
    assert parse_interval(normalised) == days


def test_a_dated_event_goes_by_the_name_written_for_it(tmp_path, vocabulary, by_rules):
    event = {"doc": "a.txt", "start": 9, "end": 12, "normalised": "2024", "granularity": "year", "status": "planned"}
    event |= {"resolved_from": "absolute", "what_start": 13, "what_end": 26, "what_en": "They will leave"}
    write(tmp_path, "events.csv", {"coder": "coder1", **event}, {"coder": "coder2", **event})
    write(tmp_path, "coded_texts.csv", {"doc": "a.txt", "sha256": SHA})
    for name, expected in (("", ("They will leave", None)), ("Departure", ("Departure", "مغادرة القوات"))):
        named = {"doc": "a.txt", "start": 9, "end": 12, "name_en": name, "name_ar": "مغادرة القوات" if name else ""}
        write(tmp_path, "event_names.csv", named)
        codings = load_codings(tmp_path, vocabulary)
        _, dates, _, _ = apply_codings(**by_rules, codings=codings, vocabulary=vocabulary)
        assert (dates["what_en"].iloc[0], dates["what_ar"].iloc[0]) == expected
