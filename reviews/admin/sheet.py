"""Requests to review from a table: all or nothing, and every bad line named before anything happens."""

from django.http import HttpRequest, HttpResponse
from django.urls import URLPattern, path
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from reviews.admin.panel import Back, preview
from reviews.admin.room import editor, page, posted, room_view, rounds_before
from reviews.core.assigning.sheet import read_sheet, write_template
from reviews.forms.sheet import SheetForm
from reviews.services.asking import foresee
from reviews.services.sheet import Meant, understand

NOTHING_IN_IT = _("No line names a reviewer.")
MOST_IN_TEMPLATE = 500


def addresses() -> list[URLPattern]:
    """Return the doors of this room, for the rounds' own to take in."""
    return [
        path("sheet/", sheet, name="assignments-sheet"),
        path("sheet/template/", template, name="assignments-template"),
    ]


@room_view
def sheet(request: HttpRequest) -> HttpResponse:
    """Take a table of requests; show what it comes to, or what is wrong with which line."""
    form = SheetForm(
        None if "back" in request.POST else posted(request), request.FILES or None, initial=_typed(request)
    )
    bad: list[tuple[int, str]] = []
    if form.is_bound and form.is_valid():
        table: str = form.cleaned_data["table"]
        read = read_sheet(table)
        meant = understand(read, rounds=rounds_before(request))
        bad = sorted([*meant.bad, *_refused(request, meant)])
        if meant.wishes and not bad:
            back = Back("admin:assignments-sheet", [("text", table)])
            return preview(request, [wish for _, wish in meant.wishes], back=back, skipped=read.skipped)
        bad = bad or [(1, str(NOTHING_IN_IT))]
        form = SheetForm(initial={"text": table})
    return page(request, "reviews/panel/sheet.html", title=gettext("Requests from a table"), form=form, bad=bad)


@room_view
def template(request: HttpRequest) -> HttpResponse:
    """A table to fill in, with the open rounds of this desk."""
    rounds = rounds_before(request).open().order_by("due_on", "pk")[:MOST_IN_TEMPLATE]
    lines = rounds.values_list("pk", "revision__article__title", "due_on")
    return HttpResponse(
        write_template(lines),
        content_type="text/csv; charset=utf-8",
        headers={"Content-Disposition": 'attachment; filename="requests.csv"'},
    )


def _typed(request: HttpRequest) -> dict[str, str]:
    return {"text": request.POST.get("text", "")}


def _refused(request: HttpRequest, meant: Meant) -> list[tuple[int, str]]:
    """Return the lines that cannot be done, with the reason."""
    now = timezone.now()
    wishes = [wish for _, wish in meant.wishes]
    foreseen = foresee(wishes, by=editor(request), today=timezone.localdate(now), at=now)
    return [(number, one.refusal) for (number, _), one in zip(meant.wishes, foreseen, strict=True) if one.refusal]
