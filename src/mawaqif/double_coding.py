"""Blind double coding: a sample to code twice, how far the coders agree, and what they settle.

A round lives in `data/coding/rounds/NAME`: `sample.csv` lists its statements, without what was predicted of them, and
`round.json` says how they were drawn. Each coder's decisions stand in `analysts/CODER.csv` beside them, apart from the
codings that count, until they are settled into `data/coding/corrections.csv`.
"""

from __future__ import annotations

import json
from collections.abc import Hashable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd

from mawaqif.aggregate.attribution import add_actor, select_original
from mawaqif.aggregate.reliability import bootstrap_interval, krippendorff_alpha
from mawaqif.aggregate.unitizing import Marked, unitizing_alpha
from mawaqif.coding import read_decisions
from mawaqif.corrections import NAME, Decision, DecisionFile
from mawaqif.errors import CodingError
from mawaqif.records import Span
from mawaqif.schemas import STANCES, iterate_rows
from mawaqif.tables import Tables

ROUNDS = "rounds"
SAMPLE = "sample.csv"
ABOUT = "round.json"
AROUND = 400
"""Characters on either side of a sampled statement in which a coder looks for others, where its paragraph is longer."""
_SAMPLE_COLUMNS = ["statement_id", "doc_id", "sha256", "start", "end"]
_NO_POSITION = "none"
_CODES = ("speaker", "issue", "stance", "modality")


@dataclass(frozen=True)
class Round:
    """A sample that several coders code.

    Attributes:
        name: Its name, as of its folder.
        folder: `data/coding/rounds/NAME`.
        issue: The issue whose scale is coded.
        sample: `statement_id`, `doc_id`, `sha256`, `start`, `end`, in the order in which they are coded.
    """

    name: str
    folder: Path
    issue: str
    sample: pd.DataFrame


# --- drawing --------------------------------------------------------------------------------------------------------


def draw_sample(tables: Tables, n: int, *, seed: int) -> pd.DataFrame:
    """Draw statements to be coded twice, stratified by camp and predicted stance.

    Each stratum gives in proportion to its size, the remainders going to the largest fractions, and at least one where
    `n` allows. The same corpus, size and seed give the same sample, whatever the order of files. Articles that repeat
    another are left out.

    Args:
        tables: The corpus.
        n: How many statements; all of them, where there are fewer.
        seed: Of the random numbers.

    Returns:
        `statement_id`, `doc_id`, `sha256`, `start`, `end`, `camp`, `predicted` (a step of the scale, or `none`), in
        random order, so that the place in the sample says nothing of the stratum.

    Raises:
        CodingError: `n` is below 1, or the corpus has no statement.
    """
    if n < 1:
        raise CodingError(f"a sample of {n} is none", where="--n", mend="Ask for 1 or more.")
    table = add_actor(select_original(tables.core_statements, tables.core_documents))
    if table.empty:
        raise CodingError("there is no statement to draw from", mend="Check the corpus.")
    table = table.sort_values("statement_id", kind="stable")
    on_scale = table["issue"].eq(tables.issue.id) & table["stance"].notna()
    table = table.assign(
        camp=table["actor_camp"],
        predicted=table["stance"].astype("string").where(on_scale, _NO_POSITION),
        sha256=table["doc_id"].map(tables.raw_documents.set_index("doc_id")["sha256"]),
    )
    random = np.random.default_rng(seed)
    groups = [rows for _, rows in table.groupby(["camp", "predicted"], sort=True)]
    shares = share_out([len(rows) for rows in groups], min(n, len(table)))
    drawn = [rows.iloc[random.permutation(len(rows))[:k]] for rows, k in zip(groups, shares, strict=True)]
    sample = pd.concat(drawn)[[*_SAMPLE_COLUMNS, "camp", "predicted"]]
    return sample.iloc[random.permutation(len(sample))].reset_index(drop=True)


