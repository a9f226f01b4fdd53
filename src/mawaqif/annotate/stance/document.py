"""Codes the statements of one document, with the sentences around each and the leaning of each speaker."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Callable, Sequence
from dataclasses import replace
from functools import cache, lru_cache

from mawaqif.annotate.stance.coder import Coder, Input, compile_issues, weigh_speaker
from mawaqif.annotate.stance.decision import StanceCoding
from mawaqif.arabic.reading_copy import reading_copy
from mawaqif.arabic.text import NormalisedText, fold
from mawaqif.records import Reading, Span, Statement
from mawaqif.vocabulary import Issue, Vocabulary

_LONGEST_CONTEXT = 5  # sentences of a statement


def annotate_stance(reading: Reading, vocabulary: Vocabulary) -> Reading:
    """Return the reading with issue, stance, modality and confidence on every statement of the rules."""
    if not reading.statements:
        return reading
    copy = reading_copy(reading)
    coder = _coder(vocabulary).for_text(copy.text)

    @cache  # neighbours share their sentences: as many copies as statements would fill the memory
    def text_of(sentence: Span) -> str:
        return copy.text[copy.index_of(sentence.start) : copy.index_of(sentence.end)]

    inputs = [_input_of(statement, reading, copy, text_of, vocabulary) for statement in reading.statements]
    title = copy.text[copy.index_of(reading.title.start) : copy.index_of(reading.title.end)] if reading.title else ""
    codings = coder.code_document(inputs, [s.speaker_id for s in reading.statements], title=title)
    coded = [_with_coding(s, c) for s, c in zip(reading.statements, codings, strict=True)]
    return replace(reading, statements=tuple(coded))


def code_stance(
    text: str,
    *,
    issues: Sequence[Issue],
    context: str = "",
    cue_lemma: str | None = None,
    modality_hint: str = "fact",
    camp: str | None = None,
    grade: str | None = None,
    leaning: int = 0,
) -> StanceCoding:
    """Code one statement given as plain text.

    Args:
        text: The content of the statement.
        issues: The issue files to choose from.
        context: The sentence around it and the one before, where a pronoun's target may stand.
        cue_lemma: The reporting verb or noun ("طالب").
        modality_hint: The modality that the cue suggests.
        camp: The speaker's camp, for plans of those who decide.
        grade: The grade of the source; an anonymous source that relays somebody else takes no position.
        leaning: The sign of the speaker's other stances.
    """
    coder = compile_issues(tuple(issues))
    given = Input(fold(text), (fold(context),), (cue_lemma or "",), modality_hint, camp, grade)
    return weigh_speaker(coder.code(given), leaning)


def _input_of(
    statement: Statement,
    reading: Reading,
    copy: NormalisedText,
    text_of: Callable[[Span], str],
    vocabulary: Vocabulary,
) -> Input:
    text = copy.text[copy.index_of(statement.start) : copy.index_of(statement.end)]
    around = _sentences_around(statement, reading.sentences)
    context = tuple(map(text_of, around))
    actor = vocabulary.actor(statement.speaker_id) if statement.speaker_id else None
    cues = (statement.cue_lemma or "", reading.words(statement.cue) if statement.cue else "")
    return Input(text, context, cues, statement.modality, actor.camp if actor else None, statement.grade)


def _sentences_around(statement: Statement, sentences: Sequence[Span]) -> Sequence[Span]:
    """Return the sentences that the statement touches and the two before."""
    first = bisect_right(sentences, statement.start, key=lambda span: span.end)
    last = bisect_left(sentences, statement.end, key=lambda span: span.start)
    return sentences[max(0, first - 2) : min(last, first + _LONGEST_CONTEXT)]


def _with_coding(statement: Statement, coding: StanceCoding) -> Statement:
    return statement.coded(coding.issue, coding.stance, coding.modality, coding.confidence)


@lru_cache(maxsize=4)
def _coder(vocabulary: Vocabulary) -> Coder:
    return compile_issues(tuple(vocabulary.issues.values()))
