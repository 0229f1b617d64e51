"""One panel review of one revision, with claims and citations as they stood when it opened."""

import uuid
from datetime import date
from functools import reduce
from operator import or_
from typing import ClassVar, Self

import pghistory
import pgtrigger
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Count, Exists, F, FilteredRelation, OuterRef, Q, Subquery
from django.utils.formats import date_format
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from reviews.models.article import Article, keeps_stage
from reviews.models.claim import Claim
from reviews.models.event import tracked
from reviews.models.instrument import Instrument, Scale
from reviews.models.revision import Revision
from reviews.models.source import Citation, Source
from reviews.models.user import User
from reviews.models.vocabulary import CLAIM_KINDS

REMINDER_DAYS = (-14, -7, -3, -2, -1, 0, 1, 3, 7, 14)
"""When a reminder may go, in days from the day that a review is due: before it, on it, after it."""

LIVE = Q(assignments__withdrawn_at=None, assignments__declined_at=None, assignments__released_at=None)
"""Requests of a round that have not ended."""


def usual_reminders() -> list[int]:
    """Two days ahead, on the day, and once when it is three days over."""
    return [-2, 0, 3]


class RoundQuerySet(models.QuerySet["Round"]):
    def open(self) -> Self:
        return self.filter(closed_at=None)

    def closed(self) -> Self:
        return self.exclude(closed_at=None)

    def overdue(self, today: date) -> Self:
        return self.open().filter(due_on__lt=today)

    def before(self, user: User) -> Self:
        """Rounds that lie on this person's desk: on an article that does, and judged by others."""
        rounds = self.judged_by_others_than(user)
        if user.sees_every_article:
            return rounds
        return rounds.filter(revision__article__in=Article.objects.before(user))

    def judged_by_others_than(self, user: User) -> Self:
        """Rounds whose marks this editor may see: in which the editor is no reviewer and has no declared interest."""
        return self.exclude(Exists(self.model._default_manager.kept_from(user).filter(pk=OuterRef("pk"))))

    def kept_from(self, user: User) -> Self:
        """Rounds whose marks this editor may not see, being a reviewer there or having an interest in the subject.

        Whoever accepted is a reviewer for good; a request that ended before that made nobody one.
        """
        names = [Q(revision__article__parties__contains=f" {name} ") for name in user.names_of_interest]
        reviewing = Q(assignments__reviewer=user) & (LIVE | Q(assignments__accepted_at__isnull=False))
        return self.filter(reduce(or_, names, reviewing))

    def annotate_progress(self) -> Self:
        """Add ``asked`` and ``handed_in``: live assignments, and submitted reviews among them."""
        submitted = LIVE & Q(assignments__review__submitted_at__isnull=False)
        itself = self.model._default_manager.filter(pk=OuterRef("pk")).order_by().values("pk")
        counts = {"asked": LIVE, "handed_in": submitted}
        return self.annotate(
            **{
                name: Subquery(itself.annotate(count=Count("assignments", filter=which)).values("count"))
                for name, which in counts.items()
            }
        )


