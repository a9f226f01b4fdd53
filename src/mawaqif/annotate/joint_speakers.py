"""Parts a phrase with several speakers, and finds the two that «الطرفان» stands for."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterable, Sequence
from dataclasses import replace

from mawaqif.annotate.single_speakers import registered_speaker, resolve_single
from mawaqif.annotate.speaker_names import find_name
from mawaqif.annotate.speaker_phrases import MEMORY, Phrase, ResolvedSpeaker, Word, kind_of, read_phrase
from mawaqif.annotate.speaker_words import SpeakerWords, folded_words
from mawaqif.records import Mention
from mawaqif.vocabulary import Actor

_PAIRED = folded_words(
    """
    الطرفان الطرفين الجانبان الجانبين البلدان البلدين الدولتان الدولتين الحكومتان الحكومتين العاصمتان
    العاصمتين الاثنان
    """
)


def find_pair(phrase: Phrase) -> list[ResolvedSpeaker]:
    """Return the two that «الطرفان», «الجانبين العراقي والأميركي» or «الوزيران» stand for, if clear."""
    head = phrase.tokens[0]
    words = phrase.lexicon
    role = words.roles.get(head.bare)
    is_dual_role = head.is_definite and (role is not None and role[2] == "d")
    if head.bare in _AGREEMENTS and (parties := _parties_after(phrase)):
        return parties
    is_shared = head.bare in _AGREEMENTS and any(token.bare in _SHARED for token in phrase.tokens[1:])
    if head.word not in _PAIRED and not is_dual_role and not is_shared:
        return []
    if named := _named_sides(phrase):
        return named
    if len(phrase.tokens) > 2 and all(token.word.endswith("ي") for token in phrase.tokens[1:3]):
        return []  # two sides, of which one is not registered
    if is_dual_role and role is not None:
        found = _last_distinct(s for s in reversed(phrase.history) if role[0] in s.roles)
        return [replace(s, span=phrase.span) for s in found]
    last = phrase.history[-1] if phrase.history else None
    is_clear = last is None or last.registered or last.grade not in ("person", "office")  # else he is of one side
    actors = _persons_in_sentence(phrase) or (_states_before(phrase) if is_clear else [])
    if last is not None and not _may_be_side(phrase, last, actors):
        return []
    return [registered_speaker(phrase, actor, phrase.span) for actor in actors]


def _may_be_side(phrase: Phrase, last: ResolvedSpeaker, sides: Sequence[Actor]) -> bool:
    """Whether the person heard last, if he is of a state, is of one of two sides that are states."""
    speaker = phrase.lexicon.actors.get(last.speaker_id or "")
    state = phrase.lexicon.actors.get(speaker.affiliation or "") if speaker is not None else None
    if state is None or state.type != "state" or any(side.type != "state" for side in sides):
        return True
    return any(side.id == state.id for side in sides)


_AGREEMENTS = folded_words("بيان إعلان اتفاق اتفاقية خارطة خريطة تصريح خطة مذكرة")


_SHARED = folded_words("مشترك مشتركة متفق ثنائي ثنائية")


_BETWEEN = re.compile(r"[^.\n?!]{0,60}? بين ([^.\n?!,]{3,60})")


def _parties_after(phrase: Phrase) -> list[ResolvedSpeaker]:
    """Return the two parties that an agreement's own clause names: «الاتفاق الذي تم التوصل إليه بين ... و...»."""
    match = _BETWEEN.match(phrase.copy.text, phrase.tokens[0].end)
    if match is None:
        return []
    span = phrase.copy.source_span(match.start(1), match.end(1))
    between = read_phrase(phrase.reading, phrase.vocabulary, span, phrase.history)
    if not between.tokens or between.tokens[0].bare in _AGREEMENTS:
        return []
    parties = find_pair(between) or [resolve_single(part) for part in part_speakers(between)]
    known = [replace(party, span=phrase.span) for party in parties if party.registered]
    return known if len(known) == 2 and known[0].speaker_id != known[1].speaker_id else []


def _named_sides(phrase: Phrase) -> list[ResolvedSpeaker]:
    """Read the adjectives of «الجانبين العراقي والأميركي» through forms like «الجانب ...»."""
    forms = phrase.lexicon.forms
    sides: list[ResolvedSpeaker] = []
    for token in phrase.tokens[1:4]:
        adjective = token.word[1:] if token.word.startswith("وال") else token.word
        spelled = adjective.replace("اميرك", "امريك")
        actor_id = forms.get(f"الجانب {spelled}") or forms.get(f"الحكومه {spelled}ه")
        actor = phrase.lexicon.actors.get(actor_id) if actor_id else None
        if actor:
            sides.append(registered_speaker(phrase, actor, phrase.span))
    return sides if len(sides) == 2 else []


