"""Editions: whole or not there, none twice, compared with the last one, checked to the file, and never all removed."""

from __future__ import annotations

import errno
import json
import os
import re
import shutil
import subprocess
import sys
import time
import xml.etree.ElementTree as ET
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from small_editions import SECOND, add_article, add_correction, make_plan, make_project, make_report, publish_once

from mawaqif.briefs import Brief
from mawaqif.editions.changes import compare, read_snapshot, set_paragraph, summarise, tell
from mawaqif.editions.publish import publish
from mawaqif.editions.retention import choose_outdated
from mawaqif.editions.site_files import make_site_files
from mawaqif.editions.store import Edition, Site, find_edition, list_editions, sweep
from mawaqif.editions.verify import verify_edition, verify_site
from mawaqif.errors import InputChangedError, LockedError, ParameterError, RenderError, SiteError
from mawaqif.paths import Paths
from mawaqif.phrases import arabic_changes
from mawaqif.pipeline import Build
from mawaqif.settings import Parameters
from mawaqif.vocabulary import load_vocabulary
from warm_program import Running, warm_program

ATOM = "{http://www.w3.org/2005/Atom}"


@pytest.fixture(scope="module")
def published(tmp_path_factory: pytest.TempPathFactory) -> Paths:
    """A project with two editions: the second has one article more and a correction."""
    paths = make_project(tmp_path_factory.mktemp("editions") / "a project")
    first, _ = publish_once(paths)
    statements = read_snapshot(first.edition).core_statements
    factions = statements[statements["speaker_id"].eq("armed_factions")].iloc[0]
    add_article(paths, "two", SECOND, day="2025-02-10")
    add_correction(paths, f"{factions['statement_id']},change,armed_factions,us_presence,-1,demand,anna,2026-11-20,")
    publish_once(paths)
    return paths


@pytest.fixture
def paths(published: Paths, tmp_path: Path) -> Paths:
    """A copy of that project, for a test that changes it."""
    shutil.copytree(published.home, tmp_path / "copy")
    return Paths(tmp_path / "copy")


def site_of(paths: Paths) -> Site:
    return Site(paths.build / "site")


def damages(site: Site) -> list[str]:
    return [str(d) for d in verify_site(site)]


# --- publishing ------------------------------------------------------------------------------------------------------


def test_an_edition_has_reports_tables_differences_manifest_and_pages(published: Paths) -> None:
    site = site_of(published)
    first, second = list_editions(site)

    assert re.fullmatch(r"\d{4}-\d{2}-\d{2}-[0-9a-f]{8}", second.id)
    for name in ("index.html", "changes.json", "manifest.json", "reports/full/report.en.pdf", "data/mawaqif.xlsx"):
        assert (second.folder / name).is_file()
    assert second.manifest["previous"] == first.id
    assert [first.sequence, second.sequence] == [1, 2]
    assert damages(site) == []
    for name in ("index.html", "feed.atom", "editions.json", "latest/index.html", "latest/full.en.html"):
        assert (site.root / name).is_file()


def test_the_manifest_tells_inputs_outputs_versions_and_what_was_left_out(published: Paths) -> None:
    manifest = list_editions(site_of(published))[-1].manifest

    assert {"corpus/one.jsonl", "corpus/two.jsonl", "vocabulary/actors.yml", "coding/corrections.csv"} <= set(
        manifest["inputs"]
    )
    assert all(re.fullmatch("[0-9a-f]{64}", told["sha256"]) for told in manifest["outputs"].values())
    assert manifest["program"]["packages"]["pandas"]
    assert manifest["parameters"]["full"]["issue"] == "us_presence"
    assert manifest["skipped"] == {"documents": [], "briefs": []}
    assert set(manifest["seconds"]) == {"full", "edition"}


