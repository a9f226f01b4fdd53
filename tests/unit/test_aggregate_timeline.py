from __future__ import annotations

import pandas as pd
import pytest
from small_tables import ISSUE, dated, dates, document, documents, statement, statements

from mawaqif import vocabulary
from mawaqif.aggregate.milestones import compare_milestones, find_namesakes, relate
from mawaqif.aggregate.timeline import make_event_id, make_timeline


def test_an_event_carries_its_words_interval_and_statements() -> None:
    table = make_timeline(
        dates(dated("a", 120, "2026-01-01", "2026-12-31", "الانسحاب  الكامل", what_en="Full withdrawal")),
        statements(statement(1, "bloc", -1), statement(9, "bloc", -1)),
    )
    assert len(table) == 1
    event = table.iloc[0]
    assert (event["label_ar"], event["label_en"]) == ("الانسحاب الكامل", "Full withdrawal")
    assert event["statement_ids"] == ["a-100-150"]


def test_dates_without_a_described_event_or_without_any_end_make_no_event() -> None:
    found = dates(dated("a", 1, "2026-01-01", "2026-12-31", None), dated("a", 50, None, None, "المفاوضات"))
    assert make_timeline(found, statements()).empty


def test_the_same_event_in_two_documents_is_one_row_with_the_narrower_date() -> None:
    table = make_timeline(
        dates(
            dated("a", 1, "2026-01-01", "2026-12-31", "انسحاب القوات الأجنبية من البلاد"),
            dated("b", 1, "2026-09-01", "2026-09-30", "وانسحاب القوات الاجنبية من البلاد", granularity="month"),
        ),
        statements(statement(0, "bloc", -1), statement(0, "bloc", -1, doc_id="b")),
    )
    assert table[["doc_id", "first"]].to_numpy().tolist() == [["b", "2026-09-01"]]
    assert table["statement_ids"].iloc[0] == ["a-0-50", "b-0-50"]


@pytest.mark.parametrize(
    "change",
    [
        {"first": "2027-01-01", "last": "2027-12-31"},
        {"status": "hypothetical"},
        {"what": "انتخابات البرلمان المقبلة"},
        {"last": None},
    ],
)
def test_other_days_status_or_words_make_another_event(change: dict[str, str | None]) -> None:
    other = {**dated("b", 1, "2026-01-01", "2026-12-31", "انسحاب القوات الأجنبية"), **change}
    table = make_timeline(
        dates(dated("a", 1, "2026-01-01", "2026-12-31", "انسحاب القوات الأجنبية"), other), statements()
    )
    assert len(table) == 2


def test_a_planned_event_that_a_later_article_says_did_not_take_place_is_one_event_with_that_status() -> None:
    told = "كان من المقرر افتتاح الجسر المعلق في مايو 2024، إلا أن السيول حالت دون ذلك."
    start = told.index("مايو 2024")
    planned = dated("a", 1, "2024-05-01", "2024-05-31", "افتتاح الجسر المعلق", status="planned")
    missed = {
        **dated("b", start, "2024-05-01", "2024-05-31", "افتتاح الجسر المعلق", status="past"),
        "end": start + len("مايو 2024"),
    }
    table = make_timeline(dates(planned, missed), statements(), texts={"a": "", "b": told})
    assert table[["status", "n_mentions"]].to_numpy().tolist() == [["did_not_happen", 2]]
    assert make_timeline(dates(planned), statements()).iloc[0]["status"] == "planned"


def test_what_coders_note_of_the_status_is_left_out_of_the_english_label() -> None:
    row = dated("a", 1, "2024-05-01", "2024-05-31", "افتتاح الجسر", what_en="Bridge opening (did not happen)")
    assert make_timeline(dates(row), statements()).iloc[0]["label_en"] == "Bridge opening"


