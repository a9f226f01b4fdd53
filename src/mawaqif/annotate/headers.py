"""Says what a cue governs: where its content opens, and which noun phrase speaks."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

Opening = Literal["clause", "quote", "colon", "preposition", "noun"]


@dataclass(slots=True)
class Header:
    """A cue with what it governs.

    Attributes:
        cue: Token index of the cue; `cue_after` the index after its last token.
        opening: What opens the content.
        content: Token index at which the content begins.
        content_offset: Letters of that token that belong to the cue («ب» of بإنهاء).
        speaker: Token range of the speaker's noun phrase, or None where it is dropped or taken over.
        starts: Token index at which the clause of the cue begins (its subject, or the cue).
        is_relative: The cue stands in a relative clause («التي دعت إلى»).
        pronoun: Token of a pronoun that stands for the speaker («لكنها أعلنت»), or None.
        is_participle: The cue is a circumstantial participle («مؤكداً»), with the voice of the verb before it.
        needs_speaker: Without a speaker it is no statement.
        gender, number: Of the subject, as the cue shows them; None where it does not.
    """

    cue: int
    cue_after: int
    lemma: str
    modality: str
    opening: Opening
    content: int
    content_offset: int = 0
    speaker: tuple[int, int] | None = None
    starts: int = 0
    is_relative: bool = False
    is_participle: bool = False
    gender: str | None = None
    number: str | None = None
    has_conjunction: bool = False
    end: int | None = None
    follows_subject: bool = False
    pronoun: int | None = None
    needs_speaker: bool = False
