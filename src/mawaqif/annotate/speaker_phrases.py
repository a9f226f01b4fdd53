"""Reads a speaker phrase as words, each with its mention of an actor, and says what a resolved speaker is."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass

from mawaqif.annotate.speaker_words import (
    Gender,
    Kind,
    Number,
    SpeakerWords,
    folded_words,
    speaker_words,
    without_article,
)
from mawaqif.arabic.reading_copy import reading_copy
from mawaqif.arabic.text import NormalisedText
from mawaqif.records import Mention, Reading, Span
from mawaqif.vocabulary import Vocabulary

MEMORY = 60


"""Earlier speakers and mentions that one phrase may point back to; keeps a phrase at constant cost."""


_LONGEST_PHRASE = 60


"""Words of a phrase that are looked at; a longer one was cut wrongly."""


@dataclass(slots=True, unsafe_hash=True)  # never changed, but not frozen, which would take three times as long to make
class ResolvedSpeaker:
    """The speaker of one phrase.

    Attributes:
        span: The source span of the whole phrase; of its own part for a joint speaker.
        speaker_id: A registered id, or `x-` and the normalised name with underscores; None where nobody is named.
        speaker_name: The personal name as printed, else the phrase; the registered Arabic name for a registered actor.
        registered: Whether `speaker_id` stands in the vocabulary.
        grade: person, office (a role without a name), institution or anonymous; None with no speaker.
        on_behalf_of_id: The registered body that the speaker speaks for.
        gender: m or f as verbs and pronouns agree with it; None where unknown.
        number: s, d or p; plurals of things are p and f.
        members: The joint speakers, one each, where there are several; the outer record then repeats the first.
        roles: Folded heads of the roles, bodies and documents it came with: «الوزير», «البيان» find it by them.
        words: All folded words of the phrase, for longer roles said again without the name.
    """

    span: Span
    speaker_id: str | None
    speaker_name: str | None
    registered: bool
    grade: str | None
    on_behalf_of_id: str | None = None
    gender: Gender | None = None
    number: Number | None = None
    members: tuple[ResolvedSpeaker, ...] = ()
    roles: tuple[str, ...] = ()
    words: frozenset[str] = frozenset()

    def at(self, span: Span, gender: Gender | None = None) -> ResolvedSpeaker:
        """Return the same speaker for another phrase, with a gender that the verb tells.

        `dataclasses.replace` takes five times as long.
        """
        return ResolvedSpeaker(
            span,
            self.speaker_id,
            self.speaker_name,
            self.registered,
            self.grade,
            self.on_behalf_of_id,
            gender or self.gender,
            self.number,
            self.members,
            self.roles,
            self.words,
        )


_TOKEN = re.compile(r"[^\W\d_]+|\d+")


RELATIVE = folded_words("التي الذي الذين اللذان اللذين اللواتي اللاتي")


PREPOSITIONS = frozenset({"على"}) | folded_words(
    """
    وهو وهي وهم وهما
    فإن بأن لأن وأن فيما بينما بني بنو قد وقد لما ما أعلاه في من إلى عن لدى باسم باسمه باسمها باسمهم عبر
    بشأن لشؤون ضمن بين مع حول قرب ب ل ضد قبل بعد عليها عليه عليهم فيها فيه ومن ومنهم ومنها وبينهم وبينها
    وبدعم وبحضور وبمشاركة منها منه منهم لها له لهم بها به عنها عنه إليها إليه بينهم بينها أن إن إذ حيث كما
    بلسان خلال أثناء بصفته بصفتها ك أو أم مثل
    """
)


# The copy folds على and علي into one; the preposition is told by its last letter in the source.
QUALIFIERS = folded_words(
    """
    شمال جنوب شرق غرب وسط شمالي جنوبي شرقي غربي
    سابق سابقة أسبق عشر كبير كبيرة كبار رفيع رفيعة رفيعو رسمي رسمية بارز بارزة عام عامة أول خاص خاصة مطلع
    مطلعة موثوق موثوقة متطابقة متعددة عدة أحد إحدى بعض جديد جديدة أعلى قديم غير لم لا هو هي نفسه نفسها
    هذا هذه ذلك تلك كل جميع معظم تابع تابعة مقرب مقربة ذاته ذاتها
    نظيره نظيرها كلا كلتا عدد أغلب أغلبية غالبية كثير كثيرون
    بعضهم أحدهم مجموعة واحد واحدة اثنان اثنين اثنتان ثلاثة أربعة خمسة ستة سبعة ثمانية تسعة عشرة عشرات مئات آلاف
    """
)


NAME_PARTICLES = folded_words("بن ابن بنت آل أبو أبي عبد فون دي دو ال الله الدين أم ذو دير فان")


# Neither is frozen: they are made for every word and part of a phrase, and frozen ones take three times as long.
@dataclass(slots=True)
class Word:
    """One word of a phrase, folded, without a clitic before it; `start` and `end` are indices into the copy."""

    word: str
    start: int
    end: int
    mark: str
    """The comma, bracket, dash or colon before it, or nothing."""
    mention: Mention | None = None
    linked: bool = False
    """Whether a ل or ب was taken off it."""
    is_definite: bool = False

    @property
    def apart(self) -> bool:
        """Whether a mark parts it from the word before."""
        return bool(self.mark)

    @property
    def bare(self) -> str:
        """The word without its article."""
        return self.word[2:] if self.is_definite else self.word


@dataclass(slots=True)
class Phrase:
    """The words of one speaker phrase, with the document and the speakers before it."""

    tokens: tuple[Word, ...]
    reading: Reading
    vocabulary: Vocabulary
    copy: NormalisedText
    history: Sequence[ResolvedSpeaker]
    lexicon: SpeakerWords

    @property
    def span(self) -> Span:
        """The source span of the words."""
        return self.copy.source_span(self.tokens[0].start, self.tokens[-1].end)

    def text(self, first: int, last: int) -> str:
        """Return the words `first` to `last` as printed, without marks around them."""
        span = self.copy.source_span(self.tokens[first].start, self.tokens[last].end)
        printed = _closed(" ".join(self.reading.words(span).strip(" \n\t\"'«»“”‘’()،,").split()))
        opened = printed.startswith("لل") and self.tokens[first].word.startswith("ال")
        return "ال" + printed[2:] if opened else printed


def _closed(printed: str) -> str:
    """Give back the closing mark that was taken off a name with a quoted one inside («موقع "النهار"»)."""
    if printed.count('"') % 2:
        return printed + '"'
    for opening, closing in ("«»", "“”"):
        if printed.count(opening) > printed.count(closing):
            return printed + closing
    return printed


def read_phrase(reading: Reading, vocabulary: Vocabulary, span: Span, history: Sequence[ResolvedSpeaker]) -> Phrase:
    """Read the phrase as words without leading clitics, each with the registered mention that it belongs to."""
    copy = reading_copy(reading)
    start, end = copy.index_of(span.start), copy.index_of(span.end)
    text = copy.text[start : min(end, start + 12 * _LONGEST_PHRASE)]
    words = speaker_words(vocabulary)
    mentions = mentions_within(reading, span)
    tokens: list[Word] = []
    at = 0
    for match in _TOKEN.finditer(text):
        word = match.group()
        if word in RELATIVE or len(tokens) == _LONGEST_PHRASE:
            break
        first, last = match.span()
        between = text[at:first]
        mark = "" if between in ("", " ") else next((mark for mark in between if mark in ",(-[:;"), "")
        cut = _clitic(word, words, is_first=not tokens)
        is_linked = bool(tokens) and (cut > 0 or word.startswith("لل"))
        if word[cut:].startswith("لل") and len(word) > cut + 3:
            word = word[:cut] + "ال" + word[cut + 2 :]
        begins, ends = copy.starts.item(start + first), copy.ends.item(start + last - 1)
        if word == "علي" and reading.text[ends - 1] == "ى":
            word = "على"
        mention = next((m for m in mentions if m.start < ends and m.end > begins), None) if mentions else None
        word = word[cut:]
        is_article = _is_article(word, reading.text[begins + cut : begins + cut + 1], words)
        tokens.append(Word(word, start + first + cut, start + last, mark, mention, is_linked, is_article))
        at = last
    return Phrase(tuple(tokens), reading, vocabulary, copy, history[-MEMORY:], words)


def _is_article(word: str, first_letter: str, words: SpeakerWords) -> bool:
    """Whether a word is definite; ألكسندر begins with a hamza and إلياس is a name."""
    return word.startswith("ال") and len(word) > 3 and first_letter not in "أإآ" and word not in words.given_names


def _clitic(word: str, words: SpeakerWords, *, is_first: bool) -> int:
    """Return how many letters to take off: conjunction and preposition before the first word, ل or ب elsewhere."""
    known = words.known
    if word in PREPOSITIONS or without_article(word) in known:
        return 0
    for clitic in ("و", "ف", "ل", "ب", "ول", "وب", "فل") if is_first else ("ل", "ب"):
        if not word.startswith(clitic):
            continue
        rest = word[len(clitic) :]
        is_word = without_article(rest) in known or (is_first and clitic in "وف" and rest in QUALIFIERS)
        if is_word or rest.startswith("لل"):
            return len(clitic)
    return 0


def mentions_within(reading: Reading, span: Span) -> list[Mention]:
    """Return the registered mentions that touch the span; mentions are in order of the text."""
    at = bisect_left(reading.mentions, span.start, key=lambda mention: mention.start)
    at = max(0, at - 2)
    found: list[Mention] = []
    for mention in reading.mentions[at : at + _LONGEST_PHRASE]:
        if mention.start >= span.end:
            break
        if mention.end > span.start:
            found.append(mention)
    return found


def kind_of(token: Word, words: SpeakerWords) -> Kind:
    """Return what a word can head: a role, a body, a document, an unnamed source, or something else."""
    bare = token.bare
    if bare in words.anonymous:
        return "anonymous"
    if bare in words.roles:
        return "role"
    if bare in words.documents:
        return "document"
    return "body" if bare in words.bodies else "other"
