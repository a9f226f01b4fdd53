"""`boilerplate.yml`: what a page carries besides the article."""

from __future__ import annotations

import re
from typing import Annotated, Literal

from pydantic import Field, model_validator

from mawaqif.vocabulary.entries import Bilingual, Entry, NonEmpty, refuse_empty


class BoilerplateKind(Entry):
    """What sort of page furniture a rule marks, with the name that the report's table of removals prints."""

    id: NonEmpty
    name: Bilingual


class BoilerplateRule(Entry):
    """Lines, or their beginnings or ends, that are no article text; the head of `boilerplate.yml` says how they match.

    `hints` are words without which no pattern of the rule can match: with them a line is passed over quickly. `leads`
    marks the heading of a list of links or comments: where only short lines follow it to the end of the page, they are
    furniture too.
    """

    id: NonEmpty
    kind: NonEmpty
    place: Literal["line", "line_start", "line_end"] = "line"
    zone: Literal["any", "head", "tail", "edge"] = "any"
    longest: Annotated[int, Field(ge=1)] = 12
    phrases: tuple[NonEmpty, ...] = ()
    patterns: tuple[NonEmpty, ...] = ()
    hints: tuple[NonEmpty, ...] = ()
    leads: bool = False


class CounterPatterns(Entry):
    """Patterns of counters, each with a group `n`, and of views with a group `unit` where there may be one."""

    views: tuple[NonEmpty, ...]
    reading_minutes: tuple[NonEmpty, ...]


class CounterLabels(Entry):
    """Labels whose number stands on the next line."""

    views: tuple[NonEmpty, ...]
    reading_minutes: tuple[NonEmpty, ...]
    other: tuple[NonEmpty, ...]

    @model_validator(mode="after")
    def _is_whole(self) -> CounterLabels:
        refuse_empty(self)
        return self


class PageParts(Entry):
    """HTML elements, and words of a class or id, whose content is no article."""

    elements: tuple[NonEmpty, ...]
    classes: tuple[NonEmpty, ...]


class BoilerplateFile(Entry):
    """`boilerplate.yml`: what a page carries besides the article."""

    kinds: tuple[BoilerplateKind, ...]
    rules: tuple[BoilerplateRule, ...]
    widgets: tuple[NonEmpty, ...]
    counters: CounterPatterns
    labels: CounterLabels
    sections: tuple[NonEmpty, ...]
    kept_lines: tuple[NonEmpty, ...]
    html: PageParts
    author_labels: tuple[NonEmpty, ...]
    day_labels: tuple[NonEmpty, ...]

    @model_validator(mode="after")
    def _check(self) -> BoilerplateFile:
        kinds, ids = {kind.id for kind in self.kinds}, [rule.id for rule in self.rules]
        for rule in self.rules:
            if rule.kind not in kinds:
                raise ValueError(f"the rule {rule.id!r} has the unknown kind {rule.kind!r}")
            if ids.count(rule.id) > 1:
                raise ValueError(f"the rule {rule.id!r} stands twice")
            if not rule.phrases and not rule.patterns:
                raise ValueError(f"the rule {rule.id!r} has neither phrases nor patterns")
        refuse_empty(self)
        _check_patterns(self)
        return self


_NUMBERED_GROUP = re.compile(r"(?<!\\)(?:\\\\)*(?:\\[1-9]|\(\?\(\d)")


def _check_patterns(file: BoilerplateFile) -> None:
    """Compile the patterns of a file alone and joined, as `mawaqif.clean` does.

    Raises:
        ValueError: One is no regular expression or cannot be joined to the others; with rule and pattern.
    """
    from mawaqif.clean.lines import fold_pattern, phrase_pattern

    section = phrase_pattern(file.sections)
    joined: list[str] = []
    for number, rule in enumerate(file.rules):
        parts = [fold_pattern(pattern).replace("{section}", section) for pattern in rule.patterns]
        for pattern, part in zip(rule.patterns, parts, strict=True):
            _compile_pattern(part, rule.id, pattern)
            if _NUMBERED_GROUP.search(pattern):
                raise ValueError(f"{rule.id!r} has the pattern {pattern!r}, which refers to a group by its number")
        parts += [phrase_pattern(rule.phrases)] if rule.phrases else []
        source = "|".join(f"(?:{part})" for part in parts)
        for pattern, part in zip(rule.patterns, parts, strict=False):
            _compile_pattern(f"x(?:{part})", rule.id, pattern)
        _compile_pattern(source, rule.id, " | ".join(rule.patterns))
        if rule.place == "line" and not rule.hints:
            joined.append(rf"(?P<r{number}>(?:{source})\Z)")
    try:
        re.compile("|".join(joined))
    except re.error:
        _name_unjoinable(file)
    for name, patterns in file.counters:
        for pattern in patterns:
            if "n" not in _compile_pattern(fold_pattern(pattern), f"counters.{name}", pattern).groupindex:
                raise ValueError(f"'counters.{name}' has the pattern {pattern!r} without a group (?P<n>...)")


def _compile_pattern(source: str, owner: str, pattern: str) -> re.Pattern[str]:
    try:
        return re.compile(source)
    except (re.error, OverflowError, RecursionError) as error:
        raise ValueError(f"{owner!r} has a pattern that is no regular expression: {pattern!r} ({error})") from error


def _name_unjoinable(file: BoilerplateFile) -> None:
    """Raise for the first pattern whose named group stands in another one, or is called as the joined rules are."""
    groups: set[str] = {f"r{number}" for number in range(len(file.rules))}
    for rule in file.rules:
        for pattern in rule.patterns if rule.place == "line" and not rule.hints else ():
            found = set(re.compile(pattern.replace("{section}", "x")).groupindex)
            if taken := found & groups:
                raise ValueError(
                    f"{rule.id!r} has the pattern {pattern!r}, whose group {min(taken)!r} has another rule's name"
                )
            groups |= found
    raise ValueError("the patterns of the rules cannot be joined to one regular expression")
