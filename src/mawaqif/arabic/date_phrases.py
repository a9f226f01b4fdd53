"""What a date expression is, and the reading of the tokens of a zone that all rules of the date grammar share."""

from __future__ import annotations

import re
from typing import NamedTuple

from mawaqif.arabic.calendar import Interval
from mawaqif.arabic.date_context import FIRST_YEAR, LAST_YEAR, Context, Meaning, ToldYear
from mawaqif.arabic.date_tokens import EventContexts, Lexicon, Token
from mawaqif.vocabulary import DatedEvent


class DatePhrase(NamedTuple):
    """A calendar expression: its place in the copy and what it means.

    `lean` is the direction that the words themselves show (المقبل: "future"). `points` is False for phrases that
    must not serve as an anchor. `keep` is False for phrases that are dropped where their days cannot be told.
    """

    start: int
    end: int
    meaning: Meaning
    granularity: str
    lean: str | None = None
    points: bool = True
    keep: bool = True
    kind: str = ""
    base: Meaning | None = None
    weekday: int | None = None
    event: DatedEvent | None = None

    def resolve(self, context: Context) -> Interval:
        """Return the days meant, or an interval of two None with the basis "unresolved"."""
        if self.lean and context.outlook != self.lean:
            context = Context(context.reference, context.anchor, self.lean)
        found = self.meaning(context)
        return found or Interval(None, None, self.granularity, "unresolved")

    def resolve_base(self, context: Context) -> Interval:
        """Return the days of the phrase without «بعد», «قبل», «منذ» or «حتى»: what later words refer back to."""
        return self._replace(meaning=self.base).resolve(context) if self.base else self.resolve(context)


LEANS = {"past": "past", "recent": "past", "before_last": "past", "future": "future", "after_next": "future"}
"""The direction that an adjective shows."""


class NamedEvent(NamedTuple):
    """A place in the copy where an event of the vocabulary is named, whether it dates something or not."""

    start: int
    end: int
    event: DatedEvent


def group_start(match: re.Match[str], group: str) -> int:
    """Return where a group of a match begins, -1 where it or the group is absent."""
    return match.start(group) if group in match.re.groupindex else -1


class TokenReader:
    """The tokens of one zone, and what rules ask of them and of the groups of their matches."""

    def __init__(self, tokens: list[Token], lexicon: Lexicon, contexts: EventContexts) -> None:
        self.tokens = tokens
        self.lexicon = lexicon
        self.contexts = contexts
        self.kinds = "".join([token[0] for token in tokens])

    def one(self, match: re.Match[str], group: str) -> Token | None:
        """Return the first token of a group, or None where it is absent."""
        at = group_start(match, group)
        return self.tokens[at] if at >= 0 else None

    def many(self, match: re.Match[str], group: str) -> list[Token]:
        """Return the tokens of a group; none where it is absent."""
        return self.tokens[match.start(group) : match.end(group)] if group_start(match, group) >= 0 else []

    def phrase(self, match: re.Match[str], meaning: Meaning, granularity: str, **more: object) -> DatePhrase:
        """Make a phrase of the tokens of a match."""
        first, last = self.tokens[match.start()], self.tokens[match.end() - 1]
        return DatePhrase(first.start, last.end, meaning, granularity, **more)  # type: ignore[arg-type]

    def before(self, at: int) -> Token | None:
        """Return the token before index `at`, or None at the start."""
        return self.tokens[at - 1] if at > 0 else None

    def follows(self, at: int, name: str) -> bool:
        """Whether the word before index `at` is in a list of the vocabulary."""
        before = self.before(at)
        return before is not None and before.word in self.lexicon.context[name]

    def read_year(self, match: re.Match[str]) -> ToldYear | None:
        """Read the groups `year` and `tail`; None where the number cannot be a year."""
        number = None
        for token in self.many(match, "year"):
            if token.kind in "YGn":
                number = int(token.word[:4]) if token.kind == "G" else int(token.value)
        if number is not None:
            return ToldYear(number=number) if 1000 <= number <= 2199 else None
        tail = [t for t in self.many(match, "tail") if t.kind != "8"]
        if not tail:
            return ToldYear()
        if len(tail) == 1:
            return ToldYear(adjective=str(tail[0].value)) if not tail[0].prefix else None  # «محرم لذاته»
        adjective = next(t.value for t in tail if t.kind not in "ye")
        return ToldYear(of_year=str(adjective))

    def lean(self, told: ToldYear) -> str | None:
        """Return the direction that the adjective of a year shows."""
        adjective = told.adjective or told.of_year
        return LEANS.get(adjective or "")

    def read_months(self, match: re.Match[str], group: str = "month") -> list[Token]:
        """Return the month tokens of a group."""
        return [t for t in self.many(match, group) if t.kind in "MAHJ"]

    def cut_glued(self, match: re.Match[str], phrase: DatePhrase) -> DatePhrase:
        """End a year of a glued counter («2025277 مشاهدة») after its four digits."""
        token = self.tokens[match.end() - 1]
        return phrase._replace(end=token.start + 4) if token.kind == "G" else phrase

    def is_general(self, at: int) -> bool:
        """Whether «العام» at index `at` means "general" or "public"; not in «سقط النظام عام 2003»."""
        token = self.tokens[at]
        if token.kind != "y" or not self.follows(at, "general_after"):
            return False
        number = self.tokens[at + 1] if at + 1 < len(self.tokens) else token
        return token.definite or number.kind not in "Yn" or not FIRST_YEAR <= number.value <= LAST_YEAR

    def after_time_word(self, at: int) -> bool:
        """Whether a preposition of time, a part or a time of day stands before index `at`."""
        before = self.before(at)
        return before is not None and (before.kind in "P01234567Q9" or (before.kind == "q"))

    def count(self, counted: Token | None, unit: Token) -> int | None:
        """Return how many units are counted: a number, one or two by the form of the unit, None where it is vague."""
        if counted is not None:
            return int(counted.value) if counted.kind in "nDN" else None
        return {1: 1, 2: 2, 0: None}[unit.value.number]

    def names_more(self, unit: Token, at: int) -> bool:
        """Whether a unit is the head of a longer date: «خلال عامي 2013 و2014», «قبل يوم الخميس»."""
        return self.kinds[at : at + 1] in tuple("YGMAHJwoDNn" if unit.value.number == 1 else "YGMAHJw")

    def in_name(self, at: int) -> bool:
        """Whether a month is part of a name: «شارع تموز», «شارع 14 تموز»."""
        before = self.before(at)
        if before is not None and before.kind == "8":  # «تحالف السابع من أكتوبر»
            at, before = at - 1, self.before(at - 1)
        numbered = before is not None and before.kind in "Don"
        return self.follows(at, "names") or (numbered and self.follows(at - 1, "names"))
