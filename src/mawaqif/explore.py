"""What an analyst types in a cell: load a corpus, look at its tables, read a passage, find words, draw a chart.

    import mawaqif as mq
    mq.load()
    mq.find("الانسحاب")
    mq.passage("5803d7aa-27-54")
    mq.chart.positions()
    mq.explorer()

The functions work on the corpus that was loaded last; `load` returns it, for work with several.
"""

from __future__ import annotations

import html
from functools import cached_property
from typing import TYPE_CHECKING, Any

import pandas as pd

from mawaqif import start, workbook
from mawaqif.arabic.text import normalise
from mawaqif.coding_order import rank_statements
from mawaqif.editions.codebook import list_fields
from mawaqif.errors import ParameterError
from mawaqif.outputs import MarkdownOutput, Output
from mawaqif.passages import AROUND, Passage, find_passage, name_statements, read_article
from mawaqif.schemas import iterate_rows
from mawaqif.start import count_things
from mawaqif.tables import Tables

if TYPE_CHECKING:
    from mawaqif.statement_explorer import Explorer


class Charts:
    """The charts of a corpus, each as in the report; `figure` of what they return is the plotly figure."""

    def __init__(self, tables: Tables) -> None:
        self._tables = tables

    def positions(self) -> Output:
        """Draw who stands where on the scale."""
        return workbook.draw_positions(self._tables)

    def over_time(self) -> Output:
        """Draw positions by date of publication."""
        return workbook.draw_over_time(self._tables)

    def timeline(self) -> Output:
        """Draw past, planned and hypothetical events."""
        return workbook.draw_timeline(self._tables)

    def voices(self) -> Output:
        """Draw statements by camp and kind of source."""
        return workbook.draw_voices(self._tables)


class Corpus:
    """A corpus with its tables as data frames; `columns` says what each column means."""

    def __init__(self, tables: Tables) -> None:
        self.tables = tables
        self.chart = Charts(tables)

    @property
    def documents(self) -> pd.DataFrame:
        """One row an article: `core_documents` (title, outlet, date and its basis, counts)."""
        return self.tables.core_documents

    @cached_property
    def statements(self) -> pd.DataFrame:
        """One row a statement: `core_statements`, with the speaker's names and camp in words."""
        return name_statements(self.tables)

    @property
    def mentions(self) -> pd.DataFrame:
        """One row each time an actor is named: `core_mentions`."""
        return self.tables.core_mentions

    @property
    def dates(self) -> pd.DataFrame:
        """One row a calendar expression: `core_dates`."""
        return self.tables.core_dates

    @property
    def positions(self) -> pd.DataFrame:
        """One row an actor on the issue: `out_positions`."""
        return self.tables.out_positions

    @property
    def timeline(self) -> pd.DataFrame:
        """One row a dated event: `out_timeline`."""
        return self.tables.out_timeline

    def columns(self, table: str = "core_statements") -> pd.DataFrame:
        """Return what the columns of a table mean.

        Args:
            table: `core_statements`, `core_documents`, `out_positions` and their kin.

        Returns:
            `column`, `type` and `meaning`.

        Raises:
            ParameterError: There is no such table.
        """
        try:
            fields = list_fields(table)
        except KeyError:
            raise ParameterError(f"there is no table {table!r}", mend="Try core_statements or out_positions.") from None
        return pd.DataFrame([{"column": f.name, "type": f.type, "meaning": f.description} for f in fields])

    def text(self, doc_id: str) -> str:
        """Return an article as it was read; every offset counts characters of it.

        Raises:
            ParameterError: There is no such article.
        """
        return read_article(self.tables, doc_id)

    def passage(self, statement_id: str, *, around: int = AROUND) -> Passage:
        """Return a statement in its article, with speaker and cue marked.

        Args:
            statement_id: As in `statements`.
            around: Characters to show on either side.

        Raises:
            ParameterError: There is no such statement.

        Example:
            >>> import mawaqif as mq
            >>> passage = mq.load().passage("5803d7aa-27-54", around=30)
            >>> passage.doc_id
            '000_141af3d3a6b0ffc1'
        """
        return find_passage(self.tables, self.statements, statement_id, around=around)

    def find(self, words: str, *, around: int = 60) -> pd.DataFrame:
        """Find words in all articles, whatever their hamzas, marks, digits and elongations.

        Args:
            words: A word or phrase, or the beginning of one.
            around: Characters of context on either side.

        Returns:
            One row a place: `doc_id`, `start`, `end`, `before`, `found`, `after`, and `statement_ids`, the statements
            that it lies in.

        Raises:
            ParameterError: There is nothing to look for.

        Example:
            >>> import mawaqif as mq
            >>> len(mq.load().find("القُوّات")) == len(mq.load().find("القوات"))
            True
        """
        sought = normalise(words).text.strip()
        if not sought:
            raise ParameterError("there is nothing to look for", mend="Give a word or a phrase.")
        rows = [
            row for raw in iterate_rows(self.tables.raw_documents) for row in self._find_in(raw, sought, around=around)
        ]
        return pd.DataFrame(rows, columns=["doc_id", "start", "end", "before", "found", "after", "statement_ids"])

    def _find_in(self, raw: Any, sought: str, *, around: int) -> list[dict[str, Any]]:
        copy = normalise(raw.text)
        statements = self.tables.core_statements
        statements = statements[statements["doc_id"] == raw.doc_id]
        rows = []
        at = copy.text.find(sought)
        while at >= 0:
            span = copy.source_span(at, at + len(sought))
            inside = statements[(statements["start"] <= span.start) & (statements["end"] >= span.end)]
            rows.append(
                {
                    "doc_id": raw.doc_id,
                    "start": span.start,
                    "end": span.end,
                    "before": raw.text[max(0, span.start - around) : span.start],
                    "found": raw.text[span.start : span.end],
                    "after": raw.text[span.end : span.end + around],
                    "statement_ids": list(inside["statement_id"]),
                }
            )
            at = copy.text.find(sought, at + len(sought))
        return rows

    def code_next(self, n: int = 10) -> pd.DataFrame:
        """Return the statements that nobody has reviewed and whose coding would change most, the first first.

        Args:
            n: How many.

        Returns:
            As `coding_order.rank_statements`, with the speaker's name and the quote.

        Example:
            >>> import mawaqif as mq
            >>> list(mq.load().code_next(3).columns)[-3:]
            ['reason', 'name_ar', 'quote']
        """
        return rank_statements(self.tables, n).merge(
            self.statements[["statement_id", "name_ar", "quote"]], on="statement_id", how="left"
        )

    def __repr__(self) -> str:
        """Return what is loaded in one line."""
        on_issue = int((self.tables.core_statements["issue"] == self.tables.issue.id).sum())
        counts = (
            count_things(len(self.documents), "document"),
            f"{count_things(len(self.statements), 'statement')} ({on_issue} on “{self.tables.issue.title.en}”)",
            count_things(len(self.positions), "actor"),
        )
        return f"Corpus: {', '.join(counts)}"

    def _repr_html_(self) -> str:
        shown = self.documents[["doc_id", "title", "outlet", "published", "published_basis"]].head(20)
        counts = self.tables.core_statements["doc_id"].value_counts()
        shown = shown.assign(statements=shown["doc_id"].map(counts).fillna(0).astype(int))
        table = shown.to_html(index=False, escape=True, na_rep="", border=0)
        return f"<p>{html.escape(repr(self))}</p>{table}"


