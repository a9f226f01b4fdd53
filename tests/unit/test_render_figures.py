"""Executed notebooks become render copies that hold pictures, Markdown and nothing else."""

from __future__ import annotations

import base64
import gzip
import json
import re
from pathlib import Path
from typing import Any

import pytest

from mawaqif.charts import theme
from mawaqif.errors import RenderError
from mawaqif.paths import default_paths
from mawaqif.render import figures
from mawaqif.render.figures import PLOTLY_MIME, json_for_script, make_render_copies, settle_ids


def chart_data(text: str = "مواقف", **meta: str) -> dict[str, Any]:
    layout = {"meta": {"caption": "Who stands where", "alt": "Three points", **meta}, "title": {"text": text}}
    return {PLOTLY_MIME: {"data": [{"type": "scatter", "x": [1, 2], "y": [2, 1]}], "layout": layout}, "text/plain": ""}


def markdown_data(text: str) -> dict[str, Any]:
    return {"text/markdown": text, "text/plain": "<object>"}


def output(data: dict[str, Any], caption: str | None = None) -> dict[str, Any]:
    return {"output_type": "display_data", "data": data, "metadata": {"mawaqif": {"caption": caption}}}


def cell(label: str | None, *outputs: dict[str, Any]) -> dict[str, Any]:
    source = (f"#| label: {label}\n" if label else "") + "show()"
    metadata = {"papermill": {"duration": 1.5}}
    return {"cell_type": "code", "id": "x1", "metadata": metadata, "source": source, "outputs": list(outputs)}


def write_notebook(folder: Path, *cells: dict[str, Any], name: str = "10_a.ipynb") -> Path:
    folder.mkdir(parents=True, exist_ok=True)
    notebook = {"cells": list(cells), "metadata": {"papermill": {}}, "nbformat": 4, "nbformat_minor": 5}
    (folder / name).write_text(json.dumps(notebook), encoding="utf-8")
    return folder


def copy_cells(tmp_path: Path, *cells: dict[str, Any]) -> list[dict[str, Any]]:
    executed = write_notebook(tmp_path / "executed", *cells)
    (copy,) = make_render_copies(executed, tmp_path / "report" / "en", language="en")
    return json.loads(copy.read_text(encoding="utf-8"))["cells"]


@pytest.mark.slow
def test_a_chart_becomes_one_picture_with_caption_and_alt_and_its_data_go_beside_it(tmp_path: Path) -> None:
    (copied,) = copy_cells(tmp_path, cell("fig-a", output(chart_data("</script><b>"))))
    assert list(copied["outputs"][0]["data"]) == ["image/svg+xml"]
    picture = copied["outputs"][0]["data"]["image/svg+xml"]
    assert picture.startswith("<svg")
    assert "Amiri" in picture
    assert copied["source"].splitlines()[:3] == [
        '#| label: "fig-a"',
        '#| fig-cap: "Who stands where"',
        '#| fig-alt: "Three points"',
    ]
    specs = (tmp_path / "report" / "en" / "charts.html").read_text(encoding="utf-8")
    (spec,) = re.findall(r'<script type="application/json" data-for="fig-a">(.*?)</script>', specs)
    assert json.loads(spec)["layout"]["title"]["text"] == "</script><b>"


@pytest.mark.slow
def test_the_same_chart_gives_the_same_copy_twice(tmp_path: Path) -> None:
    assert copy_cells(tmp_path / "1", cell("fig-a", output(chart_data()))) == copy_cells(
        tmp_path / "2", cell("fig-a", output(chart_data()))
    )


def test_markdown_stays_and_timings_and_unlabelled_cells_go(tmp_path: Path) -> None:
    (copied,) = copy_cells(
        tmp_path, cell(None, output(markdown_data("no"))), cell("tbl-a", output(markdown_data("| a |"), "A table"))
    )
    assert copied["outputs"] == [{"output_type": "display_data", "data": {"text/markdown": "| a |"}, "metadata": {}}]
    assert copied["metadata"] == {}
    assert copied["source"] == '#| label: "tbl-a"\n#| tbl-cap: "A table"\nshow()'


