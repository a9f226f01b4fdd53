"""Compiles the words by which a speaker phrase is read: roles, bodies, names, and what is known of each actor."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Literal

from mawaqif.annotate.actors import actor_gender, is_human
from mawaqif.arabic.text import fold
from mawaqif.vocabulary import Actor, Vocabulary

Gender = Literal["m", "f"]


Number = Literal["s", "d", "p"]


Kind = Literal["role", "body", "document", "anonymous", "other"]


@dataclass(frozen=True)
class SpeakerWords:
    """The words of `actors.yml` that tell names, roles and bodies apart, folded and without article."""

    roles: dict[str, tuple[str, Gender, Number]]
    bodies: frozenset[str]
    documents: frozenset[str]
    anonymous: frozenset[str]
    anonymous_roles: frozenset[str]
    titles: frozenset[str]
    given_names: frozenset[str]
    places: frozenset[str]
    forms: dict[str, str]
    humans: frozenset[str]
    offices: dict[str, frozenset[str]]
    known: frozenset[str]
    actors: dict[str, Actor]
    facts: dict[str, _Facts] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class _Facts:
    """What every mention of a registered actor has in common: the heads of its name and offices are its `roles`."""

    grade: str
    gender: Gender | None
    has_fixed_gender: bool
    number: Number
    roles: tuple[str, ...]


@lru_cache(maxsize=4)
def speaker_words(vocabulary: Vocabulary) -> SpeakerWords:
    """Compile the words of a vocabulary, once."""
    file = vocabulary.actors
    words = file.name_words
    given_names = frozenset(fold(name) for name in words.given_names)
    bodies = _bare_set(words.bodies)
    roles = {
        form: role for form, role in _role_forms(vocabulary).items() if form not in bodies or not form.endswith("ه")
    }
    others = _bare_set((*words.documents, *words.anonymous, *words.places))
    compiled = SpeakerWords(
        roles=roles,
        bodies=bodies,
        known=frozenset(roles) | bodies | others | given_names,
        documents=_bare_set(words.documents),
        anonymous=_bare_set(words.anonymous),
        anonymous_roles=_bare_set(words.anonymous_roles),
        titles=frozenset(fold(title) for title in words.titles),
        given_names=given_names,
        places=frozenset(fold(place) for place in words.places),
        actors={actor.id: actor for actor in file.actors},
        forms={fold(alias.form): actor.id for actor in file.actors for alias in actor.forms},
        humans=frozenset(actor.id for actor in file.actors if is_human(actor, given_names)),
        offices={a.id: frozenset(without_article(fold(o.title).split()[0]) for o in a.offices) for a in file.actors},
    )
    compiled.facts.update((actor.id, _facts(actor, compiled)) for actor in file.actors)
    return compiled


def _bare_set(words: Iterable[str]) -> frozenset[str]:
    return frozenset(without_article(fold(word)) for word in words)


def without_article(word: str) -> str:
    """Return a folded word without «ال», where enough is left."""
    return word[2:] if word.startswith("ال") and len(word) > 3 else word


def _role_forms(vocabulary: Vocabulary) -> dict[str, tuple[str, Gender, Number]]:
    """Return every inflected form of the role words, without article: masculine, feminine, dual and plural."""
    forms: dict[str, tuple[str, Gender, Number]] = {}
    for entry in vocabulary.actors.name_words.roles:
        role = fold(entry if isinstance(entry, str) else entry.form)
        lemma = role if isinstance(entry, str) or entry.same_as is None else fold(entry.same_as)
        forms.setdefault(role, (lemma, "m", "s"))
        forms.setdefault(role + "ه", (lemma, "f", "s"))
        forms.setdefault(role + "ات", (lemma, "f", "p"))
        for ending in ("ون", "ين", "و"):
            forms.setdefault(role + ending, (lemma, "m", "p"))
        for owner in ("ها", "هم", "هما"):
            forms.setdefault(role + owner, (lemma, "m", "s"))
        for owner in ("ته", "تها", "تهم"):
            forms.setdefault(role + owner, (lemma, "f", "s"))
        forms.setdefault(role + "ان", (lemma, "m", "d"))
        forms.setdefault(role + "ا", (lemma, "m", "d"))
        if not isinstance(entry, str) and entry.plural:
            forms[fold(entry.plural)] = (lemma, "m", "p")
    return forms


def folded_words(words: str) -> frozenset[str]:
    """Fold the words of a list written with blanks between them."""
    return frozenset(map(fold, words.split()))


def _facts(actor: Actor, words: SpeakerWords) -> _Facts:
    is_human = actor.id in words.humans
    heads = [] if is_human else [without_article(fold(actor.name.ar).split()[0])]
    return _Facts(
        grade=_grade(actor, words),
        gender=actor_gender(actor),
        has_fixed_gender=actor.gender is not None or not is_human,
        number="s" if is_human else _number(actor),
        roles=(*heads, *sorted(words.offices.get(actor.id, frozenset()))),
    )


def _number(actor: Actor) -> Number:
    head = fold(actor.name.ar).split()[0]
    return (
        "p"
        if head.endswith(("ون", "ين", "ات")) or without_article(head) in ("فصايل", "مصادر", "كتايب", "قوي", "احزاب")
        else "s"
    )


def grade_actor(actor: Actor, vocabulary: Vocabulary) -> str:
    """Return the grade of a registered actor as a source: person, office, institution or anonymous."""
    return _grade(actor, speaker_words(vocabulary))


def _grade(actor: Actor, words: SpeakerWords) -> str:
    if actor.camp == "anonymous":
        return "anonymous"
    head = without_article(fold(actor.name.ar).split()[0])
    if actor.id in words.humans:
        return "office" if head in words.roles else "person"
    return "anonymous" if head in words.anonymous or (head in words.roles and actor.type == "expert") else "institution"
