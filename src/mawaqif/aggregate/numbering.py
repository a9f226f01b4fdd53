"""Numbers the statements of a report in the order of its evidence, so that a number means one statement everywhere."""

from __future__ import annotations

import pandas as pd


def order_documents(documents: pd.DataFrame) -> pd.DataFrame:
    """Return `core_documents` in order of publication, or of the first possible day of it; the undated come last."""
    first = documents["published"].where(documents["published"].notna(), documents["published_earliest"])
    return documents.assign(_first=first).sort_values(["_first", "doc_id"], na_position="last").drop(columns="_first")


def order_statements(statements: pd.DataFrame, documents: pd.DataFrame) -> pd.DataFrame:
    """Return `core_statements` in order of publication, document and place, which is the order of the evidence."""
    order = {doc_id: n for n, doc_id in enumerate(order_documents(documents)["doc_id"])}
    ordered = statements.assign(_order=statements["doc_id"].map(order))
    return ordered.sort_values(["_order", "start", "statement_id"], kind="stable").drop(columns="_order")


def number_statements(statements: pd.DataFrame, documents: pd.DataFrame) -> dict[str, int]:
    """Return the number of each statement, from 1, by its id."""
    ordered = order_statements(statements, documents)["statement_id"]
    return {str(statement_id): n for n, statement_id in enumerate(ordered, start=1)}
