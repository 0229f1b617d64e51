"""What public services are asked about a reviewer's own source, and what they said."""

from typing import ClassVar

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from reviews.models.round import RoundCitation
from reviews.models.source import Source, SourceText


class Inquiry(models.Model):
    """One look-up for one own source of one reviewer, whatever anybody else has stored: seen by that reviewer and the
    editors.

    What is found stands in the citation's record; ``typed`` is the record as the reviewer gave it. Nobody knew it where
    it is settled without a find; where it was given up, some services could not be reached.
    """

    citation = models.OneToOneField(RoundCitation, on_delete=models.CASCADE, related_name="inquiry")
    typed = models.JSONField(help_text=_("The record as the reviewer gave it, as CSL-JSON."))
    asked_at = models.DateTimeField()
    heard = ArrayField(
        models.CharField(max_length=40), default=list, blank=True, help_text=_("Services that answered.")
    )
    found_at = models.DateTimeField(null=True, blank=True)
    retraction = models.CharField(max_length=12, choices=Source.Retraction, default=Source.Retraction.NONE)
    found_text = models.ForeignKey(
        SourceText,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        help_text="The first abstract that a service gave: quotes of this source are looked up there only.",
    )
    settled_at = models.DateTimeField(null=True, blank=True)
    gave_up = models.BooleanField(default=False)

    class Meta:
        verbose_name_plural = _("inquiries")
        ordering: ClassVar[list[str]] = ["asked_at", "pk"]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.CheckConstraint(condition=Q(found_at=None) | ~Q(heard=[]), name="what_is_found_was_heard"),
            models.CheckConstraint(
                condition=Q(retraction="none", found_text=None) | Q(found_at__isnull=False),
                name="inquiry_without_a_find_says_nothing",
            ),
            models.CheckConstraint(
                condition=Q(gave_up=False) | Q(settled_at__isnull=False), name="inquiry_given_up_is_settled"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.citation}: {self.state}"

    @property
    def state(self) -> str:
        """``found``, ``waiting``, ``unknown`` or ``unreachable``."""
        if self.found_at:
            return "found"
        if self.settled_at is None:
            return "waiting"
        return "unreachable" if self.gave_up else "unknown"
