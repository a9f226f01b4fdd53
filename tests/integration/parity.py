"""What both engines must agree on: a page and a PDF as headings, captions, references, links, words and language."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass, field
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import pypdf

_VOID = frozenset(
    ["area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "track", "wbr"]
)
_SILENT = frozenset(["script", "style", "svg", "nav", "button", "header", "template"])
_SILENT_CLASSES = frozenset(("screen-reader-only", "visually-hidden", "anchorjs-link", "live-chart"))
_HEADINGS = frozenset(("h1", "h2", "h3", "h4", "h5"))
_CONTROLS = re.compile("[\u00ad\u200b\u200e\u200f\u2060\u2066-\u2069]")


@dataclass
class PageContent:
    """What a page says, whichever engine made it.

    Attributes:
        language: The base language and the direction of the page.
        headings: Depth, counted from the first, and words, with the number in front.
        captions: Words of every figure's and table's caption, with the number in front, in order.
        references: Target and words of every link inside the page, in order.
        links: Targets of the links out of the page, in order.
        labels: The ids that links can lead to, and the numbers of statements, which a view of the evidence names.
        words: How often each word stands in the text; engines may set a caption over or under its picture.
    """

    language: tuple[str, str] = ("", "")
    headings: list[tuple[int, str]] = field(default_factory=list)
    captions: list[str] = field(default_factory=list)
    references: list[tuple[str, str]] = field(default_factory=list)
    links: list[str] = field(default_factory=list)
    labels: set[str] = field(default_factory=set)
    words: Counter[str] = field(default_factory=Counter)

    def differences(self, other: PageContent) -> dict[str, Any]:
        """Return what this page has and the other has not, and the other way round, by attribute; empty when equal."""
        found: dict[str, Any] = {}
        for name in ("language", "headings", "captions", "references", "links"):
            ours, theirs = getattr(self, name), getattr(other, name)
            if ours != theirs:
                found[name] = next(
                    ((a, b) for a, b in zip(ours, theirs, strict=False) if a != b), (len(ours), len(theirs))
                )
        targets = {part for target, _ in self.references for part in target.removeprefix("evidence?n=").split(",")}
        if lost := targets - other.labels:
            found["labels"] = lost
        if more := (self.words - other.words) + (other.words - self.words):
            found["words"] = more.most_common(20)
        return found


class _Reader(HTMLParser):
    """Collects what is inside `main`, without scripts, pictures, contents, buttons and the title block."""

    def __init__(self) -> None:
        super().__init__()
        self.content = PageContent()
        self.open: list[tuple[str, bool]] = []
        self.gathering: list[tuple[str, dict[str, str], list[str]]] = []
        self.text: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in attrs}
        if tag == "html":
            self.content.language = (given.get("lang", "").partition("-")[0], given.get("dir", "ltr"))
        is_silent = tag in _SILENT or bool(_SILENT_CLASSES & set(given.get("class", "").split()))
        if self.is_read and not is_silent:
            if given.get("id"):
                self.content.labels.add(given["id"])
            if tag in _HEADINGS or tag in ("figcaption", "a") or given.get("class") == "number":
                self.gathering.append((tag, given, []))
            if tag not in ("span", "a", "strong", "em", "code", "b", "i"):
                self.text.append(" ")
        if tag not in _VOID:
            self.open.append((tag, is_silent))

    def handle_endtag(self, tag: str) -> None:
        if tag not in (name for name, _ in self.open):
            return
        if self.gathering and self.gathering[-1][0] == tag and self.is_read:
            self._keep(*self.gathering.pop())
        while self.open.pop()[0] != tag:
            pass
        if tag not in ("span", "a", "strong", "em", "code", "b", "i"):
            self.text.append(" ")
            for _, _, words in self.gathering:
                words.append(" ")

    def handle_data(self, data: str) -> None:
        if self.is_read:
            self.text.append(data)
            for _, _, words in self.gathering:
                words.append(data)

    @property
    def is_read(self) -> bool:
        names = [name for name, _ in self.open]
        return "main" in names and not any(is_silent for _, is_silent in self.open)

    def _keep(self, tag: str, given: dict[str, str], pieces: list[str]) -> None:
        words = tidy("".join(pieces))
        if tag == "figcaption":
            self.content.captions.append(words)
        elif tag in _HEADINGS:
            self.content.headings.append((int(tag[1]), words))
        elif given.get("class") == "number":
            self.content.labels.add(words)
        elif given.get("href", "").startswith("#"):
            self.content.references.append((given["href"][1:], words))
        elif given.get("href"):
            self.content.links.append(given["href"])


def read_page(path: Path) -> PageContent:
    """Read a page of either engine."""
    reader = _Reader()
    reader.feed(path.read_text(encoding="utf-8"))
    content = reader.content
    top = min((depth for depth, _ in content.headings), default=1)
    content.headings = [(depth - top, words) for depth, words in content.headings]
    content.words = Counter(tidy("".join(reader.text)).split())
    return content


def tidy(text: str) -> str:
    """Return text with single spaces and without direction controls; both engines put some of their own."""
    return " ".join(_CONTROLS.sub("", text.replace("\u00a0", " ")).split())


def read_pdf(path: Path) -> dict[str, Any]:
    """Return what both engines' PDFs must have in common: language, title, author, bookmarks, tags, pictures."""
    reader = pypdf.PdfReader(path)
    root = reader.trailer["/Root"]
    assert reader.metadata is not None
    return {
        "language": str(root["/Lang"]).partition("-")[0],
        "title": tidy(str(reader.metadata.title)),
        "author": reader.metadata.author,
        "bookmarks": [re.sub(r"^[\d.]+\s*", "", tidy(title)) for title in _titles(reader.outline)],
        "is_tagged": bool(root["/MarkInfo"]["/Marked"]),
        "claims_ua": b"pdfuaid:part" in root["/Metadata"].get_data(),
    }


def _titles(outline: Any) -> list[str]:
    return [t for item in outline for t in (_titles(item) if isinstance(item, list) else [str(item["/Title"])])]
