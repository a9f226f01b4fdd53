"""The workbench in a real JupyterLab and a real Chromium: start page, notebooks from top to bottom, the explorer."""

from __future__ import annotations

import os
import shutil
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Locator, Page, Route, expect

from conftest import HOME, copy_project
from mawaqif.arabic.text import fold_text

pytestmark = pytest.mark.slow

TOKEN = "a-token-for-the-tests"
NOTEBOOKS = sorted(path.name for path in (HOME / "notebooks").glob("*.py"))
MINUTE = 60_000
CELLS = """() => [...window.jupyterapp.shell.currentWidget.content.model.cells].filter((c) => c.type === 'code')
  .map((c) => ({ source: c.sharedModel.getSource(), count: c.executionCount, outputs: c.outputs.toJSON() }))"""
IS_READY = """(name) => { const shown = window.jupyterapp?.shell?.currentWidget;
  return shown?.context?.path.endsWith(name) && shown.sessionContext?.session?.kernel?.status === 'idle'; }"""
HAS_RUN = """() => { const { content, sessionContext } = window.jupyterapp.shell.currentWidget;
  const code = [...content.model.cells].filter((c) => c.type === 'code');
  const failed = code.some((c) => c.outputs.toJSON().some((o) => o.output_type === 'error'));
  return failed || (code.every((c) => c.executionCount) && sessionContext.session?.kernel?.status === 'idle'); }"""
IS_CLEAN = "() => !window.jupyterapp.shell.currentWidget.context.model.dirty"
POINT = """(chart) => { const point = [...chart.querySelectorAll('.points path')].find((p) => p.__data__?.data);
  point.scrollIntoView({ block: 'center', behavior: 'instant' });  // a chart can be taller than the window
  const { x, y, width, height } = point.getBoundingClientRect();
  return { id: [point.__data__.data].flat()[0], x: x + width / 2, y: y + height / 2 }; }"""
FOCUS = """() => { const e = document.activeElement, style = getComputedStyle(e);
  return [e.dataset.id ?? e.tagName, style.outlineStyle !== 'none' && parseFloat(style.outlineWidth) >= 2]; }"""


@dataclass
class Lab:
    """A running JupyterLab on a copy of the project."""

    home: Path
    address: str

    def url(self, notebook: str = "") -> str:
        return f"{self.address}/{f'lab/tree/notebooks/{notebook}' if notebook else ''}?token={TOKEN}"


@dataclass
class Desk:
    """A browser tab on it, what it asked for elsewhere and what it complained of."""

    page: Page
    requests: list[str] = field(default_factory=list)
    complaints: list[str] = field(default_factory=list)


def find_port() -> int:
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        return int(found.getsockname()[1])


@pytest.fixture(scope="module")
def lab(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Lab]:
    folder = tmp_path_factory.mktemp("lab")
    home = copy_project(folder / "a project")
    shutil.copytree(HOME / "ops", home / "ops")
    (folder / "config").mkdir()
    (folder / "config" / "jupyter_lab_config.py").write_text(
        "c.LabApp.expose_app_in_browser = True\n", encoding="utf-8"
    )
    own = {f"JUPYTER_{name}_DIR": str(folder / name.lower()) for name in ("CONFIG", "DATA", "RUNTIME")}
    own |= {f"JUPYTERLAB_{name}_DIR": str(folder / name.lower()) for name in ("SETTINGS", "WORKSPACES")}
    environment = {**os.environ, **own, "MAWAQIF_HOME": str(home), "JUPYTER_TOKEN": TOKEN}
    port = find_port()
    log = (folder / "log.txt").open("w")
    server = subprocess.Popen(
        [sys.executable, "-m", "mawaqif", "lab", "--port", str(port), "--no-browser"],
        cwd=home,
        env=environment,
        stdout=log,
        stderr=subprocess.STDOUT,
    )
    try:
        made = Lab(home, f"http://localhost:{port}")
        wait_for(made, server, folder / "log.txt")
        yield made
    finally:
        server.terminate()
        server.wait(timeout=60)
        log.close()


