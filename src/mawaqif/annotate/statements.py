"""Finds who said what: every attributed statement with its cue, its content and its speaker."""

from __future__ import annotations

from bisect import bisect_left
from dataclasses import dataclass, field, replace

from mawaqif.annotate.attribution import Header, read_cue, subject_of_sentence
from mawaqif.annotate.clauses import COMMAS, Block, Text, blocks_of, breaks_at, disagree, read_text, strip_conjunction
from mawaqif.annotate.cues import CueTables, cue_tables
from mawaqif.annotate.nominal import find_headline, find_nominal_headers
from mawaqif.annotate.sources import find_source_headers
from mawaqif.annotate.speakers import ResolvedSpeaker, resolve_speaker
from mawaqif.arabic.lemmas import is_verbal_noun
from mawaqif.arabic.reading_copy import reading_copy
from mawaqif.records import Reading, Span, Statement, make_statement_id
from mawaqif.vocabulary import Vocabulary

_REACH = 2  # paragraphs over which a dropped subject may reach back
_LONGEST_CONTENT = 400  # tokens
_TRAILING = frozenset([",", ";", ".", "?", "!", ":", "-", "_", "(", "و", "ثم", "لكن", "فيما", "بينما", "كما"])
_FEWEST_QUOTED_WORDS = 2


def annotate_statements(reading: Reading, vocabulary: Vocabulary) -> Reading:
    """Return the reading with its attributed statements, in order of their start.

    1. The text is read as paragraphs of tokens (`clauses`).
    2. Every cue is read in its clause: what opens its content, which noun phrase speaks (`attribution`, `sources`).
    3. Every content is ended: at the next cue beside it, the end of its quotation or of the sentence.
    4. Speakers are resolved in reading order, so that a dropped subject finds the one before.

    Stance, issue and confidence are left to `stance`; modality is the cue's.
    """
    tables = cue_tables(vocabulary)
    text = read_text(reading, reading_copy(reading))
    voices = _Voices(reading, vocabulary)
    statements: list[Statement] = []
    titles: list[Block] = []
    for number, block in enumerate(blocks_of(text)):
        statements += _read_block(text, block, number, tables, voices)
        if block.is_title:
            titles.append(block)
    for block in titles:  # last, when the names of those who speak are known
        headline = find_headline(block, tables, voices.surnames)
        if headline is not None:
            statements += _tell(text, block, -_REACH, [headline], tables, voices)
    return replace(reading, statements=_identified(reading, statements))


def _read_block(text: Text, block: Block, number: int, tables: CueTables, voices: _Voices) -> list[Statement]:
    headers = [
        h for i, word in enumerate(block.words) if word in tables.verbs and (h := read_cue(text, block, i, tables))
    ]
    headers += find_nominal_headers(block, headers, tables)
    headers += find_source_headers(text, block, headers, tables, voices.surnames)
    return _tell(text, block, number, _without_clashes(headers), tables, voices)


def _tell(
    text: Text, block: Block, number: int, headers: list[Header], tables: CueTables, voices: _Voices
) -> list[Statement]:
    """Give the headers of a block their contents and speakers."""
    borders = _borders(block, headers, tables)
    statements: list[Statement] = []
    main: list[tuple[int, list[ResolvedSpeaker]]] = []
    told = bytearray(len(block))  # 1 for each token inside the writer's own statements so far
    for header in headers:
        if not _is_told(block, header):
            continue
        content = _content(text, block, header, borders, tables)
        if content is None:
            continue
        span, kind = content
        speakers, speaker_span = voices.of(text, block, number, header, main, tables)
        if header.opening == "noun" and not speakers and speaker_span is None:
            continue
        is_nested = bool(told[header.cue])
        if not is_nested:
            main.append((header.content, speakers))
            size = max(0, _token_after(block, text, span) - header.content)
            told[header.content : header.content + size] = b"\1" * size
        voices.hear(speakers, number, is_nested=is_nested)
        cue = text.span(block, header.cue, header.cue_after)
        statement_id = make_statement_id(text.reading.raw.sha256, *span)
        statements += _statements(span, kind, cue, header, speakers, speaker_span, statement_id)
    return statements


