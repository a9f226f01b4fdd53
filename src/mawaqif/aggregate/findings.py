"""Finds what is worth saying about an issue: extremes, camps, divided voices, forecasts, movement, milestones."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date, timedelta
from typing import Any, NamedTuple

import pandas as pd

from mawaqif.aggregate.attribution import (
    ANONYMOUS_CAMP,
    UNATTRIBUTED,
    add_actor,
    order_camps,
    select_original,
)
from mawaqif.aggregate.claims import Claim, parse_day, weigh
from mawaqif.aggregate.positions import (
    average_stance,
    check_robustness,
    select_forecasts,
    select_fragile,
    select_positions,
)
from mawaqif.aggregate.sources import find_warnings
from mawaqif.aggregate.timeline import RELATIONS, compare_milestones
from mawaqif.vocabulary import Issue, Vocabulary

NOTABLE_GAP = 1.0
"""Steps between two means from which they are worth telling apart."""
CORROBORATED = 2
"""Articles that each side of a claim on a milestone needs."""
FEWEST_IN_MOVEMENT = 2
"""Statements that either end of a difference over time needs: one statement is no mean."""
LONG_GAP_DAYS = 180
"""A time without any article that is said to be one."""


def find_claims(
    statements: pd.DataFrame,
    documents: pd.DataFrame,
    dates: pd.DataFrame,
    *,
    issue: Issue,
    vocabulary: Vocabulary,
    minimum_statements: int = 1,
) -> list[Claim]:
    """Return everything that can be said on the issue, the weightiest first; nothing where nobody takes a position.

    `weight` is importance (set here, by kind) times certainty, which grows with the number of statements.

    Args:
        statements: `core_statements`.
        documents: `core_documents`.
        dates: `core_dates`.
        issue: The issue, with its milestones.
        vocabulary: Gives the order of camps.
        minimum_statements: Actors with fewer positions on the issue are not named.
    """
    table = add_actor(select_original(statements, documents))
    table = table[table["actor_id"] != UNATTRIBUTED].sort_values(["doc_id", "start", "statement_id"], kind="stable")
    stated = select_positions(table, issue_id=issue.id)
    forecasts = select_forecasts(table, issue_id=issue.id)
    kept = stated.groupby("actor_id").filter(lambda group: len(group) >= minimum_statements)
    claims = [
        *find_extremes(kept),
        *find_camps(kept, vocabulary),
        *find_divided(kept),
        *find_movement(kept, documents),
        *find_forecasts(stated, forecasts),
        *find_silence(table, issue.id),
        *find_milestones(issue, statements, dates, documents),
        *find_fragility(statements, documents, issue.id),
        *find_warnings(statements, documents, issue_id=issue.id),
        *find_coverage(pd.concat([stated, forecasts]), documents),
    ]
    return sorted(claims, key=lambda claim: (-claim.weight, claim.kind, claim.statement_ids))


def _ids(table: pd.DataFrame) -> tuple[str, ...]:
    return tuple(table.sort_values(["doc_id", "start", "statement_id"], kind="stable")["statement_id"])


def _side(actor_id: str, group: pd.DataFrame) -> dict[str, Any]:
    return {
        "actor_id": actor_id,
        "mean": average_stance(group),
        "statements": len(group),
        "articles": group["doc_id"].nunique(),
    }


def find_extremes(stated: pd.DataFrame) -> list[Claim]:
    """Claim `extremes`: the two actors furthest apart, sources without a name left out.

    Actors with two statements or more go before those with one; at the same mean, the one with more statements.
    Values: `low` and `high` (actor, mean, statements, articles) and `minimum`, the statements that both have.
    """
    named = stated[stated["actor_camp"] != ANONYMOUS_CAMP]
    for minimum in (2, 1):
        sides = [
            (_side(str(actor_id), group), group)
            for actor_id, group in named.groupby("actor_id", sort=True)
            if len(group) >= minimum
        ]
        if len(sides) < 2:
            continue
        low, low_rows = min(sides, key=lambda s: (s[0]["mean"], -s[0]["statements"], s[0]["actor_id"]))
        high, high_rows = min(sides, key=lambda s: (-s[0]["mean"], -s[0]["statements"], s[0]["actor_id"]))
        if high["mean"] - low["mean"] < NOTABLE_GAP:
            continue
        fewest = min(low["statements"], high["statements"])
        values = {"low": low, "high": high, "minimum": minimum}
        return [Claim("extremes", _ids(pd.concat([low_rows, high_rows])), weigh(1.0, fewest, half=1), values)]
    return []


def find_camps(stated: pd.DataFrame, vocabulary: Vocabulary) -> list[Claim]:
    """Claim `camps`: where camps stand on average of their actors, each actor counted once.

    One speaker is not a camp: only camps of `actors.yml` with two actors or more, anonymous sources left out, and only
    where two camps are left. Values: `camps`, from low to high, each with `camp`, `mean`, `actors`, `statements`.
    """
    places = {c: p for c, p in order_camps(vocabulary).items() if c in {x.id for x in vocabulary.actors.camps}}
    camps: list[dict[str, Any]] = []
    rows: list[pd.DataFrame] = []
    for camp, group in stated.groupby("actor_camp", sort=True):
        means = [average_stance(actor) for _, actor in group.groupby("actor_id", sort=True)]
        if camp not in places or camp == ANONYMOUS_CAMP or len(means) < 2:
            continue
        mean = sum(m for m in means if m is not None) / len(means)
        camps.append({"camp": camp, "mean": mean, "actors": len(means), "statements": len(group)})
        rows.append(group)
    if len(camps) < 2:
        return []
    camps.sort(key=lambda c: (c["mean"], places[str(c["camp"])]))
    weight = weigh(0.9, min(int(c["statements"]) for c in camps), half=2)
    return [Claim("camps", _ids(pd.concat(rows)), weight, {"camps": camps})]


def find_divided(stated: pd.DataFrame) -> list[Claim]:
    """Claim `divided`: the actor whose positions lie on both sides of zero most evenly, at least once on each.

    Values: `actor_id`, `below`, `zero` and `above` (numbers of statements), `articles`.
    """
    best: tuple[int, int, str] | None = None
    for actor_id, group in stated[stated["actor_camp"] != ANONYMOUS_CAMP].groupby("actor_id", sort=True):
        below, above = int((group["stance"] < 0).sum()), int((group["stance"] > 0).sum())
        key = (-min(below, above), -len(group), str(actor_id))
        if min(below, above) and (best is None or key < best):
            best = key
    if best is None:
        return []
    group = stated[stated["actor_id"] == best[2]]
    values = {
        "actor_id": best[2],
        "below": int((group["stance"] < 0).sum()),
        "zero": int((group["stance"] == 0).sum()),
        "above": int((group["stance"] > 0).sum()),
        "articles": group["doc_id"].nunique(),
    }
    off_zero = group[group["stance"] != 0]
    return [Claim("divided", _ids(off_zero), weigh(0.8, -best[0], half=1), values)]


def find_movement(stated: pd.DataFrame, documents: pd.DataFrame) -> list[Claim]:
    """Claim `movement`: the largest change of one actor's mean from one article to a later one.

    At least `NOTABLE_GAP` steps and `FEWEST_IN_MOVEMENT` statements at either end, between articles whose days of
    publication cannot overlap. Values: `actor_id`, `earlier` and `later` (`mean`, `statements`, `first`, `last`).
    """
    days = _publication_days(documents)
    named = stated[(stated["actor_camp"] != ANONYMOUS_CAMP) & stated["doc_id"].isin(days)]
    stances = named["stance"].astype(float).groupby([named["actor_id"], named["doc_id"]], sort=True)
    articles: dict[str, list[_Article]] = {}
    for row in stances.agg(["mean", "size"]).reset_index().itertuples(index=False):
        actor_id, doc_id, mean, n = row
        if n < FEWEST_IN_MOVEMENT:
            continue
        articles.setdefault(str(actor_id), []).append(_Article(*days[doc_id], float(mean), int(n), doc_id, actor_id))
    changes = [change for quoted in articles.values() for change in _changes(quoted)]
    if not changes:
        return []
    earlier, later = min(changes, key=lambda c: (-abs(c[1].mean - c[0].mean), -min(c[0].n, c[1].n), c))
    told = [{"mean": a.mean, "statements": a.n, "first": a.first, "last": a.last} for a in (earlier, later)]
    rows = named[named["actor_id"].eq(earlier.actor_id) & named["doc_id"].isin([earlier.doc_id, later.doc_id])]
    values = {"actor_id": earlier.actor_id, "earlier": told[0], "later": told[1]}
    return [Claim("movement", _ids(rows), weigh(0.85, min(earlier.n, later.n), half=1), values)]


class _Article(NamedTuple):
    """One actor's mean in one article, with the first and last day on which it may have appeared."""

    first: date
    last: date
    mean: float
    n: int
    doc_id: str
    actor_id: str


