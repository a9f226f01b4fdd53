"""Agreement between coders, and of rules with coders: alpha, kappa, span F1, and bootstrap intervals."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Sequence
from dataclasses import dataclass
from typing import Any, TypeVar

import numpy as np
from numpy.typing import NDArray

from mawaqif.records import Span

_T = TypeVar("_T")


@dataclass(frozen=True, slots=True)
class Retrieval:
    """Precision, recall and F1 of found against expected items; a share of nothing is 0, as in the field's scorers."""

    right: int
    found: int
    expected: int

    @property
    def precision(self) -> float:
        """Share of the found that is right."""
        return self.right / self.found if self.found else 0.0

    @property
    def recall(self) -> float:
        """Share of the expected that was found."""
        return self.right / self.expected if self.expected else 0.0

    @property
    def f1(self) -> float:
        """Harmonic mean of precision and recall."""
        return 2 * self.right / (self.found + self.expected) if self.found + self.expected else 0.0


def krippendorff_alpha(
    units: Sequence[Sequence[Hashable | None]], *, level: str = "nominal", order: Sequence[Hashable] | None = None
) -> float | None:
    """Return Krippendorff's alpha of any number of coders, with missing codes.

    Source: Krippendorff, "Computing Krippendorff's Alpha-Reliability" (2011), sections C and D: one less the ratio of
    the observed to the expected disagreement in the coincidence matrix; the ordinal difference counts the ranks
    between.

    Args:
        units: For each unit, the codes that the coders gave it; None is "not coded".
        level: `nominal` or `ordinal`.
        order: The codes from lowest to highest; sorted if not given.

    Returns:
        Alpha, at most 1, or None where no unit has two codes or all codes are equal (nothing to agree on by chance).

    Raises:
        ValueError: The level is unknown or a code is not in `order`.
    """
    if level not in ("nominal", "ordinal"):
        raise ValueError(f"unknown level {level!r}: expected nominal or ordinal")
    index = {value: i for i, value in enumerate(_code_order(units, order))}
    coincidences = _coincidence_matrix(units, index)
    totals = coincidences.sum(axis=1)
    n = float(totals.sum())
    differences = _squared_differences(totals, level)
    expected = float((np.outer(totals, totals) * differences).sum())
    if n < 2 or expected == 0:
        return None
    return 1 - (n - 1) * float((coincidences * differences).sum()) / expected


def _code_order(units: Sequence[Sequence[Any]], order: Sequence[Hashable] | None) -> list[Hashable]:
    used = {value for unit in units for value in unit if value is not None}
    if order is None:
        return sorted(used)
    if unknown := used - set(order):
        raise ValueError(f"codes outside the order: {sorted(map(str, unknown))}")
    return list(order)


def _coincidence_matrix(units: Sequence[Sequence[Hashable | None]], index: dict[Hashable, int]) -> NDArray[np.float64]:
    """Return how often each pair of codes stands in one unit; a unit of m codes weighs m."""
    size = len(index)
    places = [u * size + index[value] for u, unit in enumerate(units) for value in unit if value is not None]
    counts = np.bincount(np.array(places, dtype=np.intp), minlength=len(units) * size).reshape(len(units), size)
    counts = counts[counts.sum(axis=1) >= 2]
    weighted = counts / (counts.sum(axis=1, keepdims=True) - 1)
    return np.asarray(weighted.T @ counts - np.diag(weighted.sum(axis=0)))


def _squared_differences(totals: NDArray[np.float64], level: str) -> NDArray[np.float64]:
    if level == "nominal":
        return 1.0 - np.eye(len(totals))
    middle = np.cumsum(totals) - totals / 2  # the mean rank of each code among all codes
    return np.asarray(np.subtract.outer(middle, middle) ** 2)


def weighted_kappa(first: Sequence[int], second: Sequence[int]) -> float | None:
    """Return Cohen's kappa with quadratic weights, of codes on an evenly spaced scale.

    Source: Cohen, "Weighted kappa" (1968), with the squared difference of two codes as the weight of a disagreement.

    Args:
        first: One coder's codes.
        second: The other's, of the same units in the same order.

    Returns:
        Kappa, at most 1, or None where there is no unit or chance leaves no disagreement (both used one code only).

    Raises:
        ValueError: The lengths differ.
    """
    if len(first) != len(second):
        raise ValueError("both coders must have the same units")
    if not first:
        return None
    one, other = np.asarray(first, dtype=float), np.asarray(second, dtype=float)
    # The mean over all pairs of (a - b)^2, without the table: E(a^2) - 2 E(a) E(b) + E(b^2).
    chance = float((one**2).mean() - 2 * one.mean() * other.mean() + (other**2).mean())
    return None if abs(chance) < 1e-12 else 1 - float(((one - other) ** 2).mean()) / chance


