"""Finds the person whom the text introduced by a role, without quoting, for «الوزير» later on."""

from __future__ import annotations

import re
from collections.abc import Sequence

from mawaqif.annotate.speaker_names import is_name_mention, run_end
from mawaqif.annotate.speaker_phrases import NAME_PARTICLES, Phrase, Word, kind_of, read_phrase
from mawaqif.annotate.speaker_words import Gender, SpeakerWords, folded_words, without_article
from mawaqif.arabic.text import fold
from mawaqif.vocabulary import Actor

_LOOK_BACK = 4000  # characters
_MOST_PLACES = 8
_REACH = 110  # characters in which role, body and name stand
_MOST_WORDS = 10  # between the role and the name
_UNIQUE = folded_words(
    """
    رئيس وزير أمين قائد مدير سفير ملك أمير مبعوث محافظ متحدث ناطق عاهل والي عمدة حاكم زعيم مفوض مرشد بابا بطريرك مفتي
    """
)
"""Roles that one person holds in a body, so that «رئيس المجلس» without a name is whoever was named with it."""

_END = re.compile(r"[.\n?!:;()\"]")

Introduced = tuple[str, tuple[str, ...], Actor | None, Gender]
"""The name as printed, its folded words, the registered actor if it is one, and the gender of the role."""


def find_introduced_name(phrase: Phrase) -> Introduced | None:
    """Return who was introduced by the role of a phrase before it, where the text has one such person only.

    «الوزير» may be any minister named before, a longer phrase one of whom all its words were said. Several different
    people leave it open.
    """
    words = phrase.lexicon
    head = phrase.tokens[0]
    role = words.roles.get(head.bare)
    if role is None or role[2] != "s" or not (head.is_definite or _is_office(phrase, role[0])):
        return None
    said = _said(phrase)
    at = head.start
    begin = max(0, at - _LOOK_BACK)
    places = [match.start(1) for match in _places(head.bare).finditer(phrase.copy.text, begin, at)]
    found: dict[tuple[str, ...], Introduced] = {}
    for place in places[-_MOST_PLACES:]:
        one = _read_introduction(phrase, place, said)
        if one is not None:
            found.setdefault((one[2].id,) if one[2] is not None else one[1], one)
    return next(iter(found.values())) if len(found) == 1 else None


def _is_office(phrase: Phrase, lemma: str) -> bool:
    """Whether an indefinite role is an office with one holder: «رئيس المجلس», not «عضو المجلس»."""
    last = phrase.tokens[-1]
    return lemma in _UNIQUE and len(phrase.tokens) > 1 and (last.is_definite or last.mention is not None)


def _said(phrase: Phrase) -> frozenset[str]:
    return frozenset(without_article(token.word) for token in phrase.tokens)


def _places(bare: str) -> re.Pattern[str]:
    """Return the pattern of a role with the letters that may stand before it."""
    return re.compile(rf"(?:^|[ \n\"(])((?:و|ل|ب)?(?:ال)?{re.escape(bare)})(?= )")


def _read_introduction(phrase: Phrase, place: int, said: frozenset[str]) -> Introduced | None:
    """Read the role at a place of the text with the name right behind it and its body."""
    words = phrase.lexicon
    text = phrase.copy.text
    after = min(len(text), place + _REACH, phrase.tokens[0].start)
    end = _END.search(text, place, after)
    span = phrase.copy.source_span(place, end.start() if end else after)
    tokens = read_phrase(phrase.reading, phrase.vocabulary, span, ()).tokens
    heard = {without_article(token.word) for token in tokens[:1]}
    for i, token in enumerate(tokens[1 : _MOST_WORDS + 1], start=1):
        role = words.roles[phrase.tokens[0].bare]
        actor = words.actors.get(token.mention.actor_id) if token.mention else None
        if actor is not None and is_name_mention(phrase, token, words) and token.word in fold(actor.name.ar).split():
            return (actor.name.ar, (), actor, role[1]) if said <= heard else None
        if token.word in words.given_names and not token.linked and actor is None:
            if not said <= heard:
                return None
            last = _name_end(tokens, i, words)
            printed = phrase.reading.words(phrase.copy.source_span(token.start, tokens[last].end))
            return " ".join(printed.split()), tuple(one.word for one in tokens[i : last + 1]), None, role[1]
        is_part = token.is_definite or token.linked or actor is not None or kind_of(token, words) != "other"
        if not (is_part or token.word in words.titles or token.word in words.places):
            return None
        heard.add(without_article(token.word))
    return None


def _name_end(tokens: Sequence[Word], first: int, words: SpeakerWords) -> int:
    """Return the last word of a name in running text: it ends behind its first definite surname, and before a day."""
    last = run_end(tokens, first, words)
    for i in range(first + 1, last + 1):
        if tokens[i].word in _DAYS:
            return i - 1
        is_surname = tokens[i].is_definite and tokens[i - 1].word not in NAME_PARTICLES
        if is_surname and not (i < last and tokens[i + 1].is_definite and tokens[i + 1].word not in _DAYS):
            return i
    return last


_DAYS = folded_words(
    "اليوم أمس الليلة السبت الأحد الاثنين الإثنين الثلاثاء الأربعاء الخميس الجمعة مساء صباح ظهر أول غدا"
)
