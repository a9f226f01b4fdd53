"""The vocabulary files hold together, and a broken one says what is wrong, where, and how to mend it."""

from __future__ import annotations

import csv
import shutil
from collections.abc import Iterator
from datetime import date
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
from pydantic import BaseModel

from mawaqif.arabic.text import fold
from mawaqif.errors import ParameterError, VocabularyError
from mawaqif.vocabulary import Bilingual, Vocabulary, load_vocabulary

HOME = Path(__file__).parents[2]
FOLDER = HOME / "data" / "vocabulary"


@pytest.fixture(scope="module")
def vocabulary() -> Vocabulary:
    return load_vocabulary(FOLDER)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return Path(shutil.copytree(FOLDER, tmp_path / "vocabulary"))


def change(path: Path, old: str, new: str) -> None:
    text = path.read_text(encoding="utf-8")
    assert old in text, f"the test expects {old!r} in {path.name}"
    path.write_text(text.replace(old, new, 1), encoding="utf-8")


def bilinguals(value: Any, where: str) -> Iterator[tuple[str, Bilingual]]:
    """Walk every name and sentence that stands in both languages."""
    if isinstance(value, Bilingual):
        yield where, value
    elif isinstance(value, BaseModel):
        for name, inner in value:
            yield from bilinguals(inner, f"{where}.{name}")
    elif isinstance(value, dict):
        for name, inner in value.items():
            yield from bilinguals(inner, f"{where}.{name}")
    elif isinstance(value, list | tuple):
        for number, inner in enumerate(value):
            yield from bilinguals(inner, f"{where}.{getattr(inner, 'id', number)}")


def test_the_whole_vocabulary_loads(vocabulary: Vocabulary) -> None:
    assert vocabulary.actors.actors
    assert vocabulary.outlets.outlets
    assert vocabulary.issues


def test_every_actor_of_the_reference_codings_is_registered(vocabulary: Vocabulary) -> None:
    with (HOME / "data" / "coding" / "actors.csv").open(encoding="utf-8", newline="") as rows:
        wanted = {row["actor_id"] for row in csv.DictReader(rows)}
    assert wanted - {actor.id for actor in vocabulary.actors.actors} == set()


def test_every_name_is_translated_into_both_scripts(vocabulary: Vocabulary) -> None:
    parts = [vocabulary.actors, vocabulary.outlets, *vocabulary.issues.values()]
    for part in parts:
        for where, text in bilinguals(part, type(part).__name__):
            assert any("\u0621" <= letter <= "\u064a" for letter in text.ar), where
            assert any("a" <= letter.lower() <= "z" for letter in text.en), where


def test_every_camp_has_an_actor_and_every_actor_a_camp(vocabulary: Vocabulary) -> None:
    camps = [camp.id for camp in vocabulary.actors.camps]
    assert len(set(camps)) == len(camps)
    assert {actor.camp for actor in vocabulary.actors.actors} == set(camps)


def test_offices_are_held_by_one_actor_at_a_time(vocabulary: Vocabulary) -> None:
    periods: dict[str, list[Any]] = {}
    for actor in vocabulary.actors.actors:
        for office in actor.offices:
            periods.setdefault(office.title, []).append((office.since, office.until, actor.id))
    for title, held in periods.items():
        held.sort()
        for (_, until, first), (since, _, second) in pairwise(held):
            assert (until or date.max) <= since, f"{title}: {first} and {second}"


def test_affiliations_lead_to_no_circle(vocabulary: Vocabulary) -> None:
    for actor in vocabulary.actors.actors:
        seen, above = {actor.id}, actor.affiliation
        while above:
            assert above not in seen, actor.id
            seen.add(above)
            found = vocabulary.actor(above)
            above = found.affiliation if found else None


def test_milestones_run_forwards(vocabulary: Vocabulary) -> None:
    for issue in vocabulary.issues.values():
        assert all(milestone.first <= milestone.last for milestone in issue.milestones), issue.id


