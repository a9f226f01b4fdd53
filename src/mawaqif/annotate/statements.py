"""Finds who said what: every attributed statement with its cue, its content and its speaker."""

from __future__ import annotations

from bisect import bisect_left
from dataclasses import replace
from itertools import pairwise

from mawaqif.annotate.asides import find_aside_headers
from mawaqif.annotate.attribution import read_cue
from mawaqif.annotate.clauses import Block, Text, blocks_of, read_text
from mawaqif.annotate.contents import find_borders, read_content
from mawaqif.annotate.cues import CueTables, cue_tables
from mawaqif.annotate.headers import Header
from mawaqif.annotate.implied import find_implied_headers
from mawaqif.annotate.interviews import find_answers
from mawaqif.annotate.nominal import find_headline, find_nominal_headers
from mawaqif.annotate.sources import find_source_headers
from mawaqif.annotate.speaker_phrases import ResolvedSpeaker
from mawaqif.annotate.subjects import subject_of_clause
from mawaqif.annotate.voices import REACH, Voices
from mawaqif.arabic.reading_copy import reading_copy
from mawaqif.arabic.tokens import reading_numbers
from mawaqif.records import Reading, Span, Statement, make_statement_id
from mawaqif.vocabulary import Vocabulary


def annotate_statements(reading: Reading, vocabulary: Vocabulary) -> Reading:
    """Return the reading with its attributed statements, in order of their start.

    1. The text is read as paragraphs of tokens (`clauses`).
    2. Every cue is read in its clause: what opens its content, which noun phrase speaks (`attribution`, `sources`).
    3. Every content is ended: at the next cue beside it, the end of its quotation or of the sentence.
    4. Speakers are resolved in reading order, so that a dropped subject finds the one before.
    5. The answers of an interview are statements without a cue (`interviews`).

    Statements get their ids here and nowhere else. Stance, issue and confidence are left to `stance`; modality is the
    cue's.
    """
    tables = cue_tables(vocabulary)
    text = read_text(reading, reading_copy(reading))
    voices = Voices(reading, vocabulary)
    statements: list[Statement] = []
    titles: list[Block] = []
    cues = tables.may_be_cue.of(reading_numbers(reading)).nonzero()[0].tolist()
    for number, block, marked in blocks_of(text, cues):
        statements += _read_block(text, block, number, marked, tables, voices)
        if block.is_title:
            titles.append(block)
    for span, speaker in find_answers(reading, vocabulary, voices.history):
        statements.append(
            Statement(
                span.start, span.end, "direct_quote", speaker=speaker.span, speaker_id=speaker.speaker_id,
                speaker_name=speaker.speaker_name, on_behalf_of_id=speaker.on_behalf_of_id, grade=speaker.grade,
            )
        )  # fmt: skip
    for block in titles:  # last, when the names of those who speak are known
        headline = find_headline(block, tables, voices.surnames)
        if headline is not None:
            statements += _tell(text, block, -REACH, [headline], tables, voices)
    return replace(reading, statements=_identified(reading, statements))


def _read_block(
    text: Text, block: Block, number: int, marked: list[int], tables: CueTables, voices: Voices
) -> list[Statement]:
    if not marked:
        return []
    words, seconds = block.words, tables.seconds
    marked = [i for i in marked if words[i] not in seconds or block.word(i + 1) in seconds[words[i]]]
    headers = [h for i in marked if words[i] in tables.verbs and (h := read_cue(text, block, i, tables))]
    headers += find_nominal_headers(block, marked, headers, tables)
    headers += find_source_headers(text, block, marked, headers, tables, voices.surnames)
    headers += find_implied_headers(block, marked, headers, tables)
    headers += find_aside_headers(text, block, marked, headers, tables)
    headers = _without_nouns(block, _without_clashes(headers))
    _nest_predicates(block, headers, tables)
    _look_ahead(block, headers)
    return _tell(text, block, number, headers, tables, voices)


def _tell(
    text: Text, block: Block, number: int, headers: list[Header], tables: CueTables, voices: Voices
) -> list[Statement]:
    """Give the headers of a block their contents and speakers."""
    borders = find_borders(block, headers, tables)
    statements: list[Statement] = []
    main: list[tuple[int, list[ResolvedSpeaker]]] = []
    told = bytearray(len(block.words))  # 1 for each token inside the writer's own statements so far
    for header in headers:
        if not _is_told(block, header):
            continue
        content = read_content(text, block, header, borders, tables)
        if content is None:
            continue
        span, kind = content
        speakers, speaker_span = voices.of(text, block, number, header, main, tables)
        if (header.opening == "noun" and not speakers and speaker_span is None) or (
            header.needs_speaker and not speakers
        ):
            continue
        is_nested = bool(told[header.cue])
        if not is_nested:
            main.append((header.content, speakers))
            size = max(0, _token_after(block, text, span) - header.content)
            told[header.content : header.content + size] = b"\1" * size
        voices.hear(speakers, number, is_nested=is_nested)
        cue = text.span(block, header.cue, header.cue_after)
        statements += _statements(span, kind, cue, header, speakers, speaker_span)
    return statements


