"""The timeline as a table, the passages of all mentions, and the agreed milestones against what is said of them."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import Any

import pandas as pd

from mawaqif.aggregate.background import BACKGROUND_YEARS, find_background
from mawaqif.aggregate.milestones import RELATIONS, compare_milestones, find_namesakes, is_about
from mawaqif.aggregate.movement import publication_days
from mawaqif.aggregate.origins import find_sayings
from mawaqif.charts.calendar_axis import describe_days
from mawaqif.charts.timeline import STATUS_TITLES, describe_when
from mawaqif.phrases import arabic, english
from mawaqif.schemas import EVENT_STATUSES, iterate_rows
from mawaqif.sheets.evidence import cite_statements, say_gloss
from mawaqif.sheets.parts import (
    MOST_LINKS,
    MOST_ROWS,
    Markdown,
    cite_articles,
    link_statements,
    make_table,
    number_all,
    place_side_by_side,
)
from mawaqif.sheets.words import word
from mawaqif.tables import Tables
from mawaqif.untrusted import encode, encode_passage
from mawaqif.vocabulary import Milestone

AROUND = 80
"""Characters of an article to either side of a date that its passage has at most."""
_BREAK = re.compile(r"[.!?؟؛\n]")


def list_events(tables: Tables) -> Markdown:
    """Return the timeline as a table: when, the event under its name, and links; a heading for each status.

    What is background (`aggregate.background`) stands last, under a heading of its own.
    """
    language, numbers = tables.parameters.language, number_all(tables)
    days, sayings = publication_days(tables.core_documents), find_sayings(tables.core_statements, tables.core_dates)
    shown = tables.out_timeline.head(MOST_ROWS)
    is_background = find_background(tables.out_timeline, tables.core_documents).reindex(shown.index)
    groups = [(STATUS_TITLES[s][language], shown[shown["status"].eq(s) & ~is_background]) for s in EVENT_STATUSES]
    groups.append((word("background", language, years=BACKGROUND_YEARS), shown[is_background]))
    rows: list[tuple[str, ...]] = []
    for title, group in groups:
        told = [
            (
                describe_when(row, published=days, language=language, has_escapes=True),
                f"{_name_event(row, tables)}{_say_agreed(row, tables)}",
                link_statements(_list_evidence(row, sayings), numbers, language) or "–",
            )
            for row in iterate_rows(group)
        ]
        rows += [(f"**{title}**", "", ""), *told] if told else []
    heads = {word(key, language): "start" for key in ("when", "event", "evidence")}
    return make_table(heads, rows or [("–", word("none", language), "–")])


def _list_evidence(row: Any, sayings: Mapping[tuple[str, int, int], Sequence[str]]) -> list[str]:
    """Return the statements that speak of an event, and those that a date of it introduces."""
    introduced = [i for doc_id, start, end in row.mentions for i in sayings.get((doc_id, int(start), int(end)), ())]
    return list(dict.fromkeys([*row.statement_ids, *introduced]))


def _say_agreed(row: Any, tables: Tables) -> str:
    """Return in brackets what was agreed, and for when, where an article tells of a milestone in its own words."""
    agreed = next((m for m in tables.issue.milestones if m.id == row.known_id), None)
    if agreed is None:
        return ""
    language = tables.parameters.language
    name = encode(agreed.name.in_language(language))
    key = "agreed_as" if is_about(agreed, str(row.label_ar), issue=tables.issue) else "agreed_under_name"
    return f" ({word(key, language, name=name, when=_say_days(agreed, language))})"


def _name_event(row: Any, tables: Tables) -> str:
    """Return the event's name; without a translation it keeps the article's words, as a milestone always does."""
    language = tables.parameters.language
    if isinstance(row.known_id, str) and all(m.id != row.known_id for m in tables.issue.milestones):
        return encode(row.label_ar if language == "ar" else row.label_en)
    return encode(row.label_en) if language == "en" and isinstance(row.label_en, str) else encode_passage(row.label_ar)


def list_event_passages(tables: Tables) -> Markdown:
    """Return for each event the words around every date that tells of it, with the article, behind a toggle."""
    language = tables.parameters.language
    texts = dict(zip(tables.raw_documents["doc_id"], tables.raw_documents["text"], strict=True))
    articles, days = cite_articles(tables), publication_days(tables.core_documents)
    items = []
    for row in iterate_rows(tables.out_timeline.head(MOST_ROWS)):
        when = describe_when(row, published=days, language=language, has_escapes=True)
        items.append(f"- **{when} · {_name_event(row, tables)}**")
        for doc_id, start, end in row.mentions:
            passage = encode_passage(quote_around(texts[doc_id], start, end))
            items.append(f"    - {passage} {encode(articles[doc_id])}")
    if not items:
        return Markdown(word("no_events", language))
    title = word("event_passages", language)
    return Markdown("\n\n".join([f'::: {{.callout-note collapse="true" title="{title}"}}', "\n".join(items), ":::"]))


def quote_around(text: str, start: int, end: int) -> str:
    """Return the sentence around a span in whole words, at most `AROUND` characters to either side."""
    first = max([m.end() for m in _BREAK.finditer(text, max(0, start - AROUND), start)], default=max(0, start - AROUND))
    stop = _BREAK.search(text, end, end + AROUND)
    last = stop.start() if stop else min(len(text), end + AROUND)
    is_cut_before = first > 0 and not _BREAK.match(text, first - 1)
    is_cut_behind = stop is None and last < len(text)
    if is_cut_before:
        first = text.index(" ", first, start) + 1 if " " in text[first:start] else start
    if is_cut_behind:
        last = text.rindex(" ", end, last) if " " in text[end:last] else end
    passage = " ".join(text[first:last].split())
    return f"{'… ' if is_cut_before else ''}{passage}{' …' if is_cut_behind else ''}"


# --- milestones ------------------------------------------------------------------------------------------------------


def list_milestones(tables: Tables) -> Markdown:
    """Return each agreed milestone, and beside its source the statements that contradict, doubt, confirm or mention it.

    Every relation is told with its number of statements; each statement stands beside the words of the source.
    """
    language = tables.parameters.language
    if not tables.issue.milestones:
        return Markdown(word("no_milestones", language))
    compared = tables.issue, tables.core_statements, tables.core_dates, tables.core_documents
    told, namesakes = compare_milestones(*compared), find_namesakes(*compared)
    shown = _Statements(tables, told["statement_id"])
    say_relation = arabic.say_relation if language == "ar" else english.say_relation
    parts: list[str] = []
    for milestone in tables.issue.milestones:
        own = told[told["milestone_id"] == milestone.id]
        is_namesake = own["statement_id"].map(lambda i, m=milestone: (m.id, i) in namesakes).astype(bool)
        own = own.assign(relation=own["relation"].mask(is_namesake, "namesake"))
        parts.append(f"**{encode(milestone.name.in_language(language))}** · {_say_days(milestone, language)}")
        source = [f"**{word('agreed', language)}**", encode(milestone.source.in_language(language))]
        said: list[str] = []
        for relation in (*RELATIONS[:-1], "namesake", RELATIONS[-1]):
            group = own[own["relation"].eq(relation)]
            said += [f"**{say_relation(relation, len(group))}**"] if len(group) else []
            said += [line for i in group["statement_id"].head(MOST_LINKS) for line in shown.quote(str(i))]
        parts.append(place_side_by_side([source, said or [word("milestone_silent", language)]]))
    return Markdown("\n\n".join(parts))


def _say_days(milestone: Milestone, language: str) -> str:
    return describe_days(milestone.first, milestone.last, language=language)


class _Statements:
    """Quotes statements beside a milestone: the passage, who said it and when, and what it means."""

    def __init__(self, tables: Tables, statement_ids: pd.Series) -> None:
        self.tables = tables
        spoken = tables.core_statements[tables.core_statements["statement_id"].isin(statement_ids)]
        self.rows = spoken.set_index("statement_id")
        self.cited = cite_statements(tables, spoken)

    def quote(self, statement_id: str) -> list[str]:
        """Return the paragraphs of one statement."""
        row = self.rows.loc[statement_id]
        gloss = say_gloss(row, self.tables)
        return [
            encode_passage(str(row["quote"])),
            self.cited[statement_id],
            *([gloss] if gloss else []),
        ]
