"""The day of writing from what a text says: decided, bounded or unknown."""

from __future__ import annotations

from datetime import date
from typing import cast

import pytest

from mawaqif.annotate.publication import infer_publication
from mawaqif.arabic.reading_copy import reading_copy
from mawaqif.arabic.sentences import split_sentences
from mawaqif.paths import default_paths
from mawaqif.records import Mention, Publication, RawDocument, Reading
from mawaqif.vocabulary import Actor, ActorsFile, Bilingual, Camp, DatesFile, NewsEvent, Office, Vocabulary, read_yaml

PREMIER = Actor(
    id="premier",
    name=Bilingual(ar="كريم صالح", en="Karim Salih"),
    type="person",
    camp="government",
    offices=(Office(title="رئيس الوزراء", since=date(2022, 10, 27), until=date(2024, 3, 1)),),
)
VOCABULARY = Vocabulary(
    actors=ActorsFile(camps=(Camp(id="government", name=Bilingual(ar="الحكومة", en="Government")),), actors=(PREMIER,)),
    outlets=cast("Vocabulary", None),
    cues=cast("Vocabulary", None),
    dates=read_yaml(default_paths().vocabulary / "dates.yml", DatesFile),
    boilerplate=cast("Vocabulary", None),
    issues={},
    digest="publication-tests",
)  # type: ignore[arg-type]


def infer(text: str, *, published: Publication | None = None, name: str | None = None) -> tuple[Publication, str]:
    """Return what is inferred and the words that show it."""
    mentions = (Mention("premier", text.index(name), text.index(name) + len(name)),) if name else ()
    raw = RawDocument(doc_id="a", text=text, sha256="0" * 64, encoding="utf-8", path="a.txt")
    reading = Reading(raw=raw, published=published or Publication(), mentions=mentions)
    reading = Reading(
        raw=raw, published=reading.published, mentions=mentions, sentences=split_sentences(reading_copy(reading))
    )
    inferred = infer_publication(reading, VOCABULARY).published
    return inferred, reading.words(inferred.evidence) if inferred.evidence else ""


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("وصل الوفد اليوم الثلاثاء 20 أغسطس 2024 إلى بغداد.", date(2024, 8, 20)),
        ("وصل الوفد أمس الاثنين (19 آب/أغسطس 2024) إلى بغداد.", date(2024, 8, 20)),
        ("يلتقي الوفد غدا الأربعاء 21 أغسطس 2024 الوزير.", date(2024, 8, 20)),
    ],
)
def test_a_day_said_and_named_decides(text: str, day: date) -> None:
    inferred, evidence = infer(text)
    assert (inferred.day, inferred.basis) == (day, "inferred")
    assert "2024" in evidence


@pytest.mark.parametrize(
    "text",
    [
        "بغداد 12 مايو 2024 (رويترز) - قال الوزير إن الاتفاق قائم.",
        "عنوان الخبر\nبغداد - 12 مايو 2024 - قال الوزير إن الاتفاق قائم.",
        "الرياض 4 ذو القعدة 1445 هـ الموافق 12 مايو 2024 م واس\nاستقبل الوزير ضيفه.",
        "عمان، 12 أيار/مايو 2024 (بترا): استقبل الوزير ضيفه.",
    ],
)
def test_a_dateline_with_its_year_decides(text: str) -> None:
    assert infer(text)[0].day == date(2024, 5, 12)


@pytest.mark.parametrize(
    "text",
    [
        "وقع الاتفاق في 12 مايو 2024 - كما قال الوزير - في العاصمة.",
        "زار الوزير العاصمة في 12 مايو 2024.",
        "قال في حديث لصحيفة اليوم (الجمعة 3 مايو 2024) إن الأمر انتهى.",
        "النتائج بين 3 مايو 2024 و12 مايو 2024: فوز واحد.",
    ],
)
def test_a_date_in_a_sentence_is_no_dateline(text: str) -> None:
    assert infer(text)[0].day is None


