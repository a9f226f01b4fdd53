"""The commands that take codings and codebooks to other programs and bring them back; `cli` adds them."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from mawaqif.console import corpus_option, near, out, printable
from mawaqif.options import Corpus, Issue, Since, Until

if TYPE_CHECKING:
    from mawaqif.exchange.codebook import CodebookChanges
    from mawaqif.exchange.incoming import Import
    from mawaqif.tables import Tables


def add_exchange_commands(app: typer.Typer) -> None:
    """Add the commands of this module to the program's."""
    app.command(rich_help_panel="Data")(export)
    app.command("import", rich_help_panel="Data")(import_file)


def export(
    target: Annotated[Path, typer.Argument(metavar="OUT", help="The file to write.")],
    to: Annotated[str, typer.Option("--to", metavar="FORMAT", help="One of the formats above.")],
    corpus: Corpus = "",
    issue: Issue = "us_presence",
    since: Since = "",
    until: Until = "",
) -> None:
    """Write the coded corpus for another tool.

    qdpx, qdc: REFI-QDA project or codebook, for MAXQDA, NVivo, ATLAS.ti
    and QualCoder. dna: Discourse Network Analyzer 3 and rDNA. csv, xlsx:
    the codings to edit in a spreadsheet (csv-codebook: its codes); mawaqif
    import reads all of these back. gexf, graphml: who stands with whom, for
    Gephi and visone. web-annotation: W3C Web Annotation in
    JSON-LD. package: Frictionless data package, as a ZIP file. csl, bibtex:
    references to the articles. Every offset gives back its passage.

    Example: mawaqif export --to qdpx build/iraq.qdpx
    """
    from mawaqif.exchange import check_target
    from mawaqif.exchange import export as write_export
    from mawaqif.settings import Parameters
    from mawaqif.tables import load_tables

    parameters = Parameters(corpus=corpus_option(corpus), issue=issue, since=since, until=until)
    check_target(to, target)
    told = write_export(load_tables(parameters), to, target)
    out.print(printable(f"{near(target.resolve())} written. {told}".strip()))


def import_file(
    source: Annotated[Path, typer.Argument(metavar="FILE", help="A .qdpx, .dna, .csv, .xlsx or .qdc file.")],
    coder: Annotated[str, typer.Option(help="Whose decisions these are.")] = "imported",
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Say what it would change, and write nothing.")] = False,
    corpus: Corpus = "",
    issue: Issue = "us_presence",
) -> None:
    """Bring codings or a codebook back that were changed in another program.

    Codings (qdpx, dna, csv, xlsx): what differs from those that stand
    becomes decisions of one coder, in data/coding/analysts/NAME.csv. A
    changed code is a change, a coding that was deleted a rejection, a new one
    an addition. In a spreadsheet a row left out says nothing; write reject
    into its decision instead.

    Codebook (qdc; csv-codebook; an XLSX file with the sheet codebook and no
    sheet codings): another name or description of the issue, of a step, of a
    camp or of a speaker is written to the issue's file and to actors.yml,
    comments and order kept. A speaker under another camp moves there; a new
    code under a camp, with an English name and the Arabic one as description,
    is registered (mawaqif register --undo takes it out). Codes are known by
    GUID, else by name. Kinds of statement, new steps and other new codes are
    told and left; a code that is not in the file stays.

    A file in which something does not fit is refused whole, and nothing is
    written. A file that nobody changed changes nothing.

    Example: mawaqif import build/iraq.qdpx --coder rania --dry-run
    """
    from mawaqif.exchange.codebook import import_codebook
    from mawaqif.exchange.incoming import check_source, import_codings, is_codebook
    from mawaqif.paths import default_paths
    from mawaqif.settings import Parameters
    from mawaqif.tables import load_tables

    paths = default_paths()
    check_source(source)
    tables = load_tables(Parameters(corpus=corpus_option(corpus), issue=issue), paths=paths)
    if is_codebook(source):
        _tell_codebook(import_codebook(source, tables, paths, is_dry=dry_run))
    else:
        done = import_codings(source, tables, paths.coding, coder=coder, is_dry=dry_run)
        _tell_decisions(done, tables, "" if dry_run else near(paths.coding / "analysts" / f"{coder}.csv"))


def _tell_decisions(done: Import, tables: Tables, target: str) -> None:
    """Print what was decided, and where it was written, if anywhere."""
    from mawaqif.exchange.found import Standing
    from mawaqif.exchange.incoming import describe

    standing = Standing(tables)
    for decision in done.decisions:
        out.print(printable(describe(decision, standing)), markup=False)
    n = len(done.decisions)
    decided = f"{n} decision{'s' if n != 1 else ''}"
    passed = f", {done.passed_over} not of our kind" if done.passed_over else ""
    written = f"written to {target}" if n and target else "nothing written"
    out.print(printable(f"{decided}, {done.unchanged} codings as they stand{passed}: {written}."))


def _tell_codebook(done: CodebookChanges) -> None:
    for line in done.told:
        out.print(printable(line), markup=False)
    for line in done.left:
        out.print(printable(f"left: {line}"), markup=False)
    written = f"written to {' and '.join(near(file) for file in done.files)}" if done.files else "nothing written"
    counts = f"{len(done.told)} changes, {len(done.left)} left, {done.unchanged} codes as they stand"
    out.print(printable(f"{counts}: {written}."), markup=False)
