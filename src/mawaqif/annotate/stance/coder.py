"""Codes one statement on one issue, or on the issue with the best evidence, from compiled issue files."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Mapping, Sequence, Set
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import NamedTuple

from mawaqif.annotate.stance.decision import (
    ABSTAIN,
    BARE,
    JUDGED,
    OTHER,
    StanceCoding,
    after_turn,
    choose_main,
    estimate_confidence,
    is_plain,
    own_part,
    sign_of,
    step_of,
)
from mawaqif.annotate.stance.lexicon import (
    LONGEST_STATEMENT,
    Lexicon,
    directions_of,
    leads_of_directions,
    stems_of,
)
from mawaqif.annotate.stance.operators import apply_operators
from mawaqif.annotate.stance.passages import Passages
from mawaqif.annotate.stance.reasons import ENOUGH, Reasons, Role
from mawaqif.annotate.stance.targets import (
    OTHERS,
    REFERRED,
    TIED,
    Mention,
    absorb_complements,
    find_aim,
    is_only_existence,
    is_parted_in_time,
    yield_to_operators,
)
from mawaqif.annotate.stance.words import Pattern, Patterns, Words, term_name
from mawaqif.arabic.phrases import Hit, split_words
from mawaqif.arabic.text import fold
from mawaqif.vocabulary import Direction, Effects, Issue, Operators

_FEWEST_SENTENCES = 2  # that name a target make it what the document is about
_MANY_SENTENCES = 3  # so many need their setting named only once
_OTHER_ON_TOPIC, _OTHER_OFF_TOPIC = 0.7, 0.96
_BY_REASONS = 0.58
_LAST_STEP = 2  # of a side
_NOT = frozenset(("ليس", "ليست", "لا", "لم", "غير", "وليس", "وليست"))
_PRAISED = frozenset(("asserted", "valued", "feared", "demanded"))
_OF_OTHERS = frozenset(("stalled", "conditional", "discussed", "postponed", "scheduled"))
_UNJUDGED = frozenset(("asserted", "background", "admitted", "discussed"))


@dataclass(frozen=True, slots=True)
class Input:
    """What is known of one statement, its texts normalised."""

    text: str
    context: tuple[str, ...]
    cues: tuple[str, ...]
    hint: str
    camp: str | None
    grade: str | None


class Around(NamedTuple):
    """What sentences name: a target of the issue, which terms of its setting, something that may refer to a target."""

    has_target: bool
    setting: frozenset[str]
    is_hint: bool = False


@lru_cache(maxsize=4)
def compile_issues(issues: tuple[Issue, ...]) -> Coder:
    """Make a coder of issue files; issues that share their operators are looked up together."""
    by_id = {issue.id: issue for issue in issues}
    sharing: dict[str, list[Issue]] = {}
    for issue in issues:
        sharing.setdefault(_lender(issue, by_id).id, []).append(issue)
    lexicons = {lender: Lexicon(_operators(by_id[lender]), sharers) for lender, sharers in sharing.items()}
    return Coder([IssueCoder(issue, lexicons[_lender(issue, by_id).id]) for issue in issues])


class Coder:
    """The compiled issue files."""

    def __init__(self, compiled: Sequence[IssueCoder], reads_modality: IssueCoder | None = None) -> None:
        self._compiled = compiled
        self._reads_modality = reads_modality or next(iter(compiled), None)

    def for_document(self, text: str, places: Mapping[str, tuple[int, int]]) -> Coder:
        """Return a coder of only those issues that a document with this normalised text can be about.

        `places` gives the passages of the document that will be asked for. An issue that they cannot touch leaves all
        statements `other`; only their modality is read by its words.
        """
        concerned = [compiled for compiled in self._compiled if compiled.can_concern(text)]
        if not concerned:
            return Coder([])
        passages = Passages(text, places, longest=LONGEST_STATEMENT)
        named = {lexicon: lexicon.open(passages) for lexicon in {compiled.lexicon for compiled in concerned}}
        touched = [compiled for compiled in concerned if compiled.is_touched_by(named[compiled.lexicon])]
        return Coder(touched, reads_modality=concerned[0])

    def code_document(
        self, inputs: Sequence[Input], speakers: Sequence[str | None], *, title: str = "", opening: Sequence[str] = ()
    ) -> list[StanceCoding]:
        """Code all statements of a document by what it is about, or by what two of its statements are on.

        What it is about is told by its title, its `opening` sentences and those around its statements.
        """
        sentences = {*opening, *(sentence for given in inputs for sentence in given.context)}
        topics = frozenset(c.issue.id for c in self._compiled if c.is_topic_of(sentences, title))
        codings = [self.code(given, topics) for given in inputs]
        counted = Counter(coding.issue for coding in codings)
        further = {issue for issue, count in counted.items() if issue != OTHER and count >= _FEWEST_SENTENCES} - topics
        if further:
            topics |= further
            codings = [
                self.code(given, topics) if coding.issue == OTHER else coding
                for given, coding in zip(inputs, codings, strict=True)
            ]
        leanings = _leanings(speakers, codings)
        return [weigh_speaker(c, leanings.get((s, c.issue), 0)) for s, c in zip(speakers, codings, strict=True)]

    def code(self, given: Input, topics: frozenset[str] = frozenset()) -> StanceCoding:
        """Return the coding on the issue with the best evidence, or `other`; `topics` are the document's issues."""
        codings = [compiled.code(given, is_topic=compiled.issue.id in topics) for compiled in self._compiled]
        found = [coding for coding in codings if coding.issue != OTHER]
        if found:
            return max(found, key=lambda coding: coding.confidence)
        confidence = min((coding.confidence for coding in codings), default=_OTHER_OFF_TOPIC)
        modality = self._reads_modality.read_modality(given) if self._reads_modality else given.hint
        return StanceCoding(OTHER, None, modality, confidence)


