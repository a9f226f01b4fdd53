from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from mawaqif.errors import ParameterError, VocabularyError
from mawaqif.paths import Paths
from mawaqif.registering import NewSpeaker, group_spellings, list_unregistered, register, suggest_id, unregister
from mawaqif.settings import Parameters
from mawaqif.tables import load_tables
from mawaqif.vocabulary import load_vocabulary

HOME = Path(__file__).parents[2]


@pytest.fixture
def paths(tmp_path: Path) -> Paths:
    shutil.copytree(HOME / "data" / "vocabulary", tmp_path / "data" / "vocabulary")
    return Paths(tmp_path)


def content(paths: Paths) -> str:
    return (paths.vocabulary / "actors.yml").read_text(encoding="utf-8")


CAMPS = [camp.id for camp in load_vocabulary(HOME / "data" / "vocabulary").actors.camps]


@pytest.mark.parametrize("camp", CAMPS)
def test_an_actor_is_put_behind_the_last_of_its_camp_and_nothing_else_changes(paths: Paths, camp: str) -> None:
    before = content(paths)
    ids = [a.id for a in load_vocabulary(paths.vocabulary).actors.actors if a.camp == camp]
    done = register(paths, NewSpeaker("نوري الطائي المجهول", name_en="Nuri al-Taie", camp=camp))
    after = content(paths)
    assert after.replace(done.lines, "") == before
    actors = load_vocabulary(paths.vocabulary).actors.actors
    places = [a.id for a in actors]
    assert places.index("nuri_taie") == places.index(ids[-1]) + 1
    # It stands above the comment that heads the next section.
    following = after[after.index(done.lines) + len(done.lines) :].lstrip("\n")
    assert not following or following.startswith(("  #", "  - "))


def test_an_actor_is_taken_out_as_easily(paths: Paths) -> None:
    before = content(paths)
    register(paths, NewSpeaker("نوري الطائي", name_en="Nuri al-Taie", camp="experts"))
    register(paths, NewSpeaker("سعاد الهيتي", name_en="Suad al-Hiti", camp="media", aliases=["د. سعاد: الهيتي"]))
    assert unregister(paths).actor_id == "suad_hiti"
    assert unregister(paths).actor_id == "nuri_taie"
    assert content(paths) == before
    with pytest.raises(ParameterError, match="nothing was registered"):
        unregister(paths)


def test_what_was_changed_by_hand_is_not_taken_out(paths: Paths) -> None:
    register(paths, NewSpeaker("نوري الطائي", name_en="Nuri al-Taie", camp="experts"))
    text = content(paths).replace("Nuri al-Taie", "Nouri al-Taie")
    (paths.vocabulary / "actors.yml").write_text(text, encoding="utf-8")
    with pytest.raises(ParameterError, match="changed since"):
        unregister(paths)
    assert content(paths) == text


@pytest.mark.parametrize(
    ("name", "values"),
    [
        ("هادي العامري", {"name_en": "Another", "camp": "experts"}),  # an alias of someone else
        ("اسم جديد", {"name_en": "New", "camp": "experts", "affiliation": "nobody"}),
        ("اسم جديد", {"name_en": "New", "camp": "experts", "type": "wizard"}),
        ("اسم جديد", {"name_en": "New", "camp": "experts", "actor_id": "Not an id"}),
    ],
)
def test_nothing_is_written_if_the_vocabulary_would_not_load(paths: Paths, name: str, values: dict[str, str]) -> None:
    before = content(paths)
    with pytest.raises(VocabularyError):
        register(paths, NewSpeaker(name, **values))  # type: ignore[arg-type]
    assert content(paths) == before
    assert not list(paths.vocabulary.glob(".*"))


@pytest.mark.parametrize("name_en", ["O'Brien: the {one}", "yes", "A, B", "#1 - x", 'The "Voice"', "[x]"])
def test_any_name_is_read_back_as_it_was_given(paths: Paths, name_en: str) -> None:
    register(
        paths, NewSpeaker("اسم: {غريب} #", name_en=name_en, camp="experts", actor_id="odd_one", aliases=["لقب، آخر"])
    )
    actor = load_vocabulary(paths.vocabulary).actor("odd_one")
    assert actor is not None
    assert (actor.name.en, actor.name.ar, actor.aliases) == (name_en, "اسم: {غريب} #", ("لقب، آخر",))


def test_an_unknown_camp_and_a_taken_id_are_refused(paths: Paths) -> None:
    with pytest.raises(ParameterError, match="Use one of"):
        register(paths, NewSpeaker("اسم", name_en="Name", camp="moon"))
    with pytest.raises(ParameterError, match="is taken"):
        register(paths, NewSpeaker("اسم", name_en="Name", camp="experts", actor_id="iraq"))


@pytest.mark.parametrize(
    ("name_en", "expected"), [("Salam al-Hussein", "salam_hussein"), ("Émile O'Neil Jr.", "emile_oneil_jr")]
)
def test_an_id_is_made_from_the_english_name(name_en: str, expected: str) -> None:
    assert suggest_id(name_en) == expected


def test_spellings_of_one_name_are_grouped_and_two_people_are_not() -> None:
    names = ["النائب كريم البياتي", "كريم البياتي", "كريم بياتي", "كريم الجبوري", "عبد الله ناصر", "عبدالله ناصر"]
    groups = [set(group) for group in group_spellings(names)]
    assert {"النائب كريم البياتي", "كريم البياتي", "كريم بياتي"} in groups
    assert {"كريم الجبوري"} in groups
    assert {"عبد الله ناصر", "عبدالله ناصر"} in groups


def test_who_is_registered_is_no_longer_ranked(paths: Paths) -> None:
    (paths.raw).mkdir(parents=True)
    text = "قال ناظم الزاملي إن القوات الأمريكية ستغادر العراق قريبا. وأكد ناظم الزاملي أن الانسحاب ضروري.\n"
    (paths.raw / "a.txt").write_text(text, encoding="utf-8")
    ranking = list_unregistered(load_tables(Parameters(), paths=paths))
    assert ranking["name"].tolist() == ["ناظم الزاملي"]
    assert ranking["n_statements"].tolist() == [2]
    register(paths, NewSpeaker("ناظم الزاملي", name_en="Nazim al-Zamili", camp="experts"))
    tables = load_tables(Parameters(), paths=paths)
    assert list_unregistered(tables).empty
    assert set(tables.core_statements["speaker_id"]) == {"nazim_zamili"}
