"""How long a reviewer takes for a claim, told from when that reviewer's own work was saved."""

from collections.abc import Iterable
from datetime import datetime, timedelta
from itertools import pairwise
from statistics import median

LONGEST_PAUSE = timedelta(minutes=10)
"""Whoever saves nothing for longer was away: that time was not spent on a claim."""

FEWEST_CLAIMS = 5
"""With fewer claims behind oneself it is too early to say."""


def pace_of(saves: Iterable[tuple[datetime, int]]) -> timedelta | None:
    """Return the median active time per claim; ``None`` where fewer than ``FEWEST_CLAIMS`` have one.

    ``saves`` are time and claim of each saving by one reviewer, in any order. The time since the saving before belongs
    to the claim that is saved, for it was read and thought over in it. A claim of which every saving followed a pause
    has no time, and is left out.
    """
    ordered = sorted(saves)
    active: dict[int, timedelta] = {}
    for (before, _), (time, claim) in pairwise(ordered):
        if time - before <= LONGEST_PAUSE:
            active[claim] = active.get(claim, timedelta()) + (time - before)
    spent = [time.total_seconds() for time in active.values() if time]
    return timedelta(seconds=median(spent)) if len(spent) >= FEWEST_CLAIMS else None
