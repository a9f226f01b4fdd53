"""Each kind of calendar expression in Arabic news, one line of it read against a day of writing: a table to extend."""

from __future__ import annotations

from datetime import date
from functools import lru_cache
from time import process_time

import pytest

from mawaqif.annotate.dates import dates_in_line
from mawaqif.paths import default_paths
from mawaqif.records import DateExpression
from mawaqif.vocabulary import Vocabulary, load_vocabulary

FRIDAY = date(2024, 8, 16)


@lru_cache(maxsize=1)
def vocabulary() -> Vocabulary:
    return load_vocabulary(default_paths().vocabulary)


def read(text: str, reference: date | None = FRIDAY) -> list[DateExpression]:
    return dates_in_line(text, reference=reference, vocabulary=vocabulary())


def show(found: DateExpression) -> str:
    return f"{found.first or '..'}/{found.last or '..'} {found.granularity}"


KINDS = {
    "an Egyptian month": ("زار الوفد بغداد في 3 مايو 2020", "2020-05-03/2020-05-03 day"),
    "a Levantine month": ("زار الوفد بغداد في 3 أيار 2020", "2020-05-03/2020-05-03 day"),
    "a Levantine month of two words": ("وصل في 3 كانون الثاني 2020", "2020-01-03/2020-01-03 day"),
    "an Iraqi month": ("وصل في 3 مايس 2003", "2003-05-03/2003-05-03 day"),
    "a Maghrebi month": ("وصل في 3 جويلية 2021", "2021-07-03/2021-07-03 day"),
    "a pair with a slash": ("جرى ذلك في حزيران/يونيو الماضي", "2024-06-01/2024-06-30 month"),
    "a pair with brackets": ("جرى ذلك في حزيران (يونيو) 2023", "2023-06-01/2023-06-30 month"),
    "a pair with a dash": ("جرى ذلك في شباط - فبراير 2024", "2024-02-01/2024-02-29 month"),
    "Arabic-Indic digits": ("وصل في ٣ أيار ٢٠٢٠", "2020-05-03/2020-05-03 day"),
    "day/month/year": ("وصل في 12/5/2024", "2024-05-12/2024-05-12 day"),
    "year-month-day": ("وصل في 2024-05-12", "2024-05-12/2024-05-12 day"),
    "day/month": ("يصل يوم ٥/١٢", "2024-12-05/2024-12-05 day"),
    "a Hijri day/month on its weekday": ("وصل الأحد 5/2", "2024-08-11/2024-08-11 day"),
    "an ordinal": ("وصل في الثالث من مايو", "2024-05-03/2024-05-03 day"),
    "a long ordinal": ("وصل في الثالث والعشرين من تشرين الأول 2023", "2023-10-23/2023-10-23 day"),
    "a spelled year": ("انسحب عام ألفين وأربعة وعشرين", "2024-01-01/2024-12-31 year"),
    "a spelled year of the last century": ("ولد سنة ألف وتسعمئة وتسع وسبعين", "1979-01-01/1979-12-31 year"),
    "a year marked as of our era": ("شارك في بطولة 2007م", "2007-01-01/2007-12-31 year"),
    "a year after what happens": ("فاز بكأس آسيا 2019، وعاد", "2019-01-01/2019-12-31 year"),
    "a decade": ("بدأ في التسعينيات", "1990-01-01/1999-12-31 decade"),
    "a decade of a century": ("بدأ في ستينيات القرن التاسع عشر", "1860-01-01/1869-12-31 decade"),
    "a century": ("بدأ في القرن العشرين", "1901-01-01/2000-12-31 century"),
    "a season with its year": ("بدأ في خريف 2019", "2019-09-01/2019-11-30 season"),
    "a season of last year": ("بدأ في خريف العام الماضي", "2023-09-01/2023-11-30 season"),
    "a season of sports": ("خسر الفريق في الموسم الماضي", "2023-07-01/2024-06-30 year"),
    "the early part of a month": ("بدأ في أوائل أيار", "2024-05-01/2024-05-10 month"),
    "the middle of a month": ("بدأ في منتصف تموز 2024", "2024-07-11/2024-07-20 month"),
    "the late part of a year": ("بدأ في أواخر 2023", "2023-10-01/2023-12-31 part_of_year"),
    "the end of this year": ("تنتهي في نهاية العام", "2024-10-01/2024-12-31 part_of_year"),
    "a week of a month": ("بدأ في الأسبوع الأول من أيلول 2023", "2023-09-01/2023-09-07 week"),
    "the last week of a month": ("بدأ في الأسبوع الأخير من تموز 2024", "2024-07-25/2024-07-31 week"),
    "a half of a year": ("بدأ في النصف الأول من عام 2023", "2023-01-01/2023-06-30 part_of_year"),
    "between two years": ("حكم بين 2003 و2011", "2003-01-01/2011-12-31 year"),
    "two years with a dash": ("أزمة 2020-2021", "2020-01-01/2021-12-31 year"),
    "a Hijri school year": ("العام الدراسي 1444/1445هـ", "2022-07-30/2024-07-06 year"),
    "from a day to a day": ("من 3 إلى 7 مايو", "2024-05-03/2024-05-07 day"),
    "a weekday": ("قال الثلاثاء إنه عاد", "2024-08-13/2024-08-13 day"),
    "a weekday with last": ("عاد يوم الثلاثاء الماضي", "2024-08-13/2024-08-13 day"),
    "a weekday with next": ("يعود الثلاثاء المقبل", "2024-08-20/2024-08-20 day"),
    "a weekday with yesterday": ("عاد أمس الخميس", "2024-08-15/2024-08-15 day"),
    "the evening of a weekday": ("عاد مساء الأحد", "2024-08-11/2024-08-11 day"),
    "ago, in the dual": ("عاد قبل عامين", "2022-01-01/2022-12-31 year"),
    "ago, counted": ("عاد قبل ثلاثة أشهر", "2024-05-01/2024-05-31 month"),
    "since, counted": ("توقف منذ ثلاث سنوات", "2021-01-01/.. year"),
    "since, vague": ("توقف منذ سنوات", "../2024-08-16 year"),
    "in, in the dual": ("سيعود بعد يومين", "2024-08-18/2024-08-18 day"),
    "ago, with the number said again": ("عاد قبل شهر واحد", "2024-07-01/2024-07-31 month"),
    "since about two years, definite": ("يناقش منذ قرابة السنتين", "2022-01-01/.. year"),
    "a quarter of this year": ("في الربع الثاني للعام", "2024-04-01/2024-06-30 part_of_year"),
    "the coming two years": ("خلال العامين المقبلين", "2024-01-01/2026-12-31 year"),
    "the past hours": ("خلال الساعات الماضية", "2024-08-15/2024-08-16 day"),
    "a Hijri day": ("وصل في 15 شعبان 1445", "2024-02-25/2024-02-25 day"),
    "the first of a Hijri month": ("تبدأ غرة رمضان 1445", "2024-03-11/2024-03-11 day"),
    "a Hijri day and its Gregorian one": (
        "وصل في 10 محرم 1446هـ الموافق 16 يوليو 2024",
        "2024-07-16/2024-07-16 day",
    ),
    "a weekday and its Hijri day": ("عاد يوم الأحد الموافق 29 محرم 1446هـ", "2024-08-04/2024-08-04 day"),
    "a holiday": ("أغلقت في عيد الأضحى", "2024-06-16/2024-06-19 day"),
    "a named event": ("تغير الوضع منذ سقوط بغداد", "2003-04-09/.. day"),
    "before a named event": ("تصاعد قبل اغتيال سليماني", "../2020-01-02 day"),
    "a term of office": ("تراجع في عهد أوباما", "2009-01-01/2017-01-31 month"),
    "until a month": ("تبقى القوات حتى أيلول 2026", "../2026-09-30 month"),
    "before the end of a year": ("تنتهي قبل انتهاء العام الجاري", "../2024-12-31 part_of_year"),
    "from a day to a day, at length": (
        "في الفترة من 7 يوليو الماضي، وحتى الخامس من الشهر الجاري",
        "2024-07-07/2024-08-05 day",
    ),
    "a Hijri year and its Gregorian one": ("ولد عام 1351هـ/1932", "1932-01-01/1932-12-31 year"),
    "from a day on": ("اعتبارا من 1 تشرين الأول 2024", "2024-10-01/.. day"),
    "by a year": ("يكتمل الجسر بحلول عام 2030", "../2030-12-31 year"),
    "a latest day": ("يسلم التقرير في موعد أقصاه 31 كانون الأول 2025", "../2025-12-31 day"),
    "the year after next": ("تنتهي ولايته العام بعد المقبل", "2026-01-01/2026-12-31 year"),
    "a year spelled in the feminine": ("بدأ البث سنة ألف وتسعمائة وإحدى وسبعين", "1971-01-01/1971-12-31 year"),
    "a year after a noun that may be general": ("تغير النظام عام 2003", "2003-01-01/2003-12-31 year"),
    "three days of a month": ("أيام 3 و4 و5 أيلول 2023", "2023-09-03/2023-09-05 day"),
    "three weekdays": ("تغلق أيام الأحد والاثنين والثلاثاء المقبلة", "2024-08-18/2024-08-20 day"),
    "a night with a slash": ("انقطع التيار ليل الأحد/الاثنين", "2024-08-11/2024-08-12 day"),
    "two centuries": ("في القرنين الثامن عشر والتاسع عشر", "1701-01-01/1900-12-31 century"),
    "the day of writing, years ago": ("في مثل هذا اليوم من عام 1990", "1990-08-16/1990-08-16 day"),
    "a day of a feast": ("وصل ثاني أيام عيد الأضحى", "2024-06-17/2024-06-17 day"),
    "the holiday of a feast": ("أغلقت خلال عطلة عيد الأضحى", "2024-06-16/2024-06-19 day"),
    "today and the day it is quoted from": ("وقع فجر اليوم (أمس الخميس)", "2024-08-15/2024-08-15 day"),
    "after dawn of a day": ("وصل عقب فجر الخميس", "2024-08-15/2024-08-15 day"),
    "a weekday ahead of a verb that sets it": ("تنتهي المهلة يوم الاثنين", "2024-08-19/2024-08-19 day"),
    "a day set as a date": ("حددت الهيئة الثالث من آذار موعدا للاقتراع", "2025-03-03/2025-03-03 day"),
    "a month before in which they did": ("المسلحون استولوا على الميناء في أيلول", "2023-09-01/2023-09-30 month"),
    "a school year told backwards": ("العام الدراسي 1446/1445هـ", "2023-07-19/2025-06-25 year"),
    "from a weekday ahead to another": ("من الخميس المقبل حتى الأحد", "2024-08-22/2024-08-25 day"),
    "before what still goes on": ("هاجر قبل اندلاع الثورة السورية", "../2011-03-31 part_of_year"),
}