def _last_distinct(speakers: Iterable[ResolvedSpeaker]) -> list[ResolvedSpeaker]:
    found: dict[str, ResolvedSpeaker] = {}
    for speaker in speakers:
        for one in speaker.members or (speaker,):
            if one.speaker_id:
                found.setdefault(one.speaker_id, one)
        if len(found) == 2:
            return list(found.values())[::-1]
    return []


def _earlier_mentions(phrase: Phrase) -> list[Mention]:
    """Return the last mentions before the phrase, nearest first."""
    at = bisect_left(phrase.reading.mentions, phrase.span.start, key=lambda mention: mention.start)
    return list(phrase.reading.mentions[max(0, at - MEMORY) : at])[::-1]


def _persons_in_sentence(phrase: Phrase) -> list[Actor]:
    """Return the two people of different camps or bodies that the same sentence named, for «أكد فيه الطرفان»."""
    if phrase.tokens[0].word not in ("الطرفان", "الطرفين", "الجانبان", "الجانبين", "الاثنان"):
        return []
    sentences = phrase.reading.sentences
    at = bisect_left(sentences, phrase.span.start + 1, key=lambda sentence: sentence.start) - 1
    opening = sentences[at].start if at >= 0 else phrase.span.start - 250
    found: dict[str, Actor] = {}
    for mention in _earlier_mentions(phrase):
        actor = phrase.lexicon.actors.get(mention.actor_id)
        if mention.start < opening:
            break
        if actor and actor.id in phrase.lexicon.humans and actor.camp not in {a.camp for a in found.values()}:
            found.setdefault(actor.id, actor)
    return list(found.values())[::-1] if len(found) == 2 else []


def _states_before(phrase: Phrase) -> list[Actor]:
    """Return the two governments that the text named last."""
    found: dict[str, Actor] = {}
    for mention in _earlier_mentions(phrase):
        actor = phrase.lexicon.actors.get(mention.actor_id)
        is_state = (
            actor is not None
            and actor.type in ("state", "government")
            and actor.affiliation in (None, "iraq", "united_states")
        )
        if actor and is_state and actor.camp not in {a.camp for a in found.values() if a.camp != "coalition_others"}:
            found.setdefault(actor.id, actor)
        if len(found) == 2:
            return list(found.values())[::-1]
    return []


def part_speakers(phrase: Phrase) -> list[Phrase]:
    """Part «بغداد وواشنطن», «وزير ... فلان ووزير ... فلان»; «وزير الخارجية والتعاون» stays whole."""
    words = phrase.lexicon
    parts: list[Phrase] = []
    current: list[Word] = []
    skip = False
    for i, token in enumerate(phrase.tokens):
        if skip:
            skip = False
            continue
        following = _conjoined(phrase.tokens, i) if current and not token.apart else None
        if following is not None and _starts_anew(replace(phrase, tokens=tuple(current)), following, words):
            parts.append(replace(phrase, tokens=tuple(current)))
            current = [following]
            skip = token.word == "و"
        else:
            current.append(token)
    return [*parts, replace(phrase, tokens=tuple(current))] if parts else [phrase]


def _conjoined(tokens: Sequence[Word], at: int) -> Word | None:
    """Return the word after a conjunction at `at`, whether the و stands alone or is joined to it."""
    token = tokens[at]
    if token.word == "و":
        return tokens[at + 1] if at + 1 < len(tokens) else None
    if not token.word.startswith("و") or len(token.word) < 3:
        return None
    word = token.word[1:]
    word = "ال" + word[2:] if word.startswith("لل") else word
    return replace(token, word=word, start=token.start + 1, is_definite=word.startswith("ال") and len(word) > 3)


def _starts_anew(left: Phrase, token: Word, words: SpeakerWords) -> bool:
    """Whether a conjoined word heads a speaker of its own: it must be of the kind that the part before it is."""
    head = left.tokens[0]
    run = find_name(left)
    named = run is not None and run[1] == len(left.tokens) - 1
    kind, head_kind = kind_of(token, words), kind_of(head, words)
    named = named or (len(left.tokens) == 1 and head_kind == "other" and head.is_definite)  # «المعلم ووزير»
    begins = token.mention is not None and left.copy.starts[token.start] <= token.mention.start
    if begins and head.mention is not None and head_kind != "role":
        return token.mention != head.mention
    if kind == "anonymous" and not token.is_definite:
        return head_kind == "anonymous" or (head_kind == "role" and not head.is_definite and run is None)
    if kind == "role" or begins:
        return named or (begins and head.mention is not None and head_kind == "role" and kind == "role")
    if kind == "body" and head_kind == "body":
        return token.is_definite == head.is_definite
    return named and token.bare in words.given_names
