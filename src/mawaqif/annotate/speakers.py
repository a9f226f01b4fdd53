"""Finds out who a speaker phrase names: a registered actor, an unregistered person or office, an unnamed source."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from functools import lru_cache
from typing import Literal

from mawaqif.annotate.actors import actor_gender, is_human
from mawaqif.arabic.reading_copy import reading_copy
from mawaqif.arabic.text import NormalisedText, fold
from mawaqif.records import Mention, Reading, Span
from mawaqif.vocabulary import Actor, Vocabulary

Gender = Literal["m", "f"]
Number = Literal["s", "d", "p"]
Kind = Literal["role", "body", "document", "anonymous", "other"]

_MEMORY = 60
"""Earlier speakers and mentions that one phrase may point back to; keeps a phrase at constant cost."""
_LONGEST_PHRASE = 60
"""Words of a phrase that are looked at; a longer one was cut wrongly."""
_LOOK_BACK = 4000
"""Characters before a bare surname in which its full name is looked for."""


@dataclass(frozen=True, slots=True)
class ResolvedSpeaker:
    """The speaker of one phrase.

    Attributes:
        span: The source span of the whole phrase; of its own part for a joint speaker.
        speaker_id: A registered id, or `x-` and the normalised name with underscores; None where nobody is named.
        speaker_name: The personal name as printed, else the phrase; the registered Arabic name for a registered actor.
        registered: Whether `speaker_id` stands in the vocabulary.
        grade: person, office (a role without a name), institution or anonymous; None with no speaker.
        on_behalf_of_id: The registered body that the speaker speaks for.
        gender: m or f as verbs and pronouns agree with it; None where unknown.
        number: s, d or p; plurals of things are p and f.
        members: The joint speakers, one each, where there are several; the outer record then repeats the first.
        roles: Folded heads of the roles, bodies and documents it came with: «الوزير», «البيان» find it by them.
        words: All folded words of the phrase, for longer roles said again without the name.
    """

    span: Span
    speaker_id: str | None
    speaker_name: str | None
    registered: bool
    grade: str | None
    on_behalf_of_id: str | None = None
    gender: Gender | None = None
    number: Number | None = None
    members: tuple[ResolvedSpeaker, ...] = ()
    roles: tuple[str, ...] = ()
    words: frozenset[str] = frozenset()


def resolve_speaker(
    reading: Reading, vocabulary: Vocabulary, span: Span, *, history: Sequence[ResolvedSpeaker] = ()
) -> ResolvedSpeaker:
    """Return who the speaker phrase at `span` names; `history` holds the earlier speakers of the document in order.

    1. «الطرفان» and its like stand for the two named before; 2. a phrase with several heads is parted, one member each;
    3. a personal name decides; 4. without one, the head does: a registered actor, a document for the body that issued
    it, an anonymous source, a role or body for who was introduced with it; 5. what remains keeps its own words.

    Args:
        reading: The document, its mentions annotated.
        vocabulary: The vocabulary the mentions were found with.
        span: The source span of the noun phrase; a clitic before it and an apposition after it may be included.
        history: Earlier results of this function for the same document; the last few dozen are looked at.
    """
    phrase = _phrase(reading, vocabulary, span, history)
    if not phrase.tokens:
        return ResolvedSpeaker(span, None, None, False, None)
    # 1.
    if pair := _pair(phrase):
        return _joined(span, pair)
    # 2.
    parts = _parts(phrase)
    if len(parts) > 1:
        members = [member for part in parts if (member := _resolve(part)).speaker_id is not None]
        if len({member.speaker_id for member in members}) > 1:
            return _joined(span, members)
    # 3. to 5.
    return replace(_resolve(phrase), span=span)


def _joined(span: Span, members: Sequence[ResolvedSpeaker]) -> ResolvedSpeaker:
    return replace(members[0], span=span, members=tuple(members), number="d" if len(members) == 2 else "p")


# --- words, compiled once a vocabulary ------------------------------------------------------------------------------


@dataclass(frozen=True)
class _Words:
    roles: dict[str, tuple[str, Gender, Number]]
    bodies: frozenset[str]
    documents: frozenset[str]
    anonymous: frozenset[str]
    anonymous_roles: frozenset[str]
    titles: frozenset[str]
    given_names: frozenset[str]
    places: frozenset[str]
    forms: dict[str, str]
    humans: frozenset[str]
    offices: dict[str, frozenset[str]]
    known: frozenset[str]
    actors: dict[str, Actor]
    facts: dict[str, _Facts] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class _Facts:
    """What every mention of a registered actor has in common: the heads of its name and offices are its `roles`."""

    grade: str
    gender: Gender | None
    has_fixed_gender: bool
    number: Number
    roles: tuple[str, ...]


@lru_cache(maxsize=4)
def _words(vocabulary: Vocabulary) -> _Words:
    file = vocabulary.actors
    words = file.name_words
    given_names = frozenset(fold(name) for name in words.given_names)
    bodies = _bare_set(words.bodies)
    roles = {
        form: role for form, role in _role_forms(vocabulary).items() if form not in bodies or not form.endswith("ه")
    }
    others = _bare_set((*words.documents, *words.anonymous, *words.places))
    compiled = _Words(
        roles=roles,
        bodies=bodies,
        known=frozenset(roles) | bodies | others | given_names,
        documents=_bare_set(words.documents),
        anonymous=_bare_set(words.anonymous),
        anonymous_roles=_bare_set(words.anonymous_roles),
        titles=frozenset(fold(title) for title in words.titles),
        given_names=given_names,
        places=frozenset(fold(place) for place in words.places),
        actors={actor.id: actor for actor in file.actors},
        forms={fold(alias.form): actor.id for actor in file.actors for alias in actor.forms},
        humans=frozenset(actor.id for actor in file.actors if is_human(actor, given_names)),
        offices={a.id: frozenset(_bare(fold(o.title).split()[0]) for o in a.offices) for a in file.actors},
    )
    compiled.facts.update((actor.id, _facts(actor, compiled)) for actor in file.actors)
    return compiled


def _bare_set(words: Iterable[str]) -> frozenset[str]:
    return frozenset(_bare(fold(word)) for word in words)


def _bare(word: str) -> str:
    return word[2:] if word.startswith("ال") and len(word) > 3 else word


def _role_forms(vocabulary: Vocabulary) -> dict[str, tuple[str, Gender, Number]]:
    """Return every inflected form of the role words, without article: masculine, feminine, dual and plural."""
    forms: dict[str, tuple[str, Gender, Number]] = {}
    for entry in vocabulary.actors.name_words.roles:
        role = fold(entry if isinstance(entry, str) else entry.form)
        lemma = role if isinstance(entry, str) or entry.same_as is None else fold(entry.same_as)
        forms.setdefault(role, (lemma, "m", "s"))
        forms.setdefault(role + "ه", (lemma, "f", "s"))
        forms.setdefault(role + "ات", (lemma, "f", "p"))
        for ending in ("ون", "ين", "و"):
            forms.setdefault(role + ending, (lemma, "m", "p"))
        for owner in ("ها", "هم", "هما"):
            forms.setdefault(role + owner, (lemma, "m", "s"))
        for owner in ("ته", "تها", "تهم"):
            forms.setdefault(role + owner, (lemma, "f", "s"))
        forms.setdefault(role + "ان", (lemma, "m", "d"))
        forms.setdefault(role + "ا", (lemma, "m", "d"))
        if not isinstance(entry, str) and entry.plural:
            forms[fold(entry.plural)] = (lemma, "m", "p")
    return forms


# --- the phrase -----------------------------------------------------------------------------------------------------

_TOKEN = re.compile(r"[^\W\d_]+|\d+")


def _word_set(words: str) -> frozenset[str]:
    return frozenset(map(fold, words.split()))


_RELATIVE = _word_set("التي الذي الذين اللذان اللذين اللواتي اللاتي")
_PREPOSITIONS = frozenset({"على"}) | _word_set(
    """
    فإن بأن لأن وأن فيما بينما بني بنو قد وقد لما ما أعلاه
    في من إلى عن لدى باسم عبر بشأن لشؤون ضمن بين مع حول قرب ب ل ضد قبل بعد عليها عليه عليهم فيها فيه
    منها منه منهم لها له لهم بها به عنها عنه إليها إليه بينهم بينها أن إن إذ حيث كما خلال أثناء بصفته
    بصفتها ك أو أم مثل
    """
)
# The copy folds على and علي into one; the preposition is told by its last letter in the source.
_QUALIFIERS = _word_set(
    """
    سابق سابقة أسبق عشر كبير كبيرة كبار رفيع رفيعة رفيعو رسمي رسمية بارز بارزة عام عامة أول خاص خاصة مطلع
    مطلعة موثوق موثوقة متطابقة متعددة عدة أحد إحدى بعض جديد جديدة أعلى قديم غير لم لا هو هي نفسه نفسها
    هذا هذه ذلك تلك كل جميع معظم تابع تابعة مقرب مقربة نظيره نظيرها
    """
)
_PAIRED = _word_set(
    """
    الطرفان الطرفين الجانبان الجانبين البلدان البلدين الدولتان الدولتين الحكومتان الحكومتين العاصمتان
    العاصمتين الاثنان
    """
)
_NAME_PARTICLES = _word_set("بن ابن بنت آل أبو أبي عبد فون دي دو ال الله الدين أم ذو دير فان")


# Neither is frozen: they are made for every word and part of a phrase, and frozen ones take three times as long.
@dataclass(slots=True)
class _Token:
    word: str
    start: int
    end: int
    mark: str
    """The comma, bracket, dash or colon before it, or nothing."""
    mention: Mention | None = None
    linked: bool = False
    """Whether a ل or ب was taken off it."""
    is_definite: bool = False

    @property
    def apart(self) -> bool:
        return bool(self.mark)

    @property
    def bare(self) -> str:
        return self.word[2:] if self.is_definite else self.word


@dataclass(slots=True)
class _Phrase:
    tokens: tuple[_Token, ...]
    reading: Reading
    vocabulary: Vocabulary
    copy: NormalisedText
    history: Sequence[ResolvedSpeaker]
    lexicon: _Words

    @property
    def span(self) -> Span:
        return self.copy.source_span(self.tokens[0].start, self.tokens[-1].end)

    def text(self, first: int, last: int) -> str:
        span = self.copy.source_span(self.tokens[first].start, self.tokens[last].end)
        printed = " ".join(self.reading.words(span).strip(" \n\t\"'«»“”‘’()،,").split())
        opened = printed.startswith("لل") and self.tokens[first].word.startswith("ال")
        return "ال" + printed[2:] if opened else printed


def _phrase(reading: Reading, vocabulary: Vocabulary, span: Span, history: Sequence[ResolvedSpeaker]) -> _Phrase:
    """Read the phrase as words without leading clitics, each with the registered mention that it belongs to."""
    copy = reading_copy(reading)
    start, end = copy.index_of(span.start), copy.index_of(span.end)
    text = copy.text[start : min(end, start + 12 * _LONGEST_PHRASE)]
    words = _words(vocabulary)
    mentions = _mentions_within(reading, span)
    tokens: list[_Token] = []
    at = 0
    for match in _TOKEN.finditer(text):
        word, first, last = match.group(), match.start(), match.end()
        if word in _RELATIVE:
            break
        mark = next((mark for mark in text[at:first] if mark in ",(-[:;"), "")
        cut = _clitic(word, words, is_first=not tokens)
        is_linked = bool(tokens) and (cut > 0 or word.startswith("لل"))
        if word[cut:].startswith("لل") and len(word) > cut + 3:
            word = word[:cut] + "ال" + word[cut + 2 :]
        if word == "علي" and reading.text[int(copy.ends[start + last - 1]) - 1] == "ى":
            word = "على"
        begins, ends = int(copy.starts[start + first]), int(copy.ends[start + last - 1])
        mention = next((m for m in mentions if m.start < ends and m.end > begins), None)
        word = word[cut:]
        is_article = _is_article(word, reading.text[begins + cut : begins + cut + 1], words)
        tokens.append(_Token(word, start + first + cut, start + last, mark, mention, is_linked, is_article))
        at = last
    return _Phrase(tuple(tokens[:_LONGEST_PHRASE]), reading, vocabulary, copy, history[-_MEMORY:], words)


def _is_article(word: str, first_letter: str, words: _Words) -> bool:
    """Whether a word is definite; ألكسندر begins with a hamza and إلياس is a name."""
    return word.startswith("ال") and len(word) > 3 and first_letter not in "أإآ" and word not in words.given_names


def _clitic(word: str, words: _Words, *, is_first: bool) -> int:
    """Return how many letters to take off: conjunction and preposition before the first word, ل or ب elsewhere."""
    known = words.known
    if word in _PREPOSITIONS or _bare(word) in known:
        return 0
    for clitic in ("و", "ف", "ل", "ب", "ول", "وب", "فل") if is_first else ("ل", "ب"):
        rest = word[len(clitic) :]
        if word.startswith(clitic) and (_bare(rest) in known or rest.startswith("لل")):
            return len(clitic)
    return 0


def _mentions_within(reading: Reading, span: Span) -> list[Mention]:
    """Return the registered mentions that touch the span; mentions are in order of the text."""
    at = bisect_left(reading.mentions, span.start, key=lambda mention: mention.start)
    at = max(0, at - 2)
    found: list[Mention] = []
    for mention in reading.mentions[at : at + _LONGEST_PHRASE]:
        if mention.start >= span.end:
            break
        if mention.end > span.start:
            found.append(mention)
    return found


# --- 1. pairs -------------------------------------------------------------------------------------------------------


def _pair(phrase: _Phrase) -> list[ResolvedSpeaker]:
    """Return the two that «الطرفان», «الجانبين العراقي والأميركي» or «الوزيران» stand for, if clear."""
    head = phrase.tokens[0]
    words = phrase.lexicon
    role = words.roles.get(head.bare)
    is_dual_role = head.is_definite and (role is not None and role[2] == "d")
    if head.bare in _AGREEMENTS and (parties := _parties_after(phrase)):
        return parties
    is_shared = head.bare in _AGREEMENTS and any(token.bare in _SHARED for token in phrase.tokens[1:])
    if head.word not in _PAIRED and not is_dual_role and not is_shared:
        return []
    if named := _named_sides(phrase):
        return named
    if is_dual_role and role is not None:
        found = _last_distinct(s for s in reversed(phrase.history) if role[0] in s.roles)
        return [replace(s, span=phrase.span) for s in found]
    actors = _persons_in_sentence(phrase) or _states_before(phrase)
    return [_registered(phrase, actor, phrase.span) for actor in actors]


_AGED = _word_set("البالغ البالغة")
_AGREEMENTS = _word_set("بيان إعلان اتفاق اتفاقية خارطة خريطة تصريح خطة مذكرة")
_SHARED = _word_set("مشترك مشتركة متفق ثنائي ثنائية")


_BETWEEN = re.compile(r"[^.\n?!]{0,60}? بين ([^.\n?!,]{3,60})")


def _parties_after(phrase: _Phrase) -> list[ResolvedSpeaker]:
    """Return the two parties that an agreement's own clause names: «الاتفاق الذي تم التوصل إليه بين ... و...»."""
    match = _BETWEEN.match(phrase.copy.text, phrase.tokens[0].end)
    if match is None:
        return []
    span = phrase.copy.source_span(match.start(1), match.end(1))
    between = _phrase(phrase.reading, phrase.vocabulary, span, phrase.history)
    if not between.tokens or between.tokens[0].bare in _AGREEMENTS:
        return []
    parties = _pair(between) or [_resolve(part) for part in _parts(between)]
    known = [replace(party, span=phrase.span) for party in parties if party.registered]
    return known if len(known) == 2 and known[0].speaker_id != known[1].speaker_id else []


