"""Codings that come back: an export, changed as other programs would change it, becomes exactly those decisions."""

from __future__ import annotations

import csv
import io
import re
import shutil
import sqlite3
import zipfile
from collections.abc import Callable
from pathlib import Path

import pandas as pd
import pytest
from exchange_tables import load_odd, load_reference, write
from lxml import etree

from mawaqif.coding import load_codings
from mawaqif.errors import CodingError, ParameterError
from mawaqif.exchange.incoming import import_codings, read_import
from mawaqif.exchange.qda import guid
from mawaqif.exchange.read_qda import map_offsets
from mawaqif.settings import Parameters
from mawaqif.tables import Tables, load_tables

ROUND_TRIPS = ("qdpx", "dna", "csv", "xlsx")
NEW_PLACE = ("بقاء القوات الأمريكية", "odd one")


@pytest.fixture(scope="module")
def tables() -> Tables:
    return load_reference()


@pytest.fixture(scope="module")
def odd_tables(tmp_path_factory: pytest.TempPathFactory) -> Tables:
    return load_odd(tmp_path_factory.mktemp("odd"))


def change_project(path: Path, change: Callable[[etree._Element], None], *, feeds: str = "\n") -> Path:
    """Write a project again as another program would, with a change made in it."""
    with zipfile.ZipFile(path) as old:
        members = {name: old.read(name) for name in old.namelist()}
    root = etree.fromstring(members["project.qde"])
    change(root)
    members["project.qde"] = etree.tostring(root, xml_declaration=True, encoding="utf-8")
    new = path.with_name("changed.qdpx")
    with zipfile.ZipFile(new, "w") as file:
        for name, data in members.items():
            file.writestr(name, data.replace(b"\n", feeds.encode()) if name.endswith(".txt") else data)
    return new


def selection_of(root: etree._Element, statement_id: str) -> etree._Element:
    return next(s for s in root.iter("{*}PlainTextSelection") if s.get("name") == statement_id)


def recode(selection: etree._Element, kind: str, *old_and_new: str) -> None:
    old, new = (guid("code", kind, *key.split("/")) for key in old_and_new)
    reference = next(r for r in selection.iter("{*}CodeRef") if r.get("targetGUID") == old)
    reference.set("targetGUID", new)


def pick(tables: Tables, stance: int | None = None) -> pd.Series:
    """Return a statement on the issue with a registered speaker, alone at its place."""
    told = tables.core_statements
    told = told[told["issue"].eq(tables.issue.id) & told["speaker_id"].notna()]
    told = told[~told.duplicated(["doc_id", "start", "end"], keep=False)]
    return told[told["stance"].eq(stance) if stance is not None else told["stance"].notna()].iloc[0]


# --- nothing changed ------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("corpus", ["tables", "odd_tables"])
@pytest.mark.parametrize("name", ROUND_TRIPS)
def test_an_export_that_nobody_changed_brings_no_decision(
    name: str, corpus: str, request: pytest.FixtureRequest, tmp_path: Path
) -> None:
    tables = request.getfixturevalue(corpus)
    done = import_codings(write(tables, name, tmp_path), tables, tmp_path / "coding", coder="rania")
    assert done.decisions == ()
    assert done.unchanged >= 2
    assert not (tmp_path / "coding").exists()


def strip_names(root: etree._Element) -> None:
    """Shape a project as a program does that keeps no names and no GUIDs, and writes one selection a code."""
    for i, code in enumerate(root.iter("{*}Code")):
        new = f"00000000-0000-4000-8000-{i:012d}"
        for reference in root.iter("{*}CodeRef"):
            if reference.get("targetGUID") == code.get("guid"):
                reference.set("targetGUID", new)
        code.set("guid", new)
    for source in root.iter("{*}TextSource"):
        for selection in list(source.iterchildren("{*}PlainTextSelection")):
            for coding in selection.iterchildren("{*}Coding"):
                alone = etree.SubElement(source, selection.tag, startPosition=selection.get("startPosition"))
                alone.set("endPosition", selection.get("endPosition"))
                alone.set("name", "")
                alone.append(etree.fromstring(etree.tostring(coding)))
            source.remove(selection)


