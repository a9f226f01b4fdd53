"""Reviewed codings: reads `data/coding`, checks that they still fit the corpus, and lets them win over the rules."""

from __future__ import annotations

import calendar
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

import pandas as pd

from mawaqif.annotate.speaker_words import grade_actor
from mawaqif.corrections import COLUMNS as CORRECTION_COLUMNS
from mawaqif.corrections import (
    DECISIONS,
    FURTHER_COLUMNS,
    SETTLED,
    apply_corrections,
    list_files,
    read_whole_rows,
)
from mawaqif.errors import CodingError
from mawaqif.records import make_statement_id
from mawaqif.schemas import CODERS, DATE_STATUSES, GRANULARITIES, KINDS, MODALITIES, STANCES, iterate_rows
from mawaqif.vocabulary import Vocabulary

COLUMNS = {
    "statements.csv": (
        "coder", "doc", "speaker_id", "on_behalf_of_id", "kind", "start", "end", "attribution_start",
        "attribution_end", "cue_start", "cue_end", "issue", "stance", "modality", "scoring", "summary_en",
    ),
    "mentions.csv": ("coder", "doc", "actor_id", "start", "end"),
    "events.csv": (
        "coder", "doc", "start", "end", "normalised", "granularity", "status", "resolved_from", "what_start",
        "what_end", "what_en",
    ),
    "documents.csv": (
        "coder", "doc", "title_start", "title_end", "outlet", "published", "published_basis", "published_range",
        "views", "reading_minutes",
    ),
    "boilerplate.csv": ("coder", "doc", "start", "end"),
    "event_names.csv": ("doc", "start", "end", "name_en", "name_ar"),
    "coded_texts.csv": ("doc", "sha256"),
}  # fmt: skip
_LARGEST = 2**31


@dataclass(frozen=True)
class Codings:
    """The coding files as tables, one row a coded unit; numbers are nullable integers, texts empty where missing.

    `names` holds what the report calls dated events, in both languages, by the span of the date expression that the
    first coder marked. `texts` maps a document id to the checksum of the text that was coded.
    """

    statements: pd.DataFrame
    mentions: pd.DataFrame
    events: pd.DataFrame
    names: pd.DataFrame
    documents: pd.DataFrame
    boilerplate: pd.DataFrame
    corrections: pd.DataFrame
    texts: dict[str, str]


@dataclass(frozen=True)
class CodingUse:
    """What became of the codings: documents they replaced the rules in, and what no longer fits and was not used."""

    coded_documents: tuple[str, ...]
    orphans: tuple[str, ...]
    left_out: int


def load_codings(folder: Path, vocabulary: Vocabulary) -> Codings:
    """Read every coding file of a folder; a missing folder or file means no codings of that kind.

    Raises:
        CodingError: A file lacks a column, or a row has an unknown code; names file, row, expected and got.
    """
    tables = {name: _read(folder / name, columns) for name, columns in COLUMNS.items()}
    corrections = read_decisions(folder, vocabulary)
    _check_codes(tables["statements.csv"], "statements.csv", vocabulary)
    _check_complete(tables["statements.csv"], "statements.csv")
    _check_intervals(tables["events.csv"], "normalised", "events.csv")
    _check_intervals(tables["documents.csv"], "published_range", "documents.csv")
    for table in tables.values():
        if "doc" in table:
            table["doc_id"] = table["doc"].str.replace(r"\.[A-Za-z0-9]+$", "", regex=True)
    texts = tables["coded_texts.csv"]
    return Codings(
        statements=tables["statements.csv"],
        mentions=tables["mentions.csv"],
        events=tables["events.csv"],
        names=tables["event_names.csv"],
        documents=tables["documents.csv"],
        boilerplate=tables["boilerplate.csv"],
        corrections=corrections,
        texts=dict(zip(texts["doc_id"], texts["sha256"], strict=True)) if len(texts) else {},
    )


