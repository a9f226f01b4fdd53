"""How far the codings agree, as a table."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from mawaqif.sheets.parts import Markdown, make_table
from mawaqif.sheets.words import word
from mawaqif.untrusted import encode

MEASURES = {
    "statement F1 at 0.5 overlap": "العثور على التصريحات: معيار F1 عند تطابق 0.5",
    "statement F1 at 0.8 overlap": "العثور على التصريحات: معيار F1 عند تطابق 0.8",
    "speaker accuracy": "صحة المتحدث",
    "issue accuracy": "صحة القضية",
    "stance exact share": "نسبة الموقف المطابق تماماً",
    "stance quadratic-weighted kappa": "معامل كابا الموزون تربيعياً للموقف",
    "modality accuracy": "صحة نوع القول",
    "actor-mention F1": "العثور على الأسماء: معيار F1",
    "date accuracy": "صحة التواريخ",
    "found dates that a coder has": "ما وافق مرمّزاً من التواريخ",
    "boilerplate character F1": "حروف حواشي الصفحات: معيار F1",
    "Krippendorff's alpha, stance (ordinal)": "ألفا كريبندورف للموقف (ترتيبي)",
    "Krippendorff's alpha, modality (nominal)": "ألفا كريبندورف لنوع القول (اسمي)",
    "Krippendorff's alpha, issue (nominal)": "ألفا كريبندورف للقضية (اسمي)",
    "Krippendorff's alpha, speaker (nominal)": "ألفا كريبندورف للمتحدث (اسمي)",
}

ENGLISH_MEASURES = {
    "modality accuracy": "accuracy of the kind of statement",
    "Krippendorff's alpha, modality (nominal)": "Krippendorff's alpha, kind of statement (nominal)",
}
"""Where the report's words differ from the names of the measures."""


def list_agreement(evaluation: Any, language: str) -> Markdown:
    """Return the measures of an `Evaluation` as a table; says plainly where no document has a reference coding."""
    keys = ("compared", "measure", "value", "interval", "cases")
    heads = [word(key, language) for key in keys]
    rows: list[Sequence[object]] = []
    if evaluation is not None:
        for kind, measures in (("coders", evaluation.coders), ("rules_consensus", evaluation.rules)):
            rows += [(word(kind, language), *_measure(measure, language)) for measure in measures]
        share = f"{evaluation.abstentions:.2f}"
        rows.append((word("rules_consensus", language), word("abstentions", language), share, "–", "–"))
    rows = rows or [(word("none", language), word("no_reference", language), "", "", 0)]
    return make_table(dict(zip(heads, ("start", "start", "end", "end", "end"), strict=True)), rows)


def _measure(measure: Any, language: str) -> tuple[object, ...]:
    name = (MEASURES if language == "ar" else ENGLISH_MEASURES).get(measure.name, measure.name)
    value = "–" if measure.value is None else f"{measure.value:.2f}"
    interval = "–" if measure.low is None else f"\u2066{measure.low:.2f}–{measure.high:.2f}\u2069"
    return encode(name), value, interval, measure.n
