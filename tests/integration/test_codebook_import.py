"""Codebooks that come back: a `.qdc` file, changed as other programs would change it, changes just that vocabulary."""

from __future__ import annotations

import csv
import io
import re
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from exchange_tables import load_odd, load_reference, write
from lxml import etree

from mawaqif.errors import CodingError, MawaqifError, VocabularyError
from mawaqif.exchange.codebook import CodebookChanges, import_codebook
from mawaqif.exchange.incoming import is_codebook
from mawaqif.exchange.qda import guid
from mawaqif.paths import Paths
from mawaqif.registering import unregister
from mawaqif.tables import Tables
from mawaqif.vocabulary import load_vocabulary

Code = etree._Element
HOME = Path(__file__).parents[2]
SPACE = "{urn:QDA-XML:codebook:1.0}"


@pytest.fixture(scope="module")
def tables() -> Tables:
    return load_reference()


@pytest.fixture(scope="module")
def exported(tables: Tables, tmp_path_factory: pytest.TempPathFactory) -> bytes:
    return write(tables, "qdc", tmp_path_factory.mktemp("qdc")).read_bytes()


@pytest.fixture
def paths(tmp_path: Path) -> Paths:
    shutil.copytree(HOME / "data" / "vocabulary", tmp_path / "data" / "vocabulary")
    return Paths(tmp_path)


def code(root: Code, *key: str) -> Code:
    return next(c for c in root.iter(f"{SPACE}Code") if c.get("guid") == guid("code", *key))


def describe(element: Code, text: str) -> None:
    element.find(f"{SPACE}Description").text = text


def add_code(parent: Code, name: str, text: str = "") -> Code:
    made = etree.SubElement(parent, f"{SPACE}Code", guid="0" * 8 + "-1111-4111-8111-" + f"{len(parent):012d}")
    made.set("name", name)
    made.set("isCodable", "true")
    if text:
        etree.SubElement(made, f"{SPACE}Description").text = text
    return made


def give_back(
    exported: bytes, tables: Tables, paths: Paths, change: Callable[[Code], None], *, is_dry: bool = False
) -> CodebookChanges:
    root = etree.fromstring(exported)
    change(root)
    file = paths.home / "changed.qdc"
    file.write_bytes(etree.tostring(root, xml_declaration=True, encoding="utf-8"))
    return import_codebook(file, tables, paths, is_dry=is_dry)


def texts(paths: Paths) -> dict[str, str]:
    return {p.name: p.read_text(encoding="utf-8") for p in paths.vocabulary.rglob("*.yml")}


def changed_lines(before: dict[str, str], after: dict[str, str]) -> list[str]:
    """Return the lines of all files that are new; every other line must be an old one."""
    assert set(before) == set(after)
    return [line for name in after for line in after[name].splitlines() if line not in before[name].splitlines()]


def lose_guids(root: Code) -> None:
    """Give new GUIDs in capitals, as a program does that keeps none."""
    for i, one in enumerate(root.iter(f"{SPACE}Code")):
        one.set("guid", f"ABCDEF00-0000-4000-8000-{i:012d}")


@pytest.mark.parametrize("change", [lambda _: None, lose_guids])
def test_a_codebook_that_nobody_changed_changes_nothing(
    exported: bytes, tables: Tables, paths: Paths, change: Callable[[Code], None]
) -> None:
    before = texts(paths)
    done = give_back(exported, tables, paths, change)
    assert (done.told, done.left, done.files) == ([], [], ())
    assert done.unchanged == len(re.findall(b"<Code ", exported)) - 2  # two branches only hold others
    assert texts(paths) == before


