"""What a reviewer says against a verdict."""

from typing import ClassVar

from django.db import models
from django.db.models import Q

from reviews.models.event import tracked
from reviews.models.review import Review
from reviews.models.round import RoundClaim


@tracked()
class MinorityStatement(models.Model):
    """What a reviewer who sees a claim otherwise wants readers to know, without a name."""

    review = models.ForeignKey(Review, on_delete=models.PROTECT, related_name="statements")
    claim = models.ForeignKey(RoundClaim, on_delete=models.PROTECT, related_name="statements")
    text = models.TextField(max_length=2000)
    stated_at = models.DateTimeField()

    class Meta:
        ordering: ClassVar[list[str]] = ["claim", "pk"]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["review", "claim"], name="one_minority_statement_per_claim_and_review"),
            models.CheckConstraint(condition=~Q(text=""), name="a_minority_statement_says_something"),
        ]

    def __str__(self) -> str:
        return self.text[:80]
