"""Finds statements that no reporting verb tells: quotations behind a colon, «لم يفته التذكير بأن»."""

from __future__ import annotations

from collections.abc import Sequence

from mawaqif.annotate.clauses import Block, strip_conjunction
from mawaqif.annotate.cues import CueReading, CueTables
from mawaqif.annotate.function_words import LIGHT_VERBS, PREPOSITIONS, WRITTEN_THINGS
from mawaqif.annotate.headers import Header, Opening
from mawaqif.annotate.openings import is_prefixed_content
from mawaqif.annotate.subjects import find_subject_before, subject_behind
from mawaqif.arabic.lemmas import is_verbal_noun

_SHORTEST_SPEECH = 5  # tokens from mark to mark
_WRITTEN_REACH = 8  # tokens before a colon in which something written or sung is told of
_LIGHT_REACH = 12  # tokens between a light verb and its verbal noun


def find_implied_headers(
    block: Block, marked: Sequence[int], headers: Sequence[Header], tables: CueTables
) -> list[Header]:
    """Return the headers without a reporting verb, beside those already found; each needs a speaker to be told."""
    words, nouns = block.words, tables.verbal_nouns
    found = [h for token in marked if words[token] in nouns and (h := _light_verb(block, token, headers, tables))]
    colons = [at for at in block.opens if words[at - 1] == ":"] if block.opens else ()
    if not colons:
        return found  # most quotations follow none
    told = [*headers, *found]
    return found + [header for at in colons if (header := _behind_colon(block, at, told)) is not None]


def _behind_colon(block: Block, at: int, told: Sequence[Header]) -> Header | None:
    """Read «ولوّح بأوراق في يده: "..."»: a quotation of some length behind a colon, which nothing else introduces."""
    colon, closing = at - 1, block.opens[at][1]
    if block.is_title or block.word(colon) != ":" or closing - at < _SHORTEST_SPEECH or block.quoted[colon] >= 0:
        return None
    first = block.sentence_start(colon)
    if any(header.content in (at, at + 1) or first <= header.content <= at < (header.end or at + 1) for header in told):
        return None
    way = block.words[max(first, colon - _WRITTEN_REACH) : colon]
    if colon - first < 2 or any(_is_written(word) for word in way):
        return None
    return Header(colon, at, ":", "fact", "quote", at, starts=first, number="s", needs_speaker=True)


def _is_written(word: str) -> bool:
    bare = strip_conjunction(word)
    return any(form in WRITTEN_THINGS for form in (bare, bare.removeprefix("ال"), bare[1:], bare.removeprefix("بال")))


def _light_verb(block: Block, token: int, headers: Sequence[Header], tables: CueTables) -> Header | None:
    """Read «لم يفته التذكير بأن», «واصل التشكيك في»: a verb that only carries the noun of saying behind it."""
    word = block.words[token]
    reading = tables.verbal_nouns[word]
    is_body = word.removeprefix("ال") in tables.source_heads  # «المعارضة»
    if is_body or token in block.mention_ends or block.quoted[token] >= 0:
        return None
    opened = _opens_behind_noun(block, token, reading, tables)
    if opened is None or any(header.cue <= token < header.content for header in headers):
        return None
    first = block.sentence_start(token)
    light = next(
        (at for at in range(token - 1, max(first, token - _LIGHT_REACH) - 1, -1) if _is_light(block, at)), None
    )
    if light is None or any(block.words[at] in tables.particles for at in range(light, token)):
        return None
    if any(light < header.cue < token for header in headers):
        return None
    subject = subject_behind(block, light, token, tables)
    if subject is None and block.words[light][0] not in "وف":
        subject, is_relative, _ = find_subject_before(block, light, tables)
        if is_relative:
            return None
    if subject is None and not all(_is_passed(word, tables) for word in block.words[light + 1 : token]):
        return None
    return Header(
        token, token + 1, reading.lemma, reading.verb.modality, opened[0], opened[1], opened[2], speaker=subject,
        starts=light, gender=_gender_of_light(block.words[light]), number="s", needs_speaker=True,
    )  # fmt: skip


def _is_passed(word: str, tables: CueTables) -> bool:
    """Tell what may stand between a light verb without subject and its noun («وحرص على التأكيد»)."""
    return word in tables.adjuncts or word in tables.adverbs or word in PREPOSITIONS


def _is_light(block: Block, at: int) -> bool:
    return strip_conjunction(block.words[at]) in LIGHT_VERBS or block.words[at] in LIGHT_VERBS


def _gender_of_light(word: str) -> str:
    bare = strip_conjunction(word)
    is_feminine = bare.endswith(("ت", "ها")) or (bare.startswith("ت") and bare not in ("تعمد", "تجنب"))
    return "f" if is_feminine else "m"


def _opens_behind_noun(
    block: Block, token: int, reading: CueReading, tables: CueTables
) -> tuple[Opening, int, int] | None:
    """Return (opening, content, letters to skip) where what is said opens right behind a noun of saying."""
    following = block.word(token + 1)
    if following in tables.particles and token + 2 < len(block):
        return "clause", token + 2, 0
    if following in _PREPOSITIONS and token + 2 < len(block):
        if block.words[token + 2] in tables.particles and token + 3 < len(block):
            return "clause", token + 3, 0
        return ("preposition", token + 2, 0) if following in reading.prepositions else None
    is_noun = following in tables.abstract_nouns or is_verbal_noun(following)
    if reading.takes_noun and is_noun and token + 2 < len(block):
        return "noun", token + 1, 0
    is_prefixed = following[:1] in reading.prepositions and is_prefixed_content(block, token + 1, tables, is_next=True)
    return ("preposition", token + 1, 1) if is_prefixed else None


_PREPOSITIONS = frozenset(["علي", "الي", "من", "في", "عن"])
