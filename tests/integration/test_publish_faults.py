"""Faults that `mawaqif publish` survives: the real program, real kernels and a real browser on a corpus of one article.

After each the last edition is whole, no half of one is to be seen, the message says what happened, and the next run
succeeds. A fault that has to come at one moment is committed by the program itself, as it announces a stage.
"""

from __future__ import annotations

import fcntl
import json
import random
import re
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import psutil
import pytest
from short_report import make_short_project
from small_editions import SECOND, add_article

from conftest import run_in
from mawaqif.editions.store import Site, list_editions
from mawaqif.editions.verify import verify_edition, verify_site
from mawaqif.paths import Paths
from warm_program import Running, warm_program

pytestmark = pytest.mark.slow
STAGES = ("tables", "full: tables", "full: notebooks", "full: figures", "full: pages", "publish")
LONGEST = {"tables": 1.5, "full: notebooks": 4.0, "full: figures": 2.0, "full: pages": 1.5}
"""For how many seconds after its announcement a stage may be ended; whenever it is, the same must hold."""
SABOTAGE = """
import os, sys, time
from datetime import UTC, datetime, timedelta
from pathlib import Path
from mawaqif import editions_cli
tell = editions_cli._Log.info
def info(log, text):
    tell(log, text)
    if text.startswith({stage!r}):
        exec({fault!r})
editions_cli._Log.info = info
"""
"""What a process executes first, so that `fault` happens as `stage` is announced."""
PUBLISH = ("publish", "--engine", "embedded", "--keep", "3")
FILL = """
with open("filler", "ab", buffering=0) as file:
    try:
        while True:
            file.write(bytes(1 << 20 if os.statvfs(".").f_bavail > 256 else 4096))
    except OSError:
        pass
"""
CLOCK_AHEAD = """
import mawaqif.editions.draft as draft
class Ahead(datetime):
    @classmethod
    def now(cls, zone=None):
        return datetime.now(zone) + timedelta(days=400)
draft.datetime = Ahead
"""


@pytest.fixture(scope="module")
def disk(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Path, str]]:
    """A small disk of its own where one can be mounted, and why not where it cannot."""
    folder = tmp_path_factory.mktemp("faults")
    mount = ["mount", "-t", "tmpfs", "-o", "size=400m", "tmpfs", str(folder)]
    done = subprocess.run(mount, capture_output=True, text=True, check=False)
    yield folder, done.stderr.strip() if done.returncode else ""
    if not done.returncode:
        subprocess.run(["umount", "--lazy", str(folder)], check=True)


@pytest.fixture(scope="module")
def home(disk: tuple[Path, str]) -> Path:
    """A project with a short report, published once, by a clock that ran 400 days ahead."""
    home = make_short_project(disk[0] / "a project").home
    done = sabotage(home, "tables", CLOCK_AHEAD)
    assert done.returncode == 0, done.stderr
    return home


def sabotage(home: Path, stage: str, fault: str) -> subprocess.CompletedProcess[str]:
    """Publish, with a fault as a stage begins."""
    return warm_program().call(home, PUBLISH, prelude=SABOTAGE.format(stage=stage, fault=fault))


def publish(home: Path, *options: str, **more: object) -> subprocess.CompletedProcess[str]:
    return run_in(home, *PUBLISH, *options, **more)


def start(home: Path) -> Running:
    return warm_program().start(home, PUBLISH)


def change_prose(home: Path) -> None:
    """Give the next run something to render and to publish, but nothing to compute."""
    with (home / "_quarto.yml").open("a", encoding="utf-8") as file:
        file.write("# again\n")


def ids(home: Path) -> list[str]:
    return [edition.id for edition in list_editions(Site(home / "build" / "site"))]


def check_that_all_is_whole(home: Path, *, litter: bool = False) -> None:
    """Check the site, that every edition to be seen is whole, that nothing holds the lock, and that nothing is left."""
    site = Site(home / "build" / "site")
    assert [str(damage) for damage in verify_site(site)] == []
    assert {folder.name for folder in site.editions.iterdir()} == set(ids(home))
    for folder in site.editions.iterdir():
        assert verify_edition(folder) == []
    with site.lock.open() as file:
        fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
    if not litter:
        left = [p for p in (home / "build").rglob(".*") if p.name.startswith((".making-", ".staging-", ".removed-"))]
        assert left == []


def wait_for(running: Running, stage: str) -> str:
    """Read what a run says up to the announcement of a stage, or to its end."""
    assert running.stderr is not None
    said = ""
    for line in running.stderr:
        said += line
        if line.startswith(stage):
            break
    return said


def wait_until_all_have_ended(home: Path) -> None:
    """Wait for the kernels and browsers of a run that is gone; they notice it by themselves."""
    deadline = time.monotonic() + 600
    while left := [p for p in psutil.process_iter(["cwd", "cmdline"]) if p.info["cwd"] == str(home)]:
        assert time.monotonic() < deadline, [p.info["cmdline"] for p in left]
        time.sleep(0.2)


# --- ended from outside ----------------------------------------------------------------------------------------------


