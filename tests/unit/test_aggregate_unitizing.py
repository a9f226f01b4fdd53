from __future__ import annotations

import random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mawaqif.aggregate.unitizing import unitizing_alpha
from mawaqif.records import Span


def test_the_same_units_are_full_agreement() -> None:
    units = [Span(2, 9), Span(20, 31)]
    assert unitizing_alpha([(50, [units, units]), (10, [[], []])]) == pytest.approx(1.0)


def test_a_small_case_is_as_computed_by_hand() -> None:
    # Ten characters, units 0-4 and 2-6: 8 of the coders' 20 characters are in units. At four places one sees a unit and
    # the other a gap, so of 20 coincidences 8 disagree. Expected: 20 * 2 * 8 * 12 / (20^2 - (4^2 + 4^2) - 12).
    alpha = unitizing_alpha([(10, [[Span(0, 4)], [Span(2, 6)]])])
    assert alpha == pytest.approx(1 - 8 / (3840 / 356)) == pytest.approx(0.258333, abs=1e-6)


def test_three_coders_are_compared_in_pairs() -> None:
    # Two agree on 0-4, the third marked nothing. In units 8 of 30; both in units 4 * 2 / 2 = 4; observed 2 * (8 - 4).
    # Expected: 2 * 30 * 8 * 22 / (900 - 32 - 22).
    alpha = unitizing_alpha([(10, [[Span(0, 4)], [Span(0, 4)], []])])
    assert alpha == pytest.approx(1 - 8 / (2 * 30 * 8 * 22 / 846))


def test_where_one_coder_marked_what_the_other_did_not_agreement_is_below_chance() -> None:
    alpha = unitizing_alpha([(20, [[Span(0, 10)], [Span(10, 20)]])])
    assert alpha is not None
    assert alpha < -0.3


def test_units_laid_at_random_agree_about_as_chance_would() -> None:
    chance = random.Random(7)

    def scatter() -> list[Span]:
        units, at = [], chance.randrange(90)
        while at < 1180:
            units.append(Span(at, at + chance.randrange(8, 20)))
            at = units[-1].end + int(chance.expovariate(1 / 40)) + 1
        return units

    texts = [(1200, [scatter(), scatter()]) for _ in range(60)]
    assert unitizing_alpha(texts) == pytest.approx(0.0, abs=0.05)


@pytest.mark.parametrize("coders", [[[], []], [[Span(0, 5)], [Span(0, 5)]]])
def test_nothing_is_said_where_chance_leaves_no_disagreement(coders: list[list[Span]]) -> None:
    assert unitizing_alpha([(5, coders)]) is None
    assert unitizing_alpha([]) is None


def test_fewer_than_two_coders_cannot_agree() -> None:
    with pytest.raises(ValueError, match="two or more"):
        unitizing_alpha([(5, [[Span(0, 1)]])])


lengths = st.tuples(st.integers(0, 40), st.integers(1, 10))
spans = st.lists(lengths.map(lambda x: Span(x[0], x[0] + x[1])), max_size=5)


@given(spans, spans)
def test_alpha_is_at_most_one_and_the_same_in_either_order(first: list[Span], second: list[Span]) -> None:
    one, other = unitizing_alpha([(50, [first, second])]), unitizing_alpha([(50, [second, first])])
    assert one == other
    assert one is None or one <= 1


@given(spans, spans)
def test_texts_count_as_laid_end_to_end(first: list[Span], second: list[Span]) -> None:
    apart = unitizing_alpha([(60, [first, second]), (60, [second, first])])
    orders = ((first, second), (second, first))
    moved = [[*one, *(Span(s.start + 60, s.end + 60) for s in other)] for one, other in orders]
    assert apart == unitizing_alpha([(120, moved)])
