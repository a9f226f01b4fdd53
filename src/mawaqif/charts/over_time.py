"""How positions moved: one panel a camp, statements by date of publication, stretches without articles as gaps."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, cast

import pandas as pd
import plotly.graph_objects as go

from mawaqif.charts import theme
from mawaqif.charts.calendar_axis import CalendarAxis, Unit, describe_days, make_calendar_axis
from mawaqif.charts.theme import ChartWords, Frame
from mawaqif.vocabulary import ScalePoint

_PANEL_HEAD, _PANEL_GAP = 24, 8
_LINE, _PAIR = 28, 42
"""Height in pixels of a row whose dots stand alone, and of one in which positions and forecasts share a date."""
_DOT, _PER_DIGIT, _APART = 18, 6, 10
_LABEL_CHARACTERS, _LABEL_LINE = {"en": 20, "ar": 24}, 15
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

    Each camp has a row for each step on which it was quoted, named at the row's start. A dot holds the statements of
    one step and date; its number says how many. A document whose date is known only as a range is a bar over that
    range. Hollow dots are forecasts.

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
    unit: Unit = "year" if len(months) > _MANY_MONTHS else "month"
    axis = make_calendar_axis(days, unit=unit, language=language, busy_from=1, merge_from=1)
    names = theme.complete_camps(camps, dated["camp"])
    panels = [camp for camp in names if camp in set(dated["camp"])]
    labels = {p.value: _label(p, language) for p in scale}
    rows, heads, height = _lay_out(dated, panels, labels)
    gaps = _describe_gaps(axis, language)
    is_roomy = height >= theme.estimate_width(gaps.values(), theme.TINY, language=language)
    notes = _notes([] if is_roomy else list(gaps.values()), len(points) - len(dated), language)
    frame = Frame(
        body=max(60, height),
        foot=40 + 18 * len(notes),
        start=12 + max((theme.estimate_width(v, theme.TINY, language=language) for v in labels.values()), default=60),
        end=16,
    )
    figure = theme.make_figure(words, frame, language=language, statement_ids=list(dated["statement_id"]))
    figure.update_xaxes(range=theme.horizontal_range(0, axis.width, language))
    _add_calendar(figure, axis, frame, language)
    _add_gap_labels(figure, gaps if is_roomy else {}, frame, language)
    for camp, top in heads.items():
        title = theme.bold(theme.isolate(theme.escape(names[camp]), language))
        theme.write(figure, [title], language=language, colour=theme.ACCENT, at=top + 13, side=frame.start)
    for row in rows:
        _add_row(figure, row, labels[row.stance], frame, language)
        _add_points(figure, row, axis, language)
    if not panels:
        theme.write(figure, [theme.isolate(_WORDS["nothing"][language], language)], language=language, at=30)
    if notes:
        theme.write(figure, notes, language=language, size=theme.SMALL, down=40, side=frame.start)
    return figure


@dataclass(frozen=True, slots=True)
class _Row:
    """The dated statements of one camp on one step; `middle` is in pixels."""

    stance: int
    statements: pd.DataFrame
    middle: int


def _lay_out(
    dated: pd.DataFrame, panels: Sequence[str], labels: Mapping[int, Sequence[str]]
) -> tuple[list[_Row], dict[str, int], int]:
    """Return the rows, the top of each camp and the height of all."""
    rows: list[_Row] = []
    heads: dict[str, int] = {}
    at = 0
    for camp in panels:
        heads[camp] = at
        at += _PANEL_HEAD
        own = dated[dated["camp"] == camp]
        for stance in sorted({int(s) for s in own["stance"]}, reverse=True):
            statements = own[own["stance"] == stance]
            least = _PAIR if _pairs(statements) else _LINE
            tall = max(least, _LABEL_LINE * len(labels[stance]) + 6)
            rows.append(_Row(stance, statements, at + tall // 2))
            at += tall
        at += _PANEL_GAP
    return rows, heads, at


def _pairs(statements: pd.DataFrame) -> set[tuple[str, str]]:
    """Return the dates on which a row has positions as well as forecasts."""
    kinds = statements.groupby(["first", "last"])["is_forecast"].nunique()
    return {cast(tuple[str, str], key) for key, number in kinds.items() if number > 1}


def _label(point: ScalePoint, language: str) -> list[str]:
    """Return a step's value and name as finished lines."""
    words = theme.split_words(point.label.in_language(language))
    first, *rest = theme.wrap(" ".join(words), _LABEL_CHARACTERS[language], language=language, most=3)
    inside = first.strip(theme.RLI + theme.LRI + theme.PDI)
    return [theme.isolate(f"{theme.stance_text(point.value)} {inside}", language), *rest]


