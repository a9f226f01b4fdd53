"""Finds where the names of actors stand in a text: by the first word of each, its clitics, and what is around it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from typing import NamedTuple

import ahocorasick_rs
import numpy as np
import numpy.typing as npt

from mawaqif.annotate.actor_forms import Entry, Form, Registry, compile_registry
from mawaqif.arabic.text import NormalisedText, fold
from mawaqif.arabic.tokens import numbered_tokens
from mawaqif.arabic.word_forms import FormFacts
from mawaqif.vocabulary import Vocabulary

_PROCLITICS = frozenset({"", "و", "ف", "ب", "ل", "ك", "وب", "ول", "وك", "فب", "فل", "فك"})
_BEFORE_ARTICLE = _PROCLITICS - {"ل", "ول", "فل"}
_BEFORE_CONTRACTION = frozenset({"", "و", "ف"})
# لل stands for ل + ال; the form starts with it, so only a conjunction may come before.
LETTERS = "ء-يٱ-ۓa-z"
_WORDS = re.compile(rf"[{LETTERS}]+")
_TOKEN = re.compile(r"[^\W_]+")
_LETTER = re.compile(rf"[{LETTERS}]")
# These begin with letters, which are searched for much faster than a boundary; `_stands_alone` looks at what is before.
_ALA = re.compile(rf"علي(?![{LETTERS}])")
_DEMONSTRATIVE = re.compile(r"(?:هذه|تلك|هذا|ذلك|هولاء|اوليك)\Z")
_DEFINITE = re.compile(rf"ال[{LETTERS}]+")
_POSSESSIVE = re.compile(rf"(بلاد|قوات|حكومت|كتلت|حركت|وزارت|ادارت)(ها|ه)(?![{LETTERS}])")
_WINDOW = 90
"""Characters of left context that any rule looks at; keeps each match at constant cost."""
_MOST_REMEMBERED, _LONGEST_REMEMBERED = 50_000, 60


@dataclass(slots=True)  # not frozen: a frozen one takes three times as long to make, and there are thousands
class Hit:
    """An entry found at `start:end` of the matching copy, after a proclitic that does not belong to it.

    A pointer («هذه القوات», «قواته») has its noun for `actor_id` and the owner's pronoun, if any, for proclitic.
    """

    start: int
    end: int
    entry: Entry
    proclitic: str


@dataclass(frozen=True, slots=True)
class MatchCopy:
    """The copy that names are matched on: no quotation marks, single spaces, a line break only between paragraphs.

    Attributes:
        text: The copy.
        index: int array, shape (len(text),): the index of each character in the normalised copy.
        gaps: int array: where the spaces and line breaks of `text` are.
    """

    text: str
    index: npt.NDArray[np.int64]
    gaps: npt.NDArray[np.int64]


def copy_for_matching(copy: NormalisedText, source: str) -> MatchCopy:
    """Return the copy for matching; the preposition على, which folding makes one with the name علي, is told apart."""
    codes = np.frombuffer(copy.text.encode("utf-32-le", "surrogatepass"), dtype=np.uint32).copy()
    for match in _ALA.finditer(copy.text):
        begins_word = match.start() == 0 or not _LETTER.match(copy.text, match.start() - 1)
        if begins_word and source[copy.ends.item(match.end() - 1) - 1] == "ى":
            codes[match.end() - 1] = ord("ى")
    codes, index = _without_quotes(codes)
    gaps = (codes <= 32).nonzero()[0]  # of the controls, the normalised copy has only tabs and line breaks
    if not len(gaps):
        return MatchCopy(_decode(codes), index, gaps)
    is_first = np.ones(len(gaps), dtype=bool)
    np.not_equal(gaps[1:], gaps[:-1] + 1, out=is_first[1:])
    firsts = is_first.nonzero()[0]
    breaks = np.add.reduceat(codes[gaps] == 10, firsts, dtype=np.int64)
    codes[gaps[firsts]] = np.where(breaks > 1, 10, 32)
    if len(firsts) < len(gaps):
        keep = np.ones(len(codes), dtype=bool)
        keep[gaps[~is_first]] = False
        codes, index = codes[keep], index[keep]
        gaps = (codes <= 32).nonzero()[0]
    return MatchCopy(_decode(codes), index, gaps)


def _without_quotes(codes: npt.NDArray[np.uint32]) -> tuple[npt.NDArray[np.uint32], npt.NDArray[np.int64]]:
    """Leave quotation marks out, but make a space of one between two letters or digits; return codes and indices."""
    quotes = ((codes == 34) | (codes == 39)).nonzero()[0]
    index = np.arange(len(codes), dtype=np.int64)
    if not len(quotes):
        return codes, index
    inner = quotes[(quotes > 0) & (quotes < len(codes) - 1)]
    between = inner[_is_letter(codes[inner - 1]) & _is_letter(codes[inner + 1])]
    keep = np.ones(len(codes), dtype=bool)
    keep[quotes] = False
    keep[between] = True
    codes[between] = 32
    return codes[keep], index[keep]


def _is_letter(codes: npt.NDArray[np.uint32]) -> npt.NDArray[np.bool_]:
    arabic, latin = (codes >= 0x621) & (codes <= 0x6D3), (codes >= 97) & (codes <= 122)
    return arabic | latin | ((codes >= 48) & (codes <= 57))


def _decode(codes: npt.NDArray[np.uint32]) -> str:
    return codes.astype("<u4", copy=False).tobytes().decode("utf-32-le", "surrogatepass")


# --- names by their first words -------------------------------------------------------------------------------------


_Continuation = tuple[str, tuple[Entry, ...]]
"""What follows the first word of a form, with the space before it, and what the form may stand for."""


class _Opening(NamedTuple):
    """A first word of forms at `start:end` of a word of the text: what it names alone, and how names may go on."""

    start: int
    end: int
    proclitic: str
    alone: tuple[Entry, ...]
    longer: dict[str, tuple[_Continuation, ...]]
    """By the letters that the next word begins with."""


class _Word(NamedTuple):
    """What one word of a text, with the marks that touch it, may begin: names, «هذه» before a noun, «قواته»."""

    openings: tuple[_Opening, ...]
    is_demonstrative: bool
    possessives: tuple[tuple[int, int, str, str], ...]


class NameFinder(dict[str, _Word | None]):
    """The words met so far and what each begins; most begin nothing (None) and cost one look.

    A form is looked for by its first word: nearly all words of a text begin no form, and the words of a corpus repeat.
    """

    def __init__(self, registry: Registry) -> None:
        """Index the forms of `registry` by their first words."""
        super().__init__()
        self.registry = registry
        by_first: dict[str, list[Form]] = {}
        for form in registry.forms:
            by_first.setdefault(form.first, []).append(form)
        self._forms = tuple(tuple(sorted(forms, key=lambda form: len(form.rest))) for forms in by_first.values())
        self._firsts = ahocorasick_rs.AhoCorasick(tuple(by_first))
        leads = [_TOKEN.match(first) for first in by_first]
        self._leads = ahocorasick_rs.AhoCorasick([lead[0] for lead in leads if lead])
        self._has_odd_firsts = None in leads  # begins with a sign, which is a token by itself
        self._may_begin = FormFacts(self._begins, np.bool_)
        self._allowed = lru_cache(maxsize=None)(self._forms_after)

    def find(self, text: MatchCopy, source: str) -> tuple[list[Hit], list[Hit]]:
        """Return the hits that fit where they stand, and the pointers «هذه القوات» and «قواته», each in order.

        Args:
            text: The copy to match on.
            source: The normalised copy that it was made of, whose words tell at once which ones to look at.
        """
        copy = text.text
        hits: list[Hit] = []
        pointers: list[Hit] = []
        for at, close, after_next in self._candidates(text, source):
            word = self[copy[at:close]]
            if word is None:
                continue
            for start, end, proclitic, alone, longer in word.openings:
                for entry in alone:
                    if not entry.is_bound or _fits(entry, proclitic, at + start, at + end, copy, self.registry):
                        hits.append(Hit(at + start, at + end, entry, proclitic))
                if not longer or close == len(copy):
                    continue
                following = copy[close + 1 : min(after_next, close + 1 + _LONGEST_REMEMBERED)]
                for rest, entries in longer.get(_leading_letters(following), ()):
                    after = at + end + len(rest)
                    if not copy.startswith(rest, at + end) or copy[after : after + 1].isalpha():
                        continue
                    for entry in entries:
                        if not entry.is_bound or _fits(entry, proclitic, at + start, after, copy, self.registry):
                            hits.append(Hit(at + start, after, entry, proclitic))
            if word.is_demonstrative:
                pointers += self._demonstrated(copy, close + 1)
            for start, end, noun, owner in word.possessives:
                pointers.append(Hit(at + start, at + end, Entry(noun, "pointer"), owner))
        return hits, pointers

    def _candidates(self, text: MatchCopy, source: str) -> Iterator[tuple[int, int, int]]:
        """Yield start and end of each word of the copy that may begin something, and where the word after it ends."""
        tokens, numbered = numbered_tokens(source)
        places = np.array(tokens.starts)[self._may_begin.of(numbered)]
        numbers = dict.fromkeys(text.gaps.searchsorted(text.index.searchsorted(places)).tolist())
        edges = [-1, *text.gaps.tolist(), len(text.text), len(text.text)]
        for number in numbers:
            yield edges[number] + 1, edges[number + 1], edges[number + 2]

    def _begins(self, token: str) -> bool:
        """Whether a word with this token in it may begin something; generous, for the word is read afterwards."""
        if self._has_odd_firsts or self._leads.find_matches_as_indexes(token):
            return True
        return _DEMONSTRATIVE.search(token) is not None or _POSSESSIVE.search(token) is not None

    def __missing__(self, word: str) -> _Word | None:
        """Read a word that was not met yet."""
        openings = tuple(self._openings(word))
        demonstrative = _DEMONSTRATIVE.search(word)
        is_demonstrative = demonstrative is not None and _stands_alone(word, demonstrative.start())
        possessives = tuple(_possessives(word))
        found = _Word(openings, is_demonstrative, possessives) if openings or is_demonstrative or possessives else None
        if len(self) >= _MOST_REMEMBERED:
            self.clear()
        if len(word) <= _LONGEST_REMEMBERED:
            self[word] = found
        return found

    def _openings(self, word: str) -> Iterator[_Opening]:
        for first, start, end in self._firsts.find_matches_as_indexes(word, overlapping=True):
            proclitic = _proclitic(word, start)
            if proclitic is None or word[end : end + 1].isalpha():
                continue
            alone, longer = self._allowed(first, proclitic)
            if end < len(word):
                longer = {}
            if alone or longer:
                yield _Opening(start, end, proclitic, alone, longer)

    def _forms_after(
        self, first: int, proclitic: str
    ) -> tuple[tuple[Entry, ...], dict[str, tuple[_Continuation, ...]]]:
        """Return what a first word may begin behind a proclitic: entries of one word, longer forms by their second."""
        alone: list[Entry] = []
        longer: dict[str, tuple[_Continuation, ...]] = {}
        for form in self._forms[first]:
            allowed = _BEFORE_ARTICLE if form.has_article else _PROCLITICS
            if proclitic not in (_BEFORE_CONTRACTION if form.is_contracted else allowed):
                continue
            if form.rest:
                second = _leading_letters(form.rest[1:])
                longer[second] = (*longer.get(second, ()), (form.rest, form.entries))
            else:
                alone += form.entries
        return tuple(alone), longer

    def _demonstrated(self, text: str, at: int) -> Iterator[Hit]:
        """Yield the body that follows a demonstrative: «القوات» after «هذه»."""
        noun = _DEFINITE.match(text, at) if text[at - 1 : at] == " " else None
        if noun and noun[0][2:] in self.registry.bodies and not is_qualified(text, noun.end()):
            yield Hit(at, noun.end(), Entry(noun[0][2:], "pointer"), "")


@lru_cache(maxsize=4)
def name_finder(vocabulary: Vocabulary) -> NameFinder:
    """Return the finder of a vocabulary's actors."""
    return NameFinder(compile_registry(vocabulary))


