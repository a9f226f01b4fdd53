"""The normalised copy of one reading's text, which every cleaning step and annotator matches on."""

from __future__ import annotations

from functools import lru_cache

from mawaqif.arabic.text import NormalisedText, normalise
from mawaqif.records import MarkedSpan, RawDocument, Reading

BLOCK_MARKUP = "block"
"""The `rule` of markup that ends a line (`<p>`, `<br>`, `<td>`); other markup leaves neighbours joined."""


def reading_copy(reading: Reading) -> NormalisedText:
    """Return the normalised copy of the article in `reading.text`: without markup and without other boilerplate.

    Matching goes through inline tags (`<b>بغ</b>داد`). A block tag and any other boilerplate become one line break, so
    that paragraphs do not run into each other, nor a date into the counter glued to it. The last few copies are kept:
    the annotators of one document share one.
    """
    raw, boilerplate, copy = _latest
    if raw is not reading.raw or boilerplate is not reading.boilerplate:
        marked = tuple((m.start, m.end, is_block(m)) for m in reading.boilerplate)
        copy = copy_without(reading.text, marked, reading.raw.media_type == "html")
        keep_copy(reading, copy)
    return copy


def is_block(marked: MarkedSpan) -> bool:
    """Whether a marked span ends a line, as all but the markup inside a line does."""
    return marked.kind != "markup" or marked.rule == BLOCK_MARKUP


def keep_copy(reading: Reading, copy: NormalisedText) -> None:
    """Let `reading_copy(reading)` be `copy`, which a caller has made on its way."""
    global _latest
    _latest = (reading.raw, reading.boilerplate, copy)


# Annotators ask for the copy at every phrase; comparing all marked spans each time would be quadratic in a long page.
_latest: tuple[RawDocument | None, tuple[MarkedSpan, ...], NormalisedText] = (None, (), normalise(""))


@lru_cache(maxsize=4)
def copy_without(text: str, marked: tuple[tuple[int, int, bool], ...], entities: bool) -> NormalisedText:
    """Normalise `text` without the `(start, end, is_block)` spans of `marked`, which are in order."""
    pieces: list[str] = []
    blank: list[tuple[int, int]] = []
    at = 0
    for start, end, is_block in marked:
        if is_block and end > start >= at:
            pieces += [text[at:start], "\n"]
            at = start + 1
            start += 1
        blank.append((start, end))
    if pieces:
        text = "".join([*pieces, text[at:]])
    return normalise(text, blank=blank, entities=entities)
