"""What a report holds and whether that is enough: the words on its first page, and those in place of an empty chart."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import pandas as pd

from mawaqif.aggregate.attribution import ANONYMOUS_CAMP, UNATTRIBUTED, add_actor, name_actors, select_original
from mawaqif.aggregate.numbering import number_statements
from mawaqif.phrases import scope as phrases
from mawaqif.phrases.naming import Naming
from mawaqif.tables import Tables

MOST_LINKS = 12


def count_placed(tables: Tables) -> int:
    """Return how many statements have a place on the issue's scale, positions and forecasts alike."""
    return len(_placed(tables))


def is_thin(tables: Tables) -> bool:
    """Tell whether there are fewer statements with a place on the scale than findings and charts need."""
    return count_placed(tables) < tables.parameters.minimum_evidence


def _placed(tables: Tables) -> pd.DataFrame:
    told = add_actor(select_original(tables.core_statements, tables.core_documents))
    on_scale = told["issue"].eq(tables.issue.id) & told["stance"].notna()
    return told[on_scale & told["actor_id"].ne(UNATTRIBUTED)]


def describe_scope(tables: Tables) -> str:
    """Return what a narrowed report holds, as Markdown for its first page; nothing for a report on the whole corpus."""
    parameters = tables.parameters
    sentences: list[str] = []
    if parameters.actor or parameters.camp:
        sentences.append(_say_whose(tables))
    if parameters.since or parameters.until:
        first = parameters.first_day if parameters.since else None
        last = parameters.last_day if parameters.until else None
        sentences.append(_say_period(first, last, tables, is_alone=not sentences))
    if parameters.actor or parameters.camp:
        sentences.append(phrases.say_left_whole(language=parameters.language))
    return f"::: {{.reading-key}}\n{' '.join(sentences)}\n:::" if sentences else ""


def _say_whose(tables: Tables) -> str:
    parameters = tables.parameters
    told = add_actor(tables.core_statements)
    naming = Naming(parameters.language, tables.issue, tables.vocabulary, name_actors(told, tables.vocabulary))
    counts = (len(told), told["actor_id"].nunique(), told["doc_id"].nunique(), len(tables.core_documents))
    return phrases.say_whose(
        naming.actor(parameters.actor) if parameters.actor else naming.camp(parameters.camp),
        is_camp=bool(parameters.camp),
        is_brief=bool(parameters.brief),
        counts=counts,
        language=parameters.language,
    )


def _say_period(first: date | None, last: date | None, tables: Tables, *, is_alone: bool) -> str:
    language, articles = tables.parameters.language, len(tables.core_documents)
    if is_alone:
        is_brief = bool(tables.parameters.brief)
        return phrases.say_period_alone(first, last, articles=articles, is_brief=is_brief, language=language)
    return phrases.say_period(first, last, articles=articles, language=language)


def explain_thinness(tables: Tables) -> str:
    """Return that there is too little evidence, with links to what there is, as Markdown for the first page."""
    language, placed = tables.parameters.language, _placed(tables)
    said = phrases.say_too_little(len(placed), minimum=tables.parameters.minimum_evidence, language=language)
    read = phrases.say_where_to_read(statements=len(tables.core_statements), language=language)
    numbers = number_statements(tables.core_statements, tables.core_documents)
    numbered = sorted((numbers[i], i) for i in placed["statement_id"])[:MOST_LINKS]
    links = ("، " if language == "ar" else ", ").join(f"[{n}](#s-{i})" for n, i in numbered)
    return f"**{said}** {read}{f' ({links})' if links else ''}"


def find_lack(tables: Tables, what: str) -> tuple[str, str] | None:
    """Return the caption and the sentence that take the place of a chart or table without enough in it, if any do.

    Positions and what is drawn from them need `minimum_evidence` statements with a place on the scale, all else one of
    what it shows.

    Args:
        tables: What the report tells.
        what: One of `LACKING`.
    """
    language = tables.parameters.language
    if what in _NEED_EVIDENCE and is_thin(tables):
        return phrases.say_instead(what, placed=count_placed(tables), language=language)
    if what in _SHOWN and _SHOWN[what](tables):
        return phrases.say_empty(what, language=language)
    return None


def _has_dates(tables: Tables) -> bool:
    documents = tables.core_documents
    dated = documents["published_earliest"].notna() | documents["published_latest"].notna()
    dated |= documents["published"].notna()
    return bool(_placed(tables)["doc_id"].isin(documents.loc[dated, "doc_id"]).any())


def find_truisms(tables: Tables) -> frozenset[str]:
    """Return the kinds of claim that narrowing makes true by itself: of one actor, one actor is loudest."""
    parameters = tables.parameters
    actor = tables.vocabulary.actor(parameters.actor) if parameters.actor else None
    camp = actor.camp if actor else parameters.camp
    kinds = {"dominant_speaker"} if actor else set()
    return frozenset(kinds | ({"anonymous_sources"} if camp == ANONYMOUS_CAMP else set()))


_NEED_EVIDENCE = ("positions", "positions_table", "over_time", "network")
_SHOWN: dict[str, Callable[[Tables], bool]] = {
    "over_time": lambda tables: not _has_dates(tables),
    "over_time_data": lambda tables: _placed(tables).empty,
    "network": lambda tables: tables.out_network.empty,
    "network_data": lambda tables: tables.out_network.empty,
    "voices": lambda tables: tables.out_sources.empty,
    "voices_table": lambda tables: tables.out_sources.empty,
    "speakers": lambda tables: tables.core_statements.empty,
    "silent": lambda tables: tables.core_statements.empty,
    "timeline": lambda tables: tables.out_timeline.empty,
    "events": lambda tables: tables.out_timeline.empty,
}
"""What each chart or table shows, and whether there is nothing of it."""
LACKING = (*_NEED_EVIDENCE, *(name for name in _SHOWN if name not in _NEED_EVIDENCE))
