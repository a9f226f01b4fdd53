"""What a notebook imports: load the tables of a corpus, show a table, a chart, a finding or a passage.

    from mawaqif import workbook as wb
    tables = wb.load(language="en")
    wb.draw_positions(tables)

Every function returns one output, which the notebook shows: a chart, or Markdown with its caption. Both languages and
both formats of the report take them as they are. `list_statements`, `show_table`, `draw_bars` and `show_chart` are for
notebooks of one's own (`mawaqif new-notebook`).
"""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any

import pandas as pd

from mawaqif import colophon, narrative, scope, sheets
from mawaqif.aggregate.attribution import select_original
from mawaqif.aggregate.background import find_background
from mawaqif.aggregate.movement import publication_days
from mawaqif.aggregate.positions import positions_over_time, select_frequent
from mawaqif.charts import network, over_time, positions, timeline, voices
from mawaqif.charts.theme import stance_text
from mawaqif.errors import CodingError, ParameterError
from mawaqif.evaluate import Evaluation, evaluate_tables
from mawaqif.outputs import PLOTLY_MIME, ChartOutput, MarkdownOutput, Output
from mawaqif.schemas import iterate_rows
from mawaqif.section_outputs import draw_bars, list_statements, show_chart, show_table
from mawaqif.settings import parameters_from
from mawaqif.tables import Tables, load_tables
from mawaqif.untrusted import encode_passage
from mawaqif.vocabulary import strip_gloss

__all__ = [
    "PLOTLY_MIME", "ChartOutput", "MarkdownOutput", "Output", "draw_bars", "draw_network", "draw_over_time",
    "draw_positions", "draw_timeline", "draw_voices", "list_statements", "load", "show_agreement", "show_ahead",
    "show_chart", "show_codings", "show_documents", "show_event_passages", "show_evidence", "show_findings",
    "show_inputs", "show_kinds", "show_milestones", "show_movements", "show_network_data", "show_outlets",
    "show_over_time_data", "show_parameters", "show_passage", "show_positions", "show_removed", "show_robustness",
    "show_rule_agreement", "show_scale", "show_silent", "show_skipped", "show_speakers", "show_table", "show_timeline",
    "show_voices", "show_warnings",
]  # fmt: skip
_CAPTIONS = {
    "documents": {
        "en": "The articles, oldest first, and how their dates are known",
        "ar": "المقالات من الأقدم إلى الأحدث، وكيف عُرفت تواريخها",
    },
    "removed": {
        "en": "What was taken for the page around the article, and by which rules",
        "ar": "ما عُدّ من الصفحة المحيطة بالمقال، بحسب نوعه",
    },
    "parameters": {
        "en": "What this report was made from, by which program, and how to cite it",
        "ar": "مم أُعدّ هذا التقرير، وبأي برنامج، وكيف يُستشهد به",
    },
    "inputs": {"en": "The files, with their checksums", "ar": "الملفات وبصماتها"},
    "kinds": {
        "en": "The kinds of statement, and when a statement is given each of them",
        "ar": "أنواع القول، ومتى يُعطى التصريح كلاً منها",
    },
    "codings": {"en": "Statements by coding", "ar": "التصريحات بحسب الترميز"},
    "outlets": {"en": "Articles and statements by outlet", "ar": "المقالات والتصريحات بحسب وسيلة الإعلام"},
    "voices": {
        "en": "Statements on every subject by camp and kind of source",
        "ar": "التصريحات في جميع الموضوعات بحسب الفئة ونوع المصدر",
    },
    "speakers": {
        "en": "Everyone reported or quoted, by camp, with the role that an article gives, or else the body",
        "ar": "كل من نُقل كلامه، بحسب الفئة، وصفته في المقال أو جهته",
    },
    "agreement": {
        "en": "How far the two reference codings agree with each other",
        "ar": "مدى اتفاق الترميزين المرجعيين أحدهما مع الآخر",
    },
    "rule_agreement": {
        "en": "How far the rules agree with the final reference coding",
        "ar": "مدى اتفاق القواعد مع الترميز المرجعي المعتمد",
    },
    "positions": {
        "en": "Who stands where: position on the scale with its 95% interval, and what it rests on",
        "ar": "مواقف الأطراف على المقياس بفترة الثقة للمتوسط (95%)، ومستندها",
    },
    "scale": {
        "en": "The steps of the scale, and when a statement is given each of them",
        "ar": "درجات المقياس، ومتى يُعطى التصريح كلاً منها",
    },
    "events": {
        "en": "Dated events by what the articles say became of them, in order of time",
        "ar": "الأحداث المؤرخة بحسب ما تذكره المقالات من وقوعها، مرتبة زمنياً",
    },
}


