"""Whom a round asks to review, and how that is taken back."""

from collections.abc import Callable
from functools import partial
from typing import Any

from django.contrib import messages
from django.db import transaction
from django.db.models import Count, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone

from reviews.admin.need import late, unanswered_invitations
from reviews.admin.room import accepted, done, editor, page, posted, room_view, round_before, rounds_before
from reviews.forms.assignment import AssignmentForm, NoteForm, ReasonForm
from reviews.forms.round import DayForm
from reviews.models import Assignment, Review, Round, User
from reviews.services.assignment import (
    assign_reviewer,
    count_marks_again,
    extend_assignment,
    holder_of,
    set_aside_marks,
    withdraw_assignment,
)
from reviews.services.review import send_back_review

MOST_SHOWN = 60


def with_load(people: "QuerySet[User]", *, request: HttpRequest) -> "QuerySet[User]":
    """Add ``load``, the claims in reviews that are still out, and ``handed_in``, the reviews so far.

    Rounds in which this editor is a reviewer are left out: they would tell who else is.
    """
    seen = rounds_before(request)
    out = Assignment.objects.open().filter(round__in=seen, reviewer=OuterRef("pk"))
    claims = out.order_by().values("reviewer").annotate(count=Count("round__claims")).values("count")
    handed_in = Q(assignments__review__submitted_at__isnull=False, assignments__round__in=seen)
    return people.annotate(
        load=Coalesce(Subquery(claims), 0),
        handed_in=Count("assignments", filter=handed_in, distinct=True),
    )


def candidates_for(round: Round, *, request: HttpRequest) -> "QuerySet[User]":
    """Return whom the round could still ask, those with the least in hand first."""
    asked = round.assignments.filter(withdrawn_at=None, reviewer__isnull=False).values("reviewer")
    people = User.objects.filter(is_active=True).exclude(pk__in=asked)
    return with_load(people, request=request).order_by("load", "name")


@room_view
def assign(request: HttpRequest, pk: int) -> HttpResponse:
    """Ask people to review a round, by account or by address."""
    round = round_before(request, pk)
    words = request.GET.get("q", "").replace("\x00", "").strip()
    people = candidates_for(round, request=request)
    shown = people.filter(Q(name__icontains=words) | Q(email__icontains=words) | Q(expertise__icontains=words))
    form = AssignmentForm(
        posted(request),
        today=timezone.localdate(),
        candidates=people if request.method == "POST" else shown[:MOST_SHOWN],
        initial={"due_on": round.due_on},
    )
    is_valid = request.method == "POST" and form.is_valid()
    blinded = editors_among(form.cleaned_data) if is_valid else []
    is_warned = not blinded or "knowing" in request.POST
    if is_valid and is_warned and _asked(request, round, form=form):
        return _to_round_or_article(request, round)
    return page(
        request,
        "reviews/assignment/assign.html",
        title="Ask reviewers",
        round=round,
        form=form,
        search=words,
        blinded=[] if is_warned else blinded,
        me=editor(request),
    )


@room_view
def late_reviews(request: HttpRequest) -> HttpResponse:
    """All work that is still out after its day."""
    today = timezone.localdate()
    waiting = late(editor(request), today=today)
    return page(
        request,
        "reviews/assignment/waiting.html",
        title="Late reviews",
        waiting=waiting,
        today=today,
        nothing="No review is late",
    )


@room_view
def unanswered(request: HttpRequest) -> HttpResponse:
    """All requests that nobody has answered for days."""
    today = timezone.localdate()
    waiting = unanswered_invitations(editor(request), today=today)
    return page(
        request,
        "reviews/assignment/waiting.html",
        title="Unanswered invitations",
        waiting=waiting,
        today=today,
        nothing="Every invitation of more than three days ago has an answer",
    )


@room_view
def extend(request: HttpRequest, pk: int) -> HttpResponse:
    """Give one reviewer another day."""
    assignment, today = _assignment_before(request, pk), timezone.localdate()
    form = DayForm(posted(request), today=today, initial={"due_on": assignment.due_on})
    if request.method == "POST" and form.is_valid():
        due_on = form.cleaned_data["due_on"]
        if accepted(form, lambda: extend_assignment(assignment, due_on=due_on, today=today, at=timezone.now())):
            return _back(request, assignment, said="The day is moved.")
    return _ask(request, "extend", title="Another due date", assignment=assignment, form=form)


