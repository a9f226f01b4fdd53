"""Where everything lives; imports nothing of the project."""

from __future__ import annotations

import os
from dataclasses import dataclass
from pathlib import Path

REPORT_NOTEBOOKS = ("10_corpus", "20_statements", "30_positions", "40_timeline")
"""The notebooks that the pages of every report are made from; `briefs.yml` lists others as sections of a brief."""

LAB_SESSION = "JPY_SESSION_NAME"
"""The variable in which a Jupyter server tells a kernel whose notebook it is; papermill's kernels have none."""


def find_home() -> Path:
    """Return the project folder: `MAWAQIF_HOME`, else the nearest upwards with a `_quarto.yml`, else the checkout."""
    if home := os.environ.get("MAWAQIF_HOME"):
        return Path(home).resolve()
    here = Path.cwd()
    for folder in (here, *here.parents):
        if (folder / "_quarto.yml").is_file() and (folder / "data" / "vocabulary").is_dir():
            return folder
    return Path(__file__).resolve().parents[2]


@dataclass(frozen=True)
class Paths:
    """The folders and files of one project; every other module asks here instead of building a path."""

    home: Path

    @property
    def raw(self) -> Path:
        """The default corpus folder, never written to."""
        return self.home / "data" / "raw"

    @property
    def sources(self) -> Path:
        """The list of feeds, sitemaps and pages that `mawaqif fetch` asks."""
        return self.home / "data" / "sources.yml"

    @property
    def vocabulary(self) -> Path:
        """The vocabulary folder."""
        return self.home / "data" / "vocabulary"

    @property
    def coding(self) -> Path:
        """The folder of reference codings and analysts' corrections."""
        return self.home / "data" / "coding"

    @property
    def notebooks(self) -> Path:
        """The jupytext notebooks."""
        return self.home / "notebooks"

    def notebook(self, name: str) -> Path:
        """The source of one notebook, by its name without the ending."""
        return self.notebooks / f"{name}.py"

    @property
    def report(self) -> Path:
        """The `.qmd` sources of the report."""
        return self.home / "report"

    @property
    def render_copies(self) -> Path:
        """Render copies of the executed notebooks, one folder a language; ignored by git."""
        return self.report / "_executed"

    @property
    def build(self) -> Path:
        """Everything generated; ignored by git."""
        return self.home / "build"

    @property
    def tables(self) -> Path:
        """The parquet tables of the last run."""
        return self.build / "tables"

    @property
    def model(self) -> Path:
        """The learned coder, its metrics and its model card."""
        return self.build / "model"

    @property
    def model_metrics(self) -> Path:
        """Whether the learned coder is used, and why; written last."""
        return self.model / "metrics.json"

    @property
    def executed(self) -> Path:
        """The executed notebooks, one folder a language."""
        return self.build / "executed"

    @property
    def published(self) -> Path:
        """The finished report files."""
        return self.build / "report"

    @property
    def manifest(self) -> Path:
        """What the last good build was made from and what it made."""
        return self.build / "manifest.json"

    def workplace(self, brief: str = "") -> Workplace:
        """Return where a brief is made, or the full report where no brief is named."""
        if not brief:
            return Workplace(self, self.executed, self.published, self.manifest)
        copy, published = Paths(self.build / "work" / brief), self.build / "briefs" / brief
        return Workplace(copy, copy.home / "executed", published, published / "manifest.json")


@dataclass(frozen=True)
class Workplace:
    """Where one report is made.

    Attributes:
        sources: The project whose `_quarto.yml` and `report` folder the engines read; for a brief it is a copy.
        executed: The executed notebooks, one folder a language.
        published: The finished files.
        manifest: What the last good build was made from and what it made.
    """

    sources: Paths
    executed: Path
    published: Path
    manifest: Path


def default_paths() -> Paths:
    """Return the paths of the project that `find_home` finds."""
    return Paths(find_home())
