"""The engine for machines without Quarto: Pandoc and Typst, which Quarto itself drives, on the same `.qmd` files."""

from __future__ import annotations

import json
import re
import subprocess
import tempfile
from collections.abc import Iterable, Mapping
from datetime import date
from importlib.metadata import version
from pathlib import Path
from typing import Any

import pypandoc
import typst

from mawaqif.errors import RenderError
from mawaqif.paths import Paths
from mawaqif.render.policy import write_policy
from mawaqif.render.reading_order import settle_reading_order
from mawaqif.render.sources import (
    Heading,
    Report,
    describe_edition,
    find_edition_date,
    has_sections,
    join_sections,
    read_report,
    timestamp,
)

PANDOC_TIMEOUT_SECONDS = 300


def find_version() -> str:
    """Return the versions of Pandoc and Typst as one string."""
    return f"pandoc {pypandoc.get_pandoc_version()} typst {version('typst')}"


def render(
    paths: Paths,
    *,
    languages: Iterable[str],
    out_dir: Path,
    edition_date: date | None = None,
    headings: Mapping[str, Heading] | None = None,
) -> list[Path]:
    """Render the reports into `out_dir` as `report.<language>.html` and `.pdf`.

    Args:
        paths: The project, with render copies made for every language.
        languages: Which reports to make.
        out_dir: An existing or new folder.
        edition_date: The date to print, unless `MAWAQIF_EDITION_DATE` gives another.
        headings: Titles by language, in place of those in the `.qmd` files.

    Raises:
        RenderError: A construct is not supported, a reference leads nowhere, or an output is missing.
    """
    out_dir.mkdir(parents=True, exist_ok=True)
    day = find_edition_date(edition_date)
    made: list[Path] = []
    for language in languages:
        report = read_report(paths.report, language, heading=(headings or {}).get(language))
        html, pdf = (out_dir / f"report.{language}.{suffix}" for suffix in ("html", "pdf"))
        html.write_text(render_html(report, day=day), encoding="utf-8")
        pdf.write_bytes(render_pdf(report, fonts=paths.render_copies / "fonts", day=day))
        made += [html, pdf]
    return made


def render_html(report: Report, *, day: date | None) -> str:
    """Return the page: one file, without a request to anywhere."""
    css = _as_list(report.html.get("css"))
    styles = "\n".join(_read(report, name) for name in ["theme/page.css", *css])
    headers, footers = (_as_list(report.html.get(f"include-{place}")) for place in ("in-header", "after-body"))
    options = [
        "--to=html5",
        "--template=theme/embedded.html",
        "--shift-heading-level-by=1",
        "--section-divs",
        "--number-sections",
        "--toc",
        "--toc-depth=2",
        "--wrap=none",
        "--no-highlight",
        *(f"--include-in-header={name}" for name in headers),
        *(f"--include-after-body={name}" for name in footers),
    ]
    policy = write_policy(_read(report, name) for name in [*headers, *footers])
    return _run_pandoc(report, options, {**_common(report, day), "styles": styles, "policy": policy})


def render_typst(report: Report, *, day: date | None) -> str:
    """Return the report as Typst."""
    language_code, _, region = str(report.metadata["lang"]).partition("-")
    options = [
        "--to=typst",
        "--template=theme/embedded.typ",
        "--wrap=none",
        *(f"--include-in-header={name}" for name in _as_list(report.typst.get("include-in-header"))),
    ]
    more = {"language-code": language_code, "region": region or "US"}
    return _run_pandoc(report, options, {**_common(report, day), **more})


def render_pdf(report: Report, *, fonts: Path, day: date | None) -> bytes:
    """Return the report as PDF/UA-1; equal input gives equal bytes."""
    source = render_typst(report, day=day)
    try:
        return settle_reading_order(_compile(source, fonts=fonts, day=day))
    except RuntimeError as error:
        raise RenderError(f"Typst stopped: {_first_line(str(error))}", where=report.path.name) from None


def _compile(source: str, *, fonts: Path, day: date | None) -> bytes:
    pdf = typst.compile(
        source.encode("utf-8"),
        font_paths=typst.Fonts(include_system_fonts=False, font_paths=[str(fonts)]),
        format="pdf",
        pdf_standards=["ua-1"],
        timestamp=timestamp(day),
    )
    assert isinstance(pdf, bytes)
    return pdf


def _common(report: Report, day: date | None) -> dict[str, Any]:
    """Return the template's variables that both formats use."""
    variables: dict[str, Any] = {
        "words": report.words,
        "toc-title": report.words["toc-title-document"],
        "skip-title": report.words["skip-title"],
        "dir": report.metadata.get("dir", "ltr"),
    }
    if day is not None:
        variables["edition"] = {"iso": day.isoformat(), "year": day.year, "month": day.month, "day": day.day}
        variables["date"] = describe_edition(day, report)
    return variables


def _run_pandoc(report: Report, options: list[str], variables: dict[str, Any]) -> str:
    """Run Pandoc in the report's folder, with the embedded filter first and then the report's own."""
    with tempfile.TemporaryDirectory() as scratch:
        defaults = Path(scratch) / "defaults.json"
        heading = report.heading.as_metadata() if report.heading else {}
        metadata = {"words": variables.pop("words"), **heading}
        defaults.write_text(json.dumps({"variables": variables, "metadata": metadata}), encoding="utf-8")
        filters = ["theme/mawaqif.lua", *report.filters]
        command = [
            pypandoc.get_pandoc_path(),
            f"--defaults={defaults}",
            "--from=markdown",
            "--standalone",
            "--fail-if-warnings",
            *(f"--lua-filter={name}" for name in filters),
            *options,
        ]
        try:
            done = subprocess.run(
                command,
                input=join_sections(report.path, report.language).encode("utf-8"),
                cwd=report.path.parent,
                capture_output=True,
                timeout=PANDOC_TIMEOUT_SECONDS,
                check=False,
            )
        except subprocess.TimeoutExpired as error:
            raise RenderError("Pandoc did not finish", where=report.path.name) from error
    if done.returncode:
        mend = "If a section holds it, mend the Markdown cells of its notebook." if has_sections(report) else None
        raise RenderError(_explain(done.stderr.decode("utf-8", "replace")), where=report.path.name, mend=mend)
    return done.stdout.decode("utf-8")


def _explain(message: str) -> str:
    if match := re.search(r"MAWAQIF: (.+)", message):
        return match.group(1)
    return f"Pandoc stopped: {_first_line(message)}"


def _first_line(message: str) -> str:
    return next((line.strip() for line in message.splitlines() if line.strip()), "no message")


def _read(report: Report, name: str) -> str:
    return (report.path.parent / name).read_text(encoding="utf-8")


def _as_list(value: Any) -> list[str]:
    if value is None:
        return []
    return [value] if isinstance(value, str) else [str(item) for item in value]
