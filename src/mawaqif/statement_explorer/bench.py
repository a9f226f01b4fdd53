"""Measures how long the explorer takes to answer when there are many statements."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import replace
from statistics import median

import pandas as pd

from mawaqif.statement_explorer.index import StatementIndex
from mawaqif.statement_explorer.query import Query
from mawaqif.statement_explorer.view import show_answer, show_page
from mawaqif.tables import Tables

MANY = 100_000
_TURNS = 5


def repeat_tables(tables: Tables, n_statements: int) -> Tables:
    """Return tables with at least as many statements: documents and statements over and over, each with its own id."""
    turns = range(-(-n_statements // len(tables.core_statements)))

    def repeat(table: pd.DataFrame, *ids: str) -> pd.DataFrame:
        copies = [table.assign(**{name: f"{turn}." + table[name] for name in ids}) for turn in turns]
        return pd.concat(copies, ignore_index=True)

    return replace(
        tables,
        core_statements=repeat(tables.core_statements, "doc_id", "statement_id"),
        core_documents=repeat(tables.core_documents, "doc_id"),
        raw_documents=repeat(tables.raw_documents, "doc_id"),
    )


def measure_explorer(tables: Tables, *, n_statements: int = MANY) -> dict[str, float]:
    """Return seconds: to open the explorer, and, in the middle of five turns, to answer and show a page.

    Args:
        tables: A corpus; its statements are repeated until there are enough.
        n_statements: How many.
    """
    many = repeat_tables(tables, n_statements)
    start = time.perf_counter()
    index = StatementIndex(many)
    seconds = {"open": time.perf_counter() - start}
    camp, actor = index.facets["camp"].keys[0], index.facets["actor"].keys[0]
    questions = {
        "everything": Query(),
        "one camp": Query({"camp": (camp,)}),
        "words": Query(words="القُوّات"),
        "camp, position, words, period": Query(
            {"camp": (camp,), "stance": ("0", "1")}, "العراق", "2021-01-01", "2024-12-31", "newest"
        ),
        "one actor by position": Query({"actor": (actor,)}, order="stance"),
    }
    for name, query in questions.items():
        seconds[f"filter: {name}"] = _time(lambda query=query: show_answer(index, query, index.answer(query)))  # type: ignore[misc]
    answer = index.answer(Query())
    last = len(answer.rows) // Query().page_size
    seconds["next page"] = _time(lambda: show_page(index, Query(page=last // 2), answer))
    return {name: round(value, 4) for name, value in seconds.items()}


def _time(work: Callable[[], object]) -> float:
    taken = []
    for _ in range(_TURNS):
        start = time.perf_counter()
        work()
        taken.append(time.perf_counter() - start)
    return median(taken)
