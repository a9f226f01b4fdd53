"""Finds the calendar expressions of normalised Arabic text and says which days they mean.

A phrase is found once, without knowing when it was written; `DatePhrase.resolve` gives its days for a day of writing,
an anchor (a date named shortly before) and an outlook (whether the sentence looks back or ahead).
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from datetime import date
from typing import NamedTuple

from mawaqif.arabic import calendar as cal
from mawaqif.arabic.calendar import Interval
from mawaqif.arabic.date_context import ANCHORED, Context, Meaning
from mawaqif.arabic.date_grammar import DATED_WHOLE, ZoneReader
from mawaqif.arabic.date_phrases import DatePhrase, NamedEvent
from mawaqif.arabic.date_tokens import EventContexts, compile_lexicon, read_tokens
from mawaqif.arabic.date_zones import find_zones
from mawaqif.arabic.text import NormalisedText, normalise
from mawaqif.records import Span
from mawaqif.vocabulary import DatedEvent, DatesFile


class FoundDate(NamedTuple):
    """A date expression in source offsets with its days."""

    span: Span
    interval: Interval
    phrase: DatePhrase


ANCHOR_REACH = 400
"""Characters after a date within which «العام نفسه» or «بعد ذلك بيومين» may refer to it."""


class Scan(NamedTuple):
    """What one pass over a text finds: its date phrases, and the named events."""

    phrases: tuple[DatePhrase, ...]
    events: tuple[NamedEvent, ...]


def scan_dates(text: str, words: DatesFile) -> Scan:
    """Find the calendar expressions and the named events of normalised `text`, in order, offsets into `text`."""
    lexicon = compile_lexicon(words)
    contexts = EventContexts(text)
    phrases: list[DatePhrase] = []
    events: list[NamedEvent] = []
    for zone in find_zones(text, lexicon.traits, lexicon.is_pair):
        reader = ZoneReader(read_tokens(zone, lexicon), lexicon, contexts)
        phrases += reader.read()
        events += reader.named_events()
    return Scan(tuple(_as_the_text_dates(phrases, events, text)), tuple(events))


def _as_the_text_dates(phrases: list[DatePhrase], events: list[NamedEvent], text: str) -> list[DatePhrase]:
    """Give an event the days that the text itself gave it before («الحوار الأول في الصيف الماضي»), however vague."""
    if len(events) < 2 or not any(phrase.kind == "event" for phrase in phrases):
        return phrases
    by_start = {phrase.start: phrase for phrase in phrases}
    told: dict[str, tuple[int, DatePhrase]] = {}
    for named in events:
        beside = _BESIDE.match(text, named.end)
        dated = by_start.get(beside.end()) if beside else None
        if dated is not None and dated.kind in DATED_WHOLE | {"month", "season", "year"} and dated.base is None:
            told.setdefault(named.event.id, (dated.end, dated))
    for at, phrase in enumerate(phrases):
        after, dated = told.get(phrase.event.id if phrase.event else "", (0, None))
        if dated is not None and phrase.kind == "event" and phrase.start > after and phrase.base is None:
            phrases[at] = phrase._replace(meaning=_mean_told(phrase.meaning, dated))
    return phrases


def _mean_told(known: Meaning, dated: DatePhrase) -> Meaning:
    """Return the days told, where those of the vocabulary lie among them."""

    def mean(context: Context) -> Interval | None:
        exact, told = known(context), dated.resolve(context._replace(outlook=None))
        if exact is None or exact.first is None or exact.last is None or told.first is None or told.last is None:
            return exact
        if not told.first <= exact.first <= exact.last <= told.last:
            return exact
        return told._replace(basis=ANCHORED)

    return mean


_BESIDE = re.compile(r" (?:(?:في|خلال) |[وفبل])?")


def resolve_in_order(phrases: Iterable[DatePhrase], contexts: Iterable[Context]) -> Iterator[Interval]:
    """Resolve phrases in the order of the text, each with the last date named before it as its anchor.

    `contexts` gives the day of writing and the outlook of each phrase. «الموعد المحدد» refers to the last date ahead.
    """
    anchor: Interval | None = None
    appointed: Interval | None = None
    reach = 0
    for phrase, context in zip(phrases, contexts, strict=True):
        near = appointed if phrase.kind == "appointed" else anchor if phrase.start <= reach else None
        if near is not None:
            context = Context(context.reference, near, context.outlook)
        interval = phrase.resolve(context)
        yield interval
        if phrase.points:
            base = interval if phrase.base is None else phrase.resolve_base(context)
            if base.first is not None and base.last is not None:
                anchor, reach = base, phrase.end + ANCHOR_REACH
                appointed = base if _is_ahead(base, context, appointed) else appointed


def _is_ahead(interval: Interval, context: Context, appointed: Interval | None) -> bool:
    """Whether a date may be an appointed one: it lies ahead or, with the day of writing unknown, after the last."""
    if interval.first is None:
        return False
    if context.reference is not None:
        return interval.first > context.reference
    return appointed is None or appointed.first is None or interval.first > appointed.first


def find_dates(normalised: NormalisedText, words: DatesFile, *, reference: date | None = None) -> list[FoundDate]:
    """Find the dates of a text and resolve them against the day it was written on, where that is known.

    Returns:
        Dates in order, with spans of the source; those that cannot be told have an interval of two None.
    """
    phrases = scan_dates(normalised.text, words).phrases
    resolved = resolve_in_order(phrases, [Context(reference)] * len(phrases))
    return [
        FoundDate(normalised.source_span(phrase.start, phrase.end), interval, phrase)
        for phrase, interval in zip(phrases, resolved, strict=True)
        if phrase.keep or interval.basis != "unresolved"
    ]


def event_days(event: DatedEvent) -> list[tuple[date, date]]:
    """Return the (first, last) days of an event's times that are known to the day and lasted a week at most."""
    days = []
    for first, last in event.times:
        if isinstance(first, date) and isinstance(last, date) and (last - first).days < 7:
            days.append((first, last))
    return days