def test_the_same_inputs_are_not_published_twice(paths: Paths) -> None:
    before = {p: p.read_bytes() for p in site_of(paths).root.rglob("*") if p.is_file()}
    (paths.raw / ".fetch.json").write_text("{}", encoding="utf-8")  # what fetch remembers of its feeds
    outcome, said = publish_once(paths)

    # The copy lies elsewhere, but what counts is what is in it.
    assert not outcome.is_new
    assert not any("tables" in line for line in said)
    assert {p: p.read_bytes() for p in site_of(paths).root.rglob("*") if p.is_file()} == before


def test_force_makes_all_again_and_publishes_nothing_that_is_the_same(paths: Paths) -> None:
    outcome, said = publish_once(paths, force=True)

    assert not outcome.is_new
    assert any("same to the byte" in line for line in said)
    assert len(list_editions(site_of(paths))) == 2


def test_going_back_to_earlier_inputs_is_an_edition_of_its_own(paths: Paths) -> None:
    (paths.raw / "two.jsonl").unlink()
    (paths.coding / "corrections.csv").unlink()
    outcome, _ = publish_once(paths)

    assert outcome.is_new
    assert outcome.edition.sequence == 3
    assert outcome.edition.id.endswith("-2")


def test_a_damaged_last_edition_is_told_and_made_again(paths: Paths) -> None:
    edition = list_editions(site_of(paths))[-1]
    (edition.folder / "data" / "core_statements.parquet").write_bytes(b"not a table")
    outcome, said = publish_once(paths)

    assert outcome.is_new
    assert any("altered: data/core_statements.parquet" in line for line in said)
    assert outcome.edition.id != edition.id


def test_a_report_that_fails_holds_the_edition_back_or_is_left_out_and_named(paths: Paths) -> None:
    (paths.home / "broken-extra").touch()
    add_article(paths, "three", SECOND, day="2025-03-10")
    with pytest.raises(RenderError, match="extra"):
        publish_once(paths, "full", "extra")
    assert len(list_editions(site_of(paths))) == 2

    outcome, _ = publish_once(paths, "full", "extra", policy="best-effort")
    assert outcome.left_out == ("extra",)
    assert outcome.edition.manifest["skipped"]["briefs"][0]["name"] == "extra"
    assert "it cannot be made" in (outcome.edition.folder / "index.html").read_text(encoding="utf-8")


def test_an_edition_without_the_full_report_has_the_whole_tables_and_no_links_into_it(paths: Paths) -> None:
    outcome, _ = publish_once(paths, "extra")

    assert outcome.is_new
    assert len(read_snapshot(outcome.edition).core_documents) == 2
    assert "reports/full" not in page_of(outcome.edition)
    (paths.home / "broken-extra").touch()
    add_article(paths, "three", SECOND, day="2025-03-10")
    with pytest.raises(RenderError):
        publish_once(paths, "extra", policy="best-effort")


def test_a_report_that_another_run_replaced_holds_the_edition_back(paths: Paths) -> None:
    (paths.home / "meddled").touch()
    add_article(paths, "three", SECOND, day="2025-03-10")
    with pytest.raises(SiteError, match="another run"):
        publish_once(paths)
    assert len(list_editions(site_of(paths))) == 2

    (paths.home / "meddled").unlink()
    assert publish_once(paths)[0].is_new


def test_an_input_that_changes_meanwhile_holds_the_edition_back(paths: Paths, monkeypatch: pytest.MonkeyPatch) -> None:
    import small_editions

    real = small_editions.make_report

    def report_and_write(*arguments, **options):
        add_article(paths, "late", SECOND, day="2025-06-10")
        return real(*arguments, **options)

    monkeypatch.setattr(small_editions, "make_report", report_and_write)
    add_article(paths, "three", SECOND, day="2025-03-10")
    with pytest.raises(InputChangedError, match=r"raw/late\.jsonl: it was added"):
        publish_once(paths)
    assert len(list_editions(site_of(paths))) == 2

    monkeypatch.undo()
    assert publish_once(paths)[0].is_new


