"""Turns executed notebooks into the render copies that both engines embed: pictures, Markdown and chart specs.

1. Every labelled cell keeps its one output: a chart becomes an SVG drawn by one shared headless browser, a finding or
   table stays Markdown. Nothing else of the notebook is copied.
2. The cell's label, caption and alternative text become cell options, which is where Quarto reads them.
3. The charts' own data go into one include file, from which the page makes them live.
"""

from __future__ import annotations

import asyncio
import base64
import hashlib
import json
import os
import re
import shutil
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from xml.sax.saxutils import escape

import fontpkg_amiri

from mawaqif.errors import RenderError, SectionError
from mawaqif.render.library import pack_library
from mawaqif.render.outlines import outline_texts
from mawaqif.render.sections import LABEL, join_cells
from mawaqif.render.slimming import slim
from mawaqif.render.sources import SECTIONS_FILE

PLOTLY_MIME = "application/vnd.plotly.v1+json"
PICTURE_WIDTH = 760
"""Width of a static chart in CSS pixels: the text column of the page and of A4 at 100 dpi."""
DEFAULT_HEIGHT = 440
_NOT_IN_CAPTIONS = re.compile(r"[\n{}<>\[\]`$\\@#*|~^]")
"""Captions are read twice as Markdown, so they may hold no markup at all."""


@dataclass(frozen=True)
class _Cell:
    """One labelled output: `chart` is a plotly figure as JSON, or None where `markdown` is the output."""

    notebook: str
    label: str
    source: str
    markdown: str
    caption: str | None
    alt: str | None
    chart: dict[str, Any] | None

    @property
    def where(self) -> str:
        return f"{self.notebook}#{self.label}"


def make_render_copies(executed: Path, copies: Path, *, language: str, sections: Sequence[str] = ()) -> list[Path]:
    """Write the render copies of one language, its chart specs and the files that both languages share.

    Args:
        executed: The folder of the language's executed notebooks.
        copies: The folder for its render copies, made anew; the shared files go beside it.
        language: `en` or `ar`.
        sections: The names of executed notebooks that become sections of the report, in their order.

    Returns:
        The render copies, in the notebooks' order.

    Raises:
        RenderError: A labelled cell has no output, more than one, one of another type, or a caption with markup in it.
        SectionError: So has one of a section, or the section has no title in the language.
    """
    shutil.rmtree(copies, ignore_errors=True)
    copies.mkdir(parents=True)
    sources = sorted(executed.glob("*.ipynb"))
    if not sources:
        raise RenderError(f"there is no executed notebook in {language!r}", where=str(executed))
    cells = [cell for source in sources for cell in _read_cells(source, language, is_section=source.stem in sections)]
    _refuse_repeated_labels(cells)
    charts = [cell for cell in cells if cell.chart is not None]
    fonts = prepare_fonts(copies.parent / "fonts")
    pictures = draw_pictures({cell.label: cell.chart for cell in charts if cell.chart is not None}, fonts=fonts)
    for source in sources:
        kept = [_render_cell(cell, pictures.get(cell.label)) for cell in cells if cell.notebook == source.name]
        _write_json(copies / source.name, _notebook(kept))
    (copies / "charts.html").write_text("".join(_spec_script(cell) for cell in charts), encoding="utf-8")
    joined = [join_cells(executed / f"{name}.ipynb", language=language) for name in sections]
    (copies / SECTIONS_FILE).write_text("\n".join(joined), encoding="utf-8")
    _write_shared_files(copies.parent)
    return [copies / source.name for source in sources]


def _read_cells(path: Path, language: str, *, is_section: bool) -> list[_Cell]:
    """Return the labelled cells of a notebook; what is wrong with those of a section is its author's to mend."""
    try:
        return list(_labelled_cells(path))
    except RenderError as error:
        if not is_section:
            raise
        label = (error.where or "").partition("#")[2]
        raise SectionError(
            error.what,
            where=f"{path.stem}.py in {language!r}, the cell labelled {label}",
            mend="End the cell with one call of `wb.show_table`, `wb.draw_bars` or `wb.show_chart`, in plain words.",
        ) from error


def _labelled_cells(path: Path) -> Iterator[_Cell]:
    notebook = json.loads(path.read_text(encoding="utf-8"))
    for cell in notebook["cells"]:
        source = "".join(cell["source"])
        if cell["cell_type"] == "code" and (match := LABEL.search(source)):
            code = "\n".join(line for line in source.splitlines() if not line.startswith("#|"))
            yield _read_cell(path.name, match.group(1), code.strip(), cell["outputs"])


