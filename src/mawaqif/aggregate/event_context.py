"""Gives the name of an event what its article says around it: whose it is and of what, and whether it is one at all.

A description is cut out of its sentence, and what it points back to stays behind: «سحب قواته» does not say whose. The
sentence is asked in this order: a clause that governs the description and names who acts; a fuller name of the same
thing earlier in the paragraph; the actor that the sentence names first. A sentence mostly goes on about what it names
first, its subject before all else (Grosz, Joshi and Weinstein 1995, "Centering").
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from mawaqif.aggregate.event_phrases import EventVerbs, is_dating_words, name_event
from mawaqif.aggregate.event_words import MOST_CHARACTERS, trim_label
from mawaqif.arabic.text import fold

REACH = 400
"""Characters of an article before a description in which its sentence and paragraph are looked for."""
MOST_BEFORE = 4
"""Words of a label among which a pronoun is looked for: what stands further on mostly belongs to those before it."""
BETWEEN = 3
"""Characters that may part two names of one actor: «إدارة الرئيس جو بايدن»."""


def _split(words: str) -> frozenset[str]:
    return frozenset(fold(word) for word in words.split())


_END = re.compile(r"[.!?؟\n]")
_THAT = re.compile(r"(?:^|\s)(?:[وفب]?[أإا]ن|ب[أا]ن)\s+")
_SO_FAR = re.compile(r"^(?:حتي|الي|لغايه|ولغايه|وحتي)(?: ?(?:هذه|هذا))? (?:الان|اللحظه|الساعه|اليوم|الوقت|حينه)$")
_NO_SUCH = re.compile(r"(?:^|\s)[وف]?لم .*?\b(?:اي|ايه|ايا|شي|شيء|شييا|احد|احدا)(?: |$)")
_CONTENTLESS = _split("حصل جرى حدث تم وقع يحصل يجري يحدث")
_CAME = _split("جاء جاءت وجاء وجاءت أتى أتت وأتى وأتت فجاء فجاءت")
_RELATIVES = ("الذي", "التي", "الذين")
_PREPOSITIONS = _split("في من إلى على عن مع ضد حول بين قبل بعد منذ خلال مثل لدى بـ")
_QUOTES = "“”\"«»'‘’()"
_ADJECTIVE = re.compile(r"ال\w+(?:ي|ية|يين|يون|يان|يتين|يتان)")
_POSSESSED = re.compile(r"^(?:[ولب]|لل)?\w{2,}?(?P<pronoun>هما|هم|هن|ها|ه)$")
_NO_PRONOUN = _split(
    "هذه وهذه بهذه لهذه وجه اتجاه باتجاه تجاه انتباه مياه شبه تنبيه توجيه بتوجيه نزيه تشبيه ترفيه إكراه فقه كره "
    "مكروه تفاهم وتفاهم سهم أسهم مهم فهم وهم درهم متهم أهم نبيه رفاه سفيه أشباه أوجه "
    "ساهم يساهم تساهم داهم ألهم اتهم يتهم تتهم تفهم يفهم نفهم"
)
_NOT_DONE = ("شهود", "معرفة", "عيش")
"""Nouns of verbs by which news says where something was («شهدت المدينة حملة»): as names of events they mislead."""
_AT_HERS = re.compile(r"^(?:و|ف)?(?:كان|كانت|يكون|تكون)? ?(?:لدي|عند)(?:ه|ها|هم|هما) ")
_OUGHT_TO = re.compile(r"(?:^|[\s\"“«])[وف]?على (?P<who>ال\S+(?: ال\S+){0,2}) أن$")
"""«على الشركات الأجنبية أن»: who is to do what follows."""
_SPECIFIES = ("القاضي", "القاضية", "الداعي", "الداعية", "المتعلق", "المتعلقة", "الخاص", "الخاصة", "بشأن", "حول")
_WANTS_CONTENT = _split("قرار القرار دعوة الدعوة طلب الطلب اتفاق تعهد وعد خطة مطالبة")


class Name(NamedTuple):
    """A registered actor where an article names it.

    Attributes:
        start: First character.
        end: Character after the last.
        is_person: Whether it is one.
        gender: `m` or `f` where the register says so, else an empty text.
    """

    start: int
    end: int
    is_person: bool
    gender: str


@dataclass(frozen=True)
class Around:
    """What stands before a description.

    Attributes:
        before: Its sentence up to it, without the date expression.
        paragraph: What stands before it in the same paragraph, at most `REACH` characters.
        names: The registered actors of the sentence before it, in their order, each with its words.
    """

    before: str = ""
    paragraph: str = ""
    names: tuple[tuple[Name, str], ...] = ()


NOTHING_AROUND = Around()
"""What is known without the article."""


def look_around(text: str, what: str, *, start: int, end: int, names: Sequence[Name]) -> Around:
    """Return what stands before a description in its article.

    Args:
        text: The source.
        what: The description as it stands there.
        start: Where its date expression begins.
        end: Where that ends.
        names: The registered actors of the article in order of place.
    """
    at = text.rfind(what, max(0, start - REACH), min(len(text), end + REACH))
    at = start if at < 0 else at
    begin = max([m.end() for m in _END.finditer(text, max(0, at - REACH), at)], default=max(0, at - REACH))
    top = max(text.rfind("\n", 0, at) + 1, at - REACH)
    before = f"{text[begin:start]} {text[end:at]}" if begin <= start < at else text[begin:at]
    found = _join_names([name for name in names if begin <= name.start and name.end <= at])
    spoken = tuple((name, _squeeze(text[name.start : name.end])) for name in found)
    return Around(_squeeze(before), _squeeze(text[top:at]), spoken)


def _join_names(names: Sequence[Name]) -> list[Name]:
    """Join names right beside each other: an office and who holds it."""
    joined: list[Name] = []
    for name in names:
        if joined and 0 <= name.start - joined[-1].end < BETWEEN:
            joined[-1] = joined[-1]._replace(end=name.end)
        elif not joined or name.start >= joined[-1].end:
            joined.append(name)
    return joined


def _squeeze(text: str) -> str:
    return " ".join(text.split())


# --- no event --------------------------------------------------------------------------------------------------------


def tells_no_event(what: str, quote: str, *, verbs: EventVerbs | None, is_name: bool) -> bool:
    """Say whether what an article dates is nothing that took place, will, or failed to.

    That nothing of a kind has happened («لم تصدر أي تعليمات»), or not so far («حتى الآن»), is the absence of events;
    a verb or noun of saying alone dates the words that follow it, which are a statement; and a mere name with a time
    («والأردن في التسعينيات») leaves what happened to the words before it, which have a date of their own.

    Args:
        what: The description.
        quote: Its date expression.
        verbs: Known verbs; without them no verb of saying is known.
        is_name: Whether the description, its date aside, is no more than the name of a registered actor.
    """
    described, dated = fold(_squeeze(what)), fold(_squeeze(quote))
    is_negated = re.search(r"(?:^|\s)[وف]?لم ", f" {described}") is not None
    if is_negated and (_SO_FAR.match(dated) or _NO_SUCH.search(described)):
        return True
    return is_name or (verbs is not None and is_dating_words(what, verbs))


def is_bare_name(what: str, quote: str, *, text: str, start: int, names: Sequence[Name]) -> bool:
    """Say whether a description holds its own date, and beside that only a registered actor's name."""
    bare = _squeeze(what.replace(quote, " "))
    words = [word for word in bare.split() if fold(word) not in _PREPOSITIONS and fold(word) not in ("و", "او")]
    if quote not in what or not words or len(words) > 3:
        return False
    near = (_squeeze(text[n.start : n.end]) for n in names if abs(n.start - start) < REACH)
    return " ".join(words).removeprefix("و") in set(near)


