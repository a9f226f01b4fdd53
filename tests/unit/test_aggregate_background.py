from __future__ import annotations

import pytest
from small_tables import dated, dates, document, documents, statements

from mawaqif.aggregate.background import find_background
from mawaqif.aggregate.timeline import make_timeline

PAPERS = documents(document("a", published="2024-08-01"), document("b", published="2021-03-01"))
OLD = dated("a", 1, "2005-01-01", "2011-02-28", "افتتاح الجسر القديم", status="past")
NEAR = dated("a", 50, "2005-01-01", "2011-03-01", "ترميم القلعة الكبيرة", status="past")


def test_what_was_over_ten_years_before_the_oldest_article_is_background() -> None:
    events = make_timeline(dates(OLD, NEAR), statements())
    assert find_background(events, PAPERS).tolist() == [True, False]


@pytest.mark.parametrize(
    "row",
    [
        dated("a", 1, "2005-01-01", None, "افتتاح الجسر القديم", status="past"),
        dated("a", 1, "2005-01-01", "2005-12-31", "افتتاح الجسر القديم", status="planned"),
    ],
    ids=["not over", "not past"],
)
def test_what_may_go_on_or_was_only_planned_is_no_background(row: dict[str, object]) -> None:
    events = make_timeline(dates(row, NEAR), statements())
    assert not find_background(events, PAPERS).any()


def test_nothing_is_background_where_all_would_be_or_no_article_has_a_date() -> None:
    assert not find_background(make_timeline(dates(OLD), statements()), PAPERS).any()
    undated = documents(document("a", published=None, published_basis="unknown"))
    assert not find_background(make_timeline(dates(OLD, NEAR), statements()), undated).any()
    assert find_background(make_timeline(dates(), statements()), PAPERS).empty
