"""Who stands where: every statement a point on the five-step scale, actors grouped by camp."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, cast

import pandas as pd
import plotly.graph_objects as go

from mawaqif.charts import theme
from mawaqif.charts.canvas import Canvas
from mawaqif.charts.theme import ChartWords, Frame, Page
from mawaqif.schemas import iterate_rows
from mawaqif.vocabulary import ScalePoint

_DOT, _PITCH, _COLUMNS, _STEP = 8, 11, 4, 0.205
"""Pixels of a dot and from line to line, dots in a line, and axis units between them: 11 pixels at the narrowest."""
_FORECAST_GAP = 3
_MOST_DOTS = 24
_MOST_ACTORS = 60
"""What can be taken in at once; the table under the chart has them all."""
_MOST_SILENT = 60
_HEAD_SIZE, _HEAD_LINE = 11, 14
_NAME_SIZE, _NAME_LINE, _NAME_ROOM = 13, 15, 140
_COUNT_SIZE, _COLUMN_GAP = 12, 9
_CAMP = 24
_COUNTS = ("mean", "statements", "articles", "outlets")

_WORDS = {
    "mean": {"en": "Mean", "ar": "المتوسط"},
    "statements": {"en": "Statements", "ar": "التصريحات"},
    "articles": {"en": "Articles", "ar": "المقالات"},
    "outlets": {"en": "Outlets", "ar": "وسائل الإعلام"},
    "forecast": {"en": "forecast", "ar": "توقع"},
    "nobody": {"en": "Nobody took a position.", "ar": "لم يتخذ أحد موقفاً."},
    "silent": {
        "en": "Reported or quoted, but without a position on the issue",
        "ar": "نُقل كلامهم، وليس فيه ما له درجة على المقياس",
    },
    "more": {"en": "and {n} more", "ar": "وغيرهم ({n})"},
    "left_out": {
        "en": "Drawn: the {most} reported most; {n} more are in the table.",
        "ar": "رُسم الأكثر تصريحاً ({most})، وفي الجدول غيرهم ({n}).",
    },
}


@dataclass(frozen=True, slots=True)
class _Row:
    """One actor; distances in pixels from the top of the plot.

    `cells` holds statement ids by step, positions and forecasts apart; `dots_at` is the middle of the positions' dots
    and `dots_tall` their height.
    """

    actor: Any
    counts: Mapping[str, str]
    camp: str | None
    name: tuple[str, ...]
    cells: Mapping[int, tuple[list[str], list[str]]]
    top: int
    bottom: int
    name_at: float
    dots_at: float
    dots_tall: float


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

    A filled dot is a statement that takes a position, a hollow one a forecast, set apart under the positions. Where
    there are two positions or more, the upright mark stands at their mean and the grey bar is its interval. Dots of one
    step stand side by side, never on each other. Mean and numbers of statements, articles and outlets stand at the
    end of the row; who is quoted without a position or forecast is listed under the chart.

    Args:
        points: One row a statement with a stance: `statement_id, actor_id, stance, is_forecast, quote, about` (`about`
            holds the lines under the passage in the hover box).
        positions: `out_positions`.
        scale: The issue's steps, -2 to 2.
        camps: Names by id, in the order of drawing.
        words: The sentences around the chart.
        language: `en` or `ar`.
    """
    is_placed = (positions["n_positions"] > 0) | (positions["n_forecasts"] > 0)
    drawn = _choose(positions[is_placed])
    silent = _name_silent(positions[~is_placed], camps, language)
    left_out = int(is_placed.sum()) - len(drawn)

    def draw(page: Page) -> Canvas:
        return _draw(points, drawn, silent, left_out, scale, camps, words, language, page)

    return theme.lay_out_for_every_width(draw)


def _draw(
    points: pd.DataFrame,
    drawn: pd.DataFrame,
    silent: Sequence[str],
    left_out: int,
    scale: Sequence[ScalePoint],
    camps: Mapping[str, str],
    words: ChartWords,
    language: str,
    page: Page,
) -> Canvas:
    columns = {key: _column_width(key, language) for key in _COUNTS}
    start = 4 if page.is_narrow else _NAME_ROOM + 10
    end = 4 if page.is_narrow else sum(columns.values()) + 8
    step = (page.width - start - end) / 5
    heads = {
        p.value: theme.fit(p.label.in_language(language), step - 3, size=_HEAD_SIZE, language=language) for p in scale
    }
    head = _HEAD_LINE * max(map(len, heads.values()), default=1) + (42 if page.is_narrow else 26)
    rows = _lay_out(drawn, points, camps, language, page, top=head)
    foot = _foot_lines(silent, left_out, language, page)
    frame = Frame(
        body=rows[-1].bottom if rows else head + 40,
        foot=theme.NOTE_LINE * len(foot) + (14 if foot else 0),
        start=start,
        end=end,
    )
    ids = [i for row in rows for cell in row.cells.values() for kind in cell for i in kind]
    figure = theme.make_figure(words, frame, language=language, statement_ids=ids)
    figure.update_axis("xaxis", range=theme.horizontal_range(-2.5, 2.5, language))
    _add_bands(figure, head, frame)
    _add_heads(figure, heads, head, language)
    _add_count_heads(figure, columns, head, frame, language, page)
    for row in rows:
        _add_row(figure, row, columns, frame, language, page)
    _add_means(figure, rows)
    _add_dots(figure, rows, points, language)
    if not rows:
        theme.write(figure, [theme.isolate(_WORDS["nobody"][language], language)], language=language, at=head + 20)
    theme.write_notes(figure, foot, language=language, down=10, side=frame.start)
    return figure


