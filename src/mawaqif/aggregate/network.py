"""Which actors take the same side or opposite sides of an issue in the articles that quote both."""

from __future__ import annotations

import itertools
from typing import Any

import pandas as pd

from mawaqif import schemas
from mawaqif.aggregate.attribution import UNATTRIBUTED, add_actor, select_original
from mawaqif.aggregate.positions import average_stance, select_positions

SIDE_FROM = 0.5
"""From this distance of the scale's middle on, half a step, a mean stance is on a side."""


def find_side(mean: float) -> int:
    """Return the side of a mean stance: -1, 1, or 0 near the middle of the scale."""
    return 0 if abs(mean) < SIDE_FROM - 1e-9 else 1 if mean > 0 else -1


def make_network(statements: pd.DataFrame, documents: pd.DataFrame, *, issue_id: str) -> pd.DataFrame:
    """Return `out_network`: one row for two actors on sides of the issue whose positions stand in the same article.

    Two actors are on the `same` side or on `opposite` ones by their mean stances, each article counting once;
    forecasts take no side. That both think alike is all that a row says, never that they act together. Actors who are
    never quoted in one article have no row: their sides are in `out_positions`.

    Args:
        statements: `core_statements`.
        documents: `core_documents`.
        issue_id: The issue whose sides are meant.

    Returns:
        In order of the actors' ids, `actor_a` before `actor_b`: their camps, means, `distance` between these in steps,
        `n_documents` with positions of both, `n_statements` of both in these articles and their ids, a's first.
    """
    table = add_actor(select_original(statements, documents))
    stated = select_positions(table[table["actor_id"] != UNATTRIBUTED], issue_id=issue_id)
    stated = stated.sort_values(["actor_id", "doc_id", "start", "statement_id"], kind="stable")
    actors = {str(actor_id): _describe(group) for actor_id, group in stated.groupby("actor_id", sort=True)}
    on_side = {actor_id: actor for actor_id, actor in actors.items() if find_side(actor["mean"])}
    by_article: dict[str, list[str]] = {}
    for actor_id, actor in on_side.items():
        for doc_id in actor["statements"]:
            by_article.setdefault(doc_id, []).append(actor_id)
    shared: dict[tuple[str, str], list[str]] = {}
    for doc_id in sorted(by_article):
        for pair in itertools.combinations(by_article[doc_id], 2):
            shared.setdefault(pair, []).append(doc_id)
    rows = [_make_row(pair, doc_ids, on_side) for pair, doc_ids in sorted(shared.items())]
    columns = list(schemas.OutNetwork.to_schema().columns)
    return schemas.validate("out_network", pd.DataFrame(rows, columns=columns))


def _describe(statements: pd.DataFrame) -> dict[str, Any]:
    """Return an actor's mean and camp, and the ids of its positions by article."""
    by_article = statements.groupby("doc_id", sort=True)["statement_id"]
    return {
        "mean": average_stance(statements),
        "camp": statements["actor_camp"].iloc[0],
        "statements": {str(doc_id): list(ids) for doc_id, ids in by_article},
    }


def _make_row(pair: tuple[str, str], doc_ids: list[str], actors: dict[str, dict[str, Any]]) -> dict[str, Any]:
    one, other = (actors[actor_id] for actor_id in pair)
    statement_ids = [i for actor in (one, other) for doc_id in doc_ids for i in actor["statements"][doc_id]]
    return {
        "actor_a": pair[0],
        "actor_b": pair[1],
        "camp_a": one["camp"],
        "camp_b": other["camp"],
        "mean_a": one["mean"],
        "mean_b": other["mean"],
        "relation": "same" if find_side(one["mean"]) == find_side(other["mean"]) else "opposite",
        "distance": abs(one["mean"] - other["mean"]),
        "n_documents": len(doc_ids),
        "n_statements": len(statement_ids),
        "statement_ids": statement_ids,
    }
