"""W3C Web Annotation (JSON-LD): every statement as an annotation with text-quote and text-position selectors.

Source: the Web Annotation Data Model, W3C Recommendation of 23 February 2017, sections 3.2, 4.2.4, 4.2.5 and 5.1.
"""

from __future__ import annotations

import json
from typing import Any

from mawaqif import __version__
from mawaqif.exchange.coded import CodedDocument, CodedStatement, read_coded
from mawaqif.tables import Tables

_CONTEXT = "http://www.w3.org/ns/anno.jsonld"
_AROUND = 48  # characters of prefix and suffix, enough to tell a repeated quotation apart


def write_annotations(tables: Tables) -> bytes:
    """Return an annotation collection; offsets count code points of the decoded source, as everywhere."""
    items = [
        _annotation(document, statement, tables) for document in read_coded(tables) for statement in document.statements
    ]
    page = {"type": "AnnotationPage", "startIndex": 0, "items": items}
    collection = {
        "@context": _CONTEXT,
        "id": f"urn:mawaqif:statements:{tables.issue.id}",
        "type": "AnnotationCollection",
        "label": tables.issue.title.en,
        "generator": {"type": "Software", "name": f"Mawaqif {__version__}"},
        "total": len(items),
        "first": {"id": f"urn:mawaqif:statements:{tables.issue.id}:1", **page},
    }
    return (json.dumps(collection, ensure_ascii=False, indent=1) + "\n").encode()


def _annotation(document: CodedDocument, statement: CodedStatement, tables: Tables) -> dict[str, Any]:
    return {
        "id": f"urn:mawaqif:statement:{statement.statement_id}",
        "type": "Annotation",
        "motivation": "classifying",
        "creator": {
            "nickname": statement.coder,
            **({"type": "Software"} if statement.coder in ("rules", "model") else {}),
        },
        "body": _bodies(statement, tables),
        "target": {
            "source": document.url or f"urn:sha256:{document.sha256}",
            "selector": [
                {
                    "type": "TextQuoteSelector",
                    "exact": statement.quote,
                    "prefix": document.text[max(0, statement.start - _AROUND) : statement.start],
                    "suffix": document.text[statement.end : statement.end + _AROUND],
                },
                {"type": "TextPositionSelector", "start": statement.start, "end": statement.end},
            ],
        },
    }


def _bodies(statement: CodedStatement, tables: Tables) -> list[dict[str, Any]]:
    values = {"modality": statement.modality, "kind": statement.kind}
    if statement.actor:
        values["speaker"] = statement.actor.ar
    if statement.camp_id:
        values["camp"] = statement.camp_id
    if statement.issue_id:
        values["issue"] = statement.issue_id
        values["stance"] = "none" if statement.stance is None else f"{statement.stance:+d}"
    bodies: list[dict[str, Any]] = [
        {"type": "TextualBody", "purpose": "tagging", "value": f"{name}:{value}"} for name, value in values.items()
    ]
    if statement.stance is not None:
        label = tables.issue.point(statement.stance).label
        bodies.append({"type": "TextualBody", "purpose": "classifying", "value": label.en, "language": "en"})
    if statement.gloss:
        bodies.append({"type": "TextualBody", "purpose": "describing", "value": statement.gloss, "language": "en"})
    return bodies
