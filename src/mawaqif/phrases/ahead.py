"""The words on what is still to come, both languages side by side."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from mawaqif.arabic.numerals import count, day_in_words, make_noun
from mawaqif.phrases import arabic, english

STATUSES = {
    "agreed": {"en": "agreed", "ar": "متفق عليه"},
    "planned": {"en": "planned", "ar": "مقرر"},
    "hypothetical": {"en": "possible", "ar": "محتمل"},
}
_BY = {
    "confirms": {"en": "Confirmed by", "ar": "أكّده:"},
    "expects": {"en": "Expected by", "ar": "توقّعه:"},
    "demands": {"en": "Called for by", "ar": "طالب به:"},
    "favours": {"en": "Favoured by", "ar": "أيّده:"},
    "doubts": {"en": "Doubted by", "ar": "شكّك فيه:"},
    "contradicts": {"en": "Disputed by", "ar": "قال بخلافه:"},
    "mentions": {"en": "Mentioned by", "ar": "ذكره:"},
}
_POSSIBLE = make_noun("حدث", "أحداث", "m", adjective=make_noun("محتمل", "محتملة", "m"))


def say_as_of(as_of: date | None, counts: dict[str, int], *, language: str) -> str:
    """Say how many events were still ahead when the newest article appeared, and of which kind.

    Args:
        as_of: The last day on which it can have appeared; None where no article has a date.
        counts: How many are `agreed`, `planned` and `hypothetical`.
        language: `en` or `ar`.
    """
    whole = sum(counts.values())
    if as_of is None:
        return {
            "en": "No article here has a date, so what was still to come cannot be told.",
            "ar": "لا تاريخ لأي مقال هنا، فلا يُعرف ما كان لم يقع بعد.",
        }[language]
    if language == "ar":
        when = f"عند نشر أحدث مقال ({day_in_words(as_of)})"
        if not whole:
            return f"ليس في ما تذكره المقالات شيء مقرر أو محتمل لم يكن قد وقع {when}."
        listed = arabic.join([_count_arabic(kind, counts[kind]) for kind in STATUSES if counts.get(kind)])
        return f"ما لم يكن قد وقع {when}: {listed}."
    when = f"When the newest article appeared ({english.day(as_of)})"
    if not whole:
        return f"{when}, nothing that these articles have as planned or possible was still to come."
    told = [f"{english.number(counts[k])} {STATUSES[k]['en']}" for k in STATUSES if counts.get(k)]
    ahead = f"{english.count(whole, 'event')} {english.verb(whole, 'was', 'were')} still ahead"
    return f"{when}, {ahead}: {english.join(told)}."


def _count_arabic(kind: str, n: int) -> str:
    if kind != "agreed":
        return count(n, arabic.PLANNED_EVENT if kind == "planned" else _POSSIBLE)
    agreed = arabic.pick(n, "متفق عليه", "متفق عليهما", "متفق عليها", "متفقاً عليه")
    return f"{count(n, arabic.EVENT)} {'متفق عليه' if n > 99 and n % 100 < 3 else agreed}"


def say_relation(relation: str, speakers: Sequence[str], *, language: str, is_written: bool = False) -> str:
    """Say who does what with an event, or in which documents that is done.

    Args:
        relation: One of `aggregate.ahead.EVENT_RELATIONS`.
        speakers: Finished names with links.
        language: `en` or `ar`.
        is_written: Whether they are documents (`say_written`).
    """
    if language == "ar":
        return f"{_BY[relation]['ar']} {arabic.join(speakers)}."
    verb = _BY[relation]["en"]
    if is_written:
        verb = f"{verb.removesuffix(' by')} {'under' if relation == 'expects' else 'in'}"
    return f"{verb} {english.join(speakers)}."


def say_written(actor: str, *, language: str) -> str:
    """Name a text, such as an agreement, in the place of the actor for whom it counts and who did not say it.

    Args:
        actor: The actor's name as it stands inside a sentence.
        language: `en` or `ar`.
    """
    if language == "ar":
        return f"وثيقة يحسبها الترميز {arabic.add_li(actor)}"
    return f"a document that the coding counts for {actor}"


def say_namesake(name: str, links: str, *, language: str) -> str:
    """Say to what else the name of a milestone is given.

    Args:
        name: The other event in quotation marks, encoded.
        links: To the statements that speak of it, or nothing.
        language: `en` or `ar`.
    """
    cited = f" ({links})" if links else ""
    return f"ويُطلق هذا الاسم على {name}{cited}." if language == "ar" else f"This name is given to {name}{cited}."


def say_silent(*, language: str) -> str:
    """Say that no statement on the issue speaks of an event."""
    return {"en": "No statement on the issue speaks of this.", "ar": "لا تصريح في القضية يتناوله."}[language]