def share_out(sizes: Sequence[int], n: int) -> list[int]:
    """Share out `n` (at most the sum) by size with largest remainders, one at least for each where there are enough."""
    least = 1 if n >= len(sizes) else 0
    exact = [n * size / sum(sizes) for size in sizes]
    given = [max(int(share), least) for share in exact]
    while (short := n - sum(given)) != 0:
        step = 1 if short > 0 else -1
        can = [i for i in range(len(sizes)) if (given[i] < sizes[i] if step > 0 else given[i] > least)]
        at = max(can, key=lambda i: (step * (exact[i] - given[i]), -i))
        given[at] += step
    return given


def start_round(coding_folder: Path, name: str, sample: pd.DataFrame, *, issue: str, seed: int) -> Round:
    """Write the sample of a new round, without what was predicted.

    Raises:
        CodingError: The name cannot be that of a folder, or the round has begun.
    """
    folder = _find_folder(coding_folder, name)
    if folder.exists():
        raise CodingError(f"the round {name!r} has begun", where=str(folder), mend="Choose another name.")
    folder.mkdir(parents=True)
    about = {"issue": issue, "seed": seed, "n": len(sample), "stratified_by": ["camp", "predicted stance"]}
    (folder / ABOUT).write_text(json.dumps(about, indent=2) + "\n", encoding="utf-8")
    sample[_SAMPLE_COLUMNS].to_csv(folder / SAMPLE, index=False)
    return read_round(coding_folder, name)


def read_round(coding_folder: Path, name: str) -> Round:
    """Return a round that was drawn before.

    Raises:
        CodingError: There is none of that name, or its files cannot be read.
    """
    folder = _find_folder(coding_folder, name)
    if not (folder / SAMPLE).exists():
        begun = ", ".join(list_rounds(coding_folder)) or "none"
        raise CodingError(
            f"there is no round {name!r}", where=str(folder), mend=f"Draw it with `mawaqif sample`; there are: {begun}."
        )
    try:
        about = json.loads((folder / ABOUT).read_text(encoding="utf-8"))
        texts = dict.fromkeys(("statement_id", "doc_id", "sha256"), "str")
        sample = pd.read_csv(folder / SAMPLE, dtype={**texts, "start": "int64", "end": "int64"}, keep_default_na=False)
        return Round(name, folder, str(about["issue"]), sample[_SAMPLE_COLUMNS])
    except (OSError, ValueError, KeyError) as error:
        raise CodingError(f"the round cannot be read ({error})", where=str(folder), mend="Draw it again.") from error


def list_rounds(coding_folder: Path) -> list[str]:
    """Return the names of all rounds."""
    return sorted(path.parent.name for path in (coding_folder / ROUNDS).glob(f"*/{SAMPLE}"))


def _find_folder(coding_folder: Path, name: str) -> Path:
    if not NAME.fullmatch(name):
        raise CodingError(f"{name!r} cannot name a round", mend="Use up to 41 letters, digits, hyphens, underscores.")
    return coding_folder / ROUNDS / name


def find_window(text: str, span: Span, *, around: int = AROUND) -> Span:
    """Return the part of an article in which a statement is judged: its paragraphs, or what is near in long ones."""
    start = max(text.rfind("\n", 0, span.start) + 1, span.start - around)
    end = text.find("\n", span.end)
    return Span(start, min(end if end >= 0 else len(text), span.end + around))


# --- agreement ------------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Agreement:
    """Krippendorff's alpha of one property, the ends of its bootstrap interval, and the number of units compared.

    Numbers are None where nothing can be said: no unit has two codes, or all codes are the same.
    """

    property: str
    level: str
    alpha: float | None
    low: float | None
    high: float | None
    n: int


