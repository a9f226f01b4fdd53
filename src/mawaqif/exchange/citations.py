"""References to the articles of the corpus, for citation programs: CSL-JSON and BibTeX."""

from __future__ import annotations

import json
import re
from typing import Any

from mawaqif.exchange.coded import CodedDocument, read_coded
from mawaqif.tables import Tables

_SPECIAL = re.compile(r"[\\{}$&#%_~^]")
_ESCAPES = {"\\": r"\textbackslash{}", "~": r"\textasciitilde{}", "^": r"\textasciicircum{}"}


def write_csl(tables: Tables) -> bytes:
    """Return the articles as CSL-JSON: one of unknown day has no `issued`, one of a known range has both ends."""
    items = [_csl(document) for document in read_coded(tables)]
    return (json.dumps(items, ensure_ascii=False, indent=1) + "\n").encode()


def _csl(document: CodedDocument) -> dict[str, Any]:
    item: dict[str, Any] = {
        "id": _key(document),
        "type": "article-newspaper",
        "title": document.title,
        "language": "ar",
    }
    if document.author:
        item["author"] = [{"literal": document.author}]
    if document.outlet:
        item["container-title"] = document.outlet
    days = [document.published] if document.published else [document.earliest, document.latest]
    parts = [[int(part) for part in day.split("-")] for day in days if day]
    if document.published or len(parts) == 2:
        item["issued"] = {"date-parts": parts}
    if document.url:
        item["URL"] = document.url
    item["note"] = f"sha256: {document.sha256}"
    return item


def write_bibtex(tables: Tables) -> bytes:
    """Return the articles as BibTeX in UTF-8 (biblatex and Pandoc read it; classic BibTeX sorts Arabic by bytes)."""
    return ("\n".join(_bibtex(document) for document in read_coded(tables))).encode()


def _bibtex(document: CodedDocument) -> str:
    day = document.published or (
        f"{document.earliest}/{document.latest}" if document.earliest and document.latest else ""
    )
    fields = {
        "title": f"{{{_escape(document.title)}}}",
        "author": f"{{{_escape(document.author)}}}" if document.author else "",
        "journal": _escape(document.outlet) if document.outlet else "",
        "date": day,
        "year": day[:4],
        "url": document.url or "",
        "langid": "arabic",
        "note": f"sha256: {document.sha256}",
    }
    lines = [f"  {name} = {{{value}}}," for name, value in fields.items() if value]
    return "\n".join([f"@article{{{_key(document)},", *lines, "}", ""])


def _key(document: CodedDocument) -> str:
    """Return a citation key: ASCII, and no character that BibTeX gives a meaning."""
    name = re.sub(r"[^A-Za-z0-9_.:-]+", "-", document.doc_id).strip("-")
    return name or document.sha256[:12]


def _escape(text: str) -> str:
    return _SPECIAL.sub(lambda found: _ESCAPES.get(found[0], "\\" + found[0]), " ".join(text.split()))
