"""The coding sheet in a real JupyterLab and a real Chromium: by keys, by mouse, and every coding on disk at once."""

from __future__ import annotations

import csv
import json
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from lab_server import LONG, Lab, open_notebook, run_all, serve_lab

if TYPE_CHECKING:
    from playwright.sync_api import Browser, BrowserContext, Locator, Page

pytestmark = pytest.mark.slow
SHEET = "90_sheet.ipynb"


@pytest.fixture(scope="module")
def lab(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Lab]:
    with serve_lab(tmp_path_factory.mktemp("lab")) as lab:
        write_notebook(
            lab.home / "notebooks" / SHEET, "import mawaqif as mq\nmq.load()", 'mq.coding_sheet(coder="rania")'
        )
        yield lab


@pytest.fixture(scope="module")
def home(lab: Lab) -> Path:
    return lab.home


@pytest.fixture(scope="module")
def window(browser: Browser) -> Iterator[BrowserContext]:
    """One for all tests, so that it has JupyterLab's own scripts from the first one on."""
    context = browser.new_context()
    yield context
    context.close()


def new_tab(window: BrowserContext, width: int = 1500) -> Page:
    page = window.new_page()
    page.set_viewport_size({"width": width, "height": 1000})
    page.set_default_timeout(LONG)
    return page


def same_tab(window: BrowserContext, width: int = 1500) -> Page:
    """Return the tab that a test left open, with JupyterLab in it, or a new one."""
    if not window.pages:
        return new_tab(window, width)
    window.pages[-1].set_viewport_size({"width": width, "height": 1000})
    return window.pages[-1]


def open_sheet(page: Page, lab: Lab) -> Locator:
    """Make a new sheet, in the notebook if that is open already."""
    sheet = page.locator(".mw-sheet")
    if page.url.startswith(lab.address):
        page.evaluate("window.jupyterapp.commands.execute('notebook:clear-all-cell-outputs')")
        sheet.wait_for(state="detached")
    else:
        open_notebook(page, lab, SHEET)
    run_all(page)
    sheet.wait_for()
    return sheet


def write_notebook(path: Path, *cells: str) -> None:
    """Write a notebook of code cells."""
    made = [
        {"cell_type": "code", "id": f"c{n}", "metadata": {}, "outputs": [], "execution_count": None, "source": cell}
        for n, cell in enumerate(cells)
    ]
    kernel = {"name": "python3", "display_name": "Python 3", "language": "python"}
    metadata = {"kernelspec": kernel, "language_info": {"name": "python"}}
    notebook = {"cells": made, "metadata": metadata, "nbformat": 4, "nbformat_minor": 5}
    path.write_text(json.dumps(notebook), encoding="utf-8")


def rows(home: Path) -> list[dict[str, str]]:
    path = home / "data" / "coding" / "analysts" / "rania.csv"
    if not path.exists():
        return []
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def test_three_codings_outlive_the_tab(window: BrowserContext, home: Path, lab: Lab) -> None:
    page = new_tab(window)
    hosts: set[str] = set()
    page.on("request", lambda request: hosts.add(request.url.split("/")[2]) if "://" in request.url else None)
    sheet = open_sheet(page, lab)
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
    page = new_tab(window, 700)
    sheet = open_sheet(page, lab)
    sheet.locator(".mw-head").get_by_text("3 decided").wait_for()
    assert {host.split(":")[0] for host in hosts} == {"localhost"}


def test_words_that_are_selected_become_a_statement(window: BrowserContext, home: Path, lab: Lab) -> None:
    page = same_tab(window)
    sheet = open_sheet(page, lab)
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
    added = rows(home)[-1]
    text = next((home / "data" / "raw").glob(f"{added['doc_id']}.*")).read_text(encoding="utf-8")
    assert (added["decision"], added["speaker_name"], added["speaker_id"]) == ("add", "ناطق جديد", "")
    assert text[int(added["start"]) : int(added["end"])] == picked.strip()


def statement_of(page: Page) -> str:
    return "".join(page.locator(".mw-statement").all_text_contents())


def go_by_tab(page: Page, name: str) -> None:
    """Press Tab until the element of a class has the focus, as whoever has no mouse does."""
    for _ in range(12):
        page.keyboard.press("Tab")
        if page.evaluate("document.activeElement.className") == name:
            return
    raise AssertionError(f"Tab does not lead to {name}")


def wait_for_selection(page: Page, words: str) -> None:
    page.wait_for_function("words => document.getSelection().toString() === words", arg=words)


def wait_for_caret(page: Page) -> None:
    """Wait until the caret stands in the passage, right before the statement: it comes a moment after the focus."""
    page.wait_for_function(
        """() => {
            const selection = document.getSelection();
            const passage = document.querySelector('.mw-passage');
            const statement = document.querySelector('.mw-statement');
            if (!statement || !selection.rangeCount || !selection.isCollapsed) return false;
            const caret = selection.getRangeAt(0);
            if (!passage.contains(caret.startContainer)) return false;
            const between = document.createRange();
            between.setStart(passage, 0);
            between.setEnd(caret.startContainer, caret.startOffset);
            const before = document.createRange();
            before.setStart(passage, 0);
            before.setEnd(statement.firstChild, 0);
            return between.toString().length === before.toString().length;
        }""",
    )


