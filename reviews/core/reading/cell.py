"""A process of its own for files that may be built to harm: little memory, little time, and it can be killed.

The outer side calls ``opened``; the inner side is a module run as a program that ends with ``confine``.
"""

import resource
import signal
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

from reviews.core.reading import errors
from reviews.core.reading.errors import Damaged, TookTooLong, Unreadable

HOME = Path(__file__).resolve().parents[3]
MOST_MEMORY = 400_000_000
"""Bytes of address space. What Python and its libraries map takes some 150 MB of it before a file is opened."""

MOST_SECONDS = 10
"""Of work: the cell is ended when it has used them up."""

LONGEST_WAIT = 60.0
"""Seconds on the clock, for a cell that waits instead of working, on a machine that has little to give."""

TIMES_UP = frozenset({-signal.SIGXCPU, -signal.SIGKILL})
"""How a cell ends that has used up its seconds."""

REFUSED = 3
"""The exit status of a cell that refuses a file; its error stream is the refusal's name."""


def opened(received: bytes, *, by: str, most_seconds: float = LONGEST_WAIT) -> str:
    """Return what a module makes of a file, in a process of its own. Raises what the module refuses with, TookTooLong,
    and Damaged where the process died of the file."""
    try:
        done = subprocess.run(  # noqa: S603 -- a module of ours, named by ours
            [sys.executable, "-m", by],
            input=received,
            capture_output=True,
            timeout=most_seconds,
            cwd=HOME,
            env={"PYTHONIOENCODING": "utf-8", "PYTHONDONTWRITEBYTECODE": "1"},
            check=False,
        )
    except subprocess.TimeoutExpired as error:
        raise TookTooLong from error
    if done.returncode in TIMES_UP:
        raise TookTooLong
    if done.returncode == REFUSED:
        raise refusal_named(done.stderr.decode("ascii", "replace").strip())
    if done.returncode:
        raise Damaged
    return done.stdout.decode("utf-8", "replace")


def confine(work: Callable[[bytes], str]) -> int:
    """Do the inner side's work within its limits; return the exit status."""
    resource.setrlimit(resource.RLIMIT_AS, (MOST_MEMORY, MOST_MEMORY))
    resource.setrlimit(resource.RLIMIT_CPU, (MOST_SECONDS, MOST_SECONDS))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    try:
        sys.stdout.write(work(sys.stdin.buffer.read()))
    except Unreadable as refusal:
        sys.stderr.write(type(refusal).__name__)
        return REFUSED
    return 0


def refusal_named(name: str) -> Unreadable:
    """Return the refusal of a name; Damaged for a name that is none."""
    kind = getattr(errors, name, None)
    return kind() if isinstance(kind, type) and issubclass(kind, Unreadable) else Damaged()
