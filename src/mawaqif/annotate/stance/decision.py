"""Chooses the direction that decides a statement, its step of the scale and how sure the rules are."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from mawaqif.annotate.stance.targets import TIED, Mention
from mawaqif.annotate.stance.words import Words
from mawaqif.vocabulary import Effects

OTHER = "other"
"""The issue code of a statement that is on none of the issues."""

SURE = 0.9
"""The confidence from which a coding may stand without review."""

BARE = "bare"
"""The direction of a target that is only named."""

ABSTAIN = 0.5
"""Below this confidence the rules give no stance."""

JUDGED = frozenset(("demanded", "opposed", "doubted", "valued", "unneeded", "stalled"))
"""The states in which somebody takes a side."""

_BUT_WE = frozenset(("لكننا", "ولكننا", "لكنني", "ولكنني", "لكني", "ولكني"))
_TURNS = frozenset(("بل", "لكن", "ولكن", "لكنه", "لكنها", "ولكنه", "ولكنها", "لكنهم", "وانما", "انما"))
_BUT_THAT = frozenset(("غير", "بيد", "الا"))  # before «أن»
_CLASH = 0.2
_AT_ONCE = 2  # words before a direction
_JOINT_STATES = frozenset(("asserted", "demanded", "valued"))
_SHARES = {"asserted": 0.62, "valued": 0.7, "doubted": 0.72, "unneeded": 0.76, "opposed": 0.66, "feared": 0.68}
_ENDING = ("demanded", "opposed")
_STRONG = ("demanded", "opposed", "unneeded", "scheduled")
_CLEAR = ("doubted", "feared", "valued", "stalled", "denied")


@dataclass(slots=True, unsafe_hash=True)  # not frozen: see records.py
class StanceCoding:
    """How one statement is coded.

    `stance` is a step of the issue's scale, or None for "no position". `confidence` is the estimated chance that issue
    and stance are both right; under 0.5 the rules abstain, and `stance` is None. `rules` names what fired.
    `is_contested` is true where the main direction is one of those at the ends of the scale.
    """

    issue: str
    stance: int | None
    modality: str
    confidence: float
    rules: tuple[str, ...] = ()
    is_contested: bool = False


def step_of(mention: Mention) -> int | None:
    """Return the step of the scale that a direction in its state stands for; None is no position."""
    effects: Effects = mention.direction.effects
    step: int | None = getattr(effects, mention.state)
    if mention.state == "scheduled" and step is None:
        return effects.demanded
    return step


def _weight(mention: Mention) -> int:
    if mention.direction.procedural or mention.state in ("conceded", "background"):
        return 0
    if mention.state in _STRONG:
        return 4
    if mention.state in _CLEAR or mention.state == "admitted":
        return 3
    if mention.state == "asserted":
        return 2 if step_of(mention) else 1
    return 1


def choose_main(mentions: Sequence[Mention]) -> tuple[Mention, bool]:
    """Return the direction that decides and whether another one of its weight points elsewhere."""
    candidates = [m for m in mentions if not m.direction.procedural] or list(mentions)
    # "Goes on working according to the timetable": it is the timetable that counts.
    heads = [m for m in candidates if not (m.direction.carries and m.state == "asserted")]
    candidates = heads if any(step_of(m) for m in heads) else candidates
    first = candidates[0]
    best = max(candidates, key=_weight)
    main = first if _weight(best) - _weight(first) < 2 and (step_of(first) or first.state == "admitted") else best
    if first.state in ("postponed", "conditional") and _weight(best) < 4 and TIED not in best.operators:
        main = first
    if first.state == "discussed" and _weight(best) < 3:
        main = first
    # "The presence has no reason, and they must leave": who demands the end of a side stands there.
    side = sign_of(step_of(main))
    ends = [m for m in candidates if m.state in _ENDING and step_of(m) == 2 * side]
    main = ends[0] if side and ends and _weight(ends[0]) >= _weight(main) else main
    # "The exit is a lie, no base was left": what is denied then bears the accusation out.
    equals = [m for m in candidates if _weight(m) >= _weight(main) and {m.state, main.state} != {"denied", "stalled"}]
    signs = {sign_of(step_of(m)) for m in equals} - {0}
    return main, len(signs) > 1


def after_turn(words: Words, mentions: Sequence[Mention]) -> Sequence[Mention]:
    """Return what is said after the last "but" that parts mentions of both sides: the speaker's own point."""
    for at in range(len(words.words) - 1, -1, -1):
        if (
            words.words[at] in _TURNS
            or _is_not_to_say(words.words, at)
            or (words.words[at] in _BUT_THAT and words.words[at + 1 : at + 2] == ["ان"])
        ):
            later = [m for m in mentions if min(m.own) > at and step_of(m)]
            if later and len({sign_of(step_of(m)) for m in later}) == 1:
                return later
    return mentions


