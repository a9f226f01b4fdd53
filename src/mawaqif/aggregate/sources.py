"""Who speaks and through whom: statements by article, outlet, camp and grade of source, and what that cannot carry."""

from __future__ import annotations

import pandas as pd

from mawaqif import schemas
from mawaqif.aggregate.attribution import ANONYMOUS_CAMP, UNATTRIBUTED, add_actor, list_outlets, select_original
from mawaqif.aggregate.claims import Claim

NO_GRADE = "none"
"""The grade of a statement whose speaker was not found."""

MOST_OF_CAMP = 2 / 3
"""From this share of a camp's statements on, one actor or sources without a name are said to speak for it."""
DOMINANT_SHARE = 1 / 2
NOTABLE_SHARE = 1 / 3
"""From these shares of the statements on, one article or speaker, or anonymous sources, are worth a warning."""


def make_sources(statements: pd.DataFrame, documents: pd.DataFrame) -> pd.DataFrame:
    """Return `out_sources`: one row for each article, camp and grade that occur together, with their statements.

    Args:
        statements: `core_statements` of original documents, on whatever issue.
        documents: `core_documents` of the same; `outlet` is the listed id or else the name found, null where unknown.
    """
    table = add_actor(statements)
    table = table.assign(grade=table["grade"].where(table["grade"].notna(), NO_GRADE), camp=table["actor_camp"])
    table = table.sort_values(["doc_id", "start", "statement_id"], kind="stable")
    outlets = list_outlets(documents)
    rows = [
        {
            "doc_id": doc_id,
            "outlet": outlets.get(doc_id),
            "camp": camp,
            "grade": grade,
            "n_statements": len(group),
            "statement_ids": list(group["statement_id"]),
        }
        for (doc_id, camp, grade), group in table.groupby(["doc_id", "camp", "grade"], sort=True)
    ]
    sources = pd.DataFrame(rows, columns=list(schemas.OutSources.to_schema().columns))
    return schemas.validate("out_sources", sources)


def find_cautions(statements: pd.DataFrame, documents: pd.DataFrame) -> dict[str, list[Claim]]:
    """Return by camp what its statements, on whatever issue, cannot carry; a camp with one statement needs no warning.

    Kinds and values: `rests_on_article`, `rests_on_outlet` (`outlet`) and `rests_on_actor` (`actor_id`), of all
    statements of the camp; `mostly_article`, `mostly_actor` (`actor_id`) and `mostly_unnamed`, of `MOST_OF_CAMP` of
    them or more. All have `part` and `whole`.
    """
    table = add_actor(select_original(statements, documents))
    table = table.assign(_outlet=table["doc_id"].map(list_outlets(documents)))
    table = table.sort_values(["doc_id", "start", "statement_id"], kind="stable")
    return {
        str(camp): [*_check_origin(group), *_check_mouths(group, is_unnamed=camp == ANONYMOUS_CAMP)]
        for camp, group in table.groupby("actor_camp", sort=True)
        if len(group) > 1
    }


def _check_origin(group: pd.DataFrame) -> list[Claim]:
    ids, values = tuple(group["statement_id"]), {"part": len(group), "whole": len(group)}
    if group["doc_id"].nunique() == 1:
        return [Claim("rests_on_article", ids, 1.0, values)]
    if group["_outlet"].notna().all() and group["_outlet"].nunique() == 1:
        return [Claim("rests_on_outlet", ids, 0.9, {**values, "outlet": group["_outlet"].iloc[0]})]
    own = group["doc_id"].eq(str(group["doc_id"].value_counts(sort=False).sort_index().idxmax()))
    if own.mean() >= MOST_OF_CAMP and own.sum() > 1:
        values = {"part": int(own.sum()), "whole": len(group)}
        return [Claim("mostly_article", tuple(group.loc[own, "statement_id"]), 0.85, values)]
    return []


