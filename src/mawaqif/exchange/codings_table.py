"""Codings as a table that a person edits in a spreadsheet and brings back: CSV and XLSX, with the codebook.

The columns are those of an analyst's file of decisions (see `corrections`), filled with the codes that now stand, and
after them what helps to read a row. A changed code is a change, a word in `decision` is that decision, and a new row
with article, place and codes is an added statement.
"""

from __future__ import annotations

import io
import tempfile
import zipfile
from pathlib import Path
from typing import Any

import pandas as pd

from mawaqif.aggregate.attribution import add_actor, name_actors
from mawaqif.aggregate.numbering import order_statements
from mawaqif.corrections import COLUMNS, DECISIONS, FURTHER_COLUMNS
from mawaqif.editions.data_package import write_csv, write_package, write_workbook
from mawaqif.exchange.qda import put_in_zip
from mawaqif.schemas import KINDS, MODALITIES
from mawaqif.tables import Tables

SHEET = "codings"
CODEBOOK_SHEET = "codebook"
READING_COLUMNS = ("quote", "speaker", "speaker_ar", "gloss_en")
"""What the row is about, for the person; only `quote` is read back, as a check of the place."""
CODINGS_COLUMNS = (*COLUMNS, *FURTHER_COLUMNS, *READING_COLUMNS)
_BOM = b"\xef\xbb\xbf"


def list_codings(tables: Tables) -> pd.DataFrame:
    """Return one row a statement in the order of the report, with the codes that stand and no decision."""
    told = add_actor(order_statements(tables.core_statements, tables.core_documents))
    names = name_actors(told, tables.vocabulary)
    checksums = dict(zip(tables.raw_documents["doc_id"], tables.raw_documents["sha256"], strict=True))
    is_listed = told["is_registered"]
    made: dict[str, Any] = {
        "decision": "",
        "coded_at": "",
        "note": "",
        "certainty": "",
        "sha256": told["doc_id"].map(checksums),
        "speaker_id": told["speaker_id"].where(is_listed),
        "speaker_name": told["speaker_name"].mask(is_listed),
        "speaker": [names[actor_id].en for actor_id in told["actor_id"]],
        "speaker_ar": [names[actor_id].ar for actor_id in told["actor_id"]],
    }
    return told.assign(**made)[list(CODINGS_COLUMNS)].reset_index(drop=True)


def list_codes(tables: Tables) -> pd.DataFrame:
    """Return the codebook of an issue: every code that a cell may hold, with its names and its definition."""
    issue = tables.issue
    rows = [("decision", code, "", "", "") for code in DECISIONS]
    rows += [("issue", issue.id, issue.title.en, issue.title.ar, issue.question.en)]
    rows += [("issue", "other", "Another subject", "موضوع آخر", "")]
    rows += [("stance", str(p.value), p.label.en, p.label.ar, p.definition.en) for p in issue.scale]
    rows += [("modality", code, "", "", "") for code in MODALITIES]
    rows += [("kind", code, "", "", "") for code in KINDS]
    rows += [("speaker_id", a.id, a.name.en, a.name.ar, a.camp) for a in tables.vocabulary.actors.actors]
    return pd.DataFrame(rows, columns=["column", "code", "name_en", "name_ar", "meaning"])


def write_codings_csv(tables: Tables, target: Path) -> None:
    """Write the codings as CSV in UTF-8 with a byte order mark, without which spreadsheets misread Arabic."""
    _write_with_mark(list_codings(tables), target)


def write_codes_csv(tables: Tables, target: Path) -> None:
    """Write the codebook likewise."""
    _write_with_mark(list_codes(tables), target)


def _write_with_mark(table: pd.DataFrame, target: Path) -> None:
    write_csv(table, target)
    target.write_bytes(_BOM + target.read_bytes())


def write_codings_workbook(tables: Tables, target: Path) -> None:
    """Write codings and codebook as the two sheets of a workbook, every text as a string."""
    write_workbook({SHEET: list_codings(tables), CODEBOOK_SHEET: list_codes(tables)}, target)


def make_zip_of_package(tables: Tables, *, name: str, title: str, version: str) -> bytes:
    """Return the Frictionless data package of a report as one ZIP file, the same for the same tables."""
    archive = io.BytesIO()
    with tempfile.TemporaryDirectory() as folder, zipfile.ZipFile(archive, "w", zipfile.ZIP_DEFLATED) as file:
        for path in write_package(tables, Path(folder), name=name, title=title, version=version):
            put_in_zip(file, path.name, path.read_bytes())
    return archive.getvalue()
