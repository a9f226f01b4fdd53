"""Intervals of the Gregorian and Hijri calendars and the arithmetic on them; knows no words."""

from __future__ import annotations

from calendar import monthrange
from datetime import date, timedelta
from functools import lru_cache
from typing import NamedTuple

from hijridate import Hijri

ONE_DAY = timedelta(days=1)


class Interval(NamedTuple):
    """Inclusive days, an open end being None; `granularity` and `basis` as in `records.DateExpression`."""

    first: date | None
    last: date | None
    granularity: str
    basis: str = "absolute"

    @property
    def is_closed(self) -> bool:
        """Whether both ends are known."""
        return self.first is not None and self.last is not None


def day(value: date, basis: str = "absolute") -> Interval:
    """Return the interval of one day."""
    return Interval(value, value, "day", basis)


def shift_days(value: date, count: int) -> date | None:
    """Return `value` moved by `count` days, or None outside of the calendar's years."""
    try:
        return value + timedelta(days=count)
    except OverflowError:
        return None


def make_day(year: int, month: int, number: int) -> date | None:
    """Return a Gregorian day, or None where there is none."""
    try:
        return date(year, month, number)
    except (ValueError, OverflowError):
        return None


def shift_month(year: int, month: int, count: int) -> tuple[int, int]:
    """Return the (year, month) that lies `count` months later."""
    index = year * 12 + month - 1 + count
    return index // 12, index % 12 + 1


@lru_cache(maxsize=4096)
def month_interval(
    year: int, month: int, basis: str = "absolute", *, until: tuple[int, int] | None = None
) -> Interval | None:
    """Return a whole month, or the whole months from (year, month) to `until`; None outside years 1 to 9999."""
    last_year, last_month = until or (year, month)
    if not 1 <= year <= last_year <= 9999:
        return None
    last = date(last_year, last_month, monthrange(last_year, last_month)[1])
    return Interval(date(year, month, 1), last, "month", basis)


@lru_cache(maxsize=4096)
def year_interval(year: int, basis: str = "absolute", *, until: int | None = None) -> Interval | None:
    """Return a whole year, or the years up to and with `until`."""
    last = year if until is None else until
    if not 1 <= year <= last <= 9999:
        return None
    return Interval(date(year, 1, 1), date(last, 12, 31), "year", basis)


@lru_cache(maxsize=4096)
def week_interval(value: date, basis: str = "absolute", *, offset: int = 0) -> Interval | None:
    """Return the week of `value`, Monday to Sunday (ISO 8601), moved by `offset` weeks."""
    monday = shift_days(value, -value.weekday() + 7 * offset)
    sunday = shift_days(monday, 6) if monday else None
    return Interval(monday, sunday, "week", basis) if monday and sunday else None


def playing_season_interval(value: date, basis: str = "absolute", *, offset: int = 0) -> Interval | None:
    """Return the season of sports (July to June) that `value` lies in, moved by `offset` seasons."""
    year = value.year + offset - (value.month < 7)
    found = month_interval(year, 7, basis, until=(year + 1, 6))
    return found and found._replace(granularity="year")


def season_interval(first_month: int, year: int, basis: str = "absolute") -> Interval | None:
    """Return a meteorological season; winter begins in December of `year`."""
    found = month_interval(year, first_month, basis, until=shift_month(year, first_month, 2))
    return found and found._replace(granularity="season")


def decade_interval(first_year: int, basis: str = "absolute") -> Interval | None:
    """Return the ten years from `first_year`."""
    found = year_interval(first_year, basis, until=first_year + 9)
    return found and found._replace(granularity="decade")


def century_interval(number: int, basis: str = "absolute") -> Interval | None:
    """Return a century; the twentieth is 1901 to 2000."""
    found = year_interval(number * 100 - 99, basis, until=number * 100)
    return found and found._replace(granularity="century")


