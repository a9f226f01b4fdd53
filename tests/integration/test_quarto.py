"""Real Quarto makes the four files from the same sources, and says what the embedded engine says."""

from __future__ import annotations

import os
import re
from pathlib import Path

import pypdf
import pytest
from parity import read_page, read_pdf

from mawaqif.errors import RenderError
from mawaqif.paths import Paths
from mawaqif.render import quarto

NAMES = [f"report.{language}.{suffix}" for language in ("en", "ar") for suffix in ("html", "pdf")]
needs_quarto = [
    pytest.mark.quarto,
    pytest.mark.slow,
    pytest.mark.skipif(quarto.find_version() is None, reason="the quarto command is not installed"),
]


@pytest.fixture(scope="module")
def pages(built_project: Path) -> dict[str, dict[str, Path]]:
    """The report by both engines, by engine and file name."""
    out = built_project / "build" / "by-quarto"
    made = quarto.render(Paths(built_project), languages=("en", "ar"), out_dir=out)
    embedded = built_project / "build" / "report"
    return {"quarto": {p.name: p for p in made}, "embedded": {name: embedded / name for name in NAMES}}


class TestWithQuarto:
    """Needs the real thing."""

    pytestmark = needs_quarto

    def test_all_four_files_are_made(self, pages: dict[str, dict[str, Path]]) -> None:
        assert sorted(pages["quarto"]) == sorted(NAMES)
        assert all(path.stat().st_size > 20_000 for path in pages["quarto"].values())

    @pytest.mark.parametrize("language", ["en", "ar"])
    def test_both_engines_say_the_same_on_the_page(self, pages: dict[str, dict[str, Path]], language: str) -> None:
        by_embedded, by_quarto = (read_page(pages[name][f"report.{language}.html"]) for name in ("embedded", "quarto"))
        assert by_embedded.differences(by_quarto) == {}

    @pytest.mark.parametrize("language", ["en", "ar"])
    def test_both_engines_say_the_same_on_paper(self, pages: dict[str, dict[str, Path]], language: str) -> None:
        by_embedded, by_quarto = (read_pdf(pages[name][f"report.{language}.pdf"]) for name in ("embedded", "quarto"))
        assert by_embedded == by_quarto

    @pytest.mark.parametrize("language", ["en", "ar"])
    def test_the_policy_is_in_the_page(self, pages: dict[str, dict[str, Path]], language: str) -> None:
        page = pages["quarto"][f"report.{language}.html"].read_text(encoding="utf-8")
        assert re.search(r"Content-Security-Policy\" content=\"default-src 'none'", page)

    @pytest.mark.parametrize("language", ["en", "ar"])
    def test_the_page_asks_for_nothing_and_is_under_eight_megabytes(
        self, pages: dict[str, dict[str, Path]], language: str
    ) -> None:
        page = pages["quarto"][f"report.{language}.html"]
        html = re.sub(r"<(script|style|svg)\b.*?</\1>", "", page.read_text(encoding="utf-8"), flags=re.DOTALL)
        assert re.findall(r'<(?:script|img|link|iframe)[^>]+(?:src|href)="(?:https?:)?//[^"]*"', html) == []
        assert page.stat().st_size < 8_000_000

    @pytest.mark.parametrize("language", ["en", "ar"])
    def test_the_pdf_is_tagged_and_in_its_language(self, pages: dict[str, dict[str, Path]], language: str) -> None:
        pdf = pypdf.PdfReader(pages["quarto"][f"report.{language}.pdf"])
        assert pdf.trailer["/Root"]["/MarkInfo"]["/Marked"]
        assert pdf.trailer["/Root"]["/Lang"].startswith(language)
        assert len(pdf.outline) >= 7

    def test_a_reference_that_leads_nowhere_stops_it(self, built_project: Path, tmp_path: Path) -> None:
        broken = _copy_with_line(built_project, tmp_path / "broken", "\nSee @fig-nowhere.\n")
        with pytest.raises(RenderError, match="fig-nowhere"):
            quarto.render(Paths(broken), languages=("en",), out_dir=tmp_path / "out")


def _copy_with_line(project: Path, target: Path, line: str) -> Path:
    copied = quarto._copy_project(Paths(project), _made(target))
    report = copied / "report" / "report.en.qmd"
    report.write_text(report.read_text(encoding="utf-8") + line, encoding="utf-8")
    return copied


def _made(folder: Path) -> Path:
    folder.mkdir(parents=True)
    return folder


