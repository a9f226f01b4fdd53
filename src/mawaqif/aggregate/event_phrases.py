"""Turns the words that an article dates into the name of an event: a verbal noun with what belongs to it.

An article tells events in clauses («أعلنت الوزارة التأجيل»); a timeline names them («إعلان الوزارة التأجيل»). The
clause is taken apart by its structure alone: leading particles, subject, verb, complement.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import NamedTuple

from mawaqif.arabic.lemmas import verb_forms
from mawaqif.arabic.text import fold
from mawaqif.arabic.verbal_nouns import is_often_intransitive, make_verbal_noun
from mawaqif.vocabulary import CuesFile


def _split(words: str) -> frozenset[str]:
    return frozenset(fold(word) for word in words.split())


_LIGHT = _split("تم جرى حصل حدث جاء أتى")
"""Verbs that only say that their subject took place."""
_MODAL = _split("تمكن استطاع نجح")
"""Verbs whose event stands behind «من» or «في»: «تمكنت القوات من استعادة المدينة»."""
_STARTING = _split("بدأ شرع باشر")
"""Verbs of which what is started stands behind «ب» or «في»: «بدأت الشركات بالرحيل»."""
_SAYING = _split("قال أفاد صرح ذكر أوضح أضاف أشار كشف أكد تحدث")
"""With nothing of what was said these are a statement."""
_SPEECHES = _split("تصريح تصريحات التصريح التصريحات حديث مقابلة تغريدة تدوينة")
"""Nouns of saying; with no more than who spoke or where they date words, not an event."""
MOST_OF_SPEAKER = 4
"""Words of a clause or phrase that names no more than a speaker: «قال مصدر أمني رفيع»."""
_PASSIVE = "\u064f"
"""The mark that printed news puts on the first letter of an imperfect to show that it is passive: «تُستكمل»."""
_MORE_VERBS = (
    "جرى يجري, حدث يحدث, حصل يحصل, تم يتم, جاء يجيء, أسس يؤسس, تأسس يتأسس, تشكل يتشكل, ركز يركز, "
    "احتفظ يحتفظ, أجل يؤجل, علق يعلق, قلص يقلص, خفض يخفض, مدد يمدد, جدد يجدد, ألغى يلغي, هزم يهزم, "
    "غزا يغزو, ضرب يضرب, اغتال يغتال, اختطف يختطف, فجر يفجر, حرر يحرر, سحب يسحب, تصاعد يتصاعد, "
    "استأنف يستأنف, وافق يوافق, صادق يصادق, اتفق يتفق, صوت يصوت, أقر يقر, فرض يفرض, نقل ينقل, "
    "رفع يرفع, حاصر يحاصر, استقال يستقيل, أقال يقيل, نزح ينزح, عبر يعبر, أسقط يسقط, استكمل يستكمل, "
    "اكتمل يكتمل, انعقد ينعقد, تأجل يتأجل, اقتحم يقتحم, رحل يرحل, انهار ينهار"
)
"""Verbs of events that introduce nobody's words, with their imperfect."""
_PARTICLES = _split("قد سوف وقد فقد لقد ثم إن أن وإن وأن بأن أنه إنه حيث إذ بينما فيما كما")
_NEGATIONS = _split("لم لن لا ولم ولن ولا فلم")
_COPULA = _split("كان كانت يكون تكون وكان وكانت سيكون ستكون")
_SUPPOSED = _split(
    "المفترض المفروض المقرر المنتظر المتوقع المرتقب المزمع المؤمل يفترض ينبغي يجب مقررا مفترضا مقررة متوقعا منتظرا"
)
_THERE = _split("هناك ثمة لدى لديه لديها لديهم عنده عندها له لها لهم")
_CONTRASTS = _split("إلا غير بيد لكن ولكن لكنه لكنها بل أو أي كي لكي لأن مما بعدما قبل بعد خلال منذ حتى عندما")
_DEMONSTRATIVES = _split("هذا هذه ذلك تلك هؤلاء")
_RELATIVES = _split("الذي التي الذين اللذان اللتان ما من")
_PREPOSITIONS = _split("في من إلى على عن مع ضد حول بين خلال قبل بعد منذ حتى لدى")
_NO_DUAL = _split(
    "البرلمان السودان لبنان السلطان الميدان العدوان الإعلان البيان الإنسان الديوان الإيمان الزمان المكان الضمان "
    "العنوان الرهان البرهان الطيران إيران عمان أفغانستان كردستان باكستان الشان اللسان الحصان القربان الطغيان الكيان"
)
_NO_PLURAL = _split(
    "القانون التلفزيون الكانون المضمون الزبون البنتاغون المليون المخزون التعاون الشؤون الديون الركون السكون"
)


