"""The commands of coding and correcting: sample, agreement, settle; thin like those of `cli`, which adds them."""

from __future__ import annotations

import json
from typing import Annotated, Any

import typer
from rich.box import SIMPLE_HEAD
from rich.table import Table
from rich.text import Text

from mawaqif.console import corpus_option, near, out, printable
from mawaqif.errors import ParameterError

CorpusOption = Annotated[
    str, typer.Option("--corpus", help="Folder of articles. [default: data/raw]", show_default=False)
]
IssueOption = Annotated[str, typer.Option("--issue", help="Id of an issue file in data/vocabulary/issues.")]
JsonOption = Annotated[bool, typer.Option("--json", help="Print it as JSON.")]
RoundArgument = Annotated[str, typer.Argument(metavar="ROUND", help="Name of the round.")]


def add_workbench_commands(app: typer.Typer) -> None:
    """Add the commands of this module to the program's."""
    for command in (sample, agreement, settle):
        app.command(rich_help_panel="Coding")(command)


def _load(issue: str, corpus: str = "") -> tuple[Any, Any]:
    from mawaqif.paths import default_paths
    from mawaqif.settings import Parameters
    from mawaqif.tables import load_tables

    paths = default_paths()
    return load_tables(Parameters(issue=issue, corpus=corpus_option(corpus)), paths=paths), paths


# --- double coding --------------------------------------------------------------------------------------------------


def sample(
    name: RoundArgument,
    n: Annotated[int, typer.Option("--n", min=1, help="How many statements.")] = 50,
    seed: Annotated[int, typer.Option(help="Of the random numbers; the same seed draws the same sample.")] = 1,
    issue: IssueOption = "us_presence",
    corpus: CorpusOption = "",
) -> None:
    """Draw statements for two coders to code blind, stratified by camp and predicted stance.

    The round is kept in data/coding/rounds/ROUND. Each coder codes it in JupyterLab with
    mq.coding_sheet("NAME", round="ROUND"), which hides what was predicted.

    Example: mawaqif sample first --n 40 --seed 7
    """
    from mawaqif.double_coding import draw_sample, start_round

    tables, paths = _load(issue, corpus)
    drawn = draw_sample(tables, n, seed=seed)
    begun = start_round(paths.coding, name, drawn, issue=tables.issue.id, seed=seed)
    strata = len(drawn[["camp", "predicted"]].drop_duplicates())
    out.print(printable(f"{len(drawn)} statements of {strata} strata in {near(begun.folder)}."), markup=False)


def agreement(
    name: RoundArgument,
    corpus: CorpusOption = "",
    as_json: JsonOption = False,
) -> None:
    """Say how far the coders of a round agree, and on which statements they do not.

    Krippendorff's alpha: ordinal for the step of the scale, nominal for the other codes, unitizing for spans; with 95%
    bootstrap intervals over articles, and the number of statements (of passages, for spans).

    Example: mawaqif agreement first
    """
    from mawaqif.double_coding import measure_round, read_round
    from mawaqif.paths import default_paths

    drawn = read_round(default_paths().coding, name)
    tables, _ = _load(drawn.issue, corpus)
    result = measure_round(drawn, tables)
    if as_json:
        print(json.dumps(_as_plain(result), ensure_ascii=False, indent=2))
        return
    out.print(f"{', '.join(result.coders)}: {result.n_common} of {result.n_sampled} statements coded by all.")
    table = Table(box=SIMPLE_HEAD)
    for heading in ("property", "alpha", "95% interval", "n", "level"):
        table.add_column(heading, justify="right" if heading in ("alpha", "n") else "left", no_wrap=True)
    for one in result.agreements:
        interval = "" if one.low is None else f"{one.low:.2f} to {one.high:.2f}"
        alpha = "-" if one.alpha is None else f"{one.alpha:.2f}"
        table.add_row(one.property.replace("_", " "), alpha, interval, str(one.n), one.level)
    out.print(table)
    if any(one.alpha is None for one in result.agreements):
        out.print("- where all codes are the same: by chance too there would be no disagreement.")
    _print_disagreements(result.disagreements)


def _as_plain(result: Any) -> dict[str, Any]:
    return {
        "coders": result.coders,
        "n_sampled": result.n_sampled,
        "n_common": result.n_common,
        "agreements": [vars(one) for one in result.agreements],
        "disagreements": json.loads(result.disagreements.to_json(orient="records", force_ascii=False)),
        "agreed": result.agreed,
    }


def _print_disagreements(disagreements: Any) -> None:
    open_ = disagreements[~disagreements["is_settled"].astype(bool)]
    n_all, n_open = disagreements["statement_id"].nunique(), open_["statement_id"].nunique()
    out.print(f"{n_all} disagreements, {n_open} not settled.")
    for statement_id, rows in open_.groupby("statement_id", sort=False):
        out.print(Text.assemble((statement_id, "bold"), f" {printable(rows['quote'].iloc[0])}"))
        for row in rows.to_dict("records"):
            stance = "no position" if row["stance"] is None or row["stance"] != row["stance"] else f"{row['stance']:+d}"
            codes = f"{row['speaker'] or 'no speaker'}, {row['issue']}, {stance}, {row['modality']}"
            said = codes if row["decision"] in ("change", "add") else row["decision"]
            note = f" ({row['note']})" if row["note"] else ""
            out.print("    " + printable(f"{row['coder']}: {said}{note}"), markup=False)


def settle(
    name: RoundArgument,
    statement_id: Annotated[
        list[str] | None, typer.Argument(metavar="STATEMENT...", help="Ids from `mawaqif agreement`.")
    ] = None,
    like: Annotated[str, typer.Option(help="The coder who is followed.", show_default=False)] = "",
    agreed: Annotated[bool, typer.Option("--agreed", help="Settle what all coded the same.")] = False,
    by: Annotated[str, typer.Option(help="Who settles.")] = "consensus",
    corpus: CorpusOption = "",
) -> None:
    """Settle statements of a round into data/coding/corrections.csv, which wins over rules and coders.

    What neither coder has right is settled in the sheet: mq.coding_sheet("NAME", settle="ROUND").

    Example: mawaqif settle first 5803d7aa-27-54 --like rania
    """
    from mawaqif.double_coding import measure_round, read_round, settle_like
    from mawaqif.paths import default_paths

    if agreed == bool(statement_id) or bool(statement_id) != bool(like):
        raise ParameterError(
            "it is not clear what to settle", mend="Name statements and --like CODER, or give --agreed alone."
        )
    drawn = read_round(default_paths().coding, name)
    tables, _ = _load(drawn.issue, corpus)
    result = measure_round(drawn, tables)
    chosen = list(result.agreed) if agreed else list(statement_id or [])
    n = settle_like(drawn, tables, chosen, like=like or result.coders[0], by=by) if chosen else 0
    out.print(f"{n} statements settled.")