# --- layout ----------------------------------------------------------------------------------------------------------


def _column_width(key: str, language: str) -> int:
    return theme.estimate_width([_WORDS[key][language]], _HEAD_SIZE) + _COLUMN_GAP


def _lay_out(
    drawn: pd.DataFrame, points: pd.DataFrame, camps: Mapping[str, str], language: str, page: Page, *, top: int
) -> list[_Row]:
    """Give every actor a row; `camp` is set on the first row of a camp, which is written over it."""
    by_actor = dict(iter(points.groupby("actor_id", sort=False)))
    rows: list[_Row] = []
    at = top + 4
    for camp_id, camp_name in theme.complete_camps(camps, drawn["camp"]).items():
        actors = drawn[drawn["camp"] == camp_id].sort_values(["mean_stance", "name_en"], na_position="last")
        for number, actor in enumerate(iterate_rows(actors)):
            own = by_actor.get(actor.actor_id, points.iloc[:0])
            at += _CAMP if number == 0 else 0
            rows.append(_make_row(actor, own, camp_name if number == 0 else None, at, language, page))
            at = rows[-1].bottom
        at += 8 if len(actors) else 0
    return rows


def _make_row(actor: Any, own: pd.DataFrame, camp: str | None, top: int, language: str, page: Page) -> _Row:
    cells, counts = _cells(own), _count_texts(actor, own, language)
    full_name = actor.name_ar if language == "ar" else actor.name_en
    room = page.width - 32 - theme.estimate_width([" · ".join(counts.values())], _NAME_SIZE, is_bold=True)
    name = theme.fit(
        full_name, room if page.is_narrow else _NAME_ROOM, size=_NAME_SIZE, language=language, most=4,
    )  # fmt: skip
    positions, forecasts = (max([0, *(_lines_of(cell[kind]) for cell in cells.values())]) for kind in (0, 1))
    dots = positions * _PITCH
    under = forecasts * _PITCH + (_FORECAST_GAP if positions and forecasts else 0)
    tall_name = _NAME_LINE * len(name)
    if page.is_narrow:
        bottom = top + tall_name + 3 + max(dots + under, _PITCH) + 7
        name_at, dots_top = top + tall_name / 2, float(top + tall_name + 5)
    else:
        bottom = top + max(tall_name + 8, dots + under + 9, 21)
        name_at, dots_top = (top + bottom) / 2, (top + bottom - dots - under) / 2
    return _Row(actor, counts, camp, tuple(name), cells, top, round(bottom), name_at, dots_top + dots / 2, dots)


