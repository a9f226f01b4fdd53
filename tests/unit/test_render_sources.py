"""A report is headed by its issue and dated by its newest article, in both engines."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pandas as pd
import pytest
import yaml

from mawaqif.paths import default_paths
from mawaqif.pipeline import find_newest_day
from mawaqif.render.quarto import set_metadata
from mawaqif.render.sources import describe_edition, read_report
from mawaqif.vocabulary import load_vocabulary


def test_the_edition_is_dated_by_the_newest_day_that_is_possible() -> None:
    documents = pd.DataFrame(
        {"published": ["2024-08-16", None, None], "published_latest": ["2024-08-16", "2025-08-31", None]}
    )
    assert find_newest_day(documents) == date(2025, 8, 31)


def test_without_any_date_the_edition_has_none() -> None:
    assert find_newest_day(pd.DataFrame({"published": [None], "published_latest": [None]})) is None


@pytest.mark.parametrize("language", ["en", "ar"])
def test_a_plain_quarto_render_is_headed_by_the_default_issue(language: str) -> None:
    paths = default_paths()
    issue = load_vocabulary(paths.vocabulary).issue("us_presence")
    metadata = read_report(paths.report, language).metadata
    assert metadata["title"] == issue.title.in_language(language)
    assert metadata["subtitle"] == issue.question.in_language(language)


@pytest.mark.parametrize(
    ("language", "expected"), [("en", "Articles up to 31 August 2025"), ("ar", "مقالات حتى 31 أغسطس 2025")]
)
def test_the_date_on_the_cover_says_what_it_is(language: str, expected: str) -> None:
    report = read_report(default_paths().report, language)
    assert describe_edition(date(2025, 8, 31), report) == expected


def test_front_matter_takes_values_as_they_are_and_keeps_the_rest(tmp_path: Path) -> None:
    report = tmp_path / "report.en.qmd"
    report.write_text('---\ntitle: "Old"\nlang: en\nformat:\n  html:\n    toc: true\n---\n\nText\n---\nmore\n')
    set_metadata(report, {"title": 'A: "law" #1', "date": "2025-08-31"})
    _, front, body = report.read_text().split("---\n", 2)
    assert yaml.safe_load(front) == {
        "title": 'A: "law" #1',
        "date": "2025-08-31",
        "lang": "en",
        "format": {"html": {"toc": True}},
    }
    assert body == "\nText\n---\nmore\n"
