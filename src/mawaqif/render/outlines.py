"""Draws the Arabic text of a chart's SVG as outlines, because PDF/UA-1 refuses some of it as text.

Typst's reader of SVG cannot map every glyph of an Arabic font back to a character (`لكن`, any vowel sign), and then
refuses the whole document. So each line that has Arabic in it is set by Typst itself, which shapes it well, and its
outlines take the place of the SVG text: one path for each colour of a line, since a page of letters drawn one by one
takes a browser long to read. What it says stays in the alternative text, the caption and the tables.

What stays text is all of one direction, and loses the characters that isolate it: poppler sets the letter after such a
character apart from its word, so that a search finds `raq` and not `Iraq`.
"""

from __future__ import annotations

import re
import xml.etree.ElementTree as ET
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import typst

_SVG = "http://www.w3.org/2000/svg"
_XLINK = "http://www.w3.org/1999/xlink"
_ANCHORS = {"start": 0.0, "middle": 0.5, "end": 1.0}
_BOLD_FROM = 600
_PLAIN = re.compile(
    "[\\s\u0020-\u017f\u200b-\u200e\u2010-\u2015\u2018-\u2026\u2060-\u2066\u2068\u2069\u2190-\u2193\u2212\u25a0-\u25ff]*"
)
"""What can stay text: the scripts and signs of which each character has its glyph, none that run from the right."""
_DIRECTIONS = dict.fromkeys(map(ord, "\u200e\u2066\u2068\u2069"))
"""What sets a direction without being seen: of no use where every character has the same."""
_STEPS = 20
"""Steps to a pixel on which the points of an outline lie: whole numbers are the shortest to write."""
_COMMAND = re.compile(r"([a-zA-Z])([^a-zA-Z]*)")
_NUMBER = re.compile(r"-?\d*\.?\d+(?:e-?\d+)?")
_EMPTY_MOVE = re.compile(r"M[-\d ]*(?=M)")
_AXES = {"m": "xy", "l": "xy", "q": "xyxy", "c": "xyxyxy", "h": "x", "v": "y", "z": ""}
"""Which coordinates each command of a path takes; the last of each axis is where it ends."""
ET.register_namespace("", _SVG)
ET.register_namespace("xlink", _XLINK)


@dataclass(frozen=True)
class _Run:
    """Characters of one style; `fill` as a CSS colour."""

    text: str
    fill: str
    is_bold: bool


@dataclass(frozen=True)
class _Line:
    """One line of text: where its anchor stands on the baseline, in pixels, and its runs."""

    x: float
    y: float
    size: float
    anchor: float
    opacity: str
    runs: tuple[_Run, ...]


def outline_texts(svgs: dict[str, str], *, fonts: Path) -> dict[str, str]:
    """Return SVGs, by name, with Arabic text as outlines in Amiri from the folder `fonts`."""
    trees = {name: ET.fromstring(svg) for name, svg in svgs.items()}
    found = [(tree, text, line) for tree in trees.values() for text in _texts(tree) for line in _lines(text)]
    pages = _set_lines([line for _, _, line in found], fonts=fonts)
    drawn: dict[ET.Element, list[ET.Element]] = {}
    for (_, text, line), page in zip(found, pages, strict=True):
        drawn.setdefault(text, []).extend(_place(line, page))
    for tree in trees.values():
        stepped = {id(e) for group in tree.iter() if "shape-rendering" in group.attrib for e in group.iter()}
        for text in list(_texts(tree)):
            for path in drawn.get(text, []) if id(text) in stepped else []:
                path.set("shape-rendering", "auto")  # a bar has sharp edges; letters on it must not
            _replace_by_outlines(text, drawn.get(text, []))
        for part in (part for text in tree.iter(f"{{{_SVG}}}text") for part in text.iter()):
            part.text, part.tail = (words and words.translate(_DIRECTIONS) for words in (part.text, part.tail))
    return {name: ET.tostring(tree, encoding="unicode") for name, tree in trees.items()}


