"""Tells whether the content of a reporting verb opens at a word: a particle, a quotation, a preposition, a noun."""

from __future__ import annotations

from mawaqif.annotate.clauses import (
    COMMAS,
    STOPS,
    Block,
    Text,
    gender_of,
    is_definite_end,
    opens_noun_content,
    readings_at,
    strip_conjunction,
)
from mawaqif.annotate.cues import CueReading, CueTables
from mawaqif.annotate.function_words import (
    COUNTERPARTS,
    DEMONSTRATIVES,
    DIRECT_OPENINGS,
    HEADS_WITH_ABOUT,
    HEADS_WITH_ON,
    HONORIFICS,
    NAMED_IN_QUOTES,
    PRAISED,
    PREFIXED_BY_CHANCE,
    PREPOSITIONS,
    RESUMPTIVES,
)
from mawaqif.annotate.headers import Opening
from mawaqif.annotate.objects import opens_object
from mawaqif.arabic.lemmas import is_verbal_noun

LONGEST_NAME_IN_QUOTES = 6  # tokens, marks included in part
_ONE_QUOTED_WORD = 2  # tokens from mark to mark
OF_TWO_OBJECTS = frozenset(["اعتبر", "رأى"])


def another_cue(block: Block, at: int, tables: CueTables) -> bool:
    """Tell whether a new cue opens at `at`, behind a comma."""
    if at >= len(block.words):
        return False
    if block.words[at] not in tables.verbs:
        return False
    following = block.words[at + 1] if at + 1 < len(block.words) else ""
    opens = following in tables.particles or following == ":" or at + 1 in block.opens
    speaks = following in tables.source_heads or at + 1 in block.mention_ends  # «، وذكر مدير المرصد»
    return any(
        r.form.is_accusative or (r.conjunction and r.form.kind == "finite" and (opens or not r.guarded or speaks))
        for r in readings_at(block, at, tables)
    )


def is_other_verb(block: Block, at: int, tables: CueTables) -> bool:
    """Tell whether the word at `at` can be a finite verb of saying, and nothing guarded."""
    return block.words[at] in tables.other_verbs


def is_finite_cue(block: Block, at: int, tables: CueTables) -> bool:
    """Tell whether a word can only be a finite verb of saying: feminine or plural («كتبت»), guarded or not."""
    word = block.words[at]
    return (
        word not in tables.names
        and word not in tables.source_heads
        and any(
            r.form.kind == "finite" and (r.form.gender == "f" or r.form.number == "p") and r.form.is_perfect
            for r in tables.verbs.get(word, ())
        )
    )


def opening_at(
    text: Text, block: Block, token: int, at: int, reading: CueReading, tables: CueTables, past_subject: bool
) -> tuple[Opening, int, int, int] | None:
    """Return (opening, content token, letters to skip, end of the subject) if the content opens at `at`."""
    word = block.words[at]
    following = block.words[at + 1] if at + 1 < len(block.words) else ""
    if word == "بان" and following == "كي":
        return None  # the name بان كي مون
    if word in tables.particles:
        return _behind_particle(block, at, following, reading, tables)
    if word == "الا" and reading.takes_clause and following[:1] in _SUBJUNCTIVE and text.letter(block, at, 0) == "أ":
        return "clause", at, 0, at  # «تعهد ألا يمر عام», not «إلا»: the negation is said too
    if word == ":" and (reading.takes_quote or at == token + 1):
        return _behind_colon(block, at, following, tables)
    if at in block.opens:
        if not reading.takes_quote or _is_quoted_name(block, at, tables) or _is_inscription(block, at):
            return None
        return "quote", at, 0, at
    if (
        word in reading.prepositions
        and following
        and not is_ali(text, block, at)
        and not (at + 1 in block.opens and _is_quoted_name(block, at + 1, tables, is_complement=True))
    ):
        return _behind_preposition(block, at, following, tables)
    if (
        (len(word) > 3 or (len(word) == 3 and word[1:] in tables.abstract_nouns))
        and word[0] in reading.prepositions
        and not (reading.lemma == "وصف" and _DESCRIBED.intersection(block.words[at + 1 : at + _LONGEST_DEED]))
        and is_prefixed_content(
            block,
            at,
            tables,
            is_next=at == token + 1,
            is_demand=reading.verb.addressee and at > token + 1,
            text=None if reading.verb.addressee else text,
            lemma="" if at == token + 1 or block.words[token + 1] in RESUMPTIVES else reading.lemma,
        )
    ):
        return "preposition", at, 1, at
    if word in reading.prepositions and word in ("ب", "ل") and at + 1 in block.opens:
        return "preposition", at + 1, 0, at
    if reading.takes_noun and _opens_noun(text, block, token, at, reading, tables, past_subject):
        return "noun", at, 0, at
    if word in DIRECT_OPENINGS and reading.lemma in _TELLING and not past_subject:
        return _directly(block, token, at, reading, following, tables)
    return None


