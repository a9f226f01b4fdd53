"""Makes an edition from briefs and puts it into the site; read `publish` from the top."""

from __future__ import annotations

import hashlib
import json
import shutil
import time
import uuid
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal

from mawaqif.briefs import Brief, blame_brief
from mawaqif.digests import digest_file
from mawaqif.editions.store import LIST, MANIFEST, STAGING, Copied, Edition, Site, list_editions, settle, stage, sweep
from mawaqif.errors import MawaqifError, SiteError
from mawaqif.files import replace_file
from mawaqif.inputs import Inputs, refuse_changed
from mawaqif.lock import hold_lock
from mawaqif.paths import Paths
from mawaqif.pipeline import Build, choose_engine, count_tables, digest_build, run
from mawaqif.render.sources import find_edition_date
from mawaqif.settings import LANGUAGES

if TYPE_CHECKING:
    from mawaqif.tables import Tables

# What stands on pandas is imported when there is something to publish: to find that there is nothing must be quick.

Policy = Literal["strict", "best-effort"]
Notify = Callable[[str], None]
MakeReport = Callable[..., Build]


@dataclass(frozen=True)
class Plan:
    """What to publish, and how.

    Attributes:
        briefs: The reports of the edition.
        site: Where to publish.
        whole: The brief that gives title, issue and tables, whichever are published, so that editions can be compared.
        engine: `auto`, `quarto` or `embedded`.
        force: Make everything again.
        jobs: Processes for annotation and kernels.
        policy: `strict` holds the edition back where one report fails, `best-effort` leaves that report out.
        keep: How many editions to keep; 0 for all.
        keep_days: For how many days to keep them; 0 for ever.
        url: Address of the site with a slash at the end, for the feed; empty for links within the site.
        notebook_seconds: How long one notebook may take; 0 for the usual limit.
    """

    briefs: tuple[Brief, ...]
    site: Site
    whole: Brief
    engine: str = "auto"
    force: bool = False
    jobs: int = 2
    policy: Policy = "strict"
    keep: int = 0
    keep_days: int = 0
    url: str = ""
    notebook_seconds: int = 0


@dataclass(frozen=True)
class Outcome:
    """What a run did: the newest edition, and whether this run made it; `left_out` names reports that failed."""

    edition: Edition
    is_new: bool
    left_out: tuple[str, ...] = ()
    removed: tuple[str, ...] = ()


def publish(plan: Plan, *, paths: Paths, notify: Notify = lambda text: None, make_report: MakeReport = run) -> Outcome:
    """Publish an edition, unless the newest one was made from the same inputs and is intact.

    1. Alone: take the lock, remove what a run left that was ended, complete the pages around the editions.
    2. Nothing new: say so.
    3. Reports: each brief, of which only those are made whose inputs changed.
    4. Edition: reports, tables, what changed, manifest, in a folder aside.
    5. Publish: in one rename, then the pages around it, then `latest/`.
    6. Retention.

    Raises:
        LockedError: Another run is at work.
        UserError: Options, corpus, vocabulary or codings are at fault.
        MawaqifError: The edition could not be made; what was published before is in place.
    """
    from mawaqif.editions.site_files import make_site_files
    from mawaqif.editions.verify import find_pending

    # 1.
    plan.site.root.mkdir(parents=True, exist_ok=True)
    with hold_lock(plan.site.lock, name="mawaqif publish") as dead:
        if dead:
            notify(f"took over from a run that was ended: {dead}")
        if left := sweep(plan.site):
            notify(f"removed what it had left unfinished ({left})")
        editions = list_editions(plan.site)
        for edition in find_pending(plan.site):
            notify(f"{edition.id}: a run was ended before its pages were whole; they are completed")
        _write_around(plan.site, make_site_files(editions) if editions else {})
        # 2.
        renderer = choose_engine(plan.engine)
        seen: Inputs = {}
        key = digest_edition(plan, paths, renderer, seen=seen)
        newest = editions[-1] if editions else None
        damages = _find_damage(newest, notify) if newest and newest.manifest["key"] == key else []
        if newest and newest.manifest["key"] == key and not damages and not plan.force:
            return Outcome(newest, is_new=False, removed=_retire(plan, notify))
        # 3.
        builds, failed = _make_reports(plan, paths, notify, make_report)
        # 4.
        with stage(plan.site) as staged:
            edition_id = _write_edition(
                staged, plan, paths, builds, failed, editions=editions, key=key, renderer=renderer, notify=notify
            )
            refuse_changed(seen, lambda again: digest_edition(plan, paths, renderer, seen=again))
            if newest and not damages and newest.manifest["key"] == key and _is_same(staged, newest):
                notify("made again, and the same to the byte")
                return Outcome(newest, is_new=False, removed=_retire(plan, notify))
            # 5.
            notify("publish")
            settle(staged, plan.site.editions / edition_id)
        editions = list_editions(plan.site)
        _write_around(plan.site, make_site_files(editions))
        # 6.
        return Outcome(editions[-1], is_new=True, left_out=tuple(failed), removed=_retire(plan, notify))


