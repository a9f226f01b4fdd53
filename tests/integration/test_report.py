"""The whole path with the embedded engine: five articles in, four files out, again for nothing, and never lost."""

from __future__ import annotations

import json
import re
import shutil

import pytest
from pypdf import PdfReader

from conftest import run_in

pytestmark = pytest.mark.slow
NAMES = ("report.ar.html", "report.ar.pdf", "report.en.html", "report.en.pdf")


@pytest.fixture(scope="module")
def reports(built_project):
    return {name: built_project / "build" / "report" / name for name in NAMES}


@pytest.fixture(scope="module")
def own_build(built_project, tmp_path_factory):
    """A copy of the project with its report, for tests that build again: others read the first one meanwhile."""
    return shutil.copytree(built_project, tmp_path_factory.mktemp("own") / "a project")


def checksums(home) -> dict[str, str]:
    return json.loads((home / "build" / "manifest.json").read_text(encoding="utf-8"))["outputs"]


def test_the_four_files_are_there_and_the_command_says_where_by_which_engine_and_how_long(built_project, reports):
    assert all(path.stat().st_size > 50_000 for path in reports.values())
    printed = (built_project / "build" / "printed.txt").read_text(encoding="utf-8")
    for name in NAMES:
        assert f"build/report/{name}" in printed
    assert "embedded" in printed
    assert re.search(r"5 documents, \d+ statements, \d+ actors", printed)
    assert all(re.search(rf"{stage}[^,;]* [\d.]+ s", printed) for stage in ("tables", "notebooks", "figures", "pages"))


@pytest.mark.parametrize(("language", "direction"), [("en", "ltr"), ("ar", "rtl")])
def test_the_html_declares_its_language_and_direction_and_asks_for_nothing(reports, language, direction):
    page = reports[f"report.{language}.html"].read_text(encoding="utf-8")
    opening = re.search(r"<html[^>]*>", page).group()
    assert f'lang="{language}' in opening
    assert direction == "ltr" or 'dir="rtl"' in opening
    assert not re.search(r"""<(?:script|link|img|iframe)[^>]+(?:src|href)=["'](?:https?:)?//""", page)
    assert len(page.encode()) < 6_000_000


def test_every_finding_links_to_statements_that_are_in_the_report(reports):
    page = reports["report.en.html"].read_text(encoding="utf-8")
    anchors = set(re.findall(r'id="(s-[0-9a-f]{8}-[\d.-]+)"', page))
    linked = set(re.findall(r'href="#(s-[0-9a-f]{8}-[\d.-]+)"', page))
    assert len(anchors) > 80
    assert linked
    assert linked <= anchors


@pytest.mark.parametrize(("language", "code"), [("en", "en"), ("ar", "ar")])
def test_the_pdf_is_tagged_a4_and_carries_title_language_and_bookmarks(reports, language, code):
    reader = PdfReader(reports[f"report.{language}.pdf"])
    root = reader.trailer["/Root"]
    assert root["/MarkInfo"]["/Marked"]
    assert root["/Lang"].startswith(code)
    assert reader.metadata.title
    assert len(reader.outline) >= 7
    width, height = (float(side) for side in reader.pages[0].mediabox[2:])
    assert (round(width), round(height)) == (595, 842)


def test_the_pdf_metadata_claims_ua_1(reports):
    for language in ("en", "ar"):
        xmp = PdfReader(reports[f"report.{language}.pdf"]).trailer["/Root"]["/Metadata"].get_data()
        assert b"pdfuaid:part" in xmp


def test_a_second_build_does_nothing_and_says_so(own_build):
    before = checksums(own_build)
    done = run_in(own_build, "report", "--engine", "embedded")
    assert done.returncode == 0, done.stderr
    assert "Nothing changed" in done.stdout
    assert "notebooks" not in done.stdout + done.stderr
    assert checksums(own_build) == before


def test_pictures_and_pages_made_again_from_the_same_notebooks_are_the_same_to_the_byte(own_build):
    """That the notebooks give the same again is what nbval tests."""
    before = checksums(own_build)
    shutil.rmtree(own_build / "report" / "_executed")
    (own_build / "build" / "report" / "report.en.html").unlink()
    done = run_in(own_build, "report", "--engine", "embedded", env={"PYTHONHASHSEED": "1"})
    assert done.returncode == 0, done.stderr
    assert "figures" in done.stderr
    assert "notebooks" not in done.stderr
    assert checksums(own_build) == before


def test_a_failed_build_leaves_the_last_good_report_and_says_why(own_build, tmp_path):
    home = shutil.copytree(own_build, tmp_path / "a project")
    before = checksums(home)
    contents = {path.name: path.read_bytes() for path in (home / "build" / "report").iterdir()}
    for notebook in (home / "notebooks").glob("[1-4]0_*.py"):  # they keep their parameters alone, which take no time
        source = notebook.read_text(encoding="utf-8")
        parameters = re.search(r'^# %% tags=\["parameters"\].*?(?=^# %%)', source, flags=re.DOTALL | re.MULTILINE)
        notebook.write_text(source.partition("# %%")[0] + parameters.group(), encoding="utf-8")
    with (home / "notebooks" / "10_corpus.py").open("a", encoding="utf-8") as file:
        file.write("# %%\nraise ValueError('broken on purpose')\n")
    done = run_in(home, "report", "--engine", "embedded")
    assert done.returncode == 1
    assert "10_corpus.py" in done.stderr
    assert "broken on purpose" in done.stderr
    assert "Traceback" not in done.stderr
    assert {path.name: path.read_bytes() for path in (home / "build" / "report").iterdir()} == contents
    assert checksums(home) == before
    assert not list((home / "build").glob(".making-*"))
