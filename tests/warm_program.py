"""The command line in a process that has imported everything and read the vocabulary: each call is a fork of it.

Most of a short command's time goes into imports. A fork is a process of its own, with its working folder, environment,
streams and exit code, and ends as any other; only its hash seed is that of the others. What a call is given in its
environment it has from the start in a process of its own alone, so such calls are made that way (`conftest.run_in`).
"""

from __future__ import annotations

import atexit
import gc
import json
import os
import select
import subprocess
import sys
import tempfile
from functools import cache
from pathlib import Path

LONGEST_SECONDS = 600
WIDTH = "200"


@cache
def warm_program() -> WarmProgram:
    """Return the one of this process."""
    return WarmProgram()


class WarmProgram:
    """The process that is forked, until this one ends."""

    def __init__(self) -> None:
        environment = {**os.environ, "COLUMNS": WIDTH}
        self._server = subprocess.Popen(
            [sys.executable, __file__], env=environment, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
        )
        atexit.register(self.close)

    def call(self, home: Path, arguments: tuple[str, ...], *, given: str = "") -> subprocess.CompletedProcess[str]:
        """Run a command on a project folder, with `given` as its standard input."""
        with tempfile.TemporaryDirectory() as scratch:
            streams = [Path(scratch) / name for name in ("in", "out", "err")]
            streams[0].write_text(given, encoding="utf-8")
            call = {"arguments": arguments, "home": str(home), "streams": [str(path) for path in streams]}
            code = int(self._ask(json.dumps(call)))
            out, err = (path.read_text(encoding="utf-8") for path in streams[1:])
        return subprocess.CompletedProcess(list(arguments), code, out, err)

    def _ask(self, line: str) -> str:
        assert self._server.stdin is not None
        assert self._server.stdout is not None
        self._server.stdin.write(f"{line}\n")
        self._server.stdin.flush()
        if not select.select([self._server.stdout], [], [], LONGEST_SECONDS)[0]:
            self._server.kill()
            raise TimeoutError(f"not done within {LONGEST_SECONDS} s: {line}")
        return self._server.stdout.readline()

    def close(self) -> None:
        """End the process, which has nothing more to do when nobody can ask."""
        assert self._server.stdin is not None
        self._server.stdin.close()
        self._server.wait()


def warm() -> None:
    """Import what the commands import, and compile the rules."""
    import mawaqif.annotation_file
    import mawaqif.cli
    import mawaqif.editions.publish
    import mawaqif.evaluate
    import mawaqif.exchange
    import mawaqif.render.embedded
    import mawaqif.render.figures
    import mawaqif.tables  # noqa: F401
    from mawaqif.documents import load_rules

    load_rules(Path(__file__).parents[1] / "data" / "vocabulary")
    gc.collect()
    gc.freeze()  # else each fork looks through all of this, and so copies it, as it ends


def serve() -> None:
    """Fork for every call and answer with the exit code; returns in the forks alone, with the call's streams."""
    for line in sys.stdin:
        if not (child := os.fork()):
            call = json.loads(line)
            _become(call)
            return
        print(os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]), flush=True)
    sys.exit()


def _become(call: dict[str, object]) -> None:
    home, streams = str(call["home"]), [str(path) for path in call["streams"]]  # type: ignore[attr-defined]
    for number, path in enumerate(streams):
        os.dup2(os.open(path, os.O_RDWR | os.O_CREAT), number)
    sys.stdin = open(0, encoding="utf-8", closefd=False)  # noqa: SIM115 (it ends with the process)
    os.chdir(home)
    os.environ["MAWAQIF_HOME"] = home
    sys.argv = ["mawaqif", *call["arguments"]]  # type: ignore[misc]


if __name__ == "__main__":
    sys.path[0] = ""  # as with `python -m mawaqif`
    warm()
    serve()
    from mawaqif.cli import main

    main()
