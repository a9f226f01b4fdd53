"""Makes the tables of one report from a corpus folder, and keeps them as parquet until an input changes."""

from __future__ import annotations

import hashlib
import json
import os
import shutil
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

import pandas as pd

from mawaqif.aggregate.network import make_network
from mawaqif.aggregate.positions import make_positions
from mawaqif.aggregate.sources import make_sources
from mawaqif.aggregate.timeline import make_timeline
from mawaqif.clean import find_duplicates, sketch_document
from mawaqif.coding import Codings, CodingUse, apply_codings, load_codings
from mawaqif.digests import digest_files, digest_package
from mawaqif.documents import count_lines
from mawaqif.errors import CodingError, CorpusError, EvidenceError, MawaqifError, UserError
from mawaqif.files import folder_aside
from mawaqif.ingest import read_corpus
from mawaqif.learned import apply_model
from mawaqif.narrowing import check_names, keep_period, keep_speakers, of_documents
from mawaqif.paths import Paths, default_paths
from mawaqif.reading_store import read_with_store
from mawaqif.records import RawDocument, Reading, Skipped, write_day
from mawaqif.schemas import TABLES, iterate_rows, validate
from mawaqif.settings import Parameters
from mawaqif.vocabulary import Issue, Vocabulary, load_vocabulary

RULE_TABLES = (
    "raw_documents",
    "raw_skipped",
    "core_documents",
    "core_boilerplate",
    "core_mentions",
    "core_statements",
    "core_dates",
)
Progress = Callable[[str, int, int | None], None]
"""Called with a stage name, the number done and the number to do, where that is known."""


@dataclass
class Tables:
    """The tables of one report, by layer (see `schemas`), with what they were made from.

    `rule_statements` and `rule_dates` are what the rules alone found, before reviewed codings replaced them; they have
    the models of `core_statements` and `core_dates`.
    """

    parameters: Parameters
    vocabulary: Vocabulary
    issue: Issue
    codings: Codings
    coding_use: CodingUse
    raw_documents: pd.DataFrame
    raw_skipped: pd.DataFrame
    core_documents: pd.DataFrame
    core_boilerplate: pd.DataFrame
    core_mentions: pd.DataFrame
    core_statements: pd.DataFrame
    core_dates: pd.DataFrame
    rule_statements: pd.DataFrame
    rule_dates: pd.DataFrame
    out_positions: pd.DataFrame = field(default_factory=pd.DataFrame)
    out_timeline: pd.DataFrame = field(default_factory=pd.DataFrame)
    out_sources: pd.DataFrame = field(default_factory=pd.DataFrame)
    out_network: pd.DataFrame = field(default_factory=pd.DataFrame)


def load_tables(
    parameters: Parameters, *, paths: Paths | None = None, jobs: int = 1, progress: Progress | None = None
) -> Tables:
    """Return all tables of a report, reading the corpus again only where text, vocabulary or program changed.

    1. Read, clean and annotate every document by rules (kept as parquet).
    2. Put reviewed codings in the place of rules, and the learned coder where it was found better than them.
    3. Keep the documents of the period and the statements of the actor or camp.
    4. Aggregate on the chosen issue.

    Raises:
        ParameterError: Unknown issue, actor or camp, or no document in the period.
        CorpusError: The folder is missing, or holds no usable document.
        VocabularyError, CodingError: Those files break their contract.
        EvidenceError: A statement does not give back its text.
    """
    paths = paths or default_paths()
    vocabulary = load_vocabulary(paths.vocabulary)
    check_names(parameters, vocabulary)
    issue = vocabulary.issue(parameters.issue)
    codings = load_codings(paths.coding, vocabulary)
    # 1.
    ruled = _load_rule_tables(parameters, paths, vocabulary, jobs=jobs, progress=progress)
    # 2.
    coded, use = _put_codings_in(ruled, codings, vocabulary)
    texts = dict(zip(ruled["raw_documents"]["doc_id"], ruled["raw_documents"]["text"], strict=True))
    coded["core_statements"] = apply_model(
        coded["core_statements"], texts, paths.model, issue_id=issue.id, key=digest_rules(vocabulary)
    )
    checked = _validate_merged(coded)
    # 3.
    kept = keep_speakers(keep_period(checked, parameters), parameters)
    check_quotes(kept["core_statements"], kept["raw_documents"])
    # 4.
    return _aggregate(
        Tables(
            parameters=parameters,
            vocabulary=vocabulary,
            issue=issue,
            codings=codings,
            coding_use=_within(use, kept["core_documents"]),
            rule_statements=of_documents(ruled["core_statements"], kept["core_documents"]),
            rule_dates=of_documents(ruled["core_dates"], kept["core_documents"]),
            **kept,
        )
    )