def _named_sides(phrase: _Phrase) -> list[ResolvedSpeaker]:
    """Read the adjectives of «الجانبين العراقي والأميركي» through forms like «الجانب ...»."""
    forms = phrase.lexicon.forms
    sides: list[ResolvedSpeaker] = []
    for token in phrase.tokens[1:4]:
        adjective = token.word[1:] if token.word.startswith("وال") else token.word
        spelled = adjective.replace("اميرك", "امريك")
        actor_id = forms.get(f"الجانب {spelled}") or forms.get(f"الحكومه {spelled}ه")
        actor = phrase.lexicon.actors.get(actor_id) if actor_id else None
        if actor:
            sides.append(_registered(phrase, actor, phrase.span))
    return sides if len(sides) == 2 else []


def _last_distinct(speakers: Iterable[ResolvedSpeaker]) -> list[ResolvedSpeaker]:
    found: dict[str, ResolvedSpeaker] = {}
    for speaker in speakers:
        for one in speaker.members or (speaker,):
            if one.speaker_id:
                found.setdefault(one.speaker_id, one)
        if len(found) == 2:
            return list(found.values())[::-1]
    return []


def _earlier_mentions(phrase: _Phrase) -> list[Mention]:
    """Return the last mentions before the phrase, nearest first."""
    at = bisect_left(phrase.reading.mentions, phrase.span.start, key=lambda mention: mention.start)
    return list(phrase.reading.mentions[max(0, at - _MEMORY) : at])[::-1]


