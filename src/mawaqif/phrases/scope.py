"""What a narrowed report says of itself on its first page: what it holds, and where its evidence is too little.

Names and numbers come in; sentences without links go out. Arabic ones are built as `phrases.arabic` explains.
"""

from __future__ import annotations

from datetime import date

from mawaqif.arabic.numerals import count as count_arabic
from mawaqif.arabic.numerals import day_in_words, make_noun
from mawaqif.phrases import arabic, english

_STATEMENT = arabic.STATEMENT
_ARTICLE = arabic.ARTICLE
_ACTOR = make_noun("طرف", "أطراف", "m")


def say_whose(who: str, *, is_camp: bool, is_brief: bool, counts: tuple[int, int, int, int], language: str) -> str:
    """Say whose statements alone a report tells, and how many there are.

    Args:
        who: The actor's name as it stands in a sentence, or the camp's.
        is_camp: Whether `who` is a camp.
        is_brief: Whether the report is called a brief.
        counts: Statements, actors, articles with a statement, and articles of the corpus.
        language: `en` or `ar`.
    """
    statements, actors, articles, corpus = counts
    if language == "ar":
        head = f"يقتصر هذا {'الموجز' if is_brief else 'التقرير'} على ما نُقل عن"
        whose = f"فئة «{who}»" if is_camp else who
        by = f" {arabic.add_li(count_arabic(actors, _ACTOR, case='genitive'))}" if is_camp and actors > 1 else ""
        told = f"{count_arabic(statements, _STATEMENT)}{by} في {_of_arabic(articles, corpus)}"
        return f"{head} {whose}: {told}." if statements else f"{head} {whose}، وليس في هذه المقالات شيء من ذلك."
    head = f"This {'brief' if is_brief else 'report'} holds only what"
    whose = f"those in the camp “{who}” are" if is_camp else f"{who} is"
    if not statements:
        return f"{head} {whose} reported as saying, and these articles report nothing of it."
    by = f" by {english.count(actors, 'actor')}" if is_camp and actors > 1 else ""
    where = f"in {english.number(articles)} of {english.count(corpus, 'article')}"
    if articles == corpus:
        where = f"in {'all ' if corpus > 2 else ''}{english.count(corpus, 'article')}"
    return f"{head} {whose} reported or quoted as saying: {english.count(statements, 'statement')}{by} {where}."


def _of_arabic(part: int, whole: int) -> str:
    """Return «مقالين من خمسة»: from three on the number alone, for what is counted has just been said."""
    base = count_arabic(whole, _ARTICLE, case="genitive")
    if part == whole:
        return base
    return f"{count_arabic(part, _ARTICLE, case='genitive')} من {base.split()[0] if whole > 2 else base}"


def say_left_whole(*, language: str) -> str:
    """Say which tables of a report on one actor or camp are not narrowed."""
    if language == "ar":
        return "أما جداول المادة المدروسة واتفاق الترميزات فتشمل المقالات كلها."
    return "The tables on the corpus and on the agreement of codings still cover all articles."


def say_period(first: date | None, last: date | None, *, articles: int, language: str) -> str:
    """Say when the articles of a narrowed report appeared; an end that is None has no limit."""
    if language == "ar":
        n = count_arabic(articles, _ARTICLE)
        if first and last:
            return f"ولا يشمل إلا ما يمكن أن يكون قد نُشر بين {day_in_words(first)} و{day_in_words(last)}: {n}."
        limit = f"منذ {day_in_words(first)}" if first else f"حتى {day_in_words(last)}" if last else ""
        return f"ولا يشمل إلا ما يمكن أن يكون قد نُشر {limit}: {n}."
    if first and last:
        when = f"between {english.day(first)} and {english.day(last)}"
    else:
        when = f"on or after {english.day(first)}" if first else f"up to {english.day(last)}" if last else ""
    return f"It covers only articles that can have appeared {when}: {english.number(articles)}."


def say_period_alone(first: date | None, last: date | None, *, articles: int, is_brief: bool, language: str) -> str:
    """Say when the articles of a report appeared that is narrowed in nothing else."""
    told = say_period(first, last, articles=articles, language=language)
    if language == "ar":
        return told.replace("ولا يشمل", f"لا يشمل هذا {'الموجز' if is_brief else 'التقرير'}", 1)
    return told.replace("It covers", f"This {'brief' if is_brief else 'report'} covers", 1)


def say_too_little(placed: int, *, minimum: int, language: str) -> str:
    """Say that there are too few statements with a place on the scale to conclude or to draw anything."""
    few = say_few(placed, language=language)
    if language == "ar":
        needed = count_arabic(minimum, _STATEMENT, case="genitive")
        rest = f"، ولا تُستخلص النتائج ولا تُرسم الأشكال من أقل من {needed}" if minimum > 1 else ""
        return f"الأدلة لا تكفي: {few}{rest}."
    rest = f", and findings and charts need at least {english.number(minimum)}" if minimum > 1 else ""
    return f"Too little evidence: {few}{rest}."


