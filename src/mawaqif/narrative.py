"""Turns claims into sentences, each with links to the statements it rests on, and finds the words around each chart."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

import pandas as pd

from mawaqif.aggregate.attribution import ANONYMOUS_CAMP, add_actor, name_actors, select_original
from mawaqif.aggregate.background import BACKGROUND_YEARS, find_background
from mawaqif.aggregate.claims import Claim
from mawaqif.aggregate.findings import find_claims
from mawaqif.aggregate.movement import find_gaps, publication_days
from mawaqif.aggregate.network import find_side
from mawaqif.aggregate.numbering import number_statements
from mawaqif.charts.network import is_crowded
from mawaqif.charts.theme import ChartWords
from mawaqif.errors import EvidenceError
from mawaqif.phrases import arabic, arabic_charts, english, english_charts
from mawaqif.phrases.naming import Naming
from mawaqif.schemas import EVENT_STATUSES
from mawaqif.vocabulary import Issue, Vocabulary

MOST_FINDINGS = 8
MOST_LINKS = 6
"""Links printed after a sentence; how many statements there are beyond them is said in words."""
MOST_OF_A_KIND = {"milestone": 2}
WARNINGS = (
    "one_article", "one_outlet", "dominant_article", "dominant_speaker", "anonymous_sources", "no_speaker",
    "unknown_outlets",
)  # fmt: skip
MOST_GAPS = 3
"""Times without an article that a chart's title names."""
MOST_WARNINGS = 1
"""The gravest; the section on who speaks tells them all, and what follows from each."""
TOLD_IN_CAVEAT = ("one_article", "unknown_outlets")
"""Warnings that the finding on coverage says in passing."""
CAVEAT = "coverage"
"""The finding that is always among those told: on how little all this rests."""

_LINK = re.compile(r"\[\d+\]\(#s-([^)\s]+)\)")


@dataclass(frozen=True, slots=True)
class Finding:
    """One sentence of the report, or two, with its evidence.

    Attributes:
        id: Which claim it is, unique within a report.
        text: Markdown with numbered links `[1](#s-ID)` to its statements, and one of the form `#evidence?n=1,2` to all
            of them where not each is linked; names from articles are encoded.
        statement_ids: All statements it rests on; where there are many, the links are a sample from first to last.
        weight: How much it matters times how sure it is, from 0 to 1.
    """

    id: str
    text: str
    statement_ids: tuple[str, ...]
    weight: float


# --- key findings ----------------------------------------------------------------------------------------------------


def key_findings(
    statements: pd.DataFrame,
    documents: pd.DataFrame,
    dates: pd.DataFrame,
    *,
    issue: Issue,
    vocabulary: Vocabulary,
    language: str,
    events: pd.DataFrame | None = None,
    minimum_statements: int = 1,
    most: int = MOST_FINDINGS,
    leave_out: Collection[str] = (),
) -> list[Finding]:
    """Return the report's key findings, the weightiest first; empty where nobody takes a position (`nothing_found`).

    Args:
        statements: `core_statements`.
        documents: `core_documents`.
        dates: `core_dates`.
        issue: The issue.
        vocabulary: Gives the names.
        language: `en` or `ar`.
        events: `out_timeline`, from which is told what is still to come.
        minimum_statements: Actors with fewer positions are not named.
        most: How many findings at most; the one on coverage is always among them.
        leave_out: Kinds of claim that a narrowed report makes true by itself.

    Raises:
        EvidenceError: A sentence would have no statement behind it.
    """
    claims = find_claims(
        statements,
        documents,
        dates,
        issue=issue,
        vocabulary=vocabulary,
        events=events,
        minimum_statements=minimum_statements,
    )
    naming = make_naming(statements, issue=issue, vocabulary=vocabulary, language=language)
    numbers = number_statements(statements, documents)
    told = [claim for claim in claims if claim.kind not in leave_out and claim.kind not in TOLD_IN_CAVEAT]
    findings = write_findings(choose_claims(told, most=most), naming, numbers=numbers)
    check_evidence(findings, statements)
    return findings


def make_naming(statements: pd.DataFrame, *, issue: Issue, vocabulary: Vocabulary, language: str) -> Naming:
    """Return what sentences about these statements need to name things."""
    return Naming(language, issue, vocabulary, name_actors(add_actor(statements), vocabulary))


