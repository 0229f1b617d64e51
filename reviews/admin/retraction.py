"""Files of retractions at the desk: brought in, how far they are, and what they say of our sources."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import URLPattern, path
from django.utils import timezone
from django.utils.translation import gettext
from django.views.decorators.http import require_POST

from reviews.admin.room import done, editor, page, posted, room_view
from reviews.admin.sight import sources_before
from reviews.forms.retraction import MOST_BYTES, RetractionForm
from reviews.gateways.request import is_fragment, takes_up_to
from reviews.jobs.retraction import RETRACTION_WATCH
from reviews.models import EditorialNotice, RetractionFile
from reviews.services.retraction import bring_in_retractions, cancel_retractions, go_through_again

MOST_LISTED = 50
MOST_FOUND = 200


def doors() -> list[URLPattern]:
    """Return the doors of this room, for the sources' own to take in."""
    return [
        path("retractions/", bring_in, name="retractions"),
        path("retractions/<int:pk>/", show, name="retraction-file"),
        path("retractions/<int:pk>/cancel/", cancel, name="retraction-cancel"),
        path("retractions/<int:pk>/again/", again, name="retraction-again"),
    ]


@room_view
@takes_up_to(MOST_BYTES)
def bring_in(request: HttpRequest) -> HttpResponse:
    """Bring a file in; the worker goes through it."""
    form = RetractionForm(posted(request), request.FILES or None)
    if request.method == "POST" and form.is_valid():
        sent = form.cleaned_data["file"]
        file = bring_in_retractions(sent.read(), file_name=sent.name, by=editor(request), at=timezone.now())
        return redirect("admin:retraction-file", file.pk)
    files = RetractionFile.objects.defer("received").select_related("added_by")[:MOST_LISTED]
    return page(
        request, "reviews/retraction/bring_in.html", title=gettext("Bring in retractions"), form=form, files=files
    )


@room_view
def show(request: HttpRequest, pk: int) -> HttpResponse:
    """How far a file is, and what Retraction Watch says of the sources that this editor may see."""
    file = get_object_or_404(RetractionFile.objects.defer("received").select_related("added_by"), pk=pk)
    is_waiting = not (file.finished_at or file.cancelled_at or file.failure)
    context: dict[str, Any] = {"file": file, "is_waiting": is_waiting}
    if is_fragment(request):
        return _progress(request, context)
    found = EditorialNotice.objects.filter(
        source__in=sources_before(request), said_by=RETRACTION_WATCH, seen_at__gte=file.added_at
    )
    context["found"] = found.select_related("source").order_by("-seen_at", "pk")[:MOST_FOUND]
    return page(request, "reviews/retraction/file.html", title=str(file), **context)


def _progress(request: HttpRequest, context: dict[str, Any]) -> HttpResponse:
    """How far the file is: what its page asks for every two seconds."""
    answer = page(request, "reviews/retraction/_progress.html", title="", **context)
    if not context["is_waiting"]:
        answer["HX-Refresh"] = "true"
    return answer


@room_view
@require_POST
def cancel(request: HttpRequest, pk: int) -> HttpResponse:
    """Go through a file no farther."""
    file = get_object_or_404(RetractionFile.objects.defer("received"), pk=pk)
    done(
        request,
        lambda: cancel_retractions(file, at=timezone.now()),
        said=gettext("Cancelled. What was marked stays marked."),
    )
    return redirect("admin:retraction-file", pk)


@room_view
@require_POST
def again(request: HttpRequest, pk: int) -> HttpResponse:
    """Go through a file once more."""
    file = get_object_or_404(RetractionFile.objects.defer("received"), pk=pk)
    done(request, lambda: go_through_again(file, at=timezone.now()), said=gettext("It is gone through again."))
    return redirect("admin:retraction-file", pk)
