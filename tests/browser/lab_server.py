"""A real JupyterLab on a copy of the project, as `mawaqif lab` starts it, and its notebooks in a browser."""

from __future__ import annotations

import contextlib
import os
import shutil
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from playwright.sync_api import Page

from conftest import HOME, copy_project

TOKEN = "a-token-for-the-tests"
LONG = 120_000
"""Milliseconds that whatever comes may take on a busy machine."""
IS_READY = """(name) => { const shown = window.jupyterapp?.shell?.currentWidget;
  return shown?.context?.path.endsWith(name) && shown.sessionContext?.session?.kernel?.status === 'idle'; }"""
HAS_RUN = """() => { const { content, sessionContext } = window.jupyterapp.shell.currentWidget;
  const code = [...content.model.cells].filter((c) => c.type === 'code');
  const failed = code.some((c) => c.outputs.toJSON().some((o) => o.output_type === 'error'));
  return failed || (code.every((c) => c.executionCount) && sessionContext.session?.kernel?.status === 'idle'); }"""


@dataclass
class Lab:
    """A running JupyterLab on a copy of the project."""

    home: Path
    address: str

    def url(self, notebook: str = "") -> str:
        """Return the address of the start page, or of a notebook of the notebooks folder."""
        return f"{self.address}/{f'lab/tree/notebooks/{notebook}' if notebook else ''}?token={TOKEN}"


@contextlib.contextmanager
def serve_lab(folder: Path) -> Iterator[Lab]:
    """Run JupyterLab on a copy of the project in a folder until the block ends."""
    home = copy_project(folder / "a project")
    shutil.copytree(HOME / "ops", home / "ops")
    (folder / "config").mkdir()
    (folder / "config" / "jupyter_lab_config.py").write_text(
        "c.LabApp.expose_app_in_browser = True\n", encoding="utf-8"
    )
    own = {f"JUPYTER_{name}_DIR": str(folder / name.lower()) for name in ("CONFIG", "DATA", "RUNTIME")}
    own |= {f"JUPYTERLAB_{name}_DIR": str(folder / name.lower()) for name in ("SETTINGS", "WORKSPACES")}
    own["IPYTHONDIR"] = str(folder / "ipython")
    port = _find_port()
    with (folder / "log.txt").open("w") as log:
        server = subprocess.Popen(
            [sys.executable, "-m", "mawaqif", "lab", "--port", str(port), "--no-browser"],
            cwd=home,
            env={**os.environ, **own, "MAWAQIF_HOME": str(home), "JUPYTER_TOKEN": TOKEN},
            stdout=log,
            stderr=subprocess.STDOUT,
        )
        try:
            made = Lab(home, f"http://localhost:{port}")
            _wait_for(made, server, folder / "log.txt")
            yield made
        finally:
            server.terminate()
            server.wait(timeout=120)


def _find_port() -> int:
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        return int(found.getsockname()[1])


def _wait_for(lab: Lab, server: subprocess.Popen[bytes], log: Path) -> None:
    """Wait until the server answers, however slow the machine; a server that ended never will."""
    while True:
        try:
            with urllib.request.urlopen(f"{lab.address}/api?token={TOKEN}", timeout=30):
                return
        except OSError:
            assert server.poll() is None, log.read_text(encoding="utf-8")[-3000:]
            time.sleep(0.2)


def open_notebook(page: Page, lab: Lab, notebook: str) -> None:
    """Open a notebook without the tabs that were open before, and wait for its kernel."""
    page.goto(f"{lab.url(notebook)}&reset")
    # Before the kernel is there, JupyterLab asks which one is to run the cells.
    page.wait_for_function(IS_READY, arg=notebook, timeout=LONG)


def run_all(page: Page) -> None:
    """Run all cells of the notebook that is open, to the end or to the first error."""
    page.get_by_role("menuitem", name="Run", exact=True).click()
    page.locator("#jp-mainmenu-run .lm-Menu-itemLabel", has_text="Run All Cells").first.click()
    page.wait_for_function(HAS_RUN, timeout=LONG)
