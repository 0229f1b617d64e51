"""Child processes that never outlive the process that started them."""

import contextlib
import ctypes
import os
import pwd
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from threading import Event
from typing import Any

import psutil  # type: ignore[import-untyped]

from portal.local.errors import CannotRun, Halted

# PR_SET_PDEATHSIG and PR_SET_CHILD_SUBREAPER of <linux/prctl.h>
_SET_PARENT_DEATH_SIGNAL = 1
_SET_CHILD_SUBREAPER = 36
_LIBC = ctypes.CDLL(None, use_errno=True) if sys.platform == "linux" else None

Argument = str | os.PathLike[str]


class Ledger:
    """Which process groups are ours, on disk: what a killed run leaves behind is found by the next one.

    One file a group, named by its leader's pid, holding the leader's start in seconds of Unix time. A pid alone would
    not do: by the next run it may be somebody else's.
    """

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        folder.mkdir(parents=True, exist_ok=True)

    def enter(self, pid: int) -> None:
        with contextlib.suppress(psutil.NoSuchProcess):
            (self.folder / str(pid)).write_text(str(psutil.Process(pid).create_time()))

    def strike(self, pid: int) -> None:
        (self.folder / str(pid)).unlink(missing_ok=True)

    def stop_leftovers(self, *, grace: float = 10.0) -> int:
        """Stop what an earlier run left behind; return how many processes that were."""
        found = [process for line in self._lines() for process in _members(*line)]
        _end(found, grace=grace)
        for entry in self.folder.iterdir():
            entry.unlink(missing_ok=True)
        return len(found)

    def _lines(self) -> Iterator[tuple[int, float]]:
        for entry in self.folder.iterdir():
            # A file cut short by the kill says nothing that could be trusted.
            with contextlib.suppress(ValueError, OSError):
                yield int(entry.name), float(entry.read_text())


def _members(group: int, started: float) -> list[psutil.Process]:
    """Return the living processes of a group whose leader began at ``started``, give or take the clock's own steps."""
    members = []
    for process in psutil.process_iter():
        with contextlib.suppress(psutil.Error, ProcessLookupError):
            if os.getpgid(process.pid) != group:
                continue
            if process.pid == group and abs(process.create_time() - started) > 5:
                return []
            members.append(process)
    return members


def _end(processes: Sequence[psutil.Process], *, grace: float) -> None:
    for process in processes:
        with contextlib.suppress(psutil.Error):
            process.terminate()
    _, stubborn = psutil.wait_procs(processes, timeout=grace)
    for process in stubborn:
        with contextlib.suppress(psutil.Error):
            process.kill()
    psutil.wait_procs(stubborn, timeout=5)


def _die_with(parent: int, death_signal: int) -> Callable[[], None]:
    # Runs in the child after its user has changed (which would clear the wish) and before it becomes the program.
    def wish() -> None:
        if _LIBC is not None:
            _LIBC.prctl(_SET_PARENT_DEATH_SIGNAL, death_signal, 0, 0, 0)
            if os.getppid() != parent:
                os._exit(1)

    return wish


def as_account(account: pwd.struct_passwd | None) -> dict[str, Any]:
    """Return the subprocess arguments that run a child as another user, with none of our groups."""
    if account is None:
        return {}
    return {"user": account.pw_uid, "group": account.pw_gid, "extra_groups": []}


def spawn(
    argv: Sequence[Argument],
    *,
    ledger: Ledger,
    account: pwd.struct_passwd | None = None,
    death_signal: signal.Signals = signal.SIGTERM,
    **options: Any,
) -> subprocess.Popen[bytes]:
    """Start a program in a session of its own: a terminal's Ctrl-C reaches us alone, and its group dies as one.

    Call it from the main thread: Linux sends ``death_signal`` when the starting *thread* ends.
    """
    options |= {"stdin": subprocess.DEVNULL, "start_new_session": True, **as_account(account)}
    process = _popen(argv, death_signal=death_signal, **options)
    ledger.enter(process.pid)
    return process


