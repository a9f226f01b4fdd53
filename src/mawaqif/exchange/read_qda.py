"""Reads a REFI-QDA project back: which of our statements were coded otherwise, deleted or added in another program.

Codes are known by the GUID that the export gave them or, in programs that give new ones, by name and branch. A
selection is known by its name, where a program keeps names, else by its place; some programs write one selection a
code, so that several selections at one place are one coding.
"""

from __future__ import annotations

import lzma
import re
import zipfile
import zlib
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from lxml import etree

from mawaqif.errors import CodingError
from mawaqif.exchange.coded import CodedDocument, list_unlisted, read_coded
from mawaqif.exchange.found import OTHER_ISSUE, Codes, Contents, Found, Standing
from mawaqif.exchange.qda import NO_POSITION, NO_POSITION_NAME, clean_xml, guid, name_step, with_line_feeds
from mawaqif.schemas import MODALITIES
from mawaqif.tables import Tables

_LARGEST = 300_000_000
"""Bytes that an archive may unpack to; the codings of a large corpus are a tenth of it."""
_INTERNAL = re.compile(r"^(internal|relative)://", re.IGNORECASE)
_DAMAGES = (
    zipfile.BadZipFile,
    zipfile.LargeZipFile,
    zlib.error,
    lzma.LZMAError,
    NotImplementedError,
    RuntimeError,
    EOFError,
)
"""What a damaged, encrypted or unknown archive raises while it is read."""
_NUMBER = re.compile(r"\s*[+-]?[0-9]{1,9}\s*")
Key = tuple[str, ...]


def read_project(path: Path, tables: Tables) -> Contents:
    """Return the codings of a `.qdpx` file.

    Raises:
        CodingError: It is no such file, a text in it is not the article's, or a selection has codes that exclude each
            other.
    """
    try:
        with zipfile.ZipFile(path) as archive:
            return _Reader(archive, tables, path.name).read()
    except _DAMAGES as error:
        raise CodingError("this is no REFI-QDA project", where=path.name, mend="Export it again as .qdpx.") from error


