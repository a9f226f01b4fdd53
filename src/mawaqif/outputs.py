"""What a cell of a notebook shows: Markdown or a chart, in one form for Jupyter and the report."""

from __future__ import annotations

import json
import os
from typing import Any

import plotly.graph_objects as go

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
    """A table, a list or a text as Markdown; `caption` is trusted text or None."""

    def __init__(self, markdown: str, *, caption: str | None = None) -> None:
        self.markdown, self.caption = markdown, caption
        plain = caption or markdown.strip().splitlines()[0][:120]
        super().__init__({"text/markdown": markdown, "text/plain": plain}, {"mawaqif": {"caption": caption}})


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
        from IPython.display import display

        from mawaqif.statement_explorer import Explorer  # needs the packages of the notebook, which a report does not

        display(self.data, metadata=self.metadata, raw=True)  # type: ignore[no-untyped-call]
        display(Explorer(self._tables, of_chart=ids))  # type: ignore[no-untyped-call]


def is_in_lab() -> bool:
    """Tell whether a person's JupyterLab runs this kernel: its server names the notebook, as nothing else does."""
    return bool(os.environ.get(LAB_SESSION))