def _put_codings_in(
    ruled: dict[str, pd.DataFrame], codings: Codings, vocabulary: Vocabulary
) -> tuple[dict[str, pd.DataFrame], CodingUse]:
    """Return the tables with reviewed codings in the place of what the rules found, and which codings were used."""
    statements, dates, documents, use = apply_codings(
        ruled["core_statements"],
        ruled["core_dates"],
        ruled["core_documents"],
        raw=ruled["raw_documents"],
        codings=codings,
        vocabulary=vocabulary,
    )
    return {**ruled, "core_statements": statements, "core_dates": dates, "core_documents": documents}, use


def _aggregate(tables: Tables) -> Tables:
    """Fill the `out_` tables; statements of duplicates are not counted twice."""
    originals = tables.core_documents[tables.core_documents["duplicate_of"].isna()]
    statements = of_documents(tables.core_statements, originals)
    dates = of_documents(tables.core_dates, originals)
    return replace(
        tables,
        out_positions=validate(
            "out_positions",
            make_positions(statements, originals, issue_id=tables.issue.id, vocabulary=tables.vocabulary),
        ),
        out_timeline=validate(
            "out_timeline",
            make_timeline(
                dates,
                statements,
                issue=tables.issue,
                named=tables.vocabulary.dates.events,
                texts=dict(zip(tables.raw_documents["doc_id"], tables.raw_documents["text"], strict=True)),
                cues=tables.vocabulary.cues,
                mentions=of_documents(tables.core_mentions, originals),
                actors=tables.vocabulary.actors.actors,
            ),
        ),
        out_sources=validate("out_sources", make_sources(statements, originals)),
        out_network=make_network(statements, originals, issue_id=tables.issue.id),
    )


def _validate_merged(tables: dict[str, pd.DataFrame]) -> dict[str, pd.DataFrame]:
    """Validate the tables; what the rules made was valid, so a breach now comes from a coding.

    Raises:
        CodingError: A coding has a code or a number that its table does not allow.
    """
    try:
        return {name: validate(name, table) for name, table in tables.items()}
    except UserError:
        raise
    except MawaqifError as error:
        raise CodingError(
            f"a coding does not fit: {error.what}", where=f"data/coding, {error.where}", mend="Correct that cell."
        ) from error


def _within(use: CodingUse, documents: pd.DataFrame) -> CodingUse:
    """Keep the coded documents that are in the report."""
    present = set(documents["doc_id"])
    return replace(use, coded_documents=tuple(d for d in use.coded_documents if d in present))


def check_quotes(statements: pd.DataFrame, raw_documents: pd.DataFrame) -> None:
    """Check that every statement is an exact span of its source: `text[start:end] == quote`.

    Raises:
        EvidenceError: The first that is not, with its id, file and span.
    """
    sources = raw_documents.set_index("doc_id")[["text", "path"]]
    for row in iterate_rows(statements):
        text, path = sources.loc[row.doc_id]
        if text[row.start : row.end] != row.quote:
            raise EvidenceError(
                f"statement {row.statement_id} does not give back its text at {row.start}-{row.end}",
                where=str(path),
                mend="Code it again: its text has changed.",
            )


# --- rule tables, kept as parquet -----------------------------------------------------------------------------------


def _load_rule_tables(
    parameters: Parameters, paths: Paths, vocabulary: Vocabulary, *, jobs: int, progress: Progress | None
) -> dict[str, pd.DataFrame]:
    folder = parameters.corpus_path(paths)
    key = digest_inputs(folder, vocabulary)
    store = paths.tables / key[:16]
    if kept := _read_store(store, key):
        return kept
    tables = make_rule_tables(
        folder, paths.vocabulary, store=paths.tables / "readings.sqlite", jobs=jobs, progress=progress
    )
    _write_store(paths.tables, store, tables, key)
    return tables


