"""Finds the noun phrase that is the subject of a verb behind it."""

from __future__ import annotations

from collections.abc import Iterator

from mawaqif.annotate.clauses import (
    COMMAS,
    STOPS,
    Block,
    is_event_verb,
    strip_conjunction,
)
from mawaqif.annotate.cues import CueTables
from mawaqif.annotate.function_words import (
    ACTS,
    AUXILIARIES,
    CLAUSE_OPENERS,
    DEMONSTRATIVES,
    ISSUING,
    NAMED_IN_QUOTES,
    NEGATIONS,
    PREPOSITIONS,
    PRONOUN_SUBJECTS,
    RECEIVING,
    RESUMPTIVES,
    SPEAKERLESS_HEADS,
)
from mawaqif.annotate.openings import is_other_verb
from mawaqif.annotate.people import named_behind
from mawaqif.arabic.lemmas import is_verbal_noun

SUBJECT_WINDOW = 30
_AS_FOR = frozenset(["اما", "واما"])
_RELATIVE_GENDER = {"الذي": "m", "التي": "f"}


_LONGEST_SUBJECT = 8  # tokens
_LONGEST_ANTECEDENT = 8  # tokens


def find_subject_before(
    block: Block, token: int, tables: CueTables, *, gender: str | None = None, number: str | None = None
) -> tuple[tuple[int, int] | None, bool, int]:
    """Return (subject before the verb, whether the verb stands in a relative clause, where the clause starts).

    A relative pronoun of another gender than the verb's is not its subject.
    """
    words = block.words
    first = block.sentence_start(token)
    last = token
    while last > first and (
        words[last - 1] in AUXILIARIES or words[last - 1] in tables.adverbs or words[last - 1] in NEGATIONS
    ):
        last -= 1
    last = _before_parenthesis(block, first, last)
    if last == first:
        return None, False, token
    before = words[last - 1]
    if before in tables.relatives:
        end = last - 1
        while end > first and words[end - 1] in COMMAS:
            end -= 1
        relative = strip_conjunction(before)
        if number == "p" and relative in _RELATIVE_GENDER:
            return None, True, last - 1  # «المنطقة التي اتفقوا عليها»
        if gender is not None and (_RELATIVE_GENDER.get(relative, gender) != gender or relative == "الذين"):
            return None, True, last - 1  # «الفريق الذي طلبت الصين تشكيله», «الذين اعتبر أنهم»
        if block.word(token + 1) in RESUMPTIVES:
            said = _antecedent(block, first, end, tables)
            is_text = said is not None and said[1] - said[0] > 1 and strip_conjunction(block.words[said[0]]) in _TEXTS
            return (
                (said if is_text else None),
                True,
                last - 1,
            )  # «الوقت الذي طالب فيه النواب», «تصريح الوزير الذي قال فيه»
        return _antecedent(block, first, end, tables), True, last - 1
    if before in PRONOUN_SUBJECTS or strip_conjunction(before) in PRONOUN_SUBJECTS:
        return None, False, last - 1
    end = last
    if last < token and words[last] == "قد" and (owner := _had_said(block, first, last, tables)) is not None:
        return owner, False, first
    if before in COMMAS:
        end -= 1
        if words[first] in _AS_FOR:
            return _topic_of(block, first + 1, end, tables), False, first
        start = _apposition_start(block, first, end, tables)
        return (None, False, token) if start is None else ((start, end), False, start)
    subject = _phrase_back(block, first, end, tables)
    return (None, False, token) if subject is None else (subject, False, subject[0])


_TEXTS = frozenset(["تصريح", "بيان", "خطاب", "كلمه", "رساله", "مقال", "تصريحات", "تغريده"])
_WERE = frozenset(["كان", "وكان", "كانت", "وكانت"])


def _had_said(block: Block, first: int, last: int, tables: CueTables) -> tuple[int, int] | None:
    """Return whom «وكان اللواء سعد، قائد عمليات "الفجر"، قد أعلن» names: what stands from «كان» to the first comma.

    None where «قد» does not end a phrase of commas or quotations: there the phrase before it is the subject.
    """
    if block.words[first] not in _WERE or block.words[last - 1] not in (",", '"'):
        return None
    return _topic_of(block, first + 1, last, tables)