@dataclass(frozen=True)
class RoundResult:
    """How far the coders of a round agree.

    Attributes:
        coders: Who has coded.
        n_sampled: Statements in the sample.
        n_common: Statements of it that all of them have decided on.
        agreements: One a property.
        disagreements: One row a statement and coder, in the order of the sample: `statement_id`, `coder`, `decision`
            (`none` where a coder did not add what another added), `speaker`, `issue`, `stance`, `modality`, `note`,
            `quote`, `is_settled`.
        agreed: Ids of statements that all coded the same.
    """

    coders: tuple[str, ...]
    n_sampled: int
    n_common: int
    agreements: tuple[Agreement, ...]
    disagreements: pd.DataFrame
    agreed: tuple[str, ...]


def measure_round(drawn: Round, tables: Tables) -> RoundResult:
    """Measure the agreement of a round's coders on the statements that all of them have decided on.

    Whether a statement is one (rejected or not), speaker, issue, whether it takes a position, and modality are nominal;
    the step of the scale is ordinal, among those who gave one. Spans are measured by `unitizing_alpha` in the passages
    in which the coders looked. They saw the span that was predicted, so that this tells how far they agree in mending
    it, which is more than they would in finding it. Intervals are bootstrapped over articles, not over statements,
    which depend on each other within one.

    Args:
        drawn: The round.
        tables: The corpus.

    Raises:
        CodingError: Fewer than two coders have coded, or a file of decisions cannot be read.
    """
    decided = _resolve(latest_decisions(drawn, tables), tables)
    coders = tuple(sorted(decided["coder"].unique()))
    if len(coders) < 2:
        told = f"only {coders[0]} has coded" if coders else "nobody has coded yet"
        mend = f'Two coders are needed: mq.coding_sheet("NAME", round="{drawn.name}").'
        raise CodingError(told, where=str(drawn.folder), mend=mend)
    sampled = decided[decided["statement_id"].isin(drawn.sample["statement_id"])]
    counts = sampled.groupby("statement_id")["coder"].nunique()
    common = drawn.sample[drawn.sample["statement_id"].isin(counts[counts == len(coders)].index)]
    shared = sampled[sampled["statement_id"].isin(common["statement_id"])]
    disagreements, agreed = _compare(decided, common, coders, tables)
    return RoundResult(
        coders,
        len(drawn.sample),
        len(common),
        (*_agree_on_codes(shared, common), _agree_on_spans(decided, common, coders, tables)),
        disagreements,
        agreed,
    )


def latest_decisions(drawn: Round, tables: Tables) -> pd.DataFrame:
    """Return each coder's last decision on each statement of a round, without those withdrawn."""
    decisions = read_decisions(drawn.folder, tables.vocabulary)
    latest = decisions.sort_values("coded_at", kind="stable").drop_duplicates(["statement_id", "coder"], keep="last")
    return latest[latest["decision"].ne("withdraw")].reset_index(drop=True)


def _resolve(decisions: pd.DataFrame, tables: Tables) -> pd.DataFrame:
    """Write out what an acceptance accepts; add `speaker`, `on_statement` and `takes_position`."""
    predicted = tables.core_statements.set_index("statement_id")
    rows = []
    for row in decisions.to_dict("records"):
        if row["decision"] == "accept" and row["statement_id"] in predicted.index:
            found = predicted.loc[row["statement_id"]]
            row |= {key: found[key] for key in ("issue", "stance", "modality")}
            row["speaker_id"] = found["speaker_id"] if found["is_registered"] else ""
            row["speaker_name"] = "" if pd.isna(found["speaker_name"]) else found["speaker_name"]
        row["decision"] = "change" if row["decision"] == "accept" else row["decision"]
        row["speaker"] = row["speaker_id"] or row["speaker_name"]
        row["takes_position"] = not pd.isna(row["stance"])
        rows.append(row)
    columns = [*decisions.columns, "speaker", "takes_position"]
    return pd.DataFrame(rows, columns=columns).astype({"stance": "Int64"})


