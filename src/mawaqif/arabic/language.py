"""Tells Arabic from other languages, also from those of the same script, by letters and commonest words."""

from __future__ import annotations

import re
from functools import cache
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

_COMMON = "في من على إلى الى عن أن ان إن التي الذي مع هذا هذه بعد بين قال كان لا ما لم"
COMMON_WORDS = frozenset(_COMMON.split())
"""As they are written, not folded: what stands in any Arabic text of some length."""

_OTHER_LETTERS = {"Persian": "پچژگ", "Kurdish": "ێۆڵڕەڤ", "Urdu": "ٹڈڑںےہھ"}
ARABIC_SCRIPT = re.compile(r"[ء-غف-يٱ-ۓۺ-ۿݐ-ݿ\ufb50-\ufdfb\ufe70-\ufefc]+")
_LETTERS = re.compile(r"[^\W\d_]+")
_FEWEST_WORDS = 25
_SMALLEST_SHARE = 0.012
_LARGEST_COMMON = 0.06
_LAST_LETTER = 0x40000


class Script(NamedTuple):
    """The letters of a text: how many, how many of the Arabic script, and how many that only one language has."""

    letters: int
    arabic: int
    own: dict[str, int]


def measure_script(text: str) -> Script:
    """Count the letters of a text."""
    codes = np.frombuffer(text.encode("utf-32-le", "surrogatepass"), dtype=np.uint32)
    kinds = np.bincount(_kinds().take(codes), minlength=_OWN << len(_OTHER_LETTERS))
    having = np.arange(len(kinds))
    own = {name: int(kinds[having & (_OWN << at) != 0].sum()) for at, name in enumerate(_OTHER_LETTERS)}
    return Script(int(kinds[having & _LETTER != 0].sum()), int(kinds[having & _ARABIC != 0].sum()), own)


def find_other_language(text: str, script: Script) -> str | None:
    """Name another language of the Arabic script: its own letters are common and Arabic's commonest words are not.

    Persian keyboards and Kurdish names leave such letters in Arabic text too, so both signs are needed; and a text of
    fewer than 25 words shows neither.
    """
    language = max(script.own, key=lambda name: script.own[name])
    if script.own[language] <= _SMALLEST_SHARE * len(text):
        return None
    words = text.split()
    if len(words) < _FEWEST_WORDS:
        return None
    common = sum(word in COMMON_WORDS for word in words) / len(words)
    return language if common < _LARGEST_COMMON else None


_LETTER, _ARABIC, _OWN = 1, 2, 4


@cache
def _kinds() -> npt.NDArray[np.uint8]:
    """Return for each code point the sum of what holds of it: a letter, of Arabic script, one language's own."""
    kinds = np.zeros(0x110000, dtype=np.uint8)
    characters = "".join(map(chr, range(_LAST_LETTER)))
    for pattern, kind in ((_LETTERS, _LETTER), (ARABIC_SCRIPT, _ARABIC)):
        for run in pattern.finditer(characters):
            kinds[run.start() : run.end()] += kind
    for at, letters in enumerate(_OTHER_LETTERS.values()):
        kinds[[ord(letter) for letter in letters]] += _OWN << at
    return kinds
