"""Compares statements of two codings: matching, figures, misses, confusion of stance, calibration."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any, NamedTuple

import pandas as pd

from mawaqif.aggregate.reliability import Retrieval, krippendorff_alpha, match_spans, overlap, weighted_kappa
from mawaqif.evaluate.measures import Cases, Measure, Miss, measure_f1, measure_share, measure_statistic
from mawaqif.records import Span
from mawaqif.schemas import iterate_rows, read_text

CODER_PAIR = ("coder1", "coder2")
LOOSE, STRICT = 0.5, 0.8


@dataclass(frozen=True)
class Coded:
    """One statement of either side, as far as it is compared; `required` is false where the reference is open.

    `speaker` is the span of who speaks, where the text names them beside the statement.
    """

    doc_id: str
    start: int
    end: int
    speaker_id: str
    issue: str
    stance: int | None
    modality: str
    required: bool = True
    confidence: float = 1.0
    speaker_name: str = ""
    speaker: Span | None = None

    @property
    def span(self) -> Span:
        """The content."""
        return Span(self.start, self.end)


class Matched(NamedTuple):
    """A statement of the rules and the one of the reference that it is compared with."""

    found: Coded
    gold: Coded


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
            confidence=float(getattr(row, "confidence", 1.0)),
            speaker_name=read_text(getattr(row, "speaker_name", "")) or "",
            speaker=_speaker_span(row),
        )
        for row in iterate_rows(table[table["doc_id"].isin(doc_ids)])
    ]


def _speaker_span(row: Any) -> Span | None:
    """Return where a row says the speaker stands: its columns differ between rules and coding files."""
    for column in ("speaker", "attribution"):
        start = getattr(row, f"{column}_start", None)
        if start is not None and not pd.isna(start):
            return Span(int(start), int(getattr(row, f"{column}_end")))
    return None


def match_statements(found: Sequence[Coded], reference: Sequence[Coded], *, threshold: float) -> list[tuple[int, int]]:
    """Match one to one within each document by the share of characters that both cover of those that either covers.

    The largest share goes first, of equal ones those with the same speaker. Returns pairs of indices into `found` and
    `reference`.
    """
    mine, wanted = _by_document(found), _by_document(reference)
    pairs: list[tuple[int, int]] = []
    for doc_id, golds in wanted.items():
        ours = mine.get(doc_id, [])
        matched = match_spans(
            [reference[j].span for j in golds],
            [found[i].span for i in ours],
            at_least=threshold,
            prefer=_same_speaker(reference, found, golds, ours),
        )
        pairs += [(ours[at], golds[gold]) for gold, at in matched]
    return sorted(pairs)


def _same_speaker(
    reference: Sequence[Coded], found: Sequence[Coded], golds: list[int], ours: list[int]
) -> Callable[[int, int], bool]:
    return lambda gold, at: reference[golds[gold]].speaker_id == found[ours[at]].speaker_id


def _by_document(statements: Sequence[Coded]) -> dict[str, list[int]]:
    places: dict[str, list[int]] = {}
    for i, statement in enumerate(statements):
        places.setdefault(statement.doc_id, []).append(i)
    return places


class Comparison:
    """What the rules found beside the reference, matched once and asked for figures and misses.

    A statement of the rules that fits only an optional one of the reference is neither right nor wrong.
    """

    def __init__(self, found: Sequence[Coded], reference: Sequence[Coded], *, issue_id: str) -> None:
        self.found, self.reference, self.issue_id = found, reference, issue_id
        self._pairs = match_statements(found, reference, threshold=LOOSE)
        self.matched = [Matched(found[i], reference[j]) for i, j in self._pairs if reference[j].required]

    def measure(self) -> tuple[Measure, ...]:
        """Return statement F1 at 0.5 and 0.8 overlap, and on matched ones speaker, issue, stance and modality."""
        return (
            *(measure_spans(self.found, self.reference, threshold=t) for t in (LOOSE, STRICT)),
            self._share("speaker accuracy", _speaker_is_right, has=_has_speaker),
            self._share("issue accuracy", self._same_side, has=self._is_on_issue),
            self._share("stance exact share", self._position_is_right, on_issue=True, has=self._is_graded),
            measure_statistic("stance quadratic-weighted kappa", self._graded(), _kappa),
            self._measure_stances(),
            self._share("modality accuracy", lambda m: m.found.modality == m.gold.modality, has=lambda _: True),
        )

    def _share(
        self,
        name: str,
        is_right: Callable[[Matched], bool],
        *,
        has: Callable[[Coded], bool],
        on_issue: bool = False,
    ) -> Measure:
        """Return the share of matched statements that are right; precision and recall are over those that have one.

        `has` tells whether a statement has what is asked for: a speaker, the issue, a stance.
        """
        asked = [m for m in self.matched if not on_issue or m.gold.issue == self.issue_id]
        counts = Retrieval(
            sum(has(m.found) and has(m.gold) and is_right(m) for m in asked),
            sum(has(m.found) for m in asked),
            sum(has(m.gold) for m in asked),
        )
        return measure_share(name, [(m.gold.doc_id, is_right(m)) for m in asked], counts=counts)

    def _measure_stances(self) -> Measure:
        """Return F1 of stances from text to code: found at 0.5 overlap, on the issue, on the same step."""
        partners = {j: self.found[i] for i, j in self._pairs}
        cases = []
        for j, gold in enumerate(self.reference):
            found = partners.get(j)
            has = found is not None and self._is_graded(found)
            if gold.required and (has or self._is_graded(gold)):
                right = self._is_graded(gold) and found is not None and has and found.stance == gold.stance
                cases.append((gold.doc_id, Retrieval(int(right), int(has), int(self._is_graded(gold)))))
        taken = {i for i, _ in self._pairs}
        false = [s for i, s in enumerate(self.found) if i not in taken and self._is_graded(s)]
        return measure_f1("stance F1, from text to code", [*cases, *((s.doc_id, Retrieval(0, 1, 0)) for s in false)])

    def _is_on_issue(self, s: Coded) -> bool:
        return s.issue == self.issue_id

    def _is_graded(self, s: Coded) -> bool:
        return s.issue == self.issue_id and s.stance is not None

    def _same_side(self, m: Matched) -> bool:
        return (m.found.issue == self.issue_id) == (m.gold.issue == self.issue_id)

    def _position_is_right(self, m: Matched) -> bool:
        """On the issue in both with one stance, or off it in both."""
        return self._same_side(m) and (m.gold.issue != self.issue_id or m.found.stance == m.gold.stance)

    def _graded(self) -> list[tuple[str, tuple[int, int]]]:
        return [
            (m.gold.doc_id, (m.found.stance, m.gold.stance))
            for m in self.matched
            if m.gold.issue == self.issue_id and m.found.stance is not None and m.gold.stance is not None
        ]

    @property
    def abstentions(self) -> float:
        """The share of the rules' statements on the issue that they left without a stance."""
        stances = [s.stance for s in self.found if s.issue == self.issue_id]
        return sum(s is None for s in stances) / len(stances) if stances else 0.0

    def codings(self) -> list[tuple[float, bool]]:
        """Return confidence and whether issue and stance are right, of each matched required statement."""
        return [(m.found.confidence, self._position_is_right(m)) for m in self.matched]

    def confusion(self) -> list[tuple[str, str]]:
        """Return (expected, got) stance of each required statement on the issue, in words of the confusion table."""
        missed = [(self._stance(gold), "missed") for gold in self._missed() if gold.issue == self.issue_id]
        sides = [(self._stance(m.gold), self._stance(m.found)) for m in self.matched]
        return [pair for pair in sides if pair != ("off", "off")] + missed

    def _stance(self, statement: Coded) -> str:
        if statement.issue != self.issue_id:
            return "off"
        return "none" if statement.stance is None else f"{statement.stance:+d}"

    def _missed(self) -> list[Coded]:
        taken = {j for _, j in self._pairs}
        return [gold for j, gold in enumerate(self.reference) if j not in taken and gold.required]

    def misses(self, texts: Mapping[str, str]) -> list[Miss]:
        """Return what was missed, invented or coded otherwise; `texts` maps a document id to its source."""
        taken = {i for i, _ in self._pairs}
        false = [s for i, s in enumerate(self.found) if i not in taken]
        misses = [_miss("missed statement", s, texts, expected=_speaker(s)) for s in self._missed()]
        misses += [_miss("false statement", s, texts, got=_speaker(s)) for s in false]
        for m in self.matched:
            misses += self._differences(m, texts)
        return misses

    def _differences(self, m: Matched, texts: Mapping[str, str]) -> list[Miss]:
        found, gold = m
        made = []
        if not _speaker_is_right(m):
            made.append(("wrong speaker", _speaker(gold), _speaker(found)))
        if overlap(found.span, gold.span) < STRICT:
            text = texts[gold.doc_id]
            made.append(("wrong boundary", text[gold.start : gold.end], text[found.start : found.end]))
        if not self._same_side(m):
            made.append(("wrong issue", gold.issue, found.issue))
        elif not self._position_is_right(m):
            made.append(("wrong stance", self._stance(gold), self._stance(found)))
        if found.modality != gold.modality:
            made.append(("wrong modality", gold.modality, found.modality))
        return [_miss(kind, gold, texts, expected=expected, got=got) for kind, expected, got in made]


