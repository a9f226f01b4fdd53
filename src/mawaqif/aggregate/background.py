"""Sets apart what lies far before the articles: history that they recall, and no event of the issue."""

from __future__ import annotations

import pandas as pd

from mawaqif.aggregate.movement import publication_days

BACKGROUND_YEARS = 10
"""What was over so many years before the oldest article appeared is background."""


def find_background(events: pd.DataFrame, documents: pd.DataFrame) -> pd.Series:
    """Say which events were over `BACKGROUND_YEARS` before the oldest article appeared; none where all were.

    Args:
        events: `out_timeline`.
        documents: `core_documents`.

    Returns:
        Booleans with the index of `events`.
    """
    days = publication_days(documents)
    if not days or events.empty:
        return pd.Series(False, index=events.index, dtype=bool)
    oldest = min(first for first, _ in days.values())
    limit = f"{oldest.year - BACKGROUND_YEARS:04}{oldest.isoformat()[4:]}"
    is_over = events["last"].notna() & events["status"].eq("past") & (events["last"].fillna(limit) < limit)
    return is_over & (not is_over.all())
