"""Finds where registered actors are named: one automaton over the normalised copy, then boundaries and context."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date
from functools import lru_cache
from typing import Literal

import ahocorasick_rs
import numpy as np

from mawaqif.arabic.reading_copy import reading_copy
from mawaqif.arabic.text import NormalisedText, fold
from mawaqif.records import Mention, Reading
from mawaqif.vocabulary import Actor, ActorsFile, Alias, Vocabulary

_PROCLITICS = frozenset({"", "و", "ف", "ب", "ل", "ك", "وب", "ول", "وك", "فب", "فل", "فك"})
_BEFORE_ARTICLE = _PROCLITICS - {"ل", "ول", "فل"}
_BEFORE_CONTRACTION = frozenset({"", "و", "ف"})
# لل stands for ل + ال; the pattern starts with it, so only a conjunction may come before.
_LETTERS = "ء-يٱ-ۓa-z"
_LEFT_WORDS = re.compile(rf"[{_LETTERS}]+")
_LETTER = re.compile(rf"[{_LETTERS}]")
# These begin with letters, which are searched for much faster than a boundary; `_stands_alone` looks at what is before.
_ALA = re.compile(rf"علي(?![{_LETTERS}])")
_DEMONSTRATIVE = re.compile(rf"(?:هذه|تلك|هذا|ذلك|هولاء|اوليك) (ال[{_LETTERS}]+)")
_POSSESSIVE = re.compile(rf"(بلاد|قوات|حكومت|كتلت|حركت|وزارت|ادارت)(ها|ه)(?![{_LETTERS}])")
_WINDOW = 90
"""Characters of left context that any rule looks at; keeps each match at constant cost."""


@dataclass(frozen=True, slots=True)
class _Entry:
    """What one pattern may stand for: an alias of an actor, a surname, or an office (`holders` by period)."""

    actor_id: str
    kind: Literal["alias", "surname", "office", "short_office", "role", "pointer"]
    not_before: tuple[str, ...] = ()
    not_after: tuple[str, ...] = ()
    only_before: tuple[str, ...] = ()
    only_after: tuple[str, ...] = ()
    weak: bool = False
    open: bool = False
    place: str | None = None
    given: frozenset[str] = frozenset()


@dataclass(slots=True)  # not frozen: a frozen one takes three times as long to make, and there are thousands
class _Hit:
    start: int
    end: int
    entry: _Entry
    proclitic: str


@dataclass(frozen=True, slots=True)
class Holder:
    """One period in which an actor held an office; `until` is the first day after it."""

    actor_id: str
    since: date
    until: date


@dataclass(frozen=True)
class _Matcher:
    automaton: ahocorasick_rs.AhoCorasick
    entries: tuple[tuple[_Entry, ...], ...]
    contracted: tuple[bool, ...]
    with_article: tuple[bool, ...]
    holders: dict[str, tuple[Holder, ...]]
    titles_held: dict[str, tuple[str, ...]]
    genders: dict[str, str | None]
    actors: dict[str, Actor]
    owned: dict[tuple[str, str], str]
    persons: frozenset[str]
    given_names: frozenset[str]
    titles: frozenset[str]
    roles: frozenset[str]
    bodies: frozenset[str]
    place_before: frozenset[str]
    city_before: frozenset[str]
    motion: frozenset[str]


@dataclass(frozen=True, slots=True)
class _MatchCopy:
    """The copy that names are matched on: no quotation marks, single spaces, a line break only between paragraphs."""

    text: str
    index: np.ndarray
    """int array, shape (len(text),): the index in the normalised copy."""


def annotate_actors(reading: Reading, vocabulary: Vocabulary) -> Reading:
    """Return the reading with a mention for each place where a registered actor is named, in order of the text.

    1. find all aliases, surnames and offices in one pass; 2. drop those inside other words, in a context that makes
    them something else, or in boilerplate; 3. keep weak forms and offices only where the document names their actor;
    4. keep the leftmost longest; 5. read «هذه القوات», «السفيرة» and «حكومته» by what came before; 6. map back to
    source offsets. A name stands without its clitics, but لل belongs to it: the source has no letter to part it at.
    """
    matcher = _matcher(vocabulary)
    copy = reading_copy(reading)
    matched = _match_copy(copy, reading.text)
    # 1. and 2.
    hits = [hit for hit in _find(matched.text, matcher) if _fits(hit, matched.text, matcher)]
    hits = _outside_boilerplate(hits, reading, copy, matched)
    # 3.
    hits = _resolve(hits, matched.text, matcher, _day(reading))
    # 4.
    hits = _without_places(_leftmost_longest(hits), matched.text, matcher)
    # 5.
    hits = _add_anaphors(hits, matched.text, matcher)
    # 6.
    mentions = []
    for hit in hits:
        span = copy.source_span(int(matched.index[hit.start]), int(matched.index[hit.end - 1]) + 1)
        mentions.append(Mention(hit.entry.actor_id, span.start, span.end))
    return replace(reading, mentions=tuple(mentions))


# --- compiled once a vocabulary -------------------------------------------------------------------------------------


@lru_cache(maxsize=4)
def _matcher(vocabulary: Vocabulary) -> _Matcher:
    file = vocabulary.actors
    table: dict[str, list[_Entry]] = {}
    for form, entry in _all_entries(file):
        for spelling in _spellings(form):
            owners = table.setdefault(spelling, [])
            if not any(known.actor_id == entry.actor_id and known.kind == entry.kind for known in owners):
                owners.append(entry)
    patterns: list[str] = []
    contracted: list[bool] = []
    entries: list[tuple[_Entry, ...]] = []
    for spelling, owners in table.items():
        patterns.append(spelling)
        contracted.append(False)
        entries.append(tuple(owners))
        if spelling.startswith("ال"):
            patterns.append("لل" + spelling[2:].removeprefix("ل"))
            contracted.append(True)
            entries.append(tuple(owners))
    words = file.name_words
    given_names = _folded(words.given_names)
    return _Matcher(
        automaton=ahocorasick_rs.AhoCorasick(patterns, matchkind=ahocorasick_rs.MatchKind.Standard),
        entries=tuple(entries),
        contracted=tuple(contracted),
        with_article=tuple(pattern.startswith("ال") for pattern in patterns),
        holders=_holders(file),
        titles_held={a.id: tuple({o.title for o in a.offices}) for a in file.actors if a.offices},
        genders={actor.id: actor_gender(actor) for actor in file.actors},
        actors={actor.id: actor for actor in file.actors},
        owned=_owned(file),
        persons=frozenset(actor.id for actor in file.actors if is_human(actor, given_names)),
        given_names=given_names,
        titles=_folded(words.titles),
        roles=_folded(role if isinstance(role, str) else role.form for role in words.roles),
        bodies=_folded(words.bodies),
        place_before=_folded(words.place_before),
        city_before=_folded(words.city_before),
        motion=_folded(words.motion),
    )


def _folded(words: Iterable[str]) -> frozenset[str]:
    return frozenset(fold(word) for word in words)


def is_human(actor: Actor, given_names: frozenset[str]) -> bool:
    """Whether an actor is one person with a name: experts may be institutes, and sources have no name."""
    if actor.type == "person":
        return actor.camp != "anonymous"
    return actor.type == "expert" and fold(actor.name.ar).split()[0] in given_names


def _all_entries(file: ActorsFile) -> Iterator[tuple[str, _Entry]]:
    given_names = _folded(file.name_words.given_names)
    for actor in file.actors:
        for alias in actor.forms:
            yield fold(alias.form), _alias_entry(actor, alias)
        for surname, given in _surnames(actor, given_names).items():
            yield surname, _Entry(actor.id, "surname", weak=True, given=frozenset(given))
    for office in file.office_titles:
        for form in (office.title, *office.forms):
            yield fold(form), _Entry(office.title, "office")
        for form in office.short_forms:
            yield fold(form), _Entry(office.title, "short_office", weak=True)
    for role in file.name_words.roles:
        form = fold(role if isinstance(role, str) else role.form)
        for spelling in (form, form + "ه"):
            yield "ال" + spelling, _Entry(spelling, "role", weak=True)


def _alias_entry(actor: Actor, alias: Alias) -> _Entry:
    return _Entry(
        actor.id,
        "alias",
        not_before=(*map(fold, alias.not_before), *alias.not_before),
        not_after=(*map(fold, alias.not_after), *alias.not_after),
        only_before=tuple(map(fold, alias.only_before)),
        only_after=tuple(map(fold, alias.only_after)),
        weak=alias.weak,
        open=alias.open,
        place=alias.place,
    )


def _surnames(actor: Actor, given_names: frozenset[str]) -> dict[str, set[str]]:
    """Return last names of two letters and more with the given names they are known to follow; none for bodies."""
    found: dict[str, set[str]] = {}
    for alias in actor.forms if is_human(actor, given_names) else ():
        words = fold(alias.form).split()
        if len(words) > 1 and words[0] in given_names and len(words[-1]) > 3 and words[-2] != "بن":
            found.setdefault(words[-1], set()).update(words[:-1])
    return found


def _spellings(form: str) -> Iterator[str]:
    yield form
    for one, other in (("امريك", "اميرك"), ("اميرك", "امريك")):
        if one in form:
            yield form.replace(one, other)


def actor_gender(actor: Actor) -> Literal["m", "f"] | None:
    """Return the gender that verbs and pronouns of an actor agree with: as listed, else by its name; a person is m."""
    if actor.gender:
        return actor.gender
    if actor.type == "person" and actor.camp != "anonymous":
        return "m"
    head = _head(fold(actor.name.ar))
    return "f" if head.endswith(("ه", "ات")) or head in _BROKEN_PLURALS else "m"


_BROKEN_PLURALS = frozenset(map(fold, ("فصائل", "كتائب", "عصائب", "قوى", "أطراف", "أحزاب", "مصادر", "سرايا", "حكومات")))


def _owned(file: ActorsFile) -> dict[tuple[str, str], str]:
    """Return which registered body an owner's `noun` is: (us_government, قوات) -> us_forces."""
    owned: dict[tuple[str, str], str] = {}
    given_names = _folded(file.name_words.given_names)
    for actor in file.actors:
        if is_human(actor, given_names):
            continue
        for alias in actor.forms:
            noun = _head(fold(alias.form))
            owned.setdefault((actor.id, noun), actor.id)
            if actor.affiliation:
                owned.setdefault((actor.affiliation, noun), actor.id)
        if actor.type in ("government", "state"):
            owned[actor.id, "بلاد"] = actor.id
    return owned


