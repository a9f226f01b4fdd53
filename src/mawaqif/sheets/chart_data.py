"""The data of charts that no numbered table holds: what stands behind the toggle under them."""

from __future__ import annotations

from collections.abc import Sequence
from typing import cast

from mawaqif.aggregate.attribution import name_camp, order_camps, select_original
from mawaqif.aggregate.claims import parse_day
from mawaqif.aggregate.positions import positions_over_time
from mawaqif.charts.calendar_axis import describe_days
from mawaqif.charts.theme import stance_text
from mawaqif.schemas import iterate_rows
from mawaqif.sheets.parts import (
    MOST_ROWS,
    Markdown,
    link_statements,
    make_naming,
    make_table,
    number_all,
)
from mawaqif.sheets.words import word
from mawaqif.tables import Tables
from mawaqif.untrusted import encode


def list_over_time(tables: Tables) -> Markdown:
    """Return the statements with a stance by camp, step and days of publication, positions and forecasts apart."""
    language, numbers = tables.parameters.language, number_all(tables)
    original = select_original(tables.core_statements, tables.core_documents)
    points = positions_over_time(
        original, tables.core_documents, issue_id=tables.issue.id, vocabulary=tables.vocabulary
    )
    points = points.assign(
        _camp=points["camp"].map(order_camps(tables.vocabulary)), _step=-points["stance"].astype(int)
    )
    keys = ["_camp", "camp", "_step", "first", "last"]
    rows: list[Sequence[object]] = [
        (
            encode(name_camp(str(camp), tables.vocabulary).in_language(language)),
            stance_text(-int(cast(int, step))),
            describe_days(parse_day(first), parse_day(last), language=language),
            int((~group["is_forecast"].astype(bool)).sum()),
            int(group["is_forecast"].astype(bool).sum()),
            link_statements(group["statement_id"], numbers, language),
        )
        for (_, camp, step, first, last), group in points.groupby(keys, sort=True, dropna=False)
    ]
    sides = {"camp": "start", "step": "end", "published": "start", "n_positions": "end", "n_forecasts": "end",
             "evidence": "start"}  # fmt: skip
    return _make_table(sides, rows, language)


def list_network(tables: Tables) -> Markdown:
    """Return the pairs of actors on sides whom one article quotes, those on opposite sides first."""
    language, numbers, naming = tables.parameters.language, number_all(tables), make_naming(tables)
    pairs = tables.out_network.assign(_is_same=tables.out_network["relation"].eq("same"))
    pairs = pairs.sort_values(
        ["_is_same", "n_documents", "distance", "actor_a", "actor_b"],
        ascending=[True, False, False, True, True],
        kind="stable",
    )
    rows: list[Sequence[object]] = [
        (
            _name(naming.label(row.actor_a), row.mean_a),
            _name(naming.label(row.actor_b), row.mean_b),
            word(f"{row.relation}_side", language),
            row.n_documents,
            link_statements(row.statement_ids, numbers, language),
        )
        for row in iterate_rows(pairs.drop(columns="_is_same").head(MOST_ROWS))
    ]
    table = _make_table(
        {"actor": "start", "other_actor": "start", "sides": "start", "shared_articles": "end", "evidence": "start"},
        rows,
        language,
    )
    more = len(pairs) - len(rows)
    return Markdown(f"{table}\n\n{word('more', language, n=more)}") if more > 0 and rows else table


def _name(label: str, mean: float) -> str:
    return f"{label} ({stance_text(mean, digits=1)})"


def _make_table(sides: dict[str, str], rows: list[Sequence[object]], language: str) -> Markdown:
    heads = {word(key, language): side for key, side in sides.items()}
    return make_table(heads, rows or [(word("none", language), *("",) * (len(heads) - 1))])
