"""English sentences: one function a kind of claim; numbers up to ten in words, a name never more than its evidence."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date, timedelta
from typing import Any

from mawaqif.aggregate.ahead import Ahead
from mawaqif.aggregate.claims import count_months, widen_to_months
from mawaqif.arabic.numerals import MINUS
from mawaqif.phrases.naming import Naming

_WORDS = ("no", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten")
_MONTHS = (
    "January", "February", "March", "April", "May", "June",
    "July", "August", "September", "October", "November", "December",
)  # fmt: skip
MOST_NAMED = 3
"""Actors that a finding names one by one."""
SMALL_BASE = 10
"""Below this many cases a share is given in counts alone: «two of three» says more than 67%."""

Values = Mapping[str, Any]


# --- numbers, dates, lists -------------------------------------------------------------------------------------------


def number(n: int) -> str:
    """Return a number as running text has it: in words up to ten."""
    return _WORDS[n] if 0 <= n <= 10 else f"{n:,}"


def count(n: int, noun: str, plural: str | None = None) -> str:
    """Return `n` of a noun."""
    return f"{number(n)} {noun if n == 1 else plural or noun + 's'}"


def verb(n: int, singular: str, plural: str) -> str:
    """Return the verb form that `n` things take."""
    return singular if n == 1 else plural


def signed(value: float) -> str:
    """Return a mean with its sign and one decimal."""
    rounded = round(value, 1) + 0.0
    sign = MINUS if rounded < 0 else "+" if rounded > 0 else ""
    return f"{sign}{abs(rounded):.1f}"


def share(part: int, whole: int) -> str:
    """Return a share in percent in brackets, with a space before it, or nothing where there are too few cases."""
    return f" ({part / whole:.0%})" if whole >= SMALL_BASE else ""


def join(parts: Sequence[str]) -> str:
    """Join parts with commas and «and»."""
    if len(parts) < 2:
        return "".join(parts)
    return f"{', '.join(parts[:-1])} and {parts[-1]}"


def capitalise(sentence: str) -> str:
    """Write the first letter of a sentence large."""
    return sentence[:1].upper() + sentence[1:]


def day(value: date) -> str:
    """Return a day as «16 August 2024»."""
    return f"{value.day} {_MONTHS[value.month - 1]} {value.year}"


def interval(first: date, last: date) -> str:
    """Return a span of inclusive days as briefly as it can be said exactly."""
    if first == last:
        return day(first)
    if first.day == 1 and (last + timedelta(days=1)).day == 1:
        return _whole_months(first, last)
    if (first.year, first.month) == (last.year, last.month):
        return f"{first.day}–{day(last)}"
    start = day(first) if first.year != last.year else f"{first.day} {_MONTHS[first.month - 1]}"
    return f"{start} to {day(last)}"


def _whole_months(first: date, last: date) -> str:
    if (first.month, last.month) == (1, 12):
        return str(first.year) if first.year == last.year else f"{first.year}–{last.year}"
    end = f"{_MONTHS[last.month - 1]} {last.year}"
    if (first.year, first.month) == (last.year, last.month):
        return end
    start = _MONTHS[first.month - 1]
    return f"{start} to {end}" if first.year == last.year else f"{start} {first.year} to {end}"


# --- sentences -------------------------------------------------------------------------------------------------------


def say_latest(v: Values, names: Naming) -> str:
    """Say what was printed last of each camp, and of which there is nothing since."""
    told = [f"{names.camp(camp['camp'])} ({_say_printed(camp)}), {_say_steps(camp, names)}" for camp in v["camps"]]
    aside = join(["forecasts", *(_lower(names.camp(camp)) for camp in v["left_out"])])
    return f"What was last printed of each camp, {aside} aside: {'; '.join(told)}."


def _lower(name: str) -> str:
    return name[:1].lower() + name[1:]


def _say_printed(camp: Values) -> str:
    said = f", said {interval(*widen_to_months(*camp['said']))}" if camp["said"] else ""
    return f"{interval(*widen_to_months(camp['first'], camp['last']))}{said}"


def _say_steps(camp: Values, names: Naming) -> str:
    """Say where most statements of a camp stand, or how they are divided."""
    n, end, part = count_sides(camp["steps"])
    most = camp["most_in_one"] or 0
    since = f", {number(most)} of the {number(n)} in one article" if 2 * most > n else ""
    since += ", and nothing since then that the scale can place" if camp["is_old"] else ""
    if part * 2 <= n:
        below, above = (sum(k for step, k in camp["steps"].items() if step * side > 0) for side in (-1, 1))
        towards = f"{_none_or(below)} towards {names.step(-1)} and {_none_or(above)} towards {names.step(1)}"
        return f"of {count(n, 'statement')} {towards}{since}"
    share = {1: "one statement", 2: "both statements"}.get(n, f"all {number(n)} statements")
    share = share if part == n else f"{number(part)} of {count(n, 'statement')}"
    place = "at" if camp["steps"].get(end) == part else "towards"
    against, other = count_against(camp["steps"], end)
    other_place = "at" if camp["steps"].get(other) == against else "towards"
    contrary = f", {number(against)} {other_place} {names.step(other)}" if against else ""
    return f"{share} {place} {names.step(end)}{contrary}{since}"


def count_sides(steps: Mapping[int, int]) -> tuple[int, int, int]:
    """Return how many statements there are, the step of the side with most of them, and how many these are.

    The step is the one at which all of that side stand, or else the one nearer to the middle.
    """
    sides = {side: {s: n for s, n in steps.items() if (s > 0) - (s < 0) == side} for side in (-1, 1, 0)}
    side = max(sides, key=lambda side: sum(sides[side].values()))
    own = sides[side]
    return sum(steps.values()), next(iter(own)) if len(own) == 1 else side, sum(own.values())


def count_against(steps: Mapping[int, int], end: int) -> tuple[int, int]:
    """Return how many statements stand on the other side of the scale than `end`, and at which step (`count_sides`)."""
    own = {step: n for step, n in steps.items() if step * end < 0}
    return sum(own.values()), next(iter(own)) if len(own) == 1 else -1 if end > 0 else 1


def say_extremes(v: Values, names: Naming) -> str:
    """Say which two actors are furthest apart, by how many statements of which time."""
    left_out = " Actors with a single statement on the scale are left out." if v["minimum"] == 2 else ""
    apart = "".join(_say_members(v[side], names) for side in ("low", "high"))
    return f"Furthest apart stand {_stand(v['low'], names)}, and {_stand(v['high'], names)}.{apart}{left_out}"


def _say_members(side: Values, names: Naming) -> str:
    """Say who belongs to an actor but stands on the other side of the scale."""
    members = side["members"]
    if not members:
        return ""
    told = join([f"{names.actor(m['actor_id'])} ({signed(m['mean'])}{_say_months(m)})" for m in members])
    belong, stand = verb(len(members), "belongs", "belong"), verb(len(members), "stands", "stand")
    return f" {capitalise(told)}, who {belong} to {names.actor(side['actor_id'])}, {stand} on the other side."


def _say_months(side: Values) -> str:
    return f", {interval(*widen_to_months(side['first'], side['last']))}" if side["first"] else ""


def say_only(v: Values, names: Naming) -> str:
    """Say where the one actor stands who takes a position."""
    stand = f"{_stand(v, names)}"
    return f"Only one actor takes a position: {stand}."


def _stand(side: Values, names: Naming) -> str:
    n = side["statements"]
    told = f"{count(n, 'statement')} in {count(side['articles'], 'article')}"
    if side["articles"] == 1 and n > 1:
        told = f"{count(n, 'statement')}, {'both' if n == 2 else 'all'} in one article"
    if headlines := side.get("headlines", 0):
        which = "its" if n == 1 else "one of them its" if headlines == 1 else f"{number(headlines)} of them"
        told += f", {which} {'headline' if headlines == 1 else 'headlines'}"
    if not side["quoted"]:
        told += ", not quoted" if n == 1 else ", none of them quoted"
    when = f"; {interval(*widen_to_months(side['first'], side['last']))}" if side["first"] else ""
    return (
        f"{names.actor(side['actor_id'])}, at {signed(side['mean'])}, {say_place(side['mean'], names)} ({told}{when})"
    )


def say_place(mean: float, names: Naming) -> str:
    """Say in words where a mean lies on the scale: on a step, between two, or nearest to one."""
    low, high = math.floor(mean + 1e-9), math.ceil(mean - 1e-9)
    if low == high:
        return names.step(low)
    if abs(mean - low - 0.5) < 1e-9:
        return f"between {names.step(low)} and {names.step(high)}"
    return f"nearest to {names.step(round(mean))}"


def say_camps(v: Values, names: Naming) -> str:
    """Say in what order the camps stand, and how far their actors lie apart."""
    stands = [
        f"{names.camp(c['camp'])} {signed(c['mean'])} ({count(c['actors'], 'actor')}{_spread(c)}, "
        f"{count(c['statements'], 'statement')})"
        for c in v["camps"]
    ]
    return (
        f"Averaged over the actors reported or quoted, the camps stand as follows: {'; '.join(stands)}. Only camps "
        "with three actors or more within a year are averaged, and the average is of those actors, not of the camp."
    )


def _spread(camp: Values) -> str:
    low, high = signed(camp["lowest"]), signed(camp["highest"])
    return f" from {low} to {high}" if low != high else ""


def say_divided(v: Values, names: Naming) -> str:
    """Say whose statements lie on both sides, and how many on each."""
    parts = [
        (v["below"], f"{number(v['below'])} {verb(v['below'], 'leans', 'lean')} towards {names.step(-1)}"),
        (v["above"], f"{number(v['above'])} {verb(v['above'], 'leans', 'lean')} towards {names.step(1)}"),
        (v["zero"], f"{number(v['zero'])} {verb(v['zero'], 'stands', 'stand')} in the middle"),
    ]
    told = [part for n, part in sorted(parts, key=lambda part: -part[0]) if n]
    whole = count(v["below"] + v["zero"] + v["above"], "statement")
    where = f"{whole} in {count(v['articles'], 'article')}"
    who = names.actor(v["actor_id"])
    return f"What is attributed to {who} lies on both sides of the scale: of {where}, {join(told)}."


def say_movement(v: Values, names: Naming) -> str:
    """Say between which two articles an actor's mean differs most."""
    few = min(v["earlier"]["statements"], v["later"]["statements"]) < 3
    caution = " That is too little to speak of a change of mind." if few else ""
    return (
        f"The largest difference between an earlier and a later article is in what is attributed to "
        f"{names.actor(v['actor_id'])}: {_from_to(v)}.{caution}"
    )


