"""Measures annotation: the speed of each step, of the whole over processes, and memory as documents grow in number."""

from __future__ import annotations

import json
import multiprocessing
import os
import platform
import resource
import tempfile
import time
from collections.abc import Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import asdict, dataclass, replace
from itertools import count, islice
from pathlib import Path
from typing import Any

from mawaqif.annotation_file import write_annotations
from mawaqif.clean import clean_document, sketch_document
from mawaqif.documents import ANNOTATORS, count_lines, load_rules, to_record
from mawaqif.errors import CorpusError
from mawaqif.ingest import read_corpus
from mawaqif.records import RawDocument

FEW, MANY = 500, 5000
"""Documents: what each step is measured on, and what the whole is; memory is measured on both."""


@dataclass(frozen=True)
class Timing:
    """One step: wall and processor seconds, documents and source megabytes (10**6 bytes of UTF-8) a wall second.

    `share` is the percentage of the processor time of all steps, `peak_memory_mb` that of a whole run.
    """

    step: str
    documents: int
    seconds: float
    processor_seconds: float
    documents_per_second: float
    megabytes_per_second: float
    peak_memory_mb: int | None = None
    share: float | None = None


def run_bench(corpus: Path, vocabulary_folder: Path, *, jobs: int | None = None) -> dict[str, Any]:
    """Measure on a folder or file of articles, repeated where they are too few, and describe the machine.

    1. Each step, on one core, while 500 documents in memory go through all of them one by one, as in a run: what a step
    finds out for those after it, such as the words of a document, counts where it is found out. 2. The whole of
    `mawaqif annotate`, from a JSONL file to a JSONL file, each time in a new process: 500 and 5,000 documents on one
    core, which shows whether memory grows with their number, then 5,000 over 2, 4, ... processes.

    Args:
        corpus: A folder of articles or a JSONL file.
        vocabulary_folder: The vocabulary.
        jobs: The most processes to use; all cores without it.

    Raises:
        CorpusError: The corpus has no usable document.
    """
    raws = [raw for raw in islice(read_corpus(corpus), 2 * MANY) if isinstance(raw, RawDocument)]
    if not raws:
        raise CorpusError("no document can be used", where=str(corpus), mend="Name a folder of Arabic articles.")
    steps = measure_steps(list(islice(_repeated(raws), FEW)), vocabulary_folder)  # 1.
    whole = measure_whole(raws, vocabulary_folder, jobs=jobs or os.cpu_count() or 1)  # 2.
    return {
        "corpus_documents": len(raws),
        "machine": {"processor": _processor(), "cores": os.cpu_count(), "python": platform.python_version()},
        "steps": [asdict(timing) for timing in steps],
        "whole": [asdict(timing) for timing in whole],
    }


def _repeated(raws: Sequence[RawDocument]) -> Iterator[RawDocument]:
    """Yield the documents over and over; spaces at the end make each copy a document of its own for every cache."""
    for turn in count():
        for raw in raws:
            yield replace(raw, doc_id=f"{raw.doc_id}-{turn}", text=raw.text + " " * turn) if turn else raw


def measure_steps(raws: Sequence[RawDocument], vocabulary_folder: Path) -> list[Timing]:
    """Time each step while the documents pass through all of them, after the rules were warmed up on one."""
    vocabulary = load_rules(vocabulary_folder)
    line_counts = count_lines(raws)
    clock = _Clock()
    for raw in raws:
        clock.start()
        line_counts.add(raw)
        clock.lap("count lines")
        reading = clean_document(raw, vocabulary, line_counts=line_counts)
        clock.lap("clean")
        for annotate in ANNOTATORS:
            reading = annotate(reading, vocabulary)
            clock.lap(annotate.__name__)
        sketch_document(reading)
        clock.lap("sketch")
        json.dumps(to_record(reading), ensure_ascii=False)
        clock.lap("record")
    megabytes = _megabytes(raws)
    total = sum(used for _, used in clock.laps.values())
    return [
        replace(_timing(step, len(raws), megabytes, seconds, used), share=round(100 * used / total, 1))
        for step, (seconds, used) in clock.laps.items()
    ]


