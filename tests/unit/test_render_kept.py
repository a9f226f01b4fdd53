"""What a stage made is kept while its inputs and its files are as they were, and no longer."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from mawaqif.render.kept import digest_folder, is_kept, remember


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    made = tmp_path / "en"
    (made / "inner").mkdir(parents=True)
    (made / "inner" / "a.txt").write_text("a", encoding="utf-8")
    remember(made, "key")
    return made


def test_it_is_kept_under_its_key_alone(folder: Path) -> None:
    assert is_kept(folder, "key")
    assert not is_kept(folder, "other")


@pytest.mark.parametrize(
    "harm",
    [
        lambda f: (f / "inner" / "a.txt").write_text("b", encoding="utf-8"),
        lambda f: (f / "inner" / "a.txt").unlink(),
        lambda f: (f / "b.txt").write_text("b", encoding="utf-8"),
        lambda f: f.with_name("en.kept.json").unlink(),
        lambda f: f.with_name("en.kept.json").write_text("{", encoding="utf-8"),
        lambda f: f.with_name("en.kept.json").write_text("[]", encoding="utf-8"),
    ],
)
def test_any_harm_ends_it(folder: Path, harm: Callable[[Path], object]) -> None:
    harm(folder)

    assert not is_kept(folder, "key")


def test_a_folder_that_never_was_is_not_kept(tmp_path: Path) -> None:
    assert not is_kept(tmp_path / "nothing", "key")


def test_names_count_as_much_as_bytes(folder: Path) -> None:
    before = digest_folder(folder)
    (folder / "inner" / "a.txt").rename(folder / "inner" / "b.txt")

    assert digest_folder(folder) != before
