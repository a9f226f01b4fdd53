"""The agreed milestones against what is said of them."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta
from typing import Any, Literal

import pandas as pd

from mawaqif.aggregate.attribution import select_original
from mawaqif.aggregate.claims import parse_day
from mawaqif.aggregate.event_words import (
    BESIDE,
    KnownEvent,
    Lexicon,
    adjoins,
    holds_words,
    list_known_events,
    make_lexicon,
    recognise,
)
from mawaqif.arabic.phrases import PhraseIndex, split_words
from mawaqif.arabic.text import fold
from mawaqif.schemas import iterate_rows
from mawaqif.vocabulary import Issue, Milestone

Relation = Literal["confirms", "doubts", "contradicts", "mentions", "other"]
RELATIONS: tuple[Relation, ...] = ("contradicts", "doubts", "confirms", "mentions", "other")
MILESTONE_COLUMNS = ["milestone_id", "statement_id", "relation", "doc_id", "first", "last"]


def compare_milestones(
    issue: Issue, statements: pd.DataFrame, dates: pd.DataFrame, documents: pd.DataFrame
) -> pd.DataFrame:
    """Return the statements that speak of an agreed milestone, and how each relates to it.

    A statement speaks of a milestone where it is on the issue, has a stance, was printed before the milestone was
    over, and holds, or has beside it (`timeline.find_statements_around`), a planned or hypothetical date of at most a
    year that shares a day with the milestone, or an open one that begins within a year after it («after 2026»). A
    milestone of this kind ends or schedules something, so the scale's negative side agrees with it: stance -1
    confirms; +1 and +2 contradict, but as a condition or a demand only doubt; 0 doubts where it is a condition; all
    else, also -2, which wants it sooner, merely mentions it. A statement that names none of the milestone's
    `subjects`, or a date that begins after it, is of something `other`: it shows what the articles take the milestone
    to be, and judges nothing. One that calls the milestone itself by its name («the first phase») but takes something
    else to end merely mentions it.

    Returns:
        One row a milestone and statement, in the order of the issue file and of publication: `relation` is one of
        `RELATIONS`, `first` and `last` the interval that the statement names.
    """
    return _compare(issue, statements, dates, documents)[MILESTONE_COLUMNS]


def find_namesakes(
    issue: Issue, statements: pd.DataFrame, dates: pd.DataFrame, documents: pd.DataFrame
) -> set[tuple[str, str]]:
    """Return the milestones and statements of `compare_milestones` that give the milestone's name to something else."""
    compared = _compare(issue, statements, dates, documents)
    named = compared[compared["is_namesake"]]
    return set(zip(named["milestone_id"], named["statement_id"], strict=True))


def _compare(issue: Issue, statements: pd.DataFrame, dates: pd.DataFrame, documents: pd.DataFrame) -> pd.DataFrame:
    told = select_original(statements, documents)
    told = told[told["issue"].eq(issue.id) & told["stance"].notna()]
    days = documents["published"].where(documents["published"].notna(), documents["published_earliest"])
    printed = dict(zip(documents["doc_id"], days, strict=True))
    expected = dates[dates["status"].isin(["planned", "hypothetical"])]
    pairs = told.merge(expected, on="doc_id", suffixes=("", "_date"))
    pairs = pairs[pd.Series([_is_dated_by(row) for row in iterate_rows(pairs)], index=pairs.index, dtype=bool)]
    pairs = pairs.assign(_printed=pairs["doc_id"].map(printed))
    pairs = pairs.sort_values(["_printed", "doc_id", "start", "statement_id", "start_date"], kind="stable")
    subjects = PhraseIndex({t: issue.terms[t] for m in issue.milestones for t in m.subjects})
    lexicon = make_lexicon(issue)
    known = list_known_events(issue, (), lexicon)
    rows = [
        _milestone_row(milestone, row, *_relate_row(milestone, row, subjects, known, lexicon))
        for milestone in issue.milestones
        for row in iterate_rows(pairs)
        if _names(milestone, row) and not _is_over(milestone, printed[row.doc_id])
    ]
    table = pd.DataFrame(rows, columns=[*MILESTONE_COLUMNS, "is_namesake"]).astype({"is_namesake": bool})
    return table.drop_duplicates(["milestone_id", "statement_id"]).reset_index(drop=True)


