from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

import mawaqif as mq
from mawaqif.arabic.text import fold_text
from mawaqif.errors import ParameterError
from mawaqif.explore import Corpus
from mawaqif.schemas import STANCES
from mawaqif.statement_explorer import Explorer
from mawaqif.statement_explorer.bench import measure_explorer, repeat_tables
from mawaqif.statement_explorer.index import StatementIndex
from mawaqif.statement_explorer.query import FACETS, ORDERS, Query, read_query
from mawaqif.statement_explorer.view import MOST_DOTS, make_chart, show_answer


@pytest.fixture(scope="module")
def corpus() -> Corpus:
    return mq.load()


@pytest.fixture(scope="module")
def index(corpus: Corpus) -> StatementIndex:
    return StatementIndex(corpus.tables)


@pytest.fixture
def explorer(corpus: Corpus) -> Explorer:
    return mq.explorer(corpus)


def test_nothing_asked_for_finds_everything_once(index: StatementIndex) -> None:
    for order in ORDERS:
        rows = index.answer(Query(order=order)).rows
        assert sorted(rows) == list(range(len(index.statements)))


@pytest.mark.parametrize("facet", FACETS)
def test_each_option_of_a_facet_finds_as_many_as_it_says_and_all_together_everything(
    index: StatementIndex, facet: str
) -> None:
    whole = index.answer(Query())
    options = index.list_options(facet, whole.counts[facet], ())
    found = [index.answer(Query({facet: (option["key"],)})).rows for option in options]

    assert [len(rows) for rows in found] == [option["count"] for option in options]
    assert sorted(np.concatenate(found)) == sorted(whole.rows)


def test_choices_add_up_within_a_facet_and_narrow_down_across_facets(index: StatementIndex) -> None:
    table = index.statements
    query = Query({"camp": ("experts", "united_states"), "modality": ("forecast",)})

    found = set(table["statement_id"].iloc[index.answer(query).rows])

    kept = table["actor_camp"].isin(["experts", "united_states"]) & table["modality"].eq("forecast")
    assert found == set(table.loc[kept, "statement_id"])
    assert found


def test_counts_of_a_facet_heed_all_other_choices_but_not_its_own(index: StatementIndex) -> None:
    query = Query({"camp": ("experts",)})
    counts = index.answer(query).counts

    assert list(counts["camp"]) == list(index.answer(Query()).counts["camp"])
    assert counts["actor"].sum() == len(index.answer(query).rows)


@pytest.mark.parametrize("words", ["القوات", "القُوّات", "القـوات", "قوات الأمريكيه", "قوات الامريكية"])
def test_words_find_statements_whatever_their_spelling(index: StatementIndex, words: str) -> None:
    found = index.statements.iloc[index.answer(Query(words=words)).rows]
    texts = found["quote"] + found["speaker_name"].fillna("") + found["actor_id"].map(index.names)

    assert len(texts)
    assert all(fold_text(word) in fold_text(text) for text in texts for word in words.split())


def test_a_speaker_and_a_gloss_are_found_as_well_as_the_words(index: StatementIndex) -> None:
    row = index.statements[index.statements["gloss_en"].notna() & index.statements["speaker_id"].notna()].iloc[0]

    for words in (row["gloss_en"], index.names[row["actor_id"]].upper()):
        assert row["statement_id"] in set(index.statements["statement_id"].iloc[index.answer(Query(words=words)).rows])


def test_words_that_no_statement_holds_find_nothing(index: StatementIndex) -> None:
    assert len(index.answer(Query(words="زقزوقة")).rows) == 0
    assert show_answer(index, Query(words="زقزوقة", page=3), index.answer(Query(words="زقزوقة")))["rows"] == []


@pytest.mark.parametrize("words", [".*", "[", "%", "<b>", "\\"])
def test_signs_of_a_pattern_are_only_signs(index: StatementIndex, words: str) -> None:
    found = index.statements.iloc[index.answer(Query(words=words)).rows]
    assert all(words in text for text in found["quote"] + found["gloss_en"].fillna(""))


def test_a_period_keeps_what_the_report_keeps(corpus: Corpus, index: StatementIndex) -> None:
    narrowed = mq.load(since="2024-01-01", until="2024-12-31").statements
    found = index.answer(Query(since="2024-01-01", until="2024-12-31")).rows

    assert set(index.statements["statement_id"].iloc[found]) == set(narrowed["statement_id"])
    assert len(narrowed) < len(index.statements)


def test_pages_hold_every_statement_once_and_the_last_page_stands_for_any_beyond_it(index: StatementIndex) -> None:
    answer = index.answer(Query())
    pages = [show_answer(index, Query(page=page, page_size=7), answer) for page in range(20)]
    ids = [row["id"] for page in pages[: pages[-1]["page"] + 1] for row in page["rows"]]

    assert sorted(ids) == sorted(index.statements["statement_id"])
    assert pages[-1]["page"] == (len(ids) - 1) // 7


