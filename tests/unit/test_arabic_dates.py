"""The date grammar: which words are a date, and which days they mean."""

from __future__ import annotations

from datetime import date, timedelta
from functools import lru_cache

import pytest

from mawaqif.arabic.dates import find_dates, parse_day
from mawaqif.arabic.text import normalise
from mawaqif.paths import default_paths
from mawaqif.vocabulary import DatesFile, read_yaml

REFERENCE = date(2024, 8, 16)  # a Friday


@lru_cache(maxsize=1)
def words() -> DatesFile:
    return read_yaml(default_paths().vocabulary / "dates.yml", DatesFile)


def found(text: str, reference: date | None = REFERENCE) -> list[tuple[str, str]]:
    """Return (words of the span, `first/last`) of each date, an open end written as `..`."""
    dates = find_dates(normalise(text), words(), reference=reference)
    return [(text[d.span.start : d.span.end], f"{d.interval.first or '..'}/{d.interval.last or '..'}") for d in dates]


def days(text: str, reference: date | None = REFERENCE) -> str:
    """Return the days of the only date of a text."""
    (only,) = found(text, reference)
    return only[1]


def one_day(iso: str) -> str:
    return f"{iso}/{iso}"


@pytest.mark.parametrize(
    ("text", "iso"),
    [
        ("عقد اللقاء في 31 أغسطس 2024", "2024-08-31"),
        ("عقد اللقاء في ٣١ آب ٢٠٢٤", "2024-08-31"),
        ("وقع في 9 أفريل 2019", "2019-04-09"),
        ("يوم 14 غشت 2021", "2021-08-14"),
        ("في 7 مايس 2003", "2003-05-07"),
        ("الأحد 31 أغسطس/آب 2025", "2025-08-31"),
        ("في 20 تشرين الثاني/نوفمبر 2023", "2023-11-20"),
        ("الخامس والعشرين من يناير 2011", "2011-01-25"),
        ("الرابع والعشرون من شباط عام 2022", "2022-02-24"),
        ("التاسع من نيسان عام ألفين وثلاثة", "2003-04-09"),
        ("في 12/5/2023", "2023-05-12"),
        ("في 5/13/2023", "2023-05-13"),
        ("في 2023-05-12", "2023-05-12"),
        ("١٢/٥/٢٠٢٣", "2023-05-12"),
        ("15 رمضان 1445 هـ الموافق 25 مارس 2024", "2024-03-25"),
        ("15 رمضان 1445", "2024-03-25"),
        ("يوم الجمعة الموافق 16 أغسطس 2024", "2024-08-16"),
        ("أغسطس 31, 2025", "2025-08-31"),
    ],
)
def test_a_full_date_is_its_day_whatever_its_month_names_and_digits(text: str, iso: str) -> None:
    assert days(text, reference=None) == one_day(iso)


@pytest.mark.parametrize(
    ("text", "interval"),
    [
        ("في سبتمبر (أيلول) 2014", "2014-09-01/2014-09-30"),
        ("كانون الأول 2022", "2022-12-01/2022-12-31"),
        ("في أبريل نيسان 2020", "2020-04-01/2020-04-30"),
        ("أواخر العام 2019", "2019-10-01/2019-12-31"),
        ("النصف الأول من عام 2024", "2024-01-01/2024-06-30"),
        ("نهاية شباط 2024", "2024-02-21/2024-02-29"),
        ("عامي 2019 و2020", "2019-01-01/2020-12-31"),
        ("2019-2021", "2019-01-01/2021-12-31"),
        ("بين عامي 2003 و2011", "2003-01-01/2011-12-31"),
        ("من عام 2003 إلى عام 2011", "2003-01-01/2011-12-31"),
        ("من 28 أغسطس إلى 3 سبتمبر 2024", "2024-08-28/2024-09-03"),
        ("عام ألف وتسعمائة وثمانية وأربعين", "1948-01-01/1948-12-31"),
        ("سبعينيات القرن الماضي", "1970-01-01/1979-12-31"),
        ("في الثمانينيات", "1980-01-01/1989-12-31"),
        ("القرن التاسع عشر", "1801-01-01/1900-12-31"),
        ("صيف عام 2014", "2014-06-01/2014-08-31"),
        ("عام 1445 هـ", "2023-07-19/2024-07-06"),
        ("إبان الحرب العراقية - الإيرانية", "1980-09-01/1988-08-31"),
        ("بعد يومين من أحداث 11 سبتمبر", "2001-09-13/2001-09-13"),
    ],
)
def test_months_years_decades_and_their_parts_are_whole_intervals(text: str, interval: str) -> None:
    assert days(text, reference=None) == interval


@pytest.mark.parametrize(
    ("text", "interval"),
    [
        ("منذ عام 2017", "2017-01-01/.."),
        ("بعد عام 2026", "2027-01-01/.."),
        ("قبل عام 2003", "../2002-12-31"),
        ("حتى نهاية سبتمبر 2025", "../2025-09-30"),
        ("حتى الآن", "../2024-08-16"),
        ("خلال الأيام القليلة المقبلة", "2024-08-16/.."),
        ("في السنوات الأخيرة", "../2024-08-16"),
        ("منذ سنوات", "../2024-08-16"),
    ],
)
def test_open_ended_and_vague_expressions_keep_an_open_end(text: str, interval: str) -> None:
    assert days(text) == interval


