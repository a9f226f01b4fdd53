"""Rejects everyday uses of reporting verbs: prepositions, amounts, things that show, words far from a content."""

from __future__ import annotations

from functools import lru_cache

from mawaqif.annotate.clauses import (
    COMMAS,
    Block,
    strip_conjunction,
)
from mawaqif.annotate.cues import CueReading, CueTables
from mawaqif.annotate.function_words import (
    AUXILIARIES,
    CLAUSE_OPENERS,
    DEMONSTRATIVES,
    MEASURES,
    NAMED_IN_QUOTES,
    NAMES_IN_DUAL,
    RESUMPTIVES,
    SPEAKERLESS_HEADS,
)
from mawaqif.annotate.headers import Header
from mawaqif.annotate.objects import is_deed
from mawaqif.annotate.subjects import SUBJECT_WINDOW
from mawaqif.arabic.lemmas import is_verbal_noun
from mawaqif.arabic.text import fold

_PAUSES = frozenset([",", ";", ".", "?", "!", ":", "-", "("])
_NEAR = 25  # tokens
_BETWEEN = frozenset(["بين", "بينه", "بينها", "بينهم", "بينهما", "بيني", "بيننا"])
_SHORT_WAY = 9  # tokens
_PARENTHESIS = 2  # commas
_LONGEST_WAY_OF_GUARDED = 20


def _is_between(block: Block, header: Header, reading: CueReading) -> bool:
    """Tell the preposition «بين» from the verb: inside a clause, or with a dual or two things behind it."""
    cue = header.cue
    if block.words[cue] == "وبين":  # «بينه وبين»
        return not _BETWEEN.isdisjoint(block.words[max(block.sentence_start(cue), cue - _NEAR) : cue])
    if block.words[cue] != "بين":
        return False
    if block.word(header.cue + 1)[:1].isdigit():
        return True
    following = block.word(header.cue + 1)
    if following.startswith("ال") and following.endswith("ين") and following not in NAMES_IN_DUAL:
        return True  # «بين الفريقين»: whoever speaks stands in the nominative
    first = block.words[header.speaker[0]] if header.speaker is not None else ""
    before = block.words[header.cue - 1] if header.cue else "."
    return first.endswith("ين") or (
        not header.follows_subject and (before[0].isalnum() or before in "-(") and before not in AUXILIARIES
    )


def _is_measure(block: Block, header: Header, reading: CueReading) -> bool:
    """Tell «يبلغ عدد السكان» ("amounts to") from «يبلغ المجلس»."""
    if reading.lemma != "أبلغ" or reading.form.is_perfect:
        return False
    way = block.words[header.starts : header.content]
    return header.is_relative or any(word[0].isdigit() or strip_conjunction(word) in MEASURES for word in way)


def _is_source(block: Block, header: Header, tables: CueTables) -> bool:
    """Tell whether the speaker is a source that shows things: a document, a body, an actor."""
    if header.speaker is None:
        return False
    first, after = header.speaker
    bare = strip_conjunction(block.words[first]).removeprefix("ال")
    if block.words[first] in tables.names:
        return True
    return bare in tables.source_heads or any(first <= token < after for token in block.mention_ends)


