"""Says what every column of the published tables means, and what the codes in it stand for.

The models in `schemas` say what a column may hold; this says, for a reader of the tables, what it is.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, NamedTuple

from mawaqif.schemas import TABLES

LIST_COLUMNS = ("statement_ids", "mentions")
"""Columns that hold a list: of texts in parquet, in CSV and XLSX the texts with spaces between them."""
LEFT_OUT = {"raw_documents": ("text",)}
"""The articles' texts are their publishers'; the tables give file, checksum and offsets instead."""

_IDS = {
    "doc_id": "Id of the article: the name of its file without the ending, or the id of its row.",
    "statement_id": "Id of the statement, made from the article's checksum and the span; it stays when others join.",
    "actor_id": "Id in actors.yml or, for who is not listed there, the name found in the article.",
    "start": "Character of the decoded source at which the span begins, counted from 0.",
    "end": "Character of the decoded source before which the span ends.",
    "quote": "The words of the article between start and end.",
    "camp": "Camp of the actor in actors.yml, or 'anonymous' or 'unregistered'.",
    "issue": "Id of the issue that the statement is about.",
    "coder": "Who coded the row: the rules, a model trained on reviewed codings, the reference coding, or an analyst.",
    "statement_ids": "The statements that the row rests on.",
    "outlet": "Name of the outlet as found in the article, or its id in outlets.yml.",
    "path": "File, relative to the folder of articles.",
    "granularity": "How exact the date expression is.",
    "status": "Whether the event had happened, was planned when written, or is only forecast or demanded.",
    "first": "First day that is meant, inclusive; empty where it is open.",
    "last": "Last day that is meant, inclusive; empty where it is open.",
    "is_registered": "Whether the actor is listed in actors.yml.",
    "grade": "Whether the source is a named person, an office, an institution, or not named.",
    "n_statements": "Number of statements, on whatever subject.",
    "kind": "How the words stand in the article, or what kind of text around the article the span is.",
    "name_ar": "Arabic name.",
    "name_en": "English name.",
}
_COLUMNS: dict[str, dict[str, str]] = {
    "raw_documents": {
        "sha256": "Checksum of the file, or of the row's text.",
        "encoding": "Encoding in which the source was read.",
        "media_type": "Form of the source.",
        "url": "Address of the article, where it came with the file.",
    },
    "raw_skipped": {"reason": "Why it was not used.", "mend": "What can be done about it."},
    "core_documents": {
        "title": "Headline.",
        "title_start": "Where the headline begins in the source; empty where it came with the file.",
        "title_end": "Where the headline ends in the source.",
        "outlet_id": "Id of the outlet in outlets.yml, where it is listed.",
        "author": "Author as printed.",
        "published": "Day of publication, where it is known.",
        "published_earliest": "First day on which the article can have appeared.",
        "published_latest": "Last day on which the article can have appeared.",
        "published_basis": "How the day of publication is known.",
        "views": "View counter of the page, where it has one.",
        "reading_minutes": "Reading time that the page states, in minutes.",
        "duplicate_of": "Id of the article that this one repeats.",
        "n_characters": "Length of the source in characters.",
        "n_boilerplate": "Characters that are not part of the article.",
        "n_sentences": "Sentences of the article.",
    },
    "core_boilerplate": {"rule": "Rule that marked the span."},
    "core_mentions": {},
    "core_statements": {
        "speaker_id": "Id of the speaker in actors.yml, where listed.",
        "speaker_name": "Name of the speaker as the article has it, or of the listed actor.",
        "speaker_start": "Where the speaker is named in the source.",
        "speaker_end": "Where that name ends in the source.",
        "on_behalf_of_id": "Id of the actor on whose behalf the speaker speaks.",
        "cue_start": "Where the word that attributes the statement begins.",
        "cue_end": "Where that word ends.",
        "stance": "Step on the issue's scale from -2 to 2; empty where no position is taken.",
        "modality": "Kind of statement; a forecast is not a wish, and counts apart.",
        "confidence": "How sure the rules are, from 0 to 1; 1 for reviewed codings.",
        "gloss_en": "Meaning in English, where a coder wrote one.",
    },
    "core_dates": {
        "basis": "What the date is counted from.",
        "what": "What happened or is to happen, in the words of the article.",
        "what_en": "Name of the event in English, where a coder wrote one.",
        "what_ar": "Name of the event in Arabic, where a coder wrote one.",
    },
    "out_positions": {
        "n_positions": "Statements that take a position on the issue.",
        "n_forecasts": "Statements that foretell a point of the scale.",
        "n_no_position": "Statements without a position on the issue.",
        "mean_stance": "Mean of the articles' mean stances, each article counted once; empty without a position.",
        "mean_low": "Lower end of the interval of the mean.",
        "mean_high": "Upper end of the interval of the mean.",
        "lowest_stance": "Lowest stance taken.",
        "highest_stance": "Highest stance taken.",
        "mean_forecast": "Mean of forecasts, likewise.",
        "n_documents": "Articles in which the actor is quoted.",
        "n_outlets": "Known outlets that quote the actor.",
    },
    "out_timeline": {
        "event_id": "Id of the event, made from its first mention.",
        "is_inferred": "Whether the days are worked out from words such as last month, and printed nowhere.",
        "label_ar": "What happens: the name that a coder wrote, else the words of the article.",
        "label_en": "The same in English, where a coder wrote it.",
        "known_id": "Id of the milestone or named event that it is, where it is one.",
        "n_mentions": "Number of places that date it.",
        "mentions": "These places: article, colon, first character, hyphen, the character after the last.",
    },
    "out_sources": {},
    "out_network": {
        "actor_a": "Id of the first of two actors.",
        "actor_b": "Id of the second.",
        "camp_a": "Camp of the first.",
        "camp_b": "Camp of the second.",
        "mean_a": "Mean stance of the first in the articles that quote both.",
        "mean_b": "Mean stance of the second there.",
        "relation": "Whether both means lie on the same side of the issue.",
        "distance": "Steps of the scale between the two means.",
        "n_documents": "Articles with positions of both.",
        "n_statements": "Positions of both in these articles.",
    },
    "out_milestones": {
        "milestone_id": "Id of the milestone in the issue file.",
        "relation": "How the statement stands to the milestone.",
        "milestone_first": "First day of the milestone as agreed.",
        "milestone_last": "Last day of the milestone as agreed.",
        "first": "First day that the statement names, inclusive; empty where no statement speaks of the milestone.",
        "last": "Last day that the statement names, inclusive; empty where it is open or nobody speaks of it.",
    },
}


class Field(NamedTuple):
    """One column of a published table: `type` is Frictionless', `values` the only ones allowed, if there are some."""

    name: str
    type: str
    description: str
    is_required: bool
    values: tuple[str, ...]


