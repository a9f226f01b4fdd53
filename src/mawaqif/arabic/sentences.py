"""Splits the content of an Arabic news text into sentences, as spans of the source."""

from __future__ import annotations

import re
from collections.abc import Iterator

from mawaqif.arabic.text import NormalisedText
from mawaqif.records import Span

LONGEST_SENTENCE = 4000
"""Characters: a text without stops is cut at a space here, so that no later step meets a sentence of megabytes."""

# A stop with what closes after it; full stops, question and exclamation marks are one form each in the normalised copy.
_BOUNDARY = re.compile(r"""(?P<stop>[.?!](?:[ ]?[?!.])*)(?P<closers>["')\]»}]*)|\n\s*|[•▪●■◦‣⁃]+""")
_MARK = re.compile("[.?!\n•▪●■◦‣⁃]")  # what a boundary begins with; a plain set is searched for ten times as fast
_ABBREVIATION = re.compile(
    r"(?:^|[\s(\"'«\[/.,\-])[وفبلك]?(?:(?:[ء-ي]|ا\.د|ص\.ب|ق\.م|ت\.م|هـ|الخ|دك|تل|ست|dr|mr|mrs|ms|prof|gen|sen|rep|st|no|vol|vs|jr|u\.s|u\.n|[a-z]))\Z"
)
_SPACED_TITLE = re.compile(r"(?:^|[ (\"'])[وفبلك]?(?:[دما]|ا\.? ?د) \Z")  # «د . حسن», with a blank before the stop
_NOT_AFTER = re.compile(r"[ ]*[,;:،؛\-_]")
_BULLET = re.compile(r"(?:[-–*·•▪●■◦‣⁃|>»]+[ \t]+|\d{1,3}[.)\-][ \t]+|[ء-ي][)\-][ \t]+)(?=\S)")
_VISIBLE = re.compile(r"[^\W_]")
_FEWEST_WORDS_BEFORE_ELLIPSIS = 4


def split_sentences(copy: NormalisedText) -> tuple[Span, ...]:
    """Return the sentences of a text as source spans, in order, without surrounding spaces and list marks.

    A sentence ends at `.`, `?`, `!`, an ellipsis or a line's end, with the quotation marks and brackets that close
    after it; never at a comma or semicolon, and not at the stop of an abbreviation (`د.`, `أ. ف. ب.`), of a decimal or
    a list number, or of a quotation that the sentence goes on after (`"... ."، مضيفا`). Linear in the text.

    Args:
        copy: The normalised copy of the article (`reading_copy`), in which boilerplate is a line's end.
    """
    pieces = list(_split(copy.text))
    if not pieces:
        return ()
    starts = copy.starts[[start for start, _ in pieces]].tolist()
    ends = copy.ends[[end - 1 for _, end in pieces]].tolist()
    return tuple(map(Span, starts, ends))


def _split(text: str) -> Iterator[tuple[int, int]]:
    """Yield the sentences of a copy as trimmed index pairs."""
    at, end = 0, len(text)
    done = 0
    for mark in _MARK.finditer(text):
        if mark.start() < done:
            continue
        found = _BOUNDARY.match(text, mark.start())
        assert found is not None  # each of these marks is a boundary by itself
        done = found.end()
        stop = found["stop"]
        if stop is not None and not _ends_sentence(text, at, found, end):
            continue
        # A line's end and a bullet belong to no sentence; a stop belongs to the one it ends.
        yield from _trimmed(text, at, found.end() if stop is not None else found.start())
        at = found.end()
    yield from _trimmed(text, at, end)


def _ends_sentence(text: str, start: int, found: re.Match[str], end: int) -> bool:
    """Whether the stop that was found ends the sentence begun at `start`."""
    at, after = found.start(), found.end()
    stop, closers = found["stop"], found["closers"]
    following = text[after] if after < end else "\n"
    if _NOT_AFTER.match(text, after, end) and following != "\n":
        return False
    if len(stop) > 1 and set(stop) <= {".", " "}:  # a pause in a headline, an omission in a quotation
        return following.isspace() and len(text[start : min(at, start + 200)].split()) >= _FEWEST_WORDS_BEFORE_ELLIPSIS
    if stop[0] != ".":
        return not (following.isascii() and following.isalnum())
    if not closers and not following.isspace():
        return _is_missing_space(text, at, after)
    is_quotation_end = any(c not in ")]}" for c in closers)
    return is_quotation_end or not _is_inner_stop(text, start, at, following)


def _is_inner_stop(text: str, start: int, at: int, following: str) -> bool:
    """Whether the full stop at `at` belongs to an abbreviation or a list number."""
    if following == "\n":
        return False
    before = text[max(start, at - 12) : at]
    is_list_number = at - start < 12 and before.strip().isdigit()
    return is_list_number or _ABBREVIATION.search(before) is not None or _SPACED_TITLE.search(before) is not None


def _is_missing_space(text: str, at: int, after: int) -> bool:
    """Whether a stop stands between two Arabic words with the space forgotten: `العراق.وأضاف`, not `أ.ف.ب`."""
    before, behind = text[max(0, at - 3) : at], text[after : after + 3]
    return all(len(part) == 3 and all("ء" <= c <= "ي" for c in part) for part in (before, behind))


def _trimmed(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """Yield the span without outer spaces and leading list mark, in pieces if it is too long, none if empty."""
    while start < end:
        last = end
        if end - start > LONGEST_SENTENCE:
            cut = max(text.rfind(mark, start + LONGEST_SENTENCE // 2, start + LONGEST_SENTENCE) for mark in (",", " "))
            last = cut + 1 if cut > 0 else start + LONGEST_SENTENCE
        first = last - len(text[start:last].lstrip())
        if mark := _BULLET.match(text, first, last):
            first = mark.end()
        stripped = text[first:last].rstrip()
        if _VISIBLE.search(stripped):
            yield first, first + len(stripped)
        start = last