def _is_not_to_say(words: Sequence[str], at: int) -> bool:
    """Whether "does not mean" stands there: what follows bounds what was said before."""
    return words[at] in ("يعني", "تعني") and at > 0 and words[at - 1] in ("لا", "لن", "ولا", "ولن")


def own_part(words: Words, mentions: Sequence[Mention]) -> Sequence[Mention]:
    """Return what the speakers say of themselves after "but we", else everything."""
    turns = [at for at, word in enumerate(words.words) if word in _BUT_WE]
    own = [m for m in mentions if turns and max(m.own) > turns[-1] and step_of(m)]
    return own or mentions


def sign_of(step: int | None) -> int:
    """Return on which side of the middle a step lies."""
    return 0 if not step else (1 if step > 0 else -1)


def is_plain(mentions: Sequence[Mention], main: Mention, words: Words) -> bool:
    """Whether the statement is short, says one thing on the issue, and no negation in it is left over."""
    said = [m for m in mentions if not m.direction.procedural]
    negations = [hit for hit in words.of("negation") if hit.start not in main.own]
    return len(said) <= 1 and len(words.words) <= 45 and len(negations) <= main.operators.count("negation")


def _is_merely_asserted(main: Mention) -> bool:
    """Whether leaving or staying itself is told, whose assertion may be anybody's and is no demand."""
    effects = main.direction.effects
    return main.state == "asserted" and abs(effects.demanded or 0) > abs(effects.asserted or 0) > 0


def estimate_confidence(main: Mention, *, clash: bool, is_plain: bool, is_demand: bool) -> float:
    """Return the estimated chance of a right coding, by the kind of evidence.

    Set by the shares of right codings at first sight in about 250 statements of articles that the rules had not been
    made for, and again by about 270 more, by most of which the rules were mended. What told right from wrong: several
    terms that together make a direction in a short and plain statement, right in nine cases of ten, in a longer one in
    three of four; plain demands, in nine, others in seven; any other judgement, in seven; a word for leaving or staying
    that is merely asserted, in six; talks, topics, conditions and bare targets, in fewer.

    Args:
        main: The direction that decides.
        clash: Whether another direction of its weight points elsewhere.
        is_plain: Whether the statement says one thing only.
        is_demand: Whether the reporting word demands.
    """
    # Whether a call for something calls it necessary too is a matter of taste where the scale tells the two apart.
    effects = main.direction.effects
    is_clear = not (is_demand and (effects.demanded or 0) > (effects.valued or 0) > 0)
    if main.direction.procedural or main.direction.id == BARE:
        base = 0.56
    elif main.is_joint and main.state in _JOINT_STATES and not _is_merely_asserted(main):
        base = 0.92 if is_clear and main.explicit and (is_plain or main.state == "demanded") else 0.78
    elif main.state == "demanded":
        is_confirmed = is_demand or len(main.operators) > 1 or main.start == 1  # its operator right before it
        is_sure = is_clear and is_plain and main.explicit
        base = (0.92 if is_confirmed and main.start <= _AT_ONCE else SURE) if is_sure else 0.72
    else:
        base = _SHARES.get(main.state, 0.56) - (0.0 if is_plain else 0.06)
    # Nothing is guessed where two directions clash; a doubtful mention is neutral rather than without a position.
    return round(base - _CLASH if clash else max(base, ABSTAIN), 2)
