"""Bad input: one clear line that says what, where and how to mend it, exit code 2, and nothing lost."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time

import pandas as pd
import psutil
import pytest


def one_line(done, *, code: int = 2) -> str:
    """Return the one error line of a failed run."""
    assert done.returncode == code, done.stderr + done.stdout
    lines = [line for line in done.stderr.splitlines() if line.strip() and not line.endswith("...")]
    assert len(lines) == 1, done.stderr
    assert lines[0].startswith("error:")
    assert "Traceback" not in done.stderr
    return lines[0]


@pytest.mark.parametrize(
    ("options", "names"),
    [
        (["--since", "2024-13-01"], ["--since", "YYYY-MM-DD"]),
        (["--since", "2025-01-01", "--until", "2024-01-01"], ["2025-01-01", "2024-01-01"]),
        (["--issue", "no_such_issue"], ["no_such_issue", "us_presence"]),
        (["--language", "fr"], ["fr", "en or ar"]),
        (["--engine", "word"], ["word", "quarto or embedded"]),
        (["--corpus", "no-such-folder"], ["no-such-folder"]),
        (["--since", "1990-01-01", "--until", "1990-12-31"], ["1990-01-01", "Widen"]),
        (["--minimum-statements", "0"], ["--minimum-statements"]),
    ],
)
def test_an_impossible_option_is_named_with_its_mend(mawaqif, options, names):
    line = one_line(mawaqif("report", *options))
    for name in names:
        assert name in line


def test_an_empty_folder_is_an_error_that_names_it(mawaqif, project):
    (project / "empty").mkdir()
    assert "empty" in one_line(mawaqif("annotate", "empty", "out.jsonl"))
    assert not (project / "out.jsonl").exists()


def test_bad_documents_are_named_and_the_good_one_goes_on(mawaqif, project):
    corpus = project / "mixed"
    corpus.mkdir()
    (corpus / "good.txt").write_text("قال الوزير إن القوات الأمريكية ستغادر العراق قريبا.", encoding="utf-8")
    (corpus / "binary.txt").write_bytes(bytes(range(256)) * 40)
    (corpus / "empty.txt").write_bytes(b"")
    (corpus / "english.txt").write_text("The minister said that the troops would leave soon.", encoding="utf-8")
    (corpus / "huge.txt").write_bytes(("قال الوزير " * 2_600_000).encode())
    (corpus / "gone.txt").symlink_to("nowhere.txt")
    (corpus / "deep").mkdir()
    (corpus / "deep" / "good.md").write_text("قال الوزير إن القوات ستبقى.", encoding="utf-8")
    done = mawaqif("annotate", "mixed", "out.jsonl")
    assert done.returncode == 0, done.stderr
    records = [json.loads(line) for line in (project / "out.jsonl").read_text(encoding="utf-8").splitlines()]
    assert [r["doc_id"] for r in records] == ["good"]
    for name in ("binary.txt", "empty.txt", "english.txt", "gone.txt", "huge.txt"):
        assert name in done.stderr
    assert done.stderr.count("good") >= 1  # the second file with this stem


@pytest.mark.skipif(os.geteuid() == 0, reason="root reads everything")
def test_an_unreadable_file_is_named(mawaqif, project):
    corpus = project / "mixed"
    corpus.mkdir()
    (corpus / "good.txt").write_text("قال الوزير إن القوات ستغادر.", encoding="utf-8")
    (corpus / "locked.txt").write_text("قال", encoding="utf-8")
    (corpus / "locked.txt").chmod(0)
    done = mawaqif("annotate", "mixed", "out.jsonl")
    assert done.returncode == 0
    assert "locked.txt" in done.stderr


def test_a_duplicate_alias_in_the_vocabulary_is_named_with_both_owners(mawaqif, project):
    path = project / "data" / "vocabulary" / "actors.yml"
    text = path.read_text(encoding="utf-8")
    text += (
        "  - id: second_biden\n    name: {ar: جو بايدن, en: Second Biden}\n    type: person\n    camp: united_states\n"
    )
    path.write_text(text, encoding="utf-8")
    line = one_line(mawaqif("annotate", "data/raw", "out.jsonl"))
    for name in ("actors.yml", "second_biden", "biden"):
        assert name in line


def test_an_unknown_code_in_a_coding_is_named_with_its_row(mawaqif, project):
    path = project / "data" / "coding" / "statements.csv"
    lines = path.read_text(encoding="utf-8").splitlines()
    lines[1] = lines[1].replace("coordination_framework", "nobody_known", 1)
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")
    line = one_line(mawaqif("report"))
    assert "statements.csv, row 2" in line
    assert "nobody_known" in line


@pytest.mark.parametrize(
    ("arguments", "names"),
    [
        (["annotate", "--no-such-option", "data/raw", "o.jsonl"], ["--no-such-option", "--help"]),
        (["annotate"], ["IN", "--help"]),
        (["sample", "first", "--seed", "-5"], ["--seed", "--help"]),
        (["dates", "--reference", "2024-13-40"], ["--reference", "2024-13-40"]),
        (["export", "--to", "csv", "/dev/null"], ["/dev/null", "device"]),
        (["reprot"], ["reprot", "report"]),
        (["annotate", "data/raw", "missing/o.jsonl"], ["missing", "mkdir"]),
        (["annotate", "data/raw", "data"], ["data", "folder"]),
        (["annotate", "in.jsonl", "in.jsonl"], ["in.jsonl", "also the input"]),
        (["annotate", "data/raw", "/dev/null"], ["/dev/null", "device"]),
        (["annotate", "[/red]:smile:", "o.jsonl"], ["[/red]:smile:", "no such folder"]),
    ],
)
def test_a_wrong_command_line_is_one_line_and_touches_nothing(mawaqif, project, arguments, names):
    row = json.dumps({"id": "a", "text": "قال الوزير إن القوات ستغادر."}, ensure_ascii=False)
    (project / "in.jsonl").write_text(row + "\n", encoding="utf-8")
    line = one_line(mawaqif(*arguments))
    for name in names:
        assert name in line
    assert (project / "in.jsonl").read_text(encoding="utf-8") == row + "\n"
    assert os.path.exists("/dev/null")
    assert not os.path.isfile("/dev/null")


def test_arabic_is_printed_where_the_locale_knows_none(mawaqif):
    ascii_alone = {"LC_ALL": "C", "PYTHONUTF8": "0", "PYTHONCOERCECLOCALE": "0"}
    done = mawaqif("briefs", "--json", env=ascii_alone)
    assert done.returncode == 0, done.stderr
    assert any("\u0627" in brief["title"]["ar"] for brief in json.loads(done.stdout) if "ar" in brief["title"])


def test_control_characters_of_a_name_do_not_reach_the_terminal(mawaqif):
    line = one_line(mawaqif("annotate", "\x1b[31mred\u202e", "o.jsonl"))
    assert "\x1b" not in line
    assert "\u202e" not in line


@pytest.mark.parametrize(
    ("file", "column", "value"),
    [
        ("statements.csv", "start", "1.5"),
        ("statements.csv", "end", "99999999999999999999"),
        ("events.csv", "normalised", "2024-13"),
        ("documents.csv", "published_range", "soon"),
        ("statements.csv", "kind", ""),
    ],
)
def test_an_impossible_coding_is_named_with_file_and_row(mawaqif, project, file, column, value):
    path = project / "data" / "coding" / file
    table = pd.read_csv(path, dtype=str, keep_default_na=False)
    at = table.index[table["coder"].eq("consensus")][0] if file == "statements.csv" else 0
    table.loc[at, column] = value
    table.to_csv(path, index=False)
    line = one_line(mawaqif("report"))
    assert file in line
    assert f"row {at + 2}" in line


def test_a_report_that_is_interrupted_says_so_leaves_no_litter_and_no_process(project):
    arguments = [sys.executable, "-m", "mawaqif", "report", "--language", "en", "--engine", "embedded"]
    environment = {**os.environ, "MAWAQIF_HOME": str(project)}
    with subprocess.Popen(
        arguments, cwd=project, env=environment, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
    ) as running:
        for line in running.stderr:
            if line.startswith("notebooks"):
                break
        while not (kernels := psutil.Process(running.pid).children(recursive=True)) and running.poll() is None:
            time.sleep(0.2)
        running.send_signal(signal.SIGTERM)
        _, rest = running.communicate(timeout=600)
    assert kernels
    assert running.returncode == 128 + signal.SIGTERM
    assert "interrupted" in rest
    assert "Traceback" not in rest
    assert not list((project / "build").glob(".making-*"))
    assert not [child for child in psutil.wait_procs(kernels, timeout=120)[1] if child.is_running()]
