"""Short notes beside tables and lists, both languages side by side: cautions, shifts, gaps, movements."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import Any

from mawaqif.aggregate.claims import Claim, count_months
from mawaqif.arabic.numerals import count, day_in_words
from mawaqif.arabic.numerals import signed as signed_arabic
from mawaqif.phrases import arabic, english
from mawaqif.phrases.naming import Naming

_CAUTIONS: dict[str, Mapping[str, str]] = {
    "rests_on_article": {"en": "all from one article", "ar": "كلها من مقال واحد"},
    "mostly_article": {"en": "{part} of {whole} from one article", "ar": "{part} من أصل {whole} من مقال واحد"},
    "rests_on_outlet": {"en": "all from one outlet, {outlet}", "ar": "كلها من وسيلة إعلامية واحدة هي {outlet}"},
    "rests_on_actor": {"en": "all attributed to {actor}", "ar": "كلها منسوبة إلى {actor}"},
    "mostly_actor": {
        "en": "{part} of {whole} attributed to {actor}",
        "ar": "{part} من {whole} منسوبة إلى {actor}",
    },
    "mostly_unnamed": {"en": "{part} of {whole} without a name", "ar": "{part} من {whole} بلا اسم"},
}


def say_caution(claim: Claim, names: Naming) -> str:
    """Say in a table's cell what a camp's statements cannot carry (`aggregate.sources.find_cautions`)."""
    values = dict(claim.values)
    if "actor_id" in values:
        values["actor"] = names.actor(values["actor_id"])
    if "outlet" in values:
        values["outlet"] = names.outlet(values["outlet"])
    return _CAUTIONS[claim.kind][names.language].format(**values)


def say_shift(values: Mapping[str, Any], names: Naming) -> str:
    """Say what an actor's position becomes without one article.

    Args:
        values: `actor_id`, `mean`, `without` and `article` (`describe_articles`).
        names: Names things.
    """
    actor = names.actor(values["actor_id"])
    if names.language == "ar":
        article, mean, without = _arabic(values, names)
        return f"من دون {article} ينتقل متوسط {actor} من {mean} إلى {without}."
    mean, without = english.signed(values["mean"]), english.signed(values["without"])
    article = english.say_article(values["article"], names)
    return f"Without {article}, the position of {actor} goes from {mean} to {without}."


def say_shift_both_ways(actor_id: str, *, mean: float, low: float, high: float, names: Naming) -> str:
    """Say between which two values an actor's position lies, where articles move it both ways."""
    actor = names.actor(actor_id)
    if names.language == "ar":
        return f"يتغير متوسط {actor} ({signed_arabic(mean)}) فيصير {arabic.say_between(low, high)}."
    return f"The position of {actor}, {english.signed(mean)} in all, lies {english.say_between(low, high)}."


def _arabic(values: Mapping[str, Any], names: Naming) -> tuple[str, str, str]:
    article = arabic.say_article(values["article"], names)
    return article, signed_arabic(values["mean"]), signed_arabic(values["without"])


def say_robustness(fragile: int, lonely: int, whole: int, *, language: str) -> str:
    """Say of how many positions one article moves the mean, and how many rest on one article alone.

    Args:
        fragile: Actors whose mean one article moves by half a step or more.
        lonely: Actors whose mean rests on one article.
        whole: All actors with a position.
        language: `en` or `ar`.
    """
    others = whole - lonely
    if language == "ar":
        by = count(whole, arabic.ACTOR, case="genitive")
        if not others:
            return f"موقف كل طرف من {by} مأخوذ من مقال واحد، فحذف ذلك المقال يُسقطه كله."
        moved = f"ويغيّر حذف مقال واحد متوسط {count(fragile, arabic.ACTOR, case='genitive')} بنصف درجة أو أكثر"
        if not fragile:
            moved = "ولا يغيّر حذف أي مقال متوسط أي طرف آخر بنصف درجة أو أكثر"
        if not lonely:
            return f"كل موقف من مواقف {by} مأخوذ من أكثر من مقال، {moved}."
        alone = count(lonely, arabic.ACTOR, case="genitive")
        return f"موقف {alone} من أصل {whole} مأخوذ من مقال واحد، فحذفه يُسقط الموقف كله. {moved}."
    moves = english.verb(fragile, "moves", "move")
    if not others:
        every = "The only position rests" if whole == 1 else f"All {english.count(whole, 'position')} rest"
        return f"{every} on a single article{' each' if whole > 1 else ''}; without it nothing would be left."
    moved = f"{english.number(fragile)} {moves} by half a step or more if one article is left out"
    if not fragile:
        moved = "none moves by half a step or more if one article is left out"
    if not lonely:
        return f"Of {english.count(whole, 'position')}, {moved}."
    alone = f"{english.number(lonely)} of {english.count(whole, 'position')}"
    rest = english.verb(lonely, "rests", "rest")
    of_others = "; of the others, " if others > 1 else "; of the other one, "
    return f"{english.capitalise(alone)} {rest} on a single article{of_others}{moved}."


