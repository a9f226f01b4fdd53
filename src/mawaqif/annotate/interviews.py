"""Finds the answers of an interview printed as questions and answers, and who gives them."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Sequence

from mawaqif.annotate.speaker_phrases import ResolvedSpeaker
from mawaqif.annotate.speakers import resolve_speaker
from mawaqif.records import Reading, Span
from mawaqif.vocabulary import Vocabulary

_FEWEST_QUESTIONS = 3
_LONGEST_HEADING = 60  # characters
_LINE = re.compile(r"[^\n]+")
_MARKS = r"(?:[•●▪■*>=_–—-]{1,3}|(?:السؤال|سؤال|س)[ \t]{0,3}[:/.-])"
_QUESTION = re.compile(rf"[ \t]{{0,8}}{_MARKS}[^\n]{{4,600}}[؟?][ \t\"»”]{{0,8}}")
_ANSWER_MARK = re.compile(r"[ \t]{0,8}(?:[•●▪■*>=_–—-]{1,3}|(?:الجواب|جواب|الإجابة|ج)[ \t]{0,3}[:/.-])?[ \t:]{0,8}")
_WITH_WHOM = re.compile(r"(?:حوار|حوارا|حواراً|حوارها|مقابلة|لقاء|حديث)[^\n.:؟]{0,60}? مع ([^\n:؟.،]{3,150})")


def find_answers(
    reading: Reading, vocabulary: Vocabulary, history: Sequence[ResolvedSpeaker]
) -> list[tuple[Span, ResolvedSpeaker]]:
    """Return the answers of an interview with their speaker; nothing where the text is none or names nobody.

    An interview has three questions or more, each a marked line («•», «س:») that ends in a question mark and is
    followed by a line that is none. Who is interviewed was heard before the first question, else stands behind
    «حوار مع».
    """
    if reading.text.count("؟") + reading.text.count("?") < _FEWEST_QUESTIONS:
        return []
    lines = [(match.start(), match.end()) for match in _LINE.finditer(reading.text) if match.group().strip()]
    asked = [i for i, (start, end) in enumerate(lines) if _QUESTION.fullmatch(reading.text, start, end)]
    answers = [span for here, after in _pairs(asked, len(lines)) if (span := _answer(reading, lines, here, after))]
    if len(answers) < _FEWEST_QUESTIONS:
        return []
    speaker = _interviewed(reading, vocabulary, history, lines[asked[0]][0])
    return [] if speaker is None else [(answer, speaker) for answer in answers]


def _pairs(asked: Sequence[int], count: int) -> list[tuple[int, int]]:
    """Give each question the lines of its answer: to the next question, or one line where none follows."""
    following = [*asked[1:], min(count, asked[-1] + 2)] if asked else []
    return [(at + 1, after) for at, after in zip(asked, following, strict=True) if after > at + 1]


def _answer(reading: Reading, lines: Sequence[tuple[int, int]], first: int, after: int) -> Span | None:
    while after - 1 > first and _is_heading(reading.text[slice(*lines[after - 1])].strip()):
        after -= 1
    start, end = lines[first][0], lines[after - 1][1]
    mark = _ANSWER_MARK.match(reading.text, start, end)
    start = mark.end() if mark else start
    while end > start and reading.text[end - 1].isspace():
        end -= 1
    if end - start < 3 or not _is_content(reading, start):
        return None
    return Span(start, end)


def _is_heading(line: str) -> bool:
    """Tell a heading between two questions: short, and without a stop at its end."""
    return len(line) <= _LONGEST_HEADING and line[-1] not in '.!…؛»"'


def _is_content(reading: Reading, at: int) -> bool:
    """Tell whether a sentence of the reading holds this place, so that it is no boilerplate."""
    number = bisect_right(reading.sentences, at, key=lambda sentence: sentence.start) - 1
    return number >= 0 and at < reading.sentences[number].end


def _interviewed(
    reading: Reading, vocabulary: Vocabulary, history: Sequence[ResolvedSpeaker], before: int
) -> ResolvedSpeaker | None:
    for speaker in history:
        if speaker.speaker_id is not None and speaker.grade == "person" and speaker.span.end <= before:
            return speaker
    spans = [Span(*match.span(1)) for match in _WITH_WHOM.finditer(reading.text, 0, before)]
    found = [resolve_speaker(reading, vocabulary, span) for span in spans]
    for grade in ("person", "office"):
        named = next((one for one in found if one.grade == grade and one.speaker_id is not None), None)
        if named is not None:
            return named
    return None