class _Form(NamedTuple):
    lemma: str
    noun: str | None
    is_perfect: bool
    is_saying: bool


@dataclass(frozen=True, eq=False)
class EventVerbs:
    """Finite verbs of news by their folded forms, each with the verbal noun of its verb."""

    forms: Mapping[str, _Form]

    def get(self, word: str) -> _Form | None:
        """Return the verb that a word is a form of; the mark of the future is passed over."""
        folded = fold(word)
        return self.forms.get(folded) or (self.forms.get(folded[1:]) if folded.startswith("س") else None)


@lru_cache(maxsize=4)
def _make_verbs(parts: tuple[tuple[str, str, str | None], ...], saying: frozenset[str]) -> EventVerbs:
    forms: dict[str, _Form] = {}
    for perfect, imperfect, noun in parts:
        named = noun or make_verbal_noun(perfect, imperfect)
        for form in verb_forms(perfect, imperfect, None, None):
            # The dual of the perfect is written as an accusative: «فضلاً», «قبلاً».
            if not form.has_object and not (form.is_perfect and form.number == "d"):
                forms.setdefault(form.text, _Form(fold(perfect), named, form.is_perfect, fold(perfect) in saying))
    return EventVerbs(forms)


def make_event_verbs(cues: CuesFile) -> EventVerbs:
    """Return the reporting verbs and the verbs of events of `cues.yml`."""
    told = [verb.principal_parts for verb in cues.verbs]
    parts = [(perfect, imperfect, noun) for perfect, imperfect, _, noun in told if imperfect]
    pairs = [pair.split() for pair in (*_MORE_VERBS.split(", "), *cues.event_verbs)]
    parts += [(perfect, imperfect, None) for perfect, imperfect in pairs]
    # What only says that something took place goes before its homographs.
    parts.sort(key=lambda part: fold(part[0]) not in _LIGHT)
    return _make_verbs(tuple(parts), _SAYING)


def name_event(what: str, verbs: EventVerbs, *, after: str = "", is_denied: bool = False) -> str:
    """Return the words of an event as a noun phrase, or as they are where their structure is not known.

    Args:
        what: The clause or phrase that an article dates.
        verbs: Known verbs (`make_event_verbs`).
        after: What follows the date up to the end of the clause: the complement that a date has parted from its verb.
        is_denied: Whether the article says that it did not happen; the negation is left out, for the status says it.
    """
    words = _strip_openers(" ".join(what.split()).replace("،", " ،").split(), is_denied=is_denied)
    if not words:
        return what
    words = _unfold_relative(_drop_existential(_drop_demonstrative(words)), verbs)
    if fold(words[0]) == "ما" and len(words) == 2 and (form := verbs.get(words[1])) and form.lemma in _LIGHT:
        return _join(after.split()) if len(after.split()) > 1 else what
    at = _find_verb(words, verbs)
    if at is None:
        return what if is_denied else _join(words)
    return _join(_drop_commas(_drop_demonstrative(_nominalise(words, at, verbs, after.split()))))


def _join(words: Sequence[str]) -> str:
    return " ".join(words).replace(" ،", "،").strip("، ")


def _strip_openers(words: list[str], *, is_denied: bool) -> list[str]:
    while len(words) > 1 and (_leads(words[0]) or (is_denied and fold(words[0]) in _NEGATIONS)):
        words = words[1:]
    return words


def _leads(word: str) -> bool:
    folded = fold(word)
    return folded in _PARTICLES or folded.removeprefix("و").startswith("لكن")


def _drop_commas(words: list[str]) -> list[str]:
    """Leave out commas of the clause that part a noun from its complement; one before «و» belongs to a list."""
    followed = [*words[1:], ""]
    return [word for word, after in zip(words, followed, strict=True) if word != "،" or after.startswith("و")]


