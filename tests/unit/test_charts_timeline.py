from __future__ import annotations

from datetime import date

import pandas as pd
import plotly.graph_objects as go
import pytest
from chart_labels import find_cut, find_overlaps

from mawaqif.charts.theme import ChartWords
from mawaqif.charts.timeline import draw_timeline
from mawaqif.vocabulary import Bilingual, Milestone

WORDS = ChartWords("The finding", "What is measured", "Source: two articles.", "A chart")


def event(n: int, first: str | None, last: str | None, status: str = "past", **changes: object) -> dict[str, object]:
    return {
        "event_id": f"e-{n}", "first": first, "last": last, "granularity": "day", "is_inferred": False,
        "status": status, "label_ar": "حدث", "label_en": f"Event {n}", "doc_id": "a", "start": n,
        "end": n + 1, "statement_ids": [f"a-{n}-{n + 1}"],
        **changes,
    }  # fmt: skip


def milestone(first: str, last: str) -> Milestone:
    return Milestone(
        id=f"m{first}",
        name=Bilingual(ar="نهاية المرحلة الأولى من مهمة القوات", en="End of the first phase of the mission"),
        first=date.fromisoformat(first),
        last=date.fromisoformat(last),
        source=Bilingual(ar="البيان", en="the statement"),
    )


def draw(*events: dict[str, object], language: str = "en", milestones: tuple[Milestone, ...] = ()) -> go.Figure:
    table = pd.DataFrame(events, columns=list(event(0, None, None)))
    return draw_timeline(table, sources={"a": "The Daily"}, words=WORDS, language=language, milestones=milestones)


def texts(figure: go.Figure) -> str:
    return " ".join(a.text for a in figure.layout.annotations)


def marks(figure: go.Figure) -> pd.DataFrame:
    return pd.concat(
        pd.DataFrame({"x": t.x, "y": t.y, "symbol": t.marker.symbol, "box": t.hovertext}) for t in figure.data
    )


AGREED = (
    milestone("2014-09-01", "2014-09-30"),
    milestone("2014-10-01", "2014-10-31"),
    milestone("2026-09-01", "2026-09-30"),
)


@pytest.mark.parametrize("language", ["en", "ar"])
def test_no_label_is_cut_or_stands_on_another_at_any_width(language: str) -> None:
    statuses = ("past", "planned", "hypothetical")
    events = [
        event(n, f"20{10 + n % 15}-0{1 + n % 9}-01", f"20{10 + n % 15 + n % 3}-12-{10 + n % 20}", statuses[n % 3],
              label_ar="وصول وفد عسكري لبحث مستقبل العلاقة الأمنية بين البلدين " * (1 + n % 3),
              label_en="Arrival of a delegation that discusses the future of security relations " * (1 + n % 3))
        for n in range(24)
    ]  # fmt: skip
    openings = [event(30, None, "2012-03-01"), event(31, "2026-08-31", None), event(32, "1921-01-01", "2026-12-31")]
    figure = draw(*events, *openings, language=language, milestones=AGREED)

    assert find_overlaps(figure) == []
    assert find_cut(figure) == []


def test_milestones_are_numbered_lines_named_under_the_chart() -> None:
    figure = draw(event(1, "2024-01-01", "2024-12-31"), milestones=AGREED[2:])
    (flag,) = (a for a in figure.layout.annotations if a.text == "<b>1</b>")
    lines = [s for s in figure.layout.shapes if s.x0 == s.x1 == flag.x]

    assert lines
    assert "1. End of the first phase of the mission: Sep 2026" in texts(figure)


@pytest.mark.parametrize("language", ["en", "ar"])
@pytest.mark.parametrize("day", ["2014-07-31", "2014-10-20", "2014-12-31"])
def test_no_date_stands_in_the_way_of_a_milestone_line(day: str, language: str) -> None:
    figure = draw(
        event(1, "2013-03-01", day), event(2, "2017-05-01", "2017-05-01"), milestones=AGREED[:1], language=language
    )
    (flag,) = (a for a in figure.layout.annotations if a.text == "<b>1</b>")
    (line,) = (s for s in figure.layout.shapes if s.x0 == s.x1 == flag.x)
    assert (line.y0, line.y1) == (0, pytest.approx(figure.layout.yaxis.range[0]))
    first, last = figure.layout.xaxis.range
    room = 620 - figure.layout.margin.l - figure.layout.margin.r
    for date_beside in (a for a in figure.layout.annotations if a.xref == "x" and a.yref == "y"):
        start = (date_beside.x - flag.x) / (last - first) * room + date_beside.xshift
        width = 6 * len(date_beside.text)
        left, right = (start, start + width) if date_beside.xanchor == "left" else (start - width, start)
        assert not left < 0 < right


def test_a_milestone_number_stands_clear_of_the_years() -> None:
    figure = draw(event(1, "2025-01-01", "2026-12-31"), milestones=AGREED[2:])
    (flag,) = (a for a in figure.layout.annotations if a.text == "<b>1</b>")
    years = [a for a in figure.layout.annotations if a.yref == "paper" and a.y == 1 and "20" in a.text]
    assert years
    line_of_text = 1.8 * 12
    assert all(year.yshift + line_of_text <= flag.yshift for year in years)


