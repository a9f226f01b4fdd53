from __future__ import annotations

from typing import Any

from small_tables import document, documents, statement, statements

from mawaqif.aggregate.claims import Claim
from mawaqif.aggregate.sources import find_cautions, find_warnings, make_sources

TWO_OUTLETS = documents(document("a"), document("b", outlet_id=None, outlet="الصدى"))


def warn(*rows: dict[str, Any], papers: Any = TWO_OUTLETS) -> dict[str, Claim]:
    return {claim.kind: claim for claim in find_warnings(statements(*rows), papers, issue_id="presence")}


def test_statements_are_counted_by_article_camp_and_grade() -> None:
    table = make_sources(
        statements(
            statement(1, "bloc", 1),
            statement(2, "deputy", None, issue="other"),
            statement(3, "bloc", 1, grade="institution"),
            statement(1, "source", 1, doc_id="b"),
        ),
        TWO_OUTLETS,
    )
    rows = table[["doc_id", "outlet", "camp", "grade", "n_statements"]].to_numpy().tolist()
    assert rows == [
        ["a", "daily", "parliament_blocs", "institution", 1],
        ["a", "daily", "parliament_blocs", "person", 2],
        ["b", "الصدى", "anonymous", "anonymous", 1],
    ]
    assert table["statement_ids"].iloc[1] == ["a-100-150", "a-200-250"]


def test_a_statement_without_speaker_is_counted_with_no_grade() -> None:
    table = make_sources(statements(statement(1, None, 1, grade=None)), TWO_OUTLETS)
    assert table[["camp", "grade"]].to_numpy().tolist() == [["unregistered", "none"]]


def test_no_statement_on_the_issue_means_no_warning() -> None:
    assert warn(statement(1, "bloc", None), statement(2, "bloc", 1, issue="other")) == {}


def test_one_article_alone_is_warned_of() -> None:
    claim = warn(statement(1, "bloc", 1), statement(2, "deputy", 1))["one_article"]
    assert claim.statement_ids == ("a-100-150", "a-200-250")


def test_one_outlet_behind_several_articles_is_warned_of() -> None:
    papers = documents(document("a"), document("b"))
    found = warn(statement(1, "bloc", 1), statement(1, "deputy", 1, doc_id="b"), papers=papers)
    assert found["one_outlet"].values["outlet"] == "daily"
    assert "one_article" not in found


def test_an_unknown_outlet_is_not_taken_for_the_same_one() -> None:
    papers = documents(document("a"), document("b", outlet_id=None))
    found = warn(statement(1, "bloc", 1), statement(1, "deputy", 1, doc_id="b"), papers=papers)
    assert "one_outlet" not in found
    assert found["unknown_outlets"].values == {"part": 1, "whole": 2, "outlets": 1}


def test_two_thirds_without_a_name_are_warned_of_with_their_statements() -> None:
    claim = warn(statement(1, "source", 1), statement(1, "source", 1, doc_id="b"), statement(2, "bloc", 1, doc_id="b"))[
        "anonymous_sources"
    ]
    assert (claim.values["part"], claim.values["whole"]) == (2, 3)
    assert claim.statement_ids == ("a-100-150", "b-100-150")


def test_one_unnamed_statement_is_no_pattern() -> None:
    assert "anonymous_sources" not in warn(statement(1, "source", 1), statement(1, "bloc", 1, doc_id="b"))


def test_an_article_with_half_of_all_statements_is_warned_of() -> None:
    rows = [statement(n, "bloc" if n % 2 else "deputy", 1) for n in range(3)]
    found = warn(*rows, statement(1, "minister", 1, doc_id="b"))
    assert found["dominant_article"].values == {"part": 3, "whole": 4}


def test_a_voice_with_a_third_of_all_statements_is_warned_of() -> None:
    rows = [statement(n, speaker, 1) for n, speaker in enumerate(["bloc", "bloc", "deputy", "minister", "factions"])]
    assert warn(*rows, statement(1, "government", 1, doc_id="b"))["dominant_speaker"].values["actor_id"] == "bloc"


def test_the_gravest_warning_comes_first() -> None:
    claims = find_warnings(
        statements(statement(1, "source", 1), statement(2, "source", 1)), TWO_OUTLETS, issue_id="presence"
    )
    assert [c.kind for c in claims] == ["one_article", "anonymous_sources", "dominant_speaker"]


def cautions_of(*rows: dict[str, Any], papers: Any) -> dict[str, list[str]]:
    found = find_cautions(statements(*rows), papers)
    return {camp: [claim.kind for claim in claims] for camp, claims in found.items()}


def test_a_camp_that_rests_on_one_article_actor_or_outlet_is_said_to() -> None:
    papers = documents(document("a"), document("b"), document("c", outlet_id=None))
    one_article = [statement(1, "bloc", 1), statement(2, "deputy", 1)]
    one_outlet = [statement(3, "government", 1), statement(4, "minister", 1, doc_id="b")]
    one_actor = [statement(5, "factions", -2), statement(6, "factions", -2, doc_id="c")]
    found = cautions_of(*one_article, *one_outlet, *one_actor, papers=papers)

    assert found["parliament_blocs"] == ["rests_on_article"]
    assert found["iraqi_government"] == ["rests_on_outlet"]
    assert found["armed_factions"] == ["rests_on_actor"]


def test_two_thirds_without_a_name_are_a_caution_but_not_of_the_camp_of_the_unnamed() -> None:
    papers = documents(document("a"), document("c", outlet_id=None))
    unnamed = [
        statement(n, f"خبير {n}", 1, grade="anonymous", camp="experts", doc_id=d) for n, d in ((1, "a"), (2, "c"))
    ]
    found = cautions_of(*unnamed, statement(3, "researchers", 1), papers=papers)
    assert found["experts"] == ["mostly_article", "mostly_unnamed"]
    hidden = [statement(n, "source", 1, doc_id=d) for n, d in ((1, "a"), (2, "c"))]
    assert cautions_of(*hidden, papers=papers)["anonymous"] == ["rests_on_actor"]


def test_one_statement_is_no_pattern_to_warn_of() -> None:
    assert cautions_of(statement(1, "bloc", 1), papers=documents(document("a"))) == {}
