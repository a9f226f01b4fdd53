"""A real JupyterLab on a project folder, and its notebooks in a browser."""

from __future__ import annotations

import contextlib
import json
import os
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from playwright.sync_api import Page

SOURCES = Path(__file__).parents[2] / "src"


@contextlib.contextmanager
def serve_lab(home: Path) -> Iterator[str]:
    """Run JupyterLab on a folder until the block ends; gives its address."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    command = [
        sys.executable, "-m", "jupyterlab", "--no-browser", "--allow-root", f"--ServerApp.root_dir={home}",
        f"--port={port}", "--ServerApp.port_retries=0", "--IdentityProvider.token=", "--ServerApp.password=",
        "--LabApp.news_url=None", "--LabApp.check_for_updates_class=jupyterlab.NeverCheckForUpdate",
    ]  # fmt: skip
    folders = {f"JUPYTER_{name}_DIR": str(home / ".jupyter" / name.lower()) for name in ("CONFIG", "DATA", "RUNTIME")}
    environment = {
        **os.environ, **folders, "MAWAQIF_HOME": str(home), "PYTHONPATH": str(SOURCES),
        "IPYTHONDIR": str(home / ".ipython"),
        "JUPYTERLAB_SETTINGS_DIR": str(home / ".jupyter" / "settings"),
        "JUPYTERLAB_WORKSPACES_DIR": str(home / ".jupyter" / "workspaces"),
    }  # fmt: skip
    news = home / ".jupyter" / "settings" / "@jupyterlab" / "apputils-extension" / "notification.jupyterlab-settings"
    news.parent.mkdir(parents=True, exist_ok=True)
    news.write_text('{"fetchNews": "false"}', encoding="utf-8")
    log = (home / "lab.log").open("wb")
    server = subprocess.Popen(command, cwd=home, env=environment, stdout=log, stderr=log)
    try:
        _wait_until_up(f"http://127.0.0.1:{port}/api/status", server, home / "lab.log")
        yield f"http://127.0.0.1:{port}"
    finally:
        server.terminate()
        try:
            server.wait(20)
        except subprocess.TimeoutExpired:
            server.kill()
        log.close()


def _wait_until_up(address: str, server: subprocess.Popen[bytes], log: Path) -> None:
    for _ in range(240):
        with contextlib.suppress(OSError), urllib.request.urlopen(address, timeout=5):
            return
        if server.poll() is not None:
            break
        time.sleep(0.5)
    raise AssertionError(f"JupyterLab did not start: {log.read_text(errors='replace')[-2000:]}")


def write_notebook(path: Path, *cells: str) -> None:
    """Write a notebook of code cells."""
    made: list[dict[str, Any]] = [
        {"cell_type": "code", "id": f"c{i}", "metadata": {}, "outputs": [], "execution_count": None, "source": cell}
        for i, cell in enumerate(cells)
    ]
    kernel = {"name": "python3", "display_name": "Python 3", "language": "python"}
    notebook = {
        "cells": made,
        "metadata": {"kernelspec": kernel, "language_info": {"name": "python"}},
        "nbformat": 4,
        "nbformat_minor": 5,
    }
    path.write_text(json.dumps(notebook), encoding="utf-8")


def run_all(page: Page, address: str, name: str) -> None:
    """Open a notebook and run all its cells."""
    page.goto(f"{address}/lab/tree/{name}?reset", wait_until="domcontentloaded")
    page.locator(".jp-Notebook .jp-Cell").first.wait_for(timeout=120_000)
    page.locator(".jp-Notebook-ExecutionIndicator[data-status=idle]").wait_for(state="attached", timeout=120_000)
    prompt = page.locator(".jp-Notebook .jp-InputPrompt").first
    for _ in range(4):
        _accept_kernel(page)
        page.get_by_role("menuitem", name="Run", exact=True).click()
        page.get_by_role("menuitem", name="Run All Cells", exact=True).click()
        _accept_kernel(page)
        if prompt.inner_text().strip() != "[ ]:":
            return
    raise AssertionError("the cells do not run")


def _accept_kernel(page: Page) -> None:
    """Answer the question for the kernel, which may come a moment late, and without which nothing runs."""
    accept = page.locator(".jp-Dialog .jp-mod-accept")
    for _ in range(12):
        if accept.count():
            accept.click()
        page.wait_for_timeout(150)
