"""How every chart looks and speaks: colours, type, wrapping, direction, and text that cannot act.

Vertical distances are pixels (the hidden y axis counts them), horizontal ones are data units, so that a figure fills
any width. Its labels need room in pixels, so that each chart is laid out twice: for `WIDE` pages and paper, and for
`NARROW` ones, where names stand above their rows. The page takes the layout that it has room for.
"""

from __future__ import annotations

import html
import math
import re
import unicodedata
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import plotly.graph_objects as go

from mawaqif.charts.canvas import Canvas
from mawaqif.charts.letters import measure

FONT = "Amiri, 'Noto Naskh Arabic', 'Times New Roman', serif"
INK, MUTED, HAIRLINE, PAPER = "#1f2933", "#5f6b76", "#d5dade", "#ffffff"
RULE, SHADE = "#eceff1", "#f3f5f7"
ACCENT = "#00667a"

STANCE_COLOURS = {-2: "#8f3b00", -1: "#d2700f", 0: "#868d94", 1: "#7a63b3", 2: "#4a2383"}
"""Orange to purple with a grey middle: ColorBrewer's PuOr, darkened to 3:1 on white, and moved apart until readers with
any kind of colour blindness tell all five; no party's, state's or religion's colours. Used wherever stance is shown."""
ON_STANCE = {-2: PAPER, -1: "#0b0f13", 0: "#0b0f13", 1: PAPER, 2: PAPER}
"""For words on these colours, 4.5:1 on a light and on a dark page."""
STANCE_INKS = {-2: "#8f3b00", -1: "#a35200", 0: "#5a636b", 1: "#66529c", 2: "#4a2383"}
"""The same hues for words, 4.5:1 on white and on the tinted bands."""
GRADE_COLOURS = {
    "person": "#003f4c",
    "office": "#2f7f92",
    "institution": "#8cbcc8",
    "anonymous": "#e3c98f",
    "none": "#e4e7ea",
}
"""The darker, the more someone answers for the words; anonymous stands out by hue."""
STATUS_COLOURS = {"past": "#4b5660", "planned": ACCENT, "hypothetical": "#a3488f", "did_not_happen": "#8a5a00"}

BODY, SMALL, TINY = 15, 13, 12
NOTE_LINE = 20
"""Pixels from line to line of what stands under a chart in `SMALL` letters: Arabic ones reach far up and down."""
_EDGE = 6
"""Pixels kept free above and below everything, for what reaches over the edge of a letter's box."""
_HOVER_WIDTH = 40
"""Characters in a line of a hover box: beside a point in the middle of a phone there is room for no more."""
_FIRST_STRONG = "\u2068"
RLI, LRI, PDI, LRM = "\u2067", "\u2066", "\u2069", "\u200e"
PART = "\u2063"
"""Ends each part of a caption but the last: the invisible separator, which no font draws and no article's text has."""
_TAG = re.compile(r"<[^>]*>")
_LEEWAY = 1.04
"""What a line may take beyond its measure: kerning, and the letters of another font."""
_KEPT_FORMATS = frozenset("\u200c\u200d")


@dataclass(frozen=True, slots=True)
class ChartWords:
    """The sentences around a chart, in its language; trusted text.

    Attributes:
        caption: The finding, one sentence; the report prints it first under the chart.
        subtitle: What is measured and how to read it.
        source: Where the data is from.
        alt: What the chart shows, for those who do not see it.
    """

    caption: str
    subtitle: str
    source: str
    alt: str


# --- text ------------------------------------------------------------------------------------------------------------


def escape(text: str) -> str:
    """Make any text inert in plotly's pseudo-HTML: no tag, entity, link or formula of it acts.

    Control and bidirectional control characters go, white space becomes single spaces.
    """
    kept = "".join(" " if c.isspace() else c for c in text if c.isspace() or not _is_control(c))
    line = " ".join(kept.split())
    for character, entity in (("&", "&amp;"), ("<", "&lt;"), (">", "&gt;"), ("$", "&#36;")):
        line = line.replace(character, entity)
    return line


def _is_control(character: str) -> bool:
    return unicodedata.category(character) in ("Cc", "Cf", "Cs") and character not in _KEPT_FORMATS


def isolate(text: str, language: str) -> str:
    """Give one line its own direction: SVG text has a left-to-right base, whatever it says."""
    return f"{RLI if language == 'ar' else LRI}{text}{PDI}"


