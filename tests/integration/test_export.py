"""Exports of the reference codings, read back as the programs they are for would read them."""

from __future__ import annotations

import io
import json
import os
import re
import sqlite3
import zipfile
from pathlib import Path
from xml.etree import ElementTree as Xml

import pandas as pd
import pypandoc
import pytest
from exchange_tables import load_odd, load_reference, write
from lxml import etree

from mawaqif.errors import ParameterError
from mawaqif.exchange import FORMATS, export, qda
from mawaqif.exchange.dna import hash_password
from mawaqif.exchange.qda import CODEBOOK_SPACE, PROJECT_SPACE
from mawaqif.tables import Tables

GUID = re.compile(r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}")


@pytest.fixture(scope="module")
def tables() -> Tables:
    return load_reference()


@pytest.fixture(scope="module")
def odd_tables(tmp_path_factory: pytest.TempPathFactory) -> Tables:
    return load_odd(tmp_path_factory.mktemp("odd"))


def read_project(path: Path) -> tuple[Xml.Element, dict[str, str]]:
    with zipfile.ZipFile(path) as file:
        texts = {
            name.removeprefix("sources/").removesuffix(".txt"): file.read(name).decode()
            for name in file.namelist()
            if name.startswith("sources/")
        }
        return Xml.parse(io.BytesIO(file.read("project.qde"))).getroot(), texts


def tag(name: str) -> str:
    return f"{{{PROJECT_SPACE}}}{name}"


@pytest.mark.parametrize("name", list(FORMATS))
def test_two_exports_of_one_corpus_are_identical(tables: Tables, tmp_path: Path, name: str) -> None:
    (tmp_path / "a").mkdir()
    (tmp_path / "b").mkdir()
    assert write(tables, name, tmp_path / "a").read_bytes() == write(tables, name, tmp_path / "b").read_bytes()


@pytest.mark.parametrize("corpus", ["tables", "odd_tables"])
def test_a_qda_selection_gives_back_its_statement(corpus: str, request: pytest.FixtureRequest, tmp_path: Path) -> None:
    tables = request.getfixturevalue(corpus)
    root, texts = read_project(write(tables, "qdpx", tmp_path))
    quotes = tables.core_statements.set_index("statement_id")["quote"]
    found = {}
    for source in root.iter(tag("TextSource")):
        text = texts[source.get("guid")]
        assert source.get("plainTextPath") == f"internal://{source.get('guid')}.txt"
        for selection in source.iter(tag("PlainTextSelection")):
            span = slice(int(selection.get("startPosition")), int(selection.get("endPosition")))
            found[selection.get("name")] = text[span]
    assert found == {name: quote.replace("\r\n", "\n") for name, quote in quotes.items()}
    assert len(found) >= 2


def test_a_qda_project_has_the_parts_of_the_standard_in_its_order_and_no_loose_reference(
    tables: Tables, tmp_path: Path
) -> None:
    root, _ = read_project(write(tables, "qdpx", tmp_path))
    assert [child.tag for child in root] == [tag(n) for n in ("Users", "CodeBook", "Sources", "Description")]
    defined = [e.get("guid") for e in root.iter() if e.get("guid")]
    assert len(defined) == len(set(defined))
    assert all(GUID.fullmatch(g) for g in defined)
    codable = {c.get("guid") for c in root.iter(tag("Code")) if c.get("isCodable") == "true"}
    assert {r.get("targetGUID") for r in root.iter(tag("CodeRef"))} <= codable
    assert {e.get("creatingUser") for e in root.iter() if e.get("creatingUser")} <= set(defined)
    order = ["Description", "Coding"]
    for selection in root.iter(tag("PlainTextSelection")):
        names = [child.tag.rpartition("}")[2] for child in selection]
        assert names == sorted(names, key=order.index)


@pytest.mark.parametrize("corpus", ["tables", "odd_tables"])
@pytest.mark.parametrize(
    ("name", "schema"),
    [("qdpx", Path(__file__).with_name("refi_project.rng")), ("qdc", Path(qda.__file__).with_name("codebook.rng"))],
)
def test_a_qda_file_is_valid_against_the_schema_of_the_standard(
    name: str, schema: Path, corpus: str, request: pytest.FixtureRequest, tmp_path: Path
) -> None:
    path = write(request.getfixturevalue(corpus), name, tmp_path)
    content = zipfile.ZipFile(path).read("project.qde") if name == "qdpx" else path.read_bytes()
    etree.RelaxNG(etree.parse(schema)).assertValid(etree.fromstring(content))