def _persons_in_sentence(phrase: _Phrase) -> list[Actor]:
    """Return the two people of different camps or bodies that the same sentence named, for «أكد فيه الطرفان»."""
    if phrase.tokens[0].word not in ("الطرفان", "الطرفين", "الجانبان", "الجانبين", "الاثنان"):
        return []
    sentences = phrase.reading.sentences
    at = bisect_left(sentences, phrase.span.start + 1, key=lambda sentence: sentence.start) - 1
    opening = sentences[at].start if at >= 0 else phrase.span.start - 250
    found: dict[str, Actor] = {}
    for mention in _earlier_mentions(phrase):
        actor = phrase.lexicon.actors.get(mention.actor_id)
        if mention.start < opening:
            break
        if actor and actor.id in phrase.lexicon.humans and actor.camp not in {a.camp for a in found.values()}:
            found.setdefault(actor.id, actor)
    return list(found.values())[::-1] if len(found) == 2 else []


def _states_before(phrase: _Phrase) -> list[Actor]:
    """Return the two governments that the text named last."""
    found: dict[str, Actor] = {}
    for mention in _earlier_mentions(phrase):
        actor = phrase.lexicon.actors.get(mention.actor_id)
        is_state = (
            actor is not None
            and actor.type in ("state", "government")
            and actor.affiliation in (None, "iraq", "united_states")
        )
        if actor and is_state and actor.camp not in {a.camp for a in found.values() if a.camp != "coalition_others"}:
            found.setdefault(actor.id, actor)
        if len(found) == 2:
            return list(found.values())[::-1]
    return []


