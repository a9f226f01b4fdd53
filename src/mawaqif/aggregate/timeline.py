"""Dated events from all documents on one line, and the agreed milestones against what is said of them."""

from __future__ import annotations

import hashlib
import math
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any, Literal

import numpy as np
import pandas as pd

from mawaqif import schemas
from mawaqif.aggregate.attribution import select_original
from mawaqif.arabic.text import fold
from mawaqif.vocabulary import Issue, Milestone

Relation = Literal["confirms", "doubts", "contradicts", "mentions"]
RELATIONS: tuple[Relation, ...] = ("contradicts", "doubts", "confirms", "mentions")
MILESTONE_COLUMNS = ["milestone_id", "statement_id", "relation", "doc_id", "first", "last"]

SAME_EVENT = 0.6
"""Share of words in common (Jaccard) from which two descriptions with overlapping dates are taken for one event."""
_NOBODY = (np.empty(0, int), np.empty(0, int), np.empty(0, str))
_CLITICS = ("وال", "بال", "كال", "فال", "لل", "ال")


# --- the timeline ----------------------------------------------------------------------------------------------------


@dataclass
class _Event:
    """A dated event under construction; `rows` are the date expressions that tell of it, the clearest first."""

    rows: list[Any]
    words: frozenset[str]
    statement_ids: set[str] = field(default_factory=set)


def make_timeline(dates: pd.DataFrame, statements: pd.DataFrame) -> pd.DataFrame:
    """Return `out_timeline`: one row an event that has a description and at least one end of its interval.

    Two mentions are one event where they have the same status, overlapping intervals of the same kind, and the same
    description: word for word within a document, `SAME_EVENT` of the words between documents. The row keeps the
    narrowest interval and the document it comes from; `statement_ids` are the statements that any of its mentions
    stands in. Labels are article text, so untrusted.

    Args:
        dates: `core_dates` of original documents.
        statements: `core_statements` of the same.
    """
    usable = dates[dates["what"].notna() & (dates["first"].notna() | dates["last"].notna())]
    usable = usable.assign(_days=[_length(f, e) for f, e in zip(usable["first"], usable["last"], strict=True)])
    usable = usable.sort_values(["_days", "doc_id", "start", "end"], kind="stable")
    words = [_content_words(str(what)) for what in usable["what"]]
    frequencies = Counter(word for event_words in words for word in event_words)
    around = find_statements_around(usable, statements)
    events: list[_Event] = []
    by_word: dict[str, list[_Event]] = {}
    for row, row_words, statement_ids in zip(usable.itertuples(index=False), words, around, strict=True):
        telling = _telling_words(row_words, frequencies)
        event = _find_event(row, row_words, [e for word in telling for e in by_word.get(word, ())])
        if event is None:
            event = _Event(rows=[], words=row_words)
            events.append(event)
            for word in telling:
                by_word.setdefault(word, []).append(event)
        event.rows.append(row)
        event.statement_ids.update(statement_ids)
    return schemas.validate("out_timeline", _event_table(events))


def _telling_words(words: frozenset[str], frequencies: Counter[str]) -> list[str]:
    """Return the rarest words, so many that two descriptions alike enough must share one of them (prefix filtering)."""
    rarest = sorted(words, key=lambda word: (frequencies[word], word))
    return rarest[: len(words) - math.ceil(SAME_EVENT * len(words)) + 1]


def _find_event(row: Any, words: frozenset[str], candidates: Iterable[_Event]) -> _Event | None:
    for event in candidates:
        told = event.rows[0]
        if told.status != row.status or not _overlap(told, row):
            continue
        if told.doc_id == row.doc_id:
            if fold(str(told.what)) == fold(str(row.what)):
                return event
        elif len(words & event.words) / len(words | event.words) >= SAME_EVENT:
            return event
    return None


def _overlap(one: Any, other: Any) -> bool:
    """Say whether two intervals share a day; an open end overlaps only an interval that is open on the same side."""
    if (_missing(one.first), _missing(one.last)) != (_missing(other.first), _missing(other.last)):
        return False
    if _missing(one.first) or _missing(one.last):
        return True
    return bool(max(one.first, other.first) <= min(one.last, other.last))


def _missing(value: object) -> bool:
    return not isinstance(value, str)


def _length(first: object, last: object) -> int:
    if isinstance(first, str) and isinstance(last, str):
        return (date.fromisoformat(last) - date.fromisoformat(first)).days
    return 10**7


def _content_words(text: str) -> frozenset[str]:
    """Return the folded words of a description without article and proclitic, those of one or two letters left out."""
    words = (_strip_article(word) for word in "".join(c if c.isalnum() else " " for c in fold(text)).split())
    return frozenset(word for word in words if len(word) > 2)


def _strip_article(word: str) -> str:
    for clitic in _CLITICS:
        if word.startswith(clitic) and len(word) - len(clitic) >= 3:
            return word[len(clitic) :]
    return word


