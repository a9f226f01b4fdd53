"""The normalised copy of one reading's text, which every cleaning step and annotator matches on."""

from __future__ import annotations

from functools import lru_cache

from mawaqif.arabic.text import NormalisedText, normalise
from mawaqif.records import Reading

BLOCK_MARKUP = "block"
"""The `rule` of markup that ends a line (`<p>`, `<br>`, `<td>`); other markup leaves neighbours joined."""


def reading_copy(reading: Reading) -> NormalisedText:
    """Return the normalised copy of `reading.text` without its markup; other boilerplate stays in.

    Matching goes through inline tags (`<b>بغ</b>داد`); a block tag becomes one line break, so that paragraphs
    do not run into each other. The last few copies are kept: the annotators of one document share one.
    """
    markup = tuple(
        (m.start, m.end, m.rule == BLOCK_MARKUP) for m in reading.boilerplate if m.kind == "markup"
    )
    return copy_without_markup(reading.text, markup, reading.raw.media_type == "html")


@lru_cache(maxsize=4)
def copy_without_markup(
    text: str, markup: tuple[tuple[int, int, bool], ...], entities: bool
) -> NormalisedText:
    """Normalise `text` without the `(start, end, is_block)` spans of `markup`."""
    pieces: list[str] = []
    blank: list[tuple[int, int]] = []
    at = 0
    for start, end, is_block in markup:
        if is_block and end > start >= at:
            pieces += [text[at:start], "\n"]
            at = start + 1
            start += 1
        blank.append((start, end))
    if pieces:
        text = "".join([*pieces, text[at:]])
    return normalise(text, blank=blank, entities=entities)
