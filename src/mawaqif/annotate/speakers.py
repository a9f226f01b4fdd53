"""Finds out who a speaker phrase names: a registered actor, an unregistered person or office, an unnamed source."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from mawaqif.annotate.joint_speakers import find_pair, part_speakers
from mawaqif.annotate.single_speakers import resolve_single
from mawaqif.annotate.speaker_phrases import ResolvedSpeaker, read_phrase
from mawaqif.records import Reading, Span
from mawaqif.vocabulary import Vocabulary


def resolve_speaker(
    reading: Reading, vocabulary: Vocabulary, span: Span, *, history: Sequence[ResolvedSpeaker] = ()
) -> ResolvedSpeaker:
    """Return who the speaker phrase at `span` names; `history` holds the earlier speakers of the document in order.

    1. «الطرفان» and its like stand for the two named before; 2. a phrase with several heads is parted, one member each;
    3. a personal name decides; 4. without one, the head does: a registered actor, a document for the body that issued
    it, an anonymous source, a role or body for who was introduced with it; 5. what remains keeps its own words.

    Args:
        reading: The document, its mentions annotated.
        vocabulary: The vocabulary the mentions were found with.
        span: The source span of the noun phrase; a clitic before it and an apposition after it may be included.
        history: Earlier results of this function for the same document; the last few dozen are looked at.
    """
    phrase = read_phrase(reading, vocabulary, span, history)
    if not phrase.tokens:
        return ResolvedSpeaker(span, None, None, False, None)
    # 1.
    if pair := find_pair(phrase):
        return _joined(span, pair)
    # 2.
    parts = part_speakers(phrase)
    if len(parts) > 1:
        members = [member for part in parts if (member := resolve_single(part)).speaker_id is not None]
        if len({member.speaker_id for member in members}) > 1:
            return _joined(span, members)
    # 3. to 5.
    found = resolve_single(phrase).at(span)
    is_title = reading.text[span.start] in _QUOTES and not found.registered and " " not in (found.speaker_name or "")
    return replace(found, grade="institution") if is_title and found.grade == "person" else found


_QUOTES = frozenset('"«“„”»')


def _joined(span: Span, members: Sequence[ResolvedSpeaker]) -> ResolvedSpeaker:
    return replace(members[0], span=span, members=tuple(members), number="d" if len(members) == 2 else "p")
