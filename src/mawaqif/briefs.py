"""Reads `report/briefs.yml`: the reports that are made from one corpus, each a set of papermill parameters."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

from mawaqif.errors import ParameterError, SectionError, VocabularyError
from mawaqif.paths import REPORT_NOTEBOOKS, Paths
from mawaqif.settings import LANGUAGES, Parameters, check_title, parameter_kinds, parameters_from
from mawaqif.yaml_files import load_yaml

if TYPE_CHECKING:
    from mawaqif.vocabulary import Vocabulary

FULL = "full"
"""The brief that `mawaqif report` makes when none is named; it holds everything."""
ALL = "all"
"""The name that stands for every brief."""
FILE = "briefs.yml"
_NAME = re.compile(r"[a-z0-9][a-z0-9-]{0,39}")
SECTION_NAME = re.compile(r"[1-9][0-9]_[a-z0-9]+(?:_[a-z0-9]+)*")
"""The name of a notebook of one's own: a number and words, as those of the report; those from 00 to 09 are for work."""
_KEYS = ("title", "subtitle", "languages", "parameters", "sections")
_NOT_SET_HERE = ("language", "brief", "title_en", "title_ar", "corpus")
"""Parameters that are not a brief's to set: they follow from its other keys, or are the same for all briefs."""


@dataclass(frozen=True)
class Brief:
    """One report of several.

    Attributes:
        name: How it is called on the command line; also the name of its folder.
        parameters: What it is made from, without language.
        languages: Which reports it has.
        title: By language; empty for the issue's.
        subtitle: By language; empty for the issue's question.
        sections: Notebooks of one's own that become sections of its report, in their order.
    """

    name: str
    parameters: Parameters
    languages: tuple[str, ...] = LANGUAGES
    title: Mapping[str, str] = field(default_factory=dict)
    subtitle: Mapping[str, str] = field(default_factory=dict)
    sections: tuple[str, ...] = ()

    def describe(self, vocabulary: Vocabulary) -> str:
        """Return in one English line what the brief holds."""
        from mawaqif.aggregate.attribution import name_camp

        parameters, parts = self.parameters, list[str]()
        if actor := vocabulary.actor(parameters.actor):
            parts.append(f"statements by {actor.name.en}")
        if parameters.camp:
            parts.append(f"statements by the camp {name_camp(parameters.camp, vocabulary).en}")
        if parameters.since or parameters.until:
            ends = (
                f"from {parameters.since}" * bool(parameters.since),
                f"to {parameters.until}" * bool(parameters.until),
            )
            parts.append(f"articles {' '.join(end for end in ends if end)}")
        held = "; ".join(parts) or "everything"
        return f"{held}; with the sections {', '.join(self.sections)}" if self.sections else held

    def issue_title(self, vocabulary: Vocabulary, language: str) -> str:
        """Return the title of the issue, which a brief without a title of its own has."""
        return vocabulary.issue(self.parameters.issue).title.in_language(language)

    @property
    def is_full(self) -> bool:
        """Whether this is the report that is made by default."""
        return self.name == FULL

    @property
    def notebooks(self) -> tuple[str, ...]:
        """The notebooks that are executed for it: those of every report, and its sections."""
        return (*REPORT_NOTEBOOKS, *self.sections)

    def check_sections(self, paths: Paths) -> None:
        """Check that the notebook of every section is there.

        Raises:
            SectionError: One is not; names those of one's own that there are.
        """
        for name in self.sections:
            if not paths.notebook(name).is_file():
                own = ", ".join(find_own_notebooks(paths)) or "none yet"
                raise SectionError(
                    f"there is no notebook notebooks/{name}.py",
                    where=f"{FILE}, {self.name}, sections",
                    mend=f"Write it with `mawaqif new-notebook`, or take it out of the list. Your own are: {own}.",
                )


def read_briefs(folder: Path) -> dict[str, Brief]:
    """Return the briefs of `briefs.yml` in a report folder, by name, in the order of the file.

    Raises:
        ParameterError: The file is missing, is no YAML or says something impossible; names file, brief and key.
    """
    try:
        data = load_yaml(folder / FILE)
    except VocabularyError as error:
        raise ParameterError(error.what, where=error.where, mend=error.mend) from error
    content = _mapping(data, FILE, ("defaults", "briefs"))
    defaults = _parameters(content.get("defaults"), f"{FILE}, defaults")
    entries = _mapping(content.get("briefs"), f"{FILE}, briefs")
    briefs = {name: _read_brief(name, entry, defaults) for name, entry in entries.items()}
    if FULL not in briefs:
        raise ParameterError(f"there is no brief called {FULL}", where=FILE, mend=f"Add `{FULL}: {{}}` under briefs.")
    return briefs


def choose_brief(briefs: Mapping[str, Brief], name: str) -> Brief:
    """Return a brief by its name.

    Raises:
        ParameterError: There is none of that name; the message lists those there are.
    """
    if name not in briefs:
        raise ParameterError(
            f"unknown brief {name!r}", where="--brief", mend=f"Use one of: {', '.join(briefs)}; or add it to {FILE}."
        )
    return briefs[name]


