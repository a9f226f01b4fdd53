from __future__ import annotations

from mawaqif.aggregate.intervals import interval_of_mean


def test_a_single_statement_has_no_interval() -> None:
    assert interval_of_mean([]) is None
    assert interval_of_mean([[1.0]]) is None


def test_statements_that_all_agree_have_an_interval_of_no_width() -> None:
    assert interval_of_mean([[-2.0], [-2.0, -2.0]]) == (-2.0, -2.0)


def test_the_interval_holds_the_mean_that_counts_each_article_once() -> None:
    interval = interval_of_mean([[-1.0, 0.0, 0.0], [2.0], [1.0, 1.0]])
    assert interval is not None
    assert interval[0] < (-1 / 3 + 2 + 1) / 3 < interval[1]


def test_one_article_has_no_interval_however_many_its_statements() -> None:
    assert interval_of_mean([[0.0, 0.0, 1.0, 1.0]]) is None
    assert interval_of_mean([[0.0, 0.0, 1.0, 1.0], [-2.0, -2.0]]) is not None


def test_the_interval_does_not_depend_on_the_order_of_statements() -> None:
    assert interval_of_mean([[0.0, 1.0, -1.0], [2.0, 0.0]]) == interval_of_mean([[1.0, -1.0, 0.0], [0.0, 2.0]])
