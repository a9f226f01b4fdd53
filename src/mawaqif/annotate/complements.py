"""Walks from a reporting verb to what opens its content, and notes the subject on the way."""

from __future__ import annotations

from dataclasses import dataclass

from mawaqif.annotate.clauses import (
    COMMAS,
    STOPS,
    Block,
    Text,
    breaks_at,
    gender_of,
    is_accusative_adverb,
    is_definite_end,
    is_event_verb,
    opens_noun_content,
    readings_at,
    strip_conjunction,
)
from mawaqif.annotate.cues import CueReading, CueTables
from mawaqif.annotate.function_words import (
    BODIES,
    CONDEMNING,
    DEEDS,
    HEADS_WITH_ABOUT,
    HEADS_WITH_ON,
    HONORIFICS,
    NAMED_IN_QUOTES,
    NEVER_NAMES,
    PRAISED,
    PREFIXED_BY_CHANCE,
    PREPOSITIONS,
    PRONOUNS_WITH_PREPOSITION,
    SENT,
    TIME_NOUNS,
    VOICES,
)
from mawaqif.annotate.headers import Opening
from mawaqif.arabic.lemmas import is_verbal_noun

_WINDOW = 60  # tokens between a verb and its content; news agencies put whole biographies there


_LONGEST_NAME_IN_QUOTES = 6  # tokens, marks included in part
_ONE_QUOTED_WORD = 2  # tokens from mark to mark


@dataclass(slots=True)
class Complement:
    """What a verb governs: where its content opens, and its subject, where one stands between them."""

    opening: Opening
    content: int
    offset: int
    subject: tuple[int, int] | None


def stays_unnamed(block: Block, token: int, tables: CueTables) -> bool:
    """Tell «رفض الكشف عن هويته» and «طلب عدم ذكر اسمه» from refusals and demands."""
    return any(word in tables.anonymity for word in block.words[token + 1 : token + 7])