def find_own_notebooks(paths: Paths) -> tuple[str, ...]:
    """Return the names of the notebooks of one's own: all that may become sections."""
    names = sorted(path.stem for path in paths.notebooks.glob("*.py"))
    return tuple(name for name in names if SECTION_NAME.fullmatch(name) and name not in REPORT_NOTEBOOKS)


@contextmanager
def blame_brief(brief: str) -> Iterator[None]:
    """Let an error about a parameter name the file, the brief and the key, instead of an option of the command line."""
    try:
        yield
    except ParameterError as error:
        if error.where is not None and not error.where.startswith("--"):
            raise
        keys = (error.where or "").replace("--", "").replace("-", "_")
        where = f"{FILE}, {brief}" + (f", {keys}" if keys else "")
        raise ParameterError(error.what, where=where, mend=error.mend) from error


def _read_brief(name: str, entry: object, defaults: Mapping[str, Any]) -> Brief:
    where = f"{FILE}, {name}"
    if not _NAME.fullmatch(name) or name == ALL:
        raise ParameterError(
            f"{name!r} cannot be the name of a brief",
            where=FILE,
            mend=f"Use up to 40 small letters, digits and hyphens, other than {ALL}.",
        )
    given = _mapping(entry, where, _KEYS)
    languages = _languages(given.get("languages"), where)
    title, subtitle = (_texts(given.get(key), f"{where}, {key}", languages) for key in ("title", "subtitle"))
    values = {**defaults, **_parameters(given.get("parameters"), where)}
    own = {"title_en": title.get("en", ""), "title_ar": title.get("ar", "")}
    with blame_brief(name):
        parameters = parameters_from({**values, **own, "brief": "" if name == FULL else name})
    return Brief(name, parameters, languages, title, subtitle, _sections(given.get("sections"), where))


def _mapping(value: object, where: str, known: tuple[str, ...] = ()) -> dict[str, Any]:
    """Return a mapping with text keys; nothing at all counts as an empty one."""
    if value is None:
        return {}
    if not isinstance(value, dict):
        raise ParameterError(
            f"{str(value)[:60]!r} is no mapping of keys", where=where, mend="Write `key: value` lines."
        )
    for key in value:
        if not isinstance(key, str):
            raise ParameterError(f"the key {key!r} is not text", where=where, mend="Write it in quotation marks.")
        if known and key not in known:
            raise ParameterError(f"unknown key {key!r}", where=where, mend=f"Known ones are: {', '.join(known)}.")
    return value


def _parameters(value: object, where: str) -> dict[str, Any]:
    """Return parameters as the notebooks take them; a day that YAML read as a date becomes text again."""
    known = tuple(name for name in parameter_kinds() if name not in _NOT_SET_HERE)
    given = _mapping(value, where, known)
    return {name: item.isoformat() if isinstance(item, date) else item for name, item in given.items()}


def _texts(value: object, where: str, languages: tuple[str, ...]) -> dict[str, str]:
    texts = _mapping(value, where, LANGUAGES)
    for language, text in texts.items():
        if not isinstance(text, str) or not text.strip():
            raise ParameterError(
                f"{text!r} is not text", where=f"{where}, {language}", mend="Write it in quotation marks."
            )
        check_title(text, f"{where}, {language}")
    if texts and (missing := [language for language in languages if language not in texts]):
        raise ParameterError(f"{missing[0]!r} is missing", where=where, mend="Give it in every language of the brief.")
    return texts


def _languages(value: object, where: str) -> tuple[str, ...]:
    if value is None:
        return LANGUAGES
    if not isinstance(value, list) or not value or not all(item in LANGUAGES for item in value):
        raise ParameterError(
            f"unknown languages {value!r}", where=f"{where}, languages", mend="Use [en, ar], [en] or [ar]."
        )
    return tuple(language for language in LANGUAGES if language in value)


def _sections(value: object, where: str) -> tuple[str, ...]:
    """Return the names of the sections' notebooks, each once; that they are there is checked when the brief is made."""
    where = f"{where}, sections"
    if value is None:
        return ()
    if not isinstance(value, list) or not all(isinstance(item, str) for item in value):
        raise ParameterError(f"{str(value)[:60]!r} is no list of notebooks", where=where, mend="Write [50_name].")
    names = tuple(item.removesuffix(".py") for item in value)
    for place, name in enumerate(names):
        if name in REPORT_NOTEBOOKS:
            raise ParameterError(f"{name} is part of every report", where=where, mend="List notebooks of your own.")
        if not SECTION_NAME.fullmatch(name):
            mend = "Call it like 50_name: two digits, not 0 first, then small letters, digits and underscores."
            raise ParameterError(f"{name!r} cannot be the name of a section", where=where, mend=mend)
        if name in names[:place]:
            raise ParameterError(f"{name} is listed twice", where=where, mend="List it once.")
    return names
