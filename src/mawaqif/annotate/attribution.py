"""Reads one cue in its clause: where its content opens, and which noun phrase speaks."""

from __future__ import annotations

from mawaqif.annotate.clauses import (
    COMMAS,
    STOPS,
    Block,
    Text,
    disagree,
    gender_of,
    readings_at,
    strip_conjunction,
)
from mawaqif.annotate.complements import Complement, ends_subject, find_complement, stays_unnamed
from mawaqif.annotate.cues import CueReading, CueTables
from mawaqif.annotate.function_words import (
    AUXILIARIES_OF_NOUNS,
    BODIES,
    CONDITIONS,
    COUNTERPARTS,
    IMPERSONAL_BEFORE,
    NEGATIONS,
    PREPOSITIONS,
    REFUSALS,
    RESUMPTIVES,
    SINCE,
    SPEAKING_PRONOUNS,
    STATES,
    SUBJUNCTIVES,
)
from mawaqif.annotate.headers import Header
from mawaqif.annotate.objects import is_deed, object_start
from mawaqif.annotate.plausibility import is_like_verbal_noun, is_plausible
from mawaqif.annotate.subjects import (
    SUBJECT_WINDOW,
    find_subject_before,
    issuer_of_sentence,
    subject_behind,
)
from mawaqif.arabic.text import fold

_RELAYS = {"نقل": "عن", "علم": "من", "نسب": "الي"}
"""Verbs by which the press relays others, with the preposition before whom it quotes."""


_PRONOUNS_OF_RELAY = frozenset(["عنه", "عنها", "عنهم", "عنهما"])


def read_cue(text: Text, block: Block, token: int, tables: CueTables) -> Header | None:
    """Return the header of the cue at `token`, or None where the word attributes nothing here."""
    for reading in readings_at(block, token, tables):
        header = _read_verb(text, block, token, reading, tables)
        if header is not None:
            return header
    return None


def _read_verb(text: Text, block: Block, token: int, reading: CueReading, tables: CueTables) -> Header | None:
    before = block.words[token - 1] if token and block.sentence[token - 1] == block.sentence[token] else ""
    if reading.form.has_object and not (reading.verb.addressee and _is_verb_with_object(block, token, reading)):
        return None
    if (
        (before in IMPERSONAL_BEFORE and not _is_told_of(block, token, reading, tables))
        or token in block.mention_ends
        or block.words[token] in tables.adverbs
    ):
        return None
    if _is_first_person(text, block, token, reading) or _is_student(block, token):
        return None
    if reading.lemma in ("تبنى", "تمنى") and reading.form.is_perfect and text.letter(block, token, -1) == "ي":
        return None  # «تبنّي», the verbal noun
    if reading.form.has_object and text.letter(block, token, -1) == "ة":
        return None  # «طالبة», a noun, not «طالبه»
    if _is_passive(text, block, token, reading):
        return None
    if reading.lemma == "أخفى" and before not in NEGATIONS:
        return None  # who hides a fear does not tell it
    if reading.form.is_perfect and _is_verbal_noun_of(text, block, token, reading, tables):
        return None
    if reading.lemma in REFUSALS and stays_unnamed(block, token, tables):
        return None
    if reading.form.kind == "finite" and (
        before in PREPOSITIONS or before in AUXILIARIES_OF_NOUNS or _is_unreal(block, token, reading, before)
    ):
        return None  # «إلى تبني» is the verbal noun
    if _is_fixed_phrase(text, block, token):
        return None
    if before in NEGATIONS and not reading.verb.keeps_negation:
        return None
    if reading.form.kind == "participle":
        return _read_participle(text, block, token, reading, tables)
    found = find_complement(text, block, token, reading, tables)
    if found is None and (header := _behind_quotation(block, token, reading, tables)) is not None:
        return header
    if found is not None and reading.form.has_object and found.opening in ("noun", "quote"):
        return None
    if found is None or (reading.conjunction and found.subject is None and _continues_impersonal(block, token)):
        return None
    return _finite_header(text, block, token, reading, found, tables)


