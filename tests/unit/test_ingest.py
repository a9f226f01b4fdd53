"""Reading a corpus: every kind of file and encoding, and every way in which a file can be of no use."""

from __future__ import annotations

import hashlib
import json
import os
import time
from pathlib import Path

import pytest

from mawaqif.errors import CorpusError, DocumentError
from mawaqif.ingest import decode, read_corpus, rows
from mawaqif.ingest.limits import LARGEST_DOCUMENT
from mawaqif.records import RawDocument, Skipped

ARABIC = "قال وزير الخارجية في بيان إن القوات ستنسحب من العراق على مراحل.\nوأضاف أن الحوار مستمر مع الجانب الآخر.\n"


def write(folder: Path, name: str, content: str | bytes) -> Path:
    path = folder / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(content if isinstance(content, bytes) else content.encode())
    return path


def read(source: Path) -> tuple[list[RawDocument], list[Skipped]]:
    results = list(read_corpus(source))
    return [r for r in results if isinstance(r, RawDocument)], [r for r in results if isinstance(r, Skipped)]


# --- what is read ---------------------------------------------------------------------------------------------------


def test_documents_come_in_the_order_of_their_paths_from_all_folders(tmp_path: Path) -> None:
    for name in ("b.txt", "a/z.md", "a/y.html", "c.TXT"):
        write(tmp_path, name, ARABIC)
    documents, skipped = read(tmp_path)
    assert [d.path for d in documents] == ["a/y.html", "a/z.md", "b.txt", "c.TXT"]
    assert [d.doc_id for d in documents] == ["y", "z", "b", "c"]
    assert skipped == []


def test_the_text_keeps_its_newlines_and_the_checksum_is_that_of_the_bytes(tmp_path: Path) -> None:
    data = "قال الوزير\r\nإن\rالقوات\n".encode()
    write(tmp_path, "x.txt", data)
    (document,), _ = read(tmp_path)
    assert document.text == "قال الوزير\r\nإن\rالقوات\n"
    assert document.sha256 == hashlib.sha256(data).hexdigest()


@pytest.mark.parametrize(
    "encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "windows-1256", "iso-8859-6"]
)
@pytest.mark.parametrize("length", [60, 4000])
def test_each_encoding_is_told_by_its_bytes(encoding: str, length: int) -> None:
    text = (ARABIC * 50)[:length]
    decoded = decode(text.encode(encoding))
    assert (decoded.text, decoded.encoding) == (text, encoding)


def test_the_name_of_the_encoding_reads_the_same_text_back(tmp_path: Path) -> None:
    path = write(tmp_path, "x.txt", ARABIC.encode("utf-8-sig"))
    (document,), _ = read(tmp_path)
    assert path.read_bytes().decode(document.encoding) == document.text


def test_utf8_is_never_taken_for_windows_1256(tmp_path: Path) -> None:
    with pytest.raises(DocumentError, match="not valid UTF-8"):
        decode(ARABIC.encode() * 3 + b"\xff\xfe\xfa")


def test_rows_of_jsonl_become_documents_with_their_columns(tmp_path: Path) -> None:
    row = {
        "id": 7,
        "text": ARABIC,
        "headline": "عنوان",
        "source": "رويترز",
        "date": "2024-05-01",
        "link": "https://a.b",
    }
    write(tmp_path, "news.jsonl", json.dumps(row) + "\n\n" + json.dumps({"النص": ARABIC}) + "\n")
    (first, second), skipped = read(tmp_path)
    assert (first.doc_id, first.title, first.outlet, first.published, first.url, first.media_type) == (
        "7", "عنوان", "رويترز", "2024-05-01", "https://a.b", "record",
    )  # fmt: skip
    assert first.sha256 == hashlib.sha256(ARABIC.encode()).hexdigest()
    assert second.doc_id == "news-3"
    assert skipped == []


def test_a_single_jsonl_file_is_a_corpus(tmp_path: Path) -> None:
    path = write(tmp_path, "in.jsonl", json.dumps({"id": "a", "text": ARABIC}))
    assert [d.doc_id for d in read(path)[0]] == ["a"]


def test_a_jsonl_file_in_utf16_is_read_line_by_line(tmp_path: Path) -> None:
    rows = "".join(json.dumps({"id": i, "text": ARABIC}, ensure_ascii=False) + "\n" for i in range(3))
    write(tmp_path, "x.jsonl", rows.encode("utf-16"))
    documents, skipped = read(tmp_path)
    assert ([d.text for d in documents], skipped) == ([ARABIC] * 3, [])


