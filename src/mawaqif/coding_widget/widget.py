"""The coding sheet as a widget of a notebook; its page asks no other machine for anything."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import anywidget
import traitlets

from mawaqif.coding_widget.sheet import Sheet

_HERE = Path(__file__).parent


class SheetWidget(anywidget.AnyWidget):
    """Shows a `Sheet`; the page sends one message an order, and each is answered after its decision is on disk."""

    _esm = (_HERE / "sheet.js").read_text(encoding="utf-8")
    _css = (_HERE / "sheet.css").read_text(encoding="utf-8")
    shown = traitlets.Dict().tag(sync=True)
    fixed = traitlets.Dict().tag(sync=True)

    def __init__(self, sheet: Sheet, *, language: str = "en") -> None:
        super().__init__(shown=sheet.show(), fixed=sheet.describe(language))
        self.sheet = sheet
        self.on_msg(self._answer)

    def _answer(self, widget: object, message: dict[str, Any], buffers: object) -> None:
        answer = self.sheet.answer(message)
        self.shown = self.sheet.show()
        self.send({"number": message.get("number"), **answer})
