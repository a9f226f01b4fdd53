"""What all tables and lists are put together from: pipe tables, links to statements, names, dates."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from pathlib import PurePosixPath
from typing import Any, NewType

from mawaqif import narrative
from mawaqif.aggregate.attribution import list_outlets, name_camp
from mawaqif.aggregate.claims import parse_day
from mawaqif.aggregate.numbering import number_statements
from mawaqif.charts.calendar_axis import describe_days
from mawaqif.phrases.naming import Naming
from mawaqif.phrases.skipped import isolate_code
from mawaqif.schemas import iterate_rows
from mawaqif.sheets.words import word
from mawaqif.tables import Tables
from mawaqif.untrusted import encode, encode_passage

Markdown = NewType("Markdown", str)
"""Finished Markdown, with every untrusted word in it encoded."""

MOST_LINKS = 12
MOST_ROWS = 200


def make_table(columns: Mapping[str, str], rows: Iterable[Sequence[object]]) -> Markdown:
    """Return a pipe table.

    Args:
        columns: Heading to alignment, `start` or `end` (numbers).
        rows: Cells; numbers and `Markdown` stand as they are, so every other text must have been encoded.
    """
    marks = [":---" if align == "start" else "---:" for align in columns.values()]
    lines = [list(columns), marks, *([str(cell) for cell in row] for row in rows)]
    return Markdown("\n".join(f"| {' | '.join(cells)} |" for cells in lines))


def link_statements(statement_ids: Iterable[str], numbers: Mapping[str, int], language: str) -> Markdown:
    """Return links to the first statements by their numbers in the evidence, and how many more there are."""
    numbered = sorted((numbers[i], i) for i in statement_ids)
    links = [f"[{n}](#s-{i})" for n, i in numbered[:MOST_LINKS]]
    more = len(numbered) - len(links)
    return Markdown(" ".join([*links, *([word("more", language, n=more)] if more > 0 else [])]))


def name_actor(name_ar: str, name_en: str, *, is_registered: bool, language: str) -> Markdown:
    """Return an actor's name; one that was only found in an article keeps its Arabic form."""
    if not is_registered:
        return Markdown(encode_passage(name_ar))
    return Markdown(encode(name_ar if language == "ar" else name_en))


def describe_published(row: Any, language: str) -> str:
    """Return the day or the range of publication of a row of `core_documents`."""
    first = row.published if isinstance(row.published, str) else row.published_earliest
    last = row.published if isinstance(row.published, str) else row.published_latest
    if not isinstance(first, str) and not isinstance(last, str):
        return word("undated", language)
    return describe_days(parse_day(first), parse_day(last), language=language)


def name_outlet(row: Any, tables: Tables) -> str:
    """Return the plain name of the outlet of a row of `core_documents`; the found one is article text."""
    language = tables.parameters.language
    for outlet in tables.vocabulary.outlets.outlets:
        if outlet.id == row.outlet_id:
            return outlet.name.in_language(language)
    return row.outlet if isinstance(row.outlet, str) else word("unknown_outlet", language)


def camp_names(tables: Tables) -> dict[str, str]:
    """Return the names of all camps in the tables, in the order of drawing."""
    found = [*tables.out_positions["camp"], *tables.out_sources["camp"]]
    ids = [camp.id for camp in tables.vocabulary.actors.camps] + sorted(set(found))
    return {i: name_camp(i, tables.vocabulary).in_language(tables.parameters.language) for i in dict.fromkeys(ids)}


def name_file(path: str) -> str:
    """Return the name of a file, whichever system its path is from."""
    return PurePosixPath(str(path).replace("\\", "/")).name


def name_code(code: str, language: str) -> str:
    """Return a file name or an id, encoded, kept from left to right where the line runs the other way."""
    return isolate_code(code) if language == "ar" else encode(code)


def number_all(tables: Tables) -> dict[str, int]:
    """Return the number of each statement in the evidence, by its id."""
    return number_statements(tables.core_statements, tables.core_documents)


def make_naming(tables: Tables) -> Naming:
    """Return what sentences about a report's statements need to name things."""
    return narrative.make_naming(
        tables.core_statements,
        issue=tables.issue,
        vocabulary=tables.vocabulary,
        language=tables.parameters.language,
    )


def cite_articles(tables: Tables) -> dict[str, str]:
    """Return outlet and date of each document as plain text: `Al-Madina, 23–24 Mar 2021`; may hold article text."""
    language = tables.parameters.language
    return {
        row.doc_id: word("comma", language).join(
            [
                *([name_outlet(row, tables)] if isinstance(row.outlet, str) or isinstance(row.outlet_id, str) else []),
                describe_published(row, language),
            ]
        )
        for row in iterate_rows(tables.core_documents)
    }


def place_side_by_side(sides: Iterable[Sequence[str]]) -> Markdown:
    """Return blocks of Markdown side by side: a division of class `passages` with one of class `side` for each.

    On a narrow screen they stand below each other, in the order given.

    Args:
        sides: For each side its paragraphs, finished Markdown.
    """
    inner = [part for paragraphs in sides for part in ("::: {.side}", *paragraphs, ":::")]
    return Markdown("\n\n".join(["::::: {.passages}", *inner, ":::::"]))


def count_outlets(doc_ids: Iterable[str], tables: Tables) -> str:
    """Return how many known outlets some articles are from, with a question mark where that of one is unknown."""
    outlets = list_outlets(tables.core_documents).to_dict()
    found = {outlets[doc_id] if isinstance(outlets[doc_id], str) else None for doc_id in doc_ids}
    known = len(found - {None})
    mark = "؟" if tables.parameters.language == "ar" else "?"
    return " + ".join([*([str(known)] if known else []), *([mark] if None in found else [])])
