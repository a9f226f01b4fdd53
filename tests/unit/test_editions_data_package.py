"""The published tables: described column by column, harmless in a spreadsheet, and the same bytes for the same data."""

from __future__ import annotations

import csv
import hashlib
import json
import re
import zipfile
from pathlib import Path
from typing import Any

import pandas as pd
import pytest
from small_tables import statement
from test_workbook import make_tables

from mawaqif.editions import data_package
from mawaqif.editions.codebook import TABLE_NAMES, list_fields
from mawaqif.schemas import TABLES

HOSTILE = ("=1+1", "+1", "-2+3", "@SUM(A1)", "\t=1", "\r=1", "\n=1", "'quoted", '=HYPERLINK("http://x","y")')
COLUMNS = ["doc_id", "path", "sha256", "encoding", "media_type", "url"]


def make_whole_tables(*rows: dict[str, Any]) -> Any:
    tables = make_tables(*rows)
    raw = tables.raw_documents.assign(encoding="utf-8", media_type="text", url=None)
    mentions = tables.core_mentions.reindex(columns=[f.name for f in list_fields("core_mentions")])
    tables.raw_documents, tables.core_mentions = raw, mentions
    return tables


@pytest.fixture
def package(tmp_path: Path) -> Path:
    rows = [statement(n, None, 1, speaker_name=text, quote=text) for n, text in enumerate(HOSTILE, start=1)]
    data_package.write_package(
        make_whole_tables(*rows, statement(20, "bloc", -1)), tmp_path, name="x", title="X", version="1"
    )
    return tmp_path


def read(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


@pytest.mark.parametrize("table", TABLE_NAMES)
def test_every_column_of_every_table_is_described(table: str) -> None:
    fields = list_fields(table)

    assert fields
    assert all(field.description.endswith(".") for field in fields)
    assert all(field.type in ("string", "integer", "number", "boolean") for field in fields)
    if table in TABLES:
        columns = set(TABLES[table].to_schema().columns)
        assert {field.name for field in fields} == columns - {"text"}


def test_the_texts_of_articles_are_not_among_the_tables(package: Path) -> None:
    assert list(read(package / "raw_documents.csv")[0]) == COLUMNS
    assert "text" not in pd.read_parquet(package / "raw_documents.parquet").columns


def test_no_cell_of_the_csv_is_a_formula_and_every_text_comes_back(package: Path) -> None:
    rows = read(package / "core_statements.csv")

    for path in package.glob("*.csv"):
        with path.open(encoding="utf-8", newline="") as file:
            for row in csv.reader(file):
                assert not [c for c in row if c.startswith(("=", "+", "@", "\t", "\r", "\n"))], path.name
                assert not [c for c in row if c.startswith("-") and not re.fullmatch(r"-\d+(\.\d+)?", c)]
    assert {data_package.read_csv_text(row["quote"]) for row in rows} == {*HOSTILE, "نص"}


@pytest.mark.parametrize("text", [*HOSTILE, "''", "plain", "", "نص"])
def test_a_text_survives_csv(text: str) -> None:
    assert data_package.read_csv_text(data_package.write_csv_text(text)) == text


def test_the_workbook_has_no_formula_no_link_and_all_texts(package: Path) -> None:
    with zipfile.ZipFile(package / data_package.WORKBOOK) as archive:
        sheets = [archive.read(n).decode() for n in archive.namelist() if n.startswith("xl/worksheets/sheet")]
        strings = archive.read("xl/sharedStrings.xml").decode()
        names = re.findall(r'<sheet name="([^"]+)"', archive.read("xl/workbook.xml").decode())

    assert names == ["codebook", *TABLE_NAMES]
    assert not any("<f>" in sheet or "<hyperlink" in sheet for sheet in sheets)
    assert "=1+1" in strings
    assert "@SUM(A1)" in strings


def test_the_same_tables_give_the_same_bytes(package: Path, tmp_path: Path) -> None:
    other = tmp_path / "again"
    other.mkdir()
    rows = [statement(n, None, 1, speaker_name=text, quote=text) for n, text in enumerate(HOSTILE, start=1)]
    tables = make_whole_tables(*rows, statement(20, "bloc", -1))
    for path in data_package.write_package(tables, other, name="x", title="X", version="1"):
        assert path.read_bytes() == (package / path.name).read_bytes(), path.name


def test_the_data_package_tells_the_truth_of_every_file(package: Path) -> None:
    told = json.loads((package / "datapackage.json").read_text(encoding="utf-8"))
    files = {path.name for path in package.iterdir() if path.is_file()}

    assert {resource["path"] for resource in told["resources"]} == files - {"datapackage.json"}
    assert len({resource["name"] for resource in told["resources"]}) == len(told["resources"])
    for resource in told["resources"]:
        content = (package / resource["path"]).read_bytes()
        assert resource["bytes"] == len(content)
        assert resource["hash"] == f"sha256:{hashlib.sha256(content).hexdigest()}"
        assert re.fullmatch(r"[-a-z0-9._/]+", resource["name"])


def test_every_csv_keeps_to_its_schema(package: Path) -> None:
    told = json.loads((package / "datapackage.json").read_text(encoding="utf-8"))
    kinds = {"integer": int, "number": float, "boolean": {"true": 1, "false": 0}.__getitem__, "string": str}
    for resource in (r for r in told["resources"] if r["format"] == "csv"):
        fields, rows = resource["schema"]["fields"], read(package / resource["path"])
        with (package / resource["path"]).open(encoding="utf-8", newline="") as file:
            assert next(csv.reader(file)) == [field["name"] for field in fields]
        for row in rows:
            for field in fields:
                cell, rules = row[field["name"]], field.get("constraints", {})
                value = kinds[field["type"]](cell) if cell else None
                assert value is not None or not rules.get("required"), (resource["name"], field)
                assert value is None or "enum" not in rules or value in rules["enum"]
        if key := resource["schema"].get("primaryKey"):
            assert len({row[key] for row in rows}) == len(rows)


def test_a_milestone_that_nobody_speaks_of_is_listed_too() -> None:
    table = data_package.list_milestones(make_whole_tables())

    assert list(table["milestone_id"]) == ["exit"]
    assert table["statement_id"].isna().all()


@pytest.mark.parametrize("text", ["a\x00b", "a\x1fb", "a\x0bb"])
def test_what_xml_cannot_hold_does_not_reach_the_workbook(text: str, tmp_path: Path) -> None:
    data_package.write_workbook({"t": pd.DataFrame({"a": [text, "x" * 40_000]})}, tmp_path / "t.xlsx")

    with zipfile.ZipFile(tmp_path / "t.xlsx") as archive:
        strings = archive.read("xl/sharedStrings.xml").decode()
    assert "\ufffd" in strings
    assert "x" * 32_767 in strings
    assert "x" * 32_768 not in strings
