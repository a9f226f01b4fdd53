"""Finds the words and phrases of a vocabulary in Arabic text whatever their clitics, person, number and spelling."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence, Set
from functools import lru_cache
from itertools import chain
from typing import NamedTuple

import numpy as np

from mawaqif.arabic.text import fold
from mawaqif.arabic.word_forms import FormFacts, Numbered

_TOKEN = re.compile(r"\w+|[^\w\s]")
_CONJUNCTIONS = ("و", "ف")
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
_LONE = frozenset("بل")  # particles at the end of a listed phrase, which the next word begins with
# By the letter that a word begins or ends with: most words begin with no particle and have few possible endings.
_PARTICLES_BY_LETTER = {p[0]: tuple((q, len(q)) for q in _PARTICLES if q[:1] == p[0]) for p in _PARTICLES if p}
_PRONOUNS_BY_LETTER = {p[-1]: tuple((q, len(q)) for q in _PRONOUNS if q[-1:] == p[-1]) for p in _PRONOUNS if p}
_LONGEST_TOKEN = 24
_MEMO_SIZE = 50_000

_Entry = tuple[tuple[str, ...], str]


class _Openings:
    """What one word of a text may open: listed words by their sorted names, and longer phrases by their second word.

    Words of the same base forms share one.
    """

    __slots__ = ("names", "phrases")

    def __init__(self, entries: Iterable[_Entry]) -> None:
        names: set[str] = set()
        phrases: dict[str, list[_Entry]] = {}
        for entry in entries:
            words, name = entry
            if len(words) == 1:
                names.add(name)
            else:
                phrases.setdefault(words[1], []).append(entry)
        self.names = tuple(sorted(names))
        self.phrases = phrases

    def entries(self) -> Iterator[_Entry]:
        """Yield the entries again, but for the first word of those that are nothing else."""
        yield from (((name,), name) for name in self.names)
        yield from chain.from_iterable(self.phrases.values())


class _Pair(NamedTuple):
    """What two words open: names with the words that each takes, the longest first, and phrases of three or more."""

    names: tuple[tuple[str, int], ...]
    longer: tuple[_Entry, ...]


class Hit(NamedTuple):
    """A phrase of the vocabulary found at the words `start:end`, under the name that it is listed by."""

    name: str
    start: int
    end: int


_make_hit = tuple.__new__
"""A text of some length has hundreds of hits: most are made without the keyword handling of `Hit`."""


def split_words(text: str) -> list[str]:
    """Return the words and single punctuation marks of a normalised text."""
    return _TOKEN.findall(text)


@lru_cache(maxsize=8192)
def base_forms(word: str) -> frozenset[str]:
    """Return every form that `word` (normalised) may have without its clitics, endings and imperfect prefix.

    Generous on purpose: a form counts only if a vocabulary lists it. Source: the clitic order conjunction, particle,
    article, stem, pronoun in Habash, Introduction to Arabic Natural Language Processing, 4.2.
    """
    return frozenset(_find_base_forms(word))


def _find_base_forms(word: str) -> set[str]:
    if len(word) > _LONGEST_TOKEN:
        return {word}
    forms: set[str] = set()
    for stem in _stems_of(word):
        _add_variants(forms, stem)
    return forms


def _stems_of(word: str) -> list[str]:
    """Return what `word` leaves without the clitics and endings that it may have, as it is written."""
    if len(word) > _LONGEST_TOKEN:
        return [word]
    stems: list[str] = []
    for rest in (word, word[1:]) if word[:1] in _CONJUNCTIONS else (word,):
        longest = len(rest) - 3  # لا, لم, لن, لو take no particle: سلم is not س and لم.
        if longest >= -1:
            stems.append(rest)
        for particle, length in _PARTICLES_BY_LETTER.get(rest[:1], ()):
            if length <= longest and rest.startswith(particle):
                stems.append(rest[length:])
    for stem in tuple(stems):
        longest = len(stem) - 3
        for ending, length in _PRONOUNS_BY_LETTER.get(stem[-1], ()):
            if length <= longest and stem.endswith(ending):
                stems.append(stem[:-length])
    return stems


def _add_variants(forms: set[str], stem: str) -> None:
    forms.add(stem)
    last = stem[-1]
    if last == "ت":  # ta marbuta opens before a pronoun: مهمة, مهمتها
        forms.add(stem[:-1] + "ه")
    elif last in "يو" and stem[-2] == "ا":  # hamza takes a seat before a pronoun: بقاء, بقائها, بقاؤها
        forms.add(stem[:-1] + "ء")
    if stem[0] in "تنا" and len(stem) > 3:  # other persons of the imperfect: تنسحب, ننسحب
        forms.add("ي" + stem[1:])


def _stems_with(form: str) -> Iterator[str]:
    """Yield the stems of which a form is a variant: the other way round."""
    yield form
    if form[-1] == "ه":
        yield form[:-1] + "ت"
    elif form[-2:] == "اء":
        yield form[:-1] + "ي"
        yield form[:-1] + "و"
    if form[0] == "ي" and len(form) > 3:
        yield from (person + form[1:] for person in "تنا")


class PhraseIndex:
    """All phrases of a vocabulary, looked up word by word in one pass."""

    def __init__(self, phrases: Mapping[str, Iterable[str]]) -> None:
        """Index `phrases`: for each name, its words or phrases as they are printed."""
        by_first: dict[str, list[_Entry]] = {}
        for name, listed in phrases.items():
            for phrase in listed:
                words = tuple(_citation_form(word) for word in split_words(fold(phrase)))
                entry = (words, name)
                entries = by_first.setdefault(words[0], [])
                if entry not in entries:
                    entries.append(entry)
        self._words = _Words({word for entries in by_first.values() for words, _ in entries for word in words})
        self._memo: _Memo = _Memo(by_first, self._words)
        self._pairs = _Pairs(self._memo, self._words)
        self._begins = FormFacts(lambda word: self._memo[word] is not None, np.bool_)

    def narrowed(self, names: Set[str]) -> PhraseIndex:
        """Return an index of some of the names alone; a word is read once for both."""
        narrowed = PhraseIndex({})
        narrowed._words = self._words
        narrowed._memo = memo = _NarrowedMemo(self._memo, names)
        narrowed._pairs = _Pairs(memo, self._words)
        whole = self._memo
        narrowed._begins = FormFacts(lambda word: whole[word] is not None and memo[word] is not None, np.bool_)
        return narrowed

    def find(self, words: Sequence[str]) -> list[Hit]:
        """Return all hits in `words` in order of their first word, for one name the longest at each place."""
        return self.find_at(words, range(len(words)))

    def beginnings(self, numbered: Numbered) -> list[int]:
        """Return which words of a text begin a phrase; the others, which are most, are passed over in one step."""
        found: list[int] = self._begins.of(numbered).nonzero()[0].tolist()
        return found

    def find_numbered(self, words: Sequence[str], numbered: Numbered) -> list[Hit]:
        """Return what `find` does, for words that are numbered."""
        return self.find_at(words, self.beginnings(numbered))

    def find_at(self, words: Sequence[str], places: Iterable[int]) -> list[Hit]:
        """Return the hits that begin with the words at some indices, in order."""
        hits: list[Hit] = []
        memo, pairs, last = self._memo, self._pairs, len(words) - 1
        for at in places:
            openings = memo[words[at]]
            if openings is None:
                continue
            if not openings.phrases:
                for name in openings.names:
                    hits.append(_make_hit(Hit, (name, at, at + 1)))
                continue
            names, longer = pairs[words[at], words[at + 1] if at < last else ""]
            if longer:
                hits += self._longest_at(words, at, names, longer)
                continue
            for name, length in names:
                hits.append(_make_hit(Hit, (name, at, at + length)))
        return hits

    def _longest_at(
        self, words: Sequence[str], at: int, names: Iterable[tuple[str, int]], longer: Iterable[_Entry]
    ) -> list[Hit]:
        """Return the hits that begin with two words which also begin phrases of three or more."""
        ends = {name: at + length for name, length in names}
        for phrase, name in longer:
            end = at + len(phrase) - (phrase[-1] in _LONE)
            if end > ends.get(name, 0) and end <= len(words) and self._continues(phrase, words, at):
                ends[name] = end
        return [Hit(name, at, end) for name, end in sorted(ends.items(), key=_longest_first)]

    def _continues(self, phrase: tuple[str, ...], words: Sequence[str], at: int) -> bool:
        for part in phrase[1:]:
            at += 1
            if part not in self._words[words[at]] and not _is_led_by(words[at], part):
                return False
        return True


class _Words(dict[str, Set[str]]):
    """Which of the listed words each word of the texts read so far may be; most are none."""

    def __init__(self, listed: Set[str]) -> None:
        super().__init__()
        self._by_stem: dict[str, list[str]] = {}
        for word in listed:
            for stem in _stems_with(word):
                self._by_stem.setdefault(stem, []).append(word)

    def __missing__(self, word: str) -> Set[str]:
        if len(self) >= _MEMO_SIZE:
            self.clear()
        stems = list(filter(self._by_stem.__contains__, _stems_of(word)))
        self[word] = found = {listed for stem in stems for listed in self._by_stem[stem]} if stems else _NO_WORDS
        return found


_NO_WORDS: Set[str] = frozenset()


class _Memo(dict[str, _Openings | None]):
    """The phrases that each word of the texts read so far may start; most words start none (None)."""

    def __init__(self, by_first: Mapping[str, Sequence[_Entry]], words: _Words) -> None:
        super().__init__()
        self._by_first, self._words = by_first, words
        self._openings: dict[frozenset[str], _Openings] = {}

    def __missing__(self, word: str) -> _Openings | None:
        if len(self) >= _MEMO_SIZE:
            self.clear()
        self[word] = found = self._read(word)
        return found

    def _read(self, word: str) -> _Openings | None:
        listed = self._words[word]
        if not listed:
            return None
        firsts = frozenset(filter(self._by_first.__contains__, listed))
        if not firsts:
            return None
        openings = self._openings.get(firsts)
        if openings is None:
            entries = chain.from_iterable(self._by_first[form] for form in firsts)
            openings = self._openings[firsts] = _Openings(entries)
        return openings


class _NarrowedMemo(_Memo):
    """The same for some of the names of a larger vocabulary, which has read the words already."""

    def __init__(self, whole: _Memo, names: Set[str]) -> None:
        super().__init__({}, whole._words)
        self._whole, self._names = whole, names
        self._narrowed: dict[_Openings, _Openings | None] = {}

    def _read(self, word: str) -> _Openings | None:
        whole = self._whole[word]
        if whole is None:
            return None
        if whole not in self._narrowed:
            entries = [entry for entry in whole.entries() if entry[1] in self._names]
            self._narrowed[whole] = _Openings(entries) if entries else None
        return self._narrowed[whole]


class _Pairs(dict[tuple[str, str], _Pair]):
    """What two words in a row start, for those of which the first starts a phrase of several words."""

    def __init__(self, memo: _Memo, words: _Words) -> None:
        super().__init__()
        self._memo, self._words = memo, words

    def __missing__(self, words: tuple[str, str]) -> _Pair:
        first, second = words
        openings = self._memo[first]
        assert openings is not None
        phrases = openings.phrases
        lengths = dict.fromkeys(openings.names, 1)
        longer: list[_Entry] = []
        if second[:1] in phrases and _is_led_by(second, second[0]):
            lengths.update((name, 1) for _, name in phrases[second[0]])
        for form in filter(phrases.__contains__, self._words[second]):
            for entry in phrases[form]:
                if len(entry[0]) == 2:
                    lengths[entry[1]] = 2
                else:
                    longer.append(entry)
        if len(self) >= _MEMO_SIZE:
            self.clear()
        self[words] = pair = _Pair(tuple(sorted(lengths.items(), key=_longest_first)), tuple(longer))
        return pair


def _longest_first(found: tuple[str, int]) -> tuple[int, str]:
    name, end = found
    return -end, name


def _is_led_by(word: str, particle: str) -> bool:
    """Whether a listed phrase ends in a particle that is written with the next word («رضي ب»), and `word` begins so."""
    return particle in _LONE and len(word) > len(particle) + 2 and word.startswith(particle)


def _citation_form(word: str) -> str:
    """Take the article off a listed word, so that one entry serves with and without it."""
    return word[2:] if word.startswith("ال") and len(word) > 4 else word
