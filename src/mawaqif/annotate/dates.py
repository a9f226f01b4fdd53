"""Reads the dates of a document in their sentences: which days, past, planned or only imagined, and of what."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from functools import lru_cache
from typing import NamedTuple

import numpy as np

from mawaqif.arabic.calendar import Interval
from mawaqif.arabic.date_meanings import Context
from mawaqif.arabic.dates import DatePhrase, resolve_in_order, scan_dates
from mawaqif.arabic.reading_copy import reading_copy
from mawaqif.arabic.text import NormalisedText, fold, normalise
from mawaqif.records import DateExpression, Publication, Reading
from mawaqif.vocabulary import DatedEvent, DatesFile, Vocabulary

WIDEST_RANGE = 45
WIDEST_RANGE_OF_YEARS = 366
"""Days: a publication range up to this wide widens days, weeks and months, or years; over a wider one both ends must
give the same days."""

LONGEST_EVENT = 14
"""Words of a clause that are kept as the dated event."""

_EDGE = re.compile(r'[,;:.!?"()\n\[\]]|(?<!\S)(?:و?ان|بان|لان|و?انه|و?انها|بانه|حيث|فيما|بينما)(?!\S)')
_SIGN = re.compile(r'[,;:.!?"()\n\[\]]')
_PARTICLE = re.compile(r"(?<!\S)(?:و?ان|بان|و?انه|و?انها|بانه|بانها|و?انهم)(?!\S)")
# Future verbs are written «س» and an imperfect; nouns of the same beginning are left out.
_FUTURE_VERB = re.compile(
    r"[وف]?س[يتن](?!اس|ار|طر|ناريو|ين|ه\Z|اد|د\Z|ده\Z|دي\Z|نا|ول|ما\Z|تر|ره|ف|ل\Z|يف|ت\Z|م\Z|وات|وي)\w{2,}\Z"
)
# «صارت», «أعلنت», «كان»: a perfect right after «بعد عامين» looks back.
_PERFECT = re.compile(
    r" (?:(?![يتنا])\w{2,}ت|ا(?!ل)\w{2,}ت|كان|تم|عاد|اصبح|بدا|وصل|اعلن|قال|صار|جاء|توفي|قرر|انتقل|تحول|انتخب)(?!\w)"
)
_LINKS = frozenset(
    (
        "",
        "و",
        "ب",
        "ل",
        "في",
        "فى",
        "وفي",
        "خلال",
        "من",
        "الي",
        "علي",
        "منذ",
        "بعد",
        "قبل",
        "حتي",
        "بتاريخ",
        "عن",
        "مع",
        "يوم",
        "اثناء",
        "لدي",
        "مدي",
    )
)


_TOWNS = frozenset(("إب", "اب"))
"""The town of Ibb, which folds to the letters of «آب»; a writer who means the month writes its madda."""


class _Cues(NamedTuple):
    """Status words with their clitics, and status phrases of several words."""

    words: dict[str, frozenset[str]]
    phrases: dict[str, tuple[str, ...]]

    def has(self, kind: str, text: str) -> bool:
        """Whether a word or phrase of a kind stands in `text`; every future verb is one of `future_verbs`."""
        if any(phrase in text for phrase in self.phrases[kind]):
            return True
        known = self.words[kind]
        verbs = kind == "future_verbs"
        return any(w in known or (verbs and "س" in w[:2] and _FUTURE_VERB.match(w)) for w in text.split())


class DateInText(NamedTuple):
    """A phrase with its sentence in the copy (start, end) and what its clause tells of its status."""

    phrase: DatePhrase
    sentence: tuple[int, int]
    is_future: bool
    is_back: bool
    is_hypothetical: bool
    is_counterfactual: bool

    @property
    def outlook(self) -> str | None:
        """Whether the clause looks ahead; the words of the phrase itself win over the clause."""
        return self.phrase.lean or ("future" if self.is_future else "past" if self.is_back else None)


@lru_cache(maxsize=4)
def _compile_cues(words: DatesFile) -> _Cues:
    singles: dict[str, frozenset[str]] = {}
    phrases: dict[str, tuple[str, ...]] = {}
    for kind, forms in words.status.items():
        folded = [fold(form) for form in forms]
        singles[kind] = frozenset(clitic + f for f in folded if " " not in f for clitic in ("", "و", "ف", "ب", "ل"))
        phrases[kind] = tuple(f for f in folded if " " in f)
    return _Cues(singles, phrases)


class DatedText(NamedTuple):
    """The dates of a text in their clauses, and the places of the events it names."""

    dates: tuple[DateInText, ...]
    events: tuple[tuple[int, DatedEvent], ...]


@lru_cache(maxsize=4)
def read_in_sentences(text: str, sentences: tuple[tuple[int, int], ...], words: DatesFile) -> DatedText:
    """Find the date phrases of normalised `text` and read the clause that each stands in.

    `sentences` are index pairs of the copy, in order; a phrase outside of them is read in its line. The last few texts
    are kept: the inference of the day of writing and the annotation of dates share one reading.
    """
    cues = _compile_cues(words)
    phrases, events = scan_dates(text, words)
    read: list[DateInText] = []
    at = 0
    for phrase in phrases:
        while at < len(sentences) and sentences[at][1] <= phrase.start:
            at += 1
        inside = at < len(sentences) and sentences[at][0] <= phrase.start
        sentence = sentences[at] if inside else _line_around(text, phrase)
        read.append(_read_clause(text, phrase, sentence, cues))
    return DatedText(tuple(read), events)


def _line_around(text: str, phrase: DatePhrase) -> tuple[int, int]:
    start = max(text.rfind("\n", max(0, phrase.start - 400), phrase.start) + 1, phrase.start - 400, 0)
    end = text.find("\n", phrase.end, phrase.end + 400)
    return start, end if end >= 0 else min(len(text), phrase.end + 400)


def _read_clause(text: str, phrase: DatePhrase, sentence: tuple[int, int], cues: _Cues) -> DateInText:
    """Look for status words from the last edge before the phrase to the next sign after it."""
    floor, ceiling = max(sentence[0], phrase.start - 250), min(sentence[1], phrase.end + 120)
    start = max((m.end() for m in _SIGN.finditer(text, floor, phrase.start)), default=floor)
    after = _SIGN.search(text, phrase.end, ceiling)
    particle = _PARTICLE.search(text, phrase.end, ceiling)
    end = min(after.start() if after else ceiling, particle.start() if particle else ceiling)
    inner = max((m.end() for m in _PARTICLE.finditer(text, start, phrase.start)), default=start)
    left, right = text[inner : phrase.start], text[phrase.end : end]
    future = cues.has("future_verbs", left) or cues.has("future_verbs", right)
    back = not future and phrase.kind == "counted" and _PERFECT.match(text, phrase.end) is not None
    clause = text[start : phrase.start]
    return DateInText(
        phrase, sentence, future, back, cues.has("hypothetical", clause + right), cues.has("counterfactual", clause)
    )


# --- resolving ------------------------------------------------------------------------------------------------------


def resolve_dates(dates: Sequence[DateInText], published: Publication) -> list[Interval]:
    """Resolve dates against the day of publication, or against both ends of its range."""
    if published.day is not None:
        return _resolve(dates, published.day)
    if published.earliest is None or published.latest is None:
        return _resolve(dates, None)
    low, high = _resolve(dates, published.earliest), _resolve(dates, published.latest)
    width = (published.latest - published.earliest).days
    return [_merge(a, b, narrow=width <= _widest(a)) for a, b in zip(low, high, strict=True)]


def _widest(interval: Interval) -> int:
    return WIDEST_RANGE_OF_YEARS if interval.granularity in ("year", "decade", "century") else WIDEST_RANGE


def _resolve(dates: Sequence[DateInText], reference: date | None) -> list[Interval]:
    contexts = [Context(reference, None, d.outlook) for d in dates]
    found = resolve_in_order([d.phrase for d in dates], contexts)
    return [_as_due(d, interval, reference) for d, interval in zip(dates, found, strict=True)]


def _as_due(item: DateInText, interval: Interval, reference: date | None) -> Interval:
    """«كان من المفترض أن تستكمل منذ عام 2017» names the year in which it was due, not all time since."""
    if item.is_counterfactual and interval.last is None and interval.first is not None and item.phrase.base:
        return item.phrase.resolve_base(Context(reference, None, item.outlook))
    return interval


def _merge(low: Interval, high: Interval, *, narrow: bool) -> Interval:
    """Join the readings at both ends of a publication range; too wide a range leaves a date undecided."""
    if low == high:
        return low
    unresolved = Interval(None, None, low.granularity, "unresolved")
    if not narrow or "unresolved" in (low.basis, high.basis):
        return unresolved
    first = min(low.first, high.first) if low.first and high.first else None
    last = max(low.last, high.last) if low.last and high.last else None
    return low._replace(first=first, last=last) if first or last else unresolved


# --- status and event -----------------------------------------------------------------------------------------------


def _status(item: DateInText, interval: Interval, published: Publication) -> str:
    """Tell past, planned and hypothetical apart: by days clear of publication where there are, else by the clause."""
    if item.is_counterfactual:
        return "hypothetical"
    earliest = published.day or published.earliest
    latest = published.day or published.latest
    if interval.last is not None and earliest is not None and interval.last < earliest:
        return "past"
    edge = interval.first or interval.last  # «حتى عام 2030» has no first day
    lies_ahead = edge is not None and latest is not None and edge > latest
    if lies_ahead or item.outlook == "future":
        return "hypothetical" if item.is_hypothetical else "planned"
    return "past"


def _find_event(text: str, item: DateInText) -> tuple[int, int] | None:
    """Return the words of the clause that are dated: those before the date, or where they are too few, after it."""
    phrase, (start, end) = item.phrase, item.sentence
    floor = max(start, phrase.start - 200)
    begin = max((m.end() for m in _EDGE.finditer(text, floor, phrase.start)), default=floor)
    words = text[begin : phrase.start].split(" ")
    while words and words[-1] in _LINKS:
        words.pop()
    if sum(map(bool, words)) >= 2:
        return _last_words(text, begin, begin + len(" ".join(words)))
    ceiling = min(end, phrase.end + 200)
    begin = phrase.end
    while begin < ceiling and text[begin] in " ,-":
        begin += 1
    edge = _EDGE.search(text, begin, ceiling)
    stop = edge.start() if edge else ceiling
    return _first_words(text, begin, stop)


def _last_words(text: str, start: int, end: int) -> tuple[int, int] | None:
    words = list(re.finditer(r"\S+", text[start:end]))[-LONGEST_EVENT:]
    return (start + words[0].start(), start + words[-1].end()) if words else None


def _first_words(text: str, start: int, end: int) -> tuple[int, int] | None:
    words = list(re.finditer(r"\S+", text[start:end]))[:LONGEST_EVENT]
    return (start + words[0].start(), start + words[-1].end()) if len(words) >= 2 else None


# --- public ---------------------------------------------------------------------------------------------------------


def _express(
    source: str, copy: NormalisedText, dates: Sequence[DateInText], published: Publication
) -> list[DateExpression]:
    """Turn read dates into records in source offsets."""
    found: list[DateExpression] = []
    for item, interval in zip(dates, resolve_dates(dates, published), strict=True):
        if interval.basis == "unresolved" and not item.phrase.keep:
            continue
        span = copy.source_span(item.phrase.start, item.phrase.end)
        if source[span.start : span.end] in _TOWNS:
            continue
        event = _find_event(copy.text, item)
        what = copy.source_span(*event) if event else None
        status = _status(item, interval, published)
        first, last, granularity, basis = interval
        found.append(DateExpression(span.start, span.end, first, last, granularity, status, basis, what))
    return found


def annotate_dates(reading: Reading, vocabulary: Vocabulary) -> Reading:
    """Find the dates of the article and resolve them against its publication: a day, a range or nothing.

    Vague and open-ended expressions have an open end (None); both ends are None only with the basis "unresolved".
    """
    copy = reading_copy(reading)
    dates = read_in_sentences(copy.text, copy_sentences(reading, copy), vocabulary.dates).dates
    return replace(reading, dates=tuple(_express(reading.text, copy, dates, reading.published)))


def copy_sentences(reading: Reading, copy: NormalisedText) -> tuple[tuple[int, int], ...]:
    """Return the sentences of a reading as index pairs of its normalised copy."""
    if not reading.sentences:
        return ()
    places = np.searchsorted(copy.starts, np.array(reading.sentences).ravel(), side="left").tolist()
    return tuple(zip(places[::2], places[1::2], strict=True))


def dates_in_line(text: str, *, reference: date | None, vocabulary: Vocabulary) -> list[DateExpression]:
    """Find the dates of one text without a document, resolved against `reference` where it is given."""
    copy = normalise(text)
    dates = read_in_sentences(copy.text, ((0, len(copy.text)),), vocabulary.dates).dates
    published = Publication(day=reference, basis="given" if reference else "unknown")
    return _express(text, copy, dates, published)


def is_future_verb(word: str) -> bool:
    """Whether a normalised word is «سوف» or «س» with an imperfect."""
    return word in ("سوف", "وسوف") or _FUTURE_VERB.match(word) is not None