def _without_clashes(headers: list[Header]) -> list[Header]:
    """Keep one header a cue and one cue a content, the first; in reading order."""
    unique: dict[int, Header] = {}
    for header in headers:
        unique.setdefault(header.cue, header)
    contents: dict[tuple[int, int], Header] = {}
    for cue in sorted(unique):
        header = unique[cue]
        kept = contents.setdefault((header.content, header.content_offset), header)
        if kept is not header and kept.speaker is None and header.speaker is not None:
            contents[header.content, header.content_offset] = header
    return sorted(contents.values(), key=lambda header: header.cue)


def _is_told(block: Block, header: Header) -> bool:
    """Leave out cues inside a direct quotation that name no speaker of their own: there the quoted one narrates."""
    if block.quoted[header.cue] < 0:
        return True
    return header.speaker is not None and (header.opening == "clause" or header.modality == "demand")


def _statements(
    span: Span, kind: str, cue: Span, header: Header, speakers: list[ResolvedSpeaker], speaker_span: Span | None,
    statement_id: str,
) -> list[Statement]:  # fmt: skip
    """One statement, or one a joint speaker over the same span."""
    if not speakers:
        return [
            Statement(
                span.start, span.end, kind, cue=cue, cue_lemma=header.lemma, speaker=speaker_span,
                modality=header.modality, statement_id=statement_id,
            )
        ]  # fmt: skip
    alone = speaker_span if len(speakers) == 1 else None
    return [
        Statement(
            span.start, span.end, kind, cue=cue, cue_lemma=header.lemma, speaker=alone or speaker.span,
            speaker_id=speaker.speaker_id, speaker_name=speaker.speaker_name, on_behalf_of_id=speaker.on_behalf_of_id,
            grade=speaker.grade, modality=header.modality, statement_id=statement_id,
        )
        for speaker in speakers
    ]  # fmt: skip


def _identified(reading: Reading, statements: list[Statement]) -> tuple[Statement, ...]:
    """Sort, drop doubles and tell statements over one span apart: the second is `.2`, the third `.3`."""
    taken: dict[tuple[int, int], list[str | None]] = {}
    identified: list[Statement] = []
    for statement in sorted(statements, key=lambda s: (s.start, s.end, s.cue or Span(0, 0))):
        spoken = taken.setdefault((statement.start, statement.end), [])
        if spoken and (statement.speaker_id is None or statement.speaker_id in spoken):
            continue
        spoken.append(statement.speaker_id)
        if len(spoken) > 1:
            key = (reading.raw.sha256, statement.start, statement.end)
            statement = replace(statement, statement_id=make_statement_id(*key, ordinal=len(spoken)))
        identified.append(statement)
    return tuple(identified)


# --- contents -------------------------------------------------------------------------------------------------------


def _borders(block: Block, headers: list[Header], tables: CueTables) -> frozenset[int]:
    """Return the tokens at which a further cue of the writer's opens, and so a content before them ends."""
    borders: set[int] = set()
    for header in headers:
        if header.end is not None:
            borders.add(header.starts)
            continue
        if header.is_relative:
            continue
        start = header.starts
        before = block.words[start - 1] if start else ","
        if before in tables.particles or strip_conjunction(before) in tables.particles:
            continue
        if before in COMMAS or before in ('"', ")", "-") or header.has_conjunction or header.is_participle:
            borders.add(start)
        elif before in tables.breaks or before in ("لكن", "ولكن", "لكنه", "لكنها", "حيث", "اذ", "ثم"):
            borders.add(start - 1)
    return frozenset(borders)


def _content(
    text: Text, block: Block, header: Header, borders: frozenset[int], tables: CueTables
) -> tuple[Span, str] | None:
    """Return the source span of a header's content and its kind, or None where nothing is left of it."""
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
    inner = text.quotations[number].inner
    if inner.end <= inner.start:
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


def _continues_after_quote(block: Block, token: int, tables: CueTables) -> bool:
    """Tell whether «، وأن» goes on with the content behind a closed quotation."""
    if token >= len(block) or block.words[token][0] != "و":
        return False
    return strip_conjunction(block.words[token]) in tables.particles


