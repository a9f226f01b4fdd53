"""Rules of the date grammar for years, decades, centuries and seasons."""

from __future__ import annotations

import re

from mawaqif.arabic import calendar as cal
from mawaqif.arabic.date_context import FIRST_YEAR, LAST_YEAR, ToldYear
from mawaqif.arabic.date_phrases import DatePhrase, TokenReader, group_start
from mawaqif.arabic.date_recurrence import mean_fixed, mean_recurring
from mawaqif.arabic.text import fold


class YearRules(TokenReader):
    """Years and what is longer; seasons."""

    def year(self, match: re.Match[str]) -> DatePhrase | None:
        """«عام 2014», «العام الهجري 1446», «عام ألفين وثلاثة»."""
        token, sort = self.one(match, "number"), self.one(match, "sort")
        if token is None or self.is_general(match.start()):
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
        return self.cut_glued(match, phrase)

    def years(self, match: re.Match[str]) -> DatePhrase | None:
        """«عامي 2003 و2011», «2019-2021», «بين 2003 و2011»: from the first to the last year named."""
        numbers = [int(t.value) for t in self.tokens[match.start() : match.end()] if t.kind in "YD"]
        first, last = numbers[0], numbers[-1]
        if first == last + 1 and self.kinds[match.start("by")] == "/":
            first, last = last, first  # «العام الدراسي 1437/1436»
        if last < 100:
            last += first // 100 * 100
            if last != first + 1:
                return None
        unit = self.one(match, "unit")
        if (unit is not None and unit.value.id != "year") or self.is_general(match.start()):
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
        if group_start(match, "unit") < 0 and group_start(match, "by") < 0 and lead != "7":
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
            following = self.tokens[at + 1] if at + 1 < len(self.tokens) else None
            return following is None or following.kind not in "x_%" or following.word.startswith("ال")
        if before.kind == "(":
            return self.kinds[at + 1 : at + 2] == ")"
        if before.kind == "Q" or FRACTION.search(self.kinds, max(0, at - 4), at):
            return True
        if before.kind == "9":  # «إلى 2010 دولارات»
            return self.kinds[at + 1 : at + 2] not in ("x", "%", "_")
        if token.joined and before.kind in "YG":
            return True
        if before.kind == "/" and self.kinds[at - 2 : at - 1] == "I":  # «1351هـ/1932»
            return True
        return before.kind in "0124567"

    def decade(self, match: re.Match[str]) -> DatePhrase | None:
        """«الثمانينيات», «ستينيات القرن التاسع عشر»."""
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
        """«القرن العشرين»."""
        number = int(self.tokens[match.end() - 1].value)
        if not 5 <= number <= 22:
            return None
        return self.phrase(match, mean_fixed(cal.century_interval(number)), "century", kind="century")

    def centuries(self, match: re.Match[str]) -> DatePhrase | None:
        """«القرنين التاسع عشر والعشرين»: from the one to the other."""
        unit, first, last = self.tokens[match.start() : match.end()]
        if unit.value.id != "century" or not last.joined or not 5 <= first.value < last.value <= 22:
            return None
        found = cal.year_interval(first.value * 100 - 99, until=last.value * 100)
        return self.phrase(
            match, mean_fixed(found and found._replace(granularity="century")), "century", kind="century"
        )

    def season(self, match: re.Match[str]) -> DatePhrase | None:
        """«خريف 2019», «الصيف الماضي», «هذا الشتاء»."""
        token, told = self.one(match, "season"), self.read_year(match)
        if token is None or told is None:
            return None
        if group_start(match, "this") >= 0:
            told = ToldYear(adjective="current")
        if told == ToldYear():
            return None
        month = int(token.value)
        meaning = mean_recurring(lambda year: cal.season_interval(month, year), told)
        return self.phrase(match, meaning, "season", lean=self.lean(told), kind="season")


_SORTS_OF_YEAR = frozenset(fold(word) for word in ("الدراسي", "الدراسية", "المالي", "المالية", "الميلادي", "الميلادية"))
FRACTION = re.compile(r"(?:Q[ol]|u[nD]o)8?\Z")
