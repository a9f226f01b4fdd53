"""Discourse Network Analyzer: a `.dna` database (SQLite) that DNA 3 and rDNA open.

The structure is that of DNA 3.0: documents, statements with variables, entities with attributes. A statement in DNA
is an actor who agrees or disagrees with a concept.
"""

from __future__ import annotations

import base64
import hashlib
import sqlite3
from contextlib import closing
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time
from pathlib import Path

from mawaqif.exchange.coded import CodedDocument, CodedStatement, read_coded
from mawaqif.schemas import CODERS
from mawaqif.tables import Tables

PASSWORD = "mawaqif"
"""DNA asks for the password of the coder `Admin` when it opens a file; it protects nothing."""
_VERSION = "3.0.11"
_LONGEST = 190  # characters: what every short text of the schema may have

_EPOCH = date(1970, 1, 1)

_STATEMENT_TYPE = 1
_VARIABLES = (
    ("person", "short text"),
    ("organization", "short text"),
    ("concept", "short text"),
    ("agreement", "boolean"),
    ("stance", "integer"),
    ("modality", "short text"),
    ("statement_id", "short text"),
    ("gloss", "long text"),
)
_VARIABLE_IDS = {name: number for number, (name, _) in enumerate(_VARIABLES, start=1)}
_ATTRIBUTES = ("Name (Arabic)", "Camp", "Register id")


@dataclass(frozen=True)
class DnaCounts:
    """What went into the file, and what DNA has no form for: statements without speaker, or for neither side."""

    documents: int
    statements: int
    left_out: int


def write_dna(tables: Tables, target: Path) -> DnaCounts:
    """Write a new `.dna` file with the statements that take a side on the issue.

    The concept is the issue's step -1 ("End or schedule the presence"). A stance below zero agrees with it, one above
    zero disagrees; a stance of zero does neither and is left out and counted, as is a statement without a speaker.
    DNA wants one day for each document: where only a range is known it is the first day, and where nothing is known
    it is 1970-01-01; the document's note says which.
    """
    documents = list(read_coded(tables))
    target.unlink(missing_ok=True)
    with closing(sqlite3.connect(target)) as database, database:
        database.execute("PRAGMA foreign_keys = ON")
        database.executescript(Path(__file__).with_name("dna.sql").read_text(encoding="utf-8"))
        writer = _Writer(database, tables)
        writer.write_frame()
        for number, document in enumerate(documents, start=1):
            writer.write_document(number, document)
        database.execute("PRAGMA foreign_key_check")
    n_all = sum(len(document.statements) for document in documents)
    return DnaCounts(len(documents), writer.n_statements, n_all - writer.n_statements)