def _texts(tree: ET.Element) -> Iterator[ET.Element]:
    return (text for text in tree.iter(f"{{{_SVG}}}text") if not _PLAIN.fullmatch("".join(text.itertext())))


def _replace_by_outlines(text: ET.Element, paths: list[ET.Element]) -> None:
    """Turn a text element into a group in its place, with its transformation."""
    transform = text.get("transform")
    text.clear()
    text.tag = f"{{{_SVG}}}g"
    if transform:
        text.set("transform", transform)
    text.extend(paths)


# --- reading the text ------------------------------------------------------------------------------------------------


def _lines(text: ET.Element) -> Iterator[_Line]:
    style = _style(text)
    size = float(style.get("font-size", "12").removesuffix("px"))
    anchor = _ANCHORS[text.get("text-anchor") or style.get("text-anchor", "start")]
    rows = [child for child in text if child.get("class") == "line"] or [text]
    for row in rows:
        shift = float(row.get("dy", "0em").removesuffix("em")) * size if row is not text else 0.0
        runs = tuple(_runs(row, style.get("fill", "#000"), _is_bold(style)))
        if any(run.text.strip() for run in runs):
            x, y = (float(row.get(name) or text.get(name) or 0) for name in ("x", "y"))
            yield _Line(x, y + shift, size, anchor, style.get("fill-opacity", "1"), runs)


def _runs(element: ET.Element, fill: str, is_bold: bool) -> Iterator[_Run]:
    """Yield the runs of an element in order; a child's style holds for its own text, not for its tail."""
    if element.text:
        yield _Run(element.text, fill, is_bold)
    for child in element:
        style = _style(child)
        yield from _runs(child, style.get("fill", fill), _is_bold(style) or is_bold)
        if child.tail:
            yield _Run(child.tail, fill, is_bold)


def _style(element: ET.Element) -> dict[str, str]:
    parts = (part.partition(":") for part in element.get("style", "").split(";"))
    return {name.strip(): value.strip() for name, _, value in parts if value}


def _is_bold(style: dict[str, str]) -> bool:
    weight = style.get("font-weight", "normal")
    return weight == "bold" or (weight.isdigit() and int(weight) >= _BOLD_FROM)


# --- setting it ------------------------------------------------------------------------------------------------------


def _set_lines(lines: list[_Line], *, fonts: Path) -> list[ET.Element]:
    """Set each line on a page of its own, one point a pixel, the baseline one font size under the top."""
    if not lines:
        return []
    source = [
        "#set page(width: auto, height: auto, margin: 0pt, fill: none)\n",
        '#set text(font: "Amiri", dir: ltr, top-edge: 1em, bottom-edge: -0.6em)\n',
        "#let run(words, fill, weight) = text(fill: fill, weight: weight, words)\n",
        "#pagebreak(weak: false)\n".join(_typst_line(line) for line in lines),
    ]
    families = typst.Fonts(include_system_fonts=False, font_paths=[str(fonts)])
    made = typst.compile("".join(source).encode("utf-8"), font_paths=families, format="svg")
    pages = made if isinstance(made, list) else [made]
    return [ET.fromstring(page) for page in pages]


def _typst_line(line: _Line) -> str:
    runs = "".join(
        f'#run("{_escape(run.text)}", rgb({_channels(run.fill)}), "{"bold" if run.is_bold else "regular"}")'
        for run in line.runs
    )
    return f"#[#set text(size: {line.size}pt);#box[{runs}]]\n"


def _escape(text: str) -> str:
    return re.sub(r'[\x00-\x1f"\\]', lambda match: f"\\u{{{ord(match.group()):x}}}", text)


def _channels(colour: str) -> str:
    if numbers := re.match(r"rgba?\((\d+),\s*(\d+),\s*(\d+)", colour):
        return ", ".join(numbers.groups())
    return f'"{colour}"'


