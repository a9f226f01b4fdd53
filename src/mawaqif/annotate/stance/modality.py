"""Reads whether a statement is a position, a demand, a forecast, a condition, a denial or a fact."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from mawaqif.annotate.stance.words import Words
from mawaqif.arabic.phrases import base_forms
from mawaqif.arabic.text import fold
from mawaqif.vocabulary import Operators

MODAL = "modal:"
"""Before the names of hits from which modality is read: they stand whatever longer phrase covers them."""
MODAL_WORDS = (
    "need_position",
    "judgements",
    "forecast",
    "conditions",
    "denials",
    "events",
    "refusals",
    "threats",
    "appeals",
    "relays",
)
_JUDGING_STATES = frozenset(("demanded", "opposed", "valued", "doubted", "unneeded", "stalled"))
_DENYING_STATES = frozenset(("unneeded", "demanded"))  # "no need for", "not a luxury but a need" are views
_CLAIMED_STATES = frozenset(("demanded", "opposed", "unneeded"))
_MAY = frozenset(("قد", "وقد", "فقد"))  # before an imperfect verb
_NEUTRAL_STATES = frozenset(("asserted", "discussed", "postponed", "background"))
_LATEST_VERB, _LATEST_STATE = 5, 9
_DONE = frozenset(("تم", "تمت", "جري", "جرت"))
_NOT, _BUT = frozenset(("ليس", "ليست", "وليس")), frozenset(("بل", "وانما", "انما"))
_EVERYONE = frozenset(("كل", "اي", "من"))  # whoever does it ...
_LATEST_NEED = 6
_BEFORE_NOUNS = frozenset(
    ("علي", "من", "الي", "عن", "في", "بعد", "قبل", "اي", "كل", "هو", "هي")
)  # what follows is no verb
_LATEST_DUTY = 2
_VIEWS = (
    *("نيت", "عزم", "استعداد", "رغبت", "حرص", "تمسك", "التزام", "رفض", "تاييد", "دعم", "اصرار", "ثقت", "اسف", "قلق"),
    *("ترحيب", "تضامن", "تنديد", "ادانت", "استنكار", "مساند", "تقدير", "شكر", "امتنان", "استغراب", "مخاوف"),
)
_OWN = ("ه", "ها", "هم", "هما", "نا")
_OPENING = frozenset(("،", ",", "ان", "وان", "بان", "و"))  # what stands before a clause
_HAPPENINGS = frozenset(("بدء", "بدايه", "انطلاق", "انتهاء", "اكتمال", "اتمام", "استكمال", "انجاز", "وصول"))
_THERE_IS = frozenset(("هناك", "هنالك", "ثمه", "وجود"))
UPON = frozenset(("علي", "وعلي", "فعلي"))
"""The preposition that tells whose duty something is («على الحكومة أن ...»)."""
_LATEST_JOINED = 2
_STATES = frozenset(("ليست", "كانت", "باتت", "اصبحت", "زالت", "ظلت", "تحت", "الوقت", "وقت"))  # tell no event
_LATEST_DENIAL, _LATEST_CONDITION, _LATEST_JUDGEMENT = 12, 2, 14


class ModalityReader:
    """Reads modality by the words that the operators of an issue list for it, and by the grammar of the future."""

    def __init__(self, operators: Operators) -> None:
        self._own_subjects = frozenset(fold(word) for word in operators.own_subjects)
        self._not_future = frozenset(fold(word) for word in operators.not_future)

    def read(
        self,
        found: Words,
        *,
        hint: str,
        is_decider: bool,
        state: str | None,
        end: int,
        step: int | None = None,
        is_judgement: bool = False,
    ) -> str:
        """Return the modality of a statement.

        Args:
            found: The words of the statement with their hits.
            hint: The modality that the reporting word suggests.
            is_decider: Whether the speaker can carry out what the issue is about.
            state: The state of the direction that decides on the issue, or None off the issue.
            end: The word after that direction.
            step: The step of the scale that it stands for.
            is_judgement: Whether the reporting word itself judges ("condemned"), whatever it tells of.
        """
        words = found.words
        if hint == "demand" or _is_exhortation(words) or _opens_with_a_duty(found) or self._starts(found, "appeals", 3):
            return "demand"
        if state == "conditional" or self._is_tied(found):
            return "condition"
        if hint == "denial" and state == "doubted":
            return "forecast"  # "ruled out that they leave": what will not be, rather than what is not
        if hint == "denial" or (state not in _DENYING_STATES and self._denies(found)):
            return "denial"
        end = max(end + 3, 8) if state else _LATEST_JUDGEMENT
        is_need = state == "demanded" and "الا" in words  # "will not be complete except by their exit"
        is_expected = state not in _CLAIMED_STATES and self._starts(found, "forecast", end + 8)
        is_future = not is_need and self._is_future(words[:end], with_joined=is_decider)
        if is_expected or is_future or hint == "forecast":
            is_plan = is_decider and (step != 0 or state is None)  # that talks will be held is no plan on the issue
            is_own = not is_expected and hint != "forecast" and self._is_own_plan(found, hint, is_decider=is_plan)
            return "position" if is_own else _unless(hint, "condition", words)
        is_told = words[:1] and words[0] in _THERE_IS and hint == "fact" and state not in (*_JUDGING_STATES, "feared")
        is_done = words[:1] and (words[0] in _DONE or (words[0] in _HAPPENINGS and state not in _JUDGING_STATES))
        if is_told or (is_done and hint in ("fact", "position")):
            return "fact"
        if hint == "fact" and self._tells_of_others(found):
            return "fact"
        if state in _JUDGING_STATES or self._starts(found, "need_position", _LATEST_NEED):
            return "position" if hint in ("fact", "condition") else hint  # a warning of what is, not of what may be
        if (is_judgement and hint == "position") or _names_own_view(words):
            return "position"
        if hint == "position" and state == "asserted" and self._starts(found, "events", _LATEST_STATE):
            return "fact"  # its long subject comes first: "the talks on ... between ... go on"
        if self._tells_an_event(found):
            return "fact" if hint == "position" else hint
        is_judged = self._starts(found, "judgements", _LATEST_JUDGEMENT)
        if hint == "position" and state in _NEUTRAL_STATES and not step and not is_judged:
            return "fact"  # "confirmed that the committee meets" tells, whatever the reporting word
        if hint == "condition":
            return "position"  # a warning of what is, not of what may be
        is_taken = is_judged or abs(step or 0) > 1 or state == "feared" or self._speaks_of_own(words)
        return "position" if hint == "fact" and is_taken else hint

    def _denies(self, found: Words) -> bool:
        """Whether a statement denies near its beginning or with its last words, or says "not this but that"."""
        hits = found.of(MODAL + "denials")
        is_last = bool(hits) and hits[-1].end >= len(found.words) - 1
        return is_last or self._starts(found, "denials", _LATEST_DENIAL) or _corrects(found.words)

    def _is_tied(self, found: Words) -> bool:
        """Whether the statement opens with a condition, or tells everyone what a deed will bring them."""
        words = found.words
        is_threat = bool(found.of(MODAL + "threats")) and (
            words[0] in _EVERYONE or ("اي" in words and self._is_future(words[:2], with_joined=True))
        )
        return is_threat or self._starts(found, "conditions", _LATEST_CONDITION)

    def _is_future(self, words: Sequence[str], *, with_joined: bool) -> bool:
        """Whether a verb of the future stands there; one joined by "and" to something else opens another clause."""
        if any(word in _MAY and following[0] in "يتن" for word, following in pairwise(words)):
            return True
        return any(
            word[0] in _FUTURE_LETTERS
            and (with_joined or at < _LATEST_JOINED or word[0] not in "وف" or word == "سوف")
            and _is_future_verb(word, self._not_future)
            for at, word in enumerate(words)
        )

    def _is_own_plan(self, found: Words, hint: str, *, is_decider: bool) -> bool:
        """Whether what will be is what the speaker can do or refuses."""
        if hint == "condition":  # a threat, unless of what the speaker's own country will do
            return not self._own_subjects.isdisjoint(found.words[:2])
        is_refusal = self._starts(found, "refusals", _LATEST_JUDGEMENT)
        return is_decider or is_refusal or self._speaks_of_own(found.words)

    def _tells_of_others(self, found: Words) -> bool:
        """Whether what somebody else asked or decided is told, the subject first («البرلمان صوت على ...»)."""
        return any(
            0 < hit.start <= _LATEST_VERB
            and found.words[hit.start][0] not in "يتن"
            and found.words[hit.start - 1] not in _BEFORE_NOUNS
            and not found.words[hit.start].startswith("ال")
            for hit in found.of(MODAL + "relays")
        )

    def _tells_an_event(self, found: Words) -> bool:
        """Whether a verb of the past stands near the beginning; in the feminine its ending shows it («عقدت»)."""
        return self._starts(found, "events", _LATEST_VERB) or any(
            len(word) > 3
            and word[-1] == "ت"
            and word[-2:] != "ات"
            and not word.startswith("ال")
            and word not in _STATES
            for word in found.words[: _LATEST_VERB + 1]
        )

    def _speaks_of_own(self, words: Sequence[str]) -> bool:
        """Whether the speaker says what "we", or those spoken for, will do."""
        return not self._own_subjects.isdisjoint(words[:4]) or any(
            "سن" in word[:3] and _is_future_verb(word, self._not_future) for word in words[:6]
        )

    def _starts(self, found: Words, name: str, latest: int) -> bool:
        hits = found.of(MODAL + name)
        return bool(hits) and hits[0].start <= latest


def _is_exhortation(words: Sequence[str]) -> bool:
    """Whether the statement opens with "let us" («فلنتفق»)."""
    return bool(words) and len(words[0]) > 5 and words[0].startswith(("فلن", "ولن", "فلي", "فلت"))


def _names_own_view(words: Sequence[str]) -> bool:
    """Whether the statement opens with what its speaker feels or means to do («نيته الوفاء بالوعد»)."""
    return bool(words) and words[0].startswith(_VIEWS) and words[0].endswith(_OWN)


def _opens_with_a_duty(found: Words) -> bool:
    """Whether the statement or a clause of it opens by telling somebody what to do («على القوات أن ترحل»)."""
    words = found.words
    return any(
        words[hit.start] in UPON
        and (hit.start <= _LATEST_DUTY or words[hit.start - 1] in _OPENING or words[hit.start] != "علي")
        for hit in found.of("demanded<")
    )


def _corrects(words: Sequence[str]) -> bool:
    """Whether the statement says "not this but that" («ليس انسحاباً بل ...»)."""
    return any(
        word in _NOT and not _BUT.isdisjoint(words[at + 1 : at + _LATEST_DENIAL])
        for at, word in enumerate(words[:_LATEST_DENIAL])
    )


def _unless(hint: str, kept: str, words: Sequence[str]) -> str:
    """A warning of what will be is a forecast; one of what "any" deed will bring is a condition."""
    return kept if hint == kept and "اي" in words[:12] else "forecast"


_FUTURE_LETTERS = frozenset("سلوف")  # which سي..., لن and سوف begin with, or their conjunction


def _is_future_verb(word: str, exceptions: frozenset[str]) -> bool:
    bare = word[1:] if word[0] in "وف" and len(word) > 4 else word
    if bare == "لن" or bare == "سوف":
        return True
    return (
        len(bare) >= 4
        and bare[0] == "س"
        and bare[1] in "يتن"
        and exceptions.isdisjoint((bare, bare.rstrip("ا"), *base_forms(bare)))
    )
