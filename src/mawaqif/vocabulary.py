"""Loads and validates what the project knows by name: actors, outlets, cues, date words, boilerplate and issues."""

from __future__ import annotations

import hashlib
import re
from calendar import monthrange
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from pathlib import Path
from typing import Annotated, Any, Literal, TypeVar, get_args

import yaml
from pydantic import BaseModel, ConfigDict, Field, StringConstraints, ValidationError, model_validator

from mawaqif.arabic.text import fold
from mawaqif.errors import ParameterError, VocabularyError


class _Model(BaseModel):
    """A strict, immutable vocabulary entry: an unknown key is an error."""

    model_config = ConfigDict(extra="forbid", frozen=True)


def _refuse_empty(model: BaseModel) -> None:
    """Raise a ValueError that names the first list of a file that is empty."""
    if empty := next((name for name, value in model if isinstance(value, tuple | dict) and not value), None):
        raise ValueError(f"`{empty}` is empty")


NonEmpty = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1)]


class Bilingual(_Model):
    """The same name or sentence in both report languages."""

    ar: NonEmpty
    en: NonEmpty

    def in_language(self, language: str) -> str:
        """Return the text in `ar` or `en`."""
        return self.ar if language == "ar" else self.en


# --- actors.yml and outlets.yml -------------------------------------------------------------------------------------


class Camp(_Model):
    """A group of actors that charts show together; camps are drawn in the order of the file."""

    id: NonEmpty
    name: Bilingual


class Alias(_Model):
    """One spelling of an actor; folding takes care of hamza, ya, ta marbuta and marks, so list only different words.

    Both spellings of "American" (أمريكي، أميركي) and the contraction لل are made by the matcher. `not_before` and
    `not_after` are words which, next to the match, make it something else; `only_before` and `only_after` are those of
    which one must stand there. `weak` forms (a surname, "the government") count only in a document that also has a full
    form of the same actor. `open` marks a description in which other names count too ("حكومة السوداني"). `place`
    marks a name that is also a place: it takes part only where it acts ("بغداد طلبت"), not where something happens in
    it ("في بغداد").
    """

    form: NonEmpty
    not_before: tuple[NonEmpty, ...] = ()
    not_after: tuple[NonEmpty, ...] = ()
    only_before: tuple[NonEmpty, ...] = ()
    only_after: tuple[NonEmpty, ...] = ()
    weak: bool = False
    open: bool = False
    place: Literal["city", "country"] | None = None


class Office(_Model):
    """An office held from `since` until the day before `until` (None: open); `title` stands in `office_titles`."""

    title: NonEmpty
    since: date | None = None
    until: date | None = None


class OfficeTitle(_Model):
    """An office whose holder may go unnamed: `forms` name it anywhere, `short_forms` once a holder is known."""

    title: NonEmpty
    forms: tuple[NonEmpty, ...] = ()
    short_forms: tuple[NonEmpty, ...] = ()


class RoleWord(_Model):
    """A word for what a person is, masculine singular; the sound feminine and plurals are made from it."""

    form: NonEmpty
    plural: NonEmpty | None = None
    same_as: NonEmpty | None = None


class NameWords(_Model):
    """Words that show the structure of a speaker phrase: roles, bodies, documents, titles, given names, places."""

    roles: tuple[RoleWord | NonEmpty, ...] = ()
    bodies: tuple[NonEmpty, ...] = ()
    documents: tuple[NonEmpty, ...] = ()
    anonymous: tuple[NonEmpty, ...] = ()
    anonymous_roles: tuple[NonEmpty, ...] = ()
    titles: tuple[NonEmpty, ...] = ()
    given_names: tuple[NonEmpty, ...] = ()
    places: tuple[NonEmpty, ...] = ()
    place_before: tuple[NonEmpty, ...] = ()
    city_before: tuple[NonEmpty, ...] = ()
    motion: tuple[NonEmpty, ...] = ()


ActorType = Literal[
    "person", "expert", "government", "ministry", "state", "parliament", "party_bloc", "armed_group",
    "international_body", "media",
]  # fmt: skip


