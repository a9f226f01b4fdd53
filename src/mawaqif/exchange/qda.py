"""REFI-QDA: codebooks (`.qdc`) and projects (`.qdpx`) for MAXQDA, NVivo, ATLAS.ti, QualCoder and others.

Source of the structure: the REFI-QDA Standard 1.5 (2019) and its schemas for codebook and project exchange 1.0.
"""

from __future__ import annotations

import io
import uuid
import zipfile
from collections.abc import Iterable
from xml.etree import ElementTree as Xml

from mawaqif import __version__
from mawaqif.aggregate.attribution import name_camp, order_camps
from mawaqif.charts.theme import STANCE_COLOURS
from mawaqif.exchange.coded import CodedDocument, CodedStatement, read_coded
from mawaqif.schemas import CODERS, MODALITIES
from mawaqif.tables import Tables
from mawaqif.vocabulary import ScalePoint

CODEBOOK_SPACE = "urn:QDA-XML:codebook:1.0"
PROJECT_SPACE = "urn:QDA-XML:project:1.0"
_ROOT = uuid.uuid5(uuid.NAMESPACE_URL, "urn:mawaqif:refi-qda")
NO_POSITION = "no-position"
NO_POSITION_NAME = "On the issue, no position"
_FIXED_TIME = (1980, 1, 1, 0, 0, 0)  # the earliest that a ZIP entry can have: two exports of one corpus are identical


def guid(*parts: str) -> str:
    """Return a GUID made from names alone, so that a second export has the same ones."""
    return str(uuid.uuid5(_ROOT, "\x1f".join(parts)))


def write_codebook(tables: Tables) -> bytes:
    """Return the codebook as a `.qdc` file: the scale, the modalities, and the actors by camp."""
    root = Xml.Element("CodeBook", {"xmlns": CODEBOOK_SPACE, "origin": f"Mawaqif {__version__}"})
    _add_codes(root, tables, list(read_coded(tables)))
    return _to_bytes(root)


def write_project(tables: Tables) -> bytes:
    """Return a `.qdpx` file: codebook, the articles as plain text, and every statement as a coded selection.

    A selection carries the statement's id as its name, so that a coding comes back to its statement. Positions count
    code points of the plain text in the archive, whose line ends are single line feeds.
    """
    documents = list(read_coded(tables))
    root = Xml.Element(
        "Project", {"xmlns": PROJECT_SPACE, "name": tables.issue.title.en, "origin": f"Mawaqif {__version__}"}
    )
    users = Xml.SubElement(root, "Users")
    for coder in CODERS:
        Xml.SubElement(users, "User", {"guid": guid("user", coder), "name": coder})
    _add_codes(Xml.SubElement(root, "CodeBook"), tables, documents)
    sources = Xml.SubElement(root, "Sources")
    archive = io.BytesIO()
    with zipfile.ZipFile(archive, "w", zipfile.ZIP_DEFLATED) as file:
        for document in documents:
            source = guid("source", document.doc_id)
            _add_source(sources, source, document)
            put_in_zip(file, f"sources/{source}.txt", with_line_feeds(document.text).encode("utf-8", "replace"))
        Xml.SubElement(root, "Description").text = tables.issue.question.en
        put_in_zip(file, "project.qde", _to_bytes(root))
    return archive.getvalue()


def with_line_feeds(text: str) -> str:
    """Return a text with every line end as one line feed."""
    return text.replace("\r\n", "\n").replace("\r", "\n")


def to_line_feeds(text: str, offset: int) -> int:
    """Return where an offset into `text` lies in `with_line_feeds(text)`."""
    return offset - text.count("\r\n", 0, offset)


# --- codes ----------------------------------------------------------------------------------------------------------


def _add_codes(parent: Xml.Element, tables: Tables, documents: Iterable[CodedDocument]) -> None:
    codes = Xml.SubElement(parent, "Codes")
    issue = tables.issue
    scale = _code(codes, ("issue", issue.id), issue.title.en, is_codable=False, description=issue.question.en)
    for point in issue.scale:
        _code(
            scale, ("stance", issue.id, str(point.value)), name_step(point),
            description=point.definition.en, colour=STANCE_COLOURS[point.value],
        )  # fmt: skip
    _code(scale, ("stance", issue.id, NO_POSITION), NO_POSITION_NAME, description="Takes no position.")
    kinds = _code(codes, ("modality",), "Modality", is_codable=False)
    for modality in MODALITIES:
        _code(kinds, ("modality", modality), modality)
    _add_actors(codes, tables, documents)


