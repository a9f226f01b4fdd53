"""Reads the fonts of a PDF that Typst made, and makes what each glyph says exact.

Typst maps both glyphs of a letter with a vowel sign (`اً`, `كّ`) to the whole of it, and puts the right text beside them
as ActualText. Readers that do not look there (pypdf) then have letters twice, and Chrome has the word backwards. Here
the base gets its letter and the mark its sign; of a letter drawn in two pieces one gets the letter and the other a
joiner, which no search minds. The text beside them is then needed no more.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

JOINER = "\u200d"
_CODE = re.compile(rb"<([0-9A-F]{4})> <([0-9A-F]*)>")
_WIDTHS = re.compile(rb"/W ?\[([-\d. ]+)\]")
_ESCAPE = re.compile(rb"\\(?:([0-7]{1,3})|(.))|(.)", re.DOTALL)
_ESCAPED = {b"n": b"\n", b"r": b"\r", b"t": b"\t", b"b": b"\b", b"f": b"\f"}


@dataclass
class Font:
    """One font of the file: advance of each glyph in thousandths of the size, and the text that it stands for."""

    widths: dict[int, float]
    texts: dict[int, str]
    _drawn_alone: set[int] = field(default_factory=set)
    _fillers: set[int] = field(default_factory=set)

    def advance(self, glyphs: Iterable[int]) -> float:
        """Return how far a row of glyphs leads, in thousandths of the size."""
        return sum(self.widths.get(glyph, 0.0) for glyph in glyphs)

    def read(self, glyphs: Iterable[int]) -> str:
        """Return what a row of glyphs says, drawn from left to right and read from right to left."""
        return "".join(self.texts.get(glyph, "") for glyph in reversed(list(glyphs)))

    def note(self, glyphs: list[int], actual: str | None) -> None:
        """Take note of a row of glyphs as it is drawn, with the text that stands beside it, if any."""
        if actual is None or len(drop_controls(actual)) != 1 or len(glyphs) < 2:
            self._drawn_alone.update(glyphs)
        elif all(self.texts.get(glyph) in (actual, None) for glyph in glyphs):
            self._fillers.update(glyphs[:-1])

    def settle(self) -> dict[int, str]:
        """Make the texts exact, once every row has been noted; return the glyphs whose text has changed."""
        changed: dict[int, str] = {}
        for glyph, text in self.texts.items():
            exact = drop_controls(text) or text
            marks = exact[1:]
            if glyph in self._fillers - self._drawn_alone:
                exact = JOINER
            elif marks and all(unicodedata.category(mark) == "Mn" for mark in marks):
                exact = exact[0] if self.widths.get(glyph, 0.0) > 0 else marks
            if exact != text:
                changed[glyph] = exact
        self.texts.update(changed)
        return changed


def drop_controls(text: str) -> str:
    """Return a text without the joiners and direction marks, which Typst reckons to the letter beside them."""
    return "".join(character for character in text if unicodedata.category(character) != "Cf")


def read_font(descendant: bytes, unicode_map: bytes) -> Font:
    """Return the font that a CIDFont object and the drawing of its ToUnicode map describe."""
    widths: dict[int, float] = {}
    if found := _WIDTHS.search(descendant):
        numbers = found.group(1).split()
        for first, last, width in zip(numbers[::3], numbers[1::3], numbers[2::3], strict=True):
            widths.update(dict.fromkeys(range(int(first), int(last) + 1), float(width)))
    entries = _CODE.findall(unicode_map, max(0, unicode_map.find(b"beginbfchar")))
    texts = {int(code, 16): bytes.fromhex(text.decode()).decode("utf-16-be") for code, text in entries}
    return Font(widths, texts)


def write_texts(unicode_map: bytes, changed: Mapping[int, str]) -> bytes:
    """Return a ToUnicode map with the texts of some glyphs changed."""

    def write(entry: re.Match[bytes]) -> bytes:
        text = changed.get(int(entry.group(1), 16))
        if text is None:
            return entry.group()
        return b"<%s> <%s>" % (entry.group(1), text.encode("utf-16-be").hex().upper().encode())

    return _CODE.sub(write, unicode_map)


def read_glyphs(string: bytes) -> list[int]:
    """Return the glyphs of a PDF string, literal or hexadecimal, two bytes each."""
    if string.startswith(b"<"):
        raw = bytes.fromhex(string[1:-1].decode())
    else:
        raw = b"".join(_byte(*piece) for piece in _ESCAPE.findall(string[1:-1]))
    return [int.from_bytes(raw[n : n + 2], "big") for n in range(0, len(raw), 2)]


def _byte(octal: bytes, escaped: bytes, plain: bytes) -> bytes:
    if octal:
        return bytes([int(octal, 8) & 0xFF])
    return plain or _ESCAPED.get(escaped, escaped)