def _miss(kind: str, s: Coded, texts: Mapping[str, str], *, expected: str = "nothing", got: str = "nothing") -> Miss:
    return Miss(kind, s.doc_id, s.start, s.end, texts[s.doc_id][s.start : s.end], expected, got)


def _has_speaker(statement: Coded) -> bool:
    return bool(statement.speaker_id) or statement.speaker is not None


def _speaker_is_right(m: Matched) -> bool:
    """Whether both have one id or, where the reference gives only a span, whether the speaker found lies on it."""
    if m.gold.speaker_id or m.gold.speaker is None:
        return m.found.speaker_id == m.gold.speaker_id
    return m.found.speaker is not None and overlap(m.found.speaker, m.gold.speaker) > 0


def _speaker(statement: Coded) -> str:
    return statement.speaker_id or statement.speaker_name or "no speaker"


def _kappa(pairs: Sequence[tuple[int, int]]) -> float | None:
    return weighted_kappa([a for a, _ in pairs], [b for _, b in pairs])


def measure_spans(found: Sequence[Coded], reference: Sequence[Coded], *, threshold: float) -> Measure:
    """Return statement F1 at one overlap."""
    matched = match_statements(found, reference, threshold=threshold)
    taken = {i for i, _ in matched}
    right = {j for _, j in matched}
    cases = [(g.doc_id, Retrieval(int(j in right), int(j in right), 1)) for j, g in enumerate(reference) if g.required]
    cases += [(s.doc_id, Retrieval(0, 1, 0)) for i, s in enumerate(found) if i not in taken]
    return measure_f1(f"statement F1 at {threshold} overlap", cases)


