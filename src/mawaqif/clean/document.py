"""Cleans one document: what of its page is not the article, what the page says of it, and its sentences."""

from __future__ import annotations

from dataclasses import replace

from mawaqif.arabic.reading_copy import is_block, keep_copy
from mawaqif.arabic.sentences import split_sentences
from mawaqif.arabic.text import NormalisedText
from mawaqif.clean.boilerplate import mark_blank_lines, mark_boilerplate
from mawaqif.clean.counters import Counter, find_counters
from mawaqif.clean.frequencies import LineFrequencies
from mawaqif.clean.lines import Line, page_copy, split_lines
from mawaqif.clean.markup import mark_markup, without_overlap
from mawaqif.clean.metadata import find_author, find_outlet, find_publication, find_title
from mawaqif.records import MarkedSpan, RawDocument, Reading
from mawaqif.vocabulary import Vocabulary


def clean_document(raw: RawDocument, vocabulary: Vocabulary, *, line_counts: LineFrequencies | None = None) -> Reading:
    """Return a reading of `raw` with boilerplate, title, outlet, author, publication, counters and sentences.

    The text stays as it is: everything is a span of it. 1. Markup, and in HTML the page around the article. 2. Lines,
    counters, boilerplate. 3. Title, outlet, author, day. 4. Sentences of what is left.

    Args:
        raw: The document.
        vocabulary: All vocabulary files.
        line_counts: How often each line occurs in the corpus; without it, recurring lines are not looked for.
    """
    # 1.
    is_html = raw.media_type == "html"
    marked = mark_markup(raw, vocabulary.boilerplate.html)
    copy = page_copy(raw.text, marked, is_html=is_html)
    # 2.
    lines = split_lines(copy.text)
    counters = find_counters(copy.text, lines, vocabulary)
    furniture = mark_boilerplate(copy, lines, counters, vocabulary, line_counts=line_counts)
    blanks = [] if is_html else mark_blank_lines(raw.text)
    boilerplate = tuple(without_overlap([*marked, *furniture, *blanks]))
    removed = _removed_lines(copy, lines, furniture)
    # 3.
    reading = Reading(raw=raw, boilerplate=boilerplate)
    article = copy.without([(m.start, m.end) for m in boilerplate if is_block(m)]) if furniture or blanks else copy
    keep_copy(reading, article)
    kept = split_lines(article.text)
    outlet, outlet_id = find_outlet(raw, kept, removed, vocabulary)
    return replace(
        reading,
        title=find_title(raw, article, kept, vocabulary),
        outlet=outlet,
        outlet_id=outlet_id,
        author=find_author(raw, article, kept, vocabulary),
        published=find_publication(raw, article, kept, vocabulary),
        views=_value(counters, "views"),
        reading_minutes=_value(counters, "reading_minutes"),
        sentences=split_sentences(article),  # 4.
    )


def _removed_lines(copy: NormalisedText, lines: list[Line], furniture: list[MarkedSpan]) -> list[Line]:
    """Return the lines that are marked from end to end."""
    whole = {(m.start, m.end) for m in furniture}
    return [line for line in lines if copy.source_span(line.start, line.end) in whole]


def _value(counters: list[Counter], name: str) -> int | None:
    return next((counter.value for counter in counters if counter.name == name), None)
