"""Infers when an undated article was written from what its text says: a decided day, else a range, else nothing.

The days that remain are kept as windows, and each piece of evidence cuts them down, in the order of its force:
1. a dateline with its year («بغداد 20 أغسطس 2024 (رويترز)»), or a day said and named at once («اليوم الثلاثاء 20 أغسطس
   2024»), decides;
2. bounds: what has happened, what is announced for a named date, a weekday or year said and named («الأحد المقبل 25
   أغسطس 2024», «العام الجاري 2024»), who is or was in office;
3. likelihoods, each left aside where it contradicts what came before: dated events of «الأسبوع الماضي», a known event
   that the opening reports, what is news on known days only, an agency's dateline, weekdays of named days, months that
   are «الماضي», elections and anniversaries ahead;
4. the weekday of «أمس الخميس».
A wrong day is worse than a range, and a range that is not closed at both ends is given as unknown.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from functools import lru_cache
from itertools import chain, islice, pairwise

from mawaqif.annotate.dates import (
    OPENING,
    DatedText,
    DateInText,
    copy_sentences,
    find_reported,
    is_future_verb,
    is_perfect,
    read_in_sentences,
    resolve_dates,
)
from mawaqif.arabic import calendar as cal
from mawaqif.arabic.calendar import Interval
from mawaqif.arabic.date_context import Context
from mawaqif.arabic.date_meanings import event_times
from mawaqif.arabic.dates import event_days
from mawaqif.arabic.reading_copy import reading_copy
from mawaqif.arabic.text import NormalisedText, fold
from mawaqif.records import Mention, Publication, Reading, Span
from mawaqif.vocabulary import Actor, DatedEvent, DatesFile, Vocabulary

WIDEST = 1100
"""Days: bounds further apart than three years say too little to be given as a range."""

MONTHS_BACK = 8
"""«سبتمبر الماضي» without a year reaches back at most so far in nine of ten cases (147 of 164 in news of mid-2015)."""

EVENT_REACH = 45
"""Days after an event within which «الأسبوع الماضي» or «قبل أيام» beside it are looked for."""

REPORT_REACH = 7
"""Days after an event within which an article opens with it as its news."""

SAME_NEWS_REACH = 2
"""Days after a weekday named without more («أفاد مصدر، الثلاثاء») in which it is written (28 of 30 in mid-2015)."""

ELECTION_REACH = 540
"""Days before an election in which it is «الانتخابات المقبلة»: half a term, roughly."""

ANNIVERSARY_REACH = 120
"""Days before an anniversary in which it is «الوشيكة» or «المقبلة»."""

WEEKDAY_REACH = 10
"""Days before a weekday in which it is «المقبل», and after it «الماضي»: the one of the next or last week."""

DATE_REACH = 180
"""Days around a weekday and day of a month named without their year («الثلاثاء 20 آب») in which they are named so."""

MOST_PHRASES = 200
"""Relative phrases of one text that are compared with dated events, so that a text of megabytes stays quick."""

_FIRST, _LAST = date(1950, 1, 1), date(2099, 12, 31)
_NEAR = 4
_FORMER = re.compile(r"(?<!\w)(?:ال)?(?:سابق|اسبق|راحل|منتخب|مرشح|مخلوع)")
_FORMER_HOLDER = re.compile(r"(?<!\w)(?:ال)?سابق")
_STOPS = re.compile(r"[,.;:\"()\n]")

Window = tuple[date, date]


@dataclass(frozen=True)
class _Evidence:
    """Days of writing that a phrase of the copy allows."""

    span: tuple[int, int]
    windows: tuple[Window, ...]


def infer_publication(reading: Reading, vocabulary: Vocabulary) -> Reading:
    """Return the reading with `published` inferred, where it was neither stated nor given."""
    if reading.published.basis != "unknown":
        return reading
    copy = reading_copy(reading)
    read = read_in_sentences(copy.text, copy_sentences(reading, copy), vocabulary.dates)
    return replace(reading, published=_infer(reading, copy, read, vocabulary))


def _infer(reading: Reading, copy: NormalisedText, read: DatedText, vocabulary: Vocabulary) -> Publication:
    text, dates = copy.text, read.dates
    intervals = resolve_dates(dates, Publication())
    # 1. A dateline, a day said and named at once.
    said = next(chain(_full_datelines(text, dates, intervals, vocabulary), _days_said(text, dates, intervals)), None)
    if said is not None:
        day = said.windows[0][0]
        return _publication(day, day, copy, said)
    # 2. Bounds.
    windows: list[Window] = [(_FIRST, _LAST)]
    decisive: _Evidence | None = None
    for evidence in (*_bounds(text, dates, intervals), *_offices(reading, copy, vocabulary)):
        narrowed = _intersect(windows, evidence.windows)
        if not narrowed:
            return reading.published
        decisive = evidence if narrowed != windows else decisive
        windows = narrowed
    # 3. Likelihoods.
    for evidence in _likelihoods(text, read, vocabulary.dates):
        narrowed = _intersect(windows, evidence.windows)
        if narrowed and narrowed != windows:
            windows, decisive = narrowed, evidence
    # 4. Weekdays.
    first, last = windows[0][0], windows[-1][1]
    if first == _FIRST or last == _LAST or (last - first).days > WIDEST:
        return reading.published
    windows, decisive = _fit_weekdays(windows, decisive, text, dates)
    return _publication(windows[0][0], windows[-1][1], copy, decisive)


def _publication(first: date, last: date, copy: NormalisedText, evidence: _Evidence | None) -> Publication:
    span: Span | None = copy.source_span(*evidence.span) if evidence else None
    return Publication(first if first == last else None, first, last, "inferred", span)


def _intersect(windows: Sequence[Window], others: Sequence[Window]) -> list[Window]:
    """Return the days that lie in both lists of windows, each list in order; those that touch are joined."""
    found: list[Window] = []
    for first, last in windows:
        for start, end in others:
            if start > last:
                break
            if first <= end:
                found.append((max(first, start), min(last, end)))
    joined: list[Window] = []
    for first, last in sorted(found):
        if joined and first <= joined[-1][1] + cal.ONE_DAY:
            joined[-1] = (joined[-1][0], max(last, joined[-1][1]))
        else:
            joined.append((first, last))
    return joined


def _since(day: date) -> tuple[Window, ...]:
    return ((day, _LAST),) if day <= _LAST else ()


def _until(day: date) -> tuple[Window, ...]:
    return ((_FIRST, day),) if day >= _FIRST else ()


# --- datelines ------------------------------------------------------------------------------------------------------

LONGEST_DATELINE = 5
"""Words of a line before the date of a dateline: a town, a country, an agency."""

_DATELINE_END = r" ?(?:[مه](?!\w))? ?(?:[-:(/|,]? ?(?:{agencies})(?!\w)|-(?! ?\d)|:|\||\Z|\n)"
_TOWNS_ONLY = re.compile(r"[^\d.;!?]*")


@lru_cache(maxsize=4)
def _compile_datelines(words: DatesFile) -> tuple[re.Pattern[str], frozenset[str]]:
    """Return what follows the date of a dateline, and words that no dateline has before it."""
    agencies = "|".join(sorted((re.escape(fold(name)) for name in words.connectives["agency"]), key=len, reverse=True))
    joining = {fold(form).split()[0] for name, forms in words.connectives.items() if name != "agency" for form in forms}
    return re.compile(_DATELINE_END.format(agencies=agencies)), frozenset(joining)


def _is_dateline(text: str, item: DateInText, words: DatesFile) -> bool:
    """Whether a date stands in a dateline: after a town at the head of a line, before an agency, a dash or the end."""
    phrase = item.phrase
    if phrase.kind == "dateline":
        return True
    if phrase.start > OPENING or phrase.kind not in ("day", "hijri") or phrase.granularity != "day":
        return False
    head = text[text.rfind("\n", 0, phrase.start) + 1 : phrase.start]
    end, joining = _compile_datelines(words)
    named = re.findall(r"\w+", head)
    if len(named) > LONGEST_DATELINE or not _TOWNS_ONLY.fullmatch(head) or not joining.isdisjoint(named):
        return False
    return end.match(text, phrase.end) is not None and not any(map(is_perfect, named))


def _full_datelines(
    text: str, dates: Sequence[DateInText], intervals: list[Interval], vocabulary: Vocabulary
) -> Iterator[_Evidence]:
    """Yield the days of datelines that tell their year: «الرياض 26 شوال 1436 هـ الموافق 11 أغسطس 2015 م واس»."""
    for item, interval in zip(dates, intervals, strict=True):
        if item.phrase.start > OPENING:
            return
        day = interval.first
        told = interval.basis == "absolute" and day is not None and day == interval.last
        if told and day is not None and _is_dateline(text, item, vocabulary.dates):
            yield _Evidence((item.phrase.start, item.phrase.end), ((day, day),))


# --- a day said and named -------------------------------------------------------------------------------------------

LATEST_SAID = 1500
"""Characters of a text in which «أمس الخميس 15 أغسطس» is the writer's; further on it often stands in words quoted."""

