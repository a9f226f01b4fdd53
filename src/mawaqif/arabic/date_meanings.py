"""What dates mean that are made of others: events, what lies before, after and between, parts."""

from __future__ import annotations

from datetime import date
from functools import lru_cache

from mawaqif.arabic import calendar as cal
from mawaqif.arabic.calendar import Interval
from mawaqif.arabic.date_context import ANCHORED, RELATIVE, Context, Meaning
from mawaqif.vocabulary import DatedEvent


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


def mean_eve(inner: Meaning) -> Meaning:
    """«عشية عيد الفطر»: the day before."""

    def mean(context: Context) -> Interval | None:
        found = inner(context)
        before = cal.shift_days(found.first, -1) if found and found.first else None
        return found._replace(first=before, last=before, granularity="day") if found and before else None

    return mean


def mean_part(part: str | int, number: int | None, inner: Meaning) -> Meaning:
    """Cut an early, mid or late part, or the `number`-th of `part` equal fractions, out of a meaning."""

    def mean(context: Context) -> Interval | None:
        whole = inner(context)
        if whole is None or not whole.is_closed:
            return whole
        return cal.cut_part(whole, str(part)) if number is None else cal.cut_fraction(whole, int(part), number)

    return mean
