"""Real Quarto makes the four files from the same sources, and says what the embedded engine says."""

from __future__ import annotations

import os
import re
import subprocess
from pathlib import Path

import pypandoc
import pypdf
import pytest

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


def read_outline(page: Path) -> dict[str, list[str]]:
    """Return headings and captions of a page as plain text, numbers included."""
    html = re.sub(r"<(script|style|svg)\b.*?</\1>", "", page.read_text(encoding="utf-8"), flags=re.DOTALL)
    main = html.partition("<main")[2]
    return {
        "headings": [
            _words(h) for h in re.findall(r"<h[1-4][^>]*>(.*?)</h[1-4]>", main, re.DOTALL) if "title" not in h
        ],
        "captions": [_words(c) for c in re.findall(r"<figcaption[^>]*>(.*?)</figcaption>", main, re.DOTALL)],
    }


def _words(html: str) -> str:
    done = subprocess.run(
        [pypandoc.get_pandoc_path(), "-f", "html", "-t", "plain", "--wrap=none"],
        input=html.encode(),
        capture_output=True,
        check=True,
    )
    return " ".join(done.stdout.decode().replace("\u00a0", " ").split())


class TestWithQuarto:
    """Needs the real thing."""

    pytestmark = needs_quarto

    def test_all_four_files_are_made(self, pages: dict[str, dict[str, Path]]) -> None:
        assert sorted(pages["quarto"]) == sorted(NAMES)
        assert all(path.stat().st_size > 20_000 for path in pages["quarto"].values())

    @pytest.mark.parametrize("language", ["en", "ar"])
    def test_headings_and_captions_are_those_of_the_embedded_engine(
        self, pages: dict[str, dict[str, Path]], language: str
    ) -> None:
        name = f"report.{language}.html"
        by_quarto, by_embedded = (read_outline(pages[engine][name]) for engine in ("quarto", "embedded"))
        assert [h for h in by_quarto["headings"] if h in by_embedded["headings"]] == by_embedded["headings"]
        assert by_quarto["captions"] == by_embedded["captions"]

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