_ISO = re.compile(r"\s*(\d{4})-(\d\d?)-(\d\d?)(?!\d)|\s*((?:19|20)\d\d)(\d\d)(\d\d)\s*\Z")
# The feeds of websites: «Sun, 26 Jul 2015 10:00:00 GMT» (RFC 5322), «July 26, 2015».
_ENGLISH_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_ENGLISH_MONTH = "(?:" + "|".join(_ENGLISH_MONTHS) + ")"
_ENGLISH = re.compile(
    rf"\b(?:(?P<day>\d\d?) (?P<month>{_ENGLISH_MONTH})[a-z]*\.?,?"
    rf"|(?P<month2>{_ENGLISH_MONTH})[a-z]*\.? (?P<day2>\d\d?),?) (?P<year>\d{{4}})\b"
)


def parse_day(text: str, words: DatesFile) -> date | None:
    """Return the one day that a line of metadata states (`2025-08-31T10:00`, «31 أغسطس 2025277 مشاهدة»), or None.

    A range, a month alone, a day without its year, or two different days are no such statement.
    """
    normalised = normalise(text)
    iso = _ISO.match(normalised.text)
    if iso:
        return cal.make_day(*(int(part) for part in iso.groups() if part))
    english = _ENGLISH.search(normalised.text)
    if english:
        month = _ENGLISH_MONTHS.index(english["month"] or english["month2"]) + 1
        return cal.make_day(int(english["year"]), month, int(english["day"] or english["day2"]))
    found = {
        d.interval.first
        for d in find_dates(normalised, words)
        if d.interval.basis == "absolute" and d.interval.first and d.interval.first == d.interval.last
    }
    return found.pop() if len(found) == 1 else None