def test_killed_at_twenty_moments_there_is_no_half_edition_and_the_next_run_sweeps_and_succeeds(home: Path) -> None:
    chance = random.Random(20_261_122)
    stages = [*sorted((chance.choice(STAGES) for _ in range(19)), key=STAGES.index), "tables"]
    add_article(Paths(home), "two", SECOND, day="2025-02-10")
    for n, stage in enumerate(stages, start=1):
        change_prose(home)  # however far the last run came, this one comes to its stage
        if stage == "full: notebooks":
            shutil.rmtree(home / "build" / "executed", ignore_errors=True)
        with start(home) as running:
            said = wait_for(running, stage)
            assert stage in said
            if n < len(stages):  # the last one is at work for sure
                time.sleep(chance.uniform(0, LONGEST.get(stage, 0.3)))
            running.kill()
        check_that_all_is_whole(home, litter=True)
    wait_until_all_have_ended(home)

    change_prose(home)
    with start(home) as running:
        said = wait_for(running, "full: tables")
        running.send_signal(signal.SIGSTOP)  # it is at work for as long as the other takes to find out
        second = publish(home)
        running.send_signal(signal.SIGCONT)
        said += running.stderr.read()
    assert "took over from a run that was ended: mawaqif publish" in said
    assert running.returncode == 0, said
    assert second.returncode == 3
    assert f"process {running.pid}" in second.stderr
    check_that_all_is_whole(home)
    assert run_in(home, "verify").returncode == 0


def test_told_to_stop_in_any_stage_it_stops_says_so_and_leaves_nothing(home: Path) -> None:
    change_prose(home)
    shutil.rmtree(home / "build" / "executed")
    for stage in STAGES[1:5]:
        with start(home) as running:
            said = wait_for(running, stage)
            running.send_signal(signal.SIGTERM)
            said += running.stderr.read()
        assert running.returncode == 128 + signal.SIGTERM, said
        assert "interrupted: what was published before is in place" in said
        check_that_all_is_whole(home)
        if stage == "full: notebooks":
            wait_until_all_have_ended(home)
            assert publish(home).returncode == 0
            change_prose(home)
            shutil.rmtree(home / "report" / "_executed")
    assert publish(home).returncode == 0


# --- files and disks -------------------------------------------------------------------------------------------------


def test_an_article_that_is_removed_replaced_or_grows_while_it_is_read_is_named(home: Path) -> None:
    article, before = home / "data" / "raw" / "one.jsonl", ids(home)
    good = article.read_bytes()
    growing = "import threading\ndef grow():\n    while True:\n        with open('data/raw/one.jsonl', 'a') as file:\n"
    growing += (
        "            file.write('\\n')\n        time.sleep(0.01)\nthreading.Thread(target=grow, daemon=True).start()"
    )
    faults = (
        ("full: tables", "Path('data/raw/one.jsonl').unlink()", "removed"),
        ("full: notebooks", 'Path(\'data/raw/one.jsonl\').write_text(\'{"id": "one", "text": "x"}\')', "altered"),
        ("full: tables", growing, "altered"),
    )
    shutil.rmtree(home / "build" / "executed")
    change_prose(home)
    for stage, fault, fate in faults:
        done = sabotage(home, stage, fault)
        article.write_bytes(good)
        assert done.returncode == 1, done.stderr
        assert f"error: raw/one.jsonl: it was {fate} while" in done.stderr
        assert "Run again" in done.stderr
        assert ids(home) == before
        check_that_all_is_whole(home)
    assert publish(home).returncode == 0
    assert len(ids(home)) == 3
    assert ids(home)[-1] != before[-1]


def test_a_disk_that_is_full_at_any_stage_leaves_what_was_there_and_the_next_run_succeeds(
    home: Path, disk: tuple[Path, str]
) -> None:
    if disk[1]:
        pytest.skip(f"a disk cannot be mounted here: {disk[1]}")
    made_by = {"full: tables": "build/tables", "full: notebooks": "build/executed", "full: figures": "report/_executed"}
    change_prose(home)
    newest = ids(home)[-1]
    for stage in reversed(STAGES):
        if stage in made_by:
            shutil.rmtree(home / made_by[stage])
        done = sabotage(home, stage, FILL)
        assert done.returncode == 1, (stage, done.stderr)
        (home / "filler").unlink()
        assert "No space left on device" in done.stderr, (stage, done.stderr)
        assert "Traceback" not in done.stderr
        check_that_all_is_whole(home)
        assert newest in ids(home)
        if stage == "publish":  # the edition was whole, and is completed by the next run
            completed = publish(home)
            assert completed.returncode == 0
            assert "a run was ended before its pages were whole" in completed.stderr
            assert ids(home)[-1] != newest
            check_that_all_is_whole(home)
            change_prose(home)
            newest = ids(home)[-1]
    assert publish(home).returncode == 0
    assert ids(home)[-1] != newest
    check_that_all_is_whole(home)


