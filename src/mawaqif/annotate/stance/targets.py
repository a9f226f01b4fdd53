"""Joins words to what a statement says about a target of an issue, or about something that refers to one."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import zip_longest

from mawaqif.annotate.stance.lexicon import BEFORE
from mawaqif.annotate.stance.words import Words, is_joined
from mawaqif.arabic.phrases import Hit
from mawaqif.vocabulary import Direction

TIED, OTHERS = "tied", "others"
"""Among the operators of a direction: a condition that was read as a demand or a threat; a demand of others."""

REFERRED = -1
_ANY = frozenset(("اي", "باي", "لاي", "واي", "هذا", "هذه", "ذلك", "كل"))  # "any exit" is one of what is spoken of
_GOVERNS_WITHIN = 2  # words between an operator and the direction that it governs
_FOREIGN_REACH = 4  # words before a direction in which the forces of others are its subject


@dataclass(slots=True, unsafe_hash=True)  # not frozen: see records.py
class Mention:
    """A direction found at the words `start:end`.

    `explicit` is whether its target is named in the statement itself, `gap` the number of words between the two (0
    where the words name it together). `is_joint` is whether several terms together make it, which misleads less often.
    """

    direction: Direction
    start: int
    end: int
    explicit: bool
    own: frozenset[int]
    gap: int = 0
    state: str = "asserted"
    operators: tuple[str, ...] = ()
    is_joint: bool = False


def is_only_existence(direction: Direction, hit: Hit, claimed: set[int], words: Words) -> bool:
    """Whether a neutral direction only leads to something else: "there are no plans to leave", "there is no need"."""
    if direction.procedural or direction.effects.asserted or direction.target != "near":
        return False
    return any(at in claimed for at in range(hit.end, hit.end + direction.reach)) or _opens_operator(words, hit)


def is_parted_in_time(words: Words, own: frozenset[int]) -> bool:
    """Whether "after" leads to the last term of a joint direction, which then only tells when: "help after the war"."""
    last = next(at for at in range(max(own), -1, -1) if at - 1 not in own)
    return last > min(own) and any(hit.end == last for hit in words.of("background<"))


def _opens_operator(words: Words, hit: Hit) -> bool:
    """Whether a word is part of an operator phrase that goes on after it («لا يوجد مبرر»)."""
    return any(
        phrase.start < hit.start and hit.end < phrase.end
        for name in words.hits.keys() & BEFORE.keys()
        for phrase in words.hits[name]
    )


def find_aim(
    direction: Direction,
    hit: Hit,
    words: Words,
    targets: Sequence[Hit],
    references: Sequence[Hit],
    blockers: Sequence[Hit],
    in_context: bool,
) -> int | None:
    """Return the words between a direction and its target, REFERRED if it is only referred to, None without one."""
    if direction.target == "none":
        return None if any(b.start == hit.start and b.end - b.start > 1 for b in blockers) else 0
    if direction.target == "context":
        foreign, named = _distance(blockers, hit, "before", words), _distance(targets, hit, "before", words)
        return REFERRED if in_context and not foreign <= min(named, _FOREIGN_REACH) else None
    for side in ("after", "before") if direction.side == "both" else (direction.side,):
        named = _distance(targets, hit, side, words)
        others = [reference for reference in references if reference.start != hit.start]  # no word refers to itself
        referred = _distance(others, hit, side, words)
        foreign = _distance(blockers, hit, side, words)
        nearest = min(named, referred)
        if nearest <= direction.reach and nearest < foreign:
            return named if named <= direction.reach and named < foreign else REFERRED
        if foreign <= min(direction.reach, 2):
            return None
    word = words.words[hit.start]
    refers = word.endswith(("ها", "هم", "هما", "هن")) or (hit.start > 0 and words.words[hit.start - 1] in _ANY)
    if direction.side == "both":
        refers = refers or word.startswith(("ال", "لل", "وال", "بال"))
    return REFERRED if in_context and refers else None


def _distance(hits: Sequence[Hit], hit: Hit, side: str, words: Words) -> int:
    """Return the number of words between `hit` and the nearest of `hits` on one side, in the same sentence."""
    best = 10_000
    for other in hits:
        if side == "after" and other.end > hit.start and other.end > hit.end:
            gap = max(0, other.start - hit.end)
        elif side == "after" and _holds(other, hit):
            gap = 0  # one holds the other: "vacate ... the American forces ... their bases"
        elif side == "before" and other.start < hit.start:
            gap = max(0, hit.start - other.end)
        else:
            continue
        low, high = min(hit.start, other.start), max(hit.end, other.end)
        if gap < best and not words.is_broken(low, high):
            best = gap
    return best


def _holds(one: Hit, other: Hit) -> bool:
    """Whether one of two hits lies within the other."""
    return (one.start <= other.start and other.end <= one.end) or (other.start <= one.start and one.end <= other.end)


def absorb_complements(mentions: list[Mention], words: Words) -> list[Mention]:
    """Keep only the head of a chain of nouns: in "ending the presence" it is the ending that counts."""
    kept: list[Mention] = []
    for mention in mentions:
        says_more = mention.direction.effects.asserted
        if kept and kept[-1].direction.carries and says_more and 0 <= mention.start - kept[-1].end <= 1:
            kept[-1] = mention
            continue
        if kept and not kept[-1].direction.procedural:
            gap = mention.start - kept[-1].end
            is_neutral = not mention.direction.effects.asserted
            is_complement = kept[-1].direction.effects.asserted and gap <= (1 if is_neutral else 0)
            if (
                is_complement
                and not is_joined(words, mention.start)
                and not _has_operator(words, kept[-1].end, mention.start)
            ):
                kept[-1] = replace(
                    kept[-1], end=max(kept[-1].end, mention.end), explicit=kept[-1].explicit or mention.explicit
                )
                continue
        kept.append(mention)
    return kept


def yield_to_operators(mentions: list[Mention], words: Words) -> list[Mention]:
    """Drop a direction whose words are an operator of the direction right after it: "there is no need to leave"."""
    return [
        mention
        for mention, following in zip_longest(mentions, mentions[1:])
        if following is None
        or not (mention.direction.effects.asserted and following.direction.effects.asserted)
        or following.start - mention.end > _GOVERNS_WITHIN
        or not _is_operator(words, mention)
    ]


def _is_operator(words: Words, mention: Mention) -> bool:
    return any(
        hit.start <= mention.start < hit.end and mention.end - hit.end <= 1
        for name in words.hits.keys() & BEFORE.keys()
        for hit in words.hits[name]
    )


def _has_operator(words: Words, start: int, end: int) -> bool:
    return any(start <= hit.start < end for name in words.hits.keys() & BEFORE.keys() for hit in words.hits[name])