# --- 2. parts -------------------------------------------------------------------------------------------------------


def _parts(phrase: _Phrase) -> list[_Phrase]:
    """Part «بغداد وواشنطن», «وزير ... فلان ووزير ... فلان»; «وزير الخارجية والتعاون» stays whole."""
    words = phrase.lexicon
    parts: list[_Phrase] = []
    current: list[_Token] = []
    skip = False
    for i, token in enumerate(phrase.tokens):
        if skip:
            skip = False
            continue
        following = _conjoined(phrase.tokens, i) if current and not token.apart else None
        if following is not None and _starts_anew(replace(phrase, tokens=tuple(current)), following, words):
            parts.append(replace(phrase, tokens=tuple(current)))
            current = [following]
            skip = token.word == "و"
        else:
            current.append(token)
    return [*parts, replace(phrase, tokens=tuple(current))]


def _conjoined(tokens: Sequence[_Token], at: int) -> _Token | None:
    """Return the word after a conjunction at `at`, whether the و stands alone or is joined to it."""
    token = tokens[at]
    if token.word == "و":
        return tokens[at + 1] if at + 1 < len(tokens) else None
    if not token.word.startswith("و") or len(token.word) < 3:
        return None
    word = token.word[1:]
    word = "ال" + word[2:] if word.startswith("لل") else word
    return replace(token, word=word, start=token.start + 1, is_definite=word.startswith("ال") and len(word) > 3)


def _starts_anew(left: _Phrase, token: _Token, words: _Words) -> bool:
    """Whether a conjoined word heads a speaker of its own: it must be of the kind that the part before it is."""
    head = left.tokens[0]
    run = _name_run(left)
    named = run is not None and run[1] == len(left.tokens) - 1
    kind, head_kind = _kind(token, words), _kind(head, words)
    begins = token.mention is not None and left.copy.starts[token.start] <= token.mention.start
    if begins and head.mention is not None and head_kind != "role":
        return token.mention != head.mention
    if kind == "anonymous" and not token.is_definite:
        return head_kind == "anonymous" or (head_kind == "role" and not head.is_definite and run is None)
    if kind == "role" or begins:
        return named or (begins and head.mention is not None and head_kind == "role" and kind == "role")
    if kind == "body" and head_kind == "body":
        return token.is_definite == head.is_definite
    return named and token.bare in words.given_names


# --- 3. names -------------------------------------------------------------------------------------------------------


def _kind(token: _Token, words: _Words) -> Kind:
    bare = token.bare
    if bare in words.anonymous:
        return "anonymous"
    if bare in words.roles:
        return "role"
    if bare in words.documents:
        return "document"
    return "body" if bare in words.bodies else "other"


def _name_run(phrase: _Phrase) -> tuple[int, int] | None:
    """Return the first and last word of the personal name in a phrase, or None.

    A name begins with an indefinite word that is no role, body, place, qualifier or nisba, and not what a construct
    noun or a preposition governs; it goes on over such words and a definite surname. A known given name needs less.
    Inside the name of a body («مؤسسة محمد ...») there is no speaker, unless a role or a comma comes before.
    """
    words = phrase.lexicon
    tokens = phrase.tokens
    governed = False
    if any(token.word in _SECRECY for token in tokens):
        return None
    is_title = tokens[0].is_definite and tokens[0].word in words.titles
    is_body = _kind(tokens[0], words) in ("body", "document", "anonymous") and not is_title
    is_strict = _kind(tokens[0], words) == "other" and not is_title
    inside = -1
    for i, token in enumerate(tokens):
        if i <= inside:
            continue
        kind = _kind(token, words)
        governed = governed and not token.apart
        is_body = is_body and not (token.mark == "," or (i > 0 and tokens[i - 1].word in ("عبر", "لسان")))
        if token.mention is not None:
            if not is_body and _is_name_mention(phrase, token, words) and not _is_complement(phrase, i, words):
                return i, _mention_end(tokens, i)
            governed = False
        elif token.word in words.titles and governed and _kind(tokens[i - 1], words) == "body":
            inside = i + (2 if i + 1 < len(tokens) and tokens[i + 1].word in _NAME_PARTICLES else 1)
            governed = False
        elif token.word in words.titles and not (kind == "role" and not token.is_definite):
            governed = False
            if not is_body and i + 1 < len(tokens) and _is_titled_name(tokens[i + 1], words):
                return i + 1, _run_end(tokens, i + 1, words)
        elif kind != "other":
            governed = not (token.is_definite or (kind == "role" and token.word.endswith(("ها", "هم", "هما", "ته"))))
        elif token.word in _PREPOSITIONS and not (i == 0 and token.word in words.given_names):
            governed = True
        elif token.word in _FINITE:
            return None
        elif not is_body and _opens_name(
            tokens, i, words, governed=governed or (is_strict and i > 0 and not token.apart)
        ):
            return i, _run_end(tokens, i, words)
        else:
            governed = (
                governed and not token.is_definite and not _is_nisba(token.word) and token.word not in words.places
            )
    return None


