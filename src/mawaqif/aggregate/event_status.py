"""Tells from the words around a date whether an article says that what it dates did not take place."""

from __future__ import annotations

import re

from mawaqif.arabic.text import fold

AROUND = 240
"""Characters of an article to either side of a date in which the sentence is looked for."""
_END = re.compile(r"[.!?؟\n]")
_DUE = re.compile(
    r"\b[وف]?كان(?:ت|وا)? (?:من )?(?:ال)?"
    r"(?:مفترض|مفروض|مقرر|منتظر|متوقع|مرتقب|مزمع|مؤمل|يفترض|ينبغي|يجب|سي|ست)"
)
"""«كان من المقرر أن»: something was due."""
_BUT = re.compile(r"\b(?:[وف]?لكن\w*|الا ان\w*|غير ان\w*|بيد ان\w*)\b")
_FAILED = re.compile(
    r"\b[وف]?(?:حال|حالت|يحول|تحول) دون\b|\b[وف]?لم (?:يتم|يحدث|يحصل|يقع|تقع|يجر|تجر|يعقد|تعقد|ينفذ|تنفذ)\b"
    r"|\b[وف]?(?:تعذر|تعذرت|تعثر|تعثرت|تاجل|تاجلت|الغي|الغيت|ارجئ|ارجئت)\b"
)
_NOT = re.compile(r"^(?:\S+ ){0,4}?[وف]?لم (?P<verb>\S+)")
_NO_EVENT = re.compile(r"^(?:[يت]عد|[يت]كن|[يت]زل|[يت]مض|[يت]بق|[يت]كونوا|[يت]عودوا|[يت]كد|[يت]لبث)$")
"""«لم يعد» is «no longer», «لم يكن» a state: neither says that an event did not take place."""
_ONLY = re.compile(r"\b(?:الا(?! ان)|سوى|حتى)\b")
"""«لم يصل إلا أمس» says that it did happen."""
_DENIED = re.compile(
    r"\b[وف]?(?:نفي|نفت|ينفي|تنفي|نافيا|نافيه|انكر|انكرت|ينكر|تنكر|كذب|كذبت)"
    r"(?: [^\s،,؛:]+){0,3}?(?: (?:صحه|وقوع|حدوث|حصول|وجود|اجراء|الانباء|انباء|ما|تردد|عن|اي|بشان|حول)){1,5} ?$"
)


def is_denied(what: str, *, text: str = "", start: int = 0, end: int = 0) -> bool:
    """Say whether an article says that an event did not take place: denied, negated, or due and then held up.

    Args:
        what: The words that the article dates.
        text: The source; without it only the words themselves are asked.
        start: Where the date expression begins in it.
        end: Where it ends.
    """
    described = fold(" ".join(what.split()))
    if (negated := _NOT.match(described)) and not _NO_EVENT.match(negated["verb"]):
        return not _ONLY.search(described[negated.end() :])
    if not text:
        return False
    before, after = _sentence_around(text, start, end)
    return _was_held_up(before, after) or _was_denied(before, described)


def _sentence_around(text: str, start: int, end: int) -> tuple[str, str]:
    """Return the folded sentence before and after a date, with the next one where it begins with «but»."""
    first = max([m.end() for m in _END.finditer(text, max(0, start - AROUND), start)], default=max(0, start - AROUND))
    stops = [m.end() for m in _END.finditer(text, end, min(len(text), end + AROUND))]
    stop = stops[0] if stops else min(len(text), end + AROUND)
    after = fold(" ".join(text[end:stop].split()))
    following = fold(" ".join(text[stop : min(len(text), stop + AROUND)].split()))
    if _BUT.match(following):
        after = f"{after} {_END.split(following)[0]}"
    return fold(" ".join(text[first:start].split())), after


def _was_held_up(before: str, after: str) -> bool:
    due = list(_DUE.finditer(before))
    if not due or _BUT.search(before, due[-1].end()):
        return False
    return _BUT.search(after) is not None or _FAILED.search(after) is not None


def _was_denied(before: str, described: str) -> bool:
    """Say whether a verb of denial leads to the description, which stands before the date or ends the words before."""
    at = before.rfind(described) if described else -1
    return _DENIED.search(before[:at] if at >= 0 else before) is not None
