"""Arabic sentences: one function a kind of claim.

They are built so that nothing has to agree with a name, whose gender and number are not known: the subject is a word of
ours («تصريح», «موقف», «طرف»), counted by `arabic.numerals`, or the sentence is nominal. Where a verb follows a count,
`pick` gives it the number of what is counted.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date
from typing import Any

from mawaqif.aggregate.ahead import Ahead
from mawaqif.aggregate.claims import count_months, widen_to_months
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
from mawaqif.phrases.english import MOST_NAMED, SMALL_BASE, count_against, count_sides
from mawaqif.phrases.naming import Naming, decline_name

STATEMENT = make_noun("تصريح", "تصريحات", "m")
ARTICLE = make_noun("مقال", "مقالات", "m")
ACTOR = make_noun("طرف", "أطراف", "m")
PAIR = make_noun("زوج", "أزواج", "m")
FORECAST = make_noun("توقع", "توقعات", "m")
STEP = make_noun("درجة", "درجات", "f")
REPEATED_FORECAST = make_noun("توقع", "توقعات", "m", adjective=make_noun("مكرر", "مكررة", "m"))
POSITION = make_noun("موقف", "مواقف", "m")
EVENT = make_noun("حدث", "أحداث", "m")
DATED_EVENT = make_noun("حدث", "أحداث", "m", adjective=make_noun("مؤرخ", "مؤرخة", "m"))
MONTH = make_noun("شهر", "أشهر", "m")
REGISTERED_ACTOR = make_noun("طرف", "أطراف", "m", adjective=make_noun("مسجل", "مسجلة", "m"))
UNNAMED_ASIDE = "(عدا المصادر التي لم تُسمَّ)"
OTHER_POSITION = make_noun("موقف", "مواقف", "m", adjective=OTHER_MASCULINE)
PLANNED_EVENT = make_noun("حدث", "أحداث", "m", adjective=make_noun("مقرر", "مقررة", "m"))
OTHER_EVENT = make_noun("حدث", "أحداث", "m", adjective=OTHER_MASCULINE)
POSSIBLE_EVENT = make_noun("حدث", "أحداث", "m", adjective=make_noun("محتمل", "محتملة", "m"))
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
    return f"{count(part, noun, case=case)} من {base.split()[0] if whole > 2 and part else base}"


# --- sentences -------------------------------------------------------------------------------------------------------


def say_latest(v: Values, names: Naming) -> str:
    """Say what was printed last of each camp, and of which there is nothing since."""
    told = [f"{names.camp(camp['camp'])} ({_say_printed(camp)}): {_say_steps(camp, names)}" for camp in v["camps"]]
    aside = join(["التوقعات", *(decline_name(names.camp(camp)) for camp in v["left_out"])])
    return f"آخر ما نُشر عن كل فئة، عدا {aside}: {'؛ و'.join(told)}."


def _say_printed(camp: Values) -> str:
    said = f"، والقول من {interval_in_words(*widen_to_months(*camp['said']))}" if camp["said"] else ""
    return f"{interval_in_words(*widen_to_months(camp['first'], camp['last']))}{said}"


def _say_steps(camp: Values, names: Naming) -> str:
    """Say where most statements of a camp stand, or how they are divided."""
    n, end, part = count_sides(camp["steps"])
    most = camp["most_in_one"] or 0
    since = f"، و{count_bare(most)} من مجموعها في مقال واحد" if 2 * most > n else ""
    since += "، ولا شيء بعد ذلك له درجة على المقياس" if camp["is_old"] else ""
    if part * 2 <= n:
        below, above = (sum(k for step, k in camp["steps"].items() if step * side > 0) for side in (-1, 1))
        whole = count(n, STATEMENT, case="genitive")
        sides = [f"{count(k, STATEMENT)} أقرب إلى {names.step(end)}" for k, end in ((below, -1), (above, 1))]
        return f"من {whole} {join(sides)}{since}"
    share = count(n, STATEMENT) if n == 1 else f"{count(n, STATEMENT)} {'كلاهما' if n == 2 else 'كلها'}"
    share = share if part == n else _of(part, n, STATEMENT)
    place = "عند" if camp["steps"].get(end) == part else "أقرب إلى"
    against, other = count_against(camp["steps"], end)
    other_place = "عند" if camp["steps"].get(other) == against else "أقرب إلى"
    contrary = f"، و{count_bare(against)} {other_place} {names.step(other)}" if against else ""
    return f"{share} {place} {names.step(end)}{contrary}{since}"


def say_extremes(v: Values, names: Naming) -> str:
    """Say which two actors are furthest apart, by how many statements of which time."""
    left_out = " ولم يُحسب من ليس له إلا تصريح واحد على المقياس." if v["minimum"] == 2 else ""
    apart = "".join(_say_members(v[side], names) for side in ("low", "high"))
    stands = f"موقف {_stand(v['low'], names)} وموقف {_stand(v['high'], names)}"
    return f"أبعد موقفين أحدهما عن الآخر: {stands}.{apart}{left_out}"


def _say_members(side: Values, names: Naming) -> str:
    """Say who belongs to an actor but stands on the other side of the scale."""
    if not side["members"]:
        return ""
    told = join([f"{names.actor(m['actor_id'])} ({signed(m['mean'])}{_say_months(m)})" for m in side["members"]])
    return f" ومن المنتمين إلى {names.actor(side['actor_id'])} من يقف في الجانب الآخر: {told}."


def _say_months(side: Values) -> str:
    return f"، {interval_in_words(*widen_to_months(side['first'], side['last']))}" if side["first"] else ""


def say_only(v: Values, names: Naming) -> str:
    """Say where the one actor stands who takes a position."""
    return f"لا موقف إلا لطرف واحد هو {_stand(v, names)}."


def _stand(side: Values, names: Naming) -> str:
    n = side["statements"]
    told = f"{count(n, STATEMENT)} في {count(side['articles'], ARTICLE, case='genitive')}"
    if side["articles"] == 1 and n > 1:
        told = f"{count(n, STATEMENT)}، {'كلاهما' if n == 2 else 'كلها'} في مقال واحد"
    if headlines := side.get("headlines", 0):
        told += "، وهو عنوانه" if n == 1 else "، أحدها عنوانه" if headlines == 1 else "، ومنها عناوين"
    told += "" if side["quoted"] else "، بلا اقتباس حرفي"
    printed = f"؛ {interval_in_words(*widen_to_months(side['first'], side['last']))}" if side["first"] else ""
    place = f"المتوسط {signed(side['mean'])}، {say_place(side['mean'], names)}"
    return f"{names.actor(side['actor_id'])} ({place}؛ {told}{printed})"


def say_place(mean: float, names: Naming) -> str:
    """Say in words where a mean lies on the scale: on a step, between two, or nearest to one."""
    low, high = math.floor(mean + 1e-9), math.ceil(mean - 1e-9)
    if low == high:
        return f"أي {names.step(low)}"
    if abs(mean - low - 0.5) < 1e-9:
        return f"أي بين {names.step(low)} و{names.step(high)}"
    return f"وأقرب الدرجات إليه {names.step(round(mean))}"


def say_camps(v: Values, names: Naming) -> str:
    """Say in what order the camps stand, and how far their actors lie apart."""
    stands = [
        f"{names.camp(c['camp'])} {signed(c['mean'])} ({count(c['actors'], ACTOR)}{_spread(c)}، "
        f"{count(c['statements'], STATEMENT)})"
        for c in v["camps"]
    ]
    return (
        f"متوسطات من نُقل كلامهم في كل فئة، من الأدنى إلى الأعلى: {'؛ '.join(stands)}. ولا تُحسب إلا فئة نُقل فيها "
        "كلام ثلاثة أطراف أو أكثر خلال سنة، والمتوسط متوسط هؤلاء لا الفئة كلها."
    )


def _spread(camp: Values) -> str:
    low, high = signed(camp["lowest"]), signed(camp["highest"])
    return f" بين {low} و{high}" if low != high else ""


def say_divided(v: Values, names: Naming) -> str:
    """Say whose statements lie on both sides, and how many on each."""
    parts = [
        (v["below"], f"{count(v['below'], STATEMENT)} أقرب إلى {names.step(-1)}"),
        (v["above"], f"{count(v['above'], STATEMENT)} أقرب إلى {names.step(1)}"),
        (v["zero"], f"{count(v['zero'], STATEMENT)} في الوسط"),
    ]
    told = [part for n, part in sorted(parts, key=lambda part: -part[0]) if n]
    whole = count(v["below"] + v["zero"] + v["above"], STATEMENT, case="genitive")
    where = f"{whole} في {count(v['articles'], ARTICLE, case='genitive')}"
    return f"ما نُقل عن {names.actor(v['actor_id'])} يقع على جانبي المقياس: فمن {where} {join(told)}."


def say_movement(v: Values, names: Naming) -> str:
    """Say between which two articles an actor's mean differs most."""
    few = min(v["earlier"]["statements"], v["later"]["statements"]) < 3
    caution = " وهذا أقل من أن يدل على تحول في الموقف." if few else ""
    return f"أكبر فرق بين مقال سابق ومقال لاحق هو في ما نُقل عن {names.actor(v['actor_id'])}: {_from_to(v)}.{caution}"


