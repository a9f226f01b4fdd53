"""Finds what was printed last of each camp: how many statements lean which way, and whether that is long ago."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from datetime import date, timedelta
from typing import Any

import pandas as pd

from mawaqif.aggregate.attribution import ANONYMOUS_CAMP, UNREGISTERED_CAMP, order_camps
from mawaqif.aggregate.claims import Claim, weigh
from mawaqif.aggregate.movement import LONG_GAP_DAYS, publication_days
from mawaqif.aggregate.origins import join_spans
from mawaqif.vocabulary import Vocabulary

COMMENTATORS = ("experts", "media")
"""Camps of `actors.yml` that speak of the issue without being a side in it."""


def find_latest(
    stated: pd.DataFrame,
    documents: pd.DataFrame,
    vocabulary: Vocabulary,
    *,
    said: Mapping[str, tuple[date, date]] | None = None,
) -> list[Claim]:
    """Claim `latest`: what the newest article that reports a position of a camp has of it, for each camp.

    Where several articles may be the newest, all of them. Left out are unnamed and unlisted speakers, those who comment
    (`COMMENTATORS`), and what an article prints more than `LONG_GAP_DAYS` after it was said. Nothing with fewer than
    two camps.

    Values: `camps`, the latest first, each with `camp`, `first` and `last` (days between which the articles appeared),
    `steps` (the number of statements at each step of the scale), `is_old`: whether an article appeared surely more
    than `LONG_GAP_DAYS` later that has nothing of the camp, `most_in_one`: where several articles are told together,
    the statements of the one with most, else None, and `said`: where all were said in an earlier month than their
    articles appeared, the days between which that was, else None; and `left_out`, the camps with a position that are
    none of these by rule.

    Args:
        stated: Positions on the issue with `actor_camp`.
        documents: `core_documents`.
        vocabulary: Gives the order of camps.
        said: When statements were made that are older than their article, by id (`origins.find_said`).
    """
    days, places = publication_days(documents), order_camps(vocabulary)
    said, left_out = said or {}, [*COMMENTATORS, ANONYMOUS_CAMP, UNREGISTERED_CAMP]
    table = stated[stated["doc_id"].isin(days) & ~stated["actor_camp"].isin(left_out)]
    is_old_news = [
        i in said and days[doc_id][0] - said[i][1] > timedelta(days=LONG_GAP_DAYS)
        for i, doc_id in zip(table["statement_id"], table["doc_id"], strict=True)
    ]
    table = table[~pd.Series(is_old_news, index=table.index, dtype=bool)]
    if table["actor_camp"].nunique() < 2:
        return []
    newest = max(days[str(doc_id)][0] for doc_id in table["doc_id"].unique())
    camps: list[dict[str, Any]] = []
    ids: list[str] = []
    for camp, group in table.groupby("actor_camp", sort=True):
        rows, told = _tell_latest(group, days, newest)
        camps.append({"camp": str(camp), **told, "said": join_spans(said, rows["statement_id"])})
        ids += rows["statement_id"].tolist()
    camps.sort(key=lambda c: (-c["last"].toordinal(), places.get(c["camp"], len(places))))
    values = {"camps": camps, "left_out": [camp for camp in left_out if stated["actor_camp"].eq(camp).any()]}
    return [Claim("latest", tuple(ids), weigh(1.0, len(ids), half=1), values)]


def _tell_latest(
    group: pd.DataFrame, days: Mapping[str, tuple[date, date]], newest: date
) -> tuple[pd.DataFrame, dict[str, Any]]:
    """Return the statements of a camp in the articles that may be its latest, and what is told of them."""
    spans = {str(doc_id): days[str(doc_id)] for doc_id in group["doc_id"].unique()}
    lead = max(first for first, _ in spans.values())
    chosen = {doc_id: span for doc_id, span in spans.items() if span[1] >= lead}
    rows = group[group["doc_id"].isin(chosen)].sort_values(["doc_id", "start", "statement_id"], kind="stable")
    last = max(span[1] for span in chosen.values())
    told = {
        "first": min(span[0] for span in chosen.values()),
        "last": last,
        "steps": dict(sorted(Counter(int(stance) for stance in rows["stance"]).items())),
        "is_old": newest - last > timedelta(days=LONG_GAP_DAYS),
        "most_in_one": int(rows["doc_id"].value_counts().max()) if rows["doc_id"].nunique() > 1 else None,
    }
    return rows, told
