"""The explorer itself: a widget that asks the kernel, which holds the statements, for one page at a time."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import replace
from functools import cached_property
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt
import pandas as pd

from mawaqif.errors import ParameterError, RenderError
from mawaqif.passages import Passage, find_passage, name_statements, read_article
from mawaqif.sheets.parts import number_all
from mawaqif.statement_explorer.index import Answer, find_index
from mawaqif.statement_explorer.query import Query, read_query
from mawaqif.statement_explorer.view import describe_scale, show_answer, show_page, show_surroundings
from mawaqif.statement_explorer.words import WORDS
from mawaqif.tables import Tables

try:
    import anywidget
    import traitlets
except ImportError:
    raise RenderError(
        "the library for widgets is not installed", mend="Run `make setup`, or pip install 'mawaqif[lab]'."
    ) from None

_HERE = Path(__file__).parent
_NEAR = 500
"""Characters of the article on either side of a statement, until the whole article is asked for."""


class Explorer(anywidget.AnyWidget):
    """Statements to choose from, as rows and dots, each with its passage; or the passages of one output alone.

    The browser sets `query`, `selected` and `is_whole`; the kernel answers with `view` and `passage`. Texts go over as
    texts: nothing in an article is ever read as HTML. `statements` and `choose` are for cells:

        explorer = mq.explorer()
        explorer.choose(camp="armed_factions", words="الانسحاب")
        explorer.statements
    """

    _esm = _HERE / "explorer.js"
    _css = _HERE / "explorer.css"

    query = traitlets.Dict().tag(sync=True)
    selected = traitlets.Unicode("").tag(sync=True)
    is_whole = traitlets.Bool(False).tag(sync=True)
    view = traitlets.Dict().tag(sync=True)
    passage = traitlets.Dict().tag(sync=True)
    about = traitlets.Dict().tag(sync=True)

    def __init__(
        self,
        tables: Tables,
        *,
        of_chart: Collection[str] | None = None,
        of_list: Collection[str] | None = None,
    ) -> None:
        """Show the statements of a corpus.

        Args:
            tables: The corpus.
            of_chart: The ids that a chart draws: only their passages are shown, opened by a click in the chart of the
                output before this one.
            of_list: The ids that a table or text links to: opened by a click on their numbers in the output before.
        """
        self._tables = tables
        self._index = find_index(tables)
        of = of_chart if of_chart is not None else of_list
        self._only = None if of is None else self._find_rows(of)
        self._of_list = self._only if of_list is not None else None
        self._query = Query()
        self._answer = self._find(self._query)
        language = tables.parameters.language
        super().__init__(
            query=self._query.as_dict(),
            view=self._show_first(),
            about={
                "language": language,
                "words": WORDS[language],
                "scale": describe_scale(self._index),
                "of": "" if of is None else "list" if of_chart is None else "chart",
            },
        )
        self.observe(self._on_query, "query")
        self.observe(self._on_passage, ["selected", "is_whole"])
        self.on_msg(self._on_message)

    def _show_first(self) -> dict[str, Any]:
        """Return the first page; what is around it, which takes most of the time, only where it is drawn."""
        if self._only is None:
            return show_answer(self._index, self._query, self._answer)
        return {**show_page(self._index, self._query, self._answer), "facets": {}, "chart": []}

    @property
    def statements(self) -> pd.DataFrame:
        """The statements chosen, in the order shown: rows of `Corpus.statements`."""
        return self._named.iloc[self._answer.rows]

    @cached_property
    def _named(self) -> pd.DataFrame:
        return name_statements(self._tables)

    def choose(
        self, *, words: str = "", since: str = "", until: str = "", order: str = "place", **facets: str | list[str]
    ) -> None:
        """Choose statements from a cell.

        Args:
            words: Words, a speaker or a part of the gloss, in any spelling.
            since: First day of publication, `YYYY-MM-DD`.
            until: Last day of publication.
            order: `place`, `newest`, `actor` or `stance`.
            **facets: `camp`, `actor`, `stance`, `modality`, `outlet`, `document` or `coder`: a key or several.

        Raises:
            ParameterError: Something in it is unknown.
        """
        chosen = {name: (keys,) if isinstance(keys, str) else tuple(keys) for name, keys in facets.items()}
        self.query = Query(chosen, words, since, until, order).as_dict()

    def show_statement(self, statement_id: str) -> None:
        """Open the passage of a statement.

        Raises:
            ParameterError: There is no such statement.
        """
        if self._index.find_row(statement_id) is None:
            raise ParameterError(f"there is no statement {statement_id!r}", mend="Copy an id from statements.")
        self.selected = statement_id
        self._turn_to_selected()

    def step(self, by: int) -> None:
        """Open the next statement of those chosen, the one before (-1), or the first where none is open."""
        rows = self._answer.rows
        if not len(rows):
            return
        at = self._find_selected()
        to = min(max(at + by, 0), len(rows) - 1) if at is not None else 0
        self.selected = str(self._index.ids[rows[to]])
        self._turn_to_selected()

    # --- what the browser sets --------------------------------------------------------------------------------------

    def _on_query(self, change: Any) -> None:
        try:
            query = read_query(change["new"])
        except ParameterError:  # a day half typed: what is shown stays until it is whole
            return
        is_other = query.on_page(0) != self._query.on_page(0)
        if is_other:
            self._answer = self._find(query)
            around = show_surroundings(self._index, query, self._answer)
        else:
            around = {name: self.view[name] for name in ("facets", "chart")}
        self._query = query
        self.view = {**show_page(self._index, query, self._answer), **around}
        if is_other and self.selected:  # its number among those chosen is another one
            self._on_passage(None)

    def _on_message(self, _: Any, content: Any, buffers: Any) -> None:
        if isinstance(content, dict) and content.get("kind") == "step" and content.get("by") in (-1, 1):
            self.step(content["by"])
        elif isinstance(content, dict) and content.get("kind") == "open" and self._of_list is not None:
            self._open_linked(str(content.get("to")), content.get("of"))

    def _open_linked(self, to: str, of: Any) -> None:
        """Open what a link of the output leads to.

        Args:
            to: `s-ID`, or `evidence?n=1,2`: numbers of statements in the evidence, of which the first is opened.
            of: What the links beside it lead to: `step` stays among several, else among all of the output.
        """
        counted = [self._numbered.get(number, "") for number in to.partition("?n=")[2].split(",")]
        ids = counted if to.startswith("evidence") else [str(one).removeprefix("s-") for one in of or ()]
        rows = self._find_rows(ids)
        self._only = rows if len(rows) > 1 else self._of_list
        self._answer = self._find(self._query)
        self.view = {**self.view, "total": len(self._answer.rows)}
        opened = str(self._index.ids[self._answer.rows[0]]) if ids is counted and len(rows) else to.removeprefix("s-")
        if self.selected == opened:
            self._on_passage(None)  # its number is another one
        self.selected = opened

    @cached_property
    def _numbered(self) -> dict[str, str]:
        return {str(number): statement_id for statement_id, number in number_all(self._tables).items()}

    def _find_rows(self, ids: Collection[str]) -> npt.NDArray[np.int64]:
        return np.flatnonzero(np.isin(self._index.ids, list(ids)))

    def _on_passage(self, _: Any) -> None:
        if not self.selected or self._index.find_row(self.selected) is None:
            self.passage = {}
            return
        around = len(read_article(self._tables, self._document())) if self.is_whole else _NEAR
        self.passage = self._describe(find_passage(self._tables, self._named, self.selected, around=around))

    # --- what it answers --------------------------------------------------------------------------------------------

    def _find(self, query: Query) -> Answer:
        answer = self._index.answer(query)
        if self._only is None:
            return answer
        return replace(answer, rows=answer.rows[np.isin(answer.rows, self._only)])

    def _document(self) -> str:
        return str(self._index.statements["doc_id"].iloc[self._row()])

    def _row(self) -> int:
        row = self._index.find_row(self.selected)
        assert row is not None, "checked by whoever sets `selected`"
        return row

    def _find_selected(self) -> int | None:
        """Return the place of the open statement among those chosen, or None."""
        row = self._index.find_row(self.selected) if self.selected else None
        found = [] if row is None else (self._answer.rows == row).nonzero()[0]
        return int(found[0]) if len(found) else None

    def _turn_to_selected(self) -> None:
        """Show the page that holds the open statement."""
        at = self._find_selected()
        if at is not None and (page := at // self._query.page_size) != self._query.page:
            self.query = self._query.on_page(page).as_dict()

    def _describe(self, passage: Passage) -> dict[str, Any]:
        row, article = self._row(), read_article(self._tables, passage.doc_id)
        at, gloss = self._find_selected(), self._index.statements["gloss_en"].iloc[row]
        return {
            "id": self.selected,
            "pieces": [{"marks": list(names), "text": text} for names, text in passage.pieces()],
            "modality": self._index.label("modality", row),
            "coder": self._index.label("coder", row),
            "gloss": gloss if isinstance(gloss, str) else "",
            "article": self._index.label("document", row),
            "outlet": self._index.label("outlet", row),
            "actor": self._index.label("actor", row),
            "stance": self._index.key("stance", row),
            "step": self._index.label("stance", row),
            "number": None if at is None else at + 1,
            "is_cut": [passage.start > 0, passage.start + len(passage.text) < len(article)],
        }
