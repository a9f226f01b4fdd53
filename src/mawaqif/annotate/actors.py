"""Finds where registered actors are named, and whom offices, surnames and words that point back stand for."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import replace
from datetime import date

from mawaqif.annotate.actor_forms import Entry, Registry, actor_gender, compile_registry, is_human, name_head
from mawaqif.annotate.actor_names import (
    LETTERS,
    Hit,
    MatchCopy,
    clause_left,
    copy_for_matching,
    name_finder,
    nearest_left,
    next_word,
    previous_word,
    words_left,
)
from mawaqif.arabic.reading_copy import reading_copy
from mawaqif.arabic.text import NormalisedText, fold
from mawaqif.records import Mention, Reading
from mawaqif.vocabulary import Vocabulary

__all__ = ["actor_gender", "annotate_actors", "is_human"]

_WORDS = re.compile(rf"[{LETTERS}]+")


def annotate_actors(reading: Reading, vocabulary: Vocabulary) -> Reading:
    """Return the reading with a mention for each place where a registered actor is named, in order of the text.

    1. find all aliases, surnames and offices outside boilerplate in one pass, but those inside other words and in a
    context that makes them something else; 2. keep weak forms and offices only where the document names their actor;
    3. keep the leftmost longest; 4. read «هذه القوات», «السفيرة» and «حكومته» by what came before; 5. map back to
    source offsets. A name stands without its clitics, but لل belongs to it: the source has no letter to part it at.
    """
    registry = compile_registry(vocabulary)
    copy = reading_copy(reading)
    matched = copy_for_matching(copy, reading.text)
    # 1.
    hits, pointers = name_finder(vocabulary).find(matched, copy.text)
    # 2.
    hits = _resolve(hits, matched.text, registry, _day(reading))
    # 3.
    hits = _without_places(_leftmost_longest(hits), matched.text, registry)
    hits = [hit for hit in hits if not (hit.entry.place == "city" and _ends_byline(hit, copy, matched))]
    # 4.
    hits = _add_anaphors(hits, pointers, matched.text, registry)
    # 5.
    return replace(reading, mentions=_mentions(hits, copy, matched))


def _mentions(hits: Sequence[Hit], copy: NormalisedText, matched: MatchCopy) -> tuple[Mention, ...]:
    if not hits:
        return ()
    starts = copy.starts[matched.index[[hit.start for hit in hits]]].tolist()
    ends = copy.ends[matched.index[[hit.end - 1 for hit in hits]]].tolist()
    return tuple(Mention(hit.entry.actor_id, start, end) for hit, start, end in zip(hits, starts, ends, strict=True))


# --- 2.: weak forms and offices -------------------------------------------------------------------------------------


def _day(reading: Reading) -> date | None:
    published = reading.published
    return published.day or published.earliest


def _resolve(hits: list[Hit], text: str, registry: Registry, day: date | None) -> list[Hit]:
    """Drop weak forms of actors that the document never names in full, and put the holders in place of offices."""
    named: set[str] = set()
    offices: set[str] = set()
    name_at: dict[int, str] = {}
    for hit in hits:
        entry = hit.entry
        if entry.kind == "alias" and not entry.weak:
            named.add(entry.actor_id)
        elif entry.kind == "office":
            offices.add(entry.actor_id)
        if entry.actor_id in registry.persons:
            name_at[hit.start] = entry.actor_id
    kept: list[Hit] = []
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
                for title in registry.titles_held.get(entry.actor_id, ()):
                    latest[title] = entry.actor_id
        else:
            if holder_id := _holder(hit, text, registry, day, named, offices, latest, name_at):
                kept.append(Hit(hit.start, hit.end, replace(entry, actor_id=holder_id, open=False), hit.proclitic))
            office_end = max(office_end, hit.end)
    return kept


def _holder(
    hit: Hit,
    text: str,
    registry: Registry,
    day: date | None,
    named: set[str],
    offices: set[str],
    latest: dict[str, str],
    name_at: dict[int, str],
) -> str | None:
    """Return who an office without a name stands for: a holder whom the text names, else the holder on its day.

    «السابق» takes the predecessor. A short form ("the foreign minister") needs the office or a holder in the text.
    """
    left = previous_word(text, hit.start - len(hit.proclitic))
    if left in _DEPUTIES or left.lstrip("وف") in _DEPUTIES:
        return None
    title = hit.entry.actor_id
    held = registry.holders.get(title, ())
    after, former = _after_office(text, hit.end)
    if name_at.get(after) in {holder.actor_id for holder in held} or _is_other_name(hit, after, text, registry):
        return None
    # Whoever took the office only later does not hold it in an older text.
    present = [holder for holder in held if holder.actor_id in named and (day is None or holder.since <= day)]
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


_DEPUTIES = frozenset(map(fold, ("نائب", "نائبة", "وكيل", "نواب", "نائبا", "نائبي", "سكرتير", "ولي")))
_FORMER = re.compile(r" (?:السابق|الاسبق|المنتهيه ولايته|السابقه)(?![ء-ي])")


def _after_office(text: str, end: int) -> tuple[int, bool]:
    """Return where a name would start after an office, and whether the office is a former one."""
    former = _FORMER.match(text, end)
    if former:
        end = former.end()
    while end < len(text) and text[end] in " ,:(-":
        end += 1
    return end, former is not None


def _is_other_name(hit: Hit, after: int, text: str, registry: Registry) -> bool:
    """Whether someone else's name follows, who then holds the office; an adviser of the office is not its holder."""
    if after != hit.end + 1:
        return False
    following = _WORDS.match(text, after)
    if not following or following.group() not in registry.given_names:
        return False
    left = previous_word(text, hit.start - len(hit.proclitic))
    return left.lstrip("وفال") not in registry.roles and left not in registry.roles and left != "باسم"