def _directly(
    block: Block, token: int, at: int, reading: CueReading, following: str, tables: CueTables
) -> tuple[Opening, int, int, int] | None:
    """Return the opening of words told without particle or mark («قال النائب لن نصوت»), behind a complete subject."""
    before = block.words[at - 1]
    if at == token + 1:
        is_free = bool(reading.conjunction)
    else:
        is_free = is_definite_end(block, at - 1, tables) or before in tables.names or before in COMMAS
    return ("clause", at, 0, at) if is_free and following not in ("سيما", "بد", "احد", "") else None


_TELLING = frozenset(["قال", "أضاف", "أجاب", "رد", "تابع", "أردف"])


_SUBJUNCTIVE = frozenset("يتن")


def _behind_particle(
    block: Block, at: int, following: str, reading: CueReading, tables: CueTables
) -> tuple[Opening, int, int, int] | None:
    """Return the opening behind «أن» and its kin, if a clause of this verb begins there."""
    before = block.words[at - 1]
    if not following or before in tables.before_particle or strip_conjunction(before) in tables.before_particle:
        return None
    if not reading.takes_clause or _is_proviso(block, at, reading):
        return None
    end = at - 1 if before in ("الي", "علي", "عن", "من", "في") else at
    return "clause", (at + 2 if following == ":" and at + 2 < len(block.words) else at + 1), 0, end


def _is_inscription(block: Block, at: int) -> bool:
    """Tell «لافتة كتب عليها: "..."», which is read rather than said."""
    end = at - (block.words[at - 1] == ":")
    return block.word(end - 1) in RESUMPTIVES and block.word(end - 2) in ("كتب", "كتبت", "كتبوا")


def _behind_colon(block: Block, at: int, following: str, tables: CueTables) -> tuple[Opening, int, int, int] | None:
    """Return the opening behind a colon that parts no figures."""
    if not following or (following[0].isdigit() and block.words[at - 1][0].isdigit()):
        return None
    if _is_inscription(block, at):
        return None
    if following in tables.particles and at + 2 < len(block.words):
        return "colon", at + 2, 0, at
    return ("quote", at + 1, 0, at) if at + 1 in block.opens else ("colon", at + 1, 0, at)


_DESCRIBED = frozenset(["بان", "بانه", "بانها", "بانهم", "بانهما"])
_LONGEST_DEED = 12  # tokens: «وصف الوزير القرار بالموافقة على الاتفاق بأنه نفاق»
_PROVISO = frozenset(["أقر", "قرر", "اعتزم", "اقترح", "اشترط", "طلب", "أعلن", "رفض", "تعهد"])


def _is_proviso(block: Block, at: int, reading: CueReading) -> bool:
    """Tell «أقر الخطة على أن تبدأ» ("provided that"), which belongs to a noun before it, from a content."""
    return block.words[at] == "ان" and block.words[at - 1] == "علي" and reading.lemma in _PROVISO


