"""Counts in how many documents each line occurs, in a fixed few megabytes however large the corpus is."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable

import numpy as np

from mawaqif.arabic.text import fold_text
from mawaqif.clean.lines import Line, page_copy, split_lines
from mawaqif.markup import BLOCK_ELEMENTS, scan_html
from mawaqif.records import MarkedSpan, RawDocument

FEWEST_DOCUMENTS = 3
SMALLEST_SHARE = 0.002
"""A line is repeated from 3 documents on, and from 1 in 500: each outlet of a large corpus has its own furniture."""

_ROWS, _WIDTH = 4, 1 << 18
_BLOOM_BITS = 1 << 23
_LONGEST_COUNTED, _SHORTEST_TELLING = 20, 12


class LineFrequencies:
    """A count-min sketch of short lines by the documents they occur in; counts may be over, never under.

    A copy of an article must not turn its own headlines into repeated lines, so a document most of whose long lines
    were seen before is not counted. Source of the sketch: Cormode and Muthukrishnan, An Improved Data Stream Summary:
    The Count-Min Sketch and its Applications (2005); here 4 rows of 2**18 (4 MiB), and 1 MiB of bits for long lines.
    """

    def __init__(self) -> None:
        self.n_documents = 0
        self._counts = np.zeros((_ROWS, _WIDTH), dtype=np.uint32)
        self._seen = bytearray(_BLOOM_BITS // 8)

    def add(self, raw: RawDocument) -> None:
        """Count the lines of one document, unless it is a copy of one that was counted."""
        self.add_lines(_lines_of(raw))

    def add_lines(self, lines: Iterable[Line]) -> None:
        """Count the lines of one document, each once."""
        lines = list(lines)
        long = {_hash(line.text[:500]) for line in lines if line.n_words >= _SHORTEST_TELLING}
        n_seen = sum(self._see(value) for value in long)
        self.n_documents += 1
        if long and n_seen > len(long) / 2:
            return
        short = {_hash(line.core) for line in lines if line.core and line.n_words <= _LONGEST_COUNTED}
        values = np.array(list(short), dtype=np.uint64)
        for row in range(_ROWS):
            np.add.at(self._counts[row], (values >> np.uint64(15 * row)) % np.uint64(_WIDTH), 1)

    def is_repeated(self, line: Line) -> bool:
        """Whether the line occurs in so many documents that it belongs to the pages and not to an article."""
        if not line.core:
            return False
        return self.count(line) >= max(FEWEST_DOCUMENTS, SMALLEST_SHARE * self.n_documents)

    def repeated_lines(self, raw: RawDocument) -> list[str]:
        """Return the lines of a document that the corpus repeats: all by which other documents bear on its reading."""
        return [line.core for line in _lines_of(raw) if self.is_repeated(line)]

    def count(self, line: Line) -> int:
        """Return in how many counted documents the line occurs."""
        value = _hash(line.core)
        return min(int(self._counts[row, (value >> 15 * row) % _WIDTH]) for row in range(_ROWS))

    def _see(self, value: int) -> bool:
        """Note a long line and say whether it was noted before."""
        bits = ((value % _BLOOM_BITS), (value >> 24) % _BLOOM_BITS)
        seen = all(self._seen[b >> 3] >> (b & 7) & 1 for b in bits)
        for b in bits:
            self._seen[b >> 3] |= 1 << (b & 7)
        return seen


def _lines_of(raw: RawDocument) -> list[Line]:
    if raw.media_type != "html":
        return split_lines(fold_text(raw.text))
    tags = scan_html(raw.text)
    marked = [MarkedSpan(t.start, t.end, "markup", "block" if t.name in BLOCK_ELEMENTS else "inline") for t in tags]
    return split_lines(page_copy(raw.text, marked, is_html=True).text)


def _hash(text: str) -> int:
    return int.from_bytes(hashlib.blake2b(text.encode("utf-8", "replace"), digest_size=8).digest(), "little")