def _proclitic(word: str, start: int) -> str | None:
    """Return the up to three letters before `start` in a word, None where there are more."""
    at = start
    while at and start - at < 3 and word[at - 1].isalpha():
        at -= 1
    return None if at and word[at - 1].isalpha() else word[at:start]


@lru_cache(maxsize=_MOST_REMEMBERED)
def _leading_letters(word: str) -> str:
    """Return the letters that a word begins with, before any mark that touches it."""
    found = _WORDS.match(word)
    return found[0] if found else ""


def _stands_alone(word: str, at: int) -> bool:
    """Whether a word begins at `at`, or one letter before it with a proclitic."""
    if at and word[at - 1] in "وفبلك":
        at -= 1
    return at == 0 or not _LETTER.match(word, at - 1)


def _possessives(word: str) -> Iterator[tuple[int, int, str, str]]:
    """Yield place, noun and owner of «قواته» and its like."""
    for match in _POSSESSIVE.finditer(word):
        if _stands_alone(word, match.start()):
            noun = match[1]
            noun = noun[:-1] + "ه" if noun.endswith("ت") and noun != "قوات" else noun
            yield match.start(), match.end(), noun, match[2]


# --- what is around a name ------------------------------------------------------------------------------------------


def words_left(text: str, at: int) -> list[str]:
    """Return up to a window's words before `at`, nearest first, not across a sentence or paragraph end."""
    return _words_after_stop(text[max(0, at - _WINDOW) : at], "\n.?!;")


