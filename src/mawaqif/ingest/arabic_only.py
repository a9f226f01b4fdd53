"""Tells documents in Arabic from those without it, and from other languages in its script."""

from __future__ import annotations

import html

from mawaqif.arabic.language import ARABIC_SCRIPT, find_other_language, measure_script
from mawaqif.errors import DocumentError
from mawaqif.markup import scan_html


def check_language(text: str, media_type: str) -> None:
    """Check that a document is in Arabic.

    Raises:
        DocumentError: It has no Arabic, or is in another language of the Arabic script.
    """
    sample = _sample(_visible(text) if media_type == "html" else text)
    script = measure_script(sample)
    if not script.arabic:
        raise DocumentError(
            "the document has no Arabic in it", mend="Remove it, or save the Arabic version of the page."
        )
    if script.arabic < 0.1 * script.letters:
        share = 100 * script.arabic / script.letters
        raise DocumentError(
            f"the document is not Arabic ({share:.0f}% of its letters)", mend="Save the Arabic version."
        )
    if other := find_other_language(sample, script):
        raise DocumentError(f"the document is in {other}, not Arabic", mend="Remove it, or save the Arabic version.")


_SAMPLE = 200_000
_SAMPLE_PIECES = 20


def _sample(text: str) -> str:
    """Return a text, or of a long one pieces from its beginning to its end, enough to tell the language.

    What follows the first Arabic letter is added, as it may stand between the pieces.
    """
    if len(text) <= _SAMPLE:
        return text
    size = _SAMPLE // _SAMPLE_PIECES
    last = len(text) - size
    starts = [last * i // (_SAMPLE_PIECES - 1) for i in range(_SAMPLE_PIECES)]
    if first := ARABIC_SCRIPT.search(text):
        starts.append(first.start())
    return " ".join(text[start : start + size] for start in starts)


def _visible(text: str) -> str:
    """Return a page's text without its tags."""
    pieces: list[str] = []
    at = 0
    hidden = False
    for tag in scan_html(text):
        if not hidden:
            pieces.append(text[at : tag.start])
        hidden = tag.name in ("script", "style", "noscript", "template", "svg") and not tag.is_closing
        at = tag.end
    pieces.append(text[at:])
    return html.unescape(" ".join(pieces))
