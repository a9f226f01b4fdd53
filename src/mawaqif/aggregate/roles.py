"""Finds in which role an article introduces a speaker: the words of office or profession beside the name."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from typing import NamedTuple

import pandas as pd

from mawaqif.arabic.text import fold
from mawaqif.schemas import iterate_rows

MOST_WORDS = 9
"""Words that a role has at most; what is longer is a sentence about someone."""
_WORD = re.compile(r"\S+")
_BREAK = re.compile(r"[.!?؟؛:،,\n]")
_AFTER = re.compile(r"\s*[،,]\s*(?=\S)")
_END_AFTER = re.compile(r"[.!?؟؛:،,\n«\"“]|(?<!\S)(?:إن|أن|إنه|إنها|أنه|أنها|بأن)(?!\S)")


class Role(NamedTuple):
    """The words of a role as they stand in a document at `start:end`; `is_named` says whether a name stands by them."""

    doc_id: str
    start: int
    end: int
    words: str
    is_named: bool = True


class _Place(NamedTuple):
    """Where a document speaks of a person, and where the reporting verb before it ends."""

    doc_id: str
    start: int
    end: int
    cue_end: int


def find_roles(
    statements: pd.DataFrame,
    texts: Mapping[str, str],
    *,
    role_words: Iterable[str],
    mentions: pd.DataFrame | None = None,
) -> dict[str, Role]:
    """Return the first role in which each named person is introduced, by `actor_id`; those without one are not in it.

    A role begins with a word of the register («وزير», «السفيرة», «عضو») and stands before the name, as far back as
    the reporting verb or a mark of punctuation, or after it between commas: «سلام حسين، النائب عن الكتلة». It is
    looked for where the person speaks, then wherever else these articles name the person; last, a speaker who is
    called by an office alone («الوزير السابق») has these words as the role.

    Args:
        statements: `core_statements` with `actor_id` (`add_actor`).
        texts: The source of each document, by `doc_id`.
        role_words: Masculine singular forms (`name_words.roles`).
        mentions: `core_mentions` of the same documents.
    """
    known = frozenset(fold(word) for word in role_words)
    spoken: dict[str, list[_Place]] = {}
    ordered = statements.sort_values(["doc_id", "start", "statement_id"], kind="stable")
    for row in iterate_rows(ordered[ordered["grade"].eq("person") & ordered["speaker_start"].notna()]):
        cue_end = 0 if pd.isna(row.cue_end) or row.cue_end > row.speaker_start else int(row.cue_end)
        place = _Place(row.doc_id, int(row.speaker_start), int(row.speaker_end), cue_end)
        spoken.setdefault(str(row.actor_id), []).append(place)
    named = _list_mentions(mentions, spoken)
    found: dict[str, Role] = {}
    for actor_id, places in spoken.items():
        roles = (_read_role(place, texts[place.doc_id], known) for place in (*places, *named.get(actor_id, ())))
        office = (_read_office(place, texts[place.doc_id], known) for place in places)
        if role := next((role for role in (*roles, *office) if role), None):
            found[actor_id] = role
    return found


def _list_mentions(mentions: pd.DataFrame | None, spoken: Mapping[str, list[_Place]]) -> dict[str, list[_Place]]:
    """Return where the documents in which these people speak name them."""
    found: dict[str, list[_Place]] = {}
    if mentions is None:
        return found
    for row in iterate_rows(mentions.sort_values(["doc_id", "start", "end"], kind="stable")):
        if any(place.doc_id == row.doc_id for place in spoken.get(str(row.actor_id), ())):
            found.setdefault(str(row.actor_id), []).append(_Place(row.doc_id, int(row.start), int(row.end), 0))
    return found


def _read_role(place: _Place, text: str, known: frozenset[str]) -> Role | None:
    """Return the role beside a name."""
    span = _before(text, place.start, known, place.cue_end) or _after(text, place.end, known)
    return Role(place.doc_id, *span, " ".join(text[span[0] : span[1]].split())) if span else None


def _read_office(place: _Place, text: str, known: frozenset[str]) -> Role | None:
    """Return the office by which alone a speaker is called, at least two words of it: «وزير سابق»."""
    words = text[place.start : place.end].split()
    is_office = 1 < len(words) <= MOST_WORDS and _is_role(words[0], known)
    return Role(place.doc_id, place.start, place.end, " ".join(words), is_named=False) if is_office else None


def _before(text: str, start: int, known: frozenset[str], cue_end: int) -> tuple[int, int] | None:
    """Return the role that leads to a name, which one comma may part from it."""
    end = len(text[:start].rstrip().rstrip("،,").rstrip())
    breaks = [match.end() for match in _BREAK.finditer(text, 0, end)]
    first = max([cue_end, *breaks[-1:]])
    words = list(_WORD.finditer(text, first, end))[-MOST_WORDS:]
    return next(((word.start(), end) for word in words if _is_role(word[0], known)), None)


def _after(text: str, end: int, known: frozenset[str]) -> tuple[int, int] | None:
    comma = _AFTER.match(text, end)
    if comma is None:
        return None
    stop = _END_AFTER.search(text, comma.end())
    last = len(text[: stop.start() if stop else len(text)].rstrip())
    words = list(_WORD.finditer(text, comma.end(), last))
    if not words or len(words) > MOST_WORDS or not _is_role(words[0][0], known):
        return None
    return words[0].start(), last


def _is_role(word: str, known: frozenset[str]) -> bool:
    folded = fold(word).strip('«»"“”()')
    bare = folded.removeprefix("ال")
    masculine = bare.removesuffix("ه")
    # «الدبلوماسية» is a thing far more often than a woman.
    is_abstract = bare not in (masculine, folded) and masculine.endswith("ي")
    return bare in known or (masculine in known and not is_abstract)
