"""Every measure gives the result worked out by hand, and every set that breaks its format is refused in one line."""

from __future__ import annotations

import io
import json
from dataclasses import replace
from pathlib import Path

import pandas as pd
import pytest
from rich.console import Console

from mawaqif.aggregate.reliability import Retrieval
from mawaqif.errors import CodingError
from mawaqif.evaluate import Evaluation, Measure, Miss, evaluate_gold, render_evaluation
from mawaqif.evaluate.attribution import evaluate_attribution, read_attributions, without_particle
from mawaqif.evaluate.details import DateComparison, measure_boilerplate, measure_mentions
from mawaqif.evaluate.measures import half_of, make_calibration, measure_f1, measure_share
from mawaqif.evaluate.statements import Coded, Comparison, match_statements, measure_agreement
from mawaqif.paths import default_paths
from mawaqif.records import Span

ISSUE = "us_presence"
TEXTS = {"a": "0123456789" * 10, "b": "abcdefghij" * 10}


def coded(start: int, end: int, speaker: str = "x", *, doc_id: str = "a", **values: object) -> Coded:
    given = {"issue": ISSUE, "stance": 1, "modality": "position", **values}
    return Coded(doc_id, start, end, speaker, **given)  # type: ignore[arg-type]


def figures(found: list[Coded], reference: list[Coded]) -> dict[str, Measure]:
    return {m.name: m for m in Comparison(found, reference, issue_id=ISSUE).measure()}


def kinds(found: list[Coded], reference: list[Coded]) -> list[str]:
    return [miss.kind for miss in Comparison(found, reference, issue_id=ISSUE).misses(TEXTS)]


# --- statements -----------------------------------------------------------------------------------------------------


def test_the_same_coding_is_right_in_everything() -> None:
    both = [coded(0, 10), coded(20, 30, stance=-2), coded(40, 50, issue="other", stance=None)]
    measured = figures(both, both)
    assert {m.value for m in measured.values()} == {1.0}
    assert measured["speaker accuracy"].n == 3
    assert measured["stance exact share"].n == 2
    assert kinds(both, both) == []


def test_nothing_found_is_no_recall_and_leaves_the_other_measures_without_a_value() -> None:
    measured = figures([], [coded(0, 10), coded(20, 30)])
    spans = measured["statement F1 at 0.5 overlap"]
    assert (spans.value, spans.precision, spans.recall, spans.n) == (0, 0, 0, 2)
    assert measured["speaker accuracy"] == Measure("speaker accuracy", None, 0)
    assert kinds([], [coded(0, 10)]) == ["missed statement"]


def test_f1_counts_found_missed_and_false_statements() -> None:
    # One right, one missed, two false: P 1/3, R 1/2, F1 2/5.
    measured = figures([coded(0, 10), coded(60, 70), coded(80, 90)], [coded(0, 10), coded(20, 30)])
    spans = measured["statement F1 at 0.5 overlap"]
    assert (spans.precision, spans.recall, spans.value) == (pytest.approx(1 / 3), 0.5, pytest.approx(0.4))


def test_a_boundary_counts_at_half_and_not_at_four_fifths_of_the_characters() -> None:
    # 6 of 10 characters.
    measured = figures([coded(0, 6)], [coded(0, 10)])
    assert measured["statement F1 at 0.5 overlap"].value == 1
    assert measured["statement F1 at 0.8 overlap"].value == 0
    assert kinds([coded(0, 6)], [coded(0, 10)]) == ["wrong boundary"]


def test_an_optional_statement_is_neither_right_nor_wrong() -> None:
    reference = [coded(0, 10), coded(20, 30, required=False)]
    for found in ([coded(0, 10)], [coded(0, 10), coded(20, 30, "y", stance=-2)]):
        spans = figures(found, reference)["statement F1 at 0.5 overlap"]
        assert (spans.precision, spans.recall, spans.n) == (1, 1, 1)
        assert figures(found, reference)["speaker accuracy"].n == 1
        assert kinds(found, reference) == []


def test_a_speaker_of_whom_the_reference_gives_only_the_place_is_right_where_the_rules_speaker_lies_on_it() -> None:
    def at(start: int, end: int, speaker: Span | None, name: str = "") -> Coded:
        return replace(coded(start, end, name), speaker=speaker)

    reference = [at(10, 20, Span(0, 8)), at(30, 40, Span(22, 28)), at(50, 60, Span(44, 48)), at(70, 80, None)]
    found = [
        at(10, 20, Span(2, 8), "x-a"),  # a part of the phrase
        at(30, 40, Span(0, 8), "x-a"),  # somebody else
        at(50, 60, None),
        at(70, 80, None),  # nobody, as in the reference
    ]
    speaker = figures(found, reference)["speaker accuracy"]
    assert (speaker.value, speaker.n, speaker.precision, speaker.recall) == (0.5, 4, 0.5, pytest.approx(1 / 3))


