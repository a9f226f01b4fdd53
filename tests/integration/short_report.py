"""A project whose report has findings, a chart, a table and the evidence: real notebooks in a third of the time."""

from __future__ import annotations

import re
from pathlib import Path

from small_editions import FIRST, add_article

from conftest import copy_project
from mawaqif.paths import Paths

PAGE = """
# Key findings {#sec-findings}

{{< embed _executed/en/30_positions.ipynb#findings >}}

{{< embed _executed/en/30_positions.ipynb#fig-positions >}}

{{< embed _executed/en/30_positions.ipynb#tbl-positions >}}

<!-- sections -->

# Evidence {#sec-evidence}

{{< embed _executed/en/20_statements.ipynb#evidence >}}
"""
_KEPT = {
    "10_corpus": (),
    "20_statements": ("evidence",),
    "30_positions": ("findings", "fig-positions\n", "tbl-positions"),
    "40_timeline": (),
}


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
    for name, labels in _KEPT.items():
        _shorten(paths.notebooks / f"{name}.py", labels)
    return paths


def _shorten(notebook: Path, labels: tuple[str, ...]) -> None:
    """Keep of a notebook its parameters and the first cells with these labels; without labels it loads nothing."""
    head, *cells = re.split(r"(?m)^(?=# %%)", notebook.read_text(encoding="utf-8"))
    wanted = [r'tags=\["parameters"\]', *((r"import workbook", r"= wb\.load") if labels else ())]
    wanted += [rf"label: {label}" for label in labels]
    found = [next(cell for cell in cells if re.search(pattern, cell)) for pattern in wanted]
    notebook.write_text(head + "".join(sorted(found, key=cells.index)), encoding="utf-8")