def read_decisions(folder: Path, vocabulary: Vocabulary) -> pd.DataFrame:
    """Return every decision of every analyst, each file checked by itself; `is_settled` marks `corrections.csv`.

    Args:
        folder: A coding folder, or that of a round of double coding, which has files of decisions alone.
        vocabulary: Gives the codes that are known.

    Returns:
        One row a decision in the columns of `corrections`, and `is_settled`.

    Raises:
        CodingError: As in `load_codings`.
    """
    columns = [*CORRECTION_COLUMNS, *FURTHER_COLUMNS]
    tables = [pd.DataFrame({c: pd.Series(dtype=str) for c in columns}).assign(is_settled=pd.Series(dtype=bool))]
    for path in list_files(folder):
        name = path.relative_to(folder).as_posix()
        table = _read(path, CORRECTION_COLUMNS)
        for column in FURTHER_COLUMNS:
            if column not in table:
                table[column] = ""
        table["start"], table["end"] = (_integers(table[c].astype("string").fillna(""), name) for c in ("start", "end"))
        _check_codes(table, name, vocabulary)
        _check_complete(table, name)
        tables.append(table[columns].assign(is_settled=path.name == SETTLED and path.parent == folder))
    return pd.concat([t for t in tables if len(t)] or tables, ignore_index=True)


def _read(path: Path, columns: tuple[str, ...]) -> pd.DataFrame:
    if not path.exists():
        return pd.DataFrame({column: pd.Series(dtype=str) for column in columns})
    try:
        table = pd.read_csv(read_whole_rows(path), dtype=str, keep_default_na=False)
    except (OSError, ValueError) as error:
        raise CodingError(f"the file cannot be read: {error}", where=path.name, mend="Save it as UTF-8 CSV.") from error
    if not isinstance(table.index, pd.RangeIndex):  # the reader would shift every cell by one column
        raise CodingError(
            "rows have more cells than the first line has columns", where=path.name, mend="Delete what is too many."
        )
    if missing := [column for column in columns if column not in table]:
        raise CodingError(
            f"the column {missing[0]!r} is missing", where=path.name, mend=f"Expected: {', '.join(columns)}."
        )
    for column in table.columns:
        if column in ("start", "end", "views", "reading_minutes", "stance") or column.endswith(("_start", "_end")):
            table[column] = _integers(table[column], f"{path.name}, {column}")
    return table


def _integers(texts: pd.Series, where: str) -> pd.Series:
    numbers = pd.to_numeric(texts.replace("", pd.NA), errors="coerce")
    is_whole = numbers.abs().lt(_LARGEST) & numbers.mod(1).eq(0)
    bad = texts[~is_whole.fillna(False).astype(bool) & (texts != "")]
    if len(bad):
        raise CodingError(
            f"expected a whole number, got {bad.iloc[0]!r}",
            where=f"{where}, row {bad.index[0] + 2}",
            mend="Correct that cell.",
        )
    return numbers.astype("Int64")


def _check_complete(table: pd.DataFrame, file: str) -> None:
    """Refuse a consensus row without its span, kind or modality, and a change without its codes."""
    is_final = table["decision"].isin(["change", "add"]) if "decision" in table else table["coder"].eq("consensus")
    is_added = table["decision"].eq("add") if "decision" in table else is_final
    columns = (
        ("start", "end", "modality", "issue") if "decision" in table else ("start", "end", "kind", "modality", "issue")
    )
    for column in columns:
        needed = is_added if column in ("start", "end") else is_final
        empty = table[needed & (table[column].isna() | table[column].astype(str).eq(""))]
        if len(empty):
            raise CodingError(f"{column} is empty", where=f"{file}, row {empty.index[0] + 2}", mend="Fill that cell.")


def _check_intervals(table: pd.DataFrame, column: str, file: str) -> None:
    for index, text in table[column].items():
        try:
            parse_interval(text)
        except (ValueError, OverflowError) as error:
            raise CodingError(
                f"{text!r} is no interval of days",
                where=f"{file}, row {int(str(index)) + 2}",
                mend="Write 2024, 2024-08, 2024-08-15, or two of these with / between; .. is an open end.",
            ) from error


def _check_codes(table: pd.DataFrame, file: str, vocabulary: Vocabulary) -> None:
    issues = {*vocabulary.issues, "other", "pmf_law", ""}
    actors = {actor.id for actor in vocabulary.actors.actors} | {""}
    allowed: dict[str, set[Any]] = {
        "kind": {*KINDS, ""},
        "modality": {*MODALITIES, ""},
        "issue": issues,
        "speaker_id": actors,
        "on_behalf_of_id": actors,
        "decision": {*DECISIONS},
    }
    for column, codes in allowed.items():
        if column not in table:
            continue
        bad = table[~table[column].isin(codes)]
        if len(bad):
            raise CodingError(
                f"unknown code {bad[column].iloc[0]!r} in {column}",
                where=f"{file}, row {bad.index[0] + 2}",
                mend="Use a code of the codebook, or add the actor to actors.yml.",
            )
    stances = table["stance"].dropna()
    if len(bad_stances := stances[~stances.isin(STANCES)]):
        raise CodingError(
            f"stance {bad_stances.iloc[0]} is not on the scale",
            where=f"{file}, row {bad_stances.index[0] + 2}",
            mend="Use -2 to 2, or leave it empty.",
        )


