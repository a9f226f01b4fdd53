"""Who speaks: camps by grade of source with what each cannot carry, every speaker with the role, and the warnings."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from itertools import groupby

import pandas as pd

from mawaqif.aggregate.attribution import (
    ANONYMOUS_CAMP,
    UNATTRIBUTED,
    add_actor,
    name_actors,
    name_camp,
    order_camps,
    select_original,
)
from mawaqif.aggregate.claims import Claim
from mawaqif.aggregate.roles import find_roles
from mawaqif.aggregate.sources import NO_GRADE, find_cautions, find_warnings
from mawaqif.charts.voices import GRADE_NAMES
from mawaqif.evaluate import Measure
from mawaqif.narrative import write_findings
from mawaqif.phrases import notes
from mawaqif.phrases.english import capitalise
from mawaqif.phrases.roles import translate_role
from mawaqif.schemas import GRADES
from mawaqif.sheets import parts
from mawaqif.sheets.agreement import tell_weak_agreement
from mawaqif.sheets.parts import Markdown
from mawaqif.sheets.words import word
from mawaqif.tables import Tables
from mawaqif.untrusted import encode, encode_passage
from mawaqif.vocabulary import strip_gloss

MOST_LISTED_SPEAKERS = 100
SPEAKER_COLUMNS = {
    "voice": "start",
    "role": "start",
    "statements": "end",
    "of_these_on_scale": "end",
    "outlets": "end",
    "evidence": "start",
}


def list_voices(tables: Tables) -> Markdown:
    """Return statements by camp and grade of source, with shares, outlets, articles and cautions (`find_cautions`).

    Only grades that occur have a column; the share is of all statements.
    """
    language, naming = tables.parameters.language, parts.make_naming(tables)
    table = _add_grade(tables)
    grades = [grade for grade in (*GRADES, NO_GRADE) if table["grade"].eq(grade).any()]
    cautions = find_cautions(tables.core_statements, tables.core_documents)
    places = order_camps(tables.vocabulary)
    groups = [(str(camp), group) for camp, group in table.groupby("actor_camp", sort=True)]
    groups.sort(key=lambda item: (-len(item[1]), places.get(item[0], len(places))))
    rows: list[Sequence[object]] = [
        (
            encode(name_camp(camp, tables.vocabulary).in_language(language)),
            *_count(group, grades, len(table)),
            *_origins(group, tables),
            notes.list_cautions([c for c in cautions.get(camp, []) if not _says_nothing(c, camp, tables)], naming)
            or "–",
        )
        for camp, group in groups
    ]
    if len(rows) > 1:
        total = (*_count(table, grades, len(table)), *_origins(table, tables))
        rows.append((f"**{word('all_camps', language)}**", *(f"**{cell}**" for cell in total), ""))
    heads = [
        word("camp", language),
        *(encode(capitalise(GRADE_NAMES[grade][language])) for grade in grades),
        *(word(key, language) for key in ("statements", "share", "articles", "outlets", "caution")),
    ]
    sides = ["start", *["end"] * (len(heads) - 2), "start"]
    rows = rows or [(word("none", language), *("",) * (len(heads) - 1))]
    return parts.make_table(dict(zip(heads, sides, strict=True)), rows)


def _says_nothing(caution: Claim, camp: str, tables: Tables) -> bool:
    """Say whether a caution names as the camp's one voice an actor whose name is the camp's own."""
    actor = tables.vocabulary.actor(str(caution.values.get("actor_id", "")))
    if caution.kind != "rests_on_actor" or actor is None:
        return False
    name = name_camp(camp, tables.vocabulary)
    pairs = ((name.en, actor.name.en), (name.ar, actor.name.ar))
    return any(set(of_camp.casefold().split()) <= set(own.casefold().split()) for of_camp, own in pairs)


def _add_grade(tables: Tables) -> pd.DataFrame:
    table = add_actor(select_original(tables.core_statements, tables.core_documents))
    return table.assign(grade=table["grade"].where(table["grade"].notna(), NO_GRADE))


def _count(group: pd.DataFrame, grades: Sequence[str], whole: int) -> tuple[object, ...]:
    counts = [int(group["grade"].eq(grade).sum()) for grade in grades]
    return *counts, len(group), f"{len(group) / whole:.0%}"


def _origins(group: pd.DataFrame, tables: Tables) -> tuple[int, str]:
    return group["doc_id"].nunique(), parts.count_outlets(group["doc_id"], tables)


def list_warnings(tables: Tables, *, leave_out: Collection[str] = (), agreement: Sequence[Measure] = ()) -> Markdown:
    """Return what the statements on the issue cannot carry and what follows, the gravest first, with links.

    Args:
        tables: The tables of the report.
        leave_out: Kinds of warning that a narrowed report makes true by itself.
        agreement: How far the reference codings agree; a code on which they agree too little is the last warning.
    """
    language = tables.parameters.language
    found = find_warnings(tables.core_statements, tables.core_documents, issue_id=tables.issue.id)
    claims = [claim for claim in found if claim.kind not in leave_out]
    endings = {kind: texts[language] for kind, texts in notes.CONSEQUENCES.items()}
    findings = write_findings(claims, parts.make_naming(tables), numbers=parts.number_all(tables), endings=endings)
    lines = [f"- {finding.text}" for finding in findings]
    lines += [f"- {told}" for told in tell_weak_agreement(agreement, language)]
    return Markdown("\n".join(lines) or word("no_warnings", language))


def list_speakers(tables: Tables) -> Markdown:
    """Return everyone who is reported or quoted, by camp: role, statements and links."""
    language = tables.parameters.language
    table = add_actor(select_original(tables.core_statements, tables.core_documents))
    table = table[table["actor_id"] != UNATTRIBUTED]
    describe = _Speakers(tables, table)
    groups = [(str(actor_id), group) for actor_id, group in table.groupby("actor_id", sort=True)]
    places = order_camps(tables.vocabulary)
    camps = {actor_id: str(group["actor_camp"].iloc[0]) for actor_id, group in groups}
    groups.sort(key=lambda item: (places.get(camps[item[0]], len(places)), -len(item[1])))
    rows: list[Sequence[object]] = []
    for camp, members in groupby(groups[:MOST_LISTED_SPEAKERS], key=lambda item: camps[item[0]]):
        name = name_camp(camp, tables.vocabulary).in_language(language)
        rows.append((f"**{encode(name)}**", *("",) * (len(SPEAKER_COLUMNS) - 1)))
        rows += [describe(actor_id, group) for actor_id, group in members]
    rows = rows or [(word("none", language), *("",) * (len(SPEAKER_COLUMNS) - 1))]
    return parts.make_table({word(key, language): side for key, side in SPEAKER_COLUMNS.items()}, rows)


class _Speakers:
    """What the table tells of one speaker."""

    def __init__(self, tables: Tables, table: pd.DataFrame) -> None:
        self.tables, self.language = tables, tables.parameters.language
        self.names, self.numbers = name_actors(table, tables.vocabulary), parts.number_all(tables)
        texts = dict(zip(tables.raw_documents["doc_id"], tables.raw_documents["text"], strict=True))
        words = [role if isinstance(role, str) else role.form for role in tables.vocabulary.actors.name_words.roles]
        self.roles = find_roles(table, texts, role_words=words, mentions=tables.core_mentions)

    def __call__(self, actor_id: str, group: pd.DataFrame) -> Sequence[object]:
        name = self.names[actor_id]
        return (
            parts.name_actor(name.ar, name.en, is_registered=name.is_registered, language=self.language),
            self._describe_role(actor_id),
            len(group),
            int((group["issue"].eq(self.tables.issue.id) & group["stance"].notna()).sum()),
            parts.count_outlets(group["doc_id"], self.tables),
            parts.link_statements(group["statement_id"], self.numbers, self.language),
        )

    def _describe_role(self, actor_id: str) -> str:
        """Return the role in the report's language where it is known, else in the words of an article with the body."""
        role, actor = self.roles.get(actor_id), self.tables.vocabulary.actor(actor_id)
        unnamed = f" ({word('not_named', self.language)})" if role and not role.is_named else ""
        if (
            role
            and actor
            and self.language == "en"
            and (known := translate_role(role.words, actor, self.tables.vocabulary))
        ):
            return encode(known) + unnamed
        told = [encode_passage(role.words) + unnamed] if role else []
        if body := self._name_body(actor_id):
            # Arabic words of a role say the body themselves.
            told += [encode(body)] if self.language == "en" or not role or " " not in role.words else []
        return word("comma", self.language).join(told) or "–"

    def _name_body(self, actor_id: str) -> str:
        """Return the body that a registered person belongs to, or nothing; of an unnamed source no article tells it."""
        actor = self.tables.vocabulary.actor(actor_id)
        if actor is None or actor.affiliation is None or actor.type not in ("person", "expert"):
            return ""
        if actor.camp == ANONYMOUS_CAMP:
            return ""
        body = self.tables.vocabulary.actor(actor.affiliation)
        return strip_gloss(body.name.in_language(self.language)) if body else ""
