"""Walks a folder of raw pages, or one file, and reads each into its documents."""

from __future__ import annotations

import errno
import hashlib
import json
import os
import stat
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

from mawaqif.errors import CorpusError, DocumentError
from mawaqif.ingest.arabic_only import check_language
from mawaqif.ingest.encodings import decode
from mawaqif.ingest.limits import LARGEST_DOCUMENT, plain_value, printable, too_large
from mawaqif.ingest.rows import read_csv, read_jsonl
from mawaqif.markup import PageData, read_front_matter, read_page_data
from mawaqif.records import RawDocument, Skipped

MEDIA_TYPES = {".txt": "text", ".html": "html", ".htm": "html", ".md": "markdown"}
ROW_SUFFIXES = (".jsonl", ".ndjson", ".csv")
SUFFIXES = (*MEDIA_TYPES, *ROW_SUFFIXES)


def read_corpus(source: Path | str) -> Iterator[RawDocument | Skipped]:
    """Return the documents of a folder, or of one file, in the order of their paths, one at a time.

    Files may be `.txt`, `.html`, `.htm`, `.md` (one document each), `.jsonl`, `.ndjson` and `.csv` (one a row, with a
    text column). Hidden files and folders are passed over. What cannot be used comes out as `Skipped`; the rest
    goes on.

    Raises:
        CorpusError: There is no such folder or file, or nothing readable in it.
    """
    root = Path(source)
    if root.is_file():
        if root.suffix.lower() not in SUFFIXES:
            raise CorpusError(
                "the file is of a kind that cannot be read",
                where=str(root),
                mend=f"Give a folder, or a file named {_known()}.",
            )
        return _without_same_ids(_read_file(root, root.name))
    if not root.is_dir():
        raise CorpusError(
            "there is no such folder",
            where=str(root),
            mend="Check the path, or create the folder and put the articles in it.",
        )
    try:
        paths, skipped = _list_files(root)
    except (OSError, RuntimeError) as error:
        raise CorpusError(
            f"the folder cannot be read ({getattr(error, 'strerror', None) or error})",
            where=str(root),
            mend="Give read permission to the folder.",
        ) from error
    if not paths and not any(s.path != "." for s in skipped):
        raise CorpusError("the folder has no articles", where=str(root), mend=f"Put files named {_known()} in it.")
    return _without_same_ids(_read_files(root, paths, skipped))


def _known() -> str:
    return "*" + ", *".join(SUFFIXES)


def _read_files(root: Path, paths: list[Path], skipped: list[Skipped]) -> Iterator[RawDocument | Skipped]:
    for path in paths:
        yield from _read_file(path, printable(path.relative_to(root)))
    yield from skipped


def _list_files(root: Path) -> tuple[list[Path], list[Skipped]]:
    """Return the readable paths in order, and what was passed over: links that lead away, and files of other kinds."""
    skipped: list[Skipped] = []
    others: Counter[str] = Counter()
    paths: list[Path] = []
    real_root = root.resolve()

    def cannot_list(error: OSError) -> None:
        if error.filename is None or Path(str(error.filename)) == root:
            raise error
        where = printable(Path(str(error.filename)).relative_to(root))
        skipped.append(Skipped(where, f"the folder cannot be opened ({error.strerror})", "Give read permission."))

    for folder, names, files in os.walk(root, onerror=cannot_list):
        names[:] = sorted(n for n in names if not n.startswith("."))
        for name in [n for n in names if os.path.islink(os.path.join(folder, n))]:
            names.remove(name)
            where = printable(Path(folder, name).relative_to(root))
            skipped.append(
                Skipped(where, "a link to a folder is not followed", "Copy the folder in instead of linking to it.")
            )
        for name in files:
            path = Path(folder, name)
            if name.startswith(".") or (name.endswith(METADATA_SUFFIX) and _has_page(path)):
                continue
            if path.suffix.lower() not in SUFFIXES:
                others[path.suffix.lower() or "no suffix"] += 1
            elif _is_link_loop(path):
                skipped.append(
                    Skipped(
                        printable(path.relative_to(root)), "the link leads back to itself", "Replace it by the file."
                    )
                )
            elif os.path.islink(path) and not path.resolve().is_relative_to(real_root):
                reason = "a link that leads out of the folder is not followed"
                skipped.append(
                    Skipped(printable(path.relative_to(root)), reason, "Copy the file in instead of linking to it.")
                )
            else:
                paths.append(path)
    if others:
        kinds = ", ".join(f"{kind}: {count}" for kind, count in sorted(others.items()))
        skipped.append(Skipped(".", f"files of other kinds were not read ({kinds})", f"Only {_known()} are read."))
    return sorted(paths, key=lambda p: printable(p.relative_to(root))), skipped


