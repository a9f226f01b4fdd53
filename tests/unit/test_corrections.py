from __future__ import annotations

import hashlib
import multiprocessing
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pandas as pd
import pytest

from mawaqif.coding import apply_codings, load_codings
from mawaqif.corrections import Decision, DecisionFile, added, find_disagreements
from mawaqif.errors import CodingError
from mawaqif.records import make_statement_id
from mawaqif.schemas import TABLES, validate
from mawaqif.vocabulary import Vocabulary, load_vocabulary

TEXT = "قال بايدن إن القوات ستغادر. وقال ترامب إنها ستبقى."
SHA = hashlib.sha256(TEXT.encode()).hexdigest()
FIRST = make_statement_id(SHA, 13, 26)
NOON = datetime(2025, 1, 6, 12, tzinfo=UTC)


@pytest.fixture(scope="module")
def vocabulary() -> Vocabulary:
    return load_vocabulary(Path(__file__).parents[2] / "data" / "vocabulary")


def change(stance: int | None = -1, **values: object) -> Decision:
    base = {"speaker_id": "biden", "issue": "us_presence", "modality": "position", "stance": stance}
    return Decision(FIRST, "change", **{**base, **values})  # type: ignore[arg-type]


def apply(folder: Path, vocabulary: Vocabulary, *, text: str = TEXT) -> tuple[pd.DataFrame, tuple[str, ...]]:
    """Apply what a folder holds to one article with one statement by rules, at 13-26."""
    sha = hashlib.sha256(text.encode()).hexdigest()
    row = {
        "statement_id": make_statement_id(sha, 13, 26), "doc_id": "a", "start": 13, "end": 26, "quote": text[13:26],
        "kind": "indirect", "is_registered": False, "issue": "us_presence", "stance": 1, "modality": "fact",
        "confidence": 0.5, "coder": "rules",
    }  # fmt: skip

    def table(name: str, *rows: dict) -> pd.DataFrame:  # type: ignore[type-arg]
        return validate(name, pd.DataFrame(rows, columns=list(TABLES[name].to_schema().columns)))

    document = {"doc_id": "a", "published_basis": "unknown", "n_characters": 9, "n_boilerplate": 0, "n_sentences": 2}
    raw = {"doc_id": "a", "path": "a.txt", "sha256": sha, "encoding": "utf-8", "media_type": "text", "text": text}
    statements, _, _, use = apply_codings(
        table("core_statements", row), table("core_dates"), table("core_documents", document),
        raw=table("raw_documents", raw), codings=load_codings(folder, vocabulary), vocabulary=vocabulary,
    )  # fmt: skip
    return validate("core_statements", statements), use.orphans


def test_a_decision_is_on_disk_at_once_and_wins_over_the_rules(tmp_path: Path, vocabulary: Vocabulary) -> None:
    DecisionFile(tmp_path, "rania").record(change(-1, note='قرأته مرتين، "نعم"\nسطر ثان'))
    statements, orphans = apply(tmp_path, vocabulary)
    assert statements[["stance", "coder", "speaker_id"]].values.tolist() == [[-1, "analyst", "biden"]]
    assert orphans == ()


def test_the_last_decision_of_a_coder_counts_and_can_be_withdrawn(tmp_path: Path, vocabulary: Vocabulary) -> None:
    file = DecisionFile(tmp_path, "rania")
    file.record(change(-1), coded_at=NOON)
    file.record(change(-2), coded_at=NOON + timedelta(minutes=1))
    assert apply(tmp_path, vocabulary)[0]["stance"].tolist() == [-2]
    file.record(Decision(FIRST, "withdraw"), coded_at=NOON + timedelta(minutes=2))
    assert apply(tmp_path, vocabulary)[0][["stance", "coder"]].values.tolist() == [[1, "rules"]]


def test_of_two_coders_the_later_counts_and_what_was_settled_wins_over_both(
    tmp_path: Path, vocabulary: Vocabulary
) -> None:
    DecisionFile(tmp_path, "zayd").record(change(-1), coded_at=NOON)
    DecisionFile(tmp_path, "rania").record(change(-2), coded_at=NOON + timedelta(hours=1))
    assert apply(tmp_path, vocabulary)[0]["stance"].tolist() == [-2]
    apart = find_disagreements(load_codings(tmp_path, vocabulary).corrections)
    assert apart[["coder", "stance"]].values.tolist() == [["rania", -2], ["zayd", -1]]
    settled = {"statement_id": FIRST, "decision": "change", "speaker_id": "biden", "issue": "us_presence", "stance": 0}
    settled |= {"modality": "position", "coder": "both", "coded_at": "2025-01-01T00:00:00+00:00", "note": ""}
    pd.DataFrame([settled]).to_csv(tmp_path / "corrections.csv", index=False)
    assert apply(tmp_path, vocabulary)[0]["stance"].tolist() == [0]
    assert find_disagreements(load_codings(tmp_path, vocabulary).corrections).empty


