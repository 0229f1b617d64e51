"""./assay test and ./assay lint."""

import contextlib
import fcntl
import shutil
import signal
import sys
import tempfile
from collections.abc import Iterator, Sequence
from pathlib import Path
from threading import Event

from portal.local.browser import browser_environment
from portal.local.places import ROOT, open_state
from portal.local.processes import Argument, run_in_foreground
from portal.local.services import MANAGE, python
from portal.local.stack import Stack, tell, throwaway_stack

INTERRUPTED = {128 + signal.SIGINT, 128 + signal.SIGTERM}
PREFIX = "assay-test-"
# The whole suite is shared out among processes, each with a database of its own; who runs out of work takes some over.
WHOLE_SUITE = ("--numprocesses", "auto", "--maxprocesses", "4", "--dist", "worksteal")
# What a production server would be told; `check --deploy` has to be silent about it.
PRODUCTION = {
    "ASSAY_LOCAL": "0",
    "DEBUG": "0",
    "SECRET_KEY": "only-for-the-deployment-check-0123456789-abcdefghijklmnopqrstuvwxyz",
    "ALLOWED_HOSTS": "assay.example",
    "BASE_URL": "https://assay.example",
    "EMAIL_URL": "smtps://desk:secret@mail.example:465",
}


def test(arguments: Sequence[str], *, halt: Event) -> int:
    """Run pytest against a throw-away database and broker, all of it where nothing is named; return its exit status."""
    state = open_state()
    browser = browser_environment(arguments, state=state)
    with throwaway_folder() as folder, throwaway_stack(folder, halt=halt) as stack:
        environment = {**stack.environment, **browser}
        # Tests say themselves which settings they run under.
        environment.pop("DJANGO_SETTINGS_MODULE")
        argv = python("pytest", *(arguments or WHOLE_SUITE))
        return run_in_foreground(argv, ask=signal.SIGINT, cwd=ROOT, env=environment)


def lint(*, halt: Event) -> int:
    """Run every linter, each under its name; return 0 when all are content, else 1."""
    failed = []
    with throwaway_folder() as folder, throwaway_stack(folder, halt=halt) as stack:
        for name, argv, environment in linters(stack):
            print(f"== {name}", flush=True)
            status = run_in_foreground(argv, ask=signal.SIGTERM, cwd=ROOT, env=environment)
            print(f"== {name}: {'ok' if not status else f'failed ({status})'}", flush=True)
            failed += [name] if status else []
            if status in INTERRUPTED:
                return status
    print(f"lint: {'failed: ' + ', '.join(failed) if failed else 'all ok'}", flush=True)
    return 1 if failed else 0


def linters(stack: Stack) -> Iterator[tuple[str, list[Argument], dict[str, str]]]:
    """Yield each linter's name, command and environment."""
    local, production = stack.environment, {**stack.environment, **PRODUCTION}
    templates = sorted((ROOT / "templates").rglob("*.html"))
    yield "ruff check", python("ruff", "check", "."), local
    yield "ruff format", python("ruff", "format", "--check", "."), local
    yield "mypy", python("mypy"), local
    yield (
        "import-linter",
        [sys.executable, "-P", "-c", "from importlinter.cli import lint_imports_command as run; run()"],
        local,
    )
    yield ("djade", [Path(sys.executable).with_name("djade"), "--check", "--target-version", "5.2", *templates], local)
    yield "migrations", [*MANAGE, "makemigrations", "--check", "--dry-run"], local
    yield ("deployment", [*MANAGE, "check", "--deploy", "--fail-level", "WARNING"], production)


@contextlib.contextmanager
def throwaway_folder() -> Iterator[Path]:
    """Yield a temporary folder that is deleted afterwards, along with those of runs that were killed."""
    remove_forgotten_folders()
    folder = Path(tempfile.mkdtemp(prefix=PREFIX))
    folder.chmod(0o711)  # the database of root runs as nobody
    try:
        with (folder / "lock").open("w") as lock:
            fcntl.flock(lock, fcntl.LOCK_EX)
            yield folder
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def remove_forgotten_folders() -> None:
    """Delete throw-away folders whose lock nobody holds any more."""
    for lock in Path(tempfile.gettempdir()).glob(f"{PREFIX}*/lock"):
        with contextlib.suppress(OSError), lock.open() as file:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
            tell(f"removing {lock.parent}, which a killed run left behind")
            shutil.rmtree(lock.parent, ignore_errors=True)
