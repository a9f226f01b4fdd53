"""Writes files and folders so that nobody ever sees half of one, and takes away what an ended run had begun."""

from __future__ import annotations

import fcntl
import os
import shutil
import tempfile
import uuid
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

UNFINISHED = ".making-"
"""How the names of folders and files begin that are still being made; only a killed run leaves one."""
_unfinished: set[Path] = set()
"""Folders that are being made. A signal may arrive between any two steps, so each is noted before it exists."""


@contextmanager
def folder_aside(parent: Path, prefix: str = UNFINISHED) -> Iterator[Path]:
    """Give an empty folder under `parent`, on the same disk, that vanishes afterwards unless it was moved away."""
    parent.mkdir(parents=True, exist_ok=True)
    folder = parent / f"{prefix}{uuid.uuid4().hex[:12]}"
    _unfinished.add(folder)
    descriptor = -1
    try:
        descriptor = _make_held(folder)
        yield folder
    finally:
        shutil.rmtree(folder, ignore_errors=True)
        _unfinished.discard(folder)
        if descriptor >= 0:
            os.close(descriptor)


def _make_held(folder: Path) -> int:
    """Make a folder and hold it by a lock that ends with this process, so that others know it is at work in it."""
    while True:
        folder.mkdir(exist_ok=True)
        try:
            descriptor = os.open(folder, os.O_RDONLY | os.O_CLOEXEC)
        except FileNotFoundError:  # removed as left over, between these two lines
            continue
        fcntl.flock(descriptor, fcntl.LOCK_EX)
        if os.fstat(descriptor).st_nlink:
            return descriptor
        os.close(descriptor)


def remove_left_over(parent: Path, prefix: str = UNFINISHED) -> int:
    """Remove the folders aside that killed runs left under `parent`, and return how many; those at work in are held."""
    removed = 0
    for folder in parent.glob(f"{prefix}*"):
        with suppress(OSError):  # held, or gone meanwhile
            descriptor = os.open(folder, os.O_RDONLY | os.O_DIRECTORY | os.O_CLOEXEC)
            try:
                fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
                shutil.rmtree(folder, ignore_errors=True)
                removed += 1
            finally:
                os.close(descriptor)
    return removed


def remove_unfinished() -> None:
    """Remove every folder aside that is still there: for a run that leaves by a signal, once its children are gone."""
    for folder in tuple(_unfinished):
        shutil.rmtree(folder, ignore_errors=True)


def replace_file(path: Path, content: bytes, *, prefix: str = UNFINISHED) -> None:
    """Write a file in one step, flushed to the disk: before and after it there is a whole one.

    An equal one is left as it is, with its time.

    Args:
        path: The file; folders above it are made.
        content: What it is to hold.
        prefix: How the name of the half-made file begins.

    Raises:
        OSError: The disk is full or the folder cannot be written; the old file is in place then.
    """
    if path.is_file() and path.read_bytes() == content:
        return
    path.parent.mkdir(parents=True, exist_ok=True)
    descriptor, name = tempfile.mkstemp(prefix=prefix, dir=path.parent)
    try:
        with os.fdopen(descriptor, "wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        os.chmod(name, path.stat().st_mode & 0o777 if path.exists() else 0o644)
        os.replace(name, path)
    except BaseException:
        with suppress(OSError):
            os.unlink(name)
        raise
    flush(path.parent)


def flush(path: Path) -> None:
    """Make sure that a file or a folder's list of names is on the disk, not only in memory."""
    descriptor = os.open(path, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
