from __future__ import annotations

import pandas as pd
import plotly.graph_objects as go
import pytest
from chart_labels import find_cut, find_overlaps

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

    assert [bar.text[0].rpartition(" ")[2] for bar in figure.data] == ["200", ""]
    assert "<b>201</b>" in texts(figure)


def test_grades_that_do_not_occur_are_not_named() -> None:
    figure = draw(("blocs", "person", 3))
    written = texts(figure) + str(figure.data[0].text)

    assert "named person" in written
    assert "anonymous" not in written


def test_a_statement_without_a_speaker_is_shown_as_such() -> None:
    figure = draw(("blocs", "none", 3))

    assert figure.data[0].text == ("\u2066no speaker found:\u2069 3",)


def test_a_grade_whose_bars_are_too_short_for_its_name_is_named_over_the_chart() -> None:
    figure = draw(("blocs", "person", 200), ("experts", "anonymous", 1))

    assert "anonymous" in texts(figure)
    assert "named person" not in texts(figure)


def test_the_share_of_all_statements_stands_beside_the_number() -> None:
    written = texts(draw(("blocs", "person", 3), ("experts", "person", 9)))

    assert "<b>9</b> · \u206675%\u2069" in written
    assert "<b>3</b> · \u206625%\u2069" in written


@pytest.mark.parametrize("language", ["en", "ar"])
def test_no_label_is_cut_or_stands_on_another_at_any_width(language: str) -> None:
    grades = ("person", "office", "institution", "anonymous", "none")
    figure = draw(
        *((f"camp {n}", grades[n % 5], 1 + 37 * n) for n in range(12)), ("blocs", "none", 3), language=language
    )

    assert find_overlaps(figure) == []
    assert find_cut(figure) == []


def test_bars_grow_from_the_right_in_arabic() -> None:
    assert draw(("blocs", "person", 3), language="ar").layout.xaxis.range[0] == 3
    assert draw(("blocs", "person", 3), language="en").layout.xaxis.range[0] == 0


def test_names_of_camps_are_escaped() -> None:
    assert "Parliament &lt;and&gt; blocs" in texts(draw(("blocs", "person", 3)))


@pytest.mark.parametrize(("language", "said"), [("en", "No statement"), ("ar", "لم يُعثر على أي تصريح")])
def test_without_statements_the_chart_says_so(language: str, said: str) -> None:
    assert said in texts(draw(language=language))
