"""The report's tables and lists as Markdown that both engines read: pipe tables, divisions, links to statements."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from pathlib import PurePosixPath
from typing import Any, NewType

import pandas as pd

from mawaqif.aggregate.attribution import add_actor, name_actors, name_camp
from mawaqif.aggregate.numbering import number_statements, order_documents, order_statements
from mawaqif.aggregate.positions import select_frequent
from mawaqif.aggregate.timeline import compare_milestones
from mawaqif.charts.calendar_axis import describe_days
from mawaqif.charts.theme import stance_text
from mawaqif.charts.voices import GRADE_NAMES
from mawaqif.phrases import arabic, english
from mawaqif.phrases.skipped import isolate_code, say_mend, say_reason
from mawaqif.schemas import MODALITIES, iterate_rows
from mawaqif.tables import Tables
from mawaqif.untrusted import encode, encode_passage

Markdown = NewType("Markdown", str)
"""Finished Markdown, with every untrusted word in it encoded."""

MOST_STATEMENTS = 2_000
"""Statements printed as evidence; more would make the page unusable, and the machine-readable tables have them all."""
MOST_LINKS = 12
MOST_ROWS = 200
MOST_RULES = 4

WORDS: dict[str, dict[str, str]] = {
    "document": {"en": "Article", "ar": "المقال"},
    "file": {"en": "File", "ar": "الملف"},
    "outlet": {"en": "Outlet", "ar": "وسيلة الإعلام"},
    "unknown_outlet": {"en": "unknown", "ar": "غير معروفة"},
    "published": {"en": "Published", "ar": "تاريخ النشر"},
    "basis": {"en": "How the date is known", "ar": "مصدر التاريخ"},
    "statements": {"en": "Statements", "ar": "التصريحات"},
    "on_issue": {"en": "With a position on the issue", "ar": "منها ذات موقف من القضية"},
    "articles": {"en": "Articles", "ar": "المقالات"},
    "kind": {"en": "What", "ar": "النوع"},
    "places": {"en": "Places", "ar": "المواضع"},
    "characters": {"en": "Characters", "ar": "الأحرف"},
    "rules": {"en": "Found by", "ar": ""},
    "reason": {"en": "Why", "ar": "السبب"},
    "mend": {"en": "How to mend it", "ar": "ما العمل"},
    "duplicate": {"en": "repeats", "ar": "يكرر"},
    "comma": {"en": ", ", "ar": "، "},
    "none": {"en": "none", "ar": "لا شيء"},
    "nothing_skipped": {
        "en": "Every file was used, and no article repeats another.",
        "ar": "استُخدمت الملفات كلها، ولا مقال يكرر غيره.",
    },
    "nothing_removed": {"en": "Nothing was removed.", "ar": "لم يُحذف شيء."},
    "actor": {"en": "Actor", "ar": "الطرف"},
    "camp": {"en": "Camp", "ar": "المعسكر"},
    "mean": {"en": "Mean (n)", "ar": "المتوسط (العدد)"},
    "range": {"en": "Range", "ar": "المدى"},
    "from_to": {"en": "{low} to {high}", "ar": "من {low} إلى {high}"},
    "forecasts": {"en": "Forecasts", "ar": "التوقعات"},
    "evidence": {"en": "Evidence", "ar": "الأدلة"},
    "step": {"en": "Step", "ar": "الدرجة"},
    "label": {"en": "Label", "ar": "التسمية"},
    "definition": {"en": "The statement …", "ar": "مضمون التصريح"},
    "when": {"en": "When", "ar": "متى"},
    "event": {"en": "Event", "ar": "الحدث"},
    "status": {"en": "Status", "ar": "الحالة"},
    "more": {"en": "and {n} more", "ar": "وغيرها ({n})"},
    "capped": {
        "en": "Printed are the first {most} of {n} statements; the tables of the build hold them all.",
        "ar": "طُبعت هنا أولى التصريحات ({most} من {n})، وهي كلها في جداول البناء.",
    },
    "no_statements": {"en": "No statement was found.", "ar": "لم يُعثر على أي تصريح."},
    "no_position": {"en": "no position on this issue", "ar": "لا موقف من هذه القضية"},
    "no_speaker": {"en": "no speaker found", "ar": "بلا متحدث معروف"},
    "not_listed": {"en": "not in the register", "ar": "غير مسجل"},
    "cue": {"en": "cue: {cue}", "ar": "أداة النسبة: {cue}"},
    "gloss": {"en": "Gloss", "ar": "المعنى بالإنجليزية"},
    "undated": {"en": "undated", "ar": "بلا تاريخ"},
    "no_milestones": {"en": "The issue file names no milestone.", "ar": "لا يذكر ملف القضية موعداً متفقاً عليه."},
    "compared": {"en": "Compared", "ar": "المقارنة"},
    "measure": {"en": "Measure", "ar": "المقياس"},
    "value": {"en": "Value", "ar": "القيمة"},
    "interval": {"en": "95% interval", "ar": "فترة الثقة 95%"},
    "cases": {"en": "Cases", "ar": "الحالات"},
    "coders": {"en": "the two reference codings", "ar": "الترميزان المرجعيان"},
    "rules_consensus": {"en": "rules and consensus", "ar": "القواعد والإجماع"},
    "abstentions": {
        "en": "share of statements on the issue left without a stance",
        "ar": "نسبة ما تُرك بلا موقف من تصريحات القضية",
    },
    "no_reference": {
        "en": "No document of this corpus has a reference coding.",
        "ar": "لا ترميز مرجعياً لأي وثيقة هنا.",
    },
    "milestone_silent": {"en": "No statement speaks of it.", "ar": "لا تصريح يتناوله."},
}
NAMES: dict[str, dict[str, str]] = {
    "stated": {"en": "stated in the article", "ar": "مذكور في المقال"},
    "given": {"en": "given with the file", "ar": "مرفق بالملف"},
    "inferred": {"en": "inferred from the text", "ar": "مستنتج من النص"},
    "unknown": {"en": "unknown", "ar": "غير معروف"},
    "position": {"en": "position", "ar": "موقف"},
    "demand": {"en": "demand", "ar": "مطالبة"},
    "forecast": {"en": "forecast", "ar": "توقع"},
    "condition": {"en": "condition", "ar": "اشتراط"},
    "denial": {"en": "denial", "ar": "نفي"},
    "fact": {"en": "account of facts", "ar": "إخبار"},
    "direct_quote": {"en": "quoted", "ar": "اقتباس"},
    "indirect": {"en": "reported", "ar": "نقل غير مباشر"},
    "mixed": {"en": "partly quoted", "ar": "اقتباس جزئي"},
    "rules": {"en": "coded by rules", "ar": "رمّزته القواعد"},
    "reference": {"en": "reference coding", "ar": "ترميز مرجعي"},
    "analyst": {"en": "corrected by an analyst", "ar": "صححه محلل"},
    "past": {"en": "happened", "ar": "حدث"},
    "planned": {"en": "planned when written", "ar": "كان مقرراً وقت النشر"},
    "hypothetical": {"en": "possible: forecast or demanded", "ar": "محتمل: متوقَّع أو مطلوب"},
}
assert set(MODALITIES) <= set(NAMES)


def word(key: str, language: str, **values: object) -> str:
    """Return an interface text."""
    return (WORDS.get(key) or NAMES[key])[language].format(**values)


# --- parts -----------------------------------------------------------------------------------------------------------


def make_table(columns: Mapping[str, str], rows: Iterable[Sequence[object]]) -> Markdown:
    """Return a pipe table.

    Args:
        columns: Heading to alignment, `start` or `end` (numbers).
        rows: Cells; numbers and `Markdown` stand as they are, so every other text must have been encoded.
    """
    marks = [":---" if align == "start" else "---:" for align in columns.values()]
    lines = [list(columns), marks, *([str(cell) for cell in row] for row in rows)]
    return Markdown("\n".join(f"| {' | '.join(cells)} |" for cells in lines))


def link_statements(statement_ids: Iterable[str], numbers: Mapping[str, int], language: str) -> Markdown:
    """Return links to the first statements by their numbers in the evidence, and how many more there are."""
    numbered = sorted((numbers[i], i) for i in statement_ids)
    links = [f"[{n}](#s-{i})" for n, i in numbered[:MOST_LINKS]]
    more = len(numbered) - len(links)
    return Markdown(" ".join([*links, *([word("more", language, n=more)] if more > 0 else [])]))


def name_actor(name_ar: str, name_en: str, *, is_registered: bool, language: str) -> Markdown:
    """Return an actor's name; one that was only found in an article keeps its Arabic form."""
    if not is_registered:
        return Markdown(encode_passage(name_ar))
    return Markdown(encode(name_ar if language == "ar" else name_en))


