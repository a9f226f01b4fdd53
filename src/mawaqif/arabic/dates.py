"""The date grammar: finds calendar expressions in normalised Arabic text and says which days they mean.

A phrase is found once, without knowing when it was written; `DatePhrase.resolve` gives its days for a day of writing,
an anchor (a date named shortly before) and an outlook (whether the sentence looks back or ahead).
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from datetime import date
from functools import lru_cache
from itertools import pairwise
from typing import NamedTuple

from mawaqif.arabic import calendar as cal
from mawaqif.arabic.calendar import Interval
from mawaqif.arabic.date_meanings import (
    ANCHORED,
    FIRST_YEAR,
    LAST_YEAR,
    RELATIVE,
    Context,
    Meaning,
    ToldYear,
    Yearly,
    event_times,
    gregorian_day,
    gregorian_month,
    hijri_recurrence,
    mean_between,
    mean_counted,
    mean_day_offset,
    mean_day_on_weekday,
    mean_eve,
    mean_event,
    mean_first_months,
    mean_fixed,
    mean_from_event,
    mean_further,
    mean_in_told_year,
    mean_lasting,
    mean_on_weekday,
    mean_part,
    mean_present,
    mean_recurring,
    mean_relation,
    mean_said_weekday,
    mean_span_of_units,
    mean_unit,
    mean_vague,
    mean_week_of_month,
    mean_weekday,
    mean_weekday_of_week,
    mean_weekdays,
    mean_within,
    read_point,
)
from mawaqif.arabic.date_tokens import AWAITING, EventContexts, Lexicon, Token, compile_lexicon, read_tokens
from mawaqif.arabic.date_zones import find_zones
from mawaqif.arabic.text import NormalisedText, fold, normalise
from mawaqif.records import Span
from mawaqif.vocabulary import DatedEvent, DatesFile, Holiday


class DatePhrase(NamedTuple):
    """A calendar expression: its place in the copy and what it means.

    `lean` is the direction that the words themselves show (المقبل: "future"). `points` is False for phrases that
    must not serve as an anchor. `keep` is False for phrases that are dropped where their days cannot be told.
    """

    start: int
    end: int
    meaning: Meaning
    granularity: str
    lean: str | None = None
    points: bool = True
    keep: bool = True
    kind: str = ""
    base: Meaning | None = None
    weekday: int | None = None
    event: DatedEvent | None = None

    def resolve(self, context: Context) -> Interval:
        """Return the days meant, or an interval of two None with the basis "unresolved"."""
        if self.lean and context.outlook != self.lean:
            context = Context(context.reference, context.anchor, self.lean)
        found = self.meaning(context)
        return found or Interval(None, None, self.granularity, "unresolved")

    def resolve_base(self, context: Context) -> Interval:
        """Return the days of the phrase without «بعد», «قبل», «منذ» or «حتى»: what later words refer back to."""
        return self._replace(meaning=self.base).resolve(context) if self.base else self.resolve(context)


class FoundDate(NamedTuple):
    """A date expression in source offsets with its days."""

    span: Span
    interval: Interval
    phrase: DatePhrase


# --- the grammar: patterns over class letters, each with a builder --------------------------------------------------

_MONTH = r"(?:[MAHJ](?:[/\-]?[MA]|\([MA]\))?)"
_YEAR = r"(?:,?8?y?[YG][IW]?|8?yn)"
_TAIL = r"(?:8?[ye][LFBCsXV]|8?[TZE]y|[LFBCXVs])"
_NUMBER = r"[Don]"


def _start(match: re.Match[str], group: str) -> int:
    """Return where a group of a match begins, -1 where it or the group is absent."""
    return match.start(group) if group in match.re.groupindex else -1


class _Reader:
    """Reads the tokens of one zone; builders are methods that take a match and give a phrase or None."""

    def __init__(self, tokens: list[Token], lexicon: Lexicon, contexts: EventContexts) -> None:
        self.tokens = tokens
        self.lexicon = lexicon
        self.contexts = contexts
        self.kinds = "".join([token[0] for token in tokens])

    # What the groups of a match hold.

    def one(self, match: re.Match[str], group: str) -> Token | None:
        at = _start(match, group)
        return self.tokens[at] if at >= 0 else None

    def many(self, match: re.Match[str], group: str) -> list[Token]:
        return self.tokens[match.start(group) : match.end(group)] if _start(match, group) >= 0 else []

    def phrase(self, match: re.Match[str], meaning: Meaning, granularity: str, **more: object) -> DatePhrase:
        first, last = self.tokens[match.start()], self.tokens[match.end() - 1]
        return DatePhrase(first.start, last.end, meaning, granularity, **more)  # type: ignore[arg-type]

    def before(self, at: int) -> Token | None:
        """Return the token before index `at`, or None at the start."""
        return self.tokens[at - 1] if at > 0 else None

    def follows(self, at: int, name: str) -> bool:
        """Whether the word before index `at` is in a list of the vocabulary."""
        before = self.before(at)
        return before is not None and before.word in self.lexicon.context[name]

    def read_year(self, match: re.Match[str]) -> ToldYear | None:
        """Read the groups `year` and `tail`; None where the number cannot be a year."""
        number = None
        for token in self.many(match, "year"):
            if token.kind in "YGn":
                number = int(token.word[:4]) if token.kind == "G" else int(token.value)
        if number is not None:
            return ToldYear(number=number) if 1000 <= number <= 2199 else None
        tail = [t for t in self.many(match, "tail") if t.kind != "8"]
        if not tail:
            return ToldYear()
        if len(tail) == 1:
            return ToldYear(adjective=str(tail[0].value)) if not tail[0].prefix else None  # «محرم لذاته»
        adjective = next(t.value for t in tail if t.kind not in "ye")
        return ToldYear(of_year=str(adjective))

    def lean(self, told: ToldYear) -> str | None:
        adjective = told.adjective or told.of_year
        return {"past": "past", "before_last": "past", "recent": "past", "future": "future"}.get(adjective or "")

    def read_months(self, match: re.Match[str], group: str = "month") -> list[Token]:
        return [t for t in self.many(match, group) if t.kind in "MAHJ"]

    # Days and months.

    def day_month(self, match: re.Match[str]) -> DatePhrase | None:
        months = self.read_months(match)
        number = self.one(match, "number")
        told = self.read_year(match)
        last = self.one(match, "to")
        if number is None or told is None or not 1 <= number.value <= 31:
            return None
        if self.follows(match.start(), "names") or (len(months) > 1 and months[0].value != months[1].value):
            return None
        if number.kind == "o" and self.kinds[match.start("number") - 1 : match.start("number")] in ("Q", "k"):
            return None  # «النصف الأول من شهر أيلول», «الأسبوع الأول من أيلول»
        if months[0].kind == "J" and months[0].value == 2 and told == ToldYear():
            return None  # «2 صفر» is a score
        if last is not None and not (number.value < last.value <= 31 and (last.joined or _start(match, "by") >= 0)):
            return None
        return self._make_day(match, months[0], int(number.value), int(last.value) if last else None, told)

    def _make_day(
        self, match: re.Match[str], month: Token, first: int, last: int | None, told: ToldYear
    ) -> DatePhrase | None:
        if month.kind in "HJ":
            if told.number is not None:
                start = cal.hijri_interval(told.number, month.value, first)
                end = cal.hijri_interval(told.number, month.value, last) if last else start
                meaning = mean_fixed(start._replace(last=end.last) if start and end else None)
            else:
                meaning = mean_recurring(hijri_recurrence(month.value, first, (last or first) - first + 1), told)
            return self.phrase(match, meaning, "day", lean=self.lean(told), kind="hijri")
        yearly = gregorian_day(month.value, first, last)
        if told.number is not None and yearly(told.number) is None:
            return None
        if told.number is None and yearly(2024) is None:
            return None
        weekday = next((int(t.value) for t in self.tokens[match.start() : match.end()] if t.kind == "w"), None)
        meaning = mean_recurring(yearly, told)
        if weekday is not None and told == ToldYear():
            meaning = mean_on_weekday(yearly, weekday)
        phrase = self.phrase(match, meaning, "day", lean=self.lean(told), kind="day")
        if told == ToldYear():
            phrase = phrase._replace(weekday=weekday)
        return self._cut_glued(match, phrase)

    def _cut_glued(self, match: re.Match[str], phrase: DatePhrase) -> DatePhrase:
        """End a year of a glued counter («2025277 مشاهدة») after its four digits."""
        token = self.tokens[match.end() - 1]
        return phrase._replace(end=token.start + 4) if token.kind == "G" else phrase

    def month(self, match: re.Match[str]) -> DatePhrase | None:
        months = self.read_months(match)
        told = self.read_year(match)
        if told is None or self._in_name(match.start()):
            return None
        month = months[0]
        if month.kind in "HJ":
            return self._hijri_month(match, month, told)
        alone = len(months) == 1 and _start(match, "unit") < 0 and told == ToldYear()
        if month.kind == "A" and alone and not self._after_time_word(match.start()):
            return None
        same = len(months) == 1 or months[0].value == months[1].value
        if same:
            yearly = gregorian_month(month.value)
        else:
            other = months[1].value

            def yearly(year: int) -> Interval | None:
                until = (year if other > month.value else year + 1, other)
                return cal.month_interval(year, month.value, until=until)

        phrase = self.phrase(match, mean_recurring(yearly, told), "month", lean=self.lean(told), kind="month")
        return self._cut_glued(match, phrase)

    def _in_name(self, at: int) -> bool:
        """Whether a month is part of a name: «شارع تموز», «شارع 14 تموز»."""
        before = self.before(at)
        numbered = before is not None and before.kind in "Don"
        return self.follows(at, "names") or (numbered and self.follows(at - 1, "names"))

    def _hijri_month(self, match: re.Match[str], month: Token, told: ToldYear) -> DatePhrase | None:
        bare = told == ToldYear() and _start(match, "unit") < 0
        if month.kind == "J" and bare and not (month.value == 9 and self._after_time_word(match.start())):
            return None  # names of people, unless a year, an adjective or «شهر» stands beside
        if told.number is not None:
            in_gregorian = told.number >= _FIRST_YEAR_NOT_HIJRI  # «رمضان 2015»
            found = (hijri_recurrence(month.value) if in_gregorian else self._hijri(month.value))(told.number)
            return self.phrase(match, mean_fixed(found), "month", kind="hijri")
        return self.phrase(
            match, mean_recurring(hijri_recurrence(month.value), told), "month", lean=self.lean(told), kind="hijri"
        )

    def _hijri(self, month: int) -> Yearly:
        return lambda year: cal.hijri_interval(year, month)

    def _after_time_word(self, at: int) -> bool:
        before = self.before(at)
        return before is not None and (before.kind in "P01234567Q9" or (before.kind == "q"))

    def week_of_month(self, match: re.Match[str]) -> DatePhrase | None:
        """«الأسبوع الأول من أيلول», «الأسبوع الأخير من تموز 2024»."""
        order, told = self.tokens[match.start() + 1], self.read_year(match)
        months = self.read_months(match)
        if told is None or not self.tokens[match.start()].definite or months[0].kind not in "MA":
            return None
        number = None if order.kind == "l" else int(order.value)
        if number is not None and not 1 <= number <= 5:
            return None
        meaning = mean_week_of_month(mean_recurring(gregorian_month(months[0].value), told), number)
        return self.phrase(match, meaning, "week", lean=self.lean(told), kind="week_of_month")

    def months_range(self, match: re.Match[str]) -> DatePhrase | None:
        first, last = (self.read_months(match, group)[0] for group in ("month", "other"))
        told = self.read_year(match)
        joined = last.joined and _start(match, "by") < 0
        if told is None or first.value == last.value or not (joined or _start(match, "by") >= 0):
            return None
        if first.kind == "A" and told == ToldYear() and not self._after_time_word(match.start()):
            return None

        def yearly(year: int) -> Interval | None:
            if last.value > first.value:
                return cal.month_interval(year, first.value, until=(year, last.value))
            return cal.month_interval(year - 1, first.value, until=(year, last.value))

        by = self.one(match, "by")
        kind = "range" if by is not None and by.kind == "5" else "month"
        return self.phrase(match, mean_recurring(yearly, told), "month", lean=self.lean(told), kind=kind)

    def month_day_year(self, match: re.Match[str]) -> DatePhrase | None:
        month, number, told = self.read_months(match)[0], self.one(match, "number"), self.read_year(match)
        if number is None or told is None or told.number is None or not 1 <= number.value <= 31:
            return None
        return self._make_day(match, month, int(number.value), None, told)

    def day_of_unit(self, match: re.Match[str]) -> DatePhrase | None:
        """«الخامس من الشهر الجاري», «25 الجاري», «الثامن من هذا الشهر»."""
        number, adjective = self.one(match, "number"), str(self.tokens[match.end() - 1].value)
        if _start(match, "this") >= 0:
            adjective = "this"
        if number is None or not 1 <= number.value <= 31:
            return None
        last = self.one(match, "to")
        if last is not None and not (last.joined and number.value < last.value <= 31):
            return None
        month = mean_unit("month", adjective)

        def mean(context: Context) -> Interval | None:
            found = month(context)
            at = cal.make_day(found.first.year, found.first.month, int(number.value)) if found and found.first else None
            if at is None or found is None:
                return None
            until = cal.make_day(at.year, at.month, int(last.value)) if last else at
            return Interval(at, until, "day", found.basis) if until else None

        return self.phrase(match, mean, "day", kind="day", lean={"past": "past", "future": "future"}.get(adjective))

    def numeric(self, match: re.Match[str]) -> DatePhrase | None:
        """`31/8/2024`, `2024-08-31`, `12/5/1445هـ`; the month comes second unless it could not be one."""
        a, b, c = (self.one(match, group) for group in ("a", "b", "c"))
        if a is None or b is None or c is None or not self._is_tight(match):
            return None
        year = c.value if c.kind != "G" else int(c.word[:4])
        if c.kind == "D":
            year += 2000
        first, second = a.value, b.value
        marked = _start(match, "mark") >= 0 and self.tokens[match.end() - 1].kind == "I"
        if marked or 1300 <= year <= 1500:
            found = cal.hijri_interval(year, second, first) if 1 <= second <= 12 else None
            return self.phrase(match, mean_fixed(found), "day", kind="hijri") if found else None
        at = cal.make_day(year, second, first) or cal.make_day(year, first, second)
        if at is None or not FIRST_YEAR <= year <= LAST_YEAR:
            return None
        phrase = self.phrase(match, mean_fixed(cal.day(at)), "day", kind="day")
        return self._cut_glued(match, phrase)

    def numeric_month(self, match: re.Match[str]) -> DatePhrase | None:
        """«في شهر 8/2024», «منذ 09-2023»: after a word of time only, else it is the number of a law or a share."""
        month, year = self.one(match, "a"), self.one(match, "c")
        before = self.before(match.start())
        if month is None or year is None or before is None or before.kind not in "m012345679P":
            return None
        if not (1 <= month.value <= 12 and FIRST_YEAR <= year.value <= LAST_YEAR) or year.start - month.end > 1:
            return None
        return self.phrase(match, mean_fixed(cal.month_interval(year.value, month.value)), "month", kind="month")

    def day_and_month(self, match: re.Match[str]) -> DatePhrase | None:
        """«يوم 12/5», «الأحد 12/5»: after such a word only, else it is a share or the number of a law."""
        number, month, before = self.one(match, "a"), self.one(match, "b"), self.before(match.start())
        if number is None or month is None or before is None or before.kind not in "dw0" or month.end - number.end > 3:
            return None
        following = self.tokens[match.end()] if match.end() < len(self.tokens) else None
        if following is not None and (following.kind in "/D%" or following.word.startswith("ال")):
            return None  # «في 3/4 المساحة»
        day, of = (number.value, month.value) if month.value <= 12 else (month.value, number.value)
        if before.kind == "d" and (before.definite or before.value.number != 1):
            return None
        yearly = gregorian_day(int(of), int(day)) if 1 <= of <= 12 and 1 <= day <= 31 else None
        if yearly is None or yearly(2024) is None:
            return None
        meaning = mean_recurring(yearly, ToldYear())
        if before.kind == "w":
            meaning = mean_day_on_weekday((yearly, hijri_recurrence(int(of), int(day))), int(before.value))
        return self.phrase(match, meaning, "day", kind="day")

    def _is_tight(self, match: re.Match[str]) -> bool:
        """Whether the parts of a numeric date touch, or stand apart evenly («31 / 8 / 2024»)."""
        first, last = (match.start(), match.start() + 5)
        tokens = self.tokens[first:last]
        gaps = {y.start - x.end for x, y in pairwise(tokens)}
        return max(gaps) <= 1 and not (self.kinds[first - 1 : first] == "/" and first > 0)

    def dateline(self, match: re.Match[str]) -> DatePhrase | None:
        """An agency's dateline: «بغداد 15-7 (اف ب)»."""
        number, month = self.one(match, "a"), self.one(match, "b")
        if number is None or month is None or not (1 <= number.value <= 31 and 1 <= month.value <= 12):
            return None
        yearly = gregorian_day(int(month.value), int(number.value))
        phrase = self.phrase(match, mean_recurring(yearly, ToldYear()), "day", kind="dateline")
        return phrase._replace(end=month.end)

    # Years, decades, centuries, seasons.

    def year(self, match: re.Match[str]) -> DatePhrase | None:
        token, sort = self.one(match, "number"), self.one(match, "sort")
        if token is None or self._is_general(match.start()):
            return None
        if sort is not None and (sort.word not in _SORTS_OF_YEAR or token.kind != "Y"):
            return None
        value = int(token.word[:4]) if token.kind == "G" else int(token.value)
        if token.kind == "D":
            if (
                not (40 <= value <= 99)
                or self.tokens[match.start()].definite
                or self.kinds[match.end() : match.end() + 1] in tuple("xu")
            ):
                return None
            value += 1900
        elif not 1000 <= value <= 2199:
            return None
        return self._make_year(match, value, value)

    def year_said(self, match: re.Match[str]) -> DatePhrase | None:
        """«العام الجاري 2024», «العام الماضي (2023)»: named and told from the day of writing at once."""
        number, adjective = self.one(match, "number"), self.one(match, "adjective")
        if number is None or adjective is None or not FIRST_YEAR <= number.value <= LAST_YEAR:
            return None
        kind = {"past": "last_year", "future": "next_year"}.get(str(adjective.value), "this_year")
        return self.phrase(match, mean_fixed(cal.year_interval(number.value)), "year", kind=kind)

    def _make_year(self, match: re.Match[str], first: int, last: int) -> DatePhrase | None:
        marks = [t.kind for t in self.tokens[match.start() : match.end()]]
        if "I" in marks or (last <= 1500 and first >= 1300 and "W" not in marks):
            start, end = cal.hijri_interval(first), cal.hijri_interval(last)
            found = start._replace(last=end.last) if start and end else None
            return self.phrase(match, mean_fixed(found), "year", kind="hijri") if found else None
        phrase = self.phrase(match, mean_fixed(cal.year_interval(first, until=last)), "year", kind="year")
        return self._cut_glued(match, phrase)

    def years(self, match: re.Match[str]) -> DatePhrase | None:
        """«عامي 2003 و2011», «2019-2021», «بين 2003 و2011»: from the first to the last year named."""
        numbers = [int(t.value) for t in self.tokens[match.start() : match.end()] if t.kind in "YD"]
        first, last = numbers[0], numbers[-1]
        if last < 100:
            last += first // 100 * 100
            if last != first + 1:
                return None
        unit = self.one(match, "unit")
        if (unit is not None and unit.value.id != "year") or self._is_general(match.start()):
            return None
        plural = unit is not None
        is_hijri = self.kinds[match.end() - 1] == "I" and 1300 <= first < last <= 1500
        if not (plural or is_hijri) and not (FIRST_YEAR <= first <= LAST_YEAR and FIRST_YEAR <= last <= LAST_YEAR):
            return None
        if not first < last or (not plural and last - first > 150):
            return None
        lead = self.kinds[match.start()]
        if lead == "3" and self.kinds[match.start("by") : match.start("by") + 1] != "5":
            return None
        if _start(match, "unit") < 0 and _start(match, "by") < 0 and lead != "7":
            return None
        return self._make_year(match, first, last)

    def bare_year(self, match: re.Match[str]) -> DatePhrase | None:
        """Four digits after a preposition of time, a part or an event, or alone at the start of a line."""
        token = self.tokens[match.start()]
        at, value = match.start(), int(token.value)
        if not 1900 <= value <= 2050 or not self._stands_as_year(at):
            return None
        following = self.kinds[at + 1 : at + 2]
        if following in tuple("dkmyuecn.%") and following and self._continues_number(at):
            return None
        if value % 100 == 0 and following == "x":
            return None
        return self._make_year(match, value, value)

    def marked_year(self, match: re.Match[str]) -> DatePhrase | None:
        """«2007م»: a year of our era, unless it is round: «2000م» are metres as well."""
        token, mark = self.tokens[match.start()], self.tokens[match.start() + 1]
        value = int(token.value)
        if not 1900 <= value <= 2050 or value % 100 == 0 or mark.start - token.end > 1:
            return None
        return self._make_year(match, value, value)

    def _continues_number(self, at: int) -> bool:
        following, after = self.tokens[at + 1], self.kinds[at + 2 : at + 3]
        if following.kind != ".":
            return True
        return after in tuple("DYGN") and self.tokens[at + 2].start == following.end

    def _stands_as_year(self, at: int) -> bool:
        token, before = self.tokens[at], self.before(at)
        if before is None:
            return token.start == 0
        if before.kind == "\n":
            return True
        if token.prefix and not token.joined:
            return token.prefix[-1] in "بل" and not token.definite
        if self.follows(at, "year_nouns") or before.kind in "PS3":
            return True
        if before.kind == "x" and self.follows(at - 1, "year_nouns"):  # «كأس آسيا 2019», not «خطة لتوظيف 2019 شخصا»
            return self.kinds[at + 1 : at + 2] not in ("x", "_", "%")
        if before.kind == "(":
            return self.kinds[at + 1 : at + 2] == ")"
        if before.kind == "Q" or _FRACTION.search(self.kinds, max(0, at - 4), at):
            return True
        if before.kind == "9":  # «إلى 2010 دولارات»
            return self.kinds[at + 1 : at + 2] not in ("x", "%", "_")
        if token.joined and before.kind in "YG":
            return True
        return before.kind in "0124567"

    def _is_general(self, at: int) -> bool:
        """Whether «العام» at index `at` means "general" or "public"."""
        token = self.tokens[at]
        return token.kind == "y" and self.follows(at, "general_after")

    def decade(self, match: re.Match[str]) -> DatePhrase | None:
        token = self.tokens[match.start()]
        if self.kinds[match.end() : match.end() + 1] == "g":
            return None  # an age
        century = [t for t in self.many(match, "century") if t.kind not in "8c"]
        base = 1900 if token.value >= 30 else 2000
        if century:
            sign = century[-1]
            if sign.kind in "LBl":
                base = 1900
            elif sign.kind in "CF":
                base = 2000
            else:
                base = int(sign.value) * 100 - 100
        found = cal.decade_interval(base + token.value)
        return self.phrase(match, mean_fixed(found), "decade", kind="decade")

    def decade_of_century(self, match: re.Match[str]) -> DatePhrase | None:
        """«العقد الأول من القرن الحالي», «العقد الأخير من القرن التاسع عشر»."""
        order, sign = self.tokens[match.start() + 1], self.tokens[match.end() - 1]
        number = 10 if order.kind == "l" else int(order.value)
        century = {"L": 20, "B": 19, "l": 20, "C": 21}.get(sign.kind) or int(sign.value or 0)
        if not 1 <= number <= 10 or not 5 <= century <= 22:
            return None
        first = century * 100 - 99 + (number - 1) * 10
        found = cal.year_interval(first, until=first + 9)
        return self.phrase(match, mean_fixed(found and found._replace(granularity="decade")), "decade", kind="decade")

    def century(self, match: re.Match[str]) -> DatePhrase | None:
        number = int(self.tokens[match.end() - 1].value)
        if not 5 <= number <= 22:
            return None
        return self.phrase(match, mean_fixed(cal.century_interval(number)), "century", kind="century")

    def season(self, match: re.Match[str]) -> DatePhrase | None:
        token, told = self.one(match, "season"), self.read_year(match)
        if token is None or told is None:
            return None
        if _start(match, "this") >= 0:
            told = ToldYear(adjective="current")
        if told == ToldYear():
            return None
        month = int(token.value)
        meaning = mean_recurring(lambda year: cal.season_interval(month, year), told)
        return self.phrase(match, meaning, "season", lean=self.lean(told), kind="season")

    # Units with adjectives, counted units.

    def unit_with(self, match: re.Match[str]) -> DatePhrase | None:
        unit, adjective = self.one(match, "unit"), self.one(match, "adjective")
        if unit is None or adjective is None or self._is_general(match.start()):
            return None
        counted = self.one(match, "count")
        if counted is not None and counted.kind == "o" and counted.value < 20:
            return None
        if self.kinds[match.end() : match.end() + 2] == "8c":
            return None  # «العقد الأخير من القرن التاسع عشر»
        kind = str(adjective.value)
        lean = {"past": "past", "recent": "past", "before_last": "past", "future": "future"}.get(kind)
        name = unit.value.id
        if unit.value.number == 1 and counted is None:
            if name in ("hour", "minute") or (kind == "recent" and name in ("day", "year", "month", "week")):
                return None
            if kind == "recent":
                return self.phrase(match, mean_span_of_units(name, 1, "past"), name, lean=lean, kind="span")
            points = kind != "same"
            return self.phrase(match, mean_unit(name, kind), name, lean=lean, points=points, keep=points, kind="unit")
        if kind == "previous":
            kind = "past"  # «العامين السابقين»
        if kind not in ("past", "recent", "future"):
            return None
        count = int(counted.value) if counted and counted.kind in "nDNo" else (2 if unit.value.number == 2 else None)
        direction = "future" if kind == "future" else "past"
        shown = "day" if name in ("hour", "minute") else name
        return self.phrase(
            match, mean_span_of_units(name, count, direction), shown, lean=lean, points=False, kind="span"
        )

    def same_in_year(self, match: re.Match[str]) -> DatePhrase | None:
        """«في مثل هذا اليوم من عام 2003», «الشهر نفسه من العام الماضي»: the day or month of writing in another year."""
        unit, told = self.tokens[match.start("unit")], self.read_year(match)
        if told is None or told == ToldYear():
            return None
        name = "month" if unit.kind == "m" else "day"

        return self.phrase(match, mean_in_told_year(name, told), name, lean=self.lean(told), kind="unit")

    def unit_pointed(self, match: re.Match[str]) -> DatePhrase | None:
        """«هذا العام», «ذلك اليوم», «نفس الشهر»."""
        pointer, unit = self.tokens[match.start()], self.tokens[match.end() - 1]
        same = pointer.kind in "ZE"
        points = not same
        if same and (self.kinds[match.end() : match.end() + 1] in tuple("LFBlCYGw") or not unit.definite):
            return None  # «وقع ذلك العام الماضي»
        if unit.kind == "t":
            if not unit.word.endswith("اليوم"):
                return None
            meaning = mean_unit("day", "that") if same else mean_day_offset(0)
            return self.phrase(match, meaning, "day", points=points, keep=not same, kind="unit")
        if not unit.definite or unit.value.number != 1 or unit.value.id in ("hour", "minute"):
            return None
        if unit.value.id == "decade" and self.kinds[match.start() - 1 : match.start()] not in ("P", "1", "3", "4", "5"):
            return None  # «في هذا العقد»: in this contract
        meaning = mean_unit(unit.value.id, "that" if same else "this")
        return self.phrase(match, meaning, unit.value.id, points=points, keep=not same, kind="unit")

    def last_units(self, match: re.Match[str]) -> DatePhrase | None:
        """«آخر ثلاثة أشهر», «آخر 24 ساعة»."""
        counted, unit = self.one(match, "count"), self.tokens[match.end() - 1]
        count = int(counted.value) if counted and counted.kind in "nDN" else (2 if unit.value.number == 2 else None)
        if count is None or unit.definite:
            return None
        shown = "day" if unit.value.id in ("hour", "minute") else unit.value.id
        meaning = mean_span_of_units(unit.value.id, count, "past")
        return self.phrase(match, meaning, shown, lean="past", points=False, kind="span")

    def counted(self, match: re.Match[str]) -> DatePhrase | None:
        """«قبل ثلاثة أشهر», «منذ أسابيع», «بعد نحو عام», «بعد يومين من ...»."""
        relation, unit = self.tokens[match.start()], self.one(match, "unit")
        counted = self.one(match, "count")
        following = self.kinds[match.end() : match.end() + 1]
        if unit is None or unit.definite or relation.value not in ("before", "after", "since"):
            return None
        if self.kinds[match.start() - 1 : match.start()] == "b" and relation.word == "بعد":
            return None  # «على بعد ثلاث دقائق»
        if counted is None and (self._names_more(unit, match.end()) or self._is_season(unit)):
            return None
        before = self.before(match.start())
        if before is not None and before.kind == unit.kind and before.value == unit.value:
            return None  # «عاما بعد عام»
        if counted is not None and counted.kind == "f" and unit.value.number == 2:
            return None
        if counted is not None and counted.kind == "Q" and counted.joined:
            return None
        name, count = self._size(match, counted, unit)
        if name is None:
            return None
        to_event = following in ("8", "b") and self._names_event(str(relation.value), match.end())
        meaning = mean_counted(str(relation.value), name, count, to_anchor=to_event, of_event=to_event)
        if to_event and relation.value == "after" and self._tells_of_now(match.start()):
            meaning = mean_present(name)
        lean = None if relation.value == "after" else "past"
        shown = {"hour": "day", "minute": "day", "half_month": "month"}.get(name, name)
        keep = name not in ("hour", "minute")
        kind = "counted_of" if to_event else "counted"
        return self.phrase(match, meaning, shown, lean=lean, points=False, keep=keep, kind=kind)

    def _tells_of_now(self, at: int) -> bool:
        """Whether the clause is what the article reports: «تأتي الزيارة بعد شهرين من ...»."""
        for token in reversed(self.tokens[max(0, at - 8) : at]):
            if token.kind in ".,:\n":
                return False
            if token.word in _COMES:
                return True
        return False

    def _size(self, match: re.Match[str], counted: Token | None, unit: Token) -> tuple[str | None, int | None]:
        """Return the unit and number of a counted span; halves and quarters are turned into smaller units."""
        name, count = unit.value.id, self._count(counted, unit)
        if counted is not None and counted.kind == "Q":  # «نصف قرن»
            smaller, size = {"century": ("year", 100), "decade": ("year", 10), "year": ("month", 12)}.get(
                name, (None, 0)
            )
            return smaller, size // int(counted.value)
        half = any(t.kind == "h" or (t.kind == "Q" and t.joined) for t in self.tokens[match.start() : match.end()])
        if not half or count is None:
            return name, count
        if name == "month":
            return "half_month", count * 2 + 1
        smaller, size = {"year": ("month", 12), "decade": ("year", 10), "century": ("year", 100)}.get(name, (name, 0))
        return smaller, count * size + size // 2 if size else count

    def _is_season(self, unit: Token) -> bool:
        """Whether a unit is one season: «قبل موسم الحج» names what is told, not a time ago."""
        return bool(unit.value.id == "season" and unit.value.number == 1)

    def _names_more(self, unit: Token, at: int) -> bool:
        """Whether a unit is the head of a longer date: «خلال عامي 2013 و2014», «قبل يوم الخميس»."""
        return self.kinds[at : at + 1] in tuple("YGMAHJwoDNn" if unit.value.number == 1 else "YGMAHJw")

    def _count(self, counted: Token | None, unit: Token) -> int | None:
        if counted is not None:
            return int(counted.value) if counted.kind in "nDN" else None
        return {1: 1, 2: 2, 0: None}[unit.value.number]

    def _names_event(self, relation: str, at: int) -> bool:
        """Whether «من» or «على» at index `at` leads to what is counted from, not to «من الزمن».

        «بعد عامين من ...» always does; «قبل يومين من ...» where a date or what happens follows: «قال قبل يومين من
        بغداد» counts from the day of writing.
        """
        if relation == "since" or at + 1 >= len(self.tokens):
            return False
        following = self.tokens[at + 1]
        if relation == "after":
            return following.word not in _OF_TIME
        nouns = self.lexicon.context["event_nouns"]
        bare = _PRONOUN.sub("", following.word)
        return self.kinds[at] == "8" and (following.kind in "RZMAHJwyY&" or following.word in nouns or bare in nouns)

    def counted_from_that(self, match: re.Match[str]) -> DatePhrase | None:
        """«بعد ذلك بيومين», «بعدها بعام», «بعد يومين من ذلك»."""
        relation = next(t for t in self.tokens[match.start() : match.end()] if t.kind in "><12")
        unit, counted = self.one(match, "unit"), self.one(match, "count")
        if unit is None:
            return None
        carrier = counted or unit
        if relation.kind in "><" and not carrier.prefix.endswith("ب"):
            return None
        direction = "after" if relation.kind in ">2" else "before"
        meaning = mean_counted(direction, unit.value.id, self._count(counted, unit), to_anchor=True)
        shown = "day" if unit.value.id in ("hour", "minute") else unit.value.id
        return self.phrase(match, meaning, shown, points=True, kind="anchored")

    # Days of the week and of speech.

    def weekday(self, match: re.Match[str]) -> DatePhrase | None:
        token = self.one(match, "weekday")
        said = self.one(match, "said") or self.one(match, "after")
        adjective = self.one(match, "adjective")
        if token is None or self.follows(match.start(), "weekday_not_after"):
            return None
        following = self.tokens[match.end()] if match.end() < len(self.tokens) else None
        before = self.before(match.start())
        if token.value == 0 and before is not None and before.word in _BEFORE_BOTH and said is None:
            return None  # «أن الاثنين معروفان»: the two of them
        if following is not None and following.word in self.lexicon.context["weekday_not_before"]:
            return None
        if said is not None and self.follows_paper(match.start()):
            return None  # «صحيفة اليوم (الجمعة 3 مايو)»
        if said is not None:
            return self.phrase(match, mean_said_weekday(int(said.value), int(token.value)), "day", kind="said_weekday")
        kind = str(adjective.value) if adjective else None
        lean = {"past": "past", "before_last": "past", "future": "future"}.get(kind or "")
        week = self.one(match, "week")
        if week is not None:
            return self.phrase(match, mean_weekday_of_week(int(token.value), str(week.value)), "day", kind="weekday")
        return self.phrase(match, mean_weekday(int(token.value), kind), "day", lean=lean, kind="weekday")

    def weekdays(self, match: re.Match[str]) -> DatePhrase | None:
        """«يومي الثلاثاء والأربعاء», «ليلة الخميس - الجمعة»: both days."""
        first, last, adjective = (self.one(match, group) for group in ("weekday", "other", "adjective"))
        if first is None or last is None or (last.joined and _start(match, "unit") < 0):
            return None
        kind = str(adjective.value) if adjective else None
        lean = {"past": "past", "future": "future"}.get(kind or "")
        meaning = mean_weekdays(int(first.value), int(last.value), kind)
        return self.phrase(match, meaning, "day", lean=lean, kind="weekday")

    def said(self, match: re.Match[str]) -> DatePhrase | None:
        """«أمس», «غداً», «اليوم» where it is today, «اليوم التالي»."""
        token, adjective = self.tokens[match.start()], self.one(match, "adjective")
        is_today_word = token.word.endswith(("اليوم", "لليوم"))
        if adjective is not None:
            if not is_today_word:
                return None
            keep = adjective.value != "same"
            return self.phrase(match, mean_unit("day", str(adjective.value)), "day", keep=keep, kind="unit")
        if token.value == 0 and is_today_word and not self._is_today(match.start()):
            return None
        lean = {-2: "past", -1: "past", 1: "future", 2: "future"}.get(int(token.value))
        return self.phrase(match, mean_day_offset(int(token.value)), "day", lean=lean, kind="said")

    def follows_paper(self, at: int) -> bool:
        """Whether «صحيفة» stands before index `at`: «اليوم» is the name of one."""
        before = self.before(at)
        return before is not None and before.word in _PAPERS

    def _is_today(self, at: int) -> bool:
        before, following = self.before(at), self.kinds[at + 1 : at + 2]
        token = self.tokens[at]
        if before is not None and before.word in '("' and self.kinds[at + 1 : at + 2] in (")", "_"):
            return False  # a newspaper
        if self.follows_paper(at):
            return False
        if following in tuple("oDl") or self.follows(at, "today_not_after") or token.prefix.endswith(("ب", "ك", "ل")):
            return False
        if following == "x" and self.tokens[at + 1].word in ("العالمي", "الوطني", "الدولي", "الواحد", "الاول", "الاخر"):
            return False
        # «مرتين في اليوم» counts by the day; «في اليوم» alone is no day either.
        counts = before is not None and before.kind != "v" and before.word in ("في", "فى", "طوال", "وفي")
        return not counts and (before is None or before.kind not in "ud")

    # Words of the vocabulary.

    def vague(self, match: re.Match[str]) -> DatePhrase | None:
        token = self.tokens[match.start()]
        kind = str(token.value)
        lean = {"past": "past", "until_now": "past", "future": "future"}.get(kind)
        granularity = {"until_now": "day", "present": "month"}.get(kind, "part_of_year")
        keep = kind not in ("then", "appointed", "later")
        return self.phrase(match, mean_vague(kind), granularity, lean=lean, points=False, keep=keep, kind=kind)

    def time_of_today(self, match: re.Match[str]) -> DatePhrase | None:
        """«في وقت سابق من اليوم»."""
        if self.tokens[match.start()].value not in ("past", "later") or self.tokens[match.end() - 1].word != "من":
            return None
        return self.phrase(match, mean_day_offset(0), "day", kind="said")

    def awaited(self, match: re.Match[str]) -> DatePhrase | None:
        """«الجلسات المقبلة»: some time after the day of writing."""
        event = self.tokens[match.start()].value
        if event is not None and not event.with_adjective:
            return None

        def mean(context: Context) -> Interval | None:
            return Interval(context.reference, None, "part_of_year", RELATIVE) if context.reference else None

        return self.phrase(match, mean, "part_of_year", lean="future", points=False, kind="awaited")

    def event(self, match: re.Match[str]) -> DatePhrase | None:
        token, adjective = self.tokens[match.start()], self.one(match, "adjective")
        event: DatedEvent = token.value
        if not self.contexts.allow(event):
            return None
        if event.with_adjective and adjective is None:
            return self._awaited_event(match, event)
        if event.term:
            if not self._is_in_office(match.start()):
                return None
        elif not event.alone and adjective is None and not self._dates_something(match.start()):
            return None
        year = self.one(match, "year")
        if year is not None and not any(t.first and t.first.year == int(year.value) for t in event_times(event)):
            return None
        kind = str(adjective.value) if adjective else None
        lean = {"past": "past", "future": "future"}.get(kind or "")
        return self.phrase(
            match, mean_event(event, kind), "part_of_year", lean=lean, points=not event.term, kind="event", event=event
        )

    def _awaited_event(self, match: re.Match[str], event: DatedEvent) -> DatePhrase | None:
        """«بانتظار الانتخابات», «انتظار نتائج الانتخابات»: from the next one on."""
        at = match.start() - 1
        if at > 0 and self.tokens[at].word in ("نتائج", "نتايج"):
            at -= 1
        if at < 0 or self.tokens[at].word not in AWAITING:
            return None
        meaning = mean_relation("after", mean_event(event, "future"), inclusive=True)
        phrase = self.phrase(match, meaning, "part_of_year", lean="future", points=False, kind="awaited", event=event)
        return phrase._replace(start=self.tokens[at].start)

    def _dates_something(self, at: int) -> bool:
        """Whether a preposition of time stands before a named event, or «بعد عام من»."""
        if self.kinds[at - 1 : at] in tuple("12345"):
            return True
        return _COUNTED_FROM.search(self.kinds, max(0, at - 8), at) is not None

    def _is_in_office(self, at: int) -> bool:
        """Whether «عهد», «ولاية» or «حكم» stands before a holder of an office, with titles between them at most."""
        for token in reversed(self.tokens[max(0, at - 6) : at]):
            if token.kind == "4":
                return token.word in _TERM_WORDS or token.word in ("في", "وفي")
            if token.word not in self.lexicon.context["term_titles"]:
                return token.word in _TERM_WORDS
        return False

    def holiday(self, match: re.Match[str]) -> DatePhrase | None:
        holiday: Holiday = self.tokens[match.start()].value
        told = self.read_year(match)
        before = self.before(match.start())
        if told is None:
            return None
        if told == ToldYear() and (before is None or before.kind not in "0123456789qPuK"):
            return None  # a greeting or a topic, not a time
        month, number = (int(part) for part in holiday.day.split("-"))
        if holiday.calendar == "hijri":
            if told.number is not None and told.number < _FIRST_YEAR_NOT_HIJRI:
                return self.phrase(
                    match, mean_fixed(cal.hijri_interval(told.number, month, number)), "day", kind="hijri"
                )
            yearly = hijri_recurrence(month, number, holiday.days)
        else:
            yearly = gregorian_day(month, number)
        return self.phrase(match, mean_recurring(yearly, told), "day", lean=self.lean(told), kind="holiday")

    def anniversary(self, match: re.Match[str]) -> DatePhrase | None:
        """«الذكرى السنوية العاشرة ل...»: the event's month or day, so many years later."""
        number, event = self.one(match, "number"), self.tokens[match.end() - 1].value
        times = event_times(event)
        if number is None or event.term or len(times) != 1 or not self.contexts.allow(event):
            return None
        start = read_point(event.times[0][0])
        if start is None or start.first is None or start.last is None:
            return None
        year = start.first.year + int(number.value)
        if start.granularity == "day":
            found = gregorian_day(start.first.month, start.first.day)(year)
        elif start.granularity == "month":
            found = cal.month_interval(year, start.first.month)
        else:
            found = cal.year_interval(year)
        meaning = mean_fixed(found and found._replace(basis=ANCHORED))
        phrase = self.phrase(match, meaning, start.granularity, points=False, kind="anniversary")
        if any(t.kind == "F" or t.word in _COMING for t in self.tokens[match.start() : match.end()]):
            phrase = phrase._replace(lean="future")
        last = self.tokens[match.end() - 1]
        return phrase._replace(end=last.start - len(last.prefix) - 1)

    def part_of_running(self, match: re.Match[str]) -> DatePhrase | None:
        """«نهاية العام», «منتصف الشهر»: of the unit of writing."""
        part, unit = self.tokens[match.start()], self.tokens[match.end() - 1]
        if not unit.definite or self.kinds[match.end() : match.end() + 1] in tuple("YGnDLFBlCXVso"):
            return None
        inner = mean_unit(unit.value.id, "this")
        granularity = "week" if unit.value.id == "week" else "part_of_year"
        return self.phrase(match, mean_part(str(part.value), None, inner), granularity, kind="part")

    def fraction_of_running(self, match: re.Match[str]) -> DatePhrase | None:
        """«الربع الثالث من العام», «الأشهر الستة الأولى من العام»: of the year of writing."""
        unit = self.tokens[match.end() - 1]
        if not unit.definite or self.kinds[match.end() : match.end() + 1] in tuple("YGnDLFBlCXVso"):
            return None
        whole = self.phrase(match, mean_unit(unit.value.id, "this"), unit.value.id, kind="part")
        found = self._fraction(match.start(), whole)[1]
        return None if found is whole else found

    def far_ahead(self, match: re.Match[str]) -> DatePhrase | None:
        """«لسنوات طويلة»: from now on where the sentence looks ahead."""
        carrier = self.tokens[match.start()]
        if not carrier.prefix.endswith("ل"):
            return None

        def mean(context: Context) -> Interval | None:
            if context.reference is None or context.outlook != "future":
                return None
            return Interval(context.reference, None, "year", RELATIVE)

        return self.phrase(match, mean, "year", points=False, keep=False, kind="duration")

    def further(self, match: re.Match[str]) -> DatePhrase | None:
        """«لعام إضافي», «لشهرين آخرين»: from now on where the sentence looks ahead."""
        unit, counted = self.one(match, "unit"), self.one(match, "count")
        carrier = self.tokens[match.start()]
        if unit is None or unit.definite or not (carrier.prefix.endswith("ل") or self._lasts(match.start())):
            return None
        count, name = self._count(counted, unit), unit.value.id
        if count is None or name in ("hour", "minute", "decade", "century"):
            return None
        return self.phrase(match, mean_further(name, count), name, points=False, keep=False, kind="duration")

    def _lasts(self, at: int) -> bool:
        before = self.before(at)
        return before is not None and before.word in _LASTING

    def lasted(self, match: re.Match[str]) -> DatePhrase | None:
        """«الحوار الذي استمر يومين»: the days of the event that the clause names, if it is known to have lasted so."""
        unit, counted = self.one(match, "unit"), self.one(match, "count")
        event = self._event_before(match.start())
        count = self._count(counted, unit) if unit is not None else None
        if unit is None or event is None or count is None or unit.value.id not in ("day", "week"):
            return None
        days = count * (7 if unit.value.id == "week" else 1)
        phrase = self.phrase(match, mean_lasting(event, days), "day", points=False, keep=False, kind="duration")
        return phrase._replace(start=(counted or unit).start, event=event)

    def _event_before(self, at: int) -> DatedEvent | None:
        for token in reversed(self.tokens[max(0, at - 12) : at]):
            if token.kind in ".:\n":
                return None
            if token.kind == "R" and not token.value.term and self.contexts.allow(token.value):
                event: DatedEvent = token.value
                return event
        return None

    def after_it(self, match: re.Match[str]) -> DatePhrase | None:
        """«ستستمر بعده»: after what the sentence names; known to be ahead, but not from when."""
        token = self.tokens[match.start()]
        if token.word not in _AFTER_IT:
            return None
        meaning: Meaning = lambda context: None  # noqa: E731
        return self.phrase(match, meaning, "year", points=False, keep=False, kind="after_it")

    def within(self, match: re.Match[str]) -> DatePhrase | None:
        """«خلال ثلاثة أشهر», «في غضون أسبوعين» where the sentence looks ahead: from now to so far."""
        unit, counted = self.one(match, "unit"), self.one(match, "count")
        if unit is None or unit.definite or self.tokens[match.start()].word not in _WITHIN:
            return None
        count, name = self._count(counted, unit), unit.value.id
        if self.kinds[match.end() : match.end() + 1] in tuple("LFBlC"):
            return None  # «خلال الثلاثة أشهر المقبلة»
        if counted is None and self._names_more(unit, match.end()):
            return None
        span = mean_span_of_units(name, count, "future")

        def mean(context: Context) -> Interval | None:
            return span(context) if context.outlook == "future" else None

        shown = "day" if name in ("hour", "minute") else name
        return self.phrase(match, mean, shown, points=False, keep=False, kind="duration")

    # Reading a zone.

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

    def named_events(self) -> Iterator[NamedEvent]:
        """Yield the events that the zone names, without terms of office."""
        at = self.kinds.find("R")
        while at >= 0:
            token = self.tokens[at]
            if not token.value.term and self.contexts.allow(token.value):
                yield NamedEvent(token.start, token.end, token.value)
            at = self.kinds.find("R", at + 1)

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
            start, phrase = self._part(start - 1, str(self.tokens[start - 1].value), None, phrase)
        else:
            tail = _FRACTION.search(kinds, max(floor, start - 4), start)
            if tail and phrase.granularity != "day":
                start, phrase = self._fraction(tail.start(), phrase)
        first = self.tokens[start].start
        return start, end, phrase._replace(start=first) if first < phrase.start else phrase

    def _is_word_day(self, at: int) -> bool:
        """Whether «يوم» stands at index `at`: «منذ يوم 30 حزيران»."""
        token = self.tokens[at]
        return token.kind == "d" and not token.definite and token.value.number == 1

    def _fraction(self, at: int, phrase: DatePhrase) -> tuple[int, DatePhrase]:
        """Attach «النصف الأول من», «الربع الأخير من» or «الأشهر الستة الأولى من» at index `at`."""
        part, order = self.tokens[at], self.tokens[at + 1]
        if part.kind == "Q":
            number = int(part.value) if order.kind == "l" else int(order.value)
            return self._part(at, int(part.value), number, phrase)
        if part.value.id != "month" or self.tokens[at + 2].value != 1 or phrase.granularity != "year":
            return self._skip_fraction(at, phrase)
        meaning = mean_first_months(phrase.meaning, int(order.value))
        return at, phrase._replace(meaning=meaning, granularity="part_of_year")

    def _skip_fraction(self, at: int, phrase: DatePhrase) -> tuple[int, DatePhrase]:
        start = next(i for i, t in enumerate(self.tokens) if i > at and t.start >= phrase.start)
        return start, phrase

    def _part(self, at: int, part: str | int, number: int | None, phrase: DatePhrase) -> tuple[int, DatePhrase]:
        granularity = phrase.granularity if phrase.granularity in ("month", "week") else "part_of_year"
        return at, phrase._replace(meaning=mean_part(part, number, phrase.meaning), granularity=granularity)

    def _join_pairs(self, found: list[tuple[int, int, DatePhrase]]) -> list[tuple[int, int, DatePhrase]]:
        """Put a Hijri date (or a weekday) and the Gregorian one that it corresponds to into one phrase."""
        joined: list[tuple[int, int, DatePhrase]] = []
        for item in found:
            if joined:
                (start, end, left), (begin, stop, right) = joined[-1], item
                gap = self.kinds[end:begin]
                if left.kind in ("past", "later") and gap in ("", "8") and right.kind in _DATED_WHOLE:
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
            return gap in ("9", "5", "-")
        if lead == "3":
            return gap == "5"
        alike = left.granularity == right.granularity and left.kind == right.kind
        return alike and (gap in ("-", "9") or (gap == "5" and lead not in ("1", "2")))

    def _with_relation(self, start: int, end: int, phrase: DatePhrase, *, floor: int) -> DatePhrase:
        """Attach «قبل», «بعد», «منذ» and «حتى»."""
        if start - 1 < floor or phrase.kind in _UNRELATED:
            return phrase
        before = self.tokens[start - 1]
        if before.kind == "0" and start - 2 >= floor and self.tokens[start - 2].kind == "5":
            before = self.tokens[start - 2]
        if before.kind not in "1235":
            return phrase
        relation = {"1": "before", "2": "after", "3": "since", "5": "until"}[before.kind]
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


