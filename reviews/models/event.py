"""The audit trail: one line for every change, kept by database triggers and never changed."""

from collections.abc import Callable
from typing import Any, ClassVar, TypeVar, cast

import pghistory
import pgtrigger
from django.db import models
from pghistory.models import Context

Tracked = TypeVar("Tracked", bound=type[models.Model])

SAME_REQUEST = "1 day"
"""How long what is known of an act may still grow: it is written as the request, job or command goes on."""


def tracked(*trackers: pghistory.Tracker, **options: Any) -> Callable[[Tracked], Tracked]:
    """Put every change of a model on the trail, whichever door it came through; takes what ``pghistory.track`` takes.

    Lines of the trail can be neither changed nor deleted, nor can their table be emptied.
    """
    follow: Callable[[Tracked], Tracked] = pghistory.track(*trackers, meta={"triggers": [_never_emptied()]}, **options)
    return follow


def _never_emptied() -> pgtrigger.Trigger:
    return pgtrigger.Trigger(
        name="never_emptied",
        level=pgtrigger.Statement,
        when=pgtrigger.Before,
        operation=pgtrigger.Truncate,
        func="RAISE EXCEPTION 'the trail cannot be emptied';",
    )


class Act(Context):
    """Who acted, through which door: what the lines of the trail that belong together have in common."""

    class Meta:
        proxy = True
        triggers: ClassVar[list[pgtrigger.Trigger]] = [
            pgtrigger.Protect(name="acts_stay", operation=pgtrigger.Delete),
            pgtrigger.Protect(
                name="past_acts_stay_as_they_were",
                operation=pgtrigger.Update,
                condition=pgtrigger.Condition(f"OLD.created_at < now() - interval '{SAME_REQUEST}'"),
            ),
            _never_emptied(),
        ]


def versions_of(row: models.Model) -> "models.QuerySet[Any]":
    """Return what a tracked row was after each change, newest first: its fields, and ``pgh_created_at``."""
    events = cast("Any", type(row)).pgh_event_model.objects
    versions: models.QuerySet[Any] = events.filter(pgh_obj_id=row.pk).exclude(pgh_label="delete").order_by("-pgh_id")
    return versions