def wrap(text: str, width: int, *, language: str, most: int | None = None) -> list[str]:
    """Break a text into inert, isolated lines of about `width` characters; past `most` lines, end in an ellipsis.

    Args:
        text: Any text, also from articles.
        width: Characters in a line; a longer word keeps its own line.
        language: Sets the direction of the lines.
        most: Number of lines after which the text is cut.
    """
    lines: list[str] = []
    for word in split_words(text):
        if lines and len(lines[-1]) + 1 + len(word) <= width:
            lines[-1] += f" {word}"
        else:
            lines.append(word)
    if most is not None and len(lines) > most:
        lines = [*lines[: most - 1], f"{lines[most - 1]} …"]
    return [isolate(escape(line), language) for line in lines] or [""]


def split_words(text: str) -> list[str]:
    """Return the words of a text without control characters; `wrap` escapes the lines that it makes of them."""
    kept = "".join(" " if c.isspace() else c for c in text if c.isspace() or not _is_control(c))
    return kept.split()


def join_lines(lines: Iterable[str]) -> str:
    """Join finished lines for plotly."""
    return "<br>".join(lines)


def bold(line: str) -> str:
    """Set a finished line in bold."""
    return f"<b>{line}</b>"


def estimate_width(lines: Iterable[str], size: float, *, is_bold: bool = False) -> int:
    """Return how many pixels the longest of some finished lines takes at most."""
    texts = (html.unescape(_TAG.sub("", line)) for line in lines)
    return math.ceil(_LEEWAY * max((measure(text, size, is_bold=is_bold) for text in texts), default=0))


def fit(
    text: str, room: float, *, size: float, language: str, most: int | None = None, is_bold: bool = False
) -> list[str]:
    """Break a text into inert, isolated lines of at most `room` pixels; past `most` lines, end in an ellipsis.

    A word that is wider than the room is broken, so that nothing is ever cut by the edge of a chart.
    """
    lines: list[str] = []

    def is_too_wide(line: str) -> bool:
        return _LEEWAY * measure(line, size, is_bold=is_bold) > room

    for word in (piece for whole in split_words(text) for piece in _break_word(whole, is_too_wide)):
        if lines and not is_too_wide(f"{lines[-1]} {word}"):
            lines[-1] += f" {word}"
        else:
            lines.append(word)
    if most is not None and len(lines) > most:
        words = lines[most - 1].split()
        while len(words) > 1 and is_too_wide(" ".join([*words, "…"])):
            words.pop()
        lines = [*lines[: most - 1], " ".join([*words, "…"])]
    return [isolate(escape(line), language) for line in lines] or [""]


def _break_word(word: str, is_too_wide: Callable[[str], bool]) -> list[str]:
    """Break a word that is wider than a line."""
    pieces = [""]
    for character in word:
        if pieces[-1] and is_too_wide(pieces[-1] + character):
            pieces.append("")
        pieces[-1] += character
    return pieces


def flow(items: Sequence[str], room: float, *, size: float, language: str, separator: str | None = None) -> list[str]:
    """Set names one after the other in lines of at most `room` pixels, each in its own direction.

    Args:
        items: Texts, also from articles.
        room: Pixels of a line.
        size: Of the letters.
        language: Sets the direction of the lines.
        separator: Between two items; a comma of the language where none is given.
    """
    mark = separator if separator is not None else ("،" if is_mirrored(language) else ",")
    pieces = [
        (number, word)
        for number, item in enumerate(items)
        for word in f"{item}{mark if number < len(items) - 1 else ''}".split()
    ]
    lines: list[list[tuple[int, str]]] = []
    for piece in pieces:
        tried = [*(lines[-1] if lines else []), piece]
        if lines and _LEEWAY * measure(" ".join(word for _, word in tried), size) <= room:
            lines[-1] = tried
        else:
            lines.append([piece])
    return [isolate(" ".join(_isolate_items(line, mark)), language) for line in lines]


def _isolate_items(line: Sequence[tuple[int, str]], mark: str) -> list[str]:
    """Return a line's items, each within isolates, with the mark after it outside them."""
    made = []
    for number in dict.fromkeys(number for number, _ in line):
        text = " ".join(word for n, word in line if n == number)
        bare = text.removesuffix(mark) if mark else text
        made.append(f"{_FIRST_STRONG}{escape(bare)}{PDI}{text[len(bare) :]}")
    return made