def choose_claims(claims: Sequence[Claim], *, most: int = MOST_FINDINGS) -> list[Claim]:
    """Return the claims to tell, in order: no more than `MOST_OF_A_KIND` and `MOST_WARNINGS`, and always the caveat."""
    told: list[Claim] = []
    for claim in claims:
        kind = "warning" if claim.kind in WARNINGS else claim.kind
        limit = MOST_WARNINGS if kind == "warning" else MOST_OF_A_KIND.get(kind, 1)
        alike = sum((c.kind in WARNINGS) if kind == "warning" else (c.kind == kind) for c in told)
        if alike < limit:
            told.append(claim)
    caveat = [claim for claim in told if claim.kind == CAVEAT]
    others = [claim for claim in told if claim.kind != CAVEAT][: most - len(caveat)]
    return sorted([*others, *caveat], key=lambda claim: -claim.weight)


def write_findings(
    claims: Iterable[Claim], naming: Naming, *, numbers: Mapping[str, int], endings: Mapping[str, str] | None = None
) -> list[Finding]:
    """Return the claims as sentences.

    Args:
        claims: What is to be said.
        naming: Names things.
        numbers: The numbers of the statements in the evidence, by id (`number_statements`).
        endings: What follows from a claim of each kind, told before the links.

    Raises:
        EvidenceError: A claim has no statement behind it, or one that has no number.
    """
    findings = []
    for claim in claims:
        if not claim.statement_ids:
            raise EvidenceError("the sentence has no statement behind it", where=f"finding {claim.kind}")
        if unknown := [i for i in claim.statement_ids if i not in numbers]:
            raise EvidenceError(f"the statement {unknown[0]} does not exist", where=f"finding {claim.kind}")
        sentences = arabic.SENTENCES if naming.language == "ar" else english.SENTENCES
        sentence = sentences[claim.kind](claim.values, naming)
        if ending := (endings or {}).get(claim.kind):
            sentence = f"{sentence.removesuffix('.')}، {ending}" if naming.language == "ar" else f"{sentence} {ending}"
        finding_id = "-".join([claim.kind, *([claim.values["milestone_id"]] if claim.kind == "milestone" else [])])
        text = f"{sentence} ({link_statements(claim.statement_ids, numbers, naming.language, links_rest=True)})"
        findings.append(Finding(finding_id, text, claim.statement_ids, claim.weight))
    return findings


def link_statements(
    statement_ids: Sequence[str], numbers: Mapping[str, int], language: str, *, links_rest: bool = False
) -> str:
    """Return numbered links, a sample where there are many; one too many for the limit is linked, not counted.

    Args:
        statement_ids: The statements.
        numbers: Their numbers in the evidence, by id.
        language: `en` or `ar`.
        links_rest: Whether the count of those beyond the sample leads to all of them in the evidence of this page.
    """
    shown = _spread(statement_ids, MOST_LINKS if len(statement_ids) > MOST_LINKS + 1 else len(statement_ids))
    numbered = sorted((numbers[i], i) for i in shown)
    links = [f"[{number}](#s-{statement_id})" for number, statement_id in numbered]
    if rest := len(statement_ids) - len(shown):
        more = arabic.say_more(rest) if language == "ar" else english.say_more(rest)
        chosen = ",".join(str(number) for number in sorted(numbers[i] for i in statement_ids))
        links.append(f"[{more}](#evidence?n={chosen})" if links_rest else more)
    return ("، " if language == "ar" else ", ").join(links)


def _spread(items: Sequence[str], n: int) -> list[str]:
    """Return `n` items taken evenly from the first to the last, so that no article stands for all."""
    return [items[round(i * (len(items) - 1) / max(1, n - 1))] for i in range(n)]


def check_evidence(findings: Iterable[Finding], statements: pd.DataFrame) -> None:
    """Check that every finding rests on statements that exist and links to at least one, and only to its own.

    Raises:
        EvidenceError: The first finding that does not, with its id.
    """
    known = set(statements["statement_id"])
    for finding in findings:
        where, linked = f"finding {finding.id}", _LINK.findall(finding.text)
        if not finding.statement_ids or not linked:
            raise EvidenceError("the sentence has no statement behind it", where=where)
        if unknown := [i for i in finding.statement_ids if i not in known]:
            raise EvidenceError(f"the statement {unknown[0]} does not exist", where=where)
        if foreign := [i for i in linked if i not in finding.statement_ids]:
            raise EvidenceError(f"the linked statement {foreign[0]} is not its evidence", where=where)


def to_markdown(findings: Iterable[Finding]) -> str:
    """Return findings as a Markdown list, one item each."""
    return "\n".join(f"- {finding.text}" for finding in findings)


