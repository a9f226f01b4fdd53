"""Who speaks: statements by camp, split by how far someone answers for them."""

from __future__ import annotations

from collections.abc import Mapping

import pandas as pd
import plotly.graph_objects as go

from mawaqif.charts import theme
from mawaqif.charts.theme import ChartWords, Frame

_NAME, _BAR, _GAP = 20, 22, 10

GRADE_NAMES = {
    "person": {"en": "named person", "ar": "شخص مسمّى"},
    "office": {"en": "holder of an office", "ar": "صاحب منصب"},
    "institution": {"en": "institution", "ar": "مؤسسة أو جهة"},
    "anonymous": {"en": "anonymous", "ar": "مصدر مجهول"},
    "none": {"en": "no speaker found", "ar": "بلا متحدث معروف"},
}
_NOTHING = {"en": "No statement was found.", "ar": "لم يُعثر على أي تصريح."}


def draw_voices(sources: pd.DataFrame, *, camps: Mapping[str, str], words: ChartWords, language: str) -> go.Figure:
    """Return stacked bars of statements by camp and grade of source, the camp with most statements first.

    Args:
        sources: `out_sources`.
        camps: Names by id.
        words: The sentences around the chart.
        language: `en` or `ar`.
    """
    counts = sources.assign(grade=sources["grade"].where(sources["grade"].isin(list(GRADE_NAMES)), "none"))
    table = counts.pivot_table(index="camp", columns="grade", values="n_statements", aggfunc="sum", fill_value=0)
    totals = table.sum(axis="columns").sort_values(ascending=False, kind="stable")
    grades = [grade for grade in GRADE_NAMES if grade in table]
    frame = Frame(
        body=max(40, len(totals) * (_NAME + _BAR + _GAP)), head=19 * len(grades) + 12, foot=4, start=8, end=44
    )
    ids = sorted({i for statement_ids in sources["statement_ids"] for i in statement_ids})
    figure = theme.make_figure(words, frame, language=language, statement_ids=ids)
    longest = float(totals.max()) if len(totals) else 1.0
    figure.update_xaxes(range=theme.horizontal_range(0, longest, language))
    figure.update_layout(barmode="stack", bargap=0)
    _add_key(figure, grades, frame, language)
    places = {camp: n * (_NAME + _BAR + _GAP) for n, camp in enumerate(totals.index)}
    for grade in grades:
        _add_bars(figure, table[grade], grade, places, longest, language)
    for camp, top in places.items():
        _add_labels(figure, camps.get(str(camp), str(camp)), int(totals[camp]), top, frame, language)
    if not len(totals):
        theme.write(figure, [theme.isolate(_NOTHING[language], language)], language=language, at=20)
    return figure


def _add_key(figure: go.Figure, grades: list[str], frame: Frame, language: str) -> None:
    lines = [
        f'<span style="color:{theme.GRADE_COLOURS[grade]}">■</span> '
        + theme.isolate(GRADE_NAMES[grade][language], language)
        for grade in grades
    ]
    if theme.is_mirrored(language):
        lines = [
            theme.isolate(GRADE_NAMES[grade][language], language)
            + f' <span style="color:{theme.GRADE_COLOURS[grade]}">■</span>'
            for grade in grades
        ]
    theme.write(figure, lines, language=language, size=theme.SMALL + 1, up=8, side=frame.start)


def _add_bars(
    figure: go.Figure, counts: pd.Series, grade: str, places: Mapping[str, int], longest: float, language: str
) -> None:
    values = [int(counts[camp]) for camp in places]
    # A number stands in its bar only where the bar, on a phone, is wider than the number.
    texts = [str(v) if v / longest * 300 >= 9 * len(str(v)) + 4 else "" for v in values]
    is_light = grade in ("institution", "anonymous", "none")
    figure.add_bar(
        x=values, y=[top + _NAME + _BAR / 2 for top in places.values()], width=_BAR, orientation="h",
        marker={"color": theme.GRADE_COLOURS[grade], "line": {"color": theme.PAPER, "width": 1}},
        text=texts, textposition="inside", insidetextanchor="middle", textangle=0, constraintext="none",
        insidetextfont={"size": theme.SMALL, "color": theme.INK if is_light else theme.PAPER},
        hovertext=[f"{theme.isolate(GRADE_NAMES[grade][language], language)}: {v}" for v in values], hoverinfo="text",
    )  # fmt: skip


def _add_labels(figure: go.Figure, name: str, total: int, top: int, frame: Frame, language: str) -> None:
    theme.write(figure, [theme.isolate(theme.escape(name), language)], language=language, at=top + 10)
    figure.add_annotation(
        text=theme.bold(str(total)), x=total, y=top + _NAME + _BAR / 2, xanchor=theme.start_side(language),
        xshift=-6 if theme.is_mirrored(language) else 6, showarrow=False, borderpad=0, font={"size": theme.BODY},
    )  # fmt: skip