def _topic_of(block: Block, first: int, end: int, tables: CueTables) -> tuple[int, int] | None:
    """Return whom «أما» names: «أما بنكيران، الذي قاد الحكومة، فيقول»; None where no noun phrase stands there."""
    after = first
    while after < end and block.words[after] not in COMMAS and block.words[after] not in tables.relatives:
        if block.words[after] in tables.particles or is_other_verb(block, after, tables):
            return None
        after += 1
    return (
        (first, after) if first < after <= first + SUBJECT_WINDOW and _is_subject_head(block, first, tables) else None
    )


def _before_parenthesis(block: Block, first: int, last: int) -> int:
    """Step back over «- كما سبقت الإشارة -» between a subject and its verb."""
    if last - 1 <= first or block.words[last - 1] != "-":
        return last
    for at in range(last - 2, max(first, last - _LONGEST_PARENTHESIS), -1):
        if block.words[at] == "-":
            return at
    return last


_LONGEST_PARENTHESIS = 12  # tokens


def _apposition_start(block: Block, first: int, end: int, tables: CueTables) -> int | None:
    """Take «رئيس المركز، إحسان الشمري،» before a verb as one subject, from the head of the sentence."""
    while first < end and (block.words[first] in _AS_FOR or block.words[first] in AUXILIARIES):
        first += 1  # «وكانت مصادر محلية، ذكرت»
    if end - first > SUBJECT_WINDOW or end <= first:
        return None
    inside = range(first, end)
    if any(is_event_verb(block, i, tables) for i in inside):
        return None
    if any(is_other_verb(block, i, tables) or block.words[i] in tables.particles or i in block.opens for i in inside):
        return None
    return first if _is_subject_head(block, first, tables) else None


def _phrase_back(block: Block, first: int, end: int, tables: CueTables) -> tuple[int, int] | None:
    """Return the noun phrase that ends before `end`, back to the head of its clause."""
    words = block.words
    if words[end - 1] == '"':
        return _quoted_subject(block, first, end)
    start = end
    while start > first and end - start < SUBJECT_WINDOW:
        word = words[start - 1]
        if word == "." and _is_inside_name(block, first, start - 1):
            start -= 1  # «د. حسن», «بي.بي.سي»
            continue
        if (
            word in STOPS
            or word in COMMAS
            or word in (":", "-", '"')
            or word in CLAUSE_OPENERS
            or word in tables.particles
        ):
            break
        if is_other_verb(block, start - 1, tables) or word in tables.relatives or word in PRONOUN_SUBJECTS:
            break
        start -= 1
        if word[0] == "ف" and (word.startswith("فال") or word == "فبعضهم"):
            break
    if start - 1 > first and words[start - 1] in DEMONSTRATIVES and strip_conjunction(words[start - 2]) in PREPOSITIONS:
        return None  # «من هذا المنطلق يطالب الوزير»
    if any(is_event_verb(block, at, tables) for at in range(start, end)):
        if start > first and words[start - 1] in tables.relatives:  # «الوزير الذي زار بغداد أمس أكد»
            return _antecedent(block, first, start - 1, tables)
        return None
    end -= end - 1 > start and words[end - 1] == "|"  # the edge of a cell
    if end - start > 1 and words[start] in DEMONSTRATIVES and words[start + 1][2:] in tables.source_heads:
        start += 1  # «هذه المصادر أكدت»
    return (start, end) if start < end and _is_subject_head(block, start, tables) else None


def _quoted_subject(block: Block, first: int, end: int) -> tuple[int, int] | None:
    """Return a name in quotation marks at the head of its sentence («"أوفيد" يوافق على»), with its head («حركة»)."""
    opening = next((at for at, (_, closing) in block.opens.items() if closing == end - 1), None)
    if opening is None or end - opening > _LONGEST_QUOTED:
        return None
    start = opening - (opening - 1 == first and strip_conjunction(block.words[first]) in NAMED_IN_QUOTES)
    return (start, end) if start == first else None


_LONGEST_QUOTED = 6  # tokens, the marks included


