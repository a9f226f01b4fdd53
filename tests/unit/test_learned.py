"""The learned coder on invented codings: it is put to use where it is surely better than the rules, and only there."""

from __future__ import annotations

import json
from pathlib import Path

import pandas as pd
import pytest

from mawaqif.errors import CodingError
from mawaqif.learned import (
    CARD,
    METRICS,
    MODEL,
    NO_POSITION,
    OTHER,
    Cases,
    Metrics,
    Model,
    apply_model,
    collect_cases,
    compare,
    mcnemar,
    predict_held_out,
    write_training,
)
from mawaqif.schemas import TABLES, validate

ISSUE = "us_presence"
SAID = {
    "-2": ("يجب أن تغادر القوات فوراً", "نطالب بإخراج القوات اليوم", "لا بد من مغادرة القوات حالاً"),
    "0": ("نناقش جدول القوات في لجنة", "اللجنة تبحث ملف القوات", "الملف قيد البحث في لجنة مشتركة"),
    "2": ("بقاء القوات ضرورة دائمة", "وجود القوات ضروري لأمننا", "من الضروري دوام بقاء القوات"),
    OTHER: ("ارتفعت أسعار الخبز في الأسواق", "تأجلت مباراة الكرة أسبوعاً", "الأمطار تعطل المدارس"),
    NO_POSITION: ("زار الوفد القاعدة صباحاً", "وصل وفد إلى القاعدة أمس", "الوفد غادر القاعدة مساء"),
}


def make_cases(*, rules_right: int, documents: int = 10) -> Cases:
    """Return cases that can be learned; of every ten, the rules have `rules_right` right."""
    rows = []
    for d in range(documents):
        for i, (code, texts) in enumerate(SAID.items()):
            number = d * len(SAID) + i
            is_right = number % 10 < rules_right
            wrong = "1" if code != "1" else "0"
            rows.append((f"d{d:02}", f"{texts[d % 3]} في يوم {d}", code, code if is_right else wrong, "reference"))
    return Cases(*zip(*rows, strict=True))


def statements(*rows: dict[str, object]) -> pd.DataFrame:
    base = {"kind": "indirect", "is_registered": False, "modality": "position", "confidence": 0.5, "coder": "rules"}
    columns = list(TABLES["core_statements"].to_schema().columns)
    return validate("core_statements", pd.DataFrame([{**base, **row} for row in rows], columns=columns))


@pytest.fixture(scope="module")
def better(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Metrics]:
    """A training in which the rules have four of ten right."""
    folder = tmp_path_factory.mktemp("better")
    return folder, write_training(make_cases(rules_right=4), folder, issue_id=ISSUE, key="k")


@pytest.fixture(scope="module")
def worse(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Metrics]:
    """A training in which the rules have all right."""
    folder = tmp_path_factory.mktemp("worse")
    cases = make_cases(rules_right=10)
    odd = Cases(cases.doc_ids, cases.features, ("1", *cases.expected[1:]), ("1", *cases.ruled[1:]), cases.coders)
    return folder, write_training(odd, folder, issue_id=ISSUE, key="k")


def test_a_model_that_is_surely_better_than_the_rules_is_used(better: tuple[Path, Metrics]) -> None:
    folder, metrics = better
    assert metrics.is_used
    assert metrics.model.accuracy > metrics.rules.accuracy == pytest.approx(0.4)
    assert metrics.difference[1] > 0
    assert metrics.p_value < 0.05
    assert metrics.folds == metrics.documents == 10
    assert json.loads((folder / METRICS).read_text(encoding="utf-8"))["is_used"] is True
    assert "**It is used.**" in (folder / CARD).read_text(encoding="utf-8")


def test_a_model_that_does_not_beat_the_rules_is_kept_but_not_used_and_the_card_says_so(
    worse: tuple[Path, Metrics],
) -> None:
    folder, metrics = worse
    assert not metrics.is_used
    assert metrics.rules.accuracy == 1
    assert "the model is surely better" not in metrics.reason
    card = (folder / CARD).read_text(encoding="utf-8")
    assert "**It is not used: the rules code.**" in card
    assert "| rules | 1.00 | 1.00 to 1.00 |" in card
    assert f"| model | {metrics.model.accuracy:.2f} |" in card
    table = statements(row_of(1, "نطالب بإخراج القوات اليوم"))
    assert (folder / MODEL).exists()
    assert apply_model(table, {"a": TEXT}, folder, issue_id=ISSUE, key="k").equals(table)


def test_a_model_that_learned_nothing_is_said_to_be_worse_than_the_rules() -> None:
    cases = make_cases(rules_right=10)
    mute = Cases(cases.doc_ids, ("كلام",) * len(cases), cases.expected, cases.ruled, cases.coders)
    metrics = compare(mute, issue_id=ISSUE, key="k")
    assert not metrics.is_used
    assert metrics.difference[2] < 0
    assert "the model is worse than the rules" in metrics.reason
    assert "McNemar's p < 0.001" in metrics.reason


def test_too_few_codings_are_said_to_be_too_few_and_leave_no_model(tmp_path: Path) -> None:
    (tmp_path / MODEL).write_bytes(b"of an earlier training")
    few = write_training(make_cases(rules_right=0, documents=4), tmp_path, issue_id=ISSUE, key="k")
    assert (few.is_used, few.model, few.folds) == (False, None, 0)
    assert "20 reviewed statements in 4 documents" in few.reason
    assert not (tmp_path / MODEL).exists()
    with pytest.raises(CodingError, match="no statement of this issue is reviewed"):
        write_training(Cases((), (), (), (), ()), tmp_path, issue_id=ISSUE, key="k")


