"""Compares the rules with sentences whose reporting verbs, speakers and contents are marked."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any, NoReturn

from mawaqif.aggregate.reliability import Retrieval, match_spans, overlap
from mawaqif.annotate.cues import CueTables, cue_tables
from mawaqif.arabic.text import fold
from mawaqif.documents import count_lines, read_documents
from mawaqif.errors import CodingError
from mawaqif.evaluate.measures import (
    Cases,
    Evaluation,
    Half,
    Measure,
    Miss,
    half_of,
    measure_f1,
    measure_recall,
    sort_misses,
)
from mawaqif.ingest import read_corpus
from mawaqif.records import RawDocument, Reading, Span
from mawaqif.vocabulary import load_vocabulary

ENOUGH = 0.5
_PARTICLE = re.compile(
    r"(?:[\s«»\"“”'‘’:،,()\[\]-]+"
    r"|(?:ب|ل)?[أإا]ن(?:ه|ها|هم|هن|هما|ي|ني|نا|ك|كم)?(?![\w\u064b-\u0652])"
    r"|(?:إلى|الى|على|عن)(?=\s+[«\"“]*\s*[أإا]ن))*"
)
_CLAUSE_OPENING = re.compile(r"(?:(?<!\w)(?:ب|ل)?[أإا]ن(?:ه|ها|هم|هن|هما|ي|ني|نا)?|[«»\"“”:])[\s«»\"“”:]*\Z")


@dataclass(frozen=True)
class Case:
    """One marked attribution: the reporting verb, its lemma, the speaker and its head where named, and the content."""

    verb: Span
    lemma: str
    content: Span
    speaker: Span | None = None
    speaker_head: Span | None = None


@dataclass(frozen=True)
class MarkedText:
    """One text of the set with its attributions; `group` is the document it is from, which the bootstrap draws."""

    id: str
    group: str
    text: str
    cases: tuple[Case, ...]


@dataclass(frozen=True)
class FoundCue:
    """One cue of the rules with what it attributes: a joint statement has a speaker each over one content.

    `opens_clause` is whether it is a finite verb before its content, which a particle or a quotation opens.
    """

    cue: Span
    lemma: str
    opens_clause: bool
    contents: tuple[Span, ...]
    speakers: tuple[Span, ...]


# --- reading --------------------------------------------------------------------------------------------------------


def read_attributions(path: Path) -> list[MarkedText]:
    """Read a set of attributions, one JSON object a line.

    Each has `id` (unique), `text` and `cases`, a list that may be empty; `doc_id`, the document that the text is from,
    is optional, and other keys are left alone. A case has `verb` and `content`, spans written
    `[start, end, "the text between"]` in characters of `text`, and `lemma` (third person masculine singular of the
    perfect); `speaker` and `speaker_head` are spans or null; `quoted` is not compared.

    Raises:
        CodingError: A line breaks the format, or a span does not give back its text; names file and line.
    """
    texts: dict[str, MarkedText] = {}
    try:
        lines = path.read_text(encoding="utf-8-sig").split("\n")
    except UnicodeDecodeError as error:
        _refuse(str(path), f"the file is not UTF-8 (byte {error.start})", "Save it again.")
    for number, line in enumerate(lines, start=1):
        if line.strip():
            marked = _read_line(line, f"{path}, line {number}")
            if marked.id in texts:
                _refuse(f"{path}, line {number}", f"the id {marked.id!r} is used twice", "Give each text its own.")
            texts[marked.id] = marked
    if not texts:
        raise CodingError("the file has no texts", where=str(path), mend="Give each text a line of JSON.")
    return list(texts.values())


def _read_line(line: str, where: str) -> MarkedText:
    try:
        row = json.loads(line)
    except (ValueError, RecursionError):
        row = None
    if not isinstance(row, dict):
        _refuse(where, "it is not a JSON object", 'Write it as {"id": ..., "text": ..., "cases": [...]}.')
    for key, kind, name in (("id", str, "text"), ("text", str, "text"), ("cases", list, "list")):
        if not isinstance(row.get(key), kind):
            _refuse(where, f"{key!r} is missing or not a {name}", "The keys are id, text and cases.")
    group = row["doc_id"] if isinstance(row.get("doc_id"), str) else row["id"]
    return MarkedText(row["id"], group, row["text"], tuple(_read_case(c, row["text"], where) for c in row["cases"]))


def _read_case(case: Any, text: str, where: str) -> Case:
    if not isinstance(case, dict) or not isinstance(case.get("lemma"), str):
        _refuse(where, "a case is not an object with a 'lemma'", "Its keys are verb, lemma, content, speaker.")
    spans = {key: _read_span(case.get(key), key, text, where) for key in ("verb", "content", "speaker", "speaker_head")}
    verb, content = spans["verb"], spans["content"]
    if verb is None or content is None:
        _refuse(where, f"a case has no {'verb' if verb is None else 'content'!r}", "Give both as spans.")
    return Case(verb, case["lemma"], content, spans["speaker"], spans["speaker_head"])


def _read_span(value: Any, key: str, text: str, where: str) -> Span | None:
    if value is None:
        return None
    if not isinstance(value, list) or len(value) < 2 or not all(type(n) is int for n in value[:2]):
        _refuse(where, f"{key!r} is not a span", 'Write it as [start, end, "the text between"].')
    start, end = value[:2]
    if not 0 <= start < end <= len(text):
        _refuse(where, f"the {key} {start}-{end} is outside the text of {len(text)} characters", "Correct the offsets.")
    if len(value) > 2 and value[2] != text[start:end]:
        got = f"the {key} {start}-{end} gives {text[start:end]!r}, expected {value[2]!r}"
        _refuse(where, got, "Correct the offsets.")
    return Span(start, end)


def _refuse(where: str, what: str, mend: str) -> NoReturn:
    raise CodingError(what, where=where, mend=mend)


# --- comparing ------------------------------------------------------------------------------------------------------


def evaluate_attribution(gold: Path, *, vocabulary_folder: Path) -> Evaluation:
    """Annotate the texts of a set as a corpus and compare every cue with its marked reporting verbs.

    1. A cue is right if it overlaps a marked verb; each is matched once. Four figures: all cues; cues of lemmas that
       the set marks at least once; of these the finite verbs before a clause or quotation. They tell how much of the
       difference is style: such sets mark neither nouns and prepositions («تصريح», «بحسب»), nor participles
       («مؤكداً»), nor a verb with a noun for its content («أكد ضرورة»); and sets made from treebanks leave out contents
       whose predicate is no verb («قال إن الأمر خطير»). Hence the fourth: the second in texts with a marked verb.
    2. A speaker is right if its span contains the marked head; a verb without a marked speaker asks for none.
    3. A content is right if it shares half of the characters that either covers, both without leading particle.

    The same over either half of the documents (`measures.half_of`): rules are tuned on the first alone, so that a wide
    gap between them is over-fitting.

    Speaker, content and all three together count a missed verb as missed: recall is over all marked verbs, precision
    over the matched cues (for all three: over the verbs with a clause of the set's lemmas).

    Raises:
        CodingError: The file breaks its format.
    """
    texts = read_attributions(gold)
    found = find_cues(gold, vocabulary_folder)
    lemmas = frozenset(fold(case.lemma) for marked in texts for case in marked.cases)
    compared = [_compare(marked, found.get(marked.id, ()), lemmas) for marked in texts]
    return Evaluation(
        documents=len({marked.group for marked in texts}),
        halves=_halve(compared, lemmas),
        rules=_measure(compared, lemmas),
        reference=gold.name,
        misses=sort_misses([miss for one in compared for miss in one.misses()]),
    )


def _halve(compared: list[_Compared], lemmas: frozenset[str]) -> tuple[Half, ...]:
    """Measure either half of the documents by itself; a set of which one half is empty has no halves."""
    halves = []
    for number in (1, 2):
        own = [one for one in compared if half_of(one.marked.group) == number]
        if not own:
            return ()
        halves.append(Half(number, len({one.marked.group for one in own}), _measure(own, lemmas)))
    return tuple(halves)


def find_cues(corpus: Path, vocabulary_folder: Path) -> dict[str, tuple[FoundCue, ...]]:
    """Annotate a corpus as `mawaqif annotate` does and return the cues of each text, in reading order."""
    raws = [item for item in read_corpus(corpus) if isinstance(item, RawDocument)]
    tables = cue_tables(load_vocabulary(vocabulary_folder))
    finish = partial(_cues_of, tables=tables)
    readings = read_documents(raws, vocabulary_folder, finish=finish, line_counts=count_lines(raws))
    return dict(readings)


def _cues_of(reading: Reading, *, tables: CueTables) -> tuple[str, tuple[FoundCue, ...]]:
    by_cue: dict[Span, list[Any]] = {}
    for statement in reading.statements:
        if statement.cue is not None:
            by_cue.setdefault(statement.cue, []).append(statement)
    cues = []
    for cue, statements in sorted(by_cue.items()):
        forms = [r.form for r in tables.verbs.get(fold(reading.words(cue)), ())]
        cues.append(
            FoundCue(
                cue=cue,
                lemma=fold(statements[0].cue_lemma or ""),
                opens_clause=bool(forms)
                and forms[0].kind == "finite"
                and all(_CLAUSE_OPENING.search(reading.text[cue.end : s.start]) for s in statements),
                contents=tuple(Span(s.start, s.end) for s in statements),
                speakers=tuple(s.speaker for s in statements if s.speaker),
            )
        )
    return reading.raw.doc_id, tuple(cues)


@dataclass(frozen=True)
class _Compared:
    """The cues of one text beside its cases; `pairs` are matched (case, cue)."""

    marked: MarkedText
    found: tuple[FoundCue, ...]
    pairs: Mapping[int, FoundCue]
    lemmas: frozenset[str]

    @property
    def asked(self) -> list[FoundCue]:
        """The cues of the kind that the set marks: finite verbs of its lemmas that open a clause or quotation."""
        return [cue for cue in self.found if cue.opens_clause and cue.lemma in self.lemmas]

    def false(self, cues: Iterable[FoundCue]) -> list[FoundCue]:
        """Return those that stand on no marked verb."""
        right = {cue.cue for cue in self.pairs.values()}
        return [cue for cue in cues if cue.cue not in right]

    def speaker_is_right(self, case: Case, cue: FoundCue) -> bool:
        head = case.speaker_head
        return head is None or any(s.start <= head.start and head.end <= s.end for s in cue.speakers)

    def content_is_right(self, case: Case, cue: FoundCue) -> bool:
        wanted = without_particle(self.marked.text, case.content)
        return any(overlap(wanted, without_particle(self.marked.text, c)) >= ENOUGH for c in cue.contents)

    def misses(self) -> list[Miss]:
        """Return missed verbs, false cues of the kind that the set marks, and wrong speakers and contents."""
        made = [self._miss("false statement", c.cue, "nothing", self._of(c.contents)) for c in self.false(self.asked)]
        for i, case in enumerate(self.marked.cases):
            cue = self.pairs.get(i)
            if cue is None:
                made.append(self._miss("missed statement", case.verb, self._of([case.content]), "nothing"))
                continue
            if not self.speaker_is_right(case, cue):
                wanted = [s for s in (case.speaker or case.speaker_head,) if s]
                made.append(self._miss("wrong speaker", case.verb, self._of(wanted), self._of(cue.speakers)))
            if not self.content_is_right(case, cue):
                made.append(self._miss("wrong boundary", case.verb, self._of([case.content]), self._of(cue.contents)))
        return made

    def _of(self, spans: Iterable[Span]) -> str:
        return " | ".join(self.marked.text[s.start : s.end] for s in dict.fromkeys(spans)) or "nothing"

    def _miss(self, kind: str, span: Span, expected: str, got: str) -> Miss:
        quote = self.marked.text[span.start : span.end]
        return Miss(kind, self.marked.id, span.start, span.end, quote, expected, got)


def without_particle(text: str, span: Span) -> Span:
    """Return a content without the particle, preposition and marks that open it; the span itself if nothing is left."""
    opening = _PARTICLE.match(text, span.start, span.end)
    start = opening.end() if opening else span.start
    return Span(start, span.end) if start < span.end else span


def _compare(marked: MarkedText, found: tuple[FoundCue, ...], lemmas: frozenset[str]) -> _Compared:
    # Any shared character will do: a marked verb is a word, a cue may include its conjunction or preposition.
    matched = match_spans([case.verb for case in marked.cases], [cue.cue for cue in found], at_least=0.0)
    return _Compared(marked, found, {i: found[j] for i, j in matched}, lemmas)


def _measure(compared: list[_Compared], lemmas: frozenset[str]) -> tuple[Measure, ...]:
    def of_lemma(one: _Compared) -> list[FoundCue]:
        return [cue for cue in one.found if cue.lemma in lemmas]

    marked = [one for one in compared if one.marked.cases]
    return (
        measure_f1("cue F1, all cues", _count_cues(compared, [one.found for one in compared])),
        measure_f1("cue F1, lemmas of the set", _count_cues(compared, [of_lemma(one) for one in compared])),
        measure_f1("cue F1, verbs with a clause", _count_cues(compared, [one.asked for one in compared])),
        measure_f1("cue F1, in marked texts", _count_cues(marked, [of_lemma(one) for one in marked])),
        measure_recall("speaker head in speaker", [_count_speakers(one) for one in compared]),
        measure_recall("content at 0.5 overlap", [_count_contents(one) for one in compared]),
        measure_recall("cue, speaker and content right", [_count_all_right(one) for one in compared]),
    )


def _count_cues(compared: list[_Compared], asked: Iterable[Iterable[FoundCue]]) -> Cases[Retrieval]:
    """A matched cue counts as found whatever its kind; of the unmatched only those asked for count as false."""
    return [
        (one.marked.group, Retrieval(len(one.pairs), len(one.pairs) + len(one.false(cues)), len(one.marked.cases)))
        for one, cues in zip(compared, asked, strict=True)
    ]


def _count_speakers(one: _Compared) -> tuple[str, Retrieval]:
    explicit = {i: case for i, case in enumerate(one.marked.cases) if case.speaker_head is not None}
    cues = [(case, one.pairs[i]) for i, case in explicit.items() if i in one.pairs]
    right = sum(one.speaker_is_right(case, cue) for case, cue in cues)
    return one.marked.group, Retrieval(right, sum(bool(cue.speakers) for _, cue in cues), len(explicit))


def _count_contents(one: _Compared) -> tuple[str, Retrieval]:
    right = sum(one.content_is_right(one.marked.cases[i], cue) for i, cue in one.pairs.items())
    return one.marked.group, Retrieval(right, len(one.pairs), len(one.marked.cases))


def _count_all_right(one: _Compared) -> tuple[str, Retrieval]:
    pairs = [(one.marked.cases[i], cue) for i, cue in one.pairs.items()]
    right = sum(one.speaker_is_right(case, cue) and one.content_is_right(case, cue) for case, cue in pairs)
    return one.marked.group, Retrieval(right, len(pairs) + len(one.false(one.asked)), len(one.marked.cases))
