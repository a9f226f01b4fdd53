"""Puts the Arabic words of a PDF into reading order, so that readers find phrases and not only single words.

Typst draws each line from its left end, in Arabic word by word, last word first. Readers that sort by place on the page
(poppler, Chrome) do not mind. Readers that take words as they come (Firefox, pypdf) then have each line backwards.
Every word is drawn at a place of its own, so their order can change without anything moving on the page.

1. Take the file apart at its cross-reference table.
2. In each page's drawing, reverse the pieces of every run of Arabic.
3. Put the file together again with a new table.
"""

from __future__ import annotations

import re
import zlib

_STRING = rb"(?:\((?:[^\\()]|\\.)*+\)|<[0-9A-F]*>)"
_PIECE = re.compile(
    rb"(?:/Span<</ActualText<(?P<actual>[0-9A-F]*)>>>BDC)?(?P<reversed>/ReversedChars BMC)?"
    rb" ?\d+ Tr/\w+ [\d.]+ Tf(?: [-\d.]+){6} Tm"
    rb"(?:\[(?:" + _STRING + rb"|[-\d. ])*+\]TJ|" + _STRING + rb"Tj)(?:\nEMC)*",
    re.DOTALL,
)
"""One string as Typst draws it: perhaps with the text that it stands for, with font, place and glyphs."""
_RUN = re.compile(rb"(?<=\nBT)(?:" + re.sub(rb"\?P<\w+>", b"?:", _PIECE.pattern) + rb"){2,}+(?=\nET\n)", re.DOTALL)
_STREAM = re.compile(rb"(<<[^<>]*?/Length )(\d+)([^<>]*>>\nstream\n)", re.DOTALL)
_LONGEST_HEAD = 1_000
_ENTRY = re.compile(rb"(\d{10}) (\d{5}) n\r\n")


def settle_reading_order(pdf: bytes) -> bytes:
    """Return the PDF with the words of Arabic lines in reading order; a file of another make comes back unchanged."""
    # 1.
    place = re.search(rb"startxref\n(\d+)\n%%EOF\s*$", pdf)
    if place is None or not pdf.startswith(b"xref\n", table := int(place.group(1))):
        return pdf
    starts = sorted(int(match.group(1)) for match in _ENTRY.finditer(pdf, table))
    made = bytearray(pdf[: starts[0]])
    moved: dict[int, int] = {}
    # 2.
    for start, end in zip(starts, [*starts[1:], table], strict=True):
        moved[start] = len(made)
        made += _settle_object(pdf[start:end])
    # 3.
    new_table = len(made)
    made += _ENTRY.sub(lambda m: b"%010d %s n\r\n" % (moved[int(m.group(1))], m.group(2)), pdf[table : place.start()])
    return bytes(made) + b"startxref\n%d\n%%%%EOF" % new_table


def _settle_object(written: bytes) -> bytes:
    """Return an object of the file with its drawing settled, or as it is where it is something else."""
    head = _STREAM.search(written[:_LONGEST_HEAD])
    if head is None or b"/FlateDecode" not in head.group() or b"/Type" in head.group():
        return written
    length = int(head.group(2))
    body = written[head.end() : head.end() + length]
    drawing = zlib.decompress(body)
    settled = settle_drawing(drawing)
    if settled == drawing:
        return written
    packed = zlib.compress(settled, 9)
    new_head = head.group(1) + b"%d" % len(packed) + head.group(3)
    return written[: head.start()] + new_head + packed + written[head.end() + length :]


def settle_drawing(drawing: bytes) -> bytes:
    """Return a page's drawing with the pieces of each Arabic run reversed; nothing else differs."""
    return _RUN.sub(_reverse_run, drawing) if b"BT" in drawing else drawing


def _reverse_run(run: re.Match[bytes]) -> bytes:
    pieces = list(_PIECE.finditer(run.group()))
    if not any(piece["reversed"] or _is_arabic(piece["actual"]) for piece in pieces):
        return run.group()
    return b"".join(piece.group() for piece in reversed(pieces))


def _is_arabic(actual: bytes | None) -> bool:
    """Tell whether the text that glyphs stand for, as UTF-16 in hexadecimal, has an Arabic character in it."""
    text = bytes.fromhex((actual or b"").decode()).decode("utf-16", "replace")
    return any("\u0590" <= character <= "\u08ff" for character in text)
