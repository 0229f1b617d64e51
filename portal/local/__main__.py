"""The commands of ./assay, once the environment is made: ``python -m portal.local COMMAND ...``."""

import signal
import sys
from collections.abc import Sequence
from threading import Event

from portal.local.checks import lint, test
from portal.local.errors import CannotRun, Halted
from portal.local.management import manage
from portal.local.stack import tell
from portal.local.up import up


def main(command: str, arguments: Sequence[str], *, halt: Event) -> int:
    """Run one command and return its exit status."""
    match command, *arguments:
        case ["up"] | ["up", "--fresh"]:
            return up(fresh=bool(arguments), halt=halt)
        case ["test", *_]:
            return test(arguments, halt=halt)
        case ["manage", *_]:
            return manage(arguments, halt=halt)
        case ["lint"]:
            return lint(halt=halt)
    raise CannotRun(f"./assay {command} does not take {' '.join(arguments)}.")


def run() -> int:
    """Run the command that was asked for, stopping in good order on Ctrl-C, SIGTERM or a closed terminal."""
    halt = Event()
    for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        signal.signal(number, lambda *_: halt.set())
    try:
        return main(sys.argv[1], sys.argv[2:], halt=halt)
    except CannotRun as fact:
        tell(str(fact))
        return 1
    except Halted:
        return 130


if __name__ == "__main__":
    sys.exit(run())
