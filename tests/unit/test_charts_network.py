from __future__ import annotations

import json

import plotly.graph_objects as go
import pytest
from chart_labels import find_cut, find_overlaps
from small_tables import ISSUE, VOCABULARY, document, documents, statement, statements

from mawaqif.aggregate.network import make_network
from mawaqif.aggregate.positions import make_positions
from mawaqif.charts.network import MOST_ACTORS, draw_network
from mawaqif.charts.theme import ChartWords

WORDS = ChartWords("The finding", "What is measured", "Source: two articles.", "A chart")
SOME = (
    statement(1, "bloc", -2), statement(2, "deputy", -1), statement(3, "government", 1), statement(4, "minister", 0),
    statement(5, "bloc", -2, doc_id="b"), statement(6, "government", 2, doc_id="b"),
)  # fmt: skip
CROWD_CAMPS = ("iraqi_government", "parliament_blocs", "armed_factions", "experts")


def draw(*rows: dict[str, object], language: str = "en") -> go.Figure:
    told, printed = statements(*rows), documents(*(document(f"{c}") for c in "abcdefghij"))
    return draw_network(
        make_network(told, printed, issue_id="presence"),
        make_positions(told, printed, issue_id="presence", vocabulary=VOCABULARY),
        scale=ISSUE.scale,
        camps={camp.id: camp.name.in_language(language) for camp in VOCABULARY.actors.camps},
        words=WORDS,
        language=language,
    )


def crowd(number: int) -> list[dict[str, object]]:
    """Return statements of so many speakers of four camps in ten articles, each on a step of its own choosing."""
    return [
        statement(n, f"متحدث باسم الكتلة رقم {n // 2}", (-2, -1, 0, 1, 2)[n // 2 % 5],
                  doc_id="abcdefghij"[n * 7 // 3 % 10], camp=CROWD_CAMPS[n // 2 % 4])
        for n in range(1, 2 * number + 1)
    ]  # fmt: skip


def texts(figure: go.Figure) -> str:
    return " ".join(a.text for a in figure.layout.annotations)


def test_opposite_sides_are_joined_by_full_lines_and_the_same_side_by_dashed_arcs() -> None:
    lines = {trace.line.dash: trace for trace in draw(*SOME).data if trace.mode == "lines"}

    across = [x for x in lines["solid"].x if x is not None]
    assert (min(across), max(across)) == (0, 1)
    assert max(x for x in lines["2px,3px"].x if x is not None) < 0.5


def test_the_more_articles_quote_both_the_thicker_the_line() -> None:
    widths = sorted(t.line.width for t in draw(*SOME).data if t.mode == "lines" and t.line.dash == "solid")

    assert len(widths) == 2
    assert widths[0] < widths[1]


def test_who_is_near_the_middle_is_listed_under_the_chart() -> None:
    written = texts(draw(*SOME))

    assert "On neither side" in written
    assert "Saad Karim" in written


@pytest.mark.parametrize("language", ["en", "ar"])
@pytest.mark.parametrize("rows", [[], list(SOME), crowd(16), crowd(100)], ids=["none", "some", "many", "crowd"])
def test_no_label_is_cut_or_stands_on_another_at_any_width(rows: list[dict[str, object]], language: str) -> None:
    figure = draw(*rows, language=language)

    assert find_overlaps(figure) == []
    assert find_cut(figure) == []


def test_a_hundred_actors_are_counted_by_camps() -> None:
    figure = draw(*crowd(100))
    written = texts(figure)

    assert not [trace for trace in figure.data if trace.mode == "lines"]
    assert "1. Iraqi government" in written.translate(dict.fromkeys(map(ord, "\u2066\u2067\u2069")))
    assert sum(a.text.count("≠ ") for a in figure.layout.annotations if a.xref != "paper") >= 8
    assert figure.layout.height < 600
    assert MOST_ACTORS < 100


def test_the_same_table_gives_the_same_picture_to_the_byte() -> None:
    assert draw(*crowd(16)).to_json() == draw(*crowd(16)).to_json()


def test_names_from_articles_cannot_act() -> None:
    figure = draw(statement(1, "<b>x</b>&", 2), statement(2, "bloc", -2))

    assert "&lt;b&gt;x" in texts(figure)
    assert "<b>x" not in json.dumps(figure.to_plotly_json(), default=str)


@pytest.mark.parametrize(("language", "said"), [("en", "Nobody takes a side"), ("ar", "لا أحد يأخذ جانباً")])
def test_without_sides_the_chart_says_so(language: str, said: str) -> None:
    assert said in texts(draw(language=language))
