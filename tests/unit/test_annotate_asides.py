"""Views with a pronoun, and verbs of saying put into what they report, tell the sentence around them."""

from __future__ import annotations

from functools import cache

import pytest

from mawaqif.documents import load_rules, read_document
from mawaqif.paths import Paths, find_home
from mawaqif.records import RawDocument
from mawaqif.vocabulary import Vocabulary

BEFORE = "افتتاح السوق\n\nافتتحت السوق أبوابها صباح أمس أمام الزبائن.\n\nوقالت النقيبة هدى الطائي إن المواسم تغيرت."


@cache
def rules() -> Vocabulary:
    return load_rules(Paths(find_home()).vocabulary)


def told_after(sentence: str) -> list[tuple[str | None, str, str]]:
    """Speaker, cue and content of what is told by a sentence behind one of هدى الطائي's."""
    text = f"{BEFORE} {sentence}"
    statements = read_document(RawDocument("d", text, "0123456789abcdef" * 4, "utf-8", "d.txt"), rules()).statements
    return [
        (s.speaker_name, text[s.cue.start : s.cue.end] if s.cue else "", text[s.start : s.end])
        for s in statements
        if s.start > len(BEFORE)
    ]


@pytest.mark.parametrize(
    ("sentence", "cue", "content"),
    [
        (
            "والري القديم، على حد قولها، عبء على الفلاحين.",
            "على حد قولها",
            "والري القديم، على حد قولها، عبء على الفلاحين",
        ),
        ("فالحل، بحسب رأيها، في السدود.", "بحسب رأيها", "الحل، بحسب رأيها، في السدود"),
        ("وفي نظرها لا جدوى من التأجيل.", "وفي نظرها", "لا جدوى من التأجيل"),
        ("وبرأيها، فإن الحصاد سيتأخر هذا العام.", "وبرأيها", "الحصاد سيتأخر هذا العام"),
        ("ومن وجهة نظرها، الآبار كافية.", "وجهة نظرها", "الآبار كافية"),
        ("وستجف الأهوار إذا بقي الحال كما هو، على حد وصفها.", "على حد وصفها", "وستجف الأهوار إذا بقي الحال كما هو"),
        ("فالقرية، كما قالت، لم تعد تكفي أهلها.", "قالت", "القرية، كما قالت، لم تعد تكفي أهلها"),
    ],
)
def test_a_view_with_a_pronoun_is_of_whoever_spoke_before(sentence: str, cue: str, content: str) -> None:
    assert told_after(sentence) == [("هدى الطائي", cue, content)]


@pytest.mark.parametrize(
    ("sentence", "content"),
    [
        ("وما ينقص المزارع، يقول الخبير كريم سعدون، هو البذور.", "وما ينقص المزارع، يقول الخبير كريم سعدون، هو البذور"),
        ("ولن ينفع الندم إذا جف النهر، يضيف الخبير كريم سعدون.", "ولن ينفع الندم إذا جف النهر"),
    ],
)
def test_a_verb_of_saying_between_commas_tells_the_sentence_around_it(sentence: str, content: str) -> None:
    assert [(name, told) for name, _, told in told_after(sentence)] == [("كريم سعدون", content)]


@pytest.mark.parametrize(
    "sentence",
    [
        "واستعان المجلس برأيها الذي يحترمه الجميع في القرية.",  # her advice
        "وغلّف الكاتب وجهة نظرها بالسخرية في روايته.",
        "ونظر الزائر إلى السوق في نظرة شاملة قبل الرحيل.",  # a look, not her view
        "وأكد المحافظ أن السد جاهز، على حد قوله.",
    ],
)
def test_other_uses_and_sentences_that_a_verb_tells_already_give_no_statement_of_hers(sentence: str) -> None:
    assert all(name != "هدى الطائي" for name, _, _ in told_after(sentence))


@pytest.mark.parametrize(
    ("sentence", "told"),
    [
        ("لكنها لا تنكر أن المطر كان وفيراً.", ["المطر كان وفيراً"]),
        ("وهي لا تشك في أن الموسم ناجح.", ["الموسم ناجح"]),
        ("وأكدت أن البذور جيدة، ولم تستبعد أن ترتفع الأسعار.", ["البذور جيدة", "ترتفع الأسعار"]),
        ("وأكدت أن البذور جيدة، قبل أن تضيف أن السماد نادر.", ["البذور جيدة", "السماد نادر"]),
        ("وتعهدت ألا تُقطع الأشجار.", ["ألا تُقطع الأشجار"]),
    ],
)
def test_denied_denials_and_second_clauses_are_statements_of_their_own(sentence: str, told: list[str]) -> None:
    assert [(name, content) for name, _, content in told_after(sentence)] == [("هدى الطائي", one) for one in told]


def test_who_does_not_rule_out_expects_and_who_does_not_deny_holds_a_view() -> None:
    text = f"{BEFORE} ولم تستبعد أن ترتفع الأسعار. ولم تنكر أن المطر كان وفيراً."
    statements = read_document(RawDocument("d", text, "0123456789abcdef" * 4, "utf-8", "d.txt"), rules()).statements
    assert [s.modality for s in statements if s.start > len(BEFORE)] == ["forecast", "position"]


@pytest.mark.parametrize(
    ("sentence", "name", "content"),
    [
        ("وجدد كولنز التزام بلاده بمشروع الري.", "كولنز", "التزام بلاده بمشروع الري"),
        ("وتبدي قرى جبلية بعيدة مخاوف من جفاف الينابيع.", "قرى جبلية بعيدة", "مخاوف من جفاف الينابيع"),
        ('وثمّن المحافظ "صبر الأهالي الطويل على القحط".', "المحافظ", "صبر الأهالي الطويل على القحط"),
        ('وتعهد تيار "الماء للجميع"، في بيان، بمواصلة الحملة.', 'تيار "الماء للجميع"', "مواصلة الحملة"),
    ],
)
def test_subjects_of_one_unknown_word_of_adjectives_and_of_a_quoted_name_end_before_their_object(
    sentence: str, name: str, content: str
) -> None:
    assert [(one, told) for one, _, told in told_after(sentence)] == [(name, content)]


@pytest.mark.parametrize(
    ("sentence", "name", "content"),
    [
        ("ونفى المتحدث باسم قيادة العمليات الزراعية العميد فاضل كاظم وجود سدود معطلة.", "فاضل كاظم", "وجود سدود معطلة"),
        ("أما الخبير كريم سعدون فيعزو الجفاف إلى قلة الأمطار.", "كريم سعدون", "قلة الأمطار"),
        ("والخبير كريم سعدون يعزو القحط إلى سوء الإدارة.", "كريم سعدون", "سوء الإدارة"),
    ],
)
def test_the_speaker_is_the_whole_phrase_before_an_object_not_the_object(
    sentence: str, name: str, content: str
) -> None:
    assert (name, content) in [(one, told) for one, _, told in told_after(sentence)]
