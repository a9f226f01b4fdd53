"""The one encoder for text that comes from articles: whatever it says, no renderer can be made to run it.

Embedded as Markdown, an article could carry scripts, links, raw Typst, shortcodes or a metadata block into the report.
Here every character that is not a letter, mark, digit or plain space is written as a numeric character reference, so
that nothing is left for a Markdown reader, a shortcode reader or a template to act on. A passage is also wrapped in
the class `passage`, which the report's filters write out as string literals.
"""

from __future__ import annotations

import re
import unicodedata

_KEPT_FORMATS = frozenset("\u200c\u200d\u200e\u200f\u061c")
"""Joiners and direction marks, which spelling needs; embeddings and isolates go, for they turn lines around."""
_STATEMENT_ID = re.compile(r"[0-9A-Za-z]+(?:[.-][0-9A-Za-z]+)*")
_PARAGRAPH = re.compile(r"(?:\r\n|[\n\r\x85\u2028\u2029])\s*(?:\r\n|[\n\r\x85\u2028\u2029])|\u2029")


def encode(text: str) -> str:
    """Return `text` as inert Markdown on one line, for a paragraph, a table cell, a list item or a heading.

    Control characters and bidirectional controls go, runs of white space become one space, lone surrogates and
    non-characters become U+FFFD; all else is kept, character for character, once the Markdown has been read. Not for
    captions, alternative texts, callout titles or link texts: those are read twice.
    """
    line = "".join(_encode_character(character) for character in _one_line(text))
    return line.replace("&#58;&#58;&#58;", "&#58;&#58;[&#58;]{}")  # Quarto takes a string of three for a fence


def encode_passage(text: str, *, statement_id: str | None = None, block: bool = False, is_context: bool = False) -> str:
    """Return `text` as an Arabic passage: right to left, class `passage`, readable by both engines.

    Args:
        text: The words as they stand in the source.
        statement_id: Make the passage the target of links to `#s-<statement_id>`.
        block: Write a fenced block with one paragraph each instead of a span that fits a line or a table cell.
        is_context: The words around a passage, which the page shows pale and paper leaves out.

    Raises:
        ValueError: If `statement_id` is not letters and digits joined by hyphens and full stops.
    """
    classes = ".passage .context" if is_context else ".passage"
    attributes = f'{{{_anchor(statement_id)}{classes} lang="ar" dir="rtl"}}'
    if not block:
        return f"[{encode(text)}]{attributes}"
    paragraphs = [encoded for part in _PARAGRAPH.split(text) if (encoded := encode(part))]
    return "\n\n".join([f"::: {attributes}", *paragraphs, ":::"])


def _anchor(statement_id: str | None) -> str:
    if statement_id is None:
        return ""
    if not _STATEMENT_ID.fullmatch(statement_id):
        raise ValueError(f"not a statement id: {statement_id!r}")
    return f"#s-{statement_id} "


def _one_line(text: str) -> str:
    spaced = "".join(" " if c.isspace() else c for c in text if c.isspace() or not _is_dropped(c))
    return re.sub(" +", " ", spaced).strip()


def _is_dropped(character: str) -> bool:
    return unicodedata.category(character) in ("Cc", "Cf") and character not in _KEPT_FORMATS


def _encode_character(character: str) -> str:
    category = unicodedata.category(character)
    if character == " " or category[0] in "LM" or category == "Nd":
        return character
    if category == "Cs" or (category == "Cn" and ord(character) & 0xFFFE == 0xFFFE):
        return "&#65533;"
    return f"&#{ord(character)};"
