"""The lines of a page as cleaning sees them: where they stand, and what they say without their outer punctuation."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

from mawaqif.arabic.reading_copy import copy_without
from mawaqif.arabic.text import NormalisedText, fold
from mawaqif.records import MarkedSpan

HEAD_LINES = 8
TAIL_LINES = 12
LONGEST_LINE = 600
"""Characters: page furniture is shorter, so longer lines are not read for it."""


@dataclass(slots=True)  # not frozen: a frozen one takes three times as long to make
class Line:
    """A line of the normalised copy that is not blank.

    `start:end` are indices of the copy, without surrounding spaces; `text` has its inner spaces collapsed; `core` is
    `text` without outer punctuation, empty in a line over `LONGEST_LINE`. `zone` is the set of zones it stands in.
    `n_words` counts what spaces separate.
    """

    start: int
    end: int
    text: str
    core: str
    zone: frozenset[str]
    n_words: int


def page_copy(text: str, marked: Iterable[MarkedSpan], *, is_html: bool) -> NormalisedText:
    """Return the normalised copy of a page without what is marked so far: markup, and the page around the article."""
    spans = tuple((m.start, m.end, m.kind != "markup" or m.rule == "block") for m in marked)
    return copy_without(text, spans, is_html)


def split_lines(text: str) -> list[Line]:
    """Return the lines of a folded text that are not blank, in order."""
    spans: list[tuple[int, int]] = []
    at = 0
    for line in text.split("\n"):
        stripped = line.lstrip()
        if stripped:
            start = at + len(line) - len(stripped)
            spans.append((start, start + len(stripped.rstrip())))
        at += len(line) + 1
    return [_make_line(text, span, i, len(spans)) for i, span in enumerate(spans)]


def _make_line(text: str, span: tuple[int, int], number: int, count: int) -> Line:
    start, end = span
    zone = _ZONES[number < HEAD_LINES, number >= count - TAIL_LINES]
    content = text[start:end]
    if end - start > LONGEST_LINE:
        return Line(start, end, content, "", zone, content.count(" ") + 1)
    if "  " in content or not content.isprintable():  # what is not printable may be a space
        content = " ".join(content.split())
    return Line(start, end, content, _without_outer_punctuation(content), zone, content.count(" ") + 1)


_ZONES = {
    (False, False): frozenset({"any"}),
    (True, False): frozenset({"any", "head", "edge"}),
    (False, True): frozenset({"any", "tail", "edge"}),
    (True, True): frozenset({"any", "head", "tail", "edge"}),
}
"""By whether a line is among the first ones of a page, and whether among the last."""


def _without_outer_punctuation(line: str) -> str:
    start, end = 0, len(line)
    while start < end and not line[start].isalnum():
        start += 1
    while end > start and not line[end - 1].isalnum():
        end -= 1
    return line[start:end]


# --- patterns over folded text --------------------------------------------------------------------------------------

_ARABIC_RUN = re.compile(r"[ء-ٰٟٱ-ۓ«»‹›“”،؛؟]+")


def fold_pattern(pattern: str) -> str:
    """Fold the Arabic words inside a regular expression as the copy is folded; its syntax stays as it is."""
    return _ARABIC_RUN.sub(lambda run: re.escape(fold(run[0])) if "؟" in run[0] else fold(run[0]), pattern)


def phrase_pattern(phrases: Iterable[str]) -> str:
    """Return an alternation of plain phrases, longest first, over folded text."""
    folded = sorted({" ".join(fold(p).split()) for p in phrases}, key=lambda p: (-len(p), p))
    return "(?:" + "|".join(re.escape(p) for p in folded) + ")"