def digest_inputs(corpus: Path, vocabulary: Vocabulary) -> str:
    """Return a checksum over the corpus (names and bytes), the vocabulary and the program."""
    root = corpus if corpus.is_dir() else corpus.parent
    files = digest_files((path.relative_to(root).as_posix(), path) for path in _corpus_files(corpus))
    return hashlib.sha256(f"{digest_rules(vocabulary)} {corpus} {files}".encode()).hexdigest()


def digest_rules(vocabulary: Vocabulary) -> str:
    """Return a checksum over what the rules are made of: vocabulary and program."""
    return hashlib.sha256((vocabulary.digest + digest_program()).encode()).hexdigest()


def _corpus_files(corpus: Path) -> list[Path]:
    if corpus.is_file():
        return [corpus]
    return sorted(p for p in corpus.rglob("*") if p.is_file() and not p.name.startswith("."))


def digest_program() -> str:
    """Return a checksum over the program's own source files."""
    return digest_package(Path(__file__).parent)


def _read_store(store: Path, key: str) -> dict[str, pd.DataFrame] | None:
    try:
        if json.loads((store / "key.json").read_text(encoding="utf-8"))["key"] != key:
            return None
        return {name: validate(name, pd.read_parquet(store / f"{name}.parquet")) for name in RULE_TABLES}
    except Exception:  # a damaged or half-deleted store of any kind is made again, never an error
        return None


def _write_store(parent: Path, store: Path, tables: dict[str, pd.DataFrame], key: str) -> None:
    parent.mkdir(parents=True, exist_ok=True)
    with folder_aside(parent) as staging:
        for name, table in tables.items():
            table.to_parquet(staging / f"{name}.parquet", index=False)
        (staging / "key.json").write_text(json.dumps({"key": key}), encoding="utf-8")
        shutil.rmtree(store, ignore_errors=True)
        os.replace(staging, store)
    for other in sorted((p for p in parent.iterdir() if p.is_dir()), key=lambda p: p.stat().st_mtime)[:-4]:
        shutil.rmtree(other, ignore_errors=True)


def make_rule_tables(
    folder: Path, vocabulary_folder: Path, *, store: Path, jobs: int = 1, progress: Progress | None = None
) -> dict[str, pd.DataFrame]:
    """Read a corpus and return its `raw_` and `core_` tables by rules alone.

    Documents that `store` keeps from an earlier run, under the same rules and vocabulary, are not read again.

    Raises:
        CorpusError: The folder is missing or empty, or nothing in it could be used.
    """
    raws, skipped = split_corpus(read_corpus(folder))
    if not raws:
        reasons = "; ".join(f"{s.path}: {s.reason}" for s in skipped[:3])
        raise CorpusError(
            f"none of the {len(skipped)} files can be used ({reasons})",
            where=str(folder),
            mend="Add Arabic articles as .txt, .html, .md, .jsonl or .csv.",
        )
    readings: list[Reading] = []
    for reading in read_with_store(raws, vocabulary_folder, store, line_counts=count_lines(raws), jobs=jobs):
        readings.append(reading)
        if progress:
            progress("annotate", len(readings), len(raws))
    duplicates = find_duplicates(sketch_document(reading) for reading in readings)
    readings = tell_copies_apart([replace(r, duplicate_of=duplicates.get(r.raw.doc_id)) for r in readings])
    vocabulary = load_vocabulary(vocabulary_folder)
    return _tabulate(readings, skipped, vocabulary)


def tell_copies_apart(readings: list[Reading]) -> list[Reading]:
    """Give the statements of every further copy of one text ids of their own; the original keeps the plain ones.

    An id is made from the text's checksum, which two files with the same bytes have in common.
    """
    seen: set[str] = set()
    apart: dict[str, Reading] = {}
    for reading in sorted(readings, key=lambda r: (r.duplicate_of is not None, r.raw.doc_id)):
        sha256, doc_id = reading.raw.sha256, reading.raw.doc_id
        if sha256 in seen:
            own = hashlib.sha256(f"{sha256}/{doc_id}".encode()).hexdigest()[:8]
            told = [replace(s, statement_id=s.statement_id.replace(sha256[:8], own, 1)) for s in reading.statements]
            reading = replace(reading, statements=type(reading.statements)(told))
        seen.add(sha256)
        apart[doc_id] = reading
    return [apart[reading.raw.doc_id] for reading in readings]