def test_an_english_label_names_what_was_due_and_does_not_tell_it_in_a_sentence() -> None:
    row = dated("a", 1, "2024-05-01", "2024-05-31", "افتتاح الجسر", what_en="Bridge should have been opened")
    assert make_timeline(dates(row), statements()).iloc[0]["label_en"] == "Bridge to be opened"


@pytest.mark.parametrize(
    ("what", "first"), [("وجاء الافتتاح", "2024-05-02"), ("ما جرى", "2024-05-01")], ids=["before", "same days"]
)
def test_what_takes_up_an_event_joins_it_and_never_gives_it_its_name(what: str, first: str) -> None:
    opened = dated("a", 1, "2024-05-01", "2024-05-31", "افتتاح الجسر المعلق")
    table = make_timeline(dates(opened, dated("a", 90, first, "2024-05-31", what)), statements())
    assert table[["label_ar", "n_mentions"]].to_numpy().tolist() == [["افتتاح الجسر المعلق", 2]]


def test_what_takes_up_nothing_that_is_told_stands_for_itself() -> None:
    elsewhere = dated("b", 1, "2024-05-01", "2024-05-31", "افتتاح الجسر المعلق")
    assert len(make_timeline(dates(elsewhere, dated("a", 90, "2024-05-01", "2024-05-31", "ما جرى")), statements())) == 2


def test_what_tells_of_no_event_is_not_on_the_timeline() -> None:
    rows = dated("a", 1, "2024-05-01", "2024-05-31", "لم تصدر النقابة أي تعليمات")
    assert make_timeline(dates(rows), statements()).empty


def test_within_a_document_only_the_same_words_are_the_same_event() -> None:
    table = make_timeline(
        dates(
            dated("a", 1, "2026-01-01", "2026-12-31", "انسحاب القوات الأجنبية من البلاد"),
            dated("a", 200, "2026-01-01", "2026-12-31", "انسحاب القوات الأجنبية من القواعد"),
            dated("a", 400, "2026-01-01", "2026-12-31", "إنسحاب القوات الأجنبية من البلاد"),
        ),
        statements(),
    )
    assert table["start"].tolist() == [1, 200]


def test_events_are_in_order_of_their_first_day_and_open_beginnings_by_their_end() -> None:
    table = make_timeline(
        dates(
            dated("a", 1, "2026-01-01", None, "ثالث"),
            dated("a", 50, None, "2024-05-01", "ثان"),
            dated("a", 90, "2014-01-01", "2014-12-31", "أول"),
        ),
        statements(),
    )
    assert [label.split()[0] for label in table["label_ar"]] == ["أول", "ثان", "ثالث"]


def test_a_description_that_says_less_of_the_same_days_joins_the_event() -> None:
    table = make_timeline(
        dates(
            dated("a", 1, "2026-01-01", "2026-12-31", "زيارة الوفد العراقي إلى واشنطن"),
            dated("a", 200, "2026-01-01", "2026-12-31", "الزيارة"),
            dated("b", 1, "2026-02-01", "2026-02-28", "زيارة الوفد العراقي"),
        ),
        statements(),
    )
    assert table["n_mentions"].tolist() == [3]
    assert table["mentions"].iloc[0] == [("a", 1, 11), ("a", 200, 210), ("b", 1, 11)]
    assert table["label_ar"].iloc[0] in ("زيارة الوفد العراقي", "زيارة الوفد العراقي إلى واشنطن")


WORDS = ISSUE.model_copy(
    update={
        "terms": {"leave": ("انسحاب", "خروج"), "end": ("إنهاء",), "forces": ("قوات", "جنود")},
        "directions": tuple(vocabulary.Direction.model_construct(patterns=(p,)) for p in ("leave", "end")),
    }
)


def timeline_of(*told: str, days: tuple[str, str] = ("2026-01-01", "2026-12-31")) -> pd.DataFrame:
    rows = [dated("ab"[n % 2], 100 * n, *days, what) for n, what in enumerate(told)]
    defeat = vocabulary.DatedEvent(
        id="truce",
        name=vocabulary.Bilingual(ar="هدنة الجنوب", en="Truce of the south"),
        forms=("هدنة الجنوب", "اتفاق الهدنة"),
        times=((2026, "2026-03"),),
    )
    return make_timeline(dates(*rows), statements(), issue=WORDS, named=(defeat,))