def nothing_found(issue: Issue, *, language: str) -> str:
    """Return what stands in the place of findings where nobody takes a position on the issue."""
    if language == "ar":
        return f"لا أحد ممن نُقل كلامهم هنا يتخذ موقفاً من هذه القضية: {issue.title.ar}."
    return f"Nobody reported or quoted here takes a position on this issue: {issue.title.en}."


# --- words around charts ---------------------------------------------------------------------------------------------


def describe_positions(
    positions: pd.DataFrame, *, naming: Naming, statements: pd.DataFrame, documents: pd.DataFrame
) -> ChartWords:
    """Return the words around the chart of `out_positions`; of actors, only those registered are named."""
    stated = positions[positions["is_registered"] & (positions["n_positions"] > 0)]
    stated = stated.sort_values(["mean_stance", "n_positions", "actor_id"], ascending=[True, False, True])
    listed = [
        {"id": i, "name": naming.label(i), "mean": mean, "statements": n, "camp": camp}
        for i, mean, n, camp in zip(
            stated["actor_id"], stated["mean_stance"], stated["n_positions"], stated["camp"], strict=True
        )
    ]
    named = [e for e in listed if e["camp"] != ANONYMOUS_CAMP]
    often = [e for e in named if e["statements"] > 1]
    ends = often if len(often) > 1 else named
    has_stated, has_foretold = positions["n_positions"] > 0, positions["n_forecasts"] > 0
    silent = positions[~has_stated & ~has_foretold]
    facts = {
        "ends": _lowest_and_highest(ends),
        "minimum": 2 if ends is often else 1,
        "listed": listed,
        "taken": int(has_stated.sum()),
        "forecast_only": int((~has_stated & has_foretold).sum()),
        "silent": len(silent),
    }
    placed = positions["n_positions"] + positions["n_forecasts"]
    drawn = [i for ids, n in zip(positions["statement_ids"], placed, strict=True) for i in list(ids)[:n]]
    return _describe("positions", facts, naming, statements, documents, drawn=drawn)


