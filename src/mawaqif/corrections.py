"""What analysts decide on statements: kept at once as plain CSV, one file a coder, and applied over the rules.

`data/coding/analysts/NAME.csv` holds one coder's decisions in the order of time; nothing in it is ever changed, the
last row on a statement counts. `data/coding/corrections.csv`, in the same columns, holds what was settled between
coders and wins over all of them. Both are keyed by statement id.
"""

from __future__ import annotations

import csv
import fcntl
import io
import os
import re
from collections.abc import Hashable, Iterable
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pandas as pd

from mawaqif.annotate.speaker_words import grade_actor
from mawaqif.errors import CodingError
from mawaqif.records import make_statement_id
from mawaqif.schemas import CODERS, KINDS
from mawaqif.vocabulary import Vocabulary

FOLDER = "analysts"
SETTLED = "corrections.csv"
DECISIONS = ("accept", "change", "reject", "add", "withdraw")
"""`add` is a statement that the rules missed; `withdraw` takes a coder's earlier decision back."""
COLUMNS = ("statement_id", "decision", "speaker_id", "issue", "stance", "modality", "coder", "coded_at", "note")
FURTHER_COLUMNS = ("doc_id", "sha256", "start", "end", "kind", "speaker_name", "certainty")
"""Columns that a file may lack: where an added statement stands, an unregistered speaker, how sure a coder is."""

NAME = re.compile(r"[A-Za-z0-9][A-Za-z0-9_-]{0,40}")
"""What a coder or a round of double coding may be called."""


@dataclass(frozen=True)
class Decision:
    """One decision on one statement; values left empty stay as they are, except on `change` and `add`.

    Attributes:
        statement_id: The statement; of an added one, its id to be (`added`).
        decision: One of `DECISIONS`.
        speaker_id: Registered actor.
        speaker_name: Speaker who is not registered.
        issue: Id of an issue, `other` for none.
        stance: Step of the scale, or None for no position.
        modality: As in `schemas.MODALITIES`.
        certainty: `sure` or `unsure`.
        note: Anything the coder wants to say.
        doc_id: Document of an added statement.
        sha256: Checksum of its text, by which a later change is noticed.
        start: Where an added statement begins.
        end: Where it ends.
        kind: As in `schemas.KINDS`.
    """

    statement_id: str
    decision: str
    speaker_id: str = ""
    issue: str = ""
    stance: int | None = None
    modality: str = ""
    note: str = ""
    doc_id: str = ""
    sha256: str = ""
    start: int | None = None
    end: int | None = None
    kind: str = ""
    speaker_name: str = ""
    certainty: str = ""


def added(sha256: str, doc_id: str, start: int, end: int, **values: Any) -> Decision:
    """Return the decision to add the statement at `start:end` of a document, with the id that it will have."""
    statement_id = make_statement_id(sha256, start, end)
    return Decision(statement_id, "add", doc_id=doc_id, sha256=sha256, start=start, end=end, **values)


# --- keeping --------------------------------------------------------------------------------------------------------


class DecisionFile:
    """One coder's file; every decision is on disk before `record` returns.

    Two kernels, or two tabs, of one coder take turns by a lock; two coders have a file each. A row that a crash cut off
    is taken away by the next one to write, and passed over by readers.
    """

    def __init__(self, folder: Path, coder: str, *, settled: bool = False) -> None:
        """Name the file; it is made with the first decision.

        Args:
            folder: A coding folder, or that of a round of double coding.
            coder: Who decides.
            settled: Write to `corrections.csv`, which wins over the coders' files; `coder` is who settled.

        Raises:
            CodingError: The coder's name cannot be the name of a file.
        """
        if not NAME.fullmatch(coder):
            raise CodingError(
                f"{coder!r} cannot name a file of codings", mend="Use up to 41 letters, digits, hyphens, underscores."
            )
        self.coder, self.is_settled = coder, settled
        self.path = folder / SETTLED if settled else folder / FOLDER / f"{coder}.csv"

    def record(self, *decisions: Decision, coded_at: datetime | None = None) -> None:
        """Append decisions, all of them or none.

        Raises:
            CodingError: A decision is not one of `DECISIONS`, or the file has other columns.
        """
        for decision in decisions:
            if decision.decision not in DECISIONS:
                raise CodingError(f"unknown decision {decision.decision!r}", mend=f"Use {', '.join(DECISIONS)}.")
        moment = (coded_at or datetime.now(UTC)).astimezone(UTC).isoformat(timespec="milliseconds")
        rows = [{**asdict(d), "coder": self.coder, "coded_at": moment} for d in decisions]
        self.path.parent.mkdir(parents=True, exist_ok=True)
        with self.path.open("a+b") as file:
            fcntl.flock(file, fcntl.LOCK_EX)
            columns = self._mend(file)
            is_new = file.seek(0, os.SEEK_END) == 0
            self._check_room(rows, columns)
            file.write(_to_csv(rows, columns, with_header=is_new))
            file.flush()
            os.fsync(file.fileno())

    def _mend(self, file: io.BufferedRandom) -> list[str]:
        """Cut off what follows the last whole row, refuse a file that is not ours, and return its columns."""
        file.seek(0)
        content = file.read()
        whole = _whole_rows(content)
        _check_quotes(content[len(whole) :], self.path)
        if len(whole) < len(content):
            file.truncate(len(whole))
        ours = [*COLUMNS, *FURTHER_COLUMNS]
        columns = _header(whole) if whole else ours
        if not set(COLUMNS) <= set(columns) or not set(columns) <= set(ours):
            raise CodingError(
                "the file has other columns than decisions are written in",
                where=str(self.path),
                mend="Rename it; a new one will be made.",
            )
        if whole and not whole.endswith(b"\n"):  # saved by an editor
            file.seek(0, os.SEEK_END)
            file.write(b"\r\n")
        return columns

    def _check_room(self, rows: list[dict[str, Any]], columns: list[str]) -> None:
        """Let no value be lost for want of a column in a file that was made by hand."""
        lacking = {name for row in rows for name, value in row.items() if value not in ("", None)} - set(columns)
        if lacking:
            raise CodingError(
                f"the file has no column {min(lacking)!r}", where=str(self.path), mend="Add it to the first line."
            )


