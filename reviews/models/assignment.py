"""An editor's request that one reviewer review one round by a day."""

import uuid
from datetime import date, timedelta
from typing import Any, ClassVar, Self

from django.db import models
from django.db.models import Aggregate, Count, DurationField, F, Q
from django.db.models.functions import Lower
from django.utils.translation import gettext_lazy as _

from reviews.models.event import tracked
from reviews.models.round import Round
from reviews.models.user import User

PATIENCE = timedelta(days=3)
"""How long a request may go without an answer before an editor is told."""


class MedianDuration(Aggregate):
    """The median of spans of time; rows without one do not count."""

    function = "PERCENTILE_CONT"
    template = "%(function)s(0.5) WITHIN GROUP (ORDER BY %(expressions)s)"
    output_field = DurationField()


class AssignmentQuerySet(models.QuerySet["Assignment"]):
    def live(self) -> Self:
        """Asked and not ended: invited, or accepted, or handed in."""
        return self.filter(withdrawn_at=None, declined_at=None, released_at=None)

    def standing(self) -> Self:
        """Requests for which nobody can be asked again in their round: not taken back, or handed in before that.

        Marks that were handed in count on, or can be counted again: a reviewer has one vote.
        """
        return self.filter(Q(withdrawn_at=None) | Q(review__submitted_at__isnull=False))

    def open(self) -> Self:
        """Work that is still out: live, and nothing handed in."""
        return self.live().filter(round__closed_at=None, review__submitted_at=None)

    def overdue(self, today: date) -> Self:
        return self.open().filter(due_on__lt=today)

    def late(self, today: date) -> Self:
        """Work that was taken on and is still out after its day."""
        return self.overdue(today).exclude(accepted_at=None)

    def unanswered(self, today: date) -> Self:
        """Requests that nobody has answered for some days: long enough to ask after them."""
        return self.open().filter(accepted_at=None, assigned_on__lte=today - PATIENCE)

    def history(self, *, today: date) -> "models.QuerySet[Assignment, dict[str, Any]]":
        """Return per reviewer how earlier requests went, in dictionaries: ``asked`` and ``declined``; ``handed_in``;
        ``due``, the reviews that were handed in or are overdue, and ``late`` of them; ``pace``, the median time from
        the request to the review. A request that was taken back before anything was handed in counts nowhere.
        """
        is_in = Q(review__submitted_at__isnull=False)
        is_overdue = Q(review__submitted_at=None, accepted_at__isnull=False, withdrawn_at=None, due_on__lt=today)
        is_overdue &= Q(released_at=None) | Q(released_at__date__gt=F("due_on"))
        return (
            self.filter(Q(withdrawn_at=None) | is_in)
            .order_by()
            .values("reviewer")
            .annotate(
                asked=Count("pk"),
                declined=Count("pk", filter=Q(declined_at__isnull=False)),
                handed_in=Count("pk", filter=is_in),
                due=Count("pk", filter=is_in | is_overdue),
                late=Count("pk", filter=Q(review__submitted_at__date__gt=F("due_on")) | is_overdue),
                pace=MedianDuration(F("review__submitted_at") - F("assigned_at")),
            )
        )

    def claims_in_hand(self) -> "models.QuerySet[Assignment, dict[str, Any]]":
        """Return per reviewer the ``claims`` of the work that is out, in dictionaries."""
        return self.open().order_by().values("reviewer").annotate(claims=Count("round__claims"))

    def held_by(self, user: User) -> Self:
        return self.live().filter(reviewer=user)

    def addressed_to(self, addresses: list[str]) -> Self:
        """Invitations to somebody without an account, by the addresses that a person has verified."""
        return (
            self.live()
            .annotate(address=Lower("invited_email"))
            .filter(reviewer=None, address__in=[address.lower() for address in addresses])
        )


