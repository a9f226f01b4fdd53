"""The tables of a period hold only its documents, and codings of the others do not disturb."""

from __future__ import annotations

import pytest

from mawaqif.errors import CodingError, ParameterError
from mawaqif.evaluate import evaluate_tables
from mawaqif.settings import Parameters
from mawaqif.tables import load_tables


@pytest.fixture(scope="module")
def everything():
    return load_tables(Parameters())


def test_a_period_keeps_its_documents_their_statements_and_their_codings(everything):
    tables = load_tables(Parameters(since="2024-01-01", until="2024-12-31"))
    kept = set(tables.core_documents["doc_id"])
    assert 0 < len(kept) < len(everything.core_documents)
    assert set(tables.core_statements["doc_id"]) <= kept
    assert set(tables.coding_use.coded_documents) <= kept
    assert len(tables.raw_skipped) == len(everything.core_documents) - len(kept)
    assert evaluate_tables(tables).documents == len(kept)


def test_a_period_without_documents_is_refused_with_the_period_there_is():
    with pytest.raises(ParameterError, match="run from 2021"):
        load_tables(Parameters(since="1990-01-01", until="1990-12-31"))


def test_a_corpus_that_nobody_coded_has_no_evaluation(tmp_path):
    (tmp_path / "a.txt").write_text("قال الوزير إن القوات الأمريكية ستغادر العراق.", encoding="utf-8")
    tables = load_tables(Parameters(corpus=str(tmp_path)))
    assert tables.coding_use.coded_documents == ()
    assert set(tables.core_statements["coder"]) == {"rules"}
    with pytest.raises(CodingError, match="no document"):
        evaluate_tables(tables)


def test_every_statement_gives_back_its_text(everything):
    texts = dict(zip(everything.raw_documents["doc_id"], everything.raw_documents["text"], strict=True))
    for row in everything.core_statements.itertuples():
        assert texts[row.doc_id][row.start : row.end] == row.quote


def test_two_files_with_the_same_bytes_are_two_articles_of_which_one_repeats_the_other(tmp_path):
    words = "قال الوزير إن القوات الأمريكية ستغادر العراق. وطالبت الفصائل المسلحة بخروج القوات الأمريكية فوراً."
    for name in ("b", "a", "c"):
        (tmp_path / f"{name}.txt").write_text(words, encoding="utf-8")
    three = load_tables(Parameters(corpus=str(tmp_path)))
    (tmp_path / "b.txt").unlink()
    (tmp_path / "c.txt").unlink()
    one = load_tables(Parameters(corpus=str(tmp_path)))

    assert three.core_documents["duplicate_of"].notna().sum() == 2
    assert three.core_statements["statement_id"].is_unique
    assert set(one.core_statements["statement_id"]) < set(three.core_statements["statement_id"])
    assert list(three.out_positions["n_statements"]) == list(one.out_positions["n_statements"])