# --- 3.: one reading for each stretch -------------------------------------------------------------------------------


def _leftmost_longest(hits: list[Hit]) -> list[Hit]:
    """Choose one reading for each stretch, and inside open descriptions the names they hold."""
    chosen: list[Hit] = []
    end = inner_end = 0
    opened: Hit | None = None
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


def _counts_inside(hit: Hit, opened: Hit) -> bool:
    """Whether a name inside an open description counts too: «إيران» in «الفصائل المرتبطة بإيران», not «الفصائل»."""
    if hit.start == opened.start or hit.entry.kind == "role":
        return False
    return hit.entry.actor_id != opened.entry.actor_id


def _without_places(hits: list[Hit], text: str, registry: Registry) -> list[Hit]:
    kept: list[Hit] = []
    last_place = -10
    for hit in hits:
        if hit.entry.place and _is_place(hit, text, registry, last_place):
            last_place = hit.end
        else:
            kept.append(hit)
    return kept


def _is_place(hit: Hit, text: str, registry: Registry, last_place: int) -> bool:
    """Whether a country or capital is only where something happens: «في بغداد», «انسحاب القوات من العراق»."""
    core = hit.start - len(hit.proclitic)
    gap = core - last_place
    if (hit.proclitic.startswith("و") and gap in (0, 1, 2)) or (gap == 3 and text.startswith(" و ", last_place)):
        return True
    nearest = nearest_left(text, core)
    if hit.proclitic.endswith("ب"):
        return not nearest.lstrip("ال").startswith(_RELATIONAL)
    if hit.proclitic.endswith("ل"):
        return nearest.lstrip("وال") in ("زياره", "وصوله", "وصول")
    bare = nearest if nearest in registry.place_before else nearest[1:] if nearest[:1] in "وفبس" else nearest
    if bare in registry.place_before or (hit.entry.place == "city" and bare in registry.city_before):
        return True
    is_from = nearest in ("من", "ومن")
    if hit.entry.place != "city" and not is_from:
        return False
    left = words_left(text, core)
    if hit.entry.place == "city" and any(word.endswith("العاصمه") for word in left[:2]):
        return True
    if is_from:
        if hit.entry.place == "city" and len(left) > 1:
            return not left[1].lstrip("وبال").startswith(_REQUESTS)
        return any(word in registry.motion for word in left[1:7])
    if _is_dateline(text, core, hit.end):
        return True
    return "زياره" in left[1:5] and not nearest.endswith("ت") and nearest not in _ACTING