def test_bounds_are_changed_and_a_statement_split_and_added_by_keyboard_alone(
    window: BrowserContext, home: Path, lab: Lab
) -> None:
    page = same_tab(window)
    sheet = open_sheet(page, lab)
    status, head = sheet.locator(".mw-status"), sheet.locator(".mw-head")
    passage = sheet.get_by_role("textbox", name="Passage of the article")
    assert passage.get_attribute("aria-readonly") == "true"
    before = len(rows(home)) if (home / "data" / "coding" / "analysts" / "rania.csv").exists() else 0
    sheet.focus()
    go_by_tab(page, "mw-passage")
    # Other bounds: the caret stands before the statement, to the left is onwards, by letter and by word.
    words = statement_of(page).split()
    assert len(words) > 3
    wait_for_caret(page)
    page.keyboard.press("Shift+ArrowLeft")
    wait_for_selection(page, words[0][0])
    page.keyboard.press("Shift+ArrowRight")
    page.keyboard.press("p")  # the button beside it names it: the end one word later
    page.keyboard.press("o")
    page.keyboard.press("o")
    first = page.evaluate("document.getSelection().toString()")
    assert words[0] in first
    assert words[-1] not in first.split()
    page.keyboard.press("e")
    status.get_by_text("added").wait_for()
    head.get_by_text("not decided").wait_for()
    # Split: the focus stayed in the text, the caret stands before the next statement.
    whole = statement_of(page)
    wait_for_caret(page)
    page.keyboard.press("Control+ArrowLeft")
    page.keyboard.press("Control+ArrowLeft")
    page.keyboard.press("s")
    head.get_by_text("not decided").wait_for()
    page.wait_for_function(
        "whole => [...document.querySelectorAll('.mw-statement')].map(s => s.textContent).join('') !== whole", arg=whole
    )
    # Add: some words that are selected with Shift and Ctrl.
    wait_for_caret(page)
    for _ in range(3):
        page.keyboard.press("Control+ArrowLeft")
    for _ in range(2):
        page.keyboard.press("Control+Shift+ArrowLeft")
    picked = page.evaluate("document.getSelection().toString()")
    assert len(picked.split()) >= 1
    told = f"Selected: {' '.join(picked.split())}"
    page.wait_for_function("told => document.querySelector('.mw-picked').innerText === told", arg=told)
    page.keyboard.press("n")
    status.get_by_text("added").wait_for()
    made = rows(home)[before:]
    assert [row["decision"] for row in made] == ["reject", "add", "reject", "add", "add", "add"]
    texts = {p.stem: p.read_bytes().decode() for p in (home / "data" / "raw").glob("*.txt")}
    spans = [texts[row["doc_id"]][int(row["start"]) : int(row["end"])] for row in made]
    assert spans[1] == first.strip()
    assert spans[2] == whole
    assert " ".join([*spans[3].split(), *spans[4].split()]) == " ".join(whole.split())
    assert spans[3]
    assert spans[4]
    assert spans[5] == picked.strip()


def test_keys_that_write_do_not_change_the_passage_and_orders_work_on_an_arabic_keyboard(
    window: BrowserContext, home: Path, lab: Lab
) -> None:
    page = same_tab(window, 700)
    sheet = open_sheet(page, lab)
    passage = sheet.locator(".mw-passage")
    text, coded = passage.text_content(), rows(home)
    sheet.focus()
    go_by_tab(page, "mw-passage")
    wait_for_caret(page)
    for key in ("Delete", "Backspace", "Space", "Shift+Enter", "Control+KeyB", "Control+KeyX"):
        page.keyboard.press(key)
    page.keyboard.insert_text("كلمة")
    assert passage.text_content() == text
    title = sheet.locator(".mw-head b").inner_text()
    # The key J gives another letter on an Arabic keyboard, and is the same key.
    passage.dispatch_event("keydown", {"key": "ت", "code": "KeyJ", "bubbles": True})
    page.wait_for_function("title => document.querySelector('.mw-head b').textContent !== title", arg=title)
    assert rows(home) == coded  # and nothing was decided


def test_every_order_is_given_by_mouse_with_speaker_note_and_certainty(
    window: BrowserContext, home: Path, lab: Lab
) -> None:
    page = same_tab(window)
    sheet = open_sheet(page, lab)
    status = sheet.locator(".mw-status")
    before = len(rows(home)) if (home / "data" / "coding" / "analysts" / "rania.csv").exists() else 0
    assert sheet.locator(".mw-step small").count() == 5  # each step with its definition

    def click(name: str, told: str) -> None:
        sheet.get_by_role("button", name=name).click()
        status.get_by_text(told).wait_for()
        status.evaluate("e => { e.textContent = ''; }")

    sheet.get_by_label("Speaker").fill("Coordination Framework")
    sheet.get_by_label("Note").fill("قيل على لسان قيادي")
    sheet.get_by_label("I am not sure").check()
    click("Save", "changed")
    click("Accept", "accepted")
    click("No statement", "no statement")
    sheet.get_by_role("button", name="Previous").click()
    sheet.locator(".mw-tag.mw-reject").wait_for()
    click("Undo", "taken back")
    click("Merge with next", "added")
    made = rows(home)[before:]
    decisions = ["change", "accept", "reject", "withdraw", "reject", "reject", "add"]
    assert [row["decision"] for row in made] == decisions
    assert (made[0]["speaker_id"], made[0]["certainty"]) == ("coordination_framework", "unsure")
    assert made[0]["note"] == "قيل على لسان قيادي"
    assert made[2]["statement_id"] == made[3]["statement_id"]
