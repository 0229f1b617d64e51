"""An invitation: one look at the article, then yes or no."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.contrib.auth.views import redirect_to_login
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from reviews.errors import AddressNotYours, InvitationIsOver, Refusal
from reviews.forms.invitation import AcceptForm, DeclineForm
from reviews.gateways.account import INVITATION
from reviews.models import Assignment, User
from reviews.services.invitation import accept_invitation, decline_invitation, take_up_invitation

WORDS_A_MINUTE = 200


@login_not_required
@never_cache
@require_http_methods(["GET", "POST"])
def invitation(request: HttpRequest, key: UUID) -> HttpResponse:
    """Show an invitation and take the answer.

    Somebody without an account who holds the link sees it, and may sign up by it; a stranger finds nothing.
    """
    assignment = get_object_or_404(Assignment.objects.select_related("round__revision__article", "reviewer"), key=key)
    if not isinstance(request.user, User):
        return _to_the_door(request, assignment)
    if assignment.reviewer not in {None, request.user}:
        raise Http404
    if assignment.accepted_at:
        return redirect("reviews:review", assignment.review.key)
    try:
        assignment = take_up_invitation(assignment, user=request.user)
    except Refusal as refusal:
        return _say_why_not(request, refusal)
    return _answer(request, assignment)


def _to_the_door(request: HttpRequest, assignment: Assignment) -> HttpResponse:
    """Somebody who is not signed in: who has an account signs in, who was asked by address may sign up."""
    if assignment.reviewer:
        return redirect_to_login(request.path)
    if not assignment.is_live or not assignment.round.is_open:
        return _say_why_not(request, InvitationIsOver())
    request.session[INVITATION] = str(assignment.key)
    return render(request, "reviews/invitation.html", _facts(assignment))


def _answer(request: HttpRequest, assignment: Assignment) -> HttpResponse:
    """Take yes or no, whichever was sent; whatever else was typed stays on the page."""
    answer = request.POST.get("answer", "")
    accept = AcceptForm(request.POST if answer == "accept" else None)
    decline = DeclineForm(request.POST if answer == "decline" else None)
    try:
        if accept.is_valid():
            review = accept_invitation(assignment, **accept.cleaned_data, at=timezone.now())
            said = _("Thank you. Everything you write here is saved as you type.")
            messages.success(request, said, extra_tags=f"{request.path}#accept {request.path}#decline")
            return redirect("reviews:review", review.key)
        if decline.is_valid():
            decline_invitation(assignment, **decline.cleaned_data, at=timezone.now())
            said = _("You have declined. The desk knows, and why.")
            messages.success(request, said, extra_tags=f"{request.path}#accept {request.path}#decline")
            return redirect("reviews:queue")
    except Refusal as refusal:
        return _say_why_not(request, refusal)
    context = {**_facts(assignment), "accept": accept, "decline": decline}
    return render(request, "reviews/invitation.html", context, status=422 if answer else 200)


def _facts(assignment: Assignment) -> dict[str, Any]:
    """Return the one look at the article that one has before answering: never the text itself."""
    words = len(assignment.round.revision.text.split())
    return {
        "assignment": assignment,
        "article": assignment.round.revision.article,
        "words": words,
        "minutes": max(1, round(words / WORDS_A_MINUTE)),
        "claims": assignment.round.claims.count(),
        "instruments": list(assignment.round.instruments.values_list("title", flat=True)),
        "today": timezone.localdate(),
    }


def _say_why_not(request: HttpRequest, refusal: Refusal) -> HttpResponse:
    """Say why there is nothing to answer, and nothing of the article."""
    status = 403 if isinstance(refusal, AddressNotYours) else 410
    return render(request, "reviews/invitation_over.html", {"refusal": refusal}, status=status)
