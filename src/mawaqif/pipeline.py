"""Makes a report from a corpus: tables, notebooks, figures, pages; read `run` from the top."""

from __future__ import annotations

import json
import os
import shutil
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import asdict, dataclass, field, replace
from datetime import date
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

from mawaqif.briefs import FILE as BRIEFS_FILE
from mawaqif.briefs import Brief
from mawaqif.digests import digest_file, digest_files, digest_package
from mawaqif.errors import RenderError
from mawaqif.files import folder_aside, remove_left_over, replace_file
from mawaqif.inputs import Inputs, digest_inputs, list_files, refuse_changed
from mawaqif.paths import Paths, Workplace, default_paths
from mawaqif.render.kept import digest_folder, is_kept, remember
from mawaqif.render.project_copy import copy_sources, copy_with_opening
from mawaqif.settings import Parameters

if TYPE_CHECKING:
    from mawaqif.tables import Tables

FORMATS = ("html", "pdf")
SOURCES = ("data/coding", "notebooks/jupytext.toml", "report", "_quarto.yml")
SHARED_COPIES = ("fonts", "fonts.html", "plotly.html")
"""What the languages' render copies have in common."""
Notify = Callable[[str], None]


@dataclass(frozen=True)
class Build:
    """What one build made.

    Attributes:
        outputs: The report files.
        engine: `quarto` or `embedded`, with its version.
        counts: Documents, skipped files, statements, and actors who speak.
        seconds: Wall time of each stage; empty when nothing had changed.
        is_unchanged: Nothing had changed since the last build, and its files are intact.
        checksums: SHA-256 of each output, in the same order.
    """

    outputs: tuple[Path, ...]
    engine: str
    counts: dict[str, int]
    seconds: dict[str, float] = field(default_factory=dict)
    is_unchanged: bool = False
    checksums: tuple[str, ...] = ()


@dataclass(frozen=True)
class BuildOptions:
    """How to build, whatever the report.

    Attributes:
        engine: `auto`, `quarto` or `embedded`.
        force: Build even where nothing changed.
        jobs: Processes for annotation and kernels.
        notebook_seconds: How long one notebook may take; 0 for the usual limit.
    """

    engine: str = "auto"
    force: bool = False
    jobs: int = 2
    notebook_seconds: int = 0


USUAL = BuildOptions()


def run(
    brief: Brief,
    *,
    paths: Paths | None = None,
    options: BuildOptions = USUAL,
    opening: Mapping[str, str] | None = None,
    notify: Notify = lambda stage: None,
) -> Build:
    """Make the report of one brief; a failed build leaves the last good report in place.

    1. Nothing changed: say so.
    2. Tables: read, clean, annotate, apply codings, aggregate.
    3. Notebooks: papermill, once a language.
    4. Figures: render copies with static charts.
    5. Pages: Quarto where it is installed, else the embedded engine, into a folder aside.
    6. Publish: move the finished files into place, then the manifest.

    Args:
        brief: What the report holds, its languages and titles; the full one goes into `build/report`.
        paths: The project; without it, the one that `find_home` finds.
        options: How to build it.
        opening: A first section for the report of each language, as Markdown; such a report goes into `build/editions`.
        notify: Called with the name of each stage as it starts.

    Raises:
        UserError: Options, corpus, vocabulary or codings are at fault.
        InputChangedError: A file that the report is made from changed meanwhile.
        RenderError, EvidenceError: The build failed.
    """
    paths, opening = paths or default_paths(), opening or {}
    place = find_workplace(paths, brief, opening)
    renderer, seen = choose_engine(options.engine), Inputs()
    key = digest_build(brief, paths, renderer=renderer, opening=opening, seen=seen)
    if not options.force and (last := read_last_build(paths, place, key)):
        return last
    brief.check_sections(paths)
    remove_left_over(paths.build)
    clock, check_inputs = _Clock(notify), partial(_check_inputs, brief, paths, renderer, seen)
    with clock.stage("tables"):
        tables = _make_tables(brief, paths, jobs=options.jobs)
        check_inputs()
    prepare_render_copies(brief, paths=paths, options=options, clock=clock)
    with clock.stage(f"pages ({renderer})"), folder_aside(paths.build) as aside:
        made = _render(renderer, _open_with(opening, place.sources, aside), brief, aside, tables)
        check_inputs()
        outputs = _publish(made, place.published)
    build = Build(outputs, renderer, count_tables(tables), clock.seconds, checksums=tuple(map(digest_file, outputs)))
    write_manifest(paths, place, key=key, parameters=brief.parameters, build=build)
    return build


