"""The commands about editions: publish, diff, verify; thin like those of `cli`, which adds them to its own."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import UTC, datetime
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer
from rich.text import Text

from mawaqif.briefs import ALL, FULL, choose_brief, read_briefs
from mawaqif.console import corpus_option, end_children, explain, near, out, printable, say
from mawaqif.errors import MawaqifError, ParameterError, SiteError
from mawaqif.options import Corpus, Engine, Jobs

if TYPE_CHECKING:
    from mawaqif.editions.plan import Plan
    from mawaqif.editions.publish import Outcome
    from mawaqif.paths import Paths

HOOK_SECONDS = 600


class LogFormat(StrEnum):
    """How a run that nobody watches tells what it does."""

    plain = "plain"
    json = "json"


class Policy(StrEnum):
    """What becomes of an edition of which one report could not be made."""

    strict = "strict"
    best_effort = "best-effort"


SiteOption = Annotated[
    Path | None, typer.Option("--site", help="Folder of the site. [default: build/site]", show_default=False)
]
BriefNames = Annotated[
    list[str] | None,
    typer.Option(help="A brief of report/briefs.yml; repeat it for more. [default: all]", show_default=False),
]
PolicyOption = Annotated[
    Policy, typer.Option(help="strict holds an edition back where a report fails; best-effort leaves it out.")
]
Keep = Annotated[int, typer.Option(min=0, help="How many editions to keep; 0 for all.")]
KeepDays = Annotated[int, typer.Option(min=0, help="For how many days to keep them; 0 for ever.")]
Url = Annotated[str, typer.Option(help="Address of the site, for the feed.", show_default=False)]
OnSuccess = Annotated[
    str, typer.Option(metavar="COMMAND", help="Run it with the edition's folder as $1.", show_default=False)
]
OnFailure = Annotated[str, typer.Option(metavar="COMMAND", help="Run it with the error as $1.", show_default=False)]
NotebookLimit = Annotated[int, typer.Option(min=0, help="Seconds for one notebook; 0 for the usual.")]
TimeLimit = Annotated[int, typer.Option(min=0, help="Seconds for the whole run; 0 for none.")]
LogOption = Annotated[LogFormat, typer.Option(help="plain or json, on standard error.")]


def add_edition_commands(app: typer.Typer) -> None:
    """Add the commands of this module to the program's."""
    for command in (publish, diff, verify):
        app.command(rich_help_panel="Editions")(command)


def publish(
    brief: BriefNames = None,
    corpus: Corpus = "",
    site: SiteOption = None,
    engine: Engine = "auto",
    force: Annotated[bool, typer.Option("--force", help="Make everything again.")] = False,
    policy: PolicyOption = Policy.strict,
    keep: Keep = 0,
    keep_days: KeepDays = 0,
    url: Url = "",
    on_success: OnSuccess = "",
    on_failure: OnFailure = "",
    notebook_limit: NotebookLimit = 0,
    time_limit: TimeLimit = 0,
    log_format: LogOption = LogFormat.plain,
    jobs: Jobs = 2,
) -> None:
    """Make an edition: the reports, the tables and what changed, under build/site/editions.

    Nothing is published where nothing has changed. An edition appears whole or not at all, and whatever happens, those
    published before stay. Exit code 0: published, or nothing new; 1: a fault of the program; 2: a mistake of the user;
    3: another run is at work.

    Example: mawaqif publish --keep 52 --on-failure 'mail -s "$1" me@example.org < /dev/null'
    """
    from mawaqif.editions.publish import publish as make_edition
    from mawaqif.paths import default_paths

    log = _Log(log_format)
    try:
        paths = default_paths()
        plan = replace(
            _read_plan(paths, brief or [], corpus=corpus, site=site, engine=engine, url=url),
            force=force,
            jobs=jobs,
            policy="strict" if policy is Policy.strict else "best-effort",
            keep=keep,
            keep_days=keep_days,
            notebook_seconds=notebook_limit,
        )
        with _limit_time(time_limit):
            outcome = make_edition(plan, paths=paths, notify=log.info)
    except Exception as error:
        raise typer.Exit(_tell_failure(error, log, on_failure)) from None
    _tell_outcome(outcome, log, on_success)


