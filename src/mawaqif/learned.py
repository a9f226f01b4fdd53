"""A coder that learns issue and stance from the reviewed codings of this workbook, used only where it beats the rules.

1. Pair each reviewed statement (reference consensus, analysts' decisions) with what the rules found at its place.
2. Predict each document's statements by a model of all the others (leave one document out; ten groups beyond 20).
3. Compare with what the rules coded on the same statements: accuracy, with McNemar's exact test and a bootstrap
   interval of the difference.
4. Fit on everything and keep it. It is put to use only where it was surely better; else the rules code on, and the
   model card says so.

Whether a statement is about another issue, takes no position, or has a step is one linear classifier over TF-IDF of
character n-grams; the step itself is an ordinal model, one linear classifier for each threshold of the scale (Frank and
Hall, A Simple Approach to Ordinal Classification, 2001). The modality stays that of the rules.
"""

from __future__ import annotations

import json
import math
from collections import Counter
from collections.abc import Sequence
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from mawaqif.aggregate.reliability import bootstrap_interval, match_spans, weighted_kappa
from mawaqif.arabic.text import fold_text
from mawaqif.errors import CodingError, RenderError
from mawaqif.files import replace_file
from mawaqif.records import Span
from mawaqif.schemas import MODEL_CODER, STANCES, iterate_rows

OTHER, NO_POSITION = "other", "no position"
MODEL, METRICS, CARD = "model.joblib", "metrics.json", "model_card.md"
FEWEST_DOCUMENTS, FEWEST_CASES = 5, 50
"""With fewer documents or statements nothing is learned that a test on them could vouch for."""
SURE = 0.05
"""McNemar's p below which, and the complement of the level of the interval above zero in which, the model is better."""
_MOST_SINGLE_FOLDS, _GROUPS = 20, 10
_NGRAMS = (2, 5)
_STRENGTH = 1.0
"""Inverse regularisation, fixed beforehand: choosing it on the folds would make the scores too good."""
_REVIEWED = ("reference", "analyst")
Code = str
"""`OTHER`, `NO_POSITION`, or a step of the scale as text: what the model predicts of a statement."""


@dataclass(frozen=True)
class Cases:
    """Reviewed statements with what the rules made of them, one entry each.

    `features` are texts of statement, cue and camp; `expected` and `ruled` are codes; `coders` says who reviewed.
    """

    doc_ids: tuple[str, ...]
    features: tuple[str, ...]
    expected: tuple[Code, ...]
    ruled: tuple[Code, ...]
    coders: tuple[str, ...]

    def __len__(self) -> int:
        """Return the number of statements."""
        return len(self.doc_ids)


@dataclass(frozen=True)
class Score:
    """How often a coder is right on held-out statements, with its 95 % interval; kappa is of the steps both gave."""

    accuracy: float
    low: float
    high: float
    kappa: float | None


@dataclass(frozen=True)
class Metrics:
    """What training found out.

    Attributes:
        issue: The issue.
        key: Checksum of the rules that it was compared with, program and vocabulary; with others it is not used.
        documents: Documents with reviewed statements.
        cases: Reviewed statements that the rules found too.
        missed: Reviewed statements that the rules did not find; a coder of found statements has no part in these.
        by_coder: Statements by who reviewed them.
        by_code: Statements by code.
        folds: Folds of the cross-validation.
        rules: Score of the rules.
        model: Score of the model on held-out documents, absent where there is too little to train on.
        difference: Accuracy of the model less that of the rules, with the ends of its interval.
        only_model: Statements that the model alone has right.
        only_rules: Statements that the rules alone have right.
        p_value: McNemar's exact test, two-sided.
        is_used: Whether the model codes from now on.
        reason: Why, or why not.
    """

    issue: str
    key: str
    documents: int
    cases: int
    missed: int
    by_coder: dict[str, int]
    by_code: dict[str, int]
    folds: int = 0
    rules: Score | None = None
    model: Score | None = None
    difference: tuple[float, float, float] | None = None
    only_model: int = 0
    only_rules: int = 0
    p_value: float | None = None
    is_used: bool = False
    reason: str = ""


# --- 1. cases -------------------------------------------------------------------------------------------------------


