"""The command line: one thin function a command; an error is one line; exit code 2: the user's, 1: ours."""

from __future__ import annotations

import contextlib
import io
import json
import os
import shutil
import signal
import sys
from dataclasses import replace
from pathlib import Path
from typing import Annotated, Any, NoReturn

import typer
from rich.text import Text

from mawaqif import __version__
from mawaqif.briefs import ALL, FULL, Brief, blame_brief, choose_brief, read_briefs
from mawaqif.console import corpus_option, end_children, err, explain, near, out, printable, say
from mawaqif.editions_cli import add_edition_commands
from mawaqif.errors import ParameterError, RenderError
from mawaqif.exchange_cli import add_exchange_commands
from mawaqif.files import remove_unfinished
from mawaqif.settings import LANGUAGES, name_option
from mawaqif.workbench_cli import add_workbench_commands

# Heavy imports stand inside the commands: `mawaqif report` with nothing to do must not wait for pandas.

app = typer.Typer(
    name="mawaqif",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    rich_markup_mode="rich",
    help="Turn a folder of raw Arabic news pages into an evidence-linked policy report.\n\n"
    "Start with [bold]mawaqif report[/bold]; it reads [cyan]data/raw[/cyan] and writes [cyan]build/report[/cyan].",
)

Corpus = Annotated[
    str,
    typer.Option(help="Folder of articles (.txt, .html, .md, .jsonl, .csv). [default: data/raw]", show_default=False),
]
Issue = Annotated[str, typer.Option(help="Id of an issue file in data/vocabulary/issues.")]
Since = Annotated[str, typer.Option(help="First day of publication to include, YYYY-MM-DD.", show_default=False)]
Until = Annotated[str, typer.Option(help="Last day of publication to include, YYYY-MM-DD.", show_default=False)]
Actor = Annotated[str, typer.Option(help="Tell only what this actor of actors.yml says.", show_default=False)]
Camp = Annotated[str, typer.Option(help="Tell only what this camp of actors.yml says.", show_default=False)]
Minimum = Annotated[int, typer.Option(help="Leave actors with fewer statements out of the charts.")]
Jobs = Annotated[int, typer.Option("--jobs", "-j", min=1, help="Processes to use.")]


def main() -> None:
    """Run the command line and turn every error into one line and an exit code.

    Codes: 0 done, 1 a fault of the program, 2 a mistake of the user, 3 another run is at work, 130 and 143 interrupted.
    """
    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, _interrupt)
    for stream in (sys.stdout, sys.stderr):  # Arabic is told in any locale
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(encoding="utf-8", errors="backslashreplace")
    code: object = 0
    try:
        code = app(standalone_mode=False)
    except Exception as error:
        if not _interruption:
            _fail(*explain(error))
    finally:
        if _interruption:
            _leave_interrupted()
    sys.exit(code if isinstance(code, int) else 0)


def _fail(line: str, code: int) -> NoReturn:
    say(Text.assemble(("error:", "bold red"), " ", printable(line)))
    sys.exit(code)


# --- interruption ---------------------------------------------------------------------------------------------------

_interruption: list[int] = []


def _interrupt(number: int, frame: object) -> NoReturn:
    """End kernels and browsers at once, then unwind, so that half-made files are removed."""
    _interruption.append(number)
    end_children()
    raise KeyboardInterrupt


def _leave_interrupted() -> NoReturn:
    """Remove what is half made, say so, and leave without waiting for the threads of a browser that is gone."""
    end_children()
    remove_unfinished()
    say(Text.assemble(("interrupted:", "bold red"), " what was published before is in place."))
    sys.stdout.flush()
    sys.stderr.flush()
    os._exit(128 + _interruption[0])


@app.callback(invoke_without_command=True)
def version(show: Annotated[bool, typer.Option("--version", help="Print the version and exit.")] = False) -> None:
    """Print the version when asked."""
    if show:
        out.print(f"mawaqif {__version__}")
        raise typer.Exit


