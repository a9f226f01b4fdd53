"""Where each actor stands on an issue, how far that rests on a single article, and each position by its date."""

from __future__ import annotations

import pandas as pd

from mawaqif import schemas
from mawaqif.aggregate.attribution import (
    FORECAST,
    UNATTRIBUTED,
    add_actor,
    list_outlets,
    name_actors,
    order_camps,
    select_original,
)
from mawaqif.aggregate.intervals import interval_of_mean
from mawaqif.vocabulary import Vocabulary

HALF_A_STEP = 0.5
"""A mean that moves this far on the five-step scale when one article is removed is called fragile."""

ROBUSTNESS_COLUMNS = ["actor_id", "doc_id", "n_documents", "mean_stance", "mean_without", "shift"]
OVER_TIME_COLUMNS = [
    "statement_id", "actor_id", "name_ar", "name_en", "is_registered", "camp", "stance", "modality", "is_forecast",
    "first", "last", "published_basis", "doc_id", "outlet",
]  # fmt: skip


def make_positions(
    statements: pd.DataFrame, documents: pd.DataFrame, *, issue_id: str, vocabulary: Vocabulary
) -> pd.DataFrame:
    """Return `out_positions`: one row for everyone who is quoted, by camp and then from low to high.

    Every statement of an actor is one of three: a position (a stance on the issue, whatever the modality except
    forecast), a forecast, or no position on this issue. So `n_statements = n_positions + n_forecasts +
    n_no_position`, a mean is null where the actor took no position, and whoever is not in the table was not quoted.

    Means count each article once (`average_stance`), so that one long article, or a headline that repeats its text,
    does not outweigh the others; `mean_low` and `mean_high` are the ends of its interval (`interval_of_mean`), null
    where fewer than two articles hold a position. `n_outlets` counts outlets that are known. Statements without any
    speaker, and those of documents that repeat another, are left out.

    Args:
        statements: `core_statements`.
        documents: `core_documents`.
        issue_id: The issue that positions are counted on.
        vocabulary: Gives names and the order of camps.
    """
    table = add_actor(select_original(statements, documents))
    table = table[table["actor_id"] != UNATTRIBUTED].sort_values(["doc_id", "start", "statement_id"], kind="stable")
    names, outlets = name_actors(table, vocabulary), list_outlets(documents)
    rows = [
        {
            "actor_id": actor_id,
            "name_ar": names[str(actor_id)].ar,
            "name_en": names[str(actor_id)].en,
            "camp": group["actor_camp"].iloc[0],
            "is_registered": names[str(actor_id)].is_registered,
            "n_outlets": group["doc_id"].map(outlets).nunique(),
            **_summarise(group, issue_id),
        }
        for actor_id, group in table.groupby("actor_id", sort=True)
    ]
    positions = pd.DataFrame(rows, columns=list(schemas.OutPositions.to_schema().columns))
    return schemas.validate("out_positions", _sort(positions, vocabulary))


def select_frequent(positions: pd.DataFrame, *, minimum_statements: int) -> pd.DataFrame:
    """Leave out the actors of `out_positions` with fewer positions and forecasts on the issue than the minimum.

    Those who took none at all stay: that someone is silent on the issue is not a matter of how often.
    """
    taken = positions["n_positions"] + positions["n_forecasts"]
    return positions[(taken >= minimum_statements) | (taken == 0)].reset_index(drop=True)


def _summarise(statements: pd.DataFrame, issue_id: str) -> dict[str, object]:
    stated, forecasts = select_positions(statements, issue_id=issue_id), select_forecasts(statements, issue_id=issue_id)
    by_article = stated["stance"].astype(float).groupby(stated["doc_id"], sort=True)
    low, high = interval_of_mean([list(group) for _, group in by_article]) or (None, None)
    return {
        "n_statements": len(statements),
        "n_positions": len(stated),
        "n_forecasts": len(forecasts),
        "n_no_position": len(statements) - len(stated) - len(forecasts),
        "mean_stance": average_stance(stated),
        "mean_low": low,
        "mean_high": high,
        "lowest_stance": stated["stance"].min() if len(stated) else pd.NA,
        "highest_stance": stated["stance"].max() if len(stated) else pd.NA,
        "mean_forecast": average_stance(forecasts),
        "n_documents": statements["doc_id"].nunique(),
        "statement_ids": [*stated["statement_id"], *forecasts["statement_id"], *_others(statements, stated, forecasts)],
    }


def _others(statements: pd.DataFrame, stated: pd.DataFrame, forecasts: pd.DataFrame) -> list[str]:
    return list(statements["statement_id"].drop(stated.index).drop(forecasts.index))