def _from_to(v: Values) -> str:
    then, now = (
        f"{signed(p['mean'])} in an article of {interval(p['first'], p['last'])} "
        f"({count(p['statements'], 'statement')})"
        for p in (v["earlier"], v["later"])
    )
    return f"from {then} to {now}"


def say_followed(v: Values, names: Naming) -> str:
    """Say that no change of position can be shown, and how many could have shown one."""
    actors, n = f"{count(v['actors'], 'actor')} (unnamed sources aside)", len(v["followed"])
    lead = "Whether anyone changed position cannot be told from these articles"
    if not n:
        return f"{lead}: none of {actors} takes a position in articles of different dates."
    who = f"only {number(n)}" if n < v["actors"] / 2 else number(n)
    if n <= MOST_NAMED:
        only = "only " if n < v["actors"] / 2 else ""
        who = f"{only}{join([names.actor(i) for i in v['followed']])}"
    followed = f"of {actors}, {who} {verb(n, 'takes', 'take')} a position in articles of different dates"
    return f"{lead}: {followed}, and no difference of a step or more rests on two statements at each end."


def say_ahead(v: Values, names: Naming) -> str:
    """Say what was agreed or planned and still to come when the newest article appeared."""
    events = f"{capitalise(count(v['whole'], 'agreed or planned event'))} that statements on the issue speak of"
    newest = f"still ahead when the newest article appeared ({day(v['as_of'])})"
    told = [f"{heading}: {_list_ahead(v[status], names)}." for status, heading in _AHEAD if _count_ahead(v[status])]
    others = [count(v["possible"], "possible event")] if v["possible"] else []
    if v["unsaid"]:
        noun = number(v["unsaid"]) if others else count(v["unsaid"], "event")
        others.append(f"{noun} that no statement on the issue speaks of")
    left_out = f" Left out: {join(others)}." if others else ""
    return f"{events} {verb(v['whole'], 'was', 'were')} {newest}. {' '.join(told)}{left_out}"


