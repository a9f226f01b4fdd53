"""Puts the Arabic words of a PDF into reading order, so that readers find phrases and not only single words.

Typst draws each line from its left end, in Arabic word by word, last word first. Readers that sort by place on the page
(poppler, Chrome) do not mind. Readers that take words as they come (Firefox, pypdf) then have each line backwards.
Every piece is drawn at a place of its own, so their order can change without anything moving on the page.

1. Take the file apart at its cross-reference table.
2. Read its fonts, and make exact what each glyph says (`pdf_fonts`).
3. In each page's drawing, join the pieces of Arabic that follow each other and reverse the rest of every run.
4. Put the file together again with a new table.
"""

from __future__ import annotations

import re
import unicodedata
import zlib
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from functools import partial
from typing import NamedTuple

from mawaqif.render.pdf_fonts import Font, drop_controls, read_font, read_glyphs, write_texts

_STRING = rb"(?:\((?:[^\\()]|\\.)*\)|<[0-9A-F]*>)"
_PIECE = re.compile(
    rb"(?:/Span<</ActualText<(?P<actual>[0-9A-F]*)>>>BDC)?(?P<reversed>/ReversedChars BMC)?"
    rb" ?(?P<mode>\d+) Tr/(?P<font>\w+) (?P<size>[\d.]+) Tf(?P<matrix>(?: [-\d.]+){6}) Tm"
    rb"(?:\[(?P<row>(?:" + _STRING + rb"|[-\d. ])*)\]TJ|(?P<string>" + _STRING + rb")Tj)(?:\nEMC)*",
    re.DOTALL,
)
"""One string as Typst draws it: perhaps with the text that it stands for, with font, place and glyphs."""
_RUN = re.compile(rb"(?<=\nBT)(?:" + re.sub(rb"\?P<\w+>", b"?:", _PIECE.pattern) + rb")+(?=\nET\n)", re.DOTALL)
_BLOCK = re.compile(
    rb"/Span<</MCID \d+(?:/Lang\([\w-]+\))?>>BDC\nq 1 0 0 -1 (?P<x>[-\d.]+) (?P<y>[-\d.]+) cm"
    rb"(?:(?!BDC\nq ).)*?\nBT(?P<text>(?:(?!\nET\n).)*)\nET\nQ\nEMC",
    re.DOTALL,
)
"""A run by itself. Where the font raises a letter, as in `مج`, Typst breaks the run into three, left to right."""
_TOKEN = re.compile(rb"(" + _STRING + rb")|([-\d.]+)", re.DOTALL)
_STREAM = re.compile(rb"(<<[^<>]*?/Length )(\d+)([^<>]*>>\nstream\n)", re.DOTALL)
_LONGEST_HEAD = 1_000
_ENTRY = re.compile(rb"(\d{10}) (\d{5}) n\r\n")
_ON_ONE_LINE = 0.01
"""Points by which two places may differ and still be one."""
_RAISED = 1.0
"""Points by which a letter may stand over or under its line."""

Fonts = Mapping[str, Font]


class _Stream(NamedTuple):
    """A packed stream of an object: its head, its contents unpacked, and what follows."""

    head: re.Match[bytes]
    content: bytes
    end: int


@dataclass(frozen=True)
class _Piece:
    """One string of a run: as written, the text beside it, and its glyphs with the gaps between them."""

    written: bytes
    actual: str | None
    is_reversed: bool
    style: tuple[bytes, bytes, bytes]
    matrix: tuple[float, ...]
    row: bytes
    advance: float
    text: str

    @property
    def is_arabic(self) -> bool:
        return self.is_reversed or _has_arabic(self.actual or "")

    @property
    def is_exact(self) -> bool:
        """Tell whether the glyphs by themselves say what the piece says."""
        if not self.text:
            return False
        if self.actual is not None and not _is_part(drop_controls(self.text), of=drop_controls(self.actual)):
            return False
        return self.is_reversed or _has_arabic(self.text)


