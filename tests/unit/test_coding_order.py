from __future__ import annotations

import shutil
from pathlib import Path

import pandas as pd
import pytest

from mawaqif.coding_order import measure_influence, rank_statements
from mawaqif.corrections import Decision, DecisionFile
from mawaqif.paths import Paths
from mawaqif.settings import Parameters
from mawaqif.tables import Tables, load_tables
from mawaqif.vocabulary import load_vocabulary

HOME = Path(__file__).parents[2]
ISSUE = load_vocabulary(HOME / "data" / "vocabulary").issue("us_presence")


def influence(*rows: tuple[str, str, int | None, str]) -> list[float]:
    """Measure the influence of statements given as actor, article, step and modality."""
    table = pd.DataFrame(rows, columns=["actor_id", "doc_id", "stance", "modality"])
    return measure_influence(table.assign(issue="us_presence").astype({"stance": "Int64"}), ISSUE).tolist()


def test_the_only_position_of_an_actor_moves_its_mean_by_a_whole_step() -> None:
    assert influence(("a", "one", -1, "position"), ("b", "one", 2, "demand")) == [1.0, 1.0]


def test_a_position_among_others_of_its_article_moves_less() -> None:
    rows = [("a", "one", -1, "position"), ("a", "one", 0, "position"), ("a", "two", 1, "position")]
    assert influence(*rows) == [0.25, 0.25, 0.5]


def test_the_influence_is_what_a_step_really_changes() -> None:
    rows = [("a", "one", -1), ("a", "one", 0), ("a", "one", 2), ("a", "two", 1), ("a", "three", 2)]
    given = influence(*[(*row, "position") for row in rows])
    table = pd.DataFrame(rows, columns=["actor", "doc", "stance"])
    mean = table.groupby("doc")["stance"].mean().mean()
    for i, measured in enumerate(given):
        table.loc[i, "stance"] += -1 if table.loc[i, "stance"] == 2 else 1
        assert abs(table.groupby("doc")["stance"].mean().mean() - mean) == pytest.approx(measured)
        table["stance"] = [row[2] for row in rows]


def test_where_no_step_was_given_the_farther_end_of_the_scale_counts() -> None:
    assert influence(("a", "one", None, "fact")) == [2.0]
    rows = [("a", "one", 1, "position"), ("a", "one", None, "fact"), ("a", "two", None, "fact")]
    # In its own article -2 makes 1 into -0.5; in another it stands beside it: (1 - 2) / 2.
    assert influence(*rows) == [1.0, 1.5, 1.5]


def test_what_has_no_speaker_moves_nobody() -> None:
    assert influence(("unattributed", "one", 2, "position")) == [0.0]


@pytest.fixture(scope="module")
def by_rules(tmp_path_factory: pytest.TempPathFactory) -> tuple[Paths, Tables]:
    """The project's articles with no coding at all."""
    home = tmp_path_factory.mktemp("uncoded")
    for name in ("raw", "vocabulary"):
        shutil.copytree(HOME / "data" / name, home / "data" / name)
    return Paths(home), load_tables(Parameters(), paths=Paths(home))


def test_statements_are_ranked_by_influence_and_doubt(by_rules: tuple[Paths, Tables]) -> None:
    ranking = rank_statements(by_rules[1])
    assert len(ranking) == len(by_rules[1].core_statements) > 50
    assert ranking["priority"].is_monotonic_decreasing
    assert ranking["priority"].tolist() == pytest.approx((ranking["influence"] * (1 - ranking["confidence"])).tolist())
    assert {"unsure", "moves a mean"} <= set(ranking["reason"])
    assert ranking.loc[ranking["reason"] == "abstains", "stance"].isna().all()
    pd.testing.assert_frame_equal(rank_statements(by_rules[1], 5), ranking.head(5))


def test_what_an_analyst_decided_is_not_asked_again(by_rules: tuple[Paths, Tables]) -> None:
    paths, tables = by_rules
    first = rank_statements(tables)["statement_id"][0]
    DecisionFile(paths.coding, "rania").record(Decision(first, "accept"))
    left = rank_statements(load_tables(Parameters(), paths=paths))["statement_id"]
    assert first not in set(left)
    assert len(left) == len(tables.core_statements) - 1
