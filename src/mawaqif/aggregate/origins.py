"""Finds where a statement is older than its article, passed on by another speaker, or one said again."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from typing import Any

import pandas as pd

from mawaqif.aggregate.attribution import add_actor
from mawaqif.aggregate.claims import parse_day
from mawaqif.aggregate.event_words import iterate_words
from mawaqif.aggregate.movement import publication_days
from mawaqif.schemas import iterate_rows

LONGEST_ATTRIBUTION = 120
"""Characters from the first word of speaker or cue to the passage, between which a date is that of the saying."""
SAME_WORDS = 0.6
"""Share of the content words of the shorter of two passages from which one says the other again."""


def find_said(statements: pd.DataFrame, dates: pd.DataFrame, documents: pd.DataFrame) -> dict[str, tuple[date, date]]:
    """Return for statements that were made in an earlier month than their article appeared when that was, by id.

    The date of the saying stands between its speaker or cue and the passage: «the council had decided in 2019 to
    leave». A date within the passage of another statement belongs to that, unless that holds this one as well.

    Args:
        statements: `core_statements`.
        dates: `core_dates`.
        documents: `core_documents`.
    """
    printed = publication_days(documents)
    said: dict[str, tuple[date, date]] = {}
    for row, day in _iterate_sayings(statements, dates):
        first, last = parse_day(day.first), parse_day(day.last)
        if row.doc_id in printed and first and last and last < printed[row.doc_id][0].replace(day=1):
            said[str(row.statement_id)] = (first, last)
    return said


def find_sayings(statements: pd.DataFrame, dates: pd.DataFrame) -> dict[tuple[str, int, int], list[str]]:
    """Return for past dates between a speaker or cue and the passage the ids of the statements that they introduce.

    What such a date is of is where the words come from: «in the talks of July they agreed that ...». A date is given by
    document, start and end.
    """
    introduced: dict[tuple[str, int, int], list[str]] = {}
    for row, day in _iterate_sayings(statements, dates):
        introduced.setdefault((str(day.doc_id), int(day.start), int(day.end)), []).append(str(row.statement_id))
    return introduced


def _iterate_sayings(statements: pd.DataFrame, dates: pd.DataFrame) -> Iterator[tuple[Any, Any]]:
    """Yield each statement with every past date of its saying."""
    past = dates[dates["status"].eq("past") & dates["first"].notna() & dates["last"].notna()]
    spans = {str(doc_id): list(zip(g["start"], g["end"], strict=True)) for doc_id, g in statements.groupby("doc_id")}
    by_document = {str(doc_id): list(iterate_rows(group)) for doc_id, group in past.groupby("doc_id")}
    for row in iterate_rows(statements):
        begin = _begin_attribution(row)
        if begin is None or row.start - begin > LONGEST_ATTRIBUTION:
            continue
        for day in by_document.get(row.doc_id, ()):
            is_within = any(
                start < day.end and end > day.start and not (start <= row.start and row.end <= end)
                for start, end in spans[row.doc_id]
            )
            if begin <= day.start and day.end <= row.start and not is_within:
                yield row, day


def join_spans(said: Mapping[str, tuple[date, date]], statement_ids: Iterable[str]) -> tuple[date, date] | None:
    """Return the days between which statements were said (`find_said`), or None where one is as new as its article."""
    spans = [said.get(i) for i in statement_ids]
    known = [span for span in spans if span is not None]
    if not known or len(known) < len(spans):
        return None
    return min(first for first, _ in known), max(last for _, last in known)


def _begin_attribution(row: Any) -> int | None:
    places = [int(value) for value in (row.speaker_start, row.cue_start) if not pd.isna(value)]
    return min(places) if places and min(places) < row.start else None


def find_relays(statements: pd.DataFrame) -> dict[str, str]:
    """Return for statements that stand within a longer one by somebody else the id of that, the shortest of several."""
    relayed: dict[str, str] = {}
    for _, group in statements.groupby("doc_id", sort=True):
        rows = sorted(iterate_rows(group), key=lambda row: row.end - row.start)
        for place, row in enumerate(rows):
            for other in rows[place + 1 :]:
                holds = other.start <= row.start and row.end <= other.end
                is_longer = other.end - other.start > row.end - row.start
                if holds and is_longer and _name_speaker(other) not in ("", _name_speaker(row)):
                    relayed[str(row.statement_id)] = str(other.statement_id)
                    break
    return relayed


def _name_speaker(row: Any) -> str:
    name = row.speaker_id if isinstance(row.speaker_id, str) else row.speaker_name
    return name if isinstance(name, str) else ""


def find_repeats(statements: pd.DataFrame) -> dict[str, str]:
    """Return for statements that say again what their speaker says elsewhere in the article the id of the first.

    It is one said again where both have the same stance, and `SAME_WORDS` of the content words of the shorter are in
    the other: a headline, the sentence that it sums up, and a line of a table are one statement in three places.
    """
    repeats: dict[str, str] = {}
    for _, group in add_actor(statements[statements["stance"].notna()]).groupby(["doc_id", "actor_id", "stance"]):
        rows = sorted(iterate_rows(group), key=lambda row: (row.start, row.statement_id))
        told = [(str(row.statement_id), frozenset(iterate_words(row.quote))) for row in rows]
        for place, (statement_id, words) in enumerate(told):
            first = next((i for i, other in told[:place] if i not in repeats and _are_alike(words, other)), None)
            if first is not None:
                repeats[statement_id] = first
    return repeats


def _are_alike(words: frozenset[str], other: frozenset[str]) -> bool:
    shorter = min(len(words), len(other))
    return shorter > 1 and len(words & other) >= SAME_WORDS * shorter
