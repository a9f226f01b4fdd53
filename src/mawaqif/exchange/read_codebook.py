"""Reads a REFI-QDA codebook (`.qdc`): which of its codes are ours, and what it calls them.

A code is known by the GUID that the export gave it or, in programs that give new ones, by its name and its branch: a
step of the scale by its number, a camp or speaker by either of its names.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

from lxml import etree

from mawaqif.aggregate.attribution import OTHER_CAMPS
from mawaqif.errors import CodingError
from mawaqif.exchange.coded import list_unlisted, read_coded
from mawaqif.exchange.qda import NO_POSITION, NO_POSITION_NAME, clean_xml, guid, name_step
from mawaqif.schemas import MODALITIES
from mawaqif.tables import Tables

Key = tuple[str, ...]
"""`("issue", id)`, `("stance", issue, step)`, `("modality", m)`, `("camp", id)`, `("actor", id)`, `("unlisted", id)`,
`("group", name)` for the branches that only hold others, `("new", name)` for a code that is none of ours."""
_LARGEST = 20_000_000
_STEP = re.compile(r"\s*([+\-\u2212]?[0-2])\s+(\S.*)", re.DOTALL)
_SPEAKERS, _MODALITY = "Speakers", "Modality"


@dataclass(frozen=True)
class CodeEntry:
    """One code of a codebook; None is what it does not say.

    Attributes:
        where: The code as a person finds it: the names on its branch.
        key: Which of our codes it is.
        name: Its name, without the number of a step.
        text: Its description.
        camp: Of a speaker, the camp under which it stands, empty where that is none of ours.
        name_ar: Of the issue and a step, the Arabic name, empty where the file does not say.
        actor_id: The id that the file gives a new speaker.
    """

    where: str
    key: Key
    name: str
    text: str | None
    camp: str = ""
    name_ar: str = ""
    actor_id: str = ""


def read_codebook(path: Path, tables: Tables) -> list[CodeEntry]:
    """Return the codes of a `.qdc` file, in its order.

    Raises:
        CodingError: It breaks the schema of REFI-QDA, has a code twice, or is the codebook of something else.
    """
    root = _parse(path)
    entries = list(_Reader(tables, path.name).read(root))
    seen: dict[Key, str] = {}
    for entry in entries:
        if entry.key in seen and entry.key[0] != "new":
            raise CodingError(
                f"it is the same code as {seen[entry.key]!r}", where=f"{path.name}, {entry.where}", mend="Keep one."
            )
        seen[entry.key] = entry.where
    if not any(key[0] in ("stance", "modality", "actor") for key in seen):
        raise CodingError(
            f"none of its codes is one of the issue {tables.issue.id!r}",
            where=path.name,
            mend="Export the codebook as .qdc and change that, or name the --issue.",
        )
    return entries


def _parse(path: Path) -> Any:
    mend = "Export the codebook again as .qdc."
    if path.stat().st_size > _LARGEST:
        raise CodingError("it is larger than 20 MB", where=path.name, mend=mend)
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, remove_comments=True)
    try:
        root = etree.fromstring(path.read_bytes(), parser)
    except etree.XMLSyntaxError as error:
        raise CodingError(f"it is no XML ({error.msg})", where=path.name, mend=mend) from error
    if root.getroottree().docinfo.doctype:
        raise CodingError("it declares a document type", where=path.name, mend=mend)
    schema = _schema()
    if not schema.validate(root):
        first = schema.error_log[0]
        raise CodingError(
            f"it breaks the schema of REFI-QDA codebooks ({first.message})",
            where=f"{path.name}, line {first.line}",
            mend=mend,
        )
    return root


@lru_cache(maxsize=1)
def _schema() -> etree.RelaxNG:
    return etree.RelaxNG(etree.parse(Path(__file__).with_name("codebook.rng")))


class _Reader:
    """Knows our codes by GUID and by name."""

    def __init__(self, tables: Tables, name: str) -> None:
        self.name, self.issue = name, tables.issue
        actors, issue = tables.vocabulary.actors, self.issue.id
        unlisted = list_unlisted(read_coded(tables))
        steps = [*(str(point.value) for point in self.issue.scale), NO_POSITION]
        camps = OTHER_CAMPS | {camp.id: camp.name for camp in actors.camps}
        self.keys: dict[str, Key] = {
            **{guid("code", *key): key for key in self._fixed(steps)},
            **{guid("code", name): ("group", name) for name in ("modality", "actors")},
            **{guid("code", "camp", camp): ("camp", camp) for camp in camps},
            **{guid("code", "actor", actor.id): ("actor", actor.id) for actor in actors.actors},
            **{guid("code", "actor", i): ("unlisted", i) for i in unlisted},
        }
        self.foreign = {guid("code", "issue", i): i for i in tables.vocabulary.issues if i != issue}
        self.camps = {plain(name): ("camp", i) for i, both in camps.items() for name in (both.en, both.ar)}
        self.actors: dict[str, Key] = {plain(name): ("unlisted", i) for i, name in unlisted.items()}
        self.actors |= {plain(n): ("actor", a.id) for a in actors.actors for n in (a.name.en, a.name.ar)}
        self.labels = {plain(name_step(point)): str(point.value) for point in self.issue.scale}
        self.labels[NO_POSITION_NAME] = NO_POSITION

    def _fixed(self, steps: list[str]) -> list[Key]:
        issue = self.issue.id
        return [("issue", issue), *(("stance", issue, s) for s in steps), *(("modality", m) for m in MODALITIES)]

    def read(self, root: Any) -> Iterator[CodeEntry]:
        """Yield every code with its branch."""
        for code in root.find("{*}Codes").iterchildren("{*}Code"):
            yield from self._walk(code, [], [])

    def _walk(self, code: Any, names: list[str], branch: list[Key]) -> Iterator[CodeEntry]:
        name = plain(code.get("name"))
        names = [*names, name]
        where = f"code {' / '.join(names)!r}"
        identity = code.get("guid").strip("{}").lower()
        if identity in self.foreign:
            raise CodingError(
                f"this is the codebook of the issue {self.foreign[identity]!r}",
                where=f"{self.name}, {where}",
                mend=f"Add --issue {self.foreign[identity]}.",
            )
        if not name:
            raise CodingError("it has no name", where=f"{self.name}, {where}", mend="Name the code.")
        key = self.keys.get(identity) or self._by_name(name, branch)
        step = _STEP.fullmatch(name) if key[0] == "stance" else None
        description = code.find("{*}Description")
        text = plain(description.text or "") if description is not None else ""
        camps = [above[1] for above in branch if above[0] == "camp"]
        yield CodeEntry(where, key, step[2] if step else name, text or None, camps[-1] if camps else "")
        for child in code.iterchildren("{*}Code"):
            yield from self._walk(child, names, [*branch, key])

    def _by_name(self, name: str, branch: list[Key]) -> Key:
        above = branch[-1] if branch else ("top",)
        if above == ("top",) and name == plain(self.issue.title.en):
            return ("issue", self.issue.id)
        if above == ("top",) and name in (_SPEAKERS, _MODALITY):
            return ("group", "actors" if name == _SPEAKERS else "modality")
        if above[0] == "issue":
            step = self.labels.get(name) or _step_of(name)
            return ("stance", self.issue.id, step) if step else ("new", name)
        if above == ("group", "modality") and name in MODALITIES:
            return ("modality", name)
        if above == ("group", "actors"):
            return self.camps.get(name) or self.actors.get(name) or ("new", name)
        return self.actors.get(name, ("new", name)) if above[0] == "camp" else ("new", name)


def list_speakers(tables: Tables) -> list[Key]:
    """Return the keys of the speakers that an export has codes for."""
    told = (s for document in read_coded(tables) for s in document.statements if s.actor_id and s.actor)
    keys = {("actor" if s.actor and s.actor.is_registered else "unlisted", str(s.actor_id)) for s in told}
    return sorted(keys)


def _step_of(name: str) -> str:
    found = _STEP.fullmatch(name)
    return str(int(found[1].replace("\u2212", "-"))) if found else ""


def plain(text: str) -> str:
    """Return a text as it is compared: in one line, without what XML cannot hold."""
    return " ".join(clean_xml(text).split())
