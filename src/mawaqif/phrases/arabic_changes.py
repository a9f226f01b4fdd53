"""Arabic sentences on what changed since the last edition; built as in `arabic`, so that nothing agrees with a name."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date

from mawaqif.aggregate.changes import Cause
from mawaqif.arabic.numerals import MINUS, count, day_in_words, interval_in_words, make_noun, signed
from mawaqif.phrases.arabic import ACTOR, ARTICLE, POSITION, STATEMENT, add_li, join

HEADING = "ما الذي تغيّر منذ الإصدار السابق"
TITLES = {
    "documents": "المقالات",
    "voices": "الأصوات",
    "positions": "مواقف تحركت",
    "milestones": "المواعيد المتفق عليها",
    "corrections": "تصويبات المحللين",
    "rules": "ما غيّرته القواعد وحدها",
}
_CAUSES = {"documents": "مقالات جديدة أو مسحوبة", "codings": "ترميز المحللين", "rules": "تغير القواعد"}
_ORIGINS = {"vocabulary": "المعجم", "issue": "ملف القضية", "program": "البرنامج"}
_DECISIONS = {"accept": "الإقرار", "change": "التعديل", "reject": "الرفض"}
_RELATIONS = {"contradicts": "يناقض", "doubts": "يشكك في", "confirms": "يؤكد"}
_NEW_STATEMENT = make_noun("تصريح", "تصريحات", "m", adjective=make_noun("جديد", "جديدة", "m"))
_ANALYST = make_noun("محلل", "محللين", "m")


def say_first() -> str:
    """Say that there is no earlier edition."""
    return "هذا هو الإصدار الأول، فليس قبله ما يُقارن به."


def say_nothing(old: date) -> str:
    """Say that nothing differs."""
    return f"لم يتغير شيء منذ إصدار {day_in_words(old)}."


def say_since(old: date) -> str:
    """Introduce the changes."""
    return f"ما يختلف عن إصدار {day_in_words(old)}:"


def say_documents(kind: str, n: int, titles: Sequence[str], more: int) -> str:
    """Say how many articles joined, left or changed, and name them."""
    told = {
        "new": f"أُضيف {count(n, ARTICLE)}",
        "withdrawn": f"سُحب {count(n, ARTICLE)}",
        "revised": f"عُدّل نص {count(n, ARTICLE, case='genitive')} فأُعيد استخراج التصريحات",
    }[kind]
    return f"{told}: {_list(titles, more)}."


def _list(items: Sequence[str], more: int) -> str:
    return "؛ ".join([*items, *([f"و{count(more, ARTICLE)} غير ذلك"] if more else [])])


def say_actors(kind: str, n: int, names: Sequence[str], more: int) -> str:
    """Name those who are quoted for the first time, no longer, or under a registered name from now on."""
    told = {
        "new": "نُقل للمرة الأولى كلام",
        "gone": "لم يعد يُنقل كلام",
        "registered": "أُضيف إلى قائمة الأطراف، وكان يُعرف باسمه في النص وحده، اسم",
    }[kind]
    listed = "، ".join([*names, *([f"و{count(more, ACTOR, case='genitive')} غير ذلك"] if more else [])])
    return f"{told} {count(n, ACTOR, case='genitive')}: {listed}."


def say_statements(joined: int, gone: int) -> str:
    """Say how many statements articles brought and took."""
    parts = [f"جاءت المقالات الجديدة {_add_bi(count(joined, STATEMENT, case='genitive'))}"] if joined else []
    parts += [f"ذهب مع المقالات المسحوبة أو المعدلة {count(gone, STATEMENT)}"] if gone else []
    return f"{'، و'.join(parts)}."


def _add_bi(phrase: str) -> str:
    return f"ب{phrase}" if phrase[:1].isalpha() else f"بـ{phrase}"


def say_move(name: str, old: float, new: float, pole: str, shifts: Mapping[Cause, float]) -> str:
    """Say how far a position moved, towards which end of the scale, and what moved it."""
    told = f"انتقل متوسط {name} من {signed(old)} إلى {signed(new)}، باتجاه {pole}"
    if len(shifts) > 1:
        parts = [f"{signed(shift)} بسبب {_CAUSES[cause]}" for cause, shift in shifts.items()]
        return f"{told}: {join(parts)}."
    return f"{told}، بسبب {_CAUSES[next(iter(shifts))]}."


def say_position_gained(name: str, new: float, cause: Cause) -> str:
    """Say that someone now has a position."""
    return f"صار {add_li(name)} موقف، متوسطه {signed(new)}، بسبب {_CAUSES[cause]}."


def say_position_lost(name: str, old: float, cause: Cause) -> str:
    """Say that someone no longer has a position."""
    return f"لم يعد في المقالات موقف منقول عن {name}، بسبب {_CAUSES[cause]}؛ وكان متوسطه {signed(old)}."


def say_more_moves(n: int) -> str:
    """Say that further positions moved."""
    return f"وتحرك {count(n, POSITION)} غير ذلك، في جدول التغيرات."


def say_milestone(kind: str, name: str, old: tuple[date, date] | None, new: tuple[date, date] | None) -> str:
    """Say what became of a milestone."""
    if kind == "came":
        return f"انقضى الموعد المحدد: {name} ({_days(new)})."
    if kind == "moved":
        return f"تغير الموعد في ملف القضية: {name}، وهو الآن {_days(new)} بعد أن كان {_days(old)}."
    if kind == "added":
        return f"أُضيف موعد إلى ملف القضية: {name} ({_days(new)})."
    return f"حُذف موعد من ملف القضية: {name} ({_days(old)})."


def say_told_milestone(relation: str, n: int, name: str) -> str:
    """Say that new statements contradict, doubt or confirm a milestone."""
    return f"{name}: {_RELATIONS[relation]} هذا الموعد {count(n, _NEW_STATEMENT)}."


def _days(days: tuple[date, date] | None) -> str:
    return interval_in_words(*days) if days else MINUS


def say_corrections(n: int, decisions: Mapping[str, int], coders: int) -> str:
    """Say how many decisions analysts added, and of what kind."""
    parts = [f"{_DECISIONS.get(name, name)} {found}" for name, found in decisions.items()]
    who, what = (count(k, noun, case="genitive") for k, noun in ((coders, _ANALYST), (n, STATEMENT)))
    return f"قرارات {who} في {what}: {'، '.join(parts)}."


def say_origins(names: Sequence[str]) -> str:
    """Say what else than articles and codings changed."""
    return f"تغير منذ ذلك الحين {join([_ORIGINS.get(name, name) for name in names])}."


def say_recoded(recoded: int, found: int, dropped: int) -> str:
    """Say what became of statements in articles that did not change."""
    parts = [f"تغير ترميز {count(recoded, STATEMENT, case='genitive')}"] if recoded else []
    parts += [f"رُصد {count(found, STATEMENT)} للمرة الأولى"] if found else []
    parts += [f"لم يعد {count(dropped, STATEMENT)} في عداد التصريحات"] if dropped else []
    return f"في مقالات بقيت على حالها، ولهذا السبب وحده: {'، و'.join(parts)}."
