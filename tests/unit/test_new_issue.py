from __future__ import annotations

import shutil
from dataclasses import replace
from pathlib import Path

import pytest

from mawaqif.errors import ParameterError, VocabularyError
from mawaqif.new_issue import Seeds, preview_issue, write_issue
from mawaqif.paths import Paths
from mawaqif.settings import Parameters
from mawaqif.tables import load_tables
from mawaqif.vocabulary import load_vocabulary

HOME = Path(__file__).parents[2]
SEEDS = Seeds(
    "river_dam",
    ("The dam: a plan", "السد"),
    ("Should the dam be built?", "هل ينبغي بناء السد؟"),
    (("Never", "أبداً"), ("Rather not", "يفضل عدمه"), ("Neutral", "محايد"), ("Rather", "يفضله"), ("Now", "الآن")),
    ("سد الوادي", "مشروع السد"),
    favouring=("بناء", "إنجاز"),
    opposing=("وقف", "إلغاء"),
)


@pytest.fixture
def paths(tmp_path: Path) -> Paths:
    shutil.copytree(HOME / "data" / "vocabulary", tmp_path / "data" / "vocabulary")
    raw = tmp_path / "data" / "raw"
    raw.mkdir()
    (raw / "a.txt").write_text(
        "قال وزير الموارد المائية إن بناء سد الوادي ضرورة لتأمين مياه الري للمزارعين.\n"
        "وأكد النائب كريم البياتي ضرورة إلغاء مشروع السد فوراً حفاظاً على مياه الري.\n"
        "وأضاف النائب كريم البياتي أن مشروع السد يحرم القرى من مياه الري.\n"
        "وقال الرئيس الأمريكي إن القوات الأمريكية ستغادر العراق.\n",
        encoding="utf-8",
    )
    return Paths(tmp_path)


def test_a_new_issue_is_read_by_the_rules_with_no_code_changed(paths: Paths) -> None:
    file = write_issue(paths, SEEDS)
    assert file.name == "river-dam.yml"
    tables = load_tables(Parameters(issue="river_dam"), paths=paths)
    found = tables.core_statements[tables.core_statements["issue"] == "river_dam"]
    assert {True, False} == set(found["stance"].dropna() > 0)
    assert len(tables.out_positions.dropna(subset="mean_stance")) == 2


def test_what_it_matches_is_shown_before_anything_is_written(paths: Paths) -> None:
    before = load_vocabulary(paths.vocabulary).digest
    preview = preview_issue(paths, SEEDS)
    assert load_vocabulary(paths.vocabulary).digest == before
    assert (preview.n_documents, preview.n_statements) == (1, sum(preview.steps.values()))
    assert preview.n_statements >= 2
    assert all("السد" in quote or "سد" in quote for quote in preview.examples["quote"])


def test_words_near_the_matches_are_named_and_those_of_the_file_are_not(paths: Paths) -> None:
    words = [word for word, _ in preview_issue(paths, SEEDS).cues]
    assert {"مياه", "الري"} <= set(words)
    assert not {"السد", "مشروع", "بناء", "إلغاء", "القوات"} & set(words)


@pytest.mark.parametrize(
    "change",
    [
        {"id": "River Dam"}, {"id": ""}, {"title": ("Dam", "")}, {"question": ("", "هل؟")}, {"targets": ()},
        {"scale": SEEDS.scale[:4]}, {"scale": (*SEEDS.scale[:4], ("", "نعم"))},
    ],
)  # fmt: skip
def test_what_is_missing_is_named_and_nothing_is_written(paths: Paths, change: dict[str, object]) -> None:
    before = load_vocabulary(paths.vocabulary).digest
    with pytest.raises(ParameterError):
        write_issue(paths, replace(SEEDS, **change))  # type: ignore[arg-type]
    assert load_vocabulary(paths.vocabulary).digest == before


def test_an_issue_is_never_written_over(paths: Paths) -> None:
    file = write_issue(paths, SEEDS)
    text = file.read_text(encoding="utf-8")
    with pytest.raises(ParameterError, match="is there"):
        write_issue(paths, replace(SEEDS, title=("Other", "آخر")))
    with pytest.raises(ParameterError, match="is there"):
        write_issue(paths, replace(SEEDS, id="us_presence"))
    assert file.read_text(encoding="utf-8") == text


def test_an_issue_that_does_not_load_is_not_written(paths: Paths) -> None:
    with pytest.raises(VocabularyError, match="operator words"):
        write_issue(paths, replace(SEEDS, lender="nothing"))
    assert not (paths.vocabulary / "issues" / "river-dam.yml").exists()


def test_the_file_of_the_second_issue_can_be_tried_as_it_is(paths: Paths) -> None:
    known = load_vocabulary(paths.vocabulary).issues["pmf_law"]
    text = (paths.vocabulary / "issues" / "pmf-law.yml").read_text(encoding="utf-8")
    seeds = Seeds("pmf_law", (known.title.en, known.title.ar), ("", ""), (), ())
    preview = preview_issue(paths, seeds, corpus=HOME / "data" / "raw", text=text)
    assert preview.n_statements >= 3
    assert min(step for step in preview.steps if step is not None) == -2
