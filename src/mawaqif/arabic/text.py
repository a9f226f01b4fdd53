"""Normalised copies of Arabic text with an exact map back to the source, so that every match keeps its offsets."""

from __future__ import annotations

import html
import re
import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache

import numpy as np
import numpy.typing as npt

from mawaqif.records import Span

# Letters that writers use interchangeably; Persian keyboards' kaf and yeh; final ya and ta marbuta.
_FOLDED = {
    "أ": "ا", "إ": "ا", "آ": "ا", "ٱ": "ا", "ى": "ي", "ی": "ي", "ې": "ي", "ک": "ك", "ڪ": "ك", "ة": "ه", "ہ": "ه",
    "ۀ": "ه", "ؤ": "و", "ئ": "ي", "،": ",", "؛": ";", "؟": "?", "٪": "%", "٫": ".", "٬": ",", "…": ".",
}  # fmt: skip
# Hamza carriers fold with their letter: newspapers print الأميركيين, الاميركيين and الأميركيئن alike.
_DOUBLE_QUOTES = "“”„‟«»〝〞＂❝❞″"
_SINGLE_QUOTES = "‘’‚‛‹›′`´＇"
_DASHES = "‐‑‒–—―−"
_DROPPED = (
    [*range(0x0610, 0x061B), *range(0x064B, 0x0660), 0x0670, *range(0x06D6, 0x06DD), *range(0x06DF, 0x06E5)]
    + [0x06E7, 0x06E8, *range(0x06EA, 0x06EE), 0x0640, 0x061C, 0x00AD, 0xFEFF, *range(0x200B, 0x2010)]
    + [*range(0x202A, 0x202F), *range(0x2060, 0x2065), *range(0x2066, 0x2070), *range(0x08D3, 0x0900)]
    + [*range(0x00, 0x09), *range(0x0E, 0x20), *range(0x7F, 0xA0)]
)
_ENTITY = re.compile(r"&(?:#\d{1,7}|#[xX][0-9a-fA-F]{1,6}|[A-Za-z][A-Za-z0-9]{1,31});")


@dataclass(frozen=True, slots=True)
class NormalisedText:
    """A matching copy of a text.

    Attributes:
        text: The folded copy; its length is at most that of the source, plus expansions of ligatures.
        starts: Shape (len(text),): the source index that each character came from, ascending.
        ends: Shape (len(text),): the source index just after it.
    """

    text: str
    starts: npt.NDArray[np.int32]
    ends: npt.NDArray[np.int32]

    def source_span(self, start: int, end: int) -> Span:
        """Return the source span of the copy's `start:end`; marks that belong to its last letter are included."""
        if end <= start:
            at = int(self.starts[start]) if start < len(self.starts) else (int(self.ends[-1]) if len(self.ends) else 0)
            return Span(at, at)
        return Span(self.starts.item(start), self.ends.item(end - 1))

    def without(self, spans: Sequence[tuple[int, int]]) -> NormalisedText:
        """Return the copy with one line break in place of each source span; they are in order, disjoint, not empty."""
        edges = self.starts.searchsorted(np.array(spans, dtype=np.int32)).tolist()
        text, starts, ends = [], [], []
        at = 0
        for (source, _), (first, after) in zip(spans, edges, strict=True):
            text += [self.text[at:first], "\n"]
            starts += [self.starts[at:first], np.array([source], dtype=np.int32)]
            ends += [self.ends[at:first], np.array([source + 1], dtype=np.int32)]
            at = after
        text.append(self.text[at:])
        return NormalisedText(
            "".join(text), np.concatenate([*starts, self.starts[at:]]), np.concatenate([*ends, self.ends[at:]])
        )

    def index_of(self, source_index: int) -> int:
        """Return the first index of the copy whose source is at or after `source_index`."""
        return int(self.starts.searchsorted(np.int32(source_index)))  # another type would copy the array at each call


