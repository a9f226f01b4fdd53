"""Writes down what an edition was made from and what it holds."""

from __future__ import annotations

import json
import platform
from collections.abc import Iterable
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import Any

from mawaqif import __version__
from mawaqif.digests import digest_file
from mawaqif.editions.store import MANIFEST

FORMAT = 1
_PACKAGES = ("pandas", "pandera", "plotly", "papermill", "pyarrow", "pypandoc-binary", "typst", "kaleido", "xlsxwriter")
"""The packages whose versions can change what an edition looks like."""


def list_outputs(folder: Path) -> dict[str, dict[str, Any]]:
    """Return checksum and size in bytes of every file under a folder but the manifest, by its path in it."""
    return {
        path.relative_to(folder).as_posix(): {"sha256": digest_file(path), "bytes": path.stat().st_size}
        for path in sorted(folder.rglob("*"))
        if path.is_file() and path != folder / MANIFEST
    }


def list_inputs(roots: dict[str, Path], *, left_out: Iterable[str] = ()) -> dict[str, str]:
    """Return the checksum of every file under some folders, by group and path: `vocabulary/actors.yml`.

    Args:
        roots: Group to folder or file.
        left_out: Names of folders that are passed over.
    """
    skipped = {"__pycache__", ".ipynb_checkpoints", *left_out}
    found: dict[str, str] = {}
    for group, root in roots.items():
        paths = [root] if root.is_file() else sorted(p for p in root.rglob("*") if p.is_file())
        for path in paths:
            inside = path.relative_to(root if root.is_dir() else root.parent)
            if not skipped & set(inside.parts[:-1]) and not path.name.startswith("."):
                found[f"{group}/{inside.as_posix()}"] = digest_file(path)
    return found


def describe_program(*, engine: str, digest: str) -> dict[str, Any]:
    """Return the versions of everything that makes an edition."""
    packages: dict[str, str] = {}
    for name in _PACKAGES:
        try:
            packages[name] = version(name)
        except PackageNotFoundError:
            packages[name] = "unknown"
    return {
        "name": "mawaqif",
        "version": __version__,
        "digest": digest,
        "engine": engine,
        "python": platform.python_version(),
        "packages": packages,
    }


def write_manifest(folder: Path, content: dict[str, Any]) -> bytes:
    """Write the manifest of a staged edition, with the checksums of all its other files, and return its bytes."""
    whole = {"format": FORMAT, **content, "outputs": list_outputs(folder)}
    text = json.dumps(whole, ensure_ascii=False, indent=2, sort_keys=True) + "\n"
    (folder / MANIFEST).write_text(text, encoding="utf-8")
    return text.encode("utf-8")