_AHEAD = (("agreed", "Agreed"), ("planned", "Planned"))


def _count_ahead(group: Values) -> int:
    return len(group["events"]) + int(group["more"]) + int(group["open"])


def _list_ahead(group: Values, names: Naming) -> str:
    """Name some events with their days, and count the others."""
    told = [
        f"{names.event(event.label_ar, event.label_en, is_known=event.is_known)} "
        f"({_say_days(event)}{_say_doubt(event)})"
        for event in group["events"]
    ]
    further = " more" if told else ""
    if group["more"]:
        told.append(f"{number(group['more'])}{further} with a date")
    if group["open"]:
        told.append(f"{number(group['open'])}{'' if group['more'] else further} without a date")
    return "; ".join(told)


def _say_days(event: Ahead) -> str:
    if event.first is None or event.last is None:
        return (
            f"from {interval(*widen_to_months(event.first, event.first))}"
            if event.first and event.has_date
            else ("no date")
        )
    days = interval(event.first, event.last)
    return f"{days}, by inference" if event.is_inferred else days


def _say_doubt(event: Ahead) -> str:
    """Say how many of the statements on an event doubt it or speak against it."""
    part, whole = event.disputed_by, len(event.statement_ids)
    if not part:
        return ""
    every = {1: "the only statement", 2: "both statements"}.get(whole, f"all {number(whole)} statements")
    return (
        f"; called into question by {every if part == whole else f'{number(part)} of {number(whole)} statements'} on it"
    )