def test_a_dateline_without_its_year_decides_within_bounds() -> None:
    inferred, evidence = infer(
        "بغداد (رويترز) - 15 تموز - التقى الطرفان بعد اتفاق أعلن في آذار 2024، وقال إن المرحلة ستنتهي "
        "في كانون الثاني 2025."
    )
    assert (inferred.day, evidence) == (date(2024, 7, 15), "15 تموز")


def test_a_weekday_to_come_named_with_its_day_bounds_the_days_before_it() -> None:
    inferred, _ = infer("ينطلق المؤتمر الأربعاء المقبل الموافق 14 أغسطس 2024 في العاصمة.")
    assert (inferred.earliest, inferred.latest) == (date(2024, 8, 4), date(2024, 8, 13))
    back, _ = infer("انطلق المؤتمر الأربعاء الماضي 14 أغسطس 2024 في العاصمة.")
    assert (back.earliest, back.latest) == (date(2024, 8, 15), date(2024, 8, 24))


def test_a_dated_event_of_last_week_and_a_weekday_decide() -> None:
    text = (
        "أعلن العراق عام 2024 قرارا. وجرح جنود في قصف قاعدة عين الأسد الأسبوع الماضي. وقال نائب أمس الأربعاء إن "
        "الاتفاق الذي وقع في نيسان الماضي قائم، وقد بدأت العملية عام 2024."
    )
    inferred, evidence = infer(text)
    assert inferred.day == date(2024, 8, 15)
    assert evidence in ("الأسبوع الماضي", "نيسان الماضي")


def test_what_happened_and_what_is_announced_bound_a_range() -> None:
    inferred, _ = infer(
        "وقع الطرفان الاتفاق الذي أعلنت تفاصيله في مارس 2024. وقال إن المرحلة الأولى ستنتهي في سبتمبر 2025."
    )
    assert inferred.day is None
    assert (inferred.earliest, inferred.latest, inferred.basis) == (date(2024, 3, 1), date(2025, 9, 30), "inferred")


def test_a_dateline_within_bounds_decides() -> None:
    inferred, evidence = infer(
        "بغداد 15-7 (اف ب) - التقى الطرفان بعد اتفاق أعلن في آذار 2024، وقال البيان إن المرحلة الأولى ستنتهي "
        "في كانون الثاني 2025."
        " وقد أعلنت الخطة في آذار 2024."
    )
    assert inferred.day == date(2024, 7, 15)
    assert evidence == "15-7"


def test_a_year_said_and_named_bounds_its_year() -> None:
    inferred, evidence = infer("وقال إن الصادرات ارتفعت خلال العام الماضي 2022 بنسبة كبيرة.")
    assert (inferred.earliest, inferred.latest) == (date(2023, 1, 1), date(2023, 12, 31))
    assert evidence == "العام الماضي 2022"


def test_elections_ahead_bound_their_eve() -> None:
    inferred, _ = infer(
        "يستعد العراق للانتخابات البرلمانية المقبلة. وقد أعلنت الخطة في مارس 2022. "
        "وقال إن المهمة ستنتهي في سبتمبر 2026."
    )
    assert (inferred.earliest, inferred.latest) == (date(2024, 5, 20), date(2025, 11, 10))


def test_an_event_that_the_opening_reports_is_of_the_days_before() -> None:
    inferred, _ = infer(
        "اختتمت في بغداد القمة.\nانطلق الحوار الاستراتيجي العراقي الأمريكي في واشنطن. وقال رئيس الوزراء كريم صالح "
        "إن المهمة ستنتهي في سبتمبر 2021.",
    )
    assert (inferred.earliest, inferred.latest) == (date(2020, 6, 11), date(2021, 8, 2))


def test_news_of_a_known_day_bounds_the_days_after_it() -> None:
    text = (
        "بغداد تطلب من واشنطن موعدا لجولة من حوار استراتيجي جديد.\n{}"
        "وقد أعلنت الخطة في مارس 2020. وستنتهي المهمة في 2022."
    )
    week, _ = infer(text.format(""))
    assert (week.earliest, week.latest) == (date(2021, 3, 23), date(2021, 3, 30))
    same, _ = infer(text.format("وأفاد مصدر، الثلاثاء، بأن الرسالة وصلت. "))
    assert (same.earliest, same.latest) == (date(2021, 3, 23), date(2021, 3, 25))