@pytest.mark.parametrize("corpus", ["tables", "odd_tables"])
@pytest.mark.parametrize("feeds", ["\n", "\r\n"])
def test_a_project_without_names_and_with_one_selection_a_code_is_known_by_place_and_code_names(
    corpus: str, feeds: str, request: pytest.FixtureRequest, tmp_path: Path
) -> None:
    tables = request.getfixturevalue(corpus)

    def change(root: etree._Element) -> None:
        strip_names(root)
        if feeds == "\r\n":
            for source in root.iter("{*}TextSource"):
                text = next(d for d in tables.raw_documents.itertuples() if d.doc_id == source.get("name")).text
                lines = text.replace("\r\n", "\n")
                for selection in source.iter("{*}PlainTextSelection"):
                    for side in ("startPosition", "endPosition"):
                        at = int(selection.get(side))
                        selection.set(side, str(at + lines.count("\n", 0, at)))

    changed = change_project(write(tables, "qdpx", tmp_path), change, feeds=feeds)
    done = read_import(changed, tables)
    assert done.decisions == ()
    assert done.unchanged == len(tables.core_statements)


# --- one thing changed ----------------------------------------------------------------------------------------------


@pytest.mark.parametrize("corpus", ["tables", "odd_tables"])
def test_a_step_changed_in_a_project_is_that_change_and_nothing_else(
    corpus: str, request: pytest.FixtureRequest, tmp_path: Path
) -> None:
    tables = request.getfixturevalue(corpus)
    row = tables.core_statements[tables.core_statements["stance"].notna()].iloc[0]
    new = 2 if row["stance"] < 2 else -2
    changed = change_project(
        write(tables, "qdpx", tmp_path),
        lambda root: recode(
            selection_of(root, row["statement_id"]),
            "stance",
            f"{tables.issue.id}/{row['stance']}",
            f"{tables.issue.id}/{new}",
        ),
    )
    (decision,) = read_import(changed, tables).decisions
    assert (decision.statement_id, decision.decision, decision.stance) == (row["statement_id"], "change", new)
    assert (decision.issue, decision.modality) == (tables.issue.id, row["modality"])
    assert "changed.qdpx" in decision.note


def test_modality_speaker_and_a_lost_step_of_a_project_are_changes(tables: Tables, tmp_path: Path) -> None:
    row = pick(tables, -1)
    other = "trump" if row["speaker_id"] != "trump" else "biden"
    modality = "denial" if row["modality"] != "denial" else "fact"

    def change(root: etree._Element) -> None:
        selection = selection_of(root, row["statement_id"])
        recode(selection, "modality", row["modality"], modality)
        recode(selection, "actor", row["speaker_id"], other)
        step = guid("code", "stance", tables.issue.id, "-1")
        (coding,) = [c for c in selection.iter("{*}Coding") if c[0].get("targetGUID") == step]
        selection.remove(coding)

    (decision,) = read_import(change_project(write(tables, "qdpx", tmp_path), change), tables).decisions
    assert (decision.decision, decision.issue, decision.stance) == ("change", "other", None)
    assert (decision.modality, decision.speaker_id) == (modality, other)


def test_a_deleted_selection_is_a_rejection_and_a_moved_one_also_an_addition(tables: Tables, tmp_path: Path) -> None:
    deleted, moved = tables.core_statements["statement_id"].iloc[[3, 9]]

    def change(root: etree._Element) -> None:
        selection = selection_of(root, deleted)
        selection.getparent().remove(selection)
        selection = selection_of(root, moved)
        selection.set("endPosition", str(int(selection.get("endPosition")) - 1))

    decisions = read_import(change_project(write(tables, "qdpx", tmp_path), change), tables).decisions
    row = tables.core_statements.set_index("statement_id").loc[moved]
    told = {(d.statement_id, d.decision) for d in decisions}
    assert {(deleted, "reject"), (moved, "reject")} < told
    (new,) = [d for d in decisions if d.decision == "add"]
    assert (new.start, new.end, new.modality) == (row["start"], row["end"] - 1, row["modality"])