def _behind_quotation(block: Block, token: int, reading: CueReading, tables: CueTables) -> Header | None:
    """Read «"..."، قال الوزير»: a verb of saying behind its quotation, with its subject behind it."""
    closing = token - 1 - (token > 1 and block.words[token - 1] in COMMAS)
    if reading.guarded or not reading.takes_quote or reading.conjunction or block.words[closing] != '"':
        return None
    opening = next((at for at, (_, end) in block.opens.items() if end == closing), None)
    subject = subject_behind(block, token, len(block.words), tables)
    if opening is None or subject is None or block.sentence_start(token) != block.sentence_start(opening):
        return None
    first = block.sentence_start(token)
    if any(word in tables.verbs for word in block.words[first:opening]):
        return None  # another cue has it
    return Header(
        token, token + 1, reading.lemma, reading.verb.modality, "quote", opening + 1, speaker=subject, starts=token,
        gender=reading.form.gender, number=reading.form.number, end=closing,
    )  # fmt: skip


def _is_verb_with_object(block: Block, token: int, reading: CueReading) -> bool:
    """Tell verbs with an object («وصفه بأنه») from «حثها» and «طلبه», oftener nouns (her urging, his request)."""
    noun = reading.verb.principal_parts[3]
    is_noun = reading.form.is_perfect and noun is not None and fold(noun) == fold(reading.lemma)
    if not is_noun:
        return True
    before = block.words[token - 1] if token and token != block.sentence_start(token) else ","
    at_head = before in COMMAS or before in STOPS or before in (")", '"') or before in RELATIVE_HEADS
    return at_head and block.word(token + 1) in _DESCRIBED_AS


RELATIVE_HEADS = frozenset(["الذي", "التي", "قد", "وقد", "حيث", "كما"])
_DESCRIBED_AS = frozenset(["ب", "بان", "بانه", "بانها", "بانهم", "بانهما"])


def _is_told_of(block: Block, token: int, reading: CueReading, tables: CueTables) -> bool:
    """Tell «ما قالت إنه تجمع», which a person says, from «ما يؤكد أن», where a fact speaks, and «بحسب ما قال»."""
    if block.words[token - 1] != "ما" or reading.lemma not in ("قال", "زعم", "ادعى"):
        return False
    return token < 2 or block.words[token - 2] not in tables.sources


def _is_unreal(block: Block, token: int, reading: CueReading, before: str) -> bool:
    """Tell what is not said but wished, asked, denied or supposed: «أن يوافق», «إذا طلبت», «هل تتوقع», «لا اعتقد»."""
    form = reading.form
    if before in CONDITIONS or before == "عدم":
        return True
    if form.is_perfect:
        return before == "لا"
    if before == "ان" and block.word(token - 2) in _UNTIL and reading.lemma in _GOING_ON:
        return False  # «قبل أن يضيف أن»
    return before in SUBJUNCTIVES and not (token > 1 and block.words[token - 2] in SINCE)


_UNTIL = frozenset(["قبل", "وقبل"])
_GOING_ON = frozenset(["أضاف", "تابع", "أردف", "استدرك", "استطرد", "ختم", "اختتم", "زاد", "خلص", "عقب"])


def _is_fixed_phrase(text: Text, block: Block, token: int) -> bool:
    """Tell «يلفت انتباه العالم» and «كتب عليها» from reports."""
    following = block.word(token + 1)
    if not following:
        return True
    word = strip_conjunction(block.words[token])
    if following in ("بيده", "بيدها", "باصبعه") or (following == "الحاجه" and word.startswith("دع")):
        return True  # «أشار بيده إلى», «دعت الحاجة إلى»
    if word == "تدعو" and block.word(token - 1) == "الحاجه":
        return True
    if block.words[token] == "وسلم" and block.word(token - 1) == "عليه":
        return True  # «صلى الله عليه وسلم»
    if word.endswith("عتبر") and following == "من":
        return True  # «تعتبر من أكبر الدول»
    if block.words[token] == "ورد" and following == "في":
        return True  # «ورد في التقرير»
    if following == "النور" and word in ("راي", "رات", "يري", "تري"):
        return True  # «رأى النور»
    if following in ("انتباه", "انظار", "الله", "المولي", "الباري", "ربه", "تعالي", "سبحانه", "صلي"):
        return True  # and prayers and scripture
    if word == "تحدث" and text.letter(block, token + 1, -1) == "ة" and token + 1 not in block.mention_ends:
        return True  # «قد تحدث فجوة»
    return word in ("كتب", "كتبت") and following in ("عليها", "عليه", "علي", "فيها", "فيه")


def _is_first_person(text: Text, block: Block, token: int, reading: CueReading) -> bool:
    """Tell «أعتقد» (I think) from «اعتقد» (he thought) by the hamza that folding takes away."""
    form = reading.form
    if not (form.kind == "finite" and form.is_perfect and form.lemma[0] == "ا"):
        return False
    if reading.lemma == "اعتقد" and form.number == "s" and form.gender == "m":
        return True  # of this verb nobody writes the perfect for another
    return not reading.conjunction and text.letter(block, token, 0) in "أآ"


