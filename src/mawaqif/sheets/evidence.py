"""The evidence: every statement with its passage, who said it, when, how it was coded and where it stands."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import pandas as pd

from mawaqif.aggregate.attribution import add_actor, name_actors, name_camp
from mawaqif.aggregate.numbering import order_statements
from mawaqif.charts.theme import stance_text
from mawaqif.schemas import iterate_rows
from mawaqif.sheets.parts import Markdown, describe_published, name_actor, name_code, name_file, number_all
from mawaqif.sheets.words import word
from mawaqif.tables import Tables
from mawaqif.untrusted import encode, encode_passage

MOST_STATEMENTS = 2_000
"""Statements printed as evidence; more would make the page unusable, and the machine-readable tables have them all."""


def list_evidence(tables: Tables) -> Markdown:
    """Return every statement as a division that links can reach: its passage, then who, when, what and where."""
    language = tables.parameters.language
    statements = order_statements(tables.core_statements, tables.core_documents)
    if statements.empty:
        return Markdown(word("no_statements", language))
    printed = statements.head(MOST_STATEMENTS)
    facts, numbers = describe_statements(tables, printed), number_all(tables)
    parts = [
        _evidence(row, facts[row.statement_id], numbers[row.statement_id], language) for row in iterate_rows(printed)
    ]
    if len(statements) > MOST_STATEMENTS:
        parts.insert(0, word("capped", language, most=MOST_STATEMENTS, n=len(statements)))
    return Markdown("\n\n".join(parts))


def describe_statements(tables: Tables, statements: pd.DataFrame) -> dict[str, list[Markdown]]:
    """Return what is told of each statement, by id: speaker, camp, date, position, kind, cue, coder, source."""
    language = tables.parameters.language
    table = add_actor(statements)
    names = name_actors(table, tables.vocabulary)
    files = tables.raw_documents.set_index("doc_id")["path"]
    texts = tables.raw_documents.set_index("doc_id")["text"]
    published = {r.doc_id: describe_published(r, language) for r in iterate_rows(tables.core_documents)}
    labels = {point.value: point.label.in_language(language) for point in tables.issue.scale}
    facts: dict[str, list[Markdown]] = {}
    for row in iterate_rows(table):
        name = names[row.actor_id]
        found = isinstance(row.speaker_id, str) or isinstance(row.speaker_name, str)
        speaker = name_actor(name.ar, name.en, is_registered=name.is_registered, language=language)
        stance = word("no_position", language)
        if row.issue == tables.issue.id and not pd.isna(row.stance):
            stance = f"{stance_text(int(row.stance))} {encode(labels[int(row.stance)])}"
        facts[row.statement_id] = [
            Markdown(f"**{speaker if found else word('no_speaker', language)}**"),
            Markdown(encode(name_camp(row.actor_camp, tables.vocabulary).in_language(language))),
            Markdown(published[row.doc_id]),
            Markdown(stance),
            Markdown(word("comma", language).join(word(key, language) for key in (row.modality, row.kind))),
            *_cue(row, texts[row.doc_id], language),
            Markdown(word(row.coder, language)),
            Markdown(f"{name_code(name_file(files[row.doc_id]), language)} \u2066{row.start}–{row.end}\u2069"),
        ]
    return facts


def _cue(row: Any, text: str, language: str) -> list[Markdown]:
    """Return the word by which the article attributes a statement, without which a denial would be read inverted."""
    if pd.isna(row.cue_start) or pd.isna(row.cue_end):
        return []
    cue = " ".join(text[int(row.cue_start) : int(row.cue_end)].split())
    # In bold like the speaker, for a passage that stands by itself in a line is set as the statement.
    return [Markdown(word("cue", language, cue=f"**{encode_passage(cue)}**"))] if cue else []


def _evidence(row: Any, facts: Sequence[Markdown], number: int, language: str) -> str:
    about = " · ".join([f"**{number}**", *facts])
    lines = [f"::: {{#s-{row.statement_id} .statement}}", encode_passage(row.quote), about]
    if gloss := say_gloss(row, language):
        lines.append(gloss)
    return "\n\n".join([*lines, ":::"])


def say_gloss(row: Any, language: str) -> str:
    """Return the coded English meaning of a statement, which only the English report prints."""
    if language != "en" or not isinstance(row.gloss_en, str):
        return ""
    return f"{word('gloss', language)}: {encode(row.gloss_en)}"
