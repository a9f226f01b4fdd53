"""Writes the tables of a report for other programs: parquet, CSV, one XLSX, and a Frictionless data package.

Text in a cell may come from an article, and a spreadsheet takes a cell that begins with one of `= + - @` for a formula.
In XLSX every text is written as a string, which no program evaluates. In CSV, which cannot say so, a text that begins
with one of these signs, a tab, a line break or an apostrophe gets an apostrophe before it; to read it back, take away
the first apostrophe of a cell that begins with one (`read_csv_text`). Numbers are never touched.
"""

from __future__ import annotations

import csv
import hashlib
import json
from collections.abc import Iterator
from datetime import UTC, datetime
from io import BytesIO
from pathlib import Path
from typing import Any

import pandas as pd
import xlsxwriter

from mawaqif.aggregate.milestones import compare_milestones
from mawaqif.editions.codebook import LIST_COLUMNS, TABLE_NAMES, Field, describe_table, list_fields
from mawaqif.schemas import iterate_rows
from mawaqif.tables import Tables

FORMULA_SIGNS = ("=", "+", "-", "@", "\t", "\r", "\n", "'")
WORKBOOK = "mawaqif.xlsx"
PACKAGE = "datapackage.json"
CODEBOOK = "codebook"
LONGEST_CELL = 32_767
MOST_ROWS = 1_048_575
"""Limits of the XLSX format: characters of a cell, and rows of a sheet under its head."""
_KEYS = {
    "raw_documents": "doc_id",
    "core_documents": "doc_id",
    "core_statements": "statement_id",
    "out_positions": "actor_id",
    "out_timeline": "event_id",
}
_CODEBOOK_FIELDS = tuple(
    Field(name, "string", description, name != "codes", ())
    for name, description in (
        ("table", "Table that the column stands in."),
        ("column", "Name of the column."),
        ("type", "Type of its values."),
        ("meaning", "What it says."),
        ("codes", "The values it may have, where there is a list of them."),
    )
)
_EPOCH = datetime(2000, 1, 1, tzinfo=UTC)
"""The date inside the workbook, so that the same tables give the same file."""


def collect_tables(tables: Tables) -> dict[str, pd.DataFrame]:
    """Return the tables that are published, by name, with the columns of the codebook; article texts are left out."""
    frames = {name: getattr(tables, name) for name in TABLE_NAMES if name != "out_milestones"}
    frames["out_milestones"] = list_milestones(tables)
    return {name: _publishable(frame, [field.name for field in list_fields(name)]) for name, frame in frames.items()}


def _publishable(frame: pd.DataFrame, columns: list[str]) -> pd.DataFrame:
    """Return the published columns, lists as lists of texts: a place `(doc_id, start, end)` is `doc_id:start-end`."""
    table = frame.reindex(columns=columns) if frame.empty else frame[columns]
    lists = {
        name: [[_name_item(item) for item in cell] for cell in table[name]] for name in columns if name in LIST_COLUMNS
    }
    return table.assign(**{name: pd.Series(cells, index=table.index, dtype=object) for name, cells in lists.items()})


def _name_item(item: Any) -> str:
    return item if isinstance(item, str) else f"{item[0]}:{item[1]}-{item[2]}"


def list_milestones(tables: Tables) -> pd.DataFrame:
    """Return `out_milestones`: the agreed milestones, each with every statement that speaks of it."""
    told = compare_milestones(tables.issue, tables.core_statements, tables.core_dates, tables.core_documents)
    rows: list[dict[str, Any]] = []
    for milestone in tables.issue.milestones:
        own = {
            "milestone_id": milestone.id,
            "name_ar": milestone.name.ar,
            "name_en": milestone.name.en,
            "milestone_first": milestone.first.isoformat(),
            "milestone_last": milestone.last.isoformat(),
        }
        spoken = told[told["milestone_id"] == milestone.id]
        names = ("statement_id", "relation", "doc_id", "first", "last")
        rows += [{**own, **{name: getattr(row, name) for name in names}} for row in iterate_rows(spoken)] or [own]
    columns = [field.name for field in list_fields("out_milestones")]
    return pd.DataFrame(rows, columns=columns).astype("str")


def make_codebook() -> pd.DataFrame:
    """Return the codebook of the published tables, one row a column."""
    rows = [
        (table, field.name, field.type, field.description, ", ".join(field.values))
        for table in TABLE_NAMES
        for field in list_fields(table)
    ]
    return pd.DataFrame(rows, columns=[field.name for field in _CODEBOOK_FIELDS])


def write_package(tables: Tables, folder: Path, *, name: str, title: str, version: str) -> list[Path]:
    """Write all tables in all formats with their codebook and `datapackage.json`; the same tables give the same bytes.

    Args:
        tables: What is published.
        folder: An existing empty folder.
        name: Name of the package (small letters, digits, hyphens).
        title: Its title.
        version: Version of the program.

    Returns:
        The files written.
    """
    frames = collect_tables(tables)
    codebook = make_codebook()
    resources: list[dict[str, Any]] = []
    for table, frame in frames.items():
        frame.to_parquet(folder / f"{table}.parquet", index=False)
        write_csv(frame, folder / f"{table}.csv")
        resources.append(_resource(table, folder / f"{table}.csv", list_fields(table), describe_table(table)))
        resources.append(_file_resource(f"{table}-parquet", folder / f"{table}.parquet", "parquet"))
    write_csv(codebook, folder / f"{CODEBOOK}.csv")
    resources.append(_resource(CODEBOOK, folder / f"{CODEBOOK}.csv", _CODEBOOK_FIELDS, "What every column means."))
    write_workbook({CODEBOOK: codebook, **frames}, folder / WORKBOOK)
    resources.append(_file_resource("workbook", folder / WORKBOOK, "xlsx"))
    package = {
        "profile": "data-package",
        "name": name,
        "title": title,
        "version": version,
        "description": " ".join((__doc__ or "").split("\n\n", 1)[1].split()),
        "resources": resources,
    }
    (folder / PACKAGE).write_text(json.dumps(package, ensure_ascii=False, indent=2) + "\n", encoding="utf-8")
    return sorted(folder.iterdir())