# --- the two coders -------------------------------------------------------------------------------------------------


def measure_agreement(first: Sequence[Coded], second: Sequence[Coded], *, issue_id: str) -> tuple[Measure, ...]:
    """Return how far two codings agree: spans found by both, and Krippendorff's alpha on what they matched.

    Stance is ordinal, over statements that both put on the issue with a stance; the others are nominal.
    """
    first = [replace(s, required=True) for s in first]
    matched = [(first[i], second[j]) for i, j in match_statements(first, second, threshold=LOOSE)]
    graded = [
        (a.doc_id, (a.stance, b.stance))
        for a, b in matched
        if a.issue == b.issue == issue_id and a.stance is not None and b.stance is not None
    ]

    def of(column: str) -> list[tuple[str, tuple[Any, Any]]]:
        return [(a.doc_id, (getattr(a, column), getattr(b, column))) for a, b in matched]

    return (
        measure_spans(second, first, threshold=LOOSE),
        _alpha("stance (ordinal)", graded, level="ordinal"),
        _alpha("modality (nominal)", of("modality")),
        _alpha("issue (nominal)", of("issue")),
        _alpha("speaker (nominal)", of("speaker_id")),
    )


def _alpha(what: str, pairs: Cases[tuple[Any, Any]], *, level: str = "nominal") -> Measure:
    return measure_statistic(
        f"Krippendorff's alpha, {what}", pairs, lambda drawn: krippendorff_alpha(drawn, level=level)
    )  # fmt: skip
