from __future__ import annotations

import json
import re
from collections.abc import Callable
from dataclasses import replace
from functools import cache
from types import SimpleNamespace
from typing import Any

import pandas as pd
import pytest
from IPython.core.formatters import DisplayFormatter
from small_tables import ISSUE, VOCABULARY, dated, dates, document, documents, statement, statements

from mawaqif import sheets
from mawaqif import workbook as wb
from mawaqif.aggregate.network import make_network
from mawaqif.aggregate.positions import make_positions
from mawaqif.aggregate.sources import make_sources
from mawaqif.aggregate.timeline import make_timeline
from mawaqif.coding import Codings, CodingUse
from mawaqif.errors import ParameterError
from mawaqif.phrases import arabic, english
from mawaqif.schemas import MODALITIES
from mawaqif.settings import Parameters
from mawaqif.sheets import evidence
from mawaqif.sheets.events import AROUND, quote_around
from mawaqif.sheets.parts import MOST_LINKS, link_statements
from mawaqif.tables import Tables

QUOTE = "نص التصريح"
TEXT = "مقدمة " * 20 + QUOTE + " خاتمة" * 20
START = TEXT.index(QUOTE)
CHARTS = (wb.draw_voices, wb.draw_positions, wb.draw_over_time, wb.draw_timeline, wb.draw_network)
SHEETS = (
    wb.show_documents, wb.show_removed, wb.show_skipped, wb.show_outlets, wb.show_evidence, wb.show_agreement,
    wb.show_rule_agreement, wb.show_findings, wb.show_positions, wb.show_scale, wb.show_timeline,
    wb.show_milestones, wb.show_kinds,
    wb.show_codings, wb.show_voices, wb.show_speakers, wb.show_silent, wb.show_robustness, wb.show_movements,
    wb.show_event_passages, wb.show_warnings,
    wb.show_network_data, wb.show_over_time_data,
)  # fmt: skip
LISTS = (
    wb.show_evidence, wb.show_findings, wb.show_milestones, wb.show_silent, wb.show_robustness, wb.show_movements,
    wb.show_event_passages, wb.show_warnings, wb.show_skipped,
)  # fmt: skip
NO_CODINGS = Codings(*(pd.DataFrame() for _ in range(7)), texts={})


def make_tables(*rows: dict[str, Any], language: str = "en", **changes: Any) -> Tables:
    told = statements(*rows)
    printed = changes.pop("core_documents", documents(document("a", title="عنوان المقال"), document("b")))
    days = changes.pop("core_dates", dates(dated("a", 110, "2026-09-01", "2026-09-30", "اكتمال الانسحاب")))
    raw = pd.DataFrame({"doc_id": list(printed["doc_id"])})
    raw = raw.assign(path="corpus/" + raw["doc_id"] + ".txt", sha256="0" * 64, text=TEXT, url=None)
    made = Tables(
        parameters=Parameters(language=language, issue="presence"),
        vocabulary=VOCABULARY,
        issue=ISSUE,
        codings=NO_CODINGS,
        coding_use=CodingUse((), (), 0),
        raw_documents=raw,
        raw_skipped=pd.DataFrame(columns=["path", "reason", "mend"]),
        core_documents=printed,
        core_boilerplate=pd.DataFrame({"doc_id": ["a"], "start": [0], "end": [7], "kind": ["site"], "rule": ["menu"]}),
        core_mentions=pd.DataFrame(columns=["doc_id", "actor_id", "start", "end", "is_registered"]),
        core_statements=told,
        core_dates=days,
        rule_statements=told,
        rule_dates=days,
        out_positions=make_positions(told, printed, issue_id="presence", vocabulary=VOCABULARY),
        out_timeline=make_timeline(days, told),
        out_sources=make_sources(told, printed),
        out_network=make_network(told, printed, issue_id="presence"),
    )
    return replace(made, **changes)


SOME = (statement(1, "bloc", -2), statement(2, "bloc", 1, modality="forecast"), statement(3, "government", None))


@cache
def some_tables(language: str = "en", *, run: int = 1) -> Tables:
    """The tables of three statements, made once for each run; no output changes them."""
    return make_tables(*SOME, language=language)


@cache
def no_statements(language: str) -> Tables:
    return make_tables(language=language, core_dates=dates())


def shown_by_jupyter(output: wb.Output) -> tuple[dict[str, Any], dict[str, Any]]:
    data, metadata = DisplayFormatter().format(output)
    return data, metadata


@pytest.mark.parametrize("language", ["en", "ar"])
@pytest.mark.parametrize("draw", CHARTS)
def test_a_chart_is_plotly_json_with_caption_alt_and_evidence(
    draw: Callable[[Tables], wb.ChartOutput], language: str
) -> None:
    rows = (*SOME, statement(5, "deputy", 1))
    data, _ = shown_by_jupyter(draw(make_tables(*rows, language=language)))

    assert set(data) == {wb.PLOTLY_MIME, "text/plain"}
    meta = data[wb.PLOTLY_MIME]["layout"]["meta"]
    assert meta["caption"]
    assert meta["alt"] == data["text/plain"]
    assert set(meta["statement_ids"]) <= {row["statement_id"] for row in rows}
    json.dumps(data)


