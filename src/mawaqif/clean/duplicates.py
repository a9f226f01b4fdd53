"""Finds exact and near copies among any number of documents from small sketches of their content."""

from __future__ import annotations

import hashlib
import io
from array import array
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache
from typing import BinaryIO, TypeVar
from zlib import crc32

import numpy as np
import numpy.typing as npt
from rensa import RMinHash

from mawaqif.arabic.tokens import reading_numbers
from mawaqif.arabic.word_forms import FormFacts
from mawaqif.records import Reading

SHINGLE_WORDS = 5
SMALLEST_JACCARD = 0.5
"""Syndicated copies differ in headline, first and last paragraphs; from half of the 5-word shingles on, a copy."""

_BANDS, _SEED = 40, 20240816
_MOST_WORDS = 500_000
_MOST_COMPARED = 20
_MIX = 0x9E3779B97F4A7C15


@dataclass(frozen=True, slots=True)
class Sketch:
    """What is needed of a document to find its copies.

    `content` is a hash of all its words in order, 0 where there are none; `minhash` 80 MinHash values (uint32) of its
    5-word shingles; `shingles` the hashes of all of them (uint32, sorted, distinct).
    """

    doc_id: str
    content: int
    minhash: bytes
    shingles: bytes


def sketch_document(reading: Reading) -> Sketch:
    """Return the sketch of a cleaned document; page furniture is not compared, nor are marks."""
    codes = _CODES.of(reading_numbers(reading))[: 2 * _MOST_WORDS]
    codes = codes[codes != 0][:_MOST_WORDS]
    if not len(codes):
        return Sketch(reading.raw.doc_id, 0, b"", b"")
    shingles = _hash_shingles(codes)
    rows = np.array([0, len(shingles)], dtype=np.uint64)
    digest = RMinHash.digest_matrix_from_flat_token_hashes(shingles, rows, 2 * _BANDS, _SEED).to_rows()[0]
    content = hashlib.blake2b(codes.tobytes(), digest_size=8).digest()
    return Sketch(
        doc_id=reading.raw.doc_id,
        content=int.from_bytes(content, "little") or 1,
        minhash=np.array(digest, dtype=np.uint32).tobytes(),
        shingles=_distinct((shingles >> np.uint64(32)).astype(np.uint32)).tobytes(),
    )


def _hash_shingles(codes: npt.NDArray[np.uint64]) -> npt.NDArray[np.uint64]:
    """Return the distinct hashes of all runs of 5 words; of a shorter text the hash of the whole."""
    size = min(SHINGLE_WORDS, len(codes))
    count = len(codes) - size + 1
    mix = np.uint64(_MIX)
    hashes = np.zeros(count, dtype=np.uint64)
    for offset in range(size):  # a polynomial in the words, modulo 2**64
        hashes = hashes * mix + codes[offset : offset + count]
    hashes ^= hashes >> np.uint64(29)
    return _distinct(hashes * mix)


def _word_code(word: str) -> int:
    """Return the checksum of a word, 0 for a mark."""
    return crc32(word.encode("utf-8", "replace")) + 1 if word[0].isalnum() else 0


_CODES = FormFacts(_word_code, np.uint64)
_Number = TypeVar("_Number", np.uint32, np.uint64)


def _distinct(values: npt.NDArray[_Number]) -> npt.NDArray[_Number]:
    """Return the distinct values, sorted; for a thousand of them several times as fast as `np.unique`."""
    values = np.sort(values)
    is_first = np.ones(len(values), dtype=bool)
    np.not_equal(values[1:], values[:-1], out=is_first[1:])
    return values[is_first]


# --- all documents --------------------------------------------------------------------------------------------------


def find_duplicates(sketches: Iterable[Sketch]) -> dict[str, str]:
    """Return, for each document that repeats an earlier one, the id of the earliest of its group; see `CopyFinder`."""
    finder = CopyFinder()
    for sketch in sketches:
        finder.add(sketch)
    return finder.find()