@tracked(exclude=["found"])
class Round(models.Model):
    """One panel review of one revision. Opening it freezes claims and citations; closed, nobody can submit."""

    class Rationale(models.TextChoices):
        ALWAYS = "always", _("for every mark")
        BELOW = "below", _("for every mark below mostly accurate")
        NEVER = "never", _("never")

    class Closing(models.TextChoices):
        COMPLETE = "complete", _("all reviews were in")
        EDITOR = "editor", _("an editor closed it")
        DUE = "due", _("its day had passed with a quorum")

    revision = models.ForeignKey(Revision, on_delete=models.PROTECT, related_name="rounds")
    scale = models.ForeignKey(Scale, on_delete=models.PROTECT, related_name="+")
    instruments = models.ManyToManyField(Instrument, related_name="+", blank=True)
    editors = models.ManyToManyField(User, related_name="edited_rounds")
    quorum = models.PositiveSmallIntegerField(default=2)
    rationale = models.CharField(_("rationale required"), max_length=10, choices=Rationale, default=Rationale.BELOW)
    opened_on = models.DateField(help_text=_("The desk's day on which it opened."))
    opened_at = models.DateTimeField()
    opened_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    found = models.JSONField(
        null=True,
        blank=True,
        editable=False,
        help_text=_(
            "What the machine found in the text of who gains, for the forms that ask: by subject its count and "
            "the first places, each before, words, after and why. Empty for rounds that opened before this was kept."
        ),
    )
    due_on = models.DateField()
    reminders = ArrayField(
        models.SmallIntegerField(),
        default=usual_reminders,
        blank=True,
        help_text=_("Days from each reviewer's due date on which that reviewer is reminded."),
    )
    closed_at = models.DateTimeField(null=True, blank=True)
    closing = models.CharField(max_length=10, choices=Closing, blank=True)

    objects = RoundQuerySet.as_manager()

    class Meta:
        ordering: ClassVar[list[str]] = ["-opened_at"]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(
                fields=["revision"],
                condition=Q(closed_at=None),
                name="one_open_round_per_revision",
                violation_error_message=_("This text is before a panel already."),
            ),
            models.CheckConstraint(
                condition=Q(quorum__gte=2),
                name="quorum_is_two_at_least",
                violation_error_message=_("A panel needs a quorum of at least two."),
            ),
            models.CheckConstraint(
                condition=Q(due_on__gte=F("opened_on")),
                name="round_is_due_after_it_opens",
                violation_error_message=_("The due date is in the past."),
            ),
            models.CheckConstraint(
                condition=Q(reminders__contained_by=list(REMINDER_DAYS)), name="reminders_go_on_days_that_can_be_chosen"
            ),
            models.CheckConstraint(
                condition=Q(closed_at=None, closing="") | (Q(closed_at__isnull=False) & ~Q(closing="")),
                name="closed_round_says_how",
            ),
        ]
        indexes: ClassVar[list[models.Index]] = [
            models.Index(fields=["-opened_at", "-id"], name="rounds_newest_first"),
            models.Index(fields=["due_on"], condition=Q(closed_at=None), name="rounds_open"),
        ]
        triggers: ClassVar[list[pgtrigger.Trigger]] = [
            pgtrigger.Protect(
                name="what_was_found_for_a_round_stands",
                operation=pgtrigger.Update,
                condition=pgtrigger.AnyChange("found"),
            ),
            keeps_stage(
                "a_round_moves_its_article",
                "(SELECT v.article_id FROM reviews_revision v WHERE v.id = {row}.revision_id)",
            ),
        ]

    def __str__(self) -> str:
        words = gettext("Round of %(day)s on %(article)s")
        return words % {"day": date_format(self.opened_on), "article": self.revision.article}

    @property
    def is_open(self) -> bool:
        return self.closed_at is None


class RoundClaimQuerySet(models.QuerySet["RoundClaim"]):
    def beside_marks_of(self, review_id: int) -> Self:
        """Join the mark of one review to each claim, as ``own_mark``; a claim that has none has no such attribute."""
        own = FilteredRelation("marks", condition=Q(marks__review=review_id))
        return self.annotate(own_mark=own).select_related("own_mark")


