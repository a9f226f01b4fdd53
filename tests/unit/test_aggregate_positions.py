from __future__ import annotations

import pandas as pd
import pytest
from small_tables import VOCABULARY, document, documents, statement, statements

from mawaqif.aggregate.positions import (
    average_stance,
    check_robustness,
    make_positions,
    positions_over_time,
    select_forecasts,
    select_fragile,
    select_frequent,
    select_positions,
)

TWO_ARTICLES = documents(document("a"), document("b", outlet_id=None))


def positions_of(*rows: dict[str, object], papers: pd.DataFrame = TWO_ARTICLES) -> pd.DataFrame:
    table = make_positions(statements(*rows), papers, issue_id="presence", vocabulary=VOCABULARY)
    return table.set_index("actor_id")


def test_each_article_counts_once_in_a_mean() -> None:
    table = positions_of(
        statement(1, "government", -2),
        statement(2, "government", -2),
        statement(3, "government", -2),
        statement(1, "government", 2, doc_id="b"),
    )
    assert table.loc["government", "mean_stance"] == 0.0
    assert table.loc["government", "n_positions"] == 4


def test_a_forecast_is_counted_apart_and_moves_no_mean() -> None:
    table = positions_of(statement(1, "bloc", -1), statement(2, "bloc", 2, modality="forecast"))
    row = table.loc["bloc"]
    assert (row["n_positions"], row["n_forecasts"]) == (1, 1)
    assert (row["mean_stance"], row["mean_forecast"]) == (-1.0, 2.0)
    assert (row["lowest_stance"], row["highest_stance"]) == (-1, -1)


def test_who_only_forecasts_has_no_mean() -> None:
    row = positions_of(statement(1, "researchers", 1, modality="forecast")).loc["researchers"]
    assert pd.isna(row["mean_stance"])
    assert pd.isna(row["lowest_stance"])


def test_no_position_is_a_null_stance_or_another_issue_and_differs_from_not_quoted() -> None:
    table = positions_of(statement(1, "minister", None), statement(2, "minister", -2, issue="other"))
    assert table.loc["minister", "n_no_position"] == 2
    assert pd.isna(table.loc["minister", "mean_stance"])
    assert "deputy" not in table.index


def test_every_statement_is_a_position_a_forecast_or_neither() -> None:
    table = positions_of(
        statement(1, "bloc", 1), statement(2, "bloc", 0, modality="forecast"), statement(3, "bloc", None)
    )
    parts = table[["n_positions", "n_forecasts", "n_no_position"]].sum(axis="columns")
    assert (parts == table["n_statements"]).all()
    assert sorted(table.loc["bloc", "statement_ids"]) == ["a-100-150", "a-200-250", "a-300-350"]


def test_words_spoken_on_behalf_of_another_stay_with_the_speaker() -> None:
    table = positions_of(statement(1, "minister", -1, on_behalf_of_id="government"))
    assert list(table.index) == ["minister"]


def test_an_unregistered_speaker_keeps_the_name_found_and_a_camp_of_its_own() -> None:
    row = positions_of(statement(1, "زيد العمري", 1)).loc["زيد العمري"]
    assert (row["name_ar"], row["camp"], row["is_registered"]) == ("زيد العمري", "unregistered", False)


def test_an_unnamed_source_without_an_entry_is_anonymous() -> None:
    assert positions_of(statement(1, "مصدر أمني", 1, grade="anonymous"))["camp"].tolist() == ["anonymous"]


def test_statements_without_any_speaker_make_no_actor() -> None:
    assert positions_of(statement(1, None, 1), statement(2, "bloc", 1)).index.tolist() == ["bloc"]


def test_a_document_that_repeats_another_is_not_counted_again() -> None:
    papers = documents(document("a"), document("b", duplicate_of="a"))
    table = positions_of(statement(1, "bloc", 1), statement(1, "bloc", 1, doc_id="b"), papers=papers)
    assert table.loc["bloc", "n_statements"] == 1


def test_only_known_outlets_are_counted() -> None:
    row = positions_of(statement(1, "bloc", 1), statement(1, "bloc", 1, doc_id="b")).loc["bloc"]
    assert (row["n_documents"], row["n_outlets"]) == (2, 1)


