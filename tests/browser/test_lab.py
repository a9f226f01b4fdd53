"""The workbench in a real JupyterLab and a real Chromium: start page, notebooks from top to bottom, the explorer."""

from __future__ import annotations

import contextlib
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

import pytest
from lab_server import LONG, Lab, open_notebook, run_all, serve_lab
from playwright.sync_api import Browser, BrowserContext, Locator, Page, Request, expect

from conftest import HOME
from mawaqif.arabic.text import fold_text

pytestmark = pytest.mark.slow

CHARTS = {"00_start.py": 1, "30_positions.py": 3, "40_timeline.py": 1}
"""How many charts a notebook has whose points lead to their passages."""
NOTEBOOKS = [*CHARTS, *sorted({path.name for path in (HOME / "notebooks").glob("*.py")} - CHARTS.keys())]
"""All of them; each is opened once where the tests of some of them begin alike."""
CELLS = """() => [...window.jupyterapp.shell.currentWidget.content.model.cells].filter((c) => c.type === 'code')
  .map((c) => ({ source: c.sharedModel.getSource(), count: c.executionCount, outputs: c.outputs.toJSON() }))"""
IS_CLEAN = "() => !window.jupyterapp.shell.currentWidget.context.model.dirty"
POINT = """(chart) => { const point = [...chart.querySelectorAll('.points path')].find((p) => p.__data__?.data);
  point.scrollIntoView({ block: 'center', behavior: 'instant' });  // a chart can be taller than the window
  const { x, y, width, height } = point.getBoundingClientRect();
  return { id: [point.__data__.data].flat()[0], x: x + width / 2, y: y + height / 2 }; }"""
FOCUS = """() => { const e = document.activeElement, style = getComputedStyle(e);
  return [e.dataset.id ?? e.tagName, style.outlineStyle !== 'none' && parseFloat(style.outlineWidth) >= 2]; }"""


@dataclass
class Desk:
    """A browser tab on it, what it asked for elsewhere and what it complained of."""

    page: Page
    notebook: str = ""
    requests: list[str] = field(default_factory=list)
    complaints: list[str] = field(default_factory=list)


@pytest.fixture(scope="module")
def lab(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Lab]:
    with serve_lab(tmp_path_factory.mktemp("lab")) as lab:
        yield lab


@pytest.fixture(scope="module")
def window(browser: Browser) -> Iterator[BrowserContext]:
    """One for all tests, so that it has JupyterLab's own scripts from the first one on."""
    context = browser.new_context(viewport={"width": 1440, "height": 900})
    yield context
    context.close()


@contextlib.contextmanager
def new_desk(lab: Lab, window: BrowserContext) -> Iterator[Desk]:
    """Open a tab until the block ends."""
    made = Desk(window.new_page())

    def note(request: Request) -> None:
        if not request.url.startswith((lab.address, "data:", "blob:")):
            made.requests.append(request.url)

    made.page.on("request", note)
    made.page.on("pageerror", lambda error: made.complaints.append(str(error)))
    made.page.set_default_timeout(LONG)
    yield made
    made.page.close()


@pytest.fixture(scope="module", params=NOTEBOOKS)
def desk(request: pytest.FixtureRequest, lab: Lab, window: BrowserContext) -> Iterator[Desk]:
    """A tab with a notebook that has run from top to bottom; it runs once for all tests that look at it."""
    with new_desk(lab, window) as made:
        made.notebook = request.param
        open_notebook(made.page, lab, made.notebook)
        run_all(made.page)
        yield made


def test_it_opens_on_the_start_page_with_links_to_every_notebook(lab: Lab, window: BrowserContext) -> None:
    with new_desk(lab, window) as desk:
        desk.page.goto(lab.url())
        desk.page.wait_for_url(f"{lab.address}/lab/tree/notebooks/00_start.py*")
        desk.page.get_by_role("link", name="Positions", exact=True).click()

        expect(desk.page.locator(".jp-NotebookPanel:not(.lm-mod-hidden) h1")).to_contain_text("Positions")
        assert desk.requests == []