def settle_reading_order(pdf: bytes) -> bytes:
    """Return the PDF with the words of Arabic lines in reading order; a file of another make comes back unchanged."""
    # 1.
    place = re.search(rb"startxref\n(\d+)\n%%EOF\s*$", pdf)
    if place is None or not pdf.startswith(b"xref\n", table := int(place.group(1))):
        return pdf
    starts = sorted(int(match.group(1)) for match in _ENTRY.finditer(pdf, table))
    objects = {start: pdf[start:end] for start, end in zip(starts, [*starts[1:], table], strict=True)}
    numbered = {int(written.split(b" ", 1)[0]): start for start, written in objects.items()}
    # 2.
    fonts = _read_fonts(objects, numbered)
    pages = _find_drawings(objects, numbered, fonts)
    for start, named in pages.items():
        _note_pieces(objects[start], named)
    changed = {start: font.settle() for start, font in fonts.values()}
    # 3.
    made = bytearray(pdf[: starts[0]])
    moved: dict[int, int] = {}
    for start, written in objects.items():
        moved[start] = len(made)
        if start in changed:
            made += _rewrite(written, partial(write_texts, changed=changed[start]))
        else:
            made += _settle_object(written, pages.get(start, {}))
    # 4.
    new_table = len(made)
    made += _ENTRY.sub(lambda m: b"%010d %s n\r\n" % (moved[int(m.group(1))], m.group(2)), pdf[table : place.start()])
    return bytes(made) + b"startxref\n%d\n%%%%EOF" % new_table


# --- the file --------------------------------------------------------------------------------------------------------


def _open_stream(written: bytes) -> _Stream | None:
    head = _STREAM.search(written[:_LONGEST_HEAD])
    if head is None or b"/FlateDecode" not in head.group():
        return None
    end = head.end() + int(head.group(2))
    return _Stream(head, zlib.decompress(written[head.end() : end]), end)


def _rewrite(written: bytes, change: Callable[[bytes], bytes]) -> bytes:
    """Return an object with the contents of its stream changed, or as it is where nothing is to change."""
    stream = _open_stream(written)
    if stream is None or (content := change(stream.content)) == stream.content:
        return written
    packed = zlib.compress(content, 9)
    new_head = stream.head.group(1) + b"%d" % len(packed) + stream.head.group(3)
    return written[: stream.head.start()] + new_head + packed + written[stream.end :]


def _read_fonts(objects: Mapping[int, bytes], numbered: Mapping[int, int]) -> dict[int, tuple[int, Font]]:
    """Return each font by its object's number, with the place of its ToUnicode map."""
    fonts: dict[int, tuple[int, Font]] = {}
    for number, start in numbered.items():
        found = re.search(rb"/DescendantFonts ?\[(\d+) 0 R\].*?/ToUnicode (\d+) 0 R", objects[start][:_LONGEST_HEAD])
        if found is None:
            continue
        descendant, place = objects[numbered[int(found.group(1))]], numbered[int(found.group(2))]
        if stream := _open_stream(objects[place]):
            fonts[number] = (place, read_font(descendant, stream.content))
    return fonts


def _find_drawings(
    objects: Mapping[int, bytes], numbered: Mapping[int, int], fonts: Mapping[int, tuple[int, Font]]
) -> dict[int, dict[str, Font]]:
    """Return the place of each page's drawing with the fonts that it names."""
    drawings: dict[int, dict[str, Font]] = {}
    for written in objects.values():
        if not re.search(rb"/Type ?/Page\b", written[:_LONGEST_HEAD]):
            continue
        contents = re.search(rb"/Contents (\d+) 0 R", written)
        resources = re.search(rb"/Resources (\d+) 0 R", written)
        if contents is None:
            continue
        source = objects[numbered[int(resources.group(1))]] if resources else written
        names = re.search(rb"/Font ?<<(.*?)>>", source, re.DOTALL)
        pairs = re.findall(rb"/(\w+) (\d+) 0 R", names.group(1)) if names else []
        named = {name.decode(): fonts[int(number)][1] for name, number in pairs if int(number) in fonts}
        drawings[numbered[int(contents.group(1))]] = named
    return drawings


def _note_pieces(written: bytes, fonts: Fonts) -> None:
    if (stream := _open_stream(written)) is None:
        return
    for found in _PIECE.finditer(stream.content):
        if font := fonts.get(found["font"].decode()):
            font.note(_glyphs(found["row"] or found["string"]), _decode(found["actual"]))


def _settle_object(written: bytes, fonts: Fonts) -> bytes:
    """Return an object of the file with its drawing settled, or as it is where it is something else."""
    head = _STREAM.search(written[:_LONGEST_HEAD])
    if head is None or b"/Type" in head.group():
        return written
    return _rewrite(written, lambda drawing: settle_drawing(drawing, fonts=fonts))


# --- a drawing -------------------------------------------------------------------------------------------------------


def settle_drawing(drawing: bytes, *, fonts: Fonts | None = None) -> bytes:
    """Return a page's drawing with the pieces of each Arabic run joined and in reading order; nothing else differs.

    Args:
        drawing: The contents of a page.
        fonts: The fonts by the names that the drawing gives them; without them pieces are only reordered.
    """
    if b"BT" not in drawing:
        return drawing
    return _settle_blocks(_RUN.sub(lambda run: _settle_run(run, fonts or {}), drawing))


