"""The date grammar: which rule reads which tokens, and how the phrases found are put together."""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import lru_cache

from mawaqif.arabic.date_counting import mean_from_event
from mawaqif.arabic.date_days import DayRules
from mawaqif.arabic.date_events import EventRules
from mawaqif.arabic.date_meanings import mean_between, mean_eve, mean_relation, mean_within
from mawaqif.arabic.date_phrases import DatePhrase
from mawaqif.arabic.date_units import UnitRules
from mawaqif.arabic.date_years import FRACTION, YearRules


class ZoneReader(DayRules, YearRules, UnitRules, EventRules):
    """Reads the tokens of one zone; its rules take a match and give a phrase or None."""

    def read(self) -> list[DatePhrase]:
        """Find all phrases of the zone, then attach parts, relations and ranges."""
        found: list[tuple[int, int, DatePhrase]] = []
        rules, starters = _rules()
        starter = starters.search(self.kinds)
        while starter is not None:
            at = starter.start()
            best = self._longest(at, rules[self.kinds[at]])
            if best is None or self._is_before_christ(best[1]):
                starter = starters.search(self.kinds, at + 1)
                continue
            found.append(self._with_part(*best, floor=found[-1][1] if found else 0))
            starter = starters.search(self.kinds, best[1])
        if not found:
            return []
        found = self._join_pairs(found)
        found = self._share_years(found)
        found = self._join_counted(found)
        found = self._join_ranges(found)
        floors = [0, *(end for _, end, _ in found)]
        return [self._with_relation(*item, floor=floor) for item, floor in zip(found, floors, strict=False)]

    def _is_before_christ(self, at: int) -> bool:
        words = [token.word for token in self.tokens[at : at + 2]]
        return len(words) == 2 and words[0] == "قبل" and words[1] in ("الميلاد", "المسيح")

    def _longest(self, at: int, rules: tuple[_Rule, ...]) -> tuple[int, int, DatePhrase] | None:
        best: tuple[int, int, DatePhrase] | None = None
        for pattern, build in rules:
            match = pattern.match(self.kinds, at)
            if match and (best is None or match.end() > best[1]):
                phrase = build(self, match)
                if phrase is not None:
                    best = (at, match.end(), phrase)
        return best

    def _with_part(self, start: int, end: int, phrase: DatePhrase, *, floor: int) -> tuple[int, int, DatePhrase]:
        """Attach «أواخر», «النصف الأول من» and times of day that stand before a phrase."""
        kinds = self.kinds
        if phrase.kind in ("span", "counted", "counted_of", "duration", "awaited", "anchored"):
            return start, end, phrase
        if phrase.granularity == "day" and start - 1 >= floor and self._is_word_day(start - 1):
            start -= 1
        if start - 1 >= floor and kinds[start - 1] == "q":
            start -= 1
            if phrase.kind in ("holiday", "event") and self.tokens[start].word.endswith("عشيه"):
                phrase = phrase._replace(meaning=mean_eve(phrase.meaning), granularity="day")
        elif phrase.granularity == "day" and phrase.kind in ("holiday",):
            pass
        elif start - 1 >= floor and kinds[start - 1] == "P" and phrase.granularity != "day":
            start, phrase = self.part(start - 1, str(self.tokens[start - 1].value), None, phrase)
        else:
            tail = FRACTION.search(kinds, max(floor, start - 4), start)
            if tail and phrase.granularity != "day":
                start, phrase = self.fraction(tail.start(), phrase)
        first = self.tokens[start].start
        return start, end, phrase._replace(start=first) if first < phrase.start else phrase

    def _is_word_day(self, at: int) -> bool:
        """Whether «يوم» stands at index `at`: «منذ يوم 30 حزيران»."""
        token = self.tokens[at]
        return token.kind == "d" and not token.definite and token.value.number == 1

    def _join_pairs(self, found: list[tuple[int, int, DatePhrase]]) -> list[tuple[int, int, DatePhrase]]:
        """Put a Hijri date (or a weekday) and the Gregorian one that it corresponds to into one phrase."""
        joined: list[tuple[int, int, DatePhrase]] = []
        for item in found:
            if joined:
                (start, end, left), (begin, stop, right) = joined[-1], item
                gap = self.kinds[end:begin]
                if left.kind in ("past", "later") and gap in ("", "8") and right.kind in DATED_WHOLE:
                    joined[-1] = (start, stop, right._replace(start=left.start))  # «في وقت سابق من هذا الشهر»
                    continue
                pair = {left.kind, right.kind} in _HIJRI_PAIRS and left.granularity == right.granularity
                if (pair and gap in _CORRESPONDING) or (
                    gap in ("", "O", ",O", "(", ",") and left.kind == "weekday" and right.kind == "day"
                ):
                    main = left if right.kind == "hijri" and left.kind != "weekday" else right
                    if left.kind == "weekday" and left.lean is not None and right.lean is None:
                        main = main._replace(lean=left.lean)
                    stop += self.kinds[stop : stop + 1] == ")" and "(" in gap
                    joined[-1] = (start, stop, main._replace(start=left.start, end=right.end))
                    continue
            joined.append(item)
        return joined

    def _share_years(self, found: list[tuple[int, int, DatePhrase]]) -> list[tuple[int, int, DatePhrase]]:
        """Read «5 أيلول» in the year of «و10 تشرين الأول 2023» after it."""
        for at in range(len(found) - 2, -1, -1):
            (start, end, left), (begin, _, right) = found[at], found[at + 1]
            if left.kind == right.kind == "day" and self.kinds[end:begin] == "" and self.tokens[begin].joined:
                found[at] = (start, end, left._replace(meaning=mean_within(left.meaning, right.meaning)))
        return found

    def _join_counted(self, found: list[tuple[int, int, DatePhrase]]) -> list[tuple[int, int, DatePhrase]]:
        """Count «بعد عامين من غزو العراق» from the date or event that follows."""
        joined: list[tuple[int, int, DatePhrase]] = []
        for item in found:
            if joined and joined[-1][2].kind == "counted_of":
                (start, end, left), (begin, stop, right) = joined[-1], item
                if self.kinds[end:begin] in ("8", "80", "b") and right.points:
                    meaning = mean_from_event(right.meaning, self.tokens[start:end])
                    joined[-1] = (
                        start,
                        stop,
                        right._replace(start=left.start, meaning=meaning, granularity=left.granularity),
                    )
                    continue
            joined.append(item)
        return joined

    def _join_ranges(self, found: list[tuple[int, int, DatePhrase]]) -> list[tuple[int, int, DatePhrase]]:
        """Put «من ... إلى ...», «بين ... و...», «منذ ... وحتى ...» and `... - ...` into one phrase."""
        joined: list[tuple[int, int, DatePhrase]] = []
        for item in found:
            if joined:
                (start, end, left), (begin, stop, right) = joined[-1], item
                gap, lead = self.kinds[end:begin], self.kinds[max(0, start - 1) : start]
                if self._is_range(lead, gap, begin, left, right):
                    first = start - 1 if lead and lead in "783" else start
                    meaning = mean_between(left.meaning, right.meaning)
                    whole = right._replace(start=self.tokens[first].start, meaning=meaning, kind="range", base=None)
                    joined[-1] = (first, stop, whole)
                    continue
            joined.append(item)
        return joined

    def _is_range(self, lead: str, gap: str, begin: int, left: DatePhrase, right: DatePhrase) -> bool:
        if left.kind in _UNRANGED or right.kind in _UNRANGED:
            return False
        if lead == "7":
            return gap == "" and self.tokens[begin].joined
        if lead == "8":
            return gap in ("9", "5", "-", ",5")
        if lead == "3":
            return gap in ("5", ",5")
        alike = left.granularity == right.granularity and left.kind == right.kind
        return alike and (gap in ("-", "9") or (gap == "5" and lead not in ("1", "2")))

    def _with_relation(self, start: int, end: int, phrase: DatePhrase, *, floor: int) -> DatePhrase:
        """Attach «قبل», «بعد», «منذ», «حتى» and «بحلول»."""
        if start - 1 < floor or phrase.kind in _UNRELATED:
            return phrase
        before = self.tokens[start - 1]
        if before.kind == "0" and start - 2 >= floor and self.tokens[start - 2].kind == "5":
            before = self.tokens[start - 2]
        if before.kind not in "1235" and before.value != "deadline":
            return phrase
        relation = {"1": "before", "2": "after", "3": "since"}.get(before.kind, "until")
        at_its_time = self.tokens[start].kind == "q"  # «عقب فجر الأحد» is that day
        if relation == "after" and phrase.granularity == "day" and at_its_time:
            return phrase._replace(start=before.start)
        if relation == "after" and phrase.kind in ("said_weekday", "said") and phrase.lean == "past":
            return phrase
        lean = "past" if before.value == "since" else phrase.lean
        if before.value == "from_on" and phrase.kind == "weekday":
            lean = lean or "future"
        to_end = self.tokens[start].kind == "P" and self.tokens[start].value == "late"  # «قبل نهاية العام»
        base = phrase.base or phrase.meaning
        return phrase._replace(
            start=before.start,
            meaning=mean_relation(relation, phrase.meaning, inclusive=phrase.kind == "event", to_end=to_end),
            base=base,
            lean=lean,
        )


