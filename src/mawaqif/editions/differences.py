"""Says what changed between two editions, and why: articles, corrections, reviewed codings, or only the rules.

1. Documents: new, withdrawn, and those whose text changed.
2. Statements: new, withdrawn, and coded otherwise, each with its cause.
3. Positions that moved, with the statements that moved them; those that only a change of rules moved stand apart.
4. Milestones: whose day has come, whose date was changed, and what newly speaks against them.

A statement's id is made from its article's checksum and its span, so the same id in two editions is the same passage.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import pandas as pd

from mawaqif.editions.store import Edition
from mawaqif.schemas import iterate_rows

NOTABLE_SHIFT = 0.05
"""Steps of the scale by which a mean must move to be told: less would be rounded away in print."""
CAUSES = ("articles", "corrections", "codings", "rules")
_CODED = ("speaker_id", "speaker_name", "issue", "stance", "modality", "coder")
_NEEDED = ("raw_documents", "core_documents", "core_statements", "out_positions", "out_milestones")


@dataclass(frozen=True)
class Snapshot:
    """What of an edition is compared: its tables, its manifest, and the statements that analysts corrected in it."""

    tables: Mapping[str, pd.DataFrame]
    manifest: Mapping[str, Any]

    @property
    def corrected(self) -> frozenset[str]:
        """Ids of the statements with a row among the analysts' corrections."""
        return frozenset(self.manifest.get("corrected", ()))


def read_snapshot(edition: Edition) -> Snapshot:
    """Return the snapshot of a published edition."""
    folder = edition.folder / "data"
    return Snapshot({name: pd.read_parquet(folder / f"{name}.parquet") for name in _NEEDED}, edition.manifest)


def compare(old: Snapshot, new: Snapshot) -> dict[str, Any]:
    """Return what changed, as plain values that JSON can hold; every list is in a fixed order."""
    # 1.
    documents = _compare_documents(old, new)
    # 2.
    statements = _compare_statements(old, new)
    # 3.
    positions = _compare_positions(old, new, statements)
    # 4.
    milestones = _compare_milestones(old, new)
    told = [change for change in statements if change["cause"] != "rules"]
    return {
        "from": old.manifest.get("edition"),
        "to": new.manifest.get("edition"),
        "documents": documents,
        "actors": _compare_actors(old, new),
        "statements": _by_kind(told),
        "corrections": [change for change in statements if change["cause"] == "corrections"],
        "positions": [p for p in positions if p["causes"] != ["rules"]],
        "milestones": milestones,
        "rules": {
            "changed": find_changed_inputs(old.manifest, new.manifest),
            "statements": _by_kind([change for change in statements if change["cause"] == "rules"]),
            "positions": [p for p in positions if p["causes"] == ["rules"]],
        },
    }


def is_empty(difference: Mapping[str, Any]) -> bool:
    """Tell whether nothing that a reader could see has changed."""
    counted = {key: value for key, value in difference.items() if key not in ("from", "to")}
    counted["rules"] = {key: value for key, value in difference["rules"].items() if key != "changed"}
    return not _holds_anything(counted)


def _holds_anything(value: Any) -> bool:
    if isinstance(value, Mapping):
        return any(_holds_anything(item) for item in value.values())
    return bool(value)


def find_changed_inputs(old: Mapping[str, Any], new: Mapping[str, Any]) -> list[str]:
    """Return which of vocabulary, issue files and program differ, each file of the first two by its name."""
    before, after = old.get("inputs", {}), new.get("inputs", {})
    names = sorted({*before, *after})
    changed = [name for name in names if name.startswith("vocabulary/") and before.get(name) != after.get(name)]
    programs = [manifest.get("program", {}) for manifest in (old, new)]
    if programs[0].get("digest") != programs[1].get("digest"):
        changed.append("program")
    return changed


# --- documents and actors --------------------------------------------------------------------------------------------


def _compare_documents(old: Snapshot, new: Snapshot) -> dict[str, list[dict[str, Any]]]:
    before, after = _checksums(old), _checksums(new)
    return {
        "new": _describe_documents(new, [i for i in after if i not in before]),
        "withdrawn": _describe_documents(old, [i for i in before if i not in after]),
        "changed": _describe_documents(new, [i for i in after if i in before and before[i] != after[i]]),
    }