_COMING = frozenset(fold(word) for word in ("الوشيكة", "المرتقبة", "القريبة"))
_COMES = frozenset(
    clitic + fold(verb)
    for verb in ("يأتي", "تأتي", "يجيء", "تجيء", "تجري", "تجرى", "يجري", "يجرى")
    for clitic in ("", "و")
)
_TERM_WORDS = frozenset(fold(word) for word in ("عهد", "ولاية", "حكم", "رئاسة", "زمن"))
_COUNTED_FROM = re.compile(r"[12]~?[nDNfQ]?~?[dkmyceu]f?(?:[hQ]y?)?[8b]\Z")
_BEFORE_BOTH = frozenset(("ان", "وان", "بان", "لان", "بين", "كلا", "هذين", "هذان", "لكن", "ولكن"))
_PAPERS = frozenset(clitic + word for word in ("صحيفه", "جريده") for clitic in ("", "و", "ل", "ب"))
_LASTING = frozenset(fold(word) for word in ("لمدة", "ولمدة", "لفترة", "مدة"))
_AFTER_IT = frozenset(clitic + fold(word) for word in ("بعده", "بعدها", "بعدهم") for clitic in ("", "و"))
_WITHIN = frozenset(("خلال", "وخلال", "في", "وفي", "غضون"))
_FIRST_YEAR_NOT_HIJRI = 1600
_PRONOUN = re.compile(r"(?<=\w{3})(?:ها|هما|هم|ه)\Z")
_HIJRI_PAIRS = tuple({"hijri", kind} for kind in ("day", "month", "year", "weekday", "said_weekday", "unit"))
_DATED_WHOLE = frozenset(("unit", "said", "said_weekday", "weekday", "day"))
_OF_TIME = frozenset(fold(word) for word in ("الزمن", "الزمان", "الوقت", "الآن", "اليوم"))
_SORTS_OF_YEAR = frozenset(fold(word) for word in ("الدراسي", "الدراسية", "المالي", "المالية", "الميلادي", "الميلادية"))
_FRACTION = re.compile(r"(?:Q[ol]|u[nD]o)8?\Z")
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