def _from_to(v: Values) -> str:
    then, now = (
        f"{signed(p['mean'])} في مقال نُشر {when(p['first'], p['last'])} ({count(p['statements'], STATEMENT)})"
        for p in (v["earlier"], v["later"])
    )
    return f"من {then} إلى {now}"


def say_followed(v: Values, names: Naming) -> str:
    """Say that no change of position can be shown, and how many could have shown one."""
    lead = "لا يُعرف من هذه المقالات هل غيّر أحد موقفه: "
    actors, n = f"{count(v['actors'], ACTOR, case='genitive')} {UNNAMED_ASIDE}", len(v["followed"])
    if not n:
        return f"{lead}لا موقف في مقالات مختلفة التواريخ لأي طرف من {actors}."
    who = f"فمن {actors} لا يمكن تتبع سوى {count(n, ACTOR, case='genitive')} في مقالات مختلفة التواريخ"
    if n <= MOST_NAMED and n < v["actors"]:
        named = join([f"موقف {names.actor(i)}" for i in v["followed"]])
        who = f"فمن {actors} لا يمكن أن يُتتبع في مقالات مختلفة التواريخ سوى {named}"
    if n == v["actors"]:
        who = f"نُقل كلام {actors} في مقالات مختلفة التواريخ"
    return f"{lead}{who}، وليس فيها فرق يبلغ درجة أو أكثر ويستند إلى تصريحين في كل من طرفيه."


