"""JupyterLab's page of an output: passages and divisions as such, links to statements, and nothing that runs."""

from __future__ import annotations

import lxml.html
import pytest

from mawaqif.notebook_page import find_linked, write_page
from mawaqif.untrusted import encode, encode_passage

HOSTILE = (
    '<script>steal()</script> [x](javascript:steal()) ![y](https://example.org/a.png) `<b onclick="z">`{=html} :::'
)


def read(markdown: str, **options: str) -> lxml.html.HtmlElement:
    page = write_page(markdown, **options)
    assert page is not None
    return lxml.html.fragment_fromstring(page, create_parent="body")


def test_passages_run_from_the_right_and_no_mark_of_the_markdown_is_left() -> None:
    passage = encode_passage("كلام [بين] قوسين")
    body = read(f"::: {{.findings}}\n\n- Said so ([3](#s-a1-0-5))\n\n:::\n\n::::: {{.passages}}\n\n{passage}\n\n:::::")
    (shown,) = body.xpath("//span[@class='passage']")
    assert (shown.text_content(), shown.get("lang"), shown.get("dir")) == ("كلام [بين] قوسين", "ar", "rtl")
    assert ":::" not in body.text_content()
    assert "{." not in body.text_content()
    assert body.xpath("//p[@class='of-passage']")
    assert [link.get("href") for link in body.xpath("//a")] == ["#s-a1-0-5"]


@pytest.mark.parametrize("wrap", [encode, encode_passage, str], ids=["encoded", "passage", "as it came"])
def test_nothing_in_it_can_run_or_ask_another_machine(wrap: object) -> None:
    body = read(wrap(HOSTILE))  # type: ignore[operator]
    elements = [element for element in body.iter() if element.tag != "style"]
    assert not {element.tag for element in elements} & {"script", "img", "iframe", "object", "svg", "form", "input"}
    assert not [name for element in elements for name in element.attrib if name.startswith("on") or name == "src"]
    assert not [element for element in elements if "script:" in element.get("href", "")]
    assert "steal()" in body.text_content()


def test_a_caption_names_the_region_and_columns_of_figures_end_the_line_in_both_directions() -> None:
    table = "| Actor | Mean |\n| :--- | ---: |\n| One |  |\n| Two | 2 |"
    for language, direction in (("en", "ltr"), ("ar", "rtl")):
        (region,) = read(table, caption="Means", language=language).xpath("//div[@role='region']")
        assert (region.get("aria-label"), region.get("dir"), region.get("tabindex")) == ("Means", direction, "0")
        assert [cell.text_content() for cell in region.xpath(".//*[@class='is-end']")] == ["Mean", "", "2"]


def test_a_callout_opens_and_shuts() -> None:
    body = read('::: {.callout-note collapse="true" title="The words"}\n\n- one\n\n:::')
    (details,) = body.xpath("//details")
    assert details.get("open") is None
    assert details.find("summary").text == "The words"


def test_statements_that_are_linked_and_those_that_are_only_counted_are_found_once() -> None:
    markdown = "([1](#s-ab-0-5), [2](#s-ab-7-9.2), [1](#s-ab-0-5), [and two more](#evidence?n=3,4)) [x](https://x.org)"
    assert find_linked(markdown) == (["ab-0-5", "ab-7-9.2"], [3, 4])
