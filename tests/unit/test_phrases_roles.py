from __future__ import annotations

from datetime import date

import pytest

from mawaqif import vocabulary
from mawaqif.phrases.roles import translate_role


def both(ar: str, en: str) -> vocabulary.Bilingual:
    return vocabulary.Bilingual(ar=ar, en=en)


def person(actor_id: str, camp: str, **more: object) -> vocabulary.Actor:
    return vocabulary.Actor(id=actor_id, name=both("سالم", "Salim"), type="person", camp=camp, **more)  # type: ignore[arg-type]


ACTORS = (
    vocabulary.Actor(id="league", name=both("رابطة النهر", "River League"), type="party_bloc", camp="north"),
    person("premier", "north", offices=(vocabulary.Office(title="رئيس الوزراء الشمالي", since=date(2020, 1, 1)),)),
    person("speaker", "north", affiliation="league"),
    person("guest", "north"),
    person("stranger", "south", affiliation="league"),
)
KNOWN = vocabulary.Vocabulary(
    actors=vocabulary.ActorsFile(
        camps=(vocabulary.Camp(id="north", name=both("شمال", "North")),),
        office_titles=(
            vocabulary.OfficeTitle(title="رئيس الوزراء الشمالي", short_forms=("رئيس الوزراء",), en="Prime Minister"),
            vocabulary.OfficeTitle(title="السفيرة الأمريكية لدى الشمال", en="US Ambassador"),
        ),
        name_words=vocabulary.NameWords(
            roles=(
                vocabulary.RoleWord(form="عضو", en="member of"),
                vocabulary.RoleWord(form="متحدث", en="spokesperson for"),
                vocabulary.RoleWord(form="مستشار", en="adviser to"),
                vocabulary.RoleWord(form="سفير", en="ambassador"),
                vocabulary.RoleWord(form="نائب", en="member of parliament for"),
                vocabulary.RoleWord(form="رئيس", en="head of"),
                vocabulary.RoleWord(form="لاعب"),
            )
        ),
        actors=ACTORS,
    ),
    outlets=vocabulary.OutletsFile.model_construct(outlets=()),
    cues=vocabulary.CuesFile.model_construct(),
    dates=vocabulary.DatesFile.model_construct(),
    boilerplate=vocabulary.BoilerplateFile.model_construct(),
    issues={},
    digest="roles",
)


@pytest.mark.parametrize(
    ("actor", "words", "role"),
    [
        ("speaker", "عضو رابطة النهر", "member of the River League"),
        ("speaker", "المتحدثة باسم الرابطة", "spokesperson for the River League"),
        ("speaker", "السفير المتجول", "ambassador, the River League"),
        ("guest", "رئيس الوزراء", "Prime Minister"),
        ("guest", "رئيس الوزراء السابق", "former Prime Minister"),
        ("guest", "مستشار رئيس الوزراء", "adviser to the Prime Minister"),
        ("guest", "نائب رئيس الوزراء", "deputy to the Prime Minister"),
        ("stranger", "السفيرة الأميركية لدى الشمال", "US Ambassador"),
    ],
)
def test_a_known_role_is_said_in_english_with_office_or_body(actor: str, words: str, role: str) -> None:
    speaker = KNOWN.actor(actor)
    assert speaker is not None
    assert translate_role(words, speaker, KNOWN) == role


@pytest.mark.parametrize(
    ("actor", "words"),
    [
        ("speaker", "لاعب الفريق"),  # no English word
        ("speaker", "زائر المدينة"),  # no role of the register
        ("guest", "عضو اللجنة"),  # no body known
        ("guest", "عضو اللجنة السابق"),  # nor of a former member
        ("guest", "نائب رئيس اللجنة"),  # deputy of an office that is not known
        ("stranger", "نائب رئيس الوزراء"),  # nobody of that camp holds the office
    ],
)
def test_a_role_of_which_too_little_is_known_keeps_the_article_s_words(actor: str, words: str) -> None:
    speaker = KNOWN.actor(actor)
    assert speaker is not None
    assert translate_role(words, speaker, KNOWN) is None
