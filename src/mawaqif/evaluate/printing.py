"""Draws an evaluation as tables for a terminal of 80 columns."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from itertools import groupby

from rich import box
from rich.markup import escape
from rich.table import Table
from rich.text import Text

from mawaqif.evaluate.measures import Bin, Evaluation, Measure, Miss

_QUOTE = 70
_ALPHA = "Krippendorff's alpha, "


def render_evaluation(
    evaluation: Evaluation, *, with_misses: bool = False, with_confusion: bool = False
) -> Iterator[Table | Text]:
    """Return what `mawaqif evaluate` prints, table by table."""
    yield _measures(evaluation)
    if evaluation.calibration:
        yield _calibration(evaluation.calibration)
    if with_confusion and evaluation.confusion:
        yield _confusion(evaluation.confusion)
    if evaluation.misses:
        yield _miss_counts(evaluation.count_misses())
    if with_misses:
        yield from _misses(evaluation.misses)


def _table(title: str, *columns: str) -> Table:
    """A table whose first column reads from the left, the others are figures; nothing in it wraps."""
    table = Table(title=escape(title), title_justify="left", box=box.SIMPLE_HEAD, pad_edge=False)
    for i, column in enumerate(columns):
        table.add_column(column, justify="right" if i else "left", no_wrap=True)
    return table


def _measures(evaluation: Evaluation) -> Table:
    title = f"Rules against {evaluation.reference}, {evaluation.documents} documents"
    table = _table(title, "measure", "value", "95 % range", "P / R", "n")
    sections = [("rules against the reference", evaluation.rules)]
    sections += [(f"half {half.number} of it, {half.documents} documents", half.rules) for half in evaluation.halves]
    if evaluation.coders:
        sections.append(("coder 1 against coder 2", evaluation.coders))
    for heading, measures in sections:
        table.add_row(f"[bold]{heading}[/bold]")
        for measure in measures:
            table.add_row(*_cells(measure))
        table.add_section()
    if evaluation.abstentions is not None:
        table.add_row("abstentions on the issue (rules)", f"{evaluation.abstentions:.2f}", "", "", "")
    return table


def _cells(measure: Measure) -> tuple[str, ...]:
    # In its section the name of the coefficient is clear from "alpha"; whole it would not fit.
    name = measure.name.replace(_ALPHA, "alpha, ")
    value = "n/a" if measure.value is None else f"{measure.value:.3f}"
    interval = "" if measure.low is None else f"{measure.low:.2f} to {measure.high:.2f}"
    shares = (measure.precision, measure.recall)
    parts = "" if shares == (None, None) else " / ".join("–" if s is None else f"{s:.2f}" for s in shares)
    return f"  {name}", value, interval, parts, str(measure.n)


def _calibration(bins: tuple[Bin, ...]) -> Table:
    table = _table("Confidence against correctness (issue and stance)", "confidence", "n", "right", "share")
    for b in bins:
        upper = "and over" if b.high == 1 else f"to {b.high:.1f}"
        table.add_row(f"{b.low:.1f} {upper}", str(b.n), str(b.right), f"{b.right / b.n:.2f}")
    return table


def _confusion(pairs: tuple[tuple[str, str, int], ...]) -> Table:
    counts = {(expected, got): n for expected, got, n in pairs}
    order = ["-2", "-1", "+0", "+1", "+2", "none", "off", "missed"]
    rows, columns = ([code for code in order if code in {pair[side] for pair in counts}] for side in (0, 1))
    table = _table("Stance: expected in rows, got in columns", "expected", *columns, "recall")
    for row in rows:
        own = sum(n for (expected, _), n in counts.items() if expected == row)
        cells = (str(counts.get((row, column), "·")) for column in columns)
        table.add_row(row, *cells, f"{counts.get((row, row), 0) / own:.2f}")
    table.add_section()
    sums = {column: sum(n for (_, got), n in counts.items() if got == column) for column in columns}
    shares = (
        "" if column == "missed" else f"{counts.get((column, column), 0) / sums[column]:.2f}" for column in columns
    )
    table.add_row("precision", *shares, "")
    return table


def _miss_counts(counts: dict[str, int]) -> Table:
    table = _table("Misses by kind (--misses lists them)", "kind", "n")
    for kind, n in counts.items():
        table.add_row(kind, str(n))
    return table


def _misses(misses: tuple[Miss, ...]) -> Iterator[Text]:
    """List the misses by kind, two lines each: where and the words, then what was expected and found."""
    for kind, group in groupby(misses, key=lambda miss: miss.kind):
        listed = list(group)
        yield Text(f"\n{kind}: {len(listed)}", style="bold")
        for miss in listed:
            yield Text(f"  {_shown(miss.doc_id)} {miss.start}-{miss.end}  {_shown(miss.quote)}")
            yield Text(f"      expected {_shown(miss.expected)}; got {_shown(miss.got)}", style="dim")
    if not misses:
        yield Text("No misses.")


def _shown(text: str) -> str:
    """Return text of an article in one short line, without characters that steer a terminal."""
    line = re.sub(r"\s+", " ", text)
    line = "".join(c for c in line if unicodedata.category(c) not in ("Cc", "Cf", "Cs", "Co", "Cn"))
    # Cut in the middle: two boundaries differ at one end.
    return line if len(line) <= _QUOTE else f"{line[: _QUOTE // 2]} … {line[-_QUOTE // 2 :]}"
