"""Reads a folder of raw pages into documents: decode, checksum, and say plainly what could not be used."""

from __future__ import annotations

import codecs
import csv
import errno
import hashlib
import html
import json
import os
import re
import stat
import unicodedata
from collections import Counter
from collections.abc import Iterator, Sequence
from functools import lru_cache
from pathlib import Path
from typing import BinaryIO, NamedTuple

import cchardet

from mawaqif.arabic.language import ARABIC_SCRIPT, COMMON_WORDS, find_other_language, measure_script
from mawaqif.errors import CorpusError, DocumentError
from mawaqif.markup import PageData, read_front_matter, read_page_data, scan_html
from mawaqif.records import RawDocument, Skipped

LARGEST_DOCUMENT = 32 * 1024 * 1024
"""Bytes: the largest file or row that is read as one document; the longest novel is a tenth of it."""

MEDIA_TYPES = {".txt": "text", ".html": "html", ".htm": "html", ".md": "markdown"}
ROW_SUFFIXES = (".jsonl", ".ndjson", ".csv")
SUFFIXES = (*MEDIA_TYPES, *ROW_SUFFIXES)

_COLUMNS = {
    "text": ("text", "content", "body", "article", "article_text", "fulltext", "full_text", "النص", "نص", "المحتوى",
             "المقال", "الخبر"),
    "id": ("id", "doc_id", "docid", "document_id", "المعرف", "الرقم"),
    "title": ("title", "headline", "العنوان", "عنوان"),
    "outlet": ("outlet", "source", "publisher", "newspaper", "المصدر", "الصحيفة"),
    "author": ("author", "authors", "byline", "الكاتب", "كاتب"),
    "published": ("published", "date", "published_at", "publication_date", "pubdate", "التاريخ", "تاريخ النشر"),
    "url": ("url", "link", "href", "الرابط"),
}  # fmt: skip

_ARABIC_LETTER = re.compile(r"[ء-غف-ي]")
_LEGACY = ("windows-1256", "iso-8859-6")


class _Decoded(NamedTuple):
    text: str
    encoding: str


# --- the folder -----------------------------------------------------------------------------------------------------


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
        yield from _read_file(path, _printable(path.relative_to(root)))
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
        where = _printable(Path(str(error.filename)).relative_to(root))
        skipped.append(Skipped(where, f"the folder cannot be opened ({error.strerror})", "Give read permission."))

    for folder, names, files in os.walk(root, onerror=cannot_list):
        names[:] = sorted(n for n in names if not n.startswith("."))
        for name in [n for n in names if os.path.islink(os.path.join(folder, n))]:
            names.remove(name)
            where = _printable(Path(folder, name).relative_to(root))
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
                        _printable(path.relative_to(root)), "the link leads back to itself", "Replace it by the file."
                    )
                )
            elif os.path.islink(path) and not path.resolve().is_relative_to(real_root):
                reason = "a link that leads out of the folder is not followed"
                skipped.append(
                    Skipped(_printable(path.relative_to(root)), reason, "Copy the file in instead of linking to it.")
                )
            else:
                paths.append(path)
    if others:
        kinds = ", ".join(f"{kind}: {count}" for kind, count in sorted(others.items()))
        skipped.append(Skipped(".", f"files of other kinds were not read ({kinds})", f"Only {_known()} are read."))
    return sorted(paths, key=lambda p: _printable(p.relative_to(root))), skipped


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
    return {field: plain for field, value in values.items() if (plain := _plain(value))}


def _printable(path: Path) -> str:
    """Return a path as text that can be written anywhere, though the file's name may be any bytes."""
    return os.fsencode(path.as_posix()).decode("utf-8", "replace")


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
            yield from _read_csv(path, name)
        else:
            yield from _read_jsonl(path, name)
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
        doc_id=_printable(Path(path.stem)),
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
        raise _too_large(f"{before.st_size / 2**20:.0f} MiB")
    data = path.read_bytes()
    after = path.stat()
    if len(data) != before.st_size or after.st_mtime_ns != before.st_mtime_ns:
        raise DocumentError("the file changed while it was read", mend="Run again when it has been written.")
    return data


def _too_large(size: str) -> DocumentError:
    limit = LARGEST_DOCUMENT // 2**20
    return DocumentError(
        f"{size} is more than the {limit} MiB that one document may have", mend="Split it into one article each."
    )


# --- encodings ------------------------------------------------------------------------------------------------------

_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_META_CHARSET = re.compile(rb"""<meta[^>]{1,200}charset=["']?([A-Za-z0-9_-]{2,40})""", re.IGNORECASE)