_SAID_OFFSETS = (("اول", -2), ("امس", -1), ("بارحه", -1), ("بعد غد", 2), ("غد", 1), ("يوم", 0))


def _offset_said(words: str) -> int | None:
    return next((offset for word, offset in _SAID_OFFSETS if word in words), None)


def _days_said(text: str, dates: Sequence[DateInText], intervals: list[Interval]) -> Iterator[_Evidence]:
    """Yield days of writing from «أمس الخميس 15 أغسطس 2024»."""
    for at, (here, following) in enumerate(pairwise(dates)):
        phrase = here.phrase
        if phrase.start > LATEST_SAID:
            return
        if phrase.kind not in ("said", "said_weekday"):
            continue
        named = intervals[at + 1]
        beside = text[phrase.end : following.phrase.start].strip(" ,(-")
        offset = _offset_said(text[phrase.start : phrase.end])
        if beside not in ("", "الموافق", "المصادف") or offset is None:
            continue
        if named.basis == "absolute" and named.granularity == "day" and named.first:
            day = named.first - timedelta(days=offset)
            yield _Evidence((phrase.start, following.phrase.end), ((day, day),))


# --- bounds ---------------------------------------------------------------------------------------------------------


def _bounds(text: str, dates: Sequence[DateInText], intervals: list[Interval]) -> Iterator[_Evidence]:
    """Yield what has happened by a named date, what is announced for one, and years said and named.

    Only a verb close before the date counts: years are also names of cups, budgets and plans.
    """
    for item, interval in zip(dates, intervals, strict=True):
        phrase = item.phrase
        if interval.basis != "absolute" or interval.first is None or interval.last is None:
            continue
        span = (phrase.start, phrase.end)
        if phrase.kind in _YEARS_SAID:
            year = interval.first.year + _YEARS_SAID[phrase.kind]
            yield _Evidence(span, ((date(year, 1, 1), date(year, 12, 31)),))
        if phrase.kind == "day" and phrase.lean is not None and interval.first == interval.last:
            yield _Evidence(span, (_beside_weekday(interval.first, phrase.lean),))
        if phrase.kind in ("range", "hijri", *_YEARS_SAID) or item.is_counterfactual:
            continue
        near = _STOPS.split(text[max(0, phrase.start - 80) : phrase.start])[-1].split()[-_NEAR:]
        if any(is_future_verb(word) for word in near):
            yield _Evidence(span, _until(interval.last))
        elif any(map(is_perfect, near)) and not item.is_future and not item.is_hypothetical:
            yield _Evidence(span, _since(interval.first))