def test_coders_who_agree_are_no_disagreement(tmp_path: Path, vocabulary: Vocabulary) -> None:
    for coder in ("zayd", "rania"):
        DecisionFile(tmp_path, coder).record(change(-1))
    assert find_disagreements(load_codings(tmp_path, vocabulary).corrections).empty


def test_a_statement_that_the_rules_missed_is_added_with_its_words(tmp_path: Path, vocabulary: Vocabulary) -> None:
    missed = added(SHA, "a", 40, 50, speaker_name="متحدث آخر", issue="us_presence", stance=2, modality="forecast")
    DecisionFile(tmp_path, "rania").record(missed)
    statements, _ = apply(tmp_path, vocabulary)
    row = statements[statements["statement_id"] == missed.statement_id].iloc[0]
    assert (row["quote"], row["speaker_name"], row["stance"], row["coder"]) == (TEXT[40:50], "متحدث آخر", 2, "analyst")
    assert not row["is_registered"]


def test_an_added_statement_of_a_text_that_changed_is_reported_and_not_shown(
    tmp_path: Path, vocabulary: Vocabulary
) -> None:
    missed = added(SHA, "a", 40, 50, issue="us_presence", stance=2, modality="forecast")
    DecisionFile(tmp_path, "rania").record(missed, change())
    statements, orphans = apply(tmp_path, vocabulary, text=TEXT + " وأضاف شيئاً.")
    assert len(statements) == 1
    assert sorted(o.split(" ")[0] for o in orphans) == sorted([missed.statement_id, FIRST])


def test_a_row_cut_off_by_a_crash_is_passed_over_and_taken_away_by_the_next(
    tmp_path: Path, vocabulary: Vocabulary
) -> None:
    file = DecisionFile(tmp_path, "rania")
    file.record(change(-1, note="عبارة، فيها فاصلة"))
    whole = file.path.read_bytes()
    file.record(change(0, note='سطر\r\nوسطر "آخر"'))
    row = file.path.read_bytes()[len(whole) :]
    for cut in range(0, len(row), 5):
        file.path.write_bytes(whole + row[:cut])
        assert load_codings(tmp_path, vocabulary).corrections["stance"].tolist() == [-1]
    file.record(change(-2))
    rows = load_codings(tmp_path, vocabulary).corrections
    assert rows["stance"].tolist() == [-1, -2]


def test_a_quotation_mark_left_open_by_hand_is_refused_and_the_rows_after_it_are_not_lost(
    tmp_path: Path, vocabulary: Vocabulary
) -> None:
    file = DecisionFile(tmp_path, "rania")
    file.record(change(-1, note="first"), change(-2, note="second"))
    slip = file.path.read_bytes().replace(b"first", b'"first')
    file.path.write_bytes(slip)
    with pytest.raises(CodingError, match=r"rania\.csv: a quotation mark"):
        load_codings(tmp_path, vocabulary)
    with pytest.raises(CodingError, match=r"rania\.csv: a quotation mark"):
        file.record(change(0))
    assert file.path.read_bytes() == slip


def _record_many(folder: str, coder: str, n: int) -> None:
    file = DecisionFile(Path(folder), coder)
    for i in range(n):
        file.record(change(-1, note=f"{coder} {i}"))


def test_two_processes_of_one_coder_and_another_coder_lose_no_row(tmp_path: Path, vocabulary: Vocabulary) -> None:
    context = multiprocessing.get_context("spawn")
    processes = [
        context.Process(target=_record_many, args=(str(tmp_path), coder, 25)) for coder in ("rania", "rania", "zayd")
    ]
    for process in processes:
        process.start()
    for process in processes:
        process.join()
    rows = load_codings(tmp_path, vocabulary).corrections
    assert rows["coder"].value_counts().to_dict() == {"rania": 50, "zayd": 25}


@pytest.mark.parametrize("coder", ["", "../x", "a b", "راني", "x" * 60])
def test_a_name_that_is_no_file_name_is_refused(tmp_path: Path, coder: str) -> None:
    with pytest.raises(CodingError, match="cannot name a file"):
        DecisionFile(tmp_path, coder)


def test_a_file_with_other_columns_is_never_written_to(tmp_path: Path) -> None:
    file = DecisionFile(tmp_path, "rania")
    file.path.parent.mkdir()
    file.path.write_text("a,b\r\n1,2\r\n", encoding="utf-8")
    with pytest.raises(CodingError, match="other columns"):
        file.record(change())
    assert file.path.read_text(encoding="utf-8").replace("\r", "") == "a,b\n1,2\n"


def test_an_unknown_code_names_the_coders_file_and_the_row(tmp_path: Path, vocabulary: Vocabulary) -> None:
    DecisionFile(tmp_path, "rania").record(change(modality="mood"))
    with pytest.raises(CodingError, match=r"analysts/rania\.csv, row 2"):
        load_codings(tmp_path, vocabulary)