def digest_edition(plan: Plan, paths: Paths, renderer: str, *, seen: Inputs | None = None) -> str:
    """Return a checksum over everything that the edition is made from; options of publishing do not count."""
    seen = {} if seen is None else seen
    keys = [digest_build(brief, paths, renderer=renderer, seen=seen) for brief in (plan.whole, *plan.briefs)]
    return hashlib.sha256(json.dumps(keys).encode()).hexdigest()


def _find_damage(newest: Edition, notify: Notify) -> list[str]:
    from mawaqif.editions.verify import verify_edition

    damages = [str(damage) for damage in verify_edition(newest.folder)]
    for damage in damages:
        notify(f"the last edition is damaged: {damage}")
    return damages


def _make_reports(
    plan: Plan, paths: Paths, notify: Notify, make_report: MakeReport
) -> tuple[dict[str, Build], dict[str, str]]:
    """Return what was made by brief, and why a brief was not.

    Under `strict` the first failure is the end; under `best-effort` it is when nothing at all could be made.
    """
    builds: dict[str, Build] = {}
    failed: dict[str, str] = {}
    for brief in plan.briefs:

        def tell(stage_name: str, name: str = brief.name) -> None:
            notify(f"{name}: {stage_name}")

        try:
            with blame_brief(brief.name):
                builds[brief.name] = make_report(
                    brief,
                    paths=paths,
                    engine=plan.engine,
                    force=plan.force,
                    jobs=plan.jobs,
                    notebook_seconds=plan.notebook_seconds,
                    notify=tell,
                )
        except MawaqifError as error:
            is_last_hope = not builds and brief is plan.briefs[-1]
            if plan.policy == "strict" or is_last_hope:
                raise
            failed[brief.name] = str(error)
            notify(f"left out: {brief.name}: {error}")
    return builds, failed


# --- the edition -----------------------------------------------------------------------------------------------------