def _is_dated_by(row: Any) -> bool:
    """Say whether a date stands in a statement, or beside it while it holds all that the date is of."""
    if row.start_date < row.end and row.end_date > row.start:
        return True
    is_near = row.start_date < row.end + BESIDE and row.end_date > row.start - BESIDE
    is_named = isinstance(row.what, str) and holds_words(str(row.quote), row.what)
    return is_near and (is_named or adjoins(row.start - row.end_date, row.status))


def _milestone_row(milestone: Milestone, row: Any, relation: Relation, is_namesake: bool) -> dict[str, Any]:
    return {
        "milestone_id": milestone.id,
        "statement_id": row.statement_id,
        "relation": relation,
        "doc_id": row.doc_id,
        "first": row.first,
        "last": row.last,
        "is_namesake": is_namesake,
    }


def _relate_row(
    milestone: Milestone, row: Any, subjects: PhraseIndex, known: Sequence[KnownEvent], lexicon: Lexicon
) -> tuple[Relation, bool]:
    """Return the relation, and whether the statement gives the milestone's name to something else."""
    if _is_of(milestone, row, subjects):
        return relate(int(row.stance), str(row.modality)), False
    is_namesake = _is_called(milestone, row, known, lexicon)
    return ("mentions" if is_namesake else "other"), is_namesake


def relate(stance: int, modality: str) -> Relation:
    """Return how a statement with this stance and modality relates to a milestone that it speaks of."""
    if stance == -1:
        return "confirms"
    if stance >= 1:
        return "doubts" if modality in ("condition", "demand") else "contradicts"
    if stance == 0 and modality == "condition":
        return "doubts"
    return "mentions"


def _is_of(milestone: Milestone, row: Any, subjects: PhraseIndex) -> bool:
    """Say whether a statement names the milestone's subject and a date that is not after it."""
    return date.fromisoformat(row.first) <= milestone.last and _names_subject(milestone, str(row.quote), subjects)


def _names_subject(milestone: Milestone, text: str, subjects: PhraseIndex) -> bool:
    named = {hit.name for hit in subjects.find(split_words(fold(text)))} if milestone.subjects else set()
    return not milestone.subjects or not named.isdisjoint(milestone.subjects)


def is_about(milestone: Milestone, label: str, *, issue: Issue) -> bool:
    """Say whether an event that goes by a milestone's name is about its subject, as its Arabic words tell."""
    return _names_subject(milestone, label, PhraseIndex({t: issue.terms[t] for t in milestone.subjects}))


def _is_called(milestone: Milestone, row: Any, known: Sequence[KnownEvent], lexicon: Lexicon) -> bool:
    """Say whether what a statement dates goes by the name of the milestone."""
    if not isinstance(row.what, str) or date.fromisoformat(row.first) > milestone.last:
        return False
    event = recognise(lexicon.read(row.what), parse_day(row.first), parse_day(row.last), known)
    return event is not None and event.id == milestone.id


def _names(milestone: Milestone, row: Any) -> bool:
    year = timedelta(days=366)
    if not isinstance(row.first, str):
        return False
    first = date.fromisoformat(row.first)
    if not isinstance(row.last, str):
        return milestone.first <= first <= milestone.last + year
    last = date.fromisoformat(row.last)
    return last - first <= year and first <= milestone.last and last >= milestone.first


def _is_over(milestone: Milestone, printed: object) -> bool:
    return isinstance(printed, str) and date.fromisoformat(printed) > milestone.last
