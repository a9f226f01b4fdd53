"""The method section says from what, by what and how to cite; in both languages, and safely."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from types import SimpleNamespace

import pandas as pd
import pytest
from small_tables import ISSUE, VOCABULARY, document, documents

from mawaqif import __version__
from mawaqif.colophon import digest_corpus, list_parameters, write_bibtex
from mawaqif.settings import Parameters


def make_tables(language: str, *checksums: str) -> SimpleNamespace:
    parameters = Parameters(language=language, since="2024-01-01", corpus="a|b")
    return SimpleNamespace(
        parameters=parameters,
        issue=ISSUE,
        vocabulary=VOCABULARY,
        raw_documents=pd.DataFrame({"sha256": checksums or ("a", "b")}),
        core_documents=documents(document("a", published="2021-03-23"), document("b", published="2025-08-31")),
    )


@pytest.mark.parametrize("language", ["en", "ar"])
def test_it_names_parameters_version_and_checksum(language: str) -> None:
    tables = make_tables(language)
    table = list_parameters(tables)
    assert __version__.replace(".", "&#46;") in table
    assert table.count(digest_corpus(tables)) == 4
    assert VOCABULARY.digest in table
    assert "2024" in table
    assert "a&#124;b" in table


def test_a_limit_at_one_end_is_told_with_the_other_and_none_at_all_in_one_row() -> None:
    limited, free = make_tables("en"), make_tables("en")
    free.parameters = replace(free.parameters, since="")
    assert "Published until | no limit" in list_parameters(limited)
    assert "Published from and until | no limit" in list_parameters(free)
    assert "Published until" not in list_parameters(free)


def test_the_checksum_is_of_the_articles_and_not_of_their_order() -> None:
    assert digest_corpus(make_tables("en", "a", "b")) == digest_corpus(make_tables("en", "b", "a"))
    assert digest_corpus(make_tables("en", "a", "b")) != digest_corpus(make_tables("en", "a", "c"))


def test_the_citation_names_the_last_day_that_the_articles_cover() -> None:
    assert "Articles up to 31 August 2025" in list_parameters(make_tables("en"))
    assert "مقالات حتى 31 أغسطس 2025" in list_parameters(make_tables("ar"))


def test_the_bibliography_entry_is_one_line_with_balanced_braces() -> None:
    entry = write_bibtex("A title", "0123456789ab", date(2025, 8, 31))
    assert entry.startswith("@misc{mawaqif-0123456789ab, ")
    assert entry.count("{") == entry.count("}")
    assert "year = {2025}" in entry
    assert "year" not in write_bibtex("A title", "0123456789ab", None)