def _holders(file: ActorsFile) -> dict[str, tuple[Holder, ...]]:
    periods: dict[str, list[Holder]] = {}
    for actor in file.actors:
        for office in actor.offices:
            holder = Holder(actor.id, office.since or date.min, office.until or date.max)
            periods.setdefault(office.title, []).append(holder)
    return {title: tuple(sorted(held, key=lambda holder: holder.since)) for title, held in periods.items()}


# --- 1. and 2.: candidates and their context ------------------------------------------------------------------------


def _match_copy(copy: NormalisedText, source: str) -> _MatchCopy:
    """Return the copy for matching; the preposition على, which folding makes one with the name علي, is told apart."""
    codes = np.frombuffer(copy.text.encode("utf-32-le", "surrogatepass"), dtype=np.uint32).copy()
    index = np.arange(len(codes), dtype=np.int64)
    if not len(codes):
        return _MatchCopy("", index)
    for match in _ALA.finditer(copy.text):
        begins_word = match.start() == 0 or not _LETTER.match(copy.text, match.start() - 1)
        if begins_word and source[copy.ends.item(match.end() - 1) - 1] == "ى":
            codes[match.end() - 1] = ord("ى")
    letter = ((codes >= 0x621) & (codes <= 0x6D3)) | ((codes >= 97) & (codes <= 122)) | ((codes >= 48) & (codes <= 57))
    quote = (codes == 34) | (codes == 39)
    between = np.zeros(len(codes), dtype=bool)
    between[1:-1] = letter[:-2] & letter[2:]
    codes[quote & between] = 32
    keep = ~(quote & ~between)
    codes, index = codes[keep], index[keep]
    if not len(codes):
        return _MatchCopy("", index)
    newline = codes == 10
    space = newline | (codes == 32) | (codes == 9)
    first = space.copy()
    first[1:] &= ~space[:-1]
    run = np.cumsum(first)
    breaks = np.bincount(run, weights=newline & space)
    codes[space] = np.where(breaks[run[space]] > 1, 10, 32)
    keep = ~space | first
    return _MatchCopy(codes[keep].astype("<u4").tobytes().decode("utf-32-le", "surrogatepass"), index[keep])


