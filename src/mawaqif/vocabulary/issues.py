"""`issues/*.yml`: an issue's question, scale and milestones, and the words that the stance coder goes by."""

from __future__ import annotations

import re
from datetime import date
from typing import Annotated, Literal

from pydantic import Field

from mawaqif.errors import VocabularyError
from mawaqif.vocabulary.entries import Bilingual, Entry, NonEmpty


class ScalePoint(Entry):
    """One step of an issue's ordered scale, with the definition that coders work by."""

    value: Annotated[int, Field(ge=-2, le=2)]
    label: Bilingual
    definition: Bilingual


class Milestone(Entry):
    """A planned event with its agreed date, against which statements are compared.

    `subjects` names terms of the issue of which a statement must hold a word to speak of it; without them any does.
    """

    id: NonEmpty
    name: Bilingual
    first: date
    last: date
    source: Bilingual
    subjects: tuple[NonEmpty, ...] = ()


class Nearby(Entry):
    """Terms that must stand near each other: each at most `within` words after the one before, or beside it."""

    all: Annotated[tuple[NonEmpty, ...], Field(min_length=1)]
    within: Annotated[int, Field(ge=0, le=40)] = 4
    ordered: bool = True


class Target(Nearby):
    """Something that the issue is about, or in `not_targets` something like it that the issue is not about."""

    id: NonEmpty


Step = Annotated[int, Field(ge=-2, le=2)] | None


class Effects(Entry):
    """The step of the scale that follows from a direction under each operator; None is "no position"."""

    asserted: Step
    demanded: Step
    valued: Step
    opposed: Step
    doubted: Step
    feared: Step
    denied: Step
    unneeded: Step
    stalled: Step = 0
    postponed: Step = 0
    discussed: Step = 0
    conditional: Step = 0
    conceded: Step = 0
    background: Step = 0
    admitted: Step = None
    scheduled: Step = None


class Direction(Entry):
    """One thing that a statement can say about a target. `procedural` ones give way to every other direction.

    One that `carries` gives way to a direction right after it.
    """

    id: NonEmpty
    patterns: Annotated[tuple[Nearby | NonEmpty, ...], Field(min_length=1)]
    target: Literal["near", "none", "context"]
    reach: Annotated[int, Field(ge=1, le=20)] = 5
    side: Literal["after", "before", "both"] = "both"
    procedural: bool = False
    carries: bool = False
    effects: Effects


class Operator(Entry):
    """Words that change what a direction means, standing before or after it."""

    before: tuple[NonEmpty, ...] = ()
    after: tuple[NonEmpty, ...] = ()


class Operators(Entry):
    """The operator words of an issue, and the words from which modality is read."""

    demanded: Operator
    opposed: Operator
    doubted: Operator
    feared: Operator
    valued: Operator
    unneeded: Operator
    stalled: Operator
    postponed: Operator
    discussed: Operator
    conditional: Operator
    conceded: Operator
    background: Operator
    admitted: Operator
    scheduled: Operator
    negation: tuple[NonEmpty, ...]
    denied_after: tuple[NonEmpty, ...]
    ignored: tuple[NonEmpty, ...]
    need_position: tuple[NonEmpty, ...]
    judgements: tuple[NonEmpty, ...]
    own_subjects: tuple[NonEmpty, ...]
    refusals: tuple[NonEmpty, ...]
    events: tuple[NonEmpty, ...]
    forecast: tuple[NonEmpty, ...]
    not_future: tuple[NonEmpty, ...]
    conditions: tuple[NonEmpty, ...]
    denials: tuple[NonEmpty, ...]
    relays: tuple[NonEmpty, ...]
    appeals: tuple[NonEmpty, ...] = ()
    reversing: tuple[NonEmpty, ...] = ()
    causing: tuple[NonEmpty, ...] = ()
    threats: tuple[NonEmpty, ...] = ()
    struggles: tuple[NonEmpty, ...] = ()
    adversaries: tuple[NonEmpty, ...] = ()
    fixed: tuple[NonEmpty, ...] = ()


class Reasons(Entry):
    """What speaks for one side of an issue whatever it is said of; the keys are explained at the head of its file."""

    upper: tuple[Nearby | NonEmpty, ...] = ()
    lower: tuple[Nearby | NonEmpty, ...] = ()
    exits: tuple[NonEmpty, ...] = ()
    topics: tuple[Nearby | NonEmpty, ...] = ()
    procedures: tuple[Nearby | NonEmpty, ...] = ()
    decisions: tuple[NonEmpty, ...] = ()


