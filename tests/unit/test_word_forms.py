"""What is found out once about a word holds wherever it stands, and says what reading each place by itself would."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from mawaqif.annotate.stance.passages import Passages
from mawaqif.arabic import tokens
from mawaqif.arabic.date_tokens import compile_lexicon
from mawaqif.arabic.date_zones import _code_words, _find_spaces, code_of_traits
from mawaqif.arabic.phrases import PhraseIndex, split_words
from mawaqif.arabic.text import normalise
from mawaqif.arabic.tokens import numbered_tokens
from mawaqif.arabic.word_forms import FormFacts, Numbered, WordForms
from mawaqif.paths import default_paths
from mawaqif.vocabulary import load_vocabulary

INDEX = PhraseIndex(
    {
        "exit": ["انسحاب", "انسحاب القوات", "إنهاء مهمة التحالف"],
        "forces": ["القوات", "القوات الأمريكية"],
        "coalition": ["التحالف", "مهمة التحالف"],
    }
)
WORDS = st.sampled_from(
    [
        "انسحاب",
        "وانسحاب",
        "القوات",
        "الأمريكية",
        "بإنهاء",
        "مهمة",
        "التحالف",
        "،",
        ".",
        "قال",
        "اليوم",
        "كلمة_واحدة",
        "\n",
    ]
)


def test_a_fact_is_asked_for_once_a_form_and_given_in_the_order_of_the_words() -> None:
    asked: list[str] = []

    def measure(word: str) -> int:
        asked.append(word)
        return len(word)

    forms, lengths = WordForms(), FormFacts(measure, np.int8)
    assert lengths.of(Numbered(["قال", "الوزير", "قال"], forms)).tolist() == [3, 6, 3]
    assert lengths.of(Numbered(["الوزير", "نعم"], forms)).tolist() == [6, 3]
    assert sorted(asked) == sorted(["قال", "الوزير", "نعم"])


def test_facts_are_asked_for_anew_where_the_numbers_mean_other_words() -> None:
    lengths = FormFacts(len, np.int8)
    assert lengths.of(Numbered(["قال", "الوزير"], WordForms())).tolist() == [3, 6]
    assert lengths.of(Numbered(["الوزير", "قال"], WordForms())).tolist() == [6, 3]
    assert lengths.of(Numbered([], WordForms())).tolist() == []


def test_numbering_begins_anew_where_too_many_words_were_met(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(tokens, "MOST_REMEMBERED", 2)
    lengths = FormFacts(len, np.int8)
    for text in ("قال الوزير نعم", "قال السفير كلا امس", "نعم"):
        found, numbered = numbered_tokens(text)
        assert lengths.of(numbered).tolist() == [len(word) for word in found.words]
        assert len(numbered.forms) <= 4  # those of this text alone, where the limit was passed before it


@pytest.mark.parametrize(
    "text",
    [
        "25 الجاري",
        "قال في 16/8/2024، أمس",
        "عام2025م",
        "  غدا  ",
        "يوم\nالخميس 5",
        "٢٠٢٤ 25 يناير",
        "كلمة",
        "",
        "31أغسطس",
    ],
)
def test_what_a_word_can_be_for_dates_is_what_its_tokens_can_be(text: str) -> None:
    traits = compile_lexicon(load_vocabulary(default_paths().vocabulary).dates).traits
    copy = normalise(text).text
    alone = "".join(code_of_traits(traits.of_written[word]) for word in copy.split(" "))
    assert _code_words(copy, _find_spaces(copy), traits) == alone


@given(st.lists(WORDS, max_size=20))
def test_an_index_finds_the_same_in_numbered_words(words: list[str]) -> None:
    found, numbered = numbered_tokens(normalise(" ".join(words)).text)
    assert INDEX.find_numbered(found.words, numbered) == INDEX.find(found.words)


@given(st.lists(WORDS, max_size=20), st.data())
def test_a_narrowed_index_finds_the_hits_of_its_names(words: list[str], data: st.DataObject) -> None:
    names = data.draw(st.sets(st.sampled_from(["exit", "forces", "coalition"])))
    folded = split_words(normalise(" ".join(words)).text)
    assert INDEX.narrowed(names).find(folded) == [hit for hit in INDEX.find(folded) if hit.name in names]


@settings(max_examples=200)
@given(st.lists(WORDS, min_size=1, max_size=20), st.data())
def test_a_passage_of_a_document_is_read_as_if_it_stood_alone(words: list[str], data: st.DataObject) -> None:
    text = normalise(" ".join(words)).text
    start = data.draw(st.integers(0, len(text)))
    end = data.draw(st.integers(start, len(text)))
    passage = text[start:end]
    found = Passages(text, {passage: (start, end)}, longest=400).find(passage, INDEX)
    assert found == (split_words(passage), INDEX.find(split_words(passage)))


@given(st.lists(WORDS, min_size=1, max_size=20), st.data())
def test_the_names_in_a_document_are_those_in_all_its_passages(words: list[str], data: st.DataObject) -> None:
    text = normalise(" ".join(words)).text
    start = data.draw(st.integers(0, len(text)))
    end = data.draw(st.integers(start, len(text)))
    passages = Passages(text, {text[start:end]: (start, end)}, longest=400)
    inside = {hit.name for hit in INDEX.find(split_words(text[start:end]))}
    assert inside <= passages.names(INDEX)
