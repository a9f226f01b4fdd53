"""What an evaluation gives: measures with intervals, a list of misses, a confusion table, a calibration."""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass, replace
from itertools import pairwise
from typing import Any, NamedTuple, TypeVar

from mawaqif.aggregate.reliability import Retrieval, bootstrap_interval

_T = TypeVar("_T")

FEWEST_DOCUMENTS = 10
"""From this many documents on, the bootstrap draws documents; fewer are too few to draw from, so it draws cases."""

MISS_KINDS = (
    "missed statement",
    "false statement",
    "wrong speaker",
    "wrong boundary",
    "wrong issue",
    "wrong stance",
    "wrong modality",
    "wrong date",
)


@dataclass(frozen=True)
class Measure:
    """One figure: `value` with its 95 % bootstrap interval over `n` cases; precision and recall where it has them."""

    name: str
    value: float | None
    n: int
    low: float | None = None
    high: float | None = None
    precision: float | None = None
    recall: float | None = None


@dataclass(frozen=True)
class Miss:
    """One place where rules and reference differ; `kind` is one of `MISS_KINDS`, `quote` the source at `start:end`."""

    kind: str
    doc_id: str
    start: int
    end: int
    quote: str
    expected: str
    got: str


class Half(NamedTuple):
    """The measures over one half of the documents, drawn by `half_of`."""

    number: int
    documents: int
    rules: tuple[Measure, ...]


class Bin(NamedTuple):
    """Of the codings whose confidence lies from `low` to below `high` (1 is in the last bin): how many are right."""

    low: float
    high: float
    n: int
    right: int


@dataclass(frozen=True)
class Evaluation:
    """The rules against a reference (`rules`), and the two coders against each other (`coders`), on `documents` texts.

    Attributes:
        documents: How many texts were compared.
        rules: The measures of the rules.
        coders: The measures of the coders; empty where the set has one coding only.
        reference: What the rules were compared with, in a few words.
        abstentions: The share of the rules' statements on the issue that they left without a stance.
        calibration: Confidence against correctness of stance.
        confusion: (expected, got) stance and how often; `none` is no stance, `off` another issue, `missed` not found.
        misses: Every place where the rules differ, by kind, in reading order.
        halves: The measures of the rules over either half of the documents, where the set is large enough to divide.
    """

    documents: int
    rules: tuple[Measure, ...]
    coders: tuple[Measure, ...] = ()
    reference: str = "the consensus"
    abstentions: float | None = None
    calibration: tuple[Bin, ...] = ()
    confusion: tuple[tuple[str, str, int], ...] = ()
    misses: tuple[Miss, ...] = ()
    halves: tuple[Half, ...] = ()

    def count_misses(self) -> dict[str, int]:
        """Return how many misses there are of each kind that occurs, in the order of the kinds."""
        counted = Counter(miss.kind for miss in self.misses)
        return {kind: counted[kind] for kind in MISS_KINDS if counted[kind]}

    def as_dict(self, *, with_misses: bool = False, with_confusion: bool = False) -> dict[str, Any]:
        """Return the figures for JSON, with the lists that were asked for."""
        figures = asdict(self)
        figures["calibration"] = [
            {**b._asdict(), "share": b.right / b.n if b.n else None} for b in self.calibration
        ]  # fmt: skip
        figures["halves"] = [{**half._asdict(), "rules": [asdict(m) for m in half.rules]} for half in self.halves]
        figures["miss_counts"] = self.count_misses()
        del figures["misses"], figures["confusion"]
        if with_misses:
            figures["misses"] = [asdict(miss) for miss in self.misses]
        if with_confusion:
            figures["confusion"] = [{"expected": e, "got": g, "n": n} for e, g, n in self.confusion]
        return figures


# --- figures with intervals -----------------------------------------------------------------------------------------

Cases = Sequence[tuple[str, _T]]
"""What a measure is taken over: each case with the id of its document."""


