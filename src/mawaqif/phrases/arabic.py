"""Arabic sentences: one function a kind of claim.

They are built so that nothing has to agree with a name, whose gender and number are not known: the subject is a word of
ours («تصريح», «موقف», «طرف»), counted by `arabic.numerals`, or the sentence is nominal. Where a verb follows a count,
`pick` gives it the number of what is counted.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date
from typing import Any

from mawaqif.aggregate.claims import count_months
from mawaqif.arabic.numerals import (
    LRI,
    MINUS,
    OTHER_MASCULINE,
    PDI,
    Case,
    Noun,
    count,
    day_in_words,
    interval_in_words,
    make_noun,
    month_in_words,
    percentage,
    signed,
)
from mawaqif.phrases.english import SMALL_BASE
from mawaqif.phrases.naming import Naming

STATEMENT = make_noun("تصريح", "تصريحات", "m")
ARTICLE = make_noun("مقال", "مقالات", "m")
ACTOR = make_noun("طرف", "أطراف", "m")
PAIR = make_noun("زوج", "أزواج", "m")
FORECAST = make_noun("توقع", "توقعات", "m")
POSITION = make_noun("موقف", "مواقف", "m")
EVENT = make_noun("حدث", "أحداث", "m")
DATED_EVENT = make_noun("حدث", "أحداث", "m", adjective=make_noun("مؤرخ", "مؤرخة", "m"))
SPOT = make_noun("موضع", "مواضع", "m")
MONTH = make_noun("شهر", "أشهر", "m")
REGISTERED_ACTOR = make_noun("طرف", "أطراف", "m", adjective=make_noun("مسجل", "مسجلة", "m"))
STATED_POSITION = make_noun("موقف", "مواقف", "m", adjective=make_noun("معلن", "معلنة", "m"))
PASSAGE = make_noun("مقطع", "مقاطع", "m", adjective=make_noun("مختلف", "مختلفة", "m"))
PLACE = make_noun("موضع", "مواضع", "m", adjective=OTHER_MASCULINE)

Values = Mapping[str, Any]


# --- grammar ---------------------------------------------------------------------------------------------------------


def pick(n: int, one: str, two: str, few: str, many: str) -> str:
    """Return the form that follows `n` counted things: of one, of two, of three to ten, of more."""
    if n in (1, 2):
        return one if n == 1 else two
    return few if 3 <= n % 100 <= 10 else many


def add_li(phrase: str) -> str:
    """Put the preposition «ل» before a phrase: «للحكومة», «لطرفين», «لـ11 طرفاً»."""
    if phrase.startswith("ال"):
        return "لل" + phrase[2:]
    return f"ل{phrase}" if phrase[:1].isalpha() else f"لـ{phrase}"


def join(parts: Sequence[str]) -> str:
    """Join parts with the Arabic «و», which stands before each but the first."""
    return " و".join(parts)


def share(part: int, whole: int) -> str:
    """Return a share in percent in brackets, with a space before it, or nothing where there are too few cases."""
    return f" ({percentage(part / whole)})" if whole >= SMALL_BASE else ""


def step(value: int) -> str:
    """Return a step of the scale, its sign kept on the left of the digit."""
    sign = MINUS if value < 0 else "+" if value > 0 else ""
    return f"{LRI}{sign}{abs(value)}{PDI}"


def when(first: date, last: date) -> str:
    """Return when something was, with its preposition: «في أغسطس 2024», «بين 23 و24 مارس 2021»."""
    words = interval_in_words(first, last)
    return words if words.startswith("بين ") else f"في {words}"


def _of(part: int, whole: int, noun: Noun, *, case: Case = "nominative") -> str:
    base = count(whole, noun, case="genitive")
    # From three on the number comes first, and what is counted has just been said.
    return f"{count(part, noun, case=case)} من أصل {base.split()[0] if whole > 2 and part else base}"


# --- sentences -------------------------------------------------------------------------------------------------------


def say_extremes(v: Values, names: Naming) -> str:
    """Say which two actors are furthest apart, and on what scale."""
    left_out = " ولم يُحسب من ليس له إلا تصريح واحد على المقياس." if v["minimum"] == 2 else ""
    return (
        f"أوسع فجوة هي الفجوة بين {_stand(v['low'], names)} و{_stand(v['high'], names)}، على مقياس من {step(-2)} "
        f"({names.step(-2)}) إلى {step(2)} ({names.step(2)}).{left_out}"
    )


def _stand(side: Values, names: Naming) -> str:
    told = f"{count(side['statements'], STATEMENT)} في {count(side['articles'], ARTICLE, case='genitive')}"
    if side["articles"] == 1 and side["statements"] > 1:
        every = "كلاهما" if side["statements"] == 2 else "كلها"
        told = f"{count(side['statements'], STATEMENT)}، {every} في مقال واحد"
    return f"{names.actor(side['actor_id'])} (المتوسط {signed(side['mean'])}، {told})"


def say_camps(v: Values, names: Naming) -> str:
    """Say in what order the camps stand, and how far their actors lie apart."""
    stands = [
        f"{names.camp(c['camp'])} {signed(c['mean'])} ({count(c['actors'], ACTOR)}{_spread(c)}، "
        f"{count(c['statements'], STATEMENT)})"
        for c in v["camps"]
    ]
    return (
        f"هذه متوسطات من نُقل كلامهم في كل معسكر، من الأدنى إلى الأعلى: {'؛ '.join(stands)}. ولم يُحسب معسكر أطرافه "
        "أقل من ثلاثة، أو تمتد مقالاته أكثر من سنة. والمتوسط يخفي ما بين أطرافه من تباعد، ويصف "
        "من نُقل كلامهم لا المعسكر كله."
    )


def _spread(camp: Values) -> str:
    low, high = signed(camp["lowest"]), signed(camp["highest"])
    return f" بين {low} و{high}" if low != high else ""


def say_divided(v: Values, names: Naming) -> str:
    """Say whose statements lie on both sides of zero."""
    parts = [f"{count(v['below'], STATEMENT)} دونه"]
    parts += [f"{count(v['zero'], STATEMENT)} عنده"] if v["zero"] else []
    parts.append(f"{count(v['above'], STATEMENT)} فوقه")
    where = f"في {count(v['articles'], ARTICLE, case='genitive')}"
    return f"ما نُقل عن {names.actor(v['actor_id'])} {where} يقع على جانبي الصفر: {join(parts)}."


def say_movement(v: Values, names: Naming) -> str:
    """Say between which two articles an actor's mean differs most."""
    then, now = (
        f"{signed(p['mean'])} في مقال نُشر {when(p['first'], p['last'])} ({count(p['statements'], STATEMENT)})"
        for p in (v["earlier"], v["later"])
    )
    few = min(v["earlier"]["statements"], v["later"]["statements"]) < 3
    caution = " وهذا أقل من أن يدل على تحول في الموقف." if few else ""
    return (
        f"أكبر فرق بين مقال سابق ومقال لاحق هو في ما نُقل عن {names.actor(v['actor_id'])}: من {then} إلى {now}.{caution}"
    )


