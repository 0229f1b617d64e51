"""A list of references that came in at once: kept as it was received, and what became of each."""

from typing import ClassVar, Self

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q

from reviews.core.citing.records import Record
from reviews.models.source import Source
from reviews.models.user import User


class BibliographyQuerySet(models.QuerySet["Bibliography"]):
    def waiting(self) -> Self:
        """Received, and neither imported nor put away yet."""
        return self.filter(settled_at=None)


class Bibliography(models.Model):
    """What an editor pasted or uploaded, with its references as they were read; nothing of it is a source yet."""

    received = models.BinaryField()
    sha256 = models.CharField(max_length=64)
    file_name = models.CharField(max_length=255, blank=True)
    format = models.CharField(max_length=20)
    outside = models.JSONField(default=list, help_text="Lines that belong to no reference: name and words each.")
    added_at = models.DateTimeField()
    added_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    settled_at = models.DateTimeField(null=True, blank=True, help_text="Imported or put away.")

    objects = BibliographyQuerySet.as_manager()

    class Meta:
        ordering: ClassVar[list[str]] = ["-added_at", "-pk"]
        verbose_name_plural = "bibliographies"

    def __str__(self) -> str:
        return self.file_name or f"Pasted on {self.added_at:%d %B %Y at %H:%M}"


class BibliographyEntry(models.Model):
    """One reference of a list: its record, or why it could not be read; and what became of it."""

    class Outcome(models.TextChoices):
        NEW = "new", "new source"
        KNOWN = "known", "was there already"
        FILLED = "filled", "added to a source that was there"
        MERGED = "merged", "two sources became one"
        SKIPPED = "skipped", "left out"

    bibliography = models.ForeignKey(Bibliography, on_delete=models.CASCADE, related_name="entries")
    number = models.PositiveIntegerField(help_text="In the order of the list, from 1.")
    line = models.PositiveIntegerField()
    csl = models.JSONField(null=True, blank=True, help_text="The record as CSL-JSON; empty: it could not be read.")
    abstract = models.TextField(blank=True)
    language = models.CharField(max_length=60, blank=True)
    types = ArrayField(models.CharField(max_length=200), default=list, blank=True)
    keywords = ArrayField(models.CharField(max_length=200), default=list, blank=True)
    left_out = models.JSONField(default=list, help_text="What the record could not express: name and words each.")
    why_broken = models.CharField(max_length=500, blank=True)
    excerpt = models.CharField(max_length=400, blank=True)
    outcome = models.CharField(max_length=10, choices=Outcome, blank=True)
    source = models.ForeignKey(Source, on_delete=models.PROTECT, null=True, blank=True, related_name="entries")

    class Meta:
        ordering: ClassVar[list[str]] = ["bibliography", "number"]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["bibliography", "number"], name="one_entry_per_number_in_a_bibliography"),
            models.CheckConstraint(
                condition=Q(csl__isnull=False, why_broken="") | (Q(csl=None) & ~Q(why_broken="")),
                name="entry_has_a_record_or_says_why_not",
            ),
            models.CheckConstraint(
                condition=Q(source=None, outcome__in=["", "skipped"])
                | (Q(source__isnull=False) & ~Q(outcome__in=["", "skipped"])),
                name="entry_that_became_a_source_names_it",
            ),
        ]

    def __str__(self) -> str:
        return self.record.short() if self.csl else self.excerpt

    @property
    def record(self) -> Record:
        return Record.from_csl(self.csl or {})