def test_a_clock_that_was_set_back_does_not_put_an_edition_before_the_last(paths: Paths) -> None:
    site = site_of(paths)
    edition = list_editions(site)[-1]
    later = (datetime.now(UTC) + timedelta(days=400)).replace(microsecond=0)
    manifest = {**edition.manifest, "published": later.isoformat()}
    (edition.folder / "manifest.json").write_text(json.dumps(manifest), encoding="utf-8")
    add_article(paths, "three", SECOND, day="2025-03-10")
    outcome, said = publish_once(paths)

    assert any("the clock says" in line for line in said)
    assert datetime.fromisoformat(outcome.edition.manifest["published"]) > later
    assert list_editions(site)[-1].id == outcome.edition.id


# --- never half ------------------------------------------------------------------------------------------------------

DRIVER = """
import sys
from pathlib import Path
sys.path.insert(0, {folder!r})
from small_editions import publish_once
from mawaqif.paths import Paths
from mawaqif.phrases import arabic_changes
print("started", file=sys.stderr, flush=True)
publish_once(Paths(Path({home!r})))
sys.exit()
"""


def start(paths: Paths) -> Running:
    """Start a publishing process and wait until it begins."""
    prelude = DRIVER.format(folder=str(Path(__file__).parent), home=str(paths.home))
    running = warm_program().start(paths.home, (), prelude=prelude)
    assert running.stderr is not None
    assert running.stderr.readline() == "started\n"
    return running


@pytest.mark.slow
def test_killed_at_any_moment_there_is_no_half_edition_and_the_next_run_succeeds(paths: Paths) -> None:
    site = site_of(paths)
    for attempt in range(8):
        add_article(paths, "more", SECOND + f" النسخة {attempt}.", day="2025-03-10")
        known = {edition.id for edition in list_editions(site)}
        with start(paths) as running:
            time.sleep(0.05 + attempt * 0.12)
            running.kill()
        visible = {p.name for p in site.editions.iterdir()}
        assert known <= visible
        assert damages(site) == []
        assert visible == {edition.id for edition in list_editions(site)}

    outcome, _ = publish_once(paths)
    assert outcome.edition.sequence == len(list_editions(site))
    assert damages(site) == []
    assert not [p for p in site.root.iterdir() if p.name.startswith(".")]


def test_what_a_dead_run_left_is_swept_and_its_name_told(paths: Paths) -> None:
    site = site_of(paths)
    (site.root / ".staging-x" / "data").mkdir(parents=True)
    (site.latest / ".staging-y").write_text("half", encoding="utf-8")
    site.lock.write_text(json.dumps({"name": "mawaqif publish", "user": "anna", "host": "h", "pid": 1, "started": "x"}))
    _, said = publish_once(paths)

    assert any("took over from a run that was ended: mawaqif publish of anna on h" in line for line in said)
    assert not (site.root / ".staging-x").exists()
    assert damages(site) == []
    assert sweep(site) == 0


def test_an_edition_whose_pages_a_killed_run_did_not_finish_is_whole_and_the_next_run_completes_them(
    paths: Paths,
) -> None:
    site = site_of(paths)
    files = [*make_site_files(list_editions(site))]
    around = {name: (site.root / name).read_bytes() for name in files}
    add_article(paths, "three", SECOND, day="2025-03-10")
    publish_once(paths)
    for name in reversed(files):  # as if killed before each of them
        (site.root / name).write_bytes(around[name])
        assert damages(site) == [], name
    outcome, said = publish_once(paths)

    assert not outcome.is_new
    assert any(f"{outcome.edition.id}: a run was ended before its pages were whole" in line for line in said)
    assert damages(site) == []
    assert outcome.edition.id in (site.root / "index.html").read_text(encoding="utf-8")