class Actor(_Model):
    """Someone or something that takes positions."""

    id: Annotated[str, Field(pattern=r"^[a-z0-9_]+$")]
    name: Bilingual
    type: ActorType
    camp: NonEmpty
    affiliation: NonEmpty | None = None
    gender: Literal["m", "f"] | None = None
    aliases: tuple[Alias | NonEmpty, ...] = ()
    offices: tuple[Office, ...] = ()

    @property
    def forms(self) -> tuple[Alias, ...]:
        """All spellings: the Arabic name first, then the aliases."""
        listed = [a if isinstance(a, Alias) else Alias(form=a) for a in self.aliases]
        named = [] if any(fold(a.form) == fold(self.name.ar) for a in listed) else [Alias(form=self.name.ar)]
        return (*named, *listed)


class ActorsFile(_Model):
    """`actors.yml`."""

    camps: tuple[Camp, ...]
    office_titles: tuple[OfficeTitle, ...] = ()
    name_words: NameWords = NameWords()
    actors: tuple[Actor, ...]


class Outlet(_Model):
    """A publisher, known by its names, its web hosts, and words that its page template leaves in copied text."""

    id: NonEmpty
    name: Bilingual
    country: NonEmpty | None = None
    aliases: tuple[NonEmpty, ...] = ()
    hosts: tuple[NonEmpty, ...] = ()
    page_marks: tuple[NonEmpty, ...] = ()


class OutletsFile(_Model):
    """`outlets.yml`."""

    outlets: tuple[Outlet, ...]


# --- issues/*.yml ---------------------------------------------------------------------------------------------------


class ScalePoint(_Model):
    """One step of an issue's ordered scale, with the definition that coders work by."""

    value: Annotated[int, Field(ge=-2, le=2)]
    label: Bilingual
    definition: Bilingual


class Milestone(_Model):
    """A planned event with its agreed date, against which statements are compared.

    `subjects` names terms of the issue of which a statement must hold a word to speak of it; without them any does.
    """

    id: NonEmpty
    name: Bilingual
    first: date
    last: date
    source: Bilingual
    subjects: tuple[NonEmpty, ...] = ()


class Nearby(_Model):
    """Terms that must stand near each other: each at most `within` words after the one before, or beside it."""

    all: Annotated[tuple[NonEmpty, ...], Field(min_length=1)]
    within: Annotated[int, Field(ge=0, le=40)] = 4
    ordered: bool = True


class Target(Nearby):
    """Something that the issue is about, or in `not_targets` something like it that the issue is not about."""

    id: NonEmpty


Step = Annotated[int, Field(ge=-2, le=2)] | None


class Effects(_Model):
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


class Direction(_Model):
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


class Operator(_Model):
    """Words that change what a direction means, standing before or after it."""

    before: tuple[NonEmpty, ...] = ()
    after: tuple[NonEmpty, ...] = ()


class Operators(_Model):
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


class Reasons(_Model):
    """What speaks for one side of an issue whatever it is said of; the keys are explained at the head of its file."""

    upper: tuple[Nearby | NonEmpty, ...] = ()
    lower: tuple[Nearby | NonEmpty, ...] = ()
    exits: tuple[NonEmpty, ...] = ()
    topics: tuple[Nearby | NonEmpty, ...] = ()
    procedures: tuple[Nearby | NonEmpty, ...] = ()
    decisions: tuple[NonEmpty, ...] = ()


class Issue(_Model):
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


# --- cues.yml -------------------------------------------------------------------------------------------------------


Modality = Literal["position", "demand", "forecast", "condition", "denial", "fact"]


class CueVerb(_Model):
    """A reporting verb; the keys are explained at the head of `cues.yml`."""

    parts: NonEmpty
    takes: tuple[NonEmpty, ...]
    modality: Modality
    addressee: bool = False
    guarded: bool = False
    keeps_negation: bool = False
    needs_source: bool = False
    objects: tuple[NonEmpty, ...] = ()
    with_words: tuple[NonEmpty, ...] = ()

    @model_validator(mode="after")
    def _has_four_parts(self) -> CueVerb:
        if len(self.parts.split()) != 4:
            raise ValueError("`parts` needs perfect, imperfect, participle and verbal noun ('-' for none)")
        return self

    @property
    def lemma(self) -> str:
        """The perfect, by which the verb is called."""
        return self.parts.split()[0]

    @property
    def principal_parts(self) -> tuple[str, str | None, str | None, str | None]:
        """Perfect, imperfect, active participle and verbal noun, None where the verb has none in use."""
        perfect, *others = self.parts.split()
        imperfect, participle, noun = (None if part == "-" else part for part in others)
        return perfect, imperfect, participle, noun


