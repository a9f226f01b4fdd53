"""Who stands where as a table, and the scale that they stand on."""

from __future__ import annotations

from typing import Any

from mawaqif.aggregate.attribution import name_camp
from mawaqif.aggregate.positions import select_frequent
from mawaqif.charts.theme import stance_text
from mawaqif.schemas import iterate_rows
from mawaqif.sheets.parts import MOST_ROWS, Markdown, link_statements, make_table, name_actor, number_all
from mawaqif.sheets.words import word
from mawaqif.tables import Tables
from mawaqif.untrusted import encode


def list_positions(tables: Tables) -> Markdown:
    """Return who stands where, with what it rests on and links to the statements."""
    language = tables.parameters.language
    positions = select_frequent(tables.out_positions, minimum_statements=tables.parameters.minimum_statements)
    taken = positions[positions["n_positions"] + positions["n_forecasts"] > 0]
    articles = dict(zip(tables.core_statements["statement_id"], tables.core_statements["doc_id"], strict=True))
    numbers = number_all(tables)
    rows = [
        (
            name_actor(row.name_ar, row.name_en, is_registered=row.is_registered, language=language),
            encode(name_camp(row.camp, tables.vocabulary).in_language(language)),
            f"{stance_text(row.mean_stance, digits=1)} ({row.n_positions})" if row.n_positions else "–",
            _range(row, language),
            row.n_forecasts,
            len({articles[i] for i in _placed(row)}),
            link_statements(_placed(row), numbers, language),
        )
        for row in iterate_rows(taken.head(MOST_ROWS))
    ]
    keys = ("actor", "camp", "mean", "range", "forecasts", "articles", "evidence")
    heads = [word(key, language) for key in keys]
    return make_table(dict(zip(heads, ("start", "start", *("end",) * 4, "start"), strict=True)), rows)


def _placed(row: Any) -> list[str]:
    """Return the statements of a row of `out_positions` that stand on the scale, which are listed before the others."""
    return list(row.statement_ids)[: row.n_positions + row.n_forecasts]


def _range(row: Any, language: str) -> str:
    if not row.n_positions:
        return "–"
    low, high = stance_text(int(row.lowest_stance)), stance_text(int(row.highest_stance))
    return low if low == high else word("from_to", language, low=low, high=high)


def list_scale(tables: Tables) -> Markdown:
    """Return the steps of the issue's scale, lowest first, each with its label and the definition coders work by."""
    language = tables.parameters.language
    rows = [
        (
            stance_text(point.value),
            encode(point.label.in_language(language)),
            encode(point.definition.in_language(language)),
        )
        for point in sorted(tables.issue.scale, key=lambda point: point.value)
    ]
    heads = [word(key, language) for key in ("step", "label", "definition")]
    return make_table(dict(zip(heads, ("end", "start", "start"), strict=True)), rows)