def _changes(articles: list[_Article]) -> Iterator[tuple[_Article, _Article]]:
    """Yield for each article the largest changes since those that surely appeared before it; linear once sorted."""
    ended = sorted(articles, key=lambda a: (a.last, a))
    lowest: _Article | None = None
    highest: _Article | None = None
    at = 0
    for article in sorted(articles):
        while ended[at].last < article.first:
            done, at = ended[at], at + 1
            lowest = done if lowest is None else min(lowest, done, key=lambda a: (a.mean, -a.n, a))
            highest = done if highest is None else min(highest, done, key=lambda a: (-a.mean, -a.n, a))
        for before in (lowest, highest):
            if before is not None and abs(article.mean - before.mean) >= NOTABLE_GAP:
                yield before, article


def _publication_days(documents: pd.DataFrame) -> dict[str, tuple[date, date]]:
    """Return the first and last possible day of each document that has both."""
    days: dict[str, tuple[date, date]] = {}
    for row in documents.itertuples(index=False):
        day = parse_day(row.published)
        first, last = day or parse_day(row.published_earliest), day or parse_day(row.published_latest)
        if first and last:
            days[str(row.doc_id)] = (first, last)
    return days


def find_forecasts(stated: pd.DataFrame, forecasts: pd.DataFrame) -> list[Claim]:
    """Claim `forecasts`: how many forecasts lie above and below zero, beside the positions, which are another matter.

    Values: `forecasts`, `forecasts_above`, `forecasts_below`, `forecasters`, `positions`, `positions_above`,
    `positions_below`.
    """
    if len(forecasts) < 2:
        return []
    values = {
        "forecasts": len(forecasts),
        "forecasts_above": int((forecasts["stance"] > 0).sum()),
        "forecasts_below": int((forecasts["stance"] < 0).sum()),
        "forecasters": forecasts["actor_id"].nunique(),
        "positions": len(stated),
        "positions_above": int((stated["stance"] > 0).sum()),
        "positions_below": int((stated["stance"] < 0).sum()),
    }
    return [Claim("forecasts", _ids(pd.concat([forecasts, stated])), weigh(0.85, len(forecasts), half=3), values)]


