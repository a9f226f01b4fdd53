"""Reads source phrases: «بحسب مصادر», «وفقاً للوزارة», «كما قال المتحدث»."""

from __future__ import annotations

from collections.abc import Sequence

from mawaqif.annotate.clauses import COMMAS, STOPS, Block, Text, is_event_verb
from mawaqif.annotate.cues import CueReading, CueTables, SourcePhrase
from mawaqif.annotate.function_words import NAMED_IN_QUOTES
from mawaqif.annotate.headers import Header
from mawaqif.arabic.lemmas import is_verbal_noun

_NEAREST = 5  # tokens: «بحسب نائب الرئيس»
_LONGEST_NAME = 25
_INTRODUCED = frozenset(["فهناك", "فهو", "فهي", "فان", "فانه", "فانها", "ان", "انه", "انها", "فقد", "فانهم"])
_OPENING_WORDS = frozenset(
    ["و", "الي", "ذلك", "وذلك", "ومن", "جاء", "وجاء", "ورد", "وورد", "من", "جهه", "اخري", "وفي", "السياق", "في", "هذا"]
    + ["لكن", "ولكن", "وقد"]
)


def find_source_headers(
    text: Text, block: Block, marked: Sequence[int], headers: list[Header], tables: CueTables, surnames: set[str]
) -> list[Header]:
    """Return the headers of the source phrases that `marked` words begin; a content before one has a fixed end."""
    found: list[Header] = []
    for token in marked:
        word = block.words[token]
        if word not in tables.sources or block.quoted[token] >= 0:
            continue
        following = block.word(token + 1)
        phrases = (p for p in tables.sources[word] if len(p.words) == 1 or p.words[1] == following)
        phrase = next((p for p in phrases if _matches(block, token, p)), None)
        if phrase is None or (phrase.words[0] == "وجهه" and block.word(token - 1) not in ("من", "ومن")):
            continue
        header = _read_source(text, block, token, phrase, headers + found, tables, surnames)
        if header is not None:
            found.append(header)
    return found


def _matches(block: Block, token: int, phrase: SourcePhrase) -> bool:
    length = len(phrase.words)
    words = block.words[token : token + length]
    if len(words) < length or tuple(words[1:]) != phrase.words[1:]:
        return False
    if not phrase.glued:
        return True
    following = block.words[token + length] if token + length < len(block.words) else ""
    return following.startswith("ل")


def _read_source(
    text: Text,
    block: Block,
    token: int,
    phrase: SourcePhrase,
    headers: list[Header],
    tables: CueTables,
    surnames: set[str],
) -> Header | None:
    name_start = token + len(phrase.words)
    cue, cue_after, lemma = token, name_start, phrase.words[0]
    if phrase.is_clause:
        if name_start >= len(block.words) or any(h.cue == name_start for h in headers):
            return None
        readings = [r for r in tables.verbs.get(block.words[name_start], ()) if r.form.kind == "finite" and _tells(r)]
        if not readings:
            return None
        cue, cue_after, lemma = name_start, name_start + 1, readings[0].lemma
        name_start += 1
        if block.word(name_start) == "اول" and block.word(name_start + 1) in ("من", "امس"):
            name_start += 2 + (block.word(name_start + 1) == "من")  # «أول من أمس»
    name_end = _name_end(block, name_start, tables)
    is_also = phrase.words == ("كما",) and token == block.sentence_start(token)
    if is_also or (phrase.words == ("كما",) and not _ends_clause(block, name_end, tables)):
        return None  # «كما شهد», «كما أعلن الحزب تأييده»: a new clause, not a source
    if not phrase.is_clause and not _is_source(block, name_start, name_end, phrase, tables, surnames):
        return None
    while phrase.is_clause and name_start < name_end and block.words[name_start] in tables.adverbs:
        name_start += 1
    if phrase.is_clause and name_start < len(block.words) and block.words[name_start] in tables.adjuncts:
        return None
    if name_end <= name_start or block.words[name_start] in tables.self_reference:
        return None
    header = Header(cue, cue_after, lemma, "fact", "clause", 0, 0, (name_start, name_end), token)
    placed = _place(text, block, token, header, headers, tables)
    return None if placed is None or _only_relays(placed, headers) else placed


def _only_relays(header: Header, headers: list[Header]) -> bool:
    """Tell a source that passes on what another says («وفقاً للوكالة، قال الوزير إن»): the other is the speaker."""
    return any(
        header.content in (other.starts, other.cue) and other.opening in ("clause", "quote", "colon")
        for other in headers
    )


def _tells(reading: CueReading) -> bool:
    """Tell whether a verb reports whole sentences, so that it can stand in «كما قال»."""
    return (
        reading.takes_quote
        and (not reading.guarded or reading.lemma in ("ذكر", "أورد"))
        and (reading.form.number == "s")
    )


def _ends_clause(block: Block, at: int, tables: CueTables) -> bool:
    if at >= len(block.words):
        return True
    word = block.words[at]
    return word in COMMAS or word in STOPS or word in tables.adverbs or word in ("خلال", "في", ")")


