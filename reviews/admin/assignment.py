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
from django.urls import URLPattern, path
from django.utils import timezone
from django.utils.translation import gettext, ngettext

from reviews.admin.chooser import MOST_SHOWN, SORTS, Chooser, Row, chooser_for, in_order
from reviews.admin.room import accepted, done, editor, number_in, page, posted, room_view, round_before, rounds_before
from reviews.errors import AssignmentIsOver, RoundIsClosed
from reviews.forms.assignment import AssignmentForm, FarewellForm, LookForm, NoteForm, ReasonForm, ReplaceForm
from reviews.forms.round import DayForm
from reviews.models import Assignment, Review, Round, User
from reviews.models.wording import said
from reviews.services.assignment import (
    assign_reviewer,
    count_marks_again,
    extend_assignment,
    holder_of,
    replace_reviewer,
    set_aside_marks,
    withdraw_assignment,
)
from reviews.services.review import send_back_review

LOOKING = {"look", "propose"}
"""The buttons of the page that ask nobody: they only show people otherwise."""


def addresses() -> list[URLPattern]:
    """Return the doors of this room, for the rounds' own to take in."""
    return [
        path("<int:pk>/assign/", assign, name="round-assign"),
        path("assignments/<int:pk>/extend/", extend, name="assignment-extend"),
        path("assignments/<int:pk>/withdraw/", withdraw, name="assignment-withdraw"),
        path("assignments/<int:pk>/set-aside/", set_aside, name="assignment-set-aside"),
        path("assignments/<int:pk>/count-again/", count_again, name="assignment-count-again"),
        path("assignments/<int:pk>/send-back/", send_back, name="assignment-send-back"),
        path("assignments/<int:pk>/replace/", replace, name="assignment-replace"),
    ]


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


@room_view
def assign(request: HttpRequest, pk: int) -> HttpResponse:
    """Ask people to review a round, by account or by address; whom the desk proposes is ticked before."""
    round, today = round_before(request, pk), timezone.localdate()
    look = LookForm(request.POST or request.GET, sorts=SORTS)
    chooser = chooser_for(round, request=request, size=look.said("size"), today=today)
    is_asking = request.method == "POST" and not LOOKING & request.POST.keys()
    form = AssignmentForm(
        request.POST if is_asking else None,
        today=today,
        candidates=User.objects.filter(pk__in=[row.person.pk for row in chooser.rows if row.can_be_asked]),
        initial={"due_on": round.due_on, **request.POST.dict()},
    )
    is_valid = is_asking and form.is_valid()
    warnings = chooser.warnings(people_among(form.cleaned_data)) if is_valid else []
    is_warned = not warnings or "knowing" in request.POST
    if is_valid and is_warned and _asked(request, round, form=form):
        return _to_round_or_article(request, round)
    return page(
        request,
        "reviews/assignment/assign.html",
        title=gettext("Ask reviewers"),
        round=round,
        form=form,
        look=look,
        **_shown(chooser, look=look, chosen=_chosen(request, chooser)),
        warnings=[] if is_warned else warnings,
        me=editor(request),
    )


def _chosen(request: HttpRequest, chooser: Chooser) -> set[int]:
    """Return who is ticked: what came in with the form, or else what is proposed."""
    if request.method == "POST" and "propose" not in request.POST:
        return {number_in(pk) for pk in request.POST.getlist("reviewers")}
    return {row.person.pk for row in chooser.rows if row.standing.is_proposed}


def _shown(chooser: Chooser, *, look: LookForm, chosen: set[int]) -> dict[str, Any]:
    """Return the people as the page shows them: whoever is ticked first, then those who were looked for."""
    found = in_order(chooser.found(look.said("q") or ""), sort=look.said("sort") or "")
    others = [row for row in found if row.person.pk not in chosen and row.can_be_asked]
    ticked = [row for row in chooser.rows if row.person.pk in chosen and row.can_be_asked]
    return {
        "panel": chooser.panel,
        "ticked": in_order(ticked, sort=look.said("sort") or ""),
        "others": others[:MOST_SHOWN],
        "more": len(others) - MOST_SHOWN,
        "settled": [row for row in chooser.rows if not row.can_be_asked],
    }


@room_view
def extend(request: HttpRequest, pk: int) -> HttpResponse:
    """Give one reviewer another day."""
    assignment, today = _assignment_before(request, pk), timezone.localdate()
    form = DayForm(posted(request), today=today, initial={"due_on": assignment.due_on})
    if request.method == "POST" and form.is_valid():
        due_on = form.cleaned_data["due_on"]
        if accepted(form, lambda: extend_assignment(assignment, due_on=due_on, today=today, at=timezone.now())):
            return _back(request, assignment, said=gettext("The day is moved."))
    return _ask(request, "extend", title=gettext("Another due date"), assignment=assignment, form=form)


@room_view
def withdraw(request: HttpRequest, pk: int) -> HttpResponse:
    """Take a request back, after saying what becomes of it."""
    assignment = _assignment_before(request, pk)
    form = FarewellForm(posted(request))
    if request.method == "POST" and form.is_valid():
        note = form.cleaned_data["note"]
        done(request, lambda: withdraw_assignment(assignment, note=note, at=timezone.now()), said=gettext("Withdrawn."))
        return redirect("admin:reviews_round_change", assignment.round_id)
    others = assignment.round.assignments.open().exclude(pk=assignment.pk)
    return _ask(
        request,
        "withdraw",
        title=gettext("Withdraw a request"),
        assignment=assignment,
        form=form,
        is_last=assignment.round.is_open and not others.exists(),
    )


