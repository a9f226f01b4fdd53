"""Dated events from all documents on one line: mentions of one event merged, each event with a readable label."""

from __future__ import annotations

import hashlib
import math
import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

import numpy as np
import pandas as pd

from mawaqif import schemas
from mawaqif.aggregate.claims import parse_day
from mawaqif.aggregate.event_context import (
    NOTHING_AROUND,
    Around,
    Name,
    complete,
    is_bare_name,
    look_around,
    takes_up,
    tells_no_event,
    wants_content,
)
from mawaqif.aggregate.event_phrases import EventVerbs, make_event_verbs, name_event
from mawaqif.aggregate.event_status import is_denied
from mawaqif.aggregate.event_words import (
    BESIDE,
    EventWords,
    KnownEvent,
    Lexicon,
    adjoins,
    holds_words,
    is_clear,
    list_known_events,
    make_label,
    make_lexicon,
    quote_clause,
    quote_rest,
    recognise,
    trim_label,
)
from mawaqif.schemas import iterate_rows, read_text
from mawaqif.vocabulary import Actor, CuesFile, DatedEvent, Issue

_STATUS_NOTE = re.compile(r" *\((?:did not happen|did not take place|planned|forecast|hypothetical|demanded)\)$")
"""What coders note behind an event's words and a column of its own says."""
_DUE_NOTE = re.compile(r"\b(?:should have been|was to be|were to be|was (?:supposed|due) to be)\b")
"""«Bridge should have been opened» is a sentence about an event; its name is «bridge to be opened»."""
SAME_EVENT = 0.6
"""Share of words in common (Jaccard) from which two descriptions with overlapping dates are taken for one event."""
MOST_TYPICAL = 8
"""Descriptions of one event in different words that another is compared with."""
REACH_BACK = 250
"""Characters between a thing told and the sentence that takes it up."""
_NOBODY = (np.empty(0, int), np.empty(0, int), np.empty(0, str), np.empty(0, str))


@dataclass
class _Mention:
    """One date expression with the event that it dates.

    `after` is what follows the date in its clause, `around` what stands before the description; `up` says which other
    event the description takes up, if it tells of none itself (`event_context.takes_up`).
    """

    row: Any
    what: EventWords
    known: KnownEvent | None
    statement_ids: list[str]
    status: str
    after: str = ""
    around: Around = NOTHING_AROUND
    up: str = ""


@dataclass
class _Event:
    """A dated event under construction, told by its mentions, the clearest date first.

    `typical` are mentions in different words, with which others are compared.
    """

    mentions: list[_Mention] = field(default_factory=list)
    typical: list[_Mention] = field(default_factory=list)

    def add(self, mention: _Mention) -> None:
        """Take one more mention."""
        self.mentions.append(mention)
        is_new = all(mention.what != other.what for other in self.typical)
        if is_new and len(self.typical) < MOST_TYPICAL:
            self.typical.append(mention)


