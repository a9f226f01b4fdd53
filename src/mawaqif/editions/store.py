"""Keeps editions on disk: staged aside, moved into place in one step, never half visible, never the last one removed.

    site/
      index.html  feed.atom  editions.json      what there is, for people, feed readers and programs
      latest/                                   names that never change: PDFs, and pages leading to the newest edition
      editions/<day>-<eight digits>/            one edition: index.html, reports/, data/, changes.json, manifest.json

The site is plain files without links between them in the file system, so that it can be copied to object storage, which
has none. `latest/` therefore holds pages that lead on: each is switched in one rename, and leads to a whole edition
before and after. What is written is flushed to the disk before it is moved, so that a crash cannot leave a name
without its content.
"""

from __future__ import annotations

import json
import os
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from mawaqif.errors import ParameterError
from mawaqif.files import flush, folder_aside

MANIFEST = "manifest.json"
LIST = "editions.json"
STAGING = ".staging-"
REMOVED = ".removed-"


@dataclass(frozen=True)
class Site:
    """A published site: the folder and what is where in it."""

    root: Path

    @property
    def editions(self) -> Path:
        """The folder of editions."""
        return self.root / "editions"

    @property
    def latest(self) -> Path:
        """The folder of pages that lead to the newest edition."""
        return self.root / "latest"

    @property
    def lock(self) -> Path:
        """The lock file, beside the site, so that copying the site does not copy it."""
        return self.root.parent / f".{self.root.name}.lock"


@dataclass(frozen=True)
class Edition:
    """One published edition with its manifest."""

    folder: Path
    manifest: dict[str, Any]

    @property
    def id(self) -> str:
        """The name of its folder."""
        return self.folder.name

    @property
    def sequence(self) -> int:
        """Its number in the series, which orders editions whatever the clock said."""
        return int(self.manifest["sequence"])


@dataclass(frozen=True)
class Copied:
    """A file around the editions that is a copy of one in an edition, whose manifest states this SHA-256."""

    source: Path
    sha256: str


def list_editions(site: Site) -> list[Edition]:
    """Return the editions with a readable manifest, oldest first."""
    if not site.editions.is_dir():
        return []
    found = (read_edition(folder) for folder in sorted(site.editions.iterdir()) if folder.is_dir())
    return sorted((edition for edition in found if edition is not None), key=lambda edition: edition.sequence)


def read_edition(folder: Path) -> Edition | None:
    """Return the edition in a folder, or None where its manifest is missing or damaged."""
    try:
        manifest = json.loads((folder / MANIFEST).read_text(encoding="utf-8"))
        edition = Edition(folder, manifest)
        if not isinstance(manifest["outputs"], dict) or not isinstance(manifest["key"], str):
            return None
        return edition if edition.sequence >= 1 else None
    except (OSError, ValueError, KeyError, TypeError):
        return None


def find_edition(site: Site, name: str) -> Edition:
    """Return an edition by its id or the beginning of it, by its folder, or as `latest` or `previous`.

    Raises:
        ParameterError: There is none, or more than one.
    """
    if (folder := Path(name)).is_dir() and (edition := read_edition(folder.resolve())):
        return edition
    editions = list_editions(site)
    places = {"latest": 1, "previous": 2}
    if name in places and len(editions) >= places[name]:
        return editions[-places[name]]
    matching = [e for e in editions if e.id == name] or [e for e in editions if e.id.startswith(name) and name]
    if len(matching) == 1:
        return matching[0]
    known = ", ".join(edition.id for edition in editions[-5:]) or "none yet"
    what = f"more than one edition begins with {name!r}" if matching else f"there is no edition {name!r}"
    raise ParameterError(what, where=str(site.root), mend=f"The last ones are: {known}.")


@contextmanager
def stage(site: Site) -> Iterator[Path]:
    """Give a folder on the same disk as the site that vanishes afterwards, unless it was moved away."""
    with folder_aside(site.root, prefix=STAGING) as folder:
        folder.chmod(0o755)
        yield folder


def sweep(site: Site) -> int:
    """Remove what a run left that was ended in the middle; return how many pieces. Call it only under the lock."""
    folders = [folder for folder in (site.root, site.latest) if folder.is_dir()]
    left = [p for folder in folders for p in folder.iterdir() if p.name.startswith((STAGING, REMOVED))]
    for path in left:
        if path.is_dir():
            shutil.rmtree(path, ignore_errors=True)
        else:
            path.unlink(missing_ok=True)
    return len(left)


def settle(staged: Path, target: Path) -> None:
    """Flush a staged folder to the disk and move it into place in one rename.

    Raises:
        OSError: The disk is full or the folder cannot be written; nothing is visible then.
    """
    for path in sorted(staged.rglob("*")):
        flush(path)
    flush(staged)
    target.parent.mkdir(parents=True, exist_ok=True)
    os.rename(staged, target)
    flush(target.parent)


def remove_edition(site: Site, edition: Edition) -> None:
    """Take an edition out of sight in one rename, then remove it."""
    aside = Path(tempfile.mkdtemp(prefix=REMOVED, dir=site.root))
    os.rename(edition.folder, aside / edition.id)
    flush(site.editions)
    shutil.rmtree(aside, ignore_errors=True)
