"""What a reviewer keeps with the portal beside the login: an ORCID iD, and the secret address of a calendar."""

import uuid
from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from reviews.models.event import tracked
from reviews.models.user import User


@tracked()
class ResearcherId(models.Model):
    """The ORCID iD that a person entered, in its normal form. It is checked for slips, not for whose it is."""

    user = models.OneToOneField(User, on_delete=models.CASCADE, related_name="researcher_id")
    orcid = models.CharField(_("ORCID iD"), max_length=19)
    entered_at = models.DateTimeField()

    class Meta:
        ordering: ClassVar[list[str]] = ["user"]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(
                fields=["orcid"],
                name="one_account_per_orcid",
                violation_error_message=_("Another account has this ORCID iD."),
            ),
            models.CheckConstraint(
                condition=Q(orcid__regex=r"^[0-9]{4}-[0-9]{4}-[0-9]{4}-[0-9]{3}[0-9X]$"), name="orcid_is_in_normal_form"
            ),
        ]

    def __str__(self) -> str:
        return self.orcid


class CalendarFeed(models.Model):
    """A person's due dates for a calendar program, which cannot sign in: whoever has the key reads them."""

    user = models.OneToOneField(User, on_delete=models.CASCADE, related_name="calendar_feed")
    key = models.UUIDField(unique=True, default=uuid.uuid4, editable=False)
    made_at = models.DateTimeField()

    class Meta:
        ordering: ClassVar[list[str]] = ["user"]

    def __str__(self) -> str:
        return f"Due dates of {self.user}"