MILESTONES: tuple[Field, ...] = tuple(
    Field(name, "string", {**_IDS, **_COLUMNS["out_milestones"]}[name], is_required, values)
    for name, is_required, values in (
        ("milestone_id", True, ()),
        ("name_ar", True, ()),
        ("name_en", True, ()),
        ("milestone_first", True, ()),
        ("milestone_last", True, ()),
        ("statement_id", False, ()),
        ("relation", False, ("contradicts", "doubts", "confirms", "mentions", "other")),
        ("doc_id", False, ()),
        ("first", False, ()),
        ("last", False, ()),
    )
)
"""The columns of `out_milestones`: one row a milestone and statement, or one of its own where nobody speaks of it."""
TABLE_NAMES = (*TABLES, "out_milestones")


def list_fields(table: str) -> tuple[Field, ...]:
    """Return the published columns of a table.

    Raises:
        KeyError: A column of the model is not described here.
    """
    if table == "out_milestones":
        return MILESTONES
    columns: Mapping[str, Any] = TABLES[table].to_schema().columns
    described = {**_IDS, **_COLUMNS[table]}
    return tuple(
        Field(name, _type(column), described[name], not column.nullable and name not in LIST_COLUMNS, _values(column))
        for name, column in columns.items()
        if name not in LEFT_OUT.get(table, ())
    )


def describe_table(table: str) -> str:
    """Return the first sentence of a table's model, without its name."""
    if table == "out_milestones":
        return "The agreed milestones and the statements that speak of them."
    sentence = " ".join((TABLES[table].__doc__ or "").split())
    return sentence.partition(": ")[2][:1].upper() + sentence.partition(": ")[2][1:]


def _type(column: Any) -> str:
    name = str(column.dtype).lower()
    for word, kind in (("int", "integer"), ("float", "number"), ("bool", "boolean")):
        if word in name:
            return kind
    return "string"


def _values(column: Any) -> tuple[str, ...]:
    for check in column.checks:
        if check.name == "isin":
            return tuple(str(value) for value in check.statistics["allowed_values"])
    return ()