@pytest.mark.parametrize("encoding", ["utf-8", "windows-1256", "utf-16"])
@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
def test_csv_tables_are_read_in_any_encoding_and_with_any_delimiter(
    tmp_path: Path, encoding: str, delimiter: str
) -> None:
    table = delimiter.join(["id", "النص"]) + "\n" + delimiter.join(["a1", f'"{ARABIC}"']) + "\n"
    write(tmp_path, "x.csv", table.encode(encoding))
    (document,), _ = read(tmp_path)
    assert (document.doc_id, document.text) == ("a1", ARABIC)


def test_half_a_surrogate_pair_in_a_row_does_not_reach_the_text(tmp_path: Path) -> None:
    write(tmp_path, "x.jsonl", '{"id": "a", "text": "قال الوزير \\ud83d إن"}\n')
    (document,), _ = read(tmp_path)
    assert document.text.encode().decode() == "قال الوزير \ufffd إن"


def test_html_gives_its_page_data_and_keeps_its_text(tmp_path: Path) -> None:
    page = (
        '<html><head><title>عنوان - موقع</title><meta property="og:title" content="عنوان &quot;المقال&quot;">'
        '<meta property="og:site_name" content="موقع"><script type="application/ld+json">{"@type": "NewsArticle", '
        '"datePublished": "2024-05-01T10:00", "author": [{"name": "محمد علي"}]}</script></head><body>' + ARABIC
    )
    write(tmp_path, "x.html", page)
    (document,), _ = read(tmp_path)
    assert (document.title, document.outlet, document.author, document.published, document.text) == (
        'عنوان "المقال"', "موقع", "محمد علي", "2024-05-01T10:00", page,
    )  # fmt: skip


def test_html_whose_arabic_is_all_character_references_is_arabic(tmp_path: Path) -> None:
    body = "".join(f"&#{ord(c)};" if c > "\x7f" else c for c in ARABIC)
    write(tmp_path, "x.html", f"<html><script>{'var english; ' * 500}</script><p>{body}</p>")
    assert len(read(tmp_path)[0]) == 1


# --- what is not ----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("make", [lambda p: None, lambda p: p.mkdir()])
def test_a_missing_or_empty_folder_is_the_users_error_with_place_and_mend(tmp_path: Path, make: object) -> None:
    folder = tmp_path / "corpus"
    make(folder)  # type: ignore[operator]
    with pytest.raises(CorpusError) as caught:
        read_corpus(folder)
    assert str(folder) in str(caught.value)
    assert caught.value.mend
    assert "\n" not in str(caught.value)


@pytest.mark.parametrize(
    ("name", "content", "reason"),
    [
        ("x.txt", b"", "empty"),
        ("x.txt", b" \n\xef\xbb\xbf \n", "empty"),
        ("x.txt", bytes(range(256)) * 20, "binary"),
        ("x.txt", b"%PDF-1.7 \x00\x01\x02", "binary"),
        ("x.txt", ARABIC.encode("utf-16")[:-1], "breaks it"),
        ("x.txt", b"Only English words stand here.", "no Arabic"),
        ("x.txt", ("English words only. " * 50 + "نعم").encode(), "not Arabic"),
        ("x.txt", ("این گزارش می گوید که نیروهای خارجی چگونه از پایگاه ها خارج شدند " * 5).encode(), "Persian"),
        ("x.csv", "id,words\n1,قال\n".encode(), "no text column"),
        ("x.csv", b"", "empty"),
        ("x.jsonl", b"{broken\n", "not JSON"),
        ("x.jsonl", b"[1, 2]\n", "not a JSON object"),
        ("x.jsonl", b'{"id": "a"}\n', "no text"),
        ("x.jsonl", b'{"id": "a", "text": " "}\n', "empty"),
        ("x.jsonl", '{"text": "قال"}\n'.encode("windows-1256"), "not UTF-8"),
    ],
)
def test_a_file_of_no_use_is_skipped_with_a_reason_and_the_rest_goes_on(
    tmp_path: Path, name: str, content: bytes, reason: str
) -> None:
    write(tmp_path, name, content)
    write(tmp_path, "z.txt", ARABIC)
    documents, (skipped,) = read(tmp_path)
    assert [d.doc_id for d in documents] == ["z"]
    assert skipped.path.startswith(name)
    assert reason in skipped.reason
    assert skipped.mend


