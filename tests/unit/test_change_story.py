from __future__ import annotations

import re

import pytest
from small_tables import ISSUE, VOCABULARY, statement, statements
from test_aggregate_changes import MILESTONES, compare, edition

from mawaqif.aggregate.changes import Changes
from mawaqif.change_story import ChangeStory, tell_changes
from mawaqif.narrative import make_naming
from mawaqif.phrases import arabic_changes, english_changes

COUNTS = (1, 2, 3, 11, 100)


def tell(changes: Changes, *rows: dict, language: str = "en") -> ChangeStory:  # type: ignore[type-arg]
    table = statements(*(rows or (statement(1, "bloc", -2),)))
    naming = make_naming(table, issue=ISSUE, vocabulary=VOCABULARY, language=language)
    return tell_changes(changes, naming, numbers={i: n for n, i in enumerate(table["statement_id"], start=1)})


def texts(story: ChangeStory) -> dict[str, str]:
    return {section.id: "\n".join(section.paragraphs) for section in story.sections}


def test_a_first_edition_and_one_without_changes_say_so() -> None:
    assert "first edition" in tell(Changes(None, "2025-01-06")).opening
    assert (
        tell(Changes("2025-01-06", "2025-01-13")).opening == "Nothing has changed since the edition of 6 January 2025."
    )
    assert "6 يناير 2025" in tell(Changes("2025-01-06", "2025-01-13"), language="ar").opening


@pytest.mark.parametrize("language", ["en", "ar"])
def test_articles_voices_and_moves_are_told_with_links_to_the_statements_behind_them(language: str) -> None:
    rows = [statement(1, "bloc", -2)]
    joined = [statement(1, "bloc", 0, doc_id="b"), statement(2, "deputy", 1, doc_id="b")]
    changes = compare(edition("2025-01-06", rows), edition("2025-01-13", [*rows, *joined]))
    told = texts(tell(changes, *rows, *joined, language=language))
    assert list(told) == ["documents", "voices", "positions"]
    assert "title&#32;b" in told["documents"] or "title b" in told["documents"]
    assert f"#s-{joined[0]['statement_id']}" in told["positions"]
    assert all(re.search(r"\]\(#s-", paragraph) for paragraph in told["positions"].splitlines())


def test_a_move_says_how_far_where_to_and_by_what() -> None:
    ruled = [statement(1, "bloc", -2, coder="rules")]
    now = [statement(1, "bloc", -1, coder="rules"), statement(1, "bloc", 2, doc_id="b", coder="rules")]
    new = edition("2025-01-13", now, origins={"vocabulary": "2", "issue": "1", "program": "1"})
    told = texts(tell(compare(edition("2025-01-06", ruled), new), *now))
    assert told["positions"].startswith("The Wafa bloc moved 2.5 towards “lasting presence”, from −2.0 to +0.5: ")
    assert "changed rules by +1.0" in told["positions"]
    assert "new or withdrawn articles by +1.5" in told["positions"]


def test_what_only_the_rules_moved_stands_in_a_section_of_its_own() -> None:
    ruled, now = [statement(1, "bloc", -2, coder="rules")], [statement(1, "bloc", -1, coder="rules")]
    new = edition("2025-01-13", now, origins={"vocabulary": "1", "issue": "1", "program": "2"})
    told = texts(tell(compare(edition("2025-01-06", ruled), new), *now))
    assert list(told) == ["rules"]
    assert "The program changed since." in told["rules"]
    assert "for that reason alone, one statement is coded otherwise" in told["rules"]


def test_a_statement_that_is_gone_has_no_link() -> None:
    gone = statement(1, "deputy", 1, doc_id="b")
    rows = [statement(1, "bloc", -2)]
    changes = compare(edition("2025-01-06", [*rows, gone]), edition("2025-01-13", rows))
    story = "\n".join(texts(tell(changes, *rows)).values())
    assert "no longer has a position" in story
    assert gone["statement_id"] not in story


@pytest.mark.parametrize("language", ["en", "ar"])
def test_a_title_from_an_article_is_encoded(language: str) -> None:
    rows = [statement(1, "bloc", -2)]
    new = edition("2025-01-13", [*rows, statement(1, "bloc", -2, doc_id="b")])
    new.core_documents.loc[new.core_documents["doc_id"] == "b", "title"] = "<script>alert(1)</script>"
    told = texts(tell(compare(edition("2025-01-06", rows), new), *rows, language=language))
    assert "<script" not in told["documents"]


@pytest.mark.parametrize("language", ["en", "ar"])
def test_a_milestone_that_came_is_told_with_its_time(language: str) -> None:
    rows = [statement(1, "bloc", -1)]
    changes = compare(edition("2026-09-28", rows), edition("2026-10-05", rows, milestones=MILESTONES))
    told = texts(tell(changes, *rows, language=language))["milestones"]
    assert ("September 2026" if language == "en" else "سبتمبر 2026") in told


@pytest.mark.parametrize("n", COUNTS)
def test_every_count_reads_well_in_english(n: int) -> None:
    told = [
        *(english_changes.say_documents(kind, n, ["x"], n - 1) for kind in ("new", "withdrawn", "revised")),
        *(english_changes.say_actors(kind, n, ["x"], n - 1) for kind in ("new", "gone", "registered")),
        english_changes.say_statements(n, n),
        english_changes.say_more_moves(n),
        english_changes.say_told_milestone("contradicts", n, "x"),
        english_changes.say_corrections(n, {"accept": n}, n),
        english_changes.say_recoded(n, n, n),
    ]
    for sentence in told:
        assert sentence[0].isupper() or sentence[0].isdigit()
        assert sentence.endswith(".")
        assert not re.search(r"\b(one|1) (articles|statements|analysts|positions)\b", sentence)
        if n > 1:
            assert not re.search(r"\b(article|statement|analyst|position)\b (joined|is|are|was)", sentence)


ARABIC_FORMS = {1: "تصريح", 2: "تصريح", 3: "تصريحات", 11: "تصريحاً", 100: "تصريح"}


@pytest.mark.parametrize("n", COUNTS)
def test_counted_nouns_agree_in_arabic(n: int) -> None:
    told = [
        arabic_changes.say_statements(n, 0),
        arabic_changes.say_told_milestone("contradicts", n, "س"),
        arabic_changes.say_corrections(n, {"accept": n}, n),
        arabic_changes.say_recoded(n, 0, 0),
    ]
    for sentence in told:
        assert ARABIC_FORMS[n] in sentence
        assert sentence.endswith(".")
        assert ("تصريحين" in sentence or "تصريحان" in sentence) == (n == 2)


def test_both_languages_have_the_same_sentences_and_sections() -> None:
    names = [{n for n in dir(module) if n.startswith("say_")} for module in (arabic_changes, english_changes)]
    assert names[0] == names[1]
    assert list(arabic_changes.TITLES) == list(english_changes.TITLES)