_EVALUATED: list[Any] = []
"""The tables last compared with their codings, and the result: resampling takes seconds, and two outputs need it."""


def _unless_lacking(what: str, caption: str = "") -> Callable[[Callable[[Tables], Output]], Callable[[Tables], Output]]:
    """Put a plain sentence in the place of a chart or table that would have too little in it (`scope.find_lack`).

    Args:
        what: What it is, one of `scope.LACKING`.
        caption: The key of the caption that a table keeps; a chart gets another, and a list has none.
    """

    def guard(make: Callable[[Tables], Output]) -> Callable[[Tables], Output]:
        @wraps(make)
        def make_or_explain(tables: Tables) -> Output:
            if lack := scope.find_lack(tables, what):
                own = _CAPTIONS[caption][tables.parameters.language] if caption else None
                return MarkdownOutput(lack[1], caption=lack[0] or own, tables=tables)
            return make(tables)

        return make_or_explain

    return guard


def load(**parameters: Any) -> Tables:
    """Return the tables of a corpus as data frames: `raw_documents`, `core_statements`, `out_positions` and their kin.

    Args:
        **parameters: As in `settings.Parameters`.

    Raises:
        ParameterError: A parameter is unknown or impossible.
        CorpusError, VocabularyError, CodingError: As in `tables.load_tables`.
    """
    return load_tables(parameters_from(parameters))


def show_passage(tables: Tables, statement_id: str) -> MarkdownOutput:
    """Show one statement in its article: the words before it, the statement in bold, the words after it.

    Raises:
        ParameterError: There is no such statement.
    """
    found = tables.core_statements[tables.core_statements["statement_id"] == statement_id]
    if found.empty:
        raise ParameterError(f"there is no statement {statement_id!r}", mend="Copy an id from core_statements.")
    row = found.iloc[0]
    text = str(tables.raw_documents.set_index("doc_id").loc[row["doc_id"], "text"])
    before, after = text[max(0, row["start"] - 200) : row["start"]], text[row["end"] : row["end"] + 200]
    parts = [encode_passage(before), f"**{encode_passage(row['quote'])}**", encode_passage(after)]
    facts = sheets.describe_statements(tables, found)[statement_id]
    return MarkdownOutput("\n\n".join([" ".join(part for part in parts), " · ".join(facts)]), tables=tables)


# --- 10_corpus -------------------------------------------------------------------------------------------------------


def show_documents(tables: Tables) -> MarkdownOutput:
    """Show the documents with outlet, date, its basis, and number of statements."""
    return _table(tables, "documents", sheets.list_documents(tables))


def show_removed(tables: Tables) -> MarkdownOutput:
    """Show what was removed from the pages, by kind, and why."""
    return _table(tables, "removed", sheets.list_removed(tables))


def show_skipped(tables: Tables) -> MarkdownOutput:
    """Show the files that were skipped and the duplicates, or say that there are none."""
    return MarkdownOutput(sheets.list_skipped(tables), tables=tables)


def show_inputs(tables: Tables) -> MarkdownOutput:
    """Show the files that the report was made from, with their checksums."""
    return _table(tables, "inputs", sheets.list_inputs(tables))


def show_parameters(tables: Tables) -> MarkdownOutput:
    """Show the parameters, the program's version and how to cite the report."""
    return _table(tables, "parameters", colophon.list_parameters(tables))


# --- 20_statements ---------------------------------------------------------------------------------------------------


