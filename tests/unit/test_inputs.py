from __future__ import annotations

from pathlib import Path

import pytest

from mawaqif.errors import InputChangedError
from mawaqif.inputs import Inputs, digest_inputs, list_files, refuse_changed


@pytest.fixture
def corpus(tmp_path: Path) -> Path:
    folder = tmp_path / "raw"
    folder.mkdir()
    for name in ("a.txt", "b.txt"):
        (folder / name).write_text(name, encoding="utf-8")
    return folder


def test_hidden_and_generated_files_are_no_inputs(corpus: Path) -> None:
    for name in (".fetch.json", "_executed/x.md", "__pycache__/x.pyc", ".ipynb_checkpoints/x.py", "x.ipynb"):
        (corpus / name).parent.mkdir(exist_ok=True)
        (corpus / name).write_text("x", encoding="utf-8")
    assert [path.name for path in list_files(corpus)] == ["a.txt", "b.txt"]
    assert list_files(corpus / "a.txt") == [corpus / "a.txt"]
    assert list_files(corpus / "nowhere") == []


def test_the_checksum_follows_names_bytes_and_what_is_no_file(corpus: Path) -> None:
    first = digest_inputs("own", [corpus])
    assert digest_inputs("own", [corpus]) == first
    assert digest_inputs("other", [corpus]) != first
    assert digest_inputs("own", [corpus], left_out=corpus / "b.txt") != first
    (corpus / "b.txt").rename(corpus / "c.txt")
    assert digest_inputs("own", [corpus]) != first


def test_two_folders_of_one_name_both_count(corpus: Path, tmp_path: Path) -> None:
    other = tmp_path / "elsewhere" / "raw"
    other.mkdir(parents=True)
    (other / "a.txt").write_text("1", encoding="utf-8")
    first = digest_inputs("own", [corpus, other])
    (other / "a.txt").write_text("2", encoding="utf-8")
    assert digest_inputs("own", [corpus, other]) != first


@pytest.mark.parametrize(
    ("name", "text", "fate"), [("a.txt", "new", "altered"), ("c.txt", "new", "added"), ("b.txt", None, "removed")]
)
def test_an_input_that_changed_is_named_with_what_became_of_it(
    corpus: Path, name: str, text: str | None, fate: str
) -> None:
    before: Inputs = {}
    digest_inputs("own", [corpus], before)
    refuse_changed(before, lambda again: digest_inputs("own", [corpus], again))

    (corpus / name).unlink() if text is None else (corpus / name).write_text(text, encoding="utf-8")
    with pytest.raises(InputChangedError, match=f"raw/{name}: it was {fate} while"):
        refuse_changed(before, lambda again: digest_inputs("own", [corpus], again))
