"""Walks from a reporting verb to what opens its content, and notes the subject on the way."""

from __future__ import annotations

from dataclasses import dataclass

from mawaqif.annotate.clauses import (
    COMMAS,
    STOPS,
    Block,
    Text,
    breaks_at,
    is_accusative_adverb,
    is_definite_end,
    is_event_verb,
)
from mawaqif.annotate.cues import MAY_OPEN, CueReading, CueTables
from mawaqif.annotate.function_words import (
    BODIES,
    DEMONSTRATIVES,
    HEADS_WITH_ABOUT,
    IN_THEIR_NAME,
    NEVER_NAMES,
    NOUNS_OF_SAYING,
    PRONOUNS_WITH_PREPOSITION,
    SENT,
    TIME_NOUNS,
    VOICES,
)
from mawaqif.annotate.headers import Opening
from mawaqif.annotate.openings import (
    LONGEST_NAME_IN_QUOTES,
    OF_TWO_OBJECTS,
    another_cue,
    is_ali,
    is_finite_cue,
    is_other_verb,
    opening_at,
)
from mawaqif.arabic.lemmas import is_verbal_noun

_WINDOW = 60  # tokens between a verb and its content; news agencies put whole biographies there


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
    told_in_relative: bool = False
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
            signal = signals[words[at]]
            is_open = at in block.opens or at == self.behind_time
            if signal or is_open:
                if words[at] in COMMAS and (after := self._past_aside()) is not None:
                    self.at = after
                    continue
                if words[at] == "(" and (closing := closing_bracket(block, at)) is not None:
                    self.at = closing + 1
                    continue
                if (is_open or signal == MAY_OPEN) and (found := self._opened()) is not None:
                    return found
                if at in block.opens:
                    self._pass_quotation()
                    continue
                if self._is_over():
                    return None
                self._note_subject()
            elif self.subject_start is None and (
                self.is_addressed or not self.in_adjunct or words[at] in self.tables.source_heads
            ):
                self._begin_subject()
            self.at += 1
        return None

    def _past_aside(self) -> int | None:
        """Return where an aside on the subject ends: «، وهو يتحدث من مكتبه:», «، مشترطاً عدم ذكر اسمه، إن»."""
        block, at = self.block, self.at
        following = block.word(at + 1)
        is_aside = following in _ASIDES or (
            following in self.tables.circumstantial and stays_unnamed(block, at + 1, self.tables)
        )
        if not is_aside or self.subject_start is None:
            return None
        for token in range(at + 2, min(len(block.words), at + _LONGEST_ASIDE)):
            word = block.words[token]
            if word in STOPS or word in self.tables.particles or token in block.opens:
                return None
            if word in COMMAS or word == ":":
                self._end_subject()
                return token + (word != ":")
        return None

    def _opened(self) -> Complement | None:
        """Return the complement where its content opens at the current word."""
        past_subject = not self.reading.verb.addressee and (self.in_adjunct or self.subject_end is not None)
        opened = opening_at(self.text, self.block, self.verb, self.at, self.reading, self.tables, past_subject)
        if opened is None and self.at == self.behind_time and self._opens_behind_time():
            opened = "noun", self.at, 0, self.at
        if opened is None or (self.in_event and opened[0] in ("noun", "preposition")):
            return None
        if self.in_relative and opened[0] == "clause" and self._belongs_to_relative():
            return None
        if self.in_relative and opened[0] == "noun" and is_accusative_adverb(self.text, self.block, self.at):
            return None  # an object of the relative clause
        opening, content, offset, end = opened
        return Complement(opening, content, offset, self._subject(end))

    def _belongs_to_relative(self) -> bool:
        """Tell the first «أن» of «أكدت الحكومة التي اتهمت الوكالة بأنها تراقبها، أن لديها أدلة»."""
        block, at = self.block, self.at
        if not self.told_in_relative or block.words[at - 1] in COMMAS:
            return False
        self.told_in_relative = False
        rest = range(at + 2, min(len(block.words), at + _WINDOW))
        return any(
            block.words[later] in self.tables.particles
            and block.words[later - 1] in COMMAS
            and block.sentence[later] == block.sentence[at]
            for later in rest
        )

    def _opens_behind_time(self) -> bool:
        """Tell the object of «أعلنت الوزارة أمس الأحد وفاة جنديين»: a noun behind subject and time."""
        word, tables = self.block.words[self.at], self.tables
        if self.subject_start is None or not self.reading.takes_noun or self.reading.objects or self.in_relative:
            return False
        if self.reading.lemma in OF_TWO_OBJECTS or self.in_event:
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
        if self.subject_start is None and not self.in_adjunct and closing - self.at <= LONGEST_NAME_IN_QUOTES:
            self.subject_start = self.at  # «قالت "بوينغ" إن»
            if closing + 1 < len(block.words) and block.words[closing + 1] in self.tables.adjuncts:
                self.subject_end = closing + 1
        self.at = closing + 1

    def _subject(self, end: int) -> tuple[int, int] | None:
        start = self.subject_start
        if start is None:
            return None
        end = end if self.subject_end is None else self.subject_end
        if self.block.words[start] in DEMONSTRATIVES and end > start + 1:
            if self.block.words[start + 1].removeprefix("ال") in self.tables.source_heads:
                start += 1  # «قال هذا المسؤول إن»
            elif self.reading.lemma in OF_TWO_OBJECTS or self.reading.lemma == "وصف":
                return None  # «واعتبر هذا الادعاء "فضيحة"»
        if end > start + 1 and self._is_whole(start):
            end = start + 1
        while end > start and self._ends_no_name(end - 1):
            end -= 1
        return (start, end) if end > start else None

    def _is_whole(self, start: int) -> bool:
        """Tell «اعتبر البيان مدينة درعا منطقة»: behind a body with article an indefinite noun is the object."""
        word, following = self.block.words[start], self.block.words[start + 1]
        is_act = following.startswith("ال") and is_verbal_noun(following[2:]) and not following.endswith(("ي", "يه"))
        if is_act and word.startswith("ال") and word[2:] in self.tables.source_heads:
            return True  # «أرجع الوزير التأخير إلى»
        if word in _PAIRS and following.startswith("ال") and not following.endswith(("ان", "ي", "يه")):
            return True  # «أكد الجانبان الحرص على»
        if not word.startswith("ال") or word[2:] not in BODIES or not following[0].isalpha():
            return False
        if following.startswith(("ال", "لل")) or following in self.tables.adjuncts or following in self.tables.adverbs:
            return False
        return following[0] not in "وبل" and following not in self.tables.relatives

    def _ends_no_name(self, token: int) -> bool:
        """Tell a mark or a preposition («الوزير في»), with which no subject ends, from the name «علي»."""
        word = self.block.words[token]
        return word in _NOT_IN_NAME_ENDS or (word in _SIMPLE_PREPOSITIONS and not is_ali(self.text, self.block, token))

    def _is_over(self) -> bool:
        """Tell whether the clause of the verb ends at the current word without a content."""
        block, at, tables = self.block, self.at, self.tables
        word = block.words[at]
        if word in STOPS:
            return at + 1 >= len(block.words) or block.sentence[at + 1] != block.sentence[self.verb]
        if word in COMMAS:
            return another_cue(block, at + 1, tables) or breaks_at(block, at + 1, tables)
        if word in tables.circumstantial and block.word(at + 1) != "باسم":
            return not self.reading.form.is_accusative or at > self.verb + 1
        if at == self.verb + 1:
            return word in tables.particles  # one that opens no content: «في الوقت الذي يتوقع أن»
        if self.in_relative or word in tables.relatives:
            self.told_in_relative |= self.in_relative and is_other_verb(block, at, tables)
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
        elif word == "علي" and self.reading.lemma in _ANSWERING and not is_ali(self.text, block, at):
            self._end_subject()  # «رد الناطق على الاتهام قائلا»
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
            (word in self.tables.adjuncts and not is_ali(self.text, self.block, self.at))
            or word.startswith("لل")
            or _is_addressee(word, self.tables)
        )
        if is_adjunct or not word[0].isalpha() or self._cannot_speak(word):
            self.in_adjunct = True
            self.is_addressed = word.startswith("ل")
        else:
            self.subject_start = self.at

    def _ends_adjunct(self) -> bool:
        """Tell whether a speaker may begin behind addressee, day or place («قال للصحيفة أمس في بيروت مدير المركز»)."""
        block, at, tables = self.block, self.at, self.tables
        word, before = block.words[at], block.words[at - 1]
        if self.in_relative or word in tables.adverbs or word in tables.adjuncts:
            return False
        if not _IN_COMPANY.isdisjoint(block.words[self.verb + 1 : at]):
            return False  # «في ختام لقائه مع الرئيس وزير الخارجية»: either may be meant
        head = block.word(at + 1) if word in DEMONSTRATIVES else word
        if head.removeprefix("ال") not in tables.source_heads and at not in block.mention_ends:
            return self.is_addressed and before == '"' and word in tables.names
        is_free = before in tables.adverbs or before in tables.places or before in _ENDS_OF_AGENCIES or before == '"'
        if is_free or self.is_addressed:
            return is_free or is_definite_end(block, at - 1, tables)
        is_office = word in tables.source_heads and not self.reading.verb.addressee
        return is_office and before.startswith("ال") and before not in tables.relatives

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