class CopyFinder:
    """Collects sketches, about 400 bytes of memory a document, and finds the copies among them.

    Two documents are copies if their words are the same, or if the Jaccard index of their 5-word shingles is 0.5 or
    more. Pairs to be compared share one of 40 bands of 2 MinHash values, which misses 1 in 100,000 pairs at 0.5 and
    fewer above (Leskovec, Rajaraman and Ullman, Mining of Massive Datasets, section 3.4). Each pair is then compared
    by all its shingles, read back from the shelf, so that no two others pass for copies.
    """

    def __init__(self, shelf: BinaryIO | None = None) -> None:
        """Start without documents; the hashes of shingles go to the `shelf`, an open file, or else into memory."""
        self._shelf: BinaryIO = io.BytesIO() if shelf is None else shelf
        self._doc_ids: list[str] = []
        self._contents = array("Q")
        self._minhashes = array("I")
        self._places = array("Q", [0])
        self._shingles = lru_cache(maxsize=256)(self._read_shingles)

    def add(self, sketch: Sketch) -> None:
        """Note a document; one without words is no copy of anything."""
        if not sketch.content:
            return
        self._doc_ids.append(sketch.doc_id)
        self._contents.append(sketch.content)
        self._minhashes.frombytes(sketch.minhash)
        self._shelf.write(sketch.shingles)
        self._places.append(self._places[-1] + len(sketch.shingles))

    def find(self) -> dict[str, str]:
        """Return, for each document that repeats an earlier one, the id of the earliest of its group, in order.

        A copy of a copy counts for the first original.
        """
        earlier: dict[int, set[int]] = {}
        for i, j in self._candidates():
            earlier.setdefault(j, set()).add(i)
        origin = list(range(len(self._doc_ids)))
        for j in sorted(earlier):
            originals = {origin[i] for i in sorted(earlier[j]) if self._are_copies(i, j)}
            if originals:
                origin[j] = min(originals)
        return {self._doc_ids[j]: self._doc_ids[i] for j, i in enumerate(origin) if i != j}

    def _candidates(self) -> Iterator[tuple[int, int]]:
        """Yield pairs of positions, the earlier first, that have the same words or share a band.

        Of those with the same words only the first is compared with others. In a large group (a template, a daily
        bulletin) each is compared with the first few and the one before it, so that the number of pairs stays linear.
        """
        if not self._doc_ids:
            return
        contents = np.frombuffer(self._contents, dtype=np.uint64)
        for members in _groups(contents):
            for later in members[1:]:
                yield members[0], later
        distinct = np.sort(np.unique(contents, return_index=True)[1])
        digests = np.frombuffer(self._minhashes, dtype=np.uint32).reshape(len(contents), _BANDS, 2)
        for band in range(_BANDS):
            for group in _groups(_join(digests[distinct, band])):
                members = distinct[group].tolist()
                for at in range(1, len(members)):
                    for i in {*members[: min(at, _MOST_COMPARED)], members[at - 1]}:
                        yield i, members[at]

    def _are_copies(self, i: int, j: int) -> bool:
        if self._contents[i] == self._contents[j]:
            return True
        one, other = self._shingles(i), self._shingles(j)
        if min(len(one), len(other)) < SMALLEST_JACCARD * max(len(one), len(other)):
            return False
        both = len(np.intersect1d(one, other, assume_unique=True))
        return both >= SMALLEST_JACCARD * (len(one) + len(other) - both)

    def _read_shingles(self, number: int) -> npt.NDArray[np.uint32]:
        self._shelf.seek(self._places[number])
        data = self._shelf.read(self._places[number + 1] - self._places[number])
        return np.frombuffer(data, dtype=np.uint32)


def _groups(keys: npt.NDArray[np.uint64]) -> Iterator[list[int]]:
    """Yield the positions of each key that occurs more than once, in order."""
    order = np.argsort(keys, kind="stable")
    breaks = np.flatnonzero(np.diff(keys[order])) + 1
    edges = np.concatenate([[0], breaks, [len(order)]])
    for number in np.flatnonzero(np.diff(edges) > 1).tolist():
        yield order[edges[number] : edges[number + 1]].tolist()


def _join(pairs: npt.NDArray[np.uint32]) -> npt.NDArray[np.uint64]:
    """Return one key for each pair of values."""
    wide = pairs.astype(np.uint64)
    return (wide[:, 0] << np.uint64(32)) | wide[:, 1]