def decode(data: bytes, *, is_html: bool = False) -> _Decoded:
    """Return the text of `data` and the name of the encoding that gives exactly this text.

    1. A byte order mark decides (and is not part of the text). 2. Zero and control bytes in the pattern of UTF-16
    decide. 3. Strict UTF-8. 4. windows-1256 and iso-8859-6, chosen by what reads as Arabic, cchardet breaking ties.

    Raises:
        DocumentError: The bytes are binary, or in none of these encodings.
    """
    # 1.
    if marked := next((encoding for mark, encoding in _MARKS if data.startswith(mark)), None):
        return _Decoded(_decode_strictly(data, marked), marked)
    # 2.
    if wide := _wide_encoding(data[:4096]):
        return _Decoded(_decode_strictly(data, wide), wide)
    if _is_binary(data[:65536]):
        raise DocumentError("the file is binary, not text", mend="Save the article as plain text in UTF-8.")
    # 3.
    try:
        return _Decoded(data.decode("utf-8"), "utf-8")
    except UnicodeDecodeError as error:
        broken = error
    # 4.
    if encoding := _legacy_encoding(data, is_html=is_html):
        return _Decoded(data.decode(encoding), encoding)
    raise DocumentError(
        f"not valid UTF-8 (byte {broken.start}), nor UTF-16, windows-1256 or iso-8859-6", mend="Save it again in UTF-8."
    )


def _decode_strictly(data: bytes, encoding: str) -> str:
    try:
        return data.decode(encoding)
    except UnicodeDecodeError as error:
        raise DocumentError(
            f"begins as {encoding} but breaks it at byte {error.start}", mend="Save it again in UTF-8."
        ) from error