def make_timeline(
    dates: pd.DataFrame,
    statements: pd.DataFrame,
    *,
    issue: Issue | None = None,
    named: Sequence[DatedEvent] = (),
    texts: Mapping[str, str] | None = None,
    cues: CuesFile | None = None,
    mentions: pd.DataFrame | None = None,
    actors: Sequence[Actor] = (),
) -> pd.DataFrame:
    """Return `out_timeline`: one row an event that has a description and at least one end of its interval.

    What tells of no event is left out, and what takes up another joins it (`event_context`).

    What an article says did not take place has the status `did_not_happen` (`event_status`), also where an earlier one
    has it as planned or possible.

    Two mentions are one event where their status can be one event's, their intervals overlap and are open on the same
    side, and they tell of the same: the same milestone or named event; or all content words of one are in the other, at
    least two or in the same document and on the same days; or, between documents, `SAME_EVENT` of the words are the
    same. What happens (leave, stay, end: the issue's directions) must be the same in any case.

    The row keeps the narrowest interval and the place it comes from, and the places of all mentions. Its label is the
    name of the named event, or else the name that a coder wrote, or else the clearest description as a whole phrase;
    labels are article text, so untrusted. `statement_ids` are the statements that any of its mentions stands in or
    beside.

    Args:
        dates: `core_dates` of original documents.
        statements: `core_statements` of the same.
        issue: Gives milestones, and words that mean the same.
        named: Named events of `dates.yml`.
        texts: The source of each document, which says what became of an event, and gives a label where the description
            says too little.
        cues: Gives the verbs by which clauses are turned into names (`event_phrases`); without them they stay clauses.
        mentions: `core_mentions` of the same, by which a name is given the actor that it leaves unsaid.
        actors: Those of the register, of whom gender and type are asked.
    """
    verbs = make_event_verbs(cues) if cues is not None else None
    names = _list_names(mentions, actors)
    told = _read_mentions(dates, statements, issue, named, texts or {}, verbs, names)
    events = _join_mentions([mention for mention in told if not mention.up])
    for mention in (mention for mention in told if mention.up):
        _take_up(mention, events)
    table = _event_table(events, texts or {}, verbs)
    if issue is not None:
        table = table.assign(label_en=table["label_en"].map(issue.spell_out, na_action="ignore"))
    return schemas.validate("out_timeline", table)


def _join_mentions(mentions: Sequence[_Mention]) -> list[_Event]:
    """Return the events that mentions tell of, each with all that tell of it."""
    index = _Index(mentions)
    events: list[_Event] = []
    for mention in mentions:
        event = next((e for e in index.candidates(mention) if any(_is_same(mention, m) for m in e.typical)), None)
        if event is None:
            event = _Event()
            events.append(event)
        event.add(mention)
        index.add(mention, event)
    return events


def _take_up(mention: _Mention, events: list[_Event]) -> None:
    """Add a mention to the event of its article that it takes up, or let it stand for itself where there is none."""
    row = mention.row
    near = [
        (abs(other.row.start - row.start), place)
        for place, event in enumerate(events)
        for other in event.mentions
        if other.row.doc_id == row.doc_id and not other.up and _can_be_taken_up(other, mention)
    ]
    if near:
        events[min(near)[1]].add(mention)
    else:
        event = _Event()
        event.add(mention)
        events.append(event)


def _can_be_taken_up(other: _Mention, mention: _Mention) -> bool:
    if not _can_be_one(other.status, mention.status):
        return False
    if mention.up == "days":
        return _same_days(other.row, mention.row)
    return 0 < mention.row.start - other.row.start <= REACH_BACK and _overlap(other.row, mention.row)


def _list_names(mentions: pd.DataFrame | None, actors: Sequence[Actor]) -> dict[str, list[Name]]:
    """Return the places at which each document names registered actors."""
    if mentions is None:
        return {}
    known = {actor.id: actor for actor in actors}
    found: dict[str, list[Name]] = {}
    for row in iterate_rows(mentions.sort_values(["doc_id", "start", "end"], kind="stable")):
        if actor := known.get(str(row.actor_id)):
            is_person = actor.type == "person"
            gender = actor.gender or ("m" if is_person else "")
            found.setdefault(str(row.doc_id), []).append(Name(int(row.start), int(row.end), is_person, gender))
    return found


def _read_mentions(
    dates: pd.DataFrame,
    statements: pd.DataFrame,
    issue: Issue | None,
    named: Sequence[DatedEvent],
    texts: Mapping[str, str],
    verbs: EventVerbs | None,
    names: Mapping[str, Sequence[Name]],
) -> list[_Mention]:
    lexicon = make_lexicon(issue)
    known = list_known_events(issue, named, lexicon)
    usable = dates[dates["what"].notna() & (dates["first"].notna() | dates["last"].notna())]
    usable = usable.assign(_days=[_length(f, e) for f, e in zip(usable["first"], usable["last"], strict=True)])
    usable = usable.sort_values(["_days", "doc_id", "start", "end"], kind="stable")
    around = find_statements_around(usable, statements)
    return [
        _read_mention(row, ids, lexicon, known, texts.get(row.doc_id, ""), names.get(row.doc_id, ()))
        for row, ids in zip(iterate_rows(usable), around, strict=True)
        if _is_event(row, texts.get(row.doc_id, ""), names.get(row.doc_id, ()), verbs)
    ]


