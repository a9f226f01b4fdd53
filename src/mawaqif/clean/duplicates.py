"""Finds exact and near copies among any number of documents from small sketches of their content."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import TypeVar
from zlib import crc32

import numpy as np
import numpy.typing as npt
from rensa import RMinHash

from mawaqif.arabic.reading_copy import reading_copy
from mawaqif.records import Reading

SHINGLE_WORDS = 5
SMALLEST_JACCARD = 0.5
"""Syndicated copies differ in headline, first and last paragraphs; from half of the 5-word shingles on, a copy."""

_BANDS, _ROWS, _SEED = 42, 3, 20240816
_SAMPLE = 512
_MOST_WORDS = 500_000
_MOST_COMPARED = 20
_MOST_REMEMBERED = 100_000
_WORD = re.compile(r"\w+")
_MIX = 0x9E3779B97F4A7C15


@dataclass(frozen=True, slots=True)
class Sketch:
    """What is kept of a document to find its copies, at most 3 kB.

    `content` is a hash of all its words in order, 0 where there are none; `minhash` 126 MinHash values (uint32) of its
    5-word shingles; `sample` the 512 smallest shingle hashes (uint32, sorted), all of them up to 516 words.
    """

    doc_id: str
    content: int
    minhash: bytes
    sample: bytes


def sketch_document(reading: Reading) -> Sketch:
    """Return the sketch of a cleaned document; page furniture is not compared."""
    words = _WORD.findall(reading_copy(reading).text)[:_MOST_WORDS]
    if not words:
        return Sketch(reading.raw.doc_id, 0, b"", b"")
    shingles = _hash_shingles(words)
    rows = np.array([0, len(shingles)], dtype=np.uint64)
    digest = RMinHash.digest_matrix_from_flat_token_hashes(shingles, rows, _BANDS * _ROWS, _SEED).to_rows()[0]
    sample = _distinct((shingles >> np.uint64(32)).astype(np.uint32))[:_SAMPLE]
    content = hashlib.blake2b(" ".join(words).encode("utf-8", "replace"), digest_size=8).digest()
    return Sketch(
        doc_id=reading.raw.doc_id,
        content=int.from_bytes(content, "little") or 1,
        minhash=np.array(digest, dtype=np.uint32).tobytes(),
        sample=sample.tobytes(),
    )


def _hash_shingles(words: list[str]) -> npt.NDArray[np.uint64]:
    """Return the distinct hashes of all runs of 5 words; of a shorter text the hash of the whole."""
    codes = np.array(list(map(_CODES.__getitem__, words)), dtype=np.uint64)
    size = min(SHINGLE_WORDS, len(codes))
    count = len(codes) - size + 1
    mix = np.uint64(_MIX)
    hashes = np.zeros(count, dtype=np.uint64)
    for offset in range(size):  # a polynomial in the words, modulo 2**64
        hashes = hashes * mix + codes[offset : offset + count] + np.uint64(1)
    hashes ^= hashes >> np.uint64(29)
    return _distinct(hashes * mix)


class _WordCodes(dict[str, int]):
    """The checksum of each word met so far: the words of a corpus repeat."""

    def __missing__(self, word: str) -> int:
        if len(self) >= _MOST_REMEMBERED:
            self.clear()
        self[word] = code = crc32(word.encode("utf-8", "replace"))
        return code


_CODES = _WordCodes()
_Number = TypeVar("_Number", np.uint32, np.uint64)


def _distinct(values: npt.NDArray[_Number]) -> npt.NDArray[_Number]:
    """Return the distinct values, sorted; for a thousand of them several times as fast as `np.unique`."""
    values = np.sort(values)
    is_first = np.ones(len(values), dtype=bool)
    np.not_equal(values[1:], values[:-1], out=is_first[1:])
    return values[is_first]


def find_duplicates(sketches: Iterable[Sketch]) -> dict[str, str]:
    """Return, for each document that repeats an earlier one, the id of the earliest of its group, in reading order.

    Two documents are copies if their words are the same, or if the Jaccard index of their 5-word shingles is 0.5 or
    more: computed exactly for texts of up to 516 words, estimated from 512 shingles (standard error 0.02) beyond. Pairs
    to be compared share one of 42 bands of 3 MinHash values, which misses 4 in 1,000 pairs at 0.5 and almost none at
    0.6 (Leskovec, Rajaraman and Ullman, Mining of Massive Datasets, section 3.4). A copy of a copy counts for the
    first original.
    """
    kept = [sketch for sketch in sketches if sketch.content]
    samples: list[npt.NDArray[np.uint32]] = [np.frombuffer(sketch.sample, dtype=np.uint32) for sketch in kept]
    origin = list(range(len(kept)))
    earlier: dict[int, set[int]] = {}
    for i, j in _candidates(kept):
        earlier.setdefault(j, set()).add(i)
    for j in sorted(earlier):
        originals = {origin[i] for i in sorted(earlier[j]) if _jaccard(samples[i], samples[j]) >= SMALLEST_JACCARD}
        if originals:
            origin[j] = min(originals)
    return {kept[j].doc_id: kept[i].doc_id for j, i in enumerate(origin) if i != j}


def _candidates(sketches: list[Sketch]) -> Iterator[tuple[int, int]]:
    """Yield pairs of positions, the earlier first, that have the same words or share a band.

    In a large group (a template, a daily bulletin) each is compared with the first few and the one before it, so that
    the number of pairs stays linear.
    """
    if len(sketches) < 2:
        return
    keys = [np.array([sketch.content for sketch in sketches], dtype=np.uint64)]
    digests = np.frombuffer(b"".join(sketch.minhash for sketch in sketches), dtype=np.uint32)
    digests = digests.reshape(len(sketches), _BANDS, _ROWS)
    for band in range(_BANDS):
        key = np.zeros(len(sketches), dtype=np.uint64)
        for row in range(_ROWS):
            key = key * np.uint64(_MIX) + digests[:, band, row]
        keys.append(key)
    for key in keys:
        order = np.argsort(key, kind="stable")
        breaks = np.flatnonzero(np.diff(key[order])) + 1
        for group in np.split(order, breaks) if len(breaks) < len(order) - 1 else ():
            members = group.tolist()
            for at in range(1, len(members)):
                for i in {*members[: min(at, _MOST_COMPARED)], members[at - 1]}:
                    yield i, members[at]


def _jaccard(one: npt.NDArray[np.uint32], other: npt.NDArray[np.uint32]) -> float:
    """Return the Jaccard index of two sets of shingle hashes, from the smallest of their union if they are samples."""
    both = np.intersect1d(one, other, assume_unique=True)
    union = np.union1d(one, other)
    if len(one) == _SAMPLE or len(other) == _SAMPLE:
        union = union[:_SAMPLE]
        both = both[both <= union[-1]]
    return len(both) / len(union)