@pytest.mark.parametrize("language", ["en", "ar"])
@pytest.mark.parametrize("show", SHEETS)
def test_a_table_or_text_is_markdown_alone(show: Callable[[Tables], wb.MarkdownOutput], language: str) -> None:
    data, metadata = shown_by_jupyter(show(some_tables(language)))

    assert set(data) == {"text/markdown", "text/plain"}
    assert "caption" in metadata["mawaqif"]


@pytest.mark.parametrize("language", ["en", "ar"])
@pytest.mark.parametrize("make", [*CHARTS, *SHEETS])
def test_a_corpus_without_statements_still_shows_something(make: Callable[[Tables], wb.Output], language: str) -> None:
    assert str(make(no_statements(language))).strip()


@pytest.mark.parametrize("make", [*CHARTS, *SHEETS])
def test_two_runs_give_the_same_output(make: Callable[[Tables], wb.Output]) -> None:
    first, second = (shown_by_jupyter(make(some_tables(run=run))) for run in (1, 2))

    assert json.dumps(first) == json.dumps(second)


# --- tables ----------------------------------------------------------------------------------------------------------


def cells(markdown: str) -> list[list[str]]:
    return [[cell.strip() for cell in line.strip("|").split("|")] for line in markdown.splitlines()]


@pytest.mark.parametrize("show", [f for f in SHEETS if f not in LISTS])
def test_every_row_of_a_table_has_as_many_cells_as_its_head(show: Callable[[Tables], wb.MarkdownOutput]) -> None:
    hostile = statement(4, "x | y\n\n| z", 1, quote="a | b")
    printed = documents(document("a", title="t | u\n---", outlet="o | p", outlet_id=None), document("b"))
    table = cells(show(make_tables(*SOME, hostile, core_documents=printed)).markdown)

    assert len(table) >= 3
    assert {len(row) for row in table} == {len(table[0])}


def test_the_corpus_says_how_each_date_is_known() -> None:
    printed = documents(
        document("a", title="عنوان", published="2024-08-16", published_basis="inferred"),
        document("b", published=None, published_earliest=None, published_latest=None, published_basis="unknown"),
    )
    table = cells(wb.show_documents(make_tables(*SOME, core_documents=printed)).markdown)

    assert table[2][1:] == ["The Daily", "16 Aug 2024", "inferred from the text", "3"]
    assert table[3] == ["b&#46;txt", "The Daily", "undated", "unknown", "0"]


def test_coders_who_infer_different_days_are_told_both() -> None:
    printed = documents(
        document(
            "a",
            published=None,
            published_earliest="2024-05-02",
            published_latest="2024-05-09",
            published_basis="inferred",
        ),
        document("b", published="2024-06-01", published_basis="inferred"),
    )
    coded = pd.DataFrame(
        [
            ("coder1", "a", "2024-05-02/2024-05-06"),
            ("coder2", "a", "2024-05-04/2024-05-09"),
            ("coder1", "b", "2024-06-01"),
        ],
        columns=["coder", "doc_id", "published_range"],
    )
    codings = replace(NO_CODINGS, documents=coded)
    told = [
        [
            row[3]
            for row in cells(
                wb.show_documents(make_tables(*SOME, core_documents=printed, codings=codings, language=lang)).markdown
            )[2:]
        ]
        for lang in ("en", "ar")
    ]

    assert told[0] == ["inferred from the text; coders give 2–6 May 2024 or 4–9 May 2024", "inferred from the text"]
    assert "أو" in told[1][0]
    assert "أو" not in told[1][1]


def test_nothing_skipped_is_said_plainly() -> None:
    shown = wb.show_skipped(make_tables(*SOME))
    assert (shown.markdown, shown.caption) == ("Every file was used, and no article repeats another.", None)


def test_skipped_files_and_duplicates_are_listed_with_reason_and_mend() -> None:
    skipped = pd.DataFrame({"path": ["bad.txt"], "reason": ["it is empty"], "mend": ["Remove it."]})
    printed = documents(document("a"), document("b", duplicate_of="a"))
    shown = wb.show_skipped(make_tables(*SOME, core_documents=printed, raw_skipped=skipped)).markdown
    table = cells(shown.partition("\n\n")[2])

    assert table[2] == ["bad&#46;txt", "it is empty", "Remove it&#46;"]
    assert table[3][:2] == ["b&#46;txt", "repeats a"]


def test_positions_link_to_the_statements_they_rest_on() -> None:
    table = cells(wb.show_positions(make_tables(*SOME)).markdown)

    assert [row[0] for row in table[2:]] == ["**Parliament and blocs**", "Wafa bloc"]
    assert table[3][1].endswith("\u22122.0\u2069")
    assert table[3][2:7] == ["1", "1", "1", "Aug 2024", "1"]
    assert table[3][-1] == "[1](#s-a-100-150) [2](#s-a-200-250)"