def _opens_noun(
    text: Text, block: Block, token: int, at: int, reading: CueReading, tables: CueTables, past_subject: bool
) -> bool:
    """Tell whether a noun without preposition opens the content at `at`: where the subject may be complete."""
    if opens_object(text, block, token, at, reading, tables, past_subject=past_subject):
        return True
    if reading.objects:
        is_noun = block.words[at] in reading.objects
    else:
        is_noun = opens_noun_content(text, block, at, tables) or (
            at > token + 1 and not past_subject and reading.lemma not in OF_TWO_OBJECTS and _is_owned(block, at, tables)
        )
        if not is_noun and _is_definite_content(text, block, token, at, reading, tables):
            return True
    if not is_noun or _is_titled_name(block, at, tables):
        return False
    if at == token + 1 and block.words[at] in tables.source_heads:
        return gender_of(text, block, at, tables) != reading.form.gender  # «كشفت تقارير صدور قرار»
    takes_one = reading.lemma in _OF_ONE_OBJECT or bool(reading.objects)
    if at == token + 2 and takes_one and _is_bare_name(block, at - 1, tables):
        return True
    if past_subject and block.words[token + 1] not in RESUMPTIVES and _is_behind_occasion(block, at):
        return True
    before = block.words[at - 1]
    if at == token + 1 or before in COMMAS or before in tables.adverbs or before.isdigit():
        return True
    if not past_subject and (is_definite_end(block, at - 1, tables) or _follows_name(block, token, at, tables)):
        return True
    if block.words[at] in _ALWAYS_CONTENT:
        is_plain = block.words[at] in _WEIGHED or _may_end_name(block, at - 1, tables)
        return is_plain and tables.anonymity.isdisjoint(block.words[at + 1 : at + _NEAR])
    return _is_possessed(block, at, tables)


def _is_bare_name(block: Block, at: int, tables: CueTables) -> bool:
    """Tell a surname of one word right behind its verb («رفض ساساكي استخدام السلاح») from a noun of the object."""
    word, bare = block.words[at], strip_conjunction(block.words[at])
    is_noun = bare in tables.source_heads or word in tables.titles or word in tables.abstract_nouns
    is_word = is_noun or word in tables.adjuncts or word in tables.adverbs or is_verbal_noun(word)
    return word.isalpha() and not is_word and not word.endswith(("ه", "ات", "ون", "ين")) and word not in _COMMON_HEADS


_COMMON_HEADS = frozenset(
    ["كل", "اي", "بعض", "مجرد", "مبدا", "فكره", "سر", "اسلوب", "منهج", "نهج", "خيار", "شرط", "باب"]
)
_OF_ONE_OBJECT = frozenset(["رفض", "استبعد", "توقع", "اقترح", "قرر", "طلب"])


def _is_behind_occasion(block: Block, at: int) -> bool:
    """Tell whether a noun stands right behind where the saying took place («أعلنت بغداد في بيان مشترك إنهاء»)."""
    first = at - 1
    while first > at - _LONGEST_OCCASION and _describes_occasion(block.words[first]):
        first -= 1
    return block.words[first] in _OCCASIONS and block.word(first - 1) in ("في", "خلال", "عبر")


def _describes_occasion(word: str) -> bool:
    return word.endswith(("ي", "يه")) or word in _SHARED


_LONGEST_OCCASION = 4  # tokens
_OCCASIONS = frozenset(["بيان", "تصريح", "تصريحات", "تغريده", "بيانها", "بيانه", "تصريحاته", "موتمر"])


def _may_end_name(block: Block, at: int, tables: CueTables) -> bool:
    """Tell whether a word may be the last of a subject or of the phrase behind it, not a noun that governs the next."""
    word = block.words[at]
    if word in PREPOSITIONS or is_verbal_noun(word):
        return False
    return word.startswith("ال") or word.endswith(("ي", "يه")) or word in _SHARED or (
        word in tables.names or block.words[at - 1] in tables.names
    )  # fmt: skip


def _follows_name(block: Block, token: int, at: int, tables: CueTables) -> bool:
    """Tell whether a name of two words or more ends right before a noun («استبعد الخبير فاضل أبو رغيف عودة»)."""
    before = block.words[at - 1]
    if at - 2 <= token or before in tables.names or before in tables.source_heads or before in tables.titles:
        return False
    if not before.isalpha() or before in tables.adjuncts or is_verbal_noun(before) or block.word(at + 1) in _ENDS:
        return False
    given = block.words[at - 2] in tables.names or (at - 3 > token and block.words[at - 3] in tables.names)
    return given and block.words[at - 2] not in PREPOSITIONS and block.word(at + 1) not in tables.particles


