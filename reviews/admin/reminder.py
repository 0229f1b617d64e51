"""When the reviewers of a round are reminded, and who will be."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import URLPattern, path
from django.utils import timezone
from django.utils.translation import gettext

from reviews.admin.room import accepted, page, posted, room_view, round_before
from reviews.forms.reminder import ReminderForm, in_words
from reviews.jobs.dates import reminders_ahead
from reviews.models import MailChoice, Pace
from reviews.services.round import set_reminders


def addresses() -> list[URLPattern]:
    """Return the doors of this room, for the rounds' own to take in."""
    return [
        path("<int:pk>/reminders/", reminders, name="round-reminders"),
    ]


@room_view
def reminders(request: HttpRequest, pk: int) -> HttpResponse:
    """Show who will be reminded when, as things stand, and choose the days."""
    round = round_before(request, pk)
    form = ReminderForm(posted(request), initial={"days": round.reminders})
    if request.method == "POST" and form.is_valid():
        days = form.cleaned_data["days"]
        if accepted(form, lambda: set_reminders(round, days=days)):
            messages.success(request, gettext("Saved. Below you see what that comes to."))
            return redirect("admin:round-reminders", pk)
    chosen = MailChoice.objects.filter(person__assignments__round=round).values_list("person", "kind", "pace")
    paces = {(person, kind): Pace(pace) for person, kind, pace in chosen}
    ahead = [
        (each, in_words(each.days), how(paces.get((each.assignment.reviewer_id or 0, each.kind.value), Pace.AT_ONCE)))
        for each in reminders_ahead(round, today=timezone.localdate())
    ]
    return page(
        request, "reviews/round/reminders.html", title=gettext("Reminders"), round=round, form=form, ahead=ahead
    )


def how(pace: Pace) -> str:
    """Return how a reminder will reach a reviewer who wants such mails at this pace."""
    return gettext("not at all: this person has switched such mails off") if pace is Pace.NEVER else str(pace.label)
