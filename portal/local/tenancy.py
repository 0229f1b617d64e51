"""Who holds the local stack of this checkout: one holder at a time, and commands that borrow its servers."""

import contextlib
import fcntl
import json
import os
import time
from collections.abc import Iterator
from pathlib import Path
from threading import Event
from typing import IO

from portal.local.errors import AlreadyRunning, Halted


class Tenancy:
    """A lock on the state folder, with a note of who holds it, and the environment that the holder lends.

    The lock is the kernel's: it falls with its holder, however that ends.
    """

    def __init__(self, state: Path) -> None:
        self.lock_file = state / "lock"
        self.borrowers_file = state / "lock.borrowers"
        self.environment_file = state / "environment.json"
        self.lock: IO[str] | None = None

    def claim(self, command: str) -> bool:
        """Take the lock if nobody holds it, noting the command; answer whether it is ours now."""
        lock = self.lock_file.open("a+")
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            lock.close()
            return False
        self.lock = lock
        self.environment_file.unlink(missing_ok=True)
        self.note(f"{command} (pid {os.getpid()})")
        return True

    def note(self, holder: str) -> None:
        """Write who holds the lock, for those who are refused."""
        self.lock_file.write_text(holder)

    def holder(self) -> str:
        return self.lock_file.read_text().strip() or "another ./assay"

    def lend(self, environment: dict[str, str]) -> None:
        """Let commands use the running servers."""
        half_written = self.environment_file.with_suffix(".half")
        half_written.touch(mode=0o600)
        half_written.write_text(json.dumps(environment))
        half_written.rename(self.environment_file)

    def take_back(self, *, halt: Event | None = None) -> None:
        """Lend no more; with ``halt``, first wait until no borrower is left or it is set."""
        self.environment_file.unlink(missing_ok=True)
        while halt and not halt.is_set() and not self._is_alone():
            halt.wait(0.1)

    def release(self) -> None:
        if self.lock is not None:
            self.take_back()
            self.note("")
            self.lock.close()
            self.lock = None

    @contextlib.contextmanager
    def borrow(self) -> Iterator[dict[str, str] | None]:
        """Yield the environment that the holder lends, or None; while it is used, a patient holder waits."""
        with self.borrowers_file.open("a+") as borrowers:
            fcntl.flock(borrowers, fcntl.LOCK_SH)
            try:
                environment: dict[str, str] | None = json.loads(self.environment_file.read_text())
            except FileNotFoundError:
                environment = None
            yield environment

    def _is_alone(self) -> bool:
        with self.borrowers_file.open("a+") as borrowers:
            try:
                fcntl.flock(borrowers, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except BlockingIOError:
                return False
            return True


def claim_or_refuse(tenancy: Tenancy, command: str) -> None:
    """Take the lock or raise AlreadyRunning with the holder's name."""
    if not tenancy.claim(command):
        raise AlreadyRunning(tenancy.holder())


@contextlib.contextmanager
def claim_or_borrow(tenancy: Tenancy, command: str, *, halt: Event) -> Iterator[dict[str, str] | None]:
    """Yield None where the lock is now ours, else what its holder lends, as soon as it lends it.

    A holder who neither lends nor leaves within a minute raises AlreadyRunning.
    """
    end = time.monotonic() + 60
    while not tenancy.claim(command):
        with tenancy.borrow() as environment:
            if environment is not None:
                yield environment
                return
        if halt.wait(0.1):
            raise Halted
        if time.monotonic() > end:
            raise AlreadyRunning(tenancy.holder())
    try:
        yield None
    finally:
        tenancy.release()
