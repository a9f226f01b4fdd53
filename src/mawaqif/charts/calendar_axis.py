"""A time axis that gives room to the months or years in which something is, and shows the empty ones as gaps.

News and plans cluster: on an even axis five articles in four years, or forty events in twelve, fall on top of each
other. Here each calendar unit that holds an end of some span is as wide as what it holds asks for; a run of empty
units becomes one narrow gap that says which time it stands for. Inside a unit, time is even.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Literal

from mawaqif.arabic.numerals import month_in_words

Unit = Literal["month", "year"]
_ENGLISH_MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
_GAP_WIDTH, _EMPTY_WIDTH, _FULL_WIDTH, _WIDEST = 0.7, 0.6, 1.0, 4.0
_PER_END = 0.12
"""Extra width of a unit for each end of a span in it: what kept marks apart on charts of 360 pixels."""


@dataclass(frozen=True, slots=True)
class Block:
    """A stretch of the axis: `start` and `end` are inclusive days, `left` and `right` axis units.

    `first` and `last` name its first and last unit; `is_gap` tells that no span begins or ends in it.
    """

    start: date
    end: date
    left: float
    right: float
    first: str
    last: str
    is_gap: bool


@dataclass(frozen=True, slots=True)
class CalendarAxis:
    """Blocks in order of time; `position` maps a day to axis units, 0 to `width`."""

    blocks: tuple[Block, ...]

    @property
    def width(self) -> float:
        """The length of the axis."""
        return self.blocks[-1].right if self.blocks else 1.0

    def position(self, day: date, *, end_of_day: bool = False) -> float:
        """Return where a day begins, or ends; days outside are held at the axis's ends."""
        for block in self.blocks:
            if day <= block.end:
                days = (block.end - block.start).days + 1
                into = max(0, (day - block.start).days + int(end_of_day))
                return block.left + (block.right - block.left) * into / days
        return self.width


def make_calendar_axis(
    days: Sequence[date], *, unit: Unit, language: str, busy_from: int = 3, merge_from: int = 3
) -> CalendarAxis:
    """Return the axis on which all `days` (the ends of spans) have room.

    Args:
        days: Any number of days, in any order.
        unit: What gets its own width and label.
        language: Of the labels.
        busy_from: How many ends make a unit busy; where none is, every unit that holds an end counts.
        merge_from: How many quiet units in a row are drawn together.
    """
    if not days:
        return CalendarAxis(())
    counts: dict[int, int] = {}
    for day in days:
        counts[_number(day, unit)] = counts.get(_number(day, unit), 0) + 1
    blocks: list[Block] = []
    at = 0.0
    for first, last in _runs(counts, busy_from if max(counts.values()) >= busy_from else 1, merge_from):
        ends = sum(count for n, count in counts.items() if first <= n <= last)
        is_merged = last > first or (not ends and merge_from <= 1)
        width = _GAP_WIDTH + _PER_END * ends if is_merged else _unit_width(ends)
        start, end = _first_day(first, unit), _first_day(last + 1, unit) - timedelta(days=1)
        names = _name(first, unit, language), _name(last, unit, language)
        blocks.append(Block(start, end, at, at + width, *names, is_gap=is_merged and not ends))
        at += width
    return CalendarAxis(tuple(blocks))


def _runs(counts: dict[int, int], busy_from: int, merge_from: int) -> list[tuple[int, int]]:
    """Return the units in order, each alone, except runs of quiet ones that are long enough to be drawn together."""
    first, last = min(counts), max(counts)
    busy = [n for n in sorted(counts) if counts[n] >= busy_from]
    runs: list[tuple[int, int]] = []
    at = first
    for unit in [*busy, last + 1]:
        quiet = unit - at
        runs += [(at, unit - 1)] if quiet >= merge_from else [(n, n) for n in range(at, unit)]
        runs += [(unit, unit)] if unit <= last else []
        at = unit + 1
    return [run for run in runs if run[0] <= run[1]]


def _unit_width(ends: int) -> float:
    return min(_FULL_WIDTH + _PER_END * (ends - 1), _WIDEST) if ends else _EMPTY_WIDTH


def _number(day: date, unit: Unit) -> int:
    return day.year if unit == "year" else day.year * 12 + day.month - 1


def _first_day(number: int, unit: Unit) -> date:
    year, month = (number, 0) if unit == "year" else divmod(number, 12)
    return date(min(max(year, 1), 9999), month + 1, 1)


def _name(number: int, unit: Unit, language: str) -> str:
    if unit == "year":
        return str(number)
    year, month = divmod(number, 12)
    return f"{month_in_words(month + 1) if language == 'ar' else _ENGLISH_MONTHS[month]} {year}"


def describe_days(first: date | None, last: date | None, *, language: str) -> str:
    """Return a span of inclusive days as briefly as it can be said: `2026`, `Feb–Aug 2024`, `22–23 Jul 2024`."""
    if first is None or last is None:
        return _describe_open(first, last, language)
    after = last + timedelta(days=1)
    if first.day == 1 and after.day == 1:
        if (first.month, last.month) == (1, 12):
            return str(first.year) if first.year == last.year else f"{first.year}–{last.year}"
        return _join((), _month(first, language), _month(last, language), first.year, last.year)
    if first == last:
        return f"{first.day} {_month(first, language)} {first.year}"
    return _join((first.day, last.day), _month(first, language), _month(last, language), first.year, last.year)


def describe_event_days(
    first: date | None,
    last: date | None,
    *,
    is_inferred: bool,
    language: str,
    has_escapes: bool = False,
    after: tuple[date, date] | None = None,
) -> str:
    """Return the days of an event, in brackets where no article prints them.

    Args:
        first: First day, or None where the start is open.
        last: Last day, or None where the end is open.
        is_inferred: Whether they were worked out (`out_timeline`).
        language: `en` or `ar`.
        has_escapes: Whether the brackets are to be read as such in Markdown.
        after: Where all that is known is that it comes after an article, the months in which that appeared.
    """
    days = describe_days(first, last, language=language)
    if after is not None:
        days = f"{'بعد' if language == 'ar' else 'after'} {describe_days(*after, language=language)}"
    if not is_inferred:
        return days
    return f"\\[{days}\\]" if has_escapes else f"[{days}]"


def _describe_open(first: date | None, last: date | None, language: str) -> str:
    """Leave out of an open span's one end what is only its default: the first of a month, the month of a new year."""
    day = first or last
    if day is None:
        return "?"
    edge = day if first else day + timedelta(days=1)
    shown = f"{day.day} {_month(day, language)} {day.year}"
    if edge.day == 1:
        shown = f"{_month(day, language)} {day.year}" if edge.month > 1 else str(day.year)
    return f"{shown} …" if first else f"… {shown}"


def _join(days: tuple[int, ...], month: str, other_month: str, year: int, other_year: int) -> str:
    """Join the ends of a span, saying once what they share."""
    first, last = (f"{days[0]} ", f"{days[1]} ") if days else ("", "")
    if year != other_year:
        return f"{first}{month} {year} – {last}{other_month} {other_year}"
    if month != other_month:
        return f"{first}{month} – {last}{other_month} {year}" if days else f"{month}–{other_month} {year}"
    return f"{days[0]}–{days[1]} {month} {year}" if days else f"{month} {year}"


def _month(day: date, language: str) -> str:
    return month_in_words(day.month) if language == "ar" else _ENGLISH_MONTHS[day.month - 1]
