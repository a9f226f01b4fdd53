"""Ends the content of every cue: at the next cue beside it, the end of its quotation or of the sentence."""

from __future__ import annotations

from mawaqif.annotate.clauses import COMMAS, STOPS, Block, Text, breaks_at, strip_conjunction
from mawaqif.annotate.cues import CueTables
from mawaqif.annotate.function_words import NEGATIONS
from mawaqif.annotate.headers import Header
from mawaqif.arabic.lemmas import is_verbal_noun
from mawaqif.records import Span

_LONGEST_CONTENT = 400  # tokens


_TRAILING = frozenset([",", ";", ".", "?", "!", ":", "-", "_", "(", "و", "ثم", "لكن", "فيما", "بينما", "كما"])


_LEADING = frozenset([":", ",", ";", "."])
_FEWEST_QUOTED_WORDS = 2


def find_borders(block: Block, headers: list[Header], tables: CueTables) -> frozenset[int]:
    """Return the tokens at which a further cue of the writer's opens, and so a content before them ends."""
    borders: set[int] = set()
    for header in headers:
        if (
            header.opening == "clause"
            and header.content > header.cue_after + 1
            and (block.words[header.content - 2] in COMMAS)
        ):
            borders.add(header.content - 1)  # «قال الوزير الذي أكد أن ...، إن»
        if header.end is not None:
            borders.add(header.starts)
            continue
        if header.is_relative:
            continue
        start = header.starts
        before = block.words[start - 1] if start else ","
        if before == "ان" and block.word(start - 2) in ("قبل", "وقبل"):
            borders.add(start - 2)  # «قبل أن يضيف أن»
        if before in tables.particles or strip_conjunction(before) in tables.particles:
            continue
        if before in NEGATIONS:  # «، ولم يستبعد أن»
            start, before = start - 1, "," if before[0] in "وف" else block.word(start - 2)
        if header.is_participle and (told := _verb_before(block, start, tables)) is not None:
            start, before = told, block.words[told - 1]
        if before in COMMAS or before in ('"', ")", "-") or header.has_conjunction or header.is_participle:
            borders.add(start)
        elif before in tables.breaks or before in ("لكن", "ولكن", "لكنه", "لكنها", "حيث", "اذ", "ثم"):
            borders.add(start - 1)
    return frozenset(borders)


def _verb_before(block: Block, participle: int, tables: CueTables) -> int | None:
    """Return the verb of saying that a participle only goes on with («وتابع مؤكداً أن», «وتابع الوزير مؤكداً أن»)."""
    for at in range(participle - 1, max(0, participle - _LONGEST_SUBJECT), -1):
        word = block.words[at]
        is_other = block.sentence[at] != block.sentence[participle]
        if is_other or word in COMMAS or word in STOPS or word in tables.particles:
            return None
        if any(r.conjunction and r.form.kind == "finite" and r.takes_quote for r in tables.verbs.get(word, ())):
            return at
    return None


_LONGEST_SUBJECT = 6  # tokens


def read_content(
    text: Text, block: Block, header: Header, borders: frozenset[int], tables: CueTables
) -> tuple[Span, str] | None:
    """Return the source span of a header's content and its kind, or None where nothing is left of it."""
    while not header.content_offset and block.word(header.content) in _LEADING:
        header.content += 1
    first = header.content
    if first >= len(block):
        return None
    if first in block.opens and header.end is None:
        quoted = _quoted_content(text, block, header, borders, tables)
        if quoted is not None:
            return quoted
    end = header.end if header.end is not None else _content_end(text, block, header, borders, tables)
    end = _without_trailing(block, first, end)
    if end <= first:
        return None
    span = text.copy.source_span(block.starts[first] + header.content_offset, block.ends[end - 1])
    return (span, _kind(text, block, first, end)) if span.end - span.start > 2 else None


def _quoted_content(
    text: Text, block: Block, header: Header, borders: frozenset[int], tables: CueTables
) -> tuple[Span, str] | None:
    """Return a content that is one quotation, or None where the sentence goes on after its closing mark."""
    number, closing = block.opens[header.content]
    resumed = min((border for border in borders if header.content < border < closing), default=None)
    if resumed is not None and not text.quotations[number].is_closed:
        return _unclosed_content(text, block, header.content + 1, resumed)
    inner = text.quotations[number].inner
    if inner.end <= inner.start:
        return None
    if block.word(header.content - 1) == ":" and _is_label(text, block, number, closing, is_title=block.is_title):
        return None
    if header.opening not in ("quote", "colon") and closing + 1 < len(block) and text.quotations[number].is_closed:
        after = closing + 1
        word = block.words[after]
        goes_on = block.sentence[after] == block.sentence[closing] and word[0].isalnum()
        if goes_on and after not in borders and not breaks_at(block, after, tables):
            return None
        if word in COMMAS and after + 1 not in borders and _continues_after_quote(block, after + 1, tables):
            return None
    return inner, "direct_quote"


def _unclosed_content(text: Text, block: Block, first: int, end: int) -> tuple[Span, str] | None:
    """Return a quotation that seems unclosed: to a mark that closes none inside it, or to the writer's next cue."""
    at = first
    while at < end and not (block.words[at] == '"' and _closes(block, at)):
        at = block.opens[at][1] + 1 if at in block.opens else at + 1
    end = _without_trailing(block, first, min(at, end))
    while end > first and block.words[end - 1] in ('"', ",", "."):
        end -= 1
    return (text.copy.source_span(block.starts[first], block.ends[end - 1]), "direct_quote") if end > first else None