def test_vocabularies_are_equal_by_content(folder: Path, vocabulary: Vocabulary) -> None:
    assert load_vocabulary(folder) == vocabulary
    assert hash(load_vocabulary(folder)) == hash(vocabulary)
    change(folder / "actors.yml", "en: Iraqi government", "en: The Iraqi government")
    assert load_vocabulary(folder) != vocabulary


def test_an_unknown_issue_lists_those_there_are(vocabulary: Vocabulary) -> None:
    with pytest.raises(ParameterError, match="us_presence"):
        vocabulary.issue("weather")


@pytest.mark.parametrize("alias", ["الحشد الشعبي", "الْحَشْد الشّعبيّ", "الاطار التنسيقى"])
def test_an_alias_of_another_actor_is_refused_in_any_spelling(folder: Path, alias: str) -> None:
    change(folder / "actors.yml", "aliases: [جمهورية العراق]", f"aliases: [{alias}]")
    with pytest.raises(VocabularyError, match="also belongs to") as caught:
        load_vocabulary(folder)
    assert "actors.yml" in str(caught.value)


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        ("camp: iraqi_government, gender: f", "camp: martians, gender: f", "unknown camp 'martians'.*Use one of"),
        ("affiliation: puk", "affiliation: nobody", "unknown affiliation 'nobody'"),
        ("  - id: barham_salih\n", "  - id: sudani\n", "the id stands twice"),
        ("type: state", "type: planet", "type"),
        ("gender: f", "sex: f", "sex"),
        ("en: Iraqi government}", "en: ''}", "name.en"),
        ("title: رئيس الوزراء العراقي, since: 2022", "title: رئيس المريخ, since: 2022", "unknown office 'رئيس المريخ'"),
        ("until: 2022-10-27", "until: 2019-10-27", "ends before it begins"),
        ("until: 2022-10-27", "until: soon", "until"),
        ("bodies: [وزارة,", "bodies: [وزارة, وزاره,", "name_words.bodies: 'وزاره' stands twice"),
        ("  - id: sudani\n", "  - id: sudani\n    id: sudani2\n", "stands twice"),
        ("camps:", "camps: [", "not valid YAML"),
    ],
)
def test_a_broken_actors_file_says_what_and_where(folder: Path, old: str, new: str, message: str) -> None:
    change(folder / "actors.yml", old, new)
    with pytest.raises(VocabularyError, match=message) as caught:
        load_vocabulary(folder)
    assert "actors.yml" in str(caught.value)
    assert "\n" not in str(caught.value)
    assert caught.value.mend
    assert caught.value.exit_code == 2


@pytest.mark.parametrize("name", ["actors", "outlets", "cues", "dates", "boilerplate"])
def test_a_missing_file_is_named(folder: Path, name: str) -> None:
    (folder / f"{name}.yml").unlink()
    with pytest.raises(VocabularyError, match=rf"{name}\.yml: the file cannot be read"):
        load_vocabulary(folder)


@pytest.mark.parametrize("name", ["outlets", "cues", "dates", "boilerplate"])
def test_an_unknown_key_is_refused_in_every_file(folder: Path, name: str) -> None:
    path = folder / f"{name}.yml"
    path.write_text(path.read_text(encoding="utf-8") + "\nsurprise: 1\n", encoding="utf-8")
    with pytest.raises(VocabularyError, match=rf"{name}\.yml.*surprise"):
        load_vocabulary(folder)


def test_two_issues_with_one_id_are_refused(folder: Path) -> None:
    shutil.copy(folder / "issues" / "us-presence.yml", folder / "issues" / "us-presence-again.yml")
    with pytest.raises(VocabularyError, match="'us_presence' is already used"):
        load_vocabulary(folder)


def test_an_outlet_name_of_another_is_refused(folder: Path, vocabulary: Vocabulary) -> None:
    first, second = vocabulary.outlets.outlets[:2]
    path = folder / "outlets.yml"
    change(path, first.name.ar, second.name.ar)
    with pytest.raises(VocabularyError, match="also belongs to") as caught:
        load_vocabulary(folder)
    assert "outlets.yml" in str(caught.value)
    assert fold(second.name.ar) in fold(str(caught.value))