def say_ahead(v: Values, names: Naming) -> str:
    """Say what was agreed or planned and still to come when the newest article appeared."""
    n = v["whole"]
    speak = pick(n, "تناولته", "تناولتهما", "تناولتها", "تناولته")
    ahead = pick(n, "ولم يكن قد وقع", "ولم يكونا قد وقعا", "ولم تكن قد وقعت", "ولم يكن قد وقع")
    newest = f"{ahead} عند نشر أحدث مقال ({day_in_words(v['as_of'])})"
    told = [f"{heading}: {_list_ahead(v[status], names)}." for status, heading in _AHEAD if _count_ahead(v[status])]
    events = f"{count(n, EVENT)} {_agreed_or_planned(n)}"
    return f"{events} {speak} التصريحات المتعلقة بالقضية، {newest}. {' و'.join(told)}{_say_left_out(v)}"


def _agreed_or_planned(n: int) -> str:
    if n > 99 and n % 100 < 3:
        return "متفق عليه أو مقرر"
    return pick(n, "متفق عليه أو مقرر", "متفق عليهما أو مقرران", "متفق عليها أو مقررة", "متفقاً عليه أو مقرراً")


def _say_left_out(v: Values) -> str:
    """Say how many events are not counted: those merely possible, and those of which nothing is said."""
    n = v["unsaid"]
    others = [count(v["possible"], POSSIBLE_EVENT)] if v["possible"] else []
    others += [f"{count(n, EVENT)} لم {pick(n, 'يتناوله', 'يتناولهما', 'يتناولها', 'يتناوله')} أي تصريح"] if n else []
    return f" ولم يُحسب منها: {join(others)}." if others else ""


