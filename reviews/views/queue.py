"""What a reviewer has to do, and has done."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import Count, Exists, F, JSONField, OuterRef, Q, QuerySet, Subquery
from django.db.models.fields.json import KeyTextTransform, KeyTransform
from django.db.models.functions import Cast, Coalesce
from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from reviews.gateways.account import verified_addresses
from reviews.models import Assignment, Level, Report, Review, RoundClaim, SecondLook, User
from reviews.services.outline import ClaimsDone, claims_done
from reviews.services.pace import pace_of_reviewer
from reviews.views.workspace import ReviewerRequest

SHOWN = (
    "key",
    "began_at",
    "submitted_at",
    "sent_back_note",
    *(f"assignment__{name}" for name in ("due_on", "withdrawn_at", "declined_at", "released_at", "set_aside_at")),
    *(f"assignment__round__{name}" for name in ("closed_at", "revision", "revision__article__title")),
)
"""What the queue reads of a review: rounds, texts and articles are wide."""

MOST_OVER = 12
"""Reviews that are done which stand on the page unless all are asked for."""


@dataclass
class Shelves:
    """A reviewer's work by what it waits for."""

    again: list[tuple[Review, int]] = field(default_factory=list)
    due: list[tuple[Review, ClaimsDone]] = field(default_factory=list)
    handed_in: list[Review] = field(default_factory=list)
    over: list[Review] = field(default_factory=list)

    @property
    def left(self) -> int:
        """How many claims are to be done, of all reviews together."""
        return sum(done.left for _, done in self.due)


@never_cache
@require_safe
def queue(request: ReviewerRequest) -> HttpResponse:
    """Invitations to answer, reviews that are due, handed in, and done."""
    shelves = _sorted(list(reviews_of(request.user)))
    over = shelves.over if "all" in request.GET else shelves.over[:MOST_OVER]
    findings = findings_of([review.assignment.round_id for review in over])
    context = {
        "over": [(review, findings.get(review.assignment.round_id)) for review in over],
        "left_out": len(shelves.over) - len(over),
        "invitations": invitations_to(request.user, addresses=verified_addresses(request.user)),
        "shelves": shelves,
        "pace": pace_of_reviewer(request.user) if shelves.left else None,
        "today": timezone.localdate(),
    }
    return render(request, "reviews/queue.html", context)


def invitations_to(user: User, *, addresses: Iterable[str]) -> QuerySet[Any]:
    """Return the invitations that wait for an answer with ``claims``, how many there are.

    Those to one of the ``addresses``, which the person has verified, are among them.
    """
    addressed = Assignment.objects.addressed_to(sorted(addresses))
    waiting = Q(reviewer=user) | Q(pk__in=addressed.values("pk"))
    claims = RoundClaim.objects.filter(round=OuterRef("round")).order_by().values("round")
    article = "round__revision__article"
    return (
        Assignment.objects.live()
        .filter(waiting, accepted_at=None, round__closed_at=None)
        .select_related(article)
        .only("key", "due_on", "round__revision", article, f"{article}__title", f"{article}__topic")
        .annotate(claims=Coalesce(Subquery(claims.values(number=Count("pk"))), 0))
        .order_by("due_on", "assigned_at")
    )


def reviews_of(user: User) -> QuerySet[Any]:
    """Return the reviews of a person with ``is_compiled``, and ``looks``: the second looks that wait for an answer."""
    reports = Report.objects.filter(round=OuterRef("assignment__round"))
    asked = SecondLook.objects.open().filter(claim__round=OuterRef("assignment__round"))
    looks = asked.exclude(marks__review=OuterRef("pk")).order_by().values("pk")
    return (
        Review.objects.held_by(user)
        .only(*SHOWN)
        .annotate(is_compiled=Exists(reports), looks=ArraySubquery(looks))
        .order_by("assignment__due_on", "began_at")
    )


def findings_of(rounds: Sequence[int]) -> dict[int, Level]:
    """Return for each of these rounds the level that its newest report finds for the article, if it finds one."""
    if not rounds:
        return {}
    body: Any = Cast("canonical", JSONField())
    finding = KeyTextTransform("level", KeyTransform("finding", KeyTransform("article", body)))
    shown = ("name", "title", "colour", "icon")
    rows = (
        Report.objects.filter(round__in=rounds, next=None)
        .annotate(finding=finding)
        .filter(round__scale__levels__name=F("finding"))
        .values_list("round", *(f"round__scale__levels__{name}" for name in shown))
    )
    return {round: Level(**dict(zip(shown, level, strict=True))) for round, *level in rows}


def _sorted(reviews: Sequence[Any]) -> Shelves:
    shelves = Shelves()
    done = claims_done(review for review in reviews if review.is_open)
    for review in reviews:
        if review.is_open:
            shelves.due.append((review, done[review.pk]))
        elif review.submitted_at and review.round.is_open:
            shelves.handed_in.append(review)
        else:
            shelves.over.append(review)
            if review.looks and review.submitted_at and review.assignment.set_aside_at is None:
                shelves.again.append((review, len(review.looks)))
    shelves.over.sort(key=lambda review: review.round.closed_at or review.began_at, reverse=True)
    return shelves