def _lowest_and_highest(ends: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Return the first and the last, which at equal means is the one with most statements, or the only one."""
    if len(ends) < 2:
        return ends
    return [ends[0], min(ends, key=lambda e: (-e["mean"], -e["statements"], e["id"]))]


def describe_over_time(
    points: pd.DataFrame, *, naming: Naming, statements: pd.DataFrame, documents: pd.DataFrame
) -> ChartWords:
    """Return the words around the chart of `positions_over_time`: the period and its longest gap."""
    dated = points[points["first"].notna() & points["last"].notna()]
    days = sorted(
        {(date.fromisoformat(f), date.fromisoformat(e)) for f, e in zip(dated["first"], dated["last"], strict=True)}
    )
    named = dated[~dated["is_forecast"].astype(bool) & dated["camp"].ne(ANONYMOUS_CAMP)]
    facts = {
        "first": days[0][0] if days else None,
        "last": max(last for _, last in days) if days else None,
        "gaps": find_gaps(days)[:MOST_GAPS],
        **_count_followed(named),
        "dated": len(dated),
        "undated": len(points) - len(dated),
    }
    return _describe("over_time", facts, naming, statements, documents, drawn=list(points["statement_id"]))


def _count_followed(stated: pd.DataFrame) -> dict[str, int]:
    """Count the actors with a dated position, and those who have it on days that cannot be the same."""
    spans = stated.groupby("actor_id").agg(first_end=("last", "min"), last_start=("first", "max"))
    return {"actors": len(spans), "followed": int((spans["last_start"] > spans["first_end"]).sum())}


def describe_network(
    network: pd.DataFrame,
    positions: pd.DataFrame,
    *,
    naming: Naming,
    statements: pd.DataFrame,
    documents: pd.DataFrame,
) -> ChartWords:
    """Return the words around the chart of `out_network`: who is on which side, and who meets whom."""
    placed = positions[positions["n_positions"] > 0].sort_values(["mean_stance", "actor_id"])
    sides = [find_side(mean) for mean in placed["mean_stance"]]
    names: dict[int, list[str]] = {-1: [], 0: [], 1: []}
    for side, actor_id, is_registered in zip(sides, placed["actor_id"], placed["is_registered"], strict=True):
        names[side] += [naming.label(actor_id)] if is_registered else []
    drawn = [i for ids, n in zip(placed["statement_ids"], placed["n_positions"], strict=True) for i in list(ids)[:n]]
    origins = statements.loc[statements["statement_id"].isin(drawn), "doc_id"]
    days = publication_days(documents[documents["doc_id"].isin(origins)]).values()
    facts = {
        "years": (min(first for first, _ in days).year, max(last for _, last in days).year) if days else None,
        "is_weighted": network["n_documents"].nunique() > 1,
        "low": sides.count(-1),
        "high": sides.count(1),
        "low_names": names[-1],
        "high_names": names[1],
        "same": int(network["relation"].eq("same").sum()),
        "opposite": int(network["relation"].eq("opposite").sum()),
        "is_crowded": is_crowded(network, positions),
    }
    return _describe("network", facts, naming, statements, documents, drawn=drawn)


def describe_timeline(
    events: pd.DataFrame, *, naming: Naming, statements: pd.DataFrame, documents: pd.DataFrame
) -> ChartWords:
    """Return the words around the chart of `out_timeline`: the agreed dates that lay ahead, and how many events.

    Events that are background (`aggregate.background`) are told apart.
    """
    is_background = find_background(events, documents)
    n_background, events = int(is_background.sum()), events[~is_background]
    days = publication_days(documents)
    as_of = max((last for _, last in days.values()), default=None)
    agreed = {(m.first, m.last) for m in naming.issue.milestones if as_of and m.last > as_of}
    planned = events[events["status"] == "planned"]
    reach = max([*planned["last"].dropna(), *planned["first"].dropna()], default="")
    start = min([*events["first"].dropna(), *events["last"].dropna()], default="")
    facts = {status: int((events["status"] == status).sum()) for status in EVENT_STATUSES}
    years = {"events": len(events), "mentions": int(events["n_mentions"].sum()), "reach": reach[:4], "start": start[:4]}
    more = {"agreed": sorted(agreed), "background": n_background, "background_years": BACKGROUND_YEARS}
    return _describe("timeline", {**facts, **years, **more}, naming, statements, documents)


def describe_voices(
    sources: pd.DataFrame, *, naming: Naming, statements: pd.DataFrame, documents: pd.DataFrame
) -> ChartWords:
    """Return the words around the chart of `out_sources`: who is quoted most, and how much has no name to it."""
    totals = sources.groupby("camp")["n_statements"].sum().sort_index().sort_values(ascending=False, kind="stable")
    facts = {
        "camps": [(naming.camp(str(camp)), int(n)) for camp, n in totals.items()],
        "whole": int(totals.sum()),
        "unnamed": int(sources.loc[sources["grade"].eq("anonymous"), "n_statements"].sum()),
    }
    return _describe("voices", facts, naming, statements, documents)


def describe_source(
    statements: pd.DataFrame, documents: pd.DataFrame, *, language: str, drawn: Collection[str] | None = None
) -> str:
    """Return a chart's source line: how many statements and articles, when printed, and who coded them.

    Args:
        statements: `core_statements`.
        documents: `core_documents`.
        language: `en` or `ar`.
        drawn: Ids of the statements on the issue that the chart draws, where it does not rest on all statements.
    """
    told = select_original(statements, documents)
    if drawn is not None:
        told = told[told["statement_id"].isin(drawn)]
    printed = documents[documents["doc_id"].isin(told["doc_id"])]
    days = [
        *printed["published"].dropna(),
        *printed["published_earliest"].dropna(),
        *printed["published_latest"].dropna(),
    ]
    first, last = min(days, default="")[:4], max(days, default="")[:4]
    facts = {
        "statements": len(told),
        "on_issue": drawn is not None,
        "articles": told["doc_id"].nunique(),
        "period": first if first == last else f"{first}–{last}",
        "coders": [coder for coder in ("reference", "analyst", "model", "rules") if told["coder"].eq(coder).any()],
    }
    return arabic_charts.describe_source(facts) if language == "ar" else english_charts.describe_source(facts)


def describe_coders(statements: pd.DataFrame, *, language: str) -> str:
    """Return how many of the report's statements come from the reference coding, the rules and analysts, if any do."""
    counts = [(coder, int(statements["coder"].eq(coder).sum())) for coder in ("reference", "rules", "model", "analyst")]
    told = [(coder, n) for coder, n in counts if n]
    if not told:
        return ""
    return arabic_charts.describe_coders(told) if language == "ar" else english_charts.describe_coders(told)


def _describe(
    chart: str,
    facts: dict[str, Any],
    naming: Naming,
    statements: pd.DataFrame,
    documents: pd.DataFrame,
    *,
    drawn: Collection[str] | None = None,
) -> ChartWords:
    descriptions = arabic_charts.DESCRIPTIONS if naming.language == "ar" else english_charts.DESCRIPTIONS
    caption, subtitle, alt = descriptions[chart](facts, naming)
    source = describe_source(statements, documents, language=naming.language, drawn=drawn)
    return ChartWords(caption=caption, subtitle=subtitle, source=source, alt=alt)