def test_a_new_selection_with_a_step_is_an_addition_at_its_words(odd_tables: Tables, tmp_path: Path) -> None:
    words, doc_id = NEW_PLACE
    text = odd_tables.raw_documents["text"].iloc[0]

    def change(root: etree._Element) -> None:
        (source,) = root.iter("{*}TextSource")
        at = text.replace("\r\n", "\n").index(words)
        selection = etree.SubElement(source, "PlainTextSelection", guid="x", name="mine")
        selection.set("startPosition", str(at))
        selection.set("endPosition", str(at + len(words)))
        for key in (("stance", odd_tables.issue.id, "2"), ("modality", "demand")):
            etree.SubElement(etree.SubElement(selection, "Coding"), "CodeRef", targetGUID=guid("code", *key))
        memo = etree.SubElement(source, "PlainTextSelection", guid="y", startPosition="0", endPosition="3")
        etree.SubElement(etree.SubElement(memo, "Coding"), "CodeRef", targetGUID="of-their-own")

    changed = change_project(write(odd_tables, "qdpx", tmp_path), change)
    done = import_codings(changed, odd_tables, tmp_path / "coding", coder="rania")
    (decision,) = done.decisions
    assert (decision.decision, decision.stance, decision.modality) == ("add", 2, "demand")
    assert text[decision.start : decision.end] == words
    assert done.passed_over == 1
    kept = load_codings(tmp_path / "coding", odd_tables.vocabulary).corrections
    assert kept[["decision", "coder", "doc_id", "stance"]].values.tolist() == [["add", "rania", doc_id, 2]]


@pytest.mark.parametrize("corpus", ["tables", "odd_tables"])
def test_an_agreement_changed_in_dna_is_a_stance_on_the_other_side(
    corpus: str, request: pytest.FixtureRequest, tmp_path: Path
) -> None:
    tables = request.getfixturevalue(corpus)
    path = write(tables, "dna", tmp_path)
    with sqlite3.connect(path) as database:
        database.execute("update DATABOOLEAN set Value = 1 - Value where StatementId = 1")
        (statement_id,) = database.execute(
            "select e.Value from DATASHORTTEXT t join ENTITIES e on e.ID = t.Entity "
            "join VARIABLES v on v.ID = t.VariableId where v.Variable = 'statement_id' and t.StatementId = 1"
        ).fetchone()
    database.close()
    (decision,) = read_import(path, tables).decisions
    stance = tables.core_statements.set_index("statement_id").loc[statement_id, "stance"]
    assert (decision.statement_id, decision.decision) == (statement_id, "change")
    assert decision.stance == (1 if stance < 0 else -1)


def test_a_statement_deleted_in_dna_is_rejected_and_those_it_never_held_are_left_alone(
    tables: Tables, tmp_path: Path
) -> None:
    path = write(tables, "dna", tmp_path)
    with sqlite3.connect(path) as database:
        database.execute("pragma foreign_keys = on")
        database.execute("delete from STATEMENTS where ID = 2")
    database.close()
    (decision,) = read_import(path, tables).decisions
    assert decision.decision == "reject"


def test_a_dna_statement_that_says_two_things_is_refused(tables: Tables, tmp_path: Path) -> None:
    path = write(tables, "dna", tmp_path)
    with sqlite3.connect(path) as database:
        database.execute("update DATAINTEGER set Value = -2 where StatementId = 1")
        database.execute("update DATABOOLEAN set Value = 0 where StatementId = 1")
    database.close()
    with pytest.raises(CodingError, match="statement 1: the stance is -2 and the agreement no"):
        read_import(path, tables)


# --- spreadsheets ---------------------------------------------------------------------------------------------------


