"""A notebook of one's own, listed in `briefs.yml`, is a section of the report; one that is not, is left alone."""

from __future__ import annotations

import csv
import json
import re
import shutil
from pathlib import Path
from subprocess import CompletedProcess

import pytest
from pypdf import PdfReader
from short_report import make_short_project
from small_editions import add_article

from conftest import HOME, run_in
from mawaqif.briefs import read_briefs
from mawaqif.paths import Paths
from mawaqif.pipeline import digest_build, digest_notebooks

pytestmark = pytest.mark.slow
ARTICLE = (
    "بغداد - قال المتحدث باسم الحكومة العراقية إن القوات الأمريكية ستغادر العراق وفق جدول زمني متفق عليه. "
    "وأكد رئيس الوزراء العراقي محمد شياع السوداني أن العراق يريد إنهاء مهمة التحالف الدولي. "
    "وطالبت الفصائل المسلحة بخروج القوات الأمريكية من العراق فوراً."
)
BRIEFS = """
briefs:
  full: {}
  mine:
    sections: [50_outlets]
  broken:
    languages: [ar]
    sections: [60_broken]
  silent:
    languages: [ar]
    sections: [70_silent]
  nowhere:
    sections: [50_outlets, 80_nowhere]
"""
TITLES = {"en": "What each of them says", "ar": "ما يقوله كل منهم"}
LAST_CELL = re.compile(r"(?<=\n#\| label: tbl-).*", re.DOTALL)


def write_notebook(home: Path, name: str, *, last_cell: str) -> None:
    """Write a notebook from the template, with another last cell."""
    assert run_in(home, "new-notebook", name).returncode == 0
    path = home / "notebooks" / f"{name}.py"
    label = f"{name.replace('_', '-')}\n"
    path.write_text(LAST_CELL.sub(lambda _: label + last_cell, path.read_text(encoding="utf-8")), encoding="utf-8")


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A project with one article, a notebook that is a section, and others that no report of it lists."""
    paths = make_short_project(tmp_path_factory.mktemp("sections") / "a project", languages=("en", "ar"))
    add_article(paths, "one", ARTICLE, day="2024-03-05")
    home = paths.home
    (home / "report" / "briefs.yml").write_text(BRIEFS, encoding="utf-8")
    made = run_in(home, "new-notebook", "outlets", "--title", TITLES["en"], "--title-ar", TITLES["ar"])
    assert made.returncode == 0, made.stderr
    assert "sections: [50_outlets]" in made.stdout
    write_notebook(home, "60_broken", last_cell='counts["no such column"]\n')
    write_notebook(home, "70_silent", last_cell='language == "en" or None\n')
    return home


@pytest.fixture(scope="module")
def built(home: Path) -> CompletedProcess[str]:
    """The brief with a section, made once."""
    done = run_in(home, "report", "--engine", "embedded", "--brief", "mine")
    assert done.returncode == 0, done.stderr
    return done


def page(home: Path, language: str) -> str:
    return (home / "build" / "briefs" / "mine" / f"report.{language}.html").read_text(encoding="utf-8")


def section(home: Path, language: str) -> str:
    """Return the section of the page, up to the evidence."""
    text = page(home, language)
    return text[text.index('id="sec-50-outlets"') : text.index('id="sec-evidence"')]


@pytest.mark.parametrize("language", ["en", "ar"])
def test_the_section_is_numbered_before_the_evidence_with_its_figure_and_table(
    home: Path, built: CompletedProcess[str], language: str
) -> None:
    text = page(home, language)
    contents = re.findall(r'<a href="#(sec-[^"]+)"[^>]*>\s*<span class="toc-section-number">(\d+)</span>', text)
    numbers = dict(contents)

    assert int(numbers["sec-evidence"]) == int(numbers["sec-50-outlets"]) + 1
    part = section(home, language)
    assert TITLES[language] in part
    assert TITLES["ar" if language == "en" else "en"] not in text
    figure = part[part.index('<figure id="fig-50-outlets"') :]
    assert re.search(r'role="img" aria-label="[^"]{30,}"', figure)
    assert "<svg" in figure
    assert 'data-for="fig-50-outlets"' in text
    assert re.search(r"](?:#s-[^)]+)|<a href=\"#s-", part[part.index('id="tbl-50-outlets"') :])


@pytest.mark.parametrize("language", ["en", "ar"])
def test_figures_and_tables_are_counted_through_and_the_prose_leads_to_them(
    home: Path, built: CompletedProcess[str], language: str
) -> None:
    text, part = page(home, language), section(home, language)
    before = text[: text.index('id="sec-50-outlets"')]
    for kind, word in (("fig", {"en": "Figure", "ar": "الشكل"}), ("tbl", {"en": "Table", "ar": "الجدول"})):
        number = len(re.findall(rf'<figure id="{kind}-', before)) + 1
        assert f'href="#{kind}-50-outlets" class="reference">{word[language]}\u00a0{number}<' in part


@pytest.mark.parametrize("language", ["en", "ar"])
def test_the_section_stands_on_paper_with_its_picture_told_in_words(
    home: Path, built: CompletedProcess[str], language: str
) -> None:
    reader = PdfReader(home / "build" / "briefs" / "mine" / f"report.{language}.pdf")
    titles = [entry.title for entry in reader.outline if not isinstance(entry, list)]
    own = next(n for n, title in enumerate(titles) if TITLES[language] in title)

    assert own == len(titles) - 2  # the evidence follows
    chart = re.search(r'<figure id="fig-50-outlets".*?aria-label="([^"]+)"', page(home, language), re.DOTALL)
    assert chart[1] in alternative_texts(reader)


def alternative_texts(reader: PdfReader) -> list[str]:
    """Return every alternative text of a PDF's structure."""
    found, seen = [], [reader.trailer["/Root"]["/StructTreeRoot"]]
    while seen:
        node = seen.pop().get_object()
        children = node.get("/K", []) if isinstance(node, dict) else []
        if isinstance(node, dict) and "/Alt" in node:
            found.append(str(node["/Alt"]))
        for child in children if isinstance(children, list) else [children]:
            child = child.get_object() if hasattr(child, "get_object") else child
            if isinstance(child, dict):
                seen.append(child)
    return found