def test_joint_speakers_over_one_span_are_matched_each_with_its_own() -> None:
    reference = [coded(0, 10, "x"), coded(0, 10, "y")]
    found = [coded(0, 10, "y"), coded(0, 10, "x")]
    assert match_statements(found, reference, threshold=0.5) == [(0, 1), (1, 0)]
    assert figures(found, reference)["speaker accuracy"].value == 1


def test_statements_of_different_documents_never_match() -> None:
    assert match_statements([coded(0, 10, doc_id="b")], [coded(0, 10)], threshold=0.5) == []


def test_a_null_stance_is_right_only_against_null_and_has_no_place_in_kappa() -> None:
    reference = [
        coded(0, 10, stance=None),
        coded(20, 30, stance=None),
        coded(40, 50, stance=2),
        coded(60, 70, stance=0),
    ]
    found = [coded(0, 10, stance=None), coded(20, 30, stance=1), coded(40, 50, stance=None), coded(60, 70, stance=0)]
    measured = figures(found, reference)
    assert measured["stance exact share"].value == 0.5
    assert measured["stance quadratic-weighted kappa"].n == 1
    assert Comparison(found, reference, issue_id=ISSUE).abstentions == 0.5
    assert Comparison(found, reference, issue_id=ISSUE).confusion() == [
        ("none", "none"), ("none", "+1"), ("+2", "none"), ("+0", "+0"),
    ]  # fmt: skip


def test_quadratic_kappa_forgives_a_near_miss() -> None:
    # Pairs (-2,-2), (2,2), (0,1): squares observed 1/3; by chance, over all nine pairings, (0+16+9+16+0+1+4+4+1)/9.
    reference = [coded(0, 10, stance=-2), coded(20, 30, stance=2), coded(40, 50, stance=0)]
    found = [coded(0, 10, stance=-2), coded(20, 30, stance=2), coded(40, 50, stance=1)]
    kappa = figures(found, reference)["stance quadratic-weighted kappa"]
    assert kappa.value == pytest.approx(1 - (1 / 3) / (51 / 9))


def test_the_issue_is_right_on_either_side_and_other_issues_are_one_side() -> None:
    reference = [coded(0, 10), coded(20, 30, issue="other", stance=None), coded(40, 50, issue="other", stance=None)]
    found = [coded(0, 10), coded(20, 30, issue="pmf_law", stance=None), coded(40, 50)]
    assert figures(found, reference)["issue accuracy"].value == pytest.approx(2 / 3)
    assert kinds(found, reference) == ["wrong issue"]


def test_each_kind_of_miss_names_what_was_expected_and_got() -> None:
    reference = [coded(0, 10), coded(20, 30), coded(40, 50)]
    found = [coded(0, 10, "y", stance=-1, modality="demand"), coded(40, 50), coded(70, 80)]
    misses = Comparison(found, reference, issue_id=ISSUE).misses(TEXTS)
    assert [(m.kind, m.start, m.expected, m.got) for m in misses] == [
        ("missed statement", 20, "x", "nothing"),
        ("false statement", 70, "nothing", "x"),
        ("wrong speaker", 0, "x", "y"),
        ("wrong stance", 0, "+1", "-1"),
        ("wrong modality", 0, "position", "demand"),
    ]
    assert misses[0].quote == TEXTS["a"][20:30]


def test_a_missed_statement_on_the_issue_stands_in_the_confusion_table() -> None:
    assert Comparison([], [coded(0, 10, stance=-2)], issue_id=ISSUE).confusion() == [("-2", "missed")]


def test_precision_and_recall_are_over_those_that_have_what_is_asked_for() -> None:
    reference = [coded(0, 10, "x"), coded(20, 30, ""), coded(40, 50, "y"), coded(60, 70, stance=None)]
    found = [coded(0, 10, "x"), coded(20, 30, "z"), coded(40, 50, "", stance=None), coded(60, 70, stance=1)]
    measured = figures(found, reference)
    # Two speakers right of three found and of three expected; two stances right of three found and of three expected.
    speaker, stance = measured["speaker accuracy"], measured["stance exact share"]
    assert (speaker.value, speaker.precision, speaker.recall) == (0.5, pytest.approx(2 / 3), pytest.approx(2 / 3))
    assert (stance.value, stance.precision, stance.recall) == (0.5, pytest.approx(2 / 3), pytest.approx(2 / 3))
    assert (measured["modality accuracy"].precision, measured["modality accuracy"].recall) == (1, 1)