def test_no_statement_is_predicted_by_a_model_that_saw_its_document() -> None:
    cases = make_cases(rules_right=5, documents=6)
    alone = Cases(
        (*cases.doc_ids, "z"), (*cases.features, "كلام لم يقله غيره قط"), (*cases.expected, "-1"),
        (*cases.ruled, "-1"), (*cases.coders, "reference"),
    )  # fmt: skip
    predicted, folds = predict_held_out(alone)
    assert folds == 7
    assert predicted[-1] != "-1"
    assert predict_held_out(make_cases(rules_right=5, documents=21))[1] == 10


def test_the_ordinal_part_stays_between_the_steps_it_is_torn_between() -> None:
    cases = make_cases(rules_right=5)
    model = Model().fit(cases.features, cases.expected)
    told = dict(zip(SAID, model.predict([texts[0] for texts in SAID.values()]), strict=True))
    assert {code: given for code, (given, _) in told.items()} == {code: code for code in SAID}
    assert all(0 < chance <= 1 for _, chance in told.values())


def test_a_model_of_one_code_alone_predicts_it() -> None:
    model = Model().fit(["كلام أول", "كلام ثان"], [OTHER, OTHER])
    assert model.predict(["كلام آخر"]) == [(OTHER, 1.0)]
    assert Model().fit(["كلام أول", "كلام ثان"], ["2", "2"]).predict(["آخر"])[0][0] == "2"


@pytest.mark.parametrize(("first", "second", "p"), [(0, 0, 1.0), (5, 5, 1.0), (10, 0, 2 / 1024), (8, 2, 112 / 1024)])
def test_mcnemar_is_the_exact_binomial_test(first: int, second: int, p: float) -> None:
    assert mcnemar(first, second) == pytest.approx(p)


def test_the_same_codings_give_the_same_metrics(better: tuple[Path, Metrics]) -> None:
    assert compare(make_cases(rules_right=4), issue_id=ISSUE, key="k") == better[1]


# --- cases and use --------------------------------------------------------------------------------------------------

TEXT = "قال الوزير إن القوات ستغادر قريباً. وقال النائب إن بقاء القوات ضرورة."


def row_of(number: int, quote: str, **values: object) -> dict[str, object]:
    base = {"statement_id": f"s{number}", "doc_id": "a", "start": number, "end": number + len(quote), "quote": quote}
    return {**base, "issue": ISSUE, "stance": 1, **values}


def test_cases_pair_what_the_rules_found_with_what_was_reviewed_there() -> None:
    ruled = statements(
        row_of(14, TEXT[14:33], stance=-1, cue_start=0, cue_end=3, camp="iraqi_government"),
        row_of(36, TEXT[36:46], issue="other", stance=None),
    )
    coded = statements(
        row_of(15, TEXT[15:33], statement_id="r1", stance=-2, coder="reference"),
        row_of(50, TEXT[50:68], statement_id="r2", stance=2, coder="analyst"),
        row_of(36, TEXT[36:46], statement_id="r3", stance=0, coder="rules"),
    )
    cases, missed = collect_cases(ruled, coded, {"a": TEXT}, issue_id=ISSUE)
    assert (cases.expected, cases.ruled, cases.coders, missed) == (("-2",), ("-1",), ("reference",), 1)
    assert "قال" in cases.features[0]
    assert "iraqi_government" in cases.features[0]


def test_the_model_codes_what_the_rules_coded_and_leaves_the_reviewed_and_other_issues(
    better: tuple[Path, Metrics],
) -> None:
    table = statements(
        row_of(1, "نطالب بإخراج القوات اليوم", stance=1),
        row_of(2, "ارتفعت أسعار الخبز في الأسواق", stance=1),
        row_of(3, "نطالب بإخراج القوات اليوم", stance=1, coder="reference"),
        row_of(4, "نطالب بإخراج القوات اليوم", stance=1, issue="pmf_law"),
    )
    coded = validate("core_statements", apply_model(table, {"a": TEXT}, better[0], issue_id=ISSUE, key="k"))
    assert coded["coder"].tolist() == ["model", "model", "reference", "rules"]
    assert coded["stance"].astype(object).where(coded["stance"].notna(), None).tolist() == [-2, None, 1, 1]
    assert coded["issue"].tolist() == [ISSUE, "other", ISSUE, "pmf_law"]
    assert table["coder"].tolist()[:2] == ["rules", "rules"]


@pytest.mark.parametrize("asked", [{"key": "other rules"}, {"issue_id": "pmf_law"}])
def test_a_model_that_was_compared_with_other_rules_or_for_another_issue_is_not_used(
    better: tuple[Path, Metrics], asked: dict[str, str]
) -> None:
    table = statements(row_of(1, "نطالب بإخراج القوات اليوم"))
    assert apply_model(table, {"a": TEXT}, better[0], **{"issue_id": ISSUE, "key": "k", **asked}).equals(table)


@pytest.mark.parametrize("content", [None, "", "[]", "{}", '{"is_used": true}'])
def test_without_a_whole_training_the_rules_code(tmp_path: Path, content: str | None) -> None:
    if content is not None:
        (tmp_path / METRICS).write_text(content, encoding="utf-8")
    table = statements(row_of(1, "نطالب بإخراج القوات اليوم"))
    assert apply_model(table, {"a": TEXT}, tmp_path, issue_id=ISSUE, key="k").equals(table)