def find_complement(text: Text, block: Block, token: int, reading: CueReading, tables: CueTables) -> Complement | None:
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
    in_event: bool = False
    is_addressed: bool = False
    behind_time: int = -1
    commas: int = 0

    def run(self) -> Complement | None:
        """Return the complement, or None where the sentence ends or another cue takes over before one."""
        block = self.block
        words, sentence = block.words, block.sentence
        signals = self.tables.signals[self.reading.entry]
        self.at = self.verb + 1
        limit = min(len(words), self.at + _WINDOW)
        while self.at < limit:
            at = self.at
            if sentence[at] != sentence[self.verb] and words[at - 1] != ":":
                return None
            if signals[words[at]] or at in block.opens or at == self.behind_time:
                if words[at] == "(" and (closing := closing_bracket(block, at)) is not None:
                    self.at = closing + 1
                    continue
                found = self._opened()
                if found is not None:
                    return found
                if at in block.opens:
                    self._pass_quotation()
                    continue
                if self._is_over():
                    return None
                self._note_subject()
            elif self.subject_start is None and (self.is_addressed or not self.in_adjunct):
                self._begin_subject()
            self.at += 1
        return None

    def _opened(self) -> Complement | None:
        """Return the complement where its content opens at the current word."""
        past_subject = not self.reading.verb.addressee and (self.in_adjunct or self.subject_end is not None)
        opened = _opening_at(self.text, self.block, self.verb, self.at, self.reading, self.tables, past_subject)
        if opened is None and self.at == self.behind_time and self._opens_behind_time():
            opened = "noun", self.at, 0, self.at
        if opened is None or (self.in_event and opened[0] in ("noun", "preposition")):
            return None
        opening, content, offset, end = opened
        return Complement(opening, content, offset, self._subject(end))

    def _opens_behind_time(self) -> bool:
        """Tell the object of «أعلنت الوزارة أمس الأحد وفاة جنديين»: a noun behind subject and time."""
        word, tables = self.block.words[self.at], self.tables
        if self.subject_start is None or not self.reading.takes_noun or self.reading.objects or self.in_relative:
            return False
        if self.reading.lemma in _OF_TWO_OBJECTS or self.in_event:
            return False
        if self.reading.verb.addressee or self.reading.guarded or not word[0].isalpha() or len(word) < _SHORTEST_NOUN:
            return False
        if word in _TIME_ADJECTIVES or word in tables.adverbs or word in tables.adjuncts or word in tables.relatives:
            return False
        if word in tables.particles or word in tables.names or word in tables.titles or word in tables.source_heads:
            return False
        is_joined = word[0] in "وفبلك" or word.startswith("لل")
        return not (is_joined or is_accusative_adverb(self.text, self.block, self.at) or self._is_action())

    def _is_action(self) -> bool:
        """Tell whether the current word is a verb or names an actor."""
        block, at, tables = self.block, self.at, self.tables
        return at in block.mention_ends or at in block.opens or is_event_verb(block, at, tables) or (
            block.words[at] in tables.verbs
        )  # fmt: skip

    def _pass_quotation(self) -> None:
        """Step over a quotation, which may be the subject's name."""
        block = self.block
        closing = block.opens[self.at][1]
        if self.subject_start is None and not self.in_adjunct and closing - self.at <= _LONGEST_NAME_IN_QUOTES:
            self.subject_start = self.at  # «قالت "بوينغ" إن»
            if closing + 1 < len(block.words) and block.words[closing + 1] in self.tables.adjuncts:
                self.subject_end = closing + 1
        self.at = closing + 1

    def _subject(self, end: int) -> tuple[int, int] | None:
        start = self.subject_start
        if start is None:
            return None
        end = end if self.subject_end is None else self.subject_end
        if end > start + 1 and self._is_whole(start):
            end = start + 1
        while end > start and self._ends_no_name(end - 1):
            end -= 1
        return (start, end) if end > start else None

    def _is_whole(self, start: int) -> bool:
        """Tell «اعتبر البيان مدينة درعا منطقة»: behind a body with article an indefinite noun is the object."""
        word, following = self.block.words[start], self.block.words[start + 1]
        is_deed = following.startswith("ال") and is_verbal_noun(following[2:]) and not following.endswith(("ي", "يه"))
        if is_deed and word.startswith("ال") and word[2:] in self.tables.source_heads:
            return True  # «أرجع الوزير التأخير إلى»
        if not word.startswith("ال") or word[2:] not in BODIES or not following[0].isalpha():
            return False
        if following.startswith(("ال", "لل")) or following in self.tables.adjuncts or following in self.tables.adverbs:
            return False
        return following[0] not in "وبل" and following not in self.tables.relatives

    def _ends_no_name(self, token: int) -> bool:
        """Tell a mark or a preposition («الوزير في»), with which no subject ends, from the name «علي»."""
        word = self.block.words[token]
        return word in _NOT_IN_NAME_ENDS or (word in _SIMPLE_PREPOSITIONS and not _is_ali(self.text, self.block, token))

    def _is_over(self) -> bool:
        """Tell whether the clause of the verb ends at the current word without a content."""
        block, at, tables = self.block, self.at, self.tables
        word = block.words[at]
        if word in STOPS:
            return at + 1 >= len(block.words) or block.sentence[at + 1] != block.sentence[self.verb]
        if word in COMMAS:
            return _another_cue(block, at + 1, tables) or breaks_at(block, at + 1, tables)
        if word in tables.circumstantial:
            return not self.reading.form.is_accusative or at > self.verb + 1
        if at == self.verb + 1:
            return word in tables.particles  # one that opens no content: «في الوقت الذي يتوقع أن»
        if self.in_relative or word in tables.relatives:
            return False
        return is_other_verb(block, at, tables) and not stays_unnamed(block, at, tables)

    def _note_subject(self) -> None:
        """Let the current word begin, go on with or end the subject."""
        block, at, tables = self.block, self.at, self.tables
        word = block.words[at]
        time = at - 1 if word in COMMAS else at
        if block.words[time] in tables.adverbs and block.words[time] not in PRONOUNS_WITH_PREPOSITION:
            self.behind_time = at + 1
        if word in COMMAS:
            self.commas += 1
            is_behind = self.commas == _AROUND_APPOSITION and self.subject_start == self.verb + 1
            if is_behind and not self.in_relative and not block.word(at + 1).startswith("ال"):
                self.behind_time = at + 1  # «نفى سامر الحلو، المتحدث باسم الوزارة، خبر»
            self.in_relative = self.in_relative and self.subject_start is None
            self.in_adjunct = self.in_adjunct and self.subject_start is not None
        elif word in tables.relatives:
            self.in_relative = True
            self._end_subject()
        elif word in self.reading.with_words:
            self._end_subject()
            self.in_adjunct = self.in_adjunct or self.subject_start is None
        elif not self.in_relative and at > self.verb + 1 and is_other_verb(block, at, tables):
            self._end_subject()  # «رفض الكشف عن هويته»
        elif at > self.verb + 1 and not self.in_relative and word in tables.event_verbs:
            self._end_subject()
            self.in_event = self.in_event or not self.in_adjunct
        elif self.subject_start is not None and _is_voice(block, at):
            self.subject_start, self.subject_end = at + 1, None
        elif self.subject_start is None:
            self._begin_subject()
        elif ends_subject(block, at, tables) or is_accusative_adverb(self.text, block, at):
            self._end_subject()

    def _begin_subject(self) -> None:
        word = self.block.words[self.at]
        if "كل" in (word, self.block.words[self.at - 1]) and "من" in (word, self.block.word(self.at + 1)):
            return  # «كل من بغداد وواشنطن»
        if self.in_adjunct and self._ends_adjunct():
            self.in_adjunct = False
        if word in _TIME_ADJECTIVES and self.block.words[self.at - 1] in self.tables.adverbs:
            return
        if word == "اول" and self.block.word(self.at + 1) in ("من", "امس"):
            self.in_adjunct = True  # «أول من أمس»
            return
        if self.in_adjunct or word in self.tables.adverbs or is_accusative_adverb(self.text, self.block, self.at):
            return
        is_adjunct = (
            (word in self.tables.adjuncts and not _is_ali(self.text, self.block, self.at))
            or word.startswith("لل")
            or _is_addressee(word, self.tables)
        )
        if is_adjunct or not word[0].isalpha() or self._cannot_speak(word):
            self.in_adjunct = True
            self.is_addressed = word.startswith("ل")
        else:
            self.subject_start = self.at

    def _ends_adjunct(self) -> bool:
        """Tell whether a speaker may begin behind an addressee or a day («قال للصحيفة أمس الخميس مدير المركز»)."""
        block, at, tables = self.block, self.at, self.tables
        word, before = block.words[at], block.words[at - 1]
        if not self.is_addressed or word in tables.adverbs or word in tables.adjuncts:
            return False
        bare = word.removeprefix("ال")
        if bare not in tables.source_heads and at not in block.mention_ends:
            return before == '"' and word in tables.names
        return before in tables.adverbs or before == '"' or is_definite_end(block, at - 1, tables)

    def _cannot_speak(self, word: str) -> bool:
        """Tell a verb behind «و», and the accusative plural of an object («دعا المواطنين إلى»), from a subject."""
        block, at, tables = self.block, self.at, self.tables
        if self.reading.verb.addressee and word in _CALLED_UPON:
            return True
        if word in SENT or (word.endswith("يي") and self._is_oblique()):
            return True  # «وجهت رسالة», «وصف معارضي الاتفاق»
        if word in NEVER_NAMES or word in self.tables.particles or word in self.tables.relatives:
            return True
        if self.at not in self.block.mention_ends and is_finite_cue(self.block, self.at, self.tables):
            return True
        if word in _AND_NOT or (word[0] == "و" and (word in tables.other_verbs or is_event_verb(block, at, tables))):
            return True
        if self._is_manner(word):
            return True
        is_plural = word.startswith("ال") and word.endswith("ين") and len(word) >= _SHORTEST_PLURAL
        return is_plural and at not in block.mention_ends

    def _is_oblique(self) -> bool:
        """Tell «معارضي الاتفاق» with two ya, an oblique plural, from «الروائي», whose hamza is folded to one."""
        letters = [self.text.letter(self.block, self.at, at) for at in (-2, -1)]
        return letters == ["ي", "ي"] and self.at not in self.block.mention_ends

    def _is_manner(self, word: str) -> bool:
        """Tell «بصراحة», which says how something is said, from a name."""
        if word[0] != "ب" or len(word) <= _SHORTEST_MANNER or self.text.letter(self.block, self.at, -1) != "ة":
            return False
        return self.at not in self.block.mention_ends and word not in self.tables.names

    def _end_subject(self) -> None:
        if self.subject_start is not None and self.subject_end is None:
            self.subject_end = self.at


