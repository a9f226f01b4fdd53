from __future__ import annotations

import re
from itertools import combinations

import pandas as pd
import plotly.graph_objects as go
import pytest
from chart_labels import find_cut, find_overlaps
from small_tables import ISSUE, VOCABULARY, document, documents, statement, statements

from mawaqif.aggregate.positions import make_positions, positions_over_time
from mawaqif.charts.positions import draw_positions
from mawaqif.charts.theme import PAPER, STANCE_COLOURS, ChartWords

WORDS = ChartWords("The finding", "What is measured", "Source: two articles.", "A chart")
CAMPS = {camp.id: camp.name.en for camp in VOCABULARY.actors.camps}


def draw(*rows: dict[str, object], language: str = "en", quote: str = "نص") -> go.Figure:
    told, printed = statements(*rows), documents(document("a"), document("b"))
    points = positions_over_time(told, printed, issue_id="presence", vocabulary=VOCABULARY)
    return draw_positions(
        points.assign(quote=quote, about="who · where"),
        make_positions(told, printed, issue_id="presence", vocabulary=VOCABULARY),
        scale=ISSUE.scale,
        camps=CAMPS,
        words=WORDS,
        language=language,
    )


def dots(figure: go.Figure) -> pd.DataFrame:
    return pd.concat(
        pd.DataFrame({"id": t.customdata, "x": t.x, "y": t.y, "fill": t.marker.color, "edge": t.marker.line.color})
        for t in figure.data
        if t.x and t.type == "scatter"
    )


def texts(figure: go.Figure) -> str:
    return " ".join(a.text for a in figure.layout.annotations)


def test_every_statement_with_a_position_is_a_dot_on_its_step() -> None:
    shown = dots(draw(statement(1, "bloc", -2), statement(2, "bloc", 1), statement(3, "government", 0)))

    assert dict(zip(shown["id"], shown["x"].round(), strict=True)) == {"a-100-150": -2, "a-200-250": 1, "a-300-350": 0}
    assert set(shown["edge"]) == {STANCE_COLOURS[-2], STANCE_COLOURS[1], STANCE_COLOURS[0]}


def test_dots_never_lie_on_each_other_and_stay_in_their_column() -> None:
    shown = dots(draw(*(statement(n, "bloc", 1) for n in range(1, 18))))

    assert len(shown) == 17
    assert shown["x"].sub(1).abs().max() < 0.5
    for one, other in combinations(zip(shown["x"], shown["y"], strict=True), 2):
        assert abs(one[0] - other[0]) >= 0.13 or abs(one[1] - other[1]) >= 8


def test_forecasts_are_hollow() -> None:
    shown = dots(draw(statement(1, "bloc", 1), statement(2, "bloc", 1, modality="forecast"))).set_index("id")

    assert shown.loc["a-100-150", "fill"] == STANCE_COLOURS[1]
    assert shown.loc["a-200-250", "fill"] == PAPER


def test_the_mean_and_the_number_of_positions_are_written_beside_the_row() -> None:
    written = texts(
        draw(statement(1, "bloc", -2), statement(2, "bloc", -1), statement(3, "bloc", 2, modality="forecast"))
    )

    assert "\u22121.5" in written
    assert written.endswith("</b> 2 1 1")


@pytest.mark.parametrize("language", ["en", "ar"])
def test_each_step_is_named_over_its_column(language: str) -> None:
    figure = draw(statement(1, "bloc", -2), language=language)
    names = [a for a in figure.layout.annotations if a.xref == "x" and not a.text.startswith("<b>")]

    assert [a.x for a in names] == [-2, -1, 0, 1, 2]
    assert [point.label.in_language(language) for point in ISSUE.scale] == [
        " ".join(a.text.replace("<br>", " ").translate(dict.fromkeys(map(ord, "\u2066\u2067\u2069"))).split())
        for a in names
    ]
    assert min(dots(figure)["y"]) > max(a.y for a in names)


