from __future__ import annotations

import shutil
import tempfile
from pathlib import Path

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from mawaqif.corrections import Decision, DecisionFile, added
from mawaqif.paths import Paths
from mawaqif.settings import Parameters
from mawaqif.tables import Tables, load_tables

HOME = Path(__file__).parents[2]
BODY = (
    "عنوان الخبر\n\nقال وزير الخارجية العراقي إن القوات الأمريكية ستغادر العراق في نهاية العام.\n"
    "وأكد المتحدث باسم الحكومة أن الانسحاب ضرورة وطنية.\nاقرأ أيضاً: خبر آخر لا صلة له\n"
)
WORDS = ("قال", "إن", "الجيش", "سيبقى", "هنا", "غداً،", "وأضاف", "أن", "المحادثات", "مستمرة.", "؟", "2025")
words = st.lists(st.sampled_from(WORDS), min_size=3, max_size=30)


def make_project(folder: Path, **articles: str) -> Paths:
    shutil.copytree(HOME / "data" / "vocabulary", folder / "data" / "vocabulary", dirs_exist_ok=True)
    raw = folder / "data" / "raw"
    raw.mkdir(parents=True, exist_ok=True)
    for name, text in articles.items():
        (raw / f"{name}.txt").write_text(text, encoding="utf-8")
    return Paths(folder)


def load(paths: Paths) -> Tables:
    return load_tables(Parameters(), paths=paths)


def code_everything(paths: Paths) -> pd.DataFrame:
    """Code each statement of the project in its own way, and add one that the rules did not find."""
    tables = load(paths)
    values = {"issue": "us_presence", "modality": "demand", "speaker_name": "ناطق"}
    ids = tables.core_statements["statement_id"]
    file = DecisionFile(paths.coding, "rania")
    file.record(*[Decision(i, "change", stance=k % 5 - 2, **values) for k, i in enumerate(ids)])
    raw = tables.raw_documents.set_index("doc_id").loc["a"]
    file.record(added(raw["sha256"], "a", 0, 11, stance=2, **values))
    return coded(load(paths))


def coded(tables: Tables) -> pd.DataFrame:
    """Return what analysts coded: id, words and step, by id."""
    own = tables.core_statements[tables.core_statements["coder"] == "analyst"]
    return own[["statement_id", "quote", "stance"]].sort_values("statement_id").reset_index(drop=True)


@settings(max_examples=4, deadline=None)
@given(others=st.lists(words.map(" ".join), min_size=1, max_size=4), first=st.booleans())
def test_codings_keep_their_statement_when_other_documents_join(others: list[str], first: bool) -> None:
    with tempfile.TemporaryDirectory() as folder:
        paths = make_project(Path(folder), a=BODY)
        before = code_everything(paths)
        assert len(before) == 3
        make_project(Path(folder), **{f"{'0' if first else 'z'}{i}": text for i, text in enumerate(others)})
        after = load(paths)
        pd.testing.assert_frame_equal(coded(after), before)
        assert after.coding_use.orphans == ()


def test_codings_keep_their_statement_when_a_copy_of_the_article_joins(tmp_path: Path) -> None:
    paths = make_project(tmp_path, a=BODY)
    before = code_everything(paths)
    make_project(tmp_path, b=BODY)
    pd.testing.assert_frame_equal(coded(load(paths)), before)


@pytest.mark.parametrize("pattern", ["اقرأ أيضاً.*", "عنوان الخبر", "لا يوجد مثل هذا السطر"])
def test_codings_keep_their_statement_when_rules_for_boilerplate_change(tmp_path: Path, pattern: str) -> None:
    paths = make_project(tmp_path, a=BODY)
    before = code_everything(paths)
    file = paths.vocabulary / "boilerplate.yml"
    text = file.read_text(encoding="utf-8")
    at = text.index("rules:\n") + len("rules:\n")
    kind = load(paths).vocabulary.boilerplate.rules[0].kind
    rule = f'  - {{id: of_this_test, kind: {kind}, place: line, patterns: ["{pattern}"]}}\n'
    file.write_text(text[:at] + rule + text[at:], encoding="utf-8")
    after = load(paths)
    pd.testing.assert_frame_equal(coded(after), before)
    assert after.coding_use.orphans == ()


@settings(max_examples=4, deadline=None)
@given(change=words.map(" ".join), at_end=st.booleans())
def test_codings_of_a_text_that_changed_are_reported_and_kept_in_the_file(change: str, at_end: bool) -> None:
    with tempfile.TemporaryDirectory() as folder:
        paths = make_project(Path(folder), a=BODY)
        before = code_everything(paths)
        file = paths.coding / "analysts" / "rania.csv"
        written = file.read_bytes()
        make_project(Path(folder), a=BODY + change if at_end else f"{change}\n{BODY}")
        after = load(paths)
        assert coded(after).empty
        assert {orphan.split(" ")[0] for orphan in after.coding_use.orphans} == set(before["statement_id"])
        assert file.read_bytes() == written
        make_project(Path(folder), a=BODY)
        pd.testing.assert_frame_equal(coded(load(paths)), before)