@pytest.mark.parametrize(
    ("text", "interval"),
    [
        ("مساء أمس الخميس", "2024-08-15/2024-08-15"),
        ("أول من أمس", "2024-08-14/2024-08-14"),
        ("بعد غد الأحد", "2024-08-18/2024-08-18"),
        ("الثلاثاء الماضي", "2024-08-13/2024-08-13"),
        ("الجمعة الماضي", "2024-08-09/2024-08-09"),
        ("يوم الجمعة", "2024-08-16/2024-08-16"),
        ("يوم الأحد المقبل", "2024-08-18/2024-08-18"),
        ("الأسبوع الماضي", "2024-08-05/2024-08-11"),
        ("العام المقبل", "2025-01-01/2025-12-31"),
        ("العام قبل الماضي", "2022-01-01/2022-12-31"),
        ("الشهر الجاري", "2024-08-01/2024-08-31"),
        ("نهاية تموز المنصرم", "2024-07-21/2024-07-31"),
        ("إبريل/نيسان الماضي", "2024-04-01/2024-04-30"),
        ("أيلول الماضي", "2023-09-01/2023-09-30"),
        ("الصيف الماضي", "2023-06-01/2023-08-31"),
        ("خلال الأشهر الستة الماضية", "2024-02-01/2024-08-31"),
        ("قبل ثلاثة أشهر", "2024-05-01/2024-05-31"),
        ("بعد عامين", "2026-01-01/2026-12-31"),
        ("قبل سنة تقريبا", "2023-08-01/2023-08-31"),
        ("25 الجاري", "2024-08-25/2024-08-25"),
        ("عيد الفطر الماضي", "2024-04-10/2024-04-12"),
    ],
)
def test_relative_expressions_count_from_the_day_of_writing(text: str, interval: str) -> None:
    assert days(text) == interval


@pytest.mark.parametrize("text", ["أمس الخميس", "العام الماضي", "قبل ثلاثة أشهر", "في أيلول المقبل", "حتى الآن"])
def test_a_relative_expression_without_a_day_of_writing_is_unresolved(text: str) -> None:
    (only,) = find_dates(normalise(text), words())
    assert only.interval[:2] == (None, None)
    assert only.interval.basis == "unresolved"


@pytest.mark.parametrize(
    "text",
    [
        "وقت القراءة: 3 دقيقة",
        "انتشر 2500 جندي في 85 دولة مع 70 ألف عنصر",
        "في 2000 مدرسة",
        "مارس ضغوطا على الحكومة",
        "آب الرجل إلى بيته",
        "فتح الباب وخرج",
        "سيارة نيسان جديدة",
        "قصف قاعدة عين الأسد",
        "الأمين العام السابق للأمم المتحدة",
        "بشكل عام الماضي أفضل",
        "قال محمد رمضان",
        "في الثلاثينيات من عمره",
        "شارع 14 تموز",
        "وكالة روسيا اليوم",
        "صلاة الجمعة",
        "ثلاث مرات في اليوم",
        "عاما بعد عام",
        "وصل إلى بغداد",
        "النتيجة 2 صفر",
        "99/99/9999",
        "",
    ],
)
def test_numbers_names_and_verbs_that_are_no_dates_stay_out(text: str) -> None:
    assert found(text) == []


def test_words_that_point_back_are_read_from_the_date_before_them() -> None:
    text = "في 3 أيلول 2019 بدأت المفاوضات، وبعد ذلك بيومين توقفت، وفي العام نفسه استؤنفت"
    assert [interval for _, interval in found(text, reference=None)] == [
        "2019-09-03/2019-09-03",
        "2019-09-05/2019-09-05",
        "2019-01-01/2019-12-31",
    ]


def test_a_pointing_word_far_from_any_date_is_left_out() -> None:
    assert found("في العام نفسه استؤنفت المفاوضات") == []


def test_spans_leave_out_the_clitics_and_keep_the_vowel_marks() -> None:
    assert found("ولِعامِ 2024")[0][0] == "عامِ 2024"


def test_a_span_gives_back_its_words_after_marks_and_tatweel() -> None:
    text = "أُعلن ـــ في الثـلاثـاء الماضي"
    assert found(text)[0] == ("الثـلاثـاء الماضي", one_day("2024-08-13"))


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("31 أغسطس 2025277 مشاهدة", date(2025, 8, 31)),
        ("الأحد ٣١ آب ٢٠٢٥", date(2025, 8, 31)),
        ("2025-08-31T10:00:00+03:00", date(2025, 8, 31)),
        ("31/8/2025", date(2025, 8, 31)),
        ("تاريخ النشر: 31-08-2025", date(2025, 8, 31)),
        ("وقت القراءة: 3 دقيقة", None),
        ("أغسطس 2025", None),
        ("31 أغسطس", None),
        ("2025-13-40", None),
        ("من 1 إلى 3 مايو 2025", None),
    ],
)
def test_parse_day_reads_a_stated_day_and_nothing_less(line: str, expected: date | None) -> None:
    assert parse_day(line, words()) == expected


def test_impossible_days_are_not_invented() -> None:
    assert all("2023-02-29" not in interval for _, interval in found("في 29 فبراير 2023"))


def test_days_at_the_edge_of_the_calendar_do_not_break() -> None:
    for reference in (date.min, date.max, date(1, 1, 2)):
        found("أمس، والعام الماضي، وبعد عشرين قرنا، والأسبوع المقبل، ورمضان الماضي، والشتاء المقبل", reference)


def test_a_weekday_said_a_day_off_wins_over_yesterday() -> None:
    assert days("أمس الخميس", REFERENCE + timedelta(days=1)) == one_day("2024-08-15")