def test_stances_are_measured_from_text_to_code_over_missed_and_false_statements_too() -> None:
    reference = [
        coded(0, 10),
        coded(20, 30, stance=-2),
        coded(40, 50, issue="other", stance=None),
        coded(60, 70, required=False),
    ]
    found = [coded(0, 10), coded(40, 50), coded(60, 70), coded(80, 90, stance=0)]
    measured = figures(found, reference)["stance F1, from text to code"]
    # One right; three found (the optional one aside), two expected.
    assert (measured.precision, measured.recall, measured.n) == (pytest.approx(1 / 3), 0.5, 2)
    assert measured.high is not None
    assert measured.high <= 1


def test_agreement_of_two_codings_is_one_where_they_are_the_same() -> None:
    both = [coded(0, 10, "x", stance=-2), coded(20, 30, "y", stance=2, modality="fact"), coded(40, 50, issue="other")]
    assert [m.value for m in measure_agreement(both, both, issue_id=ISSUE)] == [1, 1, 1, 1, 1]


# --- figures --------------------------------------------------------------------------------------------------------


def test_the_bootstrap_interval_is_the_same_every_time() -> None:
    cases = [(f"d{i // 3}", i % 4 > 0) for i in range(60)]
    first, second = measure_share("m", cases), measure_share("m", cases)
    assert first == second
    assert first.low is not None
    assert first.low < 0.75 < first.high


def test_the_bootstrap_draws_documents_so_that_alike_cases_do_not_narrow_the_interval() -> None:
    # Twelve documents of ten equal cases carry the information of twelve cases, not of 120.
    grouped = measure_share("m", [(f"d{i}", i % 2 == 0) for i in range(12) for _ in range(10)])
    alone = measure_share("m", [(f"d{i}-{j}", i % 2 == 0) for i in range(12) for j in range(10)])
    assert grouped.high - grouped.low > 2 * (alone.high - alone.low)


def test_few_documents_are_not_drawn() -> None:
    one = measure_f1("m", [("a", Retrieval(1, 1, 1)), ("a", Retrieval(0, 1, 0)), ("a", Retrieval(1, 1, 1))])
    assert one.value == pytest.approx(0.8)
    assert one.low < one.high


def test_calibration_sorts_confidence_into_bins_and_certainty_into_the_last() -> None:
    bins = make_calibration([(0.55, True), (0.59, False), (0.9, True), (1.0, True)])
    assert [(b.low, b.n, b.right) for b in bins] == [(0.5, 2, 1), (0.9, 2, 2)]


# --- mentions, dates, boilerplate -----------------------------------------------------------------------------------


def spans(*rows: tuple[object, ...], columns: str = "coder doc_id actor_id start end") -> pd.DataFrame:
    return pd.DataFrame(rows, columns=columns.split())


def test_a_mention_is_right_if_either_coder_has_it_and_missed_if_both_have_it() -> None:
    found = spans(
        ("a", "x", 0, 3, True), ("a", "y", 10, 13, True), ("a", "x", 90, 93, True), ("a", "unlisted", 50, 53, False),
        columns="doc_id actor_id start end is_registered",
    )  # fmt: skip
    coders = spans(
        ("coder1", "a", "x", 0, 3), ("coder2", "a", "x", 1, 3),  # both: found
        ("coder1", "a", "y", 10, 13),  # one: found
        ("coder1", "a", "x", 20, 23), ("coder2", "a", "x", 20, 23),  # both: missed
        ("coder2", "a", "y", 30, 33),  # one: may be missed
    )  # fmt: skip
    measured = measure_mentions(found, coders, ["a"])
    # Two right of three found; two right of three wanted.
    assert (measured.precision, measured.recall) == (pytest.approx(2 / 3), pytest.approx(2 / 3))


