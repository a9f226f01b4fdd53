"""Agreement on where units begin and end: Krippendorff's alpha for the unitizing of texts."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise, permutations

from mawaqif.records import Span

Marked = tuple[int, Sequence[Sequence[Span]]]
"""One text: its length in characters, and for each coder the units that this coder marked in it."""


def unitizing_alpha(texts: Sequence[Marked]) -> float | None:
    """Return how far coders agree on which parts of texts are units: 1 for the same units, about 0 for chance.

    Source: Krippendorff, Mathet, Bouvry and Widlöcher, "On the reliability of unitizing textual continua: Further
    developments", Quality & Quantity 50 (2016), 2347-2364: the coefficient for units against gaps. Observed are the
    characters on which two coders agree that they are in a unit, or in a gap; expected are those on which they would,
    if units kept their lengths and lay anywhere. A unit is moved whole, and is never compared with itself, which is
    why squares of lengths are taken off; a gap has no structure and counts by the character.

    Several texts are one continuum, laid end to end. Units of one coder that overlap are joined to one, for a place of
    the continuum is inside a unit or it is not.

    Args:
        texts: Each text with the units of each coder; the same number of coders, at least two, in all of them.

    Returns:
        Alpha, at most 1, or None where there is no text, or chance leaves no disagreement (no unit at all, or nothing
        else).

    Raises:
        ValueError: A text has fewer than two coders, or another number than the first.
    """
    if not texts:
        return None
    n_coders = len(texts[0][1])
    if n_coders < 2 or any(len(coders) != n_coders for _, coders in texts):
        raise ValueError("each text needs the units of the same two or more coders")
    length, in_units, shared, squares = 0, 0, 0, 0
    for characters, coders in texts:
        joined = [_join(units, characters) for units in coders]
        length += characters
        in_units += sum(_measure(units) for units in joined)
        squares += sum((unit.end - unit.start) ** 2 for units in joined for unit in units)
        shared += sum(_shared(one, other) for one, other in permutations(joined, 2))
    return _alpha(length * n_coders, in_units, shared / (n_coders - 1), squares)


def _alpha(total: int, in_units: int, both_in_units: float, squares: int) -> float | None:
    """Return alpha from the coincidences of units and gaps, each coder's characters counted once."""
    in_gaps = total - in_units
    pairs = total**2 - squares - in_gaps
    expected = 2 * total * in_units * in_gaps / pairs if pairs else 0.0
    observed = 2 * (in_units - both_in_units)
    return 1 - observed / expected if expected else None


def _join(units: Sequence[Span], characters: int) -> list[Span]:
    joined: list[Span] = []
    for unit in sorted(units):
        start, end = max(unit.start, 0), min(unit.end, characters)
        if joined and start < joined[-1].end:
            joined[-1] = Span(joined[-1].start, max(end, joined[-1].end))
        elif end > start:
            joined.append(Span(start, end))
    return joined


def _measure(units: Sequence[Span]) -> int:
    return sum(unit.end - unit.start for unit in units)


def _shared(first: Sequence[Span], second: Sequence[Span]) -> int:
    """Return how many characters lie in a unit of both."""
    borders = sorted({at for unit in (*first, *second) for at in unit})
    return sum(b - a for a, b in pairwise(borders) if _covers(first, a) and _covers(second, a))


def _covers(units: Sequence[Span], at: int) -> bool:
    return any(unit.start <= at < unit.end for unit in units)
