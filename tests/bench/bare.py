"""The least that a signed-in Django view can do for the same work: the same rows, no page, no forms, no rules."""

import json
from typing import Any
from uuid import UUID

from django.db import transaction
from django.db.models import Count
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.urls import include, path
from django.utils import timezone

from reviews.models import (
    Appraisal,
    Assignment,
    Level,
    Mark,
    Review,
    Revision,
    RoundCitation,
    RoundClaim,
)


def _answer(*parts: Any) -> HttpResponse:
    return HttpResponse(json.dumps(parts, default=str))


def _review(request: HttpRequest, key: UUID) -> Review:
    return Review.objects.select_related("assignment__round").get(key=key, assignment__reviewer=request.user)


def open_claim(request: HttpRequest, key: UUID, number: int) -> HttpResponse:
    """Read the text, its claims with the own marks, their sources with the own appraisals, levels and instruments."""
    review = _review(request, key)
    round = review.assignment.round
    claims = RoundClaim.objects.filter(round=round)
    own = Mark.objects.filter(review=review)
    return _answer(
        Revision.objects.values_list("text").get(pk=round.revision_id),
        list(claims.values_list("number", "wording", "quote", "start", "end", "kind")),
        list(own.values_list("claim_id", "level", "could_not_assess", "flaws", "rationale", "version")),
        list(RoundCitation.objects.filter(claim__round=round).values_list("claim_id", "key", "record", "origin")),
        list(Appraisal.objects.filter(review=review).values_list("citation_id", "stance", "quote", "version")),
        list(Level.objects.filter(scale=round.scale_id).values_list("name", "title", "definition")),
    )


@transaction.atomic
def save_mark(request: HttpRequest, key: UUID, number: int) -> HttpResponse:
    """Lock the review, save the mark, count what is done."""
    review = _review(request, key)
    Review.objects.select_for_update().get(pk=review.pk)
    level = Level.objects.get(scale=review.assignment.round.scale_id, name=request.POST["mark-ruling"].split(":")[1])
    mark = Mark.objects.get(review=review, claim__number=number)
    mark.level, mark.rationale = level, request.POST["mark-rationale"]
    mark.version, mark.saved_at = mark.version + 1, timezone.now()
    mark.save()
    return JsonResponse({"version": mark.version, "done": Mark.objects.filter(review=review).count()})


def queue(request: HttpRequest) -> HttpResponse:
    """List the invitations and the reviews with the number of marks in each."""
    waiting = Assignment.objects.live().filter(reviewer_id=request.user.pk, accepted_at=None)
    held = Review.objects.filter(assignment__reviewer=request.user).annotate(marked=Count("marks"))
    return _answer(
        list(waiting.values_list("key", "due_on", "round__revision__article__title")),
        list(held.values_list("key", "assignment__due_on", "assignment__round__revision__article__title", "marked")),
    )


urlpatterns = [
    path("", include("portal.urls")),
    path("bare/open/<uuid:key>/<int:number>/", open_claim),
    path("bare/save/<uuid:key>/<int:number>/", save_mark),
    path("bare/queue/", queue),
]
