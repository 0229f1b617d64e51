"""The servers behind the portal - a database, a broker - and the environment that leads to them."""

import contextlib
import json
import os
import secrets
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from threading import Event
from typing import Protocol

from portal.local.errors import ServerMissing
from portal.local.places import ROOT
from portal.local.postgres import Postgres
from portal.local.processes import Ledger
from portal.local.valkey import Valkey


class Server(Protocol):
    """An embedded server; ``process`` is its program while it runs."""

    name: str
    process: subprocess.Popen[bytes] | None

    def start(self) -> None: ...
    def stop(self) -> None: ...
    def remove(self) -> None: ...


class Stack:
    """Embedded servers, started in order and stopped in reverse. A server named in the environment is used instead."""

    def __init__(self, state: Path, *, halt: Event, hasty: bool = False) -> None:
        self.state, self.halt, self.hasty = state, halt, hasty
        self.ledger = Ledger(state / "running")
        self.servers: list[Server] = []
        self.environment = base_environment(state)
        self.has_new_database = False

    def start_database(self) -> None:
        """Have a PostgreSQL: DATABASE_URL's, else our own."""
        if "DATABASE_URL" in self.environment:
            tell("database: the one that DATABASE_URL names")
            return
        postgres = Postgres(self.state, ledger=self.ledger, halt=self.halt, hasty=self.hasty)
        self.servers.append(postgres)
        postgres.start()
        self.has_new_database = postgres.is_new
        self.environment["DATABASE_URL"] = postgres.url

    def start_broker(self) -> None:
        """Have a broker: CELERY_BROKER_URL's, else our own Valkey, else files."""
        if "CELERY_BROKER_URL" in self.environment:
            tell("broker: the one that CELERY_BROKER_URL names")
            return
        try:
            valkey = Valkey(self.state, ledger=self.ledger, halt=self.halt)
        except ServerMissing:
            if is_ci():
                raise
            tell("broker: plain files, as there is no Valkey for this platform")
            self.environment |= broker_of_files(self.state / "queue")
            return
        self.servers.append(valkey)
        valkey.start()
        self.environment["CELERY_BROKER_URL"] = valkey.url

    def mend(self) -> None:
        """Start again what has ended."""
        for server in self.servers:
            if server.process is not None and server.process.poll() is not None:
                tell(f"{server.name} ended with {server.process.returncode}: starting it again")
                server.stop()
                server.start()

    def stop(self) -> None:
        for server in reversed(self.servers):
            server.stop()

    def remove(self) -> None:
        """Delete what the servers keep."""
        for server in self.servers:
            server.remove()


@contextlib.contextmanager
def throwaway_stack(state: Path, *, halt: Event) -> Iterator[Stack]:
    """Start a database and a broker that are gone at the end, files included."""
    stack = Stack(state, halt=halt, hasty=True)
    try:
        stack.start_database()
        stack.start_broker()
        yield stack
    finally:
        stack.stop()
        stack.remove()


def base_environment(state: Path) -> dict[str, str]:
    """Return what every part of the local portal is told, servers and addresses apart; the caller's own words win."""
    return {
        "SECRET_KEY": secret(state),
        "ASSAY_LOCAL": "1",
        "DEBUG": "0",
        "ALLOWED_HOSTS": "127.0.0.1,localhost",
        "BASE_URL": "http://127.0.0.1:8000",
        "EMAIL_URL": "smtp://127.0.0.1:9",  # the discard port: without the mail capture a mail stays owed
        "STATIC_ROOT": str(state / "static"),
        "DJANGO_SETTINGS_MODULE": "portal.settings",
        **os.environ,
        "PYTHONPATH": str(ROOT),
        "PYTHONUNBUFFERED": "1",
    }


def broker_of_files(folder: Path) -> dict[str, str]:
    """Return the environment of a broker that is a folder; what it loses, the portal's sweep repairs."""
    for part in ("messages", "control", "done"):
        (folder / part).mkdir(parents=True, exist_ok=True)
    options = {
        "data_folder_in": str(folder / "messages"),
        "data_folder_out": str(folder / "messages"),
        "control_folder": str(folder / "control"),
        "processed_folder": str(folder / "done"),
        "polling_interval": 0.2,
    }
    return {"CELERY_BROKER_URL": "filesystem://", "CELERY_BROKER_TRANSPORT_OPTIONS": json.dumps(options)}


def secret(state: Path) -> str:
    """Return this checkout's secret key, made once and readable by its owner alone."""
    path = state / "secret"
    with contextlib.suppress(FileExistsError), open(path, "x", opener=_owner_only) as file:
        file.write(secrets.token_urlsafe(48))
    return path.read_text()


def _owner_only(path: str, flags: int) -> int:
    return os.open(path, flags, 0o600)


def is_ci() -> bool:
    return os.environ.get("CI", "").lower() in {"1", "true", "yes"}


def tell(sentence: str) -> None:
    """Say something to the person at the terminal, apart from what the command itself prints."""
    with contextlib.suppress(OSError):  # a closed terminal must not keep us from stopping well
        print(f"assay: {sentence}", file=sys.stderr, flush=True)
