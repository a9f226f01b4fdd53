"""The whole chain on one document: spans that hold, the same answer every time, and work that grows with the text."""

from __future__ import annotations

import json
import pickle
import sys
from collections.abc import Callable
from hashlib import sha256
from pathlib import Path
from types import FrameType

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from mawaqif.annotate.actors import annotate_actors
from mawaqif.annotate.dates import annotate_dates
from mawaqif.annotate.statements import annotate_statements
from mawaqif.clean import clean_document, sketch_document
from mawaqif.documents import check_spans, read_document, to_record
from mawaqif.errors import EvidenceError
from mawaqif.records import Mention, RawDocument, Reading, Span
from mawaqif.vocabulary import Vocabulary, load_vocabulary

ARTICLE = """السوداني: لا حاجة لبقاء القوات الأميركية

بغداد – أكد رئيس الوزراء العراقي محمد شياع السوداني، الأحد 12 مايو/أيار 2024، أن «مبررات وجود التحالف الدولي انتهت»،
مشيراً إلى أن الحوار مستمر. وقال الناطق باسم القائد العام يحيى رسول: "سنعلن موعد الانسحاب قبل نهاية العام".
وبحسب مصدر حكومي، فإن واشنطن ترفض جدولة انسحاب قواتها.
"""

WORDS = [
    *ARTICLE.split(),
    *("وأضاف", "أن", "إنه", "الوزير", "مؤكداً", "بحسب", "مصادر", "لن", "يبقى", "إلى", "بإنهاء", "بغداد وواشنطن"),
    *("١٢", "2024", "12/5/2024", "قبل عامين", "&quot;", "&#1593;", "&nbsp;", "<b>", "</p>", "<!--", "[رابط](x)", "**"),
    *("«", "»", '"', "“", "”", "'", "(", ")", "[", "]", ":", "،", ".", "؟", "...", "-", "•", "|", "\n", "\r\n", "\t"),
    *("\u200f", "\u202b", "\u2066", "\u200c", "\ufeff", "\x00", "\x85", "\u2028", "\ud800", "😀", "𞸀", "ﷺ", "ﻻ"),
    *("ـــ", "مُحَمَّد", "ە", "گ"),
]  # fmt: skip

texts = st.lists(st.one_of(st.sampled_from(WORDS), st.text(max_size=6)), max_size=60).flatmap(
    lambda words: st.sampled_from([" ", "", "\n"]).map(lambda joint: joint.join(words))
)
media_types = st.sampled_from(["text", "html", "markdown", "record"])
thorough = settings(
    max_examples=60, deadline=None, derandomize=True, suppress_health_check=[HealthCheck.function_scoped_fixture]
)


@pytest.fixture(scope="module")
def vocabulary() -> Vocabulary:
    return load_vocabulary(Path(__file__).parents[2] / "data" / "vocabulary")


def document(text: str, media_type: str = "text") -> RawDocument:
    digest = sha256(text.encode("utf-8", "surrogatepass")).hexdigest()
    return RawDocument("one", text, digest, "utf-8", "one.txt", media_type)


def spans(reading: Reading) -> list[Span]:
    pairs = [Span(s.start, s.end) for s in reading.statements]
    pairs += [Span(m.start, m.end) for m in reading.mentions]
    pairs += [Span(d.start, d.end) for d in reading.dates]
    pairs += [Span(m.start, m.end) for m in reading.boilerplate]
    pairs += reading.sentences
    pairs += [span for s in reading.statements for span in (s.cue, s.speaker) if span]
    pairs += [span for span in (reading.title, reading.published.evidence) if span]
    return pairs


@given(text=texts, media_type=media_types)
@thorough
def test_every_span_is_a_stretch_of_the_source(text: str, media_type: str, vocabulary: Vocabulary) -> None:
    reading = read_document(document(text, media_type), vocabulary)
    assert reading.text == text
    for start, end in spans(reading):
        assert 0 <= start < end <= len(text)
        assert text[start:end].strip()[:1] or (start, end) in {(m.start, m.end) for m in reading.boilerplate}
    for earlier, later in zip(reading.boilerplate, reading.boilerplate[1:], strict=False):
        assert earlier.end <= later.start
    for mention in reading.mentions:
        assert any(character.isalpha() for character in text[mention.start : mention.end])


@given(text=texts, media_type=media_types)
@thorough
def test_the_same_document_is_read_the_same_way_twice(text: str, media_type: str, vocabulary: Vocabulary) -> None:
    first = read_document(document(text, media_type), vocabulary)
    read_document(document(ARTICLE), vocabulary)  # what is remembered of another document changes nothing
    second = read_document(document(text, media_type), vocabulary)
    assert first == second
    assert pickle.loads(pickle.dumps(first)) == first
    record = to_record(first)
    assert json.loads(json.dumps(record)) == record


@given(text=texts, media_type=media_types)
@thorough
@pytest.mark.parametrize("annotate", [annotate_actors, annotate_dates, annotate_statements])
def test_annotating_again_changes_nothing(
    annotate: Callable[[Reading, Vocabulary], Reading], text: str, media_type: str, vocabulary: Vocabulary
) -> None:
    reading = annotate(annotate_actors(clean_document(document(text, media_type), vocabulary), vocabulary), vocabulary)
    assert annotate(reading, vocabulary) == reading


@given(text=texts)
@thorough
def test_blanks_after_the_text_change_nothing_but_the_checksum(text: str, vocabulary: Vocabulary) -> None:
    one = to_record(read_document(document(text + "\n"), vocabulary))
    other = to_record(read_document(document(text + "\n  "), vocabulary))
    for key in ("title", "mentions", "dates"):
        assert one[key] == other[key]
    contents = [[(s["start"], s["end"], s["stance"]) for s in record["statements"]] for record in (one, other)]
    assert contents[0] == contents[1]