class CueNoun(_Model):
    """A noun that carries an actor's words (مطالبات، رفض)."""

    forms: tuple[NonEmpty, ...]
    prepositions: tuple[NonEmpty, ...]
    modality: Modality


class CueSource(_Model):
    """A word or words that name a source (بحسب، وفقا ل); `clause` where a reporting verb follows them."""

    words: NonEmpty
    clause: bool = False


class CuesFile(_Model):
    """`cues.yml`: words that attribute a statement, and the words by which its parts are told from each other."""

    verbs: tuple[CueVerb, ...]
    impersonal: tuple[NonEmpty, ...]
    nouns: tuple[CueNoun, ...]
    sources: tuple[CueSource, ...]
    self_reference: tuple[NonEmpty, ...]
    particles: tuple[NonEmpty, ...]
    abstract_nouns: tuple[NonEmpty, ...]
    not_verbal_nouns: tuple[NonEmpty, ...]
    source_heads: tuple[NonEmpty, ...]
    conjunctions_before_particle: tuple[NonEmpty, ...]
    occasions: tuple[NonEmpty, ...]
    adverbs: tuple[NonEmpty, ...]
    adjuncts: tuple[NonEmpty, ...]
    addressees: tuple[NonEmpty, ...]
    relatives: tuple[NonEmpty, ...]
    breaks: tuple[NonEmpty, ...]
    break_exceptions: tuple[NonEmpty, ...]
    feminine: tuple[NonEmpty, ...]
    masculine: tuple[NonEmpty, ...]
    anonymity: tuple[NonEmpty, ...]
    relayed: tuple[NonEmpty, ...]
    event_verbs: tuple[Annotated[str, Field(pattern=r"^\S+ \S+$")], ...]
    not_event_verbs: tuple[NonEmpty, ...]

    @model_validator(mode="after")
    def _is_whole(self) -> CuesFile:
        _refuse_empty(self)
        return self


# --- dates.yml ------------------------------------------------------------------------------------------------------


Forms = tuple[NonEmpty, ...]


class MonthWord(_Model):
    """A month and its names; `ambiguous` names count only where something beside them shows that a month is meant."""

    number: Annotated[int, Field(ge=1, le=12)]
    forms: Forms
    ambiguous: Forms = ()


class WeekdayWord(_Model):
    """A day of the week, Monday 0."""

    number: Annotated[int, Field(ge=0, le=6)]
    forms: Forms


class SeasonWord(_Model):
    """A season of three months."""

    first_month: Annotated[int, Field(ge=1, le=12)]
    forms: Forms


class UnitWord(_Model):
    """A unit of time in its three numbers; a `season` is that of sports, from July to June."""

    id: Literal["minute", "hour", "day", "week", "month", "year", "season", "decade", "century"]
    singular: Forms
    dual: Forms
    plural: Forms


class FractionWord(_Model):
    """«النصف» and its kin, counted by an ordinal: «الربع الثالث»."""

    parts: Annotated[int, Field(ge=2)]
    forms: Forms


class DayOffset(_Model):
    """A word for a day counted from the day of writing."""

    offset: int
    forms: Forms


class NumberWord(_Model):
    """A spelled number."""

    value: Annotated[int, Field(ge=0)]
    forms: Forms


class DecadeWord(_Model):
    """A decade of a century: 70 for the seventies."""

    tens: Literal[20, 30, 40, 50, 60, 70, 80, 90]
    forms: Forms