def join_runs(runs: Iterable[str], language: str, *, separator: str = " · ") -> str:
    """Join differently set runs of one line in reading order: plotly lays out runs from left to right."""
    ordered = list(runs)
    return separator.join(ordered[::-1] if is_mirrored(language) else ordered)


def stance_text(value: float, *, digits: int = 0) -> str:
    """Return a stance with its sign, on the left of the digits in either direction."""
    rounded = round(value, digits)
    sign = "\u2212" if rounded < 0 else "+" if rounded > 0 else ""
    return f"{LRI}{LRM}{sign}{abs(rounded):.{digits}f}{PDI}"


def hover(passage: str, *lines: str, language: str) -> str:
    """Return the box over a point: the passage, always right to left, then lines about it in the chart's language."""
    quoted = wrap(passage, _HOVER_WIDTH, language="ar", most=6)
    told = [part for line in lines if line for part in wrap(line, _HOVER_WIDTH, language=language)]
    return join_lines([*quoted, *told])


# --- figures ---------------------------------------------------------------------------------------------------------


def is_mirrored(language: str) -> bool:
    """Tell whether the reading direction, and with it every horizontal axis, runs from right to left."""
    return language == "ar"


def start_side(language: str) -> str:
    """Return the side at which a line of text begins."""
    return "right" if is_mirrored(language) else "left"


def end_side(language: str) -> str:
    """Return the side at which a line of text ends."""
    return "left" if is_mirrored(language) else "right"


def horizontal_range(first: float, last: float, language: str) -> list[float]:
    """Return an axis range that begins where reading begins."""
    return [last, first] if is_mirrored(language) else [first, last]


@dataclass(frozen=True, slots=True)
class Page:
    """The room for which a chart is laid out: the least width, in pixels, at which all its labels fit."""

    width: int

    @property
    def is_narrow(self) -> bool:
        """Tell whether names stand above their rows rather than beside them."""
        return self.width < WIDE.width


WIDE, NARROW, PRINT = Page(620), Page(320), Page(760)
"""The column of a page on a tablet, that of a phone of 360 pixels, and that of a sheet of A4."""


def lay_out_for_every_width(draw: Callable[[Page], Canvas], *, is_tall: bool = False) -> go.Figure:
    """Return the figure for wide pages, with the one for narrow pages in its `meta.narrow`.

    What both say of their points, trace by trace, is left out of the second. A chart that is tall for its page has a
    third in `meta.print`: on paper it is not wider than the column, so that it can make use of all of it.
    """
    wide, small = draw(WIDE), draw(NARROW).to_json()
    for trace, other in zip(small["data"], wide.to_json()["data"], strict=False):
        for key in ("hovertext", "customdata"):
            if key in trace and trace[key] == other.get(key):
                del trace[key]
    small["layout"].pop("meta", None)
    narrow = {"below": WIDE.width, "data": small["data"], "layout": small["layout"]}
    wide.update_layout(meta={**wide.layout["meta"], "narrow": narrow})
    if is_tall:
        printed = draw(PRINT).to_json()
        for trace in printed["data"]:
            trace.pop("hovertext", None)
            trace.pop("customdata", None)
        printed["layout"].pop("meta", None)
        wide.update_layout(meta={**wide.layout["meta"], "print": printed})
    return wide.to_figure()


@dataclass(frozen=True, slots=True)
class Frame:
    """The page that a chart is drawn on; distances in pixels.

    `start` and `end` are the margins at the reading's start and end, `head` the room for column heads above the plot,
    `foot` the room for tick labels and notes below it.
    """

    body: int
    head: int = 0
    foot: int = 0
    start: int = 8
    end: int = 8