def say_camp_movement(v: Values, names: Naming) -> str:
    """Say between which two articles what is quoted from a camp differs most, and whether from the same actors."""
    then, now = (
        f"{signed(p['mean'])} in an article of {interval(p['first'], p['last'])} "
        f"({count(p['actors'], 'actor')}, {count(p['statements'], 'statement')})"
        for p in (v["earlier"], v["later"])
    )
    same = f"Only {number(v['shared'])} of them {verb(v['shared'], 'is', 'are')} in both."
    if not v["shared"]:
        same = "No actor is in both, so other people are speaking; nobody is shown to have changed their mind."
    return f"In the camp “{names.camp(v['camp'])}”, the mean goes from {then} to {now}. {same}"


def say_forecasts(v: Values, names: Naming) -> str:
    """Say on which side forecasts lie, and that this is no wish."""
    n, by = v["forecasts"], f"{count(v['forecasters'], 'actor')} in {count(v['articles'], 'article')}"
    middle = n - v["forecasts_above"] - v["forecasts_below"]
    parts = [
        f"{_none_or(v['forecasts_above'])} {verb(v['forecasts_above'], 'leans', 'lean')} towards {names.step(1)}",
        f"{_none_or(v['forecasts_below'])} towards {names.step(-1)}",
    ]
    parts += [f"{number(middle)} {verb(middle, 'stands', 'stand')} in the middle"] if middle else []
    some, repeats = v["whole"] > n, v["repeats"]
    again = f" {capitalise(number(repeats))} {verb(repeats, 'repeats', 'repeat')} another." if repeats else ""
    lead = f"Of {count(n, 'forecast')} by {by}, "
    if some:
        lead = f"Of {count(v['whole'], 'forecast')} the scale can place {number(n)}, by {by}: "
    told = f"{lead}{join(parts)}"
    for side, step in (("above", 1), ("below", -1)):
        if v[f"forecasts_{side}"] == n:
            every = "Both" if n == 2 else f"All {number(n)}"
            told = f"{every} forecasts, by {by}, lean towards {names.step(step)}"
            if some:
                told = f"{lead}{'both' if n == 2 else 'all'} lean towards {names.step(step)}"
    return f"{told}.{again} A forecast has its place by what the speaker expects, not by what the speaker wants."


def _none_or(n: int) -> str:
    return number(n) if n else "none"