def _find(text: str, matcher: _Matcher) -> Iterator[_Hit]:
    """Yield every pattern that stands between word boundaries, clitics aside."""
    size = len(text)
    for pattern, start, end in matcher.automaton.find_matches_as_indexes(text, overlapping=True):
        if end < size and text[end].isalpha():
            continue
        proclitic = ""
        if start and text[start - 1].isalpha():
            at = start - 1
            while at and start - at < 3 and text[at - 1].isalpha():
                at -= 1
            proclitic = text[at:start]
            if at and text[at - 1].isalpha():
                continue
        allowed = _BEFORE_ARTICLE if matcher.with_article[pattern] else _PROCLITICS
        if proclitic not in (_BEFORE_CONTRACTION if matcher.contracted[pattern] else allowed):
            continue
        for entry in matcher.entries[pattern]:
            yield _Hit(start, end, entry, proclitic)


def _left(text: str, at: int) -> list[str]:
    """Return up to a window's words before `at`, nearest first, not across a sentence or paragraph end."""
    window = text[max(0, at - _WINDOW) : at]
    for mark in ("\n", ".", "?", "!", ";"):
        if mark in window:
            window = window[window.rfind(mark) + 1 :]
    return _LEFT_WORDS.findall(window)[::-1]


def _next_word(text: str, at: int) -> str:
    if text[at : at + 1] != " ":
        return ""
    found = _LEFT_WORDS.match(text, at + 1)
    return found.group() if found else ""


