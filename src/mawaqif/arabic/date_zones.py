"""Finds the stretches of a text that may hold a date; what a written word can be is looked up once and remembered."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from functools import cache
from typing import Generic, NamedTuple, TypeVar

import numpy as np
import numpy.typing as npt

from mawaqif.arabic.tokens import numbered_tokens
from mawaqif.arabic.word_forms import FormFacts

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


DIGITS = 4096
"""A token with digits in it; what it can be depends on the numbers and signs around it («16/8»)."""


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


class Traits(NamedTuple):
    """What words can be for the finding of dates: each token by its form, and written words with digits as a whole."""

    of_forms: FormFacts[np.uint16]
    of_written: Remembered[int]


def find_zones(text: str, traits: Traits, is_pair: Callable[[str, str], bool]) -> Iterator[Zone]:
    """Yield the stretches of `text` around words that may be part of a date, joined where they touch.

    A word is what stands between spaces. `is_pair` says whether two written words that follow each other begin a phrase
    of the vocabulary.
    """
    spaces = _find_spaces(text)
    found = _finder().finditer(_code_words(text, spaces, traits))
    starts = [0, *(spaces + 1).tolist()]
    ends = [*spaces.tolist(), len(text)]

    def word(at: int) -> str:
        return text[starts[at] : ends[at]]

    places = [m.span() for m in found if m.lastgroup is None or is_pair(word(m.start()), word(m.end()))]
    if not places:
        return
    first, last = places[0]
    beyond = len(starts) + WORDS_BEFORE + WORDS_AFTER + 1
    for start, end in (*places[1:], (beyond, beyond)):
        if start - last >= WORDS_BEFORE + WORDS_AFTER:
            begin, close = max(0, first - WORDS_BEFORE), min(len(starts), last + WORDS_AFTER)
            yield Zone(text[starts[begin] : ends[close - 1]].split(" "), starts[begin])
            first = start
        last = end


def _find_spaces(text: str) -> npt.NDArray[np.int64]:
    codes = np.frombuffer(text.encode("utf-32-le", "surrogatepass"), dtype=np.uint32)
    return np.flatnonzero(codes == ord(" "))


def _code_words(text: str, spaces: npt.NDArray[np.int64], traits: Traits) -> str:
    """Return one character for each word of a text, that of the set of all traits of its tokens."""
    tokens, numbered = numbered_tokens(text)
    of_tokens = traits.of_forms.of(numbered)
    telling = of_tokens.nonzero()[0]
    words = spaces.searchsorted(np.array(tokens.starts)[telling])
    codes = np.full(len(spaces) + 1, _PRIVATE_USE, dtype=np.uint16)
    np.bitwise_or.at(codes, words, of_tokens[telling] & (DIGITS - 1))
    numbered_words = words[of_tokens[telling] >= DIGITS].tolist()
    for at in dict.fromkeys(numbered_words):  # a text without spaces is one word with many numbers
        start = int(spaces[at - 1]) + 1 if at else 0
        end = int(spaces[at]) if at < len(spaces) else len(text)
        codes[at] = _PRIVATE_USE + traits.of_written[text[start:end]]
    return codes.astype("<u2", copy=False).tobytes().decode("utf-16-le")
