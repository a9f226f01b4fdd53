"""What all tests share: a copy of the project to run the real program in, and one report built from it."""

from __future__ import annotations

import fcntl
import os
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from hypothesis import HealthCheck, settings

from warm_program import LONGEST_SECONDS, WIDTH, warm_program

if TYPE_CHECKING:
    from playwright.sync_api import Browser

HOME = Path(__file__).parents[1]
SOURCES = ("data", "notebooks", "report", "_quarto.yml")
LONGEST_FILES = (
    "test_publish_faults.py",
    "test_report_in_chromium.py",
    "test_lab.py",
    "test_hostile_articles.py",
    "test_own_sections.py",
    "test_briefs_are_made.py",
    "test_coding_sheet_in_lab.py",
    "test_ops.py",
    "test_evidence_search.py",
    "test_editions.py",
)
# For a format that no notebook has, jsonschema would have this build a parser, for a second, in every process.
sys.modules["rfc3987_syntax"] = None  # type: ignore[assignment]
# Else each of the hundreds of processes would compile the program again.
os.environ.pop("PYTHONDONTWRITEBYTECODE", None)
# The same examples at every run, however slow the machine: a search for new ones is not for a check of a change.
settings.register_profile("same", deadline=None, derandomize=True, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("same")
Run = Callable[..., subprocess.CompletedProcess[str]]


def copy_project(target: Path) -> Path:
    """Copy what a build reads, without anything generated."""
    target.mkdir(parents=True)
    for name in SOURCES:
        source = HOME / name
        if source.is_dir():
            shutil.copytree(
                source, target / name, ignore=shutil.ignore_patterns("_executed", "*.ipynb", ".ipynb_checkpoints")
            )
        elif source.exists():
            shutil.copy(source, target / name)
    return target


def run_in(
    home: Path, *arguments: str, env: dict[str, str] | None = None, input: str | None = None
) -> subprocess.CompletedProcess[str]:
    """Run the real command line on a project folder: in a fork, or where it is given an environment by itself."""
    if env is None and sys.platform == "linux":
        return warm_program().call(home, arguments, given=input or "")
    return subprocess.run(
        [sys.executable, "-m", "mawaqif", *arguments],
        cwd=home,
        env={**os.environ, "MAWAQIF_HOME": str(home), "COLUMNS": WIDTH, **(env or {})},
        input=input,
        capture_output=True,
        text=True,
        encoding="utf-8",
        timeout=LONGEST_SECONDS,
        check=False,
    )


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Begin with the files that take longest: the many quick ones fill whichever process is done sooner."""
    places = {name: place for place, name in enumerate(LONGEST_FILES)}
    slow = {item.path for item in items if item.get_closest_marker("slow")}
    items.sort(key=lambda item: (places.get(item.path.name, len(places)), item.path not in slow))


@pytest.fixture
def project(tmp_path: Path) -> Path:
    """A fresh copy of the project, in a folder whose name has a space."""
    return copy_project(tmp_path / "a project")


@pytest.fixture
def mawaqif(project: Path) -> Run:
    """The command line on that copy."""
    return lambda *arguments, **options: run_in(project, *arguments, **options)


@pytest.fixture(scope="session")
def built_project(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A copy of the project with its report built once by the embedded engine, for all tests that read the report.

    Processes that share the tests share it too: the first one that needs it builds it, the others wait.
    """
    shared = tmp_path_factory.getbasetemp()
    if "PYTEST_XDIST_WORKER" in os.environ:
        shared = shared.parent
    home = shared / "built" / "a project"
    with (shared / "built.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not (home / "build" / "printed.txt").exists():
            shutil.rmtree(home.parent, ignore_errors=True)
            copy_project(home)
            done = run_in(home, "report", "--engine", "embedded", env={})
            assert done.returncode == 0, done.stderr
            (home / "build" / "printed.txt").write_text(done.stdout, encoding="utf-8")
    return home


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    """A Chromium for the tests of one file."""
    from playwright.sync_api import expect, sync_playwright

    from mawaqif.render.browser import find_chromium

    expect.set_options(timeout=60_000)  # what is expected comes late on a busy machine, and a failure may take its time
    executable = find_chromium()
    if executable is None:
        pytest.fail("Chromium is not installed: apt-get install chromium")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=executable, args=["--no-sandbox"])
        yield browser
        browser.close()
