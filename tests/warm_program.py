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
import signal
import socket
import subprocess
import sys
import tempfile
from functools import cache
from pathlib import Path
from typing import Any, TextIO

LONGEST_SECONDS = 600
WIDTH = "200"
_LONGEST_CALL = 1 << 20  # bytes


@cache
def warm_program() -> WarmProgram:
    """Return the one of this process."""
    return WarmProgram()


class Running:
    """A command that was started; as a context it waits for its end.

    Attributes:
        pid: Its process.
        stderr: What it says as it says it, where it was not given a file for that.
        returncode: As of `subprocess`, once it has ended.
    """

    def __init__(self, program: WarmProgram, pid: int, stderr: TextIO | None) -> None:
        self.pid, self.stderr, self.returncode = pid, stderr, 0
        self._program, self._has_ended = program, False

    def send_signal(self, number: int) -> None:
        os.kill(self.pid, number)

    def kill(self) -> None:
        self.send_signal(signal.SIGKILL)

    def wait(self) -> int:
        """Wait until it has ended, and return its exit code."""
        if not self._has_ended:
            self.returncode, self._has_ended = self._program.ask({"wait": self.pid}), True
        return self.returncode

    def __enter__(self) -> Running:
        return self

    def __exit__(self, *error: object) -> None:
        if self.stderr:
            self.stderr.close()
        self.wait()


class WarmProgram:
    """The process that is forked, until this one ends."""

    def __init__(self) -> None:
        self._link, theirs = socket.socketpair(socket.AF_UNIX, socket.SOCK_SEQPACKET)
        self._link.settimeout(LONGEST_SECONDS)
        command = [sys.executable, __file__, str(theirs.fileno())]
        environment = {**os.environ, "COLUMNS": WIDTH}
        self._server = subprocess.Popen(command, env=environment, pass_fds=[theirs.fileno()])
        theirs.close()
        atexit.register(self.close)

    def call(
        self, home: Path, arguments: tuple[str, ...], *, given: str = "", prelude: str = ""
    ) -> subprocess.CompletedProcess[str]:
        """Run a command on a project folder to its end.

        Args:
            home: The project.
            arguments: The command without its name.
            given: Its standard input.
            prelude: Python that its process executes before.
        """
        with tempfile.TemporaryDirectory() as scratch:
            streams = [Path(scratch) / name for name in ("in", "out", "err")]
            streams[0].write_text(given, encoding="utf-8")
            descriptors = [os.open(path, os.O_RDWR | os.O_CREAT) for path in streams]
            with self._start(home, arguments, descriptors, prelude=prelude) as running:
                code = running.wait()
            out, err = (path.read_text(encoding="utf-8") for path in streams[1:])
        return subprocess.CompletedProcess(list(arguments), code, out, err)

    def start(self, home: Path, arguments: tuple[str, ...], *, prelude: str = "") -> Running:
        """Start a command whose standard error is read meanwhile."""
        reading, writing = os.pipe()
        descriptors = [os.open(os.devnull, os.O_RDWR), os.open(os.devnull, os.O_RDWR), writing]
        return self._start(home, arguments, descriptors, stderr=os.fdopen(reading, encoding="utf-8"), prelude=prelude)

    def _start(
        self,
        home: Path,
        arguments: tuple[str, ...],
        streams: list[int],
        *,
        stderr: TextIO | None = None,
        prelude: str = "",
    ) -> Running:
        try:
            pid = self.ask({"arguments": arguments, "home": str(home), "prelude": prelude}, streams)
        finally:
            for descriptor in streams:
                os.close(descriptor)
        return Running(self, pid, stderr)

    def ask(self, call: dict[str, Any], streams: list[int] | None = None) -> int:
        """Hand a call over with its streams, and return the number that is the answer."""
        try:
            socket.send_fds(self._link, [json.dumps(call).encode()], streams or [])
            return int(self._link.recv(100))
        except TimeoutError:
            self._server.kill()
            raise TimeoutError(f"not done within {LONGEST_SECONDS} s: {call}") from None

    def close(self) -> None:
        """End the process, which has nothing more to do when nobody can ask."""
        self._link.close()
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


def serve(link: socket.socket) -> None:
    """Answer each call with the process that is at it, and each question with its exit code.

    Returns in the forks alone, with the call's streams.
    """
    while True:
        message, streams, _, _ = socket.recv_fds(link, _LONGEST_CALL, 3)
        if not message:
            sys.exit()
        call = json.loads(message)
        if "wait" in call:
            answer = os.waitstatus_to_exitcode(os.waitpid(call["wait"], 0)[1])
        elif not (answer := os.fork()):
            link.close()
            _become(call, streams)
            return
        for descriptor in streams:
            os.close(descriptor)
        link.send(str(answer).encode())


def _become(call: dict[str, Any], streams: list[int]) -> None:
    for number, descriptor in enumerate(streams):
        os.dup2(descriptor, number)
        os.close(descriptor)
    # What was opened on another kind of file remembers whether one can go back in that.
    for number, (name, mode) in enumerate({"stdin": "r", "stdout": "w", "stderr": "w"}.items()):
        file = open(number, mode, 1 if name == "stderr" else -1, encoding="utf-8", closefd=False)  # noqa: SIM115
        setattr(sys, name, file)
    os.chdir(call["home"])
    os.environ["MAWAQIF_HOME"] = call["home"]
    sys.argv = ["mawaqif", *call["arguments"]]
    exec(call["prelude"], {"__name__": "prelude"})


if __name__ == "__main__":
    sys.path[0] = ""  # as with `python -m mawaqif`
    warm()
    serve(socket.socket(fileno=int(sys.argv[1])))
    from mawaqif.cli import main

    main()
