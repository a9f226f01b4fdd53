"""What happened, what is planned and what is only thought of: one row an event, uncertain dates as spans."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

import pandas as pd
import plotly.graph_objects as go

from mawaqif.aggregate.ahead import find_months_before
from mawaqif.aggregate.claims import parse_day
from mawaqif.charts import theme
from mawaqif.charts.calendar_axis import (
    Block,
    CalendarAxis,
    describe_days,
    describe_event_days,
    make_calendar_axis,
)
from mawaqif.charts.canvas import Canvas
from mawaqif.charts.theme import ChartWords, Frame, Page
from mawaqif.schemas import iterate_rows
from mawaqif.vocabulary import Milestone

_LINE, _SECTION = 16, 28
_LABEL_ROOM, _PRINTED_LABEL_ROOM = 236, 340
_END_ROOM = 44
"""Pixels beside the last day of the axis, for a year."""
_MOST_LINES = 3
_BAR, _BAR_ROW, _DOT = 6, 12, 8
_BESIDE = 9
"""Pixels between a bar and the date written beside it."""
_MOST_EVENTS = 30
"""What fits a page of A4 with letters of seven points; the table under the chart has them all."""
_OPEN_LENGTH = 0.5
"""How far, in axis units, a span with an open end is drawn before its arrow head."""
_SHORTEST = 12
"""Pixels that a span takes at least, so that it is never read as the dot of one day."""
_YEARS, _FLAG = 28, 24
"""Pixels over the plot: the names of the years, and a line of the milestones' numbers."""
_FLAG_COLOUR = theme.INK
_END = "line-ns"
"""A stroke across the bar: only a day is a dot."""
_UNREAL = ("hypothetical", "did_not_happen")
"""What is drawn thin and dashed: nobody says that it took place or will."""

STATUS_TITLES = {
    "past": {"en": "Happened", "ar": "ما وقع"},
    "planned": {"en": "Planned when written", "ar": "ما كان مقرراً وقت النشر"},
    "hypothetical": {"en": "Possible: forecast or demanded", "ar": "محتمل: متوقَّع أو مطلوب"},
    "did_not_happen": {"en": "Did not happen", "ar": "ما لم يقع"},
}
_WORDS = {
    "undated": {"en": "Without a date, so not drawn: {n}.", "ar": "بلا تاريخ، فلم تُرسم: {n}."},
    "left_out": {
        "en": "Drawn: the {most} most spoken of; {n} more are in the table.",
        "ar": "رُسم أكثرها وروداً في التصريحات ({most})، وفي الجدول غيرها ({n}).",
    },
    "milestones": {"en": "Agreed milestones", "ar": "المواعيد المتفق عليها"},
    "years": {
        "en": "Each year is as wide as its events need; … stands for a run of years.",
        "ar": "يتسع كل عام بقدر ما فيه من أحداث، وتختصر العلامة «…» أعواماً متتالية.",
    },
    "nothing": {"en": "No dated event was found.", "ar": "لم يُعثر على حدث مؤرخ."},
}


def describe_when(
    event: Any, *, published: Mapping[str, tuple[date, date]], language: str, has_escapes: bool = False
) -> str:
    """Return the days of an event of `out_timeline`; of one without a date, after which months it is to come.

    Args:
        event: A row.
        published: By document, the first and last day on which it can have appeared.
        language: `en` or `ar`.
        has_escapes: Whether the brackets are to be read as such in Markdown.
    """
    return describe_event_days(
        parse_day(event.first),
        parse_day(event.last),
        is_inferred=bool(event.is_inferred),
        language=language,
        has_escapes=has_escapes,
        after=find_months_before(event, published),
    )


@dataclass(frozen=True, slots=True)
class _Plan:
    """What the layout of one width needs to know; pixels, and `unit` pixels for an axis unit.

    `lines` are the milestones' places on the axis, in axis units; `published` is that of `draw_timeline`.
    """

    page: Page
    start: int
    end: int
    unit: float
    lines: tuple[float, ...]
    published: Mapping[str, tuple[date, date]]