@dataclass
class _Writer:
    database: sqlite3.Connection
    tables: Tables
    n_statements: int = 0
    n_values: int = 0
    entities: dict[tuple[str, str], int] = field(default_factory=dict)
    n_attributes: int = 0

    def insert(self, table: str, **values: object) -> None:
        """Insert one row."""
        places = ", ".join("?" for _ in values)
        self.database.execute(f"INSERT INTO {table} ({', '.join(values)}) VALUES ({places})", tuple(values.values()))

    def write_frame(self) -> None:
        """Write settings, coders, the statement type and its variables."""
        for name, value in (("version", _VERSION), ("date", "2024-01-01")):
            self.insert("SETTINGS", Property=name, Value=value)
        secret = hash_password(PASSWORD)
        for number, name in enumerate(("Admin", *CODERS), start=1):
            self.insert("CODERS", ID=number, Name=name, Red=0, Green=102, Blue=122, Password=secret)
        self.insert("STATEMENTTYPES", ID=_STATEMENT_TYPE, Label="DNA Statement", Red=239, Green=208, Blue=51)
        for name, kind in _VARIABLES:
            self.insert(
                "VARIABLES", ID=_VARIABLE_IDS[name], Variable=name, DataType=kind, StatementTypeId=_STATEMENT_TYPE
            )
        for number, attribute in enumerate(_ATTRIBUTES, start=1):
            self.insert(
                "ATTRIBUTEVARIABLES", ID=number, VariableId=_VARIABLE_IDS["organization"], AttributeVariable=attribute
            )
        for name, kind in _VARIABLES:
            if kind == "short text":
                self._entity(name, "")  # the empty value that DNA offers for a field not filled in

    def write_document(self, number: int, document: CodedDocument) -> None:
        """Write a document and the statements in it that take a side."""
        day, note = _day(document)
        self.insert(
            "DOCUMENTS", ID=number, Title=shorten(document.title), Text=document.text, Coder=1,
            Author=shorten(document.author), Source=shorten(document.outlet), Section="",
            Notes="\n".join(part for part in (note, document.url, f"sha256 {document.sha256}") if part),
            Type="article", Date=_seconds(day),
        )  # fmt: skip
        for statement in document.statements:
            if statement.stance and statement.actor:
                self._write_statement(number, document, statement)

    def _write_statement(self, number: int, document: CodedDocument, statement: CodedStatement) -> None:
        assert statement.actor is not None
        assert statement.stance is not None
        self.n_statements += 1
        this = self.n_statements
        # DNA counts UTF-16 units, as Java does; an emoji before a statement would shift it otherwise.
        start, stop = (_utf16_length(document.text[:at]) for at in (statement.start, statement.end))
        self.insert(
            "STATEMENTS", ID=this, StatementTypeId=_STATEMENT_TYPE, DocumentId=number, Start=start, Stop=stop,
            Coder=CODERS.index(statement.coder) + 2,
        )  # fmt: skip
        concept = self.tables.issue.point(-1).label.en
        words = {
            "person": "",
            "organization": statement.actor.en,
            "concept": f"{self.tables.issue.title.en}: {concept}",
            "modality": statement.modality,
            "statement_id": statement.statement_id,
        }
        for name, value in words.items():
            self._value("DATASHORTTEXT", this, name, Entity=self._entity(name, value, statement))
        self._value("DATABOOLEAN", this, "agreement", Value=int(statement.stance < 0))
        self._value("DATAINTEGER", this, "stance", Value=statement.stance)
        self._value("DATALONGTEXT", this, "gloss", Value=statement.gloss or "")

    def _value(self, table: str, statement: int, variable: str, **value: object) -> None:
        self.n_values += 1
        self.insert(table, ID=self.n_values, StatementId=statement, VariableId=_VARIABLE_IDS[variable], **value)

    def _entity(self, variable: str, value: str, statement: CodedStatement | None = None) -> int:
        """Return the number of an entity, made where it is not there, an actor's with its attributes."""
        key = (variable, shorten(value))
        if key not in self.entities:
            number = self.entities[key] = len(self.entities) + 1
            self.insert("ENTITIES", ID=number, VariableId=_VARIABLE_IDS[variable], Value=key[1], Red=0, Green=0, Blue=0)
            if variable == "organization":
                self._describe_actor(number, statement)
        return self.entities[key]

    def _describe_actor(self, entity: int, statement: CodedStatement | None) -> None:
        actor = statement.actor if statement else None
        registered = statement.actor_id if statement and actor and actor.is_registered else ""
        values = (actor.ar if actor else "", (statement.camp if statement else "") or "", registered or "")
        for attribute, value in enumerate(values, start=1):
            self.n_attributes += 1
            self.insert(
                "ATTRIBUTEVALUES", ID=self.n_attributes, EntityId=entity, AttributeVariableId=attribute,
                AttributeValue=shorten(value),
            )  # fmt: skip


def hash_password(password: str) -> str:
    """Return a password as DNA stores it: salted SHA-256, 100,000 rounds, Base64 of salt and digest (as Jasypt does).

    The salt is fixed, so that two exports of one corpus are identical; the password is printed with the export.
    """
    salt = hashlib.sha256(b"mawaqif").digest()[:16]
    digest = hashlib.sha256(salt + password.encode()).digest()
    for _ in range(99_999):
        digest = hashlib.sha256(digest).digest()
    return base64.b64encode(salt + digest).decode()


def _day(document: CodedDocument) -> tuple[date, str]:
    if document.published:
        return date.fromisoformat(document.published), ""
    if document.earliest:
        note = (
            f"published between {document.earliest} and {document.latest or 'an unknown day'}; the first day is given"
        )
        return date.fromisoformat(document.earliest), note
    return _EPOCH, "publication date unknown; 1970-01-01 stands in for it"


def _seconds(day: date) -> int:
    return int(datetime.combine(day, time(), UTC).timestamp())


def _utf16_length(text: str) -> int:
    return len(text) + sum(c > "\uffff" for c in text)


def shorten(text: str | None) -> str:
    """Return a text in one line, as long as a short text of DNA may be."""
    return " ".join((text or "").split())[:_LONGEST]
