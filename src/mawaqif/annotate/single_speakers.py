"""Resolves a phrase with one head: a name, an office, a body, a document, a source, or who was named before."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from mawaqif.annotate.function_words import HONORIFICS
from mawaqif.annotate.introductions import find_introduced_name
from mawaqif.annotate.speaker_names import SECRECY, find_name
from mawaqif.annotate.speaker_phrases import (
    PREPOSITIONS,
    QUALIFIERS,
    Phrase,
    ResolvedSpeaker,
    Word,
    kind_of,
    mentions_within,
)
from mawaqif.annotate.speaker_words import Gender, Kind, Number, SpeakerWords, without_article
from mawaqif.arabic.text import fold
from mawaqif.records import Span
from mawaqif.vocabulary import Actor

_LOOK_BACK = 4000


"""Characters before a bare surname in which its full name is looked for."""


def resolve_single(phrase: Phrase) -> ResolvedSpeaker:
    """Resolve a phrase with one head."""
    words = phrase.lexicon
    head = phrase.tokens[0]
    if head.word in _PRONOUNS:
        return _pronoun(phrase, head.word)
    if head.word in HONORIFICS and len(phrase.tokens) == 1:
        return _honoured(phrase, head.word)
    run = find_name(phrase)
    if run is not None:
        return _named(phrase, run)
    kind = kind_of(head, words)
    if head.mention is not None and (actor := phrase.lexicon.actors.get(head.mention.actor_id)):
        begins = int(phrase.copy.starts[head.start]) <= head.mention.start + 2
        if begins and not (actor.camp == "anonymous" and _says_more(phrase)):
            return registered_speaker(phrase, actor, phrase.span)
    if kind == "document":
        return _document(phrase)
    if kind == "body" and (actor := _self_named(phrase)):
        return registered_speaker(phrase, actor, phrase.span)
    earlier = _antecedent(phrase) if kind != "other" or head.is_definite else None
    if earlier is not None:
        return earlier
    if kind == "role" and (introduced := find_introduced(phrase)) is not None:
        return introduced
    if kind == "other" and head.is_definite and len(phrase.tokens) == 1 and (surname := _surname(phrase)):
        return surname
    if kind == "other" and (within := _leading_body(phrase)):
        return within
    return _unregistered(phrase, kind)


def _says_more(phrase: Phrase) -> bool:
    """Whether an unnamed source is told apart by more than its registered form: «مصادر فلسطينية»."""
    mention = phrase.tokens[0].mention
    further = [token for token in phrase.tokens[1:] if token.mention != mention]
    return bool(further) and not further[0].apart and further[0].word not in PREPOSITIONS


_PRONOUNS: dict[str, tuple[Gender | None, Number]] = {
    "ه": ("m", "s"), "هو": ("m", "s"), "ها": ("f", "s"), "هي": ("f", "s"), "هم": (None, "p"), "هما": (None, "d"),
}  # fmt: skip


def _pronoun(phrase: Phrase, word: str) -> ResolvedSpeaker:
    gender, number = _PRONOUNS[word]
    for speaker in reversed(phrase.history):
        if speaker.speaker_id and speaker.number == number and gender in (None, speaker.gender):
            return replace(speaker, span=phrase.span)
    return ResolvedSpeaker(phrase.span, None, None, False, None, gender=gender, number=number)


_KINGS = frozenset(["خادم", "ملك"])


def _honoured(phrase: Phrase, word: str) -> ResolvedSpeaker:
    """Resolve «سموه», «معاليها» to the last person heard whose gender it has; without one it keeps its own words."""
    gender: Gender = "f" if word.endswith("ها") else "m"
    for speaker in reversed(phrase.history):
        for one in speaker.members or (speaker,):
            is_king = word == "سموه" and not _KINGS.isdisjoint(one.words)
            if one.speaker_id and one.grade in ("person", "office") and one.gender in (None, gender) and not is_king:
                return replace(one, span=phrase.span, members=())
    return ResolvedSpeaker(phrase.span, _new_id([word]), phrase.text(0, 0), False, "office", None, gender, "s")


def _named(phrase: Phrase, run: tuple[int, int]) -> ResolvedSpeaker:
    """Resolve a personal name: a registered actor, someone heard before under a longer name, or somebody new."""
    words = phrase.lexicon
    first, last = run
    mention = phrase.tokens[first].mention
    actor = phrase.lexicon.actors.get(mention.actor_id) if mention else None
    if actor is not None:
        return registered_speaker(phrase, actor, phrase.span)
    name_words = tuple(token.word for token in phrase.tokens[first : last + 1])
    gender, number, roles = _introduction(phrase, words, first, last)
    if earlier := _heard_before(phrase, name_words):
        longer = not earlier.registered and len(name_words) > len((earlier.speaker_name or "").split())
        return replace(
            earlier,
            span=phrase.span,
            speaker_name=phrase.text(first, last) if longer else earlier.speaker_name,
            roles=tuple(dict.fromkeys((*earlier.roles, *roles))),
            words=earlier.words | _all_words(phrase),
            members=(),
        )
    name = phrase.text(first, last)
    surname = " ".join(name_words)
    if len(_join_servants(surname).split()) == 1 and (full := _full_name_before(phrase, surname)):
        name, name_words = full
    return ResolvedSpeaker(
        phrase.span,
        _new_id(name_words),
        name,
        False,
        "person",
        _behalf_of_phrase(phrase, None),
        gender or "m",
        number or "s",
        roles=roles,
        words=_all_words(phrase),
    )


def _new_id(name_words: Sequence[str]) -> str:
    return "x-" + "_".join(name_words)


def _introduction(
    phrase: Phrase, words: SpeakerWords, first: int = -1, last: int = -1
) -> tuple[Gender | None, Number | None, tuple[str, ...]]:
    """Return gender and number of the role beside a name, and the heads by which it may be pointed at later."""
    gender: Gender | None = None
    number: Number | None = None
    roles: list[str] = []
    for i, token in enumerate(phrase.tokens):
        if first <= i <= last:
            continue
        kind = kind_of(token, words)
        if kind == "role":
            lemma, role_gender, role_number = words.roles[token.bare]
            roles.append(lemma)
            if gender is None and (not roles[1:] or i + 1 == first):
                gender, number = role_gender, role_number
        elif not roles and kind in ("document", "anonymous", "body"):
            roles.append(token.bare)
    return gender, number, tuple(dict.fromkeys(roles))


def _all_words(phrase: Phrase) -> frozenset[str]:
    return frozenset(
        without_article(token.word.removeprefix("ب") if token.word.startswith("بال") else token.word)
        for token in phrase.tokens
    )


def _join_servants(name: str) -> str:
    """Write «عبد العاطي» as one word: newspapers print both."""
    return name.replace("عبد ال", "عبدال")


def _heard_before(phrase: Phrase, name_words: Sequence[str]) -> ResolvedSpeaker | None:
    """Return the earlier speaker whose full name holds these words: «الساعدي» after «سعود الساعدي»."""
    name_words = _join_servants(" ".join(name_words)).split()
    for speaker in reversed(phrase.history):
        for one in speaker.members or (speaker,):
            if one.speaker_id is None or one.grade != "person" or one.speaker_name is None:
                continue
            known = _join_servants(fold(one.speaker_name)).split()
            if len(known) >= len(name_words) and set(name_words) <= set(known):
                return one
            if len(known) == 1 and known[0] == name_words[-1]:
                return one
    return None


def find_introduced(phrase: Phrase) -> ResolvedSpeaker | None:
    """Return the person whom the text introduced by the role that a phrase says alone, though not as a speaker."""
    found = find_introduced_name(phrase)
    if found is None:
        return None
    name, name_words, actor, gender = found
    if actor is not None:
        return registered_speaker(phrase, actor, phrase.span)
    if earlier := _heard_before(phrase, name_words):
        return replace(earlier, span=phrase.span, members=())
    roles = _introduction(phrase, phrase.lexicon)[2]
    return ResolvedSpeaker(
        phrase.span, _new_id(name_words), name, False, "person", _behalf_of_phrase(phrase, None), gender, "s",
        roles=roles, words=_all_words(phrase),
    )  # fmt: skip


def _surname(phrase: Phrase) -> ResolvedSpeaker | None:
    """Return the person whose full name the text gave before a bare «الساعدي», or None."""
    token = phrase.tokens[0]
    if earlier := _heard_before(phrase, (token.word,)):
        return replace(earlier, span=phrase.span, members=())
    if full := _full_name_before(phrase, token.word):
        name, name_words = full
        return ResolvedSpeaker(phrase.span, _new_id(name_words), name, False, "person", gender="m", number="s")
    return None


def _full_name_before(phrase: Phrase, surname: str) -> tuple[str, tuple[str, ...]] | None:
    """Return the nearest earlier full name that ends in a bare surname, as printed and in words."""
    words = phrase.lexicon
    at = phrase.tokens[0].start
    window = phrase.copy.text[max(0, at - _LOOK_BACK) : at]
    end = window.rfind(" " + surname)
    while end > 0:
        after = window[end + len(surname) + 1 : end + len(surname) + 2]
        before = window[max(0, end - 25) : end].split(" ")
        if not after.isalpha() and len(before) > 1 and before[-1] in words.given_names:
            size = _names_back(before, words)
            name_words = (*before[-size:], surname)
            first = max(0, at - _LOOK_BACK) + end - len(" ".join(before[-size:]))
            span = phrase.copy.source_span(first, first + len(" ".join(name_words)))
            return phrase.reading.words(span), tuple(" ".join(name_words).split())
        end = window.rfind(" " + surname, 0, end)
    return None


def _names_back(before: Sequence[str], words: SpeakerWords) -> int:
    """Return how many of the last words are given names, «بن» between two of them included: «طارق بن سالم»."""
    size = 1
    while size < _MOST_GIVEN_NAMES and len(before) > size:
        word = before[-size - 1]
        if word in words.given_names:
            size += 1
        elif word in ("بن", "ابن", "بنت") and len(before) > size + 1 and before[-size - 2] in words.given_names:
            size += 2
        else:
            break
    return size


_MOST_GIVEN_NAMES = 4


def registered_speaker(phrase: Phrase, actor: Actor, span: Span) -> ResolvedSpeaker:
    """Return a registered actor as the speaker of a span, with the role and body the phrase gives it."""
    gender, _, roles = _introduction(phrase, phrase.lexicon)
    facts = phrase.lexicon.facts[actor.id]
    return ResolvedSpeaker(
        span,
        actor.id,
        actor.plain_name,
        True,
        facts.grade,
        _behalf_of_phrase(phrase, actor),
        facts.gender if facts.has_fixed_gender else gender or facts.gender,
        facts.number,
        roles=tuple(dict.fromkeys((*roles, *facts.roles))),
        words=_all_words(phrase),
    )


def _behalf_of_phrase(phrase: Phrase, actor: Actor | None) -> str | None:
    """Return the body spoken for: the one the phrase names, else the official affiliation; experts have none."""
    words = phrase.lexicon
    if actor is not None and actor.type not in ("person", "ministry", "government"):
        return None
    if actor is not None and (actor.camp == "anonymous" or actor.id not in words.humans):
        above = phrase.lexicon.actors.get(actor.affiliation) if actor.affiliation else None
        return above.id if above and actor.camp != "anonymous" and above.type != "state" else None
    for token in phrase.tokens:
        body = phrase.lexicon.actors.get(token.mention.actor_id) if token.mention else None
        if body is not None and body.type == "state" and kind_of(phrase.tokens[0], words) != "role":
            continue
        if body is not None and body.id not in words.humans and body.camp not in ("experts", "anonymous", "media"):
            if kind_of(phrase.tokens[0], words) in ("body", "document") and actor is None:
                return None
            return body.id
    return actor.affiliation if actor is not None and actor.camp != "experts" else None


def _document(phrase: Phrase) -> ResolvedSpeaker:
    """Read a document as the body that issued it, «البيان» as the one heard last."""
    words = phrase.lexicon
    head = phrase.tokens[0]
    for i, token in enumerate(phrase.tokens[1:], start=1):
        issuer = token if token.mention else None
        if issuer is not None and token.mention and (actor := phrase.lexicon.actors.get(token.mention.actor_id)):
            speaker = registered_speaker(phrase, actor, phrase.span)
            return replace(speaker, roles=tuple(dict.fromkeys((*speaker.roles, head.bare))))
        stripped = _issuer_word(token)
        is_adjective = i == 1 and not token.is_definite and token.word.endswith(_NISBA) and not head.is_definite
        if is_adjective and kind_of(token, words) != "body":
            continue  # «تقارير إعلامية»
        if stripped is not None and kind_of(stripped, words) in ("body", "role", "anonymous"):
            rest = replace(phrase, tokens=(stripped, *phrase.tokens[i + 1 :]))
            speaker = resolve_single(rest)
            return replace(speaker, span=phrase.span, roles=tuple(dict.fromkeys((*speaker.roles, head.bare))))
    if head.is_definite or phrase.tokens[0].word.startswith("هذا"):
        for wanted in (True, False) if len(phrase.tokens) == 1 else (True,):
            for speaker in reversed(phrase.history):
                if speaker.speaker_id and (head.bare in speaker.roles or not wanted) and not speaker.members:
                    return replace(speaker, span=phrase.span)
    return _unregistered(phrase, "document")


_NISBA = ("ي", "يه")


def _issuer_word(token: Word) -> Word | None:
    """Return the word without the ل of «بيان لوزارة ...»; لل was opened already where the phrase was read."""
    if token.word.startswith("لل") and len(token.word) > 4:
        return replace(token, word="ال" + token.word[2:])
    if token.word.startswith("ل") and len(token.word) > 4:
        return replace(token, word=token.word[1:], start=token.start + 1)
    return token


def _antecedent(phrase: Phrase) -> ResolvedSpeaker | None:
    """Return the earlier speaker that a definite role, body or source points back to, or None.

    «الوزير» takes the last one introduced as minister, in gender too; a longer phrase must have been said of it.
    """
    words = phrase.lexicon
    head = phrase.tokens[0]
    said = _all_words(phrase)
    role = words.roles.get(head.bare)
    lemma = role[0] if role else head.bare
    grades = ("person", "office") if role else ("institution", "anonymous")
    is_bare = len(phrase.tokens) == 1 or said <= {head.bare, *QUALIFIERS, "مذكور", "ذات", "ذاته", "ذاتها"}
    if (not head.is_definite and len(phrase.tokens) == 1) or (role and role[2] != "s"):
        return None
    for speaker in reversed(phrase.history):
        for one in speaker.members or (speaker,):
            if one.speaker_id is None or (len(said) > 1 and one.grade not in grades):
                continue
            if role and one.gender and one.gender != role[1] and role[2] == "s":
                continue
            if (is_bare and head.is_definite and lemma in one.roles) or (len(said) > 1 and said <= one.words):
                return replace(one, span=phrase.span, members=())
    return None


_SELF_NAMED = re.compile(
    r" {0,2}(?:ي|ت|ا)?طلقت? عل[يى] نفسه?ا? (?:اسم|تسميه) ?[\"'(]?|(?: ي| ت)سمي نفسه?ا? [\"'(]?| باسم [\"'(]?"
)


def _self_named(phrase: Phrase) -> Actor | None:
    """Return the registered body that an indefinite one calls itself: «فصيل يطلق على نفسه اسم ...»."""
    last = phrase.tokens[-1].end
    match = _SELF_NAMED.match(phrase.copy.text, last)
    if phrase.tokens[0].is_definite or match is None or match.end() >= len(phrase.copy.starts):
        return None
    at = int(phrase.copy.starts[match.end()])
    mention = next((m for m in mentions_within(phrase.reading, Span(at, at + 3)) if abs(m.start - at) < 3), None)
    return phrase.lexicon.actors.get(mention.actor_id) if mention else None


def _leading_body(phrase: Phrase) -> ResolvedSpeaker | None:
    """Return the registered actor after a light noun: «جانب إيران»; «قيادات في الحشد» keeps its own words."""
    head = phrase.tokens[0]
    following = phrase.tokens[1].mention if len(phrase.tokens) > 1 else None
    actor = phrase.lexicon.actors.get(following.actor_id) if following else None
    if actor is None or head.bare not in ("جانب", "طرف", "حكومه", "اداره", "سلطات"):
        return None
    return registered_speaker(phrase, actor, phrase.span)


_SOMEBODY = frozenset(["احد", "احدي"])


def _unregistered(phrase: Phrase, kind: Kind) -> ResolvedSpeaker:
    """Keep an office, body or source that nobody registered under its own words."""
    words = phrase.lexicon
    head = phrase.tokens[0]
    gender, number, roles = _introduction(phrase, words)
    last = _phrase_end(phrase)
    role = words.roles.get(head.bare)
    hides = head.word in _SOMEBODY or any(token.word in SECRECY for token in phrase.tokens)
    if hides or kind == "anonymous" or (role and role[0] in words.anonymous_roles and not head.is_definite):
        grade = "anonymous"
    else:
        grade = "office" if kind == "role" else "person" if _is_surname(phrase, kind) else "institution"
    if kind in ("body", "document", "anonymous"):
        gender = "f" if head.word.endswith(("ه", "ات")) or head.bare in ("مصادر", "فصايل", "كتايب", "وسايل") else "m"
        number = (
            "p" if head.word.endswith(("ون", "ين", "ات")) or head.bare in ("مصادر", "شهود", "فصايل", "وسايل") else "s"
        )
    return ResolvedSpeaker(
        phrase.span,
        _new_id([token.word for token in phrase.tokens[: last + 1]]),
        phrase.text(0, last),
        False,
        grade,
        _behalf_of_phrase(phrase, None) if kind == "role" and grade == "office" else None,
        gender,
        number,
        roles=roles or (head.bare,),
        words=_all_words(phrase),
    )


def _is_surname(phrase: Phrase, kind: Kind) -> bool:
    """Whether a phrase is one definite word of no known kind, such as a surname whose full name was not given."""
    head = phrase.tokens[0]
    is_singular = not head.word.endswith(("ه", "ات", "ون", "ين", "يون"))
    return kind == "other" and len(phrase.tokens) == 1 and head.is_definite and is_singular


def _phrase_end(phrase: Phrase) -> int:
    """Return the last word before an apposition: an office keeps its name to the first comma, ten words at most."""
    for i, token in enumerate(phrase.tokens):
        if i and (token.apart or i > 10):
            return i - 1
    return len(phrase.tokens) - 1
