"""The report opens in a real Chromium with the network cut off: charts, directions, widths, keyboard, dark, print."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, Route, sync_playwright

pytestmark = pytest.mark.slow

LANGUAGES = ("en", "ar")
DIRECTIONS = {"en": "ltr", "ar": "rtl"}
WIDTHS = (390, 820, 1440)
IS_LIVE = "html[data-charts=live]"
"""A selector and not an expression: the page's policy lets nothing be evaluated, the test's own polling included."""
TOO_WIDE = """() => {
  const scrolls = (e) => e && (['auto', 'scroll'].includes(getComputedStyle(e).overflowX) || scrolls(e.parentElement));
  const seen = (e) => e.getClientRects().length > 0;
  return [...document.querySelectorAll('main *, header *, nav *')].filter((e) => {
    const box = e.getBoundingClientRect();
    return seen(e) && !scrolls(e.parentElement) && !e.closest('.skip')
      && (box.right > innerWidth + 1 || box.left < -1);
  }).map((e) => e.outerHTML.slice(0, 120));
}"""


@dataclass
class Visit:
    """A page, what it asked for beyond itself and what it complained of."""

    page: Page
    requests: list[str] = field(default_factory=list)
    complaints: list[str] = field(default_factory=list)


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    executable = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
    if executable is None:
        pytest.fail("Chromium is not installed: apt-get install chromium")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=executable, args=["--no-sandbox"])
        yield browser
        browser.close()


def visit(browser: Browser, path: Path, *, width: int = 1440, anchor: str = "", **options: object) -> Visit:
    """Open a file with every request but the one for itself refused, and wait for its charts."""
    context = browser.new_context(viewport={"width": width, "height": 900}, **options)  # type: ignore[arg-type]
    visited = Visit(context.new_page())

    def answer(route: Route) -> None:
        if route.request.url.partition("#")[0] == path.as_uri():
            route.continue_()
        else:
            visited.requests.append(route.request.url)
            route.abort()

    context.route("**/*", answer)
    visited.page.on("console", lambda m: visited.complaints.append(m.text) if m.type in ("error", "warning") else None)
    visited.page.on("pageerror", lambda error: visited.complaints.append(str(error)))
    visited.page.goto(path.as_uri() + anchor)
    if options.get("java_script_enabled", True):
        visited.page.wait_for_selector(IS_LIVE, state="attached", timeout=30_000)
    return visited


def report(built_project: Path, language: str) -> Path:
    return built_project / "build" / "report" / f"report.{language}.html"


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_page_asks_for_nothing_complains_of_nothing_and_draws_every_chart(
    browser: Browser, built_project: Path, language: str
) -> None:
    visited = visit(browser, report(built_project, language))
    assert visited.requests == []
    assert visited.complaints == []
    charts = visited.page.evaluate("document.querySelectorAll('script[data-for]').length")
    assert charts >= 4
    assert visited.page.locator(".live-chart.js-plotly-plot").count() == charts
    empty = """() => [...document.querySelectorAll('.live-chart')]
      .filter((chart) => !chart.querySelector('.points path') || chart.getBoundingClientRect().height < 100)
      .map((chart) => chart.closest('[id]').id)"""
    assert visited.page.evaluate(empty) == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_language_and_direction_are_those_of_the_report_and_passages_are_arabic(
    browser: Browser, built_project: Path, language: str
) -> None:
    page = visit(browser, report(built_project, language)).page
    assert page.evaluate("document.documentElement.lang").split("-")[0] == language
    assert page.evaluate("getComputedStyle(document.body).direction") == DIRECTIONS[language]
    wrong = """() => [...document.querySelectorAll('.passage')].filter((e) => e.lang !== 'ar'
      || getComputedStyle(e).direction !== 'rtl').length"""
    assert page.locator(".passage").count() > 50
    assert page.evaluate(wrong) == 0
    assert page.evaluate("document.fonts.check('16px Amiri')")


@pytest.mark.parametrize("width", WIDTHS)
@pytest.mark.parametrize("language", LANGUAGES)
def test_nothing_runs_over_the_edge_of_the_page(
    browser: Browser, built_project: Path, language: str, width: int
) -> None:
    page = visit(browser, report(built_project, language), width=width).page
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    assert page.evaluate(TOO_WIDE) == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_without_javascript_the_pictures_are_there(browser: Browser, built_project: Path, language: str) -> None:
    page = visit(browser, report(built_project, language), java_script_enabled=False).page
    pictures = page.locator("figure .picture > svg")
    assert pictures.count() >= 4
    assert all(pictures.nth(n).is_visible() for n in range(pictures.count()))


def test_on_paper_the_pictures_take_the_place_of_the_live_charts(browser: Browser, built_project: Path) -> None:
    page = visit(browser, report(built_project, "en")).page
    page.emulate_media(media="print")
    assert page.locator("figure .picture > svg").first.is_visible()
    assert page.locator(".live-chart").first.is_hidden()


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_link_inside_the_page_has_its_target_and_findings_have_some(
    browser: Browser, built_project: Path, language: str
) -> None:
    page = visit(browser, report(built_project, language)).page
    dead = """() => [...document.querySelectorAll('a[href^="#"]')].map((a) => a.getAttribute('href').slice(1))
      .filter((id) => !document.getElementById(id))"""
    assert page.evaluate(dead) == []
    assert page.locator('.findings a[href^="#s-"]').count() >= 3


def test_dark_pages_have_light_text_in_charts_too(browser: Browser, built_project: Path) -> None:
    page = visit(browser, report(built_project, "en"), color_scheme="dark").page
    body = page.evaluate("getComputedStyle(document.body).backgroundColor")
    assert body == "rgb(20, 25, 29)"
    ink = page.evaluate("document.querySelector('.live-chart')._fullLayout.font.color")
    assert ink == "#e6eaed"


def test_the_first_stop_of_the_keyboard_leads_past_the_contents(browser: Browser, built_project: Path) -> None:
    page = visit(browser, report(built_project, "en")).page
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.getAttribute('href')") == "#content"


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_chart_and_table_has_a_caption_and_every_picture_an_alternative(
    browser: Browser, built_project: Path, language: str
) -> None:
    page = visit(browser, report(built_project, language)).page
    assert page.locator("figure").count() >= 8
    assert page.locator("figure:not(:has(figcaption))").count() == 0
    blank = "() => [...document.querySelectorAll('[role=img]')].filter((e) => !e.getAttribute('aria-label')).length"
    assert page.evaluate(blank) == 0


def test_the_page_is_under_six_megabytes(built_project: Path) -> None:
    for language in LANGUAGES:
        assert report(built_project, language).stat().st_size < 6_000_000
