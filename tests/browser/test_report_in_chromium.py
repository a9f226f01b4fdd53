"""The report opens in a real Chromium with the network cut off: charts, directions, widths, keyboard, dark, print."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page
from visits import FAULTS_OF_LABELS, LANGUAGES, PICTURES, Visit, report, visit

pytestmark = pytest.mark.slow

DIRECTIONS = {"en": "ltr", "ar": "rtl"}
AXE_VIEWS = [("en", "light", 390), ("en", "dark", 1440), ("ar", "dark", 390), ("ar", "light", 1440)]
VIEWS = [*AXE_VIEWS, ("en", "light", 820), ("en", "light", 1440), ("ar", "dark", 820), ("ar", "dark", 1440)]
"""Each language at each width and with each scheme, which changes colours alone; a view is visited once if all lists of
views begin alike."""
SHOWN = {"exclude": [[".picture > svg"]]}
"""Without the pictures of which the live charts have taken the place."""
INKS = {"light": "#1f2933", "dark": "#e6eaed"}
PAPERS = {"light": "rgb(255, 255, 255)", "dark": "rgb(20, 25, 29)"}
TOO_WIDE = """() => {
  const scrolls = (e) => e && (['auto', 'scroll'].includes(getComputedStyle(e).overflowX) || scrolls(e.parentElement));
  const seen = (e) => e.getClientRects().length > 0;
  return [...document.querySelectorAll('main *, header *, nav *')].filter((e) => {
    const box = e.getBoundingClientRect();
    return seen(e) && !scrolls(e.parentElement) && !e.closest('.skip')
      && (box.right > innerWidth + 1 || box.left < -1);
  }).map((e) => e.outerHTML.slice(0, 120));
}"""


STOP = """() => {
  const e = document.activeElement, style = getComputedStyle(e), box = e.getBoundingClientRect();
  return [e.outerHTML.slice(0, 90), style.outlineStyle !== 'none' && parseFloat(style.outlineWidth) >= 2,
    box.width > 0 && box.bottom > 0 && box.top < innerHeight];
}"""
"""Where the keyboard stands: the element, whether it shows that it is reached, and whether it is on the screen."""


STAND_BEFORE = """(stop) => {
  const stops = [...document.querySelectorAll('a[href], summary, input, select, button:enabled, [tabindex="0"]')]
    .filter((e) => e.checkVisibility());
  stops[stops.indexOf(document.querySelector(stop)) - 1].focus();
}"""
"""Sets the keyboard on what comes before a stop in the page's order."""


@pytest.fixture(scope="module", params=VIEWS, ids=lambda view: "-".join(map(str, view)))
def view(request: pytest.FixtureRequest, browser: Browser, built_project: Path) -> Iterator[tuple[str, Visit]]:
    """The report's language and its page, once for every language, colour scheme and width; tests only look at it."""
    language, scheme, width = request.param
    visited = visit(browser, report(built_project, language), width=width, color_scheme=scheme)
    yield language, visited
    visited.close()


@pytest.fixture(scope="module")
def desk(browser: Browser, built_project: Path) -> Iterator[Page]:
    visited = visit(browser, report(built_project, "en"))
    yield visited.page
    visited.close()


@pytest.fixture
def english(desk: Page) -> Iterator[Page]:
    """The English page on a desk, for tests that scroll it, print it or give it another size."""
    yield desk
    desk.emulate_media(media="screen")
    desk.set_viewport_size({"width": 1440, "height": 900})


@pytest.fixture(scope="module", params=LANGUAGES)
def plain(request: pytest.FixtureRequest, browser: Browser, built_project: Path) -> Iterator[Page]:
    """The page in a browser that runs no scripts."""
    visited = visit(browser, report(built_project, request.param), java_script_enabled=False)
    yield visited.page
    visited.close()


# --- every language, scheme and width --------------------------------------------------------------------------------


def test_it_asks_for_nothing_complains_of_nothing_and_draws_every_chart(view: tuple[str, Visit]) -> None:
    visited = view[1]
    assert visited.requests == []
    assert visited.complaints == []
    charts = visited.page.evaluate("document.querySelectorAll('script[data-for]').length")
    assert charts >= 4
    assert visited.page.locator(".live-chart.js-plotly-plot").count() == charts
    empty = """() => [...document.querySelectorAll('.live-chart')]
      .filter((chart) => !chart.querySelector('.points path') || chart.getBoundingClientRect().height < 100)
      .map((chart) => chart.closest('[id]').id)"""
    assert visited.page.evaluate(empty) == []


def test_nothing_runs_over_the_edge_of_the_page(view: tuple[str, Visit]) -> None:
    page = view[1].page
    assert page.evaluate("document.documentElement.scrollWidth") <= page.evaluate("innerWidth")
    assert page.evaluate(TOO_WIDE) == []


def test_no_label_of_a_live_chart_is_cut_or_stands_on_another(view: tuple[str, Visit]) -> None:
    charts = view[1].page.locator(".live-chart")
    assert charts.count() >= 5
    assert charts.evaluate_all(FAULTS_OF_LABELS) == []