_SECRECY = _word_set("هويته هويتها هويتهم اسمه اسمها أسمائهم اسميهما أسماءهم اسماءهم")
_FINITE = _word_set(
    """
    رفض رفضت رفضوا طلب طلبت فضل فضلت اشترط اشترطت تلقت تلقى تلقته يحمل تحمل أصدرته أصدرتها أصدره أصدرت
    أصدر صدر صدرت نشر نشرت نشرته نشره بث بثت بثته قتل حصلت نقلته نقلتها تناقلته وزعته وزعه كان كانت يعمل
    تعمل شارك شاركت حضر حضرت وصف وصفت لم أكد أكدت قال قالت أدلى أدلت
    """
)


def _opens_name(tokens: Sequence[_Token], at: int, words: _Words, *, governed: bool) -> bool:
    token = tokens[at]
    if at == 0 and _is_lone_name(token, words):
        return len(tokens) == 1 or not token.word.endswith(("ه", "ون", "ين", "ات"))
    if not _may_open_name(token, words):
        return False
    if token.word in words.given_names:
        before = tokens[at - 1]
        is_free = _kind(before, words) in ("role", "other") and before.word not in _PREPOSITIONS
        return not governed or at == 0 or is_free
    is_linked = at > 0 and token.word[0] in "لب" and len(token.word) > 4
    if token.mark == "(" or (is_linked and at + 1 < len(tokens) and tokens[at + 1].is_definite):
        return False
    if at == 0 and not _ends_as_name(tokens, words):
        return False
    return not governed and (at > 0 or not token.word.endswith("ه") or len(tokens) == 1)


def _is_name_mention(phrase: _Phrase, token: _Token, words: _Words) -> bool:
    """Whether the word opens a registered person's name rather than an office or a body."""
    mention = token.mention
    if mention is None or mention.actor_id not in words.humans:
        return False
    return _kind(token, words) == "other" and int(phrase.copy.starts[token.start]) >= mention.start


def _is_complement(phrase: _Phrase, at: int, words: _Words) -> bool:
    """Whether the name only completes another's office: «مستشار الرئيس ترامب» is not the president."""
    mention = phrase.tokens[at].mention
    before = [token for token in phrase.tokens[:at] if _kind(token, words) == "role"]
    if len(before) < 2 or mention is None or phrase.tokens[at].apart:
        return False
    return before[-1].bare in words.offices.get(mention.actor_id, frozenset()) and not before[0].is_definite


def _mention_end(tokens: Sequence[_Token], at: int) -> int:
    last = at
    while last + 1 < len(tokens) and tokens[last + 1].mention == tokens[at].mention:
        last += 1
    return last


def _is_titled_name(token: _Token, words: _Words) -> bool:
    if token.apart or token.mention is not None or token.word in words.titles:
        return False
    return _kind(token, words) == "other" and token.word not in _PREPOSITIONS and token.word not in words.places


def _ends_as_name(tokens: Sequence[_Token], words: _Words) -> bool:
    """Whether what follows an unknown first word lets it be a name: its end, a comma, a role or a preposition."""
    after = _run_end(tokens, 0, words) + 1
    if after >= len(tokens) or tokens[after].apart or tokens[after].mention is not None:
        return True
    return _kind(tokens[after], words) == "role" or tokens[after].word in _PREPOSITIONS | _FINITE | _AGED


def _is_lone_name(token: _Token, words: _Words) -> bool:
    """Whether the first word of a phrase may be a name even if it ends like an adjective: غينادي, كاروبي."""
    return (
        not token.is_definite
        and _is_nisba(token.word)
        and token.word not in words.known
        and token.word not in _QUALIFIERS
    )


def _may_open_name(token: _Token, words: _Words) -> bool:
    word = token.word
    if token.is_definite or token.linked or len(word) < 2 or word.isdigit():
        return False
    if word in _QUALIFIERS or word in words.places:
        return False
    if word in words.given_names:
        return True
    if word in _PREPOSITIONS:
        return False
    if word.startswith(("بال", "لل", "وال", "كال", "فال")) or word in _RELATIVE:
        return False
    if word[0] in "بل" and word.endswith(("ه", "ات")):
        return False
    if word.startswith("و") and (word[1:] in words.known or _bare(word[1:]) in words.known):
        return False
    return not _is_nisba(word)


def _is_nisba(word: str) -> bool:
    """Whether an indefinite word looks like an adjective of origin: أميركي، عراقية، أميركيون."""
    return len(word) > 4 and word.endswith(("ي", "يه", "يون", "يين", "يات"))


