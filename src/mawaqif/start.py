"""Says on the start page of JupyterLab what is loaded, what was made of it last, and what to do next."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime

import pandas as pd

from mawaqif.briefs import find_own_notebooks, read_briefs
from mawaqif.corrections import find_disagreements
from mawaqif.editions.store import Edition, Site, list_editions
from mawaqif.errors import ParameterError
from mawaqif.outputs import MarkdownOutput
from mawaqif.paths import Paths, default_paths
from mawaqif.tables import Tables
from mawaqif.untrusted import encode

_BASES = {"reference": "the reference codings", "analyst": "analysts", "rules": "the rules", "model": "the model"}
_NEVER = "not made yet"


@dataclass(frozen=True)
class LastBuild:
    """The report that was made last: when, by which engine, and the addresses of its pages from the notebooks."""

    made: datetime
    engine: str
    pages: tuple[str, ...]


def describe_state(tables: Tables, *, paths: Paths | None = None) -> MarkdownOutput:
    """Return what is loaded, who coded it, the last report and edition, and what to do next.

    Args:
        tables: The corpus that is loaded.
        paths: The project, for its last report and edition.
    """
    paths = paths or default_paths()
    build, editions = read_last_build(paths), list_editions(Site(paths.build / "site"))
    decisions = count_decisions(tables.codings.corrections)
    rows = [
        ("Loaded", _tell_corpus(tables)),
        ("Coded by", _tell_coders(tables.core_statements)),
        ("Decisions", _tell_decisions(decisions)),
        ("Report", _tell_build(build)),
        ("Edition", _tell_edition(editions)),
        ("Your notebooks", _tell_own_notebooks(paths)),
    ]
    table = ["| | |", "|:--|:--|", *(f"| **{name}** | {told} |" for name, told in rows)]
    steps = [f"{number}. {step}" for number, step in enumerate(_suggest(tables, decisions, build), 1)]
    return MarkdownOutput("\n".join([*table, "", "**Next**", "", *steps]))


def count_decisions(corrections: pd.DataFrame) -> pd.DataFrame:
    """Return one row a coder: `coder`, `decisions`, `last` (when the last one was made, as it is written down)."""
    if corrections.empty:
        return pd.DataFrame(columns=["coder", "decisions", "last"])
    grouped = corrections.groupby("coder", sort=True)["coded_at"]
    return grouped.agg(decisions="size", last="max").reset_index()


def read_last_build(paths: Paths) -> LastBuild | None:
    """Return the full report that was made last, or None where there is none, or its record cannot be read."""
    try:
        manifest = json.loads(paths.manifest.read_text(encoding="utf-8"))
        made = datetime.fromtimestamp(paths.manifest.stat().st_mtime, UTC)
        pages = tuple(f"../{name}" for name in manifest["outputs"] if name.endswith(".html"))
        return LastBuild(made, str(manifest["engine"]), pages)
    except (OSError, ValueError, KeyError, TypeError):
        return None


def _tell_corpus(tables: Tables) -> str:
    statements, documents = tables.core_statements, tables.core_documents
    days = pd.concat([documents[c] for c in ("published", "published_earliest", "published_latest")]).dropna()
    period = f", published {min(days)[:4]} to {max(days)[:4]}" if len(days) else ""
    on_issue = int(statements["issue"].eq(tables.issue.id).sum())
    skipped = len(tables.raw_skipped)
    parts = [
        f"{count_things(len(documents), 'article')}{period}",
        f"{count_things(len(statements), 'statement')}, {on_issue} of them on “{encode(tables.issue.title.en)}”",
        f"{count_things(len(tables.out_positions), 'actor')} quoted on it",
        *([f"{count_things(skipped, 'file')} could not be used ([see why](10_corpus.py))"] if skipped else []),
    ]
    return "; ".join(parts)


def _tell_coders(statements: pd.DataFrame) -> str:
    counts = statements["coder"].value_counts()
    return ", ".join(f"{_BASES.get(str(coder), encode(str(coder)))}: {n}" for coder, n in counts.items()) or "nobody"


def _tell_decisions(decisions: pd.DataFrame) -> str:
    told = [
        f"{encode(str(row.coder))}: {row.decisions}, the last on {encode(str(row.last)[:10])}"
        for row in decisions.itertuples(index=False)
    ]
    return "; ".join(told) or "none by analysts yet"


def _tell_build(build: LastBuild | None) -> str:
    if build is None:
        return _NEVER
    pages = ", ".join(f"[{page.rpartition('/')[2]}]({page})" for page in build.pages)
    return f"made {build.made:%Y-%m-%d %H:%M} UTC with {encode(build.engine)}: {pages}"


def _tell_edition(editions: list[Edition]) -> str:
    if not editions:
        return "none published yet"
    newest = editions[-1]
    return f"number {newest.sequence}, {encode(newest.id)}, under `build/site`"


def _tell_own_notebooks(paths: Paths) -> str:
    """Return the notebooks of one's own, and of which brief each is a section."""
    try:
        briefs = read_briefs(paths.report)
    except ParameterError as error:
        return encode(str(error))
    told = []
    for name in find_own_notebooks(paths):
        homes = [brief.name for brief in briefs.values() if name in brief.sections]
        place = f"a section of {encode(', '.join(homes))}" if homes else "in no brief"
        told.append(f"[{name}]({name}.py), {place}")
    return "; ".join(told) or "none yet: `mawaqif new-notebook NAME` begins one that can become a section of the report"


def _suggest(tables: Tables, decisions: pd.DataFrame, build: LastBuild | None) -> Iterator[str]:
    """Yield what to do next, the most urgent first."""
    corrections = tables.codings.corrections
    if not corrections.empty and (apart := find_disagreements(corrections)["statement_id"].nunique()):
        told = f"Coders disagree on {count_things(apart, 'statement')}"
        yield f'{told}: settle them with `mq.coding_sheet("NAME", settle="analysts")` in a cell.'
    ruled = int((tables.core_statements["coder"] == "rules").sum())
    if ruled:
        yield f"Read the {count_things(ruled, 'statement')} that only the rules coded, in the explorer below."
    else:
        yield "Read the statements in the explorer below: every row and every dot opens its passage."
    yield "Correct what is coded wrongly, and add what is missing, on the coding sheet below."
    yield (
        "Open a notebook: [articles](10_corpus.py), [statements](20_statements.py), [positions](30_positions.py), "
        "[timeline](40_timeline.py). Run it from the menu *Run*, *Run All Cells*."
    )
    if build is None:
        yield "Make the report: `make report` in a terminal (menu *File*, *New*, *Terminal*)."
    elif _is_newer(decisions, build):
        yield "Make the report again: there are decisions that it does not hold yet (`make report`)."


def _is_newer(decisions: pd.DataFrame, build: LastBuild) -> bool:
    moments = pd.to_datetime(decisions["last"], utc=True, errors="coerce", format="ISO8601").dropna()
    return bool(len(moments)) and bool(moments.max() > pd.Timestamp(build.made))


def count_things(n: int, noun: str) -> str:
    """Return a number with its noun: `1 actor`, `2 actors`."""
    return f"{n} {noun}{'' if n == 1 else 's'}"
