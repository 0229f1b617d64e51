"""What a reviewer has to do, and has done."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from django.db.models import Count, Exists, OuterRef, Q, QuerySet, Subquery, Value
from django.db.models.functions import Coalesce
from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from reviews.gateways.account import verified_addresses
from reviews.models import Assignment, Mark, Report, Review, RoundClaim, SecondLook, SecondMark, User
from reviews.views.workspace import ReviewerRequest


@dataclass
class Shelves:
    """A reviewer's work by what it waits for."""

    again: list[Review] = field(default_factory=list)
    due: list[Review] = field(default_factory=list)
    handed_in: list[Review] = field(default_factory=list)
    over: list[Review] = field(default_factory=list)


@never_cache
@require_safe
def queue(request: ReviewerRequest) -> HttpResponse:
    """Invitations to answer, reviews that are due, handed in, and done."""
    shelves = _sorted(_reviews_of(request.user))
    context = {
        "invitations": _invitations_to(request.user),
        "shelves": shelves,
        "today": timezone.localdate(),
    }
    return render(request, "reviews/queue.html", context)


def _invitations_to(user: User) -> QuerySet[Assignment]:
    """Invitations that wait for an answer, those by address to one of the person's verified ones among them."""
    addressed = Assignment.objects.addressed_to(sorted(verified_addresses(user)))
    waiting = Q(reviewer=user) | Q(pk__in=addressed.values("pk"))
    return (
        Assignment.objects.live()
        .filter(waiting, accepted_at=None, round__closed_at=None)
        .select_related("round__revision__article")
        .defer("round__revision__text")
        .annotate(claims=Count("round__claims"))
        .order_by("due_on", "assigned_at")
    )


def _reviews_of(user: User) -> "QuerySet[Any]":
    ruled = ~Q(level=None) | ~Q(could_not_assess="")
    marks = Mark.objects.filter(ruled, review=OuterRef("pk"))
    claims = RoundClaim.objects.filter(round=OuterRef("assignment__round"))
    reports = Report.objects.filter(round=OuterRef("assignment__round"))
    given = SecondMark.objects.filter(look=OuterRef("pk"), review=OuterRef(OuterRef("pk")))
    looks = SecondLook.objects.open().filter(~Exists(given), claim__round=OuterRef("assignment__round"))
    return (
        Review.objects.held_by(user)
        .defer("assignment__round__revision__text")
        .annotate(
            claims=_number_of(claims),
            marked=_number_of(marks),
            is_compiled=Exists(reports),
            asked_again=_number_of(looks),
        )
        .order_by("assignment__due_on", "began_at")
    )


def _number_of(rows: "QuerySet[Any]") -> Coalesce:
    """Count rows beside a query, without joining them into it."""
    counted = rows.order_by().values(one=Value(1)).annotate(number=Count("*")).values("number")
    return Coalesce(Subquery(counted), 0)


def _sorted(reviews: Iterable[Any]) -> Shelves:
    shelves = Shelves()
    for review in reviews:
        if review.is_open:
            shelves.due.append(review)
        elif review.submitted_at and review.round.is_open:
            shelves.handed_in.append(review)
        else:
            shelves.over.append(review)
            if review.submitted_at and review.asked_again and review.assignment.set_aside_at is None:
                shelves.again.append(review)
    shelves.over.sort(key=lambda review: review.round.closed_at or review.began_at, reverse=True)
    return shelves
