"""Arabic text of a picture becomes outlines where it stood; other text stays text."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
import typst

from mawaqif.render.figures import prepare_fonts
from mawaqif.render.outlines import outline_texts

STYLE = "font-family: Amiri; font-size: 20px; fill: rgb(0, 102, 122); fill-opacity: 1; white-space: pre;"


@pytest.fixture(scope="module")
def fonts(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return prepare_fonts(tmp_path_factory.mktemp("fonts"))


def picture(inside: str, *, anchor: str = "start", transform: str = "") -> str:
    return (
        '<svg xmlns="http://www.w3.org/2000/svg" width="760" height="100" viewBox="0 0 760 100">'
        f'<text x="300" y="50" text-anchor="{anchor}" style="{STYLE}"{transform}>{inside}</text></svg>'
    )


def outline(svg: str, fonts: Path) -> str:
    return outline_texts({"a": svg}, fonts=fonts)["a"]


def position(svg: str) -> tuple[float, float]:
    (found,) = re.findall(r"translate\(([-\d.]+),([-\d.]+)\)", svg)
    return float(found[0]), float(found[1])


@pytest.mark.parametrize("text", ["الخبراء", "لكن المالكي", "مسمّى", "تُستكمل", "\u2067● \u2066−2\u2069 الآن\u2069"])
def test_arabic_that_pdf_ua_refuses_as_text_is_accepted_as_outlines(text: str, fonts: Path) -> None:
    svg = outline(picture(text), fonts)
    assert "<text" not in svg
    assert "rgb(0, 102, 122)" in svg or "#00667a" in svg
    escaped = svg.replace("\\", "\\\\").replace('"', '\\"')
    source = f'#set document(title: "x")\n#image(bytes("{escaped}"), format: "svg", alt: "x")'
    families = typst.Fonts(include_system_fonts=False, font_paths=[str(fonts)])
    assert typst.compile(source.encode(), font_paths=families, pdf_standards=["ua-1"])


def test_text_without_arabic_stays_text(fonts: Path) -> None:
    assert "Iraq −2</text>" in outline(picture("Iraq −2"), fonts)


def test_text_of_one_direction_loses_what_isolates_it_and_text_from_the_right_does_not_stay(fonts: Path) -> None:
    isolated = "\u2066Iraq \u2068and\u2069 <tspan>\u2066\u200e−2\u2069</tspan>\u2069"
    assert "Iraq and <tspan>−2</tspan></text>" in outline(picture(isolated), fonts)
    assert "<text" not in outline(picture("\u20672021 (2)\u2069"), fonts)


def test_the_anchor_decides_on_which_side_of_its_point_a_line_stands(fonts: Path) -> None:
    start, middle, end = (position(outline(picture("العراق", anchor=a), fonts))[0] for a in ("start", "middle", "end"))
    assert start == 300
    assert end < middle < start
    assert middle == pytest.approx((start + end) / 2, abs=0.1)


def test_lines_stand_under_each_other_by_their_own_shift(fonts: Path) -> None:
    lines = (
        '<tspan class="line" dy="0em" x="300" y="50">أول</tspan>'
        '<tspan class="line" dy="1.3em" x="300" y="50">ثان</tspan>'
    )
    shifts = [float(y) for y in re.findall(r"translate\([-\d.]+,([-\d.]+)\)", outline(picture(lines), fonts))]
    assert shifts == [30.0, 56.0]


def test_a_run_of_another_colour_keeps_it_and_the_transformation_stays(fonts: Path) -> None:
    svg = outline(picture('نعم <tspan style="fill:#8f3b00">لا</tspan>', transform=' transform="rotate(-90)"'), fonts)
    assert "#8f3b00" in svg
    assert "#00667a" in svg
    assert 'transform="rotate(-90)"' in svg


def test_a_line_is_one_path_a_colour_and_no_larger_than_its_letters(fonts: Path) -> None:
    words = "مجلس النواب العراقي"
    assert len(re.findall(r"<(?:path|use|symbol|g)\b", outline(picture(words), fonts))) == 2  # the group has its place
    two = outline(picture(f'{words} <tspan style="fill:#8f3b00">{words}</tspan> {words}'), fonts)
    assert len(re.findall(r"<path\b", two)) == 2
    one, doubled = (len(outline(picture(said), fonts)) for said in (words, f"{words} {words}"))
    assert doubled < 2.1 * one


def test_letters_stand_on_the_line_and_follow_each_other(fonts: Path) -> None:
    """The alef stands on the baseline, about as high as a Latin letter, and the next one beside it."""
    (drawn,) = re.findall(r' d="([^"]*)"', outline(picture("ا ا"), fonts))
    starts = [tuple(map(int, place)) for place in re.findall(r"M(-?\d+)[ -](-?\d+)", drawn)]
    assert len(starts) == 2
    assert starts[0][1] == starts[1][1]
    assert 3 * 20 < abs(starts[0][0] - starts[1][0]) < 20 * 20
    heights = [y / 20 for _, y in starts]
    assert all(0 < height <= 20 for height in heights), "over the baseline, one font size under the top"


def test_letters_on_a_bar_are_smooth_though_its_edges_are_not(fonts: Path) -> None:
    bar = picture("شخص").replace("<text", '<g shape-rendering="crispEdges"><text').replace("</text>", "</text></g>")
    assert 'shape-rendering="auto"' in outline(bar, fonts)
    assert "shape-rendering" not in outline(picture("شخص"), fonts)


def test_markup_in_the_words_cannot_reach_typst(fonts: Path) -> None:
    svg = outline(picture("نص&quot;) #panic(&quot;x&quot;) \\u{41}"), fonts)
    assert "<path" in svg
