"""`actors.yml` and `outlets.yml`: who takes positions, in which office, and who publishes."""

from __future__ import annotations

import re
from datetime import date
from typing import Annotated, Literal

from pydantic import Field

from mawaqif.arabic.text import fold
from mawaqif.vocabulary.entries import Bilingual, Entry, NonEmpty

_GLOSS = re.compile(r"\s*\([^()]*\)$")
"""What stands in brackets behind a name explains it, and is no part of it."""


def strip_gloss(name: str) -> str:
    """Return a name of the register without the explanation in brackets behind it."""
    return _GLOSS.sub("", name).strip('"')


class Camp(Entry):
    """A group of actors that charts show together; camps are drawn in the order of the file."""

    id: NonEmpty
    name: Bilingual


class Alias(Entry):
    """One spelling of an actor; folding takes care of hamza, ya, ta marbuta and marks, so list only different words.

    Both spellings of "American" (أمريكي، أميركي) and the contraction لل are made by the matcher. `not_before` and
    `not_after` are words which, next to the match, make it something else; `only_before` and `only_after` are those of
    which one must stand there. `weak` forms (a surname, "the government") count only in a document that also has a full
    form of the same actor. `open` marks a description in which other names count too ("حكومة السوداني"). `place`
    marks a name that is also a place: it takes part only where it acts ("بغداد طلبت"), not where something happens in
    it ("في بغداد").
    """

    form: NonEmpty
    not_before: tuple[NonEmpty, ...] = ()
    not_after: tuple[NonEmpty, ...] = ()
    only_before: tuple[NonEmpty, ...] = ()
    only_after: tuple[NonEmpty, ...] = ()
    weak: bool = False
    open: bool = False
    place: Literal["city", "country"] | None = None


class Office(Entry):
    """An office held from `since` until the day before `until` (None: open); `title` stands in `office_titles`."""

    title: NonEmpty
    since: date | None = None
    until: date | None = None


class OfficeTitle(Entry):
    """An office whose holder may go unnamed: `forms` name it anywhere, `short_forms` once a holder is known.

    `en` is its name in the English report.
    """

    title: NonEmpty
    forms: tuple[NonEmpty, ...] = ()
    short_forms: tuple[NonEmpty, ...] = ()
    en: NonEmpty | None = None


class RoleWord(Entry):
    """A word for what a person is, masculine singular; the sound feminine and plurals are made from it.

    `en` is what the English report writes, with the preposition that leads to the body («spokesperson for»).
    """

    form: NonEmpty
    plural: NonEmpty | None = None
    same_as: NonEmpty | None = None
    en: NonEmpty | None = None


class NameWords(Entry):
    """Words that show the structure of a speaker phrase: roles, bodies, documents, titles, given names, places."""

    roles: tuple[RoleWord | NonEmpty, ...] = ()
    bodies: tuple[NonEmpty, ...] = ()
    documents: tuple[NonEmpty, ...] = ()
    anonymous: tuple[NonEmpty, ...] = ()
    anonymous_roles: tuple[NonEmpty, ...] = ()
    titles: tuple[NonEmpty, ...] = ()
    given_names: tuple[NonEmpty, ...] = ()
    places: tuple[NonEmpty, ...] = ()
    place_before: tuple[NonEmpty, ...] = ()
    city_before: tuple[NonEmpty, ...] = ()
    motion: tuple[NonEmpty, ...] = ()


ActorType = Literal[
    "person", "expert", "government", "ministry", "state", "parliament", "party_bloc", "armed_group",
    "international_body", "media",
]  # fmt: skip


class Actor(Entry):
    """Someone or something that takes positions."""

    id: Annotated[str, Field(pattern=r"^[a-z0-9_]+$")]
    name: Bilingual
    type: ActorType
    camp: NonEmpty
    affiliation: NonEmpty | None = None
    gender: Literal["m", "f"] | None = None
    aliases: tuple[Alias | NonEmpty, ...] = ()
    offices: tuple[Office, ...] = ()

    @property
    def plain_name(self) -> str:
        """The Arabic name without the remark in brackets behind it."""
        return strip_gloss(self.name.ar)

    @property
    def forms(self) -> tuple[Alias, ...]:
        """All spellings: the Arabic name first, then the aliases."""
        listed = [a if isinstance(a, Alias) else Alias(form=a) for a in self.aliases]
        named = [] if any(fold(a.form) == fold(self.plain_name) for a in listed) else [Alias(form=self.plain_name)]
        return (*named, *listed)


class ActorsFile(Entry):
    """`actors.yml`."""

    camps: tuple[Camp, ...]
    office_titles: tuple[OfficeTitle, ...] = ()
    name_words: NameWords = NameWords()
    actors: tuple[Actor, ...]


class Outlet(Entry):
    """A publisher, known by its names, its web hosts, and words that its page template leaves in copied text."""

    id: NonEmpty
    name: Bilingual
    country: NonEmpty | None = None
    aliases: tuple[NonEmpty, ...] = ()
    hosts: tuple[NonEmpty, ...] = ()
    page_marks: tuple[NonEmpty, ...] = ()


class OutletsFile(Entry):
    """`outlets.yml`."""

    outlets: tuple[Outlet, ...]
