"""Executes the notebooks with papermill, once for each report language."""

from __future__ import annotations

import math
import multiprocessing
import os
import re
import sys
import time
from collections.abc import Callable, Iterable, Sequence
from concurrent.futures import Future, ProcessPoolExecutor, as_completed
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from mawaqif.errors import MawaqifError, ParameterError, RenderError, SectionError, UserError
from mawaqif.paths import LAB_SESSION, REPORT_NOTEBOOKS
from mawaqif.settings import Parameters
from mawaqif.workers import end_with_parent

if TYPE_CHECKING:
    from nbformat import NotebookNode
    from papermill.exceptions import PapermillExecutionError

# Papermill and jupytext take seconds to import: only the workers that run notebooks wait for them.

CELL_TIMEOUT_SECONDS = 900
_ANSI = re.compile(r"\x1b\[[0-9;]*m")
# The kernel names the error class; a mistake of the user stays one when it comes back through papermill.
_USER_ERRORS = {"UserError", *(kind.__name__ for kind in UserError.__subclasses__())}


def execute_notebooks(
    sources: Sequence[Path],
    executed: Path,
    parameters: Parameters,
    *,
    home: Path,
    languages: tuple[str, ...],
    jobs: int = 2,
    notebook_seconds: int = 0,
    on_done: Callable[[str, str], None] | None = None,
) -> list[Path]:
    """Execute every notebook in every language into `executed/<language>/<name>.ipynb`.

    Args:
        sources: The jupytext `.py` notebooks, as `list_notebooks` gives them.
        executed: Folder to write to.
        parameters: Values for each `parameters` cell; `language` is set for each run.
        home: Working folder of the kernels.
        languages: Which languages to run.
        jobs: How many kernels run at once.
        notebook_seconds: How long one notebook may take; 0 for `CELL_TIMEOUT_SECONDS` a cell.
        on_done: Called with notebook name and language after each.

    Raises:
        ParameterError: A notebook has no such parameter.
        SectionError: A cell of a notebook of one's own failed; names notebook, language, cell and error.
        RenderError: So did one of the report's. A user's mistake is raised as a UserError.
    """
    runs = [
        (source, executed / lang / f"{source.stem}.ipynb", replace(parameters, language=lang))
        for lang in languages
        for source in sources
    ]
    for _, target, _ in runs:
        target.parent.mkdir(parents=True, exist_ok=True)
    with ProcessPoolExecutor(jobs, multiprocessing.get_context("spawn"), _start_worker) as pool:
        futures: dict[Future[None], tuple[Path, Path]] = {
            pool.submit(execute_notebook, source, target, values.as_dict(), home=home, seconds=notebook_seconds): (
                source,
                target,
            )
            for source, target, values in runs
        }
        _await_all(futures, pool, on_done)
    return [target for _, target, _ in runs]


def _await_all(
    futures: dict[Future[None], tuple[Path, Path]],
    pool: ProcessPoolExecutor,
    on_done: Callable[[str, str], None] | None,
) -> None:
    """Wait for every notebook; the first error stops those that have not begun."""
    try:
        for future in as_completed(futures):
            future.result()
            if on_done:
                source, target = futures[future]
                on_done(source.stem, target.parent.name)
    except BaseException:
        pool.shutdown(cancel_futures=True)
        raise


def list_notebooks(folder: Path, sections: Iterable[str] = ()) -> list[Path]:
    """Return the notebooks that a report is made from: those that its brief lists as sections, then those of every one.

    The sections come first, so that a mistake in one is told soon. All others of the folder are for work in JupyterLab.

    Raises:
        RenderError: One is missing.
    """
    found = [folder / f"{name}.py" for name in (*sections, *REPORT_NOTEBOOKS)]
    for path in found:
        if not path.is_file():
            raise RenderError("there is no such notebook", where=str(path), mend="Restore the notebooks folder.")
    return found


def _start_worker() -> None:
    """Let a worker's kernels be those of a report: quiet, and of no notebook that a person has open.

    Kernels inherit standard error and log their transport there; errors come back in the notebook.
    """
    os.environ.pop(LAB_SESSION, None)
    end_with_parent()
    # For a format that no notebook has, jsonschema would have this build a parser, for a second, at every import.
    sys.modules["rfc3987_syntax"] = None  # type: ignore[assignment]
    os.dup2(os.open(os.devnull, os.O_WRONLY), 2)