_SHORTEST_MANNER = 4
_SHORTEST_PLURAL = 7  # letters with article; shorter ones are names too (الأمين)
_CALLED_UPON = frozenset(
    ["الشعب", "المجتمع", "الجميع", "كافه", "جميع", "كل", "ابناء", "الجماهير", "العالم", "الامه", "الاطراف", "الدول"]
)
_AROUND_APPOSITION = 2  # commas
_OF_TWO_OBJECTS = frozenset(["اعتبر", "رأى"])
_SHORTEST_NOUN = 3
_TIME_ADJECTIVES = frozenset(
    ["الاول", "نفسه", "ذاته", "الماضي", "المقبل", "الجاري", "الحالي", "المنصرم", "الفايت", "القادم"]
)
_AND_NOT = frozenset(["وما", "ولا", "ولم", "ولن", "وقد", "ولو", "وان", "وهو", "وهي"])
_SIMPLE_PREPOSITIONS = frozenset(["ما", "لا", "في", "من", "عن", "الي", "علي", "مع", "لدي", "ب", "ل"])
_NOT_IN_NAME_ENDS = frozenset(["|", ",", ";", ":", "(", "-", "_"])


_LONGEST_BRACKET = 40  # tokens


def closing_bracket(block: Block, at: int) -> int | None:
    """Return the token that closes the bracket at `at`, where nobody is quoted, or None."""
    for token in range(at + 1, min(len(block.words), at + _LONGEST_BRACKET)):
        if block.words[token] == ")":
            return token if token + 1 < len(block.words) else None
        if block.words[token] == "(":
            return None
    return None


