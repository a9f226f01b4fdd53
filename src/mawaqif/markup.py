"""Finds HTML and Markdown syntax by position, so that a page is read without being rewritten."""

from __future__ import annotations

import html
import json
import re
from collections.abc import Iterator
from typing import NamedTuple

_TAG = re.compile(r"<(/?)([a-zA-Z][^\s<>/\x00]{0,40})")
_TAG_BREAK = re.compile(r"""[>"']""")
_ATTRIBUTE = re.compile(r"""([a-zA-Z_:][\w:.-]*)\s*=\s*(?:"([^"]*)"|'([^']*)'|([^\s"'>]+))""")
_RAW_ELEMENTS = frozenset({"script", "style", "textarea", "noscript", "template", "svg", "iframe", "title"})
_MOST_BROKEN_TAGS = 50

_BLOCK_NAMES = """
address article aside blockquote body br caption center dd details dialog div dl dt fieldset figcaption figure footer
form h1 h2 h3 h4 h5 h6 head header hr html iframe legend li main nav noscript ol option p pre script section select
style summary svg table tbody td template textarea tfoot th thead title tr ul
"""
BLOCK_ELEMENTS = frozenset(_BLOCK_NAMES.split())
"""Elements that begin a new line of text; the others run inside one."""


class Tag(NamedTuple):
    """One piece of HTML syntax: `name` is the element's, or `!` for a comment or declaration."""

    start: int
    end: int
    name: str
    is_closing: bool


def scan_html(text: str) -> Iterator[Tag]:
    """Yield every tag, comment and declaration in order; text stands between them.

    The content of script, style and the like is passed over, as the HTML Standard (13.2.5) does. A `<` that opens
    nothing is text. Time is linear in the text: tags with an unclosed quotation mark end at their next `>`, and
    after a few of them quotation marks are no longer looked at.
    """
    at, broken, size = 0, 0, len(text)
    while (at := text.find("<", at)) >= 0:
        if text.startswith("<!--", at):
            end = text.find("-->", at + 4)
            end = size if end < 0 else end + 3
            yield Tag(at, end, "!", False)
            at = end
            continue
        opening = _TAG.match(text, at)
        if opening is None and not text.startswith(("<!", "<?", "</"), at):
            at += 1
            continue
        end = _end_of_tag(text, opening.end()) if opening and broken < _MOST_BROKEN_TAGS else 0
        if end == 0:
            broken += 1
            end = text.find(">", at) + 1
        if end == 0:
            return
        name = opening[2].lower() if opening else "!"
        closing = bool(opening and opening[1])
        yield Tag(at, end, name, closing)
        at = end
        if name in _RAW_ELEMENTS and not closing and not text.startswith("/>", end - 2):
            at = _end_of_raw(text, end, name)


def _end_of_tag(text: str, at: int) -> int:
    """Return the index after the `>` that closes a tag, outside its quoted values; 0 if a quotation stays open."""
    while found := _TAG_BREAK.search(text, at):
        if found.group() == ">":
            return found.end()
        at = text.find(found.group(), found.end()) + 1
        if at == 0:
            break
    return 0


def _end_of_raw(text: str, start: int, name: str) -> int:
    """Return where `</name` begins, or the end of the text."""
    found = _raw_end(name).search(text, start)
    return found.start() if found else len(text)


def _raw_end(name: str) -> re.Pattern[str]:
    return re.compile(rf"</{name}(?=[\s/>])", re.IGNORECASE)


def read_attributes(text: str, tag: Tag) -> dict[str, str]:
    """Return the attributes of a tag, names in small letters, character references decoded."""
    found = _ATTRIBUTE.finditer(text, tag.start, min(tag.end, tag.start + 20_000))
    return {m[1].lower(): html.unescape(m[2] or m[3] or m[4] or "") for m in found}


class PageData(NamedTuple):
    """What the head of an HTML page or the front matter of a Markdown file says of the article."""

    title: str | None = None
    outlet: str | None = None
    author: str | None = None
    published: str | None = None
    url: str | None = None


_TITLE_KEYS = ("ld:headline", "og:title", "twitter:title", "title")
_OUTLET_KEYS = ("og:site_name", "ld:publisher", "application-name")
_AUTHOR_KEYS = ("ld:author", "author", "article:author", "dc.creator")
_DAY_KEYS = (
    "ld:datepublished",
    "article:published_time",
    "datepublished",
    "pubdate",
    "publish-date",
    "dc.date",
    "date",
    "time",
)
_URL_KEYS = ("canonical", "og:url", "ld:url")


def read_page_data(text: str) -> PageData:
    """Return title, outlet, author, publication date and address of an HTML page, each as the page writes it.

    Sources, in order of trust: JSON-LD (schema.org NewsArticle), Open Graph and article meta elements, `<title>`.
    """
    values: dict[str, str] = {}
    for tag in scan_html(text):
        if tag.is_closing or tag.name not in ("meta", "title", "link", "script", "time", "base"):
            continue
        for key, value in _page_values(text, tag):
            value = " ".join(value.split())
            if value and key not in values:
                values[key] = value[:2000]
    first = [next((values[key] for key in keys if key in values), None) for keys in
             (_TITLE_KEYS, _OUTLET_KEYS, _AUTHOR_KEYS, _DAY_KEYS, _URL_KEYS)]  # fmt: skip
    if first[2] is not None and first[2].startswith("http"):
        first[2] = None
    return PageData(*first)