# --- codings over rules ---------------------------------------------------------------------------------------------


def apply_codings(
    statements: pd.DataFrame,
    dates: pd.DataFrame,
    documents: pd.DataFrame,
    *,
    raw: pd.DataFrame,
    codings: Codings,
    vocabulary: Vocabulary,
) -> tuple[pd.DataFrame, pd.DataFrame, pd.DataFrame, CodingUse]:
    """Replace what the rules found in each reviewed document, then apply analysts' corrections by statement id.

    A document counts as reviewed only while its checksum is the one that was coded; otherwise its codings are reported
    as orphans and the rules stand. Statements on which the reference left both answers open (`scoring` optional) are
    left out and counted.

    Args:
        statements: `core_statements` by rules.
        dates: `core_dates` by rules.
        documents: `core_documents` by rules.
        raw: `raw_documents`.
        codings: What `load_codings` read.
        vocabulary: The vocabulary.

    Returns:
        The three tables with codings applied, and what became of them.
    """
    checksums = dict(zip(raw["doc_id"], raw["sha256"], strict=True))
    coded = tuple(sorted(d for d, sha in codings.texts.items() if checksums.get(d) == sha))
    orphans = [f"{d} (its text changed)" for d, sha in sorted(codings.texts.items()) if checksums.get(d, sha) != sha]
    texts = dict(zip(raw["doc_id"], raw["text"], strict=True))
    consensus = codings.statements[
        codings.statements["coder"].eq("consensus") & codings.statements["doc_id"].isin(coded)
    ]
    required = consensus[consensus["scoring"].ne("optional")]
    reference = _reference_statements(required, checksums, texts, vocabulary)
    kept = statements[~statements["doc_id"].isin(consensus["doc_id"].unique())]
    merged = pd.concat([kept, reference], ignore_index=True)
    merged, unknown = apply_corrections(merged, codings.corrections, raw=raw, vocabulary=vocabulary)
    events = _reference_dates(codings.events[codings.events["doc_id"].isin(coded)], texts, codings.names)
    merged_dates = pd.concat([dates[~dates["doc_id"].isin(events["doc_id"].unique())], events], ignore_index=True)
    use = CodingUse(
        coded_documents=coded,
        orphans=tuple(orphans + [f"{i} (no such statement)" for i in unknown]),
        left_out=len(consensus) - len(required),
    )
    order = merged.sort_values(["doc_id", "start", "end", "statement_id"], kind="stable", ignore_index=True)
    ordered_dates = merged_dates.sort_values(["doc_id", "start", "end"], kind="stable", ignore_index=True)
    return order, ordered_dates, _reference_documents(documents, codings.documents, coded), use


def _reference_statements(
    rows: pd.DataFrame, checksums: dict[str, str], texts: dict[str, str], vocabulary: Vocabulary
) -> pd.DataFrame:
    made: list[dict[str, Any]] = []
    ordinals: dict[tuple[str, int, int], int] = {}
    for row in iterate_rows(rows):
        key = (row.doc_id, int(row.start), int(row.end))
        ordinals[key] = ordinals.get(key, 0) + 1
        actor = vocabulary.actor(row.speaker_id)
        if not 0 <= row.start < row.end <= len(texts[row.doc_id]):
            raise CodingError(
                f"the span {row.start}-{row.end} is outside the text",
                where=f"statements.csv, {row.doc}", mend="Correct the offsets.",
            )  # fmt: skip
        made.append(
            {
                "statement_id": make_statement_id(checksums[row.doc_id], *key[1:], ordinal=ordinals[key]),
                "doc_id": row.doc_id,
                "start": key[1],
                "end": key[2],
                "quote": texts[row.doc_id][key[1] : key[2]],
                "kind": row.kind,
                "speaker_id": row.speaker_id or None,
                "speaker_name": actor.plain_name if actor else None,
                "speaker_start": row.attribution_start,
                "speaker_end": row.attribution_end,
                "is_registered": actor is not None,
                "camp": actor.camp if actor else None,
                "grade": grade_actor(actor, vocabulary) if actor else None,
                "on_behalf_of_id": row.on_behalf_of_id or None,
                "cue_start": row.cue_start,
                "cue_end": row.cue_end,
                "issue": row.issue,
                "stance": row.stance,
                "modality": row.modality,
                "confidence": 1.0,
                "coder": CODERS[1],
                "gloss_en": row.summary_en or None,
            }
        )
    return pd.DataFrame(made)