@pytest.mark.parametrize("has_guids", [True, False])
def test_new_words_of_a_step_are_written_to_the_issue_with_comments_and_order_kept(
    exported: bytes, tables: Tables, paths: Paths, has_guids: bool
) -> None:
    long = (
        "Says that the forces should stay, # whatever: the reason; or that their leaving would do harm to the country."
    )

    def change(root: Code) -> None:
        step = code(root, "stance", "us_presence", "1")
        step.set("name", "+1 Stay: on")
        describe(step, long)
        if not has_guids:
            lose_guids(root)

    before = texts(paths)
    done = give_back(exported, tables, paths, change)
    assert len(done.told) == 2
    scale = load_vocabulary(paths.vocabulary).issue("us_presence").scale
    assert (scale[3].label.en, scale[3].definition.en) == ("Stay: on", long)
    assert [p.label.ar for p in scale] == [p.label.ar for p in tables.issue.scale]
    new = changed_lines(before, texts(paths))
    assert len(new) <= 3  # the label, and the definition in at most two lines
    assert new[0].strip() == 'label: {en: "Stay: on", ar: استمرار التعاون أو البقاء}'


def test_a_renamed_and_a_moved_speaker_are_changed_in_their_own_entry_alone(
    exported: bytes, tables: Tables, paths: Paths
) -> None:
    def change(root: Code) -> None:
        speaker = code(root, "actor", "sudani")
        speaker.set("name", "Mohammed al-Sudani")
        describe(speaker, "محمد شياع صبار السوداني")
        code(root, "camp", "united_states").append(speaker)

    before = texts(paths)
    give_back(exported, tables, paths, change)
    actor = load_vocabulary(paths.vocabulary).actor("sudani")
    assert actor is not None
    assert (actor.name.en, actor.camp) == ("Mohammed al-Sudani", "united_states")
    assert actor.name.ar == "محمد شياع صبار السوداني"
    assert "محمد شياع السوداني" in [alias.form for alias in actor.forms]  # articles go on using the old name
    assert len(changed_lines(before, texts(paths))) == 3


def test_a_new_code_under_a_camp_becomes_a_registered_speaker_and_can_be_taken_out(
    exported: bytes, tables: Tables, paths: Paths
) -> None:
    before = texts(paths)
    done = give_back(
        exported,
        tables,
        paths,
        lambda root: add_code(code(root, "camp", "experts"), "Suad al-Hiti", "سعاد الهيتي"),
    )
    assert done.told == ["new speaker in experts: Suad al-Hiti (سعاد الهيتي)"]
    actor = load_vocabulary(paths.vocabulary).actor("suad_hiti")
    assert actor is not None
    assert (actor.camp, actor.type, actor.name.ar) == ("experts", "expert", "سعاد الهيتي")
    assert unregister(paths).actor_id == "suad_hiti"
    assert texts(paths) == before


def test_an_unregistered_speaker_whose_code_is_moved_under_a_camp_is_registered(paths: Paths) -> None:
    (paths.home / "odd").mkdir()
    tables = load_odd(paths.home / "odd")
    name = "علي حسن"
    assert name in set(tables.core_statements["speaker_name"])
    exported = write(tables, "qdc", paths.home).read_bytes()

    def move(root: Code, *, english: str) -> None:
        speaker = next(c for c in root.iter(f"{SPACE}Code") if c.get("name") == name)
        speaker.set("name", english or name)
        camp = add_code(code(root, "actors"), "Parliament and blocs")  # by its name: the file had no code of it
        camp.append(speaker)

    before = texts(paths)
    same = give_back(exported, tables, paths, lambda _: None)
    assert (same.told, same.left, texts(paths)) == ([], [], before)
    lacking = give_back(exported, tables, paths, lambda root: move(root, english=""))
    assert lacking.told == []
    assert "English name" in lacking.left[0]
    done = give_back(exported, tables, paths, lambda root: move(root, english="Ali Hassan"))
    assert done.left == []
    actor = load_vocabulary(paths.vocabulary).actor("ali_hassan")
    assert actor is not None
    assert (actor.name.ar, actor.camp) == (name, "parliament_blocs")