@app.command(rich_help_panel="Report")
def report(
    context: typer.Context,
    brief: Annotated[
        str, typer.Option(help="A brief of report/briefs.yml, or all (see mawaqif briefs).", show_default=False)
    ] = "",
    corpus: Corpus = "",
    issue: Issue = "us_presence",
    since: Since = "",
    until: Until = "",
    actor: Actor = "",
    camp: Camp = "",
    minimum_statements: Minimum = 1,
    language: Annotated[str, typer.Option(help="en, ar, or both.")] = "both",
    engine: Annotated[str, typer.Option(help="auto (Quarto where installed), quarto, or embedded.")] = "auto",
    force: Annotated[bool, typer.Option("--force", help="Build even if nothing changed.")] = False,
    jobs: Jobs = 2,
) -> None:
    """Make the report: HTML and PDF, in English and Arabic, under build/report; a brief under build/briefs.

    Nothing is done where nothing has changed, and a failed build leaves the last good report in place.

    Example: mawaqif report --since 2024-01-01 --language ar
    """
    from mawaqif.paths import default_paths
    from mawaqif.pipeline import run

    if engine not in ("auto", "quarto", "embedded"):
        raise ParameterError(f"unknown engine {engine!r}", where="--engine", mend="Use auto, quarto or embedded.")
    given = {name: context.params[name] for name in _NARROWING if _is_given(context, name)}
    paths = default_paths()
    chosen = _choose_briefs(paths.report, brief, given, language=language, corpus=corpus_option(corpus))
    with err.status("starting") as status:
        for one in chosen:
            prefix = f"{one.name}: " if len(chosen) > 1 else ""
            with contextlib.nullcontext() if given else blame_brief(one.name):
                build = run(
                    one,
                    paths=paths,
                    engine=engine,
                    force=force,
                    jobs=jobs,
                    notify=lambda stage, prefix=prefix: _announce(f"{prefix}{stage}", status),  # type: ignore[misc]
                )
            _print_build(build)


def _is_given(context: typer.Context, name: str) -> bool:
    """Tell whether an option stands on the command line, rather than at its default."""
    source = context.get_parameter_source(name)
    return source is not None and source.name == "COMMANDLINE"


_NARROWING = ("issue", "since", "until", "actor", "camp", "minimum_statements")


def _choose_briefs(folder: Path, name: str, given: dict[str, Any], *, language: str, corpus: str) -> list[Brief]:
    """Return the briefs to make; options narrow the full report, and a brief is what its file says."""
    if name and given:
        option = name_option(next(iter(given)))
        mend = f"Write it under `parameters` of that brief, or leave out --brief {name}."
        raise ParameterError(f"the brief {name!r} has parameters of its own", where=option, mend=mend)
    listed = read_briefs(folder)
    chosen = list(listed.values()) if name == ALL else [choose_brief(listed, name or FULL)]
    return [
        replace(
            brief,
            parameters=replace(brief.parameters, corpus=corpus, **given),
            languages=_choose_languages(brief, language),
        )
        for brief in chosen
        if name != ALL or language == "both" or language in brief.languages
    ]


def _choose_languages(brief: Brief, language: str) -> tuple[str, ...]:
    if language == "both":
        return brief.languages
    if language not in LANGUAGES:
        raise ParameterError(f"unknown language {language!r}", where="--language", mend="Use en or ar.")
    if language not in brief.languages:
        made = " and ".join(brief.languages)
        raise ParameterError(
            f"the brief {brief.name!r} is made in {made} alone", where="--language", mend="Change its languages."
        )
    return (language,)


@app.command(rich_help_panel="Report")
def briefs(
    as_json: Annotated[bool, typer.Option("--json", help="Print the list as JSON.")] = False,
) -> None:
    """List the briefs of report/briefs.yml: name, title, languages and what each holds.

    Example: mawaqif briefs --json
    """
    from mawaqif.narrowing import check_names
    from mawaqif.paths import default_paths
    from mawaqif.vocabulary import load_vocabulary

    paths = default_paths()
    listed, vocabulary = read_briefs(paths.report), load_vocabulary(paths.vocabulary)
    for brief in listed.values():
        with blame_brief(brief.name):
            check_names(brief.parameters, vocabulary)
    titles = {
        name: {one: brief.title.get(one) or brief.issue_title(vocabulary, one) for one in brief.languages}
        for name, brief in listed.items()
    }
    if as_json:
        rows = [
            {
                "name": name,
                "title": titles[name],
                "languages": list(brief.languages),
                "holds": brief.describe(vocabulary),
                "folder": paths.workplace("" if brief.is_full else name).published.relative_to(paths.home).as_posix(),
                "parameters": brief.parameters.as_dict(),
                "sections": list(brief.sections),
            }
            for name, brief in listed.items()
        ]
        print(json.dumps(rows, ensure_ascii=False, indent=2))
        return
    for name, brief in listed.items():
        title = titles[name].get("en") or next(iter(titles[name].values()))
        holds = f"{brief.describe(vocabulary)} ({', '.join(brief.languages)})"
        out.print(Text.assemble((name, "bold"), f": {printable(title)}\n  ", (printable(holds), "dim")))


add_edition_commands(app)
add_exchange_commands(app)
add_workbench_commands(app)


