"""What lies on a coding sheet: statements with their place in an article, what was predicted and what was decided."""

from __future__ import annotations

from collections.abc import Hashable, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Any, NamedTuple

import pandas as pd

from mawaqif.arabic.text import end_of_word
from mawaqif.charts.theme import stance_text
from mawaqif.coding_order import rank_statements
from mawaqif.coding_widget.words import WORDS
from mawaqif.corrections import Decision, find_disagreements
from mawaqif.double_coding import Round, RoundResult
from mawaqif.records import Span, make_statement_id
from mawaqif.schemas import CODERS, iterate_rows
from mawaqif.tables import Tables

AROUND = 420
"""Characters of the article on either side of a statement."""


@dataclass(frozen=True)
class Codes:
    """What is coded of a statement; `stance` None is no position, an empty speaker is none found."""

    speaker_id: str = ""
    speaker_name: str = ""
    issue: str = "other"
    stance: int | None = None
    modality: str = "fact"


@dataclass(frozen=True)
class Item:
    """One statement to code.

    Attributes:
        statement_id: Its id.
        doc_id: The article.
        sha256: Checksum of its text.
        span: Where the statement stands.
        predicted: How it is coded now; None where the coder must not see it, or nobody has coded it.
        marks: Speaker and cue, where the coder may see them.
        is_added: Whether an analyst added it.
        about: Why it is here, or what others decided.
        offers: What each of the others coded, in the order of `about`; None who rejected it, or did not add it.
    """

    statement_id: str
    doc_id: str
    sha256: str
    span: Span
    predicted: Codes | None = None
    marks: tuple[tuple[str, Span], ...] = ()
    is_added: bool = False
    about: tuple[str, ...] = ()
    offers: tuple[Codes | None, ...] = ()


def list_items(tables: Tables) -> list[Item]:
    """Return every statement of a corpus: what is worth coding next first, then the others by article."""
    ranking = rank_statements(tables)
    reasons = dict(zip(ranking["statement_id"], ranking["reason"], strict=True))
    table = tables.core_statements.set_index("statement_id", drop=False)
    others = table.index[~table.index.isin(ranking["statement_id"])]
    sha256 = dict(zip(tables.raw_documents["doc_id"], tables.raw_documents["sha256"], strict=True))
    ordered = table.loc[[*ranking["statement_id"], *others]]
    words = WORDS[tables.parameters.language]
    return [_to_item(row, sha256[row.doc_id], reasons.get(row.statement_id), words) for row in iterate_rows(ordered)]


def _to_item(row: Any, sha256: str, reason: str | None, words: dict[str, str]) -> Item:
    marks = (("speaker", row.speaker_start, row.speaker_end), ("cue", row.cue_start, row.cue_end))
    return Item(
        row.statement_id,
        row.doc_id,
        sha256,
        Span(int(row.start), int(row.end)),
        codes_of(row._asdict()),
        tuple((name, Span(int(start), int(end))) for name, start, end in marks if not (pd.isna(start) or pd.isna(end))),
        is_added=row.coder == CODERS[2] and row.statement_id == make_statement_id(sha256, row.start, row.end),
        about=(
            words["comma"].join(
                [
                    f"{words['coded_by']}: {words[row.coder]}",
                    f"{words['certainty']} {row.confidence:.2f}",
                    *([words[f"because {reason}"]] if reason else []),
                ]
            ),
        ),
    )


def list_sampled(drawn: Round) -> list[Item]:
    """Return the statements of a round of double coding, with nothing that was predicted of them."""
    rows = iterate_rows(drawn.sample)
    return [Item(r.statement_id, r.doc_id, r.sha256, Span(int(r.start), int(r.end))) for r in rows]


def list_disagreements(drawn: Round, result: RoundResult, tables: Tables, decided: pd.DataFrame) -> list[Item]:
    """Return the statements on which the coders of a round differ, with what each of them decided."""
    places = {r.statement_id: _Place(r.doc_id, r.sha256, r.start, r.end) for r in iterate_rows(drawn.sample)}
    added = decided[decided["decision"].eq("add")]
    return _list_apart(result.disagreements, {**_find_places(added), **places}, tables)


def list_open(decisions: pd.DataFrame, tables: Tables) -> list[Item]:
    """Return the statements on which the coders of the whole corpus differ and nothing is settled, as they decided.

    Args:
        decisions: As `coding.read_decisions` gives them; one that says no place is of a statement of the corpus.
        tables: The corpus.
    """
    sha256 = tables.raw_documents.set_index("doc_id")["sha256"]
    standing = tables.core_statements.assign(sha256=tables.core_statements["doc_id"].map(sha256))
    given = decisions[decisions["doc_id"].isin(sha256.index) & decisions["start"].notna()]
    places = {**_find_places(standing), **_find_places(given)}
    apart = find_disagreements(decisions)
    apart = apart[apart["statement_id"].isin(places)]
    return _list_apart(
        apart.assign(speaker=apart["speaker_id"].where(apart["speaker_id"].ne(""), apart["speaker_name"])),
        places,
        tables,
    )


