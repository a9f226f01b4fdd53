"""The command line: one thin function a command; an error is one line; exit code 2: the user's, 1: ours."""

from __future__ import annotations

import contextlib
import inspect
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
from mawaqif.coder_cli import add_coder_commands
from mawaqif.console import corpus_option, end_children, err, explain, near, out, printable, say
from mawaqif.editions_cli import add_edition_commands
from mawaqif.errors import ParameterError, RenderError
from mawaqif.exchange_cli import add_exchange_commands
from mawaqif.files import remove_unfinished
from mawaqif.options import Corpus, Engine, Issue, Jobs, Since, Until
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

Actor = Annotated[str, typer.Option(help="Tell only what this actor of actors.yml says.", show_default=False)]
Camp = Annotated[str, typer.Option(help="Tell only what this camp of actors.yml says.", show_default=False)]
Minimum = Annotated[int, typer.Option(help="Leave actors with fewer statements out of the charts.")]


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
    engine: Engine = "auto",
    force: Annotated[bool, typer.Option("--force", help="Build even if nothing changed.")] = False,
    jobs: Jobs = 2,
) -> None:
    """Make the report: HTML and PDF, in English and Arabic, under build/report; a brief under build/briefs.

    Nothing is done where nothing has changed, and a failed build leaves the last good report in place.

    Example: mawaqif report --since 2024-01-01 --language ar
    """
    from mawaqif.paths import default_paths
    from mawaqif.pipeline import BuildOptions, run

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
                    options=BuildOptions(engine, force, jobs),
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


add_coder_commands(app)
add_edition_commands(app)
add_exchange_commands(app)
add_workbench_commands(app)


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


def _join_lines(app: typer.Typer) -> None:
    """Let the terminal break the lines of every help text: where the source breaks them is of no account."""
    for command in app.registered_commands:
        paragraphs = (command.help or inspect.getdoc(command.callback) or "").split("\n\n")
        command.help = "\n\n".join(" ".join(paragraph.split()) for paragraph in paragraphs)


_join_lines(app)
