"""Finds out who a speaker phrase names: a registered actor, an unregistered person or office, or an anonymous source."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from mawaqif.arabic.text import fold
from mawaqif.records import Reading, Span
from mawaqif.vocabulary import Vocabulary


@dataclass(frozen=True, slots=True)
class ResolvedSpeaker:
    """The speaker of one phrase.

    Attributes:
        span: The source span of the name, or of the role where there is no name; what a reader would underline.
        speaker_id: A registered id, or `x-` and the normalised name with underscores; None where nothing is named.
        speaker_name: The name as printed; the registered Arabic name for an actor of the vocabulary.
        registered: Whether `speaker_id` stands in the vocabulary.
        grade: person, office, institution or anonymous.
        on_behalf_of_id: The registered body that the speaker speaks for.
        gender: m or f as verbs and pronouns agree with it; None where unknown.
        number: s, d or p; non-human plurals are p and f.
        members: The joint speakers, one each, where the phrase names several; the outer record then repeats the first.
        roles: Folded heads of the roles and institutions in the phrase, by which «الوزير» or «البيان» find it later.
    """

    span: Span
    speaker_id: str | None
    speaker_name: str | None
    registered: bool
    grade: str | None
    on_behalf_of_id: str | None = None
    gender: Literal["m", "f"] | None = None
    number: Literal["s", "d", "p"] | None = None
    members: tuple[ResolvedSpeaker, ...] = ()
    roles: tuple[str, ...] = ()


def resolve_speaker(
    reading: Reading, vocabulary: Vocabulary, span: Span, *, history: Sequence[ResolvedSpeaker] = ()
) -> ResolvedSpeaker:
    """Return who the speaker phrase at `span` names; `history` holds the earlier speakers of the document in order."""
    at = bisect_left(reading.mentions, span.start, key=lambda mention: mention.start)
    for mention in reading.mentions[at:]:
        if mention.start >= span.end:
            break
        actor = vocabulary.actor(mention.actor_id)
        if actor is not None:
            grade = "person" if actor.type in ("person", "expert") else "institution"
            return ResolvedSpeaker(
                Span(mention.start, mention.end), actor.id, actor.name.ar, True, grade, actor.affiliation
            )
    words = reading.words(span)
    return ResolvedSpeaker(span, "x-" + "_".join(fold(words).split()), words, False, "person")