@pytest.mark.parametrize(
    ("words", "days"),
    [
        ((("طلب",),), (date(2021, 3, 23), date(2021, 3, 23))),
        ((("طلب",), ()), (date(2021, 3, 23), date(2021, 3, 23))),
        ((("طلب",), ("حوار",)), (date(2021, 3, 23), date(2021, 3, 22))),
    ],
)
def test_news_without_two_lists_of_words_or_with_days_reversed_is_refused(
    words: tuple[tuple[str, ...], ...], days: tuple[date, date]
) -> None:
    with pytest.raises(ValueError, match="news"):
        NewsEvent(id="request", words=words, days=days)


def test_news_that_contradicts_a_bound_is_left_aside() -> None:
    inferred, _ = infer(
        "بغداد تطلب من واشنطن جولة من حوار استراتيجي.\nوقد أعلنت الخطة في مارس 2022. وستنتهي المهمة في سبتمبر 2023."
    )
    assert (inferred.earliest, inferred.latest) == (date(2022, 3, 1), date(2023, 9, 30))


def test_a_named_day_on_its_weekday_chooses_the_year() -> None:
    inferred, _ = infer(
        "وقع الطرفان الاتفاق الذي أعلنت تفاصيله في مارس 2023. ووصل الوفد الثلاثاء 13 آب إلى بغداد. "
        "وقال إن المرحلة الأولى ستنتهي في سبتمبر 2025."
    )
    assert (inferred.earliest, inferred.latest) == (date(2024, 8, 13), date(2025, 2, 9))


def test_today_beside_a_known_event_decides_nothing() -> None:
    assert (
        infer("إن الانتخابات هي التي أوصلت من يشكو منهم اليوم في العراق، وهجوم البرج 22 يذكر اليوم.")[0]
        == Publication()
    )


def test_a_name_that_begins_like_a_future_verb_bounds_nothing() -> None:
    assert infer("بدأ المدرب حقبته في ملعب ستامفورد بريدج في يونيو 2013.")[0].latest is None


def test_the_term_of_the_office_held_bounds_a_range() -> None:
    inferred, evidence = infer("قال رئيس الوزراء كريم صالح إن الحكومة ماضية في قرارها.", name="كريم صالح")
    assert (inferred.earliest, inferred.latest) == (date(2022, 10, 27), date(2024, 2, 29))
    assert evidence == "كريم صالح"


def test_a_former_holder_alone_leaves_the_day_unknown() -> None:
    inferred, _ = infer("قال رئيس الوزراء السابق كريم صالح إن الحكومة ماضية.", name="كريم صالح")
    assert inferred == Publication()


def test_a_former_holder_bounds_from_the_end_of_the_term() -> None:
    text = "قال رئيس الوزراء السابق كريم صالح إن المهمة ستنتهي في سبتمبر 2025."
    inferred, _ = infer(text, name="كريم صالح")
    assert (inferred.earliest, inferred.latest) == (date(2024, 3, 1), date(2025, 9, 30))


@pytest.mark.parametrize(
    "text",
    [
        "قال الوزير أمس الخميس إن القوات باقية.",
        "انسحبت القوات عام 2011 من البلاد.",
        "تأهل المنتخب إلى كأس العالم 2018.",
        "لا شيء هنا.",
        "",
    ],
)
def test_too_little_evidence_is_unknown(text: str) -> None:
    assert infer(text) == (Publication(), "")


def test_contradicting_evidence_is_unknown() -> None:
    inferred, _ = infer("اتفق الطرفان وقد أعلنت الخطة في مارس 2026. وقال إن المرحلة الأولى ستنتهي في سبتمبر 2025.")
    assert inferred == Publication()


def test_a_stated_day_is_kept() -> None:
    stated = Publication(date(2025, 8, 31), date(2025, 8, 31), date(2025, 8, 31), "stated")
    assert infer("وصل الوفد اليوم الثلاثاء 20 أغسطس 2024.", published=stated)[0] == stated
