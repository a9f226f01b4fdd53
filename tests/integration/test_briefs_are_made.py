"""One brief of each kind with real kernels, from one small corpus: its own files, its own words, nothing done twice."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest
from pypdf import PdfReader

from conftest import copy_project, run_in

pytestmark = pytest.mark.slow
ARTICLES = {
    "one": (
        "2024-03-05",
        "بغداد - قال المتحدث باسم الحكومة العراقية إن القوات الأمريكية ستغادر العراق وفق جدول زمني متفق عليه. "
        "وأكد رئيس الوزراء العراقي محمد شياع السوداني أن العراق يريد إنهاء مهمة التحالف الدولي. "
        "وطالبت الفصائل المسلحة بخروج القوات الأمريكية من العراق فوراً.",
    ),
    "two": (
        "2025-02-10",
        "بغداد - قال وزير الخارجية الأمريكي أنتوني بلينكن إن بقاء القوات الأمريكية في العراق ضروري. "
        "وقال محمد شياع السوداني إن الحكومة ماضية في إنهاء وجود القوات الأمريكية في العراق في سبتمبر 2026.",
    ),
}
BRIEFS = """
defaults: {minimum_evidence: 2}
briefs:
  full: {}
  premier:
    languages: [en]
    title: {en: "The prime minister's words"}
    subtitle: {en: "In two articles"}
    parameters: {actor: sudani}
  state:
    languages: [ar]
    title: {ar: "أقوال الحكومة"}
    parameters: {camp: iraqi_government, until: 2024-12-31}
  little:
    languages: [en, ar]
    parameters: {actor: blinken}
"""
ENGLISH_ALONE = ("--language", "en")


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A project with two articles, a file without any, and three briefs, made once."""
    home = copy_project(tmp_path_factory.mktemp("briefs") / "a project")
    for path in (home / "data" / "raw").iterdir():
        path.unlink()
    rows = [{"id": i, "published": day, "text": text} for i, (day, text) in ARTICLES.items()]
    lines = "\n".join(json.dumps(row, ensure_ascii=False) for row in rows)
    (home / "data" / "raw" / "articles.jsonl").write_text(lines + "\n", encoding="utf-8")
    (home / "data" / "raw" / "empty-page.txt").write_bytes(b"")
    for path in (home / "data" / "coding").glob("*.csv"):
        head = path.read_text(encoding="utf-8").splitlines()[0]
        path.write_text(head + "\n", encoding="utf-8")
    (home / "report" / "briefs.yml").write_text(BRIEFS, encoding="utf-8")
    return home


@pytest.fixture(scope="module")
def pages(home: Path) -> dict[str, str]:
    """The page of each brief, by name; the last is made in one of its languages alone."""
    for name, options in (("premier", ()), ("state", ()), ("little", ENGLISH_ALONE)):
        done = run_in(home, "report", "--engine", "embedded", "--brief", name, *options)
        assert done.returncode == 0, done.stderr
        assert f"build/briefs/{name}/" in done.stdout
        assert " skipped, " in done.stdout
    return {path.parent.name: path.read_text(encoding="utf-8") for path in (home / "build" / "briefs").glob("*/*.html")}


def words(page: str) -> str:
    """Return the page's text without markup, scripts and pictures, in single spaces."""
    bare = re.sub(r"<(script|style|svg)\b.*?</\1>", " ", page, flags=re.DOTALL)
    return " ".join(re.sub(r"<[^>]+>", " ", bare).split())


def test_each_brief_has_files_of_its_own_and_the_full_report_is_not_touched(home: Path, pages: dict[str, str]) -> None:
    made = sorted(p.relative_to(home / "build").as_posix() for p in (home / "build" / "briefs").glob("*/report.*"))

    assert made == [
        "briefs/little/report.en.html", "briefs/little/report.en.pdf", "briefs/premier/report.en.html",
        "briefs/premier/report.en.pdf", "briefs/state/report.ar.html", "briefs/state/report.ar.pdf",
    ]  # fmt: skip
    assert not (home / "build" / "report").exists()
    assert not (home / "report" / "_executed").exists()
    assert not list((home / "build").glob(".making-*"))


def test_the_title_and_subtitle_are_those_of_the_brief_in_both_formats(home: Path, pages: dict[str, str]) -> None:
    assert "The prime minister’s words" in words(pages["premier"]) or "minister's words" in words(pages["premier"])
    assert "In two articles" in words(pages["premier"])
    assert "أقوال الحكومة" in words(pages["state"])
    title = PdfReader(home / "build" / "briefs" / "premier" / "report.en.pdf").metadata.title
    assert title.replace("’", "'") == "The prime minister's words"


def test_an_actors_brief_tells_its_statements_alone_and_keeps_the_corpus_whole(pages: dict[str, str]) -> None:
    page = words(pages["premier"])
    passages = re.findall(r'class="passage"[^>]*>([^<]+)<', pages["premier"])

    assert "This brief holds only what Mohammed Shia al-Sudani is reported or quoted as saying" in page
    assert any("ماضية في إنهاء" in passage for passage in passages)
    assert not any("بقاء القوات" in passage for passage in passages)
    assert "two.jsonl" not in page
    assert page.count("5 Mar 2024") >= 1
    assert page.count("10 Feb 2025") >= 1


