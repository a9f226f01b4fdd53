"""What date phrases mean: functions from a context (day of writing, anchor, outlook) to days."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from functools import lru_cache
from typing import NamedTuple

from mawaqif.arabic import calendar as cal
from mawaqif.arabic.calendar import Interval
from mawaqif.arabic.date_tokens import Token, Unit
from mawaqif.vocabulary import DatedEvent

RELATIVE = "relative_to_publication"
ANCHORED = "relative_to_other_event"
FIRST_YEAR, LAST_YEAR = 1800, 2100
"""Years that a bare number of four digits may mean; with «عام» before it any year from 1000 on may."""


class Context(NamedTuple):
    """What a phrase is read against; `outlook` is "past", "future" or None where the sentence does not tell."""

    reference: date | None = None
    anchor: Interval | None = None
    outlook: str | None = None


FURTHEST_AHEAD = 240
"""Days: a day or month without its year that would lie further ahead is more likely one just past."""

Meaning = Callable[[Context], Interval | None]


def mean_fixed(interval: Interval | None) -> Meaning:
    """Return the meaning of a date that is the same whenever it is read."""
    return lambda context: interval


def _near(context: Context, candidates: list[Interval | None]) -> Interval | None:
    """Choose among the yearly recurrences of a date: the last one begun, the next one, or the nearest."""
    today = context.reference
    dated = [c for c in candidates if c is not None and c.first is not None and c.last is not None]
    if today is None or not dated:
        return None
    if context.outlook == "past":
        begun = [c for c in dated if c.first is not None and c.first <= today]
        return begun[-1] if begun else None
    if context.outlook == "future":
        ahead = [c for c in dated if c.last is not None and c.last >= today]
        if ahead and ahead[0].first is not None and (ahead[0].first - today).days <= FURTHEST_AHEAD:
            return ahead[0]
    return min(dated, key=lambda c: _distance(c, today))


def _distance(interval: Interval, today: date) -> int:
    if interval.first is None or interval.last is None:
        return 1 << 30
    if interval.first > today:
        # Writers name a coming month without its year only when it is close; the past is told from further away.
        return (interval.first - today).days * 2
    return max(0, (today - interval.last).days)


def _adjusted(context: Context, kind: str, candidates: list[Interval | None]) -> Interval | None:
    """Choose the recurrence that an adjective names: the last one over, the one running, the next one to begin."""
    today = context.reference
    dated = [c for c in candidates if c is not None]
    if today is None:
        return None
    over = [c for c in dated if c.last is not None and c.last < today]
    ahead = [c for c in dated if c.first is not None and c.first > today]
    if kind in ("past", "recent", "previous"):
        return over[-1] if over else None
    if kind == "before_last":
        return over[-2] if len(over) > 1 else None
    if kind == "after_next":
        return ahead[1] if len(ahead) > 1 else None
    if kind in ("future", "following"):
        return ahead[0] if ahead else None
    return next((c for c in dated if c.first and c.last and c.first.year <= today.year <= c.last.year), None)


_ADJECTIVE_OFFSETS = {
    "past": -1, "recent": -1, "before_last": -2, "future": 1, "after_next": 2, "current": 0, "this": 0
}  # fmt: skip

Yearly = Callable[[int], Interval | None]
"""A recurrence by Gregorian year: May, 5 May, summer, the Hijri Ramadan that begins in that year."""


class ToldYear(NamedTuple):
    """How a phrase tells its year: a number, an adjective on the phrase itself, or an adjective on «العام»."""

    number: int | None = None
    adjective: str | None = None
    of_year: str | None = None


def mean_recurring(yearly: Yearly, told: ToldYear) -> Meaning:
    """Make the meaning of a yearly date from how its year is told."""
    if told.number is not None:
        return mean_fixed(yearly(told.number))

    def mean(context: Context) -> Interval | None:
        if told.of_year in ("same", "that", "following_anchor") or told.adjective == "same":
            year = context.anchor.first.year if context.anchor and context.anchor.first else None
            found = yearly(year) if year else None
            return found and found._replace(basis=ANCHORED)
        if context.reference is None:
            return None
        if told.of_year is not None:
            shift = {**_ADJECTIVE_OFFSETS, "previous": -1, "following": 1}.get(told.of_year, 0)
            found = yearly(context.reference.year + shift)
        else:
            nearby = [yearly(context.reference.year + shift) for shift in (-2, -1, 0, 1, 2)]
            found = _adjusted(context, told.adjective, nearby) if told.adjective else _near(context, nearby)
        return found and found._replace(basis=RELATIVE)

    return mean


def mean_on_weekday(yearly: Yearly, weekday: int) -> Meaning:
    """«الثلاثاء 20 آب» without a year: a year in which that day is a Tuesday, where one is near."""

    def matching(year: int) -> Interval | None:
        found = yearly(year)
        return found if found and found.first and found.first.weekday() == weekday else None

    sure, loose = mean_recurring(matching, ToldYear()), mean_recurring(yearly, ToldYear())
    return lambda context: sure(context) or loose(context)


def mean_day_on_weekday(calendars: tuple[Yearly, ...], weekday: int) -> Meaning:
    """«الأحد 17/10»: of the first calendar in which that day is near and a Sunday; else the weekday alone."""

    def mean(context: Context) -> Interval | None:
        today = context.reference
        if today is None:
            return None
        for yearly in calendars:
            nearby = [yearly(today.year + shift) for shift in (-1, 0, 1)]
            fitting = [d for d in nearby if d and d.first and d.first.weekday() == weekday]
            found = min(fitting, key=lambda d: _distance(d, today), default=None)
            if found is not None and _distance(found, today) <= FURTHEST_AHEAD:
                return found._replace(basis=RELATIVE)
        return mean_weekday(weekday, None)(context)

    return mean


def gregorian_month(number: int) -> Yearly:
    """Return the recurrence of a month."""
    return lambda year: cal.month_interval(year, number)


def gregorian_day(month: int, first: int, last: int | None = None) -> Yearly:
    """Return the recurrence of a day of a month, or of the days up to `last`."""

    def find(year: int) -> Interval | None:
        start, end = cal.make_day(year, month, first), cal.make_day(year, month, last or first)
        return Interval(start, end, "day") if start and end and start <= end else None

    return find


def hijri_recurrence(month: int, first: int | None = None, days: int = 1) -> Yearly:
    """Return the recurrence of a Hijri day or month that begins in a Gregorian year (the first, where two do)."""

    def find(year: int) -> Interval | None:
        if not FIRST_YEAR <= year <= LAST_YEAR:
            return None
        about = cal.hijri_year_of(date(year, 1, 1))
        for hijri_year in (about - 1, about, about + 1):
            found = cal.hijri_interval(hijri_year, month, first)
            if found and found.first and found.first.year == year:
                last = cal.shift_days(found.first, days - 1) if first else found.last
                return found._replace(last=last)
        return None

    return find


def _unit_at(unit: str, reference: date, offset: int, basis: str) -> Interval | None:
    """Return the day, week, month, year, decade or century that lies `offset` from that of `reference`."""
    if unit == "day":
        moved = cal.shift_days(reference, offset)
        return cal.day(moved, basis) if moved else None
    if unit == "week":
        return cal.week_interval(reference, basis, offset=offset)
    if unit == "month":
        return cal.month_interval(*cal.shift_month(reference.year, reference.month, offset), basis)
    if unit == "year":
        return cal.year_interval(reference.year + offset, basis)
    if unit == "season":
        return cal.playing_season_interval(reference, basis, offset=offset)
    if unit == "decade":
        return cal.decade_interval(reference.year // 10 * 10 + offset * 10, basis)
    if unit == "century":
        return cal.century_interval((reference.year - 1) // 100 + 1 + offset, basis)
    return None


_COARSENESS = {
    "day": 1, "week": 2, "half_month": 3, "month": 3, "season": 4, "part_of_year": 4, "year": 5, "decade": 6,
    "century": 7,
}  # fmt: skip


def _is_as_fine(anchor: Interval, unit: str) -> bool:
    """Whether a date is told finely enough to count units from it: no day follows upon «عام 2011»."""
    return _COARSENESS.get(anchor.granularity, 1) <= max(_COARSENESS.get(unit, 1), 2)


_ANCHOR_OFFSETS = {"following": 1, "previous": -1, "same": 0, "that": 0}


def mean_unit(unit: str, adjective: str) -> Meaning:
    """«العام الماضي», «الشهر المقبل», «الأسبوع الجاري»; «العام التالي» and «العام نفسه» from the anchor."""

    def mean(context: Context) -> Interval | None:
        anchor = context.anchor
        if adjective in _ANCHOR_OFFSETS:
            if anchor and anchor.first and anchor.last and _is_as_fine(anchor, unit):
                at = anchor.last if adjective == "following" else anchor.first
                return _unit_at(unit, at, _ANCHOR_OFFSETS[adjective], ANCHORED)
            if adjective == "previous" and context.reference:
                return _unit_at(unit, context.reference, -1, RELATIVE)
            return None
        if context.reference is None:
            return None
        offset = _ADJECTIVE_OFFSETS[adjective]
        if unit == "season" and offset == 1 and context.reference.month in (7, 8):
            offset = 0  # between two seasons the next one is that about to begin
        return _unit_at(unit, context.reference, offset, RELATIVE)

    return mean


_VAGUE_BACK = {"month": 6, "week": 1}
"""How far «الأشهر الماضية» (six months) and «الأسابيع الماضية» (from the month before) reach: the codings' reading."""