def _lines_of(statement_ids: Sequence[str]) -> int:
    return -(-min(len(statement_ids), _MOST_DOTS) // _COLUMNS)


def _cells(statements: pd.DataFrame) -> dict[int, tuple[list[str], list[str]]]:
    """Return the ids of positions and of forecasts by step, each in order of id."""
    ordered = statements.sort_values("statement_id")
    return {
        int(cast(int, stance)): (
            list(group.loc[~group["is_forecast"].astype(bool), "statement_id"]),
            list(group.loc[group["is_forecast"].astype(bool), "statement_id"]),
        )
        for stance, group in ordered.groupby("stance", sort=True)
    }


def _offsets(count: int) -> list[tuple[float, float]]:
    """Return the places of `count` dots around the middle of a step: axis units across, pixels down."""
    lines = -(-count // _COLUMNS)
    places = []
    for n in range(count):
        line, column = divmod(n, _COLUMNS)
        in_line = min(_COLUMNS, count - line * _COLUMNS)
        places.append(((column - (in_line - 1) / 2) * _STEP, (line - (lines - 1) / 2) * _PITCH))
    return places


def _choose(took: pd.DataFrame) -> pd.DataFrame:
    """Keep the actors with most positions and forecasts, in the order of the table."""
    weight = (took["n_positions"] + took["n_forecasts"]).sort_values(ascending=False, kind="stable")
    return took.loc[sorted(weight.index[:_MOST_ACTORS])]


def _name_silent(silent: pd.DataFrame, camps: Mapping[str, str], language: str) -> list[str]:
    """Return the names of those without a position, camp after camp."""
    places = {camp: place for place, camp in enumerate(theme.complete_camps(camps, silent["camp"]))}
    ordered = silent.assign(_place=silent["camp"].map(places)).sort_values("_place", kind="stable")
    return [str(name) for name in ordered["name_ar" if language == "ar" else "name_en"]]


def _foot_lines(silent: Sequence[str], left_out: int, language: str, page: Page) -> list[tuple[str, str]]:
    """Return what stands under the chart, line by line with its colour."""
    lines: list[tuple[str, str]] = []
    if left_out:
        text = _WORDS["left_out"][language].format(n=left_out, most=_MOST_ACTORS)
        lines += theme.fit_notes([text], page.width - 8, language=language)
    if silent:
        shown = list(silent[:_MOST_SILENT])
        rest = len(silent) - len(shown)
        shown += [_WORDS["more"][language].format(n=rest)] if rest else []
        lines += theme.list_names(_WORDS["silent"][language], shown, page.width - 8, language=language)
    return lines


# --- marks -----------------------------------------------------------------------------------------------------------


def _add_bands(figure: Canvas, head: int, frame: Frame) -> None:
    for value, colour in theme.STANCE_COLOURS.items():
        figure.add_shape(
            type="rect", x0=value - 0.48, x1=value + 0.48, y0=head - 2, y1=frame.body, fillcolor=colour, opacity=0.07,
            line_width=0, layer="below",
        )  # fmt: skip


def _add_heads(figure: Canvas, heads: Mapping[int, Sequence[str]], head: int, language: str) -> None:
    """Write each step's name and number over its column."""
    for value, lines in heads.items():
        number = theme.bold(theme.stance_text(value))
        for text, size, at, anchor in (
            (theme.join_lines(lines), _HEAD_SIZE, head - 21, "bottom"),
            (number, theme.SMALL, head - 3, "bottom"),
        ):
            figure.add_annotation(
                text=text, x=value, xref="x", y=at, yref="y", yanchor=anchor, showarrow=False, borderpad=0,
                align="center", font={"size": size, "color": theme.STANCE_INKS[value]},
            )  # fmt: skip


def _add_count_heads(
    figure: Canvas, columns: Mapping[str, int], head: int, frame: Frame, language: str, page: Page
) -> None:
    """Name the numbers at the rows' ends: a column each or, on a narrow page, one line over everything."""
    if page.is_narrow:
        first, *rest = (_WORDS[key][language] for key in _COUNTS)
        line = theme.isolate(" · ".join([first, *(w.lower() for w in rest)]), language)
        theme.write(figure, [line], language=language, size=_HEAD_SIZE, colour=theme.MUTED, at=8, side=frame.start)
        return
    for key, edge in _column_places(columns, language).items():
        word = theme.isolate(_WORDS[key][language], language)
        _write_in_column(figure, word, _HEAD_SIZE, head - 12, edge, language, colour=theme.MUTED)


def _column_places(columns: Mapping[str, int], language: str) -> dict[str, int]:
    """Return how far to the right of the plot's end the right edge of each column is, in pixels.

    Numbers run from left to right in either language, so that their last digits stand under each other.
    """
    places, at = {}, 0
    for key, width in columns.items():
        at += width
        places[key] = width - at - _COLUMN_GAP if theme.is_mirrored(language) else at
    return places


def _write_in_column(
    figure: Canvas, text: str, size: float, at: float, edge: int, language: str, *, colour: str
) -> None:
    """Write a line that ends at the right edge of its column."""
    figure.add_annotation(
        text=text, xref="paper", x=0 if theme.is_mirrored(language) else 1, xshift=edge, xanchor="right", y=at,
        yref="y", yanchor="middle", showarrow=False, borderpad=0, font={"size": size, "color": colour},
    )  # fmt: skip


def _count_texts(actor: Any, own: pd.DataFrame, language: str) -> dict[str, str]:
    """Return the mean, and on how many statements, articles and outlets it rests; without a mean those of forecasts."""
    stated = own[~own["is_forecast"].astype(bool)]
    behind = own if stated.empty else stated
    numbers = {"statements": len(stated), "articles": behind["doc_id"].nunique()}
    mean = theme.stance_text(actor.mean_stance, digits=1) if actor.n_positions else "–"
    return {
        "mean": mean,
        **{key: str(number) for key, number in numbers.items()},
        "outlets": _outlets(behind, language),
    }


def _outlets(behind: pd.DataFrame, language: str) -> str:
    """Return the number of known outlets, with a question mark where the outlet of an article is not known."""
    known, mark = behind["outlet"].nunique(), "؟" if language == "ar" else "?"
    if not behind["outlet"].isna().any():
        return str(known or "–")
    return f"{theme.LRI}{known} + {mark}{theme.PDI}" if known else mark


def _add_row(figure: Canvas, row: _Row, columns: Mapping[str, int], frame: Frame, language: str, page: Page) -> None:
    if row.camp:
        theme.write(
            figure, [theme.bold(theme.isolate(theme.escape(row.camp), language))], language=language,
            size=theme.BODY, colour=theme.ACCENT, at=row.top - 11, side=frame.start,
        )  # fmt: skip
    name = row.name
    if page.is_narrow:
        mean, *numbers = row.counts.values()
        figures = theme.join_runs([theme.bold(mean), *numbers], language)
        name = (*name[:-1], theme.join_runs([name[-1], figures], language, separator="\u2003"))
    theme.write(figure, name, language=language, size=_NAME_SIZE, at=row.name_at, side=frame.start)
    if not page.is_narrow:
        for key, edge in _column_places(columns, language).items():
            text = theme.bold(row.counts[key]) if key == "mean" else row.counts[key]
            colour = theme.INK if key == "mean" else theme.MUTED
            _write_in_column(figure, text, _COUNT_SIZE, (row.top + row.bottom) / 2, edge, language, colour=colour)
    if pd.notna(row.actor.mean_low) and row.actor.mean_low < row.actor.mean_high:
        figure.add_shape(
            type="line", x0=float(row.actor.mean_low), x1=float(row.actor.mean_high), y0=row.dots_at, y1=row.dots_at,
            line={"color": theme.HAIRLINE, "width": 6}, layer="below",
        )  # fmt: skip
    theme.draw_rule(figure, row.bottom)


def _add_dots(figure: Canvas, rows: Sequence[_Row], points: pd.DataFrame, language: str) -> None:
    """Draw one trace a step, so that colours and hover boxes are shared; more than fit are counted."""
    facts = points.drop_duplicates("statement_id").set_index("statement_id")
    for step, colour in theme.STANCE_COLOURS.items():
        marks: dict[str, list[Any]] = {k: [] for k in ("x", "y", "hover", "fill", "id")}
        for row in rows:
            for is_forecast, ids in enumerate(row.cells.get(step, ((), ()))):
                middle = _forecasts_at(row, ids) if is_forecast else row.dots_at
                for (across, down), statement_id in zip(_offsets(min(len(ids), _MOST_DOTS)), ids, strict=False):
                    fact = facts.loc[statement_id]
                    note = _WORDS["forecast"][language] if is_forecast else ""
                    marks["x"].append(step + across)
                    marks["y"].append(middle + down)
                    marks["hover"].append(
                        theme.hover(str(fact["quote"]), *str(fact["about"]).split("\n"), note, language=language)
                    )
                    marks["fill"].append(theme.PAPER if is_forecast else colour)
                    marks["id"].append(statement_id)
                if len(ids) > _MOST_DOTS:
                    _add_surplus(figure, step, row, len(ids) - _MOST_DOTS)
        figure.add_scatter(
            x=marks["x"], y=marks["y"], mode="markers", hovertext=marks["hover"], hoverinfo="text",
            customdata=marks["id"], cliponaxis=False,
            marker={"size": _DOT, "color": marks["fill"], "line": {"color": colour, "width": 1.6}, "opacity": 1},
        )  # fmt: skip


def _forecasts_at(row: _Row, ids: Sequence[str]) -> float:
    """Return the middle of a step's forecasts, which begin under the positions of the row."""
    gap = _FORECAST_GAP if row.dots_tall else 0
    return row.dots_at + row.dots_tall / 2 + gap + _lines_of(ids) * _PITCH / 2


def _add_surplus(figure: Canvas, step: int, row: _Row, number: int) -> None:
    figure.add_annotation(
        text=f"+{number}", x=step + 0.47, xanchor="right", y=row.dots_at, showarrow=False, borderpad=0,
        font={"size": theme.TINY, "color": theme.STANCE_INKS[step]},
    )  # fmt: skip


def _add_means(figure: Canvas, rows: Sequence[_Row]) -> None:
    """Draw the bars at the means; one statement alone has no spread and gets none."""
    for row in rows:
        if row.actor.n_positions < 2:
            continue
        mean, reach = float(row.actor.mean_stance), max(row.dots_tall / 2 + 2, 8)
        for width, colour, more in ((5, theme.PAPER, 1), (2.4, theme.INK, 0)):
            figure.add_shape(
                type="line", x0=mean, x1=mean, y0=row.dots_at - reach - more, y1=row.dots_at + reach + more,
                line={"color": colour, "width": width}, layer="below",
            )  # fmt: skip
