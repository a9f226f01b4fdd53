from __future__ import annotations

import json
from dataclasses import replace
from typing import Any

import pandas as pd
import pytest
from small_tables import ISSUE, VOCABULARY, dated, dates, document, documents, statement, statements

from mawaqif.aggregate.changes import Changes, Snapshot, compare_editions

MILESTONES = pd.DataFrame(
    [{"milestone_id": "exit", "name_ar": "اكتمال", "name_en": "exit", "first": "2026-09-01", "last": "2026-09-30"}]
)


def edition(day: str, rows: list[dict[str, Any]], **changes: Any) -> Snapshot:
    """A state of the corpus: documents are those of the statements, or `docs` with `{id: checksum}`."""
    docs = changes.pop("docs", None) or {row["doc_id"]: row["doc_id"] for row in rows}
    raw = pd.DataFrame([{"doc_id": d, "sha256": sha, "path": f"{d}.txt"} for d, sha in docs.items()])
    state = Snapshot(
        day=day,
        raw_documents=raw,
        core_documents=documents(*(document(d, title=f"title {d}") for d in docs)),
        core_statements=statements(*rows),
        core_dates=changes.pop("core_dates", dates()),
        milestones=MILESTONES,
        corrections=pd.DataFrame(columns=["statement_id", "decision", "coder", "coded_at", "note"]),
        origins={"vocabulary": "1", "issue": "1", "program": "1"},
    )
    return replace(state, **changes)


def compare(old: Snapshot, new: Snapshot) -> Changes:
    return compare_editions(old, new, issue=ISSUE, vocabulary=VOCABULARY)


def test_nothing_changes_between_two_equal_editions() -> None:
    rows = [statement(1, "bloc", -1), statement(2, None, None)]
    changes = compare(edition("2025-01-06", rows), edition("2025-01-13", rows))
    assert changes.is_empty
    assert changes.moves == ()


def test_a_new_article_brings_documents_actors_statements_and_the_move_that_they_made() -> None:
    rows = [statement(1, "bloc", -2)]
    joined = [statement(1, "bloc", 0, doc_id="b"), statement(2, "deputy", 1, doc_id="b")]
    changes = compare(edition("2025-01-06", rows), edition("2025-01-13", [*rows, *joined]))
    assert [(d.doc_id, d.kind, d.title) for d in changes.documents] == [("b", "new", "title b")]
    assert [(a.actor_id, a.kind) for a in changes.actors] == [("deputy", "new")]
    assert changes.statements["new"]["documents"] == tuple(sorted(r["statement_id"] for r in joined))
    moves = {m.actor_id: m for m in changes.moves}
    assert (moves["bloc"].old, moves["bloc"].new) == (-2.0, -1.0)
    assert moves["bloc"].shifts == {"documents": pytest.approx(1.0)}
    assert moves["bloc"].statement_ids == {"documents": (joined[0]["statement_id"],)}
    assert (moves["deputy"].old, moves["deputy"].new, moves["deputy"].shift) == (None, 1.0, None)


def test_a_withdrawn_article_takes_its_statements_and_positions_with_it() -> None:
    gone = statement(1, "deputy", 1, doc_id="b")
    rows = [statement(1, "bloc", -2)]
    changes = compare(edition("2025-01-06", [*rows, gone]), edition("2025-01-13", rows))
    assert [(d.doc_id, d.kind) for d in changes.documents] == [("b", "withdrawn")]
    assert [(a.actor_id, a.kind) for a in changes.actors] == [("deputy", "gone")]
    (move,) = changes.moves
    assert (move.actor_id, move.old, move.new, move.main_cause) == ("deputy", 1.0, None, "documents")


def test_a_text_that_changed_is_revised_and_not_a_matter_of_the_rules() -> None:
    old = edition("2025-01-06", [statement(1, "bloc", -2)])
    new = edition("2025-01-13", [statement(1, "bloc", 2)], docs={"a": "another text"})
    changes = compare(old, new)
    assert [d.kind for d in changes.documents] == ["revised"]
    assert changes.moves[0].main_cause == "documents"


def test_what_moved_only_because_the_rules_changed_is_told_apart_from_what_the_articles_moved() -> None:
    ruled = [statement(1, "bloc", -2, coder="rules"), statement(2, "deputy", 1, coder="rules")]
    recoded = [statement(1, "bloc", -1, coder="rules"), statement(2, "deputy", 1, coder="rules")]
    joined = statement(1, "bloc", 2, doc_id="b", coder="rules")
    old = edition("2025-01-06", ruled)
    new = edition("2025-01-13", [*recoded, joined], origins={"vocabulary": "2", "issue": "1", "program": "1"})
    changes = compare(old, new)
    assert changes.origins == ("vocabulary",)
    assert changes.statements["recoded"] == {
        "documents": (),
        "codings": (),
        "rules": (ruled[0]["statement_id"],),
    }
    (move,) = changes.moves
    assert move.shifts == {"rules": pytest.approx(1.0), "documents": pytest.approx(1.5)}
    assert move.statement_ids == {"rules": (ruled[0]["statement_id"],), "documents": (joined["statement_id"],)}
    assert move.shift == pytest.approx(sum(s for s in move.shifts.values() if s))


