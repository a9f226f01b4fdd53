"""What two descriptions of events have in common, which known event one tells of, and how it reads as a label."""

from __future__ import annotations

import re
from calendar import monthrange
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import NamedTuple

from mawaqif.arabic.text import fold
from mawaqif.vocabulary import Bilingual, DatedEvent, Issue

MOST_CHARACTERS = 84
"""Length of a label from which it is cut, at the end of a clause where there is one, else at a word."""
MOST_MORE_WORDS = 2
"""Words that a description may have more than the name of a known event that it tells of."""
BESIDE = 40
"""Characters between a statement and the date of what it speaks of, where that stands before or after it."""
MOST_APART = 2
"""Characters between a date and the passage that it adjoins: a space, a mark."""

_CLITICS = ("وال", "بال", "كال", "فال", "لل", "ال")
_PRONOUNS = ("هما", "ها", "هم", "ه")


def _split(words: str) -> frozenset[str]:
    return frozenset(words.split())


_TOO_COMMON = _split(
    """
    التي الذي الذين الي بعد بين تلك تمت جرت حتي خلال ذلك علي عن عند في قبل كان كانت مع من هذا هذه هناك وقد
    """
)
_OPENERS = _split(
    """
    أم أن أو أي إذ إن التي الذي الذين ام ان او اي اذ بأن بان بل ثم حيث ف فإن فان قد كما لكن و وأن وإن
    والتي والذي وان وقد
    """
)
_DANGLING = _split(
    """
    أن أو إلى إن الى التي الذي الذين ان او بعد بعض بين تلك ثم حتى حتي حول خلال دون ذلك ضد على عن عند غير في قبل قد كل
    لا لدى لم لن ما مع من منذ نحو هذا هذه و
    """
)
_CONNECTIVES = _split(
    """
    أثناء إبان اثناء بالتزامن بحلول بعد بعيد تزامنا حال حتى حين حينما خلال عشية عقب عند عندما غداة فور في قبل
    قبيل لدى منذ
    """
)
"""With these a date expression joins what it dates («بعد الانتخابات»)."""
_PREPOSITIONS = _split(
    """
    أثناء إبان إثر إلى اثر اثناء الى بعد بعيد جراء حتى حتي حيال خلال رغم ضمن ظل عبر عقب على عن عند في قبل قبيل لدى مع من
    منذ نتيجة وفق
    """
)
"""Before a description these only tie it to its sentence: «خلال زيارة الوفد»."""
_WAW_ROOTS = _split(
    """
    واجه واصل وافق واكب وثق وجد وجه وحد ودع ورد وزار وزع وسع وصف وصل وضع وظف وعد وفر وقع وقف وكالا وكل ولد وهب ويلا
    """
)
_JOINED = re.compile(r"^[وف](?=ال|ما$)|^(?:وب|ب|وك|ك)(?=ال)")
_CLAUSE = re.compile(r"\s*[،,؛;:.()\[\]«»\"“”–—]\s*")
_EDGES = " ،,؛;:.-–—«»\"“”'‘’()[]"


# --- words -----------------------------------------------------------------------------------------------------------


class EventWords(NamedTuple):
    """The content words of a description; `directions` are those among them that say what happens to something."""

    words: frozenset[str]
    directions: frozenset[str]


@dataclass(frozen=True)
class Lexicon:
    """Words of an issue that mean the same in a description of an event, by the term that lists them.

    Attributes:
        concepts: Folded single words, without article, to the id of their first term.
        directions: Ids of terms by which the issue's codebook tells what happens (leave, stay, end).
    """

    concepts: dict[str, str]
    directions: frozenset[str]

    def read(self, text: str) -> EventWords:
        """Return the content words of a description, words of one term of the issue counted as one."""
        found = frozenset(self._concept(word) for word in iterate_words(text))
        return EventWords(found, found & self.directions)

    def _concept(self, word: str) -> str:
        if word in self.concepts:
            return self.concepts[word]
        for pronoun in _PRONOUNS:
            if word.endswith(pronoun) and (bare := word[: -len(pronoun)]) in self.concepts:
                return self.concepts[bare]
        return word


