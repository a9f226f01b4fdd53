"""Infers when an undated article was written from what its text says: a decided day, else a range, else nothing.

Evidence, in the order of its force:
1. a day said and named at once («اليوم الثلاثاء 20 أغسطس 2024»);
2. bounds: what has happened, what is announced for a named date, who is in office;
3. within bounds: an agency's dateline, the weekday of «أمس الخميس», months that are «الماضي», dated events of
   «الأسبوع الماضي».
A wrong day is worse than a range, and a range that is not closed at both ends is given as unknown.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date, timedelta
from itertools import islice, pairwise

from mawaqif.annotate.dates import DateInText, copy_sentences, is_future_verb, read_in_sentences, resolve_dates
from mawaqif.arabic.calendar import Interval
from mawaqif.arabic.date_meanings import Context
from mawaqif.arabic.dates import event_days, find_events
from mawaqif.arabic.reading_copy import reading_copy
from mawaqif.arabic.text import NormalisedText, fold
from mawaqif.records import Publication, Reading, Span
from mawaqif.vocabulary import Vocabulary

WIDEST = 1100
"""Days: bounds further apart than three years say too little to be given as a range."""

MONTHS_BACK = 8
"""«سبتمبر الماضي» without a year reaches back at most so far in nine of ten cases (147 of 164 in news of mid-2015)."""

EVENT_REACH = 45
"""Days after an event within which «الأسبوع الماضي» or «قبل أيام» beside it are looked for."""

MOST_PHRASES = 200
"""Relative phrases of one text that are compared with dated events, so that a text of megabytes stays quick."""

_PERFECT = re.compile(
    r"[وف]?(?:(?![يتنا])\w{2,}ت|ا(?!ل)\w{2,}ت|كان|تم|جري|وقع|بدا|اعلن|شهد|صدر|اقر|عقد|وافق|انسحب|دخل|تاسس|اسس|توفي|قتل)\Z"
)
_FORMER = re.compile(r"(?<!\w)(?:ال)?(?:سابق|اسبق|راحل|منتخب|مرشح|مخلوع)")
_NEAR = 4


@dataclass(frozen=True)
class _Evidence:
    """A bound or condition on the day of writing and the phrase that shows it."""

    span: tuple[int, int]
    earliest: date | None = None
    latest: date | None = None


def infer_publication(reading: Reading, vocabulary: Vocabulary) -> Reading:
    """Return the reading with `published` inferred, where it was neither stated nor given."""
    if reading.published.basis != "unknown":
        return reading
    copy = reading_copy(reading)
    dates = read_in_sentences(copy.text, copy_sentences(reading, copy), vocabulary.dates)
    return replace(reading, published=_infer(reading, copy, dates, vocabulary))


def _infer(reading: Reading, copy: NormalisedText, dates: list[DateInText], vocabulary: Vocabulary) -> Publication:
    # 1. A day said and named at once.
    intervals = resolve_dates(dates, Publication())
    said = next(_days_said(copy.text, dates, intervals), None)
    if said is not None and said.earliest is not None:
        return _publication(said.earliest, said.earliest, copy, said)
    # 2. Bounds.
    bounds = [*_bounds(copy.text, dates, intervals), *_offices(reading, copy, vocabulary)]
    low = max((b for b in bounds if b.earliest), key=lambda b: b.earliest or date.min, default=None)
    high = min((b for b in bounds if b.latest), key=lambda b: b.latest or date.max, default=None)
    # 3. Days that fit all that is said, within bounds or around a dated event.
    days, shown = _candidate_days(low, high, copy.text, dates, vocabulary)
    conditions = list(islice(_conditions(copy.text, dates), MOST_PHRASES))
    narrowing = next((evidence for evidence, fits in conditions if not all(map(fits, days))), None)
    days = [day for day in days if all(fits(day) for _, fits in conditions)]
    if not days or (days[-1] - days[0]).days > WIDEST:
        return reading.published
    decisive = shown or narrowing or low
    return _publication(days[0], days[-1], copy, decisive)


def _publication(first: date, last: date, copy: NormalisedText, evidence: _Evidence | None) -> Publication:
    span: Span | None = copy.source_span(*evidence.span) if evidence else None
    return Publication(first if first == last else None, first, last, "inferred", span)


# --- a day said and named -------------------------------------------------------------------------------------------

_SAID_OFFSETS = (("اول", -2), ("امس", -1), ("بارحه", -1), ("بعد غد", 2), ("غد", 1), ("يوم", 0))


def _offset_said(words: str) -> int | None:
    return next((offset for word, offset in _SAID_OFFSETS if word in words), None)


def _days_said(text: str, dates: list[DateInText], intervals: list[Interval]) -> Iterator[_Evidence]:
    """Yield days of writing from «أمس الخميس 15 أغسطس 2024»."""
    for at, (here, following) in enumerate(pairwise(dates)):
        named = intervals[at + 1]
        phrase = here.phrase
        beside = text[phrase.end : following.phrase.start].strip(" ,(-")
        if phrase.kind not in ("said", "said_weekday") or beside not in ("", "الموافق", "المصادف"):
            continue
        offset = _offset_said(text[phrase.start : phrase.end])
        if named.basis == "absolute" and named.granularity == "day" and named.first and offset is not None:
            day = named.first - timedelta(days=offset)
            yield _Evidence((phrase.start, following.phrase.end), day, day)


# --- bounds ---------------------------------------------------------------------------------------------------------


def _bounds(text: str, dates: list[DateInText], intervals: list[Interval]) -> Iterator[_Evidence]:
    """Yield what has happened by a named date (earliest) and what is announced for one (latest).

    Only a verb close before the date counts: years are also names of cups, budgets and plans.
    """
    for item, interval in zip(dates, intervals, strict=True):
        phrase = item.phrase
        if (
            interval.basis != "absolute"
            or not interval.is_closed
            or phrase.kind in ("range", "hijri")
            or item.is_counterfactual
        ):
            continue
        before = re.split(r"[,.;:\"()\n]", text[max(0, phrase.start - 80) : phrase.start])[-1].split()
        near, span = before[-_NEAR:], (phrase.start, phrase.end)
        if any(is_future_verb(word) for word in near):
            yield _Evidence(span, latest=interval.last)
        elif any(_PERFECT.match(word) for word in near) and not item.is_future and not item.is_hypothetical:
            yield _Evidence(span, earliest=interval.first)


def _offices(reading: Reading, copy: NormalisedText, vocabulary: Vocabulary) -> Iterator[_Evidence]:
    """Yield the terms of those whom the text names with the office they hold («رئيس الوزراء فلان»)."""
    for mention in reading.mentions:
        actor = vocabulary.actor(mention.actor_id) if mention.registered else None
        if actor is None or not actor.offices:
            continue
        start, end = copy.index_of(mention.start), copy.index_of(mention.end)
        before, after = copy.text[max(0, start - 40) : start], copy.text[end : end + 15]
        if _FORMER.search(before) or _FORMER.search(after) or "\n" in before[-12:]:
            continue
        held = [o for o in actor.offices if fold(o.title).split()[0] in re.split(r"[,.;:\"\n]", before)[-1].split()]
        if len(held) == 1:
            until = held[0].until
            yield _Evidence((start, end), held[0].since, until - timedelta(days=1) if until else None)


# --- conditions within bounds ---------------------------------------------------------------------------------------


def _candidate_days(
    low: _Evidence | None, high: _Evidence | None, text: str, dates: list[DateInText], vocabulary: Vocabulary
) -> tuple[list[date], _Evidence | None]:
    """Return the days between the bounds, or those around dated events that a relative phrase stands beside."""
    first = low.earliest if low else None
    last = high.latest if high else None
    around, shown = _days_after_events(text, dates, vocabulary)
    inside = [day for day in around if (first is None or first <= day) and (last is None or day <= last)]
    if inside:
        return inside, shown
    if first is None or last is None or not 0 <= (last - first).days <= 3 * WIDEST:
        return [], None
    return [first + timedelta(days=count) for count in range((last - first).days + 1)], None


def _days_after_events(
    text: str, dates: list[DateInText], vocabulary: Vocabulary
) -> tuple[list[date], _Evidence | None]:
    """Return the days on which «الأسبوع الماضي» in a sentence on a dated event would name the days of that event."""
    found: set[date] = set()
    shown: _Evidence | None = None
    events = find_events(text, vocabulary.dates)
    places = [at for at, _ in events]
    kinds = ("unit", "said", "said_weekday", "weekday")
    relative = (item for item in dates if item.phrase.kind in kinds and item.phrase.lean != "future")
    for item in islice(relative, MOST_PHRASES):
        start, end = max(item.sentence[0], item.phrase.start - 120), min(item.sentence[1], item.phrase.start + 120)
        beside = [event for _, event in events[bisect_left(places, start) : bisect_left(places, end)]]
        for first, last in (days for event in beside for days in event_days(event)):
            fitting = {day for day in _days_from(first) if _names(item, day, first, last)}
            found |= fitting
            shown = _Evidence((item.phrase.start, item.phrase.end)) if fitting else shown
    return sorted(found), shown


def _days_from(first: date) -> Iterable[date]:
    return (first + timedelta(days=count) for count in range(EVENT_REACH))


def _names(item: DateInText, day: date, first: date, last: date) -> bool:
    """Whether a phrase written on `day` covers the days of an event."""
    found = item.phrase.resolve(Context(day, None, "past"))
    return bool(found.is_closed and found.first and found.last and found.first <= first and last <= found.last)


_Condition = tuple[_Evidence, Callable[[date], bool]]


def _conditions(text: str, dates: list[DateInText]) -> Iterator[_Condition]:
    """Yield what a day of writing must fit: a dateline, the weekday said, months that are just over or ahead."""
    for item in dates:
        phrase = item.phrase
        evidence = _Evidence((phrase.start, phrase.end))
        if phrase.kind == "dateline":
            yield evidence, _on_dateline(item)
        elif phrase.kind == "said_weekday":
            offset = _offset_said(text[phrase.start : phrase.end])
            if offset is not None:
                yield evidence, _on_weekday(item, offset)
    for item in dates:
        if item.phrase.kind == "month" and item.phrase.lean == "past":
            yield _Evidence((item.phrase.start, item.phrase.end)), _soon_after(item)


def _on_dateline(item: DateInText) -> Callable[[date], bool]:
    def fits(day: date) -> bool:
        found = item.phrase.resolve(Context(day, None, "past"))
        return found.first == day

    return fits


def _on_weekday(item: DateInText, offset: int) -> Callable[[date], bool]:
    def fits(day: date) -> bool:
        found = item.phrase.resolve_base(Context(day))
        return found.first == day + timedelta(days=offset)

    return fits


def _soon_after(item: DateInText) -> Callable[[date], bool]:
    def fits(day: date) -> bool:
        found = item.phrase.resolve_base(Context(day))
        return found.last is None or (day.year - found.last.year) * 12 + day.month - found.last.month <= MONTHS_BACK

    return fits
