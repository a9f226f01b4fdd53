"""Who stands where: every statement a point on the five-step scale, actors grouped by camp."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, cast

import pandas as pd
import plotly.graph_objects as go

from mawaqif.charts import theme
from mawaqif.charts.theme import ChartWords, Frame
from mawaqif.schemas import iterate_rows
from mawaqif.vocabulary import ScalePoint

_DOT, _PITCH = 8, 11
_COLUMNS, _STEP = 3, 0.27
"""Three dots side by side fill a step on a phone, where a step is about 36 pixels wide."""
_MOST_DOTS = 24
_MOST_ACTORS = 60
"""What can be taken in at once; the table under the chart has them all."""
_HEAD_LINE, _HEAD_MORE, _HEAD_WIDTH = 16, 14, {"en": 13, "ar": 15}
"""Pixels of a line of a step's name, what the tallest letters and plotly's padding ask for besides, and characters of a
line: what a column is wide on a page of 600 pixels."""
_NUMBERS = 20
_NAME_SIZE, _NAME_WIDTH = 13, {"en": 20, "ar": 24}

_WORDS = {
    "mean": {"en": "mean (n)", "ar": "المتوسط (العدد)"},
    "forecast": {"en": "forecast", "ar": "توقع"},
    "nobody": {"en": "Nobody took a position.", "ar": "لم يتخذ أحد موقفاً."},
    "left_out": {
        "en": "Drawn: the {most} quoted most; {n} more are in the table.",
        "ar": "رُسم الأكثر تصريحاً ({most})، وفي الجدول غيرهم ({n}).",
    },
}


def draw_positions(
    points: pd.DataFrame,
    positions: pd.DataFrame,
    *,
    scale: Sequence[ScalePoint],
    camps: Mapping[str, str],
    words: ChartWords,
    language: str,
) -> go.Figure:
    """Return the dot plot of positions.

    A filled dot is a statement that takes a position, a hollow one a forecast. Where there are two positions or more,
    the bar stands at their mean and the line reaches from the lowest to the highest. Dots of one step stand side by
    side, never on each other. The steps are named over their columns; where these are too narrow for that, on a phone,
    only their numbers are left.

    Args:
        points: One row a statement with a stance: `statement_id, actor_id, stance, is_forecast, quote, about` (`about`
            is the line under the passage in the hover box).
        positions: `out_positions`.
        scale: The issue's steps, -2 to 2.
        camps: Names by id, in the order of drawing.
        words: The sentences around the chart.
        language: `en` or `ar`.
    """
    took = positions[(positions["n_positions"] > 0) | (positions["n_forecasts"] > 0)]
    drawn = _choose(took)
    heads = _column_heads(scale, language)
    head = _HEAD_LINE * max(map(len, heads.values()), default=1) + _HEAD_MORE + _NUMBERS
    rows = _lay_out(drawn, points, camps, language, top=head)
    notes = _left_out_lines(len(took) - len(drawn), language)
    start = max([60, *(theme.estimate_width(r["name"], _NAME_SIZE, language=language) + 6 for r in rows)])
    frame = Frame(
        body=rows[-1]["bottom"] if rows else head + 40,
        foot=18 * len(notes) + (8 if notes else 0),
        start=min(start, 140),
        end=56,
    )
    ids = [i for row in rows for i in row["ids"]]
    figure = theme.make_figure(words, frame, language=language, statement_ids=ids)
    figure.update_xaxes(range=theme.horizontal_range(-2.5, 2.5, language))
    _add_bands(figure, head, frame)
    _add_heads(figure, heads, head, frame, language)
    for row in rows:
        _add_row(figure, row, frame, language)
    _add_dots(figure, rows, points, language)
    _add_means(figure, rows)
    if not rows:
        theme.write(figure, [theme.isolate(_WORDS["nobody"][language], language)], language=language, at=head + 20)
    if notes:
        theme.write(figure, notes, language=language, size=theme.SMALL, down=6, side=frame.start)
    return figure


# --- layout ----------------------------------------------------------------------------------------------------------


def _lay_out(
    took: pd.DataFrame, points: pd.DataFrame, camps: Mapping[str, str], language: str, *, top: int
) -> list[dict[str, Any]]:
    """Give every actor a row with its top and bottom in pixels; `camp` is set on the first row of a camp."""
    by_actor = dict(iter(points.groupby("actor_id", sort=False)))
    rows: list[dict[str, Any]] = []
    at = top + 4
    for camp_id, camp_name in theme.complete_camps(camps, took["camp"]).items():
        actors = took[took["camp"] == camp_id].sort_values(["mean_stance", "name_en"], na_position="last")
        for number, actor in enumerate(iterate_rows(actors)):
            full_name = actor.name_ar if language == "ar" else actor.name_en
            name = theme.wrap(full_name, _NAME_WIDTH[language], language=language, most=3)
            cells = _cells(by_actor.get(actor.actor_id, points.iloc[:0]))
            lines = max([1, *(min(len(c), _MOST_DOTS) + _COLUMNS - 1 for c in cells.values())])
            tall = max(lines // _COLUMNS * _PITCH + 9 if lines > 1 else 20, 15 * len(name) + 8)
            top = at + (24 if number == 0 else 0)
            rows.append(
                {
                    "camp": camp_name if number == 0 else None, "camp_at": at + 13, "top": top, "bottom": top + tall,
                    "middle": top + tall / 2, "name": name, "cells": cells, "actor": actor,
                    "ids": [i for cell in cells.values() for i in cell],
                }
            )  # fmt: skip
            at = top + tall
        at += 8 if len(actors) else 0
    return rows


def _cells(statements: pd.DataFrame) -> dict[int, list[str]]:
    """Return statement ids by step, positions before forecasts, each in order of id."""
    ordered = statements.sort_values(["is_forecast", "statement_id"])
    return {int(cast(int, s)): list(g["statement_id"]) for s, g in ordered.groupby("stance", sort=True)}


def _offsets(count: int) -> list[tuple[float, float]]:
    """Return the places of `count` dots around the middle of a step: axis units across, pixels down."""
    lines = -(-count // _COLUMNS)
    places = []
    for n in range(count):
        line, column = divmod(n, _COLUMNS)
        in_line = min(_COLUMNS, count - line * _COLUMNS)
        places.append(((column - (in_line - 1) / 2) * _STEP, (line - (lines - 1) / 2) * _PITCH))
    return places


def _column_heads(scale: Sequence[ScalePoint], language: str) -> dict[int, list[str]]:
    width = _HEAD_WIDTH[language]
    return {p.value: theme.wrap(p.label.in_language(language), width, language=language, most=4) for p in scale}


def _choose(took: pd.DataFrame) -> pd.DataFrame:
    """Keep the actors with most positions and forecasts, in the order of the table."""
    weight = (took["n_positions"] + took["n_forecasts"]).sort_values(ascending=False, kind="stable")
    return took.loc[sorted(weight.index[:_MOST_ACTORS])]


def _left_out_lines(number: int, language: str) -> list[str]:
    text = _WORDS["left_out"][language].format(n=number, most=_MOST_ACTORS)
    return theme.wrap(text, 62, language=language) if number else []


# --- marks -----------------------------------------------------------------------------------------------------------


def _add_bands(figure: go.Figure, head: int, frame: Frame) -> None:
    for value, colour in theme.STANCE_COLOURS.items():
        figure.add_shape(
            type="rect", x0=value - 0.48, x1=value + 0.48, y0=head - 2, y1=frame.body, fillcolor=colour, opacity=0.07,
            line_width=0, layer="below",
        )  # fmt: skip


def _add_heads(figure: go.Figure, heads: Mapping[int, Sequence[str]], head: int, frame: Frame, language: str) -> None:
    """Write each step's number over its column, and over that its name.

    The names are the texts of bars that are not seen: plotly leaves out the text of a bar that it does not fit in,
    which no annotation can do, so on a narrow page the names give way to the numbers.
    """
    for value in heads:
        figure.add_annotation(
            text=theme.bold(theme.stance_text(value)), x=value, xref="x", y=head - 12, yref="y", yanchor="middle",
            showarrow=False, borderpad=0, font={"size": theme.SMALL, "color": theme.STANCE_INKS[value]},
        )  # fmt: skip
    side = -1 if theme.is_mirrored(language) else 1
    figure.add_annotation(
        text=theme.isolate(_WORDS["mean"][language], language), xref="paper", x=0 if side < 0 else 1,
        xshift=side * (frame.end - 1), xanchor=theme.end_side(language), y=head - 12, yref="y", yanchor="middle",
        showarrow=False, borderpad=0, font={"size": 11, "color": theme.MUTED},
    )  # fmt: skip
    tall = head - _NUMBERS
    figure.add_bar(
        x=[1] * len(heads), base=[value - 0.5 for value in heads], y=[tall / 2] * len(heads), width=tall,
        orientation="h", text=[theme.join_lines(lines) for lines in heads.values()], textposition="inside",
        insidetextanchor="middle", textangle=0, constraintext="both", hoverinfo="skip",
        insidetextfont={"size": theme.TINY, "color": [theme.STANCE_INKS[value] for value in heads]},
        marker={"color": theme.PAPER, "opacity": 0},
    )  # fmt: skip
    figure.update_layout(uniformtext={"minsize": theme.TINY, "mode": "hide"}, bargap=0)


def _add_row(figure: go.Figure, row: dict[str, Any], frame: Frame, language: str) -> None:
    if row["camp"]:
        theme.write(
            figure, [theme.bold(theme.isolate(theme.escape(row["camp"]), language))], language=language,
            size=theme.BODY, colour=theme.ACCENT, at=row["camp_at"], side=frame.start,
        )  # fmt: skip
    theme.write(figure, row["name"], language=language, size=_NAME_SIZE, at=row["middle"], side=frame.start)
    actor = row["actor"]
    if actor.n_positions:
        side = -1 if theme.is_mirrored(language) else 1
        mean = theme.bold(theme.stance_text(actor.mean_stance, digits=1))
        figure.add_annotation(
            text=f"{mean} {theme.isolate(f'({actor.n_positions})', language)}",
            xref="paper", x=0 if side < 0 else 1, xshift=side * 4, xanchor=theme.start_side(language),
            y=row["middle"], yref="y", yanchor="middle", showarrow=False, borderpad=0, font={"size": theme.SMALL},
        )  # fmt: skip
    if actor.n_positions > 1:
        figure.add_shape(
            type="line", x0=int(actor.lowest_stance) - 0.4, x1=int(actor.highest_stance) + 0.4, y0=row["middle"],
            y1=row["middle"], line={"color": theme.HAIRLINE, "width": 5}, layer="below",
        )  # fmt: skip
    figure.add_shape(
        type="line", xref="paper", x0=0, x1=1, y0=row["bottom"], y1=row["bottom"],
        line={"color": theme.RULE, "width": 1}, layer="below",
    )  # fmt: skip


def _add_dots(figure: go.Figure, rows: Sequence[dict[str, Any]], points: pd.DataFrame, language: str) -> None:
    """Draw one trace a step, so that colours and hover boxes are shared; more than fit become one numbered dot."""
    facts = points.set_index("statement_id")
    for step, colour in theme.STANCE_COLOURS.items():
        marks: dict[str, list[Any]] = {k: [] for k in ("x", "y", "hover", "fill", "id")}
        for row in rows:
            ids = row["cells"].get(step, [])
            for (across, down), statement_id in zip(_offsets(min(len(ids), _MOST_DOTS)), ids, strict=False):
                fact = facts.loc[statement_id]
                is_forecast = bool(fact["is_forecast"])
                note = _WORDS["forecast"][language] if is_forecast else ""
                marks["x"].append(step + across)
                marks["y"].append(row["middle"] + down)
                marks["hover"].append(theme.hover(fact["quote"], fact["about"], note, language=language))
                marks["fill"].append(theme.PAPER if is_forecast else colour)
                marks["id"].append(statement_id)
            if len(ids) > _MOST_DOTS:
                _add_surplus(figure, step, row, len(ids) - _MOST_DOTS, colour)
        figure.add_scatter(
            x=marks["x"], y=marks["y"], mode="markers", hovertext=marks["hover"], hoverinfo="text",
            customdata=marks["id"], cliponaxis=False,
            marker={"size": _DOT, "color": marks["fill"], "line": {"color": colour, "width": 1.6}, "opacity": 1},
        )  # fmt: skip


def _add_surplus(figure: go.Figure, step: int, row: dict[str, Any], number: int, colour: str) -> None:
    figure.add_annotation(
        text=f"+{number}", x=step, y=row["bottom"] - 6, showarrow=False, font={"size": theme.TINY, "color": colour}
    )


def _add_means(figure: go.Figure, rows: Sequence[dict[str, Any]]) -> None:
    """Draw the bars at the means; one statement alone has no spread and gets none."""
    for row in rows:
        if row["actor"].n_positions < 2:
            continue
        mean = float(row["actor"].mean_stance)
        for width, colour, reach in ((5, theme.PAPER, 0), (2.4, theme.INK, 1)):
            figure.add_shape(
                type="line", x0=mean, x1=mean, y0=row["top"] + 3 + reach, y1=row["bottom"] - 3 - reach,
                line={"color": colour, "width": width}, layer="below",
            )  # fmt: skip
