from __future__ import annotations

import re
from datetime import date

import pytest
from small_tables import ISSUE, VOCABULARY

from mawaqif import colophon, narrative, workbook
from mawaqif.aggregate.attribution import ActorName
from mawaqif.aggregate.claims import Claim
from mawaqif.aggregate.movement import End
from mawaqif.phrases import notes
from mawaqif.phrases.naming import Naming
from mawaqif.sheets import words

NUMBERS = (0, 1, 2, 3, 11, 100)
LANGUAGES = ("en", "ar")
DAY = date(2024, 8, 16)
TABLES = {
    "words": words.WORDS, "names": words.NAMES, "colophon": colophon.WORDS, "captions": workbook._CAPTIONS,
    "cautions": notes._CAUTIONS,
}  # fmt: skip
EMPTY = {("words", "rules")}
"""Words that one language does without."""


def naming(language: str) -> Naming:
    return Naming(language, ISSUE, VOCABULARY, {"زيد": ActorName("زيد", "زيد", False)})


@pytest.mark.parametrize("table", sorted(TABLES))
def test_every_word_exists_in_both_languages_with_the_same_gaps(table: str) -> None:
    for key, texts in TABLES[table].items():
        assert set(texts) == set(LANGUAGES), key
        gaps = [sorted(re.findall(r"\{(\w+)\}", texts[language])) for language in LANGUAGES]
        assert gaps[0] == gaps[1], key
        assert (table, key) in EMPTY or all(text.strip() for text in texts.values()), key


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("n", NUMBERS)
def test_what_rests_on_one_article_agrees_in_number(language: str, n: int) -> None:
    for lonely, whole in ((n, n + 1), (n + 1, n + 1)):
        told = notes.say_lonely(lonely, whole, language=language)
        assert bool(told) == bool(lonely)
        assert told.endswith(".") or not told
        assert "  " not in told
        assert not re.search(
            r"\b(one (positions|others|rest\b)|(two|three|11|100) (rests|other position\b|position\b))", told
        )
        assert not re.search(r"\b(?:1|2) (?:موقف|مواقف)|(?:ثلاثة) موقف|11 موقف\b(?!اً)|100 (?:مواقف|موقفاً)", told)


@pytest.mark.parametrize(
    ("code", "value", "english_words", "arabic_words"),
    [
        ("issue", 0.75, "which statements are on the issue at all", "ما يدخل من التصريحات في القضية"),
        ("stance", 0.79, "Another coder would arrive at other means", "فقد يصل مرمّز آخر إلى متوسطات غير هذه"),
        ("modality", 0.6, "0.667 is the least for tentative conclusions", "ولا تُبنى نتيجة ولو أولية على أقل من 0.667"),
    ],
)
def test_agreement_below_the_usual_level_is_said_with_what_it_means(
    code: str, value: float, english_words: str, arabic_words: str
) -> None:
    assert english_words in notes.say_weak_agreement(code, value, low=0.5, high=0.9, language="en")
    assert arabic_words in notes.say_weak_agreement(code, value, language="ar")
    assert notes.say_weak_agreement(code, 0.8, language="en") == ""


def test_every_warning_has_a_consequence_in_both_languages() -> None:
    assert set(notes.CONSEQUENCES) == set(narrative.WARNINGS)
    for texts in notes.CONSEQUENCES.values():
        assert all(texts[language].endswith(".") for language in LANGUAGES)


@pytest.mark.parametrize(("language", "n", "expected"), [
    ("en", 1, "+0.5 in the article of 16 August 2024 (one statement)"),
    ("en", 11, "+0.5 in the article of 16 August 2024 (11 statements)"),
    ("ar", 2, "\u2066+0.5\u2069 في مقال نُشر في 16 أغسطس 2024 (تصريحان)"),
    ("ar", 100, "\u2066+0.5\u2069 في مقال نُشر في 16 أغسطس 2024 (100 تصريح)"),
])  # fmt: skip
def test_an_end_of_a_movement_says_when_and_on_what(language: str, n: int, expected: str) -> None:
    assert notes.say_end(End(DAY, DAY, 0.5, n, "a", ("bloc",)), language=language) == expected


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("outlet", [None, "daily", "<b>"])
def test_a_shift_names_the_article_as_far_as_it_is_known(language: str, outlet: str | None) -> None:
    for day in (DAY, None):
        article = {"outlet": outlet, "first": day, "last": day}
        told = notes.say_shifts("bloc", mean=0.0, n_articles=2, shifts=[(1.0, article)], names=naming(language))
        assert ("2024" in told) == (day is not None)
        assert "<" not in told
        assert told.endswith(".")


