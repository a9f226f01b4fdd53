"""Lets one run at a time do a piece of work: a lock that the system frees when its holder ends, however it ends.

The lock is the kernel's (`flock`), so that a run that was killed leaves none behind, and no second run can take over
one that is still held. What the file says is for people: who holds it, since when, or who did and never said goodbye.
"""

from __future__ import annotations

import fcntl
import getpass
import json
import os
import socket
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from mawaqif.errors import LockedError


@contextmanager
def hold_lock(path: Path, *, name: str) -> Iterator[str]:
    """Hold the lock while the block runs.

    Args:
        path: The lock file; it stays, for removing it would let two runs lock two files of one name.
        name: What the run is, for others to read.

    Yields:
        Who had held the lock and was ended without freeing it, or nothing.

    Raises:
        LockedError: Another run holds it; names user, host, process and start.
    """
    path.parent.mkdir(parents=True, exist_ok=True)
    descriptor = os.open(path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o644)
    try:
        try:
            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError as error:
            holder = _describe(_read(descriptor))
            mend = "Wait until it ends, or end that process."
            raise LockedError(f"another run is at work: {holder}", where=str(path), mend=mend) from error
        dead = _read(descriptor)
        _write(descriptor, {"name": name, **_about_this_run()})
        try:
            yield _describe(dead) if dead else ""
        finally:
            _write(descriptor, None)
    finally:
        os.close(descriptor)


def _about_this_run() -> dict[str, Any]:
    try:
        user = getpass.getuser()
    except (KeyError, OSError):  # no name for this number, as in some containers
        user = str(os.getuid())
    started = datetime.now(UTC).isoformat(timespec="seconds")
    return {"user": user, "host": socket.gethostname(), "pid": os.getpid(), "started": started}


def _describe(holder: dict[str, Any]) -> str:
    if not holder:
        return "it has not written its name yet"
    told = {key: str(holder.get(key, "?")) for key in ("name", "user", "host", "pid", "started")}
    return f"{told['name']} of {told['user']} on {told['host']}, process {told['pid']}, since {told['started']}"


def _read(descriptor: int) -> dict[str, Any]:
    os.lseek(descriptor, 0, os.SEEK_SET)
    try:
        content = json.loads(os.read(descriptor, 4096).decode("utf-8"))
    except ValueError:
        return {}
    return content if isinstance(content, dict) else {}


def _write(descriptor: int, content: dict[str, Any] | None) -> None:
    os.lseek(descriptor, 0, os.SEEK_SET)
    os.ftruncate(descriptor, 0)
    if content is not None:
        os.write(descriptor, json.dumps(content).encode())
        os.fsync(descriptor)
