"""./assay up: the whole portal, until Ctrl-C."""

import contextlib
import os
import shutil
import socket
import subprocess
import urllib.error
import urllib.request
from collections.abc import Iterator
from functools import partial
from pathlib import Path
from threading import Event

from portal.local import services
from portal.local.errors import CannotRun, Halted, NoPort, PortTaken
from portal.local.places import ROOT, open_state
from portal.local.postgres import Postgres
from portal.local.processes import Ledger, finish, spawn, wait_until
from portal.local.services import Service, python
from portal.local.stack import Stack, tell
from portal.local.tenancy import Tenancy, claim_or_refuse

FIRST_PORT = 8000
PORTS_TRIED = 100
# What --fresh leaves: locks that others may be waiting for, and the record of what runs.
KEPT = {"environment.lock", "lock", "lock.borrowers", "running"}


def up(*, fresh: bool, halt: Event) -> int:
    """Run everything until ``halt`` is set; return the exit status."""
    state = open_state()
    tenancy = Tenancy(state)
    claim_or_refuse(tenancy, "./assay up")
    try:
        if left := Ledger(state / "running").stop_leftovers():
            tell(f"stopped {left} processes that an earlier run had left behind")
        if fresh:
            begin_anew(state)
        with running_portal(state, tenancy=tenancy, halt=halt) as watched:
            while not halt.wait(0.5):
                for part in watched:
                    part.mend()
    except Halted:
        pass
    finally:
        tenancy.release()
    return 0


def begin_anew(state: Path) -> None:
    """Delete what the local stack has kept so far."""
    Postgres(state, ledger=Ledger(state / "running"), halt=Event()).remove()
    for path in state.iterdir():
        if path.name in KEPT:
            continue
        shutil.rmtree(path) if path.is_dir() else path.unlink()


@contextlib.contextmanager
def running_portal(state: Path, *, tenancy: Tenancy, halt: Event) -> Iterator[list[Stack | Service]]:
    """Start all parts, say where they are, yield those to keep running, and stop them in reverse."""
    stack = Stack(state, halt=halt)
    with contextlib.ExitStack() as undo:
        undo.callback(tell, "stopped")
        undo.callback(stack.stop)
        pages, post = (undo.enter_context(listen_for_pages()), undo.enter_context(listen(0)))
        address = f"http://127.0.0.1:{port_of(pages)}"
        stack.environment["BASE_URL"] = os.environ.get("BASE_URL", address)
        stack.environment["EMAIL_URL"] = os.environ.get("EMAIL_URL", f"smtp://127.0.0.1:{port_of(post)}")
        tell("starting the database and the broker")
        stack.start_database()
        stack.start_broker()
        tell("preparing tables, demo and static files")
        logins = prepare(stack)
        programs = start_programs(stack, pages=pages, post=post, undo=undo)
        wait_until(partial(answers, f"{address}/"), process=programs["web"].process, name="web", halt=halt)
        tenancy.note(f"./assay up (pid {os.getpid()}), at {address}/")
        tenancy.lend(stack.environment)
        undo.callback(tenancy.take_back)
        announce(f"{address}/", logins=logins, mails=state / "mail")
        yield [stack, *programs.values()]


def prepare(stack: Stack) -> str:
    """Migrate, load the demo and collect static files; return what is printed: the demo logins."""
    argv = python("portal.local.preparation")
    process = spawn(argv, ledger=stack.ledger, env=stack.environment, cwd=ROOT, stdout=subprocess.PIPE)
    if finish(process, ledger=stack.ledger, halt=stack.halt):
        raise CannotRun("The database or the static files could not be made ready (see above).")
    with process:
        return process.stdout.read().decode() if process.stdout else ""


def start_programs(
    stack: Stack, *, pages: socket.socket, post: socket.socket, undo: contextlib.ExitStack
) -> dict[str, Service]:
    """Start the portal's programs; ``undo`` learns how to stop them, the mail capture last."""
    ledger, environment = stack.ledger, stack.environment
    mail = services.mail(post.fileno(), folder=stack.state / "mail", environment=environment, ledger=ledger)
    undo.callback(mail.stop)
    programs = {"mail": mail}
    undo.callback(stop_together, programs)
    programs["web"] = services.web(pages.fileno(), environment=environment, ledger=ledger)
    programs["worker"] = services.worker(environment=environment, ledger=ledger)
    programs["beat"] = services.beat(stack.state, environment=environment, ledger=ledger)
    return programs


def stop_together(programs: dict[str, Service]) -> None:
    """Stop all programs but the mail capture, which takes the last mails of the others."""
    tell("stopping")
    busy = [program for name, program in programs.items() if name != "mail"]
    for program in busy:
        program.ask_to_stop()
    for program in busy:
        program.stop()


def listen_for_pages() -> socket.socket:
    """Listen on PORT, or on the first free port from 8000 on."""
    if wanted := os.environ.get("PORT"):
        try:
            return listen(int(wanted))
        except OSError as refusal:
            raise PortTaken(wanted) from refusal
        except (ValueError, OverflowError) as mistake:
            raise NoPort(wanted) from mistake
    for port in range(FIRST_PORT, FIRST_PORT + PORTS_TRIED):
        with contextlib.suppress(OSError):
            return listen(port)
    return listen(0)


def listen(port: int) -> socket.socket:
    """Return a socket that listens on loopback, on any free port for 0. Who listens keeps the port from others."""
    listener = socket.socket()
    try:
        listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        listener.bind(("127.0.0.1", port))
        listener.listen(128)
    except BaseException:
        listener.close()
        raise
    return listener


def port_of(listener: socket.socket) -> int:
    port: int = listener.getsockname()[1]
    return port


def answers(url: str) -> bool:
    """Whether a page comes back, a refusal included, but no failure of the server."""
    try:
        with urllib.request.urlopen(url, timeout=2):  # noqa: S310 - our own address
            return True
    except urllib.error.HTTPError as refusal:
        return refusal.code < 500
    except OSError:
        return False


def announce(url: str, *, logins: str, mails: Path) -> None:
    lines = [f"ready: {url}", logins.rstrip(), f"mails: {mails}", "Ctrl-C stops everything."]
    with contextlib.suppress(OSError):
        print("\n".join(line for line in lines if line), flush=True)
