import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import psutil
import pytest

from portal.local.errors import CannotRun, Halted
from portal.local.processes import Ledger, finish, run_in_foreground, spawn, stop, wait_until

STUBBORN = ["sh", "-c", "trap '' TERM INT; sleep 1000 & while :; do sleep 1; done"]
SUPERVISOR = """
import sys, time
from pathlib import Path
from portal.local.processes import Ledger, spawn
process = spawn({argv!r}, ledger=Ledger(Path({folder!r})))
time.sleep(0.3)
print(process.pid, flush=True)
time.sleep(1000)
"""


def group(leader: int) -> list[psutil.Process]:
    found = []
    for process in psutil.process_iter():
        try:
            if os.getpgid(process.pid) == leader and process.status() != psutil.STATUS_ZOMBIE:
                found.append(process)
        except (ProcessLookupError, psutil.NoSuchProcess):
            continue
    return found


def is_empty_within(seconds: float, leader: int) -> bool:
    end = time.monotonic() + seconds
    while group(leader) and time.monotonic() < end:
        time.sleep(0.05)
    return not group(leader)


def killed_supervisor_of(argv: list[str], *, folder: Path) -> int:
    """Start a supervisor with one program, kill it with SIGKILL, return the program's pid."""
    code = SUPERVISOR.format(argv=argv, folder=str(folder))
    with subprocess.Popen([sys.executable, "-c", code], stdout=subprocess.PIPE) as supervisor:
        leader = int(supervisor.stdout.readline())
        supervisor.kill()
    return leader


def test_stop_ends_a_stubborn_program_and_its_children(ledger):
    process = spawn(STUBBORN, ledger=ledger)
    while len(group(process.pid)) < 2:  # it has a child from when on it is stubborn
        time.sleep(0.01)

    stop(process, ledger=ledger, grace=0.2)

    assert process.returncode == -signal.SIGKILL
    assert is_empty_within(2, process.pid)
    assert list(ledger.folder.iterdir()) == []


@pytest.mark.skipif(sys.platform != "linux", reason="only Linux tells a child of its parent's death")
def test_a_program_does_not_outlive_its_supervisor(ledger):
    leader = killed_supervisor_of(["sleep", "1000"], folder=ledger.folder)

    assert is_empty_within(2, leader)


def test_what_a_killed_run_leaves_is_found_and_stopped(ledger):
    leader = killed_supervisor_of(STUBBORN, folder=ledger.folder)
    assert group(leader)

    stopped = Ledger(ledger.folder).stop_leftovers(grace=0.3)

    assert stopped >= 2
    assert is_empty_within(2, leader)
    assert list(ledger.folder.iterdir()) == []


def test_a_pid_that_is_somebody_elses_by_now_is_left_alone(ledger):
    stranger = subprocess.Popen(["sleep", "1000"], start_new_session=True)
    (ledger.folder / str(stranger.pid)).write_text("1000000000.0")

    stopped = ledger.stop_leftovers()

    assert stopped == 0
    assert stranger.poll() is None
    stranger.kill()
    stranger.wait()


def test_a_ledger_cut_short_is_no_obstacle(ledger):
    (ledger.folder / "12345").write_text("")

    assert ledger.stop_leftovers() == 0
    assert list(ledger.folder.iterdir()) == []


def test_waiting_ends_when_the_program_does(ledger, halt):
    process = spawn(["false"], ledger=ledger)

    with pytest.raises(CannotRun, match="Thing ended with 1 while starting"):
        wait_until(lambda: False, process=process, name="Thing", halt=halt)

    stop(process, ledger=ledger)


def test_waiting_ends_when_somebody_asks(ledger, halt):
    process = spawn(["sleep", "1000"], ledger=ledger)
    halt.set()

    with pytest.raises(Halted):
        finish(process, ledger=ledger, halt=halt)

    assert process.returncode == -signal.SIGTERM


def test_the_foreground_hands_on_exit_status_and_signals_as_a_shell_does():
    assert run_in_foreground(["sh", "-c", "exit 7"], ask=signal.SIGTERM) == 7
    assert run_in_foreground(["sh", "-c", "kill -9 $$"], ask=signal.SIGTERM) == 128 + signal.SIGKILL


@pytest.mark.skipif(sys.platform != "linux", reason="only Linux hands orphans to a grandparent")
def test_the_foreground_leaves_nothing_running(tmp_path):
    pid_file = tmp_path / "pid"

    run_in_foreground(["sh", "-c", f"sleep 1000 & echo $! > {pid_file}"], ask=signal.SIGTERM)

    assert not psutil.pid_exists(int(pid_file.read_text()))
