"""Finds the stretches of a text that may hold a date; what a written word can be is looked up once and remembered."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from functools import cache
from itertools import accumulate
from typing import Generic, NamedTuple, TypeVar

WORDS_BEFORE, WORDS_AFTER = 6, 4
"""Words read before and after one that may be part of a date; the longest phrases of news have fewer."""

_LONGEST_REMEMBERED = 40
_MOST_REMEMBERED = 50_000

# What a word can be for the finding of dates; a set of these is one character of the copy that the finder searches.
DATE = 1  # a date by itself or nearly: a month, a weekday, «أمس», a year
UNIT = 2  # «يوم», «عام»: of a date only beside one of the next two
LEADS = 4  # «قبل», «خلال», «هذا», «نهاية»: before a unit
FOLLOWS = 8  # «الماضي», a number: after a unit
FIRST = 16  # begins a phrase of several words
SECOND = 32  # goes on with one
AWAITED = 64  # «الجلسات», before «المقبلة»
FUTURE = 128
NUMBER = 256  # a day of the month, before «الجاري»
CURRENT = 512
OFFICE = 1024  # «عهد», «ولاية», before the name of a holder
HOLDER = 2048

_PRIVATE_USE = 0xE000


def code_of_traits(traits: int) -> str:
    """Return the character that stands for a set of traits (Unicode's private use area holds all 4096)."""
    return chr(_PRIVATE_USE + traits)


@cache
def _finder() -> re.Pattern[str]:
    """Compile the pattern of the words around which dates are looked for, over one character a word."""

    def any_of(trait: int) -> str:
        return "[" + "".join(code_of_traits(traits) for traits in range(2 * HOLDER) if traits & trait) + "]"

    leads = any_of(LEADS)
    patterns = (
        f"(?<={any_of(DATE)})",
        f"(?<={any_of(UNIT)})(?:(?=.?.?{any_of(FOLLOWS)})"
        f"|(?<={leads}.)|(?<={leads}..)|(?<={leads}...)|(?<={leads}....))",
        f"(?<={any_of(FIRST)})(?P<pair>)(?={any_of(SECOND)})",
        f"(?<={any_of(AWAITED)})(?=.?.?.?{any_of(FUTURE)})",
        f"(?<={any_of(NUMBER)})(?=.?{any_of(CURRENT)})",
        f"(?<={any_of(OFFICE)}).?.?.?.?.?.?{any_of(HOLDER)}",
    )
    # Begun with one set of characters, the search passes over all other words at the speed of the expression engine.
    return re.compile(f"{any_of(DATE | UNIT | FIRST | AWAITED | NUMBER | OFFICE)}(?:{'|'.join(patterns)})", re.DOTALL)


_T = TypeVar("_T")


class Remembered(dict[str, _T], Generic[_T]):
    """What a function says of a written word, asked once each; long words, and all beyond a limit, are forgotten."""

    def __init__(self, look_up: Callable[[str], _T]) -> None:
        super().__init__()
        self._look_up = look_up

    def __missing__(self, word: str) -> _T:
        """Ask, and keep the answer."""
        found = self._look_up(word)
        if len(word) <= _LONGEST_REMEMBERED:
            if len(self) >= _MOST_REMEMBERED:
                self.clear()
            self[word] = found
        return found


class Zone(NamedTuple):
    """Words of a text as they are written between spaces, and where the first of them begins."""

    words: list[str]
    start: int


def find_zones(text: str, codes: Remembered[str], is_pair: Callable[[str, str], bool]) -> Iterator[Zone]:
    """Yield the stretches of `text` around words that may be part of a date, joined where they touch.

    `codes` gives the character of a written word's traits; `is_pair` says whether two written words that follow each
    other begin a phrase of the vocabulary.
    """
    words = text.split(" ")
    found = _finder().finditer("".join(map(codes.__getitem__, words)))
    places = [m.span() for m in found if m.lastgroup is None or is_pair(words[m.start()], words[m.end()])]
    if not places:
        return
    ends = list(accumulate(map(len, words)))
    first, last = places[0]
    beyond = len(words) + WORDS_BEFORE + WORDS_AFTER + 1
    for start, end in (*places[1:], (beyond, beyond)):
        if start - last >= WORDS_BEFORE + WORDS_AFTER:
            begin = max(0, first - WORDS_BEFORE)
            yield Zone(words[begin : last + WORDS_AFTER], ends[begin - 1] + begin if begin else 0)
            first = start
        last = end
