"""The ./assay script itself, in a copy of the checkout whose lock names no package."""

import os
import shutil
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
ECHO = "import os, sys\nprint(os.getcwd(), *sys.argv[1:])\n"


@pytest.fixture
def checkout(tmp_path: Path) -> Path:
    shutil.copy(ROOT / "assay", tmp_path)
    (tmp_path / "requirements").mkdir()
    (tmp_path / "requirements" / "local.txt").write_text("# nothing\n")
    (tmp_path / "portal" / "local").mkdir(parents=True)
    (tmp_path / "portal" / "local" / "__main__.py").write_text(ECHO)
    return tmp_path


def command(checkout: Path, *arguments: str) -> list[str]:
    return [sys.executable, str(checkout / "assay"), *arguments]


def run(checkout: Path, *arguments: str, **options: object) -> subprocess.CompletedProcess[str]:
    return subprocess.run(command(checkout, *arguments), capture_output=True, text=True, check=False, **options)


def test_the_first_command_makes_the_environment_and_the_second_finds_it(checkout):
    first, second = run(checkout, "test", "-k", "a b"), run(checkout, "up")

    assert first.stdout.split()[1:] == ["test", "-k", "a", "b"]
    assert "making .venv" in first.stderr
    assert (second.returncode, second.stderr) == (0, "")


def test_a_changed_lock_makes_the_environment_anew(checkout):
    run(checkout, "up")
    (checkout / ".venv" / "stale").touch()
    (checkout / "requirements" / "local.txt").write_text("# nothing, said differently\n")

    run(checkout, "up")

    assert not (checkout / ".venv" / "stale").exists()


def test_an_environment_cut_short_is_made_anew(checkout):
    process = subprocess.Popen(command(checkout, "up"), start_new_session=True, stderr=subprocess.DEVNULL)
    while not (checkout / ".venv").exists():
        time.sleep(0.02)
    os.killpg(process.pid, signal.SIGKILL)
    process.wait()
    assert not (checkout / ".venv" / "made-from").exists()

    again = run(checkout, "up")

    assert again.returncode == 0
    assert (checkout / ".venv" / "made-from").exists()


def test_of_two_at_once_one_makes_it_and_the_other_waits(checkout):
    both = [subprocess.Popen(command(checkout, "up"), stderr=subprocess.PIPE, text=True) for _ in range(2)]

    said = sorted(process.communicate()[1] for process in both)

    assert [process.returncode for process in both] == [0, 0]
    assert [line.count("making .venv (") for line in said] == [0, 1]
    assert "waiting for it" in said[0]


def test_a_package_whose_hash_is_not_in_the_lock_is_refused(checkout):
    (checkout / "requirements" / "local.txt").write_text("six==1.17.0\n")

    refused = run(checkout, "up")

    assert refused.returncode == 1
    assert "hash" in refused.stderr.lower()
    assert not (checkout / ".venv" / "made-from").exists()


def test_a_command_runs_where_it_was_called(checkout, tmp_path_factory):
    elsewhere = tmp_path_factory.mktemp("elsewhere")

    assert run(checkout, "manage", "check", cwd=elsewhere).stdout.split() == [str(elsewhere), "manage", "check"]


@pytest.mark.parametrize(("arguments", "status"), [([], 2), (["fly"], 2), (["--help"], 0)])
def test_the_commands_are_listed(checkout, arguments, status):
    answer = run(checkout, *arguments)

    assert answer.returncode == status
    assert "./assay manage COMMAND" in answer.stdout + answer.stderr