@dataclass(frozen=True, slots=True)
class _Row:
    """An event with its place: `left` and `right` in axis units, the rest in pixels; `opens` says which end is open.

    `beside` tells on which side of the bar the date stands, `after` or `before` in the direction of time, or neither.
    """

    event: Any
    label: tuple[str, ...]
    when: str
    beside: str
    left: float
    right: float
    opens: str
    label_at: float
    bar_at: float
    bottom: float


def draw_timeline(
    events: pd.DataFrame,
    *,
    sources: Mapping[str, str],
    words: ChartWords,
    language: str,
    on_issue: Collection[str] = (),
    milestones: Sequence[Milestone] = (),
    published: Mapping[str, tuple[date, date]] | None = None,
) -> go.Figure:
    """Return the timeline: sections for past, planned and possible events and what did not happen, each in time order.

    Every event has one row with its words, its date and, on the common axis, the span of days on which it may fall. A
    day is a dot, an open end fades into an arrow; what is possible is dashed and hollow, what did not
    happen dashed between crosses. Words stand beside the
    axis or, on a narrow page, over the bar, so that no label meets another. Agreed milestones are numbered lines over
    all rows, named under the chart. Of more events than fit a page, those that matter most to the issue are drawn and
    the others counted.

    Args:
        events: `out_timeline`; labels are article text, so untrusted.
        sources: What the hover box says of a document, by `doc_id`.
        words: The sentences around the chart.
        language: `en` or `ar`.
        on_issue: Ids of the statements on the report's issue.
        milestones: The issue's agreed plans.
        published: By document, the first and last day on which it can have appeared.
    """
    dated = events[events["first"].notna() | events["last"].notna()]
    drawn = _choose(dated, frozenset(on_issue))
    days = [date.fromisoformat(iso) for column in ("first", "last") for iso in drawn[column].dropna()]
    agreed = [m for m in milestones if days]
    axis = make_calendar_axis([*days, *(m.last for m in agreed)], unit="year", language=language)
    counts = len(events) - len(dated), len(dated) - len(drawn)

    def draw(page: Page) -> Canvas:
        return _draw(drawn, axis, agreed, counts, sources, published or {}, words, language, page)

    return theme.lay_out_for_every_width(draw, is_tall=True)


def _draw(
    drawn: pd.DataFrame,
    axis: CalendarAxis,
    milestones: Sequence[Milestone],
    counts: tuple[int, int],
    sources: Mapping[str, str],
    published: Mapping[str, tuple[date, date]],
    words: ChartWords,
    language: str,
    page: Page,
) -> Canvas:
    start = 10 if page.is_narrow else 14 + (_PRINTED_LABEL_ROOM if page.width >= theme.PRINT.width else _LABEL_ROOM)
    end = 12 if page.is_narrow else _END_ROOM
    unit = (page.width - start - end) / (axis.width + 0.25)
    lines = tuple(_milestone_at(milestone, axis) for milestone in milestones)
    plan = _Plan(page, start, end, unit, lines, published)
    rows, sections, height = _lay_out(drawn, axis, plan, language)
    flags = _place_flags(plan)
    notes = _notes(milestones, counts, axis, language, page)
    flag_lines = 1 + max(flags.values()) if flags else 0
    frame = Frame(
        body=max(60, round(height)),
        head=_YEARS + _FLAG * flag_lines,
        foot=_YEARS + theme.NOTE_LINE * len(notes),
        start=start,
        end=plan.end,
    )
    ids = sorted({i for row in rows for i in row.event.statement_ids})
    figure = theme.make_figure(words, frame, language=language, statement_ids=ids)
    figure.update_axis("xaxis", range=theme.horizontal_range(0, axis.width + 0.25, language))
    _add_calendar(figure, axis, frame, plan, language)
    _add_milestones(figure, flags, plan, rows, frame)
    for status, top in sections.items():
        title = theme.bold(theme.isolate(STATUS_TITLES[status][language], language))
        colour = theme.STATUS_COLOURS[status]
        theme.write(figure, [title], language=language, colour=colour, at=top + 16, side=start)
    for row in rows:
        _add_row(figure, row, plan, language)
    _add_marks(figure, rows, sources, language)
    if not rows:
        theme.write(figure, [theme.isolate(_WORDS["nothing"][language], language)], language=language, at=30)
    theme.write_notes(figure, notes, language=language, down=_YEARS, side=start)
    return figure


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


