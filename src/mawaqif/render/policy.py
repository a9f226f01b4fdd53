"""Writes the page's Content-Security-Policy: no request to anywhere, and no script but the report's own.

The embedded engine allows scripts by checksum (Content Security Policy Level 3, 8.3). The checksums are those of the
theme's files, never of the finished page, so that a script which came in with an article would not run. Quarto's page
has scripts of Quarto's own, which change from version to version; there `theme/policy.html` forbids every request.
"""

from __future__ import annotations

import base64
import gzip
import hashlib
import json
import re
from collections.abc import Iterable

_SCRIPT = re.compile(r"<script\b([^>]*)>(.*?)</script>", re.DOTALL)
_PACKED = 'id="plotly-js"'


def write_policy(includes: Iterable[str]) -> str:
    """Return the policy for a page with these files in it, as the content of its `meta` element.

    Args:
        includes: HTML that goes into the page unchanged; its scripts may run, and the chart library packed in it.
    """
    checksums = sorted({_checksum(script) for html in includes for script in find_scripts(html)})
    directives = {
        "default-src": "'none'",
        "script-src": " ".join(f"'sha256-{checksum}'" for checksum in checksums) or "'none'",
        "style-src": "'unsafe-inline'",
        "img-src": "data:",
        "font-src": "data:",
        "base-uri": "'none'",
        "form-action": "'none'",
    }
    return "; ".join(f"{name} {value}" for name, value in directives.items())


def find_scripts(html: str) -> list[str]:
    """Return the scripts of a piece of HTML that run: those without a type of data, and the one that comes packed."""
    scripts: list[str] = []
    for attributes, content in _SCRIPT.findall(html):
        if _PACKED in attributes:
            scripts.append(gzip.decompress(base64.b64decode(json.loads(content))).decode("utf-8"))
        elif "application/json" not in attributes:
            scripts.append(content)
    return scripts


def _checksum(script: str) -> str:
    return base64.b64encode(hashlib.sha256(script.encode("utf-8")).digest()).decode("ascii")
