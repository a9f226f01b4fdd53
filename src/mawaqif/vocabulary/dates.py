"""`dates.yml`: the words of dates, holidays, and events that stand for their days."""

from __future__ import annotations

import re
from calendar import monthrange
from datetime import date
from typing import Annotated, Literal, get_args

from pydantic import Field, model_validator

from mawaqif.vocabulary.entries import Bilingual, Entry, NonEmpty, refuse_empty

Forms = tuple[NonEmpty, ...]


class MonthWord(Entry):
    """A month and its names; `ambiguous` names count only where something beside them shows that a month is meant."""

    number: Annotated[int, Field(ge=1, le=12)]
    forms: Forms
    ambiguous: Forms = ()


class WeekdayWord(Entry):
    """A day of the week, Monday 0."""

    number: Annotated[int, Field(ge=0, le=6)]
    forms: Forms


class SeasonWord(Entry):
    """A season of three months."""

    first_month: Annotated[int, Field(ge=1, le=12)]
    forms: Forms


class UnitWord(Entry):
    """A unit of time in its three numbers; a `season` is that of sports, from July to June."""

    id: Literal["minute", "hour", "day", "week", "month", "year", "season", "decade", "century"]
    singular: Forms
    dual: Forms
    plural: Forms


class FractionWord(Entry):
    """«النصف» and its kin, counted by an ordinal: «الربع الثالث»."""

    parts: Annotated[int, Field(ge=2)]
    forms: Forms


class DayOffset(Entry):
    """A word for a day counted from the day of writing."""

    offset: int
    forms: Forms


class NumberWord(Entry):
    """A spelled number."""

    value: Annotated[int, Field(ge=0)]
    forms: Forms


class DecadeWord(Entry):
    """A decade of a century: 70 for the seventies."""

    tens: Literal[20, 30, 40, 50, 60, 70, 80, 90]
    forms: Forms


class Holiday(Entry):
    """A feast on a `month-day` of one calendar, lasting `days`."""

    id: NonEmpty
    calendar: Literal["hijri", "gregorian"]
    day: Annotated[str, Field(pattern=r"^\d\d-\d\d$")]
    days: Annotated[int, Field(ge=1)]
    forms: Forms

    @model_validator(mode="after")
    def _day_exists(self) -> Holiday:
        month, day = map(int, self.day.split("-"))
        longest = 30 if self.calendar == "hijri" else monthrange(2024, month)[1] if 1 <= month <= 12 else 0
        if not (1 <= month <= 12 and 1 <= day <= longest):
            raise ValueError(f"{self.day!r} is no day of the {self.calendar} calendar (month-day)")
        return self


class DatedEvent(Entry):
    """A political event or term of office; each of `times` is (first, last): a year, month or day as known."""

    id: NonEmpty
    name: Bilingual | None = None
    forms: Forms
    times: tuple[tuple[int | date | str, int | date | str | None], ...]
    alone: bool = False
    term: bool = False
    with_adjective: bool = False
    context: Forms = ()

    @model_validator(mode="after")
    def _times_exist(self) -> DatedEvent:
        if not self.forms or not self.times:
            raise ValueError("an event needs at least one form and one pair of times")
        for first, last in self.times:
            start, end = _time_bounds(first), None if last is None else _time_bounds(last)
            if end is not None and end[1] < start[0]:
                raise ValueError(f"the event ends ({last}) before it begins ({first})")
        return self


class NewsEvent(Entry):
    """What was news on known days only: a sentence of the opening with a word of each of `words` reports it."""

    id: NonEmpty
    words: tuple[Forms, ...]
    days: tuple[date, date]

    @model_validator(mode="after")
    def _is_whole(self) -> NewsEvent:
        if len(self.words) < 2 or not all(self.words):
            raise ValueError("news needs at least two lists of words, none of them empty")
        if self.days[1] < self.days[0]:
            raise ValueError(f"the news ends ({self.days[1]}) before it begins ({self.days[0]})")
        return self


Connective = Literal[
    "before", "after", "since", "from_on", "over", "during", "until", "by", "between", "from", "to", "in",
    "corresponding", "about", "few", "after_that", "before_that", "half", "last", "from_now", "hijri_mark",
    "gregorian_mark", "agency", "age", "anniversary", "lasted", "additional", "of_it", "deadline",
]  # fmt: skip

_MONTH = re.compile(r"(\d{4})-(\d{1,2})", re.ASCII)


def _time_bounds(value: int | date | str) -> tuple[date, date]:
    """Return the first and last day of a year, month or day as written in the vocabulary."""
    if isinstance(value, date):
        return value, value
    try:
        if isinstance(value, int):
            return date(value, 1, 1), date(value, 12, 31)
        if match := _MONTH.fullmatch(value):
            first = date(int(match[1]), int(match[2]), 1)
            return first, first.replace(day=monthrange(first.year, first.month)[1])
    except ValueError:
        pass
    raise ValueError(
        f"{value!r} is no time: write a year (2003), a month (2003-04), an unquoted day (2003-04-09) or null"
    )


class DatesFile(Entry):
    """`dates.yml`: months, weekdays, seasons, numerals, relative words, holidays and named political events."""

    months: tuple[MonthWord, ...]
    hijri_months: tuple[MonthWord, ...]
    weekdays: tuple[WeekdayWord, ...]
    seasons: tuple[SeasonWord, ...]
    units: tuple[UnitWord, ...]
    parts: dict[Literal["early", "mid", "late"], Forms]
    fractions: tuple[FractionWord, ...]
    adjectives: dict[
        Literal["past", "before_last", "after_next", "recent", "future", "current", "following", "previous", "same"],
        Forms,
    ]
    demonstratives: dict[Literal["this", "that", "same"], Forms]
    deictics: tuple[DayOffset, ...]
    day_times: Forms
    vague: dict[Literal["past", "later", "until_now", "future", "present", "then", "appointed"], Forms]
    awaited: Forms
    awaited_adjectives: Forms
    year_nouns: Forms
    general_after: Forms
    names_with_dates: Forms
    weekday_not_after: Forms
    weekday_not_before: Forms
    today_not_after: Forms
    term_titles: Forms
    connectives: dict[Connective, Forms]
    decades: tuple[DecadeWord, ...]
    cardinals: tuple[NumberWord, ...]
    ordinals: tuple[NumberWord, ...]
    holidays: tuple[Holiday, ...]
    events: tuple[DatedEvent, ...]
    news: tuple[NewsEvent, ...]
    status: dict[Literal["future_verbs", "hypothetical", "before_imperfect", "counterfactual", "scheduled"], Forms]
    event_nouns: Forms

    @model_validator(mode="after")
    def _is_whole(self) -> DatesFile:
        refuse_empty(self)
        for name in ("parts", "adjectives", "demonstratives", "vague", "connectives", "status"):
            wanted = get_args(get_args(type(self).model_fields[name].annotation)[0])
            if missing := [key for key in wanted if not getattr(self, name).get(key)]:
                raise ValueError(f"`{name}` has no words for {', '.join(missing)}")
        return self

    def __hash__(self) -> int:
        """Hash by a cheap part of the content, so that compiled lexicons can be cached."""
        return hash((len(self.events), len(self.holidays), self.months[0].forms, self.events[0].forms))
