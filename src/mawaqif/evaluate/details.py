"""Compares mentions, dates and boilerplate with two codings that have no consensus: right if either coder has it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

import pandas as pd

from mawaqif.aggregate.reliability import Retrieval, character_f1
from mawaqif.coding import parse_interval
from mawaqif.evaluate.measures import Measure, Miss, measure_f1, measure_share
from mawaqif.evaluate.statements import CODER_PAIR
from mawaqif.records import Span
from mawaqif.schemas import iterate_rows


def measure_mentions(found: pd.DataFrame, coded: pd.DataFrame, doc_ids: Sequence[str]) -> Measure:
    """Return actor-mention F1: same actor, overlapping span; right if either coder has it, missed if both have it."""
    mine = _mentions(found[found["is_registered"]], doc_ids)
    first, second = (_mentions(coded[coded["coder"].eq(coder)], doc_ids) for coder in CODER_PAIR)
    agreed = [m for m in first if _touches(m, second)]
    cases = [(m[0], Retrieval(1, 1, 1) if _touches(m, first + second) else Retrieval(0, 1, 0)) for m in mine]
    cases += [(m[0], Retrieval(0, 0, 1)) for m in agreed if not _touches(m, mine)]
    return measure_f1("actor-mention F1", cases)


def _mentions(table: pd.DataFrame, doc_ids: Sequence[str]) -> list[tuple[str, str, int, int]]:
    rows = iterate_rows(table[table["doc_id"].isin(doc_ids)])
    return [(r.doc_id, r.actor_id, int(r.start), int(r.end)) for r in rows]


def _touches(mention: tuple[str, str, int, int], others: list[tuple[str, str, int, int]]) -> bool:
    doc_id, actor_id, start, end = mention
    return any(o[0] == doc_id and o[1] == actor_id and o[2] < end and start < o[3] for o in others)


class DateComparison:
    """The dates of the rules beside both coders'; where the coders' spans overlap they are one expression."""

    def __init__(self, found: pd.DataFrame, coded: pd.DataFrame, doc_ids: Sequence[str]) -> None:
        self.mine = [r for r in iterate_rows(found) if r.doc_id in doc_ids]
        self.wanted: list[list[Any]] = []
        for row in iterate_rows(coded[coded["doc_id"].isin(doc_ids)].sort_values(["doc_id", "start"], kind="stable")):
            group = next((g for g in self.wanted if any(_same_place(row, other) for other in g)), None)
            if group is None:
                self.wanted.append([row])
            else:
                group.append(row)

    def measure(self) -> tuple[Measure, ...]:
        """Return how many coded dates have an interval equal to either coder's, and how many found ones are coded."""
        right = [(group[0].doc_id, self._is_right(group)) for group in self.wanted]
        known = [(m.doc_id, any(_same_place(m, r) for group in self.wanted for r in group)) for m in self.mine]
        return (
            replace(measure_share("date accuracy", right), precision=self._precision(), recall=_share(right)),
            replace(measure_share("found dates that a coder has", known), precision=_share(known)),
        )

    def _precision(self) -> float | None:
        """Return the share of found dates whose interval is either coder's at that place."""
        right = [(m.doc_id, any(self._fits(m, group) for group in self.wanted)) for m in self.mine]
        return _share(right)

    def _fits(self, mine: Any, group: list[Any]) -> bool:
        is_there = any(_same_place(mine, row) for row in group)
        return is_there and _interval(mine) in {parse_interval(row.normalised) for row in group}

    def _near(self, group: list[Any]) -> list[Any]:
        return [m for m in self.mine if any(_same_place(m, row) for row in group)]

    def _is_right(self, group: list[Any]) -> bool:
        intervals = {parse_interval(row.normalised) for row in group}
        return any(_interval(m) in intervals for m in self._near(group))

    def misses(self, texts: Mapping[str, str]) -> list[Miss]:
        """Return the coded dates that were not found, or found with another interval than either coder's."""
        misses = []
        for group in self.wanted:
            if self._is_right(group):
                continue
            row = group[0]
            expected = " or ".join(dict.fromkeys(r.normalised or "no interval" for r in group))
            got = " or ".join(dict.fromkeys(_written(_interval(m)) for m in self._near(group))) or "nothing"
            quote = texts[row.doc_id][row.start : row.end]
            misses.append(Miss("wrong date", row.doc_id, int(row.start), int(row.end), quote, expected, got))
        return misses


def _share(cases: Sequence[tuple[str, bool]]) -> float | None:
    return sum(right for _, right in cases) / len(cases) if cases else None


def _same_place(one: Any, other: Any) -> bool:
    return bool(one.doc_id == other.doc_id and one.start < other.end and other.start < one.end)


def _interval(row: Any) -> tuple[str | None, str | None]:
    first, last = (day if isinstance(day, str) else None for day in (row.first, row.last))
    return first, last


def _written(interval: tuple[str | None, str | None]) -> str:
    first, last = interval
    if first is None and last is None:
        return "no interval"
    return first or "" if first == last else f"{first or '..'}/{last or '..'}"


def measure_boilerplate(found: pd.DataFrame, coded: pd.DataFrame, doc_ids: Sequence[str]) -> Measure:
    """Return character F1 against the characters that both coders marked; those only one marked are left aside.

    Markup is not part of it: the coders saw plain text.
    """
    cases = []
    for doc_id in doc_ids:
        mine = _spans(found[found["doc_id"].eq(doc_id) & found["kind"].ne("markup")])
        first, second = (_spans(coded[coded["doc_id"].eq(doc_id) & coded["coder"].eq(c)]) for c in CODER_PAIR)
        agreed = character_f1(_shared(first, second), mine)
        doubtful = character_f1([*first, *second], mine).right - agreed.right
        cases.append((doc_id, Retrieval(agreed.right, agreed.found - doubtful, agreed.expected)))
    return measure_f1("boilerplate character F1", cases)


def _spans(table: pd.DataFrame) -> list[Span]:
    return [Span(int(row.start), int(row.end)) for row in iterate_rows(table)]


def _shared(first: Sequence[Span], second: Sequence[Span]) -> list[Span]:
    """Return the characters of both as spans."""
    cuts = [(max(a.start, b.start), min(a.end, b.end)) for a in first for b in second]
    return [Span(start, end) for start, end in cuts if start < end]
