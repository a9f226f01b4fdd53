"""Finds the person whom a sentence introduces by role and name, so that what follows is told by that person."""

from __future__ import annotations

from mawaqif.annotate.clauses import COMMAS, STOPS, Block, is_event_verb, strip_conjunction
from mawaqif.annotate.cues import CueTables
from mawaqif.annotate.function_words import AUXILIARIES, PREPOSITIONS, PRONOUNS_WITH_PREPOSITION
from mawaqif.annotate.openings import is_other_verb
from mawaqif.arabic.lemmas import is_verbal_noun


def introduced_person(block: Block, first: int, after: int, tables: CueTables) -> tuple[int, int] | None:
    """Return the first person whom a token range introduces by role and name («يقف العميد نزار حمدان»).

    None where a body, a document or an office without a name stands before: then the sentence is about that.
    """
    for at in range(first, min(after, first + _TOPIC_REACH)):
        word = strip_conjunction(block.words[at])
        bare = word.removeprefix("فال").removeprefix("ال")
        is_role = word in tables.titles or bare in tables.source_heads
        if block.quoted[at] >= 0 or not (is_role or at in block.mention_ends or word in tables.names):
            continue
        before = block.words[at - 1] if at > first else ""
        is_free = before in PRONOUNS_WITH_PREPOSITION  # «ورد عليه النائب»
        is_governed = not is_free and any(w in tables.adjuncts or w in PREPOSITIONS for w in (before, before[1:]))
        if is_governed or word.startswith(("لل", "بال")):
            continue
        if any(before.removeprefix(clitic) in tables.source_heads for clitic in ("", "ل", "ب", "و")):
            continue  # «معهد الملك خالد»
        if at in block.mention_ends:
            return None  # a registered actor is told as one
        if is_role:
            return named_behind(block, at, after, tables)
        if word in tables.names and at + 1 < after and _is_name_of_two(block, at, tables):
            return named_behind(block, at - 1, after, tables, start=at)
    return None


def _is_name_of_two(block: Block, at: int, tables: CueTables) -> bool:
    """Tell whether a given name has another or a surname with article behind it («لا يخفي هشام الراوي»)."""
    following = block.words[at + 1]
    is_surname = following.startswith("ال") and _may_be_surname(block, at + 1, tables)
    word = block.words[at]
    if word in _VERBS_AND_NAMES or word in tables.adverbs or word in tables.adjuncts:
        return False
    is_office = following in tables.titles or following.removeprefix("ال") in tables.source_heads
    return not is_office and (following in tables.names or is_surname)


def named_behind(
    block: Block, head: int, after: int, tables: CueTables, *, start: int | None = None, reach: int = 9
) -> tuple[int, int] | None:
    """Return a role with the given name and surname within `reach` tokens, or None where a clause comes first."""
    for at in range(head + 1, min(after, head + reach)):
        word = block.words[at]
        if word in COMMAS or word in STOPS or word in tables.relatives or word in tables.particles:
            return None
        if word in tables.names and word not in tables.adjuncts and word not in _VERBS_AND_NAMES:
            end = at + 1
            while end < after and (
                block.words[end] in tables.names or not _NAME_PARTS.isdisjoint(block.words[end - 1 : end + 1])
            ):
                end += 1
            if end < after and _may_be_surname(block, end, tables):
                end += 1
            return None if block.word(end) in _OF_BYLINES else ((head if start is None else start), end)
        if is_event_verb(block, at, tables) or is_other_verb(block, at, tables):
            return None
        if at == head + 1 and (unknown := _unknown_name(block, head, after, tables)) is not None:
            return head, unknown
    return None


def _unknown_name(block: Block, head: int, after: int, tables: CueTables) -> int | None:
    """Return the end of two unknown words right behind a role with article («السناتور لينزي غراهام»), or None.

    Without article they cannot describe it, so they are its name.
    """
    end = head + 1
    while end < min(after, head + 1 + _MOST_UNKNOWN) and _is_unknown(block, end, tables):
        end += 1
    is_definite = strip_conjunction(block.words[head]).startswith("ال")
    return end if is_definite and end - head > _FEWEST_UNKNOWN else None


def _is_unknown(block: Block, at: int, tables: CueTables) -> bool:
    word = block.words[at]
    if word.startswith(("ال", "لل", "بال")) or word.endswith(("ه", "ات", "ون", "ين")) or len(word) < _SHORTEST_NAME:
        return False
    is_noun = word in tables.source_heads or word in tables.places or word in tables.occasions
    return not is_noun and at not in block.mention_ends and _may_be_surname(block, at, tables)


_FEWEST_UNKNOWN, _MOST_UNKNOWN = 2, 3
_SHORTEST_NAME = 3


def _may_be_surname(block: Block, at: int, tables: CueTables) -> bool:
    word = block.words[at]
    if not word[0].isalpha() or word in tables.adjuncts or word in tables.adverbs or word in tables.relatives:
        return False
    is_verb = word in tables.verbs or is_event_verb(block, at, tables) or word in AUXILIARIES
    return not (is_verb or word[0] == "و" or is_verbal_noun(word) or word in tables.abstract_nouns)


_VERBS_AND_NAMES = frozenset(["باسم", "نهي", "طالب", "صادق", "امل", "وعد"])
_OF_BYLINES = frozenset(["-", "|", "_", "/", ":"])
_NAME_PARTS = frozenset(["بن", "ابو", "ابي", "عبد", "ال"])
_TOPIC_REACH = 6  # tokens from the head of a sentence within which its subject is named