_Builder = Callable[[_Reader, re.Match[str]], DatePhrase | None]
_Rule = tuple[re.Pattern[str], _Builder]
_TOLD = rf"(?P<year>{_YEAR})?(?P<tail>{_TAIL})?"
_COUNT = r"~?(?P<count>[nDNf])?~?(?P<unit>[dkmyceu])"
_COUNT_OR_PART = r"~?(?P<count>[nDNfQ])?~?(?P<unit>[dkmyceu])"
_PATTERNS: tuple[tuple[str, str, _Builder], ...] = (
    ("Dondw", rf"(?:d?w[,\-]?[O8]?0?\(?)?(?P<number>{_NUMBER})[8d]?m?(?P<month>{_MONTH}){_TOLD}", _Reader.day_month),
    (
        "Don87",
        rf"(?P<lead>[87])?(?P<number>{_NUMBER})(?P<by>[\-95])?(?P<to>{_NUMBER})8?m?(?P<month>{_MONTH}){_TOLD}",
        _Reader.day_month,
    ),
    ("MA", r"(?P<month>[MA])(?P<number>D)(?P<year>,?[YG])", _Reader.month_day_year),
    ("Don", rf"(?P<number>{_NUMBER})(?P<to>{_NUMBER})?(?:8?m[LFCBsX]|8?C|8?(?P<this>T)m)", _Reader.day_of_unit),
    ("mMAHJ", rf"(?P<unit>m)?(?P<month>{_MONTH}){_TOLD}", _Reader.month),
    ("mMA", rf"m?(?P<month>[MA])(?P<by>[\-95])?(?P<other>[MA]){_TOLD}", _Reader.months_range),
    ("D", r"(?P<a>D)(?P<sep>[/\-.])(?P<b>D)(?P=sep)(?P<c>[YGD])(?P<mark>[IW])?", _Reader.numeric),
    ("Y", r"(?P<c>Y)(?P<sep>[/\-])(?P<b>D)(?P=sep)(?P<a>D)(?P<mark>[IW])?", _Reader.numeric),
    ("D", r"(?P<a>D)[/\-](?P<c>Y)", _Reader.numeric_month),
    ("D", r"(?P<a>D)\-(?P<b>D)\(@", _Reader.dateline),
    ("D", r"(?P<a>D)/(?P<b>D)", _Reader.day_and_month),
    ("k", rf"k[ol]8?m?(?P<month>{_MONTH}){_TOLD}", _Reader.week_of_month),
    ("y", r"y(?P<sort>x)?(?P<number>[YGnD])[IW]?", _Reader.year),
    ("y", r"y(?P<adjective>[CLF]),?\(?(?P<number>Y)\)?", _Reader.year_said),
    ("T", r"Ty(?P<number>Y)", _Reader.year),
    ("y", r"y[IW](?P<number>Y)[IW]?", _Reader.year),
    ("Y", r"(?P<number>Y)I", _Reader.year),
    ("yu", r"(?P<unit>[yu])x?Y(?:(?P<by>[,\-/95])?Y)+[IW]?", _Reader.years),
    ("yY", r"(?P<unit>y)?x?Y(?P<by>[\-/])D", _Reader.years),
    ("Y783", r"(?P<lead>[783])?Y(?P<by>[\-/95])?Y[IW]?", _Reader.years),
    ("Y", r"YW", _Reader.marked_year),
    ("Y", r"Y", _Reader.bare_year),
    ("dkmyceu", r"(?P<unit>[dkmyceu])(?P<count>[nDNfo])?(?P<adjective>[LFBlCXVs])", _Reader.unit_with),
    ("nDN", r"(?P<count>[nDN])(?P<unit>[dkmyceu])(?P<adjective>[LFl])", _Reader.unit_with),
    ("T", r"T(?P<unit>[dmt])8(?P<year>y[YG])", _Reader.same_in_year),
    ("T", r"T(?P<unit>[dmt])8(?P<tail>y[LFB])", _Reader.same_in_year),
    ("dmt", r"(?P<unit>[dmt])s8(?:(?P<year>y[YG])|(?P<tail>y[LFB]))", _Reader.same_in_year),
    ("TZE", r"[TZE][dkmycetu]", _Reader.unit_pointed),
    ("r", r"r(?P<count>[nDNf])?[dkmyceu]", _Reader.last_units),
    ("123", rf"[123]{_COUNT_OR_PART}f?(?:[hQ]y?)?~?=?", _Reader.counted),
    ("><", rf"[><]{_COUNT}~?", _Reader.counted_from_that),
    ("12", rf"[12]{_COUNT}8Z", _Reader.counted_from_that),
    (">", r">", _Reader.after_it),
    ("nDNdkmyceu", r"(?P<count>[nDN])?(?P<unit>[dkmyceu])i", _Reader.further),
    ("U", rf"U{_COUNT}(?![LFBlCi8])", _Reader.lasted),
    ("z", r"z(?P<century>8?c[LBlCFoDn])?", _Reader.decade),
    ("c", r"c[oDn]", _Reader.century),
    ("e", r"e[ol]8?c[oDnLBC]", _Reader.decade_of_century),
    ("TS", rf"(?P<this>T)?(?P<season>S){_TOLD}", _Reader.season),
    (
        "tdw",
        r"(?:(?P<said>t)(?P<open>\()?)?d?(?P<weekday>w)(?P<adjective>[LFBXC])?(?P<after>,?t)?(?(open)\)?|)",
        _Reader.weekday,
    ),
    ("uw", r"(?P<unit>u)?(?P<weekday>w)-?(?P<other>w)(?P<adjective>[LFBC])?", _Reader.weekdays),
    ("dw", r"d?(?P<weekday>w)8k(?P<week>[LFCB])", _Reader.weekday),
    ("t", r"t(?P<adjective>[XVsL])?", _Reader.said),
    ("v", r"v=", _Reader.time_of_today),
    ("v", r"v", _Reader.vague),
    ("R", r"R(?:(?P<adjective>[LFCXl])|(?P<year>Y))?", _Reader.event),
    ("aR", r"[aR]j*F", _Reader.awaited),
    ("&", rf"&{_TOLD}", _Reader.holiday),
    ("K", r"K(?P<number>[on])[xjL0F_]{0,3}R", _Reader.anniversary),
    ("P", r"P[dkmyceu]", _Reader.part_of_running),
    ("Q", r"Q[ol]8[my]", _Reader.fraction_of_running),
    ("uQ", r"u[nD]o8y", _Reader.fraction_of_running),
    ("u", r"uf", _Reader.far_ahead),
    ("4", rf"4{_COUNT}", _Reader.within),
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


# --- public ---------------------------------------------------------------------------------------------------------

ANCHOR_REACH = 400
"""Characters after a date within which «العام نفسه» or «بعد ذلك بيومين» may refer to it."""


class NamedEvent(NamedTuple):
    """A place in the copy where an event of the vocabulary is named, whether it dates something or not."""

    start: int
    end: int
    event: DatedEvent


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
    for zone in find_zones(text, lexicon.codes, lexicon.is_pair):
        reader = _Reader(read_tokens(zone, lexicon), lexicon, contexts)
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
        if dated is not None and dated.kind in _DATED_WHOLE | {"month", "season", "year"} and dated.base is None:
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
