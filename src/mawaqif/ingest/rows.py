"""Reads tables of articles, JSONL and CSV, one document a row."""

from __future__ import annotations

import codecs
import csv
import hashlib
import html
import json
import unicodedata
from collections.abc import Iterator, Sequence
from functools import lru_cache
from pathlib import Path
from typing import BinaryIO

from mawaqif.errors import DocumentError
from mawaqif.ingest.arabic_only import check_language
from mawaqif.ingest.encodings import BYTE_ORDER_MARKS, decode
from mawaqif.ingest.limits import LARGEST_DOCUMENT, plain_value, printable, too_large
from mawaqif.records import RawDocument, Skipped

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


def read_jsonl(path: Path, name: str) -> Iterator[RawDocument | Skipped]:
    """Yield one document a line; a broken line is skipped by its number."""
    with path.open("rb") as file:
        head = file.read(4)
        file.seek(0)
        encoding = next((e for mark, e in BYTE_ORDER_MARKS if head.startswith(mark)), "utf-8")
        has_rows = False
        for number, line in _numbered_lines(file, encoding):
            where = f"{name}:{number}"
            has_rows = has_rows or line is None or bool(line.removeprefix(codecs.BOM_UTF8).strip())
            if line is None:
                error = too_large("the row")
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


def read_csv(path: Path, name: str) -> Iterator[RawDocument | Skipped]:
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
    plain = {field: plain_value(value) for field, value in values.items() if field != "text"}
    return RawDocument(
        doc_id=_row_id(values["id"], plain.pop("id")) or f"{printable(Path(stem))}-{number}",
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
