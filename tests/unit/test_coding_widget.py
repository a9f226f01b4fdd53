from __future__ import annotations

import json
import multiprocessing
import os
import re
import shutil
import signal
import time
from dataclasses import replace
from pathlib import Path

import pytest

from mawaqif.coding import load_codings, read_decisions
from mawaqif.coding_widget.items import Item, cut_passage
from mawaqif.coding_widget.sheet import Sheet
from mawaqif.coding_widget.words import WORDS
from mawaqif.corrections import Decision, DecisionFile, find_disagreements
from mawaqif.double_coding import draw_sample, start_round
from mawaqif.errors import CodingError
from mawaqif.paths import Paths
from mawaqif.records import Span
from mawaqif.settings import Parameters
from mawaqif.tables import Tables, load_tables

HOME = Path(__file__).parents[2]
CODES = {"speaker_name": "ناطق", "issue": "us_presence", "stance": -1, "modality": "demand"}


@pytest.fixture(scope="module")
def tables() -> Tables:
    return load_tables(Parameters())


@pytest.fixture
def paths(tmp_path: Path) -> Paths:
    return Paths(tmp_path)


def reload(paths: Paths) -> Tables:
    """Load the project's corpus with what was coded."""
    for name in ("raw", "vocabulary"):
        if not (paths.home / "data" / name).exists():
            shutil.copytree(HOME / "data" / name, paths.home / "data" / name)
    for file in (HOME / "data" / "coding").glob("*.csv"):
        shutil.copy(file, paths.coding)
    return load_tables(Parameters(), paths=paths)


def send(sheet: Sheet, action: str, **values: object) -> dict[str, object]:
    return sheet.answer({"action": action, "codes": CODES, **values})


def test_each_order_is_on_disk_before_it_is_answered(tables: Tables, paths: Paths) -> None:
    sheet = Sheet(tables, "rania", paths=paths)
    ids = [item.statement_id for item in sheet.items[:3]]
    assert send(sheet, "accept")["done"] == "accept"
    assert send(sheet, "save", note="سطر\nوسطر", certainty="unsure")["done"] == "change"
    assert send(sheet, "reject")["done"] == "reject"
    rows = load_codings(paths.coding, tables.vocabulary).corrections
    assert rows["statement_id"].tolist() == ids
    assert rows["decision"].tolist() == ["accept", "change", "reject"]
    assert rows.loc[1, ["speaker_name", "stance", "note", "certainty"]].tolist() == ["ناطق", -1, "سطر\nوسطر", "unsure"]
    assert sheet.show()["decided"] == 3


def test_a_sheet_that_is_opened_again_goes_on_where_it_was_left(tables: Tables, paths: Paths) -> None:
    sheet = Sheet(tables, "rania", paths=paths)
    send(sheet, "accept")
    send(sheet, "save")
    again = Sheet(tables, "rania", paths=paths)
    assert (again.at, again.show()["decided"]) == (2, 2)
    again.answer({"action": "go", "to": 1})
    assert again.show()["item"]["codes"]["speaker_name"] == "ناطق"
    assert send(again, "withdraw")["done"] == "withdraw"
    assert again.show()["item"]["decision"] == ""
    assert Sheet(tables, "zayd", paths=paths).show()["decided"] == 0


def test_what_was_rejected_is_found_again_and_can_be_taken_back(tables: Tables, paths: Paths) -> None:
    sheet = Sheet(tables, "rania", paths=paths)
    rejected = sheet.items[0]
    send(sheet, "reject")
    without = reload(paths)
    assert rejected.statement_id not in set(without.core_statements["statement_id"])
    again = Sheet(without, "rania", paths=paths)
    assert (again.show()["decided"], again.show()["total"]) == (1, len(tables.core_statements))
    again.at = next(i for i, item in enumerate(again.items) if item.statement_id == rejected.statement_id)
    assert again.show()["item"]["decision"] == "reject"
    send(again, "withdraw")
    assert rejected.statement_id in set(reload(paths).core_statements["statement_id"])