def _is_event(row: Any, text: str, names: Sequence[Name], verbs: EventVerbs | None) -> bool:
    what, quote = str(row.what), str(row.quote)
    is_name = is_bare_name(what, quote, text=text, start=row.start, names=names)
    return not tells_no_event(what, quote, verbs=verbs, is_name=is_name)


def _read_mention(
    row: Any,
    statement_ids: list[str],
    lexicon: Lexicon,
    known: Sequence[KnownEvent],
    text: str,
    names: Sequence[Name],
) -> _Mention:
    what = lexicon.read(str(row.what))
    is_off = is_denied(str(row.what), text=text, start=row.start, end=row.end)
    own = recognise(what, parse_day(row.first), parse_day(row.last), known)
    after = quote_rest(text, row.end) if text else ""
    around = look_around(text, str(row.what), start=row.start, end=row.end, names=names) if text else NOTHING_AROUND
    status = "did_not_happen" if is_off else str(row.status)
    return _Mention(row, what, own, statement_ids, status, after, around, "" if own else takes_up(str(row.what)))


def _length(first: object, last: object) -> int:
    if isinstance(first, str) and isinstance(last, str):
        return (date.fromisoformat(last) - date.fromisoformat(first)).days
    return 10**7


# --- one event or two ------------------------------------------------------------------------------------------------


class _Index:
    """Finds the events that a mention may tell of, without comparing it with all.

    Descriptions that are alike enough share one of the rarest words of either (prefix filtering); where one holds all
    words of the other, it holds the rarest of them.
    """

    def __init__(self, mentions: Iterable[_Mention]) -> None:
        self._frequencies = Counter(word for mention in mentions for word in mention.what.words)
        self._by_rarest: dict[str, list[_Event]] = {}
        self._by_any: dict[str, list[_Event]] = {}

    def candidates(self, mention: _Mention) -> Iterable[_Event]:
        """Yield events in the order in which they were found, those of the same name first."""
        seen: set[int] = set()
        rarest = self._rarest(mention.what.words)
        keys = [*([f"#{mention.known.id}"] if mention.known else []), *sorted(mention.what.words)]
        lists = [*(self._by_rarest.get(key, []) for key in keys), *(self._by_any.get(key, []) for key in rarest[:1])]
        for event in (event for events in lists for event in events):
            if id(event) not in seen:
                seen.add(id(event))
                yield event

    def add(self, mention: _Mention, event: _Event) -> None:
        """Let an event be found by the words of one more mention."""
        keys = [*([f"#{mention.known.id}"] if mention.known else []), *self._rarest(mention.what.words)]
        for key in keys:
            _note(self._by_rarest, key, event)
        for word in mention.what.words:
            _note(self._by_any, word, event)

    def _rarest(self, words: frozenset[str]) -> list[str]:
        ordered = sorted(words, key=lambda word: (self._frequencies[word], word))
        return ordered[: len(words) - math.ceil(SAME_EVENT * len(words)) + 1]


def _note(lists: dict[str, list[_Event]], key: str, event: _Event) -> None:
    events = lists.setdefault(key, [])
    if not any(known is event for known in events[-MOST_TYPICAL:]):
        events.append(event)


def _is_same(one: _Mention, other: _Mention) -> bool:
    if not _can_be_one(one.status, other.status):
        return False
    if one.known and other.known:
        return one.known.id == other.known.id and _touch(one.row, other.row)
    if not _overlap(one.row, other.row):
        return False
    if one.what.directions != other.what.directions:
        return False
    shared = len(one.what.words & other.what.words)
    if shared and shared == min(len(one.what.words), len(other.what.words)):
        return shared > 1 or _same_days(one.row, other.row)
    is_elsewhere = one.row.doc_id != other.row.doc_id
    return is_elsewhere and shared >= SAME_EVENT * len(one.what.words | other.what.words) > 0