def _is_inside_name(block: Block, first: int, dot: int) -> bool:
    """Tell the dot of «د. حسن» and «بي.بي.سي» from the end of a sentence."""
    if dot - 1 < first or not block.words[dot - 1].isalpha():
        return False
    is_glued = (
        dot + 1 < len(block) and block.starts[dot + 1] == block.ends[dot] and block.starts[dot] == block.ends[dot - 1]
    )
    return len(block.words[dot - 1]) == 1 or is_glued


def _antecedent(block: Block, first: int, end: int, tables: CueTables) -> tuple[int, int] | None:
    """Return the noun phrase before a relative pronoun: an actor's name, or back to the last adjunct word."""
    if block.words[end - 1] == "الامر":
        return None  # «... الأمر الذي يؤكد»: a fact
    named = block.mention_starts.get(end)
    if named is not None and named >= first:
        return _owner_of(block, first, named, tables), end
    start = end
    if block.words[end - 1] == '"' and (quoted := _quoted_name(block, first, end)) is not None:
        start = quoted  # «وكالة "رويترز" التي قالت»
    while start > first and end - start < _LONGEST_ANTECEDENT:
        word = block.words[start - 1]
        if not word[0].isalnum() or word in tables.particles or word in tables.adjuncts or word in tables.relatives:
            break
        if is_event_verb(block, start - 1, tables) or is_other_verb(block, start - 1, tables):
            break
        if start < end and len(word) > 4 and word[0] in "لب" and start - 1 not in block.mention_ends:
            break  # «رحب بالقرار مدير المركز الذي»: the prepositional phrase is not described
        start -= 1
        if start in block.mention_ends:
            break
    return (start, end) if start < end else None


def _quoted_name(block: Block, first: int, end: int) -> int | None:
    """Return where a short name in quotation marks that ends before `end` opens, behind a body's head, or None."""
    opening = next((at for at, (_, closing) in block.opens.items() if closing == end - 1), None)
    if opening is None or opening <= first or end - opening > _LONGEST_QUOTED:
        return None
    return opening if strip_conjunction(block.words[opening - 1]) in NAMED_IN_QUOTES else None


def _owner_of(block: Block, first: int, named: int, tables: CueTables) -> int:
    """Step from «الموالية لإيران» and «المقربة من إيران» back to whom it describes, named shortly before."""
    is_object = block.words[named][0] in "لب" or (
        named > first and block.words[named - 1] in ("من", "مع", "علي", "الي")
    )
    if not is_object:
        return named
    for end in range(named, max(first, named - _LONGEST_ANTECEDENT), -1):
        start = block.mention_starts.get(end)
        if start is not None and start >= first:
            return start
    return named


def _is_subject_head(block: Block, token: int, tables: CueTables) -> bool:
    word = block.words[token]
    bare = strip_conjunction(word)
    if (
        word in tables.adjuncts
        or (word[0] in "وف" and word[1:] in tables.adjuncts)
        or word in tables.adverbs
        or not word[0].isalpha()
    ):
        return False
    if any(r.conjunction and r.form.kind == "finite" for r in tables.verbs.get(word, ())):
        return False  # «ورد الوزير على»
    if bare in SPEAKERLESS_HEADS or bare in NEGATIONS or bare in tables.impersonal:
        return False
    if len(word) > 3 and word.startswith(("بال", "لل", "كال", "وبال", "ولل")):
        return False
    if len(word) > 4 and word[-1] == "ا" and block.word(token + 1)[-1:] == "ا" and word not in tables.names:
        return False  # «أجرى اتصالاً هاتفياً», an object
    return len(word) > 1


def sentences_before(block: Block, token: int) -> Iterator[tuple[int, int]]:
    """Yield the part of a token's sentence before it, then the sentences of the block before that, as token ranges."""
    first, after = block.sentence_start(token), token
    for _ in range(_SENTENCES_BACK):
        yield first, after
        if not first:
            return
        first, after = block.sentence_start(first - 1), first


_SENTENCES_BACK = 4


def free_mentions(block: Block, first: int, after: int, tables: CueTables) -> Iterator[int]:
    """Yield where actors are named in a token range, but those behind a preposition («مع الرئيس»)."""
    for at in range(first, after):
        if at in block.mention_ends and block.words[at][0] not in "لب" and block.quoted[at] < 0:
            before = block.words[at - 1] if at > first else ""
            if before not in tables.adjuncts and before not in PREPOSITIONS and not before.startswith("لل"):
                yield at


