"""What one reviewer finds of one claim, and of one source put to it."""

from typing import ClassVar

import pgtrigger
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from reviews.core.citing.quotes import QUOTE_MATCHES
from reviews.core.judging.certainty import REASONS, arrive_at
from reviews.models.event import tracked
from reviews.models.instrument import Level
from reviews.models.review import Review, locked_once_submitted
from reviews.models.round import RoundCitation, RoundClaim
from reviews.models.source import SourceText
from reviews.models.vocabulary import (
    ATTRIBUTIONS,
    CERTAINTIES,
    CONFIDENCES,
    COULD_NOT_ASSESS,
    DESIGNS,
    DIRECTNESS,
    FLAWS,
    INDIRECT_IN,
    RISKS_OF_BIAS,
    STANCES,
    STARTS,
    Titles,
)


def _codes(pairs: Titles) -> list[str]:
    return [code for code, _ in pairs]


@tracked()
class Mark(models.Model):
    """One reviewer's judgement of one claim. While drafted every part may be missing.

    ``version`` counts its savings: whoever saves names the version that was on the screen.
    """

    review = models.ForeignKey(Review, on_delete=models.CASCADE, related_name="marks")
    claim = models.ForeignKey(RoundClaim, on_delete=models.PROTECT, related_name="marks")
    level = models.ForeignKey(Level, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    could_not_assess = models.CharField(max_length=20, choices=COULD_NOT_ASSESS, blank=True)
    flaws = ArrayField(models.CharField(max_length=40, choices=FLAWS), default=list, blank=True)
    confidence = models.CharField(max_length=10, choices=CONFIDENCES, blank=True)
    certainty = models.CharField(max_length=10, choices=CERTAINTIES, blank=True)
    certainty_start = models.CharField(max_length=15, choices=STARTS, blank=True)
    certainty_reasons = ArrayField(models.CharField(max_length=30), default=list, blank=True)
    attribution = models.CharField(max_length=20, choices=ATTRIBUTIONS, blank=True)
    rationale = models.TextField(blank=True, max_length=5000)
    version = models.PositiveIntegerField(default=0)
    saved_at = models.DateTimeField()

    class Meta:
        ordering: ClassVar[list[str]] = ["review", "claim"]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["review", "claim"], name="one_mark_per_claim_and_review"),
            models.CheckConstraint(
                condition=Q(level=None) | Q(could_not_assess=""),
                name="a_claim_is_marked_or_could_not_be_assessed",
                violation_error_message=_("Choose a level, or say why you could not assess the claim; not both."),
            ),
            models.CheckConstraint(condition=Q(flaws__contained_by=_codes(FLAWS)), name="flaws_are_on_the_list"),
            models.CheckConstraint(
                condition=Q(certainty_reasons__contained_by=list(REASONS)), name="reasons_of_certainty_are_on_the_list"
            ),
        ]
        triggers: ClassVar[list[pgtrigger.Trigger]] = [locked_once_submitted("submitted_mark_is_locked")]

    def __str__(self) -> str:
        return f"{self.level or self.get_could_not_assess_display() or 'not marked yet'}: {self.claim}"

    @property
    def certainty_arrived(self) -> str:
        """The certainty that start and reasons come to; "" where no start is said."""
        return arrive_at(self.certainty_start, self.certainty_reasons)

    def get_certainty_arrived_display(self) -> str:
        """The same as a person reads it."""
        return str(dict(CERTAINTIES).get(self.certainty_arrived, ""))


@tracked()
class Appraisal(models.Model):
    """One reviewer's reading of one source against one claim."""

    review = models.ForeignKey(Review, on_delete=models.CASCADE, related_name="appraisals")
    citation = models.ForeignKey(RoundCitation, on_delete=models.CASCADE, related_name="appraisals")
    stance = models.CharField(max_length=20, choices=STANCES, blank=True)
    quote = models.TextField(blank=True, max_length=5000, help_text=_("Verbatim, from the source."))
    locator = models.CharField(max_length=120, blank=True, help_text=_("Where it stands: page, section, table."))
    quote_found = models.BooleanField(null=True, blank=True, help_text=_("Empty: there is no stored text to look in."))
    quote_match = models.CharField(max_length=12, choices=QUOTE_MATCHES, blank=True, editable=False)
    quote_differences = models.JSONField(
        default=list, blank=True, editable=False, help_text="Of a close quote: pairs of its words and of the text's."
    )
    seen_text = models.ForeignKey(
        SourceText,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        editable=False,
        help_text=_("The very text in which the quote was looked up, with its hash."),
    )
    seen_at = models.DateTimeField(null=True, blank=True, editable=False)
    design = models.CharField(max_length=30, choices=DESIGNS, blank=True)
    risk_of_bias = models.CharField(max_length=20, choices=RISKS_OF_BIAS, blank=True)
    directness = models.CharField(max_length=10, choices=DIRECTNESS, blank=True)
    indirect_in = ArrayField(models.CharField(max_length=12, choices=INDIRECT_IN), default=list, blank=True)
    version = models.PositiveIntegerField(default=0)
    saved_at = models.DateTimeField()

    class Meta:
        ordering: ClassVar[list[str]] = ["review", "citation"]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["review", "citation"], name="one_appraisal_per_source_and_claim"),
            models.CheckConstraint(
                condition=Q(indirect_in__contained_by=_codes(INDIRECT_IN)), name="indirectness_is_on_the_list"
            ),
            models.CheckConstraint(
                condition=Q(seen_text=None, seen_at=None, quote_match="")
                | (Q(seen_text__isnull=False, seen_at__isnull=False) & ~Q(quote_match="")),
                name="looked_up_quote_says_in_what_when_and_how",
            ),
            models.CheckConstraint(
                condition=Q(quote_differences=[]) | Q(quote_match="close"), name="only_a_close_quote_has_differences"
            ),
        ]
        triggers: ClassVar[list[pgtrigger.Trigger]] = [locked_once_submitted("submitted_appraisal_is_locked")]

    def __str__(self) -> str:
        return f"{self.get_stance_display() or 'not appraised yet'}: {self.citation}"