def _beside_weekday(day: date, lean: str) -> Window:
    """Return when «الأحد المقبل 25 أغسطس 2024» is written: in the days before it; «الماضي», in the days after."""
    near, far = sorted(
        (day + cal.ONE_DAY * sign for sign in (1, WEEKDAY_REACH))
        if lean == "past"
        else (day - cal.ONE_DAY * sign for sign in (1, WEEKDAY_REACH))
    )
    return near, far


_YEARS_SAID = {"this_year": 0, "last_year": 1, "next_year": -1}
"""What to add to the year that is named to have that of writing."""


def _offices(reading: Reading, copy: NormalisedText, vocabulary: Vocabulary) -> Iterator[_Evidence]:
    """Yield the terms of those whom the text names with the office they hold («رئيس الوزراء فلان») or held."""
    seen: set[tuple[str, bool]] = set()
    holders = _holders(vocabulary)
    for mention in reading.mentions:
        actor = holders.get(mention.actor_id) if mention.registered else None
        if actor is None or ((actor.id, True) in seen and (actor.id, False) in seen):
            continue
        found = _office_of(mention, actor, copy)
        if found is not None:
            seen.add((actor.id, found[1]))
            yield found[0]


@lru_cache(maxsize=4)
def _holders(vocabulary: Vocabulary) -> dict[str, Actor]:
    return {actor.id: actor for actor in vocabulary.actors.actors if actor.offices}