def test_a_broken_row_is_named_by_its_line_and_the_others_are_read(tmp_path: Path) -> None:
    good = json.dumps({"id": "a", "text": ARABIC})
    write(tmp_path, "x.jsonl", f"{good}\nnonsense\n" + good.replace('"a"', '"b"'))
    documents, (skipped,) = read(tmp_path)
    assert [d.doc_id for d in documents] == ["a", "b"]
    assert skipped.path == "x.jsonl:2"


def test_the_second_of_two_files_with_one_stem_is_skipped_and_names_the_first(tmp_path: Path) -> None:
    write(tmp_path, "a/x.txt", ARABIC)
    write(tmp_path, "b/x.txt", ARABIC)
    documents, (skipped,) = read(tmp_path)
    assert [d.path for d in documents] == ["a/x.txt"]
    assert skipped.path == "b/x.txt"
    assert "a/x.txt" in skipped.reason


def test_a_file_over_the_limit_is_skipped(tmp_path: Path) -> None:
    path = write(tmp_path, "huge.txt", b"")
    os.truncate(path, LARGEST_DOCUMENT + 1)
    write(tmp_path, "z.txt", ARABIC)
    documents, (skipped,) = read(tmp_path)
    assert "MiB" in skipped.reason
    assert len(documents) == 1


def test_a_row_over_the_limit_is_skipped_and_the_next_is_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(rows, "LARGEST_DOCUMENT", 1000)
    long = json.dumps({"id": "long", "text": ARABIC * 100})
    write(tmp_path, "x.jsonl", f"{long}\n" + json.dumps({"id": "b", "text": "قال الوزير"}) + "\n")
    documents, (skipped,) = read(tmp_path)
    assert [d.doc_id for d in documents] == ["b"]
    assert skipped.path == "x.jsonl:1"


def test_hidden_files_are_passed_over_and_other_kinds_are_counted(tmp_path: Path) -> None:
    write(tmp_path, ".hidden.txt", ARABIC)
    write(tmp_path, ".git/x.txt", ARABIC)
    write(tmp_path, "a.pdf", b"x")
    write(tmp_path, "b.pdf", b"x")
    write(tmp_path, "z.txt", ARABIC)
    documents, (skipped,) = read(tmp_path)
    assert [d.doc_id for d in documents] == ["z"]
    assert ".pdf: 2" in skipped.reason


def test_links_out_of_the_folder_and_loops_are_not_followed(tmp_path: Path) -> None:
    outside = write(tmp_path, "outside.txt", ARABIC)
    folder = tmp_path / "corpus"
    write(folder, "z.txt", ARABIC)
    (folder / "loop").symlink_to(folder)
    (folder / "away.txt").symlink_to(outside)
    (folder / "broken.txt").symlink_to(folder / "nowhere.txt")
    documents, skipped = read(folder)
    assert [d.doc_id for d in documents] == ["z"]
    assert {s.path for s in skipped} == {"loop", "away.txt", "broken.txt"}