def _read_plan(paths: Paths, names: list[str], *, corpus: str, site: Path | None, engine: str, url: str) -> Plan:
    """Return what to publish, where, and with which engine.

    Raises:
        ParameterError: An option is impossible, or a brief unknown.
    """
    from mawaqif.editions.plan import Plan
    from mawaqif.editions.store import Site

    if engine not in ("auto", "quarto", "embedded"):
        raise ParameterError(f"unknown engine {engine!r}", where="--engine", mend="Use auto, quarto or embedded.")
    if url and not url.startswith(("http://", "https://")):
        raise ParameterError(f"{url!r} is no address", where="--url", mend="Begin it with https://.")
    listed = read_briefs(paths.report)
    names = list(listed) if not names or ALL in names else list(dict.fromkeys(names))
    chosen = [choose_brief(listed, name) for name in names]
    folder = corpus_option(corpus)
    whole, *briefs = (
        replace(one, parameters=replace(one.parameters, corpus=folder)) for one in (listed[FULL], *chosen)
    )
    place = Site((site or paths.build / "site").resolve())
    return Plan(tuple(briefs), place, whole, engine=engine, url=url and f"{url.rstrip('/')}/")


def _tell_failure(error: Exception, log: _Log, hook: str) -> int:
    """Tell why a run failed, run the user's command, and return the exit code."""
    line, code = explain(error)
    log.error(line, code)
    _run_hook(hook, line, log, status="failed")
    if isinstance(error, _TimeUpError):
        sys.stderr.flush()
        os._exit(code)  # without waiting for the threads of a browser that was ended
    return code


def _tell_outcome(outcome: Outcome, log: _Log, hook: str) -> None:
    """Tell what was published; where something was, run the user's command."""
    edition = outcome.edition
    if not outcome.is_new:
        log.done(f"Nothing new: {edition.id} is up to date.", edition=str(edition.folder), status="nothing new")
        return
    left = f" without {', '.join(outcome.left_out)}" if outcome.left_out else ""
    log.done(f"Published {near(edition.folder)}{left}.", edition=str(edition.folder), status="published")
    _run_hook(hook, str(edition.folder), log, status="published")


def diff(
    old: Annotated[str, typer.Argument(metavar="A", help="An edition: id, beginning of it, or folder.")] = "previous",
    new: Annotated[str, typer.Argument(metavar="B", help="A later edition.")] = "latest",
    site: SiteOption = None,
    as_json: Annotated[bool, typer.Option("--json", help="Print the differences as JSON.")] = False,
) -> None:
    """Say what changed between two editions, and what only because vocabulary, issue file or program changed.

    Example: mawaqif diff 2026-03-02 latest --json
    """
    from mawaqif.editions.changes import compare, read_snapshot, set_paragraph, tell
    from mawaqif.editions.store import find_edition
    from mawaqif.paths import default_paths
    from mawaqif.vocabulary import load_vocabulary

    place = _find_site(site)
    first, second = find_edition(place, old), find_edition(place, new)
    vocabulary = load_vocabulary(default_paths().vocabulary)
    issue = vocabulary.issue(str(second.manifest["issue"]))
    before, after = read_snapshot(first), read_snapshot(second)
    changes = compare(before, after, issue=issue, vocabulary=vocabulary)
    if as_json:
        print(json.dumps({"from": first.id, "to": second.id, **changes.as_dict()}, ensure_ascii=False, indent=2))
        return
    story = tell(changes, before, after, issue=issue, vocabulary=vocabulary, language="en")
    quotes = dict(zip(after.core_statements["statement_id"], after.core_statements["quote"], strict=True))
    out.print(Text.assemble((f"{first.id} to {second.id}", "bold")))
    out.print(printable(set_paragraph(story.opening).text), markup=False)
    for section in story.sections:
        out.print(Text.assemble("\n", (section.title, "bold")))
        for markdown in section.paragraphs:
            paragraph = set_paragraph(markdown)
            out.print(printable(paragraph.text), markup=False)
            for statement_id in paragraph.statement_ids:
                out.print(Text.assemble("    ", (f"{statement_id} {printable(quotes[statement_id])}", "dim")))


