"""Finds what a page says of its article: title, outlet, author and the day it was published."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache
from typing import NamedTuple
from urllib.parse import urlsplit

from mawaqif.arabic.dates import parse_day
from mawaqif.arabic.text import NormalisedText, fold
from mawaqif.clean.lines import Line, phrase_pattern
from mawaqif.records import Publication, RawDocument, Span
from mawaqif.vocabulary import Outlet, Vocabulary

LONGEST_TITLE = 200
"""Characters; and at most 30 words: the longest headlines of the Arabic press are about 25."""

_MOST_TITLE_WORDS, _FEWEST_TITLE_WORDS, _FEWEST_BODY_WORDS = 30, 3, 10
_WORD = re.compile(r"[^\W\d_]{2,}")
_DIGIT = re.compile(r"\d")
_SITE_SUFFIX = re.compile(r"\s+[|\-–—:»«/]\s+")
_DATELINE = re.compile(  # بغداد (رويترز) - and بغداد/ واع/
    r"(?:[^\s(]+(?: [^\s(]+){0,2} )?[(]\s*([^()]{2,40}?)\s*[)]\s*[-–:/]?"
    r"|[^\s/]+(?: [^\s/]+)?\s*/\s*([^/]{2,30}?)\s*[/\-–:]+"
)
_SOURCE_LINE = re.compile(r"(?:المصدر|مصدر|نقلا عن|source)\s*[:/+-]\s*(.{2,60})")
_CLOSING_SOURCE = re.compile(r"\(\s*([^()]{2,30}?)\s*\)\W*$")
_DAY_TEXT = re.compile(
    r"\d{4}\s*[/.-]\s*\d{1,2}\s*[/.-]\s*\d{1,2}|\d{1,2}\s*[/.-]\s*\d{1,2}\s*[/.-]\s*\d{4}"
    r"|\d{1,2}\s*(?:[/.,-]\s*)?[^\W\d_]+(?:\s*[/(]\s*[^\W\d_]+\s*[)]?|\s+(?:الاول|الثاني|الاخر|الاخره))?\s*[/.,-]?\s*(?:19|20)\d\d"
    r"|[a-z]{3,9}\.? \d{1,2}, (?:19|20)\d\d"
)
_CLOCK = re.compile(
    r"\d{1,2}:\d{2}(?::\d{2})?(?:\s*(?:ص|م|صباحا|مساء|am|pm|gmt|utc|بتوقيت \S+))*|(?:gmt|utc)\s*[+-]?\d*"
)
_WEEKDAY = re.compile(
    r"\b(?:ال)?(?:احد|اثنين|ثلاثاء|اربعاء|خميس|جمعه|سبت)\b|\b(?:sun|mon|tues?|wednes|thurs?|fri|satur)day\b"
)
_NAME = re.compile(r"[^\W\d_]+(?:[ .'-]+[^\W\d_]+){0,4}\.?")


# --- title ----------------------------------------------------------------------------------------------------------


def find_title(raw: RawDocument, copy: NormalisedText, lines: Sequence[Line], vocabulary: Vocabulary) -> Span | None:
    """Return the span of the title among the lines of the article, or None.

    A title that came with the text is looked for as it is, then without the site's name after a dash or bar. A record's
    given title that does not occur has no span. Without one, the first line that looks like a headline is the title.
    """
    if raw.title:
        for form in _title_forms(raw.title):
            if span := _occurrence(form, copy, lines):
                return span
        if raw.media_type == "record":
            return None
    line = _first_headline(lines) or _short_title(lines, vocabulary)
    return copy.source_span(line.start, line.end) if line else None


def _title_forms(title: str) -> Iterator[str]:
    folded = " ".join(fold(title).split())
    yield folded
    parts = _SITE_SUFFIX.split(folded)
    if len(parts) > 1 and len(parts[0].split()) >= _FEWEST_TITLE_WORDS:
        yield folded[: folded.rindex(parts[-1])].rstrip(" |-–—:»«/")
        yield parts[0]


def _occurrence(title: str, copy: NormalisedText, lines: Sequence[Line]) -> Span | None:
    """Return where the title stands as a line of its own, else at the beginning of one of the first lines."""
    if not title:
        return None
    bare = title.strip(" .\"'")
    whole = next((line for line in lines if line.text == title or line.core == bare), None)
    if whole:
        return copy.source_span(whole.start, whole.end)
    for line in lines[:5]:
        if line.text.startswith(title):
            end = _end_of_words(copy.text, line.start, len(title.split()))
            return copy.source_span(line.start, end)
    return None


def _end_of_words(text: str, start: int, count: int) -> int:
    """Return where the `count`-th word from `start` ends."""
    end = start
    for word, _ in zip(re.finditer(r"\S+", text[start : start + 2000]), range(count), strict=False):
        end = start + word.end()
    return end


def _first_headline(lines: Sequence[Line]) -> Line | None:
    """Return the first line with the form of a headline that has an article after it."""
    for i, line in enumerate(lines[:6]):
        following = lines[i + 1 :]
        longest = max((n.end - n.start for n in following[:12]), default=0)
        if _is_headline(line) and longest > line.end - line.start:
            return line
        if line.end - line.start > LONGEST_TITLE or line.n_words > _MOST_TITLE_WORDS:
            return None  # the article has begun
    return None


def _short_title(lines: Sequence[Line], vocabulary: Vocabulary) -> Line | None:
    """Return a first line of one or two words, as columns have, with a paragraph right after it."""
    if len(lines) < 2 or lines[0].n_words >= _FEWEST_TITLE_WORDS or lines[1].n_words < 2 * _FEWEST_BODY_WORDS:
        return None
    file = vocabulary.boilerplate
    is_label = lines[0].core in {_key(name) for name in (*file.sections, *file.kept_lines)}
    is_name = _registered(lines[0].core, vocabulary) is not None
    return lines[0] if not is_label and not is_name and _WORD.search(lines[0].core) else None


def _is_headline(line: Line) -> bool:
    """Whether a line is short, of several words, no sentence with its stop, no dateline and no page data."""
    if line.end - line.start > LONGEST_TITLE or not _FEWEST_TITLE_WORDS <= line.n_words <= _MOST_TITLE_WORDS:
        return False
    ends_like_text = line.text.endswith((",", ";", ":")) or (line.text.endswith(".") and not line.text.endswith(".."))
    if ends_like_text or _DATELINE.fullmatch(line.text):
        return False
    rest = _CLOCK.sub(" ", _WEEKDAY.sub(" ", _DAY_TEXT.sub(" ", line.text)))
    return len(_WORD.findall(rest)) >= _FEWEST_TITLE_WORDS


# --- outlet ---------------------------------------------------------------------------------------------------------


class _OutletIndex(NamedTuple):
    by_name: dict[str, Outlet]
    by_host: dict[str, Outlet]
    names: re.Pattern[str]
    marks: tuple[tuple[str, Outlet], ...]


@lru_cache(maxsize=4)
def _outlets(vocabulary: Vocabulary) -> _OutletIndex:
    outlets = vocabulary.outlets.outlets
    by_name = {_key(form): o for o in outlets for form in (o.name.ar, o.name.en, *o.aliases)}
    return _OutletIndex(
        by_name=by_name,
        by_host={host: o for o in outlets for host in o.hosts},
        names=re.compile(rf"(?<!\w){phrase_pattern(by_name)}(?!\w)"),
        marks=tuple((" ".join(fold(mark).split()), o) for o in outlets for mark in o.page_marks),
    )


def _key(name: str) -> str:
    return " ".join(fold(name).split())


_UNNAMED = re.compile(r"^(?:صحيفه|جريده|وكاله|موقع|شبكه|قناه|مجله|مؤسسه|موسسه)\s+")


def name_outlet(name: str, vocabulary: Vocabulary) -> Outlet | None:
    """Return the registered outlet of a name, with or without "newspaper", "agency", "site" before it, or of a host."""
    return _registered(_key(name), vocabulary)


def _registered(folded: str, vocabulary: Vocabulary) -> Outlet | None:
    index = _outlets(vocabulary)
    key = folded.strip(" .:-\"'|")
    return index.by_name.get(key) or index.by_name.get(_UNNAMED.sub("", key)) or _outlet_of_host(key, index)


def _outlet_of_host(host: str, index: _OutletIndex) -> Outlet | None:
    """Return the outlet of a host or of a domain above it."""
    host = host.lower().removeprefix("www.")
    while "." in host:
        if host in index.by_host:
            return index.by_host[host]
        host = host.partition(".")[2]
    return None


def find_outlet(
    raw: RawDocument, lines: Sequence[Line], furniture: Sequence[Line], vocabulary: Vocabulary
) -> tuple[str | None, str | None]:
    """Return the outlet's name and registered id.

    In order: what came with the text (kept as it is when it is not registered), the host of its address, the page's
    furniture (masthead, template), lines that are only an outlet's name, the dateline or signature of an agency.

    Args:
        raw: The document.
        lines: The lines of the article.
        furniture: The lines of the page that were marked as boilerplate.
        vocabulary: With the outlets.
    """
    index = _outlets(vocabulary)
    found = name_outlet(raw.outlet, vocabulary) if raw.outlet else None
    found = found or (_outlet_of_host(urlsplit(raw.url).hostname or "", index) if raw.url else None)
    if raw.outlet and not found:
        return raw.outlet, None
    found = found or _outlet_of_furniture(furniture, index) or _outlet_of_text(lines, vocabulary)
    return (found.name.ar, found.id) if found else (_unregistered_masthead(furniture), None)


def _outlet_of_furniture(furniture: Sequence[Line], index: _OutletIndex) -> Outlet | None:
    for line in furniture:
        for mark, outlet in index.marks:
            if mark in line.text:
                return outlet
    for line in furniture:
        if line.n_words > 40:
            continue
        if named := index.names.search(_CONTACT.sub(" ", line.text)):
            return index.by_name[named[0]]
        for host in re.findall(r"[a-z0-9-]+(?:\.[a-z0-9-]+)+", line.text):
            if hosted := _outlet_of_host(host, index):
                return hosted
    return None


# «اتصل بنا» holds no «بنا», the short name of Bahrain's agency.
_CONTACT = re.compile(r"(?:اتصل(?:وا)?|للاتصال|الاتصال) بنا")
_MASTHEAD_NAME = re.compile(
    r"(?:صحيفه|جريده|وكاله|موقع|شبكه|مجله) ((?:[^\W\d_]+ ){0,3}?[^\W\d_]+?)"
    r"(?= ?[|,-]| (?:يوميه|اسبوعيه|شهريه|مستقله|تصدر|اخباريه|سياسيه))"
)
_ADJECTIVES = frozenset(
    {"يوميه", "اسبوعيه", "اخباري", "اخباريه", "مستقله", "شامله", "سياسيه", "الكترونيه", "عراقيه", "عربيه"}
)


def _unregistered_masthead(furniture: Sequence[Line]) -> str | None:
    """Return the name in a masthead such as "newspaper NAME, independent daily", as the masthead writes it, folded."""
    for line in furniture:
        named = _MASTHEAD_NAME.match(line.core) if "head" in line.zone and line.n_words < 16 else None
        if named and not set(named[1].split()) & _ADJECTIVES:
            return named[1]
    return None


def _outlet_of_text(lines: Sequence[Line], vocabulary: Vocabulary) -> Outlet | None:
    """Return the outlet of a name line, a byline, a source line, an agency's dateline or its closing signature."""
    edge = [line for line in lines if "edge" in line.zone]
    for line in edge:
        if line.n_words <= 8 and (outlet := _outlet_of_name_line(line, vocabulary)):
            return outlet
        source = _SOURCE_LINE.match(line.text)
        if source and (outlet := _first_named([source[1], *re.split(r"\s*[,+|/-]\s*", source[1])], vocabulary)):
            return outlet
    for line in lines[:4]:
        dateline = _DATELINE.match(line.text[:120])
        if dateline and (outlet := _first_named(re.split(r"\s*[,/-]\s*", dateline[1] or dateline[2]), vocabulary)):
            return outlet
    signatures = [match for line in lines[-3:] if (match := _CLOSING_SOURCE.search(line.text[-60:]))]
    return _first_named([match[1] for match in signatures], vocabulary)