@room_view
def withdraw(request: HttpRequest, pk: int) -> HttpResponse:
    """Take a request back, after saying what becomes of it."""
    assignment = _assignment_before(request, pk)
    if request.method == "POST":
        done(request, lambda: withdraw_assignment(assignment, at=timezone.now()), said="Withdrawn.")
        return redirect("admin:reviews_round_change", assignment.round_id)
    others = assignment.round.assignments.open().exclude(pk=assignment.pk)
    return _ask(
        request,
        "withdraw",
        title="Withdraw a request",
        assignment=assignment,
        is_last=assignment.round.is_open and not others.exists(),
    )


@room_view
def set_aside(request: HttpRequest, pk: int) -> HttpResponse:
    """Let the marks of one reviewer count no more, for a reason."""
    assignment = _assignment_before(request, pk)
    form = ReasonForm(posted(request))
    if request.method == "POST" and form.is_valid():
        reason = form.cleaned_data["reason"]
        if accepted(form, lambda: set_aside_marks(assignment, reason=reason, at=timezone.now())):
            return _back(request, assignment, said="These marks are set aside.")
    return _ask(request, "set_aside", title="Set marks aside", assignment=assignment, form=form)


@room_view
def count_again(request: HttpRequest, pk: int) -> HttpResponse:
    """Take back that marks were set aside."""
    assignment = _assignment_before(request, pk)
    if request.method == "POST":
        done(request, lambda: count_marks_again(assignment, at=timezone.now()), said="These marks count again.")
        return redirect("admin:reviews_round_change", assignment.round_id)
    return _ask(request, "count_again", title="Count marks again", assignment=assignment)


@room_view
def send_back(request: HttpRequest, pk: int) -> HttpResponse:
    """Open a review again that was handed in, with a note for its reviewer."""
    assignment = _assignment_before(request, pk)
    review = get_object_or_404(Review, assignment=assignment)
    form = NoteForm(posted(request))
    if request.method == "POST" and form.is_valid():
        note = form.cleaned_data["note"]
        if accepted(form, lambda: send_back_review(review, note=note, at=timezone.now())):
            return _back(request, assignment, said="Sent back, and the reviewer is mailed.")
    return _ask(request, "send_back", title="Send a review back", assignment=assignment, form=form)


def editors_among(asked: dict[str, Any]) -> list[User]:
    """Return the editors among those who are to be asked: reviewing blinds them to the round."""
    by_address = [holder_of(address) for address in asked["addresses"]]
    people = {person.pk: person for person in [*asked["reviewers"], *by_address] if person and person.is_staff}
    return list(people.values())


def _asked(request: HttpRequest, round: Round, *, form: AssignmentForm) -> bool:
    """Ask everybody or nobody: a refusal of one stands on the form with that person's name."""
    asked, by = form.cleaned_data, editor(request)
    day = {"due_on": asked["due_on"], "by": by, "today": timezone.localdate(), "at": timezone.now()}
    requests: list[tuple[object, Callable[[], object]]] = [
        *((person, partial(assign_reviewer, round, reviewer=person, **day)) for person in asked["reviewers"]),
        *((address, partial(assign_reviewer, round, address=address, **day)) for address in asked["addresses"]),
    ]
    with transaction.atomic():
        for person, ask in requests:
            if not accepted(form, ask):
                form.add_error(None, f"It was {person}. Nobody was asked.")
                transaction.set_rollback(True)
                return False
    count = len(requests)
    messages.success(request, "1 person is asked." if count == 1 else f"{count} people are asked.")
    return True


def _to_round_or_article(request: HttpRequest, round: Round) -> HttpResponse:
    """Go back to the round, or to the article where the editor has just become a reviewer of the round."""
    if rounds_before(request).filter(pk=round.pk).exists():
        return redirect("admin:reviews_round_change", round.pk)
    return redirect("admin:reviews_article_change", round.revision.article_id)


def _ask(request: HttpRequest, what: str, *, title: str, assignment: Assignment, **context: Any) -> HttpResponse:
    template = f"reviews/assignment/{what}.html"
    return page(request, template, title=title, assignment=assignment, round=assignment.round, **context)


def _back(request: HttpRequest, assignment: Assignment, *, said: str) -> HttpResponse:
    messages.success(request, said)
    return redirect("admin:reviews_round_change", assignment.round_id)


def _assignment_before(request: HttpRequest, pk: int) -> Assignment:
    assignments = Assignment.objects.filter(round__in=rounds_before(request))
    return get_object_or_404(assignments.select_related("reviewer", "review", "round__revision__article"), pk=pk)