_AHEAD = (("agreed", "المتفق عليه"), ("planned", "المقرر"))


def _count_ahead(group: Values) -> int:
    return len(group["events"]) + int(group["more"]) + int(group["open"])


def _list_ahead(group: Values, names: Naming) -> str:
    """Name some events with their days, and count the others."""
    told = [
        f"{names.event(event.label_ar, event.label_en, is_known=event.is_known)} "
        f"({_say_days(event)}{_say_doubt(event)})"
        for event in group["events"]
    ]
    for key, dated in (("more", "بتاريخ محدد"), ("open", "بلا تاريخ")):
        if n := group[key]:
            others = count(n, OTHER_EVENT if told else EVENT)
            told.append(f"{'حدث آخر' if n == 1 and told else others} {dated}")
    return "، و".join(told)


def _say_days(event: Ahead) -> str:
    if event.first is None or event.last is None:
        start = interval_in_words(*widen_to_months(event.first, event.first)) if event.first else ""
        return f"من {start}" if start and event.has_date else "بلا تاريخ"
    days = interval_in_words(event.first, event.last)
    return f"{days}، والتاريخ مستنتج" if event.is_inferred else days


def _say_doubt(event: Ahead) -> str:
    """Say how many of the statements on an event doubt it or speak against it."""
    part, whole = event.disputed_by, len(event.statement_ids)
    if not part:
        return ""
    told = f"ولم يتناوله إلا {count(whole, STATEMENT)}" if part == whole else f"وفيه {_of(part, whole, STATEMENT)}"
    many = ("تخالفه أو تشكك فيه", "يخالفه أو يشكك فيه")
    return f"؛ {told} {pick(part, many[1], 'يخالفانه أو يشككان فيه', *many)}"


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
    return f"في فئة «{names.camp(v['camp'])}» ينتقل المتوسط من {then} إلى {now}. {same}"


def say_forecasts(v: Values, names: Naming) -> str:
    """Say on which side forecasts lie, and that this is no wish."""
    n, by = v["forecasts"], add_li(count(v["forecasters"], ACTOR, case="genitive"))
    by += f" في {count(v['articles'], ARTICLE, case='genitive')}"
    again = f" ومنها {count(v['repeats'], REPEATED_FORECAST)}." if v["repeats"] else ""
    placed, whole = ("", "")
    if v["whole"] > n:
        placed, whole = f" {'لهما' if n == 2 else 'لها'} درجة على المقياس", f" (من أصل {count_bare(v['whole'])})"
    who = f"{'صدرا' if n == 2 else 'صدرت'} عن {count(v['forecasters'], ACTOR, case='genitive')}"
    where = f"في {count(v['articles'], ARTICLE, case='genitive')}"
    told = f"من بين {count(n, FORECAST, case='genitive')}{placed}{whole}، {who} {where}، {_divide(v, names)}"
    for side, place in (("above", 1), ("below", -1)):
        if v[f"forecasts_{side}"] == n:
            which = " اللذان" if n == 2 else " التي"
            which = f"{which}{placed}" if placed else ""
            every = f"التوقعات{which} كلها، وهي {count(n, FORECAST)}{whole} {by}،"
            every = f"التوقعان{which} كلاهما{whole} {by}" if n == 2 else every
            told = f"{every} أقرب إلى {names.step(place)}"
    return f"{told}.{again} ودرجة التوقع بحسب ما ينتظره صاحبه، لا بحسب ما يريده."


