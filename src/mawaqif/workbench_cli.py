"""The commands of coding and correcting, from samples to new actors; thin like those of `cli`, which adds them."""

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
    for command in (sample, agreement, settle, actors, register, new_issue):
        app.command(rich_help_panel="Coding")(command)
    app.command(rich_help_panel="Report")(new_notebook)


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
    seed: Annotated[int, typer.Option(min=0, help="Of the random numbers; the same seed draws the same sample.")] = 1,
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
    out.print(f'Next: each of two coders codes them with mq.coding_sheet("NAME", round="{name}").', markup=False)


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
    if result.agreed or not result.disagreements["is_settled"].all():
        _print_ways_to_settle(name)


def _print_ways_to_settle(name: str) -> None:
    out.print(
        f'Settle them on the sheet, mq.coding_sheet("NAME", settle="{name}"), or with `mawaqif settle {name} STATEMENT '
        f"--like CODER`; what all coded the same with `mawaqif settle {name} --agreed`.",
        markup=False,
    )


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
    out.print(f"{_count(n_all, 'disagreement')}, {n_open} not settled.")
    for statement_id, rows in open_.groupby("statement_id", sort=False):
        out.print(Text.assemble((statement_id, "bold"), f" {printable(rows['quote'].iloc[0])}"))
        for row in rows.to_dict("records"):
            codes = f"{row['speaker'] or 'no speaker'}, {row['issue']}, {_say_step(row['stance'])}, {row['modality']}"
            said = codes if row["decision"] in ("change", "add") else row["decision"]
            note = f" ({row['note']})" if row["note"] else ""
            out.print("    " + printable(f"{row['coder']}: {said}{note}"), markup=False)


def _count(n: int, noun: str) -> str:
    return f"{n} {noun}{'' if n == 1 else 's'}"


def _say_step(stance: Any) -> str:
    """Return a step of the scale with its sign, which 0 has not, or that there is none."""
    if stance is None or stance != stance:
        return "no position"
    return f"{int(stance):+d}" if stance else "0"


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
    out.print(f"{_count(n, 'statement')} settled.")


# --- actors ---------------------------------------------------------------------------------------------------------


def actors(
    unregistered: Annotated[
        bool, typer.Option("--unregistered", help="Rank speakers who are not in actors.yml.")
    ] = False,
    n: Annotated[int, typer.Option("--n", min=1, help="How many.")] = 30,
    corpus: CorpusOption = "",
    as_json: JsonOption = False,
) -> None:
    """List the actors of actors.yml by camp, or rank the speakers who are not in it, spellings together.

    Example: mawaqif actors --unregistered
    """
    from mawaqif.paths import default_paths
    from mawaqif.registering import list_unregistered
    from mawaqif.vocabulary import load_vocabulary

    rows: list[Any]
    if not unregistered:
        listed = load_vocabulary(default_paths().vocabulary).actors.actors
        rows = [{"id": a.id, "camp": a.camp, "name_ar": a.name.ar, "name_en": a.name.en} for a in listed]
    else:
        tables, _ = _load("us_presence", corpus)
        rows = list_unregistered(tables).head(n).to_dict("records")
    if as_json:
        print(json.dumps(rows, ensure_ascii=False, indent=2))
        return
    for row in rows:
        if unregistered:
            others = [s for s in row["spellings"] if s != row["name"]]
            also = f" (also {'; '.join(others)})" if others else ""
            line = (
                f"{row['n_statements']:4} in {_count(row['n_documents'], 'article')}  {printable(row['name'] + also)}"
            )
        else:
            line = printable(f"{row['id']}  {row['camp']}  {row['name_ar']}  {row['name_en']}")
        out.print(line, markup=False)
    if unregistered:
        how = 'Register one: mawaqif register "NAME" --name-en "ENGLISH NAME" --camp CAMP'
        out.print(how if rows else "Every speaker whose name was found is registered.", markup=False)


