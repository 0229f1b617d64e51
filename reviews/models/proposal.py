"""A claim that a reviewer misses on the list."""

from typing import ClassVar, Self

import pgtrigger
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from reviews.models.claim import Claim
from reviews.models.event import tracked
from reviews.models.review import Review
from reviews.models.user import User


class ProposalQuerySet(models.QuerySet["Proposal"]):
    def waiting(self) -> Self:
        """Neither taken on the list of claims nor left."""
        return self.filter(decided_at=None)


@tracked()
class Proposal(models.Model):
    """One reviewer's word to the editors that ``text[start:end]`` is a claim too. The panel never sees it.

    A round never changes: what an editor takes from it stands on the article's list, for the next round.
    """

    review = models.ForeignKey(Review, on_delete=models.PROTECT, related_name="proposals")
    quote = models.TextField()
    start = models.PositiveIntegerField(help_text=_("In Unicode code points from the beginning of the text."))
    end = models.PositiveIntegerField()
    reason = models.TextField(blank=True, max_length=1000)
    proposed_at = models.DateTimeField()
    decided_at = models.DateTimeField(null=True, blank=True)
    decided_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    claim = models.ForeignKey(Claim, on_delete=models.PROTECT, null=True, blank=True, related_name="+")

    objects = ProposalQuerySet.as_manager()

    class Meta:
        ordering: ClassVar[list[str]] = ["review", "start"]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(
                fields=["review", "start", "end"],
                name="one_proposal_per_place_and_review",
                violation_error_message=_("You have proposed these words already."),
            ),
            models.CheckConstraint(condition=Q(start__lt=F("end")), name="proposal_begins_before_it_ends"),
            models.CheckConstraint(
                condition=Q(decided_at=None, decided_by=None, claim=None)
                | Q(decided_at__isnull=False, decided_by__isnull=False),
                name="a_decided_proposal_says_by_whom",
            ),
        ]
        triggers: ClassVar[list[pgtrigger.Trigger]] = [
            pgtrigger.Trigger(
                name="proposal_stands_in_the_article",
                when=pgtrigger.Before,
                operation=pgtrigger.Insert | pgtrigger.Update,
                func="""
                    IF NOT EXISTS (
                        SELECT FROM reviews_review w
                        JOIN reviews_assignment a ON a.id = w.assignment_id
                        JOIN reviews_round o ON o.id = a.round_id
                        JOIN reviews_revision r ON r.id = o.revision_id
                        WHERE w.id = NEW.review_id
                          AND substr(r.text, NEW.start + 1, NEW."end" - NEW.start) = NEW.quote
                    ) THEN
                        RAISE EXCEPTION 'the quote does not stand in the text at %-%', NEW.start, NEW."end"
                            USING ERRCODE = 'check_violation', CONSTRAINT = 'proposal_stands_in_the_article';
                    END IF;
                    RETURN NEW;
                """,
            ),
        ]

    def __str__(self) -> str:
        return self.quote