def collect_cases(
    ruled: pd.DataFrame, coded: pd.DataFrame, texts: dict[str, str], *, issue_id: str
) -> tuple[Cases, int]:
    """Pair reviewed statements with those of the rules, by spans that share at least half of their characters.

    Args:
        ruled: `core_statements` by rules alone.
        coded: `core_statements` as they stand; those of reference and analysts count.
        texts: Source by `doc_id`.
        issue_id: The issue whose stance is learned.

    Returns:
        The cases in the order of documents, and how many reviewed statements the rules did not find.
    """
    reviewed = coded[coded["coder"].isin(_REVIEWED)]
    rows: list[tuple[str, str, Code, Code, str]] = []
    missed = 0
    for doc_id, wanted in reviewed.groupby("doc_id", sort=True):
        found = ruled[ruled["doc_id"] == doc_id]
        mine, theirs = list(iterate_rows(found)), list(iterate_rows(wanted))
        spans = [[Span(int(r.start), int(r.end)) for r in side] for side in (theirs, mine)]
        pairs = match_spans(spans[0], spans[1], at_least=0.5)
        missed += len(theirs) - len(pairs)
        for i, j in sorted(pairs):
            expected, given = (read_code(row, issue_id) for row in (theirs[i], mine[j]))
            rows.append(
                (str(doc_id), describe_statement(mine[j], texts[str(doc_id)]), expected, given, theirs[i].coder)
            )
    columns = tuple(zip(*rows, strict=True)) if rows else ((),) * 5
    return Cases(*columns), missed


def read_code(row: Any, issue_id: str) -> Code:
    """Return the code of a statement on one issue."""
    if row.issue != issue_id:
        return OTHER
    return NO_POSITION if pd.isna(row.stance) else str(int(row.stance))


def describe_statement(row: Any, text: str) -> str:
    """Return what the model knows of a statement: its words, its cue and its speaker's camp, marked apart."""
    cue = "" if pd.isna(row.cue_start) else text[int(row.cue_start) : int(row.cue_end)]
    camp = row.camp if isinstance(row.camp, str) else "none"
    return f"{fold_text(row.quote)} \ue000{fold_text(cue)}\ue000 \ue001{camp}\ue001"


# --- 2. the model ---------------------------------------------------------------------------------------------------


@dataclass
class Model:
    """The two-part model; `fit` before `predict`."""

    vectors: Any = None
    kind: Any = None
    thresholds: dict[int, Any] = field(default_factory=dict)

    def fit(self, features: Sequence[str], codes: Sequence[Code]) -> Model:
        """Learn from statements and their codes; returns itself."""
        from sklearn.feature_extraction.text import TfidfVectorizer

        self.vectors = TfidfVectorizer(analyzer="char_wb", ngram_range=_NGRAMS, sublinear_tf=True, min_df=1)
        inputs = self.vectors.fit_transform(features)
        kinds = np.array([code if code in (OTHER, NO_POSITION) else "step" for code in codes])
        self.kind = _fit_linear(inputs, kinds)
        steps = kinds == "step"
        values = np.array([int(code) for code, is_step in zip(codes, steps, strict=True) if is_step])
        for threshold in STANCES[:-1]:
            if steps.any():
                self.thresholds[threshold] = _fit_linear(inputs[steps], values > threshold)
        return self

    def predict(self, features: Sequence[str]) -> list[tuple[Code, float]]:
        """Return the code of each statement and its probability."""
        inputs = self.vectors.transform(features)
        names, kinds = _probabilities(self.kind, inputs)
        above = self._above(inputs)
        predicted: list[tuple[Code, float]] = []
        for chances, over in zip(kinds, above, strict=True):
            best = int(np.argmax(chances))
            if names[best] != "step":
                predicted.append((str(names[best]), float(chances[best])))
                continue
            # The median of the scale's distribution: the step that is least far off whatever the true one is.
            place = int((over > 0.5).sum())
            edges = np.concatenate([[1.0], over, [0.0]])
            predicted.append((str(STANCES[place]), float(chances[best] * (edges[place] - edges[place + 1]))))
        return predicted

    def _above(self, inputs: Any) -> NDArray[np.float64]:
        """Return the chance of lying above each threshold, which cannot rise from one to the next."""
        columns = []
        for threshold in STANCES[:-1]:
            names, chances = _probabilities(self.thresholds.get(threshold), inputs)
            is_above = [i for i, name in enumerate(names) if bool(name)]
            columns.append(chances[:, is_above[0]] if is_above else np.zeros(inputs.shape[0]))
        lowered: NDArray[np.float64] = np.minimum.accumulate(np.stack(columns, axis=1), axis=1)
        return lowered