def _check_inputs(brief: Brief, paths: Paths, renderer: str, seen: Inputs) -> None:
    """Refuse to go on with inputs that are no longer those that were seen."""
    refuse_changed(seen, lambda again: digest_build(brief, paths, renderer=renderer, seen=again))


def _make_tables(brief: Brief, paths: Paths, *, jobs: int) -> Tables:
    from mawaqif.tables import load_tables  # pandas takes a second: not before step 1 did not find it unneeded

    return load_tables(brief.parameters, paths=paths, jobs=jobs)


def prepare_render_copies(
    brief: Brief, *, paths: Paths, options: BuildOptions = USUAL, clock: _Clock | None = None
) -> None:
    """Execute the notebooks and write their render copies: what `quarto render` needs before it starts.

    Notebooks are executed only in the languages whose inputs changed (a changed sentence of the `.qmd` files is none of
    them), and charts are drawn only from notebooks that were executed anew.
    """
    clock = clock or _Clock(lambda stage: None)
    place = find_workplace(paths, brief)
    seen: Inputs = {}
    key = digest_notebooks(brief, paths, seen=seen)
    stale = tuple(n for n in brief.languages if options.force or not is_kept(place.executed / n, f"{key} {n}"))
    if stale:
        with clock.stage("notebooks"), folder_aside(paths.build) as aside:
            _execute(replace(brief, languages=stale), paths, aside, options)
            refuse_changed(seen, lambda again: digest_notebooks(brief, paths, seen=again))
            for language in stale:
                _replace_folder(aside / language, place.executed / language)
                remember(place.executed / language, f"{key} {language}")
    with clock.stage("figures"):
        _draw(brief, paths, place, force=options.force)


def _execute(brief: Brief, paths: Paths, folder: Path, options: BuildOptions) -> None:
    from mawaqif.render.execute import execute_notebooks, list_notebooks

    execute_notebooks(
        list_notebooks(paths.notebooks, brief.sections),
        folder,
        brief.parameters,
        home=paths.home,
        languages=brief.languages,
        jobs=options.jobs,
        notebook_seconds=options.notebook_seconds,
    )


def _draw(brief: Brief, paths: Paths, place: Workplace, *, force: bool) -> None:
    """Write the render copies of the languages whose executed notebooks are others than they were made from."""
    from mawaqif.render.figures import make_render_copies

    if not brief.is_full:
        copy_sources(paths, place.sources, languages=brief.languages)
    copies = place.sources.render_copies
    program = digest_package(Path(__file__).parent)
    for language in brief.languages:
        key = f"{digest_folder(place.executed / language)} {program} {brief.sections}"
        if force or not is_kept(copies / language, f"{key} {_digest_shared(copies)}"):
            make_render_copies(place.executed / language, copies / language, language=language, sections=brief.sections)
            remember(copies / language, f"{key} {_digest_shared(copies)}")


def _digest_shared(copies: Path) -> str:
    return digest_files((str(path.relative_to(copies)), path) for n in SHARED_COPIES for path in list_files(copies / n))


def find_workplace(paths: Paths, brief: Brief, opening: Mapping[str, str] | None = None) -> Workplace:
    """Return where a brief is made; one with an opening is an edition's own, and does not replace the report."""
    place = paths.workplace("" if brief.is_full else brief.name)
    own = paths.build / "editions" / brief.name
    return replace(place, published=own, manifest=own / "manifest.json") if opening else place


def _open_with(opening: Mapping[str, str], sources: Paths, aside: Path) -> Paths:
    """Return the sources to render from: those given, or a copy with a first section in each report."""
    if not opening:
        return sources
    copy = Paths(aside / "sources")
    copy_with_opening(sources, copy, opening)
    return copy


def choose_engine(engine: str) -> str:
    """Return `quarto VERSION` or `embedded VERSION`.

    Raises:
        RenderError: Quarto was asked for and is not installed.
    """
    from mawaqif.render import embedded, quarto

    version = quarto.find_version()
    if engine == "quarto" and version is None:
        raise RenderError(
            "Quarto is not installed", where="--engine quarto", mend="Install it, or use --engine embedded."
        )
    if engine in ("auto", "quarto") and version is not None:
        return f"quarto {version}"
    return f"embedded {embedded.find_version()}"


def _render(renderer: str, sources: Paths, brief: Brief, out_dir: Path, tables: Tables) -> list[Path]:
    from mawaqif.render import embedded, quarto
    from mawaqif.render.sources import Heading

    issue = tables.issue
    headings = {
        language: Heading(
            brief.title.get(language) or issue.title.in_language(language),
            brief.subtitle.get(language) or issue.question.in_language(language),
        )
        for language in brief.languages
    }
    render = quarto.render if renderer.startswith("quarto") else embedded.render
    day = find_newest_day(tables.core_documents)
    made: list[Path] = render(sources, languages=brief.languages, out_dir=out_dir, edition_date=day, headings=headings)
    expected = {f"report.{language}.{suffix}" for language in brief.languages for suffix in FORMATS}
    if missing := expected - {path.name for path in made if path.stat().st_size > 0}:
        raise RenderError(
            f"{sorted(missing)[0]} was not made", where=renderer, mend="Run again with --engine embedded."
        )
    return made


