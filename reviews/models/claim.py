"""A checkable statement of an article, anchored where it stands."""

from typing import ClassVar, Self

import pgtrigger
from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex, OpClass
from django.db import models
from django.db.models import Deferrable, F, Q
from django.utils.translation import gettext_lazy as _

from reviews.models.event import tracked
from reviews.models.revision import Revision
from reviews.models.user import User
from reviews.models.vocabulary import CLAIM_KINDS
from reviews.models.words import index_of_spelling, index_of_words, vector, vector_of_text

WORDS = vector("wording") + vector_of_text("quote", weight="B")
"""What is searched of a claim."""


class ClaimQuerySet(models.QuerySet["Claim"]):
    def suggested(self) -> Self:
        return self.filter(state=Claim.State.SUGGESTED)

    def accepted(self) -> Self:
        return self.filter(state=Claim.State.ACCEPTED)

    def in_order(self) -> Self:
        """As a desk's list goes: what has a place on it by that, then the others as the text goes."""
        return self.order_by(F("place").asc(nulls_last=True), "start", "end", "pk")

    def listed(self) -> Self:
        """The claims that a round takes, in the order in which it takes them."""
        return self.accepted().in_order()

    def decided(self) -> Self:
        """Taken up or turned down by the desk; a suggestion merged into another was taken up too."""
        return self.exclude(state=Claim.State.SUGGESTED)


@tracked()
class Claim(models.Model):
    """A checkable statement: neutral wording, and the exact quote where it stands.

    The anchor is a W3C TextQuoteSelector (quote, prefix, suffix) with a TextPositionSelector (start, end, in
    Unicode code points); the database refuses an anchor that does not stand in the revision's text.
    """

    class State(models.TextChoices):
        SUGGESTED = "suggested", _("suggested")
        ACCEPTED = "accepted", _("accepted")
        MERGED = "merged", _("merged")
        REJECTED = "rejected", _("rejected")

    revision = models.ForeignKey(Revision, on_delete=models.PROTECT, related_name="claims")
    state = models.CharField(max_length=10, choices=State, default=State.SUGGESTED)
    wording = models.TextField(max_length=1000, help_text=_("The claim in neutral words, as reviewers will read it."))
    kind = models.CharField(max_length=20, choices=CLAIM_KINDS, default="other")
    quote = models.TextField()
    prefix = models.CharField(max_length=64, blank=True)
    suffix = models.CharField(max_length=64, blank=True)
    start = models.PositiveIntegerField()
    end = models.PositiveIntegerField()
    is_headline = models.BooleanField(_("headline"), default=False, help_text=_("The article's title or lead says it."))
    is_high_harm = models.BooleanField(
        _("high harm"),
        default=False,
        help_text=_("Acting on it could hurt: dose, stopping a treatment, pregnancy, children, emergency."),
    )
    place = models.PositiveIntegerField(
        null=True, blank=True, help_text=_("Where the desk put it on the list; empty: after those, as the text goes.")
    )
    rank = models.PositiveIntegerField(
        null=True, blank=True, help_text=_("The machine's order; empty: a person added it.")
    )
    score = models.FloatField(null=True, blank=True)
    cues = ArrayField(models.CharField(max_length=30), default=list, blank=True)
    reasons = ArrayField(models.CharField(max_length=300), default=list, blank=True)
    merged_into = models.ForeignKey("self", on_delete=models.PROTECT, null=True, blank=True, related_name="merged")
    added_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, blank=True, related_name="+")

    SEARCHED = WORDS
    objects = ClaimQuerySet.as_manager()

    class Meta:
        ordering: ClassVar[list[str]] = ["revision", "start", "end", "pk"]
        indexes: ClassVar[list[models.Index]] = [
            index_of_words(WORDS, name="claims_by_words"),
            index_of_spelling("wording", name="claims_by_spelling"),
            GinIndex(
                OpClass("wording", name="gin_trgm_ops"),
                condition=Q(state="accepted"),
                name="claims_on_lists_by_wording",
            ),
        ]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.CheckConstraint(condition=Q(start__lt=F("end")), name="claim_begins_before_it_ends"),
            models.CheckConstraint(condition=~Q(wording=""), name="claim_has_a_wording"),
            models.CheckConstraint(
                condition=Q(state="merged", merged_into__isnull=False) | (~Q(state="merged") & Q(merged_into=None)),
                name="merged_claim_names_the_one_it_went_into",
            ),
            models.CheckConstraint(
                condition=Q(merged_into=None) | ~Q(merged_into=F("pk")),
                name="claim_is_not_merged_into_itself",
            ),
            models.UniqueConstraint(
                fields=["revision", "rank"],
                name="one_suggestion_per_rank",
            ),
            models.UniqueConstraint(
                fields=["revision", "place"],
                name="one_claim_per_place_on_a_list",
                deferrable=Deferrable.IMMEDIATE,  # asked when a statement ends: one may let two change places
            ),
            models.CheckConstraint(
                condition=Q(place=None) | Q(state="accepted"), name="only_a_claim_on_the_list_has_a_place"
            ),
            models.CheckConstraint(
                condition=Q(rank=None) | Q(added_by=None), name="claim_is_suggested_or_added_by_a_person"
            ),
        ]
        triggers: ClassVar[list[pgtrigger.Trigger]] = [
            pgtrigger.Trigger(
                name="claim_quote_stands_in_its_revision",
                when=pgtrigger.Before,
                operation=pgtrigger.Insert | pgtrigger.Update,
                func="""
                    IF NOT EXISTS (
                        SELECT FROM reviews_revision r
                        WHERE r.id = NEW.revision_id
                          AND substr(r.text, NEW.start + 1, NEW."end" - NEW.start) = NEW.quote
                          AND right(substr(r.text, 1, NEW.start), length(NEW.prefix)) = NEW.prefix
                          AND substr(r.text, NEW."end" + 1, length(NEW.suffix)) = NEW.suffix
                    ) THEN
                        RAISE EXCEPTION 'the quote does not stand in the revision at %-%', NEW.start, NEW."end"
                            USING ERRCODE = 'check_violation', CONSTRAINT = 'claim_quote_stands_in_its_revision';
                    END IF;
                    RETURN NEW;
                """,
            ),
        ]

    def __str__(self) -> str:
        return self.wording