def test_a_span_outside_the_text_is_an_error_and_never_passed_on(vocabulary: Vocabulary) -> None:
    raw = document("أكد السوداني ذلك")
    with pytest.raises(EvidenceError, match="0-99"):
        check_spans(Reading(raw, mentions=(Mention("iraq_government", 0, 99),)))


def test_statements_over_one_span_have_ids_of_their_own(vocabulary: Vocabulary) -> None:
    text = "بغداد – أكدت بغداد وواشنطن أن الحوار حول مستقبل التحالف الدولي مستمر حتى نهاية العام الجاري."
    statements = read_document(document(text), vocabulary).statements
    assert len(statements) == 2
    assert statements[1].statement_id == statements[0].statement_id + ".2"


HOSTILE = {
    "one line": lambda n: ARTICLE.replace("\n", " ") * (n // len(ARTICLE)),
    "no punctuation": lambda n: "".join(c for c in ARTICLE if c.isalnum() or c == " ") * (n // len(ARTICLE)),
    "one word again and again": lambda n: "العراق " * (n // 7),
    "one endless word": lambda n: "العراق" * (n // 6),
    "only cues": lambda n: "أكد أن " * (n // 7),
    "only speakers": lambda n: "رئيس الوزراء السوداني و" * (n // 23),
    "a cue, a colon": lambda n: "قال: " * (n // 5),
    "only quotation marks": lambda n: "«\"“'" * (n // 4),
    "quotations never closed": lambda n: "قال «نعم " * (n // 9),
    "quotation after quotation": lambda n: 'قال "نعم نعم" ' * (n // 14),
    "a list without end": lambda n: "يلي:\n" + "- نعم لا\n" * (n // 9),
    "only digits": lambda n: "1" * n,
    "only dates": lambda n: "12/5/2024 " * (n // 10),
    "nested brackets": lambda n: "([" * (n // 4) + "])" * (n // 4),
    "only line breaks": lambda n: "\n" * n,
    "short lines": lambda n: "نعم\n" * (n // 4),
    "only full stops": lambda n: ". " * (n // 2),
    "blanks inside": lambda n: "نعم" + " " * n + "لا",
    "no-break spaces": lambda n: "\u00a0" * n,
    "bidi controls": lambda n: "\u202b\u200f" * (n // 2),
    "vowel marks": lambda n: "ق" + "\u064b" * n,
    "astral characters": lambda n: "😀" * n,
    "a statement a line": lambda n: "قال الوزير إن العراق سيطلب\n" * (n // 27),
    "full diacritics": lambda n: "".join(c + "\u064e\u0651" if c.isalpha() else c for c in ARTICLE) * (n // 900),
    "tatweel": lambda n: "".join(c + "ـــ" if c.isalpha() else c for c in ARTICLE) * (n // 1200),
    "Persian and Kurdish between": lambda n: (ARTICLE + "وزیر امور خارجه گفت. وتەبێژەکە ڕایگەیاند.\n") * (n // 500),
    "control characters": lambda n: ARTICLE.replace(" ", "\x00\x1b \x07") * (n // 600),
}
MARKED_UP = {
    "open tags": lambda n: "<div>" * (n // 5),
    "open comments": lambda n: "<!-- " * (n // 5),
    "only less-than": lambda n: "<" * n,
    "attributes": lambda n: "<div " + 'a="b" ' * (n // 6),
    "headings": lambda n: "<h1>نعم</h1>" * (n // 12),
    "entities": lambda n: "&#1593;" * (n // 7),
    "tags in words": lambda n: "ال<b>عر</b>اق " * (n // 14),
}


@pytest.mark.parametrize("name", HOSTILE)
def test_hostile_text_is_read_in_work_that_grows_with_its_length(name: str, vocabulary: Vocabulary) -> None:
    assert _growth(HOSTILE[name], "text", vocabulary) < 2.5


@pytest.mark.parametrize("name", MARKED_UP)
def test_hostile_markup_is_read_in_work_that_grows_with_its_length(name: str, vocabulary: Vocabulary) -> None:
    assert _growth(MARKED_UP[name], "html", vocabulary) < 2.5


def _growth(make: Callable[[int], str], media_type: str, vocabulary: Vocabulary) -> float:
    """Return how much more work a text of twice the length takes; linear is 2, quadratic 4.

    Work is the number of calls, Python's and C's: unlike seconds it does not depend on the machine. Both lengths are
    read once before, so that what is remembered of words counts for neither.
    """
    raws = [document(make(length), media_type) for length in (6_000, 12_000)]
    for raw in raws:
        sketch_document(read_document(raw, vocabulary))
    short, long = (_count_calls(raw, vocabulary) for raw in raws)
    return long / short


def _count_calls(raw: RawDocument, vocabulary: Vocabulary) -> int:
    calls = 0

    def count(frame: FrameType, event: str, argument: object) -> None:
        nonlocal calls
        calls += event in ("call", "c_call")

    before = sys.getprofile()
    sys.setprofile(count)
    try:
        read_document(raw, vocabulary)
    finally:
        sys.setprofile(before)
    return calls


@pytest.mark.parametrize("name", HOSTILE)
def test_spans_hold_in_hostile_text(name: str, vocabulary: Vocabulary) -> None:
    text = HOSTILE[name](15_000)
    reading = read_document(document(text), vocabulary)
    assert all(0 <= start < end <= len(text) for start, end in spans(reading))
    if name == "one line":
        assert len(reading.statements) > 50
