"""Charts of made-up corpora far larger than the project's, and a page that shows each of them at every width."""

from __future__ import annotations

import json
from collections.abc import Iterator
from itertools import product
from pathlib import Path
from typing import Any

import pandas as pd
import plotly.graph_objects as go
from small_tables import CAMPS, ISSUE, VOCABULARY, document, documents, statement, statements

from mawaqif.aggregate.network import make_network
from mawaqif.aggregate.positions import make_positions, positions_over_time
from mawaqif.aggregate.sources import make_sources
from mawaqif.charts.network import draw_network
from mawaqif.charts.over_time import draw_over_time
from mawaqif.charts.positions import draw_positions
from mawaqif.charts.theme import ChartWords
from mawaqif.charts.timeline import draw_timeline
from mawaqif.charts.voices import draw_voices
from mawaqif.render.figures import json_for_script

WORDS = ChartWords("The finding", "What is measured", "Source: ten articles.", "A chart")
ROOMS = (320, 620, 900)
"""Pixels: the least width of either layout, and a desk's column."""
ARTICLES = {f"d{n}": f"20{19 + n % 7}-{1 + n * 5 % 12:02}-{1 + n * 11 % 28:02}" for n in range(10)}
NAMES = (
    "المتحدث الرسمي باسم الكتلة النيابية رقم {n}", "علي {n}", "مصادر مطلعة في وزارة الخارجية والدفاع {n}",
    "عضو اللجنة العليا لمتابعة الاتفاقية الأمنية المشتركة {n}",
)  # fmt: skip


def tell(actors: int) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Return statements of so many speakers of every camp, three each, some of them forecasts, and their articles."""
    rows = (
        statement(
            4 * n + k,
            NAMES[n % 4].format(n=n),
            None if n % 9 == 8 else (n * 3 + k * (n % 3)) % 5 - 2,
            doc_id=f"d{(n * 7 + k * 3) % 10}",
            camp=CAMPS[n % len(CAMPS)][0],
            modality="forecast" if (n + k) % 6 == 5 else "position",
        )
        for n in range(actors)
        for k in range(3)
    )
    return statements(*rows), documents(*(document(name, published=day) for name, day in ARTICLES.items()))


def draw_crowds(language: str) -> dict[str, go.Figure]:
    """Return every chart of 40 actors, and the network of 24 (lines between names) and of 100 (a matrix of camps)."""
    camps = {camp.id: camp.name.in_language(language) for camp in VOCABULARY.actors.camps}
    told, printed = tell(40)
    points = positions_over_time(told, printed, issue_id="presence", vocabulary=VOCABULARY)
    points = points.assign(quote="نص من المقال", about="who · where")
    positions = make_positions(told, printed, issue_id="presence", vocabulary=VOCABULARY)
    common: dict[str, Any] = {"camps": camps, "words": WORDS, "language": language}
    figures = {
        "positions": draw_positions(points, positions, scale=ISSUE.scale, **common),
        "over-time": draw_over_time(points, scale=ISSUE.scale, **common),
        "voices": draw_voices(make_sources(told, printed), **common),
        "timeline": draw_timeline(
            events(), sources={}, words=WORDS, language=language, milestones=ISSUE.milestones * 2
        ),
    }
    for actors in (24, 100):
        told, printed = tell(actors)
        network = make_network(told, printed, issue_id="presence")
        positions = make_positions(told, printed, issue_id="presence", vocabulary=VOCABULARY)
        figures[f"network-{actors}"] = draw_network(network, positions, scale=ISSUE.scale, **common)
    return figures


def events() -> pd.DataFrame:
    """Return 45 events of every status and length, two of them open at an end."""
    return pd.DataFrame(
        {
            "event_id": f"e-{n}", "first": None if n == 7 else f"20{10 + n % 16}-0{1 + n % 9}-11",
            "last": None if n == 8 else f"20{10 + n % 16 + n % 2}-12-{10 + n % 20}", "granularity": "day",
            "is_inferred": n % 4 == 0,
            "status": ("past", "planned", "hypothetical")[n % 3], "doc_id": "d0", "start": n, "end": n + 1,
            "label_ar": "وصول وفد عسكري لبحث مستقبل العلاقة الأمنية بين البلدين " * (1 + n % 3),
            "label_en": "Arrival of a delegation that discusses the future of security relations " * (1 + n % 3),
            "statement_ids": [f"d0-{n}-{n + 1}"],
        }
        for n in range(45)
    )  # fmt: skip


def write_crowds(folder: Path, shared: Path, theme: Path, *, language: str) -> Path:
    """Write a page with each chart live in a room of each width.

    Args:
        folder: Where to write it.
        shared: The folder of the files that every report's page carries: fonts and plotly.js.
        theme: The folder of the report's style sheet and script of charts.
        language: `en` or `ar`.
    """
    charts: dict[str, Any] = {name: json.loads(figure.to_json()) for name, figure in draw_crowds(language).items()}
    page = folder / f"crowds.{language}.html"
    page.write_text("".join(_pieces(charts, shared, theme, language)), encoding="utf-8")
    return page


def _pieces(charts: dict[str, Any], shared: Path, theme: Path, language: str) -> Iterator[str]:
    direction = "rtl" if language == "ar" else "ltr"
    yield f'<!DOCTYPE html><html lang="{language}" dir="{direction}"><head><meta charset="utf-8">'
    yield f"<style>{(theme / 'report.css').read_text(encoding='utf-8')}</style>"
    yield f"{(shared / 'fonts.html').read_text(encoding='utf-8')}</head><body><main>"
    for name, room in product(charts, ROOMS):
        style = f"width:{room}px;margin:0"
        yield f'<figure id="{name}-{room}" style="{style}"><div class="picture"><svg></svg></div></figure>'
    yield "</main>"
    for (name, chart), room in product(charts.items(), ROOMS):
        spec = json_for_script({"alt": "A chart", **chart})
        yield f'<script type="application/json" data-for="{name}-{room}">{spec}</script>'
    yield (shared / "plotly.html").read_text(encoding="utf-8")
    yield (theme / "charts.html").read_text(encoding="utf-8")
