from __future__ import annotations

import pandas as pd
import pytest
from small_tables import document, documents, statement, statements

from mawaqif.aggregate.network import find_side, make_network

PAPERS = documents(document("a"), document("b"), document("c", duplicate_of="a"))


def network(*rows: dict[str, object]) -> pd.DataFrame:
    return make_network(statements(*rows), PAPERS, issue_id="presence")


@pytest.mark.parametrize(("mean", "side"), [(-2, -1), (-0.5, -1), (-0.49, 0), (0, 0), (0.5, 1), (1.5, 1)])
def test_a_side_begins_half_a_step_from_the_middle(mean: float, side: int) -> None:
    assert find_side(mean) == side


def test_two_whom_one_article_quotes_are_a_pair_on_the_same_side_or_on_opposite_ones() -> None:
    pairs = network(statement(1, "bloc", -2), statement(2, "deputy", -1), statement(3, "government", 1))

    told = {(row.actor_a, row.actor_b): (row.relation, row.distance) for row in pairs.itertuples()}
    assert told == {
        ("bloc", "deputy"): ("same", 1.0),
        ("bloc", "government"): ("opposite", 3.0),
        ("deputy", "government"): ("opposite", 2.0),
    }


def test_no_pair_without_a_shared_article() -> None:
    assert network(statement(1, "bloc", -2), statement(2, "deputy", 2, doc_id="b")).empty


def test_who_stands_near_the_middle_is_on_no_side() -> None:
    assert network(statement(1, "bloc", -2), statement(2, "deputy", 0)).empty


def test_forecasts_and_other_issues_take_no_side_and_repeats_do_not_count() -> None:
    assert network(
        statement(1, "bloc", -2),
        statement(2, "deputy", 2, modality="forecast"),
        statement(3, "government", 2, issue="another"),
        statement(4, "minister", 2, doc_id="c"),
        statement(5, "bloc", -2, doc_id="c"),
    ).empty


def test_a_pair_rests_on_the_statements_of_both_in_the_articles_they_share() -> None:
    pairs = network(
        statement(1, "bloc", -2),
        statement(2, "deputy", 2),
        statement(3, "bloc", -2, doc_id="b"),
        statement(4, "deputy", 1, doc_id="b"),
        statement(5, "deputy", 2, doc_id="b"),
    )

    (pair,) = pairs.itertuples()
    assert (pair.n_documents, pair.n_statements) == (2, 5)
    assert pair.statement_ids == ["a-100-150", "b-300-350", "a-200-250", "b-400-450", "b-500-550"]


def test_of_no_statements_there_is_an_empty_table() -> None:
    assert list(network().columns)[:2] == ["actor_a", "actor_b"]