def _notes(
    milestones: Sequence[Milestone], counts: tuple[int, int], axis: CalendarAxis, language: str, page: Page
) -> list[tuple[str, str]]:
    """Return what stands under the chart, line by line with its colour: the milestones' names, what is not drawn."""
    undated, left_out = counts
    room = page.width - 22
    lines: list[tuple[str, str]] = []
    if milestones:
        lines.append((theme.bold(theme.isolate(_WORDS["milestones"][language], language)), _FLAG_COLOUR))
    for number, milestone in enumerate(milestones, start=1):
        when = describe_days(milestone.first, milestone.last, language=language)
        text = f"{number}. {milestone.name.in_language(language)}: {when}"
        lines += theme.fit_notes([text], room, language=language, colour=theme.INK)
    texts = [_WORDS["undated"][language].format(n=undated)] if undated else []
    texts += [_WORDS["left_out"][language].format(n=left_out, most=_MOST_EVENTS)] if left_out else []
    texts += [_WORDS["years"][language]] if any(block.first != block.last for block in axis.blocks) else []
    return lines + theme.fit_notes(texts, room, language=language)


# --- layout ----------------------------------------------------------------------------------------------------------


def _lay_out(
    events: pd.DataFrame, axis: CalendarAxis, plan: _Plan, language: str
) -> tuple[list[_Row], dict[str, int], float]:
    """Return the rows, the tops of the sections and the height of all."""
    rows: list[_Row] = []
    sections: dict[str, int] = {}
    at = 0.0
    for status in theme.STATUS_COLOURS:
        chosen = events[events["status"] == status]
        if chosen.empty:
            continue
        sections[status] = round(at)
        at += _SECTION
        for event in iterate_rows(chosen):
            rows.append(_make_row(event, axis, plan, at, language))
            at = rows[-1].bottom
        at += 6
    return rows, sections, at


def _make_row(event: Any, axis: CalendarAxis, plan: _Plan, top: float, language: str) -> _Row:
    first = date.fromisoformat(event.first) if isinstance(event.first, str) else None
    last = date.fromisoformat(event.last) if isinstance(event.last, str) else None
    left = axis.position(first) if first else max(axis.position(last, end_of_day=True) - _OPEN_LENGTH, 0.0)  # type: ignore[arg-type]
    right = axis.position(last, end_of_day=True) if last else min(left + _OPEN_LENGTH, axis.width + 0.15)
    opens = "backwards" if first is None else "forwards" if last is None else ""
    if not opens and not _is_day(event):
        left, right = _lengthen(left, right, _SHORTEST / plan.unit)
    when = describe_when(event, published=plan.published, language=language)
    beside = _find_room(when, left, right, axis, plan)
    label = _label(event, "" if beside else when, plan, language)
    tall = _LINE * len(label)
    if plan.page.is_narrow:
        bar_at = top + 3 + tall + _BAR_ROW / 2
        return _Row(event, label, when, beside, left, right, opens, top + 3 + tall / 2, bar_at, bar_at + _BAR_ROW)
    bottom = top + max(tall, _LINE) + 7
    middle = (top + bottom) / 2
    return _Row(event, label, when, beside, left, right, opens, middle, middle, bottom)


def _lengthen(left: float, right: float, least: float) -> tuple[float, float]:
    """Return a span of at least this length about the same middle, none of it before the axis."""
    more = max(0.0, least - (right - left)) / 2
    start = max(0.0, left - more)
    return start, max(right + more, start + least)


def _find_room(when: str, left: float, right: float, axis: CalendarAxis, plan: _Plan) -> str:
    """Say on which side of its bar a date has room, and no milestone's line runs through it, at any width.

    The narrowest width of this layout is the one that decides: bar and line move apart with a wider page, the date does
    not grow.
    """
    if plan.page.is_narrow:
        return ""
    width = (theme.estimate_width([when], theme.TINY) + _BESIDE + _DOT / 2) / plan.unit
    sides = {"after": (right, right + width), "before": (left - width, left)}
    for side, (start, end) in sides.items():
        has_room = start >= 0 and end <= axis.width + 0.25 + plan.end / plan.unit
        if has_room and not any(start < line < end for line in plan.lines):
            return side
    return ""


