"""Chooses which editions may go, by number or age; the last good one never does."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from mawaqif.editions.store import Edition


def choose_outdated(
    editions: list[Edition], *, keep: int = 0, keep_days: int = 0, now: datetime | None = None
) -> list[Edition]:
    """Return the editions that are beyond every limit given, oldest first.

    Args:
        editions: All of them, oldest first.
        keep: How many of the newest to keep; 0 for no limit.
        keep_days: For how many days to keep each; 0 for no limit. With both limits an edition goes only when it is
            beyond both.
        now: The present time.
    """
    if not (keep or keep_days):
        return []
    now = now or datetime.now(UTC)
    beyond_count = {edition.id for edition in (editions[:-keep] if keep else editions)}
    oldest = now - timedelta(days=keep_days)
    return [
        edition
        for edition in editions[:-1]
        if edition.id in beyond_count
        and (not keep_days or datetime.fromisoformat(str(edition.manifest["published"])) < oldest)
    ]