def test_what_has_no_place_is_told_and_left(exported: bytes, tables: Tables, paths: Paths) -> None:
    def change(root: Code) -> None:
        add_code(code(root, "issue", "us_presence"), "Anger")
        add_code(root.find(f"{SPACE}Codes"), "Topics")
        add_code(code(root, "camp", "experts"), "Nobody Known")
        code(root, "modality", "demand").set("name", "claim")
        gone = code(root, "stance", "us_presence", "-2")
        gone.getparent().remove(gone)

    before = texts(paths)
    done = give_back(exported, tables, paths, change)
    assert done.told == []
    left = "\n".join(done.left)
    for said in (
        "Anger",
        "Topics",
        "give the code an Arabic name",
        "keeps its name 'demand'",
        "step -2: not in the file",
    ):
        assert said in left
    assert texts(paths) == before


def test_a_dry_run_tells_the_same_and_writes_nothing(exported: bytes, tables: Tables, paths: Paths) -> None:
    def change(root: Code) -> None:
        code(root, "issue", "us_presence").set("name", "The forces")

    before = texts(paths)
    dry = give_back(exported, tables, paths, change, is_dry=True)
    assert (len(dry.told), dry.files, texts(paths)) == (1, (), before)
    wet = give_back(exported, tables, paths, change)
    assert wet.told == dry.told
    assert [file.name for file in wet.files] == ["us-presence.yml"]


def test_one_change_that_does_not_fit_leaves_all_others_unwritten(
    exported: bytes, tables: Tables, paths: Paths
) -> None:
    def change(root: Code) -> None:
        code(root, "issue", "us_presence").set("name", "The forces")
        describe(code(root, "actor", "sudani"), "مصطفى الكاظمي")  # another actor's name

    before = texts(paths)
    with pytest.raises(VocabularyError, match=r"changed\.qdc.*also belongs to"):
        give_back(exported, tables, paths, change)
    assert texts(paths) == before


@pytest.mark.parametrize(
    ("old", "new", "reason"),
    [
        (b"<Codes>", b"<Codes><Kode/>", r"line \d+: it breaks the schema"),
        (b' isCodable="true"', b' isCodable="perhaps"', r"line \d+: it breaks the schema"),
        (b"</CodeBook>", b"", "it is no XML"),
        (b"<CodeBook", b'<!DOCTYPE x [<!ENTITY a "b">]><CodeBook', "declares a document type"),
        (b"codebook:1.0", b"project:1.0", "it breaks the schema"),
        (b'name="demand"', b'name=" "', "it has no name"),
    ],
)
def test_a_file_that_breaks_the_schema_is_refused_with_its_line(
    exported: bytes, tables: Tables, paths: Paths, old: bytes, new: bytes, reason: str
) -> None:
    file = paths.home / "bad.qdc"
    file.write_bytes(exported.replace(old, new))
    before = texts(paths)
    with pytest.raises(MawaqifError, match=reason) as caught:
        import_codebook(file, tables, paths)
    assert caught.value.exit_code == 2
    assert "\n" not in str(caught.value)
    assert texts(paths) == before


def test_a_code_that_is_there_twice_or_of_another_issue_is_refused(
    exported: bytes, tables: Tables, paths: Paths
) -> None:
    def double(root: Code) -> None:
        group = code(root, "modality")
        group.append(etree.fromstring(etree.tostring(code(root, "modality", "demand"))))

    with pytest.raises(CodingError, match="the same code as"):
        give_back(exported, tables, paths, double)
    with pytest.raises(CodingError, match="--issue pmf_law"):
        give_back(
            exported,
            tables,
            paths,
            lambda root: code(root, "issue", "us_presence").set("guid", guid("code", "issue", "pmf_law")),
        )


# --- in a spreadsheet ------------------------------------------------------------------------------------------------


