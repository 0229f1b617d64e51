"""A mail owed to a person: a row first, a message second."""

from datetime import datetime
from typing import ClassVar, Self

from django.db import models
from django.db.models import Q

from reviews.models.assignment import Assignment
from reviews.models.report import Report
from reviews.models.round import Round
from reviews.models.source import Source
from reviews.models.user import User


class NoticeQuerySet(models.QuerySet["Notice"]):
    def due(self, at: datetime) -> Self:
        """Owed and its time has come, or claimed before the hand-over by somebody whose lease ran out."""
        return self.filter(
            Q(state=Notice.State.OWED, due_at__lte=at) | Q(state=Notice.State.CLAIMED, lease_until__lt=at)
        )

    def lost_at_hand_over(self, at: datetime) -> Self:
        """Being handed to the mail server by somebody whose lease ran out: nobody knows whether it was accepted."""
        return self.filter(state=Notice.State.SENDING, lease_until__lt=at)


class Notice(models.Model):
    """One mail to one person, written in the same transaction as what caused it.

    owed -> claimed (a worker writes it) -> sending (body stored, being handed over) -> sent, or *uncertain*: the
    connection broke after the message was handed over. Uncertain mail is shown to an editor and never sent again by
    itself. dropped: no longer true when its turn came.
    """

    class Kind(models.TextChoices):
        INVITED = "invited", "invited"
        ACCEPTED = "accepted", "accepted and due"
        DUE_SOON = "due_soon", "due soon"
        OVERDUE = "overdue", "overdue"
        SENT_BACK = "sent_back", "sent back"
        ROUND_COMPLETE = "round_complete", "round complete"
        EDITOR_SUMMARY = "editor_summary", "review summary for the editor"
        REVIEWER_SUMMARY = "reviewer_summary", "review summary for the reviewer"
        PUBLISHED = "published", "published"
        QUESTION = "question", "a reviewer asks"
        REPLY = "reply", "the editor replies"
        RETRACTED_SOURCE = "retracted_source", "retracted source"
        SECOND_LOOK = "second_look", "second look asked"

    class State(models.TextChoices):
        OWED = "owed", "owed"
        CLAIMED = "claimed", "being written"
        SENDING = "sending", "being sent"
        SENT = "sent", "sent"
        UNCERTAIN = "uncertain", "uncertain"
        FAILED = "failed", "failed"
        DROPPED = "dropped", "dropped"

    key = models.CharField(max_length=120, unique=True, help_text="What caused it and whom it is for: never twice.")
    kind = models.CharField(max_length=20, choices=Kind)
    recipient = models.ForeignKey(User, on_delete=models.PROTECT, null=True, blank=True, related_name="notices")
    address = models.EmailField(help_text="Where it goes.")
    round = models.ForeignKey(Round, on_delete=models.PROTECT, null=True, blank=True, related_name="notices")
    assignment = models.ForeignKey(Assignment, on_delete=models.PROTECT, null=True, blank=True, related_name="notices")
    report = models.ForeignKey(Report, on_delete=models.PROTECT, null=True, blank=True, related_name="notices")
    source = models.ForeignKey(Source, on_delete=models.PROTECT, null=True, blank=True, related_name="notices")
    state = models.CharField(max_length=10, choices=State, default=State.OWED)
    attempts = models.PositiveSmallIntegerField(default=0)
    owed_at = models.DateTimeField()
    due_at = models.DateTimeField()
    lease_until = models.DateTimeField(null=True, blank=True)
    subject = models.CharField(max_length=300, blank=True)
    text = models.TextField(blank=True)
    html = models.TextField(blank=True)
    body_sha256 = models.CharField(max_length=64, blank=True)
    sent_at = models.DateTimeField(null=True, blank=True)
    error = models.TextField(blank=True)

    objects = NoticeQuerySet.as_manager()

    class Meta:
        ordering: ClassVar[list[str]] = ["-owed_at", "-pk"]
        indexes: ClassVar[list[models.Index]] = [
            models.Index(
                fields=["due_at"],
                condition=Q(state__in=["owed", "claimed", "sending"]),
                name="notices_to_send",
            ),
            models.Index(fields=["state"], condition=Q(state__in=["uncertain", "failed"]), name="notices_unsettled"),
        ]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.CheckConstraint(
                condition=Q(state="sent", sent_at__isnull=False) | (~Q(state="sent") & Q(sent_at=None)),
                name="sent_notice_has_a_time",
            ),
            models.CheckConstraint(
                condition=~Q(state__in=["sending", "sent", "uncertain"]) | ~Q(body_sha256=""),
                name="notice_is_written_before_it_is_handed_over",
            ),
            models.CheckConstraint(
                condition=Q(state__in=["claimed", "sending"], lease_until__isnull=False)
                | (~Q(state__in=["claimed", "sending"]) & Q(lease_until=None)),
                name="notice_in_hand_has_a_lease",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} to {self.address}: {self.state}"