def edit_csv(path: Path, edit: Callable[[list[dict[str, str]]], None], *, delimiter: str = ",") -> Path:
    rows = list(csv.DictReader(io.StringIO(path.read_text(encoding="utf-8-sig"))))
    names = list(rows[0])
    edit(rows)
    text = io.StringIO()
    writer = csv.DictWriter(text, names, delimiter=delimiter)
    writer.writeheader()
    writer.writerows(rows)
    path.write_text(text.getvalue(), encoding="utf-8-sig", newline="")
    return path


@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
def test_cells_changed_in_a_spreadsheet_are_those_decisions(tables: Tables, tmp_path: Path, delimiter: str) -> None:
    def edit(rows: list[dict[str, str]]) -> None:
        rows[0]["stance"] = "-1"
        rows[1]["decision"] = "reject"
        rows[2] |= {"decision": "accept", "note": "قرأته"}
        rows[3] |= {"speaker_id": "", "speaker_name": "خبير آخر"}
        del rows[5:10]

    path = edit_csv(write(tables, "csv", tmp_path), edit, delimiter=delimiter)
    rows = list(csv.DictReader(io.StringIO(path.read_text(encoding="utf-8-sig")), delimiter=delimiter))
    decisions = {d.statement_id: d for d in read_import(path, tables).decisions}
    assert [decisions[row["statement_id"]].decision for row in rows[:4]] == ["change", "reject", "accept", "change"]
    assert decisions[rows[0]["statement_id"]].stance == -1
    assert decisions[rows[2]["statement_id"]].note == "قرأته"
    assert decisions[rows[3]["statement_id"]].speaker_name == "خبير آخر"
    assert len(decisions) == 4


def test_a_row_added_to_a_spreadsheet_by_its_words_is_an_addition(odd_tables: Tables, tmp_path: Path) -> None:
    words, doc_id = NEW_PLACE
    blank = {"statement_id": "", "sha256": "", "start": "", "end": "", "speaker_id": "trump", "speaker_name": ""}

    def edit(rows: list[dict[str, str]]) -> None:
        rows.append({**rows[0], **blank, "doc_id": doc_id, "quote": words, "stance": "1", "modality": "position"})
        rows[-1]["issue"] = odd_tables.issue.id

    (decision,) = read_import(edit_csv(write(odd_tables, "csv", tmp_path), edit), odd_tables).decisions
    assert (decision.decision, decision.stance, decision.speaker_id) == ("add", 1, "trump")
    assert odd_tables.raw_documents["text"].iloc[0][decision.start : decision.end] == words


def test_a_cell_changed_in_a_workbook_is_that_change(tables: Tables, tmp_path: Path) -> None:
    path = write(tables, "xlsx", tmp_path)
    openpyxl = pytest.importorskip("openpyxl")
    book = openpyxl.load_workbook(path)
    sheet = book["codings"]
    head = [cell.value for cell in sheet[1]]
    sheet.cell(4, head.index("modality") + 1).value = "denial"
    book.save(path)
    (decision,) = read_import(path, tables).decisions
    assert (decision.statement_id, decision.modality) == (sheet.cell(4, 1).value, "denial")


def test_what_was_imported_stands_and_a_second_import_brings_nothing(tables: Tables, tmp_path: Path) -> None:
    home = tmp_path / "home"
    shutil.copytree(Path(__file__).parents[2] / "data", home / "data")
    (home / "_quarto.yml").touch()
    from mawaqif.paths import Paths

    paths = Paths(home)
    before = load_tables(Parameters(), paths=paths)
    path = edit_csv(write(before, "csv", tmp_path), lambda rows: rows[0].update(stance="-2", issue="us_presence"))
    assert len(import_codings(path, before, paths.coding, coder="rania").decisions) == 1
    after = load_tables(Parameters(), paths=paths)
    changed = after.core_statements[after.core_statements["coder"] == "analyst"]
    assert changed["stance"].tolist() == [-2]
    assert import_codings(path, after, paths.coding, coder="rania").decisions == ()