def _checksums(snapshot: Snapshot) -> dict[str, str]:
    table = snapshot.tables["raw_documents"]
    return dict(zip(table["doc_id"], table["sha256"], strict=True))


def _describe_documents(snapshot: Snapshot, doc_ids: list[str]) -> list[dict[str, Any]]:
    table = snapshot.tables["core_documents"]
    chosen = table[table["doc_id"].isin(doc_ids)].sort_values("doc_id")
    columns = ("doc_id", "title", "outlet", "published", "published_earliest", "published_latest")
    return [{name: _plain(getattr(row, name)) for name in columns} for row in iterate_rows(chosen)]


def _compare_actors(old: Snapshot, new: Snapshot) -> dict[str, list[dict[str, Any]]]:
    before, after = old.tables["out_positions"], new.tables["out_positions"]
    return {
        "new": [_actor(row) for row in iterate_rows(after) if row.actor_id not in set(before["actor_id"])],
        "withdrawn": [_actor(row) for row in iterate_rows(before) if row.actor_id not in set(after["actor_id"])],
    }


def _actor(row: Any) -> dict[str, Any]:
    names = {name: getattr(row, name) for name in ("actor_id", "name_en", "name_ar", "camp")}
    return {**names, "is_registered": bool(row.is_registered), "statement_ids": list(row.statement_ids)}


# --- statements ------------------------------------------------------------------------------------------------------


def _compare_statements(old: Snapshot, new: Snapshot) -> list[dict[str, Any]]:
    before, after = (_rows(snapshot) for snapshot in (old, new))
    checksums = _checksums(old), _checksums(new)
    changes: list[dict[str, Any]] = []
    for statement_id in sorted({*before, *after}):
        was, now = before.get(statement_id), after.get(statement_id)
        if was is not None and now is not None and _coding(was) == _coding(now):
            continue
        row = now if now is not None else was
        assert row is not None
        changes.append(
            {
                "statement_id": statement_id,
                "kind": "new" if was is None else "withdrawn" if now is None else "recoded",
                "cause": _find_cause(statement_id, was, now, checksums, (old, new)),
                "doc_id": row["doc_id"],
                "quote": row["quote"],
                "was": _coding(was) if was else None,
                "now": _coding(now) if now else None,
            }
        )
    return changes


def _rows(snapshot: Snapshot) -> dict[str, dict[str, Any]]:
    rows: list[dict[str, Any]] = snapshot.tables["core_statements"].to_dict("records")  # type: ignore[assignment]
    return {str(row["statement_id"]): row for row in rows}


def _coding(row: Mapping[str, Any]) -> dict[str, Any]:
    return {name: _plain(row[name]) for name in _CODED}


def _find_cause(
    statement_id: str,
    was: Mapping[str, Any] | None,
    now: Mapping[str, Any] | None,
    checksums: tuple[dict[str, str], dict[str, str]],
    snapshots: tuple[Snapshot, Snapshot],
) -> str:
    """Return the first that applies: another text, an analyst's correction, another reviewed coding, the rules."""
    doc_id = (now or was or {})["doc_id"]
    if checksums[0].get(doc_id) != checksums[1].get(doc_id):
        return "articles"
    coders = [row["coder"] for row in (was, now) if row is not None]
    old, new = snapshots
    if "analyst" in coders or statement_id in old.corrected ^ new.corrected:
        return "corrections"
    if "reference" in coders or _is_reviewed(old, doc_id) != _is_reviewed(new, doc_id):
        return "codings"
    # The same article may come into a report, or leave it, because another one that it repeats has come or gone.
    return "rules"


def _is_reviewed(snapshot: Snapshot, doc_id: str) -> bool:
    table = snapshot.tables["core_statements"]
    return bool((table["doc_id"].eq(doc_id) & table["coder"].eq("reference")).any())


def _by_kind(changes: list[dict[str, Any]]) -> dict[str, list[dict[str, Any]]]:
    return {kind: [c for c in changes if c["kind"] == kind] for kind in ("new", "withdrawn", "recoded")}


