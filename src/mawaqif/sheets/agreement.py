"""How far the coding can be trusted: who coded how much, how far the codings agree, and what the codes mean."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import pandas as pd

from mawaqif.evaluate import Measure
from mawaqif.phrases import notes
from mawaqif.schemas import CODERS, MODALITIES, MODEL_CODER
from mawaqif.sheets.parts import Markdown, make_table
from mawaqif.sheets.words import word
from mawaqif.tables import Tables
from mawaqif.untrusted import encode

MEASURES = {
    "statement F1 at 0.5 overlap": "العثور على التصريحات: معيار F1 عند تطابق 0.5",
    "statement F1 at 0.8 overlap": "العثور على التصريحات: معيار F1 عند تطابق 0.8",
    "speaker accuracy": "صحة المتحدث",
    "issue accuracy": "صحة القضية",
    "stance exact share": "نسبة الموقف المطابق تماماً",
    "stance quadratic-weighted kappa": "معامل كابا الموزون تربيعياً للموقف",
    "stance F1, from text to code": "الموقف من النص إلى الرمز: معيار F1",
    "modality accuracy": "صحة نوع القول",
    "actor-mention F1": "العثور على الأسماء: معيار F1",
    "date accuracy": "صحة التواريخ",
    "found dates that a coder has": "ما وافق مرمّزاً من التواريخ",
    "boilerplate character F1": "حروف ما يحيط بنص المقال: معيار F1",
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

AGREEMENT_COLUMNS = {
    "compared": "start",
    "measure": "start",
    "value": "end",
    "interval": "end",
    "precision": "end",
    "recall": "end",
    "cases": "end",
}


def list_agreement(evaluation: Any, language: str) -> Markdown:
    """Return the measures of an `Evaluation` as a table; says plainly where no document has a reference coding."""
    heads = {word(key, language): side for key, side in AGREEMENT_COLUMNS.items()}
    rows: list[Sequence[object]] = []
    if evaluation is not None:
        for kind, measures in (("coders", evaluation.coders), ("rules_consensus", evaluation.rules)):
            is_directed = kind != "coders"
            rows += [(word(kind, language), *_measure(m, language, is_directed=is_directed)) for m in measures]
        share = f"{evaluation.abstentions:.2f}"
        rows.append((word("rules_consensus", language), word("abstentions", language), share, "–", "–", "–", "–"))
    rows = rows or [(word("none", language), word("no_reference", language), "", "", "", "", 0)]
    return make_table(heads, rows)


def _measure(measure: Any, language: str, *, is_directed: bool) -> tuple[object, ...]:
    name = (MEASURES if language == "ar" else ENGLISH_MEASURES).get(measure.name, measure.name)
    interval = "–" if measure.low is None else f"\u2066{measure.low:.2f}–{measure.high:.2f}\u2069"
    # Between two coders neither is the truth, so that precision and recall say nothing.
    parts = (_figure(value if is_directed else None) for value in (measure.precision, measure.recall))
    return encode(name), _figure(measure.value), interval, *parts, measure.n


def _figure(value: float | None) -> str:
    return "–" if value is None else f"{value:.2f}"


def tell_weak_agreement(measures: Sequence[Measure], language: str) -> list[str]:
    """Return in sentences on which codes two coders agree too little (`notes.say_weak_agreement`)."""
    codes = ("issue", "stance", "modality", "speaker")
    told = [
        notes.say_weak_agreement(code, m.value, low=m.low, high=m.high, language=language)
        for m in measures
        for code in codes
        if m.value is not None and m.name.startswith(f"Krippendorff's alpha, {code} ")
    ]
    return [sentence for sentence in told if sentence]


def list_codings(tables: Tables) -> Markdown:
    """Return how many statements of how many articles each coding holds, and how many of them this report prints."""
    language = tables.parameters.language
    told = tables.core_statements
    present = set(tables.core_documents["doc_id"])
    coded = tables.codings.statements
    coded = coded[coded["doc_id"].isin(present)] if len(coded) else pd.DataFrame({"coder": [], "doc_id": []})
    used = {coder: int(told["coder"].eq(coder).sum()) for coder in CODERS}
    rows: list[Sequence[object]] = []
    for coder, key in (("coder1", "first_coder"), ("coder2", "second_coder"), ("consensus", "consensus")):
        own = coded[coded["coder"] == coder]
        printed = used["reference"] if coder == "consensus" else "–"
        rows.append((word(key, language), len(own), own["doc_id"].nunique(), printed))
    ruled = tables.rule_statements
    rows.append((word("by_rules", language), len(ruled), ruled["doc_id"].nunique(), used["rules"]))
    key = "by_model" if used[MODEL_CODER] else "by_model_unused"
    modelled = told[told["coder"].eq(MODEL_CODER)]
    rows.append((word(key, language), len(modelled), modelled["doc_id"].nunique(), used[MODEL_CODER]))
    corrections = tables.codings.corrections
    rows.append((word("by_analysts", language), len(corrections), "–", used["analyst"]))
    heads = [word(key, language) for key in ("coding", "statements", "articles", "in_report")]
    return make_table(dict(zip(heads, ("start", "end", "end", "end"), strict=True)), rows)


def list_kinds(tables: Tables) -> Markdown:
    """Return the kinds of statement with the definition that coders and rules work by, and how often each occurs."""
    language = tables.parameters.language
    on_issue = tables.core_statements[tables.core_statements["issue"].eq(tables.issue.id)]
    rows = [
        (
            word(kind, language),
            word(f"define_{kind}", language),
            int(tables.core_statements["modality"].eq(kind).sum()),
            int(on_issue["modality"].eq(kind).sum()),
            int(on_issue.loc[on_issue["stance"].notna(), "modality"].eq(kind).sum()),
        )
        for kind in MODALITIES
    ]
    heads = [
        word(key, language) for key in ("kind", "definition", "statements", "of_these_on_issue", "of_these_on_scale")
    ]
    return make_table(dict(zip(heads, ("start", "start", "end", "end", "end"), strict=True)), rows)