def _fit_linear(inputs: Any, labels: NDArray[Any]) -> Any:
    """Return a logistic regression, or the only label there is."""
    from sklearn.linear_model import LogisticRegression

    if len(set(labels.tolist())) == 1:
        return labels[0]
    return LogisticRegression(C=_STRENGTH, class_weight="balanced", max_iter=1000).fit(inputs, labels)


def _probabilities(fitted: Any, inputs: Any) -> tuple[list[Any], NDArray[np.float64]]:
    if hasattr(fitted, "predict_proba"):
        return list(fitted.classes_), fitted.predict_proba(inputs)
    return ([] if fitted is None else [fitted]), np.ones((inputs.shape[0], 1))


# --- 3. comparison --------------------------------------------------------------------------------------------------


def predict_held_out(cases: Cases) -> tuple[list[Code], int]:
    """Return the code of each case by a model that saw no statement of its document, and the number of folds."""
    from sklearn.model_selection import GroupKFold, LeaveOneGroupOut
    from threadpoolctl import threadpool_limits

    groups = len(set(cases.doc_ids))
    splitter = LeaveOneGroupOut() if groups <= _MOST_SINGLE_FOLDS else GroupKFold(_GROUPS)
    predicted: list[Code] = [""] * len(cases)
    folds = 0
    with threadpool_limits(1):  # threads cost more than they save on so few statements
        for train, test in splitter.split(np.zeros(len(cases)), groups=cases.doc_ids):
            model = Model().fit([cases.features[i] for i in train], [cases.expected[i] for i in train])
            for i, (code, _) in zip(test, model.predict([cases.features[i] for i in test]), strict=True):
                predicted[i] = code
            folds += 1
    return predicted, folds


def compare(cases: Cases, *, issue_id: str, key: str, missed: int = 0) -> Metrics:
    """Return the scores of rules and model on the same held-out statements, and whether the model is to be used.

    It is, where McNemar's exact test finds the two different at 5 %, and the bootstrap's 95 % interval of the
    difference in accuracy, drawn by document, lies above zero.
    """
    counts: dict[str, Any] = {
        "issue": issue_id,
        "key": key,
        "documents": len(set(cases.doc_ids)),
        "cases": len(cases),
        "missed": missed,
        "by_coder": dict(sorted(Counter(cases.coders).items())),
        "by_code": dict(sorted(Counter(cases.expected).items())),
    }
    if counts["documents"] < FEWEST_DOCUMENTS or len(cases) < FEWEST_CASES:
        reason = (
            f"There are {len(cases)} reviewed statements in {counts['documents']} documents; it takes "
            f"{FEWEST_CASES} in {FEWEST_DOCUMENTS} to compare."
        )
        return Metrics(**counts, reason=reason)
    predicted, folds = predict_held_out(cases)
    right = [[a == b for a, b in zip(cases.expected, codes, strict=True)] for codes in (predicted, cases.ruled)]
    only_model = sum(m and not r for m, r in zip(*right, strict=True))
    only_rules = sum(r and not m for m, r in zip(*right, strict=True))
    gaps = [int(m) - int(r) for m, r in zip(*right, strict=True)]
    difference = _interval(cases.doc_ids, gaps)
    p_value = mcnemar(only_model, only_rules)
    is_used = bool(difference[1] > 0 and p_value < SURE)
    return Metrics(
        **counts,
        folds=folds,
        rules=_score(cases, cases.ruled),
        model=_score(cases, predicted),
        difference=difference,
        only_model=only_model,
        only_rules=only_rules,
        p_value=p_value,
        is_used=is_used,
        reason=_reason(is_used, difference, p_value),
    )


def mcnemar(first: int, second: int) -> float:
    """Return the two-sided exact p of McNemar's test of two discordant counts (McNemar 1947; binomial, one half)."""
    n = first + second
    tail = sum(math.comb(n, k) for k in range(min(first, second) + 1))
    return float(min(1.0, 2 * tail / 2**n))


