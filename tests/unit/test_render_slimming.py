"""A picture loses the elements that draw nothing, and nothing else."""

from __future__ import annotations

import re

import pytest

from mawaqif.render.slimming import slim

HEAD = '<svg xmlns="http://www.w3.org/2000/svg" class="main-svg" width="90" height="60" style="" viewBox="0 0 90 60">'
SEEN = '<path d="M0,0L9,9" style="stroke:#000;fill:none"/>'


def slimmed(inside: str) -> str:
    svg = slim(f"{HEAD}{inside}</svg>")
    assert svg.startswith('<svg xmlns="http://www.w3.org/2000/svg" class="main-svg" width="90" height="60" viewBox')
    return re.sub(r"\s*/>", "/>", svg[svg.index(">") + 1 :]).removesuffix("</svg>")


@pytest.mark.parametrize(
    "unseen",
    [
        "<g/>",
        '<g class="layer"><g class="x"/></g>',
        "<defs/>",
        '<defs><clipPath id="of-nobody"><rect width="9" height="9"/></clipPath></defs>',
        '<rect width="9" height="9" style="stroke-opacity: 0; fill-opacity: 0"/>',
        '<rect width="9" height="9" style="stroke-width: 0px; fill: none"/>',
        '<path d="M0,0" style="fill:none"/>',
        '<path class="lines"/>',
        '<path d="M0,0L9,9" style="opacity: 0"/>',
    ],
)
def test_what_draws_nothing_is_left_out(unseen: str) -> None:
    assert slimmed(unseen + SEEN) == slimmed(SEEN) == SEEN


@pytest.mark.parametrize(
    "seen",
    [
        '<rect width="9" height="9" style="stroke-opacity:0;fill-opacity:1"/>',
        '<rect width="9" height="9"/>',
        '<g style="stroke-miterlimit:2"><path d="M0,0L1,1"/></g>',
        '<g opacity="0.4"><path d="M0,0L1,1"/></g>',
        '<text x="1" y="2" style="white-space:pre">a <tspan class="line" dy="1.3em">b</tspan> c</text>',
        '<g class="annotation-text-g"><text x="1" y="2">Iraq</text></g>',
    ],
)
def test_what_draws_something_stays_as_it_is(seen: str) -> None:
    assert slimmed(seen) == seen


def test_a_group_that_only_moves_one_thing_gives_the_move_to_it() -> None:
    moved = slimmed(f'<g transform="translate(3,4)"><g class="x" transform="rotate(0,2,2)">{SEEN}</g></g>')
    assert moved == SEEN.replace("/>", ' transform="translate(3,4)"/>')
    twice = slimmed('<g transform="translate(3,4)"><path d="M0,0L9,9" transform="scale(2)"/></g>')
    assert 'transform="translate(3,4) scale(2)"' in twice


def test_a_group_that_moves_two_things_stays() -> None:
    assert slimmed(f'<g transform="translate(3,4)">{SEEN}{SEEN}</g>').startswith('<g transform="translate(3,4)">')


def test_neighbours_that_are_cut_at_the_same_edge_share_a_group() -> None:
    clips = "".join(f'<clipPath id="{name}"><rect width="9" height="9"/></clipPath>' for name in "ab")
    groups = "".join(f'<g clip-path="url(#{name})">{SEEN}</g>' for name in "aab")
    made = slimmed(f"<defs>{clips}</defs>{groups}")
    assert made.count("<clipPath") == 2
    assert re.findall(r"url\(#(\w)\)", made) == ["a", "b"]
    assert made.count(SEEN) == 3
