"""Splits a reading into paragraphs of tokens and finds where speakers and contents begin and end in them."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

import numpy as np

from mawaqif.annotate.cues import CueReading, CueTables
from mawaqif.annotate.function_words import HONORIFICS
from mawaqif.arabic.lemmas import is_verbal_noun
from mawaqif.arabic.quotes import Quotation, find_quotations
from mawaqif.arabic.text import NormalisedText
from mawaqif.arabic.tokens import Tokens, reading_tokens
from mawaqif.records import Reading, Span

_BULLETS = "•▪●◦■-*–·"
_LONGEST_BLOCK = 20_000  # characters; a longer paragraph is cut at a sentence
_LONGEST_LIST = 100_000  # characters; a longer list is cut at an item
STOPS = frozenset(".?!")
COMMAS = frozenset(",;")


@dataclass(slots=True)
class Block:
    """One paragraph (or title) as tokens; indices `starts` and `ends` are into the normalised copy.

    Attributes:
        words: The folded tokens, shape (n,).
        sentence: For each token the number of its sentence.
        opens: Token index of an opening quotation mark -> its quotation's number and the index of its closing mark
            (n where it closes in a later block or not at all).
        quoted: For each token the number of the outermost quotation around it, or -1.
        mention_ends: Token index at which a mention of an actor starts -> the index after its last token;
            `mention_starts` the other way round, `mention_ids` -> the actor.
    """

    words: list[str]
    starts: list[int]
    ends: list[int]
    sentence: list[int]
    is_title: bool = False
    opens: dict[int, tuple[int, int]] = field(default_factory=dict)
    quoted: list[int] = field(default_factory=list)
    mention_ends: dict[int, int] = field(default_factory=dict)
    mention_starts: dict[int, int] = field(default_factory=dict)
    mention_ids: dict[int, str] = field(default_factory=dict)

    def __len__(self) -> int:
        """The number of tokens."""
        return len(self.words)

    def word(self, token: int) -> str:
        """The word at an index, or nothing where there is none."""
        return self.words[token] if 0 <= token < len(self.words) else ""

    def sentence_start(self, token: int) -> int:
        """The first token of the sentence of `token`."""
        return bisect_left(self.sentence, self.sentence[token])


@dataclass(frozen=True, slots=True)
class Text:
    """What all blocks of a document share."""

    reading: Reading
    copy: NormalisedText
    quotations: tuple[Quotation, ...]

    def span(self, block: Block, first: int, after: int) -> Span:
        """Return the source span of the tokens `first:after`."""
        return self.copy.source_span(block.starts[first], block.ends[after - 1])

    def letter(self, block: Block, token: int, at: int) -> str:
        """Return the source letter, before folding, behind a letter counted from the first (0) or the last (-1)."""
        index = block.starts[token] + at if at >= 0 else block.ends[token] + at
        return self.reading.text[self.copy.starts.item(index)]


def read_text(reading: Reading, copy: NormalisedText) -> Text:
    """Find the quotations of a reading."""
    return Text(reading, copy, find_quotations(reading.text))


def blocks_of(text: Text, cues: Sequence[int]) -> Iterator[tuple[int, Block, list[int]]]:
    """Yield the title, then the paragraphs in which a cue may stand, of a reading.

    `cues` are the tokens of the reading that may be cues, in order. A block comes with its number among all blocks of
    the reading, and with its own tokens that may be cues; those without any cost next to nothing.
    """
    reading = text.reading
    spans = list(reading.sentences)
    title = reading.title
    if title is not None and not any(s.start < title.end and title.start < s.end for s in spans[:50]):
        spans.insert(0, title)
    if not spans:
        return
    pieces = _indexed(text, [s.start for s in spans], [s.end for s in spans])
    tokens = reading_tokens(reading)
    edges = [tokens.between(start, end) for start, end in zip(pieces.starts, pieces.ends, strict=True)]
    quotes = _quote_indices(text)
    mentions = _mention_indices(text)
    number = -1
    for first, after in _group(text, spans):
        is_title = title is not None and spans[first].start < title.end and title.start < spans[first].end
        sentences = edges[first:after]
        number += any(end > start for start, end in sentences)
        marked = _local(cues, sentences)
        if not marked and not is_title:
            continue
        block = _block_of(tokens, sentences, is_title=is_title)
        if block.words:
            _mark_quotes(text, block, quotes)
            _mark_mentions(text, block, mentions)
            yield number, block, marked


def _local(cues: Sequence[int], sentences: Sequence[tuple[int, int]]) -> list[int]:
    """Return those of `cues` that stand in the sentences of a block, counted from its first token."""
    found: list[int] = []
    size = 0
    for first, after in sentences:
        low = bisect_left(cues, first)
        found += [cue - first + size for cue in cues[low : bisect_left(cues, after, low)]]
        size += after - first
    return found


def _group(text: Text, spans: Sequence[Span]) -> Iterator[tuple[int, int]]:
    """Yield index ranges of sentences that stand in one paragraph; a list behind a colon joins the paragraph before."""
    source = text.reading.text
    first = 0
    for i in range(1, len(spans) + 1):
        if i < len(spans):
            between = source[spans[i - 1].end : spans[i].start]
            if "\n" not in between and spans[i].start - spans[first].start < _LONGEST_BLOCK:
                continue
            is_short = spans[i].start - spans[first].start < _LONGEST_LIST
            if is_short and _is_list_item(source, spans, i) and _is_in_list(source, spans, first, i):
                continue
        yield first, i
        first = i


def _is_list_item(source: str, spans: Sequence[Span], i: int) -> bool:
    """Tell whether sentence `i` begins with a list mark, inside the span or just before it."""
    before = source[spans[i - 1].end : spans[i].start].strip()
    return (before != "" and before[-1] in _BULLETS) or source[spans[i].start] in _BULLETS


def _is_in_list(source: str, spans: Sequence[Span], first: int, i: int) -> bool:
    end = spans[i - 1].end
    while end > spans[first].start and source[end - 1].isspace():
        end -= 1
    introduced = end > spans[first].start and source[end - 1] == ":"
    return introduced or (i - 1 > first and _is_list_item(source, spans, i - 1))


def _block_of(tokens: Tokens, sentences: Sequence[tuple[int, int]], *, is_title: bool) -> Block:
    """Return the tokens of sentences, given as ranges of tokens, as one block."""
    words: list[str] = []
    starts: list[int] = []
    ends: list[int] = []
    sentence: list[int] = []
    for number, (first, after) in enumerate(sentences):
        words += tokens.words[first:after]
        starts += tokens.starts[first:after]
        ends += tokens.ends[first:after]
        sentence += [number] * (after - first)
    return Block(words, starts, ends, sentence, is_title, quoted=[-1] * len(words))


@dataclass(frozen=True, slots=True)
class _Indexed:
    starts: list[int]
    ends: list[int]


def _quote_indices(text: Text) -> _Indexed:
    """Copy indices of the first character of each quotation and of its last."""
    return _indexed(text, [q.start for q in text.quotations], [q.end - 1 for q in text.quotations])


def _mention_indices(text: Text) -> _Indexed:
    return _indexed(text, [m.start for m in text.reading.mentions], [m.end for m in text.reading.mentions])


def _indexed(text: Text, starts: list[int], ends: list[int]) -> _Indexed:
    both = text.copy.starts.searchsorted(np.array(starts + ends, dtype=np.int32)).tolist()
    return _Indexed(both[: len(starts)], both[len(starts) :])


def _mark_quotes(text: Text, block: Block, quotes: _Indexed) -> None:
    """Fill `opens` and `quoted` for the quotations that touch the block."""
    first, last = block.starts[0], block.ends[-1]
    at = bisect_left(quotes.starts, first)
    for number in range(max(0, at - 8), len(quotes.starts)):
        start, end = quotes.starts[number], quotes.ends[number]
        if start >= last:
            break
        if end < first:
            continue
        opening = bisect_left(block.starts, start) if start >= first else -1
        closing = bisect_left(block.starts, end) if end < last else len(block.words)
        if opening >= 0 and opening < len(block.words):
            block.opens[opening] = (number, closing)
        if not text.quotations[number].is_closed:
            continue  # an end that is only guessed hides no cues
        for token in range(max(0, opening), min(closing + 1, len(block.words))):
            if block.quoted[token] >= 0:
                break  # inside an outer quotation, which marked all of it
            block.quoted[token] = number


def _mark_mentions(text: Text, block: Block, mentions: _Indexed) -> None:
    first, last = block.starts[0], block.ends[-1]
    for number in range(bisect_left(mentions.starts, first), len(mentions.starts)):
        start, end = mentions.starts[number], mentions.ends[number]
        if start >= last:
            break
        token = bisect_left(block.ends, start + 1)
        after = bisect_left(block.starts, end)
        block.mention_ends[token] = max(after, block.mention_ends.get(token, 0))
        block.mention_starts[after] = token
        block.mention_ids[token] = text.reading.mentions[number].actor_id


# --- noun phrases ---------------------------------------------------------------------------------------------------


def strip_conjunction(word: str) -> str:
    """Return a word without a leading «و» or «ف», where enough is left."""
    return word[1:] if len(word) > 3 and word[0] in "وف" else word


def opens_noun_content(text: Text, block: Block, token: int, tables: CueTables) -> bool:
    """Tell whether a bare noun at `token` may be the object of a verb: an abstract noun or a verbal noun."""
    word = block.words[token]
    if word in HONORIFICS:
        return False
    if word in tables.abstract_nouns:
        return token not in block.mention_ends and (word, block.word(token + 1)) != ("كل", "من")
    if token in block.mention_ends or word in tables.not_verbal_nouns or not is_verbal_noun(word):
        return False
    # Broken plurals of the pattern أفعال (أحزاب) differ from verbal nouns of form IV (إعلان) only in the hamza.
    return not (word[0] == "ا" and text.letter(block, token, 0) == "أ")


def is_definite_end(block: Block, token: int, tables: CueTables) -> bool:
    """Tell whether a noun phrase may end with `token`: an article, the end of an actor's name, an adverb or a comma."""
    word = block.words[token]
    if word in COMMAS or word in tables.adverbs or word.startswith(("ال", "لل", "وال", "بال")):
        return True
    if word in tables.places or word in HONORIFICS:
        return True
    if word.endswith(("ها", "هم", "هما")) and len(word) > _SHORTEST_OWNED:
        return True  # «أحد قادتها»
    if word.endswith("ون") and word in tables.source_heads:
        return True  # «رجح محللون فشل المحادثات»: in a construct it would lose its nun
    before = block.word(token - 1)
    is_short = len(word) == _SHORTEST_NISBA and word.endswith("يه")  # «مصادر طبية»
    if (_is_nisba(word) or is_short) and (before in tables.source_heads or _is_nisba(before)):
        return True  # an adjective ends an indefinite phrase («قوى سياسية»)
    return token + 1 in block.mention_starts or word in (")", '"')