def test_plotly_is_written_once_and_unpacks_to_itself(tmp_path: Path) -> None:
    copy_cells(tmp_path, cell("findings", output(markdown_data("one"))))
    page = (tmp_path / "report" / "plotly.html").read_text(encoding="utf-8")
    (packed,) = re.findall(r'<script type="application/json" id="plotly-js">"([^"]+)"</script>', page)
    assert b"Plotly" in gzip.decompress(base64.b64decode(packed))[:5_000_000]


@pytest.mark.parametrize(
    ("cells", "message"),
    [
        ([cell("findings")], "0 outputs"),
        ([cell("findings", output(markdown_data("a")), output(markdown_data("b")))], "2 outputs"),
        ([cell("findings", output({"text/html": "<p>", "text/markdown": "p"}))], "text/html"),
        ([cell("tbl-a", output(markdown_data("| a |")))], "no caption"),
        ([cell("tbl-a", output(markdown_data("| a |"), "A [link](javascript:x)"))], "holds '['"),
        ([cell("fig-a", output(chart_data(alt="")))], "no alternative text"),
        ([cell("findings", output(markdown_data("a"))), cell("findings", output(markdown_data("b")))], "label is also"),
    ],
)
def test_an_output_that_cannot_be_embedded_stops_the_build(
    tmp_path: Path, cells: list[dict[str, Any]], message: str
) -> None:
    executed = write_notebook(tmp_path / "executed", *cells)
    with pytest.raises(RenderError, match=re.escape(message)):
        make_render_copies(executed, tmp_path / "report" / "en", language="en")


def test_a_folder_without_notebooks_is_an_error_not_an_empty_report(tmp_path: Path) -> None:
    with pytest.raises(RenderError, match="no executed notebook"):
        make_render_copies(tmp_path, tmp_path / "report" / "ar", language="ar")


def test_random_ids_and_everything_that_points_to_them_are_renamed_alike() -> None:
    svg = (
        '<svg><clipPath id="clip3fa9c1xy"/><g clip-path="url(#clip3fa9c1xy)"/>'
        '<g clip-path="url(\'#clip3fa9c1xy\')"/><use href="#clip3fa9c1xy"/></svg>'
    )
    settled = settle_ids(svg, prefix="fig-a")
    assert "3fa9c1" not in settled
    assert settled.count("fig-a-1") == 4


def test_json_for_a_script_cannot_close_it() -> None:
    text = json_for_script({"a": "</script><!--&\u2028"})
    assert not set("<>&\u2028") & set(text)
    assert json.loads(text) == {"a": "</script><!--&\u2028"}


def test_the_page_knows_a_dark_form_of_every_colour_of_the_charts() -> None:
    loader = (default_paths().report / "theme" / "charts.html").read_text(encoding="utf-8")
    colours = set(re.findall(r"#[0-9a-f]{6}", repr({n: v for n, v in vars(theme).items() if n.isupper()})))
    assert theme.INK in colours
    assert {colour for colour in colours if f"'{colour}':" not in loader} == set()


def test_the_picture_takes_the_layout_for_paper_and_the_page_does_not_carry_it(tmp_path: Path) -> None:
    printed = {"data": [], "layout": {"height": 77}}
    chart = {"data": [], "layout": {"height": 200, "meta": {"narrow": {}, "print": printed}}}
    assert figures._printed(chart)["layout"]["height"] == 77
    cell = figures._Cell("10_a.ipynb", "fig-a", "", "", "A caption", "What it shows", chart)
    assert json.loads(figures._spec_script(cell).split(">", 1)[1].removesuffix("</script>\n")) == {
        "alt": "What it shows",
        "data": [],
        "layout": {"height": 200, "meta": {"narrow": {}}},
    }
