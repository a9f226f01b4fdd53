"""The measurement measures every step, and the whole over processes, on whatever articles it is given."""

from __future__ import annotations

from pathlib import Path

import pytest

from mawaqif import bench
from mawaqif.documents import ANNOTATORS
from mawaqif.errors import CorpusError

VOCABULARY = Path(__file__).parents[2] / "data" / "vocabulary"


def test_each_step_and_the_whole_are_measured(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(bench, "FEW", 3)
    monkeypatch.setattr(bench, "MANY", 6)
    articles = tmp_path / "articles.jsonl"
    articles.write_text('{"id": "a", "text": "أكد الوزير أن القوات ستغادر العراق في 2026."}\n', encoding="utf-8")
    result = bench.run_bench(articles, VOCABULARY, jobs=2)
    assert [step["step"] for step in result["steps"]] == [
        "count lines",
        "clean",
        *(annotate.__name__ for annotate in ANNOTATORS),
        "sketch",
        "record",
    ]
    assert [(run["step"], run["documents"]) for run in result["whole"]] == [
        ("annotate, 1 process", 3),
        ("annotate, 1 process", 6),
        ("annotate, 2 processes", 6),
    ]
    assert all(timing["documents_per_second"] > 0 for timing in (*result["steps"], *result["whole"]))
    assert all(run["peak_memory_mb"] > 0 for run in result["whole"])


@pytest.mark.parametrize(("jobs", "runs"), [(1, []), (2, [2]), (6, [2, 4, 6]), (8, [2, 4, 8])])
def test_processes_are_doubled_up_to_the_most(jobs: int, runs: list[int]) -> None:
    assert bench._doublings(jobs) == runs


def test_a_corpus_without_articles_is_refused(tmp_path: Path) -> None:
    (tmp_path / "one.txt").write_text("not an article", encoding="utf-8")
    with pytest.raises(CorpusError, match="no document"):
        bench.run_bench(tmp_path, VOCABULARY)
