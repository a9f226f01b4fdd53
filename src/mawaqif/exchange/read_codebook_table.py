"""Reads a codebook back from a spreadsheet: the CSV of `csv-codebook`, or an XLSX file with its sheet alone."""

from __future__ import annotations

from pathlib import Path

from mawaqif.corrections import DECISIONS
from mawaqif.errors import CodingError
from mawaqif.exchange.codings_table import CODEBOOK_SHEET, SHEET
from mawaqif.exchange.found import OTHER_ISSUE
from mawaqif.exchange.read_codebook import CodeEntry, Key, plain
from mawaqif.exchange.read_table import iterate_cells, list_sheets, read_cells, read_head, read_sheet
from mawaqif.schemas import KINDS, MODALITIES
from mawaqif.tables import Tables

COLUMNS = ("column", "code", "name_en", "name_ar", "meaning")


def holds_codebook(path: Path) -> bool:
    """Tell whether a spreadsheet is a codebook and no table of codings.

    Raises:
        CodingError: It cannot be read.
    """
    if path.suffix.lower() == ".xlsx":
        sheets = list_sheets(path)
        return CODEBOOK_SHEET in sheets and SHEET not in sheets
    cells = read_cells(path)
    return bool(cells) and {"column", "code"} <= {title.strip() for title in cells[0]}


def read_codebook_table(path: Path, tables: Tables) -> list[CodeEntry]:
    """Return the codes of a codebook in a spreadsheet, in its order.

    Raises:
        CodingError: It lacks a column, or a row does not fit; names the row.
    """
    is_book = path.suffix.lower() == ".xlsx"
    cells = read_sheet(path, CODEBOOK_SHEET) if is_book else read_cells(path)
    head = read_head(cells, COLUMNS, path.name)
    entries: list[CodeEntry] = []
    seen: dict[Key, str] = {}
    for where, row in iterate_cells(cells, head, path.name):
        entry = _read_row(where, {name: plain(row[name]) for name in COLUMNS}, tables)
        if entry is None:
            continue
        if entry.key in seen:
            raise CodingError(f"it is the same code as in {seen[entry.key]}", where=where, mend="Keep one of them.")
        seen[entry.key] = where
        entries.append(entry)
    if not any(key[0] in ("stance", "actor") for key in seen):
        raise CodingError("none of its codes is ours", where=path.name, mend="Export the codebook and change that.")
    return entries


def _read_row(where: str, row: dict[str, str], tables: Tables) -> CodeEntry | None:
    """Return the code of a row, None for one of a fixed list."""
    column, code, issue = row["column"], row["code"].replace("\u2212", "-").removeprefix("+"), tables.issue
    fixed = {"decision": DECISIONS, "kind": KINDS, "modality": MODALITIES, "issue": (OTHER_ISSUE,)}
    if code in fixed.get(column, ()):
        return None
    steps = {str(point.value) for point in issue.scale}
    if column == "issue" and code in tables.vocabulary.issues and code != issue.id:
        raise CodingError(f"this is the codebook of the issue {code!r}", where=where, mend=f"Add --issue {code}.")
    is_ours = (column == "issue" and code == issue.id) or (column == "stance" and code in steps)
    if not is_ours and column != "speaker_id":
        return CodeEntry(where, ("new", f"{column} {code}"), code, None)
    if not row["name_en"] or not row["name_ar"]:
        empty = "name_ar" if row["name_en"] else "name_en"
        raise CodingError(f"{empty} is empty", where=where, mend="Fill that cell, or take the row out.")
    if column == "speaker_id":
        key: Key = ("actor", code) if tables.vocabulary.actor(code) else ("new", code)
        return CodeEntry(where, key, row["name_en"], row["name_ar"], row["meaning"], actor_id=code)
    key = ("issue", code) if column == "issue" else ("stance", issue.id, code)
    return CodeEntry(where, key, row["name_en"], row["meaning"] or None, name_ar=row["name_ar"])
