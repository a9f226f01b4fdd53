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
    """The words of a role as they stand in a document at `start:end`."""

    doc_id: str
    start: int
    end: int
    words: str


def find_roles(statements: pd.DataFrame, texts: Mapping[str, str], *, role_words: Iterable[str]) -> dict[str, Role]:
    """Return the first role in which each named person is introduced, by `actor_id`; those without one are not in it.

    A role begins with a word of the register («وزير», «السفيرة», «عضو») and stands before the name, as far back as
    the reporting verb or a mark of punctuation, or after it between commas: «سلام حسين، النائب عن الكتلة».

    Args:
        statements: `core_statements` with `actor_id` (`add_actor`).
        texts: The source of each document, by `doc_id`.
        role_words: Masculine singular forms (`name_words.roles`).
    """
    known = frozenset(fold(word) for word in role_words)
    found: dict[str, Role] = {}
    ordered = statements.sort_values(["doc_id", "start", "statement_id"], kind="stable")
    for row in iterate_rows(ordered[ordered["grade"].eq("person") & ordered["speaker_start"].notna()]):
        if row.actor_id in found:
            continue
        text, start, end = texts[row.doc_id], int(row.speaker_start), int(row.speaker_end)
        cue_end = 0 if pd.isna(row.cue_end) or row.cue_end > start else int(row.cue_end)
        span = _before(text, start, known, cue_end) or _after(text, end, known)
        if span:
            found[row.actor_id] = Role(row.doc_id, *span, " ".join(text[span[0] : span[1]].split()))
    return found


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