# --- positions -------------------------------------------------------------------------------------------------------


def _compare_positions(old: Snapshot, new: Snapshot, changes: list[dict[str, Any]]) -> list[dict[str, Any]]:
    before, after = (_positions(snapshot) for snapshot in (old, new))
    by_id = {change["statement_id"]: change for change in changes}
    moved: list[dict[str, Any]] = []
    for actor_id in [*after, *(i for i in before if i not in after)]:
        was, now = before.get(actor_id), after.get(actor_id)
        then, since = (None if row is None else _plain(row.mean_stance) for row in (was, now))
        by = None if then is None or since is None else since - then
        if (then is None and since is None) or (by is not None and abs(by) < NOTABLE_SHIFT):
            continue
        row: Any = now if now is not None else was
        movers = sorted({i for r in (was, now) if r is not None for i in r.statement_ids if i in by_id})
        causes = {by_id[i]["cause"] for i in movers}
        moved.append(
            {
                **{name: getattr(row, name) for name in ("actor_id", "name_en", "name_ar", "camp")},
                "is_registered": bool(row.is_registered),
                "was": then,
                "now": since,
                "by": None if by is None else round(by, 4),
                "statement_ids": movers,
                # Without any statement of its own coded otherwise, only the way of counting can have moved a mean, or
                # an article that repeats another.
                "causes": [cause for cause in CAUSES if cause in causes] or [_cause_without_statements(old, new)],
            }
        )
    return sorted(moved, key=lambda p: (-abs(p["by"] if p["by"] is not None else 9), p["actor_id"]))


def _cause_without_statements(old: Snapshot, new: Snapshot) -> str:
    return "articles" if _checksums(old) != _checksums(new) else "rules"


def _positions(snapshot: Snapshot) -> dict[str, Any]:
    return {str(row.actor_id): row for row in iterate_rows(snapshot.tables["out_positions"])}


# --- milestones ------------------------------------------------------------------------------------------------------


def _compare_milestones(old: Snapshot, new: Snapshot) -> dict[str, list[dict[str, Any]]]:
    before, after = (_milestones(snapshot) for snapshot in (old, new))
    days = [str(snapshot.manifest.get("day", "")) for snapshot in (old, new)]
    shifted = [
        {**now, "was_first": before[i]["milestone_first"], "was_last": before[i]["milestone_last"]}
        for i, now in after.items()
        if i in before and _dates(before[i]) != _dates(now)
    ]
    known = {(row.milestone_id, row.statement_id, row.relation) for row in _relations(old)}
    against = [
        {"milestone_id": row.milestone_id, "statement_id": row.statement_id, "relation": row.relation}
        for row in _relations(new)
        if row.relation in ("contradicts", "doubts") and (row.milestone_id, row.statement_id, row.relation) not in known
    ]
    return {
        "came": [now for now in after.values() if days[0] <= now["milestone_last"] < days[1]],
        "slipped": [m for m in shifted if _dates(m) > (m["was_first"], m["was_last"])],
        "brought_forward": [m for m in shifted if _dates(m) < (m["was_first"], m["was_last"])],
        "contradicted": [{**after[row["milestone_id"]], **row} for row in against],
    }


def _milestones(snapshot: Snapshot) -> dict[str, dict[str, str]]:
    table = snapshot.tables["out_milestones"].drop_duplicates("milestone_id")
    names = ("milestone_id", "name_en", "name_ar", "milestone_first", "milestone_last")
    return {str(row.milestone_id): {name: str(getattr(row, name)) for name in names} for row in iterate_rows(table)}


def _dates(milestone: Mapping[str, str]) -> tuple[str, str]:
    return milestone["milestone_first"], milestone["milestone_last"]


def _relations(snapshot: Snapshot) -> list[Any]:
    table = snapshot.tables["out_milestones"]
    return list(iterate_rows(table[table["statement_id"].notna()]))


def _plain(value: Any) -> Any:
    """Return a cell as JSON holds it: None for what is missing, whole numbers as such."""
    if value is None or (not isinstance(value, str) and pd.isna(value)):
        return None
    if isinstance(value, str):
        return value
    return int(value) if float(value).is_integer() and not isinstance(value, float) else float(value)
