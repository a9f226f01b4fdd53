"""Weighs the reasons that a statement gives for one side of an issue, where no direction in it decides."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from mawaqif.annotate.stance.words import Pattern, Patterns, Words, is_a_name, term_name
from mawaqif.arabic.phrases import Hit
from mawaqif.vocabulary import Issue, Nearby

ENOUGH = 2
"""The balance of reasons that outweighs a plain assertion of the other side."""

_GOOD = ("valued<", "valued>")
_BAD = ("doubted<", "doubted>", "unneeded<", "unneeded>")
_REFUSED = ("opposed<", "opposed>")
_FEARED = ("feared<", "feared>")
_SAID_OUTRIGHT = 2  # the weight of a phrase that says it by itself, beside words that say it together
_NEGATED_WITHIN = 2  # words after a negation
_WITHOUT = frozenset(("دون", "بدون", "بلا", "بغير"))


@dataclass(frozen=True, slots=True)
class Role:
    """Something said of the issue at the words `start:end`, and the side that praising it takes."""

    start: int
    end: int
    side: int


class Reasons:
    """The reasons of one issue file, ready to be weighed."""

    def __init__(self, issue: Issue) -> None:
        reasons = issue.reasons
        self._sides = Patterns((side, Pattern.of(issue, p)) for side, listed in _sides(issue) for p in listed)
        self._exits = [term_name(issue, name) for name in (reasons.exits if reasons else ())]
        names = (*issue.references, *(name for target in issue.targets for name in target.all))
        self._known = list(dict.fromkeys(term_name(issue, name) for name in names))
        self._decisions = [term_name(issue, name) for name in (reasons.decisions if reasons else ())]
        procedures, topics = (reasons.procedures, reasons.topics) if reasons else ((), ())
        self._procedures = Patterns((None, Pattern.of(issue, p)) for p in procedures)
        self._topics = Patterns((None, Pattern.of(issue, p)) for p in (*topics, *procedures))

    def is_on_topic(self, words: Words, blockers: Sequence[Hit]) -> bool:
        """Whether a statement of a document on the issue is on it too, though it says nothing of a target."""
        foreign = {at for hit in blockers for at in range(hit.start, hit.end)}
        return any(
            hit.start not in foreign or foreign <= set(range(hit.start, hit.end))
            for _, pattern in self._topics.among(words)
            for hit in pattern.find(words)
            if hit.name not in self._exits or not self._is_of_others(words, hit)
        )

    def is_procedural(self, words: Words) -> bool:
        """Whether a statement tells how the matter is dealt with: talks, dates, numbers, who decides."""
        return any(pattern.find(words) for _, pattern in self._procedures.among(words))

    def opens_with_a_step(self, words: Words) -> bool:
        """Whether the statement is about somebody's decision or demand, which it names first."""
        return any(hit.start <= 1 for name in self._decisions for hit in words.of(name))

    def exits(self, words: Words) -> list[Role]:
        """Return the words for leaving, which in a document on the issue need no target."""
        exits = (hit for name in self._exits for hit in words.of(name))
        return [Role(hit.start, hit.end, -1) for hit in exits if not self._is_of_others(words, hit)]

    def _is_of_others(self, words: Words, hit: Hit) -> bool:
        """Whether the noun after a word for leaving names something else that leaves («رحيل الفنان»)."""
        leaver = words.words[hit.end] if hit.end < len(words.words) else ""
        if not leaver.startswith("ال") or _is_definite(words.words[hit.end - 1]) or hit.end - hit.start > 1:
            return False
        return words.words[hit.start][0] not in "يتنس" and not any(
            known.start == hit.end for name in self._known for known in words.of(name)
        )

    def weigh(self, words: Words, roles: Sequence[Role], decided: frozenset[int] = frozenset()) -> int:
        """Return the balance of reasons: above 0 for the upper side of the scale, below 0 for the lower one.

        A reason speaks for its side whatever it stands beside ("the return of terror"). A judgement takes the side of
        the nearest role if it is good and the other side if it is bad: harm by leaving speaks for staying.
        """
        balance = 0
        used: set[int] = set(decided)  # no word gives two reasons, nor those that have decided already
        for side, pattern in self._sides.among(words):
            for hit in pattern.find(words):
                own = pattern.own_words(hit, words)
                if used.isdisjoint(own) and not _is_negated(words, hit, own):
                    balance += side * (_SAID_OUTRIGHT if len(pattern.terms) == 1 else 1)
                    used |= own
                    break
        for names, sign in ((_FEARED, 0), (_GOOD, 1), (_REFUSED, -2), (_BAD, -1)):
            for hit in (hit for name in names for hit in words.of(name)):
                if (
                    hit.start in used
                    or (sign == -2 and is_a_name(words, hit))
                    or _is_negated(words, hit, frozenset(range(hit.start, hit.end)))
                ):
                    continue
                used.add(hit.start)
                balance += 1 if not sign else sign * _side_near(hit, roles, words)
        return balance


def _is_definite(word: str) -> bool:
    return word.startswith(("ال", "لل", "بال", "وال", "فال"))


def _sides(issue: Issue) -> list[tuple[int, Sequence[Nearby | str]]]:
    reasons = issue.reasons
    return [(1, reasons.upper), (-1, reasons.lower)] if reasons else []


def _is_negated(words: Words, hit: Hit, own: frozenset[int]) -> bool:
    if hit.start and words.words[hit.start - 1] in _WITHOUT and hit.start - 1 not in own:
        return True
    return any(
        hit.start - _NEGATED_WITHIN <= negation.start < hit.end and negation.start not in own
        for negation in words.of("negation")
    )


def _side_near(hit: Hit, roles: Sequence[Role], words: Words) -> int:
    """Return the side of the role nearest to a judgement in its sentence, 0 without one or inside one."""
    best, side = 10_000, 0
    for role in roles:
        if role.start <= hit.start < role.end:
            return 0
        low, high = min(hit.start, role.start), max(hit.end, role.end)
        gap = high - low
        if gap < best and not words.is_broken(low, high):
            best, side = gap, role.side
    return side