def find_newest_day(documents: Any) -> date | None:
    """Return the newest day on which a document can have been published, which dates the edition, if any is known."""
    days = [day for column in ("published", "published_latest") for day in documents[column] if isinstance(day, str)]
    return date.fromisoformat(max(days)) if days else None


def count_tables(tables: Tables) -> dict[str, int]:
    """Return the figures that the command line prints."""
    return {
        "documents": len(tables.core_documents),
        "skipped": len(tables.raw_skipped),
        "statements": len(tables.core_statements),
        "actors": int(tables.core_statements["speaker_id"].nunique()),
    }


# --- files ----------------------------------------------------------------------------------------------------------


def _replace_folder(new: Path, old: Path) -> None:
    old.parent.mkdir(parents=True, exist_ok=True)
    shutil.rmtree(old, ignore_errors=True)
    os.replace(new, old)


def _publish(made: list[Path], folder: Path) -> tuple[Path, ...]:
    folder.mkdir(parents=True, exist_ok=True)
    for path in made:
        os.replace(path, folder / path.name)
    return tuple(sorted(folder / path.name for path in made))


def digest_build(
    brief: Brief,
    paths: Paths,
    *,
    renderer: str,
    opening: Mapping[str, str] | None = None,
    seen: Inputs | None = None,
) -> str:
    """Return a checksum over everything a build depends on: corpus, vocabulary, codings, sources, program, engine.

    Of the file of briefs only the brief itself counts: what another one says is no reason to make this one again.

    Args:
        brief: The brief.
        paths: The project.
        renderer: The engine with its version.
        opening: What its reports open with, by language.
        seen: Keeps the checksums of the files: several briefs depend on the same, and what changed can be named later.
    """
    roots = [brief.parameters.corpus_path(paths), paths.vocabulary, Path(__file__).parent]
    roots += [paths.home / name for name in SOURCES]
    roots += [paths.notebook(name) for name in brief.notebooks]
    roots.append(paths.model_metrics)
    own = [asdict(brief), renderer, os.environ.get("MAWAQIF_EDITION_DATE", ""), dict(opening or {})]
    return digest_inputs(own, roots, seen, left_out=paths.report / BRIEFS_FILE)


def digest_notebooks(brief: Brief, paths: Paths, *, seen: Inputs | None = None) -> str:
    """Return a checksum over all that the executed notebooks depend on: what a build does, but its prose and engine."""
    roots = [brief.parameters.corpus_path(paths), paths.vocabulary, paths.coding]
    roots += [paths.notebook(name) for name in brief.notebooks]
    roots += [paths.model_metrics, Path(__file__).parent]
    return digest_inputs(brief.parameters.as_dict(), roots, seen)


def read_last_build(paths: Paths, place: Workplace, key: str) -> Build | None:
    """Return the last build when it was made from the same inputs and its files are as it left them."""
    try:
        manifest = json.loads(place.manifest.read_text(encoding="utf-8"))
        outputs = {paths.home / name: checksum for name, checksum in manifest["outputs"].items()}
        if manifest["key"] != key or any(digest_file(path) != checksum for path, checksum in outputs.items()):
            return None
        return Build(
            tuple(outputs), manifest["engine"], manifest["counts"], is_unchanged=True, checksums=tuple(outputs.values())
        )
    except (OSError, ValueError, KeyError, TypeError, AttributeError):
        return None


def write_manifest(paths: Paths, place: Workplace, *, key: str, parameters: Parameters, build: Build) -> None:
    """Write what was built from what, in one step."""
    names = [path.relative_to(paths.home).as_posix() for path in build.outputs]
    outputs = dict(zip(names, build.checksums, strict=True))
    content = {"key": key, "parameters": parameters.as_dict(), **asdict(build), "outputs": outputs}
    del content["is_unchanged"], content["checksums"]
    replace_file(place.manifest, (json.dumps(content, indent=2, ensure_ascii=False) + "\n").encode())


class _Clock:
    """Announces each stage and keeps its wall time in seconds."""

    def __init__(self, notify: Notify) -> None:
        self.notify, self.seconds = notify, dict[str, float]()

    @contextmanager
    def stage(self, name: str) -> Iterator[None]:
        self.notify(name)
        start = time.monotonic()
        yield
        self.seconds[name] = round(time.monotonic() - start, 1)