def find_statements_around(dates: pd.DataFrame, statements: pd.DataFrame) -> list[list[str]]:
    """Return for each date expression the statements whose span shares a character with it."""
    speech = {
        doc_id: (group["start"].to_numpy(), group["end"].to_numpy(), group["statement_id"].to_numpy())
        for doc_id, group in statements.groupby("doc_id")
    }
    found: list[list[str]] = []
    for doc_id, start, end in zip(dates["doc_id"], dates["start"], dates["end"], strict=True):
        starts, ends, ids = speech.get(doc_id, _NOBODY)
        found.append([str(i) for i in ids[(starts < end) & (ends > start)]])
    return found


def _event_table(events: Sequence[_Event]) -> pd.DataFrame:
    rows = [
        {
            "event_id": make_event_id(event.rows[0].doc_id, event.rows[0].start, event.rows[0].end),
            "first": event.rows[0].first,
            "last": event.rows[0].last,
            "granularity": event.rows[0].granularity,
            "status": event.rows[0].status,
            "label_ar": " ".join(str(event.rows[0].what).split()),
            "label_en": next((row.what_en for row in event.rows if isinstance(row.what_en, str)), None),
            "doc_id": event.rows[0].doc_id,
            "start": event.rows[0].start,
            "end": event.rows[0].end,
            "statement_ids": sorted(event.statement_ids),
        }
        for event in events
    ]
    table = pd.DataFrame(rows, columns=list(schemas.OutTimeline.to_schema().columns))
    keys = table["first"].where(table["first"].notna(), table["last"])
    table = table.assign(_key=keys).sort_values(["_key", "last", "doc_id", "start", "end"], kind="stable")
    return table.drop(columns="_key").reset_index(drop=True)


def make_event_id(doc_id: str, start: int, end: int) -> str:
    """Return an id that is safe in links and survives other documents joining."""
    return f"{hashlib.sha256(doc_id.encode()).hexdigest()[:8]}-{start}-{end}"


# --- milestones ------------------------------------------------------------------------------------------------------


def compare_milestones(
    issue: Issue, statements: pd.DataFrame, dates: pd.DataFrame, documents: pd.DataFrame
) -> pd.DataFrame:
    """Return the statements that speak of an agreed milestone, and how each relates to it.

    A statement speaks of a milestone where it is on the issue, has a stance, was printed before the milestone was
    over, and holds a planned or hypothetical date of at most a year that shares a day with the milestone, or an open
    one that begins within a year after it («after 2026»). A milestone of this kind ends or schedules something, so
    the scale's negative side agrees with it:
    stance -1 confirms; +1 and +2 contradict, but as a condition or a demand only doubt; 0 doubts where it is a
    condition; all else, also -2, which wants it sooner, merely mentions it.

    Returns:
        One row a milestone and statement, in the order of the issue file and of publication: `relation` is one of
        `RELATIONS`, `first` and `last` the interval that the statement names.
    """
    told = select_original(statements, documents)
    told = told[told["issue"].eq(issue.id) & told["stance"].notna()]
    days = documents["published"].where(documents["published"].notna(), documents["published_earliest"])
    printed = dict(zip(documents["doc_id"], days, strict=True))
    expected = dates[dates["status"].isin(["planned", "hypothetical"])]
    pairs = told.merge(expected, on="doc_id", suffixes=("", "_date"))
    pairs = pairs[(pairs["start_date"] < pairs["end"]) & (pairs["end_date"] > pairs["start"])]
    pairs = pairs.assign(_printed=pairs["doc_id"].map(printed))
    pairs = pairs.sort_values(["_printed", "doc_id", "start", "statement_id", "start_date"], kind="stable")
    rows = [
        _milestone_row(milestone, row)
        for milestone in issue.milestones
        for row in pairs.itertuples(index=False)
        if _names(milestone, row) and not _is_over(milestone, printed[row.doc_id])
    ]
    table = pd.DataFrame(rows, columns=MILESTONE_COLUMNS)
    return table.drop_duplicates(["milestone_id", "statement_id"]).reset_index(drop=True)


def _milestone_row(milestone: Milestone, row: Any) -> dict[str, Any]:
    return {
        "milestone_id": milestone.id,
        "statement_id": row.statement_id,
        "relation": relate(int(row.stance), str(row.modality)),
        "doc_id": row.doc_id,
        "first": row.first,
        "last": row.last,
    }


def relate(stance: int, modality: str) -> Relation:
    """Return how a statement with this stance and modality relates to a milestone that it speaks of."""
    if stance == -1:
        return "confirms"
    if stance >= 1:
        return "doubts" if modality in ("condition", "demand") else "contradicts"
    if stance == 0 and modality == "condition":
        return "doubts"
    return "mentions"


def _names(milestone: Milestone, row: Any) -> bool:
    year = timedelta(days=366)
    if _missing(row.first):
        return False
    first = date.fromisoformat(row.first)
    if _missing(row.last):
        return milestone.first <= first <= milestone.last + year
    last = date.fromisoformat(row.last)
    return last - first <= year and first <= milestone.last and last >= milestone.first


def _is_over(milestone: Milestone, printed: object) -> bool:
    return isinstance(printed, str) and date.fromisoformat(printed) > milestone.last
