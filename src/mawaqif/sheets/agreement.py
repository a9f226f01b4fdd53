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
    "stance F1, from text to code": "استخراج الموقف وترميزه معاً: معيار F1",
    "modality accuracy": "صحة نوع القول",
    "actor-mention F1": "العثور على الأسماء: معيار F1",
    "date accuracy": "صحة التواريخ",
    "found dates that a coder has": "نسبة ما أثبته أحد المرمّزَين من التواريخ المستخرجة",
    "boilerplate character F1": "تمييز أحرف الصفحة المحيطة بالمقال: معيار F1",
    "Krippendorff's alpha, stance (ordinal)": "ألفا كريبندورف للموقف (ترتيبي)",
    "Krippendorff's alpha, modality (nominal)": "ألفا كريبندورف لنوع القول (اسمي)",
    "Krippendorff's alpha, issue (nominal)": "ألفا كريبندورف للقضية (اسمي)",
    "Krippendorff's alpha, speaker (nominal)": "ألفا كريبندورف للمتحدث (اسمي)",
}

ENGLISH_MEASURES = {
    "modality accuracy": "accuracy of the kind of statement",
    "Krippendorff's alpha, modality (nominal)": "Krippendorff's alpha, kind of statement (nominal)",
    "stance F1, from text to code": "F1 of finding a stance and coding it",
    "found dates that a coder has": "share of the dates found that a coder has too",
    "boilerplate character F1": "F1 of telling the page around an article from it, by character",
}
"""Where the report's words differ from the names of the measures."""

AGREEMENT_COLUMNS = {
    "measure": "start",
    "value": "end",
    "interval": "end",
    "precision": "end",
    "recall": "end",
    "cases": "end",
}


def list_agreement(evaluation: Any, language: str) -> Markdown:
    """Return how far the two coders of an `Evaluation` agree as a table, or that no document has a reference coding.

    Between two coders neither is the truth, so that there is no precision and no recall.
    """
    rows: list[Sequence[object]] = []
    if evaluation is not None:
        rows = [_measure(m, language, is_directed=False) for m in evaluation.coders]
    return _tabulate(rows, ("measure", "value", "interval", "cases"), language)


def list_rule_agreement(evaluation: Any, language: str) -> Markdown:
    """Return how far the rules agree with the reference coding of an `Evaluation` as a table, or that there is none."""
    rows: list[Sequence[object]] = []
    if evaluation is not None:
        rows = [_measure(m, language, is_directed=True) for m in evaluation.rules]
        rows.append((word("abstentions", language), f"{evaluation.abstentions:.2f}", "–", "–", "–", "–"))
    return _tabulate(rows, tuple(AGREEMENT_COLUMNS), language)


def _tabulate(rows: Sequence[Sequence[object]], keys: Sequence[str], language: str) -> Markdown:
    none = [(word("no_reference", language), *("",) * (len(keys) - 2), 0)]
    return make_table({word(key, language): AGREEMENT_COLUMNS[key] for key in keys}, rows or none)


def _measure(measure: Any, language: str, *, is_directed: bool) -> tuple[object, ...]:
    name = (MEASURES if language == "ar" else ENGLISH_MEASURES).get(measure.name, measure.name)
    interval = "–" if measure.low is None else f"\u2066{measure.low:.2f}–{measure.high:.2f}\u2069"
    parts = [_figure(value) for value in (measure.precision, measure.recall)] if is_directed else []
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
