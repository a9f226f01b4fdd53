"""The two documented routes install the same packages, and the lock file covers both."""

from __future__ import annotations

import re
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest
import yaml

HOME = Path(__file__).parents[2]
# The lock file pins what the pip route installs; Quarto comes from conda-forge or from set-up.
BUILD_ONLY = {"hatchling", "python", "pip", "quarto"}


def bounds(requirements: list[str]) -> dict[str, str]:
    """Return package name -> bound, in one spelling."""
    parsed = {}
    for requirement in requirements:
        name, extra, bound = re.fullmatch(r"([A-Za-z0-9_-]+)(\[[a-z]+\])?\s*([<>=!].*)?", requirement).groups()
        parsed[name.lower().replace("_", "-") + (extra or "")] = (bound or "").replace(" ", "")
    return parsed


@pytest.fixture(scope="module")
def pip_route() -> dict[str, str]:
    project = tomllib.loads((HOME / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    extras = project["optional-dependencies"]
    return bounds([*project["dependencies"], *extras["lab"], *extras["test"], *extras["dev"]])


@pytest.fixture(scope="module")
def conda_route() -> dict[str, str]:
    entries = yaml.safe_load((HOME / "environment.yml").read_text(encoding="utf-8"))["dependencies"]
    nested = next(entry["pip"] for entry in entries if isinstance(entry, dict))
    plain = [entry for entry in entries if isinstance(entry, str)]
    return bounds([*plain, *[line for line in nested if not line.startswith("-e")]])


def test_both_routes_name_the_same_packages_with_the_same_bounds(pip_route, conda_route):
    assert {n: b for n, b in conda_route.items() if n not in BUILD_ONLY} == pip_route


def test_the_conda_route_brings_quarto_and_installs_the_project(conda_route):
    assert conda_route["quarto"] == ">=1.9"
    assert "- -e ." in (HOME / "environment.yml").read_text(encoding="utf-8")


def test_the_lock_file_pins_every_package_with_hashes(pip_route):
    lock = (HOME / "requirements.lock").read_text(encoding="utf-8")
    pinned = set(re.findall(r"^([a-z0-9-]+)==", lock, flags=re.MULTILINE))
    assert {name.split("[")[0] for name in pip_route} <= pinned
    assert lock.count("--hash=sha256:") > len(pinned)


def test_the_citation_file_is_valid_and_of_this_version() -> None:
    schema = ["check_jsonschema", "--builtin-schema", "vendor.citation-file-format"]
    done = subprocess.run(
        [sys.executable, "-m", *schema, str(HOME / "CITATION.cff")], capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stdout + done.stderr
    citation = yaml.safe_load((HOME / "CITATION.cff").read_text(encoding="utf-8"))
    project = tomllib.loads((HOME / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    assert (citation["version"], citation["license"]) == (project["version"], project["license"])