@_unless_lacking("voices")
def draw_voices(tables: Tables) -> ChartOutput:
    """Draw statements by camp and grade of source."""
    words = narrative.describe_voices(tables.out_sources, naming=sheets.make_naming(tables), **_told(tables))
    figure = voices.draw_voices(
        tables.out_sources, camps=sheets.camp_names(tables), words=words, language=tables.parameters.language
    )
    return ChartOutput(figure, tables)


def show_outlets(tables: Tables) -> MarkdownOutput:
    """Show articles and statements by outlet."""
    return _table(tables, "outlets", sheets.list_outlets(tables))


@_unless_lacking("voices_table", "voices")
def show_voices(tables: Tables) -> MarkdownOutput:
    """Show statements by camp and grade of source, with shares and what each camp's statements cannot carry."""
    return _table(tables, "voices", sheets.list_voices(tables))


def show_warnings(tables: Tables) -> MarkdownOutput:
    """Show what the statements on the issue cannot carry, each warning with links."""
    evaluation = _evaluate(tables)
    agreement = evaluation.coders if evaluation else ()
    return MarkdownOutput(
        sheets.list_warnings(tables, leave_out=scope.find_truisms(tables), agreement=agreement), tables=tables
    )


@_unless_lacking("speakers", "speakers")
def show_speakers(tables: Tables) -> MarkdownOutput:
    """Show everyone who is quoted, with the role as an article gives it."""
    return _table(tables, "speakers", sheets.list_speakers(tables))


def show_evidence(tables: Tables) -> MarkdownOutput:
    """Show every statement with its passage, speaker, date, position, coder and place in the source."""
    return MarkdownOutput(sheets.list_evidence(tables), tables=tables)


def show_kinds(tables: Tables) -> MarkdownOutput:
    """Show the kinds of statement with their definitions."""
    return _table(tables, "kinds", sheets.list_kinds(tables))


def show_codings(tables: Tables) -> MarkdownOutput:
    """Show how much each coding holds; the caption says how many statements of the report come from each."""
    language = tables.parameters.language
    coders = narrative.describe_coders(tables.core_statements, language=language)
    caption = _CAPTIONS["codings"][language] + (f". {coders}." if coders else "")
    return MarkdownOutput(sheets.list_codings(tables), caption=caption, tables=tables)


def show_agreement(tables: Tables) -> MarkdownOutput:
    """Show how far the two reference codings agree with each other; `show_warnings` says of what that is too little."""
    return _table(tables, "agreement", sheets.list_agreement(_evaluate(tables), tables.parameters.language))


def show_rule_agreement(tables: Tables) -> MarkdownOutput:
    """Show how far the rules agree with the reference coding."""
    return _table(tables, "rule_agreement", sheets.list_rule_agreement(_evaluate(tables), tables.parameters.language))


def _evaluate(tables: Tables) -> Evaluation | None:
    """Compare the codings, once for the tables of a notebook; None for a corpus that nobody has coded yet."""
    if not _EVALUATED or _EVALUATED[0] is not tables:
        try:
            _EVALUATED[:] = [tables, evaluate_tables(tables)]
        except CodingError:
            _EVALUATED[:] = [tables, None]
    evaluation: Evaluation | None = _EVALUATED[1]
    return evaluation


# --- 30_positions ----------------------------------------------------------------------------------------------------


def show_findings(tables: Tables) -> MarkdownOutput:
    """Show what a narrowed report holds, then the key findings with links to their statements, or why there are none.

    Raises:
        EvidenceError: A sentence has no statement behind it.
    """
    told = scope.explain_thinness(tables) if scope.is_thin(tables) else _tell_findings(tables)
    parts = [scope.describe_scope(tables), f"::: {{.findings}}\n\n{told}\n\n:::"]
    return MarkdownOutput("\n\n".join(part for part in parts if part), tables=tables)