def nearest_left(text: str, at: int) -> str:
    """Return the first of `words_left`, mostly without looking at the others."""
    if text[at - 1 : at] == " ":
        word = text[text.rfind(" ", max(0, at - _WINDOW), at - 1) + 1 : at - 1]
        if word.isalpha() and len(word) < _WINDOW:
            return word
    left = words_left(text, at)
    return left[0] if left else ""


def clause_left(text: str, at: int) -> list[str]:
    """Return the words before `at` in its clause, nearest first."""
    return _words_after_stop(text[max(0, at - _WINDOW) : at].rstrip(" ,"), "\n.?!;,")


def _words_after_stop(window: str, stops: str) -> list[str]:
    for mark in stops:
        if mark in window:
            window = window[window.rfind(mark) + 1 :]
    return _WORDS.findall(window)[::-1]


def next_word(text: str, at: int) -> str:
    """Return the word directly after `at`, nothing but a space between."""
    if text[at : at + 1] != " ":
        return ""
    found = _WORDS.match(text, at + 1)
    return found.group() if found else ""


def previous_word(text: str, at: int) -> str:
    """Return the word directly before `at`, nothing but a space between."""
    if at < 2 or text[at - 1] != " " or not text[at - 2].isalpha():
        return ""
    window = text[max(0, at - 30) : at - 1]
    return window[max(window.rfind(" "), window.rfind("\n")) + 1 :].strip(',.:;()[]"-')