class Holiday(_Model):
    """A feast on a `month-day` of one calendar, lasting `days`."""

    id: NonEmpty
    calendar: Literal["hijri", "gregorian"]
    day: Annotated[str, Field(pattern=r"^\d\d-\d\d$")]
    days: Annotated[int, Field(ge=1)]
    forms: Forms

    @model_validator(mode="after")
    def _day_exists(self) -> Holiday:
        month, day = map(int, self.day.split("-"))
        longest = 30 if self.calendar == "hijri" else monthrange(2024, month)[1] if 1 <= month <= 12 else 0
        if not (1 <= month <= 12 and 1 <= day <= longest):
            raise ValueError(f"{self.day!r} is no day of the {self.calendar} calendar (month-day)")
        return self


class DatedEvent(_Model):
    """A political event or term of office; each of `times` is (first, last): a year, month or day as known."""

    id: NonEmpty
    name: Bilingual | None = None
    forms: Forms
    times: tuple[tuple[int | date | str, int | date | str | None], ...]
    alone: bool = False
    term: bool = False
    with_adjective: bool = False
    context: Forms = ()

    @model_validator(mode="after")
    def _times_exist(self) -> DatedEvent:
        if not self.forms or not self.times:
            raise ValueError("an event needs at least one form and one pair of times")
        for first, last in self.times:
            start, end = _time_bounds(first), None if last is None else _time_bounds(last)
            if end is not None and end[1] < start[0]:
                raise ValueError(f"the event ends ({last}) before it begins ({first})")
        return self


class NewsEvent(_Model):
    """What was news on known days only: a sentence of the opening with a word of each of `words` reports it."""

    id: NonEmpty
    words: tuple[Forms, ...]
    days: tuple[date, date]

    @model_validator(mode="after")
    def _is_whole(self) -> NewsEvent:
        if len(self.words) < 2 or not all(self.words):
            raise ValueError("news needs at least two lists of words, none of them empty")
        if self.days[1] < self.days[0]:
            raise ValueError(f"the news ends ({self.days[1]}) before it begins ({self.days[0]})")
        return self


Connective = Literal[
    "before", "after", "since", "from_on", "over", "during", "until", "by", "between", "from", "to", "in",
    "corresponding", "about", "few", "after_that", "before_that", "half", "last", "from_now", "hijri_mark",
    "gregorian_mark", "agency", "age", "anniversary", "lasted", "additional",
]  # fmt: skip

_MONTH = re.compile(r"(\d{4})-(\d{1,2})", re.ASCII)


def _time_bounds(value: int | date | str) -> tuple[date, date]:
    """Return the first and last day of a year, month or day as written in the vocabulary."""
    if isinstance(value, date):
        return value, value
    try:
        if isinstance(value, int):
            return date(value, 1, 1), date(value, 12, 31)
        if match := _MONTH.fullmatch(value):
            first = date(int(match[1]), int(match[2]), 1)
            return first, first.replace(day=monthrange(first.year, first.month)[1])
    except ValueError:
        pass
    raise ValueError(
        f"{value!r} is no time: write a year (2003), a month (2003-04), an unquoted day (2003-04-09) or null"
    )


class DatesFile(_Model):
    """`dates.yml`: months, weekdays, seasons, numerals, relative words, holidays and named political events."""

    months: tuple[MonthWord, ...]
    hijri_months: tuple[MonthWord, ...]
    weekdays: tuple[WeekdayWord, ...]
    seasons: tuple[SeasonWord, ...]
    units: tuple[UnitWord, ...]
    parts: dict[Literal["early", "mid", "late"], Forms]
    fractions: tuple[FractionWord, ...]
    adjectives: dict[
        Literal["past", "before_last", "recent", "future", "current", "following", "previous", "same"], Forms
    ]
    demonstratives: dict[Literal["this", "that", "same"], Forms]
    deictics: tuple[DayOffset, ...]
    day_times: Forms
    vague: dict[Literal["past", "later", "until_now", "future", "present", "then", "appointed"], Forms]
    awaited: Forms
    awaited_adjectives: Forms
    year_nouns: Forms
    general_after: Forms
    names_with_dates: Forms
    weekday_not_after: Forms
    weekday_not_before: Forms
    today_not_after: Forms
    term_titles: Forms
    connectives: dict[Connective, Forms]
    decades: tuple[DecadeWord, ...]
    cardinals: tuple[NumberWord, ...]
    ordinals: tuple[NumberWord, ...]
    holidays: tuple[Holiday, ...]
    events: tuple[DatedEvent, ...]
    news: tuple[NewsEvent, ...]
    status: dict[Literal["future_verbs", "hypothetical", "before_imperfect", "counterfactual"], Forms]
    event_nouns: Forms

    @model_validator(mode="after")
    def _is_whole(self) -> DatesFile:
        _refuse_empty(self)
        for name in ("parts", "adjectives", "demonstratives", "vague", "connectives", "status"):
            wanted = get_args(get_args(type(self).model_fields[name].annotation)[0])
            if missing := [key for key in wanted if not getattr(self, name).get(key)]:
                raise ValueError(f"`{name}` has no words for {', '.join(missing)}")
        return self

    def __hash__(self) -> int:
        """Hash by a cheap part of the content, so that compiled lexicons can be cached."""
        return hash((len(self.events), len(self.holidays), self.months[0].forms, self.events[0].forms))