@pytest.mark.parametrize("kind", KINDS)
def test_each_kind_is_read_as_its_days(kind: str) -> None:
    text, expected = KINDS[kind]
    (only,) = read(text)
    assert show(only) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("وقع في 2019، وفي العام نفسه ألغي", ["2019-01-01/2019-12-31", "2019-01-01/2019-12-31"]),
        ("وقع في 3 مايو 2020 وبعد ذلك بيومين ألغي", ["2020-05-03/2020-05-03", "2020-05-05/2020-05-05"]),
        ("وقع في 3 مايو 2020 ثم ألغي في الخامس عشر منه", ["2020-05-03/2020-05-03", "2020-05-15/2020-05-15"]),
        ("أسس الحزب عام 2008، وبعد خمس سنوات ذاع صيته", ["2008-01-01/2008-12-31", "2013-01-01/2013-12-31"]),
        ("دخل السجن في 1982 وخرج بعد خمس سنوات", ["1982-01-01/1982-12-31", "1987-01-01/1987-12-31"]),
        ("وقع في 2011 وفي اليوم التالي ألغي", ["2011-01-01/2011-12-31", "../.."]),
        ("وقع في 2011 وبعد ذلك بيومين ألغي", ["2011-01-01/2011-12-31", "../.."]),
        ("في 5 أيلول و10 تشرين الأول 2023", ["2023-09-05/2023-09-05", "2023-10-10/2023-10-10"]),
        ("في آب 2023 وآذار 2024", ["2023-08-01/2023-08-31", "2024-03-01/2024-03-31"]),
    ],
)
def test_dates_lean_on_each_other(text: str, expected: list[str]) -> None:
    assert [show(found).split()[0] for found in read(text)] == expected


