from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from itertools import chain
from pathlib import Path

import pytest

from mawaqif import ingest
from mawaqif.phrases.skipped import say_mend, say_reason

ARABIC = re.compile(r"[\u0621-\u064a]{2}")


def _texts(node: ast.expr | None) -> Iterator[str]:
    """Yield the text of a string in the source, with a number for what is filled in."""
    if isinstance(node, ast.Constant) and isinstance(node.value, str):
        yield node.value
    elif isinstance(node, ast.JoinedStr):
        yield "".join(str(part.value) if isinstance(part, ast.Constant) else "7" for part in node.values)


def _written(kind: str) -> list[str]:
    """Return all reasons, or all advice, that `ingest` writes for files it skips."""
    found: list[str] = []
    modules = sorted(Path(ingest.__file__).parent.glob("*.py"))
    for call in chain.from_iterable(ast.walk(ast.parse(path.read_text(encoding="utf-8"))) for path in modules):
        if not isinstance(call, ast.Call) or not isinstance(call.func, ast.Name):
            continue
        if call.func.id == "Skipped":
            found += _texts(call.args[1 if kind == "reason" else 2])
        elif call.func.id == "DocumentError":
            mend = next((k.value for k in call.keywords if k.arg == "mend"), None)
            found += _texts(call.args[0] if kind == "reason" else mend)
    return found


@pytest.mark.parametrize("reason", _written("reason"))
def test_every_reason_for_leaving_out_a_file_is_said_in_arabic(reason: str) -> None:
    assert ARABIC.search(say_reason(reason, "ar")), reason


@pytest.mark.parametrize("mend", _written("mend"))
def test_every_advice_on_a_file_left_out_is_said_in_arabic(mend: str) -> None:
    assert ARABIC.search(say_mend(mend, "ar")), mend


def test_the_reasons_of_the_source_are_found_at_all() -> None:
    assert len(_written("reason")) > 15
    assert len(_written("mend")) > 15


def test_what_comes_from_the_file_is_encoded_and_keeps_its_direction() -> None:
    said = say_reason("its id 'a_b' is already used by x{GAP}.txt", "ar")

    assert "\u2066a&#95;b\u2069" in said
    assert "\u2066x&#123;GAP&#125;&#46;txt\u2069" in said
    assert not set("{}<>[]`_") & set(said)


def test_a_reason_that_is_not_known_stays_as_it_is() -> None:
    assert say_reason("it is on fire", "ar") == "\u2066it is on fire\u2069"
    assert say_reason("it is on fire", "en") == "it is on fire"
    assert say_mend("", "ar") == ""
