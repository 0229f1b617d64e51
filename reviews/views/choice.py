"""Which mails a person gets, and when; and the one click that stops a kind of them."""

from typing import Any

from django.conf import settings
from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from reviews.emails.stop import StopKeyWrong, read_stop_key
from reviews.forms.choice import MailForm
from reviews.models import MailHours, Suppression, User
from reviews.services.choice import choose_mails, stop_mails
from reviews.views.workspace import ReviewerRequest

ONE_CLICK = ("List-Unsubscribe", "One-Click")
"""What the mail program posts, and our own button (RFC 8058, 3.1)."""


@never_cache
@require_http_methods(["GET", "POST"])
def mail_choices(request: ReviewerRequest) -> HttpResponse:
    """Show and take a person's choices."""
    person = request.user
    form = MailForm(request.POST if request.method == "POST" else None, person=person, initial=_chosen(person))
    if form.is_valid():
        hours = {name: form.cleaned_data[name] for name in ("time_zone", "quiet_from", "quiet_until")}
        choose_mails(person, paces=form.paces, **hours)
        messages.success(request, _("Saved. It holds for every mail from now on."))
        return redirect("reviews:mail-choices")
    context = {"form": form, "refused": Suppression.objects.of(person.email).first()}
    return render(request, "reviews/mail_choices.html", context, status=422 if form.errors else 200)


@login_not_required
@csrf_exempt  # the mail program that posts has no cookie; the key in the address is what counts
@never_cache
@require_http_methods(["GET", "POST"])
def mail_stop(request: HttpRequest, key: str) -> HttpResponse:
    """Stop one kind of mail by a POST. A GET, which scanners of mails do too, only asks.

    The page names the kind and nobody: whoever holds a forwarded mail learns nothing by it.
    """
    try:
        person, kind = read_stop_key(key)
    except StopKeyWrong as wrong:
        raise Http404 from wrong
    name, value = ONE_CLICK
    is_stopped = request.method == "POST" and request.POST.get(name) == value
    if is_stopped:
        stop_mails(person, kind=kind)
    return render(request, "reviews/mail_stop.html", {"kind": kind.label, "is_stopped": is_stopped})


def _chosen(person: User) -> dict[str, Any]:
    hours = MailHours.objects.filter(person=person).first() or MailHours(time_zone=settings.TIME_ZONE)
    paces = dict(person.mail_choices.values_list("kind", "pace"))
    return {"time_zone": hours.time_zone, "quiet_from": hours.quiet_from, "quiet_until": hours.quiet_until, **paces}
