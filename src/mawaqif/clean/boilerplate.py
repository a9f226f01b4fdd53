"""Marks the lines of a page that are not the article: furniture by rule, and lines that recur from page to page."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache

import ahocorasick_rs

from mawaqif.arabic.text import NormalisedText, fold
from mawaqif.clean.counters import Counter
from mawaqif.clean.frequencies import LineFrequencies
from mawaqif.clean.lines import Line, fold_pattern, phrase_pattern
from mawaqif.records import MarkedSpan
from mawaqif.vocabulary import BoilerplateRule, Vocabulary

LONGEST_REPEATED_LINE = 15
"""Words: a longer line that recurs is a syndicated paragraph, not furniture."""

_LARGEST_REPEATED_SHARE = 0.3
_LONGEST_EDGE_LINE = 10
_ARABIC = re.compile(r"[ء-ي]")
_LATIN = re.compile(r"[a-z]")
_BULLET = re.compile(r"(?:[-–*·•▪●■◦‣⁃]|\d{1,3}[.)-])\s")
_LEADING_BAR = re.compile(r"[|¦]\s+(?=[^\s|])")
# A line of blanks that show as nothing: no-break spaces, zero-width and bidi characters.
_BLANK_LINE = re.compile(r"(?m)^[ \t\r]*([^\S\r\n \t]|[\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff])")
_BLANK_REST = re.compile(r"(?:[^\S\r\n]|[\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff])*(?=[\r\n]|\Z)")


_LETTERS = re.compile(r"[^\W\d_]")
LONGEST_PLAIN = 16
"""Words: nearly all furniture is shorter and nearly all paragraphs longer, so few rules are tried on those."""

_OtherRule = tuple[BoilerplateRule, re.Pattern[str]]


@dataclass(frozen=True)
class _Rules:
    """The rules of `boilerplate.yml`, compiled.

    `plain` is all line rules without hints, `plain_long` those of them for lines of more than `LONGEST_PLAIN` words,
    up to `longest_plain`. `others` is the rules with hints or for parts of lines; each hint, a word without which a
    rule cannot match, belongs to the rule at `hinted_at` of them, and `unhinted` have none.
    """

    plain: re.Pattern[str]
    plain_long: re.Pattern[str]
    longest_plain: int
    others: tuple[_OtherRule, ...]
    hints: ahocorasick_rs.AhoCorasick
    hinted_at: tuple[int, ...]
    unhinted: tuple[_OtherRule, ...]
    by_group: dict[str, BoilerplateRule]
    widgets: re.Pattern[str]
    outlets: re.Pattern[str]
    kept: frozenset[str]
    leading: frozenset[str]


@lru_cache(maxsize=4)
def _compile(vocabulary: Vocabulary) -> _Rules:
    file = vocabulary.boilerplate
    section = phrase_pattern(file.sections)
    whole: list[str] = []
    whole_long: list[str] = []
    others: list[_OtherRule] = []
    hints: list[tuple[str, int]] = []
    by_group: dict[str, BoilerplateRule] = {}
    for number, rule in enumerate(file.rules):
        parts = [fold_pattern(p).replace("{section}", section) for p in rule.patterns]
        parts += [phrase_pattern(rule.phrases)] if rule.phrases else []
        source = "|".join(f"(?:{part})" for part in parts)
        if rule.place != "line" or rule.hints:
            hints += [(fold(hint), len(others)) for hint in rule.hints]
            others.append((rule, re.compile(rf"(?:{source})\Z" if rule.place == "line_end" else source)))
        else:
            by_group[f"r{number}"] = rule
            whole.append(rf"(?P<r{number}>(?:{source})\Z)")
            whole_long += whole[-1:] if rule.longest > LONGEST_PLAIN else []
    tokens = phrase_pattern(file.widgets)
    outlet = phrase_pattern(n for o in vocabulary.outlets.outlets for n in (o.name.ar, o.name.en, *o.aliases))
    return _Rules(
        plain=re.compile("|".join(whole)),
        plain_long=re.compile("|".join(whole_long) or "(?!)"),
        longest_plain=max((rule.longest for rule in by_group.values()), default=0),
        others=tuple(others),
        hints=ahocorasick_rs.AhoCorasick([hint for hint, _ in hints]),
        hinted_at=tuple(number for _, number in hints),
        unhinted=tuple((rule, pattern) for rule, pattern in others if not rule.hints),
        by_group=by_group,
        widgets=re.compile(rf"(?:(?:{tokens}|\d+)(?![\w+-])[\s|/,.:()\[\]>•·*-]*)+"),
        outlets=re.compile(rf"{outlet}(?:[\s|/,:()>-]+(?:{outlet}|{section}))*"),
        kept=frozenset(fold(line) for line in file.kept_lines),
        leading=frozenset(rule.id for rule in file.rules if rule.leads),
    )


def mark_boilerplate(
    copy: NormalisedText,
    lines: list[Line],
    counters: list[Counter],
    vocabulary: Vocabulary,
    *,
    line_counts: LineFrequencies | None = None,
) -> list[MarkedSpan]:
    """Return what of a page's lines is not the article, as source spans in no particular order.

    1. Counters. 2. Lines that a rule or the list of widgets covers whole. 3. Beginnings and ends of lines. 4. Lines in
    Latin letters before the first and after the last line of the article, and names of outlets before it. 5. Short
    lines from a heading such as "related" to the end. 6. Lines that recur across documents.

    Args:
        copy: The page without its markup.
        lines: Its lines.
        counters: What `find_counters` found in them.
        vocabulary: The rules.
        line_counts: How often each line occurs in the corpus, if that is known.
    """
    rules = _compile(vocabulary)
    tried = _rules_by_line(copy.text, lines, rules)
    spans = [_mark(copy, c.start, c.end, "counter", c.name) for c in counters]  # 1.
    counted = {(c.start, c.end) for c in counters}
    whole: dict[int, tuple[str, str]] = {}
    for i, line in enumerate(lines):
        if (line.start, line.end) in counted:
            whole[i] = ("counter", "counter")
        elif found := _whole_line(line, rules, tried.get(i, ())):  # 2.
            whole[i] = found
            spans.append(_mark(copy, line.start, line.end, *found))
        else:
            parts = _parts(copy.text, line, tried.get(i, rules.unhinted), is_first=i == 0)  # 3.
            spans += [_mark(copy, *part) for part in parts]
    for i, rule in _edges(lines, whole, rules):  # 4.
        whole[i] = ("masthead", rule)
        spans.append(_mark(copy, lines[i].start, lines[i].end, *whole[i]))
    for i, kind in _closing_lists(lines, whole, rules):  # 5.
        whole[i] = (kind, "closing_list")
        spans.append(_mark(copy, lines[i].start, lines[i].end, *whole[i]))
    if line_counts is not None:  # 6.
        repeated = _repeated(lines, whole, rules, line_counts)
        spans += [_mark(copy, line.start, line.end, "repeated", "line_frequency") for line in repeated]
    return spans


def _rules_by_line(text: str, lines: Sequence[Line], rules: _Rules) -> dict[int, list[_OtherRule]]:
    """Return the rules that may match each line with a hint in it, in order; other lines meet those without hints."""
    starts = [line.start for line in lines]
    hinted: dict[int, set[int]] = {}
    for hint, start, _ in rules.hints.find_matches_as_indexes(text, overlapping=True):
        hinted.setdefault(bisect_right(starts, start) - 1, set()).add(rules.hinted_at[hint])
    return {
        number: [other for at, other in enumerate(rules.others) if at in found or not other[0].hints]
        for number, found in hinted.items()
    }


def mark_blank_lines(text: str) -> list[MarkedSpan]:
    """Return the lines that hold only no-break spaces, zero-width or bidi characters; outer plain spaces stay."""
    found: list[MarkedSpan] = []
    for line in _BLANK_LINE.finditer(text):
        rest = _BLANK_REST.match(text, line.end())
        if rest:
            end = line.start(1) + len(text[line.start(1) : rest.end()].rstrip(" \t"))
            found.append(MarkedSpan(line.start(1), end, "separator", "blank_line"))
    return found


def _mark(copy: NormalisedText, start: int, end: int, kind: str, rule: str) -> MarkedSpan:
    span = copy.source_span(start, end)
    return MarkedSpan(span.start, span.end, kind, rule)


def _whole_line(line: Line, rules: _Rules, tried: Sequence[_OtherRule]) -> tuple[str, str] | None:
    """Return kind and rule of a line that is furniture from end to end."""
    if line.n_words > 60 or (not line.core and line.end - line.start > 60):
        return None
    if not line.core:
        return "separator", "separator"
    is_widget = rules.widgets.fullmatch(line.core) and _LETTERS.search(line.core)
    if is_widget and not _BULLET.match(line.text):
        return "widget", "widgets"
    plain = rules.plain if line.n_words <= LONGEST_PLAIN else rules.plain_long
    hinted = [other for other in tried if other[0].place == "line"] if tried else ()
    for form in (line.text,) if line.core == line.text else (line.text, line.core):
        match = plain.match(form) if line.n_words <= rules.longest_plain else None
        if match and match.lastgroup and (rule := rules.by_group[match.lastgroup]) and _applies(rule, line):
            return rule.kind, rule.id
        for rule, pattern in hinted:
            if _applies(rule, line) and pattern.fullmatch(form):
                return rule.kind, rule.id
    return None


def _applies(rule: BoilerplateRule, line: Line) -> bool:
    return rule.zone in line.zone and line.n_words <= rule.longest


def _parts(
    text: str, line: Line, tried: Sequence[_OtherRule], *, is_first: bool
) -> Iterator[tuple[int, int, str, str]]:
    """Yield the beginnings and ends of a line that are furniture: a bar left by a table, "read more" after the text."""
    if is_first and (bar := _LEADING_BAR.match(text, line.start, line.end)) and "|" not in text[bar.end() : line.end]:
        yield line.start, bar.end(), "separator", "leading_bar"
    for rule, pattern in tried:
        if rule.zone not in line.zone:
            continue
        if rule.place == "line_start" and (match := pattern.match(text, line.start, line.end)):
            yield match.start(), match.end(), rule.kind, rule.id
        elif rule.place == "line_end":
            tail = max(line.start, line.end - 80)
            if match := pattern.search(text, tail, line.end):
                start = match.start() + len(match[0]) - len(match[0].lstrip())
                yield start, match.end(), rule.kind, rule.id


def _edges(lines: list[Line], whole: dict[int, tuple[str, str]], rules: _Rules) -> Iterator[tuple[int, str]]:
    """Yield short lines outside the article: without Arabic letters at both ends, an outlet's name at the head."""
    last = len(lines) - 1
    for numbers, is_head in ((range(last), True), (range(last, 0, -1), False)):
        for i in numbers:
            if i in whole:
                continue
            line = lines[i]
            if line.n_words > _LONGEST_EDGE_LINE:
                break
            if _LATIN.search(line.core) and not _ARABIC.search(line.text):
                yield i, "latin_edge"
            elif is_head and rules.outlets.fullmatch(line.core):
                yield i, "outlet_name"
            else:
                break