def select_positions(statements: pd.DataFrame, *, issue_id: str) -> pd.DataFrame:
    """Return the statements that take a position on the issue; a forecast is none, for it is not a wish."""
    on_scale = statements["issue"].eq(issue_id) & statements["stance"].notna()
    return statements[on_scale & statements["modality"].ne(FORECAST)]


def select_forecasts(statements: pd.DataFrame, *, issue_id: str) -> pd.DataFrame:
    """Return the statements that foretell a point of the issue's scale."""
    on_scale = statements["issue"].eq(issue_id) & statements["stance"].notna()
    return statements[on_scale & statements["modality"].eq(FORECAST)]


def average_stance(statements: pd.DataFrame) -> float | None:
    """Return the mean of the articles' mean stances, in steps of the scale, or None without a statement."""
    means = average_by_article(statements)
    return float(means.mean()) if len(means) else None


def average_by_article(statements: pd.DataFrame) -> pd.Series:
    """Return the mean stance in each article, indexed by `doc_id`."""
    return statements["stance"].astype("Float64").groupby(statements["doc_id"], sort=True).mean().astype(float)


def _sort(positions: pd.DataFrame, vocabulary: Vocabulary) -> pd.DataFrame:
    places = order_camps(vocabulary)
    camp_place = positions["camp"].map(places).fillna(len(places))
    ordered = positions.assign(_camp=camp_place, _stance=positions["mean_stance"].astype(float))
    ordered = ordered.sort_values(["_camp", "_stance", "name_en", "actor_id"], kind="stable", na_position="last")
    return ordered.drop(columns=["_camp", "_stance"]).reset_index(drop=True)


# --- robustness ------------------------------------------------------------------------------------------------------


def check_robustness(statements: pd.DataFrame, documents: pd.DataFrame, *, issue_id: str) -> pd.DataFrame:
    """Return what each actor's mean becomes without each of the articles that it rests on.

    Returns:
        One row an actor and article: `n_documents` that the mean rests on, `mean_stance` with all, `mean_without` (null
        where this is the only article) and `shift`, the difference in steps (null likewise). See `select_fragile`.
    """
    table = add_actor(select_original(statements, documents))
    stated = select_positions(table[table["actor_id"] != UNATTRIBUTED], issue_id=issue_id)
    stances = stated["stance"].astype(float)
    means = stances.groupby([stated["actor_id"], stated["doc_id"]], sort=True).mean().rename("mean").reset_index()
    by_actor = means.groupby("actor_id")["mean"]
    n, total = by_actor.transform("size"), by_actor.transform("sum")
    mean, without = total / n, (total - means["mean"]) / (n - 1).where(n > 1)
    columns = {"n_documents": n, "mean_stance": mean, "mean_without": without, "shift": without - mean}
    return means.assign(**columns)[ROBUSTNESS_COLUMNS]


def select_fragile(robustness: pd.DataFrame, *, step: float = HALF_A_STEP) -> pd.DataFrame:
    """Return the rows whose article moves the mean by `step` or more; one-article positions are not among them."""
    # A shift of exactly half a step may come out of the arithmetic a hair smaller.
    return robustness[robustness["shift"].abs() >= step - 1e-9].reset_index(drop=True)


# --- over time -------------------------------------------------------------------------------------------------------


def positions_over_time(
    statements: pd.DataFrame, documents: pd.DataFrame, *, issue_id: str, vocabulary: Vocabulary
) -> pd.DataFrame:
    """Return every statement with a stance on the issue and the days between which its document appeared.

    Returns:
        One row a statement in order of `first`: actor, camp, `stance`, `is_forecast`, `first` and `last` (inclusive ISO
        days, equal where the day of publication is known, null where nothing is), `published_basis` and `outlet` (id
        or, where it is not listed, name).
    """
    table = add_actor(select_original(statements, documents))
    table = table[(table["actor_id"] != UNATTRIBUTED) & table["issue"].eq(issue_id) & table["stance"].notna()]
    names, outlets = name_actors(table, vocabulary), list_outlets(documents)
    dated = documents.set_index("doc_id")
    first = dated["published"].where(dated["published"].notna(), dated["published_earliest"])
    last = dated["published"].where(dated["published"].notna(), dated["published_latest"])
    rows = table.assign(
        name_ar=[names[a].ar for a in table["actor_id"]],
        name_en=[names[a].en for a in table["actor_id"]],
        is_registered=[names[a].is_registered for a in table["actor_id"]],
        camp=table["actor_camp"],
        is_forecast=table["modality"].eq(FORECAST),
        first=table["doc_id"].map(first),
        last=table["doc_id"].map(last),
        published_basis=table["doc_id"].map(dated["published_basis"]),
        outlet=table["doc_id"].map(outlets),
    )
    rows = rows.sort_values(["first", "doc_id", "start", "statement_id"], kind="stable", na_position="last")
    return rows[OVER_TIME_COLUMNS].reset_index(drop=True)