def _write_edition(
    staged: Path,
    plan: Plan,
    paths: Paths,
    builds: Mapping[str, Build],
    failed: Mapping[str, str],
    *,
    editions: list[Edition],
    key: str,
    renderer: str,
    notify: Notify,
) -> str:
    """Write an edition into a staged folder and return its id."""
    from mawaqif import __version__
    from mawaqif.editions.data_package import write_package
    from mawaqif.editions.manifest import describe_program, list_inputs, write_manifest
    from mawaqif.tables import digest_program, load_tables

    notify("tables")
    start = time.monotonic()
    whole, newest = plan.whole, editions[-1] if editions else None
    tables = load_tables(whole.parameters, paths=paths, jobs=plan.jobs)
    issue = tables.issue
    title = {language: whole.title.get(language) or issue.title.in_language(language) for language in LANGUAGES}
    briefs = [
        _copy_report(staged, brief, builds[brief.name], {n: issue.title.in_language(n) for n in brief.languages})
        for brief in plan.briefs
        if brief.name in builds
    ]
    published, day = _settle_time(newest, notify)
    edition_id = _name_edition(plan.site, day, key)
    (staged / "data").mkdir()
    write_package(tables, staged / "data", name=f"mawaqif-{edition_id}", title=title["en"], version=__version__)
    skipped = [{"path": str(p), "reason": str(r)} for p, r in tables.raw_skipped[["path", "reason"]].to_numpy()]
    roots = {
        "corpus": whole.parameters.corpus_path(paths),
        "vocabulary": paths.vocabulary,
        "coding": paths.coding,
        "notebooks": paths.notebooks,
        "report": paths.report,
    }
    content: dict[str, Any] = {
        "edition": edition_id,
        "sequence": newest.sequence + 1 if newest else 1,
        "previous": newest.id if newest else None,
        "series": newest.manifest["series"] if newest else str(uuid.uuid4()),
        "published": published.isoformat(),
        "day": day.isoformat(),
        "url": plan.url,
        "key": key,
        "title": title,
        "briefs": briefs,
        "parameters": {b.name: {**b.parameters.as_dict(), "languages": list(b.languages)} for b in plan.briefs},
        "issue": whole.parameters.issue,
        "counts": count_tables(tables),
        "corrections": _list_corrections(tables),
        "skipped": {"documents": skipped, "briefs": [{"name": n, "reason": r} for n, r in failed.items()]},
        "inputs": list_inputs({n: p for n, p in roots.items() if p.exists()}, left_out=["_executed"]),
        "program": describe_program(engine=renderer, digest=digest_program()),
    }
    seconds: dict[str, float] = {name: round(sum(build.seconds.values()), 1) for name, build in builds.items()}
    _write_changes(staged, content, newest, tables)
    content["seconds"] = {**seconds, "edition": round(time.monotonic() - start, 1)}
    write_manifest(staged, content)
    return edition_id


def _copy_report(staged: Path, brief: Brief, build: Build, issue_title: Mapping[str, str]) -> dict[str, Any]:
    """Copy the files of one report and return what the pages tell of it.

    Raises:
        SiteError: A file is another than the one that was made for this edition.
    """

    folder = staged / "reports" / brief.name
    folder.mkdir(parents=True)
    files = []
    for path in sorted(build.outputs, key=lambda p: (p.suffix, p.name)):
        shutil.copyfile(path, folder / path.name)
        if build.checksums and digest_file(folder / path.name) != build.checksums[build.outputs.index(path)]:
            raise SiteError(
                "another run made this report anew meanwhile", where=str(path), mend="Run again; nothing was published."
            )
        files.append({"path": f"reports/{brief.name}/{path.name}", "language": path.name.split(".")[1]})
    title = {language: brief.title.get(language) or issue_title[language] for language in brief.languages}
    return {"name": brief.name, "title": title, "files": files}


def _settle_time(newest: Edition | None, notify: Notify) -> tuple[datetime, date]:
    """Return the time and the day of publication; a clock that was set back does not put an edition before the last."""
    now = datetime.now(UTC).replace(microsecond=0)
    if newest is not None:
        last = datetime.fromisoformat(newest.manifest["published"])
        if now < last:
            notify(f"the clock says {now.isoformat()}, which is before the last edition ({last.isoformat()})")
        now = max(now, last + timedelta(seconds=1))
    return now, find_edition_date(now.date()) or now.date()


def _name_edition(site: Site, day: date, key: str) -> str:
    """Return an id that is not in use: the day and the beginning of the checksum of the inputs."""
    plain = f"{day.isoformat()}-{key[:8]}"
    names = [plain, *(f"{plain}-{n}" for n in range(2, 1000))]
    return next(name for name in names if not (site.editions / name).exists())


