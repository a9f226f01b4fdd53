from __future__ import annotations

import pytest

from mawaqif.charts.letters import measure


# Measured in Chromium with Amiri at 100 pixels.
@pytest.mark.parametrize(
    ("text", "pixels"),
    [("Sources (unspecified)", 827.1), ("Egypt", 228.7), ("القوات الأمريكية", 571.7), ("مصادر أمريكية", 502.3)],
)
def test_a_line_is_as_wide_as_a_browser_sets_it(text: str, pixels: float) -> None:
    assert measure(text, 100) == pytest.approx(pixels, rel=0.06)


def test_letters_are_wider_alone_than_joined() -> None:
    assert measure("ب ب ب", 10) > measure("ببب", 10) + measure("  ", 10)


def test_what_is_not_seen_takes_no_room() -> None:
    assert measure("\u2067كتبٌ\u2069", 10) == measure("كتب", 10)