# --- boilerplate.yml ------------------------------------------------------------------------------------------------


class BoilerplateKind(_Model):
    """What sort of page furniture a rule marks, with the name that the report's table of removals prints."""

    id: NonEmpty
    name: Bilingual


class BoilerplateRule(_Model):
    """Lines, or their beginnings or ends, that are no article text; the head of `boilerplate.yml` says how they match.

    `hints` are words without which no pattern of the rule can match: with them a line is passed over quickly.
    """

    id: NonEmpty
    kind: NonEmpty
    place: Literal["line", "line_start", "line_end"] = "line"
    zone: Literal["any", "head", "tail", "edge"] = "any"
    longest: Annotated[int, Field(ge=1)] = 12
    phrases: tuple[NonEmpty, ...] = ()
    patterns: tuple[NonEmpty, ...] = ()
    hints: tuple[NonEmpty, ...] = ()


class CounterPatterns(_Model):
    """Patterns of counters, each with a group `n`, and of views with a group `unit` where there may be one."""

    views: tuple[NonEmpty, ...]
    reading_minutes: tuple[NonEmpty, ...]


class CounterLabels(_Model):
    """Labels whose number stands on the next line."""

    views: tuple[NonEmpty, ...]
    reading_minutes: tuple[NonEmpty, ...]
    other: tuple[NonEmpty, ...]

    @model_validator(mode="after")
    def _is_whole(self) -> CounterLabels:
        _refuse_empty(self)
        return self


class PageParts(_Model):
    """HTML elements, and words of a class or id, whose content is no article."""

    elements: tuple[NonEmpty, ...]
    classes: tuple[NonEmpty, ...]


class BoilerplateFile(_Model):
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
        _refuse_empty(self)
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


# --- files, whole ---------------------------------------------------------------------------------------------------

_M = TypeVar("_M", bound=BaseModel)


class _UniqueKeyLoader(yaml.CSafeLoader):
    """PyYAML keeps the last of two equal keys; here that is an error with its line."""

    def construct_mapping(self, node: yaml.MappingNode, deep: bool = False) -> dict[Any, Any]:
        seen: set[str] = set()
        for key, _ in node.value:
            where = f"line {key.start_mark.line + 1}"
            if not isinstance(key, yaml.ScalarNode):
                raise VocabularyError("a list or mapping stands as a key", where=where, mend="Write a word as the key.")
            if key.value in seen:
                raise VocabularyError(f"the key {key.value!r} stands twice", where=where, mend="Keep one of them.")
            seen.add(key.value)
        return super().construct_mapping(node, deep)

    def construct_object(self, node: yaml.Node, deep: bool = False) -> Any:
        try:
            return super().construct_object(node, deep)
        except (ValueError, TypeError, KeyError, AttributeError, OverflowError) as error:
            given = repr(node.value)[:60] if isinstance(node, yaml.ScalarNode) else "the entry"
            raise VocabularyError(
                f"{given} cannot be read ({error})",
                where=f"line {node.start_mark.line + 1}",
                mend="Correct it; a date must exist.",
            ) from error


