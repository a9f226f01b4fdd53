"""What a cell of a notebook shows: Markdown or a chart, in one form for Jupyter and the report."""

from __future__ import annotations

import json
import os
from typing import Any

import plotly.graph_objects as go

from mawaqif.notebook_page import find_linked, write_page
from mawaqif.paths import LAB_SESSION
from mawaqif.tables import Tables

PLOTLY_MIME = "application/vnd.plotly.v1+json"
_CONFIG = {"responsive": True, "displayModeBar": False, "scrollZoom": False}


class Output:
    """One output of a notebook: what Jupyter shows, and nothing that changes from run to run."""

    def __init__(self, data: dict[str, Any], metadata: dict[str, Any] | None = None) -> None:
        self.data, self.metadata = data, metadata or {}

    def _repr_mimebundle_(self, include: Any = None, exclude: Any = None) -> tuple[dict[str, Any], dict[str, Any]]:
        return self.data, self.metadata

    def __repr__(self) -> str:
        """Return the plain text."""
        return str(self.data["text/plain"])


class MarkdownOutput(Output):
    """A table, a list or a text as Markdown.

    In JupyterLab it is shown as a page, and under it the passage of a statement opens whose number is clicked; what is
    executed for the report is the Markdown alone.

    Args:
        markdown: As the report prints it.
        caption: Trusted text over a table.
        tables: The corpus of the statements that it links to; without it a link opens nothing.
        language: Of the words, where there are no `tables`.
    """

    def __init__(
        self, markdown: str, *, caption: str | None = None, tables: Tables | None = None, language: str = "en"
    ) -> None:
        self.markdown, self.caption, self._tables = markdown, caption, tables
        self._language = tables.parameters.language if tables else language
        plain = caption or markdown.strip().splitlines()[0][:120]
        super().__init__({"text/markdown": markdown, "text/plain": plain}, {"mawaqif": {"caption": caption}})

    def _repr_mimebundle_(self, include: Any = None, exclude: Any = None) -> tuple[dict[str, Any], dict[str, Any]]:
        """Return the Markdown, and in a person's JupyterLab its page."""
        page = write_page(self.markdown, caption=self.caption, language=self._language) if is_in_lab() else None
        return ({**self.data, "text/html": page} if page else self.data), self.metadata

    def _ipython_display_(self) -> None:
        """Show it and what opens its passages; IPython shows it alone where this is not implemented."""
        ids, numbers = find_linked(self.markdown)
        if self._tables is None or not (ids or numbers) or not is_in_lab():
            raise NotImplementedError
        data, metadata = self._repr_mimebundle_()
        _display_with_passages(data, metadata, self._tables, of_list=ids)


class ChartOutput(Output):
    """A plotly chart; `figure` is the figure itself, for further work in a notebook.

    In JupyterLab the passage of a point that is clicked opens under it; what is executed for the report is the chart
    alone.

    Args:
        figure: With caption and alternative text in `layout.meta`, and ids of statements in `customdata`.
        tables: The corpus of those statements; without it a click opens nothing.
    """

    def __init__(self, figure: go.Figure, tables: Tables | None = None) -> None:
        self.figure, self._tables = figure, tables
        chart = {**json.loads(figure.to_json()), "config": _CONFIG}
        super().__init__({PLOTLY_MIME: chart, "text/plain": figure.layout.meta["alt"]})

    def _ipython_display_(self) -> None:
        """Show the chart and what opens its passages; IPython shows the chart alone where this is not implemented."""
        ids = (self.figure.layout.meta or {}).get("statement_ids")
        if self._tables is None or not ids or not is_in_lab():
            raise NotImplementedError
        _display_with_passages(self.data, self.metadata, self._tables, of_chart=ids)


def is_in_lab() -> bool:
    """Tell whether a person's JupyterLab runs this kernel: its server names the notebook, as nothing else does."""
    return bool(os.environ.get(LAB_SESSION))


def _display_with_passages(data: dict[str, Any], metadata: dict[str, Any], tables: Tables, **of: list[str]) -> None:
    from IPython.display import display

    from mawaqif.statement_explorer import Explorer  # needs the packages of the notebook, which a report does not

    display(data, metadata=metadata, raw=True)  # type: ignore[no-untyped-call]
    display(Explorer(tables, **of))  # type: ignore[no-untyped-call]