def _previous_word(text: str, at: int) -> str:
    """Return the word directly before `at`, nothing but a space between."""
    if at < 2 or text[at - 1] != " " or not text[at - 2].isalpha():
        return ""
    window = text[max(0, at - 30) : at - 1]
    return window[max(window.rfind(mark) for mark in (" ", "\n")) + 1 :].strip(',.:;()[]"-')


def _fits(hit: _Hit, text: str, matcher: _Matcher) -> bool:
    entry = hit.entry
    core = hit.start - len(hit.proclitic)
    if entry.kind == "surname":
        return _surname_fits(hit, text, matcher)
    if entry.kind != "alias":
        return entry.kind == "office" or not _is_qualified(text, hit.end)
    if entry.not_before and _next_word(text, hit.end) in entry.not_before:
        return False
    if entry.only_before and not text.startswith(tuple(" " + form for form in entry.only_before), hit.end):
        return False
    if entry.not_after or entry.only_after:
        previous = _previous_word(text, core)
        bare = _without_conjunction(previous, entry.only_after or entry.not_after)
        if entry.not_after and (bare in entry.not_after or _is_definite_noun(bare, entry.not_after)):
            return False
        if entry.only_after and bare not in entry.only_after:
            return False
    return not (entry.weak and _is_qualified(text, hit.end))


