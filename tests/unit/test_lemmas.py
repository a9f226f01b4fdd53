"""Inflection writes every form that newspapers print, and nothing that is another verb's."""

from __future__ import annotations

import pytest

from mawaqif.arabic.lemmas import is_verbal_noun, verb_forms
from mawaqif.arabic.text import fold


def forms(parts: str) -> set[str]:
    """All forms of a verb given as in `cues.yml`."""
    perfect, imperfect, participle, noun = (None if part == "-" else part for part in parts.split())
    assert perfect is not None
    return {form.text for form in verb_forms(perfect, imperfect, participle, noun)}


@pytest.mark.parametrize(
    ("parts", "written"),
    [
        ("أكد يؤكد مؤكد تأكيد", "أكد أكدت أكدوا أكدا يؤكد تؤكد يؤكدون سيؤكد أكده أكدته مؤكداً مؤكدة مؤكدين تأكيد"),
        ("دعا يدعو داعي دعوة", "دعا دعت دعوا يدعو تدعو يدعون داعياً داعية دعاه دعته"),
        ("نفى ينفي نافي نفي", "نفى نفت نفوا ينفي تنفي ينفون نافياً نافية نفاه نفته"),
        ("رأى يرى - رأي", "رأى رأت رأوا يرى ترى يرون سيرى رآه يراه"),
        ("قال يقول قائل -", "قال قالت قالوا يقول تقول يقولون قائلاً قائلة قالها"),
        ("رد يرد - رد", "رد ردت ردوا يرد ترد يردون"),
        ("خشي يخشى - خشية", "خشي خشيت يخشى تخشى يخشون"),
    ],
)
def test_all_written_forms_of_a_verb_are_known(parts: str, written: str) -> None:
    missing = [word for word in written.split() if fold(word) not in forms(parts)]
    assert not missing


def test_the_subject_of_a_form_is_told_by_its_ending() -> None:
    by_text = {form.text: form for form in verb_forms("أعلن", "يعلن", "معلن", "إعلان")}
    assert (by_text["اعلنت"].gender, by_text["اعلنت"].number) == ("f", "s")
    assert (by_text["اعلنوا"].gender, by_text["اعلنوا"].number) == ("m", "p")
    assert by_text["معلنا"].is_accusative
    assert not by_text["معلن"].is_accusative


def test_an_attached_object_is_told_from_the_bare_verb() -> None:
    by_text = {form.text: form for form in verb_forms("أكد", "يؤكد", None, None)}
    assert by_text["اكده"].has_object
    assert not by_text["اكد"].has_object


@pytest.mark.parametrize("word", ["تأجيل", "إنشاء", "استمرار", "التزامها", "مواصلة", "إقامة", "انسحاب"])
def test_verbal_nouns_are_known_by_their_pattern(word: str) -> None:
    assert is_verbal_noun(fold(word))


@pytest.mark.parametrize("word", ["العراق", "الانسحاب", "رئيس", "بغداد", "وزير", "المباحثات"])
def test_definite_words_and_plain_nouns_are_no_verbal_nouns(word: str) -> None:
    assert not is_verbal_noun(fold(word))