@pytest.mark.parametrize(
    "text",
    [
        "وقت القراءة 3 دقائق",
        "أرسل 2500 جندي إلى القاعدة",
        "رقم الهاتف 07901234567",
        "فاز الفريق 2-1",
        "صوت 3 مقابل 1",
        "بنسبة 3 إلى 1",
        "سعر البرميل 80 دولارا",
        "بموجب المادة 140 من الدستور",
        "بموجب القرار 2231",
        "قرار مجلس الأمن رقم 1483",
        "الفقرة 5/3 من النظام",
        "في 3/4 المساحة",
        "اشترى طائرات أف-16",
        "طائرة بوينغ 737",
        "في الساعة العاشرة",
        "عند 10:30 صباحا",
        "سباق 2000م",
        "مجموعة 5+1",
        "خطة لتوظيف 2019 شخصا",
        "زاره في هذا العقد المثير للجدل",
        "أكد أن الاثنين متفقان",
        "يحاكم بعدة تهم ستعلن",
        "ما هو محرم لذاته",
        "قبل موسم الحج",
        "سيأتي اليوم الذي ينتهي فيه النزاع",
        "قالت قناة الغد إن الاجتماع ألغي",
        "السبت الأسود في ذاكرة المدينة",
        "لما يوليه من عناية بالملف",
        "فاز باللقب لأول مرة بعد 11 عاما",
        "بعد انتهاء العقود مع الشركات",
        "أعلن تحالف السابع من أكتوبر رفضه",
        "يعمل المكتب حتى الساعة السادسة",
        "الجزء الثالث منه قيد الطبع",
        "نحن في أمس الحاجة إلى الحوار",
        "غادر الملعب بعد 77 دقيقة",
        "وشهد اليوم الأخير من البطولة تتويجه",
    ],
)
def test_numbers_and_words_of_other_kinds_are_no_dates(text: str) -> None:
    assert read(text) == []