def subject_of_sentence(
    block: Block, token: int, tables: CueTables, *, is_sure: bool = False
) -> tuple[int, int] | None:
    """Return who a sentence is about, for a participle in it («علق الشمري على الموقف، مؤكداً»).

    That is its subject in front, or the first actor named before `token`; None where neither is plain. With `is_sure`
    an actor who is only named is not taken.
    """
    first = block.sentence_start(token)
    for at in range(first, token):
        if is_other_verb(block, at, tables) or (at == first and is_event_verb(block, at, tables)):
            subject, is_relative, _ = find_subject_before(block, at, tables)
            if subject is not None and not is_relative:
                return subject
            subject = subject_behind(block, at, token, tables)
            return subject if subject is not None or is_sure else subject_named(block, first, token)
    if _may_be_verb(block, first, token, tables) and (subject := subject_behind(block, first, token, tables)):
        return subject
    return None if is_sure else subject_named(block, first, token)


def _may_be_verb(block: Block, first: int, token: int, tables: CueTables) -> bool:
    """Tell whether a sentence may open with a verb that no list has: a word before whoever can speak («غمز النائب»)."""
    word, following = block.words[first], block.word(first + 1)
    is_noun = word.startswith(("ال", "وال")) or word in tables.adjuncts or strip_conjunction(word) in tables.adjuncts
    is_noun = is_noun or strip_conjunction(word) in tables.particles or strip_conjunction(word) in CLAUSE_OPENERS
    if is_noun or first in block.mention_ends or first + 1 >= token or not word.isalpha():
        return False
    bare = strip_conjunction(word)
    if bare in tables.source_heads or bare in tables.titles or bare in tables.adverbs or bare.endswith(("ه", "ات")):
        return False
    return following.removeprefix("ال") in tables.source_heads or first + 1 in block.mention_ends


def actor_of_sentence(block: Block, token: int, tables: CueTables) -> tuple[int, int] | None:
    """Return the subject of the verb that opens the sentence of `token` («استقبل وزير الخارجية الوفد، وقال»)."""
    first = block.sentence_start(token)
    for at in range(first, min(token, first + _VERB_REACH)):
        word = strip_conjunction(block.words[at])
        if word in AUXILIARIES or block.words[at] in tables.adverbs or block.words[at] in COMMAS:
            continue
        is_act = word in ACTS or is_other_verb(block, at, tables)
        return _with_name(block, subject_behind(block, at, token, tables), token, tables) if is_act else None
    return None


_VERB_REACH = 5  # tokens from the head of a sentence within which its verb stands


def issuer_of_sentence(block: Block, token: int, tables: CueTables) -> tuple[int, int] | None:
    """Return who issues what a clause with «فيه» describes («أصدر الحزب بياناً قال فيه»), else None."""
    first = block.sentence_start(token)
    for at in range(first, token):
        if strip_conjunction(block.words[at]) in RECEIVING:
            return _sender(block, at, token, tables)  # «تلقى الوزير اتصالاً من نظيره أعرب خلاله»
        if strip_conjunction(block.words[at]) in ISSUING:
            subject, is_relative, _ = find_subject_before(block, at, tables)
            if subject is not None and not is_relative:
                return subject
            return _with_name(block, subject_behind(block, at, token, tables), token, tables)
    return None


def _sender(block: Block, verb: int, token: int, tables: CueTables) -> tuple[int, int] | None:
    """Return from whom a call or letter comes: what stands behind «من» up to the cue at `token`."""
    source = next((at for at in range(verb + 2, token - 1) if block.words[at] == "من"), None)
    if source is None:
        return None
    end = source + 1
    while end < token and block.words[end] not in COMMAS and block.words[end] not in tables.adjuncts:
        end += 1
    return (source + 1, end) if _is_subject_head(block, source + 1, tables) else None


def _with_name(block: Block, subject: tuple[int, int] | None, after: int, tables: CueTables) -> tuple[int, int] | None:
    """Stretch an office over its preposition to the name behind («ألقى مدير العلاقات في الوزارة سالم العمري كلمة»)."""
    if subject is None or block.words[subject[0]].removeprefix("ال") not in tables.source_heads:
        return subject
    is_cut = subject[1] < after and block.words[subject[1]][0] in "لبف"
    return (named_behind(block, subject[0], after, tables, reach=_LONGEST_OFFICE) or subject) if is_cut else subject


