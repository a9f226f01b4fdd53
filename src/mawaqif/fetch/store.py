"""Keeps fetched pages in the corpus folder: the bytes as they came, and beside them where and when they came from."""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from mawaqif.errors import CorpusError
from mawaqif.files import UNFINISHED, replace_file
from mawaqif.ingest import METADATA_SUFFIX
from mawaqif.lock import hold_lock

_MEMORY = ".fetch.json"
_LOCK = ".fetch.lock"
_MOST_REMEMBERED = 50_000


def name_page(url: str) -> str:
    """Return the file name, without suffix, for a page: the host to read, a digest of the address to tell apart."""
    host = re.sub(r"[^a-z0-9]+", "-", (urlsplit(url).hostname or "").lower().removeprefix("www.")).strip("-")
    return f"{host[:60] or 'page'}-{hashlib.sha256(url.encode()).hexdigest()[:12]}"


@dataclass
class Memory:
    """What the next run needs to know; losing it costs requests, nothing else.

    Attributes:
        conditions: For each listing that was worked off whole, the headers that let it answer 304.
        passed_over: Addresses that will not become articles, with the reason.
    """

    conditions: dict[str, dict[str, str]] = field(default_factory=dict)
    passed_over: dict[str, str] = field(default_factory=dict)


class PageStore:
    """One corpus folder; nothing outside it is written."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    @contextmanager
    def locked(self) -> Iterator[None]:
        """Hold the folder against a second fetch.

        Raises:
            LockedError: Another run holds it; says whose.
            CorpusError: It cannot be written.
        """
        with ExitStack() as stack:
            try:
                stack.enter_context(hold_lock(self.folder / _LOCK, name="mawaqif fetch"))
            except OSError as error:
                raise CorpusError(
                    f"the folder cannot be written ({error.strerror})",
                    where=str(self.folder),
                    mend="Give write permission.",
                ) from error
            for left in self.folder.glob(f"{UNFINISHED}*"):  # by a run that was killed
                left.unlink(missing_ok=True)
            yield

    def has(self, url: str) -> bool:
        """Tell whether the page of this address is there, whatever its suffix."""
        stem = name_page(url)
        return any((self.folder / f"{stem}{suffix}").exists() for suffix in (".html", ".txt"))

    def keep(self, url: str, body: bytes, *, suffix: str, metadata: dict[str, Any]) -> Path:
        """Write a page and its metadata, the page last: where it is, both are whole."""
        stem = name_page(url)
        page = self.folder / f"{stem}{suffix}"
        described = json.dumps(metadata, ensure_ascii=False, indent=2, sort_keys=True) + "\n"
        replace_file(self.folder / f"{stem}{METADATA_SUFFIX}", described.encode())
        replace_file(page, body)
        return page

    def recall(self) -> Memory:
        """Return what the last run left, or nothing where that cannot be read."""
        try:
            written = json.loads((self.folder / _MEMORY).read_text(encoding="utf-8"))
            conditions = {str(k): {str(a): str(b) for a, b in v.items()} for k, v in written["conditions"].items()}
            return Memory(conditions, {str(k): str(v) for k, v in written["passed_over"].items()})
        except (OSError, ValueError, KeyError, AttributeError, TypeError):
            return Memory()

    def remember(self, memory: Memory) -> None:
        """Write what the next run needs; of the addresses passed over, the latest."""
        latest = dict(list(memory.passed_over.items())[-_MOST_REMEMBERED:])
        written = {"conditions": memory.conditions, "passed_over": latest}
        replace_file(self.folder / _MEMORY, (json.dumps(written, ensure_ascii=False, indent=1) + "\n").encode())
