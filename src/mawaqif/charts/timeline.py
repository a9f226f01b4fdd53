"""What happened, what is planned and what is only thought of: one row an event, uncertain dates as spans."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

import pandas as pd
import plotly.graph_objects as go

from mawaqif.charts import theme
from mawaqif.charts.calendar_axis import Block, CalendarAxis, describe_days, make_calendar_axis
from mawaqif.charts.theme import ChartWords, Frame
from mawaqif.schemas import iterate_rows

_ROW, _LABEL_AT, _BAR_AT, _SECTION = 26, 7, 21, 30
"""Pixels: a row, the middle of its words and its bar, both from its top, and the head of a section."""
_LABEL_CHARACTERS = {"en": 56, "ar": 64}
"""What one line of a chart of 340 pixels holds, date included."""
_MOST_EVENTS = 30
"""What fits a page of A4 with letters of seven points; the table under the chart has them all."""
_OPEN_LENGTH = 0.5
"""How far, in axis units, a span with an open end is drawn before its arrow head."""

_WORDS = {
    "past": {"en": "Happened", "ar": "ما حدث"},
    "planned": {"en": "Planned when written", "ar": "ما كان مقرراً وقت النشر"},
    "hypothetical": {"en": "Possible: forecast or demanded", "ar": "محتمل: متوقَّع أو مطلوب"},
    "undated": {"en": "Without a date, so not drawn: {n}.", "ar": "بلا تاريخ، فلم تُرسم: {n}."},
    "left_out": {
        "en": "Drawn: the {most} most spoken of; {n} more are in the table.",
        "ar": "رُسم أكثرها وروداً في التصريحات ({most})، وفي الجدول غيرها ({n}).",
    },
    "nothing": {"en": "No dated event was found.", "ar": "لم يُعثر على حدث مؤرخ."},
}


@dataclass(frozen=True, slots=True)
class _Row:
    """An event with its place: `left` and `right` in axis units, `top` in pixels; `opens` says which end is open."""

    event: Any
    line: str
    when: str
    left: float
    right: float
    opens: str
    top: int

    @property
    def bar_at(self) -> int:
        return self.top + _BAR_AT


def draw_timeline(
    events: pd.DataFrame,
    *,
    sources: Mapping[str, str],
    words: ChartWords,
    language: str,
    on_issue: Collection[str] = (),
) -> go.Figure:
    """Return the timeline: sections for past, planned and hypothetical events, each in order of time.

    Every event has one row: its date and words at the start, and under them, on the common axis, the span of days on
    which it may fall. A day is a dot, an open end an arrow; what is hypothetical is dashed and hollow. Of more events
    than fit a page, those that matter most to the issue are drawn and the others counted.

    Args:
        events: `out_timeline`; labels are article text, so untrusted.
        sources: What the hover box says of a document, by `doc_id`.
        words: The sentences around the chart.
        language: `en` or `ar`.
        on_issue: Ids of the statements on the report's issue.
    """
    dated = events[events["first"].notna() | events["last"].notna()]
    drawn = _choose(dated, frozenset(on_issue))
    days = [_day(iso) for column in ("first", "last") for iso in drawn[column].dropna()]
    axis = make_calendar_axis(days, unit="year", language=language)
    rows, sections, height = _lay_out(drawn, axis, language)
    notes = _notes(len(events) - len(dated), len(dated) - len(drawn), language)
    frame = Frame(body=max(60, height), head=24, foot=24 + 18 * len(notes), start=10, end=12)
    ids = sorted({i for row in rows for i in row.event.statement_ids})
    figure = theme.make_figure(words, frame, language=language, statement_ids=ids)
    figure.update_xaxes(range=theme.horizontal_range(0, axis.width + 0.25, language))
    _add_calendar(figure, axis, frame)
    for status, top in sections.items():
        title = theme.bold(theme.isolate(_WORDS[status][language], language))
        theme.write(figure, [title], language=language, colour=theme.STATUS_COLOURS[status], at=top + 16)
    for row in rows:
        _add_row(figure, row, language)
    _add_marks(figure, rows, sources, language)
    if not rows:
        theme.write(figure, [theme.isolate(_WORDS["nothing"][language], language)], language=language, at=30)
    if notes:
        theme.write(figure, notes, language=language, size=theme.SMALL, down=24, side=frame.start)
    return figure


def _day(iso: str) -> date:
    return date.fromisoformat(iso)


def _choose(dated: pd.DataFrame, on_issue: frozenset[str]) -> pd.DataFrame:
    """Keep, in the order of the table, what matters most.

    First what is said on the issue, then what more statements speak of, then what is still to come, then the latest.
    """
    ranks = pd.DataFrame(
        {
            "is_off_issue": [on_issue.isdisjoint(ids) for ids in dated["statement_ids"]],
            "weight": [-len(ids) for ids in dated["statement_ids"]],
            "is_past": dated["status"].eq("past").to_numpy(),
            "place": range(0, -len(dated), -1),
        },
        index=dated.index,
    )
    return dated.loc[sorted(ranks.sort_values(list(ranks.columns)).index[:_MOST_EVENTS])]


def _notes(undated: int, left_out: int, language: str) -> list[str]:
    texts = [_WORDS["undated"][language].format(n=undated)] if undated else []
    texts += [_WORDS["left_out"][language].format(n=left_out, most=_MOST_EVENTS)] if left_out else []
    return [line for text in texts for line in theme.wrap(text, 62, language=language)]


def _lay_out(events: pd.DataFrame, axis: CalendarAxis, language: str) -> tuple[list[_Row], dict[str, int], int]:
    rows: list[_Row] = []
    sections: dict[str, int] = {}
    at = 0
    for status in theme.STATUS_COLOURS:
        chosen = events[events["status"] == status]
        if chosen.empty:
            continue
        sections[status] = at
        at += _SECTION
        for event in iterate_rows(chosen):
            rows.append(_make_row(event, axis, at, language))
            at += _ROW
        at += 6
    return rows, sections, at


def _make_row(event: Any, axis: CalendarAxis, top: int, language: str) -> _Row:
    first = _day(event.first) if isinstance(event.first, str) else None
    last = _day(event.last) if isinstance(event.last, str) else None
    left = axis.position(first) if first else max(axis.position(last, end_of_day=True) - _OPEN_LENGTH, 0.0)  # type: ignore[arg-type]
    right = axis.position(last, end_of_day=True) if last else min(left + _OPEN_LENGTH, axis.width + 0.15)
    when = describe_days(first, last, language=language)
    return _Row(event, _label(event, when, language), when, left, right, _open_side(first, last), top)


def _open_side(first: date | None, last: date | None) -> str:
    return "backwards" if first is None else "forwards" if last is None else ""


def _label(event: Any, when: str, language: str) -> str:
    """Return date and words in one line; an event without English words keeps its own, isolated."""
    is_translated = language == "en" and isinstance(event.label_en, str)
    words = event.label_en if is_translated else event.label_ar
    spoken = "en" if is_translated else "ar"
    room = _LABEL_CHARACTERS[spoken] - len(when) - 2
    shown = theme.wrap(_clip(words, room), 10_000, language=spoken)[0]
    colour = theme.STATUS_COLOURS[event.status]
    date_text = f'<span style="color:{colour}">{theme.isolate(when, language)}</span>'
    return _in_order(date_text, shown, language)


def _in_order(date_text: str, shown: str, language: str) -> str:
    """Put the date where reading starts: tspans are laid out from left to right in either language."""
    return f"{shown}&nbsp; {date_text}" if theme.is_mirrored(language) else f"{date_text} &nbsp;{shown}"


def _clip(text: str, room: int) -> str:
    """Cut a text after the last whole word that fits."""
    words = text.split()
    shown = ""
    for word in words:
        if len(shown) + 1 + len(word) > room:
            return f"{shown or word[:room]} …"
        shown = f"{shown} {word}".strip()
    return shown


# --- marks -----------------------------------------------------------------------------------------------------------


def _add_calendar(figure: go.Figure, axis: CalendarAxis, frame: Frame) -> None:
    """Shade every second stretch over the whole height and name the years over and under the plot."""
    for number, block in enumerate(axis.blocks):
        if number % 2 == 0:
            figure.add_shape(
                type="rect", x0=block.left, x1=block.right, y0=0, y1=frame.body, line_width=0, layer="below",
                fillcolor=theme.SHADE,
            )  # fmt: skip
        label = _name_block(block, axis)
        for y, shift, anchor in ((1, 4, "bottom"), (0, -4, "top")):
            figure.add_annotation(
                text=label, x=(block.left + block.right) / 2, y=y, yref="paper", yshift=shift, yanchor=anchor,
                showarrow=False, borderpad=0, font={"size": theme.TINY, "color": theme.MUTED},
            )  # fmt: skip


def _name_block(block: Block, axis: CalendarAxis) -> str:
    """Return the block's years as fully as a chart of 340 pixels has room for."""
    room = 330 * (block.right - block.left) / (axis.width + 0.25)
    short = f"’{block.first[-2:]}"
    if block.first == block.last:
        name = block.first if room >= 28 else short if room >= 17 else ""
    else:
        name = f"{block.first}–{block.last}" if room >= 56 else f"{short}–’{block.last[-2:]}" if room >= 34 else "…"
    return f"{theme.LRI}{name}{theme.PDI}"