class TestComparison:
    """The comparison itself: it finds nothing between equal reports, and what has been changed in one of them."""

    pytestmark = pytest.mark.slow

    @pytest.mark.parametrize("language", ["en", "ar"])
    def test_a_page_says_what_it_says(self, built_project: Path, language: str) -> None:
        page = read_page(built_project / "build" / "report" / f"report.{language}.html")
        assert page.language == (language, {"en": "ltr", "ar": "rtl"}[language])
        assert [words.split()[0] for depth, words in page.headings if depth == 0] == [str(n) for n in range(1, 9)]
        numbers = [re.search(r"\d+", caption) for caption in page.captions]
        assert sorted(int(n.group()) for n in numbers if n)[-1] >= 8
        assert len(page.references) > 200
        assert page.words.total() > 3_000
        assert page.differences(page) == {}

    def test_two_languages_and_any_change_differ(self, built_project: Path, tmp_path: Path) -> None:
        folder = built_project / "build" / "report"
        page = read_page(folder / "report.en.html")
        assert {"language", "headings", "captions", "words"} <= set(
            page.differences(read_page(folder / "report.ar.html"))
        )
        text = (folder / "report.en.html").read_text(encoding="utf-8")
        changes = {
            "headings": (r"(</span>\s*)Timeline(?=</h2>)", r"\1Calendar"),
            "captions": (r"(<figcaption[^>]*>(?:(?!</figcaption>).)*?Table\u00a0)2", r"\g<1>3"),
            "references": (r'<a href="#tbl-scale"\s+class="reference">', '<a href="#tbl-corpus" class="reference">'),
            "language": (r'<html lang="en"', '<html lang="fr"'),
            "words": (r"(<main.*?<p>)", r"\1Surplus "),
        }
        unknown = tmp_path / "unknown.html"
        unknown.write_text(text.replace("#evidence?n=", "#evidence?n=999,", 1), encoding="utf-8")
        assert read_page(unknown).differences(page)["labels"] == {"999"}
        for name, (old, new) in changes.items():
            changed = tmp_path / f"{name}.html"
            rewritten, hits = re.subn(old, new, text, count=1, flags=re.DOTALL)
            assert hits == 1, name
            changed.write_text(rewritten, encoding="utf-8")
            assert name in page.differences(read_page(changed)), name

    def test_pdfs_of_two_languages_differ_and_one_is_like_itself(self, built_project: Path) -> None:
        english, arabic = (read_pdf(built_project / "build" / "report" / f"report.{name}.pdf") for name in ("en", "ar"))
        assert english == read_pdf(built_project / "build" / "report" / "report.en.pdf")
        assert english["language"] == "en"
        assert arabic["language"] == "ar"
        assert len(english["bookmarks"]) == len(arabic["bookmarks"]) >= 7
        assert english["is_tagged"]
        assert english["claims_ua"]


class TestWithoutQuarto:
    """What is done where Quarto is missing, broken or unhappy, with a stand-in on PATH."""

    @pytest.fixture
    def stand_in(self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
        command = tmp_path / "bin" / "quarto"
        command.parent.mkdir()
        monkeypatch.setenv("PATH", f"{command.parent}{os.pathsep}{os.environ['PATH']}")
        monkeypatch.setattr("sys.executable", str(tmp_path / "elsewhere" / "python"))
        return command

    @staticmethod
    def write(command: Path, script: str) -> None:
        command.write_text(f"#!/bin/sh\n{script}\n", encoding="utf-8")
        command.chmod(0o755)

    def test_a_command_that_does_not_start_is_as_good_as_none(self, stand_in: Path) -> None:
        self.write(stand_in, "echo 'quarto: cannot find its files' >&2; exit 1")
        assert quarto.find_version() is None

    def test_the_version_is_read_from_the_command(self, stand_in: Path) -> None:
        self.write(stand_in, "echo 1.9.38")
        assert quarto.find_version() == "1.9.38"

    def test_its_error_becomes_one_line(self, stand_in: Path, small_project: Path, tmp_path: Path) -> None:
        self.write(
            stand_in,
            "printf '\\033[31mERROR: Unable to locate the cell\\033[39m\\n\\nStack trace:\\n at x' >&2; exit 1",
        )
        with pytest.raises(RenderError) as caught:
            quarto.render(Paths(small_project), languages=("en",), out_dir=tmp_path / "out")
        assert "Quarto stopped: Unable to locate the cell" in str(caught.value)
        assert "Stack trace" not in str(caught.value)

    def test_a_warning_of_an_unresolved_reference_is_an_error(
        self, stand_in: Path, small_project: Path, tmp_path: Path
    ) -> None:
        self.write(stand_in, "echo 'WARN: Unable to resolve crossref @fig-z' >&2")
        with pytest.raises(RenderError, match="@fig-z refers to nothing"):
            quarto.render(Paths(small_project), languages=("en",), out_dir=tmp_path / "out")

    def test_a_missing_output_is_an_error(self, stand_in: Path, small_project: Path, tmp_path: Path) -> None:
        self.write(stand_in, "exit 0")
        with pytest.raises(RenderError, match=r"report\.en\.html: Quarto made no such file"):
            quarto.render(Paths(small_project), languages=("en",), out_dir=tmp_path / "out")

    @pytest.fixture
    def small_project(self, tmp_path: Path) -> Path:
        home = tmp_path / "home"
        (home / "report").mkdir(parents=True)
        (home / "_quarto.yml").write_text("project:\n  type: default\n", encoding="utf-8")
        (home / "report" / "report.en.qmd").write_text("---\ntitle: x\n---\n", encoding="utf-8")
        return home
