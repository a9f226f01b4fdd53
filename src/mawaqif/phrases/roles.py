"""Says in English in which role an article introduces a speaker, by the offices and roles that the register knows."""

from __future__ import annotations

import re
from collections.abc import Iterable

from mawaqif.arabic.text import fold
from mawaqif.phrases.naming import add_article
from mawaqif.vocabulary import Actor, OfficeTitle, RoleWord, Vocabulary

_DEPUTIES = frozenset(fold(word) for word in ("نائب", "وكيل", "معاون", "مساعد"))
"""Before another role these make its holder's deputy."""
_FORMER = frozenset(fold(word) for word in ("سابق", "أسبق", "سابقة"))
_PREPOSITION = re.compile(r" (?:of|for|to|at|in)$")


def translate_role(words: str, actor: Actor, vocabulary: Vocabulary) -> str | None:
    """Return a role in English, or None where the register knows too little to say the whole of it.

    An office of `office_titles` is known by itself («the Prime Minister of Iraq»), also behind a role («adviser to the
    Prime Minister of Iraq»); any other role only with the body that the speaker belongs to («member of the Alliance»).

    Args:
        words: The role as it stands in an article.
        actor: The speaker, registered.
        vocabulary: Gives offices, roles and bodies.
    """
    said = [_strip(word) for word in _fold(words).split()]
    if len(said) > 1 and said[-1] in _FORMER:
        current = translate_role(" ".join(words.split()[:-1]), actor, vocabulary)
        return f"former {current}" if current else None
    if office := _find_office(said, actor, vocabulary):
        return office
    role = _find_role(said[0], vocabulary) if said else None
    if role is None or role.en is None:
        return None
    if said[0] in _DEPUTIES and len(said) > 1 and _find_role(said[1], vocabulary):
        of = _find_office(said[1:], actor, vocabulary)
        return f"deputy to the {of}" if of else None
    if of := _find_office(said[1:], actor, vocabulary):
        joined = role.en if _PREPOSITION.search(role.en) else f"{role.en} of"
        return f"{joined} the {of}"
    body = vocabulary.actor(actor.affiliation) if actor.affiliation else None
    if body is None:
        return None
    return f"{role.en}{' ' if _PREPOSITION.search(role.en) else ', '}{add_article(body)}"


def _fold(words: str) -> str:
    """Fold a role, its two spellings of «American» and quotation marks alike."""
    return re.sub(r'[«»"“”]', "", fold(words)).replace("اميركي", "امريكي")


def _strip(word: str) -> str:
    return word.removeprefix("ال") if len(word) > 4 else word


def _find_role(word: str, vocabulary: Vocabulary) -> RoleWord | None:
    """Return the role that a word names, masculine or feminine."""
    for entry in vocabulary.actors.name_words.roles:
        if isinstance(entry, RoleWord) and word in (fold(entry.form), fold(f"{entry.form}ة")):
            return entry
    return None


def _find_office(said: list[str], actor: Actor, vocabulary: Vocabulary) -> str | None:
    """Return the office that words begin with; of several with one short form, one held in the speaker's own camp."""
    found = [office for office in vocabulary.actors.office_titles if office.en and _names(office, said, short=False)]
    if not found:
        held = {o.title for other in vocabulary.actors.actors if other.camp == actor.camp for o in other.offices}
        short = [office for office in vocabulary.actors.office_titles if office.en and _names(office, said, short=True)]
        found = [office for office in short if office.title in held]
    return found[0].en if len(found) == 1 else None


def _names(office: OfficeTitle, said: list[str], *, short: bool) -> bool:
    forms: Iterable[str] = office.short_forms if short else (office.title, *office.forms)
    split = ([_strip(word) for word in _fold(form).split()] for form in forms)
    return any(said[: len(form)] == form for form in split)