def _lender(issue: Issue, by_id: Mapping[str, Issue]) -> Issue:
    """Return the issue whose operators an issue uses, mostly its own."""
    return issue if issue.operators else by_id.get(issue.operators_of or issue.id, issue)


def _operators(issue: Issue) -> Operators:
    assert issue.operators is not None  # held by vocabulary.check_issues
    return issue.operators


class IssueCoder:
    """One issue file, ready to code with."""

    def __init__(self, issue: Issue, lexicon: Lexicon) -> None:
        self.issue = issue
        self.lexicon = lexicon
        settings = issue.setting or {target.all[0] for target in issue.targets}
        stems = [stems_of(issue.terms[name]) for name in settings]
        self._settings = stems if issue.setting else [frozenset().union(*stems)]
        self._whole_setting = frozenset(issue.setting)
        self._setting_terms = {term_name(issue, name): name for name in issue.setting}
        self._references = [term_name(issue, name) for name in issue.references]
        self._leads = leads_of_directions(issue)
        self._target_terms = list(dict.fromkeys(term_name(issue, target.all[0]) for target in issue.targets))
        self._hints = {
            *self._references,
            *(term_name(issue, n) for n in (issue.reasons.exits if issue.reasons else ())),
        }
        self._asides = [term_name(issue, name) for name in issue.asides]
        self._bare = _bare_direction(issue.bare) if issue.bare else None
        self._reasons = Reasons(issue)
        self._ends = {
            -1: [term_name(issue, name) for name in issue.ends.lower],
            1: [term_name(issue, name) for name in issue.ends.upper],
        }
        self._ends_if_unneeded = [term_name(issue, name) for name in issue.ends.lower_if_unneeded]
        self._ends_of_presence = [term_name(issue, name) for name in issue.ends.upper_of_presence]
        self._directions = Patterns(directions_of(issue))
        self._target_patterns = [Pattern.of(issue, target) for target in issue.targets]
        self._blocker_patterns = [Pattern.of(issue, target) for target in issue.not_targets]
        self._target_leads = {pattern.terms[0] for pattern in self._target_patterns}
        self._blocker_leads = {pattern.terms[0] for pattern in self._blocker_patterns}
        self._sentence_memo = lru_cache(maxsize=64)(self._look_around)
        self._context_memo = lru_cache(maxsize=64)(self._look_at_all)
        self._cue_memo = lru_cache(maxsize=2048)(self._cue_operator)

    def code(self, given: Input, *, is_topic: bool = False) -> StanceCoding:
        """Code one statement on this issue; `other` where nothing is said on it."""
        around = self._context_memo(given.context)
        unsaid = _OTHER_ON_TOPIC if is_topic or around.has_target else _OTHER_OFF_TOPIC
        words = self.lexicon.statement(given.text)
        if self._leads.isdisjoint(words.hits) and not is_topic:
            return StanceCoding(OTHER, None, given.hint, unsaid)
        blockers = self._blockers(words)
        targets = self._targets(words, blockers)
        if not is_topic and not self._setting(words) | around.setting >= self._whole_setting:
            return StanceCoding(OTHER, None, given.hint, 0.7 if targets else unsaid)
        in_context = bool(targets) or is_topic or around.has_target
        mentions = self._mentions(words, targets, blockers, in_context=in_context, is_topic=is_topic)
        cue = self._cue_memo(given.cues)
        if not mentions:
            mentions = self._bare_mentions(words, targets, blockers, is_topic)
            cue = None if cue == "demanded" else cue  # what is demanded of a thing that is only named is not known
        if not mentions:
            return self._unsaid(given, words, targets, 0.7 if targets else unsaid, is_topic=is_topic)
        mentions = apply_operators(words, mentions, cue)
        if mentions[0].direction is self._bare and not mentions[0].explicit and mentions[0].state not in JUDGED:
            return self._unsaid(given, words, targets, 0.7, is_topic=is_topic)
        main, clash = choose_main(own_part(words, mentions))
        if clash:
            main, clash = choose_main(after_turn(words, mentions))
        coding = self._decide(given, words, mentions, main, clash=clash)
        coding = self._weigh_reasons(coding, words, mentions, main, is_topic=is_topic)
        return self._take_to_the_end(coding, words, main)

    def can_concern(self, text: str) -> bool:
        """Whether a normalised text has a word for each part of the setting (or for some target): a quick look."""
        return all(any(stem in text for stem in stems) for stems in self._settings)

    def is_touched_by(self, names: Set[str]) -> bool:
        """Whether any statement can be on this issue in a document with these terms of targets and settings.

        Without a target and a whole setting every statement is `other`, and no sentence makes the issue a topic.
        """
        return names >= self._setting_terms.keys() or any(names >= target.needed for target in self._target_patterns)

    # 1. Words.

    def has_target(self, text: str) -> bool:
        """Whether the normalised text names what the issue is about."""
        return self._look_around(text).has_target

    def is_topic_of(self, sentences: Collection[str], title: str) -> bool:
        """Whether the title names the issue, or several sentences do and several name its setting."""
        if title and self.has_target(title):
            return True
        looks = [self._sentence_memo(sentence) for sentence in ({*sentences, title} if title else sentences)]
        named = Counter(name for look in looks for name in look.setting)
        count = sum(look.has_target for look in looks)
        enough = 1 if count >= _MANY_SENTENCES else _FEWEST_SENTENCES
        hinted = sum(look.has_target or look.is_hint for look in looks)
        if count == 1 and hinted >= _MANY_SENTENCES:  # the others refer to what one sentence names
            count, enough = _FEWEST_SENTENCES, _MANY_SENTENCES
        return count >= _FEWEST_SENTENCES and all(named[name] >= enough for name in self.issue.setting)

    def _look_at_all(self, context: tuple[str, ...]) -> Around:
        looks = [self._sentence_memo(sentence) for sentence in context]
        return Around(any(look.has_target for look in looks), frozenset().union(*(look.setting for look in looks)))

    def _look_around(self, text: str) -> Around:
        words = self.lexicon.sentence(text)
        is_hint = not self._hints.isdisjoint(words.hits)
        return Around(bool(self._targets(words, self._blockers(words))), self._setting(words), is_hint)

    def _setting(self, words: Words) -> frozenset[str]:
        return frozenset(name for term, name in self._setting_terms.items() if term in words.hits)

    # 2. Targets and directions.

    def _targets(self, words: Words, blockers: list[Hit]) -> list[Hit]:
        if self._target_leads.isdisjoint(words.hits):
            return []
        names = words.hits.keys()
        found = [hit for target in self._target_patterns if names >= target.needed for hit in target.find(words)]
        blocked = {i for hit in blockers for i in range(hit.start, hit.end)}
        return sorted(
            (hit for hit in found if hit.start not in blocked and hit.end - 1 not in blocked),
            key=lambda h: (h.start, h.end),
        )

    def _blockers(self, words: Words) -> list[Hit]:
        if self._blocker_leads.isdisjoint(words.hits):
            return []
        names = words.hits.keys()
        return [hit for target in self._blocker_patterns if names >= target.needed for hit in target.find(words)]

    def _mentions(
        self, words: Words, targets: list[Hit], blockers: list[Hit], *, in_context: bool, is_topic: bool
    ) -> list[Mention]:
        terms = [*self._references, *self._target_terms] if is_topic else self._references if in_context else ()
        references = [hit for term in terms for hit in words.of(term)]
        claimed: set[int] = set()
        mentions: list[Mention] = []
        for direction, pattern in self._directions.among(words):
            for hit in pattern.find(words):
                if hit.start in claimed or is_only_existence(direction, hit, claimed, words):
                    continue
                gap = find_aim(direction, hit, words, targets, references, blockers, in_context)
                if gap is None:
                    continue
                own = pattern.own_words(hit, words)
                is_joint = len(pattern.terms) > 1
                if is_joint and is_parted_in_time(words, own):
                    continue
                claimed |= own
                mentions.append(
                    Mention(direction, hit.start, hit.end, gap != REFERRED, own, max(gap, 0), is_joint=is_joint)
                )
        mentions.sort(key=lambda m: (m.start, -m.end))
        return absorb_complements(yield_to_operators(mentions, words), words)

    def _bare_mentions(self, words: Words, targets: list[Hit], blockers: list[Hit], is_topic: bool) -> list[Mention]:
        """Return targets that nothing is said of in words of the issue; operators may still judge them."""
        if self._bare is None or any(words.of(term) for term in self._asides):
            return []
        foreign = {at for hit in blockers for at in range(hit.start, hit.end)} if is_topic else set()
        terms = self._references if is_topic else ()
        references = [hit for term in terms for hit in words.of(term) if hit.start not in foreign]
        named = [Mention(self._bare, h.start, h.end, True, frozenset(range(h.start, h.end))) for h in targets[:1]]
        return named or [
            Mention(self._bare, h.start, h.end, False, frozenset(range(h.start, h.end))) for h in references[:1]
        ]

    # 3. Operators.

    def _cue_operator(self, cues: tuple[str, ...]) -> str | None:
        """Return the operator that the reporting word itself is, by its lemma or else as it is printed."""
        for cue in cues:
            names = {hit.name for hit in self.lexicon.index.find(split_words(fold(cue))) if hit.start == 0}
            for name in ("opposed", "demanded", "doubted", "valued", "stalled", "postponed"):
                if f"{name}<" in names:
                    return name
            if "negation" in names:
                return "negation"
        return None

    # 4. The decision.

    def _decide(
        self, given: Input, words: Words, mentions: list[Mention], main: Mention, *, clash: bool
    ) -> StanceCoding:
        stance = step_of(main)
        rules = [f"{m.direction.id}.{m.state}" for m in mentions]
        modality = self.read_modality(given, main)
        confidence = estimate_confidence(
            main, clash=clash, is_plain=is_plain(mentions, main, words), is_demand=given.hint == "demand"
        )
        if main.state == "admitted":
            stance = None
        if given.grade == "anonymous" and _relays(words):
            stance, confidence = None, 0.65
            rules.append("relayed by an unnamed source")
        if confidence < ABSTAIN:
            stance = None
            rules.append("abstained")
        is_contested = abs(main.direction.effects.demanded or 0) == 2 and main.state in ("asserted", "denied")
        return StanceCoding(self.issue.id, stance, modality, confidence, tuple(rules), is_contested)

    # 5. Reasons, where no direction decides.

    def _unsaid(
        self, given: Input, words: Words, targets: Sequence[Hit], confidence: float, *, is_topic: bool
    ) -> StanceCoding:
        """Code a statement without a direction by its reasons, if its document is on the issue."""
        off = StanceCoding(OTHER, None, given.hint, confidence)
        exits = self._reasons.exits(words)
        if not is_topic or (not exits and any(words.of(term) for term in self._asides)):
            return off
        if not targets and not self._reasons.is_on_topic(words, self._blockers(words)):
            return off
        roles = [Role(hit.start, hit.end, 1) for hit in targets] + exits
        balance = self._reasons.weigh(words, roles)
        if not balance and not self._reasons.is_procedural(words):
            return off
        modality = self.read_modality(given)
        coding = StanceCoding(self.issue.id, sign_of(balance), modality, _BY_REASONS, ("reasons",))
        return _judging(coding) if balance else coding

    def _weigh_reasons(
        self, coding: StanceCoding, words: Words, mentions: Sequence[Mention], main: Mention, *, is_topic: bool
    ) -> StanceCoding:
        """Let reasons decide where directions leave a statement neutral, or outweigh a plain assertion."""
        is_unjudged = main.state in _UNJUDGED or (main.state == "denied" and coding.stance)
        # "The demand to end the mission leaves the country uncovered": a demand that the statement itself judges.
        is_unjudged = is_unjudged or (main.state == "demanded" and self._reasons.opens_with_a_step(words))
        if not is_unjudged or coding.stance is None or abs(coding.stance) == _LAST_STEP:
            return coding  # who resists or expels leaves no doubt
        if main.direction is self._bare and main.state == "discussed":
            return coding  # what is refused or asked for is another deed
        roles = [Role(m.start, m.end, sign_of(m.direction.effects.valued)) for m in mentions]
        roles = [role for role in roles if role.side] or (self._reasons.exits(words) if is_topic else [])
        balance = self._reasons.weigh(words, roles, main.own if main.is_joint else frozenset())
        is_open = main.explicit and main.state != "discussed" and not main.direction.procedural
        is_hinted = OTHERS in main.operators or "background" in main.operators
        needed = 1 if is_hinted or (is_open and not coding.stance) else ENOUGH
        if abs(balance) < needed or sign_of(balance) == sign_of(coding.stance):
            return coding
        decided = replace(coding, stance=sign_of(balance), confidence=_BY_REASONS, rules=(*coding.rules, "reasons"))
        return _judging(decided)

    def _take_to_the_end(self, coding: StanceCoding, words: Words, main: Mention) -> StanceCoding:
        """Move a step of one to the end of its side where the statement uses a word that only that end uses.

        Where only the other end uses it, a plain assertion is no wish: "the occupier stays" is an opponent's.
        """
        side = sign_of(coding.stance)
        if not side or coding.stance != side or main.state in _OF_OTHERS:
            return coding
        if self._is_absolute(words, main, side):
            pass
        elif main.state == "asserted" and any(words.of(term) for term in self._ends[-side]):
            side = -side
        elif not any(words.of(term) for term in self._ends[side]):
            return coding
        return _judging(replace(coding, stance=2 * side, rules=(*coding.rules, "a word of the end")))

    def _is_absolute(self, words: Words, main: Mention, side: int) -> bool:
        """Whether no presence of any kind is needed, or the presence itself is called vital."""
        effects = main.direction.effects
        if side < 0:
            is_unneeded = main.state == "unneeded" or (main.state == "asserted" and effects.unneeded == side)
            return is_unneeded and main.direction.target == "near" and _has(words, self._ends_if_unneeded)
        is_presence = main.direction is self._bare or effects.demanded == _LAST_STEP
        return is_presence and main.state in _PRAISED and _has(words, self._ends_of_presence)

    def read_modality(self, given: Input, main: Mention | None = None) -> str:
        """Return the modality of a statement; `main` is the direction that decides, None off the issue."""
        words = self.lexicon.statement(given.text) if main else self.lexicon.modal_words(given.text)
        is_decider = given.camp in self.issue.deciders
        state, end, step = (main.state, main.end, step_of(main)) if main else (None, 0, None)
        if main and TIED in main.operators:
            state = "conditional"
        is_judgement = self._cue_memo(given.cues) in ("opposed", "valued")
        return self.lexicon.modality.read(
            words,
            hint=given.hint,
            is_decider=is_decider,
            state=state,
            end=end,
            step=step,
            is_judgement=is_judgement,
        )


