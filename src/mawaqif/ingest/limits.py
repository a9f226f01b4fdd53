"""What is told of files and cells alike: how large a document may be, and paths and values as plain text."""

from __future__ import annotations

import html
import os
import re
from pathlib import Path

from mawaqif.errors import DocumentError

LARGEST_DOCUMENT = 32 * 1024 * 1024
"""Bytes: the largest file or row that is read as one document; the longest novel is a tenth of it."""


def too_large(size: str) -> DocumentError:
    """Return the error for a file or row over the limit; `size` is how much it has."""
    limit = LARGEST_DOCUMENT // 2**20
    return DocumentError(
        f"{size} is more than the {limit} MiB that one document may have", mend="Split it into one article each."
    )


def printable(path: Path) -> str:
    """Return a path as text that can be written anywhere, though the file's name may be any bytes."""
    return os.fsencode(path.as_posix()).decode("utf-8", "replace")


_SURROGATE = re.compile("[\ud800-\udfff]")


def plain_value(value: object) -> str | None:
    """Return a cell as text on one line, None where it is empty."""
    if isinstance(value, list):
        value = ", ".join(str(v) for v in value)
    if isinstance(value, float) and value.is_integer():
        value = int(value)
    if value is None or isinstance(value, dict | bool):
        return None
    return " ".join(html.unescape(_SURROGATE.sub("\ufffd", str(value))).split()) or None