def verify(
    site: Annotated[
        Path | None,
        typer.Argument(metavar="SITE", help="Folder of the site. [default: build/site]", show_default=False),
    ] = None,
) -> None:
    """Check a published site against its manifests; name every altered, missing or extra file, and exit with 1.

    Example: mawaqif verify build/site
    """
    from mawaqif.editions.store import list_editions
    from mawaqif.editions.verify import find_pending, verify_site

    place = _find_site(site)
    damages = verify_site(place)
    for damage in damages:
        out.print(printable(str(damage)), markup=False)
    for edition in find_pending(place):
        out.print(f"{edition.id} is whole, and not in the list: the run that is at work, or the next, sees to it.")
    if damages:
        raise SiteError(
            f"{len(damages)} of its files are not as they were published",
            where=str(place.root),
            mend="Copy them from a backup, or publish again.",
        )
    out.print(f"{len(list_editions(place))} editions, all as they were published.")


def _find_site(folder: Path | None) -> Any:
    from mawaqif.editions.store import Site
    from mawaqif.paths import default_paths

    root = folder or default_paths().build / "site"
    if not root.is_dir():
        raise ParameterError("there is no site", where=str(root), mend="Make one with `mawaqif publish`.")
    return Site(root.resolve())


# --- limits, hooks, log ----------------------------------------------------------------------------------------------


class _TimeUpError(MawaqifError):
    """The whole run took longer than it may."""


@contextmanager
def _limit_time(seconds: int) -> Iterator[None]:
    """End the block and every process it started when the time is up.

    Raises:
        _TimeUpError: It is; whatever error the end of those processes caused is not told.
    """
    is_up: list[bool] = []

    def stop(number: int, frame: object) -> None:
        is_up.append(True)
        end_children()
        raise _TimeUpError("time is up")

    before = signal.signal(signal.SIGALRM, stop)
    signal.setitimer(signal.ITIMER_REAL, seconds)
    try:
        yield
    except Exception as error:
        if not is_up:
            raise
        mend = "What was published before is in place. Give it more time, or see which stage hangs."
        raise _TimeUpError(f"the run did not finish within {seconds} s", where="--time-limit", mend=mend) from error
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)
        signal.signal(signal.SIGALRM, before)


def _run_hook(command: str, argument: str, log: _Log, *, status: str) -> None:
    """Run the user's own command in a shell; that it fails is told, and changes nothing."""
    if not command:
        return
    environment = {**os.environ, "MAWAQIF_STATUS": status}
    environment["MAWAQIF_EDITION" if status == "published" else "MAWAQIF_ERROR"] = argument
    try:
        done = subprocess.run(
            ["sh", "-c", command, "mawaqif", argument], env=environment, timeout=HOOK_SECONDS, check=False
        )
    except (OSError, subprocess.TimeoutExpired) as error:
        log.info(f"the hook failed: {type(error).__name__}")
    else:
        if done.returncode:
            log.info(f"the hook ended with {done.returncode}")


class _Log:
    """Tells what a run does: lines on standard error, or one JSON object a line; the result also on standard output."""

    def __init__(self, form: LogFormat) -> None:
        self.form = form

    def info(self, text: str) -> None:
        """Tell a step."""
        if self.form is LogFormat.json:
            self._write("info", text)
        else:
            say(printable(text))

    def error(self, text: str, code: int) -> None:
        """Tell why the run failed."""
        if self.form is LogFormat.json:
            self._write("error", text, code=code)
        else:
            say(Text.assemble(("error:", "bold red"), " ", printable(text)))

    def done(self, text: str, **facts: str) -> None:
        """Tell the result."""
        if self.form is LogFormat.json:
            self._write("info", text, **facts)
        else:
            out.print(printable(text), markup=False)

    def _write(self, level: str, text: str, **facts: Any) -> None:
        time = datetime.now(UTC).isoformat(timespec="milliseconds")
        entry = {"time": time, "level": level, "message": printable(text), **facts}
        print(json.dumps(entry, ensure_ascii=False), file=sys.stderr, flush=True)
