from __future__ import annotations

from datetime import date
from typing import Any

import pandas as pd
import pytest
from small_tables import ISSUE, dated, dates, document, documents, statement, statements

from mawaqif import vocabulary
from mawaqif.aggregate.ahead import Ahead, gather_ahead, make_side_finder, relate_to_event
from mawaqif.aggregate.timeline import make_timeline
from mawaqif.phrases import ahead as phrases

PAPERS = documents(document("a", published="2024-08-01"))


def direction(term: str, asserted: int) -> vocabulary.Direction:
    effects = vocabulary.Effects.model_construct(asserted=asserted)
    return vocabulary.Direction.model_construct(id=term, patterns=(term,), effects=effects)


WORDED = ISSUE.model_copy(
    update={
        "terms": {"leave": ("رحيل", "خروج"), "renew": ("تمديد",)},
        "directions": (direction("leave", -1), direction("renew", 1)),
        "abbreviations": {},
    }
)


def gather(*rows: dict[str, Any], told: pd.DataFrame | None = None, papers: pd.DataFrame = PAPERS) -> list[Ahead]:
    told = statements() if told is None else told
    found = dates(*rows)
    events = make_timeline(found, told, issue=WORDED)
    return gather_ahead(events, papers, told, found, issue=WORDED)[1]


def test_planned_and_possible_events_that_are_not_over_stand_in_order_of_date_and_the_past_does_not() -> None:
    listed = gather(
        dated("a", 1, "2027-01-01", None, "تمديد الاتفاق", status="hypothetical"),
        dated("a", 50, "2025-01-01", "2025-12-31", "رحيل البعثة", status="planned"),
        dated("a", 100, "2024-05-01", "2024-05-31", "افتتاح الجسر", status="past"),
        dated("a", 150, "2024-05-01", "2024-05-31", "زيارة الوفد", status="planned"),
        dated("a", 200, "2022-05-01", None, "ترميم القلعة", status="planned"),
    )
    assert [(event.label_ar, event.status) for event in listed] == [
        ("رحيل البعثة", "planned"),
        ("اكتمال الانسحاب", "agreed"),
        ("تمديد الاتفاق", "hypothetical"),
    ]


def test_an_agreed_milestone_keeps_its_agreed_date_and_is_listed_though_no_article_names_it() -> None:
    (event,) = gather()
    assert (event.status, event.first, event.last, event.said) == (
        "agreed", date(2026, 9, 1), date(2026, 9, 30), (),
    )  # fmt: skip


def test_of_a_plan_without_a_date_it_is_known_after_which_months_it_comes() -> None:
    papers = documents(
        document(
            "a",
            published=None,
            published_basis="inferred",
            published_earliest="2024-07-22",
            published_latest="2024-08-20",
        )
    )
    no_date = {"status": "planned", "basis": "relative_to_publication"}
    listed = gather(
        dated("a", 1, "2024-08-01", None, "زيارة الوفد", **no_date),
        dated("a", 50, "2025-01-01", None, "ترميم القلعة", **no_date),
        dated("a", 90, "2024-08-01", None, "افتتاح الجسر", status="planned"),
        papers=papers,
    )
    assert {event.label_ar: event.after for event in listed} == {
        "اكتمال الانسحاب": None,
        "زيارة الوفد": (date(2024, 7, 1), date(2024, 8, 31)),
        "ترميم القلعة": None,
        "افتتاح الجسر": None,
    }


def test_what_else_goes_by_the_name_of_a_milestone_stands_beside_it() -> None:
    own = ISSUE.milestones[0].model_copy(
        update={"subjects": ("mission",), "name": vocabulary.Bilingual(ar="المرحلة الثالثة: البعثة", en="Phase three")}
    )
    issue = WORDED.model_copy(update={"milestones": (own,), "terms": {**WORDED.terms, "mission": ("البعثة",)}})
    for words, named in (("المرحلة الثالثة من بناء السد", 1), ("المرحلة الثالثة من رحيل البعثة", 0)):
        found = dates(dated("a", 110, "2026-09-01", "2026-09-30", words))
        events = make_timeline(found, statements(), issue=issue)
        (event,) = gather_ahead(events, PAPERS, statements(), found, issue=issue)[1]
        assert [other.label_ar for other in event.namesakes] == [words] * named


