"""The plain records that pass between ingest, cleaning and annotation of one document."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from typing import NamedTuple

# Items of which a document has hundreds are not frozen, for a frozen one takes three times as long to make; they are
# never changed all the same: a changed one is a new one.


class Span(NamedTuple):
    """A half-open interval of indices into a document's decoded source text."""

    start: int
    end: int


def write_day(day: date | None) -> str | None:
    """Return a day as tables and records hold it, in ISO form, or None."""
    return day.isoformat() if day else None


@dataclass(frozen=True, slots=True)
class RawDocument:
    """One document as it was read; `text` is the decoded source with its newlines untouched.

    `title`, `outlet`, `author` and `published` are what came with the text (a JSONL or CSV column, HTML or Markdown
    metadata), or None. `media_type` is `text`, `html`, `markdown` or `record` (a row of JSONL or CSV).
    """

    doc_id: str
    text: str
    sha256: str
    encoding: str
    path: str
    media_type: str = "text"
    title: str | None = None
    outlet: str | None = None
    author: str | None = None
    published: str | None = None
    url: str | None = None


@dataclass(frozen=True, slots=True)
class Skipped:
    """A file or row that could not be used, with the reason and the mend that a person is told."""

    path: str
    reason: str
    mend: str


@dataclass(slots=True, unsafe_hash=True)
class MarkedSpan:
    """A span of the source that is not article text: `kind` is a code of `boilerplate.yml`, `rule` what fired."""

    start: int
    end: int
    kind: str
    rule: str


@dataclass(frozen=True, slots=True)
class Publication:
    """When a document appeared: a day or a range, its basis (stated, given, inferred, unknown), its span."""

    day: date | None = None
    earliest: date | None = None
    latest: date | None = None
    basis: str = "unknown"
    evidence: Span | None = None


@dataclass(slots=True, unsafe_hash=True)
class Mention:
    """An actor named in the text. `actor_id` is a registered id, or for an unregistered speaker the normalised name."""

    actor_id: str
    start: int
    end: int
    registered: bool = True


@dataclass(slots=True, unsafe_hash=True)
class Statement:
    """Words attributed to a speaker. `start:end` is the content, without quotation marks and particle.

    Values: `kind` direct_quote, indirect or mixed; `stance` -2..2 or None (no position on `issue`); `modality`
    position, demand, forecast, condition, denial or fact; `coder` rules, reference or analyst; `grade` of the
    source person, office, institution, anonymous, or None without a speaker.
    """

    start: int
    end: int
    kind: str
    cue: Span | None = None
    cue_lemma: str | None = None
    speaker: Span | None = None
    speaker_id: str | None = None
    speaker_name: str | None = None
    on_behalf_of_id: str | None = None
    grade: str | None = None
    issue: str = "other"
    stance: int | None = None
    modality: str = "fact"
    confidence: float = 0.0
    coder: str = "rules"
    statement_id: str = ""

    def coded(self, issue: str, stance: int | None, modality: str, confidence: float) -> Statement:
        """Return the statement as the rules code it; `dataclasses.replace` takes four times as long."""
        return Statement(
            self.start, self.end, self.kind, self.cue, self.cue_lemma, self.speaker, self.speaker_id,
            self.speaker_name, self.on_behalf_of_id, self.grade, issue, stance, modality, confidence, "rules",
            self.statement_id,
        )  # fmt: skip


@dataclass(slots=True, unsafe_hash=True)
class DateExpression:
    """A calendar expression. `first` and `last` are inclusive days; None is an open or unresolved end.

    `granularity` is day, week, month, season, year, decade, century or part_of_year; `status` past, planned or
    hypothetical; `basis` absolute, relative_to_publication, relative_to_other_event or unresolved. `what` is the span
    of the dated event in the same sentence, where one is found.
    """

    start: int
    end: int
    first: date | None
    last: date | None
    granularity: str
    status: str
    basis: str
    what: Span | None = None


@dataclass(frozen=True, slots=True)
class Reading:
    """One document with everything found in it so far; each cleaning step and annotator returns a fuller copy.

    `sentences` are source spans outside boilerplate, in order. `views` counts readers, `reading_minutes` is the
    outlet's own estimate.
    """

    raw: RawDocument
    boilerplate: tuple[MarkedSpan, ...] = ()
    title: Span | None = None
    outlet: str | None = None
    outlet_id: str | None = None
    author: str | None = None
    published: Publication = field(default_factory=Publication)
    views: int | None = None
    reading_minutes: int | None = None
    duplicate_of: str | None = None
    sentences: tuple[Span, ...] = ()
    mentions: tuple[Mention, ...] = ()
    statements: tuple[Statement, ...] = ()
    dates: tuple[DateExpression, ...] = ()

    @property
    def text(self) -> str:
        """The decoded source text."""
        return self.raw.text

    def words(self, span: Span) -> str:
        """Return the source text of `span`."""
        return self.raw.text[span.start : span.end]


def make_statement_id(sha256: str, start: int, end: int, *, ordinal: int = 1) -> str:
    """Return the id of a statement: document checksum, span, and the ordinal of a further joint speaker.

    It depends on nothing else, so it survives reruns, reordering and other documents joining the corpus.
    """
    base = f"{sha256[:8]}-{start}-{end}"
    return base if ordinal == 1 else f"{base}.{ordinal}"
