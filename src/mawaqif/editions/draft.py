"""Writes an edition into a folder aside: tables, what changed since the last one, then reports, page and manifest."""

from __future__ import annotations

import json
import shutil
import time
import uuid
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

from mawaqif import __version__
from mawaqif.aggregate.changes import Snapshot
from mawaqif.briefs import Brief
from mawaqif.change_story import ChangeStory, set_opening
from mawaqif.digests import digest_file
from mawaqif.editions.changes import CORRECTION_COLUMNS, compare, read_snapshot, summarise, tell
from mawaqif.editions.data_package import write_package
from mawaqif.editions.edition_page import CHANGES, make_edition_page
from mawaqif.editions.manifest import describe_program, list_inputs, write_manifest
from mawaqif.editions.plan import Notify, Plan
from mawaqif.editions.store import Edition, Site
from mawaqif.errors import SiteError
from mawaqif.paths import Paths
from mawaqif.pipeline import Build, count_tables
from mawaqif.render.sources import find_edition_date
from mawaqif.settings import LANGUAGES
from mawaqif.tables import Tables, digest_program, load_tables


@dataclass(frozen=True)
class Draft:
    """An edition that is being written.

    Attributes:
        folder: Where.
        content: Its manifest, as far as it is known.
        tables: All that it holds.
        stories: What changed since the last edition, by language.
        passages: The words of each statement, by id (untrusted text).
        is_first: There is no earlier edition to compare it with.
        started: When it was begun, in seconds of a clock that only goes forward.
    """

    folder: Path
    content: dict[str, Any]
    tables: Tables
    stories: Mapping[str, ChangeStory]
    passages: Mapping[str, str]
    is_first: bool
    started: float

    @property
    def id(self) -> str:
        """The name that its folder will have."""
        return str(self.content["edition"])

    def opening(self, brief: Brief, whole: Brief) -> dict[str, str]:
        """Return what the reports of a brief open with, as Markdown by language: what changed, where they hold all."""
        is_whole = brief.parameters.issue == whole.parameters.issue and not brief.parameters.is_narrowed
        if self.is_first or not is_whole:
            return {}
        return {language: set_opening(self.stories[language], language) for language in brief.languages}


def begin(folder: Path, plan: Plan, paths: Paths, *, editions: list[Edition], key: str, notify: Notify) -> Draft:
    """Write the tables of an edition, and what changed since the last one that was made from something else.

    Args:
        folder: An empty one, aside.
        plan: What to publish.
        paths: The project.
        editions: Those that there are, oldest first.
        key: The checksum of all inputs.
        notify: Called with what a person should know.
    """
    started = time.monotonic()
    tables = load_tables(plan.whole.parameters, paths=paths, jobs=plan.jobs)
    content = _describe(plan, paths, tables, editions=editions, key=key, notify=notify)
    (folder / "data").mkdir()
    name, title = f"mawaqif-{content['edition']}", content["title"]["en"]
    write_package(tables, folder / "data", name=name, title=title, version=__version__)
    base = next((edition for edition in reversed(editions) if edition.manifest["key"] != key), None)
    new, old = read_snapshot(Edition(folder, content)), _read_base(base)
    stories = _tell_changes(folder, content, tables, base=base, old=old, new=new)
    statements = new.core_statements
    passages = dict(zip(statements["statement_id"], statements["quote"], strict=True))
    return Draft(folder, content, tables, stories, passages, is_first=old is None, started=started)


def finish(draft: Draft, plan: Plan, builds: Mapping[str, Build], failed: Mapping[str, str], *, renderer: str) -> None:
    """Add the reports, the page and the manifest.

    Raises:
        SiteError: A report is another than the one that was made for this edition.
    """
    content, vocabulary = draft.content, draft.tables.vocabulary
    content["briefs"] = [
        _copy_report(draft.folder, brief, builds[brief.name], {n: brief.issue_title(vocabulary, n) for n in LANGUAGES})
        for brief in plan.briefs
        if brief.name in builds
    ]
    content["skipped"]["briefs"] = [{"name": name, "reason": reason} for name, reason in failed.items()]
    content["program"] = describe_program(engine=renderer, digest=digest_program())
    page = make_edition_page(content, draft.stories, passages=draft.passages)
    (draft.folder / "index.html").write_bytes(page)
    seconds = {name: round(sum(build.seconds.values()), 1) for name, build in builds.items()}
    whole = round(time.monotonic() - draft.started, 1)
    content["seconds"] = {**seconds, "edition": round(max(0.0, whole - sum(seconds.values())), 1)}
    write_manifest(draft.folder, content)


def _describe(
    plan: Plan, paths: Paths, tables: Tables, *, editions: list[Edition], key: str, notify: Notify
) -> dict[str, Any]:
    """Return the manifest, but for what the reports add to it."""
    whole, newest = plan.whole, editions[-1] if editions else None
    published, day = _settle_time(newest, notify)
    skipped = [{"path": str(p), "reason": str(r)} for p, r in tables.raw_skipped[["path", "reason"]].to_numpy()]
    roots = {
        "corpus": whole.parameters.corpus_path(paths),
        "vocabulary": paths.vocabulary,
        "coding": paths.coding,
        "notebooks": paths.notebooks,
        "report": paths.report,
    }
    return {
        "edition": _name_edition(plan.site, day, key),
        "sequence": newest.sequence + 1 if newest else 1,
        "previous": newest.id if newest else None,
        "series": newest.manifest["series"] if newest else str(uuid.uuid4()),
        "published": published.isoformat(),
        "day": day.isoformat(),
        "url": plan.url,
        "key": key,
        "title": {n: whole.title.get(n) or tables.issue.title.in_language(n) for n in LANGUAGES},
        "parameters": {b.name: {**b.parameters.as_dict(), "languages": list(b.languages)} for b in plan.briefs},
        "issue": whole.parameters.issue,
        "counts": count_tables(tables),
        "corrections": _list_corrections(tables),
        "skipped": {"documents": skipped, "briefs": []},
        "inputs": list_inputs({n: p for n, p in roots.items() if p.exists()}, left_out=["_executed"]),
        "program": {"digest": digest_program()},
    }


def _read_base(base: Edition | None) -> Snapshot | None:
    """Return the state to compare with, or nothing: a damaged last edition must not hold the next one back."""
    try:
        return read_snapshot(base) if base else None
    except SiteError:
        return None


def _tell_changes(
    folder: Path, content: dict[str, Any], tables: Tables, *, base: Edition | None, old: Snapshot | None, new: Snapshot
) -> dict[str, ChangeStory]:
    """Write what changed as JSON, add its summary to the manifest, and return it in words."""
    issue, vocabulary = tables.issue, tables.vocabulary
    changes = compare(old, new, issue=issue, vocabulary=vocabulary)
    content["summary"] = {language: summarise(changes, language=language) for language in LANGUAGES}
    told = {"from": base.id if base else None, "to": content["edition"], **changes.as_dict()}
    (folder / CHANGES).write_text(json.dumps(told, ensure_ascii=False, indent=2) + "\n", encoding="utf-8")
    return {
        language: tell(changes, old, new, issue=issue, vocabulary=vocabulary, language=language)
        for language in LANGUAGES
    }


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
    title = {language: brief.title.get(language) or issue_title[language] for language in LANGUAGES}
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
    table = tables.codings.corrections.reindex(columns=list(CORRECTION_COLUMNS)).fillna("").astype(str)
    return [dict(zip(CORRECTION_COLUMNS, row, strict=True)) for row in sorted(table.itertuples(index=False, name=None))]