def _is_voice(block: Block, at: int) -> bool:
    """Tell «عبر المتحدثة» and «على لسان الناطق»: an institution speaks through the person named next."""
    following = block.words[at + 1] if at + 1 < len(block.words) else ""
    return block.words[at] in ("عبر", "لسان") and following.removeprefix("ال") in VOICES


def ends_subject(block: Block, at: int, tables: CueTables) -> bool:
    """Tell whether the subject of a verb ends before the word at `at`: an adverb, an addressee, an occasion."""
    word = block.words[at]
    following = block.words[at + 1] if at + 1 < len(block.words) else ""
    if word == "صباح" and following not in tables.adverbs:
        return False  # a name
    if word in tables.adverbs or _is_addressee(word, tables) or (word == "اول" and following in ("من", "امس")):
        return True
    if word in tables.circumstantial:
        return True
    if word == "عن" and _is_about(block, at, tables):
        return True  # «وقال المحلل عن الأسعار: إن»
    if word in ("ذلك", "هذا", "هذه", "لا") and not following.startswith("ال"):
        return True  # «يعلل الوزير ذلك بأن», «المجتمع الدولي، لا سيما»
    if word == "نيابه" and following == "عن":
        return True
    if word == "من" and _is_imperfect(following):
        return True  # «من يرغب»: whoever wishes
    if word == "في" and following.endswith(_OWN) and len(following) > _SHORTEST_OWN:
        return True  # «المتظاهرون في هتافاتهم»
    if word == "لدي" and is_verbal_noun(following):
        return True  # «لدى استقباله الوفد»
    if at + 1 < len(block.words) and _is_feminine_manner(block, at, tables):
        return True  # «وتضيف أليكس موضحة: ...»
    if word == "في" and (following[:1].isdigit() or following in TIME_NOUNS):
        return True  # «محللون في الأيام الأخيرة», «الأمم المتحدة في 2014»
    if word in ("في", "علي", "الي", "عن", "من", "مع", "لدي"):
        return following in tables.occasions or following in tables.adjuncts
    return word in tables.adjuncts


