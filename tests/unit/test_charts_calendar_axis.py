from __future__ import annotations

from datetime import date, timedelta
from itertools import pairwise

import pytest

from mawaqif.charts.calendar_axis import describe_days, make_calendar_axis


def day(text: str) -> date:
    return date.fromisoformat(text)


def test_time_never_runs_backwards_on_the_axis() -> None:
    days = [day(d) for d in ("1970-01-01", "1989-12-31", "2014-01-01", "2024-07-22", "2024-07-23", "2026-12-31")]
    axis = make_calendar_axis(days, unit="year", language="en")
    places = [axis.position(days[0] + timedelta(days=n)) for n in range(0, (days[-1] - days[0]).days, 17)]

    assert all(a <= b for a, b in pairwise(places))
    assert places[0] == 0
    assert axis.position(days[-1], end_of_day=True) == pytest.approx(axis.width)


def test_blocks_follow_each_other_without_a_hole() -> None:
    axis = make_calendar_axis([day("2021-03-23"), day("2024-07-24"), day("2024-08-16")], unit="month", language="en")

    for one, following in pairwise(axis.blocks):
        assert following.start == one.end + timedelta(days=1)
        assert following.left == pytest.approx(one.right)


def test_months_without_an_article_become_one_gap_that_says_which() -> None:
    days = [day("2021-03-23"), day("2024-07-24"), day("2024-08-16")]
    axis = make_calendar_axis(days, unit="month", language="en", busy_from=1, merge_from=1)

    assert [(b.first, b.last, b.is_gap) for b in axis.blocks] == [
        ("Mar 2021", "Mar 2021", False),
        ("Apr 2021", "Jun 2024", True),
        ("Jul 2024", "Jul 2024", False),
        ("Aug 2024", "Aug 2024", False),
    ]


def test_a_busy_year_is_wider_than_a_quiet_one() -> None:
    busy = [date(2024, month, 1) for month in range(1, 13)]
    axis = make_calendar_axis([*busy, date(2025, 1, 1), date(2025, 2, 1), date(2025, 3, 1)], unit="year", language="en")
    widths = {b.first: b.right - b.left for b in axis.blocks}

    assert widths["2024"] > widths["2025"]


def test_an_axis_without_days_has_a_width_all_the_same() -> None:
    assert make_calendar_axis([], unit="year", language="en").width > 0


@pytest.mark.parametrize(
    ("first", "last", "shown"),
    [
        ("2024-08-16", "2024-08-16", "16 Aug 2024"),
        ("2024-07-22", "2024-07-23", "22–23 Jul 2024"),
        ("2024-07-31", "2024-08-16", "31 Jul – 16 Aug 2024"),
        ("2024-12-31", "2025-01-01", "31 Dec 2024 – 1 Jan 2025"),
        ("2024-09-01", "2024-09-30", "Sep 2024"),
        ("2024-02-01", "2024-08-31", "Feb–Aug 2024"),
        ("2025-09-01", "2026-09-30", "Sep 2025 – Sep 2026"),
        ("2026-01-01", "2026-12-31", "2026"),
        ("1980-01-01", "1989-12-31", "1980–1989"),
        ("2025-08-01", None, "Aug 2025 …"),
        ("2027-01-01", None, "2027 …"),
        (None, "2014-12-31", "… 2014"),
        (None, "2024-08-15", "… 15 Aug 2024"),
        (None, None, "?"),
    ],
)
def test_a_span_is_said_as_briefly_as_it_can_be(first: str | None, last: str | None, shown: str) -> None:
    days = [day(d) if d else None for d in (first, last)]

    assert describe_days(days[0], days[1], language="en") == shown


def test_months_are_named_in_arabic() -> None:
    assert describe_days(day("2024-07-22"), day("2024-07-23"), language="ar") == "22–23 يوليو 2024"
