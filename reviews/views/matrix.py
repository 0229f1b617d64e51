"""All of one's own readings on one page."""

from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from reviews.services.matrix import matrix_of
from reviews.views.workspace import ReviewerRequest, held_review


@never_cache
@require_safe
def matrix(request: ReviewerRequest, key: UUID) -> HttpResponse:
    """Show what one said of which source to which claim, with the way to each reading."""
    review = held_review(request, key)
    context = {"review": review, "article": review.round.revision.article, "matrix": matrix_of(review)}
    return render(request, "reviews/matrix.html", context)
