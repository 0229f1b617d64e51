"""A second look at a held claim, by the panel itself."""

from typing import ClassVar, Self

import pgtrigger
from django.db import models
from django.db.models import F, Q

from reviews.models.event import tracked
from reviews.models.instrument import Level
from reviews.models.mark import Mark
from reviews.models.review import Review
from reviews.models.round import RoundClaim
from reviews.models.user import User
from reviews.models.vocabulary import CONFIDENCES, COULD_NOT_ASSESS


class SecondLookQuerySet(models.QuerySet["SecondLook"]):
    def open(self) -> Self:
        return self.filter(ended_at=None)

    def ended(self) -> Self:
        return self.exclude(ended_at=None)

    def asked_of(self, review: Review) -> Self:
        """The looks at claims of this review's round."""
        return self.filter(claim__round=review.assignment.round_id)

    def unanswered_by(self, review: Review) -> Self:
        return self.asked_of(review).open().exclude(marks__review=review)


@tracked()
class SecondLook(models.Model):
    """An editor's request that the panel look at one held claim again, each seeing the others' reasons unnamed.

    What comes of it counts when it has ended: nobody sees a second mark before that.
    """

    claim = models.OneToOneField(RoundClaim, on_delete=models.PROTECT, related_name="second_look")
    asked_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    asked_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True, blank=True)

    objects = SecondLookQuerySet.as_manager()

    class Meta:
        ordering: ClassVar[list[str]] = ["claim"]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.CheckConstraint(
                condition=Q(ended_at=None) | Q(ended_at__gte=F("asked_at")),
                name="a_second_look_ends_after_it_was_asked",
            ),
        ]

    def __str__(self) -> str:
        return f"Second look at {self.claim}"


class SecondMark(models.Model):
    """What one reviewer says of a claim at the second look. The first mark stays beside it; neither ever changes."""

    look = models.ForeignKey(SecondLook, on_delete=models.PROTECT, related_name="marks")
    review = models.ForeignKey(Review, on_delete=models.PROTECT, related_name="second_marks")
    level = models.ForeignKey(Level, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    could_not_assess = models.CharField(max_length=20, choices=COULD_NOT_ASSESS, blank=True)
    confidence = models.CharField(max_length=10, choices=CONFIDENCES, blank=True)
    rationale = models.TextField(blank=True, max_length=5000)
    marked_at = models.DateTimeField()

    class Meta:
        ordering: ClassVar[list[str]] = ["look", "pk"]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["look", "review"], name="one_second_mark_per_reviewer"),
            models.CheckConstraint(
                condition=Q(level=None) & ~Q(could_not_assess="") | Q(level__isnull=False, could_not_assess=""),
                name="a_second_mark_is_a_level_or_a_reason",
            ),
        ]
        triggers: ClassVar[list[pgtrigger.Trigger]] = [
            pgtrigger.Protect(name="second_mark_never_changes", operation=pgtrigger.Update | pgtrigger.Delete),
            pgtrigger.Trigger(
                name="second_mark_comes_while_the_look_is_open",
                when=pgtrigger.Before,
                operation=pgtrigger.Insert,
                func="""
                    IF EXISTS (
                        SELECT FROM reviews_secondlook l WHERE l.id = NEW.look_id AND l.ended_at IS NOT NULL
                    ) THEN
                        RAISE EXCEPTION 'this second look has ended' USING ERRCODE = 'check_violation',
                            CONSTRAINT = 'second_mark_comes_while_the_look_is_open';
                    END IF;
                    RETURN NEW;
                """,
            ),
        ]

    def __str__(self) -> str:
        return f"{self.level or self.get_could_not_assess_display()}, {self.look}"


def standing_marks(review: Review) -> dict[int, Mark | SecondMark]:
    """Return a review's marks by the number of their claim, those of an ended second look in place of the first."""
    first = {mark.claim.number: mark for mark in review.marks.select_related("claim", "level")}
    second = review.second_marks.filter(look__ended_at__isnull=False).select_related("look__claim", "level")
    return {**first, **{mark.look.claim.number: mark for mark in second}}
