"""A second look: the claims that an editor asks about again, with the others' reasons and nobody's name."""

from collections.abc import Iterator
from dataclasses import dataclass
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from reviews.errors import Refusal
from reviews.forms.second_look import SecondMarkForm
from reviews.models import Mark, Review, SecondLook, SecondMark
from reviews.services.second_look import asked_reviews, mark_again
from reviews.views.workspace import ReviewerRequest


@dataclass(frozen=True)
class Look:
    """One claim: the own first mark, what the others wrote, and the second mark or the form for it."""

    look: SecondLook
    first: Mark | None
    second: SecondMark | None
    rationales: list[str]
    form: SecondMarkForm | None


@never_cache
@require_http_methods(["GET", "POST"])
def second_look(request: ReviewerRequest, key: UUID) -> HttpResponse:
    """Show the claims that were asked about again, and take one second mark at a time."""
    reviews = Review.objects.revealed_to(request.user).counted().select_related("assignment__round__scale")
    review = get_object_or_404(reviews, key=key)
    sent = request.POST.get("number", "")
    looks = list(_looks_of(review, sent=sent, request=request))
    if not looks:
        raise Http404
    for look in looks:
        if look.form and look.form.is_bound and look.form.is_valid() and _recorded(request, look, review=review):
            return redirect("reviews:second-look", review.key)
    context = {"review": review, "article": review.round.revision.article, "looks": looks}
    return render(request, "reviews/second_look.html", context)


def _looks_of(review: Review, *, sent: str, request: ReviewerRequest) -> Iterator[Look]:
    """Yield the looks in order of the claims; ``sent`` is the number of the claim whose form comes in."""
    levels = list(review.round.scale.levels.all())
    first = {mark.claim_id: mark for mark in review.marks.select_related("level")}
    second = {mark.look_id: mark for mark in review.second_marks.select_related("level")}
    for look in SecondLook.objects.asked_of(review).select_related("claim").order_by("claim__number"):
        mine = first.get(look.claim_id)
        number = str(look.claim.number)
        open_to_me = look.ended_at is None and look.pk not in second
        form = SecondMarkForm(
            request.POST if sent == number else None, levels=levels, first=mine, prefix=f"claim-{number}"
        )
        yield Look(
            look=look,
            first=mine,
            second=second.get(look.pk),
            rationales=rationales_of_others(look, review=review),
            form=form if open_to_me else None,
        )


def rationales_of_others(look: SecondLook, *, review: Review) -> list[str]:
    """Return the reasons that the others gave at first, in the order of their words: in nobody's order."""
    others = asked_reviews(look.claim).exclude(pk=review.pk)
    written = Mark.objects.filter(claim=look.claim_id, review__in=others).exclude(rationale="")
    return sorted(written.values_list("rationale", flat=True))


def _recorded(request: ReviewerRequest, look: Look, *, review: Review) -> bool:
    if look.form is None:
        return False
    try:
        mark_again(look.look, review=review, at=timezone.now(), **look.form.said())
    except Refusal as refusal:
        look.form.add_error(None, str(refusal))
        return False
    number = look.look.claim.number
    said = _("Your second mark of claim %(number)s is kept. Thank you.") % {"number": number}
    messages.success(request, said, extra_tags=f"{request.path}#claim-{number}")
    return True
