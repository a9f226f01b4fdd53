"""What a person asks of the explorer, checked before it is answered: filters, words, period, order, page."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from mawaqif.errors import ParameterError
from mawaqif.settings import parse_day

FACETS = ("camp", "actor", "stance", "modality", "outlet", "document", "coder")
"""What statements can be chosen by, in the order of the page."""
ORDERS = ("place", "newest", "actor", "stance")
PAGE_SIZE, MOST_ROWS = 15, 100
_KEYS = ("facets", "words", "since", "until", "order", "page", "page_size")


@dataclass(frozen=True)
class Query:
    """One question.

    Attributes:
        facets: Chosen keys by facet; within a facet one of them must hold, and every facet that has any must.
        words: Statements whose words, speaker or gloss hold this, whatever its spelling.
        since: First day of publication (`YYYY-MM-DD`), empty for no limit.
        until: Last day of publication, empty for no limit.
        order: One of `ORDERS`.
        page: Number of the page, from 0.
        page_size: Rows on a page.
    """

    facets: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    words: str = ""
    since: str = ""
    until: str = ""
    order: str = ORDERS[0]
    page: int = 0
    page_size: int = PAGE_SIZE

    def __post_init__(self) -> None:
        """Check every value.

        Raises:
            ParameterError: A facet or an order is unknown, or a day is none.
        """
        for facet in self.facets:
            if facet not in FACETS:
                raise ParameterError(f"statements have no {facet!r}", mend=f"Choose by {', '.join(FACETS)}.")
        if self.order not in ORDERS:
            raise ParameterError(f"unknown order {self.order!r}", mend=f"Use one of: {', '.join(ORDERS)}.")
        for name in ("since", "until"):
            if day := getattr(self, name):
                parse_day(day, name)
        if not (self.page >= 0 and 1 <= self.page_size <= MOST_ROWS):
            raise ParameterError(
                f"there is no page {self.page} of {self.page_size} rows", mend=f"Use 1 to {MOST_ROWS} rows a page."
            )

    def on_page(self, page: int) -> Query:
        """Return the same question, answered with another page."""
        return replace(self, page=page)

    def as_dict(self) -> dict[str, Any]:
        """Return the question as the browser keeps it."""
        facets = {facet: list(keys) for facet, keys in self.facets.items() if keys}
        return {**{key: getattr(self, key) for key in _KEYS}, "facets": facets}


def read_query(sent: Mapping[str, Any]) -> Query:
    """Return the question that a browser sent.

    Raises:
        ParameterError: It has an unknown key or a value of another kind, or asks for the impossible.
    """
    for key, value in sent.items():
        if key not in _KEYS:
            raise ParameterError(f"unknown key {key!r}", mend=f"Known ones are: {', '.join(_KEYS)}.")
        kind = dict if key == "facets" else int if key.startswith("page") else str
        if not isinstance(value, kind):
            raise ParameterError(f"{key} is {value!r}", mend="Open the explorer again.")
    facets = {facet: tuple(str(key) for key in keys) for facet, keys in sent.get("facets", {}).items() if keys}
    return Query(**{**sent, "facets": facets})