_HIJRI_PAIRS = tuple({"hijri", kind} for kind in ("day", "month", "year", "weekday", "said_weekday", "unit"))
DATED_WHOLE = frozenset(("unit", "said", "said_weekday", "weekday", "day"))
_CORRESPONDING = frozenset(("", "O", ",O", "(", "(O", "/", "-", ",", "-O"))
_UNRANGED = frozenset(
    (
        "span",
        "counted",
        "counted_of",
        "duration",
        "awaited",
        "past",
        "future",
        "later",
        "until_now",
        "present",
        "then",
        "anchored",
        "after_it",
    )
)
_UNRELATED = _UNRANGED - {"awaited", "then"} | {"range", "anniversary"}


# --- patterns over class letters (`date_tokens`), each with the rule that reads it ----------------------------------

_MONTH = r"(?:[MAHJ](?:[/\-]?[MA]|\([MA]\))?)"
_YEAR = r"(?:,?8?y?[YG][IW]?|8?yn)"
_TAIL = r"(?:8?[ye][LFBCsXV]|8?[TZE]y|[LFBCXVs])"
_NUMBER = r"[Don]"
_Builder = Callable[[ZoneReader, re.Match[str]], DatePhrase | None]
_Rule = tuple[re.Pattern[str], _Builder]
_TOLD = rf"(?P<year>{_YEAR})?(?P<tail>{_TAIL})?"
_COUNT = r"~?(?P<count>[nDNf])?~?(?P<unit>[dkmyceu])"
_COUNT_OR_PART = r"~?(?P<count>[nDNfQ])?~?(?P<unit>[dkmyceu])"
_PATTERNS: tuple[tuple[str, str, _Builder], ...] = (
    ("Dondw", rf"(?:d?w[,\-]?[O8]?0?\(?)?(?P<number>{_NUMBER})[8d]?m?(?P<month>{_MONTH}){_TOLD}", ZoneReader.day_month),
    (
        "Don87",
        rf"(?P<lead>[87])?(?P<number>{_NUMBER})(?P<between>(?:,?{_NUMBER}){{0,4}})(?P<by>[\-95])?(?P<to>{_NUMBER})8?m?(?P<month>{_MONTH}){_TOLD}",
        ZoneReader.day_month,
    ),
    ("MA", r"(?P<month>[MA])(?P<number>D)(?P<year>,?[YG])", ZoneReader.month_day_year),
    ("Don", rf"(?P<number>{_NUMBER})(?P<to>{_NUMBER})?(?:8?m[LFCBsX]|8?C|8?(?P<this>T)m)", ZoneReader.day_of_unit),
    ("mMAHJ", rf"(?P<unit>m)?(?P<month>{_MONTH}){_TOLD}", ZoneReader.month),
    ("mMA", rf"m?(?P<month>[MA])(?P<by>[\-95])?(?P<other>[MA]){_TOLD}", ZoneReader.months_range),
    ("D", r"(?P<a>D)(?P<sep>[/\-.])(?P<b>D)(?P=sep)(?P<c>[YGD])(?P<mark>[IW])?", ZoneReader.numeric),
    ("Y", r"(?P<c>Y)(?P<sep>[/\-])(?P<b>D)(?P=sep)(?P<a>D)(?P<mark>[IW])?", ZoneReader.numeric),
    ("Do", r"[Do]p", ZoneReader.day_of_it),
    ("D", r"(?P<a>D)[/\-](?P<c>Y)", ZoneReader.numeric_month),
    ("D", r"(?P<a>D)\-(?P<b>D)\(@", ZoneReader.dateline),
    ("D", r"(?P<a>D)/(?P<b>D)", ZoneReader.day_and_month),
    ("k", rf"k[ol]8?m?(?P<month>{_MONTH}){_TOLD}", ZoneReader.week_of_month),
    ("y", r"y(?P<sort>x)?(?P<number>[YGnD])[IW]?", ZoneReader.year),
    ("y", r"y(?P<adjective>[CLF]),?\(?(?P<number>Y)\)?", ZoneReader.year_said),
    ("T", r"Ty(?P<number>Y)", ZoneReader.year),
    ("y", r"y[IW](?P<number>Y)[IW]?", ZoneReader.year),
    ("Y", r"(?P<number>Y)I", ZoneReader.year),
    ("yu", r"(?P<unit>[yu])x?Y(?:(?P<by>[,\-/95])?Y)+[IW]?", ZoneReader.years),
    ("yY", r"(?P<unit>y)?x?Y(?P<by>[\-/])D", ZoneReader.years),
    ("Y783", r"(?P<lead>[783])?Y(?P<by>[\-/95])?Y[IW]?", ZoneReader.years),
    ("Y", r"YW", ZoneReader.marked_year),
    ("Y", r"Y", ZoneReader.bare_year),
    ("dkmyceu", r"(?P<unit>[dkmyceu])(?P<count>[nDNfo])?(?P<adjective>[LFBlCXVs])", ZoneReader.unit_with),
    ("nDN", r"(?P<count>[nDN])(?P<unit>[dkmyceu])(?P<adjective>[LFl])", ZoneReader.unit_with),
    ("T", r"T(?P<unit>[dmt])8(?P<year>y[YG])", ZoneReader.same_in_year),
    ("t", r"(?P<unit>t)8(?:(?P<year>y[YG])|(?P<tail>y[LFB]))", ZoneReader.same_in_year),
    ("T", r"T(?P<unit>[dmt])8(?P<tail>y[LFB])", ZoneReader.same_in_year),
    ("dmt", r"(?P<unit>[dmt])s8(?:(?P<year>y[YG])|(?P<tail>y[LFB]))", ZoneReader.same_in_year),
    ("TZE", r"[TZE][dkmycetu]", ZoneReader.unit_pointed),
    ("r", r"r(?P<count>[nDNf])?[dkmyceu]", ZoneReader.last_units),
    ("123", rf"[123]{_COUNT_OR_PART}f?(?:[hQ]y?)?~?=?", ZoneReader.counted),
    ("123", rf"[123]{_COUNT}(?P<again>n)~?=?", ZoneReader.counted),
    ("><", rf"[><]{_COUNT}~?", ZoneReader.counted_from_that),
    ("12", rf"[12]{_COUNT}8Z", ZoneReader.counted_from_that),
    (">", r">", ZoneReader.after_it),
    ("nDNdkmyceu", r"(?P<count>[nDN])?(?P<unit>[dkmyceu])i", ZoneReader.further),
    ("U", rf"U{_COUNT}(?![LFBlCi8])", ZoneReader.lasted),
    ("z", r"z(?P<century>8?c[LBlCFoDn])?", ZoneReader.decade),
    ("c", r"c[oDn]", ZoneReader.century),
    ("u", r"u[oD][oD]", ZoneReader.centuries),
    ("e", r"e[ol]8?c[oDnLBC]", ZoneReader.decade_of_century),
    ("TS", rf"(?P<this>T)?(?P<season>S){_TOLD}", ZoneReader.season),
    (
        "tdw",
        r"(?:(?P<said>t)(?P<open>\()?)?d?(?P<weekday>w)(?P<adjective>[LFBXC])?(?P<after>,?t)?(?(open)\)?|)",
        ZoneReader.weekday,
    ),
    ("uw", r"(?P<unit>u)?(?P<weekday>w)(?:,?w){0,5}[\-/]?(?P<other>w)(?P<adjective>[LFBC])?", ZoneReader.weekdays),
    ("t", r"t\((?P<said>t)d?(?P<weekday>w)\)", ZoneReader.weekday),
    ("dw", r"d?(?P<weekday>w)8k(?P<week>[LFCB])", ZoneReader.weekday),
    ("t", r"t(?P<adjective>[XVsL])?", ZoneReader.said),
    ("v", r"v=", ZoneReader.time_of_today),
    ("v", r"v", ZoneReader.vague),
    ("R", r"R(?:(?P<adjective>[LFCXl])|(?P<year>Y))?", ZoneReader.event),
    ("aR", r"[aR]j*F", ZoneReader.awaited),
    ("&", rf"&{_TOLD}", ZoneReader.holiday),
    ("uP", rf"(?P<order>[uP])&{_TOLD}", ZoneReader.holiday),
    ("K", r"K(?P<number>[on])[xjL0F_]{0,3}R", ZoneReader.anniversary),
    ("P", r"P[dkmyceu]", ZoneReader.part_of_running),
    ("Q", r"Q[ol]8?[my]", ZoneReader.fraction_of_running),
    ("uQ", r"u[nD]o8y", ZoneReader.fraction_of_running),
    ("u", r"uf", ZoneReader.far_ahead),
    ("4", rf"4{_COUNT}", ZoneReader.within),
)
"""(class letters that may begin it, pattern, builder); of several that match, the longest with a meaning is taken."""


@lru_cache(maxsize=1)
def _rules() -> tuple[dict[str, tuple[_Rule, ...]], re.Pattern[str]]:
    """Index the patterns by the class letter that they begin with; and a pattern that finds such letters."""
    found: dict[str, list[_Rule]] = {}
    for starters, pattern, build in _PATTERNS:
        compiled = re.compile(pattern)
        for letter in starters:
            found.setdefault(letter, []).append((compiled, build))
    letters = "".join(map(re.escape, found))
    return {letter: tuple(rules) for letter, rules in found.items()}, re.compile(f"[{letters}]")
