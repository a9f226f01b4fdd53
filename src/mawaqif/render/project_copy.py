"""Copies the report's sources into a folder under `build`, so that a brief is rendered beside the full report.

The copy is a Quarto project of its own: `quarto render` works in it, and the embedded engine reads the same files.
"""

from __future__ import annotations

import shutil
from collections.abc import Iterable, Mapping

import yaml

from mawaqif.paths import Paths

_LEFT_OUT = ("_executed", "briefs.yml", "report.png")


def copy_sources(paths: Paths, copy: Paths, *, languages: Iterable[str]) -> None:
    """Make `copy` anew with the `_quarto.yml` and `report` folder of `paths`, for the chosen languages alone.

    Render copies of notebooks are not copied, and those that lie in the copy stay: a brief has its own. What runs
    before a render has run by then.
    """
    chosen = [f"report/report.{language}.qmd" for language in languages]
    for path in copy.report.iterdir() if copy.report.is_dir() else []:
        if path != copy.render_copies:
            shutil.rmtree(path) if path.is_dir() else path.unlink()
    left_out = shutil.ignore_patterns(*_LEFT_OUT, "report.*.qmd")
    shutil.copytree(paths.report, copy.report, ignore=left_out, dirs_exist_ok=True)
    for name in chosen:
        shutil.copyfile(paths.home / name, copy.home / name)
    project = yaml.safe_load((paths.home / "_quarto.yml").read_text(encoding="utf-8"))
    project["project"].pop("pre-render", None)
    project["project"]["render"] = chosen
    text = yaml.safe_dump(project, allow_unicode=True, sort_keys=False)
    (copy.home / "_quarto.yml").write_text(text, encoding="utf-8")


def copy_with_opening(sources: Paths, copy: Paths, openings: Mapping[str, str]) -> None:
    """Copy sources and render copies, with a first section for the report of each language.

    Args:
        sources: The project that a report is rendered from.
        copy: An empty folder.
        openings: The section as Markdown, by language.
    """
    shutil.copytree(sources.report, copy.report)
    shutil.copyfile(sources.home / "_quarto.yml", copy.home / "_quarto.yml")
    for language, opening in openings.items():
        page = copy.report / f"report.{language}.qmd"
        _, front, body = page.read_text(encoding="utf-8").split("---\n", 2)
        page.write_text(f"---\n{front}---\n\n{opening}\n{body.lstrip()}", encoding="utf-8")
