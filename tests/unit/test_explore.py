from __future__ import annotations

import doctest
import re
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import pytest

import mawaqif as mq
from mawaqif import explore
from mawaqif.errors import ParameterError
from mawaqif.passages import find_passage
from mawaqif.records import Span


@pytest.fixture(scope="module")
def corpus() -> explore.Corpus:
    return mq.load()


@pytest.fixture(scope="module")
def odd_corpus(tmp_path_factory: pytest.TempPathFactory) -> explore.Corpus:
    folder = tmp_path_factory.mktemp("odd")
    (folder / "one.txt").write_text(
        "قال وزير الخارجية إن <b>القوّات الأمريكيّة</b> ستغادر العراق في ٢٠٢٦. والقوات الأميركية باقية.",
        encoding="utf-8",
    )
    return mq.load(corpus=str(folder))


def test_the_examples_in_the_docstrings_are_true() -> None:
    result = doctest.testmod(explore)
    assert result.attempted >= 6
    assert result.failed == 0


def test_every_passage_gives_back_its_statement_and_marks_it(corpus: explore.Corpus) -> None:
    for row in corpus.statements.itertuples():
        passage = corpus.passage(row.statement_id, around=10)
        marks = dict(passage.marks)
        span = marks["statement"]
        assert passage.text[span.start - passage.start : span.end - passage.start] == row.quote
        shown = re.sub(r"<[^>]+>", "", passage._repr_html_().split("</div>")[0])
        assert " ".join(row.quote.split())[:20] in " ".join(shown.replace("&quot;", '"').split())


def test_marks_that_lie_in_one_another_are_all_drawn() -> None:
    passage = explore.Passage(
        "أب ج د",
        0,
        (("statement", Span(0, 6)), ("speaker", Span(0, 2)), ("cue", Span(3, 4))),
        (),
        "x",
    )
    classes = re.findall(r'class="([^"]*)"', passage._repr_html_())
    assert classes == ["statement speaker", "statement", "statement cue", "statement"]


def test_text_of_an_article_is_shown_and_never_run(odd_corpus: explore.Corpus) -> None:
    statement_id = odd_corpus.statements["statement_id"].iloc[0]
    shown = odd_corpus.passage(statement_id)._repr_html_()
    assert "<b>" not in shown
    assert "&lt;b&gt;" in shown or "القو" in shown


@pytest.mark.parametrize(
    ("words", "found"), [("القوات", 2), ("القُوّات", 2), ("القـــوات", 2), ("2026", 1), ("٢٠٢٦", 1), ("الغزو", 0)]
)
def test_words_are_found_whatever_their_spelling(odd_corpus: explore.Corpus, words: str, found: int) -> None:
    hits = odd_corpus.find(words)
    assert len(hits) == found
    for hit in hits.itertuples():
        assert odd_corpus.text(hit.doc_id)[hit.start : hit.end] == hit.found


def test_a_place_inside_a_statement_names_it(corpus: explore.Corpus) -> None:
    row = corpus.statements.iloc[0]
    hits = corpus.find(row["quote"])
    assert row["statement_id"] in [i for ids in hits["statement_ids"] for i in ids]


def test_every_column_of_the_statements_is_explained(corpus: explore.Corpus) -> None:
    explained = corpus.columns("core_statements")
    assert set(explained["column"]) == set(corpus.tables.core_statements.columns)
    assert explained["meaning"].str.len().min() > 10


def test_mistakes_are_named_with_their_mend(corpus: explore.Corpus) -> None:
    for call in (
        lambda: corpus.passage("nothing"),
        lambda: corpus.text("nothing"),
        lambda: corpus.find("  "),
        lambda: corpus.columns("nothing"),
        lambda: mq.load(colour="red"),
    ):
        with pytest.raises(ParameterError, match=r"\."):
            call()


def test_the_functions_work_on_the_corpus_loaded_last(tmp_path: Path) -> None:
    (tmp_path / "last.txt").write_text("قال المتحدث إن الموعد قريب جداً.", encoding="utf-8")
    mq.load(corpus=str(tmp_path))
    assert list(mq.find("الموعد")["doc_id"]) == ["last"]
    assert "1 document," in repr(mq.current())
    assert "positions" in dir(mq.chart)
    assert mq.chart.voices().data["text/plain"]


def test_the_package_starts_without_the_libraries_of_the_notebooks() -> None:
    done = subprocess.run(
        [sys.executable, "-c", "import mawaqif, sys; print('pandas' in sys.modules, 'load' in dir(mawaqif))"],
        capture_output=True,
        text=True,
        check=True,
    )
    assert done.stdout.split() == ["False", "True"]


def test_no_module_hides_a_function_of_the_same_name() -> None:
    script = "import mawaqif as mq; mq.load(); mq.explorer(); print([n for n in mq.__all__[1:] if n != 'chart' and not "
    done = subprocess.run(
        [sys.executable, "-c", f"{script}callable(getattr(mq, n))])"], capture_output=True, text=True, check=True
    )
    assert done.stdout.split() == ["[]"]


def test_the_lines_about_a_passage_are_in_the_language_of_the_corpus(corpus: explore.Corpus) -> None:
    row = corpus.statements[corpus.statements["stance"].notna() & corpus.statements["name_ar"].notna()].iloc[0]
    own = replace(corpus.tables, parameters=replace(corpus.tables.parameters, language="ar"))
    found = find_passage(own, corpus.statements, row["statement_id"])
    who, coded = found.about[:2]
    assert re.findall('<div dir="(rtl|ltr)">', found._repr_html_())[:2] == ["rtl", "rtl"]
    assert who.startswith(f"{row['name_ar']} · ")
    assert not re.search("[a-z]", who + coded)
    assert row["name_en"] in corpus.passage(row["statement_id"]).about[0]


def test_a_passage_begins_and_ends_with_whole_words(corpus: explore.Corpus) -> None:
    for statement_id in corpus.statements["statement_id"].head(20):
        passage = corpus.passage(statement_id, around=33)
        text, end = corpus.text(passage.doc_id), passage.start + len(passage.text)
        assert passage.start == 0 or text[passage.start - 1].isspace() or text[passage.start].isspace()
        assert end == len(text) or text[end - 1].isspace() or text[end].isspace()
