from __future__ import annotations

import csv
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from lab_server import run_all, serve_lab, write_notebook

from conftest import copy_project

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Locator, Page

pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    home = copy_project(tmp_path_factory.mktemp("lab") / "project")
    write_notebook(home / "sheet.ipynb", "import mawaqif as mq\nmq.load()", 'mq.coding_sheet(coder="rania")')
    return home


@pytest.fixture(scope="module")
def address(home: Path) -> Iterator[str]:
    with serve_lab(home) as address:
        yield address


def open_sheet(page: Page, address: str) -> Locator:
    run_all(page, address, "sheet.ipynb")
    sheet = page.locator(".mw-sheet")
    sheet.wait_for(timeout=120_000)
    return sheet


def rows(home: Path) -> list[dict[str, str]]:
    with (home / "data" / "coding" / "analysts" / "rania.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def test_three_codings_outlive_the_tab(browser: Browser, home: Path, address: str) -> None:
    page = browser.new_page(viewport={"width": 1500, "height": 1000})
    hosts: set[str] = set()
    page.on("request", lambda request: hosts.add(request.url.split("/")[2]) if "://" in request.url else None)
    sheet = open_sheet(page, address)
    status, head = sheet.locator(".mw-status"), sheet.locator(".mw-head")
    assert sheet.locator(".mw-passage").evaluate("e => getComputedStyle(e).direction") == "rtl"
    words = sheet.locator(".mw-statement").all_inner_texts()
    sheet.focus()
    page.keyboard.press("a")
    status.get_by_text("accepted").wait_for()
    head.get_by_text("1 decided").wait_for()
    assert sheet.locator(".mw-statement").all_inner_texts() != words
    sheet.get_by_label("Issue").select_option("us_presence")
    page.keyboard.press("Escape")  # out of the list: keys are orders again
    page.keyboard.press("5")
    page.keyboard.press("Enter")
    status.get_by_text("changed").wait_for()
    head.get_by_text("2 decided").wait_for()
    page.keyboard.press("r")
    status.get_by_text("no statement").wait_for()
    page.close()
    assert [row["decision"] for row in rows(home)] == ["accept", "change", "reject"]
    assert rows(home)[1]["stance"] == "2"
    page = browser.new_page(viewport={"width": 700, "height": 1000})
    sheet = open_sheet(page, address)
    sheet.locator(".mw-head").get_by_text("3 decided").wait_for()
    page.close()
    assert {host.split(":")[0] for host in hosts} == {"127.0.0.1"}


def test_words_that_are_selected_become_a_statement(browser: Browser, home: Path, address: str) -> None:
    page = browser.new_page(viewport={"width": 1500, "height": 1000})
    sheet = open_sheet(page, address)
    sheet.locator("input[type=text]").fill("ناطق جديد")
    picked = page.evaluate(
        """() => {
            const piece = [...document.querySelectorAll('.mw-passage span')].find(
                (s) => !s.className && s.textContent.trim().length > 30);
            const at = piece.textContent.search(/\\S/);
            const range = document.createRange();
            range.setStart(piece.firstChild, at);
            range.setEnd(piece.firstChild, at + 20);
            document.getSelection().removeAllRanges();
            document.getSelection().addRange(range);
            return range.toString();
        }"""
    )
    sheet.get_by_role("button", name="Add selection").click()
    sheet.locator(".mw-status").get_by_text("added").wait_for()
    page.close()
    added = rows(home)[-1]
    text = next((home / "data" / "raw").glob(f"{added['doc_id']}.*")).read_text(encoding="utf-8")
    assert (added["decision"], added["speaker_name"], added["speaker_id"]) == ("add", "ناطق جديد", "")
    assert text[int(added["start"]) : int(added["end"])] == picked.strip()
