"""What was still to come when the newest article appeared, by date, and who confirms, expects or contradicts it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from mawaqif import narrative
from mawaqif.aggregate.ahead import Ahead, Namesake, gather_ahead
from mawaqif.aggregate.attribution import UNATTRIBUTED, add_actor
from mawaqif.charts.calendar_axis import describe_days, describe_event_days
from mawaqif.phrases import ahead as phrases
from mawaqif.phrases.naming import Naming
from mawaqif.schemas import iterate_rows
from mawaqif.sheets.evidence import find_written
from mawaqif.sheets.parts import Markdown, make_naming, number_all
from mawaqif.sheets.words import word
from mawaqif.tables import Tables
from mawaqif.untrusted import encode, encode_passage

MOST_AHEAD = 24
"""Events told one by one; the table of all events has the others."""


def list_ahead(tables: Tables) -> Markdown:
    """Return how many events were still ahead and each of them: when, what, how sure, and what is said of it."""
    language = tables.parameters.language
    as_of, found = gather_ahead(
        tables.out_timeline, tables.core_documents, tables.core_statements, tables.core_dates, issue=tables.issue
    )
    counts = Counter(event.status for event in found)
    writer = _Writer(tables)
    parts = [phrases.say_as_of(as_of, dict(counts), language=language)]
    parts += ["\n".join(f"- {writer.write(event)}" for event in found[:MOST_AHEAD])] if found else []
    if len(found) > MOST_AHEAD:
        parts.append(word("more", language, n=len(found) - MOST_AHEAD))
    return Markdown("\n\n".join(parts))


class _Writer:
    """Writes events as list items, with the names and numbers of the statements that speak of them."""

    def __init__(self, tables: Tables) -> None:
        self.language, self.numbers = tables.parameters.language, number_all(tables)
        self.naming: Naming = make_naming(tables)
        told = add_actor(tables.core_statements)
        self.actors = dict(zip(told["statement_id"], told["actor_id"], strict=True))
        texts = dict(zip(tables.raw_documents["doc_id"], tables.raw_documents["text"], strict=True))
        self.written = {row.statement_id for row in iterate_rows(told) if find_written(row, texts[row.doc_id])}

    def write(self, event: Ahead) -> str:
        """Return one event with its date, its status and who speaks of it how."""
        when = word("no_date_given", self.language)
        if event.after:
            when = word("no_date_but", self.language, when=describe_days(*event.after, language=self.language))
        elif event.has_date:
            when = describe_event_days(
                event.first, event.last, is_inferred=event.is_inferred, language=self.language, has_escapes=True
            )
        status = phrases.STATUSES[event.status][self.language]
        said = [
            phrases.say_relation(relation, names, language=self.language, is_written=is_written)
            for relation, ids in event.said
            for is_written in (False, True)
            if (names := self._name_speakers([i for i in ids if (i in self.written) == is_written]))
        ]
        said = said or [phrases.say_silent(language=self.language)]
        told = " ".join([*said, *(self._tell_namesake(other) for other in event.namesakes)])
        return f"**{when}** · {self._name(event)} ({status}). {told}"

    def _tell_namesake(self, other: Namesake) -> str:
        name = self.naming.event(other.label_ar, other.label_en, is_known=False)
        links = narrative.link_statements(other.statement_ids, self.numbers, self.language)
        return phrases.say_namesake(name, links, language=self.language)

    def _name(self, event: Ahead) -> str:
        label = event.label_ar if self.language == "ar" else event.label_en
        if label is None:
            return encode_passage(event.label_ar)
        return encode(label) if event.is_known or self.language == "en" else encode_passage(label)

    def _name_speakers(self, statement_ids: Sequence[str]) -> list[str]:
        """Return each speaker with links; a written text stands in the place of those who made it."""
        by_actor: dict[tuple[str, bool], list[str]] = {}
        for statement_id in statement_ids:
            speaker = str(self.actors[statement_id]), statement_id in self.written
            by_actor.setdefault(speaker, []).append(statement_id)
        return [
            f"{self._say_actor(actor, is_written)} ({narrative.link_statements(ids, self.numbers, self.language)})"
            for (actor, is_written), ids in by_actor.items()
        ]

    def _say_actor(self, actor_id: str, is_written: bool) -> str:
        if actor_id == UNATTRIBUTED:
            return word("no_speaker", self.language)
        name = self.naming.actor(actor_id) if is_written or self.language == "en" else self.naming.label(actor_id)
        return phrases.say_written(name, language=self.language) if is_written else name