def describe_published(row: Any, language: str) -> str:
    """Return the day or the range of publication of a row of `core_documents`."""
    first = row.published if isinstance(row.published, str) else row.published_earliest
    last = row.published if isinstance(row.published, str) else row.published_latest
    if not isinstance(first, str) and not isinstance(last, str):
        return word("undated", language)
    return describe_days(_day(first), _day(last), language=language)


def name_outlet(row: Any, tables: Tables) -> str:
    """Return the plain name of the outlet of a row of `core_documents`; the found one is article text."""
    language = tables.parameters.language
    for outlet in tables.vocabulary.outlets.outlets:
        if outlet.id == row.outlet_id:
            return outlet.name.in_language(language)
    return row.outlet if isinstance(row.outlet, str) else word("unknown_outlet", language)


def camp_names(tables: Tables) -> dict[str, str]:
    """Return the names of all camps in the tables, in the order of drawing."""
    found = [*tables.out_positions["camp"], *tables.out_sources["camp"]]
    ids = [camp.id for camp in tables.vocabulary.actors.camps] + sorted(set(found))
    return {i: name_camp(i, tables.vocabulary).in_language(tables.parameters.language) for i in dict.fromkeys(ids)}


def _day(value: object) -> date | None:
    return date.fromisoformat(value) if isinstance(value, str) else None


