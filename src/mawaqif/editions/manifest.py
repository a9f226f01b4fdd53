"""Writes down what an edition was made from and what it holds, and checks a site against what was written down."""

from __future__ import annotations

import hashlib
import json
import platform
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import Any

from mawaqif import __version__
from mawaqif.digests import digest_file
from mawaqif.editions.store import MANIFEST, Copied, Site, list_editions, read_edition

FORMAT = 1
_PACKAGES = ("pandas", "pandera", "plotly", "papermill", "pyarrow", "pypandoc-binary", "typst", "kaleido", "xlsxwriter")
"""The packages whose versions can change what an edition looks like."""


@dataclass(frozen=True)
class Damage:
    """One file that is not as it was published: `altered`, `missing` or `extra`."""

    path: str
    kind: str

    def __str__(self) -> str:
        """Return one line."""
        return f"{self.kind}: {self.path}"


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


# --- verification ----------------------------------------------------------------------------------------------------


def verify_edition(folder: Path) -> list[Damage]:
    """Return every file of an edition that is altered, missing or extra; paths are relative to the edition."""
    edition = read_edition(folder)
    if edition is None:
        kind = "altered" if (folder / MANIFEST).is_file() else "missing"
        return [Damage(MANIFEST, kind)]
    stated: dict[str, dict[str, Any]] = edition.manifest["outputs"]
    damages: list[Damage] = []
    for name, told in stated.items():
        path = folder / name
        if not path.is_file():
            damages.append(Damage(name, "missing"))
        elif digest_file(path) != told.get("sha256"):
            damages.append(Damage(name, "altered"))
    present = {p.relative_to(folder).as_posix() for p in folder.rglob("*") if p.is_file() or p.is_symlink()}
    damages += [Damage(name, "extra") for name in present - set(stated) - {MANIFEST}]
    return sorted(damages, key=lambda damage: damage.path)


def verify_site(site: Site, *, expected: Mapping[str, bytes | Copied]) -> list[Damage]:
    """Return every file of a site that is altered, missing or extra; paths are relative to the site.

    Manifests are checked against `editions.json`, everything in an edition against its manifest, and the pages around
    the editions against what is made from the manifests anew.

    Args:
        site: The site.
        expected: The files around the editions by path, as they must be (`site_files.make_site_files`).
    """
    damages: list[Damage] = []
    for name, content in expected.items():
        path = site.root / name
        if not path.is_file():
            damages.append(Damage(name, "missing"))
        elif digest_file(path) != (
            content.sha256 if isinstance(content, Copied) else hashlib.sha256(content).hexdigest()
        ):
            damages.append(Damage(name, "altered"))
    listed = _read_list(site)
    for edition_id, stated in listed.items():
        folder = site.editions / edition_id
        if not folder.is_dir():
            damages.append(Damage(f"editions/{edition_id}", "missing"))
        elif (folder / MANIFEST).is_file() and digest_file(folder / MANIFEST) != stated:
            damages.append(Damage(f"editions/{edition_id}/{MANIFEST}", "altered"))
    known = {edition.id for edition in list_editions(site)} | set(listed)
    for path in sorted(site.editions.iterdir()) if site.editions.is_dir() else []:
        inside = f"editions/{path.name}"
        if path.name not in known:
            damages.append(Damage(inside, "extra"))
        elif path.is_dir():
            damages += [Damage(f"{inside}/{d.path}", d.kind) for d in verify_edition(path)]
    around = {
        p.relative_to(site.root).as_posix()
        for p in site.root.rglob("*")
        if (p.is_file() or p.is_symlink()) and not p.is_relative_to(site.editions)
    }
    damages += [Damage(name, "extra") for name in around - set(expected)]
    return sorted(set(damages), key=lambda damage: (damage.path, damage.kind))


def _read_list(site: Site) -> dict[str, str]:
    try:
        content = json.loads((site.root / "editions.json").read_text(encoding="utf-8"))
        return {str(entry["id"]): str(entry["manifest"]) for entry in content["editions"]}
    except (OSError, ValueError, KeyError, TypeError):
        return {}