@pytest.mark.parametrize(
    ("text", "status"),
    [
        ("غادرت القوات القاعدة في أيار 2024", "past"),
        ("ستغادر القوات القاعدة في أيار 2025", "planned"),
        ("من المقرر أن تغادر القوات القاعدة في أيلول 2025", "planned"),
        ("تغادر القوات القاعدة الأحد المقبل", "planned"),
        ("ربما تغادر القوات القاعدة في أيار 2025", "hypothetical"),
        ("قد تبقى القوات حتى عام 2027", "hypothetical"),
        ("لو غادرت القوات القاعدة في أيار 2023 لتغير الوضع", "hypothetical"),
        ("كان من المقرر أن تغادر القوات في أيار 2023", "hypothetical"),
    ],
)
def test_the_clause_tells_the_status(text: str, status: str) -> None:
    (only,) = read(text)
    assert only.status == status


def test_elections_are_those_of_the_country_spoken_of_there() -> None:
    (iraqi,) = read("يستعد العراق للانتخابات النيابية المقبلة")
    assert iraqi.first == date(2025, 11, 11)
    far = "يراقب العراق ما يجري. " + "وقال المحلل إن الحزب يعد برنامجه ويجمع أنصاره. " * 8
    assert not [d for d in read(far + "وخسر الحزب البريطاني الانتخابات الأخيرة") if d.first == date(2021, 10, 10)]


@pytest.mark.parametrize("text", [text for text, _ in KINDS.values()])
def test_without_a_day_of_writing_no_day_is_invented(text: str) -> None:
    for known, unknown in zip(read(text), read(text, None), strict=True):
        told = unknown.basis in ("absolute", "relative_to_other_event")
        assert told or (unknown.first, unknown.last) == (None, None)
        assert not told or (unknown.first, unknown.last) == (known.first, known.last)


@pytest.mark.parametrize("unit", ["في&nbsp;3&nbsp;أيار&nbsp;", "الأحد والاثنين والثلاثاء "])
def test_a_text_of_one_word_or_of_weekdays_alone_is_read_in_time_that_grows_with_its_length(unit: str) -> None:
    def seconds(times: int) -> float:
        start = process_time()
        read(unit * times)
        return process_time() - start

    seconds(10)
    assert seconds(8000) < 100 * max(seconds(500), 0.005)  # 16 times as long; quadratic would be 256