@pytest.mark.parametrize("view", AXE_VIEWS, indirect=True, ids=lambda view: "-".join(map(str, view)))
def test_axe_finds_nothing(view: tuple[str, Visit]) -> None:
    view[1].page.evaluate("document.querySelectorAll('details.aside').forEach((aside) => { aside.open = true; })")
    found = Axe().run(view[1].page, context=SHOWN, options={"resultTypes": ["violations"]}).response
    assert len(found["passes"]) > 20
    violations = found["violations"]
    assert [(rule["id"], node["target"], node["html"][:100]) for rule in violations for node in rule["nodes"]] == []


def test_page_and_charts_have_the_colours_of_the_scheme(view: tuple[str, Visit]) -> None:
    page = view[1].page
    scheme = (
        "dark" if page.locator("body").evaluate("() => matchMedia('(prefers-color-scheme: dark)').matches") else "light"
    )
    assert page.evaluate("getComputedStyle(document.body).backgroundColor") == PAPERS[scheme]
    inks = "(charts) => charts.map((chart) => chart._fullLayout.font.color)"
    assert set(page.locator(".live-chart").evaluate_all(inks)) == {INKS[scheme]}


def test_language_and_direction_are_those_of_the_report_and_passages_are_arabic(view: tuple[str, Visit]) -> None:
    language, page = view[0], view[1].page
    assert page.evaluate("document.documentElement.lang").split("-")[0] == language
    assert page.evaluate("getComputedStyle(document.body).direction") == DIRECTIONS[language]
    wrong = """() => [...document.querySelectorAll('.passage')].filter((e) => e.lang !== 'ar'
      || getComputedStyle(e).direction !== 'rtl').length"""
    assert page.locator(".passage").count() > 50
    assert page.evaluate(wrong) == 0
    assert page.evaluate("document.fonts.check('16px Amiri')")


def test_every_link_inside_the_page_has_its_target_and_findings_have_some(view: tuple[str, Visit]) -> None:
    page = view[1].page
    targets = page.evaluate(
        "[...document.querySelectorAll('a[href^=\"#\"]')].map((a) => a.getAttribute('href').slice(1))"
    )
    ids = set(page.evaluate("[...document.querySelectorAll('[id]')].map((e) => e.id)"))
    numbers = set(
        page.evaluate("[...document.querySelectorAll('.statement .number')].map((e) => e.textContent.trim())")
    )
    chosen = [target.removeprefix("evidence?n=") for target in targets if target.startswith("evidence?")]
    assert [target for target in targets if not target.startswith("evidence?") and target not in ids] == []
    assert [choice for choice in chosen if not set(choice.split(",")) <= numbers] == []
    assert len(chosen) >= 3
    assert page.locator('.findings a[href^="#s-"]').count() >= 3


def test_every_chart_and_table_has_a_caption_and_every_picture_an_alternative(view: tuple[str, Visit]) -> None:
    page = view[1].page
    assert page.locator("figure").count() >= 8
    assert page.locator("figure:not(:has(figcaption))").count() == 0
    blank = "() => [...document.querySelectorAll('[role=img]')].filter((e) => !e.getAttribute('aria-label')).length"
    assert page.evaluate(blank) == 0


# --- without scripts, on paper, in the dark --------------------------------------------------------------------------


def test_without_javascript_there_are_the_pictures_the_words_and_the_evidence(plain: Page) -> None:
    pictures = plain.locator(PICTURES)
    assert pictures.count() >= 4
    assert all(pictures.nth(n).is_visible() for n in range(pictures.count()))
    assert plain.locator(".findings li").count() >= 5
    statements = plain.locator(".statement")
    assert statements.count() > 80
    assert statements.first.is_visible()
    assert statements.last.is_visible()
    assert plain.locator(".evidence-search").count() == 0
    assert plain.locator(".contents a").first.is_visible()


def test_no_label_of_a_picture_is_cut_or_stands_on_another(plain: Page) -> None:
    pictures = plain.locator(PICTURES)
    assert pictures.count() >= 5
    assert pictures.evaluate_all(FAULTS_OF_LABELS) == []


def test_on_paper_the_pictures_take_the_place_of_the_live_charts(english: Page) -> None:
    english.emulate_media(media="print")
    assert english.locator("figure .picture > svg").first.is_visible()
    assert english.locator(".live-chart").first.is_hidden()
    assert english.locator(".evidence-search").is_hidden()
    english.set_viewport_size({"width": 720, "height": 900})
    assert english.evaluate("document.documentElement.scrollWidth") <= 720 + 1  # a hairline rounded up
    assert len(english.pdf(prefer_css_page_size=True)) > 50_000


def test_every_figure_goes_on_one_sheet_of_paper_with_its_caption(english: Page) -> None:
    english.emulate_media(media="print")
    millimetre = 96 / 25.4
    english.set_viewport_size({"width": round(174 * millimetre), "height": 900})  # A4 without its margins
    tall = english.locator("figure.float-fig").evaluate_all("(all) => all.map((e) => e.getBoundingClientRect().height)")
    assert len(tall) >= 4
    assert max(tall) < 257 * millimetre