def test_a_dot_stands_in_the_cell_of_its_statement_and_what_has_no_dot_is_counted(corpus: Corpus) -> None:
    index = StatementIndex(repeat_tables(corpus.tables, 1000))
    table = index.statements.set_index("statement_id")
    chart = make_chart(index, index.answer(Query()))

    assert any(cell["n"] > MOST_DOTS for row in chart for cell in row["cells"])
    for row in chart:
        for step, cell in zip(STANCES, row["cells"], strict=True):
            assert len(cell["dots"]) == min(cell["n"], MOST_DOTS)
            for dot in cell["dots"]:
                found = table.loc[dot["id"]]
                assert (found["actor_id"], found["stance"]) == (row["key"], step)
                assert dot["forecast"] == (found["modality"] == "forecast")


def test_how_fast_it_answers_is_measured_from_opening_to_the_next_page(corpus: Corpus) -> None:
    seconds = measure_explorer(corpus.tables, n_statements=200)

    assert seconds["open"] > 0
    assert {"filter: everything", "filter: words", "next page"} <= set(seconds)


@pytest.mark.parametrize(
    "sent",
    [
        {"colour": "red"},
        {"facets": {"weather": ["fine"]}},
        {"order": "random"},
        {"page": -1},
        {"page_size": 100_000},
        {"words": 3},
        {"since": "2024-13-01"},
    ],
)
def test_a_question_that_makes_no_sense_is_refused_and_what_is_shown_stays(explorer: Explorer, sent: dict) -> None:
    before = explorer.view
    with pytest.raises(ParameterError):
        read_query({**Query().as_dict(), **sent})

    explorer.query = {**Query().as_dict(), **sent}

    assert explorer.view == before


def test_a_question_survives_the_way_to_the_browser_and_back() -> None:
    query = Query({"camp": ("experts",)}, "كلمة", "2024-01-01", "", "newest", 2, 30)
    assert read_query(query.as_dict()) == query


def test_what_is_chosen_in_a_cell_is_what_the_page_shows(explorer: Explorer) -> None:
    explorer.choose(camp="experts", order="stance")

    assert explorer.view["total"] == len(explorer.statements)
    assert set(explorer.statements["actor_camp"]) == {"experts"}
    assert [row["id"] for row in explorer.view["rows"]] == list(explorer.statements["statement_id"].head(15))


def test_every_statement_opens_with_its_words_speaker_and_cue_marked(corpus: Corpus, explorer: Explorer) -> None:
    for row in corpus.statements.itertuples():
        explorer.show_statement(row.statement_id)
        pieces = explorer.passage["pieces"]
        marked = "".join(piece["text"] for piece in pieces if "statement" in piece["marks"])
        assert marked == row.quote
        assert "".join(piece["text"] for piece in pieces) in corpus.text(row.doc_id)


def test_the_whole_article_opens_when_it_is_asked_for(corpus: Corpus, explorer: Explorer) -> None:
    row = corpus.statements.iloc[-1]
    explorer.show_statement(row["statement_id"])
    assert any(explorer.passage["is_cut"])

    explorer.is_whole = True

    assert "".join(piece["text"] for piece in explorer.passage["pieces"]) == corpus.text(row["doc_id"])
    assert explorer.passage["is_cut"] == [False, False]


def test_steps_go_through_what_is_chosen_over_pages_and_stop_at_both_ends(explorer: Explorer) -> None:
    explorer.choose(camp="iraqi_government")
    expected = list(explorer.statements["statement_id"])
    assert len(expected) > 15

    opened = []
    for _ in expected:
        explorer.step(1)
        opened.append(explorer.selected)
        assert explorer.selected in [row["id"] for row in explorer.view["rows"]]

    assert opened == expected
    explorer.step(1)
    assert explorer.selected == expected[-1]
    explorer.step(-1)
    assert explorer.selected == expected[-2]


def test_a_statement_that_is_no_longer_chosen_stays_open_and_says_so(explorer: Explorer) -> None:
    explorer.step(1)
    explorer.choose(words="زقزوقة")

    assert explorer.passage["number"] is None
    explorer.step(1)
    assert explorer.passage["id"]


def test_text_of_an_article_goes_over_as_text_and_the_script_makes_no_html(tmp_path: Path) -> None:
    hostile = "<img src=x onerror=alert(1)> سنغادر"
    (tmp_path / "one.txt").write_text(
        f"قال وزير الخارجية إن القوات الأمريكية {hostile} العراق قريباً.", encoding="utf-8"
    )
    explorer = mq.explorer(mq.load(corpus=str(tmp_path)))
    script = Path(mq.__file__).parent.joinpath("statement_explorer", "explorer.js").read_text(encoding="utf-8")

    explorer.step(1)

    assert explorer.view["total"]
    assert not [name for name in ("innerHTML", "outerHTML", "insertAdjacentHTML", "eval(", "http") if name in script]


def test_it_speaks_the_language_of_the_corpus(corpus: Corpus) -> None:
    tables = replace(corpus.tables, parameters=replace(corpus.tables.parameters, language="ar"))
    explorer = mq.explorer(Corpus(tables))

    assert explorer.about["language"] == "ar"
    assert explorer.about["words"]["title"] == "التصريحات"
    assert "الحكومة العراقية" in [option["label"] for option in explorer.view["facets"]["camp"]]


def test_opening_it_twice_gives_two(corpus: Corpus) -> None:
    first, second = mq.explorer(corpus), mq.explorer(corpus)
    first.choose(camp="experts")
    assert second.view["total"] == len(second.statements) > len(first.statements)