def _agree_on_codes(shared: pd.DataFrame, common: pd.DataFrame) -> tuple[Agreement, ...]:
    doc_of = dict(zip(common["statement_id"], common["doc_id"], strict=True))
    shared = shared.assign(is_statement=shared["decision"].ne("reject"), at=shared["statement_id"].map(doc_of))
    kept = shared[shared["is_statement"]]
    return (
        _agree(shared, "is_statement", "nominal"),
        _agree(kept, "speaker", "nominal"),
        _agree(kept, "issue", "nominal"),
        _agree(kept, "takes_position", "nominal"),
        _agree(kept[kept["takes_position"]], "stance", "ordinal"),
        _agree(kept, "modality", "nominal"),
    )


def _agree(coded: pd.DataFrame, name: str, level: str) -> Agreement:
    by_article: dict[Hashable, list[list[Hashable]]] = {}
    for (doc_id, _), rows in coded.groupby(["at", "statement_id"], sort=True):
        if len(rows) >= 2:
            by_article.setdefault(doc_id, []).append([_plain(value) for value in rows[name]])

    def measure(articles: Sequence[list[list[Hashable]]]) -> float | None:
        units = [unit for article in articles for unit in article]
        return krippendorff_alpha(units, level=level, order=STANCES if level == "ordinal" else None)

    articles = list(by_article.values())
    low, high = bootstrap_interval(articles, measure)
    return Agreement(name, level, measure(articles), low, high, sum(map(len, articles)))


def _plain(value: Any) -> Hashable:
    return int(value) if isinstance(value, np.integer | np.bool_ | bool) else value


def _agree_on_spans(decided: pd.DataFrame, common: pd.DataFrame, coders: Sequence[str], tables: Tables) -> Agreement:
    texts = tables.raw_documents.set_index("doc_id")["text"]
    spans_of = {row.statement_id: (row.doc_id, Span(row.start, row.end)) for row in iterate_rows(common)}
    marked = {coder: _marked_spans(decided[decided["coder"] == coder], spans_of) for coder in coders}
    articles: list[list[Marked]] = []
    for doc_id, rows in common.groupby("doc_id", sort=True):
        if doc_id in texts.index:
            windows = [find_window(texts[doc_id], Span(row.start, row.end)) for row in iterate_rows(rows)]
            articles.append([_cut(window, [marked[c].get(doc_id, []) for c in coders]) for window in _join(windows)])

    def measure(chosen: Sequence[list[Marked]]) -> float | None:
        return unitizing_alpha([passage for article in chosen for passage in article])

    low, high = bootstrap_interval(articles, measure)
    return Agreement("span", "unitizing", measure(articles), low, high, sum(map(len, articles)))


def _marked_spans(decided: pd.DataFrame, spans_of: dict[str, tuple[str, Span]]) -> dict[Hashable, list[Span]]:
    """Return the spans that one coder holds for statements, by article."""
    found: dict[Hashable, list[Span]] = {}
    for row in iterate_rows(decided[decided["decision"].ne("reject")]):
        if row.decision == "add":
            found.setdefault(row.doc_id, []).append(Span(int(row.start), int(row.end)))
        elif row.statement_id in spans_of:
            doc_id, span = spans_of[row.statement_id]
            found.setdefault(doc_id, []).append(span)
    return found


def _join(windows: Sequence[Span]) -> list[Span]:
    joined: list[Span] = []
    for window in sorted(windows):
        if joined and window.start <= joined[-1].end:
            joined[-1] = Span(joined[-1].start, max(joined[-1].end, window.end))
        else:
            joined.append(window)
    return joined


def _cut(window: Span, marked: Sequence[Sequence[Span]]) -> Marked:
    """Return a window as a text of its own, with the parts of spans that lie in it."""
    inside = [
        [
            Span(max(s.start, window.start) - window.start, min(s.end, window.end) - window.start)
            for s in spans
            if s.start < window.end and s.end > window.start
        ]
        for spans in marked
    ]
    return window.end - window.start, inside


# --- disagreements ----------------------------------------------------------------------------------------------------


