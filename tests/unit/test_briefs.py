"""The file of briefs: each entry a set of parameters, each mistake in it one line with where and what to do."""

from __future__ import annotations

from pathlib import Path

import pytest

from mawaqif.briefs import FULL, blame_brief, choose_brief, read_briefs
from mawaqif.errors import ParameterError
from mawaqif.narrowing import check_names
from mawaqif.paths import default_paths
from mawaqif.settings import Parameters
from mawaqif.vocabulary import load_vocabulary


def write(folder: Path, text: str) -> Path:
    (folder / "briefs.yml").write_text(text, encoding="utf-8")
    return folder


def with_full(text: str) -> str:
    return f"briefs:\n  full: {{}}\n{text}"


def test_the_briefs_of_the_project_are_whole_and_cover_every_kind() -> None:
    paths = default_paths()
    briefs, vocabulary = read_briefs(paths.report), load_vocabulary(paths.vocabulary)
    for brief in briefs.values():
        check_names(brief.parameters, vocabulary)
        assert brief.describe(vocabulary)

    given = [brief.parameters for brief in briefs.values()]
    assert not briefs[FULL].parameters.is_narrowed
    assert any(p.actor for p in given)
    assert any(p.camp for p in given)
    assert any(p.since and p.until for p in given)
    assert any(len(brief.languages) == 1 for brief in briefs.values())


def test_defaults_hold_for_every_brief_that_does_not_say_otherwise(tmp_path: Path) -> None:
    text = "defaults: {minimum_evidence: 4}\nbriefs:\n  full:\n  one: {parameters: {minimum_evidence: 2}}\n"
    briefs = read_briefs(write(tmp_path, text))

    assert [brief.parameters.minimum_evidence for brief in briefs.values()] == [4, 2]


def test_a_brief_carries_its_name_titles_and_languages(tmp_path: Path) -> None:
    text = with_full("  one:\n    languages: [ar]\n    title: {ar: عنوان}\n    parameters: {camp: experts}\n")
    brief = read_briefs(write(tmp_path, text))["one"]

    assert brief.languages == ("ar",)
    assert brief.parameters == Parameters(brief="one", camp="experts", title_ar="عنوان")
    assert brief.title == {"ar": "عنوان"}


def test_a_day_without_quotation_marks_is_still_a_day(tmp_path: Path) -> None:
    brief = read_briefs(write(tmp_path, with_full("  one: {parameters: {since: 2024-02-03}}\n")))["one"]

    assert brief.parameters.since == "2024-02-03"


@pytest.mark.parametrize(
    ("entry", "names"),
    [
        ("parameters: {minimum_evidense: 2}", ["one", "minimum_evidense", "minimum_evidence"]),
        ("parameters: {language: ar}", ["one", "language"]),
        ("parameters: {minimum_evidence: two}", ["one, minimum_evidence", "'two'", "whole number"]),
        ("parameters: {minimum_evidence: true}", ["one, minimum_evidence", "True"]),
        ("parameters: {minimum_statements: 0}", ["one, minimum_statements", "1 or more"]),
        ("parameters: {actor: 7}", ["one, actor", "7", "quotation marks"]),
        ("parameters: {since: 2024-13-01}", ["line 4", "2024-13-01"]),
        ("parameters: {since: soon}", ["one, since", "soon", "YYYY-MM-DD"]),
        ("parameters: {since: 2024-05-01, until: 2024-04-01}", ["one, since", "2024-05-01", "2024-04-01", "Swap"]),
        ("parameters: {actor: blinken, camp: experts}", ["one, camp", "not both"]),
        ("parameters: [actor]", ["one", "mapping"]),
        ("titel: {en: A, ar: B}", ["one", "titel", "title"]),
        ("title: {en: A}", ["one, title", "'ar'"]),
        ("title: {en: 7, ar: B}", ["one, title, en", "7"]),
        ("title: {en: 'A <b>', ar: B}", ["one, title, en", "'<'"]),
        (f"title: {{en: '{'A' * 200}', ar: B}}", ["one, title, en", "200", "160"]),
        ("languages: [fr]", ["one, languages", "fr", "[ar]"]),
        ("languages: ar", ["one, languages", "ar"]),
        ("actor: blinken\n    actor: experts", ["actor", "line"]),
    ],
)
def test_a_mistake_names_file_brief_key_and_mend(tmp_path: Path, entry: str, names: list[str]) -> None:
    with pytest.raises(ParameterError) as caught:
        read_briefs(write(tmp_path, with_full(f"  one:\n    {entry}\n")))

    line = str(caught.value)
    assert line.startswith("briefs.yml")
    assert "\n" not in line
    for name in names:
        assert name in line
    assert caught.value.mend
    assert caught.value.exit_code == 2


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("briefs: {one: {}}", ["full"]),
        ("", ["full"]),
        ("[]\n- 1", ["YAML"]),
        ("briefs: {full: {}, All: {}}", ["All", "small letters"]),
        ("briefs: {full: {}, all: {}}", ["'all'"]),
        ("briefs: {full: {}, ../x: {}}", ["../x"]),
        ("briefs: {full: {}, 2024: {}}", ["2024", "quotation marks"]),
        ("brief: {full: {}}", ["'brief'", "briefs"]),
        ("defaults: {title: x}\nbriefs: {full: {}}", ["defaults", "title"]),
    ],
)
def test_a_file_of_another_shape_is_refused(tmp_path: Path, text: str, names: list[str]) -> None:
    with pytest.raises(ParameterError) as caught:
        read_briefs(write(tmp_path, text))
    for name in ["briefs.yml", *names]:
        assert name in str(caught.value)


def test_a_missing_file_is_named(tmp_path: Path) -> None:
    with pytest.raises(ParameterError, match=r"briefs\.yml"):
        read_briefs(tmp_path)


def test_an_unknown_brief_is_answered_with_those_there_are(tmp_path: Path) -> None:
    briefs = read_briefs(write(tmp_path, with_full("  one: {}\n")))
    with pytest.raises(ParameterError, match="full, one"):
        choose_brief(briefs, "two")


@pytest.mark.parametrize(
    ("parameters", "names"),
    [
        (Parameters(actor="blinkin"), ["one, actor", "blinkin", "blinken"]),
        (Parameters(actor="qqqqqq"), ["one, actor", "qqqqqq", "actors.yml"]),
        (Parameters(camp="expert"), ["one, camp", "experts", "unregistered"]),
        (Parameters(issue="peace"), ["one, issue", "us_presence"]),
    ],
)
def test_a_name_that_the_vocabulary_lacks_is_blamed_on_the_brief(parameters: Parameters, names: list[str]) -> None:
    vocabulary = load_vocabulary(default_paths().vocabulary)
    with pytest.raises(ParameterError) as caught, blame_brief("one"):
        check_names(parameters, vocabulary)
    for name in ["briefs.yml", *names]:
        assert name in str(caught.value)


def test_an_error_elsewhere_is_not_blamed_on_the_brief() -> None:
    with pytest.raises(ParameterError, match=r"^MAWAQIF_EDITION_DATE"), blame_brief("one"):
        raise ParameterError("no day", where="MAWAQIF_EDITION_DATE")