class _Clock:
    """Adds up wall and processor seconds by step."""

    def __init__(self) -> None:
        self.laps: dict[str, tuple[float, float]] = {}
        self.start()

    def start(self) -> None:
        self._wall, self._used = time.perf_counter(), time.process_time()

    def lap(self, step: str) -> None:
        """Count the time since the last call for a step."""
        wall, used = self._wall, self._used
        self.start()
        seconds, processor_seconds = self.laps.get(step, (0.0, 0.0))
        self.laps[step] = (seconds + self._wall - wall, processor_seconds + self._used - used)


def measure_whole(raws: Sequence[RawDocument], vocabulary_folder: Path, *, jobs: int) -> list[Timing]:
    """Time `mawaqif annotate` from file to file: few and many documents on one core, many over more processes."""
    timings: list[Timing] = []
    with tempfile.TemporaryDirectory(prefix="mawaqif-bench-") as name:
        folder = Path(name)
        for n_documents, n_jobs in [(FEW, 1), (MANY, 1), *((MANY, n) for n in _doublings(jobs))]:
            documents = list(islice(_repeated(raws), n_documents))
            source = folder / "documents.jsonl"
            with source.open("w", encoding="utf-8") as file:
                file.writelines(_row(raw) + "\n" for raw in documents)
            megabytes = _megabytes(documents)
            documents.clear()
            context = multiprocessing.get_context("spawn")
            with ProcessPoolExecutor(1, context) as pool:
                made = pool.submit(_annotate, source, folder / "out.jsonl", vocabulary_folder, n_jobs).result()
            step = f"annotate, {n_jobs} process{'es' if n_jobs > 1 else ''}"
            timings.append(_timing(step, n_documents, megabytes, *made))
    return timings


def _doublings(jobs: int) -> list[int]:
    return sorted({*(2**n for n in range(1, jobs.bit_length()) if 2**n <= jobs), jobs} - {1})


def _row(raw: RawDocument) -> str:
    row = {"id": raw.doc_id, "text": raw.text, "title": raw.title, "outlet": raw.outlet, "published": raw.published}
    return json.dumps({key: value for key, value in row.items() if value is not None}, ensure_ascii=False)


def _annotate(source: Path, target: Path, vocabulary_folder: Path, jobs: int) -> tuple[float, float, int]:
    """Annotate a file in this process; return wall and processor seconds without start-up, and peak memory in MB."""
    load_rules(vocabulary_folder)
    start, processor_start = time.perf_counter(), _processor_seconds()
    write_annotations(source, target, vocabulary_folder=vocabulary_folder, jobs=jobs)
    seconds, processor_seconds = time.perf_counter() - start, _processor_seconds() - processor_start
    kilobytes = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return seconds, processor_seconds, round(kilobytes / 1024)


def _processor_seconds() -> float:
    used = [resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)]
    return sum(usage.ru_utime + usage.ru_stime for usage in used)


def _timing(
    step: str,
    n_documents: int,
    megabytes: float,
    seconds: float,
    processor_seconds: float,
    peak_memory_mb: int | None = None,
) -> Timing:
    return Timing(
        step,
        n_documents,
        round(seconds, 3),
        round(processor_seconds, 3),
        round(n_documents / max(seconds, 1e-9), 1),
        round(megabytes / max(seconds, 1e-9), 2),
        peak_memory_mb,
    )


def _megabytes(raws: Sequence[RawDocument]) -> float:
    return sum(len(raw.text.encode()) for raw in raws) / 1e6


def _processor() -> str:
    """Return the processor's name as Linux gives it, else what Python knows."""
    try:
        lines = Path("/proc/cpuinfo").read_text(encoding="utf-8").splitlines()
    except OSError:
        lines = []
    named = next((line.partition(":")[2].strip() for line in lines if line.startswith("model name")), "")
    return named or platform.processor() or platform.machine()


def write_bench(result: dict[str, Any], target: Path) -> None:
    """Write the figures as JSON."""
    target.parent.mkdir(parents=True, exist_ok=True)
    target.write_text(json.dumps(result, indent=2) + "\n", encoding="utf-8")
