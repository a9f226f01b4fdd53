"""The shared tokens of a document: the same words as a plain regular expression finds, with indices that hold."""

from __future__ import annotations

import re

from hypothesis import given
from hypothesis import strategies as st

from mawaqif.arabic.text import normalise
from mawaqif.arabic.tokens import reading_tokens, tokenise
from mawaqif.records import MarkedSpan, RawDocument, Reading

_TEXTS = st.text(st.sampled_from(' \n\t_.،؛"«»()-\u0300\u200f\U0001f600\U00010348') | st.characters(), max_size=60)


@given(_TEXTS)
def test_tokens_are_those_of_the_regular_expression(text: str) -> None:
    copy = normalise(text).text
    assert tokenise(copy).words == re.findall(r"[^\W_]+|[^\w\s]|_", copy)


@given(_TEXTS)
def test_indices_give_back_the_words(text: str) -> None:
    tokens = tokenise(text)
    assert [text[start:end] for start, end in zip(tokens.starts, tokens.ends, strict=True)] == tokens.words


def test_tokens_between_two_indices_are_those_that_begin_there() -> None:
    tokens = tokenise("قال الوزير: نعم")
    first, after = tokens.between(4, 11)
    assert tokens.words[first:after] == ["الوزير", ":"]
    assert tokens.between(5, 5) == (2, 2)


def test_an_empty_text_has_no_tokens() -> None:
    assert len(tokenise("")) == 0
    assert len(tokenise(" \n ")) == 0


def test_tokens_of_a_reading_follow_its_boilerplate() -> None:
    raw = RawDocument("one", "قناة أخبار\nصرّح الوزير", "0" * 64, "utf-8", "one.txt")
    marked = Reading(raw, boilerplate=(MarkedSpan(0, 10, "masthead", "rule"),))
    assert reading_tokens(marked).words == ["صرح", "الوزير"]
    assert reading_tokens(Reading(raw)).words == ["قناه", "اخبار", "صرح", "الوزير"]
