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
from mawaqif.charts.canvas import Canvas
from mawaqif.charts.theme import ChartWords, Frame, Page
from mawaqif.vocabulary import ScalePoint

_PANEL_HEAD, _PANEL_GAP = 24, 8
_LANE, _ROW_EDGE = 20, 8
"""Pixels: a line of dots, and what a row has besides."""
_DOT, _PER_DIGIT, _BETWEEN = 18, 6, 2
_LABEL_ROOM, _LABEL_LINE = 128, 15
_GAP_NAME = 20
"""Pixels that the name of a gap takes from side to side as it stands upright."""
_CALENDAR = 36
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


@dataclass(frozen=True, slots=True)
class _Mark:
    """The statements of one camp and step that one article, or articles of one date, printed; places in axis units."""

    statements: pd.DataFrame
    first: str
    last: str
    is_forecast: bool
    left: float
    right: float
    lane: int

    @property
    def middle(self) -> float:
        return (self.left + self.right) / 2


@dataclass(frozen=True, slots=True)
class _Row:
    """The dated statements of one camp on one step; distances in pixels, `dots_at` is the first lane's middle."""

    stance: int
    marks: tuple[_Mark, ...]
    label_at: float
    dots_at: float
    bottom: int


@dataclass(frozen=True, slots=True)
class _Plan:
    """What the layout of one width needs to know: pixels for an axis unit, and the lines of the labels."""

    page: Page
    start: int
    end: int
    unit: float
    labels: Mapping[int, list[str]]


def draw_over_time(
    points: pd.DataFrame,
    *,
    scale: Sequence[ScalePoint],
    camps: Mapping[str, str],
    words: ChartWords,
    language: str,
) -> go.Figure:
    """Return the chart of positions by date of publication.

    Each camp has a row for each step on which it was quoted, named at the row's start or, on a narrow page, over it. A
    dot holds the statements of one step and date; its number says how many. A document whose date is known only as a
    range is a bar over that range. Hollow dots are forecasts. What would touch stands in lanes one under the other.

    Args:
        points: One row a statement with a stance: `statement_id, camp, stance, is_forecast, first, last` (inclusive ISO
            days of publication, null where unknown), `quote, about`.
        scale: The issue's steps, -2 to 2.
        camps: Names by id, in the order of drawing.
        words: The sentences around the chart.
        language: `en` or `ar`.
    """
    dated = points[points["first"].notna() & points["last"].notna()]
    spans = [(date.fromisoformat(f), date.fromisoformat(e)) for f, e in zip(dated["first"], dated["last"], strict=True)]
    days = sorted({day for span in spans for day in span})
    months = {(d.year, d.month) for d in days}
    unit: Unit = "year" if len(months) > _MANY_MONTHS else "month"
    axis = make_calendar_axis(days, unit=unit, language=language, busy_from=1, merge_from=1)

    def draw(page: Page) -> Canvas:
        return _draw(dated, len(points) - len(dated), axis, scale, camps, words, language, page)

    return theme.lay_out_for_every_width(draw)


def _draw(
    dated: pd.DataFrame,
    undated: int,
    axis: CalendarAxis,
    scale: Sequence[ScalePoint],
    camps: Mapping[str, str],
    words: ChartWords,
    language: str,
    page: Page,
) -> Canvas:
    names = theme.complete_camps(camps, dated["camp"])
    plan = _plan(scale, axis, language, page)
    rows, heads, height = _lay_out(dated, [camp for camp in names if camp in set(dated["camp"])], axis, plan)
    gaps = _describe_gaps(axis, language)
    inside = _find_roomy(gaps, rows, height, plan)
    notes = _notes([gap for middle, gap in gaps.items() if middle not in inside], undated, language, page)
    frame = Frame(
        body=max(60, height),
        head=_CALENDAR,
        foot=_CALENDAR + 4 + theme.NOTE_LINE * len(notes),
        start=plan.start,
        end=plan.end,
    )
    figure = theme.make_figure(words, frame, language=language, statement_ids=list(dated["statement_id"]))
    figure.update_axis("xaxis", range=theme.horizontal_range(0, axis.width, language))
    _add_calendar(figure, axis, frame, plan, language)
    _add_gap_labels(figure, inside, frame, language)
    for camp, top in heads.items():
        title = theme.bold(theme.isolate(theme.escape(names[camp]), language))
        theme.write(figure, [title], language=language, colour=theme.ACCENT, at=top + 13, side=frame.start)
    for row in rows:
        _add_row(figure, row, plan, frame, language)
        _add_points(figure, row, language)
    if not rows:
        theme.write(figure, [theme.isolate(_WORDS["nothing"][language], language)], language=language, at=30)
    theme.write_notes(figure, notes, language=language, down=_CALENDAR + 4, side=frame.start)
    return figure


