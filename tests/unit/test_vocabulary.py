"""The vocabulary files hold together, and a broken one says what is wrong, where, and how to mend it."""

from __future__ import annotations

import csv
import re
import shutil
from collections.abc import Callable, Iterator
from datetime import date
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
import yaml
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
        ("camps:", "x: &x [1]\ny: &y [*x, *x]\ncamps:", r"actors\.yml, line \d+: the alias \*x"),
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


# --- mistakes that once surfaced as faults of the program -----------------------------------------------------------


def refusal(folder: Path) -> str:
    """Return the one line with which a broken folder is refused."""
    with pytest.raises(VocabularyError) as caught:
        load_vocabulary(folder)
    assert caught.value.mend
    assert caught.value.exit_code == 2
    assert "\n" not in str(caught.value)
    return str(caught.value)


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        ("until: 2022-10-27", "until: 2022-02-30", r"actors\.yml, line \d+: '2022-02-30' cannot be read"),
        ("camps:", "? [a, b]\n: 1\ncamps:", r"actors\.yml, line \d+: a list or mapping stands as a key"),
        ("camps:", "x: " + "[" * 5000 + "]" * 5000 + "\ncamps:", r"actors\.yml, line \d+: nested too deeply"),
        ("en: Iraqi government}", "en: ' '}", r"actors\.yml, .*name\.en: the text is empty"),
        ("aliases: [جمهورية العراق]", "aliases: ['']", r"actors\.yml, .*aliases\.0: the text is empty"),
        ("aliases: [جمهورية العراق]", "aliases: ['  ']", r"actors\.yml, .*aliases\.0: the text is empty"),
        ("aliases: [جمهورية العراق]", 'aliases: ["\\u064b"]', r"actors\.yml, .*nothing that can be matched"),
        ("bodies: [وزارة,", "bodies: [وزارة, ' ',", r"actors\.yml, name_words\.bodies.*: the text is empty"),
    ],
)
def test_a_broken_entry_of_the_actors_is_named(folder: Path, old: str, new: str, message: str) -> None:
    change(folder / "actors.yml", old, new)
    assert re.search(message, refusal(folder))


def test_a_file_that_is_not_utf8_is_named(folder: Path) -> None:
    path = folder / "cues.yml"
    path.write_bytes(path.read_text(encoding="utf-8").encode("windows-1256", "replace"))
    assert re.match(r"cues\.yml: the file is not UTF-8 \(byte \d+\)", refusal(folder))


@pytest.mark.parametrize("content", ["", "# only a remark\n", "---\n"])
def test_an_empty_file_is_called_empty(folder: Path, content: str) -> None:
    (folder / "outlets.yml").write_text(content, encoding="utf-8")
    assert refusal(folder).startswith("outlets.yml: the file is empty")


@pytest.mark.parametrize("name", ["cues.yml", "issues/more.yml"])
def test_a_folder_or_a_link_in_a_circle_in_place_of_a_file_is_named(folder: Path, name: str) -> None:
    path = folder / name
    path.unlink(missing_ok=True)
    path.mkdir()
    assert name in refusal(folder)
    path.rmdir()
    path.symlink_to(path)
    assert name in refusal(folder)


@pytest.mark.parametrize("make", [shutil.rmtree, lambda path: [file.unlink() for file in path.glob("*.yml")]])
def test_a_vocabulary_without_issues_is_refused(folder: Path, make: Callable[[Path], object]) -> None:
    make(folder / "issues")
    assert "issues: no issue file found" in refusal(folder)


def rewrite(path: Path, mend: Callable[[dict[str, Any]], object]) -> None:
    """Change what a file says, not how it is written."""
    data = yaml.safe_load(path.read_text(encoding="utf-8"))
    mend(data)
    path.write_text(yaml.safe_dump(data, allow_unicode=True), encoding="utf-8")


@pytest.mark.parametrize(
    ("file", "entry", "value", "message"),
    [
        ("dates", "months", [], "`months` is empty"),
        ("dates", "events", [], "`events` is empty"),
        ("dates", "status", {}, "`status` is empty"),
        ("dates", "status", {"future_verbs": ["سوف"]}, "`status` has no words for hypothetical"),
        ("dates", "connectives", {"beside": ["مع"]}, "connectives.beside"),
        ("outlets", "outlets", [], "`outlets` is empty"),
        ("actors", "actors", [], "`actors` is empty"),
        ("cues", "verbs", [], "`verbs` is empty"),
        ("boilerplate", "sections", [], "`sections` is empty"),
    ],
)
def test_an_empty_list_that_is_needed_is_refused(
    folder: Path, file: str, entry: str, value: object, message: str
) -> None:
    rewrite(folder / f"{file}.yml", lambda data: data.update({entry: value}))
    line = refusal(folder)
    assert line.startswith(f"{file}.yml")
    assert message in line


