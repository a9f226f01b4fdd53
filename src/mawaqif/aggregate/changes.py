"""What changed between two editions, and why: new articles, analysts' corrections, or only the rules."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import asdict, dataclass, field, replace
from itertools import pairwise
from typing import Any, Literal

import pandas as pd

from mawaqif.aggregate.attribution import UNATTRIBUTED, add_actor, name_actors, select_original
from mawaqif.aggregate.milestones import compare_milestones
from mawaqif.aggregate.positions import make_positions
from mawaqif.schemas import iterate_rows, read_text
from mawaqif.vocabulary import Issue, Vocabulary

Cause = Literal["documents", "codings", "rules"]
CAUSES: tuple[Cause, ...] = ("documents", "codings", "rules")

SMALLEST_MOVE = 0.05
"""Steps of the scale: a mean is printed with one decimal, so a smaller move cannot be seen."""

_CODED = ["speaker_id", "speaker_name", "issue", "stance", "modality"]


@dataclass(frozen=True)
class Snapshot:
    """One edition's state, as its tables hold it.

    Attributes:
        day: The edition's day, ISO.
        raw_documents: At least `doc_id`, `sha256` and `path`.
        core_documents: As in `schemas`.
        core_statements: As in `schemas`.
        core_dates: As in `schemas`.
        milestones: `milestone_id`, `name_ar`, `name_en`, `first`, `last` (ISO days).
        corrections: Analysts' corrections, in the columns of `corrections.csv`.
        origins: Checksums by name (`vocabulary`, `issue`, `program`): what else a number depends on.
    """

    day: str
    raw_documents: pd.DataFrame
    core_documents: pd.DataFrame
    core_statements: pd.DataFrame
    core_dates: pd.DataFrame
    milestones: pd.DataFrame
    corrections: pd.DataFrame
    origins: dict[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class DocumentChange:
    """A document that joined, left, or whose text is another than before."""

    doc_id: str
    kind: Literal["new", "withdrawn", "revised"]
    title: str | None
    outlet: str | None
    published: str | None


@dataclass(frozen=True)
class ActorChange:
    """Someone quoted for the first time, no longer quoted, or quoted before under a name that nobody had registered."""

    actor_id: str
    kind: Literal["new", "gone", "registered"]
    name_ar: str
    name_en: str
    is_registered: bool


@dataclass(frozen=True)
class Move:
    """An actor's mean position before and after, in steps of the scale, and what moved it.

    Attributes:
        old: Mean before, None where there was no position.
        new: Mean now, None where there is no position any more.
        shifts: By cause, the part of the difference that it made; a cause that gave or took the only position has None.
        statement_ids: By cause, the statements that made it: those added, recoded, or no longer there.
    """

    actor_id: str
    name_ar: str
    name_en: str
    is_registered: bool
    old: float | None
    new: float | None
    shifts: dict[Cause, float | None]
    statement_ids: dict[Cause, tuple[str, ...]]

    @property
    def shift(self) -> float | None:
        """The whole difference in steps."""
        return None if self.old is None or self.new is None else self.new - self.old

    @property
    def main_cause(self) -> Cause:
        """The cause that made most of it; the one that gave or took the only position first."""
        whole = [cause for cause in CAUSES if cause in self.shifts and self.shifts[cause] is None]
        return whole[0] if whole else max(self.shifts, key=lambda cause: abs(self.shifts[cause] or 0.0))


@dataclass(frozen=True)
class MilestoneChange:
    """A milestone whose time came, whose date changed in the issue file, or of which new statements speak.

    Attributes:
        kind: `came` (it was over by this edition and not by the last), `moved` (to other days), `added`, `removed`,
            or `contradicts`, `doubts`, `confirms` (new statements).
        old: First and last day before, None where it was not there.
        new: First and last day now.
        statement_ids: The new statements.
    """

    milestone_id: str
    kind: str
    name_ar: str
    name_en: str
    old: tuple[str, str] | None
    new: tuple[str, str] | None
    statement_ids: tuple[str, ...] = ()


@dataclass(frozen=True)
class CorrectionChange:
    """A decision that an analyst added since the last edition."""

    statement_id: str
    decision: str
    coder: str
    coded_at: str
    note: str


@dataclass(frozen=True)
class Changes:
    """All that differs between two editions.

    Attributes:
        old_day: Day of the earlier edition, None where there is none.
        new_day: Day of the later one.
        statements: Ids by what became of them and why: `new`, `gone` or `recoded`, then the cause.
        origins: Names of what else changed: `vocabulary`, `issue`, `program`.
    """

    old_day: str | None
    new_day: str
    documents: tuple[DocumentChange, ...] = ()
    actors: tuple[ActorChange, ...] = ()
    statements: dict[str, dict[Cause, tuple[str, ...]]] = field(default_factory=dict)
    moves: tuple[Move, ...] = ()
    milestones: tuple[MilestoneChange, ...] = ()
    corrections: tuple[CorrectionChange, ...] = ()
    origins: tuple[str, ...] = ()

    @property
    def is_empty(self) -> bool:
        """Nothing that a reader would see is other than before."""
        statements = any(ids for causes in self.statements.values() for ids in causes.values())
        return not (self.documents or self.actors or statements or self.moves or self.milestones or self.corrections)

    def as_dict(self) -> dict[str, Any]:
        """Return plain values for JSON."""
        return asdict(self)


def compare_editions(old: Snapshot, new: Snapshot, *, issue: Issue, vocabulary: Vocabulary) -> Changes:
    """Return what changed from `old` to `new`.

    A speaker who has been registered since is no other than before, and is told as that alone. The causes are told
    apart by going from one to the other in three steps. The articles that both hold are first
    coded as the rules code them now, then as analysts and reference codings have them, and then articles join and
    leave. What a step changes is that cause's; positions are computed anew after each.

    Args:
        old: The earlier edition.
        new: The later edition.
        issue: The issue, as it is now.
        vocabulary: Gives names and camps, as they are now.
    """
    registered = _find_registered(old, new)
    old = _register(old, new, registered)
    fates = _find_fates(old, new)
    steps = _steps(old, new, fates)
    return Changes(
        old_day=old.day,
        new_day=new.day,
        documents=tuple(_compare_documents(old, new)),
        actors=(*_compare_actors(old, new, vocabulary), *_tell_registered(registered, new, vocabulary)),
        statements=_sort_statements(fates),
        moves=tuple(_compare_positions(steps, fates, (old, new), issue, vocabulary)),
        milestones=tuple(_compare_milestones(old, new, issue)),
        corrections=tuple(_compare_corrections(old, new)),
        origins=tuple(sorted(n for n in {*old.origins, *new.origins} if old.origins.get(n) != new.origins.get(n))),
    )


# --- registered since ------------------------------------------------------------------------------------------------


_SPEAKER = ["speaker_id", "speaker_name", "is_registered", "camp"]


def _find_registered(old: Snapshot, new: Snapshot) -> dict[str, str]:
    """Return by name found in the text the id under which all its statements stand now, if that id is new."""
    before = old.core_statements[old.core_statements["speaker_id"].isna() & old.core_statements["speaker_name"].notna()]
    both = before[["statement_id", "speaker_name"]].merge(
        new.core_statements[["statement_id", "speaker_id"]], on="statement_id", validate="one_to_one"
    )
    known = set(old.core_statements["speaker_id"].dropna())
    found: dict[str, str] = {}
    for name, ids in both.groupby("speaker_name", sort=True)["speaker_id"]:
        if ids.notna().all() and ids.nunique() == 1 and ids.iloc[0] not in known:
            found[str(name)] = str(ids.iloc[0])
    return found


def _register(old: Snapshot, new: Snapshot, registered: dict[str, str]) -> Snapshot:
    """Return the earlier edition as it would be with these speakers registered."""
    if not registered:
        return old
    table = old.core_statements.set_index("statement_id")
    now = new.core_statements.set_index("statement_id")
    names = table["speaker_name"].where(table["speaker_id"].isna())
    ids = table.index[names.isin(list(registered))].intersection(now.index)
    table.loc[ids, _SPEAKER] = now.loc[ids, _SPEAKER]
    return replace(old, core_statements=table.reset_index()[list(old.core_statements.columns)])


def _tell_registered(registered: dict[str, str], new: Snapshot, vocabulary: Vocabulary) -> Iterable[ActorChange]:
    names = name_actors(add_actor(new.core_statements), vocabulary)
    for actor_id in sorted(set(registered.values())):
        name = names[actor_id]
        yield ActorChange(actor_id, "registered", name.ar, name.en, name.is_registered)


# --- causes ----------------------------------------------------------------------------------------------------------


Fates = dict[str, tuple[str, Cause]]
"""By statement id: what became of it (`new`, `gone`, `recoded`) and the cause; unchanged ones are not there."""


def _find_fates(old: Snapshot, new: Snapshot) -> Fates:
    common = _common_documents(old, new)
    before, after = ({row.statement_id: row for row in iterate_rows(s.core_statements)} for s in (old, new))
    decided = {correction.statement_id for correction in _compare_corrections(old, new)}
    newly_coded = _documents_coded_anew(old.core_statements, new.core_statements)
    fates: Fates = {}
    for statement_id in [*after, *(i for i in before if i not in after)]:
        is_old, is_new = statement_id in before, statement_id in after
        row = after[statement_id] if is_new else before[statement_id]
        fate = "recoded" if is_old and is_new else "new" if is_new else "gone"
        if row.doc_id not in common:
            fates[statement_id] = (fate, "documents")
        elif fate != "recoded" or not _is_coded_alike(before[statement_id], row):
            coders = {table[statement_id].coder for table in (before, after) if statement_id in table}
            by_hand = statement_id in decided or row.doc_id in newly_coded or not coders <= {"rules", "model"}
            fates[statement_id] = (fate, "codings" if by_hand else "rules")
    return fates


def _common_documents(old: Snapshot, new: Snapshot) -> set[str]:
    """Return the documents that both hold with one and the same text."""
    before = dict(zip(old.raw_documents["doc_id"], old.raw_documents["sha256"], strict=True))
    after = dict(zip(new.raw_documents["doc_id"], new.raw_documents["sha256"], strict=True))
    return {doc_id for doc_id, sha256 in after.items() if before.get(doc_id) == sha256}


def _documents_coded_anew(before: pd.DataFrame, after: pd.DataFrame) -> set[str]:
    """Return the documents whose statements come from a reference coding in one of the two only."""
    reviewed = [set(table.loc[table["coder"] == "reference", "doc_id"]) for table in (before, after)]
    return reviewed[0] ^ reviewed[1]


def _is_coded_alike(first: Any, second: Any) -> bool:
    return all(_same(getattr(first, column), getattr(second, column)) for column in _CODED)


def _same(first: Any, second: Any) -> bool:
    if pd.isna(first) or pd.isna(second):
        return bool(pd.isna(first) and pd.isna(second))
    return bool(first == second)


def _sort_statements(fates: Fates) -> dict[str, dict[Cause, tuple[str, ...]]]:
    return {
        fate: {cause: tuple(sorted(i for i, found in fates.items() if found == (fate, cause))) for cause in CAUSES}
        for fate in ("new", "gone", "recoded")
    }


def _steps(old: Snapshot, new: Snapshot, fates: Fates) -> list[pd.DataFrame]:
    """Return the statements at the four stations from the old edition to the new one."""
    by_cause = {cause: {i for i, (_, found) in fates.items() if found == cause} for cause in CAUSES}
    stations = [old.core_statements]
    for cause in ("rules", "codings", "documents"):
        changed = by_cause[cause]
        kept = stations[-1][~stations[-1]["statement_id"].isin(changed)]
        joined = new.core_statements[new.core_statements["statement_id"].isin(changed)]
        stations.append(pd.concat([kept, joined], ignore_index=True))
    return stations


# --- what changed ----------------------------------------------------------------------------------------------------


def _compare_documents(old: Snapshot, new: Snapshot) -> Iterable[DocumentChange]:
    before = dict(zip(old.raw_documents["doc_id"], old.raw_documents["sha256"], strict=True))
    after = dict(zip(new.raw_documents["doc_id"], new.raw_documents["sha256"], strict=True))
    for doc_id in [*after, *(d for d in before if d not in after)]:
        if before.get(doc_id) == after.get(doc_id):
            continue
        kind: Literal["new", "withdrawn", "revised"]
        kind = "new" if doc_id not in before else "withdrawn" if doc_id not in after else "revised"
        table = (old if kind == "withdrawn" else new).core_documents.set_index("doc_id")
        row = table.loc[doc_id]
        title, outlet, published = (read_text(row[column]) for column in ("title", "outlet", "published"))
        yield DocumentChange(doc_id, kind, title, outlet, published)


def _compare_actors(old: Snapshot, new: Snapshot, vocabulary: Vocabulary) -> Iterable[ActorChange]:
    tables = [add_actor(select_original(s.core_statements, s.core_documents)) for s in (old, new)]
    quoted = [set(table["actor_id"]) - {UNATTRIBUTED} for table in tables]
    names = [name_actors(table, vocabulary) for table in tables]
    for kind, who, named in (("new", quoted[1] - quoted[0], names[1]), ("gone", quoted[0] - quoted[1], names[0])):
        for actor_id in sorted(who):
            name = named[actor_id]
            yield ActorChange(actor_id, kind, name.ar, name.en, name.is_registered)  # type: ignore[arg-type]


def _compare_positions(
    steps: list[pd.DataFrame],
    fates: Fates,
    editions: tuple[Snapshot, Snapshot],
    issue: Issue,
    vocabulary: Vocabulary,
) -> list[Move]:
    """Return the moves that can be seen, the largest first."""
    old, new = editions
    documents = _all_documents(old, new)
    tables = [make_positions(s, documents, issue_id=issue.id, vocabulary=vocabulary) for s in steps]
    means = [dict(zip(t["actor_id"], t["mean_stance"], strict=True)) for t in tables]
    names = {row.actor_id: row for table in (tables[0], tables[-1]) for row in iterate_rows(table)}
    ids = _ids_by_actor(steps, fates, issue)
    moves = []
    for actor_id, row in names.items():
        stations = [_mean(m.get(actor_id)) for m in means]
        if _is_seen(stations[0], stations[-1]):
            shifts, why = _shifts(stations), ids.get(actor_id, {})
            moves.append(
                Move(
                    actor_id, row.name_ar, row.name_en, bool(row.is_registered), stations[0], stations[-1], shifts,
                    {cause: why.get(cause, ()) for cause in shifts},
                )
            )  # fmt: skip
    return sorted(moves, key=lambda m: (-abs(m.shift if m.shift is not None else 9.0), m.actor_id))


def _all_documents(old: Snapshot, new: Snapshot) -> pd.DataFrame:
    """Return what is known of every document, as the later edition has it where both do."""
    gone = old.core_documents[~old.core_documents["doc_id"].isin(new.core_documents["doc_id"])]
    return pd.concat([new.core_documents, gone], ignore_index=True)


def _mean(value: float | None) -> float | None:
    return None if value is None or pd.isna(value) else float(value)


def _is_seen(old: float | None, new: float | None) -> bool:
    if old is None or new is None:
        return (old is None) != (new is None)
    return abs(new - old) >= SMALLEST_MOVE


def _shifts(stations: list[float | None]) -> dict[Cause, float | None]:
    """Return by cause what it did to a mean; None where it gave the first position or took the last."""
    shifts: dict[Cause, float | None] = {}
    causes: tuple[Cause, ...] = ("rules", "codings", "documents")
    for cause, (before, after) in zip(causes, pairwise(stations), strict=True):
        if before is None or after is None:
            if (before is None) != (after is None):
                shifts[cause] = None
        elif abs(after - before) >= 1e-9:
            shifts[cause] = after - before
    return shifts


def _ids_by_actor(steps: list[pd.DataFrame], fates: Fates, issue: Issue) -> dict[str, dict[Cause, tuple[str, ...]]]:
    rows = add_actor(pd.concat([steps[0], steps[-1]], ignore_index=True))
    rows = rows[rows["statement_id"].isin(fates.keys()) & rows["issue"].eq(issue.id) & rows["stance"].notna()]
    found: dict[str, dict[Cause, tuple[str, ...]]] = {}
    for row in iterate_rows(rows.drop_duplicates(["actor_id", "statement_id"])):
        cause = fates[row.statement_id][1]
        by_cause = found.setdefault(row.actor_id, {})
        by_cause[cause] = (*by_cause.get(cause, ()), row.statement_id)
    return found


def _compare_milestones(old: Snapshot, new: Snapshot, issue: Issue) -> Iterable[MilestoneChange]:
    before, after = ({r.milestone_id: r for r in iterate_rows(s.milestones)} for s in (old, new))
    for milestone_id in [*after, *(m for m in before if m not in after)]:
        was, now = before.get(milestone_id), after.get(milestone_id)
        row: Any = now if now is not None else was
        days = [(r.first, r.last) if r is not None else None for r in (was, now)]
        kinds = ["added"] if was is None else ["removed"] if now is None else []
        kinds += ["moved"] if was is not None and now is not None and days[0] != days[1] else []
        kinds += ["came"] if now is not None and old.day <= now.last < new.day else []
        for kind in kinds:
            yield MilestoneChange(milestone_id, kind, row.name_ar, row.name_en, days[0], days[1])
    yield from _newly_told(old, new, issue)


def _newly_told(old: Snapshot, new: Snapshot, issue: Issue) -> Iterable[MilestoneChange]:
    """Yield the milestones of which statements speak that did not before."""
    told = [
        compare_milestones(issue, select_original(s.core_statements, s.core_documents), s.core_dates, s.core_documents)
        for s in (old, new)
    ]
    known = set(zip(told[0]["milestone_id"], told[0]["statement_id"], told[0]["relation"], strict=True))
    names = {m.id: m for m in issue.milestones}
    for (milestone_id, relation), rows in told[1].groupby(["milestone_id", "relation"], sort=True):
        ids = [i for i in rows["statement_id"] if (milestone_id, i, relation) not in known]
        if ids and relation in ("contradicts", "doubts", "confirms"):
            milestone = names[str(milestone_id)]
            days = (milestone.first.isoformat(), milestone.last.isoformat())
            yield MilestoneChange(
                milestone.id, str(relation), milestone.name.ar, milestone.name.en, days, days, tuple(sorted(ids))
            )


def _compare_corrections(old: Snapshot, new: Snapshot) -> list[CorrectionChange]:
    columns = ["statement_id", "decision", "coder", "coded_at", "note"]
    rows = [
        [
            tuple(str(v) for v in row)
            for row in s.corrections.reindex(columns=columns).fillna("").itertuples(index=False)
        ]
        for s in (old, new)
    ]
    known = set(rows[0])
    return [CorrectionChange(*row) for row in rows[1] if row not in known]