def _office_of(mention: Mention, actor: Actor, copy: NormalisedText) -> tuple[_Evidence, bool] | None:
    """Return when a mention with a title can have been written, and whether the office is held."""
    start, end = copy.index_of(mention.start), copy.index_of(mention.end)
    before, after = copy.text[max(0, start - 40) : start], copy.text[end : end + 15]
    if "\n" in before[-12:]:
        return None
    title = re.split(r"[,.;:\"\n]", before)[-1].split()
    held = [office for office in actor.offices if fold(office.title).split()[0] in title]
    if len(held) != 1:
        return None
    since, until = held[0].since, held[0].until
    if _FORMER.search(before) or _FORMER.search(after):
        former = _FORMER_HOLDER.search(before[-12:]) is not None and until is not None and len(actor.offices) == 1
        return (_Evidence((start, end), _since(until)), False) if former and until else None
    window = (since or _FIRST, until - timedelta(days=1) if until else _LAST)
    return _Evidence((start, end), (window,)), True


# --- likelihoods ----------------------------------------------------------------------------------------------------


def _likelihoods(text: str, read: DatedText, words: DatesFile) -> Iterator[_Evidence]:
    """Yield what makes some days of writing likely, the surest first."""
    yield from _days_after_events(text, read)
    yield from _reported_events(text, read)
    yield from _reported_news(text, read.dates, words)
    for item in read.dates:
        if item.phrase.start <= OPENING and _is_dateline(text, item, words):
            yield _Evidence((item.phrase.start, item.phrase.end), _days_of_each_year(item))
    for item in read.dates:
        if item.phrase.weekday is not None:
            yield _Evidence((item.phrase.start, item.phrase.end), _days_on_weekday(item))
    months: list[DateInText] = []
    for item in read.dates:
        phrase = item.phrase
        if phrase.kind == "month" and phrase.lean == "past" and len(months) < MOST_PHRASES:
            months.append(item)
            yield _Evidence((phrase.start, phrase.end), _months_after(item))
        elif phrase.kind in ("event", "awaited") and phrase.lean == "future" and phrase.event is not None:
            yield _Evidence((phrase.start, phrase.end), _before_elections(phrase.event))
        elif phrase.kind == "anniversary" and phrase.lean == "future":
            yield _Evidence((phrase.start, phrase.end), _before_day(phrase.resolve(Context()), ANNIVERSARY_REACH))