def _compare(
    decided: pd.DataFrame, common: pd.DataFrame, coders: Sequence[str], tables: Tables
) -> tuple[pd.DataFrame, tuple[str, ...]]:
    """Return the rows on which coders differ, and the ids on which they do not."""
    by_coder = {(row["statement_id"], row["coder"]): row for row in decided.to_dict("records")}
    added = decided.loc[decided["decision"].eq("add"), "statement_id"].drop_duplicates().sort_values()
    is_settled = set(tables.codings.corrections.query("is_settled")["statement_id"])
    apart: list[dict[str, Any]] = []
    agreed: list[str] = []
    for statement_id in [*common["statement_id"], *added]:
        rows = [by_coder.get((statement_id, coder)) for coder in coders]
        if len({_gist(row) for row in rows}) == 1:
            agreed.append(statement_id)
            continue
        quote = _quote(statement_id, common, rows, tables)
        for coder, row in zip(coders, rows, strict=True):
            codes = {name: row[name] if row else None for name in (*_CODES, "note")}
            head = {"statement_id": statement_id, "coder": coder, "decision": row["decision"] if row else "none"}
            apart.append({**head, **codes, "quote": quote, "is_settled": statement_id in is_settled})
    columns = ["statement_id", "coder", "decision", *_CODES, "note", "quote", "is_settled"]
    return pd.DataFrame(apart, columns=columns).astype({"stance": "Int64"}), tuple(agreed)


def _gist(row: dict[Hashable, Any] | None) -> tuple[Any, ...]:
    if row is None or row["decision"] == "reject":
        return (row is None,)
    return tuple(None if pd.isna(row[name]) else row[name] for name in _CODES)


def _quote(statement_id: str, common: pd.DataFrame, rows: Sequence[dict[Hashable, Any] | None], tables: Tables) -> str:
    found = common[common["statement_id"] == statement_id]
    places = [(row.doc_id, row.start, row.end) for row in iterate_rows(found)]
    places += [(row["doc_id"], row["start"], row["end"]) for row in rows if row and row["decision"] == "add"]
    doc_id, start, end = places[0]
    text = tables.raw_documents.loc[tables.raw_documents["doc_id"] == doc_id, "text"]
    return str(text.iloc[0])[int(start) : int(end)] if len(text) else ""


# --- settling -------------------------------------------------------------------------------------------------------


def settle_like(drawn: Round, tables: Tables, statement_ids: Sequence[str], *, like: str, by: str) -> int:
    """Write one coder's decisions on statements into `corrections.csv`, which wins over all others.

    Args:
        drawn: The round.
        tables: The corpus.
        statement_ids: The statements to settle.
        like: The coder who is followed.
        by: Who settles.

    Returns:
        How many were written.

    Raises:
        CodingError: That coder decided nothing on one of them, and added none of it.
    """
    decided = _resolve(latest_decisions(drawn, tables), tables)
    own = {row["statement_id"]: row for row in decided[decided["coder"] == like].to_dict("records")}
    others = {row["statement_id"]: row for row in decided.to_dict("records")}
    settled = []
    for statement_id in statement_ids:
        if statement_id in own:
            settled.append(_as_decision(own[statement_id]))
        elif others.get(statement_id, {}).get("decision") == "add":  # not adding it is a decision too
            settled.append(Decision(statement_id, "withdraw"))
        else:
            raise CodingError(f"{like!r} decided nothing on {statement_id}", mend="Follow another coder.")
    settle(drawn, settled, by=by)
    return len(settled)


def settle(drawn: Round, decisions: Sequence[Decision], *, by: str) -> None:
    """Write decisions into `corrections.csv`, with the round in their notes."""
    noted = [replace(d, note=f"{d.note} (round {drawn.name})".strip()) for d in decisions]
    DecisionFile(drawn.folder.parent.parent, by, settled=True).record(*noted)


def _as_decision(row: dict[Hashable, Any]) -> Decision:
    values = {name: row[name] for name in Decision.__dataclass_fields__ if name in row}
    numbers = {name: None if pd.isna(values[name]) else int(values[name]) for name in ("start", "end", "stance")}
    return Decision(**{**values, **numbers})