def test_an_edition_that_a_killed_run_had_begun_to_remove_is_no_damage(paths: Paths) -> None:
    site = site_of(paths)
    oldest = list_editions(site)[0]
    shutil.copytree(oldest.folder, paths.home / "kept")
    before = {name: (site.root / name).read_bytes() for name in make_site_files(list_editions(site))}
    publish_once(paths, keep=1)
    shutil.copytree(paths.home / "kept", oldest.folder)
    assert damages(site) == []
    for name, content in before.items():
        if name != "editions.json":  # it goes first
            (site.root / name).write_bytes(content)
            assert damages(site) == [], name
    (oldest.folder / "data" / "new.csv").write_text("x", encoding="utf-8")
    assert f"extra: editions/{oldest.id}" in damages(site)


def test_pages_that_a_dead_run_did_not_write_are_completed_by_the_next(paths: Paths) -> None:
    site = site_of(paths)
    (site.root / "index.html").unlink()
    (site.latest / "index.html").write_text("old", encoding="utf-8")
    outcome, _ = publish_once(paths)

    assert not outcome.is_new
    assert damages(site) == []


def test_two_runs_at_once_are_one_run_and_a_message_that_names_the_other(paths: Paths) -> None:
    holder = (
        "import sys, time\nfrom pathlib import Path\nfrom mawaqif.lock import hold_lock\n"
        "with hold_lock(Path(sys.argv[1]), name='mawaqif publish'):\n"
        "    print('held', flush=True)\n    time.sleep(3600)\n"
    )
    lock = site_of(paths).lock
    with subprocess.Popen([sys.executable, "-c", holder, str(lock)], stdout=subprocess.PIPE, text=True) as running:
        assert running.stdout is not None
        assert running.stdout.readline() == "held\n"
        with pytest.raises(LockedError, match=rf"mawaqif publish of .* process {running.pid}, since \d{{4}}") as caught:
            publish_once(paths)
        running.kill()
        running.wait()
    assert caught.value.exit_code == 3
    _, said = publish_once(paths)
    assert any(f"process {running.pid}" in line for line in said)


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Path]:
    """A disk of 4 MB."""
    folder = tmp_path / "disk"
    folder.mkdir()
    done = subprocess.run(
        ["mount", "-t", "tmpfs", "-o", "size=4m", "tmpfs", str(folder)], capture_output=True, check=False
    )
    if done.returncode:
        pytest.skip("a small disk cannot be mounted here")
    yield folder
    subprocess.run(["umount", str(folder)], check=True)


def test_a_full_disk_at_any_stage_leaves_what_was_there_and_the_next_run_succeeds(
    paths: Paths, small_disk: Path
) -> None:
    site = Site(small_disk / "site")
    shutil.copytree(site_of(paths).root, site.root)
    known = {edition.id for edition in list_editions(site)}
    failures: list[int | None] = []
    for free in (0, 8, 60, 150, 250, 350, 450, 600):
        add_article(paths, "more", SECOND + f" النسخة {free}.", day="2025-03-10")
        filler = small_disk / "filler"
        left = os.statvfs(small_disk)
        filler.write_bytes(b"x" * max(0, left.f_bavail * left.f_frsize - free * 1024))
        try:
            publish_once(paths, site=site)
        except OSError as error:
            failures.append(error.errno)
        finally:
            filler.unlink()
        assert known <= {edition.id for edition in list_editions(site)}
        for edition in list_editions(site):
            assert verify_edition(edition.folder) == []
    assert len(failures) >= 4
    assert set(failures) == {errno.ENOSPC}

    outcome, _ = publish_once(paths, site=site)
    assert outcome.edition.manifest["inputs"].keys() >= {"corpus/more.jsonl"}
    assert damages(site) == []
    assert not [p for p in site.root.iterdir() if p.name.startswith(".")]


# --- differences -----------------------------------------------------------------------------------------------------


def changes_between(paths: Paths, old: int, new: int):
    """Return what changed between two editions by their places in the list, and both states."""
    vocabulary = load_vocabulary(paths.vocabulary)
    editions = list_editions(site_of(paths))
    before, after = read_snapshot(editions[old]), read_snapshot(editions[new])
    return compare(before, after, issue=vocabulary.issue("us_presence"), vocabulary=vocabulary), (before, after)