def _outlet_of_name_line(line: Line, vocabulary: Vocabulary) -> Outlet | None:
    """Read a line that is an outlet's name, or an outlet and a place or author with a dash or bar between them."""
    if "." in line.text and (outlet := _registered(line.core, vocabulary)):
        return outlet
    parts = re.split(r"\s*(?:[|/:()،,]|\s[-–]\s|-(?= )|(?<= )-)\s*", line.text)
    if len(parts) > 3 or any(len(p.split()) > 5 for p in parts):
        return None
    return _first_named(parts, vocabulary)


def _first_named(names: Iterable[str], vocabulary: Vocabulary) -> Outlet | None:
    """Return the first registered outlet among folded names."""
    return next((outlet for name in names if (outlet := _registered(name, vocabulary))), None)


# --- author ---------------------------------------------------------------------------------------------------------


@lru_cache(maxsize=4)
def _author_line(vocabulary: Vocabulary) -> re.Pattern[str]:
    labels = phrase_pattern(vocabulary.boilerplate.author_labels)
    return re.compile(rf"{labels}(?P<mark> ?[:/|-]+ ?| )(?P<name>.+)")


def find_author(raw: RawDocument, copy: NormalisedText, lines: Sequence[Line], vocabulary: Vocabulary) -> str | None:
    """Return the author that came with the text, else the one named in a line such as "written by NAME"."""
    if raw.author:
        return _author_name(raw.author, vocabulary)
    for line in lines:
        if "edge" not in line.zone or line.n_words > 8:
            continue
        found = _author_line(vocabulary).fullmatch(copy.text, line.start, line.end)
        # Without a colon or dash "كتب محمد علي" may as well begin a sentence: only "by" needs none.
        if found and (found["mark"].strip() or copy.text.startswith(("بقلم", "by ", "written by"), line.start)):
            start, end = found.span("name")
            span = copy.source_span(start, end)
            name = " ".join(raw.text[span.start : span.end].split()).strip(" .:-|/")
            if _NAME.fullmatch(fold(name)) and not name_outlet(name, vocabulary):
                return name
    return None