def _name_end(block: Block, start: int, tables: CueTables) -> int:
    sentence = block.sentence[start] if start < len(block.words) else -1
    end = start
    if start in block.opens:  # «بحسب "رويترز"»
        closing = block.opens[start][1]
        return closing + 1 if closing - start < _LONGEST_NAME else start
    while end < len(block.words) and end - start < _LONGEST_NAME and block.sentence[end] == sentence:
        word = block.words[end]
        if (
            word in COMMAS
            or word in STOPS
            or word in _INTRODUCED
            or word in (":", "_", "-", ")")
            or word in tables.relatives
        ):
            break
        if end > start and end in block.opens and not _is_name_in_quotes(block, start, end):
            break  # «وفق ما أكدت المصادر "هواجس خليجية"»
        if end > start and (is_event_verb(block, end, tables) or _resumes(word)):
            break  # «أما نجاحها، بحسب الوزارة، فيكمن في»
        if end > start and (
            word in ("علما", "فيما", "خلال", "عقب", "بينما", "لا", "لم", "حيث", "مضيفا")
            or word in tables.adverbs
            or (word == "في" and end + 1 < len(block.words) and block.words[end + 1] in tables.occasions)
        ):
            break
        end += 1
    return end


def _is_name_in_quotes(block: Block, start: int, opening: int) -> bool:
    """Tell a quoted name inside a source («مصادر "عكاظ"») from what the source says."""
    size = block.opens[opening][1] - opening
    if size <= _ONE_QUOTED_WORD or block.words[opening - 1] in ("ل", "ب"):
        return True
    return any(word.removeprefix("ال") in NAMED_IN_QUOTES for word in block.words[start:opening])


_ONE_QUOTED_WORD = 2  # tokens from mark to mark


def _resumes(word: str) -> bool:
    """Tell whether «ف» with an imperfect goes on with the sentence behind a source put into it («فيكمن»)."""
    return len(word) > _SHORTEST_RESUMPTION and word.startswith(("في", "فت"))


_SHORTEST_RESUMPTION = 4


def _is_source(block: Block, start: int, end: int, phrase: SourcePhrase, tables: CueTables, surnames: set[str]) -> bool:
    """Tell whether the phrase names somebody who can be a source: a role, an actor or a name heard before."""
    if end <= start:
        return False
    head = block.words[start]
    if phrase.words[0] in _CONTAINING:
        return head.removeprefix("ال") in _DOCUMENTS
    if head in ("احد", "احدي") and block.word(start + 1).removeprefix("ال") in tables.source_heads:
        return True
    if start in block.opens and end - start > 1:
        return True
    for written in {
        head,
        head.removeprefix("لل"),
        head.removeprefix("ل"),
        head.removeprefix("ال"),
        head.removeprefix("لا"),
    }:
        if written in tables.source_heads or (written in surnames and len(written) > 2):
            return True
    if _is_introduced(block, start, end, tables):
        return True
    return any(token in block.mention_ends for token in range(start, min(end, start + _NEAREST)))


_CONTAINING = frozenset(["جاء", "ورد"])
_DOCUMENTS = frozenset(
    ["بيان", "بيانه", "بيانها", "تقرير", "تقريره", "تقريرها", "تصريح", "رساله", "رسالته", "وثيقه", "خطاب", "كلمه"]
    + ["كلمته", "مذكره", "بلاغ", "برقيه", "تغريده", "منشور", "تدوينه", "دراسه", "حيثيات", "خبر"]
)


def _is_introduced(block: Block, start: int, end: int, tables: CueTables) -> bool:
    """Tell an unknown name by the role behind its comma: «بحسب نيلز هوفمان، الباحث في»."""
    if not 1 < end - start <= _LONGEST_BARE_NAME or block.word(end) not in COMMAS or not block.words[start].isalpha():
        return False
    role = block.word(end + 1)
    return role.startswith("ال") and (role[2:] in tables.source_heads or role in tables.titles)


_LONGEST_BARE_NAME = 4  # tokens


def _place(
    text: Text, block: Block, token: int, header: Header, headers: list[Header], tables: CueTables
) -> Header | None:
    """Set the content: what follows, where the phrase opens its sentence; else what goes before."""
    assert header.speaker is not None
    first = block.sentence_start(token)
    after = header.speaker[1]
    is_first = all(w in _OPENING_WORDS or not w[0].isalnum() for w in block.words[first:token])
    if is_first or _opens_part(block, token, after):
        while after < len(block.words) and block.words[after] not in COMMAS and block.words[after] in tables.relatives:
            after = _past_relative(block, after)
        after = _past_time(block, after, tables)
        after = _past_description(block, after, tables)
        is_colon = header.lemma in _CONTAINING and block.word(after) == ":"  # «جاء في البيان:»
        if after < len(block.words) and (block.words[after] in COMMAS or is_colon):
            after = _past_apposition(block, after, tables) + 1
        if after < len(block.words) and block.words[after] in _INTRODUCED:
            after += 1
        if after >= len(block.words) or block.sentence[after] != block.sentence[token]:
            return None
        header.content = after
        header.starts = token
        return header
    return _place_after(block, token, first, header, headers, tables)