_IN_COMPANY = frozenset(
    ["مع", "نظيره", "نظيرها", "لقايه", "لقايها", "لقايهما", "بين", "عن", "برياسه", "بحضور", "استقباله", "استقبالها"]
)
_ENDS_OF_AGENCIES = frozenset(["برس", "رويترز", "بي", "ان", "نيوز", "اف"])
_PAIRS = frozenset(["الجانبان", "الطرفان", "البلدان", "الرييسان", "الوزيران", "الزعيمان", "المسوولان", "الدولتان"])
_ASIDES = frozenset(["وهو", "وهي", "وهم", "وهما"])
_LONGEST_ASIDE = 25  # tokens
_ANSWERING = frozenset(["رد", "علق", "عقب"])
_SHORTEST_MANNER = 4
_SHORTEST_PLURAL = 7  # letters with article; shorter ones are names too (الأمين)
_CALLED_UPON = frozenset(
    ["الشعب", "المجتمع", "الجميع", "كافه", "جميع", "كل", "ابناء", "الجماهير", "العالم", "الامه", "الاطراف", "الدول"]
)
_AROUND_APPOSITION = 2  # commas
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
    if (
        word in tables.adverbs
        or word in tables.relayed
        or (_is_addressee(word, tables) and not _belongs_to_office(block, at, tables))
        or (word == "اول" and following in ("من", "امس"))
    ):
        return True
    if word in tables.circumstantial:
        return True
    if word in IN_THEIR_NAME and _SPOKESMEN.isdisjoint(block.words[max(0, at - 3) : at]):
        return True  # «أعرب الملك باسمه وباسم الشعب عن»; but «المتحدث باسمها سالم»
    if word == "عن" and _is_about(block, at, tables):
        return True  # «وقال المحلل عن الأسعار: إن»
    if word == "ما" and following in ("مفاده", "معناه", "نصه", "يلي", "فحواه"):
        return True
    if word in ("ذلك", "هذا", "هذه", "لا") and not following.startswith("ال"):
        return True  # «يعلل الوزير ذلك بأن», «المجتمع الدولي، لا سيما»
    if word == "الي" and following == "القول":
        return True  # «ومضى الوزير إلى القول»
    if word in NOUNS_OF_SAYING and (following in tables.particles or following in ("علي", "الي")):
        return True  # «كرر الرئيس القول إن»
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
        is_occasion = following.removeprefix("ال") in tables.occasions and following != "البرنامج"
        return is_occasion or following in tables.occasions or following in tables.adjuncts
    return word in tables.adjuncts


def _belongs_to_office(block: Block, at: int, tables: CueTables) -> bool:
    """Tell «المدير العام للوكالة الدولية» from «قال المدير للوكالة»: an adjective follows, an office stands before."""
    if not block.words[at].startswith("لل") or not block.word(at + 1).startswith("ال"):
        return False
    before = block.words[at - 1]
    return before in _OF_OFFICES or before.removeprefix("ال") in tables.source_heads


_OF_OFFICES = frozenset(["العام", "العامه", "التنفيذي", "التنفيذيه", "الرسمي", "الرسميه", "الاقليمي", "الاقليميه"])
_SPOKESMEN = frozenset(
    ["متحدث", "المتحدث", "متحدثه", "المتحدثه", "ناطق", "الناطق", "ناطقه", "الناطقه", "متحدثا", "ناطقا"]
)
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
