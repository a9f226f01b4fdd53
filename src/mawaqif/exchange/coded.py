"""The coded corpus as every export sees it: documents with their texts, statements with names instead of ids."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

import pandas as pd

from mawaqif.aggregate.attribution import UNATTRIBUTED, ActorName, add_actor, name_actors, name_camp
from mawaqif.aggregate.numbering import order_statements
from mawaqif.schemas import iterate_rows, read_text
from mawaqif.tables import Tables


@dataclass(frozen=True)
class CodedStatement:
    """One statement of one speaker; offsets are into its document's decoded source.

    Attributes:
        actor_id: Registered id, or the name found in the text, or None where no speaker was found.
        stance: Step of the scale, None where it takes no position on the issue of the export.
        issue_id: The issue of the export, None where the statement is about something else.
        gloss: English meaning, where a coder wrote one.
    """

    statement_id: str
    start: int
    end: int
    quote: str
    kind: str
    actor_id: str | None
    actor: ActorName | None
    camp_id: str | None
    camp: str | None
    issue_id: str | None
    stance: int | None
    modality: str
    confidence: float
    coder: str
    gloss: str | None


@dataclass(frozen=True)
class CodedDocument:
    """One document with its text, what is known of it, and its statements in order of their start."""

    doc_id: str
    path: str
    sha256: str
    text: str
    url: str | None
    title: str
    outlet: str | None
    author: str | None
    published: str | None
    earliest: str | None
    latest: str | None
    statements: tuple[CodedStatement, ...]


def read_coded(tables: Tables) -> Iterator[CodedDocument]:
    """Yield the documents of a report with their statements, in the order of their files."""
    statements = order_statements(tables.core_statements, tables.core_documents)
    table = add_actor(statements)
    names = name_actors(table, tables.vocabulary)
    by_document = dict(iter(table.groupby("doc_id", sort=False)))
    about = tables.core_documents.set_index("doc_id")
    for raw in iterate_rows(tables.raw_documents):
        row = about.loc[raw.doc_id]
        listed = iterate_rows(by_document[raw.doc_id]) if raw.doc_id in by_document else iter(())
        yield CodedDocument(
            doc_id=raw.doc_id,
            path=raw.path,
            sha256=raw.sha256,
            text=raw.text,
            url=read_text(raw.url),
            title=read_text(row["title"]) or raw.doc_id,
            outlet=_outlet(row, tables),
            author=read_text(row["author"]),
            published=read_text(row["published"]),
            earliest=read_text(row["published_earliest"]),
            latest=read_text(row["published_latest"]),
            statements=tuple(sorted((_coded(s, names, tables) for s in listed), key=lambda s: (s.start, s.end))),
        )


def _coded(row: Any, names: dict[str, ActorName], tables: Tables) -> CodedStatement:
    is_found = row.actor_id != UNATTRIBUTED
    is_on_issue = row.issue == tables.issue.id
    return CodedStatement(
        statement_id=row.statement_id,
        start=int(row.start),
        end=int(row.end),
        quote=row.quote,
        kind=row.kind,
        actor_id=row.actor_id if is_found else None,
        actor=names[row.actor_id] if is_found else None,
        camp_id=row.actor_camp if is_found else None,
        camp=name_camp(row.actor_camp, tables.vocabulary).en if is_found else None,
        issue_id=row.issue if is_on_issue else None,
        stance=int(row.stance) if is_on_issue and not pd.isna(row.stance) else None,
        modality=row.modality,
        confidence=float(row.confidence),
        coder=row.coder,
        gloss=read_text(row.gloss_en),
    )


def list_unlisted(documents: Iterable[CodedDocument]) -> dict[str, str]:
    """Return the names of the speakers who are not in the register, by the id that an export gives them."""
    statements = (statement for document in documents for statement in document.statements)
    return {s.actor_id: s.actor.ar for s in statements if s.actor_id and s.actor and not s.actor.is_registered}


def _outlet(row: pd.Series, tables: Tables) -> str | None:
    listed = {outlet.id: outlet.name.ar for outlet in tables.vocabulary.outlets.outlets}
    return listed.get(row["outlet_id"]) or read_text(row["outlet"])
