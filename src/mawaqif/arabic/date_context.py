"""What a date phrase is read against, and what its meaning is: a function from that to days."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import NamedTuple

from mawaqif.arabic.calendar import Interval

RELATIVE = "relative_to_publication"
ANCHORED = "relative_to_other_event"

FIRST_YEAR, LAST_YEAR = 1800, 2100
"""Years that a bare number of four digits may mean; with «عام» before it any year from 1000 on may."""


class Context(NamedTuple):
    """What a phrase is read against; `outlook` is "past", "future" or None where the sentence does not tell."""

    reference: date | None = None
    anchor: Interval | None = None
    outlook: str | None = None


Meaning = Callable[[Context], Interval | None]

ADJECTIVE_OFFSETS = {
    "past": -1, "recent": -1, "before_last": -2, "future": 1, "after_next": 2, "current": 0, "this": 0
}  # fmt: skip
"""How many units from that of writing an adjective points."""

Yearly = Callable[[int], Interval | None]
"""A recurrence by Gregorian year: May, 5 May, summer, the Hijri Ramadan that begins in that year."""


class ToldYear(NamedTuple):
    """How a phrase tells its year: a number, an adjective on the phrase itself, or an adjective on «العام»."""

    number: int | None = None
    adjective: str | None = None
    of_year: str | None = None
