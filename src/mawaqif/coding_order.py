"""What to code next: the statements on which a coder's minute changes most."""

from __future__ import annotations

from typing import Any

import pandas as pd

from mawaqif.aggregate.attribution import UNATTRIBUTED, add_actor, select_original
from mawaqif.aggregate.positions import select_positions
from mawaqif.annotate.stance import ABSTAIN, SURE
from mawaqif.schemas import CODERS
from mawaqif.tables import Tables
from mawaqif.vocabulary import Issue

COLUMNS = ["statement_id", "doc_id", "actor_id", "issue", "stance", "confidence", "influence", "priority", "reason"]
"""The columns of a ranking."""


def rank_statements(tables: Tables, n: int | None = None) -> pd.DataFrame:
    """Rank the statements that nobody has reviewed, those first whose coding would change a finding most.

    1. Influence: by how many steps of the scale an actor's mean would move, at most, if the code were one step off. An
       actor's mean counts each article once, so that a step weighs 1 / (positions of the actor in the article x
       articles with a position). Where the rules gave no step, it is how far the mean would move if the statement were
       at the end of the scale that is farther from it; an actor without a position counts as standing at 0.
    2. Priority: influence x (1 - confidence). What is unattributed moves nobody's mean and comes last.

    Forecasts, which do not count in means, have the influence that they would have as positions. Equal priorities are
    put in order of confidence, then of the article.

    Args:
        tables: The corpus.
        n: How many to return; all where None.

    Returns:
        `statement_id`, `doc_id`, `actor_id`, `issue`, `stance`, `confidence`, `influence` (in steps), `priority`, and
        `reason`: `abstains` (the rules are not sure enough to give a step), `unsure` (they are less sure than of a
        coding that may stand without review), or `moves a mean`.
    """
    table = add_actor(select_original(tables.core_statements, tables.core_documents))
    table = table.sort_values(["doc_id", "start", "statement_id"], kind="stable")
    influence = measure_influence(table, tables.issue)
    table = table.assign(influence=influence, priority=influence * (1 - table["confidence"].astype(float)))
    open_ = table[table["coder"].eq(CODERS[0])]
    open_ = open_.assign(reason=_reasons(open_)).sort_values(
        ["priority", "confidence"], ascending=[False, True], kind="stable"
    )
    return open_[COLUMNS].head(len(open_) if n is None else n).reset_index(drop=True)


def measure_influence(statements: pd.DataFrame, issue: Issue) -> pd.Series:
    """Return each statement's influence on its actor's mean, in steps of the scale (`rank_statements`, 1).

    Args:
        statements: `core_statements` with `actor_id`, those of repeated articles left out.
        issue: The issue whose scale is meant.
    """
    stated = select_positions(statements, issue_id=issue.id)
    in_article = stated.groupby(["actor_id", "doc_id"])["stance"].agg(["size", "mean"])
    articles = in_article.groupby("actor_id")["mean"].agg(["size", "mean"])
    lowest, highest = issue.scale[0].value, issue.scale[-1].value

    def of(actor_id: str, doc_id: str, is_stated: bool, has_step: bool) -> float:
        if actor_id == UNATTRIBUTED:
            return 0.0
        n_here = int(in_article["size"].get((actor_id, doc_id), 0))
        n_articles = int(articles["size"].get(actor_id, 0))
        if is_stated:
            return 1 / (n_here * n_articles)
        mean_here = float(in_article["mean"].get((actor_id, doc_id), 0.0))
        mean = float(articles["mean"].get(actor_id, 0.0))
        n_articles_then = n_articles + (n_here == 0)
        if has_step:
            return 1 / ((n_here + 1) * n_articles_then)

        def then(step: int) -> float:
            here = (mean_here * n_here + step) / (n_here + 1)
            return (mean * n_articles - (mean_here if n_here else 0.0) + here) / n_articles_then

        return max(abs(then(step) - mean) for step in (lowest, highest))

    is_stated = statements.index.isin(stated.index)
    has_step = (statements["issue"].eq(issue.id) & statements["stance"].notna()).to_numpy()
    rows: Any = zip(statements["actor_id"], statements["doc_id"], is_stated, has_step, strict=True)
    return pd.Series([of(*row) for row in rows], index=statements.index, dtype="float64")


def _reasons(statements: pd.DataFrame) -> pd.Series:
    confidence = statements["confidence"].astype(float)
    reasons = pd.Series("moves a mean", index=statements.index).mask(confidence < SURE, "unsure")
    return reasons.mask(statements["stance"].isna() & (confidence < ABSTAIN), "abstains")