def test_a_notebook_that_the_brief_does_not_list_is_not_executed(home: Path, built: CompletedProcess[str]) -> None:
    executed = home / "build" / "work" / "mine" / "executed"

    for language in ("en", "ar"):
        names = sorted(path.stem for path in (executed / language).glob("*.ipynb"))
        assert names == ["10_corpus", "20_statements", "30_positions", "40_timeline", "50_outlets"]


def test_only_a_change_of_a_listed_notebook_makes_the_report_again(home: Path, built: CompletedProcess[str]) -> None:
    own, other, paths = home / "notebooks" / "50_outlets.py", home / "notebooks" / "60_broken.py", Paths(home)
    brief = read_briefs(paths.report)["mine"]
    keys = []
    for changed in (None, other, own):
        good = changed.read_text(encoding="utf-8") if changed else ""
        if changed:
            changed.write_text(f"{good}\n# %%\n1\n", encoding="utf-8")
        keys.append((digest_build(brief, paths, renderer="x"), digest_notebooks(brief, paths)))
        if changed:
            changed.write_text(good, encoding="utf-8")

    assert keys[0] == keys[1]
    assert keys[0][0] != keys[2][0]
    assert keys[0][1] != keys[2][1]
    assert "Nothing changed" in run_in(home, "report", "--engine", "embedded", "--brief", "mine").stdout


@pytest.mark.parametrize(
    ("brief", "told"),
    [
        ("broken", ["60_broken.py in 'ar', `counts[", "failed: KeyError: 'no such column'", "make lab"]),
        ("silent", ["70_silent.py in 'ar', the cell labelled tbl-70-silent", "0 outputs", "wb.show_table"]),
        ("nowhere", ["briefs.yml, nowhere, sections", "notebooks/80_nowhere.py", "new-notebook", "60_broken"]),
    ],
)
def test_a_section_that_cannot_be_made_is_one_line_and_nothing_published_is_lost(
    home: Path, built: CompletedProcess[str], brief: str, told: list[str]
) -> None:
    folder = home / "build" / "briefs" / brief
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "report.ar.html").write_text("the last good report", encoding="utf-8")

    done = run_in(home, "report", "--engine", "embedded", "--brief", brief)
    errors = [line for line in done.stderr.splitlines() if line and not line.endswith("...")]

    assert done.returncode == 2, done.stderr
    assert len(errors) == 1, done.stderr
    for words in told:
        assert words in errors[0]
    assert [p.name for p in folder.iterdir()] == ["report.ar.html"]
    assert (folder / "report.ar.html").read_text(encoding="utf-8") == "the last good report"


def test_the_list_of_briefs_names_the_sections(home: Path) -> None:
    listed = {entry["name"]: entry for entry in json.loads(run_in(home, "briefs", "--json").stdout)}

    assert listed["mine"]["sections"] == ["50_outlets"]
    assert "with the sections 50_outlets" in listed["mine"]["holds"]
    assert listed["full"]["sections"] == []


@pytest.fixture(scope="module")
def page_with_another_issue(tmp_path_factory: pytest.TempPathFactory) -> str:
    """The page of a report on the five articles with a section on the law of the Popular Mobilization, in English."""
    paths = make_short_project(tmp_path_factory.mktemp("issues") / "a project")
    shutil.rmtree(paths.raw)
    shutil.copytree(HOME / "data" / "raw", paths.raw)
    for path in (HOME / "data" / "coding").glob("*.csv"):
        shutil.copy(path, paths.coding)
    assert run_in(paths.home, "new-notebook", "law", "--issue", "pmf_law").returncode == 0
    (paths.report / "briefs.yml").write_text(
        "briefs:\n  full: {languages: [en], sections: [50_law]}\n", encoding="utf-8"
    )
    done = run_in(paths.home, "report", "--engine", "embedded")
    assert done.returncode == 0, done.stderr
    return (paths.home / "build" / "report" / "report.en.html").read_text(encoding="utf-8")


def test_a_second_issue_of_the_same_articles_is_a_section_without_any_code(page_with_another_issue: str) -> None:
    page = page_with_another_issue
    own = page[page.index('id="sec-50-law"') : page.index('id="sec-evidence"')]
    reports = page[page.index('id="tbl-positions"') : page.index('id="sec-50-law"')]
    with (HOME / "data" / "coding" / "statements.csv").open(encoding="utf-8", newline="") as file:
        coded = [row for row in csv.DictReader(file) if row["coder"] == "consensus" and row["scoring"] == "required"]
    on_law = {row["speaker_id"] for row in coded if row["issue"] == "pmf_law" and row["stance"]}

    assert "The Popular Mobilization law" in own
    assert '<figure id="fig-50-law"' in own
    assert on_law == {"tammy_bruce", "washington_institute_researchers", "us_government", "us_embassy_baghdad"}
    for name in ("Tammy Bruce", "Washington Institute", "US government", "US Embassy in Baghdad"):
        assert name.casefold() in own.casefold(), name
    positions = own[own.index('id="tbl-50-law"') : own.index('id="tbl-50-law-scale"')]
    assert "Coordination Framework" not in positions  # it has a position on the report's issue alone
    assert "Coordination Framework" in reports