def _settle_blocks(drawing: bytes) -> bytes:
    """Return a drawing with the parts of each broken run of Arabic in reading order."""
    groups: list[list[re.Match[bytes]]] = []
    for block in _BLOCK.finditer(drawing):
        if groups and block.start() == groups[-1][-1].end() and _go_on(groups[-1][-1], block):
            groups[-1].append(block)
        else:
            groups.append([block])
    made, end = bytearray(), 0
    for group in groups:
        if len(group) > 1 and any(b"/ReversedChars" in block["text"] for block in group):
            made += drawing[end : group[0].start()] + b"".join(block.group() for block in reversed(group))
            end = group[-1].end()
    return bytes(made) + drawing[end:]


def _go_on(first: re.Match[bytes], second: re.Match[bytes]) -> bool:
    """Tell whether the second block goes on where the first ends, a little over or under its line."""
    rise = abs(float(first["y"]) - float(second["y"]))
    return float(first["x"]) <= float(second["x"]) and 0 < rise < _RAISED


def _settle_run(run: re.Match[bytes], fonts: Fonts) -> bytes:
    pieces = [_read_piece(found, fonts) for found in _PIECE.finditer(run.group())]
    if not any(piece.is_arabic for piece in pieces):
        return run.group()
    joined: list[_Piece] = []
    for piece in pieces:
        if joined and _belong_together(joined[-1], piece):
            joined[-1] = _join(joined[-1], piece)
        else:
            joined.append(_bare(piece) if piece.is_exact and piece.actual is not None else piece)
    return b"".join(piece.written for piece in reversed(joined))


def _read_piece(found: re.Match[bytes], fonts: Fonts) -> _Piece:
    row = found["row"] if found["row"] is not None else found["string"]
    glyphs, font = _glyphs(row), fonts.get(found["font"].decode())
    size = float(found["size"])
    gaps = sum(float(number) for _, number in _TOKEN.findall(row) if number)
    return _Piece(
        written=found.group(),
        actual=_decode(found["actual"]),
        is_reversed=bool(found["reversed"]),
        style=(found["mode"], found["font"], found["size"]),
        matrix=tuple(float(number) for number in found["matrix"].split()),
        row=row,
        advance=(font.advance(glyphs) - gaps) * size / 1000 if font else 0.0,
        text=font.read(glyphs) if font else "",
    )


def _belong_together(left: _Piece, right: _Piece) -> bool:
    return (
        left.is_exact
        and right.is_exact
        and left.style == right.style
        and left.matrix[:4] == right.matrix[:4]
        and abs(left.matrix[5] - right.matrix[5]) < _ON_ONE_LINE
    )


def _join(left: _Piece, right: _Piece) -> _Piece:
    """Return two pieces as one, with the distance between them as a gap of its row."""
    size = float(left.style[2])
    gap = (left.matrix[4] + left.advance - right.matrix[4]) * 1000 / size
    row = left.row + b" " + (f"{gap:.3f}".encode() if abs(gap) >= 0.001 else b"") + b" " + right.row
    whole = replace(
        left,
        row=row,
        advance=right.matrix[4] + right.advance - left.matrix[4],
        text=right.text + left.text,
        actual=None,
    )
    return _bare(whole)


def _bare(piece: _Piece) -> _Piece:
    """Return a piece that says what it says by its glyphs alone, which are drawn from left to right."""
    mode, font, size = piece.style
    matrix = b" ".join(f"{number:.6f}".rstrip("0").rstrip(".").encode() for number in piece.matrix)
    written = b"/ReversedChars BMC %s Tr/%s %s Tf %s Tm[%s]TJ\nEMC" % (mode, font, size, matrix, piece.row)
    return replace(piece, written=written, actual=None, is_reversed=True)


def _glyphs(row: bytes) -> list[int]:
    return [glyph for string, _ in _TOKEN.findall(row) if string for glyph in read_glyphs(string)]


def _decode(actual: bytes | None) -> str | None:
    """Return the text that stands beside a piece, UTF-16 in hexadecimal, without its byte order mark."""
    return None if actual is None else bytes.fromhex(actual.decode()).decode("utf-16", "replace")


def _is_part(text: str, *, of: str) -> bool:
    """Tell whether a text is another, or its letter or its vowel signs alone: a raised sign is drawn by itself."""
    rest = of.replace(text, "", 1) if text else of
    return text == of or (text in of and bool(text) and (_is_marks(rest) or _is_marks(text)))


def _is_marks(text: str) -> bool:
    return all(unicodedata.category(character) == "Mn" for character in text)


def _has_arabic(text: str) -> bool:
    return any("\u0590" <= character <= "\u08ff" for character in text)