def test_a_date_is_right_if_its_interval_is_either_coders() -> None:
    coders = spans(
        ("coder1", "a", 0, 4, "2026"), ("coder2", "a", 0, 5, "2026-01"),
        ("coder1", "a", 20, 24, "2024-04"),
        ("coder1", "a", 40, 44, "2025/.."),
        columns="coder doc_id start end normalised",
    )  # fmt: skip
    found = spans(
        ("a", 0, 4, "2026-01-01", "2026-01-31"), ("a", 20, 24, "2024-04-01", None), ("a", 80, 84, None, None),
        columns="doc_id start end first last",
    )  # fmt: skip
    comparison = DateComparison(found, coders, ["a"])
    right, known = comparison.measure()
    assert (right.value, right.n) == (pytest.approx(1 / 3), 3)
    assert (known.value, known.n) == (pytest.approx(2 / 3), 3)
    assert [(m.start, m.expected, m.got) for m in comparison.misses(TEXTS)] == [
        (20, "2024-04", "2024-04-01/.."),
        (40, "2025/..", "nothing"),
    ]


def test_boilerplate_that_only_one_coder_marked_is_left_aside_and_markup_is_not_asked() -> None:
    coders = spans(
        ("coder1", "a", 0, 20), ("coder2", "a", 10, 30), columns="coder doc_id start end"
    )  # agreed 10-20, doubtful 0-10 and 20-30
    found = spans(
        ("a", 5, 15, "counter"), ("a", 40, 45, "counter"), ("a", 50, 99, "markup"), columns="doc_id start end kind"
    )
    measured = measure_boilerplate(found, coders, ["a"])
    # Five right, five wrong, five doubtful; ten agreed.
    assert (measured.precision, measured.recall, measured.n) == (0.5, 0.5, 10)


# --- attributions ---------------------------------------------------------------------------------------------------

SENTENCE = "وقال وزير الزراعة سامر الحداد إن المحصول ارتفع هذا العام في الشمال."


def marked(text: str, *cases: dict[str, object], id: str = "t1") -> str:
    return json.dumps({"id": id, "text": text, "cases": list(cases)}, ensure_ascii=False)


def span(text: str, words: str) -> list[object]:
    start = text.index(words)
    return [start, start + len(words), words]


def case(text: str, verb: str, content: str, head: str | None = None, lemma: str = "قال") -> dict[str, object]:
    speaker = span(text, head) if head else None
    return {
        "verb": span(text, verb), "lemma": lemma, "content": span(text, content), "speaker": speaker,
        "speaker_head": speaker,
    }  # fmt: skip


def write(folder: Path, *lines: str, name: str = "set.jsonl") -> Path:
    path = folder / name
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")
    return path


def measure_set(path: Path) -> tuple[Evaluation, dict[str, Measure]]:
    evaluation = evaluate_attribution(path, vocabulary_folder=default_paths().vocabulary)
    return evaluation, {m.name: m for m in evaluation.rules}


def test_a_marked_attribution_that_the_rules_find_is_right_in_everything(tmp_path: Path) -> None:
    content = "إن المحصول ارتفع هذا العام في الشمال"
    evaluation, measured = measure_set(write(tmp_path, marked(SENTENCE, case(SENTENCE, "قال", content, "وزير"))))
    assert {m.value for m in measured.values()} == {1.0}
    assert evaluation.misses == ()


def test_an_unmarked_cue_counts_as_false_where_its_lemma_is_marked_elsewhere(tmp_path: Path) -> None:
    content = "إن المحصول ارتفع هذا العام في الشمال"
    other = "وأكد وزير النقل رامي سعيد أن الطريق سيفتح غدا."
    path = write(tmp_path, marked(SENTENCE, case(SENTENCE, "قال", content)), marked(other, id="t2"))
    evaluation, measured = measure_set(path)
    assert measured["cue F1, all cues"].precision == 0.5
    assert measured["cue F1, lemmas of the set"].precision == 1
    again = write(tmp_path, marked(SENTENCE, case(SENTENCE, "قال", content)), marked(SENTENCE, id="t2"))
    evaluation, measured = measure_set(again)
    assert measured["cue F1, verbs with a clause"].precision == 0.5
    assert [(m.kind, m.doc_id) for m in evaluation.misses] == [("false statement", "t2")]


def test_a_missed_verb_a_wrong_speaker_and_a_wrong_content_are_each_listed(tmp_path: Path) -> None:
    plain = "وصل القطار مساء إلى المحطة."
    first = marked(plain, case(plain, "وصل", "مساء إلى المحطة", lemma="وصل"), id="t0")
    second = marked(SENTENCE, case(SENTENCE, "قال", "الشمال", "المحصول"))
    evaluation, measured = measure_set(write(tmp_path, first, second))
    assert [m.kind for m in evaluation.misses] == ["missed statement", "wrong speaker", "wrong boundary"]
    assert measured["cue F1, all cues"].recall == 0.5
    assert measured["cue, speaker and content right"].value == 0