def wait_for(lab: Lab, server: subprocess.Popen[bytes], log: Path) -> None:
    """Wait until the server answers, however slow the machine; a server that ended never will."""
    while True:
        try:
            with urllib.request.urlopen(f"{lab.address}/api?token={TOKEN}", timeout=30):
                return
        except OSError:
            assert server.poll() is None, log.read_text(encoding="utf-8")[-3000:]
            time.sleep(0.2)


@pytest.fixture
def desk(lab: Lab, browser: Browser) -> Iterator[Desk]:
    context = browser.new_context(viewport={"width": 1440, "height": 900})
    made = Desk(context.new_page())

    def answer(route: Route) -> None:
        if route.request.url.startswith((lab.address, "data:", "blob:")):
            route.continue_()
        else:
            made.requests.append(route.request.url)
            route.abort()

    context.route("**/*", answer)
    made.page.on("pageerror", lambda error: made.complaints.append(str(error)))
    made.page.set_default_timeout(MINUTE)
    yield made
    context.close()


def open_notebook(desk: Desk, lab: Lab, notebook: str) -> None:
    desk.page.goto(f"{lab.url(notebook)}&reset")  # without the tabs that were open before
    # Before the kernel is there, JupyterLab asks which one is to run the cells.
    desk.page.wait_for_function(IS_READY, arg=notebook)


def run_all(page: Page) -> None:
    page.get_by_role("menuitem", name="Run", exact=True).click()
    page.locator("#jp-mainmenu-run .lm-Menu-itemLabel", has_text="Run All Cells").first.click()
    page.wait_for_function(HAS_RUN, timeout=MINUTE)


def test_it_opens_on_the_start_page_with_links_to_every_notebook(desk: Desk, lab: Lab) -> None:
    desk.page.goto(lab.url())
    desk.page.wait_for_url(f"{lab.address}/lab/tree/notebooks/00_start.py*")
    desk.page.get_by_role("link", name="Positions", exact=True).click()

    expect(desk.page.locator(".jp-NotebookPanel:not(.lm-mod-hidden) h1")).to_contain_text("Positions")
    assert desk.requests == []


def test_every_notebook_runs_to_its_end_and_saving_it_leaves_its_source_without_outputs(desk: Desk, lab: Lab) -> None:
    for notebook in NOTEBOOKS:
        source = (lab.home / "notebooks" / notebook).read_text(encoding="utf-8")
        open_notebook(desk, lab, notebook)
        run_all(desk.page)
        cells = desk.page.evaluate(CELLS)
        failed = [(notebook, c["source"], o["evalue"]) for c in cells for o in c["outputs"] if "evalue" in o]
        desk.page.keyboard.press("Control+s")
        desk.page.wait_for_function(IS_CLEAN)

        assert failed == []
        assert all(cell["count"] for cell in cells)
        assert (lab.home / "notebooks" / notebook).read_text(encoding="utf-8") == source
    assert desk.requests == []
    assert desk.complaints == []


@pytest.mark.parametrize("width", [1440, 800])
def test_the_explorer_filters_opens_a_passage_and_steps_by_keyboard(desk: Desk, lab: Lab, width: int) -> None:
    desk.page.set_viewport_size({"width": width, "height": 900})
    open_notebook(desk, lab, "00_start.py")
    run_all(desk.page)
    explorer = desk.page.locator(".mq-explorer:not(.mq-of-chart)")
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


@pytest.mark.parametrize(("notebook", "charts"), [("30_positions.py", 3), ("40_timeline.py", 1)])
def test_a_click_on_a_point_of_a_chart_opens_its_passage_under_the_chart(
    desk: Desk, lab: Lab, notebook: str, charts: int
) -> None:
    open_notebook(desk, lab, notebook)
    run_all(desk.page)
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
    assert desk.requests == []
    assert desk.complaints == []


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
