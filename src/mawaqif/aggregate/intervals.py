"""How far a mean position may be off: a bootstrap that draws articles, and in each of them statements."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

DRAWS = 1000
LEVEL = 0.95
SEED = 20240927
"""Fixed, so that the same statements have the same interval in every run."""


def interval_of_mean(articles: Sequence[Sequence[float]]) -> tuple[float, float] | None:
    """Return the 95% interval of a mean that counts each article once, in steps of the scale, or None.

    Two stages, as the statements of an article depend on each other: articles are drawn with replacement, and in each
    drawn article its statements; the interval lies between the 2.5th and the 97.5th percentile of the means. Of one
    article it would show only how far its statements differ, so that there is none.

    Source: Davison and Hinkley, Bootstrap Methods and their Application (1997), 3.8 (hierarchical data).

    Args:
        articles: For each article the stances of its statements, in any order.
    """
    if len(articles) < 2:
        return None
    rng = np.random.default_rng(SEED)
    picks = rng.integers(0, len(articles), size=(DRAWS, len(articles)))
    means = np.empty(picks.shape)
    for i, stances in enumerate(articles):
        drawn = picks == i
        means[drawn] = _redraw(np.sort(np.asarray(stances, dtype=float)), int(drawn.sum()), rng)
    low, high = np.quantile(means.mean(axis=1), [(1 - LEVEL) / 2, (1 + LEVEL) / 2])
    return float(low), float(high)


def _redraw(stances: NDArray[np.float64], times: int, rng: np.random.Generator) -> NDArray[np.float64]:
    """Return so many means of as many stances drawn with replacement."""
    drawn: NDArray[np.float64] = stances[rng.integers(0, len(stances), size=(times, len(stances)))].mean(axis=1)
    return drawn