def stop(
    process: subprocess.Popen[bytes], *, ledger: Ledger, ask: signal.Signals = signal.SIGTERM, grace: float = 10.0
) -> None:
    """Ask the leader of a group to end, wait ``grace`` seconds, then kill whatever is left of the group."""
    if process.poll() is None:
        process.send_signal(ask)
        with contextlib.suppress(subprocess.TimeoutExpired):
            process.wait(grace)
    # The leader is reaped, yet no new process can bear its number while the group lives.
    with contextlib.suppress(ProcessLookupError, PermissionError):
        os.killpg(process.pid, signal.SIGKILL)
    process.wait()
    ledger.strike(process.pid)


def wait_until(
    check: Callable[[], bool], *, process: subprocess.Popen[bytes], name: str, halt: Event, seconds: float = 60.0
) -> None:
    """Return once ``check`` is true; raise CannotRun where the process ends or the time does, Halted on request."""
    end = time.monotonic() + seconds
    while not check():
        if process.poll() is not None:
            raise CannotRun(f"{name} ended with {process.returncode} while starting.")
        if time.monotonic() > end:
            raise CannotRun(f"{name} was not ready after {seconds:.0f} seconds.")
        if halt.wait(0.02):
            raise Halted


def finish(process: subprocess.Popen[bytes], *, ledger: Ledger, halt: Event) -> int:
    """Wait for a child to end and return its exit status; stop it and raise Halted on request."""
    try:
        while process.poll() is None:
            if halt.wait(0.02):
                raise Halted
    finally:
        stop(process, ledger=ledger)
    return process.returncode


def run_in_foreground(argv: Sequence[Argument], *, ask: signal.Signals, **options: Any) -> int:
    """Run a program at the terminal, its input included, and return its exit status as a shell counts it.

    The terminal sends Ctrl-C to the program itself; a SIGTERM or SIGHUP sent to us is handed on as ``ask``. What the
    program leaves running is stopped.
    """
    others = psutil.Process().children(recursive=True)
    started: list[subprocess.Popen[bytes]] = []
    asked = Event()

    def hand_on(*_: object) -> None:
        asked.set()
        for process in started:
            process.send_signal(ask)

    with _orphans_come_to_us(), _hearing({signal.SIGINT: _nothing, signal.SIGTERM: hand_on, signal.SIGHUP: hand_on}):
        started.append(_popen(argv, death_signal=signal.SIGTERM, **options))
        if asked.is_set():
            hand_on()
        status = started[0].wait()
        left = [process for process in psutil.Process().children(recursive=True) if process not in others]
        _end(left, grace=5)
    return status if status >= 0 else 128 - status


def _nothing(*_: object) -> None:
    # Unlike SIG_IGN, a function is not inherited by the program started next.
    return


@contextlib.contextmanager
def _hearing(handlers: dict[signal.Signals, Callable[..., None]]) -> Iterator[None]:
    before = {number: signal.signal(number, handler) for number, handler in handlers.items()}
    try:
        yield
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)


@contextlib.contextmanager
def _orphans_come_to_us() -> Iterator[None]:
    if _LIBC is not None:
        _LIBC.prctl(_SET_CHILD_SUBREAPER, 1, 0, 0, 0)
    try:
        yield
    finally:
        if _LIBC is not None:
            _LIBC.prctl(_SET_CHILD_SUBREAPER, 0, 0, 0, 0)


def _popen(argv: Sequence[Argument], *, death_signal: signal.Signals, **options: Any) -> subprocess.Popen[bytes]:
    # Our threads only copy lines: none holds a lock that the wish, one system call, would wait for.
    wish = _die_with(os.getpid(), death_signal)
    return subprocess.Popen([os.fspath(part) for part in argv], preexec_fn=wish, **options)  # noqa: PLW1509
