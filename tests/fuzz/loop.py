"""A small coverage-guided fuzzer: inputs that reach new code are kept, and changed further.

What counts as new is a step from one line to another in the watched folder that no input took before, or one that was
taken many more times than before. Every input is a mutation of one that was kept: bits and bytes, runs repeated and
cut, words of the format put in, two inputs spliced. A run is told by its seed.
"""

import random
import signal
import sys
import time
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from types import FrameType
from typing import Any

LONGEST = 6_000
"""Bytes of an input: what is longer is cut. Long inputs are for the tests of time."""

MOST_SECONDS = 5
"""For one input: what takes longer is a finding too."""

MOST_KEPT = 400
MOST_FOUND = 20
ODD = (
    b"\x00",
    b"\xff",
    b"\xff\xfe",
    b"\xed\xa0\x80",
    "\u2028".encode(),
    "İ".encode(),
    "𝕏".encode(),
    b"\r",
    b"9" * 40,
    b"-",
)


class TooSlow(BaseException):
    """This input took longer than MOST_SECONDS."""


@dataclass(frozen=True)
class Target:
    """A parser: what reads, what it may refuse with, inputs to begin with, and the words of its format."""

    name: str
    read: Callable[[bytes], object]
    refusals: tuple[type[Exception], ...]
    seeds: Sequence[bytes]
    words: Sequence[bytes] = ()


@dataclass(frozen=True)
class Finding:
    """An input that made a parser raise what it has no name for, or take too long."""

    target: str
    error: str
    where: str
    received: bytes


@dataclass
class Campaign:
    """What a run of one target has reached, kept and found."""

    target: Target
    kept: list[bytes] = field(default_factory=list)
    reached: dict[tuple[object, ...], int] = field(default_factory=dict)
    findings: dict[tuple[str, str], Finding] = field(default_factory=dict)
    tried: int = 0


def fuzz(target: Target, *, seconds: float, watched: str, seed: int = 0, most_inputs: int = sys.maxsize) -> Campaign:
    """Try inputs on a target for so many seconds; ``watched`` is the folder whose lines count."""
    campaign = Campaign(target)
    chance = random.Random(seed)  # noqa: S311 - no secret: a run can be repeated
    ends = time.monotonic() + seconds
    for received in target.seeds:
        attempt(received, campaign=campaign, watched=watched)
        campaign.kept.append(received)
    while time.monotonic() < ends and campaign.tried < most_inputs and len(campaign.findings) < MOST_FOUND:
        received = mutated(chance.choice(campaign.kept), kept=campaign.kept, words=target.words, chance=chance)
        if attempt(received, campaign=campaign, watched=watched):
            campaign.kept.append(received)
            if len(campaign.kept) > MOST_KEPT:
                campaign.kept.pop(chance.randrange(len(target.seeds), MOST_KEPT))
    return campaign


def attempt(received: bytes, *, campaign: Campaign, watched: str) -> bool:
    """Have the target read an input; return whether it reached something new."""
    campaign.tried += 1
    steps: Counter[tuple[object, ...]] = Counter()
    try:
        with no_longer_than(MOST_SECONDS), traced(steps, watched=watched):
            campaign.target.read(received)
    except campaign.target.refusals:
        pass
    except (Exception, TooSlow) as error:  # whatever it is: that is what is looked for
        note(error, received=received, campaign=campaign)
    return grown(steps, reached=campaign.reached)


def note(error: BaseException, *, received: bytes, campaign: Campaign) -> None:
    """Keep a finding, the shortest input of its kind."""
    frame = error.__traceback__
    while frame is not None and frame.tb_next is not None:
        frame = frame.tb_next
    where = f"{frame.tb_frame.f_code.co_filename}:{frame.tb_lineno}" if frame else ""
    kind = (type(error).__name__, "" if isinstance(error, TooSlow) else where)
    known = campaign.findings.get(kind)
    if known is None or len(received) < len(known.received):
        told = f"{type(error).__name__}: {str(error)[:120]}"
        campaign.findings[kind] = Finding(campaign.target.name, told, where, received)


