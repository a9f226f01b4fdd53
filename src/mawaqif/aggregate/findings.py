"""Finds what is worth saying about an issue: who stands where since when, how surely, what changed, what is next."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pandas as pd

from mawaqif.aggregate.ahead import find_ahead
from mawaqif.aggregate.attribution import (
    ANONYMOUS_CAMP,
    UNATTRIBUTED,
    add_actor,
    list_outlets,
    order_camps,
    select_original,
)
from mawaqif.aggregate.claims import Claim, parse_day, weigh
from mawaqif.aggregate.latest import find_latest
from mawaqif.aggregate.milestones import RELATIONS, compare_milestones, find_namesakes
from mawaqif.aggregate.movement import (
    FEWEST_IN_CAMP_FINDING,
    NOTABLE_GAP,
    claim_camp_movement,
    claim_few_followed,
    claim_movement,
    find_longest_gap,
    publication_days,
)
from mawaqif.aggregate.origins import find_repeats, find_said
from mawaqif.aggregate.positions import (
    average_stance,
    check_robustness,
    select_forecasts,
    select_fragile,
    select_positions,
)
from mawaqif.aggregate.sources import find_warnings
from mawaqif.schemas import iterate_rows
from mawaqif.vocabulary import Issue, Milestone, Vocabulary

LONGEST_AVERAGED = timedelta(days=366)
"""The longest time over which a camp's positions are averaged in a key finding."""
FEWEST_ON_SIDE = 2
"""Statements on either side of the scale from which an actor is said to be on both: one is no pattern."""
BESIDE = 0.6
"""What a warning weighs among findings: what was said goes before what its count cannot carry."""
FEWEST_ON_MILESTONE = 2
"""Statements that judge a milestone, or take it for something else, from which it is a finding."""