# --- refused --------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("change", "reason"),
    [
        ({"modality": "mood"}, r"row 4: unknown modality 'mood'"),
        ({"stance": "3"}, r"row 4: unknown stance 3"),
        ({"stance": "strong"}, r"row 4: stance is 'strong'"),
        ({"speaker_id": "nobody"}, r"row 4: unknown speaker"),
        ({"statement_id": "00000000-1-2"}, r"row 4: there is no statement"),
        ({"sha256": "0" * 64}, r"row 4: the article has another text now"),
        ({"quote": "كلام آخر"}, r"row 4: its quote is not what stands"),
        ({"issue": ""}, r"row 4: issue is empty"),
        ({"decision": "perhaps"}, r"row 4: unknown decision"),
        ({"end": "99999999", "quote": ""}, r"row 4: the place"),
    ],
)
def test_one_bad_row_refuses_the_whole_spreadsheet_and_is_named(
    tables: Tables, tmp_path: Path, change: dict[str, str], reason: str
) -> None:
    def edit(rows: list[dict[str, str]]) -> None:
        rows[0]["decision"] = "reject"
        rows[2].update(change)

    path = edit_csv(write(tables, "csv", tmp_path), edit)
    with pytest.raises(CodingError, match=reason):
        import_codings(path, tables, tmp_path / "coding", coder="rania")
    assert not (tmp_path / "coding").exists()


def test_a_statement_coded_twice_in_a_spreadsheet_is_refused(tables: Tables, tmp_path: Path) -> None:
    path = edit_csv(write(tables, "csv", tmp_path), lambda rows: rows.append({**rows[0], "stance": "2"}))
    with pytest.raises(CodingError, match="coded a second time"):
        read_import(path, tables)


def test_a_project_with_an_edited_text_or_two_steps_on_a_selection_is_refused(tables: Tables, tmp_path: Path) -> None:
    row = pick(tables, -1)
    path = write(tables, "qdpx", tmp_path)

    def add_step(root: etree._Element) -> None:
        coding = etree.SubElement(selection_of(root, row["statement_id"]), "Coding")
        etree.SubElement(coding, "CodeRef", targetGUID=guid("code", "stance", tables.issue.id, "2"))

    with pytest.raises(CodingError, match=rf"{row['statement_id']}: it has more than one step of the scale: -1 and 2"):
        read_import(change_project(path, add_step), tables)
    with pytest.raises(CodingError, match="its text is not that of the article"):
        read_import(change_project(path, lambda _: None, feeds=" \n"), tables)


def test_an_unsure_change_among_joint_statements_is_refused_and_a_sure_one_taken(
    tables: Tables, tmp_path: Path
) -> None:
    told = tables.core_statements[tables.core_statements["issue"].eq(tables.issue.id)]
    told = told[told["stance"].notna()]
    groups = [rows for _, rows in told.groupby(["doc_id", "start", "end"]) if len(rows) > 1]
    joint = next(g for g in groups if g["stance"].nunique() == 1 and g["speaker_id"].notna().all())
    path = write(tables, "qdpx", tmp_path)
    old = int(joint["stance"].iloc[0])

    def change_all(root: etree._Element) -> None:
        for statement_id in joint["statement_id"]:
            steps = [f"{tables.issue.id}/{step}" for step in (old, 2 if old < 2 else 1)]
            recode(selection_of(root, statement_id), "stance", *steps)
        strip_names(root)

    decisions = read_import(change_project(path, change_all), tables).decisions
    assert {d.statement_id for d in decisions} == set(joint["statement_id"])

    def change_one(root: etree._Element) -> None:
        recode(selection_of(root, joint["statement_id"].iloc[0]), "actor", joint["speaker_id"].iloc[0], "trump")
        strip_names(root)

    if "trump" not in set(joint["speaker_id"]):
        with pytest.raises(CodingError, match="does not say which is meant"):
            read_import(change_project(path, change_one), tables)


