"""The whole portal, started and killed as a person or a machine would."""

import os
import re
import signal
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from pathlib import Path

import psutil
import pytest

from portal.local.places import ROOT

pytestmark = pytest.mark.enable_socket

READY_WITHIN = 120  # seconds, on a busy machine


class Up:
    """One run of ``./assay up`` on a state folder of its own."""

    def __init__(self, state: Path) -> None:
        kept = ("DATABASE_URL", "CELERY_BROKER_URL", "DJANGO_SETTINGS_MODULE", "STATIC_ROOT", "BASE_URL", "EMAIL_URL")
        environment = {name: value for name, value in os.environ.items() if name not in kept}
        self.said = state.with_name(f"{state.name}.said")
        with self.said.open("w") as said:
            self.process = subprocess.Popen(
                [sys.executable, "-P", "-m", "portal.local", "up"],
                env={**environment, "ASSAY_STATE": str(state), "PYTHONPATH": str(ROOT)},
                stdout=said,
                stderr=subprocess.STDOUT,
            )

    def address(self) -> str:
        return self.read(r"^ready: (\S+)$")

    def read(self, pattern: str) -> str:
        """Wait until a line that matches has been said; return its first group."""
        end = time.monotonic() + READY_WITHIN
        while time.monotonic() < end and self.process.poll() is None:
            if found := re.search(pattern, self.said.read_text(), re.MULTILINE):
                return found[1]
            time.sleep(0.1)
        raise AssertionError(self.said.read_text())

    def family(self) -> list[psutil.Process]:
        return psutil.Process(self.process.pid).children(recursive=True)

    def end(self, number: signal.Signals = signal.SIGTERM) -> int:
        self.process.send_signal(number)
        return self.process.wait(60)


def child(up: Up, *words: str) -> psutil.Process:
    """Return the direct child whose command line holds all the words."""
    children = psutil.Process(up.process.pid).children()
    return next(process for process in children if all(word in " ".join(process.cmdline()) for word in words))


def alive(processes: list[psutil.Process]) -> list[psutil.Process]:
    """Return those that still run; an ended one may wait for its adoptive parent to notice."""
    return [one for one in processes if one.is_running() and one.status() != psutil.STATUS_ZOMBIE]


def comes_back(address: str) -> bool:
    """Whether the page is there, waiting for a database that is on its way back."""
    end = time.monotonic() + READY_WITHIN
    while time.monotonic() < end:
        try:
            with urllib.request.urlopen(address, timeout=20) as answer:  # noqa: S310 - our own address
                return answer.status == 200
        except urllib.error.HTTPError as failure:
            failure.close()
        time.sleep(0.2)
    return False


@pytest.fixture
def start(state: Path) -> Iterator[type[Up]]:
    runs = []

    def started() -> Up:
        runs.append(Up(state))
        return runs[-1]

    yield started
    for run in runs:
        if run.process.poll() is None:
            run.process.kill()
            run.process.wait()
    state.with_name(f"{state.name}.said").unlink(missing_ok=True)


def test_it_recovers_from_every_kill_and_leaves_nothing_running(start):
    first = start()
    address = first.address()
    assert comes_back(address)

    child(first, "celery", "worker").kill()
    first.read(r"(worker ended with -9)")
    child(first, "postgres", "-D").kill()
    first.read(r"(PostgreSQL ended with -9)")
    assert comes_back(address)

    orphans = first.family()
    first.end(signal.SIGKILL)
    second = start()
    assert comes_back(second.address())
    assert alive(orphans) == []

    family = second.family()
    assert second.end() == 0
    assert alive(family) == []


def test_ctrl_c_during_the_start_stops_it(start):
    run = start()
    run.read(r"(preparing tables)")
    family = run.family()

    assert run.end(signal.SIGINT) == 0

    assert alive(family) == []
    assert "Traceback" not in run.said.read_text()
