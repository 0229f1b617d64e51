"""A gate before the portal's pages: shut, nobody comes in any more; empty, nobody is inside."""

from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from threading import Condition

Application = Callable[..., Iterable[bytes]]
PATIENCE = 20.0


class Gate:
    """A WSGI application around another one, which can be shut while a test's tables are emptied.

    A page that is closed sends what was typed last. A request that is still at work then would hold rows that the
    emptying wants, and wait for rows that the emptying holds.
    """

    def __init__(self, application: Application) -> None:
        self.application = application
        self.inside = 0
        self.is_open = True
        self.changed = Condition()

    def __call__(self, environ, start_response) -> Iterable[bytes]:
        with self._let_in() as is_in:
            if not is_in:
                start_response("503 Service Unavailable", [("Content-Length", "0")])
                return []
            answer = self.application(environ, start_response)
            try:
                return [b"".join(answer)]
            finally:
                getattr(answer, "close", lambda: None)()

    @contextmanager
    def _let_in(self) -> Iterator[bool]:
        with self.changed:
            is_in = self.is_open
            self.inside += is_in
        try:
            yield is_in
        finally:
            with self.changed:
                self.inside -= is_in
                self.changed.notify_all()

    def open(self) -> None:
        with self.changed:
            self.is_open = True

    def shut(self) -> None:
        """Let nobody in any more, and wait until all are out."""
        with self.changed:
            self.is_open = False
            assert self.changed.wait_for(lambda: not self.inside, timeout=PATIENCE), "a request does not end"