def _is_definite_noun(word: str, known: tuple[str, ...]) -> bool:
    """Whether `ال*` is among the `known` and the word is a definite noun: «المدن السعودية» speaks of towns."""
    return "ال*" in known and word.startswith(("ال", "لل", "بال", "وال")) and word not in ("الي", "الا")


def _without_conjunction(word: str, known: tuple[str, ...]) -> str:
    return word[1:] if word not in known and word[:1] in ("و", "ف") and word[1:] in known else word


def _is_qualified(text: str, end: int) -> bool:
    """Whether a definite nisba follows: «الحكومة الإسرائيلية» is not the government that the text spoke of."""
    word = _next_word(text, end)
    return word.startswith("ال") and word.endswith(("ي", "يه")) and word not in _TEMPORAL


_TEMPORAL = frozenset(
    map(
        fold,
        ("إلى", "الحالي", "الحالية", "الماضي", "الماضية", "التي", "الذي", "الثاني", "الثانية", "الرسمي", "الرسمية"),
    )
)


def _surname_fits(hit: _Hit, text: str, matcher: _Matcher) -> bool:
    """A surname alone: not after another person's given name, and not a nisba that qualifies a definite noun."""
    previous = _previous_word(text, hit.start - len(hit.proclitic))
    bare = previous[1:] if previous[:1] in ("و", "ف", "ل", "ب") and previous[1:] in matcher.given_names else previous
    if not hit.proclitic and bare in matcher.given_names:
        return bare in hit.entry.given
    surname = text[hit.start : hit.end]
    definite = surname.startswith("ال")
    if definite and not hit.proclitic and previous.startswith("ال") and previous not in matcher.titles:
        return previous.removeprefix("ال") in matcher.roles and not surname.endswith(("ي", "يه"))
    following = _next_word(text, hit.end)
    if following == "بن":
        return False
    return definite or not (following in matcher.given_names or following.startswith("ال"))


def _outside_boilerplate(hits: list[_Hit], reading: Reading, copy: NormalisedText, matched: _MatchCopy) -> list[_Hit]:
    """Drop what stands in page furniture; both lists are in order, so one walk suffices."""
    marked = [span for span in reading.boilerplate if span.kind != "markup"]
    if not marked or not hits:
        return hits
    starts = np.array([span.start for span in marked])
    ends = np.maximum.accumulate([span.end for span in marked])
    at = copy.starts[matched.index[[hit.start for hit in hits]]]
    within = np.searchsorted(starts, at, side="right") - 1
    inside = (within >= 0) & (at < ends[within])
    return [hit for hit, out in zip(hits, ~inside, strict=True) if out]


# --- 3.: weak forms and offices -------------------------------------------------------------------------------------


def _day(reading: Reading) -> date | None:
    published = reading.published
    return published.day or published.earliest


def _resolve(hits: list[_Hit], text: str, matcher: _Matcher, day: date | None) -> list[_Hit]:
    """Drop weak forms of actors that the document never names in full, and put the holders in place of offices."""
    named = {hit.entry.actor_id for hit in hits if hit.entry.kind == "alias" and not hit.entry.weak}
    offices = {hit.entry.actor_id for hit in hits if hit.entry.kind == "office"}
    name_at = {hit.start: hit.entry.actor_id for hit in hits if hit.entry.actor_id in matcher.persons}
    kept: list[_Hit] = []
    latest: dict[str, str] = {}
    office_end = 0
    for hit in sorted(hits, key=lambda hit: (hit.start, -hit.end)):
        entry = hit.entry
        if hit.end <= office_end and (entry.weak or entry.kind == "office"):
            continue
        if entry.kind == "role":
            kept.append(hit)
        elif entry.kind in ("alias", "surname"):
            if not entry.weak or entry.actor_id in named:
                kept.append(hit)
                latest.update(dict.fromkeys(matcher.titles_held.get(entry.actor_id, ()), entry.actor_id))
        elif holder_id := _holder(hit, text, matcher, day, named, offices, latest, name_at):
            kept.append(replace(hit, entry=replace(entry, actor_id=holder_id, open=False)))
        if entry.kind in ("office", "short_office"):
            office_end = max(office_end, hit.end)
    return kept


