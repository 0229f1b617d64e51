"""Work that is out for too long: reminded of, given another day, or taken back, one by one or several together."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from django.contrib import messages
from django.db import transaction
from django.db.models import Count, Q, QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import URLPattern, path
from django.utils import timezone
from django.utils.translation import gettext, ngettext

from reviews.admin.need import late, unanswered_invitations
from reviews.admin.room import accepted, editor, number_in, page, posted, room_view, rounds_before
from reviews.errors import Refusal
from reviews.forms.assignment import ExtendForm, FarewellForm
from reviews.models import Assignment, Pace, Round
from reviews.services.assignment import extend_assignment, withdraw_assignment
from reviews.services.reminder import paces_of, refuse_reminder, remind_now, reminders_told
from reviews.services.round import extend_round

MOST_AT_ONCE = 100
USUAL_EXTENSION = timedelta(days=7)
LISTS = {"late": "admin:reviews-late", "unanswered": "admin:invitations-unanswered"}


def addresses() -> list[URLPattern]:
    """Return the doors of this room, for the rounds' own to take in."""
    return [
        path("late/", late_reviews, name="reviews-late"),
        path("late/remind/", remind, name="reviews-remind"),
        path("late/extend/", extend, name="reviews-extend"),
        path("late/release/", release, name="reviews-release"),
        path("unanswered/", unanswered, name="invitations-unanswered"),
    ]


@room_view
def late_reviews(request: HttpRequest) -> HttpResponse:
    """All work that is still out after its day."""
    waiting = late(editor(request), today=timezone.localdate())
    return _list(request, waiting, title=gettext("Late reviews"), origin="late", nothing=gettext("No review is late"))


@room_view
def unanswered(request: HttpRequest) -> HttpResponse:
    """All requests that nobody has answered for days."""
    return _list(
        request,
        unanswered_invitations(editor(request), today=timezone.localdate()),
        title=gettext("Unanswered invitations"),
        origin="unanswered",
        nothing=gettext("Every invitation of more than three days ago has an answer"),
    )


@room_view
def remind(request: HttpRequest) -> HttpResponse:
    """Remind people now, after saying whom it will reach and how."""
    chosen = _chosen(request)
    if not chosen:
        return _nobody(request)
    lines = list(_reminders(chosen))
    if "confirmed" in request.POST:
        reminded = sum(_is_reminded(one.assignment) for one in lines if not one.refusal)
        said = ngettext("%(count)s person is reminded.", "%(count)s people are reminded.", reminded)
        messages.success(request, said % {"count": reminded})
        return _back(request, chosen)
    reachable = sum(not one.refusal for one in lines)
    return _page(request, "remind", title=gettext("Remind now"), chosen=chosen, lines=lines, reachable=reachable)


@room_view
def extend(request: HttpRequest) -> HttpResponse:
    """Give several people another day, all of them or nobody."""
    chosen, today = _chosen(request), timezone.localdate()
    if not chosen:
        return _nobody(request)
    usual = {"due_on": today + USUAL_EXTENSION}
    form = ExtendForm(posted(request) if "confirmed" in request.POST else None, today=today, initial=usual)
    if form.is_bound and form.is_valid() and _together(form, chosen, lambda one: _extend(one, form=form)):
        messages.success(request, gettext("The day is moved, and they are told."))
        return _back(request, chosen)
    return _page(request, "extend", title=gettext("Another due date"), chosen=chosen, form=form)


@room_view
def release(request: HttpRequest) -> HttpResponse:
    """Take requests back, after saying what becomes of their rounds."""
    chosen = _chosen(request)
    if not chosen:
        return _nobody(request)
    form = FarewellForm(posted(request) if "confirmed" in request.POST else None)
    now = timezone.now()
    if form.is_bound and form.is_valid():
        note = form.cleaned_data["note"]
        if _together(form, chosen, lambda one: withdraw_assignment(one, note=note, at=now)):
            messages.success(request, gettext("Taken back, and they are told."))
            return _back(request, chosen)
    return _page(
        request, "release", title=gettext("Release these slots"), chosen=chosen, form=form, rounds=_outcomes(chosen)
    )


@dataclass(frozen=True)
class Line:
    """One person on the page of reminders: how it would reach them, or why there is none."""

    assignment: Assignment
    how: str
    refusal: str


