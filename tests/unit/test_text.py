"""The normalised copy folds what writers vary and maps every character back to the source."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mawaqif.arabic.text import fold, normalise
from mawaqif.records import Span

ARABIC = st.text(
    alphabet=st.sampled_from("ابتة ىئأإآؤكيیک لمنهو،؛؟ًٌٍَُِّْـ١٢٣۴ABz«»“”\u200f\u2067\ufeff\n\U0001f600&;ﻻﷲ"), max_size=60
)


@pytest.mark.parametrize(
    ("written", "folded"),
    [
        ("الأميركيّة", "الاميركيه"),
        ("إلى", "الي"),
        ("آذار", "اذار"),
        ("الـــرئيسُ", "الرييس"),
        ("٢٠٢٤", "2024"),
        ("۱۴۰۲", "1402"),
        ("کردستان", "كردستان"),
        ("“الثائرون”", '"الثائرون"'.replace("ئ", "ي")),
        ("ﻻ", "لا"),
        ("Reuters", "reuters"),
        ("أف 16", "اف 16"),
    ],
)
def test_spellings_that_mean_the_same_fold_together(written, folded):
    assert fold(written) == folded


def test_a_match_gives_back_its_source_with_the_marks_of_its_last_letter():
    source = "قال «معًا» اليومَ"
    copy = normalise(source)
    at = copy.text.index("معا")
    span = copy.source_span(at, at + 3)
    assert source[span.start : span.end] == "معًا"
    at = copy.text.index("اليوم")
    assert source[slice(*copy.source_span(at, at + 5))] == "اليومَ"


def test_offsets_hold_behind_characters_outside_the_basic_plane():
    source = "\U0001f600\U0001f600 بغداد"
    copy = normalise(source)
    at = copy.text.index("بغداد")
    assert source[slice(*copy.source_span(at, at + 5))] == "بغداد"


def test_an_entity_is_one_unit_of_the_map():
    source = "أ&nbsp;&quot;ب&quot;"
    copy = normalise(source, entities=True)
    assert copy.text == 'ا "ب"'
    assert source[slice(*copy.source_span(2, 3))] == "&quot;"


def test_a_ligature_maps_each_of_its_letters_to_itself():
    copy = normalise("ﻻﷲ")
    assert copy.text == "لاالله"
    assert [copy.source_span(i, i + 1) for i in range(6)] == [Span(0, 1)] * 2 + [Span(1, 2)] * 4


def test_blanked_markup_lets_a_match_run_through_it():
    source = "بغ<b>داد</b>"
    copy = normalise(source, blank=[(2, 5), (8, 12)])
    assert copy.text == "بغداد"
    assert copy.source_span(0, 5) == Span(0, 8)


@given(ARABIC)
def test_every_character_of_the_copy_comes_from_one_place_in_order(source):
    copy = normalise(source)
    assert len(copy.text) == len(copy.starts) == len(copy.ends)
    assert all(copy.starts[:-1] <= copy.starts[1:])
    assert all(0 <= s < e <= len(source) for s, e in zip(copy.starts, copy.ends, strict=True))


@given(ARABIC)
def test_folding_twice_changes_nothing(source):
    assert fold(fold(source)) == fold(source)


@given(st.text(max_size=80))
def test_any_text_at_all_is_folded_without_error(source):
    copy = normalise(source, entities=True)
    assert len(copy.text) == len(copy.starts)