_SHORTEST_OWNED = 4


def _is_nisba(word: str) -> bool:
    return word.endswith(("يه", "يون")) and len(word) > _SHORTEST_NISBA


_SHORTEST_NISBA = 4


def gender_of(text: Text, block: Block, token: int, tables: CueTables) -> str | None:
    """Guess the gender that a verb shows with the noun at `token`; None where the word does not show it."""
    word = block.words[token]
    for written in (word, strip_conjunction(word)):
        if written in tables.masculine:
            return "m"
        if written in tables.feminine:
            return "f"
    if text.letter(block, token, -1) == "ة":
        return "f"
    if _is_like_broken_plural(word.removeprefix("ال")):
        return None
    if word.startswith("ال") or word in tables.source_heads:
        return "f" if word.endswith(("ات", "يه")) else "m"
    return None


def _is_like_broken_plural(bare: str) -> bool:
    """Tell whether a word has the shape of a broken plural («جماهير», «فصائل»), with which a verb is feminine."""
    return len(bare) >= _SHORTEST_PLURAL and bare[2] == "ا" and not bare.endswith(("ه", "ي", "ات", "ون", "ين", "ان"))


_SHORTEST_PLURAL = 5


def is_event_verb(block: Block, token: int, tables: CueTables) -> bool:
    """Tell whether a word is a finite verb that reports nothing: a listed one, «نشرت», «يبلغ».

    Feminine perfects are known by their open ta («نشرت», not «القوات»), imperfects by their ya.
    """
    word = block.words[token]
    if word in tables.event_verbs:
        return token not in block.mention_ends
    bare = word[1:] if word[0] == "و" and len(word) > _SHORTEST_VERB else word
    is_long_enough = _SHORTEST_VERB <= len(bare) <= _LONGEST_VERB
    if not is_long_enough or bare in tables.not_event_verbs or word in tables.not_event_verbs:
        return False
    if (
        bare.startswith(("ال", "لل", "بال"))
        or token in block.mention_ends
        or word in tables.source_heads
        or word in tables.adjuncts
    ):
        return False
    if bare[-1] == "ت":
        return bare[-2] not in "اوي"
    if bare[-1] == "ا" and bare[-2] != "و":
        return False  # a name (يوشيوكا)
    return bare[0] == "ي" and not bare.endswith(("ي", "يه", "يون", "يين", "يات"))