def test_the_codebook_holds_the_scale_with_its_definitions(tables: Tables, tmp_path: Path) -> None:
    root = Xml.parse(write(tables, "qdc", tmp_path)).getroot()
    assert root.tag == f"{{{CODEBOOK_SPACE}}}CodeBook"
    codes = {c.get("name"): c for c in root.iter(f"{{{CODEBOOK_SPACE}}}Code")}
    for point in tables.issue.scale:
        sign = f"{point.value:+d}" if point.value else "0"
        code = codes[f"{sign} {point.label.en}"]
        assert code.find(f"{{{CODEBOOK_SPACE}}}Description").text == point.definition.en
        assert re.fullmatch(r"#[0-9a-f]{6}", code.get("color"))


@pytest.mark.parametrize("corpus", ["tables", "odd_tables"])
def test_a_dna_statement_gives_back_its_words_as_java_counts_them(
    corpus: str, request: pytest.FixtureRequest, tmp_path: Path
) -> None:
    tables = request.getfixturevalue(corpus)
    quotes = tables.core_statements.set_index("statement_id")["quote"]
    database = sqlite3.connect(write(tables, "dna", tmp_path))
    rows = database.execute(
        "select d.Text, s.Start, s.Stop, e.Value from STATEMENTS s join DOCUMENTS d on d.ID = s.DocumentId "
        "join DATASHORTTEXT t on t.StatementId = s.ID join VARIABLES v on v.ID = t.VariableId "
        "join ENTITIES e on e.ID = t.Entity where v.Variable = 'statement_id'"
    ).fetchall()
    assert rows
    for text, start, stop, statement_id in rows:
        assert text.encode("utf-16-le")[2 * start : 2 * stop].decode("utf-16-le") == quotes[statement_id]
    database.close()


def test_dna_agreement_is_the_sign_of_the_stance_and_every_statement_has_actor_concept_and_date(
    tables: Tables, tmp_path: Path
) -> None:
    database = sqlite3.connect(write(tables, "dna", tmp_path))
    assert database.execute("pragma foreign_key_check").fetchall() == []
    values = {
        kind: dict(
            database.execute(
                f"select StatementId, {column} from {table} t join VARIABLES v on v.ID = t.VariableId "
                f"where v.Variable = '{kind}'"
            ).fetchall()
        )
        for kind, table, column in (
            ("agreement", "DATABOOLEAN", "Value"),
            ("stance", "DATAINTEGER", "Value"),
            ("organization", "DATASHORTTEXT", "Entity"),
            ("concept", "DATASHORTTEXT", "Entity"),
        )
    }
    ids = [i for (i,) in database.execute("select ID from STATEMENTS")]
    assert all(sorted(column) == ids for column in values.values())
    assert all(values["agreement"][i] == (values["stance"][i] < 0) for i in ids)
    sided = tables.core_statements
    sided = sided[(sided["issue"] == tables.issue.id) & sided["stance"].isin([-2, -1, 1, 2])]
    assert len(ids) == int((sided["speaker_id"].notna() | sided["speaker_name"].notna()).sum())
    assert all(day > 0 for (day,) in database.execute("select Date from DOCUMENTS"))
    database.close()


def test_the_dna_password_is_salted_and_hashed_as_the_program_expects_it() -> None:
    import base64
    import hashlib

    stored = base64.b64decode(hash_password("x"))
    digest = hashlib.sha256(stored[:16] + b"x").digest()
    for _ in range(100_000 - 1):
        digest = hashlib.sha256(digest).digest()
    assert stored[16:] == digest


@pytest.mark.parametrize("corpus", ["tables", "odd_tables"])
def test_both_selectors_of_a_web_annotation_resolve_to_the_same_words(
    corpus: str, request: pytest.FixtureRequest, tmp_path: Path
) -> None:
    tables = request.getfixturevalue(corpus)
    texts = {f"urn:sha256:{r.sha256}": r.text for r in tables.raw_documents.itertuples()}
    collection = json.loads(write(tables, "web-annotation", tmp_path).read_text(encoding="utf-8"))
    items = collection["first"]["items"]
    assert collection["total"] == len(items) == len(tables.core_statements)
    for item in items:
        text = texts[item["target"]["source"]]
        quote, position = item["target"]["selector"]
        assert text[position["start"] : position["end"]] == quote["exact"]
        around = quote["prefix"] + quote["exact"] + quote["suffix"]
        assert text.find(around) + len(quote["prefix"]) == position["start"]


