"""The policy names the checksums of the report's own scripts and allows nothing from elsewhere."""

from __future__ import annotations

import base64
import gzip
import hashlib
import json

from mawaqif.render.policy import find_scripts, write_policy

OWN = "\nwindow.own = 1;\n"


def checksum(script: str) -> str:
    return f"'sha256-{base64.b64encode(hashlib.sha256(script.encode()).digest()).decode()}'"


def test_scripts_that_run_are_found_and_data_are_not() -> None:
    packed = base64.b64encode(gzip.compress(b"window.library = 1")).decode()
    html = (
        f'<script>{OWN}</script><script type="application/json" data-for="fig-a">{{}}</script>'
        f'<script type="application/json" id="plotly-js">{json.dumps(packed)}</script><style>a{{}}</style>'
    )
    assert find_scripts(html) == [OWN, "window.library = 1"]


def test_only_checksums_of_own_scripts_are_allowed() -> None:
    policy = dict(part.split(" ", 1) for part in write_policy([f"<script>{OWN}</script>", "<p>none</p>"]).split("; "))
    assert policy["default-src"] == "'none'"
    assert policy["script-src"] == checksum(OWN)
    assert policy["form-action"] == policy["base-uri"] == "'none'"


def test_a_page_without_scripts_allows_none() -> None:
    assert "script-src 'none'" in write_policy(["<p>words</p>"])