_ENDS = frozenset([",", ".", ";", ":", ""])
_SHARED = frozenset(["مشترك", "سابق", "لاحق", "مقتضب", "منفصل"])
_WEIGHED = frozenset(["اهميه", "ضروره"])


def _is_titled_name(block: Block, at: int, tables: CueTables) -> bool:
    """Tell «العقيد سفر» and «الدكتور وحيد», a title with a name, from a noun that opens a content."""
    word = block.words[at]
    is_plain = word in _ALWAYS_CONTENT or is_verbal_noun(word) or _is_possessed(block, at, tables)
    is_name = word in tables.names or not (is_plain or word[-1] == "ه")
    return is_name and block.words[at - 1] in tables.titles and block.words[at - 1] not in HONORIFICS


_LETTERS_OF_PLURAL = 7  # with the article; الانتهاء and its kin are longer
_ALWAYS_CONTENT = frozenset(["اهميه", "ضروره", "وجود", "عدم", "اي", "صحه"])
_COMPLEMENTS_OF_NOUNS = frozenset(["في", "من", "الي", "علي", "عن"])


def _is_definite_content(text: Text, block: Block, token: int, at: int, reading: CueReading, tables: CueTables) -> bool:
    """Tell «أعلن الجيش الانتهاء من»: a definite verbal or abstract noun with its preposition behind the subject."""
    word, before, following = block.words[at], block.words[at - 1], block.word(at + 1)
    is_first = token in block.mention_starts or reading.form.kind == "participle"  # its subject stands before it
    if not word.startswith("ال") or at in block.mention_ends or (at == token + 1 and not is_first):
        return False
    is_definite = before.startswith("ال") and before not in PREPOSITIONS and before not in tables.relatives
    is_behind = is_definite or at == token + 1 or at in block.mention_starts
    if word[2:] in tables.abstract_nouns and not is_verbal_noun(word[2:]):
        return following in _COMPLEMENTS_OF_NOUNS and is_behind
    if not is_verbal_noun(word[2:]):
        return False
    if reading.lemma == "ناشد" and (is_definite or before in COUNTERPARTS):
        return True  # «ناشدت زملاءها التفكير»
    if word.endswith("يه") or (word[2] == "ا" and text.letter(block, at, 2) != "إ" and len(word) <= _LETTERS_OF_PLURAL):
        return False  # adjectives (التركية) and broken plurals (الأعضاء)
    return following in _COMPLEMENTS_OF_NOUNS and is_behind


def _is_possessed(block: Block, at: int, tables: CueTables) -> bool:
    """Tell «معارضته», "his opposition", from a noun that belongs to the subject's own phrase."""
    word = block.words[at]
    before = block.words[at - 1]
    bare = before[1:] if before[0] in "لب" else before
    if not word.endswith(("ه", "ها", "هم", "هما")) or before in tables.adjuncts:
        return False
    if bare in tables.abstract_nouns or is_verbal_noun(bare):
        return False  # «لحماية تصنيفها»
    if _is_owned(block, at, tables):
        return True
    base = next(word[: -len(end)] for end in ("هما", "ها", "هم", "ه") if word.endswith(end))
    return (base.endswith("ت") and base[:-1] + "ه" in tables.abstract_nouns) or (
        base in tables.abstract_nouns and text_has_pronoun(word)
    )


def _is_owned(block: Block, at: int, tables: CueTables) -> bool:
    """Tell «أعلنت المقاومة سيطرتها على»: a noun in ة with the pronoun of the complete subject before it."""
    word = block.words[at]
    base = next((word[: -len(end)] for end in ("تها", "تهم", "ته") if word.endswith(end)), "")
    is_office = base + "ه" in tables.source_heads or base in tables.source_heads
    is_governing = block.word(at + 1) in _COMPLEMENTS_OF_NOUNS and word[0] != "و"
    return is_governing and len(base) >= _SHORTEST_OWNED and not is_office and is_definite_end(block, at - 1, tables)


