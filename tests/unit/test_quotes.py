"""Quotations are found whatever marks stand around them."""

from __future__ import annotations

import time

import pytest

from mawaqif.arabic.quotes import find_quotations


def inner(text: str) -> list[str]:
    """The text between the marks of every quotation."""
    return [text[q.inner_start : q.inner_end] for q in find_quotations(text)]


@pytest.mark.parametrize("marks", ['""', "“”", "«»", "„“", "”“", "»«", "〝〞"])
def test_every_kind_and_direction_of_marks_is_a_pair(marks: str) -> None:
    opening, closing = marks
    assert inner(f"وقال {opening}لن نغادر{closing} ثم خرج") == ["لن نغادر"]


def test_blanks_inside_the_marks_are_left_out() -> None:
    assert inner('وقال " لن نغادر " ثم أضاف " سنبقى ".') == ["لن نغادر", "سنبقى"]


def test_a_quotation_inside_another_has_depth_one() -> None:
    text = "قال “إن تنظيم ’داعش‘ انتهى” أمس"
    assert [(q.depth, text[q.inner_start : q.inner_end]) for q in find_quotations(text)] == [
        (0, "إن تنظيم ’داعش‘ انتهى"),
        (1, "داعش"),
    ]


def test_a_straight_mark_behind_a_colon_or_a_particle_opens_where_one_was_never_closed() -> None:
    text = 'تصفيق " لا عودة إلى الوراء. وأضاف إن " العمل مستمر " في طرابلس.'
    assert text[slice(text.index("العمل"), text.index(' " في'))] in [
        text[q.inner_start : q.inner_end] for q in find_quotations(text)
    ]


def test_straight_marks_may_nest_where_their_spacing_shows_it() -> None:
    assert inner('قال "نرفض عودة "داعش" إلى البلاد" أمس') == ['نرفض عودة "داعش" إلى البلاد', "داعش"]


@pytest.mark.parametrize("last", ["المركب", "السهول", "الملوك", "الصفوف", "العدو"])
def test_a_last_letter_that_could_be_a_clitic_does_not_make_the_closing_mark_an_opening_one(last: str) -> None:
    text = f'قالت المديرة "الطريق إلى المدرسة الجديدة طويل على {last}". وأضافت ب"السرعة" نفسها.'
    assert [q.is_closed for q in find_quotations(text)] == [True, True]
    assert [text[q.inner_start : q.inner_end] for q in find_quotations(text)] == [
        f"الطريق إلى المدرسة الجديدة طويل على {last}",
        "السرعة",
    ]


def test_a_mark_of_another_kind_may_close() -> None:
    assert inner('قال "لا عودة» ثم صمت') == ["لا عودة"]


def test_an_unclosed_quotation_ends_with_its_paragraph_and_says_so() -> None:
    text = 'قال "لا عودة إلى الوراء.\nوقالت "نعم" بعده.'
    found = find_quotations(text)
    assert [(text[q.inner_start : q.inner_end], q.is_closed) for q in found] == [
        ("لا عودة إلى الوراء.", False),
        ("نعم", True),
    ]


def test_a_quotation_may_run_over_paragraphs() -> None:
    assert inner("«الأولى\nوالثانية» قال الوزير") == ["الأولى\nوالثانية"]


def test_a_new_opening_mark_in_each_paragraph_makes_two_quotations() -> None:
    assert inner("«الأولى\n«والثانية» قال الوزير") == ["الأولى", "والثانية"]


def test_an_apostrophe_is_no_quotation() -> None:
    assert inner("O’Brien وقال it’s") == []


@pytest.mark.parametrize("text", ["«" * 40_000, '"' * 40_001, "“ ” „ " * 12_000, "«\n" * 20_000])
def test_a_document_of_only_marks_takes_linear_time(text: str) -> None:
    start = time.process_time()
    find_quotations(text)
    assert time.process_time() - start < 60
