"""Work that must happen, as rows. A queue message is only a nudge to look here."""

from datetime import datetime
from functools import reduce
from operator import or_
from typing import ClassVar, Self

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from reviews.models.article import Intake
from reviews.models.bibliography import Bibliography
from reviews.models.export import Export
from reviews.models.feed import Feed
from reviews.models.inquiry import Inquiry
from reviews.models.retraction import RetractionFile
from reviews.models.round import Round
from reviews.models.rule import RuleTrial
from reviews.models.source import Source

WORKS_ON = {
    "read_intake": "intake",
    "compile_report": "round",
    "look_up_source": "source",
    "check_feed": "feed",
    "try_rule": "trial",
    "ask_services": "inquiry",
    "write_export": "export",
    "read_retractions": "retraction_file",
    "read_references": "bibliography",
    "import_references": "bibliography",
}
"""For each kind of job the one field that names what it works on."""


def _names_what_it_works_on() -> Q:
    subjects = WORKS_ON.values()
    kinds = [
        Q(kind=kind, **{f"{one}__isnull": one != subject for one in subjects}) for kind, subject in WORKS_ON.items()
    ]
    return reduce(or_, kinds)


class JobQuerySet(models.QuerySet["Job"]):
    def due(self, at: datetime) -> Self:
        """Owed and its time has come, or claimed by somebody whose lease ran out."""
        return self.filter(Q(state=Job.State.OWED, due_at__lte=at) | Q(state=Job.State.RUNNING, lease_until__lt=at))


class Job(models.Model):
    """One piece of the machine's work. It is claimed by a conditional UPDATE and finished only by its last claimer."""

    class Kind(models.TextChoices):
        READ = "read_intake", _("read what was received")
        COMPILE = "compile_report", _("compile a report")
        LOOK_UP = "look_up_source", _("look a source up")
        TRY_RULE = "try_rule", _("try a rule on past rounds")
        EXPORT = "write_export", _("write an export")
        FEED = "check_feed", _("look at a feed")
        RETRACTIONS = "read_retractions", _("go through a file of retractions")
        REFERENCES = "read_references", _("read a list of references")
        IMPORT = "import_references", _("import a list of references")
        INQUIRE = "ask_services", _("ask services about a reviewer's source")

    class State(models.TextChoices):
        OWED = "owed", _("waiting")
        RUNNING = "running", _("running")
        DONE = "done", _("done")
        FAILED = "failed", _("failed")

    kind = models.CharField(max_length=20, choices=Kind)
    intake = models.ForeignKey(Intake, on_delete=models.CASCADE, null=True, blank=True, related_name="jobs")
    round = models.ForeignKey(Round, on_delete=models.CASCADE, null=True, blank=True, related_name="jobs")
    source = models.ForeignKey(Source, on_delete=models.CASCADE, null=True, blank=True, related_name="jobs")
    trial = models.ForeignKey(RuleTrial, on_delete=models.CASCADE, null=True, blank=True, related_name="jobs")
    export = models.ForeignKey(Export, on_delete=models.CASCADE, null=True, blank=True, related_name="jobs")
    feed = models.ForeignKey(Feed, on_delete=models.CASCADE, null=True, blank=True, related_name="jobs")
    retraction_file = models.ForeignKey(
        RetractionFile, on_delete=models.CASCADE, null=True, blank=True, related_name="jobs"
    )
    bibliography = models.ForeignKey(Bibliography, on_delete=models.CASCADE, null=True, blank=True, related_name="jobs")
    inquiry = models.ForeignKey(Inquiry, on_delete=models.CASCADE, null=True, blank=True, related_name="jobs")
    state = models.CharField(max_length=10, choices=State, default=State.OWED)
    attempts = models.PositiveSmallIntegerField(default=0)
    owed_at = models.DateTimeField()
    due_at = models.DateTimeField()
    lease_until = models.DateTimeField(null=True, blank=True)
    finished_at = models.DateTimeField(null=True, blank=True)
    error = models.TextField(blank=True)

    objects = JobQuerySet.as_manager()

    class Meta:
        ordering: ClassVar[list[str]] = ["due_at", "pk"]
        indexes: ClassVar[list[models.Index]] = [
            models.Index(fields=["due_at"], condition=Q(state__in=["owed", "running"]), name="jobs_to_do"),
            models.Index(fields=["round"], condition=Q(state="failed", kind="compile_report"), name="compiles_failed"),
        ]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.CheckConstraint(
                condition=_names_what_it_works_on(),
                name="job_names_what_it_works_on",
            ),
            models.UniqueConstraint(
                fields=["round"],
                condition=Q(state="owed", kind="compile_report"),
                name="one_owed_compile_per_round",
            ),
            models.UniqueConstraint(
                fields=["source"],
                condition=Q(state="owed", kind="look_up_source"),
                name="one_owed_look_up_per_source",
            ),
            models.UniqueConstraint(fields=["trial"], condition=Q(state="owed"), name="one_owed_step_per_trial"),
            models.UniqueConstraint(
                fields=["feed"],
                condition=Q(state="owed", kind="check_feed"),
                name="one_owed_check_per_feed",
            ),
            models.UniqueConstraint(
                fields=["retraction_file"],
                condition=Q(state="owed", kind="read_retractions"),
                name="one_owed_going_through_per_file",
            ),
            models.UniqueConstraint(
                fields=["bibliography", "kind"],
                condition=Q(state="owed", bibliography__isnull=False),
                name="one_owed_step_per_bibliography",
            ),
            models.UniqueConstraint(fields=["inquiry"], condition=Q(inquiry__isnull=False), name="one_job_per_inquiry"),
            models.UniqueConstraint(fields=["intake"], condition=~Q(state="failed"), name="one_reading_per_intake"),
            models.UniqueConstraint(fields=["export"], condition=~Q(state="failed"), name="one_writing_per_export"),
            models.CheckConstraint(
                condition=Q(state="running", lease_until__isnull=False) | (~Q(state="running") & Q(lease_until=None)),
                name="running_job_has_a_lease",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()}: {self.state}"
