"""What dates mean that are counted in units: «العام الماضي», «قبل ثلاثة أشهر», «الأيام المقبلة»."""

from __future__ import annotations

from datetime import date

from mawaqif.arabic import calendar as cal
from mawaqif.arabic.calendar import Interval
from mawaqif.arabic.date_context import ADJECTIVE_OFFSETS, ANCHORED, RELATIVE, Context, Meaning, ToldYear
from mawaqif.arabic.date_tokens import Token, Unit


def _unit_at(unit: str, reference: date, offset: int, basis: str) -> Interval | None:
    """Return the day, week, month, year, decade or century that lies `offset` from that of `reference`."""
    if unit == "day":
        moved = cal.shift_days(reference, offset)
        return cal.day(moved, basis) if moved else None
    if unit == "week":
        return cal.week_interval(reference, basis, offset=offset)
    if unit == "month":
        return cal.month_interval(*cal.shift_month(reference.year, reference.month, offset), basis)
    if unit == "year":
        return cal.year_interval(reference.year + offset, basis)
    if unit == "season":
        return cal.playing_season_interval(reference, basis, offset=offset)
    if unit == "decade":
        return cal.decade_interval(reference.year // 10 * 10 + offset * 10, basis)
    if unit == "century":
        return cal.century_interval((reference.year - 1) // 100 + 1 + offset, basis)
    return None


_COARSENESS = {
    "day": 1, "week": 2, "half_month": 3, "month": 3, "season": 4, "part_of_year": 4, "year": 5, "decade": 6,
    "century": 7,
}  # fmt: skip


def _is_as_fine(anchor: Interval, unit: str) -> bool:
    """Whether a date is told finely enough to count units from it: no day follows upon «عام 2011»."""
    return _COARSENESS.get(anchor.granularity, 1) <= max(_COARSENESS.get(unit, 1), 2)


_ANCHOR_OFFSETS = {"following": 1, "previous": -1, "same": 0, "that": 0}


def mean_unit(unit: str, adjective: str) -> Meaning:
    """«العام الماضي», «الشهر المقبل», «الأسبوع الجاري»; «العام التالي» and «العام نفسه» from the anchor."""

    def mean(context: Context) -> Interval | None:
        anchor = context.anchor
        if adjective in _ANCHOR_OFFSETS:
            if anchor and anchor.first and anchor.last and _is_as_fine(anchor, unit):
                at = anchor.last if adjective == "following" else anchor.first
                return _unit_at(unit, at, _ANCHOR_OFFSETS[adjective], ANCHORED)
            if adjective == "previous" and context.reference:
                return _unit_at(unit, context.reference, -1, RELATIVE)
            return None
        if context.reference is None:
            return None
        offset = ADJECTIVE_OFFSETS[adjective]
        if unit == "season" and offset == 1 and context.reference.month in (7, 8):
            offset = 0  # between two seasons the next one is that about to begin
        return _unit_at(unit, context.reference, offset, RELATIVE)

    return mean


_VAGUE_BACK = {"month": 6, "week": 1}
"""How far «الأشهر الماضية» (six months) and «الأسابيع الماضية» (from the month before) reach: the codings' reading."""


def mean_span_of_units(unit: str, count: int | None, adjective: str) -> Meaning:
    """«الأشهر الستة الماضية», «الأيام القليلة المقبلة»: from or to the unit of writing; no number, an open end."""
    ahead = adjective == "future"

    def mean(context: Context) -> Interval | None:
        today = context.reference
        if today is None:
            return None
        if count is None and unit in ("hour", "minute"):
            other = cal.shift_days(today, 1 if ahead else -1)
            return Interval(min(today, other), max(today, other), "day", RELATIVE) if other else None
        if count is None and (ahead or unit not in _VAGUE_BACK):
            return Interval(today, None, unit, RELATIVE) if ahead else Interval(None, today, unit, RELATIVE)
        size = count if count is not None else _VAGUE_BACK[unit]
        if unit in ("hour", "minute"):
            unit_id, size = "day", max(1, round(size / (24 if unit == "hour" else 1440)))
        elif unit == "week":
            unit_id, size = ("day", size * 7) if count is not None else ("month", size)
        elif unit in ("decade", "century"):
            unit_id, size = "year", size * (10 if unit == "decade" else 100)
        else:
            unit_id = unit
        here, there = (_unit_at(unit_id, today, o, RELATIVE) for o in (0, size if ahead else -size))
        if here is None or there is None:
            return None
        first, last = (here.first, there.last) if ahead else (there.first, here.last)
        return Interval(first, last, "day" if unit in ("hour", "minute") else unit, RELATIVE)

    return mean


def _moved(unit: str, count: int, at: date, basis: str) -> Interval | None:
    """Return the day, week, month or year that lies `count` units from a day; one year away is read as a month."""
    if unit in ("hour", "minute"):
        other = cal.shift_days(at, count // 24 if unit == "hour" else 0)
        if other and abs(count) >= 24 and unit == "hour":
            return cal.day(other, basis)
        return Interval(min(at, other), max(at, other), "day", basis) if other else None
    if unit == "half_month":
        other = cal.shift_days(at, count * 15)
        return cal.month_interval(other.year, other.month, basis) if other else None
    if unit == "year" and abs(count) == 1:
        return _unit_at("month", at, 12 * count, basis)
    if unit == "decade":
        return _unit_at("year", at, 10 * count, basis)
    if unit == "century":
        return _unit_at("year", at, 100 * count, basis)
    return _unit_at(unit, at, count, basis)


def mean_counted(relation: str, unit: str, count: int | None, *, to_anchor: bool, of_event: bool = False) -> Meaning:
    """«قبل ثلاثة أشهر», «بعد عامين», «منذ أسابيع»; with `to_anchor` counted from a date named before.

    With `of_event` («بعد عامين من ...») the event stands after it, and only hours are taken to be of the date before.
    """
    sign = 1 if relation == "after" else -1

    def mean(context: Context) -> Interval | None:
        if to_anchor or (relation == "after" and (context.outlook == "past" or _was_reached(context, unit, count))):
            anchor = context.anchor if unit in ("hour", "minute") or not of_event else None
            at = (anchor.last if sign > 0 else anchor.first) if anchor and _is_as_fine(anchor, unit) else None
            basis = ANCHORED
            if anchor is not None and unit in ("hour", "minute"):
                return anchor._replace(basis=ANCHORED) if anchor.granularity in ("day", "week") else None
        else:
            at, basis = context.reference, RELATIVE
        if at is None:
            return None
        if count is None:
            return _vaguely(relation, unit, at, basis)
        found = _moved(unit, sign * count, at, basis)
        return found._replace(last=None) if found and relation == "since" else found

    return mean


def _was_reached(context: Context, unit: str, count: int | None) -> bool:
    """Whether «بعد عامين» of a clause that does not look ahead was over when counted from the date named before it."""
    anchor, today = context.anchor, context.reference
    if context.outlook is not None or anchor is None or anchor.last is None or today is None or count is None:
        return False
    if unit not in ("month", "year", "decade", "century") or not _is_as_fine(anchor, unit):
        return False
    found = _moved(unit, count, anchor.last, ANCHORED)
    return found is not None and found.first is not None and found.first <= today


def _vaguely(relation: str, unit: str, at: date, basis: str) -> Interval | None:
    """«قبل أيام», «بعد أسابيع»: open on the far side; weeks are read as from the month before to that of writing."""
    if relation == "after":
        return Interval(at, None, unit if unit not in ("hour", "minute") else "day", basis)
    if unit == "week":
        here, back = (_unit_at("month", at, offset, basis) for offset in (0, -1))
        return Interval(back.first, here.last, "month", basis) if here and back else None
    if unit in ("hour", "minute"):
        return Interval(cal.shift_days(at, -1), at, "day", basis)
    return Interval(None, at, unit, basis)


def mean_vague(kind: str) -> Meaning:
    """Return the meaning of a vague adverb of the vocabulary."""

    def mean(context: Context) -> Interval | None:
        today = context.reference
        if kind in ("then", "appointed"):
            ahead = kind == "then" and context.outlook == "future"
            return context.anchor._replace(basis=ANCHORED) if context.anchor and not ahead else None
        if today is None:
            return None
        if kind == "later" and context.outlook != "future":
            return None  # «تولى لاحقا» tells of a past
        if kind == "past":
            return Interval(None, cal.shift_days(today, -1), "part_of_year", RELATIVE)
        if kind == "until_now":
            return Interval(None, today, "day", RELATIVE)
        if kind == "present":
            return cal.month_interval(today.year, today.month, RELATIVE)
        return Interval(today, None, "part_of_year", RELATIVE)

    return mean


def mean_further(unit: str, count: int) -> Meaning:
    """«لعام إضافي», where the sentence looks ahead: so many units from the day after that of writing."""
    span = mean_span_of_units(unit, count, "future")

    def mean(context: Context) -> Interval | None:
        tomorrow = cal.shift_days(context.reference, 1) if context.reference else None
        if tomorrow is None or context.outlook != "future":
            return None
        found = _unit_at("month", tomorrow, 0, RELATIVE) if unit in ("month", "year") else None
        until = _unit_at("month", tomorrow, count * (12 if unit == "year" else 1), RELATIVE) if found else None
        if found is not None and until is not None:
            return found._replace(last=until.last, granularity=unit)
        whole = span(context)
        return whole and whole._replace(first=tomorrow)

    return mean


def mean_from_event(event: Meaning, tokens: list[Token]) -> Meaning:
    """Count from an event's days: the phrase is read with the event as its day of writing."""
    unit: Unit = next(t.value for t in tokens if isinstance(t.value, Unit))
    number = next((int(t.value) for t in tokens if t.kind in "nDN"), {1: 1, 2: 2}.get(unit.number))
    relation = "after" if tokens[0].kind == "2" else "before"

    def mean(context: Context) -> Interval | None:
        named = event(context)
        if named is None:
            return None
        return mean_counted(relation, unit.id, number, to_anchor=True)(context._replace(anchor=named))

    return mean


def mean_present(unit: str) -> Meaning:
    """«تأتي الزيارة بعد شهرين من الاتفاق»: what is reported comes at the time of writing."""

    def mean(context: Context) -> Interval | None:
        today = context.reference
        if today is None:
            return None
        if unit in ("hour", "minute", "day", "week"):
            return cal.day(today, RELATIVE)
        return cal.month_interval(today.year, today.month, RELATIVE)

    return mean


def mean_in_told_year(unit: str, told: ToldYear) -> Meaning:
    """«مثل هذا اليوم من العام الماضي»: the day or month of writing in another year."""

    def mean(context: Context) -> Interval | None:
        today = context.reference
        if today is None:
            return None
        shift = ADJECTIVE_OFFSETS.get(told.of_year or told.adjective or "", 0)
        year = told.number if told.number is not None else today.year + shift
        if unit == "month":
            return cal.month_interval(year, today.month, RELATIVE)
        found = cal.make_day(year, today.month, today.day)
        return cal.day(found, RELATIVE) if found else None

    return mean


def mean_weekday_of_week(number: int, adjective: str) -> Meaning:
    """Return the meaning of «الخميس من الأسبوع الماضي»."""

    def mean(context: Context) -> Interval | None:
        week = mean_unit("week", adjective)(context)
        moved = cal.shift_days(week.first, number) if week and week.first else None
        return cal.day(moved, week.basis) if moved and week else None

    return mean
