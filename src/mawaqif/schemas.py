"""One table model for each layer, in pipeline order; every stage boundary is validated against them."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pandas as pd
import pandera.pandas as pa
from pandera.typing import Series

from mawaqif.errors import MawaqifError

STANCES = (-2, -1, 0, 1, 2)
MODALITIES = ("position", "demand", "forecast", "condition", "denial", "fact")
KINDS = ("direct_quote", "indirect", "mixed")
CODERS = ("rules", "reference", "analyst", "model")
MODEL_CODER = CODERS[3]
"""The learned coder, which codes only where it was found better than the rules (see `learned`)."""
GRADES = ("person", "office", "institution", "anonymous")
PUBLISHED_BASES = ("stated", "given", "inferred", "unknown")
DATE_STATUSES = ("past", "planned", "hypothetical")
EVENT_STATUSES = (*DATE_STATUSES, "did_not_happen")
"""What became of an event, as the articles tell it; a single date expression knows no denial."""
DATE_BASES = ("absolute", "relative_to_publication", "relative_to_other_event", "unresolved")
RELATIONS = ("same", "opposite")
GRANULARITIES = ("day", "week", "month", "season", "year", "decade", "century", "part_of_year")


ISO_DAY = r"^\d{4}-\d{2}-\d{2}$"
"""Days are ISO text: they sort, and reach centuries that nanosecond timestamps cannot."""


class _Table(pa.DataFrameModel):
    class Config:
        strict = True
        coerce = True


def _nullable(**checks: object) -> object:
    return pa.Field(nullable=True, **checks)  # type: ignore[arg-type]


class RawDocuments(_Table):
    """`raw_documents`: one row a document, as read. `text` is the decoded source, its offsets used everywhere."""

    doc_id: Series[str] = pa.Field(unique=True, str_length={"min_value": 1})
    path: Series[str]
    sha256: Series[str] = pa.Field(str_matches=r"^[0-9a-f]{64}$")
    encoding: Series[str]
    media_type: Series[str] = pa.Field(isin=["text", "html", "markdown", "record"])
    text: Series[str]
    url: Series[str] = _nullable()  # type: ignore[assignment]


class RawSkipped(_Table):
    """`raw_skipped`: what could not be used, why, and how to mend it."""

    path: Series[str]
    reason: Series[str]
    mend: Series[str]


class CoreDocuments(_Table):
    """`core_documents`: what is known of each document; dates are ISO days, ranges inclusive, counts in characters."""

    doc_id: Series[str] = pa.Field(unique=True)
    title: Series[str] = _nullable()  # type: ignore[assignment]
    title_start: Series[pd.Int64Dtype] = _nullable(ge=0)  # type: ignore[assignment]
    title_end: Series[pd.Int64Dtype] = _nullable(ge=0)  # type: ignore[assignment]
    outlet: Series[str] = _nullable()  # type: ignore[assignment]
    outlet_id: Series[str] = _nullable()  # type: ignore[assignment]
    author: Series[str] = _nullable()  # type: ignore[assignment]
    published: Series[str] = _nullable(str_matches=ISO_DAY)  # type: ignore[assignment]
    published_earliest: Series[str] = _nullable(str_matches=ISO_DAY)  # type: ignore[assignment]
    published_latest: Series[str] = _nullable(str_matches=ISO_DAY)  # type: ignore[assignment]
    published_basis: Series[str] = pa.Field(isin=PUBLISHED_BASES)
    views: Series[pd.Int64Dtype] = _nullable(ge=0)  # type: ignore[assignment]
    reading_minutes: Series[pd.Int64Dtype] = _nullable(ge=0)  # type: ignore[assignment]
    duplicate_of: Series[str] = _nullable()  # type: ignore[assignment]
    n_characters: Series[int] = pa.Field(ge=0)
    n_boilerplate: Series[int] = pa.Field(ge=0)
    n_sentences: Series[int] = pa.Field(ge=0)


class CoreBoilerplate(_Table):
    """`core_boilerplate`: spans that are not article text, with the rule that marked them."""

    doc_id: Series[str]
    start: Series[int] = pa.Field(ge=0)
    end: Series[int] = pa.Field(ge=0)
    kind: Series[str]
    rule: Series[str]


class CoreMentions(_Table):
    """`core_mentions`: one row each time an actor is named."""

    doc_id: Series[str]
    actor_id: Series[str]
    start: Series[int] = pa.Field(ge=0)
    end: Series[int] = pa.Field(ge=0)
    is_registered: Series[bool]


class CoreStatements(_Table):
    """`core_statements`: one row a statement and speaker; `quote` equals `text[start:end]` of its document."""

    statement_id: Series[str] = pa.Field(unique=True)
    doc_id: Series[str]
    start: Series[int] = pa.Field(ge=0)
    end: Series[int] = pa.Field(ge=1)
    quote: Series[str] = pa.Field(str_length={"min_value": 1})
    kind: Series[str] = pa.Field(isin=KINDS)
    speaker_id: Series[str] = _nullable()  # type: ignore[assignment]
    speaker_name: Series[str] = _nullable()  # type: ignore[assignment]
    speaker_start: Series[pd.Int64Dtype] = _nullable(ge=0)  # type: ignore[assignment]
    speaker_end: Series[pd.Int64Dtype] = _nullable(ge=0)  # type: ignore[assignment]
    is_registered: Series[bool]
    camp: Series[str] = _nullable()  # type: ignore[assignment]
    grade: Series[str] = _nullable(isin=GRADES)  # type: ignore[assignment]
    on_behalf_of_id: Series[str] = _nullable()  # type: ignore[assignment]
    cue_start: Series[pd.Int64Dtype] = _nullable(ge=0)  # type: ignore[assignment]
    cue_end: Series[pd.Int64Dtype] = _nullable(ge=0)  # type: ignore[assignment]
    issue: Series[str]
    stance: Series[pd.Int64Dtype] = _nullable(isin=STANCES)  # type: ignore[assignment]
    modality: Series[str] = pa.Field(isin=MODALITIES)
    confidence: Series[float] = pa.Field(ge=0, le=1)
    coder: Series[str] = pa.Field(isin=CODERS)
    gloss_en: Series[str] = _nullable()  # type: ignore[assignment]


class CoreDates(_Table):
    """`core_dates`: one row a calendar expression; `first` and `last` are inclusive ISO days, null where open."""

    doc_id: Series[str]
    start: Series[int] = pa.Field(ge=0)
    end: Series[int] = pa.Field(ge=1)
    quote: Series[str]
    first: Series[str] = _nullable(str_matches=ISO_DAY)  # type: ignore[assignment]
    last: Series[str] = _nullable(str_matches=ISO_DAY)  # type: ignore[assignment]
    granularity: Series[str] = pa.Field(isin=GRANULARITIES)
    status: Series[str] = pa.Field(isin=DATE_STATUSES)
    basis: Series[str] = pa.Field(isin=DATE_BASES)
    what: Series[str] = _nullable()  # type: ignore[assignment]
    what_en: Series[str] = _nullable()  # type: ignore[assignment]
    what_ar: Series[str] = _nullable()  # type: ignore[assignment]
    coder: Series[str] = pa.Field(isin=CODERS)


class OutPositions(_Table):
    """`out_positions`: one row an actor on one issue; means are steps of the scale, forecasts counted apart."""

    actor_id: Series[str] = pa.Field(unique=True)
    name_ar: Series[str]
    name_en: Series[str]
    camp: Series[str]
    is_registered: Series[bool]
    n_statements: Series[int] = pa.Field(ge=0)
    n_positions: Series[int] = pa.Field(ge=0)
    n_forecasts: Series[int] = pa.Field(ge=0)
    n_no_position: Series[int] = pa.Field(ge=0)
    mean_stance: Series[float] = _nullable(ge=-2, le=2)  # type: ignore[assignment]
    mean_low: Series[float] = _nullable(ge=-2, le=2)  # type: ignore[assignment]
    mean_high: Series[float] = _nullable(ge=-2, le=2)  # type: ignore[assignment]
    lowest_stance: Series[pd.Int64Dtype] = _nullable(isin=STANCES)  # type: ignore[assignment]
    highest_stance: Series[pd.Int64Dtype] = _nullable(isin=STANCES)  # type: ignore[assignment]
    mean_forecast: Series[float] = _nullable(ge=-2, le=2)  # type: ignore[assignment]
    n_documents: Series[int] = pa.Field(ge=0)
    n_outlets: Series[int] = pa.Field(ge=0)
    statement_ids: Series[object]


class OutTimeline(_Table):
    """`out_timeline`: one row a dated event, in order of its first day.

    `known_id` is the milestone or named event that it is, `is_inferred` says that no place prints its days, which were
    worked out from words such as «last month», `mentions` are the places (`doc_id`, `start`, `end`) that date it.
    """

    event_id: Series[str] = pa.Field(unique=True)
    first: Series[str] = _nullable(str_matches=ISO_DAY)  # type: ignore[assignment]
    last: Series[str] = _nullable(str_matches=ISO_DAY)  # type: ignore[assignment]
    granularity: Series[str] = pa.Field(isin=GRANULARITIES)
    is_inferred: Series[bool]
    status: Series[str] = pa.Field(isin=EVENT_STATUSES)
    label_ar: Series[str]
    label_en: Series[str] = _nullable()  # type: ignore[assignment]
    doc_id: Series[str]
    start: Series[int] = pa.Field(ge=0)
    end: Series[int] = pa.Field(ge=1)
    known_id: Series[str] = _nullable()  # type: ignore[assignment]
    n_mentions: Series[int] = pa.Field(ge=1)
    mentions: Series[object]
    statement_ids: Series[object]


class OutSources(_Table):
    """`out_sources`: statements by document, outlet, camp and grade of source."""

    doc_id: Series[str]
    outlet: Series[str] = _nullable()  # type: ignore[assignment]
    camp: Series[str]
    grade: Series[str]
    n_statements: Series[int] = pa.Field(ge=0)
    statement_ids: Series[object]


class OutNetwork(_Table):
    """`out_network`: one row for two actors on sides of the issue whose positions stand in the same article."""

    actor_a: Series[str]
    actor_b: Series[str]
    camp_a: Series[str]
    camp_b: Series[str]
    mean_a: Series[float] = pa.Field(ge=-2, le=2)
    mean_b: Series[float] = pa.Field(ge=-2, le=2)
    relation: Series[str] = pa.Field(isin=RELATIONS)
    distance: Series[float] = pa.Field(ge=0, le=4)
    n_documents: Series[int] = pa.Field(ge=1)
    n_statements: Series[int] = pa.Field(ge=2)
    statement_ids: Series[object]


TABLES: dict[str, type[pa.DataFrameModel]] = {
    "raw_documents": RawDocuments,
    "raw_skipped": RawSkipped,
    "core_documents": CoreDocuments,
    "core_boilerplate": CoreBoilerplate,
    "core_mentions": CoreMentions,
    "core_statements": CoreStatements,
    "core_dates": CoreDates,
    "out_positions": OutPositions,
    "out_timeline": OutTimeline,
    "out_sources": OutSources,
    "out_network": OutNetwork,
}


def validate(name: str, table: pd.DataFrame) -> pd.DataFrame:
    """Return `table` in the column order and types of its model.

    Raises:
        MawaqifError: The table breaks its model; the message names table, column and the first bad value.
    """
    model = TABLES[name]
    columns = list(model.to_schema().columns)
    try:
        return model.validate(table.reindex(columns=columns) if table.empty else table[columns])
    except (pa.errors.SchemaError, KeyError) as error:
        reason = str(error).splitlines()[0]
        raise MawaqifError(
            f"the table breaks its model: {reason}", where=name, mend="This is a fault of the program."
        ) from error


def read_text(value: object) -> str | None:
    """Return a cell's text, or None where it is missing or empty."""
    return value if isinstance(value, str) and value else None


def iterate_rows(table: pd.DataFrame) -> Iterator[Any]:
    """Return the rows as named tuples; typed loosely, since the model has already checked every column."""
    return table.itertuples(index=False)