def make_lexicon(issue: Issue | None) -> Lexicon:
    """Return the words of an issue that mean the same; without an issue every word stands for itself."""
    if issue is None:
        return Lexicon({}, frozenset())
    directions = {p for d in issue.directions for p in d.patterns if isinstance(p, str)} & set(issue.terms)
    concepts: dict[str, str] = {}
    for term in sorted(issue.terms, key=lambda term: term not in directions):
        for form in issue.terms[term]:
            if len(words := list(iterate_words(form))) == 1:
                concepts.setdefault(words[0], term)
    return Lexicon(concepts, frozenset(directions))


def adjoins(gap: int, status: str) -> bool:
    """Say whether a date of something to come stands right before a passage, as in the line of a table.

    The date of a thing past may be when it was said.
    """
    return 0 <= gap <= MOST_APART and status in ("planned", "hypothetical")


def holds_words(quote: str, what: str) -> bool:
    """Say whether a passage holds a description as a whole, whatever stands between their words."""
    passage, words = (re.sub(r"\W+", " ", text).strip() for text in (quote, what))
    return bool(words) and f" {words} " in f" {passage} "


def iterate_words(text: str) -> Iterator[str]:
    """Yield the folded words of a text without article and proclitic, function words left out."""
    for word in "".join(c if c.isalnum() else " " for c in fold(text)).split():
        if len(bare := _strip_article(word)) > 2 and word not in _TOO_COMMON:
            yield bare


def _strip_article(word: str) -> str:
    for clitic in _CLITICS:
        if word.startswith(clitic) and len(word) - len(clitic) >= 3:
            return word[len(clitic) :]
    return word


# --- known events ----------------------------------------------------------------------------------------------------


class KnownEvent(NamedTuple):
    """An agreed milestone or a named event with the content words of its names and the days that it may lie in."""

    id: str
    name: Bilingual
    forms: tuple[EventWords, ...]
    times: tuple[tuple[date, date], ...]
    is_milestone: bool


def list_known_events(issue: Issue | None, named: Sequence[DatedEvent], lexicon: Lexicon) -> tuple[KnownEvent, ...]:
    """Return the issue's milestones and the named events of `dates.yml` that have a name for the report."""
    milestones = [
        KnownEvent(m.id, m.name, (lexicon.read(_CLAUSE.split(m.name.ar)[0]),), ((m.first, m.last),), True)
        for m in (issue.milestones if issue else ())
    ]
    events = [
        KnownEvent(event.id, event.name, tuple(lexicon.read(form) for form in event.forms), _days(event), False)
        for event in named
        if event.name is not None
    ]
    return (*milestones, *events)


def _days(event: DatedEvent) -> tuple[tuple[date, date], ...]:
    """Return the days of an event, known to the year, the month or the day; one that goes on has no end."""
    return tuple((_edge(first, last=False), _edge(last, last=True)) for first, last in event.times)


def _edge(value: int | date | str | None, *, last: bool) -> date:
    if value is None:
        return date.max
    if isinstance(value, date):
        return value
    year, *rest = (int(part) for part in str(value).split("-"))
    month = rest[0] if rest else 12 if last else 1
    day = rest[1] if len(rest) > 1 else monthrange(year, month)[1] if last else 1
    return date(year, month, day)


def recognise(
    what: EventWords, first: date | None, last: date | None, known: Sequence[KnownEvent]
) -> KnownEvent | None:
    """Return the known event that a description tells of: all words of one of its names, and few others.

    What happens to it must be the same: «إنهاء مهمة التحالف» does not tell of «مهمة التحالف». A milestone says so
    itself, and only what is to be reached needs to be named. Of several, the one of whose name most words are found.
    """
    found: list[tuple[int, int]] = []
    for place, event in enumerate(known):
        if any(_share_a_day(first, last, *days) for days in event.times):
            found += [(-len(form.words), place) for form in event.forms if _tells_of(what, form, event)]
    return known[min(found)[1]] if found else None


def _tells_of(what: EventWords, form: EventWords, event: KnownEvent) -> bool:
    core = form.words - form.directions
    if event.is_milestone:
        return len(core) > 1 and core <= what.words
    same = what.directions == form.directions and len(what.words - form.words) <= MOST_MORE_WORDS
    return len(core) > 0 and form.words <= what.words and same


def _share_a_day(first: date | None, last: date | None, event_first: date, event_last: date) -> bool:
    if first is None and last is None:
        return False
    return (first or date.min) <= event_last and (last or date.max) >= event_first