def _closing_lists(lines: list[Line], whole: dict[int, tuple[str, str]], rules: _Rules) -> Iterator[tuple[int, str]]:
    """Yield the short lines after the last paragraph, from the heading of a list of links or comments to the end."""
    last = max((i for i, line in enumerate(lines) if i not in whole and _is_paragraph(line)), default=len(lines))
    heading: tuple[str, str] | None = None
    for i in range(last + 1, len(lines)):
        if i in whole and whole[i][1] in rules.leading:
            heading = whole[i]
        elif heading is not None and i not in whole and not _SOURCE.match(lines[i].text):
            yield i, heading[0]


def _is_paragraph(line: Line) -> bool:
    """Whether a line is more than the title of another article: many words, or a sentence with its stop."""
    return line.n_words > LONGEST_PLAIN or (line.n_words > 5 and line.text.endswith("."))


_SOURCE = re.compile(r"(?:ال)?مصدر\s*[:/|-]")


def _repeated(
    lines: list[Line], whole: dict[int, tuple[str, str]], rules: _Rules, line_counts: LineFrequencies
) -> list[Line]:
    """Return the lines that recur across documents, unless they are so much of this one that it is itself a copy."""
    left = [line for i, line in enumerate(lines) if i not in whole]
    repeated = [
        line
        for line in left
        if 0 < line.n_words <= LONGEST_REPEATED_LINE and line.core not in rules.kept and line_counts.is_repeated(line)
    ]
    size = sum(line.end - line.start for line in left)
    share = sum(line.end - line.start for line in repeated) / size if size else 1.0
    return repeated if share <= _LARGEST_REPEATED_SHARE else []
