"""Writes what was coded in the formats of other tools, one function a format."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from mawaqif import __version__
from mawaqif.errors import ParameterError
from mawaqif.exchange.citations import write_bibtex, write_csl
from mawaqif.exchange.codings_table import (
    make_zip_of_package,
    write_codes_csv,
    write_codings_csv,
    write_codings_workbook,
)
from mawaqif.exchange.dna import PASSWORD, write_dna
from mawaqif.exchange.graphs import write_gexf, write_graphml
from mawaqif.exchange.qda import write_codebook, write_project
from mawaqif.exchange.web_annotations import write_annotations
from mawaqif.tables import Tables


@dataclass(frozen=True)
class Format:
    """One export format: the file's suffix, what it is for, and what writes it."""

    suffix: str
    purpose: str
    write: Callable[[Tables, Path], str]


def _whole(make: Callable[[Tables], bytes]) -> Callable[[Tables, Path], str]:
    def write(tables: Tables, target: Path) -> str:
        target.write_bytes(make(tables))
        return ""

    return write


def _table(make: Callable[[Tables, Path], None]) -> Callable[[Tables, Path], str]:
    def write(tables: Tables, target: Path) -> str:
        make(tables, target)
        return ""

    return write


def _package(tables: Tables) -> bytes:
    name = f"mawaqif-{tables.issue.id.replace('_', '-')}"
    return make_zip_of_package(tables, name=name, title=tables.issue.title.en, version=__version__)


def _dna(tables: Tables, target: Path) -> str:
    counts = write_dna(tables, target)
    return (
        f"{counts.statements} statements that take a side; {counts.left_out} others left out, for DNA has no form for "
        f"them. Open it as coder Admin with the password {PASSWORD}."
    )


FORMATS = {
    "qdpx": Format(".qdpx", "REFI-QDA project: MAXQDA, NVivo, ATLAS.ti, QualCoder", _whole(write_project)),
    "qdc": Format(".qdc", "REFI-QDA codebook: the same programs", _whole(write_codebook)),
    "dna": Format(".dna", "Discourse Network Analyzer 3 and rDNA", _dna),
    "web-annotation": Format(".jsonld", "W3C Web Annotation: annotation tools, archives", _whole(write_annotations)),
    "gexf": Format(".gexf", "GEXF graph of actors: Gephi", _whole(write_gexf)),
    "graphml": Format(".graphml", "GraphML graph of actors: visone, Gephi", _whole(write_graphml)),
    "csv": Format(".csv", "Codings to edit in a spreadsheet", _table(write_codings_csv)),
    "csv-codebook": Format(".csv", "Every code with its name and meaning", _table(write_codes_csv)),
    "xlsx": Format(".xlsx", "Codings to edit and the codebook, as two sheets", _table(write_codings_workbook)),
    "package": Format(".zip", "Frictionless data package: open-data portals", _whole(_package)),
    "csl": Format(".json", "CSL-JSON of the articles: Zotero, Pandoc", _whole(write_csl)),
    "bibtex": Format(".bib", "BibTeX of the articles: biblatex, Pandoc", _whole(write_bibtex)),
}
"""By the name that `mawaqif export --to` takes."""


def export(tables: Tables, name: str, target: Path) -> str:
    """Write one format, whole or not at all, and return what a person should know of the file.

    Raises:
        ParameterError: The format is unknown, or the target is a folder or in none.
    """
    check_target(name, target)
    handle, partial = tempfile.mkstemp(prefix=f".{target.name}.", dir=target.parent)
    os.close(handle)
    try:
        told = FORMATS[name].write(tables, Path(partial))
        os.chmod(partial, 0o644)
        os.replace(partial, target)
    finally:
        Path(partial).unlink(missing_ok=True)
    return told


def check_target(name: str, target: Path) -> None:
    """Refuse what cannot be written, before anything is read.

    Raises:
        ParameterError: The format is unknown, or the target is a folder, a device or in no folder.
    """
    if name not in FORMATS:
        raise ParameterError(f"unknown format {name!r}", where="--to", mend=f"Use one of: {', '.join(FORMATS)}.")
    if target.is_dir():
        raise ParameterError("this is a folder", where=str(target), mend="Name the file to write.")
    if not target.parent.is_dir():
        raise ParameterError("there is no such folder", where=str(target.parent), mend="Create it, or name another.")
    if target.exists() and not target.is_file():  # the finished file would take the place of the device
        raise ParameterError("it is a device or a pipe", where=str(target), mend="Name a file to write.")
