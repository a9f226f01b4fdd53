"""Codes the statements of one document, with the sentences around each and the leaning of each speaker."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from dataclasses import replace
from functools import lru_cache
from itertools import islice, takewhile

import numpy as np

from mawaqif.annotate.stance.coder import Coder, Input, compile_issues, weigh_speaker
from mawaqif.annotate.stance.decision import StanceCoding
from mawaqif.arabic.reading_copy import reading_copy
from mawaqif.arabic.text import NormalisedText, fold
from mawaqif.records import Reading, Span, Statement
from mawaqif.vocabulary import Issue, Vocabulary

_LONGEST_CONTEXT = 5  # sentences of a statement
_NEGATIONS, _LONGEST_NEGATION = frozenset(("لا", "لم", "ولا", "ولم", "فلم", "ما", "وما", "لن", "ليس")), 8
_OPENING = 12  # sentences of a document that tell what it is about, beside those around its statements


def annotate_stance(reading: Reading, vocabulary: Vocabulary) -> Reading:
    """Return the reading with issue, stance, modality and confidence on every statement of the rules."""
    if not reading.statements:
        return reading
    copy = reading_copy(reading)
    texts = _Texts(reading, copy)
    coder = _coder(vocabulary).for_document(copy.text, texts.places)
    inputs = [
        _input_of(statement, text, reading, texts, vocabulary)
        for statement, text in zip(reading.statements, texts.statements, strict=True)
    ]
    codings = coder.code_document(
        inputs,
        [s.speaker_id for s in reading.statements],
        title=texts.title,
        opening=texts.sentences[:_OPENING],
    )
    coded = [_with_coding(s, c) for s, c in zip(reading.statements, codings, strict=True)]
    return replace(reading, statements=tuple(coded))


class _Texts:
    """The normalised texts of the sentences, the statements and the title of a reading, and where each stands.

    `starts` and `ends` are of the sentences, in the source; `places` of all texts, in the normalised copy.
    """

    def __init__(self, reading: Reading, copy: NormalisedText) -> None:
        statements, title = reading.statements, reading.title or Span(0, 0)
        self.starts, self.ends = [s.start for s in reading.sentences], [s.end for s in reading.sentences]
        starts = [*self.starts, *(s.start for s in statements), title.start]
        ends = [*self.ends, *(s.end for s in statements), title.end]
        edges = copy.starts.searchsorted(np.array(starts + ends, dtype=np.int32)).tolist()
        places = list(zip(edges[: len(starts)], edges[len(starts) :], strict=True))
        texts = [copy.text[start:end] for start, end in places]
        self.places = dict(zip(texts, places, strict=True))
        self.sentences = texts[: len(reading.sentences)]
        self.statements = texts[len(reading.sentences) : -1]
        self.title = texts[-1]

    def around(self, statement: Statement) -> tuple[int, int]:
        """Return the range of the sentences that the statement touches and the two before."""
        first = bisect_right(self.ends, statement.start)
        return max(0, first - 2), min(bisect_left(self.starts, statement.end), first + _LONGEST_CONTEXT)


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


def _input_of(statement: Statement, text: str, reading: Reading, texts: _Texts, vocabulary: Vocabulary) -> Input:
    first, last = texts.around(statement)
    actor = vocabulary.actor(statement.speaker_id) if statement.speaker_id else None
    cues: tuple[str, ...] = (statement.cue_lemma or "", reading.words(statement.cue) if statement.cue else "")
    camp = actor.camp if actor else _camp_of_office(statement, reading, vocabulary)
    hint = statement.modality
    if _is_negated(statement, reading):  # "did not rule out that ..."
        cues, hint = (), "forecast" if hint in ("denial", "forecast") else hint
    return Input(text, tuple(texts.sentences[first:last]), cues, hint, camp, statement.grade)


def _is_negated(statement: Statement, reading: Reading) -> bool:
    """Whether the reporting word is negated, which leaves what it says of its content open."""
    if statement.cue is None:
        return False
    before = reading.raw.text[max(0, statement.cue.start - _LONGEST_NEGATION) : statement.cue.start].split()
    return bool(before) and _is_negation(before[-1])


@lru_cache(maxsize=4096)
def _is_negation(word: str) -> bool:
    return fold(word) in _NEGATIONS


def _camp_of_office(statement: Statement, reading: Reading, vocabulary: Vocabulary) -> str | None:
    """Return the camp of the body that an unregistered speaker speaks for («المتحدث باسم ...»), None without one."""
    if statement.speaker is None or statement.grade == "anonymous":
        return None
    speaker = statement.speaker
    first = bisect_left(reading.mentions, speaker.start, key=lambda mention: mention.start)
    near = takewhile(lambda mention: mention.start < speaker.end, islice(reading.mentions, first, None))
    named = (mention for mention in near if mention.registered and mention.end <= speaker.end)
    actors = (vocabulary.actor(mention.actor_id) for mention in named)
    return next((actor.camp for actor in actors if actor), None)


def _with_coding(statement: Statement, coding: StanceCoding) -> Statement:
    return statement.coded(coding.issue, coding.stance, coding.modality, coding.confidence)


@lru_cache(maxsize=4)
def _coder(vocabulary: Vocabulary) -> Coder:
    return compile_issues(tuple(vocabulary.issues.values()))