def _read_cell(notebook: str, label: str, source: str, outputs: list[dict[str, Any]]) -> _Cell:
    where = f"{notebook}#{label}"
    if len(outputs) != 1:
        raise RenderError(f"the cell has {len(outputs)} outputs", where=where, mend="Give it exactly one.")
    data: dict[str, Any] = outputs[0].get("data", {})
    meta: dict[str, Any]
    chart = markdown = None
    if set(data) <= {PLOTLY_MIME, "text/plain"} and PLOTLY_MIME in data:
        chart = {"data": data[PLOTLY_MIME]["data"], "layout": data[PLOTLY_MIME].get("layout", {})}
        meta = chart["layout"].get("meta") or {}
    elif set(data) <= {"text/markdown", "text/plain"} and "text/markdown" in data:
        markdown = "".join(data["text/markdown"])
        meta = outputs[0].get("metadata", {}).get("mawaqif") or {}
    else:
        found = ", ".join(sorted(data)) or outputs[0].get("output_type", "nothing")
        raise RenderError(f"the cell's output is {found}", where=where, mend="Make it a chart or Markdown.")
    caption, alt = meta.get("caption"), meta.get("alt")
    if label.startswith(("fig-", "tbl-")) and not caption:
        raise RenderError("the output has no caption", where=where)
    if chart is not None and not alt:
        raise RenderError("the chart has no alternative text", where=where)
    for text in (caption, alt):
        if text and (bad := _NOT_IN_CAPTIONS.search(text)):
            raise RenderError(
                f"a caption or alternative text holds {bad.group()!r}", where=where, mend="Write it plain."
            )
    return _Cell(notebook, label, source, markdown or "", caption, alt, chart)


def _render_cell(cell: _Cell, picture: str | None) -> dict[str, Any]:
    options = {"label": cell.label}
    if cell.caption:
        options["tbl-cap" if cell.label.startswith("tbl-") else "fig-cap"] = cell.caption
    if picture is None:
        data = {"text/markdown": cell.markdown}
    else:
        options["fig-alt"] = cell.alt or ""
        data = {"image/svg+xml": picture}
    lines = [f"#| {name}: {json.dumps(value, ensure_ascii=False)}" for name, value in options.items()]
    return {
        "cell_type": "code",
        "execution_count": None,
        "id": hashlib.sha256(cell.label.encode()).hexdigest()[:8],
        "metadata": {},
        "outputs": [{"output_type": "display_data", "data": data, "metadata": {}}],
        "source": "\n".join([*lines, cell.source]),
    }


def _notebook(cells: list[dict[str, Any]]) -> dict[str, Any]:
    kernel = {"display_name": "Python 3", "language": "python", "name": "python3"}
    metadata = {"kernelspec": kernel, "language_info": {"name": "python"}}
    return {"cells": cells, "metadata": metadata, "nbformat": 4, "nbformat_minor": 5}


def _refuse_repeated_labels(cells: list[_Cell]) -> None:
    seen: dict[str, str] = {}
    for cell in cells:
        if cell.label in seen:
            raise RenderError(f"the label is also in {seen[cell.label]}", where=cell.where)
        seen[cell.label] = cell.notebook


# ---------------------------------------------------------------------------------------------------------- pictures


def draw_pictures(charts: dict[str, dict[str, Any]], *, fonts: Path) -> dict[str, str]:
    """Draw charts as SVG, text as outlines, `PICTURE_WIDTH` wide, in one headless browser; the same for the same chart.

    Args:
        charts: Plotly figures as JSON (`data` and `layout`), by label.
        fonts: A folder with the report's fonts and the `fonts.conf` that names it.

    Raises:
        RenderError: There is no browser, or it could not draw a chart.
    """
    if not charts:
        return {}
    with _environment(FONTCONFIG_FILE=str(fonts / "fonts.conf")):
        pictures = asyncio.run(_draw({label: _printed(chart) for label, chart in charts.items()}))
    outlined = outline_texts(pictures, fonts=fonts)
    return {label: settle_ids(slim(svg), prefix=label) for label, svg in outlined.items()}


async def _draw(figures: dict[str, dict[str, Any]]) -> dict[str, str]:
    """Draw in one browser; where that one ends before its work does, nobody else would notice, so it is watched."""
    import kaleido

    pictures: dict[str, str] = {}
    try:
        browser = kaleido.Kaleido(mathjax=False)
        drawing = asyncio.create_task(_draw_each(browser, figures, pictures))
        while not drawing.done():
            await asyncio.wait({drawing}, timeout=0.2)
            process = getattr(browser, "subprocess", None)
            if process is not None and process.poll() is not None:  # it may say why itself, or wait for ever
                await asyncio.wait({drawing}, timeout=5)
                drawing.cancel()
                await asyncio.wait({drawing}, timeout=5)
                break
        if drawing.done() and not drawing.cancelled():
            await drawing
        elif len(pictures) < len(figures):
            raise ChildProcessError("it ended by itself")
    except Exception as error:
        undrawn = next((label for label in figures if label not in pictures), "")
        mend = "Is Chromium installed? On Debian: apt-get install chromium. Or set BROWSER_PATH to one."
        told = str(error.args[0]).rstrip(".") if error.args else type(error).__name__
        raise RenderError(f"the browser drew no picture: {told}", where=undrawn, mend=mend) from error
    return pictures