def _divide(v: Values, names: Naming) -> str:
    """Say how many forecasts lie on each side, and then on which side there is none."""
    n = v["forecasts"]
    sides = [(v["forecasts_above"], names.step(1)), (v["forecasts_below"], names.step(-1))]
    parts = [f"{count_bare(k)} أقرب إلى {end}" for k, end in sides if k]
    middle = n - sum(k for k, _ in sides)
    parts += [f"{count_bare(middle)} في الوسط"] if middle else []
    them = "بينهما" if n == 2 else "بينها"
    parts += [f"ليس {them} ما هو أقرب إلى {end}" for k, end in sides if not k]
    return "، و".join(parts)


def count_bare(n: int) -> str:
    """Return a number of masculine things just named, without these: «واحد», «اثنان», «تسعة», «11»."""
    return {1: "واحد", 2: "اثنان"}.get(n) or count(n, STATEMENT).split()[0]


def say_silence(v: Values, names: Naming) -> str:
    """Say how many are quoted without taking a position."""
    most = f"{add_li(names.actor(v['most_quoted']))} ({count(v['most_quoted_statements'], STATEMENT)})"
    among = f"، وأكثر ما نُقل من ذلك {most}" if v["actors"] > 1 else f"، والكلام {most}"
    return f"في المقالات {_of(v['actors'], v['quoted'], REGISTERED_ACTOR)} بلا موقف من القضية ولا توقع{among}."


def say_milestone(v: Values, names: Naming) -> str:
    """Say how many statements contradict, doubt or confirm a milestone, by how many actors in how many articles."""
    milestone = names.milestone(v["milestone_id"])
    parts = [
        f"{say_relation(kind, v[kind]['statements'])} ({_side(v[kind])})"
        for kind in ("contradicts", "doubts", "confirms")
        if v[kind]["statements"]
    ]
    name, days = f"«{milestone.name.ar}»", interval_in_words(milestone.first, milestone.last)
    others = v["other"]["statements"]
    if not parts:
        about = _name_events(v["about"], names)
        if v["called"]["statements"]:
            return f"{_say_none_is_of_it(v, names)}{_say_mentions(v)}"
        agreed = f"لا يتناول ما اتُّفق عليه لذلك التاريخ، أي {name}، بل {about or 'موضوعاً آخر أو تاريخاً بعده'}"
        told = f"ما يذكر تاريخاً قريباً من {days}، وهو {count(others, STATEMENT)} ({_side(v['other'])})،"
        return f"{told} {agreed}.{_say_mentions(v)}"
    more = f" ويُضاف إلى ذلك {say_relation('other', others)}." if others else ""
    more += _say_mentions(v)
    if called := v["called"]["statements"]:
        more += f" ويُضاف إلى ذلك {count(called, STATEMENT)} {_say_called(v, names)}."
    return f"في شأن الموعد المتفق عليه {name} ({days}): {join(parts)}.{more}"


def _say_mentions(v: Values) -> str:
    n = v["mentions"]["statements"] - v["called"]["statements"]
    mention = pick(n, "يذكر", "يذكران", "تذكر", "يذكر")
    judge = pick(n, "يؤكده ولا يخالفه", "يؤكدانه ولا يخالفانه", "تؤكده ولا تخالفه", "يؤكده ولا يخالفه")
    return f" ويُضاف إلى ذلك {count(n, STATEMENT)} {mention} الموعد نفسه ولا {judge}." if n else ""


def _say_none_is_of_it(v: Values, names: Naming) -> str:
    """Say of statements around a milestone that none speaks of it, and of what they speak."""
    milestone = names.milestone(v["milestone_id"])
    days, others = interval_in_words(milestone.first, milestone.last), v["other"]["statements"]
    called = v["called"]["statements"]
    whole = others + called
    told = f"{count(whole, STATEMENT)} {pick(whole, 'يذكر', 'يذكران', 'تذكر', 'يذكر')} تاريخاً قريباً من {days}"
    none = f"وليس {'منهما' if whole == 2 else 'منها'} ما يتناول ما اتُّفق عليه لذلك التاريخ، أي «{milestone.name.ar}»"
    about = _name_events(v["about"], names) or "موضوعاً آخر أو تاريخاً بعده"
    first = (
        f"{count_bare(others)} ({_side(v['other'])}) {pick(others, 'يتناول', 'يتناولان', 'تتناول', 'يتناول')} {about}"
    )
    return f"{told}، {none}: {first}، و{count_bare(called)} {_say_called(v, names)}."


