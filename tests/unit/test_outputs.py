"""An output is one thing in the report; in a person's JupyterLab it comes with what opens the passages behind it."""

from __future__ import annotations

from typing import Any

import IPython.display
import pytest
from small_tables import statement
from test_workbook import make_tables

from mawaqif import workbook as wb
from mawaqif.errors import ParameterError
from mawaqif.outputs import LAB_SESSION
from mawaqif.statement_explorer import Explorer
from mawaqif.tables import Tables


@pytest.fixture
def tables() -> Tables:
    return make_tables(
        statement(1, "government", -1), statement(2, "factions", -2), statement(3, "bloc", None, issue="other")
    )


@pytest.fixture
def shown(monkeypatch: pytest.MonkeyPatch) -> list[Any]:
    outputs: list[Any] = []
    monkeypatch.setattr(IPython.display, "display", lambda output, **options: outputs.append(output))
    return outputs


def test_outside_jupyterlab_a_chart_is_shown_as_the_report_has_it(
    tables: Tables, shown: list[Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv(LAB_SESSION, raising=False)
    with pytest.raises(NotImplementedError):  # at which IPython asks for the chart alone
        wb.draw_positions(tables)._ipython_display_()
    assert shown == []


def test_in_jupyterlab_the_passages_of_a_charts_own_statements_follow_it(
    tables: Tables, shown: list[Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(LAB_SESSION, "notebooks/30_positions.py")
    chart = wb.draw_positions(tables)
    chart._ipython_display_()

    first, panel = shown
    assert first == chart.data
    assert set(first) == {wb.PLOTLY_MIME, "text/plain"}
    assert sorted(panel.statements["statement_id"]) == ["a-100-150", "a-200-250"]
    for _ in range(3):
        panel.step(1)
    assert panel.selected == "a-200-250"
    assert panel.passage["number"] == 2


def test_a_statement_that_the_chart_does_not_draw_still_opens_but_has_no_number_among_its_own(tables: Tables) -> None:
    panel = Explorer(tables, of_chart=["a-100-150"])
    panel.show_statement("a-300-350")

    assert panel.passage["id"] == "a-300-350"
    assert panel.passage["number"] is None
    with pytest.raises(ParameterError, match="no statement"):
        panel.show_statement("a-9-9")


def test_outside_jupyterlab_a_list_is_its_markdown_alone(tables: Tables, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv(LAB_SESSION, raising=False)
    made = wb.show_positions(tables)
    with pytest.raises(NotImplementedError):
        made._ipython_display_()
    data, _ = made._repr_mimebundle_()
    assert data == {"text/markdown": made.markdown, "text/plain": made.caption}


def test_in_jupyterlab_the_numbers_of_a_list_open_their_passages(
    tables: Tables, shown: list[Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(LAB_SESSION, "notebooks/30_positions.py")
    wb.show_positions(tables)._ipython_display_()

    data, panel = shown
    assert set(data) == {"text/markdown", "text/plain", "text/html"}
    assert sorted(panel.statements["statement_id"]) == ["a-100-150", "a-200-250"]
    assert panel.about["of"] == "list"
    panel._on_message(None, {"kind": "open", "to": "s-a-200-250", "of": ["s-a-200-250"]}, [])
    assert (panel.selected, panel.passage["number"], panel.view["total"]) == ("a-200-250", 2, 2)


def test_a_number_steps_through_those_of_its_own_row_and_a_count_through_those_it_counts(tables: Tables) -> None:
    panel = Explorer(tables, of_list=["a-100-150", "a-200-250", "a-300-350"])
    panel._on_message(None, {"kind": "open", "to": "s-a-300-350", "of": ["s-a-100-150", "s-a-300-350"]}, [])
    assert (panel.passage["number"], panel.view["total"]) == (2, 2)
    panel.step(-1)
    assert panel.selected == "a-100-150"
    panel._on_message(None, {"kind": "open", "to": "evidence?n=2,3", "of": []}, [])
    assert (panel.selected, panel.passage["number"], panel.view["total"]) == ("a-200-250", 1, 2)
    panel._on_message(None, {"kind": "open", "to": "s-no-such", "of": None}, [])
    assert panel.passage == {}


def test_a_list_without_links_has_no_panel_under_it(tables: Tables, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(LAB_SESSION, "notebooks/10_corpus.py")
    made = wb.show_documents(tables)
    with pytest.raises(NotImplementedError):
        made._ipython_display_()
    assert "text/html" in made._repr_mimebundle_()[0]


def test_all_outputs_of_a_corpus_share_one_index_and_another_corpus_has_its_own(tables: Tables) -> None:
    first, second = Explorer(tables, of_chart=["a-100-150"]), Explorer(tables, of_list=["a-200-250"])
    other = Explorer(make_tables(statement(1, "government", 2)))
    assert first._index is second._index
    assert list(other.statements["statement_id"]) == ["a-100-150"]
    assert list(second.statements["statement_id"]) == ["a-200-250"]
