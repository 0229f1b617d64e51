"""Asking a public service as its hosts ask to be asked: by name, seldom, never twice, and not after a refusal.

The addresses are fixed in the settings; what is asked of them is never an address that somebody typed.
"""

import time
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from datetime import timedelta
from email.utils import parsedate_to_datetime
from hashlib import sha256
from urllib.parse import urlencode

import urllib3
from django.conf import settings
from django.core.cache import cache, caches
from urllib3.exceptions import HTTPError

MOST_BYTES = 3_000_000
CONNECT_SECONDS = 4
READ_SECONDS = 6
WHOLE_SECONDS = 10
KEPT_SECONDS = 60 * 60 * 24
MOST_TURNS = 40
LONGEST_REST = 60 * 60
REST_SECONDS = 30
NOT_NOW = {408, 425, 429, 500, 502, 503, 504}
NOT_THERE = {400, 404, 410, 422}


class Unreachable(Exception):
    """A service gave no answer that can be used; ``wait`` is how long it asked to be left alone."""

    def __init__(self, words: str, *, wait: timedelta = timedelta()) -> None:
        super().__init__(words)
        self.wait = wait


_anew: ContextVar[bool] = ContextVar("_anew", default=False)


@contextmanager
def asking_anew() -> Iterator[None]:
    """Within it no kept answer is given: how soon an answer comes would tell whether somebody had asked the same."""
    before = _anew.set(True)
    try:
        yield
    finally:
        _anew.reset(before)


@dataclass(frozen=True)
class Service:
    """A public service: its name, its key in ``LOOKUP_SERVICES``, and how many questions a second it allows us."""

    name: str
    key: str
    per_second: int

    def ask(self, path: str, **parameters: str) -> bytes | None:
        """Return the answer to one question, the last day's where it was asked before (not while ``asking_anew``);
        ``None`` where it is not there.

        Raises Unreachable: no connection, too slow, too large, a refusal, or told to wait before.
        """
        query = f"?{urlencode(sorted(parameters.items()))}" if parameters else ""
        address = f"{settings.LOOKUP_SERVICES[self.key]}{path}{query}"
        kept = None if _anew.get() else caches["answers"].get(self._key("answer", address))
        if kept is not None:
            return bytes(kept) or None
        self._refuse_while_resting()
        self._take_turn()
        answer = self._fetch(address)
        caches["answers"].set(self._key("answer", address), answer or b"", KEPT_SECONDS)
        return answer

    def _fetch(self, address: str) -> bytes | None:
        headers = {"User-Agent": f"Assay (mailto:{settings.LOOKUP_CONTACT})", "Accept-Encoding": "gzip"}
        timeout = urllib3.Timeout(connect=CONNECT_SECONDS, read=READ_SECONDS)
        try:
            answer = _pool.request(
                "GET", address, headers=headers, timeout=timeout, retries=False, redirect=False, preload_content=False
            )
        except HTTPError as error:
            raise Unreachable(f"{self.name} cannot be reached: {type(error).__name__}.") from error
        with answer:
            if answer.status in NOT_THERE:
                return None
            if answer.status in NOT_NOW:
                raise self._told_to_wait(answer.status, answer.headers.get("Retry-After", ""))
            if answer.status != 200:
                raise Unreachable(f"{self.name} answered {answer.status}.")
            return self._body(answer)

    def _body(self, answer: urllib3.BaseHTTPResponse) -> bytes:
        """Read an answer, as much of it as one may be long, for as long as one may take."""
        until = time.monotonic() + WHOLE_SECONDS
        body = b""
        try:
            for part in answer.stream(65_536, decode_content=True):
                body += part
                if len(body) > MOST_BYTES:
                    raise Unreachable(f"{self.name} answered with more than {MOST_BYTES:,} bytes.")
                if time.monotonic() > until:
                    raise Unreachable(f"{self.name} took too long to answer.")
        except HTTPError as error:
            raise Unreachable(f"{self.name} broke off: {type(error).__name__}.") from error
        return body

    def _told_to_wait(self, status: int, said: str) -> Unreachable:
        """Remember how long the service wants to be left alone, for every worker."""
        seconds = min(_seconds_of(said), LONGEST_REST)
        cache.set(self._key("rest"), time.time() + seconds, seconds)
        return Unreachable(f"{self.name} answered {status}: not now.", wait=timedelta(seconds=seconds))

    def _refuse_while_resting(self) -> None:
        left = (cache.get(self._key("rest")) or 0) - time.time()
        if left > 0:
            raise Unreachable(f"{self.name} asked to be left alone for a while.", wait=timedelta(seconds=left))

    def _take_turn(self) -> None:
        """Wait for a free slot: all workers together ask no more often than the service allows."""
        for _ in range(MOST_TURNS):
            slot = int(time.time() * self.per_second)
            if cache.add(self._key("turn", str(slot)), 1, 5):
                return
            time.sleep(1 / self.per_second)
        raise Unreachable(f"Too many questions wait for {self.name}.", wait=timedelta(seconds=REST_SECONDS))

    def _key(self, *parts: str) -> str:
        return "lookup:" + sha256("|".join((self.key, *parts)).encode()).hexdigest()


_pool = urllib3.PoolManager(num_pools=8, maxsize=2)


def _seconds_of(said: str) -> float:
    """Return how long "Retry-After" says, in seconds or as a date (RFC 9110, 10.2.3)."""
    if said.isdecimal():
        return max(float(said[:6]), 1)
    try:
        return max(parsedate_to_datetime(said).timestamp() - time.time(), 1)
    except (TypeError, ValueError):
        return REST_SECONDS