# --- layout ----------------------------------------------------------------------------------------------------------


def _plan(scale: Sequence[ScalePoint], axis: CalendarAxis, language: str, page: Page) -> _Plan:
    room = page.width - 24 if page.is_narrow else _LABEL_ROOM
    labels = {p.value: _label(p, room, language) for p in scale}
    start = 14 if page.is_narrow else _LABEL_ROOM + 14
    return _Plan(page, start, 14, (page.width - start - 14) / axis.width, labels)


def _label(point: ScalePoint, room: float, language: str) -> list[str]:
    """Return a step's value and name as finished lines."""
    text = f"{theme.stance_text(point.value).strip(theme.LRI + theme.PDI)} {point.label.in_language(language)}"
    first, *rest = theme.fit(text, room, size=theme.TINY, language=language)
    # The sign keeps its side of the digit: what isolated it was taken out with the other unseen characters.
    bare = first.strip(theme.RLI + theme.LRI + theme.PDI).partition(" ")[2]
    return [theme.isolate(f"{theme.stance_text(point.value)} {bare}", language), *rest]


def _lay_out(
    dated: pd.DataFrame, panels: Sequence[str], axis: CalendarAxis, plan: _Plan
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
            rows.append(_make_row(stance, own[own["stance"] == stance], axis, plan, at))
            at = rows[-1].bottom
        at += _PANEL_GAP
    return rows, heads, at


def _make_row(stance: int, statements: pd.DataFrame, axis: CalendarAxis, plan: _Plan, top: int) -> _Row:
    marks = _place(statements, axis, plan)
    label, lanes = _LABEL_LINE * len(plan.labels[stance]), _LANE * (1 + max(mark.lane for mark in marks))
    if plan.page.is_narrow:
        return _Row(stance, marks, top + label / 2, top + label + 3 + _LANE / 2, top + label + lanes + _ROW_EDGE)
    tall = max(label, lanes) + _ROW_EDGE
    return _Row(stance, marks, top + tall / 2, top + (tall - lanes) / 2 + _LANE / 2, top + tall)


def _place(statements: pd.DataFrame, axis: CalendarAxis, plan: _Plan) -> tuple[_Mark, ...]:
    """Give every mark the first lane on which it touches no other; positions come before forecasts."""
    marks: list[_Mark] = []
    groups = statements.groupby(["is_forecast", "first", "last"], sort=True)
    for key, group in groups:
        is_forecast, first, last = cast(tuple[bool, str, str], key)
        left, right = axis.position(date.fromisoformat(first)), axis.position(date.fromisoformat(last), end_of_day=True)
        mark = _Mark(group, first, last, bool(is_forecast), left, right, 0)
        taken = {other.lane for other in marks if _touch(mark, other, plan.unit)}
        lane = next(n for n in range(len(marks) + 1) if n not in taken)
        marks.append(_Mark(group, first, last, bool(is_forecast), left, right, lane))
    return tuple(marks)


def _touch(one: _Mark, other: _Mark, unit: float) -> bool:
    """Tell whether two marks of one lane would touch."""

    def reach(mark: _Mark) -> tuple[float, float]:
        half = _size(mark) / 2 + _BETWEEN
        middle = mark.middle * unit
        return min(mark.left * unit, middle - half), max(mark.right * unit, middle + half)

    (start, end), (other_start, other_end) = reach(one), reach(other)
    return start < other_end and other_start < end


def _size(mark: _Mark) -> int:
    return _DOT + _PER_DIGIT * (len(str(len(mark.statements))) - 1)


def _describe_gaps(axis: CalendarAxis, language: str) -> dict[float, str]:
    """Return what each stretch without articles is, by its middle on the axis."""
    return {
        (block.left + block.right) / 2: f"{describe_days(block.start, block.end, language=language)}: "
        + _WORDS["gap"][language]
        for block in axis.blocks
        if block.is_gap
    }


def _find_roomy(gaps: Mapping[float, str], rows: Sequence[_Row], height: int, plan: _Plan) -> dict[float, str]:
    """Return the gaps whose names have room inside them, upright, clear of the marks beside them."""
    if plan.page.is_narrow:  # there names stand over the shaded stretches
        return {}
    marks = [mark for row in rows for mark in row.marks]
    return {
        middle: gap
        for middle, gap in gaps.items()
        if height >= 20 + theme.estimate_width([gap], theme.TINY)
        and not any(mark.left <= middle <= mark.right for mark in marks)
        and all(abs(mark.middle - middle) * plan.unit > (_size(mark) + _GAP_NAME) / 2 for mark in marks)
    }


def _notes(gaps: Sequence[str], undated: int, language: str, page: Page) -> list[tuple[str, str]]:
    texts = [*gaps, *([_WORDS["undated"][language].format(n=undated)] if undated else [])]
    return theme.fit_notes(texts, page.width - 28, language=language)


# --- marks -----------------------------------------------------------------------------------------------------------


def _add_row(figure: Canvas, row: _Row, plan: _Plan, frame: Frame, language: str) -> None:
    for lane in range(1 + max(mark.lane for mark in row.marks)):
        theme.draw_rule(figure, row.dots_at + lane * _LANE, colour=theme.HAIRLINE)
    ink, label = theme.STANCE_INKS[row.stance], plan.labels[row.stance]
    theme.write(figure, label, language=language, size=theme.TINY, colour=ink, at=row.label_at, side=frame.start)


def _add_calendar(figure: Canvas, axis: CalendarAxis, frame: Frame, plan: _Plan, language: str) -> None:
    """Write the months over and under the plot, as many as have room, and shade the stretches without articles."""
    written = -10.0
    for block in axis.blocks:
        if block.is_gap:
            figure.add_shape(
                type="rect", x0=block.left, x1=block.right, y0=0, y1=frame.body, fillcolor=theme.SHADE, line_width=0,
                layer="below",
            )  # fmt: skip
            continue
        for edge in (block.left, block.right):
            figure.add_shape(
                type="line", x0=edge, x1=edge, y0=0, y1=frame.body, layer="below",
                line={"color": theme.RULE, "width": 1},
            )  # fmt: skip
        lines = [theme.isolate(part, language) for part in block.first.split(" ")]
        half, middle = theme.estimate_width(lines, theme.TINY) / 2 + 3, (block.left + block.right) / 2
        if middle * plan.unit - half < written:
            continue
        written = middle * plan.unit + half
        theme.write_over_and_under(figure, theme.join_lines(lines), at=middle)


def _add_gap_labels(figure: Canvas, gaps: Mapping[float, str], frame: Frame, language: str) -> None:
    for middle, label in gaps.items():
        figure.add_annotation(
            text=theme.isolate(label, language), x=middle, y=frame.body / 2, textangle=-90, showarrow=False,
            font={"size": theme.TINY, "color": theme.MUTED},
        )  # fmt: skip


def _add_points(figure: Canvas, row: _Row, language: str) -> None:
    columns: dict[str, list[Any]] = {k: [] for k in ("x", "y", "text", "size", "fill", "ink", "hover", "ids")}
    colour = theme.STANCE_COLOURS[row.stance]
    for mark in row.marks:
        at = row.dots_at + mark.lane * _LANE
        if mark.first != mark.last:
            figure.add_shape(
                type="line", x0=mark.left, x1=mark.right, y0=at, y1=at, layer="below", opacity=0.4,
                line={"color": colour, "width": 4},
            )  # fmt: skip
        columns["x"].append(mark.middle)
        columns["y"].append(at)
        columns["text"].append(str(len(mark.statements)))
        columns["size"].append(_size(mark))
        columns["fill"].append(theme.PAPER if mark.is_forecast else colour)
        ink = theme.STANCE_INKS[row.stance] if mark.is_forecast else theme.ON_STANCE[row.stance]
        columns["ink"].append(ink)
        columns["hover"].append(_hover(mark, language))
        columns["ids"].append(mark.statements["statement_id"].iloc[0])
    figure.add_scatter(
        x=columns["x"], y=columns["y"], mode="markers+text", text=columns["text"], hovertext=columns["hover"],
        hoverinfo="text", customdata=columns["ids"], cliponaxis=False,
        textfont={"size": theme.TINY, "color": columns["ink"]}, textposition="middle center",
        marker={
            "size": columns["size"], "color": columns["fill"], "opacity": 1, "line": {"color": colour, "width": 1.5},
        },
    )  # fmt: skip


def _hover(mark: _Mark, language: str) -> str:
    """Return the box of a dot: its first passages, then when they were published."""
    days = describe_days(date.fromisoformat(mark.first), date.fromisoformat(mark.last), language=language)
    kind = _WORDS["forecast"][language] if mark.is_forecast else ""
    told = zip(mark.statements["quote"], mark.statements["about"], strict=True)
    boxes = [theme.hover(quote, *about.split("\n"), language=language) for quote, about in told]
    more = ["…"] if len(boxes) > 3 else []
    when = theme.isolate(f"{_WORDS['published'][language]} {days} {kind}".strip(), language)
    return theme.join_lines([*boxes[:3], *more, when])
