"""The copy of an article that cleaning makes on its way is the one that its spans alone give."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mawaqif.arabic.reading_copy import copy_without, is_block, reading_copy
from mawaqif.clean import clean_document
from mawaqif.records import RawDocument
from mawaqif.vocabulary import Vocabulary, load_vocabulary

_LINES = (
    "اقرأ المزيد", "مشاركة | طباعة", "31 أغسطس 2025277 مشاهدة", "\u00a0\u200f",
    "| صرّح الوزير أمس الخميس أن الاتفاق قائم. للمزيد",
    "قالَ المتحدّثُ إنّ اللقاء ﻷﻫﻢ الملفات &nbsp; تم", "<p>أعلنت <b>الحكو</b>مة موقفها</p>",
    "## عنوان **فرعي** في الصفحة", "",
    "واشنطن 😀 تنفي", "Copyright 2024", "وقت القراءة: 3 دقيقة",
)  # fmt: skip


@pytest.fixture(scope="module")
def vocabulary() -> Vocabulary:
    return load_vocabulary(Path(__file__).parents[2] / "data" / "vocabulary")


@given(
    lines=st.lists(st.sampled_from(_LINES) | st.text(max_size=20), max_size=12),
    media_type=st.sampled_from(["text", "html", "markdown", "record"]),
)
def test_the_copy_kept_by_cleaning_is_that_of_the_marked_spans(
    lines: list[str], media_type: str, vocabulary: Vocabulary
) -> None:
    raw = RawDocument("d", "\n".join(lines), "0" * 64, "utf-8", "d", media_type)
    reading = clean_document(raw, vocabulary)
    kept = reading_copy(reading)
    marked = tuple((m.start, m.end, is_block(m)) for m in reading.boilerplate)
    made = copy_without(raw.text, marked, media_type == "html")
    assert kept.text == made.text
    assert kept.starts.tolist() == made.starts.tolist()
    letters = [at for at, character in enumerate(kept.text) if character != "\n"]
    assert kept.ends[letters].tolist() == made.ends[letters].tolist()