@pytest.mark.parametrize(
    ("times", "message"),
    [
        ([["2024-13", None]], "'2024-13' is no time"),
        ([["soon", None]], "'soon' is no time"),
        ([[2003, "later"]], "'later' is no time"),
        ([[0, 2003]], "0 is no time"),
        ([["2003-04", 2001]], "ends (2001) before it begins (2003-04)"),
        ([], "at least one"),
    ],
)
def test_times_of_an_event_must_exist(folder: Path, times: list[object], message: str) -> None:
    rewrite(folder / "dates.yml", lambda data: data["events"][0].update(times=times))
    line = refusal(folder)
    assert line.startswith("dates.yml, events.")
    assert message in line


@pytest.mark.parametrize("day", ["02-30", "13-01", "00-10"])
def test_the_day_of_a_holiday_must_exist(folder: Path, day: str) -> None:
    rewrite(folder / "dates.yml", lambda data: data["holidays"][0].update(calendar="gregorian", day=day))
    assert f"'{day}' is no day of the gregorian calendar" in refusal(folder)


@pytest.mark.parametrize(
    ("pattern", "message"),
    [
        ("(", "is no regular expression: '('"),
        ("(?i)x", "is no regular expression: '(?i)x'"),
        ("a)|(?:b", "is no regular expression"),
        (r"(x)\1", "refers to a group by its number"),
        ("(?P<r0>x)", "whose group 'r0' has another rule's name"),
    ],
)
def test_a_pattern_that_cannot_be_joined_is_named_with_its_rule(folder: Path, pattern: str, message: str) -> None:

    def add(data: dict[str, Any]) -> None:
        data["rules"].insert(0, {"id": "mine", "kind": data["kinds"][0]["id"], "patterns": ["y", pattern]})

    rewrite(folder / "boilerplate.yml", add)
    line = refusal(folder)
    assert line.startswith("boilerplate.yml: 'mine' has")
    assert message in line


@pytest.mark.parametrize("name", ["views", "reading_minutes"])
def test_a_counter_without_its_number_is_refused(folder: Path, name: str) -> None:
    rewrite(folder / "boilerplate.yml", lambda data: data["counters"][name].append(r"\d+ hits"))
    line = refusal(folder)
    assert f"'counters.{name}' has the pattern" in line
    assert "without a group (?P<n>...)" in line


def test_two_camps_or_outlets_with_one_id_are_refused(folder: Path, vocabulary: Vocabulary) -> None:
    camp, outlet = vocabulary.actors.camps[0].id, vocabulary.outlets.outlets[0].id
    rewrite(folder / "outlets.yml", lambda data: data["outlets"][1].update(id=outlet))
    assert f"outlets.yml: the id {outlet!r} stands twice" in refusal(folder)
    rewrite(folder / "actors.yml", lambda data: data["camps"].append(data["camps"][0]))
    assert f"actors.yml, camps: the id {camp!r} stands twice" in refusal(folder)


@pytest.mark.parametrize("numbers", [(0,), (0, 1), (0, 1, 2)])
def test_an_affiliation_in_a_circle_is_refused(folder: Path, vocabulary: Vocabulary, numbers: tuple[int, ...]) -> None:
    ids = [vocabulary.actors.actors[n].id for n in numbers]

    def turn(data: dict[str, Any]) -> None:
        for number, above in zip(numbers, [*ids[1:], ids[0]], strict=True):
            data["actors"][number]["affiliation"] = above

    rewrite(folder / "actors.yml", turn)
    line = refusal(folder)
    assert line.startswith("actors.yml, ")
    assert "leads back to the actor" in line


def test_a_milestone_that_ends_before_it_begins_is_refused(folder: Path) -> None:
    def turn(data: dict[str, Any]) -> None:
        data["milestones"][0].update(first=date(2026, 9, 30), last=date(2025, 9, 30))

    rewrite(folder / "issues" / "us-presence.yml", turn)
    assert re.search(r"issues, us_presence: the milestone '\w+' ends before it begins", refusal(folder))


def test_a_missing_folder_and_a_file_that_is_only_a_word_are_named(folder: Path) -> None:
    (folder / "actors.yml").write_text("word", encoding="utf-8")
    assert refusal(folder).startswith("actors.yml: a mapping of keys is needed (got 'word')")
    assert refusal(folder / "nowhere").startswith(f"{folder / 'nowhere'}: there is no such folder")