def _check_mouths(group: pd.DataFrame, *, is_unnamed: bool) -> list[Claim]:
    """Check for one mouth behind a camp, and for sources without a name, which the camp of those says already."""
    found: list[Claim] = []
    spoken = group[group["actor_id"] != UNATTRIBUTED]
    if len(spoken):
        loudest = str(spoken["actor_id"].value_counts(sort=False).sort_index().idxmax())
        own = group["actor_id"].eq(loudest)
        if own.mean() >= MOST_OF_CAMP:
            kind = "rests_on_actor" if own.all() else "mostly_actor"
            values = {"part": int(own.sum()), "whole": len(group), "actor_id": loudest}
            found.append(Claim(kind, tuple(group.loc[own, "statement_id"]), 0.8, values))
    unnamed = group["grade"].eq("anonymous")
    if not is_unnamed and unnamed.mean() >= MOST_OF_CAMP:
        values = {"part": int(unnamed.sum()), "whole": len(group)}
        found.append(Claim("mostly_unnamed", tuple(group.loc[unnamed, "statement_id"]), 0.8, values))
    return found


def find_warnings(statements: pd.DataFrame, documents: pd.DataFrame, *, issue_id: str) -> list[Claim]:
    """Return what the statements with a stance on the issue cannot carry, the gravest first; none without statements.

    Kinds and values: `one_article` and `one_outlet` (all of them), `dominant_article` and `dominant_speaker` (`part` of
    `whole`), `anonymous_sources` and `no_speaker` (`part` of `whole`), `unknown_outlets` (`part` of `whole` articles).
    """
    table = add_actor(select_original(statements, documents))
    table = table[table["issue"].eq(issue_id) & table["stance"].notna()].sort_values(["doc_id", "start"], kind="stable")
    if table.empty:
        return []
    outlet = table["doc_id"].map(list_outlets(documents))
    found = [
        *_check_articles(table, outlet),
        *_check_speakers(table),
        *_check_share(table, table["grade"].eq("anonymous"), "anonymous_sources", NOTABLE_SHARE, 0.6),
        *_check_share(table, table["actor_id"].eq(UNATTRIBUTED), "no_speaker", NOTABLE_SHARE, 0.5),
    ]
    return sorted(found, key=lambda claim: (-claim.weight, claim.kind))


def _check_articles(table: pd.DataFrame, outlet: pd.Series) -> list[Claim]:
    ids = tuple(table["statement_id"])
    n_articles = table["doc_id"].nunique()
    if n_articles == 1:
        return [Claim("one_article", ids, 0.95, {"whole": len(ids)})]
    if outlet.notna().all() and outlet.nunique() == 1:
        values = {"whole": len(ids), "articles": n_articles, "outlet": outlet.iloc[0]}
        return [Claim("one_outlet", ids, 0.9, values)]
    claims = []
    largest = str(table["doc_id"].value_counts(sort=False).sort_index().idxmax())
    claims += _check_share(table, table["doc_id"].eq(largest), "dominant_article", DOMINANT_SHARE, 0.7)
    unknown = table[outlet.isna()]
    if len(unknown):
        values = {"part": unknown["doc_id"].nunique(), "whole": n_articles, "outlets": outlet.nunique()}
        claims.append(Claim("unknown_outlets", tuple(unknown["statement_id"]), 0.55, values))
    return claims


def _check_speakers(table: pd.DataFrame) -> list[Claim]:
    spoken = table[table["actor_id"] != UNATTRIBUTED]
    if spoken.empty:
        return []
    loudest = str(spoken["actor_id"].value_counts(sort=False).sort_index().idxmax())
    claims = _check_share(table, table["actor_id"].eq(loudest), "dominant_speaker", NOTABLE_SHARE, 0.6)
    return [claim.with_values(actor_id=loudest) for claim in claims]


def _check_share(table: pd.DataFrame, marked: pd.Series, kind: str, threshold: float, weight: float) -> list[Claim]:
    """Warn where the marked statements make up at least the threshold; one statement alone is no pattern."""
    part, whole = int(marked.sum()), len(table)
    if part < 2 or part / whole < threshold:
        return []
    return [Claim(kind, tuple(table.loc[marked, "statement_id"]), weight, {"part": part, "whole": whole})]
