"""The evidence: every statement with its passage, who said it, when, how it was coded and where it stands.

Each statement is a division with its codes as attributes and its names in spans of one class each, from which the page
builds its search (theme/evidence.html). Attributes hold ids and codes only, never a word of an article.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import quote as percent_encode
from urllib.parse import urlsplit

import pandas as pd

from mawaqif.aggregate.attribution import add_actor, name_actors, name_camp
from mawaqif.aggregate.numbering import order_statements
from mawaqif.arabic.text import fold
from mawaqif.charts.theme import stance_text
from mawaqif.schemas import iterate_rows
from mawaqif.sheets.parts import (
    Markdown,
    describe_published,
    name_actor,
    name_code,
    name_file,
    name_outlet,
    number_all,
)
from mawaqif.sheets.words import word
from mawaqif.tables import Tables
from mawaqif.untrusted import encode, encode_passage

MOST_STATEMENTS = 2_000
"""Statements printed as evidence; more would make the page unusable, and the machine-readable tables have them all."""
CONTEXT_CHARACTERS = 130
"""Words shown before and after a passage, at most; enough to see who "he" is, too few to stand for the article."""
_FRAGMENT_WORDS = 5
"""Words at each end by which a browser finds a passage in its page (the URL Fragment Text Directives draft, WICG)."""
_CODE = re.compile(r"[A-Za-z0-9_]+")
_WRITTEN = "اتفاق اتفاقية معاهدة مذكرة وثيقة خارطة خريطة بروتوكول قانون مسودة ورقة قرار دستور ميثاق"
_AGREED_TEXTS = frozenset(fold(_WRITTEN).split())
"""Nouns of texts that several agree or a body adopts; what an article quotes from them is nobody's speech."""
_LONGEST_ATTRIBUTION = 120
"""Characters from the cue to the end of the source that it names, from which the two do not belong together."""


@dataclass(frozen=True, slots=True)
class _Facts:
    """What is told of one statement, as finished Markdown; `cue` and `written` may be empty."""

    speaker: Markdown
    camp: Markdown
    published: Markdown
    stance: Markdown
    kind: Markdown
    cue: Markdown
    written: Markdown
    coder: Markdown
    place: Markdown

    def as_list(self) -> list[Markdown]:
        """Return the facts in the order in which they are read, without the empty ones."""
        said = (self.speaker, self.camp, self.published, self.stance, self.kind)
        told = (*said, self.cue, self.written, self.coder, self.place)
        return [fact for fact in told if fact]


# --- the list --------------------------------------------------------------------------------------------------------


def list_evidence(tables: Tables) -> Markdown:
    """Return every statement as a division that links can reach, under the name of its article."""
    language = tables.parameters.language
    statements = order_statements(tables.core_statements, tables.core_documents)
    if statements.empty:
        return Markdown(word("no_statements", language))
    printed = add_actor(statements.head(MOST_STATEMENTS))
    facts, numbers = _describe(tables, printed), number_all(tables)
    documents = {row.doc_id: row for row in iterate_rows(tables.core_documents)}
    sources = {row.doc_id: row for row in iterate_rows(tables.raw_documents)}
    removed = {doc_id: list(zip(g["start"], g["end"], strict=True)) for doc_id, g in _by_document(tables)}
    parts = [word("capped", language, most=MOST_STATEMENTS, n=len(statements))] * (len(statements) > MOST_STATEMENTS)
    last = None
    for row in iterate_rows(printed):
        source, document = sources[row.doc_id], documents[row.doc_id]
        if row.doc_id != last:
            parts.append(_article(document, source, tables))
            last = row.doc_id
        parts.append(
            _division(
                [f"#s-{row.statement_id}", ".statement", *_codes(row, document, source, tables)],
                _head(row, facts[row.statement_id], numbers[row.statement_id]),
                _words(row, source.text, removed.get(row.doc_id, [])),
                say_gloss(row, tables),
                _foot(row, facts[row.statement_id], source, language),
            )
        )
    return Markdown("\n\n".join(parts))


def describe_statements(tables: Tables, statements: pd.DataFrame) -> dict[str, list[Markdown]]:
    """Return what is told of each statement, by id: speaker, camp, date, position, kind, cue, coder, source."""
    facts = _describe(tables, add_actor(statements))
    return {statement_id: told.as_list() for statement_id, told in facts.items()}


def cite_statements(tables: Tables, statements: pd.DataFrame) -> dict[str, Markdown]:
    """Return a line on each statement, by id: speaker, date, position, and whether it is from a written text."""
    numbers = number_all(tables)
    return {
        # Arabic words come last, so that the number does not stand on the wrong side of them where a line breaks.
        statement_id: Markdown(
            " · ".join(part for part in (facts.speaker, facts.published, facts.stance) if part)
            + f" ([{numbers[statement_id]}](#s-{statement_id}))"
            + (f" · {facts.written}" if facts.written else "")
        )
        for statement_id, facts in _describe(tables, add_actor(statements)).items()
    }


