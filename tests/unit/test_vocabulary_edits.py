from __future__ import annotations

from pathlib import Path

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from mawaqif.errors import VocabularyError
from mawaqif.vocabulary_edits import Edit, NewAlias, apply_edits, quote, write_checked

FILE = """\
# At the head.
scale:
  - value: 1
    label: {en: One, ar: واحد}   # beside it
    definition:
      en: >-
        The first line
        and the second.

      # about the Arabic one
      ar: الأول
  - value: 2
    label: {en: "Two: two", ar: اثنان}
actors:
  - {id: a, name: {ar: أ, en: A}, type: person, aliases: [ألف]}
  - id: b
    name: {ar: ب, en: B}
    type: person
  - id: c
    type: person
    aliases:
      - جيم
  - {id: d, type: person}
"""


def test_values_of_every_style_are_replaced_and_all_else_stays() -> None:
    edits = [
        Edit(("scale", ("value", "1"), "label", "en"), "The one: # first"),
        Edit(("scale", ("value", "1"), "definition", "en"), "Another text."),
        Edit(("scale", ("value", "2"), "label", "en"), "Two"),
    ]
    expected = (
        FILE.replace("en: One", 'en: "The one: # first"')
        .replace("        The first line\n        and the second.\n", "        Another text.\n")
        .replace('"Two: two"', "Two")
    )
    assert apply_edits(FILE, edits) == expected


@pytest.mark.parametrize(
    ("entry", "aliases"), [("a", ["جديد", "ألف"]), ("b", ["جديد"]), ("c", ["جديد", "جيم"]), ("d", ["جديد"])]
)
def test_a_spelling_is_put_into_a_list_of_any_style_or_a_new_one(entry: str, aliases: list[str]) -> None:
    old, new = yaml.safe_load(FILE), yaml.safe_load(apply_edits(FILE, [NewAlias(("actors", ("id", entry)), "جديد")]))
    changed = next(one for one in old["actors"] if one["id"] == entry)
    changed["aliases"] = aliases
    assert new == old


@given(st.text(st.characters(blacklist_categories=("Cs", "Cc", "Cn")), min_size=1).filter(lambda t: t.split()))
def test_any_line_of_text_is_read_back_as_it_was_given(text: str) -> None:
    text = " ".join(text.split())
    if text.isprintable() and "\ufeff" not in text:
        assert yaml.safe_load(f"- {{a: {quote(text)}, b: 1}}") == [{"a": text, "b": 1}]


def test_a_place_that_is_not_there_is_an_error() -> None:
    with pytest.raises(VocabularyError, match="there is no"):
        apply_edits(FILE, [Edit(("scale", ("value", "9"), "label", "en"), "x")])


def test_of_two_files_the_first_is_as_it_was_when_the_second_cannot_be_written(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from shutil import copytree

    import mawaqif.vocabulary_edits as edits

    folder = tmp_path / "vocabulary"
    copytree(Path(__file__).parents[2] / "data" / "vocabulary", folder)
    names = ("actors.yml", "issues/pmf-law.yml")
    before = {name: (folder / name).read_text(encoding="utf-8") for name in names}
    write = edits.replace_file

    def fail(path: Path, content: bytes) -> None:
        if path.name == "pmf-law.yml":
            raise OSError(28, "No space left on device")
        write(path, content)

    monkeypatch.setattr(edits, "replace_file", fail)
    with pytest.raises(OSError, match="No space"):
        write_checked(folder, {name: f"# new\n{text}" for name, text in before.items()}, lambda _: None)
    assert {name: (folder / name).read_text(encoding="utf-8") for name in names} == before