@pytest.mark.parametrize("suffix", [".qdpx", ".dna", ".csv", ".xlsx"])
@pytest.mark.parametrize("content", [b"", b"\x00\xff not a file of ours", b"PK\x03\x04 cut off"])
def test_a_file_that_is_not_what_its_name_says_is_refused(
    tables: Tables, tmp_path: Path, suffix: str, content: bytes
) -> None:
    if suffix == ".xlsx":
        pytest.importorskip("openpyxl", reason="openpyxl is not installed: run make setup")
    path = tmp_path / f"bad{suffix}"
    path.write_bytes(content)
    with pytest.raises(CodingError, match=re.escape(path.name)):
        read_import(path, tables)


def test_a_project_whose_compressed_bytes_are_damaged_is_refused(tables: Tables, tmp_path: Path) -> None:
    path = write(tables, "qdpx", tmp_path)
    with zipfile.ZipFile(path) as archive:
        entry = archive.getinfo("project.qde")
        begin = entry.header_offset + 30 + len(entry.filename)
    content = bytearray(path.read_bytes())
    content[begin : begin + entry.compress_size] = b"\xff" * entry.compress_size
    path.write_bytes(bytes(content))
    with pytest.raises(CodingError, match="no REFI-QDA project"):
        read_import(path, tables)


def test_a_project_of_which_no_code_is_known_is_refused_rather_than_taken_for_deletions(
    tables: Tables, tmp_path: Path
) -> None:
    def change(root: etree._Element) -> None:
        for reference in root.iter("{*}CodeRef"):
            reference.set("targetGUID", "00000000-0000-4000-8000-000000000000")

    path = change_project(write(tables, "qdpx", tmp_path), change)
    with pytest.raises(CodingError, match="none of its codes"):
        read_import(path, tables)


@pytest.mark.parametrize(
    ("slip", "said"),
    [
        ("update STATEMENTS set Start = 'abc'", "no whole number"),
        ("update STATEMENTS set Start = 1.5", "no whole number"),
        ("update STATEMENTS set Stop = 9223372036854775807", "outside the text"),
        ("update DATABOOLEAN set Value = 'maybe'", "neither yes nor no"),
        ("update DOCUMENTS set Text = cast(x'ff00fe' as text)", "Could not decode"),
        (
            "create view ENDLESS as with recursive t(i) as (select 1 union all select i + 1 from t) select i from t",
            "view",
        ),
    ],
)
def test_a_dna_database_with_impossible_values_is_refused(tables: Tables, tmp_path: Path, slip: str, said: str) -> None:
    path = write(tables, "dna", tmp_path)
    database = sqlite3.connect(path)
    database.execute("pragma ignore_check_constraints = 1")
    database.execute(slip)
    database.commit()
    database.close()
    with pytest.raises(CodingError, match=said):
        read_import(path, tables)


def test_a_project_that_declares_entities_is_refused(tables: Tables, tmp_path: Path) -> None:
    path = tmp_path / "bomb.qdpx"
    entities = '<!DOCTYPE Project [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;">]>'
    bomb = f'{entities}<Project xmlns="urn:QDA-XML:project:1.0">&b;</Project>'
    with zipfile.ZipFile(path, "w") as file:
        file.writestr("project.qde", bomb)
    with pytest.raises(CodingError, match="no REFI-QDA project"):
        read_import(path, tables)


def test_a_cell_far_away_in_a_workbook_is_no_reason_to_read_the_empty_ones(tables: Tables, tmp_path: Path) -> None:
    path = write(tables, "xlsx", tmp_path)
    book = pytest.importorskip("openpyxl").load_workbook(path)
    book["codings"]["XFD1048576"] = "here"
    book.save(path)
    assert read_import(path, tables).decisions == ()