def say_silence(v: Values, names: Naming) -> str:
    """Say how many are quoted without taking a position."""
    most = f"{names.actor(v['most_quoted'])} ({count(v['most_quoted_statements'], 'statement')})"
    among = f", among them {most}" if v["actors"] > 1 else f": {most}"
    return (
        f"{capitalise(number(v['actors']))} of {count(v['quoted'], 'registered actor')} reported or quoted "
        f"{verb(v['actors'], 'says', 'say')} nothing that can be placed on the scale{among}."
    )


def say_milestone(v: Values, names: Naming) -> str:
    """Say how many statements contradict, doubt or confirm a milestone, by how many actors in how many articles."""
    milestone = names.milestone(v["milestone_id"])
    sides = [(kind, v[kind]) for kind in ("contradicts", "doubts", "confirms") if v[kind]["statements"]]
    total = sum(side["statements"] for _, side in sides)
    name, days = f"“{milestone.name.en}”", interval(milestone.first, milestone.last)
    others = v["other"]["statements"]
    if not sides:
        what = f"The {'only ' if others == 1 else ''}{count(others, 'statement') if others > 1 else 'statement'}"
        about = _name_events(v["about"], names) or "another subject or a later date"
        if called := v["called"]["statements"]:
            uses = f"{number(called)} {_say_called(v, names)}"
            return (
                f"{capitalise(count(others + called, 'statement'))} name a date around {days}; none is about what was "
                f"agreed for it, {name}. {capitalise(number(others))} ({_side(v['other'])}) "
                f"{verb(others, 'is', 'are')} about {about}; {uses}.{_say_mentions(v)}"
            )
        return (
            f"{what} that {verb(others, 'names', 'name')} a date around {days} ({_side(v['other'])}) "
            f"{verb(others, 'is', 'are')} not about what was agreed for it, {name}, but about "
            f"{about}.{_say_mentions(v)}"
        )
    more = f" {capitalise(number(others))} more {verb(others, *RELATIONS['other'])}." if others else ""
    more += _say_mentions(v)
    if called := v["called"]["statements"]:
        more += f" {capitalise(number(called))} more {_say_called(v, names)}."
    if len(sides) == 1:
        kind, side = sides[0]
        whole = {1: "The only statement", 2: "Both statements"}.get(total, f"All {count(total, 'statement')}")
        speak = f"that {verb(total, 'speaks', 'speak')} of the agreed milestone {name} ({days})"
        return f"{whole} {speak} {verb(total, *RELATIONS[kind])} it ({_side(side)}).{more}"
    parts = [
        f"{number(side['statements'])} {verb(side['statements'], *RELATIONS[kind])} it ({_side(side)})"
        for kind, side in sides
    ]
    return f"Of {count(total, 'statement')} that speak of the agreed milestone {name} ({days}), {join(parts)}.{more}"


def _say_mentions(v: Values) -> str:
    n = v["mentions"]["statements"] - v["called"]["statements"]
    mention = verb(n, *RELATIONS["mentions"])
    return f" {capitalise(number(n))} more {mention} the milestone without confirming or disputing it." if n else ""


def _say_called(v: Values, names: Naming) -> str:
    """Say what those statements do that give the milestone's name to something else."""
    uses = verb(v["called"]["statements"], "uses", "use")
    return f"{uses} the milestone's name for {_name_events(v['calls'], names) or 'the end of something else'}"


def _name_events(events: Sequence[Values], names: Naming) -> str:
    return " or ".join(names.event(e["ar"], e["en"], is_known=e["is_known"]) for e in events[:MOST_NAMED])


def _side(side: Values) -> str:
    return f"{count(side['actors'], 'actor')}, {count(side['articles'], 'article')}"


RELATIONS = {
    "contradicts": ("speaks against", "speak against"),
    "doubts": ("doubts", "doubt"),
    "confirms": ("confirms", "confirm"),
    "mentions": ("mentions", "mention"),
    "namesake": ("gives this name to something else", "give this name to something else"),
    "other": (
        "names a date around it, but is about another subject or a later date",
        "name a date around it, but are about another subject or a later date",
    ),
}
"""What one statement does with a milestone, and what several do."""