def test_what_is_coded_counts_in_the_tables(tables: Tables, paths: Paths) -> None:
    sheet = Sheet(tables, "rania", paths=paths)
    first = sheet.items[0]
    send(sheet, "save")
    row = reload(paths).core_statements.set_index("statement_id").loc[first.statement_id]
    assert (row["coder"], row["stance"], row["speaker_name"], row["modality"]) == ("analyst", -1, "ناطق", "demand")


def test_a_statement_is_split_merged_and_its_span_mended(tables: Tables, paths: Paths) -> None:
    sheet = Sheet(tables, "rania", paths=paths)
    item = sheet.items[5]
    sheet.at = 5
    text = sheet.texts[item.doc_id]
    at = text.index(" ", item.span.start + 3)
    assert send(sheet, "split", start=at)["done"] == "add"
    halves = [one for one in sheet.items if one.is_added]
    assert [text[one.span.start : one.span.end] for one in halves] == [
        text[item.span.start : at].strip(), text[at : item.span.end].strip(),
    ]  # fmt: skip
    sheet.at = sheet.items.index(halves[0])
    assert send(sheet, "merge")["done"] == "add"
    statements = reload(paths).core_statements
    own = statements[statements["coder"].eq("analyst")]
    assert own[["start", "end"]].values.tolist() == [[item.span.start, item.span.end]]
    assert own["stance"].tolist() == [-1]


def test_selected_words_are_added_without_the_spaces_around_them(tables: Tables, paths: Paths) -> None:
    sheet = Sheet(tables, "rania", paths=paths)
    text = sheet.texts[sheet.items[0].doc_id]
    start = text.index(" ", 200)
    end = text.index(" ", start + 30) + 1
    send(sheet, "add", start=start, end=end)
    added = reload(paths).core_statements.query("coder == 'analyst'")
    assert added["quote"].tolist() == [text[start:end].strip()]


def test_what_one_coder_added_can_be_changed_and_rejected_by_another(tables: Tables, paths: Paths) -> None:
    sheet = Sheet(tables, "rania", paths=paths)
    start = sheet.texts[sheet.items[0].doc_id].index(" ", 200)
    send(sheet, "add", start=start, end=start + 40)
    other_tables = reload(paths)
    other = Sheet(other_tables, "zayd", paths=paths)
    other.at = next(i for i, item in enumerate(other.items) if item.is_added)
    other.answer({"action": "save", "codes": {**CODES, "stance": 2}})
    assert reload(paths).core_statements.query("coder == 'analyst'")["stance"].tolist() == [2]
    other.at = next(i for i, item in enumerate(other.items) if item.is_added)
    DecisionFile(paths.coding, "zayd").record(Decision(other.items[other.at].statement_id, "reject"))
    left = reload(paths)
    assert left.core_statements.query("coder == 'analyst'").empty
    assert left.coding_use.orphans == ()


@pytest.mark.parametrize(
    ("action", "values", "reason"),
    [
        ("add", {}, "no text is selected"),
        ("add", {"start": 5, "end": 5}, "no text is selected"),
        ("add", {"start": 0, "end": 10**9}, "no text is selected"),
        ("split", {"start": 0}, "not inside"),
        ("save", {"codes": {**CODES, "stance": 7}}, "not on the scale"),
        ("save", {"codes": {**CODES, "issue": "moon"}}, "unknown code"),
        ("save", {"codes": {**CODES, "speaker_id": "nobody"}}, "unknown speaker"),
        ("dance", {}, "unknown order"),
    ],
)
def test_what_cannot_be_done_is_told_and_nothing_is_written(
    tables: Tables, paths: Paths, action: str, values: dict[str, object], reason: str
) -> None:
    sheet = Sheet(tables, "rania", paths=paths)
    assert reason in str(send(sheet, action, **values)["error"])
    assert not (paths.coding / "analysts").exists()


