"""What every command says and how it ends: consoles, one-line errors with their exit codes, ended children."""

from __future__ import annotations

import contextlib
import errno
import os
import traceback
import unicodedata
from pathlib import Path

import psutil
import typer
from rich.console import Console
from rich.text import Text

from mawaqif.errors import MawaqifError

err = Console(stderr=True, highlight=False)
out = Console(highlight=False, soft_wrap=True)


def explain(error: Exception) -> tuple[str, int]:
    """Return the line and the exit code of an error."""
    if isinstance(error, MawaqifError):
        return str(error), error.exit_code
    if isinstance(error, typer.Abort):
        return "stopped", 1
    if hasattr(error, "format_message"):  # the option parser's own errors
        message = str(error.format_message()).rstrip(".")
        return f"{message}{'' if message.endswith('?') else '.'} Add --help to see what there is.", 2
    if isinstance(error, OSError):
        if error.errno == errno.ENAMETOOLONG:
            return f"{str(error.filename)[:60]}...: the name is too long. Choose a shorter one.", 2
        where = f"{error.filename}: " if error.filename else ""
        return f"{where}{error.strerror or error}. Check the path, its permissions and the free space.", 1
    if os.environ.get("MAWAQIF_DEBUG"):
        traceback.print_exc()
    return f"{type(error).__name__}: {error}. This is a fault of the program; MAWAQIF_DEBUG=1 shows where.", 1


def say(line: str | Text) -> None:
    """Print a line on standard error as it is: no markup, no emoji, no folding."""
    err.print(line, markup=False, emoji=False, soft_wrap=True)


def printable(text: str) -> str:
    """Return one line that a terminal only shows: control and formatting characters of a name do not act."""
    return "".join("\ufffd" if unicodedata.category(c) in ("Cc", "Cf") else c for c in " ".join(text.split()))


def near(path: Path) -> str:
    """Return a path as it is shortest from the working folder."""
    return str(path.relative_to(Path.cwd())) if path.is_relative_to(Path.cwd()) else str(path)


def corpus_option(corpus: str) -> str:
    """Return the folder as the notebooks take it: relative to the project where it lies inside."""
    from mawaqif.paths import find_home

    if not corpus:
        return ""
    folder, home = Path(corpus).resolve(), find_home()
    return folder.relative_to(home).as_posix() if folder.is_relative_to(home) else str(folder)


def end_children() -> None:
    """End kernels and browsers at once."""
    for child in psutil.Process().children(recursive=True):
        with contextlib.suppress(psutil.Error):
            if not any("resource_tracker" in word for word in child.cmdline()):  # it ends by itself, and quietly
                child.kill()
