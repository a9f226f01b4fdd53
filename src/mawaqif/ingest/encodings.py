"""Tells the encoding of an Arabic page by its bytes, and decodes it."""

from __future__ import annotations

import codecs
import re
from typing import NamedTuple

import cchardet

from mawaqif.arabic.language import COMMON_WORDS
from mawaqif.errors import DocumentError

_ARABIC_LETTER = re.compile(r"[ء-غف-ي]")
_LEGACY = ("windows-1256", "iso-8859-6")


class Decoded(NamedTuple):
    """A text, and the name of the encoding that gives exactly it."""

    text: str
    encoding: str


BYTE_ORDER_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_META_CHARSET = re.compile(rb"""<meta[^>]{1,200}charset=["']?([A-Za-z0-9_-]{2,40})""", re.IGNORECASE)


def decode(data: bytes, *, is_html: bool = False) -> Decoded:
    """Return the text of `data` and the name of the encoding that gives exactly this text.

    1. A byte order mark decides (and is not part of the text). 2. Zero and control bytes in the pattern of UTF-16
    decide. 3. Strict UTF-8. 4. windows-1256 and iso-8859-6, chosen by what reads as Arabic, cchardet breaking ties.

    Raises:
        DocumentError: The bytes are binary, or in none of these encodings.
    """
    # 1.
    if marked := next((encoding for mark, encoding in BYTE_ORDER_MARKS if data.startswith(mark)), None):
        return Decoded(_decode_strictly(data, marked), marked)
    # 2.
    if wide := _wide_encoding(data[:4096]):
        return Decoded(_decode_strictly(data, wide), wide)
    if _is_binary(data[:65536]):
        raise DocumentError("the file is binary, not text", mend="Save the article as plain text in UTF-8.")
    # 3.
    try:
        return Decoded(data.decode("utf-8"), "utf-8")
    except UnicodeDecodeError as error:
        broken = error
    # 4.
    if encoding := _legacy_encoding(data, is_html=is_html):
        return Decoded(data.decode(encoding), encoding)
    raise DocumentError(
        f"not valid UTF-8 (byte {broken.start}), nor UTF-16, windows-1256 or iso-8859-6", mend="Save it again in UTF-8."
    )


def _decode_strictly(data: bytes, encoding: str) -> str:
    try:
        return data.decode(encoding)
    except UnicodeDecodeError as error:
        raise DocumentError(
            f"begins as {encoding} but breaks it at byte {error.start}", mend="Save it again in UTF-8."
        ) from error


def _wide_encoding(head: bytes) -> str | None:
    """Name UTF-16 without a mark: Arabic and ASCII have 0x06 and 0x00 in every other byte, and text has neither."""
    head = head[: len(head) // 2 * 2]
    if len(head) < 8:
        return None
    for encoding, high, low in (("utf-16-le", head[1::2], head[0::2]), ("utf-16-be", head[0::2], head[1::2])):
        telling = high.count(b"\x00") + high.count(b"\x06")
        known = telling + high.count(b"\x20")  # 0x20 is the page of typographic quotation marks
        if known > 0.9 * len(high) and telling > 0.5 * len(high) and low.count(b"\x00") < 0.3 * len(low):
            return encoding
    return None


def _is_binary(head: bytes) -> bool:
    """Zero bytes, or more than one control byte in fifty, are no text in any encoding of one byte."""
    controls = len(head) - len(head.translate(None, bytes([*range(1, 9), *range(14, 32), 127])))
    return b"\x00" in head or head.startswith((b"%PDF-", b"PK\x03\x04")) or controls > len(head) / 50


def _legacy_encoding(data: bytes, *, is_html: bool) -> str | None:
    """Choose between the one-byte Arabic encodings by what they make of the bytes."""
    declared = _META_CHARSET.search(data[:4096]) if is_html else None
    guess = (cchardet.detect(data[:200_000]).get("encoding") or "").lower()
    hints = (declared[1].decode().lower() if declared else "", guess)
    scores: dict[str, float] = {}
    for encoding in _LEGACY:
        try:
            text = data.decode(encoding)
        except UnicodeDecodeError:
            continue
        score = _arabic_quality(text[:200_000])
        if score > 0:
            scores[encoding] = score + 0.001 * sum(encoding in (hint, _alias(hint)) for hint in hints)
    return max(scores, key=lambda encoding: scores[encoding]) if scores else None


def _alias(name: str) -> str:
    return {"cp1256": "windows-1256", "iso8859-6": "iso-8859-6", "arabic": "iso-8859-6"}.get(name, name)


def _arabic_quality(text: str) -> float:
    """Score how far a decoding reads as Arabic: 0 where it cannot be.

    UTF-8 read as windows-1256 is half tah and zah (its lead bytes 0xD8 and 0xD9), so those two letters tell it apart;
    the article ال and the commonest words tell the right table from its neighbour.
    """
    beyond_ascii = [c for c in text if ord(c) > 127 and not c.isspace()]
    letters = len(_ARABIC_LETTER.findall(text))
    if not beyond_ascii or letters < 0.7 * len(beyond_ascii) or text.count("ط") + text.count("ظ") > 0.25 * letters:
        return 0.0
    words = text.split()
    common = sum(word in COMMON_WORDS for word in words) / len(words)
    articles = sum(word.startswith(("ال", "وال", "بال", "لل")) for word in words) / len(words)
    share = letters / len(beyond_ascii)
    if common + articles <= 0.02:  # a line or two may do without them
        return 0.01 if share > 0.95 and len(words) < 25 else 0.0
    return 0.1 * share + common + articles