def find_silence(table: pd.DataFrame, issue_id: str) -> list[Claim]:
    """Claim `silence`: registered actors who are quoted without taking any position or making a forecast on the issue.

    Values: `actors`, `quoted` (all registered actors quoted), `most_quoted` (the one with most statements).
    """
    named = table[table["is_registered"] & (table["actor_camp"] != ANONYMOUS_CAMP)]
    on_scale = named["issue"].eq(issue_id) & named["stance"].notna()
    silent = named[~named["actor_id"].isin(named.loc[on_scale, "actor_id"])]
    if silent.empty or not on_scale.any():
        return []
    counts = silent["actor_id"].value_counts(sort=False).sort_index()
    values = {
        "actors": len(counts),
        "quoted": named["actor_id"].nunique(),
        "most_quoted": str(counts.idxmax()),
        "most_quoted_statements": int(counts.max()),
    }
    return [Claim("silence", _ids(silent), weigh(0.5, len(counts), half=3), values)]


def find_milestones(
    issue: Issue, statements: pd.DataFrame, dates: pd.DataFrame, documents: pd.DataFrame
) -> list[Claim]:
    """Claim `milestone`, one for each milestone that statements contradict, doubt or confirm.

    Only where each of these that there is rests on `CORROBORATED` articles: one article does not decide for a side.

    Values: `milestone_id`, `contradicts`, `doubts`, `confirms` (numbers of statements), `speakers`.
    """
    compared = compare_milestones(issue, statements, dates, documents)
    told = compared[compared["relation"] != "mentions"].merge(
        add_actor(statements)[["statement_id", "actor_id", "start"]], on="statement_id"
    )
    claims = []
    for milestone in issue.milestones:
        group = told[told["milestone_id"] == milestone.id]
        if group.empty or group.groupby("relation")["doc_id"].nunique().min() < CORROBORATED:
            continue
        values: dict[str, Any] = {relation: int((group["relation"] == relation).sum()) for relation in RELATIONS[:3]}
        values |= {"milestone_id": milestone.id, "speakers": group["actor_id"].nunique()}
        claims.append(Claim("milestone", _ids(group), weigh(0.9, len(group), half=2), values))
    return claims


