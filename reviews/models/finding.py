"""What public services know of our sources, and what was said of these after they appeared."""

from typing import ClassVar

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from reviews.core.citing.records import Record
from reviews.models.source import Source


class Finding(models.Model):
    """What one service last said of one source: its record, or that it knows none."""

    source = models.ForeignKey(Source, on_delete=models.CASCADE, related_name="findings")
    service = models.CharField(max_length=40)
    csl = models.JSONField(null=True, blank=True, help_text=_("The record as CSL-JSON; empty: it knows none."))
    abstract = models.TextField(blank=True)
    types = ArrayField(models.CharField(max_length=200), default=list, blank=True)
    keywords = ArrayField(models.CharField(max_length=200), default=list, blank=True)
    fetched_at = models.DateTimeField()

    class Meta:
        ordering: ClassVar[list[str]] = ["source", "pk"]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["source", "service"], name="one_finding_per_service_and_source"),
            models.CheckConstraint(
                condition=Q(csl__isnull=False) | Q(abstract="", types=[], keywords=[]),
                name="finding_without_a_record_says_nothing",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.service} on {self.source}"

    @property
    def record(self) -> Record | None:
        return Record.from_csl(self.csl) if self.csl else None


class EditorialNotice(models.Model):
    """A retraction, correction, expression of concern or reinstatement of a source, by whom we know of it."""

    class Nature(models.TextChoices):
        RETRACTED = "retracted", _("retracted")
        CONCERN = "concern", _("expression of concern")
        CORRECTED = "corrected", _("corrected")
        REINSTATED = "reinstated", _("reinstated")

    source = models.ForeignKey(Source, on_delete=models.CASCADE, related_name="editorial_notices")
    nature = models.CharField(max_length=12, choices=Nature)
    notice_doi = models.CharField(max_length=300, blank=True)
    said_on = models.DateField(null=True, blank=True)
    reasons = models.CharField(max_length=500, blank=True)
    said_by = models.CharField(max_length=40, help_text=_("The service or file that told us first."))
    seen_at = models.DateTimeField()

    class Meta:
        ordering: ClassVar[list[str]] = ["source", "said_on", "pk"]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["source", "nature", "notice_doi"], name="one_row_per_notice_on_a_source"),
        ]

    def __str__(self) -> str:
        return f"{self.source}: {self.get_nature_display()}"
