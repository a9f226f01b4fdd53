"""Finds what was still to come when the newest article appeared, and what is said of it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Any

import pandas as pd

from mawaqif.aggregate.claims import Claim, parse_day, weigh, widen_to_months
from mawaqif.aggregate.milestones import compare_milestones, is_about
from mawaqif.aggregate.movement import publication_days
from mawaqif.arabic.phrases import PhraseIndex, split_words
from mawaqif.arabic.text import fold
from mawaqif.schemas import iterate_rows
from mawaqif.vocabulary import Direction, Issue, Milestone

MOST_AHEAD = 5
"""Events that the finding names; the others are counted."""
EVENT_RELATIONS = ("confirms", "expects", "demands", "favours", "doubts", "contradicts", "mentions")
STILL_OPEN = timedelta(days=62)
"""A plan without an end is still awaited if it was told at most this long before the newest article."""


def find_ahead(
    events: pd.DataFrame | None,
    documents: pd.DataFrame,
    statements: pd.DataFrame,
    dates: pd.DataFrame,
    *,
    issue: Issue,
) -> list[Claim]:
    """Claim `ahead`: agreed and planned events that were not over when the newest article appeared.

    They are those of `gather_ahead` of which a statement on the issue speaks, an agreed one on the days agreed for it.
    Those that matter most are named: agreed or named events before others, then those of which most statements speak.

    Values: `as_of` (the last day on which the newest article can have appeared), `whole` (their number), for each of
    `agreed` and `planned`, `events` (at most `MOST_AHEAD` in all, those without an end last, each an `Ahead`), `more`
    (dated ones beyond these) and `open` (those without an end beyond these), and of the others `possible` (how many are
    neither agreed nor planned) and `unsaid` (how many agreed or planned ones no statement on the issue speaks of).
    Nothing where none has an end.

    Args:
        events: `out_timeline`, or None.
        documents: `core_documents`.
        statements: `core_statements`.
        dates: `core_dates`.
        issue: The issue.
    """
    if events is None:
        return []
    as_of, ahead = gather_ahead(events, documents, statements, dates, issue=issue)
    told = [event for event in ahead if event.said and event.status in ("agreed", "planned")]
    if as_of is None or not any(event.last for event in told):
        return []
    ranked = sorted(told, key=_rank)[:MOST_AHEAD]
    groups: dict[str, Any] = {}
    for status in ("agreed", "planned"):
        own = [event for event in told if event.status == status]
        rest = [event for event in own if event not in ranked]
        n_open = sum(event.last is None for event in rest)
        named = [event for event in own if event in ranked]
        groups[status] = {"events": named, "more": len(rest) - n_open, "open": n_open}
    ids = dict.fromkeys(i for event in told for i in event.statement_ids)
    possible = sum(event.status == "hypothetical" for event in ahead)
    others = {"possible": possible, "unsaid": len(ahead) - possible - len(told)}
    values = {"as_of": as_of, "whole": len(told), **groups, **others}
    return [Claim("ahead", tuple(ids), weigh(0.65, len(ids), half=1), values)]


def _rank(event: Ahead) -> tuple[bool, bool, bool, int, date]:
    """Return a key by which those that matter most come first."""
    n = len(event.statement_ids)
    return event.last is None, event.status != "agreed", not event.is_known, -n, event.last or event.first or date.max


def _is_awaited(row: Any, as_of: date) -> bool:
    first = parse_day(row.first)
    return first is not None and first > as_of - STILL_OPEN


# --- all that is ahead, with what is said of it ----------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Namesake:
    """An event that goes by the name of a milestone; its labels are article text, `statement_ids` speak of it."""

    label_ar: str
    label_en: str | None
    statement_ids: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Ahead:
    """An event that was still to come when the newest article appeared.

    Attributes:
        label_ar: Its name; article text, so untrusted, unless it is known.
        label_en: Its name in English, or None.
        is_known: Whether it is a milestone or a named event.
        first: First day on which it may fall, of a milestone as it was agreed.
        last: The last, or None where its end is open.
        is_inferred: Whether no article prints these days (`out_timeline`).
        status: `agreed` (a milestone), `planned` or `hypothetical`.
        said: What statements do with it, in the order of `RELATIONS`: the relation and their ids.
        after: Where no more is known than that it comes after an article, the months in which that appeared.
        namesakes: Events about something else to which the articles give the name of this milestone.
    """

    label_ar: str
    label_en: str | None
    is_known: bool
    first: date | None
    last: date | None
    is_inferred: bool
    status: str
    said: tuple[tuple[str, tuple[str, ...]], ...]
    after: tuple[date, date] | None = None
    namesakes: tuple[Namesake, ...] = ()

    @property
    def statement_ids(self) -> tuple[str, ...]:
        """The statements that speak of it."""
        return tuple(i for _, ids in self.said for i in ids)

    @property
    def disputed_by(self) -> int:
        """How many statements doubt it or speak against it."""
        return sum(len(ids) for relation, ids in self.said if relation in ("doubts", "contradicts"))

    @property
    def has_date(self) -> bool:
        """Whether an article dates it: an inferred open end says no more than that it is not over."""
        return self.last is not None or not self.is_inferred


def gather_ahead(
    events: pd.DataFrame, documents: pd.DataFrame, statements: pd.DataFrame, dates: pd.DataFrame, *, issue: Issue
) -> tuple[date | None, list[Ahead]]:
    """Return the last day on which the newest article can have appeared, and what was still to come then, by date.

    What has no date comes last.

    Planned and possible events that were not over or, without an end, were told shortly before; and the issue's agreed
    milestones, whether or not an article names them.

    Args:
        events: `out_timeline`.
        documents: `core_documents`.
        statements: `core_statements`.
        dates: `core_dates`.
        issue: Gives the milestones, and the words that tell what an event would mean on its scale.
    """
    days = publication_days(documents)
    if not days:
        return None, []
    as_of = max(last for _, last in days.values())
    spoken = {row.statement_id: row for row in iterate_rows(statements[statements["issue"].eq(issue.id)])}
    agreed = {m.id: m for m in issue.milestones if m.last > as_of}
    sides = make_side_finder(issue)
    found = [
        _make_ahead(row, spoken, sides(str(row.label_ar)), issue, after=find_months_before(row, days))
        for row in iterate_rows(events)
        if row.status in ("planned", "hypothetical") and row.known_id not in agreed and _is_ahead(row, as_of)
    ]
    compared = compare_milestones(issue, statements, dates, documents)
    for milestone in agreed.values():
        own = compared[compared["milestone_id"].eq(milestone.id) & compared["relation"].ne("other")]
        said = [(str(r), str(i)) for r, i in zip(own["relation"], own["statement_id"], strict=True)]
        name = milestone.name
        known = Ahead(name.ar, name.en, True, milestone.first, milestone.last, False, "agreed", _group(said))
        found.append(replace(known, namesakes=_find_namesakes(milestone, events, issue)))
    return as_of, sorted(found, key=lambda a: (not a.has_date, a.first or as_of, a.last or date.max, a.label_ar))


def _find_namesakes(milestone: Milestone, events: pd.DataFrame, issue: Issue) -> tuple[Namesake, ...]:
    return tuple(
        Namesake(str(row.label_ar), _read_english(row), tuple(row.statement_ids))
        for row in iterate_rows(events[events["known_id"].eq(milestone.id)])
        if not is_about(milestone, str(row.label_ar), issue=issue)
    )


def find_months_before(row: Any, published: Mapping[str, tuple[date, date]]) -> tuple[date, date] | None:
    """Return the months of the article where no more is known of an event than that it comes after it, or None.

    Args:
        row: A row of `out_timeline`.
        published: By document, the first and last day on which it can have appeared.
    """
    first, days = parse_day(row.first), published.get(str(row.doc_id))
    is_open = row.is_inferred and parse_day(row.last) is None and row.status in ("planned", "hypothetical")
    return widen_to_months(*days) if is_open and first and days and first <= days[1] else None


def _read_english(row: Any) -> str | None:
    return row.label_en if isinstance(row.label_en, str) else None


def _is_ahead(row: Any, as_of: date) -> bool:
    last = parse_day(row.last)
    return last > as_of if last is not None else _is_awaited(row, as_of)


def _make_ahead(
    row: Any, spoken: Mapping[str, Any], side: int, issue: Issue, *, after: tuple[date, date] | None
) -> Ahead:
    told = [spoken[i] for i in row.statement_ids if i in spoken]
    said = [(relate_to_event(side, s.stance, str(s.modality), status=row.status), s.statement_id) for s in told]
    # The label of a milestone is the article's.
    is_known = isinstance(row.known_id, str) and all(m.id != row.known_id for m in issue.milestones)
    first, last = parse_day(row.first), parse_day(row.last)
    known = Ahead(
        row.label_ar, _read_english(row), is_known, first, last, bool(row.is_inferred), row.status, _group(said)
    )
    return replace(known, after=after)


def _group(said: Iterable[tuple[str, str]]) -> tuple[tuple[str, tuple[str, ...]], ...]:
    ids: dict[str, list[str]] = {}
    for relation, statement_id in said:
        ids.setdefault(relation, []).append(statement_id)
    return tuple((relation, tuple(ids[relation])) for relation in EVENT_RELATIONS if relation in ids)


def make_side_finder(issue: Issue) -> Callable[[str], int]:
    """Return a function that says on which side of the scale an event would be: -1, 1, or 0 where its words do not say.

    It is where the issue's directions put the bare assertion that the event takes place.
    """
    forms = {term: issue.terms[term] for d in issue.directions for term in _list_terms(d) if term in issue.terms}
    index = PhraseIndex(forms)

    def find_side(label: str) -> int:
        named = {hit.name for hit in index.find(split_words(fold(label)))}
        pointing = {
            _sign(direction.effects.asserted)
            for direction in issue.directions
            if any(set(terms) <= named for terms in _list_patterns(direction))
        } - {0}
        return pointing.pop() if len(pointing) == 1 else 0

    return find_side


def _sign(value: int | None) -> int:
    return ((value or 0) > 0) - ((value or 0) < 0)


def _list_patterns(direction: Direction) -> list[tuple[str, ...]]:
    return [(pattern,) if isinstance(pattern, str) else tuple(pattern.all) for pattern in direction.patterns]


def _list_terms(direction: Direction) -> list[str]:
    return [term for terms in _list_patterns(direction) for term in terms]


def relate_to_event(side: int, stance: Any, modality: str, *, status: str) -> str:
    """Return what a statement does with an event that it speaks of, one of `EVENT_RELATIONS`.

    Args:
        side: Where the event would be on the scale (`make_side_finder`).
        stance: The statement's, or a missing value.
        modality: The statement's.
        status: Whether the event is `planned` or `hypothetical`.
    """
    if not side or pd.isna(stance):
        return "mentions"
    together = int(stance) * side
    if together >= 0 and modality == "forecast":
        return "expects"
    if together > 0:
        return "demands" if modality == "demand" else "confirms" if status == "planned" else "favours"
    if modality == "condition":
        return "doubts"
    return "contradicts" if together < 0 else "mentions"