def say_camp_movement(v: Values, names: Naming) -> str:
    """Say between which two articles what is quoted from a camp differs most, and whether from the same actors."""
    then, now = (
        f"{signed(p['mean'])} في مقال نُشر {when(p['first'], p['last'])} "
        f"({count(p['actors'], ACTOR)}، {count(p['statements'], STATEMENT)})"
        for p in (v["earlier"], v["later"])
    )
    same = f"وليس بينهم إلا {count(v['shared'], ACTOR)} في المقالين معاً."
    if not v["shared"]:
        same = "ولا يتكرر أي طرف في المقالين، فالمتحدثون هنا غير المتحدثين هناك، ولا دليل على أن أحداً غيّر رأيه."
    return f"في معسكر «{names.camp(v['camp'])}» ينتقل المتوسط من {then} إلى {now}. {same}"


def say_forecasts(v: Values, names: Naming) -> str:
    """Say on which side forecasts lie, and positions, which are another matter."""
    lead = "تميل التوقعات إلى جهة واحدة ولا تميل المواقف. " if v["one_sided"] else ""
    by = add_li(count(v["forecasters"], ACTOR, case="genitive"))
    above, below = (_lean(v[side], names.step(end)) for side, end in (("forecasts_above", 2), ("forecasts_below", -2)))
    stated = "وليس على المقياس غيرها"
    if v["positions"]:
        first, second = (count(v[side], STATEMENT) for side in ("positions_above", "positions_below"))
        whole = count(v["positions"], STATEMENT, case="genitive")
        stated = f"ومن أصل {whole} على المقياس عدا التوقعات {first} في الاتجاه الأول و{second} في الثاني"
    told = f"{lead}في المقالات {count(v['forecasts'], FORECAST)} {by}، {above} و{below}"
    return f"{told}؛ {stated}. والتوقعات محسوبة على حدة."


def _lean(n: int, end: str) -> str:
    return f"{count(n, FORECAST)} في اتجاه {end}" if n else f"ليس بينها توقع في اتجاه {end}"