def is_plausible(block: Block, header: Header, reading: CueReading, tables: CueTables) -> bool:
    """Reject everyday uses: a guarded verb inside a clause, a noun content without any speaker."""
    if _is_between(block, header, reading) or _is_measure(block, header, reading):
        return False
    if reading.with_words and reading.with_words.isdisjoint(block.words[header.cue : header.content]):
        return False
    if reading.verb.needs_source and header.opening == "clause" and not _is_source(block, header, tables):
        return False
    behind_pronoun = header.pronoun is not None and header.pronoun == header.starts  # «وهو يخلص إلى أن»
    at_head = (header.starts == header.cue or behind_pronoun) and _opens_clause(block, header.starts, tables)
    if header.speaker is not None and _is_speakerless(block, header.speaker[0], tables):
        return False
    if _is_everyday_sense(block, header, reading, tables, at_head=at_head):
        return False
    describes = block.word(header.cue_after) in RESUMPTIVES  # «بياناً أنذرت فيه»
    if reading.guarded and not (at_head or header.follows_subject or header.is_relative or describes):
        return False
    is_named = header.pronoun is not None and strip_conjunction(block.words[header.pronoun]) not in tables.particles
    is_placed = at_head or header.is_relative or is_named  # «لكنه رفض», but within «قال إنه يرفض» one has it already
    if header.opening == "noun" and header.speaker is None and not is_placed:
        return False
    if reading.guarded and header.speaker is None and header.pronoun is None and not reading.takes_quote:
        return False
    if reading.guarded and not _is_near(block, header, reading):
        return False
    if header.opening == "quote" and _is_one_word(block, header) and (reading.guarded or _is_label(block, header)):
        return False
    is_subjectless = header.speaker is None and header.pronoun is None
    if is_subjectless and strip_conjunction(block.words[header.cue]) in tables.impersonal:
        return False
    if reading.guarded and header.is_relative and header.opening not in ("clause", "preposition", "noun"):
        return False
    if reading.guarded and header.opening in ("preposition", "noun") and not _is_plain(block, header, tables):
        return False
    if (
        header.number in ("d", "p")
        and header.speaker is not None
        and not header.follows_subject
        and not header.is_relative
    ):
        return False  # a verb before its subject is singular
    if header.opening in ("noun", "preposition") and header.follows_subject and not header.is_relative:
        return _is_nameable(block, header, tables)
    if header.opening == "noun" and _is_like_noun(header, reading, at_head=at_head):
        return False
    return not (reading.guarded and header.opening == "noun" and header.speaker is None)


def is_like_verbal_noun(reading: CueReading) -> bool:
    """Tell whether a form is written like the verbal noun of its verb («رفض», «توقع»)."""
    is_bare = reading.form.is_perfect and reading.form.gender == "m" and reading.form.number == "s"
    if not is_bare or reading.form.has_object or reading.lemma.endswith("ى"):
        return False  # of «نفى» and «نفي» the last letter tells
    return _is_written_alike(reading.verb.parts)


@lru_cache(maxsize=1024)
def _is_written_alike(parts: str) -> bool:
    """Tell whether the first of a verb's parts, the perfect, and the last, the verbal noun, are the same letters."""
    perfect, *_, noun = parts.split()
    return fold(noun) == fold(perfect)


def _is_like_noun(header: Header, reading: CueReading, *, at_head: bool) -> bool:
    """Tell «رفض رفع العقوبات» and «لم يستطيعوا توقع حجم التراجع», verbal nouns, from a verb with its subject."""
    if not is_like_verbal_noun(reading) or header.has_conjunction or header.is_relative or header.pronoun is not None:
        return False
    return header.speaker is None or not (at_head or header.follows_subject)