def _is_passive(text: Text, block: Block, token: int, reading: CueReading) -> bool:
    """Tell «يُعتقد» and «يُتوقع» by the damma written on verbs of forms that have none in the active («يُعلن»)."""
    if reading.form.kind != "finite" or reading.form.is_perfect or reading.lemma[0] not in "ات":
        return False
    first = text.copy.starts.item(block.starts[token] + len(reading.conjunction))
    return text.reading.text[first + 1 : first + 2] == "\u064f"


def _is_student(block: Block, token: int) -> bool:
    """Tell «ألف طالب» and «طالب أو طالبة» ("student") from «طالب النائب»."""
    if block.words[token] not in ("طالب", "وطالب"):
        return False
    before = block.word(token - 1)
    if before in ("ابي", "ابو", "بن"):
        return True  # «علي بن أبي طالب»
    return before in _COUNTED or before[:1].isdigit() or block.word(token + 1) in ("او", "وطالبه", "جامعي")


_COUNTED = frozenset(["كل", "اي", "الف", "الاف", "مليه", "مييه", "مليون", "كم", "عشره", "عشرين", "خمسين", "ثلاثين"])


def _continues_impersonal(block: Block, token: int) -> bool:
    """Tell whether «ويؤكد» goes on with a clause of «ما» («ما يضيف التعقيد ويؤكد أهمية»), where a fact speaks."""
    at = token - 1
    while at >= 0 and block.sentence[at] == block.sentence[token] and token - at < SUBJECT_WINDOW:
        word = block.words[at]
        if word in COMMAS or word in STOPS:
            return block.words[at + 1] in IMPERSONAL_BEFORE
        at -= 1
    return False


def _is_verbal_noun_of(text: Text, block: Block, token: int, reading: CueReading, tables: CueTables) -> bool:
    """Tell «رفض المناطق استقبالها», the verbal noun, from «رفض»: of the masculine verb no feminine is the subject."""
    following = block.word(token + 1)
    is_other = not following.startswith("ال") or following in tables.masculine or reading.verb.addressee
    if is_other or not is_like_verbal_noun(reading):
        return False
    return following.endswith("ات") or text.letter(block, token + 1, -1) == "ة"


def _subject_of_state(block: Block, token: int, tables: CueTables) -> tuple[int, int] | None:
    """Return who is in the state that a participle tells without a pause («لا يزال الوزير متمسكاً بموقفه»)."""
    for at in range(token - 1, max(block.sentence_start(token), token - _LONGEST_STATE) - 1, -1):
        if block.words[at] in COMMAS:
            return None
        if block.words[at] in STATES:
            return subject_behind(block, at, token, tables)
    return None


_LONGEST_STATE = 8  # tokens


def _finite_header(
    text: Text, block: Block, token: int, reading: CueReading, found: Complement, tables: CueTables
) -> Header | None:
    gender = reading.form.gender
    header = Header(
        token, token + 1, reading.lemma, _modality(block, token, reading), found.opening, found.content, found.offset,
        found.subject, token, gender=gender, number=reading.form.number, has_conjunction=bool(reading.conjunction),
    )  # fmt: skip
    subject, is_relative, starts = (None, False, token)
    if not reading.conjunction or (reading.conjunction == "ف" and _answers_as_for(block, token)):
        agrees = gender if reading.form.number == "s" else None
        subject, is_relative, starts = find_subject_before(
            block, token, tables, gender=agrees, number=reading.form.number
        )
    header.is_relative = is_relative
    header.starts = starts
    if subject is not None and disagree(gender_of(text, block, subject[0], tables), gender) and not is_relative:
        head = block.words[subject[0]]
        is_thing = not head.startswith("ال") and strip_conjunction(head) not in tables.source_heads
        if found.opening == "preposition" and found.subject is None and is_thing:
            return None  # «وامرأة تمسك بيدها»
        subject, header.starts = None, token
    if found.subject is not None and subject is not None and _is_taken(block, reading, found.subject, tables):
        found.subject = header.speaker = None
    if found.subject is not None and _is_object(text, block, token, reading, found.subject, tables):
        found.subject = header.speaker = None
    if found.subject is None:
        header.speaker = subject
        header.follows_subject = subject is not None
    elif reading.verb.addressee and found.opening != "clause":
        _choose_subject(text, block, header, subject, tables)
    is_described = reading.lemma == "وصف" and found.subject is not None and header.speaker == found.subject
    if is_described and found.subject is not None and is_deed(block, found.subject[0], tables):
        found.subject = header.speaker = None  # «ووصفت مشاركة المرأة بأنها»
    if reading.verb.addressee and header.speaker is not None and header.speaker == found.subject:
        found.subject = header.speaker = _without_object(block, header.speaker, tables)
    if header.speaker == found.subject and found.subject is not None:
        header.follows_subject = False
        if not is_relative:
            header.starts = token
    if reading.verb.addressee and block.word(token + 1) in RESUMPTIVES and found.opening in ("clause", "preposition"):
        _prefer_issuer(block, header, tables)
    if reading.lemma in _RELAYS and not _PRONOUNS_OF_RELAY.isdisjoint(block.words[token + 1 : header.content]):
        header.speaker = None  # «ونقلت عنه قوله»: whom the pronoun stands for, not the paper
        header.gender = "f" if "عنها" in block.words[token + 1 : header.content] else "m"
    elif (relayed := _relayed_source(block, header, tables)) is not None:
        header.speaker, header.gender = relayed, None  # the verb agrees with the paper
    if header.speaker is None and not is_relative and starts < token and block.words[starts] in SPEAKING_PRONOUNS:
        header.pronoun = starts
    if _is_reflexive_homograph(text, block, header, reading, tables):
        return None
    return header if is_plausible(block, header, reading, tables) else None


