"""Keeps fetched pages in the corpus folder: the bytes as they came, and beside them where and when they came from."""

from __future__ import annotations

import fcntl
import hashlib
import json
import os
import re
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from mawaqif.errors import BusyError, CorpusError
from mawaqif.ingest import METADATA_SUFFIX

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
            BusyError: Another run holds it.
            CorpusError: It cannot be written.
        """
        try:
            self.folder.mkdir(parents=True, exist_ok=True)
            lock = (self.folder / _LOCK).open("a")
        except OSError as error:
            raise CorpusError(
                f"the folder cannot be written ({error.strerror})",
                where=str(self.folder),
                mend="Give write permission.",
            ) from error
        with lock:
            try:
                fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)  # ends with the process, however that ends
            except BlockingIOError as error:
                raise BusyError(
                    "another fetch is at work there", where=str(self.folder), mend="Wait until it has finished."
                ) from error
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
        self._write(self.folder / f"{stem}{METADATA_SUFFIX}", described.encode())
        self._write(page, body)
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
        self._write(self.folder / _MEMORY, (json.dumps(written, ensure_ascii=False, indent=1) + "\n").encode())

    def _write(self, target: Path, data: bytes) -> None:
        partial = target.with_name(f".{target.name}.part")
        try:
            with partial.open("wb") as file:
                file.write(data)
                file.flush()
                os.fsync(file.fileno())
            partial.replace(target)
        finally:
            partial.unlink(missing_ok=True)