def mean_span_of_units(unit: str, count: int | None, adjective: str) -> Meaning:
    """«الأشهر الستة الماضية», «الأيام القليلة المقبلة»: from or to the unit of writing; no number, an open end."""
    ahead = adjective == "future"

    def mean(context: Context) -> Interval | None:
        today = context.reference
        if today is None:
            return None
        if count is None and unit in ("hour", "minute"):
            other = cal.shift_days(today, 1 if ahead else -1)
            return Interval(min(today, other), max(today, other), "day", RELATIVE) if other else None
        if count is None and (ahead or unit not in _VAGUE_BACK):
            return Interval(today, None, unit, RELATIVE) if ahead else Interval(None, today, unit, RELATIVE)
        size = count if count is not None else _VAGUE_BACK[unit]
        if unit in ("hour", "minute"):
            unit_id, size = "day", max(1, round(size / (24 if unit == "hour" else 1440)))
        elif unit == "week":
            unit_id, size = ("day", size * 7) if count is not None else ("month", size)
        elif unit in ("decade", "century"):
            unit_id, size = "year", size * (10 if unit == "decade" else 100)
        else:
            unit_id = unit
        here, there = (_unit_at(unit_id, today, o, RELATIVE) for o in (0, size if ahead else -size))
        if here is None or there is None:
            return None
        first, last = (here.first, there.last) if ahead else (there.first, here.last)
        return Interval(first, last, "day" if unit in ("hour", "minute") else unit, RELATIVE)

    return mean


