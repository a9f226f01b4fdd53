"""Corpora to export and to bring back, and files written as other programs write them."""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path

import pytest

from mawaqif.exchange import FORMATS, export
from mawaqif.settings import Parameters
from mawaqif.tables import Tables, load_tables

NEEDED_MODULES = {"gexf": "networkx", "graphml": "networkx", "xlsx": "openpyxl"}
ODD_TEXT = (
    "عنوان \U0001f600 الخبر\r\n\r\nقال وزير الخارجية \U0001f4f0 إن القوات الأمريكية يجب أن تغادر العراق فوراً.\r\n"
    "وأكد النائب علي حسن «أن بقاء القوات الأمريكية مرفوض & <غير> مقبول»\x01.\r\n"
)
"""What breaks offsets elsewhere: Windows line ends, characters beyond 16 bits, controls."""


@lru_cache(maxsize=1)
def load_reference() -> Tables:
    """The five articles with the codings that stand."""
    return load_tables(Parameters())


def load_odd(folder: Path) -> Tables:
    """One article of `ODD_TEXT`."""
    (folder / "odd one.txt").write_bytes(ODD_TEXT.encode())
    return load_tables(Parameters(corpus=str(folder)))


def write(tables: Tables, name: str, folder: Path) -> Path:
    """Export one format into a folder."""
    if name in NEEDED_MODULES:
        pytest.importorskip(NEEDED_MODULES[name], reason=f"{NEEDED_MODULES[name]} is not installed: run make setup")
    target = folder / f"out{FORMATS[name].suffix}"
    export(tables, name, target)
    return target