@pytest.mark.parametrize(("name", "reader"), [("csl", "csljson"), ("bibtex", "biblatex"), ("bibtex", "bibtex")])
def test_pandoc_reads_the_references_with_titles_and_dates(
    tables: Tables, tmp_path: Path, name: str, reader: str
) -> None:
    path = write(tables, name, tmp_path)
    read = json.loads(pypandoc.convert_file(str(path), "csljson", format=reader))
    assert len(read) == len(tables.core_documents)
    titles = tables.core_documents.set_index("doc_id")["title"]
    assert {item["id"] for item in read} == set(titles.index)
    assert all(" ".join(titles[item["id"]].split()) == item["title"].replace("\u200f", "") for item in read)
    assert all("issued" in item for item in read)


def test_characters_that_bibtex_gives_a_meaning_are_escaped(odd_tables: Tables, tmp_path: Path) -> None:
    import dataclasses

    documents = odd_tables.core_documents.copy()
    documents["title"] = "نسبة 50% و_شرطة & {قوس} #1 $2 \\"
    changed = dataclasses.replace(odd_tables, core_documents=documents)
    (item,) = json.loads(pypandoc.convert_file(str(write(changed, "bibtex", tmp_path)), "csljson", format="biblatex"))
    assert item["title"] == documents["title"].iloc[0]


@pytest.mark.parametrize("name", ["gexf", "graphml"])
def test_a_graph_gives_back_actors_with_camps_edges_with_sides_weights_and_days(
    tables: Tables, tmp_path: Path, name: str
) -> None:
    networkx = pytest.importorskip("networkx", reason="networkx is not installed: run make setup")
    path = write(tables, name, tmp_path)
    graph = networkx.read_gexf(path) if name == "gexf" else networkx.read_graphml(path)
    actors = {n.removeprefix("actor:"): a for n, a in graph.nodes(data=True) if a["kind"] == "actor"}
    assert set(actors) == set(tables.out_positions["actor_id"]) - {"unattributed"}
    for row in tables.out_positions[tables.out_positions["n_positions"] > 0].itertuples():
        told = actors[row.actor_id]
        assert (told["camp"], told["label"], told["name_ar"]) == (row.camp, row.name_en, row.name_ar)
        assert (told["n_statements"], told["is_registered"]) == (row.n_statements, row.is_registered)
        assert told["mean_stance"] == pytest.approx(row.mean_stance)
    for row in tables.out_network.itertuples():
        edge = graph.edges[f"actor:{row.actor_a}", f"actor:{row.actor_b}"]
        assert (edge["relation"], edge["weight"], edge["n_statements"]) == (
            row.relation,
            row.n_documents,
            row.n_statements,
        )
        assert edge["statement_ids"].split() == list(row.statement_ids)
        assert re.fullmatch(r"\d{4}-\d\d-\d\d", edge["start"])
        assert edge["start"] <= edge["end"]
    sides = [e for e in graph.edges(data=True) if e[2]["relation"] != "states"]
    assert len(sides) == len(tables.out_network) > 0
    stated = sum(e[2]["n_statements"] for e in graph.edges(data=True) if e[2]["relation"] == "states")
    assert stated == tables.out_positions["n_positions"].sum()


def test_a_graph_has_typed_attributes(tables: Tables, tmp_path: Path) -> None:
    gexf = write(tables, "gexf", tmp_path).read_text(encoding="utf-8")
    for title, kind in (("n_statements", "long"), ("mean_stance", "double"), ("is_registered", "boolean")):
        assert f'title="{title}" type="{kind}"' in gexf
    assert 'timeformat="date"' in gexf
    graphml = write(tables, "graphml", tmp_path).read_text(encoding="utf-8")
    assert 'attr.name="weight" attr.type="double"' in graphml
    assert 'attr.name="is_registered" attr.type="boolean"' in graphml


