"""A statement in its article, with its speaker and its cue marked: for a cell, for the explorer and for charts."""

from __future__ import annotations

import html
import re
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

import pandas as pd

from mawaqif.aggregate.attribution import UNATTRIBUTED, add_actor, name_actors, name_camp
from mawaqif.arabic.text import end_of_word
from mawaqif.charts.theme import stance_text
from mawaqif.errors import ParameterError
from mawaqif.records import Span
from mawaqif.schemas import iterate_rows
from mawaqif.sheets.words import word
from mawaqif.tables import Tables

AROUND = 240
"""Characters of the article shown on either side of a statement."""

_STYLES = {
    "statement": "background:#fff3b8;color:#1f2933;padding:.1em 0",
    "speaker": "border-bottom:2px solid #00667a",
    "cue": "border-bottom:2px dotted #8f3b00",
}
_BOX = (
    "white-space:pre-line;max-width:44em;font-size:1.1em;line-height:1.9;border-inline-start:3px solid #00667a;"
    "padding-inline-start:.8em"
)
_ABOUT = "color:var(--jp-content-font-color2,#5f6b76);margin-top:.4em;max-width:48em;text-align:start"


@dataclass(frozen=True)
class Passage:
    """A piece of an article with the statement, its speaker and its cue marked.

    Attributes:
        text: The piece, as it stands in the source.
        start: Where the piece begins in the source, in characters.
        marks: Spans of the source by what they are: `statement`, `speaker`, `cue`.
        about: Lines on who said it, where it stands and how it was coded.
        doc_id: The article.
    """

    text: str
    start: int
    marks: tuple[tuple[str, Span], ...]
    about: tuple[str, ...]
    doc_id: str

    def __str__(self) -> str:
        """Return the piece with the statement in brackets, and the lines about it."""
        (statement,) = (span for name, span in self.marks if name == "statement")
        first, last = statement.start - self.start, statement.end - self.start
        marked = f"{self.text[:first]}[{self.text[first:last]}]{self.text[last:]}"
        return "\n".join([" ".join(marked.split()), *self.about])

    __repr__ = __str__

    def _repr_html_(self) -> str:
        about = "".join(f'<div dir="{_direct(line)}">{html.escape(line)}</div>' for line in self.about)
        return f'<div lang="ar" dir="rtl" style="{_BOX}">{self._marked()}</div><div style="{_ABOUT}">{about}</div>'

    def pieces(self) -> list[tuple[tuple[str, ...], str]]:
        """Return the piece cut at every border of a mark, so that marks may lie inside one another: names, and text."""
        inside = [(name, s.start - self.start, s.end - self.start) for name, s in self.marks]
        borders = {0, len(self.text)}
        borders |= {min(max(at, 0), len(self.text)) for _, first, last in inside for at in (first, last)}
        return [
            (tuple(name for name, start, end in inside if start <= first and last <= end), self.text[first:last])
            for first, last in pairwise(sorted(borders))
        ]

    def _marked(self) -> str:
        """Return the piece as HTML."""
        made = []
        for names, text in self.pieces():
            piece, style = html.escape(text), ";".join(_STYLES[name] for name in names)
            made.append(f'<span class="{" ".join(names)}" style="{style}">{piece}</span>' if names else piece)
        return "".join(made)


def _direct(line: str) -> str:
    """Return the direction of a line of facts, which is not that of its first letter where that is a name or a sign."""
    return "ltr" if re.search("[A-Za-z]", line) else "rtl"


def name_statements(tables: Tables) -> pd.DataFrame:
    """Return `core_statements` with the speaker's names and camp in words: `name_ar`, `name_en`, `camp_en`."""
    table = add_actor(tables.core_statements)
    names = name_actors(table, tables.vocabulary)
    is_found = table["actor_id"] != UNATTRIBUTED
    return table.assign(
        name_ar=table["actor_id"].map(lambda i: names[i].ar).where(is_found),
        name_en=table["actor_id"].map(lambda i: names[i].en).where(is_found),
        camp_en=table["actor_camp"].map(lambda c: name_camp(c, tables.vocabulary).en),
    )


def read_article(tables: Tables, doc_id: str) -> str:
    """Return an article as it was read; every offset counts characters of it.

    Raises:
        ParameterError: There is no such article.
    """
    found = tables.raw_documents.loc[tables.raw_documents["doc_id"] == doc_id, "text"]
    if found.empty:
        raise ParameterError(f"there is no document {doc_id!r}", mend="Copy an id from documents.")
    return str(found.iloc[0])


def find_passage(tables: Tables, statements: pd.DataFrame, statement_id: str, *, around: int = AROUND) -> Passage:
    """Return a statement in its article, with speaker and cue marked.

    Args:
        tables: The corpus.
        statements: Its statements, as `name_statements` gives them.
        statement_id: One of them.
        around: Characters to show on either side.

    Raises:
        ParameterError: There is no such statement.
    """
    found = statements[statements["statement_id"] == statement_id]
    if found.empty:
        raise ParameterError(f"there is no statement {statement_id!r}", mend="Copy an id from statements.")
    row = next(iterate_rows(found))
    text = read_article(tables, row.doc_id)
    spans = {
        "statement": Span(int(row.start), int(row.end)),
        "speaker": _span(row.speaker_start, row.speaker_end),
        "cue": _span(row.cue_start, row.cue_end),
    }
    near = [s for s in spans.values() if s and abs(s.start - row.start) <= 4 * AROUND]
    start = end_of_word(text, max(0, min(s.start for s in near) - around), step=-1)
    end = end_of_word(text, min(len(text), max(s.end for s in near) + around), step=1)
    marks = tuple((name, span) for name, span in spans.items() if span in near and span is not None)
    return Passage(text[start:end], start, marks, _tell(row, tables), row.doc_id)


def _tell(row: Any, tables: Tables) -> tuple[str, ...]:
    """Return who said it, where it stands and who coded it, in the language of the corpus."""
    language = tables.parameters.language
    name = row.name_ar if language == "ar" else row.name_en
    who = name if isinstance(name, str) else word("no_speaker", language)
    camp = name_camp(row.actor_camp, tables.vocabulary).in_language(language)
    stance = word("no_position", language)
    if row.issue == tables.issue.id and not pd.isna(row.stance):
        point = tables.issue.point(int(row.stance))
        stance = f"{stance_text(point.value)} {point.label.in_language(language)}"
    coded = " · ".join((stance, word(row.modality, language), word(row.coder, language)))
    gloss = [row.gloss_en] if isinstance(row.gloss_en, str) else []
    return (f"{who} · {camp}", coded, *gloss)


def _span(start: Any, end: Any) -> Span | None:
    return None if pd.isna(start) or pd.isna(end) else Span(int(start), int(end))