def test_a_decision_that_could_not_be_written_is_never_called_saved(
    tables: Tables, paths: Paths, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(descriptor: int) -> None:
        raise OSError(28, "No space left on device")

    sheet = Sheet(tables, "rania", paths=paths)
    monkeypatch.setattr(os, "fsync", full)
    assert send(sheet, "accept") == {"error": "not saved: No space left on device"}
    assert sheet.show()["decided"] == 0


def test_a_round_shows_nothing_of_what_was_predicted(tables: Tables, paths: Paths) -> None:
    start_round(paths.coding, "first", draw_sample(tables, 10, seed=1), issue="us_presence", seed=1)
    sheet = Sheet(tables, "rania", round="first", paths=paths)
    for at in range(10):
        sheet.at = at
        item = sheet.show()["item"]
        assert item["codes"] == {**CODES, "speaker_name": "", "speaker_id": "", "stance": None, "modality": "fact"}
        assert not item["is_coded"]
        assert (item["about"], item["can_accept"]) == ([], False)
        assert {mark for piece in item["pieces"] for mark in piece["marks"]} == {"statement"}
    assert "nothing to accept" in str(send(sheet, "accept")["error"])
    sheet.at = 0
    send(sheet, "save")
    assert load_codings(paths.coding, tables.vocabulary).corrections.empty  # it counts only once it is settled


def test_disagreements_are_settled_on_the_sheet(tables: Tables, paths: Paths) -> None:
    start_round(paths.coding, "first", draw_sample(tables, 4, seed=1), issue="us_presence", seed=1)
    for coder, stance in (("rania", -1), ("zayd", 1)):
        sheet = Sheet(tables, coder, round="first", paths=paths)
        for _ in range(4):
            sheet.answer({"action": "save", "codes": {**CODES, "stance": stance}})
    chair = Sheet(tables, "chair", settle="first", paths=paths)
    assert len(chair.items) == 4
    shown = chair.show()["item"]
    assert [plain(line).split(":")[0] for line in shown["about"]] == ["rania", "zayd"]
    assert [offer["stance"] for offer in shown["offers"]] == [-1, 1]
    send(chair, "save")
    settled = load_codings(paths.coding, tables.vocabulary).corrections
    assert settled[["is_settled", "coder", "stance"]].values.tolist() == [[True, "chair", -1]]
    with pytest.raises(CodingError, match="not both"):
        Sheet(tables, "chair", round="first", settle="first", paths=paths)


def test_what_coders_disagree_on_without_a_round_is_settled_too(tables: Tables, paths: Paths) -> None:
    for coder, action in (("rania", "save"), ("zayd", "reject")):
        sheet = Sheet(tables, coder, paths=paths)
        for _ in range(2):
            send(sheet, action)
    sheet.at = 5
    send(sheet, "accept")  # by one coder alone: nothing to settle
    both = [item.statement_id for item in sheet.items[:2]]
    chair = Sheet(tables, "chair", settle="analysts", paths=paths)

    assert sorted(item.statement_id for item in chair.items) == sorted(both)
    assert [plain(line).split(":")[0] for line in chair.show()["item"]["about"]] == ["rania", "zayd"]
    for _ in range(2):
        assert send(chair, "save")["done"] == "change"
    assert find_disagreements(read_decisions(paths.coding, tables.vocabulary)).empty
    assert Sheet(tables, "chair", settle="analysts", paths=paths).items == []


def plain(line: str) -> str:
    """Return a line without the marks that keep its parts in their directions."""
    return re.sub("[\u2066-\u2069\u200e]", "", line)


def test_what_coders_disagree_on_is_told_and_offered_in_the_words_of_the_sheet(tables: Tables, paths: Paths) -> None:
    own = replace(tables, parameters=replace(tables.parameters, language="ar"))
    sample = draw_sample(own, 2, seed=1)
    start_round(paths.coding, "first", sample, issue="us_presence", seed=1)
    for coder, action in (("rania", "save"), ("zayd", "reject")):
        sheet = Sheet(own, coder, round="first", paths=paths)
        for _ in range(2):
            sheet.answer(
                {
                    "action": action,
                    "codes": {**CODES, "speaker_id": "", "speaker_name": "", "stance": -1},
                    "note": "راجعه",
                }
            )
    shown = Sheet(own, "chair", settle="first", paths=paths).show()["item"]
    step = own.issue.point(-1).label.ar
    told = f"rania: بلا متحدث · {own.issue.title.ar} · \u22121 {step} · {WORDS['ar'][CODES['modality']]} · راجعه"
    assert [plain(line) for line in shown["about"]] == [told, "zayd: ليس تصريحاً · راجعه"]
    assert shown["offers"][0]["stance"] == -1
    assert shown["offers"][1] is None


def test_an_arabic_sheet_says_in_arabic_why_an_order_cannot_be_done(tables: Tables, paths: Paths) -> None:
    own = replace(tables, parameters=replace(tables.parameters, language="ar"))
    told = str(send(Sheet(own, "rania", paths=paths), "add")["error"])
    assert "لم يُحدَّد نص" in told
    assert not re.search("[a-z]", told)


def test_a_passage_is_cut_at_every_mark_and_nothing_is_lost() -> None:
    text = "كلام قبل " * 90 + "النص هنا" + " كلام بعد" * 90
    at = text.index("النص")
    item = Item("x", "d", "s", Span(at, at + 8), marks=(("cue", Span(at - 4, at - 1)),))
    start, pieces = cut_passage(text, item, [Span(at + 5, at + 20)])
    shown = "".join(piece["text"] for piece in pieces)
    assert text[start : start + len(shown)] == shown
    assert "".join(p["text"] for p in pieces if "statement" in p["marks"]) == "النص هنا"
    assert any(p["marks"] == ["statement", "other"] for p in pieces)


def test_both_languages_have_the_same_words_and_the_page_is_plain_json(tables: Tables, paths: Paths) -> None:
    assert WORDS["en"].keys() == WORDS["ar"].keys()
    sheet = Sheet(tables, "rania", paths=paths)
    for language in WORDS:
        json.dumps([sheet.show(), sheet.describe(language)])


@pytest.mark.parametrize("language", ["en", "ar"])
def test_why_a_statement_is_on_the_sheet_is_told_in_its_language(tables: Tables, paths: Paths, language: str) -> None:
    own = replace(tables, parameters=replace(tables.parameters, language=language))
    told = [line for item in Sheet(own, "rania", paths=paths).items for line in item.about]
    coders = {WORDS[language][coder] for coder in tables.core_statements["coder"]}
    assert {line.split(WORDS[language]["comma"])[0].partition(": ")[2] for line in told} == coders
    reasons = {value for key, value in WORDS[language].items() if key.startswith("because ")}
    assert {
        line.split(WORDS[language]["comma"])[2] for line in told if line.count(WORDS[language]["comma"]) > 1
    } <= reasons


def test_the_page_asks_no_other_machine_and_sets_no_markup() -> None:
    page = (HOME / "src" / "mawaqif" / "coding_widget" / "sheet.js").read_text(encoding="utf-8")
    style = (HOME / "src" / "mawaqif" / "coding_widget" / "sheet.css").read_text(encoding="utf-8")
    assert not [word for word in ("http:", "https:", "import(", "innerHTML", "eval(", "fetch(") if word in page]
    assert not [word for word in ("http:", "https:", "@import", "url(") if word in style]


def _code_for_ever(folder: str, ready: str) -> None:
    file = DecisionFile(Path(folder), "rania")
    i = 0
    while True:
        file.record(Decision(f"aaaaaaaa-{i}-{i + 1}", "reject", note="ملاحظة " * 300))
        Path(ready).write_text(str(i), encoding="utf-8")
        i += 1


def test_a_process_killed_while_saving_loses_no_earlier_row(tables: Tables, tmp_path: Path) -> None:
    ready = tmp_path / "done"
    for round_ in range(4):
        folder = tmp_path / str(round_)
        process = multiprocessing.get_context("spawn").Process(target=_code_for_ever, args=(str(folder), str(ready)))
        process.start()
        while not ready.exists() or not ready.read_text():
            time.sleep(0.01)
        time.sleep(0.03 * round_)
        assert process.pid is not None
        os.kill(process.pid, signal.SIGKILL)
        process.join()
        told = int(ready.read_text() or 0)
        ready.unlink()
        rows = load_codings(folder, tables.vocabulary).corrections
        assert len(rows) >= told + 1
        assert rows["statement_id"].tolist() == [f"aaaaaaaa-{i}-{i + 1}" for i in range(len(rows))]
        DecisionFile(folder, "rania").record(Decision("bbbbbbbb-1-2", "accept"))
        assert len(load_codings(folder, tables.vocabulary).corrections) == len(rows) + 1
