"""The learned coder in the whole program: trained on the reference codings, and in a report where it is used."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest

from mawaqif.learned import Cases, write_training
from mawaqif.paths import Paths
from mawaqif.settings import Parameters
from mawaqif.sheets import list_codings
from mawaqif.tables import digest_rules, load_tables
from mawaqif.vocabulary import load_vocabulary

ARTICLE = (
    "قال وزير الخارجية العراقي إن القوات الأمريكية يجب أن تغادر العراق فوراً.\n"
    "وأكد النائب علي حسن أن أسعار الخبز ارتفعت في الأسواق.\n"
)


@pytest.fixture
def paths(tmp_path: Path) -> Paths:
    home = tmp_path / "home"
    shutil.copytree(Path(__file__).parents[2] / "data" / "vocabulary", home / "data" / "vocabulary")
    (home / "data" / "raw").mkdir()
    (home / "data" / "raw" / "one.txt").write_text(ARTICLE, encoding="utf-8")
    return Paths(home)


def train_on_inventions(paths: Paths, *, rules_right: int) -> None:
    """Train on 60 invented codings, of which the rules have none or all right."""
    texts = ("يجب أن تغادر القوات", "ارتفعت أسعار الخبز")
    codes = ("-2", "other")
    rows = [
        (f"d{d}", f"{texts[i % 2]} في يوم {d}", codes[i % 2], codes[i % 2] if rules_right else "1", "analyst")
        for d in range(6)
        for i in range(10)
    ]
    key = digest_rules(load_vocabulary(paths.vocabulary))
    write_training(Cases(*zip(*rows, strict=True)), paths.model, issue_id="us_presence", key=key)


def test_a_model_that_is_used_codes_what_the_rules_found_and_the_report_counts_it(paths: Paths) -> None:
    before = load_tables(Parameters(), paths=paths)
    assert set(before.core_statements["coder"]) == {"rules"}
    train_on_inventions(paths, rules_right=0)
    after = load_tables(Parameters(), paths=paths)
    assert set(after.core_statements["coder"]) == {"model"}
    assert set(after.rule_statements["coder"]) == {"rules"}
    assert after.core_statements["statement_id"].tolist() == before.core_statements["statement_id"].tolist()
    codings = str(list_codings(after))
    assert "learned coder, used" in codings
    assert "learned coder, not used" in str(list_codings(before))


def test_a_model_that_is_not_better_changes_nothing(paths: Paths) -> None:
    before = load_tables(Parameters(), paths=paths)
    train_on_inventions(paths, rules_right=1)
    after = load_tables(Parameters(), paths=paths)
    assert after.core_statements.equals(before.core_statements)


def test_the_command_trains_on_the_reference_and_says_plainly_who_codes(mawaqif, project) -> None:  # type: ignore[no-untyped-def]
    done = mawaqif("train")
    assert done.returncode == 0, done.stderr
    metrics = json.loads((project / "build" / "model" / "metrics.json").read_text(encoding="utf-8"))
    assert ("The model codes from now on." in done.stdout) == metrics["is_used"]
    assert ("The rules code." in done.stdout) != metrics["is_used"]
    assert metrics["documents"] == metrics["folds"] == 5
    assert metrics["only_model"] + metrics["only_rules"] <= metrics["cases"]
    assert f"accuracy {metrics['rules']['accuracy']:.2f}" in done.stdout
    card = (project / "build" / "model" / "model_card.md").read_text(encoding="utf-8")
    assert f"| model | {metrics['model']['accuracy']:.2f} |" in card


def test_without_a_reviewed_statement_there_is_nothing_to_train_on(mawaqif, project) -> None:  # type: ignore[no-untyped-def]
    shutil.rmtree(project / "data" / "coding")
    done = mawaqif("train")
    assert done.returncode == 2
    assert "no statement of this issue is reviewed" in done.stderr