def measure_f1(name: str, cases: Cases[Retrieval]) -> Measure:
    """Make an F1 of counts; a case may be one item (a found, wanted or right one) or a whole document."""
    return _measure_retrieval(name, cases, lambda counts: counts.f1)


def measure_recall(name: str, cases: Cases[Retrieval]) -> Measure:
    """Make the share of the expected that is right, with precision beside it."""
    return _measure_retrieval(name, cases, lambda counts: counts.recall)


def _measure_retrieval(name: str, cases: Cases[Retrieval], figure: Callable[[Retrieval], float]) -> Measure:
    total = _add([counts for _, counts in cases])
    # The sum of a document is drawn as fast as one case.
    low, high = bootstrap_interval([_add(unit) for unit in _units(cases)], lambda drawn: figure(_add(drawn)))
    return Measure(name, figure(total), total.expected, low, high, precision=total.precision, recall=total.recall)


def _add(counts: Sequence[Retrieval]) -> Retrieval:
    return Retrieval(
        sum(c.right for c in counts), sum(c.found for c in counts), sum(c.expected for c in counts)
    )  # fmt: skip


def measure_share(name: str, cases: Cases[bool], *, counts: Retrieval | None = None) -> Measure:
    """Make the share of cases that are right, with precision and recall of `counts`; without a case it has no value."""
    share = measure_statistic(name, cases, lambda drawn: sum(drawn) / len(drawn))
    return replace(share, precision=counts.precision, recall=counts.recall) if counts and cases else share


def measure_statistic(name: str, cases: Cases[_T], statistic: Callable[[Sequence[_T]], float | None]) -> Measure:
    """Make any statistic of cases; without a case, or where it is undefined, it has no value."""
    if not cases:
        return Measure(name, None, 0)
    low, high = bootstrap_interval(
        _units(cases), lambda drawn: statistic([value for unit in drawn for value in unit])
    )  # fmt: skip
    return Measure(name, statistic([value for _, value in cases]), len(cases), low, high)


def _units(cases: Cases[_T]) -> list[list[_T]]:
    """Return what the bootstrap draws: documents, as their cases depend on each other, or cases if those are few."""
    documents: dict[str, list[_T]] = {}
    for doc_id, value in cases:
        documents.setdefault(doc_id, []).append(value)
    return list(documents.values()) if len(documents) >= FEWEST_DOCUMENTS else [[value] for _, value in cases]


def half_of(doc_id: str) -> int:
    """Return 1 or 2, the half that a document belongs to: rules may be tuned on the first, never on the second.

    By the last bit of the SHA-1 of its id, so that it needs no list and no document changes sides as a set grows.
    """
    return 1 + hashlib.sha1(doc_id.encode(), usedforsecurity=False).digest()[-1] % 2


# --- calibration and confusion --------------------------------------------------------------------------------------

EDGES = (0.0, 0.5, 0.6, 0.7, 0.8, 0.9, 1.0)


def make_calibration(codings: Sequence[tuple[float, bool]]) -> tuple[Bin, ...]:
    """Sort (confidence, is right) into bins; empty bins are left out."""
    bins = []
    for low, high in pairwise(EDGES):
        inside = [right for confidence, right in codings if low <= confidence < high or confidence == high == EDGES[-1]]
        if inside:
            bins.append(Bin(low, high, len(inside), sum(inside)))
    return tuple(bins)


def count_pairs(pairs: Sequence[tuple[str, str]]) -> tuple[tuple[str, str, int], ...]:
    """Count (expected, got) pairs, in the order of their codes."""
    return tuple((expected, got, n) for (expected, got), n in sorted(Counter(pairs).items()))


def sort_misses(misses: Sequence[Miss]) -> tuple[Miss, ...]:
    """Order misses by kind, then as they are read."""
    return tuple(sorted(misses, key=lambda m: (MISS_KINDS.index(m.kind), m.doc_id, m.start, m.end)))