def _add_row(figure: go.Figure, row: _Row, language: str) -> None:
    colour = theme.STATUS_COLOURS[row.event.status]
    # A dashed line is a thought, not a plan: the status can be read without colour.
    dash = "2px,2px" if row.event.status == "hypothetical" else "solid"
    figure.add_shape(
        type="line", xref="paper", x0=0, x1=1, y0=row.top + _ROW, y1=row.top + _ROW, layer="below",
        line={"color": theme.RULE, "width": 1},
    )  # fmt: skip
    figure.add_shape(
        type="line", x0=row.left, x1=row.right, y0=row.bar_at, y1=row.bar_at, layer="below",
        line={"color": colour, "width": 3, "dash": dash},
    )  # fmt: skip
    theme.write(figure, [row.line], language=language, size=theme.SMALL, at=row.top + _LABEL_AT)


def _add_marks(figure: go.Figure, rows: list[_Row], sources: Mapping[str, str], language: str) -> None:
    """Put a mark at each end of the spans: dots, or arrow heads where an end is open, with the box that tells all."""
    arrows = ("triangle-left", "triangle-right")
    backwards, forwards = reversed(arrows) if theme.is_mirrored(language) else arrows
    for status, colour in theme.STATUS_COLOURS.items():
        marks: dict[str, list[Any]] = {k: [] for k in ("x", "y", "symbol", "hover", "ids")}
        for row in (r for r in rows if r.event.status == status):
            gloss = row.event.label_en if language == "en" and isinstance(row.event.label_en, str) else ""
            about = sources.get(row.event.doc_id, "")
            box = theme.hover(row.event.label_ar, gloss, row.when, about, language=language)
            symbols = (
                backwards if row.opens == "backwards" else "circle",
                forwards if row.opens == "forwards" else "circle",
            )
            marks["x"] += [row.left, row.right]
            marks["y"] += [row.bar_at, row.bar_at]
            marks["symbol"] += symbols
            marks["hover"] += [box, box]
            marks["ids"] += [next(iter(row.event.statement_ids), "")] * 2
        if marks["x"]:
            fill = theme.PAPER if status == "hypothetical" else colour
            figure.add_scatter(
                x=marks["x"], y=marks["y"], mode="markers", hovertext=marks["hover"], hoverinfo="text",
                customdata=marks["ids"], cliponaxis=False,
                marker={"size": 6, "symbol": marks["symbol"], "color": fill, "opacity": 1,
                        "line": {"color": colour, "width": 1.5}},
            )  # fmt: skip
