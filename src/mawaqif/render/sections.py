"""Makes a section of the report from a notebook of one's own that a brief lists.

A section is what the notebook shows to a reader, in the notebook's order: the Markdown cells tagged with the language
of the report, and the outputs of labelled cells. The first of those Markdown cells begins with the section's title. All
other cells are for work.
"""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

from mawaqif.errors import SectionError

LABEL = re.compile(r"^#\|\s*label:\s*(\S+)\s*$", re.MULTILINE)
_GOOD_LABEL = re.compile(r"[a-z][a-z0-9]*(?:-[a-z0-9]+)*")
_TITLE = re.compile(r"# +(\S[^\n]*?)\s*(?:\{#[^}\n]*\})?\s*(?:\n|\Z)")
_FIRST_LEVEL = re.compile(r"^# ", re.MULTILINE)
_NAMES = {"en": "English", "ar": "Arabic"}


def join_cells(notebook: Path, *, language: str) -> str:
    """Return the section that an executed notebook makes in one language, as Markdown that embeds its outputs.

    Args:
        notebook: `50_name.ipynb`, executed in this language.
        language: `en` or `ar`; also the tag of the Markdown cells that go into the section.

    Raises:
        SectionError: It has no title in this language, shows nothing, or says something that a page cannot hold.
    """
    where = f"{notebook.stem}.py in {language!r}"
    cells = json.loads(notebook.read_text(encoding="utf-8"))["cells"]
    parts = [part for cell in cells if (part := _read_part(cell, notebook.stem, language, where))]
    prose = [part for part in parts if not part.startswith("{{<")]
    title = _TITLE.match(prose[0]) if prose and parts[0] is prose[0] else None
    if title is None:
        raise SectionError(
            f"the section has no title in {_NAMES[language]}",
            where=where,
            mend=f"Tag a Markdown cell before its outputs with `{language}` and begin it with `# ` and the title.",
        )
    if len(_FIRST_LEVEL.findall("\n".join(prose))) > 1:
        raise SectionError("the section has two titles", where=where, mend="Begin the other headings with `##`.")
    if len(prose) == len(parts):
        raise SectionError(
            "no cell is labelled, so that the section would show nothing",
            where=where,
            mend="Begin the cell whose table or chart is to be shown with `#| label: tbl-NAME` or `fig-NAME`.",
        )
    heading = f"# {title[1]} {{#sec-{notebook.stem.replace('_', '-')}}}"
    rest = parts[0][title.end() :].strip()
    return "\n\n".join([heading, *([rest] if rest else []), *parts[1:]]) + "\n"


def _read_part(cell: dict[str, Any], name: str, language: str, where: str) -> str:
    """Return what a cell gives to the section: prose of its language, the place of its output, or nothing."""
    source = "".join(cell["source"]).strip()
    if cell["cell_type"] == "markdown" and language in cell["metadata"].get("tags", []):
        if "{{<" in source:
            where = f"{where}, «{source.splitlines()[0][:60]}»"
            raise SectionError("prose cannot hold a shortcode", where=where, mend="Write it without `{{<`.")
        return source
    label = LABEL.search(source) if cell["cell_type"] == "code" else None
    if label is None:
        return ""
    if not _GOOD_LABEL.fullmatch(label[1]):
        mend = "Use small letters, digits and hyphens, such as tbl-50-outlets."
        raise SectionError(f"the label {label[1]!r} cannot be used", where=where, mend=mend)
    return f"{{{{< embed _executed/{language}/{name}.ipynb#{label[1]} >}}}}"
