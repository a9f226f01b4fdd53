from __future__ import annotations

import itertools
import math
import re
import unicodedata

import pytest

from mawaqif.charts import theme
from mawaqif.charts.theme import ChartWords, Frame
from mawaqif.paths import default_paths

WORDS = ChartWords("The finding", "What is measured", "Source: two articles.", "A chart")


@pytest.mark.parametrize(
    "hostile",
    [
        '<a href="javascript:alert(1)">go</a>',
        "&lt;b&gt; &amp;",
        "$\\href{javascript:alert(1)}{x}$",
        "left \u202eturned\u202c \u2066isolated\u2069 \x00\x1b[31m",
        "line\nbreak\u2028and tab\t.",
    ],
)
def test_no_text_of_an_article_can_act_in_a_chart(hostile: str) -> None:
    inert = theme.escape(hostile)

    assert not set("<>$\n\t") & set(inert)
    assert all(part.startswith(("lt;", "gt;", "amp;", "#36;")) for part in inert.split("&")[1:])
    assert not [c for c in inert if unicodedata.category(c) in ("Cc", "Cf")]


def test_joiners_that_spelling_needs_are_kept() -> None:
    assert theme.escape("می\u200cخواهند") == "می\u200cخواهند"


def test_each_wrapped_line_has_its_own_direction() -> None:
    lines = theme.wrap("وزارة الخارجية العراقية في بغداد", 16, language="ar")

    assert len(lines) > 1
    assert all(line.startswith(theme.RLI) and line.endswith(theme.PDI) for line in lines)
    assert " ".join(line.strip(theme.RLI + theme.PDI) for line in lines) == "وزارة الخارجية العراقية في بغداد"


def test_a_text_too_long_for_its_lines_ends_in_an_ellipsis() -> None:
    lines = theme.wrap("one two three four five six", 8, language="en", most=2)

    assert len(lines) == 2
    assert lines[-1].endswith(f"…{theme.PDI}")


def test_wrapping_counts_the_characters_that_are_seen() -> None:
    lines = theme.wrap("a<b & c>d", 9, language="en")

    assert lines == [f"{theme.LRI}a&lt;b &amp; c&gt;d{theme.PDI}"]


@pytest.mark.parametrize(
    ("value", "digits", "shown"),
    [(-2, 0, "\u22122"), (0, 0, "0"), (1, 0, "+1"), (-0.04, 1, "0.0"), (-0.06, 1, "\u22120.1"), (1.25, 1, "+1.2")],
)
def test_a_stance_has_its_sign_before_its_digits_in_either_direction(value: float, digits: int, shown: str) -> None:
    text = theme.stance_text(value, digits=digits)

    assert text.strip(theme.LRI + theme.PDI + theme.LRM) == shown
    assert text.startswith(theme.LRI + theme.LRM)