_SHORTEST_OWNED = 4


def text_has_pronoun(word: str) -> bool:
    """Tell whether a folded word ends in a pronoun that no ta marbuta is folded to."""
    return word.endswith(("ها", "هم", "هما"))


def is_ali(text: Text, block: Block, at: int) -> bool:
    """Tell the name «علي» from the preposition «على», unless «أن» or a verbal noun follows: some dot both."""
    if block.words[at] != "علي" or text.letter(block, at, -1) != "ي":
        return False
    following = block.words[at + 1] if at + 1 < len(block.words) else ""
    return not following.startswith("ان") and not is_verbal_noun(following or " ")


def _behind_preposition(
    block: Block, at: int, following: str, tables: CueTables
) -> tuple[Opening, int, int, int] | None:
    if following in tables.particles:
        return ("clause", at + 2, 0, at) if at + 2 < len(block.words) else None
    is_placed = following in tables.occasions and (block.words[at] != "الي" or following in DEMONSTRATIVES)
    if is_placed or following in tables.adverbs:
        return None  # «في بيان»; but «دعا إلى حوار», «أشار إلى تقرير»
    if block.words[at] == "عن" and (following in ("طريق", "كثب") or block.words[at - 1] in HEADS_WITH_ABOUT):
        return None
    if block.words[at] == "علي" and block.words[at - 1] in HEADS_WITH_ON:
        return None
    return "preposition", at + 1, 0, at


_JOINTLY = frozenset(["بالتعاون", "بالتنسيق", "بالاجماع"])


def _has_hamza(text: Text | None, block: Block, at: int, tables: CueTables) -> bool:
    """Tell «بأداء» and «بإنجازات» by the hamza behind «ب», which begins no name, behind a complete subject."""
    if text is None or block.words[at][0] != "ب" or text.letter(block, at, 1) not in "أإآ":
        return False
    return is_definite_end(block, at - 1, tables)


def is_praised(block: Block, at: int, tables: CueTables) -> bool:
    """Tell «أشاد الوزير بجهود الفرق», a noun of what is praised or condemned, behind a complete subject."""
    before = block.words[at - 1] if at else ""
    is_free = before in COMMAS or before in tables.adverbs or is_definite_end(block, at - 1, tables)
    return block.words[at][0] == "ب" and block.words[at][1:] in PRAISED and is_free


def _is_behind_complete_subject(block: Block, at: int, tables: CueTables, *, lemma: str) -> bool:
    """Tell «ندد كيري بوحشية النظام»: behind a name or article «ب» is the preposition of a verb of praise or blame."""
    word = block.words[at]
    if lemma not in _JUDGING_WITH_BI or word[0] != "ب" or len(word) < _SHORTEST_JUDGED or word in tables.names:
        return False
    before, place = block.words[at - 1], word[1:].removeprefix("ال")
    if place in tables.source_heads or place in tables.places or place in _PLACE_NOUNS:
        return False  # «المشرفة بوزارة التعليم»
    if before.removeprefix("ال") in tables.source_heads or before in tables.titles or before in PREPOSITIONS:
        return False
    is_surname = block.words[at - 2] in tables.titles or block.words[at - 2] in tables.names
    return is_surname or at in block.mention_starts or is_definite_end(block, at - 1, tables)


_JUDGING_WITH_BI = frozenset(["ندد", "رحب", "أشاد", "هدد", "توعد", "طالب", "نوه", "تمسك", "استخف"])
_PLACE_NOUNS = frozenset(
    ["مدينه", "محافظه", "منطقه", "جامعه", "كليه", "مدرسه", "قسم", "ولايه", "بلده", "قريه", "عاصمه", "مستشفي", "مقر"]
)
_SHORTEST_JUDGED = 5  # letters with «ب»
_NEAR = 7  # tokens
_SHORT_VERBAL_NOUNS = (3, 4)  # letters
_LETTERS_OF_FORM_V = 4


