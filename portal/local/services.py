"""The portal's own programs - web, worker, beat, mail capture - kept running, and their words shown."""

import contextlib
import subprocess
import sys
import threading
import time
from collections.abc import Sequence
from pathlib import Path
from typing import IO

from portal.local.errors import CannotRun
from portal.local.places import ROOT
from portal.local.processes import Argument, Ledger, spawn, stop
from portal.local.stack import tell

MOST_STARTS = 5
PER_SECONDS = 60.0
MANAGE: list[Argument] = [sys.executable, "-P", ROOT / "manage.py"]


class Service:
    """One program that is started again when it ends, but not for ever. It has ``grace`` seconds to stop."""

    def __init__(
        self,
        name: str,
        argv: Sequence[Argument],
        *,
        environment: dict[str, str],
        ledger: Ledger,
        grace: float = 10.0,
        descriptors: Sequence[int] = (),
    ) -> None:
        self.name, self.argv, self.environment = name, argv, environment
        self.ledger, self.grace, self.descriptors = ledger, grace, descriptors
        self.starts: list[float] = []
        self.start()

    def start(self) -> None:
        self.starts = [start for start in self.starts if start > time.monotonic() - PER_SECONDS]
        if len(self.starts) >= MOST_STARTS:
            raise CannotRun(f"{self.name} ended {MOST_STARTS} times within {PER_SECONDS:.0f} seconds.")
        self.starts.append(time.monotonic())
        self.process = spawn(
            self.argv,
            ledger=self.ledger,
            env=self.environment,
            cwd=ROOT,
            pass_fds=self.descriptors,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
        )
        threading.Thread(target=_show, args=(self.name, self.process.stdout), daemon=True).start()

    def mend(self) -> None:
        """Start the program again if it has ended, its children first put away."""
        if self.process.poll() is not None:
            tell(f"{self.name} ended with {self.process.returncode}: starting it again")
            self.stop()
            self.start()

    def ask_to_stop(self) -> None:
        if self.process.poll() is None:
            self.process.terminate()

    def stop(self) -> None:
        stop(self.process, ledger=self.ledger, grace=self.grace)


def _show(name: str, pipe: IO[bytes]) -> None:
    # Read on even where nobody listens any more: a full pipe would block the program.
    for line in pipe:
        with contextlib.suppress(OSError):
            print(f"{name:<6} | {line.decode(errors='replace').rstrip()}", file=sys.stdout, flush=True)


def python(module: str, *arguments: Argument) -> list[Argument]:
    """Return the command that runs a module in our own environment, whatever the current folder holds."""
    return [sys.executable, "-P", "-m", module, *arguments]


def web(descriptor: int, *, environment: dict[str, str], ledger: Ledger) -> Service:
    """Serve pages on a listening socket, so that no other program can take the port between restarts."""
    options = ["--bind", f"fd://{descriptor}", "--worker-class", "gthread", "--workers", "2", "--threads", "4"]
    options += ["--graceful-timeout", "5", "--log-level", "warning", "--no-control-socket"]
    argv = python("gunicorn", "portal.wsgi", *options)
    return Service("web", argv, environment=environment, ledger=ledger, grace=8, descriptors=[descriptor])


def worker(*, environment: dict[str, str], ledger: Ledger) -> Service:
    """Do the background jobs, two at a time."""
    options = ["--pool", "prefork", "--concurrency", "2", "--without-mingle", "--without-gossip"]
    argv = celery("worker", "--loglevel", "WARNING", *options)
    # Root is usual in a container; here only our own tasks come in, through a socket of our own.
    argv[1:1] = ["-W", "ignore:You're running the worker with superuser privileges"]
    return Service("worker", argv, environment=environment, ledger=ledger, grace=15)


def beat(state: Path, *, environment: dict[str, str], ledger: Ledger) -> Service:
    """Ask for the periodic jobs."""
    argv = celery("beat", "--loglevel", "WARNING", "--schedule", state / "beat-schedule", "--pidfile=")
    return Service("beat", argv, environment=environment, ledger=ledger, grace=5)


def celery(command: str, *options: Argument) -> list[Argument]:
    return python("celery", "--app", "portal", "--quiet", command, *options)


def mail(descriptor: int, *, folder: Path, environment: dict[str, str], ledger: Ledger) -> Service:
    """Capture mails that come to a listening socket into a folder."""
    argv = python("portal.local.mailbox", str(descriptor), folder)
    return Service("mail", argv, environment=environment, ledger=ledger, grace=3, descriptors=[descriptor])
