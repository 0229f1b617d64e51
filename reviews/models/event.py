"""The audit trail: one line for every change, kept by database triggers and never changed."""

from typing import Any, cast

from django.db import models
from pghistory.models import Events


def events_of(row: models.Model) -> "models.QuerySet[Events]":
    """Return the trail of one row, newest first, with the acting person and the action in ``pgh_context``."""
    trail: models.QuerySet[Events] = Events.objects.tracks(row).order_by("-pgh_created_at", "-pgh_id")
    return trail


def versions_of(row: models.Model) -> "models.QuerySet[Any]":
    """Return what a tracked row was after each change, newest first: its fields, and ``pgh_created_at``."""
    events = cast("Any", type(row)).pgh_event_model.objects
    versions: models.QuerySet[Any] = events.filter(pgh_obj_id=row.pk).exclude(pgh_label="delete").order_by("-pgh_id")
    return versions
