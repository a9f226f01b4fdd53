"""A project whose report has findings, a chart, a table and the evidence: real notebooks in a third of the time."""

from __future__ import annotations

import re
from pathlib import Path

from small_editions import FIRST, add_article

from conftest import copy_project
from mawaqif.paths import REPORT_NOTEBOOKS, Paths

PAGE = """
# Key findings {#sec-findings}

{{< embed _executed/en/30_positions.ipynb#findings >}}

{{< embed _executed/en/30_positions.ipynb#fig-positions >}}

{{< embed _executed/en/30_positions.ipynb#tbl-positions >}}

<!-- sections -->

# Evidence {#sec-evidence}

{{< embed _executed/en/30_positions.ipynb#evidence >}}
"""
_LOADS = "30_positions"
_OUTPUTS = ("findings", "fig-positions", "tbl-positions", "evidence")


def make_short_project(home: Path, *, languages: tuple[str, ...] = ("en",)) -> Paths:
    """Make a project with one article, coded by nobody, and one short report, in English if nothing else is said."""
    paths = Paths(copy_project(home))
    for path in [*paths.raw.iterdir(), *paths.coding.glob("*.csv")]:
        path.unlink()
    add_article(paths, "one", FIRST, day="2024-03-05")
    (paths.report / "briefs.yml").write_text(
        f"briefs:\n  full: {{languages: [{', '.join(languages)}]}}\n", encoding="utf-8"
    )
    for language in languages:
        page = paths.report / f"report.{language}.qmd"
        front = page.read_text(encoding="utf-8").split("---\n", 2)[1]
        body = PAGE.replace("_executed/en", f"_executed/{language}")
        page.write_text(f"---\n{front}---\n{body}", encoding="utf-8")
    _shorten(paths)
    return paths


def _shorten(paths: Paths) -> None:
    """Let one notebook load the tables and give all outputs; the others keep their parameters alone."""
    sources = {name: paths.notebook(name).read_text(encoding="utf-8") for name in REPORT_NOTEBOOKS}
    everyones = _cells("".join(sources.values()))
    outputs = [next(cell for cell in everyones if f"#| label: {label}\n" in cell) for label in _OUTPUTS]
    for name, source in sources.items():
        loads = name == _LOADS
        first = rf'tags=\["parameters"\]{"|import workbook|= wb.load" if loads else ""}'
        kept = [cell for cell in _cells(source) if re.search(first, cell)] + (outputs if loads else [])
        head = source.partition("# %%")[0]
        paths.notebook(name).write_text(head + "".join(kept), encoding="utf-8")


def _cells(source: str) -> list[str]:
    return [f"{cell.rstrip()}\n\n" for cell in re.split(r"(?m)^(?=# %%)", source)[1:]]