@lru_cache(maxsize=4096)
def hijri_interval(year: int, month: int | None = None, number: int | None = None) -> Interval | None:
    """Return a Hijri day, month or year in Gregorian days (Umm al-Qura), or None outside 1343 to 1500 AH."""
    try:
        if month is not None and number is not None:
            return day(_gregorian(Hijri(year, month, number)))
        first, last = Hijri(year, month or 1, 1), Hijri(year, month or 12, 1)
        end = Hijri(year, last.month, last.month_length())
    except (ValueError, OverflowError):
        return None
    return Interval(_gregorian(first), _gregorian(end), "month" if month else "year")


def hijri_year_of(value: date) -> int:
    """Return about which Hijri year `value` lies in; right to within a year."""
    return int((value.year - 622) * 33 / 32) + 1


def _gregorian(value: Hijri) -> date:
    found = value.to_gregorian()
    return date(found.year, found.month, found.day)


def cut_part(whole: Interval, part: str) -> Interval:
    """Return the early, mid or late part of a closed interval.

    A month is cut into thirds of ten days; a year into January to March, May to August, October to December; a decade
    into four, three and three years; a century into 33, 34 and 33 years; a season into its months; a day or week is
    returned whole.
    """
    if whole.first is None or whole.last is None:
        return whole
    first, last = whole.first, whole.last
    if whole.granularity == "month" and (first.year, first.month) == (last.year, last.month):
        days = {"early": (1, 10), "mid": (11, 20), "late": (21, last.day)}[part]
        return whole._replace(first=first.replace(day=days[0]), last=first.replace(day=days[1]))
    if whole.granularity == "month" and (last - first).days < 31:  # a Hijri month
        steps = {"early": (0, 9), "mid": (10, 19), "late": (20, (last - first).days)}[part]
        return whole._replace(first=first + steps[0] * ONE_DAY, last=first + steps[1] * ONE_DAY)
    if whole.granularity == "year" and first.year == last.year:
        months = {"early": (1, 3), "mid": (5, 8), "late": (10, 12)}[part]
    elif whole.granularity == "season":
        months = {"early": (0, 0), "mid": (1, 1), "late": (2, 2)}[part]
        start = shift_month(first.year, first.month, months[0])
        return _as_part(month_interval(*start, whole.basis), whole)
    elif whole.granularity in ("decade", "century"):
        years = {
            "decade": {"early": (0, 3), "mid": (4, 6), "late": (7, 9)},
            "century": {"early": (0, 32), "mid": (33, 66), "late": (67, 99)},
        }[whole.granularity][part]
        return _as_part(year_interval(first.year + years[0], whole.basis, until=first.year + years[1]), whole)
    else:
        return whole
    return _as_part(month_interval(first.year, months[0], whole.basis, until=(first.year, months[1])), whole)


def cut_fraction(whole: Interval, parts: int, number: int) -> Interval:
    """Return the `number`-th of `parts` equal parts of a year, month, decade or century."""
    if whole.first is None or whole.last is None or not 1 <= number <= parts:
        return whole
    first, last = whole.first, whole.last
    if whole.granularity == "year" and first.year == last.year and 12 % parts == 0:
        size = 12 // parts
        start = (number - 1) * size + 1
        return _as_part(month_interval(first.year, start, whole.basis, until=(first.year, start + size - 1)), whole)
    if whole.granularity in ("decade", "century"):
        size = (last.year - first.year + 1) // parts
        start = first.year + (number - 1) * size
        until = last.year if number == parts else start + size - 1
        return _as_part(year_interval(start, whole.basis, until=until), whole)
    if whole.granularity == "month" and parts == 2 and (first.year, first.month) == (last.year, last.month):
        half = (first, first.replace(day=15)) if number == 1 else (first.replace(day=16), last)
        return whole._replace(first=half[0], last=half[1], granularity="part_of_year")
    size = (last - first).days // parts + 1
    start_day = first + (number - 1) * size * ONE_DAY
    return _as_part(Interval(start_day, min(last, start_day + (size - 1) * ONE_DAY), "", whole.basis), whole)


def _as_part(part: Interval | None, whole: Interval) -> Interval:
    return part._replace(granularity="part_of_year") if part else whole
