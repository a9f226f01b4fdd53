"""The report's tables and lists as Markdown that both engines read: pipe tables, divisions, links to statements."""

from mawaqif.sheets.agreement import list_agreement
from mawaqif.sheets.corpus import list_documents, list_outlets, list_removed, list_skipped
from mawaqif.sheets.events import list_events, list_milestones
from mawaqif.sheets.evidence import describe_statements, list_evidence
from mawaqif.sheets.parts import camp_names, describe_published, name_outlet
from mawaqif.sheets.positions import list_positions, list_scale

__all__ = [
    "camp_names",
    "describe_published",
    "describe_statements",
    "list_agreement",
    "list_documents",
    "list_events",
    "list_evidence",
    "list_milestones",
    "list_outlets",
    "list_positions",
    "list_removed",
    "list_scale",
    "list_skipped",
    "name_outlet",
]