def _file_name(path: str) -> str:
    return PurePosixPath(str(path).replace("\\", "/")).name


# --- corpus ----------------------------------------------------------------------------------------------------------


def list_documents(tables: Tables) -> Markdown:
    """Return the documents with outlet, date, how the date is known, and number of statements."""
    language = tables.parameters.language
    counts = tables.core_statements.groupby("doc_id").size()
    files = tables.raw_documents.set_index("doc_id")["path"]
    rows = [
        (
            encode_passage(row.title)
            if isinstance(row.title, str)
            else _name_code(_file_name(files[row.doc_id]), language),
            encode(name_outlet(row, tables)),
            describe_published(row, language),
            word(row.published_basis, language),
            int(counts.get(row.doc_id, 0)),
        )
        for row in iterate_rows(order_documents(tables.core_documents).head(MOST_ROWS))
    ]
    heads = [word(key, language) for key in ("document", "outlet", "published", "basis", "statements")]
    return make_table(dict(zip(heads, ("start", "start", "start", "start", "end"), strict=True)), rows)


def list_removed(tables: Tables) -> Markdown:
    """Return what was taken for site furniture, by kind, with its extent and the rules that found it.

    The ids of rules are English, so that the Arabic table does without them.
    """
    language = tables.parameters.language
    spans = tables.core_boilerplate.assign(n=tables.core_boilerplate["end"] - tables.core_boilerplate["start"])
    names = {kind.id: kind.name.in_language(language) for kind in tables.vocabulary.boilerplate.kinds}
    rows: list[Sequence[object]] = [
        (
            encode(names.get(str(kind), str(kind))),
            len(group),
            group["doc_id"].nunique(),
            int(group["n"].sum()),
            *([] if language == "ar" else [_list_rules(group["rule"], language)]),
        )
        for kind, group in spans.groupby("kind", sort=True)
    ]
    keys = ("kind", "places", "articles", "characters", "rules")[: 4 if language == "ar" else 5]
    heads = [word(key, language) for key in keys]
    rows = rows or [(word("nothing_removed", language), 0, 0, 0, "")[: len(heads)]]
    return make_table(dict(zip(heads, ("start", "end", "end", "end", "start")[: len(heads)], strict=True)), rows)


