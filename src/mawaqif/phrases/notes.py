"""Short notes beside tables and lists, both languages side by side: cautions, shifts, gaps, movements."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import Any

from mawaqif.aggregate.claims import Claim, count_months, widen_to_months
from mawaqif.arabic.numerals import count, day_in_words, make_noun, spell
from mawaqif.arabic.numerals import signed as signed_arabic
from mawaqif.phrases import arabic, english
from mawaqif.phrases.naming import Naming

_DIFFERENCE = make_noun("فرق", "فروق", "m")
_CAUTIONS: dict[str, Mapping[str, str]] = {
    "rests_on_article": {"en": "all from one article", "ar": "كلها من مقال واحد"},
    "mostly_article": {"en": "{part} of {whole} from one article", "ar": "{part} من {whole} من مقال واحد"},
    "rests_on_outlet": {"en": "all from one outlet, {outlet}", "ar": "كلها من وسيلة إعلامية واحدة هي {outlet}"},
    "rests_on_actor": {"en": "all attributed to {actor}", "ar": "كلها منسوبة إلى {actor}"},
    "mostly_actor": {
        "en": "{part} of {whole} attributed to {actor}",
        "ar": "{part} من {whole} منسوبة إلى {actor}",
    },
    "mostly_unnamed": {"en": "{part} of {whole} without a name", "ar": "{part} من {whole} بلا اسم"},
}


CONSEQUENCES: dict[str, Mapping[str, str]] = {
    "one_article": {
        "en": "A second article might confirm or contradict any of it.",
        "ar": "وقد يؤكد مقال آخر ما فيه أو ينقضه.",
    },
    "one_outlet": {
        "en": "What another outlet chose to print is not seen here.",
        "ar": "ولا يظهر هنا ما اختارت وسيلة أخرى نشره.",
    },
    "dominant_article": {
        "en": "What that article left out is missing from most of this report.",
        "ar": "وما أغفله ذلك المقال غائب عن معظم هذا التقرير.",
    },
    "dominant_speaker": {
        "en": "Counts of statements measure how often that voice was printed.",
        "ar": "فأعداد التصريحات تقيس كم مرة نُقل كلامه.",
    },
    "anonymous_sources": {
        "en": "Nobody can be held to these words, and nobody knows how many people are behind them.",
        "ar": "فلا أحد يُسأل عن هذا الكلام، ولا يُعرف كم شخصاً وراءه.",
    },
    "no_speaker": {"en": "They count in no actor’s position.", "ar": "وهي لا تدخل في موقف أي طرف."},
    "unknown_outlets": {
        "en": "How many outlets stand behind a finding is therefore not known.",
        "ar": "فلا يُعرف عدد وسائل الإعلام وراء كل نتيجة.",
    },
}
"""What follows from each warning (`aggregate.sources.find_warnings`)."""


_MOST_SPELLED = 10
"""Numbers up to this are words in Arabic sentences, as `numerals.count` has them."""
USUAL_ALPHA, TENTATIVE_ALPHA = 0.8, 0.667
"""Krippendorff's alpha from which conclusions are usually drawn, and from which tentative ones (Content Analysis,
2nd edition, 2004, page 241)."""
_WEAK: dict[str, Mapping[str, tuple[str, str]]] = {
    "issue": {
        "en": (
            "which statements are on the issue at all",
            "Another coder might include some others and leave some out, and the positions of actors with few "
            "statements could differ.",
        ),
        "ar": (
            "ما يدخل من التصريحات في القضية",
            "فقد يُدخل مرمّز آخر تصريحات ويُخرج أخرى، وقد تختلف عندئذ مواقف من قلّت تصريحاتهم.",
        ),
    },
    "stance": {
        "en": ("where statements stand on the scale", "Another coder would arrive at other means."),
        "ar": ("درجات التصريحات على المقياس", "فقد يصل مرمّز آخر إلى متوسطات غير هذه."),
    },
    "modality": {
        "en": (
            "what kind each statement is",
            "Which of them are forecasts, and so enter no mean, is therefore less sure.",
        ),
        "ar": ("نوع كل تصريح", "فأيها توقع لا يدخل في المتوسطات أقل ثبوتاً."),
    },
    "speaker": {
        "en": ("who speaks", "To whom a statement counts is therefore less sure."),
        "ar": ("صاحب كل تصريح", "فنسبة التصريحات إلى أصحابها أقل ثبوتاً."),
    },
}


def say_weak_agreement(
    code: str, value: float, *, low: float | None = None, high: float | None = None, language: str
) -> str:
    """Say that the two coders agree too little on a code, and what that means; nothing where they agree enough.

    Args:
        code: `issue`, `stance`, `modality` or `speaker`.
        value: Krippendorff's alpha.
        low: Lower end of its interval, if there is one.
        high: The upper end.
        language: `en` or `ar`.
    """
    if value >= USUAL_ALPHA or code not in _WEAK:
        return ""
    on, so = _WEAK[code][language]
    span = None if low is None or high is None else f"\u2066{low:.2f}–{high:.2f}\u2069"
    usual = f"{USUAL_ALPHA:.2f}" if value >= TENTATIVE_ALPHA else f"{TENTATIVE_ALPHA}"
    if language == "ar":
        between = f"، وفترة الثقة {span}" if span else ""
        asked = "والمعتاد ألا تقل عن" if value >= TENTATIVE_ALPHA else "ولا تُبنى نتيجة ولو أولية على أقل من"
        measured = f"(ألفا كريبندورف {value:.2f}{between}؛ {asked} {usual})"
        return f"لا يتفق الترميزان المرجعيان اتفاقاً كافياً على {on} {measured}. {so}"
    between = f", 95% interval {span}" if span else ""
    asked = "is the level usually asked for" if value >= TENTATIVE_ALPHA else "is the least for tentative conclusions"
    measured = f"(Krippendorff’s alpha {value:.2f}{between}; {usual} {asked})"
    return f"The two reference codings agree too little on {on} {measured}. {so}"


def say_caution(claim: Claim, names: Naming) -> str:
    """Say in a table's cell what a camp's statements cannot carry (`aggregate.sources.find_cautions`)."""
    values = dict(claim.values)
    if names.language == "ar" and "whole" in values and values["whole"] <= _MOST_SPELLED:
        values |= {key: spell(values[key]) for key in ("part", "whole")}
    if "actor_id" in values:
        values["actor"] = names.actor(values["actor_id"])
    if "outlet" in values:
        values["outlet"] = names.outlet(values["outlet"])
    return _CAUTIONS[claim.kind][names.language].format(**values)


def say_shifts(
    actor_id: str,
    *,
    mean: float,
    n_articles: int,
    shifts: Sequence[tuple[float, Mapping[str, Any]]],
    names: Naming,
    is_unmoved: bool = False,
) -> str:
    """Say what becomes of a position without each of its articles: which moves it by half a step, or that none does.

    Args:
        actor_id: Whose position it is.
        mean: With all articles.
        n_articles: How many there are.
        shifts: The mean without each article that moves it by half a step or more, and the article
            (`describe_articles`); the largest shift first.
        names: Names things.
        is_unmoved: Whether no article moves it at all.
    """
    is_arabic = names.language == "ar"
    articles = count(n_articles, arabic.ARTICLE) if is_arabic else english.count(n_articles, "article")
    value = signed_arabic(mean) if is_arabic else english.signed(mean)
    head = f"**{names.label(actor_id)}** ({value}{'، ' if is_arabic else ', '}{articles}): "
    if is_unmoved:
        return f"{head}{'لا يتغير، أياً كان المقال المحذوف' if is_arabic else 'the same, whichever is left out'}."
    if not shifts:
        rest = "less than half a step, whichever is left out"
        rest = "يتغير بأقل من نصف درجة، أياً كان المقال المحذوف" if is_arabic else rest
        return f"{head}{rest}."
    lowest, highest = min(without for without, _ in shifts), max(without for without, _ in shifts)
    if lowest < mean < highest:
        between = arabic.say_between(lowest, highest) if is_arabic else english.say_between(lowest, highest)
        return f"{head}{between}."
    told = [_say_shift(without, article, names) for without, article in shifts]
    return f"{head}{('؛ ' if is_arabic else '; ').join(told)}."


def _say_shift(without: float, article: Mapping[str, Any], names: Naming) -> str:
    if names.language == "ar":
        return f"{signed_arabic(without)} من دون {arabic.say_article(article, names)}"
    return f"{english.signed(without)} without {english.say_article(article, names)}"


def say_steady(actors: Sequence[str], *, language: str) -> str:
    """Say of whom no article moves the position by half a step, in one line; the names are encoded."""
    if language == "ar":
        return f"يتغير بأقل من نصف درجة، أياً كان المقال المحذوف: {'، '.join(actors)}."
    return f"Less than half a step, whichever article is left out: {', '.join(actors)}."


def say_lonely(lonely: int, whole: int, *, language: str) -> str:
    """Say how many positions rest on one article, without which nothing would be left of them; or nothing, if none.

    Args:
        lonely: Actors whose mean rests on one article.
        whole: All actors with a position.
        language: `en` or `ar`.
    """
    if not lonely:
        return ""
    if language == "ar":
        if lonely == whole:
            every = "الموقف الوحيد" if whole == 1 else f"كل موقف من {count(whole, arabic.POSITION, case='genitive')}"
            return f"{every} مأخوذ من مقال واحد، فلا يبقى منه شيء إذا حُذف ذلك المقال."
        rest = count(lonely, arabic.OTHER_POSITION)
        if lonely == 1:
            return f"ويقوم {rest} على مقال واحد، فلا يبقى منه شيء إذا حُذف."
        each = f"كلٌّ من {count(lonely, arabic.OTHER_POSITION, case='genitive')}"
        return f"ويقوم {each} على مقال واحد، فلا موقف من دونه."
    left = "without it there would be no position"
    if lonely == whole:
        every = "The only position rests" if whole == 1 else f"Each of {english.count(whole, 'position')} rests"
        return f"{every} on a single article; {left}."
    rest = f"{english.number(lonely)} other {english.verb(lonely, 'position rests', 'positions rest')}"
    return f"{english.capitalise(rest)} on a single article{' each' if lonely > 1 else ''}; {left}."


def say_found(n: int, shown: int, *, language: str) -> str:
    """Say how many differences over time there are, and that those shown have a passage from either end.

    Args:
        n: All of them, at least one.
        shown: How many are set out.
        language: `en` or `ar`.
    """
    if language == "ar":
        told = f"الفروق التي تبلغ درجة أو أكثر بين مقال سابق ومقال لاحق: {count(n, _DIFFERENCE)}"
        if n == 1:
            return "ليس هنا إلا فرق واحد يبلغ درجة أو أكثر بين مقال سابق ومقال لاحق، ومعه نص من كل من المقالين."
        if shown < n:
            return f"{told}، ويرد هنا أكبرها، مع نص من كل من المقالين."
        return f"{told}، ومع كل {'منهما' if n == 2 else 'منها'} نص من كل من المقالين."
    told = f"{english.count(n, 'difference')} of a step or more between an earlier and a later article"
    if n == 1:
        return f"Only {told} was found; it follows with a passage from either end."
    if shown < n:
        largest = "largest" if shown == 1 else f"{english.number(shown)} largest"
        return f"Of {told}, the {largest} {english.verb(shown, 'follows', 'follow')}, with a passage from either end."
    return f"{english.capitalise(told)} were found; they follow, each with a passage from either end."


def say_end(end: Any, *, language: str, said: tuple[date, date] | None = None) -> str:
    """Say where one end of a movement stands: the mean, when its article appeared, and what it rests on.

    Args:
        end: The end.
        language: `en` or `ar`.
        said: The days between which all of it was said, where that is an earlier month than the article's.
    """
    months = widen_to_months(*said) if said else None
    if language == "ar":
        told = count(end.n, arabic.STATEMENT)
        told += f"، {arabic.pick(end.n, 'قيل', 'قيلا', 'قيلت', 'قيل')} {arabic.when(*months)}" if months else ""
        return f"{signed_arabic(end.mean)} في مقال نُشر {arabic.when(end.first, end.last)} ({told})"
    told = english.count(end.n, "statement") + (f", made in {english.interval(*months)}" if months else "")
    return f"{english.signed(end.mean)} in the article of {english.interval(end.first, end.last)} ({told})"


def say_partly_older(n: int, when: str, *, language: str) -> str:
    """Say how many of several statements were made in another month than they were printed."""
    if language == "ar":
        return f"و{count(n, arabic.STATEMENT)} من {when}"
    return f"{english.number(n)} said {when}"


def say_no_movement(*, language: str) -> str:
    """Say that nobody is quoted with different positions in articles that follow each other."""
    if language == "ar":
        return (
            "لا فرق بدرجة أو أكثر، بين مقال سابق ومقال لاحق، في ما نُقل عن أي طرف أو عن فئة يتكرر فيها المتحدثون "
            "أنفسهم. ولا يدل ذلك على ثبات."
        )
    return (
        "Nothing reported of an actor, or of a camp in which the same people speak again, differs by a step or more "
        "between an earlier and a later article. That shows no constancy either."
    )


def say_contrary(end: Any, *, language: str) -> str:
    """Say that no direction can be read from a difference, and which article is contrary to one."""
    if language == "ar":
        where = f"نُشر {arabic.when(end.first, end.last)}"
        return f"ومتوسط الفئة في مقال {where} هو {signed_arabic(end.mean)}، فلا يُستخلص من ذلك اتجاه."
    where = f"{english.signed(end.mean)} in the article of {english.interval(end.first, end.last)}"
    return f"No direction can be read from this, since the mean is {where}."


def say_caution_of_movement(*, fewest: int, shared: int | None, language: str, is_mixed: bool = False) -> str:
    """Say what a difference over time cannot carry.

    Args:
        fewest: Statements at the end that has fewer.
        shared: Actors at both ends of a camp's movement, or None where it is one actor's.
        is_mixed: Whether others than these speak at either end.
        language: `en` or `ar`.
    """
    if shared == 0:
        return {
            "en": "Different people speak at either end, so nobody is shown to have changed their mind.",
            "ar": "المتحدثون في المقال الأول غير المتحدثين في الثاني، فلا دليل على أن أحداً غيّر رأيه.",
        }[language]
    if fewest < 3:
        return {
            "en": "That is too little to speak of a change of mind.",
            "ar": "وهذا أقل من أن يدل على تحول في الموقف.",
        }[language]
    if shared and is_mixed:
        same = count(shared, arabic.ACTOR, case="genitive")
        are = english.verb(shared, "is", "are")
        return {
            "en": f"Only {english.count(shared, 'actor')} {are} reported at both ends, so the two means are not of the "
            "same speakers.",
            "ar": f"ولا يشترك المقالان إلا في {same}، فالمتوسطان ليسا للمتحدثين أنفسهم.",
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
        unknown = "وما قيل في أثناء ذلك مجهول، ولا يعني هذا أن أحداً لم يتكلم"
        return f"لم يُنشر أيٌّ من هذه المقالات {'، ولا '.join(told)}. {unknown}."
    told = [
        f"between {english.day(first)} and {english.day(last)} ({english.count(count_months(first, last), 'month')})"
        for first, last in gaps
    ]
    listed = told[0] if len(told) == 1 else f"{', '.join(told[:-1])} or {told[-1]}"
    unknown = "What was said in that time is unknown; this does not mean that nobody spoke"
    return f"No article here appeared {listed}. {unknown}."


def list_cautions(claims: Iterable[Claim], names: Naming) -> str:
    """Join the cautions of one camp for a table's cell."""
    return ("؛ " if names.language == "ar" else "; ").join(say_caution(claim, names) for claim in claims)
