"""Turns stretches of normalised text that may hold a date into tokens of one class letter, for the date grammar."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from functools import lru_cache
from typing import Any, NamedTuple

import numpy as np

from mawaqif.arabic import date_zones as zones
from mawaqif.arabic.date_zones import Remembered, Traits, Zone
from mawaqif.arabic.text import fold
from mawaqif.arabic.word_forms import FormFacts
from mawaqif.vocabulary import DatedEvent, DatesFile

UNIT_CLASSES = {"day": "d", "week": "k", "month": "m", "year": "y", "decade": "e", "century": "c"}
ADJECTIVE_CLASSES = {
    "past": "L", "before_last": "B", "after_next": "B", "recent": "l", "future": "F", "current": "C", "following": "X",
    "previous": "V", "same": "s",
}  # fmt: skip
CONNECTIVE_CLASSES = {
    "before": "1", "after": "2", "since": "3", "during": "4", "until": "5", "by": "6", "between": "7", "from": "8",
    "to": "9", "in": "0", "corresponding": "O", "about": "~", "few": "f", "half": "h", "last": "r", "hijri_mark": "I",
    "gregorian_mark": "W", "agency": "@", "age": "g", "anniversary": "K", "after_that": ">", "before_that": "<",
    "from_now": "=", "from_on": "3", "over": "b", "lasted": "U", "additional": "i", "of_it": "p", "deadline": "6",
}  # fmt: skip
"""The class letter of each connecting word."""

_WORD = re.compile(r"\d+|[^\W\d_]+|[^\w\s]|_|\n")
_PROCLITICS = frozenset(("و", "ف", "ب", "ل", "ك", "ال", "وال", "بال", "لل", "ول", "وب", "وك", "فال", "ولل", "كال"))


_DETACHED = frozenset(("و", "ال", "وال", "بال", "لل"))
"""Proclitics that writers set apart from a number: «2003 و 2011», «القرن الـ 19»."""


class Token(NamedTuple):
    """A word, number or sign: its class letter and value, its place in the copy, and what was attached before it."""

    kind: str
    value: Any
    start: int
    end: int
    word: str
    prefix: str
    definite: bool

    @property
    def joined(self) -> bool:
        """Whether «و» is attached before it."""
        return self.prefix[:1] == "و"


class Unit(NamedTuple):
    """A unit of time and its grammatical number: 1, 2, or 0 for the plural."""

    id: str
    number: int


class Entry(NamedTuple):
    """What a word or phrase of the vocabulary means: class letter, value, the words after the first."""

    kind: str
    value: Any
    rest: tuple[str, ...]
    prefix: str
    definite: bool


class Lexicon(NamedTuple):
    """The vocabulary compiled for reading.

    Entries by first word (longest first); what words can be for the finder; of each written word, once it was met, its
    pieces; the pairs of words that begin a phrase; context words.
    """

    entries: dict[str, tuple[Entry, ...]]
    traits: Traits
    pieces: Remembered[tuple[Piece, ...]]
    pairs: frozenset[tuple[str, str]]
    context: dict[str, frozenset[str]]

    def is_pair(self, written: str, following: str) -> bool:
        """Whether two written words begin a phrase of several words; a sign may be attached on the outer sides."""
        left, right = self.pieces[written], self.pieces[following]
        return bool(left and right) and (left[-1][0], right[0][0]) in self.pairs


def _with_proclitics(word: str, *, definable: bool) -> Iterator[tuple[str, str, bool]]:
    """Yield every written form of a word with its proclitic and definiteness."""
    bases = [(word, word.startswith("ال"))]
    if definable and not word.startswith("ال"):
        bases.append(("ال" + word, True))
    for base, definite in bases:
        for conjunction in ("", "و", "ف"):
            yield conjunction + base, conjunction, definite
            if len(word) < 3:  # «باب» is a door, not «in August»
                continue
            for preposition in ("ب", "ك", "ل"):
                attached = "ل" + base[1:] if preposition == "ل" and definite else preposition + base
                yield conjunction + attached, conjunction + preposition, definite


def _entries(words: DatesFile) -> Iterator[tuple[str, Any, tuple[str, ...], bool, bool]]:
    """Yield (class, value, forms, whether the article may be added, whether it triggers reading)."""
    yield from _calendar_entries(words)
    for kind, forms in words.vague.items():
        yield "v", kind, forms, False, True
    for holiday in words.holidays:
        yield "&", holiday, holiday.forms, False, True
    for event in words.events:
        yield "R", event, event.forms, False, not event.term
    for name, forms in words.connectives.items():
        yield CONNECTIVE_CLASSES[name], name, forms, False, name in ("after_that", "before_that", "agency")
    yield "a", None, words.awaited, False, False
    yield "j", None, words.awaited_adjectives, False, False
    for number in words.ordinals:
        yield "o", number.value, number.forms, False, False
    for number in words.cardinals:
        yield "n", number.value, number.forms, True, False


def _calendar_entries(words: DatesFile) -> Iterator[tuple[str, Any, tuple[str, ...], bool, bool]]:
    for months, sure, unsure in ((words.months, "M", "A"), (words.hijri_months, "H", "J")):
        for month in months:
            yield sure, month.number, month.forms, False, True
            yield unsure, month.number, month.ambiguous, False, True
    for weekday in words.weekdays:
        yield "w", weekday.number, weekday.forms, False, True
    for offset in words.deictics:
        yield "t", offset.offset, offset.forms, False, True
    for adjective, forms in words.adjectives.items():
        yield ADJECTIVE_CLASSES[adjective], adjective, forms, False, adjective in ("future", "current")
    for pointer, forms in words.demonstratives.items():
        yield {"this": "T", "that": "Z", "same": "E"}[pointer], pointer, forms, False, False
    yield "q", None, words.day_times, False, False
    for part, forms in words.parts.items():
        yield "P", part, forms, False, False
    for fraction in words.fractions:
        yield "Q", fraction.parts, fraction.forms, False, False
    for season in words.seasons:
        yield "S", season.first_month, season.forms, True, True
    for decade in words.decades:
        yield "z", decade.tens, decade.forms, False, True
    for unit in words.units:
        yield UNIT_CLASSES.get(unit.id, "u"), Unit(unit.id, 1), unit.singular, True, True
        yield "u", Unit(unit.id, 2), unit.dual, True, True
        yield "u", Unit(unit.id, 0), unit.plural, True, True


def _context_words(words: DatesFile) -> dict[str, frozenset[str]]:
    """Expand the lists of neighbours that make a word something else, or a number a year."""
    lists = {
        "year_nouns": words.year_nouns, "general_after": words.general_after, "names": words.names_with_dates,
        "weekday_not_after": words.weekday_not_after, "weekday_not_before": words.weekday_not_before,
        "today_not_after": words.today_not_after, "term_titles": words.term_titles, "event_nouns": words.event_nouns,
    }  # fmt: skip
    return {
        name: frozenset(
            form for word in listed for form, _, _ in _with_proclitics(fold(word), definable=name != "general_after")
        )
        for name, listed in lists.items()
    }


@lru_cache(maxsize=4)
def compile_lexicon(words: DatesFile) -> Lexicon:
    """Compile the vocabulary once: every form with its clitics, and what each written word can be."""
    found: dict[str, list[Entry]] = {}
    traits = {**dict.fromkeys(_OFFICES, zones.OFFICE), **dict.fromkeys(AWAITING, zones.LEADS)}
    for kind, value, forms, definable, is_trigger in _entries(words):
        trait = _trait_of(kind, value, is_trigger=is_trigger)
        for form in dict.fromkeys(fold(form) for form in forms):
            first, *rest = form.split()
            singles = len(form) < 2 or kind in "IW@"
            variants = [(first, "", False)] if singles else _with_proclitics(first, definable=definable)
            own = trait & ~zones.DATE | zones.FIRST if rest and trait & zones.DATE else trait
            for written, prefix, definite in variants:
                found.setdefault(written, []).append(Entry(kind, value, tuple(rest), prefix, definite))
                traits[written] = traits.get(written, 0) | own
            if own & zones.FIRST:
                traits[rest[0]] = traits.get(rest[0], 0) | zones.SECOND
    entries = {word: tuple(sorted(group, key=lambda e: (-len(e.rest), len(e.prefix)))) for word, group in found.items()}
    pairs = frozenset((word, entry.rest[0]) for word, group in entries.items() for entry in group if entry.rest)
    return Lexicon(
        entries,
        Traits(
            FormFacts(lambda form: traits.get(form, 0) | zones.DIGITS * _has_digit(form), np.uint16),
            Remembered(lambda written: _traits_of(written, traits)),
        ),
        Remembered(lambda written: tuple(_read_written(written, entries))),
        pairs,
        _context_words(words),
    )


AWAITING = frozenset(("انتظار", "بانتظار", "وبانتظار", "وانتظار"))
"""«بانتظار الانتخابات»: the next ones."""

_OFFICES = frozenset(
    form for word in ("عهد", "ولاية", "حكم", "رئاسة") for form, _, _ in _with_proclitics(fold(word), definable=False)
)
_LEADING = frozenset("1234TZEPQrU0~")
_FOLLOWING = frozenset("LFBlCXVsifnoIWh")


def _trait_of(kind: str, value: Any, *, is_trigger: bool) -> int:
    """Return what a word of an entry can be for the finding of dates."""
    if isinstance(value, Unit):
        return zones.UNIT | zones.AWAITED * (value.number == 0)
    if kind == "R":
        return zones.HOLDER if value.term else zones.UNIT | zones.AWAITED if value.with_adjective else zones.DATE
    traits = zones.LEADS * (kind in _LEADING) | zones.FOLLOWS * (kind in _FOLLOWING) | zones.NUMBER * (kind in "no")
    traits |= zones.FUTURE * (kind == "F") | zones.CURRENT * (kind in "CFLBsXTp") | zones.AWAITED * (kind == "a")
    return traits | zones.DATE * (is_trigger and kind not in "FC@")


_DAY_AND_MONTH = re.compile(r"(?<!\d)\d\d?[/.\-]\d\d?(?!\d)")


def _has_digit(form: str) -> bool:
    return not form.isalpha() and any(map(str.isdecimal, form))


def _traits_of(written: str, traits: dict[str, int]) -> int:
    """Return what a written word, with the signs and numbers attached to it, can be."""
    found = 0
    for word in _WORD.findall(written):
        if word.isdecimal():
            found |= zones.NUMBER | zones.FOLLOWS | zones.DATE * (_digit_class(word) in "YG")
        else:
            found |= traits.get(word, 0)
    return found | zones.DATE if _DAY_AND_MONTH.search(written) else found


class Piece(NamedTuple):
    """A word, number or sign of a written word, and its place in it.

    `entry` is what it means by itself, None for digits; `choices` are the phrases that it may begin, by their second
    word, longest first; `token` is that of a word of no meaning, one for all places: no rule asks for those.
    """

    word: str
    start: int
    end: int
    entry: Entry | None
    choices: dict[str, tuple[Entry, ...]] | None
    token: Token | None


def _read_written(written: str, entries: dict[str, tuple[Entry, ...]]) -> Iterator[Piece]:
    """Split a written word into words, numbers and signs, each with what it can mean."""
    for match in _WORD.finditer(written):
        word, (start, end) = match.group(), match.span()
        known = entries.get(word, ())
        single = next((entry for entry in known if not entry.rest), None)
        if single is None and not word.isdecimal():
            single = _OTHER if len(word) > 1 or word.isalpha() else _SIGNS.get(word, _SIGN)
        choices: dict[str, tuple[Entry, ...]] = {}
        for entry in known:
            if entry.rest:
                choices[entry.rest[0]] = (*choices.get(entry.rest[0], ()), entry)
                if entry.kind == "R":  # a dash may stand inside the name of an event
                    choices.update({sign: (*choices.get(sign, ()), entry) for sign in _INSIDE_NAMES})
        is_mute = single is not None and single.kind in "x_" and not choices and word not in _ASKED
        token = Token(single.kind, None, -1, -1, word, "", False) if single is not None and is_mute else None
        yield Piece(word, start, end, single, choices or None, token)


_OTHER = Entry("x", None, (), "", False)
_INSIDE_NAMES = ("-", '"')
_SIGN = Entry("_", None, (), "", False)
_SIGNS = {sign: Entry(sign, None, (), "", False) for sign in "/-(),.:\n"}


def read_tokens(zone: Zone, lexicon: Lexicon) -> list[Token]:
    """Read a zone into tokens, phrases of several words and spelled numbers as one each; offsets are of the text."""
    groups = list(map(lexicon.pieces.__getitem__, zone.words))
    tokens: list[Token] = []
    make, add = _make_token, tokens.append
    base, skip, numbers = zone.start, 0, False
    for at, group in enumerate(groups):
        for number, (word, first, last, entry, choices, token) in enumerate(group):
            if skip:
                skip -= 1
            elif token is not None:
                add(token)
            else:
                end = base + last
                following = choices and (group[number + 1 : number + 2] or (groups[at + 1 : at + 2] or ((),))[0])
                if choices and following and following[0][0] in choices:
                    longer, skip, beyond = _choose_entry(choices[following[0][0]], groups, at, number)
                    if longer is not None:
                        entry = longer
                        end = base + sum(map(len, zone.words[at : beyond[0]])) + beyond[0] - at + beyond[1]
                if entry is None:
                    add(_read_digits(word, base + first, end, tokens))
                    continue
                kind, value, _, prefix, definite = entry
                add(make(Token, (kind, value, base + first + len(prefix), end, word, prefix, definite)))
                numbers = numbers or kind == "n" or kind == "o"
        base += len(zone.words[at]) + 1
    return _join_numbers(tokens) if numbers else tokens


_make_token = tuple.__new__
"""Tokens are made without the keyword handling of `Token`: thousands of them a document."""


def _choose_entry(
    choices: tuple[Entry, ...], groups: list[tuple[Piece, ...]], at: int, number: int
) -> tuple[Entry | None, int, tuple[int, int]]:
    """Choose the longest phrase that begins at piece `number` of written word `at`; a dash inside an event is skipped.

    Returns:
        The phrase, how many pieces it takes after the first, and the written word that it ends in with the end in that.
    """
    pieces = [(piece[0], at, piece[2]) for piece in groups[at][number + 1 :]]
    for later in range(at + 1, min(len(groups), at + 1 + _LONGEST_PHRASE)):
        pieces += [(piece[0], later, piece[2]) for piece in groups[later]]
    for entry in choices:
        step = 0
        for expected in entry.rest:
            if step < len(pieces) and pieces[step][0] in _INSIDE_NAMES and entry.kind == "R":
                step += 1
            if step >= len(pieces) or pieces[step][0] != expected:
                break
            step += 1
        else:
            return entry, step, pieces[step - 1][1:]
    return None, 0, (at, 0)


_ASKED = _PROCLITICS | AWAITING
"""Words of no meaning whose place a rule asks for."""

_LONGEST_PHRASE = 12
"""Written words after its first within which a phrase of the vocabulary ends."""


def _read_digits(word: str, first: int, last: int, tokens: list[Token]) -> Token:
    """Read a number; an attached «و», «ال» or «ب» before it becomes its prefix."""
    prefix, definite = "", False
    if tokens and tokens[-1].word in _PROCLITICS and first - tokens[-1].end <= (tokens[-1].word in _DETACHED):
        before = tokens.pop()
        prefix = before.word.removesuffix("ال") if before.word != "لل" else "ل"
        definite = before.word.endswith("ال") or before.word.endswith("لل")
    return Token(_digit_class(word), int(word[:9]), first, last, word, prefix, definite)


def _digit_class(word: str) -> str:
    """Return D for one or two digits, Y for a year, G for a year with a counter glued to it, N for other numbers."""
    if len(word) <= 2:
        return "D"
    if len(word) == 4 and "1000" <= word <= "2199":
        return "Y"
    return "G" if len(word) > 4 and word[:2] in ("19", "20") else "N"


def _join_numbers(tokens: list[Token]) -> list[Token]:
    """Put spelled numbers together: «ألفين وثلاثة وعشرين», «الخامس والعشرين», «خمسة عشر»."""
    joined: list[Token] = []
    for token in tokens:
        if token.kind in "no" and joined and joined[-1].kind in "no":
            total = _add(joined[-1], token)
            if total is not None:
                last = joined[-1]
                joined[-1] = last._replace(value=total, end=token.end)
                continue
        joined.append(token)
    return joined


def _add(left: Token, right: Token) -> int | None:
    a, b = int(left.value), int(right.value)
    if not right.joined:
        if b == 10 and right.kind == "n" and not right.definite and a < 20 and a != 10:
            return 11 if a == 11 else a + 10 if a < 10 else None
        if b == 10 and right.kind == "n" and not right.definite and a >= 1000 and 0 < a % 100 < 10:
            return a + 10  # «ألفين وأربعة عشر»
        return None
    if b in range(20, 100, 10) and (a < 10 or (a == 11 and left.kind == "o")):
        return (1 if a == 11 else a) + b
    if right.kind == "n" and left.kind == "n" and a >= 100 and 0 < b < _lowest(a):
        return a + b
    if right.kind == "n" and left.kind == "n" and a >= 1000 and b in range(20, 100, 10) and 0 < a % 100 < 10:
        return a + b
    return None


def _lowest(value: int) -> int:
    """Return the place value of the last digit that is not zero: 2020 gives 10."""
    place = 1
    while value % (place * 10) == 0:
        place *= 10
    return place


NEAR = 300
"""Characters on either side within which the country of «الانتخابات» is named."""


class EventContexts:
    """Whether the words that an event needs stand anywhere in a text; the text is searched once an event."""

    def __init__(self, text: str) -> None:
        self._text = text
        self._known: dict[str, bool] = {}

    def allow(self, event: DatedEvent) -> bool:
        """Whether `event` needs no other word, or one of those it needs stands in the text."""
        if not event.context:
            return True
        if event.id not in self._known:
            self._known[event.id] = any(word in self._text for word in _folded(event.context))
        return self._known[event.id]

    def allow_near(self, event: DatedEvent, at: int) -> bool:
        """Whether one of those words stands near: «الانتخابات» are those of the country that is spoken of there."""
        near = self._text[max(0, at - NEAR) : at + NEAR]
        return not event.context or any(word in near for word in _folded(event.context))


@lru_cache(maxsize=512)
def _folded(words: Iterable[str]) -> tuple[str, ...]:
    """Fold words, each also without its article: «العراق» stands in «للعراق» as well."""
    return tuple(fold(word).removeprefix("ال") for word in words)
