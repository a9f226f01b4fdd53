"""Looks up the words of all issue files that share their operators, in one pass over a statement."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import lru_cache

from mawaqif.annotate.stance.modality import MODAL, MODAL_WORDS, UPON, ModalityReader
from mawaqif.annotate.stance.passages import Passages
from mawaqif.annotate.stance.words import Pattern, Words, term_name
from mawaqif.arabic.phrases import Hit, PhraseIndex, split_words
from mawaqif.arabic.text import fold
from mawaqif.vocabulary import Direction, Issue, Operators

LONGEST_STATEMENT = 400  # words; longer "statements" come from unclosed quotation marks, and time stays linear
OPERATORS = (
    "demanded", "opposed", "doubted", "feared", "valued", "unneeded", "stalled", "postponed", "discussed",
    "conditional", "conceded", "background", "admitted", "scheduled",
)  # fmt: skip
_PLAIN = (
    "negation",
    "denied_after",
    "ignored",
    "relays",
    "conditions",
    "reversing",
    "causing",
    "threats",
    "struggles",
    "adversaries",
    "fixed",
)
_TAKING_UPON = frozenset(("اكد", "اكدت", "شدد", "شددت", "يوكد", "يشدد", "قادره", "قادر", "بناء", "علاوه", "حرصا"))
_THAT_IT_IS = frozenset(("انه", "بانه", "فانه", "وانه", "لانه"))
_NOT_OBLIGED = frozenset(
    ("الرغم", "رغم", "صعيد", "الصعيد", "هامش", "غرار", "اساس", "العكس", "مدي", "ضوء", "خلفيه", "كل", "حد", "الاقل")
)
_PLANS = frozenset(("خطط", "خططا", "خطه", "نيه", "نوايا", "مخطط", "مخططات", "رغبه", "عزم", "توجه"))
_DECISIONS = frozenset(("قرار", "قرارا"))
_DECIDING = ("يتخذ", "تتخذ", "نتخذ", "يصدر", "تصدر")
_NO_PLANS = frozenset(("لا", "ليس", "ليست", "ما", "ولا", "وليس", "وليست", "بلا"))
_HAVING = frozenset(
    ("توجد", "يوجد", "هناك", "هنالك", "ثمه", "عند", "عندنا", "في", "من", "اي", "ايه", "تملك", "يملك", "نملك")
)
_COMMAS, _PLANS_WITHIN = frozenset(("،", ",", ".")), 7
_DENYING, _EXCEPTION_REACH = frozenset(("لا", "لم", "لن", "ليس", "ليست", "ما", "ولا", "ولم", "ولن", "فلا", "وليس")), 8
BEFORE = {name: rank for rank, name in enumerate((*[f"{operator}<" for operator in OPERATORS], "negation"))}
AFTER = {name: rank for rank, name in enumerate((*[f"{operator}>" for operator in OPERATORS], "denied_after"))}


class Lexicon:
    """The words of all issues that share their operators, looked up in one pass for all of them."""

    def __init__(self, operators: Operators, issues: Sequence[Issue]) -> None:
        self.operators = operators
        phrases: dict[str, Sequence[str]] = {
            term_name(issue, name): words for issue in issues for name, words in issue.terms.items()
        }
        for name in OPERATORS:
            operator = getattr(operators, name)
            phrases[f"{name}<"], phrases[f"{name}>"] = operator.before, operator.after
        for name in _PLAIN:
            phrases[name] = getattr(operators, name)
        modal = {MODAL + name: getattr(operators, name) for name in MODAL_WORDS}
        self.index = PhraseIndex(phrases | modal)
        self.modality = ModalityReader(operators)
        self._targets = self.index.narrowed(frozenset().union(*map(terms_of_targets, issues)))
        self._modal = self.index.narrowed(modal.keys())
        self._passages = Passages("", {}, longest=LONGEST_STATEMENT)
        # One document's worth: neighbouring statements share sentences, joint speakers and second readings a text.
        self.statement = lru_cache(maxsize=64)(self._statement)
        self.sentence = lru_cache(maxsize=64)(self._sentence)
        self.modal_words = lru_cache(maxsize=64)(self._modal_words)

    def open(self, passages: Passages) -> frozenset[str]:
        """Let texts be found among the passages of a document; return the terms of targets and settings in them.

        What is said of a text is the same without it: this saves time alone.
        """
        self._passages = passages
        return frozenset(passages.names(self._targets))

    def _statement(self, text: str) -> Words:
        """Return the words of a statement with all hits."""
        words, found = self._passages.find(text, self.index)
        hits = [*without_fixed(found), *_find_grammar(words)]
        return Words.with_hits(words, without_contained(hits))

    def _sentence(self, text: str) -> Words:
        """Return the words of a sentence with what names the targets and settings of the issues."""
        return Words.with_hits(*self._passages.find(text, self._targets))

    def _modal_words(self, text: str) -> Words:
        """Return the words of a statement with what its modality is read from."""
        return Words.with_hits(*self._passages.find(text, self._modal))


def terms_of_targets(issue: Issue) -> set[str]:
    """Return the terms by which an issue's targets, what refers to them or is none, and its setting are found."""
    nearby = [*issue.targets, *issue.not_targets]
    hints = (*issue.references, *(issue.reasons.exits if issue.reasons else ()))
    names = (*issue.setting, *hints, *(term for target in nearby for term in target.all))
    return {term_name(issue, name) for name in names}


