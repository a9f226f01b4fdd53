"""Keeps what was read in each document, so that only new texts, or all after a change of rules, are read again."""

from __future__ import annotations

import hashlib
import sqlite3
import zlib
from collections.abc import Iterator, Sequence
from contextlib import closing, suppress
from dataclasses import replace
from functools import lru_cache
from pathlib import Path

from pydantic import TypeAdapter

from mawaqif.clean import LineFrequencies
from mawaqif.digests import digest_package
from mawaqif.documents import read_documents
from mawaqif.records import RawDocument, Reading
from mawaqif.vocabulary import load_vocabulary

# What a reading depends on besides the document and the vocabulary; charts and prose may change without it.
_RULE_CODE = ("arabic", "annotate", "clean", "documents.py", "ingest", "markup.py", "records.py", "vocabulary")
_AT_ONCE = 500
_WORTH_PROCESSES = 200  # a worker takes two seconds to start: many documents are read by then
_READING = TypeAdapter(Reading)
_NO_SOURCE = RawDocument(doc_id="", text="", sha256="", encoding="", path="")


def read_with_store(
    raws: Sequence[RawDocument],
    vocabulary_folder: Path,
    store: Path,
    *,
    line_counts: LineFrequencies,
    jobs: int = 1,
) -> Iterator[Reading]:
    """Yield the readings of `raws` in order; those kept from an earlier run are not made again.

    A reading is found again by a checksum over the document (text and what came with it), the lines of it that the
    corpus repeats, the vocabulary, and the source code of the rules. A damaged store is made anew, never an error;
    what a run that was ended had read is kept.

    Args:
        raws: The documents.
        vocabulary_folder: The folder of vocabulary files.
        store: An SQLite file, made where it is not there.
        line_counts: How often each line occurs in the corpus.
        jobs: Processes for the documents that must be read.
    """
    rules = hashlib.sha256(f"{load_vocabulary(vocabulary_folder).digest}{digest_rules()}".encode()).hexdigest()
    keys = [_key(raw, line_counts, rules) for raw in raws]
    with closing(_Store(store)) as kept:
        found = [kept.get(key, raw) for raw, key in zip(raws, keys, strict=True)]
        missing = [raw for raw, reading in zip(raws, found, strict=True) if reading is None]
        processes = jobs if len(missing) > _WORTH_PROCESSES else 1
        fresh = read_documents(missing, vocabulary_folder, finish=_whole, line_counts=line_counts, jobs=processes)
        made: dict[str, Reading] = {}
        try:
            for key, reading in zip(keys, found, strict=True):
                if reading is None:
                    reading = made[key] = next(fresh)
                yield reading
                if len(made) >= _AT_ONCE:
                    kept.put(made, rules)
                    made = {}
        finally:
            kept.put(made, rules)


def _whole(reading: Reading) -> Reading:
    return reading


def _key(raw: RawDocument, line_counts: LineFrequencies, rules: str) -> str:
    """Return the checksum over all that a reading depends on; the name of the file is not among it."""
    digest = hashlib.sha256(rules.encode())
    given = (raw.sha256, raw.encoding, raw.media_type, raw.title, raw.outlet, raw.author, raw.published, raw.url)
    digest.update(repr(given).encode())
    digest.update(raw.text.encode("utf-8", "surrogatepass"))
    digest.update("\n".join(line_counts.repeated_lines(raw)).encode("utf-8", "surrogatepass"))
    return digest.hexdigest()


@lru_cache(maxsize=1)
def digest_rules() -> str:
    """Return a checksum over the source code that readings depend on."""
    return digest_package(Path(__file__).parent, _RULE_CODE)


class _Store:
    """The SQLite file; where it cannot be used, nothing is kept and nothing fails."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._database = self._open() or self._open_anew()

    def _open(self) -> sqlite3.Connection | None:
        try:
            self._path.parent.mkdir(parents=True, exist_ok=True)
            database = sqlite3.connect(self._path, timeout=30)
            database.execute("create table if not exists readings (key text primary key, rules text, reading blob)")
            database.execute("select key, rules, reading from readings limit 1").fetchone()
        except (sqlite3.Error, OSError):
            return None
        return database

    def _open_anew(self) -> sqlite3.Connection | None:
        with suppress(OSError):
            self._path.unlink(missing_ok=True)
        return self._open()

    def get(self, key: str, raw: RawDocument) -> Reading | None:
        """Return the reading kept under `key`, of `raw`; None where there is none, or none that can be read."""
        if self._database is None:
            return None
        try:
            row = self._database.execute("select reading from readings where key = ?", (key,)).fetchone()
            return replace(_READING.validate_json(zlib.decompress(row[0])), raw=raw) if row else None
        except (sqlite3.Error, zlib.error, ValueError):
            return None

    def put(self, readings: dict[str, Reading], rules: str) -> None:
        """Keep readings, without their texts, and drop those made by other rules."""
        if self._database is None or not readings:
            return
        rows = [
            (key, rules, zlib.compress(_READING.dump_json(replace(reading, raw=_NO_SOURCE)), 1))
            for key, reading in readings.items()
        ]
        with suppress(sqlite3.Error), self._database:
            self._database.execute("delete from readings where rules != ?", (rules,))
            self._database.executemany("insert or replace into readings values (?, ?, ?)", rows)

    def close(self) -> None:
        """Close the file."""
        if self._database is not None:
            self._database.close()