def _closes(block: Block, at: int) -> bool:
    """Tell a mark that stands as a closing one does: glued to the word before it, or before a stop."""
    following = block.word(at + 1)
    return (at > 0 and block.starts[at] == block.ends[at - 1]) or following in COMMAS or following in STOPS


def _is_label(text: Text, block: Block, number: int, closing: int, *, is_title: bool) -> bool:
    """Tell a name in quotation marks at the head of a content («السيسي: "حماس" شريك في») from a quotation."""
    if not text.quotations[number].is_closed or not block.word(closing + 1)[:1].isalnum():
        return False
    opening = next(at for at, (other, _) in block.opens.items() if other == number)
    goes_on = block.sentence[closing + 1] == block.sentence[closing]
    return goes_on and (is_title or closing - opening <= _LONGEST_LABEL)


_LONGEST_LABEL = 3  # tokens from mark to mark


def _continues_after_quote(block: Block, token: int, tables: CueTables) -> bool:
    """Tell whether «، وأن» goes on with the content behind a closed quotation."""
    if token >= len(block) or block.words[token][0] != "و":
        return False
    return block.words[token][1:] in tables.particles


def _content_end(text: Text, block: Block, header: Header, borders: frozenset[int], tables: CueTables) -> int:
    """Return the token index after the content that begins at `header.content`."""
    words, opens = block.words, block.opens
    at = first = header.content
    sentence = block.sentence[at]
    around = block.quoted[header.cue]
    limit = min(len(block), at + _LONGEST_CONTENT)
    in_list = False
    brackets = 0
    while at < limit:
        if block.sentence[at] != sentence:
            if words[at - 1] == ":" or (in_list and _is_item(block, at)):
                in_list = True
                sentence = block.sentence[at]
            else:
                return at
        if at in opens and (at != first or block.quoted[at] != around):
            closing = opens[at][1]
            if text.quotations[opens[at][0]].is_closed and closing < limit:
                sentence = block.sentence[closing]
                at = closing + 1
                continue
        if around >= 0 and block.quoted[at] != around:
            return at
        word = words[at]
        if word == "(":
            brackets += 1
        elif word == ")" and brackets:
            brackets -= 1
        if at > first:
            if at in borders or (words[at - 1] in COMMAS and not brackets and _is_break(block, at, header, tables)):
                return at
            if word in _APPOSITION_HEADS and not brackets and _takes_up_sentence(block, at):
                return at
        at += 1
    return at


def _takes_up_sentence(block: Block, at: int) -> bool:
    """Tell «الأمر الذي» without a comma before it, by which the writer goes on about the whole sentence."""
    if (block.words[at], block.word(at + 1)) not in _SENTENCE_APPOSITIONS:
        return False
    before = block.words[at - 1]
    return before[0].isalnum() and before not in ("هو", "وهو")


def _is_item(block: Block, at: int) -> bool:
    return not block.is_title


def _is_break(block: Block, at: int, header: Header, tables: CueTables) -> bool:
    """Tell whether the writer's own clause opens at `at`, behind a comma."""
    word = block.words[at]
    if (word, block.words[at + 1] if at + 1 < len(block) else "") in _SENTENCE_APPOSITIONS:
        return True
    if breaks_at(block, at, tables) or _opens_new_clause(word, tables):
        return True
    if header.opening not in ("noun", "preposition"):
        return False
    if word in tables.relatives or word in _NOUN_BREAKS:
        return True
    if word[0] != "و" or len(word) < 3 or word.startswith("وال"):
        return False
    return word[1:] not in tables.abstract_nouns and not is_verbal_noun(word[1:]) and at not in block.mention_ends


def _opens_new_clause(word: str, tables: CueTables) -> bool:
    """Tell whether a reporting participle («داعياً») or verb with «و» opens a clause of its own, content or not."""
    if word not in tables.verbs:
        return False
    return any(
        not r.guarded
        and (r.form.is_accusative or (r.conjunction == "و" and r.form.is_perfect and not r.form.has_object))
        for r in tables.verbs[word]
    )


_NOUN_BREAKS = frozenset(["ما", "مما", "رغم", "لكن", "وهو", "وهي", "ولكن"])


_SENTENCE_APPOSITIONS = frozenset([("الامر", "الذي")])
_APPOSITION_HEADS = frozenset(head for head, _ in _SENTENCE_APPOSITIONS)


def _without_trailing(block: Block, first: int, end: int) -> int:
    while end > first and block.words[end - 1] in _TRAILING:
        end -= 1
    return end


def _kind(text: Text, block: Block, first: int, end: int) -> str:
    """Tell a content with quoted words inside (mixed) from one without; a quoted name of one word does not count."""
    for opening in range(first + 1, end):
        if opening in block.opens:
            closing = min(block.opens[opening][1], end)
            if closing - opening > _FEWEST_QUOTED_WORDS and block.quoted[opening] != block.quoted[first]:
                return "mixed"
    if block.quoted[first] >= 0 and block.quoted[end - 1] == block.quoted[first]:
        return "direct_quote"
    return "indirect"