_OWN = ("ها", "هم", "هما")
_SHORTEST_OWN = 5


def _is_feminine_manner(block: Block, at: int, tables: CueTables) -> bool:
    """Tell «موضحة», a participle of saying without article before what is said."""
    following = block.words[at + 1]
    if following != ":" and following not in tables.particles and at + 1 not in block.opens:
        return False
    return block.words[at] in tables.manners


def _is_imperfect(word: str) -> bool:
    """Tell an imperfect of the third person («يرغب»), as far as its letters do, from names in ي."""
    return len(word) > _SHORTEST_IMPERFECT and word[0] == "ي" and word[-1] not in "يها"


_SHORTEST_IMPERFECT = 3


def _is_about(block: Block, at: int, tables: CueTables) -> bool:
    """Tell «عن» that says what is spoken of from one that belongs to the word before («صادر عن», «نقلاً عن»)."""
    before = block.words[at - 1]
    return before not in HEADS_WITH_ABOUT and before != "نقلا" and not is_event_verb(block, at - 1, tables)


def _is_addressee(word: str, tables: CueTables) -> bool:
    """Tell whether a word is «ل» with somebody spoken to («لوكالة», «للصحافيين»)."""
    return word in tables.to_addressees


def _another_cue(block: Block, at: int, tables: CueTables) -> bool:
    """Tell whether a new cue opens at `at`, behind a comma."""
    if at >= len(block.words):
        return False
    if block.words[at] not in tables.verbs:
        return False
    following = block.words[at + 1] if at + 1 < len(block.words) else ""
    opens = following in tables.particles or following == ":" or at + 1 in block.opens
    return any(
        r.form.is_accusative or (r.conjunction and r.form.kind == "finite" and (opens or not r.guarded))
        for r in readings_at(block, at, tables)
    )


def is_other_verb(block: Block, at: int, tables: CueTables) -> bool:
    """Tell whether the word at `at` can be a finite verb of saying, and nothing guarded."""
    return block.words[at] in tables.other_verbs


def is_finite_cue(block: Block, at: int, tables: CueTables) -> bool:
    """Tell whether a word can only be a finite verb of saying: feminine or plural («كتبت»), guarded or not."""
    word = block.words[at]
    return (
        word not in tables.names
        and word not in tables.source_heads
        and any(
            r.form.kind == "finite" and (r.form.gender == "f" or r.form.number == "p") and r.form.is_perfect
            for r in tables.verbs.get(word, ())
        )
    )