def grown(steps: Counter[tuple[object, ...]], *, reached: dict[tuple[object, ...], int]) -> bool:
    """Add the steps of one input to all that were taken; return whether some are new, or far more frequent."""
    news = {step: level for step, count in steps.items() if (level := count.bit_length()) > reached.get(step, 0)}
    reached.update(news)
    return bool(news)


@contextmanager
def traced(steps: Counter[tuple[object, ...]], *, watched: str) -> Iterator[None]:
    """Count the steps between lines of code of a folder."""

    def of_call(frame: FrameType, _event: str, _arg: Any) -> Any:
        if not frame.f_code.co_filename.startswith(watched):
            return None
        code, last = frame.f_code, frame.f_lineno

        def of_line(frame: FrameType, event: str, _arg: Any) -> Any:
            nonlocal last
            if event == "line":
                steps[code, last, frame.f_lineno] += 1
                last = frame.f_lineno
            return of_line

        return of_line

    before = sys.gettrace()
    sys.settrace(of_call)
    try:
        yield
    finally:
        sys.settrace(before)


@contextmanager
def no_longer_than(seconds: float) -> Iterator[None]:
    """Raise TooSlow in what is done within, after so many seconds of work: a busy machine slows nothing down."""

    def ring(_signal: int, _frame: FrameType | None) -> None:
        raise TooSlow(f"more than {seconds} s of work")

    before = signal.signal(signal.SIGPROF, ring)
    signal.setitimer(signal.ITIMER_PROF, seconds)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_PROF, 0)
        signal.signal(signal.SIGPROF, before)


def mutated(received: bytes, *, kept: Sequence[bytes], words: Sequence[bytes], chance: random.Random) -> bytes:
    """Return a changed copy of an input: one to four changes."""
    for _ in range(chance.randint(1, 4)):
        change = chance.choice(CHANGES)
        received = change(received, chance, kept, words)[:LONGEST]
    return received


Change = Callable[[bytes, random.Random, Sequence[bytes], Sequence[bytes]], bytes]


def _place(received: bytes, chance: random.Random) -> int:
    return chance.randint(0, len(received))


def _flip(received: bytes, chance: random.Random, _kept: Sequence[bytes], _words: Sequence[bytes]) -> bytes:
    if not received:
        return received
    place = chance.randrange(len(received))
    return received[:place] + bytes([received[place] ^ 1 << chance.randrange(8)]) + received[place + 1 :]


def _cut(received: bytes, chance: random.Random, _kept: Sequence[bytes], _words: Sequence[bytes]) -> bytes:
    start = _place(received, chance)
    return received[:start] + received[start + chance.choice((1, 2, 8, 64, 500)) :]


def _repeat(received: bytes, chance: random.Random, _kept: Sequence[bytes], _words: Sequence[bytes]) -> bytes:
    start = _place(received, chance)
    run = received[start : start + chance.choice((1, 2, 8, 64))]
    return received[:start] + run * chance.choice((2, 3, 30, 300)) + received[start:]


def _put(received: bytes, chance: random.Random, _kept: Sequence[bytes], words: Sequence[bytes]) -> bytes:
    place = _place(received, chance)
    word = chance.choice((*words, *ODD)) if chance.random() < 0.9 else chance.randbytes(4)
    return received[:place] + word + received[place + chance.choice((0, 0, len(word))) :]


def _move(received: bytes, chance: random.Random, _kept: Sequence[bytes], _words: Sequence[bytes]) -> bytes:
    lines = received.split(b"\n")
    chance.shuffle(lines)
    return b"\n".join(lines)


def _splice(received: bytes, chance: random.Random, kept: Sequence[bytes], _words: Sequence[bytes]) -> bytes:
    other = chance.choice(kept)
    return received[: _place(received, chance)] + other[_place(other, chance) :]


CHANGES: tuple[Change, ...] = (_flip, _cut, _cut, _repeat, _put, _put, _put, _move, _splice, _splice)
