"""The English words around each chart: caption (the finding), subtitle (what is measured) and alternative text."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from mawaqif.phrases.english import (
    Values,
    capitalise,
    count,
    day,
    join,
    list_some,
    number,
    say_gap,
    signed,
    signed_step,
    verb,
)
from mawaqif.phrases.naming import Naming

_CODERS = {"reference": "reference coding", "analyst": "analyst’s coding", "rules": "coding by rules"}
_CODED_BY = {"reference": "the reference coding", "analyst": "analysts", "rules": "the rules"}
_MOST_LISTED = 12
_MOST_SILENT = 15


def describe_source(v: Values) -> str:
    """Return the source line."""
    period = f" ({v['period']})" if v["period"] else ""
    coders = f"; {join([_CODERS[c] for c in v['coders']])}" if v["coders"] else ""
    drawn = " on the issue" if v["on_issue"] else ""
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
        caption = f"All stated positions average {signed(ends[0]['mean'])}"
    elif ends:
        whose = "Those with more than one stated position" if v["minimum"] == 2 else "Stated positions"
        low, high = (f"{signed(e['mean'])} ({e['name']})" for e in (ends[0], ends[-1]))
        caption = f"{whose} range from {low} to {high}"
    steps = ", ".join(f"{signed_step(point.value)} {names.step(point.value)}" for point in names.issue.scale)
    subtitle = (
        f"Each dot is a statement on the scale {steps}; dots at one place are spread sideways so "
        "that all can be seen. The dark mark is the actor’s mean, for which each article counts once, and the grey bar "
        f"the range. Hollow dots are forecasts and count in no mean.{_name_silent(v)}"
    )
    alt = (
        f"Dot plot. {capitalise(count(v['taken'], 'actor'))} {verb(v['taken'], 'takes', 'take')} a position, "
        f"{number(v['forecast_only'])} only {verb(v['forecast_only'], 'makes', 'make')} a forecast, "
        f"{number(v['silent'])} {verb(v['silent'], 'is', 'are')} quoted without either."
    )
    if v["listed"]:
        means = (f"{e['name']} {signed(e['mean'])} ({e['statements']})" for e in v["listed"])
        alt += f" Means, from the lowest, and numbers of statements: {list_some(means, most=_MOST_LISTED)}."
    return caption, subtitle, alt


def _name_silent(v: Values) -> str:
    """Name those who are quoted without a position, and count those whose names are article text."""
    others = [f"{number(v['silent_unlisted'])} not in the register"] if v["silent_unlisted"] else []
    told = [*v["silent_names"][:_MOST_SILENT]]
    more = len(v["silent_names"]) - len(told)
    others += [f"{number(more)} more"] if more else []
    return f" Quoted, but without a position: {join([*told, *others])}." if told or others else ""


def describe_over_time(v: Values, names: Naming) -> tuple[str, str, str]:
    """Say from when the statements are, and when there is no article."""
    caption = "No dated statement takes a position"
    if v["first"]:
        caption = f"The statements were printed on {day(v['first'])}"
        if v["first"] != v["last"]:
            caption = f"The statements were printed between {day(v['first'])} and {day(v['last'])}"
        caption += f", {say_gap(*v['gap'])}" if v["gap"] else ""
    subtitle = (
        "Statements by the day their article appeared, one panel for each camp; a bar is an article whose day is "
        "known only as a range, hollow dots are forecasts."
    )
    undated = f", {number(v['undated'])} without" if v["undated"] else ""
    return caption, subtitle, f"Positions over time: {count(v['dated'], 'statement')} with a date{undated}. {caption}."


def describe_timeline(v: Values, names: Naming) -> tuple[str, str, str]:
    """Say how many mentions are of what was past, planned and possible."""
    caption = "No dated event was found"
    if v["events"]:
        kinds = {"past": "past", "planned": "planned when written", "hypothetical": "possible (forecast or demanded)"}
        told = join([f"{number(v[kind])} {words}" for kind, words in kinds.items() if v[kind]])
        mentions = count(v["events"], "dated mention")
        caption = f"{capitalise(mentions)} of {verb(v['events'], 'an event', 'events')}: {told}"
        caption += f", with plans reaching into {v['reach']}" if v["reach"] else ""
    subtitle = (
        "Events that the articles date: a dot is a day, a bar the days in which an uncertain date lies, an arrow an "
        "open end. Planned when written is what was announced at that time."
    )
    return caption, subtitle, f"Timeline. {caption}" + (f"; the earliest is of {v['start']}." if v["start"] else ".")


def describe_voices(v: Values, names: Naming) -> tuple[str, str, str]:
    """Say who is quoted most, and how much has no name to it."""
    caption = "No statement was found"
    if v["camps"]:
        name, most = v["camps"][0]
        caption = f"Most quoted: {name}, with {number(most)} of {count(v['whole'], 'statement')}"
        if v["unnamed"]:
            caption += f"; {count(v['unnamed'], 'statement')} {verb(v['unnamed'], 'has', 'have')} no name behind "
            caption += verb(v["unnamed"], "it", "them")
    subtitle = "Statements by camp and kind of source, on the issue and on anything else."
    listed = list_some((f"{name} {n}" for name, n in v["camps"]), most=_MOST_LISTED)
    return caption, subtitle, f"Stacked bars. {caption}." + (f" By camp: {listed}." if listed else "")


DESCRIPTIONS: dict[str, Callable[[Values, Naming], tuple[str, str, str]]] = {
    "positions": describe_positions,
    "over_time": describe_over_time,
    "timeline": describe_timeline,
    "voices": describe_voices,
}
