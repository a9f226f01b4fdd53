"""The commands of the coder by rules: what it finds, how good and how fast it is, and the one that learns from codings.

Thin like those of `cli`, which adds them to its own.
"""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import Annotated

import typer

from mawaqif.console import corpus_option, err, near, out, printable, say
from mawaqif.errors import ParameterError
from mawaqif.options import Corpus, Issue, Jobs


def add_coder_commands(app: typer.Typer) -> None:
    """Add the commands of this module to the program's."""
    for command in (annotate, dates, evaluate, bench):
        app.command(rich_help_panel="Data")(command)
    app.command(rich_help_panel="Coding")(train)


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

    With --gold, the rules against any other set, in one of two formats that
    CONTRIBUTING.md explains. FILE.csv: coded statements in the columns of
    data/coding/statements.csv, of the texts in --corpus. FILE.jsonl: texts
    with marked attributions, one JSON object a line, with "id", "text" and
    "cases"; a span is a list of start, end and the words between.

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