def edit_table(tables: Tables, paths: Paths, edit: Callable[[list[dict[str, str]]], None], suffix: str) -> Path:
    """Export the codebook, change its rows, and save it as a spreadsheet does."""
    text = write(tables, "csv-codebook", paths.home).read_text(encoding="utf-8-sig")
    listed = list(csv.DictReader(io.StringIO(text, newline="")))
    edit(listed)
    path = paths.home / f"book{suffix}"
    if suffix == ".xlsx":
        book = pytest.importorskip("openpyxl").Workbook()
        book.active.title = "codebook"
        for row in [list(listed[0]), *(list(row.values()) for row in listed)]:
            book.active.append([cell.removeprefix("'") for cell in row])
        book.save(path)
    else:
        with path.open("w", encoding="utf-8-sig", newline="") as file:
            writer = csv.DictWriter(file, listed[0], delimiter=";")
            writer.writeheader()
            writer.writerows(listed)
    return path


@pytest.mark.parametrize("suffix", [".csv", ".xlsx"])
def test_a_codebook_in_a_spreadsheet_comes_back_too(tables: Tables, paths: Paths, suffix: str) -> None:
    def edit(rows: list[dict[str, str]]) -> None:
        by_code = {(row["column"], row["code"].removeprefix("'")): row for row in rows}
        by_code["stance", "-2"]["name_ar"] = "خروج تام الآن"
        by_code["speaker_id", "sudani"]["meaning"] = "experts"
        new = {"column": "speaker_id", "code": "hiti", "name_en": "Suad al-Hiti", "name_ar": "سعاد الهيتي"}
        rows.append(new | {"meaning": "experts"})
        rows.append({**rows[0], "column": "mood", "code": "anger"})

    same = edit_table(tables, paths, lambda rows: None, suffix)
    assert is_codebook(same)
    before = texts(paths)
    untouched = import_codebook(same, tables, paths)
    assert (untouched.told, untouched.left, texts(paths)) == ([], [], before)
    done = import_codebook(edit_table(tables, paths, edit, suffix), tables, paths)
    assert len(done.told) == 3
    assert len(done.left) == 1
    after = load_vocabulary(paths.vocabulary)
    assert after.issue("us_presence").scale[0].label.ar == "خروج تام الآن"
    assert [after.actor(name).camp for name in ("sudani", "hiti")] == ["experts", "experts"]  # type: ignore[union-attr]
    assert len(changed_lines(before, texts(paths))) == 2  # a line that names a camp is none that was not there


@pytest.mark.parametrize(
    ("change", "reason"),
    [
        ({"name_en": ""}, r"row \d+: name_en is empty"),
        ({"code": "pmf_law"}, r"row \d+: this is the codebook of the issue 'pmf_law'"),
        ({"code": "other", "column": "stance"}, None),
    ],
)
def test_one_bad_row_of_a_codebook_refuses_it_whole(
    tables: Tables, paths: Paths, change: dict[str, str], reason: str | None
) -> None:
    def edit(rows: list[dict[str, str]]) -> None:
        row = next(row for row in rows if row["column"] == "issue" and row["code"] == "us_presence")
        row.update(change)

    path = edit_table(tables, paths, edit, ".csv")
    before = texts(paths)
    if reason is None:
        assert len(import_codebook(path, tables, paths).left) == 1
    else:
        with pytest.raises(CodingError, match=reason):
            import_codebook(path, tables, paths)
    assert texts(paths) == before


def test_the_command_tells_what_a_codebook_changes(mawaqif, project) -> None:  # type: ignore[no-untyped-def]
    assert mawaqif("export", "--to", "qdc", "book.qdc").returncode == 0
    same = mawaqif("import", "book.qdc")
    assert same.returncode == 0, same.stderr
    assert re.search(r"0 changes, 0 left, \d+ codes as they stand: nothing written", same.stdout)
    text = (project / "book.qdc").read_text(encoding="utf-8")
    (project / "book.qdc").write_text(text.replace("+2 The presence is", "+2 The stay is"), encoding="utf-8")
    done = mawaqif("import", "book.qdc")
    assert "label of step +2: 'The presence is necessary' -> 'The stay is necessary'" in done.stdout
    assert "us-presence.yml" in done.stdout
