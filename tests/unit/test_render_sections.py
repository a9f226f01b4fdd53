"""An executed notebook becomes a section in one language, or one line says which cell stands in the way."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from test_render_figures import cell, markdown_data, output, write_notebook

from mawaqif.errors import SectionError
from mawaqif.render.figures import make_render_copies
from mawaqif.render.sections import join_cells
from mawaqif.render.sources import SECTIONS, SECTIONS_FILE, join_sections


def prose(text: str, *tags: str) -> dict[str, Any]:
    return {"cell_type": "markdown", "id": "m1", "metadata": {"tags": list(tags)}, "source": text}


TITLES = prose("# Outlets\n\nFirst words.", "en"), prose("# وسائل الإعلام", "ar")
TABLE = cell("tbl-50-outlets", output(markdown_data("| a |"), "A table"))


def join(tmp_path: Path, *cells: dict[str, Any], language: str = "en") -> str:
    folder = write_notebook(tmp_path / "executed", *cells, name="50_outlets.ipynb")
    return join_cells(folder / "50_outlets.ipynb", language=language)


def test_a_section_has_its_title_its_prose_and_its_outputs_in_the_order_of_the_notebook(tmp_path: Path) -> None:
    note, after = prose("For me alone."), prose("## More\n\nLast words.", "en")

    assert join(tmp_path, note, *TITLES, cell(None), TABLE, after) == (
        "# Outlets {#sec-50-outlets}\n\nFirst words.\n\n"
        "{{< embed _executed/en/50_outlets.ipynb#tbl-50-outlets >}}\n\n## More\n\nLast words.\n"
    )
    assert join(tmp_path, *TITLES, TABLE, language="ar").startswith(
        "# وسائل الإعلام {#sec-50-outlets}\n\n{{< embed _exec"
    )


@pytest.mark.parametrize(
    ("cells", "told"),
    [
        ([TITLES[0], TABLE], ["50_outlets.py in 'ar'", "no title in Arabic", "`ar`"]),
        ([TABLE, *TITLES], ["no title in Arabic", "before its outputs"]),
        ([prose("عنوان", "ar"), TABLE], ["no title in Arabic", "`# `"]),
        ([*TITLES, TABLE, prose("# ثانٍ", "ar")], ["two titles", "##"]),
        ([*TITLES, cell(None)], ["no cell is labelled", "#| label: tbl-"]),
        ([*TITLES, prose("{{< video x >}}", "ar"), TABLE], ["shortcode", "{{< video x >}}"]),
        ([*TITLES, cell("tbl-50_outlets", output(markdown_data("x"), "x"))], ["'tbl-50_outlets'", "hyphens"]),
    ],
)
def test_what_a_section_lacks_is_told_with_its_notebook_language_and_mend(
    tmp_path: Path, cells: list[dict[str, Any]], told: list[str]
) -> None:
    with pytest.raises(SectionError) as error:
        join(tmp_path, *cells, language="ar")

    for words in told:
        assert words in str(error.value)
    assert "\n" not in str(error.value)


@pytest.mark.parametrize(
    ("bad", "told"),
    [
        (cell("tbl-50-outlets"), "the cell has 0 outputs"),
        (cell("tbl-50-outlets", output({"text/html": "<table>"})), "output is text/html"),
        (cell("tbl-50-outlets", output(markdown_data("| a |"))), "no caption"),
    ],
)
def test_a_cell_of_a_section_without_an_output_is_named_with_notebook_label_and_language(
    tmp_path: Path, bad: dict[str, Any], told: str
) -> None:
    executed = write_notebook(tmp_path / "executed", *TITLES, bad, name="50_outlets.ipynb")
    with pytest.raises(SectionError) as error:
        make_render_copies(executed, tmp_path / "report" / "ar", language="ar", sections=["50_outlets"])

    line = str(error.value)
    assert line.startswith("50_outlets.py in 'ar', the cell labelled tbl-50-outlets: ")
    assert told in line
    assert "wb.show_table" in line


def test_sections_stand_in_the_page_in_the_order_of_the_brief_and_only_if_there_are_any(tmp_path: Path) -> None:
    executed = write_notebook(tmp_path / "executed", *TITLES, TABLE, name="50_outlets.ipynb")
    other = cell("tbl-60-more", output(markdown_data("| b |"), "Another"))
    write_notebook(executed, prose("# More", "en"), other, name="60_more.ipynb")
    report = tmp_path / "report"
    (report / "_executed").mkdir(parents=True)
    page = report / "report.en.qmd"
    page.write_text(f"# First\n\n{SECTIONS}\n\n# Last\n", encoding="utf-8")

    make_render_copies(executed, report / "_executed" / "en", language="en")
    assert join_sections(page, "en") == "# First\n\n# Last\n"

    make_render_copies(executed, report / "_executed" / "en", language="en", sections=["60_more", "50_outlets"])
    joined = join_sections(page, "en")
    assert joined.index("# First") < joined.index("# More") < joined.index("# Outlets") < joined.index("# Last")
    assert json.loads((report / "_executed" / "en" / "50_outlets.ipynb").read_text(encoding="utf-8"))["cells"]
    assert (report / "_executed" / "en" / SECTIONS_FILE).is_file()
