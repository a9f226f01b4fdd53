"""Reads, cleans and annotates one document by rules alone, and makes the JSON record that other programs read."""

from __future__ import annotations

import gc
import multiprocessing
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import ProcessPoolExecutor
from functools import lru_cache
from itertools import islice
from pathlib import Path
from typing import Any, TypeVar

from mawaqif.annotate.actors import annotate_actors
from mawaqif.annotate.dates import annotate_dates
from mawaqif.annotate.publication import infer_publication
from mawaqif.annotate.stance import annotate_stance
from mawaqif.annotate.statements import annotate_statements
from mawaqif.clean import LineFrequencies, clean_document
from mawaqif.errors import EvidenceError, MawaqifError, VocabularyError
from mawaqif.records import DateExpression, RawDocument, Reading, Span, Statement, write_day
from mawaqif.vocabulary import Vocabulary, load_vocabulary
from mawaqif.workers import end_with_parent

Annotator = Callable[[Reading, Vocabulary], Reading]

# In order: who a statement is by needs the actors, when a text appeared helps to date what it tells.
ANNOTATORS: tuple[Annotator, ...] = (
    annotate_actors,
    infer_publication,
    annotate_dates,
    annotate_statements,
    annotate_stance,
)


def read_document(raw: RawDocument, vocabulary: Vocabulary, *, line_counts: LineFrequencies | None = None) -> Reading:
    """Clean and annotate one document; a pure, picklable function of its arguments.

    Raises:
        EvidenceError: A span lies outside the text: a fault of an annotator, never passed on.
    """
    reading = clean_document(raw, vocabulary, line_counts=line_counts)
    for annotate in ANNOTATORS:
        reading = annotate(reading, vocabulary)
    check_spans(reading)
    return reading


def load_rules(vocabulary_folder: Path) -> Vocabulary:
    """Load the vocabulary and read one sentence with it, so that a file no rule can be made of is the file's fault.

    Raises:
        VocabularyError: A file breaks its contract, or the rules cannot be made from what it holds.
    """
    vocabulary = load_vocabulary(vocabulary_folder)
    try:
        _try_rules(vocabulary)
    except MawaqifError:
        raise
    except Exception as error:
        raise VocabularyError(
            f"no rules can be made of these files: {type(error).__name__}: {error}",
            where=str(vocabulary_folder),
            mend="Undo the last change to them.",
        ) from error
    return vocabulary


@lru_cache(maxsize=4)
def _try_rules(vocabulary: Vocabulary) -> None:
    text = "أكد الوزير أمس الخميس أن القوات ستغادر البلاد في 2026، بحسب مصادر."
    read_document(RawDocument("sample", text, "0" * 64, "utf-8", "sample"), vocabulary)


def check_spans(reading: Reading) -> None:
    """Check that every span found lies within the text and is not empty.

    Raises:
        EvidenceError: With the document and the span.
    """
    length = len(reading.text)
    spans: list[tuple[int, int]] = [(s.start, s.end) for s in reading.statements]
    spans += [(m.start, m.end) for m in reading.mentions]
    spans += [(d.start, d.end) for d in reading.dates]
    spans += [(m.start, m.end) for m in reading.boilerplate]
    spans += [span for s in reading.statements for span in (s.cue, s.speaker) if span]
    for start, end in spans:
        if not 0 <= start < end <= length:
            raise EvidenceError(
                f"the span {start}-{end} is outside the text of {length} characters", where=reading.raw.path
            )


# --- many documents -------------------------------------------------------------------------------------------------

_T = TypeVar("_T")
_BATCH = 16
_WORKER: dict[str, Any] = {}
_RARELY = (100_000, 20, 20)
"""Thresholds of the cyclic garbage collector, which looks at the whole vocabulary each time and takes a tenth of all
time as Python sets it: what is made for a document has no cycles and goes by itself."""