def _opens_part(block: Block, token: int, after: int) -> bool:
    """Tell a source that opens the second half of a sentence («انطلقت المحادثات، ووفقاً لمسؤول، فإن»)."""
    is_aside = block.word(token - 1) in COMMAS and block.word(after) in COMMAS
    return is_aside and block.word(after + 1) in ("فان", "فانه", "فانها", "فانهم")


_SHORTEST_BEFORE = 3  # tokens
_SHORT_BEFORE = 7  # tokens
_CLAUSE_ENDS = frozenset(["الي", "علي", "في", "عن", "من", "مع", "ان", "بان"])


def _resumes_clause(block: Block, comma: int, tables: CueTables) -> bool:
    """Tell whether the clause before a source in commas goes on behind it: with a preposition or «أن»."""
    following = block.word(comma + 1)
    if block.word(comma) not in COMMAS or block.sentence[comma + 1 : comma + 2] != [block.sentence[comma]]:
        return False
    return following in _CLAUSE_ENDS or (following[:1] in ("ل", "ب") and is_verbal_noun(following[1:]))


_BEFORE_SOURCES = frozenset(["وذلك", "ذلك", "ما", "كما", "حسبما", "وفقما", "بحسب", "حسب", "وفق", "وفقا", "لما", "طبقا"])


def _place_rest(block: Block, token: int, header: Header) -> Header | None:
    """Take what follows a source in commas behind a word or two («الحكومة، في رأي المعارضة، فقدت شرعيتها»)."""
    assert header.speaker is not None
    comma = header.speaker[1]
    is_aside = block.word(token - 1) in COMMAS and block.word(comma) in COMMAS
    if not is_aside or comma + 1 >= len(block) or block.sentence[comma + 1] != block.sentence[token]:
        return None
    after = comma + 1 + (block.words[comma + 1] in _INTRODUCED)
    if after >= len(block):
        return None
    header.content, header.starts = after, token
    return header


def _past_time(block: Block, at: int, tables: CueTables) -> int:
    """Step over the day behind a source («وفقاً للوكالة فجر اليوم (الأربعاء)، فإن»)."""
    start = at
    while block.word(at) in tables.adverbs or (block.word(at) in "()" and at > start and block.word(at)):
        at += 1
    return at if block.word(at) in COMMAS or block.word(at) in _INTRODUCED else start


def _past_description(block: Block, at: int, tables: CueTables) -> int:
    """Step over a clause on the source («وحسب معلومات حصلت عليها الصحيفة، فإن») to the comma before «فإن»."""
    if at >= len(block) or not is_event_verb(block, at, tables):
        return at
    for comma in range(at + 1, min(len(block) - 1, at + _LONGEST_NAME)):
        if block.sentence[comma] != block.sentence[at]:
            return at
        if block.words[comma] in COMMAS and block.words[comma + 1] in _INTRODUCED:
            return comma
    return at


def _past_apposition(block: Block, comma: int, tables: CueTables) -> int:
    """Step over the role behind the comma of a source («بحسب هوفمان، العضو المنتدب، فإن») to the comma that ends it."""
    role = block.word(comma + 1)
    if not (role.startswith("ال") and (role[2:] in tables.source_heads or role in tables.titles)):
        return comma
    for at in range(comma + 1, min(len(block) - 1, comma + _LONGEST_NAME)):
        if block.sentence[at] != block.sentence[comma] or block.words[at] in tables.verbs:
            return comma
        if block.words[at] in COMMAS:
            return at if block.words[at + 1] in _INTRODUCED or at + 1 in block.opens else comma
    return comma


def _past_relative(block: Block, at: int) -> int:
    sentence = block.sentence[at]
    while at < len(block.words) and block.sentence[at] == sentence and block.words[at] not in COMMAS | _INTRODUCED:
        at += 1
    return at


def _place_after(
    block: Block, token: int, first: int, header: Header, headers: list[Header], tables: CueTables
) -> Header | None:
    """Take the clause before a trailing source phrase, unless a cue already speaks there."""
    if any(first <= h.cue < token and not h.is_relative for h in headers):
        return None
    start = first
    while start < token and not block.words[start][0].isalnum():
        start += 1
    end = token
    while end > start and block.words[end - 1] in _BEFORE_SOURCES:
        end -= 1
    if end - start < _SHORTEST_BEFORE:
        return _place_rest(block, token, header)
    header.content, header.end, header.starts = start, end, token
    after = header.speaker[1] if header.speaker else token
    while after < len(block.words) and block.words[after] in tables.adverbs:
        after += 1
    goes_on = (
        after < len(block.words) and block.sentence[after] == block.sentence[token] and block.words[after][0].isalnum()
    )
    if end - start <= _SHORT_BEFORE and block.words[end - 1] in COMMAS and _resumes_clause(block, after, tables):
        header.end, header.starts = None, start  # «وتسعى أنقرة، بحسب المحلل، إلى الوساطة»
    elif goes_on and block.words[end - 1] not in COMMAS and block.words[after] not in tables.relatives:
        header.end, header.starts = None, start  # the phrase stands inside its clause
    return header
