"""The notebooks run from top to bottom in both languages, and give the same outputs when they are run again."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from pathlib import Path

import nbformat
import pytest

from mawaqif.errors import ParameterError, RenderError, SectionError, UserError
from mawaqif.render.execute import execute_notebook
from mawaqif.workbook import PLOTLY_MIME

pytestmark = pytest.mark.slow
ALLOWED = ({PLOTLY_MIME, "text/plain"}, {"text/markdown", "text/plain"})
ARABIC = re.compile(r"[\u0621-\u064a]")


@pytest.fixture(scope="module")
def home(built_project: Path) -> Path:
    return built_project


@pytest.fixture(scope="module")
def executed(home: Path) -> list[Path]:
    """The notebooks as the report's build has executed them."""
    return sorted((home / "build" / "executed").glob("*/*.ipynb"))


def outputs(path: Path) -> dict[str, nbformat.NotebookNode]:
    """Return the outputs of labelled cells, by label; each has exactly one."""
    found = {}
    for cell in nbformat.read(path, as_version=4).cells:
        if label := re.search(r"^#\| label: (\S+)$", cell.source, flags=re.MULTILINE):
            assert len(cell.outputs) == 1, label[1]
            found[label[1]] = cell.outputs[0]
    return found


def test_every_notebook_runs_in_both_languages(executed: list[Path]) -> None:
    assert len(executed) == 8
    assert all(path.is_file() for path in executed)


def test_every_labelled_output_is_a_chart_or_markdown_and_nothing_else(executed: list[Path]) -> None:
    for path in executed:
        for label, output in outputs(path).items():
            assert set(output.data) in ALLOWED, (path, label)
            assert (PLOTLY_MIME in output.data) == label.startswith("fig-")


def test_captions_are_in_the_language_of_the_notebook(executed: list[Path]) -> None:
    for path in executed:
        for label, output in outputs(path).items():
            if label.startswith("fig-"):
                caption = output.data[PLOTLY_MIME]["layout"]["meta"]["caption"]
            elif label.startswith("tbl-"):
                caption = output.metadata["mawaqif"]["caption"]
            else:
                continue
            assert bool(ARABIC.search(caption)) == (path.parent.name == "ar"), (path, label, caption)


def test_every_link_of_a_finding_reaches_a_statement_of_the_evidence(executed: list[Path]) -> None:
    for language in ("en", "ar"):
        found = {k: v for path in executed if path.parent.name == language for k, v in outputs(path).items()}
        anchors = set(re.findall(r"\{#(s-\S+) ", found["evidence"].data["text/markdown"]))
        texts = [o.data["text/markdown"] for o in found.values() if "text/markdown" in o.data]
        links = set(re.findall(r"\]\(#(s-[^)]+)\)", "".join(texts)))

        assert anchors
        assert links
        assert links <= anchors
        assert "](#s-" in found["findings"].data["text/markdown"]


def test_running_again_gives_the_same_outputs(executed: list[Path], home: Path) -> None:
    """Each notebook in one of the languages, and each language in half of the notebooks."""
    names = sorted({path.stem for path in executed})
    languages = {name: ("en", "ar")[number % 2] for number, name in enumerate(names)}
    again = [str(path) for path in executed if path.parent.name == languages[path.stem]]
    assert len(again) == len(names)
    done = subprocess.run(
        [sys.executable, "-m", "pytest", "--nbval", "-q", "-p", "no:cacheprovider", *again],
        cwd=home,
        env={**os.environ, "MAWAQIF_HOME": str(home)},
        capture_output=True,
        text=True,
        check=False,
    )

    assert done.returncode == 0, done.stdout[-3000:]


def test_an_unknown_parameter_stops_the_notebook_before_it_runs(home: Path, tmp_path: Path) -> None:
    with pytest.raises(ParameterError, match="langauge"):
        execute_notebook(home / "notebooks" / "10_corpus.py", tmp_path / "x.ipynb", {"langauge": "ar"}, home=home)


def test_an_impossible_value_is_the_users_mistake_and_says_which(home: Path, tmp_path: Path) -> None:
    with pytest.raises(UserError, match="no_such_issue"):
        execute_notebook(
            home / "notebooks" / "10_corpus.py", tmp_path / "x.ipynb", {"issue": "no_such_issue"}, home=home
        )


def test_a_failing_cell_is_named_with_its_notebook(home: Path, tmp_path: Path) -> None:
    source = tmp_path / "99_broken.py"
    text = (home / "notebooks" / "10_corpus.py").read_text(encoding="utf-8")
    source.write_text(f"{text.partition('tables = ')[0]}wb.no_such_step({{}})\n", encoding="utf-8")

    with pytest.raises(SectionError, match=r"no_such_step.*") as error:
        execute_notebook(source, tmp_path / "x.ipynb", {}, home=home)
    assert "99_broken.py" in str(error.value)

    source = source.rename(tmp_path / "10_corpus.py")
    with pytest.raises(RenderError, match=r"10_corpus\.py.*no_such_step"):
        execute_notebook(source, tmp_path / "x.ipynb", {}, home=home)


def write_kernel_that_dies(folder: Path, times: int) -> Path:
    """Write a kernel specification whose first `times` starts end at once; return the file that counts the starts."""
    starts = folder / "starts"
    spec = folder / "kernels" / "python3"
    spec.mkdir(parents=True)
    lives = f'[ "$(wc -l < "{starts}")" -gt {times} ]'
    command = f'echo >> "{starts}"; {lives} && exec "{sys.executable}" -m ipykernel_launcher -f "$0"'
    values = {"argv": ["sh", "-c", command, "{connection_file}"], "display_name": "Python 3", "language": "python"}
    (spec / "kernel.json").write_text(json.dumps(values), encoding="utf-8")
    return starts


def test_a_kernel_that_dies_before_its_first_cell_is_started_again(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    source = tmp_path / "50_short.py"
    source.write_text('# %% tags=["parameters"]\nlanguage = "en"\n\n# %%\nprint(language)\n', encoding="utf-8")
    starts = write_kernel_that_dies(tmp_path, times=1)
    monkeypatch.setenv("JUPYTER_PATH", str(tmp_path))
    execute_notebook(source, tmp_path / "x.ipynb", {"language": "ar"}, home=tmp_path)
    assert starts.read_text(encoding="utf-8").count("\n") == 2
    assert '"ar\\n"' in (tmp_path / "x.ipynb").read_text(encoding="utf-8")


def test_a_kernel_that_never_starts_is_told_in_one_line(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    source = tmp_path / "50_short.py"
    source.write_text('# %% tags=["parameters"]\nlanguage = "en"\n', encoding="utf-8")
    write_kernel_that_dies(tmp_path, times=99)
    monkeypatch.setenv("JUPYTER_PATH", str(tmp_path))
    with pytest.raises(RenderError, match=r"^50_short\.py: its kernel does not start: .*memory and ports"):
        execute_notebook(source, tmp_path / "x.ipynb", {}, home=tmp_path)
