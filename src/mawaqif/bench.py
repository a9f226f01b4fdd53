"""Measures the speed of reading and annotating, stage by stage, on one core and over processes."""

from __future__ import annotations

import json
import os
import platform
import resource
import time
from collections.abc import Callable
from dataclasses import asdict, dataclass, replace
from functools import partial
from pathlib import Path
from typing import Any

from mawaqif.clean import clean_document
from mawaqif.documents import ANNOTATORS, Annotator, read_documents, to_record
from mawaqif.errors import CorpusError
from mawaqif.ingest import read_corpus
from mawaqif.records import RawDocument, Reading
from mawaqif.vocabulary import Vocabulary, load_vocabulary

MINIMUM_DOCUMENTS = 500


@dataclass(frozen=True)
class Timing:
    """One stage: wall seconds, and what that is in documents and source megabytes (UTF-8) a second."""

    stage: str
    seconds: float
    documents_per_second: float
    megabytes_per_second: float


def run_bench(corpus: Path, vocabulary_folder: Path, *, jobs: int) -> dict[str, Any]:
    """Annotate a corpus, repeated until it has 500 documents, and return the timings with the machine's description.

    1. Each step by itself, on one core. 2. The whole chain on one core. 3. The whole chain over `jobs` processes.

    Raises:
        CorpusError: The corpus has no usable document.
    """
    raws = _repeat([raw for raw in read_corpus(corpus) if isinstance(raw, RawDocument)], corpus)
    megabytes = sum(len(raw.text.encode()) for raw in raws) / 1e6
    vocabulary = load_vocabulary(vocabulary_folder)
    clean_document(raws[0], vocabulary)
    timings: list[Timing] = []
    processor_seconds: dict[str, float] = {}  # of this process: other work on the machine disturbs it less

    def record(stage: str, work: Callable[[], Any]) -> Any:
        start, cpu_start = time.perf_counter(), time.process_time()
        result = work()
        seconds, cpu_seconds = time.perf_counter() - start, time.process_time() - cpu_start
        timings.append(Timing(stage, round(seconds, 3), round(len(raws) / seconds, 1), round(megabytes / seconds, 2)))
        processor_seconds[stage] = round(cpu_seconds, 3)
        return result

    # 1.
    readings = record("clean", lambda: [clean_document(raw, vocabulary) for raw in raws])
    for annotate in ANNOTATORS:
        annotate(readings[0], vocabulary)
        readings = record(annotate.__name__, partial(_annotate_all, annotate, readings, vocabulary))
    # 2.
    record("all, 1 process", lambda: sum(1 for _ in read_documents(raws, vocabulary_folder, finish=to_record)))
    # 3.
    if jobs > 1:
        record(
            f"all, {jobs} processes",
            lambda: sum(1 for _ in read_documents(raws, vocabulary_folder, finish=to_record, jobs=jobs)),
        )
    return {
        "documents": len(raws),
        "megabytes": round(megabytes, 2),
        "python": platform.python_version(),
        "cores": os.cpu_count(),
        "peak_memory_mb": round(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024),
        "processor_seconds": processor_seconds,
        "timings": [asdict(timing) for timing in timings],
    }


def _annotate_all(annotate: Annotator, readings: list[Reading], vocabulary: Vocabulary) -> list[Reading]:
    return [annotate(reading, vocabulary) for reading in readings]


def _repeat(raws: list[RawDocument], corpus: Path) -> list[RawDocument]:
    if not raws:
        raise CorpusError("no document can be used", where=str(corpus), mend="Name a folder of Arabic articles.")
    rounds = -(-MINIMUM_DOCUMENTS // len(raws))
    # Another id and a trailing space make each copy a document of its own for every cache.
    return [replace(raw, doc_id=f"{raw.doc_id}-{n}", text=raw.text + " " * n) for n in range(rounds) for raw in raws]


def write_bench(result: dict[str, Any], target: Path) -> None:
    """Write the figures as JSON."""
    target.parent.mkdir(parents=True, exist_ok=True)
    target.write_text(json.dumps(result, indent=2) + "\n", encoding="utf-8")
