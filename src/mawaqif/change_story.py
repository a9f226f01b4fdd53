"""Tells in words what changed since the last edition, each sentence with links to the statements behind it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from types import ModuleType

from mawaqif.aggregate.changes import Cause, Changes, MilestoneChange, Move
from mawaqif.narrative import link_statements
from mawaqif.phrases import arabic_changes, english_changes
from mawaqif.phrases.naming import Naming
from mawaqif.untrusted import encode

MOST_NAMED = 10
"""Articles, actors and positions named in a sentence; the table of changes has them all."""


@dataclass(frozen=True)
class ChangeSection:
    """One part of the story: a heading's text and paragraphs of Markdown; article text in it is encoded."""

    id: str
    title: str
    paragraphs: tuple[str, ...]


@dataclass(frozen=True)
class ChangeStory:
    """The whole story: an opening sentence, and the parts that have something to tell."""

    opening: str
    sections: tuple[ChangeSection, ...]


def set_opening(story: ChangeStory, language: str) -> str:
    """Return the story as the first section of a report, in Markdown: one heading, and a paragraph for each part."""
    words = arabic_changes if language == "ar" else english_changes
    lines = [f"# {words.HEADING} {{#sec-changes}}", story.opening]
    for section in story.sections:
        first, *others = section.paragraphs
        lines += [f"**{section.title}.** {first}", *others]
    return "\n\n".join(lines) + "\n"


def tell_changes(changes: Changes, naming: Naming, *, numbers: Mapping[str, int]) -> ChangeStory:
    """Return what changed, in the order a reader asks: articles, voices, positions, milestones, corrections, rules.

    What moved only because the vocabulary, the issue file or the program changed stands apart, in the last section.

    Args:
        changes: The difference of two editions; without an earlier one the story says so.
        naming: Names things, in the language of the report.
        numbers: The numbers of the later edition's statements in its evidence; ids that are gone have none and no link.
    """
    words = arabic_changes if naming.language == "ar" else english_changes
    if changes.old_day is None:
        return ChangeStory(words.say_first(), ())
    old = date.fromisoformat(changes.old_day)
    if changes.is_empty:
        return ChangeStory(words.say_nothing(old), ())
    teller = _Teller(changes, naming, numbers, words)
    parts: tuple[tuple[str, Callable[[], Iterable[str]]], ...] = (
        ("documents", teller.documents),
        ("voices", teller.voices),
        ("positions", teller.positions),
        ("milestones", teller.milestones),
        ("corrections", teller.corrections),
        ("rules", teller.rules),
    )
    told = [(name, tuple(tell())) for name, tell in parts]
    sections = tuple(ChangeSection(name, words.TITLES[name], paragraphs) for name, paragraphs in told if paragraphs)
    return ChangeStory(words.say_since(old), sections)


@dataclass(frozen=True)
class _Teller:
    changes: Changes
    naming: Naming
    numbers: Mapping[str, int]
    words: ModuleType

    def documents(self) -> Iterable[str]:
        for kind in ("new", "withdrawn", "revised"):
            found = [d for d in self.changes.documents if d.kind == kind]
            if found:
                titles = [self._title(d.title or d.doc_id, d.outlet) for d in found[:MOST_NAMED]]
                yield self.words.say_documents(kind, len(found), titles, len(found) - len(titles))
        joined, gone = (self.changes.statements.get(fate, {}).get("documents", ()) for fate in ("new", "gone"))
        if joined or gone:
            yield self._with_links(self.words.say_statements(len(joined), len(gone)), joined)

    def _title(self, title: str, outlet: str | None) -> str:
        quoted = f"“{_apart(encode(title))}”" if self.naming.language == "en" else f"«{_apart(encode(title))}»"
        return f"{quoted} ({_apart(self.naming.outlet(outlet))})" if outlet else quoted

    def voices(self) -> Iterable[str]:
        for kind in ("new", "gone", "registered"):
            found = [a for a in self.changes.actors if a.kind == kind]
            if found:
                names = [_apart(self.naming.label(a.actor_id)) for a in found[:MOST_NAMED]]
                yield self.words.say_actors(kind, len(found), names, len(found) - len(names))

    def positions(self) -> Iterable[str]:
        moves = [move for move in self.changes.moves if set(move.shifts) != {"rules"}]
        yield from self._tell_moves(moves)

    def _tell_moves(self, moves: Sequence[Move]) -> Iterable[str]:
        for move in moves[:MOST_NAMED]:
            ids = [i for cause in move.statement_ids for i in move.statement_ids[cause]]
            yield self._with_links(self._move(move), ids)
        if len(moves) > MOST_NAMED:
            yield self.words.say_more_moves(len(moves) - MOST_NAMED)

    def _move(self, move: Move) -> str:
        name = self.naming.actor(move.actor_id)
        if move.old is None:
            return str(self.words.say_position_gained(name, move.new, move.main_cause))
        if move.new is None:
            return str(self.words.say_position_lost(name, move.old, move.main_cause))
        pole = self.naming.step(-2 if move.new < move.old else 2)
        shifts: dict[Cause, float] = {cause: shift for cause, shift in move.shifts.items() if shift is not None}
        return str(self.words.say_move(name, move.old, move.new, pole, shifts))

    def milestones(self) -> Iterable[str]:
        for change in self.changes.milestones:
            name = f"“{change.name_en}”" if self.naming.language == "en" else f"«{change.name_ar}»"
            if change.statement_ids:
                told = self.words.say_told_milestone(change.kind, len(change.statement_ids), name)
                yield self._with_links(told, change.statement_ids)
            else:
                yield self.words.say_milestone(change.kind, name, *_days_of(change))

    def corrections(self) -> Iterable[str]:
        found = self.changes.corrections
        if found:
            decisions = Counter(sorted(c.decision for c in found))
            told = self.words.say_corrections(len(found), decisions, len({c.coder for c in found}))
            yield self._with_links(told, [c.statement_id for c in found])

    def rules(self) -> Iterable[str]:
        fates = {fate: causes.get("rules", ()) for fate, causes in self.changes.statements.items()}
        recoded, found, dropped = (fates.get(fate, ()) for fate in ("recoded", "new", "gone"))
        if self.changes.origins and (recoded or found or dropped):
            yield self.words.say_origins(self.changes.origins)
        if recoded or found or dropped:
            told = self.words.say_recoded(len(recoded), len(found), len(dropped))
            yield self._with_links(told, [*recoded, *found])
        yield from self._tell_moves([move for move in self.changes.moves if set(move.shifts) == {"rules"}])

    def _with_links(self, sentence: str, statement_ids: Sequence[str]) -> str:
        """Add links to the statements that the later edition still has."""
        shown = [i for i in statement_ids if i in self.numbers]
        if not shown:
            return sentence
        return f"{sentence} ({link_statements(shown, self.numbers, self.naming.language)})"


def _apart(text: str) -> str:
    """Return a name set apart in direction; two Arabic ones would else change places in an English sentence."""
    return f"\u2068{text}\u2069"


def _days_of(change: MilestoneChange) -> tuple[tuple[date, date] | None, tuple[date, date] | None]:
    days = [
        (date.fromisoformat(pair[0]), date.fromisoformat(pair[1])) if pair else None
        for pair in (change.old, change.new)
    ]
    return days[0], days[1]
