"""Attaches demand, rejection, negation and the like to the direction that they govern."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise

from mawaqif.annotate.stance.folding import fold_states
from mawaqif.annotate.stance.lexicon import AFTER, BEFORE
from mawaqif.annotate.stance.targets import OTHERS, TIED, Mention
from mawaqif.annotate.stance.words import Words, is_a_name, is_joined
from mawaqif.arabic.phrases import Hit

REACH_BEFORE = {
    "demanded": 8, "opposed": 7, "stalled": 7, "doubted": 5, "feared": 4, "valued": 6, "unneeded": 4, "postponed": 4,
    "discussed": 4, "conditional": 8, "conceded": 3, "background": 0, "admitted": 8, "negation": 2,
}  # fmt: skip
_CLOSE = {"ضد": 1}  # "against" takes the next noun only: "action against the forces to make them leave" opposes no exit
_NOBODY_REACH = 6
_CUE_REACH = 14  # words of the content that a reporting word governs; one that refuses takes what it names first
_CUE_REACHES = {"opposed": 8, "doubted": 8}
_UNTIL, _UNTIL_REACH = frozenset(("حتي", "لحين", "ريثما")), 8
_HELD_WITHIN = 5  # words after "as long as"
_AS_LONG = frozenset(("طالما", "ما"))  # طالما, ما دام
_REACH_AFTER = {"conditional": 18, "scheduled": 12}

_WISHES, _OWN_UNTIL = ("اصرار", "رغب", "ني", "مطالب", "سعي"), 2
_ARTICLE = ("ال", "وال", "بال", "لل")  # "those who demand", in one word
_RELATIVES = frozenset(("الذي", "التي", "الذين", "اللذين", "اللتين"))  # what follows is said of the noun before
_PREDICATES = frozenset(("doubted", "valued", "opposed", "unneeded", "feared", "demanded", "stalled"))
_JUDGEMENTS = frozenset(("doubted", "valued", "opposed", "unneeded", "feared"))
_BAD = frozenset(("doubted", "opposed", "feared", "stalled"))
# What a denied predicate says of its subject instead; the others say nothing once they are denied.
_DENIED_PREDICATES = {"valued": "doubted", "doubted": "valued", "demanded": "unneeded"}
_DENIED_WITHIN = 3  # words between a negation and the predicate that it denies («لم يكن يوماً عامل استقرار»)
_EXCEPT = frozenset(("الا", "سوي", "غير", "بل", "وانما", "انما", "لكن", "ولكن", "لكنه", "لكنها"))
_DUAL = ("تان", "تين")
# They oblige somebody to a deed, which must be known; then what may stand between them and a thing needed itself.
_DUTIES = frozenset(
    (
        *("يجب", "ويجب", "ينبغي", "وينبغي", "يتعين", "ويتعين", "يتوجب", "يلزم"),
        *("ضروره", "بضروره", "وجوب", "بوجوب", "المطلوب"),
        *("طالب", "يطالب", "نطالب", "اطالب", "مطالبه", "بمطالبه", "ندعو", "ادعو", "دعا", "يدعو", "علي", "وعلي", "فعلي"),
    )
)
_BESIDE_NAMES = frozenset(
    (
        *("ان", "يكون", "تكون", "هناك", "هنالك", "ثمه", "الي", "ل", "من", "هذا", "هذه", "كل", "بعض"),
        *(
            "اليوم",
            "الان",
            "ماسه",
            "ملحه",
            "اي",
            "باي",
            "لاي",
            "جميع",
            "كافه",
            "اشكال",
            "انواع",
            "علي",
            "بشده",
            "استمرار",
        ),
        *("فكره", "مبدا", "مجرد", "مثل", "اكبر", "ايضا", "بعد", "يوجد", "توجد", "تبقي", "يبقي", "عن", "في"),
    )
)
_WITHOUT = frozenset(("دون", "بدون", "بلا"))
# "And in case", "or else": what follows is said of the case that the direction does not come about.
_NEW_CONDITIONS = frozenset((("وفي", "حال"), ("وفي", "حاله"), ("واذا", "لم"), ("والا", "فان"), ("والا", "فسوف")))
# They set what follows against what stands before: its operators are not shared.
_CONTRASTS = frozenset(
    ("بل", "لكن", "ولكن", "لكنه", "لكنها", "ولكنه", "ولكنها", "وليس", "وليست", "انما", "وانما", "بينما", "فيما")
)
# What follows from what stands before is said by itself.
_CONSEQUENCES = frozenset(
    ("لهذا", "ولهذا", "لذلك", "ولذلك", "لذا", "ولذا", "وبالتالي", "وعليه", "وانه", "وانها", "وانهم")
)
_NEXT_CLAUSE = ("وسي", "وست", "وسن", "فسي", "فست", "فسن")  # "and will ..."
_COMMAS = frozenset(("،", ","))
_DENYING = frozenset(("لا", "لم", "لن", "ليس", "ليست"))
_NOT_THIS = frozenset(("وليس", "وليست"))
_BUT_THIS, _CORRECTED_WITHIN = frozenset(("بل", "وانما", "انما")), 4
_LET = ("فلن", "فلي", "فلت")  # "let them leave"
_AGAIN = frozenset(("يعد", "تعد", "نعد"))
_SEEING = frozenset(("يري", "تري", "نري", "اري", "يرون", "يجد", "تجد", "نجد", "يجدون"))
_BEING = (["يكن"], ["تكن"], ["يعد"], ["تعد"], ["يكون"], ["تكون"])
# They open a reason or a circumstance, whose own words judge nothing («خاصة مع استمرار التحديات»).
_ADJUNCTS = frozenset(
    (
        "خاصه",
        "وخاصه",
        "خصوصا",
        "وخصوصا",
        "وبخاصه",
        "بسبب",
        "نتيجه",
        "رغم",
        "حيث",
        "لان",
        "لانه",
        "لانها",
        "لانهم",
        "لاننا",
    )
)
_PARTING = _CONSEQUENCES | _CONTRASTS | _ADJUNCTS


def apply_operators(words: Words, mentions: list[Mention], cue: str | None) -> list[Mention]:
    """Give each direction its state; `cue` is the operator that the reporting word itself is."""
    taken = frozenset[int]().union(*(m.own for m in mentions if not m.direction.procedural))
    before = [hit for hit in words.of_any(BEFORE) if not _is_taken(hit, taken)]
    behind = words.of_any(AFTER)
    done: list[Mention] = []
    inherited: list[str] = []
    opening = _conditional_opening(words)
    for number, mention in enumerate(mentions):
        chain = _governing(before, mention, _free_from(mentions, number), words)
        if not chain and number and is_joined(words, mention.start) and not _opens_clause(words, mention.start):
            chain = inherited
        reach = _CUE_REACHES.get(cue or "", _CUE_REACH)
        is_governed = bool(cue) and not number and mention.start <= reach and not words.is_broken(0, mention.start)
        is_aside = is_governed and cue in _CUE_REACHES and _is_in_relative_clause(words, mention.start)
        outer = [cue] if cue and is_governed and not is_aside else []
        inherited = [*chain, *outer]
        if not chain and number and inherited == [] and cue == "demanded" and is_joined(words, mention.start):
            inherited = [cue]
        following = mentions[number + 1].start if number + 1 < len(mentions) else len(words.words)
        operators = _settle(words, mention, chain, (*_after(words, behind, mention, following), *outer))
        state = fold_states(operators)
        if not opening <= mention.own and state in ("asserted", "denied", "valued"):
            state = "conditional"
        m = mention
        done.append(Mention(m.direction, m.start, m.end, m.explicit, m.own, m.gap, state, operators, m.is_joint))
    if len(done) == 1 and done[0].state == "background":
        done = [replace(done[0], state="asserted")]
    for number in range(len(done) - 1, 0, -1):  # "whether they stay or leave depends on": both do
        if (
            done[number].state in ("conditional", "discussed")
            and done[number - 1].state == "asserted"
            and is_joined(words, done[number].start)
            and (done[number].state == "conditional" or words.words[done[number].start - 1] == "او")
        ):
            done[number - 1] = replace(done[number - 1], state=done[number].state)
    return _share_predicates(words, done)


def _is_in_relative_clause(words: Words, at: int) -> bool:
    """Whether a word is said of somebody who was named before ("the use of talks with those who ...")."""
    before = words.words[:at]
    return not _RELATIVES.isdisjoint(before) or any(one == "من" and two in _DENYING for one, two in pairwise(before))


def _is_taken(hit: Hit, taken: frozenset[int]) -> bool:
    """Whether the words of an operator are a direction of this issue («تشريع», a demand elsewhere)."""
    return taken.issuperset(range(hit.start, hit.end)) or (hit.name == "demanded<" and hit.start in taken)


def _opens_clause(words: Words, at: int) -> bool:
    """Whether the word is "and will ...": it takes no negation or wish from the clause before."""
    return words.words[at].startswith(_NEXT_CLAUSE)


def _share_predicates(words: Words, mentions: list[Mention]) -> list[Mention]:
    """Let what follows joined directions judge all of them: "ending the mission and leaving Iraq seems hard"."""
    for number in range(len(mentions) - 1, 0, -1):
        first, second = mentions[number - 1 : number + 1]
        same_side = (first.direction.effects.valued or 0) * (second.direction.effects.valued or 0) > 0
        is_judged = second.state in _JUDGEMENTS and first.state == "asserted"
        if same_side and is_judged and is_joined(words, second.start):
            mentions[number - 1] = replace(first, state=second.state, operators=second.operators)
    return mentions


def _settle(words: Words, mention: Mention, chain: Sequence[str], behind: Sequence[str]) -> tuple[str, ...]:
    """Return the operators of a direction after its conditions have been read as the demands that some of them are.

    A threat is against what it is tied to: "sanctions if the forces are driven out" speaks for their stay, "strikes
    unless they leave" for their exit. "Not until they leave" and "unless they leave" demand the exit; "never as long
    as they stay" blames the presence.
    """
    side = mention.direction.effects.valued or 0
    if side > 0:  # only what is due can be dragged out
        chain = [name for name in chain if name != "stalled"]
    operators = (*chain, *behind)
    if side < 0 and any(_is_awaited(words, at) for at in mention.own):
        return ("demanded",)
    if "conditional" not in operators:
        return operators
    inner = operators[: operators.index("conditional")]
    is_denied = "negation" in inner or "stalled" in inner or _is_unless(words, mention.start)
    if "conditional" in chain and not is_denied and not words.of("threats") and _has_a_bad_end(words, mention):
        return ("doubted",)
    if words.of("threats") and "conditional" in chain and not is_denied:
        return ("doubted" if side < 0 else "opposed", TIED)
    if side < 0 and is_denied and "conditional" in chain:
        return ("demanded" if words.of("threats") else "stalled", TIED)
    return ("doubted", TIED) if side > 0 and _blames(words, mention.start) else operators


def _has_a_bad_end(words: Words, mention: Mention) -> bool:
    """Whether the main clause before a condition tells what evil comes of it: "terror returns if they leave"."""
    at = max((hit.start for hit in words.of("conditional<") if hit.end <= mention.start), default=0)
    evils = [hit for name in ("feared>", "doubted>", "feared<") for hit in words.of(name) if hit.end <= at]
    return any(not words.is_broken(hit.start, at) and not _is_denied(words, hit, 0) for hit in evils)


def _is_unless(words: Words, at: int) -> bool:
    """Whether a condition that holds its own negation leads to the word («إن لم», «ما لم»)."""
    return any(
        0 <= at - hit.end <= REACH_BEFORE["conditional"] and "لم" in words.words[hit.start : hit.end]
        for hit in words.of("conditional<")
    )


def _is_awaited(words: Words, at: int) -> bool:
    """Whether "not ... until", "is rejected until" or a struggle that goes on until then leads to the word."""
    until = at - 1
    names: tuple[str, ...] = ("negation", "opposed>", "struggles")
    is_until = until > 0 and words.words[until] in _UNTIL
    if until > 1 and not is_until:
        is_until = words.words[until] == "قبل" or words.words[until - 1 : at] == ["الي", "ان"]
        names = ("struggles",)
    return (
        is_until
        and any(until - _UNTIL_REACH <= hit.start and hit.end <= until for name in names for hit in words.of(name))
        and not words.is_broken(max(until - _UNTIL_REACH, 0), until)
    )


def _blames(words: Words, at: int) -> bool:
    """Whether "as long as" leads to the word and what it holds up is negated before it."""
    starts = [hit.start for hit in words.of("conditions") if hit.end <= at <= hit.end + _HELD_WITHIN]
    starts += [hit.start for hit in words.of("conditional<") if hit.end <= at <= hit.end + _HELD_WITHIN]
    starts = [start for start in starts if words.words[start] in _AS_LONG]
    return any(
        hit.end <= start and not words.is_broken(hit.start, start)
        for start in starts
        for name in ("negation", "doubted<")
        for hit in words.of(name)
    )


def _after(words: Words, behind: Sequence[Hit], mention: Mention, following: int) -> list[str]:
    """Return those operators of `behind` that stand after a direction as its predicate, the nearest first."""
    found: list[tuple[int, str]] = []
    for hit in behind:
        name = hit.name.rstrip(">")
        gap = hit.start - mention.end
        is_inside = name == "conditional" and mention.start < hit.start < mention.end and hit.start not in mention.own
        near = is_inside or (0 <= gap <= _REACH_AFTER.get(name, 10) and hit.start < following + 1)
        if not near or words.is_broken(mention.end, hit.start) or _governs_next(words, hit, following):
            continue
        if name == "opposed" and is_a_name(words, hit):
            continue
        if name in _PREDICATES and _is_of_two(words, hit):
            continue
        if name == "valued" and _is_for_adversaries(words, hit):
            name = "doubted"
        if name in _JUDGEMENTS and _is_of_complement(words, hit, mention):
            name = {"valued": "doubted"}.get(name, "valued")
        if not _NEW_CONDITIONS.isdisjoint(pairwise(words.words[mention.end : hit.start])):
            continue
        is_unseen = any(_is_considered(words, negation, mention.start) for negation in words.of("negation"))
        if is_unseen and name == "feared":
            name = "valued"
        elif is_unseen or _is_denied(words, hit, mention.end):
            if name not in _DENIED_PREDICATES:
                continue
            name = _DENIED_PREDICATES[name]
        elif name in _BAD and _follows(words, hit, "reversing", mention.own):
            name = "valued"
        elif (
            name == "feared"
            and (mention.direction.effects.valued or 0) > 0
            and _follows(words, hit, "causing", mention.own)
        ):
            name = "doubted"
        if name in _PREDICATES and not _RELATIVES.isdisjoint(words.words[mention.end + 2 : hit.start]):
            continue
        if name in _JUDGEMENTS and not _ADJUNCTS.isdisjoint(words.words[mention.end : hit.start]):
            continue
        found.append((hit.start, "negation" if name == "denied_after" else name))
    names = [name for _, name in sorted(found)]
    # What follows a condition belongs to it («إلا إذا تراجع خطر ...»).
    return names[: names.index("conditional") + 1] if "conditional" in names else names


def _is_for_adversaries(words: Words, hit: Hit) -> bool:
    """Whether what is called good is so for an adversary alone («مكسب لإيران»)."""
    return (
        words.words[hit.end : hit.end + 1] != []
        and words.words[hit.end][0] == "ل"
        and any(other.start == hit.end for other in words.of("adversaries"))
    )


def _is_of_complement(words: Words, hit: Hit, mention: Mention) -> bool:
    """Whether an adjective is said of what is ended rather than of its end: "ending this unjustified presence"."""
    is_definite = words.words[hit.end - 1].startswith(_ARTICLE[:2])
    has_complement = max(mention.own) + 1 < mention.end and (mention.direction.effects.valued or 0) < 0
    return hit.start == mention.end and is_definite and has_complement


def _is_of_two(words: Words, hit: Hit) -> bool:
    """Whether an adjective is in the dual, and so is said of two other things («نقطتين أساسيتين»)."""
    return hit.end - hit.start == 1 and words.words[hit.start].endswith(_DUAL)


def _is_denied(words: Words, hit: Hit, since: int) -> bool:
    """Whether a negation before a predicate denies it, and no exception takes that back."""
    ends = [n.end for n in words.of("negation") if since <= n.start and hit.start - n.end <= _reach_of_denial(words, n)]
    ends += [at + 1 for at in range(max(since, hit.start - _DENIED_WITHIN), hit.start) if words.words[at] in _WITHOUT]
    ends += [
        at + 2 for at in range(max(since, hit.start - 2 * _DENIED_WITHIN), hit.start - 1) if _is_no_longer(words, at)
    ]
    return any(end <= hit.start and _EXCEPT.isdisjoint(words.words[end : hit.start]) for end in ends)


def _is_no_longer(words: Words, at: int) -> bool:
    """Whether "no longer" («لم يعد») begins at the word, which elsewhere counts for no negation."""
    return words.words[at] == "لم" and words.words[at + 1] in _AGAIN


def _reach_of_denial(words: Words, negation: Hit) -> int:
    """Return the words between a negation and what it denies; "was not ... a help" lets more come between."""
    return 2 * _DENIED_WITHIN if words.words[negation.end : negation.end + 1] in _BEING else _DENIED_WITHIN


def _is_considered(words: Words, negation: Hit, at: int) -> bool:
    """Whether a negation denies what somebody sees in the thing at a word: "do not see a danger in the presence"."""
    return negation.end + 2 == at and words.words[negation.end] in _SEEING and words.words[negation.end + 1] == "في"


def _follows(words: Words, hit: Hit, name: str, own: frozenset[int]) -> bool:
    """Whether one of the words listed under `name` leads to a predicate («ينهي انتهاك السيادة»)."""
    leading = (verb for verb in words.of(name) if verb.start not in own)
    return any(0 <= hit.start - verb.end <= _DENIED_WITHIN for verb in leading)


def _governing(before: Sequence[Hit], mention: Mention, since: int, words: Words) -> list[str]:
    """Return the operators that stand before a direction and govern it, the nearest first."""
    inside = [
        h
        for h in before
        if mention.start < h.start < mention.end and h.start not in mention.own
        if not _joins_terms(words, h, mention)
        and not _is_of_noun(words, h)
        and not (h.name == "discussed<" and not mention.is_joint)
    ]
    chain = [hit.name.rstrip("<") for hit in reversed(inside)]  # "the United States will not withdraw"
    if not chain and any(len(words.words[at]) > 5 and words.words[at].startswith(_LET) for at in mention.own):
        chain.append("demanded")
    at = mention.start
    contrast = next((i for i in range(mention.start - 1, 0, -1) if _is_parting(words.words, i)), 0)
    for hit in reversed(before):
        name = hit.name.rstrip("<")
        end = min(hit.end, mention.start)  # an operator phrase may hold the direction («ضد بقاء»)
        is_beyond = hit.end > mention.start + 1 and not _leads_inside(hit, mention)
        if is_beyond or hit.start >= mention.start or hit.start < max(since, contrast):
            if not chain and name == "demanded" and _is_corrected(words, hit, contrast, at):
                chain.append(name)
            continue
        if chain and chain[-1] == "discussed" and words.words[hit.start] in _NOT_THIS:
            chain.pop()  # "the talks are on ... and not on the exit"
        if name == "negation" and "الا" in words.words[end : mention.start]:
            name = "demanded"  # "will not stop except with their exit"
        reach = _CLOSE.get(words.words[hit.start], REACH_BEFORE[name])
        if name == "negation" and hit.end - hit.start > 1:
            reach = _NOBODY_REACH  # "nobody in the region wants ..."
        if at - end > reach or words.is_broken(end, mention.start):
            continue
        if name == "conceded" and not _COMMAS.isdisjoint(words.words[end : mention.start]):
            continue  # what is conceded ends with its clause
        if name == "background" and hit.start > 1 and words.words[hit.start - 2] == "لم":
            continue  # «لم يغادر بعد» is "not yet", not "after"
        if name == "negation" and _is_considered(words, hit, mention.start):
            continue
        if name == "negation" and at - end and is_joined(words, mention.start):
            continue  # it negates its own verb: "plans did not change and the exit is on course"
        if chain and chain[-1] == name and at == end and name == "negation":
            continue
        if _is_of_another_deed(words, hit, words.words[end:at], mention):
            name = "discussed"
        if name == "discussed" and chain[-1:] == ["demanded"] and words.words[hit.start] in _DENYING:
            chain.pop()  # "has received no request to leave"
        is_of_others = name in ("demanded", "valued") and _is_of_others(words, hit.start)
        is_of_others = is_of_others or (name == "doubted" and _is_of_whoever(words, hit.start))
        chain += ["discussed", OTHERS] if is_of_others else [name]
        at = hit.start
        if name == "demanded" and at and words.words[at - 1] in _COMMAS:
            break  # what is wanted opens a clause of its own: "we want no training, we want them to leave"
    return chain


def _leads_inside(hit: Hit, mention: Mention) -> bool:
    """Whether a phrase begins before a direction and ends at a word inside it («ليس لدى الولايات المتحدة نية لسحب»)."""
    return mention.is_joint and hit.end < mention.end and hit.end - 1 not in mention.own


def _is_corrected(words: Words, hit: Hit, contrast: int, at: int) -> bool:
    """Whether what follows "but" is what is wanted instead of what a demand denies: "wanted is not this but that"."""
    if words.words[contrast] not in _BUT_THIS or at - contrast > _CORRECTED_WITHIN or hit.end > contrast:
        return False
    is_denied = words.words[hit.end] in _DENYING or (hit.start > 0 and words.words[hit.start - 1] in _DENYING)
    return is_denied and not words.is_broken(hit.start, contrast)


def _is_of_another_deed(words: Words, hit: Hit, between: Sequence[str], mention: Mention) -> bool:
    """Whether what must be done to a thing that is merely named is a deed that no direction knows.

    "The presence must be replaced by a partnership" does not call the presence necessary; "we need the presence" does.
    Nor does "we reject the disarming of the forces" reject the forces.
    """
    effects = mention.direction.effects
    if effects.asserted or effects.denied or not between:
        return False
    if hit.name in ("opposed<", "doubted<"):
        return between[-1] not in _BESIDE_NAMES and not between[-1].endswith("ا")
    return words.words[hit.start] in _DUTIES and not _BESIDE_NAMES.issuperset(between)


def _joins_terms(words: Words, hit: Hit, mention: Mention) -> bool:
    """Whether "against" leads to the last term of a joint direction, which it then belongs to («ضربات ضد القواعد»)."""
    own = sorted(at for at in mention.own if at >= hit.end)
    is_last = bool(own) and own[-1] - own[0] == len(own) - 1
    return words.words[hit.start] in _CLOSE and is_last


def _is_of_noun(words: Words, hit: Hit) -> bool:
    """Whether "not" denies the noun after it alone: "drive them out, not the talks with them"."""
    return (
        words.words[hit.start] == "لا" and words.words[hit.end : hit.end + 1] != [] and words.words[hit.end][:2] == "ال"
    )


def _is_parting(words: Sequence[str], at: int) -> bool:
    """Whether a word parts what follows from what stands before.

    A reason or circumstance, "but", or «لا» after a comma and before «لـ».
    """
    if words[at] != "لا":
        return words[at] in _PARTING
    is_not = at and words[at - 1] in _COMMAS and words[at + 1 : at + 2] != []
    return bool(is_not and words[at + 1].startswith("ل"))


def _is_of_others(words: Words, at: int) -> bool:
    """Whether a demand is in a relative clause («القوى التي تطالب بـ ...») or is their wish («إصرارها على ...»).

    Then others make it, not the speaker.
    """
    previous, verb = words.words[at - 1] if at else "", words.words[at]
    if verb.endswith(("ين", "ون")) and verb.startswith(_ARTICLE):
        return previous != "من"  # «نحن من المطالبين بـ ...» are those who speak
    if not at:
        return False
    is_their_wish = at > _OWN_UNTIL and verb.endswith(("ها", "هم")) and verb.lstrip("وبلف").startswith(_WISHES)
    return is_their_wish or previous in _RELATIVES or (at == 1 and previous == "من" and verb[0] in "يت")


def _is_of_whoever(words: Words, at: int) -> bool:
    """Whether the statement opens with "who ..." («من يخشى ...»), whose fear is not the speaker's."""
    return at == 1 and words.words[0] == "من" and words.words[1][0] in "يت"


def _free_from(mentions: Sequence[Mention], number: int) -> int:
    """Return the word from which operators belong to this direction rather than to the one before."""
    return max((m.end for m in mentions[:number] if not m.direction.procedural), default=0)


def _governs_next(words: Words, hit: Hit, following: int) -> bool:
    """Whether an operator word after one direction governs the next one instead («... ضرورة بقاء»)."""
    stem = hit.name.rstrip(">")
    is_before_word = any(h.start == hit.start for h in words.of(f"{stem}<"))
    between = words.words[hit.end : following]
    is_parted = not _CONTRASTS.isdisjoint(between) or any(word.startswith(_NEXT_CLAUSE) for word in between)
    if is_parted or not _ADJUNCTS.isdisjoint(between):
        return False
    return is_before_word and following < len(words.words) and following - hit.end <= 3


def _conditional_opening(words: Words) -> frozenset[int]:
    """Return the words of conditions with which the statement opens."""
    return frozenset(hit.start for hit in words.of("conditions") if hit.start <= 1)