def _wide_encoding(head: bytes) -> str | None:
    """Name UTF-16 without a mark: Arabic and ASCII have 0x06 and 0x00 in every other byte, and text has neither."""
    head = head[: len(head) // 2 * 2]
    if len(head) < 8:
        return None
    for encoding, high, low in (("utf-16-le", head[1::2], head[0::2]), ("utf-16-be", head[0::2], head[1::2])):
        telling = high.count(b"\x00") + high.count(b"\x06")
        known = telling + high.count(b"\x20")  # 0x20 is the page of typographic quotation marks
        if known > 0.9 * len(high) and telling > 0.5 * len(high) and low.count(b"\x00") < 0.3 * len(low):
            return encoding
    return None


def _is_binary(head: bytes) -> bool:
    """Zero bytes, or more than one control byte in fifty, are no text in any encoding of one byte."""
    controls = len(head) - len(head.translate(None, bytes([*range(1, 9), *range(14, 32), 127])))
    return b"\x00" in head or head.startswith((b"%PDF-", b"PK\x03\x04")) or controls > len(head) / 50


def _legacy_encoding(data: bytes, *, is_html: bool) -> str | None:
    """Choose between the one-byte Arabic encodings by what they make of the bytes."""
    declared = _META_CHARSET.search(data[:4096]) if is_html else None
    guess = (cchardet.detect(data[:200_000]).get("encoding") or "").lower()
    hints = (declared[1].decode().lower() if declared else "", guess)
    scores: dict[str, float] = {}
    for encoding in _LEGACY:
        try:
            text = data.decode(encoding)
        except UnicodeDecodeError:
            continue
        score = _arabic_quality(text[:200_000])
        if score > 0:
            scores[encoding] = score + 0.001 * sum(encoding in (hint, _alias(hint)) for hint in hints)
    return max(scores, key=lambda encoding: scores[encoding]) if scores else None


def _alias(name: str) -> str:
    return {"cp1256": "windows-1256", "iso8859-6": "iso-8859-6", "arabic": "iso-8859-6"}.get(name, name)


def _arabic_quality(text: str) -> float:
    """Score how far a decoding reads as Arabic: 0 where it cannot be.

    UTF-8 read as windows-1256 is half tah and zah (its lead bytes 0xD8 and 0xD9), so those two letters tell it apart;
    the article ال and the commonest words tell the right table from its neighbour.
    """
    beyond_ascii = [c for c in text if ord(c) > 127 and not c.isspace()]
    letters = len(_ARABIC_LETTER.findall(text))
    if not beyond_ascii or letters < 0.7 * len(beyond_ascii) or text.count("ط") + text.count("ظ") > 0.25 * letters:
        return 0.0
    words = text.split()
    common = sum(word in COMMON_WORDS for word in words) / len(words)
    articles = sum(word.startswith(("ال", "وال", "بال", "لل")) for word in words) / len(words)
    share = letters / len(beyond_ascii)
    if common + articles <= 0.02:  # a line or two may do without them
        return 0.01 if share > 0.95 and len(words) < 25 else 0.0
    return 0.1 * share + common + articles


# --- language -------------------------------------------------------------------------------------------------------


def check_language(text: str, media_type: str) -> None:
    """Check that a document is in Arabic.

    Raises:
        DocumentError: It has no Arabic, or is in another language of the Arabic script.
    """
    sample = _sample(_visible(text) if media_type == "html" else text)
    script = measure_script(sample)
    if not script.arabic:
        raise DocumentError(
            "the document has no Arabic in it", mend="Remove it, or save the Arabic version of the page."
        )
    if script.arabic < 0.1 * script.letters:
        share = 100 * script.arabic / script.letters
        raise DocumentError(
            f"the document is not Arabic ({share:.0f}% of its letters)", mend="Save the Arabic version."
        )
    if other := find_other_language(sample, script):
        raise DocumentError(f"the document is in {other}, not Arabic", mend="Remove it, or save the Arabic version.")


_SAMPLE = 200_000
_SAMPLE_PIECES = 20


def _sample(text: str) -> str:
    """Return a text, or of a long one pieces from its beginning to its end, enough to tell the language.

    What follows the first Arabic letter is added, as it may stand between the pieces.
    """
    if len(text) <= _SAMPLE:
        return text
    size = _SAMPLE // _SAMPLE_PIECES
    last = len(text) - size
    starts = [last * i // (_SAMPLE_PIECES - 1) for i in range(_SAMPLE_PIECES)]
    if first := ARABIC_SCRIPT.search(text):
        starts.append(first.start())
    return " ".join(text[start : start + size] for start in starts)


def _visible(text: str) -> str:
    """Return a page's text without its tags."""
    pieces: list[str] = []
    at = 0
    hidden = False
    for tag in scan_html(text):
        if not hidden:
            pieces.append(text[at : tag.start])
        hidden = tag.name in ("script", "style", "noscript", "template", "svg") and not tag.is_closing
        at = tag.end
    pieces.append(text[at:])
    return html.unescape(" ".join(pieces))


# --- rows -----------------------------------------------------------------------------------------------------------


def _read_jsonl(path: Path, name: str) -> Iterator[RawDocument | Skipped]:
    """Yield one document a line; a broken line is skipped by its number."""
    with path.open("rb") as file:
        head = file.read(4)
        file.seek(0)
        encoding = next((e for mark, e in _MARKS if head.startswith(mark)), "utf-8")
        has_rows = False
        for number, line in _numbered_lines(file, encoding):
            where = f"{name}:{number}"
            has_rows = has_rows or line is None or bool(line.removeprefix(codecs.BOM_UTF8).strip())
            if line is None:
                error = _too_large("the row")
                yield Skipped(where, error.what, error.mend or "")
            elif line.removeprefix(codecs.BOM_UTF8).strip():
                yield _json_row(line, where, path.stem, number, encoding)
    if not has_rows:
        raise _no_rows()


def _no_rows() -> DocumentError:
    return DocumentError("the file has no rows", mend="Export the table again, or delete the file.")


def _numbered_lines(file: BinaryIO, encoding: str) -> Iterator[tuple[int, bytes | None]]:
    """Yield each line as UTF-8 with its number from 1, None for one over the limit, never holding more than one."""
    source: BinaryIO = file if encoding.startswith("utf-8") else codecs.EncodedFile(file, "utf-8", encoding)
    number, is_rest = 1, False
    while line := source.readline(LARGEST_DOCUMENT + 1):
        is_whole = line.endswith(b"\n")
        if is_whole or len(line) <= LARGEST_DOCUMENT:
            yield number, None if is_rest else line
            number, is_rest = number + 1, False
        else:
            is_rest = True
    if is_rest:
        yield number, None


def _json_row(line: bytes, where: str, stem: str, number: int, encoding: str) -> RawDocument | Skipped:
    try:
        row = json.loads(line.decode("utf-8-sig"))
    except UnicodeDecodeError as error:
        return Skipped(where, f"the row is not UTF-8 (byte {error.start})", "Save the file again in UTF-8.")
    except (ValueError, RecursionError) as error:
        return Skipped(where, f"the row is not JSON ({str(error)[:80]})", "Correct that line, or remove it.")
    if not isinstance(row, dict):
        return Skipped(where, "the row is not a JSON object", 'Write it as {"id": ..., "text": ...}.')
    try:
        return _row_document(row, where, stem, number, encoding)
    except DocumentError as error:
        return Skipped(where, error.what, error.mend or "")


def _read_csv(path: Path, name: str) -> Iterator[RawDocument | Skipped]:
    """Yield one document a row of a table whose first row names the columns."""
    size = path.stat().st_size
    with path.open("rb") as binary:
        head = binary.read(1024 * 1024)
    if not head.strip(b"\x00\t\n\r \xef\xbb\xbf"):
        raise DocumentError("the file is empty", mend="Export the table again, or delete the file.")
    encoding = decode(head if len(head) == size else _whole_lines(head)).encoding
    csv.field_size_limit(LARGEST_DOCUMENT)
    with path.open(encoding=encoding, newline="") as file:
        first = file.readline(100_000)
        file.seek(0)
        delimiter = max(",;\t|", key=first.count)
        rows = csv.DictReader(file, delimiter=delimiter, strict=True)
        try:
            names: list[object] = list(rows.fieldnames or ())
        except (csv.Error, UnicodeDecodeError) as error:
            raise DocumentError(
                f"the table cannot be read from this row on ({str(error)[:80]})", mend="Export it again in UTF-8."
            ) from error
        if _column(names, "text") is None:
            raise DocumentError("the table has no text column", mend="Name the column with the articles 'text'.")
        yield from _csv_rows(rows, name, path.stem, encoding)


def _whole_lines(head: bytes) -> bytes:
    """Cut the beginning of a file after a whole character: after a line, or in UTF-16 after a pair of bytes."""
    if b"\x00" in head or head.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return head[: len(head) // 4 * 4]
    return head[: head.rfind(b"\n") + 1] or head


def _csv_rows(rows: csv.DictReader[str], name: str, stem: str, encoding: str) -> Iterator[RawDocument | Skipped]:
    number = 0
    while True:
        number += 1
        where = f"{name}:{number}"
        try:
            row: dict[object, object] = dict(next(rows))
            if any(str(cell).strip() for cell in _cells(row.pop(None, None))):
                raise DocumentError(
                    "the row has more cells than the header", mend="Put quotation marks around the text."
                )
            yield _row_document(row, where, stem, number, encoding)
        except StopIteration:
            if number == 1:
                raise _no_rows() from None
            return
        except DocumentError as error:
            yield Skipped(where, error.what, error.mend or "")
        except csv.Error as error:
            reason = f"the table cannot be read from this row on ({str(error)[:80]})"
            yield Skipped(where, reason, "Close the quotation marks, or export the table again.")
            return
        except UnicodeDecodeError as error:
            yield Skipped(
                where, f"the table cannot be read from this row on ({str(error)[:80]})", "Export it again in UTF-8."
            )
            return


def _cells(rest: object) -> list[object]:
    """Return what `csv` puts under no column: the cells beyond the header, often the empty one after a last comma."""
    return rest if isinstance(rest, list) else []


@lru_cache(maxsize=64)  # the rows of a file have the same names, all or most of them
def _columns(names: tuple[object, ...]) -> dict[str, object | None]:
    return {field: _column(names, field) for field in _COLUMNS}


def _column(names: Sequence[object], field: str) -> object | None:
    """Return the name, as written, of the column that holds `field`; earlier spellings in the list win."""
    written = {str(n).strip().lower(): n for n in names if n is not None}
    return next((written[known] for known in _COLUMNS[field] if known in written), None)


def _row_document(row: dict[object, object], where: str, stem: str, number: int, encoding: str) -> RawDocument:
    """Make a document of one row; its checksum is that of the text in UTF-8.

    Raises:
        DocumentError: There is no text in it, or no Arabic text.
    """
    values = {field: None if column is None else row.get(column) for field, column in _columns(tuple(row)).items()}
    text = values["text"]
    if text is None:
        raise DocumentError("the row has no text", mend="Name the field with the article 'text'.")
    if not isinstance(text, str) or not text.strip():
        raise DocumentError("the text of the row is empty", mend="Complete it, or remove the row.")
    try:
        data = text.encode()
    except UnicodeEncodeError:  # half of a surrogate pair, from a badly escaped string: no file can hold it
        text = text.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace")
        data = text.encode()
    check_language(text, "record")
    plain = {field: _plain(value) for field, value in values.items() if field != "text"}
    return RawDocument(
        doc_id=_row_id(values["id"], plain.pop("id")) or f"{_printable(Path(stem))}-{number}",
        text=text,
        sha256=hashlib.sha256(data).hexdigest(),
        encoding=encoding,
        path=where,
        media_type="record",
        **plain,
    )


LONGEST_ID = 200
"""Characters: a longer cell in the column of ids is no id but a text gone astray."""


def _row_id(value: object, plain: str | None) -> str | None:
    """Return the id of a row, None where what stands there cannot serve as one."""
    if plain is None or len(plain) > LONGEST_ID or plain.lower() in ("nan", "inf", "-inf", "infinity", "-infinity"):
        return None
    written = html.unescape(value).strip() if isinstance(value, str) else plain
    return None if any(unicodedata.category(c) == "Cc" for c in written + plain) else plain


_SURROGATE = re.compile("[\ud800-\udfff]")


def _plain(value: object) -> str | None:
    """Return a cell as text on one line, None where it is empty."""
    if isinstance(value, list):
        value = ", ".join(str(v) for v in value)
    if isinstance(value, float) and value.is_integer():
        value = int(value)
    if value is None or isinstance(value, dict | bool):
        return None
    return " ".join(html.unescape(_SURROGATE.sub("\ufffd", str(value))).split()) or None
