"""A person's word on whether claims of two articles are one claim."""

from typing import ClassVar, Self

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from reviews.models.claim import Claim
from reviews.models.event import tracked
from reviews.models.user import User


class LikenessQuerySet(models.QuerySet["Likeness"]):
    def standing(self) -> Self:
        """What was said and not taken back."""
        return self.filter(undone_at=None)

    def of(self, claims: "models.QuerySet[Claim] | list[Claim]") -> Self:
        """What was said of any of these claims."""
        return self.filter(Q(claim__in=claims) | Q(other__in=claims))


@tracked()
class Likeness(models.Model):
    """That two claims are one, or are not: said by an editor, never carried over by itself. It can be taken back.

    ``claim`` is the one that was there first.
    """

    claim = models.ForeignKey(Claim, on_delete=models.PROTECT, related_name="+")
    other = models.ForeignKey(Claim, on_delete=models.PROTECT, related_name="+")
    is_same = models.BooleanField()
    said_at = models.DateTimeField()
    said_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    undone_at = models.DateTimeField(null=True, blank=True)
    undone_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, blank=True, related_name="+")

    objects = LikenessQuerySet.as_manager()

    class Meta:
        ordering: ClassVar[list[str]] = ["said_at", "pk"]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(
                fields=["claim", "other"],
                condition=Q(undone_at=None),
                name="one_word_stands_on_two_claims",
                violation_error_message=_("Somebody has said already whether these two are one claim."),
            ),
            models.CheckConstraint(condition=Q(claim__lt=F("other")), name="two_claims_are_compared_in_one_order"),
            models.CheckConstraint(
                condition=Q(undone_at=None, undone_by=None) | Q(undone_at__isnull=False, undone_by__isnull=False),
                name="whoever_takes_a_word_back_is_named",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.claim} {'is' if self.is_same else 'is not'} {self.other}"