_LONGEST_OFFICE = 20  # tokens from a role to the name behind it


def subject_of_clause(block: Block, first: int, verb: int, tables: CueTables) -> tuple[int, int] | None:
    """Return the subject of «أن اللجان المختصة في المدينة، استبعدت»: what stands from `first` to a comma before `verb`.

    None where a verb, a particle or a quotation stands between: there the clause has its predicate.
    """
    comma = verb - 1
    if comma <= first or block.words[comma] not in COMMAS or block.sentence[first] != block.sentence[verb]:
        return None
    for at in range(first, comma):
        word = block.words[at]
        is_verb = is_other_verb(block, at, tables) or is_event_verb(block, at, tables) or word in AUXILIARIES
        if is_verb or word in tables.particles or at in block.opens or word in NEGATIONS or word in tables.relatives:
            return None
    end = first + 1
    while end < comma and block.words[end] not in tables.adjuncts and block.words[end] not in COMMAS:
        end += 1
    return (first, end) if _is_subject_head(block, first, tables) and block.words[first].startswith("ال") else None


def subject_behind(block: Block, verb: int, after: int, tables: CueTables) -> tuple[int, int] | None:
    """Return the noun phrase right behind a verb, up to a comma, a preposition or another verb."""
    start = verb + 1
    if start >= after:
        return None
    if start in block.mention_ends:
        return start, block.mention_ends[start]
    end = start
    while end < min(after, start + _LONGEST_SUBJECT):
        word = block.words[end]
        if not word[0].isalnum() or word in tables.adjuncts or word in tables.adverbs or word in tables.particles:
            break
        if (
            word in tables.relatives
            or word in tables.verbs
            or word.startswith(("بال", "لل", "وال"))
            or word in ("ل", "ب")
        ):
            break
        if end > start and _begins_object(block, start, end, tables):
            break
        end += 1
    if end == start or not _is_subject_head(block, start, tables):
        return None
    bare = block.words[start].removeprefix("ال")
    says = block.words[verb] in tables.verbs and end - start <= _LONGEST_BARE_NAME
    head = block.words[start]
    is_known = says or bare in tables.source_heads or head in tables.names or head in tables.places or bare != head
    return (start, end) if is_known else None


_LONGEST_BARE_NAME = 3  # tokens


def _begins_object(block: Block, start: int, at: int, tables: CueTables) -> bool:
    """Tell the object of a verb from its subject's last word («استعرض القحطاني الاستعدادات»)."""
    word = block.words[at]
    is_construct = block.words[at - 1] in tables.source_heads  # «مدير صحة المدينة»
    if (word in tables.abstract_nouns or is_verbal_noun(word)) and not is_construct:
        return True
    if word in tables.occasions or (word[-1] == "ا" and word[:-1] in tables.occasions):
        return True  # «ألقى المحافظ كلمة», «أصدر الحزب بياناً»
    is_bare_name = at - 1 == start and not is_construct and block.words[start] not in tables.titles
    if word.startswith("ال") and is_verbal_noun(word[2:]) and (block.words[at - 1].startswith("ال") or is_bare_name):
        return True
    is_bare = not word.startswith(("ال", "لل")) and word.endswith(("ه", "ات")) and word not in tables.names
    if word[-1] == "ا" and block.words[at - 1].startswith("ال") and block.words[at - 1][-1] == "ه":
        return word not in tables.names  # «فتحت الوزارة تحقيقاً»
    if is_bare and block.words[at - 1].startswith("ال") and word not in tables.titles:
        return True  # «أوضح مدير الدائرة طريقة التوزيع»
    is_surname = block.words[start].startswith("ال") and block.words[start][2:] not in tables.source_heads
    return word.startswith("ال") and (word.endswith("ات") or (is_surname and block.words[at - 1].startswith("ال")))


def subject_named(block: Block, first: int, token: int) -> tuple[int, int] | None:
    """Return the first actor named in a token range."""
    named = next((at for at in range(first, token) if at in block.mention_ends and block.quoted[at] < 0), None)
    return None if named is None else (named, block.mention_ends[named])