def _opening_at(
    text: Text, block: Block, token: int, at: int, reading: CueReading, tables: CueTables, past_subject: bool
) -> tuple[Opening, int, int, int] | None:
    """Return (opening, content token, letters to skip, end of the subject) if the content opens at `at`."""
    words = block.words
    word = words[at]
    following = words[at + 1] if at + 1 < len(block.words) else ""
    if word == "بان" and following == "كي":
        return None  # the name بان كي مون
    if word in tables.particles:
        if (
            not following
            or words[at - 1] in tables.before_particle
            or strip_conjunction(words[at - 1]) in tables.before_particle
        ):
            return None
        if not reading.takes_clause or _is_proviso(block, at, reading):
            return None
        end = at - 1 if words[at - 1] in ("الي", "علي", "عن", "من", "في") else at
        return "clause", (at + 2 if following == ":" and at + 2 < len(block.words) else at + 1), 0, end
    if word == ":" and (reading.takes_quote or at == token + 1):
        if not following or (following[0].isdigit() and words[at - 1][0].isdigit()):
            return None
        if following in tables.particles and at + 2 < len(block.words):
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
        and not (at + 1 in block.opens and _is_quoted_name(block, at + 1, tables, is_complement=True))
    ):
        return _behind_preposition(block, at, following, tables)
    if (
        len(word) > 3
        and word[0] in reading.prepositions
        and is_prefixed_content(
            block,
            at,
            tables,
            is_next=at == token + 1,
            is_demand=reading.verb.addressee and at > token + 1,
            text=None if reading.verb.addressee else text,
        )
    ):
        return "preposition", at, 1, at
    if word in reading.prepositions and word in ("ب", "ل") and at + 1 in block.opens:
        return "preposition", at + 1, 0, at
    if reading.takes_noun and _opens_noun(text, block, token, at, reading, tables, past_subject):
        return "noun", at, 0, at
    return None


_PROVISO = frozenset(["أقر", "قرر", "اعتزم", "اقترح", "اشترط", "طلب", "أعلن", "رفض", "تعهد"])


def _is_proviso(block: Block, at: int, reading: CueReading) -> bool:
    """Tell «أقر الخطة على أن تبدأ» ("provided that"), which belongs to a noun before it, from a content."""
    return block.words[at] == "ان" and block.words[at - 1] == "علي" and reading.lemma in _PROVISO


def _opens_noun(
    text: Text, block: Block, token: int, at: int, reading: CueReading, tables: CueTables, past_subject: bool
) -> bool:
    """Tell whether a noun without preposition opens the content at `at`: where the subject may be complete."""
    if reading.lemma in CONDEMNING and block.words[at] in DEEDS and at > token + 1 and not past_subject:
        return is_definite_end(block, at - 1, tables)
    if reading.objects:
        is_noun = block.words[at] in reading.objects
    else:
        is_noun = opens_noun_content(text, block, at, tables) or (
            at > token + 1
            and not past_subject
            and reading.lemma not in _OF_TWO_OBJECTS
            and _is_owned(block, at, tables)
        )
        if not is_noun and _is_definite_content(text, block, token, at):
            return True
    if not is_noun or _is_titled_name(block, at, tables):
        return False
    if at == token + 1 and block.words[at] in tables.source_heads:
        return gender_of(text, block, at, tables) != reading.form.gender  # «كشفت تقارير صدور قرار»
    before = block.words[at - 1]
    if at == token + 1 or before in COMMAS or before in tables.adverbs or before.isdigit():
        return True
    if not past_subject and is_definite_end(block, at - 1, tables):
        return True
    return block.words[at] in _ALWAYS_CONTENT or _is_possessed(block, at, tables)


def _is_titled_name(block: Block, at: int, tables: CueTables) -> bool:
    """Tell «العقيد سفر» and «الدكتور وحيد», a title with a name, from a noun that opens a content."""
    word = block.words[at]
    is_plain = word in _ALWAYS_CONTENT or is_verbal_noun(word) or _is_possessed(block, at, tables)
    is_name = word in tables.names or not (is_plain or word[-1] == "ه")
    return is_name and block.words[at - 1] in tables.titles and block.words[at - 1] not in HONORIFICS


_LETTERS_OF_PLURAL = 7  # with the article; الانتهاء and its kin are longer
_ALWAYS_CONTENT = frozenset(["اهميه", "ضروره"])
_COMPLEMENTS_OF_NOUNS = frozenset(["في", "من", "الي", "علي", "عن"])


