from __future__ import annotations

import ast
import re
from collections import Counter
from pathlib import Path

import jupytext
import pytest

from mawaqif.render.execute import list_notebooks
from mawaqif.settings import Parameters

FOLDER = Path(__file__).parents[2] / "notebooks"
NOTEBOOKS = list_notebooks(FOLDER)
FOR_WORK = sorted(FOLDER.glob("0*.py"))
LABELS = {
    "10_corpus": {"tbl-corpus", "tbl-removed", "skipped", "tbl-inputs", "tbl-parameters"},
    "20_statements": {
        "fig-voices", "tbl-voices", "warnings", "tbl-speakers", "tbl-outlets", "evidence", "tbl-kinds", "tbl-codings",
        "tbl-agreement", "tbl-rule-agreement",
    },
    "30_positions": {
        "findings", "fig-positions", "tbl-positions", "robustness", "silent", "tbl-scale", "fig-network",
        "data-network", "fig-positions-over-time", "data-over-time", "movements",
    },
    "40_timeline": {"fig-timeline", "tbl-timeline", "event-passages", "ahead", "milestones"},
}  # fmt: skip
each_notebook = pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda path: path.stem)
also_those_for_work = pytest.mark.parametrize("path", [*FOR_WORK, *NOTEBOOKS], ids=lambda path: path.stem)
TOO_MUCH = (
    ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef, ast.Lambda, ast.For, ast.While, ast.If, ast.Try, ast.With,
    ast.ListComp, ast.SetComp, ast.DictComp, ast.GeneratorExp, ast.BinOp,
)  # fmt: skip


def code_cells(path: Path) -> list[dict]:
    return [cell for cell in jupytext.read(path).cells if cell.cell_type == "code"]


def parameter_cells(path: Path) -> list[dict]:
    return [cell for cell in code_cells(path) if "parameters" in cell.metadata.get("tags", [])]


def test_the_notebooks_are_the_ones_that_the_report_reads() -> None:
    assert {path.stem for path in NOTEBOOKS} == set(LABELS)


def test_the_start_page_is_no_part_of_the_report_and_leads_to_every_notebook_that_is() -> None:
    start = FOLDER / "00_start.py"

    assert start in FOR_WORK
    text = start.read_text(encoding="utf-8")
    assert re.findall(r"\]\(([^)]+)\)", text) == [path.name for path in NOTEBOOKS]
    assert "#| label:" not in text


@also_those_for_work
def test_a_notebook_computes_nothing_itself(path: Path) -> None:
    for cell in code_cells(path):
        found = [type(node).__name__ for node in ast.walk(ast.parse(cell.source)) if isinstance(node, TOO_MUCH)]
        assert not found, cell.source


@also_those_for_work
def test_each_cell_is_one_step(path: Path) -> None:
    for cell in code_cells(path):
        if "parameters" not in cell.metadata.get("tags", []):
            assert len(ast.parse(cell.source).body) == 1, cell.source


@also_those_for_work
def test_no_path_is_written_into_a_notebook(path: Path) -> None:
    for cell in code_cells(path):
        texts = [n.value for n in ast.walk(ast.parse(cell.source)) if isinstance(n, ast.Constant)]
        assert not [t for t in texts if isinstance(t, str) and re.search(r"[/\\]|\.\w{2,5}$", t)], cell.source


@each_notebook
def test_the_parameters_are_those_of_the_settings_with_their_defaults(path: Path) -> None:
    cells = parameter_cells(path)
    assert len(cells) == 1
    assigned = {
        node.targets[0].id: ast.literal_eval(node.value)
        for node in ast.parse(cells[0].source).body
        if isinstance(node, ast.Assign) and isinstance(node.targets[0], ast.Name)
    }

    assert assigned == Parameters().as_dict()
    assert len(ast.parse(cells[0].source).body) == len(assigned)


@each_notebook
def test_every_parameter_is_used(path: Path) -> None:
    names = Counter(n.id for c in code_cells(path) for n in ast.walk(ast.parse(c.source)) if isinstance(n, ast.Name))

    assert all(names[name] == 2 for name in Parameters().as_dict())


@each_notebook
def test_every_output_of_the_report_is_labelled_once(path: Path) -> None:
    labels = re.findall(r"^#\| label: (\S+)$", "\n".join(c.source for c in code_cells(path)), flags=re.MULTILINE)

    assert sorted(labels) == sorted(LABELS[path.stem])


@each_notebook
def test_a_labelled_cell_is_one_call_of_the_workbook(path: Path) -> None:
    for cell in code_cells(path):
        if "#| label:" in cell.source:
            assert cell.source.startswith("#| label:")
            assert re.fullmatch(r"wb\.\w+\(tables\)", cell.source.splitlines()[-1])


@also_those_for_work
def test_no_output_is_kept_with_the_source(path: Path) -> None:
    text = path.read_text(encoding="utf-8")

    assert "kernelspec" in text
    assert text.startswith("# ---\n# jupyter:\n")
    assert all(cell.outputs == [] and cell.execution_count is None for cell in code_cells(path))


@each_notebook
def test_each_step_is_introduced_in_prose(path: Path) -> None:
    cells = jupytext.read(path).cells
    labelled = [n for n, cell in enumerate(cells) if "#| label:" in cell.source]

    assert cells[0].cell_type == "markdown"
    assert cells[0].source.startswith("# ")
    assert all(cells[n - 1].cell_type == "markdown" for n in labelled)


@also_those_for_work
def test_saving_an_unchanged_notebook_leaves_its_source_as_it_was(path: Path) -> None:
    text = path.read_text(encoding="utf-8")

    assert jupytext.writes(jupytext.reads(text, fmt="py:percent"), fmt="py:percent") == text