@tracked()
class Assignment(models.Model):
    """One reviewer asked to review one round: invited, then accepted, declined, withdrawn or released."""

    class Conflict(models.TextChoices):
        NOT_ASKED = "not_asked", _("not asked")
        NONE = "none", _("none")
        DECLARED = "declared", _("declared")

    key = models.UUIDField(unique=True, default=uuid.uuid4, editable=False)
    round = models.ForeignKey(Round, on_delete=models.PROTECT, related_name="assignments")
    reviewer = models.ForeignKey(User, on_delete=models.PROTECT, null=True, blank=True, related_name="assignments")
    invited_email = models.EmailField(blank=True, help_text=_("Where somebody without an account was invited."))
    assigned_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    assigned_on = models.DateField()
    assigned_at = models.DateTimeField()
    due_on = models.DateField()
    accepted_at = models.DateTimeField(null=True, blank=True)
    conflict = models.CharField(max_length=10, choices=Conflict, default=Conflict.NOT_ASKED)
    conflict_statement = models.TextField(blank=True, max_length=2000)
    declined_at = models.DateTimeField(null=True, blank=True)
    decline_reason = models.TextField(blank=True, max_length=2000)
    withdrawn_at = models.DateTimeField(null=True, blank=True, help_text=_("The editor took the request back."))
    withdrawn_note = models.TextField(blank=True, max_length=2000, help_text=_("The person reads it in the mail."))
    released_at = models.DateTimeField(null=True, blank=True, help_text=_("The round closed without this review."))
    set_aside_at = models.DateTimeField(null=True, blank=True, help_text=_("The submitted marks do not count."))
    set_aside_reason = models.TextField(blank=True, max_length=2000)

    objects = AssignmentQuerySet.as_manager()

    class Meta:
        ordering: ClassVar[list[str]] = ["round", "assigned_at"]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(
                fields=["round", "reviewer"],
                condition=Q(withdrawn_at=None),
                name="one_live_assignment_per_reviewer",
                violation_error_message=_("This reviewer already holds this article."),
            ),
            models.UniqueConstraint(
                Lower("invited_email"),
                "round",
                condition=Q(withdrawn_at=None) & ~Q(invited_email=""),
                name="one_live_invitation_per_address",
                violation_error_message=_("This address is invited already."),
            ),
            models.CheckConstraint(
                condition=Q(reviewer__isnull=False) | ~Q(invited_email=""),
                name="assignment_names_a_reviewer_or_an_address",
            ),
            models.CheckConstraint(
                condition=Q(due_on__gte=F("assigned_on")),
                name="assignment_due_after_it_is_made",
                violation_error_message=_("The due date is before the assignment."),
            ),
            models.CheckConstraint(
                condition=Q(accepted_at=None) | Q(reviewer__isnull=False), name="only_a_reviewer_accepts"
            ),
            models.CheckConstraint(
                condition=Q(accepted_at=None) | Q(declined_at=None), name="assignment_is_accepted_or_declined"
            ),
            models.CheckConstraint(
                condition=Q(accepted_at=None) | ~Q(conflict="not_asked"),
                name="whoever_accepts_was_asked_of_conflicts",
            ),
            models.CheckConstraint(
                condition=Q(conflict="declared") & ~Q(conflict_statement="")
                | ~Q(conflict="declared") & Q(conflict_statement=""),
                name="a_declared_conflict_is_stated",
                violation_error_message=_("Say what the conflict of interest is."),
            ),
            models.CheckConstraint(
                condition=Q(declined_at=None) | ~Q(decline_reason=""),
                name="whoever_declines_says_why",
                violation_error_message=_("Say why you decline."),
            ),
            models.CheckConstraint(
                condition=Q(withdrawn_at__isnull=False) | Q(withdrawn_note=""),
                name="a_note_of_withdrawal_is_of_a_withdrawal",
            ),
            models.CheckConstraint(
                condition=Q(set_aside_at=None) | ~Q(set_aside_reason=""), name="marks_set_aside_say_why"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.reviewer or self.invited_email}, {self.round}"

    @property
    def is_live(self) -> bool:
        return self.withdrawn_at is None and self.declined_at is None and self.released_at is None