def _day(iso: str) -> date:
    return date.fromisoformat(iso)


def _describe_gaps(axis: CalendarAxis, language: str) -> dict[float, str]:
    """Return what each stretch without articles is, by its middle on the axis."""
    return {
        (block.left + block.right) / 2: f"{describe_days(block.start, block.end, language=language)}: "
        + _WORDS["gap"][language]
        for block in axis.blocks
        if block.is_gap
    }


def _notes(gaps: Sequence[str], undated: int, language: str) -> list[str]:
    texts = [*gaps, *([_WORDS["undated"][language].format(n=undated)] if undated else [])]
    return [line for text in texts for line in theme.wrap(text, 62, language=language)]


def _add_row(figure: go.Figure, row: _Row, label: Sequence[str], frame: Frame, language: str) -> None:
    figure.add_shape(
        type="line", xref="paper", x0=0, x1=1, y0=row.middle, y1=row.middle, layer="below",
        line={"color": theme.HAIRLINE, "width": 1},
    )  # fmt: skip
    ink = theme.STANCE_INKS[row.stance]
    theme.write(figure, label, language=language, size=theme.TINY, colour=ink, at=row.middle, side=frame.start)


def _add_calendar(figure: go.Figure, axis: CalendarAxis, frame: Frame, language: str) -> None:
    """Write the months under the plot and shade the stretches without articles."""
    for block in axis.blocks:
        if block.is_gap:
            figure.add_shape(
                type="rect", x0=block.left, x1=block.right, y0=0, y1=frame.body, fillcolor=theme.SHADE, line_width=0,
                layer="below",
            )  # fmt: skip
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


def _add_gap_labels(figure: go.Figure, gaps: Mapping[float, str], frame: Frame, language: str) -> None:
    for middle, label in gaps.items():
        figure.add_annotation(
            text=theme.isolate(label, language), x=middle, y=frame.body / 2, textangle=-90, showarrow=False,
            font={"size": theme.TINY, "color": theme.MUTED},
        )  # fmt: skip


def _add_points(figure: go.Figure, row: _Row, axis: CalendarAxis, language: str) -> None:
    marks: dict[str, list[Any]] = {k: [] for k in ("x", "y", "text", "size", "fill", "ink", "hover", "ids")}
    colour, pairs = theme.STANCE_COLOURS[row.stance], _pairs(row.statements)
    for key, group in row.statements.groupby(["first", "last", "is_forecast"]):
        first, last, is_forecast = cast(tuple[str, str, bool], key)
        left, right = axis.position(_day(first)), axis.position(_day(last), end_of_day=True)
        # Positions and forecasts of one date stand over each other, so that neither hides the other.
        at = row.middle + (_APART if is_forecast else -_APART) * int((first, last) in pairs)
        if first != last:
            figure.add_shape(
                type="line", x0=left, x1=right, y0=at, y1=at, layer="below", opacity=0.4,
                line={"color": colour, "width": 4},
            )  # fmt: skip
        marks["x"].append((left + right) / 2)
        marks["y"].append(at)
        marks["text"].append(str(len(group)))
        marks["size"].append(_DOT + _PER_DIGIT * (len(str(len(group))) - 1))
        marks["fill"].append(theme.PAPER if is_forecast else colour)
        marks["ink"].append(theme.STANCE_INKS[row.stance] if is_forecast else theme.PAPER)
        marks["hover"].append(_hover(group, first, last, is_forecast, language))
        marks["ids"].append(group["statement_id"].iloc[0])
    figure.add_scatter(
        x=marks["x"], y=marks["y"], mode="markers+text", text=marks["text"], hovertext=marks["hover"],
        hoverinfo="text", customdata=marks["ids"], cliponaxis=False,
        textfont={"size": theme.TINY, "color": marks["ink"]}, textposition="middle center",
        marker={"size": marks["size"], "color": marks["fill"], "opacity": 1, "line": {"color": colour, "width": 1.5}},
    )  # fmt: skip


def _hover(group: pd.DataFrame, first: str, last: str, is_forecast: bool, language: str) -> str:
    """Return the box of a dot: its first passages, then when they were published."""
    when = f"{_WORDS['published'][language]} {describe_days(_day(first), _day(last), language=language)}"
    kind = _WORDS["forecast"][language] if is_forecast else ""
    boxes = [theme.hover(q, a, language=language) for q, a in zip(group["quote"], group["about"], strict=True)]
    more = ["…"] if len(boxes) > 3 else []
    return theme.join_lines([*boxes[:3], *more, theme.isolate(f"{when} {kind}".strip(), language)])