def _days_after_events(text: str, read: DatedText) -> Iterator[_Evidence]:
    """Yield the days on which «الأسبوع الماضي» in a sentence on a dated event would name the days of that event."""
    places = [named.start for named in read.events]
    kinds = ("unit", "said", "said_weekday", "weekday")
    relative = (item for item in read.dates if item.phrase.kind in kinds and item.phrase.lean == "past")
    found: set[date] = set()
    shown: tuple[int, int] | None = None
    for item in islice(relative, MOST_PHRASES if places else 0):
        start, end = max(item.sentence[0], item.phrase.start - 120), min(item.sentence[1], item.phrase.start + 120)
        beside = [named.event for named in read.events[bisect_left(places, start) : bisect_left(places, end)]]
        for first, last in (days for event in beside if not event.with_adjective for days in event_days(event)):
            fitting = {day for day in _days_from(first) if _names(item, day, first, last)}
            found |= fitting
            shown = (item.phrase.start, item.phrase.end) if fitting else shown
    if shown is not None:
        yield _Evidence(shown, tuple(_as_windows(sorted(found))))


def _days_from(first: date) -> Iterable[date]:
    return (first + timedelta(days=count) for count in range(EVENT_REACH))


def _names(item: DateInText, day: date, first: date, last: date) -> bool:
    """Whether a phrase written on `day` covers the days of an event."""
    found = item.phrase.resolve(Context(day, None, "past"))
    return bool(found.is_closed and found.first and found.last and found.first <= first and last <= found.last)


def _as_windows(days: Sequence[date]) -> Iterator[Window]:
    """Join days that follow each other."""
    start = 0
    for at in range(1, len(days) + 1):
        if at == len(days) or days[at] - days[at - 1] > cal.ONE_DAY:
            yield days[start], days[at - 1]
            start = at


def _reported_events(text: str, read: DatedText) -> Iterator[_Evidence]:
    """Yield the days after an event that the opening reports as its news («اختتمت في ... أعمال ...»)."""
    reported = find_reported(text, read.events)
    if reported is not None:
        windows = sorted((last, last + timedelta(days=REPORT_REACH)) for _, last in event_days(reported.event))
        yield _Evidence((reported.start, reported.end), tuple(windows))


@lru_cache(maxsize=4)
def _compile_news(words: DatesFile) -> tuple[tuple[frozenset[str], ...], ...]:
    """Expand the words of each piece of news by their clitics."""
    clitics = ("", "و", "ف", "ب", "ل", "ال", "وال", "بال", "لل")
    return tuple(
        tuple(frozenset(clitic + fold(form) for form in forms for clitic in clitics) for forms in news.words)
        for news in words.news
    )


@lru_cache(maxsize=4)
def _news_stems(words: DatesFile) -> tuple[tuple[tuple[str, ...], ...], ...]:
    """Fold the words of each piece of news, the rarest lists first: most openings are passed over at the first."""
    return tuple(tuple(tuple(map(fold, forms)) for forms in reversed(news.words)) for news in words.news)


def _reported_news(text: str, dates: Sequence[DateInText], words: DatesFile) -> Iterator[_Evidence]:
    """Yield the days after what the headline or the first sentences report as the vocabulary's `news`.

    A weekday in the same opening that is the news's own («وأفاد مصدر، الثلاثاء، بأن») leaves `SAME_NEWS_REACH` days.
    """
    opening = text[:OPENING]
    compiled = _compile_news(words)
    if not any(all(any(stem in opening for stem in stems) for stems in news) for news in _news_stems(words)):
        return
    for sentence in re.finditer(r"[^\n.]+", opening):
        there = set(re.findall(r"\w+", sentence.group()))
        for news, groups in zip(words.news, compiled, strict=True):
            if any(group.isdisjoint(there) for group in groups):
                continue
            first, last = news.days
            named = (d for d in dates if d.phrase.start < OPENING and d.phrase.kind == "weekday" and not d.phrase.lean)
            same_day = any(d.phrase.resolve(Context(last)).first == last for d in named)
            until = last + timedelta(days=SAME_NEWS_REACH if same_day else REPORT_REACH)
            yield _Evidence(sentence.span(), ((first, until),))


