"""Checks a published site against what its manifests say; names every altered, missing or extra file.

Manifests are checked against `editions.json`, all that an edition holds against its manifest, and the files around the
editions against what is made from the manifests anew. A run may be at work meanwhile, or may have been killed between
the one rename that puts a whole edition into place (or takes one away) and the last of the files around it: such an
edition is pending, and a file around is right as it was before and as it will be.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from mawaqif.digests import digest_file
from mawaqif.editions.site_files import make_site_files
from mawaqif.editions.store import LIST, MANIFEST, REMOVED, STAGING, Copied, Edition, Site, list_editions, read_edition


@dataclass(frozen=True)
class Damage:
    """One file that is not as it was published: `altered`, `missing` or `extra`."""

    path: str
    kind: str

    def __str__(self) -> str:
        """Return one line."""
        return f"{self.kind}: {self.path}"


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


def find_pending(site: Site) -> list[Edition]:
    """Return the whole editions that are not in the list: not yet, or not any more and about to be removed."""
    listed = _read_list(site)
    editions = list_editions(site)
    numbers = [e.sequence for e in editions if e.id in listed]
    inside = range(min(numbers, default=0), max(numbers, default=0) + 1)
    return [e for e in editions if e.id not in listed and e.sequence not in inside and not verify_edition(e.folder)]


def verify_site(site: Site) -> list[Damage]:
    """Return every file of a site that is altered, missing or extra; paths are relative to the site."""
    editions, pending = list_editions(site), {edition.id for edition in find_pending(site)}
    listed = [edition for edition in editions if edition.id not in pending]
    states = [make_site_files(editions)]
    if pending and listed:
        states.append(make_site_files(listed))
    damages = {*_check_around(site, states), *_check_editions(site, pending)}
    return sorted(damages, key=lambda damage: (damage.path, damage.kind))


def _check_around(site: Site, states: list[dict[str, bytes | Copied]]) -> Iterator[Damage]:
    """Check the files around the editions; each may be as one of the states has it."""
    known = {name for state in states for name in state}
    for name in known:
        stated = {_stated(state[name]) if name in state else "" for state in states}
        path = site.root / name
        if (digest_file(path) if path.is_file() else "") not in stated:
            yield Damage(name, "altered" if path.is_file() else "missing")
    for path in site.root.rglob("*"):
        name = path.relative_to(site.root).as_posix()
        if (
            path.is_relative_to(site.editions)
            or name.split("/")[-1].startswith(STAGING)
            or name.startswith((STAGING, REMOVED))
        ):
            continue
        if (path.is_file() or path.is_symlink()) and name not in known:
            yield Damage(name, "extra")


def _stated(content: bytes | Copied) -> str:
    return content.sha256 if isinstance(content, Copied) else hashlib.sha256(content).hexdigest()


def _check_editions(site: Site, pending: set[str]) -> Iterator[Damage]:
    listed = _read_list(site)
    for edition_id, stated in listed.items():
        manifest = site.editions / edition_id / MANIFEST
        if not manifest.parent.is_dir():
            yield Damage(f"editions/{edition_id}", "missing")
        elif manifest.is_file() and digest_file(manifest) != stated:
            yield Damage(f"editions/{edition_id}/{MANIFEST}", "altered")
    for path in sorted(site.editions.iterdir()) if site.editions.is_dir() else []:
        if path.name not in {*listed, *pending}:
            yield Damage(f"editions/{path.name}", "extra")
        elif path.is_dir():
            yield from (Damage(f"editions/{path.name}/{d.path}", d.kind) for d in verify_edition(path))


def _read_list(site: Site) -> dict[str, str]:
    try:
        content = json.loads((site.root / LIST).read_text(encoding="utf-8"))
        return {str(entry["id"]): str(entry["manifest"]) for entry in content["editions"]}
    except (OSError, ValueError, KeyError, TypeError):
        return {}
