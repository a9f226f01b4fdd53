"""Who speaks: statements by camp, split by how far someone answers for them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import cast

import pandas as pd
import plotly.graph_objects as go

from mawaqif.charts import theme
from mawaqif.charts.canvas import Canvas
from mawaqif.charts.theme import ChartWords, Frame, Page

_NAME, _BAR, _GAP = 20, 22, 10

GRADE_NAMES = {
    "person": {"en": "named person", "ar": "شخص مسمّى"},
    "office": {"en": "holder of an office", "ar": "صاحب منصب"},
    "institution": {"en": "institution", "ar": "مؤسسة أو جهة"},
    "anonymous": {"en": "anonymous", "ar": "مصدر مجهول"},
    "none": {"en": "no speaker found", "ar": "بلا متحدث معروف"},
}
_IS_LIGHT = frozenset(("institution", "anonymous", "none"))
_NOTHING = {"en": "No statement was found.", "ar": "لم يُعثر على أي تصريح."}


def draw_voices(sources: pd.DataFrame, *, camps: Mapping[str, str], words: ChartWords, language: str) -> go.Figure:
    """Return stacked bars of statements by camp and grade of source, the camp with most statements first.

    The number and the share of all statements stand at the end of each bar. Each grade is named in its longest piece
    of bar; only one that has no piece long enough for its name is named over the chart.

    Args:
        sources: `out_sources`.
        camps: Names by id.
        words: The sentences around the chart.
        language: `en` or `ar`.
    """
    counts = sources.assign(grade=sources["grade"].where(sources["grade"].isin(list(GRADE_NAMES)), "none"))
    table = counts.pivot_table(index="camp", columns="grade", values="n_statements", aggfunc="sum", fill_value=0)
    totals = table.sum(axis="columns").sort_values(ascending=False, kind="stable")
    table = table.loc[totals.index, [grade for grade in GRADE_NAMES if grade in table]]
    ids = sorted({i for statement_ids in sources["statement_ids"] for i in statement_ids})

    def draw(page: Page) -> Canvas:
        return _draw(table, totals, camps, words, language, page, ids)

    return theme.lay_out_for_every_width(draw)


def _draw(
    table: pd.DataFrame,
    totals: pd.Series,
    camps: Mapping[str, str],
    words: ChartWords,
    language: str,
    page: Page,
    ids: Sequence[str],
) -> Canvas:
    ends = [_end_text(int(total), int(totals.sum()), language) for total in totals]
    end = theme.estimate_width(ends, theme.BODY) + 14
    unit = (page.width - 8 - end) / max(1.0, float(totals.max()) if len(totals) else 1.0)
    named = _place_names(table, unit, language)
    unnamed = [str(grade) for grade in table if grade not in named]
    frame = Frame(
        body=max(40, len(totals) * (_NAME + _BAR + _GAP)), head=19 * len(unnamed) + 8 * bool(unnamed), foot=4, start=8,
        end=end,
    )  # fmt: skip
    figure = theme.make_figure(words, frame, language=language, statement_ids=ids)
    figure.update_axis("xaxis", range=theme.horizontal_range(0, float(totals.max()) if len(totals) else 1.0, language))
    figure.update_layout(barmode="stack", bargap=0)
    _add_key(figure, unnamed, frame, language)
    places = {str(camp): n * (_NAME + _BAR + _GAP) for n, camp in enumerate(totals.index)}
    for grade in table:
        _add_bars(figure, table[grade], str(grade), named.get(str(grade)), places, unit, language)
    for (camp, top), text in zip(places.items(), ends, strict=True):
        _add_labels(figure, camps.get(camp, camp), int(totals[camp]), text, top, language)
    if not len(totals):
        theme.write(figure, [theme.isolate(_NOTHING[language], language)], language=language, at=20)
    return figure


def _end_text(total: int, whole: int, language: str) -> str:
    """Return a camp's number of statements and its share of all."""
    share = f"{theme.LRI}{round(100 * total / whole)}%{theme.PDI}"
    return theme.join_runs([theme.bold(str(total)), share], language)


def _place_names(table: pd.DataFrame, unit: float, language: str) -> dict[str, str]:
    """Return for each grade the camp in whose bar its name has room beside the number, the longest piece it has."""
    places = {}
    for grade in table:
        camp, most = str(table[grade].idxmax()), int(table[grade].max())
        if unit * most >= theme.estimate_width([_piece_text(str(grade), most, language)], theme.SMALL) + 8:
            places[str(grade)] = camp
    return places


def _piece_text(grade: str, number: int, language: str) -> str:
    """Name a kind of source with its number of statements, which are not of so many persons."""
    name = theme.isolate(f"{GRADE_NAMES[grade][language]}:", language)
    return theme.join_runs([name, str(number)], language, separator=" ")


def _add_key(figure: Canvas, grades: Sequence[str], frame: Frame, language: str) -> None:
    lines = []
    for grade in grades:
        square = f'<span style="color:{theme.GRADE_COLOURS[grade]}">■</span>'
        lines.append(
            theme.join_runs([square, theme.isolate(GRADE_NAMES[grade][language], language)], language, separator=" ")
        )
    if lines:
        theme.write(figure, lines, language=language, size=theme.SMALL + 1, up=8, side=frame.start)


def _add_bars(
    figure: Canvas,
    counts: pd.Series,
    grade: str,
    named_at: str | None,
    places: Mapping[str, int],
    unit: float,
    language: str,
) -> None:
    values = {camp: int(cast(int, counts[camp])) for camp in places}
    texts = []
    for camp, value in values.items():
        text = _piece_text(grade, value, language) if camp == named_at else str(value)
        # A number stands in its piece of the bar only where that is wider than the number.
        texts.append(text if value and unit * value >= theme.estimate_width([text], theme.SMALL) + 4 else "")
    figure.add_bar(
        x=list(values.values()), y=[top + _NAME + _BAR / 2 for top in places.values()], width=_BAR, orientation="h",
        marker={"color": theme.GRADE_COLOURS[grade], "line": {"color": theme.PAPER, "width": 1}},
        text=texts, textposition="inside", insidetextanchor="middle", textangle=0, constraintext="none",
        insidetextfont={"size": theme.SMALL, "color": theme.INK if grade in _IS_LIGHT else theme.PAPER},
        hovertext=[f"{theme.isolate(GRADE_NAMES[grade][language], language)}: {v}" for v in values.values()],
        hoverinfo="text",
    )  # fmt: skip


def _add_labels(figure: Canvas, name: str, total: int, end_text: str, top: int, language: str) -> None:
    theme.write(figure, [theme.isolate(theme.escape(name), language)], language=language, at=top + 10)
    figure.add_annotation(
        text=end_text, x=total, y=top + _NAME + _BAR / 2, xanchor=theme.start_side(language),
        xshift=-6 if theme.is_mirrored(language) else 6, showarrow=False, borderpad=0, font={"size": theme.BODY},
    )  # fmt: skip