def _say_called(v: Values, names: Naming) -> str:
    """Say what those statements do that give the milestone's name to something else."""
    use = pick(v["called"]["statements"], "يطلق", "يطلقان", "تطلق", "يطلق")
    return f"{use} اسم هذا الموعد على {_name_events(v['calls'], names) or 'انتهاء أمر آخر'}"


def _name_events(events: Sequence[Values], names: Naming) -> str:
    return join([names.event(e["ar"], e["en"], is_known=e["is_known"]) for e in events[:MOST_NAMED]])


def _side(side: Values) -> str:
    return f"{count(side['actors'], ACTOR)}، {count(side['articles'], ARTICLE)}"


RELATIONS = {
    "contradicts": ("يخالفه", "يخالفانه", "تخالفه", "يخالفه"),
    "doubts": ("يشكك فيه", "يشككان فيه", "تشكك فيه", "يشكك فيه"),
    "confirms": ("يؤكده", "يؤكدانه", "تؤكده", "يؤكده"),
    "other": tuple(
        f"{verb} تاريخاً قريباً منه، لكن في موضوع آخر أو تاريخ لاحق" for verb in ("يذكر", "يذكران", "تذكر", "يذكر")
    ),
    "namesake": tuple(f"{verb} هذا الاسم على أمر آخر" for verb in ("يطلق", "يطلقان", "تطلق", "يطلق")),
    "mentions": (
        "يذكره ولا يؤكده ولا يخالفه",
        "يذكرانه ولا يؤكدانه ولا يخالفانه",
        "تذكره ولا تؤكده ولا تخالفه",
        "يذكره ولا يؤكده ولا يخالفه",
    ),
}
"""What statements do with a milestone, in the forms that `pick` chooses from."""


def say_relation(relation: str, n: int) -> str:
    """Say that `n` statements stand in a relation to a milestone."""
    return f"{count(n, STATEMENT)} {pick(n, *RELATIONS[relation])}"


def say_fragility(v: Values, names: Naming) -> str:
    """Say how many positions rest on one article, which do not, and how many of these one article moves."""
    lonely, others = v["one_article"], v["actors"] - v["one_article"]
    positions = f"{count(v['actors'], POSITION, case='genitive')}{_say_unnamed(v)}"
    if not others:
        return f"يقوم كل موقف من {positions} على مقال واحد."
    moves = pick(v["fragile"], "يتغير", "يتغير", "تتغير", "يتغير")
    which = f"{moves} {count(v['fragile'], POSITION)} منها"
    if others <= 2:
        which = "يتغير" if others == 1 else "يتغيران"
    if 1 < others <= MOST_NAMED and v["fragile"] < others:
        which = f"يتغير {join([f'موقف {names.actor(i)}' for i in v['moved']])}"
    moved = f"، و{which} بما يصل إلى {say_steps(v['largest'])} بحسب المقال المحذوف" if v["fragile"] else ""
    if not lonely:
        return f"يقوم كل موقف من {positions} على أكثر من مقال{moved}."
    more = f"و{pick(others, 'يقوم', 'يقوم', 'تقوم', 'يقوم')} {count(others, OTHER_POSITION)} على أكثر من مقال"
    if others <= MOST_NAMED:
        more = f"ولا يقوم على أكثر من مقال إلا {join([f'موقف {names.actor(i)}' for i in v['shared']])}"
    each = pick(lonely, "", " لكل منهما", *[" لكل منها"] * 2)
    rest = pick(lonely, "يقوم", "يقوم", "تقوم", "يقوم")
    return f"من {positions} {rest} {count(lonely, POSITION)} على مقال واحد{each}، {more}{moved}."