def say_gloss(row: Any, tables: Tables) -> str:
    """Return the coded English meaning of a statement, names in full, which only the English report prints."""
    gloss = say_gloss_plainly(row, tables)
    return f"{word('gloss', 'en')}: {encode(gloss)}" if gloss else ""


def say_gloss_plainly(row: Any, tables: Tables) -> str:
    """Return the gloss as plain text, without its name; empty where the report prints none."""
    if tables.parameters.language != "en" or not isinstance(row.gloss_en, str):
        return ""
    return tables.issue.spell_out(row.gloss_en)


# --- parts of an entry -----------------------------------------------------------------------------------------------


def _division(attributes: list[str], *paragraphs: str) -> str:
    return "\n\n".join([f"::: {{{' '.join(attributes)}}}", *(p for p in paragraphs if p), ":::"])


def _article(document: Any, source: Any, tables: Tables) -> str:
    """Return the line over the statements of one article: its title, outlet, date and file."""
    language = tables.parameters.language
    title = encode_passage(document.title) if isinstance(document.title, str) else word("untitled", language)
    is_known = isinstance(document.outlet_id, str) or isinstance(document.outlet, str)
    outlet = encode(name_outlet(document, tables)) if is_known else word("outlet_not_known", language)
    told = word("comma", language).join((outlet, describe_published(document, language)))
    file = name_code(name_file(source.path), language)
    if address := _address(source.url):
        file = f"[{file}]({address})"
    attributes = [".source", f'data-document="{source.sha256[:8]}"']
    return _division(attributes, f"**{title}**", f"[{told}]{{.article}} · {file}")


def _codes(row: Any, document: Any, source: Any, tables: Tables) -> list[str]:
    """Return the attributes by which the page filters: ids and codes, none of them from the text of an article."""
    is_placed = row.issue == tables.issue.id and not pd.isna(row.stance)
    days = [document.published] * 2
    if not isinstance(document.published, str):
        days = [document.published_earliest, document.published_latest]
    codes = {
        "actor": _code(str(row.actor_id)),
        "camp": _code(str(row.actor_camp)),
        "stance": str(int(row.stance)) if is_placed else "none",
        "modality": str(row.modality),
        "document": source.sha256[:8],
        "from": days[0],
        "to": days[1],
    }
    return [f'data-{name}="{code}"' for name, code in codes.items() if isinstance(code, str)]


def _code(actor_id: str) -> str:
    """Return an id, or a checksum in place of a name that was only found in an article."""
    return actor_id if _CODE.fullmatch(actor_id) else f"x{hashlib.sha256(actor_id.encode()).hexdigest()[:8]}"


def _words(row: Any, text: str, removed: list[tuple[int, int]]) -> str:
    """Return the passage between the words that the article has before and after it in the same paragraph."""
    before = _read(text, max(0, row.start - 4 * CONTEXT_CHARACTERS), row.start, removed).rpartition("\n")[2]
    after = _read(text, row.end, row.end + 4 * CONTEXT_CHARACTERS, removed).partition("\n")[0]
    parts = [encode_passage(row.quote)]
    if words := _cut(before, -1):
        parts.insert(0, encode_passage(words, is_context=True) + " " * before[-1].isspace())
    if words := _cut(after, 1):
        parts.append(" " * after[0].isspace() + encode_passage(words, is_context=True))
    return "".join(parts)


def _read(text: str, start: int, end: int, removed: list[tuple[int, int]]) -> str:
    """Return a stretch of the source without what was marked as not of the article; a paragraph's end stays."""
    kept, place, end = [], start, min(end, len(text))
    for low, high in sorted(removed):
        if high > place and low < end:
            kept.append(text[place:low] if low > place else "")
            kept.append("\n" if "\n" in text[max(low, place) : high] else " ")
            place = high
    return "".join([*kept, text[place:end]])


def _cut(words: str, side: int) -> str:
    """Return the whole words nearest to the passage, which stands after them (side -1) or before them (side 1)."""
    line = " ".join(words.split())
    if len(line) <= CONTEXT_CHARACTERS:
        return line
    if side < 0:
        return "… " + line[-CONTEXT_CHARACTERS:].partition(" ")[2]
    return line[:CONTEXT_CHARACTERS].rpartition(" ")[0] + " …"


def _head(row: Any, facts: _Facts, number: int) -> str:
    """Return the first line of an entry; on paper the article's own line has the date."""
    link = f"[[{number}](#s-{row.statement_id})]{{.number}}"
    date = f"[· {facts.published}]{{.screen}}"
    return f"{link} [{facts.speaker}]{{.actor}} · [{facts.camp}]{{.camp}} {date} · [{facts.stance}]{{.stance}}"


