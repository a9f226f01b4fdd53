"""Agreement measures give the published values of worked examples and hold at their edges."""

from __future__ import annotations

import pytest

from mawaqif.aggregate.reliability import (
    Retrieval,
    bootstrap_interval,
    character_f1,
    krippendorff_alpha,
    match_spans,
    overlap,
    weighted_kappa,
)
from mawaqif.records import Span

N = None


def by_unit(*coders: list) -> list[tuple]:
    return list(zip(*coders, strict=True))


# Krippendorff (2011), section C: four observers, twelve units, missing codes; nominal 0.743, ordinal 0.815.
FOUR_OBSERVERS = by_unit(
    [1, 2, 3, 3, 2, 1, 4, 1, 2, N, N, N],
    [1, 2, 3, 3, 2, 2, 4, 1, 2, 5, N, 3],
    [N, 3, 3, 3, 2, 3, 4, 2, 2, 5, 1, N],
    [1, 2, 3, 3, 2, 4, 4, 1, 2, 5, 1, N],
)


def test_nominal_alpha_gives_the_published_value_with_missing_codes() -> None:
    assert krippendorff_alpha(FOUR_OBSERVERS) == pytest.approx(0.743, abs=0.0005)


def test_ordinal_alpha_gives_the_published_value_with_missing_codes() -> None:
    assert krippendorff_alpha(FOUR_OBSERVERS, level="ordinal") == pytest.approx(0.815, abs=0.0005)


def test_nominal_alpha_gives_the_published_value_of_two_observers_and_binary_codes() -> None:
    # Krippendorff (2011), section A: two observers, ten units, alpha 0.095.
    first = [0, 1, 0, 0, 0, 0, 0, 0, 1, 0]
    second = [1, 1, 1, 0, 0, 1, 0, 0, 0, 0]
    assert krippendorff_alpha(by_unit(first, second)) == pytest.approx(0.095, abs=0.0005)


def test_nominal_alpha_gives_the_published_value_of_two_observers_and_letters() -> None:
    # Krippendorff (2011), section B: two observers, twelve units, five codes, alpha 0.692.
    first = ["a", "a", "b", "b", "d", "c", "c", "c", "e", "d", "d", "a"]
    second = ["b", "a", "b", "b", "b", "c", "c", "c", "e", "d", "d", "d"]
    assert krippendorff_alpha(by_unit(first, second)) == pytest.approx(0.692, abs=0.0005)


def test_alpha_is_one_for_full_agreement_and_undefined_without_variation() -> None:
    assert krippendorff_alpha([(1, 1), (2, 2), (3, 3)], level="ordinal") == 1
    assert krippendorff_alpha([(1, 1), (1, 1)]) is None
    assert krippendorff_alpha([(1, N), (N, 2)]) is None


def test_ordinal_alpha_forgives_near_misses_more_than_far_ones() -> None:
    reference = [-2, -1, 0, 1, 2, -2, 2]
    near = krippendorff_alpha(by_unit(reference, [-2, -1, 0, 1, 1, -1, 2]), level="ordinal", order=[-2, -1, 0, 1, 2])
    far = krippendorff_alpha(by_unit(reference, [-2, -1, 0, 1, -2, 2, 2]), level="ordinal", order=[-2, -1, 0, 1, 2])
    assert near is not None
    assert far is not None
    assert near > far


def test_alpha_refuses_an_unknown_level_and_codes_outside_the_order() -> None:
    with pytest.raises(ValueError, match="unknown level"):
        krippendorff_alpha([(1, 1)], level="interval")
    with pytest.raises(ValueError, match="outside the order"):
        krippendorff_alpha([(1, 7)], order=[1, 2])


def test_weighted_kappa_is_that_of_the_table_of_weights_written_out() -> None:
    # The table of Fleiss, Levin and Paik, Statistical Methods for Rates and Proportions (2003), 18.1: three diagnoses.
    table = [[75, 1, 4], [5, 4, 1], [0, 0, 10]]
    first = [i for i in range(3) for j in range(3) for _ in range(table[i][j])]
    second = [j for i in range(3) for j in range(3) for _ in range(table[i][j])]
    rows, columns = (80, 10, 10), (80, 5, 15)
    weight = [[(i - j) ** 2 for j in range(3)] for i in range(3)]
    seen = sum(weight[i][j] * table[i][j] for i in range(3) for j in range(3)) / 100
    chance = sum(weight[i][j] * rows[i] * columns[j] for i in range(3) for j in range(3)) / 10_000
    assert weighted_kappa(first, second) == pytest.approx(1 - seen / chance)


def test_weighted_kappa_is_one_minus_one_and_undefined_where_it_should_be() -> None:
    assert weighted_kappa([-2, 0, 2], [-2, 0, 2]) == 1
    assert weighted_kappa([-2, 2], [2, -2]) == -1
    assert weighted_kappa([1, 1], [1, 1]) is None
    assert weighted_kappa([], []) is None
    with pytest.raises(ValueError, match="same units"):
        weighted_kappa([3], [])


def test_bootstrap_interval_is_near_the_normal_one_and_the_same_every_time() -> None:
    cases = [1.0] * 30 + [0.0] * 10
    low, high = bootstrap_interval(cases, lambda drawn: sum(drawn) / len(drawn))
    assert (low, high) == bootstrap_interval(cases, lambda drawn: sum(drawn) / len(drawn))
    # 0.75 -+ 1.96 * sqrt(0.75 * 0.25 / 40) is 0.616 to 0.884.
    assert low == pytest.approx(0.616, abs=0.04)
    assert high == pytest.approx(0.884, abs=0.04)


def test_bootstrap_of_nothing_or_of_the_undefined_has_no_interval() -> None:
    assert bootstrap_interval([], lambda drawn: 1.0) == (None, None)
    assert bootstrap_interval([1], lambda drawn: None) == (None, None)


def test_overlap_is_the_share_of_the_union() -> None:
    assert overlap(Span(0, 10), Span(5, 15)) == pytest.approx(1 / 3)
    assert overlap(Span(0, 10), Span(10, 20)) == 0


def test_each_span_is_matched_once_and_the_best_pair_wins() -> None:
    expected = [Span(0, 10), Span(8, 20)]
    found = [Span(7, 20), Span(0, 9), Span(30, 40)]
    assert match_spans(expected, found, at_least=0.5) == [(0, 1), (1, 0)]
    assert match_spans(expected, found, at_least=0.95) == []


def test_spans_match_only_where_the_condition_allows_it() -> None:
    pairs = match_spans([Span(0, 10)], [Span(0, 10), Span(0, 9)], at_least=0.5, can_match=lambda i, j: j == 1)
    assert pairs == [(0, 1)]


def test_character_f1_counts_every_character_once() -> None:
    result = character_f1([Span(0, 10), Span(5, 12)], [Span(0, 6), Span(20, 24)])
    assert result == Retrieval(6, 10, 12)
    assert result.f1 == pytest.approx(12 / 22)


def test_retrieval_of_nothing_is_zero() -> None:
    assert (Retrieval(0, 0, 0).precision, Retrieval(0, 0, 0).recall, Retrieval(0, 0, 0).f1) == (0, 0, 0)
