"""The audit trail: one line for every change, kept by database triggers and never changed."""

from django.db import models
from pghistory.models import Events


def events_of(row: models.Model) -> "models.QuerySet[Events]":
    """Return the trail of one row, newest first, with the acting person and the action in ``pgh_context``."""
    trail: models.QuerySet[Events] = Events.objects.tracks(row).order_by("-pgh_created_at", "-pgh_id")
    return trail
