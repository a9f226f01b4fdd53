"""Finds the words and phrases of a vocabulary in Arabic text whatever their clitics, person, number and spelling."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from functools import lru_cache
from typing import NamedTuple

from mawaqif.arabic.text import fold

_TOKEN = re.compile(r"\w+|[^\w\s]")
_CONJUNCTIONS = ("", "و", "ف")
_PARTICLES = ("", "ب", "ل", "ك", "س", "ال", "بال", "كال", "لل")
_PRONOUNS = (
    "",
    "ها",
    "ه",
    "هم",
    "هما",
    "هن",
    "نا",
    "كم",
    "ي",
    "ا",
    "ون",
    "وا",
    "ين",
    "ان",
    "ت",
    "تا",
    "تها",
    "ته",
    "تهم",
    "وه",
    "وها",
)
_LONGEST_TOKEN = 24
_MEMO_SIZE = 50_000

_Entry = tuple[tuple[str, ...], str]


class Hit(NamedTuple):
    """A phrase of the vocabulary found at the words `start:end`, under the name that it is listed by."""

    name: str
    start: int
    end: int


def split_words(text: str) -> list[str]:
    """Return the words and single punctuation marks of a normalised text."""
    return _TOKEN.findall(text)


@lru_cache(maxsize=32768)
def base_forms(word: str) -> frozenset[str]:
    """Return every form that `word` (normalised) may have without its clitics, endings and imperfect prefix.

    Generous on purpose: a form counts only if a vocabulary lists it. Source: the clitic order conjunction, particle,
    article, stem, pronoun in Habash, Introduction to Arabic Natural Language Processing, 4.2.
    """
    if len(word) > _LONGEST_TOKEN:
        return frozenset((word,))
    stems = {word}
    for conjunction in _CONJUNCTIONS:
        if word.startswith(conjunction):
            rest = word[len(conjunction) :]
            # لا, لم, لن, لو take no particle: سلم is not س and لم.
            stems |= {
                rest[len(p) :] for p in _PARTICLES if rest.startswith(p) and len(rest) - len(p) >= (3 if p else 2)
            }
    forms: set[str] = set()
    for stem in stems:
        for ending in _PRONOUNS:
            if stem.endswith(ending) and len(stem) - len(ending) >= (3 if ending else 2):
                _add_variants(forms, stem[: len(stem) - len(ending)])
    return frozenset(forms)


def _add_variants(forms: set[str], stem: str) -> None:
    forms.add(stem)
    if stem[-1] == "ت":  # ta marbuta opens before a pronoun: مهمة, مهمتها
        forms.add(stem[:-1] + "ه")
    if stem.endswith(("اي", "او")):  # hamza takes a seat before a pronoun: بقاء, بقائها, بقاؤها
        forms.add(stem[:-1] + "ء")
    if stem[0] in "تنا" and len(stem) > 3:  # other persons of the imperfect: تنسحب, ننسحب
        forms.add("ي" + stem[1:])


class PhraseIndex:
    """All phrases of a vocabulary, looked up word by word in one pass."""

    def __init__(self, phrases: Mapping[str, Iterable[str]]) -> None:
        """Index `phrases`: for each name, its words or phrases as they are printed."""
        self._by_first: dict[str, list[_Entry]] = {}
        self._memo: dict[str, tuple[_Entry, ...]] = {}
        for name, listed in phrases.items():
            for phrase in listed:
                words = tuple(_citation_form(word) for word in split_words(fold(phrase)))
                entry = (words, name)
                entries = self._by_first.setdefault(words[0], [])
                if entry not in entries:
                    entries.append(entry)

    def find(self, words: Sequence[str]) -> list[Hit]:
        """Return all hits in `words` in order of their first word, for one name the longest at each place."""
        longest: dict[tuple[int, str], int] = {}
        memo, n = self._memo, len(words)
        known = [(at, memo[word] if word in memo else self._starting_with(word)) for at, word in enumerate(words)]
        for at, entries in known:
            for phrase, name in entries:
                end = at + len(phrase)
                if end - at > 1 and (end > n or not _continues(phrase, words, at)):
                    continue
                if end > longest.get((at, name), 0):
                    longest[at, name] = end
        return sorted(
            (Hit(name, at, end) for (at, name), end in longest.items()), key=lambda h: (h.start, -h.end, h.name)
        )

    def starts_any(self, words: Sequence[str]) -> bool:
        """Whether some phrase starts at any of `words`; a quick look before `find`."""
        memo = self._memo
        return any(self._starting_with(word) if word not in memo else memo[word] for word in words)

    def _starting_with(self, word: str) -> tuple[_Entry, ...]:
        """Return the phrases that may start with `word`; most words of a text start none, and are remembered."""
        found = tuple(entry for form in base_forms(word) for entry in self._by_first.get(form, ()))
        if len(self._memo) >= _MEMO_SIZE:
            self._memo.clear()
        self._memo[word] = found
        return found


def _continues(phrase: tuple[str, ...], words: Sequence[str], at: int) -> bool:
    for part in phrase[1:]:
        at += 1
        if part not in base_forms(words[at]):
            return False
    return True


def _citation_form(word: str) -> str:
    """Take the article off a listed word, so that one entry serves with and without it."""
    return word[2:] if word.startswith("ال") and len(word) > 4 else word
