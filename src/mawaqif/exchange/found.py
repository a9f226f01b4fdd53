"""Codings found in another program's file, compared with those that stand: what differs becomes an analyst's decision.

A reader of one format returns `Found` codings; nothing is written here, and a coding that does not fit is an error
that names it, so that a file is taken whole or not at all.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass, field
from typing import Any, NamedTuple

import pandas as pd

from mawaqif.corrections import DECISIONS, Decision, added
from mawaqif.errors import CodingError
from mawaqif.schemas import MODALITIES, STANCES, iterate_rows
from mawaqif.tables import Tables

OTHER_ISSUE = "other"
MEND_PLACE = "Export the codings again, and code in that file."


class Codes(NamedTuple):
    """What a coding says; None is what it does not say, and that stays as it is. `stance` counts with its issue."""

    issue: str | None = None
    stance: int | None = None
    modality: str | None = None
    speaker_id: str | None = None
    speaker_name: str | None = None


@dataclass(frozen=True)
class Found:
    """One coding of a file.

    Attributes:
        where: The row or selection, as a person finds it in the file.
        doc_id: Article.
        start: First character in the decoded source.
        end: The character after the last.
        codes: What is coded.
        statement_id: Our statement, empty where the file does not say.
        decision: One of `DECISIONS` where the file says it, else empty.
        note: Anything that the coder said.
    """

    where: str
    doc_id: str
    start: int
    end: int
    codes: Codes
    statement_id: str = ""
    decision: str = ""
    note: str = ""


@dataclass(frozen=True)
class Contents:
    """What a file holds.

    Attributes:
        found: Its codings.
        holds: Ids of our statements that the format can hold, of the articles in the file; one of them that the file
            has no more was deleted there. Empty where a missing coding says nothing.
        passed_over: How many codings of the file are not of our kind.
    """

    found: list[Found]
    holds: frozenset[str] = frozenset()
    passed_over: int = 0


@dataclass
class Standing:
    """The codings that stand now, as the comparison needs them: statements by id and by place, articles by id."""

    tables: Tables
    rows: dict[str, Any] = field(default_factory=dict)
    places: dict[tuple[str, int, int], list[str]] = field(default_factory=dict)
    texts: dict[str, str] = field(default_factory=dict)
    checksums: dict[str, str] = field(default_factory=dict)
    issues: frozenset[str | None] = frozenset()
    decided: frozenset[str] = frozenset()

    def __post_init__(self) -> None:
        """List all of it once; a file may have a row for each statement of a large corpus."""
        documents = self.tables.raw_documents
        self.texts = dict(zip(documents["doc_id"], documents["text"], strict=True))
        self.checksums = dict(zip(documents["doc_id"], documents["sha256"], strict=True))
        coded = self.tables.core_statements["issue"]
        self.issues = frozenset({*self.tables.vocabulary.issues, *coded, OTHER_ISSUE, None})
        self.decided = frozenset(self.tables.codings.corrections["statement_id"])
        for row in iterate_rows(self.tables.core_statements):
            self.rows[row.statement_id] = row
            self.places.setdefault((row.doc_id, int(row.start), int(row.end)), []).append(row.statement_id)

    def codes(self, statement_id: str) -> Codes:
        """Return what stands for a statement."""
        row = self.rows[statement_id]
        speaker_id = row.speaker_id if row.is_registered else ""
        unlisted = row.speaker_name if not speaker_id and isinstance(row.speaker_name, str) else ""
        return Codes(row.issue, None if pd.isna(row.stance) else int(row.stance), row.modality, speaker_id, unlisted)

    def actor_id(self, statement_id: str) -> str:
        """Return the actor as exports name it: by an id, also of who is not registered, or by the name found."""
        row = self.rows[statement_id]
        return next((name for name in (row.speaker_id, row.speaker_name) if isinstance(name, str) and name), "")

    def was_decided(self, statement_id: str) -> bool:
        """Tell whether some analyst decided on a statement that is not there now, such as a rejected one."""
        return statement_id in self.decided


def decide(contents: Contents, tables: Tables, *, note: str) -> tuple[list[Decision], int]:
    """Return the decisions that make the codings of this project those of the file, and how many are so already.

    A changed code is a change; a coding at a place where nothing stood is an addition; one of ours that the file can
    hold and does not is a rejection; one that was moved is both of the last.

    Raises:
        CodingError: A coding has an unknown code, names a statement twice, or cannot be told apart from another.
    """
    standing = Standing(tables)
    decisions: list[Decision] = []
    seen: set[str] = set()
    unchanged = 0
    for item in _identify(contents.found, standing):
        _check(item, standing)
        if item.statement_id in seen:
            raise CodingError(
                f"the statement {item.statement_id} is coded a second time", where=item.where, mend="Keep one of them."
            )
        seen |= {item.statement_id} - {""}
        own = _compare(item, standing, note)
        unchanged += not own
        decisions += own
    decisions += [Decision(i, "reject", note=note) for i in sorted(contents.holds - seen, key=_in_order(standing))]
    twice = [i for i, n in Counter(d.statement_id for d in decisions).items() if n > 1]
    if twice:
        raise CodingError(
            f"two codings are for the statement {twice[0]}", where="the file", mend="Keep one coding of that place."
        )
    return decisions, unchanged


def _in_order(standing: Standing) -> Any:
    return lambda i: (standing.rows[i].doc_id, standing.rows[i].start, i)


def _identify(found: Iterable[Found], standing: Standing) -> Iterator[Found]:
    """Give each coding the id of the statement that it is on, by name or else by place."""
    found = list(found)
    named = {item.statement_id for item in found}
    for item in found:
        if item.statement_id in standing.rows or item.decision:
            yield item
            continue
        here = [i for i in standing.places.get((item.doc_id, item.start, item.end), []) if i not in named]
        if len(here) > 1:
            raise CodingError(
                f"{len(here)} statements stand at this place, and the file does not say which is meant",
                where=item.where,
                mend="Change these in JupyterLab or in an exported spreadsheet.",
            )
        yield _with_id(item, here[0] if here else "")


def _with_id(item: Found, statement_id: str) -> Found:
    return Found(item.where, item.doc_id, item.start, item.end, item.codes, statement_id, item.decision, item.note)


def _compare(item: Found, standing: Standing, note: str) -> list[Decision]:
    said = item.note or note
    if item.decision in ("accept", "reject", "withdraw"):
        is_done = item.decision == "reject" and item.statement_id not in standing.rows
        return [] if is_done else [Decision(item.statement_id, item.decision, note=said)]
    if item.statement_id not in standing.rows:
        return [_add(item, item.codes, standing, said)]
    row, now = standing.rows[item.statement_id], standing.codes(item.statement_id)
    then = merge(now, item.codes)
    if (row.doc_id, int(row.start), int(row.end)) != (item.doc_id, item.start, item.end):
        return [Decision(item.statement_id, "reject", note=said), _add(item, then, standing, said)]
    if then == now and item.decision != "change":
        return []
    return [Decision(item.statement_id, "change", note=said, **_values(then))]


def merge(now: Codes, said: Codes) -> Codes:
    """Return the codes with what a file says put over them; a speaker can be changed, not taken away."""
    issue, stance = (now.issue, now.stance) if said.issue is None else (said.issue, said.stance)
    speaker = (said.speaker_id or "", said.speaker_name or "")
    return Codes(
        issue, stance, said.modality or now.modality, *(speaker if any(speaker) else (now.speaker_id, now.speaker_name))
    )


def _values(codes: Codes) -> dict[str, Any]:
    return {
        "issue": codes.issue or OTHER_ISSUE,
        "stance": codes.stance,
        "modality": codes.modality or MODALITIES[0],
        "speaker_id": codes.speaker_id or "",
        "speaker_name": codes.speaker_name or "",
    }


def _add(item: Found, codes: Codes, standing: Standing, note: str) -> Decision:
    return added(standing.checksums[item.doc_id], item.doc_id, item.start, item.end, note=note, **_values(codes))


def _check(item: Found, standing: Standing) -> None:
    """Refuse what `data/coding` would refuse, before anything is written."""
    codes = item.codes
    known: tuple[tuple[str, object, Collection[object]], ...] = (
        ("issue", codes.issue, standing.issues),
        ("stance", codes.stance, (*STANCES, None)),
        ("modality", codes.modality, (*MODALITIES, None)),
        ("decision", item.decision, (*DECISIONS, "")),
    )
    for name, value, allowed in known:
        if value not in allowed:
            raise CodingError(f"unknown {name} {value!r}", where=item.where, mend="Use a code of the codebook.")
    if codes.speaker_id and standing.tables.vocabulary.actor(codes.speaker_id) is None:
        raise CodingError(
            f"unknown speaker {codes.speaker_id!r}",
            where=item.where,
            mend="Use an id of actors.yml, or a speaker_name.",
        )
    if codes.stance is not None and codes.issue == OTHER_ISSUE:
        raise CodingError("a stance on no issue", where=item.where, mend="Name the issue, or empty the stance.")
    if item.decision in ("", "add", "change") or item.doc_id:
        if item.doc_id not in standing.texts:
            raise CodingError(f"no article is called {item.doc_id!r}", where=item.where, mend=MEND_PLACE)
        if not 0 <= item.start < item.end <= len(standing.texts[item.doc_id]):
            raise CodingError(
                f"the place {item.start}-{item.end} is outside the article", where=item.where, mend=MEND_PLACE
            )
