"""The method section says from what, by what and how to cite; in both languages, and safely."""

from __future__ import annotations

from types import SimpleNamespace

import pandas as pd
import pytest
from small_tables import ISSUE

from mawaqif import __version__
from mawaqif.colophon import digest_corpus, list_parameters
from mawaqif.settings import Parameters


def make_tables(language: str, *checksums: str) -> SimpleNamespace:
    parameters = Parameters(language=language, since="2024-01-01", corpus="a|b")
    return SimpleNamespace(
        parameters=parameters, issue=ISSUE, raw_documents=pd.DataFrame({"sha256": checksums or ("a", "b")})
    )


@pytest.mark.parametrize("language", ["en", "ar"])
def test_it_names_parameters_version_and_checksum(language: str) -> None:
    tables = make_tables(language)
    table = list_parameters(tables)
    assert len(table.splitlines()) == 11
    assert __version__.replace(".", "&#46;") in table
    assert table.count(digest_corpus(tables)) == 2
    assert "2024" in table
    assert "a&#124;b" in table


def test_the_checksum_is_of_the_articles_and_not_of_their_order() -> None:
    assert digest_corpus(make_tables("en", "a", "b")) == digest_corpus(make_tables("en", "b", "a"))
    assert digest_corpus(make_tables("en", "a", "b")) != digest_corpus(make_tables("en", "a", "c"))
