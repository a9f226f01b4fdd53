"""Puts the difference between two editions into words, in English and in Arabic, for the screen and for the pages.

Names and titles may come from articles, so every text here is plain: a page escapes it, and a terminal shows it. Such
words stand between isolates (U+2068, U+2069), so that a line keeps its direction.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from mawaqif.arabic import numerals
from mawaqif.arabic.numerals import Noun, make_noun
from mawaqif.phrases import arabic, english
from mawaqif.phrases.naming import strip_gloss

FSI, PDI = "\u2068", "\u2069"
MOST_PASSAGES = 5
MOST_ITEMS = 40

HEADINGS: dict[str, dict[str, str]] = {
    "documents": {"en": "Articles", "ar": "المقالات"},
    "actors": {"en": "Voices", "ar": "المتحدثون"},
    "statements": {"en": "Statements", "ar": "التصريحات"},
    "positions": {"en": "Positions that moved", "ar": "مواقف تحركت"},
    "milestones": {"en": "Milestones", "ar": "المواعيد المتفق عليها"},
    "corrections": {"en": "Corrections by analysts", "ar": "تصحيحات المحللين"},
    "rules": {
        "en": "Changed only because the vocabulary, the issue file or the program changed",
        "ar": "ما لم يتغير إلا لتغيّر المفردات أو ملف القضية أو البرنامج",
    },
}
_LABELS: dict[str, dict[str, str]] = {
    "documents.new": {"en": "New: {}", "ar": "جديد: {}"},
    "documents.withdrawn": {"en": "Withdrawn: {}", "ar": "سُحب: {}"},
    "documents.changed": {"en": "Text changed: {}", "ar": "تغيّر نصه: {}"},
    "actors.new": {"en": "Quoted for the first time: {}", "ar": "يُنقل عنه للمرة الأولى: {}"},
    "actors.withdrawn": {"en": "No longer quoted: {}", "ar": "لم يعد يُنقل عنه: {}"},
    "milestones.came": {"en": "Its day has come: {} ({})", "ar": "حلّ موعده: {} ({})"},
    "milestones.slipped": {"en": "Put off: {} ({})", "ar": "أُجّل: {} ({})"},
    "milestones.brought_forward": {"en": "Brought forward: {} ({})", "ar": "قُدّم: {} ({})"},
    "contradicts": {"en": "A statement speaks against it: {}", "ar": "تصريح يخالفه: {}"},
    "doubts": {"en": "A statement doubts it: {}", "ar": "تصريح يشكك فيه: {}"},
    "first_position": {"en": "{}: first position, at {}", "ar": "{}: أول موقف، عند {}"},
    "no_position": {"en": "{}: no position any more (was {})", "ar": "{}: لم يعد له موقف (كان {})"},
    "moved": {"en": "{}: from {} to {}", "ar": "{}: من {} إلى {}"},
    "files": {"en": "Changed: {}", "ar": "تغيّر: {}"},
    "program": {"en": "the program", "ar": "البرنامج"},
    "undated": {"en": "undated", "ar": "بلا تاريخ"},
    "untitled": {"en": "without a title", "ar": "بلا عنوان"},
    "more": {"en": "and {} more", "ar": "وغيرها ({})"},
    "stance": {"en": "stance", "ar": "الموقف"},
    "modality": {"en": "kind", "ar": "النوع"},
    "speaker_id": {"en": "speaker", "ar": "المتحدث"},
    "speaker_name": {"en": "name of the speaker", "ar": "اسم المتحدث"},
    "issue": {"en": "issue", "ar": "القضية"},
    "coder": {"en": "coded by", "ar": "جهة الترميز"},
    "rejected": {"en": "Struck out", "ar": "شُطب"},
    "added": {"en": "Put back", "ar": "أُعيد"},
    "none": {"en": "none", "ar": "لا شيء"},
    "first_edition": {
        "en": "This is the first edition; there is nothing to compare it with.",
        "ar": "هذا أول إصدار، فلا سابق يُقارن به.",
    },
    "nothing": {
        "en": "Nothing that a reader could see has changed since the last edition.",
        "ar": "لم يتغير منذ الإصدار السابق شيء يراه القارئ.",
    },
}
_NEW = make_noun("تصريح", "تصريحات", "m", adjective=make_noun("جديد", "جديدة", "m"))
_GONE = make_noun("تصريح", "تصريحات", "m", adjective=make_noun("مسحوب", "مسحوبة", "m"))
_RECODED = make_noun("تصريح", "تصريحات", "m", adjective=make_noun("معدَّل الترميز", "معدَّلة الترميز", "m"))
_ARTICLE = make_noun("مقال", "مقالات", "m", adjective=make_noun("جديد", "جديدة", "m"))
_MOVED = make_noun("موقف", "مواقف", "m", adjective=make_noun("متحرك", "متحركة", "m"))


@dataclass(frozen=True)
class Item:
    """One line of what changed, and the passages behind it (untrusted Arabic text)."""

    text: str
    passages: tuple[str, ...] = ()


@dataclass(frozen=True)
class Section:
    """A heading and its lines."""

    title: str
    items: tuple[Item, ...]


def tell_difference(difference: Mapping[str, Any] | None, *, language: str) -> list[Section]:
    """Return what changed as sections with at least one line; None stands for a first edition."""
    if difference is None:
        return [Section("", (Item(_label("first_edition", language)),))]
    quotes = _collect_quotes(difference)
    tellers: dict[str, Callable[..., list[Item]]] = {
        "documents": _tell_documents,
        "actors": _tell_actors,
        "statements": _tell_statements,
        "positions": _tell_positions,
        "milestones": _tell_milestones,
        "corrections": _tell_corrections,
        "rules": _tell_rules,
    }
    sections = []
    for name, teller in tellers.items():
        items = teller(difference[name], language, quotes)
        if len(items) > MOST_ITEMS:
            more = Item(_label("more", language).format(len(items) - MOST_ITEMS))
            items = [*items[:MOST_ITEMS], more]
        if items:
            sections.append(Section(HEADINGS[name][language], tuple(items)))
    return sections or [Section("", (Item(_label("nothing", language)),))]


def summarise(difference: Mapping[str, Any] | None, *, language: str) -> str:
    """Return one line on what changed, for the list of editions and the feed."""
    if difference is None:
        return _label("first_edition", language)
    documents, statements = difference["documents"]["new"], difference["statements"]["new"]
    counts: list[tuple[int, str, Noun]] = [
        (len(documents), "new article", _ARTICLE),
        (len(statements), "new statement", _NEW),
        (len(difference["positions"]), "position that moved", _MOVED),
    ]
    plurals = {"position that moved": "positions that moved"}
    told = [
        numerals.count(n, noun) if language == "ar" else english.count(n, word, plurals.get(word))
        for n, word, noun in counts
        if n
    ]
    if not told:
        return _label("nothing" if not difference["rules"]["changed"] else "files", language).format(
            _list_inputs(difference["rules"]["changed"], language)
        )
    joined = arabic.join(told) if language == "ar" else english.join(told)
    return f"{english.capitalise(joined)}."


# --- lines -----------------------------------------------------------------------------------------------------------


def _label(key: str, language: str) -> str:
    return _LABELS[key][language]


def _isolate(text: object) -> str:
    kept = "".join(c for c in " ".join(str(text).split()) if c.isprintable() or c in "\u200c\u200d")
    return f"{FSI}{kept}{PDI}"


def _collect_quotes(difference: Mapping[str, Any]) -> dict[str, str]:
    groups = (difference["statements"], difference["rules"]["statements"])
    return {c["statement_id"]: c["quote"] for g in groups for changes in g.values() for c in changes}


def _tell_documents(documents: Mapping[str, Any], language: str, quotes: Mapping[str, str]) -> list[Item]:
    items = []
    for kind in ("new", "withdrawn", "changed"):
        for document in documents[kind]:
            title = _isolate(document["title"] or document["doc_id"])
            about = [_isolate(document["outlet"])] if document["outlet"] else []
            told = " · ".join([title, *about, _when(document, language)])
            items.append(Item(_label(f"documents.{kind}", language).format(told)))
    return items


def _when(document: Mapping[str, Any], language: str) -> str:
    first = document["published"] or document["published_earliest"]
    last = document["published"] or document["published_latest"]
    if not first or not last:
        return _label("undated", language)
    return _interval(first, last, language)


def _interval(first: str, last: str, language: str) -> str:
    days = date.fromisoformat(first), date.fromisoformat(last)
    return numerals.interval_in_words(*days) if language == "ar" else english.interval(*days)


def _name(actor: Mapping[str, Any], language: str) -> str:
    name = str(actor["name_ar" if language == "ar" else "name_en"])
    return _isolate(strip_gloss(name) if actor["is_registered"] else name)


def _tell_actors(actors: Mapping[str, Any], language: str, quotes: Mapping[str, str]) -> list[Item]:
    return [
        Item(_label(f"actors.{kind}", language).format(_name(actor, language)))
        for kind in ("new", "withdrawn")
        for actor in actors[kind]
    ]


def _tell_statements(statements: Mapping[str, Any], language: str, quotes: Mapping[str, str]) -> list[Item]:
    told = []
    for kind, words, noun in (
        ("new", ("new statement", None), _NEW),
        ("withdrawn", ("statement withdrawn", "statements withdrawn"), _GONE),
        ("recoded", ("statement coded otherwise", "statements coded otherwise"), _RECODED),
    ):
        if n := len(statements[kind]):
            text = numerals.count(n, noun) if language == "ar" else english.count(n, *words)
            told.append(Item(f"{english.capitalise(text)}."))
    return told


def _tell_positions(positions: Sequence[Any], language: str, quotes: Mapping[str, str]) -> list[Item]:
    items = []
    for position in positions:
        passages = tuple(quotes[i] for i in position["statement_ids"] if i in quotes)[:MOST_PASSAGES]
        items.append(Item(_tell_move(position, language), passages))
    return items


def _tell_move(position: Mapping[str, Any], language: str) -> str:
    name = _name(position, language)
    signed = numerals.signed if language == "ar" else english.signed
    was, now = (None if position[k] is None else signed(position[k]) for k in ("was", "now"))
    if was is None:
        return _label("first_position", language).format(name, now)
    if now is None:
        return _label("no_position", language).format(name, was)
    return _label("moved", language).format(name, was, now)


def _tell_milestones(milestones: Mapping[str, Any], language: str, quotes: Mapping[str, str]) -> list[Item]:
    items = []
    name = "name_ar" if language == "ar" else "name_en"
    for kind in ("came", "slipped", "brought_forward"):
        for m in milestones[kind]:
            when = _interval(m["milestone_first"], m["milestone_last"], language)
            if kind != "came":
                was = _interval(m["was_first"], m["was_last"], language)
                when = f"{was} ← {when}" if language == "ar" else f"{was} → {when}"
            items.append(Item(_label(f"milestones.{kind}", language).format(m[name], when)))
    for m in milestones["contradicted"]:
        passages = (quotes[m["statement_id"]],) if m["statement_id"] in quotes else ()
        items.append(Item(_label(m["relation"], language).format(m[name]), passages))
    return items


def _tell_corrections(corrections: Sequence[Any], language: str, quotes: Mapping[str, str]) -> list[Item]:
    items = []
    for change in corrections:
        text = _label({"withdrawn": "rejected", "new": "added"}.get(change["kind"], "none"), language)
        if change["kind"] == "recoded":
            text = ("، " if language == "ar" else ", ").join(
                f"{_label(key, language)} {_value(change['was'][key], language)} → {_value(now, language)}"
                if language == "en"
                else f"{_label(key, language)} {_value(change['was'][key], language)} ← {_value(now, language)}"
                for key, now in change["now"].items()
                if now != change["was"][key] and key != "coder"
            )
        items.append(Item(english.capitalise(text or _label("coder", language)), (change["quote"],)))
    return items


def _value(value: Any, language: str) -> str:
    if value is None:
        return _label("none", language)
    if isinstance(value, int):
        return arabic.step(value) if language == "ar" else english.signed_step(value)
    return _isolate(value)


def _tell_rules(rules: Mapping[str, Any], language: str, quotes: Mapping[str, str]) -> list[Item]:
    items = _tell_statements(rules["statements"], language, quotes) + _tell_positions(
        rules["positions"], language, quotes
    )
    if rules["changed"] and items:
        return [Item(_label("files", language).format(_list_inputs(rules["changed"], language))), *items]
    return items


def _list_inputs(names: Sequence[str], language: str) -> str:
    told = [_label("program", language) if n == "program" else _isolate(n.removeprefix("vocabulary/")) for n in names]
    return arabic.join(told) if language == "ar" else english.join(told)
