"""Keeps the speakers heard so far in a document, and says whose a cue without a subject is."""

from __future__ import annotations

from dataclasses import dataclass, field

from mawaqif.annotate.clauses import COMMAS, Block, Text, disagree, gender_of, is_event_verb, is_source_head
from mawaqif.annotate.cues import CueTables
from mawaqif.annotate.function_words import PREPOSITIONS, RESUMPTIVES, WHEN
from mawaqif.annotate.headers import Header
from mawaqif.annotate.people import introduced_person
from mawaqif.annotate.speaker_phrases import ResolvedSpeaker
from mawaqif.annotate.speakers import resolve_speaker
from mawaqif.annotate.subjects import (
    actor_of_sentence,
    free_mentions,
    issuer_of_sentence,
    sentences_before,
    subject_of_sentence,
)
from mawaqif.records import Reading, Span
from mawaqif.vocabulary import Vocabulary

_TOPIC_REACH = 6  # tokens from the head of a sentence within which its subject is named
_CONTINUING = frozenset(["أضاف", "تابع", "أردف", "استطرد", "استرسل", "زاد", "أكمل", "واصل"])
REACH = 2  # paragraphs over which a dropped subject may reach back


@dataclass(slots=True)
class Voices:
    """The speakers heard so far in a document, for dropped subjects and participles."""

    reading: Reading
    vocabulary: Vocabulary
    history: list[ResolvedSpeaker] = field(default_factory=list)
    recent: list[tuple[int, list[ResolvedSpeaker]]] = field(default_factory=list)
    surnames: set[str] = field(default_factory=set)

    def of(
        self, text: Text, block: Block, number: int, header: Header, main: list[tuple[int, list[ResolvedSpeaker]]],
        tables: CueTables,
    ) -> tuple[list[ResolvedSpeaker], Span | None]:  # fmt: skip
        """Return the speakers of a header (several where joint) and the span of their noun phrase."""
        if header.speaker is not None:
            return self._named(text, block, header, header.speaker)
        if header.is_participle or (header.needs_speaker and header.opening == "quote"):
            first = block.sentence_start(header.cue)
            outer = next((speakers for start, speakers in reversed(main) if start >= first), None)
            if outer is not None:
                return (outer if _may_be_plural(outer, header) else []), None
            header.speaker = subject_of_sentence(block, header.cue, tables, is_sure=header.needs_speaker)
            person = introduced_person(block, first, header.cue, tables)
            if person is not None and (header.speaker is None or person[0] <= header.speaker[0]):
                header.speaker = person  # «ورد عليه النائب سعد الحلو، معتبراً أن»
            if header.speaker is not None:
                found = self._named(text, block, header, header.speaker)
                if not _may_be_plural(found[0], header):
                    return [], None
                if not found[0] or header.number != "s" or not disagree(found[0][0].gender, header.gender):
                    return found
        before = block.word(header.cue - 1)
        is_first = not main or main[-1][0] < block.sentence_start(header.cue)
        if (
            is_first
            and not header.is_participle
            and (before in WHEN or before == "ما")
            and header.opening in ("clause", "quote")
        ):
            subject = subject_of_sentence(block, header.cue, tables)  # «ذهب أبعد من ذلك حين قال إن»
            if subject is not None and not disagree(gender_of(text, block, subject[0], tables), header.gender):
                header.speaker = subject
                return self._named(text, block, header, subject)
        if _is_announced(block, header, tables):
            return [], None
        if header.gender is not None and block.word(header.cue_after) in RESUMPTIVES:
            header.speaker = issuer_of_sentence(block, header.cue, tables)  # «أصدر الطرفان بياناً أكدا فيه»
            if header.speaker is not None:
                found = self._named(text, block, header, header.speaker)
                return ([], None) if header.number == "d" and len(found[0]) == 1 else found
        named = None if header.pronoun is None else text.span(block, header.pronoun, header.pronoun + 1)
        return self._unnamed(text, block, number, header, main, tables), named

    def _named(
        self, text: Text, block: Block, header: Header, words: tuple[int, int]
    ) -> tuple[list[ResolvedSpeaker], Span]:
        """Return the speakers whom the cue's own noun phrase names, and its span."""
        span = text.span(block, *words)
        resolved = resolve_speaker(self.reading, self.vocabulary, span, history=tuple(self.history[-40:]))
        is_thing = not resolved.registered and resolved.grade is not None  # of a new person the verb knows better
        if header.gender in ("m", "f") and (resolved.gender is None or is_thing) and not resolved.members:
            resolved = resolved.at(resolved.span, gender="m" if header.gender == "m" else "f")
        self.history.append(resolved)
        if resolved.speaker_name is not None:
            self.surnames.update(text.copy.text[block.starts[words[0]] : block.ends[words[1] - 1]].split())
        members = list(resolved.members) or [resolved]
        return (members if resolved.speaker_id is not None else []), span

    def _unnamed(
        self, text: Text, block: Block, number: int, header: Header, main: list[tuple[int, list[ResolvedSpeaker]]],
        tables: CueTables,
    ) -> list[ResolvedSpeaker]:  # fmt: skip
        """Return the speakers of a cue without a subject: of its sentence, those before it, the last statement."""
        acting = self._acting(text, block, header, main, tables)
        if acting is not None:
            return list(acting.members) or [acting]
        topic = self._topic(text, block, header, main, tables)
        if topic is not None:
            return [topic]
        return [] if _has_own_subject(block, header, tables) else self._antecedent(header, number)

    def _topic(
        self, text: Text, block: Block, header: Header, main: list[tuple[int, list[ResolvedSpeaker]]],
        tables: CueTables,
    ) -> ResolvedSpeaker | None:  # fmt: skip
        """Return the one person whom the writer spoke of since the last statement, for a cue without a subject.

        That is the only one named in the cue's own sentence, or the first one of the sentence before.
        """
        is_like = header.is_participle or (
            header.opening == "noun" and header.pronoun is None and not header.needs_speaker
        )
        if is_like or header.number != "s" or header.lemma in _CONTINUING:
            return None
        first = block.sentence_start(header.cue)
        since = main[-1][0] if main else -1
        for start, after in sentences_before(block, header.cue):
            if since >= start:
                return None
            people: dict[str | None, ResolvedSpeaker] = {}
            for named in free_mentions(block, start, after, tables):
                span = text.span(block, named, block.mention_ends[named])
                found = resolve_speaker(self.reading, self.vocabulary, span)
                if found.grade == "person" and not disagree(found.gender, header.gender):
                    people.setdefault(found.speaker_id, found)
                if start < first and named - start >= _TOPIC_REACH:
                    break
            person = introduced_person(block, start, after, tables)
            if person is not None:
                found = resolve_speaker(
                    self.reading, self.vocabulary, text.span(block, *person), history=tuple(self.history[-40:])
                )
                if found.grade == "person" and not disagree(found.gender, header.gender):
                    people.setdefault(found.speaker_id, found)
            if len(people) == 1 or (people and start < first):
                return next(iter(people.values()))
            if people:
                return None
        return None

    def _acting(
        self, text: Text, block: Block, header: Header, main: list[tuple[int, list[ResolvedSpeaker]]],
        tables: CueTables,
    ) -> ResolvedSpeaker | None:  # fmt: skip
        """Return who acts in a cue's own sentence before it («استقبل الوزير الوفد، وأكد أن»), where that is plain."""
        first = block.sentence_start(header.cue)
        if header.is_participle or header.opening == "noun" or (main and main[-1][0] >= first):
            return None
        subject = actor_of_sentence(block, header.starts, tables)
        if (
            subject is None
            or block.word(header.cue_after) in RESUMPTIVES
            or disagree(gender_of(text, block, subject[0], tables), header.gender)
        ):
            return None
        found = resolve_speaker(
            self.reading, self.vocabulary, text.span(block, *subject), history=tuple(self.history[-40:])
        )
        is_somebody = (
            found.registered or found.grade in ("person", "office") or is_source_head(block, subject[0], tables)
        )
        if found.speaker_id is None or disagree(found.gender, header.gender) or not is_somebody:
            return None
        return found

    def _antecedent(self, header: Header, number: int) -> list[ResolvedSpeaker]:
        """Return the latest speaker near enough who agrees with the cue, or nobody."""
        for heard_at, speakers in reversed(self.recent[-4:]):
            if number - heard_at > REACH:
                break
            first = speakers[0]
            if not _may_be_plural(speakers, header):
                continue
            is_group = header.number == "p" and first.number == "p"  # «وطالبوا»: whatever gender the noun has
            if disagree(first.gender, header.gender) and header.gender == "m" and not is_group:
                continue
            if header.gender == "f" and first.gender == "m":
                continue
            return speakers
        return []

    def hear(self, speakers: list[ResolvedSpeaker], number: int, *, is_nested: bool) -> None:
        """Remember who spoke; somebody quoted inside another's statement does not speak in what follows."""
        if speakers and not is_nested:
            self.recent.append((number, speakers))


