"""A checksum tells every change of a name or of bytes, and nothing else."""

from __future__ import annotations

import hashlib
from pathlib import Path

from mawaqif.digests import digest_file, digest_files, digest_package


def test_the_checksum_of_a_file_is_the_sha256_of_its_bytes(tmp_path: Path) -> None:
    (tmp_path / "a").write_bytes(b"words" * 300_000)
    assert digest_file(tmp_path / "a") == hashlib.sha256(b"words" * 300_000).hexdigest()


def test_a_name_a_byte_an_order_or_a_missing_file_makes_another_checksum(tmp_path: Path) -> None:
    one, two = tmp_path / "one", tmp_path / "two"
    one.write_bytes(b"1")
    two.write_bytes(b"2")
    whole = digest_files([("one", one), ("two", two)])
    assert whole == digest_files([("one", one), ("two", two)])
    others = {
        digest_files([("one", one)]),
        digest_files([("two", two), ("one", one)]),
        digest_files([("one", two), ("two", one)]),
        digest_files([("onetwo", one), ("", two)]),
        digest_files([("one", one), ("two", tmp_path / "missing")]),
    }
    assert len(others) == 5
    assert whole not in others


def test_the_checksum_of_a_package_covers_the_modules_named_and_no_others(tmp_path: Path) -> None:
    for name in ("a.py", "b.py", "c/d.py", "c/notes.txt"):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text("1", encoding="utf-8")
    whole, part = digest_package(tmp_path), digest_package(tmp_path, ("a.py", "c"))
    (tmp_path / "c" / "notes.txt").write_text("2", encoding="utf-8")
    assert (digest_package(tmp_path), digest_package(tmp_path, ("a.py", "c"))) == (whole, part)
    (tmp_path / "b.py").write_text("2", encoding="utf-8")
    assert digest_package(tmp_path) != whole
    assert digest_package(tmp_path, ("a.py", "c")) == part
    (tmp_path / "c" / "d.py").write_text("2", encoding="utf-8")
    assert digest_package(tmp_path, ("a.py", "c")) != part
