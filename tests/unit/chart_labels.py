"""Where the labels of a chart stand on a page of a given width, from its layout alone: plotly's own rules."""

from __future__ import annotations

import html
import itertools
import json
import re
from dataclasses import dataclass
from typing import Any

import plotly.graph_objects as go

from mawaqif.charts.letters import measure

_LINE_HEIGHT = 1.3
"""Of plotly's lines, in ems."""


@dataclass(frozen=True)
class Label:
    """One line or block of text; pixels from the chart's upper left corner."""

    text: str
    left: float
    right: float
    top: float
    bottom: float


def layouts(figure: go.Figure) -> dict[int, dict[str, Any]]:
    """Return the wide and the narrow layout by the least width for which each is made, and by a greater one."""
    spec = json.loads(figure.to_json())
    narrow = spec["layout"]["meta"]["narrow"]
    return {320: narrow["layout"], narrow["below"] - 1: narrow["layout"], 620: spec["layout"], 900: spec["layout"]}


def find_labels(layout: dict[str, Any], width: int) -> list[Label]:
    return [_place(a, layout, width) for a in layout.get("annotations", []) if a["text"]]


def find_overlaps(figure: go.Figure) -> list[tuple[int, str, str]]:
    """Return the labels that stand on each other, with the width of the page."""
    return [
        (width, one.text, other.text)
        for width, layout in layouts(figure).items()
        for one, other in itertools.combinations(find_labels(layout, width), 2)
        if min(one.right, other.right) - max(one.left, other.left) > 0.5
        and min(one.bottom, other.bottom) - max(one.top, other.top) > 0.5
    ]


def find_cut(figure: go.Figure) -> list[tuple[int, str]]:
    """Return the labels that reach over an edge of the chart, with the width of the page."""
    return [
        (width, label.text)
        for width, layout in layouts(figure).items()
        for label in find_labels(layout, width)
        if label.left < -1 or label.right > width + 1 or label.top < -1 or label.bottom > layout["height"] + 1
    ]


def _place(annotation: dict[str, Any], layout: dict[str, Any], width: int) -> Label:
    margin, size = layout["margin"], annotation["font"]["size"]
    lines = [html.unescape(re.sub("<[^>]*>", "", line)) for line in annotation["text"].split("<br>")]
    long = max(measure(line, size) for line in lines)
    tall = size * (1 + _LINE_HEIGHT * (len(lines) - 1))
    if annotation.get("textangle") in (-90, 90):
        long, tall = tall, long
    first, last = layout["xaxis"]["range"]
    plot, body = width - margin["l"] - margin["r"], layout["height"] - margin["t"] - margin["b"]
    part = annotation["x"] if annotation.get("xref") == "paper" else (annotation["x"] - first) / (last - first)
    x = margin["l"] + part * plot + annotation.get("xshift", 0)
    low, high = layout["yaxis"]["range"]
    part = 1 - annotation["y"] if annotation.get("yref") == "paper" else (annotation["y"] - high) / (low - high)
    y = margin["t"] + part * body - annotation.get("yshift", 0)
    left = x - {"left": 0, "right": 1}.get(annotation.get("xanchor", ""), 0.5) * long
    top = y - {"top": 0, "bottom": 1}.get(annotation.get("yanchor", ""), 0.5) * tall
    return Label(annotation["text"], left, left + long, top, top + tall)