class RoundClaim(models.Model):
    """A claim as it stood when its round opened. It never changes."""

    round = models.ForeignKey(Round, on_delete=models.PROTECT, related_name="claims")
    claim = models.ForeignKey(Claim, on_delete=models.PROTECT, related_name="+")
    number = models.PositiveSmallIntegerField(help_text=_("In the order of the desk's list, from 1."))
    wording = models.TextField()
    kind = models.CharField(max_length=20, choices=CLAIM_KINDS)
    quote = models.TextField()
    start = models.PositiveIntegerField()
    end = models.PositiveIntegerField()
    is_headline = models.BooleanField()
    is_high_harm = models.BooleanField()
    asks_for_source = models.BooleanField(
        default=False, help_text=_("Put to an unnamed source (“studies show”), and the article gives none.")
    )

    objects = RoundClaimQuerySet.as_manager()

    class Meta:
        ordering: ClassVar[list[str]] = ["round", "number"]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["round", "number"], name="one_claim_per_number_in_a_round"),
            models.UniqueConstraint(fields=["round", "claim"], name="one_number_per_claim_in_a_round"),
        ]
        triggers: ClassVar[list[pgtrigger.Trigger]] = [
            pgtrigger.Protect(name="claim_before_a_panel_never_changes", operation=pgtrigger.Update),
        ]

    def __str__(self) -> str:
        return f"{self.number}. {self.wording}"


class RoundCitationQuerySet(models.QuerySet["RoundCitation"]):
    def seen_in(self, review_id: int) -> Self:
        """What the desk put to the claims, and what this review's own reviewer added."""
        return self.filter(Q(added_in=None) | Q(added_in=review_id))

    def beside_appraisals_of(self, review_id: int) -> Self:
        """Join the appraisal of one review to each source it can see, as ``own_appraisal``, or without one.

        Of the source itself only ``source_is`` is read, its retraction: a citation has its record.
        """
        own = FilteredRelation("appraisals", condition=Q(appraisals__review=review_id))
        joined = self.seen_in(review_id).annotate(own_appraisal=own, source_is=F("source__retraction"))
        return joined.select_related("own_appraisal", "inquiry").defer("inquiry__typed")


@tracked(pghistory.DeleteEvent())
class RoundCitation(models.Model):
    """A source put to a claim of a round, as its record stood then.

    What a reviewer adds is seen by that reviewer and the editors until the reveal, as the reviewer typed it and as
    public services filled it for this reviewer: a DOI that somebody entered before answers like a new one. What a
    reviewer removes stays on the trail, so that what was said of it can be told.
    """

    key = models.UUIDField(unique=True, default=uuid.uuid4, editable=False)
    claim = models.ForeignKey(RoundClaim, on_delete=models.PROTECT, related_name="citations")
    source = models.ForeignKey(Source, on_delete=models.PROTECT, related_name="+")
    record = models.JSONField(help_text=_("CSL-JSON, as it stood when it was put to the claim."))
    origin = models.CharField(max_length=10, choices=Citation.Origin)
    added_in = models.ForeignKey(
        "reviews.Review", on_delete=models.PROTECT, null=True, blank=True, related_name="added_citations"
    )

    source_is: str  # of those read by beside_appraisals_of

    objects = RoundCitationQuerySet.as_manager()

    class Meta:
        ordering: ClassVar[list[str]] = ["claim", "pk"]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(
                fields=["claim", "source"],
                condition=Q(added_in=None),
                name="one_source_of_the_desk_per_claim_in_a_round",
            ),
            models.UniqueConstraint(
                fields=["claim", "source", "added_in"],
                condition=Q(added_in__isnull=False),
                name="one_source_of_a_reviewer_per_claim",
                violation_error_message=_("You have put this source to this claim already."),
            ),
            models.CheckConstraint(
                condition=Q(origin="reviewer", added_in__isnull=False) | (~Q(origin="reviewer") & Q(added_in=None)),
                name="a_reviewers_citation_names_the_review",
            ),
        ]
        triggers: ClassVar[list[pgtrigger.Trigger]] = [
            pgtrigger.Protect(
                name="citation_before_a_panel_never_changes",
                operation=pgtrigger.Update,
                condition=pgtrigger.Condition(
                    "OLD.added_in_id IS NULL OR (OLD.key, OLD.claim_id, OLD.source_id, OLD.origin, OLD.added_in_id)"
                    " IS DISTINCT FROM (NEW.key, NEW.claim_id, NEW.source_id, NEW.origin, NEW.added_in_id)"
                ),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.source} on claim {self.claim.number}"
