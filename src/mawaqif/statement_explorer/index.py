"""Answers questions about statements fast enough to type by: everything asked for is a number in an array.

Made once a corpus; a question then takes milliseconds with a hundred thousand statements (`statement_explorer.bench`).
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

import numpy as np
import numpy.typing as npt
import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc

from mawaqif import sheets
from mawaqif.aggregate.attribution import FORECAST, UNATTRIBUTED, add_actor, name_actors, name_camp, order_camps
from mawaqif.arabic.text import fold_text
from mawaqif.charts.theme import LRM, PDI
from mawaqif.schemas import CODERS, MODALITIES, STANCES, iterate_rows
from mawaqif.sheets.words import word
from mawaqif.statement_explorer.query import FACETS, ORDERS, Query
from mawaqif.statement_explorer.words import WORDS
from mawaqif.tables import Tables

NO_POSITION, OTHER_ISSUE = "none", "other"
"""The keys of the stance facet beside the steps of the scale."""
MOST_OPTIONS = 300
"""Of a facet's options the browser gets those with most statements, and whatever is chosen."""

FSI = "\u2068"
"""Begins a run with its own direction: an Arabic title, an English date."""

Mask = npt.NDArray[np.bool_]
Codes = npt.NDArray[np.int32]


@dataclass(frozen=True)
class Facet:
    """One facet: its options' keys and labels in the order of the page, and each statement's option."""

    keys: tuple[str, ...]
    labels: tuple[str, ...]
    codes: Codes

    def choose(self, keys: Iterable[str]) -> Mask:
        """Return which statements have one of some options; an option that no longer exists has none."""
        places = {key: place for place, key in enumerate(self.keys)}
        is_chosen = np.zeros(len(self.keys) + 1, dtype=bool)
        is_chosen[[places[key] for key in keys if key in places]] = True
        return is_chosen[self.codes]

    def count(self, mask: Mask) -> npt.NDArray[np.int64]:
        """Return how many of some statements each option has."""
        return np.bincount(self.codes[mask], minlength=len(self.keys))


@dataclass(frozen=True)
class Answer:
    """What a question finds.

    Attributes:
        rows: Places of the statements in `core_statements`, in the order asked for.
        counts: Of each facet, how many statements each option has among those that all other facets leave.
    """

    rows: npt.NDArray[np.int64]
    counts: Mapping[str, npt.NDArray[np.int64]] = field(default_factory=dict)


class StatementIndex:
    """The statements of a corpus, ready to be chosen from."""

    def __init__(self, tables: Tables) -> None:
        self.tables = tables
        self.statements = add_actor(tables.core_statements).reset_index(drop=True)
        self.ids = self.statements["statement_id"].to_numpy(dtype=object)
        self.is_forecast: Mask = self.statements["modality"].eq(FORECAST).to_numpy(dtype=bool)
        language = tables.parameters.language
        self.names = {
            key: (name.ar if language == "ar" else name.en) if key != UNATTRIBUTED else WORDS[language]["nobody"]
            for key, name in name_actors(self.statements, tables.vocabulary).items()
        }
        self.facets = _make_facets(self.statements, tables, self.names)
        self._folded = _fold_statements(self.statements, self.names)
        self._first, self._last = _find_days(self.statements, tables.core_documents)
        self._orders = {order: self._sort(order) for order in ORDERS}

    def answer(self, query: Query) -> Answer:
        """Find the statements that a question asks for."""
        base = self._hold_words(query.words) & self._lie_within(query.since, query.until)
        masks = {name: self.facets[name].choose(keys) for name, keys in query.facets.items() if keys}
        counts = {}
        for name, facet in self.facets.items():
            others = base.copy()
            for other, mask in masks.items():
                if other != name:
                    others &= mask
            counts[name] = facet.count(others)
        for mask in masks.values():
            base &= mask
        order = self._orders[query.order]
        return Answer(order[base[order]], counts)

    def list_options(self, name: str, counts: npt.NDArray[np.int64], chosen: Iterable[str]) -> list[dict[str, Any]]:
        """Return a facet's options as the browser lists them: `key`, `label`, `count`; those without any left out."""
        facet, kept = self.facets[name], set(chosen)
        places = np.argsort(-counts, kind="stable")[:MOST_OPTIONS] if len(counts) > MOST_OPTIONS else range(len(counts))
        shown = {int(place) for place in places if counts[place]}
        shown |= {place for place, key in enumerate(facet.keys) if key in kept}
        return [
            {"key": facet.keys[place], "label": facet.labels[place], "count": int(counts[place])}
            for place in sorted(shown)
        ]

    def find_row(self, statement_id: str) -> int | None:
        """Return the place of a statement in `core_statements`, or None."""
        found = np.flatnonzero(self.ids == statement_id)
        return int(found[0]) if len(found) else None

    def label(self, name: str, row: int) -> str:
        """Return what a statement has of a facet, in words."""
        facet = self.facets[name]
        return facet.labels[int(facet.codes[row])]

    def key(self, name: str, row: int) -> str:
        """Return what a statement has of a facet, as its key."""
        facet = self.facets[name]
        return facet.keys[int(facet.codes[row])]

    def _hold_words(self, words: str) -> Mask:
        mask: Mask = np.ones(len(self.statements), dtype=bool)
        for one in fold_text(words).split():
            mask &= pc.match_substring(self._folded, one).to_numpy(zero_copy_only=False)
        return mask

    def _lie_within(self, since: str, until: str) -> Mask:
        """Tell which articles can have appeared in a period, as `narrowing.keep_period` does."""
        mask: Mask = np.ones(len(self.statements), dtype=bool)
        if since or until:
            mask &= (self._last >= _day_number(since, -(10**9))) & (self._first <= _day_number(until, 10**9))
        return mask

    def _sort(self, order: str) -> npt.NDArray[np.int64]:
        places = [self.facets["document"].codes, self.statements["start"].to_numpy()]
        if order == "newest":
            places.insert(0, -self._last)
        elif order != "place":
            places.insert(0, self.facets[order].codes)
        return np.lexsort(places[::-1])


