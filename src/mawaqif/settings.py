"""The parameters of one report: plain scalars, checked before anything is computed."""

from __future__ import annotations

import re
from dataclasses import asdict, dataclass, fields
from datetime import date
from pathlib import Path
from typing import Any

from mawaqif.errors import ParameterError
from mawaqif.paths import Paths

LANGUAGES = ("en", "ar")
LONGEST_TITLE = 160
NOT_IN_TITLES = re.compile(r"[\x00-\x1f{}<>\[\]`$\\@#*|~^]")
"""A title is read as Markdown by one engine and as YAML by the other, so it may hold no markup at all."""
_KINDS = {str: "text", int: "a whole number"}


@dataclass(frozen=True)
class Parameters:
    """What a report is made from and about; the same names stand in every notebook's `parameters` cell.

    Attributes:
        corpus: Corpus folder; empty for `data/raw`. Relative paths are relative to the project folder.
        issue: Id of an issue file in `data/vocabulary/issues`.
        language: `en` or `ar`.
        since: First day of publication to include (`YYYY-MM-DD`), empty for no limit.
        until: Last day of publication to include, empty for no limit.
        minimum_statements: Actors with fewer statements on the issue are left out of charts (not of the evidence).
        actor: Id of the only actor whose statements are told, empty for everyone.
        camp: Id of the only camp whose statements are told, empty for all.
        minimum_evidence: With fewer statements that have a place on the scale, the report says so and draws no charts.
        brief: Name of the brief in `report/briefs.yml` that these parameters are from, empty for none.
        title_en: Title of the English report, empty for the issue's.
        title_ar: Title of the Arabic report, empty for the issue's.
    """

    corpus: str = ""
    issue: str = "us_presence"
    language: str = "en"
    since: str = ""
    until: str = ""
    minimum_statements: int = 1
    actor: str = ""
    camp: str = ""
    minimum_evidence: int = 1
    brief: str = ""
    title_en: str = ""
    title_ar: str = ""

    def __post_init__(self) -> None:
        """Check every value.

        Raises:
            ParameterError: A value is impossible, with the option and what is allowed.
        """
        for name, kind in parameter_kinds().items():
            _check_kind(name, getattr(self, name), kind)
        if self.language not in LANGUAGES:
            raise ParameterError(f"unknown language {self.language!r}", where="--language", mend="Use en or ar.")
        for name in ("minimum_statements", "minimum_evidence"):
            if getattr(self, name) < 1:
                raise ParameterError(
                    f"{getattr(self, name)} is below 1", where=name_option(name), mend="Use 1 or more."
                )
        _ = self.first_day, self.last_day
        if self.since and self.until and self.first_day > self.last_day:
            raise ParameterError(
                f"{self.since} is after {self.until}",
                where="--since",
                mend="Swap since and until, or widen the period.",
            )
        if self.actor and self.camp:
            raise ParameterError(
                f"the actor {self.actor!r} already says whose statements are told",
                where="--camp",
                mend="Give an actor or a camp, not both.",
            )
        for name in ("title_en", "title_ar"):
            check_title(getattr(self, name), name_option(name))

    @property
    def first_day(self) -> date:
        """The first day of publication to include."""
        return parse_day(self.since, "--since") if self.since else date.min

    @property
    def last_day(self) -> date:
        """The last day of publication to include."""
        return parse_day(self.until, "--until") if self.until else date.max

    @property
    def is_narrowed(self) -> bool:
        """Whether only some statements or articles of the corpus are told."""
        return bool(self.actor or self.camp or self.since or self.until)

    @property
    def title(self) -> str:
        """The title in the report's language, empty for the issue's."""
        return self.title_ar if self.language == "ar" else self.title_en

    def corpus_path(self, paths: Paths) -> Path:
        """Return the corpus folder as an absolute path."""
        return (paths.home / self.corpus).resolve() if self.corpus else paths.raw

    def as_dict(self) -> dict[str, Any]:
        """Return the parameters as papermill takes them."""
        return asdict(self)


def parameter_kinds() -> dict[str, type]:
    """Return the type of each parameter, by name."""
    return {field.name: type(field.default) for field in fields(Parameters)}


def name_option(name: str) -> str:
    """Return a parameter as the command line names it."""
    return f"--{name.replace('_', '-')}"


def parameters_from(values: dict[str, Any]) -> Parameters:
    """Make parameters from a mapping.

    Raises:
        ParameterError: A name is unknown, with the known names, or a value is impossible.
    """
    known = list(parameter_kinds())
    for name in values:
        if name not in known:
            raise ParameterError(f"unknown parameter {name!r}", mend=f"Known ones are: {', '.join(known)}.")
    return Parameters(**values)


def parse_day(value: str, option: str) -> date:
    """Return a calendar day.

    Raises:
        ParameterError: `value` is not `YYYY-MM-DD`; names `option`.
    """
    try:
        return date.fromisoformat(value)
    except (ValueError, TypeError) as error:
        raise ParameterError(
            f"{value!r} is not a day of the calendar",
            where=option,
            mend="Write it as YYYY-MM-DD, such as 2024-08-16.",
        ) from error


def check_title(title: str, where: str) -> None:
    """Check that a title is one short line without markup.

    Raises:
        ParameterError: It is not; names `where`.
    """
    if found := NOT_IN_TITLES.search(title):
        raise ParameterError(f"the title holds {found.group()!r}", where=where, mend="Write it as one plain line.")
    if len(title) > LONGEST_TITLE:
        raise ParameterError(
            f"the title has {len(title)} characters", where=where, mend=f"Use at most {LONGEST_TITLE}."
        )


def _check_kind(name: str, value: object, kind: type) -> None:
    if not isinstance(value, kind) or isinstance(value, bool):
        mend = "Use 1 or more." if kind is int else "Write it in quotation marks."
        raise ParameterError(f"{value!r} is not {_KINDS[kind]}", where=name_option(name), mend=mend)
