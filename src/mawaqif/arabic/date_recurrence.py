"""What dates mean that come again: days and months without their year, weekdays, days counted from that of writing."""

from __future__ import annotations

from datetime import date

from mawaqif.arabic import calendar as cal
from mawaqif.arabic.calendar import Interval
from mawaqif.arabic.date_context import (
    ADJECTIVE_OFFSETS,
    ANCHORED,
    FIRST_YEAR,
    LAST_YEAR,
    RELATIVE,
    Context,
    Meaning,
    ToldYear,
    Yearly,
)

FURTHEST_AHEAD = 240
"""Days: a day or month without its year that would lie further ahead is more likely one just past."""


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
            shift = {**ADJECTIVE_OFFSETS, "previous": -1, "following": 1}.get(told.of_year, 0)
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
