"""Rules of the date grammar for vague words, named events, terms of office and holidays."""

from __future__ import annotations

import re
from collections.abc import Iterator

from mawaqif.arabic import calendar as cal
from mawaqif.arabic.calendar import Interval
from mawaqif.arabic.date_context import ANCHORED, RELATIVE, Context, Meaning, ToldYear
from mawaqif.arabic.date_counting import mean_vague
from mawaqif.arabic.date_days import FIRST_YEAR_NOT_HIJRI
from mawaqif.arabic.date_meanings import event_times, mean_event, mean_lasting, mean_relation, read_point
from mawaqif.arabic.date_phrases import DatePhrase, NamedEvent, TokenReader
from mawaqif.arabic.date_recurrence import gregorian_day, hijri_recurrence, mean_day_offset, mean_fixed, mean_recurring
from mawaqif.arabic.date_tokens import AWAITING
from mawaqif.arabic.text import fold
from mawaqif.vocabulary import DatedEvent, Holiday


class EventRules(TokenReader):
    """«مؤخرا», «سقوط بغداد», «عيد الفطر»."""

    def vague(self, match: re.Match[str]) -> DatePhrase | None:
        """«مؤخرا», «حتى الآن», «قريبا»."""
        token = self.tokens[match.start()]
        kind = str(token.value)
        if self.kinds[match.end() : match.end() + 1] in tuple("oDn") and self._ends_with_hour(match.end()):
            return None  # «حتى الساعة السادسة»
        lean = {"past": "past", "until_now": "past", "future": "future"}.get(kind)
        granularity = {"until_now": "day", "present": "month"}.get(kind, "part_of_year")
        keep = kind not in ("then", "appointed", "later")
        return self.phrase(match, mean_vague(kind), granularity, lean=lean, points=False, keep=keep, kind=kind)

    def _ends_with_hour(self, at: int) -> bool:
        """Whether «الساعة» ends the phrase before index `at`."""
        token = self.tokens[at - 1]
        return any(entry.rest[-1:] == ("الساعه",) for entry in self.lexicon.entries.get(token.word, ()))

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
        """«سقوط بغداد» after a word of time, «الانتخابات المقبلة», the name of a holder after «عهد»."""
        token, adjective = self.tokens[match.start()], self.one(match, "adjective")
        event: DatedEvent = token.value
        if not self.contexts.allow(event):
            return None
        if event.with_adjective and not self.contexts.allow_near(event, token.start):
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
        """«عيد الأضحى», «عيد الفطر الماضي»."""
        nth, start = self._nth_day(match)
        holiday: Holiday = self.tokens[start].value
        told = self.read_year(match)
        if told is None:
            return None
        if not nth and told == ToldYear() and not self._is_spent(start):
            return None  # a greeting or a topic, not a time
        month, number = (int(part) for part in holiday.day.split("-"))
        days = 1 if nth else holiday.days
        number += max(nth, 1) - 1
        if holiday.calendar == "hijri":
            if told.number is not None and told.number < FIRST_YEAR_NOT_HIJRI:
                return self.phrase(
                    match, mean_fixed(cal.hijri_interval(told.number, month, number)), "day", kind="hijri"
                )
            yearly = hijri_recurrence(month, number, days)
        else:
            yearly = gregorian_day(month, number)
        return self.phrase(match, mean_recurring(yearly, told), "day", lean=self.lean(told), kind="holiday")

    def _nth_day(self, match: re.Match[str]) -> tuple[int, int]:
        """«ثاني أيام عيد الفطر», «أول أيام عيد الأضحى»: which of its days (0 for all), and the index of the feast."""
        order = self.one(match, "order")
        if order is None:
            return 0, match.start()
        before = self.before(match.start())
        word = order.word if order.kind == "P" else before.word if before is not None else ""
        return _NTH.get(word.removeprefix("و"), 0), match.end("order")

    def _is_spent(self, at: int) -> bool:
        """Whether a word of time stands before a feast: «في عيد الفطر», «خلال عطلة عيد الأضحى»."""
        before = self.before(at)
        if before is not None and before.word in _FREE_DAYS:
            before = self.before(at - 1)
        return before is not None and before.kind in "0123456789qPuK"

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

    def lasted(self, match: re.Match[str]) -> DatePhrase | None:
        """«الحوار الذي استمر يومين»: the days of the event that the clause names, if it is known to have lasted so."""
        unit, counted = self.one(match, "unit"), self.one(match, "count")
        event = self._event_before(match.start())
        count = self.count(counted, unit) if unit is not None else None
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

    def named_events(self) -> Iterator[NamedEvent]:
        """Yield the events that the zone names, without terms of office."""
        at = self.kinds.find("R")
        while at >= 0:
            token = self.tokens[at]
            if not token.value.term and self.contexts.allow(token.value):
                yield NamedEvent(token.start, token.end, token.value)
            at = self.kinds.find("R", at + 1)


_COMING = frozenset(fold(word) for word in ("الوشيكة", "المرتقبة", "القريبة"))
_TERM_WORDS = frozenset(fold(word) for word in ("عهد", "ولاية", "حكم", "رئاسة", "زمن"))
_NTH = {"اول": 1, "ثاني": 2, "ثالث": 3, "رابع": 4}
_FREE_DAYS = frozenset(fold(word) for word in ("عطلة", "إجازة", "أول", "ثاني", "ثالث"))
_COUNTED_FROM = re.compile(r"[12]~?[nDNfQ]?~?[dkmyceu]f?(?:[hQ]y?)?[8b]\Z")
_AFTER_IT = frozenset(clitic + fold(word) for word in ("بعده", "بعدها", "بعدهم") for clitic in ("", "و"))
