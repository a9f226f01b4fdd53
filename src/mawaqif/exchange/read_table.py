"""Reads codings back from a spreadsheet: CSV in UTF-8, or XLSX, in the columns of the export or of analysts' files."""

from __future__ import annotations

import csv
import io
import re
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from mawaqif.editions.data_package import read_csv_text
from mawaqif.errors import CodingError, RenderError
from mawaqif.exchange.codings_table import SHEET
from mawaqif.exchange.found import Codes, Contents, Found, Standing
from mawaqif.tables import Tables

NEEDED = ("statement_id", "issue", "stance", "modality", "speaker_id")
_LARGEST = 300_000_000
_MOST_COLUMNS, _MOST_ROWS = 100, 1_048_576  # a cell far away would give each row 16,384 cells, or rows without end
_WHOLE = re.compile(r"[+\-\u2212]?\d{1,9}(?:\.0+)?")
Row = tuple[str, dict[str, str]]


def read_codings_csv(path: Path, tables: Tables) -> Contents:
    """Return the codings of a CSV file: separated by commas, semicolons or tabs, as spreadsheets save it.

    Raises:
        CodingError: It is not in UTF-8, lacks a column, or a row does not fit; names the row.
    """
    return _read(read_cells(path), path.name, tables)


def read_codings_workbook(path: Path, tables: Tables) -> Contents:
    """Return the codings of the sheet `codings`, or of the first, of an XLSX file; a formula counts by its last value.

    Raises:
        CodingError: It is no XLSX file, lacks a column, or a row does not fit; names the row.
    """
    return _read(read_sheet(path, SHEET), path.name, tables)


def read_cells(path: Path) -> list[list[str]]:
    """Return the cells of a CSV file, row by row.

    Raises:
        CodingError: It is not in UTF-8, or no CSV.
    """
    try:
        text = path.read_bytes().decode("utf-8-sig")
    except UnicodeDecodeError as error:
        mend = "Save it as “CSV UTF-8”."
        raise CodingError("the file is not in UTF-8", where=path.name, mend=mend) from error
    first = text.partition("\n")[0]
    delimiter = max(",;\t", key=first.count)
    try:
        lines = list(csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True))
    except csv.Error as error:
        raise CodingError(f"the file is no CSV ({error})", where=path.name, mend="Save it again as CSV.") from error
    return [[read_csv_text(cell) for cell in line] for line in lines]


def read_sheet(path: Path, name: str) -> list[list[str]]:
    """Return the cells of a sheet of an XLSX file, or of its first where none has that name.

    Raises:
        CodingError: It is no XLSX file.
    """
    with _open_workbook(path) as book:
        sheet = book[name] if name in book.sheetnames else book.worksheets[0]
        rows = sheet.iter_rows(values_only=True, max_col=_MOST_COLUMNS, max_row=_MOST_ROWS)
        return [[] if row.count(None) == len(row) else [_show(value) for value in row] for row in rows]


def list_sheets(path: Path) -> list[str]:
    """Return the names of the sheets of an XLSX file; errors as in `read_sheet`."""
    with _open_workbook(path) as book:
        return list(book.sheetnames)


@contextmanager
def _open_workbook(path: Path) -> Iterator[Any]:
    try:
        import openpyxl
    except ImportError as error:
        raise RenderError("openpyxl is not installed", mend="Run `make setup`, or save the sheet as CSV.") from error
    try:
        with zipfile.ZipFile(path) as archive:
            size = sum(entry.file_size for entry in archive.infolist())
        if size > _LARGEST:
            raise CodingError("it unpacks to more than 300 MB", where=path.name, mend="Save the codings alone.")
        book = openpyxl.load_workbook(path, read_only=True, data_only=True, keep_links=False)
        yield book
        book.close()
    except CodingError:
        raise
    except Exception as error:  # the reader meets a damaged file with errors of many kinds
        raise CodingError(f"the file is no XLSX ({error})", where=path.name, mend="Save it again as XLSX.") from error


def _show(value: Any) -> str:
    if value is None:
        return ""
    return str(int(value)) if isinstance(value, float) and value.is_integer() else str(value)


def _read(cells: list[list[str]], name: str, tables: Tables) -> Contents:
    head = read_head(cells, NEEDED, name)
    standing = Standing(tables)
    return Contents([_find(row, standing) for row in iterate_cells(cells, head, name)])


def read_head(cells: list[list[str]], needed: tuple[str, ...], name: str) -> list[str]:
    """Return the titles of the columns.

    Raises:
        CodingError: One that is needed is missing, or one stands there twice.
    """
    head = [title.strip() for title in cells[0]] if cells else []
    if missing := [column for column in needed if column not in head]:
        raise CodingError(
            f"the column {missing[0]!r} is missing", where=name, mend=f"Expected at least: {', '.join(needed)}."
        )
    if twice := [title for title in head if title and head.count(title) > 1]:
        raise CodingError(f"the column {twice[0]!r} stands there twice", where=name, mend="Keep one of them.")
    return head


