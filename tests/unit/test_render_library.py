"""The chart library in the page does what plotly.js does, and is read by the browser once."""

from __future__ import annotations

import base64
import gzip
import json
import re

import pytest
from plotly import offline

from mawaqif.render.library import pack_library, quicken


@pytest.fixture(scope="module")
def script() -> str:
    return quicken(offline.get_plotlyjs())


def test_the_factory_stands_in_brackets_of_its_own_so_that_it_is_not_read_twice(script: str) -> None:
    assert re.search(r"\bthis,\s*\(\(\)\s*=>\s*\{", script[:2_000])
    assert script.rstrip().endswith("})));")


@pytest.mark.parametrize(
    "probe", ["null.error", "arguments.callee,", "throw 42", "prototype=new Error", ',"xy")}catch']
)
def test_nothing_throws_or_makes_an_error_only_to_look_at_the_browser(script: str, probe: str) -> None:
    assert probe in offline.get_plotlyjs()
    assert probe not in script


def test_no_more_is_changed_than_that(script: str) -> None:
    assert abs(len(script) - len(offline.get_plotlyjs())) < 400


def test_another_script_stays_as_it_is() -> None:
    assert quicken("var Plotly = (() => {})();\n") == "var Plotly = (() => {})();\n"


def test_what_is_packed_is_the_script(script: str) -> None:
    packed = re.fullmatch(r'<script type="application/json" id="plotly-js">(.*)</script>\n', pack_library())
    assert packed
    assert gzip.decompress(base64.b64decode(json.loads(packed[1]))).decode() == script
