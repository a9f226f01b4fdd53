"""What a cell of a notebook shows: Markdown or a chart, in one form for Jupyter and the report."""

from __future__ import annotations

import json
from typing import Any

import plotly.graph_objects as go

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
    """A plotly chart; `figure` is the figure itself, for further work in a notebook."""

    def __init__(self, figure: go.Figure) -> None:
        self.figure = figure
        chart = {**json.loads(figure.to_json()), "config": _CONFIG}
        super().__init__({PLOTLY_MIME: chart, "text/plain": figure.layout.meta["alt"]})