def _drop_demonstrative(words: list[str]) -> list[str]:
    """«هذه العلاقة» is «العلاقة» where nothing stands before it that it could point to."""
    is_pointing = len(words) > 1 and fold(words[0]) in _DEMONSTRATIVES and words[1].startswith("ال")
    return words[1:] if is_pointing else words


def _drop_existential(words: list[str]) -> list[str]:
    """«كان هناك خبراء» becomes «وجود خبراء»."""
    start = 1 if fold(words[0]) in _COPULA else 0
    if len(words) > start + 1 and fold(words[start]) in _THERE and (start or fold(words[start]) in ("هناك", "ثمه")):
        return ["وجود", *words[start + 1 :]]
    return words


def _unfold_relative(words: list[str], verbs: EventVerbs) -> list[str]:
    """«المشروع الذي سيتم بحثه في المجلس» becomes «بحث المشروع في المجلس»."""
    if len(words) < 4 or not words[0].startswith("ال") or words[1] not in ("الذي", "التي"):
        return words
    form, noun = verbs.get(words[2]), words[3]
    pronoun = next((p for p in ("ها", "ه") if noun.endswith(p) and len(noun) > len(p) + 2), "")
    if form is None or form.lemma not in _LIGHT or not pronoun:
        return words
    bare = noun.removesuffix(pronoun)
    return [bare.removesuffix("ت") + "ة" if bare.endswith("ت") else bare, words[0], *words[4:]]


def is_dating_words(what: str, verbs: EventVerbs) -> bool:
    """Say whether a description only says that somebody spoke: «أفاد مصدر», «تصريح صحافي»."""
    words = [word for word in what.replace("،", " ").split() if fold(word) not in _PARTICLES]
    if not words:
        return False
    form = verbs.get(words[0]) or (verbs.get(words[0][1:]) if words[0][:1] in "وف" else None)
    if form is not None and form.is_saying:
        return len(words) <= MOST_OF_SPEAKER
    return fold(words[0]) in _SPEECHES and len(words) <= MOST_OF_SPEAKER


def _find_verb(words: Sequence[str], verbs: EventVerbs) -> int | None:
    """Return where the main verb stands: first, or behind its subject, which no relative clause may be part of."""
    for at, word in enumerate(words):
        folded = fold(word)
        if folded in _RELATIVES and at and folded not in ("من", "ما"):
            return None
        form = verbs.get(word)
        bare = verbs.get(word[1:]) if at == 0 and word[:1] in "وف" and len(word) > 4 else None
        if form is None and bare is None:
            continue
        if at == 0 or (_is_definite(words[:at]) and not _may_be_noun(word, form or bare)):
            return at
    return None


def _is_definite(subject: Sequence[str]) -> bool:
    """Say whether words can be a subject: behind an indefinite noun the verb belongs to a relative clause."""
    named = [w for w in subject if fold(w) not in _PARTICLES | _NEGATIONS | _COPULA]
    if not named or not named[-1].startswith("ال"):
        return False
    return named[0].startswith("ال") or len(named) == 1 or fold(named[1]) not in _PREPOSITIONS


def _may_be_noun(word: str, form: _Form | None) -> bool:
    """Say whether a word behind others may be a noun after all: three letters without a vowel, or its own noun."""
    folded = fold(word)
    if form is None or (len(folded) < 4 and folded[1:2] != "ا" and form.lemma not in _LIGHT):
        return True
    return folded == fold(form.noun or "") or (folded.startswith("ال")) or folded in _PREPOSITIONS


