"""The help texts of the commands fit any terminal."""

from __future__ import annotations

import pytest
from typer.testing import CliRunner

from mawaqif.cli import app


def test_no_help_text_keeps_the_line_breaks_of_its_source() -> None:
    helps = [command.help or "" for command in app.registered_commands]
    assert len(helps) > 15
    assert not [paragraph for text in helps for paragraph in text.split("\n\n") if "\n" in paragraph]


@pytest.mark.parametrize("command", ["report", "annotate", "publish", "evaluate"])
def test_no_line_of_help_is_wider_than_a_terminal_of_80_columns(command: str) -> None:
    shown = CliRunner(env={"COLUMNS": "80", "TERM": "dumb", "TERMINAL_WIDTH": "80"}).invoke(app, [command, "--help"])
    assert shown.exit_code == 0
    assert max(map(len, shown.output.splitlines())) <= 80