def _is_link_loop(path: Path) -> bool:
    """Whether a path is a link that leads round in a circle."""
    if not os.path.islink(path):
        return False
    try:
        path.stat()
    except OSError as error:
        return error.errno == errno.ELOOP
    return False


METADATA_SUFFIX = ".meta.json"
"""What `mawaqif fetch` writes beside a page: where and when it came from."""


def _has_page(metadata: Path) -> bool:
    stem = metadata.name.removesuffix(METADATA_SUFFIX)
    return any(metadata.with_name(f"{stem}{suffix}").exists() for suffix in MEDIA_TYPES)


def _read_metadata(path: Path) -> dict[str, str]:
    """Return what was noted of a page when it was fetched, for what the page itself does not say; {} without a note."""
    try:
        noted = json.loads(path.with_name(f"{path.stem}{METADATA_SUFFIX}").read_text(encoding="utf-8"))
        listing, page = noted.get("listing") or {}, noted.get("page") or {}
        values = {
            "title": listing.get("title") or page.get("title"),
            "outlet": noted.get("outlet"),
            "author": listing.get("author") or page.get("author"),
            "published": listing.get("published"),
            "url": noted.get("url"),
        }
    except (OSError, ValueError, AttributeError):
        return {}
    return {field: plain for field, value in values.items() if (plain := plain_value(value))}


def _without_same_ids(results: Iterator[RawDocument | Skipped]) -> Iterator[RawDocument | Skipped]:
    """Keep the first of two documents with one id; the second has no address of its own."""
    owners: dict[str, str] = {}
    for result in results:
        if isinstance(result, RawDocument):
            owner = owners.setdefault(result.doc_id, result.path)
            if owner != result.path:
                reason = f"its id {result.doc_id!r} is already used by {owner}"
                if result.media_type == "record":
                    yield Skipped(result.path, reason, "Give each row an id of its own.")
                else:
                    yield Skipped(result.path, reason, "Rename one of the two: the name without its suffix is the id.")
                continue
        yield result


# --- one file -------------------------------------------------------------------------------------------------------


def _read_file(path: Path, name: str) -> Iterator[RawDocument | Skipped]:
    """Yield the documents of one file; any failure of its own ends in one `Skipped`."""
    suffix = path.suffix.lower()
    try:
        if suffix in MEDIA_TYPES:
            yield _read_document(path, name, MEDIA_TYPES[suffix])
        elif suffix == ".csv":
            yield from read_csv(path, name)
        else:
            yield from read_jsonl(path, name)
    except DocumentError as error:
        yield Skipped(name, error.what, error.mend or "")
    except FileNotFoundError:
        yield Skipped(name, "the file disappeared while the folder was read, or its link leads nowhere", "Run again.")
    except PermissionError:
        yield Skipped(name, "the file may not be read", "Give read permission.")
    except OSError as error:
        yield Skipped(name, f"the file cannot be read ({error.strerror})", "Check the disk, or copy the file anew.")


def _read_document(path: Path, name: str, media_type: str) -> RawDocument:
    data = _read_bytes(path)
    if not data.strip(b"\x00\t\n\r \xef\xbb\xbf"):
        raise DocumentError("the file is empty", mend="Save the article again, or delete the file.")
    decoded = decode(data, is_html=media_type == "html")
    noted = _read_metadata(path)
    page = _page_data(decoded.text, media_type)._asdict()
    page = {field: value or noted.get(field) for field, value in page.items()}
    page["outlet"] = noted.get("outlet") or page["outlet"]  # named by whoever listed the source
    check_language(decoded.text, media_type)
    return RawDocument(
        doc_id=printable(Path(path.stem)),
        text=decoded.text,
        sha256=hashlib.sha256(data).hexdigest(),
        encoding=decoded.encoding,
        path=name,
        media_type=media_type,
        **page,
    )


def _page_data(text: str, media_type: str) -> PageData:
    if media_type == "html":
        return read_page_data(text)
    return read_front_matter(text) if media_type == "markdown" else PageData()


def _read_bytes(path: Path) -> bytes:
    """Return the whole of a regular file, provided that it stays as it is meanwhile.

    Raises:
        DocumentError: It is no regular file, is too large, or changed while it was read.
    """
    before = path.stat()
    if not stat.S_ISREG(before.st_mode):
        raise DocumentError("this is not a regular file", mend="Replace the pipe or device by a file.")
    if before.st_size > LARGEST_DOCUMENT:
        raise too_large(f"{before.st_size / 2**20:.0f} MiB")
    data = path.read_bytes()
    after = path.stat()
    if len(data) != before.st_size or after.st_mtime_ns != before.st_mtime_ns:
        raise DocumentError("the file changed while it was read", mend="Run again when it has been written.")
    return data
