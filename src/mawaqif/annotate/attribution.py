"""Reads one cue in its clause: where its content opens, and which noun phrase speaks."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from mawaqif.annotate.clauses import (
    COMMAS,
    STOPS,
    Block,
    Text,
    breaks_at,
    disagree,
    gender_of,
    is_accusative_adverb,
    is_definite_end,
    opens_noun_content,
    readings_at,
    strip_conjunction,
)
from mawaqif.annotate.cues import CueReading, CueTables
from mawaqif.annotate.function_words import (
    AUXILIARIES,
    CLAUSE_OPENERS,
    HEADS_WITH_ABOUT,
    IMPERSONAL_BEFORE,
    NEGATIONS,
    PREFIXED_BY_CHANCE,
    PREPOSITIONS,
    PRONOUN_SUBJECTS,
    REFUSALS,
    SPEAKERLESS_HEADS,
    VOICES,
)
from mawaqif.arabic.lemmas import is_verbal_noun
from mawaqif.arabic.text import fold

Opening = Literal["clause", "quote", "colon", "preposition", "noun"]

_WINDOW = 60  # tokens between a verb and its content; news agencies put whole biographies there
_SUBJECT_WINDOW = 30
_LONGEST_ANTECEDENT = 8  # tokens
_LONGEST_NAME_IN_QUOTES = 6  # tokens, marks included in part


_LONGEST_WAY_OF_GUARDED = 20
_SHORT_WAY = 9  # tokens
_RELAYS = frozenset(["نقل"])
_PAUSES = frozenset([",", ";", ".", "?", "!", ":", "-", "("])


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
        is_participle: The cue is a circumstantial participle («مؤكداً»), with the voice of the verb before it.
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


@dataclass(slots=True)
class _Complement:
    opening: Opening
    content: int
    offset: int
    subject: tuple[int, int] | None


def read_cue(text: Text, block: Block, token: int, tables: CueTables) -> Header | None:
    """Return the header of the cue at `token`, or None where the word attributes nothing here."""
    for reading in readings_at(block, token, tables):
        header = _read_verb(text, block, token, reading, tables)
        if header is not None:
            return header
    return None


def _read_verb(text: Text, block: Block, token: int, reading: CueReading, tables: CueTables) -> Header | None:
    before = block.words[token - 1] if token and block.sentence[token - 1] == block.sentence[token] else ""
    if reading.form.has_object and not reading.verb.addressee:
        return None
    if before in IMPERSONAL_BEFORE or token in block.mention_ends or block.words[token] in tables.adverbs:
        return None
    if _is_first_person(text, block, token, reading):
        return None
    if reading.lemma in REFUSALS and _stays_unnamed(block, token, tables):
        return None
    if reading.form.kind == "finite" and before in PREPOSITIONS:
        return None  # «إلى تبني» is the verbal noun
    if before in NEGATIONS and not reading.verb.keeps_negation:
        return None
    if reading.form.kind == "participle":
        return _read_participle(text, block, token, reading, tables)
    found = _complement(text, block, token, reading, tables)
    if found is None or (reading.conjunction and found.subject is None and _continues_impersonal(block, token)):
        return None
    return _finite_header(text, block, token, reading, found, tables)


def _is_first_person(text: Text, block: Block, token: int, reading: CueReading) -> bool:
    """Tell «أعتقد» (I think) from «اعتقد» (he thought) by the hamza that folding takes away."""
    form = reading.form
    if not (form.kind == "finite" and form.is_perfect and form.lemma[0] == "ا" and not reading.conjunction):
        return False
    return text.letter(block, token, 0) == "أ"


def _stays_unnamed(block: Block, token: int, tables: CueTables) -> bool:
    """Tell «رفض الكشف عن هويته» and «طلب عدم ذكر اسمه» from refusals and demands."""
    return any(word in tables.anonymity for word in block.words[token + 1 : token + 7])


def _continues_impersonal(block: Block, token: int) -> bool:
    """Tell whether «ويؤكد» goes on with a clause of «ما» («ما يضيف التعقيد ويؤكد أهمية»), where a fact speaks."""
    at = token - 1
    while at >= 0 and block.sentence[at] == block.sentence[token] and token - at < _SUBJECT_WINDOW:
        word = block.words[at]
        if word in COMMAS or word in STOPS:
            return block.words[at + 1] in IMPERSONAL_BEFORE
        at -= 1
    return False


def _finite_header(
    text: Text, block: Block, token: int, reading: CueReading, found: _Complement, tables: CueTables
) -> Header | None:
    gender = reading.form.gender
    header = Header(
        token, token + 1, reading.lemma, reading.verb.modality, found.opening, found.content, found.offset,
        found.subject, token, gender=gender, number=reading.form.number, has_conjunction=bool(reading.conjunction),
    )  # fmt: skip
    subject, is_relative, starts = (None, False, token)
    if not reading.conjunction:
        subject, is_relative, starts = _subject_before(block, token, tables)
    header.is_relative = is_relative
    header.starts = starts
    if subject is not None and disagree(gender_of(text, block, subject[0], tables), gender) and not is_relative:
        subject, header.starts = None, token
    if found.subject is None:
        header.speaker = subject
        header.follows_subject = subject is not None
    elif reading.verb.addressee and found.opening != "clause":
        _choose_subject(text, block, header, subject, tables)
    if header.speaker == found.subject and found.subject is not None:
        header.follows_subject = False
        if not is_relative:
            header.starts = token
    if reading.lemma in _RELAYS:
        header.speaker = _relayed_source(block, header, tables) or header.speaker
    if _is_reflexive_homograph(text, block, header, reading, tables):
        return None
    return header if _is_plausible(block, header, reading, tables) else None


def _relayed_source(block: Block, header: Header, tables: CueTables) -> tuple[int, int] | None:
    """Return whom «نقلت الوكالة عن المسؤول قوله» quotes: the noun phrase behind «عن»."""
    between = block.words[header.cue : header.content]
    if "عن" not in between:
        return None
    start = header.cue + between.index("عن") + 1
    end = start
    while end < header.content and block.words[end] not in tables.relayed and block.words[end] not in tables.particles:
        if (
            block.words[end] in COMMAS
            or block.words[end] in (":", '"')
            or (end > start and _ends_subject(block, end, tables))
        ):
            break
        end += 1
    return (start, end) if end > start else None


def _is_reflexive_homograph(text: Text, block: Block, header: Header, reading: CueReading, tables: CueTables) -> bool:
    """Tell «تقرر إنشاء» (form V, "it was decided") from «تقرر الحكومة», which needs a feminine subject."""
    form = reading.form
    lemma = form.lemma
    if (
        form.is_perfect
        or form.gender != "f"
        or form.number != "s"
        or len(lemma) != 3
        or form.text.removeprefix("ت") != fold(lemma)
    ):
        return False
    if header.speaker is None:
        return True
    return gender_of(text, block, header.speaker[0], tables) != "f"


def _choose_subject(
    text: Text, block: Block, header: Header, before: tuple[int, int] | None, tables: CueTables
) -> None:
    """Decide whether the noun phrase after a verb of demand speaks or is spoken to."""
    assert header.speaker is not None
    after_gender = gender_of(text, block, header.speaker[0], tables)
    if before is not None:
        header.speaker = before
        header.follows_subject = True
    elif disagree(after_gender, header.gender):
        header.speaker = None


def _is_between(block: Block, header: Header, reading: CueReading) -> bool:
    """Tell the preposition «بين» from the verb: inside a clause, or with a dual or two things behind it."""
    if block.words[header.cue] != "بين":
        return False
    first = block.words[header.speaker[0]] if header.speaker is not None else ""
    before = block.words[header.cue - 1] if header.cue else "."
    return first.endswith("ين") or (
        not header.follows_subject and (before[0].isalnum() or before in "-(") and before not in AUXILIARIES
    )


def _is_plausible(block: Block, header: Header, reading: CueReading, tables: CueTables) -> bool:
    """Reject everyday uses: a guarded verb inside a clause, a noun content without any speaker."""
    if _is_between(block, header, reading):
        return False
    at_head = header.starts == header.cue and _opens_clause(block, header.cue, tables)
    if header.speaker is not None and block.words[header.speaker[0]] in SPEAKERLESS_HEADS:
        return False
    if reading.guarded and not (at_head or header.follows_subject or header.is_relative):
        return False
    if header.opening == "noun" and header.speaker is None and not (at_head or header.is_relative):
        return False
    if reading.guarded and header.speaker is None and not reading.takes_quote:
        return False
    if reading.guarded and not _is_near(block, header, reading):
        return False
    if header.speaker is None and strip_conjunction(block.words[header.cue]) in tables.impersonal:
        return False
    if reading.guarded and header.is_relative and header.opening not in ("clause", "preposition", "noun"):
        return False
    if reading.guarded and header.opening in ("preposition", "noun") and not _is_plain(block, header, tables):
        return False
    if (
        header.number in ("d", "p")
        and header.speaker is not None
        and not header.follows_subject
        and not header.is_relative
    ):
        return False  # a verb before its subject is singular
    if header.opening in ("noun", "preposition") and header.follows_subject and not header.is_relative:
        return _is_nameable(block, header, tables)
    return not (reading.guarded and header.opening == "noun" and header.speaker is None)


def _is_near(block: Block, header: Header, reading: CueReading) -> bool:
    """Tell whether a guarded verb stands close to its content, with no comma between but one right before it."""
    way = block.words[header.cue : header.content - 1]
    longest = _LONGEST_WAY_OF_GUARDED if reading.takes_quote else _SHORT_WAY
    return len(way) <= longest and not any(word in COMMAS for word in way[:-1])


def _is_plain(block: Block, header: Header, tables: CueTables) -> bool:
    """Ask of a guarded verb with a noun phrase («أمر السلطان بإبطال») a plain subject and a verbal noun."""
    word = block.words[header.content]
    if header.content_offset:
        rest = word[1:].removeprefix("ال") if not word.startswith("لل") else word[2:]
        if rest not in tables.abstract_nouns and not is_verbal_noun(rest):
            return False
    if header.speaker is None:
        return header.has_conjunction
    first = block.words[header.speaker[0]]
    return _is_nameable(block, header, tables) or first.endswith("ون") or first in ("عدد", "بعض", "معظم")


def _is_nameable(block: Block, header: Header, tables: CueTables) -> bool:
    """Tell whether the subject before a verb is a noun: definite, a known actor or a role; «زار عائلة تحمل» is none."""
    assert header.speaker is not None
    first, after = header.speaker
    word = block.words[first]
    bare = strip_conjunction(word)
    if word.startswith(("ال", "وال", "فال")) or bare in tables.source_heads or word in tables.source_heads:
        return True
    return any(first <= token < after for token in block.mention_ends) or (block.is_title and after - first <= 4)


def _opens_clause(block: Block, token: int, tables: CueTables) -> bool:
    """Tell whether `token` stands at the head of its clause, auxiliaries and conjunctions aside."""
    word = block.words[token]
    if word[0] in "وف" and word in tables.verbs and tables.verbs[word][0].conjunction:
        return True
    if token == 0 or block.sentence[token - 1] != block.sentence[token]:
        return True
    before = block.words[token - 1]
    return (
        before in _PAUSES
        or before in CLAUSE_OPENERS
        or before in AUXILIARIES
        or before in tables.adverbs
        or (_in_adjunct(block, token, tables))
    )


def _in_adjunct(block: Block, token: int, tables: CueTables) -> bool:
    """Tell whether the clause up to `token` is one prepositional phrase («وعن المفاوضات أشار»)."""
    start = token
    while start and block.sentence[start - 1] == block.sentence[token] and block.words[start - 1] not in COMMAS:
        start -= 1
        if token - start > _SUBJECT_WINDOW:
            return False
    return strip_conjunction(block.words[start]) in tables.adjuncts or block.words[start] in tables.adjuncts


# --- the content ----------------------------------------------------------------------------------------------------


def _complement(text: Text, block: Block, token: int, reading: CueReading, tables: CueTables) -> _Complement | None:
    """Walk from the verb to what opens its content, and note the noun phrase of the subject on the way."""
    return _Walk(text, block, token, reading, tables).run()


@dataclass(slots=True)
class _Walk:
    """The way from a verb to its content; `subject_end` stays None while the subject goes on."""

    text: Text
    block: Block
    verb: int
    reading: CueReading
    tables: CueTables
    at: int = 0
    subject_start: int | None = None
    subject_end: int | None = None
    in_adjunct: bool = False
    in_relative: bool = False

    def run(self) -> _Complement | None:
        """Return the complement, or None where the sentence ends or another cue takes over before one."""
        block = self.block
        self.at = self.verb + 1
        limit = min(len(block), self.at + _WINDOW)
        while self.at < limit:
            if block.sentence[self.at] != block.sentence[self.verb] and block.words[self.at - 1] != ":":
                return None
            past_subject = not self.reading.verb.addressee and (self.in_adjunct or self.subject_end is not None)
            opened = _opening_at(self.text, block, self.verb, self.at, self.reading, self.tables, past_subject)
            if opened is not None:
                opening, content, offset, end = opened
                return _Complement(opening, content, offset, self._subject(end))
            if self.at in block.opens:
                self.at = block.opens[self.at][1] + 1
                continue
            if self._is_over():
                return None
            self._note_subject()
            self.at += 1
        return None

    def _subject(self, end: int) -> tuple[int, int] | None:
        start = self.subject_start
        if start is None:
            return None
        end = end if self.subject_end is None else self.subject_end
        while end > start and self.block.words[end - 1] in _NOT_IN_NAME_ENDS:
            end -= 1
        return (start, end) if end > start else None

    def _is_over(self) -> bool:
        """Tell whether the clause of the verb ends at the current word without a content."""
        block, at, tables = self.block, self.at, self.tables
        word = block.words[at]
        if word in STOPS:
            return at + 1 >= len(block) or block.sentence[at + 1] != block.sentence[self.verb]
        if word in COMMAS:
            return _another_cue(block, at + 1, tables) or breaks_at(block, at + 1, tables)
        if self.in_relative or word in tables.relatives or at == self.verb + 1:
            return False
        return _is_other_verb(block, at, tables) and not _stays_unnamed(block, at, tables)

    def _note_subject(self) -> None:
        """Let the current word begin, go on with or end the subject."""
        block, at, tables = self.block, self.at, self.tables
        word = block.words[at]
        if word in COMMAS:
            self.in_relative = self.in_relative and self.subject_start is None
            self.in_adjunct = self.in_adjunct and self.subject_start is not None
        elif word in tables.relatives:
            self.in_relative = True
            self._end_subject()
        elif not self.in_relative and at > self.verb + 1 and _is_other_verb(block, at, tables):
            self._end_subject()  # «رفض الكشف عن هويته»
        elif self.subject_start is not None and _is_voice(block, at):
            self.subject_start, self.subject_end = at + 1, None
        elif self.subject_start is None:
            self._begin_subject()
        elif _ends_subject(block, at, tables) or is_accusative_adverb(self.text, block, at):
            self._end_subject()

    def _begin_subject(self) -> None:
        word = self.block.words[self.at]
        if self.in_adjunct or word in self.tables.adverbs or is_accusative_adverb(self.text, self.block, self.at):
            return
        is_adjunct = (
            (word in self.tables.adjuncts and not _is_ali(self.text, self.block, self.at))
            or word.startswith("لل")
            or _is_addressee(word, self.tables)
        )
        if is_adjunct or not word[0].isalpha():
            self.in_adjunct = True
        else:
            self.subject_start = self.at

    def _end_subject(self) -> None:
        if self.subject_start is not None and self.subject_end is None:
            self.subject_end = self.at


_NOT_IN_NAME_ENDS = frozenset([",", ";", ":", "(", "-", "_"])


def _is_voice(block: Block, at: int) -> bool:
    """Tell «عبر المتحدثة» and «على لسان الناطق»: an institution speaks through the person named next."""
    following = block.words[at + 1] if at + 1 < len(block) else ""
    return block.words[at] in ("عبر", "لسان") and following.removeprefix("ال") in VOICES


def _ends_subject(block: Block, at: int, tables: CueTables) -> bool:
    word = block.words[at]
    following = block.words[at + 1] if at + 1 < len(block) else ""
    if word in tables.adverbs or _is_addressee(word, tables) or (word == "اول" and following in ("من", "امس")):
        return True
    if word in tables.circumstantial:
        return True
    if word in ("في", "علي", "الي", "عن", "من", "مع", "لدي"):
        return following in tables.occasions
    return word in tables.adjuncts


def _is_addressee(word: str, tables: CueTables) -> bool:
    """Tell whether a word is «ل» with somebody spoken to («لوكالة», «للصحافيين»)."""
    return word in tables.to_addressees


def _another_cue(block: Block, at: int, tables: CueTables) -> bool:
    """Tell whether a new cue opens at `at`, behind a comma."""
    if at >= len(block):
        return False
    if block.words[at] not in tables.verbs:
        return False
    following = block.words[at + 1] if at + 1 < len(block) else ""
    opens = following in tables.particles or following == ":" or at + 1 in block.opens
    return any(
        r.form.is_accusative or (r.conjunction and r.form.kind == "finite" and (opens or not r.guarded))
        for r in readings_at(block, at, tables)
    )


def _is_other_verb(block: Block, at: int, tables: CueTables) -> bool:
    return block.words[at] in tables.other_verbs


def _opening_at(
    text: Text, block: Block, token: int, at: int, reading: CueReading, tables: CueTables, past_subject: bool
) -> tuple[Opening, int, int, int] | None:
    """Return (opening, content token, letters to skip, end of the subject) if the content opens at `at`."""
    words = block.words
    word = words[at]
    following = words[at + 1] if at + 1 < len(block) else ""
    if word in tables.particles:
        if (
            not following
            or words[at - 1] in tables.before_particle
            or strip_conjunction(words[at - 1]) in tables.before_particle
        ):
            return None
        if not reading.takes_clause:
            return None
        end = at - 1 if words[at - 1] in ("الي", "علي", "عن", "من", "في") else at
        return "clause", (at + 2 if following == ":" and at + 2 < len(block) else at + 1), 0, end
    if word == ":" and (reading.takes_quote or at == token + 1):
        if not following or (following[0].isdigit() and words[at - 1][0].isdigit()):
            return None
        if following in tables.particles and at + 2 < len(block):
            return "colon", at + 2, 0, at
        return ("quote", at + 1, 0, at) if at + 1 in block.opens else ("colon", at + 1, 0, at)
    if at in block.opens:
        if not reading.takes_quote or _is_quoted_name(block, at, tables):
            return None
        return "quote", at, 0, at
    if (
        word in reading.prepositions
        and following
        and not _is_ali(text, block, at)
        and not (at + 1 in block.opens and _is_quoted_name(block, at + 1, tables))
    ):
        return _behind_preposition(block, at, following, tables)
    if (
        len(word) > 3
        and word[0] in reading.prepositions
        and is_prefixed_content(block, at, tables, is_next=at == token + 1)
    ):
        return "preposition", at, 1, at
    if word in reading.prepositions and word in ("ب", "ل") and at + 1 in block.opens:
        return "preposition", at + 1, 0, at
    pause = words[at - 1] in COMMAS or words[at - 1] in tables.adverbs or words[at - 1].isdigit()
    if reading.takes_noun and (
        at == token + 1 or pause or (not past_subject and is_definite_end(block, at - 1, tables))
    ):
        if reading.objects:
            return ("noun", at, 0, at) if word in reading.objects else None
        if opens_noun_content(text, block, at, tables):
            return "noun", at, 0, at
    return None


def _is_ali(text: Text, block: Block, at: int) -> bool:
    """Tell the name «علي» from the preposition «على», unless «أن» or a verbal noun follows: some dot both."""
    if block.words[at] != "علي" or text.letter(block, at, -1) != "ي":
        return False
    following = block.words[at + 1] if at + 1 < len(block) else ""
    return not following.startswith("ان") and not is_verbal_noun(following or " ")


def _behind_preposition(
    block: Block, at: int, following: str, tables: CueTables
) -> tuple[Opening, int, int, int] | None:
    if following in tables.particles:
        return ("clause", at + 2, 0, at) if at + 2 < len(block) else None
    if following in tables.occasions or block.words[at - 1] in HEADS_WITH_ABOUT:
        return None
    return "preposition", at + 1, 0, at


def is_prefixed_content(block: Block, at: int, tables: CueTables, *, is_next: bool) -> bool:
    """Tell whether a word is a preposition of one letter with a noun that may be a content («بإنهاء», «بالانسحاب»)."""
    word = block.words[at]
    if word in PREFIXED_BY_CHANCE or at in block.mention_ends or word in tables.adverbs or word in tables.source_heads:
        return False
    rest = word[1:]
    if word[0] == "ل" and _is_addressee(word, tables) and rest[1:] not in tables.abstract_nouns:
        return False
    if rest.startswith("ال") or word.startswith("لل") or rest in tables.abstract_nouns or is_verbal_noun(rest):
        return True
    return is_next and len(rest) > 3


def _is_plain_cue(word: str, tables: CueTables) -> bool:
    return any(not reading.guarded for reading in tables.verbs.get(word, ()))


def _is_quoted_name(block: Block, at: int, tables: CueTables) -> bool:
    """Tell whether the quotation at `at` is a name in the subject («شركة "النور" إنها»): short, «أن» follows."""
    closing = block.opens[at][1]
    if closing - at > 8 or closing + 1 >= len(block):
        return False
    after = block.words[closing + 1]
    is_short = closing - at <= _LONGEST_NAME_IN_QUOTES
    if is_short and (block.words[at - 1] in PREPOSITIONS or block.words[at - 1] in ("ب", "ل")):
        return True
    if is_short and (after == ":" or (after[0].isalnum() and not _is_plain_cue(after, tables))):
        return True
    if (
        is_short
        and after in COMMAS
        and (closing + 2 in block.opens or block.words[min(closing + 2, len(block) - 1)] in tables.particles)
    ):
        return True
    for token in range(closing + 1, min(len(block), closing + 25)):
        word = block.words[token]
        if word in STOPS or block.sentence[token] != block.sentence[at]:
            return False
        if word in tables.particles:
            return block.words[token - 1] not in tables.before_particle
        if token in block.opens and token > closing + 1:
            return block.opens[token][1] - token > 8
        if _another_cue(block, token, tables):
            return False
    return False


# --- the speaker ----------------------------------------------------------------------------------------------------


def _subject_before(block: Block, token: int, tables: CueTables) -> tuple[tuple[int, int] | None, bool, int]:
    """Return (subject before the verb, whether the verb stands in a relative clause, where the clause starts)."""
    words = block.words
    first = block.sentence_start(token)
    last = token
    while last > first and (
        words[last - 1] in AUXILIARIES or words[last - 1] in tables.adverbs or words[last - 1] in NEGATIONS
    ):
        last -= 1
    if last == first:
        return None, False, token
    before = words[last - 1]
    if before in tables.relatives:
        end = last - 1
        while end > first and words[end - 1] in COMMAS:
            end -= 1
        return _antecedent(block, first, end, tables), True, last - 1
    if before in PRONOUN_SUBJECTS:
        return None, False, last - 1
    end = last
    if before in COMMAS:
        end -= 1
        start = _apposition_start(block, first, end, tables)
        return (None, False, token) if start is None else ((start, end), False, start)
    subject = _phrase_back(block, first, end, tables)
    return (None, False, token) if subject is None else (subject, False, subject[0])


def _apposition_start(block: Block, first: int, end: int, tables: CueTables) -> int | None:
    """Take «رئيس المركز، إحسان الشمري،» before a verb as one subject, from the head of the sentence."""
    if end - first > _SUBJECT_WINDOW or end <= first:
        return None
    inside = range(first, end)
    if any(_is_other_verb(block, i, tables) or block.words[i] in tables.particles or i in block.opens for i in inside):
        return None
    return first if _is_subject_head(block, first, tables) else None


def _phrase_back(block: Block, first: int, end: int, tables: CueTables) -> tuple[int, int] | None:
    """Return the noun phrase that ends before `end`, back to the head of its clause."""
    words = block.words
    start = end
    while start > first and end - start < _SUBJECT_WINDOW:
        word = words[start - 1]
        if (
            word in STOPS
            or word in COMMAS
            or word in (":", "-", '"')
            or word in CLAUSE_OPENERS
            or word in tables.particles
        ):
            break
        if _is_other_verb(block, start - 1, tables) or word in tables.relatives or word in PRONOUN_SUBJECTS:
            break
        start -= 1
    return (start, end) if start < end and _is_subject_head(block, start, tables) else None


def _antecedent(block: Block, first: int, end: int, tables: CueTables) -> tuple[int, int] | None:
    """Return the noun phrase before a relative pronoun: an actor's name, or back to the last adjunct word."""
    named = block.mention_starts.get(end)
    if named is not None and named >= first:
        return _owner_of(block, first, named, tables), end
    start = end
    while start > first and end - start < _LONGEST_ANTECEDENT:
        word = block.words[start - 1]
        if not word[0].isalnum() or word in tables.particles or word in tables.adjuncts or word in tables.relatives:
            break
        if start < end and len(word) > 4 and word[0] in "لب" and start - 1 not in block.mention_ends:
            break  # «رحب بالقرار مدير المركز الذي»: the prepositional phrase is not described
        start -= 1
        if start in block.mention_ends:
            break
    return (start, end) if start < end else None