# --- labels ----------------------------------------------------------------------------------------------------------


def make_label(what: str, quote: str, *, is_relative: bool) -> str:
    """Return what happened as a whole phrase, with the words that date it where it would not be clear without them.

    Args:
        what: The description as it stands in the article.
        quote: The date expression.
        is_relative: Whether the date depends on another event, which then belongs to the label if there is room.
    """
    label, dated = trim_label(what), " ".join(quote.split()).strip(_EDGES)
    if dated in label or not (is_relative or not is_clear(label)):
        return label
    joins = dated.split()[:1] and dated.split()[0] in _CONNECTIVES
    if is_relative and not joins and what.split()[0].startswith("ل") and is_clear(label):
        joined = f"{dated} {' '.join(what.split())}".strip(_EDGES)
    elif joins or not is_clear(label):
        joined = f"{label} {dated}"
    else:
        return label
    return joined if len(joined) <= MOST_CHARACTERS else label


def trim_label(text: str) -> str:
    """Return a description as a whole phrase: no conjunction before it, no word cut, no preposition at its end."""
    words = text.strip(_EDGES).split()
    while len(words) > 1 and words[0].strip(_EDGES) in _OPENERS | _PREPOSITIONS:
        words = words[1:]
    words = _drop_dangling(words)
    if not words:
        return ""
    if words[0].startswith("لل") and len(words[0]) > 4:
        words[0] = "ال" + words[0][2:]
    words[0] = _drop_and(_JOINED.sub("", words[0]))
    label = " ".join(words)
    if len(label) > MOST_CHARACTERS:
        label = _shorten(label)
    return _drop_unpaired(label.strip(_EDGES))


def _drop_and(word: str) -> str:
    """Leave out the «and» before a verb: «وشهدت»; words whose own first letter it is («وصلت») keep it."""
    is_verb = len(word) > 4 and word.startswith("و") and word.endswith(("ت", "وا"))
    return word[1:] if is_verb and not word.startswith(tuple(_WAW_ROOTS)) else word


def _shorten(label: str) -> str:
    """Cut at the last clause that fits, or else behind the last word that fits and can end a phrase."""
    ends = [match.start() for match in _CLAUSE.finditer(label) if len(label[: match.start()].split()) > 2]
    fitting = [end for end in ends if end <= MOST_CHARACTERS]
    if fitting:
        return label[: fitting[-1]]
    words = _drop_dangling(label[: MOST_CHARACTERS + 1].rsplit(" ", 1)[0].split())
    return " ".join(words).strip(_EDGES) + " …"


def _drop_dangling(words: list[str]) -> list[str]:
    """Leave out prepositions, conjunctions and stray articles at the end, which nothing follows."""
    while len(words) > 1 and (words[-1].strip(_EDGES) in _DANGLING or words[-1].strip(_EDGES + "ـ") in ("ال", "لل")):
        words = words[:-1]
    return words


def _drop_unpaired(label: str) -> str:
    """Leave out quotation marks and brackets that the cut has parted."""
    for opening, closing in ("«»", "“”", "()", "[]", '""', "‘’"):
        n = label.count(opening)
        if n % 2 if opening == closing else n != label.count(closing):
            label = label.replace(opening, "").replace(closing, "")
    return label


def is_clear(label: str) -> bool:
    """Say whether a label can stand alone: more than one word, and not about a mere «this» or «what»."""
    words = [word for word in label.split() if any(c.isalpha() for c in word)]
    return len(words) > 1 and not words[0].startswith(("هذ", "وهم", "بينه")) and words[0] not in ("ما", "وهو", "وهي")


def quote_rest(text: str, end: int) -> str:
    """Return what follows a date in its clause, without the comma that parts them; at most ten words."""
    start = end + len(text[end : end + 3]) - len(text[end : end + 3].lstrip('، ,”“"»'))
    stop = _CLAUSE.search(text, start)
    return " ".join(text[start : stop.start() if stop else len(text)].split()[:10])


def quote_clause(text: str, start: int, end: int) -> str:
    """Return the clause around a date expression as a label, for an event that is described by too little."""
    before, after = list(_CLAUSE.finditer(text, max(0, start - 200), start)), _CLAUSE.search(text, end)
    first = before[-1].end() if before else max(0, start - 200)
    return trim_label(" ".join(text[first : after.start() if after else len(text)].split()))
