from __future__ import annotations

from datetime import date

import pytest

from mawaqif.arabic.numerals import (
    LRI,
    OTHER_MASCULINE,
    PDI,
    count,
    counted_form,
    day_in_words,
    interval_in_words,
    isolate,
    make_noun,
    ordinal,
    percentage,
    signed,
    spell,
)

STATEMENT = make_noun("تصريح", "تصريحات", "m")
PAPER = make_noun("صحيفة", "صحف", "f")
SPEAKER = make_noun("متحدث", "متحدثون", "m")


@pytest.mark.parametrize(
    ("n", "masculine", "feminine"),
    [
        (0, "لا تصريح", "لا صحيفة"),
        (1, "تصريح واحد", "صحيفة واحدة"),
        (2, "تصريحان", "صحيفتان"),
        (3, "ثلاثة تصريحات", "ثلاث صحف"),
        (8, "ثمانية تصريحات", "ثماني صحف"),
        (10, "عشرة تصريحات", "عشر صحف"),
        (11, "11 تصريحاً", "11 صحيفة"),
        (99, "99 تصريحاً", "99 صحيفة"),
        (100, "100 تصريح", "100 صحيفة"),
        (101, "101 تصريح", "101 صحيفة"),
        (102, "102 تصريح", "102 صحيفة"),
        (103, "103 تصريحات", "103 صحف"),
        (110, "110 تصريحات", "110 صحف"),
        (111, "111 تصريحاً", "111 صحيفة"),
        (1000, "1000 تصريح", "1000 صحيفة"),
        (1003, "1003 تصريحات", "1003 صحف"),
    ],
)
def test_a_counted_noun_agrees_in_number_and_gender(n: int, masculine: str, feminine: str) -> None:
    assert count(n, STATEMENT) == masculine
    assert count(n, PAPER) == feminine


@pytest.mark.parametrize(
    ("n", "masculine", "feminine"),
    [
        (11, "أحد عشر تصريحاً", "إحدى عشرة صحيفة"),
        (12, "اثنا عشر تصريحاً", "اثنتا عشرة صحيفة"),
        (13, "ثلاثة عشر تصريحاً", "ثلاث عشرة صحيفة"),
        (18, "ثمانية عشر تصريحاً", "ثماني عشرة صحيفة"),
        (20, "عشرون تصريحاً", "عشرون صحيفة"),
        (21, "واحد وعشرون تصريحاً", "إحدى وعشرون صحيفة"),
        (22, "اثنان وعشرون تصريحاً", "اثنتان وعشرون صحيفة"),
        (28, "ثمانية وعشرون تصريحاً", "ثمانٍ وعشرون صحيفة"),
        (99, "تسعة وتسعون تصريحاً", "تسع وتسعون صحيفة"),
        (100, "مئة تصريح", "مئة صحيفة"),
        (101, "مئة تصريح وتصريح واحد", "مئة صحيفة وصحيفة واحدة"),
        (102, "مئة تصريح وتصريحان", "مئة صحيفة وصحيفتان"),
        (103, "مئة وثلاثة تصريحات", "مئة وثلاث صحف"),
        (111, "مئة وأحد عشر تصريحاً", "مئة وإحدى عشرة صحيفة"),
        (200, "مئتا تصريح", "مئتا صحيفة"),
        (300, "ثلاثمئة تصريح", "ثلاثمئة صحيفة"),
        (1000, "ألف تصريح", "ألف صحيفة"),
        (2000, "ألفا تصريح", "ألفا صحيفة"),
        (3000, "ثلاثة آلاف تصريح", "ثلاثة آلاف صحيفة"),
        (11000, "أحد عشر ألف تصريح", "أحد عشر ألف صحيفة"),
        (2003, "ألفان وثلاثة تصريحات", "ألفان وثلاث صحف"),
        (1_000_000, "مليون تصريح", "مليون صحيفة"),
    ],
)
def test_numbers_in_words_agree_with_their_noun(n: int, masculine: str, feminine: str) -> None:
    assert count(n, STATEMENT, style="words") == masculine
    assert count(n, PAPER, style="words") == feminine


@pytest.mark.parametrize(
    ("n", "expected"),
    [
        (1, "متحدث واحد"),
        (2, "متحدثين"),
        (3, "ثلاثة متحدثين"),
        (12, "اثني عشر متحدثاً"),
        (20, "عشرين متحدثاً"),
        (22, "اثنين وعشرين متحدثاً"),
        (200, "مئتي متحدث"),
        (2000, "ألفي متحدث"),
    ],
)
def test_the_genitive_shows_in_duals_tens_and_sound_plurals(n: int, expected: str) -> None:
    assert count(n, SPEAKER, case="genitive", style="words") == expected


def test_counted_persons_stand_in_the_genitive_plural_even_where_the_phrase_is_nominative() -> None:
    assert count(5, SPEAKER) == "خمسة متحدثين"
    assert counted_form(105, SPEAKER) == "متحدثين"


def test_the_accusative_of_one_has_tanwin_on_noun_and_numeral() -> None:
    assert count(1, STATEMENT, case="accusative") == "تصريحاً واحداً"
    assert count(1, PAPER, case="accusative") == "صحيفة واحدة"


