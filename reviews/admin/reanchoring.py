"""What became of the claims when a new text came, and the doors for those that lost their place."""

from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext
from django.views.decorators.http import require_POST

from reviews.admin.room import accepted, articles_before, done, editor, number_in, page, posted, room_view
from reviews.core.reading.reanchoring import MOST_NEAR, Wordings
from reviews.forms.claim import OrphanForm
from reviews.jobs.reanchoring import text_of
from reviews.models import Claim, Reanchoring, Revision
from reviews.services.reanchoring import leave_orphan, place_orphan, reopen_orphan

LEAST_NEAR = 0.25
WANTED = {Claim.State.ACCEPTED, Claim.State.SUGGESTED}


@dataclass(frozen=True)
class Carried:
    """What became of the claims in hand of the text before, as the article's page tells it."""

    kept: list[Reanchoring]
    moved: list[Reanchoring]
    orphans: list[Reanchoring]
    left: list[Reanchoring]

    @classmethod
    def of(cls, revision: Revision) -> "Carried":
        """Return it in one query. What was rejected or merged and has no place needs nobody: it counts as left."""
        rows = list(revision.reanchorings.select_related("claim", "successor", "decided_by"))
        lost = [row for row in rows if row.outcome == Reanchoring.Outcome.ORPHANED and not row.successor]
        orphans = [row for row in lost if row.decided_at is None and row.claim.state in WANTED]
        return cls(
            kept=[row for row in rows if row.outcome == Reanchoring.Outcome.KEPT],
            moved=[row for row in rows if row.successor and row.outcome != Reanchoring.Outcome.KEPT],
            orphans=orphans,
            left=[row for row in lost if row not in orphans],
        )

    def __bool__(self) -> bool:
        return bool(self.kept or self.moved or self.orphans or self.left)


@room_view
def place(request: HttpRequest, pk: int) -> HttpResponse:
    """Select the words of the new text that make a claim which lost its place."""
    orphan = get_object_or_404(_orphans_before(request), pk=pk)
    form = OrphanForm(posted(request), revision=orphan.revision, initial=selected_in(request, orphan.revision))
    if request.method == "POST" and form.is_valid():
        where = {name: form.cleaned_data[name] for name in ("start", "end")}
        if accepted(form, lambda: place_orphan(orphan, **where, by=editor(request), at=timezone.now())):
            messages.success(request, gettext("It has its place again, with its words and its sources."))
            return redirect(_back(orphan))
    wordings = Wordings(text_of(orphan.revision))
    near = [
        {"text": wordings.text[one.span.start : one.span.end], "start": one.span.start, "end": one.span.end}
        for one in wordings.near(orphan.claim.quote, least=LEAST_NEAR)[:MOST_NEAR]
    ]
    return page(
        request,
        "reviews/reanchoring/place.html",
        title=gettext("Find its place again"),
        orphan=orphan,
        form=form,
        near=near,
        back=_back(orphan),
    )


@room_view
@require_POST
def leave(request: HttpRequest, pk: int) -> HttpResponse:
    """Leave a claim out that the new text does not make any more."""
    orphan = get_object_or_404(_orphans_before(request), pk=pk)
    said = gettext("Left out. It stays to be seen, and can be looked for again.")
    done(request, lambda: leave_orphan(orphan, by=editor(request), at=timezone.now()), said=said)
    return redirect(_back(orphan))


@room_view
@require_POST
def reopen(request: HttpRequest, pk: int) -> HttpResponse:
    """Look once more for a place for a claim that was left out."""
    orphan = get_object_or_404(_orphans_before(request), pk=pk)
    done(request, lambda: reopen_orphan(orphan), said=gettext("It waits for its place again."))
    return redirect(_back(orphan))


def selected_in(request: HttpRequest, revision: Revision) -> dict[str, Any]:
    """Return the stretch of a text that an address names by ``start`` and ``end``; empty where it names none."""
    start, end = request.GET.get("start", ""), request.GET.get("end", "")
    if not (start.isdecimal() and end.isdecimal()):
        return {}
    quote = revision.text[number_in(start) : number_in(end)]
    return {"quote": quote, "start": number_in(start)} if quote.strip() else {}


def _orphans_before(request: HttpRequest) -> "QuerySet[Reanchoring]":
    rows = Reanchoring.objects.filter(outcome=Reanchoring.Outcome.ORPHANED)
    return rows.filter(revision__article__in=articles_before(request)).select_related("claim", "revision__article")


def _back(orphan: Reanchoring) -> str:
    return reverse("admin:reviews_article_change", args=[orphan.revision.article_id]) + "#carried"