_RELATIONAL = (
    "مرتبط",
    "ارتباط",
    "علاق",
    "ملتزم",
    "التزام",
    "ملحق",
    "ثقه",
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


def _ends_byline(hit: Hit, copy: NormalisedText, matched: MatchCopy) -> bool:
    """Whether a city ends the line that names who reports from it: «وكالات - بغداد», alone before the text."""
    start, end = int(matched.index[hit.start]), int(matched.index[hit.end - 1]) + 1
    line = copy.text.rfind("\n", max(0, start - _LONGEST_BYLINE - 1), start) + 1
    if copy.text[end : end + 1] != "\n" or start - line > _LONGEST_BYLINE:
        return False
    return copy.text[line:start].rstrip(" ")[-1:] in ("-", "/", "")


_LONGEST_BYLINE = 40
"""Characters."""


# --- 4.: words that point back ---------------------------------------------------------------------------------------


def _add_anaphors(hits: list[Hit], pointers: list[Hit], text: str, registry: Registry) -> list[Hit]:
    """Read «هذه القوات», «السفيرة» and «حكومته» by the nearest earlier mention they fit; drop those that fit none."""
    pointers = [*pointers, *(hit for hit in hits if hit.entry.kind == "role")]
    if not pointers:
        return hits
    names = [hit for hit in hits if hit.entry.kind != "role"]
    covered = {hit.start for hit in names}
    pointers = sorted((hit for hit in pointers if hit.start not in covered), key=lambda hit: (hit.start, hit.end))
    memory = _Memory(text, registry)
    read: list[Hit] = []
    at = 0
    for pointer in pointers:
        after = bisect_left(names, pointer.start, at, key=lambda hit: hit.start)
        read += names[at:after]
        memory.add(names[at:after])
        at = after
        actor_id = memory.find(pointer)
        if actor_id is not None:
            read.append(Hit(pointer.start, pointer.end, Entry(actor_id, "pointer"), pointer.proclitic))
            memory.add(read[-1:])
    return read + names[at:]


_FOLLOWERS = """
    إلى أن إن بأن أنه أنها في من عن خلال قائلا قائلة ردا بعد قبل كذلك أيضا أمس اليوم مع ل ب عبر حول بشأن
"""
_AFTER_ROLE = frozenset({"على", *map(fold, _FOLLOWERS.split())})
"""A role alone («السفيرة») is followed by one of these or a mark, not by an adjective or a name."""


_MOST_RECENT = 6
"""Mentions before a pronoun among which its owner is looked for."""


class _Memory:
    """What the document has named so far: bodies by their head noun, people by the role they were introduced with."""

    def __init__(self, text: str, registry: Registry) -> None:
        self._text, self._registry = text, registry
        self._bodies: dict[str, str] = {}
        self._people: dict[str, str] = {}
        self._new_people: list[Hit] = []
        self._recent: list[Hit] = []

    def add(self, hits: Sequence[Hit]) -> None:
        """Remember mentions, in order."""
        self._recent = [*self._recent, *hits[-_MOST_RECENT:]][-_MOST_RECENT:]
        for hit in hits:
            if hit.entry.actor_id in self._registry.persons:
                self._new_people.append(hit)
                continue
            space = self._text.find(" ", hit.start, hit.end)
            head = name_head(self._text[hit.start : hit.end if space < 0 else space])
            self._bodies[head] = hit.entry.actor_id

    def find(self, pointer: Hit) -> str | None:
        """Return the actor that a pointer means."""
        owner, noun = pointer.proclitic, pointer.entry.actor_id
        if pointer.entry.kind == "role":
            after = next_word(self._text, pointer.end)
            return self._person(noun) if not after or after in _AFTER_ROLE else None
        if owner not in ("ه", "ها"):
            return self._bodies.get(noun)
        gender = "m" if owner == "ه" else "f"
        for hit in reversed(self._recent):
            if pointer.start - hit.end > 120:
                return None
            actor_id = hit.entry.actor_id
            if self._registry.genders.get(actor_id) == gender and (body := self._owned(actor_id, noun)):
                return body
        return None

    def _person(self, role: str) -> str | None:
        """Return who was last introduced with a role; introductions are only looked for when a role asks for them."""
        for hit in self._new_people:
            for word in clause_left(self._text, hit.start)[:9]:
                head = name_head(word)
                if head in self._registry.roles or head.removesuffix("ه") in self._registry.roles:
                    self._people[head] = hit.entry.actor_id
        self._new_people.clear()
        return self._people.get(role)

    def _owned(self, actor_id: str, noun: str) -> str | None:
        for _ in range(3):
            if body := self._registry.owned.get((actor_id, noun)):
                return body
            actor = self._registry.actors.get(actor_id)
            if actor is None or actor.affiliation is None:
                return None
            actor_id = actor.affiliation
        return None
