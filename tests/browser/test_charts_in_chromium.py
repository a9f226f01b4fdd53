"""Charts in a real Chromium: labels stand clear however many there are, layouts fit their room, points lead on."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from crowds import ROOMS, write_crowds
from playwright.sync_api import Browser, Page
from visits import FAULTS_OF_LABELS, LANGUAGES, report, visit

from conftest import HOME

pytestmark = pytest.mark.slow


@pytest.fixture(scope="module", params=LANGUAGES)
def phone(request: pytest.FixtureRequest, browser: Browser, built_project: Path) -> Iterator[Page]:
    visited = visit(browser, report(built_project, request.param), width=390)
    yield visited.page
    visited.close()


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_label_is_cut_or_stands_on_another_with_40_actors_or_100(
    browser: Browser, built_project: Path, tmp_path: Path, language: str
) -> None:
    shared = built_project / "report" / "_executed"
    page = write_crowds(tmp_path, shared, HOME / "report" / "theme", language=language)
    visited = visit(browser, page)
    charts = visited.page.locator(".live-chart")
    assert charts.count() == 6 * len(ROOMS)
    layouts = charts.evaluate_all("(charts) => charts.map((chart) => [chart.clientWidth, chart.dataset.layout])")
    assert {tuple(layout) for layout in layouts} == {(320, "narrow"), (620, "wide"), (900, "wide")}
    assert charts.evaluate_all(FAULTS_OF_LABELS) == []
    assert visited.complaints == []
    visited.close()


def test_the_data_of_a_chart_opens_behind_its_toggle(phone: Page) -> None:
    toggle = phone.locator("details:has(#data-network) > summary")
    assert phone.locator("#data-network table").is_hidden()
    toggle.click()
    assert phone.locator("#data-network table").is_visible()
    toggle.click()
    assert phone.locator("#data-network table").is_hidden()


def test_a_chart_takes_the_layout_that_the_page_has_room_for(phone: Page) -> None:
    layouts = "(charts) => charts.map((chart) => chart.dataset.layout)"
    charts = phone.locator(".live-chart")
    assert set(charts.evaluate_all(layouts)) == {"narrow"}
    phone.set_viewport_size({"width": 1440, "height": 900})
    phone.wait_for_selector(".live-chart[data-layout=narrow]", state="detached")
    assert set(charts.evaluate_all(layouts)) == {"wide"}
    phone.set_viewport_size({"width": 390, "height": 900})
    phone.wait_for_selector(".live-chart[data-layout=wide]", state="detached")


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
    visited.page.wait_for_selector(".statement.is-linked")
    target = visited.page.evaluate("location.hash")
    assert target.startswith("#s-")
    assert visited.page.locator(f'[id="{target[1:]}"]').count() == 1
    visited.close()