def _without_clashes(headers: list[Header]) -> list[Header]:
    """Keep one header a cue and one cue a content, the first; in reading order."""
    nouns = {header.content for header in headers if header.opening == "noun"}  # «مؤكداً توافق البلدين على»
    unique: dict[int, Header] = {}
    for header in headers:
        if header.cue not in nouns:
            unique.setdefault(header.cue, header)
    contents: dict[tuple[int, int], Header] = {}
    for cue in sorted(unique):
        header = unique[cue]
        kept = contents.setdefault((header.content, header.content_offset), header)
        if kept is not header and kept.speaker is None and header.speaker is not None:
            contents[header.content, header.content_offset] = header
    return sorted(contents.values(), key=lambda header: header.cue)


def _without_nouns(block: Block, headers: list[Header]) -> list[Header]:
    """Leave out «ورفض» as a further noun of a content («شدد على حماية الحدود ورفض التدخل»): no pause parts them."""
    kept: list[Header] = []
    for header in headers:
        around = kept[-1] if kept else None
        is_joined = header.has_conjunction and header.opening == "noun" and header.speaker is None
        if (
            is_joined
            and around is not None
            and header.lemma in _LIKE_NOUNS
            and around.opening in ("noun", "preposition")
        ):
            way = block.words[around.content : header.cue]
            if block.sentence[around.cue] == block.sentence[header.cue] and way and _PAUSES.isdisjoint(way):
                continue
        kept.append(header)
    return kept


_LIKE_NOUNS = frozenset(["رفض", "نفى", "طلب", "توقع"])  # written like their verbal nouns


def _nest_predicates(block: Block, headers: list[Header], tables: CueTables) -> None:
    """Mark verbs that are the predicate of the clause before them («قال إن اللجنة المختصة، قررت»), in place."""
    clauses = [header for header in headers if header.opening == "clause" and header.end is None]
    for header in headers:
        if header.speaker is not None or header.is_participle or header.has_conjunction:
            continue
        around = next((one for one in reversed(clauses) if one.content < header.cue), None)
        subject = subject_of_clause(block, around.content, header.starts, tables) if around is not None else None
        if subject is not None:
            header.speaker, header.is_relative = subject, True


def _look_ahead(block: Block, headers: list[Header]) -> None:
    """Give a participle at the head of its sentence the subject of the verb behind it, in place.

    «مؤكداً أن الحوار قائم، قال الوزير إن»: nobody of the sentence was named before.
    """
    for header, following in pairwise(headers):
        same = block.sentence[header.cue] == block.sentence[following.cue]
        is_first = header.is_participle and header.starts == block.sentence_start(header.cue)
        is_main = following.speaker is not None and following.speaker[0] > following.cue
        if is_first and same and is_main and block.words[following.cue - 1] in _PAUSES and not following.is_participle:
            header.speaker = following.speaker


_PAUSES = frozenset([",", ";", '"', ")"])


def _is_told(block: Block, header: Header) -> bool:
    """Leave out cues inside a direct quotation that name no speaker of their own: there the quoted one narrates."""
    if block.quoted[header.cue] < 0:
        return True
    is_said = header.opening in ("clause", "quote", "colon") or header.modality == "demand"
    return header.speaker is not None and is_said


def _statements(
    span: Span, kind: str, cue: Span, header: Header, speakers: list[ResolvedSpeaker], speaker_span: Span | None
) -> list[Statement]:  # fmt: skip
    """One statement, or one a joint speaker over the same span."""
    if not speakers:
        return [
            Statement(
                span.start, span.end, kind, cue=cue, cue_lemma=header.lemma, speaker=speaker_span,
                modality=header.modality,
            )
        ]  # fmt: skip
    alone = speaker_span if len(speakers) == 1 else None
    return [
        Statement(
            span.start, span.end, kind, cue=cue, cue_lemma=header.lemma, speaker=alone or speaker.span,
            speaker_id=speaker.speaker_id, speaker_name=speaker.speaker_name, on_behalf_of_id=speaker.on_behalf_of_id,
            grade=speaker.grade, modality=header.modality,
        )
        for speaker in speakers
    ]  # fmt: skip


def _identified(reading: Reading, statements: list[Statement]) -> tuple[Statement, ...]:
    """Sort, drop doubles, and give every statement its id: the second over one span is `.2`, the third `.3`."""
    taken: dict[tuple[int, int], list[str | None]] = {}
    identified: list[Statement] = []
    for statement in sorted(statements, key=lambda s: (s.start, s.end, s.cue or Span(0, 0))):
        spoken = taken.setdefault((statement.start, statement.end), [])
        if spoken and (statement.speaker_id is None or statement.speaker_id in spoken):
            continue
        spoken.append(statement.speaker_id)
        key = (reading.raw.sha256, statement.start, statement.end)
        statement.statement_id = make_statement_id(*key, ordinal=len(spoken))  # just made, and nobody else's yet
        identified.append(statement)
    return tuple(identified)


def _token_after(block: Block, text: Text, span: Span) -> int:
    return bisect_left(block.starts, text.copy.index_of(span.end))
