"""Finds where what is quoted from one actor or one camp differs from an earlier to a later article."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date, timedelta
from typing import NamedTuple

import pandas as pd

from mawaqif.aggregate.attribution import ANONYMOUS_CAMP, UNREGISTERED_CAMP
from mawaqif.aggregate.claims import Claim, parse_day, weigh

NOTABLE_GAP = 1.0
"""Steps between two means from which they are worth telling apart."""
FEWEST_IN_MOVEMENT = 2
"""Statements that either end of a difference over time needs to be a finding: one statement is no mean."""
FEWEST_IN_CAMP = 2
"""Actors of a camp that either end needs: one speaker is not a camp."""
FEWEST_IN_CAMP_FINDING = 3
"""Actors from which an average over a camp is a key finding."""
LONG_GAP_DAYS = 180
"""A time without any article that is said to be one."""


class End(NamedTuple):
    """One actor's or camp's mean in one article, with the first and last day on which it may have appeared.

    `mean` is in steps of the scale, for a camp over its actors; `n` counts statements.
    """

    first: date
    last: date
    mean: float
    n: int
    doc_id: str
    actors: tuple[str, ...]


class Movement(NamedTuple):
    """The largest difference between an earlier and a later article in what is quoted from one actor or camp.

    `statement_ids` are those of both ends in the order of the corpus, `passages` the statement of each end that stands
    nearest to its mean. `contrary` is the first article that speaks against one direction from the earlier to the later
    (`find_contrary`), or None.
    """

    of: str
    earlier: End
    later: End
    statement_ids: tuple[str, ...]
    passages: tuple[str, str]
    contrary: End | None = None

    @property
    def size(self) -> float:
        """Steps between the two means, without a sign."""
        return abs(self.later.mean - self.earlier.mean)

    @property
    def shared(self) -> tuple[str, ...]:
        """Actors who are quoted at both ends."""
        return tuple(sorted(set(self.earlier.actors) & set(self.later.actors)))

    @property
    def fewest(self) -> int:
        """Statements at the end that has fewer."""
        return min(self.earlier.n, self.later.n)


def find_movements(stated: pd.DataFrame, documents: pd.DataFrame, *, by: str) -> list[Movement]:
    """Return for each actor or camp its largest difference, where it is `NOTABLE_GAP` steps or more, the largest first.

    Only between articles whose days of publication cannot overlap. Sources without a name move nowhere, as nobody
    knows whether they are the same; of camps, only those with `FEWEST_IN_CAMP` actors at either end.

    Args:
        stated: Positions on the issue with `actor_id` and `actor_camp` (`add_actor`).
        documents: `core_documents`.
        by: `actor_id` or `actor_camp`.
    """
    days = publication_days(documents)
    is_named = ~stated["actor_camp"].isin([ANONYMOUS_CAMP, *([UNREGISTERED_CAMP] if by == "actor_camp" else [])])
    named = stated[is_named & stated["doc_id"].isin(days)]
    fewest = FEWEST_IN_CAMP if by == "actor_camp" else 1
    found: list[Movement] = []
    for of, group in named.groupby(by, sort=True):
        ends = [_summarise(str(doc_id), rows, days[str(doc_id)]) for doc_id, rows in group.groupby("doc_id", sort=True)]
        changes = list(_changes([end for end in ends if len(end.actors) >= fewest]))
        if changes:
            earlier, later = min(changes, key=lambda c: (-abs(c[1].mean - c[0].mean), -min(c[0].n, c[1].n), c))
            contrary = find_contrary(ends, earlier, later)
            found.append(_describe(str(of), group, earlier, later)._replace(contrary=contrary))
    return sorted(found, key=lambda m: (-m.size, -m.fewest, m.of))


def _summarise(doc_id: str, rows: pd.DataFrame, days: tuple[date, date]) -> End:
    means = rows["stance"].astype(float).groupby(rows["actor_id"], sort=True).mean()
    return End(*days, float(means.mean()), len(rows), doc_id, tuple(str(actor) for actor in means.index))


def _describe(of: str, group: pd.DataFrame, earlier: End, later: End) -> Movement:
    rows = group[group["doc_id"].isin([earlier.doc_id, later.doc_id])]
    rows = rows.sort_values(["doc_id", "start", "statement_id"], kind="stable")
    ends = [(end, rows[rows["doc_id"] == end.doc_id]) for end in (earlier, later)]
    first, second = (_nearest(part, end.mean) for end, part in ends)
    return Movement(of, earlier, later, tuple(rows["statement_id"]), (first, second))


def _nearest(rows: pd.DataFrame, mean: float) -> str:
    distance = (rows["stance"].astype(float) - mean).abs()
    return str(rows.assign(_far=distance).sort_values("_far", kind="stable")["statement_id"].iloc[0])


def _changes(ends: list[End]) -> Iterator[tuple[End, End]]:
    """Yield for each article the largest changes since those that surely appeared before it; linear once sorted."""
    ended = sorted(ends, key=lambda e: (e.last, e))
    lowest: End | None = None
    highest: End | None = None
    at = 0
    for end in sorted(ends):
        while ended[at].last < end.first:
            done, at = ended[at], at + 1
            lowest = done if lowest is None else min(lowest, done, key=lambda e: (e.mean, -e.n, e))
            highest = done if highest is None else min(highest, done, key=lambda e: (-e.mean, -e.n, e))
        for before in (lowest, highest):
            if before is not None and abs(end.mean - before.mean) >= NOTABLE_GAP:
                yield before, end


def find_contrary(ends: Sequence[End], earlier: End, later: End) -> End | None:
    """Return the first article that is not consistent with one direction from `earlier` to `later`, or None.

    Asked are all articles that may have appeared from the first day of `earlier` to the last of `later`. Each must lie
    between the two means; where it may be of the same days as one end alone, nearer to that end; and of two that surely
    follow each other, the second must not go back.
    """
    sign = 1 if later.mean >= earlier.mean else -1
    asked = sorted(e for e in ends if e.last >= earlier.first and e.first <= later.last)
    for end in asked:
        way = sign * (end.mean - earlier.mean)
        whole = sign * (later.mean - earlier.mean)
        is_early, is_late = _share_days(end, earlier), _share_days(end, later)
        is_far = is_early != is_late and (way > whole / 2 if is_early else way < whole / 2)
        goes_back = any(e.last < end.first and sign * (end.mean - e.mean) < 0 for e in asked)
        if end not in (earlier, later) and (not 0 <= way <= whole or is_far or goes_back):
            return end
    return None


def _share_days(one: End, other: End) -> bool:
    return one.first <= other.last and other.first <= one.last


# --- claims ----------------------------------------------------------------------------------------------------------


def claim_movement(stated: pd.DataFrame, documents: pd.DataFrame) -> list[Claim]:
    """Claim `movement`: the largest of one actor's with `FEWEST_IN_MOVEMENT` statements at either end.

    Values: `actor_id`, `earlier` and `later` (`mean`, `statements`, `actors`, `first`, `last`).
    """
    counts = stated.groupby(["actor_id", "doc_id"], sort=False)["stance"].transform("size")
    for found in find_movements(stated[counts >= FEWEST_IN_MOVEMENT], documents, by="actor_id"):
        values = {"actor_id": found.of, "earlier": tell_end(found.earlier), "later": tell_end(found.later)}
        return [Claim("movement", found.statement_ids, weigh(0.85, found.fewest, half=1), values)]
    return []


def claim_few_followed(stated: pd.DataFrame, documents: pd.DataFrame) -> list[Claim]:
    """Claim `followed`: how few actors can be followed at all, where no change of anyone can be shown.

    Values: `actors` (named ones with a position in a dated article) and `followed` (those with one in two articles that
    surely follow each other). Nothing with fewer than two actors or two dated articles.
    """
    days = publication_days(documents)
    dated = stated[stated["doc_id"].isin(days) & stated["actor_camp"].ne(ANONYMOUS_CAMP)]
    dated = dated.sort_values(["doc_id", "start", "statement_id"], kind="stable")
    spans = {str(a): [days[str(doc)] for doc in rows["doc_id"].unique()] for a, rows in dated.groupby("actor_id")}
    followed = [actor for actor, own in spans.items() if max(first for first, _ in own) > min(last for _, last in own)]
    if len(spans) < 2 or dated["doc_id"].nunique() < 2:
        return []
    values: dict[str, object] = {"actors": len(spans), "followed": tuple(followed)}
    shown = dated[dated["actor_id"].isin(followed)] if followed else dated
    return [Claim("followed", tuple(shown["statement_id"]), weigh(0.8, len(spans), half=3), values)]


def claim_camp_movement(stated: pd.DataFrame, documents: pd.DataFrame) -> list[Claim]:
    """Claim `camp_movement`: the largest of one camp's that no article is contrary to, with enough actors at both ends.

    Values: as of `movement`, with `camp` and `shared` (actors).
    """
    for found in find_movements(stated, documents, by="actor_camp"):
        fewest = min(len(end.actors) for end in (found.earlier, found.later))
        if found.contrary is not None or fewest < FEWEST_IN_CAMP_FINDING:
            continue
        ends = {"earlier": tell_end(found.earlier), "later": tell_end(found.later)}
        values = {"camp": found.of, "shared": len(found.shared), **ends}
        return [Claim("camp_movement", found.statement_ids, weigh(0.8, found.fewest, half=1), values)]
    return []


def tell_end(end: End) -> dict[str, object]:
    """Return what a sentence says of one end."""
    return {
        "mean": end.mean,
        "statements": end.n,
        "actors": len(end.actors),
        "first": end.first,
        "last": end.last,
    }


# --- days ------------------------------------------------------------------------------------------------------------


def publication_days(documents: pd.DataFrame) -> dict[str, tuple[date, date]]:
    """Return the first and last possible day of each document that has both."""
    days: dict[str, tuple[date, date]] = {}
    for row in documents.itertuples(index=False):
        day = parse_day(row.published)
        first, last = day or parse_day(row.published_earliest), day or parse_day(row.published_latest)
        if first and last:
            days[str(row.doc_id)] = (first, last)
    return days


def find_gaps(days: Sequence[tuple[date, date]], *, longer_than: int = LONG_GAP_DAYS) -> list[tuple[date, date]]:
    """Return the last day before and the first after each time between intervals of more days than that, in order.

    Args:
        days: First and last day of each article, in any order.
        longer_than: Days.
    """
    gaps: list[tuple[date, date]] = []
    seen: date | None = None
    for first, last in sorted(days):
        if seen is not None and first - seen > timedelta(days=longer_than):
            gaps.append((seen, first))
        seen = last if seen is None else max(seen, last)
    return gaps


def find_longest_gap(days: Sequence[tuple[date, date]]) -> tuple[date, date] | None:
    """Return the longest of `find_gaps`, of equal ones the later, or None."""
    return max(find_gaps(days), default=None, key=lambda gap: (gap[1] - gap[0], gap[0]))