def _run_end(tokens: Sequence[_Token], first: int, words: _Words) -> int:
    """Return the last word of a name that begins at `first`: further names, particles and at most two definite ones."""
    last = first
    definite = 0
    for i in range(first + 1, min(len(tokens), first + 7)):
        token = tokens[i]
        if token.apart or token.word in _PREPOSITIONS or token.word.isdigit() or token.word in _RELATIVE:
            break
        if token.word in _NAME_PARTICLES or tokens[i - 1].word in _NAME_PARTICLES or token.word in words.given_names:
            last = i
            continue
        is_last = i + 1 == len(tokens) or tokens[i + 1].apart
        if _kind(token, words) == "document" and not token.is_definite and is_last:
            last = i
            break
        if _kind(token, words) != "other" or token.word in words.titles or token.word.startswith(("لل", "وال")):
            break
        if token.word.startswith("بال") and (i > first + 1 or token.word.endswith(("ه", "ي", "ات"))):
            break
        if token.word in _FINITE or token.linked or token.word in _AGED:
            break
        if token.is_definite:
            definite += 1
            if definite > 2 or (definite == 2 and token.word.endswith(("يه", "ي"))):
                break
        elif token.word in _QUALIFIERS or (token.word.startswith("و") and len(token.word) > 5):
            break
        last = i
    return last


# --- 4. and 5. one speaker ------------------------------------------------------------------------------------------


def _resolve(phrase: _Phrase) -> ResolvedSpeaker:
    """Resolve a phrase with one head."""
    words = phrase.lexicon
    head = phrase.tokens[0]
    if head.word in _PRONOUNS:
        return _pronoun(phrase, head.word)
    run = _name_run(phrase)
    if run is not None:
        return _named(phrase, run)
    kind = _kind(head, words)
    if head.mention is not None and (actor := phrase.lexicon.actors.get(head.mention.actor_id)):
        begins = int(phrase.copy.starts[head.start]) <= head.mention.start + 2
        if begins and not (actor.camp == "anonymous" and _says_more(phrase)):
            return _registered(phrase, actor, phrase.span)
    if kind == "document":
        return _document(phrase)
    if kind == "body" and (actor := _self_named(phrase)):
        return _registered(phrase, actor, phrase.span)
    earlier = _antecedent(phrase) if kind != "other" or head.is_definite else None
    if earlier is not None:
        return earlier
    if kind == "other" and head.is_definite and len(phrase.tokens) == 1 and (surname := _surname(phrase)):
        return surname
    if kind == "other" and (within := _leading_body(phrase)):
        return within
    return _unregistered(phrase, kind)


def _says_more(phrase: _Phrase) -> bool:
    """Whether an unnamed source is told apart by more than its registered form: «مصادر فلسطينية»."""
    mention = phrase.tokens[0].mention
    further = [token for token in phrase.tokens[1:] if token.mention != mention]
    return bool(further) and not further[0].apart and further[0].word not in _PREPOSITIONS


_PRONOUNS: dict[str, tuple[Gender | None, Number]] = {
    "ه": ("m", "s"), "هو": ("m", "s"), "ها": ("f", "s"), "هي": ("f", "s"), "هم": (None, "p"), "هما": (None, "d"),
}  # fmt: skip


def _pronoun(phrase: _Phrase, word: str) -> ResolvedSpeaker:
    gender, number = _PRONOUNS[word]
    for speaker in reversed(phrase.history):
        if speaker.speaker_id and speaker.number == number and gender in (None, speaker.gender):
            return replace(speaker, span=phrase.span)
    return ResolvedSpeaker(phrase.span, None, None, False, None, gender=gender, number=number)


def _named(phrase: _Phrase, run: tuple[int, int]) -> ResolvedSpeaker:
    """Resolve a personal name: a registered actor, someone heard before under a longer name, or somebody new."""
    words = phrase.lexicon
    first, last = run
    mention = phrase.tokens[first].mention
    actor = phrase.lexicon.actors.get(mention.actor_id) if mention else None
    if actor is not None:
        return _registered(phrase, actor, phrase.span)
    name_words = tuple(token.word for token in phrase.tokens[first : last + 1])
    gender, number, roles = _introduction(phrase, words, first, last)
    if earlier := _heard_before(phrase, name_words):
        longer = not earlier.registered and len(name_words) > len((earlier.speaker_name or "").split())
        return replace(
            earlier,
            span=phrase.span,
            speaker_name=phrase.text(first, last) if longer else earlier.speaker_name,
            roles=tuple(dict.fromkeys((*earlier.roles, *roles))),
            words=earlier.words | _all_words(phrase),
            members=(),
        )
    name = phrase.text(first, last)
    if len(name_words) == 1 and (full := _full_name_before(phrase, name_words[0])):
        name, name_words = full
    return ResolvedSpeaker(
        phrase.span,
        _new_id(name_words),
        name,
        False,
        "person",
        _behalf_of_phrase(phrase, None),
        gender or "m",
        number or "s",
        roles=roles,
        words=_all_words(phrase),
    )


def _new_id(name_words: Sequence[str]) -> str:
    return "x-" + "_".join(name_words)


def _introduction(
    phrase: _Phrase, words: _Words, first: int = -1, last: int = -1
) -> tuple[Gender | None, Number | None, tuple[str, ...]]:
    """Return gender and number of the role beside a name, and the heads by which it may be pointed at later."""
    gender: Gender | None = None
    number: Number | None = None
    roles: list[str] = []
    for i, token in enumerate(phrase.tokens):
        if first <= i <= last:
            continue
        kind = _kind(token, words)
        if kind == "role":
            lemma, role_gender, role_number = words.roles[token.bare]
            roles.append(lemma)
            if gender is None and (not roles[1:] or i + 1 == first):
                gender, number = role_gender, role_number
        elif kind in ("document", "anonymous") or (kind == "body" and not roles):
            roles.append(token.bare)
    return gender, number, tuple(dict.fromkeys(roles))


