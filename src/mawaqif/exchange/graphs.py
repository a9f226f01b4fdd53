"""The network of actors as a graph for Gephi and visone: GEXF and GraphML, written through networkx.

One undirected graph holds two kinds of node, actors and the steps of the issue's scale, and two kinds of edge: actors
on the `same` side or on `opposite` ones in an article that quotes both (`out_network`), and actors with the steps
that they were quoted with (`states`). An edge between actors says that both think alike, not that they act together.
"""

from __future__ import annotations

import io
import re
from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

import pandas as pd

from mawaqif.aggregate.attribution import UNATTRIBUTED, add_actor, describe_articles, name_camp, select_original
from mawaqif.aggregate.positions import select_positions
from mawaqif.exchange.qda import clean_xml, name_step
from mawaqif.schemas import iterate_rows
from mawaqif.tables import Tables

if TYPE_CHECKING:
    import networkx

_MODIFIED = re.compile(r' lastmodifieddate="[^"]*"')


def write_gexf(tables: Tables) -> bytes:
    """Return the graph as GEXF 1.2; `start` and `end` are the days between which its articles appeared."""
    import networkx

    file = io.BytesIO()
    networkx.write_gexf(make_graph(tables), file, version="1.2draft")
    # The day of writing would make two exports of one corpus differ.
    return _MODIFIED.sub("", file.getvalue().decode("utf-8")).encode("utf-8")


def write_graphml(tables: Tables) -> bytes:
    """Return the graph as GraphML, with the same attributes."""
    import networkx

    file = io.BytesIO()
    networkx.write_graphml_xml(make_graph(tables), file, named_key_ids=True)
    return file.getvalue()


def make_graph(tables: Tables) -> networkx.Graph[str]:
    """Return the graph of a report.

    Nodes: `kind` (`actor`, `step`), `label`, `name_ar`; actors also `camp`, `camp_name`, `is_registered`,
    `n_statements`, `n_positions`, `mean_stance` where they took a position; steps `stance`. Edges: `relation` (`same`,
    `opposite`, `states`), `weight` (articles between actors, statements on a step), `n_statements`, `statement_ids`
    with spaces between them; between actors `distance` in steps. `start` and `end` are ISO days, absent where no day
    is known.
    """
    import networkx

    graph: networkx.Graph[str] = networkx.Graph(name=clean_xml(tables.issue.title.en))
    articles = describe_articles(tables.core_documents)
    told = add_actor(select_original(tables.core_statements, tables.core_documents))
    told = told[told["actor_id"] != UNATTRIBUTED]
    article_of = dict(zip(told["statement_id"], told["doc_id"], strict=True))

    def days(statement_ids: Iterable[str]) -> dict[str, str]:
        return _days([articles[article_of[i]] for i in statement_ids if i in article_of])

    for row in iterate_rows(tables.out_positions[tables.out_positions["actor_id"] != UNATTRIBUTED]):
        own = told.loc[told["actor_id"] == row.actor_id, "statement_id"]
        graph.add_node(f"actor:{clean_xml(row.actor_id)}", **_actor(row, tables), **days(own))
    for point in tables.issue.scale:
        names = {"label": name_step(point), "name_ar": point.label.ar}
        graph.add_node(f"step:{point.value}", kind="step", stance=int(point.value), **names)
    for row in iterate_rows(tables.out_network):
        graph.add_edge(
            f"actor:{clean_xml(row.actor_a)}",
            f"actor:{clean_xml(row.actor_b)}",
            relation=row.relation,
            weight=float(row.n_documents),
            distance=float(row.distance),
            n_statements=int(row.n_statements),
            statement_ids=" ".join(row.statement_ids),
            **days(row.statement_ids),
        )
    stated = select_positions(told, issue_id=tables.issue.id)
    for (actor_id, stance), rows in stated.groupby(["actor_id", "stance"], sort=True):
        graph.add_edge(
            f"actor:{clean_xml(str(actor_id))}",
            f"step:{stance}",
            relation="states",
            weight=float(len(rows)),
            n_statements=len(rows),
            statement_ids=" ".join(rows["statement_id"]),
            **days(rows["statement_id"]),
        )
    return graph


def _actor(row: Any, tables: Tables) -> dict[str, Any]:
    attributes = {
        "kind": "actor",
        "label": clean_xml(row.name_en),
        "name_ar": clean_xml(row.name_ar),
        "camp": row.camp,
        "camp_name": name_camp(row.camp, tables.vocabulary).en,
        "is_registered": bool(row.is_registered),
        "n_statements": int(row.n_statements),
        "n_positions": int(row.n_positions),
    }
    return attributes if pd.isna(row.mean_stance) else {**attributes, "mean_stance": float(row.mean_stance)}


def _days(articles: list[dict[str, Any]]) -> dict[str, str]:
    """Return the first and last day of some articles, each only where every article that counts has one."""
    first = [a["first"] for a in articles if a["first"]]
    last = [a["last"] for a in articles if a["last"]]
    return {**({"start": min(first).isoformat()} if first else {}), **({"end": max(last).isoformat()} if last else {})}