def test_a_short_span_is_longer_than_the_dot_of_a_day() -> None:
    shown = marks(draw(event(1, "2024-08-04", "2024-08-11"), event(2, "1970-01-01", "2026-12-31")))
    week = shown[shown["box"].str.contains("Event 1")]["x"]
    figure = draw(event(1, "2024-08-04", "2024-08-11"), event(2, "1970-01-01", "2026-12-31"))
    room = 620 - figure.layout.margin.l - figure.layout.margin.r
    length = (week.max() - week.min()) * room / abs(figure.layout.xaxis.range[1] - figure.layout.xaxis.range[0])
    assert length >= 11.9


def test_the_chart_of_many_events_fits_a_page_with_letters_of_seven_points() -> None:
    statuses = ("past", "planned", "hypothetical")
    label = "Assessment of the threat by the commission"
    events = (event(n, "2024-01-01", "2024-12-31", statuses[n % 3], label_en=label) for n in range(90))
    layout = draw(*events, event(91, None, None)).layout.meta["print"]["layout"]
    smallest = min(annotation["font"]["size"] for annotation in layout["annotations"])
    # 166 mm of text are 470 points wide, and 205 mm of a page 581 high.
    scale = min(470 / 760, 581 / layout["height"])

    assert smallest * scale >= 7


def test_happened_planned_and_hypothetical_have_their_sections() -> None:
    figure = draw(
        event(1, "2026-01-01", "2026-12-31", "planned"),
        event(2, "2024-01-01", "2024-12-31"),
        event(3, "2017-01-01", "2017-12-31", "hypothetical"),
    )
    heads = {a.text: a.y for a in figure.layout.annotations if a.text.startswith("<b>")}

    assert [" ".join(h.split(":")[0].strip("<b>/\u2066\u2069").split()[:1]) for h in sorted(heads, key=heads.get)] == [
        "Happened",
        "Planned",
        "Possible",
    ]


def test_an_uncertain_date_is_a_span_and_a_day_a_dot() -> None:
    shown = marks(draw(event(1, "2024-01-01", "2024-12-31"), event(2, "2024-08-16", "2024-08-16")))

    assert sorted(shown.groupby("y")["x"].nunique()) == [1, 2]


@pytest.mark.parametrize(
    ("language", "first", "last", "symbol"),
    [
        ("en", "2025-08-01", None, "triangle-right"),
        ("ar", "2025-08-01", None, "triangle-left"),
        ("en", None, "2014-12-31", "triangle-left"),
        ("ar", None, "2014-12-31", "triangle-right"),
    ],
)
def test_an_open_end_is_an_arrow_that_points_the_way_time_runs(
    language: str, first: str | None, last: str | None, symbol: str
) -> None:
    shown = marks(draw(event(1, first, last), language=language))

    assert set(shown["symbol"]) == {"line-ns", symbol}


def test_a_label_of_more_than_three_lines_ends_in_an_ellipsis_and_is_whole_in_the_box() -> None:
    label = "word " * 30
    figure = draw(event(1, "2024-01-01", "2024-12-31", label_en=label))

    assert "…" in texts(figure)
    assert marks(figure)["box"].iloc[0].count("word") == 30


def test_labels_from_articles_cannot_act() -> None:
    figure = draw(event(1, "2024-01-01", "2024-12-31", label_ar="<b>حدث</b> & <i>", label_en=None))

    assert "&lt;b&gt;" in texts(figure)
    assert "<i>" not in texts(figure) + "".join(marks(figure)["box"])


def test_an_event_without_any_date_is_counted_not_drawn() -> None:
    figure = draw(event(1, None, None), event(2, "2024-01-01", "2024-12-31"))

    assert "not drawn: 1" in texts(figure)
    assert figure.layout.meta["statement_ids"] == ["a-2-3"]


def test_of_too_many_events_those_that_are_spoken_of_most_are_drawn() -> None:
    events = [event(n, "2024-01-01", "2024-12-31", statement_ids=[]) for n in range(80)]
    spoken = event(99, "2024-01-01", "2024-12-31", statement_ids=["a-1-2", "a-3-4"])
    written = texts(draw(*events, spoken))

    assert "Event 99" in written
    assert "51 more" in written


def test_what_is_on_the_issue_and_still_to_come_is_drawn_before_the_rest() -> None:
    past = [event(n, "2024-01-01", "2024-12-31") for n in range(10, 39)]
    plan = event(50, "2026-01-01", "2026-12-31", "planned", statement_ids=["plan"])
    often = event(51, "2024-01-01", "2024-12-31", statement_ids=["b-1-2", "b-3-4"])
    earliest = event(9, "2014-01-01", "2014-12-31")
    on_issue = {*(f"a-{n}-{n + 1}" for n in range(40)), "plan"}
    table = pd.DataFrame([earliest, *past, often, plan])
    written = texts(draw_timeline(table, sources={}, words=WORDS, language="en", on_issue=on_issue))

    assert "Event 50" in written
    assert "Event 9\u2069" not in written
    assert "Event 51" not in written


@pytest.mark.parametrize(("language", "said"), [("en", "No dated event"), ("ar", "لم يُعثر على حدث")])
def test_without_events_the_chart_says_so(language: str, said: str) -> None:
    assert said in texts(draw(language=language))
