from __future__ import annotations

import pandas as pd
import plotly.graph_objects as go
import pytest

from mawaqif.charts.theme import ChartWords
from mawaqif.charts.voices import draw_voices

WORDS = ChartWords("The finding", "What is measured", "Source: two articles.", "A chart")


def draw(*rows: tuple[str, str, int], language: str = "en") -> go.Figure:
    table = pd.DataFrame(
        [
            {"doc_id": "a", "outlet": None, "camp": c, "grade": g, "n_statements": n, "statement_ids": [f"{c}-{g}"]}
            for c, g, n in rows
        ],
        columns=["doc_id", "outlet", "camp", "grade", "n_statements", "statement_ids"],
    )
    camps = {"blocs": "Parliament <and> blocs", "experts": "Experts"}
    return draw_voices(table, camps=camps, words=WORDS, language=language)


def texts(figure: go.Figure) -> str:
    return " ".join(a.text for a in figure.layout.annotations)


def test_bars_are_as_long_as_the_statements_of_camp_and_grade() -> None:
    figure = draw(("blocs", "person", 3), ("blocs", "person", 2), ("blocs", "anonymous", 1), ("experts", "person", 9))

    assert [list(bar.x) for bar in figure.data] == [[9, 5], [0, 1]]


def test_the_camp_with_most_statements_comes_first() -> None:
    figure = draw(("blocs", "person", 3), ("experts", "person", 9))
    names = {a.text: a.y for a in figure.layout.annotations if a.yref == "y"}

    assert min(names, key=names.get).find("Experts") >= 0


def test_a_number_too_wide_for_its_bar_is_left_to_the_total() -> None:
    figure = draw(("blocs", "person", 200), ("blocs", "anonymous", 1))

    assert [list(bar.text) for bar in figure.data] == [["200"], [""]]
    assert "<b>201</b>" in texts(figure)


def test_grades_that_do_not_occur_have_no_key() -> None:
    written = texts(draw(("blocs", "person", 3)))

    assert "named person" in written
    assert "anonymous" not in written


def test_a_statement_without_a_speaker_is_shown_as_such() -> None:
    assert "no speaker found" in texts(draw(("blocs", "none", 3)))


def test_bars_grow_from_the_right_in_arabic() -> None:
    assert draw(("blocs", "person", 3), language="ar").layout.xaxis.range[0] == 3
    assert draw(("blocs", "person", 3), language="en").layout.xaxis.range[0] == 0


def test_names_of_camps_are_escaped() -> None:
    assert "Parliament &lt;and&gt; blocs" in texts(draw(("blocs", "person", 3)))


@pytest.mark.parametrize(("language", "said"), [("en", "No statement"), ("ar", "لم يُعثر على أي تصريح")])
def test_without_statements_the_chart_says_so(language: str, said: str) -> None:
    assert said in texts(draw(language=language))
