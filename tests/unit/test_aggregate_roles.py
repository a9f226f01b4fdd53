from __future__ import annotations

import pandas as pd
import pytest
from small_tables import statement, statements

from mawaqif.aggregate.attribution import add_actor
from mawaqif.aggregate.roles import find_roles

ROLES = ("وزير", "عضو", "نائب", "سفير", "خبير", "قيادي")


def role_in(text: str, name: str, *, cue: str = "", grade: str = "person") -> str | None:
    start = text.index(name)
    row = statement(1, "deputy", 1, grade=grade, speaker_start=start, speaker_end=start + len(name))
    if cue:
        row |= {"cue_start": text.index(cue), "cue_end": text.index(cue) + len(cue)}
    table = add_actor(statements({**row, "start": 900, "end": 950}))
    found = find_roles(table, {"a": text}, role_words=ROLES)
    return found["deputy"].words if found else None


@pytest.mark.parametrize(
    ("text", "cue", "expected"),
    [
        ("وقالت عضو لجنة الأمن منى سالم إن الجلسة تأجلت", "قالت", "عضو لجنة الأمن"),
        ("وأعلنت السفيرة  الهندية منى سالم الأمر", "أعلنت", "السفيرة الهندية"),
        ("وأكدت وزيرة الزراعة، منى سالم، ذلك", "أكدت", "وزيرة الزراعة"),
        ("وأكدت السياسة القيادية منى سالم ذلك", "أكدت", None),
        ("ووصل الوزير. وقالت منى سالم إن الجلسة تأجلت", "قالت", None),
        ("وقالت منى سالم، النائبة عن كتلة الوفاء، إن الجلسة تأجلت", "قالت", "النائبة عن كتلة الوفاء"),
        ("وقالت منى سالم، التي وصلت أمس، إن الجلسة تأجلت", "قالت", None),
        ("وحضر عضو اللجنة ثم قالت منى سالم إن الجلسة تأجلت", "قالت", None),
    ],
)
def test_a_role_stands_before_the_name_or_between_commas_after_it(text: str, cue: str, expected: str | None) -> None:
    assert role_in(text, "منى سالم", cue=cue) == expected


def test_only_persons_have_a_role() -> None:
    assert role_in("وقالت عضو اللجنة منى سالم ذلك", "منى سالم", grade="anonymous") is None


def test_a_role_is_looked_for_wherever_the_articles_name_the_speaker() -> None:
    text = "واتفق الطرفان على التهدئة. وكانت وزيرة الزراعة منى سالم قد وصلت أمس"
    row = statement(1, "deputy", 1, grade="person", speaker_start=6, speaker_end=13)
    name = text.index("منى سالم")
    mentions = pd.DataFrame([{"doc_id": "a", "actor_id": "deputy", "start": name, "end": name + 8}])
    table = add_actor(statements(row))
    assert find_roles(table, {"a": text}, role_words=ROLES) == {}
    role = find_roles(table, {"a": text}, role_words=ROLES, mentions=mentions)["deputy"]
    assert (role.words, role.is_named) == ("وزيرة الزراعة", True)


@pytest.mark.parametrize(
    ("called", "expected"), [("وزير الزراعة السابق", True), ("الوزير", False), ("منى سالم", False)]
)
def test_a_speaker_called_by_an_office_alone_has_it_as_the_role_and_no_name(called: str, expected: bool) -> None:
    text = f"وكان {called} قرر ذلك"
    start = text.index(called)
    row = statement(1, "deputy", 1, grade="person", speaker_start=start, speaker_end=start + len(called))
    found = find_roles(add_actor(statements(row)), {"a": text}, role_words=ROLES)
    assert ("deputy" in found) is expected
    assert not expected or (found["deputy"].words, found["deputy"].is_named) == (called, False)