# --- putting it in its place -----------------------------------------------------------------------------------------


def _place(line: _Line, page: ET.Element) -> Iterator[ET.Element]:
    """Yield a page's drawing as one path a colour, moved to where the line stands."""
    width = float(page.get("viewBox", "0 0 0 0").split()[2])
    left, top = line.x - line.anchor * width, line.y - line.size
    shapes = {
        symbol.get("id", ""): [path.get("d", "") for path in symbol.iter(f"{{{_SVG}}}path")]
        for symbol in page.iter(f"{{{_SVG}}}symbol")
    }
    outlines: dict[str, list[str]] = {}
    for glyph, x, y, is_flipped in _glyphs(page):
        outline = outlines.setdefault(glyph.get("fill", "#000"), [])
        outline += [_draw_at(x, y, shape, -1 if is_flipped else 1) for shape in shapes[_target(glyph)]]
    for fill, outline in outlines.items():
        path = ET.Element(f"{{{_SVG}}}path", {"d": "".join(outline), "fill": fill})
        path.set("transform", f"translate({left:.2f},{top:.2f})scale({1 / _STEPS:g})")
        if line.opacity != "1":
            path.set("fill-opacity", line.opacity)
        yield path


def _glyphs(page: ET.Element) -> Iterator[tuple[ET.Element, float, float, bool]]:
    """Yield each glyph of a page that Typst drew, its place, and whether its y axis points up."""

    def walk(element: ET.Element, x: float, y: float, up: int) -> Iterator[tuple[ET.Element, float, float, bool]]:
        if transform := element.get("transform"):
            across, *skew, down, dx, dy = (float(number) for number in _NUMBER.findall(transform))
            if across != 1 or any(skew) or abs(down) != 1:
                raise AssertionError(f"Typst moves text by {transform}")
            x, y, up = x + dx, y + up * dy, up * round(down)
        if element.tag == f"{{{_SVG}}}use":
            yield element, x + float(element.get("x", 0)), y + up * float(element.get("y", 0)), up < 0
        for child in element:
            yield from walk(child, x, y, up)

    for part in page:
        if part.tag == f"{{{_SVG}}}g":
            yield from walk(part, 0.0, 0.0, 1)


def _target(glyph: ET.Element) -> str:
    return glyph.get(f"{{{_XLINK}}}href", "").removeprefix("#")


def _draw_at(x: float, y: float, shape: str, up: int) -> str:
    """Return a glyph's path at (x, y) in steps; each point is rounded by itself, so that no error adds to the next."""
    place, sign = {"x": x, "y": y}, {"x": 1, "y": up}
    at, start = {"x": 0.0, "y": 0.0}, {"x": 0.0, "y": 0.0}
    made: list[str] = []
    pen = {"x": 0, "y": 0}

    def steps(axis: str, coordinate: float) -> int:
        return round((place[axis] + sign[axis] * coordinate) * _STEPS)

    for command, written in _COMMAND.findall(shape):
        kind = command.lower()
        axes = _AXES[kind]
        points = [
            (axis, float(number) + (at[axis] if command.islower() else 0.0))
            for axis, number in zip(axes, _NUMBER.findall(written), strict=True)
        ]
        origin = {"x": 0, "y": 0} if kind == "m" else pen
        name = "M" if kind == "m" else kind
        made.append(name + _join([steps(axis, coordinate) - origin[axis] for axis, coordinate in points]))
        at = start if kind == "z" else {**at, **dict(points)}
        start = at if kind == "m" else start
        pen = {axis: steps(axis, at[axis]) for axis in "xy"}
    return _EMPTY_MOVE.sub("", "".join(made))


def _join(numbers: list[int]) -> str:
    """Write numbers as briefly as a path allows: a minus sign parts two of them as well as a space does."""
    return " ".join(map(str, numbers)).replace(" -", "-")
