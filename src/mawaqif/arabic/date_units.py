"""Rules of the date grammar for units of time: with an adjective, counted, in part, or yet to run."""

from __future__ import annotations

import re

from mawaqif.arabic.calendar import Interval
from mawaqif.arabic.date_context import RELATIVE, Context, ToldYear
from mawaqif.arabic.date_counting import (
    mean_counted,
    mean_further,
    mean_in_told_year,
    mean_present,
    mean_span_of_units,
    mean_unit,
)
from mawaqif.arabic.date_meanings import mean_first_months, mean_part
from mawaqif.arabic.date_phrases import LEANS, DatePhrase, TokenReader
from mawaqif.arabic.date_recurrence import mean_day_offset
from mawaqif.arabic.date_tokens import Token
from mawaqif.arabic.text import fold


def unit_number(unit: Token | None) -> int | None:
    """Return the grammatical number of a unit: 1, 2, or 0 for the plural."""
    return int(unit.value.number) if unit is not None else None


class UnitRules(TokenReader):
    """«العام الماضي», «قبل شهرين», «لعام إضافي»."""

    def unit_with(self, match: re.Match[str]) -> DatePhrase | None:
        """«العام الماضي», «الأيام القليلة المقبلة», «العامين السابقين»."""
        unit, adjective = self.one(match, "unit"), self.one(match, "adjective")
        if unit is None or adjective is None or self.is_general(match.start()):
            return None
        counted = self.one(match, "count")
        if counted is not None and counted.kind == "o" and counted.value < 20:
            return None
        if self.kinds[match.end() : match.end() + 2] == "8c":
            return None  # «العقد الأخير من القرن التاسع عشر»
        kind = str(adjective.value)
        lean = LEANS.get(kind)
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
        if unit.kind == "t" and not unit.word.endswith(("هذا", "اليوم")):
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
        if relation.value == "after" and self._is_first_time(match.start()):
            return None  # «لأول مرة بعد 11 عاما»
        again = self.one(match, "again")  # «بعد يوم واحد», not «بعد عام ألفين»
        if again is not None and (again.value != unit_number(unit) or counted is not None):
            return None
        about = "~" in self.kinds[match.start() : match.end()]  # «منذ قرابة السنتين»
        if unit is None or (unit.definite and not about) or relation.value not in ("before", "after", "since"):
            return None
        if self.kinds[match.start() - 1 : match.start()] == "b" and relation.word == "بعد":
            return None  # «على بعد ثلاث دقائق»
        if counted is None and (self.names_more(unit, match.end()) or self._is_season(unit)):
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
        phrase = self.phrase(match, meaning, shown, lean=lean, points=False, keep=keep, kind=kind)
        last = self.tokens[match.end() - 1]
        if last.kind == "~" and last.word in _OF_MORE:  # «منذ شهرين أكثر من مئة سفينة»
            phrase = phrase._replace(end=self.tokens[match.end() - 2].end)
        return phrase

    def _is_first_time(self, at: int) -> bool:
        """Whether «لأول مرة» or «للمرة الأولى» stands before index `at`: what follows counts back."""
        words = [token.word for token in self.tokens[max(0, at - 2) : at]]
        return words in (["لاول", "مره"], ["للمره", "الاولي"], ["المره", "الاولي"], ["اول", "مره"])

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
        name, count = unit.value.id, self.count(counted, unit)
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
        meaning = mean_counted(direction, unit.value.id, self.count(counted, unit), to_anchor=True)
        shown = "day" if unit.value.id in ("hour", "minute") else unit.value.id
        return self.phrase(match, meaning, shown, points=True, kind="anchored")

    def part_of_running(self, match: re.Match[str]) -> DatePhrase | None:
        """«نهاية العام», «منتصف الشهر»: of the unit of writing."""
        part, unit = self.tokens[match.start()], self.tokens[match.end() - 1]
        if unit.value.number != 1 or unit.kind in "ec":
            return None  # «نهاية العقد», «انتهاء العقود»: contracts
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
        if self.kinds[match.end() - 2] != "8" and not unit.prefix.endswith("ل"):
            return None  # «الربع الثاني من العام», «الربع الثاني للعام»
        whole = self.phrase(match, mean_unit(unit.value.id, "this"), unit.value.id, kind="part")
        found = self.fraction(match.start(), whole)[1]
        return None if found is whole else found

    def fraction(self, at: int, phrase: DatePhrase) -> tuple[int, DatePhrase]:
        """Attach «النصف الأول من», «الربع الأخير من» or «الأشهر الستة الأولى من» at index `at`."""
        part, order = self.tokens[at], self.tokens[at + 1]
        if part.kind == "Q":
            number = int(part.value) if order.kind == "l" else int(order.value)
            return self.part(at, int(part.value), number, phrase)
        if part.value.id != "month" or self.tokens[at + 2].value != 1 or phrase.granularity != "year":
            return self._skip_fraction(at, phrase)
        meaning = mean_first_months(phrase.meaning, int(order.value))
        return at, phrase._replace(meaning=meaning, granularity="part_of_year")

    def _skip_fraction(self, at: int, phrase: DatePhrase) -> tuple[int, DatePhrase]:
        start = next(i for i, t in enumerate(self.tokens) if i > at and t.start >= phrase.start)
        return start, phrase

    def part(self, at: int, part: str | int, number: int | None, phrase: DatePhrase) -> tuple[int, DatePhrase]:
        """Cut the early, mid or late part, or a fraction, out of a phrase that begins after index `at`."""
        granularity = phrase.granularity if phrase.granularity in ("month", "week") else "part_of_year"
        return at, phrase._replace(meaning=mean_part(part, number, phrase.meaning), granularity=granularity)

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
        count, name = self.count(counted, unit), unit.value.id
        if count is None or name in ("hour", "minute", "decade", "century"):
            return None
        return self.phrase(match, mean_further(name, count), name, points=False, keep=False, kind="duration")

    def _lasts(self, at: int) -> bool:
        before = self.before(at)
        return before is not None and before.word in _LASTING

    def within(self, match: re.Match[str]) -> DatePhrase | None:
        """«خلال ثلاثة أشهر», «في غضون أسبوعين» where the sentence looks ahead: from now to so far."""
        unit, counted = self.one(match, "unit"), self.one(match, "count")
        if unit is None or unit.definite or self.tokens[match.start()].word not in _WITHIN:
            return None
        count, name = self.count(counted, unit), unit.value.id
        if self.kinds[match.end() : match.end() + 1] in tuple("LFBlC"):
            return None  # «خلال الثلاثة أشهر المقبلة»
        if counted is None and self.names_more(unit, match.end()):
            return None
        span = mean_span_of_units(name, count, "future")

        def mean(context: Context) -> Interval | None:
            return span(context) if context.outlook == "future" else None

        shown = "day" if name in ("hour", "minute") else name
        return self.phrase(match, mean, shown, points=False, keep=False, kind="duration")


_OF_MORE = frozenset(fold(word) for word in ("أكثر", "أقل", "ما", "نحو", "حوالي", "قرابة", "زهاء"))
_COMES = frozenset(
    clitic + fold(verb)
    for verb in ("يأتي", "تأتي", "يجيء", "تجيء", "تجري", "تجرى", "يجري", "يجرى")
    for clitic in ("", "و")
)
_LASTING = frozenset(fold(word) for word in ("لمدة", "ولمدة", "لفترة", "مدة"))
_WITHIN = frozenset(("خلال", "وخلال", "في", "وفي", "غضون"))
_PRONOUN = re.compile(r"(?<=\w{3})(?:ها|هما|هم|ه)\Z")
_OF_TIME = frozenset(fold(word) for word in ("الزمن", "الزمان", "الوقت", "الآن", "اليوم"))
