"""English sentences on what changed since the last edition; names arrive encoded and ready to stand in a sentence."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date

from mawaqif.aggregate.changes import Cause
from mawaqif.arabic.numerals import MINUS
from mawaqif.phrases.english import capitalise, count, day, interval, join, number, signed, verb

HEADING = "What changed since the last edition"
TITLES = {
    "documents": "Articles",
    "voices": "Voices",
    "positions": "Positions that moved",
    "milestones": "Agreed milestones",
    "corrections": "Corrections by analysts",
    "rules": "Changed only by the rules",
}
_CAUSES = {"documents": "new or withdrawn articles", "codings": "analysts’ codings", "rules": "changed rules"}
_ORIGINS = {"vocabulary": "the vocabulary", "issue": "the issue file", "program": "the program"}
_DECISIONS = {"accept": "accepted", "change": "changed", "reject": "rejected"}
_RELATIONS = {
    "contradicts": ("contradicts", "contradict"),
    "doubts": ("casts doubt on", "cast doubt on"),
    "confirms": ("confirms", "confirm"),
}


def say_first() -> str:
    """Say that there is no earlier edition."""
    return "This is the first edition, so there is nothing to compare it with."


def say_nothing(old: date) -> str:
    """Say that nothing differs."""
    return f"Nothing has changed since the edition of {day(old)}."


def say_since(old: date) -> str:
    """Introduce the changes."""
    return f"What differs from the edition of {day(old)}:"


def say_documents(kind: str, n: int, titles: Sequence[str], more: int) -> str:
    """Say how many articles joined, left or changed, and name them."""
    told = {
        "new": f"{count(n, 'article')} joined",
        "withdrawn": f"{count(n, 'article')} {verb(n, 'was', 'were')} withdrawn",
        "revised": f"the text of {count(n, 'article')} changed, and with it the statements found there",
    }[kind]
    return f"{capitalise(told)}: {_list(titles, more)}."


def _list(items: Sequence[str], more: int) -> str:
    return "; ".join([*items, *([f"and {number(more)} more"] if more else [])])


def say_actors(kind: str, n: int, names: Sequence[str], more: int) -> str:
    """Name those who are quoted for the first time, no longer, or under a registered name from now on."""
    told = {
        "new": "Reported for the first time",
        "gone": "No longer reported",
        "registered": "Added to the list of actors, and reported before under the name in the text alone",
    }[kind]
    listed = join([*names, *([f"{number(more)} more"] if more else [])])
    return f"{told}{f' ({n})' if n > 1 else ''}: {listed}."


def say_statements(joined: int, gone: int) -> str:
    """Say how many statements articles brought and took."""
    parts = [f"new articles brought {count(joined, 'statement')}"] if joined else []
    parts += [f"withdrawn or revised articles took {count(gone, 'statement')} away"] if gone else []
    return f"{capitalise('; '.join(parts))}."


def say_move(name: str, old: float, new: float, pole: str, shifts: Mapping[Cause, float]) -> str:
    """Say how far a position moved, towards which end of the scale, and what moved it."""
    told = f"{capitalise(name)} moved {abs(new - old):.1f} towards {pole}, from {signed(old)} to {signed(new)}"
    if len(shifts) > 1:
        parts = [f"{_CAUSES[cause]} by {signed(shift)}" for cause, shift in shifts.items()]
        return f"{told}: {join(parts)}."
    cause = next(iter(shifts))
    return f"{told}, because of {_CAUSES[cause]}."


def say_position_gained(name: str, new: float, cause: Cause) -> str:
    """Say that someone now has a position."""
    return f"{capitalise(name)} now has a position, at {signed(new)}, because of {_CAUSES[cause]}."


def say_position_lost(name: str, old: float, cause: Cause) -> str:
    """Say that someone no longer has a position."""
    return f"{capitalise(name)} no longer has a position, because of {_CAUSES[cause]}; it was {signed(old)}."


def say_more_moves(n: int) -> str:
    """Say that further positions moved."""
    return f"{capitalise(count(n, 'further position'))} moved; the table of changes lists them."


def say_milestone(kind: str, name: str, old: tuple[date, date] | None, new: tuple[date, date] | None) -> str:
    """Say what became of a milestone."""
    if kind == "came":
        return f"The time set for {name} has passed ({_days(new)})."
    if kind == "moved":
        return f"For {name} the issue file now says {_days(new)}; before, it said {_days(old)}."
    if kind == "added":
        return f"The issue file now lists a further milestone: {name} ({_days(new)})."
    return f"The issue file no longer lists {name} ({_days(old)})."


def say_told_milestone(relation: str, n: int, name: str) -> str:
    """Say that new statements contradict, doubt or confirm a milestone."""
    one, many = _RELATIONS[relation]
    return f"{capitalise(count(n, 'new statement'))} {verb(n, one, many)} {name}."


def _days(days: tuple[date, date] | None) -> str:
    return interval(*days) if days else MINUS


def say_corrections(n: int, decisions: Mapping[str, int], coders: int) -> str:
    """Say how many decisions analysts added, and of what kind."""
    parts = [f"{number(found)} {_DECISIONS.get(name, name)}" for name, found in decisions.items()]
    who = capitalise(count(coders, "analyst"))
    return f"{who} decided on {count(n, 'statement')}: {join(parts)}."


def say_origins(names: Sequence[str]) -> str:
    """Say what else than articles and codings changed."""
    return f"{capitalise(join([_ORIGINS.get(name, name) for name in names]))} changed since."


def say_recoded(recoded: int, found: int, dropped: int) -> str:
    """Say what became of statements in articles that did not change."""
    parts = [f"{count(recoded, 'statement')} {verb(recoded, 'is', 'are')} coded otherwise"] if recoded else []
    parts += [f"{number(found)} {verb(found, 'was', 'were')} found that had not been"] if found else []
    if dropped:
        what = verb(dropped, "a statement", "statements")
        parts.append(f"{number(dropped)} {verb(dropped, 'is', 'are')} no longer taken for {what}")
    return f"In articles that stayed as they were, for that reason alone, {join(parts)}."
