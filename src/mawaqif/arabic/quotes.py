"""Finds quotations in Arabic text: marks of all kinds, nested, reversed, mismatched and never closed."""

from __future__ import annotations

import re
from dataclasses import dataclass

from mawaqif.records import Span

_DOUBLE = '"“”„‟«»〝〞＂'
_SINGLE = "‘’‚‛‹›"
_FAMILIES = {
    **dict.fromkeys("“”„‟", "curly"), **dict.fromkeys("«»", "guillemet"), **dict.fromkeys("〝〞", "prime"),
    '"': "straight", "＂": "straight", **dict.fromkeys("‘’‚‛", "single"), **dict.fromkeys("‹›", "angle"),
}  # fmt: skip
_OPENERS = "“„«〝‘‚‹‛‟"
_MARK = re.compile(f"[{_DOUBLE}{_SINGLE}]")
_BREAKS = re.compile(r"\n+")
_LONGEST_GAP = 4  # paragraphs that one quotation may run over
_DEEPEST = 6  # open quotations at once; more are broken marks, not nesting
_STOPS_AFTER = tuple(".،,؛")
_LONGEST_TITLE = 25  # characters
_LONGEST_ANNOUNCEMENT = 8  # characters
_ANNOUNCING = frozenset(["إن", "أن", "ان", "بأن", "بان", "إنه", "أنه", "بأنه", "إنها", "أنها", "بأنها"])
_PUNCTUATION_AFTER = " \t\r\n.,،؛;:!؟?)]-–—…"


@dataclass(frozen=True, slots=True)
class Quotation:
    """A stretch between quotation marks, in source offsets.

    `start:end` includes the marks, `inner_start:inner_end` is what stands between them without outer blanks;
    `depth` is 0 for a quotation that stands in no other; `is_closed` is False where no closing mark was found and
    the end of the paragraph stands in for it.
    """

    start: int
    end: int
    inner_start: int
    inner_end: int
    depth: int = 0
    is_closed: bool = True

    @property
    def inner(self) -> Span:
        """The span between the marks."""
        return Span(self.inner_start, self.inner_end)


@dataclass(slots=True)
class _Open:
    at: int
    family: str
    mark: str
    paragraph: int


def find_quotations(text: str) -> tuple[Quotation, ...]:
    """Return the quotations of a source text in order of their start; nested ones follow the one around them.

    A mark closes the innermost open quotation of its own kind, whichever of the pair opened it, so reversed pairs
    (»…«, ”…“) work. A straight mark, and one equal to its opener, closes if it stands as a closing mark does; a mark of
    another kind closes a quotation only where it stands as a closing mark and nothing else does. What is open at
    the end of its paragraph ends there, unless the next mark, at most four paragraphs on, is a closing one. One
    pass, linear in `text`.
    """
    stack: list[_Open] = []
    found: list[Quotation] = []
    paragraph = last = 0
    for match in _MARK.finditer(text):
        mark, at = match.group(), match.start()
        paragraph += len(_BREAKS.findall(text, last, at))
        last = at
        if _is_apostrophe(text, at):
            continue
        _expire(stack, found, text, paragraph, at)
        partner = _partner(stack, text, at, mark)
        if partner is None:
            if len(stack) < _DEEPEST and not _is_stray_closer(stack, text, at, mark):
                stack.append(_Open(at, _FAMILIES[mark], mark, paragraph))
            continue
        for unclosed in stack[partner + 1 :]:
            found.append(_quotation(text, unclosed.at, at, depth=partner + 1, is_closed=False))
        found.append(_quotation(text, stack[partner].at, at + 1, depth=partner))
        del stack[partner:]
    for depth, unclosed in enumerate(stack):
        found.append(_to_paragraph_end(text, unclosed.at, depth))
    return tuple(sorted(found, key=lambda q: (q.start, -q.end)))


def _is_apostrophe(text: str, at: int) -> bool:
    if text[at] not in _SINGLE:
        return False
    before, after = text[at - 1 : at], text[at + 1 : at + 2]
    return before.isalnum() and after.isalnum()