def _tell_findings(tables: Tables) -> str:
    findings = narrative.key_findings(
        tables.core_statements,
        tables.core_documents,
        tables.core_dates,
        issue=tables.issue,
        vocabulary=tables.vocabulary,
        language=tables.parameters.language,
        events=tables.out_timeline,
        minimum_statements=tables.parameters.minimum_statements,
        leave_out=scope.find_truisms(tables),
    )
    return narrative.to_markdown(findings) or narrative.nothing_found(tables.issue, language=tables.parameters.language)


@_unless_lacking("positions")
def draw_positions(tables: Tables) -> ChartOutput:
    """Draw who stands where on the issue's scale."""
    shown = select_frequent(tables.out_positions, minimum_statements=tables.parameters.minimum_statements)
    words = narrative.describe_positions(shown, naming=sheets.make_naming(tables), **_told(tables))
    points = _points(tables)
    figure = positions.draw_positions(
        points[points["actor_id"].isin(shown["actor_id"])],
        sheets.label_older(_shorten_names(shown), tables),
        scale=tables.issue.scale,
        camps=sheets.camp_names(tables),
        words=words,
        language=tables.parameters.language,
    )
    return ChartOutput(figure, tables)


@_unless_lacking("positions_table", "positions")
def show_positions(tables: Tables) -> MarkdownOutput:
    """Show who stands where as a table, with links to the statements."""
    return _table(tables, "positions", sheets.list_positions(tables))


def show_robustness(tables: Tables) -> MarkdownOutput:
    """Show how many positions rest on one article or move without one, with the articles named."""
    return MarkdownOutput(sheets.list_robustness(tables), tables=tables)


@_unless_lacking("silent")
def show_silent(tables: Tables) -> MarkdownOutput:
    """Show who is quoted without a position on the issue or a forecast."""
    return MarkdownOutput(sheets.list_silent(tables), tables=tables)


def show_movements(tables: Tables) -> MarkdownOutput:
    """Show where an actor or a camp is quoted apart over time, the passages side by side, and the gaps in coverage."""
    return MarkdownOutput(sheets.list_movements(tables), tables=tables)


def show_scale(tables: Tables) -> MarkdownOutput:
    """Show the steps of the issue's scale, as coders define them."""
    return _table(tables, "scale", sheets.list_scale(tables))


@_unless_lacking("over_time")
def draw_over_time(tables: Tables) -> ChartOutput:
    """Draw positions by date of publication."""
    points = _points(tables)
    words = narrative.describe_over_time(points, naming=sheets.make_naming(tables), **_told(tables))
    figure = over_time.draw_over_time(
        points,
        scale=tables.issue.scale,
        camps=sheets.camp_names(tables),
        words=words,
        language=tables.parameters.language,
    )
    return ChartOutput(figure, tables)


@_unless_lacking("over_time_data")
def show_over_time_data(tables: Tables) -> MarkdownOutput:
    """Show the data of the chart of positions over time as a table."""
    return MarkdownOutput(sheets.list_over_time(tables), tables=tables)


@_unless_lacking("network")
def draw_network(tables: Tables) -> ChartOutput:
    """Draw who takes whose side on the issue in the articles that quote both."""
    shown = select_frequent(tables.out_positions, minimum_statements=tables.parameters.minimum_statements)
    pairs = tables.out_network
    pairs = pairs[pairs["actor_a"].isin(shown["actor_id"]) & pairs["actor_b"].isin(shown["actor_id"])]
    words = narrative.describe_network(pairs, shown, naming=sheets.make_naming(tables), **_told(tables))
    figure = network.draw_network(
        pairs,
        sheets.label_older(_shorten_names(shown), tables),
        scale=tables.issue.scale,
        camps=sheets.camp_names(tables),
        words=words,
        language=tables.parameters.language,
    )
    return ChartOutput(figure, tables)


@_unless_lacking("network_data")
def show_network_data(tables: Tables) -> MarkdownOutput:
    """Show the data of the chart of sides as a table: who is quoted in one article with whom, and on which side."""
    return MarkdownOutput(sheets.list_network(tables), tables=tables)


# --- 40_timeline -----------------------------------------------------------------------------------------------------


