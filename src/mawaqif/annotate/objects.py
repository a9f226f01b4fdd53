"""Tells the object of a verb of judging or calling from its subject: «رفضت الحكومة مقترحاً», «دعا الحزب الجيش»."""

from __future__ import annotations

from mawaqif.annotate.clauses import Block, Text, is_accusative_adverb, is_definite_end
from mawaqif.annotate.cues import CueReading, CueTables
from mawaqif.annotate.function_words import (
    BODIES,
    CALLED_UPON,
    COUNTERPARTS,
    DEEDS,
    DEMONSTRATIVES,
    GROUPS,
    JUDGING,
    PREPOSITIONS,
    PRONOUN_SUBJECTS,
)
from mawaqif.arabic.lemmas import is_verbal_noun
from mawaqif.arabic.text import fold


def opens_object(
    text: Text, block: Block, token: int, at: int, reading: CueReading, tables: CueTables, *, past_subject: bool
) -> bool:
    """Tell whether what is judged stands at `at`: a deed behind a complete subject, or a noun in the accusative."""
    word = block.words[at]
    if reading.lemma in _SHOWING and word in _FEELINGS and at > token + 1:
        return block.word(at + 1) in PREPOSITIONS  # «أبدت قوى كردية مخاوف من»
    if reading.lemma not in _WITH_OBJECT or at in block.mention_ends:
        return False
    if reading.form.is_accusative and at == token + 1 and (word.startswith("ال") or word == "ما"):
        return True  # «مثمناً التضحيات», «منتقداً ما سماه»
    if reading.lemma not in JUDGING:
        return False
    if word in DEMONSTRATIVES:
        is_pointing = block.word(at + 1).startswith("ال") and at > token + 1 and not past_subject
        return is_pointing and _is_complete(block, token, at, tables)
    if word in DEEDS:
        return _subject_stands_before(block, token, reading) if at == token + 1 else not past_subject and (
            _is_complete(block, token, at, tables)
        )  # fmt: skip
    if reading.lemma in _REGARDING:
        is_act = word.startswith("ال") and is_verbal_noun(word[2:]) and not word.endswith(("ي", "يه"))
        return is_act and not past_subject and at > token + 1 and _is_complete(block, token, at, tables)
    if "ال" + word in DEEDS and word not in tables.source_heads:
        return at == token + 1 or (not past_subject and _is_complete(block, token, at, tables))
    return _is_accusative_object(text, block, at, tables)


_WITH_OBJECT = JUDGING | {"ثمن"}
_SHOWING = frozenset(["أبدى", "أظهر"])
_FEELINGS = frozenset(
    ["مخاوف", "تخوفا", "قلقا", "استعدادا", "تحفظات", "تحفظا", "شكوكا", "رغبه", "اعتراضات", "خشيه", "تفاولا", "تشاوما"]
    + ["ارتياحا", "استياء", "امتعاضا", "مرونه"]
)


def _subject_stands_before(block: Block, token: int, reading: CueReading) -> bool:
    """Tell «ورفض القرار» and «الوزير رفض القرار» from a subject right behind its verb."""
    before = block.word(token - 1)
    noun = reading.verb.principal_parts[3]
    is_verb = not reading.form.is_perfect or noun is None or fold(noun) != fold(reading.lemma)  # «ورفض» is a noun too
    return (bool(reading.conjunction) and is_verb) or token in block.mention_starts or before in PRONOUN_SUBJECTS


def _is_complete(block: Block, token: int, at: int, tables: CueTables) -> bool:
    """Tell whether a subject can end before `at`: with an article, a name, a place, or «ون» of a plural."""
    before = block.words[at - 1]
    if before in PREPOSITIONS or is_verbal_noun(before):
        return False
    is_surname = at - 2 > token and block.words[at - 2] in tables.names
    return is_definite_end(block, at - 1, tables) or before in tables.names or before in tables.places or is_surname