@pytest.mark.parametrize(
    ("relation", "is_written", "told"),
    [
        ("expects", True, "Expected under A and B."),
        ("mentions", True, "Mentioned in A and B."),
        ("mentions", False, "Mentioned by A and B."),
    ],
)
def test_a_person_confirms_and_in_a_document_something_is_confirmed(relation: str, is_written: bool, told: str) -> None:
    assert phrases.say_relation(relation, ["A", "B"], language="en", is_written=is_written) == told


def test_who_speaks_of_an_event_is_told_by_what_they_do_with_it() -> None:
    told = statements(
        statement(1, "bloc", 1, modality="denial"),
        statement(2, "deputy", -1, modality="forecast"),
        statement(3, "government", None, issue="other"),
    )
    row = {**dated("a", 110, "2025-01-01", "2025-12-31", "رحيل البعثة", status="planned"), "end": 330}
    assert gather(row, told=told)[0].said == (("expects", ("a-200-250",)), ("contradicts", ("a-100-150",)))


def test_without_a_dated_article_nothing_is_ahead() -> None:
    papers = documents(document("a", published=None, published_basis="unknown"))
    assert gather(dated("a", 1, "2027-01-01", None, "تمديد الاتفاق", status="hypothetical"), papers=papers) == []


@pytest.mark.parametrize(
    ("label", "side"), [("خروج البعثة", -1), ("تمديد الاتفاق", 1), ("تمديد ثم خروج", 0), ("لقاء", 0)]
)
def test_an_event_is_on_the_side_on_which_its_words_are_alone(label: str, side: int) -> None:
    assert make_side_finder(WORDED)(label) == side


@pytest.mark.parametrize(
    ("side", "stance", "modality", "status", "relation"),
    [
        (-1, -1, "position", "planned", "confirms"),
        (1, 2, "position", "hypothetical", "favours"),
        (1, 1, "demand", "planned", "demands"),
        (-1, 0, "forecast", "planned", "expects"),
        (-1, 1, "forecast", "planned", "contradicts"),
        (-1, 1, "condition", "planned", "doubts"),
        (-1, 0, "fact", "planned", "mentions"),
        (0, 2, "demand", "planned", "mentions"),
        (1, None, "position", "planned", "mentions"),
    ],
)
def test_what_a_statement_does_with_an_event_follows_from_its_codes(
    side: int, stance: int | None, modality: str, status: str, relation: str
) -> None:
    assert relate_to_event(side, stance, modality, status=status) == relation


# --- words -----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("n", "en", "ar"),
    [
        (1, "one event was still ahead: one agreed.", "حدث واحد متفق عليه."),
        (2, "two events were still ahead: two agreed.", "حدثان متفق عليهما."),
        (3, "three events were still ahead: three agreed.", "ثلاثة أحداث متفق عليها."),
        (11, "11 events were still ahead: 11 agreed.", "11 حدثاً متفقاً عليه."),
        (100, "100 events were still ahead: 100 agreed.", "100 حدث متفق عليه."),
    ],
)
def test_the_count_of_what_is_ahead_agrees_with_its_noun(n: int, en: str, ar: str) -> None:
    as_of = date(2025, 8, 31)
    assert phrases.say_as_of(as_of, {"agreed": n}, language="en").endswith(f"(31 August 2025), {en}")
    assert phrases.say_as_of(as_of, {"agreed": n}, language="ar").endswith(f"(31 أغسطس 2025): {ar}")


def test_kinds_of_which_there_is_none_are_not_counted() -> None:
    counts = {"agreed": 0, "planned": 2, "hypothetical": 3}
    as_of = date(2025, 8, 31)
    assert phrases.say_as_of(as_of, counts, language="en").endswith(
        "five events were still ahead: two planned and three possible."
    )
    assert phrases.say_as_of(as_of, counts, language="ar").endswith("حدثان مقرران وثلاثة أحداث محتملة.")


@pytest.mark.parametrize("language", ["en", "ar"])
def test_nothing_ahead_and_no_dates_are_told_apart(language: str) -> None:
    nothing = phrases.say_as_of(date(2025, 8, 31), {}, language=language)
    undated = phrases.say_as_of(None, {}, language=language)
    assert "2025" in nothing
    assert nothing != undated
