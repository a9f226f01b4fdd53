from __future__ import annotations

from pathlib import Path

import pytest

from mawaqif.aggregate.event_phrases import EventVerbs, make_event_verbs, name_event
from mawaqif.arabic.verbal_nouns import make_verbal_noun
from mawaqif.paths import default_paths
from mawaqif.vocabulary import CuesFile, read_yaml


@pytest.fixture(scope="module")
def verbs() -> EventVerbs:
    return make_event_verbs(read_yaml(Path(default_paths().vocabulary) / "cues.yml", CuesFile))


@pytest.mark.parametrize(
    ("what", "name"),
    [
        ("أعلنت البلدية خطة السير", "إعلان البلدية خطة السير"),
        ("وافتتح الوزير الجسر الجديد", "افتتاح الوزير الجسر الجديد"),
        ("استمر إضراب المعلمين", "استمرار إضراب المعلمين"),
        ("الجفاف في الشمال سيستمر", "استمرار الجفاف في الشمال"),
        ("قرر الطرفان وقف الدعوى", "قرار الطرفين وقف الدعوى"),
        ("تم ترميم المئذنة القديمة", "ترميم المئذنة القديمة"),
        ("المحادثات جرت في عمان", "المحادثات في عمان"),
        ("تمكنت الفرق من إخماد الحريق", "إخماد الفرق الحريق"),
        ("كان هناك أطباء أجانب", "وجود أطباء أجانب"),
        ("كان لديها فرق إنقاذ", "وجود فرق إنقاذ"),
        ("هذه الاتفاقية سارية", "الاتفاقية سارية"),
        ("أفاد مصدر طبي", "تصريح مصدر طبي"),
        ("ينتقل إلى تونس", "الانتقال إلى تونس"),
        ("المشروع الذي سيتم بحثه في المجلس", "بحث المشروع في المجلس"),
        ("ترميم الجسر سيكتمل", "ترميم الجسر"),
        ("بدأت الشركات بالرحيل", "بدء رحيل الشركات"),
        ("بدأت بعد الشركات بالرحيل", "بدء رحيل [بعض] الشركات"),
        ("أعلنت البلدية، خطة السير", "إعلان البلدية خطة السير"),
        ("ترميم الجسر كان من المقرر أن يُستكمل", "استكمال ترميم الجسر"),
    ],
)
def test_a_clause_becomes_a_verbal_noun_with_what_belongs_to_it(verbs: EventVerbs, what: str, name: str) -> None:
    assert name_event(what, verbs) == name


@pytest.mark.parametrize(
    "what",
    [
        "زيارة الوفد إلى عمان",
        "الاتفاق الذي تم التوصل إليه في عمان",
        "انتخابات نظمت في الخريف",
        "كانت هذه السنة سنة جفاف",
        "بدأ الطبيب يلفت الأنظار",
        "فضلا عن عدد من الطلاب",
        "رفع الحظر عن السفر",
    ],
)
def test_a_noun_phrase_and_a_clause_of_unknown_structure_stay_as_they_are(verbs: EventVerbs, what: str) -> None:
    assert name_event(what, verbs) == what


def test_the_complement_behind_the_date_belongs_to_the_name(verbs: EventVerbs) -> None:
    assert name_event("الوفد الطبي ناقش", verbs, after="حاجات المستشفى") == "مناقشة الوفد الطبي حاجات المستشفى"
    assert name_event("الوفد الطبي ناقش", verbs, after="لكن الاجتماع انتهى") == "الوفد الطبي"


def test_a_negation_is_left_out_where_the_status_says_it(verbs: EventVerbs) -> None:
    assert name_event("لم تعلن البلدية أي خطة", verbs, is_denied=True) == "إعلان البلدية أي خطة"
    assert name_event("لم تزهر الأشجار", verbs, is_denied=True) == "لم تزهر الأشجار"


@pytest.mark.parametrize(
    ("perfect", "noun"),
    [
        ("أعلن", "إعلان"), ("أنهى", "إنهاء"), ("أعاد", "إعادة"), ("أوقف", "إيقاف"), ("انسحب", "انسحاب"),
        ("انضم", "انضمام"), ("اختار", "اختيار"), ("اتفق", "اتفاق"), ("استعاد", "استعادة"), ("استمر", "استمرار"),
        ("استأنف", "استئناف"), ("استولى", "استيلاء"), ("ناقش", "مناقشة"), ("تراجع", "تراجع"), ("تولى", "تولي"),
        ("زار", "زيارة"), ("سمق", None),
    ],
)  # fmt: skip
def test_verbal_nouns_follow_from_the_form_of_the_verb(perfect: str, noun: str | None) -> None:
    assert make_verbal_noun(perfect) == noun


def test_verbs_that_are_written_alike_are_parted_by_their_imperfect() -> None:
    assert make_verbal_noun("وقع", "يقع") == "وقوع"
    assert make_verbal_noun("وقع", "يوقع") == "توقيع"