def test_a_brief_of_a_camp_and_a_period_tells_both(pages: dict[str, str]) -> None:
    page = words(pages["state"])

    assert "يقتصر هذا الموجز على ما نُقل عن فئة" in page
    assert "حتى 31 ديسمبر 2024" in page
    assert "ماضية في إنهاء" not in page
    passages = re.findall(r'class="passage"[^>]*>([^<]+)<', pages["state"])
    assert passages
    assert not any("خروج القوات" in passage for passage in passages)  # though it stands beside them as context


def test_a_brief_with_too_little_evidence_says_so_first_and_draws_no_positions(pages: dict[str, str]) -> None:
    page = words(pages["little"])

    findings = page.index("Key findings", page.index("Key findings") + 1)
    assert findings < page.index("Too little evidence") < page.index("Who stands where", findings)
    assert 'data-for="fig-positions"' not in pages["little"]
    assert 'data-for="fig-positions"' in pages["premier"]
    assert "Not drawn" in page


def test_a_bad_document_is_named_and_the_rest_goes_on(pages: dict[str, str]) -> None:
    for page in pages.values():
        assert re.search("empty(-|&#45;)page", page)


def test_the_parameters_of_a_brief_are_printed_in_its_method(pages: dict[str, str]) -> None:
    method = words(pages["premier"]).split("Annex: rules, files and settings")[-1]

    for told in ("premier", "Mohammed Shia al-Sudani", "The prime minister"):
        assert told in method


def test_nothing_changed_is_said_for_each_brief_by_itself(home: Path, pages: dict[str, str]) -> None:
    again = run_in(home, "report", "--engine", "embedded", "--brief", "premier")
    assert "Nothing changed" in again.stdout

    file = home / "report" / "briefs.yml"
    good = file.read_text(encoding="utf-8")
    file.write_text(good.replace("{actor: blinken}", "{actor: austin}"), encoding="utf-8")
    try:
        untouched = run_in(home, "report", "--engine", "embedded", "--brief", "premier")
        changed = run_in(home, "report", "--engine", "embedded", "--brief", "little", *ENGLISH_ALONE)
    finally:
        file.write_text(good, encoding="utf-8")
    assert "Nothing changed" in untouched.stdout
    assert changed.returncode == 2 or "Report made" in changed.stdout


def test_a_change_of_prose_renders_and_runs_no_notebook(home: Path, pages: dict[str, str]) -> None:
    source = home / "report" / "report.en.qmd"
    good = source.read_text(encoding="utf-8")
    source.write_text(good.replace("{#sec-evidence}", "and where it stands {#sec-evidence}"), encoding="utf-8")
    try:
        done = run_in(home, "report", "--engine", "embedded", "--brief", "little", *ENGLISH_ALONE)
    finally:
        source.write_text(good, encoding="utf-8")

    assert done.returncode == 0, done.stderr
    assert "Report made" in done.stdout
    assert "notebooks" not in done.stderr
    page = (home / "build" / "briefs" / "little" / "report.en.html").read_text(encoding="utf-8")
    assert "and where it stands" in words(page)


@pytest.mark.parametrize(
    ("options", "names"),
    [
        (["--brief", "nobody"], ["nobody", "full, premier, state, little"]),
        (["--brief", "premier", "--since", "2024-01-01"], ["premier", "--since", "parameters"]),
        (["--brief", "premier", "--language", "ar"], ["premier", "en"]),
        (["--actor", "blinkn"], ["--actor", "blinken"]),
        (["--camp", "moon"], ["--camp", "moon", "experts"]),
    ],
)
def test_a_wrong_brief_is_one_line_with_its_mend(home: Path, options: list[str], names: list[str]) -> None:
    done = run_in(home, "report", *options)
    lines = [line for line in done.stderr.splitlines() if line and not line.endswith("...")]

    assert done.returncode == 2, done.stderr
    assert len(lines) == 1
    for name in names:
        assert name in lines[0]


def test_a_brief_whose_actor_nobody_knows_names_file_brief_and_key(home: Path) -> None:
    file = home / "report" / "briefs.yml"
    good = file.read_text(encoding="utf-8")
    file.write_text(good.replace("actor: sudani", "actor: sudanni"), encoding="utf-8")
    try:
        listed, made = run_in(home, "briefs"), run_in(home, "report", "--brief", "premier")
    finally:
        file.write_text(good, encoding="utf-8")
    for done in (listed, made):
        assert done.returncode == 2
        assert "briefs.yml, premier, actor: unknown actor 'sudanni'. Did you mean sudani" in done.stderr


def test_the_briefs_are_listed_with_what_they_hold(home: Path) -> None:
    listed = json.loads(run_in(home, "briefs", "--json").stdout)

    assert [entry["name"] for entry in listed] == ["full", "premier", "state", "little"]
    assert listed[1]["holds"] == "statements by Mohammed Shia al-Sudani"
    assert listed[2]["languages"] == ["ar"]
    assert listed[2]["holds"] == "statements by the camp Iraqi government; articles to 2024-12-31"
    assert listed[0]["folder"] == "build/report"
    printed = run_in(home, "briefs").stdout
    assert "The prime minister's words" in printed
    assert "everything" in printed
