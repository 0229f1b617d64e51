"""Due dates for the reviewer's own calendar program."""

from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from reviews.emails import links
from reviews.gateways.calendar import as_calendar, due_date
from reviews.models import Assignment, CalendarFeed
from reviews.services.reviewer import end_calendar, renew_calendar
from reviews.views.workspace import ReviewerRequest


@never_cache
@require_http_methods(["GET", "POST"])
def subscription(request: ReviewerRequest) -> HttpResponse:
    """Make, renew or take away the secret address of one's calendar."""
    if request.method == "POST":
        if request.POST.get("do") == "end":
            end_calendar(request.user)
            messages.success(request, _("The calendar is gone: its address leads nowhere."))
        else:
            renew_calendar(request.user, at=timezone.now())
            messages.success(request, _("This is your calendar’s address. One that you had before leads nowhere now."))
        return redirect("reviews:calendar")
    feed = CalendarFeed.objects.filter(user=request.user).first()
    address = links.absolute(reverse("reviews:calendar-feed", args=[feed.key])) if feed else ""
    return render(request, "reviews/calendar.html", {"feed": feed, "address": address})


@login_not_required
@never_cache
@require_safe
def feed(_request: HttpRequest, key: UUID) -> HttpResponse:
    """Whoever has the address reads when which review is due: title and day, nothing else."""
    calendar = get_object_or_404(CalendarFeed.objects.filter(user__is_active=True).select_related("user"), key=key)
    out = Assignment.objects.open().held_by(calendar.user).exclude(accepted_at=None)
    events = [
        due_date(
            uid=f"due-{assignment.key}",
            title=assignment.round.revision.article.title,
            on=assignment.due_on,
            link=links.absolute(reverse("reviews:queue")),
            at=timezone.now(),
        )
        for assignment in out.select_related("round__revision__article").defer("round__revision__text")
    ]
    return HttpResponse(as_calendar(events, name="Reviews due"), content_type="text/calendar; charset=utf-8")