def test_words_of_one_term_of_the_issue_mean_the_same() -> None:
    assert timeline_of("انسحاب القوات الأجنبية", "خروج القوات الأجنبية")["n_mentions"].tolist() == [2]


def test_the_end_of_a_thing_is_not_the_thing() -> None:
    assert len(timeline_of("إنهاء مهمة التحالف", "مهمة التحالف")) == 2


def test_a_milestone_or_a_named_event_gives_its_name_to_what_tells_of_it() -> None:
    table = timeline_of("ستبدأ هدنة الجنوب", "اتفاق الهدنة")
    assert table[["label_ar", "label_en", "known_id", "n_mentions"]].to_numpy().tolist() == [
        ["هدنة الجنوب", "Truce of the south", "truce", 2]
    ]
    assert timeline_of("هدنة الجنوب", days=("2031-01-01", "2031-12-31"))["known_id"].isna().all()
    assert timeline_of("إنهاء هدنة الجنوب")["known_id"].isna().all()


def test_an_event_id_holds_nothing_of_the_file_name() -> None:
    event_id = make_event_id("<script>", 3, 9)
    assert event_id.endswith("-3-9")
    assert "script" not in event_id


# --- milestones ------------------------------------------------------------------------------------------------------

PAPERS = documents(document("a", published="2025-08-01"))


def compared(
    stance: int | None, first: str | None, last: str | None, *, papers: pd.DataFrame = PAPERS, **changes: str
) -> list[str]:
    date_changes = {"status": changes.pop("status", "planned")}
    table = compare_milestones(
        ISSUE,
        statements(statement(1, "bloc", stance, **changes)),
        dates(dated("a", 110, first, last, "الانسحاب", **date_changes)),
        papers,
    )
    return table["relation"].tolist()


def test_a_statement_that_doubts_the_year_of_a_milestone_contradicts_it() -> None:
    assert compared(1, "2026-01-01", "2026-12-31", modality="forecast") == ["contradicts"]


def test_a_statement_that_schedules_the_same_month_confirms_it() -> None:
    assert compared(-1, "2026-09-01", "2026-09-30") == ["confirms"]


def test_staying_after_a_later_date_is_of_something_else_than_the_milestone() -> None:
    assert compared(1, "2027-01-01", None, modality="forecast") == ["other"]


@pytest.mark.parametrize(
    ("quote", "relation"),
    [("لن تنتهي مهمة التحالف الدولي هذا العام", "contradicts"), ("لن ترحل القوات الأمريكية هذا العام", "other")],
)
def test_a_statement_on_another_subject_is_not_set_against_the_milestone(quote: str, relation: str) -> None:
    own = ISSUE.milestones[0].model_copy(update={"subjects": ("mission",)})
    issue = ISSUE.model_copy(update={"milestones": (own,), "terms": {"mission": ("مهمة التحالف",)}})
    spoken = statements(statement(1, "bloc", 1, quote=quote))
    when = dates(dated("a", 110, "2026-09-01", "2026-09-30", "الانسحاب"))
    assert compare_milestones(issue, spoken, when, PAPERS)["relation"].tolist() == [relation]