class _Place(NamedTuple):
    doc_id: str
    sha256: str
    start: int
    end: int


def _find_places(rows: pd.DataFrame) -> dict[str, _Place]:
    return {r.statement_id: _Place(r.doc_id, r.sha256, int(r.start), int(r.end)) for r in iterate_rows(rows)}


def _list_apart(apart: pd.DataFrame, places: dict[str, _Place], tables: Tables) -> list[Item]:
    items = []
    for statement_id, rows in apart.groupby("statement_id", sort=False):
        place, said = places[str(statement_id)], rows.to_dict("records")
        items.append(
            Item(
                str(statement_id),
                place.doc_id,
                place.sha256,
                Span(int(place.start), int(place.end)),
                is_added=bool(rows["decision"].isin(["add", "none"]).any()),
                about=tuple(_describe(row, tables) for row in said),
                offers=tuple(_offer(row, tables) for row in said),
            )
        )
    return items


def _describe(row: dict[Hashable, Any], tables: Tables) -> str:
    """Return what a coder decided, in the words of the sheet; each part keeps its own direction."""
    language, issue = tables.parameters.language, tables.vocabulary.issues.get(row["issue"])
    words = WORDS[language]
    note = [row["note"]] if row["note"] else []
    if row["decision"] not in ("change", "add"):
        return _isolate(row["coder"], ": ", " · ".join([words[f"done_{row['decision']}"], *map(_isolate, note)]))
    actor = tables.vocabulary.actor(row["speaker"])
    speaker = actor.name.in_language(language) if actor else row["speaker"] or words["no_speaker"]
    title, step = (issue.title.in_language(language) if issue else words["other"]), words["no_position"]
    if issue and not pd.isna(row["stance"]):
        point = issue.point(int(row["stance"]))
        step = f"{stance_text(point.value)} {point.label.in_language(language)}"
    return _isolate(
        row["coder"], ": ", " · ".join(map(_isolate, (speaker, title, step, words[row["modality"]], *note)))
    )


def _isolate(text: str, *more: str) -> str:
    return f"\u2068{text}\u2069{''.join(more)}"


def _offer(row: dict[Hashable, Any], tables: Tables) -> Codes | None:
    if row["decision"] not in ("change", "add"):
        return None
    name = "speaker_id" if tables.vocabulary.actor(row["speaker"]) else "speaker_name"
    return codes_of({**row, name: row["speaker"]})


def codes_of(row: dict[Any, Any]) -> Codes:
    """Return the codes in a row of statements or of decisions."""

    def text(name: str) -> str:
        return str(row[name]) if isinstance(row.get(name), str) else ""

    stance: Any = row.get("stance")
    speaker_id = text("speaker_id") if row.get("is_registered", True) else ""  # the rules give the unlisted ids too
    return Codes(
        speaker_id,
        "" if speaker_id else text("speaker_name"),
        text("issue") or "other",
        None if pd.isna(stance) else int(stance),
        text("modality") or "fact",
    )


def decide(item: Item, decision: str, codes: Codes | None = None, *, note: str = "", certainty: str = "") -> Decision:
    """Return a decision on an item; what an analyst added is added again where it changes, for it has no other row."""
    if item.is_added and decision in ("accept", "change"):
        decision, codes = "add", codes or item.predicted or Codes()
    values = vars(codes) if codes and decision in ("change", "add") else {}
    return Decision(
        item.statement_id,
        decision,
        **values,
        note=note,
        certainty=certainty,
        doc_id=item.doc_id,
        sha256=item.sha256,
        start=item.span.start,
        end=item.span.end,
    )


def cut_passage(text: str, item: Item, others: Sequence[Span]) -> tuple[int, list[dict[str, Any]]]:
    """Return where the passage of an item begins and its pieces: `text` and `marks`, in order, nothing left out.

    Args:
        text: The article.
        item: The statement in it.
        others: Other statements, which are marked too.
    """
    start = end_of_word(text, max(0, item.span.start - AROUND), step=-1)
    end = end_of_word(text, min(len(text), item.span.end + AROUND), step=1)
    marked = [("statement", item.span), *item.marks, *(("other", span) for span in others)]
    inside = [(name, s) for name, s in marked if s.start < end and s.end > start]
    borders = {start, end} | {min(max(at, start), end) for _, span in inside for at in span}
    pieces = [
        {"text": text[a:b], "marks": [name for name, s in inside if s.start <= a and b <= s.end]}
        for a, b in pairwise(sorted(borders))
    ]
    return start, pieces