def test_none_is_written_in_digits_where_a_negation_would_not_fit() -> None:
    assert count(0, STATEMENT, case="genitive") == "0 تصريح"
    assert count(0, STATEMENT, style="digits") == "0 تصريح"


def test_an_adjective_follows_its_noun_through_all_forms() -> None:
    other = make_noun("موضع", "مواضع", "m", adjective=OTHER_MASCULINE)
    forms = [count(n, other) for n in (2, 3, 11, 100)]
    assert forms == ["موضعان آخران", "ثلاثة مواضع أخرى", "11 موضعاً آخر", "100 موضع آخر"]


@pytest.mark.parametrize("n", [-1, 10**12])
def test_numbers_without_words_are_refused(n: int) -> None:
    with pytest.raises(ValueError, match=r"no words|nothing can be counted"):
        spell(n)
    with pytest.raises(ValueError, match=r"no words|nothing can be counted"):
        count(n, STATEMENT, style="words")


def test_every_number_to_ten_thousand_has_words_without_stray_spaces() -> None:
    for n in range(10_001):
        for gender in ("m", "f"):
            words = spell(n, gender)  # type: ignore[arg-type]
            assert words == " ".join(words.split())
            assert not words.endswith(" و")


def test_numbers_up_to_a_thousand_are_told_apart_by_their_words() -> None:
    assert len({spell(n) for n in range(1001)}) == 1001


@pytest.mark.parametrize(
    ("n", "masculine", "feminine"),
    [
        (1, "الأول", "الأولى"),
        (2, "الثاني", "الثانية"),
        (10, "العاشر", "العاشرة"),
        (11, "الحادي عشر", "الحادية عشرة"),
        (12, "الثاني عشر", "الثانية عشرة"),
        (20, "العشرون", "العشرون"),
        (21, "الحادي والعشرون", "الحادية والعشرون"),
        (99, "التاسع والتسعون", "التاسعة والتسعون"),
        (100, "المئة", "المئة"),
    ],
)
def test_ordinals_agree_in_gender(n: int, masculine: str, feminine: str) -> None:
    assert (ordinal(n, "m"), ordinal(n, "f")) == (masculine, feminine)


def test_ordinals_decline_and_lose_their_article() -> None:
    assert ordinal(21, "f", case="genitive") == "الحادية والعشرين"
    assert ordinal(2, "m", definite=False) == "ثانٍ"
    assert ordinal(3, "m", definite=False, case="accusative") == "ثالثاً"
    with pytest.raises(ValueError, match="no ordinal"):
        ordinal(0)


def test_a_sign_is_isolated_with_its_digits() -> None:
    assert signed(-1.25) == f"{LRI}−1.2{PDI}"
    assert signed(0.96) == f"{LRI}+1.0{PDI}"


def test_a_value_that_rounds_to_zero_has_no_sign() -> None:
    assert signed(-0.04) == f"{LRI}0.0{PDI}"


def test_percentages_are_whole() -> None:
    assert percentage(2 / 3) == "67 في المئة"
    assert percentage(0.5, sign=True) == "50%"


def test_a_name_is_isolated_from_its_sentence() -> None:
    assert isolate("CNN") == "\u2068CNN\u2069"


def test_days_are_written_with_either_month_names() -> None:
    assert day_in_words(date(2024, 8, 16)) == "16 أغسطس 2024"
    assert day_in_words(date(2024, 8, 16), months="levantine") == "16 آب 2024"


@pytest.mark.parametrize(
    ("first", "last", "expected"),
    [
        ("2024-08-16", "2024-08-16", "16 أغسطس 2024"),
        ("2024-08-16", "2024-08-17", "بين 16 و17 أغسطس 2024"),
        ("2024-07-24", "2024-08-02", "بين 24 يوليو و2 أغسطس 2024"),
        ("2023-12-30", "2024-01-02", "بين 30 ديسمبر 2023 و2 يناير 2024"),
        ("2024-02-01", "2024-02-29", "فبراير 2024"),
        ("2024-02-01", "2024-04-30", "بين فبراير وأبريل 2024"),
        ("2023-10-01", "2024-01-31", "بين أكتوبر 2023 ويناير 2024"),
        ("2024-01-01", "2024-12-31", "عام 2024"),
        ("1980-01-01", "1989-12-31", "بين عامي 1980 و1989"),
        ("2027-01-01", None, "ابتداءً من 1 يناير 2027"),
        (None, "2024-08-15", "حتى 15 أغسطس 2024"),
        (None, None, "بلا تاريخ"),
    ],
)
def test_intervals_are_as_short_as_they_are_exact(first: str | None, last: str | None, expected: str) -> None:
    days = [date.fromisoformat(day) if day else None for day in (first, last)]
    assert interval_in_words(*days) == expected


def test_an_interval_that_ends_before_it_begins_is_refused() -> None:
    with pytest.raises(ValueError, match="is before"):
        interval_in_words(date(2024, 2, 1), date(2024, 1, 1))
