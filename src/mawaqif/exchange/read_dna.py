"""Reads a Discourse Network Analyzer database back: agreements changed, statements deleted or added there."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pandas as pd

from mawaqif.errors import CodingError
from mawaqif.exchange.coded import CodedDocument, list_unlisted, read_coded
from mawaqif.exchange.dna import shorten
from mawaqif.exchange.found import Codes, Contents, Found, Standing
from mawaqif.schemas import MODALITIES
from mawaqif.tables import Tables

_VALUES = {
    "short text": "select t.StatementId, e.Value from DATASHORTTEXT t join ENTITIES e on e.ID = t.Entity",
    "long text": "select t.StatementId, t.Value from DATALONGTEXT t",
    "integer": "select t.StatementId, t.Value from DATAINTEGER t",
    "boolean": "select t.StatementId, t.Value from DATABOOLEAN t",
}


def read_dna(path: Path, tables: Tables) -> Contents:
    """Return the statements of a `.dna` file that are about the issue's concept.

    A statement that DNA holds takes a side. Where its `stance` was changed, that is the step; where only its agreement
    was, it goes to the step next to the middle on the other side, for agreement says a side and no strength.

    Raises:
        CodingError: It is no such file, a text in it is not the article's, or a statement says two things at once.
    """
    try:
        with closing(sqlite3.connect(f"{path.resolve().as_uri()}?mode=ro&immutable=1", uri=True)) as database:
            return _read(database, tables, path.name)
    except sqlite3.Error as error:
        reason = str(error).partition(" with text ")[0]  # which is the whole article
        raise CodingError(
            f"this is no database of Discourse Network Analyzer 3 ({reason})", where=path.name, mend="Save it from DNA."
        ) from error


def _read(database: sqlite3.Connection, tables: Tables, name: str) -> Contents:
    if views := database.execute("select name from sqlite_master where type = 'view'").fetchall():  # may never end
        raise CodingError(f"{views[0][0]} is a view, which DNA has none of", where=name, mend="Save it from DNA.")
    reader = _Reader(tables, name, _read_values(database, name))
    documents = {
        row[0]: reader.find_document(*row[1:]) for row in database.execute("select ID, Title, Text from DOCUMENTS")
    }
    articles = {d.doc_id for d in documents.values() if d}
    if not articles:
        raise CodingError("none of its documents is an article of this corpus", where=name, mend="Name the --corpus.")
    found: list[Found] = []
    passed_over = 0
    for number, document_id, start, stop in database.execute(
        "select ID, DocumentId, Start, Stop from STATEMENTS order by ID"
    ):
        read = list(reader.read_statement(number, documents.get(document_id), start, stop))
        found += read
        passed_over += not read
    return Contents(found, reader.list_holdable(articles), passed_over)


def _read_values(database: sqlite3.Connection, name: str) -> dict[int, dict[str, Any]]:
    """Return the values of each statement by variable; of several statement types, those with an agreement."""
    variables = database.execute("select ID, Variable, DataType, StatementTypeId from VARIABLES").fetchall()
    types = {kind for _, variable, data, kind in variables if variable == "agreement" and data == "boolean"}
    if not types:
        raise CodingError("no statement type has an agreement", where=name, mend="Keep the variables of the export.")
    values: dict[int, dict[str, Any]] = {}
    for number, variable, data, kind in variables:
        if kind in types and data in _VALUES:
            for statement, value in database.execute(f"{_VALUES[data]} where t.VariableId = ?", (number,)):
                values.setdefault(statement, {})[variable] = value
    return values


@dataclass
class _Reader:
    tables: Tables
    name: str
    values: dict[int, dict[str, Any]]

    def __post_init__(self) -> None:
        """List the articles, the statements and the names of speakers as DNA has them."""
        self.documents = list(read_coded(self.tables))
        self.standing = Standing(self.tables)
        self.actors = {shorten(a.name.en): (a.id, "") for a in self.tables.vocabulary.actors.actors}
        self.unlisted = list_unlisted(self.documents)
        for actor_id, name in self.unlisted.items():
            self.actors.setdefault(shorten(name), ("", actor_id))

    def find_document(self, title: str, text: str) -> CodedDocument | None:
        """Return the article with the text of a document.

        Raises:
            CodingError: An article of that title has another text.
        """
        for document in self.documents:
            if document.text == text:
                return document
        if any(shorten(document.title) == title for document in self.documents):
            raise CodingError(
                "its text is not that of the article, so that no place in it is sure",
                where=f"{self.name}, document {title!r}",
                mend="Code the text as it was exported.",
            )
        return None

    def list_holdable(self, articles: set[str]) -> frozenset[str]:
        """Return the statements that an export would have put into the file: with a side and a speaker."""
        return frozenset(
            s.statement_id for d in self.documents if d.doc_id in articles for s in d.statements if s.stance and s.actor
        )

    def read_statement(self, number: int, document: CodedDocument | None, start: int, stop: int) -> Iterator[Found]:
        """Yield a statement with an agreement, in our terms; offsets in DNA count UTF-16 units."""
        values, where = self.values.get(number, {}), f"{self.name}, statement {number}"
        if "agreement" not in values or document is None:
            if document is None and values.get("statement_id"):
                raise CodingError("its document is no article of this corpus", where=where, mend="Name the --corpus.")
            return
        units = document.text.encode("utf-16-le", "surrogatepass")
        if not isinstance(start, int) or not isinstance(stop, int):
            raise CodingError("its place is no whole number", where=where, mend="Delete it in DNA.")
        if not 0 <= start < stop <= len(units) // 2:
            raise CodingError(f"the place {start}-{stop} is outside the text", where=where, mend="Delete it in DNA.")
        begin, end = (len(units[: 2 * at].decode("utf-16-le", "surrogatepass")) for at in (start, stop))
        statement_id = str(values.get("statement_id") or "")
        now = self.standing.rows.get(statement_id)
        modality = str(values.get("modality") or "") or None
        if modality not in (*MODALITIES, None):
            raise CodingError(f"unknown modality {modality!r}", where=where, mend=f"Use {', '.join(MODALITIES)}.")
        speaker = str(values.get("organization") or values.get("person") or "")
        speaker_id, speaker_name = self._speaker(speaker, statement_id if now is not None else "")
        stance = _settle_stance(values, None if now is None or pd.isna(now.stance) else int(now.stance), where)
        codes = Codes(self.tables.issue.id, stance, modality, speaker_id, speaker_name)
        yield Found(where, document.doc_id, begin, end, codes, statement_id if now is not None else "")

    def _speaker(self, name: str, statement_id: str) -> tuple[str | None, str | None]:
        """Return id or name of a speaker, nothing where it is the one that stands."""
        listed, unlisted = self.actors.get(name, ("", name))
        is_same = bool(statement_id) and self.standing.actor_id(statement_id) in (listed, unlisted)
        return (None, None) if not name or is_same else (listed, self.unlisted.get(unlisted, unlisted))


def _settle_stance(values: dict[str, Any], now: int | None, where: str) -> int:
    """Return the step that agreement and stance say together; agreement is with the scale's side below zero."""
    if values["agreement"] not in (0, 1):
        raise CodingError("the agreement is neither yes nor no", where=where, mend="Choose one in DNA.")
    agrees = bool(values["agreement"])
    said = values.get("stance")
    step = -1 if agrees else 1
    if not said:  # a statement made in DNA, where the step was left at 0
        return now if now and (now < 0) == agrees else step
    if said == now and (said < 0) != agrees:
        return step
    if said not in (-2, -1, 1, 2) or (said < 0) != agrees:
        raise CodingError(
            f"the stance is {said} and the agreement {'yes' if agrees else 'no'}",
            where=where,
            mend="Agreement is with a stance of -1 or -2; make the two say the same.",
        )
    return int(said)