def _all_words(phrase: _Phrase) -> frozenset[str]:
    return frozenset(
        _bare(token.word.removeprefix("ب") if token.word.startswith("بال") else token.word) for token in phrase.tokens
    )


def _heard_before(phrase: _Phrase, name_words: Sequence[str]) -> ResolvedSpeaker | None:
    """Return the earlier speaker whose full name holds these words: «الساعدي» after «سعود الساعدي»."""
    for speaker in reversed(phrase.history):
        for one in speaker.members or (speaker,):
            if one.speaker_id is None or one.grade != "person" or one.speaker_name is None:
                continue
            known = fold(one.speaker_name).split()
            if len(known) >= len(name_words) and set(name_words) <= set(known):
                return one
            if len(known) == 1 and known[0] == name_words[-1]:
                return one
    return None


def _surname(phrase: _Phrase) -> ResolvedSpeaker | None:
    """Return the person whose full name the text gave before a bare «الساعدي», or None."""
    token = phrase.tokens[0]
    if earlier := _heard_before(phrase, (token.word,)):
        return replace(earlier, span=phrase.span, members=())
    if full := _full_name_before(phrase, token.word):
        name, name_words = full
        return ResolvedSpeaker(phrase.span, _new_id(name_words), name, False, "person", gender="m", number="s")
    return None


def _full_name_before(phrase: _Phrase, surname: str) -> tuple[str, tuple[str, ...]] | None:
    """Return the nearest earlier full name that ends in a bare surname, as printed and in words."""
    words = phrase.lexicon
    at = phrase.tokens[0].start
    window = phrase.copy.text[max(0, at - _LOOK_BACK) : at]
    end = window.rfind(" " + surname)
    while end > 0:
        after = window[end + len(surname) + 1 : end + len(surname) + 2]
        before = window[max(0, end - 25) : end].split(" ")
        if not after.isalpha() and len(before) > 1 and before[-1] in words.given_names:
            size = 2 if before[-2] in words.given_names else 1
            name_words = (*before[-size:], surname)
            first = max(0, at - _LOOK_BACK) + end - len(" ".join(before[-size:]))
            span = phrase.copy.source_span(first, first + len(" ".join(name_words)))
            return phrase.reading.words(span), name_words
        end = window.rfind(" " + surname, 0, end)
    return None


def _registered(phrase: _Phrase, actor: Actor, span: Span) -> ResolvedSpeaker:
    gender, _, roles = _introduction(phrase, phrase.lexicon)
    facts = phrase.lexicon.facts[actor.id]
    return ResolvedSpeaker(
        span,
        actor.id,
        actor.name.ar,
        True,
        facts.grade,
        _behalf_of_phrase(phrase, actor),
        facts.gender if facts.has_fixed_gender else gender or facts.gender,
        facts.number,
        roles=tuple(dict.fromkeys((*roles, *facts.roles))),
        words=_all_words(phrase),
    )


def _facts(actor: Actor, words: _Words) -> _Facts:
    is_human = actor.id in words.humans
    heads = [] if is_human else [_bare(fold(actor.name.ar).split()[0])]
    return _Facts(
        grade=_grade(actor, words),
        gender=actor_gender(actor),
        has_fixed_gender=actor.gender is not None or not is_human,
        number="s" if is_human else _number(actor),
        roles=(*heads, *sorted(words.offices.get(actor.id, frozenset()))),
    )


def _number(actor: Actor) -> Number:
    head = fold(actor.name.ar).split()[0]
    return (
        "p" if head.endswith(("ون", "ين", "ات")) or _bare(head) in ("فصايل", "مصادر", "كتايب", "قوي", "احزاب") else "s"
    )


def grade_actor(actor: Actor, vocabulary: Vocabulary) -> str:
    """Return the grade of a registered actor as a source: person, office, institution or anonymous."""
    return _grade(actor, _words(vocabulary))


def _grade(actor: Actor, words: _Words) -> str:
    if actor.camp == "anonymous":
        return "anonymous"
    head = _bare(fold(actor.name.ar).split()[0])
    if actor.id in words.humans:
        return "office" if head in words.roles else "person"
    return "anonymous" if head in words.anonymous or (head in words.roles and actor.type == "expert") else "institution"


def _behalf_of_phrase(phrase: _Phrase, actor: Actor | None) -> str | None:
    """Return the body spoken for: the one the phrase names, else the official affiliation; experts have none."""
    words = phrase.lexicon
    if actor is not None and actor.type not in ("person", "ministry", "government"):
        return None
    if actor is not None and (actor.camp == "anonymous" or actor.id not in words.humans):
        above = phrase.lexicon.actors.get(actor.affiliation) if actor.affiliation else None
        return above.id if above and actor.camp != "anonymous" and above.type != "state" else None
    for token in phrase.tokens:
        body = phrase.lexicon.actors.get(token.mention.actor_id) if token.mention else None
        if body is not None and body.type == "state" and _kind(phrase.tokens[0], words) != "role":
            continue
        if body is not None and body.id not in words.humans and body.camp not in ("experts", "anonymous", "media"):
            if _kind(phrase.tokens[0], words) in ("body", "document") and actor is None:
                return None
            return body.id
    return actor.affiliation if actor is not None and actor.camp != "experts" else None


