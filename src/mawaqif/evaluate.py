"""Measures the rules against the reference codings, and the two reference codings against each other."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from typing import Any

import pandas as pd
from rich.table import Table as RichTable

from mawaqif.aggregate.reliability import bootstrap_interval, krippendorff_alpha, weighted_kappa
from mawaqif.coding import parse_interval
from mawaqif.errors import CodingError
from mawaqif.schemas import iterate_rows
from mawaqif.tables import Tables

CODER_PAIR = ("coder1", "coder2")


@dataclass(frozen=True)
class Measure:
    """One figure: `value` with its 95 % bootstrap interval over `n` cases; precision and recall where it is an F1."""

    name: str
    value: float | None
    n: int
    low: float | None = None
    high: float | None = None
    precision: float | None = None
    recall: float | None = None


@dataclass(frozen=True)
class Evaluation:
    """The rules against the consensus (`rules`), and the two coders against each other (`coders`), on `documents` texts.

    `abstentions` is the share of the rules' statements on the issue that they left without a stance.
    """

    documents: int
    rules: tuple[Measure, ...]
    coders: tuple[Measure, ...]
    abstentions: float

    def as_dict(self) -> dict[str, Any]:
        """Return the figures for JSON."""
        return asdict(self)


@dataclass(frozen=True)
class Coded:
    """One statement of either side, as far as it is compared."""

    doc_id: str
    start: int
    end: int
    speaker_id: str
    issue: str
    stance: int | None
    modality: str
    required: bool = True


def evaluate_tables(tables: Tables) -> Evaluation:
    """Compare what the rules found in the coded documents with their codings.

    Statements match one to one by the share of characters that both spans cover of those that either covers, at least
    0.5 or 0.8; a rule's statement that fits only an optional one of the reference is neither right nor wrong.
    Mentions and dates have no consensus: a found one is right if either coder has it, a missed one counts if both do.

    Raises:
        CodingError: No document of the corpus has a reference coding.
    """
    doc_ids = list(tables.coding_use.coded_documents)
    if not doc_ids:
        raise CodingError("no document of the corpus has a reference coding", mend="Restore data/raw and data/coding.")
    codings = tables.codings
    found = select_coded(tables.rule_statements, doc_ids)
    consensus = select_coded(codings.statements[codings.statements["coder"].eq("consensus")], doc_ids)
    first, second = (select_coded(codings.statements[codings.statements["coder"].eq(c)], doc_ids) for c in CODER_PAIR)
    on_issue = [s for s in found if s.issue == tables.issue.id]
    return Evaluation(
        documents=len(doc_ids),
        rules=(
            *measure_statements(found, consensus, issue_id=tables.issue.id),
            measure_mentions(tables.core_mentions, codings.mentions, doc_ids),
            *measure_dates(tables.rule_dates, codings.events, doc_ids),
            measure_boilerplate(tables.core_boilerplate, codings.boilerplate, doc_ids),
        ),
        coders=measure_agreement(first, second, issue_id=tables.issue.id),
        abstentions=sum(s.stance is None for s in on_issue) / len(on_issue) if on_issue else 0.0,
    )


# --- statements -----------------------------------------------------------------------------------------------------


def select_coded(table: pd.DataFrame, doc_ids: Sequence[str]) -> list[Coded]:
    """Return the statements of some documents from `core_statements` or from the coding file."""
    return [
        Coded(
            doc_id=row.doc_id,
            start=int(row.start),
            end=int(row.end),
            speaker_id=row.speaker_id if isinstance(row.speaker_id, str) else "",
            issue=row.issue,
            stance=None if pd.isna(row.stance) else int(row.stance),
            modality=row.modality,
            required=getattr(row, "scoring", "required") != "optional",
        )
        for row in iterate_rows(table[table["doc_id"].isin(doc_ids)])
    ]


def overlap(one: Coded, other: Coded) -> float:
    """Return shared characters divided by covered characters (Jaccard), 0 in different documents."""
    if one.doc_id != other.doc_id:
        return 0.0
    shared = min(one.end, other.end) - max(one.start, other.start)
    return shared / (max(one.end, other.end) - min(one.start, other.start)) if shared > 0 else 0.0


def match_statements(found: list[Coded], reference: list[Coded], *, threshold: float) -> list[tuple[int, int]]:
    """Match one to one, the largest overlap first, of equal ones those with the same speaker; returns index pairs."""
    by_document: dict[str, list[int]] = {}
    for i, statement in enumerate(found):
        by_document.setdefault(statement.doc_id, []).append(i)
    pairs = [
        (share, found[i].speaker_id == gold.speaker_id, -i, -j)
        for j, gold in enumerate(reference)
        for i in by_document.get(gold.doc_id, [])
        if (share := overlap(found[i], gold)) >= threshold
    ]
    used_found, used_reference, matched = set[int](), set[int](), []
    for _, _, i, j in sorted(pairs, reverse=True):
        if -i not in used_found and -j not in used_reference:
            used_found.add(-i)
            used_reference.add(-j)
            matched.append((-i, -j))
    return sorted(matched)


def measure_statements(found: list[Coded], reference: list[Coded], *, issue_id: str) -> tuple[Measure, ...]:
    """Return statement F1 at 0.5 and 0.8 overlap, speaker accuracy, stance exact share and kappa, modality share."""
    spans = tuple(_span_f1(found, reference, threshold=t) for t in (0.5, 0.8))
    matched = [(found[i], reference[j]) for i, j in match_statements(found, reference, threshold=0.5)]
    required = [(f, g) for f, g in matched if g.required]
    on_issue = [(f, g) for f, g in required if g.issue == issue_id]
    graded = [(f.stance, g.stance) for f, g in on_issue if f.stance is not None and g.stance is not None]
    return (
        *spans,
        _share("speaker accuracy", [f.speaker_id == g.speaker_id for f, g in required]),
        _share("issue accuracy", [(f.issue == issue_id) == (g.issue == issue_id) for f, g in required]),
        _share("stance exact share", [f.issue == issue_id and f.stance == g.stance for f, g in on_issue]),
        _statistic("stance quadratic-weighted kappa", graded, lambda pairs: weighted_kappa(*_sides(pairs))),
        _share("modality accuracy", [f.modality == g.modality for f, g in required]),
    )


def _span_f1(found: list[Coded], reference: list[Coded], *, threshold: float) -> Measure:
    matched = match_statements(found, reference, threshold=threshold)
    on_optional = {i for i, j in matched if not reference[j].required}
    right = {i: j for i, j in matched if reference[j].required}
    # One case a document's found or missed statement, so that the bootstrap draws over all of them.
    cases = [(1, 1, 1)] * len(right)
    cases += [(0, 1, 0)] * (len(found) - len(right) - len(on_optional))
    cases += [(0, 0, 1)] * (sum(g.required for g in reference) - len(right))
    return _f1(f"statement F1 at {threshold} overlap", cases)


def _f1(name: str, cases: list[tuple[int, int, int]]) -> Measure:
    """Make an F1 from (right, found, wanted) cases."""
    right, found, wanted = (sum(case[k] for case in cases) for k in range(3))
    low, high = bootstrap_interval(cases, _f1_of)
    return Measure(
        name,
        _f1_of(cases),
        wanted,
        low,
        high,
        precision=right / found if found else 0.0,
        recall=right / wanted if wanted else 0.0,
    )


def _f1_of(cases: Sequence[tuple[int, int, int]]) -> float:
    right, found, wanted = (sum(case[k] for case in cases) for k in range(3))
    return 2 * right / (found + wanted) if found + wanted else 0.0


def _share(name: str, cases: Sequence[bool]) -> Measure:
    return _statistic(name, list(cases), lambda drawn: sum(drawn) / len(drawn))


def _statistic(name: str, cases: Sequence[Any], statistic: Any) -> Measure:
    if not cases:
        return Measure(name, None, 0)
    low, high = bootstrap_interval(cases, statistic)
    return Measure(name, statistic(cases), len(cases), low, high)


def _sides(pairs: Sequence[tuple[int, int]]) -> tuple[list[int], list[int]]:
    return [a for a, _ in pairs], [b for _, b in pairs]


# --- mentions, dates, boilerplate -----------------------------------------------------------------------------------


def measure_mentions(found: pd.DataFrame, coded: pd.DataFrame, doc_ids: Sequence[str]) -> Measure:
    """Return actor-mention F1: same actor, overlapping span; right if either coder has it, missed if both have it."""
    mine = [(r.doc_id, r.actor_id, int(r.start), int(r.end)) for r in iterate_rows(found[found["is_registered"]])]
    mine = [m for m in mine if m[0] in doc_ids]
    first, second = (
        [(r.doc_id, r.actor_id, int(r.start), int(r.end)) for r in iterate_rows(coded[coded["coder"].eq(coder)])]
        for coder in CODER_PAIR
    )
    agreed = [m for m in first if _touches(m, second)]
    cases = [
        (1, 1, 1) if _touches(m, agreed) else ((1, 1, 1) if _touches(m, first + second) else (0, 1, 0)) for m in mine
    ]
    cases += [(0, 0, 1) for m in agreed if not _touches(m, mine)]
    return _f1("actor-mention F1", cases)


def _touches(mention: tuple[str, str, int, int], others: list[tuple[str, str, int, int]]) -> bool:
    doc_id, actor_id, start, end = mention
    return any(o[0] == doc_id and o[1] == actor_id and o[2] < end and start < o[3] for o in others)


def measure_dates(found: pd.DataFrame, coded: pd.DataFrame, doc_ids: Sequence[str]) -> tuple[Measure, ...]:
    """Return how many coded dates are found with an interval equal to either coder's, and how many found are coded.

    A date expression is one span; where the coders' spans overlap they are the same expression.
    """
    coded = coded[coded["doc_id"].isin(doc_ids)]
    mine = [r for r in iterate_rows(found) if r.doc_id in doc_ids]
    wanted: list[list[Any]] = []
    for row in iterate_rows(coded.sort_values(["doc_id", "start"], kind="stable")):
        group = next((g for g in wanted if any(_same_place(row, other) for other in g)), None)
        if group is None:
            wanted.append([row])
        else:
            group.append(row)
    right = []
    for group in wanted:
        intervals = {parse_interval(row.normalised) for row in group}
        near = [m for m in mine if any(_same_place(m, row) for row in group)]
        right.append(any((_text(m.first), _text(m.last)) in intervals for m in near))
    known = [any(_same_place(m, row) for group in wanted for row in group) for m in mine]
    return _share("date accuracy", right), _share("found dates that a coder has", known)


def _same_place(one: Any, other: Any) -> bool:
    return bool(one.doc_id == other.doc_id and one.start < other.end and other.start < one.end)


def _text(value: object) -> str | None:
    return value if isinstance(value, str) else None


def measure_boilerplate(found: pd.DataFrame, coded: pd.DataFrame, doc_ids: Sequence[str]) -> Measure:
    """Return character F1 against the characters that both coders marked; those only one marked are left aside.

    Markup is not part of it: the coders saw plain text.
    """
    found = found[found["doc_id"].isin(doc_ids) & found["kind"].ne("markup")]
    mine = _characters(found)
    first, second = (_characters(coded[coded["coder"].eq(coder)]) for coder in CODER_PAIR)
    agreed, either = first & second, first | second
    right, wrong, missed = len(mine & agreed), len(mine - either), len(agreed - mine)
    value = 2 * right / (2 * right + wrong + missed) if right else 0.0
    precision = right / (right + wrong) if right else 0.0
    return Measure(
        "boilerplate character F1",
        value,
        len(agreed),
        precision=precision,
        recall=right / len(agreed) if agreed else 0.0,
    )


def _characters(spans: pd.DataFrame) -> set[tuple[str, int]]:
    return {(row.doc_id, i) for row in iterate_rows(spans) for i in range(int(row.start), int(row.end))}


# --- the two coders -------------------------------------------------------------------------------------------------


def measure_agreement(first: list[Coded], second: list[Coded], *, issue_id: str) -> tuple[Measure, ...]:
    """Return how far two codings agree: spans found by both, and Krippendorff's alpha on what they matched.

    Stance is ordinal, over statements that both put on the issue with a stance; modality, issue and speaker are nominal.
    """
    matched = [(first[i], second[j]) for i, j in match_statements(first, second, threshold=0.5)]
    graded = [(a.stance, b.stance) for a, b in matched if a.issue == b.issue == issue_id]
    graded = [(a, b) for a, b in graded if a is not None and b is not None]
    alpha = "Krippendorff's alpha, "
    return (
        _span_f1([s for s in second], [Coded(**{**asdict(s), "required": True}) for s in first], threshold=0.5),
        _alpha(f"{alpha}stance (ordinal)", graded, level="ordinal"),
        _alpha(f"{alpha}modality (nominal)", [(a.modality, b.modality) for a, b in matched], level="nominal"),
        _alpha(f"{alpha}issue (nominal)", [(a.issue, b.issue) for a, b in matched], level="nominal"),
        _alpha(f"{alpha}speaker (nominal)", [(a.speaker_id, b.speaker_id) for a, b in matched], level="nominal"),
    )


def _alpha(name: str, pairs: Sequence[tuple[Any, Any]], *, level: str) -> Measure:
    return _statistic(name, pairs, lambda drawn: krippendorff_alpha(drawn, level=level))


# --- printing -------------------------------------------------------------------------------------------------------


def render_evaluation(evaluation: Evaluation) -> RichTable:
    """Return the table that `mawaqif evaluate` prints."""
    table = RichTable(title=f"Rules and reference codings on {evaluation.documents} documents", title_justify="left")
    for column, justify in (
        ("measure", "left"),
        ("value", "right"),
        ("95 % interval", "right"),
        ("P / R", "right"),
        ("n", "right"),
    ):
        table.add_column(column, justify=justify)  # type: ignore[arg-type]
    for heading, measures in (
        ("rules against the consensus", evaluation.rules),
        ("coder 1 against coder 2", evaluation.coders),
    ):
        table.add_row(f"[bold]{heading}[/bold]")
        for measure in measures:
            table.add_row(*_cells(measure))
        table.add_section()
    table.add_row("abstentions on the issue (rules)", f"{evaluation.abstentions:.2f}", "", "", "")
    return table


def _cells(measure: Measure) -> tuple[str, ...]:
    value = "n/a" if measure.value is None else f"{measure.value:.3f}"
    interval = "" if measure.low is None else f"{measure.low:.2f} to {measure.high:.2f}"
    parts = "" if measure.precision is None else f"{measure.precision:.2f} / {measure.recall:.2f}"
    return f"  {measure.name}", value, interval, parts, str(measure.n)