_DEEPEST = 100


def load_yaml(path: Path) -> Any:
    """Return what a YAML file says; a key that stands twice is an error.

    Raises:
        VocabularyError: The file is missing, is no YAML or has a key twice, with file and line.
    """
    try:
        text = path.read_text(encoding="utf-8")
        depth = anchored_at = 0
        event: Any
        for event in yaml.parse(text, Loader=yaml.CSafeLoader):
            depth += isinstance(event, yaml.CollectionStartEvent) - isinstance(event, yaml.CollectionEndEvent)
            if depth > _DEEPEST:  # the reader itself would fail on the depth, out of reach of any handler
                line = event.start_mark.line + 1
                raise VocabularyError("nested too deeply", where=f"line {line}", mend="Close the brackets before it.")
            if isinstance(event, yaml.CollectionStartEvent) and event.anchor and not anchored_at:
                anchored_at = depth
            elif depth < anchored_at:
                anchored_at = 0
            if anchored_at and isinstance(event, yaml.AliasEvent):  # a few lines of these unfold to any size
                what = f"the alias *{event.anchor} stands in a part that has a name"
                where = f"line {event.start_mark.line + 1}" if event.start_mark else None
                raise VocabularyError(what, where=where, mend="Write out what it stands for.")
        return yaml.load(text, Loader=_UniqueKeyLoader)
    except UnicodeDecodeError as error:
        raise VocabularyError(
            f"the file is not UTF-8 (byte {error.start})", where=path.name, mend="Save it again in UTF-8."
        ) from error
    except (OSError, RecursionError) as error:
        reason = error.strerror if isinstance(error, OSError) else "nested too deeply"
        raise VocabularyError("the file cannot be read", where=str(path), mend=f"Restore it ({reason}).") from error
    except yaml.YAMLError as error:
        raise VocabularyError(f"not valid YAML: {error}", where=path.name, mend="Correct that line.") from error
    except VocabularyError as error:
        raise VocabularyError(error.what, where=f"{path.name}, {error.where}", mend=error.mend) from error


_UNION_STEPS = ("Alias", "RoleWord", "Nearby", "constrained-str")
_PLAIN_WORDS = {
    "too_short": "the list is empty",
    "string_too_short": "the text is empty",
    "model_type": "a mapping of keys is needed",
    "missing": "a key is missing",
    "extra_forbidden": "the key is unknown",
}


def read_yaml(path: Path, model: type[_M]) -> _M:
    """Read one vocabulary file and check its form.

    Raises:
        VocabularyError: The file is missing, is no YAML, has a key twice or breaks the model, with file and entry.
    """
    data = load_yaml(path)
    if data is None:
        raise VocabularyError("the file is empty", where=path.name, mend="Restore it.")
    try:
        return model.model_validate(data)
    except ValidationError as error:
        first = _telling(error)
        entry = ".".join(_entry_name(data, tuple(step for step in first["loc"] if step not in _UNION_STEPS)))
        what = _PLAIN_WORDS.get(first["type"]) or first["msg"].removeprefix("Value error, ")
        given = "" if first["type"] in ("value_error", "missing") else f" (got {repr(first.get('input'))[:60]})"
        raise VocabularyError(
            f"{what}{given}",
            where=f"{path.name}, {entry}" if entry else path.name,
            mend="See the head of the file for the keys and codes.",
        ) from error


def _telling(error: ValidationError) -> Any:
    """Return the first error; of a word that might also be a mapping, what is wrong with the word."""
    first, *others = error.errors()
    if first["type"] == "model_type" and isinstance(first["input"], str):
        return next((e for e in others if e["loc"][:-1] == first["loc"][:-1]), first)
    return first


def _entry_name(data: Any, location: tuple[int | str, ...]) -> list[str]:
    """Name list entries by their id rather than by their number."""
    names: list[str] = []
    for step in location:
        try:
            data = data[step]
        except (KeyError, IndexError, TypeError):
            data = None
        label = data.get("id") if isinstance(data, dict) else None
        names.append(str(label or step))
    return names