def _is_everyday_sense(block: Block, header: Header, reading: CueReading, tables: CueTables, *, at_head: bool) -> bool:
    """Say whether a verb stands here in a sense in which it reports nothing: each of these verbs has one of its own."""
    is_believed = strip_conjunction(block.words[header.cue]) == "يعتقد" and block.words[header.cue - 1] not in COMMAS
    if is_believed and header.follows_subject and not _is_nameable(block, header, tables):
        return True  # «آثار يعتقد أنها قديمة»
    is_regarded = reading.lemma == "اعتبر" and not reading.form.is_perfect and header.opening == "noun"
    if is_regarded and not _is_source(block, header, tables):
        return True  # «يعتبر الجسر معلماً»
    if reading.lemma == "علم" and not _is_learned_by_press(block, header):
        return True
    way = block.words[header.cue : header.content]
    goes_to_say = block.word(header.content - 2) in _SAYING or "التاكيد" in way
    if reading.lemma in _GOING and header.opening == "clause" and not goes_to_say:
        return True  # «ذهب إلى أن», not «ذهب إلى بغداد بعدما علم أن»
    is_description = reading.lemma == "وصف" and not reading.form.has_object and header.opening in _BY_PARTICLE
    if is_description and not _is_describer(block, header, tables, at_head=at_head):
        return True
    is_told_of = reading.lemma == "أفاد" and not reading.form.is_perfect and not at_head
    if is_told_of and (header.speaker is None or is_deed(block, header.speaker[0], tables)):
        return True  # «مزاعم تفيد بأن»
    if block.words[header.cue] == "عقب" and header.speaker is not None and is_deed(block, header.speaker[0], tables):
        return True  # «عقب ثورة»: after it
    if reading.lemma == "أرجع" and _is_return(block, header, reading):
        return True
    if reading.lemma in _SHOWING and not reading.form.is_perfect and _only_shows(block, header, tables):
        return True
    # «التعاون أمر أساسي»
    is_matter = header.follows_subject and header.opening != "preposition" and not block.is_title
    return reading.lemma == "أمر" and is_matter


def _is_describer(block: Block, header: Header, tables: CueTables, *, at_head: bool) -> bool:
    """Tell «وصف الوزير الاتفاق بالتاريخي» from the passive of «الاتفاق الذي وصف بالتاريخي»."""
    if header.speaker is None:
        return at_head and header.has_conjunction
    if header.speaker[0] > header.cue:
        return True
    return header.follows_subject and not header.is_relative and _is_nameable(block, header, tables)


_BY_PARTICLE = frozenset(["preposition", "clause"])
_GOING = frozenset(["ذهب", "مضى", "انتهى"])
_SAYING = frozenset(["الي", "القول", "للقول", "بالقول", "قايلا"])
_SHOWING = frozenset(["أشار", "أكد", "أوضح", "لفت", "كشف"])


def _only_shows(block: Block, header: Header, tables: CueTables) -> bool:
    """Tell «الخبر الذي يشير إلى أن», «ترشيحها يشير إلى أن» and «كل هذا يشير إلى أن» from what somebody points out."""
    if not header.has_conjunction and block.word(header.cue - 1) in DEMONSTRATIVES:
        return True
    if header.is_relative:
        return not _is_source(block, header, tables)
    is_pointing = header.lemma == "أشار" and header.follows_subject and header.speaker is not None
    return is_pointing and header.speaker is not None and is_deed(block, header.speaker[0], tables)


def _is_return(block: Block, header: Header, reading: CueReading) -> bool:
    """Tell «يرجع اللاجئون إلى المدينة» from «يرجع الخبراء ذلك إلى»: nothing stands between the subject and «إلى»."""
    if reading.form.is_perfect or header.speaker is None or header.follows_subject:
        return False
    return header.speaker[1] >= header.content - 1


def _is_learned_by_press(block: Block, header: Header) -> bool:
    """Tell «علمت الصحيفة من مصادر أن» from «علمت الحكومة أن»: a paper, or a source of its own."""
    way = block.words[header.cue + 1 : header.content]
    first = way[0].removeprefix("ال") if way else ""
    return header.cue + 1 in block.opens or first in NAMED_IN_QUOTES or not _SOURCES.isdisjoint(way)


_SOURCES = frozenset(["مصدر", "مصادر", "مصدرها", "مصادرها", "مصادره", "مصادرنا"])


def _is_speakerless(block: Block, head: int, tables: CueTables) -> bool:
    """Tell «الأمر» and «أحد» from «أحد المواطنين» and «جميع الأطراف», who speak."""
    word = block.words[head]
    following = block.word(head + 1)
    is_whole = following.startswith("ال") or following in tables.source_heads
    is_owned = len(following) > _SHORTEST_OWNED and following.endswith(("ها", "هم"))  # «أحد قادتها»
    is_part = word in ("احد", "احدي", "جميع", "كل") and (is_whole or is_owned)
    return word in SPEAKERLESS_HEADS and not is_part