def _announce(stage: str, status: Any) -> None:
    """Show the stage as a spinner in a terminal and as a line elsewhere."""
    if err.is_terminal:
        status.update(f"{stage} ...")
    else:
        err.print(f"{stage} ...")


def _print_build(build: Any) -> None:
    headline = "Nothing changed since the last build." if build.is_unchanged else "Report made."
    out.print(f"[bold]{headline}[/bold]")
    for path in build.outputs:
        size = f"{path.stat().st_size / 1e6:.1f} MB"
        out.print(Text.assemble("  ", printable(near(path)), "  ", (size, "dim")))
    counts = build.counts
    skipped = f", {counts['skipped']} skipped" if counts.get("skipped") else ""
    out.print(
        f"{counts['documents']} documents{skipped}, {counts['statements']} statements, {counts['actors']} actors; "
        f"rendered by {build.engine}."
    )
    if build.seconds:
        stages = ", ".join(f"{stage} {seconds:.1f} s" for stage, seconds in build.seconds.items())
        out.print(f"[dim]{stages}; in all {sum(build.seconds.values()):.1f} s[/dim]")


@app.command(hidden=True)
def prerender() -> None:
    """Execute the notebooks and write the render copies; `quarto render` calls this first."""
    from mawaqif.paths import default_paths
    from mawaqif.pipeline import prepare_render_copies

    paths = default_paths()
    brief = choose_brief(read_briefs(paths.report), FULL)
    brief.check_sections(paths)
    prepare_render_copies(brief, paths=paths)
    if brief.sections:  # Quarto has read the pages before it calls this, and so has not seen the place of sections
        say(Text("note: `quarto render` leaves the sections of briefs.yml out; `mawaqif report` puts them in."))


@app.command(rich_help_panel="Data")
def fetch(
    sources: Annotated[
        Path | None,
        typer.Option(metavar="FILE", help="List of sources. [default: data/sources.yml]", show_default=False),
    ] = None,
    corpus: Corpus = "",
    only: Annotated[str, typer.Option(metavar="ID", help="Ask this source alone.", show_default=False)] = "",
    ask_again: Annotated[
        bool, typer.Option("--ask-again", help="Ask again for pages passed over, and for unchanged listings.")
    ] = False,
) -> None:
    """Get new articles from feeds, sitemaps and pages into the corpus folder, each page as it came.

    Beside each page, NAME.meta.json says where and when it came from. robots.txt is obeyed, requests to one host are
    spaced out, and what is there already is not asked for again. A source that fails stops none of the others; the
    exit code is 1 where a source that could be reached gave nothing but failures.

    Example: mawaqif fetch --only aljazeera
    """
    from mawaqif.fetch import fetch_sources, load_sources
    from mawaqif.paths import default_paths
    from mawaqif.settings import Parameters

    paths = default_paths()
    path = sources or paths.sources
    file = load_sources(path)
    if only and only not in [source.id for source in file.sources]:
        raise ParameterError(f"no source is called {only!r}", where=str(path), mend="Choose an id of the list.")
    if not file.sources:
        out.print(printable(f"No sources are listed in {near(path)}; nothing was fetched."))
        return
    folder = Parameters(corpus=corpus_option(corpus)).corpus_path(paths)
    results = fetch_sources(file, folder, only=only, ask_again=ask_again, notify=lambda line: say(printable(line)))
    for result in results:
        counts = f"{len(result.kept)} new, {result.known} known, {len(result.passed_over)} passed over"
        out.print(printable(f"{result.source_id}: {counts}, {len(result.failed)} failed"))
    if all(result.is_unreachable for result in results):
        out.print("No source could be reached: this machine seems to be offline. Nothing was changed.")
    elif any(result.is_broken and not result.is_unreachable for result in results):
        raise typer.Exit(1)


@app.command(rich_help_panel="Data")
def annotate(
    source: Annotated[
        Path,
        typer.Argument(
            metavar="IN",
            help="A folder of articles, or a JSONL file with id, text and optionally title, outlet, published.",
        ),
    ],
    target: Annotated[
        Path,
        typer.Argument(metavar="OUT.jsonl", help="Where to write one JSON record a document; - for standard output."),
    ],
    jobs: Jobs = 1,
) -> None:
    """Annotate articles by rules alone: actors, statements, stance, dates, one JSON record a document.

    Every offset counts characters of the decoded source text. A document that cannot be read is named on standard
    error and left out, as is a broken line of a JSONL file by its number; the others go on, and the exit code is 0 as
    long as one can be used, else 2.

    Example: mawaqif annotate data/raw build/annotated.jsonl --jobs 2
    """
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn

    from mawaqif.annotation_file import write_annotations
    from mawaqif.paths import default_paths

    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn())
    with Progress(*columns, console=err, transient=True, disable=not err.is_terminal) as progress:
        task = progress.add_task("annotate", total=None)
        done = write_annotations(
            source,
            target,
            vocabulary_folder=default_paths().vocabulary,
            jobs=jobs,
            on_skipped=lambda s: say(printable(f"skipped {s.path}: {s.reason}. {s.mend}")),
            on_document=lambda n, total: progress.update(task, completed=n, total=total),
        )
    counts = f"{done.documents} documents, {done.statements} statements, {done.skipped} skipped"
    say(printable(f"{counts}: {target}"))