@pytest.mark.parametrize("corpus", ["tables", "odd_tables"])
def test_a_data_package_is_valid_to_frictionless_and_has_a_schema_for_every_table(
    corpus: str, request: pytest.FixtureRequest, tmp_path: Path
) -> None:
    tables = request.getfixturevalue(corpus)
    path = write(tables, "package", tmp_path)
    frictionless = pytest.importorskip("frictionless", reason="frictionless is not installed: run make setup")
    report = frictionless.validate(str(path))
    assert report.valid, report.flatten(["name", "type", "message"])[:3]
    package = frictionless.Package(str(path))
    rows = {resource.name: resource for resource in package.resources if resource.format == "csv"}
    assert len(rows["core_statements"].read_rows()) == len(tables.core_statements)
    assert all(resource.schema.fields for resource in rows.values())


def test_the_codings_of_a_spreadsheet_open_in_excel_and_hold_no_formula(odd_tables: Tables, tmp_path: Path) -> None:
    import dataclasses

    openpyxl = pytest.importorskip("openpyxl", reason="openpyxl is not installed: run make setup")
    statements = odd_tables.core_statements.copy()
    statements["gloss_en"] = '=HYPERLINK("http://example.org")'
    changed = dataclasses.replace(odd_tables, core_statements=statements)
    path = write(changed, "csv", tmp_path)
    assert path.read_bytes().startswith(b"\xef\xbb\xbf")
    table = pd.read_csv(path, dtype=str, keep_default_na=False)
    assert table["gloss_en"].str.startswith("'=").all()
    assert table["statement_id"].tolist() == statements.sort_values("start")["statement_id"].tolist()
    book = openpyxl.load_workbook(write(changed, "xlsx", tmp_path))
    assert book.sheetnames == ["codings", "codebook"]
    cells = [cell for sheet in book for row in sheet.iter_rows() for cell in row]
    assert not [cell for cell in cells if cell.data_type == "f" or cell.hyperlink]
    assert '=HYPERLINK("http://example.org")' in [cell.value for cell in cells]


def test_the_codebook_of_a_spreadsheet_has_every_code_that_a_coding_may_hold(tables: Tables, tmp_path: Path) -> None:
    codes = pd.read_csv(write(tables, "csv-codebook", tmp_path), dtype=str, keep_default_na=False, encoding="utf-8-sig")
    listed = {column: {code.removeprefix("'") for code in rows["code"]} for column, rows in codes.groupby("column")}
    codings = tables.core_statements
    for column in ("issue", "modality", "kind", "speaker_id"):
        used = set(codings.loc[codings["issue"].isin([tables.issue.id, "other"]), column].dropna())
        assert used <= listed[column]
    assert listed["stance"] == {"-2", "-1", "0", "1", "2"}


def test_an_export_is_whole_or_not_there(tables: Tables, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    target = tmp_path / "out.qdc"
    target.write_bytes(b"the last one")

    def fail(*_: object) -> str:
        raise OSError(28, "No space left on device")

    import dataclasses

    monkeypatch.setitem(FORMATS, "qdc", dataclasses.replace(FORMATS["qdc"], write=fail))
    with pytest.raises(OSError, match="No space"):
        export(tables, "qdc", target)
    assert target.read_bytes() == b"the last one"
    assert [p.name for p in tmp_path.iterdir()] == ["out.qdc"]


def test_an_unknown_format_or_a_missing_folder_is_the_users_mistake(tables: Tables, tmp_path: Path) -> None:
    with pytest.raises(ParameterError, match="unknown format"):
        export(tables, "docx", tmp_path / "x")
    with pytest.raises(ParameterError, match="no such folder"):
        export(tables, "qdc", tmp_path / "nowhere" / "x.qdc")


def test_a_device_or_pipe_is_not_replaced_by_the_file(tables: Tables, tmp_path: Path) -> None:
    pipe = tmp_path / "pipe.csv"
    os.mkfifo(pipe)
    with pytest.raises(ParameterError, match="a device or a pipe"):
        export(tables, "csv", pipe)
    assert pipe.is_fifo()


def test_the_command_writes_the_file_and_says_what_was_left_out(mawaqif, project) -> None:  # type: ignore[no-untyped-def]
    done = mawaqif("export", "--to", "dna", "iraq.dna")
    assert done.returncode == 0, done.stderr
    assert "left out" in done.stdout
    assert (project / "iraq.dna").stat().st_size > 10_000
