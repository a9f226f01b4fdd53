"""What JupyterLab shows of an output's Markdown: HTML with its passages from right to left, in which nothing can run.

JupyterLab's own Markdown knows neither divisions nor attributes, and would print both as they are written. Pandoc reads
them as the report does; raw HTML is not read at all, and of what Pandoc writes only the elements and attributes that
are listed here are kept.
"""

from __future__ import annotations

import re
import subprocess
from pathlib import Path

import lxml.html
import pypandoc
from lxml.html import HtmlElement

from mawaqif.paths import default_paths

_READER = "markdown-raw_html-raw_tex-raw_attribute"
_LIMIT_SECONDS = 60
_ELEMENTS = """a b blockquote br code dd del details div dl dt em h1 h2 h3 h4 h5 h6 hr i li ol p pre s small span strong
sub summary sup table tbody td tfoot th thead tr u ul"""
_KEPT_ELEMENTS = frozenset(_ELEMENTS.split())
_KEPT_ATTRIBUTES = frozenset({"class", "colspan", "dir", "href", "lang", "rowspan", "start"})
_IS_SAFE = re.compile(r"(?:https?://|#|\.{0,2}/|[\w.-]+(?:[/#?]|$))", re.IGNORECASE)
"""An address that opens a page, a file beside the notebook or a statement; `javascript:` and its kin are none."""
_STATEMENTS = re.compile(r"\]\(#(?:s-([0-9A-Za-z.-]+)|evidence\?n=([\d,]+))\)")

_STYLE = Path(__file__).with_suffix(".css").read_text(encoding="utf-8")


def write_page(markdown: str, *, caption: str | None = None, language: str = "en") -> str | None:
    """Return an output as HTML for a page of JupyterLab; None where Pandoc does not run, and its Markdown must do.

    Args:
        markdown: As the report prints it; text from articles has been through `untrusted.encode`.
        caption: Plain words, over it.
        language: Of the report, which says in which direction the page runs.
    """
    try:
        body = lxml.html.fragment_fromstring(_convert(markdown, language), create_parent="div")
    except (OSError, subprocess.SubprocessError):
        return None
    _settle(body, end="left" if language == "ar" else "right")
    body.attrib.update({"class": "mq-page", "lang": language, "dir": "rtl" if language == "ar" else "ltr"})
    body.attrib.update({"tabindex": "0", "role": "region", "data-lm-suppress-shortcuts": "true"})
    if caption:
        head = lxml.html.Element("p", {"class": "mq-caption"})
        head.text = caption
        body.insert(0, head)
        body.set("aria-label", caption)
    return f"<style>\n{_STYLE}</style>" + str(lxml.html.tostring(body, encoding="unicode"))


def find_linked(markdown: str) -> tuple[list[str], list[int]]:
    """Return the ids of the statements that an output links to, and the numbers of those it only counts."""
    ids, numbers = [], []
    for statement_id, counted in _STATEMENTS.findall(markdown):
        if statement_id:
            ids.append(statement_id)
        numbers += [int(number) for number in counted.split(",") if number]
    return list(dict.fromkeys(ids)), list(dict.fromkeys(numbers))


def _convert(markdown: str, language: str) -> str:
    """Run Pandoc, with the filter that both engines of the report run where the project has it."""
    theme = default_paths().report / "theme" / "document.lua"
    command = [pypandoc.get_pandoc_path(), f"--from={_READER}", "--to=html5", "--wrap=none", "--no-highlight"]
    command += ["--metadata=dir:rtl"] * (language == "ar") + [f"--lua-filter={theme}"] * theme.exists()
    done = subprocess.run(
        command, input=markdown.encode("utf-8"), capture_output=True, timeout=_LIMIT_SECONDS, check=True
    )
    return done.stdout.decode("utf-8")


def _settle(body: HtmlElement, *, end: str) -> None:
    """Keep what is listed above and no more; make what opens and shuts of a callout, and name the end of a line."""
    for element in list(body.iterdescendants()):
        if not isinstance(element.tag, str):  # a comment
            element.drop_tree()
        elif element.tag not in _KEPT_ELEMENTS:
            element.drop_tag()
        else:
            _settle_element(element, end)


def _settle_element(element: HtmlElement, end: str) -> None:
    given, classes = dict(element.attrib), (element.get("class") or "").split()
    title = given.get("title") or given.get("data-title") or ""
    element.attrib.clear()
    element.attrib.update({name: value for name, value in given.items() if name in _KEPT_ATTRIBUTES})
    if not _IS_SAFE.match(given.get("href", "").strip()):
        element.attrib.pop("href", None)
    elif element.tag == "a":
        element.set("data-lm-suppress-shortcuts", "true")
    if given.get("style", "").replace(" ", "").rstrip(";") == f"text-align:{end}":
        element.set("class", "is-end")
    if element.tag == "p" and _opens_with_passage(element):
        element.set("class", "of-passage")
    if any(name.startswith("callout-") for name in classes):
        element.tag = "details"
        if "true" not in (given.get("collapse"), given.get("data-collapse")):
            element.set("open", "")
        summary = lxml.html.Element("summary")
        summary.text = title
        element.insert(0, summary)


def _opens_with_passage(element: HtmlElement) -> bool:
    has_words = bool((element.text or "").strip()) or not len(element)
    return not has_words and "passage" in (element[0].get("class") or "").split()