def _document(phrase: _Phrase) -> ResolvedSpeaker:
    """Read a document as the body that issued it, «البيان» as the one heard last."""
    words = phrase.lexicon
    head = phrase.tokens[0]
    for i, token in enumerate(phrase.tokens[1:], start=1):
        issuer = token if token.mention else None
        if issuer is not None and token.mention and (actor := phrase.lexicon.actors.get(token.mention.actor_id)):
            speaker = _registered(phrase, actor, phrase.span)
            return replace(speaker, roles=tuple(dict.fromkeys((*speaker.roles, head.bare))))
        stripped = _issuer_word(token)
        if stripped is not None and _kind(stripped, words) in ("body", "role", "anonymous"):
            rest = replace(phrase, tokens=(stripped, *phrase.tokens[i + 1 :]))
            speaker = _resolve(rest)
            return replace(speaker, span=phrase.span, roles=tuple(dict.fromkeys((*speaker.roles, head.bare))))
    if head.is_definite or phrase.tokens[0].word.startswith("هذا"):
        for wanted in (True, False):
            for speaker in reversed(phrase.history):
                if speaker.speaker_id and (head.bare in speaker.roles or not wanted) and not speaker.members:
                    return replace(speaker, span=phrase.span)
    return _unregistered(phrase, "document")


def _issuer_word(token: _Token) -> _Token | None:
    """Return the word without the ل of «بيان لوزارة ...»; لل was opened already where the phrase was read."""
    if token.word.startswith("لل") and len(token.word) > 4:
        return replace(token, word="ال" + token.word[2:])
    if token.word.startswith("ل") and len(token.word) > 4:
        return replace(token, word=token.word[1:], start=token.start + 1)
    return token


def _antecedent(phrase: _Phrase) -> ResolvedSpeaker | None:
    """Return the earlier speaker that a definite role, body or source points back to, or None.

    «الوزير» takes the last one introduced as minister, in gender too; a longer phrase must have been said of it.
    """
    words = phrase.lexicon
    head = phrase.tokens[0]
    said = _all_words(phrase)
    role = words.roles.get(head.bare)
    lemma = role[0] if role else head.bare
    grades = ("person", "office") if role else ("institution", "anonymous")
    is_bare = len(phrase.tokens) == 1 or said <= {head.bare, *_QUALIFIERS, "مذكور", "ذات", "ذاته", "ذاتها"}
    if (not head.is_definite and len(phrase.tokens) == 1) or (role and role[2] != "s"):
        return None
    for speaker in reversed(phrase.history):
        for one in speaker.members or (speaker,):
            if one.speaker_id is None or (len(said) > 1 and one.grade not in grades):
                continue
            if role and one.gender and one.gender != role[1] and role[2] == "s":
                continue
            if (is_bare and head.is_definite and lemma in one.roles) or (len(said) > 1 and said <= one.words):
                return replace(one, span=phrase.span, members=())
    return None


_SELF_NAMED = re.compile(
    r" {0,2}(?:ي|ت|ا)?طلقت? عل[يى] نفسه?ا? (?:اسم|تسميه) ?[\"'(]?|(?: ي| ت)سمي نفسه?ا? [\"'(]?| باسم [\"'(]?"
)


def _self_named(phrase: _Phrase) -> Actor | None:
    """Return the registered body that an indefinite one calls itself: «فصيل يطلق على نفسه اسم ...»."""
    last = phrase.tokens[-1].end
    match = _SELF_NAMED.match(phrase.copy.text, last)
    if phrase.tokens[0].is_definite or match is None or match.end() >= len(phrase.copy.starts):
        return None
    at = int(phrase.copy.starts[match.end()])
    mention = next((m for m in _mentions_within(phrase.reading, Span(at, at + 3)) if abs(m.start - at) < 3), None)
    return phrase.lexicon.actors.get(mention.actor_id) if mention else None


def _leading_body(phrase: _Phrase) -> ResolvedSpeaker | None:
    """Return the registered actor after a light noun: «جانب إيران»; «قيادات في الحشد» keeps its own words."""
    head = phrase.tokens[0]
    following = phrase.tokens[1].mention if len(phrase.tokens) > 1 else None
    actor = phrase.lexicon.actors.get(following.actor_id) if following else None
    if actor is None or head.bare not in ("جانب", "طرف", "حكومه", "اداره", "سلطات"):
        return None
    return _registered(phrase, actor, phrase.span)


def _unregistered(phrase: _Phrase, kind: Kind) -> ResolvedSpeaker:
    """Keep an office, body or source that nobody registered under its own words."""
    words = phrase.lexicon
    head = phrase.tokens[0]
    gender, number, roles = _introduction(phrase, words)
    last = _phrase_end(phrase)
    role = words.roles.get(head.bare)
    hides = any(token.word in _SECRECY for token in phrase.tokens)
    if hides or kind == "anonymous" or (role and role[0] in words.anonymous_roles and not head.is_definite):
        grade = "anonymous"
    else:
        grade = {"role": "office", "body": "institution", "document": "institution"}.get(kind, "institution")
    if kind in ("body", "document", "anonymous"):
        gender = "f" if head.word.endswith(("ه", "ات")) or head.bare in ("مصادر", "فصايل", "كتايب", "وسايل") else "m"
        number = (
            "p" if head.word.endswith(("ون", "ين", "ات")) or head.bare in ("مصادر", "شهود", "فصايل", "وسايل") else "s"
        )
    return ResolvedSpeaker(
        phrase.span,
        _new_id([token.word for token in phrase.tokens[: last + 1]]),
        phrase.text(0, last),
        False,
        grade,
        _behalf_of_phrase(phrase, None) if kind == "role" and grade == "office" else None,
        gender,
        number,
        roles=roles or (head.bare,),
        words=_all_words(phrase),
    )


def _phrase_end(phrase: _Phrase) -> int:
    """Return the last word before an apposition: an office keeps its name to the first comma, ten words at most."""
    for i, token in enumerate(phrase.tokens):
        if i and (token.apart or i > 10):
            return i - 1
    return len(phrase.tokens) - 1