def _days_of_each_year(item: DateInText) -> tuple[Window, ...]:
    """Return the day of an agency's dateline in each year."""
    named = item.phrase.resolve(Context(date(2024, 7, 1), None, "past"))
    if named.first is None:
        return ()
    days = (cal.make_day(year, named.first.month, named.first.day) for year in range(_FIRST.year, _LAST.year + 1))
    return tuple((day, day) for day in days if day)


def _days_on_weekday(item: DateInText) -> tuple[Window, ...]:
    """Return the days near «الثلاثاء 20 آب» in those years in which that day is a Tuesday."""
    named = item.phrase.resolve(Context(date(2024, 7, 1)))
    if named.first is None or named.basis == "absolute":
        return ()
    days = (cal.make_day(year, named.first.month, named.first.day) for year in range(1990, _LAST.year))
    back = {"past": 0, "future": DATE_REACH}.get(item.outlook or "", DATE_REACH // 6)
    ahead = 0 if item.outlook == "future" else DATE_REACH
    return tuple(
        (day - timedelta(days=back), day + timedelta(days=ahead))
        for day in days
        if day and day.weekday() == item.phrase.weekday
    )


def _months_after(item: DateInText) -> tuple[Window, ...]:
    """Return the months after the one that «أيلول الماضي» names, in each year."""
    named = item.phrase.resolve_base(Context(date(2024, 7, 1)))
    return _after_month(named.last.month) if named.last else ()


@lru_cache(maxsize=12)
def _after_month(month: int) -> tuple[Window, ...]:
    windows = []
    for year in range(1990, _LAST.year):
        first = date(*cal.shift_month(year, month, 1), 1)
        windows.append((first, date(*cal.shift_month(year, month, MONTHS_BACK + 1), 1) - cal.ONE_DAY))
    return tuple(windows)


def _before_elections(event: DatedEvent) -> tuple[Window, ...]:
    """Return the days on which the elections of each known date were the next ones and not far ahead."""
    return tuple(sorted(window for time in event_times(event) for window in _before_day(time, ELECTION_REACH)))


def _before_day(time: Interval, reach: int) -> tuple[Window, ...]:
    if time.first is None or time.last is None:
        return ()
    return ((time.first - timedelta(days=reach), time.last - cal.ONE_DAY),)


# --- weekdays -------------------------------------------------------------------------------------------------------


def _fit_weekdays(
    windows: list[Window], decisive: _Evidence | None, text: str, dates: Sequence[DateInText]
) -> tuple[list[Window], _Evidence | None]:
    """Move both ends inwards to the weekday that «أمس الخميس» gives the day of writing, unless two such differ."""
    wanted: dict[int, tuple[int, int]] = {}
    for item in dates:
        phrase = item.phrase
        offset = _offset_said(text[phrase.start : phrase.end]) if phrase.kind == "said_weekday" else None
        named = phrase.resolve_base(Context(date(2024, 7, 1))) if offset is not None else None
        if named is not None and named.first is not None and offset is not None:
            wanted.setdefault((named.first.weekday() - offset) % 7, (phrase.start, phrase.end))
    if len(wanted) != 1:
        return windows, decisive
    (weekday, span), *_ = wanted.items()
    fitted = []
    for first, last in windows:
        start = first + timedelta(days=(weekday - first.weekday()) % 7)
        end = last - timedelta(days=(last.weekday() - weekday) % 7)
        if start <= end:
            fitted.append((start, end))
    if not fitted or fitted == windows:
        return windows, decisive
    return fitted, decisive if decisive is not None else _Evidence(span, ())
