"""Why a report has to be checked again, and when that was done."""

from typing import ClassVar, Self

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from reviews.models.report import Report
from reviews.models.source import Source

OF_A_SOURCE = ("retracted", "record")


class RecheckQuerySet(models.QuerySet["Recheck"]):
    def open(self) -> Self:
        return self.filter(settled_at=None)

    def standing_against(self, *reports: Report) -> dict[int, list["Recheck"]]:
        """What makes each of these versions stale, by its primary key: every cause once, the oldest first.

        That is whatever was not looked into yet, and, where the newest version says something else than this one,
        whatever led to it. A newest version that says the same clears this one again.
        """
        rounds = {report.round_id for report in reports}
        versions = Report.objects.filter(round__in=rounds).order_by("number")
        newest = dict(versions.values_list("round", "fingerprint"))
        known = list(self.filter(report__round__in=rounds).select_related("report").order_by("-since", "-pk"))
        return {
            report.pk: sorted(
                {one.cause: one for one in known if one.stands_against(report, newest=newest)}.values(),
                key=lambda one: (one.since, one.pk),
            )
            for report in reports
        }


class Recheck(models.Model):
    """Something changed that a report rests on: until it is compiled again the report is stale.

    ``report`` is the newest version at that moment; ``settled_by`` the newest one afterwards, the same where nothing
    came of it. Changes of a source write theirs by a trigger of the source's table.
    """

    class Cause(models.TextChoices):
        RETRACTED = "retracted", _("a source that it rests on was retracted")
        RECORD = "record", _("the record of a source that it rests on was corrected")
        SET_ASIDE = "set_aside", _("the marks of a reviewer count no more")
        COUNTED_AGAIN = "counted_again", _("marks that had been set aside count again")
        DECISION = "decision", _("an editor has decided a claim")
        SECOND_LOOK = "second_look", _("the reviewers took a second look at a claim")
        STATEMENT = "statement", _("a reviewer has something to say against a verdict")

    report = models.ForeignKey(Report, on_delete=models.PROTECT, related_name="rechecks")
    cause = models.CharField(max_length=20, choices=Cause)
    source = models.ForeignKey(Source, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    since = models.DateTimeField()
    settled_at = models.DateTimeField(null=True, blank=True)
    settled_by = models.ForeignKey(Report, on_delete=models.PROTECT, null=True, blank=True, related_name="settled")

    objects = RecheckQuerySet.as_manager()

    class Meta:
        ordering: ClassVar[list[str]] = ["since", "pk"]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(
                fields=["report", "cause", "source"],
                condition=Q(settled_at=None),
                nulls_distinct=False,
                name="one_open_recheck_per_cause",
            ),
            models.CheckConstraint(
                condition=Q(settled_at=None, settled_by=None) | Q(settled_at__isnull=False, settled_by__isnull=False),
                name="a_settled_recheck_names_the_report_that_settled_it",
            ),
            models.CheckConstraint(
                condition=Q(cause__in=OF_A_SOURCE, source__isnull=False) | ~Q(cause__in=OF_A_SOURCE) & Q(source=None),
                name="a_recheck_for_a_source_names_it",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.report}: {self.get_cause_display()}"

    def stands_against(self, report: Report, *, newest: dict[int, str]) -> bool:
        """Whether this makes a version stale; ``newest`` is the newest fingerprint of each round."""
        if self.report.round_id != report.round_id:
            return False
        is_overtaken = newest[report.round_id] != report.fingerprint and self.report.number >= report.number
        return self.settled_at is None or is_overtaken
