"""Compiles the registry of actors: every form a name, surname, office or role may stand in, by its first word."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from typing import Literal, NamedTuple

from mawaqif.arabic.text import fold
from mawaqif.vocabulary import Actor, ActorsFile, Alias, Vocabulary


@dataclass(frozen=True, slots=True)
class Entry:
    """What one form may stand for: an alias of an actor, a surname, or an office (`actor_id` is then its title)."""

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
    is_bound: bool = True
    """False for an alias that may stand in any context."""


class Form(NamedTuple):
    """One spelling by its first word and what follows it (with the space before, empty for a single word)."""

    first: str
    rest: str
    entries: tuple[Entry, ...]
    is_contracted: bool

    @property
    def has_article(self) -> bool:
        """Whether the form begins with the article, which takes no «ل» before it."""
        return self.first.startswith("ال")


@dataclass(frozen=True, slots=True)
class Holder:
    """One period in which an actor held an office; `until` is the first day after it."""

    actor_id: str
    since: date
    until: date


@dataclass(frozen=True)
class Registry:
    """The compiled registry; the sets hold folded words."""

    forms: tuple[Form, ...]
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


@lru_cache(maxsize=4)
def compile_registry(vocabulary: Vocabulary) -> Registry:
    """Return the registry of a vocabulary, ready to match with."""
    file = vocabulary.actors
    table: dict[str, list[Entry]] = {}
    for form, entry in _all_entries(file):
        for spelling in _spellings(form):
            owners = table.setdefault(spelling, [])
            if not any(known.actor_id == entry.actor_id and known.kind == entry.kind for known in owners):
                owners.append(entry)
    words = file.name_words
    given_names = _folded(words.given_names)
    return Registry(
        forms=tuple(_forms(table)),
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


def _forms(table: dict[str, list[Entry]]) -> Iterator[Form]:
    """Yield each spelling, and with the article contracted after «ل»: للحكومة."""
    for spelling, owners in table.items():
        first, space, rest = spelling.partition(" ")
        yield Form(first, space + rest, tuple(owners), is_contracted=False)
        if spelling.startswith("ال"):
            yield Form("لل" + first[2:].removeprefix("ل"), space + rest, tuple(owners), is_contracted=True)


def _folded(words: Iterable[str]) -> frozenset[str]:
    return frozenset(fold(word) for word in words)


def is_human(actor: Actor, given_names: frozenset[str]) -> bool:
    """Whether an actor is one person with a name: experts may be institutes, and sources have no name."""
    if actor.type == "person":
        return actor.camp != "anonymous"
    return actor.type == "expert" and fold(actor.name.ar).split()[0] in given_names


def _all_entries(file: ActorsFile) -> Iterator[tuple[str, Entry]]:
    given_names = _folded(file.name_words.given_names)
    for actor in file.actors:
        for alias in actor.forms:
            yield fold(alias.form), _alias_entry(actor, alias)
        for surname, given in _surnames(actor, given_names).items():
            yield surname, Entry(actor.id, "surname", weak=True, given=frozenset(given))
    for office in file.office_titles:
        for form in (office.title, *office.forms):
            yield fold(form), Entry(office.title, "office", is_bound=False)
        for form in office.short_forms:
            yield fold(form), Entry(office.title, "short_office", weak=True)
    for role in file.name_words.roles:
        form = fold(role if isinstance(role, str) else role.form)
        for spelling in (form, form + "ه"):
            yield "ال" + spelling, Entry(spelling, "role", weak=True)


def _alias_entry(actor: Actor, alias: Alias) -> Entry:
    contexts = (alias.not_before, alias.not_after, alias.only_before, alias.only_after)
    return Entry(
        actor.id,
        "alias",
        not_before=(*map(fold, alias.not_before), *alias.not_before),
        not_after=(*map(fold, alias.not_after), *alias.not_after),
        only_before=tuple(map(fold, alias.only_before)),
        only_after=tuple(map(fold, alias.only_after)),
        weak=alias.weak,
        open=alias.open,
        place=alias.place,
        is_bound=alias.weak or any(contexts),
    )


def _surnames(actor: Actor, given_names: frozenset[str]) -> dict[str, set[str]]:
    """Return last names of two letters and more with the given names they are known to follow; none for bodies."""
    found: dict[str, set[str]] = {}
    for alias in actor.forms if is_human(actor, given_names) else ():
        words = fold(alias.form).split()
        if len(words) < 2 or words[0] not in given_names or words[-2] == "بن":
            continue
        if len(words[-1]) > 3 and words[-1] not in _NO_SURNAME:
            found.setdefault(words[-1], set()).update(words[:-1])
    return found


_NO_SURNAME = frozenset(map(fold, ("الله", "الدين", "سلام")))
"""Second parts of last names («نصر الله»), and a last name that is more often a word («محادثات سلام»)."""


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
    head = name_head(fold(actor.name.ar))
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
            noun = name_head(fold(alias.form))
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


def name_head(name: str) -> str:
    """Return the first word of a name without its article."""
    first = name.split(" ", 1)[0]
    return first[2:] if first.startswith(("ال", "لل")) else first