def is_prefixed_content(
    block: Block,
    at: int,
    tables: CueTables,
    *,
    is_next: bool,
    is_demand: bool = False,
    text: Text | None = None,
    lemma: str = "",
) -> bool:
    """Tell whether a word is a preposition of one letter with a noun that may be a content («بإنهاء», «بالانسحاب»)."""
    word = block.words[at]
    if word in _JOINTLY and at > 0 and (block.word(at + 1).startswith("ال") or block.word(at + 1) == "بين"):
        return True  # «أشاد بالتعاون القائم بين», not «بالتعاون مع»
    if (
        word in PREFIXED_BY_CHANCE
        or word in tables.adjuncts
        or at in block.mention_ends
        or word in tables.adverbs
        or word in tables.source_heads
    ):
        return False
    rest = word[1:]
    if word[0] == "ل" and word in tables.to_addressees and rest[1:] not in tables.abstract_nouns:
        return False
    is_short = len(rest) in _SHORT_VERBAL_NOUNS and not rest.endswith(("ه", "ي"))
    if is_demand and word[0] == "ب" and is_short and word not in tables.names and rest not in tables.source_heads:
        return True  # «بضبط», «بحسم»: verbal nouns of form I
    if is_demand and rest[0] == "ت" and len(rest) == _LETTERS_OF_FORM_V:
        return True  # «لتجنب»
    if is_next and word[0] == "ب" and rest in PRAISED:
        return True  # «وأشاد بعمق العلاقات»
    if _is_behind_complete_subject(block, at, tables, lemma=lemma):
        return True
    if is_praised(block, at, tables) or (not is_next and _has_hamza(text, block, at, tables)):
        return True
    if rest in tables.occasions and not tables.particles.isdisjoint(block.words[at + 1 : at + _NEAR]):
        return False  # «اعترف باجتماع الوزراء أن»: where it was said
    if rest.startswith("ال") or word.startswith("لل") or rest in tables.abstract_nouns or is_verbal_noun(rest):
        return True
    return is_next and len(rest) > 3


def _is_plain_cue(word: str, tables: CueTables) -> bool:
    return any(not reading.guarded for reading in tables.verbs.get(word, ()))


def _is_quoted_name(block: Block, at: int, tables: CueTables, *, is_complement: bool = False) -> bool:
    """Tell whether the quotation at `at` is a name in the subject («شركة "النور" إنها»): short, «أن» follows.

    Behind the verb's own preposition (`is_complement`) it is a name only where «أن» follows.
    """
    if block.words[at - 1] in ("فيه", "فيها", "خلاله", "خلالها", "به", "بها"):
        return False  # «أعلنت فيه "بدء العملية"»
    closing = block.opens[at][1]
    if closing - at > 8 or closing + 1 >= len(block.words) or block.words[at + 1] in tables.particles:
        return False
    after = block.words[closing + 1]
    is_short = closing - at <= LONGEST_NAME_IN_QUOTES and not is_complement
    if is_short and (block.words[at - 1] in PREPOSITIONS or block.words[at - 1] in ("ب", "ل")):
        return True
    if is_short and (after == ":" or (after[0].isalnum() and not _is_plain_cue(after, tables))):
        return True
    if is_short and closing - at <= _ONE_QUOTED_WORD and after in COMMAS and block.words[at - 1][0].isalnum():
        return True  # «الرجل "الطيب"،»
    following = block.word(closing + 2)
    opens = closing + 2 in block.opens or following in tables.particles or following in ("الي", "علي", "عن")
    if is_short and after in COMMAS and opens:
        return True
    if is_short and after != ":" and strip_conjunction(block.words[at - 1]).removeprefix("ال") in NAMED_IN_QUOTES:
        return True  # «موقع "اليوم السابع"»
    for token in range(closing + 1, min(len(block.words), closing + 25)):
        word = block.words[token]
        if word in STOPS or block.sentence[token] != block.sentence[at]:
            return False
        if word in tables.particles:
            return block.words[token - 1] not in tables.before_particle
        if token in block.opens and token > closing + 1:
            return block.opens[token][1] - token > 8
        if another_cue(block, token, tables):
            return False
    return False