@app.command(rich_help_panel="Coding")
def train(
    issue: Issue = "us_presence",
    corpus: Corpus = "",
    as_json: Annotated[bool, typer.Option("--json", help="Print the metrics as JSON.")] = False,
) -> None:
    """Train a coder of stance on the reviewed codings, and use it if it beats the rules.

    Both code the same reviewed statements, the model each document by what it
    learned from the others. It codes from now on only if it is surely better
    there; else the rules do. Writes build/model: the model, metrics.json and
    model_card.md.

    Example: mawaqif train
    """
    from mawaqif.learned import CARD, collect_cases, write_training
    from mawaqif.paths import default_paths
    from mawaqif.settings import Parameters
    from mawaqif.tables import digest_rules, load_tables

    paths = default_paths()
    tables = load_tables(Parameters(corpus=corpus_option(corpus), issue=issue), paths=paths)
    texts = dict(zip(tables.raw_documents["doc_id"], tables.raw_documents["text"], strict=True))
    cases, missed = collect_cases(tables.rule_statements, tables.core_statements, texts, issue_id=issue)
    key = digest_rules(tables.vocabulary)
    metrics = write_training(cases, paths.model, issue_id=issue, key=key, missed=missed)
    if as_json:
        print(paths.model_metrics.read_text(encoding="utf-8"), end="")
        return
    out.print(f"{metrics.cases} reviewed statements in {metrics.documents} documents.")
    for name, score in (("rules", metrics.rules), ("model", metrics.model)):
        if score:
            out.print(f"  {name}: accuracy {score.accuracy:.2f} (95 % interval {score.low:.2f} to {score.high:.2f})")
    out.print(printable(metrics.reason))
    out.print("[bold]The model codes from now on.[/bold]" if metrics.is_used else "[bold]The rules code.[/bold]")
    out.print(printable(f"Model card: {near(paths.model / CARD)}"))


@app.command(rich_help_panel="Data")
def dates(
    reference: Annotated[
        str, typer.Option(help="The day that relative expressions count from, YYYY-MM-DD.", show_default=False)
    ] = "",
) -> None:
    """Read one Arabic text a line from standard input; print a JSON list of its date expressions for each line.

    Example: echo 'منذ عام 2017 وحتى الأسبوع المقبل' | mawaqif dates --reference 2024-08-16
    """
    from mawaqif.annotate.dates import dates_in_line
    from mawaqif.documents import date_record, load_rules
    from mawaqif.paths import default_paths
    from mawaqif.settings import parse_day

    day = parse_day(reference, "--reference") if reference else None
    vocabulary = load_rules(default_paths().vocabulary)
    lines = sys.stdin.buffer.read().decode("utf-8", errors="replace").split("\n")
    for line in lines[:-1] if lines[-1] == "" else lines:
        found = dates_in_line(line.removesuffix("\r"), reference=day, vocabulary=vocabulary)
        print(json.dumps([date_record(d) for d in found], ensure_ascii=False), flush=False)


