"""The Arabic words around each chart: caption (the finding), subtitle (what is measured) and alternative text."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from mawaqif.arabic.numerals import count, day_in_words, signed
from mawaqif.phrases.arabic import (
    ACTOR,
    ARTICLE,
    DATED_MENTION,
    MENTION,
    STATEMENT,
    Values,
    join,
    list_some,
    say_gap,
    step,
)
from mawaqif.phrases.naming import Naming

_CODERS = {"reference": "ترميز مرجعي", "analyst": "ترميز محلل", "rules": "ترميز آلي بالقواعد"}
_CODED_BY = {"reference": "الترميز المرجعي", "analyst": "المحللين", "rules": "القواعد"}
_MOST_LISTED = 12
_MOST_SILENT = 15


def describe_source(v: Values) -> str:
    """Return the source line."""
    period = f" ({v['period']})" if v["period"] else ""
    coders = f"؛ {join([_CODERS[c] for c in v['coders']])}" if v["coders"] else ""
    articles = count(v["articles"], ARTICLE, case="genitive")
    drawn = " في القضية" if v["on_issue"] else ""
    return f"المصدر: {count(v['statements'], STATEMENT)}{drawn} في {articles}{period}{coders}."


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
        caption = f"لا موقف معلناً إلا لطرف مسمى واحد ({ends[0]['name']})، عند {signed(ends[0]['mean'])}"
    elif ends and ends[0]["mean"] == ends[-1]["mean"]:
        caption = f"متوسط كل المواقف المعلنة واحد: {signed(ends[0]['mean'])}"
    elif ends:
        whose = "مواقف من لهم أكثر من موقف معلن" if v["minimum"] == 2 else "المواقف المعلنة"
        low, high = (f"{signed(e['mean'])} ({e['name']})" for e in (ends[0], ends[-1]))
        caption = f"{whose} تمتد من {low} إلى {high}"
    steps = "، ".join(f"{step(point.value)} {names.step(point.value)}" for point in names.issue.scale)
    subtitle = (
        f"كل نقطة تصريح على المقياس: {steps}؛ وما اجتمع منها في موضع واحد وُزّع أفقياً ليُرى كله. والعلامة الداكنة "
        "متوسط مواقف الطرف، ولكل مقال فيه وزن واحد، والشريط الرمادي مداها. والنقاط المفرغة "
        f"توقعات لا تدخل في أي متوسط.{_name_silent(v)}"
    )
    alt = (
        f"مخطط نقطي. أصحاب المواقف: {count(v['taken'], ACTOR)}؛ أصحاب التوقعات وحدها: "
        f"{count(v['forecast_only'], ACTOR)}؛ من نُقل كلامهم بلا موقف ولا توقع: {count(v['silent'], ACTOR)}."
    )
    if v["listed"]:
        means = (f"{e['name']} {signed(e['mean'])} ({e['statements']})" for e in v["listed"])
        alt += f" المتوسطات من الأدنى إلى الأعلى، ومعها عدد التصريحات: {list_some(means, most=_MOST_LISTED)}."
    return caption, subtitle, alt


def _name_silent(v: Values) -> str:
    """Name those who are quoted without a position, and count those whose names are article text."""
    told = [*v["silent_names"][:_MOST_SILENT]]
    more = len(v["silent_names"]) - len(told) + v["silent_unlisted"]
    others = [f"وغيرهم ({more})" if told else f"{count(more, ACTOR)} خارج السجل"] if more else []
    return f" ونُقل كلام هؤلاء بلا موقف: {'، '.join([*told, *others])}." if told or others else ""


def describe_over_time(v: Values, names: Naming) -> tuple[str, str, str]:
    """Say from when the statements are, and when there is no article."""
    caption = "لا موقف في تصريح معلوم التاريخ"
    if v["first"]:
        caption = f"نُشرت التصريحات في {day_in_words(v['first'])}"
        if v["first"] != v["last"]:
            caption = f"نُشرت التصريحات بين {day_in_words(v['first'])} و{day_in_words(v['last'])}"
        caption += f"، {say_gap(*v['gap'])}" if v["gap"] else ""
    subtitle = (
        "التصريحات بحسب تاريخ نشر المقال، ولكل معسكر لوحة؛ والشريط مقال لا يُعرف يوم نشره بل مدة وقع فيها، والنقاط "
        "المفرغة توقعات."
    )
    undated = f"، وبلا تاريخ معروف {count(v['undated'], STATEMENT)}" if v["undated"] else ""
    told = f"بتاريخ معروف {count(v['dated'], STATEMENT)}{undated}"
    return caption, subtitle, f"مخطط المواقف عبر الزمن: {told}. {caption}."


def describe_timeline(v: Values, names: Naming) -> tuple[str, str, str]:
    """Say how many events are past, planned and hypothetical."""
    caption = "لم يُعثر على حدث مؤرخ"
    if v["events"]:
        kinds = {"past": "ما حدث", "planned": "ما كان مقرراً وقت النشر", "hypothetical": "ما هو محتمل (متوقَّع أو مطلوب)"}
        told = join([f"{count(v[kind], MENTION)} إلى {words}" for kind, words in kinds.items() if v[kind]])
        caption = f"{count(v['events'], DATED_MENTION)} إلى {'حدث' if v['events'] == 1 else 'أحداث'}: {told}"
        caption += f"، ويبلغ المقرر منها عام {v['reach']}" if v["reach"] else ""
    subtitle = (
        "الأحداث التي تؤرخها المقالات: النقطة يوم، والشريط مدة يقع فيها تاريخ غير محدد، والسهم نهاية مفتوحة. والمقرر "
        "وقت النشر ما كان معلناً حينئذ."
    )
    return caption, subtitle, f"خط زمني. {caption}" + (f"؛ وأقدمها من عام {v['start']}." if v["start"] else ".")


def describe_voices(v: Values, names: Naming) -> tuple[str, str, str]:
    """Say who is quoted most, and how much has no name to it."""
    caption = "لم يُعثر على أي تصريح"
    if v["camps"]:
        name, most = v["camps"][0]
        whole = count(v["whole"], STATEMENT, case="genitive")
        caption = f"أكثر المعسكرات حضوراً: {name} ({count(most, STATEMENT)} من أصل {whole})"
        caption += f"، ولمصادر لم تُذكر أسماؤها {count(v['unnamed'], STATEMENT)}" if v["unnamed"] else ""
    subtitle = "عدد التصريحات لكل معسكر بحسب نوع المصدر، في القضية وفي غيرها."
    listed = list_some((f"{name} {n}" for name, n in v["camps"]), most=_MOST_LISTED)
    return caption, subtitle, f"أعمدة أفقية. {caption}." + (f" بحسب المعسكر: {listed}." if listed else "")


DESCRIPTIONS: dict[str, Callable[[Values, Naming], tuple[str, str, str]]] = {
    "positions": describe_positions,
    "over_time": describe_over_time,
    "timeline": describe_timeline,
    "voices": describe_voices,
}
