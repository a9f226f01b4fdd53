"""Checksums over files, by which the program finds what has changed and what has not."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from pathlib import Path


def digest_file(path: Path) -> str:
    """Return the SHA-256 of a file's bytes, in hexadecimal digits.

    Raises:
        OSError: It cannot be read.
    """
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def digest_files(files: Iterable[tuple[str, Path]]) -> str:
    """Return one SHA-256 over the names and bytes of files, in the order given.

    A file that cannot be read counts by the number of its error: whoever reads it will say so; here it only has to
    differ from a readable one.
    """
    digest = hashlib.sha256()
    for name, path in files:
        try:
            content = digest_file(path)
        except OSError as error:
            content = str(error.errno)
        digest.update(f"{name}\0{content}\0".encode("utf-8", "surrogateescape"))
    return digest.hexdigest()


def digest_package(package: Path, names: Iterable[str] = (".",)) -> str:
    """Return one SHA-256 over the Python sources of a package, or of some modules and packages in it.

    Args:
        package: The folder of the package.
        names: Files and folders in it.
    """
    roots = [package / name for name in names]
    found = {file for root in roots for file in ([root] if root.is_file() else root.rglob("*.py"))}
    return digest_files((path.relative_to(package).as_posix(), path) for path in sorted(found))