_SHORTEST_VERB, _LONGEST_VERB = 4, 8  # letters without conjunction


def is_source_head(block: Block, token: int, tables: CueTables) -> bool:
    """Tell whether a word, article aside, heads a phrase that can be a source («المكتب», «وزارة»)."""
    return block.words[token].removeprefix("ال") in tables.source_heads


def disagree(one: str | None, other: str | None) -> bool:
    """Tell whether two known genders (or numbers) differ."""
    return one is not None and other is not None and one != other


def readings_at(block: Block, token: int, tables: CueTables) -> tuple[CueReading, ...]:
    """Return the ways to read a token as a reporting verb."""
    return tables.verbs.get(block.words[token], ())


def is_accusative_adverb(text: Text, block: Block, token: int) -> bool:
    """Tell whether a word is written with the tanween of an adverb («مستقبلاً»), which no subject carries."""
    if not block.words[token].endswith("ا"):
        return False
    end = text.copy.ends.item(block.ends[token] - 1)
    return "\u064b" in text.reading.text[max(0, end - 3) : end + 1]


def breaks_at(block: Block, token: int, tables: CueTables) -> bool:
    """Tell whether the word or two at `token` open a clause of the writer's own («فيما», «في حين»)."""
    if token >= len(block.words):
        return False
    word = block.words[token]
    following = block.words[token + 1] if token + 1 < len(block.words) else ""
    if word in tables.breaks and following not in tables.break_exceptions:
        return True
    return (word, following) in tables.breaks_of_two
