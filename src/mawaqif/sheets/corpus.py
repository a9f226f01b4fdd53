"""The corpus as tables: its articles, what was left out of them, files not used, outlets."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from typing import Any

import pandas as pd

from mawaqif.aggregate.claims import parse_day
from mawaqif.aggregate.numbering import order_documents
from mawaqif.charts.calendar_axis import describe_days
from mawaqif.coding import parse_interval
from mawaqif.phrases.skipped import say_mend, say_reason
from mawaqif.schemas import iterate_rows
from mawaqif.sheets.parts import MOST_ROWS, Markdown, describe_published, make_table, name_code, name_file, name_outlet
from mawaqif.sheets.words import word
from mawaqif.tables import Tables
from mawaqif.untrusted import encode, encode_passage

MOST_RULES = 4


def list_documents(tables: Tables) -> Markdown:
    """Return the documents with outlet, date, how the date is known, and number of statements."""
    language = tables.parameters.language
    counts = tables.core_statements.groupby("doc_id").size()
    files = tables.raw_documents.set_index("doc_id")["path"]
    rows = [
        (
            encode_passage(row.title)
            if isinstance(row.title, str)
            else name_code(name_file(files[row.doc_id]), language),
            encode(name_outlet(row, tables)),
            describe_published(row, language),
            _say_basis(row, tables),
            int(counts.get(row.doc_id, 0)),
        )
        for row in iterate_rows(order_documents(tables.core_documents).head(MOST_ROWS))
    ]
    heads = [word(key, language) for key in ("document", "outlet", "published", "basis", "statements")]
    return make_table(dict(zip(heads, ("start", "start", "start", "start", "end"), strict=True)), rows)


def _say_basis(row: Any, tables: Tables) -> str:
    """Return how a date is known; where coders inferred it and do not agree, the days that each of them gives."""
    language, coded = tables.parameters.language, tables.codings.documents
    basis = word(row.published_basis, language)
    if row.published_basis != "inferred" or coded.empty:
        return basis
    own = coded[coded["doc_id"].eq(row.doc_id) & coded["published_range"].ne("")].sort_values("coder", kind="stable")
    ranges = [parse_interval(interval) for interval in own["published_range"].drop_duplicates()]
    if len(ranges) < 2:
        return basis
    told = [describe_days(parse_day(first), parse_day(last), language=language) for first, last in ranges]
    return (
        f"{basis}{word('semicolon', language)}{word('by_each_coder', language, days=word('or', language).join(told))}"
    )


def list_removed(tables: Tables) -> Markdown:
    """Return what was taken for site furniture, by kind, with its extent and the rules that found it.

    The ids of rules are English, so that the Arabic table does without them.
    """
    language = tables.parameters.language
    spans = tables.core_boilerplate.assign(n=tables.core_boilerplate["end"] - tables.core_boilerplate["start"])
    names = {kind.id: kind.name.in_language(language) for kind in tables.vocabulary.boilerplate.kinds}
    rows: list[Sequence[object]] = [
        (
            encode(names.get(str(kind), str(kind))),
            len(group),
            group["doc_id"].nunique(),
            int(group["n"].sum()),
            *([] if language == "ar" else [_list_rules(group["rule"], language)]),
        )
        for kind, group in spans.groupby("kind", sort=True)
    ]
    keys = ("kind", "places", "articles", "characters", "rules")[: 4 if language == "ar" else 5]
    heads = [word(key, language) for key in keys]
    rows = rows or [(word("nothing_removed", language), 0, 0, 0, "")[: len(heads)]]
    return make_table(dict(zip(heads, ("start", "end", "end", "end", "start")[: len(heads)], strict=True)), rows)


def _list_rules(rules: Iterable[str], language: str) -> str:
    """Return the ids of rules, which are code in either language."""
    ids = sorted({re.sub(r"[_:]+", " ", rule) for rule in rules})[:MOST_RULES]
    return word("comma", language).join(name_code(rule, language) for rule in ids)


def list_skipped(tables: Tables) -> Markdown:
    """Return the files that were not used and the documents that repeat another, or a sentence where there are none."""
    language = tables.parameters.language
    files = tables.raw_documents.set_index("doc_id")["path"]
    rows: list[Sequence[object]] = [
        (name_code(row.path, language), say_reason(row.reason, language), say_mend(row.mend, language))
        for row in iterate_rows(tables.raw_skipped.head(MOST_ROWS))
    ]
    repeats = tables.core_documents[tables.core_documents["duplicate_of"].notna()]
    rows += [
        (
            name_code(name_file(files[row.doc_id]), language),
            f"{word('duplicate', language)} {name_code(str(row.duplicate_of), language)}",
            "",
        )
        for row in iterate_rows(repeats.head(MOST_ROWS))
    ]
    if not rows:
        return Markdown(word("nothing_skipped", language))
    heads = [word(key, language) for key in ("file", "reason", "mend")]
    return Markdown(f"{word('skipped', language)}\n\n{make_table(dict.fromkeys(heads, 'start'), rows)}")


def list_outlets(tables: Tables) -> Markdown:
    """Return articles and statements by outlet."""
    language = tables.parameters.language
    documents = tables.core_documents
    names = {row.doc_id: name_outlet(row, tables) for row in iterate_rows(documents)}
    statements = tables.core_statements.assign(_outlet=tables.core_statements["doc_id"].map(names))
    stated = statements[statements["issue"].eq(tables.issue.id) & statements["stance"].notna()]
    table = pd.DataFrame(
        {
            "articles": pd.Series(names).value_counts(),
            "statements": statements["_outlet"].value_counts(),
            "on_issue": stated["_outlet"].value_counts(),
        }
    ).fillna(0)
    table = table.assign(outlet=table.index).sort_values(["statements", "outlet"], ascending=[False, True])
    rows = [(encode(r.outlet), int(r.articles), int(r.statements), int(r.on_issue)) for r in iterate_rows(table)]
    heads = [word(key, language) for key in ("outlet", "articles", "statements", "of_these_on_scale")]
    return make_table(dict(zip(heads, ("start", "end", "end", "end"), strict=True)), rows)


def list_inputs(tables: Tables) -> Markdown:
    """Return the files that the report was made from, with encoding, size and the start of the checksum of each."""
    language = tables.parameters.language
    rows = [
        (
            name_code(name_file(row.path), language),
            name_code(row.encoding, language),
            len(row.text),
            name_code(row.sha256[:16], language),
        )
        for row in iterate_rows(tables.raw_documents.sort_values("path", kind="stable").head(MOST_ROWS))
    ]
    heads = [word(key, language) for key in ("file", "encoding", "characters", "sha256")]
    return make_table(dict(zip(heads, ("start", "start", "end", "start"), strict=True)), rows)