def test_the_interval_of_a_position_stands_in_brackets_behind_it() -> None:
    told = (statement(1, "bloc", 2), statement(2, "bloc", 0, doc_id="b"))
    table = cells(wb.show_positions(make_tables(*told)).markdown)

    assert re.sub("[\u200e\u2066-\u2069]", "", table[3][1]) == "+1.0 (0.0 to +2.0)"


@pytest.mark.parametrize(
    ("language", "heads"),
    [("en", ["Happened", "Planned when written"]), ("ar", ["ما وقع", "ما كان مقرراً وقت النشر"])],
)
def test_events_stand_under_what_became_of_them(language: str, heads: list[str]) -> None:
    days = dates(
        dated("a", 110, "2026-09-01", "2026-09-30", "اكتمال الانسحاب"),
        dated("a", 10, "2020-09-01", "2020-09-30", "افتتاح الجسر", status="past"),
    )
    told = (statement(1, "bloc", -1),)
    tables = make_tables(*told, language=language, core_dates=days, out_timeline=make_timeline(days, statements(*told)))
    rows = cells(wb.show_timeline(tables).markdown)[2:]

    assert [row[0].strip("*") for row in rows if not "".join(row[1:])] == heads
    assert [row[2] for row in rows if "".join(row[1:])] == ["–", "[1](#s-a-100-150)"]


@pytest.mark.parametrize(
    ("language", "told"),
    [
        ("en", "**Sep 2026** · completion of the exit (agreed). Confirmed by the Wafa bloc ([1](#s-a-100-150))."),
        ("ar", "**سبتمبر 2026** · اكتمال الانسحاب (متفق عليه). أكّده: كتلة الوفاء ([1](#s-a-100-150))."),
    ],
)
def test_what_is_ahead_says_when_and_who_confirms_it(language: str, told: str) -> None:
    markdown = wb.show_ahead(make_tables(statement(1, "bloc", -1), language=language)).markdown

    assert told in markdown
    silent = wb.show_ahead(make_tables(statement(3, "bloc", -1), language=language)).markdown
    assert "#s-" not in silent


def test_the_article_without_which_a_position_moves_is_named() -> None:
    told = (
        statement(1, "bloc", 2),
        statement(2, "bloc", 0, doc_id="b"),
        statement(2, "bloc", 0, doc_id="c"),
        statement(3, "deputy", 1),
    )
    later = [document(doc, outlet_id=None, published="2024-09-01") for doc in "bc"]
    papers = documents(document("a"), *later)
    table = cells(wb.show_positions(make_tables(*told, core_documents=papers)).markdown)
    wafa = next(row for row in table if row[0] == "Wafa bloc")

    assert wafa[3:5] == ["3", "1 + ?"]
    assert wafa[5] == "Aug–Sep 2024"
    told_of = wb.show_robustness(make_tables(*told, core_documents=papers)).markdown
    assert "- **Wafa bloc** (+0.7, three articles): 0.0 without the article in The Daily of 1 August 2024" in told_of
    assert told_of.endswith("One other position rests on a single article; without it there would be no position.")


def test_a_position_that_articles_move_both_ways_stands_between_two_values() -> None:
    told = (statement(1, "bloc", 2), statement(2, "bloc", -2, doc_id="b"), statement(3, "deputy", 1))
    papers = documents(document("a"), document("b", published="2024-09-01"))
    tables = make_tables(*told, core_documents=papers)

    assert "between −2.0 and +2.0, depending on which article is left out" in wb.show_robustness(tables).markdown


def test_those_without_a_position_are_listed_by_camp() -> None:
    told = (*SOME, statement(8, "minister", None))

    assert (
        "- **Iraqi government:** Government of Iraq ([3](#s-a-300-350)), Saad Karim (["
        in wb.show_silent(make_tables(*told)).markdown
    )
    assert wb.show_silent(make_tables(statement(1, "bloc", 1))).markdown.startswith("Everyone who is reported")


def test_a_movement_shows_the_passages_of_both_ends_and_the_gap_between_them() -> None:
    told = (statement(1, "bloc", -2, doc_id="b"), statement(2, "bloc", 1, gloss_en="It should stay."))
    papers = documents(document("a"), document("b", published="2021-03-23"))
    markdown = wb.show_movements(make_tables(*told, core_documents=papers)).markdown

    assert "between 23 March 2021 and 1 August 2024 (40 months)" in markdown
    assert markdown.count("::: {.side}") == 2
    assert markdown.index("#s-b-100-150") < markdown.index("#s-a-200-250")
    assert "too little to speak of a change of mind" in markdown
    assert "It should stay&#46;" in markdown


def test_no_movement_is_not_told_as_constancy() -> None:
    assert "shows no constancy either" in wb.show_movements(make_tables(statement(1, "bloc", 1))).markdown