def test_an_archive_that_lies_about_its_size_is_refused(tables: Tables, tmp_path: Path) -> None:
    path = write(tables, "qdpx", tmp_path)
    content = bytearray(path.read_bytes())
    entry = content.rfind(b"PK\x01\x02")  # the size that the directory states for the last member
    content[entry + 24 : entry + 28] = (1000).to_bytes(4, "little")
    path.write_bytes(bytes(content))
    with pytest.raises(CodingError, match="no REFI-QDA project"):
        read_import(path, tables)


@pytest.mark.parametrize("place", ["-5", "١٢", "1_0", "9" * 5000, "99999999", ""])
def test_a_selection_at_an_impossible_place_is_refused_and_named(tables: Tables, tmp_path: Path, place: str) -> None:
    name = tables.core_statements["statement_id"].iloc[0]

    def move(root: etree._Element) -> None:
        selection_of(root, name).set("startPosition", place)

    path = change_project(write(tables, "qdpx", tmp_path), move)
    with pytest.raises(CodingError, match=rf"selection '{name}': (its place is no number|the place .* is outside)"):
        read_import(path, tables)


def test_twelve_thousand_new_rows_are_as_many_additions(tables: Tables, tmp_path: Path) -> None:
    raw = tables.raw_documents.iloc[0]
    taken = {(row.start, row.end) for row in tables.core_statements.itertuples() if row.doc_id == raw["doc_id"]}
    spans = [(a, a + n) for n in range(20, 32) for a in range(1000)]
    places = [span for span in spans if span not in taken]

    def edit(rows: list[dict[str, str]]) -> None:
        blank = dict.fromkeys(rows[0], "") | {"issue": "other", "modality": "fact", "doc_id": raw["doc_id"]}
        rows += [blank | {"start": str(a), "end": str(b)} for a, b in places]

    done = read_import(edit_csv(write(tables, "csv", tmp_path), edit), tables)
    assert {(d.start, d.end) for d in done.decisions} == set(places)
    assert {d.decision for d in done.decisions} == {"add"}


def test_an_unknown_ending_and_a_missing_file_are_the_users_mistake(tables: Tables, tmp_path: Path) -> None:
    with pytest.raises(ParameterError, match="cannot be imported"):
        read_import(tmp_path / "x.docx", tables)
    with pytest.raises(ParameterError, match="no such file"):
        read_import(tmp_path / "x.csv", tables)


@pytest.mark.parametrize("ours", ["", "أ\r\nب", "\r\n\r\n\U0001f600\rج\n", "\r\r\n\n"])
def test_offsets_of_a_text_with_other_line_ends_are_those_of_the_source(ours: str) -> None:
    feeds = ours.replace("\r\n", "\n").replace("\r", "\n")
    mapped = map_offsets(feeds, ours)
    assert mapped[0] == 0
    assert mapped[-1] == len(ours)
    assert [ours[at].replace("\r", "\n") for at in mapped[:-1]] == list(feeds)
    windows = feeds.replace("\n", "\r\n")
    assert [ours[at].replace("\r", "\n") for at in map_offsets(windows, ours)[:-1]] == [
        character.replace("\r", "\n") for character in windows
    ]


def test_the_command_says_what_it_would_decide_and_writes_only_without_dry_run(mawaqif, project) -> None:  # type: ignore[no-untyped-def]
    assert mawaqif("export", "--to", "csv", "codings.csv").returncode == 0
    edit_csv(project / "codings.csv", lambda rows: rows[0].update(stance="-2"))
    dry = mawaqif("import", "codings.csv", "--coder", "rania", "--dry-run")
    assert dry.returncode == 0, dry.stderr
    assert re.search(r"change +\S+ +stance 0 -> -2", dry.stdout)
    assert "nothing written" in dry.stdout
    assert not (project / "data" / "coding" / "analysts").exists()
    assert mawaqif("import", "codings.csv", "--coder", "rania").returncode == 0
    assert (project / "data" / "coding" / "analysts" / "rania.csv").exists()
    refused = mawaqif("import", "codings.csv", "--coder", "../rania")
    assert refused.returncode == 2