def split_corpus(items: Iterable[RawDocument | Skipped]) -> tuple[list[RawDocument], list[Skipped]]:
    """Separate documents from what could not be read."""
    raws: list[RawDocument] = []
    skipped: list[Skipped] = []
    for item in items:
        if isinstance(item, RawDocument):
            raws.append(item)
        else:
            skipped.append(item)
    return raws, skipped


def _tabulate(readings: list[Reading], skipped: list[Skipped], vocabulary: Vocabulary) -> dict[str, pd.DataFrame]:
    rows: dict[str, list[dict[str, Any]]] = {name: [] for name in RULE_TABLES}
    for r in readings:
        raw, doc_id = r.raw, r.raw.doc_id
        rows["raw_documents"].append(
            {k: getattr(raw, k) for k in ("doc_id", "path", "sha256", "encoding", "media_type", "text", "url")}
        )
        rows["core_documents"].append(_document_row(r))
        rows["core_boilerplate"] += [
            {"doc_id": doc_id, "start": b.start, "end": b.end, "kind": b.kind, "rule": b.rule} for b in r.boilerplate
        ]
        rows["core_mentions"] += [
            {"doc_id": doc_id, "actor_id": m.actor_id, "start": m.start, "end": m.end, "is_registered": m.registered}
            for m in r.mentions
        ]
        rows["core_statements"] += _statement_rows(r, vocabulary)
        rows["core_dates"] += _date_rows(r)
    rows["raw_skipped"] = [{"path": s.path, "reason": s.reason, "mend": s.mend} for s in skipped]
    return {
        name: validate(name, pd.DataFrame(rows[name], columns=list(TABLES[name].to_schema().columns)))
        for name in RULE_TABLES
    }


def _document_row(reading: Reading) -> dict[str, Any]:
    published = reading.published
    return {
        "doc_id": reading.raw.doc_id,
        "title": reading.words(reading.title) if reading.title else reading.raw.title,
        "title_start": reading.title.start if reading.title else None,
        "title_end": reading.title.end if reading.title else None,
        "outlet": reading.outlet,
        "outlet_id": reading.outlet_id,
        "author": reading.author,
        "published": write_day(published.day),
        "published_earliest": write_day(published.earliest or published.day),
        "published_latest": write_day(published.latest or published.day),
        "published_basis": published.basis,
        "views": reading.views,
        "reading_minutes": reading.reading_minutes,
        "duplicate_of": reading.duplicate_of,
        "n_characters": len(reading.text),
        "n_boilerplate": sum(b.end - b.start for b in reading.boilerplate),
        "n_sentences": len(reading.sentences),
    }


def _statement_rows(reading: Reading, vocabulary: Vocabulary) -> list[dict[str, Any]]:
    rows = []
    for s in reading.statements:
        actor = vocabulary.actor(s.speaker_id) if s.speaker_id else None
        rows.append(
            {
                "statement_id": s.statement_id,
                "doc_id": reading.raw.doc_id,
                "start": s.start,
                "end": s.end,
                "quote": reading.text[s.start : s.end],
                "kind": s.kind,
                "speaker_id": s.speaker_id,
                "speaker_name": s.speaker_name,
                "speaker_start": s.speaker.start if s.speaker else None,
                "speaker_end": s.speaker.end if s.speaker else None,
                "is_registered": actor is not None,
                "camp": actor.camp if actor else None,
                "grade": s.grade,
                "on_behalf_of_id": s.on_behalf_of_id,
                "cue_start": s.cue.start if s.cue else None,
                "cue_end": s.cue.end if s.cue else None,
                "issue": s.issue,
                "stance": s.stance,
                "modality": s.modality,
                "confidence": s.confidence,
                "coder": s.coder,
                "gloss_en": None,
            }
        )
    return rows


def _date_rows(reading: Reading) -> list[dict[str, Any]]:
    return [
        {
            "doc_id": reading.raw.doc_id,
            "start": d.start,
            "end": d.end,
            "quote": reading.text[d.start : d.end],
            "first": write_day(d.first),
            "last": write_day(d.last),
            "granularity": d.granularity,
            "status": d.status,
            "basis": d.basis,
            "what": reading.words(d.what) if d.what else None,
            "what_en": None,
            "what_ar": None,
            "coder": "rules",
        }
        for d in reading.dates
    ]