def takes_up(what: str) -> str:
    """Say which event a description takes up that tells of none itself.

    Returns:
        `days` for one that only says that something happened («ما حصل»), which is the event of the same days; `before`
        for one that puts a thing just told into its time («وجاء القرار»); else an empty text.
    """
    words = [fold(word) for word in what.split()]
    if len(words) == 2 and words[0] in ("ما", "وما") and words[1] in _CONTENTLESS:
        return "days"
    return "before" if len(words) == 2 and words[0] in _CAME and words[1].startswith("ال") else ""


# --- names that stand alone ------------------------------------------------------------------------------------------


def complete(label: str, what: str, around: Around, *, verbs: EventVerbs | None) -> str:
    """Return a label that stands alone, as far as the article before it gives what it lacks; else the label itself.

    Args:
        label: The name made of the description.
        what: The description.
        around: What stands before it (`look_around`).
        verbs: Known verbs.
    """
    if _AT_HERS.match(fold(_squeeze(what))) and (place := _find_relative_head(around.before)):
        label = _fit(f"{label} لدى {place}", label)
    if (who := _OUGHT_TO.search(around.before)) and _is_clause(what, verbs) and not _is_clause(label, verbs):
        noun, *rest = label.split()
        return _fit(" ".join([noun, who["who"], *rest]), label)
    if has_open_pronoun(label) and not _is_clause(label, verbs):
        return _fit(_name_governing(what, around, verbs), "") or _fit(_name_owner(label, around), label)
    return _fit(_specify(label, around.paragraph, verbs), label)