def make_figure(words: ChartWords, frame: Frame, *, language: str, statement_ids: Sequence[str]) -> Canvas:
    """Return an empty figure, with what the report needs to know of it in `layout.meta`.

    Its y axis counts pixels downwards from the top of the plot; its width is left to the page. Finding, subtitle and
    source are the caption, which the page wraps at its own width, as no text in a figure can be.
    """
    top, bottom = frame.head + _EDGE, frame.foot + _EDGE
    margins = {start_side(language): frame.start, end_side(language): frame.end}
    figure = Canvas()
    figure.update_layout(
        template="none",
        height=top + frame.body + bottom,
        margin={"t": top, "b": bottom, "l": margins["left"], "r": margins["right"], "pad": 0},
        paper_bgcolor=PAPER,
        plot_bgcolor=PAPER,
        font={"family": FONT, "size": BODY, "color": INK},
        # The passage in it is Arabic in either report.
        hoverlabel={"font": {"family": FONT, "size": BODY}, "align": "right", "bgcolor": PAPER},
        hovermode="closest",
        showlegend=False,
        dragmode=False,
        meta={"caption": write_caption(words), "alt": words.alt, "statement_ids": list(statement_ids)},
    )
    figure.update_axis("xaxis", fixedrange=True, showgrid=False, zeroline=False, showline=False, showticklabels=False)
    figure.update_axis(
        "yaxis",
        fixedrange=True,
        showgrid=False,
        zeroline=False,
        showline=False,
        showticklabels=False,
        range=[frame.body, 0],
    )
    return figure


def write_caption(words: ChartWords) -> str:
    """Return finding, subtitle and source as whole sentences; the page sets them apart at the unseen `PART`."""
    parts = (part.strip() for part in (words.caption, words.subtitle, words.source))
    whole = [part if part.endswith((".", "!", "?", "؟")) else f"{part}." for part in parts if part]
    return f"{PART} ".join(whole)


def write(
    figure: Canvas,
    lines: Sequence[str],
    *,
    language: str,
    size: float = BODY,
    colour: str = INK,
    up: int | None = None,
    down: int | None = None,
    at: float | None = None,
    side: int = 0,
) -> None:
    """Write finished lines from the reading's start, `up` pixels over the plot, `down` under it or `at` inside it."""
    outwards = side if is_mirrored(language) else -side
    vertical: dict[str, Any]
    if up is not None:
        vertical = {"yref": "paper", "y": 1, "yshift": up, "yanchor": "bottom"}
    elif down is not None:
        vertical = {"yref": "paper", "y": 0, "yshift": -down, "yanchor": "top"}
    else:
        vertical = {"yref": "y", "y": at, "yanchor": "middle"}
    figure.add_annotation(
        text=join_lines(lines),
        xref="paper",
        x=1 if is_mirrored(language) else 0,
        xshift=outwards,
        xanchor=start_side(language),
        align=start_side(language),
        showarrow=False,
        borderpad=0,
        font={"size": size, "color": colour},
        **vertical,
    )


def write_notes(figure: Canvas, notes: Sequence[tuple[str, str]], *, language: str, down: int, side: int) -> None:
    """Write finished lines, each with its colour, one under the other from `down` pixels under the plot."""
    for number, (line, colour) in enumerate(notes):
        at = down + NOTE_LINE * number
        write(figure, [line], language=language, size=SMALL, colour=colour, down=at, side=side)


def fit_notes(texts: Iterable[str], room: float, *, language: str, colour: str = MUTED) -> list[tuple[str, str]]:
    """Break notes into finished lines, each with its colour, for `write_notes`."""
    return [(line, colour) for text in texts for line in fit(text, room, size=SMALL, language=language)]


def list_names(title: str, names: Sequence[str], room: float, *, language: str) -> list[tuple[str, str]]:
    """Return a title and names one after the other as finished lines, each with its colour, for `write_notes`."""
    head = fit(title, room, size=SMALL, language=language, is_bold=True)
    listed = flow(names, room, size=SMALL, language=language)
    return [*((bold(line), INK) for line in head), *((line, MUTED) for line in listed)]


def draw_rule(figure: Canvas, at: float, *, colour: str = RULE) -> None:
    """Draw a hairline from side to side of the plot."""
    figure.add_shape(
        type="line", xref="paper", x0=0, x1=1, y0=at, y1=at, layer="below", line={"color": colour, "width": 1}
    )


def write_over_and_under(figure: Canvas, label: str, *, at: float) -> None:
    """Write a finished label of the axis of time at its place over the plot and again under it."""
    for y, shift, anchor in ((1, 4, "bottom"), (0, -4, "top")):
        figure.add_annotation(
            text=label, x=at, xref="x", y=y, yref="paper", yshift=shift, yanchor=anchor, showarrow=False, borderpad=0,
            font={"size": TINY, "color": MUTED},
        )  # fmt: skip


def complete_camps(camps: Mapping[str, str], found: Iterable[str]) -> dict[str, str]:
    """Return the camps' names with those found but not named after them, so that no row is lost."""
    return {**camps, **{camp: camp for camp in found if camp not in camps}}