async def _draw_each(browser: Any, figures: dict[str, dict[str, Any]], pictures: dict[str, str]) -> None:
    async with browser:
        for label, figure in figures.items():
            pictures[label] = (await browser.calc_fig(figure, opts={"format": "svg"})).decode("utf-8")


def _printed(chart: dict[str, Any]) -> dict[str, Any]:
    """Return a chart as its picture is drawn: by its own layout for paper, if it has one."""
    chart = (chart["layout"].get("meta") or {}).get("print") or chart
    layout = {"height": DEFAULT_HEIGHT, **chart["layout"], "width": PICTURE_WIDTH}
    layout["font"] = {**layout.get("font", {}), "family": "Amiri"}
    # Without a uid each trace is given a random one, which its class repeats.
    traces = [{**trace, "uid": f"trace{n}"} for n, trace in enumerate(chart["data"])]
    return {"data": traces, "layout": layout}


@contextmanager
def _environment(**values: str) -> Iterator[None]:
    before = {name: os.environ.get(name) for name in values}
    os.environ.update(values)
    try:
        yield
    finally:
        for name, value in before.items():
            if value is None:
                del os.environ[name]
            else:
                os.environ[name] = value


def settle_ids(svg: str, *, prefix: str) -> str:
    """Rename the ids of an SVG, which plotly draws at random, to `prefix` and a number in order of appearance."""
    names = {old: f"{prefix}-{n}" for n, old in enumerate(dict.fromkeys(re.findall(r'\bid="([^"]+)"', svg)), start=1)}

    def rename(match: re.Match[str]) -> str:
        return match.group(1) + names.get(match.group(2), match.group(2)) + match.group(3)

    svg = re.sub(r'(\bid=")([^"]+)(")', rename, svg)
    svg = re.sub(r'(href="#)([^"]+)(")', rename, svg)
    svg = re.sub(r"""(url\((?:&quot;|["'])?#)([^)"'&]+)((?:&quot;|["'])?\))""", rename, svg)
    # The class repeats the random id of the drawing.
    return re.sub(r'(<g class="(?:xy|legend)[^"]*?)-?[0-9a-f]{6}"', r'\1"', svg)


# ------------------------------------------------------------------------------------------------------ shared files


def _spec_script(cell: _Cell) -> str:
    chart = cell.chart or {}
    meta = {name: value for name, value in (chart["layout"].get("meta") or {}).items() if name != "print"}
    spec = {"alt": cell.alt, **chart, "layout": {**chart["layout"], "meta": meta}}
    return f'<script type="application/json" data-for="{cell.label}">{json_for_script(spec)}</script>\n'


def json_for_script(value: Any) -> str:
    """Return `value` as JSON that cannot end, or open, an element of the page around it."""
    text = json.dumps(value, ensure_ascii=False, separators=(",", ":"), sort_keys=True)
    for character in "<>&\u2028\u2029":
        text = text.replace(character, f"\\u{ord(character):04x}")
    return text


def prepare_fonts(folder: Path) -> Path:
    """Copy the report's fonts into `folder`, with a `fonts.conf` that shows them to the browser; return the folder."""
    source = Path(fontpkg_amiri.__file__).parent / "files"
    folder.mkdir(parents=True, exist_ok=True)
    for font in sorted(source.glob("*.ttf")):
        shutil.copyfile(font, folder / font.name)
    lines = [
        '<?xml version="1.0"?><!DOCTYPE fontconfig SYSTEM "fonts.dtd">',
        f"<fontconfig><dir>{escape(str(folder.resolve()))}</dir>",
        '<include ignore_missing="yes">/etc/fonts/fonts.conf</include></fontconfig>',
    ]
    (folder / "fonts.conf").write_text("\n".join(lines), encoding="utf-8")
    return folder


def _write_shared_files(folder: Path) -> None:
    """Write what both languages' pages carry: the fonts, and plotly.js, packed until the page unpacks it."""
    faces = "".join(
        f"@font-face{{font-family:Amiri;font-weight:{weight};font-display:swap;"
        f"src:url(data:font/ttf;base64,{_base64((folder / 'fonts' / name).read_bytes())}) format('truetype')}}"
        for name, weight in (("Amiri-Regular.ttf", 400), ("Amiri-Bold.ttf", 700))
    )
    (folder / "fonts.html").write_text(f"<style>{faces}</style>\n", encoding="utf-8")
    (folder / "plotly.html").write_text(pack_library(), encoding="utf-8")


def _base64(content: bytes) -> str:
    return base64.b64encode(content).decode("ascii")


def _write_json(path: Path, value: Any) -> None:
    path.write_text(json.dumps(value, ensure_ascii=False, indent=1, sort_keys=True) + "\n", encoding="utf-8")
