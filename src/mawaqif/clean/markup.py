"""Marks what in an HTML page or a Markdown file is syntax, and which parts of a page hold no article."""

from __future__ import annotations

import re
from functools import lru_cache

from mawaqif.arabic.reading_copy import BLOCK_MARKUP
from mawaqif.markup import BLOCK_ELEMENTS, Tag, front_matter_span, read_attributes, scan_html, scan_markdown
from mawaqif.records import MarkedSpan, RawDocument, Span
from mawaqif.vocabulary import PageParts

_SYNTAX_ELEMENTS = frozenset({"script", "style", "noscript", "template", "svg", "iframe", "head", "textarea"})
_VOID_ELEMENTS = frozenset(
    {"area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "wbr"}
)
_ARTICLE_ELEMENTS = frozenset({"article", "main"})
_HEADINGS = frozenset({"h1"})
_ARABIC_WORD = re.compile(r"[ء-ي]{2,}")
_FEWEST_ARTICLE_WORDS = 40


def mark_markup(raw: RawDocument, parts: PageParts) -> list[MarkedSpan]:
    """Return the markup of a document and, in HTML, the parts of the page around the article, in order, disjoint.

    1. Elements that are never shown, and elements and classes that hold no article, are marked whole. 2. If the page
    names its article (`<article>`, `<main>`), the rest is marked, but for the main heading. 3. Other tags are markup.
    """
    if raw.media_type == "markdown":
        start, end = front_matter_span(raw.text)
        front = [MarkedSpan(start, end, "markup", BLOCK_MARKUP)] if end else []
        return front + [MarkedSpan(s, e, "markup", "inline") for s, e in scan_markdown(raw.text)]
    if raw.media_type != "html":
        return []
    tags = list(scan_html(raw.text))
    regions = _element_regions(raw.text, tags, parts)  # 1.
    regions += _outside_article(raw.text, tags, regions)  # 2.
    syntax = [
        MarkedSpan(t.start, t.end, "markup", BLOCK_MARKUP if t.name in BLOCK_ELEMENTS else "inline") for t in tags
    ]  # 3.
    return without_overlap([*regions, *syntax])


def without_overlap(marked: list[MarkedSpan]) -> list[MarkedSpan]:
    """Return the spans in order, each cut to begin after the one before it; of two that start together the longer."""
    kept: list[MarkedSpan] = []
    at = 0
    for span in sorted(marked, key=lambda m: (m.start, -m.end)):
        start = max(span.start, at)
        if start < span.end:
            kept.append(span if start == span.start else MarkedSpan(start, span.end, span.kind, span.rule))
            at = span.end
    return kept


@lru_cache(maxsize=8)
def _class_pattern(classes: tuple[str, ...]) -> re.Pattern[str]:
    words = "|".join(re.escape(c) for c in classes)
    return re.compile(rf"(?:^|\s)(?:{words})(?:\s|$)", re.IGNORECASE)


def _element_regions(text: str, tags: list[Tag], parts: PageParts) -> list[MarkedSpan]:
    """Return the whole spans of elements without article text; an element that is never closed is left alone."""
    regions: list[MarkedSpan] = []
    opened: tuple[Tag, str, str] | None = None
    depth = 0
    for tag in tags:
        if opened is None:
            if found := _without_article(text, tag, parts):
                opened, depth = (tag, *found), 1
            continue
        outer, kind, rule = opened
        if tag.name == outer.name:
            depth += -1 if tag.is_closing else 1
        if depth == 0 or (outer.name == "head" and tag.name == "body"):
            regions.append(MarkedSpan(outer.start, tag.end, kind, rule))
            opened = None
    if opened and opened[0].name in _SYNTAX_ELEMENTS - {"head"}:
        regions.append(MarkedSpan(opened[0].start, len(text), opened[1], opened[2]))
    return regions


def _without_article(text: str, tag: Tag, parts: PageParts) -> tuple[str, str] | None:
    """Return kind and rule of an element whose content is no article text."""
    if tag.is_closing or tag.name in _VOID_ELEMENTS or text.startswith("/>", tag.end - 2):
        return None
    if tag.name in _SYNTAX_ELEMENTS:
        return "markup", BLOCK_MARKUP
    if tag.name in parts.elements:
        return "navigation", f"html_{tag.name}"
    if tag.name in BLOCK_ELEMENTS and tag.name not in ("body", "html", "article", "main") and tag.end - tag.start > 10:
        attributes = read_attributes(text, tag)
        named = f"{attributes.get('class', '')} {attributes.get('id', '')}"
        if _class_pattern(parts.classes).search(named):
            return "navigation", "html_class"
    return None


def _outside_article(text: str, tags: list[Tag], regions: list[MarkedSpan]) -> list[MarkedSpan]:
    """Return what is not in the page's article and not its main heading, if the page names one article."""
    articles = [s for s in _outer_spans(tags, frozenset({"article"})) if _is_article(text, s)]
    articles = articles or [s for s in _outer_spans(tags, _ARTICLE_ELEMENTS) if _is_article(text, s)]
    if len(articles) != 1:  # none, or a page of several stories: the lines decide
        return []
    # The article and the main heading stay; what is marked already keeps its own kind.
    kept = sorted([*articles, *_outer_spans(tags, _HEADINGS), *(Span(r.start, r.end) for r in regions)])
    outside: list[MarkedSpan] = []
    at = 0
    for start, end in [*kept, Span(len(text), len(text))]:
        if start > at:
            outside.append(MarkedSpan(at, start, "navigation", "outside_article"))
        at = max(at, end)
    return outside


def _outer_spans(tags: list[Tag], names: frozenset[str]) -> list[Span]:
    """Return the outermost closed elements of these names."""
    spans: list[Span] = []
    start, depth = 0, 0
    for tag in tags:
        if tag.name not in names:
            continue
        if not tag.is_closing:
            start = tag.start if depth == 0 else start
            depth += 1
        elif depth:
            depth -= 1
            if depth == 0:
                spans.append(Span(start, tag.end))
    return spans


def _is_article(text: str, span: Span) -> bool:
    words = _ARABIC_WORD.finditer(text, span.start, span.end)
    return sum(1 for _, _ in zip(words, range(_FEWEST_ARTICLE_WORDS), strict=False)) == _FEWEST_ARTICLE_WORDS