def _moved(unit: str, count: int, at: date, basis: str) -> Interval | None:
    """Return the day, week, month or year that lies `count` units from a day; one year away is read as a month."""
    if unit in ("hour", "minute"):
        other = cal.shift_days(at, count // 24 if unit == "hour" else 0)
        if other and abs(count) >= 24 and unit == "hour":
            return cal.day(other, basis)
        return Interval(min(at, other), max(at, other), "day", basis) if other else None
    if unit == "half_month":
        other = cal.shift_days(at, count * 15)
        return cal.month_interval(other.year, other.month, basis) if other else None
    if unit == "year" and abs(count) == 1:
        return _unit_at("month", at, 12 * count, basis)
    if unit == "decade":
        return _unit_at("year", at, 10 * count, basis)
    if unit == "century":
        return _unit_at("year", at, 100 * count, basis)
    return _unit_at(unit, at, count, basis)


def mean_counted(relation: str, unit: str, count: int | None, *, to_anchor: bool, of_event: bool = False) -> Meaning:
    """«قبل ثلاثة أشهر», «بعد عامين», «منذ أسابيع»; with `to_anchor` counted from a date named before.

    With `of_event` («بعد عامين من ...») the event stands after it, and only hours are taken to be of the date before.
    """
    sign = 1 if relation == "after" else -1

    def mean(context: Context) -> Interval | None:
        if to_anchor or (relation == "after" and (context.outlook == "past" or _was_reached(context, unit, count))):
            anchor = context.anchor if unit in ("hour", "minute") or not of_event else None
            at = (anchor.last if sign > 0 else anchor.first) if anchor and _is_as_fine(anchor, unit) else None
            basis = ANCHORED
            if anchor is not None and unit in ("hour", "minute"):
                return anchor._replace(basis=ANCHORED) if anchor.granularity in ("day", "week") else None
        else:
            at, basis = context.reference, RELATIVE
        if at is None:
            return None
        if count is None:
            return _vaguely(relation, unit, at, basis)
        found = _moved(unit, sign * count, at, basis)
        return found._replace(last=None) if found and relation == "since" else found

    return mean


def _was_reached(context: Context, unit: str, count: int | None) -> bool:
    """Whether «بعد عامين» of a clause that does not look ahead was over when counted from the date named before it."""
    anchor, today = context.anchor, context.reference
    if context.outlook is not None or anchor is None or anchor.last is None or today is None or count is None:
        return False
    if unit not in ("month", "year", "decade", "century") or not _is_as_fine(anchor, unit):
        return False
    found = _moved(unit, count, anchor.last, ANCHORED)
    return found is not None and found.first is not None and found.first <= today


def _vaguely(relation: str, unit: str, at: date, basis: str) -> Interval | None:
    """«قبل أيام», «بعد أسابيع»: open on the far side; weeks are read as from the month before to that of writing."""
    if relation == "after":
        return Interval(at, None, unit if unit not in ("hour", "minute") else "day", basis)
    if unit == "week":
        here, back = (_unit_at("month", at, offset, basis) for offset in (0, -1))
        return Interval(back.first, here.last, "month", basis) if here and back else None
    if unit in ("hour", "minute"):
        return Interval(cal.shift_days(at, -1), at, "day", basis)
    return Interval(None, at, unit, basis)


def mean_weekday(number: int, adjective: str | None) -> Meaning:
    """«الثلاثاء»: the last one with the day of writing; «الماضي» before it; ahead the next one."""

    def mean(context: Context) -> Interval | None:
        today = context.reference
        if adjective in ("following", "previous", "same"):
            anchor = context.anchor
            today = (anchor.last if adjective == "following" else anchor.first) if anchor else None
        if today is None:
            return None
        back = (today.weekday() - number) % 7
        if adjective in ("future", "following", "after_next"):
            move = (number - today.weekday() - 1) % 7 + 1 + 7 * (adjective == "after_next")
        elif adjective in ("past", "previous", "recent", "before_last"):
            move = -((back - 1) % 7 + 1) - (7 if adjective == "before_last" else 0)
        elif adjective == "current" or (context.outlook == "future" and adjective is None):
            move = (number - today.weekday()) % 7
        else:
            move = -back
        found = cal.shift_days(today, move)
        return (
            cal.day(found, RELATIVE if adjective not in ("following", "previous", "same") else ANCHORED)
            if found
            else None
        )

    return mean


def mean_day_offset(offset: int) -> Meaning:
    """Return the meaning of «أمس» and its kin."""

    def mean(context: Context) -> Interval | None:
        moved = cal.shift_days(context.reference, offset) if context.reference else None
        return cal.day(moved, RELATIVE) if moved else None

    return mean


def mean_vague(kind: str) -> Meaning:
    """Return the meaning of a vague adverb of the vocabulary."""

    def mean(context: Context) -> Interval | None:
        today = context.reference
        if kind in ("then", "appointed"):
            ahead = kind == "then" and context.outlook == "future"
            return context.anchor._replace(basis=ANCHORED) if context.anchor and not ahead else None
        if today is None:
            return None
        if kind == "later" and context.outlook != "future":
            return None  # «تولى لاحقا» tells of a past
        if kind == "past":
            return Interval(None, cal.shift_days(today, -1), "part_of_year", RELATIVE)
        if kind == "until_now":
            return Interval(None, today, "day", RELATIVE)
        if kind == "present":
            return cal.month_interval(today.year, today.month, RELATIVE)
        return Interval(today, None, "part_of_year", RELATIVE)

    return mean


def event_times(event: DatedEvent) -> tuple[Interval, ...]:
    """Read the times of an event as precisely as they are written."""
    return _read_times(event.times)


@lru_cache(maxsize=1024)
def _read_times(written: tuple[tuple[int | date | str, int | date | str | None], ...]) -> tuple[Interval, ...]:
    times = []
    for first, last in written:
        start, end = read_point(first), read_point(last) if last is not None else None
        if start is not None:
            granularity = start.granularity if end is None or start.granularity == end.granularity else "part_of_year"
            times.append(Interval(start.first, end.last if end else None, granularity, ANCHORED))
    return tuple(times)


def read_point(value: int | str | date) -> Interval | None:
    """Read a year, month or day as it is written in the vocabulary."""
    if isinstance(value, date):
        return cal.day(value)
    if isinstance(value, int):
        return cal.year_interval(value)
    year, _, month = value.partition("-")
    return cal.month_interval(int(year), int(month)) if month else cal.year_interval(int(year))


def mean_event(event: DatedEvent, adjective: str | None) -> Meaning:
    """Return the meaning of a named event; of several times the adjective or the day of writing chooses."""
    times = event_times(event)

    def mean(context: Context) -> Interval | None:
        today = context.reference
        if len(times) == 1 and not adjective:
            chosen = times[0]
        elif today is None:
            return None
        elif adjective in ("future", "following"):
            found = next((t for t in times if t.first and t.first > today), None)
            return found._replace(basis=RELATIVE) if found else Interval(today, None, "part_of_year", RELATIVE)
        else:
            begun = [t for t in times if t.first and t.first <= today]
            if not begun:
                return None
            chosen = begun[-1]
        return _while_it_goes_on(chosen, today, is_term=event.term)

    return mean


def _while_it_goes_on(time: Interval, today: date | None, *, is_term: bool) -> Interval:
    """Leave open what was not over on the day of writing; a term of office reaches to the month of writing."""
    if today is None or time.first is None or time.first > today or (time.last is not None and time.last <= today):
        return time
    here = cal.month_interval(today.year, today.month) if is_term else None
    return time._replace(last=here.last if here else None, granularity="part_of_year")


def mean_further(unit: str, count: int) -> Meaning:
    """«لعام إضافي», where the sentence looks ahead: so many units from the day after that of writing."""
    span = mean_span_of_units(unit, count, "future")

    def mean(context: Context) -> Interval | None:
        tomorrow = cal.shift_days(context.reference, 1) if context.reference else None
        if tomorrow is None or context.outlook != "future":
            return None
        found = _unit_at("month", tomorrow, 0, RELATIVE) if unit in ("month", "year") else None
        until = _unit_at("month", tomorrow, count * (12 if unit == "year" else 1), RELATIVE) if found else None
        if found is not None and until is not None:
            return found._replace(last=until.last, granularity=unit)
        whole = span(context)
        return whole and whole._replace(first=tomorrow)

    return mean


def mean_lasting(event: DatedEvent, days: int) -> Meaning:
    """«الحوار الذي استمر يومين»: the days of a known event that lasted so long."""
    named = mean_event(event, None)

    def mean(context: Context) -> Interval | None:
        found = named(context)
        if found is None or found.first is None or found.last is None or found.granularity != "day":
            return None
        return found if (found.last - found.first).days + 1 == days else None

    return mean


def mean_relation(relation: str, inner: Meaning, *, inclusive: bool = False, to_end: bool = False) -> Meaning:
    """Open an interval: before and after exclude it, since and until include it; «قبل نهاية» reaches `to_end`."""

    def mean(context: Context) -> Interval | None:
        found = inner(context)
        if found is None:
            return None
        if found.last is None and relation == "before" and inclusive and found.first is not None:
            # «قبل اندلاع الثورة السورية»: of what still goes on, its beginning counts.
            start = cal.month_interval(found.first.year, found.first.month)
            return found._replace(first=None, last=start.last) if start and found.basis == ANCHORED else found
        if found.last is None and relation in ("before", "after"):
            return found  # «بعد الجلسات المقبلة» is as open as they are
        if relation == "before":
            # An event known to the month may have come at its end.
            vague = to_end or (inclusive and found.granularity != "day")
            edge = found.last if vague else found.first and cal.shift_days(found.first, -1)
            return found._replace(first=None, last=edge) if edge else None
        if relation == "after":
            # After an event of a day the same day may be meant; after a year or month it may not.
            edge = found.last and cal.shift_days(found.last, 0 if inclusive else 1)
            return found._replace(first=edge, last=None) if edge else None
        if relation == "since":
            return found._replace(last=None) if found.first else None
        return found._replace(first=None) if found.last else None

    return mean


def mean_between(left: Meaning, right: Meaning) -> Meaning:
    """From the first day of one date to the last day of another; a year told by the second serves both."""

    def mean(context: Context) -> Interval | None:
        end, start = right(context), left(context)
        if end is None or end.last is None:
            return None
        if start is None or start.first is None or start.first > end.last or start.basis != end.basis:
            if (
                start
                and start.first
                and context.reference
                and start.first > context.reference
                and start.basis == end.basis
            ):
                return _until_next(start, right, context)  # «من الخميس المقبل حتى الأحد»
            start = left(context._replace(reference=end.first or end.last, outlook="past")) or start
        if start is None or start.first is None or start.first > end.last:
            return None
        return end._replace(first=start.first)

    return mean


def _until_next(start: Interval, right: Meaning, context: Context) -> Interval | None:
    """From a day ahead to the next day that `right` can mean after it."""
    end = right(context._replace(reference=start.first, outlook="future"))
    if end is None or end.last is None or start.first is None or start.first > end.last:
        return None
    return end._replace(first=start.first)


def mean_from_event(event: Meaning, tokens: list[Token]) -> Meaning:
    """Count from an event's days: the phrase is read with the event as its day of writing."""
    unit: Unit = next(t.value for t in tokens if isinstance(t.value, Unit))
    number = next((int(t.value) for t in tokens if t.kind in "nDN"), {1: 1, 2: 2}.get(unit.number))
    relation = "after" if tokens[0].kind == "2" else "before"

    def mean(context: Context) -> Interval | None:
        named = event(context)
        if named is None:
            return None
        return mean_counted(relation, unit.id, number, to_anchor=True)(context._replace(anchor=named))

    return mean


def mean_said_weekday(offset: int, number: int) -> Meaning:
    """«أمس الخميس»: the day said, or the weekday nearest to it where the two disagree (a text quoted a day later)."""

    def mean(context: Context) -> Interval | None:
        if context.reference is None:
            return None
        said = cal.shift_days(context.reference, offset)
        if said is None:
            return None
        off = (said.weekday() - number + 3) % 7 - 3
        return cal.day(cal.shift_days(said, -off) or said, RELATIVE)

    return mean


def mean_weekdays(first: int, last: int, adjective: str | None) -> Meaning:
    """«يومي الثلاثاء والأربعاء»: from the one weekday to the next such day after it."""
    begin = mean_weekday(first, adjective)

    def mean(context: Context) -> Interval | None:
        start = begin(context)
        end = cal.shift_days(start.first, (last - first) % 7) if start and start.first else None
        return start._replace(last=end) if start and end else None

    return mean


def mean_week_of_month(month: Meaning, number: int | None) -> Meaning:
    """«الأسبوع الأول من أيلول»: the `number`-th seven days of a month, or its last seven."""

    def mean(context: Context) -> Interval | None:
        whole = month(context)
        if whole is None or whole.first is None or whole.last is None:
            return None
        first = cal.shift_days(whole.last, -6) if number is None else cal.shift_days(whole.first, 7 * (number - 1))
        last = whole.last if number is None or first is None else cal.shift_days(first, 6)
        return whole._replace(first=first, last=min(last, whole.last), granularity="week") if first and last else None

    return mean


def mean_within(left: Meaning, right: Meaning) -> Meaning:
    """«5 أيلول و10 تشرين الأول 2023»: the first date in the year that the second tells."""

    def mean(context: Context) -> Interval | None:
        told = right(context)
        if told is None or told.basis != "absolute" or told.first is None:
            return left(context)
        found = left(context._replace(reference=told.first, outlook="past"))
        return found and found._replace(basis="absolute")

    return mean


def mean_first_months(inner: Meaning, count: int) -> Meaning:
    """«الأشهر الستة الأولى من العام»: the first `count` months of a year."""

    def mean(context: Context) -> Interval | None:
        year = inner(context)
        if year is None or year.first is None or not 1 <= count <= 12:
            return None
        found = cal.month_interval(year.first.year, 1, year.basis, until=(year.first.year, count))
        return found and found._replace(granularity="part_of_year")

    return mean


def mean_present(unit: str) -> Meaning:
    """«تأتي الزيارة بعد شهرين من الاتفاق»: what is reported comes at the time of writing."""

    def mean(context: Context) -> Interval | None:
        today = context.reference
        if today is None:
            return None
        if unit in ("hour", "minute", "day", "week"):
            return cal.day(today, RELATIVE)
        return cal.month_interval(today.year, today.month, RELATIVE)

    return mean


def mean_in_told_year(unit: str, told: ToldYear) -> Meaning:
    """«مثل هذا اليوم من العام الماضي»: the day or month of writing in another year."""

    def mean(context: Context) -> Interval | None:
        today = context.reference
        if today is None:
            return None
        shift = _ADJECTIVE_OFFSETS.get(told.of_year or told.adjective or "", 0)
        year = told.number if told.number is not None else today.year + shift
        if unit == "month":
            return cal.month_interval(year, today.month, RELATIVE)
        found = cal.make_day(year, today.month, today.day)
        return cal.day(found, RELATIVE) if found else None

    return mean


def mean_eve(inner: Meaning) -> Meaning:
    """«عشية عيد الفطر»: the day before."""

    def mean(context: Context) -> Interval | None:
        found = inner(context)
        before = cal.shift_days(found.first, -1) if found and found.first else None
        return found._replace(first=before, last=before, granularity="day") if found and before else None

    return mean


def mean_weekday_of_week(number: int, adjective: str) -> Meaning:
    """Return the meaning of «الخميس من الأسبوع الماضي»."""

    def mean(context: Context) -> Interval | None:
        week = mean_unit("week", adjective)(context)
        moved = cal.shift_days(week.first, number) if week and week.first else None
        return cal.day(moved, week.basis) if moved and week else None

    return mean


def mean_part(part: str | int, number: int | None, inner: Meaning) -> Meaning:
    """Cut an early, mid or late part, or the `number`-th of `part` equal fractions, out of a meaning."""

    def mean(context: Context) -> Interval | None:
        whole = inner(context)
        if whole is None or not whole.is_closed:
            return whole
        return cal.cut_part(whole, str(part)) if number is None else cal.cut_fraction(whole, int(part), number)

    return mean
