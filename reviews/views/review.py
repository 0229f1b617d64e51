"""A review as a whole: how far it is, handing it in, taking it back."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from reviews.errors import Refusal, ReviewIncomplete
from reviews.models import Review
from reviews.services.progress import progress_of
from reviews.services.review import submit_review, take_back_review
from reviews.views.workspace import ReviewerRequest, held_review, render_pane


@never_cache
@require_safe
def review(request: ReviewerRequest, key: UUID) -> HttpResponse:
    """The overview: what is done, what is missing, and the way to each part."""
    return _overview(request, held_review(request, key), refused=False)


@never_cache
@require_POST
def submit(request: ReviewerRequest, key: UUID) -> HttpResponse:
    """Hand the review in, or say what is missing and lead there."""
    held = held_review(request, key)
    try:
        submit_review(held, at=timezone.now())
    except ReviewIncomplete:
        return _overview(request, held, refused=True)
    except Refusal as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, _("Your review is handed in. Thank you."))
    return redirect("reviews:review", held.key)


def _overview(request: ReviewerRequest, held: Review, *, refused: bool) -> HttpResponse:
    context = {"progress": progress_of(held), "refused": refused}
    return render_pane(request, held, pane="overview", title=_("Overview"), context=context)


@never_cache
@require_POST
def take_back(request: ReviewerRequest, key: UUID) -> HttpResponse:
    """Open a handed-in review again while the round is open."""
    held = held_review(request, key)
    try:
        take_back_review(held)
    except Refusal as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, _("You have taken your review back. Hand it in again when you are done."))
    return redirect("reviews:review", held.key)