def test_a_named_pipe_does_not_block(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe.txt")
    write(tmp_path, "z.txt", ARABIC)
    documents, (skipped,) = read(tmp_path)
    assert len(documents) == 1
    assert "regular" in skipped.reason


def test_a_file_that_disappears_after_the_listing_is_skipped(tmp_path: Path) -> None:
    write(tmp_path, "a.txt", ARABIC)
    gone = write(tmp_path, "b.txt", ARABIC)
    results = read_corpus(tmp_path)
    assert isinstance(next(results), RawDocument)
    gone.unlink()
    (left,) = list(results)
    assert isinstance(left, Skipped)
    assert "disappeared" in left.reason


@pytest.mark.skipif(os.geteuid() == 0, reason="root may read anything")
def test_a_file_without_permission_is_skipped(tmp_path: Path) -> None:
    write(tmp_path, "a.txt", ARABIC).chmod(0)
    write(tmp_path, "z.txt", ARABIC)
    _, (skipped,) = read(tmp_path)
    assert "may not be read" in skipped.reason


def test_a_name_that_is_no_text_can_still_be_written(tmp_path: Path) -> None:
    with open(os.fsencode(tmp_path) + b"/\xff\xfe.txt", "wb") as file:
        file.write(ARABIC.encode())
    (document,), _ = read(tmp_path)
    assert document.doc_id.encode()


# --- what once stopped a run, or went wrong in silence --------------------------------------------------------------


def test_links_in_a_circle_are_skipped(tmp_path: Path) -> None:
    (tmp_path / "a.txt").symlink_to(tmp_path / "b.txt")
    (tmp_path / "b.txt").symlink_to(tmp_path / "a.txt")
    write(tmp_path, "z.txt", ARABIC)
    documents, skipped = read(tmp_path)
    assert [d.doc_id for d in documents] == ["z"]
    assert [s.reason for s in skipped] == ["the link leads back to itself"] * 2


def test_a_row_with_more_cells_than_the_header_is_skipped(tmp_path: Path) -> None:
    write(tmp_path, "x.csv", "id,text\na,قال الوزير, إن القوات, باقية\nb,قال الوزير,\nc,قال الوزير\n")
    documents, (skipped,) = read(tmp_path)
    assert [(d.doc_id, d.outlet, d.title) for d in documents] == [("b", None, None), ("c", None, None)]
    assert skipped == Skipped(
        "x.csv:1", "the row has more cells than the header", "Put quotation marks around the text."
    )


def test_an_unclosed_quotation_mark_is_named_by_its_row(tmp_path: Path) -> None:
    write(tmp_path, "x.csv", 'id,text\na,قال الوزير\nb,"قال الوزير\nc,قال الوزير\n')
    documents, (skipped,) = read(tmp_path)
    assert [d.doc_id for d in documents] == ["a"]
    assert skipped.path == "x.csv:2"
    assert "quotation marks" in skipped.mend


def test_a_header_with_an_unclosed_quotation_mark_is_skipped(tmp_path: Path) -> None:
    write(tmp_path, "x.csv", '"id,text\na,قال الوزير\n')
    assert "cannot be read" in read(tmp_path)[1][0].reason


def test_a_folder_that_cannot_be_read_says_so(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(path: Path) -> None:
        raise PermissionError(13, "Permission denied", str(path))

    monkeypatch.setattr(os, "scandir", refuse)
    with pytest.raises(CorpusError, match="the folder cannot be read"):
        read_corpus(tmp_path)


@pytest.mark.parametrize(("name", "content"), [("x.jsonl", ""), ("x.ndjson", "\ufeff\n \n"), ("x.csv", "id,text\n")])
def test_a_file_without_rows_is_named(tmp_path: Path, name: str, content: str) -> None:
    write(tmp_path, name, content)
    documents, (skipped,) = read(tmp_path)
    assert (documents, skipped.path) == ([], name)
    assert "no rows" in skipped.reason


def test_two_rows_with_one_id_are_told_to_change_it_in_the_row(tmp_path: Path) -> None:
    write(tmp_path, "x.jsonl", (json.dumps({"id": "a", "text": ARABIC}) + "\n") * 2)
    _, (skipped,) = read(tmp_path)
    assert skipped.mend == "Give each row an id of its own."


@pytest.mark.parametrize("name", ["x.txt", "x.html"])
@pytest.mark.parametrize("size", [250_000, 5_000_000])
@pytest.mark.parametrize("after", [0, 1_003_000])
def test_arabic_is_found_far_from_the_head(tmp_path: Path, name: str, size: int, after: int) -> None:
    write(tmp_path, name, "1234 5\n" * (size // 7) + ARABIC + "1234 5\n" * (after // 7))
    started = time.process_time()
    documents, skipped = read(tmp_path)
    assert time.process_time() - started < 60
    assert (len(documents), skipped) == (1, [])


@pytest.mark.parametrize("value", ["x" * 201, "a\\u0007b", "a\\nb"])
def test_an_id_that_can_be_none_falls_back_on_the_row(tmp_path: Path, value: str) -> None:
    write(tmp_path, "x.jsonl", f'{{"id": "{value}", "text": "قال الوزير"}}\n')
    assert [d.doc_id for d in read(tmp_path)[0]] == ["x-1"]


@pytest.mark.parametrize("value", ["NaN", "Infinity", "-Infinity"])
def test_a_number_that_is_none_is_no_id(tmp_path: Path, value: str) -> None:
    write(tmp_path, "x.jsonl", f'{{"id": {value}, "text": "قال الوزير"}}\n')
    assert [d.doc_id for d in read(tmp_path)[0]] == ["x-1"]
