"""How positions moved: one panel a camp, statements by date of publication, stretches without articles as gaps."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any, cast

import pandas as pd
import plotly.graph_objects as go

from mawaqif.charts import theme
from mawaqif.charts.calendar_axis import Block, CalendarAxis, describe_days, make_calendar_axis
from mawaqif.charts.theme import ChartWords, Frame
from mawaqif.vocabulary import ScalePoint

_STEP, _PANEL_HEAD, _PANEL_GAP = 20, 24, 10
_SMALLEST, _LARGEST, _PAIRED = 12, 18, 11
_APART = 5.5
_MANY_MONTHS = 36

_WORDS = {
    "gap": {"en": "no articles", "ar": "لا مقالات"},
    "undated": {
        "en": "Not drawn, for the date of publication is unknown: {n}.",
        "ar": "لم يُرسم ما لا يُعرف تاريخ نشره: {n}.",
    },
    "nothing": {"en": "No dated statement takes a position.", "ar": "لا يوجد تصريح مؤرخ يتخذ موقفاً."},
    "forecast": {"en": "forecast", "ar": "توقع"},
    "published": {"en": "published", "ar": "نُشر"},
}


def draw_over_time(
    points: pd.DataFrame,
    *,
    scale: Sequence[ScalePoint],
    camps: Mapping[str, str],
    words: ChartWords,
    language: str,
) -> go.Figure:
    """Return the chart of positions by date of publication.

    A dot holds the statements of one camp, step and date; its number says how many there are. A document whose date is
    known only as a range is a bar over that range. Hollow dots are forecasts.

    Args:
        points: One row a statement with a stance: `statement_id, camp, stance, is_forecast, first, last` (inclusive ISO
            days of publication, null where unknown), `quote, about`.
        scale: The issue's steps, -2 to 2.
        camps: Names by id, in the order of drawing.
        words: The sentences around the chart.
        language: `en` or `ar`.
    """
    dated = points[points["first"].notna() & points["last"].notna()]
    spans = [(_day(f), _day(e)) for f, e in zip(dated["first"], dated["last"], strict=True)]
    days = sorted({day for span in spans for day in span})
    months = {(d.year, d.month) for d in days}
    unit = "year" if len(months) > _MANY_MONTHS else "month"
    axis = make_calendar_axis(days, unit=unit, language=language, busy_from=1, merge_from=1)
    names = theme.complete_camps(camps, dated["camp"])
    panels = [camp for camp in names if camp in set(dated["camp"])]
    tops = {c: n * (_PANEL_HEAD + 5 * _STEP + _PANEL_GAP) for n, c in enumerate(panels)}
    notes = _undated_note(len(points) - len(dated), language)
    frame = Frame(
        body=max(60, len(panels) * (_PANEL_HEAD + 5 * _STEP + _PANEL_GAP)),
        head=18 * len(scale) + 8,
        foot=40 + 18 * len(notes),
        start=34,
        end=14,
    )
    figure = theme.make_figure(words, frame, language=language, statement_ids=list(dated["statement_id"]))
    theme.add_scale_key(figure, scale, language=language, up=8, side=frame.start)
    figure.update_xaxes(range=theme.horizontal_range(0, axis.width, language))
    for camp in panels:
        _add_panel(figure, names[camp], tops[camp], language)
    _add_calendar(figure, axis, frame, language)
    for camp in panels:
        _add_points(figure, dated[dated["camp"] == camp], tops[camp], axis, language)
    if not panels:
        theme.write(figure, [theme.isolate(_WORDS["nothing"][language], language)], language=language, at=30)
    if notes:
        theme.write(figure, notes, language=language, size=theme.SMALL, down=40, side=frame.start)
    return figure


def _day(iso: str) -> date:
    return date.fromisoformat(iso)


def _undated_note(number: int, language: str) -> list[str]:
    return theme.wrap(_WORDS["undated"][language].format(n=number), 62, language=language) if number else []


def _height(top: int, stance: int) -> float:
    return top + _PANEL_HEAD + (2 - stance + 0.5) * _STEP


def _add_panel(figure: go.Figure, name: str, top: int, language: str) -> None:
    title = theme.bold(theme.isolate(theme.escape(name), language))
    theme.write(figure, [title], language=language, colour=theme.ACCENT, at=top + 11, side=34)
    for stance in theme.STANCE_COLOURS:
        at = _height(top, stance)
        figure.add_shape(
            type="line", xref="paper", x0=0, x1=1, y0=at, y1=at, layer="below",
            line={"color": theme.HAIRLINE if stance == 0 else theme.RULE, "width": 1},
        )  # fmt: skip
        theme.write(
            figure,
            [theme.stance_text(stance)],
            language=language,
            size=theme.TINY,
            colour=theme.STANCE_INKS[stance],
            at=int(at),
            side=26,
        )


def _add_calendar(figure: go.Figure, axis: CalendarAxis, frame: Frame, language: str) -> None:
    """Write the months under the plot and shade the gaps, each with what it leaves out."""
    for block in axis.blocks:
        if block.is_gap:
            _add_gap(figure, block, frame, language)
            continue
        lines = [theme.isolate(part, language) for part in block.first.split(" ")]
        figure.add_annotation(
            text=theme.join_lines(lines), x=(block.left + block.right) / 2, xref="x", y=0, yref="paper", yshift=-4,
            yanchor="top", showarrow=False, borderpad=0, font={"size": theme.TINY, "color": theme.MUTED},
        )  # fmt: skip
        for edge in (block.left, block.right):
            figure.add_shape(
                type="line", x0=edge, x1=edge, y0=0, y1=frame.body, layer="below",
                line={"color": theme.RULE, "width": 1},
            )  # fmt: skip


def _add_gap(figure: go.Figure, block: Block, frame: Frame, language: str) -> None:
    figure.add_shape(
        type="rect", x0=block.left, x1=block.right, y0=0, y1=frame.body, fillcolor=theme.SHADE, line_width=0,
        layer="below",
    )  # fmt: skip
    label = f"{describe_days(block.start, block.end, language=language)}: {_WORDS['gap'][language]}"
    figure.add_annotation(
        text=theme.isolate(label, language), x=(block.left + block.right) / 2, y=frame.body / 2, textangle=-90,
        showarrow=False, font={"size": theme.TINY, "color": theme.MUTED},
    )  # fmt: skip


def _add_points(figure: go.Figure, statements: pd.DataFrame, top: int, axis: CalendarAxis, language: str) -> None:
    marks: dict[str, list[Any]] = {k: [] for k in ("x", "y", "text", "size", "fill", "edge", "ink", "hover", "ids")}
    for key, group in statements.groupby(["first", "last", "stance", "is_forecast"]):
        first, last, stance, is_forecast = cast(tuple[str, str, int, bool], key)
        left, right = axis.position(_day(first)), axis.position(_day(last), end_of_day=True)
        # Positions and forecasts of one date and step stand over each other, so that neither hides the other.
        is_pair = _has_both(statements, first, last, stance)
        at = _height(top, int(stance)) + (_APART if is_forecast else -_APART) * int(is_pair)
        colour = theme.STANCE_COLOURS[int(stance)]
        if first != last:
            figure.add_shape(
                type="line",
                x0=left,
                x1=right,
                y0=at,
                y1=at,
                line={"color": colour, "width": 4},
                opacity=0.4,
                layer="below",
            )
        when = f"{_WORDS['published'][language]} {describe_days(_day(first), _day(last), language=language)}"
        kind = _WORDS["forecast"][language] if is_forecast else ""
        marks["x"].append((left + right) / 2)
        marks["y"].append(at)
        marks["text"].append(str(len(group)))
        marks["size"].append(_PAIRED if is_pair else min(_SMALLEST + len(group), _LARGEST))
        marks["fill"].append(theme.PAPER if is_forecast else colour)
        marks["edge"].append(colour)
        marks["ink"].append(colour if is_forecast else theme.PAPER)
        boxes = [theme.hover(q, a, language=language) for q, a in zip(group["quote"], group["about"], strict=True)]
        marks["hover"].append(theme.join_lines([*boxes[:3], *(["…"] if len(boxes) > 3 else []),
                                                theme.isolate(f"{when} {kind}".strip(), language)]))  # fmt: skip
        marks["ids"].append(group["statement_id"].iloc[0])
    figure.add_scatter(
        x=marks["x"], y=marks["y"], mode="markers+text", text=marks["text"], hovertext=marks["hover"],
        hoverinfo="text", customdata=marks["ids"], cliponaxis=False,
        textfont={"size": 10, "color": marks["ink"]}, textposition="middle center",
        marker={"size": marks["size"], "color": marks["fill"], "opacity": 1,
                "line": {"color": marks["edge"], "width": 1.5}},
    )  # fmt: skip


def _has_both(statements: pd.DataFrame, first: str, last: str, stance: int) -> bool:
    same = statements[(statements["first"] == first) & (statements["last"] == last) & (statements["stance"] == stance)]
    return bool(same["is_forecast"].nunique() > 1)