# --- CSV -------------------------------------------------------------------------------------------------------------


def write_csv(frame: pd.DataFrame, path: Path) -> None:
    """Write a table as CSV in UTF-8, with its texts made harmless for spreadsheets."""
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\r\n")
        writer.writerow(frame.columns)
        for row in _cells(frame):
            writer.writerow([write_csv_text(cell) if isinstance(cell, str) else cell for cell in row])


def write_csv_text(text: str) -> str:
    """Return a text as it stands in a CSV cell, with an apostrophe before what a spreadsheet would evaluate."""
    return f"'{text}" if text.startswith(FORMULA_SIGNS) else text


def read_csv_text(cell: str) -> str:
    """Return the text that `write_csv_text` wrote."""
    return cell.removeprefix("'")


def _cells(frame: pd.DataFrame) -> Iterator[list[str | int | float | None]]:
    """Yield rows as plain values: text, numbers, `true` and `false`, None where there is nothing."""
    columns = [[_plain(value) for value in frame[name]] for name in frame.columns]
    yield from (list(row) for row in zip(*columns, strict=True))


def _plain(value: Any) -> str | int | float | None:
    if isinstance(value, str):
        return value
    if hasattr(value, "__len__"):
        return " ".join(str(item) for item in value)
    if value is None or pd.isna(value):
        return None
    if value is True or value is False or type(value).__name__ in ("bool", "bool_"):
        return "true" if value else "false"
    return float(value) if isinstance(value, float) else int(value)


# --- XLSX ------------------------------------------------------------------------------------------------------------


def write_workbook(frames: dict[str, pd.DataFrame], path: Path) -> None:
    """Write tables as the sheets of one workbook: texts as strings that nothing evaluates, never as links or formulas.

    Cells longer than the format allows are cut, and rows beyond its limit are left out; parquet and CSV hold them all.
    """
    options = {"strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False, "in_memory": True}
    content = BytesIO()  # written by ourselves, so that a full disk is the error that it is everywhere
    with xlsxwriter.Workbook(content, options) as book:
        book.set_properties({"title": "Mawaqif", "created": _EPOCH.replace(tzinfo=None)})
        head = book.add_format({"bold": True, "bottom": 1})
        for name, frame in frames.items():
            sheet = book.add_worksheet(name[:31])
            sheet.freeze_panes(1, 0)
            for column, title in enumerate(frame.columns):
                sheet.write_string(0, column, str(title), head)
                sheet.set_column(column, column, 40 if title in ("quote", "meaning", "title", *LIST_COLUMNS) else 16)
            for number, row in enumerate(_cells(frame.head(MOST_ROWS)), start=1):
                for column, cell in enumerate(row):
                    if isinstance(cell, str):
                        sheet.write_string(number, column, _writable(cell))
                    elif cell is not None:
                        sheet.write_number(number, column, cell)
    path.write_bytes(content.getvalue())


def _writable(text: str) -> str:
    """Return a text without the characters that XML cannot hold, cut to the longest that a cell can."""
    kept = "".join(c if c in "\t\n\r" or ord(c) >= 32 else "\ufffd" for c in text)
    return kept[:LONGEST_CELL]


# --- data package ----------------------------------------------------------------------------------------------------


def _resource(name: str, path: Path, fields: tuple[Field, ...], description: str) -> dict[str, Any]:
    schema: dict[str, Any] = {"fields": [_field(field) for field in fields], "missingValues": [""]}
    if key := _KEYS.get(name):
        schema["primaryKey"] = key
    if name != "raw_documents" and any(f.name == "doc_id" and f.is_required for f in fields):
        reference = {"resource": "raw_documents", "fields": "doc_id"}
        schema["foreignKeys"] = [{"fields": "doc_id", "reference": reference}]
    return {
        **_file_resource(name.replace("_", "-"), path, "csv"),
        "name": name,
        "profile": "tabular-data-resource",
        "description": description,
        "encoding": "utf-8",
        "dialect": {"delimiter": ",", "quoteChar": '"', "doubleQuote": True, "lineTerminator": "\r\n", "header": True},
        "schema": schema,
    }


def _field(field: Field) -> dict[str, Any]:
    told: dict[str, Any] = {"name": field.name, "type": field.type, "description": field.description}
    if field.type == "boolean":
        told |= {"trueValues": ["true"], "falseValues": ["false"]}
    constraints: dict[str, Any] = {"required": True} if field.is_required else {}
    if field.values:
        constraints["enum"] = [int(v) for v in field.values] if field.type == "integer" else list(field.values)
    return {**told, "constraints": constraints} if constraints else told


_MEDIA = {
    "csv": "text/csv",
    "parquet": "application/vnd.apache.parquet",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}


def _file_resource(name: str, path: Path, kind: str) -> dict[str, Any]:
    content = path.read_bytes()
    return {
        "name": name.replace("_", "-").lower(),
        "path": path.name,
        # A table in CSV has a schema; the others are files to a checker, which cannot guess the lists in them.
        "type": "table" if kind == "csv" else "file",
        "format": kind,
        "mediatype": _MEDIA[kind],
        "bytes": len(content),
        "hash": f"sha256:{hashlib.sha256(content).hexdigest()}",
    }
