"""Finds what was still to come when the newest article appeared."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pandas as pd

from mawaqif.aggregate.claims import Claim, parse_day, weigh
from mawaqif.aggregate.movement import publication_days
from mawaqif.schemas import iterate_rows

MOST_AHEAD = 3
"""Events that the finding names; the others are counted."""
STILL_OPEN = timedelta(days=62)
"""A plan without an end is still awaited if it was told at most this long before the newest article."""


def find_ahead(events: pd.DataFrame | None, documents: pd.DataFrame, *, told: frozenset[str]) -> list[Claim]:
    """Claim `ahead`: planned events that were not over when the newest article appeared, the next one first.

    Only what a statement on the issue speaks of. Those that matter most are named: agreed or named events before
    others, then those of which most statements speak.

    Values: `as_of` (the last day on which the newest article can have appeared), `events` (at most `MOST_AHEAD`, each
    with `label_ar`, `label_en` or None, `is_known`, `first`, `last`), `more` (dated ones beyond these) and `open`
    (those without an end). Labels are article text, so untrusted, unless the event is known.

    Args:
        events: `out_timeline`, or None.
        documents: `core_documents`.
        told: Ids of the statements on the issue.
    """
    days = publication_days(documents)
    if events is None or not days:
        return []
    as_of = max(last for _, last in days.values())
    planned = [row for row in iterate_rows(events) if row.status == "planned" and told & set(row.statement_ids)]
    dated = [row for row in planned if isinstance(row.first, str) and isinstance(row.last, str)]
    dated = [row for row in dated if date.fromisoformat(row.last) > as_of]
    open_ended = [row for row in planned if not isinstance(row.last, str) and _is_awaited(row, as_of)]
    if not dated:
        return []
    named = sorted(dated, key=lambda r: (not isinstance(r.known_id, str), -len(r.statement_ids), r.last))[:MOST_AHEAD]
    values = {
        "as_of": as_of,
        "events": [_tell(row) for row in sorted(named, key=lambda r: (r.last, r.first, r.event_id))],
        "more": len(dated) - len(named),
        "open": len(open_ended),
    }
    ids = dict.fromkeys(str(i) for row in [*dated, *open_ended] for i in row.statement_ids if i in told)
    return [Claim("ahead", tuple(ids), weigh(0.65, len(ids), half=1), values)]


def _is_awaited(row: Any, as_of: date) -> bool:
    first = parse_day(row.first)
    return first is not None and first > as_of - STILL_OPEN


def _tell(row: Any) -> dict[str, Any]:
    return {
        "label_ar": row.label_ar,
        "label_en": row.label_en if isinstance(row.label_en, str) else None,
        "is_known": isinstance(row.known_id, str),
        "first": parse_day(row.first),
        "last": parse_day(row.last),
    }