def _is_definite_content(text: Text, block: Block, token: int, at: int) -> bool:
    """Tell «أعلن الجيش الانتهاء من»: a definite verbal noun with its preposition behind a complete subject."""
    word, before = block.words[at], block.words[at - 1]
    following = block.words[at + 1] if at + 1 < len(block.words) else ""
    if at <= token + 1 or not word.startswith("ال") or at in block.mention_ends or not is_verbal_noun(word[2:]):
        return False
    if word.endswith("يه") or (word[2] == "ا" and text.letter(block, at, 2) != "إ" and len(word) <= _LETTERS_OF_PLURAL):
        return False  # adjectives (التركية) and broken plurals (الأعضاء)
    return following in _COMPLEMENTS_OF_NOUNS and (before.startswith("ال") or at in block.mention_starts)


def _is_possessed(block: Block, at: int, tables: CueTables) -> bool:
    """Tell «معارضته», "his opposition", from a noun that belongs to the subject's own phrase."""
    word = block.words[at]
    before = block.words[at - 1]
    bare = before[1:] if before[0] in "لب" else before
    if not word.endswith(("ه", "ها", "هم", "هما")) or before in tables.adjuncts:
        return False
    if bare in tables.abstract_nouns or is_verbal_noun(bare):
        return False  # «لحماية تصنيفها»
    if _is_owned(block, at, tables):
        return True
    base = next(word[: -len(end)] for end in ("هما", "ها", "هم", "ه") if word.endswith(end))
    return (base.endswith("ت") and base[:-1] + "ه" in tables.abstract_nouns) or (
        base in tables.abstract_nouns and text_has_pronoun(word)
    )


def _is_owned(block: Block, at: int, tables: CueTables) -> bool:
    """Tell «أعلنت المقاومة سيطرتها على»: a noun in ة with the pronoun of the complete subject before it."""
    word = block.words[at]
    base = next((word[: -len(end)] for end in ("تها", "تهم", "ته") if word.endswith(end)), "")
    is_office = base + "ه" in tables.source_heads or base in tables.source_heads
    is_governing = block.word(at + 1) in _COMPLEMENTS_OF_NOUNS and word[0] != "و"
    return is_governing and len(base) >= _SHORTEST_OWNED and not is_office and is_definite_end(block, at - 1, tables)


_SHORTEST_OWNED = 4


def text_has_pronoun(word: str) -> bool:
    """Tell whether a folded word ends in a pronoun that no ta marbuta is folded to."""
    return word.endswith(("ها", "هم", "هما"))


def _is_ali(text: Text, block: Block, at: int) -> bool:
    """Tell the name «علي» from the preposition «على», unless «أن» or a verbal noun follows: some dot both."""
    if block.words[at] != "علي" or text.letter(block, at, -1) != "ي":
        return False
    following = block.words[at + 1] if at + 1 < len(block.words) else ""
    return not following.startswith("ان") and not is_verbal_noun(following or " ")


def _behind_preposition(
    block: Block, at: int, following: str, tables: CueTables
) -> tuple[Opening, int, int, int] | None:
    if following in tables.particles:
        return ("clause", at + 2, 0, at) if at + 2 < len(block.words) else None
    if following in tables.occasions or following in tables.adverbs or block.words[at - 1] in HEADS_WITH_ABOUT:
        return None
    if block.words[at] == "عن" and following in ("طريق", "كثب"):
        return None
    if block.words[at] == "علي" and block.words[at - 1] in HEADS_WITH_ON:
        return None
    return "preposition", at + 1, 0, at


_JOINTLY = frozenset(["بالتعاون", "بالتنسيق", "بالاجماع"])


def _has_hamza(text: Text | None, block: Block, at: int, tables: CueTables) -> bool:
    """Tell «بأداء» and «بإنجازات» by the hamza behind «ب», which begins no name, behind a complete subject."""
    if text is None or block.words[at][0] != "ب" or text.letter(block, at, 1) not in "أإآ":
        return False
    return is_definite_end(block, at - 1, tables)


