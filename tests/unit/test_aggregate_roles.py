from __future__ import annotations

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
