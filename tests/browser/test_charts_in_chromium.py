"""Every label of every chart stands clear of the others and inside its picture, live at three widths and on paper."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page
from visits import LANGUAGES, WIDTHS, report, visit

pytestmark = pytest.mark.slow

# The box of a text is as tall as the font's tallest letters, which hardly any line has: a fifth of it is left out at
# either side. Words set as outlines, in the pictures, are measured by their ink, of which an eighth is left out: a
# letter that reaches down and one that reaches up elsewhere in the next line do not meet.
MEASURE = """(charts) => {
  const told = [];
  for (const chart of charts) {
    const name = chart.closest('figure').id || chart.closest('[id]').id;
    const frame = chart.getBoundingClientRect();
    const boxes = [];
    const add = (rect, ink, words) => {
      const spare = rect.height / (ink ? 8 : 5);
      boxes.push({ left: rect.left, right: rect.right, top: rect.top + spare, bottom: rect.bottom - spare, words });
    };
    for (const text of chart.querySelectorAll('text')) {
      if (text.closest('.hoverlayer') || !text.textContent.trim()) continue;
      const lines = [...text.querySelectorAll('tspan.line')];
      for (const line of lines.length ? lines : [text]) {
        add(line.getBoundingClientRect(), false, line.textContent);
      }
    }
    for (const label of chart.querySelectorAll('.annotation-text-g')) {
      const glyphs = [...label.querySelectorAll('use, path')].map((e) => e.getBoundingClientRect());
      if (!glyphs.length) continue;
      const left = Math.min(...glyphs.map((g) => g.left)), right = Math.max(...glyphs.map((g) => g.right));
      const top = Math.min(...glyphs.map((g) => g.top)), bottom = Math.max(...glyphs.map((g) => g.bottom));
      add({ left, right, top, bottom, height: bottom - top }, true, `outline ${Math.round(left)},${Math.round(top)}`);
    }
    boxes.forEach((one, n) => {
      if (one.left < frame.left - 1 || one.right > frame.right + 1
        || one.top < frame.top - 1 || one.bottom > frame.bottom + 1) told.push(`${name}: cut: ${one.words}`);
      for (const other of boxes.slice(n + 1)) {
        const across = Math.min(one.right, other.right) - Math.max(one.left, other.left);
        const down = Math.min(one.bottom, other.bottom) - Math.max(one.top, other.top);
        if (across > 1.5 && down > 1.5) told.push(`${name}: overlap: ${one.words} | ${other.words}`);
      }
    });
    if (!boxes.length) told.push(`${name}: no words`);
  }
  return told;
}"""
LIVE, PICTURES = ".live-chart .main-svg:first-child", "figure .picture > svg"


@pytest.fixture(params=[(language, width) for language in LANGUAGES for width in WIDTHS], ids=str)
def page(request: pytest.FixtureRequest, browser: Browser, built_project: Path) -> Iterator[Page]:
    language, width = request.param
    visited = visit(browser, report(built_project, language), width=width)
    yield visited.page
    visited.close()


def test_no_label_of_a_live_chart_is_cut_or_stands_on_another(page: Page) -> None:
    assert page.locator(".live-chart").count() >= 5
    assert page.locator(".live-chart").evaluate_all(MEASURE) == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_label_of_a_picture_is_cut_or_stands_on_another(
    browser: Browser, built_project: Path, language: str
) -> None:
    visited = visit(browser, report(built_project, language), java_script_enabled=False)
    pictures = visited.page.locator(PICTURES)
    assert pictures.count() >= 5
    assert pictures.evaluate_all(MEASURE) == []
    visited.close()


def test_a_chart_takes_the_layout_that_the_page_has_room_for(browser: Browser, built_project: Path) -> None:
    visited = visit(browser, report(built_project, "en"), width=390)
    layouts = "(charts) => charts.map((chart) => chart.dataset.layout)"
    charts = visited.page.locator(".live-chart")
    assert set(charts.evaluate_all(layouts)) == {"narrow"}
    visited.page.set_viewport_size({"width": 1440, "height": 900})
    visited.page.wait_for_selector("#fig-positions .live-chart[data-layout=wide]", state="attached")
    visited.page.wait_for_timeout(300)
    assert set(charts.evaluate_all(layouts)) == {"wide"}
    visited.close()


def test_a_click_on_a_point_leads_to_its_statement(browser: Browser, built_project: Path) -> None:
    visited = visit(browser, report(built_project, "en"))
    point = visited.page.locator("#fig-positions .live-chart .points path").first
    point.scroll_into_view_if_needed()
    box = point.bounding_box()
    assert box is not None
    visited.page.mouse.move(box["x"] + box["width"] / 2, box["y"] + box["height"] / 2)
    visited.page.wait_for_selector("#fig-positions .hoverlayer .hovertext")
    assert any(
        "\u0600" <= c <= "\u06ff" for c in visited.page.text_content("#fig-positions .hoverlayer .hovertext") or ""
    )
    visited.page.mouse.click(box["x"] + box["width"] / 2, box["y"] + box["height"] / 2)
    visited.page.wait_for_timeout(200)
    target = visited.page.evaluate("location.hash")
    assert target.startswith("#s-")
    assert visited.page.locator(f'[id="{target[1:]}"]').count() == 1
    visited.close()


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_data_of_a_chart_opens_behind_its_toggle(browser: Browser, built_project: Path, language: str) -> None:
    visited = visit(browser, report(built_project, language), width=390)
    toggle = visited.page.locator("details:has(#data-network) > summary")
    assert visited.page.locator("#data-network table").is_hidden()
    toggle.click()
    assert visited.page.locator("#data-network table").is_visible()
    visited.close()
