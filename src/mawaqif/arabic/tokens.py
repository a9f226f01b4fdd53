"""The words and marks of a document's normalised copy, found once and shared by every annotator."""

from __future__ import annotations

import re
from array import array
from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache

import numpy as np
import numpy.typing as npt

from mawaqif.arabic.reading_copy import reading_copy
from mawaqif.arabic.word_forms import MOST_REMEMBERED, Numbered, WordForms
from mawaqif.records import Reading

_SPACE, _WORD, _MARK = 0, 1, 2


@dataclass(frozen=True, slots=True)
class Tokens:
    """All tokens of a normalised copy in order: runs of letters and digits, and every other visible character alone.

    Attributes:
        words: The tokens as the copy writes them, shape (n,).
        starts: Index in the copy of each token's first character, ascending.
        ends: Index in the copy just after each token.
    """

    words: list[str]
    starts: Sequence[int]
    ends: Sequence[int]

    def __len__(self) -> int:
        """The number of tokens."""
        return len(self.words)

    def between(self, start: int, end: int) -> tuple[int, int]:
        """Return the first token at or after index `start` of the copy, and the first at or after `end`."""
        first = bisect_left(self.starts, start)
        return first, bisect_left(self.starts, end, first)


def reading_tokens(reading: Reading) -> Tokens:
    """Return the tokens of `reading_copy(reading)`; asked for again for the same document, it costs nothing."""
    return _read(reading_copy(reading).text)[1]


def reading_numbers(reading: Reading) -> Numbered:
    """Return the tokens of `reading_copy(reading)` by the number of their form; like `reading_tokens`, made once."""
    return _read(reading_copy(reading).text)[2]


def numbered_tokens(text: str) -> tuple[Tokens, Numbered]:
    """Return the tokens of a normalised text, also by the number of their form; those of the last text are kept."""
    return _read(text)[1:]


def _read(text: str) -> tuple[str, Tokens, Numbered]:
    global _latest, _forms
    if _latest[0] is not text:
        if len(_forms) >= MOST_REMEMBERED:
            _forms = WordForms()
        tokens = tokenise(text)
        _latest = (text, tokens, Numbered(tokens.words, _forms))
    return _latest


_forms = WordForms()
_latest: tuple[str, Tokens, Numbered] = ("", Tokens([], [], []), Numbered([], _forms))


def tokenise(text: str) -> Tokens:
    """Return the tokens of a normalised text, as `re.findall(r"[^\\W_]+|[^\\w\\s]|_", text)` does, in half the time."""
    if not text:
        return Tokens([], [], [])
    codes = np.frombuffer(text.encode("utf-32-le", "surrogatepass"), dtype=np.uint32)
    kinds = np.zeros(len(codes) + 2, dtype=np.uint8)  # with a space at both ends
    kinds[1:-1] = _kinds().take(codes)
    inner, before, after = kinds[1:-1], kinds[:-2], kinds[2:]
    is_mark, is_word = inner == _MARK, inner == _WORD
    starts = _numbers((is_mark | (is_word & (before != _WORD))).nonzero()[0])
    ends = _numbers((is_mark | (is_word & (after != _WORD))).nonzero()[0] + 1)
    return Tokens([text[start:end] for start, end in zip(starts, ends, strict=True)], starts, ends)


_MOST_IN_A_LIST = 100_000


def _numbers(values: npt.NDArray[np.int64]) -> Sequence[int]:
    """Return a list, the fastest to read, or for a text of megabytes an array, a ninth of its size."""
    return values.tolist() if len(values) <= _MOST_IN_A_LIST else array("i", values.astype(np.int32).tobytes())


@cache
def _kinds() -> npt.NDArray[np.uint8]:
    """Return for each code point whether it is a space, part of a word, or a mark."""
    kinds = np.full(0x110000, _MARK, dtype=np.uint8)
    characters = "".join(map(chr, range(0x40000)))  # no plane beyond the third has letters, digits or spaces
    for pattern, kind in ((r"[^\W_]+", _WORD), (r"\s+", _SPACE)):
        for run in re.finditer(pattern, characters):
            kinds[run.start() : run.end()] = kind
    return kinds
