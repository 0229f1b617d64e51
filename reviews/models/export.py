"""What leaves the house as a file: asked for by one editor, written by the machine, gone after a few days."""

import uuid
from datetime import datetime
from typing import ClassVar, Self

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q
from django.utils.text import capfirst
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from reviews.models.event import tracked
from reviews.models.round import Round
from reviews.models.user import User


class ExportQuerySet(models.QuerySet["Export"]):
    def of(self, editor: User) -> Self:
        """Whatever this person asked for: the files are for nobody else."""
        return self.filter(asked_by=editor)

    def known_to(self, editor: User) -> Self:
        """Of which this person may know that they were asked for: the own ones, and to a chief editor all."""
        return self if editor.is_chief else self.of(editor)

    def to_fetch(self, at: datetime) -> Self:
        """Written, and neither expired nor removed."""
        return self.filter(made_at__isnull=False, removed_at=None, expires_at__gt=at)

    def expired(self, at: datetime) -> Self:
        """Past their day, with a file that is still there."""
        return self.filter(made_at__isnull=False, removed_at=None, expires_at__lte=at)


@tracked(exclude=["rounds", "rounds_written"])
class Export(models.Model):
    """A file that one editor asked for. The row stays as a record of what left the house; its bytes do not."""

    class Content(models.TextChoices):
        REPORTS = "reports", _("reports, a row per claim")
        MARKS = "marks", _("marks")
        APPRAISALS = "appraisals", _("appraisals of sources")
        ANSWERS = "answers", _("answers to forms")
        OMISSIONS = "omissions", _("what is left out")
        SOURCES = "sources", _("sources put to claims")
        BUNDLE = "bundle", _("the whole round, to compile it again elsewhere")

    class Form(models.TextChoices):
        XLSX = "xlsx", _("a workbook (XLSX)")
        CSV = "csv", _("CSV")
        JSON = "json", _("JSON")
        ZIP = "zip", _("zip")

    key = models.UUIDField(unique=True, default=uuid.uuid4, editable=False)
    content = models.CharField(max_length=10, choices=Content)
    form = models.CharField(max_length=5, choices=Form)
    round = models.ForeignKey(
        Round,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="exports",
        help_text=_("Empty: every compiled round of the editor's desk."),
    )
    since = models.DateField(null=True, blank=True, help_text=_("Rounds closed on this day or later."))
    until = models.DateField(null=True, blank=True, help_text=_("Rounds closed on this day or before."))
    asked_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    asked_at = models.DateTimeField()
    rounds = models.PositiveIntegerField(
        null=True, blank=True, help_text=_("How many rounds it is about; empty: not begun.")
    )
    rounds_written = models.PositiveIntegerField(default=0)
    made_at = models.DateTimeField(null=True, blank=True)
    rows = models.PositiveIntegerField(default=0)
    size = models.PositiveBigIntegerField(null=True, blank=True, help_text=_("In bytes."))
    sha256 = models.CharField(max_length=64, blank=True)
    expires_at = models.DateTimeField(null=True, blank=True)
    fetched_at = models.DateTimeField(null=True, blank=True, help_text=_("When it was downloaded last."))
    removed_at = models.DateTimeField(null=True, blank=True, help_text=_("The file is gone: expired, or taken away."))

    objects = ExportQuerySet.as_manager()

    class Meta:
        ordering: ClassVar[list[str]] = ["-asked_at", "-pk"]
        indexes: ClassVar[list[models.Index]] = [
            models.Index(
                fields=["expires_at"], condition=Q(made_at__isnull=False, removed_at=None), name="exports_to_remove"
            ),
        ]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.CheckConstraint(
                condition=Q(content="bundle", form="zip", round__isnull=False)
                | (~Q(content="bundle") & Q(form__in=["csv", "xlsx", "json"])),
                name="an_export_is_a_table_or_the_zip_of_one_round",
            ),
            models.CheckConstraint(
                condition=Q(made_at=None, size=None, expires_at=None, sha256="")
                | (
                    Q(made_at__isnull=False, size__isnull=False, expires_at__isnull=False, expires_at__gt=F("made_at"))
                    & ~Q(sha256="")
                ),
                name="a_written_export_has_a_size_a_hash_and_an_end",
            ),
            models.CheckConstraint(
                condition=Q(made_at__isnull=False) | Q(fetched_at=None, removed_at=None),
                name="only_a_written_export_is_fetched_or_removed",
            ),
            models.CheckConstraint(
                condition=Q(since=None) | Q(until=None) | Q(until__gte=F("since")),
                name="a_period_of_an_export_ends_after_it_begins",
            ),
            models.UniqueConstraint(
                fields=["asked_by", "content", "form", "round", "since", "until"],
                condition=Q(made_at=None),
                nulls_distinct=False,
                name="one_waiting_export_of_a_kind_per_editor",
            ),
        ]

    def __str__(self) -> str:
        parts = {"content": capfirst(self.get_content_display()), "form": self.get_form_display()}
        return gettext("%(content)s, as %(form)s") % parts

    @property
    def file_name(self) -> str:
        """What the file is called when it is downloaded: plain ASCII, and nothing of what is in it."""
        about = f"round-{self.round_id}" if self.round_id else "desk"
        return f"assay-{about}-{self.content}-{self.asked_at:%Y%m%d-%H%M%S}.{self.form}"


class ExportPart(models.Model):
    """A piece of an export's bytes. The file of an export is its parts, one after another."""

    export = models.ForeignKey(Export, on_delete=models.CASCADE, related_name="parts")
    number = models.PositiveIntegerField()
    held = models.BinaryField()

    class Meta:
        ordering: ClassVar[list[str]] = ["export", "number"]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["export", "number"], name="one_part_of_an_export_per_number"),
        ]

    def __str__(self) -> str:
        return f"Part {self.number} of {self.export}"


class ExportedRound(models.Model):
    """A round that an export tells of, and the claims left out because its editor may not know of them yet.

    By these the right to the file is looked at once more when it is downloaded.
    """

    export = models.ForeignKey(Export, on_delete=models.CASCADE, related_name="covers")
    round = models.ForeignKey(Round, on_delete=models.PROTECT, related_name="+")
    left_out = ArrayField(models.PositiveSmallIntegerField(), default=list, blank=True)

    class Meta:
        ordering: ClassVar[list[str]] = ["export", "round"]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["export", "round"], name="an_export_tells_of_a_round_once"),
        ]

    def __str__(self) -> str:
        return f"{self.round} in {self.export}"
