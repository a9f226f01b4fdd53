from __future__ import annotations

import random
from pathlib import Path

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from mawaqif.coding import load_codings
from mawaqif.corrections import Decision, DecisionFile, added
from mawaqif.double_coding import (
    Round,
    draw_sample,
    find_window,
    measure_round,
    read_round,
    settle_like,
    share_out,
    start_round,
)
from mawaqif.errors import CodingError
from mawaqif.records import Span
from mawaqif.settings import Parameters
from mawaqif.tables import Tables, load_tables


@pytest.fixture(scope="module")
def tables() -> Tables:
    return load_tables(Parameters())


@pytest.fixture
def drawn(tables: Tables, tmp_path: Path) -> Round:
    return start_round(tmp_path, "first", draw_sample(tables, 30, seed=3), issue="us_presence", seed=3)


def code(
    drawn: Round, tables: Tables, coder: str, *, flip: float = 0.0, seed: int = 1, ids: list[str] | None = None
) -> None:
    """Code a round as predicted, but for a share of steps and modalities drawn at random."""
    chance = random.Random(seed)
    predicted = tables.core_statements.set_index("statement_id")
    decisions = []
    for statement_id in ids or list(drawn.sample["statement_id"]):
        row = predicted.loc[statement_id]
        stance, modality = row["stance"], row["modality"]
        if chance.random() < flip:
            modality = chance.choice(["position", "demand", "fact"])
            stance = stance if pd.isna(stance) else chance.randint(-2, 2)
        decisions.append(
            Decision(
                statement_id, "change", speaker_id=row["speaker_id"] if isinstance(row["speaker_id"], str) else "",
                issue=row["issue"], stance=None if pd.isna(stance) else int(stance), modality=modality,
            )
        )  # fmt: skip
    DecisionFile(drawn.folder, coder).record(*decisions)


def alpha(drawn: Round, tables: Tables, name: str) -> float | None:
    return next(a.alpha for a in measure_round(drawn, tables).agreements if a.property == name)


def test_a_sample_is_the_same_for_a_seed_and_another_for_another(tables: Tables) -> None:
    one, again, other = (draw_sample(tables, 20, seed=seed) for seed in (3, 3, 4))
    pd.testing.assert_frame_equal(one, again)
    assert set(one["statement_id"]) != set(other["statement_id"])


def test_every_stratum_is_drawn_from_where_there_is_room(tables: Tables) -> None:
    everything = draw_sample(tables, 10**6, seed=1)
    assert everything["statement_id"].is_unique
    strata = everything[["camp", "predicted"]].drop_duplicates()
    drawn = draw_sample(tables, len(strata) + 5, seed=1)
    assert len(drawn) == len(strata) + 5
    assert len(drawn[["camp", "predicted"]].drop_duplicates()) == len(strata)


@given(st.lists(st.integers(1, 60), min_size=1, max_size=12), st.data())
def test_shares_add_up_and_none_is_larger_than_its_stratum(sizes: list[int], data: st.DataObject) -> None:
    n = data.draw(st.integers(1, sum(sizes)))
    shares = share_out(sizes, n)
    assert sum(shares) == n
    assert all(0 <= share <= size for share, size in zip(shares, sizes, strict=True))
    assert n < len(sizes) or min(shares) >= 1


def test_a_round_says_nothing_of_what_was_predicted(drawn: Round) -> None:
    header, *rows = (drawn.folder / "sample.csv").read_text(encoding="utf-8").splitlines()
    assert header == "statement_id,doc_id,sha256,start,end"
    assert len(rows) == 30


def test_a_round_is_never_drawn_over_and_its_name_is_a_folders(tables: Tables, drawn: Round) -> None:
    coding = drawn.folder.parent.parent
    with pytest.raises(CodingError, match="has begun"):
        start_round(coding, "first", draw_sample(tables, 5, seed=9), issue="us_presence", seed=9)
    for name in ("../first", "", "a b"):
        with pytest.raises(CodingError, match="cannot name"):
            read_round(coding, name)
    with pytest.raises(CodingError, match="there are: first"):
        read_round(coding, "second")


def test_coders_who_code_alike_agree_fully(drawn: Round, tables: Tables) -> None:
    for coder in ("rania", "zayd"):
        code(drawn, tables, coder)
    result = measure_round(drawn, tables)
    assert {a.property: a.alpha for a in result.agreements if a.alpha is not None and a.alpha < 1} == {}
    assert (result.n_sampled, result.n_common, len(result.disagreements)) == (30, 30, 0)
    assert len(result.agreed) == 30


