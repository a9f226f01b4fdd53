"""What the tables let one say on an issue, as claims with their evidence; `narrative` puts them into words."""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any


@dataclass(frozen=True, slots=True)
class Claim:
    """One thing that the data shows.

    Attributes:
        kind: Which sentence says it.
        statement_ids: The statements it rests on, in the order of the corpus.
        weight: How much it matters times how sure it is, from 0 to 1.
        values: What the sentence needs: counts, means, actor ids, days.
    """

    kind: str
    statement_ids: tuple[str, ...]
    weight: float
    values: Mapping[str, Any] = field(default_factory=dict)

    def with_values(self, **values: Any) -> Claim:
        """Return a copy with more values."""
        return replace(self, values={**self.values, **values})


def weigh(importance: float, n: int, *, half: float) -> float:
    """Return importance times certainty, which grows with the number of statements and is one half at `half`."""
    return round(importance * n / (n + half), 4) if n else 0.0


def count_months(first: date, last: date) -> int:
    """Return how many whole months lie between two days."""
    months = (last.year - first.year) * 12 + last.month - first.month
    return months - (last.day < first.day)


def widen_to_months(first: date, last: date) -> tuple[date, date]:
    """Return the first day of the first month and the last day of the last."""
    return first.replace(day=1), last.replace(day=monthrange(last.year, last.month)[1])


def parse_day(value: object) -> date | None:
    """Return an ISO day of a table as a date, or None where it is missing."""
    return date.fromisoformat(value) if isinstance(value, str) else None
