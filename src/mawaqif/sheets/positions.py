"""Who stands where as a table, who took no position, how far one article carries it, and the scale itself."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import pandas as pd

from mawaqif.aggregate.attribution import describe_articles, name_camp
from mawaqif.aggregate.positions import check_robustness, select_fragile, select_frequent
from mawaqif.charts.theme import stance_text
from mawaqif.phrases import notes
from mawaqif.phrases.naming import Naming
from mawaqif.schemas import iterate_rows
from mawaqif.sheets.parts import (
    MOST_ROWS,
    Markdown,
    cite_articles,
    count_outlets,
    link_statements,
    make_naming,
    make_table,
    name_actor,
    number_all,
)
from mawaqif.sheets.words import word
from mawaqif.tables import Tables
from mawaqif.untrusted import encode

POSITION_COLUMNS = {
    "actor": "start",
    "mean": "end",
    "interval": "end",
    "n_positions": "end",
    "articles": "end",
    "outlets": "end",
    "n_forecasts": "end",
    "without_one": "start",
    "evidence": "start",
}


def list_positions(tables: Tables) -> Markdown:
    """Return who stands where by camp, with the interval, what it rests on, what one article changes, and links.

    Rows of camps stand before their actors. The mean counts each article once (`average_stance`), the interval is that
    of `interval_of_mean`; forecasts are counted apart and enter neither.
    """
    language = tables.parameters.language
    positions = select_frequent(tables.out_positions, minimum_statements=tables.parameters.minimum_statements)
    taken = positions[positions["n_positions"] + positions["n_forecasts"] > 0].head(MOST_ROWS)
    shifts = describe_shifts(tables)
    numbers = number_all(tables)
    articles = dict(zip(tables.core_statements["statement_id"], tables.core_statements["doc_id"], strict=True))
    rows: list[Sequence[object]] = []
    for camp, group in taken.groupby("camp", sort=False):
        name = encode(name_camp(str(camp), tables.vocabulary).in_language(language))
        rows.append((f"**{name}**", *("",) * (len(POSITION_COLUMNS) - 1)))
        rows += [
            (
                name_actor(row.name_ar, row.name_en, is_registered=row.is_registered, language=language),
                stance_text(row.mean_stance, digits=1) if row.n_positions else "–",
                _interval(row, language),
                row.n_positions,
                *_count_origins({articles[i] for i in _placed(row)[: row.n_positions or None]}, tables),
                row.n_forecasts,
                shifts.get(row.actor_id, "–"),
                link_statements(_placed(row), numbers, language),
            )
            for row in iterate_rows(group)
        ]
    return make_table({word(key, language): side for key, side in POSITION_COLUMNS.items()}, rows)


def _count_origins(doc_ids: set[str], tables: Tables) -> tuple[int, str]:
    return len(doc_ids), count_outlets(doc_ids, tables)


def _placed(row: Any) -> list[str]:
    """Return the statements of a row of `out_positions` that stand on the scale, which are listed before the others."""
    return list(row.statement_ids)[: row.n_positions + row.n_forecasts]


def _interval(row: Any, language: str) -> str:
    """Return the interval of a mean; a position that rests on one article has none."""
    if pd.isna(row.mean_low):
        return word("one_article", language) if row.n_positions else "–"
    low, high = (stance_text(value, digits=1) for value in (row.mean_low, row.mean_high))
    return low if low == high else word("from_to", language, low=low, high=high)


# --- one article -----------------------------------------------------------------------------------------------------


def describe_shifts(tables: Tables) -> dict[str, str]:
    """Return by actor what happens to the position without one article: none is left, it moves, or it is unchanged."""
    language = tables.parameters.language
    checked = _check(tables)
    told = {
        str(actor_id): word("only_article" if n == 1 else "holds", language)
        for actor_id, n in zip(checked["actor_id"], checked["n_documents"], strict=True)
    }
    articles = cite_articles(tables)
    for actor_id, group in _order_shifts(checked).groupby("actor_id", sort=False):
        without, mean = group["mean_without"].astype(float), float(group["mean_stance"].iloc[0])
        if without.min() < mean < without.max():
            low, high = (stance_text(value, digits=1) for value in (without.min(), without.max()))
            told[str(actor_id)] = word("moves_between", language, low=low, high=high)
            continue
        article = encode(articles[group["doc_id"].iloc[0]])
        value = stance_text(without.iloc[0], digits=1)
        told[str(actor_id)] = word("moves_to", language, value=value, article=article)
    return told


def list_robustness(tables: Tables) -> Markdown:
    """Return how many positions rest on one article or move without one, and each of these with the article named."""
    language = tables.parameters.language
    checked = _check(tables)
    if checked.empty:
        return Markdown(word("no_positions", language))
    fragile, naming = _order_shifts(checked), make_naming(tables)
    articles = describe_articles(tables.core_documents)
    lonely = checked.loc[checked["n_documents"] == 1, "actor_id"].nunique()
    told = notes.say_robustness(fragile["actor_id"].nunique(), lonely, checked["actor_id"].nunique(), language=language)
    lines = [
        f"- {_say_shifts(str(actor_id), group, articles, naming)}"
        for actor_id, group in fragile.head(MOST_ROWS).groupby("actor_id", sort=False)
    ]
    return Markdown("\n\n".join([told, *(["\n".join(lines)] if lines else [])]))


def _say_shifts(actor_id: str, group: pd.DataFrame, articles: Mapping[str, Any], naming: Naming) -> str:
    """Say how far one article moves an actor: both ways, or which article moves it where."""
    mean = float(group["mean_stance"].iloc[0])
    low, high = float(group["mean_without"].min()), float(group["mean_without"].max())
    if low < mean < high:
        return notes.say_shift_both_ways(actor_id, mean=mean, low=low, high=high, names=naming)
    return " ".join(
        notes.say_shift(
            {"actor_id": actor_id, "mean": mean, "without": row.mean_without, "article": articles[row.doc_id]}, naming
        )
        for row in iterate_rows(group)
    )


def _check(tables: Tables) -> pd.DataFrame:
    positions = select_frequent(tables.out_positions, minimum_statements=tables.parameters.minimum_statements)
    checked = check_robustness(tables.core_statements, tables.core_documents, issue_id=tables.issue.id)
    return checked[checked["actor_id"].isin(positions["actor_id"])]


def _order_shifts(checked: pd.DataFrame) -> pd.DataFrame:
    """Return the fragile ones, the largest shift first."""
    fragile = select_fragile(checked)
    return fragile.assign(_size=-fragile["shift"].abs()).sort_values(["_size", "actor_id", "doc_id"], kind="stable")


# --- those without a position ----------------------------------------------------------------------------------------


def list_silent(tables: Tables) -> Markdown:
    """Return those who are quoted without a position on the issue and without a forecast, by camp, with links."""
    language, numbers = tables.parameters.language, number_all(tables)
    positions = tables.out_positions
    silent = positions[positions["n_positions"] + positions["n_forecasts"] == 0].head(MOST_ROWS)
    if silent.empty:
        return Markdown(word("nobody_silent", language))
    lines = [word("silent", language)]
    items = []
    for camp, group in silent.groupby("camp", sort=False):
        told = word("comma", language).join(
            f"{name_actor(row.name_ar, row.name_en, is_registered=row.is_registered, language=language)} "
            f"({link_statements(row.statement_ids, numbers, language)})"
            for row in iterate_rows(group)
        )
        items.append(f"- **{encode(name_camp(str(camp), tables.vocabulary).in_language(language))}:** {told}")
    return Markdown("\n\n".join([*lines, "\n".join(items)]))


# --- the scale -------------------------------------------------------------------------------------------------------


def list_scale(tables: Tables) -> Markdown:
    """Return the steps of the issue's scale, lowest first, each with its label and the definition coders work by."""
    language = tables.parameters.language
    rows = [
        (
            stance_text(point.value),
            encode(point.label.in_language(language)),
            encode(point.definition.in_language(language)),
        )
        for point in sorted(tables.issue.scale, key=lambda point: point.value)
    ]
    heads = [word(key, language) for key in ("step", "label", "definition")]
    return make_table(dict(zip(heads, ("end", "start", "start"), strict=True)), rows)