@_unless_lacking("timeline")
def draw_timeline(tables: Tables) -> ChartOutput:
    """Draw past, planned and hypothetical events; not what is background."""
    language = tables.parameters.language
    words = narrative.describe_timeline(tables.out_timeline, naming=sheets.make_naming(tables), **_told(tables))
    sources = _describe_documents(tables)
    statements = tables.core_statements
    on_issue = statements.loc[statements["issue"].eq(tables.issue.id), "statement_id"]
    figure = timeline.draw_timeline(
        tables.out_timeline[~find_background(tables.out_timeline, tables.core_documents)],
        sources=sources,
        words=words,
        language=language,
        on_issue=frozenset(on_issue),
        milestones=tables.issue.milestones,
        published=publication_days(tables.core_documents),
    )
    return ChartOutput(figure, tables)


@_unless_lacking("events", "events")
def show_timeline(tables: Tables) -> MarkdownOutput:
    """Show the events as a table."""
    return _table(tables, "events", sheets.list_events(tables))


def show_event_passages(tables: Tables) -> MarkdownOutput:
    """Show for each event the words of every article that dates it."""
    return MarkdownOutput(sheets.list_event_passages(tables), tables=tables)


def show_ahead(tables: Tables) -> MarkdownOutput:
    """Show what was still to come when the newest article appeared, and who confirms, expects or contradicts it."""
    return MarkdownOutput(sheets.list_ahead(tables))


def show_milestones(tables: Tables) -> MarkdownOutput:
    """Show the agreed milestones against the statements that speak of them."""
    return MarkdownOutput(sheets.list_milestones(tables), tables=tables)


# --- parts -----------------------------------------------------------------------------------------------------------


def _table(tables: Tables, caption: str, markdown: str) -> MarkdownOutput:
    return MarkdownOutput(markdown, caption=_CAPTIONS[caption][tables.parameters.language], tables=tables)


def _shorten_names(shown: pd.DataFrame) -> pd.DataFrame:
    """Return `out_positions` with the registered actors' names as they stand in sentences, without their glosses."""
    is_known = shown["is_registered"]
    return shown.assign(
        **{column: shown[column].map(strip_gloss).where(is_known, shown[column]) for column in ("name_ar", "name_en")}
    )


def _told(tables: Tables) -> dict[str, pd.DataFrame]:
    return {"statements": tables.core_statements, "documents": tables.core_documents}


def _describe_documents(tables: Tables) -> dict[str, str]:
    """Return outlet and date of each document, for hover boxes; outlets may be article text, which charts escape."""
    language = tables.parameters.language
    return {
        row.doc_id: f"{_say_outlet(row, tables)} · {sheets.describe_published(row, language)}"
        for row in iterate_rows(tables.core_documents)
    }


def _say_outlet(row: Any, tables: Tables) -> str:
    is_known = isinstance(row.outlet_id, str) or isinstance(row.outlet, str)
    return sheets.name_outlet(row, tables) if is_known else sheets.word("outlet_not_known", tables.parameters.language)


def _points(tables: Tables) -> pd.DataFrame:
    """Return the statements with a position as charts take them, with passage and the lines under it."""
    originals = select_original(tables.core_statements, tables.core_documents)
    points = positions_over_time(
        originals, tables.core_documents, issue_id=tables.issue.id, vocabulary=tables.vocabulary
    )
    quotes = tables.core_statements.set_index("statement_id")["quote"]
    documents = _describe_documents(tables)
    glosses = {row.statement_id: sheets.say_gloss_plainly(row, tables) for row in iterate_rows(tables.core_statements)}
    steps = {point.value: point.label.in_language(tables.parameters.language) for point in tables.issue.scale}
    about = []
    for row in iterate_rows(points):
        name = row.name_ar if tables.parameters.language == "ar" else row.name_en
        step = f"{stance_text(int(row.stance))} {steps[int(row.stance)]}"
        lines = (f"{name} · {step}", glosses[row.statement_id], documents[row.doc_id])
        about.append("\n".join(" ".join(line.split()) for line in lines if line))
    return points.assign(quote=points["statement_id"].map(quotes), about=about)