def test_rows_follow_camps_and_then_the_scale_whatever_the_order_of_statements() -> None:
    rows = [
        statement(1, "factions", -2),
        statement(2, "deputy", 2),
        statement(3, "bloc", -1),
        statement(4, "زيد", 0),
        statement(5, "government", None),
    ]
    expected = ["government", "bloc", "deputy", "factions", "زيد"]
    assert positions_of(*rows).index.tolist() == expected
    assert positions_of(*reversed(rows)).index.tolist() == expected


def test_an_empty_corpus_gives_an_empty_table() -> None:
    table = make_positions(statements(), TWO_ARTICLES, issue_id="presence", vocabulary=VOCABULARY)
    assert table.empty
    assert "mean_stance" in table.columns


def test_the_minimum_counts_statements_on_the_issue_and_spares_the_silent() -> None:
    table = make_positions(
        statements(
            statement(1, "bloc", 1),
            statement(2, "deputy", 1),
            statement(3, "deputy", 1, modality="forecast"),
            statement(4, "minister", None),
        ),
        TWO_ARTICLES,
        issue_id="presence",
        vocabulary=VOCABULARY,
    )
    kept = select_frequent(table, minimum_statements=2)
    assert kept["actor_id"].tolist() == ["minister", "deputy"]


def test_positions_and_forecasts_do_not_overlap() -> None:
    table = statements(statement(1, "bloc", 1), statement(2, "bloc", 1, modality="forecast"))
    assert select_positions(table, issue_id="presence")["statement_id"].tolist() == ["a-100-150"]
    assert select_forecasts(table, issue_id="presence")["statement_id"].tolist() == ["a-200-250"]


def test_no_statement_has_no_average() -> None:
    assert average_stance(statements()) is None


# --- robustness ------------------------------------------------------------------------------------------------------


def test_a_mean_that_one_article_moves_by_half_a_step_is_fragile() -> None:
    papers = documents(document("a"), document("b"), document("c"))
    table = statements(
        statement(1, "bloc", 0),
        statement(1, "bloc", 0, doc_id="b"),
        statement(1, "bloc", 2, doc_id="c"),
        statement(2, "deputy", 1),
        statement(2, "deputy", 1, doc_id="b"),
    )
    checked = check_robustness(table, papers, issue_id="presence")
    fragile = select_fragile(checked)
    assert fragile[["actor_id", "doc_id"]].to_numpy().tolist() == [["bloc", "c"]]
    assert fragile["shift"].tolist() == pytest.approx([-2 / 3])
    assert fragile["mean_without"].tolist() == [0.0]


def test_a_shift_of_exactly_half_a_step_counts() -> None:
    table = statements(statement(1, "bloc", 0), statement(1, "bloc", 1, doc_id="b"))
    assert len(select_fragile(check_robustness(table, TWO_ARTICLES, issue_id="presence"))) == 2


def test_a_position_of_one_article_has_no_mean_without_it() -> None:
    checked = check_robustness(statements(statement(1, "bloc", 2)), TWO_ARTICLES, issue_id="presence")
    assert checked["n_documents"].tolist() == [1]
    assert checked["mean_without"].isna().all()
    assert select_fragile(checked).empty


# --- over time -------------------------------------------------------------------------------------------------------


def test_statements_carry_the_days_of_their_document() -> None:
    papers = documents(
        document("a", published="2024-08-16"),
        document("b", published=None, published_earliest="2021-03-23", published_latest="2021-03-24"),
        document("c", published=None, published_basis="unknown"),
    )
    table = positions_over_time(
        statements(
            statement(1, "bloc", 1),
            statement(1, "bloc", 1, doc_id="b", modality="forecast"),
            statement(1, "bloc", 0, doc_id="c"),
            statement(2, "bloc", None),
        ),
        papers,
        issue_id="presence",
        vocabulary=VOCABULARY,
    )
    assert table["doc_id"].tolist() == ["b", "a", "c"]
    assert table[["first", "last"]].iloc[0].tolist() == ["2021-03-23", "2021-03-24"]
    assert table[["first", "last"]].iloc[1].tolist() == ["2024-08-16", "2024-08-16"]
    assert table[["first", "last"]].iloc[2].isna().all()
    assert table["is_forecast"].tolist() == [True, False, False]