def _may_be_plural(speakers: list[ResolvedSpeaker], header: Header) -> bool:
    """Tell whether speakers fit the number of a cue: one person is no «وقالوا», no «معتبرين»."""
    is_one = len(speakers) == 1 and speakers[0].number == "s" and speakers[0].grade in ("person", "office")
    return not (header.number in ("d", "p") and is_one)


def _has_own_subject(block: Block, header: Header, tables: CueTables) -> bool:
    """Tell a verb behind the comma of its own subject («لكن القانون الذي أقر أمس، يكشف عن») from a dropped subject.

    There the sentence opens with a noun that a relative clause describes, and no «و» joins the verb.
    """
    first = block.sentence_start(header.cue)
    before = block.word(header.cue - 1)
    if header.has_conjunction or header.is_participle or header.needs_speaker or before not in COMMAS:
        return False
    while first < header.cue and block.words[first] in _OPENERS:
        first += 1
    described = any(word in tables.relatives for word in block.words[first : header.cue])
    is_noun = block.words[first].isalpha() and not is_event_verb(block, first, tables)
    return described and is_noun and not _is_adjunct(block.words[first], tables)


def _is_adjunct(word: str, tables: CueTables) -> bool:
    """Tell a word that opens a phrase of time or place, or a clause («وخلال», «وفي», «وعندما»), from a noun."""
    forms = (word, word[1:] if word[0] in "وف" else word)
    is_known = any(w in tables.adjuncts or w in tables.adverbs or w in tables.verbs for w in forms)
    return is_known or word[:2] in ("لل", "بال") or forms[1][:1] in "لبك" or any(w in PREPOSITIONS for w in forms)


_OPENERS = frozenset(["لكن", "ولكن", "غير", "ان", "الا", "بيد", "كما", "و"])


def _is_announced(block: Block, header: Header, tables: CueTables) -> bool:
    """Tell «أعلن في بغداد أن» and «أعلن عن تأجيل», a passive without an agent, from a dropped subject."""
    if header.lemma != "أعلن" or header.gender != "m" or header.number != "s" or header.is_participle:
        return False
    following, second = block.word(header.cue_after), block.word(header.cue_after + 1)
    if following == "عن":
        return header.cue == block.sentence_start(header.cue)
    is_place = second in tables.places or header.cue_after + 1 in block.mention_ends
    return following == "في" and is_place and second not in tables.occasions