def say_steps(size: float) -> str:
    """Return a distance on the scale, in the genitive: «نصف درجة», «درجتين», «1.3 درجة»."""
    rounded = round(size, 1)
    if abs(rounded - 0.5) < 1e-9:
        return "نصف درجة"
    return count(int(rounded), STEP, case="genitive") if rounded == int(rounded) else f"{rounded:.1f} درجة"


def _say_unnamed(v: Values) -> str:
    """Say how many of the positions are of sources without a name, whom other findings do not count as actors."""
    part = v["unnamed"]
    if not part:
        return ""
    every = "كلاهما" if part == 2 else "كلها"
    which = f"منها {count(part, POSITION)}" if part < v["actors"] else every
    belong = pick(part, "منسوب", "منسوبان", "منسوبة", "منسوبة")
    return f"، {which} {belong} إلى مصادر لم تُسمَّ،"


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
    """Say how few articles all this rests on, when they appeared, and what is unknown of them."""
    told = f"{count(v['statements'], STATEMENT, case='genitive')} في {count(v['articles'], ARTICLE, case='genitive')}"
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
    unknown = f"، ووسيلة النشر مجهولة في {_part_of(v['unknown_outlet'], v['articles'])}" if v["unknown_outlet"] else ""
    return (
        f"يستند هذا كله إلى {told}{dated}{undated}{gap}{unknown}. {_verbatim(v)}{_say_repeats(v)} فالنتائج تصف ما "
        "نُشر، لا الرأي العام."
    )


def _say_repeats(v: Values) -> str:
    """Say how many statements say again what their speaker says elsewhere in the article."""
    n = v["repeats"]
    if not n:
        return ""
    repeat = pick(n, "يكرر", "يكرران", "تكرر", "يكرر")
    return f" ومنها {count(n, STATEMENT)} {repeat} قولاً آخر لصاحبه في المقال نفسه."


def _part_of(part: int, whole: int) -> str:
    if part < whole:
        return f"{count(part, ARTICLE, case='genitive')} منها"
    return {1: "هذا المقال", 2: "المقالين كليهما"}.get(whole, "المقالات كلها")


def _verbatim(v: Values) -> str:
    """Say how many statements are in the speakers' own words."""
    if not v["verbatim"]:
        return "ولم يُنقل شيء منها بلفظه، بل بصياغة المقالات."
    if v["verbatim"] == v["statements"]:
        return "وكلها منقولة باللفظ كلياً أو جزئياً."
    quoted = count(v["verbatim"], STATEMENT, case="genitive")
    return f"ولم يُنقل منها بلفظه كلياً أو جزئياً سوى {quoted}، وما عدا ذلك بصياغة المقالات."


def say_gap(first: date, last: date) -> str:
    """Say for how long there is no article, where that is longest."""
    start, end = (f"{month_in_words(day.month)} {day.year}" for day in (first, last))
    return f"وأطول انقطاع بينها {count(count_months(first, last), MONTH)}، من {start} إلى {end}"


def say_one_article(v: Values, names: Naming) -> str:
    """Warn that there is only one article."""
    if v["whole"] == 1:
        return "التصريح الوحيد في القضية مأخوذ من مقال واحد."
    return f"في القضية {count(v['whole'], STATEMENT)} من مقال واحد."


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
    return f"لمصادر لم تُذكر أسماؤها {_part(v)}."


def say_no_speaker(v: Values, names: Naming) -> str:
    """Warn that much could not be given to a speaker."""
    return f"بلا متحدث معروف {_part(v)}."


def _part(v: Values) -> str:
    return f"{_of(v['part'], v['whole'], STATEMENT)} في القضية{share(v['part'], v['whole'])}"


def say_unknown_outlets(v: Values, names: Naming) -> str:
    """Warn that outlets are not known."""
    return f"وسيلة النشر غير معروفة في {_of(v['part'], v['whole'], ARTICLE, case='genitive')}."


def say_more(n: int) -> str:
    """Say that `n` more statements stand in the evidence list than are linked."""
    return f"و{count(n, PLACE)} في قائمة الأدلة"


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
        return "، ".join(told)
    return f"{'، '.join(told[:most])}، وغير ذلك ({len(told) - most})"
