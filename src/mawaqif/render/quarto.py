"""The engine for machines with Quarto 1.9: runs `quarto render` in the project and checks what it made."""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterable, Mapping
from datetime import date
from pathlib import Path

import yaml

from mawaqif.errors import RenderError
from mawaqif.paths import Paths
from mawaqif.render.reading_order import settle_reading_order
from mawaqif.render.sources import Heading, find_edition_date, join_sections, timestamp
from mawaqif.settings import LANGUAGES

RENDER_TIMEOUT_SECONDS = 900
_ANSI = re.compile(r"\x1b\[[0-9;]*m")
_UNRESOLVED = re.compile(r"Unable to resolve crossref (@?[\w-]+)|\?@([\w-]+)")
_TROUBLE = re.compile(r"^\s*(?:ERROR|error)\b:?\s*(.*)", re.MULTILINE)


def find_quarto() -> Path | None:
    """Return the `quarto` command beside this Python, or else on PATH; None where there is none."""
    beside = shutil.which("quarto", path=str(Path(sys.executable).parent))
    found = beside or shutil.which("quarto")
    return Path(found) if found else None


def find_version() -> str | None:
    """Return Quarto's version, or None where it is missing or does not start (a broken or unfinished installation)."""
    if (command := find_quarto()) is None:
        return None
    try:
        done = subprocess.run([command, "--version"], capture_output=True, text=True, timeout=60, check=False)
    except (OSError, subprocess.TimeoutExpired):
        return None
    version = done.stdout.strip()
    return version if done.returncode == 0 and re.fullmatch(r"\d+(\.\d+)+", version) else None


def render(
    paths: Paths,
    *,
    languages: Iterable[str],
    out_dir: Path,
    edition_date: date | None = None,
    headings: Mapping[str, Heading] | None = None,
) -> list[Path]:
    """Render the reports into `out_dir` as `report.<language>.html` and `.pdf`; arguments as for the embedded engine.

    Raises:
        RenderError: Quarto is missing or fails, a reference leads nowhere, or an output is missing.
    """
    command = find_quarto()
    if command is None:
        raise RenderError("Quarto is not installed", mend="Install it, or use --engine embedded.")
    out_dir.mkdir(parents=True, exist_ok=True)
    chosen = tuple(languages)
    day = find_edition_date(edition_date)
    environment = {
        **os.environ,
        "SOURCE_DATE_EPOCH": str(timestamp(day)),
        "NO_COLOR": "1",
    }
    # A copy outside any hidden folder: Quarto writes beside its sources, and passes hidden folders over.
    with tempfile.TemporaryDirectory(prefix="mawaqif-quarto-") as scratch:
        copy = _copy_project(paths, Path(scratch))
        for language in chosen:
            heading = (headings or {}).get(language)
            values = {**(heading.as_metadata() if heading else {}), **({"date": day.isoformat()} if day else {})}
            page = copy / "report" / f"report.{language}.qmd"
            page.write_text(join_sections(page, language), encoding="utf-8")
            set_metadata(page, values)
        log = ""
        for target in [[]] if set(chosen) == set(LANGUAGES) else [[f"report/report.{name}.qmd"] for name in chosen]:
            log += _run([str(command), "render", *target], cwd=copy, environment=environment)
        if match := _UNRESOLVED.search(log):
            raise RenderError(f"@{match.group(1) or match.group(2)} refers to nothing", where="quarto render")
        names = [f"report.{language}.{suffix}" for language in chosen for suffix in ("html", "pdf")]
        return [_collect(copy / "build" / "report" / name, out_dir / name) for name in names]


def _copy_project(paths: Paths, folder: Path) -> Path:
    """Copy the project file and the report with its render copies; what runs before a render has already run."""
    project = yaml.safe_load((paths.home / "_quarto.yml").read_text(encoding="utf-8"))
    project["project"].pop("pre-render", None)
    (folder / "_quarto.yml").write_text(yaml.safe_dump(project, allow_unicode=True, sort_keys=False), encoding="utf-8")
    shutil.copytree(paths.report, folder / "report", dirs_exist_ok=True)
    return folder


def set_metadata(report: Path, values: Mapping[str, str]) -> None:
    """Set plain values in the front matter of a `.qmd`, in place of those that are there."""
    _, front, body = report.read_text(encoding="utf-8").split("---\n", 2)
    kept = [line for line in front.splitlines() if line.partition(":")[0] not in values]
    # A string in JSON is a string in YAML, whatever signs are in it.
    added = [f"{name}: {json.dumps(value, ensure_ascii=False)}" for name, value in values.items()]
    report.write_text("\n".join(["---", *added, *kept, "---", body]), encoding="utf-8")


def _run(arguments: list[str], *, cwd: Path, environment: dict[str, str]) -> str:
    """Run Quarto and return what it said, without colours."""
    try:
        done = subprocess.run(
            arguments, cwd=cwd, env=environment, capture_output=True, timeout=RENDER_TIMEOUT_SECONDS, check=False
        )
    except subprocess.TimeoutExpired as error:
        raise RenderError("Quarto did not finish", mend="Use --engine embedded.") from error
    log = _ANSI.sub("", (done.stdout + done.stderr).decode("utf-8", "replace"))
    if done.returncode:
        raise RenderError(f"Quarto stopped: {explain(log)}", mend="Or use --engine embedded.")
    return log


def explain(log: str) -> str:
    """Return the one line of Quarto's output that says what went wrong."""
    if match := _TROUBLE.search(log):
        rest = log[match.start(1) :].splitlines()
        return next((line.strip() for line in rest if line.strip()), "no message")
    lines = [line.strip() for line in log.splitlines() if line.strip()]
    return lines[-1] if lines else "no message"


def _collect(made: Path, target: Path) -> Path:
    """Move one output to its place, after the checks that Quarto leaves to its reader."""
    if not made.is_file() or made.stat().st_size == 0:
        raise RenderError("Quarto made no such file", where=made.name, mend="Use --engine embedded.")
    if made.suffix == ".html":
        page = made.read_text(encoding="utf-8")
        if match := re.search(r'class="quarto-unresolved-ref"[^>]*>([^<]*)<', page):
            raise RenderError(f"{match.group(1).strip()} refers to nothing", where=made.name)
    if made.suffix == ".pdf":
        made.write_bytes(settle_reading_order(made.read_bytes()))
    shutil.move(made, target)
    return target
