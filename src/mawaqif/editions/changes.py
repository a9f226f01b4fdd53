"""Compares two published editions by their own files, and turns what changed into plain text and into HTML."""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Mapping
from dataclasses import dataclass
from html import escape, unescape
from typing import Any

import pandas as pd

from mawaqif.aggregate.changes import Changes, Snapshot, compare_editions
from mawaqif.aggregate.numbering import number_statements
from mawaqif.arabic.numerals import count as count_arabic
from mawaqif.arabic.numerals import make_noun
from mawaqif.change_story import ChangeStory, tell_changes
from mawaqif.editions.store import Edition
from mawaqif.errors import SiteError
from mawaqif.narrative import make_naming
from mawaqif.phrases import arabic, english
from mawaqif.vocabulary import Issue, Vocabulary

CORRECTION_COLUMNS = ("statement_id", "decision", "coder", "coded_at")
"""What an edition keeps of analysts' decisions to be compared: not their notes, which are for themselves."""
_TABLES = ("raw_documents", "core_documents", "core_statements", "core_dates", "out_milestones")
_LINK = re.compile(r"\[(\d+)\]\(#(s-[^)\s]+)\)")
_ISOLATES = re.compile("[\u2066-\u2069]")
"""What sets directions apart on a page; a terminal would show it."""
_ARTICLE = make_noun("مقال", "مقالات", "m", adjective=make_noun("جديد", "جديدة", "m"))
_STATEMENT = make_noun("تصريح", "تصريحات", "m", adjective=make_noun("جديد", "جديدة", "m"))
_POSITION = make_noun("موقف", "مواقف", "m", adjective=make_noun("متحرك", "متحركة", "m"))
_MILESTONE = make_noun("موعد", "مواعيد", "m", adjective=make_noun("متغير", "متغيرة", "m"))
_CORRECTION = make_noun("تصويب", "تصويبات", "m", adjective=make_noun("جديد", "جديدة", "m"))


@dataclass(frozen=True)
class Paragraph:
    """One sentence or two on what changed, as plain text, as HTML, and the statements that it links to."""

    text: str
    html: str
    statement_ids: tuple[str, ...]


def read_snapshot(edition: Edition) -> Snapshot:
    """Return the state of a published edition.

    Raises:
        SiteError: Its tables or its manifest cannot be read.
    """
    folder, manifest = edition.folder / "data", edition.manifest
    try:
        tables = {name: pd.read_parquet(folder / f"{name}.parquet") for name in _TABLES}
        days = {"milestone_first": "first", "milestone_last": "last"}
        milestones = tables["out_milestones"].drop(columns=["first", "last"]).rename(columns=days)
        return Snapshot(
            day=str(manifest["day"]),
            raw_documents=tables["raw_documents"],
            core_documents=tables["core_documents"],
            core_statements=tables["core_statements"],
            core_dates=tables["core_dates"],
            milestones=milestones.drop_duplicates("milestone_id"),
            corrections=pd.DataFrame(manifest["corrections"], columns=list(CORRECTION_COLUMNS), dtype=str).assign(
                note=""
            ),
            origins=_find_origins(manifest),
        )
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise SiteError(
            f"the edition cannot be read ({type(error).__name__})",
            where=edition.id,
            mend="`mawaqif verify` names what is damaged.",
        ) from error


def _find_origins(manifest: Mapping[str, Any]) -> dict[str, str]:
    """Return one checksum each of the vocabulary, the issue files and the program."""
    inputs: dict[str, str] = manifest["inputs"]
    groups = {
        "issue": {name: value for name, value in inputs.items() if name.startswith("vocabulary/issues/")},
        "vocabulary": {
            name: value
            for name, value in inputs.items()
            if name.startswith("vocabulary/") and not name.startswith("vocabulary/issues/")
        },
    }
    digests = {n: hashlib.sha256(json.dumps(g, sort_keys=True).encode()).hexdigest() for n, g in groups.items()}
    return {**digests, "program": str(manifest["program"]["digest"])}


def compare(old: Snapshot | None, new: Snapshot, *, issue: Issue, vocabulary: Vocabulary) -> Changes:
    """Return what changed; without an earlier edition, that there is none."""
    if old is None:
        return Changes(None, new.day)
    return compare_editions(old, new, issue=issue, vocabulary=vocabulary)


def tell(
    changes: Changes, old: Snapshot | None, new: Snapshot, *, issue: Issue, vocabulary: Vocabulary, language: str
) -> ChangeStory:
    """Return what changed in words, with the numbers that the later edition's evidence gives its statements.

    Who is no longer in the register, or no longer quoted, keeps the name of the earlier edition.
    """
    told = [snapshot.core_statements for snapshot in (new, old) if snapshot is not None]
    naming = make_naming(pd.concat(told, ignore_index=True), issue=issue, vocabulary=vocabulary, language=language)
    return tell_changes(changes, naming, numbers=number_statements(new.core_statements, new.core_documents))


def set_paragraph(markdown: str, *, report: str = "") -> Paragraph:
    """Return a paragraph of a story, whose article text is encoded in it as character references.

    Args:
        markdown: The paragraph.
        report: The page whose evidence the links lead to, relative to the page that they stand on.
    """
    ids = tuple(match[2].removeprefix("s-") for match in _LINK.finditer(markdown))
    text = _ISOLATES.sub("", unescape(_LINK.sub(r"\1", markdown).replace("[&#58;]{}", "&#58;")))
    html, at = "", 0
    for match in _LINK.finditer(markdown):
        html += _to_html(markdown[at : match.start()])
        html += f'<a href="{escape(report)}#{escape(match[2])}">{match[1]}</a>' if report else match[1]
        at = match.end()
    return Paragraph(text, html + _to_html(markdown[at:]), ids)


def _to_html(markdown: str) -> str:
    return escape(unescape(markdown.replace("[&#58;]{}", "&#58;")))


def summarise(changes: Changes, *, language: str) -> str:
    """Return one line on what changed, for the list of editions and the feed."""
    joined = [document for document in changes.documents if document.kind == "new"]
    new = sum(len(ids) for ids in changes.statements.get("new", {}).values())
    counts = (
        (len(joined), ("new article", "new articles"), _ARTICLE),
        (new, ("new statement", "new statements"), _STATEMENT),
        (len(changes.moves), ("position that moved", "positions that moved"), _POSITION),
        (len(changes.milestones), ("milestone that changed", "milestones that changed"), _MILESTONE),
        (len(changes.corrections), ("correction", "corrections"), _CORRECTION),
    )
    if language == "ar":
        told = [count_arabic(n, noun) for n, _, noun in counts if n]
    else:
        told = [english.count(n, *words) for n, words, _ in counts if n]
    if told:
        joined_words = arabic.join(told) if language == "ar" else english.join(told)
        return f"{english.capitalise(joined_words)}."
    if changes.old_day is None:
        return "الإصدار الأول." if language == "ar" else "The first edition."
    if changes.is_empty:
        return "لم يتغير شيء يراه القارئ." if language == "ar" else "Nothing that a reader could see has changed."
    return "تغييرات أخرى." if language == "ar" else "Other changes."