def _label(event: Any, when: str, plan: _Plan, language: str) -> tuple[str, ...]:
    """Return the words as lines, headed by the date where that has no room beside the bar.

    An event without English words keeps its own, isolated.
    """
    is_translated = language == "en" and isinstance(event.label_en, str)
    spoken = "en" if is_translated or (language == "en" and not _is_arabic(event.label_ar)) else "ar"
    room = plan.page.width - 22 if plan.page.is_narrow else plan.start - 14
    lines = theme.fit(
        event.label_en if is_translated else event.label_ar, room, size=theme.SMALL, language=spoken, most=_MOST_LINES
    )
    if not when:
        return tuple(lines)
    colour = theme.STATUS_COLOURS[event.status]
    head = f'<span style="color:{colour}">{theme.isolate(when, language)}</span>'
    gap = theme.estimate_width(["  "], theme.SMALL)
    if theme.estimate_width([head], theme.SMALL) + gap + theme.estimate_width(lines[:1], theme.SMALL) <= room:
        return (theme.join_runs([head, lines[0]], language, separator="&nbsp; "), *lines[1:])
    return (head, *lines)


def _is_arabic(text: str) -> bool:
    return any("\u0600" <= character <= "\u06ff" for character in text)


def _place_flags(plan: _Plan) -> dict[int, int]:
    """Return the line, from the lowest, on which each milestone's number has room."""
    lanes: dict[int, int] = {}
    places = [line * plan.unit for line in plan.lines]
    for number, place in enumerate(places):
        taken = {lanes[n] for n in range(number) if abs(places[n] - place) < _FLAG}
        lanes[number] = next(lane for lane in range(len(places)) if lane not in taken)
    return lanes


def _milestone_at(milestone: Milestone, axis: CalendarAxis) -> float:
    return (axis.position(milestone.first) + axis.position(milestone.last, end_of_day=True)) / 2


# --- marks -----------------------------------------------------------------------------------------------------------


def _add_calendar(figure: Canvas, axis: CalendarAxis, frame: Frame, plan: _Plan, language: str) -> None:
    """Shade every second stretch over the whole height and name the years over and under the plot."""
    for number, block in enumerate(axis.blocks):
        if number % 2 == 0:
            figure.add_shape(
                type="rect", x0=block.left, x1=block.right, y0=0, y1=frame.body, line_width=0, layer="below",
                fillcolor=theme.SHADE,
            )  # fmt: skip
        label = _name_block(block, plan, language)
        theme.write_over_and_under(figure, label, at=(block.left + block.right) / 2)


def _name_block(block: Block, plan: _Plan, language: str) -> str:
    """Return the block's years where there is room for them in full; a range runs in reading direction."""
    room = plan.unit * (block.right - block.left) + 2
    names = [block.first] if block.first == block.last else [f"{block.first}–{block.last}", "…"]
    name = next((name for name in names if theme.estimate_width([name], theme.TINY) <= room), "")
    return theme.isolate(name, language)


def _add_milestones(figure: Canvas, flags: Mapping[int, int], plan: _Plan, rows: Sequence[_Row], frame: Frame) -> None:
    """Draw a numbered line at each agreed milestone: over all rows or, where words stand over the bars, beside bars."""
    whole = [(0.0, max(float(frame.body), rows[-1].bottom if rows else 0.0))]
    stretches = [(row.bar_at - _BAR_ROW / 2, row.bottom) for row in rows] if plan.page.is_narrow else whole
    for number, at in enumerate(plan.lines):
        for top, bottom in stretches:
            figure.add_shape(
                type="line", x0=at, x1=at, y0=top, y1=bottom, layer="below",
                line={"color": _FLAG_COLOUR, "width": 1, "dash": "4px,3px"},
            )  # fmt: skip
        figure.add_annotation(
            text=theme.bold(str(number + 1)), x=at, y=1, yref="paper", yanchor="bottom",
            yshift=_YEARS + _FLAG * flags[number], showarrow=False, borderpad=1, bgcolor=_FLAG_COLOUR,
            font={"size": theme.TINY, "color": theme.PAPER},
        )  # fmt: skip