def _nominalise(words: list[str], at: int, verbs: EventVerbs, after: list[str]) -> list[str]:
    subject, rest = list(words[:at]), list(words[at + 1 :])
    form = verbs.get(words[at]) or verbs.get(words[at][1:])
    assert form is not None  # found by `_find_verb`
    supposed = next((i for i, word in enumerate(subject) if fold(word) in _COPULA), None)
    if supposed is not None:
        subject = subject[:supposed]
    if fold(words[at]) in _COPULA or form.lemma == "كان":
        return _drop_supposed(subject, rest, verbs, after) or list(words)
    subject = [word for word in subject if fold(word) not in _PARTICLES | _NEGATIONS]
    if form.lemma in _LIGHT:
        return [*subject, *rest] or list(words)
    if form.lemma in _MODAL:
        return _skip_modal(subject, rest) or list(words)
    if form.lemma in _STARTING and (started := _name_start(subject, rest)):
        return started
    is_own_noun = at == 0 and form.noun is not None and fold(form.noun) == fold(words[0])
    if form.noun is None or is_own_noun or any(_is_imperfect(word, verbs) for word in rest[:3]):
        return list(words)
    if form.is_saying and len(subject) + len(rest) <= 3:
        return ["تصريح", *_decline(subject or rest)]
    is_passive = words[at][1:2] == _PASSIVE
    if subject and not rest and not is_passive and not is_often_intransitive(form.lemma):
        if not _is_complement(after, verbs):
            return subject
        rest = after
    if not subject and rest and rest[0].endswith(("ا", "اً")) and not rest[0].startswith("ال"):
        return list(words)  # an object in the accusative, whose ending a verbal noun would change
    if not subject and rest and fold(rest[0]) in _PREPOSITIONS:
        return [f"ال{form.noun}", *rest]
    return [form.noun, *_decline(subject), *(rest if subject else _decline(rest))]


def _is_imperfect(word: str, verbs: EventVerbs) -> bool:
    form = verbs.get(word)
    return form is not None and not form.is_perfect


def _is_complement(after: Sequence[str], verbs: EventVerbs) -> bool:
    """Say whether what follows a date completes the verb before it: neither a new clause nor a contrast."""
    if len(after) < 2 or verbs.get(after[0]) is not None or verbs.get(after[0][1:]) is not None:
        return False
    return fold(after[0]) not in _PARTICLES | _NEGATIONS | _CONTRASTS and not after[0].startswith("و")


def _drop_supposed(subject: list[str], rest: list[str], verbs: EventVerbs, after: list[str]) -> list[str]:
    """Name what was supposed to happen: «كان من المقرر أن يعقد اجتماع», «كان قرر سحب القوات»."""
    lead = [fold(word) for word in rest[:3]]
    start = next((i for i, word in enumerate(lead) if word in ("ان", "قد")), None)
    if start is None and lead and lead[0] not in _SUPPOSED | {"من"}:
        start = -1
    clause = rest[start + 1 :] if start is not None else []
    if not clause or verbs.get(clause[0]) is None:
        return subject if lead and (lead[0] in _SUPPOSED or lead[:1] == ["من"]) else []
    return _nominalise([*subject, *clause], len(subject), verbs, after)


def _skip_modal(subject: list[str], rest: list[str]) -> list[str]:
    """Return what someone managed to do, by whom: «تمكنت القوات من استعادة المدينة» is «استعادة القوات المدينة»."""
    at = next((i for i, word in enumerate(rest[:6]) if fold(word) in ("من", "في")), None)
    if at is None or at + 1 >= len(rest):
        return []
    between = rest[:at] if rest[0].startswith("ال") else []
    return [rest[at + 1], *_decline([*subject, *between]), *rest[at + 2 :]]


def _name_start(subject: list[str], rest: list[str]) -> list[str]:
    """Name what starts: «بدأت الشركات بالرحيل» is «بدء رحيل الشركات».

    A verb wants a subject, which «بعد» cannot begin: there it is misprinted for «بعض», and brackets mark the mending.
    """
    at = next((i for i, word in enumerate(rest[:6]) if word.startswith("بال") and len(word) > 5), None)
    who = [*subject, *rest[:at]] if at is not None else []
    if at is None or not who:
        return []
    who = ["[بعض]", *who[1:]] if who[0] == "بعد" and len(who) > 1 else _decline(who)
    return ["بدء", rest[at].removeprefix("بال"), *who, *rest[at + 1 :]]


def _decline(words: Sequence[str]) -> list[str]:
    """Put the first word, which has become a genitive, into its written form: duals and sound plurals."""
    if not words:
        return []
    first, folded = words[0], fold(words[0])
    if first.startswith("ال") and len(first) > 6 and folded not in _NO_DUAL | _NO_PLURAL:
        for nominative, genitive in (("تان", "تين"), ("ان", "ين"), ("ون", "ين")):
            if first.endswith(nominative):
                return [first.removesuffix(nominative) + genitive, *words[1:]]
    return list(words)