def page_of(edition: Edition) -> str:
    return (edition.folder / "index.html").read_text(encoding="utf-8")


def test_the_difference_names_articles_statements_positions_and_corrections(published: Paths) -> None:
    changes, (_, after) = changes_between(published, 0, 1)

    assert [(d.doc_id, d.kind) for d in changes.documents] == [("two", "new")]
    assert len(changes.statements["new"]["documents"]) == 1
    assert [(c.decision, c.coder) for c in changes.corrections] == [("change", "anna")]
    moved = {move.actor_id: move for move in changes.moves}
    assert set(moved) == {"sudani", "armed_factions"}
    assert set(moved["sudani"].shifts) == {"documents"}
    assert moved["sudani"].statement_ids["documents"] == changes.statements["new"]["documents"]
    assert moved["armed_factions"].shifts == {"codings": 1.0}
    assert set(moved["sudani"].statement_ids["documents"]) <= set(after.core_statements["statement_id"])


def test_the_differences_are_kept_with_the_edition_and_opened_with_on_its_page(published: Paths) -> None:
    first, second = list_editions(site_of(published))
    told = json.loads((second.folder / "changes.json").read_text(encoding="utf-8"))

    assert (told["from"], told["to"]) == (first.id, second.id)
    assert {move["actor_id"] for move in told["moves"]} == {"sudani", "armed_factions"}
    assert "The first edition." in first.manifest["summary"]["en"]
    assert second.manifest["summary"]["en"] == (
        "One new article, one new statement, two positions that moved and one correction."
    )
    assert "مقال جديد واحد" in second.manifest["summary"]["ar"]
    page = page_of(second)
    assert page.index("What changed") < page.index("Positions that moved") < page.index("<h2>Reports</h2>")
    assert re.search(r'<a href="reports/full/report.en.html#s-[0-9a-f]{8}-', page)
    assert "ضروري لحماية البلاد</blockquote>" in page


def test_an_edition_and_itself_do_not_differ(published: Paths) -> None:
    changes, _ = changes_between(published, 1, 1)

    assert changes.is_empty
    assert "Nothing that a reader could see" in summarise(changes, language="en")


def test_the_way_back_is_told_the_other_way_round(published: Paths) -> None:
    changes, _ = changes_between(published, 1, 0)

    assert [(d.doc_id, d.kind) for d in changes.documents] == [("two", "withdrawn")]
    assert {move.actor_id: move.shift for move in changes.moves}["armed_factions"] == -1


def test_only_reports_on_the_whole_corpus_open_with_what_changed(paths: Paths) -> None:
    told: dict[str, dict[str, str]] = {}

    def note(brief: Brief, *, opening: dict[str, str], **options: object) -> Build:
        told[brief.name] = opening
        return make_report(brief, opening=opening, **options)

    briefs = (Brief("full", Parameters()), Brief("one-actor", Parameters(actor="sudani"), languages=("en",)))
    add_article(paths, "three", SECOND + " وشدد على السيادة.", day="2025-03-10")
    publish(replace(make_plan(paths), briefs=briefs), paths=paths, make_report=note)

    assert told["one-actor"] == {}
    assert told["full"]["en"].startswith("# What changed since the last edition {#sec-changes}\n\nWhat differs from")
    assert told["full"]["ar"].startswith("# ما الذي تغيّر منذ الإصدار السابق {#sec-changes}\n\n")
    assert re.search(r"\*\*Articles\.\*\* One article joined: .*\]\(#s-", told["full"]["en"], flags=re.DOTALL)


def test_an_edition_made_again_is_compared_with_the_one_before_it(paths: Paths) -> None:
    site = site_of(paths)
    first, second = list_editions(site)
    told = (second.folder / "changes.json").read_text(encoding="utf-8")
    (second.folder / "data" / "codebook.csv").unlink()
    outcome, _ = publish_once(paths)

    assert outcome.edition.manifest["previous"] == second.id
    again = json.loads((outcome.edition.folder / "changes.json").read_text(encoding="utf-8"))
    assert again == {**json.loads(told), "to": outcome.edition.id}
    assert again["from"] == first.id