def read_documents(
    raws: Iterable[RawDocument],
    vocabulary_folder: Path,
    *,
    finish: Callable[[Reading], _T],
    line_counts: LineFrequencies | None = None,
    jobs: int = 1,
) -> Iterator[_T]:
    """Read documents in order and yield `finish(reading)` of each; with `jobs`, over processes.

    A bounded number of documents is in flight, so memory does not grow with the corpus. `finish` is a module-level
    function: it runs in the worker, and only what it returns comes back.
    """
    thresholds = gc.get_threshold()
    _start_worker(vocabulary_folder, line_counts)
    try:
        if jobs <= 1:
            yield from (finish(_read_one(raw)) for raw in raws)
        else:
            yield from _read_over_processes(raws, finish, jobs, (vocabulary_folder, line_counts))
    finally:
        gc.set_threshold(*thresholds)


def _read_over_processes(
    raws: Iterable[RawDocument], finish: Callable[[Reading], _T], jobs: int, given: tuple[Any, ...]
) -> Iterator[_T]:
    source = iter(raws)
    batches = iter(lambda: list(islice(source, _BATCH)), [])
    context = multiprocessing.get_context("spawn")
    with ProcessPoolExecutor(jobs, context, _start_worker, given) as pool:
        waiting = deque(pool.submit(_read_batch, batch, finish) for batch in islice(batches, jobs * 3))
        while waiting:
            results = waiting.popleft().result()
            waiting.extend(pool.submit(_read_batch, batch, finish) for batch in islice(batches, 1))
            yield from results


def _start_worker(vocabulary_folder: Path, line_counts: LineFrequencies | None) -> None:
    end_with_parent()
    _WORKER.update(vocabulary=load_rules(vocabulary_folder), line_counts=line_counts)
    gc.set_threshold(*_RARELY)


def _read_one(raw: RawDocument) -> Reading:
    return read_document(raw, _WORKER["vocabulary"], line_counts=_WORKER["line_counts"])


def _read_batch(batch: list[RawDocument], finish: Callable[[Reading], _T]) -> list[_T]:
    return [finish(_read_one(raw)) for raw in batch]


def count_lines(raws: Iterable[RawDocument]) -> LineFrequencies:
    """Count the lines of all documents: what many pages repeat is not article text."""
    counts = LineFrequencies()
    for raw in raws:
        counts.add(raw)
    return counts


# --- the JSON record ------------------------------------------------------------------------------------------------


def to_record(reading: Reading) -> dict[str, Any]:
    """Return the JSON record of one document (DESIGN: `mawaqif annotate`); its keys and types are a contract."""
    published = reading.published
    return {
        "doc_id": reading.raw.doc_id,
        "sha256": reading.raw.sha256,
        "encoding": reading.raw.encoding,
        "title": _pair(reading.title),
        "outlet": reading.outlet,
        "published": {
            "date": write_day(published.day),
            "earliest": write_day(published.earliest),
            "latest": write_day(published.latest),
            "basis": published.basis,
        },
        "views": reading.views,
        "reading_minutes": reading.reading_minutes,
        "duplicate_of": reading.duplicate_of,
        "boilerplate": [[s.start, s.end] for s in reading.boilerplate],
        "mentions": [
            {"actor_id": m.actor_id, "start": m.start, "end": m.end, "registered": m.registered}
            for m in reading.mentions
        ],
        "statements": [_statement_record(s) for s in reading.statements],
        "dates": [date_record(d) for d in reading.dates],
    }


def _statement_record(statement: Statement) -> dict[str, Any]:
    return {
        "statement_id": statement.statement_id,
        "speaker_id": statement.speaker_id,
        "speaker_name": statement.speaker_name,
        "speaker": _pair(statement.speaker),
        "cue": _pair(statement.cue),
        "kind": statement.kind,
        "start": statement.start,
        "end": statement.end,
        "issue": statement.issue,
        "stance": statement.stance,
        "modality": statement.modality,
        "confidence": round(statement.confidence, 3),
        "coder": statement.coder,
    }


def date_record(expression: DateExpression) -> dict[str, Any]:
    """Return the JSON object of one date expression, as in the record and from `mawaqif dates`."""
    return {
        "start": expression.start,
        "end": expression.end,
        "from": write_day(expression.first),
        "to": write_day(expression.last),
        "granularity": expression.granularity,
        "status": expression.status,
        "basis": expression.basis,
    }


def _pair(span: Span | None) -> list[int] | None:
    return [span.start, span.end] if span else None
