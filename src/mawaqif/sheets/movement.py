"""Positions over time in words: the passages of those who moved side by side, and the times without an article."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

import pandas as pd

from mawaqif.aggregate.attribution import UNATTRIBUTED, add_actor, select_original
from mawaqif.aggregate.movement import Movement, find_gaps, find_movements, publication_days
from mawaqif.aggregate.origins import find_said, join_spans
from mawaqif.aggregate.positions import select_positions
from mawaqif.phrases import notes
from mawaqif.sheets.evidence import cite_statements, say_gloss
from mawaqif.sheets.parts import Markdown, make_naming, place_side_by_side
from mawaqif.sheets.words import word
from mawaqif.tables import Tables
from mawaqif.untrusted import encode_passage

MOST_MOVEMENTS = 3
"""Movements told of actors, and of camps; the table of evidence has the rest."""


def list_movements(tables: Tables) -> Markdown:
    """Return where an actor or a camp is quoted a step or more apart, each with the passage of either end, and gaps.

    Camps only where mostly the same actors speak again: other speakers are no movement.
    """
    language = tables.parameters.language
    stated = _select_stated(tables)
    found = {
        by: [m for m in find_movements(stated, tables.core_documents, by=by) if by == "actor_id" or _is_of_same(m)]
        for by in ("actor_id", "actor_camp")
    }
    shown = [(by, movement) for by, movements in found.items() for movement in movements[:MOST_MOVEMENTS]]
    days = publication_days(tables.core_documents)
    gaps = notes.say_gaps(find_gaps(list(days.values())), language=language)
    lead = notes.say_no_movement(language=language)
    if shown:
        lead = notes.say_found(sum(len(movements) for movements in found.values()), len(shown), language=language)
    said = find_said(tables.core_statements, tables.core_dates, tables.core_documents)
    parts = [lead, *(part for by, movement in shown for part in _tell(tables, movement, by=by, said=said))]
    return Markdown("\n\n".join([*([gaps] if gaps else []), *parts]))


def _is_of_same(movement: Movement) -> bool:
    """Say whether a camp's difference can be one of its speakers: half of them speak at both ends, nothing contrary."""
    everyone = {*movement.earlier.actors, *movement.later.actors}
    return movement.contrary is None and 2 * len(movement.shared) >= len(everyone)


def _select_stated(tables: Tables) -> pd.DataFrame:
    table = add_actor(select_original(tables.core_statements, tables.core_documents))
    return select_positions(table[table["actor_id"] != UNATTRIBUTED], issue_id=tables.issue.id)


def _tell(tables: Tables, movement: Movement, *, by: str, said: Mapping[str, tuple[date, date]]) -> list[str]:
    language, naming = tables.parameters.language, make_naming(tables)
    is_camp = by == "actor_camp"
    name = word("camp_named", language, camp=naming.camp(movement.of)) if is_camp else naming.label(movement.of)
    origins = dict(zip(tables.core_statements["statement_id"], tables.core_statements["doc_id"], strict=True))
    ends = [
        notes.say_end(
            end,
            language=language,
            said=join_spans(said, [i for i in movement.statement_ids if origins[i] == end.doc_id]),
        )
        for end in (movement.earlier, movement.later)
    ]
    caution = notes.say_caution_of_movement(
        fewest=movement.fewest,
        shared=len(movement.shared) if is_camp else None,
        language=language,
        is_mixed=movement.earlier.actors != movement.later.actors,
    )
    if is_camp and movement.contrary is not None:
        caution = " ".join([notes.say_contrary(movement.contrary, language=language), *([caution] if caution else [])])
    told = word("goes_from_to", language, name=name, earlier=ends[0], later=ends[1])
    return [" ".join([told, *([caution] if caution else [])]), _show_passages(tables, movement)]


def _show_passages(tables: Tables, movement: Movement) -> str:
    """Return the statement of each end that stands nearest to its mean, side by side."""
    statements = tables.core_statements.set_index("statement_id")
    chosen = tables.core_statements[tables.core_statements["statement_id"].isin(movement.passages)]
    cited = cite_statements(tables, chosen)
    sides = []
    for statement_id in movement.passages:
        row = statements.loc[statement_id]
        gloss = say_gloss(row, tables)
        sides.append([encode_passage(str(row["quote"])), cited[statement_id], *([gloss] if gloss else [])])
    return place_side_by_side(sides)