def test_what_only_the_vocabulary_moved_stands_apart(paths: Paths) -> None:
    actors = paths.vocabulary / "actors.yml"
    text = actors.read_text(encoding="utf-8")
    start = text.index("  - id: sudani\n")
    end = text.index("  - id: ", start + 10)
    actors.write_text(text[:start] + text[end:], encoding="utf-8")
    outcome, _ = publish_once(paths)
    changes, _ = changes_between(paths, -2, -1)

    assert outcome.is_new
    assert changes.origins == ("vocabulary",)
    assert changes.documents == ()
    assert all(set(move.shifts) == {"rules"} for move in changes.moves)
    assert {move.actor_id for move in changes.moves} >= {"sudani"}
    page = page_of(outcome.edition)
    assert "Changed only by the rules" in page
    assert "sudani no longer" not in page
    assert "محمد شياع السوداني" in page
    assert "Positions that moved" not in page
    assert arabic_changes.TITLES["rules"] in page


def test_milestones_that_were_put_off_are_told(paths: Paths) -> None:
    issue = paths.vocabulary / "issues" / "us-presence.yml"
    text = issue.read_text(encoding="utf-8")
    assert "last: 2026-09-30" in text
    issue.write_text(text.replace("last: 2026-09-30", "last: 2026-12-31"), encoding="utf-8")
    publish_once(paths)
    changes, _ = changes_between(paths, -2, -1)

    assert [(m.kind, m.old[1], m.new[1]) for m in changes.milestones] == [("moved", "2026-09-30", "2026-12-31")]
    assert changes.origins == ("issue",)


@pytest.mark.parametrize(
    ("markdown", "text", "html"),
    [
        ("One [1](#s-ab-1-2), two.", "One 1, two.", 'One <a href="r.html#s-ab-1-2">1</a>, two.'),
        ("&#60;b&#62; & x", "<b> & x", "&lt;b&gt; &amp; x"),
        ("a [&#58;]{} b", "a : b", "a : b"),
        ("[x](javascript:y)", "[x](javascript:y)", "[x](javascript:y)"),
    ],
)
def test_a_paragraph_is_set_as_text_and_as_html(markdown: str, text: str, html: str) -> None:
    paragraph = set_paragraph(markdown, report="r.html")

    assert (paragraph.text, paragraph.html) == (text, html)


@pytest.mark.parametrize("language", ["en", "ar"])
def test_a_story_is_in_its_language(published: Paths, language: str) -> None:
    changes, (before, after) = changes_between(published, 0, 1)
    vocabulary = load_vocabulary(published.vocabulary)
    issue = vocabulary.issue("us_presence")
    story = tell(changes, before, after, issue=issue, vocabulary=vocabulary, language=language)

    assert {"documents", "positions", "corrections"} <= {section.id for section in story.sections}
    told = " ".join(section.title for section in story.sections) + story.opening
    assert bool(re.search("[a-z]{4}", told)) == (language == "en")


# --- keeping and checking --------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("harm", "line"),
    [
        (lambda f: (f / "reports/full/report.en.html").write_text("x"), "altered: {}/reports/full/report.en.html"),
        (lambda f: (f / "data/codebook.csv").unlink(), "missing: {}/data/codebook.csv"),
        (lambda f: (f / "data/new.csv").write_text("x"), "extra: {}/data/new.csv"),
        (lambda f: (f / "manifest.json").write_text("{"), "altered: {}/manifest.json"),
        (lambda f: (f / "manifest.json").unlink(), "missing: {}/manifest.json"),
        (lambda f: shutil.rmtree(f), "missing: {}"),
        (lambda f: (f.parent / "stray").mkdir(), "extra: editions/stray"),
        (lambda f: (f.parents[1] / "index.html").write_text("x"), "altered: index.html"),
        (lambda f: (f.parents[1] / "latest/index.html").unlink(), "missing: latest/index.html"),
        (lambda f: (f.parents[1] / "note.txt").write_text("x"), "extra: note.txt"),
    ],
)
def test_every_altered_missing_or_extra_file_is_named(paths: Paths, harm, line: str) -> None:
    site = site_of(paths)
    edition = list_editions(site)[0]
    harm(edition.folder)

    assert line.format(f"editions/{edition.id}") in damages(site)


