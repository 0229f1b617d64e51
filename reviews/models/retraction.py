"""A file of retractions that an editor brought in, and how far the worker has gone through it."""

from typing import ClassVar, Self

from django.db import models
from django.db.models import F, Q
from django.utils.formats import date_format
from django.utils.timezone import localtime
from django.utils.translation import gettext_lazy as _

from reviews.models.user import User
from reviews.models.wording import kept


class RetractionFileQuerySet(models.QuerySet["RetractionFile"]):
    def waiting(self) -> Self:
        """Neither gone through, nor cancelled, nor refused."""
        return self.filter(finished_at=None, cancelled_at=None, failure="")


class RetractionFile(models.Model):
    """A CSV of Retraction Watch, as it came.

    What it says of our sources is not counted here: not every editor may know each of them.
    """

    received = models.BinaryField()
    sha256 = models.CharField(max_length=64)
    file_name = models.CharField(max_length=255)
    size = models.PositiveBigIntegerField(help_text=_("In bytes."))
    added_at = models.DateTimeField()
    added_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    gone_through = models.PositiveBigIntegerField(default=0, help_text=_("In bytes."))
    rows = models.PositiveIntegerField(default=0, help_text=_("That were read up to now."))
    bad_rows = models.PositiveIntegerField(default=0)
    bad = models.JSONField(default=list, help_text=_("The first of them: line, reason and its values each."))
    finished_at = models.DateTimeField(null=True, blank=True)
    cancelled_at = models.DateTimeField(null=True, blank=True)
    failure = models.CharField(max_length=500, blank=True, help_text=_("Why it could not be read to its end."))
    failure_values = models.JSONField(default=dict, help_text=_("What its words have a place for."))

    objects = RetractionFileQuerySet.as_manager()

    class Meta:
        ordering: ClassVar[list[str]] = ["-added_at", "-pk"]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.CheckConstraint(
                condition=Q(finished_at=None, cancelled_at=None)
                | Q(finished_at=None, failure="")
                | Q(cancelled_at=None, failure=""),
                name="a_file_of_retractions_ends_in_one_way",
            ),
            models.CheckConstraint(
                condition=Q(gone_through__lte=F("size")), name="no_more_is_gone_through_than_there_is"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.file_name}, {date_format(localtime(self.added_at))}"

    @property
    def why(self) -> str:
        """Why it could not be read to its end, in the desk's language."""
        return kept(self.failure, self.failure_values)

    @property
    def bad_in_words(self) -> list[tuple[int, str]]:
        """The first rows that could not be used: line and reason each. What was kept before has no values apart."""
        return [(line, kept(words, *values)) for line, words, *values in self.bad]

    @property
    def percent(self) -> int:
        return self.gone_through * 100 // self.size if self.size else 100
