"""The parameters of one report: plain scalars, checked before anything is computed."""

from __future__ import annotations

from dataclasses import asdict, dataclass, fields
from datetime import date
from pathlib import Path
from typing import Any

from mawaqif.errors import ParameterError
from mawaqif.paths import Paths

LANGUAGES = ("en", "ar")


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
    """

    corpus: str = ""
    issue: str = "us_presence"
    language: str = "en"
    since: str = ""
    until: str = ""
    minimum_statements: int = 1

    def __post_init__(self) -> None:
        """Check every value.

        Raises:
            ParameterError: A value is impossible, with the option and what is allowed.
        """
        if self.language not in LANGUAGES:
            raise ParameterError(f"unknown language {self.language!r}", where="--language", mend="Use en or ar.")
        if isinstance(self.minimum_statements, bool) or not isinstance(self.minimum_statements, int):
            raise ParameterError(
                f"{self.minimum_statements!r} is not a whole number",
                where="--minimum-statements",
                mend="Use 1 or more.",
            )
        if self.minimum_statements < 1:
            raise ParameterError(
                f"{self.minimum_statements} is below 1", where="--minimum-statements", mend="Use 1 or more."
            )
        if self.since and self.until and self.first_day > self.last_day:
            raise ParameterError(
                f"--since {self.since} is after --until {self.until}", mend="Swap them or widen the period."
            )
        _ = self.first_day, self.last_day

    @property
    def first_day(self) -> date:
        """The first day of publication to include."""
        return parse_day(self.since, "--since") if self.since else date.min

    @property
    def last_day(self) -> date:
        """The last day of publication to include."""
        return parse_day(self.until, "--until") if self.until else date.max

    def corpus_path(self, paths: Paths) -> Path:
        """Return the corpus folder as an absolute path."""
        return (paths.home / self.corpus).resolve() if self.corpus else paths.raw

    def as_dict(self) -> dict[str, Any]:
        """Return the parameters as papermill takes them."""
        return asdict(self)


def parameters_from(values: dict[str, Any]) -> Parameters:
    """Make parameters from a mapping.

    Raises:
        ParameterError: A name is unknown, with the known names, or a value is impossible.
    """
    known = [field.name for field in fields(Parameters)]
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
