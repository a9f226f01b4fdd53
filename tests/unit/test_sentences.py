"""Arabic sentence splitting: where a sentence ends, where it does not, and that no input is slow."""

from __future__ import annotations

import time

import pytest

from mawaqif.arabic.sentences import LONGEST_SENTENCE, split_sentences
from mawaqif.arabic.text import normalise


def sentences(text: str) -> list[str]:
    return [text[start:end] for start, end in split_sentences(normalise(text))]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("قال ذلك. ثم مضى! هل عاد؟ نعم", ["قال ذلك.", "ثم مضى!", "هل عاد؟", "نعم"]),
        ("قال، ثم أضاف؛ وتابع: إن الأمر انتهى.", ["قال، ثم أضاف؛ وتابع: إن الأمر انتهى."]),
        ("سطر أول\nسطر ثان\r\n\r\nسطر ثالث", ["سطر أول", "سطر ثان", "سطر ثالث"]),
        ("بلغ 3.5 مليون في 2017. ثم ارتفع.", ["بلغ 3.5 مليون في 2017.", "ثم ارتفع."]),
        ("حضر د. علي وأ. محمد وغابا.", ["حضر د. علي وأ. محمد وغابا."]),
        ("بغداد (أ. ف. ب.) قال الوزير.", ["بغداد (أ. ف. ب.) قال الوزير."]),
        ("قال «سنخرج غداً.» وأضاف شيئاً.", ["قال «سنخرج غداً.»", "وأضاف شيئاً."]),
        ('قال: "سنخرج."، مضيفاً أن الأمر تم.', ['قال: "سنخرج."، مضيفاً أن الأمر تم.']),
        ("انتهى الاجتماع.وأضاف الوزير", ["انتهى الاجتماع.", "وأضاف الوزير"]),
        ("موقع www.site.com/a?b=c معروف", ["موقع www.site.com/a?b=c معروف"]),
        ("خاص.. الوزير يؤكد الخبر", ["خاص.. الوزير يؤكد الخبر"]),
        ("هذا كلام طويل بعض الشيء... وهذا غيره", ["هذا كلام طويل بعض الشيء...", "وهذا غيره"]),
        ("  • بند أول\n  - بند ثان\n3. بند ثالث", ["بند أول", "بند ثان", "بند ثالث"]),
        ("هل حدث؟! لا", ["هل حدث؟!", "لا"]),
        (" \n . … \n", []),
        ("", []),
    ],
)
def test_sentences_end_where_a_reader_stops(text: str, expected: list[str]) -> None:
    assert sentences(text) == expected


def test_vowel_marks_of_the_last_letter_belong_to_the_sentence() -> None:
    assert sentences("قال شيئاً\nثم شيئاً") == ["قال شيئاً", "ثم شيئاً"]


def test_a_text_without_stops_is_cut_at_spaces_into_bounded_pieces() -> None:
    text = "كلمة " * 5000
    pieces = sentences(text)
    assert max(map(len, pieces)) <= LONGEST_SENTENCE
    assert " ".join(pieces).split() == text.split()


@pytest.mark.parametrize("unit", ["ا", "كلمة ", '"', ". ", "د. ", ".. ", " ", "\n", "•", "1.", ".", " \n", "؟ ."])
def test_hostile_texts_take_linear_time(unit: str) -> None:
    copy = normalise(unit * (400_000 // len(unit)))
    started = time.process_time()
    split_sentences(copy)
    assert time.process_time() - started < 60
