"""Tells Arabic from other languages, also from those of the same script, by letters and commonest words."""

from __future__ import annotations

import re
from collections import Counter
from functools import cache
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from mawaqif.arabic.text import fold, normalise

_COMMON = "في من على إلى الى عن أن ان إن التي الذي مع هذا هذه بعد بين قال كان لا ما لم"
COMMON_WORDS = frozenset(_COMMON.split())
"""As they are written, not folded: what stands in any Arabic text of some length."""

_OTHER_LETTERS = {"Persian": "پچژگ", "Kurdish": "ێۆڵڕەڤ", "Urdu": "ٹڈڑںےہھ"}
_NOT_ARABIC_LETTERS = "یک"  # Persian, Kurdish and Urdu have these for ي and ك, as some keyboards write Arabic too
_OTHER_WORDS = {
    "Persian": "از که در به این را با است می برای های شد یک تا بر نیز خود گفت شده دارد",
    "Kurdish": "لە بۆ کە ئەم بە دەکات لەگەڵ لەسەر ئەو هەیە هەروەها نییە ئەوەی دوای لەلایەن",
    "Urdu": "کے کی میں ہے اور سے کو کا نے پر کہ ہیں اس گیا تھا",
}
ARABIC_SCRIPT = re.compile(r"[ء-غف-يٱ-ۓۺ-ۿݐ-ݿ\ufb50-\ufdfb\ufe70-\ufefc]+")
_LETTERS = re.compile(r"[^\W\d_]+")
_FEWEST_WORDS = 12
_SMALLEST_SHARE = 0.012
_LARGEST_COMMON = 0.06
_LAST_LETTER = 0x40000


class Script(NamedTuple):
    """The letters of a text: how many, how many of the Arabic script, how many of those that Arabic does not have."""

    letters: int
    arabic: int
    foreign: int


def measure_script(text: str) -> Script:
    """Count the letters of a text."""
    codes = np.frombuffer(text.encode("utf-32-le", "surrogatepass"), dtype=np.uint32)
    kinds = np.bincount(_kinds().take(codes), minlength=2 * _FOREIGN)
    letters, arabic, foreign = (int(kinds[np.arange(len(kinds)) & kind != 0].sum()) for kind in _KINDS)
    return Script(letters, arabic, foreign)


def find_other_language(text: str, script: Script) -> str | None:
    """Name another language of the Arabic script: its letters and words are there, Arabic's commonest words are not.

    Persian keyboards and Kurdish names leave such letters in Arabic text too, so words decide; a text of fewer than 12
    shows too little.
    """
    if script.foreign <= _SMALLEST_SHARE * len(text):
        return None
    words = Counter(normalise(text).text.split())
    if words.total() < _FEWEST_WORDS or _share(words, _COMMON) >= _LARGEST_COMMON:
        return None
    shares = {name: _share(words, listed) for name, listed in _OTHER_WORDS.items()}
    for name, letters in _OTHER_LETTERS.items():
        shares[name] += sum(map(text.count, letters)) / len(text)
    return max(shares, key=lambda name: shares[name])


def _share(words: Counter[str], listed: str) -> float:
    return sum(words[word] for word in set(map(fold, listed.split()))) / words.total()


_KINDS = _LETTER, _ARABIC, _FOREIGN = 1, 2, 4


@cache
def _kinds() -> npt.NDArray[np.uint8]:
    """Return for each code point the sum of what holds of it: a letter, of Arabic script, foreign to Arabic."""
    kinds = np.zeros(0x110000, dtype=np.uint8)
    characters = "".join(map(chr, range(_LAST_LETTER)))
    for pattern, kind in ((_LETTERS, _LETTER), (ARABIC_SCRIPT, _ARABIC)):
        for run in pattern.finditer(characters):
            kinds[run.start() : run.end()] += kind
    for letter in "".join((*_OTHER_LETTERS.values(), _NOT_ARABIC_LETTERS)):
        kinds[ord(letter)] += _FOREIGN
    return kinds