def _reminders(chosen: list[Assignment]) -> Iterable[Line]:
    told, paces, now = reminders_told(chosen), paces_of(chosen), timezone.now()
    for one in chosen:
        try:
            pace: Pace = refuse_reminder(one, told=told, paces=paces, today=timezone.localdate(now), at=now)
        except Refusal as refusal:
            yield Line(one, "", str(refusal))
        else:
            yield Line(one, str(pace.label), "")


def _is_reminded(assignment: Assignment) -> bool:
    now = timezone.now()
    try:
        remind_now(assignment, today=timezone.localdate(now), at=now)
    except Refusal:  # somebody else was quicker, or the review came in
        return False
    return True


def _extend(assignment: Assignment, *, form: ExtendForm) -> None:
    day, now = form.cleaned_data["due_on"], timezone.now()
    today = timezone.localdate(now)
    round = Round.objects.get(pk=assignment.round_id)
    if form.cleaned_data["with_rounds"] and round.due_on < day:
        extend_round(round, due_on=day, today=today, at=now)
    extend_assignment(assignment, due_on=day, today=today, at=now)


def _together(form: Any, chosen: list[Assignment], action: Callable[[Assignment], object]) -> bool:
    """Do something for everybody or for nobody; a refusal stands on the form with the person's name."""
    with transaction.atomic():
        for one in chosen:
            if not accepted(form, lambda one=one: action(one)):  # type: ignore[misc]
                form.add_error(
                    None,
                    gettext("It was %(person)s. Nothing was changed.") % {"person": one.reviewer or one.invited_email},
                )
                transaction.set_rollback(True)
                return False
    return True


def _outcomes(chosen: list[Assignment]) -> list[tuple[Round, str]]:
    """Return what becomes of each round, in words, where something does."""
    leaving = {pk: sum(one.round_id == pk for one in chosen) for pk in {one.round_id for one in chosen}}
    counting = Q(assignments__review__submitted_at__isnull=False, assignments__set_aside_at=None)
    rounds = Round.objects.filter(pk__in=leaving).select_related("revision__article").defer("revision__text")
    known = rounds.annotate_progress().annotate(counting=Count("assignments", filter=counting, distinct=True))
    return [(round, words) for round in known if (words := _outcome(round, leaving=leaving[round.pk]))]


def _outcome(round: Any, *, leaving: int) -> str:
    standing = round.asked - leaving
    if standing == round.handed_in and round.counting >= round.quorum:
        return gettext("nothing else is out: the round closes with this, and its report is compiled")
    if standing < round.quorum:
        words = gettext("asks %(count)s then, too few for its quorum of %(quorum)s: ask somebody else")
        return words % {"count": standing, "quorum": round.quorum}
    return ""


def _chosen(request: HttpRequest) -> list[Assignment]:
    named = [number_in(pk) for pk in (request.POST or request.GET).getlist("chosen")]
    out = Assignment.objects.open().filter(round__in=rounds_before(request), pk__in=named)
    about = out.select_related("reviewer", "round__revision__article").defer("round__revision__text")
    return list(about.order_by("due_on", "pk")[:MOST_AT_ONCE])


def _list(
    request: HttpRequest, waiting: "QuerySet[Assignment]", *, title: str, origin: str, nothing: str
) -> HttpResponse:
    template, today = "reviews/assignment/waiting.html", timezone.localdate()
    return page(request, template, title=title, waiting=waiting, today=today, origin=origin, nothing=nothing)


def _page(request: HttpRequest, what: str, *, title: str, chosen: list[Assignment], **context: Any) -> HttpResponse:
    origin = (request.POST or request.GET).get("origin", "")
    template = f"reviews/assignment/late_{what}.html"
    return page(request, template, title=title, chosen=chosen, origin=origin, today=timezone.localdate(), **context)


def _nobody(request: HttpRequest) -> HttpResponse:
    messages.info(request, gettext("Choose somebody whose review is still out."))
    return redirect(LISTS.get((request.POST or request.GET).get("origin", ""), LISTS["late"]))


def _back(request: HttpRequest, chosen: list[Assignment]) -> HttpResponse:
    """Go back to the list that one came from, or else to the round."""
    if (origin := request.POST.get("origin", "")) in LISTS:
        return redirect(LISTS[origin])
    return redirect("admin:reviews_round_change", chosen[0].round_id)
