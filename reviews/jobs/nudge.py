"""Messages to the queue. They only say "look at this row": any of them may get lost or come twice."""

import logging
import time
from functools import partial

from celery import current_app
from django.db import transaction

log = logging.getLogger(__name__)

GOOD_FOR = 30
"""Seconds after which a waiting message is thrown away: by then the sweep has sent another."""

REST = 5.0
"""Seconds for which nothing is published after the broker could not be reached."""

_down_since: list[float] = []


def nudge(task: str, pk: int) -> bool:
    """Ask the worker to look at a row; return whether the broker took the message.

    A broker that cannot be reached costs its time limit once, not once a message: the sweep finds the row anyway.
    """
    if _down_since and time.monotonic() - _down_since[-1] < REST:
        return False
    try:
        current_app.send_task(task, args=[pk], expires=GOOD_FOR)
    except Exception as error:  # whatever the transport raises: a page must not fail for it
        _down_since[:] = [time.monotonic()]
        log.warning("The broker cannot be reached, %s %s is left to the sweep: %s", task, pk, error)
        return False
    _down_since.clear()
    return True


def nudge_after_commit(task: str, pk: int) -> None:
    """Ask the worker to look at a row as soon as it is committed."""
    transaction.on_commit(partial(nudge, task, pk), robust=True)
