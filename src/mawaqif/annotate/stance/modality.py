"""Reads whether a statement is a position, a demand, a forecast, a condition, a denial or a fact."""

from __future__ import annotations

from collections.abc import Sequence

from mawaqif.annotate.stance.words import Words
from mawaqif.arabic.text import fold
from mawaqif.vocabulary import Operators

MODAL = "modal:"
"""Before the names of hits from which modality is read: they stand whatever longer phrase covers them."""
MODAL_WORDS = ("need_position", "judgements", "forecast", "conditions", "denials", "events", "refusals")
_JUDGING_STATES = frozenset(("demanded", "opposed", "valued", "doubted", "unneeded", "stalled"))
_LATEST_VERB = 5
_LATEST_NEED = 6
_STATES = frozenset(("ليست", "كانت", "باتت", "اصبحت", "زالت", "ظلت", "تحت", "الوقت", "وقت"))  # tell no event
_LATEST_DENIAL, _LATEST_CONDITION, _LATEST_JUDGEMENT = 12, 2, 14


class ModalityReader:
    """Reads modality by the words that the operators of an issue list for it, and by the grammar of the future."""

    def __init__(self, operators: Operators) -> None:
        self._own_subjects = frozenset(fold(word) for word in operators.own_subjects)
        self._not_future = frozenset(fold(word) for word in operators.not_future)

    def read(self, found: Words, *, hint: str, is_decider: bool, state: str | None, end: int) -> str:
        """Return the modality of a statement.

        Args:
            found: The words of the statement with their hits.
            hint: The modality that the reporting word suggests.
            is_decider: Whether the speaker can carry out what the issue is about.
            state: The state of the direction that decides on the issue, or None off the issue.
            end: The word after that direction.
        """
        if hint == "demand":
            return hint
        words = found.words
        if state == "conditional" or self._starts(found, "conditions", _LATEST_CONDITION):
            return "condition"
        if hint == "denial" or self._starts(found, "denials", _LATEST_DENIAL):
            return "denial"
        end = max(end + 3, 8) if state else _LATEST_JUDGEMENT
        is_expected = self._starts(found, "forecast", end + 8)
        is_future = any(word[0] in _FUTURE_LETTERS and _is_future_verb(word, self._not_future) for word in words[:end])
        if is_expected or is_future or hint == "forecast":
            is_own = (
                not is_expected
                and hint not in ("forecast", "condition")
                and (is_decider or self._speaks_of_own(words) or self._starts(found, "refusals", _LATEST_JUDGEMENT))
            )
            return "position" if is_own else _unless(hint, "condition", words)
        if state in _JUDGING_STATES or self._starts(found, "need_position", _LATEST_NEED):
            return "position" if hint == "fact" else hint
        if self._tells_an_event(found):
            return "fact" if hint == "position" else hint
        is_judged = hint == "fact" and self._starts(found, "judgements", _LATEST_JUDGEMENT)
        return "position" if is_judged else hint

    def _tells_an_event(self, found: Words) -> bool:
        """Whether a verb of the past stands near the beginning; in the feminine its ending shows it («عقدت»)."""
        return self._starts(found, "events", _LATEST_VERB) or any(
            len(word) > 3
            and word[-1] == "ت"
            and word[-2:] != "ات"
            and not word.startswith("ال")
            and word not in _STATES
            for word in found.words[: _LATEST_VERB + 1]
        )

    def _speaks_of_own(self, words: Sequence[str]) -> bool:
        """Whether the speaker says what "we", or those spoken for, will do."""
        return not self._own_subjects.isdisjoint(words[:4]) or any(
            "سن" in word[:3] and _is_future_verb(word, self._not_future) for word in words[:6]
        )

    def _starts(self, found: Words, name: str, latest: int) -> bool:
        hits = found.of(MODAL + name)
        return bool(hits) and hits[0].start <= latest


def _unless(hint: str, kept: str, words: Sequence[str]) -> str:
    """A warning of what will be is a forecast; one of what "any" deed will bring is a condition."""
    return kept if hint == kept and "اي" in words[:12] else "forecast"


_FUTURE_LETTERS = frozenset("سلوف")  # which سي..., لن and سوف begin with, or their conjunction


def _is_future_verb(word: str, exceptions: frozenset[str]) -> bool:
    bare = word[1:] if word[0] in "وف" and len(word) > 4 else word
    if bare == "لن" or bare == "سوف":
        return True
    return (
        len(bare) >= 4
        and bare[0] == "س"
        and bare[1] in "يتن"
        and bare not in exceptions
        and bare.rstrip("ا") not in exceptions
    )