def say_silence(v: Values, names: Naming) -> str:
    """Say how many are quoted without taking a position."""
    most = f"{add_li(names.actor(v['most_quoted']))} ({count(v['most_quoted_statements'], STATEMENT)})"
    among = f"، وأكثر ما نُقل من ذلك {most}" if v["actors"] > 1 else f"، والكلام {most}"
    return (
        f"ليس كل من نُقل كلامه صاحب موقف: {_of(v['actors'], v['quoted'], REGISTERED_ACTOR)} في المقالات بلا موقف من "
        f"القضية ولا توقع{among}."
    )


def say_milestone(v: Values, names: Naming) -> str:
    """Say how many statements contradict, doubt or confirm a milestone, by how many actors in how many articles."""
    milestone = names.milestone(v["milestone_id"])
    parts = [
        f"{say_relation(kind, v[kind]['statements'])} ({_side(v[kind])})"
        for kind in ("contradicts", "doubts", "confirms")
        if v[kind]["statements"]
    ]
    dated = f"«{milestone.name.ar}» ({interval_in_words(milestone.first, milestone.last)})"
    others = v["other"]["statements"]
    if not parts:
        told = f"{say_relation('other', others)} ({_side(v['other'])})"
        return f"لا تصريح يتناول الموعد المتفق عليه {dated} نفسه، بل {told}."
    more = f" ويُضاف إليها {say_relation('other', others)}." if others else ""
    return f"في شأن الموعد المتفق عليه {dated}: {join(parts)}.{more}"


def _side(side: Values) -> str:
    return f"{count(side['actors'], ACTOR)}، {count(side['articles'], ARTICLE)}"


RELATIONS = {
    "contradicts": ("يخالفه", "يخالفانه", "تخالفه", "يخالفه"),
    "doubts": ("يشكك فيه", "يشككان فيه", "تشكك فيه", "يشكك فيه"),
    "confirms": ("يؤكده", "يؤكدانه", "تؤكده", "يؤكده"),
    "other": (
        "يفهمه على غير موضوعه أو موعده",
        "يفهمانه على غير موضوعه أو موعده",
        "تفهمه على غير موضوعه أو موعده",
        "يفهمه على غير موضوعه أو موعده",
    ),
    "mentions": ("يذكره بلا حكم", "يذكرانه بلا حكم", "تذكره بلا حكم", "يذكره بلا حكم"),
}
"""What statements do with a milestone, in the forms that `pick` chooses from."""


def say_relation(relation: str, n: int) -> str:
    """Say that `n` statements stand in a relation to a milestone."""
    return f"{count(n, STATEMENT)} {pick(n, *RELATIONS[relation])}"


def say_fragility(v: Values, names: Naming) -> str:
    """Say how many positions rest on one article or move without one."""
    others = v["actors"] - v["one_article"]
    each = " لكل طرف" if v["one_article"] > 1 else ""
    lonely = (
        f"لا يُعرف موقف {_of(v['one_article'], v['actors'], ACTOR, case='genitive')} إلا من مقال واحد{each}"
        if v["one_article"]
        else f"يستند كل موقف من {count(v['actors'], STATED_POSITION, case='genitive')} إلى أكثر من مقال"
    )
    if not others:
        actors = count(v["actors"], ACTOR, case="genitive")
        return f"لا يُعرف موقف أي طرف من {actors} إلا من مقال واحد."
    if not v["fragile"]:
        return f"{lonely}؛ ولا يغيّر حذف أي مقال متوسط طرف آخر بنصف درجة."
    most = "وأكبر تغير في" if v["fragile"] > 1 else "وهو"
    worst = f"{most} متوسط {names.actor(v['actor_id'])} (من {signed(v['mean'])} إلى {signed(v['without'])} "
    worst += f"من دون {say_article(v['article'], names)})"
    if v.get("between"):
        worst = f"{most} متوسط {names.actor(v['actor_id'])} ({say_between(*v['between'])})"
    moved = count(v["fragile"], ACTOR, case="genitive")
    return f"{lonely}؛ وحذف مقال واحد يغيّر متوسط {moved} بنصف درجة أو أكثر، {worst}."


def say_between(low: float, high: float) -> str:
    """Say between which two values a mean lies without one article."""
    return f"بين {signed(low)} و{signed(high)} بحسب المقال المحذوف"


def say_article(article: Values, names: Naming) -> str:
    """Name an article by its outlet and its day, as far as they are known."""
    where = f" في {names.outlet(article['outlet'])}" if article["outlet"] else ""
    if not article["first"] or not article["last"]:
        return f"مقال{where} بلا تاريخ معروف"
    return f"مقال نُشر{where} {when(article['first'], article['last'])}"