def test_a_manifest_that_was_rewritten_with_its_file_is_still_found_out(paths: Paths) -> None:
    site = site_of(paths)
    edition = list_editions(site)[0]
    manifest = json.loads((edition.folder / "manifest.json").read_text(encoding="utf-8"))
    manifest["counts"]["statements"] = 1_000
    (edition.folder / "manifest.json").write_text(json.dumps(manifest), encoding="utf-8")

    assert f"altered: editions/{edition.id}/manifest.json" in damages(site)


def editions_of(*ages: int) -> list[Edition]:
    now = datetime(2026, 1, 1, tzinfo=UTC)
    return [
        Edition(Path(f"e{n}"), {"sequence": n, "published": (now - timedelta(days=age)).isoformat()})
        for n, age in enumerate(ages, start=1)
    ]


@pytest.mark.parametrize(
    ("limits", "gone"),
    [
        ({}, []),
        ({"keep": 2}, ["e1", "e2"]),
        ({"keep": 9}, []),
        ({"keep_days": 15}, ["e1", "e2"]),
        ({"keep_days": 1}, ["e1", "e2", "e3"]),
        ({"keep": 3, "keep_days": 15}, ["e1"]),
    ],
)
def test_retention_by_number_and_age_never_takes_the_last(limits: dict[str, int], gone: list[str]) -> None:
    now = datetime(2026, 1, 1, tzinfo=UTC)

    assert [e.id for e in choose_outdated(editions_of(30, 20, 10, 5), now=now, **limits)] == gone


def test_removed_editions_leave_pages_feed_and_disk(paths: Paths) -> None:
    site = site_of(paths)
    oldest = list_editions(site)[0].id
    outcome, _ = publish_once(paths, keep=1)

    assert outcome.removed == (oldest,)
    assert damages(site) == []
    for name in ("index.html", "feed.atom", "editions.json"):
        assert oldest not in (site.root / name).read_text(encoding="utf-8")


@pytest.mark.parametrize(("name", "sequence"), [("latest", 2), ("previous", 1)])
def test_an_edition_is_found_by_its_place_its_id_or_its_folder(published: Paths, name: str, sequence: int) -> None:
    site = site_of(published)
    edition = find_edition(site, name)

    assert edition.sequence == sequence
    assert find_edition(site, edition.id).id == edition.id
    assert find_edition(site, str(edition.folder)).id == edition.id


def test_an_edition_that_is_not_there_is_answered_with_the_last_ones(published: Paths) -> None:
    site = site_of(published)
    with pytest.raises(ParameterError, match=list_editions(site)[-1].id):
        find_edition(site, "1999")
    with pytest.raises(ParameterError, match="more than one"):
        find_edition(site, "20")


# --- pages -----------------------------------------------------------------------------------------------------------


def test_the_feed_is_atom_with_ids_that_stay_and_links_that_lead_to_editions(published: Paths) -> None:
    site = site_of(published)
    feed = ET.parse(site.root / "feed.atom").getroot()
    entries = feed.findall(f"{ATOM}entry")

    assert feed.tag == f"{ATOM}feed"
    for element in (feed, *entries):
        for name in ("id", "title", "updated"):
            assert len(element.findall(f"{ATOM}{name}")) == 1
        assert element.findtext(f"{ATOM}id", "").startswith("urn:uuid:")
        assert datetime.fromisoformat(element.findtext(f"{ATOM}updated", "")).tzinfo
    assert feed.findtext(f"{ATOM}author/{ATOM}name")
    assert len({entry.findtext(f"{ATOM}id") for entry in entries}) == 2
    for entry in entries:
        assert (site.root / entry.find(f"{ATOM}link").get("href")).is_file()  # type: ignore[union-attr,operator]


