"""Reads the dates of a document in their sentences: which days, past, planned or only imagined, and of what."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from functools import lru_cache
from itertools import pairwise
from typing import NamedTuple

import numpy as np

from mawaqif.arabic.calendar import Interval
from mawaqif.arabic.date_context import Context
from mawaqif.arabic.date_meanings import mean_event
from mawaqif.arabic.date_phrases import DatePhrase, NamedEvent
from mawaqif.arabic.date_zones import Remembered
from mawaqif.arabic.dates import resolve_in_order, scan_dates
from mawaqif.arabic.reading_copy import reading_copy
from mawaqif.arabic.text import NormalisedText, fold, normalise
from mawaqif.records import DateExpression, Publication, Reading
from mawaqif.vocabulary import DatesFile, Vocabulary

WIDEST_RANGE = 45
WIDEST_RANGE_OF_YEARS = 366
"""Days: a publication range up to this wide widens days, weeks and months, or years; over a wider one both ends must
give the same days."""

NEAR_VERB = 6
"""Words before a day or month without its year in which a perfect tells that it is past."""

LONGEST_EVENT = 9
"""Words of a clause that are kept as the dated event; the codings have two to eight."""

_EDGE = re.compile(r'[,;:.!?"()\n\[\]]|(?<!\S)(?:و?ان|بان|لان|و?انه|و?انها|بانه|حيث|فيما|بينما)(?!\S)')
_EDGES = frozenset(("ان", "وان", "بان", "لان", "انه", "وانه", "انها", "وانها", "بانه", "حيث", "فيما", "بينما"))
_SIGNS = tuple(',;:.!?"()\n[]')
_PARTICLES = frozenset(("ان", "وان", "بان", "انه", "وانه", "انها", "وانها", "بانه", "بانها", "انهم", "وانهم"))
_SIGN = re.compile(r'[,;:.!?"()\n\[\]]')
# Future verbs are written «س» and an imperfect; nouns of the same beginning are left out.
_FUTURE_VERB = re.compile(
    r"[وف]?س[يتن](?!اس|ار|طر|ناريو|ين|ه\Z|اد|د\Z|ده\Z|دي\Z|نا|ول|ما\Z|تر|ره|ف|ل\Z|يف|ت\Z|م\Z|وات|وي"
    r"|تي\Z|سي\Z|دني|مون|رلانك|ميوني|رين|باست|بيري|لفا|منز|غافور|ترال|جار\Z|دات|امفورد|انلي|اندر|انفورد|الين|وكهولم|راسبو|وك\Z)"
    r"\w{2,}\Z"
)
# Perfects of the third person: feminine by their ending; masculine of the derived forms by their shape (verbal nouns
# have an alif before the last letter), and those of news.
_SHAPED = r"ا[ج-ي]ت\w{2}|ان\w{3}|است\w{3}"
_MASCULINE = (
    "كان|تم|جري|وقع|بدا|اعلن|شهد|صدر|اقر|عقد|وافق|دخل|تاسس|اسس|توفي|قتل|وصل|غادر|اصيب|اغتيل|صوت|زار|كشف|خرج|عاد|تولي|"
    "عين|قضي|قضاه|قضاها|امضي|امضاه|امضاها|شكل|اطلق|اطاح|توصل|نجح|فشل|سقط|انهار|فاز|خسر|اصدر|اعدم|افرج|الغي|اغلق|تحول|صار|اصبح|جاء|استقال|استعاد|قرر|قال|تراجع|تقاعد|هاجر"
)
_PERFECT_WORD = re.compile(
    rf"[وف]?(?:(?![يتنا])\w{{2,}}(?<!ا)ت|ا(?!ل)\w{{2,}}(?<!ا)ت|(?![وف]?[يتن])\w{{3,}}وا|(?:{_SHAPED})(?<!ا\w)(?<![هن])|{_MASCULINE})\Z"
)
_NO_PERFECT = frozenset(
    fold(
        "وقت الوقت تحت بيت بيروت الكويت كويت زيت صوت موت بنت سبت حيث ثبت ليست وليست ليت التمر التسع التلف التعب انهما"
    ).split()
)
# «صارت», «أعلنت», «كان»: a perfect right after «بعد عامين» or its comma looks back.
_PERFECT = re.compile(rf",? (?:(?![يتنا])\w{{2,}}ت|ا(?!ل)\w{{2,}}ت|(?:{_SHAPED})(?<!ا\w)(?<![هن])|{_MASCULINE})(?!\w)")
_LINKS = frozenset(
    fold(
        "و ب ل في وفي خلال وخلال من إلى على منذ بعد قبل حتى بتاريخ عن مع يوم يومي أثناء لدى مدى عهد ولاية زمن حكم "
        "بحلول شهر عام فترة"
    ).split()
)


_TOWNS = frozenset(("إب", "اب"))
"""The town of Ibb, which folds to the letters of «آب»; a writer who means the month writes its madda."""


# What a word of a clause can tell of its status; a set of these is remembered for each word.
_AHEAD, _SUPPOSES, _BEFORE_IMPERFECT, _IMPERFECT, _WAS_DUE, _PAST = 1, 2, 4, 8, 16, 32
_SCHEDULED = 128
_IN_PHRASE = 64  # ends with the first word of a status phrase of several words


class _Cues(NamedTuple):
    """What the status words of the vocabulary, with their clitics, say of a word; and the phrases of several words."""

    signs: Remembered[int]
    phrases: dict[str, tuple[str, ...]]
    nouns: frozenset[str]

    def read(self, words: Sequence[str]) -> int:
        """Return what all words of a clause can tell together."""
        found = 0
        for word in words:
            found |= self.signs[word]
        return found

    def look_ahead(self, told: int, text: str) -> bool:
        """Whether a clause looks ahead: by a word or phrase of the vocabulary, or by «س» and an imperfect."""
        return bool(told & _AHEAD) or self._has_phrase(told, "future_verbs", text)

    def suppose(self, told: int, text: str, words: list[str]) -> bool:
        """Whether a clause only supposes: «ربما», «في حال», and «قد» before an imperfect, not «قد أعدت»."""
        if told & _SUPPOSES or self._has_phrase(told, "hypothetical", text):
            return True
        if not told & _BEFORE_IMPERFECT:
            return False
        signs = self.signs
        return any(signs[word] & _BEFORE_IMPERFECT and signs[after] & _IMPERFECT for word, after in pairwise(words))

    def had_been_due(self, told: int, text: str) -> bool:
        """Whether a clause says what was due and did not come, or what would have been («لو»)."""
        return bool(told & _WAS_DUE) or self._has_phrase(told, "counterfactual", text)

    def _has_phrase(self, told: int, kind: str, text: str) -> bool:
        return bool(told & _IN_PHRASE) and any(phrase in text for phrase in self.phrases[kind])


class DateInText(NamedTuple):
    """A phrase with its sentence in the copy (start, end), where its clause begins, and what that tells of status."""

    phrase: DatePhrase
    sentence: tuple[int, int]
    clause_start: int
    is_future: bool
    is_back: bool
    is_hypothetical: bool
    is_counterfactual: bool

    @property
    def outlook(self) -> str | None:
        """Whether the clause looks ahead; the words of the phrase itself win over the clause."""
        return self.phrase.lean or ("future" if self.is_future else "past" if self.is_back else None)


@lru_cache(maxsize=4)
def _compile_cues(words: DatesFile) -> _Cues:
    singles: dict[str, frozenset[str]] = {}
    phrases: dict[str, tuple[str, ...]] = {}
    for kind, forms in words.status.items():
        folded = [fold(form) for form in forms]
        singles[kind] = frozenset(clitic + f for f in folded if " " not in f for clitic in ("", "و", "ف", "ب", "ل"))
        phrases[kind] = tuple(f for f in folded if " " in f)
    firsts = tuple({phrase.split()[0] for group in phrases.values() for phrase in group})
    nouns = frozenset(
        clitic + form
        for noun in map(fold, words.event_nouns)
        for form in ({noun, noun[:-1] + "ت"} if noun.endswith("ه") else {noun})
        for clitic in ("", "ال", "و", "وال", "ب", "بال", "ل", "لل", "ف")
    )

    def read_word(word: str) -> int:
        return (
            _AHEAD * (word in singles["future_verbs"] or _FUTURE_VERB.match(word) is not None)
            | _SUPPOSES * (word in singles["hypothetical"])
            | _BEFORE_IMPERFECT * (word in singles["before_imperfect"])
            | _IMPERFECT * (word[0] in "يتن")
            | _WAS_DUE * (word in singles["counterfactual"])
            | _PAST * is_perfect(word)
            | _SCHEDULED * (word in singles["scheduled"])
            | _IN_PHRASE * word.endswith(firsts)
        )

    return _Cues(Remembered(read_word), phrases, nouns)


class DatedText(NamedTuple):
    """The dates of a text in their clauses, and the places of the events it names."""

    dates: tuple[DateInText, ...]
    events: tuple[NamedEvent, ...]


@lru_cache(maxsize=4)
def read_in_sentences(text: str, sentences: tuple[tuple[int, int], ...], words: DatesFile) -> DatedText:
    """Find the date phrases of normalised `text` and read the clause that each stands in.

    `sentences` are index pairs of the copy, in order; a phrase outside of them is read in its line. The last few texts
    are kept: the inference of the day of writing and the annotation of dates share one reading.
    """
    cues = _compile_cues(words)
    phrases, events = scan_dates(text, words)
    news = find_reported(text, events)
    read: list[DateInText] = []
    at = 0
    for phrase in phrases:
        while at < len(sentences) and sentences[at][1] <= phrase.start:
            at += 1
        inside = at < len(sentences) and sentences[at][0] <= phrase.start
        sentence = sentences[at] if inside else _line_around(text, phrase)
        if news is not None and phrase.kind == "counted" and _WHAT_HAPPENED.search(text, 0, phrase.start):
            phrase = phrase._replace(meaning=mean_event(news.event, None), granularity="day")
        read.append(_read_clause(text, phrase, sentence, cues))
    return DatedText(tuple(read), events)


OPENING = 500
"""Characters that hold the headline and the first sentences."""

# What an opening says of an event that is its news: «اختتمت أعمال ...», «انطلقت ...».
_REPORTED = re.compile(r"(?<!\w)و?(?:اختتم|انته|بدا|انطلق|انعقد|عقد|جر|اجر|استضاف|افتتح|تواصل)(?:ت|ا|ي|وا)?(?!\w)")
_STOPS = re.compile(r"[,.;:\"()\n]")
_WHAT_HAPPENED = re.compile(r"(?<!\w)و?ما (?:حدث|حصل|جري|وقع|تم) \Z")


def find_reported(text: str, events: Sequence[NamedEvent]) -> NamedEvent | None:
    """Return the event that the opening reports as its news («اختتمت أعمال ...»), with the start of its clause."""
    for start, end, event in events:
        if start > OPENING:
            return None
        clause = _STOPS.split(text[max(0, start - 60) : start])[-1]
        if _REPORTED.search(clause):
            return NamedEvent(start - len(clause.lstrip()), end, event)
    return None


def _line_around(text: str, phrase: DatePhrase) -> tuple[int, int]:
    start = max(text.rfind("\n", max(0, phrase.start - 400), phrase.start) + 1, phrase.start - 400, 0)
    end = text.find("\n", phrase.end, phrase.end + 400)
    return start, end if end >= 0 else min(len(text), phrase.end + 400)


def _read_clause(text: str, phrase: DatePhrase, sentence: tuple[int, int], cues: _Cues) -> DateInText:
    """Look for status words from the last edge before the phrase to the next sign after it."""
    floor, ceiling = max(sentence[0], phrase.start - 250), min(sentence[1], phrase.end + 120)
    start = max([text.rfind(sign, floor, phrase.start) for sign in _SIGNS]) + 1 or floor
    after = _SIGN.search(text, phrase.end, ceiling)
    right = text[phrase.end : after.start() if after else ceiling]
    clause = text[start : phrase.start]
    before, after_words = clause.split(), right.split()
    if not _PARTICLES.isdisjoint(after_words):
        after_words = after_words[: next(at for at, word in enumerate(after_words) if word in _PARTICLES)]
        right = " ".join(after_words)
    left, told = before, cues.read(before)
    if not _PARTICLES.isdisjoint(before):
        inner = next(at for at in range(len(before), 0, -1) if before[at - 1] in _PARTICLES)
        # «من المقرر أن تبدأ»: the verb after the particle is as far ahead as the word before it.
        led = before[max(0, inner - 3) : inner - 1]
        left = before if led and cues.look_ahead(cues.read(led), " ".join(led)) else before[inner:]
    told_left, told_right = told if left is before else cues.read(left), cues.read(after_words)
    future = cues.look_ahead(told_left, " ".join(left)) or cues.look_ahead(told_right, right)
    future |= phrase.kind in ("weekday", "day") and phrase.lean is None and _is_scheduled(left, cues)
    back = not future and (
        (phrase.kind == "counted" and _PERFECT.match(text, phrase.end) is not None)
        or (phrase.kind == "counted" and bool(cues.read(left[-2:]) & _PAST))
        or (phrase.kind in ("day", "month") and bool(cues.read(left[-NEAR_VERB:]) & _PAST))
    )
    supposed = cues.suppose(told, clause, before) or cues.suppose(told_right, right, after_words)
    return DateInText(phrase, sentence, start, future, back, supposed, cues.had_been_due(told, clause))


def _is_scheduled(words: list[str], cues: _Cues) -> bool:
    """Whether the verb of a clause is an imperfect that sets a day ahead: «ينتهي الأحد», not «كان ينتهي الأحد»."""
    near = words[-NEAR_VERB:]
    for at in range(len(near) - 1, -1, -1):
        told = cues.signs[near[at]]
        if told & _SCHEDULED:
            return not at or near[at - 1] not in _NOT_AHEAD
        if told & _PAST:
            return False
    return False


_NOT_AHEAD = frozenset(fold(word) for word in ("لم", "ولم", "كان", "كانت", "وكان", "وكانت", "لما", "وهو", "وهي"))


# --- resolving ------------------------------------------------------------------------------------------------------


def resolve_dates(dates: Sequence[DateInText], published: Publication) -> list[Interval]:
    """Resolve dates against the day of publication, or against both ends of its range."""
    if published.day is not None:
        return _resolve(dates, published.day)
    if published.earliest is None or published.latest is None:
        return _resolve(dates, None)
    low, high = _resolve(dates, published.earliest), _resolve(dates, published.latest)
    width = (published.latest - published.earliest).days
    return [_merge(a, b, narrow=width <= _widest(a)) for a, b in zip(low, high, strict=True)]


def _widest(interval: Interval) -> int:
    return WIDEST_RANGE_OF_YEARS if interval.granularity in ("year", "decade", "century") else WIDEST_RANGE


def _resolve(dates: Sequence[DateInText], reference: date | None) -> list[Interval]:
    contexts = [Context(reference, None, d.outlook) for d in dates]
    found = resolve_in_order([d.phrase for d in dates], contexts)
    return [
        _as_due(d, interval, reference) if d.is_counterfactual else interval
        for d, interval in zip(dates, found, strict=True)
    ]


def _as_due(item: DateInText, interval: Interval, reference: date | None) -> Interval:
    """«كان من المفترض أن تستكمل منذ عام 2017» names the year in which it was due, not all time since."""
    since = item.phrase.lean == "past" and item.phrase.base is not None
    if since and interval.last is None and interval.first is not None:
        return item.phrase.resolve_base(Context(reference, None, item.outlook))
    return interval


def _merge(low: Interval, high: Interval, *, narrow: bool) -> Interval:
    """Join the readings at both ends of a publication range; too wide a range leaves a date undecided."""
    if low == high:
        return low
    unresolved = Interval(None, None, low.granularity, "unresolved")
    if not narrow or "unresolved" in (low.basis, high.basis):
        return unresolved
    first = min(low.first, high.first) if low.first and high.first else None
    last = max(low.last, high.last) if low.last and high.last else None
    return low._replace(first=first, last=last) if first or last else unresolved


# --- status and event -----------------------------------------------------------------------------------------------


def _status(item: DateInText, interval: Interval, published: Publication) -> str:
    """Tell past, planned and hypothetical apart: by days clear of publication where there are, else by the clause."""
    if item.is_counterfactual:
        return "hypothetical"
    earliest = published.day or published.earliest
    latest = published.day or published.latest
    if interval.last is not None and earliest is not None and interval.last < earliest:
        return "past"
    edge = interval.first or interval.last  # «حتى عام 2030» has no first day
    lies_ahead = edge is not None and latest is not None and edge > latest
    # «بعد أيام», «الأيام المقبلة»: open from the day of writing on.
    lies_ahead |= interval.last is None and interval.first is not None and interval.first == latest
    if lies_ahead or item.outlook == "future":
        return "hypothetical" if item.is_hypothetical else "planned"
    return "past"


def _find_event(text: str, item: DateInText, nouns: frozenset[str]) -> tuple[int, int] | None:
    """Return the words that are dated: of the clause before the date, or where that is empty, of the one after it.

    Within the clause they begin with the noun of what happens that is nearest to the date, or with the head of a chain
    of such nouns («استئناف المفاوضات»), else they are its last words.
    """
    phrase, (start, end) = item.phrase, item.sentence
    if phrase.kind != "anniversary":
        clause = text[max(start, phrase.start - 200, item.clause_start) : phrase.start]
        words = clause.split()
        first = 0
        if not _EDGES.isdisjoint(words):
            first = next(at for at in range(len(words), 0, -1) if words[at - 1] in _EDGES)
        last = len(words)
        while last > first and words[last - 1] in _LINKS:
            last -= 1
        found = _choose_words(words, first, last, nouns)
        if found is not None:
            return _place(clause, words, found, phrase.start - len(clause), nouns)
    begin = phrase.end
    ceiling = min(end, phrase.end + 200)
    while begin < ceiling and text[begin] in " ,-":
        begin += 1
    edge = _EDGE.search(text, begin, ceiling)
    clause = text[begin : edge.start() if edge else max(begin, ceiling)]
    words = clause.split()
    first = _first_content(words, 0, len(words))
    if len(words) - first < 2:
        return None
    return _place(clause, words, (first, min(len(words), first + LONGEST_EVENT)), begin, nouns)


def _place(
    clause: str, words: list[str], chosen: tuple[int, int], start: int, nouns: frozenset[str]
) -> tuple[int, int]:
    """Return where words `chosen` (first, beyond the last) of a clause stand in the text, without the first clitic."""
    first, last = (
        len(clause) - len(clause.split(None, at)[-1]) if at else _lead(clause) for at in (chosen[0], chosen[1] - 1)
    )
    return start + first + _clitic(words[chosen[0]], nouns), start + last + len(words[chosen[1] - 1])


def _lead(clause: str) -> int:
    return len(clause) - len(clause.lstrip())


def _first_content(words: list[str], first: int, last: int) -> int:
    while first < last and words[first] in _OPENERS:
        first += 1
    return first


def _choose_words(words: list[str], first: int, last: int, nouns: frozenset[str]) -> tuple[int, int] | None:
    """Choose two to `LONGEST_EVENT` words of `words[first:last]`: (first, beyond the last)."""
    first = _first_content(words, first, last)
    if last - first < 2:
        return None
    at = _nearest_noun(words, first, last, nouns)
    if at is None:
        first = max(first, last - LONGEST_EVENT)
        while last - first > 2 and words[first] in _OPENERS_AND_LINKS:
            first += 1
        return first, last
    return at, min(last, at + LONGEST_EVENT)


def _nearest_noun(words: list[str], first: int, last: int, nouns: frozenset[str]) -> int | None:
    """Return which word names what happens: the last such noun with a word after it, or the head of its chain."""
    if nouns.isdisjoint(words):
        return None
    places = [at for at in range(first, last - 1) if words[at] in nouns]
    if not places:
        return None
    at = places[-1]
    for earlier in reversed(places[:-1]):
        between = words[earlier + 1 : at]
        joined = words[at][0] == "و" and len(between) <= 3
        if not joined and (len(between) > 2 or any(word in _LINKS_BUT_FROM for word in between)):
            break
        at = earlier
    return at


def _clitic(word: str, nouns: frozenset[str]) -> int:
    """Return how many letters of a word are the «و», «ب» or «ل» before it."""
    if word[0] in "وفبل" and word in nouns and (word[1:] in nouns or word.startswith("لل")):
        return 0 if word.startswith("لل") else 1
    return 1 if word[0] == "و" and len(word) > 3 and not _WAW_WORD.match(word) else 0


_OPENERS = frozenset(
    fold(
        "رغم ورغم لكن ولكن كما وكما الذي التي الذين اللذين وهو وهي هو هي حيث ثم أو بل قد وقد فقد لقد مع عن من في على "
        "إلى ما وما مما إذ بعدما عندما بسبب وذلك ذلك"
    ).split()
)
"""Words that an event phrase does not begin with."""
_OPENERS_AND_LINKS = _OPENERS | _LINKS
_LINKS_BUT_FROM = _LINKS - {"من"}
# Words that begin with a waw of their own.
_WAW_WORD = re.compile(
    r"و(?:زير|زار|زراء|اشنط|جود|جه|فد|فود|فا|قع|قف|صل|صول|صف|ضع|ضح|عد|لا|لي|كال|كيل|حد|ثيق|ثائق|سط|سائل|سيل|رد|رش|رق|رث|طن|ظيف|ظائف|اجه|اصل|افق|احد|ارد|ارش|اقع|اسع|دع|هم|قت|يك)"
)


# --- public ---------------------------------------------------------------------------------------------------------


def _express(
    source: str, copy: NormalisedText, dates: Sequence[DateInText], published: Publication, words: DatesFile
) -> list[DateExpression]:
    """Turn read dates into records in source offsets."""
    found: list[DateExpression] = []
    nouns = _compile_cues(words).nouns
    for item, interval in zip(dates, resolve_dates(dates, published), strict=True):
        span = copy.source_span(item.phrase.start, item.phrase.end)
        if interval.basis == "unresolved" and not item.phrase.keep and not _stays_ahead(item, source[span.end - 1]):
            continue
        if source[span.start : span.end] in _TOWNS:
            continue
        event = _find_event(copy.text, item, nouns)
        what = copy.source_span(*event) if event else None
        status = _status(item, interval, published)
        first, last, granularity, basis = interval
        found.append(DateExpression(span.start, span.end, first, last, granularity, status, basis, what))
    return found


def _stays_ahead(item: DateInText, last_letter: str) -> bool:
    """Whether «بعده» tells of a time to come, of which no day is known; «بعدة تهم» folds to the same letters."""
    return item.phrase.kind == "after_it" and item.is_future and last_letter != "ة"


def annotate_dates(reading: Reading, vocabulary: Vocabulary) -> Reading:
    """Find the dates of the article and resolve them against its publication: a day, a range or nothing.

    Vague and open-ended expressions have an open end (None); both ends are None only with the basis "unresolved".
    """
    copy = reading_copy(reading)
    dates = read_in_sentences(copy.text, copy_sentences(reading, copy), vocabulary.dates).dates
    return replace(reading, dates=tuple(_express(reading.text, copy, dates, reading.published, vocabulary.dates)))


def copy_sentences(reading: Reading, copy: NormalisedText) -> tuple[tuple[int, int], ...]:
    """Return the sentences of a reading as index pairs of its normalised copy."""
    if not reading.sentences:
        return ()
    places = np.searchsorted(copy.starts, np.array(reading.sentences).ravel(), side="left").tolist()
    return tuple(zip(places[::2], places[1::2], strict=True))


def dates_in_line(text: str, *, reference: date | None, vocabulary: Vocabulary) -> list[DateExpression]:
    """Find the dates of one text without a document, resolved against `reference` where it is given."""
    copy = normalise(text)
    dates = read_in_sentences(copy.text, ((0, len(copy.text)),), vocabulary.dates).dates
    published = Publication(day=reference, basis="given" if reference else "unknown")
    return _express(text, copy, dates, published, vocabulary.dates)


def is_future_verb(word: str) -> bool:
    """Whether a normalised word is «سوف» or «س» with an imperfect."""
    return word in ("سوف", "وسوف") or _FUTURE_VERB.match(word) is not None


def is_perfect(word: str) -> bool:
    """Whether a normalised word looks like a verb in the perfect, third person."""
    return _PERFECT_WORD.match(word) is not None and word not in _NO_PERFECT
