from __future__ import annotations

from pathlib import Path

import pytest

from mawaqif.aggregate.event_context import (
    Name,
    complete,
    has_open_pronoun,
    is_bare_name,
    look_around,
    takes_up,
    tells_no_event,
    wants_content,
)
from mawaqif.aggregate.event_phrases import EventVerbs, make_event_verbs, name_event
from mawaqif.paths import default_paths
from mawaqif.vocabulary import CuesFile, read_yaml


@pytest.fixture(scope="module")
def verbs() -> EventVerbs:
    return make_event_verbs(read_yaml(Path(default_paths().vocabulary) / "cues.yml", CuesFile))


def name(text: str, words: str, *, is_person: bool = False, gender: str = "") -> Name:
    start = text.index(words)
    return Name(start, start + len(words), is_person, gender)


def label(verbs: EventVerbs, text: str, what: str, dated: str, *names: Name) -> str:
    start = text.index(dated)
    around = look_around(text, what, start=start, end=start + len(dated), names=names)
    return complete(name_event(what, verbs), what, around, verbs=verbs)


# --- no event --------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("what", "quote"),
    [
        ("لم تصدر النقابة أي تعليمات", "هذا الأسبوع"),
        ("لم يصل الطبيب إلى القرية", "حتى الآن"),
        ("الوزارة لم تنشر شيئاً", "أمس"),
        ("أفاد مصدر طبي", "الأحد"),
        ("حديث إذاعي", "مساء الاثنين"),
    ],
)
def test_the_absence_of_events_and_the_date_of_words_are_no_event(verbs: EventVerbs, what: str, quote: str) -> None:
    assert tells_no_event(what, quote, verbs=verbs, is_name=False)


@pytest.mark.parametrize(
    ("what", "quote"),
    [
        ("لم يعقد المجلس جلسته", "يوم الأحد"),
        ("إصدار بيان مشترك", "غداً"),
        ("أعلن الوزير افتتاح الجسر", "أمس"),
        ("تصريحات الوزير أشعلت موجة احتجاج واسعة", "الأحد"),
        ("الانتخابات", "المقبلة"),
    ],
)
def test_what_took_place_will_or_failed_to_is_an_event(verbs: EventVerbs, what: str, quote: str) -> None:
    assert not tells_no_event(what, quote, verbs=verbs, is_name=False)


def test_a_name_with_a_time_and_nothing_else_is_no_event() -> None:
    text = "وهذا ما شهدته تونس في الستينيات والأردن في التسعينيات."
    jordan = (name(text, "الأردن"),)
    start = text.index("التسعينيات")
    assert is_bare_name("والأردن في التسعينيات", "التسعينيات", text=text, start=start, names=jordan)
    assert not is_bare_name("الجفاف في التسعينيات", "التسعينيات", text=text, start=start, names=jordan)
    assert not is_bare_name("الأردن", "التسعينيات", text=text, start=start, names=jordan)


@pytest.mark.parametrize(
    ("what", "which"), [("ما حصل", "days"), ("وجاء القرار", "before"), ("جرت الانتخابات", ""), ("جاء قرار الوزير", "")]
)
def test_a_description_without_content_takes_up_another_event(what: str, which: str) -> None:
    assert takes_up(what) == which


# --- names that stand alone ------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("words", "is_open"),
    [
        ("سحب لجانه من الميناء", True),
        ("عملية تقييم لخططها", True),
        ("سحب الوزير لجانه من الميناء", False),
        ("توقيع مذكرة تفاهم", False),
        ("ترميم شبكة مياه قديمة", False),
        ("ترميم المئذنة", False),
    ],
)
def test_a_pronoun_is_open_where_nothing_before_it_can_be_meant(words: str, is_open: bool) -> None:
    assert has_open_pronoun(words) is is_open


def test_the_clause_that_governs_a_description_says_whose_it_is(verbs: EventVerbs) -> None:
    text = "ومن المعروف أن الوزير التونسي السابق كان قرر أواخر 2018 سحب لجانه من الميناء."
    assert label(verbs, text, "سحب لجانه من الميناء", "أواخر 2018") == "قرار الوزير التونسي السابق سحب لجانه من الميناء"


def test_else_the_actor_that_the_sentence_names_first_heads_the_label(verbs: EventVerbs) -> None:
    text = "بينما تمضي بلدية صفاقس، منذ أسابيع في عملية تقييم لخططها في الميناء."
    named = label(verbs, text, "عملية تقييم لخططها في الميناء", "منذ أسابيع", name(text, "بلدية صفاقس", gender="f"))
    assert named == "بلدية صفاقس: عملية تقييم لخططها في الميناء"


def test_a_pronoun_does_not_stand_for_what_it_does_not_agree_with(verbs: EventVerbs) -> None:
    text = "قال كريم سالم إن المدينة شهدت في مايو عملية تقييم لخططها."
    named = label(verbs, text, "عملية تقييم لخططها", "في مايو", name(text, "كريم سالم", is_person=True, gender="m"))
    assert named == "عملية تقييم لخططها"


def test_where_something_was_is_told_by_the_noun_that_the_clause_belongs_to(verbs: EventVerbs) -> None:
    text = "في بلدان مثل تونس التي كان لديها أطباء أجانب في الستينيات."
    assert label(verbs, text, "كان لديها أطباء أجانب", "الستينيات") == "وجود أطباء أجانب لدى تونس"


def test_who_ought_to_do_something_is_named_with_it(verbs: EventVerbs) -> None:
    text = "وقال إن «على الشركات الأجنبية أن تغادر الميناء في سبتمبر 2026»."
    assert label(verbs, text, "تغادر الميناء", "سبتمبر 2026") == "مغادرة الشركات الأجنبية الميناء"


@pytest.mark.parametrize(
    ("before", "named"),
    [
        ("وقد أقر المجلس قانون حماية المستهلك، ثم", "مناقشة قانون حماية المستهلك بشكل واسع"),
        ("وقد أقر المجلس قانونا آخر، ثم", "مناقشة القانون بشكل واسع"),
        ("وقد أقر المجلس القانون الأساسي، ثم", "مناقشة القانون الأساسي بشكل واسع"),
        ("وأبلغ القانون الوزير، ثم", "مناقشة القانون بشكل واسع"),
    ],
)
def test_a_bare_noun_takes_the_fuller_name_of_its_paragraph(verbs: EventVerbs, before: str, named: str) -> None:
    text = f"{before} القانون الذي ستتم مناقشته بشكل واسع خلال الجلسات المقبلة."
    assert label(verbs, text, "القانون الذي ستتم مناقشته بشكل واسع", "خلال الجلسات المقبلة") == named


def test_the_content_of_a_decision_behind_its_date_belongs_to_it() -> None:
    assert wants_content("قرار المجلس", "القاضي بإغلاق الميناء") == "القاضي بإغلاق الميناء"
    assert wants_content("دعوة من الوزير", "لدعم الفرق الطبية") == "لدعم الفرق الطبية"
    assert wants_content("دعوة من الوزير", "لكن أحداً لم يحضر") == ""
    assert wants_content("زيارة الوزير", "لدعم الفرق الطبية") == ""
