"""Mawaqif reads Arabic political news and shows who stands where, with the words behind every number.

In a notebook: `import mawaqif as mq`, then `mq.load()`, `mq.find(words)`, `mq.passage(statement_id)`,
`mq.chart.positions()`, `mq.explorer()`; see `mawaqif.explore`.
"""

from __future__ import annotations

from importlib import import_module
from typing import Any

__version__ = "0.1.0"
__all__ = [
    "__version__", "chart", "code_next", "coding_sheet", "current", "explorer", "find", "load", "passage", "status",
]  # fmt: skip


def __getattr__(name: str) -> Any:
    # Loaded when first used: the command line starts in a tenth of the time without pandas and plotly.
    if name in __all__:
        return getattr(import_module("mawaqif.explore"), name)
    raise AttributeError(f"module 'mawaqif' has no attribute {name!r}")


def __dir__() -> list[str]:
    return __all__