def _can_be_one(status: str, other: str) -> bool:
    """Say whether two mentions of these statuses can tell of one event: what was planned may not have come about."""
    return status == other or {status, other} in ({"did_not_happen", "planned"}, {"did_not_happen", "hypothetical"})


def _same_days(one: Any, other: Any) -> bool:
    return bool(one.doc_id == other.doc_id and (one.first, one.last) == (other.first, other.last))


def _overlap(one: Any, other: Any) -> bool:
    """Say whether two intervals share a day; an open end overlaps only an interval that is open on the same side."""
    if (_missing(one.first), _missing(one.last)) != (_missing(other.first), _missing(other.last)):
        return False
    if _missing(one.first) or _missing(one.last):
        return True
    return bool(max(one.first, other.first) <= min(one.last, other.last))


def _touch(one: Any, other: Any) -> bool:
    """Say whether two intervals can share a day, whichever of their ends are open."""
    first, last = (
        max(read_text(one.first) or "", read_text(other.first) or ""),
        min(read_text(one.last) or "9999", read_text(other.last) or "9999"),
    )
    return bool(first <= last)


def _missing(value: object) -> bool:
    return not isinstance(value, str)


def find_statements_around(dates: pd.DataFrame, statements: pd.DataFrame) -> list[list[str]]:
    """Return for each date expression the statements that speak of what it dates.

    They are those whose span shares a character with it; those that hold the whole description of the event while the
    date stands beside them; and those that a date to come adjoins, as in a table («2026 | the exit is unrealistic»).
    """
    speech = {
        doc_id: tuple(group[column].to_numpy() for column in ("start", "end", "statement_id", "quote"))
        for doc_id, group in statements.groupby("doc_id")
    }
    found: list[list[str]] = []
    for row in iterate_rows(dates):
        starts, ends, ids, quotes = speech.get(row.doc_id, _NOBODY)
        shares = (starts < row.end) & (ends > row.start)
        beside = ~shares & (starts < row.end + BESIDE) & (ends > row.start - BESIDE)
        for place in np.flatnonzero(beside) if isinstance(row.what, str) else ():
            is_named = holds_words(str(quotes[place]), row.what)
            shares[place] = is_named or adjoins(int(starts[place]) - row.end, row.status)
        found.append([str(i) for i in ids[shares]])
    return found


# --- the table -------------------------------------------------------------------------------------------------------


def _event_table(events: Sequence[_Event], texts: Mapping[str, str], verbs: EventVerbs | None) -> pd.DataFrame:
    table = pd.DataFrame(
        [_event_row(event, texts, verbs) for event in events], columns=list(schemas.OutTimeline.to_schema().columns)
    )
    keys = table["first"].where(table["first"].notna(), table["last"])
    table = table.assign(_key=keys).sort_values(["_key", "last", "doc_id", "start", "end"], kind="stable")
    return table.drop(columns="_key").reset_index(drop=True)


def _event_row(event: _Event, texts: Mapping[str, str], verbs: EventVerbs | None) -> dict[str, Any]:
    clearest = event.mentions[0].row
    known = next((mention.known for mention in event.mentions if mention.known), None)
    # An agreed milestone is more, or less, than what an article says of it, which therefore keeps its own words.
    name = known.name if known and not known.is_milestone else None
    told = _choose_description(event, verbs)
    statuses = [mention.status for mention in event.mentions]
    return {
        "event_id": make_event_id(clearest.doc_id, clearest.start, clearest.end),
        "first": clearest.first,
        "last": clearest.last,
        "granularity": clearest.granularity,
        "is_inferred": not any(_prints_days(mention.row, clearest) for mention in event.mentions),
        "status": "did_not_happen" if "did_not_happen" in statuses else statuses[0],
        "label_ar": name.ar if name else _read_name(event, told.row) or _label(told, texts, verbs),
        "label_en": name.en if name else _translate(event, told.row),
        "doc_id": clearest.doc_id,
        "start": clearest.start,
        "end": clearest.end,
        "known_id": known.id if known else None,
        "n_mentions": len(event.mentions),
        "mentions": sorted((m.row.doc_id, int(m.row.start), int(m.row.end)) for m in event.mentions),
        "statement_ids": sorted({i for mention in event.mentions for i in mention.statement_ids}),
    }