def _score(cases: Cases, codes: Sequence[Code]) -> Score:
    right = [int(a == b) for a, b in zip(cases.expected, codes, strict=True)]
    steps = {str(step) for step in STANCES}
    both = [(int(a), int(b)) for a, b in zip(cases.expected, codes, strict=True) if {a, b} <= steps]
    kappa = weighted_kappa([a for a, _ in both], [b for _, b in both]) if both else None
    return Score(*_interval(cases.doc_ids, right), kappa)


def _interval(doc_ids: Sequence[str], values: Sequence[int]) -> tuple[float, float, float]:
    """Return the mean with its bootstrap interval, drawn by document: statements of one depend on each other."""
    units = [[v for d, v in zip(doc_ids, values, strict=True) if d == doc_id] for doc_id in sorted(set(doc_ids))]
    low, high = bootstrap_interval(units, lambda drawn: float(np.mean([v for unit in drawn for v in unit])))
    return float(np.mean(values)), low or 0.0, high or 0.0


def _reason(is_used: bool, difference: tuple[float, float, float], p_value: float) -> str:
    told = (
        f"the difference in accuracy is {difference[0]:+.2f} (95 % interval {difference[1]:+.2f} to "
        f"{difference[2]:+.2f}), McNemar's {_say_p(p_value)}"
    )
    is_worse = difference[2] < 0 and p_value < SURE
    verdict = "surely better than" if is_used else "worse than" if is_worse else "not surely better than"
    return f"On held-out documents the model is {verdict} the rules: {told}."


def _say_p(p_value: float) -> str:
    return "p < 0.001" if p_value < 0.001 else f"p = {p_value:.3f}"


# --- 4. keeping and using -------------------------------------------------------------------------------------------


def write_training(cases: Cases, folder: Path, *, issue_id: str, key: str, missed: int = 0) -> Metrics:
    """Compare, fit on all cases, and write model, metrics and model card; without enough cases there is no model file.

    Raises:
        CodingError: There is no reviewed statement.
        RenderError: scikit-learn is not installed.
    """
    if not len(cases):
        raise CodingError(
            "no statement of this issue is reviewed", where="data/coding", mend="Code some in JupyterLab first."
        )
    try:
        import joblib
        import sklearn
    except ImportError as error:
        raise RenderError("scikit-learn is not installed", mend="Run `make setup`.") from error
    metrics = compare(cases, issue_id=issue_id, key=key, missed=missed)
    folder.mkdir(parents=True, exist_ok=True)
    (folder / METRICS).unlink(missing_ok=True)  # what is read first goes first and comes last
    (folder / MODEL).unlink(missing_ok=True)
    if metrics.model is not None:
        joblib.dump(Model().fit(cases.features, cases.expected), folder / MODEL)
    (folder / CARD).write_text(write_card(metrics, version=sklearn.__version__), encoding="utf-8")
    replace_file(folder / METRICS, (json.dumps(asdict(metrics), indent=2, ensure_ascii=False) + "\n").encode())
    return metrics


