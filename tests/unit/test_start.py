from __future__ import annotations

import json
import os
from dataclasses import replace
from pathlib import Path

import pandas as pd
import pytest

import mawaqif as mq
from mawaqif.corrections import Decision, DecisionFile
from mawaqif.paths import Paths
from mawaqif.start import count_decisions, describe_state, read_last_build
from mawaqif.tables import Tables


@pytest.fixture(scope="module")
def tables() -> Tables:
    return mq.load().tables


def write_manifest(paths: Paths, *, at: float) -> None:
    paths.build.mkdir(parents=True, exist_ok=True)
    outputs = {"build/report/report.en.html": "x", "build/report/report.en.pdf": "x"}
    paths.manifest.write_text(json.dumps({"engine": "embedded 1", "outputs": outputs}), encoding="utf-8")
    os.utime(paths.manifest, (at, at))


def decided(tables: Tables, moment: str) -> Tables:
    rows = [{"coder": "rania", "coded_at": moment, "statement_id": "a", "decision": "accept", "is_settled": False}]
    columns = dict.fromkeys(tables.codings.corrections.columns, "")
    corrections = pd.DataFrame([{**columns, **row} for row in rows])
    return replace(tables, codings=replace(tables.codings, corrections=corrections))


def test_it_says_what_is_loaded_and_by_whom_it_was_coded(tables: Tables, tmp_path: Path) -> None:
    told = describe_state(tables, paths=Paths(tmp_path)).markdown

    assert f"{len(tables.core_documents)} articles" in told
    assert f"{len(tables.core_statements)} statements" in told
    assert f"the reference codings: {(tables.core_statements['coder'] == 'reference').sum()}" in told
    assert "not made yet" in told
    assert "none published yet" in told
    assert "`make report`" in told


def test_it_leads_to_the_last_report_and_says_when_it_was_made(tables: Tables, tmp_path: Path) -> None:
    write_manifest(Paths(tmp_path), at=1_700_000_000)

    told = describe_state(tables, paths=Paths(tmp_path)).markdown

    assert "2023-11-14 22:13 UTC" in told
    assert "[report.en.html](../build/report/report.en.html)" in told
    assert "report.en.pdf" not in told


@pytest.mark.parametrize(("moment", "is_newer"), [("2023-11-15T00:00:00+00:00", True), ("2023-11-01", False)])
def test_it_asks_for_a_new_report_only_where_decisions_are_newer(
    tables: Tables, tmp_path: Path, moment: str, is_newer: bool
) -> None:
    write_manifest(Paths(tmp_path), at=1_700_000_000)

    told = describe_state(decided(tables, moment), paths=Paths(tmp_path)).markdown

    assert ("Make the report again" in told) == is_newer
    assert "rania: 1, the last on 2023" in told.replace("&#45;", "-")


@pytest.mark.parametrize("content", ["", "{", "[]", '{"engine": "x"}'])
def test_a_record_that_cannot_be_read_counts_as_none(tmp_path: Path, content: str) -> None:
    paths = Paths(tmp_path)
    paths.build.mkdir()
    paths.manifest.write_text(content, encoding="utf-8")

    assert read_last_build(paths) is None


def test_decisions_are_counted_by_coder_as_the_files_hold_them(tmp_path: Path) -> None:
    for coder, n in (("rania", 2), ("omar", 1)):
        file = DecisionFile(tmp_path, coder)
        for number in range(n):
            file.record(Decision(f"id-{number}", "accept"))
    rows = pd.concat([pd.read_csv(path, dtype=str) for path in sorted((tmp_path / "analysts").glob("*.csv"))])

    counted = count_decisions(rows)

    assert dict(zip(counted["coder"], counted["decisions"], strict=True)) == {"omar": 1, "rania": 2}


def test_notebooks_of_ones_own_are_named_with_the_brief_that_prints_them(tables: Tables, tmp_path: Path) -> None:
    (tmp_path / "report").mkdir()
    (tmp_path / "notebooks").mkdir()
    (tmp_path / "report" / "briefs.yml").write_text("briefs:\n  full: {sections: [50_mine]}\n", encoding="utf-8")
    assert "none yet: `mawaqif new-notebook" in describe_state(tables, paths=Paths(tmp_path)).markdown

    for name in ("00_start", "30_positions", "50_mine", "60_other"):
        (tmp_path / "notebooks" / f"{name}.py").touch()
    told = describe_state(tables, paths=Paths(tmp_path)).markdown
    assert "[50_mine](50_mine.py), a section of full; [60_other](60_other.py), in no brief" in told
