from __future__ import annotations

import hashlib
import shutil
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import pytest

from mawaqif import reading_store
from mawaqif.documents import count_lines, read_documents
from mawaqif.paths import default_paths
from mawaqif.reading_store import read_with_store
from mawaqif.records import RawDocument, Reading

VOCABULARY = default_paths().vocabulary


def article(name: str, text: str) -> RawDocument:
    return RawDocument(name, text, hashlib.sha256(text.encode()).hexdigest(), "utf-8", f"{name}.txt")


ONE = article("one", "موعد جديد\nقال وزير الخارجية أمس الخميس إن المحادثات ستبدأ في مايو 2024.\n")
TWO = article("two", "موقف الكتلة\nأكدت الكتلة أنها ترفض المشروع، بحسب بيان صدر في 3 يناير 2023.\n")


@pytest.fixture
def read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    """Read with a store; returns the readings and the ids of the documents that were really read."""
    made: list[str] = []

    def watched(raws: Sequence[RawDocument], *arguments: object, **options: object):
        made.extend(raw.doc_id for raw in raws)
        return read_documents(raws, *arguments, **options)

    monkeypatch.setattr(reading_store, "read_documents", watched)

    def run(*raws: RawDocument, vocabulary: Path = VOCABULARY) -> tuple[list[Reading], list[str]]:
        made.clear()
        store = tmp_path / "tables" / "readings.sqlite"
        found = list(read_with_store(raws, vocabulary, store, line_counts=count_lines(raws)))
        return found, list(made)

    return run


def test_a_kept_reading_is_the_reading_that_was_made(read) -> None:
    first, made = read(ONE, TWO)
    assert made == ["one", "two"]
    again, made_again = read(ONE, TWO)
    assert made_again == []
    assert again == first
    assert all(reading.statements and reading.dates for reading in again)


def test_only_new_and_changed_texts_are_read_again_whatever_their_order_and_names(read) -> None:
    read(ONE, TWO)
    changed = article("two", TWO.text + "وأضافت الكتلة أن الموعد تغير.\n")
    found, made = read(changed, replace(ONE, doc_id="renamed", path="renamed.txt"), article("three", "نص آخر قصير."))
    assert made == ["two", "three"]
    assert [reading.raw.doc_id for reading in found] == ["two", "renamed", "three"]


def test_what_came_with_a_text_is_part_of_what_was_read(read) -> None:
    read(ONE)
    assert read(replace(ONE, published="2024-04-01"))[1] == ["one"]


def test_a_change_of_vocabulary_reads_all_again(read, tmp_path: Path) -> None:
    read(ONE, TWO)
    other = shutil.copytree(VOCABULARY, tmp_path / "vocabulary")
    with (other / "outlets.yml").open("a", encoding="utf-8") as file:
        file.write("# a note\n")
    assert read(ONE, TWO, vocabulary=other)[1] == ["one", "two"]


def test_a_change_of_the_rules_reads_all_again(read, monkeypatch: pytest.MonkeyPatch) -> None:
    read(ONE)
    monkeypatch.setattr(reading_store, "digest_rules", lambda: "other rules")
    assert read(ONE)[1] == ["one"]


def test_documents_that_turn_a_line_into_furniture_have_its_other_pages_read_again(read) -> None:
    page = [article(f"p{n}", f"النشرة البريدية الأسبوعية\nقال النائب رقم {n} إن الجلسة أجلت.\n") for n in range(4)]
    read(*page[:2], TWO)
    found, made = read(*page, TWO)
    assert made == ["p0", "p1", "p2", "p3"]
    assert all(any(mark.kind != "blank" for mark in reading.boilerplate) for reading in found[:4])


@pytest.mark.parametrize("damage", [b"", b"not a database at all, but long enough to look at" * 50])
def test_a_damaged_store_is_made_anew(read, tmp_path: Path, damage: bytes) -> None:
    first, _ = read(ONE)
    (tmp_path / "tables" / "readings.sqlite").write_bytes(damage)
    again, made = read(ONE)
    assert (again, made) == (first, ["one"])
    assert read(ONE)[1] == []


def test_a_damaged_entry_is_read_again(read, tmp_path: Path) -> None:
    import sqlite3

    read(ONE, TWO)
    with sqlite3.connect(tmp_path / "tables" / "readings.sqlite") as database:
        database.execute("update readings set reading = ? where key = (select min(key) from readings)", (b"x",))
    database.close()
    assert len(read(ONE, TWO)[1]) == 1


def test_a_store_that_cannot_be_written_costs_time_and_nothing_else(tmp_path: Path) -> None:
    (tmp_path / "tables").write_text("a file where the folder should be", encoding="utf-8")
    store = tmp_path / "tables" / "readings.sqlite"
    assert len(list(read_with_store([ONE], VOCABULARY, store, line_counts=count_lines([ONE])))) == 1


def test_what_an_interrupted_run_had_read_is_kept(read, tmp_path: Path) -> None:
    raws = (ONE, TWO)
    store = tmp_path / "tables" / "readings.sqlite"
    running = read_with_store(raws, VOCABULARY, store, line_counts=count_lines(raws))
    next(running)
    running.close()
    assert read(*raws)[1] == ["two"]
