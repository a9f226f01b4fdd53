"""Makes an edition from briefs and puts it into the site; read `publish` from the top."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from mawaqif.briefs import Brief, blame_brief
from mawaqif.digests import digest_file
from mawaqif.editions.plan import Notify, Plan
from mawaqif.editions.store import LIST, MANIFEST, STAGING, Copied, Edition, Site, list_editions, settle, stage, sweep
from mawaqif.errors import MawaqifError
from mawaqif.files import replace_file
from mawaqif.inputs import Inputs, refuse_changed
from mawaqif.lock import hold_lock
from mawaqif.paths import Paths
from mawaqif.pipeline import Build, BuildOptions, choose_engine, digest_build, run

if TYPE_CHECKING:
    pass

# What stands on pandas is imported when there is something to publish: to find that there is nothing must be quick.

MakeReport = Callable[..., Build]


@dataclass(frozen=True)
class Outcome:
    """What a run did: the newest edition, and whether this run made it; `left_out` names reports that failed."""

    edition: Edition
    is_new: bool
    left_out: tuple[str, ...] = ()
    removed: tuple[str, ...] = ()


def publish(plan: Plan, *, paths: Paths, notify: Notify = lambda text: None, make_report: MakeReport = run) -> Outcome:
    """Publish an edition, unless the newest one was made from the same inputs and is intact.

    1. Alone: take the lock, remove what a run left that was ended, complete the files around the editions.
    2. Nothing new: say so.
    3. Edition: tables, what changed, reports, manifest, in a folder aside; only reports whose inputs changed are made.
    4. Publish: in one rename, then the files around it.
    5. Retention.

    Raises:
        LockedError: Another run is at work.
        UserError: Options, corpus, vocabulary or codings are at fault.
        MawaqifError: The edition could not be made; what was published before is in place.
    """
    from mawaqif.editions.site_files import make_site_files

    # 1.
    plan.site.root.mkdir(parents=True, exist_ok=True)
    with hold_lock(plan.site.lock, name="mawaqif publish") as dead:
        editions = _clear_up(plan.site, dead, notify)
        # 2.
        renderer, seen = choose_engine(plan.engine), Inputs()
        key = digest_edition(plan, paths, renderer, seen=seen)
        newest = editions[-1] if editions and editions[-1].manifest["key"] == key else None
        if newest and _find_damage(newest, notify):
            newest = None
        if newest and not plan.force:
            return Outcome(newest, is_new=False, removed=_retire(plan, notify))
        # 3.
        with stage(plan.site) as staged:
            name, failed = _make_edition(staged, plan, paths, make_report, editions=editions, key=key, notify=notify)
            refuse_changed(seen, lambda again: digest_edition(plan, paths, renderer, seen=again))
            if newest and _is_same(staged, newest):
                notify("made again, and the same to the byte")
                return Outcome(newest, is_new=False, removed=_retire(plan, notify))
            # 4.
            notify("publish")
            settle(staged, plan.site.editions / name)
        editions = list_editions(plan.site)
        _write_around(plan.site, make_site_files(editions))
        # 5.
        return Outcome(editions[-1], is_new=True, left_out=tuple(failed), removed=_retire(plan, notify))


def _clear_up(site: Site, dead: str, notify: Notify) -> list[Edition]:
    """Remove and complete what a run left that was ended, and return the editions that there are."""
    from mawaqif.editions.site_files import make_site_files
    from mawaqif.editions.verify import find_pending

    if dead:
        notify(f"took over from a run that was ended: {dead}")
    if left := sweep(site):
        notify(f"removed what it had left unfinished ({left})")
    editions = list_editions(site)
    for edition in find_pending(site):
        notify(f"{edition.id}: a run was ended before its pages were whole; they are completed")
    _write_around(site, make_site_files(editions) if editions else {})
    return editions


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


def _make_edition(
    staged: Path,
    plan: Plan,
    paths: Paths,
    make_report: MakeReport,
    *,
    editions: list[Edition],
    key: str,
    notify: Notify,
) -> tuple[str, dict[str, str]]:
    """Write an edition into a staged folder; return its id, and why a brief is not in it."""
    from mawaqif.editions import draft

    notify("tables")
    begun = draft.begin(staged, plan, paths, editions=editions, key=key, notify=notify)
    builds, failed = _make_reports(plan, paths, notify, make_report, opening=begun.opening)
    draft.finish(begun, plan, builds, failed, renderer=choose_engine(plan.engine))
    return begun.id, failed


def _make_reports(
    plan: Plan,
    paths: Paths,
    notify: Notify,
    make_report: MakeReport,
    *,
    opening: Callable[[Brief, Brief], dict[str, str]],
) -> tuple[dict[str, Build], dict[str, str]]:
    """Return what was made by brief, and why a brief was not.

    Under `strict` the first failure is the end; under `best-effort` it is when nothing at all could be made.
    """
    options = BuildOptions(plan.engine, plan.force, plan.jobs, plan.notebook_seconds)
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
                    options=options,
                    opening=opening(brief, plan.whole),
                    notify=tell,
                )
        except MawaqifError as error:
            is_last_hope = not builds and brief is plan.briefs[-1]
            if plan.policy == "strict" or is_last_hope:
                raise
            failed[brief.name] = str(error)
            notify(f"left out: {brief.name}: {error}")
    return builds, failed


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
