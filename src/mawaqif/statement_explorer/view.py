"""Turns what a question found into what the browser shows: a page of rows, options with counts, dots of a chart."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

import numpy as np
import numpy.typing as npt

from mawaqif.charts.theme import STANCE_COLOURS
from mawaqif.schemas import STANCES, iterate_rows
from mawaqif.statement_explorer.index import Answer, StatementIndex
from mawaqif.statement_explorer.query import Query

MOST_ACTORS, MOST_DOTS = 12, 12
"""Rows of the chart, and dots in one of its cells; more are counted, and chosen by a click."""
_ON_DARK = {-2: "#ff8f3d", -1: "#d9a066", 0: "#b8c0c7", 1: "#a99adf", 2: "#9463ff"}
"""The steps' colours on a dark page, as the report's page has them: those of a light one are lost on it."""
_LONGEST_ROW = 400
"""Characters of a statement that a row of the table holds; the passage has them all."""


def show_answer(index: StatementIndex, query: Query, answer: Answer) -> dict[str, Any]:
    """Return one page of an answer with everything around it, as plain values.

    Args:
        index: The statements.
        query: What was asked; a page beyond the last becomes the last.
        answer: What was found.

    Returns:
        Those of `show_page` and `show_surroundings`.
    """
    return {**show_page(index, query, answer), **show_surroundings(index, query, answer)}


def show_page(index: StatementIndex, query: Query, answer: Answer) -> dict[str, Any]:
    """Return `total`, `all`, `page` and the `rows` of the page."""
    last = max(0, (len(answer.rows) - 1) // query.page_size)
    page = min(query.page, last)
    shown = answer.rows[page * query.page_size : (page + 1) * query.page_size]
    return {
        "total": len(answer.rows),
        "all": len(index.statements),
        "page": page,
        "rows": list(_make_rows(index, shown)),
    }


def show_surroundings(index: StatementIndex, query: Query, answer: Answer) -> dict[str, Any]:
    """Return what is the same for every page: options by facet, and the chart."""
    facets = {
        name: index.list_options(name, counts, query.facets.get(name, ())) for name, counts in answer.counts.items()
    }
    return {"facets": facets, "chart": make_chart(index, answer)}


def _make_rows(index: StatementIndex, places: Iterable[int]) -> Iterable[dict[str, Any]]:
    table = index.statements.iloc[list(places)]
    for place, row in zip(table.index, iterate_rows(table), strict=True):
        quote = " ".join(row.quote.split())
        yield {
            "id": row.statement_id,
            "actor": index.label("actor", place),
            "camp": index.label("camp", place),
            "stance": index.key("stance", place),
            "step": index.label("stance", place),
            "modality": index.label("modality", place),
            "quote": quote if len(quote) <= _LONGEST_ROW else f"{quote[:_LONGEST_ROW]} …",
            "article": index.label("document", place),
            "outlet": index.label("outlet", place),
        }


def make_chart(index: StatementIndex, answer: Answer) -> list[dict[str, Any]]:
    """Return the rows of the chart: of the actors with most statements on the scale, each step's statements.

    Returns:
        By actor `key`, `label` and `cells`: five, each `n` and `dots` (`id`, `forecast`), positions before forecasts.
    """
    stance, actors = index.facets["stance"], index.facets["actor"]
    steps = [stance.keys.index(str(step)) for step in STANCES]
    rows = answer.rows[np.isin(stance.codes[answer.rows], steps)]
    codes = actors.codes[rows]
    counts = np.bincount(codes, minlength=len(actors.keys))
    made = []
    for code in [int(code) for code in np.argsort(-counts, kind="stable")[:MOST_ACTORS] if counts[code]]:
        own = rows[codes == code]
        cells = [_make_cell(index, own[stance.codes[own] == step]) for step in steps]
        made.append({"key": actors.keys[code], "label": actors.labels[code], "cells": cells})
    return made


def _make_cell(index: StatementIndex, rows: npt.NDArray[np.int64]) -> dict[str, Any]:
    is_forecast = index.is_forecast[rows]
    shown = np.concatenate([rows[~is_forecast][:MOST_DOTS], rows[is_forecast][:MOST_DOTS]])[:MOST_DOTS]
    dots = [{"id": str(index.ids[row]), "forecast": bool(index.is_forecast[row])} for row in shown]
    return {"n": len(rows), "dots": dots}


def describe_scale(index: StatementIndex) -> list[dict[str, Any]]:
    """Return the steps of the scale: `key`, `label`, `colour`, and `on_dark`, its colour on a dark page."""
    facet = index.facets["stance"]
    labels = dict(zip(facet.keys, facet.labels, strict=True))
    return [
        {"key": str(step), "label": labels[str(step)], "colour": STANCE_COLOURS[step], "on_dark": _ON_DARK[step]}
        for step in STANCES
    ]