def _list_corrections(tables: Tables) -> list[dict[str, str]]:
    from mawaqif.editions.changes import CORRECTION_COLUMNS

    table = tables.codings.corrections.reindex(columns=list(CORRECTION_COLUMNS)).fillna("").astype(str)
    return [dict(zip(CORRECTION_COLUMNS, row, strict=True)) for row in sorted(table.itertuples(index=False, name=None))]


def _write_changes(staged: Path, content: dict[str, Any], newest: Edition | None, tables: Tables) -> None:
    """Write what changed since the last edition, and the page that opens with it; add its summary to the manifest."""
    from mawaqif.editions.changes import compare, read_snapshot, summarise, tell
    from mawaqif.editions.edition_page import CHANGES, make_edition_page

    issue, vocabulary = tables.issue, tables.vocabulary
    new = read_snapshot(Edition(staged, content))
    try:
        old = read_snapshot(newest) if newest else None
    except SiteError:  # a damaged last edition must not hold the next one back
        old = None
    changes = compare(old, new, issue=issue, vocabulary=vocabulary)
    content["summary"] = {language: summarise(changes, language=language) for language in LANGUAGES}
    told = {"from": newest.id if newest else None, "to": content["edition"], **changes.as_dict()}
    (staged / CHANGES).write_text(json.dumps(told, ensure_ascii=False, indent=2) + "\n", encoding="utf-8")
    stories = {
        language: tell(changes, old, new, issue=issue, vocabulary=vocabulary, language=language)
        for language in LANGUAGES
    }
    statements = new.core_statements
    passages = dict(zip(statements["statement_id"], statements["quote"], strict=True))
    (staged / "index.html").write_bytes(make_edition_page(content, stories, passages=passages))


def _is_same(staged: Path, newest: Edition) -> bool:
    """Tell whether reports and tables are those of the last edition, to the byte."""
    made = json.loads((staged / MANIFEST).read_text(encoding="utf-8"))["outputs"]
    kept: dict[str, Any] = newest.manifest["outputs"]
    own = ("reports/", "data/")
    package = "data/datapackage.json"  # it carries the edition's name
    return {n: v for n, v in made.items() if n.startswith(own) and n != package} == {
        n: v for n, v in kept.items() if n.startswith(own) and n != package
    }


# --- around the editions ---------------------------------------------------------------------------------------------


def _write_around(site: Site, files: Mapping[str, bytes | Copied]) -> None:
    """Write the files around the editions, each in one step, and remove those of `latest/` that lead nowhere now."""
    for name, content in files.items():
        if name == LIST and site.latest.is_dir():  # the last of all
            for path in site.latest.iterdir():
                if path.relative_to(site.root).as_posix() not in files:
                    path.unlink()
        if isinstance(content, bytes):
            replace_file(site.root / name, content, prefix=STAGING)
        else:
            _copy_whole(content, site.root / name)


def _copy_whole(copied: Copied, target: Path) -> None:
    """Copy a file of an edition, unless it is there, or was damaged since: `verify` says so, and the old copy stays."""

    if target.is_file() and digest_file(target) == copied.sha256:
        return
    if copied.source.is_file() and hashlib.sha256(content := copied.source.read_bytes()).hexdigest() == copied.sha256:
        replace_file(target, content, prefix=STAGING)


def _retire(plan: Plan, notify: Notify) -> tuple[str, ...]:
    """Remove editions beyond the limits, never the last: first from the list, then from pages, then from the disk."""
    from mawaqif.editions.retention import choose_outdated
    from mawaqif.editions.site_files import make_list, make_site_files
    from mawaqif.editions.store import remove_edition

    editions = list_editions(plan.site)
    outdated = choose_outdated(editions, keep=plan.keep, keep_days=plan.keep_days)
    if outdated:
        kept = [edition for edition in editions if edition not in outdated]
        replace_file(plan.site.root / LIST, make_list(kept), prefix=STAGING)
        _write_around(plan.site, make_site_files(kept))
        for edition in outdated:
            remove_edition(plan.site, edition)
            notify(f"removed edition {edition.id}")
    return tuple(edition.id for edition in outdated)
