"""Nobody sees half a file or folder, and a run that is ended leaves none, at whatever step the signal comes."""

from __future__ import annotations

import os
import stat
import subprocess
import sys
from pathlib import Path

import pytest

from mawaqif import files
from mawaqif.files import UNFINISHED, folder_aside, remove_left_over, remove_unfinished, replace_file


def test_a_folder_aside_is_gone_after_success_and_after_an_error(tmp_path: Path) -> None:
    with folder_aside(tmp_path / "build") as made:
        (made / "half").write_text("x", encoding="utf-8")
    assert list((tmp_path / "build").iterdir()) == []

    with pytest.raises(FileNotFoundError), folder_aside(tmp_path / "build") as made:
        (made / "no such folder" / "half").write_text("x", encoding="utf-8")
    assert list((tmp_path / "build").iterdir()) == []


def test_what_was_moved_out_of_a_folder_aside_stays(tmp_path: Path) -> None:
    with folder_aside(tmp_path) as made:
        (made / "whole").write_text("x", encoding="utf-8")
        os.replace(made / "whole", tmp_path / "whole")
    assert [p.name for p in tmp_path.iterdir()] == ["whole"]


def test_a_signal_at_any_step_of_making_a_folder_aside_leaves_nothing(tmp_path: Path) -> None:
    """Every line of `folder_aside` and of what calls it is tried: an interruption is raised there, as a signal does."""
    program = """
import sys
from pathlib import Path
from mawaqif import files
root, stop = Path(sys.argv[1]), int(sys.argv[2])
lines = 0
def trace(frame, event, argument):
    global lines
    if frame.f_code.co_filename not in (files.__file__, __import__("contextlib").__file__, __file__):
        return None
    lines += event == "line"
    if lines == stop:
        sys.settrace(None)
        raise KeyboardInterrupt
    return trace
def work():
    with files.folder_aside(root) as made:
        (made / "half").write_text("x", encoding="utf-8")
sys.settrace(trace)
try:
    work()
    print("whole")
except KeyboardInterrupt:
    sys.settrace(None)
    files.remove_unfinished()
    print("interrupted", len(list(root.iterdir())) if root.exists() else 0)
"""
    script = tmp_path / "work.py"
    script.write_text(program, encoding="utf-8")
    seen = []
    for stop in range(1, 60):
        run = [sys.executable, str(script), str(tmp_path / "build"), str(stop)]
        told = subprocess.run(run, capture_output=True, text=True, check=True).stdout.strip()
        if told == "whole":
            break
        seen.append(told)
    assert len(seen) > 8
    assert set(seen) == {"interrupted 0"}


def test_an_equal_file_is_left_as_it_is_and_another_one_replaced_with_its_permissions(tmp_path: Path) -> None:
    file = tmp_path / "below" / "file"
    replace_file(file, b"one")
    file.chmod(0o600)
    before = file.stat().st_ino
    replace_file(file, b"one")
    assert file.stat().st_ino == before

    replace_file(file, b"two")
    assert file.read_bytes() == b"two"
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    assert [p.name for p in file.parent.iterdir()] == ["file"]


def test_a_file_that_cannot_be_written_whole_is_left_as_it_was(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    file = tmp_path / "file"
    replace_file(file, b"one")

    def full(descriptor: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(files.os, "fsync", full)
    with pytest.raises(OSError, match="No space left"):
        replace_file(file, b"two")
    assert file.read_bytes() == b"one"
    assert [p.name for p in tmp_path.iterdir()] == ["file"]


def test_removing_what_is_unfinished_touches_nothing_else(tmp_path: Path) -> None:
    (tmp_path / ".making-of-another-run").mkdir()
    remove_unfinished()
    assert (tmp_path / ".making-of-another-run").is_dir()


def test_what_a_killed_run_left_is_removed_and_what_a_run_is_at_work_in_stays(tmp_path: Path) -> None:
    (tmp_path / f"{UNFINISHED}left").mkdir()
    (tmp_path / f"{UNFINISHED}left" / "half").write_text("x", encoding="utf-8")
    (tmp_path / "own").mkdir()
    with folder_aside(tmp_path) as made:
        assert remove_left_over(tmp_path) == 1
        assert sorted(tmp_path.iterdir()) == sorted([made, tmp_path / "own"])