def test_every_notebook_runs_to_its_end_and_saving_it_leaves_its_source_without_outputs(desk: Desk, lab: Lab) -> None:
    cells = desk.page.evaluate(CELLS)
    failed = [(c["source"], o["evalue"]) for c in cells for o in c["outputs"] if "evalue" in o]
    desk.page.keyboard.press("Control+s")
    desk.page.wait_for_function(IS_CLEAN)

    assert failed == []
    assert all(cell["count"] for cell in cells)
    source = (HOME / "notebooks" / desk.notebook).read_text(encoding="utf-8")
    assert (lab.home / "notebooks" / desk.notebook).read_text(encoding="utf-8") == source
    assert desk.requests == []
    assert desk.complaints == []


@pytest.mark.parametrize("desk", ["00_start.py"], indirect=True)
def test_the_explorer_filters_opens_a_passage_and_steps_by_keyboard_at_any_width(desk: Desk) -> None:
    explorer = desk.page.locator(".mq-explorer:not(.mq-of-chart)")
    for width in (800, 1440):
        desk.page.set_viewport_size({"width": width, "height": 900})
        expect(explorer.locator("tbody tr")).to_have_count(15)
        everything = explorer.locator(".mq-found").text_content() or ""

        filter_by_camp_and_words(explorer)
        open_a_passage(explorer)
        step_by_keyboard(desk.page, explorer)
        open_from_the_chart(desk.page, explorer)
        explorer.locator(".mq-clear").click()
        expect(explorer.locator(".mq-found")).to_have_text(everything)
        explorer.get_by_role("button", name="Next page").click()
        expect(explorer.locator(".mq-pages")).to_contain_text("16 to 30")
        explorer.get_by_role("button", name="Page before").click()
        expect(explorer.locator(".mq-pages")).to_contain_text("1 to 15")

        assert explorer.evaluate("e => e.scrollWidth <= e.clientWidth")
    assert desk.requests == []
    assert desk.complaints == []


def filter_by_camp_and_words(explorer: Locator) -> None:
    """Choose a camp; then look for words in another spelling, and take them away again."""
    found = explorer.locator(".mq-found")
    everything = found.text_content() or ""
    explorer.locator("summary", has_text="Camp").click()
    explorer.locator("details[open] label", has_text="Iraqi government").locator("input").check()
    expect(found).not_to_have_text(everything)
    expect(explorer.locator(".mq-chip")).to_have_text("Iraqi government ×")
    explorer.page.keyboard.press("Escape")
    of_camp = found.text_content() or ""
    explorer.locator(".mq-search").fill("الأمريكيّه")
    expect(found).not_to_have_text(of_camp)
    texts = [fold_text(text) for text in explorer.locator("td.mq-words").all_text_contents()]
    assert texts
    assert all("امريكي" in text for text in texts)
    explorer.locator(".mq-search").fill("")
    expect(found).to_have_text(of_camp)


def open_a_passage(explorer: Locator) -> None:
    """Open the second row: its article from right to left, with the statement marked and in sight."""
    row = explorer.locator("tbody tr").nth(1)
    row.click()
    expect(explorer.locator(".mq-number")).to_contain_text("2 /")
    text, statement = explorer.locator(".mq-text"), explorer.locator(".mq-text .mq-is-statement")
    quote = " ".join(row.locator(".mq-words").text_content().split())
    assert quote[:20] in " ".join("".join(statement.all_text_contents()).split())
    assert text.evaluate("e => getComputedStyle(e).direction") == "rtl"
    box, mark = text.bounding_box(), statement.first.bounding_box()
    assert box is not None
    assert mark is not None
    assert box["y"] <= mark["y"] < box["y"] + box["height"]


