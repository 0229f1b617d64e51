"""What became of the claims of an article's text when the next text came."""

from typing import ClassVar, Self

from django.db import models
from django.db.models import Exists, F, OuterRef, Q
from django.utils.translation import gettext_lazy as _

from reviews.models.claim import Claim
from reviews.models.event import tracked
from reviews.models.revision import Revision
from reviews.models.user import User


class ReanchoringQuerySet(models.QuerySet["Reanchoring"]):
    def open(self) -> Self:
        """Orphans of an article's newest text that nobody has decided, of claims that the desk wanted."""
        newer = Revision.objects.filter(article=OuterRef("revision__article"), number__gt=OuterRef("revision__number"))
        wanted = [Claim.State.ACCEPTED, Claim.State.SUGGESTED]
        return self.filter(outcome="orphaned", decided_at=None, claim__state__in=wanted).exclude(Exists(newer))


@tracked()
class Reanchoring(models.Model):
    """What the machine found of one claim in a newer text, and what an editor decided where it found nothing.

    Marks stay with the text that they were made on: ``claim`` is never touched, ``successor`` is a claim of the new
    text.
    """

    class Outcome(models.TextChoices):
        KEPT = "kept", _("kept")
        MOVED = "moved", _("moved")
        ORPHANED = "orphaned", _("lost its place")

    revision = models.ForeignKey(Revision, on_delete=models.PROTECT, related_name="reanchorings")
    claim = models.ForeignKey(Claim, on_delete=models.PROTECT, related_name="reanchorings")
    outcome = models.CharField(max_length=10, choices=Outcome)
    likeness = models.FloatField(help_text=_("How much of its words stands there in order, from 0 to 1."))
    reason = models.CharField(max_length=300, blank=True, help_text=_("Why it lost its place."))
    successor = models.OneToOneField(
        Claim, on_delete=models.PROTECT, null=True, blank=True, related_name="reanchored_from"
    )
    decided_at = models.DateTimeField(null=True, blank=True)
    decided_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, blank=True, related_name="+")

    objects = ReanchoringQuerySet.as_manager()

    class Meta:
        ordering: ClassVar[list[str]] = ["revision", "claim__start", "pk"]
        indexes: ClassVar[list[models.Index]] = [
            models.Index(fields=["revision"], condition=Q(outcome="orphaned", decided_at=None), name="orphans_open"),
        ]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["revision", "claim"], name="a_claim_is_reanchored_once_per_text"),
            models.CheckConstraint(
                condition=Q(outcome__in=["kept", "moved"], successor__isnull=False, decided_at=None)
                | Q(outcome="orphaned", decided_at__isnull=False)
                | Q(outcome="orphaned", decided_at=None, successor=None),
                name="only_a_person_finds_a_place_for_an_orphan",
            ),
            models.CheckConstraint(
                condition=Q(decided_at=None, decided_by=None) | Q(decided_at__isnull=False, decided_by__isnull=False),
                name="a_decided_orphan_says_by_whom",
            ),
            models.CheckConstraint(
                condition=Q(successor=None) | ~Q(successor=F("claim")), name="a_claim_is_not_its_own_successor"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.claim}: {self.get_outcome_display()}"
