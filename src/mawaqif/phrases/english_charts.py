"""The English words around each chart: caption (the finding), subtitle (what is measured) and alternative text."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date

from mawaqif.aggregate.claims import widen_to_months
from mawaqif.phrases.english import (
    Values,
    capitalise,
    count,
    day,
    interval,
    join,
    list_some,
    number,
    signed,
    verb,
)
from mawaqif.phrases.naming import Naming

_CODERS = {
    "reference": "reference coding",
    "analyst": "analyst’s coding",
    "model": "coding by a model",
    "rules": "coding by rules",
}
_CODED_BY = {
    "reference": "the reference coding",
    "analyst": "analysts",
    "model": "the model",
    "rules": "the rules",
}
_MOST_LISTED = 12


def describe_source(v: Values) -> str:
    """Return the source line."""
    period = f" ({v['period']})" if v["period"] else ""
    coders = f"; {join([_CODERS[c] for c in v['coders']])}" if v["coders"] else ""
    drawn = " on the scale" if v["on_issue"] else ""
    return f"Source: {count(v['statements'], 'statement')}{drawn} in {count(v['articles'], 'article')}{period}{coders}."


def describe_coders(coded: Sequence[tuple[str, int]]) -> str:
    """Say how many statements come from each coder, without a full stop."""
    whole = sum(n for _, n in coded)
    if len(coded) == 1:
        every = (
            "The only statement"
            if whole == 1
            else "Both statements"
            if whole == 2
            else f"All {number(whole)} statements"
        )
        return f"{every} of this report {verb(whole, 'comes', 'come')} from {_CODED_BY[coded[0][0]]}"
    told = join([f"{number(n)} {verb(n, 'comes', 'come')} from {_CODED_BY[coder]}" for coder, n in coded])
    return f"Of the {count(whole, 'statement')} of this report, {told}"


def describe_positions(v: Values, names: Naming) -> tuple[str, str, str]:
    """Say who stands lowest and highest."""
    ends = v["ends"]
    caption = "Nobody who is named takes a position on the issue"
    if len(ends) == 1:
        caption = f"Of those who are named, only one takes a position ({ends[0]['name']}), at {signed(ends[0]['mean'])}"
    elif ends and ends[0]["mean"] == ends[-1]["mean"]:
        caption = f"All positions average {signed(ends[0]['mean'])}"
    elif ends:
        low, high = (f"{e['name']} ({signed(e['mean'])})" for e in (ends[0], ends[-1]))
        caption = f"Furthest apart: {low} and {high}"
    subtitle = (
        "Each dot is a statement; the upright mark is the actor’s position, the mean in which each article counts "
        "once, and the grey bar its 95% interval. Hollow dots are forecasts and count in no mean."
    )
    if len(ends) > 1 and v["minimum"] == 2:
        subtitle += " The title considers only actors with more than one statement on the scale."
    alt = (
        f"Dot plot. {capitalise(count(v['taken'], 'actor'))} {verb(v['taken'], 'takes', 'take')} a position, "
        f"{number(v['forecast_only'])} only {verb(v['forecast_only'], 'makes', 'make')} a forecast, "
        f"{number(v['silent'])} {verb(v['silent'], 'is', 'are')} reported or quoted with neither."
    )
    if v["listed"]:
        means = (f"{e['name']} {signed(e['mean'])} ({e['statements']})" for e in v["listed"])
        alt += f" Means, from the lowest, and numbers of statements: {list_some(means, most=_MOST_LISTED)}."
    return caption, subtitle, alt


def _month(value: date) -> str:
    return interval(*widen_to_months(value, value))


def describe_over_time(v: Values, names: Naming) -> tuple[str, str, str]:
    """Say from when the statements are, and when there is no article."""
    caption = "No dated statement takes a position"
    if v["first"]:
        caption = "No actor takes a position in articles of different dates, so that no change can be shown"
    if v["gaps"]:
        spans = [f"between {_month(first)} and {_month(last)}" for first, last in v["gaps"]]
        caption = f"No article {', nor '.join(spans)}"
    elif v["followed"]:
        only = "only " if v["followed"] < v["actors"] / 2 else ""
        whole = f"{count(v['actors'], 'actor')} (unnamed sources aside)"
        caption = capitalise(f"{only}{number(v['followed'])} of {whole} ")
        caption += f"{verb(v['followed'], 'takes', 'take')} a position in articles of different dates"
    period = ""
    if v["first"]:
        were = f" The {verb(v['dated'], 'statement was', 'statements were')} printed"
        period = f"{were} on {day(v['first'])}"
        if v["first"] != v["last"]:
            period = f"{were} between {day(v['first'])} and {day(v['last'])}"
        period += "."
    subtitle = (
        "Statements by the day their article appeared, for each camp and step; the number is that of the statements. A "
        f"bar is an article whose day is known only as a range, hollow dots are forecasts.{period}"
    )
    undated = f", {number(v['undated'])} without" if v["undated"] else ""
    return caption, subtitle, f"Positions over time: {count(v['dated'], 'statement')} with a date{undated}. {caption}."


def describe_timeline(v: Values, names: Naming) -> tuple[str, str, str]:
    """Say which agreed dates lay ahead, or else how many events are past, planned and possible."""
    caption = counted = "No dated event was found"
    if v["events"]:
        kinds = {
            "past": ("had happened", "had happened"),
            "planned": ("was planned", "were planned"),
            "hypothetical": ("was forecast or demanded", "were forecast or demanded"),
            "did_not_happen": ("did not take place", "did not take place"),
        }
        told = [
            f"{number(v[kind])} {verb(v[kind], *words)}"
            + (f" (until {v['reach']})" if kind == "planned" and v["reach"] else "")
            for kind, words in kinds.items()
            if v[kind]
        ]
        caption = counted = f"{capitalise(count(v['events'], 'dated event'))}: when written, {join(told)}"
    if v["events"] and v["agreed"]:
        dates = join([interval(*days) for days in v["agreed"]])
        caption = (
            f"{capitalise(count(len(v['agreed']), 'agreed date'))} lay ahead when the newest article appeared: {dates}"
        )
    subtitle = f"{counted}. " if caption != counted else ""
    if v["background"]:
        subtitle += (
            f"{capitalise(number(v['background']))} more "
            f"{verb(v['background'], 'is background: it', 'are background: they')} ended more than "
            f"{number(v['background_years'])} years before the oldest article. "
        )
    subtitle += (
        "Events as the articles mention them; several may be one. A dot is a day or two, a bar a longer period, "
        "or the days in which an uncertain date lies, an arrow an open end; a date in brackets is worked out, not "
        "printed. What was planned may have come about otherwise since."
    )
    return caption, subtitle, f"Timeline. {counted}" + (f"; the earliest is of {v['start']}." if v["start"] else ".")


def describe_voices(v: Values, names: Naming) -> tuple[str, str, str]:
    """Say who is reported most, and how much has no name to it."""
    caption = "No statement was found"
    if v["camps"]:
        name, most = v["camps"][0]
        caption = f"Most statements: {name} ({number(most)} of {number(v['whole'])})"
    subtitle = "Statements by camp and kind of source, on the issue and on anything else."
    if v["unnamed"]:
        subtitle += f" {capitalise(number(v['unnamed']))} {verb(v['unnamed'], 'has', 'have')} no named source."
    listed = list_some((f"{name} {n}" for name, n in v["camps"]), most=_MOST_LISTED)
    return caption, subtitle, f"Stacked bars. {caption}." + (f" By camp: {listed}." if listed else "")


def describe_network(v: Values, names: Naming) -> tuple[str, str, str]:
    """Say how many take which side, when that was printed, and how many pairs one article sets against each other."""
    towards = [f"{count(v[side], 'actor')} {verb(v[side], 'stands', 'stand')} towards" for side in ("low", "high")]
    ends = [names.step(-1), names.step(1)]
    caption = "Nobody takes a side on the issue"
    if v["low"] and v["high"]:
        caption = capitalise(f"{towards[0]} {ends[0]}, {number(v['high'])} towards {ends[1]}{_say_years(v['years'])}")
        caption += "" if v["opposite"] else "; no article reports both sides"
    elif v["low"] or v["high"]:
        side = 0 if v["low"] else 1
        caption = capitalise(f"{towards[side]} {ends[side]}, nobody towards {ends[1 - side]}{_say_years(v['years'])}")
    faced = ""
    if v["low"] and v["high"] and v["opposite"]:
        faced = f" {capitalise(count(v['opposite'], 'pair'))} from opposite sides "
        faced += f"{verb(v['opposite'], 'is', 'are each')} reported together in an article."
    subtitle = (
        "Actors whose mean stands half a step or more from the middle of the scale. "
        + (
            "Each cell counts the pairs of actors of two camps whom one article reports: on the same side (=) and on "
            "opposite sides (≠). "
            if v["is_crowded"]
            else "A full line joins two on opposite sides whom one article reports, a dashed arc two on the same side"
            f"{'; the thicker, the more articles' if v['is_weighted'] else ''}. "
        )
        + f"To stand on one side is not to act together, nor to speak at one time.{faced}"
    )
    alt = f"Chart of sides. {caption}. Pairs in the same article: {number(v['same'])} on the same side, "
    alt += f"{number(v['opposite'])} on opposite sides."
    for names_of, end in (("low_names", ends[0]), ("high_names", ends[1])):
        alt += f" Towards {end}: {list_some(v[names_of], most=_MOST_LISTED)}." if v[names_of] else ""
    return caption, subtitle, alt


def _say_years(years: tuple[int, int] | None) -> str:
    """Say when the articles of a chart appeared, as an end of its title."""
    if years is None:
        return ""
    first, last = years
    return f", in articles of {first}" if first == last else f", in articles from {first} to {last}"


DESCRIPTIONS: dict[str, Callable[[Values, Naming], tuple[str, str, str]]] = {
    "positions": describe_positions,
    "over_time": describe_over_time,
    "timeline": describe_timeline,
    "voices": describe_voices,
    "network": describe_network,
}