def _list_rules(rules: Iterable[str], language: str) -> str:
    """Return the ids of rules, which are code in either language."""
    ids = sorted({re.sub(r"[_:]+", " ", rule) for rule in rules})[:MOST_RULES]
    return word("comma", language).join(_name_code(rule, language) for rule in ids)


def _name_code(code: str, language: str) -> str:
    """Return a file name or an id, encoded, kept from left to right where the line runs the other way."""
    return isolate_code(code) if language == "ar" else encode(code)


def list_skipped(tables: Tables) -> Markdown:
    """Return the files that were not used and the documents that repeat another; says plainly that there are none."""
    language = tables.parameters.language
    files = tables.raw_documents.set_index("doc_id")["path"]
    rows: list[Sequence[object]] = [
        (_name_code(row.path, language), say_reason(row.reason, language), say_mend(row.mend, language))
        for row in iterate_rows(tables.raw_skipped.head(MOST_ROWS))
    ]
    repeats = tables.core_documents[tables.core_documents["duplicate_of"].notna()]
    rows += [
        (
            _name_code(_file_name(files[row.doc_id]), language),
            f"{word('duplicate', language)} {_name_code(str(row.duplicate_of), language)}",
            "",
        )
        for row in iterate_rows(repeats.head(MOST_ROWS))
    ]
    heads = [word(key, language) for key in ("file", "reason", "mend")]
    rows = rows or [(word("none", language), word("nothing_skipped", language), "")]
    return make_table(dict.fromkeys(heads, "start"), rows)


def list_outlets(tables: Tables) -> Markdown:
    """Return articles and statements by outlet."""
    language = tables.parameters.language
    documents = tables.core_documents
    names = {row.doc_id: name_outlet(row, tables) for row in iterate_rows(documents)}
    statements = tables.core_statements.assign(_outlet=tables.core_statements["doc_id"].map(names))
    stated = statements[statements["issue"].eq(tables.issue.id) & statements["stance"].notna()]
    table = pd.DataFrame(
        {
            "articles": pd.Series(names).value_counts(),
            "statements": statements["_outlet"].value_counts(),
            "on_issue": stated["_outlet"].value_counts(),
        }
    ).fillna(0)
    table = table.assign(outlet=table.index).sort_values(["statements", "outlet"], ascending=[False, True])
    rows = [(encode(r.outlet), int(r.articles), int(r.statements), int(r.on_issue)) for r in iterate_rows(table)]
    heads = [word(key, language) for key in ("outlet", "articles", "statements", "on_issue")]
    return make_table(dict(zip(heads, ("start", "end", "end", "end"), strict=True)), rows)


# --- evidence --------------------------------------------------------------------------------------------------------


def list_evidence(tables: Tables) -> Markdown:
    """Return every statement as a division that links can reach: its passage, then who, when, what and where."""
    language = tables.parameters.language
    statements = order_statements(tables.core_statements, tables.core_documents)
    if statements.empty:
        return Markdown(word("no_statements", language))
    printed = statements.head(MOST_STATEMENTS)
    facts, numbers = describe_statements(tables, printed), _numbers(tables)
    parts = [
        _evidence(row, facts[row.statement_id], numbers[row.statement_id], language) for row in iterate_rows(printed)
    ]
    if len(statements) > MOST_STATEMENTS:
        parts.insert(0, word("capped", language, most=MOST_STATEMENTS, n=len(statements)))
    return Markdown("\n\n".join(parts))


def _numbers(tables: Tables) -> dict[str, int]:
    return number_statements(tables.core_statements, tables.core_documents)