def execute_notebook(source: Path, target: Path, values: dict[str, object], *, home: Path, seconds: int = 0) -> None:
    """Execute one notebook with papermill; an unknown parameter is an error, not a warning.

    Args:
        source: The jupytext notebook.
        target: Where to write the executed one.
        values: Its parameters.
        home: Working folder of the kernel.
        seconds: How long it may take from start to end; 0 for `CELL_TIMEOUT_SECONDS` a cell.

    Raises:
        ParameterError, RenderError, UserError: As in `execute_notebooks`.
    """
    import jupytext
    import nbformat
    import papermill
    from nbclient.exceptions import CellTimeoutError
    from papermill.exceptions import PapermillExecutionError

    notebook = jupytext.read(source)
    notebook.metadata.setdefault("kernelspec", {"name": "python3", "display_name": "Python 3", "language": "python"})
    _check_parameters(notebook, values, source.name)
    nbformat.write(notebook, target)  # type: ignore[no-untyped-call]
    end = time.monotonic() + seconds
    limit = {"timeout_func": lambda cell: max(1, math.ceil(end - time.monotonic()))} if seconds else {}
    run = partial(
        papermill.execute_notebook,
        str(target),
        str(target),
        parameters=values,
        kernel_name="python3",
        cwd=str(home),
        progress_bar=False,
        log_output=False,
        execution_timeout=CELL_TIMEOUT_SECONDS,
        **limit,
    )
    try:
        _with_living_kernel(run, source.name)
    except PapermillExecutionError as error:
        raise _explain(error, source, str(values.get("language", ""))) from None
    except CellTimeoutError:
        told = f"{seconds} s" if seconds else f"{CELL_TIMEOUT_SECONDS} s a cell"
        raise RenderError(
            f"the notebook did not finish within {told}",
            where=source.name,
            mend="Give it more time, or run it with `make lab` to see where it hangs.",
        ) from None


def _with_living_kernel(run: Callable[[], object], name: str) -> None:
    """Run a notebook, again where its kernel died before its first cell: another one may have taken its ports.

    Raises:
        RenderError: No kernel came to life in three attempts.
    """
    for attempt in range(_ATTEMPTS):
        try:
            run()
        except RuntimeError as error:
            if not str(error).startswith(_NOT_STARTED):
                raise
            if attempt + 1 == _ATTEMPTS:
                raise RenderError(
                    f"its kernel does not start: {error}", where=name, mend="See that memory and ports are free."
                ) from None
        else:
            return


_ATTEMPTS = 3
_NOT_STARTED = ("Kernel died before replying", "Kernel didn't respond")  # as jupyter_client says it


def _check_parameters(notebook: NotebookNode, values: dict[str, object], name: str) -> None:
    tagged = [cell for cell in notebook.cells if "parameters" in cell.metadata.get("tags", [])]
    if len(tagged) != 1:
        raise RenderError(f"{len(tagged)} cells are tagged `parameters`", where=name, mend="Tag exactly one.")
    known = re.findall(r"^([A-Za-z_]\w*)\s*(?::[^=\n]+)?=", tagged[0].source, flags=re.MULTILINE)
    for unknown in [value for value in values if value not in known]:
        raise ParameterError(
            f"unknown parameter {unknown!r}", where=name, mend=f"Its parameters are: {', '.join(known)}."
        )


def _explain(error: PapermillExecutionError, source: Path, language: str) -> MawaqifError:
    """Return what went wrong in a cell: of the report's own notebooks a user's mistake is told as it is."""
    message = _ANSI.sub("", str(error.evalue)).strip() or str(error.ename)
    is_own = source.stem not in REPORT_NOTEBOOKS
    if error.ename in _USER_ERRORS and not is_own:
        return UserError(message)
    first_line = next((line for line in error.source.splitlines() if line and not line.startswith("#")), "")
    told = message.splitlines()[0] if error.ename in _USER_ERRORS else f"{error.ename}: {message.splitlines()[0]}"
    where = f"{source.name} in {language!r}" if is_own and language else source.name
    return (SectionError if is_own else RenderError)(
        f"cell {error.exec_count} failed: {told.removesuffix('.')}",
        where=f"{where}, `{first_line[:60]}`",
        mend="Open the notebook with `make lab` and run it to see more.",
    )
