"""Text from articles reaches the report as text, whatever it says."""

from __future__ import annotations

import json
import subprocess

import pypandoc
import pytest
from hypothesis import given
from hypothesis import strategies as st

from mawaqif.untrusted import encode, encode_passage

HOSTILE = [
    "<script>alert(1)</script>",
    "[اضغط](javascript:alert(1)) ![](https://example.org/x.png)",
    '`#read("/etc/passwd")`{=typst}',
    "{{< env HOME >}} {{< meta title >}} {{< video https://example.org >}}",
    "---\ntitle: استيلاء\n---",
    "::: {.callout-note}\nنص\n:::",
    "# عنوان\n\n1. بند\n\n    شيفرة",
    "@fig-positions [@tbl-x] $x^2$ \\input{a} ~~~ *ن* _ن_ ^ن^ :smile:",
    "أ | ب | ج\n---|---|---\n1 | 2 | 3",
    '&lt;b&gt; &#60;i&#62; "اقتباس" «اقتباس» -- --- ... 50% #1',
]


def read(markdown: str) -> dict[str, object]:
    done = subprocess.run(
        [pypandoc.get_pandoc_path(), "--from=markdown", "--to=json"],
        input=markdown.encode(),
        capture_output=True,
        check=True,
    )
    return json.loads(done.stdout)


def plain(node: object) -> str:
    """Return the text of a Pandoc tree; any node but plain words, spans, divisions and paragraphs fails."""
    if isinstance(node, list):
        return "".join(plain(child) for child in node)
    assert isinstance(node, dict)
    match node["t"]:
        case "Str":
            return str(node["c"])
        case "Space" | "SoftBreak":
            return " "
        case "Para" | "Plain":
            return plain(node["c"])
        case "Span" | "Div":
            return plain(node["c"][1])
    raise AssertionError(f"{node['t']} came out of untrusted text")


@pytest.mark.parametrize("text", HOSTILE)
def test_markup_in_an_article_comes_back_as_its_own_characters(text: str) -> None:
    document = read(encode_passage(text))
    assert plain(document["blocks"]) == " ".join(text.split())
    assert document["meta"] == {}


@given(st.text(alphabet=st.one_of(st.sampled_from("{}<>[]()#|:-`$@&;*_~^\\\"'\n ابم1"), st.characters()), max_size=60))
def test_what_is_left_of_any_text_is_letters_digits_spaces_and_references(text: str) -> None:
    encoded = encode(text).replace("[&#58;]{}", "&#58;")
    for part in encoded.split("&#")[1:]:
        number, semicolon, _ = part.partition(";")
        assert semicolon
        assert number.isascii()
        assert number.isdigit()
    rest = "".join(part.partition(";")[2] if i else part for i, part in enumerate(encoded.split("&#")))
    assert not set(rest) & set("{}<>[]()#|:-`$@&;*_~^\\\"'\n\t.!%=/")


def test_characters_that_turn_a_line_around_are_dropped_but_joiners_stay() -> None:
    assert encode("قبل\u202eبعد\u2067\ufeff") == "قبلبعد"
    assert plain(read(encode("می\u200cشود"))["blocks"]) == "می\u200cشود"


def test_nul_lone_surrogate_and_non_character_cannot_break_the_reader() -> None:
    assert plain(read(encode("أ\x00ب\ud800ج\ufffe"))["blocks"]) == "أب\ufffdج\ufffd"


def test_a_run_of_colons_never_makes_a_fence_string() -> None:
    document = read(encode("أ ::::::: ب"))
    assert plain(document["blocks"]) == "أ ::::::: ب"
    assert ":::" not in json.dumps(document)


def test_a_passage_carries_language_direction_class_and_anchor() -> None:
    (paragraph,) = read(encode_passage("قال", statement_id="1a2b3c4d-583-715.2"))["blocks"]
    (identifier, classes, attributes), _ = paragraph["c"][0]["c"]
    assert identifier == "s-1a2b3c4d-583-715.2"
    assert classes == ["passage"]
    assert dict(attributes) == {"lang": "ar", "dir": "rtl"}


def test_a_block_passage_keeps_its_paragraphs_apart() -> None:
    (division,) = read(encode_passage("أولاً\n\n\nثانياً\nتتمة", block=True))["blocks"]
    assert [plain(part) for part in division["c"][1]] == ["أولاً", "ثانياً تتمة"]


@pytest.mark.parametrize("statement_id", ["", "a b", "x} {.raw", "a-", "-a", "أ"])
def test_a_malformed_statement_id_is_refused(statement_id: str) -> None:
    with pytest.raises(ValueError, match="not a statement id"):
        encode_passage("نص", statement_id=statement_id)
