"""What a page says of its article: title, outlet, author and day."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from mawaqif.clean import clean_document
from mawaqif.paths import default_paths
from mawaqif.records import RawDocument, Reading
from mawaqif.vocabulary import Vocabulary, load_vocabulary

BODY = (
    "قال وزير الخارجية إن بلاده ستواصل العمل مع الشركاء من أجل استقرار المنطقة. وأضاف أن الحوار مستمر بين الجانبين "
    "حتى نهاية العام وأن اللجان الفنية ستجتمع في الأسبوع المقبل لبحث التفاصيل."
)


@pytest.fixture(scope="module")
def vocabulary() -> Vocabulary:
    return load_vocabulary(default_paths().vocabulary)


def clean(text: str, vocabulary: Vocabulary, **given: str) -> Reading:
    raw = RawDocument("x", text, "0" * 64, "utf-8", "x.txt")
    return clean_document(replace(raw, **given), vocabulary)  # type: ignore[arg-type]


def title(reading: Reading) -> str | None:
    return reading.words(reading.title) if reading.title else None


# --- title ----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (f"هل ينهي البلد المهمة دون خسارة الدعم ؟\n{BODY}", "هل ينهي البلد المهمة دون خسارة الدعم ؟"),
        (f"خاص.. الوزير يؤكد ضرورة البقاء\n\n{BODY}", "خاص.. الوزير يؤكد ضرورة البقاء"),
        (f"Logo\nصحيفة يومية مستقلة\n\n  عنوان الخبر في سطر  \n{BODY}", "عنوان الخبر في سطر"),
        (f"12 مايو 2024 - 10:30\nعنوان الخبر في سطر\n{BODY}", "عنوان الخبر في سطر"),
        (f"سياسة\nعنوان الخبر في سطر\n{BODY}", "عنوان الخبر في سطر"),
        (f"حديث الأربعاء\n{BODY}", "حديث الأربعاء"),
        (f"{BODY}\n{BODY}", None),
        (BODY, None),
        (f"قال الوزير إن الأمر انتهى.\n{BODY}", None),
    ],
)
def test_the_first_line_with_the_form_of_a_headline_is_the_title(
    text: str, expected: str | None, vocabulary: Vocabulary
) -> None:
    assert title(clean(text, vocabulary)) == expected


def test_a_given_title_is_found_in_any_spelling_and_without_the_sites_name(vocabulary: Vocabulary) -> None:
    text = f"تقرير خاص من بغداد\nالأميركيون يغادرون القاعدة\n{BODY}"
    assert title(clean(text, vocabulary, title="الاميركيون يغادرون القاعدة")) == "الأميركيون يغادرون القاعدة"
    assert title(clean(text, vocabulary, title="الأميركيون يغادرون القاعدة - شفق نيوز")) == "الأميركيون يغادرون القاعدة"


def test_a_rows_title_that_is_not_in_its_text_has_no_span_but_is_kept(vocabulary: Vocabulary) -> None:
    reading = clean(f"سطر أول قصير هنا\n{BODY}", vocabulary, title="عنوان آخر تماما", media_type="record")
    assert reading.title is None
    assert reading.raw.title == "عنوان آخر تماما"


# --- outlet ---------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "outlet_id"),
    [
        (f"صحيفة يومية تصدر عن مؤسسة المدينة للصحافة والنشر\nعنوان الخبر في سطر\n{BODY}", "al_madina"),
        (f"عنوان الخبر في سطر\nبغداد (رويترز) - {BODY}", "reuters"),
        (f"عنوان الخبر في سطر\nبغداد/ واع/ {BODY}", "ina_iraq"),
        (f"عنوان الخبر في سطر\nشفق نيوز/ {BODY}", None),
        (f"عنوان الخبر في سطر\n{BODY}\nالمصدر: الجزيرة + وكالات", "aljazeera"),
        (f"عنوان الخبر في سطر\n{BODY}\nجميع الحقوق محفوظة لموقع الجزيرة نت 2024", "aljazeera"),
        (
            f"عنوان الخبر في سطر\n{BODY}\nيحتوي هذا القسم على مقالات, الموضوعة في (Related Nodes field)",
            "independent_arabia",
        ),
        (f"عنوان الخبر في سطر\n{BODY} (أ ف ب)", "afp"),
        (f"عنوان الخبر في سطر\nونقلت وكالة رويترز عن الوزير قوله إن الأمر انتهى. {BODY}", None),
        (f"وزير يزور المدينة\n{BODY}", None),
    ],
)
def test_the_outlet_is_read_where_an_outlet_stands_and_not_in_sentences(
    text: str, outlet_id: str | None, vocabulary: Vocabulary
) -> None:
    assert clean(text, vocabulary).outlet_id == outlet_id


def test_contact_us_names_no_agency(vocabulary: Vocabulary) -> None:
    assert clean(f"اللجنة تبحث موعد الخروج\n{BODY}\nمن نحن اتصل بنا سياسة الخصوصية", vocabulary).outlet is None


@pytest.mark.parametrize("given", ["Al Jazeera", "الجزيرة.نت", "aljazeera.net", "قناة الجزيرة"])
def test_a_given_outlet_is_registered_under_any_of_its_names(given: str, vocabulary: Vocabulary) -> None:
    assert clean(BODY, vocabulary, outlet=given).outlet_id == "aljazeera"


def test_an_unregistered_given_outlet_keeps_its_name(vocabulary: Vocabulary) -> None:
    reading = clean(BODY, vocabulary, outlet="صحيفة الضفة الجديدة")
    assert (reading.outlet, reading.outlet_id) == ("صحيفة الضفة الجديدة", None)


def test_the_host_of_the_address_names_the_outlet_and_a_like_host_does_not(vocabulary: Vocabulary) -> None:
    assert clean(BODY, vocabulary, url="https://www.arabic.rt.com/x").outlet_id == "rt_arabic"
    assert clean(BODY, vocabulary, url="https://notbbc.com/arabic").outlet_id is None


# --- author ---------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("line", "author"),
    [
        ("كتب: أحمد محمد علي", "أحمد محمد علي"),
        ("بقلم أحمد محمد", "أحمد محمد"),
        ("إعداد - سعاد حسن", "سعاد حسن"),
        ("كتب أحمد محمد رسالة", None),
        ("تقرير: رويترز", None),
    ],
)
def test_the_author_is_read_from_a_line_of_its_own(line: str, author: str | None, vocabulary: Vocabulary) -> None:
    assert clean(f"عنوان الخبر في سطر واحد\n{line}\n{BODY}", vocabulary).author == author


def test_a_given_author_loses_the_label_before_the_name(vocabulary: Vocabulary) -> None:
    assert clean(BODY, vocabulary, author="كتب - زيد السبيعي:").author == "زيد السبيعي"
    assert clean(BODY, vocabulary, author="رويترز").author is None


# --- day ------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("line", "evidence"),
    [
        ("31 أغسطس 2025277 مشاهدةوقت القراءة: 3 دقيقة", "31 أغسطس 2025"),
        ("نشر في: الأحد 31 آب 2025 - 03:15 م", "31 آب 2025"),
        ("31/8/2025", "31/8/2025"),
        ("تاريخ النشر 2025-08-31 10:45", "2025-08-31"),
        ("آخر تحديث: 31 أغسطس/آب 2025", "31 أغسطس/آب 2025"),
    ],
)
def test_a_line_of_page_data_states_the_day(line: str, evidence: str, vocabulary: Vocabulary) -> None:
    published = clean(f"عنوان الخبر في سطر واحد\n{line}\n{BODY}", vocabulary).published
    assert (published.day, published.basis) == (date(2025, 8, 31), "stated")
    assert published.evidence is not None


@pytest.mark.parametrize("line", ["انتهت المهمة العسكرية في 31 أغسطس 2025", "31 أغسطس", "أغسطس 2025", "2025"])
def test_a_day_in_a_sentence_or_without_its_year_is_not_the_day_of_publication(
    line: str, vocabulary: Vocabulary
) -> None:
    assert clean(f"عنوان الخبر في سطر واحد\n{line}\n{BODY}", vocabulary).published.basis == "unknown"


@pytest.mark.parametrize("given", ["2025-08-31", "2025-08-31T10:00:00+03:00", "31/8/2025", "31 أغسطس 2025"])
def test_a_given_day_wins_over_a_stated_one(given: str, vocabulary: Vocabulary) -> None:
    published = clean(f"عنوان الخبر في سطر واحد\n12 مايو 2024\n{BODY}", vocabulary, published=given).published
    assert (published.day, published.basis) == (date(2025, 8, 31), "given")
