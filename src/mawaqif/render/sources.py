"""Reads what both engines need to know of a report: its front matter, its strings and the edition's date."""

from __future__ import annotations

import os
import re
from dataclasses import dataclass
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import yaml

from mawaqif.arabic.numerals import day_in_words
from mawaqif.errors import ParameterError, RenderError

ENGLISH_WORDS = {
    "toc-title-document": "Contents",
    "crossref-fig-title": "Figure",
    "crossref-fig-prefix": "Figure",
    "crossref-tbl-title": "Table",
    "crossref-tbl-prefix": "Table",
    "crossref-sec-prefix": "Section",
    "list-separator": ",",
    "skip-title": "Skip to the text",
}
SECTIONS = "<!-- sections -->"
"""The line of a `.qmd` in whose place the sections of a brief stand; to a program that does not know it, a comment."""
SECTIONS_FILE = "sections.md"
_LITERAL = re.compile(r"\[([^\[\]]+)\]")
ARABIC_ADDITIONS = {"list-separator": "،", "skip-title": "تجاوز إلى النص"}


@dataclass(frozen=True)
class Heading:
    """What stands at the head of one language's report: the issue's title and its question."""

    title: str
    subtitle: str

    def as_metadata(self) -> dict[str, str]:
        """Return the heading under the metadata names of both engines."""
        return {"title": self.title, "subtitle": self.subtitle}


@dataclass(frozen=True)
class Report:
    """One language's report as its `.qmd` describes it; `words` are Quarto's string keys, `html` its HTML options,
    `heading` what takes the place of its title and subtitle."""

    path: Path
    language: str
    metadata: dict[str, Any]
    words: dict[str, str]
    html: dict[str, Any]
    typst: dict[str, Any]
    filters: tuple[str, ...]
    heading: Heading | None = None


def read_report(folder: Path, language: str, *, heading: Heading | None = None) -> Report:
    """Read the front matter of `report.<language>.qmd`.

    Raises:
        RenderError: The file is missing or its front matter is not a YAML mapping.
    """
    path = folder / f"report.{language}.qmd"
    try:
        metadata = yaml.safe_load(path.read_text(encoding="utf-8").split("---\n", 2)[1])
    except (OSError, IndexError, yaml.YAMLError) as error:
        raise RenderError(f"the front matter cannot be read: {error}", where=str(path)) from error
    if not isinstance(metadata, dict):
        raise RenderError("the front matter is not a mapping", where=str(path))
    formats = metadata.get("format", {})
    return Report(
        path=path,
        language=language,
        metadata=metadata,
        words=_read_words(folder, metadata.get("language")),
        html=formats.get("html") or {},
        typst=formats.get("typst") or {},
        filters=tuple(metadata.get("filters", ())),
        heading=heading,
    )


def has_sections(report: Report) -> bool:
    """Tell whether the brief of a report has sections."""
    return bool(_read_sections(report.path, report.language))


def _read_sections(path: Path, language: str) -> str:
    sections = path.parent / "_executed" / language / SECTIONS_FILE
    return sections.read_text(encoding="utf-8") if sections.is_file() else ""


def join_sections(path: Path, language: str) -> str:
    """Return the text of a `.qmd` with the sections of its brief, where it has any, from beside its render copies.

    Quarto's own `include` would look for the file before anything has been executed.
    """
    text = path.read_text(encoding="utf-8")
    made = _read_sections(path, language)
    return text.replace(f"\n{SECTIONS}\n", f"\n{made}\n" if made else "")


def _read_words(folder: Path, name: str | None) -> dict[str, str]:
    if name is None:
        return ENGLISH_WORDS
    given = yaml.safe_load((folder / name).read_text(encoding="utf-8"))
    return {**ENGLISH_WORDS, **ARABIC_ADDITIONS, **given}


def find_edition_date(given: date | None) -> date | None:
    """Return the date printed on a report: `MAWAQIF_EDITION_DATE`, else the one given; the clock is never asked.

    Raises:
        ParameterError: The variable is not a day of the calendar.
    """
    if not (value := os.environ.get("MAWAQIF_EDITION_DATE")):
        return given
    try:
        return date.fromisoformat(value)
    except ValueError as error:
        mend = "Write it as YYYY-MM-DD, such as 2025-08-31."
        raise ParameterError(f"{value!r} is not a day", where="MAWAQIF_EDITION_DATE", mend=mend) from error


def date_in_words(day: date, language: str) -> str:
    """Return a day as the title block prints it: "31 August 2025" or «31 أغسطس 2025»."""
    return day_in_words(day) if language == "ar" else f"{day.day} {day:%B} {day.year}"


def describe_edition(day: date, report: Report) -> str:
    """Return what the title block says of a report's date: the words in brackets of its `date-format`, then the day.

    Quarto prints such words as they stand («[Articles up to] D MMMM YYYY»); the days themselves are always in words.
    """
    literal = _LITERAL.match(str(report.metadata.get("date-format", "")))
    return " ".join([*([literal[1]] if literal else []), date_in_words(day, report.language)])


def timestamp(day: date | None) -> int:
    """Return the second, since 1970, that outputs are stamped with, so that equal input gives equal files."""
    return int(datetime.combine(day, datetime.min.time(), tzinfo=UTC).timestamp()) if day else 0
