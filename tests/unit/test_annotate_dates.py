"""Dates in their sentences: status, event, publication ranges."""

from __future__ import annotations

from datetime import date
from types import SimpleNamespace
from typing import Any, cast

import pytest

from mawaqif.annotate.dates import annotate_dates, dates_in_line
from mawaqif.paths import default_paths
from mawaqif.records import DateExpression, Publication, RawDocument, Reading, Span
from mawaqif.vocabulary import DatesFile, Vocabulary, read_yaml

VOCABULARY = cast(Vocabulary, SimpleNamespace(dates=read_yaml(default_paths().vocabulary / "dates.yml", DatesFile)))
REFERENCE = date(2024, 8, 16)


def line(text: str, reference: date | None = REFERENCE) -> DateExpression:
    (only,) = dates_in_line(text, reference=reference, vocabulary=VOCABULARY)
    return only


def read(text: str, published: Publication, **more: Any) -> tuple[DateExpression, ...]:
    raw = RawDocument(doc_id="a", text=text, sha256="0" * 64, encoding="utf-8", path="a.txt")
    reading = Reading(raw=raw, sentences=(Span(0, len(text)),), published=published, **more)
    return annotate_dates(reading, VOCABULARY).dates


@pytest.mark.parametrize(
    ("text", "status"),
    [
        ("أعلنت الوزارة القرار يوم الثلاثاء", "past"),
        ("ستنتهي المرحلة الأولى في سبتمبر 2025", "planned"),
        ("من المقرر أن تبدأ الجولة الأحد المقبل", "planned"),
        ("قد تستمر القوات حتى عام 2030", "hypothetical"),
        ("كان من المفترض أن تنسحب القوات عام 2020", "hypothetical"),
        ("انسحبت القوات عام 2011", "past"),
        ("وقد أعلنت الوزارة القرار في تموز 2024", "past"),
        ("إذا فشلت المفاوضات فقد تبقى القوات حتى منتصف عام 2027", "hypothetical"),
        ("ربما تُجرى الانتخابات المبكرة في الربيع المقبل", "hypothetical"),
        ("لو بقيت القوات بعد 2011 لتغير الوضع", "hypothetical"),
        ("تتيح الوزارة الفرصة بعد أيام", "planned"),
        ("كانت القوات انسحبت قبل ثلاثة أشهر", "past"),
    ],
)
def test_the_days_and_the_clause_tell_past_from_planned_and_imagined(text: str, status: str) -> None:
    assert line(text).status == status


def test_a_weekday_is_ahead_where_the_clause_looks_ahead() -> None:
    assert line("سيعقد الاجتماع يوم الأحد").first == date(2024, 8, 18)
    assert line("عقد الاجتماع يوم الأحد").first == date(2024, 8, 11)


def test_a_day_without_its_year_is_past_after_a_perfect() -> None:
    assert line("انطلقت الجولة الثانية في 5 أيلول").first == date(2023, 9, 5)
    assert line("تنطلق الجولة الثانية في 5 أيلول").first == date(2024, 9, 5)


@pytest.mark.parametrize(
    ("text", "first", "last"),
    [
        ("من المرتقب أن تبقى البعثة في العاصمة لعام إضافي", date(2024, 8, 1), date(2025, 8, 31)),
        ("ستمدد الهدنة لثلاثة أيام إضافية", date(2024, 8, 17), date(2024, 8, 19)),
    ],
)
def test_a_further_time_counts_from_the_day_after_writing_where_the_clause_looks_ahead(
    text: str, first: date, last: date
) -> None:
    assert (line(text).first, line(text).last) == (first, last)
    assert dates_in_line("بقيت البعثة لعام إضافي", reference=REFERENCE, vocabulary=VOCABULARY) == []


def test_what_lasted_two_days_are_the_days_of_a_known_event_of_that_length() -> None:
    lasted = line("ناقش الوفدان في حوار التعاون الأمني المشترك الذي استمر يومين ملف التسليح")
    assert (lasted.first, lasted.last) == (date(2024, 7, 22), date(2024, 7, 23))
    other = "ناقش الوفدان في حوار التعاون الأمني المشترك الذي استمر ثلاثة أيام ملف التسليح"
    assert dates_in_line(other, reference=REFERENCE, vocabulary=VOCABULARY) == []
    assert dates_in_line("استمر القصف يومين", reference=REFERENCE, vocabulary=VOCABULARY) == []


def test_the_time_that_the_text_gives_an_event_is_kept_where_it_is_named_again() -> None:
    text = "بعد حوار التعاون الأمني المشترك الأول في الصيف الماضي. وخلال حوار التعاون الأمني المشترك الأول تقرر الأمر"
    found = dates_in_line(text, reference=REFERENCE, vocabulary=VOCABULARY)
    assert (found[-1].first, found[-1].last) == (date(2023, 6, 1), date(2023, 8, 31))


def test_an_event_that_goes_on_has_no_end_and_a_term_of_office_reaches_to_the_month_of_writing() -> None:
    war, term = line("خلال الحرب الروسية الأوكرانية"), line("في عهد حكومة السوداني")
    assert (war.first, war.last) == (date(2022, 2, 24), None)
    assert (term.first, term.last) == (date(2022, 10, 1), date(2024, 8, 31))


def test_after_it_is_ahead_and_undated_or_no_date() -> None:
    ahead = line("ستستمر العلاقة بعده")
    assert (ahead.first, ahead.last, ahead.status) == (None, None, "planned")
    assert dates_in_line("ثم عاد بعدها", reference=REFERENCE, vocabulary=VOCABULARY) == []