def find_claims(
    statements: pd.DataFrame,
    documents: pd.DataFrame,
    dates: pd.DataFrame,
    *,
    issue: Issue,
    vocabulary: Vocabulary,
    events: pd.DataFrame | None = None,
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
        events: `out_timeline`; without it nothing is said of what is still to come.
        minimum_statements: Actors with fewer positions on the issue are not named.
    """
    table = add_actor(select_original(statements, documents))
    table = table[table["actor_id"] != UNATTRIBUTED].sort_values(["doc_id", "start", "statement_id"], kind="stable")
    stated = select_positions(table, issue_id=issue.id)
    forecasts = select_forecasts(table, issue_id=issue.id)
    kept = stated.groupby("actor_id").filter(lambda group: len(group) >= minimum_statements)
    claims = [
        *find_latest(kept, documents, vocabulary, said=find_said(statements, dates, documents)),
        *(find_extremes(kept, documents, vocabulary) or find_only(kept, documents)),
        *find_camps(kept, documents, vocabulary),
        *find_divided(kept),
        *(claim_movement(kept, documents) or claim_few_followed(kept, documents)),
        *claim_camp_movement(kept, documents),
        *find_forecasts(forecasts, whole=int(table["modality"].eq("forecast").sum())),
        *find_silence(table, issue.id),
        *find_milestones(issue, statements, dates, documents, events),
        *find_ahead(events, documents, table, dates, issue=issue),
        *find_fragility(statements, documents, issue.id),
        *(replace(w, weight=BESIDE * w.weight) for w in find_warnings(statements, documents, issue_id=issue.id)),
        *find_coverage(pd.concat([stated, forecasts]), documents),
    ]
    return sorted(claims, key=lambda claim: (-claim.weight, claim.kind, claim.statement_ids))


def _ids(table: pd.DataFrame) -> tuple[str, ...]:
    return tuple(table.sort_values(["doc_id", "start", "statement_id"], kind="stable")["statement_id"])


def _side(actor_id: str, group: pd.DataFrame, days: Mapping[str, tuple[date, date]]) -> dict[str, Any]:
    """Return where an actor stands and what shows it; `first` and `last` are None where an article has no date."""
    printed = [days.get(str(doc_id)) for doc_id in group["doc_id"].unique()]
    known = [span for span in printed if span is not None]
    is_dated = len(known) == len(printed)
    return {
        "actor_id": actor_id,
        "mean": average_stance(group),
        "statements": len(group),
        "articles": len(printed),
        "quoted": int(group["kind"].isin(["direct_quote", "mixed"]).sum()),
        "first": min(first for first, _ in known) if is_dated else None,
        "last": max(last for _, last in known) if is_dated else None,
    }


def find_extremes(stated: pd.DataFrame, documents: pd.DataFrame, vocabulary: Vocabulary) -> list[Claim]:
    """Claim `extremes`: the two actors furthest apart, sources without a name left out.

    Actors with two statements or more go before those with one; at the same mean, the one with more statements.
    Values: `low` and `high` (actor, mean, statements, articles, `quoted` and `headlines` among the statements, `first`
    and `last` day of print, and `members`: those who belong to the actor but stand on the other side, each with its
    mean, `first` and `last`) and `minimum`, the statements that both have.
    """
    days = publication_days(documents)
    named = stated[stated["actor_camp"] != ANONYMOUS_CAMP]
    groups = {str(actor_id): group for actor_id, group in named.groupby("actor_id", sort=True)}
    for minimum in (2, 1):
        sides = [(_side(i, group, days), group) for i, group in groups.items() if len(group) >= minimum]
        if len(sides) < 2:
            continue
        low, low_rows = min(sides, key=lambda s: (s[0]["mean"], -s[0]["statements"], s[0]["actor_id"]))
        high, high_rows = min(sides, key=lambda s: (-s[0]["mean"], -s[0]["statements"], s[0]["actor_id"]))
        if high["mean"] - low["mean"] < NOTABLE_GAP:
            continue
        rows = [low_rows, high_rows]
        for side, own in ((low, low_rows), (high, high_rows)):
            members = _find_members_apart(side, groups, days, vocabulary)
            side |= {"headlines": count_headlines(own, documents), "members": members}
            rows += [groups[member["actor_id"]] for member in members]
        fewest = min(low["statements"], high["statements"])
        values = {"low": low, "high": high, "minimum": minimum}
        ids = _ids(pd.concat(rows).drop_duplicates("statement_id"))
        return [Claim("extremes", ids, weigh(1.0, fewest, half=1), values)]
    return []


def _find_members_apart(
    side: Mapping[str, Any],
    groups: Mapping[str, pd.DataFrame],
    days: Mapping[str, tuple[date, date]],
    vocabulary: Vocabulary,
) -> list[dict[str, Any]]:
    """Return those who belong to an actor by the register, and stand half a step or more on the other side of zero."""
    apart = []
    for actor_id, group in groups.items():
        mean = average_stance(group) or 0.0
        if mean * side["mean"] < 0 and abs(mean) >= 0.5 and _belongs_to(actor_id, side["actor_id"], vocabulary):
            apart.append(_side(actor_id, group, days) | {"mean": mean})
    return sorted(apart, key=lambda member: (-abs(member["mean"]), member["actor_id"]))


def _belongs_to(actor_id: str, whole_id: str, vocabulary: Vocabulary) -> bool:
    seen: set[str] = set()
    actor = vocabulary.actor(actor_id)
    while actor is not None and actor.affiliation and actor.id not in seen:
        if actor.affiliation == whole_id:
            return True
        seen.add(actor.id)
        actor = vocabulary.actor(actor.affiliation)
    return False


def count_headlines(rows: pd.DataFrame, documents: pd.DataFrame) -> int:
    """Count the statements that stand in the title of their article."""
    titles = {
        str(row.doc_id): (row.title_start, row.title_end)
        for row in iterate_rows(documents[documents["title_start"].notna() & documents["title_end"].notna()])
    }
    return sum(
        row.doc_id in titles and titles[row.doc_id][0] <= row.start and row.end <= titles[row.doc_id][1]
        for row in iterate_rows(rows)
    )


def find_only(stated: pd.DataFrame, documents: pd.DataFrame) -> list[Claim]:
    """Claim `only`: where the one actor stands who takes a position at all, as in a brief on one actor.

    Values: as of one side of `extremes`.
    """
    if stated["actor_id"].nunique() != 1:
        return []
    side = _side(str(stated["actor_id"].iloc[0]), stated, publication_days(documents))
    return [Claim("only", _ids(stated), weigh(1.0, len(stated), half=1), side)]


def find_camps(stated: pd.DataFrame, documents: pd.DataFrame, vocabulary: Vocabulary) -> list[Claim]:
    """Claim `camps`: where camps stand on average of their actors, each actor counted once.

    One speaker is not a camp, and an average over years is of no time: only camps of `actors.yml` with
    `FEWEST_IN_CAMP_FINDING` actors or more whose articles surely appeared within `LONGEST_AVERAGED`, anonymous sources
    left out, and only where two camps are left. Values: `camps`, from low to high, each with `camp`, `mean`, `actors`,
    `statements`, and `lowest` and `highest`, the ends of its actors' means.
    """
    places = {c: p for c, p in order_camps(vocabulary).items() if c in {x.id for x in vocabulary.actors.camps}}
    days = publication_days(documents)
    camps: list[dict[str, Any]] = []
    rows: list[pd.DataFrame] = []
    for camp, group in stated.groupby("actor_camp", sort=True):
        means = [float(average_stance(actor) or 0) for _, actor in group.groupby("actor_id", sort=True)]
        if camp not in places or camp == ANONYMOUS_CAMP or len(means) < FEWEST_IN_CAMP_FINDING:
            continue
        if not _lies_within(group, days, LONGEST_AVERAGED):
            continue
        mean = sum(means) / len(means)
        ends = {"lowest": min(means), "highest": max(means)}
        camps.append({"camp": camp, "mean": mean, "actors": len(means), "statements": len(group), **ends})
        rows.append(group)
    if len(camps) < 2:
        return []
    camps.sort(key=lambda c: (c["mean"], places[str(c["camp"])]))
    weight = weigh(0.9, min(int(c["statements"]) for c in camps), half=2)
    return [Claim("camps", _ids(pd.concat(rows)), weight, {"camps": camps})]


def _lies_within(stated: pd.DataFrame, days: Mapping[str, tuple[date, date]], longest: timedelta) -> bool:
    """Say whether all articles surely appeared within a span; one whose day is not known at all did not."""
    spans = [days.get(str(doc_id)) for doc_id in stated["doc_id"].unique()]
    dated = [span for span in spans if span is not None]
    return len(dated) == len(spans) and max(last for _, last in dated) - min(first for first, _ in dated) <= longest


def find_divided(stated: pd.DataFrame) -> list[Claim]:
    """Claim `divided`: the actor whose positions lie on both sides of zero most evenly, `FEWEST_ON_SIDE` on each.

    Whoever stands in the middle with most statements is not divided.

    Values: `actor_id`, `below`, `zero` and `above` (numbers of statements), `articles`.
    """
    best: tuple[int, int, str] | None = None
    for actor_id, group in stated[stated["actor_camp"] != ANONYMOUS_CAMP].groupby("actor_id", sort=True):
        below, above = int((group["stance"] < 0).sum()), int((group["stance"] > 0).sum())
        key = (-min(below, above), -len(group), str(actor_id))
        is_divided = min(below, above) >= FEWEST_ON_SIDE and 2 * (below + above) > len(group)
        if is_divided and (best is None or key < best):
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
    return [Claim("divided", _ids(group), weigh(0.8, -best[0], half=1), values)]


def find_forecasts(forecasts: pd.DataFrame, *, whole: int) -> list[Claim]:
    """Claim `forecasts`: how many forecasts lie above and below zero.

    They are not set against positions: the scale puts whoever expects a thing beside whoever wants it, so that a
    difference between the two would be one of its definitions.

    Values: `forecasts`, `whole` (with those that have no place on the scale), `forecasts_above`, `forecasts_below`,
    `repeats` (those said again, `origins.find_repeats`), `forecasters` and `articles`.

    Args:
        forecasts: Those with a place on the scale.
        whole: How many forecasts there are, on whatever subject.
    """
    if len(forecasts) < 2:
        return []
    values: dict[str, Any] = {
        "forecasts": len(forecasts),
        "whole": whole,
        "repeats": len(find_repeats(forecasts)),
        "forecasts_above": int((forecasts["stance"] > 0).sum()),
        "forecasts_below": int((forecasts["stance"] < 0).sum()),
        "forecasters": forecasts["actor_id"].nunique(),
        "articles": forecasts["doc_id"].nunique(),
    }
    return [Claim("forecasts", _ids(forecasts), weigh(0.75, len(forecasts), half=3), values)]


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
    return [Claim("silence", _ids(silent), weigh(0.35, len(counts), half=3), values)]


def find_milestones(
    issue: Issue,
    statements: pd.DataFrame,
    dates: pd.DataFrame,
    documents: pd.DataFrame,
    events: pd.DataFrame | None = None,
) -> list[Claim]:
    """Claim `milestone`, one for each milestone on which there are `FEWEST_ON_MILESTONE` statements or more.

    Values: `milestone_id`, and for each of `RELATIONS` a mapping of `statements`, `actors` and `articles`: how many
    speak so, and through how many mouths and articles; `about`: the events of `events`, planned or possible, of which
    those speak that are of something other; `called`: as of a relation, those of `mentions` that only use the
    milestone's name; and `calls`: the events that they give it to.
    """
    compared = compare_milestones(issue, statements, dates, documents)
    namesakes = find_namesakes(issue, statements, dates, documents)
    told = compared.merge(add_actor(statements)[["statement_id", "actor_id", "start"]], on="statement_id")
    claims = []
    for milestone in issue.milestones:
        group = told[told["milestone_id"] == milestone.id]
        judged = group[group["relation"] != "mentions"]
        if len(judged) < FEWEST_ON_MILESTONE:
            continue
        sides: dict[str, Any] = {r: _count_side(group[group["relation"] == r]) for r in RELATIONS}
        others = frozenset(group.loc[group["relation"] == "other", "statement_id"])
        about = tuple(_find_spoken(events, others, milestone)) if events is not None else ()
        importance = 0.9 if judged["relation"].ne("other").any() else 0.7
        weight = weigh(importance, group["doc_id"].nunique(), half=1)
        called = group[[(milestone.id, i) in namesakes for i in group["statement_id"]]]
        calls = tuple(_find_called(events, frozenset(called["statement_id"]), milestone)) if events is not None else ()
        values = {"milestone_id": milestone.id, **sides, "about": about, "called": _count_side(called), "calls": calls}
        claims.append(Claim("milestone", _ids(group), weight, values))
    return claims


def _find_spoken(events: pd.DataFrame, statement_ids: frozenset[str], milestone: Milestone) -> Iterator[dict[str, Any]]:
    """Yield the names of the planned and possible events around or after a milestone of which statements speak."""
    for row in iterate_rows(events):
        is_told = not statement_ids.isdisjoint(row.statement_ids) and row.status in ("planned", "hypothetical")
        last = parse_day(row.last)
        if is_told and row.known_id != milestone.id and (last is None or last >= milestone.first) and row.first:
            label_en = row.label_en if isinstance(row.label_en, str) else None
            yield {"ar": row.label_ar, "en": label_en, "is_known": isinstance(row.known_id, str)}


def _find_called(events: pd.DataFrame, statement_ids: frozenset[str], milestone: Milestone) -> Iterator[dict[str, Any]]:
    """Yield what statements call by a milestone's name: its event in the words of the articles."""
    for row in iterate_rows(events):
        if row.known_id == milestone.id and not statement_ids.isdisjoint(row.statement_ids):
            yield {"ar": row.label_ar, "en": row.label_en if isinstance(row.label_en, str) else None, "is_known": False}


def _count_side(told: pd.DataFrame) -> dict[str, int]:
    return {"statements": len(told), "actors": told["actor_id"].nunique(), "articles": told["doc_id"].nunique()}


def find_fragility(statements: pd.DataFrame, documents: pd.DataFrame, issue_id: str) -> list[Claim]:
    """Claim `fragility`: how many positions rest on one article, and how many of the others one article can move.

    Nothing where there is only one article at all, which is a warning of its own.

    Values: `actors`, `unnamed` (how many of these are sources without a name), `one_article`, `fragile` (how many),
    `moved` (who these are), `largest` (the largest shift of these, in steps) and `shared` (the actors
    with more than one article).
    """
    checked = check_robustness(statements, documents, issue_id=issue_id)
    lonely = set(checked.loc[checked["n_documents"] == 1, "actor_id"])
    fragile = select_fragile(checked)
    if checked["actor_id"].nunique() < 2 or checked["doc_id"].nunique() < 2 or not (lonely or len(fragile)):
        return []
    table = add_actor(select_original(statements, documents))
    unnamed = set(table.loc[table["actor_camp"].eq(ANONYMOUS_CAMP), "actor_id"])
    values: dict[str, Any] = {
        "actors": checked["actor_id"].nunique(),
        "unnamed": len(unnamed & set(checked["actor_id"])),
        "one_article": len(lonely),
        "moved": tuple(sorted(fragile["actor_id"].unique())),
        "largest": float(fragile["shift"].abs().max()) if len(fragile) else 0.0,
        "shared": tuple(sorted(set(checked["actor_id"]) - lonely)),
        "fragile": fragile["actor_id"].nunique(),
    }
    stated = select_positions(table[table["actor_id"] != UNATTRIBUTED], issue_id=issue_id)
    return [Claim("fragility", _ids(stated), weigh(0.6, values["actors"], half=3), values)]


def find_coverage(told: pd.DataFrame, documents: pd.DataFrame) -> list[Claim]:
    """Claim `coverage`: how many articles all this rests on, when they appeared, and the longest time without one.

    Values: `statements`, `repeats` (those said again, `origins.find_repeats`), `verbatim` (quoted), `articles`,
    `undated` and `unknown_outlet` (articles); `first`, `last`, `gap_from`, `gap_to` (days, or None).
    """
    if told.empty:
        return []
    articles = sorted(told["doc_id"].unique())
    days = publication_days(documents)
    dated = sorted(days[doc_id] for doc_id in articles if doc_id in days)
    gap_from, gap_to = find_longest_gap(dated) or (None, None)
    values = {
        "statements": len(told),
        "repeats": len(find_repeats(told)),
        "verbatim": int(told["kind"].isin(["direct_quote", "mixed"]).sum()),
        "articles": len(articles),
        "undated": len(articles) - len(dated),
        "unknown_outlet": int(list_outlets(documents).reindex(articles).isna().sum()),
        "first": dated[0][0] if dated else None,
        "last": max(d[1] for d in dated) if dated else None,
        "gap_from": gap_from,
        "gap_to": gap_to,
    }
    return [Claim("coverage", _ids(told), 0.3, values)]