def _stands_as_closing(text: str, at: int) -> bool:
    """Tell whether the mark is glued to what comes before it and not to what comes after."""
    before, after = text[at - 1 : at], text[at + 1 : at + 2]
    return bool(before) and not before.isspace() and (not after or after in _PUNCTUATION_AFTER)


def _stands_as_opening(text: str, at: int) -> bool:
    """Tell whether something follows the mark, and a blank, a bracket or a clitic goes before («لـ"», «ل"»)."""
    before, after = text[at - 1 : at], text[at + 1 : at + 2]
    if not after or after.isspace():
        return False
    is_clitic = before != "" and before in "وبلكف" and not text[at - 2 : at - 1].isalpha()  # not the end of «الحرب"»
    return not before or before.isspace() or before in "(:ـ" or is_clitic


def _partner(stack: list[_Open], text: str, at: int, mark: str) -> int | None:
    """Return the index in the stack of the quotation that `mark` closes, or None where it opens one."""
    family = _FAMILIES[mark]
    for index in range(len(stack) - 1, max(-1, len(stack) - 5), -1):
        opener = stack[index]
        if opener.family != family:
            continue
        if opener.mark == mark and family != "straight" and _stands_as_opening(text, at):
            return None
        if mark == '"' and _is_announced(text, at):
            return None
        is_nested = _stands_as_opening(text, at) and _stands_as_opening(text, opener.at)
        if opener.mark == mark and is_nested and not (family == "straight" and _closes_soon(text, opener.at, at)):
            return None
        return index
    if stack and _stands_as_closing(text, at) and mark not in _OPENERS and stack[-1].family not in ("single", "angle"):
        return len(stack) - 1 if family not in ("single", "angle") else None
    return None


def _is_announced(text: str, at: int) -> bool:
    """Tell a straight mark behind a colon or «إن», which opens whatever stands open («ولم يكمل. وأضاف إن " »)."""
    before = text[max(0, at - _LONGEST_ANNOUNCEMENT) : at].rstrip()
    if not before or before[-1] == ":":
        return bool(before) and text[at - 1 : at].isspace()
    return text[at - 1 : at].isspace() and before.rpartition(" ")[2] in _ANNOUNCING


def _closes_soon(text: str, opened: int, at: int) -> bool:
    """Tell a straight mark that closes a title, the blank on its wrong side («"الوطن "مصدر»), from a nested opening."""
    if at - opened > _LONGEST_TITLE:
        return False
    following = text.find('"', at + 1, at + _LONGEST_TITLE)
    return following < 0 or not _stands_as_closing(text, following)


def _is_stray_closer(stack: list[_Open], text: str, at: int, mark: str) -> bool:
    """A closing single mark with nothing open is an apostrophe or a foot mark; another one before a stop a slip."""
    if mark in '"”»' and not stack and text[at + 1 : at + 2] in _STOPS_AFTER and _stands_as_closing(text, at):
        return True
    return mark in "’›" and (not stack or _stands_as_closing(text, at)) and not _stands_as_opening(text, at)


def _expire(stack: list[_Open], found: list[Quotation], text: str, paragraph: int, at: int) -> None:
    """End what is still open from earlier paragraphs, unless the mark at `at` may close it."""
    while stack and stack[0].paragraph < paragraph:
        near = paragraph - stack[-1].paragraph <= _LONGEST_GAP
        closes = text[at] != stack[-1].mark if _FAMILIES[text[at]] != "straight" else _stands_as_closing(text, at)
        if near and closes and _partner(stack, text, at, text[at]) is not None:
            return
        depth = len(stack) - 1
        found.append(_to_paragraph_end(text, stack.pop().at, depth))


def _to_paragraph_end(text: str, start: int, depth: int) -> Quotation:
    end = text.find("\n", start)
    return _quotation(text, start, len(text) if end < 0 else end, depth=depth, is_closed=False)


def _quotation(text: str, start: int, end: int, *, depth: int, is_closed: bool = True) -> Quotation:
    inner_start, inner_end = start + 1, end - 1 if is_closed else end
    while inner_start < inner_end and text[inner_start].isspace():
        inner_start += 1
    while inner_end > inner_start and text[inner_end - 1].isspace():
        inner_end -= 1
    return Quotation(start, end, inner_start, inner_end, depth, is_closed)