class Ends(Entry):
    """Terms whose mere use takes a statement on the upper or lower side of the scale to its end.

    `lower_if_unneeded` does so only where the target is said to be without need ("no need for a single soldier"),
    `upper_of_presence` only where the direction is at the upper end when demanded ("the presence is a safety valve").
    """

    upper: tuple[NonEmpty, ...] = ()
    lower: tuple[NonEmpty, ...] = ()
    lower_if_unneeded: tuple[NonEmpty, ...] = ()
    upper_of_presence: tuple[NonEmpty, ...] = ()


class Issue(Entry):
    """One policy issue: question, ordered scale, planned milestones and all words that the stance coder goes by.

    `operators` may be left out where `operators_of` names an issue whose operator words serve here too.
    """

    id: Annotated[str, Field(pattern=r"^[a-z0-9_]+$")]
    title: Bilingual
    question: Bilingual
    scale: tuple[ScalePoint, ...]
    milestones: tuple[Milestone, ...] = ()
    abbreviations: dict[NonEmpty, NonEmpty] = Field(default_factory=dict)
    terms: dict[NonEmpty, tuple[NonEmpty, ...]] = Field(default_factory=dict)
    targets: tuple[Target, ...] = ()
    references: tuple[NonEmpty, ...] = ()
    setting: tuple[NonEmpty, ...] = ()
    not_targets: tuple[Target, ...] = ()
    directions: tuple[Direction, ...] = ()
    bare: Effects | None = None
    asides: tuple[NonEmpty, ...] = ()
    reasons: Reasons | None = None
    ends: Ends = Ends()
    deciders: tuple[NonEmpty, ...] = ()
    operators: Operators | None = None
    operators_of: NonEmpty | None = None

    def spell_out(self, text: str) -> str:
        """Return an English text with whole names in the place of the abbreviations that coders use."""
        for short, name in self.abbreviations.items():
            text = re.sub(rf"\b{re.escape(short)}\b", name, text)
        return text

    def __hash__(self) -> int:
        """Hash by id, so that what is compiled from an issue can be cached; equality is by content."""
        return hash(self.id)

    def point(self, value: int) -> ScalePoint:
        """Return the step of the scale with this value."""
        return self.scale[value + 2]

    def used_terms(self) -> set[str]:
        """Return the names of all terms that targets, references, asides and directions use."""
        nearby = [*self.targets, *self.not_targets]
        patterns = [p for direction in self.directions for p in direction.patterns]
        if self.reasons:
            patterns += [*self.reasons.upper, *self.reasons.lower, *self.reasons.topics, *self.reasons.exits]
            patterns += [*self.reasons.procedures, *self.reasons.decisions]
        nearby += [p for p in patterns if isinstance(p, Nearby)]  # type: ignore[misc]
        return (
            {term for n in nearby for term in n.all}
            | {p for p in patterns if isinstance(p, str)}
            | {*self.references, *self.setting, *self.asides}
            | {*self.ends.upper, *self.ends.lower, *self.ends.lower_if_unneeded, *self.ends.upper_of_presence}
            | {term for milestone in self.milestones for term in milestone.subjects}
        )


def check_issues(issues: dict[str, Issue], camps: set[str]) -> None:
    """Check each issue's scale, term names, operators and camps.

    Raises:
        VocabularyError: The first contradiction, with the issue, the entry and the mend.
    """
    for issue in issues.values():
        where = f"issues, {issue.id}"
        for milestone in issue.milestones:
            if milestone.first > milestone.last:
                raise VocabularyError(
                    f"the milestone {milestone.id!r} ends before it begins", where=where, mend="Correct a date."
                )
        if [point.value for point in issue.scale] != [-2, -1, 0, 1, 2]:
            raise VocabularyError("the scale must list -2, -1, 0, 1, 2 in this order", where=where, mend="Complete it.")
        if unknown := issue.used_terms() - set(issue.terms):
            raise VocabularyError(f"unknown term {min(unknown)!r}", where=where, mend="Add it under `terms`.")
        if idle := set(issue.terms) - issue.used_terms():
            raise VocabularyError(f"the term {min(idle)!r} is used nowhere", where=where, mend="Use or remove it.")
        if unknown := set(issue.deciders) - camps:
            raise VocabularyError(
                f"unknown camp {min(unknown)!r}", where=where, mend=f"Use: {', '.join(sorted(camps))}."
            )
        lender = issue if issue.operators_of is None else issues.get(issue.operators_of)
        if lender is None or lender.operators is None:
            raise VocabularyError(
                "the issue has no operator words",
                where=where,
                mend="Write `operators`, or name in `operators_of` an issue that has them.",
            )
