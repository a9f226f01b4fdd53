"""The options that several commands share, each told in one way."""

from __future__ import annotations

from typing import Annotated

import typer

Corpus = Annotated[
    str,
    typer.Option(help="Folder of articles (.txt, .html, .md, .jsonl, .csv). [default: data/raw]", show_default=False),
]
Issue = Annotated[str, typer.Option(help="Id of an issue file in data/vocabulary/issues.")]
Since = Annotated[str, typer.Option(help="First day of publication to include, YYYY-MM-DD.", show_default=False)]
Until = Annotated[str, typer.Option(help="Last day of publication to include, YYYY-MM-DD.", show_default=False)]
Engine = Annotated[str, typer.Option(help="auto (Quarto where installed), quarto, or embedded.")]
Jobs = Annotated[int, typer.Option("--jobs", "-j", min=1, help="Processes to use.")]
