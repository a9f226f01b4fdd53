"""What a narrowed report says of itself, and what stands in the place of a chart without enough evidence."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date
from typing import Any

import pytest
from small_tables import dated, dates, document, documents, statement
from test_workbook import make_tables

from mawaqif import scope
from mawaqif import workbook as wb
from mawaqif.phrases import scope as phrases
from mawaqif.settings import Parameters
from mawaqif.tables import Tables

THREE = tuple(statement(n, "bloc", -1) for n in (1, 2, 3))


def tables_with(*rows: dict[str, Any], language: str = "en", **parameters: Any) -> Tables:
    made = make_tables(*rows, language=language)
    return replace(made, parameters=Parameters(language=language, issue="presence", **parameters))


# --- what it holds ---------------------------------------------------------------------------------------------------


def test_the_full_report_says_nothing_of_its_scope() -> None:
    assert scope.describe_scope(tables_with(*THREE)) == ""


@pytest.mark.parametrize(
    ("language", "told"),
    [
        (
            "en",
            "This brief holds only what the Wafa bloc is reported or quoted as saying: three statements in one of two "
            "articles.",
        ),
        ("ar", "يقتصر هذا الموجز على ما نُقل عن كتلة الوفاء: ثلاثة تصريحات في مقال واحد من مقالين."),
    ],
)
def test_a_brief_of_an_actor_says_whose_and_how_many(language: str, told: str) -> None:
    assert told in scope.describe_scope(tables_with(*THREE, language=language, actor="bloc", brief="one"))


@pytest.mark.parametrize(
    ("counts", "english", "arabic"),
    [
        ((0, 0, 0, 5), "these articles report nothing of it.", "وليس في هذه المقالات شيء من ذلك."),
        ((1, 1, 1, 1), "one statement in one article.", "تصريح واحد في مقال واحد."),
        (
            (2, 2, 2, 5),
            "two statements by two actors in two of five articles.",
            "تصريحان لطرفين في مقالين من خمسة.",
        ),
        ((3, 3, 3, 3), "by three actors in all three articles.", "ثلاثة تصريحات لثلاثة أطراف في ثلاثة مقالات."),
        ((11, 11, 11, 12), "11 statements by 11 actors in 11 of 12", "11 تصريحاً لـ11 طرفاً في 11 مقالاً من 12."),
        (
            (100, 100, 5, 100),
            "100 statements by 100 actors in five of 100",
            "100 تصريح لـ100 طرف في خمسة مقالات من 100.",
        ),
    ],
)
def test_a_brief_of_a_camp_counts_in_good_grammar(counts: Any, english: str, arabic: str) -> None:
    told = {
        language: phrases.say_whose("X", is_camp=True, is_brief=True, counts=counts, language=language)
        for language in ("en", "ar")
    }

    assert told["en"].endswith(english) or english in told["en"]
    assert told["ar"].endswith(arabic)


@pytest.mark.parametrize(
    ("since", "until", "english", "arabic"),
    [
        (
            "2024-01-01",
            "2024-12-31",
            "between 1 January 2024 and 31 December 2024: two.",
            "بين 1 يناير 2024 و31 ديسمبر 2024",
        ),
        ("2024-01-01", "", "on or after 1 January 2024: two.", "منذ 1 يناير 2024"),
        ("", "2024-12-31", "up to 31 December 2024: two.", "حتى 31 ديسمبر 2024"),
    ],
)
def test_a_brief_of_a_period_says_which(since: str, until: str, english: str, arabic: str) -> None:
    period = {"since": since, "until": until}

    told = scope.describe_scope(tables_with(*THREE, **period))
    assert told.startswith("::: {.reading-key}\nThis report covers only articles")
    assert english in told
    assert arabic in scope.describe_scope(tables_with(*THREE, language="ar", **period))


def test_an_actor_in_a_period_is_told_in_one_paragraph() -> None:
    told = scope.describe_scope(tables_with(*THREE, actor="bloc", since="2024-01-01"))

    assert told.index("Wafa bloc") < told.index("It covers only articles") < told.index("still cover all articles")
    assert "\n\n" not in told


# --- whether it is enough --------------------------------------------------------------------------------------------


@pytest.mark.parametrize("language", ["en", "ar"])
def test_with_too_few_statements_findings_say_so_and_link_to_what_there_is(language: str) -> None:
    markdown = wb.show_findings(tables_with(*THREE[:2], language=language, minimum_evidence=3)).markdown

    assert re.findall(r"\]\(#(s-[^)]+)\)", markdown) == ["s-a-100-150", "s-a-200-250"]
    assert ("Too little evidence" if language == "en" else "الأدلة لا تكفي") in markdown
    assert "\n- " not in markdown


def test_statements_without_a_place_on_the_scale_do_not_count() -> None:
    rows = (*THREE[:2], statement(4, "bloc", None), statement(5, "bloc", 1, issue="other"))

    assert scope.is_thin(tables_with(*rows, minimum_evidence=3))
    assert not scope.is_thin(tables_with(*rows, minimum_evidence=2))


@pytest.mark.parametrize("language", ["en", "ar"])
@pytest.mark.parametrize("make", [wb.draw_positions, wb.draw_over_time, wb.show_positions])
def test_a_chart_or_table_of_positions_gives_way_to_a_sentence(make: Any, language: str) -> None:
    thin, enough = (tables_with(*THREE, language=language, minimum_evidence=n) for n in (4, 3))
    output = make(thin)

    assert isinstance(output, wb.MarkdownOutput)
    assert output.caption
    assert "|" not in output.markdown
    assert "three" in output.markdown or "ثلاثة" in output.markdown
    assert not isinstance(make(enough), wb.MarkdownOutput) or "|" in make(enough).markdown


@pytest.mark.parametrize("language", ["en", "ar"])
def test_nothing_quoted_and_nothing_dated_is_a_sentence_and_not_an_empty_chart(language: str) -> None:
    tables = make_tables(language=language, core_dates=dates())

    charts = (wb.draw_voices, wb.draw_timeline, wb.draw_positions, wb.draw_over_time, wb.draw_network)
    captioned = (wb.show_timeline, wb.show_voices, wb.show_speakers, wb.show_positions)
    for make in (*charts, *captioned, wb.show_silent, wb.show_over_time_data, wb.show_network_data):
        output = make(tables)
        assert isinstance(output, wb.MarkdownOutput), make.__name__
        assert output.caption or make not in (*charts, *captioned)
        assert output.markdown.endswith(".")
        assert "|" not in output.markdown


@pytest.mark.parametrize("language", ["en", "ar"])
@pytest.mark.parametrize("what", scope.LACKING)
def test_whatever_is_lacking_has_words_for_it(what: str, language: str) -> None:
    lack = scope.find_lack(make_tables(language=language, core_dates=dates()), what)

    assert lack
    assert bool(re.search("[\u0621-\u064a]", lack[1])) == (language == "ar")


def test_positions_without_any_date_are_not_drawn_over_time() -> None:
    undated = {"published": None, "published_earliest": None, "published_latest": None, "published_basis": "unknown"}
    tables = make_tables(*THREE, core_documents=documents(document("a", **undated)))

    assert "has a date" in wb.draw_over_time(tables).markdown
    assert isinstance(wb.draw_positions(tables), wb.ChartOutput)


def test_a_timeline_without_statements_is_still_drawn() -> None:
    days = dates(dated("a", 110, "2026-09-01", "2026-09-30", "اكتمال الانسحاب"))

    assert isinstance(wb.draw_timeline(make_tables(core_dates=days)), wb.ChartOutput)


@pytest.mark.parametrize(
    ("n", "arabic"),
    [
        (0, "ليس هنا أي تصريح له درجة"),
        (1, "إلا تصريح واحد له درجة"),
        (2, "إلا تصريحان لهما درجة"),
        (3, "إلا ثلاثة تصريحات لها درجة"),
        (11, "إلا 11 تصريحاً له درجة"),
        (100, "إلا 100 تصريح له درجة"),
    ],
)
def test_what_is_too_little_agrees_in_number(n: int, arabic: str) -> None:
    assert arabic in phrases.say_too_little(n, minimum=n + 1, language="ar")
    assert phrases.say_too_little(n, minimum=n + 1, language="en").count(" has ") == (n < 2)


def test_a_brief_of_one_actor_does_not_warn_that_one_actor_speaks() -> None:
    assert scope.find_truisms(tables_with(*THREE, actor="bloc")) == {"dominant_speaker"}
    assert scope.find_truisms(tables_with(*THREE, camp="anonymous")) == {"anonymous_sources"}
    assert scope.find_truisms(tables_with(*THREE)) == set()
    assert "one voice" in wb.show_findings(tables_with(*THREE)).markdown
    assert "one voice" not in wb.show_findings(tables_with(*THREE, actor="bloc")).markdown
    assert "one voice" in wb.show_warnings(tables_with(*THREE)).markdown
    assert "one voice" not in wb.show_warnings(tables_with(*THREE, actor="bloc")).markdown


def test_a_period_is_told_from_its_days() -> None:
    told = phrases.say_period(date(2024, 1, 1), date(2024, 2, 1), articles=1, language="en")

    assert told == "It covers only articles that can have appeared between 1 January 2024 and 1 February 2024: one."