def read_metrics(folder: Path) -> dict[str, Any] | None:
    """Return the metrics of the last training, if there are any."""
    try:
        metrics: dict[str, Any] = json.loads((folder / METRICS).read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return None
    return metrics if isinstance(metrics, dict) else None


def apply_model(
    statements: pd.DataFrame, texts: dict[str, str], folder: Path, *, issue_id: str, key: str
) -> pd.DataFrame:
    """Let the model code issue and stance of what the rules coded, where training found it better and nothing changed.

    Statements that the rules give to a third issue stay theirs.

    Args:
        statements: `core_statements`, reviewed codings applied: those of other coders than the rules stay.
        texts: Source by `doc_id`.
        folder: Where `write_training` wrote.
        issue_id: The issue.
        key: As given to `write_training`; a model that was compared with other rules is not used.

    Returns:
        The statements, with coder `model` and its probability as confidence where the model coded.
    """
    metrics = read_metrics(folder)
    if not metrics or (metrics.get("is_used"), metrics.get("issue"), metrics.get("key")) != (True, issue_id, key):
        return statements
    own = statements["coder"].eq("rules") & statements["issue"].isin([issue_id, OTHER])
    if not own.any():
        return statements
    import joblib

    rows = iterate_rows(statements[own])
    codes = joblib.load(folder / MODEL).predict([describe_statement(row, texts[row.doc_id]) for row in rows])
    coded = statements.astype({"stance": "Int64"})
    coded.loc[own, "issue"] = [OTHER if code == OTHER else issue_id for code, _ in codes]
    steps = [None if code in (OTHER, NO_POSITION) else int(code) for code, _ in codes]
    coded.loc[own, "stance"] = pd.array(steps, dtype="Int64")
    coded.loc[own, "confidence"] = [chance for _, chance in codes]
    coded.loc[own, "coder"] = MODEL_CODER
    return coded


# --- the model card -------------------------------------------------------------------------------------------------


def write_card(metrics: Metrics, *, version: str) -> str:
    """Return the model card in Markdown: data, features, folds, scores against the rules, limits."""
    verdict = "**It is used.**" if metrics.is_used else "**It is not used: the rules code.**"
    coders = ", ".join(f"{n} by {name}" for name, n in metrics.by_coder.items())
    codes = ", ".join(f"{name}: {n}" for name, n in metrics.by_code.items())
    lines = [
        f"# Learned coder of the issue `{metrics.issue}`",
        "",
        f"{verdict} {metrics.reason}",
        "",
        "## Data",
        "",
        f"{metrics.cases} reviewed statements in {metrics.documents} documents ({coders}), each paired with the "
        f"statement that the rules found at its place; {metrics.missed} reviewed statements that the rules did not "
        "find are left out, for the model codes only what was found. No other data, and no pre-trained model.",
        "",
        f"Codes: {codes}.",
        "",
        "## Features and model",
        "",
        f"Statement, cue and camp of the speaker as one text; TF-IDF of its character n-grams ({_NGRAMS[0]} to "
        f"{_NGRAMS[1]}, within words). One logistic regression decides between another issue, no position, and a step; "
        "one for each threshold of the scale gives the step (Frank and Hall 2001), of which the median is taken. "
        f"C = {_STRENGTH}, classes balanced, nothing tuned; scikit-learn {version}. Modality stays that of the rules.",
        "",
        "## Scores on held-out documents",
        "",
        *_score_lines(metrics),
        "",
        "## When it is used",
        "",
        f"From {FEWEST_CASES} statements in {FEWEST_DOCUMENTS} documents on, if McNemar's exact test finds it "
        f"different from the rules (p < {SURE}) and the 95 % interval of its lead in accuracy lies above zero. It is "
        "left aside as soon as the vocabulary or the program changes, for it was compared with other rules; train it "
        "again then.",
        "",
        "## Limits",
        "",
        "- It knows the outlets, speakers and years of these documents and no others; new ones may be coded worse.",
        "- Intervals are drawn by document. With few documents they are rough, and mostly too narrow.",
        "- The rules were written by people who knew the reference codings, which favours the rules on these.",
        "- A camp is a feature: a speaker who leaves its camp's line is the likeliest error. Read what it coded.",
    ]
    return "\n".join(lines) + "\n"


def _score_lines(metrics: Metrics) -> list[str]:
    if metrics.model is None or metrics.rules is None or metrics.difference is None or metrics.p_value is None:
        return ["Too few reviewed statements; nothing was compared."]
    fold = "one document each" if metrics.folds == metrics.documents else "groups of whole documents"
    lines = [
        f"{metrics.folds} folds, {fold}; both coders on the same statements.",
        "",
        "| Coder | Accuracy | 95 % interval | Kappa of the steps (quadratic weights) |",
        "|---|---|---|---|",
    ]
    for name, score in (("rules", metrics.rules), ("model", metrics.model)):
        kappa = "–" if score.kappa is None else f"{score.kappa:.2f}"
        lines.append(f"| {name} | {score.accuracy:.2f} | {score.low:.2f} to {score.high:.2f} | {kappa} |")
    gap, low, high = metrics.difference
    return [
        *lines,
        "",
        f"Model less rules: {gap:+.2f} ({low:+.2f} to {high:+.2f}). Only the model has it right: "
        f"{metrics.only_model}; only the rules: {metrics.only_rules}; McNemar's exact {_say_p(metrics.p_value)}.",
    ]
