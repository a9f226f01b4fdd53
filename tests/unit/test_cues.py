"""The cue vocabulary compiles into one look-up of all written forms."""

from __future__ import annotations

from functools import cache

import pytest
from pydantic import ValidationError

from mawaqif.annotate.cues import MAY_OPEN, ONLY_PARTS, CueTables, compile_cues
from mawaqif.arabic.text import fold
from mawaqif.paths import Paths, find_home
from mawaqif.vocabulary import CuesFile, CueVerb, read_yaml


@cache
def cues() -> CuesFile:
    """The project's own cues."""
    return read_yaml(Paths(find_home()).vocabulary / "cues.yml", CuesFile)


@cache
def tables() -> CueTables:
    """The project's own cues, compiled."""
    return compile_cues(cues())


def test_no_verb_stands_twice() -> None:
    lemmas = [verb.lemma for verb in cues().verbs]
    assert sorted(set(lemmas)) == sorted(lemmas)
    assert len(lemmas) >= 150


def test_what_a_verb_takes_is_a_keyword_or_a_preposition() -> None:
    known = {"clause", "quote", "noun", "إلى", "على", "ب", "من", "عن", "ل", "في"}
    assert not [verb.parts for verb in cues().verbs if not set(verb.takes) <= known or not verb.takes]


@pytest.mark.parametrize(
    "word", ["قال", "وأضافت", "يؤكدون", "فأعلن", "مشيراً", "ومؤكدة", "داعياً", "نفت", "سيطالب", "رأت"]
)
def test_a_printed_form_is_found_in_one_look_up(word: str) -> None:
    assert tables().verbs.get(fold(word))


def test_a_form_of_two_verbs_is_read_as_the_plain_one_first() -> None:
    readings = tables().verbs[fold("يبين")]
    assert readings[0].form.kind == "finite"


def test_a_verb_needs_four_parts() -> None:
    with pytest.raises(ValidationError, match=r"needs perfect, imperfect"):
        CueVerb(parts="قال يقول", takes=("clause",), modality="fact")


def test_a_source_of_several_words_is_tried_before_its_first_word() -> None:
    phrases = tables().sources["بحسب"]
    assert ("بحسب", "ما") in [phrase.words for phrase in phrases]
    assert phrases[-1].words == ("بحسب",)
    assert tables().sources["وفقا"][-1].glued


def test_verbs_share_what_they_ask_of_a_word_only_where_they_take_the_same() -> None:
    made = tables()
    of_lemma = {r.lemma: made.signals[r.entry] for readings in made.verbs.values() for r in readings}
    assert of_lemma["قال"] is of_lemma["أضاف"]
    tells = {
        lemma: [of_lemma[lemma][word] for word in ("ان", "بالتهدئه", "اجتياح", "التي")]
        for lemma in ("قال", "طالب", "رفض")
    }
    assert tells == {
        "قال": [MAY_OPEN, 0, 0, ONLY_PARTS],
        "طالب": [MAY_OPEN, MAY_OPEN, 0, ONLY_PARTS],
        "رفض": [MAY_OPEN, 0, MAY_OPEN, MAY_OPEN],  # a noun may open its content anywhere
    }