def test_camps_are_counted_by_grade_with_shares_and_cautions() -> None:
    told = (statement(1, "source", 1), statement(2, "source", 1), statement(3, "bloc", 1), statement(4, "deputy", 1))
    table = cells(wb.show_voices(make_tables(*told)).markdown)

    assert table[0][1:5] == ["Named person", "Anonymous", "Statements", "Share"]
    unnamed = next(row for row in table if row[0] == "Unnamed sources")
    assert unnamed[1:5] == ["0", "2", "2", "50%"]
    assert unnamed[-1] == "all from one article; all attributed to informed source"
    assert table[-1][0] == "**All**"


@pytest.mark.parametrize(("language", "label"), [("en", "exit now"), ("ar", "خروج الآن")])
def test_the_scale_lists_every_step_from_the_lowest_with_its_definition(language: str, label: str) -> None:
    table = cells(wb.show_scale(make_tables(language=language)).markdown)

    assert len(table) == 2 + len(ISSUE.scale)
    assert "\u22122" in table[2][0]
    assert table[2][1:] == [label, label]
    assert "+2" in table[-1][0]


def test_actors_with_too_few_statements_are_left_out_of_chart_and_table_alike() -> None:
    tables = make_tables(*SOME, statement(5, "deputy", 2))
    strict = replace(tables, parameters=replace(tables.parameters, minimum_statements=2))

    assert "Mona" in wb.show_positions(tables).markdown
    assert "Mona" not in wb.show_positions(strict).markdown
    assert "a-500-550" in wb.draw_positions(tables).figure.layout.meta["statement_ids"]
    assert "a-500-550" not in wb.draw_positions(strict).figure.layout.meta["statement_ids"]


def test_many_statements_are_linked_up_to_a_limit_and_counted() -> None:
    ids = [f"a-{n}-{n + 1}" for n in range(20)]
    links = link_statements(reversed(ids), {i: n for n, i in enumerate(ids, start=41)}, "en")

    assert links.count("](#s-") == MOST_LINKS
    assert links.startswith("[41](#s-a-0-1) [42](#s-a-1-2)")
    assert links.endswith("and 8 more")


def test_a_number_means_one_statement_in_every_table_and_is_printed_with_it() -> None:
    rows = (statement(1, "government", None), *(statement(n, "bloc", -1) for n in (2, 3)), statement(4, "deputy", 1))
    tables = make_tables(*rows, core_dates=dates(dated("a", 410, "2026-09-01", "2026-09-30", "اكتمال الانسحاب")))
    shown = [show(tables).markdown for show in (wb.show_findings, wb.show_positions, wb.show_timeline)]
    links = re.findall(r"\[(\d+)\]\(#s-(\S+?)\)", "\n".join([*shown, wb.show_milestones(tables).markdown]))
    printed = re.findall(
        r"::: \{#s-(\S+) [^\n]+\n\n\[\[(\d+)\]\(#s-\1\)\]\{\.number\} ", wb.show_evidence(tables).markdown
    )

    assert [number for _, number in printed] == ["1", "2", "3", "4"]
    assert {statement_id for _, statement_id in links} == {row["statement_id"] for row in rows}
    assert {(statement_id, number) for number, statement_id in links} == set(printed)


def test_the_articles_of_a_position_are_those_that_it_rests_on() -> None:
    rows = (statement(1, "bloc", -2), statement(2, "bloc", None, doc_id="b"))
    table = cells(wb.show_positions(make_tables(*rows)).markdown)

    assert table[0][3] == "Articles"
    assert table[3][3] == "1"


def test_ids_of_rules_are_not_in_the_arabic_table() -> None:
    english_table, arabic_table = (
        cells(wb.show_removed(make_tables(*SOME, language=language)).markdown) for language in ("en", "ar")
    )

    assert english_table[2][4] == "menu"
    assert len(arabic_table[0]) == 4
    assert "menu" not in str(arabic_table)


def test_the_caption_of_the_codings_says_who_coded_the_statements() -> None:
    caption = wb.show_codings(make_tables(*SOME)).caption

    assert caption
    assert caption.endswith(". All three statements of this report come from the reference coding.")


def test_codings_are_counted_by_coder_with_what_is_printed_of_them() -> None:
    coded = pd.DataFrame({"coder": ["coder1", "coder1", "coder2", "consensus"], "doc_id": ["a", "b", "a", "elsewhere"]})
    tables = make_tables(*SOME, codings=replace(NO_CODINGS, statements=coded))
    table = cells(wb.show_codings(tables).markdown)

    assert [row[1:] for row in table[2:]] == [
        ["2", "2", "–"], ["1", "1", "–"], ["0", "0", "3"], ["3", "1", "0"], ["0", "0", "0"],
        ["0", "–", "0"],
    ]  # fmt: skip


