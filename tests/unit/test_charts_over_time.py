from __future__ import annotations

import pandas as pd
import plotly.graph_objects as go
import pytest
from chart_labels import find_cut, find_overlaps
from small_tables import ISSUE, VOCABULARY, document, documents, statement, statements

from mawaqif.aggregate.positions import positions_over_time
from mawaqif.charts.over_time import draw_over_time
from mawaqif.charts.theme import PAPER, ChartWords

WORDS = ChartWords("The finding", "What is measured", "Source: two articles.", "A chart")
CAMPS = {camp.id: camp.name.en for camp in VOCABULARY.actors.camps}
DOCUMENTS = documents(
    document("a", published="2021-03-23"),
    document("b", published=None, published_earliest="2024-07-24", published_latest="2024-07-28"),
    document("c", published=None, published_earliest=None, published_latest=None, published_basis="unknown"),
)


def draw(*rows: dict[str, object], language: str = "en") -> go.Figure:
    points = positions_over_time(statements(*rows), DOCUMENTS, issue_id="presence", vocabulary=VOCABULARY)
    return draw_over_time(
        points.assign(quote="نص", about="who"), scale=ISSUE.scale, camps=CAMPS, words=WORDS, language=language
    )


def dots(figure: go.Figure) -> pd.DataFrame:
    return pd.concat(
        pd.DataFrame({"x": t.x, "y": t.y, "n": t.text, "fill": t.marker.color, "ids": t.customdata})
        for t in figure.data
    )


def texts(figure: go.Figure) -> str:
    return " ".join(a.text for a in figure.layout.annotations)


def strip(text: str) -> str:
    return text.translate(dict.fromkeys(map(ord, "\u2066\u2067\u2069\u200e")))


def test_statements_of_one_camp_date_and_step_share_a_dot_with_their_number() -> None:
    shown = dots(draw(statement(1, "bloc", -2), statement(2, "deputy", -2), statement(3, "bloc", 1)))

    assert sorted(shown["n"]) == ["1", "2"]


def test_every_row_is_named_with_its_step_and_steps_without_statements_take_no_room() -> None:
    figure = draw(statement(1, "bloc", 1), statement(2, "bloc", -2))
    plain = {strip(a.text): a.y for a in figure.layout.annotations if a.yref == "y" and a.textangle is None}

    assert list(plain) == ["<b>Parliament and blocs</b>", "+1 continue", "\u22122 exit now"]
    assert sorted(plain.values()) == list(plain.values())
    assert sorted(dots(figure)["y"]) == list(plain.values())[1:]


def test_each_camp_has_its_own_panel() -> None:
    figure = draw(statement(1, "bloc", 0), statement(2, "government", 0))

    assert dots(figure)["y"].nunique() == 2
    assert "Parliament and blocs" in texts(figure)
    assert "Armed factions" not in texts(figure)


def test_a_forecast_beside_a_position_hides_nothing() -> None:
    shown = dots(draw(statement(1, "bloc", 1), statement(2, "bloc", 1, modality="forecast")))

    assert shown["y"].max() - shown["y"].min() >= 10
    assert set(shown["fill"]) > {PAPER}


def test_a_date_known_only_as_a_range_is_a_bar_over_the_range() -> None:
    exact = draw(statement(1, "bloc", 1))
    ranged = draw(statement(1, "bloc", 1, doc_id="b"))

    assert not [s for s in exact.layout.shapes if s.type == "line" and s.line.width == 4]
    assert len([s for s in ranged.layout.shapes if s.type == "line" and s.line.width == 4]) == 1


def test_the_time_without_articles_is_named() -> None:
    written = texts(draw(statement(1, "bloc", 1), statement(2, "bloc", 1, doc_id="b")))

    assert "Apr 2021 – Jun 2024: no articles" in written


def test_undated_statements_are_counted_not_drawn() -> None:
    figure = draw(statement(1, "bloc", 1), statement(2, "bloc", 1, doc_id="c"))

    assert dots(figure)["ids"].tolist() == ["a-100-150"]
    assert "unknown: 1." in texts(figure)


def test_time_runs_from_right_to_left_in_arabic() -> None:
    english, arabic = (draw(statement(1, "bloc", 1), language=lang).layout.xaxis.range for lang in ("en", "ar"))

    assert english[0] < english[1]
    assert arabic[0] > arabic[1]


def test_without_a_dated_position_the_chart_says_so() -> None:
    assert "No dated statement" in texts(draw(statement(1, "bloc", None)))


@pytest.mark.parametrize("language", ["en", "ar"])
def test_no_label_is_cut_or_stands_on_another_at_any_width(language: str) -> None:
    days = [f"20{20 + n // 12}-{1 + n % 12:02}-{1 + n % 28:02}" for n in range(0, 40, 3)]
    printed = documents(
        *(document(f"d{n}", published=day) for n, day in enumerate(days)), document("a", published=None)
    )
    told = statements(*(statement(n, "bloc", n % 5 - 2, doc_id=f"d{n % len(days)}") for n in range(1, 60)))
    points = positions_over_time(told, printed, issue_id="presence", vocabulary=VOCABULARY)
    figure = draw_over_time(
        points.assign(quote="نص", about="who"), scale=ISSUE.scale, camps=CAMPS, words=WORDS, language=language
    )

    assert find_overlaps(figure) == []
    assert find_cut(figure) == []


def test_dots_that_would_touch_stand_in_lanes() -> None:
    printed = documents(document("a", published="2024-07-22"), document("b", published="2024-07-23"), document("c"))
    told = statements(statement(1, "bloc", 1), statement(2, "bloc", 1, doc_id="b"))
    points = positions_over_time(told, printed, issue_id="presence", vocabulary=VOCABULARY)
    shown = dots(
        draw_over_time(
            points.assign(quote="نص", about="who"), scale=ISSUE.scale, camps=CAMPS, words=WORDS, language="en"
        )
    )

    assert shown["y"].max() - shown["y"].min() >= 18
