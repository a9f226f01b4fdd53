"""A notebook of one's own begins whole: with the parameters of the others, in both languages, without outputs."""

from __future__ import annotations

import ast
import re
import shutil
from pathlib import Path

import jupytext
import pytest

from mawaqif.briefs import find_own_notebooks
from mawaqif.errors import ParameterError
from mawaqif.new_notebook import write_notebook
from mawaqif.paths import Paths, default_paths
from mawaqif.vocabulary import load_vocabulary


@pytest.fixture
def paths(tmp_path: Path) -> Paths:
    (tmp_path / "notebooks").mkdir()
    return Paths(tmp_path)


def tagged(path: Path, tag: str) -> str:
    return "\n".join(c.source for c in jupytext.read(path).cells if tag in c.metadata.get("tags", []))


def test_it_has_the_parameters_and_the_first_steps_of_the_reports_notebooks(paths: Paths) -> None:
    path = write_notebook(paths, "outlets")

    assert path == paths.notebooks / "50_outlets.py"
    own, theirs = (jupytext.read(p) for p in (path, default_paths().notebook("30_positions")))
    assert tagged(path, "parameters") == tagged(default_paths().notebook("30_positions"), "parameters")
    load = [c.source for c in theirs.cells if c.source.startswith("tables = ")]
    assert [c.source for c in own.cells if c.source.startswith("tables = ")] == load
    assert own.metadata["kernelspec"] == theirs.metadata["kernelspec"]


def test_it_has_a_title_in_each_language_and_labels_of_its_own(paths: Paths) -> None:
    path = write_notebook(paths, "60_the_outlets", title_en="What they print", title_ar="ما تنشره")
    text = path.read_text(encoding="utf-8")

    assert tagged(path, "en").startswith("# What they print\n")
    assert tagged(path, "ar").startswith("# ما تنشره\n")
    labels = re.findall(r"^#\| label: (\S+)$", text, flags=re.MULTILINE)
    assert labels == ["fig-60-the-outlets", "tbl-60-the-outlets"]
    assert all(f"@{label}" in tagged(path, tag) for label in labels for tag in ("en", "ar"))
    assert "<<" not in text


def test_saving_it_unchanged_leaves_it_as_it_was_and_every_cell_is_python(paths: Paths) -> None:
    text = write_notebook(paths, "outlets").read_text(encoding="utf-8")
    notebook = jupytext.reads(text, fmt="py:percent")

    assert jupytext.writes(notebook, fmt="py:percent") == text
    assert all(ast.parse(c.source) for c in notebook.cells if c.cell_type == "code")


def test_one_that_is_there_is_not_written_over(paths: Paths) -> None:
    path = write_notebook(paths, "outlets")
    path.write_text("mine", encoding="utf-8")

    with pytest.raises(ParameterError, match=r"50_outlets\.py"):
        write_notebook(paths, "50_outlets.py")
    assert path.read_text(encoding="utf-8") == "mine"
    assert find_own_notebooks(paths) == ("50_outlets",)


@pytest.mark.parametrize("name", ["", "The Outlets", "../x", "a-b", "00_work", "30_positions", "الصحف", "x_"])
def test_a_name_that_cannot_be_one_is_refused(paths: Paths, name: str) -> None:
    with pytest.raises(ParameterError, match="NAME"):
        write_notebook(paths, name)
    assert list(paths.notebooks.iterdir()) == []


def test_a_title_with_markup_is_refused(paths: Paths) -> None:
    with pytest.raises(ParameterError, match="--title-ar"):
        write_notebook(paths, "outlets", title_ar="[رابط](x)")


def test_one_on_another_issue_loads_that_issue_whatever_the_reports_is(paths: Paths) -> None:
    shutil.copytree(default_paths().vocabulary, paths.vocabulary)
    path = write_notebook(paths, "the_law", issue="pmf_law")
    code = [c.source for c in jupytext.read(path).cells if c.cell_type == "code"]
    title = load_vocabulary(paths.vocabulary).issues["pmf_law"].title

    assert tagged(path, "en").startswith(f"# {title.en}\n")
    assert tagged(path, "ar").startswith(f"# {title.ar}\n")
    question = load_vocabulary(paths.vocabulary).issues["pmf_law"].question
    assert question.en in tagged(path, "en")
    assert question.ar in tagged(path, "ar")
    assert "<<" not in path.read_text(encoding="utf-8")
    (load,) = [source for source in code if source.startswith("tables = ")]
    assert 'issue="pmf_law"' in load
    assert "issue=issue" not in load
    shown = [source.splitlines()[-1] for source in code if source.startswith("#| label:")]
    assert shown == ["wb.draw_positions(tables)", "wb.show_positions(tables)", "wb.show_scale(tables)"]


def test_one_on_an_issue_that_is_not_there_is_refused(paths: Paths) -> None:
    shutil.copytree(default_paths().vocabulary, paths.vocabulary)
    with pytest.raises(ParameterError, match="no issue 'moon'"):
        write_notebook(paths, "the_law", issue="moon")
    assert list(paths.notebooks.iterdir()) == []
