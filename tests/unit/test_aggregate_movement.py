from __future__ import annotations

from datetime import date

import pandas as pd
from small_tables import document, documents, statement, statements

from mawaqif.aggregate.attribution import add_actor
from mawaqif.aggregate.movement import Movement, find_gaps, find_movements

PAPERS = documents(
    document("a", published="2021-03-01"), document("b", published="2023-03-01"), document("c", published="2025-03-01")
)


def movements(*rows: dict, by: str = "actor_id", papers: pd.DataFrame = PAPERS) -> list[Movement]:
    return find_movements(add_actor(statements(*rows)), papers, by=by)


def test_the_largest_difference_of_each_actor_is_told_from_earlier_to_later() -> None:
    rows = [statement(1, "bloc", s, doc_id=d) for s, d in ((0, "a"), (2, "b"), (-1, "c"))]
    (moved,) = movements(*rows, statement(2, "deputy", 0), statement(2, "deputy", 0, doc_id="c"))
    assert (moved.of, moved.earlier.doc_id, moved.later.doc_id, moved.size) == ("bloc", "b", "c", 3.0)
    assert moved.statement_ids == ("b-100-150", "c-100-150")


def test_the_passage_of_an_end_is_the_one_nearest_to_its_mean() -> None:
    rows = [statement(n, "bloc", s) for n, s in ((1, -2), (2, -1), (3, 0))]
    (moved,) = movements(*rows, statement(1, "bloc", 2, doc_id="b"))
    assert moved.passages == ("a-200-250", "b-100-150")


def test_a_camp_s_end_is_the_mean_of_its_actors_and_tells_who_is_at_both() -> None:
    before = [statement(n, "bloc", 2) for n in (1, 2, 3)] + [statement(4, "deputy", 0)]
    after = [statement(1, "bloc", -1, doc_id="b"), statement(2, "newcomer", 0, doc_id="b", camp="parliament_blocs")]
    (moved,) = movements(*before, *after, by="actor_camp")
    assert (moved.earlier.mean, moved.later.mean) == (1.0, -0.5)
    assert moved.shared == ("bloc",)


def test_sources_without_a_name_never_move() -> None:
    assert movements(statement(1, "source", -2), statement(1, "source", 2, doc_id="b")) == []


def test_every_long_gap_is_found_in_order_and_overlapping_articles_leave_none() -> None:
    days = [
        (date(2025, 1, 1), date(2025, 1, 1)),
        (date(2020, 1, 1), date(2022, 1, 1)),
        (date(2021, 1, 1), date(2021, 1, 1)),
        (date(2023, 1, 1), date(2023, 1, 1)),
    ]
    assert find_gaps(days) == [
        (date(2022, 1, 1), date(2023, 1, 1)),
        (date(2023, 1, 1), date(2025, 1, 1)),
    ]
