"""The Arabic words around each chart: caption (the finding), subtitle (what is measured) and alternative text."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date

from mawaqif.aggregate.claims import widen_to_months
from mawaqif.arabic.numerals import count, day_in_words, interval_in_words, make_noun, signed
from mawaqif.phrases.arabic import (
    ACTOR,
    ARTICLE,
    DATED_EVENT,
    EVENT,
    PAIR,
    STATEMENT,
    UNNAMED_ASIDE,
    Values,
    join,
    list_some,
    pick,
)
from mawaqif.phrases.naming import Naming

_CODERS = {
    "reference": "ترميز مرجعي",
    "analyst": "ترميز محلل",
    "model": "ترميز آلي بنموذج",
    "rules": "ترميز آلي بالقواعد",
}
_CODED_BY = {"reference": "الترميز المرجعي", "analyst": "المحللين", "model": "النموذج", "rules": "القواعد"}
_MOST_LISTED = 12
DATE = make_noun("موعد", "مواعيد", "m")
YEAR = make_noun("سنة", "سنوات", "f")


def describe_source(v: Values) -> str:
    """Return the source line."""
    period = f" ({v['period']})" if v["period"] else ""
    coders = f"؛ {join([_CODERS[c] for c in v['coders']])}" if v["coders"] else ""
    articles = count(v["articles"], ARTICLE, case="genitive")
    drawn = " على المقياس" if v["on_issue"] else ""
    return f"المصدر: {count(v['statements'], STATEMENT)}{drawn} من {articles}{period}{coders}."


def describe_coders(coded: Sequence[tuple[str, int]]) -> str:
    """Say how many statements come from each coder, without a full stop."""
    whole = sum(n for _, n in coded)
    if len(coded) == 1:
        every = "التصريح الوحيد في هذا التقرير" if whole == 1 else f"جميع تصريحات هذا التقرير، وعددها {whole}،"
        return f"{every} من {_CODED_BY[coded[0][0]]}"
    return f"تصريحات هذا التقرير، وعددها {whole}: {join([f'{n} من {_CODED_BY[coder]}' for coder, n in coded])}"


def describe_positions(v: Values, names: Naming) -> tuple[str, str, str]:
    """Say who stands lowest and highest."""
    ends = v["ends"]
    caption = "لا موقف من القضية لأحد من المسمَّين"
    if len(ends) == 1:
        caption = f"لا موقف إلا لطرف مسمى واحد ({ends[0]['name']})، عند {signed(ends[0]['mean'])}"
    elif ends and ends[0]["mean"] == ends[-1]["mean"]:
        caption = f"متوسط كل المواقف واحد: {signed(ends[0]['mean'])}"
    elif ends:
        low, high = (f"{e['name']} ({signed(e['mean'])})" for e in (ends[0], ends[-1]))
        caption = f"أبعد موقفين أحدهما عن الآخر: {low} و{high}"
    subtitle = (
        "كل نقطة تصريح، والخط العمودي القصير موقف الطرف: المتوسط الذي لكل مقال فيه وزن واحد، والشريط الرمادي فترة "
        "الثقة للمتوسط (95%). والنقاط المفرغة توقعات لا تدخل في أي متوسط."
    )
    if len(ends) > 1 and v["minimum"] == 2:
        subtitle += " ولا يُنظر في العنوان إلا إلى من لهم أكثر من تصريح على المقياس."
    alt = (
        f"مخطط نقطي. أصحاب المواقف: {count(v['taken'], ACTOR)}؛ أصحاب التوقعات وحدها: "
        f"{count(v['forecast_only'], ACTOR)}؛ من نُقل كلامهم بلا موقف ولا توقع: {count(v['silent'], ACTOR)}."
    )
    if v["listed"]:
        means = (f"{e['name']} {signed(e['mean'])} ({e['statements']})" for e in v["listed"])
        alt += f" المتوسطات من الأدنى إلى الأعلى، ومعها عدد التصريحات: {list_some(means, most=_MOST_LISTED)}."
    return caption, subtitle, alt


def _month(value: date) -> str:
    return interval_in_words(*widen_to_months(value, value))


def describe_over_time(v: Values, names: Naming) -> tuple[str, str, str]:
    """Say from when the statements are, and when there is no article."""
    caption = "لا موقف في تصريح معلوم التاريخ"
    if v["first"]:
        caption = "لا موقف لأي طرف في مقالات مختلفة التواريخ، فلا يمكن إظهار أي تغيّر"
    if v["gaps"]:
        spans = [f"بين {_month(first)} و{_month(last)}" for first, last in v["gaps"]]
        caption = f"لا مقال {'، ولا '.join(spans)}"
    elif v["followed"]:
        followed = count(v["followed"], ACTOR, case="genitive")
        whole = f"{count(v['actors'], ACTOR, case='genitive')} {UNNAMED_ASIDE}"
        caption = f"من {whole} لا يمكن تتبع سوى موقف {followed} في مقالات مختلفة التواريخ"
        if v["followed"] == v["actors"]:
            caption = f"يمكن تتبع موقف {followed} في مقالات مختلفة التواريخ"
    period = ""
    if v["first"]:
        period = f" ونُشرت التصريحات في {day_in_words(v['first'])}"
        if v["first"] != v["last"]:
            period = f" ونُشرت التصريحات بين {day_in_words(v['first'])} و{day_in_words(v['last'])}"
        period += "."
    subtitle = (
        "التصريحات بحسب تاريخ نشر المقال، لكل فئة ولكل درجة، والرقم عدد التصريحات. والشريط مقال لا يُعرف يوم نشره بل "
        f"مدة وقع فيها، والنقاط المفرغة توقعات.{period}"
    )
    undated = f"، وبلا تاريخ معروف {count(v['undated'], STATEMENT)}" if v["undated"] else ""
    told = f"بتاريخ معروف {count(v['dated'], STATEMENT)}{undated}"
    return caption, subtitle, f"مخطط المواقف عبر الزمن: {told}. {caption}."


def describe_timeline(v: Values, names: Naming) -> tuple[str, str, str]:
    """Say which agreed dates lay ahead, or else how many events are past, planned and hypothetical."""
    caption = counted = "لم يُعثر على حدث مؤرخ"
    if v["events"]:
        kinds = {
            "past": "ما وقع",
            "planned": "ما كان مقرراً",
            "hypothetical": "ما كان متوقعاً أو مطلوباً",
            "did_not_happen": "ما لم يقع",
        }
        told = [
            f"{words} {count(v[kind], EVENT)}"
            + (f" (حتى عام {v['reach']})" if kind == "planned" and v["reach"] else "")
            for kind, words in kinds.items()
            if v[kind]
        ]
        caption = counted = f"{count(v['events'], DATED_EVENT)}: {'؛ و'.join(told)}"
    if v["events"] and v["agreed"]:
        dates = join([interval_in_words(*days) for days in v["agreed"]])
        n = len(v["agreed"])
        due = pick(n, "متفق عليه لم يحلّ", "متفق عليهما لم يحلّا", "متفق عليها لم تحلّ", "متفقاً عليه لم يحلّ")
        caption = f"{count(n, DATE)} {due} عند نشر أحدث مقال: {dates}"
    subtitle = f"{counted}. " if caption != counted else ""
    if v["background"]:
        years = count(v["background_years"], YEAR, case="genitive")
        subtitle += f"ولم يُرسم ما انقضى قبل أقدم مقال بأكثر من {years}، وهو خلفية: {count(v['background'], EVENT)}. "
    subtitle += (
        "الأحداث وحالها كما ذكرتها المقالات وقت النشر، وقد يكون بعضها حدثاً واحداً. والنقطة يوم أو يومان، "
        "والشريط مدة أطول، أو أيام يقع فيها تاريخ غير محدد، والسهم نهاية مفتوحة. وما بين قوسين "
        "معقوفين تاريخ مستنتج لم يُذكر في أي مقال. وقد يكون ما كان مقرراً وقع بعد ذلك على غير ما قُرر."
    )
    return caption, subtitle, f"خط زمني. {counted}" + (f"؛ وأقدمها من عام {v['start']}." if v["start"] else ".")


def describe_voices(v: Values, names: Naming) -> tuple[str, str, str]:
    """Say who is quoted most, and how much has no name to it."""
    caption = "لم يُعثر على أي تصريح"
    if v["camps"]:
        name, most = v["camps"][0]
        caption = f"أكثر الفئات حضوراً: {name} ({count(most, STATEMENT)} من {v['whole']})"
    subtitle = "عدد التصريحات لكل فئة بحسب نوع المصدر، في القضية وفي غيرها."
    subtitle += f" وبلا مصدر مسمّى {count(v['unnamed'], STATEMENT)}." if v["unnamed"] else ""
    listed = list_some((f"{name} {n}" for name, n in v["camps"]), most=_MOST_LISTED)
    return caption, subtitle, f"أعمدة أفقية. {caption}." + (f" بحسب الفئة: {listed}." if listed else "")


def describe_network(v: Values, names: Naming) -> tuple[str, str, str]:
    """Say how many take which side, when that was printed, and how many pairs one article sets against each other."""
    ends = [names.step(-1), names.step(1)]
    sides = [f"الأقرب إلى {end}: {count(v[key], ACTOR)}" for key, end in zip(("low", "high"), ends, strict=True)]
    caption = "لا أحد يأخذ جانباً في القضية"
    if v["low"] and v["high"]:
        caption = f"{sides[0]}؛ و{sides[1]}{_say_years(v['years'])}"
        caption += "" if v["opposite"] else "؛ ولا مقال ينقل عن الجانبين"
    elif v["low"] or v["high"]:
        side = 0 if v["low"] else 1
        caption = f"{sides[side]}؛ ولا أحد أقرب إلى {ends[1 - side]}{_say_years(v['years'])}"
    together = ""
    if v["low"] and v["high"] and v["opposite"]:
        together = f" و{count(v['opposite'], PAIR)} من الجانبين نُقل كلام كل زوج منها في مقال واحد على الأقل."
        together = " وزوج من الجانبين نُقل كلامهما في مقال واحد على الأقل." if v["opposite"] == 1 else together
    drawn = (
        "وفي كل خلية عدد الأزواج من فئتين ممن نقل عنهم مقال واحد: في جانب واحد (=) وفي جانبين متقابلين (≠). "
        if v["is_crowded"]
        else "والخط المتصل يصل بين طرفين متقابلين نقل عنهما مقال واحد، والقوس المتقطع بين طرفين في جانب واحد"
        f"{'، ويزداد سُمكهما بعدد المقالات' if v['is_weighted'] else ''}. "
    )
    subtitle = (
        f"الأطراف التي يبعد متوسطها نصف درجة أو أكثر عن وسط المقياس. {drawn}والوقوف في جانب واحد لا يعني "
        f"العمل معاً ولا القول في وقت واحد.{together}"
    )
    alt = f"مخطط الجانبين. {caption}. الأزواج التي نقل عنها مقال واحد: {count(v['same'], PAIR)} في جانب واحد، و"
    alt += f"{count(v['opposite'], PAIR)} في جانبين متقابلين."
    for key, end in (("low_names", ends[0]), ("high_names", ends[1])):
        alt += f" الأقرب إلى {end}: {list_some(v[key], most=_MOST_LISTED)}." if v[key] else ""
    return caption, subtitle, alt


def _say_years(years: tuple[int, int] | None) -> str:
    """Say when the articles of a chart appeared, as an end of its title."""
    if years is None:
        return ""
    first, last = years
    return f"، في مقالات عام {first}" if first == last else f"، في مقالات من عام {first} إلى {last}"


DESCRIPTIONS: dict[str, Callable[[Values, Naming], tuple[str, str, str]]] = {
    "positions": describe_positions,
    "over_time": describe_over_time,
    "timeline": describe_timeline,
    "voices": describe_voices,
    "network": describe_network,
}