def _add_row(figure: Canvas, row: _Row, plan: _Plan, language: str) -> None:
    theme.draw_rule(figure, row.bottom)
    _add_bar(figure, row)
    theme.write(figure, row.label, language=language, size=theme.SMALL, at=row.label_at, side=plan.start)
    if row.beside:
        is_right = (row.beside == "after") != theme.is_mirrored(language)
        figure.add_annotation(
            text=theme.isolate(row.when, language), x=row.right if row.beside == "after" else row.left, xref="x",
            xshift=_BESIDE if is_right else -_BESIDE, xanchor="left" if is_right else "right", y=row.bar_at,
            yref="y", yanchor="middle", showarrow=False, borderpad=0,
            font={"size": theme.TINY, "color": theme.STATUS_COLOURS[row.event.status]},
        )  # fmt: skip


def _add_bar(figure: Canvas, row: _Row) -> None:
    """Draw the days on which the event may fall, fading towards an open end."""
    is_thought = row.event.status in _UNREAL
    # A thin dashed line is no plan and no event: the status can be read without colour.
    style = {"width": 2, "dash": "2px,2px"} if is_thought else {"width": _BAR, "dash": "solid"}
    middle = (row.left + row.right) / 2
    halves = {"": ((row.left, row.right, 0.45),), "forwards": ((row.left, middle, 0.45), (middle, row.right, 0.2))}
    parts = halves.get(row.opens, ((row.left, middle, 0.2), (middle, row.right, 0.45)))
    for x0, x1, opacity in parts:
        figure.add_shape(
            type="line", x0=x0, x1=x1, y0=row.bar_at, y1=row.bar_at, layer="below",
            opacity=min(1.0, 2 * opacity) if is_thought else opacity,
            line={"color": theme.STATUS_COLOURS[row.event.status], **style},
        )  # fmt: skip


def _add_marks(figure: Canvas, rows: Sequence[_Row], sources: Mapping[str, str], language: str) -> None:
    """Put a stroke at each end of a span, a dot on a day, an arrow head at an open end, with the box that tells all."""
    arrows = ("triangle-left", "triangle-right")
    backwards, forwards = reversed(arrows) if theme.is_mirrored(language) else arrows
    heads = {"backwards": (backwards, _END), "forwards": (_END, forwards), "": (_END, _END)}
    for status, colour in theme.STATUS_COLOURS.items():
        marks: dict[str, list[Any]] = {k: [] for k in ("x", "y", "symbol", "size", "hover", "ids")}
        for row in (r for r in rows if r.event.status == status):
            gloss = row.event.label_en if language == "en" and isinstance(row.event.label_en, str) else ""
            about = sources.get(row.event.doc_id, "")
            box = theme.hover(row.event.label_ar, gloss, row.when, about, language=language)
            ends = list(zip((row.left, row.right), heads[row.opens], strict=True))
            if _is_day(row.event):
                ends = [((row.left + row.right) / 2, "circle")]
            for place, symbol in ends:
                marks["x"].append(place)
                marks["y"].append(row.bar_at)
                marks["symbol"].append("x" if status == "did_not_happen" and symbol in (_END, "circle") else symbol)
                marks["size"].append(_DOT)
                marks["hover"].append(box)
                marks["ids"].append(next(iter(row.event.statement_ids), ""))
        if marks["x"]:
            fill = theme.PAPER if status == "hypothetical" else colour
            figure.add_scatter(
                x=marks["x"], y=marks["y"], mode="markers", hovertext=marks["hover"], hoverinfo="text",
                customdata=marks["ids"], cliponaxis=False,
                marker={"size": marks["size"], "symbol": marks["symbol"], "color": fill, "opacity": 1,
                        "line": {"color": colour, "width": 1.5}},
            )  # fmt: skip


def _is_day(event: Any) -> bool:
    """Tell whether an event falls on one day, or on two that follow each other."""
    if not (isinstance(event.first, str) and isinstance(event.last, str)):
        return False
    return date.fromisoformat(event.last) - date.fromisoformat(event.first) <= timedelta(days=1)