def test_a_correction_is_told_apart_from_the_rules_and_a_rejected_statement_is_the_analysts_doing() -> None:
    ruled = [statement(1, "bloc", -2, coder="rules"), statement(2, "bloc", 2, coder="rules")]
    corrected = [statement(1, "bloc", 0, coder="analyst")]
    decisions = pd.DataFrame(
        [
            {"statement_id": row["statement_id"], "decision": decision, "coder": "rania", "coded_at": "t", "note": ""}
            for row, decision in zip(ruled, ("change", "reject"), strict=True)
        ]
    )
    changes = compare(edition("2025-01-06", ruled), edition("2025-01-13", corrected, corrections=decisions))
    assert changes.statements["recoded"]["codings"] == (ruled[0]["statement_id"],)
    assert changes.statements["gone"]["codings"] == (ruled[1]["statement_id"],)
    assert not any(changes.statements[fate]["rules"] for fate in changes.statements)
    assert [(c.statement_id, c.decision, c.coder) for c in changes.corrections] == [
        (ruled[0]["statement_id"], "change", "rania"),
        (ruled[1]["statement_id"], "reject", "rania"),
    ]
    assert [move.main_cause for move in changes.moves] in ([], ["codings"])


def test_an_article_that_got_a_reference_coding_is_no_change_of_rules() -> None:
    ruled = [statement(1, "bloc", -2, coder="rules")]
    reviewed = [statement(3, "bloc", 1, coder="reference")]
    changes = compare(edition("2025-01-06", ruled), edition("2025-01-13", reviewed))
    assert changes.statements["gone"]["codings"] == (ruled[0]["statement_id"],)
    assert changes.statements["new"]["codings"] == (reviewed[0]["statement_id"],)
    assert changes.moves[0].main_cause == "codings"


def test_a_speaker_who_was_registered_is_told_as_that_alone() -> None:
    unlisted = [statement(n, None, -2, speaker_name="نائب", camp=None, coder="rules") for n in (1, 2)]
    registered = [statement(n, "deputy", -2, coder="rules") for n in (1, 2)]
    joined = statement(1, "deputy", 0, doc_id="b", coder="rules")
    new = edition("2025-01-13", [*registered, joined], origins={"vocabulary": "2", "issue": "1", "program": "1"})
    changes = compare(edition("2025-01-06", unlisted), new)

    assert [(a.actor_id, a.kind) for a in changes.actors] == [("deputy", "registered")]
    assert not any(changes.statements["recoded"].values())
    (move,) = changes.moves
    assert (move.actor_id, move.old, move.new, move.main_cause) == ("deputy", -2.0, -1.0, "documents")


def test_an_unlisted_name_that_joins_a_known_actor_moves_it_by_the_rules() -> None:
    old = [
        statement(1, "bloc", -2, coder="rules"),
        statement(2, None, 2, speaker_name="نائب", camp=None, coder="rules"),
    ]
    new = [statement(1, "bloc", -2, coder="rules"), statement(2, "bloc", 2, coder="rules")]
    changes = compare(edition("2025-01-06", old), edition("2025-01-13", new))

    assert [(a.actor_id, a.kind) for a in changes.actors] == [("نائب", "gone")]
    moves = {move.actor_id: move for move in changes.moves}
    assert (moves["bloc"].old, moves["bloc"].new, moves["bloc"].main_cause) == (-2.0, 0.0, "rules")


def test_a_move_too_small_to_be_seen_is_not_told() -> None:
    rows = [statement(n, "bloc", -1, doc_id=f"d{n}") for n in range(30)]
    joined = statement(99, "bloc", 0, doc_id="z")
    changes = compare(edition("2025-01-06", rows), edition("2025-01-13", [*rows, joined]))
    assert changes.moves == ()
    assert not changes.is_empty


def test_a_milestone_comes_when_its_last_day_passes_and_moves_when_the_issue_file_says_so() -> None:
    rows = [statement(1, "bloc", -1)]
    before, after = edition("2026-09-28", rows), edition("2026-10-05", rows)
    assert [(m.milestone_id, m.kind) for m in compare(before, after).milestones] == [("exit", "came")]
    assert compare(after, edition("2026-10-12", rows)).milestones == ()
    later = MILESTONES.assign(first="2027-09-01", last="2027-09-30")
    (moved,) = compare(before, edition("2026-10-05", rows, milestones=later)).milestones
    assert (moved.kind, moved.old, moved.new) == ("moved", ("2026-09-01", "2026-09-30"), ("2027-09-01", "2027-09-30"))


def test_new_statements_on_a_milestone_are_told_with_their_ids() -> None:
    rows = [statement(1, "bloc", -1)]
    joined = statement(1, "deputy", 1, doc_id="b")
    expected = dates(dated("b", 110, "2026-09-01", "2026-09-30", None))
    new = edition("2025-01-13", [*rows, joined], core_dates=expected)
    (told,) = compare(edition("2025-01-06", rows), new).milestones
    assert (told.milestone_id, told.kind, told.statement_ids) == ("exit", "contradicts", (joined["statement_id"],))


def test_the_result_is_plain_json() -> None:
    old = edition("2025-01-06", [statement(1, "bloc", -2)])
    new = edition("2025-01-13", [statement(1, "bloc", 2)])
    written = json.loads(json.dumps(compare(old, new).as_dict()))
    assert written["moves"][0]["actor_id"] == "bloc"