@dataclass(frozen=True, eq=False)
class Vocabulary:
    """All vocabulary files, validated together; equal and hashable by content, so that matchers can be cached."""

    actors: ActorsFile
    outlets: OutletsFile
    cues: CuesFile
    dates: DatesFile
    boilerplate: BoilerplateFile
    issues: dict[str, Issue]
    digest: str

    def __eq__(self, other: object) -> bool:
        """Compare by content."""
        return isinstance(other, Vocabulary) and self.digest == other.digest

    def __hash__(self) -> int:
        """Hash by content."""
        return hash(self.digest)

    def actor(self, actor_id: str) -> Actor | None:
        """Return a registered actor, or None."""
        return _actor_index(self).get(actor_id)

    def issue(self, issue_id: str) -> Issue:
        """Return an issue.

        Raises:
            ParameterError: There is no such issue; the message lists those there are.
        """
        if issue_id not in self.issues:
            known = ", ".join(sorted(self.issues))
            raise ParameterError(f"unknown issue {issue_id!r}", where="--issue", mend=f"Use one of: {known}.")
        return self.issues[issue_id]


@lru_cache(maxsize=8)
def _actor_index(vocabulary: Vocabulary) -> dict[str, Actor]:
    return {actor.id: actor for actor in vocabulary.actors.actors}


def load_vocabulary(folder: Path) -> Vocabulary:
    """Read and validate a whole vocabulary folder.

    Raises:
        VocabularyError: A file is missing or breaks its form, or the files contradict each other.
    """
    return _load(folder, digest_folder(folder))


@lru_cache(maxsize=4)
def _load(folder: Path, digest: str) -> Vocabulary:
    if not folder.is_dir():
        raise VocabularyError("there is no such folder", where=str(folder), mend="Restore the vocabulary.")
    issues: dict[str, Issue] = {}
    paths = sorted((folder / "issues").glob("*.yml"))
    if not paths:
        raise VocabularyError(
            "no issue file found", where=str(folder / "issues"), mend="Put at least one issue there, as *.yml."
        )
    for path in paths:
        issue = read_yaml(path, Issue)
        if issue.id in issues:
            raise VocabularyError(
                f"the issue id {issue.id!r} is already used", where=path.name, mend="Give it another id."
            )
        issues[issue.id] = issue
    vocabulary = Vocabulary(
        actors=read_yaml(folder / "actors.yml", ActorsFile),
        outlets=read_yaml(folder / "outlets.yml", OutletsFile),
        cues=read_yaml(folder / "cues.yml", CuesFile),
        dates=read_yaml(folder / "dates.yml", DatesFile),
        boilerplate=read_yaml(folder / "boilerplate.yml", BoilerplateFile),
        issues=issues,
        digest=digest,
    )
    check_vocabulary(vocabulary)
    return vocabulary


def check_vocabulary(vocabulary: Vocabulary) -> None:
    """Check what one file alone cannot show: unique ids and aliases, known camps and affiliations, whole scales.

    Raises:
        VocabularyError: The first contradiction, with file, entry and mend.
    """
    actors, outlets = vocabulary.actors, vocabulary.outlets
    for file, name, listed in (
        ("actors.yml", "camps", actors.camps),
        ("actors.yml", "actors", actors.actors),
        ("outlets.yml", "outlets", outlets.outlets),
    ):
        if not listed:
            raise VocabularyError(f"`{name}` is empty", where=file, mend="List at least one.")
    _check_actors(vocabulary.actors)
    _check_unique_ids([outlet.id for outlet in vocabulary.outlets.outlets], "outlets.yml")
    _check_unique_forms(
        [(o.id, form) for o in vocabulary.outlets.outlets for form in {o.name.ar, o.name.en, *o.aliases}],
        "outlets.yml",
    )
    check_issues(vocabulary.issues, {camp.id for camp in vocabulary.actors.camps})