def say_end(end: Any, *, language: str) -> str:
    """Say where one end of a movement stands: the mean, when its article appeared, and what it rests on."""
    if language == "ar":
        told = count(end.n, arabic.STATEMENT)
        return f"{signed_arabic(end.mean)} في مقال نُشر {arabic.when(end.first, end.last)} ({told})"
    told = english.count(end.n, "statement")
    return f"{english.signed(end.mean)} in the article of {english.interval(end.first, end.last)} ({told})"


def say_no_movement(*, language: str) -> str:
    """Say that nobody is quoted with different positions in articles that follow each other."""
    if language == "ar":
        return "لا فرق بدرجة أو أكثر، بين مقال سابق ومقال لاحق، في ما نُقل عن أي طرف أو معسكر."
    return (
        "No actor and no camp is quoted a step or more apart in an earlier and a later article. With so few articles, "
        "that shows no constancy either."
    )


def say_contrary(end: Any, *, language: str) -> str:
    """Say that no direction can be read from a difference, and which article is contrary to one."""
    if language == "ar":
        where = f"نُشر {arabic.when(end.first, end.last)}"
        return f"ومتوسط المعسكر في مقال {where} هو {signed_arabic(end.mean)}، فلا يُستخلص من ذلك اتجاه."
    where = f"{english.signed(end.mean)} in the article of {english.interval(end.first, end.last)}"
    return f"No direction can be read from this, since the mean is {where}."


def say_caution_of_movement(*, fewest: int, shared: int | None, language: str) -> str:
    """Say what a difference over time cannot carry.

    Args:
        fewest: Statements at the end that has fewer.
        shared: Actors at both ends of a camp's movement, or None where it is one actor's.
        language: `en` or `ar`.
    """
    if shared == 0:
        return {
            "en": "Other people are quoted at either end, so nobody is shown to have changed their mind.",
            "ar": "المتحدثون في الطرفين مختلفون، فلا دليل على أن أحداً غيّر رأيه.",
        }[language]
    if fewest < 3:
        return {
            "en": "That is too little to speak of a change of mind.",
            "ar": "وهذا أقل من أن يدل على تحول في الموقف.",
        }[language]
    return ""


def say_gaps(gaps: Sequence[tuple[date, date]], *, language: str) -> str:
    """Say when no article appeared, which charts leave empty; the days are the last before and the first after."""
    if not gaps:
        return ""
    if language == "ar":
        told = [
            f"بين {day_in_words(first)} و{day_in_words(last)} ({count(count_months(first, last), arabic.MONTH)})"
            for first, last in gaps
        ]
        return f"لا مقال هنا {'، ولا '.join(told)}. وما قيل في أثناء ذلك مجهول، ولا يعني هذا أن أحداً لم يتكلم."
    told = [
        f"between {english.day(first)} and {english.day(last)} ({english.count(count_months(first, last), 'month')})"
        for first, last in gaps
    ]
    listed = told[0] if len(told) == 1 else f"{', '.join(told[:-1])} or {told[-1]}"
    return f"No article here appeared {listed}. What was said in that time is unknown; it is not that nobody spoke."


def list_cautions(claims: Iterable[Claim], names: Naming) -> str:
    """Join the cautions of one camp for a table's cell."""
    return ("؛ " if names.language == "ar" else "; ").join(say_caution(claim, names) for claim in claims)