def test_a_statement_that_calls_the_milestone_by_its_name_but_takes_another_thing_to_end_mentions_it() -> None:
    name = vocabulary.Bilingual(ar="المرحلة الثالثة: مهمة التحالف", en="Phase three")
    own = ISSUE.milestones[0].model_copy(update={"subjects": ("mission",), "name": name})
    issue = ISSUE.model_copy(
        update={"milestones": (own,), "terms": {"mission": ("مهمة التحالف",)}, "directions": (), "abbreviations": {}}
    )
    spoken = statements(statement(1, "bloc", -1, quote="تنتهي المرحلة الثالثة من خروج القوات في سبتمبر"))
    when = dates(dated("a", 110, "2026-09-01", "2026-09-30", "المرحلة الثالثة من خروج القوات"))
    assert compare_milestones(issue, spoken, when, PAPERS)["relation"].tolist() == ["mentions"]
    assert find_namesakes(issue, spoken, when, PAPERS) == {("exit", "a-100-150")}


def test_a_statement_on_the_subject_of_a_milestone_gives_its_name_to_nothing_else() -> None:
    assert (
        find_namesakes(
            ISSUE,
            statements(statement(1, "bloc", -1)),
            dates(dated("a", 110, "2026-09-01", "2026-09-30", "اكتمال الانسحاب")),
            PAPERS,
        )
        == set()
    )


@pytest.mark.parametrize(
    ("first", "last"), [("2024-01-01", "2024-12-31"), ("2020-01-01", "2030-12-31"), ("2025-08-01", None), (None, None)]
)
def test_other_or_vague_dates_are_not_about_the_milestone(first: str | None, last: str | None) -> None:
    assert compared(1, first, last) == []


def test_a_date_of_the_past_is_not_about_a_milestone() -> None:
    assert compared(1, "2026-09-01", "2026-09-30", status="past") == []


def test_a_statement_on_something_else_or_without_stance_is_not_compared() -> None:
    assert compared(1, "2026-09-01", "2026-09-30", issue="other") == []
    assert compared(None, "2026-09-01", "2026-09-30") == []


def test_what_was_printed_after_the_milestone_no_longer_foretells_it() -> None:
    papers = documents(document("a", published="2026-10-01"))
    assert compared(1, "2026-09-01", "2026-09-30", papers=papers) == []


@pytest.mark.parametrize(
    ("stance", "modality", "relation"),
    [
        (-2, "demand", "mentions"),
        (-1, "fact", "confirms"),
        (0, "condition", "doubts"),
        (0, "fact", "mentions"),
        (1, "condition", "doubts"),
        (1, "denial", "contradicts"),
        (2, "position", "contradicts"),
    ],
)
def test_a_relation_follows_stance_and_modality(stance: int, modality: str, relation: str) -> None:
    assert relate(stance, modality) == relation


def test_an_event_has_the_names_that_a_coder_gave_it_in_both_languages() -> None:
    row = dated("a", 1, "2024-05-01", "2024-05-31", "افتتاحه", what_en="Bridge opening", what_ar="افتتاح الجسر")
    (event,) = make_timeline(dates(row), statements()).itertuples()
    assert (event.label_en, event.label_ar) == ("Bridge opening", "افتتاح الجسر")


def test_days_that_no_article_prints_are_inferred() -> None:
    asked = {"basis": "relative_to_publication"}
    rows = [
        dated("a", 1, "2024-05-01", "2024-05-31", "افتتاح الجسر المعلق", **asked),
        dated("a", 90, "2024-05-01", "2024-05-31", "افتتاح الجسر المعلق"),
        dated("a", 200, "2025-01-01", None, "زيارة الوفد", **asked),
    ]
    assert make_timeline(dates(*rows), statements())["is_inferred"].tolist() == [False, True]


def test_a_statement_speaks_of_an_event_whose_date_stands_beside_it() -> None:
    told = statements(
        statement(1, "bloc", 1, quote="افتتاح الجسر المعلق، بلا موعد"), statement(3, "deputy", 1, quote="زيارة الوفد")
    )
    rows = [
        dated("a", 85, "2024-05-01", "2024-05-31", "افتتاح الجسر المعلق"),
        dated("a", 285, "2025-05-01", "2025-05-31", "وصول الوزير"),
    ]
    found = make_timeline(dates(*rows), told)["statement_ids"].tolist()
    assert found == [["a-100-150"], []]