@cache
def _tables() -> tuple[np.ndarray, dict[int, str]]:
    """Return a code-point lookup (0 = drop) and the code points that become several characters."""
    lookup = np.arange(0x110000, dtype=np.uint32)
    several: dict[int, str] = {}
    for code in (*range(0xFB50, 0xFDFC), *range(0xFE70, 0xFEFD), *range(0xFF01, 0xFF5F)):
        composed = unicodedata.normalize("NFKC", chr(code))
        folded = "".join(_FOLDED.get(c, c) for c in composed if ord(c) not in _DROPPED_SET and c != " ")
        if len(folded) == 1:
            lookup[code] = ord(folded)
        elif len(folded) > 1:
            several[code] = folded
    for source, target in _FOLDED.items():
        lookup[ord(source)] = ord(target)
    for characters, target in ((_DOUBLE_QUOTES, '"'), (_SINGLE_QUOTES, "'"), (_DASHES, "-")):
        for character in characters:
            lookup[ord(character)] = ord(target)
    for zero in (0x0660, 0x06F0):
        for digit in range(10):
            lookup[zero + digit] = ord("0") + digit
    for space in (0x00A0, 0x1680, *range(0x2000, 0x200B), 0x202F, 0x205F, 0x3000, 0x0B, 0x0C):
        lookup[space] = ord(" ")
    for line in (0x0D, 0x85, 0x2028, 0x2029):
        lookup[line] = ord("\n")
    lookup[_DROPPED] = 0
    lookup[0xD800:0xE000] = 0  # lone surrogates, from badly escaped JSON strings
    lookup[0x41:0x5B] += 32  # Latin capitals, so that aliases match in any case
    return lookup, several


_DROPPED_SET = frozenset(_DROPPED)


def normalise(text: str, *, blank: Iterable[tuple[int, int]] = (), entities: bool = False) -> NormalisedText:
    """Fold `text` for matching and keep the map back.

    Marks, tatweel, bidi controls and zero-width characters vanish; alef, ya, kaf, ta marbuta and hamza carriers,
    digits, quotation marks, dashes and spaces take one form each; Latin letters become small. Sources: Unicode
    Standard 17, section 9.2; Habash, Introduction to Arabic Natural Language Processing, section 2.2.

    Args:
        text: The decoded source.
        blank: Source spans to leave out (markup inside HTML or Markdown).
        entities: Decode character references such as `&nbsp;`, each as one unit of the map.
    """
    lookup, several = _tables()
    codes = _codes(text)
    folded = lookup.take(codes)
    for start, end in blank:
        folded[start:end] = 0
    starts = np.arange(len(codes), dtype=np.int32)
    ends = starts + np.int32(1)
    inserts: list[tuple[int, int, str]] = []
    if len(codes) and codes.max() >= 0xFB50:
        inserts += _ligatures(codes, folded, several)
    if entities and "&" in text:
        inserts += _references(text, folded, ends)
    dropped = (folded == 0).nonzero()[0]
    if inserts:
        folded, starts, ends = _splice(folded, starts, ends, sorted(inserts))
    if inserts or len(dropped):
        keep = folded != 0
        folded, starts, ends = folded[keep], starts[keep], ends[keep]
        _extend_over_marks(ends, codes, dropped)
    return NormalisedText(_decode(folded), starts, ends)


def fold_text(text: str) -> str:
    """Return the folded copy alone, where no offsets are needed, in a third of the time."""
    codes = _codes(text)
    if len(codes) and codes.max() >= 0xFB50:
        return normalise(text).text
    folded = _tables()[0].take(codes)
    return _decode(folded[folded != 0])


def _codes(text: str) -> npt.NDArray[np.uint32]:
    try:
        return np.frombuffer(text.encode("utf-32-le"), dtype=np.uint32)
    except UnicodeEncodeError:  # a lone surrogate, from a badly escaped JSON string
        return np.array([ord(c) for c in text], dtype=np.uint32)


def _decode(codes: npt.NDArray[np.uint32]) -> str:
    return codes.astype("<u4", copy=False).tobytes().decode("utf-32-le")