def _to_csv(rows: Iterable[dict[str, Any]], columns: list[str], *, with_header: bool) -> bytes:
    text = io.StringIO()
    writer = csv.DictWriter(text, columns, lineterminator="\r\n", extrasaction="ignore")
    if with_header:
        writer.writeheader()
    for row in rows:
        writer.writerow({name: "" if value is None else value for name, value in row.items()})
    return text.getvalue().encode()


def _whole_rows(content: bytes) -> bytes:
    """Return a file's content up to its last whole row: rows end in CR LF, which a cell has only inside quotes."""
    at = len(content)
    while (at := content.rfind(b"\r\n", 0, at)) >= 0:
        if content.count(b'"', 0, at) % 2 == 0:
            return content[: at + 2]
    return b"" if b"\r\n" not in content and content.count(b"\n") == 0 else content


_ROW = re.compile(rb"\r\n[^,\"\r\n]*,(?:accept|change|reject|add|withdraw),")


def _check_quotes(rest: bytes, path: Path) -> None:
    """Refuse a file in which further rows follow an open quotation mark: no crash leaves that, a slip of a hand does.

    Raises:
        CodingError: They do; taken for a row that was cut off, they would be lost.
    """
    if _ROW.search(rest):
        raise CodingError(
            "a quotation mark is opened and not closed, so that the rows after it cannot be told apart",
            where=f"{path.parent.name}/{path.name}",
            mend="Close it or delete it.",
        )


def _header(content: bytes) -> list[str]:
    line = content.decode("utf-8-sig", "replace").splitlines()[0]
    return next(csv.reader([line]), [])


# --- reading --------------------------------------------------------------------------------------------------------


def list_files(folder: Path) -> list[Path]:
    """Return the files of decisions in a coding folder: each coder's, then what was settled."""
    analysts = sorted((folder / FOLDER).glob("*.csv")) if (folder / FOLDER).is_dir() else []
    settled = folder / SETTLED
    return [*analysts, *([settled] if settled.exists() else [])]


def read_whole_rows(path: Path) -> io.StringIO:
    """Return a file's text without a row that was cut off while it was written."""
    content = path.read_bytes()
    whole = _whole_rows(content) if b"\r\n" in content else content
    _check_quotes(content[len(whole) :], path)
    return io.StringIO(whole.decode("utf-8-sig"))


def settle(corrections: pd.DataFrame) -> dict[str, dict[Hashable, Any]]:
    """Return the decision that counts for each statement: what was settled, else the last one that was not withdrawn.

    Args:
        corrections: All rows, in the columns above and `is_settled`.
    """
    latest: dict[str, dict[Hashable, Any]] = {}
    own: dict[tuple[str, str], dict[Hashable, Any]] = {}
    for row in corrections.sort_values(["is_settled", "coded_at"], kind="stable").to_dict("records"):
        own[str(row["statement_id"]), str(row["coder"])] = row
    for (statement_id, _), row in sorted(own.items(), key=lambda item: (item[1]["is_settled"], item[1]["coded_at"])):
        if row["decision"] != "withdraw":
            latest[statement_id] = row
    return latest