_LAST: list[StatementIndex] = []
"""The index made last: every chart and table of a notebook asks for that of one corpus."""


def find_index(tables: Tables) -> StatementIndex:
    """Return the index of a corpus, which is made once for all that is shown of it."""
    if not _LAST or _LAST[0].tables is not tables:
        _LAST[:] = [StatementIndex(tables)]
    return _LAST[0]


def _make_facets(statements: pd.DataFrame, tables: Tables, names: Mapping[str, str]) -> dict[str, Facet]:
    language = tables.parameters.language
    places = order_camps(tables.vocabulary)
    outlets = {row.doc_id: sheets.name_outlet(row, tables) for row in iterate_rows(tables.core_documents)}
    documents = {row.doc_id: _name_document(row, language) for row in _in_order(tables.core_documents)}
    counts = statements["actor_id"].value_counts()
    scale = {str(p.value): f"{_sign(p.value)} {p.label.in_language(language)}" for p in tables.issue.scale}
    steps = {**{str(step): scale[str(step)] for step in STANCES}, **WORDS[language]["stances"]}

    def name_of_camp(camp: str) -> str:
        return name_camp(camp, tables.vocabulary).in_language(language)

    def say(code: str) -> str:
        return word(code, language)

    camps = sorted(statements["actor_camp"].unique(), key=lambda camp: places.get(camp, len(places)))
    made = {
        "camp": _facet(statements["actor_camp"], camps, name_of_camp),
        "actor": _facet(statements["actor_id"], list(counts.index), names.__getitem__),
        "stance": _facet(_stances(statements, tables.issue.id), list(steps), steps.__getitem__),
        "modality": _facet(statements["modality"], list(MODALITIES), say),
        "outlet": _facet(statements["doc_id"].map(outlets), sorted(set(outlets.values())), str),
        "document": _facet(statements["doc_id"], list(documents), documents.__getitem__),
        "coder": _facet(statements["coder"], list(CODERS), lambda coder: WORDS[language]["coders"].get(coder, coder)),
    }
    return {name: made[name] for name in FACETS}


def _facet(values: pd.Series, keys: list[str], label: Callable[[str], str]) -> Facet:
    codes = pd.Categorical(values, categories=keys).codes.astype(np.int32)
    if (codes < 0).any():  # a code that the lists above do not know yet
        keys = [*keys, *sorted(set(values[codes < 0].astype(str)))]
        codes = pd.Categorical(values.astype(str), categories=keys).codes.astype(np.int32)
    return Facet(tuple(keys), tuple(label(key) for key in keys), codes)


def _stances(statements: pd.DataFrame, issue_id: str) -> pd.Series:
    stances = statements["stance"].astype("Int64").astype("string").fillna(NO_POSITION)
    return stances.where(statements["issue"].eq(issue_id), OTHER_ISSUE).astype(str)


def _in_order(documents: pd.DataFrame) -> Iterable[Any]:
    first = documents["published"].fillna(documents["published_earliest"])
    return iterate_rows(documents.assign(_first=first).sort_values(["_first", "doc_id"], na_position="last"))


def _name_document(row: Any, language: str) -> str:
    title = row.title if isinstance(row.title, str) and row.title.strip() else row.doc_id
    return f"{FSI}{title}{PDI} · {FSI}{sheets.describe_published(row, language)}{PDI}"


def _fold_statements(statements: pd.DataFrame, names: Mapping[str, str]) -> pa.Array:
    """Return each statement's words, speaker and gloss, folded for search; folding them as one text is quickest."""
    parts = [
        statements["quote"],
        statements["speaker_name"].fillna(""),
        statements["actor_id"].map(names),
        statements["gloss_en"].fillna(""),
    ]
    # A line ends a statement: none may hold a character that folds to the end of a line.
    lines = [" ".join(" ".join(row).split()) for row in zip(*(part.astype(str) for part in parts), strict=True)]
    return pa.array(fold_text("\n".join(lines)).split("\n") if lines else [], type=pa.string())


def _find_days(statements: pd.DataFrame, documents: pd.DataFrame) -> tuple[Codes, Codes]:
    """Return the first and last day on which each statement's article can have appeared; unknown lies in no period."""
    table = documents.set_index("doc_id")
    first = table["published"].fillna(table["published_earliest"]).map(lambda day: _day_number(day, 2 * 10**9))
    last = table["published"].fillna(table["published_latest"]).map(lambda day: _day_number(day, -2 * 10**9))
    ids = statements["doc_id"]
    return ids.map(first).to_numpy(dtype=np.int32), ids.map(last).to_numpy(dtype=np.int32)


def _sign(step: int) -> str:
    """Return a step with its sign, on the left of the digit in either direction."""
    sign = "\u2212" if step < 0 else "+" if step else ""
    return f"{LRM}{sign}{abs(step)}"


def _day_number(day: Any, otherwise: int) -> int:
    return pd.Timestamp(day).toordinal() if isinstance(day, str) and day else otherwise