@pytest.mark.parametrize("language", ["en", "ar"])
def test_every_kind_of_statement_is_defined_and_counted(language: str) -> None:
    table = cells(wb.show_kinds(make_tables(*SOME, language=language)).markdown)

    assert len(table) == 2 + len(MODALITIES)
    assert all(row[1] for row in table)
    assert [row[2:4] for row in table[2:5]] == [["2", "2"], ["0", "0"], ["1", "1"]]
    assert [row[4] for row in table[2:5]] == ["1", "0", "1"]


def test_the_files_are_listed_with_the_start_of_their_checksums() -> None:
    raw = pd.DataFrame([{"path": "x/b.txt", "sha256": "9" * 64, "encoding": "utf-8", "text": "كلمة"}])
    table = cells(wb.show_inputs(make_tables(raw_documents=raw)).markdown)

    assert table[2] == ["b&#46;txt", "utf&#45;8", "4", "9" * 16]


def test_precision_and_recall_are_the_rules_and_never_those_of_two_coders() -> None:
    measure = SimpleNamespace(
        name="speaker accuracy", value=0.875, low=0.8, high=0.94, n=40, precision=None, recall=0.5
    )
    evaluation = SimpleNamespace(coders=(measure,), rules=(measure,), abstentions=0.25)
    between_coders = cells(sheets.list_agreement(evaluation, "en"))
    of_rules = cells(sheets.list_rule_agreement(evaluation, "en"))

    assert between_coders[2:] == [["speaker accuracy", "0.88", "\u20660.80–0.94\u2069", "40"]]
    assert of_rules[2] == ["speaker accuracy", "0.88", "\u20660.80–0.94\u2069", "–", "0.50", "40"]
    assert of_rules[3][1:] == ["0.25", "–", "–", "–", "–"]


def test_modality_is_called_the_kind_of_statement() -> None:
    measure = SimpleNamespace(
        name="modality accuracy", value=0.875, low=0.8, high=0.94, n=40, precision=None, recall=None
    )
    evaluation = SimpleNamespace(coders=(), rules=(measure,), abstentions=0.25)

    assert "accuracy of the kind of statement" in sheets.list_rule_agreement(evaluation, "en")
    assert "صحة نوع القول" in sheets.list_rule_agreement(evaluation, "ar")


def test_a_corpus_that_nobody_coded_says_so_instead_of_a_measure() -> None:
    for show in (wb.show_agreement, wb.show_rule_agreement):
        assert "No document of this corpus has a reference coding" in show(make_tables(*SOME)).markdown


# --- evidence --------------------------------------------------------------------------------------------------------


def test_every_statement_is_evidence_with_an_anchor() -> None:
    markdown = wb.show_evidence(make_tables(*SOME)).markdown

    assert re.findall(r"^::: \{#s-(\S+) \.statement .+\}$", markdown, flags=re.MULTILINE) == [
        "a-100-150", "a-200-250", "a-300-350",
    ]  # fmt: skip


def test_an_entry_carries_its_codes_and_no_word_of_an_article() -> None:
    rows = (statement(1, "bloc", -2), statement(2, None, 1, speaker_name='علي "><b>'), statement(3, None, None))
    heads = re.findall(r"^::: \{#s-(.+)\}$", wb.show_evidence(make_tables(*rows)).markdown, flags=re.MULTILINE)
    codes = [dict(re.findall(r'data-(\w+)="([^"]*)"', head)) for head in heads]
    assert codes[0] == {
        "actor": "bloc", "camp": "parliament_blocs", "stance": "-2", "modality": "position", "document": "00000000",
        "from": "2024-08-01", "to": "2024-08-01",
    }  # fmt: skip
    assert re.fullmatch(r"x[0-9a-f]{8}", codes[1]["actor"])
    assert codes[2]["actor"] == "unattributed"
    assert codes[2]["stance"] == "none"
    assert all(re.fullmatch(r"[\w.=\" -]+", head) for head in heads)


def test_a_passage_stands_between_the_words_of_its_paragraph() -> None:
    text = "فقرة سابقة\nقبله مباشرة " + QUOTE + "، وبعده.\nفقرة لاحقة"
    start = text.index(QUOTE)
    row = {**statement(1, "bloc", -2), "start": start, "end": start + len(QUOTE), "quote": QUOTE}
    tables = make_tables(row)
    tables = replace(tables, raw_documents=tables.raw_documents.assign(text=text))
    entry = wb.show_evidence(tables).markdown
    before, after = re.findall(r"\[([^\]]+)\]\{\.passage \.context", entry)
    assert before == "قبله مباشرة"
    assert after == "&#1548; وبعده&#46;"
    assert f'{{.passage .context lang="ar" dir="rtl"}} [{QUOTE}]{{.passage lang="ar" dir="rtl"}}[' in entry


