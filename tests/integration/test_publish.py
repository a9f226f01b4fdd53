"""`mawaqif publish`, `diff` and `verify` as a machine calls them: exit codes, logs and hooks."""

from __future__ import annotations

import json
import re
import subprocess
from pathlib import Path

import pytest
from short_report import make_short_project
from small_editions import SECOND, add_article

from conftest import run_in
from mawaqif.editions.store import Site, list_editions
from mawaqif.paths import Paths

pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A project with one short article and a short report."""
    return make_short_project(tmp_path_factory.mktemp("publish") / "a project").home


def publish(home: Path, *options: str, **more: object) -> subprocess.CompletedProcess[str]:
    return run_in(home, "publish", "--engine", "embedded", *options, **more)


@pytest.fixture(scope="module")
def first(home: Path) -> subprocess.CompletedProcess[str]:
    """The first edition, with a hook and a log in JSON."""
    return publish(
        home,
        "--log-format",
        "json",
        "--on-success",
        'echo "$MAWAQIF_STATUS" "$1" > hook.txt',
        "--url",
        "https://e.org/x",
    )


def editions(home: Path) -> list[Path]:
    return sorted((home / "build" / "site" / "editions").iterdir())


def test_an_edition_is_published_logged_and_handed_to_the_hook(home: Path, first) -> None:
    assert first.returncode == 0, first.stderr
    log = [json.loads(line) for line in first.stderr.splitlines()]
    assert first.stdout == ""
    assert log[-1]["status"] == "published"
    assert all(re.fullmatch(r"\d{4}-\d\d-\d\dT[\d:.]+\+00:00", entry["time"]) for entry in log)
    (edition,) = editions(home)
    assert log[-1]["edition"] == str(edition)
    assert (home / "hook.txt").read_text(encoding="utf-8") == f"published {edition}\n"
    made = sorted(p.relative_to(edition).as_posix() for p in (edition / "reports").rglob("*") if p.is_file())
    assert made == ["reports/full/report.en.html", "reports/full/report.en.pdf"]


def test_the_links_into_the_evidence_lead_to_statements(home: Path, first) -> None:
    add_article(Paths(home), "two", SECOND, day="2025-02-10")
    done = publish(home)
    assert done.returncode == 0, done.stderr
    edition = (
        home
        / "build"
        / "site"
        / "editions"
        / json.loads((home / "build" / "site" / "editions.json").read_text(encoding="utf-8"))["editions"][0]["id"]
    )
    page = (edition / "index.html").read_text(encoding="utf-8")
    links = re.findall(r'href="(reports/[^"#]+)#([^"]+)"', page)

    assert links
    for path, anchor in links:
        assert f'id="{anchor}"' in (edition / path).read_text(encoding="utf-8")


def test_the_second_edition_opens_its_report_with_what_changed_on_the_page_and_on_paper(home: Path, first) -> None:
    import pypdf

    old, new = (edition.folder for edition in list_editions(Site(home / "build" / "site"))[-2:])
    html, before = ((e / "reports/full/report.en.html").read_text(encoding="utf-8") for e in (new, old))
    pdf = pypdf.PdfReader(new / "reports/full/report.en.pdf")
    paper = " ".join(" ".join(page.extract_text() for page in pdf.pages[:4]).split())

    assert "What changed since the last edition" not in before
    sections = re.findall(r'<section id="(sec-[a-z]+)"|<h1[^>]*id="(sec-[a-z]+)"', html)
    assert ["".join(found) for found in sections][:2] == ["sec-changes", "sec-findings"]
    for text in (re.sub(r"<[^>]+>", "", html[html.index('id="sec-changes"') :]), paper):
        assert "What differs from the edition of" in text
        assert "Mohammed Shia al-Sudani moved" in " ".join(text.split())
    plain = home / "build" / "report" / "report.en.html"
    assert "What changed since the last edition" not in plain.read_text(encoding="utf-8")


def test_nothing_new_is_said_with_exit_code_0_and_runs_no_kernel(home: Path, first) -> None:
    done = publish(home, "--on-success", "touch ran-again", env={"PYTHONPROFILEIMPORTTIME": "1"})

    assert done.returncode == 0
    assert "Nothing new" in done.stdout
    assert "notebooks" not in done.stderr
    assert not (home / "ran-again").exists()
    # The time goes into imports: without these it is a fraction of a second.
    imported = set(re.findall(r"^import time:.*\| +(\S+)$", done.stderr, flags=re.MULTILINE))
    assert "mawaqif.editions.site_files" in imported
    assert not imported & {"numpy", "pandas", "plotly", "pyarrow", "mawaqif.vocabulary"}


def test_the_difference_is_told_on_screen_and_as_json(home: Path, first) -> None:
    screen, as_json = run_in(home, "diff"), run_in(home, "diff", "previous", "latest", "--json")

    assert screen.returncode == as_json.returncode == 0, screen.stderr + as_json.stderr
    assert "Mohammed Shia al-Sudani moved" in screen.stdout
    assert "ضروري لحماية البلاد" in screen.stdout
    told = json.loads(as_json.stdout)
    assert [d["doc_id"] for d in told["documents"]] == ["two"]
    assert told["moves"][0]["actor_id"] == "sudani"


def test_verify_finds_nothing_and_then_what_was_altered(home: Path, first, tmp_path: Path) -> None:
    import shutil

    good = run_in(home, "verify")
    shutil.copytree(home / "build" / "site", tmp_path / "site")
    report = next((tmp_path / "site" / "editions").rglob("report.en.pdf"))
    report.write_bytes(report.read_bytes() + b"x")
    bad = run_in(home, "verify", str(tmp_path / "site"))

    assert good.returncode == 0, good.stdout + good.stderr
    assert bad.returncode == 1
    assert f"altered: {report.relative_to(tmp_path / 'site').as_posix()}" in bad.stdout
    assert "1 of its files" in bad.stderr


@pytest.mark.parametrize(
    ("options", "names"),
    [
        (["--brief", "nobody"], ["nobody", "full"]),
        (["--engine", "word"], ["word"]),
        (["--url", "example.org"], ["example.org", "https://"]),
        (["--corpus", "nowhere"], ["nowhere"]),
        (["--policy", "lenient"], ["lenient"]),
    ],
)
def test_a_mistake_ends_with_2_and_one_line(home: Path, first, options: list[str], names: list[str]) -> None:
    before = editions(home)
    done = publish(home, *options)
    lines = [line for line in done.stderr.splitlines() if line.startswith("error:")]

    assert done.returncode == 2
    assert len(lines) == 1
    for name in names:
        assert name in lines[0]
    assert editions(home) == before