def bootstrap_interval(
    cases: Sequence[_T],
    statistic: Callable[[Sequence[_T]], float | None],
    *,
    draws: int = 1000,
    level: float = 0.95,
    seed: int = 20240927,
) -> tuple[float | None, float | None]:
    """Return the percentile bootstrap interval of a statistic, or (None, None) where it is never defined.

    Source: Efron and Tibshirani, An Introduction to the Bootstrap (1993), 13.3. Draws in which the statistic is None
    are left out; the seed is fixed, so that reruns give the same interval. Resample independent units: documents rather
    than statements, where the statements of a document depend on each other.

    Args:
        cases: The units to draw from, with replacement.
        statistic: What is measured, of a sequence of cases.
        draws: The number of resamples.
        level: The share of resamples inside the interval.
        seed: Of the random numbers.
    """
    if not cases:
        return None, None
    picks = np.random.default_rng(seed).integers(0, len(cases), size=(draws, len(cases)))
    drawn = [statistic([cases[i] for i in row]) for row in picks]
    defined = [value for value in drawn if value is not None]
    if not defined:
        return None, None
    low, high = np.quantile(defined, [(1 - level) / 2, (1 + level) / 2])
    return float(low), float(high)


def overlap(first: Span, second: Span) -> float:
    """Return the characters that two spans share, as a share of those that either has (0 to 1; Jaccard)."""
    shared = min(first.end, second.end) - max(first.start, second.start)
    if shared <= 0:
        return 0.0
    return shared / (max(first.end, second.end) - min(first.start, second.start))


def match_spans(
    expected: Sequence[Span],
    found: Sequence[Span],
    *,
    at_least: float,
    can_match: Callable[[int, int], bool] | None = None,
    prefer: Callable[[int, int], bool] | None = None,
    measure: Callable[[Span, Span], float] = overlap,
) -> list[tuple[int, int]]:
    """Pair expected with found spans, each at most once, the greatest overlap first; ties go to the earlier spans.

    Args:
        expected: The reference spans.
        found: The spans to judge.
        at_least: The smallest overlap of a pair.
        can_match: Whether the expected span `i` may pair with the found span `j`.
        prefer: Which of several pairs of equal overlap goes first (the same speaker, say, of joint ones).
        measure: How much two spans overlap.

    Returns:
        Pairs of indices into `expected` and `found`, in the order of `expected`.
    """
    by_start = sorted(range(len(found)), key=lambda j: found[j].start)
    longest = max((span.end - span.start for span in found), default=0)
    starts = np.array([found[j].start for j in by_start])
    candidates: list[tuple[float, bool, int, int]] = []
    for i, span in enumerate(expected):
        low = int(np.searchsorted(starts, span.start - longest))
        high = int(np.searchsorted(starts, span.end))
        for j in by_start[low:high]:
            share = measure(span, found[j])
            if share >= at_least and share > 0 and (can_match is None or can_match(i, j)):
                candidates.append((-share, prefer is not None and not prefer(i, j), i, j))
    taken_expected: set[int] = set()
    taken_found: set[int] = set()
    pairs: list[tuple[int, int]] = []
    for _, _, i, j in sorted(candidates):
        if i not in taken_expected and j not in taken_found:
            taken_expected.add(i)
            taken_found.add(j)
            pairs.append((i, j))
    return sorted(pairs)


def character_f1(expected: Sequence[Span], found: Sequence[Span]) -> Retrieval:
    """Return precision, recall and F1 of the characters that the spans cover, each character once."""
    wanted, given = _union(expected), _union(found)
    right = 0
    i = j = 0
    while i < len(wanted) and j < len(given):
        right += max(0, min(wanted[i].end, given[j].end) - max(wanted[i].start, given[j].start))
        if wanted[i].end <= given[j].end:
            i += 1
        else:
            j += 1
    return Retrieval(right, sum(s.end - s.start for s in given), sum(s.end - s.start for s in wanted))


def _union(spans: Sequence[Span]) -> list[Span]:
    merged: list[Span] = []
    for span in sorted(spans):
        if merged and span.start <= merged[-1].end:
            merged[-1] = Span(merged[-1].start, max(merged[-1].end, span.end))
        elif span.end > span.start:
            merged.append(Span(span.start, span.end))
    return merged