def test_coders_who_differ_agree_less_and_what_they_differ_on_is_listed(drawn: Round, tables: Tables) -> None:
    code(drawn, tables, "rania")
    code(drawn, tables, "zayd", flip=0.6)
    result = measure_round(drawn, tables)
    by_name = {a.property: a for a in result.agreements}
    assert by_name["speaker"].alpha == 1
    stance = by_name["stance"]
    assert None not in (stance.low, stance.alpha, stance.high)
    assert stance.low <= stance.alpha < 1  # type: ignore[operator]
    assert result.disagreements["statement_id"].nunique() == 30 - len(result.agreed) > 0
    assert set(result.disagreements["coder"]) == {"rania", "zayd"}


def test_only_statements_that_all_have_coded_are_compared(drawn: Round, tables: Tables) -> None:
    code(drawn, tables, "rania")
    code(drawn, tables, "zayd", ids=list(drawn.sample["statement_id"][:12]))
    assert measure_round(drawn, tables).n_common == 12


def test_a_rejection_is_a_disagreement_on_the_statement_and_its_span(drawn: Round, tables: Tables) -> None:
    for coder in ("rania", "zayd"):
        code(drawn, tables, coder)
    DecisionFile(drawn.folder, "zayd").record(Decision(drawn.sample["statement_id"][0], "reject"))
    result = measure_round(drawn, tables)
    assert result.disagreements["decision"].tolist() == ["change", "reject"]
    span = next(a for a in result.agreements if a.property == "span")
    assert span.alpha is not None
    assert 0.5 < span.alpha < 1


def test_a_statement_that_one_coder_added_is_for_the_others_to_decide(drawn: Round, tables: Tables) -> None:
    for coder in ("rania", "zayd"):
        code(drawn, tables, coder)
    row = drawn.sample.iloc[0]
    new = added(row["sha256"], row["doc_id"], int(row["end"]) + 2, int(row["end"]) + 20, issue="other", modality="fact")
    DecisionFile(drawn.folder, "zayd").record(new)
    result = measure_round(drawn, tables)
    assert result.disagreements[["coder", "decision"]].values.tolist() == [["rania", "none"], ["zayd", "add"]]
    assert alpha(drawn, tables, "span") != 1


def test_one_coder_is_not_enough(drawn: Round, tables: Tables) -> None:
    code(drawn, tables, "rania")
    with pytest.raises(CodingError, match="only rania has coded"):
        measure_round(drawn, tables)


def test_what_is_settled_counts_and_is_no_open_disagreement(drawn: Round, tables: Tables) -> None:
    code(drawn, tables, "rania")
    code(drawn, tables, "zayd", flip=0.6)
    result = measure_round(drawn, tables)
    chosen = list(result.disagreements["statement_id"].unique()[:2])
    assert settle_like(drawn, tables, chosen, like="zayd", by="consensus") == 2
    coding = drawn.folder.parent.parent
    codings = load_codings(coding, tables.vocabulary)
    settled = codings.corrections
    assert settled["is_settled"].all()  # decisions of a round do not count by themselves
    assert settled["statement_id"].tolist() == chosen
    wanted = result.disagreements.query("coder == 'zayd'").set_index("statement_id").loc[chosen]
    assert settled["stance"].tolist() == wanted["stance"].tolist()
    assert settled["note"].str.contains("round first").all()


def test_settling_an_added_statement_like_who_did_not_add_it_leaves_it_out(drawn: Round, tables: Tables) -> None:
    for coder in ("rania", "zayd"):
        code(drawn, tables, coder)
    row = drawn.sample.iloc[0]
    new = added(row["sha256"], row["doc_id"], int(row["end"]) + 2, int(row["end"]) + 20, issue="other", modality="fact")
    DecisionFile(drawn.folder, "zayd").record(new)
    settle_like(drawn, tables, [new.statement_id], like="rania", by="consensus")
    assert load_codings(drawn.folder.parent.parent, tables.vocabulary).corrections["decision"].tolist() == ["withdraw"]


def test_a_window_is_the_paragraph_or_what_is_near() -> None:
    text = "أول\n" + "ب" * 2000 + "\nآخر"
    assert find_window(text, Span(0, 2)) == Span(0, 3)
    assert find_window(text, Span(1000, 1010), around=100) == Span(900, 1110)