def _owner_of(block: Block, first: int, named: int, tables: CueTables) -> int:
    """Step from «الموالية لإيران» and «المقربة من إيران» back to whom it describes, named shortly before."""
    is_object = block.words[named][0] in "لب" or (
        named > first and block.words[named - 1] in ("من", "مع", "علي", "الي")
    )
    if not is_object:
        return named
    for end in range(named, max(first, named - _LONGEST_ANTECEDENT), -1):
        start = block.mention_starts.get(end)
        if start is not None and start >= first:
            return start
    return named


def _is_subject_head(block: Block, token: int, tables: CueTables) -> bool:
    word = block.words[token]
    bare = strip_conjunction(word)
    if word in tables.adjuncts or bare in tables.adjuncts or word in tables.adverbs or not word[0].isalpha():
        return False
    if bare in SPEAKERLESS_HEADS or bare in NEGATIONS or bare in tables.impersonal:
        return False
    if len(word) > 3 and word.startswith(("بال", "لل", "كال", "وبال", "ولل")):
        return False
    return len(word) > 1


# --- participles ----------------------------------------------------------------------------------------------------


def _read_participle(text: Text, block: Block, token: int, reading: CueReading, tables: CueTables) -> Header | None:
    """Read «، مؤكداً أن» and its kin; other participles are adjectives and names."""
    before = block.words[token - 1] if token else ""
    closes = before in ('"', ")", "-") and reading.form.number == "s"
    after_pause = before in COMMAS or closes or bool(reading.conjunction)
    if not (reading.form.is_accusative or after_pause):
        return None
    if reading.form.gender == "m" and not reading.form.is_accusative:
        return None
    if not after_pause and reading.form.number != "s":
        return None
    found = _complement(text, block, token, reading, tables)
    if found is None or (
        found.subject is not None and not reading.verb.addressee and found.opening in ("preposition", "noun")
    ):
        return None
    if not after_pause and found.opening == "noun" and found.content != token + 1:
        return None
    return Header(
        token, token + 1, reading.lemma, reading.verb.modality, found.opening, found.content, found.offset,
        starts=token, is_participle=True, gender=reading.form.gender, number=reading.form.number,
        has_conjunction=bool(reading.conjunction),
    )  # fmt: skip


def subject_of_sentence(block: Block, token: int, tables: CueTables) -> tuple[int, int] | None:
    """Return who a sentence is about, for a participle in it («علق الشمري على الموقف، مؤكداً»).

    That is its subject in front, or the first actor named before `token`; None where neither is plain.
    """
    first = block.sentence_start(token)
    for at in range(first, token):
        if _is_other_verb(block, at, tables):
            subject, is_relative, _ = _subject_before(block, at, tables)
            if subject is not None and not is_relative:
                return subject
            break
    named = next((at for at in range(first, token) if at in block.mention_ends), None)
    return None if named is None else (named, block.mention_ends[named])