def test_both_halves_of_a_set_are_measured_and_a_document_keeps_its_half(tmp_path: Path) -> None:
    content = "إن المحصول ارتفع هذا العام في الشمال"
    lines = [marked(SENTENCE, case(SENTENCE, "قال", content, "وزير"), id=f"t{n}") for n in range(8)]
    evaluation, measured = measure_set(write(tmp_path, *lines))
    first, second = evaluation.halves
    assert (first.number, second.number) == (1, 2)
    assert first.documents == sum(half_of(f"t{n}") == 1 for n in range(8))
    assert first.documents + second.documents == evaluation.documents == 8
    for one, other, both in zip(first.rules, second.rules, evaluation.rules, strict=True):
        assert one.n + other.n == both.n == measured[one.name].n
    assert "half 2 of it" in printed(evaluation)
    assert [half["number"] for half in evaluation.as_dict()["halves"]] == [1, 2]


def test_a_set_of_one_document_has_no_halves(tmp_path: Path) -> None:
    evaluation, _ = measure_set(write(tmp_path, marked(SENTENCE)))
    assert evaluation.halves == ()


@pytest.mark.parametrize(
    ("text", "rest"),
    [
        ("أن الوضع هادئ", "الوضع هادئ"),
        ("إنه سيعود", "سيعود"),
        ("إلى أن «الوضع» هادئ", "الوضع» هادئ"),
        ('بأن " الوضع', "الوضع"),
        ("أنباء جديدة", "أنباء جديدة"),
        ("على ضرورة العمل", "على ضرورة العمل"),
        ("إنهاء الحرب", "إنهاء الحرب"),
        ("أن", "أن"),
    ],
)
def test_contents_are_compared_without_the_particle_that_opens_them(text: str, rest: str) -> None:
    start, end = without_particle(text, Span(0, len(text)))
    assert text[start:end] == rest


# --- sets that break their format -----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("line", "told"),
    [
        ("{", "not a JSON object"),
        ("[1]", "not a JSON object"),
        ('{"id": "t", "cases": []}', "'text' is missing"),
        ('{"id": 7, "text": "x", "cases": []}', "'id' is missing"),
        ('{"id": "t", "text": "x", "cases": {}}', "'cases' is missing or not a list"),
        (marked("قال إن", {"lemma": "قال", "verb": [0, 3, "قال"]}), "has no 'content'"),
        (marked("قال إن", {"lemma": "قال", "verb": [0, 99, "قال"], "content": [4, 6]}), "outside the text"),
        (marked("قال إن", {"lemma": "قال", "verb": [0, 3, "أكد"], "content": [4, 6]}), "expected 'أكد'"),
        (marked("قال إن", {"lemma": "قال", "verb": "قال", "content": [4, 6]}), "'verb' is not a span"),
        (marked("قال إن", {"verb": [0, 3], "content": [4, 6]}), "not an object with a 'lemma'"),
        ("", "has no texts"),
    ],
)
def test_a_broken_set_of_attributions_is_refused_with_file_and_line(tmp_path: Path, line: str, told: str) -> None:
    with pytest.raises(CodingError, match=told) as caught:
        read_attributions(write(tmp_path, line))
    assert "set.jsonl" in str(caught.value)
    assert "\n" not in str(caught.value)


def test_two_texts_with_one_id_are_refused(tmp_path: Path) -> None:
    with pytest.raises(CodingError, match=r"line 2.*used twice"):
        read_attributions(write(tmp_path, marked("أ"), marked("ب")))


HEAD = (
    "coder,doc,speaker_id,on_behalf_of_id,kind,start,end,attribution_start,attribution_end,cue_start,cue_end,issue,"
    "stance,modality,scoring,summary_en"
)


def row(doc: str, start: int, end: int, *, coder: str = "consensus", stance: object = "") -> str:
    return f"{coder},{doc},,,indirect,{start},{end},,,,,other,{stance},fact,required,"