def test_what_happened_days_ago_is_the_event_that_the_opening_reports() -> None:
    text = "اختتمت أعمال حوار التعاون الأمني المشترك في العاصمة.\nوقال محلل إن ما جرى قبل أيام خطوة أولى."
    found = dates_in_line(text, reference=date(2024, 7, 26), vocabulary=VOCABULARY)
    assert (found[-1].first, found[-1].last) == (date(2024, 7, 22), date(2024, 7, 23))


def test_the_town_of_ibb_is_no_month() -> None:
    assert dates_in_line("وقع الانفجار في إب", reference=REFERENCE, vocabulary=VOCABULARY) == []
    assert line("وقع الانفجار في آب").first == date(2024, 8, 1)


def test_elections_awaited_are_the_next_ones() -> None:
    awaited = line("التهدئة في العراق بانتظار نتائج الانتخابات", date(2025, 8, 20))
    assert (awaited.first, awaited.last, awaited.status) == (date(2025, 11, 11), None, "planned")


def test_a_future_verb_after_the_reporting_particle_does_not_move_the_day_of_speech() -> None:
    assert line("قال الوزير الأحد إن القوات ستنسحب").first == date(2024, 8, 11)


def test_what_was_due_since_a_year_is_that_year() -> None:
    due = line("كان من المفترض أن تستكمل العملية منذ عام 2017")
    assert (due.first, due.last) == (date(2017, 1, 1), date(2017, 12, 31))


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("وأكد البيان أن هجوم الفصائل على القاعدة وقع في آب 2024", "هجوم الفصائل على القاعدة وقع"),
        ("في آب 2024 وقع هجوم على القاعدة، وردت القوات", "وقع هجوم على القاعدة"),
        ("ويرى الحزب ضرورة تمديد الهدنة بين الطرفين حتى تموز 2025", "تمديد الهدنة بين الطرفين"),
        ("تحدث الناطق عن استئناف المفاوضات المتعثرة في حزيران 2023", "استئناف المفاوضات المتعثرة"),
        ("وجاء الهجوم في تموز 2024", "جاء الهجوم"),
        ("رغم قرار المحكمة الاتحادية عام 2022", "قرار المحكمة الاتحادية"),
    ],
)
def test_the_event_is_what_happens_nearest_to_the_date(text: str, expected: str) -> None:
    what = line(text).what
    assert what is not None
    assert text[what.start : what.end] == expected


def test_the_event_never_crosses_a_sign() -> None:
    text = "انسحبت القوات. في تموز 2024 عقد مؤتمر"
    what = line(text).what
    assert what is not None
    assert text[what.start : what.end] == "عقد مؤتمر"


def test_a_narrow_publication_range_widens_what_differs_and_keeps_what_agrees() -> None:
    published = Publication(earliest=date(2024, 7, 24), latest=date(2024, 7, 28), basis="inferred")
    month, week = read("خلال أبريل الماضي وخلال الأسبوع الماضي", published)
    assert (month.first, month.last) == (date(2024, 4, 1), date(2024, 4, 30))
    assert (week.first, week.last) == (date(2024, 7, 15), date(2024, 7, 21))
    (yesterday,) = read("وقع ذلك أمس", published)
    assert (yesterday.first, yesterday.last) == (date(2024, 7, 23), date(2024, 7, 27))


def test_a_wide_publication_range_leaves_what_differs_unresolved() -> None:
    published = Publication(earliest=date(2021, 1, 20), latest=date(2022, 10, 26), basis="inferred")
    (last_year,) = read("وقع ذلك العام الماضي", published)
    assert (last_year.first, last_year.last, last_year.basis) == (None, None, "unresolved")


def test_an_unknown_publication_leaves_relative_dates_unresolved_and_absolute_ones_whole() -> None:
    absolute, relative = read("اتفقا عام 2024 ثم التقيا الأسبوع الماضي", Publication())
    assert (absolute.first, absolute.basis) == (date(2024, 1, 1), "absolute")
    assert (relative.first, relative.last, relative.basis) == (None, None, "unresolved")


def test_the_next_elections_are_those_of_the_vocabulary() -> None:
    elections = line("يجدد العراق الاتفاقية بعد الانتخابات البرلمانية المقبلة", date(2025, 8, 20))
    assert (elections.first, elections.last) == (date(2025, 11, 11), None)


def test_the_appointed_date_is_the_last_one_named_that_lies_ahead() -> None:
    text = "تنسحب القوات في الموعد المحدد عام 2026، وكان الاتفاق عام 2024، ولا انسحاب في الموعد المحدد"
    assert line_years(text)[-1] == 2026


def line_years(text: str) -> list[int | None]:
    return [d.first.year if d.first else None for d in dates_in_line(text, reference=REFERENCE, vocabulary=VOCABULARY)]


def test_the_spans_are_those_of_the_source() -> None:
    text = "أُعلِنَ القرارُ يومَ «الثلاثاء» الماضي، وسَيُطبَّقُ في أَيْلُول 2025"
    for found in dates_in_line(text, reference=REFERENCE, vocabulary=VOCABULARY):
        assert text[found.start : found.end].strip() == text[found.start : found.end] != ""


def test_a_line_without_dates_has_none() -> None:
    assert dates_in_line("لا شيء هنا", reference=None, vocabulary=VOCABULARY) == []
    assert dates_in_line("", reference=REFERENCE, vocabulary=VOCABULARY) == []