def test_long_surroundings_are_cut_at_whole_words_and_removed_text_is_left_out(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(evidence, "CONTEXT_CHARACTERS", 50)
    row = {**statement(1, "bloc", -2), "start": START, "end": START + len(QUOTE), "quote": QUOTE}
    tables = make_tables(row)
    boilerplate = pd.DataFrame(
        {"doc_id": ["a"], "start": [START - 7], "end": [START - 1], "kind": ["site"], "rule": ["menu"]}
    )
    before, after = (
        re.findall(r"\[([^\]]+)\]\{\.passage \.context", wb.show_evidence(made).markdown)
        for made in (replace(tables, core_boilerplate=marked) for marked in (boilerplate[:0], boilerplate))
    )
    assert set(before[0].split()) == {"&#8230;", "مقدمة"}
    assert set(before[1].split()) == {"خاتمة", "&#8230;"}
    assert len(before[0]) <= 50 + len("&#8230; ")
    assert after[0].endswith("مقدمة")


@pytest.mark.parametrize(
    ("url", "link"),
    [
        ("https://example.org/a?b=1#top", "https://example.org/a?b=1#:~:text=%D9%86%D8%B5"),
        ("http://example.org/)[x](javascript:alert(1))", "http://example.org/%29%5Bx%5D%28javascript:alert%281%29%29#"),
        ("javascript:alert(1)", None),
        ("https:no-host", None),
        (None, None),
    ],
)
def test_a_known_address_is_linked_at_the_passage_and_cannot_break_out(url: str | None, link: str | None) -> None:
    row = {**statement(1, "bloc", -2), "quote": QUOTE}
    tables = make_tables(row)
    entry = wb.show_evidence(replace(tables, raw_documents=tables.raw_documents.assign(url=url))).markdown
    targets = re.findall(r"\]\((?!#)([^\s()]*)\)", entry)
    assert ("open in the article" in entry) == (link is not None)
    assert targets == [] if link is None else any(target.startswith(link) for target in targets)


def test_evidence_says_who_when_where_and_what() -> None:
    entry = wb.show_evidence(make_tables(statement(1, "bloc", -2, gloss_en="Leave now."))).markdown

    for part in ("Wafa bloc", "Parliament and blocs", "1 Aug 2024", "\u22122", "exit now", "position"):
        assert part in entry
    assert "reference coding" in entry
    assert "a&#46;txt]{.screen} \u2066100–150\u2069" in entry
    assert "Gloss: Leave now&#46;" in entry
    assert '[نص]{.passage lang="ar" dir="rtl"}' in entry


@pytest.mark.parametrize(("language", "label"), [("en", "cue: "), ("ar", "لفظ الإسناد: ")])
def test_evidence_prints_the_cue_of_the_article(language: str, label: str) -> None:
    row = statement(1, "bloc", -2, cue_start=0, cue_end=5)
    cued, plain = (
        wb.show_evidence(make_tables(told, language=language)).markdown for told in (row, statement(1, "bloc", -2))
    )

    assert f'{label}**[{TEXT[:5]}]{{.passage lang="ar" dir="rtl"}}**' in cued
    assert label not in plain


def test_a_statement_on_something_else_has_no_position_on_this_issue() -> None:
    entry = wb.show_evidence(make_tables(statement(1, "bloc", -2, issue="other"))).markdown

    assert "not on this issue" in entry
    entry = wb.show_evidence(make_tables(statement(1, "bloc", None))).markdown
    assert "on this issue, without a place on the scale" in entry


def test_an_unlisted_speaker_keeps_the_name_found_as_article_text() -> None:
    entry = wb.show_evidence(make_tables(statement(1, None, 0, speaker_name="علي <b>"))).markdown

    assert '**[علي &#60;b&#62;]{.passage lang="ar" dir="rtl"}**' in entry


@pytest.mark.parametrize(
    "hostile",
    [
        "<script>alert(1)</script>",
        "::: {.x}",
        "{{< env HOME >}}",
        "[x](javascript:alert(1))",
        "---\ntitle: x\n---",
        "`#x`{=typst}",
    ],
)
def test_article_text_stays_inert_in_every_sheet(hostile: str) -> None:
    row = statement(1, None, 1, quote=hostile, speaker_name=hostile, doc_id="a")
    printed = documents(document("a", title=hostile, outlet=hostile, outlet_id=None))
    day = dates(dated("a", 110, "2026-09-01", "2026-09-30", hostile))
    tables = make_tables(row, core_documents=printed, core_dates=day)

    for show in SHEETS:
        assert hostile not in show(tables).markdown, show.__name__
    for draw in CHARTS:
        assert "<script" not in json.dumps(draw(tables).data)


def test_more_statements_than_a_page_bears_are_cut_and_counted(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(evidence, "MOST_STATEMENTS", 2)
    markdown = wb.show_evidence(make_tables(*SOME)).markdown

    assert markdown.count(" .statement ") == 2
    assert "the first 2 of 3 statements" in markdown


# --- passages and parameters -----------------------------------------------------------------------------------------


def test_a_passage_is_shown_in_its_article() -> None:
    row = {**statement(1, "bloc", -2), "start": START, "end": START + len(QUOTE), "quote": QUOTE}
    shown = wb.show_passage(make_tables(row), row["statement_id"]).markdown

    assert f'**[{QUOTE}]{{.passage lang="ar" dir="rtl"}}**' in shown
    assert shown.index("مقدمة") < shown.index(QUOTE) < shown.index("خاتمة")


def test_an_unknown_statement_is_an_error_that_says_what_to_do() -> None:
    with pytest.raises(ParameterError, match="no-such-id"):
        wb.show_passage(make_tables(*SOME), "no-such-id")


def test_an_unknown_parameter_is_an_error_not_a_warning() -> None:
    with pytest.raises(ParameterError, match="langauge"):
        wb.load(langauge="ar")


def test_each_event_is_quoted_from_every_place_that_dates_it() -> None:
    text = "سكت الجميع. أعلن الوفد الأمر عام كذا بعد الاجتماع. انتهى " + "كلمة " * 40
    start = text.index("عام كذا")
    rows = (dated("a", start, "2026-01-01", "2026-12-31", "إعلان الأمر كله", end=start + 7),)
    raw = pd.DataFrame([{"doc_id": d, "path": f"{d}.txt", "sha256": "0" * 64, "text": text} for d in "ab"])
    markdown = wb.show_event_passages(make_tables(core_dates=dates(*rows), raw_documents=raw)).markdown

    assert "[أعلن الوفد الأمر عام كذا بعد الاجتماع]" in markdown
    assert "سكت" not in markdown
    assert "1 Aug 2024" in markdown


def test_a_long_sentence_is_quoted_in_whole_words() -> None:
    text = "كلمة " * 60 + "عام كذا " + "لفظ " * 60
    start = text.index("عام كذا")
    quote = quote_around(text, start, start + 7)

    assert quote.startswith("… كلمة")
    assert quote.endswith("لفظ …")
    assert len(quote) < 2 * AROUND + 20


def test_a_milestone_keeps_the_words_of_the_article_and_what_was_agreed_stands_behind_them() -> None:
    days = dates(dated("a", 110, "2026-01-01", "2026-12-31", "اكتمال الانسحاب من الجنوب"))
    events = make_timeline(
        days, statements(), issue=ISSUE.model_copy(update={"directions": (), "abbreviations": {}, "terms": {}})
    )
    shown = wb.show_timeline(make_tables(core_dates=days, out_timeline=events)).markdown

    assert events["known_id"].tolist() == ["exit"]
    assert "اكتمال الانسحاب من الجنوب" in shown
    assert "(as it was agreed: completion of the exit, Sep 2026)" in shown


def test_the_name_of_a_milestone_on_something_else_is_told_apart_from_what_was_agreed() -> None:
    own = ISSUE.milestones[0].model_copy(update={"subjects": ("mission",)})
    none = {"directions": (), "abbreviations": {}}
    issue = ISSUE.model_copy(update={"milestones": (own,), "terms": {"mission": ("البعثة",)}, **none})
    days = dates(dated("a", 110, "2026-09-01", "2026-09-30", "اكتمال الانسحاب من السوق"))
    told = statements(statement(1, "bloc", -1))
    events = make_timeline(days, told, issue=issue)
    tables = make_tables(statement(1, "bloc", -1), core_dates=days, out_timeline=events, issue=issue)

    assert "(what was agreed under this name: completion of the exit, Sep 2026)" in wb.show_timeline(tables).markdown
    assert "This name is given to “" in wb.show_ahead(tables).markdown
    assert "**One statement gives this name to something else**" in wb.show_milestones(tables).markdown


@pytest.mark.parametrize(("language", "when"), [("en", "after Aug 2024"), ("ar", "بعد أغسطس 2024")])
def test_a_plan_without_a_date_comes_after_its_article_in_table_list_and_chart(language: str, when: str) -> None:
    days = dates(dated("a", 60, "2024-08-01", None, "زيارة الوفد", basis="relative_to_publication"))
    tables = make_tables(core_dates=days, out_timeline=make_timeline(days, statements()), language=language)

    assert f"\\[{when}\\]" in wb.show_timeline(tables).markdown
    assert f"({when.split(' ', 1)[1]})" in wb.show_ahead(tables).markdown
    figure = json.dumps(shown_by_jupyter(wb.draw_timeline(tables))[0][wb.PLOTLY_MIME], ensure_ascii=False)
    assert f"[{when}]" in figure


@pytest.mark.parametrize(
    ("said", "label"),
    [(("2019-10-01", "2019-12-31"), "(said 2019)"), (("2024-07-02", "2024-07-02"), "(said Jul 2024)")],
)
def test_a_chart_dates_whoever_is_told_with_older_words_alone(said: tuple[str, str], label: str) -> None:
    older = statement(1, "bloc", -1, speaker_start=40, speaker_end=50)
    day = dates(dated("a", 70, *said, "قرار", status="past"))
    alone, beside = (
        sheets.label_older(tables.out_positions, tables).set_index("actor_id")["name_en"].to_dict()
        for tables in (
            make_tables(older, statement(3, "deputy", 1), core_dates=day),
            make_tables(older, statement(3, "bloc", 1), core_dates=day),
        )
    )

    assert alone == {"bloc": f"Wafa bloc {label}", "deputy": "Mona Salim"}
    assert beside == {"bloc": "Wafa bloc"}


def test_an_event_is_told_with_the_statements_that_its_date_introduces() -> None:
    told = statement(1, "bloc", -1, speaker_start=40, speaker_end=50)
    days = dates(
        dated("a", 70, "2024-07-01", "2024-07-31", "جولة الحوار الثانية", status="past"),
        dated("a", 400, "2024-06-01", "2024-06-30", "افتتاح الجسر", status="past"),
    )
    tables = make_tables(told, core_dates=days, out_timeline=make_timeline(days, statements(told)))
    evidence_of = {row[0]: row[2] for row in cells(wb.show_timeline(tables).markdown)[3:]}

    assert evidence_of == {"Jun 2024": "–", "Jul 2024": "[1](#s-a-100-150)"}


def test_what_is_long_past_stands_apart_in_the_table_of_events() -> None:
    days = dates(
        dated("a", 10, "2005-01-01", "2005-12-31", "افتتاح الجسر القديم", status="past"),
        dated("a", 60, "2020-09-01", "2020-09-30", "زيارة الوفد", status="past"),
    )
    tables = make_tables(*SOME, core_dates=days, out_timeline=make_timeline(days, statements()))
    rows = [row[:2] for row in cells(wb.show_timeline(tables).markdown)[2:]]

    assert [row[0] for row in rows] == [
        "**Happened**", "Sep 2020", "**Background: ended more than 10 years before the oldest article**", "2005",
    ]  # fmt: skip


def test_a_text_that_is_quoted_speaks_in_the_place_of_those_who_made_it() -> None:
    text = "وتشير خارطة الطريق إلى أن" + " " * 100 + "اكتمال الانسحاب"
    row = statement(1, "bloc", -1, cue_start=1, cue_end=5, speaker_start=6, speaker_end=18)
    raw = pd.DataFrame(
        [{"doc_id": "a", "path": "a.txt", "sha256": "0" * 64, "encoding": "utf-8", "text": text, "url": None}]
    )
    english_words, arabic_words = (
        wb.show_ahead(make_tables(row, language=language, raw_documents=raw)).markdown for language in ("en", "ar")
    )

    assert "Confirmed in a document that the coding counts for the Wafa bloc (" in english_words
    assert "أكّده: وثيقة يحسبها الترميز لكتلة الوفاء (" in arabic_words


def test_milestones_list_what_is_said_of_them() -> None:
    markdown = wb.show_milestones(make_tables(statement(1, "bloc", -1))).markdown

    assert "completion of the exit" in markdown
    assert "**One statement confirms it**" in markdown
    assert "(#s-a-100-150)" in markdown


@pytest.mark.parametrize(
    ("n", "english_words", "arabic_words"),
    [
        (1, "One statement speaks against it", "تصريح واحد يخالفه"),
        (2, "Two statements speak against it", "تصريحان يخالفانه"),
        (3, "Three statements speak against it", "ثلاثة تصريحات تخالفه"),
        (11, "11 statements speak against it", "11 تصريحاً يخالفه"),
    ],
)
def test_what_is_said_of_a_milestone_agrees_in_number(n: int, english_words: str, arabic_words: str) -> None:
    assert english.say_relation("contradicts", n) == english_words
    assert arabic.say_relation("contradicts", n) == arabic_words


@pytest.mark.parametrize(
    ("n", "english_words", "arabic_words"),
    [
        (1, "One statement gives this name to something else", "تصريح واحد يطلق هذا الاسم على أمر آخر"),
        (2, "Two statements give this name to something else", "تصريحان يطلقان هذا الاسم على أمر آخر"),
        (3, "Three statements give this name to something else", "ثلاثة تصريحات تطلق هذا الاسم على أمر آخر"),
        (11, "11 statements give this name to something else", "11 تصريحاً يطلق هذا الاسم على أمر آخر"),
        (100, "100 statements give this name to something else", "100 تصريح يطلق هذا الاسم على أمر آخر"),
    ],
)
def test_those_who_use_the_name_of_a_milestone_otherwise_agree_in_number(
    n: int, english_words: str, arabic_words: str
) -> None:
    assert english.say_relation("namesake", n) == english_words
    assert arabic.say_relation("namesake", n) == arabic_words


def test_a_passage_on_a_milestone_has_its_gloss_in_english_alone() -> None:
    row = statement(1, "bloc", -1, gloss_en="Leave now.")

    assert "Gloss: Leave now&#46;" in wb.show_milestones(make_tables(row)).markdown
    assert "Leave now" not in wb.show_milestones(make_tables(row, language="ar")).markdown