def is_praised(block: Block, at: int, tables: CueTables) -> bool:
    """Tell «أشاد الوزير بجهود الفرق», a noun of what is praised or condemned, behind a complete subject."""
    before = block.words[at - 1] if at else ""
    is_free = before in COMMAS or before in tables.adverbs or is_definite_end(block, at - 1, tables)
    return block.words[at][0] == "ب" and block.words[at][1:] in PRAISED and is_free


_NEAR = 7  # tokens
_SHORT_VERBAL_NOUNS = (3, 4)  # letters
_LETTERS_OF_FORM_V = 4


def is_prefixed_content(
    block: Block, at: int, tables: CueTables, *, is_next: bool, is_demand: bool = False, text: Text | None = None
) -> bool:
    """Tell whether a word is a preposition of one letter with a noun that may be a content («بإنهاء», «بالانسحاب»)."""
    word = block.words[at]
    if word in _JOINTLY and at > 0 and (block.word(at + 1).startswith("ال") or block.word(at + 1) == "بين"):
        return True  # «أشاد بالتعاون القائم بين», not «بالتعاون مع»
    if word in PREFIXED_BY_CHANCE or at in block.mention_ends or word in tables.adverbs or word in tables.source_heads:
        return False
    rest = word[1:]
    if word[0] == "ل" and _is_addressee(word, tables) and rest[1:] not in tables.abstract_nouns:
        return False
    is_short = len(rest) in _SHORT_VERBAL_NOUNS and not rest.endswith(("ه", "ي"))
    if is_demand and word[0] == "ب" and is_short and word not in tables.names and rest not in tables.source_heads:
        return True  # «بضبط», «بحسم»: verbal nouns of form I
    if is_demand and rest[0] == "ت" and len(rest) == _LETTERS_OF_FORM_V:
        return True  # «لتجنب»
    if is_praised(block, at, tables) or (not is_next and _has_hamza(text, block, at, tables)):
        return True
    if rest in tables.occasions and not tables.particles.isdisjoint(block.words[at + 1 : at + _NEAR]):
        return False  # «اعترف باجتماع الوزراء أن»: where it was said
    if rest.startswith("ال") or word.startswith("لل") or rest in tables.abstract_nouns or is_verbal_noun(rest):
        return True
    return is_next and len(rest) > 3


def _is_plain_cue(word: str, tables: CueTables) -> bool:
    return any(not reading.guarded for reading in tables.verbs.get(word, ()))


def _is_quoted_name(block: Block, at: int, tables: CueTables, *, is_complement: bool = False) -> bool:
    """Tell whether the quotation at `at` is a name in the subject («شركة "النور" إنها»): short, «أن» follows.

    Behind the verb's own preposition (`is_complement`) it is a name only where «أن» follows.
    """
    if block.words[at - 1] in ("فيه", "فيها", "خلاله", "خلالها", "به", "بها"):
        return False  # «أعلنت فيه "بدء العملية"»
    closing = block.opens[at][1]
    if closing - at > 8 or closing + 1 >= len(block.words) or block.words[at + 1] in tables.particles:
        return False
    after = block.words[closing + 1]
    is_short = closing - at <= _LONGEST_NAME_IN_QUOTES and not is_complement
    if is_short and (block.words[at - 1] in PREPOSITIONS or block.words[at - 1] in ("ب", "ل")):
        return True
    if is_short and (after == ":" or (after[0].isalnum() and not _is_plain_cue(after, tables))):
        return True
    if is_short and closing - at <= _ONE_QUOTED_WORD and after in COMMAS and block.words[at - 1][0].isalnum():
        return True  # «الرجل "الطيب"،»
    following = block.word(closing + 2)
    opens = closing + 2 in block.opens or following in tables.particles or following in ("الي", "علي", "عن")
    if is_short and after in COMMAS and opens:
        return True
    if is_short and after != ":" and strip_conjunction(block.words[at - 1]).removeprefix("ال") in NAMED_IN_QUOTES:
        return True  # «موقع "اليوم السابع"»
    for token in range(closing + 1, min(len(block.words), closing + 25)):
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
