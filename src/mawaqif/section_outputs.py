"""Tables and charts of a notebook of one's own, in both languages, fit to stand in the report as a section."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping, Sequence
from numbers import Number
from typing import Any

import pandas as pd
import plotly.graph_objects as go

from mawaqif import narrative, sheets
from mawaqif.aggregate.attribution import UNATTRIBUTED, ActorName, add_actor, name_actors, name_camp, select_original
from mawaqif.charts import bars, theme
from mawaqif.charts.theme import ChartWords
from mawaqif.errors import ParameterError
from mawaqif.outputs import ChartOutput, MarkdownOutput, Output
from mawaqif.sheets.parts import MOST_ROWS, Markdown, cite_articles, link_statements, make_table, number_all
from mawaqif.tables import Tables
from mawaqif.untrusted import encode, encode_passage
from mawaqif.vocabulary import strip_gloss

_ARABIC = re.compile(r"[\u0621-\u064a]")
_TEXTS = ("text", "hovertext", "labels", "x", "y", "name", "legendgroup", "offsetgroup", "alignmentgroup")
"""Properties of a trace that can hold words of a table, which may be words of an article."""
_OF_AXES = ("categoryarray", "ticktext")
_DAY = re.compile(r"\d{4}(?:-\d\d){0,2}(?:[T ][\d:.]*)?")
"""What plotly reads as a date; a mark before it would make a word of it."""
_MOST_IN_ALT = 12
_NOTHING = {"en": "There is nothing to show here.", "ar": "لا شيء يُعرض هنا."}
_NO_SPEAKER = {"en": "no speaker found", "ar": "بلا متحدث معروف"}
_KEY = {"en": "Each bar is written out at its end.", "ar": "القيمة مكتوبة عند نهاية كل عمود."}
_LEGEND_HEIGHT = 60


def list_statements(tables: Tables) -> pd.DataFrame:
    """Return the statements of the report, those of repeated articles left out, with names in the report's language.

    Returns:
        One row a statement: the columns of `core_statements`, with `camp` never null, and `actor_id`, `actor` (the
        speaker's name), `camp_name`, `article` (outlet and date) and `is_on_issue`.
    """
    language = tables.parameters.language
    told = add_actor(select_original(tables.core_statements, tables.core_documents))
    names = {i: _name(name, language) for i, name in name_actors(told, tables.vocabulary).items()}
    names[UNATTRIBUTED] = _NO_SPEAKER[language]
    articles = cite_articles(tables)
    camps = {camp: name_camp(camp, tables.vocabulary).in_language(language) for camp in told["actor_camp"].unique()}
    return told.assign(
        camp=told["actor_camp"],
        actor=told["actor_id"].map(names),
        camp_name=told["actor_camp"].map(camps),
        article=told["doc_id"].map(articles),
        is_on_issue=told["issue"].eq(tables.issue.id),
    ).drop(columns="actor_camp")


def show_table(
    tables: Tables, frame: pd.DataFrame, *, columns: Mapping[str, tuple[str, str]], en: str, ar: str
) -> MarkdownOutput:
    """Show a data frame as a table of the report.

    Args:
        tables: What `load` returned.
        frame: Any; of more than 200 rows the first are shown. A column of lists of statement ids becomes links to the
            evidence.
        columns: The columns to show, in order, with the heading of each in English and Arabic.
        en: The caption in English, plain words.
        ar: The caption in Arabic.

    Raises:
        ParameterError: The frame has no such column, or an id is of no statement of the report.

    Example:
        wb.show_table(tables, counts, columns={"actor": ("Actor", "الطرف"), "n": ("Statements", "التصريحات")},
                      en="Statements by actor", ar="التصريحات بحسب الطرف")
    """
    language = tables.parameters.language
    _check_columns(frame, columns)
    caption = _choose(en, ar, language)
    if frame.empty:
        return MarkdownOutput(_NOTHING[language], caption=caption, tables=tables)
    shown, numbers = frame.head(MOST_ROWS), number_all(tables)
    heads = {
        encode(_choose(*names, language)): "end" if pd.api.types.is_numeric_dtype(frame[column]) else "start"
        for column, names in columns.items()
    }
    if len(heads) < len(columns):
        raise ParameterError("two columns have the same heading", where=", ".join(columns), mend="Name them apart.")
    rows = [
        [_write_cell(value, numbers, language) for value in row]
        for row in shown[list(columns)].itertuples(index=False, name=None)
    ]
    parts = [make_table(heads, rows)]
    if len(frame) > len(shown):
        parts.append(Markdown(sheets.word("more", language, n=len(frame) - len(shown))))
    return MarkdownOutput("\n\n".join(parts), caption=caption, tables=tables)


def draw_bars(
    tables: Tables,
    frame: pd.DataFrame,
    *,
    label: str,
    value: str,
    en: str,
    ar: str,
    measured_en: str = "",
    measured_ar: str = "",
) -> Output:
    """Draw a data frame as bars, the first row on top, with the look of the report's charts.

    The alternative text is written from the data. Where the frame has a column `statement_ids`, the source line counts
    those statements, and a bar leads to the first of its own.

    Args:
        tables: What `load` returned.
        frame: One row a bar, at most 40.
        label: The column with the names of the bars.
        value: The column with their lengths, none below 0.
        en: The finding or title in English, plain words.
        ar: The same in Arabic.
        measured_en: What is measured, in English; empty for a note on how to read bars.
        measured_ar: The same in Arabic.

    Raises:
        ParameterError: A column is missing, a value is none, or there are too many rows.
    """
    language = tables.parameters.language
    _check_columns(frame, [label, value])
    caption = _choose(en, ar, language)
    if frame.empty:
        return MarkdownOutput(_NOTHING[language], caption=caption, tables=tables)
    drawn = _make_bars(frame, label, value)
    ids = [bar.statement_ids for bar in drawn] if "statement_ids" in frame else None
    words = ChartWords(
        caption=caption,
        subtitle=_choose(measured_en, measured_ar, language) or _KEY[language],
        source=_describe_source(tables, ids),
        alt=_describe_bars(caption, drawn, language),
    )
    return ChartOutput(bars.draw_bars(drawn, words=words, language=language), tables)


def show_chart(tables: Tables, figure: go.Figure, *, en: str, ar: str, alt_en: str, alt_ar: str) -> ChartOutput:
    """Show a plotly figure of one's own in the report, in its letters and direction; words in it are made inert.

    Args:
        tables: What `load` returned.
        figure: Any with two axes or none; it is not changed.
        en: The caption in English, plain words.
        ar: The caption in Arabic.
        alt_en: What the chart shows, for those who do not see it, in English.
        alt_ar: The same in Arabic.
    """
    language = tables.parameters.language
    spec = figure.to_dict()
    made = go.Figure(data=[_tame(trace, language) for trace in spec["data"]], layout=spec["layout"])
    made.update_layout(
        template="none",
        font={"family": theme.FONT, "size": theme.BODY, "color": theme.INK},
        paper_bgcolor=theme.PAPER,
        plot_bgcolor=theme.PAPER,
        colorway=[theme.ACCENT, *theme.STANCE_COLOURS.values()],
        hoverlabel={"font": {"family": theme.FONT, "size": theme.BODY}},
        legend={"orientation": "h", "x": 0, "y": 1.02, "yanchor": "bottom", "title": {"text": ""}},
        title=None,
        width=None,
        dragmode=False,
        meta={"caption": _choose(en, ar, language), "alt": _choose(alt_en, alt_ar, language), "statement_ids": []},
    )
    made.update_layout(height=made.layout.height or 440, margin={"t": _LEGEND_HEIGHT, "b": 60, "l": 16, "r": 16})
    made.update_xaxes(automargin=True, fixedrange=True, gridcolor=theme.RULE, zerolinecolor=theme.HAIRLINE)
    for axis in (*made.select_xaxes(), *made.select_yaxes()):
        axis.update({name: _tame_words(axis[name], language) for name in _OF_AXES if axis[name] is not None})
    made.update_yaxes(automargin=True, fixedrange=True, gridcolor=theme.RULE, zerolinecolor=theme.HAIRLINE)
    if theme.is_mirrored(language):
        made.for_each_xaxis(lambda axis: axis.update(autorange="reversed") if axis.range is None else None)
        made.update_yaxes(side="right")
    return ChartOutput(made)


# --- parts -----------------------------------------------------------------------------------------------------------


def _name(name: ActorName, language: str) -> str:
    """Return an actor's name as sentences have it; a registered one without its gloss."""
    found = name.ar if language == "ar" else name.en
    return strip_gloss(found) if name.is_registered else found


def _choose(en: str, ar: str, language: str) -> str:
    return ar if language == "ar" else en


def _check_columns(frame: pd.DataFrame, columns: Sequence[str] | Mapping[str, Any]) -> None:
    for column in columns:
        if column not in frame:
            known = ", ".join(map(str, frame.columns))
            raise ParameterError(f"the table has no column {column!r}", mend=f"Its columns are: {known}.")


def _write_cell(value: Any, numbers: Mapping[str, int], language: str) -> str:
    """Return a cell as finished Markdown: a number, links to statements, or any text, made inert."""
    if pd.api.types.is_list_like(value):
        ids = [str(item) for item in value]
        if unknown := [i for i in ids if i not in numbers]:
            raise ParameterError(f"there is no statement {unknown[0]!r}", mend="Take ids from wb.list_statements.")
        return link_statements(ids, numbers, language)
    if value is None or pd.isna(value):
        return "–"
    if isinstance(value, Number) and not isinstance(value, bool):
        return _write_number(value)
    text = str(value)
    return encode_passage(text) if language == "en" and _ARABIC.search(text) else encode(text)


def _write_number(value: Any) -> str:
    """Return a number with two decimals where it is not whole."""
    number = float(value)
    return (f"{number:.0f}" if number.is_integer() else f"{number:.2f}").replace("-", "\u2212")


def _describe_source(tables: Tables, ids: Sequence[Sequence[str]] | None) -> str:
    statements = tables.core_statements
    if ids is not None:
        statements = statements[statements["statement_id"].isin([one for some in ids for one in some])]
    return narrative.describe_source(statements, tables.core_documents, language=tables.parameters.language)


def _make_bars(frame: pd.DataFrame, label: str, value: str) -> list[bars.Bar]:
    if len(frame) > bars.MOST_BARS:
        raise ParameterError(f"{len(frame)} bars are too many", mend=f"Draw {bars.MOST_BARS} or fewer: frame.head(20).")
    values = pd.to_numeric(frame[value], errors="coerce")
    if values.isna().any() or values.lt(0).any():
        raise ParameterError(f"the column {value!r} has a value that no bar can show", mend="Leave such rows out.")
    ids = frame["statement_ids"] if "statement_ids" in frame else [()] * len(frame)
    return [
        bars.Bar(str(name), float(n), _write_number(n), tuple(map(str, i)))
        for name, n, i in zip(frame[label], values, ids, strict=True)
    ]


def _describe_bars(caption: str, drawn: Sequence[bars.Bar], language: str) -> str:
    """Return what the bars show; names may be article text, of which only letters, digits and spaces are kept."""
    told = [f"{_plain(bar.name)} {bar.text}" for bar in drawn[:_MOST_IN_ALT]]
    more = [sheets.word("more", language, n=len(drawn) - len(told))] if len(drawn) > len(told) else []
    return f"{caption.rstrip('.')}: {sheets.word('comma', language).join([*told, *more])}."


def _plain(text: str) -> str:
    kept = (c if unicodedata.category(c)[0] in "LMN" else " " for c in text)
    return " ".join("".join(kept).split())


def _tame(trace: dict[str, Any], language: str) -> dict[str, Any]:
    """Return a trace with its words escaped; templates go, in which names of a table would stand as they are."""
    kept = {key: value for key, value in trace.items() if key not in ("hovertemplate", "texttemplate")}
    return {key: _tame_words(value, language) if key in _TEXTS else value for key, value in kept.items()}


def _tame_words(value: Any, language: str) -> Any:
    if isinstance(value, str):
        return value if _DAY.fullmatch(value) else theme.isolate(theme.escape(value), language)
    if isinstance(value, dict) or not hasattr(value, "__iter__"):
        return value
    return [_tame_words(one, language) if isinstance(one, str) else one for one in value]