def find_fragility(statements: pd.DataFrame, documents: pd.DataFrame, issue_id: str) -> list[Claim]:
    """Claim `fragility`: how many positions rest on one article, and how many of the others one article can move.

    Nothing where there is only one article at all, which is a warning of its own.

    Values: `actors`, `one_article`, `fragile`, and, where some are fragile, `actor_id`, `mean` and `without` of the one
    that moves most.
    """
    checked = check_robustness(statements, documents, issue_id=issue_id)
    lonely = set(checked.loc[checked["n_documents"] == 1, "actor_id"])
    fragile = select_fragile(checked)
    if checked["actor_id"].nunique() < 2 or checked["doc_id"].nunique() < 2 or not (lonely or len(fragile)):
        return []
    values: dict[str, Any] = {
        "actors": checked["actor_id"].nunique(),
        "one_article": len(lonely),
        "fragile": fragile["actor_id"].nunique(),
    }
    if len(fragile):
        worst = fragile.assign(_size=-fragile["shift"].abs()).sort_values(["_size", "actor_id", "doc_id"]).iloc[0]
        mean, without = float(worst["mean_stance"]), float(worst["mean_without"])
        values |= {"actor_id": worst["actor_id"], "mean": mean, "without": without}
    table = add_actor(select_original(statements, documents))
    stated = select_positions(table[table["actor_id"] != UNATTRIBUTED], issue_id=issue_id)
    return [Claim("fragility", _ids(stated), weigh(0.7, values["actors"], half=3), values)]


def find_coverage(told: pd.DataFrame, documents: pd.DataFrame) -> list[Claim]:
    """Claim `coverage`: how many articles all this rests on, when they appeared, and the longest time without one.

    Values: `statements`, `articles`, `undated` (articles); `first`, `last`, `gap_from`, `gap_to` (days, or None).
    """
    if told.empty:
        return []
    articles = sorted(told["doc_id"].unique())
    days = _publication_days(documents)
    dated = sorted(days[doc_id] for doc_id in articles if doc_id in days)
    gap_from, gap_to = find_longest_gap(dated) or (None, None)
    values = {
        "statements": len(told),
        "articles": len(articles),
        "undated": len(articles) - len(dated),
        "first": dated[0][0] if dated else None,
        "last": max(d[1] for d in dated) if dated else None,
        "gap_from": gap_from,
        "gap_to": gap_to,
    }
    return [Claim("coverage", _ids(told), 0.45, values)]


def find_longest_gap(days: Sequence[tuple[date, date]]) -> tuple[date, date] | None:
    """Return the last day before and the first after the longest time between intervals, if it is long at all.

    Args:
        days: First and last day of each article, in order.
    """
    gaps: list[tuple[timedelta, date, date]] = []
    seen: date | None = None
    for first, last in days:
        if seen is not None:
            gaps.append((first - seen, seen, first))
        seen = last if seen is None else max(seen, last)
    longest = max(gaps, default=None, key=lambda gap: gap[0])
    return longest[1:] if longest and longest[0].days > LONG_GAP_DAYS else None