def test_an_address_makes_the_feed_absolute(paths: Paths) -> None:
    add_article(paths, "three", SECOND, day="2025-03-10")
    publish_once(paths, url="https://example.org/x/")
    feed = (site_of(paths).root / "feed.atom").read_text(encoding="utf-8")

    assert 'rel="self" href="https://example.org/x/feed.atom"' in feed
    assert 'href="https://example.org/x/editions/' in feed


def test_every_link_of_every_page_leads_to_a_file(published: Paths) -> None:
    site = site_of(published)
    for page in site.root.rglob("index.html"):
        links = re.findall(r'(?:href|url)="?=?([^"> ]+)"', page.read_text(encoding="utf-8"))
        assert links
        for link in links:
            assert (page.parent / link.partition("#")[0]).resolve().is_file(), (page, link)


def test_pages_ask_for_nothing_and_run_nothing(published: Paths) -> None:
    for page in site_of(published).root.rglob("index.html"):
        text = page.read_text(encoding="utf-8")
        assert "default-src 'none'" in text
        assert not re.search(r"<script|<img|<link[^>]+stylesheet|https?://", text)
        assert 'lang="ar" dir="rtl"' in text


def test_latest_leads_to_the_newest_edition_and_has_its_pdf_as_a_file(published: Paths) -> None:
    site = site_of(published)
    newest = list_editions(site)[-1]

    assert {page.name for page in site.latest.iterdir()} == {"index.html", "full.en.html", "full.en.pdf"}
    for page in site.latest.glob("*.html"):
        target = re.search(r'content="0; url=([^"]+)"', page.read_text(encoding="utf-8"))
        assert target
        assert (page.parent / target[1]).resolve().is_relative_to(newest.folder)
    pdf = (newest.folder / "reports" / "full" / "report.en.pdf").read_bytes()
    assert (site.latest / "full.en.pdf").read_bytes() == pdf


def test_a_damaged_pdf_is_not_copied_to_latest_and_one_altered_there_is_put_right(paths: Paths) -> None:
    site = site_of(paths)
    newest, copy = list_editions(site)[-1], site.latest / "full.en.pdf"
    good = copy.read_bytes()
    copy.write_bytes(b"meddled with")
    assert damages(site) == ["altered: latest/full.en.pdf"]
    publish_once(paths)
    assert damages(site) == []

    source = newest.folder / "reports" / "full" / "report.en.pdf"
    source.write_bytes(b"damaged")
    assert damages(site) == [f"altered: editions/{newest.id}/reports/full/report.en.pdf"]
    publish_once(paths)
    assert copy.read_bytes() == good


def test_article_text_stays_text_on_the_pages(paths: Paths) -> None:
    hostile = '<script>alert(1)</script> \u202e & "x" ]]>'
    row = {"id": "three", "published": "2025-03-10", "title": hostile, "text": SECOND + f' وقال علي حسن: "{hostile}".'}
    (paths.raw / "three.jsonl").write_text(json.dumps(row, ensure_ascii=False) + "\n", encoding="utf-8")
    outcome, _ = publish_once(paths)
    page = (outcome.edition.folder / "index.html").read_text(encoding="utf-8")

    assert "<script" not in page
    assert "&lt;script&gt;" in page
    ET.parse(site_of(paths).root / "feed.atom")


def test_the_plan_does_not_change_what_an_edition_is_made_from(published: Paths) -> None:
    from mawaqif.editions.publish import digest_edition

    plain, other = make_plan(published), make_plan(published, keep=3, url="https://example.org/", policy="best-effort")
    assert digest_edition(plain, published, "embedded") == digest_edition(other, published, "embedded")
