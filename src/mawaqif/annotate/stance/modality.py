"""Reads whether a statement is a position, a demand, a forecast, a condition, a denial or a fact."""

from __future__ import annotations

from mawaqif.annotate.stance.targets import Mention
from mawaqif.annotate.stance.words import Words


def read_modality(words: Words, main: Mention, *, hint: str, is_plan: bool, not_future: frozenset[str]) -> str:
    """Return the modality of a statement.

    Args:
        words: The statement.
        main: The direction that decides.
        hint: The modality that the reporting word suggests.
        is_plan: Whether the speaker can carry out the exit that is spoken of.
        not_future: Words that only look like verbs of the future.
    """
    if hint == "demand":
        return "demand"
    if main.state == "conditional" or any(hit.start <= 2 for hit in words.of("conditions")):
        return "condition"
    if hint == "denial" or any(hit.start <= 12 for hit in words.of("denials")):
        return "denial"
    is_future = _is_future(words, main, not_future)
    if is_future and is_plan:
        return "position"
    if is_future or hint == "forecast":
        return "forecast"
    if hint in ("position", "condition") or any(hit.start <= 6 for hit in words.of("need_position")):
        return "position" if hint != "condition" else "condition"
    return hint


def _is_future(words: Words, main: Mention, not_future: frozenset[str]) -> bool:
    if any(hit.start <= main.end + 12 for hit in words.of("forecast")):
        return True
    return any(_is_future_verb(word, not_future) for word in words.words[: main.end + 4])


def _is_future_verb(word: str, exceptions: frozenset[str]) -> bool:
    bare = word[1:] if word[0] in "وف" and len(word) > 4 else word
    return (
        len(bare) >= 5
        and bare[0] == "س"
        and bare[1] in "يتن"
        and bare not in exceptions
        and bare.rstrip("ا") not in exceptions
    )