def _add_actors(codes: Xml.Element, tables: Tables, documents: Iterable[CodedDocument]) -> None:
    """Add a code for each speaker, under its camp."""
    places = order_camps(tables.vocabulary)
    speakers = {
        (s.camp_id, s.actor_id): s.actor
        for document in documents
        for s in document.statements
        if s.camp_id and s.actor_id and s.actor
    }
    groups: dict[str, Xml.Element] = {}
    root = _code(codes, ("actors",), "Speakers", is_codable=False) if speakers else None
    for (camp_id, actor_id), name in sorted(
        speakers.items(), key=lambda item: (places.get(item[0][0], len(places)), item[1].en, item[0][1])
    ):
        assert root is not None
        if camp_id not in groups:
            camp = name_camp(camp_id, tables.vocabulary)
            groups[camp_id] = _code(root, ("camp", camp_id), camp.en, is_codable=False, description=camp.ar)
        _code(groups[camp_id], ("actor", actor_id), name.en, description=name.ar)


def _code(
    parent: Xml.Element,
    key: tuple[str, ...],
    name: str,
    *,
    is_codable: bool = True,
    description: str = "",
    colour: str = "",
) -> Xml.Element:
    attributes = {"guid": guid("code", *key), "name": clean_xml(name), "isCodable": "true" if is_codable else "false"}
    if colour:
        attributes["color"] = colour
    code = Xml.SubElement(parent, "Code", attributes)
    if description:
        Xml.SubElement(code, "Description").text = clean_xml(description)
    return code


# --- sources --------------------------------------------------------------------------------------------------------


def _add_source(sources: Xml.Element, source: str, document: CodedDocument) -> None:
    element = Xml.SubElement(
        sources,
        "TextSource",
        {"guid": source, "name": clean_xml(document.doc_id), "plainTextPath": f"internal://{source}.txt"},
    )
    about = [document.title, document.outlet, document.published, document.url, f"sha256 {document.sha256}"]
    Xml.SubElement(element, "Description").text = clean_xml(" | ".join(part for part in about if part))
    for statement in document.statements:
        _add_selection(element, document, statement)


def _add_selection(element: Xml.Element, document: CodedDocument, statement: CodedStatement) -> None:
    selection = Xml.SubElement(
        element,
        "PlainTextSelection",
        {
            "guid": guid("selection", statement.statement_id),
            "name": statement.statement_id,
            "startPosition": str(to_line_feeds(document.text, statement.start)),
            "endPosition": str(to_line_feeds(document.text, statement.end)),
            "creatingUser": guid("user", statement.coder),
        },
    )
    if statement.gloss:
        Xml.SubElement(selection, "Description").text = clean_xml(statement.gloss)
    for key in _codings(statement):
        coding = Xml.SubElement(
            selection,
            "Coding",
            {"guid": guid("coding", statement.statement_id, *key), "creatingUser": guid("user", statement.coder)},
        )
        Xml.SubElement(coding, "CodeRef", {"targetGUID": guid("code", *key)})


def _codings(statement: CodedStatement) -> list[tuple[str, ...]]:
    keys: list[tuple[str, ...]] = [("modality", statement.modality)]
    if statement.issue_id:
        step = NO_POSITION if statement.stance is None else str(statement.stance)
        keys.insert(0, ("stance", statement.issue_id, step))
    if statement.actor_id:
        keys.append(("actor", statement.actor_id))
    return keys


# --- bytes ----------------------------------------------------------------------------------------------------------


def name_step(point: ScalePoint) -> str:
    """Return the name of the code of a step of the scale: its number with its sign, and its label."""
    return f"{point.value:+d} {point.label.en}" if point.value else f"0 {point.label.en}"


def clean_xml(text: str) -> str:
    """Return a text without the characters that XML 1.0 cannot hold."""
    return "".join(
        c for c in text if c in "\t\n\r" or (" " <= c <= "\ud7ff") or ("\ue000" <= c <= "\ufffd") or c > "\uffff"
    )


def _to_bytes(root: Xml.Element) -> bytes:
    Xml.indent(root)
    written: bytes = Xml.tostring(root, encoding="utf-8", xml_declaration=True)
    return written + b"\n"


def put_in_zip(file: zipfile.ZipFile, name: str, data: bytes) -> None:
    """Put a file into an archive under a fixed time, so that the same content gives the same archive."""
    entry = zipfile.ZipInfo(name, _FIXED_TIME)
    entry.compress_type = zipfile.ZIP_DEFLATED
    entry.external_attr = 0o644 << 16
    file.writestr(entry, data)
