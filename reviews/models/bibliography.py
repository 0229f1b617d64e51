"""A list of references that came in at once: kept as it was received, and what became of each."""

from typing import ClassVar, Self

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q
from django.utils.formats import date_format
from django.utils.timezone import localtime
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from reviews.core.citing.records import Record
from reviews.models.source import Source
from reviews.models.user import User
from reviews.models.wording import kept


class BibliographyQuerySet(models.QuerySet["Bibliography"]):
    def unread(self) -> Self:
        """The worker has to read them yet: neither read, nor cancelled, nor refused."""
        return self.filter(read_at=None, cancelled_at=None, failure="")

    def being_imported(self) -> Self:
        return self.filter(asked_at__isnull=False, settled_at=None)


class Bibliography(models.Model):
    """What an editor pasted or uploaded, with its references as they were read. None is a source before the editor has
    looked through them and asked for it."""

    class State(models.TextChoices):
        READING = "reading", _("being read")
        CANCELLED = "cancelled", _("cancelled")
        FAILED = "failed", _("could not be read")
        WAITING = "waiting", _("waits for you")
        IMPORTING = "importing", _("being imported")
        SETTLED = "settled", _("settled")

    received = models.BinaryField()
    sha256 = models.CharField(max_length=64)
    file_name = models.CharField(max_length=255, blank=True)
    format = models.CharField(max_length=20, blank=True, help_text=_("Empty before it is read."))
    outside = models.JSONField(default=list, help_text=_("Lines that belong to no reference: name and words each."))
    added_at = models.DateTimeField()
    added_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    read_at = models.DateTimeField(null=True, blank=True)
    cancelled_at = models.DateTimeField(null=True, blank=True, help_text=_("When its reading was cancelled."))
    asked_at = models.DateTimeField(null=True, blank=True, help_text=_("When the import was asked for that goes on."))
    failure = models.CharField(
        max_length=500, blank=True, help_text=_("Why it was not read, or not imported to its end.")
    )
    failure_values = models.JSONField(default=dict, help_text=_("What its words have a place for."))
    settled_at = models.DateTimeField(null=True, blank=True, help_text=_("Imported or put away."))

    objects = BibliographyQuerySet.as_manager()

    class Meta:
        ordering: ClassVar[list[str]] = ["-added_at", "-pk"]
        verbose_name_plural = _("bibliographies")
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.CheckConstraint(
                condition=Q(read_at__isnull=False) | Q(asked_at=None, settled_at=None),
                name="a_list_is_read_before_it_is_settled",
            ),
            models.CheckConstraint(
                condition=Q(cancelled_at=None) | Q(read_at=None, failure=""),
                name="what_was_cancelled_was_not_read",
            ),
            models.CheckConstraint(
                condition=Q(asked_at=None) | Q(failure=""), name="a_list_that_is_imported_has_not_failed"
            ),
        ]

    def __str__(self) -> str:
        pasted = gettext("Pasted on %(day)s") % {"day": date_format(localtime(self.added_at), "DATETIME_FORMAT")}
        return self.file_name or pasted

    @property
    def why(self) -> str:
        """Why it was not read, or not imported to its end, in the desk's language."""
        return kept(self.failure, self.failure_values)

    @property
    def state(self) -> State:
        if self.settled_at:
            return self.State.SETTLED
        if self.read_at:
            return self.State.IMPORTING if self.asked_at else self.State.WAITING
        if self.cancelled_at:
            return self.State.CANCELLED
        return self.State.FAILED if self.failure else self.State.READING

    @property
    def is_in_hand(self) -> bool:
        """Whether the worker reads or imports it, or will."""
        return self.state in {self.State.READING, self.State.IMPORTING}


class BibliographyEntry(models.Model):
    """One reference of a list: its record, or why it could not be read; and what became of it."""

    class Choice(models.TextChoices):
        IMPORT = "import", _("import it")
        SAME = "same", _("it is the same as the one that it looks like")
        MERGE = "merge", _("merge the two sources that it names")
        SKIP = "skip", _("leave it out")

    class Outcome(models.TextChoices):
        NEW = "new", _("new source")
        KNOWN = "known", _("was there already")
        FILLED = "filled", _("added to a source that was there")
        MERGED = "merged", _("two sources became one")
        SKIPPED = "skipped", _("left out")
        REFUSED = "refused", _("could not be imported")

    bibliography = models.ForeignKey(Bibliography, on_delete=models.CASCADE, related_name="entries")
    number = models.PositiveIntegerField(help_text=_("In the order of the list, from 1."))
    line = models.PositiveIntegerField()
    csl = models.JSONField(null=True, blank=True, help_text=_("The record as CSL-JSON; empty: it could not be read."))
    abstract = models.TextField(blank=True)
    language = models.CharField(max_length=60, blank=True)
    types = ArrayField(models.CharField(max_length=200), default=list, blank=True)
    keywords = ArrayField(models.CharField(max_length=200), default=list, blank=True)
    left_out = models.JSONField(default=list, help_text=_("What the record could not express: name and words each."))
    why_broken = models.CharField(max_length=500, blank=True)
    why_broken_values = models.JSONField(default=dict, help_text=_("What its words have a place for."))
    excerpt = models.CharField(max_length=400, blank=True)
    choice = models.CharField(max_length=10, choices=Choice, blank=True, help_text=_("What the editor asked for."))
    outcome = models.CharField(max_length=10, choices=Outcome, blank=True)
    why_refused = models.CharField(max_length=300, blank=True)
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
                condition=Q(source=None, outcome__in=["", "skipped", "refused"])
                | (Q(source__isnull=False) & ~Q(outcome__in=["", "skipped", "refused"])),
                name="entry_that_became_a_source_names_it",
            ),
            models.CheckConstraint(
                condition=(Q(outcome="refused") & ~Q(why_refused="")) | (~Q(outcome="refused") & Q(why_refused="")),
                name="an_entry_that_was_refused_says_why",
            ),
        ]

    def __str__(self) -> str:
        return self.record.short() if self.csl else self.excerpt

    @property
    def why(self) -> str:
        """Why it could not be read, in the desk's language."""
        return kept(self.why_broken, self.why_broken_values)

    @property
    def refusal(self) -> str:
        """Why it could not be imported, in the desk's language."""
        return kept(self.why_refused)

    @property
    def record(self) -> Record:
        return Record.from_csl(self.csl or {})