def _reference_dates(events: pd.DataFrame, texts: dict[str, str], names: pd.DataFrame) -> pd.DataFrame:
    """Keep the dated events that both coders marked with the same status; where intervals differ, take the hull.

    An event that `event_names.csv` names goes by that name in both languages.
    """
    named = {(row.doc_id, row.start, row.end): row for row in iterate_rows(names)}
    first = events[events["coder"] == "coder1"]
    second = events[events["coder"] == "coder2"]
    made: list[dict[str, Any]] = []
    for row in iterate_rows(first):
        near = second[(second["doc_id"] == row.doc_id) & (second["start"] < row.end) & (second["end"] > row.start)]
        near = near[near["status"] == row.status]
        if near.empty:
            continue
        interval, other = parse_interval(row.normalised), parse_interval(near["normalised"].iloc[0])
        text, name = texts[row.doc_id], named.get((row.doc_id, row.start, row.end))
        made.append(
            {
                "doc_id": row.doc_id,
                "start": row.start,
                "end": row.end,
                "quote": text[row.start : row.end],
                "first": None if None in (interval[0], other[0]) else min(str(interval[0]), str(other[0])),
                "last": None if None in (interval[1], other[1]) else max(str(interval[1]), str(other[1])),
                "granularity": row.granularity if row.granularity in GRANULARITIES else "part_of_year",
                "status": row.status if row.status in DATE_STATUSES else "past",
                "basis": row.resolved_from,
                "what": text[row.what_start : row.what_end] if row.what_start is not pd.NA else None,
                "what_en": (name.name_en if name else "") or row.what_en or None,
                "what_ar": (name.name_ar if name else "") or None,
                "coder": "reference",
            }
        )
    columns = [
        "doc_id",
        "start",
        "end",
        "quote",
        "first",
        "last",
        "granularity",
        "status",
        "basis",
        "what",
        "what_en",
        "what_ar",
        "coder",
    ]
    return pd.DataFrame(made, columns=columns)


def parse_interval(normalised: str) -> tuple[str | None, str | None]:
    """Return first and last ISO day of `2026`, `2024-04`, `2024-08-15`, `a/b`, `a/..` or `../b`; None is open."""
    if not normalised:
        return None, None
    first, _, last = normalised.partition("/")
    return _edge(first, last=False), _edge(last or first, last=True)


def _edge(part: str, *, last: bool) -> str | None:
    if part == "..":
        return None
    numbers = [int(n) for n in part.split("-")]
    year, month = numbers[0], numbers[1] if len(numbers) > 1 else (12 if last else 1)
    day = numbers[2] if len(numbers) > 2 else (calendar.monthrange(year, month)[1] if last else 1)
    return date(year, month, day).isoformat()


def _reference_documents(documents: pd.DataFrame, coded: pd.DataFrame, doc_ids: tuple[str, ...]) -> pd.DataFrame:
    """Where the rules know no publication day, take the range that covers what both coders inferred."""
    documents = documents.copy()
    for doc_id in doc_ids:
        rows = coded[(coded["doc_id"] == doc_id) & coded["published_range"].ne("")]
        at = documents["doc_id"].eq(doc_id) & documents["published_basis"].isin(["inferred", "unknown"])
        if rows.empty or not at.any():
            continue
        ranges = [parse_interval(r) for r in rows["published_range"]]
        earliest, latest = min(str(r[0]) for r in ranges), max(str(r[1]) for r in ranges)
        documents.loc[at, ["published_earliest", "published_latest", "published_basis"]] = [
            earliest,
            latest,
            "inferred",
        ]
        documents.loc[at, "published"] = earliest if earliest == latest else None
    return documents
