"""Finds the Chromium that draws static charts."""

from __future__ import annotations

import os
import shutil

_NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome")


def find_chromium() -> str | None:
    """Return the path of a Chromium or Chrome: `BROWSER_PATH`, else the first found on PATH, else None."""
    given = os.environ.get("BROWSER_PATH")
    if given and shutil.which(given):
        return given
    return next((path for name in _NAMES if (path := shutil.which(name))), None)