def say_relation(relation: str, n: int) -> str:
    """Say that `n` statements stand in a relation to a milestone, as the head of their list."""
    if relation in ("other", "namesake"):
        return f"{capitalise(count(n, 'statement'))} {verb(n, *RELATIONS[relation])}"
    judged = f" and {verb(n, 'neither confirms nor disputes', 'neither confirm nor dispute')} it"
    rest = judged if relation == "mentions" else ""
    return f"{capitalise(count(n, 'statement'))} {verb(n, *RELATIONS[relation])} it{rest}"


def say_fragility(v: Values, names: Naming) -> str:
    """Say how many positions rest on one article, which do not, and how many of these one article moves."""
    lonely, others = v["one_article"], v["actors"] - v["one_article"]
    positions = f"{count(v['actors'], 'position')}{_say_unnamed(v)}"
    if not others:
        return f"Each of {positions} rests on a single article."
    moved = ""
    if v["fragile"]:
        moves = verb(v["fragile"], "moves", "move")
        which = number(v["fragile"]) + (" of these" if others > 1 else "")
        if 1 < others <= MOST_NAMED and v["fragile"] < others:
            which = f"that of {join([names.actor(i) for i in v['moved']])}"
        who = "this one" if others == 1 else which
        moved = f", and {who} {moves} by up to {say_steps(v['largest'])}, depending on which article is left out"
    if not lonely:
        return f"Every one of {positions} rests on more than one article{moved}."
    rest = f"{number(lonely)} {verb(lonely, 'rests', 'rest')} on a single article{' each' if lonely > 1 else ''}"
    more = f"the other {number(others)} {verb(others, 'rests', 'rest')} on more"
    if others <= MOST_NAMED:
        whose = f"that of {names.actor(v['shared'][0])} rests"
        if others > 1:
            whose = f"those of {join([names.actor(i) for i in v['shared']])} rest"
        more = f"only {whose} on more"
    return f"Of {positions.removesuffix(',')}, {rest}; {more}{moved}."


def say_steps(size: float) -> str:
    """Return a distance on the scale: «half a step», «two steps», «1.3 steps»."""
    rounded = round(size, 1)
    if abs(rounded - 0.5) < 1e-9:
        return "half a step"
    return count(int(rounded), "step") if rounded == int(rounded) else f"{rounded:.1f} steps"


def _say_unnamed(v: Values) -> str:
    """Say how many of the positions are of sources without a name, whom other findings do not count as actors."""
    part, whole = v["unnamed"], v["actors"]
    if not part:
        return ""
    which = "all" if part == whole > 2 else "both" if part == whole == 2 else f"{number(part)} of them"
    return f", {which} of {'an unnamed source' if part == 1 else 'unnamed sources'},"


def say_between(low: float, high: float) -> str:
    """Say between which two values a mean lies without one article."""
    return f"between {signed(low)} and {signed(high)}, depending on which article is left out"


def say_article(article: Values, names: Naming) -> str:
    """Name an article by its outlet and its day, as far as they are known."""
    where = f" in {names.outlet(article['outlet'])}" if article["outlet"] else ""
    if not article["first"] or not article["last"]:
        return f"an undated article{where}"
    return f"the article{where} of {interval(article['first'], article['last'])}"


def say_coverage(v: Values, names: Naming) -> str:
    """Say how few articles all this rests on, when they appeared, and what is unknown of them."""
    when = f", published between {day(v['first'])} and {day(v['last'])}" if v["first"] and v["articles"] > 1 else ""
    if v["first"] and v["articles"] == 1:
        when = f" of {interval(v['first'], v['last'])}"
    undated = f" ({number(v['undated'])} of unknown date)" if v["undated"] else ""
    gap = f", {say_gap(v['gap_from'], v['gap_to'])}" if v["gap_from"] else ""
    unknown = (
        f"; the outlet of {_part_of(v['unknown_outlet'], v['articles'])} is unknown" if v["unknown_outlet"] else ""
    )
    told = f"{count(v['statements'], 'statement')} in {count(v['articles'], 'article')}"
    shown = "It shows what was printed, not public opinion."
    return f"All this rests on {told}{when}{undated}{gap}{unknown}. {_verbatim(v)}{_say_repeats(v)} {shown}"


