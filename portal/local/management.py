"""./assay manage: a management command, and the database it needs."""

import os
import signal
import sys
from collections.abc import Sequence
from pathlib import Path
from threading import Event

from portal.local.places import ROOT, open_state
from portal.local.processes import Ledger, finish, run_in_foreground, spawn
from portal.local.services import MANAGE
from portal.local.stack import Stack, base_environment, broker_of_files, tell
from portal.local.tenancy import Tenancy, claim_or_borrow


def manage(arguments: Sequence[str], *, halt: Event) -> int:
    """Run a management command with its input and output untouched; return its exit status.

    It uses the servers of a running ``./assay up``, or starts the database, and nothing more, for as long as it runs.
    """
    state = open_state()
    if "DATABASE_URL" in os.environ:
        return run_command(arguments, {**nudges_kept(state), **base_environment(state)})
    tenancy = Tenancy(state)
    with claim_or_borrow(tenancy, f"./assay manage {' '.join(arguments[:1])}", halt=halt) as lent:
        if lent is not None:
            return run_command(arguments, {**lent, **os.environ, "PYTHONPATH": str(ROOT)})
        Ledger(state / "running").stop_leftovers()
        stack = Stack(state, halt=halt)
        try:
            stack.start_database()
            stack.environment = {**nudges_kept(state), **stack.environment}
            set_up(stack)
            tenancy.lend(stack.environment)
            return run_command(arguments, stack.environment)
        finally:
            tenancy.take_back(halt=halt)
            stack.stop()


def nudges_kept(state: Path) -> dict[str, str]:
    """Return a broker that nobody reads: it carries nudges only, and the next worker's sweep finds the work itself."""
    return broker_of_files(state / "nudges")


def set_up(stack: Stack) -> None:
    """Set up a database that is new: a command in a fresh clone finds its tables and instruments."""
    if not stack.has_new_database:
        return
    tell("a new database: setting it up")
    argv = [*MANAGE, "set_up", "--verbosity", "0"]
    process = spawn(argv, ledger=stack.ledger, env=stack.environment, cwd=ROOT, stdout=sys.stderr)
    if finish(process, ledger=stack.ledger, halt=stack.halt):
        tell("it could not be set up (see above)")


def run_command(arguments: Sequence[str], environment: dict[str, str]) -> int:
    return run_in_foreground([*MANAGE, *arguments], ask=signal.SIGTERM, env=environment)
