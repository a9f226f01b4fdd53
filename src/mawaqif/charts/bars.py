"""Bars of one's own table, each under its name: the plainest chart of a section that an analyst adds."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import plotly.graph_objects as go

from mawaqif.charts import theme
from mawaqif.charts.canvas import Canvas
from mawaqif.charts.theme import ChartWords, Frame, Page

_NAME_LINE, _BAR, _GAP = 24, 20, 8
"""Pixels; some Arabic letters reach far under the line."""
MOST_BARS = 40


@dataclass(frozen=True, slots=True)
class Bar:
    """One bar.

    Attributes:
        name: What it stands for; may be article text.
        value: Its length, not negative.
        text: The value as it is written at the end of the bar.
        statement_ids: The statements that it counts; a click leads to the first.
    """

    name: str
    value: float
    text: str
    statement_ids: tuple[str, ...] = ()


def draw_bars(bars: Sequence[Bar], *, words: ChartWords, language: str) -> go.Figure:
    """Return horizontal bars in the order given, the first on top, from the reading's start.

    Args:
        bars: At most `MOST_BARS`.
        words: The sentences around the chart.
        language: `en` or `ar`.
    """
    return theme.lay_out_for_every_width(lambda page: _draw(bars, words, language, page))


def _draw(bars: Sequence[Bar], words: ChartWords, language: str, page: Page) -> Canvas:
    end = theme.estimate_width([bar.text for bar in bars], theme.BODY) + 14
    names = [theme.fit(bar.name, page.width - 16, size=theme.BODY, language=language, most=3) for bar in bars]
    tops, height = [], 0
    for lines in names:
        tops.append(height)
        height += _NAME_LINE * len(lines) + _BAR + _GAP
    ids = list(dict.fromkeys(i for bar in bars for i in bar.statement_ids))
    figure = theme.make_figure(words, Frame(body=height, start=8, end=end), language=language, statement_ids=ids)
    longest = max(bar.value for bar in bars)
    figure.update_axis("xaxis", range=theme.horizontal_range(0, longest if longest > 0 else 1, language))
    middles = [top + _NAME_LINE * len(lines) + _BAR / 2 for top, lines in zip(tops, names, strict=True)]
    figure.update_layout(bargap=0)
    figure.add_bar(
        x=[bar.value for bar in bars], y=middles, width=_BAR, orientation="h", marker={"color": theme.ACCENT},
        hovertext=[theme.join_lines([*lines, bar.text]) for lines, bar in zip(names, bars, strict=True)],
        hoverinfo="text", customdata=[next(iter(bar.statement_ids), "") for bar in bars],
    )  # fmt: skip
    for bar, lines, middle in zip(bars, names, middles, strict=True):
        at = middle - _BAR / 2 - _NAME_LINE * len(lines) / 2 - 2
        theme.write(figure, lines, language=language, at=at)
        figure.add_annotation(
            text=bar.text, x=bar.value, y=middle, xanchor=theme.start_side(language),
            xshift=-6 if theme.is_mirrored(language) else 6, showarrow=False, borderpad=0, font={"size": theme.BODY},
        )  # fmt: skip
    return figure