def _say_repeats(v: Values) -> str:
    """Say how many statements say again what their speaker says elsewhere in the article."""
    n = v["repeats"]
    if not n:
        return ""
    return f" {capitalise(number(n))} {verb(n, 'repeats', 'repeat')} another of the same speaker and article."


def _part_of(part: int, whole: int) -> str:
    """Return «three of them», or «all of them», «both», «it»."""
    if part < whole:
        return f"{number(part)} of them"
    return {1: "this article", 2: "both"}.get(whole, "all of them")


def _verbatim(v: Values) -> str:
    """Say how many statements are in the speakers' own words."""
    quoted, whole = v["verbatim"], v["statements"]
    if not quoted:
        return "No statement is quoted; the words are the articles'."
    if quoted == whole:
        return "All are quoted in whole or part."
    only = "Only " if quoted < whole / 2 else ""
    told = f"{only}{number(quoted)} of the {number(whole)} {verb(quoted, 'is', 'are')} quoted in whole or part"
    return f"{capitalise(told)}; the rest {verb(whole - quoted, 'is', 'are')} in the articles' words."


def say_gap(first: date, last: date) -> str:
    """Say for how long there is no article, where that is longest."""
    start = f"{_MONTHS[first.month - 1]} {first.year}"
    return f"with no article for {count(count_months(first, last), 'month')} after {start}"


def say_one_article(v: Values, names: Naming) -> str:
    """Warn that there is only one article."""
    what = "The only statement" if v["whole"] == 1 else f"All {number(v['whole'])} statements"
    return f"{what} on the issue {verb(v['whole'], 'comes', 'come')} from a single article."


def say_one_outlet(v: Values, names: Naming) -> str:
    """Warn that there is only one outlet."""
    return (
        f"All {number(v['whole'])} statements on the issue rest on one outlet, {names.outlet(v['outlet'])}, although "
        f"there are {count(v['articles'], 'article')}."
    )


def say_dominant_article(v: Values, names: Naming) -> str:
    """Warn that one article has most of the statements."""
    return f"{capitalise(_of(v))} on the issue come from one article."


def say_dominant_speaker(v: Values, names: Naming) -> str:
    """Warn that one actor has much of the statements."""
    return f"{capitalise(_of(v))} on the issue come from one voice, {names.actor(v['actor_id'])}."


def say_anonymous_sources(v: Values, names: Naming) -> str:
    """Warn that much comes from unnamed sources."""
    return f"{capitalise(_of(v))} on the issue come from sources without a name."


def say_no_speaker(v: Values, names: Naming) -> str:
    """Warn that much could not be given to a speaker."""
    return f"{capitalise(_of(v))} on the issue could not be given to any speaker."


def _of(v: Values) -> str:
    return f"{number(v['part'])} of {count(v['whole'], 'statement')}{share(v['part'], v['whole'])}"


def say_unknown_outlets(v: Values, names: Naming) -> str:
    """Warn that outlets are not known."""
    return f"The outlet is unknown for {number(v['part'])} of {count(v['whole'], 'article')}."


def say_more(n: int) -> str:
    """Say that `n` more statements stand in the evidence list than are linked."""
    return f"and {number(n)} more in the evidence"


SENTENCES: dict[str, Callable[[Values, Naming], str]] = {
    "latest": say_latest,
    "extremes": say_extremes,
    "only": say_only,
    "camps": say_camps,
    "divided": say_divided,
    "movement": say_movement,
    "followed": say_followed,
    "ahead": say_ahead,
    "camp_movement": say_camp_movement,
    "forecasts": say_forecasts,
    "silence": say_silence,
    "milestone": say_milestone,
    "fragility": say_fragility,
    "coverage": say_coverage,
    "one_article": say_one_article,
    "one_outlet": say_one_outlet,
    "dominant_article": say_dominant_article,
    "dominant_speaker": say_dominant_speaker,
    "anonymous_sources": say_anonymous_sources,
    "no_speaker": say_no_speaker,
    "unknown_outlets": say_unknown_outlets,
}


def list_some(parts: Iterable[str], *, most: int) -> str:
    """Join at most `most` parts, and say how many more there are."""
    told = list(parts)
    if len(told) <= most:
        return join(told)
    return f"{', '.join(told[:most])} and {number(len(told) - most)} more"