@app.command(rich_help_panel="Data")
def evaluate(
    gold: Annotated[
        Path | None,
        typer.Option(metavar="FILE", help="Compare with this set (.jsonl or .csv) instead.", show_default=False),
    ] = None,
    corpus: Annotated[str, typer.Option(help="Folder of the texts that a .csv set codes.", show_default=False)] = "",
    issue: Issue = "us_presence",
    misses: Annotated[bool, typer.Option("--misses", help="List the misses by kind.")] = False,
    confusion: Annotated[bool, typer.Option("--confusion", help="Show the confusion table of stance.")] = False,
    as_json: Annotated[bool, typer.Option("--json", help="Print the figures as JSON.")] = False,
) -> None:
    """Measure the rules against the reference codings, and the coders against each other.

    Figures, with bootstrap intervals: statement F1 at 0.5 and 0.8 overlap,
    accuracy of speaker, issue, stance and modality, quadratic-weighted
    kappa, actor-mention F1, date accuracy, boilerplate character F1,
    Krippendorff's alpha; and confidence against correctness.

    With --gold, the rules against any other set:

    FILE.csv: coded statements in the columns of data/coding/statements.csv,
    of the texts in --corpus. The reference is the consensus, or the rows of
    the only coder.

    FILE.jsonl: texts with marked attributions, one JSON object a line, with
    "id", "text" and "cases"; "doc_id", the document a text is from, is
    optional. A case has "lemma", the dictionary form of the verb, and as
    spans "verb", "content", "speaker" and "speaker_head", the last two or
    null. A span is a list of start, end and the words between, in
    characters of the text. Either half of the documents is measured by
    itself too: rules are tuned on the first alone, so a wide gap shows
    over-fitting. CONTRIBUTING.md explains both formats.

    Example: mawaqif evaluate --misses --confusion
    """
    from mawaqif.evaluate import evaluate_gold, evaluate_tables, render_evaluation
    from mawaqif.settings import Parameters
    from mawaqif.tables import load_tables

    if gold is None and corpus:
        raise ParameterError("--corpus needs --gold", where="--corpus", mend="Name the coded statements with --gold.")
    if gold is None:
        evaluation = evaluate_tables(load_tables(Parameters(issue=issue)))
    else:
        evaluation = evaluate_gold(gold, corpus=corpus_option(corpus), issue=issue)
    if as_json:
        figures = evaluation.as_dict(with_misses=misses, with_confusion=confusion)
        print(json.dumps(figures, ensure_ascii=False, indent=2))
        return
    for part in render_evaluation(evaluation, with_misses=misses, with_confusion=confusion):
        out.print(part)


@app.command(rich_help_panel="Data")
def bench(
    corpus: Annotated[Path | None, typer.Argument(help="Folder or JSONL file. [default: data/raw]")] = None,
    jobs: Annotated[
        int | None, typer.Option("--jobs", "-j", min=1, help="The most processes to use. [default: all cores]")
    ] = None,
) -> None:
    """Measure annotation: speed of each step and of the whole, memory as documents grow; writes build/bench.json."""
    from rich.box import SIMPLE_HEAD
    from rich.table import Table

    from mawaqif.bench import run_bench, write_bench
    from mawaqif.paths import default_paths

    paths = default_paths()
    with err.status("measuring"):
        result = run_bench(corpus or paths.raw, paths.vocabulary, jobs=jobs)
    write_bench(result, paths.build / "bench.json")
    machine = result["machine"]
    title = f"{machine['processor']}, {machine['cores']} cores, Python {machine['python']}"
    columns = {
        "step": "step",
        "documents": "docs",
        "processor_seconds": "CPU s",
        "share": "%",
        "documents_per_second": "docs/s",
        "megabytes_per_second": "MB/s",
        "peak_memory_mb": "peak MB",
    }
    table = Table(title=title, title_justify="left", box=SIMPLE_HEAD)
    for heading in columns.values():
        table.add_column(heading, justify="left" if heading == "step" else "right", no_wrap=True)
    for timing in [*result["steps"], *result["whole"]]:
        cells = (timing[key] for key in columns)
        table.add_row(*("" if c is None else f"{c:.1f}" if isinstance(c, float) else str(c) for c in cells))
    out.print(table)


@app.command(rich_help_panel="Explore")
def lab(
    port: Annotated[int, typer.Option(help="Port on this machine.")] = 8888,
    browser: Annotated[bool, typer.Option(help="Open a browser.")] = True,
) -> None:
    """Open JupyterLab on its start page, notebooks/00_start; each .py opens as a notebook, paired by jupytext."""
    from mawaqif.paths import default_paths

    paths = default_paths()
    jupyter = shutil.which("jupyter-lab", path=f"{Path(sys.executable).parent}{os.pathsep}{os.environ.get('PATH', '')}")
    if jupyter is None:
        raise RenderError("JupyterLab is not installed", mend="Run `make setup`, or pip install 'mawaqif[lab]'.")
    config = os.pathsep.join(
        filter(None, [str(paths.home / "ops" / "jupyter"), os.environ.get("JUPYTER_CONFIG_PATH", "")])
    )
    command = [
        sys.executable,
        "-m",
        "jupyterlab",
        f"--ServerApp.root_dir={paths.home}",
        f"--port={port}",
        "--LabApp.default_url=/lab/tree/notebooks/00_start.py",
    ]
    command += [] if browser else ["--no-browser"]
    command += ["--allow-root"] if hasattr(os, "geteuid") and os.geteuid() == 0 else []
    os.execve(sys.executable, command, {**os.environ, "JUPYTER_CONFIG_PATH": config})
