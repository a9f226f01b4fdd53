"""A small project whose editions take a second: real tables and pages, and reports that only say what they are."""

from __future__ import annotations

import hashlib
import json
import shutil
from pathlib import Path
from typing import Any

from mawaqif.briefs import Brief
from mawaqif.editions.plan import Plan
from mawaqif.editions.publish import Outcome, publish
from mawaqif.editions.store import Site
from mawaqif.errors import RenderError
from mawaqif.paths import Paths
from mawaqif.pipeline import Build
from mawaqif.settings import Parameters

HOME = Path(__file__).parents[2]
FIRST = (
    "بغداد - أكد رئيس الوزراء العراقي محمد شياع السوداني أن العراق يريد إنهاء مهمة التحالف الدولي. "
    "وطالبت الفصائل المسلحة بخروج القوات الأمريكية من العراق فوراً."
)
SECOND = "بغداد - قال محمد شياع السوداني إن بقاء القوات الأمريكية في العراق ضروري لحماية البلاد."


def make_project(home: Path) -> Paths:
    """Make a project with the real vocabulary and one article, coded by nobody."""
    paths = Paths(home)
    shutil.copytree(HOME / "data" / "vocabulary", paths.vocabulary)
    for folder in (paths.raw, paths.coding, paths.notebooks, paths.report):
        folder.mkdir(parents=True)
    (home / "_quarto.yml").write_text("project: {}\n", encoding="utf-8")
    add_article(paths, "one", FIRST, day="2024-03-05")
    return paths


def add_article(paths: Paths, name: str, text: str, *, day: str) -> None:
    row = {"id": name, "published": day, "text": text}
    (paths.raw / f"{name}.jsonl").write_text(json.dumps(row, ensure_ascii=False) + "\n", encoding="utf-8")


def add_correction(paths: Paths, row: str) -> None:
    head = "statement_id,decision,speaker_id,issue,stance,modality,coder,coded_at,note"
    (paths.coding / "corrections.csv").write_text(f"{head}\n{row}\n", encoding="utf-8")


def make_report(brief: Brief, *, paths: Paths, **options: Any) -> Build:
    """Stand in for the notebooks: write a report that says which articles it is of."""
    if (paths.home / f"broken-{brief.name}").exists():
        raise RenderError("it cannot be made", where=brief.name)
    place = paths.workplace("" if brief.is_full else brief.name)
    place.published.mkdir(parents=True, exist_ok=True)
    told = " ".join(sorted(path.stem for path in paths.raw.iterdir()))
    outputs = [place.published / f"report.en.{suffix}" for suffix in ("html", "pdf")]
    for path in outputs:
        path.write_text(f"{brief.name}: {told}\n", encoding="utf-8")
    counts = {"documents": 1, "skipped": 0, "statements": 2, "actors": 2}
    checksums = tuple(hashlib.sha256(path.read_bytes()).hexdigest() for path in outputs)
    if (paths.home / "meddled").exists():
        outputs[0].write_text("another run was here\n", encoding="utf-8")
    return Build(tuple(outputs), "none", counts, {"all": 0.1}, checksums=checksums)


def make_plan(paths: Paths, *names: str, **options: Any) -> Plan:
    briefs = tuple(Brief(name, Parameters(), languages=("en",)) for name in names or ("full",))
    site = options.pop("site", Site(paths.build / "site"))
    return Plan(briefs, site, Brief("full", Parameters()), engine="embedded", jobs=1, **options)


def publish_once(paths: Paths, *names: str, **options: Any) -> tuple[Outcome, list[str]]:
    """Publish and return the outcome with what was said."""
    said: list[str] = []
    plan = make_plan(paths, *names, **options)
    return publish(plan, paths=paths, notify=said.append, make_report=make_report), said
