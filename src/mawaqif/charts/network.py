"""Who takes whose side: actors facing each other, joined where one article quotes both; by camps where they are many.

Lines can be followed between a few dozen names. Beyond that (`MOST_ACTORS`, `MOST_LINES`) they cover each other at any
layout, so that the chart becomes a matrix of camps, which has as many cells whether the actors are 50 or 5,000, and
whose numbers can be read; the table under the chart still has every pair. Both are laid out by camp and name, without
any random start, so that the same table gives the same picture.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import pandas as pd
import plotly.graph_objects as go

from mawaqif.aggregate.network import find_side
from mawaqif.charts import theme
from mawaqif.charts.canvas import Canvas
from mawaqif.charts.theme import ChartWords, Frame, Page
from mawaqif.schemas import iterate_rows
from mawaqif.vocabulary import ScalePoint

MOST_ACTORS, MOST_LINES = 40, 160
_NAME_SIZE, _NAME_LINE, _ROW_EDGE, _CAMP, _DOT = 13, 17, 6, 22, 9
_STEPS = 16
"""Points of a curve."""
_CELL = 40

_WORDS = {
    "side": {"en": "Towards “{step}”", "ar": "أقرب إلى «{step}»"},
    "between": {
        "en": "On neither side (nearer to the middle than half a step)",
        "ar": "في الوسط (على أقل من نصف درجة منه)",
    },
    "opposite": {"en": "opposite sides", "ar": "في جانبين متقابلين"},
    "same": {"en": "same side", "ar": "في جانب واحد"},
    "articles": {"en": "articles in common: {n}", "ar": "المقالات المشتركة: {n}"},
    "against": {"en": "facing, in a shared article: {n}", "ar": "في الجانب المقابل ضمن مقال واحد: {n}"},
    "beside": {"en": "on the same side, in a shared article: {n}", "ar": "في الجانب نفسه ضمن مقال واحد: {n}"},
    "key": {
        "en": "= pairs on the same side   ≠ pairs on opposite sides",
        "ar": "= أزواج في جانب واحد   ≠ أزواج في جانبين متقابلين",
    },
    "nobody": {"en": "Nobody takes a side.", "ar": "لا أحد يأخذ جانباً."},
}


@dataclass(frozen=True, slots=True)
class _Node:
    """An actor on a side; `at` is in pixels from the top of the plot."""

    actor: Any
    name: tuple[str, ...]
    camp: str | None
    at: float
    camp_at: float


def draw_network(
    network: pd.DataFrame,
    positions: pd.DataFrame,
    *,
    scale: Sequence[ScalePoint],
    camps: Mapping[str, str],
    words: ChartWords,
    language: str,
) -> go.Figure:
    """Return the chart of sides.

    Those nearer to the lower end of the scale stand where reading starts, the others face them. A full line joins two
    who take opposite sides and are quoted in the same article, a dashed arc two of the same side; the more articles,
    the thicker. Those near the middle are listed under the chart.

    Args:
        network: `out_network`.
        positions: `out_positions`.
        scale: The issue's steps, -2 to 2.
        camps: Names by id, in the order of drawing.
        words: The sentences around the chart.
        language: `en` or `ar`.
    """
    placed = positions[positions["n_positions"] > 0]
    places = {camp: place for place, camp in enumerate(theme.complete_camps(camps, placed["camp"]))}
    placed = placed.assign(
        _side=[find_side(mean) for mean in placed["mean_stance"]], _camp=placed["camp"].map(places)
    ).sort_values(["_camp", "mean_stance", "actor_id"], kind="stable")
    is_many = is_crowded(network, positions)

    def draw(page: Page) -> Canvas:
        if is_many:
            return _draw_matrix(network, placed, camps, words, language, page)
        return _draw_sides(network, placed, scale, camps, words, language, page)

    return theme.lay_out_for_every_width(draw)


def is_crowded(network: pd.DataFrame, positions: pd.DataFrame) -> bool:
    """Tell whether there are too many actors or lines to be followed, so that camps are counted instead."""
    means = positions.loc[positions["n_positions"] > 0, "mean_stance"]
    return sum(find_side(mean) != 0 for mean in means) > MOST_ACTORS or len(network) > MOST_LINES


# --- sides -----------------------------------------------------------------------------------------------------------


def _draw_sides(
    network: pd.DataFrame,
    placed: pd.DataFrame,
    scale: Sequence[ScalePoint],
    camps: Mapping[str, str],
    words: ChartWords,
    language: str,
    page: Page,
) -> Canvas:
    room = 108 if page.is_narrow else 176
    heads = {side: _head(side, scale, room, language) for side in (-1, 1)}
    head = 17 * max(len(lines) for lines in heads.values()) + 8
    nodes = {side: _lay_out(placed[placed["_side"] == side], camps, room, language, head) for side in (-1, 1)}
    bottoms = [node.at + _NAME_LINE * len(node.name) / 2 for column in nodes.values() for node in column]
    notes = _notes(placed, language, page)
    frame = Frame(
        body=round(max([head + 40, *bottoms])) + 6,
        foot=theme.NOTE_LINE * len(notes) + (12 if notes else 0),
        start=room + 12,
        end=room + 12,
    )
    figure = theme.make_figure(words, frame, language=language, statement_ids=_statement_ids(network))
    figure.update_axis("xaxis", range=theme.horizontal_range(0, 1, language))
    ends = {node.actor.actor_id: (0 if side < 0 else 1, node.at) for side, column in nodes.items() for node in column}
    _add_lines(figure, network, ends)
    for side, column in nodes.items():
        is_start = side < 0
        _write(figure, heads[side], is_start, head / 2 - 4, theme.STANCE_INKS[side], language, size=theme.SMALL)
        for node in column:
            if node.camp:
                title = theme.fit(node.camp, room, size=theme.SMALL, language=language, is_bold=True)
                _write(figure, [theme.bold(line) for line in title], is_start, node.camp_at, theme.ACCENT, language)
            _write(figure, node.name, is_start, node.at, theme.INK, language)
        _add_nodes(figure, column, 0 if is_start else 1, network, camps, language)
    if not ends:
        theme.write(figure, [theme.isolate(_WORDS["nobody"][language], language)], language=language, at=head + 20)
    theme.write_notes(figure, notes, language=language, down=10, side=frame.start)
    return figure


def _head(side: int, scale: Sequence[ScalePoint], room: float, language: str) -> list[str]:
    """Return the name of a side: the first step of the scale on it, which all who stand there have come near."""
    step = next(point.label.in_language(language) for point in scale if point.value == side)
    lines = theme.fit(
        _WORDS["side"][language].format(step=step), room, size=theme.SMALL, language=language, is_bold=True
    )
    return [theme.bold(line) for line in lines]


def _lay_out(actors: pd.DataFrame, camps: Mapping[str, str], room: float, language: str, top: float) -> list[_Node]:
    """Set the actors of a side under each other, camp after camp."""
    nodes: list[_Node] = []
    at, camp = float(top), None
    for actor in iterate_rows(actors.drop(columns=["_side", "_camp"])):
        name = theme.fit(
            actor.name_ar if language == "ar" else actor.name_en, room, size=_NAME_SIZE, language=language, most=4
        )
        is_first, camp = actor.camp != camp, actor.camp
        title = camps.get(actor.camp, actor.camp) if is_first else None
        lines = len(theme.fit(title, room, size=theme.SMALL, language=language, is_bold=True)) if title else 0
        camp_at = at + 6 + _NAME_LINE * lines / 2
        at += (_CAMP - _NAME_LINE + _NAME_LINE * lines + 2) if title else 0
        tall = _NAME_LINE * len(name) + _ROW_EDGE
        nodes.append(_Node(actor, tuple(name), title, at + tall / 2, camp_at))
        at += tall
    return nodes


def _notes(placed: pd.DataFrame, language: str, page: Page) -> list[tuple[str, str]]:
    """Return who is near the middle, line by line with its colour."""
    column = "name_ar" if language == "ar" else "name_en"
    names = [str(name) for name in placed.loc[placed["_side"] == 0, column]]
    if not names:
        return []
    return theme.list_names(_WORDS["between"][language], names, page.width - 8, language=language)


def _write(
    figure: Canvas,
    lines: Sequence[str],
    is_start: bool,
    at: float,
    colour: str,
    language: str,
    *,
    size: float = _NAME_SIZE,
) -> None:
    """Write lines beside the plot, against its start or its end."""
    is_left = is_start != theme.is_mirrored(language)
    figure.add_annotation(
        text=theme.join_lines(lines), xref="paper", x=0 if is_left else 1, xshift=-10 if is_left else 10,
        xanchor="right" if is_left else "left", align="right" if is_left else "left", y=at, yref="y",
        yanchor="middle", showarrow=False, borderpad=0, font={"size": size, "color": colour},
    )  # fmt: skip


def _add_lines(figure: Canvas, network: pd.DataFrame, ends: Mapping[str, tuple[int, float]]) -> None:
    """Draw the arcs within the sides, and over them the lines between these; a trace for each thickness."""
    drawn = [row for row in iterate_rows(network) if row.actor_a in ends and row.actor_b in ends]
    for relation, dash, colour in (("same", "2px,3px", theme.MUTED), ("opposite", "solid", theme.ACCENT)):
        own = [row for row in drawn if row.relation == relation]
        for n_documents in sorted({min(row.n_documents, 4) for row in own}):
            x: list[float | None] = []
            y: list[float | None] = []
            for row in (r for r in own if min(r.n_documents, 4) == n_documents):
                for across, down in _curve(ends[row.actor_a], ends[row.actor_b]):
                    x.append(across)
                    y.append(down)
                x.append(None)
                y.append(None)
            figure.add_scatter(
                x=x, y=y, mode="lines", hoverinfo="skip",
                line={"color": colour, "width": 0.6 + 0.8 * n_documents, "dash": dash},
            )  # fmt: skip


def _curve(one: tuple[int, float], other: tuple[int, float]) -> list[tuple[float, float]]:
    """Return the points of an S between the sides, or of an arc that reaches the further in, the further it spans."""
    (x0, y0), (x1, y1) = one, other
    parts = [n / _STEPS for n in range(_STEPS + 1)]
    if x0 != x1:
        return [(x0 + (x1 - x0) * t, y0 + (y1 - y0) * t * t * (3 - 2 * t)) for t in parts]
    inwards = (1 - 2 * x0) * min(0.08 + abs(y1 - y0) / 1500, 0.4)
    return [(x0 + inwards * 4 * t * (1 - t), y0 + (y1 - y0) * t) for t in parts]


def _add_nodes(
    figure: Canvas, column: Sequence[_Node], x: int, network: pd.DataFrame, camps: Mapping[str, str], language: str
) -> None:
    hover, first_ids, colours = [], [], []
    for node in column:
        own = network[network["actor_a"].eq(node.actor.actor_id) | network["actor_b"].eq(node.actor.actor_id)]
        told = [
            theme.join_runs([" / ".join(node.name), theme.stance_text(node.actor.mean_stance, digits=1)], language),
            theme.isolate(theme.escape(camps.get(node.actor.camp, node.actor.camp)), language),
            *(
                theme.isolate(_WORDS[key][language].format(n=int(own["relation"].eq(relation).sum())), language)
                for key, relation in (("against", "opposite"), ("beside", "same"))
            ),
        ]
        hover.append(theme.join_lines(told))
        first_ids.append(next(iter(node.actor.statement_ids), ""))
        colours.append(theme.STANCE_COLOURS[max(-2, min(2, round(node.actor.mean_stance)))])
    figure.add_scatter(
        x=[x] * len(column), y=[node.at for node in column], mode="markers", hovertext=hover, hoverinfo="text",
        customdata=first_ids, cliponaxis=False,
        marker={"size": _DOT, "color": colours, "opacity": 1, "line": {"color": theme.PAPER, "width": 1.5}},
    )  # fmt: skip


def _statement_ids(network: pd.DataFrame) -> list[str]:
    return list(dict.fromkeys(i for ids in network["statement_ids"] for i in ids))


# --- camps -----------------------------------------------------------------------------------------------------------


def _draw_matrix(
    network: pd.DataFrame,
    placed: pd.DataFrame,
    camps: Mapping[str, str],
    words: ChartWords,
    language: str,
    page: Page,
) -> Canvas:
    on_side = placed[placed["_side"] != 0]
    shown = list(dict.fromkeys(str(camp) for camp in on_side["camp"]))
    counts = count_camp_pairs(network)
    room = 84 if page.is_narrow else 170
    names = {
        camp: theme.fit(f"{n}. {camps.get(camp, camp)}", room, size=theme.SMALL, language=language)
        for n, camp in enumerate(shown, start=1)
    }
    tall = max([_CELL, *(_NAME_LINE * len(lines) + 4 for lines in names.values())])
    head = 20
    frame = Frame(body=head + tall * len(shown), head=26, start=room + 10, end=6)
    figure = theme.make_figure(words, frame, language=language, statement_ids=_statement_ids(network))
    figure.update_axis("xaxis", range=theme.horizontal_range(0, len(shown), language))
    key = theme.fit(_WORDS["key"][language], page.width - 10, size=theme.SMALL, language=language)
    theme.write(figure, key[:1], language=language, size=theme.SMALL, colour=theme.MUTED, up=6, side=frame.start)
    for row, camp in enumerate(shown):
        middle = head + tall * (row + 0.5)
        theme.write(figure, names[camp], language=language, size=theme.SMALL, at=middle, side=frame.start)
        figure.add_annotation(
            text=theme.bold(str(row + 1)), x=row + 0.5, y=head / 2, showarrow=False, borderpad=0,
            font={"size": theme.SMALL, "color": theme.MUTED},
        )  # fmt: skip
        for column, other in enumerate(shown[: row + 1]):
            same, opposite = counts.get((min(camp, other), max(camp, other)), (0, 0))
            _add_cell(figure, row, column, same, opposite, head + tall * row, tall)
    if not shown:
        theme.write(figure, [theme.isolate(_WORDS["nobody"][language], language)], language=language, at=30)
    return figure


def count_camp_pairs(network: pd.DataFrame) -> dict[tuple[str, str], tuple[int, int]]:
    """Return how many pairs of actors of two camps, or within one, take the same side and opposite ones."""
    counts: dict[tuple[str, str], tuple[int, int]] = {}
    for row in iterate_rows(network):
        key = min(row.camp_a, row.camp_b), max(row.camp_a, row.camp_b)
        same, opposite = counts.get(key, (0, 0))
        is_same = row.relation == "same"
        counts[key] = (same + is_same, opposite + (not is_same))
    return counts


def _add_cell(figure: Canvas, row: int, column: int, same: int, opposite: int, top: float, tall: float) -> None:
    """Write both numbers, the greater in bold, on a ground that is the darker, the more of the pairs are opposed."""
    share = opposite / (same + opposite) if same + opposite else 0.0
    figure.add_shape(
        type="rect", x0=column + 0.03, x1=column + 0.97, y0=top + 1, y1=top + tall - 1, layer="below", line_width=0,
        fillcolor=theme.ACCENT if opposite else theme.SHADE, opacity=0.08 + 0.25 * share if opposite else 1,
    )  # fmt: skip
    places = (0.3, 0.7) if same and opposite else (0.5, 0.5)
    for sign, number, is_greater, down in (
        ("=", same, same >= opposite, places[0]),
        ("≠", opposite, opposite > same, places[1]),
    ):
        if number:
            text = f"{theme.LRI}{sign} {number}{theme.PDI}"
            figure.add_annotation(
                text=theme.bold(text) if is_greater else text, x=column + 0.5, y=top + tall * down, showarrow=False,
                borderpad=0, font={"size": 11, "color": theme.INK},
            )  # fmt: skip
