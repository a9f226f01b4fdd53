"""The evidence is searched and filtered in a real Chromium; a view has an address, and a link reaches its statement."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from urllib.parse import unquote, urlsplit

import pytest
from playwright.sync_api import Browser, Page
from visits import LANGUAGES, Visit, report, visit

pytestmark = pytest.mark.slow

THEME = Path(__file__).parents[2] / "report" / "theme"
SHOWN = "[...document.querySelectorAll('.statement')].filter((e) => !e.hidden).map((e) => e.id)"
SAID = "#evidence-count"
FACETS = ("camp", "actor", "stance", "modality", "period", "document")


@pytest.fixture(scope="module", params=LANGUAGES)
def visited(request: pytest.FixtureRequest, browser: Browser, built_project: Path) -> Iterator[Visit]:
    visited = visit(browser, report(built_project, request.param))
    yield visited
    visited.close()


@pytest.fixture
def page(visited: Visit) -> Page:
    """The page with nothing chosen."""
    page = visited.page
    page.evaluate("location.hash = '#evidence?'")
    page.wait_for_selector(".evidence-search button:disabled")
    return page


def choose(page: Page, facet: str, n: int = 1) -> str:
    """Choose the n-th value of a list, 0 being all of them, and return its code."""
    page.locator(f"#evidence-{facet}").select_option(index=n)
    return page.locator(f"#evidence-{facet}").input_value()


def search(page: Page, words: str) -> list[str]:
    """Search for words, without waiting for the pause in typing, and return what is shown."""
    page.locator("#evidence-q").fill(words)
    page.locator("#evidence-q").press("Enter")
    return page.evaluate(SHOWN)


# --- choosing --------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("facet", [facet for facet in FACETS if facet != "period"])
def test_each_list_shows_the_statements_with_its_value_and_says_how_many(page: Page, facet: str) -> None:
    everything = page.evaluate(SHOWN)
    code = choose(page, facet)
    wanted = page.evaluate(
        "([facet, code]) => [...document.querySelectorAll('.statement')].filter((e) => e.dataset[facet] === code)"
        ".map((e) => e.id)",
        [facet, code],
    )
    assert page.evaluate(SHOWN) == wanted
    assert 0 < len(wanted) < len(everything)
    said = page.locator(SAID).inner_text()
    assert str(len(wanted)) in said
    assert str(len(everything)) in said


def test_a_period_shows_the_statements_whose_dates_reach_into_it(page: Page) -> None:
    code = choose(page, "period")
    dates = page.evaluate(
        "[...document.querySelectorAll('.statement:not([hidden])')].map((e) => [e.dataset.from, e.dataset.to])"
    )
    assert dates
    assert all((first or last)[: len(code)] <= code <= (last or first)[: len(code)] for first, last in dates)


def test_choices_in_two_lists_hold_together_and_an_article_without_statements_goes(page: Page) -> None:
    stance = choose(page, "stance")
    camp = choose(page, "camp")
    shown = "[...document.querySelectorAll('.statement:not([hidden])')].map((e) => [e.dataset.stance, e.dataset.camp])"
    assert all(codes == [stance, camp] for codes in page.evaluate(shown))
    heads = "[...document.querySelectorAll('.source:not([hidden])')].map((e) => e.dataset.document)"
    documents = "[...document.querySelectorAll('.statement:not([hidden])')].map((e) => e.dataset.document)"
    assert page.evaluate(heads) == list(dict.fromkeys(page.evaluate(documents)))


def test_clearing_shows_everything_empties_the_address_and_goes_back_to_the_search(page: Page) -> None:
    everything = page.evaluate(SHOWN)
    choose(page, "stance")
    search(page, "العراق")
    page.locator(".evidence-search button").click()
    assert page.evaluate(SHOWN) == everything
    assert "evidence" not in page.url.partition("#")[2]
    assert page.evaluate("document.activeElement.id") == "evidence-q"
    assert page.locator(".evidence-search button").is_disabled()


def test_a_finding_leads_to_all_the_statements_behind_it_and_clearing_ends_that(page: Page) -> None:
    link = page.locator('.findings a[href^="#evidence?n="]').first
    numbers = link.get_attribute("href").partition("=")[2].split(",")
    link.click()
    page.wait_for_selector(".statement[hidden]", state="attached")  # the page's policy lets a test evaluate no polling
    told = "[...document.querySelectorAll('.statement:not([hidden]) .number')].map((e) => e.textContent.trim())"
    assert sorted(page.evaluate(told), key=int) == sorted(numbers, key=int)
    assert str(len(numbers)) in page.locator(SAID).inner_text()
    page.locator(".evidence-search button").click()
    assert len(page.evaluate(told)) > len(numbers)


def test_what_was_found_is_announced(page: Page) -> None:
    output = page.locator(SAID)
    assert output.get_attribute("aria-live") == "polite"
    assert search(page, "لا شيء من هذا القبيل") == []
    assert "96" in output.inner_text() or "0" not in output.inner_text()
    assert output.inner_text().endswith(".")


# --- words -----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("written", "variant"),
    [
        ("الأمريكية", "الامريكيه"),
        ("القوات", "الـقُوَّات"),
        ("إلى", "الي"),
        ("2025", "٢٠٢٥"),
        ("العراق", "العراق   "),
    ],
)
def test_spelling_vowel_signs_and_digits_make_no_difference(page: Page, written: str, variant: str) -> None:
    found = search(page, written)
    assert found
    assert search(page, variant) == found


def test_all_words_must_be_there_in_any_order(page: Page) -> None:
    one, both = search(page, "القوات"), search(page, "العراق القوات")
    assert set(both) < set(one)
    assert search(page, "القوات العراق") == both


def test_the_words_around_a_passage_are_not_searched(page: Page) -> None:
    own = """(id) => { const entry = document.getElementById(id).cloneNode(true);
      entry.querySelectorAll('.context').forEach((around) => around.remove());
      return entry.textContent; }"""
    around = """[...document.querySelectorAll('.statement:has(.context)')].map((e) => [e.id,
      [...e.querySelectorAll('.context')].map((c) => c.textContent).join(' ')])"""
    for statement_id, words in page.evaluate(around):
        text = page.evaluate(own, statement_id)
        strange = [word for word in words.split() if len(word) > 7 and word.isalpha() and word[2:-1] not in text]
        if strange:
            assert statement_id not in search(page, strange[0])
            return
    pytest.fail("no statement has a word around it that it does not have itself")


# --- addresses -------------------------------------------------------------------------------------------------------


def test_the_address_of_a_view_opens_the_same_view(page: Page, browser: Browser) -> None:
    choose(page, "stance", 2)
    shown = search(page, "العراق")
    assert shown
    address = page.url
    file, _, view = address.partition("#")
    again = visit(browser, Path(unquote(urlsplit(file).path)), anchor=f"#{view}")
    assert again.page.evaluate(SHOWN) == shown
    assert again.page.locator("#evidence-q").input_value() == "العراق"
    again.close()


def test_an_address_with_unknown_values_shows_everything(page: Page) -> None:
    everything = page.evaluate(SHOWN)
    page.evaluate("location.hash = '#evidence?camp=nobody&stance=9&__proto__=x'")
    assert page.evaluate(SHOWN) == everything


def test_a_link_shows_its_statement_though_the_choice_leaves_it_out_and_marks_it(page: Page) -> None:
    choose(page, "stance")
    hidden = page.evaluate("document.querySelector('.statement[hidden]').id")
    page.evaluate("(id) => { location.hash = id; }", hidden)
    page.wait_for_selector(f"[id='{hidden}'].is-linked")
    assert page.evaluate("document.activeElement.id") == hidden
    box = page.locator(f"[id='{hidden}']").bounding_box()
    assert box is not None
    assert 0 <= box["y"] < 900
    said = page.locator(SAID).inner_text()
    assert "link" in said or "الرابط" in said


def test_a_link_from_outside_reaches_its_statement(browser: Browser, built_project: Path) -> None:
    first = visit(browser, report(built_project, "en"))
    last = first.page.evaluate(SHOWN)[-3]
    first.close()
    visited = visit(browser, report(built_project, "en"), anchor=f"#{last}")
    box = visited.page.locator(f"[id='{last}']").bounding_box()
    assert box is not None
    assert 0 <= box["y"] < 900
    assert visited.page.locator(".statement.is-linked").get_attribute("id") == last
    visited.close()


# --- keyboard and size -----------------------------------------------------------------------------------------------


def test_the_keyboard_alone_searches_chooses_clears_and_reaches_what_was_found(page: Page) -> None:
    page.locator("#evidence-q").focus()
    page.keyboard.type("العراق")
    for facet in FACETS:
        page.keyboard.press("Tab")
        assert page.evaluate("document.activeElement.id") == f"evidence-{facet}"
        if facet == "stance":
            page.keyboard.press("ArrowDown")
    shown = page.evaluate(SHOWN)
    assert 0 < len(shown) < page.locator(".statement").count()
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.localName") == "button"
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.closest('.statement').id") == shown[0]
    page.keyboard.press("Shift+Tab")
    page.keyboard.press("Enter")
    assert len(page.evaluate(SHOWN)) == page.locator(".statement").count()


def test_two_thousand_statements_are_searched_as_a_few_are(browser: Browser, tmp_path: Path) -> None:
    words = ("انسحاب", "بقاء", "تفاوض", "تأجيل")
    entries = "".join(
        f'<div id="s-{n}" class="statement" data-actor="a{n % 50}" data-camp="c{n % 5}" data-stance="{n % 5 - 2}" '
        f'data-modality="position" data-document="d{n % 40}" '
        f'data-from="20{10 + n % 14}-01-02" data-to="20{10 + n % 14}-01-03">'
        f'<p><span class="actor">متحدث {n % 50}</span> <span class="camp">معسكر {n % 5}</span> '
        f'<span class="stance">{n % 5 - 2}</span></p>'
        f'<p><span class="passage" lang="ar" dir="rtl">{words[n % 4]} رقم {n}</span></p>'
        '<p><span class="modality">موقف</span></p></div>'
        for n in range(2_000)
    )
    page = tmp_path / "many.html"
    script = (THEME / "evidence.html").read_text(encoding="utf-8")
    page.write_text(f'<!DOCTYPE html><html lang="ar" dir="rtl"><body><main>{entries}</main>{script}', encoding="utf-8")
    visited = visit(browser, page)
    assert len(search(visited.page, "إنسحاب")) == 500
    choose(visited.page, "camp")
    assert len(visited.page.evaluate(SHOWN)) == 100
    assert visited.page.locator("#evidence-period option").count() == 15
    assert "100" in visited.page.locator(SAID).inner_text()
    visited.close()