_SHORTEST_OWNED = 4


def _is_one_word(block: Block, header: Header) -> bool:
    """Tell a quotation of a single word, which names something, from speech."""
    _, closing = block.opens.get(header.content, (0, len(block.words)))
    return closing - header.content <= 2


def _is_label(block: Block, header: Header) -> bool:
    """Tell a quoted word inside a clause («استبعد زيارة "قريبة" إلى») from an answer of one word («قال: "نعم"»)."""
    return header.content > header.cue_after and block.words[header.content - 1] != ":"


def _is_near(block: Block, header: Header, reading: CueReading) -> bool:
    """Tell whether a guarded verb stands close to its content, with no comma between but one right before it."""
    way = block.words[header.cue : header.content - 1]
    if way and way[-1] in COMMAS and sum(word in COMMAS for word in way) == _PARENTHESIS:
        return len(way) <= _LONGEST_WAY_OF_GUARDED  # «ذكرت الوكالة، نقلاً عن مصادر، أن»
    is_view = reading.lemma == "عبر" and header.has_conjunction and header.speaker is not None
    longest = _LONGEST_WAY_OF_GUARDED if reading.takes_quote or is_view else _SHORT_WAY
    return len(way) <= longest and not any(word in COMMAS for word in way[:-1])


def _is_plain(block: Block, header: Header, tables: CueTables) -> bool:
    """Ask of a guarded verb with a noun phrase («أمر السلطان بإبطال») a plain subject and a verbal noun."""
    word = block.words[header.content]
    if header.content_offset:
        rest = word[1:].removeprefix("ال") if not word.startswith("لل") else word[2:]
        if rest not in tables.abstract_nouns and not is_verbal_noun(rest):
            return False
    if header.speaker is None:
        return header.has_conjunction
    first = block.words[header.speaker[0]]
    return _is_nameable(block, header, tables) or first.endswith("ون") or first in ("عدد", "بعض", "معظم")


def _is_nameable(block: Block, header: Header, tables: CueTables) -> bool:
    """Tell whether the subject before a verb is a noun: definite, a known actor or a role; «زار عائلة تحمل» is none."""
    assert header.speaker is not None
    if header.is_relative:
        return True
    first, after = header.speaker
    word = block.words[first]
    bare = strip_conjunction(word)
    if word.startswith(("ال", "وال", "فال")) or bare in tables.source_heads or word in tables.source_heads:
        return True
    if first in block.opens:
        return True  # «"أوفيد" يوافق على»
    if word in tables.places or (block.word(first - 1) in _WERE and block.words[header.cue - 1] == "قد"):
        return True  # «وكانت إريتريا قد رفضت»
    return any(first <= token < after for token in block.mention_ends) or (block.is_title and after - first <= 4)


_WERE = frozenset(["كان", "كانت", "وكان", "وكانت"])


def _opens_clause(block: Block, token: int, tables: CueTables) -> bool:
    """Tell whether `token` stands at the head of its clause, auxiliaries and conjunctions aside."""
    word = block.words[token]
    if word[0] in "وف" and word in tables.verbs and tables.verbs[word][0].conjunction:
        return True
    if token == 0 or block.sentence[token - 1] != block.sentence[token]:
        return True
    before = block.words[token - 1]
    return (
        before in _PAUSES
        or before in CLAUSE_OPENERS
        or before in AUXILIARIES
        or before in tables.adverbs
        or (_in_adjunct(block, token, tables))
    )


def _in_adjunct(block: Block, token: int, tables: CueTables) -> bool:
    """Tell whether the clause up to `token` is one prepositional phrase («وعن المفاوضات أشار»)."""
    start = token
    while start and block.sentence[start - 1] == block.sentence[token] and block.words[start - 1] not in COMMAS:
        start -= 1
        if token - start > SUBJECT_WINDOW:
            return False
    first = block.words[start]
    return first in tables.adjuncts or (first[0] in "وف" and first[1:] in tables.adjuncts)