def _luminance(colour: str) -> float:
    parts = [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
    linear = [p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4 for p in parts]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def _contrast(one: str, other: str) -> float:
    high, low = sorted((_luminance(one), _luminance(other)), reverse=True)
    return (high + 0.05) / (low + 0.05)


def test_stance_marks_and_words_can_be_seen_on_the_page() -> None:
    """WCAG 2.2, 1.4.11 and 1.4.3: 3:1 for marks, 4.5:1 for words."""
    assert all(_contrast(colour, theme.PAPER) >= 3 for colour in theme.STANCE_COLOURS.values())
    assert all(_contrast(colour, theme.PAPER) >= 4.5 for colour in theme.STANCE_INKS.values())
    assert all(_contrast(colour, theme.PAPER) >= 4.5 for colour in (theme.INK, theme.MUTED, theme.ACCENT))
    assert all(_contrast(colour, theme.PAPER) >= 4.5 for colour in theme.STATUS_COLOURS.values())


# Machado, Oliveira and Fernandes (2009): how the three kinds of colour blindness, complete, see linear RGB.
_BLINDNESS = {
    "protan": ((0.152286, 1.052583, -0.204868), (0.114503, 0.786281, 0.099216), (-0.003882, -0.048116, 1.051998)),
    "deutan": ((0.367322, 0.860646, -0.227968), (0.280085, 0.672501, 0.047413), (-0.01182, 0.04294, 0.968881)),
    "tritan": ((1.255528, -0.076749, -0.178779), (-0.078411, 0.930809, 0.147602), (0.004733, 0.691367, 0.3039)),
}
_TO_XYZ = ((0.4124, 0.3576, 0.1805), (0.2126, 0.7152, 0.0722), (0.0193, 0.1192, 0.9505))
_WHITE = (0.9505, 1.0, 1.089)


def _multiply(matrix: tuple[tuple[float, ...], ...], vector: list[float]) -> list[float]:
    return [sum(a * b for a, b in zip(row, vector, strict=True)) for row in matrix]


def _seen(colour: str, kind: str) -> list[float]:
    """Return CIELAB of a colour as a colour-blind reader sees it (IEC 61966-2-1, CIE 15)."""
    parts = [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
    linear = [p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4 for p in parts]
    light = [min(max(x, 0.0), 1.0) for x in _multiply(_BLINDNESS[kind], linear)]
    ratios = [v / w for v, w in zip(_multiply(_TO_XYZ, light), _WHITE, strict=True)]
    x, y, z = (r ** (1 / 3) if r > 0.008856 else 7.787 * r + 16 / 116 for r in ratios)
    return [116 * y - 16, 500 * (x - y), 200 * (y - z)]


def _dark_colours() -> dict[str, str]:
    """Return what the page makes of the charts' colours when it is dark."""
    script = (default_paths().report / "theme" / "charts.html").read_text(encoding="utf-8")
    return dict(re.findall(r"'(#[0-9a-f]{6})': '(#[0-9a-f]{6})'", script))


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("kind", sorted(_BLINDNESS))
def test_the_steps_of_the_scale_differ_for_colour_blind_readers(kind: str, scheme: str) -> None:
    """A difference of 10 in CIELAB is seen at a glance; neighbours on the scale keep to it, and so do all others."""
    dark = _dark_colours() if scheme == "dark" else {}
    colours = [dark.get(colour, colour) for colour in theme.STANCE_COLOURS.values()]
    for one, other in itertools.combinations(colours, 2):
        assert math.dist(_seen(one, kind), _seen(other, kind)) > 10, (one, other)


def test_every_colour_of_the_charts_is_known_to_the_dark_page_and_seen_there() -> None:
    dark = _dark_colours()
    marks = [*theme.STANCE_COLOURS.values(), *theme.STATUS_COLOURS.values(), theme.ACCENT]
    words = [*theme.STANCE_INKS.values(), theme.INK, theme.MUTED]
    others = [*theme.GRADE_COLOURS.values(), theme.HAIRLINE, theme.RULE, theme.SHADE, theme.PAPER]

    assert set(dark) >= {*marks, *words, *others}
    assert all(_contrast(dark[colour], dark[theme.PAPER]) >= 3 for colour in marks)
    assert all(_contrast(dark[colour], dark[theme.PAPER]) >= 4.5 for colour in words)


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_numbers_on_the_marks_of_a_stance_can_be_read(scheme: str) -> None:
    dark = _dark_colours() if scheme == "dark" else {}
    for stance, colour in theme.STANCE_COLOURS.items():
        ink = theme.ON_STANCE[stance]
        assert _contrast(dark.get(ink, ink), dark.get(colour, colour)) >= 4.5


def test_a_caption_is_whole_sentences_whatever_its_parts_end_in() -> None:
    words = ChartWords("هل من موقف؟", "كل نقطة تصريح.", "المصدر: مقالان", "رسم")

    assert theme.write_caption(words) == "هل من موقف؟\u2063 كل نقطة تصريح.\u2063 المصدر: مقالان."


@pytest.mark.parametrize("language", ["en", "ar"])
def test_a_figure_carries_its_words_and_leaves_its_width_to_the_page(language: str) -> None:
    figure = theme.make_figure(WORDS, Frame(body=100), language=language, statement_ids=["a-1-2"]).to_figure()

    caption = "The finding.\u2063 What is measured.\u2063 Source: two articles."
    assert figure.layout.meta == {"caption": caption, "alt": "A chart", "statement_ids": ["a-1-2"]}
    assert figure.layout.width is None
    assert figure.layout.height == 100 + figure.layout.margin.t + figure.layout.margin.b
    assert tuple(figure.layout.yaxis.range) == (100, 0)


def test_what_starts_a_line_stands_right_in_arabic() -> None:
    english, arabic = (
        theme.make_figure(WORDS, Frame(body=10, start=50, end=5), language=lang, statement_ids=[])
        for lang in ("en", "ar")
    )

    assert (english.layout["margin"]["l"], english.layout["margin"]["r"]) == (50, 5)
    assert (arabic.layout["margin"]["l"], arabic.layout["margin"]["r"]) == (5, 50)
    for figure, language in ((english, "en"), (arabic, "ar")):
        theme.write(figure, ["a"], language=language, at=5)
    assert {a["xanchor"] for a in english.annotations} == {"left"}
    assert {a["xanchor"] for a in arabic.annotations} == {"right"}


def test_a_hover_box_has_the_passage_right_to_left_and_stays_narrow_enough_for_a_phone() -> None:
    box = theme.hover("كلمة " * 100, "Who & where", "", language="en")
    lines = box.split("<br>")

    assert lines[0].startswith(theme.RLI)
    assert lines[-1] == f"{theme.LRI}Who &amp; where{theme.PDI}"
    assert max(map(len, lines)) < 46
    assert len(lines) == 7