def say_coverage(v: Values, names: Naming) -> str:
    """Say how few articles all this rests on, and when they appeared."""
    told = f"{count(v['statements'], STATEMENT, case='genitive')}{_passages(v)}"
    told += f" في {count(v['articles'], ARTICLE, case='genitive')}"
    dated = ""
    if v["first"]:
        period = (
            f"بين {day_in_words(v['first'])} و{day_in_words(v['last'])}"
            if v["articles"] > 1
            else interval_in_words(v["first"], v["last"])
        )
        dated = f" ({period})"
    undated = f"، منها {count(v['undated'], ARTICLE)} بلا تاريخ معروف" if v["undated"] else ""
    gap = f"، {say_gap(v['gap_from'], v['gap_to'])}" if v["gap_from"] else ""
    return f"تستند هذه النتائج إلى {told}{dated}{undated}{gap}. {_verbatim(v)} فهي تصف ما نُشر، لا الرأي العام."


def _passages(v: Values) -> str:
    differ = count(v["passages"], PASSAGE) if 1 < v["passages"] < v["statements"] else ""
    return f" ({differ})" if differ else ""


def _verbatim(v: Values) -> str:
    """Say how many statements are in the speakers' own words."""
    if not v["verbatim"]:
        return "ولا يُنقل شيء منها بلفظه، بل بألفاظ المقالات."
    if v["verbatim"] == v["statements"]:
        return "وكلها منقولة باللفظ كلياً أو جزئياً."
    quoted = count(v["verbatim"], STATEMENT) if v["verbatim"] < 3 else str(v["verbatim"])
    return f"منها {quoted} فقط منقولة بلفظها كلياً أو جزئياً، وما عداها بألفاظ المقالات."


def say_gap(first: date, last: date) -> str:
    """Say for how long there is no article."""
    start = f"{month_in_words(first.month)} {first.year}"
    return f"ولا مقالات فيها مدة {count(count_months(first, last), MONTH, case='genitive')} تبدأ في {start}"


def say_one_article(v: Values, names: Naming) -> str:
    """Warn that there is only one article."""
    if v["whole"] == 1:
        return "التصريح الوحيد في القضية مأخوذ من مقال واحد، فلا مصدر ثانياً يؤكده."
    return f"في القضية {count(v['whole'], STATEMENT)} من مقال واحد، فلا مصدر ثانياً يؤكد شيئاً منها."


def say_one_outlet(v: Values, names: Naming) -> str:
    """Warn that there is only one outlet."""
    return (
        f"كل ما في القضية، وهو {count(v['whole'], STATEMENT)} في {count(v['articles'], ARTICLE, case='genitive')}، من "
        f"وسيلة إعلامية واحدة هي {names.outlet(v['outlet'])}."
    )


def say_dominant_article(v: Values, names: Naming) -> str:
    """Warn that one article has most of the statements."""
    return f"في مقال واحد {_part(v)}."


def say_dominant_speaker(v: Values, names: Naming) -> str:
    """Warn that one actor has much of the statements."""
    return f"لطرف واحد، هو {names.actor(v['actor_id'])}، {_part(v)}."


def say_anonymous_sources(v: Values, names: Naming) -> str:
    """Warn that much comes from unnamed sources."""
    return f"لمصادر لم تُذكر أسماؤها {_part(v)}، ولا أحد يُسأل عنها."


def say_no_speaker(v: Values, names: Naming) -> str:
    """Warn that much could not be given to a speaker."""
    return f"بلا متحدث معروف {_part(v)}."


def _part(v: Values) -> str:
    return f"{_of(v['part'], v['whole'], STATEMENT)} في القضية{share(v['part'], v['whole'])}"


def say_unknown_outlets(v: Values, names: Naming) -> str:
    """Warn that outlets are not known."""
    return (
        f"وسيلة النشر غير معروفة في {_of(v['part'], v['whole'], ARTICLE, case='genitive')}، فلا يُعرف عدد وسائل "
        "الإعلام التي تستند إليها هذه النتائج."
    )


def say_more(n: int) -> str:
    """Say that `n` more statements stand in the evidence list than are linked."""
    return f"و{count(n, PLACE)} في قائمة الأدلة"


SENTENCES: dict[str, Callable[[Values, Naming], str]] = {
    "extremes": say_extremes,
    "camps": say_camps,
    "divided": say_divided,
    "movement": say_movement,
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
        return "، ".join(told)
    return f"{'، '.join(told[:most])}، وغير ذلك ({len(told) - most})"