@room_view
def replace(request: HttpRequest, pk: int) -> HttpResponse:
    """Ask somebody else in a reviewer's place, in one step, whatever the reviewer has done so far."""
    assignment, today = _assignment_before(request, pk), timezone.localdate()
    if not assignment.round.is_open or assignment.withdrawn_at:
        messages.error(request, str(RoundIsClosed() if not assignment.round.is_open else AssignmentIsOver()))
        return redirect("admin:reviews_round_change", assignment.round_id)
    chooser = chooser_for(assignment.round, request=request, size=1, today=today)
    review = getattr(assignment, "review", None)
    form = ReplaceForm(
        posted(request),
        today=today,
        people=[(row.person.pk, f"{row.person}: {said(row.standing.words)}") for row in _fit(chooser)],
        is_handed_in=review is not None and review.submitted_at is not None,
        initial={"due_on": max(assignment.due_on, today) if assignment.due_on >= today else assignment.round.due_on},
    )
    is_valid = request.method == "POST" and form.is_valid()
    named = holder_of(form.cleaned_data["address"]) if is_valid else None
    warnings = chooser.warnings([named]) if named else []
    is_warned = not warnings or "knowing" in request.POST
    if is_valid and is_warned and _replaced(request, assignment, form=form):
        return _to_round_or_article(request, assignment.round)
    return _ask(
        request,
        "replace",
        title=gettext("Replace a reviewer"),
        assignment=assignment,
        form=form,
        warnings=[] if is_warned else warnings,
        me=editor(request),
    )


def _fit(chooser: Chooser) -> list[Row]:
    """Return whom nothing stands against, the best first."""
    return [row for row in chooser.rows if not row.standing.bar][:MOST_SHOWN]


def _replaced(request: HttpRequest, assignment: Assignment, *, form: ReplaceForm) -> bool:
    said, by, now = form.cleaned_data, editor(request), timezone.now()
    person = User.objects.filter(pk=said["reviewer"]).first() if said["reviewer"] else None
    is_done = accepted(
        form,
        lambda: replace_reviewer(
            assignment,
            reviewer=person,
            address=said["address"],
            due_on=said["due_on"],
            note=said["note"],
            set_aside=said.get("set_aside", ""),
            by=by,
            today=timezone.localdate(now),
            at=now,
        ),
    )
    if is_done:
        messages.success(
            request,
            gettext("%(new)s is asked in the place of %(old)s.")
            % {"new": person or said["address"], "old": _name(assignment)},
        )
    return is_done


def _name(assignment: Assignment) -> str:
    return str(assignment.reviewer or assignment.invited_email)


@room_view
def set_aside(request: HttpRequest, pk: int) -> HttpResponse:
    """Let the marks of one reviewer count no more, for a reason."""
    assignment = _assignment_before(request, pk)
    form = ReasonForm(posted(request))
    if request.method == "POST" and form.is_valid():
        reason = form.cleaned_data["reason"]
        if accepted(form, lambda: set_aside_marks(assignment, reason=reason, at=timezone.now())):
            return _back(request, assignment, said=gettext("These marks are set aside."))
    return _ask(request, "set_aside", title=gettext("Set marks aside"), assignment=assignment, form=form)


@room_view
def count_again(request: HttpRequest, pk: int) -> HttpResponse:
    """Take back that marks were set aside."""
    assignment = _assignment_before(request, pk)
    if request.method == "POST":
        done(
            request, lambda: count_marks_again(assignment, at=timezone.now()), said=gettext("These marks count again.")
        )
        return redirect("admin:reviews_round_change", assignment.round_id)
    return _ask(request, "count_again", title=gettext("Count marks again"), assignment=assignment)


@room_view
def send_back(request: HttpRequest, pk: int) -> HttpResponse:
    """Open a review again that was handed in, with a note for its reviewer."""
    assignment = _assignment_before(request, pk)
    review = get_object_or_404(Review, assignment=assignment)
    form = NoteForm(posted(request))
    if request.method == "POST" and form.is_valid():
        note = form.cleaned_data["note"]
        if accepted(form, lambda: send_back_review(review, note=note, at=timezone.now())):
            return _back(request, assignment, said=gettext("Sent back, and the reviewer is mailed."))
    return _ask(request, "send_back", title=gettext("Send a review back"), assignment=assignment, form=form)


def people_among(asked: dict[str, Any]) -> list[User]:
    """Return everybody with an account among those who are to be asked, each once."""
    by_address = [holder_of(address) for address in asked["addresses"]]
    return list({person.pk: person for person in [*asked["reviewers"], *by_address] if person}.values())


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
                form.add_error(None, gettext("It was %(person)s. Nobody was asked.") % {"person": person})
                transaction.set_rollback(True)
                return False
    count = len(requests)
    said = ngettext("%(count)s person is asked.", "%(count)s people are asked.", count)
    messages.success(request, said % {"count": count})
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