def test_a_disk_that_cannot_be_written_is_named_and_the_next_run_succeeds(home: Path, disk: tuple[Path, str]) -> None:
    if disk[1]:
        pytest.skip(f"a disk cannot be mounted here: {disk[1]}")
    change_prose(home)
    before = ids(home)
    subprocess.run(["mount", "-o", "remount,ro", str(disk[0])], check=True)
    try:
        refused = publish(home)
        check_that_all_is_whole(home)
    finally:
        subprocess.run(["mount", "-o", "remount,rw", str(disk[0])], check=True)

    assert refused.returncode == 1
    assert "Read-only file system" in refused.stderr
    assert str(home / "build") in refused.stderr
    assert ids(home) == before
    assert publish(home).returncode == 0


def test_corrupt_caches_are_made_again(home: Path) -> None:
    damaged = [
        p
        for folder in ("build/tables", "build/executed", "build/report", "report/_executed")
        for p in (home / folder).rglob("*")
    ]
    damaged += [home / "build" / "manifest.json", *(home / "build").glob("*.kept.json")]
    for path in damaged:
        if path.is_file():
            path.write_bytes(b"not what it was")
    change_prose(home)
    done = publish(home)

    assert done.returncode == 0, done.stderr
    check_that_all_is_whole(home)
    page = Site(home / "build" / "site").editions / ids(home)[-1] / "reports" / "full" / "report.en.html"
    assert "not what it was" not in page.read_text(encoding="utf-8")
    for path in (home / "build" / "executed").glob("*/*.ipynb"):
        assert json.loads(path.read_text(encoding="utf-8"))["cells"], path


def test_a_damaged_table_of_the_last_edition_is_named_and_an_edition_is_made_in_its_place(home: Path) -> None:
    damaged = ids(home)[-1]
    table = home / "build" / "site" / "editions" / damaged / "data" / "core_statements.parquet"
    good = table.read_bytes()
    table.write_bytes(b"not a table")
    bad = run_in(home, "verify")
    done = publish(home)
    table.write_bytes(good)

    assert bad.returncode == 1
    assert f"altered: editions/{damaged}/data/core_statements.parquet" in bad.stdout
    assert done.returncode == 0, done.stderr
    assert "the last edition is damaged: altered: data/core_statements.parquet" in done.stderr
    assert ids(home)[-1] != damaged
    check_that_all_is_whole(home)


# --- what hangs or is not there --------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("browser", "told"),
    [
        ("/bin/false", "the browser drew no picture"),
        ("/nowhere/chromium", "the browser drew no picture"),
        ("killed", "the browser drew no picture"),
    ],
)
def test_a_browser_that_is_missing_or_crashes_is_named(home: Path, tmp_path: Path, browser: str, told: str) -> None:
    from mawaqif.render.browser import find_chromium

    chromium = find_chromium()
    if browser == "killed":
        script = tmp_path / "chromium"
        script.write_text(f'#!/bin/sh\n"{chromium}" "$@" &\nsleep 0.5\nkill -9 $!\n', encoding="utf-8")
        script.chmod(0o755)
        browser = str(script)
    before = ids(home)
    change_prose(home)
    shutil.rmtree(home / "report" / "_executed")
    only_python = str(Path(sys.executable).parent)
    done = publish(home, env={"BROWSER_PATH": browser, "PATH": f"{only_python}:/nowhere"})

    assert done.returncode == 1, done.stderr
    assert told in done.stderr
    assert "apt-get install chromium" in done.stderr
    assert ids(home) == before
    check_that_all_is_whole(home)


@pytest.mark.parametrize(
    ("option", "told"),
    [
        ("--notebook-limit", r"error: \d\d_\w+\.py: the notebook did not finish within 8 s"),
        ("--time-limit", "did not finish within 8 s"),
    ],
)
def test_a_notebook_that_hangs_is_ended_with_all_it_started(home: Path, option: str, told: str) -> None:
    notebook, before = home / "notebooks" / "40_timeline.py", ids(home)
    good = notebook.read_text(encoding="utf-8")
    notebook.write_text(good + "\n# %%\nimport time; time.sleep(3600)\n", encoding="utf-8")
    done = publish(home, option, "8", "--on-failure", 'echo "$1" > failed.txt')
    notebook.write_text(good, encoding="utf-8")

    assert done.returncode == 1
    assert re.search(told, done.stderr), done.stderr
    assert "did not finish" in (home / "failed.txt").read_text(encoding="utf-8")
    assert ids(home) == before
    wait_until_all_have_ended(home)
    check_that_all_is_whole(home)


def test_after_all_of_this_a_clock_set_back_is_told_and_the_next_edition_is_the_newest(home: Path) -> None:
    change_prose(home)
    done = publish(home, "--log-format", "json")
    listed = json.loads((home / "build" / "site" / "editions.json").read_text(encoding="utf-8"))["editions"]

    assert done.returncode == 0, done.stderr
    assert "which is before the last edition" in done.stderr
    assert ids(home)[-1] == listed[0]["id"]
    assert listed[0]["published"] > listed[1]["published"]
    check_that_all_is_whole(home)