@pytest.mark.parametrize(
    ("name", "lines", "told"),
    [
        ("set.txt", ["x"], "of a kind that cannot be read"),
        ("set.csv", ["coder,doc"], "column 'speaker_id' is missing"),
        ("set.csv", [HEAD], "has no rows"),
        ("set.csv", [HEAD, row("elsewhere.txt", 0, 5)], "'elsewhere.txt' is not in the corpus"),
        ("set.csv", [HEAD, row("one.txt", 0, 9999)], "0-9999 is outside the text"),
        ("set.csv", [HEAD, row("one.txt", 0, 5, stance=7)], "stance 7 is not on the scale"),
        ("set.csv", [HEAD, row("one.txt", 0, 5, coder="k"), row("one.txt", 0, 5, coder="l")], "no consensus"),
    ],
)
def test_a_broken_set_of_statements_is_refused_with_its_name(
    tmp_path: Path, name: str, lines: list[str], told: str
) -> None:
    (tmp_path / "texts").mkdir()
    (tmp_path / "texts" / "one.txt").write_text(SENTENCE, encoding="utf-8")
    with pytest.raises(CodingError, match=told) as caught:
        evaluate_gold(write(tmp_path, *lines, name=name), corpus=str(tmp_path / "texts"))
    assert name in str(caught.value)


def test_statements_of_any_folder_are_compared_by_a_csv(tmp_path: Path) -> None:
    (tmp_path / "texts").mkdir()
    (tmp_path / "texts" / "one.txt").write_text(SENTENCE, encoding="utf-8")
    start, end, _ = span(SENTENCE, "المحصول ارتفع هذا العام في الشمال")
    gold = write(tmp_path, HEAD, row("one.txt", int(str(start)), int(str(end))), name="set.csv")
    evaluation = evaluate_gold(gold, corpus=str(tmp_path / "texts"))
    assert (evaluation.documents, evaluation.reference, evaluation.coders) == (1, "set.csv", ())
    assert evaluation.rules[0].value == 1


def test_a_missing_set_is_refused() -> None:
    with pytest.raises(CodingError, match="no such file"):
        evaluate_gold(Path("nowhere.jsonl"))


# --- printing -------------------------------------------------------------------------------------------------------


def printed(evaluation: Evaluation, **options: bool) -> str:
    console = Console(width=80, record=True, file=io.StringIO())
    for part in render_evaluation(evaluation, **options):
        console.print(part)
    return console.export_text()


LONGEST = (
    "stance quadratic-weighted kappa",
    "Krippendorff's alpha, modality (nominal)",
    "cue, speaker and content right",
)


def test_no_name_and_no_figure_wraps_or_is_cut_at_eighty_columns() -> None:
    measures = tuple(Measure(name, 0.5, 12345, 0.25, 0.75, 0.5, 0.5) for name in LONGEST)
    text = printed(Evaluation(documents=5, rules=measures, coders=measures, abstentions=0.1))
    assert "…" not in text
    assert sum(line.rstrip().endswith("12345") for line in text.splitlines()) == 6
    assert max(map(len, text.splitlines())) <= 80


def test_words_of_an_article_cannot_steer_the_terminal() -> None:
    miss = Miss("wrong speaker", "a\x1b[31m", 0, 5, "[bold]x\x1b[2J\u202e\ny[/bold]", "x", "y")
    text = printed(Evaluation(documents=1, rules=(), misses=(miss,)), with_misses=True)
    assert "\x1b" not in text
    assert "\u202e" not in text
    assert "[bold]x[2J y[/bold]" in text


def test_json_has_the_lists_only_where_they_are_asked_for() -> None:
    miss = Miss("wrong speaker", "a", 0, 5, "q", "x", "y")
    evaluation = Evaluation(documents=1, rules=(), misses=(miss,), confusion=(("+1", "-1", 3),))
    assert not {"misses", "confusion"} & evaluation.as_dict().keys()
    asked = json.loads(json.dumps(evaluation.as_dict(with_misses=True, with_confusion=True)))
    assert asked["misses"][0]["kind"] == "wrong speaker"
    assert asked["confusion"] == [{"expected": "+1", "got": "-1", "n": 3}]
    assert asked["miss_counts"] == {"wrong speaker": 1}


def test_the_confusion_table_shows_recall_of_each_row_and_precision_of_each_column() -> None:
    pairs = (("+1", "+1", 3), ("+1", "-1", 1), ("-1", "-1", 4), ("-1", "missed", 4))
    lines = printed(Evaluation(documents=1, rules=(), confusion=pairs), with_confusion=True).splitlines()
    rows = {words[0]: words[1:] for words in map(str.split, lines) if words}
    assert rows["-1"] == ["4", "·", "4", "0.50"]
    assert rows["+1"] == ["1", "3", "·", "0.75"]
    assert rows["precision"] == ["0.80", "1.00"]
