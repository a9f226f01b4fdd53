"""A report on one actor or camp tells its statements alone; the corpus around them stays whole."""

from __future__ import annotations

import pandas as pd
import pytest
from small_tables import dated, dates, document, documents, statement, statements

from mawaqif.narrowing import keep_speakers
from mawaqif.settings import Parameters

ROWS = (
    statement(1, "bloc", -2),
    statement(2, "deputy", 1),
    statement(3, "source", 1),
    statement(4, None, 0, speaker_name="سمير"),
    statement(5, "bloc", None, doc_id="b"),
)


def make_frames() -> dict[str, pd.DataFrame]:
    days = dates(
        dated("a", 110, "2026-09-01", "2026-09-30", "حدث"),
        dated("a", 210, "2026-09-01", "2026-09-30", "حدث آخر"),
        dated("a", 900, "2026-09-01", "2026-09-30", "خارج كل تصريح"),
    )
    printed = documents(document("a"), document("b"), document("c"))
    return {"core_statements": statements(*ROWS), "core_dates": days, "core_documents": printed}


@pytest.mark.parametrize(
    ("parameters", "starts"),
    [
        (Parameters(actor="bloc"), [("a", 100), ("b", 500)]),
        (Parameters(camp="parliament_blocs"), [("a", 100), ("a", 200), ("b", 500)]),
        (Parameters(camp="anonymous"), [("a", 300)]),
        (Parameters(camp="unregistered"), [("a", 400)]),
        (Parameters(actor="minister"), []),
    ],
)
def test_only_the_statements_of_the_actor_or_camp_are_kept(
    parameters: Parameters, starts: list[tuple[str, int]]
) -> None:
    kept = keep_speakers(make_frames(), parameters)["core_statements"]

    assert list(zip(kept["doc_id"], kept["start"], strict=True)) == starts


def test_dates_follow_the_statements_and_documents_stay_whole() -> None:
    kept = keep_speakers(make_frames(), Parameters(actor="bloc"))

    assert list(kept["core_dates"]["start"]) == [110]
    assert list(kept["core_documents"]["doc_id"]) == ["a", "b", "c"]


def test_without_actor_and_camp_nothing_is_touched() -> None:
    frames = make_frames()

    assert keep_speakers(frames, Parameters()) is frames


def test_the_models_still_hold_where_nothing_is_left() -> None:
    kept, whole = keep_speakers(make_frames(), Parameters(actor="minister")), make_frames()

    for name in ("core_statements", "core_dates"):
        assert kept[name].empty
        assert list(kept[name].dtypes) == list(whole[name].dtypes)


def test_a_corpus_without_dates_is_narrowed_too() -> None:
    frames = {**make_frames(), "core_dates": dates()}

    assert list(keep_speakers(frames, Parameters(actor="bloc"))["core_dates"].columns) == list(dates().columns)
