"""Annotates a corpus into one JSON record a line, streamed, with nothing written where nothing could be read."""

from __future__ import annotations

import json
import os
import pickle
import sys
import tempfile
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import TextIO

from mawaqif.clean import CopyFinder, LineFrequencies, Sketch, sketch_document
from mawaqif.documents import read_documents, to_record
from mawaqif.errors import CorpusError, ParameterError
from mawaqif.ingest import read_corpus
from mawaqif.records import RawDocument, Reading, Skipped


@dataclass(frozen=True)
class Written:
    """How many documents and statements were written, and how many files or rows were skipped."""

    documents: int
    statements: int
    skipped: int


def write_annotations(
    source: Path,
    target: Path,
    *,
    vocabulary_folder: Path,
    jobs: int = 1,
    on_skipped: Callable[[Skipped], None] = lambda skipped: None,
    on_document: Callable[[int, int], None] = lambda done, total: None,
) -> Written:
    """Annotate `source` into the JSONL file `target` (`-`: standard output), in one atomic step.

    1. Read the documents and set them aside while their repeated lines are counted: what a line is worth is known only
       when all have been seen.
    2. Annotate them, and write records aside while keeping a sketch of each.
    3. Find duplicates and write them into their records; move the file into place.

    Raises:
        CorpusError: The source is missing, empty, or nothing in it can be used.
        ParameterError: The target's folder does not exist, or the target is a folder.
    """
    _check_target(source, target)
    with tempfile.TemporaryDirectory(prefix=".annotating-", dir=None if str(target) == "-" else target.parent) as aside:
        # 1.
        documents = _SetAside(Path(aside) / "documents")
        skipped = documents.fill(source, on_skipped)
        # 2.
        records = Path(aside) / "records.jsonl"
        done = read_documents(
            documents, vocabulary_folder, finish=_finish, line_counts=documents.line_counts, jobs=jobs
        )
        with (Path(aside) / "shingles").open("w+b") as shelf:
            copies = CopyFinder(shelf)
            n_statements = _write_records(done, records, copies, lambda n: on_document(n, documents.count))
            # 3.
            duplicates = copies.find()
        _finish_file(records, duplicates, target)
    return Written(documents.count, n_statements, skipped)


class _SetAside:
    """The usable documents of a corpus in a file: read from their sources once, and held in memory one at a time."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self.count = 0
        self.line_counts = LineFrequencies()

    def fill(self, source: Path, on_skipped: Callable[[Skipped], None]) -> int:
        """Read a corpus and count its documents and their lines; return how many files and rows cannot be used."""
        n_skipped = 0
        with self._path.open("wb") as file:
            for item in read_corpus(source):
                if isinstance(item, Skipped):
                    n_skipped += 1
                    on_skipped(item)
                    continue
                pickle.dump(item, file, protocol=pickle.HIGHEST_PROTOCOL)
                self.line_counts.add(item)
                self.count += 1
        if not self.count:
            raise CorpusError(
                f"none of its {n_skipped} files or rows can be used", where=str(source), mend="Add Arabic articles."
            )
        return n_skipped

    def __iter__(self) -> Iterator[RawDocument]:
        """Yield the documents in the order of the corpus."""
        with self._path.open("rb") as file:
            for _ in range(self.count):
                yield pickle.load(file)  # written just now, by this process, into a folder of its own


def _write_records(
    done: Iterable[tuple[str, Sketch, int]], records: Path, copies: CopyFinder, on_record: Callable[[int], None]
) -> int:
    """Write each record as it is made and note its sketch; return how many statements they hold."""
    n_statements = 0
    with records.open("w", encoding="utf-8") as file:
        for number, (line, sketch, statements) in enumerate(done, start=1):
            file.write(line + "\n")
            copies.add(sketch)
            n_statements += statements
            on_record(number)
    return n_statements


def _check_target(source: Path, target: Path) -> None:
    if str(target) == "-":
        return
    if target.exists() and source.exists() and target.samefile(source):
        raise ParameterError("it is also the input", where=str(target), mend="Name another file to write.")
    if target.exists() and not target.is_dir() and not target.is_file():
        raise ParameterError("it is a device or a pipe", where=str(target), mend="Use - for standard output.")
    if target.is_dir():
        raise ParameterError("it is a folder", where=str(target), mend="Name a file, such as annotated.jsonl.")
    if not target.parent.is_dir():
        raise ParameterError("its folder does not exist", where=str(target), mend=f"Run: mkdir -p '{target.parent}'.")
    if not os.access(target.parent, os.W_OK):
        raise ParameterError(
            "its folder cannot be written to", where=str(target), mend="Name a file in another folder."
        )


def _finish(reading: Reading) -> tuple[str, Sketch, int]:
    record = to_record(reading)
    return json.dumps(record, ensure_ascii=False), sketch_document(reading), len(reading.statements)


def _finish_file(records: Path, duplicates: dict[str, str], target: Path) -> None:
    if str(target) == "-":
        _copy_with(records, duplicates, sys.stdout)
        return
    if duplicates:
        marked = records.with_name("marked.jsonl")
        with marked.open("w", encoding="utf-8") as file:
            _copy_with(records, duplicates, file)
        records = marked
    os.replace(records, target)


def _copy_with(records: Path, duplicates: dict[str, str], file: TextIO) -> None:
    """Copy the lines, and say in those of duplicates what they repeat."""
    with records.open(encoding="utf-8") as lines:
        for line in lines:
            if duplicates and (original := duplicates.get(_doc_id(line))):
                # Inside a string the quotation marks of the key would be escaped, so this is the key itself.
                line = line.replace(_NO_ORIGINAL, f'"duplicate_of": {json.dumps(original, ensure_ascii=False)}', 1)
            file.write(line)


_NO_ORIGINAL = '"duplicate_of": null'


def _doc_id(line: str) -> str:
    """Read the id off the head of a record, which begins with it."""
    doc_id, _ = json.JSONDecoder().raw_decode(line, line.index(":") + 2)
    return str(doc_id)