def describe_statements(tables: Tables, statements: pd.DataFrame) -> dict[str, list[Markdown]]:
    """Return what is told of each statement, by id: speaker, camp, date, position, kind, cue, coder, source."""
    language = tables.parameters.language
    table = add_actor(statements)
    names = name_actors(table, tables.vocabulary)
    files = tables.raw_documents.set_index("doc_id")["path"]
    texts = tables.raw_documents.set_index("doc_id")["text"]
    published = {r.doc_id: describe_published(r, language) for r in iterate_rows(tables.core_documents)}
    labels = {point.value: point.label.in_language(language) for point in tables.issue.scale}
    facts: dict[str, list[Markdown]] = {}
    for row in iterate_rows(table):
        name = names[row.actor_id]
        found = isinstance(row.speaker_id, str) or isinstance(row.speaker_name, str)
        speaker = name_actor(name.ar, name.en, is_registered=name.is_registered, language=language)
        stance = word("no_position", language)
        if row.issue == tables.issue.id and not pd.isna(row.stance):
            stance = f"{stance_text(int(row.stance))} {encode(labels[int(row.stance)])}"
        facts[row.statement_id] = [
            Markdown(f"**{speaker if found else word('no_speaker', language)}**"),
            Markdown(encode(name_camp(row.actor_camp, tables.vocabulary).in_language(language))),
            Markdown(published[row.doc_id]),
            Markdown(stance),
            Markdown(word("comma", language).join(word(key, language) for key in (row.modality, row.kind))),
            *_cue(row, texts[row.doc_id], language),
            Markdown(word(row.coder, language)),
            Markdown(f"{_name_code(_file_name(files[row.doc_id]), language)} \u2066{row.start}–{row.end}\u2069"),
        ]
    return facts


def _cue(row: Any, text: str, language: str) -> list[Markdown]:
    """Return the word by which the article attributes a statement, without which a denial would be read inverted."""
    if pd.isna(row.cue_start) or pd.isna(row.cue_end):
        return []
    cue = " ".join(text[int(row.cue_start) : int(row.cue_end)].split())
    # In bold like the speaker, for a passage that stands by itself in a line is set as the statement.
    return [Markdown(word("cue", language, cue=f"**{encode_passage(cue)}**"))] if cue else []


def _evidence(row: Any, facts: Sequence[Markdown], number: int, language: str) -> str:
    about = " · ".join([f"**{number}**", *facts])
    lines = [f"::: {{#s-{row.statement_id} .statement}}", encode_passage(row.quote), about]
    if gloss := _gloss(row, language):
        lines.append(gloss)
    return "\n\n".join([*lines, ":::"])


def _gloss(row: Any, language: str) -> str:
    """Return the coded English meaning of a statement, which only the English report prints."""
    if language != "en" or not isinstance(row.gloss_en, str):
        return ""
    return f"{word('gloss', language)}: {encode(row.gloss_en)}"


# --- positions and timeline ------------------------------------------------------------------------------------------


def list_positions(tables: Tables) -> Markdown:
    """Return who stands where, with what it rests on and links to the statements."""
    language = tables.parameters.language
    positions = select_frequent(tables.out_positions, minimum_statements=tables.parameters.minimum_statements)
    taken = positions[positions["n_positions"] + positions["n_forecasts"] > 0]
    articles = dict(zip(tables.core_statements["statement_id"], tables.core_statements["doc_id"], strict=True))
    numbers = _numbers(tables)
    rows = [
        (
            name_actor(row.name_ar, row.name_en, is_registered=row.is_registered, language=language),
            encode(name_camp(row.camp, tables.vocabulary).in_language(language)),
            f"{stance_text(row.mean_stance, digits=1)} ({row.n_positions})" if row.n_positions else "–",
            _range(row, language),
            row.n_forecasts,
            len({articles[i] for i in _placed(row)}),
            link_statements(_placed(row), numbers, language),
        )
        for row in iterate_rows(taken.head(MOST_ROWS))
    ]
    keys = ("actor", "camp", "mean", "range", "forecasts", "articles", "evidence")
    heads = [word(key, language) for key in keys]
    return make_table(dict(zip(heads, ("start", "start", *("end",) * 4, "start"), strict=True)), rows)


