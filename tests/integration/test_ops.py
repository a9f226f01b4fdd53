"""The files for an unattended run, each tried as far as a machine without its scheduler can."""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from conftest import HOME, copy_project

OPS = HOME / "ops"
VENV = Path(sys.prefix)


def run_bare(command: str, *, home: Path, **environment: str) -> subprocess.CompletedProcess[str]:
    """Run a command as cron does: an empty environment but for what is given, no terminal, /bin/sh."""
    settings = {"MAWAQIF_HOME": str(home), "MAWAQIF_VENV": str(VENV), "PYTHONPATH": str(HOME / "src"), **environment}
    return subprocess.run(
        ["env", "-i", *(f"{name}={value}" for name, value in settings.items()), "/bin/sh", "-c", command],
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        encoding="utf-8",
        timeout=900,
        check=False,
        cwd="/",
    )


@pytest.fixture
def installed(tmp_path: Path) -> Path:
    """The project where the files expect it: under a name without a space, which a crontab could not hold bare."""
    link = tmp_path / "installed"
    link.symlink_to(HOME, target_is_directory=True)
    return link


def cron_line() -> tuple[str, str, dict[str, str]]:
    """Return the schedule, the command and the variables of the crontab."""
    lines = [line for line in (OPS / "mawaqif.cron").read_text().splitlines() if line and not line.startswith("#")]
    variables = dict(line.split("=", 1) for line in lines if re.match(r"[A-Z_]+=", line))
    (entry,) = [line for line in lines if line[0].isdigit()]
    *fields, command = entry.split(None, 5)
    return " ".join(fields), command, variables


@pytest.mark.slow
def test_the_cron_line_publishes_in_a_bare_environment_without_a_terminal_and_then_finds_nothing_new(
    tmp_path: Path, installed: Path
) -> None:
    home = copy_project(tmp_path / "a project")
    for article in sorted((home / "data" / "raw").glob("*.txt"))[2:]:
        article.unlink()
    schedule, command, variables = cron_line()
    assert schedule == "0 6 * * 1"
    command = command.replace("/opt/mawaqif", str(installed)) + " --engine embedded --brief arabic"
    done = run_bare(command, home=home, **variables)
    assert done.returncode == 0, done.stderr
    assert (home / "build" / "site" / "latest" / "index.html").is_file()
    assert "\x1b" not in done.stdout + done.stderr
    again = run_bare(command, home=home, **variables)
    assert again.returncode == 0, again.stderr
    assert len([p for p in (home / "build" / "site" / "editions").iterdir() if p.is_dir()]) == 1


def test_without_a_set_up_project_the_script_says_what_to_run(tmp_path: Path) -> None:
    done = run_bare(f"'{OPS / 'publish.sh'}'", home=tmp_path, MAWAQIF_VENV=str(tmp_path / "none"))
    assert done.returncode == 2
    assert "make -C" in done.stderr


def test_systemd_finds_no_fault_in_the_units(tmp_path: Path, installed: Path) -> None:
    analyze = shutil.which("systemd-analyze")
    if analyze is None:
        pytest.skip("systemd-analyze is not installed")
    for name in ("mawaqif-publish.service", "mawaqif-publish.timer"):
        text = (OPS / name).read_text().replace("/opt/mawaqif", str(installed)).replace("User=mawaqif", "User=root")
        (tmp_path / name).write_text(text, encoding="utf-8")
    units = [str(tmp_path / f"mawaqif-publish.{kind}") for kind in ("service", "timer")]
    done = subprocess.run([analyze, "verify", "--man=no", *units], capture_output=True, text=True, check=False)
    ours = [line for line in (done.stdout + done.stderr).splitlines() if "mawaqif" in line]
    assert (done.returncode, ours) == (0, [])


def test_the_timer_and_the_cron_line_mean_the_same_time() -> None:
    timer = (OPS / "mawaqif-publish.timer").read_text()
    assert "OnCalendar=Mon *-*-* 06:00:00" in timer
    assert cron_line()[0] == "0 6 * * 1"


def test_the_workflow_is_valid_and_runs_what_there_is() -> None:
    workflow = OPS / "github-workflow.yml"
    done = subprocess.run(
        [sys.executable, "-m", "check_jsonschema", "--builtin-schema", "vendor.github-workflows", str(workflow)],
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stdout
    commands = re.findall(r"- run: (.+)", workflow.read_text())
    assert commands[0] == "make setup"
    assert commands[1].startswith("ops/publish.sh ")


@pytest.mark.parametrize("name", ["mawaqif.cron", "mawaqif-publish.service", "github-workflow.yml"])
def test_every_option_that_a_file_passes_is_one_that_publish_has(name: str) -> None:
    (line,) = [s for s in (OPS / name).read_text().splitlines() if "publish.sh" in s and not s.lstrip().startswith("#")]
    options = re.findall(r"--[a-z-]+", line)
    usage = subprocess.run(
        [sys.executable, "-m", "mawaqif", "publish", "--help"],
        capture_output=True,
        text=True,
        check=True,
        env={"COLUMNS": "200", "PATH": "/usr/bin:/bin", "PYTHONPATH": str(HOME / "src")},
    ).stdout
    assert options
    assert all(option in usage for option in options)
