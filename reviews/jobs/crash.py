"""Named places at which a test may kill the process: see docs/decisions/crash-points.md."""

import os
import signal

VARIABLE = "ASSAY_CRASH_AT"


def point(name: str) -> None:
    """Kill this process outright where the environment names this place; otherwise do nothing."""
    if os.environ.get(VARIABLE) == name:
        os.kill(os.getpid(), signal.SIGKILL)