def say_few(placed: int, *, language: str) -> str:
    """Say how few statements have a place on the scale, without a full stop."""
    if language == "ar":
        if not placed:
            return "ليس هنا أي تصريح له درجة على المقياس"
        has = arabic.pick(placed, "له درجة", "لهما درجة", "لها درجة", "له درجة")
        return f"ليس هنا إلا {count_arabic(placed, _STATEMENT)} {has} على المقياس"
    have = f"only {english.count(placed, 'statement')}" if placed else "no statement"
    return f"{have} here {english.verb(max(placed, 1), 'has', 'have')} a place on the scale"


def say_where_to_read(*, statements: int, language: str) -> str:
    """Say where the statements stand that are too few for more."""
    if language == "ar":
        return "وما قيل مثبت بنصه في قسم الأدلة." if statements else "ولا نصوص في قسم الأدلة."
    return "What was said stands word for word in the evidence." if statements else "The evidence is empty."


_INSTEAD = {
    "en": {
        "positions": ("Who stands where: not drawn", "Not drawn"),
        "positions_table": ("", "No means are given"),
        "over_time": ("Positions by date of the article: not drawn", "Not drawn"),
        "network": ("Who stands on which side: not drawn", "Not drawn"),
    },
    "ar": {
        "positions": ("مواقف الأطراف: لم يُرسم الشكل", "لم يُرسم الشكل"),
        "positions_table": ("", "لا تُحسب متوسطات"),
        "over_time": ("المواقف بحسب تاريخ المقال: لم يُرسم الشكل", "لم يُرسم الشكل"),
        "network": ("من يقف في أي جانب: لم يُرسم الشكل", "لم يُرسم الشكل"),
    },
}
_EMPTY = {
    "en": {
        "over_time": (
            "Positions by date of the article: not drawn",
            "Not drawn: no statement with a place on the scale has a date.",
        ),
        "over_time_data": ("", "No statement here has a place on the scale."),
        "network": ("Who stands on which side: not drawn", "Not drawn: no article here reports two who take a side."),
        "network_data": ("", "No article here reports two who take a side."),
        "voices": ("Who speaks: not drawn", "Not drawn: nobody is reported or quoted here."),
        "voices_table": ("", "Nobody is reported or quoted here."),
        "speakers": ("", "Nobody is reported or quoted here."),
        "silent": ("", "Nobody is reported or quoted here."),
        "timeline": ("Dated events: not drawn", "Not drawn: no dated event is spoken of here."),
        "events": ("", "No dated event is spoken of here."),
    },
    "ar": {
        "over_time": (
            "المواقف بحسب تاريخ المقال: لم يُرسم الشكل",
            "لم يُرسم الشكل: لا تاريخ لأي تصريح له درجة على المقياس.",
        ),
        "over_time_data": ("", "ليس هنا أي تصريح له درجة على المقياس."),
        "network": ("من يقف في أي جانب: لم يُرسم الشكل", "لم يُرسم الشكل: لا مقال هنا ينقل عن طرفين لكل منهما جانب."),
        "network_data": ("", "لا مقال هنا ينقل عن طرفين لكل منهما جانب."),
        "voices": ("من يتحدث: لم يُرسم الشكل", "لم يُرسم الشكل: لم يُنقل هنا كلام عن أحد."),
        "voices_table": ("", "لم يُنقل هنا كلام عن أحد."),
        "speakers": ("", "لم يُنقل هنا كلام عن أحد."),
        "silent": ("", "لم يُنقل هنا كلام عن أحد."),
        "timeline": ("الأحداث المؤرخة: لم يُرسم الشكل", "لم يُرسم الشكل: لا ذكر هنا لحدث مؤرخ."),
        "events": ("", "لا ذكر هنا لحدث مؤرخ."),
    },
}


def say_instead(what: str, *, placed: int, language: str) -> tuple[str, str]:
    """Return the caption and the sentence that stand in the place of a chart or table with too little in it.

    Args:
        what: `positions`, `positions_table`, `over_time` or `network`.
        placed: How many statements have a place on the scale.
        language: `en` or `ar`.
    """
    caption, head = _INSTEAD[language][what]
    return caption, f"{head}: {say_few(placed, language=language)}."


def say_empty(what: str, *, language: str) -> tuple[str, str]:
    """Return the caption and the sentence that stand in the place of a chart or table with nothing in it.

    A table keeps its own caption, for which nothing is returned.
    """
    return _EMPTY[language][what]