def _fit(longer: str, label: str) -> str:
    return longer if longer and len(longer) <= MOST_CHARACTERS else label


def has_open_pronoun(label: str) -> bool:
    """Say whether a label has a pronoun that nothing before it in the label can stand for: «سحب قواته»."""
    for word in label.split()[:MOST_BEFORE]:
        bare = word.strip("«»\"“”'،,.()")
        if bare.startswith(("ال", "وال", "بال", "لل", "فال", "كال")):
            return False
        if fold(bare) not in _NO_PRONOUN and _POSSESSED.match(bare):
            return True
    return False


def _find_relative_head(before: str) -> str:
    """Return the noun that a relative clause at the end of some words describes: «دول مثل تونس التي»."""
    words = before.split()
    if len(words) < 2 or words[-1] not in _RELATIVES:
        return ""
    head = [words[-2]]
    for word in reversed(words[:-2]):
        if not (head[0].startswith("ال") and word.startswith("ال")):
            is_construct = head[0].startswith("ال") and fold(word) not in _PREPOSITIONS and word[-1:] not in "،,.:"
            head = [word, *head] if is_construct and len(head) == 1 and len(word) > 2 else head
            break
        head = [word, *head]
    return " ".join(head).strip("،,")


def _name_governing(what: str, around: Around, verbs: EventVerbs | None) -> str:
    """Return the name of the clause that a description is part of: «قرار الوزير سحب لجانه»; empty if nobody."""
    if verbs is None:
        return ""
    before = f"{around.before} "
    that = list(_THAT.finditer(before))
    clause = _squeeze(f"{before[that[-1].end() :] if that else before} {what}".replace("،", " "))
    is_inner = _is_clause(what, verbs) or any(word in _RELATIVES for word in clause.split())
    name = "" if is_inner else name_event(clause, verbs)
    is_named = (
        bool(name)
        and name.split()[0] not in _NOT_DONE
        and not clause.endswith(name)
        and _squeeze(what) in name
        and not has_open_pronoun(name)
    )
    return trim_label(name) if is_named and len(name) <= MOST_CHARACTERS else ""


def _is_clause(words: str, verbs: EventVerbs | None) -> bool:
    """Say whether words begin with a finite verb: a known one, or one that ends like a feminine perfect («دارت»)."""
    first = words.split()[0] if words.split() else ""
    looks_like = first.endswith("ت") and not first.endswith("ات") and not first.startswith("ال") and len(first) < 6
    form = verbs.get(first) if verbs is not None else None
    return looks_like or (form is not None and fold(form.noun or "") != fold(first))  # «سحب» is also a noun