def _check_actors(file: ActorsFile) -> None:
    camps = {camp.id for camp in file.camps}
    _check_unique_ids([camp.id for camp in file.camps], "actors.yml, camps")
    ids = [actor.id for actor in file.actors]
    for actor in file.actors:
        where = f"actors.yml, {actor.id}"
        if ids.count(actor.id) > 1:
            raise VocabularyError("the id stands twice", where=where, mend="Merge the two entries.")
        if actor.camp not in camps:
            raise VocabularyError(
                f"unknown camp {actor.camp!r}", where=where, mend=f"Use one of: {', '.join(sorted(camps))}."
            )
        if actor.affiliation is not None and actor.affiliation not in ids:
            raise VocabularyError(
                f"unknown affiliation {actor.affiliation!r}",
                where=where,
                mend="Add that actor or correct the id.",
            )
        for office in actor.offices:
            if office.title not in {entry.title for entry in file.office_titles}:
                raise VocabularyError(
                    f"unknown office {office.title!r}", where=where, mend="List it under office_titles or correct it."
                )
            if office.since and office.until and office.since >= office.until:
                raise VocabularyError(
                    f"the office {office.title!r} ends before it begins", where=where, mend="Correct a date."
                )
    _check_affiliations(file)
    for actor in file.actors:
        _refuse_unreadable(actor.name.en, f"actors.yml, {actor.id}")
    _check_unique_forms([(actor.id, alias.form) for actor in file.actors for alias in actor.forms], "actors.yml")
    _check_name_words(file.name_words)
    _check_unique_forms([(o.title, form) for o in file.office_titles for form in {o.title, *o.forms}], "actors.yml")


def _check_unique_ids(ids: list[str], where: str) -> None:
    for number, entry in enumerate(ids):
        if entry in ids[:number]:
            raise VocabularyError(f"the id {entry!r} stands twice", where=where, mend="Merge the two entries.")


def _check_affiliations(file: ActorsFile) -> None:
    """Let no affiliation lead back to where it began."""
    above = {actor.id: actor.affiliation for actor in file.actors}
    for actor in file.actors:
        seen, at = {actor.id}, actor.affiliation
        while at is not None and at not in seen:
            seen.add(at)
            at = above.get(at)
        if at == actor.id:
            raise VocabularyError(
                f"the affiliation {actor.affiliation!r} leads back to the actor",
                where=f"actors.yml, {actor.id}",
                mend="Correct or remove an affiliation.",
            )


def _refuse_unreadable(form: str, where: str) -> None:
    if not fold(form).strip():
        raise VocabularyError(
            f"the name or alias {form!r} has nothing that can be matched", where=where, mend="Write or remove it."
        )


def _check_name_words(words: NameWords) -> None:
    """Let no word stand twice in one list: the second was meant to be another."""
    for name, listed in words:
        seen: set[str] = set()
        for entry in listed:
            folded = fold(entry if isinstance(entry, str) else entry.form)
            if folded in seen:
                raise VocabularyError(
                    f"{entry if isinstance(entry, str) else entry.form!r} stands twice",
                    where=f"actors.yml, name_words.{name}",
                    mend="Remove one of them.",
                )
            seen.add(folded)


def _check_unique_forms(owned_forms: list[tuple[str, str]], file: str) -> None:
    owners: dict[str, str] = {}
    for owner, form in owned_forms:
        _refuse_unreadable(form, f"{file}, {owner}")
        folded = fold(form)
        if folded in owners and owners[folded] != owner:
            raise VocabularyError(
                f"the alias {form!r} also belongs to {owners[folded]!r}",
                where=f"{file}, {owner}",
                mend="Remove it from one of them.",
            )
        owners[folded] = owner


def digest_folder(folder: Path) -> str:
    """Return a checksum over the names and bytes of all vocabulary files.

    Raises:
        VocabularyError: A file cannot be read, or a folder or a link in a circle stands in its place.
    """
    digest = hashlib.sha256()
    try:
        for path in sorted(folder.rglob("*.yml")):
            name = path.relative_to(folder).as_posix().encode("utf-8", "surrogateescape")
            digest.update(name + b"\0" + path.read_bytes() + b"\0")
    except (OSError, RuntimeError) as error:
        where = getattr(error, "filename", None) or folder
        reason = getattr(error, "strerror", None) or str(error)
        raise VocabularyError("the file cannot be read", where=str(where), mend=f"Restore it ({reason}).") from error
    return digest.hexdigest()