def _author_name(given: str, vocabulary: Vocabulary) -> str | None:
    """Take the label and the outlet off a byline: `كتب - زيد السبيعي:`."""
    name = " ".join(given.split()).strip(" .:-|/")
    label = re.match(r"(?:كتبت?|بقلم|إعداد|By|by)\s*[:/|–-]*\s+(?=\S)|(?:كتبت?|بقلم|إعداد)\s*[:/|–-]+\s*", name)
    name = name[label.end() :] if label else name
    return name if name and not name_outlet(name, vocabulary) else None


# --- publication ----------------------------------------------------------------------------------------------------


@lru_cache(maxsize=4)
def _day_label(vocabulary: Vocabulary) -> re.Pattern[str]:
    return re.compile(rf"(?<!\w){phrase_pattern(vocabulary.boilerplate.day_labels)}(?!\w)")


def find_publication(
    raw: RawDocument,
    copy: NormalisedText,
    lines: Sequence[Line],
    vocabulary: Vocabulary,
) -> Publication:
    """Return the day that came with the text, else the day that a line of page data states, else unknown.

    A line states it if nothing is left in it beside the date, an hour, a weekday and a label.
    """
    given = parse_day(raw.published, vocabulary.dates) if raw.published else None
    if given:
        return Publication(given, given, given, "given")
    for line in lines:
        if "edge" in line.zone and line.end - line.start <= LONGEST_TITLE and _has_digit(line):
            found = _stated_day(copy, line, vocabulary)
            if found:
                return found
    return Publication()


def _has_digit(line: Line) -> bool:
    return _DIGIT.search(line.text) is not None


def _stated_day(copy: NormalisedText, line: Line, vocabulary: Vocabulary) -> Publication | None:
    text = copy.text[line.start : line.end]
    written = _DAY_TEXT.search(text)
    if not written:
        return None
    rest = text[: written.start()] + " " + text[written.end() :]
    for pattern in (_DAY_TEXT, _CLOCK, _WEEKDAY, _day_label(vocabulary)):
        rest = pattern.sub(" ", rest)
    if len(_WORD.findall(rest)) > (3 if _day_label(vocabulary).search(text) else 1):
        return None
    day = parse_day(written[0], vocabulary.dates)
    if day is None:
        return None
    evidence = copy.source_span(line.start + written.start(), line.start + written.end())
    return Publication(day, day, day, "stated", evidence)
