"""`mawaqif publish`, `diff` and `verify` as a machine calls them: exit codes, logs, hooks and limits."""

from __future__ import annotations

import json
import os
import re
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from conftest import copy_project, run_in

pytestmark = pytest.mark.slow
FIRST = (
    "بغداد - أكد رئيس الوزراء العراقي محمد شياع السوداني أن العراق يريد إنهاء مهمة التحالف الدولي. "
    "وطالبت الفصائل المسلحة بخروج القوات الأمريكية من العراق فوراً."
)
SECOND = "بغداد - قال محمد شياع السوداني إن بقاء القوات الأمريكية في العراق ضروري لحماية البلاد."
BRIEFS = """
briefs:
  full: {languages: [en]}
"""


def add_article(home: Path, name: str, text: str, day: str) -> None:
    row = json.dumps({"id": name, "published": day, "text": text}, ensure_ascii=False)
    (home / "data" / "raw" / f"{name}.jsonl").write_text(row + "\n", encoding="utf-8")


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A project with one short article and two small briefs."""
    home = copy_project(tmp_path_factory.mktemp("publish") / "a project")
    for path in [*(home / "data" / "raw").iterdir(), *(home / "data" / "coding").glob("*.csv")]:
        path.unlink()
    add_article(home, "one", FIRST, "2024-03-05")
    (home / "report" / "briefs.yml").write_text(BRIEFS, encoding="utf-8")
    return home


def publish(home: Path, *options: str, **more: object) -> subprocess.CompletedProcess[str]:
    return run_in(home, "publish", "--engine", "embedded", *options, **more)


@pytest.fixture(scope="module")
def first(home: Path) -> subprocess.CompletedProcess[str]:
    """The first edition, with a hook and a log in JSON."""
    return publish(
        home,
        "--log-format",
        "json",
        "--on-success",
        'echo "$MAWAQIF_STATUS" "$1" > hook.txt',
        "--url",
        "https://e.org/x",
    )


def editions(home: Path) -> list[Path]:
    return sorted((home / "build" / "site" / "editions").iterdir())


def test_an_edition_is_published_logged_and_handed_to_the_hook(home: Path, first) -> None:
    assert first.returncode == 0, first.stderr
    log = [json.loads(line) for line in first.stderr.splitlines()]
    assert first.stdout == ""
    assert log[-1]["status"] == "published"
    assert all(re.fullmatch(r"\d{4}-\d\d-\d\dT[\d:.]+\+00:00", entry["time"]) for entry in log)
    (edition,) = editions(home)
    assert log[-1]["edition"] == str(edition)
    assert (home / "hook.txt").read_text(encoding="utf-8") == f"published {edition}\n"
    made = sorted(p.relative_to(edition).as_posix() for p in (edition / "reports").rglob("*") if p.is_file())
    assert made == ["reports/full/report.en.html", "reports/full/report.en.pdf"]


def test_the_links_into_the_evidence_lead_to_statements(home: Path, first) -> None:
    add_article(home, "two", SECOND, "2025-02-10")
    done = publish(home)
    assert done.returncode == 0, done.stderr
    edition = (
        home
        / "build"
        / "site"
        / "editions"
        / json.loads((home / "build" / "site" / "editions.json").read_text(encoding="utf-8"))["editions"][0]["id"]
    )
    page = (edition / "index.html").read_text(encoding="utf-8")
    links = re.findall(r'href="(reports/[^"#]+)#([^"]+)"', page)

    assert links
    for path, anchor in links:
        assert f'id="{anchor}"' in (edition / path).read_text(encoding="utf-8")


def test_nothing_new_is_said_with_exit_code_0_and_runs_no_kernel(home: Path, first) -> None:
    done = publish(home, "--on-success", "touch ran-again", env={"PYTHONPROFILEIMPORTTIME": "1"})

    assert done.returncode == 0
    assert "Nothing new" in done.stdout
    assert "notebooks" not in done.stderr
    assert not (home / "ran-again").exists()
    # The time goes into imports: without these it is a fraction of a second.
    imported = set(re.findall(r"^import time:.*\| +(\S+)$", done.stderr, flags=re.MULTILINE))
    assert "mawaqif.editions.site_files" in imported
    assert not imported & {"numpy", "pandas", "plotly", "pyarrow", "mawaqif.vocabulary"}


def test_the_difference_is_told_on_screen_and_as_json(home: Path, first) -> None:
    screen, as_json = run_in(home, "diff"), run_in(home, "diff", "previous", "latest", "--json")

    assert screen.returncode == as_json.returncode == 0, screen.stderr + as_json.stderr
    assert "Mohammed Shia al-Sudani moved" in screen.stdout
    assert "ضروري لحماية البلاد" in screen.stdout
    told = json.loads(as_json.stdout)
    assert [d["doc_id"] for d in told["documents"]] == ["two"]
    assert told["moves"][0]["actor_id"] == "sudani"


def test_verify_finds_nothing_and_then_what_was_altered(home: Path, first, tmp_path: Path) -> None:
    import shutil

    good = run_in(home, "verify")
    shutil.copytree(home / "build" / "site", tmp_path / "site")
    report = next((tmp_path / "site" / "editions").rglob("report.en.pdf"))
    report.write_bytes(report.read_bytes() + b"x")
    bad = run_in(home, "verify", str(tmp_path / "site"))

    assert good.returncode == 0, good.stdout + good.stderr
    assert bad.returncode == 1
    assert f"altered: {report.relative_to(tmp_path / 'site').as_posix()}" in bad.stdout
    assert "1 of its files" in bad.stderr


def test_a_second_run_at_the_same_time_ends_with_3_and_names_the_first(home: Path, first) -> None:
    holder = (
        "import sys\nfrom pathlib import Path\nfrom mawaqif.lock import hold_lock\n"
        "with hold_lock(Path(sys.argv[1]), name='mawaqif publish'):\n    print('held', flush=True)\n    input()\n"
    )
    arguments = [sys.executable, "-c", holder, str(home / "build" / ".site.lock")]
    with subprocess.Popen(arguments, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as running:
        assert running.stdout is not None
        assert running.stdout.readline() == "held\n"
        done = publish(home, "--on-failure", 'echo "$1" > failed.txt')
        running.communicate("\n")

    assert done.returncode == 3
    assert f"process {running.pid}" in done.stderr
    assert "Traceback" not in done.stderr
    assert f"process {running.pid}" in (home / "failed.txt").read_text(encoding="utf-8")


@pytest.mark.parametrize(
    ("options", "names"),
    [
        (["--brief", "nobody"], ["nobody", "full"]),
        (["--engine", "word"], ["word"]),
        (["--url", "example.org"], ["example.org", "https://"]),
        (["--corpus", "nowhere"], ["nowhere"]),
        (["--policy", "lenient"], ["lenient"]),
    ],
)
def test_a_mistake_ends_with_2_and_one_line(home: Path, first, options: list[str], names: list[str]) -> None:
    before = editions(home)
    done = publish(home, *options)
    lines = [line for line in done.stderr.splitlines() if line.startswith("error:")]

    assert done.returncode == 2
    assert len(lines) == 1
    for name in names:
        assert name in lines[0]
    assert editions(home) == before


def test_a_notebook_that_hangs_is_ended_at_its_limit_and_named(home: Path, first) -> None:
    notebook = home / "notebooks" / "40_timeline.py"
    good, before = notebook.read_text(encoding="utf-8"), editions(home)
    try:
        notebook.write_text(good + "\n# %%\nimport time; time.sleep(3600)\n", encoding="utf-8")
        done = publish(home, "--brief", "full", "--notebook-limit", "30")
    finally:
        notebook.write_text(good, encoding="utf-8")

    assert done.returncode == 1
    assert re.search(r"\d\d_\w+\.py: the notebook did not finish within 30 s", done.stderr)
    assert editions(home) == before


def test_a_run_that_takes_too_long_is_ended_with_all_it_started(home: Path, first) -> None:
    import psutil

    notebook = home / "notebooks" / "40_timeline.py"
    good, before = notebook.read_text(encoding="utf-8"), editions(home)
    try:
        notebook.write_text(good + "\n# %%\nimport time; time.sleep(3599)\n", encoding="utf-8")
        done = publish(home, "--brief", "full", "--time-limit", "20", "--on-failure", 'echo "$1" > late.txt')
    finally:
        notebook.write_text(good, encoding="utf-8")

    assert done.returncode == 1
    assert "did not finish within 20 s" in done.stderr
    assert "did not finish within 20 s" in (home / "late.txt").read_text(encoding="utf-8")
    assert editions(home) == before
    assert not list((home / "build" / "site").glob(".staging-*"))
    assert not [p for p in psutil.process_iter(["cwd"]) if p.info["cwd"] == str(home)]


# --- faults ----------------------------------------------------------------------------------------------------------


def test_a_browser_that_crashes_is_named_and_nothing_is_published(home: Path, first) -> None:
    before = editions(home)
    add_article(home, "three", SECOND + " وأضاف أن القرار عراقي.", "2025-05-10")
    broken = publish(home, "--brief", "full", env={"BROWSER_PATH": "/bin/false"})

    assert broken.returncode == 1
    assert "browser" in broken.stderr
    assert "Chromium" in broken.stderr
    assert editions(home) == before
    assert run_in(home, "verify").returncode == 0


def test_corrupt_caches_are_made_again_and_the_edition_is_published(home: Path, first) -> None:
    damaged = [p for p in (home / "build" / "tables").rglob("*") if p.is_file()]
    assert damaged
    for path in damaged:
        path.write_bytes(b"not what it was")
    before = editions(home)
    done = publish(home, "--brief", "full")

    assert done.returncode == 0, done.stderr
    assert len(editions(home)) == len(before) + 1
    assert run_in(home, "verify").returncode == 0


def test_a_run_that_is_told_to_stop_stops_and_leaves_no_litter(home: Path, first) -> None:
    before = editions(home)
    add_article(home, "four", SECOND + " وشدد على السيادة.", "2025-06-10")
    arguments = [sys.executable, "-m", "mawaqif", "publish", "--engine", "embedded", "--brief", "full"]
    environment = {**os.environ, "MAWAQIF_HOME": str(home)}
    with subprocess.Popen(
        arguments, cwd=home, env=environment, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
    ) as running:
        assert running.stderr is not None
        for line in running.stderr:
            if "notebooks" in line:
                break
        running.send_signal(signal.SIGTERM)
        _, rest = running.communicate(timeout=60)

    assert running.returncode == 128 + signal.SIGTERM
    assert "interrupted" in rest
    assert editions(home) == before
    assert not list((home / "build").rglob(".making-*"))
    assert not list((home / "build" / "site").glob(".staging-*"))


@pytest.mark.skipif(os.geteuid() != 0, reason="only root mounts")
def test_a_site_that_cannot_be_written_is_named_and_the_next_run_succeeds(home: Path, first, tmp_path: Path) -> None:
    site = tmp_path / "disk"
    site.mkdir()
    mount = ["mount", "-t", "tmpfs", "-o", "size=40m", "tmpfs", str(site)]
    if subprocess.run(mount, capture_output=True, check=False).returncode:
        pytest.skip("a disk cannot be mounted here")
    try:
        subprocess.run(["mount", "-o", "remount,ro", str(site)], check=True)
        refused = publish(home, "--brief", "full", "--site", str(site / "site"))
        subprocess.run(["mount", "-o", "remount,rw", str(site)], check=True)
        done = publish(home, "--brief", "full", "--site", str(site / "site"))
        assert len(list((site / "site" / "editions").iterdir())) == 1
    finally:
        subprocess.run(["umount", str(site)], check=True)

    assert refused.returncode == 1
    assert "Read-only file system" in refused.stderr
    assert str(site) in refused.stderr
    assert done.returncode == 0, done.stderr
