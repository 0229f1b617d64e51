"""How a reviewer says publicly, and without a name, what speaks against a verdict."""

from datetime import datetime

from django.db import transaction

from reviews.errors import NoMinority
from reviews.jobs.recheck import owe_recheck
from reviews.models import MinorityStatement, Recheck, Review, Round, RoundClaim, Verdict, standing_marks


@transaction.atomic
def state_minority(review: Review, *, claim: RoundClaim, text: str, at: datetime) -> None:
    """Attach a minority statement to a claim, change it, or with no text take it back; the next report has it.

    Raises NoMinority.
    """
    round = Round.objects.select_for_update().get(pk=claim.round_id)
    standing = MinorityStatement.objects.filter(review=review, claim=claim).first()
    said, known = text.strip(), standing.text if standing else ""
    if said == known:
        return
    if said and not may_state_minority(review, claim=claim):
        raise NoMinority
    if standing and not said:
        standing.delete()
    else:
        MinorityStatement.objects.update_or_create(review=review, claim=claim, defaults={"text": said, "stated_at": at})
    owe_recheck(round, cause=Recheck.Cause.STATEMENT, at=at)


def may_state_minority(review: Review, *, claim: RoundClaim) -> bool:
    """Whether a review counts, and its mark is a level other than the newest verdict on the claim."""
    counts = Review.objects.counted().filter(pk=review.pk, assignment__round__closed_at__isnull=False).exists()
    verdict = Verdict.objects.filter(claim=claim).order_by("-report__number").first()
    mark = standing_marks(review).get(claim.number)
    if not counts or verdict is None or mark is None or mark.level is None:
        return False
    return mark.level.name != verdict.final