def _is_accusative_object(text: Text, block: Block, at: int, tables: CueTables) -> bool:
    """Tell an indefinite noun in the accusative («تقريراً حقوقياً») from an adverb or a circumstantial participle."""
    word, following = block.words[at], block.word(at + 1)
    bare = word[:-1]
    if word[-1] != "ا" or word[0] in "وف" or len(bare) < _SHORTEST_NOUN or following.startswith("ال"):
        return False
    if "ال" + bare in DEEDS:
        return True
    if word in tables.adverbs or word in tables.adjuncts or word in tables.circumstantial or word in tables.names:
        return False
    if word in tables.places or bare[-1] == "ي" or _is_like_participle(bare) or word in tables.verbs:
        return False
    if not is_accusative_adverb(text, block, at):
        return is_verbal_noun(bare) or bare in tables.abstract_nouns
    return bool(following) and (following[0].isalpha() or following in ",.")


def _is_like_participle(bare: str) -> bool:
    """Tell whether a word has the shape of an active participle («ساخر», «مستغرب»), which tells how one acts."""
    return bare[0] == "م" or (len(bare) == _LETTERS_OF_PARTICIPLE and bare[1] == "ا")


_REGARDING = frozenset(["اعتبر", "عد"])  # of two objects, the second in the accusative
_SHORTEST_NOUN = 3
_LETTERS_OF_PARTICIPLE = 4


def is_deed(block: Block, at: int, tables: CueTables) -> bool:
    """Tell whether a noun names a deed or state («مشاركة», «الهجوم»), which is described but never speaks."""
    word = block.words[at]
    bare = word.removeprefix("ال")
    if at in block.mention_ends or bare in tables.source_heads or word in tables.names or word in tables.titles:
        return False
    return bare in tables.abstract_nouns or is_verbal_noun(bare) or "ال" + bare in DEEDS


def object_start(block: Block, first: int, after: int, tables: CueTables) -> int:
    """Return where the object begins in the words behind a verb of calling, warning, describing, or `after`.

    Behind a complete subject stands a deed («وصف الوزير الهجوم»), a body or people with article («اتهم الحزب الجيش»).
    """
    head = block.words[first].removeprefix("ال")
    is_body = head in BODIES or head in _COLLECTIVES
    for at in range(first + 1, after):
        before = block.words[at - 1]
        word = block.words[at]
        is_complete = at in block.mention_starts or before.startswith(("ال", "لل"))
        is_complete = is_complete or (at - 2 >= first and block.words[at - 2] in tables.names)
        is_complete = is_complete or (before in tables.names and not word.startswith("ال"))  # else a surname
        if at == first + 1 and word in DEEDS and not is_deed(block, first, tables):
            is_complete = is_complete or _is_surname(before, tables)
        if not is_complete or word in tables.names:
            continue
        bare = word[2:] if word.startswith("ال") else ""
        if is_body and word in tables.source_heads and (at in block.mention_ends or _is_officer(word, tables)):
            return at
        if (
            at in block.mention_ends
            and at - 2 > first
            and block.words[at - 2] in tables.names
            and before not in tables.names
        ):
            return at  # «حمّل الوزير سامي الحداد الحكومات السابقة»
        if is_complete and word in tables.addressees and not word.startswith("ال"):
            return at  # «أبلغ النائب وكالات محلية»
        if at in block.mention_ends:
            continue
        if is_deed(block, at, tables) and not word.endswith(("ي", "يه")):
            return at
        if word in GROUPS and not is_body:
            return at
        if word in COUNTERPARTS:
            return at
        if bare in BODIES or word in CALLED_UPON or (bare and word.endswith("ات")):
            return at
    return after


def _is_officer(word: str, tables: CueTables) -> bool:
    """Tell «وزير», «رئيسة», a person in office without article, from a body: behind a body he is its object."""
    bare = word[:-1] if word.endswith("ه") else word
    return bare in _OFFICERS and word not in tables.titles


_OFFICERS = frozenset(
    ["وزير", "رييس", "سفير", "مدير", "قايد", "نايب", "زعيم", "مبعوث", "محافظ", "امين", "وكيل", "مسوول"]
)
_COLLECTIVES = frozenset(
    ["دول", "بلدان", "معارضه", "نيابه", "سلطات", "قوي", "منظمه", "هييه", "نقابه", "فصايل", "احزاب"]
)


def _is_surname(word: str, tables: CueTables) -> bool:
    is_noun = word in tables.source_heads or word in tables.titles or word in tables.adjuncts
    return not is_noun and not word.endswith(("ه", "ات", "ون"))
