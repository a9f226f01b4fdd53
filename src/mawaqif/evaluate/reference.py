"""Compares the rules with statement codings: those of `data/coding`, or a CSV of the same columns on other texts."""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Sequence
from pathlib import Path
from typing import NoReturn

import pandas as pd

from mawaqif.coding import load_codings
from mawaqif.errors import CodingError
from mawaqif.evaluate.attribution import evaluate_attribution
from mawaqif.evaluate.details import DateComparison, measure_boilerplate, measure_mentions
from mawaqif.evaluate.measures import Evaluation, Measure, count_pairs, make_calibration, sort_misses
from mawaqif.evaluate.statements import CODER_PAIR, Comparison, measure_agreement, select_coded
from mawaqif.paths import Paths, default_paths
from mawaqif.schemas import iterate_rows
from mawaqif.settings import Parameters
from mawaqif.tables import Tables, load_tables
from mawaqif.vocabulary import Vocabulary

CONSENSUS = "consensus"


def evaluate_tables(tables: Tables) -> Evaluation:
    """Compare what the rules found in the coded documents with their codings.

    Statements match one to one by the share of characters that both spans cover of those that either covers, at least
    0.5 or 0.8; a rule's statement that fits only an optional one of the reference is neither right nor wrong.
    Mentions and dates have no consensus: a found one is right if either coder has it, a missed one counts if both do.

    Raises:
        CodingError: No document of the corpus has a reference coding.
    """
    doc_ids = list(tables.coding_use.coded_documents)
    if not doc_ids:
        raise CodingError("no document of the corpus has a reference coding", mend="Restore data/raw and data/coding.")
    codings, texts = tables.codings, _texts(tables)
    comparison = _compare(tables, codings.statements[codings.statements["coder"].eq(CONSENSUS)], doc_ids)
    dates = DateComparison(tables.rule_dates, codings.events, doc_ids)
    return Evaluation(
        documents=len(doc_ids),
        rules=(
            *comparison.measure(),
            measure_mentions(tables.core_mentions, codings.mentions, doc_ids),
            *dates.measure(),
            measure_boilerplate(tables.core_boilerplate, codings.boilerplate, doc_ids),
        ),
        coders=_compare_coders(tables, codings.statements, doc_ids),
        abstentions=comparison.abstentions,
        calibration=make_calibration(comparison.codings()),
        confusion=count_pairs(comparison.confusion()),
        misses=sort_misses([*comparison.misses(texts), *dates.misses(texts)]),
    )


def _texts(tables: Tables) -> dict[str, str]:
    return dict(zip(tables.raw_documents["doc_id"], tables.raw_documents["text"], strict=True))


def _compare(tables: Tables, reference: pd.DataFrame, doc_ids: Sequence[str]) -> Comparison:
    found, wanted = select_coded(tables.rule_statements, doc_ids), select_coded(reference, doc_ids)
    return Comparison(found, wanted, issue_id=tables.issue.id)


def _compare_coders(tables: Tables, statements: pd.DataFrame, doc_ids: Sequence[str]) -> tuple[Measure, ...]:
    first, second = (select_coded(statements[statements["coder"].eq(c)], doc_ids) for c in CODER_PAIR)
    return measure_agreement(first, second, issue_id=tables.issue.id) if first and second else ()


# --- any set --------------------------------------------------------------------------------------------------------


def evaluate_gold(
    gold: Path, *, corpus: str = "", issue: str = "us_presence", paths: Paths | None = None
) -> Evaluation:
    """Compare the rules with any set of coded texts, by the kind of its file.

    `.jsonl` is a set of attributions (format: `attribution.read_attributions`); `.csv` is a set of statements in the
    columns of `data/coding/statements.csv`, whose texts are in the folder `corpus` (empty for `data/raw`).

    Raises:
        CodingError: The file cannot be read, breaks its format, or does not fit the texts; names file and row.
        CorpusError: The folder cannot be used.
    """
    paths = paths or default_paths()
    if not gold.is_file():
        raise CodingError("there is no such file", where=str(gold), mend="Give a .jsonl or .csv file of coded texts.")
    if gold.suffix.lower() in (".jsonl", ".ndjson"):
        if corpus:
            raise CodingError("a .jsonl set holds its own texts", where=str(gold), mend="Leave out --corpus.")
        return evaluate_attribution(gold, vocabulary_folder=paths.vocabulary)
    if gold.suffix.lower() == ".csv":
        return evaluate_statements(gold, load_tables(Parameters(corpus=corpus, issue=issue), paths=paths))
    raise CodingError("the file is of a kind that cannot be read", where=str(gold), mend="Give a .jsonl or .csv file.")


def evaluate_statements(gold: Path, tables: Tables) -> Evaluation:
    """Compare the rules with a CSV in the columns of `data/coding/statements.csv`.

    The rows of coder `consensus` are the reference or, where there are none, those of the only coder; `doc` is the name
    of a file of the corpus. Every document with a row is compared.

    Raises:
        CodingError: The file breaks its format, or does not fit the texts.
    """
    statements = _read_statements(gold, tables.vocabulary)
    reference = _choose_reference(statements, gold)
    texts = _texts(tables)
    _check_spans(statements, texts, gold)
    doc_ids = sorted(set(reference["doc_id"]))
    comparison = _compare(tables, reference, doc_ids)
    return Evaluation(
        documents=len(doc_ids),
        rules=comparison.measure(),
        coders=_compare_coders(tables, statements, doc_ids),
        reference=gold.name,
        abstentions=comparison.abstentions,
        calibration=make_calibration(comparison.codings()),
        confusion=count_pairs(comparison.confusion()),
        misses=sort_misses(comparison.misses(texts)),
    )


def _read_statements(gold: Path, vocabulary: Vocabulary) -> pd.DataFrame:
    """Read the file as if it stood in a coding folder, so that it is checked as the reference codings are."""
    with tempfile.TemporaryDirectory() as folder:
        shutil.copyfile(gold, Path(folder) / "statements.csv")
        try:
            return load_codings(Path(folder), vocabulary).statements
        except CodingError as error:
            where = (error.where or "").replace("statements.csv", str(gold))
            raise CodingError(error.what, where=where, mend=error.mend) from error


def _choose_reference(statements: pd.DataFrame, gold: Path) -> pd.DataFrame:
    coders = sorted(set(statements["coder"]))
    if not coders:
        raise CodingError("the file has no rows", where=str(gold), mend="Give a coded statement a row.")
    if CONSENSUS not in coders and len(coders) > 1:
        raise CodingError(
            f"it has {len(coders)} coders and no consensus", where=str(gold), mend="Add rows of the coder `consensus`."
        )
    return statements[statements["coder"].eq(CONSENSUS if CONSENSUS in coders else coders[0])]


def _check_spans(statements: pd.DataFrame, texts: dict[str, str], gold: Path) -> None:
    for row in iterate_rows(statements):
        if row.doc_id not in texts:
            _refuse(gold, row, f"the document {row.doc!r} is not in the corpus", "Give the folder with --corpus.")
        if pd.isna(row.start) or pd.isna(row.end) or not 0 <= row.start < row.end <= len(texts[row.doc_id]):
            _refuse(gold, row, f"the span {row.start}-{row.end} is outside the text", "Correct the offsets.")


def _refuse(gold: Path, row: object, what: str, mend: str) -> NoReturn:
    raise CodingError(what, where=f"{gold}, {getattr(row, 'doc', '')}", mend=mend)