def register(
    name: Annotated[str, typer.Argument(metavar="NAME", help="The Arabic name.", show_default=False)] = "",
    name_en: Annotated[str, typer.Option(help="The English name.", show_default=False)] = "",
    camp: Annotated[str, typer.Option(help="Camp of actors.yml.", show_default=False)] = "",
    id_: Annotated[
        str, typer.Option("--id", help="Id. [default: made from the English name]", show_default=False)
    ] = "",
    type_: Annotated[
        str, typer.Option("--type", help="person, expert, party_bloc ... [default: person]", show_default=False)
    ] = "",
    affiliation: Annotated[str, typer.Option(help="Id of the actor it belongs to.", show_default=False)] = "",
    alias: Annotated[
        list[str] | None, typer.Option(help="Another spelling; repeat it for more.", show_default=False)
    ] = None,
    undo: Annotated[bool, typer.Option("--undo", help="Take out the actor registered last.")] = False,
) -> None:
    """Put a speaker into actors.yml, comments and order kept; with --undo take the last one out again.

    Nothing is written if the vocabulary would not load with it. What is missing is asked for in a terminal.

    Example: mawaqif register "سلام حسين" --name-en "Salam Hussein" --camp parliament_blocs
    """
    import sys

    from mawaqif.paths import default_paths
    from mawaqif.registering import NewSpeaker, unregister
    from mawaqif.registering import register as put_in

    paths = default_paths()
    if undo:
        done = unregister(paths)
        out.print(f"{done.actor_id} is no longer registered.")
        return
    if sys.stdin.isatty():
        name = name or typer.prompt("Arabic name")
        name_en = name_en or typer.prompt("English name")
        camp = camp or typer.prompt("Camp")
    done = put_in(paths, NewSpeaker(name, name_en, camp, id_, type_, affiliation, alias or ()))
    out.print(printable(f"{near(paths.vocabulary)}/actors.yml: {done.lines}"), markup=False)


# --- issues ---------------------------------------------------------------------------------------------------------


def new_issue(
    id_: Annotated[
        str, typer.Argument(metavar="ID", help="Small letters, digits, underscores.", show_default=False)
    ] = "",
    title_en: Annotated[str, typer.Option(help="English title.", show_default=False)] = "",
    title_ar: Annotated[str, typer.Option(help="Arabic title.", show_default=False)] = "",
    question_en: Annotated[str, typer.Option(help="The question, in English.", show_default=False)] = "",
    question_ar: Annotated[str, typer.Option(help="The question, in Arabic.", show_default=False)] = "",
    scale_en: Annotated[str, typer.Option(help="Five labels from -2 to 2, separated by |.", show_default=False)] = "",
    scale_ar: Annotated[str, typer.Option(help="The same in Arabic.", show_default=False)] = "",
    target: Annotated[
        list[str] | None, typer.Option(help="An Arabic name of the thing; repeat it for more.", show_default=False)
    ] = None,
    favouring: Annotated[
        list[str] | None, typer.Option(help="An Arabic word for doing it; repeat it.", show_default=False)
    ] = None,
    opposing: Annotated[
        list[str] | None, typer.Option(help="An Arabic word for undoing it; repeat it.", show_default=False)
    ] = None,
    show_only: Annotated[bool, typer.Option("--show-only", help="Write nothing; show what it would match.")] = False,
    corpus: CorpusOption = "",
    as_json: JsonOption = False,
) -> None:
    """Begin an issue: write its file, show what it matches in the corpus, and name words to add as cues.

    What is missing is asked for in a terminal. For an issue that has a file, ID alone shows what that file matches.

    Example: mawaqif new-issue tariffs --show-only
    """
    from pathlib import Path

    from mawaqif.new_issue import preview_issue, write_issue
    from mawaqif.paths import default_paths

    paths, folder = default_paths(), Path(corpus) if corpus else None
    known = None if title_en or target else _find_issue(paths, id_)
    if known is not None:
        seeds, text = known
        _print_preview(preview_issue(paths, seeds, corpus=folder, text=text), as_json=as_json)
        return
    texts = (id_, title_en, title_ar, question_en, question_ar, scale_en, scale_ar)
    seeds = _ask_seeds(texts, target, favouring, opposing)
    if not show_only:
        written = write_issue(paths, seeds)
        out.print(printable(f"Written: {near(written)}"), markup=False)
    _print_preview(preview_issue(paths, seeds, corpus=folder), as_json=as_json)
    if not show_only and not as_json:
        _print_uses(id_ or seeds.id)


def _print_uses(issue_id: str) -> None:
    out.print(
        f"Next: `mawaqif report --issue {issue_id}`; a brief with `issue: {issue_id}` in report/briefs.yml; or a "
        f"section of the report, `mawaqif new-notebook {issue_id} --issue {issue_id}`.",
        markup=False,
    )