def _holder(
    hit: _Hit,
    text: str,
    matcher: _Matcher,
    day: date | None,
    named: set[str],
    offices: set[str],
    latest: dict[str, str],
    name_at: dict[int, str],
) -> str | None:
    """Return who an office without a name stands for: a holder whom the text names, else the holder on its day.

    «السابق» takes the predecessor. A short form ("the foreign minister") needs the office or a holder in the text.
    """
    if _previous_word(text, hit.start - len(hit.proclitic)).lstrip("وف") in _DEPUTIES:
        return None
    title = hit.entry.actor_id
    held = matcher.holders.get(title, ())
    after, former = _after_office(text, hit.end)
    if name_at.get(after) in {holder.actor_id for holder in held} or _is_other_name(hit, after, text, matcher):
        return None
    present = [holder for holder in held if holder.actor_id in named]
    if hit.entry.kind == "short_office" and not present and title not in offices:
        return None
    current = None
    if day is not None and not (hit.entry.kind == "short_office" and not present):
        current = next((holder for holder in held if holder.since <= day < holder.until), None)
    if current is None and present:
        nearest = latest.get(title)
        current = next((holder for holder in reversed(present) if holder.actor_id == nearest), present[-1])
    if current is None or not former:
        return current.actor_id if current else None
    earlier = [holder for holder in held if holder.until <= current.since]
    return earlier[-1].actor_id if earlier else None


_DEPUTIES = frozenset(map(fold, ("نائب", "نائبة", "وكيل", "نواب", "نائبا", "نائبي", "سكرتير")))
_FORMER = re.compile(r" (?:السابق|الاسبق|المنتهيه ولايته|السابقه)(?![ء-ي])")


def _after_office(text: str, end: int) -> tuple[int, bool]:
    """Return where a name would start after an office, and whether the office is a former one."""
    former = _FORMER.match(text, end)
    if former:
        end = former.end()
    while end < len(text) and text[end] in " ,:(-":
        end += 1
    return end, former is not None


def _is_other_name(hit: _Hit, after: int, text: str, matcher: _Matcher) -> bool:
    """Whether someone else's name follows, who then holds the office; an adviser of the office is not its holder."""
    if after != hit.end + 1:
        return False
    following = _LEFT_WORDS.match(text, after)
    if not following or following.group() not in matcher.given_names:
        return False
    left = _previous_word(text, hit.start - len(hit.proclitic))
    return left.lstrip("وفال") not in matcher.roles and left not in matcher.roles and left != "باسم"


# --- 4.: one reading for each stretch -------------------------------------------------------------------------------


def _leftmost_longest(hits: list[_Hit]) -> list[_Hit]:
    """Choose one reading for each stretch, and inside open descriptions the names they hold."""
    chosen: list[_Hit] = []
    end = inner_end = 0
    opened: _Hit | None = None
    for hit in sorted(hits, key=lambda hit: (hit.start, -hit.end, hit.entry.weak)):
        if hit.start >= end:
            chosen.append(hit)
            end = inner_end = hit.end
            opened = hit if hit.entry.open else None
            inner_end = hit.start
        elif opened and hit.end <= end and hit.start >= inner_end and _counts_inside(hit, opened):
            chosen.append(hit)
            inner_end = hit.end
    return chosen


def _counts_inside(hit: _Hit, opened: _Hit) -> bool:
    """Whether a name inside an open description counts too: «إيران» in «الفصائل المرتبطة بإيران», not «الفصائل»."""
    if hit.start == opened.start or hit.entry.kind == "role":
        return False
    return hit.entry.actor_id != opened.entry.actor_id


