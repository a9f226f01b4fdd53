"""Statements that are older than their article, passed on by another speaker, or said again."""

from __future__ import annotations

from datetime import date

from small_tables import VOCABULARY, dated, dates, document, documents, statement, statements

from mawaqif.aggregate.attribution import add_actor
from mawaqif.aggregate.latest import find_latest
from mawaqif.aggregate.origins import find_relays, find_repeats, find_said, find_sayings

PAPERS = documents(document("a", published="2024-08-01"), document("b", published="2023-01-05"))


def spoken(n: int, speaker: str, **changes: object) -> dict[str, object]:
    return statement(n, speaker, -1, speaker_start=n * 100 - 60, speaker_end=n * 100 - 50, **changes)


def test_a_past_date_between_speaker_and_passage_is_that_of_the_saying() -> None:
    told = statements(spoken(1, "bloc"), spoken(3, "deputy"), spoken(5, "minister"))
    days = dates(
        dated("a", 70, "2019-10-01", "2019-12-31", "قرار", status="past"),
        dated("a", 270, "2024-08-01", "2024-08-01", "تصريح", status="past"),  # of the same month
        dated("a", 470, "2026-01-01", "2026-12-31", "رحيل", status="planned"),
    )
    assert find_said(told, days, PAPERS) == {"a-100-150": (date(2019, 10, 1), date(2019, 12, 31))}


def test_a_past_date_introduces_the_words_that_it_is_of_whenever_it_was() -> None:
    told = statements(spoken(1, "bloc"), spoken(3, "deputy"), spoken(5, "minister"))
    days = dates(
        dated("a", 70, "2024-07-22", "2024-07-31", "جولة الحوار", status="past"),
        dated("a", 310, "2024-07-01", "2024-07-31", "زيارة", status="past"),  # within the passage
        dated("a", 470, "2026-01-01", "2026-12-31", "رحيل", status="planned"),
    )
    assert find_sayings(told, days) == {("a", 70, 80): ["a-100-150"]}


def test_a_date_in_the_passage_of_another_statement_belongs_to_that() -> None:
    day = dates(dated("a", 170, "2019-01-01", "2019-12-31", "قرار", status="past"))
    apart = statements(statement(1, "bloc", 1, end=185), spoken(2, "deputy"))
    around = statements(statement(1, "bloc", 1, end=260), spoken(2, "deputy"))
    assert find_said(apart, day, PAPERS) == {}
    assert list(find_said(around, day, PAPERS)) == ["a-200-250"]


def test_what_stands_within_the_words_of_another_is_relayed_by_the_nearest() -> None:
    told = statements(
        statement(1, "bloc", -2, start=120, end=140),
        statement(2, "deputy", -1, start=110, end=150),
        statement(3, "minister", 0, start=100, end=200),
        statement(4, "bloc", 0, start=100, end=160),
    )
    assert find_relays(told) == {
        "a-120-140": "a-110-150",
        "a-110-150": "a-100-160",
        "a-100-160": "a-100-200",
    }


def test_what_a_speaker_says_again_in_the_article_with_the_same_stance_is_a_repeat() -> None:
    headline, sentence = "رحيل البعثة قريب", "إن رحيل البعثة الأجنبية عن المدينة صار قريباً وقريب"
    told = statements(
        statement(1, "bloc", -1, quote=headline),
        statement(2, "bloc", -1, quote=sentence),
        statement(3, "deputy", -1, quote=sentence),
        statement(4, "bloc", 1, quote=sentence),
        statement(5, "bloc", -1, quote="تمديد الاتفاقية الاقتصادية سنتين"),
    )
    assert find_repeats(told) == {"a-200-250": "a-100-150"}


def test_the_latest_of_each_camp_is_of_its_newest_article_and_leaves_out_what_was_said_long_before() -> None:
    told = add_actor(
        statements(
            statement(1, "government", -1),
            statement(2, "minister", 1, doc_id="b"),
            statement(3, "factions", -2, doc_id="b"),
            statement(4, "bloc", -2),
            statement(5, "researchers", 0),
            statement(6, "source", 2),
        )
    )
    said = {"a-400-450": (date(2019, 1, 1), date(2019, 12, 31))}
    (claim,) = find_latest(told, PAPERS, VOCABULARY, said=said)
    assert claim.statement_ids == ("b-300-350", "a-100-150")
    assert claim.values["left_out"] == ["experts", "anonymous"]
    assert [(c["most_in_one"], c["said"]) for c in claim.values["camps"]] == [(None, None)] * 2
    assert [(c["camp"], c["steps"], c["is_old"]) for c in claim.values["camps"]] == [
        ("iraqi_government", {-1: 1}, False),
        ("armed_factions", {-2: 1}, True),
    ]
    assert find_latest(told[:1], PAPERS, VOCABULARY) == []
    lately = {"a-100-150": (date(2024, 6, 1), date(2024, 6, 30))}
    (claim,) = find_latest(told, PAPERS, VOCABULARY, said={**said, **lately})
    assert claim.values["camps"][0]["said"] == lately["a-100-150"]