def test_a_position_that_articles_move_both_ways_is_told_between_two_values() -> None:
    article = {"outlet": "daily", "first": DAY, "last": DAY}
    shifts = [(-2.0, article), (2.0, article)]
    told = notes.say_shifts("bloc", mean=0.0, n_articles=2, shifts=shifts, names=naming("en"))
    assert told == "**Wafa bloc** (0.0, two articles): between −2.0 and +2.0, depending on which article is left out."
    steady = notes.say_shifts("bloc", mean=1.0, n_articles=3, shifts=(), names=naming("ar"))
    assert steady.endswith("ثلاثة مقالات): يتغير بأقل من نصف درجة، أياً كان المقال المحذوف.")


def test_a_claim_of_movement_is_taken_back_where_it_is_too_little() -> None:
    assert "too little" in notes.say_caution_of_movement(fewest=2, shared=None, language="en")
    assert "nobody" in notes.say_caution_of_movement(fewest=9, shared=0, language="en")
    assert notes.say_caution_of_movement(fewest=9, shared=2, language="en") == ""
    mixed = notes.say_caution_of_movement(fewest=9, shared=1, language="en", is_mixed=True)
    assert mixed == "Only one actor is reported at both ends, so the two means are not of the same speakers."


@pytest.mark.parametrize("language", LANGUAGES)
def test_gaps_are_told_with_their_length_and_never_as_silence(language: str) -> None:
    gaps = [(date(2021, 3, 24), date(2024, 7, 24)), (date(2024, 8, 17), date(2025, 7, 22))]
    told = notes.say_gaps(gaps, language=language)
    assert {"en": "(11 months)", "ar": "(11 شهراً)"}[language] in told
    assert {"en": "this does not mean that nobody spoke", "ar": "ولا يعني هذا أن أحداً لم يتكلم"}[language] in told
    assert notes.say_gaps([], language=language) == ""


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_caution_has_words(language: str) -> None:
    values = {"part": 2, "whole": 3, "actor_id": "bloc", "outlet": "daily"}
    claims = [Claim(kind, ("a",), 1.0, values) for kind in notes._CAUTIONS]
    told = notes.list_cautions(claims, naming(language))
    assert "{" not in told
    assert {"en": "The Daily", "ar": "صحيفة اليوم"}[language] in told


@pytest.mark.parametrize(
    ("n", "shown", "en", "ar"),
    [
        (1, 1, "Only one difference of a step or more", "ليس هنا إلا فرق واحد"),
        (2, 2, " an earlier and a later article were found;", "فرقان، ومع كل منهما"),
        (3, 3, "; they follow, each with", "ثلاثة فروق، ومع كل منها"),
        (11, 3, "Of 11 differences of a step or more between an", "11 فرقاً، وي"),
        (100, 6, "the six largest follow, with a passage from either end.", "100 فرق، ويرد هنا أكبرها"),
    ],
)  # fmt: skip
def test_differences_over_time_are_counted_before_they_are_set_out(n: int, shown: int, en: str, ar: str) -> None:
    assert en in notes.say_found(n, shown, language="en")
    assert ar in notes.say_found(n, shown, language="ar")


def test_an_end_of_a_movement_says_when_its_words_were_said_where_that_is_earlier() -> None:
    end, said = End(DAY, DAY, 1.0, 1, "a", ("bloc",)), (date(2024, 7, 20), date(2024, 7, 25))
    assert notes.say_end(end, language="en", said=said).endswith("(one statement, made in July 2024)")
    assert notes.say_end(end, language="ar", said=said).endswith("(تصريح واحد، قيل في يوليو 2024)")
    assert notes.say_end(end, language="en").endswith("(one statement)")


def test_older_statements_among_others_are_counted() -> None:
    assert notes.say_partly_older(2, "Jul 2024", language="en") == "two said Jul 2024"
    assert notes.say_partly_older(2, "يوليو 2024", language="ar") == "وتصريحان من يوليو 2024"