def _is_taken(block: Block, reading: CueReading, after: tuple[int, int], tables: CueTables) -> bool:
    """Tell what stands behind a verb with a subject before it: its object, or how the source will not be named."""
    hides = not tables.anonymity.isdisjoint(block.words[after[0] : after[1]])
    return hides or reading.lemma in _WITH_OBJECT


_WITH_OBJECT = frozenset(["عزا", "أرجع", "نسب", "برر", "علل", "سوغ", "وصف", "فسر", "شبه"])
"""Verbs that say something of an object: «أما الباحث فيعزو التأخير إلى»."""


def _modality(block: Block, token: int, reading: CueReading) -> str:
    """Return the modality of a verb's content: who "does not rule out" expects, who "does not deny" holds a view."""
    if reading.verb.modality != "denial" or block.word(token - 1) not in NEGATIONS:
        return reading.verb.modality
    return "forecast" if reading.lemma == "استبعد" else "position"


def _answers_as_for(block: Block, token: int) -> bool:
    """Tell whether «ف» at a verb answers «أما»: «أما الخبير فيرى أن»."""
    words = block.words[block.sentence_start(token) : token]
    return "اما" in words or "واما" in words


def _is_object(
    text: Text, block: Block, token: int, reading: CueReading, after: tuple[int, int], tables: CueTables
) -> bool:
    """Tell a feminine noun right behind a masculine verb («أبلغ الوكالة أن») from its subject."""
    if reading.verb.addressee and after[1] - after[0] == 1 and block.words[after[0]] in COUNTERPARTS:
        return True  # «أبلغ نظراءه أن»
    if after[0] != token + 1 or reading.form.gender != "m" or reading.form.number != "s":
        return False
    if reading.verb.addressee and block.words[after[0]] in tables.feminine and reading.form.is_perfect:
        return True  # «حذر دول الجوار من», «نصح بغداد بأن»
    bare = block.words[after[0]].removeprefix("ال")
    is_body = bare in tables.source_heads and after[0] not in block.mention_ends
    return is_body and text.letter(block, after[0], -1) == "ة"


def _relayed_source(block: Block, header: Header, tables: CueTables) -> tuple[int, int] | None:
    """Return whom «نقلت الوكالة عن المسؤول قوله», «ذكرت نقلاً عن المسؤول أن» quote: the noun phrase behind «عن»."""
    between = block.words[header.cue : header.content]
    if header.lemma in _RELAYS and _RELAYS[header.lemma] in between:
        start = header.cue + between.index(_RELAYS[header.lemma]) + 1
    elif header.opening != "noun" and "نقلا" in between[:-1] and between[between.index("نقلا") + 1] == "عن":
        start = header.cue + between.index("نقلا") + 2
    else:
        return None
    end = start
    while end < header.content and block.words[end] not in tables.relayed and block.words[end] not in tables.particles:
        if (
            block.words[end] in COMMAS
            or block.words[end] in (":", '"')
            or (end > start and ends_subject(block, end, tables))
        ):
            break
        end += 1
    return (start, end) if end > start else None