def _placed(row: Any) -> list[str]:
    """Return the statements of a row of `out_positions` that stand on the scale, which are listed before the others."""
    return list(row.statement_ids)[: row.n_positions + row.n_forecasts]


def _range(row: Any, language: str) -> str:
    if not row.n_positions:
        return "–"
    low, high = stance_text(int(row.lowest_stance)), stance_text(int(row.highest_stance))
    return low if low == high else word("from_to", language, low=low, high=high)


def list_scale(tables: Tables) -> Markdown:
    """Return the steps of the issue's scale, lowest first, each with its label and the definition coders work by."""
    language = tables.parameters.language
    rows = [
        (
            stance_text(point.value),
            encode(point.label.in_language(language)),
            encode(point.definition.in_language(language)),
        )
        for point in sorted(tables.issue.scale, key=lambda point: point.value)
    ]
    heads = [word(key, language) for key in ("step", "label", "definition")]
    return make_table(dict(zip(heads, ("end", "start", "start"), strict=True)), rows)


def list_events(tables: Tables) -> Markdown:
    """Return the timeline as a table, with the article's own words where no translation was coded."""
    language, numbers = tables.parameters.language, _numbers(tables)
    rows = []
    for row in iterate_rows(tables.out_timeline.head(MOST_ROWS)):
        is_translated = language == "en" and isinstance(row.label_en, str)
        rows.append(
            (
                describe_days(_day(row.first), _day(row.last), language=language),
                encode(row.label_en) if is_translated else encode_passage(row.label_ar),
                word(row.status, language),
                link_statements(list(row.statement_ids), numbers, language) or "–",
            )
        )
    heads = [word(key, language) for key in ("when", "event", "status", "evidence")]
    return make_table(dict.fromkeys(heads, "start"), rows or [("–", word("none", language), "–", "–")])


def list_milestones(tables: Tables) -> Markdown:
    """Return each agreed milestone with the statements that contradict, doubt, confirm or mention it."""
    language = tables.parameters.language
    if not tables.issue.milestones:
        return Markdown(word("no_milestones", language))
    told = compare_milestones(tables.issue, tables.core_statements, tables.core_dates, tables.core_documents)
    statements = tables.core_statements.set_index("statement_id")
    spoken = tables.core_statements[tables.core_statements["statement_id"].isin(told["statement_id"])]
    facts, numbers = describe_statements(tables, spoken), _numbers(tables)
    say_relation = arabic.say_relation if language == "ar" else english.say_relation
    parts: list[str] = []
    for milestone in tables.issue.milestones:
        when = describe_days(milestone.first, milestone.last, language=language)
        source = encode(milestone.source.in_language(language))
        parts.append(f"**{encode(milestone.name.in_language(language))}** · {when} · {source}")
        own = told[told["milestone_id"] == milestone.id]
        lines: list[str] = []
        for relation, group in own.groupby("relation", sort=False):
            lines.append(f"- {say_relation(str(relation), len(group))}:")
            for statement_id in group["statement_id"].head(MOST_LINKS):
                passage = encode_passage(str(statements.loc[statement_id, "quote"]))
                who = " · ".join(facts[statement_id][:1] + facts[statement_id][2:4])
                lines.append(f"    - {passage} {who} ([{numbers[statement_id]}](#s-{statement_id}))")
                if gloss := _gloss(statements.loc[statement_id], language):
                    lines[-1] += f"\\\n      {gloss}"
        parts.append("\n".join(lines) or word("milestone_silent", language))
    return Markdown("\n\n".join(parts))


def name_grade(grade: str, language: str) -> str:
    """Return the name of a grade of source."""
    return GRADE_NAMES[grade if grade in GRADE_NAMES else "none"][language]


# --- agreement -------------------------------------------------------------------------------------------------------

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
