"""Narrows the tables of a corpus to what one report tells: a period, one actor's statements, or one camp's.

What is narrowed and what is not, for this is the only place where it is decided:
- A period keeps whole articles, and with them everything that is known of them.
- An actor or a camp keeps statements, and the dates that lie in them. So positions, voices, the timeline, milestones,
  findings and the evidence follow. The corpus itself stays whole (articles, their dates, what was removed from them,
  mentions), and so do the measures of agreement, which tell how good the rules are and not what someone said.
"""

from __future__ import annotations

from difflib import get_close_matches

import pandas as pd

from mawaqif.aggregate.attribution import OTHER_CAMPS, add_actor
from mawaqif.aggregate.timeline import find_statements_around
from mawaqif.errors import ParameterError
from mawaqif.schemas import validate
from mawaqif.settings import Parameters
from mawaqif.vocabulary import Vocabulary

Frames = dict[str, pd.DataFrame]


def check_names(parameters: Parameters, vocabulary: Vocabulary) -> None:
    """Check that the vocabulary knows the issue, the actor and the camp.

    Raises:
        ParameterError: It does not know one of them; the message names the nearest or all that there are.
    """
    vocabulary.issue(parameters.issue)
    if parameters.actor and vocabulary.actor(parameters.actor) is None:
        ids = [actor.id for actor in vocabulary.actors.actors]
        near = get_close_matches(parameters.actor, ids, n=3)
        mend = f"Did you mean {' or '.join(near)}?" if near else "Use an id of data/vocabulary/actors.yml."
        raise ParameterError(f"unknown actor {parameters.actor!r}", where="--actor", mend=mend)
    camps = list(dict.fromkeys([*(camp.id for camp in vocabulary.actors.camps), *OTHER_CAMPS]))
    if parameters.camp and parameters.camp not in camps:
        raise ParameterError(
            f"unknown camp {parameters.camp!r}", where="--camp", mend=f"Use one of: {', '.join(camps)}."
        )


def keep_period(tables: Frames, parameters: Parameters) -> Frames:
    """Keep documents whose publication range touches the period; those of unknown date only when there is no limit.

    Raises:
        ParameterError: No document is left.
    """
    if not (parameters.since or parameters.until):
        return tables
    documents = tables["core_documents"]
    first, last = parameters.first_day.isoformat(), parameters.last_day.isoformat()
    inside = (documents["published_latest"] >= first) & (documents["published_earliest"] <= last)
    kept = documents[inside.fillna(False).astype(bool)]
    if kept.empty:
        known = documents["published_earliest"].dropna()
        span = f"The dated ones run from {known.min()} to {documents['published_latest'].max()}." if len(known) else ""
        raise ParameterError(
            f"none of the {len(documents)} documents was published between {parameters.since or 'the beginning'} "
            f"and {parameters.until or 'today'}",
            where="--since/--until",
            mend=f"{span} Widen the period.",
        )
    outside = documents[~documents["doc_id"].isin(kept["doc_id"])]
    paths = tables["raw_documents"].set_index("doc_id")["path"]
    left = pd.DataFrame(
        {
            "path": outside["doc_id"].map(paths),
            "reason": outside["published_basis"].map(
                lambda b: "its date is unknown" if b == "unknown" else "outside the period"
            ),
            "mend": "Leave out --since and --until to include it.",
        }
    )
    narrowed = {name: table if name == "raw_skipped" else of_documents(table, kept) for name, table in tables.items()}
    narrowed["raw_skipped"] = validate("raw_skipped", pd.concat([tables["raw_skipped"], left], ignore_index=True))
    return narrowed


def keep_speakers(tables: Frames, parameters: Parameters) -> Frames:
    """Keep the statements of the actor or the camp, and the dates that they speak of; everyone where neither is set.

    The actor is the speaker: who speaks on behalf of a ministry is not yet the ministry (`attribution.add_actor`).
    """
    if not (parameters.actor or parameters.camp):
        return tables
    told = add_actor(tables["core_statements"])
    is_told = told["actor_id"].eq(parameters.actor) if parameters.actor else told["actor_camp"].eq(parameters.camp)
    statements = tables["core_statements"][is_told].reset_index(drop=True)
    dates = tables["core_dates"]
    around = [bool(found) for found in find_statements_around(dates, statements)]
    dates = dates[pd.Series(around, index=dates.index, dtype=bool)].reset_index(drop=True)
    return {**tables, "core_statements": statements, "core_dates": dates}


def of_documents(table: pd.DataFrame, documents: pd.DataFrame) -> pd.DataFrame:
    """Return the rows of a table that belong to some documents."""
    return table[table["doc_id"].isin(documents["doc_id"])].reset_index(drop=True)