def _fits(entry: Entry, proclitic: str, start: int, end: int, text: str, registry: Registry) -> bool:
    """Whether an entry that is bound to a context may stand at `start:end`."""
    if entry.kind == "surname":
        return _surname_fits(entry, proclitic, start, end, text, registry)
    if entry.kind != "alias":
        return entry.kind == "office" or not is_qualified(text, end)
    if entry.not_before and next_word(text, end) in entry.not_before:
        return False
    if entry.only_before and not text.startswith(tuple(" " + form for form in entry.only_before), end):
        return False
    if entry.not_after or entry.only_after:
        previous = previous_word(text, start - len(proclitic))
        bare = _without_conjunction(previous, entry.only_after or entry.not_after)
        if entry.not_after and (bare in entry.not_after or _is_definite_noun(bare, entry.not_after)):
            return False
        if entry.only_after and bare not in entry.only_after:
            return False
    return not (entry.weak and is_qualified(text, end))


def _is_definite_noun(word: str, known: tuple[str, ...]) -> bool:
    """Whether `ال*` is among the `known` and the word is a definite noun: «المدن السعودية» speaks of towns."""
    return "ال*" in known and word.startswith(("ال", "لل", "بال", "وال")) and word not in ("الي", "الا")


def _without_conjunction(word: str, known: tuple[str, ...]) -> str:
    return word[1:] if word not in known and word[:1] in ("و", "ف") and word[1:] in known else word


def is_qualified(text: str, end: int) -> bool:
    """Whether a definite nisba follows: «الحكومة الإسرائيلية» is not the government that the text spoke of."""
    word = next_word(text, end)
    return word.startswith("ال") and word.endswith(("ي", "يه")) and word not in _TEMPORAL


_TEMPORAL = frozenset(
    map(
        fold,
        ("إلى", "الحالي", "الحالية", "الماضي", "الماضية", "التي", "الذي", "الثاني", "الثانية", "الرسمي", "الرسمية"),
    )
)


def _surname_fits(entry: Entry, proclitic: str, start: int, end: int, text: str, registry: Registry) -> bool:
    """A surname alone: not after another person's given name, and not a nisba that qualifies a definite noun."""
    previous = previous_word(text, start - len(proclitic))
    bare = previous[1:] if previous[:1] in ("و", "ف", "ل", "ب") and previous[1:] in registry.given_names else previous
    if not proclitic and bare in registry.given_names:
        return bare in entry.given
    surname = text[start:end]
    definite = surname.startswith("ال")
    if definite and not proclitic and previous.startswith("ال") and previous not in registry.titles:
        return previous.removeprefix("ال") in registry.roles and not surname.endswith(("ي", "يه"))
    following = next_word(text, end)
    if following == "بن":
        return False
    return definite or not (following in registry.given_names or following.startswith("ال"))
