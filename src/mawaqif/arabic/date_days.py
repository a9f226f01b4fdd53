"""Rules of the date grammar for days, months and weekdays; each takes a match over class letters."""

from __future__ import annotations

import re
from itertools import pairwise

from mawaqif.arabic import calendar as cal
from mawaqif.arabic.calendar import Interval
from mawaqif.arabic.date_context import ANCHORED, FIRST_YEAR, LAST_YEAR, Context, ToldYear, Yearly
from mawaqif.arabic.date_counting import mean_unit, mean_weekday_of_week
from mawaqif.arabic.date_meanings import mean_week_of_month
from mawaqif.arabic.date_phrases import LEANS, DatePhrase, TokenReader, group_start
from mawaqif.arabic.date_recurrence import (
    gregorian_day,
    gregorian_month,
    hijri_recurrence,
    mean_day_offset,
    mean_day_on_weekday,
    mean_fixed,
    mean_on_weekday,
    mean_recurring,
    mean_said_weekday,
    mean_weekday,
    mean_weekdays,
)
from mawaqif.arabic.date_tokens import Token


class DayRules(TokenReader):
    """Days and months, weekdays, «أمس»."""

    def day_month(self, match: re.Match[str]) -> DatePhrase | None:
        """«3 أيار 2020», «الثالث من مايو», «من 3 إلى 7 مايو الماضي»."""
        months = self.read_months(match)
        number = self.one(match, "number")
        told = self.read_year(match)
        last = self.one(match, "to")
        if number is None or told is None or not 1 <= number.value <= 31:
            return None
        if not self._is_list(match):
            return None
        if self.follows(match.start(), "names") or (len(months) > 1 and months[0].value != months[1].value):
            return None
        if number.kind == "o" and self.kinds[match.start("number") - 1 : match.start("number")] in ("Q", "k"):
            return None  # «النصف الأول من شهر أيلول», «الأسبوع الأول من أيلول»
        if number.kind == "n" and self._counts_units(match.start("number") - 1):
            return None  # «الأشهر الثلاثة من تموز إلى أيلول»
        if months[0].kind == "J" and months[0].value == 2 and told == ToldYear():
            return None  # «2 صفر» is a score
        if last is not None and not (
            number.value < last.value <= 31 and (last.joined or group_start(match, "by") >= 0)
        ):
            return None
        return self._make_day(match, months[0], int(number.value), int(last.value) if last else None, told)

    def _counts_units(self, at: int) -> bool:
        """Whether the token at index `at` is a plural of a unit, which the number after it counts."""
        unit = self.tokens[at] if at >= 0 else None
        return unit is not None and unit.kind == "u" and unit.value.number == 0

    def _is_list(self, match: re.Match[str]) -> bool:
        """Whether the numbers between the first and the last go on from it: «أيام 3 و4 و5 أيار»."""
        listed = [t for t in self.many(match, "between") if t.kind != ","]
        if not listed:
            return True
        first, last = self.tokens[match.start("number")], self.tokens[match.start("to")]
        numbers = [first, *listed, last]
        return last.joined and all(a.value < b.value for a, b in pairwise(numbers))

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
        return self.cut_glued(match, phrase)

    def month(self, match: re.Match[str]) -> DatePhrase | None:
        """«حزيران/يونيو الماضي», «شباط 2024», «تموز» where it can only be the month."""
        months = self.read_months(match)
        told = self.read_year(match)
        if told is None or self.in_name(match.start()):
            return None
        month = months[0]
        if month.kind in "HJ":
            return self._hijri_month(match, month, told)
        alone = len(months) == 1 and group_start(match, "unit") < 0 and told == ToldYear()
        if month.kind == "A" and alone and not self.after_time_word(match.start()):
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
        return self.cut_glued(match, phrase)

    def _hijri_month(self, match: re.Match[str], month: Token, told: ToldYear) -> DatePhrase | None:
        bare = told == ToldYear() and group_start(match, "unit") < 0
        if month.kind == "J" and bare and not (month.value == 9 and self.after_time_word(match.start())):
            return None  # names of people, unless a year, an adjective or «شهر» stands beside
        if told.number is not None:
            in_gregorian = told.number >= FIRST_YEAR_NOT_HIJRI  # «رمضان 2015»
            found = (hijri_recurrence(month.value) if in_gregorian else self._hijri(month.value))(told.number)
            return self.phrase(match, mean_fixed(found), "month", kind="hijri")
        return self.phrase(
            match, mean_recurring(hijri_recurrence(month.value), told), "month", lean=self.lean(told), kind="hijri"
        )

    def _hijri(self, month: int) -> Yearly:
        return lambda year: cal.hijri_interval(year, month)

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
        """«آذار - حزيران 2023», «أيار وحزيران»."""
        first, last = (self.read_months(match, group)[0] for group in ("month", "other"))
        told = self.read_year(match)
        joined = last.joined and group_start(match, "by") < 0
        if told is None or first.value == last.value or not (joined or group_start(match, "by") >= 0):
            return None
        if first.kind == "A" and told == ToldYear() and not self.after_time_word(match.start()):
            return None

        def yearly(year: int) -> Interval | None:
            if last.value > first.value:
                return cal.month_interval(year, first.value, until=(year, last.value))
            return cal.month_interval(year - 1, first.value, until=(year, last.value))

        by = self.one(match, "by")
        kind = "range" if by is not None and by.kind == "5" else "month"
        return self.phrase(match, mean_recurring(yearly, told), "month", lean=self.lean(told), kind=kind)

    def month_day_year(self, match: re.Match[str]) -> DatePhrase | None:
        """«أغسطس 31, 2025»."""
        month, number, told = self.read_months(match)[0], self.one(match, "number"), self.read_year(match)
        if number is None or told is None or told.number is None or not 1 <= number.value <= 31:
            return None
        return self._make_day(match, month, int(number.value), None, told)

    def day_of_unit(self, match: re.Match[str]) -> DatePhrase | None:
        """«الخامس من الشهر الجاري», «25 الجاري», «الثامن من هذا الشهر»."""
        number, adjective = self.one(match, "number"), str(self.tokens[match.end() - 1].value)
        if group_start(match, "this") >= 0:
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

    def day_of_it(self, match: re.Match[str]) -> DatePhrase | None:
        """«في الخامس والعشرين منه»: a day of the month named before."""
        number = self.tokens[match.start()]
        before = self.before(match.start())
        if not 1 <= number.value <= 31 or before is None or not (before.kind in "d39850" or before.word == "بين"):
            return None
        if number.kind == "n" or not (number.definite or before.kind == "d"):
            return None

        def mean(context: Context) -> Interval | None:
            month = context.anchor
            if month is None or month.first is None or month.granularity not in ("day", "month", "week"):
                return None
            at = cal.make_day(month.first.year, month.first.month, int(number.value))
            return cal.day(at, ANCHORED) if at else None

        return self.phrase(match, mean, "day", keep=False, kind="day")

    def numeric(self, match: re.Match[str]) -> DatePhrase | None:
        """`31/8/2024`, `2024-08-31`, `12/5/1445هـ`; the month comes second unless it could not be one."""
        a, b, c = (self.one(match, group) for group in ("a", "b", "c"))
        if a is None or b is None or c is None or not self._is_tight(match):
            return None
        year = c.value if c.kind != "G" else int(c.word[:4])
        if c.kind == "D":
            year += 2000
        first, second = a.value, b.value
        marked = group_start(match, "mark") >= 0 and self.tokens[match.end() - 1].kind == "I"
        if marked or 1300 <= year <= 1500:
            found = cal.hijri_interval(year, second, first) if 1 <= second <= 12 else None
            return self.phrase(match, mean_fixed(found), "day", kind="hijri") if found else None
        at = cal.make_day(year, second, first) or cal.make_day(year, first, second)
        if at is None or not FIRST_YEAR <= year <= LAST_YEAR:
            return None
        phrase = self.phrase(match, mean_fixed(cal.day(at)), "day", kind="day")
        return self.cut_glued(match, phrase)

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

    def weekday(self, match: re.Match[str]) -> DatePhrase | None:
        """«الثلاثاء الماضي», «أمس (الخميس)», «الخميس من الأسبوع الماضي»."""
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
        lean = LEANS.get(kind or "")
        week = self.one(match, "week")
        if week is not None:
            return self.phrase(match, mean_weekday_of_week(int(token.value), str(week.value)), "day", kind="weekday")
        return self.phrase(match, mean_weekday(int(token.value), kind), "day", lean=lean, kind="weekday")

    def weekdays(self, match: re.Match[str]) -> DatePhrase | None:
        """«يومي الثلاثاء والأربعاء», «ليلة الخميس - الجمعة»: both days."""
        first, last, adjective = (self.one(match, group) for group in ("weekday", "other", "adjective"))
        if first is None or last is None or (last.joined and group_start(match, "unit") < 0):
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
        following = self.tokens[match.end()].word if match.end() < len(self.tokens) else ""
        if token.value == 0 and is_today_word and (following == "الذي" or not self._is_today(match.start())):
            return None
        if token.value == 1 and token.definite and self.follows(match.start(), "today_not_after"):
            return None  # «قناة الغد»
        if token.value == -1 and following == "الحاجه":
            return None  # «في أمس الحاجة»
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


_BEFORE_BOTH = frozenset(("ان", "وان", "بان", "لان", "بين", "كلا", "هذين", "هذان", "لكن", "ولكن"))
_PAPERS = frozenset(clitic + word for word in ("صحيفه", "جريده") for clitic in ("", "و", "ل", "ب"))
FIRST_YEAR_NOT_HIJRI = 1600
