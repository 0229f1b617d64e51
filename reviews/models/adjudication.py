"""An editor's reasoned decision on a disputed claim."""

from typing import ClassVar, Self

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from reviews.models.event import tracked
from reviews.models.instrument import Level
from reviews.models.round import RoundClaim
from reviews.models.user import User
from reviews.models.vocabulary import DISAGREEMENTS


class AdjudicationQuerySet(models.QuerySet["Adjudication"]):
    def decided(self) -> Self:
        return self.exclude(decided_at=None)

    def of(self, editor: User) -> Self:
        return self.filter(editor=editor)


@tracked()
class Adjudication(models.Model):
    """One editor and one held claim.

    The editor first marks the claim before seeing votes, reasons or evidence, or renounces adjudicating it; only
    who marked may decide. The panel's own marks stay beside the decision.
    """

    claim = models.ForeignKey(RoundClaim, on_delete=models.PROTECT, related_name="adjudications")
    editor = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    own_level = models.ForeignKey(Level, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    own_rationale = models.TextField(blank=True, max_length=5000)
    marked_at = models.DateTimeField(null=True, blank=True)
    renounced_at = models.DateTimeField(null=True, blank=True)
    level = models.ForeignKey(
        Level,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        help_text=_("Empty with a decision: the claim stays without a verdict."),
    )
    reasoning = models.TextField(blank=True, max_length=5000, help_text=_("Published beside the verdict."))
    disagreement = models.CharField(
        _("cause of the disagreement"),
        max_length=20,
        choices=DISAGREEMENTS,
        blank=True,
        help_text=_("Published beside the verdict."),
    )
    note = models.TextField(blank=True, max_length=2000, help_text=_("For the desk only."))
    decided_at = models.DateTimeField(null=True, blank=True)

    objects = AdjudicationQuerySet.as_manager()

    class Meta:
        ordering: ClassVar[list[str]] = ["claim", "pk"]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["claim", "editor"], name="one_adjudication_per_claim_and_editor"),
            models.UniqueConstraint(
                fields=["claim"],
                condition=Q(decided_at__isnull=False),
                name="one_decision_per_claim",
                violation_error_message=_("Another editor has decided this claim."),
            ),
            models.CheckConstraint(
                condition=Q(marked_at__isnull=False, renounced_at=None, own_level__isnull=False)
                | Q(marked_at=None, renounced_at__isnull=False, own_level=None),
                name="an_adjudicator_marked_blind_or_renounced",
            ),
            models.CheckConstraint(
                condition=Q(decided_at=None, level=None, reasoning="")
                | (Q(decided_at__isnull=False, marked_at__isnull=False) & ~Q(reasoning="")),
                name="a_decision_is_reasoned_and_made_by_who_marked",
            ),
            models.CheckConstraint(
                condition=Q(decided_at__isnull=False) | Q(disagreement="", note=""),
                name="a_cause_and_a_note_belong_to_a_decision",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.editor} on {self.claim}"
