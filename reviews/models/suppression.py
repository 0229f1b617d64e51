"""Addresses that no mail is sent to any more, because it came back or was complained of."""

from typing import ClassVar, Self

from django.db import models
from django.db.models import Q
from django.db.models.functions import Lower
from django.utils.translation import gettext_lazy as _

from reviews.models.event import tracked
from reviews.models.user import User


class SuppressionQuerySet(models.QuerySet["Suppression"]):
    def standing(self) -> Self:
        return self.filter(lifted_at=None)

    def of(self, address: str) -> Self:
        return self.standing().filter(address__iexact=address)


@tracked()
class Suppression(models.Model):
    """No mail goes to this address, until an editor lifts it."""

    class Reason(models.TextChoices):
        BOUNCED = "bounced", _("mail came back")
        COMPLAINED = "complained", _("mail was reported as spam")

    address = models.EmailField()
    reason = models.CharField(max_length=10, choices=Reason)
    words = models.TextField(blank=True, help_text=_("What the mail provider said."))
    since = models.DateTimeField()
    lifted_at = models.DateTimeField(null=True, blank=True)
    lifted_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, blank=True, related_name="+")

    objects = SuppressionQuerySet.as_manager()

    class Meta:
        ordering: ClassVar[list[str]] = ["-since", "-pk"]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(
                Lower("address"), condition=Q(lifted_at=None), name="one_standing_suppression_per_address"
            ),
            models.CheckConstraint(
                condition=Q(lifted_at=None, lifted_by=None) | Q(lifted_at__isnull=False, lifted_by__isnull=False),
                name="a_lifted_suppression_says_by_whom",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.address}: {self.get_reason_display()}"