def _has(words: Words, terms: Sequence[str]) -> bool:
    """Whether one of the terms stands there and is not negated."""
    return any(hit.start == 0 or words.words[hit.start - 1] not in _NOT for term in terms for hit in words.of(term))


def _judging(coding: StanceCoding) -> StanceCoding:
    """Take a coding for a position that was not said outright: who gives reasons judges."""
    return replace(coding, modality="position") if coding.modality == "fact" else coding


def _relays(words: Words) -> bool:
    """Whether the statement opens with what somebody else said or decided («بغداد طلبت ...», not «ما أعلن ...»)."""
    return any(hit.start <= 4 and (not hit.start or words.words[hit.start - 1] != "ما") for hit in words.of("relays"))


def _bare_direction(effects: Effects) -> Direction:
    return Direction(id=BARE, patterns=(BARE,), target="none", effects=effects)


def _leanings(speakers: Sequence[str | None], codings: Sequence[StanceCoding]) -> dict[tuple[str | None, str], int]:
    """Return the side on which each speaker takes a stand on each issue: who demands, or goes to the end of the scale.

    Speakers whose statements are on both sides, or who only describe and judge, have none (0).
    """
    signs: dict[tuple[str | None, str], set[int]] = {}
    stands: set[tuple[str | None, str]] = set()
    for speaker, coding in zip(speakers, codings, strict=True):
        if speaker and coding.stance and coding.modality != "forecast" and coding.confidence >= ABSTAIN:
            signs.setdefault((speaker, coding.issue), set()).add(sign_of(coding.stance))
            if coding.modality == "demand" or abs(coding.stance) == _LAST_STEP:
                stands.add((speaker, coding.issue))
    return {key: next(iter(found)) if len(found) == 1 and key in stands else 0 for key, found in signs.items()}


def weigh_speaker(coding: StanceCoding, leaning: int) -> StanceCoding:
    """Take the stance off an opponent's forecast that things will stay as they are: it is no wish.

    A forecast of the lower side keeps its step, which stands for announcements too.
    """
    if coding.is_contested and coding.modality == "forecast" and (coding.stance or 0) > 0 > leaning:
        return replace(coding, stance=None, confidence=0.7, rules=(*coding.rules, "forecast against own leaning"))
    return coding
