"""Who stands where as a table, who took no position, how far one article carries it, and the scale itself."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

import pandas as pd

from mawaqif.aggregate.attribution import add_actor, describe_articles, name_camp
from mawaqif.aggregate.claims import widen_to_months
from mawaqif.aggregate.movement import publication_days
from mawaqif.aggregate.origins import find_relays, find_said
from mawaqif.aggregate.positions import check_robustness, select_fragile, select_frequent
from mawaqif.charts.calendar_axis import describe_days
from mawaqif.charts.theme import stance_text
from mawaqif.phrases import notes
from mawaqif.phrases.naming import Naming
from mawaqif.schemas import iterate_rows
from mawaqif.sheets.parts import (
    MOST_ROWS,
    Markdown,
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

MOST_STEADY = 5
"""Positions that no article moves, of which each is told with its mean; more are told in a line."""
POSITION_COLUMNS = {
    "actor": "start",
    "mean_and_interval": "end",
    "n_positions": "end",
    "articles": "end",
    "outlets": "end",
    "printed": "start",
    "n_forecasts": "end",
    "evidence": "start",
}


def list_positions(tables: Tables) -> Markdown:
    """Return who stands where by camp, with the interval, what it rests on, when that was printed, and links.

    Rows of camps stand before their actors. The mean counts each article once (`average_stance`), the interval is that
    of `interval_of_mean`; forecasts are counted apart and enter neither.
    """
    language = tables.parameters.language
    positions = select_frequent(tables.out_positions, minimum_statements=tables.parameters.minimum_statements)
    taken = positions[positions["n_positions"] + positions["n_forecasts"] > 0].head(MOST_ROWS)
    numbers, days = number_all(tables), publication_days(tables.core_documents)
    articles = dict(zip(tables.core_statements["statement_id"], tables.core_statements["doc_id"], strict=True))
    origins = _Origins(tables)
    rows: list[Sequence[object]] = []
    for camp, group in taken.groupby("camp", sort=False):
        name = encode(name_camp(str(camp), tables.vocabulary).in_language(language))
        rows.append((f"**{name}**", *("",) * (len(POSITION_COLUMNS) - 1)))
        rows += [
            (
                name_actor(row.name_ar, row.name_en, is_registered=row.is_registered, language=language),
                f"{stance_text(row.mean_stance, digits=1)}{_interval(row, language)}" if row.n_positions else "–",
                row.n_positions,
                *_describe_origins({articles[i] for i in _counted(row)}, tables, days, note=origins.say(_counted(row))),
                row.n_forecasts,
                link_statements(_placed(row), numbers, language),
            )
            for row in iterate_rows(group)
        ]
    return make_table({word(key, language): side for key, side in POSITION_COLUMNS.items()}, rows)


class _Origins:
    """Says of statements that they are older than their articles, or passed on by somebody else."""

    def __init__(self, tables: Tables) -> None:
        self.naming: Naming = make_naming(tables)
        statements = add_actor(tables.core_statements)
        self.said = find_said(statements, tables.core_dates, tables.core_documents)
        actors = dict(zip(statements["statement_id"], statements["actor_id"], strict=True))
        self.relays = {i: str(actors[other]) for i, other in find_relays(statements).items()}

    def find_older(self, statement_ids: Sequence[str]) -> tuple[date, date] | None:
        """Return the months in which these statements were made if all are older than their articles."""
        said = [self.said[i] for i in statement_ids if i in self.said]
        if not said or len(said) < len(statement_ids):
            return None
        return widen_to_months(min(first for first, _ in said), max(last for _, last in said))

    def say(self, statement_ids: Sequence[str]) -> str:
        """Return a note on how many of these statements are older, and through whom all of them come, or nothing."""
        language, parts = self.naming.language, []
        if months := self.find_older(statement_ids):
            parts.append(word("said_in", language, when=describe_days(*months, language=language)))
        elif older := [i for i in statement_ids if i in self.said]:
            when = describe_days(*(self.find_older(older) or ()), language=language)
            parts.append(notes.say_partly_older(len(older), when, language=language))
        relays = {self.relays.get(i, "") for i in statement_ids}
        if len(relays) == 1 and (relay := relays.pop()):
            parts.append(word("relayed_by", language, who=self.naming.label(relay)))
        return "".join(f"{word('semicolon', language)}{part}" for part in parts)


def label_older(positions: pd.DataFrame, tables: Tables) -> pd.DataFrame:
    """Return rows of `out_positions` with the time added to the name of whoever's words are all older than the article.

    The year says enough where it is an earlier one than that of the articles.
    """
    language, origins = tables.parameters.language, _Origins(tables)
    column = "name_ar" if language == "ar" else "name_en"
    articles = dict(zip(tables.core_statements["statement_id"], tables.core_statements["doc_id"], strict=True))
    days = publication_days(tables.core_documents)
    names = []
    for name, row in zip(positions[column], iterate_rows(positions), strict=True):
        ids = _counted(row) if _placed(row) else []
        if span := origins.find_older(ids):
            first, last = span
            if last.year < min(days[articles[i]][0].year for i in ids):
                first, last = date(first.year, 1, 1), date(last.year, 12, 31)
            name = word("said_label", language, name=name, when=describe_days(first, last, language=language))
        names.append(name)
    return positions.assign(**{column: pd.Series(names, index=positions.index, dtype=object)})


def _describe_origins(
    doc_ids: set[str], tables: Tables, days: Mapping[str, tuple[date, date]], *, note: str
) -> tuple[int, str, str]:
    """Return the number of articles and of outlets, and the months in which the articles appeared, with a note."""
    spans = [days[doc_id] for doc_id in doc_ids if doc_id in days]
    printed = word("undated", tables.parameters.language)
    if spans:
        months = widen_to_months(min(first for first, _ in spans), max(last for _, last in spans))
        printed = describe_days(*months, language=tables.parameters.language)
    return len(doc_ids), count_outlets(doc_ids, tables), f"{printed}{note}"


def _placed(row: Any) -> list[str]:
    """Return the statements of a row of `out_positions` that stand on the scale, which are listed before the others."""
    return list(row.statement_ids)[: row.n_positions + row.n_forecasts]


def _counted(row: Any) -> list[str]:
    """Return the statements of a row that its mean counts, or its forecasts where it has none of these."""
    return _placed(row)[: row.n_positions or None]


def _interval(row: Any, language: str) -> str:
    """Return the interval of a mean in brackets, a space before it.

    There is none for one article, nor where all statements agree: an interval of no width would look like certainty.
    """
    if pd.isna(row.mean_low) or row.lowest_stance == row.highest_stance:
        return ""
    low, high = (stance_text(value, digits=1) for value in (row.mean_low, row.mean_high))
    return f" ({word('from_to', language, low=low, high=high)})"


# --- one article -----------------------------------------------------------------------------------------------------


def list_robustness(tables: Tables) -> Markdown:
    """Return what becomes of each position with more than one article without any one of them, and how many have one.

    Where one article moves a position by half a step, it is named; steady ones are told in a line.
    """
    language = tables.parameters.language
    checked = _check(tables)
    if checked.empty:
        return Markdown(word("no_positions", language))
    naming, fragile = make_naming(tables), _order_shifts(checked)
    articles = describe_articles(tables.core_documents)
    lines = []
    for actor_id, group in fragile.groupby("actor_id", sort=False):
        shifts = [(float(row.mean_without), articles[row.doc_id]) for row in iterate_rows(group)]
        first = group.iloc[0]
        mean, n = float(first["mean_stance"]), int(first["n_documents"])
        lines.append(notes.say_shifts(str(actor_id), mean=mean, n_articles=n, shifts=shifts, names=naming))
    shared = checked[checked["n_documents"] > 1].drop_duplicates("actor_id")
    steady = shared[~shared["actor_id"].isin(fragile["actor_id"])]
    if 0 < len(steady) <= MOST_STEADY:
        lines += [
            notes.say_shifts(
                str(r.actor_id),
                mean=r.mean_stance,
                n_articles=r.n_documents,
                shifts=(),
                names=naming,
                is_unmoved=bool(checked.loc[checked["actor_id"].eq(r.actor_id), "shift"].abs().max() < 1e-9),
            )
            for r in iterate_rows(steady)
        ]
    elif len(steady):
        lines.append(notes.say_steady([naming.label(str(i)) for i in steady["actor_id"]], language=language))
    lonely = checked.loc[checked["n_documents"] == 1, "actor_id"].nunique()
    rest = notes.say_lonely(lonely, checked["actor_id"].nunique(), language=language)
    listed = "\n".join(f"- {line}" for line in lines[:MOST_ROWS])
    head = word("without_one_article", language) if lines else ""
    return Markdown("\n\n".join(part for part in (head, listed, rest) if part))


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
