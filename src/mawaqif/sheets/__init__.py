"""The report's tables and lists as Markdown that both engines read: pipe tables, divisions, links to statements."""

from mawaqif.sheets.agreement import (
    list_agreement,
    list_codings,
    list_kinds,
    list_rule_agreement,
    tell_weak_agreement,
)
from mawaqif.sheets.ahead import list_ahead
from mawaqif.sheets.chart_data import list_network, list_over_time
from mawaqif.sheets.corpus import list_documents, list_inputs, list_outlets, list_removed, list_skipped
from mawaqif.sheets.events import list_event_passages, list_events, list_milestones
from mawaqif.sheets.evidence import describe_statements, list_evidence, say_gloss_plainly
from mawaqif.sheets.movement import list_movements
from mawaqif.sheets.parts import camp_names, describe_published, make_naming, name_outlet
from mawaqif.sheets.positions import label_older, list_positions, list_robustness, list_scale, list_silent
from mawaqif.sheets.voices import list_speakers, list_voices, list_warnings
from mawaqif.sheets.words import word

__all__ = [
    "camp_names",
    "describe_published",
    "describe_statements",
    "label_older",
    "list_agreement",
    "list_ahead",
    "list_codings",
    "list_documents",
    "list_event_passages",
    "list_events",
    "list_evidence",
    "list_inputs",
    "list_kinds",
    "list_milestones",
    "list_movements",
    "list_network",
    "list_outlets",
    "list_over_time",
    "list_positions",
    "list_removed",
    "list_robustness",
    "list_rule_agreement",
    "list_scale",
    "list_silent",
    "list_skipped",
    "list_speakers",
    "list_voices",
    "list_warnings",
    "make_naming",
    "name_outlet",
    "say_gloss_plainly",
    "tell_weak_agreement",
    "word",
]