# --- keyboard and contents -------------------------------------------------------------------------------------------


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_keyboard_goes_from_the_skip_link_to_contents_toggles_filters_and_evidence(
    browser: Browser, built_project: Path, language: str
) -> None:
    visited = visit(browser, report(built_project, language), reduced_motion="reduce")
    page = visited.page
    unseen = []
    for n in range(60):
        page.keyboard.press("Tab")
        if n == 0:
            assert page.evaluate("document.activeElement.getAttribute('href')") == "#content"
            assert page.evaluate("document.activeElement.getBoundingClientRect().top") >= 0
        html, *is_fine = page.evaluate(STOP)
        if is_fine != [True, True] and not html.startswith("<body"):
            unseen.append((html, is_fine))
    for stop in (".contents a", "main details.aside > summary", "#evidence-q", "#evidence-camp", ".statement a"):
        page.evaluate(STAND_BEFORE, stop)
        page.keyboard.press("Tab")
        assert page.evaluate("(stop) => document.activeElement === document.querySelector(stop)", stop), stop
        html, *is_fine = page.evaluate(STOP)
        if is_fine != [True, True]:
            unseen.append((html, is_fine))
    assert unseen == []
    page.locator("main details.aside > summary").first.focus()
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.closest('details[open]') !== null")
    assert page.evaluate("document.activeElement.localName") != "summary"
    visited.close()


def test_the_contents_follow_the_reading(english: Page) -> None:
    for name in ("sec-timeline", "sec-evidence", "sec-positions"):
        english.evaluate("(id) => document.getElementById(id).scrollIntoView({ behavior: 'instant' })", name)
        english.wait_for_selector(f".contents a[href='#{name}'][aria-current]")
        assert english.locator(".contents a[aria-current]").count() == 1


def test_on_a_phone_the_contents_fold_into_a_bar_that_names_the_section(browser: Browser, built_project: Path) -> None:
    visited = visit(browser, report(built_project, "en"), width=390)
    page = visited.page
    link = page.locator(".contents a[href='#sec-timeline']")
    assert link.is_hidden()
    page.locator(".contents summary").click()
    link.click()
    page.wait_for_selector(".contents a[href='#sec-timeline'][aria-current]", state="attached")
    assert link.is_hidden()
    assert "Timeline" in page.locator(".contents .here").inner_text()
    bar = page.locator(".contents").bounding_box()
    assert bar is not None
    assert bar["y"] == pytest.approx(0, abs=1)
    assert page.evaluate("document.getElementById('sec-timeline').getBoundingClientRect().top") >= bar["height"] - 1
    visited.close()


# --- policy and size -------------------------------------------------------------------------------------------------


def test_no_script_but_the_reports_own_runs_and_nothing_is_fetched(
    browser: Browser, built_project: Path, tmp_path: Path
) -> None:
    intruder = (
        '<main id="content"><script>document.title = "taken"</script>'
        '<img src="https://example.org/x.png" onerror="document.title = \'taken\'"><a id="trap" href="#" '
        'onclick="document.title = \'taken\'">x</a><iframe srcdoc="<p>x"></iframe>'
    )
    page_text = report(built_project, "en").read_text(encoding="utf-8")
    changed = tmp_path / "report.en.html"
    changed.write_text(page_text.replace('<main id="content">', intruder, 1), encoding="utf-8")
    visited = visit(browser, changed)
    visited.page.locator("#trap").click()
    assert visited.page.title() != "taken"
    assert visited.requests == []
    assert any("Content Security Policy" in complaint for complaint in visited.complaints)
    visited.close()


def test_the_policy_of_quartos_page_lets_nothing_be_fetched(browser: Browser, tmp_path: Path) -> None:
    policy = (Path(__file__).parents[2] / "report" / "theme" / "policy.html").read_text(encoding="utf-8")
    page = tmp_path / "page.html"
    page.write_text(
        f"<!DOCTYPE html><head>{policy}</head><body><script>document.title = 'own'; fetch('https://example.org/a')"
        ".catch(() => {});</script><img src='https://example.org/b.png'><link rel=stylesheet href='https://example.org/c'>",
        encoding="utf-8",
    )
    visited = visit(browser, page)
    assert visited.page.title() == "own"
    assert visited.requests == []
    assert sum("Content Security Policy" in complaint for complaint in visited.complaints) >= 3
    visited.close()


def test_the_page_is_under_six_megabytes(built_project: Path) -> None:
    for language in LANGUAGES:
        assert report(built_project, language).stat().st_size < 6_000_000


def test_the_steps_of_the_scale_have_one_colour_on_page_paper_and_chart() -> None:
    from mawaqif.charts.theme import STANCE_COLOURS

    theme = Path(__file__).parents[2] / "report" / "theme"
    css = (theme / "report.css").read_text(encoding="utf-8")
    typst = (theme / "report.typ").read_text(encoding="utf-8")
    names = {-2: "low", -1: "lower", 0: "middle", 1: "higher", 2: "high"}
    for value, colour in STANCE_COLOURS.items():
        assert re.search(rf"--step-{names[value]}: ({colour});", css)
        assert f'"{value}": rgb("{colour}")' in typst