def _name_owner(label: str, around: Around) -> str:
    """Return a label headed by the actor that its pronoun can stand for: the first that the sentence names."""
    pronoun = next((m["pronoun"] for word in label.split()[:MOST_BEFORE] if (m := _POSSESSED.match(word))), "")
    for name, words in around.names:
        can_be = name.gender != "f" if pronoun == "ه" else not (name.is_person and name.gender != "f")
        if can_be:
            spoken = re.sub(r"^لل", "ال", words)
            return f"{spoken}: {label}"
    return ""


def _specify(label: str, paragraph: str, verbs: EventVerbs | None) -> str:
    """Return a label whose bare definite noun has the fuller name that the paragraph has just given the same thing."""
    words = label.split()
    for place, word in enumerate(words[:2]):
        follows = words[place + 1] if place + 1 < len(words) else ""
        if (
            len(word) > 4
            and word.startswith("ال")
            and not follows.startswith(("ال", "و"))
            and follows not in _RELATIVES
        ):
            fuller = _find_fuller(word.removeprefix("ال"), paragraph, verbs)
            return " ".join([*words[:place], fuller, *words[place + 1 :]]) if fuller else ""
    return ""


def _find_fuller(noun: str, paragraph: str, verbs: EventVerbs | None) -> str:
    """Return the last place at which a noun has its complement: «قانون حماية المستهلك», «العلاقة التجارية»."""
    words, found = paragraph.split(), ""
    for place, word in enumerate(words):
        bare = re.sub(r"^[ولبف](?=ال)", "", word.strip(_QUOTES))
        follows = words[place + 1 : place + 7]
        if bare == f"ال{noun}":
            fuller = [bare, *_take(follows, lambda other: _ADJECTIVE.fullmatch(other) is not None)]
        elif bare == noun:
            fuller = [bare, *_take_complement(follows, verbs)]
        else:
            continue
        found = " ".join(fuller) if len(fuller) > 1 else found
    return found


def _take(words: Sequence[str], belongs: Callable[[str], bool]) -> list[str]:
    """Return the first words that belong to a phrase, which a comma or a closing mark ends."""
    taken: list[str] = []
    for word in words:
        if not belongs(bare := word.strip(_QUOTES + "،,.؛")):
            break
        taken.append(bare)
        if bare != word.lstrip(_QUOTES):
            break
    return taken


def _take_complement(words: Sequence[str], verbs: EventVerbs | None) -> list[str]:
    """Return what makes an indefinite noun definite: at most one noun without article, then definite words."""
    inner = [word for word in words[:1] if not word.startswith("ال")]
    is_verb = bool(inner) and verbs is not None and verbs.get(inner[0]) is not None
    if inner and (is_verb or not inner[0].isalpha() or fold(inner[0]) in _PREPOSITIONS):
        return []
    definite = _take(words[len(inner) :], lambda word: word.startswith("ال") or word in ("من", "في"))
    while definite and definite[-1] in ("من", "في"):
        definite.pop()
    return [*inner, *definite] if definite and definite[0].startswith("ال") and definite[0] not in _RELATIVES else []


def wants_content(label: str, after: str) -> str:
    """Return the content of a decision or an appeal that a date has parted from it: «دعوة من الوزير … لتأجيل الدراسة».

    Args:
        label: The name made of the description.
        after: What follows the date in its clause.
    """
    words = after.split()
    if not words or not label or fold(label.split()[0]) not in _WANTS_CONTENT:
        return ""
    is_purpose = len(words[0]) > 3 and words[0].startswith("ل") and not words[0].startswith("لل") and len(words) > 1
    return after if words[0] in _SPECIFIES or is_purpose else ""
