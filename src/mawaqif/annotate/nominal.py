"""Reads cues that are no verbs: nouns with an actor («مطالبات الفصائل بـ»), predicates and headlines."""

from __future__ import annotations

from collections.abc import Sequence

from mawaqif.annotate.clauses import COMMAS, STOPS, Block, is_event_verb, strip_conjunction
from mawaqif.annotate.cues import DECREES, CueTables
from mawaqif.annotate.headers import Header
from mawaqif.annotate.openings import is_prefixed_content
from mawaqif.vocabulary import CueNoun

_ACTOR_WINDOW = 14
_NEAREST = 3
_HEADLINE_NAME = 8
_SHORT_NAME = 4  # tokens behind the colon of a headline
_SHORTEST_NAME = 2
_PREDICATE_REACH = 8
_PRONOUNS_OF_SOURCE = frozenset(["منه", "منها", "منهم", "منهما"])


def find_nominal_headers(block: Block, marked: Sequence[int], headers: list[Header], tables: CueTables) -> list[Header]:
    """Return the headers of those of the `marked` words that are cues but no verbs, besides those already found."""
    found: list[Header] = []
    contents = {header.content for header in headers}
    passed = {token for header in headers for token in range(header.cue + 1, header.content)}
    for token in marked:
        word = block.words[token]
        header: Header | None = None
        if token in passed and block.words[token].removeprefix("ال") in tables.source_heads:
            continue  # «وقال البيان الفرنسي»: it speaks by the verb before it
        if word in tables.nouns and token not in contents and token not in block.mention_ends:
            header = _hint(block, token) or _noun(block, token, tables.nouns[word], tables)
        elif word in DECREES:
            header = _decree(block, token, tables)
        elif word in tables.verbs and block.mention_starts.get(token) is not None:
            header = _predicate(block, token, tables)
        if header is not None:
            found.append(header)
    return found


def _hint(block: Block, token: int) -> Header | None:
    """Read «في إشارة منها إلى»: the speaker is the one of the clause before."""
    if block.words[token] != "اشاره" or token == 0 or block.words[token - 1] != "في":
        return None
    at = token + 1
    if at < len(block.words) and block.words[at] in _PRONOUNS_OF_SOURCE:
        at += 1
    if at + 1 >= len(block.words) or block.words[at] != "الي":
        return None
    return Header(token, token + 1, "إشارة", "fact", "preposition", at + 1, starts=token - 1, is_participle=True)


def _noun(block: Block, token: int, noun: CueNoun, tables: CueTables) -> Header | None:
    """Read a noun with its actor in the genitive, behind «من» or «ل», or as an adjective («الرفض الأمريكي لقانون»)."""
    if block.quoted[token] >= 0:
        return None
    prepositions = {strip_hamza(p) for p in noun.prepositions}
    actor: int | None = None
    is_definite = "ال" in block.words[token][:3] or block.words[token].startswith("لل")
    for at in range(token + 1, min(len(block.words), token + _ACTOR_WINDOW)):
        word = block.words[at]
        if word in COMMAS or word in STOPS or block.sentence[at] != block.sentence[token] or word in tables.verbs:
            return None
        if word in tables.relatives or is_event_verb(block, at, tables):
            return None
        if actor is None and at > token + _NEAREST and not is_definite:
            return None  # a noun without article stands right before its actor
        if actor is not None:
            content = _content_at(block, at, prepositions, tables)
            if content is None and at > block.mention_ends.get(actor, actor) and word in tables.adjuncts:
                return None  # what follows completes the actor
            if content is not None and at > actor:
                return _with_actor(block, token, at, actor, content, noun)
        bare = word[2:] if word.startswith(("ال", "لل")) else word.removeprefix("ل")
        if actor is None and (at in block.mention_ends or word in tables.source_heads or bare in tables.source_heads):
            if block.words[token] == "الدعوه" and word[0] == "ل":
                return None  # «وجه الدعوة للرئيس لزيارة»: he is called upon
            actor = at
    return None


def _with_actor(block: Block, token: int, at: int, actor: int, content: tuple[int, int], noun: CueNoun) -> Header:
    end = block.mention_ends.get(actor, at)
    return Header(
        token, token + 1, noun.forms[0], noun.modality, "preposition", content[0], content[1], (actor, max(end, at)),
        starts=token, is_relative=True,
    )  # fmt: skip


def _content_at(block: Block, at: int, prepositions: set[str], tables: CueTables) -> tuple[int, int] | None:
    word = block.words[at]
    if word in prepositions and at + 1 < len(block.words) and len(word) > 1:
        return at + 1, 0
    if "clause" in prepositions and word in tables.particles and at + 1 < len(block.words):
        return at + 1, 0
    if word[0] in prepositions and is_prefixed_content(block, at, tables, is_next=False):
        return at, 1
    return None


def strip_hamza(word: str) -> str:
    """Fold a preposition of the vocabulary, leaving the keyword `clause` alone."""
    return {"إلى": "الي", "على": "علي"}.get(word, word)