def step_by_keyboard(page: Page, explorer: Locator) -> None:
    """Go on and back: the open row has the focus and shows it, and no key reaches the notebook's cells."""
    number, cells = explorer.locator(".mq-number"), page.locator(".jp-Cell").count()
    for key, at in (("j", 3), ("ArrowDown", 4), ("k", 3)):
        page.keyboard.press(key)
        expect(number).to_contain_text(f"{at} /")
    expect(explorer.locator("tbody tr:focus")).to_have_attribute("aria-selected", "true")
    assert page.evaluate(FOCUS) == [explorer.locator("tbody tr").nth(2).get_attribute("data-id"), True]
    for key in ("a", "b", "d", "d", "m"):
        page.keyboard.press(key)
    assert page.locator(".jp-Cell").count() == cells


def open_from_the_chart(page: Page, explorer: Locator) -> None:
    """Open the first dot by a click, the second by keys."""
    dots, opened = explorer.locator(".mq-dot"), explorer.locator(".mq-dot.is-open")
    first, second = (dots.nth(n).get_attribute("data-id") or "" for n in (0, 1))
    dots.first.click()
    expect(opened).to_have_attribute("data-id", first)
    page.keyboard.press("ArrowRight")
    page.keyboard.press("Enter")
    expect(opened).to_have_attribute("data-id", second)


@pytest.mark.parametrize("desk", CHARTS, indirect=True)
def test_a_click_on_a_point_or_on_a_number_opens_its_passage_under_it(desk: Desk) -> None:
    charts = CHARTS[desk.notebook]
    areas = desk.page.locator(".jp-OutputArea:has(.mq-of-chart[data-chart=met])")
    expect(areas).to_have_count(charts)
    for place in range(charts):
        area, panel = areas.nth(place), areas.nth(place).locator(".mq-passage")
        expect(panel).to_contain_text("Click a point")
        point = hover_over_a_point(desk.page, area.locator(".js-plotly-plot"))
        desk.page.mouse.click(point["x"], point["y"])
        expect(panel).to_have_attribute("data-id", point["id"])
        expect(panel.locator(".mq-is-statement").first).to_be_in_viewport()
        assert panel.locator(".mq-text").evaluate("e => getComputedStyle(e).direction") == "rtl"
        expect(panel).to_be_focused()
        number = int((panel.locator(".mq-number").text_content() or "").split("/")[0])
        desk.page.keyboard.press("k" if number > 1 else "j")
        expect(panel).not_to_have_attribute("data-id", point["id"])
    if desk.notebook == "30_positions.py":
        open_from_numbers(desk.page)
    assert desk.requests == []
    assert desk.complaints == []


def open_from_numbers(page: Page) -> None:
    """Open statements by their numbers in the findings and in a table, and go on to the next of the same line."""
    for what in (".findings", "table"):
        area = page.locator(f".jp-OutputArea:has(.mq-page {what})").first
        shown, panel = area.locator(".mq-page"), area.locator(".mq-of-list[data-list=met] .mq-passage")
        expect(panel).to_contain_text("Click a blue number")
        assert not re.search(r":::|\{\.|\]\{", shown.inner_text())
        links = shown.locator("li, tr").filter(has=page.locator("a + a")).first.locator('a[href^="#s-"]')
        first, second = ((links.nth(n).get_attribute("href") or "").removeprefix("#s-") for n in (0, 1))
        links.first.click()
        expect(panel).to_have_attribute("data-id", first)
        expect(panel.locator(".mq-number")).to_contain_text("1 /")
        expect(panel).to_be_focused()
        page.keyboard.press("j")
        expect(panel).to_have_attribute("data-id", second)
        expect(links.nth(1)).to_have_class("is-open")


def hover_over_a_point(page: Page, chart: Locator) -> dict[str, Any]:
    """Move the pointer to the first point of a chart that has a statement; return where it is and the statement.

    A page on which other outputs are still being set moves the chart: the point is looked for until it stays.
    """
    hover = chart.locator(".hoverlayer .hovertext").first
    for _ in range(60):
        point: dict[str, Any] = chart.evaluate(POINT)
        page.mouse.move(point["x"] + 3, point["y"])
        page.mouse.move(point["x"], point["y"])
        page.wait_for_timeout(500)
        if hover.is_visible() and chart.evaluate(POINT) == point:
            return point
    raise AssertionError("no point of the chart can be hovered over")
