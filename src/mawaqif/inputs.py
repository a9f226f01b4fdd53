"""Finds the files that something is made from, whether they are as they were, and which one is not."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable
from pathlib import Path

from mawaqif.digests import digest_file
from mawaqif.errors import InputChangedError

Inputs = dict[tuple[Path, ...], dict[str, str]]
"""The checksum of each file under some folders and files, by its name."""
_SKIPPED = {"_executed", "__pycache__"}


def digest_inputs(own: object, roots: list[Path], seen: Inputs | None = None, *, left_out: Path | None = None) -> str:
    """Return one SHA-256 over what something is made from.

    Args:
        own: What is no file: parameters, versions.
        roots: Folders and files; one that is not there counts as empty.
        seen: Keeps the files' checksums: for a second question about the same roots, and to name what changed later.
        left_out: A file that does not count.
    """
    seen = {} if seen is None else seen
    if (key := tuple(roots)) not in seen:
        seen[key] = _digest_each(roots, left_out)
    return hashlib.sha256(json.dumps([own, seen[key]], sort_keys=True).encode()).hexdigest()


def _digest_each(roots: list[Path], left_out: Path | None) -> dict[str, str]:
    found: dict[str, str] = {}
    for root in roots:
        for path in list_files(root):
            if path == left_out:
                continue
            name = f"{root.name}/{path.relative_to(root).as_posix()}" if path != root else root.name
            name = str(path) if name in found else name  # two folders of one name
            try:
                found[name] = digest_file(path)
            except OSError as error:  # unreadable: ingest will say so; here it only has to differ from readable
                found[name] = str(error.errno)
    return found


def list_files(root: Path) -> list[Path]:
    """Return a file itself, or all files under a folder that somebody wrote: nothing generated, nothing hidden.

    Hidden files are an editor's, or what `mawaqif fetch` remembers of a feed, which is no reason for another edition.
    """
    if root.is_file():
        return [root]
    found = (path for path in root.rglob("*") if path.is_file() and path.suffix != ".ipynb")
    return sorted(path for path in found if not _is_skipped(path.relative_to(root)))


def _is_skipped(inside: Path) -> bool:
    return bool(_SKIPPED & set(inside.parts[:-1])) or any(part.startswith(".") for part in inside.parts)


def refuse_changed(before: Inputs, digest_again: Callable[[Inputs], object]) -> None:
    """Stop when an input is another than at the start: what was made may be of the one and of the other.

    Args:
        before: The checksums of the files at the start.
        digest_again: Fills such checksums anew.

    Raises:
        InputChangedError: Names the first file that was altered, added or removed.
    """
    after: Inputs = {}
    digest_again(after)
    for roots, was in before.items():
        now = after.get(roots, {})
        if name := next((name for name in sorted({**was, **now}) if was.get(name) != now.get(name)), None):
            fate = "removed" if name not in now else "altered" if name in was else "added"
            raise InputChangedError(f"it was {fate} while the report was made", where=name, mend="Run again.")
