"""The words of the articles are found in both PDFs by two readers that have nothing in common."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable
from html import unescape
from pathlib import Path

import pytest
from pdf_readers import read_with_pdfium, read_with_poppler, read_with_pypdf

pytestmark = pytest.mark.slow
_CONTROLS = re.compile("[\u00ad\u061c\u0640\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff]")
WORDS_FOUND = 0.92
PHRASES_FOUND = 0.82
"""Shares, a little under the lowest measured. Poppler loses phrases with a figure in Arabic on an English page."""
_VOWELS = re.compile("[\u064b-\u0652\u0670]")


def fold(text: str) -> str:
    """Fold as a search does: letters of one form, no vowel signs, no controls; a sign between words is a space."""
    plain = _VOWELS.sub("", _CONTROLS.sub("", unicodedata.normalize("NFKC", text)))
    return " ".join(re.sub(r"[^\w]+", " ", plain).split())


def read_passages(page: Path) -> list[str]:
    """Return the passages of a page that say more than a word or two, folded."""
    html = page.read_text(encoding="utf-8")
    spans = re.findall(r'<span[^>]*class="passage"[^>]*>(.*?)</span>', html, re.DOTALL)
    folded = [fold(unescape(re.sub(r"<[^>]+>", "", span))) for span in spans]
    return list(dict.fromkeys(passage for passage in folded if len(passage) > 15))


@pytest.mark.parametrize("read", [read_with_pypdf, read_with_poppler])
@pytest.mark.parametrize("language", ["en", "ar"])
def test_passages_are_found(built_project: Path, language: str, read: Callable[[Path], str]) -> None:
    folder = built_project / "build" / "report"
    text = fold(read(folder / f"report.{language}.pdf"))
    passages = read_passages(folder / f"report.{language}.html")
    assert len(passages) > 50
    words = {word for passage in passages for word in passage.split()}
    found = {word for word in words if f" {word} " in f" {text} "}
    assert len(found) / len(words) > WORDS_FOUND, sorted(words - found)[:20]
    # Lines that end inside a passage, and figures between Arabic words, are where readers differ.
    triples = [" ".join(p.split()[n : n + 3]) for p in passages for n in range(len(p.split()) - 2)]
    hits = sum(triple in text for triple in triples)
    assert hits / len(triples) > PHRASES_FOUND, [triple for triple in triples if triple not in text][:20]


@pytest.mark.parametrize("read", [read_with_pypdf, read_with_pdfium, read_with_poppler])
def test_the_labels_of_english_charts_are_found_with_all_their_letters(
    built_project: Path, read: Callable[[Path], str]
) -> None:
    folder = built_project / "build" / "report"
    page = (folder / "report.en.html").read_text(encoding="utf-8")
    pictures = re.findall(r'class="picture".*?</svg>', page, re.DOTALL)
    texts = [text for picture in pictures for text in re.findall(r"<text[^>]*>(.*?)</text>", picture, re.DOTALL)]
    labels = {word for text in texts for word in fold(unescape(re.sub("<[^>]+>", " ", text))).split() if len(word) > 1}
    assert len(labels) > 100
    assert labels - set(fold(read(folder / "report.en.pdf")).split()) == set()
