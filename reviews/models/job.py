"""Work that must happen, as rows. A queue message is only a nudge to look here."""

from datetime import datetime
from typing import ClassVar, Self

from django.db import models
from django.db.models import Q

from reviews.models.article import Intake
from reviews.models.feed import Feed
from reviews.models.retraction import RetractionFile
from reviews.models.round import Round
from reviews.models.source import Source

WORKED_ON = ("intake", "round", "source", "feed", "retraction_file")


def works_on(kind: str, wanted: str) -> Q:
    """Return the condition that a job of a kind names what it works on, and nothing else."""
    return Q(kind=kind, **{f"{name}__isnull": name != wanted for name in WORKED_ON})


class JobQuerySet(models.QuerySet["Job"]):
    def due(self, at: datetime) -> Self:
        """Owed and its time has come, or claimed by somebody whose lease ran out."""
        return self.filter(Q(state=Job.State.OWED, due_at__lte=at) | Q(state=Job.State.RUNNING, lease_until__lt=at))


class Job(models.Model):
    """One piece of the machine's work. It is claimed by a conditional UPDATE and finished only by its last claimer."""

    class Kind(models.TextChoices):
        READ = "read_intake", "read what was received"
        COMPILE = "compile_report", "compile a report"
        LOOK_UP = "look_up_source", "look a source up"
        FEED = "check_feed", "look at a feed"
        RETRACTIONS = "read_retractions", "go through a file of retractions"

    class State(models.TextChoices):
        OWED = "owed", "waiting"
        RUNNING = "running", "running"
        DONE = "done", "done"
        FAILED = "failed", "failed"

    kind = models.CharField(max_length=20, choices=Kind)
    intake = models.ForeignKey(Intake, on_delete=models.CASCADE, null=True, blank=True, related_name="jobs")
    round = models.ForeignKey(Round, on_delete=models.CASCADE, null=True, blank=True, related_name="jobs")
    source = models.ForeignKey(Source, on_delete=models.CASCADE, null=True, blank=True, related_name="jobs")
    feed = models.ForeignKey(Feed, on_delete=models.CASCADE, null=True, blank=True, related_name="jobs")
    retraction_file = models.ForeignKey(
        RetractionFile, on_delete=models.CASCADE, null=True, blank=True, related_name="jobs"
    )
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
                condition=works_on("read_intake", "intake")
                | works_on("compile_report", "round")
                | works_on("look_up_source", "source")
                | works_on("check_feed", "feed")
                | works_on("read_retractions", "retraction_file"),
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
            models.UniqueConstraint(fields=["intake"], condition=~Q(state="failed"), name="one_reading_per_intake"),
            models.CheckConstraint(
                condition=Q(state="running", lease_until__isnull=False) | (~Q(state="running") & Q(lease_until=None)),
                name="running_job_has_a_lease",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()}: {self.state}"