def _foot(row: Any, facts: _Facts, source: Any, language: str) -> str:
    """Return the last line of an entry: how it was said, found and coded, and where it stands."""
    told = " · ".join(part for part in (facts.kind, facts.cue, facts.written, facts.coder) if part)
    file = f"[{name_code(name_file(source.path), language)}]{{.screen}}"
    address = _address(source.url, row.quote)
    link = f" [· [{word('open_source', language)}]({address})]{{.screen}}" if address else ""
    return f"{told} · {file} {_offsets(row)}{link}"


def _offsets(row: Any) -> str:
    return f"\u2066{row.start}–{row.end}\u2069"


def _address(url: Any, quote: str = "") -> str:
    """Return a link to the article where its address is known, to the passage where `quote` is given; else nothing.

    The address is text from outside: only http and https, and every character that could end the link is encoded.
    """
    if not isinstance(url, str) or urlsplit(url).scheme not in ("http", "https") or not urlsplit(url).netloc:
        return ""
    address = percent_encode(url.partition("#")[0], safe="/:?&=%+,;~.-_")
    words = quote.split()
    if not words:
        return address
    ends = [words] if len(words) <= 2 * _FRAGMENT_WORDS else [words[:_FRAGMENT_WORDS], words[-_FRAGMENT_WORDS:]]
    # A hyphen, a comma and an ampersand have a meaning of their own in a text directive.
    return f"{address}#:~:text=" + ",".join(percent_encode(" ".join(end), safe="").replace("-", "%2D") for end in ends)


# --- facts -----------------------------------------------------------------------------------------------------------


def _describe(tables: Tables, statements: pd.DataFrame) -> dict[str, _Facts]:
    """Return the facts of a table made by `add_actor`, by statement."""
    language = tables.parameters.language
    names = name_actors(statements, tables.vocabulary)
    sources = {row.doc_id: row for row in iterate_rows(tables.raw_documents)}
    published = {r.doc_id: describe_published(r, language) for r in iterate_rows(tables.core_documents)}
    labels = {point.value: point.label.in_language(language) for point in tables.issue.scale}
    facts: dict[str, _Facts] = {}
    for row in iterate_rows(statements):
        name, source = names[row.actor_id], sources[row.doc_id]
        is_found = isinstance(row.speaker_id, str) or isinstance(row.speaker_name, str)
        speaker = name_actor(name.ar, name.en, is_registered=name.is_registered, language=language)
        kinds = word("comma", language).join(
            (f"[{word(row.modality, language)}]{{.modality}}", word(row.kind, language))
        )
        facts[row.statement_id] = _Facts(
            speaker=Markdown(f"**{speaker if is_found else word('no_speaker', language)}**"),
            camp=Markdown(encode(name_camp(row.actor_camp, tables.vocabulary).in_language(language))),
            published=Markdown(published[row.doc_id]),
            stance=_stance(row, labels, tables),
            kind=Markdown(kinds),
            cue=_cue(row, source.text, language),
            written=_written(row, source.text, language),
            coder=Markdown(word(row.coder, language)),
            place=Markdown(f"{name_code(name_file(source.path), language)} {_offsets(row)}"),
        )
    return facts


def _stance(row: Any, labels: Mapping[int, str], tables: Tables) -> Markdown:
    if row.issue != tables.issue.id or pd.isna(row.stance):
        is_placed_elsewhere = row.issue != tables.issue.id
        return Markdown(word("no_position" if is_placed_elsewhere else "not_placed", tables.parameters.language))
    return Markdown(f"{stance_text(int(row.stance))} {encode(labels[int(row.stance)])}")


def _cue(row: Any, text: str, language: str) -> Markdown:
    """Return the word by which the article attributes a statement, without which a denial would be read inverted."""
    if pd.isna(row.cue_start) or pd.isna(row.cue_end):
        return Markdown("")
    cue = " ".join(text[int(row.cue_start) : int(row.cue_end)].split())
    # In bold like the speaker, for a passage that stands by itself in a line is set as the statement.
    return Markdown(word("cue", language, cue=f"**{encode_passage(cue)}**") if cue else "")


def _written(row: Any, text: str, language: str) -> Markdown:
    named = find_written(row, text)
    return Markdown(word("written", language, named=f"**{encode_passage(named)}**") if named else "")


def find_written(row: Any, text: str) -> str:
    """Return the words that name a text, such as an agreement, from which an article has a statement, or nothing.

    Such a text is nobody's speech; it counts for those who made it, and whoever reads that has to know.
    """
    if pd.isna(row.speaker_start) or pd.isna(row.speaker_end):
        return ""
    start = int(row.speaker_start)
    if not pd.isna(row.cue_end) and 0 <= start - int(row.cue_end) <= _LONGEST_ATTRIBUTION:
        start = int(row.cue_end)
    named = " ".join(text[start : int(row.speaker_end)].split())
    head = re.sub(r"^[وفب]?(?:ال|لل)", "", named.split()[0] if named else "")
    return named if fold(head) in _AGREED_TEXTS else ""


def _by_document(tables: Tables) -> Any:
    return tables.core_boilerplate.groupby("doc_id")