def _choose_description(event: _Event, verbs: EventVerbs | None) -> _Mention:
    """Return the mention that says best what happened: clear by itself, and not too long."""
    labels = [label_mention(mention, verbs) for mention in event.mentions]
    ranked = sorted(
        range(len(labels)),
        key=lambda place: (
            bool(event.mentions[place].up),
            not is_clear(labels[place]),
            labels[place].endswith("…"),
            place,
        ),
    )
    return event.mentions[ranked[0]]


def _prints_days(row: Any, clearest: Any) -> bool:
    """Say whether an article prints the days of an event there, so that nothing had to be worked out."""
    return bool(row.basis == "absolute" and (row.first, row.last) == (clearest.first, clearest.last))


def _read_name(event: _Event, told: Any) -> str | None:
    """Return the Arabic name that a coder wrote for the chosen mention, or else for the first that has one."""
    rows = [told, *(mention.row for mention in event.mentions)]
    return next((row.what_ar for row in rows if isinstance(row.what_ar, str)), None)


def _translate(event: _Event, told: Any) -> str | None:
    """Return the coded English words of the chosen mention, or else of the first that has some; the status is apart."""
    rows = [told, *(mention.row for mention in event.mentions)]
    coded = next((row.what_en for row in rows if isinstance(row.what_en, str)), None)
    return _DUE_NOTE.sub("to be", _STATUS_NOTE.sub("", coded)) or coded if coded else None


def _label(told: _Mention, texts: Mapping[str, str], verbs: EventVerbs | None) -> str:
    """Return the label of a mention, of its clause where that says more, and never nothing."""
    row, label = told.row, label_mention(told, verbs)
    if not is_clear(label) and row.doc_id in texts:
        clause = quote_clause(texts[row.doc_id], row.start, row.end)
        label = clause if is_clear(clause) else label
    return label or " ".join(str(row.what).split())


def label_mention(told: _Mention, verbs: EventVerbs | None) -> str:
    """Return what a mention tells of as a whole phrase that stands alone (`name_event`, `make_label`, `complete`)."""
    row, what, dated = told.row, str(told.row.what), str(told.row.quote)
    if verbs is not None:
        what = name_event(what, verbs, after=told.after, is_denied=told.status == "did_not_happen") or what
    if content := wants_content(what, told.after):
        what = f"{what} {content}"
    is_relative = row.basis == "relative_to_other_event"
    label = complete(trim_label(what), str(row.what), told.around, verbs=verbs)
    what = what if label == trim_label(what) else label
    for whole in _complete_date(dated, told.after) if is_relative else ():
        label = make_label(what, whole, is_relative=True)
        if whole in label:
            return label
    is_cut = is_relative and told.after.startswith("من ")  # «بعد ساعات» does not say after what
    return make_label(what, dated, is_relative=is_relative and not is_cut)


def _complete_date(dated: str, after: str) -> list[str]:
    """Return «بعد ساعات من المكالمة الهاتفية بين الوزيرين», and shorter forms of it that end with a whole phrase."""
    words = after.split() if after.startswith("من ") else []
    ends = [n for n in range(len(words), 1, -1) if n == len(words) or words[n - 1].startswith("ال")]
    return [f"{dated} {' '.join(words[:n])}" for n in ends]


def make_event_id(doc_id: str, start: int, end: int) -> str:
    """Return an id that is safe in links and survives other documents joining."""
    return f"{hashlib.sha256(doc_id.encode()).hexdigest()[:8]}-{start}-{end}"