@dataclass
class _Reader:
    archive: zipfile.ZipFile
    tables: Tables
    name: str
    keys: dict[str, Key] = field(default_factory=dict)
    passed_over: int = 0

    def __post_init__(self) -> None:
        """List the articles as they were exported, and the statements."""
        self.documents = {document.doc_id: document for document in read_coded(self.tables)}
        self.standing = Standing(self.tables)
        self.unlisted = list_unlisted(self.documents.values())
        self.members = {Path(name).name.casefold(): name for name in self.archive.namelist()}

    def refuse(self, what: str, where: str, mend: str) -> CodingError:
        """Return the error that refuses the file."""
        return CodingError(what, where=f"{self.name}, {where}", mend=mend)

    def read(self) -> Contents:
        """Return all codings."""
        if sum(entry.file_size for entry in self.archive.infolist()) > _LARGEST:
            raise self.refuse("it unpacks to more than 300 MB", "the archive", "Leave out pictures, audio and video.")
        root = self._parse()
        self.keys = {code: key for code, key in self._list_codes(root) if key}
        found: list[Found] = []
        holds: set[str] = set()
        for source in root.iter("{*}TextSource"):
            document = self._find_document(source)
            if document is None:
                self._pass_over(source)
                continue
            found += self._read_source(source, document)
            holds |= {statement.statement_id for statement in document.statements}
        if not holds:
            raise self.refuse("none of its texts is an article of this corpus", "Sources", "Name the --corpus.")
        if self.passed_over and not found:  # else every statement would count as deleted
            raise self.refuse(
                "none of its codes is one of the export", "CodeBook", "Import the project that was exported."
            )
        return Contents(found, frozenset(holds), self.passed_over)

    def _parse(self) -> Any:
        if "project.qde" not in self.members:
            raise self.refuse("project.qde is missing", "the archive", "Export it again as .qdpx.")
        parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False)
        try:
            root = etree.fromstring(self.archive.read(self.members["project.qde"]), parser)
        except etree.XMLSyntaxError as error:
            raise self.refuse(f"it is no XML ({error})", "project.qde", "Export it again as .qdpx.") from error
        if root.getroottree().docinfo.doctype or etree.QName(root).localname != "Project":
            raise self.refuse("it is no REFI-QDA project", "project.qde", "Export it again as .qdpx.")
        return root

    # --- codes ------------------------------------------------------------------------------------------------------

    def _list_codes(self, root: Any) -> Iterator[tuple[str, Key]]:
        """Yield the GUID and the meaning of each code that is ours, by GUID or else by the names on its branch."""
        issue, ours = self.tables.issue, self._known_guids()
        steps = {clean_xml(name_step(point)): ("stance", issue.id, str(point.value)) for point in issue.scale}
        steps[NO_POSITION_NAME] = ("stance", issue.id, NO_POSITION)
        actors = {
            clean_xml(name): a.id for a in self.tables.vocabulary.actors.actors for name in (a.name.ar, a.name.en)
        }
        unlisted = {clean_xml(name): actor_id for actor_id, name in self.unlisted.items()}
        for code in root.iter("{*}Code"):
            identity, name = code.get("guid", "").lower(), code.get("name", "")
            branch = [a.get("name", "") for a in code.iterancestors("{*}Code")]
            if identity in ours:
                yield identity, ours[identity]
            elif clean_xml(issue.title.en) in branch and name in steps:
                yield identity, steps[name]
            elif "Modality" in branch and name in MODALITIES:
                yield identity, ("modality", name)
            elif "Speakers" in branch and code.get("isCodable") != "false":
                listed = actors.get(name, "")
                yield identity, ("actor", listed, "" if listed else unlisted.get(name, name))

    def _known_guids(self) -> dict[str, Key]:
        issue = self.tables.issue.id
        keys: list[Key] = [("stance", issue, str(point.value)) for point in self.tables.issue.scale]
        keys += [("stance", issue, NO_POSITION), *(("modality", m) for m in MODALITIES)]
        known = {guid("code", *key): key for key in keys}
        for actor in self.tables.vocabulary.actors.actors:
            known[guid("code", "actor", actor.id)] = ("actor", actor.id, "")
        return known | {guid("code", "actor", i): ("actor", "", i) for i in self.unlisted}

    # --- sources ----------------------------------------------------------------------------------------------------

    def _find_document(self, source: Any) -> CodedDocument | None:
        """Return the article that a source is: by GUID, by name, or by its very text."""
        for document in self.documents.values():
            if source.get("guid", "").lower() == guid("source", document.doc_id):
                return document
        name = source.get("name", "")
        named = self.documents.get(name) or self.documents.get(name.removesuffix(".txt"))
        if named is not None:
            return named
        text = with_line_feeds(self._text(source))
        return next((d for d in self.documents.values() if _exported(d) == text), None)

    def _text(self, source: Any) -> str:
        """Return the plain text of a source, without a byte order mark."""
        inline = source.find("{*}PlainTextContent")
        if inline is not None:
            return inline.text or ""
        file = self.members.get(Path(_INTERNAL.sub("", source.get("plainTextPath", ""))).name.casefold())
        if not file:
            raise self.refuse(
                "its plain text is missing", f"source {source.get('name')!r}", "Export it with its texts."
            )
        try:
            return self.archive.read(file).decode("utf-8-sig")
        except UnicodeDecodeError as error:
            raise self.refuse(
                "its text is not in UTF-8", f"source {source.get('name')!r}", "Export it again."
            ) from error

    def _read_source(self, source: Any, document: CodedDocument) -> list[Found]:
        text = self._text(source)
        if with_line_feeds(text) != _exported(document):
            raise self.refuse(
                "its text is not that of the article, so that no place in it is sure",
                f"source {source.get('name')!r}",
                "Code the text as it was exported, without editing it.",
            )
        to_source = map_offsets(text, document.text)
        groups: dict[tuple[str, int, int], set[Key]] = {}
        for selection in source.iter("{*}PlainTextSelection"):
            place = self._place(selection, to_source)
            name = selection.get("name", "")
            keys = {self.keys[i] for i in _targets(selection) if i in self.keys}
            if not keys:
                self.passed_over += 1
                continue
            is_named = name in self.standing.rows and self.standing.rows[name].doc_id == document.doc_id
            groups.setdefault((name if is_named else "", *place), set()).update(keys)
        return [found for (name, *place), keys in groups.items() for found in self._code(document, name, place, keys)]

    def _place(self, selection: Any, to_source: list[int]) -> tuple[int, int]:
        where = f"selection {selection.get('name') or selection.get('guid')!r}"
        said = [selection.get(name, "") for name in ("startPosition", "endPosition")]
        if not all(_NUMBER.fullmatch(number) for number in said):
            raise self.refuse("its place is no number", where, "Export it again.")
        start, end = map(int, said)
        if not 0 <= start < end < len(to_source):
            raise self.refuse(f"the place {start}-{end} is outside the text", where, "Export it again.")
        return to_source[start], to_source[end]

    def _pass_over(self, source: Any) -> None:
        """Let a text that is no article go, unless something in it carries one of our codes."""
        for selection in source.iter("{*}PlainTextSelection"):
            if any(i in self.keys for i in _targets(selection)):
                raise self.refuse(
                    "it is coded, but is no article of this corpus",
                    f"source {source.get('name')!r}",
                    "Add the article to the corpus folder first, or leave it out.",
                )
            self.passed_over += 1

    # --- codings ----------------------------------------------------------------------------------------------------

    def _code(self, document: CodedDocument, name: str, place: list[Any], keys: set[Key]) -> Iterator[Found]:
        start, end = place
        where = f"{self.name}, {document.doc_id}, {f'selection {name}' if name else f'place {start}-{end}'}"
        here = [] if name else self.standing.places.get((document.doc_id, start, end), [])
        if len(here) > 1:
            yield from self._code_several(document, here, keys, where)
            return
        if not name and not here and not any(key[0] == "stance" for key in keys):
            self.passed_over += 1
            return
        statement_id = name or (here[0] if here else "")
        yield Found(where, document.doc_id, start, end, self._codes(keys, where, statement_id), statement_id)

    def _code_several(self, document: CodedDocument, here: list[str], keys: set[Key], where: str) -> Iterator[Found]:
        """Code the statements of several speakers at one place, of which the file has one set of codes."""
        standing = {key for i in here for key in self._as_keys(i)}
        speakers = {key for key in keys if key[0] == "actor"}
        if keys == standing:
            said = [Codes() for _ in here]
        elif speakers == {key for key in standing if key[0] == "actor"}:
            said = [self._codes(keys - speakers, where, i) for i in here]
        else:
            raise CodingError(
                f"{len(here)} statements stand at this place, and the file does not say which is meant",
                where=where,
                mend="Change these in JupyterLab or in an exported spreadsheet.",
            )
        for statement_id, codes in zip(here, said, strict=True):
            row = self.standing.rows[statement_id]
            yield Found(where, document.doc_id, int(row.start), int(row.end), codes, statement_id)

    def _as_keys(self, statement_id: str) -> set[Key]:
        codes, actor_id = self.standing.codes(statement_id), self.standing.actor_id(statement_id)
        keys: set[Key] = {("modality", codes.modality or "")}
        if codes.issue == self.tables.issue.id:
            keys.add(("stance", codes.issue, NO_POSITION if codes.stance is None else str(codes.stance)))
        if actor_id:
            keys.add(("actor", actor_id, "") if codes.speaker_id else ("actor", "", actor_id))
        return keys

    def _codes(self, keys: set[Key], where: str, statement_id: str) -> Codes:
        """Return the codes of one selection; one on the issue that lost its step is now about something else."""
        kinds: dict[str, list[Key]] = {kind: sorted(k for k in keys if k[0] == kind) for kind in _KINDS}
        for kind, several in kinds.items():
            if len(several) > 1:
                names = " and ".join(key[-1] or key[1] for key in several)
                raise CodingError(
                    f"it has more than one {_KINDS[kind]}: {names}", where=where, mend="Keep one of them."
                )
        stance, modality, actor = (kinds[kind][0] if kinds[kind] else None for kind in _KINDS)
        issue, step = (self.tables.issue.id, stance[2]) if stance else (None, NO_POSITION)
        if statement_id:
            was_on_issue = self.standing.rows[statement_id].issue == self.tables.issue.id
            issue = OTHER_ISSUE if not stance and was_on_issue else issue
            actor = None if actor and self.standing.actor_id(statement_id) in actor[1:] else actor
        return Codes(
            issue,
            None if step == NO_POSITION else int(step),
            modality[1] if modality else None,
            actor[1] if actor else None,
            self.unlisted.get(actor[2], actor[2]) if actor and not actor[1] else None,
        )


_KINDS = {"stance": "step of the scale", "modality": "modality", "actor": "speaker"}


def _targets(selection: Any) -> list[str]:
    return [reference.get("targetGUID", "").lower() for reference in selection.iter("{*}CodeRef")]


def _exported(document: CodedDocument) -> str:
    return with_line_feeds(document.text).encode("utf-8", "replace").decode("utf-8")


def map_offsets(theirs: str, ours: str) -> list[int]:
    """Return for each offset into a program's text, and for its end, the one into ours; they differ in line ends."""
    feeds = [i for i in range(len(ours)) if not (ours[i] == "\n" and i and ours[i - 1] == "\r")] + [len(ours)]
    at, mapped = 0, []
    for i, character in enumerate(theirs):
        mapped.append(feeds[at])
        at += 0 if character == "\r" and theirs[i + 1 : i + 2] == "\n" else 1
    return [*mapped, len(ours)]
