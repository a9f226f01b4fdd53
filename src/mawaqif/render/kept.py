"""Remembers what a stage made from which inputs, so that it is not made again while both are as they were."""

from __future__ import annotations

import hashlib
import json
from pathlib import Path

from mawaqif.digests import digest_file
from mawaqif.files import replace_file


def is_kept(folder: Path, key: str) -> bool:
    """Tell whether a folder holds what was made under this key, every file of it as it was made."""
    try:
        record = json.loads(_record(folder).read_text(encoding="utf-8"))
        return bool(record["key"] == key and record["files"] == _checksums(folder))
    except (OSError, ValueError, KeyError, TypeError):
        return False


def remember(folder: Path, key: str) -> None:
    """Write down what a folder holds; the record stands beside it."""
    replace_file(_record(folder), json.dumps({"key": key, "files": _checksums(folder)}, sort_keys=True).encode())


def digest_folder(folder: Path) -> str:
    """Return one checksum over the names and bytes of a folder's files."""
    return hashlib.sha256(json.dumps(_checksums(folder), sort_keys=True).encode()).hexdigest()


def _record(folder: Path) -> Path:
    return folder.with_name(f"{folder.name}.kept.json")


def _checksums(folder: Path) -> dict[str, str]:
    return {
        path.relative_to(folder).as_posix(): digest_file(path) for path in sorted(folder.rglob("*")) if path.is_file()
    }