def _decree(block: Block, token: int, tables: CueTables) -> Header | None:
    """Read «قرار البرلمان القاضي بإخراج»: the actor named last before it speaks."""
    at = token + 1
    if at >= len(block.words) or block.words[at][0] != "ب" or not is_prefixed_content(block, at, tables, is_next=False):
        return None
    for end in range(token, max(0, token - _PREDICATE_REACH), -1):
        start = block.mention_starts.get(end)
        if start is not None:
            return Header(
                token,
                token + 1,
                block.words[token],
                "demand",
                "preposition",
                at,
                1,
                (start, end),
                token,
                is_relative=True,
            )
    return None


def _predicate(block: Block, token: int, tables: CueTables) -> Header | None:
    """Read «البرلمان العراقي مصر على»: a participle as predicate of an actor named just before it."""
    actor = (block.mention_starts[token], token)
    for reading in tables.verbs[block.words[token]]:
        if reading.form.kind != "participle" or reading.form.is_accusative or reading.conjunction:
            continue
        at = token + 1
        if at + 1 < len(block.words) and block.words[at] in reading.prepositions:
            particle = block.words[at + 1] in tables.particles
            return Header(
                token, token + 1, reading.lemma, reading.verb.modality, "clause" if particle else "preposition",
                at + 2 if particle else at + 1, speaker=actor, starts=actor[0], follows_subject=True,
            )  # fmt: skip
    return None


def _headline_ending(block: Block, surnames: set[str]) -> Header | None:
    """Read «لا حاجة إلى القوات: السوداني»: a title that closes with a colon and a name."""
    if block.words.count(":") != 1:
        return None
    colon = block.words.index(":")
    name = block.words[colon + 1 :]
    if not 0 < len(name) <= _SHORT_NAME or colon <= len(name):
        return None
    is_named = block.mention_ends.get(colon + 1) == len(block.words)
    if not (is_named or all(word in surnames and len(word) > _SHORTEST_NAME for word in name)):
        return None
    return Header(
        colon, colon + 1, ":", "position", "colon", 0, speaker=(colon + 1, len(block.words)), starts=0, end=colon
    )


def _headline_quotation(block: Block, tables: CueTables, surnames: set[str]) -> Header | None:
    """Read «"الاتفاق انتهى".. مسؤول إيراني يهاجم باريس»: a title that opens with a quotation and names who said it."""
    if 0 not in block.opens:
        return None
    closing = block.opens[0][1]
    first = closing + 1
    while block.word(first) in _MARKS_OF_TITLES:
        first += 1
    if closing < _SHORTEST_QUOTATION or first == closing + 1 or first >= len(block):
        return None
    after = block.mention_ends.get(first, first)
    if after == first:
        bare = block.words[first].removeprefix("ال")
        is_nameable = bare in tables.source_heads or block.words[first] in surnames
        while is_nameable and after < min(len(block), first + _SHORT_NAME) and _is_of_name(block, after, tables):
            after += 1
    if after == first:
        return None
    return Header(closing + 1, first, ":", "position", "quote", 0, speaker=(first, after), starts=closing + 1)


def _is_of_name(block: Block, at: int, tables: CueTables) -> bool:
    word = block.words[at]
    is_verb = word in tables.verbs or is_event_verb(block, at, tables)
    return word[0].isalpha() and word not in tables.adjuncts and not is_verb


_MARKS_OF_TITLES = frozenset([".", ":", "-", ",", "!", "?", ";", "_", "|"])
_SHORTEST_QUOTATION = 4  # tokens from mark to mark: shorter ones are names


def _headline_dash(block: Block, surnames: set[str]) -> Header | None:
    """Read «ماكرون – الحرب لن تنتهي»: a title in which a dash stands for the colon behind somebody who speaks below."""
    dash = next((at for at, word in enumerate(block.words[:_SHORT_NAME]) if word == "-"), 0)
    if not dash or dash + 2 >= len(block) or ":" in block.words:
        return None
    if not all(word in surnames and len(word) > _SHORTEST_NAME for word in block.words[:dash]):
        return None
    return Header(dash, dash + 1, "-", "position", "colon", dash + 1, speaker=(0, dash), starts=0)


def find_headline(block: Block, tables: CueTables, surnames: set[str]) -> Header | None:
    """Read «السوداني: لا حاجة إلى القوات»: a title that opens with an actor, a role or a name, and a colon.

    Args:
        block: The title.
        tables: The cues.
        surnames: Folded words of the names of those who speak in the article.
    """
    for found in (
        _headline_ending(block, surnames),
        _headline_quotation(block, tables, surnames),
        _headline_dash(block, surnames),
    ):
        if found is not None:
            return found
    if ":" not in block.words[: _HEADLINE_NAME + 1]:
        return None
    colon = block.words.index(":")
    if colon == 0 or colon + 2 >= len(block.words) or any(word in tables.verbs for word in block.words[:colon]):
        return None
    is_named = any(block.mention_ends.get(token, 0) >= colon for token in range(colon))
    is_heard = any(len(word) > _SHORTEST_NAME and word in surnames for word in block.words[:colon])
    head = strip_conjunction(block.words[0]).removeprefix("ال")
    if not (is_named or is_heard or head in tables.source_heads):
        return None
    return Header(colon, colon + 1, ":", "position", "colon", colon + 1, speaker=(0, colon), starts=0)
