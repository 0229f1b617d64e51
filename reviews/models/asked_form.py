"""Which version of a form a review answers, where that is not the round's."""

from typing import ClassVar

import pgtrigger
from django.db import models
from django.db.models import F, Q, QuerySet
from django.utils.translation import gettext_lazy as _

from reviews.models.event import tracked
from reviews.models.instrument import Instrument
from reviews.models.review import Review
from reviews.models.round import Round
from reviews.models.user import User


@tracked()
class AskedForm(models.Model):
    """The version of one form that one review answers in place of the round's.

    ``left`` is the version that the review was moved from; without it the review stayed where it was when its round
    moved on. Answers stay on the version that they were given on, whatever is asked later.
    """

    review = models.ForeignKey(Review, on_delete=models.CASCADE, related_name="asked_forms")
    slug = models.SlugField(max_length=60, help_text=_("The form's, which all of its versions have."))
    instrument = models.ForeignKey(Instrument, on_delete=models.PROTECT, related_name="+")
    left = models.ForeignKey(Instrument, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    since = models.DateTimeField()
    by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")

    class Meta:
        ordering: ClassVar[list[str]] = ["review", "slug"]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["review", "slug"], name="one_version_of_a_form_per_review"),
            models.CheckConstraint(
                condition=Q(left=None) | ~Q(left=F("instrument")), name="a_review_is_moved_to_another_version"
            ),
        ]
        triggers: ClassVar[list[pgtrigger.Trigger]] = [
            pgtrigger.Trigger(
                name="submitted_review_is_not_moved",
                when=pgtrigger.Before,
                operation=pgtrigger.Insert | pgtrigger.Update,
                condition=pgtrigger.Q(new__left__isnull=False),
                func="""
                    IF EXISTS (
                        SELECT FROM reviews_review r WHERE r.id = NEW.review_id AND r.submitted_at IS NOT NULL
                    ) THEN
                        RAISE EXCEPTION 'this review was handed in'
                            USING ERRCODE = 'check_violation', CONSTRAINT = 'submitted_review_is_not_moved';
                    END IF;
                    RETURN NEW;
                """,
            ),
            pgtrigger.Trigger(
                name="versions_of_an_asked_form_are_of_one_form",
                when=pgtrigger.Before,
                operation=pgtrigger.Insert | pgtrigger.Update,
                func="""
                    IF EXISTS (
                        SELECT FROM reviews_instrument i
                        WHERE i.id IN (NEW.instrument_id, NEW.left_id) AND i.slug <> NEW.slug
                    ) THEN
                        RAISE EXCEPTION 'versions of one form have one slug'
                            USING ERRCODE = 'check_violation', CONSTRAINT = 'versions_of_an_asked_form_are_of_one_form';
                    END IF;
                    RETURN NEW;
                """,
            ),
        ]

    def __str__(self) -> str:
        return f"{self.instrument} in {self.review}"


def forms_asked_of(review: Review) -> "QuerySet[Instrument]":
    """Return the forms that a review answers: the round's, each in the version that this review has."""
    own = AskedForm.objects.filter(review=review)
    of_round = Round.instruments.through.objects.filter(round=review.assignment.round_id).values("instrument")
    stands = Q(pk__in=of_round) & ~Q(slug__in=own.values("slug"))
    return Instrument.objects.filter(stands | Q(pk__in=own.values("instrument")))
