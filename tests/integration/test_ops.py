"""The files for an unattended run, each tried as far as a machine without its scheduler can."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
import threading
from collections.abc import Iterator
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest
from short_report import make_short_project
from small_editions import SECOND

from conftest import HOME
from mawaqif.corrections import Decision, DecisionFile
from mawaqif.editions.changes import read_snapshot
from mawaqif.editions.store import Edition, Site, list_editions
from mawaqif.editions.verify import verify_site

MORE = (
    "وأضاف أن اللجان الفنية ستواصل عملها في الأسابيع المقبلة، وأن نتائجها ستعرض على البرلمان قبل نهاية العام. "
    "وجاء حديثه في مؤتمر صحفي عقده في العاصمة بعد لقاء جمعه بعدد من قادة الكتل، وتناول ملفات الأمن والاقتصاد والخدمات."
)
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


@pytest.fixture
def feed(tmp_path: Path) -> Iterator[Path]:
    """A folder that a web server of this machine serves; it answers 304 for a file that has not changed."""

    class Handler(SimpleHTTPRequestHandler):
        def log_message(self, *arguments: object) -> None:
            pass

    folder = tmp_path / "served"
    folder.mkdir()
    server = ThreadingHTTPServer(("127.0.0.1", 0), partial(Handler, directory=str(folder)))
    threading.Thread(target=server.serve_forever, daemon=True).start()
    (folder / "address").write_text(f"http://127.0.0.1:{server.server_port}", encoding="utf-8")
    yield folder
    server.shutdown()
    server.server_close()


def put_in_feed(folder: Path, *articles: tuple[str, str]) -> None:
    """Serve articles by name and text, and a feed of them that is a minute younger each time."""
    address = (folder / "address").read_text(encoding="utf-8")
    for name, text in articles:
        page = f"<html lang=ar><head><meta charset=utf-8><title>{name}</title></head><body><article><p>{text}</p>"
        (folder / f"{name}.html").write_text(f"{page}</article></body></html>", encoding="utf-8")
    items = "".join(
        f"<item><title>{name}</title><link>{address}/{name}.html</link>"
        "<pubDate>Mon, 10 Feb 2025 08:00:00 +0300</pubDate></item>"
        for name, _ in articles
    )
    file = folder / "feed.xml"
    file.write_text(f"<rss version='2.0'><channel><title>x</title>{items}</channel></rss>", encoding="utf-8")
    os.utime(file, (0, 1_700_000_000 + 60 * len(articles)))


@pytest.mark.slow
def test_the_cron_line_publishes_a_series_of_editions_in_a_bare_environment_without_a_terminal(
    tmp_path: Path, installed: Path, feed: Path
) -> None:
    paths = make_short_project(tmp_path / "a project")
    address = (feed / "address").read_text(encoding="utf-8")
    source = f"{{id: agency, kind: feed, url: '{address}/feed.xml', outlet: وكالة}}"
    paths.sources.write_text(f"limits: {{wait_seconds: 0}}\nsources: [{source}]\n", encoding="utf-8")
    schedule, command, variables = cron_line()
    assert schedule == "0 6 * * 1"
    command = command.replace("/opt/mawaqif", str(installed)) + " --engine embedded"

    def publish() -> tuple[Edition, str]:
        done = run_bare(command, home=paths.home, NO_PROXY="*", **variables)
        assert done.returncode == 0, done.stderr
        assert "\x1b" not in done.stdout + done.stderr
        newest = list_editions(site)[-1]
        return newest, (newest.folder / "index.html").read_text(encoding="utf-8")

    site = Site(paths.build / "site")
    put_in_feed(feed)
    first, page = publish()
    assert "The first edition" in first.manifest["summary"]["en"]

    # A new article, and a coder's decision on an old one.
    put_in_feed(feed, ("second", f"{SECOND} {MORE}"))
    statements = read_snapshot(first).core_statements
    factions = statements[statements["speaker_id"].eq("armed_factions")].iloc[0]["statement_id"]
    decision = Decision(factions, "change", issue="us_presence", stance=-1, modality="demand")
    DecisionFile(paths.coding, "anna").record(decision)
    second, page = publish()
    assert second.manifest["summary"]["en"].startswith("One new article, ")
    for title in ("Articles", "Positions that moved", "Corrections by analysts", "مواقف تحركت", "تصويبات المحللين"):
        assert f"<h3>{title}</h3>" in page
    assert "Changed only by the rules" not in page

    # A change of the vocabulary alone.
    actors = paths.vocabulary / "actors.yml"
    text = actors.read_text(encoding="utf-8")
    entry = text[text.index("  - id: sudani\n") :]
    actors.write_text(text.replace(entry[: entry.index("  - id: ", 10)], ""), encoding="utf-8")
    third, page = publish()
    assert "<h3>Changed only by the rules</h3>" in page
    assert "<h3>Articles</h3>" not in page
    opening = (third.folder / "reports/full/report.en.html").read_text(encoding="utf-8").split('id="sec-findings"')[0]
    assert "Changed only by the rules" in opening

    assert publish()[0].id == third.id
    assert [edition.sequence for edition in list_editions(site)] == [1, 2, 3]
    assert verify_site(site) == []
    assert (site.root / "feed.atom").read_text(encoding="utf-8").count("<entry>") == 3


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
