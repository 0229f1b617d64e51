"""Claims that reviewers miss on the list."""

from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import URLPattern, path
from django.utils import timezone
from django.utils.translation import gettext
from django.views.decorators.http import require_POST

from reviews.admin.room import done, editor, page, paged, room_view, rounds_before
from reviews.models import Proposal
from reviews.services.proposal import leave_proposal, take_proposal


def addresses() -> list[URLPattern]:
    """Return the doors of this room, for the rounds' own to take in."""
    return [
        path("proposals/", proposals, name="proposals"),
        path("proposals/<int:pk>/decide/", decide_proposal, name="proposal-decide"),
    ]


@room_view
def proposals(request: HttpRequest) -> HttpResponse:
    """What reviewers propose and nobody has decided; nothing of rounds that this editor reviews."""
    return page(
        request,
        "reviews/proposal/proposals.html",
        title=gettext("Proposed claims"),
        proposals=paged(request, _waiting_before(request)),
    )


@room_view
@require_POST
def decide_proposal(request: HttpRequest, pk: int) -> HttpResponse:
    """Take the words on the article's list, or leave them."""
    proposal = get_object_or_404(_waiting_before(request), pk=pk)
    by, at = editor(request), timezone.now()
    if request.POST.get("do") == "take":
        done(
            request,
            lambda: take_proposal(proposal, by=by, at=at),
            said=gettext("It stands on the article’s list of claims."),
        )
    else:
        done(request, lambda: leave_proposal(proposal, by=by, at=at), said=gettext("It is left off the list."))
    return redirect("admin:proposals")


def _waiting_before(request: HttpRequest) -> "QuerySet[Proposal]":
    return (
        Proposal.objects.waiting()
        .filter(review__assignment__round__in=rounds_before(request))
        .select_related("review__assignment__reviewer", "review__assignment__round__revision__article")
        .order_by("proposed_at", "pk")
    )