def _content_end(text: Text, block: Block, header: Header, borders: frozenset[int], tables: CueTables) -> int:
    """Return the token index after the content that begins at `header.content`."""
    at = header.content
    sentence = block.sentence[at]
    around = block.quoted[header.cue]
    limit = min(len(block), at + _LONGEST_CONTENT)
    in_list = False
    while at < limit:
        if block.sentence[at] != sentence:
            if block.words[at - 1] == ":" or (in_list and _is_item(block, at)):
                in_list = True
                sentence = block.sentence[at]
            else:
                return at
        if (at in block.opens and at != header.content) or (at in block.opens and block.quoted[at] != around):
            closing = block.opens[at][1]
            if text.quotations[block.opens[at][0]].is_closed and closing < limit:
                sentence = block.sentence[closing]
                at = closing + 1
                continue
        if around >= 0 and block.quoted[at] != around:
            return at
        if at > header.content and (at in borders or _is_break(text, block, at, header, tables)):
            return at
        at += 1
    return at


def _is_item(block: Block, at: int) -> bool:
    return not block.is_title


def _is_break(text: Text, block: Block, at: int, header: Header, tables: CueTables) -> bool:
    """Tell whether the writer's own clause opens at `at`."""
    word = block.words[at]
    if block.words[at - 1] not in COMMAS:
        return (word, block.words[at + 1] if at + 1 < len(block) else "") in _SENTENCE_APPOSITIONS
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


def _token_after(block: Block, text: Text, span: Span) -> int:
    return bisect_left(block.starts, text.copy.index_of(span.end))


# --- voices ---------------------------------------------------------------------------------------------------------


@dataclass(slots=True)
class _Voices:
    """The speakers heard so far in a document, for dropped subjects and participles."""

    reading: Reading
    vocabulary: Vocabulary
    history: list[ResolvedSpeaker] = field(default_factory=list)
    recent: list[tuple[int, list[ResolvedSpeaker]]] = field(default_factory=list)
    surnames: set[str] = field(default_factory=set)

    def of(
        self, text: Text, block: Block, number: int, header: Header, main: list[tuple[int, list[ResolvedSpeaker]]],
        tables: CueTables,
    ) -> tuple[list[ResolvedSpeaker], Span | None]:  # fmt: skip
        """Return the speakers of a header (several where joint) and the span of their noun phrase."""
        if header.speaker is not None:
            span = text.span(block, *header.speaker)
            resolved = resolve_speaker(self.reading, self.vocabulary, span, history=tuple(self.history[-40:]))
            self.history.append(resolved)
            if resolved.speaker_name is not None:
                self.surnames.update(
                    word
                    for word in text.copy.text[
                        block.starts[header.speaker[0]] : block.ends[header.speaker[1] - 1]
                    ].split()
                )
            members = list(resolved.members) or [resolved]
            return (members if resolved.speaker_id is not None else []), span
        if header.is_participle:
            first = block.sentence_start(header.cue)
            outer = next((speakers for start, speakers in reversed(main) if start >= first), None)
            if outer is not None:
                return outer, None
            header.speaker = subject_of_sentence(block, header.cue, tables)
            if header.speaker is not None:
                return self.of(text, block, number, header, main, tables)
        return self._antecedent(header, number), None

    def _antecedent(self, header: Header, number: int) -> list[ResolvedSpeaker]:
        """Return the latest speaker near enough who agrees with the cue, or nobody."""
        for heard_at, speakers in reversed(self.recent[-4:]):
            if number - heard_at > _REACH:
                break
            first = speakers[0]
            if disagree(first.gender, header.gender) and header.gender == "m":
                continue
            if header.gender == "f" and first.gender == "m":
                continue
            return speakers
        return []

    def hear(self, speakers: list[ResolvedSpeaker], number: int, *, is_nested: bool) -> None:
        """Remember who spoke; somebody quoted inside another's statement does not speak in what follows."""
        if speakers and not is_nested:
            self.recent.append((number, speakers))