def _find_issue(paths: Any, issue_id: str) -> tuple[Any, str] | None:
    """Return what a preview needs of an issue that has a file: its names and the text of the file."""
    from mawaqif.new_issue import Seeds
    from mawaqif.vocabulary import load_vocabulary
    from mawaqif.vocabulary_edits import find_issue_file

    known = load_vocabulary(paths.vocabulary).issues.get(issue_id)
    if known is None:
        return None
    names = ((known.title.en, known.title.ar), (known.question.en, known.question.ar))
    return Seeds(issue_id, *names, (), ()), find_issue_file(paths.vocabulary, issue_id).read_text(encoding="utf-8")


_ASKED = (
    "Id", "Title in English", "Title in Arabic", "Question in English", "Question in Arabic",
    "Five labels in English, -2 first, separated by |", "The same in Arabic",
)  # fmt: skip


def _ask_seeds(texts: tuple[str, ...], *words: list[str] | None) -> Any:
    """Return the seeds of an issue, having asked in a terminal for what was not given: texts as in `_ASKED`."""
    import sys

    from mawaqif.new_issue import Seeds

    def ask(value: str, what: str) -> str:
        return value or (typer.prompt(what) if sys.stdin.isatty() else "")

    def ask_words(values: list[str] | None, what: str) -> tuple[str, ...]:
        given = values or ask("", f"{what}, separated by |").split("|")
        return tuple(word.strip() for word in given if word.strip())

    id_, title_en, title_ar, question_en, question_ar, scale_en, scale_ar = map(ask, texts, _ASKED)
    scale = tuple(zip(scale_en.split("|"), scale_ar.split("|"), strict=False))
    names = ("Names of the thing in Arabic", "Words for doing it", "Words for undoing it")
    target, favouring, opposing = map(ask_words, words, names)
    return Seeds(id_, (title_en, title_ar), (question_en, question_ar), scale, target, favouring, opposing)


# --- notebooks ------------------------------------------------------------------------------------------------------


def new_notebook(
    name: Annotated[str, typer.Argument(metavar="NAME", help="Small letters, digits, underscores.")],
    title: Annotated[str, typer.Option(help="The section's title in English.", show_default=False)] = "",
    title_ar: Annotated[str, typer.Option(help="The section's title in Arabic.", show_default=False)] = "",
    issue: Annotated[
        str, typer.Option(help="Another issue than the report's: who stands where on it.", show_default=False)
    ] = "",
) -> None:
    """Begin a notebook of your own, which becomes a section of a brief's report by being listed in briefs.yml.

    It is written to notebooks/50_NAME.py with a table and a chart to start from; what stands in it is yours to change.

    Example: mawaqif new-notebook outlets --title "What each outlet prints" --title-ar "ما تنشره كل وسيلة"
    """
    from mawaqif.new_notebook import write_notebook
    from mawaqif.paths import default_paths

    paths = default_paths()
    path = write_notebook(paths, name, title_en=title, title_ar=title_ar, issue=issue)
    listing = f"sections: [{path.stem}]"
    out.print(printable(f"Written: {near(path)}. Open it with `make lab`."), markup=False)
    out.print(f"To make a section of it, write `{listing}` under a brief in report/briefs.yml.", markup=False)


def _print_preview(preview: Any, *, as_json: bool) -> None:
    if as_json:
        figures = {"n_documents": preview.n_documents, "n_statements": preview.n_statements}
        steps = {"none" if step is None else str(step): n for step, n in preview.steps.items()}
        examples = json.loads(preview.examples.to_json(orient="records", force_ascii=False))
        print(json.dumps({**figures, "steps": steps, "examples": examples, "cues": preview.cues}, ensure_ascii=False))
        return
    counted = ", ".join(f"{_say_step(step)}: {n}" for step, n in preview.steps.items())
    found = f"{_count(preview.n_statements, 'statement')} in {_count(preview.n_documents, 'article')}"
    out.print(f"{found}. {counted}")
    for row in preview.examples.to_dict("records"):
        out.print(f"  {_say_step(row['stance']):>11} {row['confidence']:.2f} " + printable(row["quote"]), markup=False)
    if preview.cues:
        words = "، ".join(f"{word} ({n})" for word, n in preview.cues)
        out.print("Words near them that the file does not use: " + printable(words), markup=False)
