"""Reads view and reading-time counters in the page data of an article, also when they are glued to a date."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import lru_cache
from typing import NamedTuple

from mawaqif.clean.lines import Line, fold_pattern, phrase_pattern
from mawaqif.vocabulary import Vocabulary

LONGEST_COUNTER_LINE = 160
_MOST_OTHER_WORDS = 8
_SEPARATORS = frozenset("|-–•·/,:()[]\t")
_WORDS_FOR_NUMBERS = {"دقيقه واحده": 1, "دقيقه": 1, "دقيقتان": 2, "دقيقتين": 2}
_UNITS = {"الف": 1000, "k": 1000, "مليون": 1_000_000, "m": 1_000_000}
_DIGIT_OR_WORD = re.compile(r"\d|دقيق")  # one of which stands in every counter
_NUMBER = re.compile(r"\d[\d.,]*(?: ?(?:دقيقه|دقايق|د|min(?:ute)?s?|k|الف))?")
# What may end just before a glued number, and how many of the number's digits belong to it.
_GLUED = (
    (re.compile(r"\d{1,2}[ /.-]+[^\W\d]+(?: ?[/(] ?[^\W\d]+\)?)?[ ,/.-]+$"), 4),  # 31 August 2025|277
    (re.compile(r"(?<!\d)\d{1,2}[/.-]\d{1,2}[/.-]$"), 4),  # 31/8/2025|277
    (re.compile(r"(?<!\d)\d{4}[/.-]\d{1,2}[/.-]$"), 2),  # 2025-08-31|277
    (re.compile(r"(?<!\d)\d{1,2}:$"), 2),  # 10:45|277
)


class Counter(NamedTuple):
    """A counter at `start:end` of the normalised copy; `name` is views, reading_minutes or other."""

    start: int
    end: int
    name: str
    value: int


@lru_cache(maxsize=4)
def _compiled(vocabulary: Vocabulary) -> tuple[list[tuple[str, re.Pattern[str]]], dict[str, re.Pattern[str]]]:
    file = vocabulary.boilerplate
    named = (("views", file.counters.views), ("reading_minutes", file.counters.reading_minutes))
    patterns = [(name, re.compile(fold_pattern(p))) for name, group in named for p in group]
    labels = {
        "views": re.compile(phrase_pattern(file.labels.views)),
        "reading_minutes": re.compile(phrase_pattern(file.labels.reading_minutes)),
        "other": re.compile(phrase_pattern(file.labels.other)),
    }
    return patterns, labels


def find_counters(text: str, lines: list[Line], vocabulary: Vocabulary) -> list[Counter]:
    """Return the counters of the edge lines, in order; a number inside a sentence of the article is none."""
    patterns, labels = _compiled(vocabulary)
    found: list[Counter] = []
    for i, line in enumerate(lines):
        if "edge" not in line.zone or line.end - line.start > LONGEST_COUNTER_LINE:
            continue
        found += _in_line(text, line, patterns)
        following = lines[i + 1] if i + 1 < len(lines) else None
        found += _label_and_value(line, following, labels)
    return sorted(set(found))


def _in_line(text: str, line: Line, patterns: Iterable[tuple[str, re.Pattern[str]]]) -> list[Counter]:
    content = text[line.start : line.end]
    if not _DIGIT_OR_WORD.search(content):
        return []
    counters: list[Counter] = []
    for name, pattern in patterns:
        for match in pattern.finditer(content):
            counter = _read(name, match, content)
            if counter and not any(c.start < counter.end and counter.start < c.end for c in counters):
                counters.append(counter)
    counters.sort()
    if not counters or not _is_page_data(content, counters):
        return []
    return [Counter(c.start + line.start, c.end + line.start, c.name, c.value) for c in counters]


def _read(name: str, match: re.Match[str], content: str) -> Counter | None:
    """Read one match, leaving to a date or an hour the digits that are its own."""
    number, start = match["n"], match.start()
    if match.start("n") == start:
        own = next((digits for before, digits in _GLUED if before.search(content[:start])), 0)
        number, start = number[own:], start + own
    if number in _WORDS_FOR_NUMBERS:
        return Counter(start, match.end(), name, _WORDS_FOR_NUMBERS[number])
    digits = number.strip(".,")
    unit = match.groupdict().get("unit")
    if not digits:
        return None
    if unit:
        return Counter(start, match.end(), name, round(float(digits.replace(",", ".")) * _UNITS[unit]))
    return Counter(start, match.end(), name, int(re.sub(r"\D", "", digits)[:12]))


def _is_page_data(content: str, counters: list[Counter]) -> bool:
    """Whether the counters stand apart from the few other words of the line, as in no sentence."""
    rest = content
    for counter in reversed(counters):
        before = content[: counter.start].rstrip()
        after = content[counter.end :].lstrip()
        starts_apart = not before or before[-1] in _SEPARATORS or before[-1].isdigit()
        starts_apart = starts_apart or any(c.end == len(before) for c in counters)
        ends_apart = not after or after[0] in _SEPARATORS or after[0].isdigit()
        ends_apart = ends_apart or any(
            c.start >= counter.end and not content[counter.end : c.start].strip() for c in counters
        )
        if not (starts_apart and ends_apart):
            return False
        rest = rest[: counter.start] + " " + rest[counter.end :]
    return len(rest.split()) <= _MOST_OTHER_WORDS


def _label_and_value(line: Line, following: Line | None, labels: dict[str, re.Pattern[str]]) -> list[Counter]:
    """Return a label that stands alone, and the number on the line after it."""
    if following is None or not line.core or not _NUMBER.fullmatch(following.core):
        return []
    for name, pattern in labels.items():
        if pattern.fullmatch(line.core):
            value = int(re.sub(r"\D", "", following.core)[:12])
            return [Counter(line.start, line.end, "other", 0), Counter(following.start, following.end, name, value)]
    return []