def leads_of_directions(issue: Issue) -> set[str]:
    """Return the terms without which a statement says nothing on an issue."""
    leads = {pattern.terms[0] for _, pattern in directions_of(issue)}
    if issue.bare:
        leads |= {term_name(issue, name) for name in (*issue.references, *(target.all[0] for target in issue.targets))}
    return leads


def directions_of(issue: Issue) -> list[tuple[Direction, Pattern]]:
    """Return each pattern with its direction, in order of precedence."""
    return [(d, Pattern.of(issue, pattern)) for d in issue.directions for pattern in d.patterns]


def _find_obligations(words: Sequence[str]) -> list[Hit]:
    """Return where somebody is told what to do: «على الحكومة أن ...», a preposition, one to three words, a particle.

    A statement that opens with the preposition needs no particle («على الحكومة إخراج ...»).
    """
    if UPON.isdisjoint(words):
        return []
    upon = [at for at, word in enumerate(words) if word in UPON and (not at or words[at - 1] not in _TAKING_UPON)]
    return [Hit("demanded<", at, at + 1) for at in upon if _leads_to_that(words, at) or _opens(words, at)]


def _find_grammar(words: Sequence[str]) -> list[Hit]:
    """Return the operators that grammar makes of words which mean nothing alone."""
    return [*_find_obligations(words), *_find_negated_clauses(words), *_find_denied_plans(words)]


def _find_denied_plans(words: Sequence[str]) -> list[Hit]:
    """Return where somebody is said to have no plans («ليست لدى بلاده أي خطط لـ...»), which speaks against them."""
    found: list[Hit] = []
    if _PLANS.isdisjoint(words) and _DECISIONS.isdisjoint(words):
        return found
    for at, word in enumerate(words):
        if word not in _PLANS and word not in _DECISIONS:
            continue
        for start in range(max(0, at - _PLANS_WITHIN), at):
            if not _COMMAS.isdisjoint(words[start:at]):
                continue
            verb = words[start + 1]
            if word in _DECISIONS and words[start] in _DENYING and verb in _DECIDING:
                found.append(Hit("discussed<", start, at + 1))  # «لم يتخذ الرئيس قراراً بـ...» leaves it open
                break
            is_had = verb.startswith("لدي") or verb in _HAVING or verb == word
            if word in _PLANS and words[start] in _NO_PLANS and is_had:
                found.append(Hit("doubted<", start, at + 1))
                break
    return found


def _leads_to_that(words: Sequence[str], at: int) -> bool:
    """Whether the particle «أن» follows a preposition and its noun."""
    return "ان" in words[at + 2 : at + 6]


def _opens(words: Sequence[str], at: int) -> bool:
    opens = not at or words[at - 1] in _THAT_IT_IS or words[at - 1] == "وان" or words[at] != "علي"
    return opens and len(words) > at + 1 and words[at + 1] not in _NOT_OBLIGED


def _find_negated_clauses(words: Sequence[str]) -> list[Hit]:
    """Return where «ألا» joins "that" and "not" before a verb; written like «إلا», which follows a negation."""
    if "الا" not in words:
        return []
    return [
        Hit("negation", at, at + 1)
        for at in range(len(words) - 1)
        if words[at] == "الا" and words[at + 1][0] in "يتن" and len(words[at + 1]) > 3
        if _DENYING.isdisjoint(words[max(0, at - _EXCEPTION_REACH) : at])
    ]


def without_fixed(hits: Sequence[Hit]) -> Sequence[Hit]:
    """Drop what is found inside a fixed phrase («نهاية العام»), whose words mean nothing by themselves."""
    inside = {at for hit in hits if hit.name == "fixed" for at in range(hit.start, hit.end)}
    return [hit for hit in hits if hit.name == "fixed" or hit.start not in inside] if inside else hits


def without_contained(hits: list[Hit]) -> list[Hit]:
    """Drop operator words inside a longer operator phrase of their side: «غير» in «غير واقعي» negates nothing."""
    phrases = [hit for hit in hits if hit.end - hit.start > 1 and ":" not in hit.name]  # neither "term:" nor "modal:"
    if not phrases:
        return hits
    longest: dict[tuple[str, int], int] = {}
    for hit in phrases:
        for side in "<>!" if hit.name in ("ignored", "negation") else (hit.name[-1], "!"):
            for at in range(hit.start, hit.end):
                longest[side, at] = max(longest.get((side, at), 0), hit.end - hit.start)
    return [hit for hit in hits if ":" in hit.name or hit.end - hit.start >= _covered(hit, longest)]


def _covered(hit: Hit, longest: Mapping[tuple[str, int], int]) -> int:
    """Return the length of the longest operator phrase of the hit's side over any of its words."""
    side = "!" if hit.name == "negation" else hit.name[-1]
    return max(longest.get((side, at), 0) for at in range(hit.start, hit.end))


def stems_of(phrases: Sequence[str]) -> frozenset[str]:
    """Return what every written form of each phrase's first word contains."""
    firsts = (split_words(fold(phrase))[0] for phrase in phrases)
    return frozenset(first.removeprefix("ال").rstrip("هتء") for first in firsts)
