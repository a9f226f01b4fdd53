"""What a chart is drawn on: collects marks and labels and makes the plotly figure of them once.

Plotly checks every label again each time that one is added, which for a hundred of them takes seconds.
"""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from typing import Any

import plotly.graph_objects as go


@dataclass
class Canvas:
    """A figure under construction; the methods take what those of `plotly.graph_objects.Figure` take."""

    layout: dict[str, Any] = field(default_factory=dict)
    traces: list[dict[str, Any]] = field(default_factory=list)
    annotations: list[dict[str, Any]] = field(default_factory=list)
    shapes: list[dict[str, Any]] = field(default_factory=list)

    def add_annotation(self, **annotation: Any) -> None:
        """Add a label."""
        self.annotations.append(annotation)

    def add_shape(self, **shape: Any) -> None:
        """Add a line or an area that has no hover box."""
        self.shapes.append(shape)

    def add_scatter(self, **trace: Any) -> None:
        """Add points or lines."""
        self.traces.append({"type": "scatter", **trace})

    def add_bar(self, **trace: Any) -> None:
        """Add bars."""
        self.traces.append({"type": "bar", **trace})

    def update_layout(self, **layout: Any) -> None:
        """Set properties of the layout."""
        self.layout.update(layout)

    def update_axis(self, name: str, **axis: Any) -> None:
        """Set properties of the `xaxis` or `yaxis`."""
        self.layout[name] = {**self.layout.get(name, {}), **axis}

    def to_figure(self) -> go.Figure:
        """Return the figure, checked by plotly."""
        return go.Figure(
            data=self.traces, layout={**self.layout, "annotations": self.annotations, "shapes": self.shapes}
        )

    def to_json(self) -> dict[str, Any]:
        """Return the figure's `data` and `layout` as plain values."""
        spec: dict[str, Any] = json.loads(self.to_figure().to_json())
        return spec