def _is_reflexive_homograph(text: Text, block: Block, header: Header, reading: CueReading, tables: CueTables) -> bool:
    """Tell «تقرر إنشاء» (form V, "it was decided") from «تقرر الحكومة», which needs a feminine subject."""
    form = reading.form
    if form.is_perfect or form.gender != "f" or form.number != "s" or len(form.text) != 4:
        return False
    if fold(header.lemma) == form.text[1:] and form.text.endswith("ي"):
        return False  # «تخشى», of form I
    if not any(fold(other.lemma) == form.text[1:] for other in readings_at(block, header.cue, tables)):
        return False
    if header.speaker is None:
        return True
    return gender_of(text, block, header.speaker[0], tables) != "f"


def _choose_subject(
    text: Text, block: Block, header: Header, before: tuple[int, int] | None, tables: CueTables
) -> None:
    """Decide whether the noun phrase after a verb of demand speaks or is spoken to."""
    assert header.speaker is not None
    after_gender = gender_of(text, block, header.speaker[0], tables)
    if before is not None:
        header.speaker = before
        header.follows_subject = True
    elif disagree(after_gender, header.gender):
        header.speaker = None


def _without_object(block: Block, subject: tuple[int, int], tables: CueTables) -> tuple[int, int]:
    """Part the subject from an object right behind it: «أبلغت واشنطن بغداد», «حمّل البيان واشنطن»."""
    first, after = subject
    after = object_start(block, first, after, tables)
    subject = first, after
    end = block.mention_ends.get(first)
    if end is None:
        bare = strip_conjunction(block.words[first]).removeprefix("ال")
        if _is_name_with_object(block, first, after, tables):
            return first, first + 1
        is_body = block.words[first].startswith("ال") and bare in BODIES and first + 1 in block.mention_ends
        return (first, first + 1) if is_body else subject
    second = block.mention_ids.get(end)
    is_other = second is not None and second != block.mention_ids[first] and end < after
    return (first, end) if is_other and not block.words[end].startswith(("لل", "بال")) else subject


def _prefer_issuer(block: Block, header: Header, tables: CueTables) -> None:
    """Let who issues a text speak in «أصدر الحزب بياناً دعا فيه الحكومة إلى», not the one called upon."""
    issuer = issuer_of_sentence(block, header.cue, tables)
    if header.speaker is not None and header.speaker[0] > header.cue:
        header.speaker = issuer


def _is_name_with_object(block: Block, first: int, after: int, tables: CueTables) -> bool:
    """Tell «دعت موغيريني طهران»: a surname of one word, and whoever is called upon right behind it."""
    word = block.words[first]
    is_noun = word.removeprefix("ال") in tables.source_heads or word in tables.titles or word in tables.names
    return not is_noun and not word.endswith(("ه", "ات", "ون")) and block.mention_ends.get(first + 1) == after


def _read_participle(text: Text, block: Block, token: int, reading: CueReading, tables: CueTables) -> Header | None:
    """Read «، مؤكداً أن» and its kin; other participles are adjectives and names."""
    before = block.words[token - 1] if token else ""
    closes = before in ('"', ")", "-") and reading.form.number == "s"
    after_pause = before in COMMAS or closes or bool(reading.conjunction)
    if not (reading.form.is_accusative or after_pause):
        return None
    if reading.lemma == "تحدث" and block.word(token + 1) == "باسم":
        return None  # «قال متحدثاً باسم»
    if reading.lemma == "اتهم" and before[:1].isdigit():
        return None  # «275 متهماً»
    if block.word(token + 1) == ":" and before == "-":
        return None  # «الرياض - متابعة:»
    if reading.form.gender == "m" and not reading.form.is_accusative:
        return None
    if not after_pause and reading.form.number != "s":
        return None
    predicate = None if after_pause else _subject_of_state(block, token, tables)
    found = find_complement(text, block, token, reading, tables)
    if found is None or (
        found.subject is not None and not reading.verb.addressee and found.opening in ("preposition", "noun")
    ):
        return None
    if not after_pause and found.opening == "noun" and found.content != token + 1:
        return None
    if reading.lemma == "أفاد" and found.opening in ("quote", "colon"):
        return None  # «مفيداً على جبهتين:»
    return Header(
        token, token + 1, reading.lemma, reading.verb.modality, found.opening, found.content, found.offset,
        predicate, starts=token, is_participle=True, gender=reading.form.gender, number=reading.form.number,
        has_conjunction=bool(reading.conjunction),
    )  # fmt: skip