def _ligatures(
    codes: npt.NDArray[np.uint32], folded: npt.NDArray[np.uint32], several: dict[int, str]
) -> list[tuple[int, int, str]]:
    """Return where ligatures stand and what several characters each becomes."""
    wide = np.flatnonzero((codes >= 0xFB50) & (codes < 0xFF5F) & (folded != 0))
    return [
        (at, at + 1, several[code])
        for at, code in zip(wide.tolist(), codes[wide].tolist(), strict=True)
        if code in several
    ]


def _references(text: str, folded: npt.NDArray[np.uint32], ends: npt.NDArray[np.int32]) -> list[tuple[int, int, str]]:
    """Write what character references mean into `folded` and `ends`; return those that mean several characters."""
    inserts: list[tuple[int, int, str]] = []
    for match in _ENTITY.finditer(text):
        start, end = match.span()
        if not folded[start]:
            continue
        meant = _meaning(match.group())
        folded[start:end] = 0
        if len(meant) == 1:
            folded[start] = ord(meant)
            ends[start] = end
        elif meant:
            inserts.append((start, end, meant))
    return inserts


@lru_cache(maxsize=4096)
def _meaning(reference: str) -> str:
    return normalise(html.unescape(reference)).text


def fold(word: str) -> str:
    """Return the normalised form of a short string, for vocabulary keys."""
    return _fold_word(word) if len(word) <= _LONGEST_REMEMBERED else normalise(word).text


_LONGEST_REMEMBERED = 40


@lru_cache(maxsize=16384)
def _fold_word(word: str) -> str:
    return fold_text(word)


def _splice(
    folded: np.ndarray, starts: np.ndarray, ends: np.ndarray, inserts: list[tuple[int, int, str]]
) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Replace each (start, end, string) by its characters, all mapped to the whole source span."""
    parts: list[tuple[np.ndarray, np.ndarray, np.ndarray]] = []
    at = 0
    for start, end, string in inserts:
        parts.append((folded[at:start], starts[at:start], ends[at:start]))
        new = np.array([ord(c) for c in string], dtype=np.uint32)
        parts.append((new, np.full(len(new), start, np.int32), np.full(len(new), end, np.int32)))
        at = end
    parts.append((folded[at:], starts[at:], ends[at:]))
    return tuple(np.concatenate([part[i] for part in parts]) for i in range(3))  # type: ignore[return-value]


@cache
def _mark_table() -> np.ndarray:
    marks = np.zeros(0x110000, dtype=bool)
    marks[[*range(0x0610, 0x061B), *range(0x064B, 0x0660), 0x0670, *range(0x06D6, 0x06DD), 0x0640]] = True
    return marks


def _extend_over_marks(
    ends: npt.NDArray[np.int32], codes: npt.NDArray[np.uint32], dropped: npt.NDArray[np.int64]
) -> None:
    """Move each end past the vowel marks that follow it, in place, so that a quoted word keeps its tanween.

    `dropped` holds the source indices that the copy leaves out, which all marks are among.
    """
    marks = dropped[_mark_table().take(codes.take(dropped))].astype(np.int32)
    if not len(ends) or not len(marks):
        return
    is_first = np.ones(len(marks), dtype=bool)
    np.not_equal(marks[1:], marks[:-1] + 1, out=is_first[1:])
    firsts = is_first.nonzero()[0]
    lasts = np.append(firsts[1:], len(marks)) - 1
    # The characters that a run follows: one, or the several that a ligature or reference became.
    left, right = ends.searchsorted(marks[firsts], "left"), ends.searchsorted(marks[firsts], "right")
    width = right - left
    within = np.arange(width.sum()) - (width.cumsum() - width).repeat(width)
    ends[left.repeat(width) + within] = (marks[lasts] + np.int32(1)).repeat(width)


def end_of_word(text: str, at: int, *, step: int) -> int:
    """Return the nearest place from `at` on, forwards (`step` 1) or backwards (-1), that does not cut a word."""
    while 0 < at < len(text) and not text[at - 1].isspace() and not text[at].isspace():
        at += step
    return at
