"""Tables and charts of one's own: in the report's language, with links, and nothing of an article acts."""

from __future__ import annotations

import json
from typing import Any

import pandas as pd
import plotly.express as px
import pytest
from small_tables import statement
from test_workbook import make_tables

from mawaqif import workbook as wb
from mawaqif.errors import ParameterError
from mawaqif.section_outputs import draw_bars, list_statements, show_chart, show_table
from mawaqif.tables import Tables

S1, S2, S3 = "a-1", "b-2", "a-3"
HOSTILE = "<b>x</b> [y](javascript:z) {{< meta >}} $q$ | `r`"
WORDS = {"en": "How often", "ar": "كم مرة"}
COLUMNS = {"who": ("Who", "من"), "n": ("How many", "العدد")}


def tables(language: str = "en") -> Tables:
    rows = [
        statement(1, "government", -1, statement_id=S1),
        statement(2, "bloc", 1, doc_id="b", statement_id=S2),
        statement(3, None, None, speaker_name="مراقب", statement_id=S3),
    ]
    return make_tables(*rows, language=language)


def table(frame: pd.DataFrame, language: str = "en", **columns: Any) -> str:
    return show_table(tables(language), frame, columns=columns or COLUMNS, **WORDS).markdown


def chart(output: Any) -> dict[str, Any]:
    return json.loads(json.dumps(output.data[wb.PLOTLY_MIME]))


def test_statements_have_names_in_the_language_of_the_report() -> None:
    english, arabic = (list_statements(tables(language)).set_index("statement_id") for language in ("en", "ar"))

    assert english.loc[S1, ["actor", "camp_name"]].tolist() == ["Government of Iraq", "Iraqi government"]
    assert arabic.loc[S1, ["actor", "camp_name"]].tolist() == ["الحكومة العراقية", "الحكومة العراقية"]
    assert english.loc[S3, "actor"] == "مراقب"
    assert english["camp"].notna().all()
    assert english["is_on_issue"].dtype == bool


@pytest.mark.parametrize(("language", "heads"), [("en", "| Who | How many |"), ("ar", "| من | العدد |")])
def test_a_table_has_heads_and_caption_in_the_language(language: str, heads: str) -> None:
    shown = show_table(tables(language), pd.DataFrame({"who": ["a"], "n": [3]}), columns=COLUMNS, **WORDS)

    assert shown.markdown.splitlines() == [heads, "| :--- | ---: |", "| a | 3 |"]
    assert shown.caption == WORDS[language]


def test_numbers_gaps_and_arabic_words_are_written_as_the_report_writes_them() -> None:
    frame = pd.DataFrame({"who": ["كتلة", None], "n": [-1.0, 0.375]})

    assert table(frame).splitlines()[2:] == ['| [كتلة]{.passage lang="ar" dir="rtl"} | −1 |', "| – | 0.38 |"]
    assert table(frame, "ar").splitlines()[2] == "| كتلة | −1 |"


def test_lists_of_statement_ids_become_links_and_an_unknown_one_is_an_error() -> None:
    frame = pd.DataFrame({"ids": [[S1, S2]]})

    assert "](#s-a-1)" in table(frame, ids=("Which", "أيها"))
    with pytest.raises(ParameterError, match="no statement 's9'"):
        table(pd.DataFrame({"ids": [["s9"]]}), ids=("Which", "أيها"))


def test_nothing_in_a_cell_acts() -> None:
    row = table(pd.DataFrame({"who": [HOSTILE], "n": [1]})).splitlines()[2]

    assert not set("<>[]{}$`") & set(row)
    assert row.count("|") == 3


def test_a_long_table_is_cut_and_says_so_and_an_empty_one_says_that_it_is_empty() -> None:
    frame = pd.DataFrame({"who": [f"w{n}" for n in range(230)], "n": range(230)})

    assert table(frame).endswith("and 30 more")
    assert "nothing to show" in table(frame.head(0))


def test_a_missing_column_is_named_with_those_there_are() -> None:
    with pytest.raises(ParameterError, match=r"no column 'n'.*Its columns are: who"):
        table(pd.DataFrame({"who": ["a"]}))


def bars(frame: pd.DataFrame, language: str = "en") -> Any:
    return draw_bars(tables(language), frame, label="who", value="n", **WORDS)


@pytest.mark.parametrize("language", ["en", "ar"])
def test_bars_say_in_words_what_they_show_and_begin_where_reading_begins(language: str) -> None:
    made = chart(bars(pd.DataFrame({"who": ["first", "second"], "n": [4, 2]}), language))
    first, last = made["layout"]["xaxis"]["range"]

    assert made["layout"]["meta"]["alt"].startswith(WORDS[language])
    assert "first 4" in made["layout"]["meta"]["alt"]
    assert (first > last) == (language == "ar")
    assert made["layout"]["meta"]["narrow"]["data"]


def test_a_bar_leads_to_the_first_of_its_statements_which_the_source_line_counts() -> None:
    frame = pd.DataFrame({"who": ["a", "b"], "n": [2, 1], "statement_ids": [[S2, S1], [S3]]})
    made = chart(bars(frame.head(1)))

    assert made["data"][0]["customdata"] == [S2]
    assert made["layout"]["meta"]["statement_ids"] == [S2, S1]
    assert "two statements" in made["layout"]["meta"]["caption"] or "2 statements" in made["layout"]["meta"]["caption"]


def test_a_name_from_an_article_cannot_act_in_bars_nor_in_their_words() -> None:
    made = chart(bars(pd.DataFrame({"who": [HOSTILE], "n": [1]})))
    labels = [a["text"] for a in made["layout"]["annotations"]]

    assert not any("<b>x" in text for text in [*labels, *made["data"][0]["hovertext"]])
    assert not set("<>[]{}$`|") & set(made["layout"]["meta"]["alt"])


@pytest.mark.parametrize("values", [[1, None], [1, -1], ["many", 1]])
def test_a_value_that_no_bar_can_show_is_refused(values: list[Any]) -> None:
    with pytest.raises(ParameterError, match="'n' has a value"):
        bars(pd.DataFrame({"who": ["a", "b"], "n": values}))


def figure() -> Any:
    frame = pd.DataFrame({"who": [HOSTILE, "كتلة"], "n": [1, 2], "day": ["2024-01-05", "2024-02-01"]})
    return px.scatter(
        frame, x="day", y="who", color="who", hover_name="who", category_orders={"who": ["كتلة", HOSTILE]}
    )


def show(language: str) -> dict[str, Any]:
    return chart(show_chart(tables(language), figure(), **WORDS, alt_en="Two points", alt_ar="نقطتان"))


def test_a_figure_of_ones_own_gets_the_reports_letters_caption_and_direction() -> None:
    english, arabic = show("en"), show("ar")

    assert arabic["layout"]["meta"]["caption"] == WORDS["ar"]
    assert arabic["layout"]["meta"]["alt"] == "نقطتان"
    assert "Amiri" in arabic["layout"]["font"]["family"]
    assert arabic["layout"]["xaxis"]["autorange"] == "reversed"
    assert arabic["layout"]["yaxis"]["side"] == "right"
    assert "autorange" not in english["layout"]["xaxis"]
    assert {trace["x"][0] for trace in english["data"]} == {"2024-01-05", "2024-02-01"}  # still days


def test_words_of_a_figure_cannot_act_and_its_categories_stay_the_same_words() -> None:
    made = show("en")

    assert "<b>x" not in json.dumps(made)
    found = {trace["y"][0] for trace in made["data"]}
    assert found == set(made["layout"]["yaxis"]["categoryarray"])