def find_disagreements(corrections: pd.DataFrame) -> pd.DataFrame:
    """Return the statements on which coders decided differently and nothing is settled: one row a coder.

    Returns:
        `statement_id`, `coder`, `decision`, `speaker_id`, `speaker_name`, `issue`, `stance`, `modality`, `note`, by
        statement.
    """
    compared = ["decision", "speaker_id", "speaker_name", "issue", "stance", "modality"]
    shown = ["statement_id", "coder", *compared, "note"]
    settled = set(corrections.loc[corrections["is_settled"], "statement_id"])
    own = corrections.sort_values("coded_at", kind="stable").drop_duplicates(["statement_id", "coder"], keep="last")
    own = own[~own["statement_id"].isin(settled) & own["decision"].ne("withdraw")]
    apart = [i for i, rows in own.groupby("statement_id") if len(rows[compared].astype(str).drop_duplicates()) > 1]
    return own[own["statement_id"].isin(apart)].sort_values(["statement_id", "coder"])[shown].reset_index(drop=True)


# --- applying -------------------------------------------------------------------------------------------------------


def apply_corrections(
    statements: pd.DataFrame, corrections: pd.DataFrame, *, raw: pd.DataFrame, vocabulary: Vocabulary
) -> tuple[pd.DataFrame, list[str]]:
    """Apply the decisions that count, and return what they say of statements that are no longer there.

    Args:
        statements: `core_statements`, by rules or reference.
        corrections: As in `settle`.
        raw: `raw_documents`; an added statement stands only in the text that it was added to.
        vocabulary: Gives names and camps of registered speakers.

    Returns:
        The statements, and the ids of decisions that found no statement, or another text.
    """
    decided = settle(corrections)
    additions = corrections[corrections["decision"].eq("add")].sort_values("coded_at", kind="stable")
    places = {str(row["statement_id"]): row for row in additions.to_dict("records")}
    rows = [_correct(row, decided.get(row["statement_id"]), vocabulary) for row in statements.to_dict("records")]
    known = set(statements["statement_id"])
    texts = {row["doc_id"]: row for row in raw.to_dict("records")}
    orphans = []
    for statement_id, decision in decided.items():
        if statement_id in known:
            continue
        place = places.get(statement_id)
        if place is not None and decision["decision"] == "reject":  # one coder added it, another says it is none
            continue
        new = None if place is None else _add(_decide_on_added(decision, place), texts, vocabulary)
        if new is None:
            orphans.append(statement_id)
        else:
            rows.append(new)
    return pd.DataFrame([row for row in rows if row is not None], columns=statements.columns), orphans


def _correct(
    row: dict[Hashable, Any], decision: dict[Hashable, Any] | None, vocabulary: Vocabulary
) -> dict[Hashable, Any] | None:
    """Return the row as the analyst left it; None where it was rejected."""
    if decision is None:
        return row
    if decision["decision"] == "reject":
        return None
    row = {**row, "coder": CODERS[2], "confidence": 1.0}
    return row | _values(decision, vocabulary) if decision["decision"] in ("change", "add") else row


def _values(decision: dict[Hashable, Any], vocabulary: Vocabulary) -> dict[Hashable, Any]:
    values: dict[Hashable, Any] = {key: decision[key] for key in ("issue", "modality", "stance")}
    if actor := vocabulary.actor(decision["speaker_id"]):
        values |= {"speaker_id": actor.id, "speaker_name": actor.plain_name, "is_registered": True}
        values |= {"camp": actor.camp, "grade": grade_actor(actor, vocabulary)}
    elif decision["speaker_name"]:
        values |= {"speaker_id": None, "speaker_name": decision["speaker_name"], "is_registered": False}
        values |= {"camp": None, "grade": "person"}
    return values


def _decide_on_added(decision: dict[Hashable, Any], place: dict[Hashable, Any]) -> dict[Hashable, Any]:
    """Return the decision on a statement that another coder added, with the place (on `accept` the codes) of that."""
    codes = place if decision["decision"] == "accept" else decision
    return {**codes, **{name: place[name] for name in ("doc_id", "sha256", "start", "end", "kind")}}


def _add(
    decision: dict[Hashable, Any], texts: dict[Any, dict[Hashable, Any]], vocabulary: Vocabulary
) -> dict[Hashable, Any] | None:
    """Return the row of an added statement; None where its text is not there any more, or is another."""
    document = texts.get(decision["doc_id"])
    if document is None or document["sha256"] != decision["sha256"]:
        return None
    start, end = int(decision["start"]), int(decision["end"])
    if not 0 <= start < end <= len(document["text"]):
        return None
    row: dict[Hashable, Any] = {
        "statement_id": decision["statement_id"],
        "doc_id": decision["doc_id"],
        "start": start,
        "end": end,
        "quote": document["text"][start:end],
        "kind": decision["kind"] or KINDS[1],
        "is_registered": False,
        "confidence": 1.0,
        "coder": CODERS[2],
    }
    return row | _values(decision, vocabulary)