def _page_values(text: str, tag: Tag) -> Iterator[tuple[str, str]]:
    attributes = read_attributes(text, tag)
    if tag.name == "meta":
        key = attributes.get("property") or attributes.get("name") or attributes.get("itemprop") or ""
        yield key.lower(), attributes.get("content", "")
    elif tag.name == "title":
        end = text.find("<", tag.end)
        yield "title", html.unescape(text[tag.end : end if end >= 0 else tag.end])
    elif tag.name == "link" and attributes.get("rel", "").lower() == "canonical":
        yield "canonical", attributes.get("href", "")
    elif tag.name == "time" and "datetime" in attributes:
        yield "time", attributes["datetime"]
    elif tag.name == "script" and "ld+json" in attributes.get("type", "").lower():
        yield from _linked_data(text[tag.end : _end_of_raw(text, tag.end, "script")])


def _linked_data(source: str) -> Iterator[tuple[str, str]]:
    """Yield the article's values from one JSON-LD block; a broken block says nothing."""
    try:
        data = json.loads(source.strip(), strict=False) if len(source) < 500_000 else None
    except (ValueError, RecursionError):
        return
    graph = data.get("@graph", data) if isinstance(data, dict) else data
    for node in graph if isinstance(graph, list) else [graph]:
        if isinstance(node, dict) and "Article" in str(node.get("@type", "")):
            for key in ("headline", "datePublished", "author", "publisher", "url"):
                yield f"ld:{key.lower()}", _name_of(node.get(key))


def _name_of(value: object) -> str:
    if isinstance(value, list):
        value = value[0] if value else ""
    if isinstance(value, dict):
        value = value.get("name", "")
    return value if isinstance(value, str) else ""


_FRONT_MATTER = re.compile(r"\A---[ \t]*\r?\n(.*?)(?:\r?\n)(?:---|\.\.\.)[ \t]*(?:\r?\n|\Z)", re.DOTALL)
_FRONT_LINE = re.compile(r"^([A-Za-z_]+|[ء-ي ]+?)[ \t]*:[ \t]*(.*?)[ \t]*$", re.MULTILINE)
_FRONT_KEYS = {
    "title": "title", "headline": "title", "العنوان": "title", "outlet": "outlet", "source": "outlet",
    "publisher": "outlet", "المصدر": "outlet", "author": "author", "الكاتب": "author", "date": "published",
    "published": "published", "التاريخ": "published", "url": "url", "link": "url",
}  # fmt: skip


def front_matter_span(text: str) -> tuple[int, int]:
    """Return the span of a Markdown file's front matter, fences included; empty where there is none."""
    found = _FRONT_MATTER.match(text[:20_000])
    return (0, found.end()) if found else (0, 0)


def read_front_matter(text: str) -> PageData:
    """Return what a Markdown file's front matter (`key: value` lines between `---` fences) says of the article."""
    found = _FRONT_MATTER.match(text[:20_000])
    values: dict[str, str] = {}
    for line in _FRONT_LINE.finditer(found[1]) if found else ():
        field = _FRONT_KEYS.get(line[1].strip().lower())
        if field and (value := line[2].strip("\"'")):
            values.setdefault(field, value)
    return PageData(**values)


_MARKDOWN = re.compile(
    r"""
      ^[ ]{0,3}\#{1,6}[ \t]+                      # heading
    | ^[ ]{0,3}(?:>[ \t]?)+                       # quotation
    | ^[ ]{0,3}(?:```|~~~)[^\n]{0,80}$            # code fence
    | ^[ \t]{0,12}(?:[*+]|\d{1,3}[.)])[ \t]+(?=\S)   # list item other than a dash
    | !?\[(?=[^\[\]\n]{0,500}\]\([^()\s]{1,1000}(?:[ ]"[^"\n]{0,300}")?\))   # link or image, before its text
    | (?<=\S)\]\([^()\s]{1,1000}(?:[ ]"[^"\n]{0,300}")?\)                    # after its text
    | \*\*|__(?=\S)|(?<=\S)__                     # strong
    | (?<![\w*])\*(?=[^\s*])|(?<=[^\s*])\*(?![\w*])   # emphasis
    | <[a-zA-Z/!][^<>\n]{0,500}>                  # inline HTML, autolink
    """,
    re.MULTILINE | re.VERBOSE,
)


def scan_markdown(text: str) -> Iterator[tuple[int, int]]:
    """Yield the spans of Markdown syntax after the front matter, in order (CommonMark 0.31: the inline and line marks).

    List marks other than `*`, `+` and numbers stay: a dash opens reported speech as often as a list.
    """
    for found in _MARKDOWN.finditer(text, front_matter_span(text)[1]):
        yield found.span()