def _without_places(hits: list[_Hit], text: str, matcher: _Matcher) -> list[_Hit]:
    kept: list[_Hit] = []
    last_place = -10
    for hit in hits:
        if hit.entry.place and _is_place(hit, text, matcher, last_place):
            last_place = hit.end
        else:
            kept.append(hit)
    return kept


def _is_place(hit: _Hit, text: str, matcher: _Matcher, last_place: int) -> bool:
    """Whether a country or capital is only where something happens: «في بغداد», «انسحاب القوات من العراق»."""
    core = hit.start - len(hit.proclitic)
    gap = core - last_place
    if (hit.proclitic.startswith("و") and gap in (0, 1, 2)) or (gap == 3 and text.startswith(" و ", last_place)):
        return True
    left = _left(text, core)
    nearest = left[0] if left else ""
    if hit.proclitic.endswith("ب"):
        return not nearest.lstrip("ال").startswith(_RELATIONAL)
    if hit.proclitic.endswith("ل"):
        return nearest.lstrip("وال") in ("زياره", "وصوله", "وصول")
    bare = nearest if nearest in matcher.place_before else nearest[1:] if nearest[:1] in ("و", "ف", "ب") else nearest
    if bare in matcher.place_before or (hit.entry.place == "city" and bare in matcher.city_before):
        return True
    if hit.entry.place == "city" and any(word.endswith("العاصمه") for word in left[:2]):
        return True
    if nearest in ("من", "ومن"):
        if hit.entry.place == "city" and len(left) > 1:
            return not left[1].lstrip("وبال").startswith(_REQUESTS)
        return any(word in matcher.motion for word in left[1:7])
    if hit.entry.place == "city" and _is_dateline(text, core, hit.end):
        return True
    return hit.entry.place == "city" and "زياره" in left[1:5] and not nearest.endswith("ت") and nearest not in _ACTING


_RELATIONAL = (
    "مرتبط",
    "ارتباط",
    "علاق",
    "ملتزم",
    "التزام",
    "ملحق",
    "ثق",
    "خاص",
    "يثق",
    "تثق",
    "اتصل",
    "مطالب",
    "ربط",
    "تربط",
    "صل",
)
_REQUESTS = (
    "طلب",
    "دعو",
    "مقرب",
    "قريب",
    "دعم",
    "ضغط",
    "ضغوط",
    "موقف",
    "رد",
    "تهديد",
    "موافق",
    "تمويل",
    "توجيه",
    "مدعوم",
    "تطلب",
)
_ACTING = frozenset(("مع", "بين", "ان", "ضد", "علي", "على"))


def _is_dateline(text: str, start: int, end: int) -> bool:
    """Whether a city opens a paragraph as the place of the report: «بغداد (رويترز) -», «بغداد / وكالات»."""
    opens = start == 0 or text[max(0, start - 3) : start].rstrip(" ")[-1:] in ("\n", "-", "")
    return opens and text[end : end + 2].lstrip(" ")[:1] in ("/", "(", "-")


# --- 5.: words that point back ---------------------------------------------------------------------------------------


def _add_anaphors(hits: list[_Hit], text: str, matcher: _Matcher) -> list[_Hit]:
    """Read «هذه القوات», «السفيرة» and «حكومته» by the nearest earlier mention they fit; drop those that fit none."""
    pointers = [
        *_demonstratives(text, matcher),
        *_possessives(text),
        *(hit for hit in hits if hit.entry.kind == "role"),
    ]
    if not pointers:
        return hits
    covered = {hit.start for hit in hits if hit.entry.kind != "role"}
    pointers = [hit for hit in pointers if hit.start not in covered]
    names = [hit for hit in hits if hit.entry.kind != "role"]
    memory = _Memory(text, matcher)
    read: list[_Hit] = []
    for hit in sorted([*names, *pointers], key=lambda hit: (hit.start, hit.end)):
        if hit.entry.kind == "pointer" or hit.entry.kind == "role":
            actor_id = memory.find(hit)
            if actor_id:
                hit = replace(hit, entry=_Entry(actor_id, "pointer"))
                memory.add(hit)
                read.append(hit)
        else:
            memory.add(hit)
            read.append(hit)
    return read


