"""Brings codings back from another program's file, as decisions of one coder: all of them or none."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from pathlib import Path

import pandas as pd

from mawaqif.corrections import Decision, DecisionFile
from mawaqif.errors import ParameterError
from mawaqif.exchange.codebook import CODEBOOK
from mawaqif.exchange.found import Contents, Standing, decide
from mawaqif.exchange.read_codebook_table import holds_codebook
from mawaqif.exchange.read_dna import read_dna
from mawaqif.exchange.read_qda import read_project
from mawaqif.exchange.read_table import read_codings_csv, read_codings_workbook
from mawaqif.tables import Tables

READERS: dict[str, Callable[[Path, Tables], Contents]] = {
    ".qdpx": read_project,
    ".dna": read_dna,
    ".csv": read_codings_csv,
    ".xlsx": read_codings_workbook,
}
"""Of codings, by the ending of the file."""


@dataclass(frozen=True)
class Import:
    """What a file brings.

    Attributes:
        decisions: What it decides otherwise than what stands.
        unchanged: How many of its codings say what stands already.
        passed_over: How many of its codings are not of our kind.
    """

    decisions: tuple[Decision, ...]
    unchanged: int
    passed_over: int


def read_import(path: Path, tables: Tables) -> Import:
    """Return what a file decides, having checked all of it; nothing is written.

    Raises:
        ParameterError: There is no such file, or its ending is none of `READERS`.
        CodingError: Something in it does not fit; names the row or the selection, and why.
    """
    check_source(path, endings=READERS)
    contents = READERS[path.suffix.lower()](path, tables)
    decisions, unchanged = decide(contents, tables, note=f"imported from {path.name}")
    return Import(tuple(decisions), unchanged, contents.passed_over)


def check_source(path: Path, *, endings: Iterable[str] = (*READERS, CODEBOOK)) -> None:
    """Refuse what cannot be imported, before anything is read.

    Raises:
        ParameterError: There is no such file, or its ending is none of those.
    """
    if path.suffix.lower() not in endings:
        raise ParameterError(
            f"a file that ends in {path.suffix!r} cannot be imported",
            where=str(path),
            mend=f"Name one that ends in {', '.join(endings)}.",
        )
    if not path.is_file():
        raise ParameterError("there is no such file", where=str(path), mend="Name the file to import.")


def is_codebook(path: Path) -> bool:
    """Tell whether a file to import is a codebook; errors as those of its reader."""
    suffix = path.suffix.lower()
    return suffix == CODEBOOK or (suffix in (".csv", ".xlsx") and holds_codebook(path))


def import_codings(path: Path, tables: Tables, folder: Path, *, coder: str, is_dry: bool = False) -> Import:
    """Write what a file decides to a coder's file of decisions, in one step, or nothing where something does not fit.

    Args:
        path: The file.
        tables: What stands now.
        folder: The coding folder.
        coder: Whose decisions they are.
        is_dry: Check and compare alone.

    Raises:
        ParameterError, CodingError: As in `read_import`; the coder's name cannot be the name of a file.
    """
    file = DecisionFile(folder, coder)
    brought = read_import(path, tables)
    if brought.decisions and not is_dry:
        file.record(*brought.decisions)
    return brought


def describe(decision: Decision, standing: Standing) -> str:
    """Return one line on a decision: what it does to which statement, with each code that changes."""
    line = f"{decision.decision:7} {decision.statement_id}"
    if decision.decision == "add":
        return f"{line}  {_step(decision.stance)}, {decision.modality}"
    if decision.decision != "change" or decision.statement_id not in standing.rows:
        return line
    now = standing.codes(decision.statement_id)
    pairs = (
        ("issue", now.issue, decision.issue),
        ("stance", _step(now.stance), _step(decision.stance)),
        ("modality", now.modality, decision.modality),
        ("speaker", now.speaker_id or now.speaker_name, decision.speaker_id or decision.speaker_name),
    )
    return f"{line}  {', '.join(f'{name} {a} -> {b}' for name, a, b in pairs if a != b)}".rstrip()


def _step(stance: int | None) -> str:
    return "no position" if stance is None or pd.isna(stance) else f"{stance:+d}" if stance else "0"