# --- the corpus loaded last -----------------------------------------------------------------------------------------

_loaded: list[Corpus] = []


def load(**parameters: Any) -> Corpus:
    """Load a corpus and make it the one that `passage`, `find` and `chart` work on.

    Args:
        **parameters: As in `settings.Parameters`: `corpus`, `issue`, `language`, `since`, `until`, ...

    Raises:
        ParameterError: A parameter is unknown or impossible.
        CorpusError, VocabularyError, CodingError: As in `tables.load_tables`.

    Example:
        >>> import mawaqif as mq
        >>> corpus = mq.load(language="en")
        >>> corpus.statements[["statement_id", "name_en", "stance"]].shape[1]
        3
    """
    corpus = Corpus(workbook.load(**parameters))
    _loaded[:] = [corpus]
    return corpus


def current() -> Corpus:
    """Return the corpus loaded last; the project's own, where none was."""
    return _loaded[0] if _loaded else load()


def passage(statement_id: str, *, around: int = AROUND) -> Passage:
    """Return a statement of the corpus loaded last in its article (`Corpus.passage`)."""
    return current().passage(statement_id, around=around)


def find(words: str, *, around: int = 60) -> pd.DataFrame:
    """Find words in the corpus loaded last (`Corpus.find`)."""
    return current().find(words, around=around)


def code_next(n: int = 10) -> pd.DataFrame:
    """Return the statements of the corpus loaded last that are worth coding first (`Corpus.code_next`)."""
    return current().code_next(n)


def status() -> MarkdownOutput:
    """Show what is loaded, what was made of it last, and what to do next."""
    return start.describe_state(current().tables)


def explorer(corpus: Corpus | None = None) -> Explorer:
    """Open the statements of a corpus to choose from, each with its passage in its article.

    Args:
        corpus: What `load` returned; the corpus loaded last without it.

    Raises:
        RenderError: The widget library is not installed.
    """
    from mawaqif.statement_explorer import Explorer

    return Explorer((corpus or current()).tables)


def coding_sheet(coder: str, *, round: str = "", settle: str = "") -> Any:
    """Open the sheet on which statements of the corpus loaded last are coded, each saved at once.

    Args:
        coder: Who codes; the decisions go to `data/coding/analysts/CODER.csv`.
        round: A sample drawn by `mawaqif sample`: coded blind, with nothing of what was predicted.
        settle: A round of which to settle what its coders disagree on, into `data/coding/corrections.csv`; `analysts`
            for what those disagree on who code without a round.

    Raises:
        CodingError: The name cannot name a file, or there is no such round.
        ParameterError: The packages of the notebook are not installed.
    """
    try:
        from mawaqif.coding_widget.widget import SheetWidget
    except ImportError as error:
        raise ParameterError(
            "the sheet needs anywidget", mend="Run `make setup`, or pip install 'mawaqif[lab]'."
        ) from error
    from mawaqif.coding_widget.sheet import Sheet

    tables = current().tables
    return SheetWidget(Sheet(tables, coder, round=round, settle=settle), language=tables.parameters.language)


class _CurrentCharts:
    """The charts of the corpus loaded last (`Charts`)."""

    def __getattr__(self, name: str) -> Any:
        return getattr(current().chart, name)

    def __dir__(self) -> list[str]:
        return [name for name in dir(Charts) if not name.startswith("_")]


chart = _CurrentCharts()