def test_camps_head_their_actors_in_the_order_of_the_register() -> None:
    figure = draw(statement(1, "source", 0), statement(2, "government", 1), statement(3, "bloc", 0))
    heads = {a.text.strip("<b/>\u2066\u2069"): a.y for a in figure.layout.annotations if a.yref == "y"}

    assert heads["Iraqi government"] < heads["Government of Iraq"] < heads["Parliament and blocs"]
    assert heads["Parliament and blocs"] < heads["Wafa bloc"] < heads["Unnamed sources"]


def test_names_stand_right_and_the_scale_runs_from_right_to_left_in_arabic() -> None:
    english, arabic = (draw(statement(1, "bloc", -2), language=lang) for lang in ("en", "ar"))

    assert tuple(english.layout.xaxis.range) == (-2.5, 2.5)
    assert tuple(arabic.layout.xaxis.range) == (2.5, -2.5)
    for figure, side, at in ((english, "left", 0), (arabic, "right", 1)):
        (name,) = (a for a in figure.layout.annotations if "Wafa" in a.text or "الوفاء" in a.text)
        assert (name.xanchor, name.x) == (side, at)


def test_a_name_and_a_passage_from_an_article_cannot_act() -> None:
    figure = draw(statement(1, "<b>x</b>&", 1), quote="<a href='javascript:x'>نص</a>")
    boxes = [box for trace in figure.data for box in trace.hovertext or ()]

    assert "<a" not in "".join(boxes)
    assert "&lt;b&gt;x&lt;/b&gt;&amp;" in texts(figure)


def test_more_dots_than_a_row_can_hold_are_counted() -> None:
    figure = draw(*(statement(n, "bloc", 1) for n in range(1, 41)))

    assert len(dots(figure)) == 24
    assert "+16" in texts(figure)
    assert len(figure.layout.meta["statement_ids"]) == 40


def test_of_too_many_actors_those_who_say_most_are_drawn_and_the_others_counted() -> None:
    figure = draw(
        *(statement(n, f"speaker {n}", 0) for n in range(1, 71)), *(statement(n, "bloc", 1) for n in (80, 81))
    )
    written = texts(figure)

    assert re.findall(r"(\d+) more", written) == ["11"]
    assert "Wafa bloc" in written
    assert figure.layout.height < 60 * 40 + 400


@pytest.mark.parametrize("language", ["en", "ar"])
def test_without_any_position_the_chart_says_so(language: str) -> None:
    figure = draw(statement(1, "bloc", None), language=language)

    assert {"en": "Nobody took a position", "ar": "لم يتخذ أحد موقفاً"}[language] in texts(figure)


@pytest.mark.parametrize("language", ["en", "ar"])
def test_no_label_is_cut_or_stands_on_another_at_any_width(language: str) -> None:
    stances = (-2, -1, 0, 1, 2)
    figure = draw(
        *(
            statement(n, f"متحدث باسم لجنة الأمن والدفاع رقم {n % 50}", stances[n % 5], modality=modality)
            for n in range(1, 160)
            for modality in [("position", "forecast")[n % 3 == 0]]
        ),
        *(statement(n, f"صامت {n}", None) for n in range(200, 300)),
        statement(400, "government", 2),
        statement(401, "minister", 1),
        language=language,
    )

    assert find_overlaps(figure) == []
    assert find_cut(figure) == []


def test_forecasts_stand_apart_under_the_positions() -> None:
    shown = dots(draw(*(statement(n, "bloc", 1) for n in range(1, 7)), statement(8, "bloc", 1, modality="forecast")))
    forecasts = shown[shown["fill"] == PAPER]

    assert forecasts["y"].min() > shown.loc[shown["fill"] != PAPER, "y"].max() + 8


@pytest.mark.parametrize("language", ["en", "ar"])
def test_those_without_a_position_are_listed_under_the_chart(language: str) -> None:
    written = texts(draw(statement(1, "bloc", 1), statement(2, "deputy", None), language=language))

    assert {"en": "without a position on the issue", "ar": "وليس فيه ما له درجة"}[language] in written
    assert {"en": "Mona Salim", "ar": "منى سالم"}[language] in written