def iterate_cells(cells: list[list[str]], head: list[str], name: str) -> Iterator[Row]:
    """Yield the rows with something in them, named as a spreadsheet counts them."""
    for number, line in enumerate(cells[1:], start=2):
        if any(cell.strip() for cell in line):
            if len(line) > len(head) and any(cell.strip() for cell in line[len(head) :]):
                raise CodingError(
                    "it has more cells than the first row", where=f"{name}, row {number}", mend="Save it again as CSV."
                )
            padded = line + [""] * (len(head) - len(line))
            yield f"{name}, row {number}", {title: padded[i].strip() for i, title in enumerate(head) if title}


def _find(row: Row, standing: Standing) -> Found:
    where, cells = row
    statement_id, decision = cells["statement_id"], cells.get("decision", "")
    is_known = statement_id in standing.rows
    if statement_id and not is_known and decision != "add" and not standing.was_decided(statement_id):
        raise CodingError(
            f"there is no statement {statement_id}", where=where, mend="Leave the cell empty in a row that you add."
        )
    if decision in ("accept", "change", "reject", "withdraw") and not statement_id:
        raise CodingError(f"it says {decision} of no statement", where=where, mend="Fill statement_id.")
    if decision in ("accept", "reject", "withdraw") and not is_known:
        return Found(where, "", 0, 0, Codes(), statement_id, decision, cells.get("note", ""))
    doc_id, start, end = _find_place(cells, standing, where, standing.rows.get(statement_id))
    _check_text(cells, standing, where, (doc_id, start, end))
    if decision == "add" and (is_known or (doc_id, start, end) in standing.places):
        decision = ""  # added before; what it says now counts
    kept = decision if decision != "add" else ""
    return Found(
        where, doc_id, start, end, _codes(cells, where), statement_id if is_known else "", kept, cells.get("note", "")
    )


def _codes(cells: dict[str, str], where: str) -> Codes:
    """Return the codes of a row: every cell counts, for the export filled them all."""
    if not cells["issue"] or not cells["modality"]:
        if cells.get("decision") in ("accept", "reject", "withdraw"):
            return Codes()
        empty = "modality" if cells["issue"] else "issue"
        raise CodingError(f"{empty} is empty", where=where, mend="Fill that cell.")
    stance = _integer(cells["stance"], "stance", where) if cells["stance"] else None
    return Codes(cells["issue"], stance, cells["modality"], cells["speaker_id"], cells.get("speaker_name", ""))


def _integer(text: str, column: str, where: str) -> int:
    if not _WHOLE.fullmatch(text):
        raise CodingError(f"{column} is {text[:40]!r}, not a whole number", where=where, mend="Correct that cell.")
    return int(float(text.replace("\u2212", "-")))


def _find_place(cells: dict[str, str], standing: Standing, where: str, row: Any) -> tuple[str, int, int]:
    """Return the place of a row: by numbers, by its statement, or by words that stand in its article once."""
    doc_id = cells.get("doc_id", "")
    start, end = (cells.get(column, "") for column in ("start", "end"))
    if doc_id and start and end:
        return doc_id, _integer(start, "start", where), _integer(end, "end", where)
    if row is not None:
        return row.doc_id, int(row.start), int(row.end)
    texts = standing.texts
    if doc_id not in texts:
        raise CodingError(
            f"no article is called {doc_id!r}", where=where, mend="Fill doc_id with the name of an article."
        )
    quote = cells.get("quote", "")
    times = texts[doc_id].count(quote) if quote else 0
    if times != 1:
        told = f"its quote stands {times} times in the article" if quote else "start, end and quote are empty"
        raise CodingError(told, where=where, mend="Fill start and end, or quote words that stand there once.")
    at = texts[doc_id].index(quote)
    return doc_id, at, at + len(quote)


def _check_text(cells: dict[str, str], standing: Standing, where: str, place: tuple[str, int, int]) -> None:
    """Refuse a row whose article has another text now, or whose quote does not stand at its place."""
    doc_id, start, end = place
    if doc_id not in standing.texts:
        return  # said by the check of every coding
    if cells.get("sha256") and cells["sha256"] != standing.checksums[doc_id]:
        raise CodingError("the article has another text now", where=where, mend="Export the codings again.")
    words = standing.texts[doc_id][start:end]
    if cells.get("quote") and cells["quote"].split() != words.split():
        raise CodingError(
            f"its quote is not what stands at {start}-{end}", where=where, mend="Correct start and end, or the quote."
        )