_FOLLOWERS = """
    إلى أن إن بأن أنه أنها في من عن خلال قائلا قائلة ردا بعد قبل كذلك أيضا أمس اليوم مع ل ب عبر حول بشأن
"""
_AFTER_ROLE = frozenset({"على", *map(fold, _FOLLOWERS.split())})
"""A role alone («السفيرة») is followed by one of these or a mark, not by an adjective or a name."""


class _Memory:
    """What the document has named so far: bodies by their head noun, people by the role they were introduced with."""

    def __init__(self, text: str, matcher: _Matcher) -> None:
        self._text, self._matcher = text, matcher
        self._bodies: dict[str, str] = {}
        self._people: dict[str, str] = {}
        self._recent: list[tuple[int, str]] = []

    def add(self, hit: _Hit) -> None:
        """Remember a mention."""
        actor_id = hit.entry.actor_id
        self._recent = [*self._recent[-5:], (hit.end, actor_id)]
        if actor_id not in self._matcher.persons:
            self._bodies[_head(self._text[hit.start : hit.end])] = actor_id
            return
        for word in _left_clause(self._text, hit.start)[:9]:
            role = _head(word)
            if role in self._matcher.roles or role.removesuffix("ه") in self._matcher.roles:
                self._people[role] = actor_id

    def find(self, pointer: _Hit) -> str | None:
        """Return the actor that a pointer means."""
        owner, noun = pointer.proclitic, pointer.entry.actor_id
        if pointer.entry.kind == "role":
            after = _next_word(self._text, pointer.end)
            return self._people.get(noun) if not after or after in _AFTER_ROLE else None
        if owner not in ("ه", "ها"):
            return self._bodies.get(noun)
        gender = "m" if owner == "ه" else "f"
        for end, actor_id in reversed(self._recent):
            if pointer.start - end > 120:
                return None
            if self._matcher.genders.get(actor_id) == gender and (body := self._owned(actor_id, noun)):
                return body
        return None

    def _owned(self, actor_id: str, noun: str) -> str | None:
        for _ in range(3):
            if body := self._matcher.owned.get((actor_id, noun)):
                return body
            actor = self._matcher.actors.get(actor_id)
            if actor is None or actor.affiliation is None:
                return None
            actor_id = actor.affiliation
        return None


def _left_clause(text: str, at: int) -> list[str]:
    """Return the words before `at` in its clause, nearest first."""
    window = text[max(0, at - _WINDOW) : at].rstrip(" ,")
    for mark in ("\n", ".", "?", "!", ";", ","):
        window = window[window.rfind(mark) + 1 :]
    return _LEFT_WORDS.findall(window)[::-1]


def _demonstratives(text: str, matcher: _Matcher) -> Iterator[_Hit]:
    for match in _DEMONSTRATIVE.finditer(text):
        noun = match.group(1)[2:]
        if noun in matcher.bodies and _stands_alone(text, match.start()) and not _is_qualified(text, match.end()):
            yield _Hit(match.start(1), match.end(1), _Entry(noun, "pointer"), "")


def _stands_alone(text: str, at: int) -> bool:
    """Whether a word begins at `at`, or one letter before it with a proclitic."""
    if at and text[at - 1] in "وفبلك":
        at -= 1
    return at == 0 or not _LETTER.match(text, at - 1)


def _possessives(text: str) -> Iterator[_Hit]:
    for match in _POSSESSIVE.finditer(text):
        if not _stands_alone(text, match.start()):
            continue
        noun = match.group(1)
        noun = noun[:-1] + "ه" if noun.endswith("ت") and noun != "قوات" else noun
        yield _Hit(match.start(1), match.end(2), _Entry(noun, "pointer"), match.group(2))


def _head(name: str) -> str:
    first = name.split(" ", 1)[0]
    return first[2:] if first.startswith(("ال", "لل")) else first
