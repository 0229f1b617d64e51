"""What the reviewer's pages are timed beside: a bare view that is signed in and makes the same statements.

Each statement asks for what its page has to know, row by row and column by column as the page reads it, and a save
writes the same row under the same lock, with its trail. There is no form, no rule and no page: the values are answered
as they came.
"""

import json
from typing import Any
from uuid import UUID

from django.db import connection, transaction
from django.db.models import F
from django.http import HttpRequest, HttpResponse
from django.urls import include, path
from django.utils import timezone

from reviews.gateways.account import verified_addresses
from reviews.models import Instrument, Level, Mark, Review, RoundCitation, RoundClaim
from reviews.services import outline
from reviews.services.pace import savings_of_reviewer
from reviews.services.progress import FORMS, claims_listed, sources_listed
from reviews.views import queue as queue_page
from reviews.views import workspace

LEVEL = ("pk", "name", "title", "definition", "position", "beyond_harm_line", "colour", "icon")
CLAIM = ("pk", "number", "wording", "kind", "quote", "start", "end", "is_headline", "is_high_harm", "asks_for_source")
MARK = (
    *("pk", "version", "level", "could_not_assess", "flaws", "confidence", "certainty", "certainty_start"),
    *("certainty_reasons", "attribution", "rationale"),
)
CITATION = ("pk", "key", "record", "origin", "added_in", "source_is", "inquiry__asked_at", "inquiry__retraction")
APPRAISAL = (
    *("pk", "version", "stance", "quote", "locator", "quote_found", "design", "risk_of_bias", "directness"),
    "indirect_in",
)


def _answer(*parts: Any) -> HttpResponse:
    return HttpResponse(json.dumps(parts, default=str))


def _rows(sql: str, *values: Any) -> list[tuple[Any, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(sql, values)
        return cursor.fetchall()


def _claim(review: int, *, round: int, number: int) -> tuple[Any, list[Any]]:
    marked = RoundClaim.objects.beside_marks_of(review).filter(round=round, number=number).order_by()
    claim = marked.values_list(*CLAIM, *(f"own_mark__{name}" for name in MARK)).get()
    read = RoundCitation.objects.beside_appraisals_of(review).filter(claim=claim[0]).order_by("pk")
    return claim, list(read.values_list(*CITATION, *(f"own_appraisal__{name}" for name in APPRAISAL)))


def _levels(scale: int) -> list[Any]:
    return list(Level.objects.filter(scale=scale).order_by("order").values_list(*LEVEL))


def open_claim(request: HttpRequest, key: UUID, number: int) -> HttpResponse:
    """Read the review, the levels, the article with its claims, one of them with the own mark, and its sources."""
    review = Review.objects.held_by(request.user).values("pk", "assignment__round", *workspace.SHOWN).get(key=key)
    claim = _claim(review["pk"], round=review["assignment__round"], number=number)
    levels = _levels(review["assignment__round__scale"])
    return _answer(review, levels, _rows(outline.OUTLINE, review["pk"]), claim)


def open_overview(request: HttpRequest, key: UUID) -> HttpResponse:
    """Read the review, the levels, the forms with the answers, and every claim and source with what was said of it."""
    review = Review.objects.held_by(request.user).values("pk", "assignment__round", *workspace.SHOWN).get(key=key)
    return _answer(
        review,
        _levels(review["assignment__round__scale"]),
        _rows(FORMS, review["pk"], "", ""),
        list(claims_listed(review["pk"], round=review["assignment__round"])),
        list(sources_listed(review["pk"], round=review["assignment__round"])),
        _rows(outline.OUTLINE, review["pk"]),
    )


def save_mark(request: HttpRequest, key: UUID, number: int) -> HttpResponse:
    """Lock the review, read what the save is held against, write the mark, and count what is done."""
    with transaction.atomic():
        locked = Review.objects.held_by(request.user).select_for_update(of=("self",))
        review = locked.values("pk", "assignment__round", *workspace.SHOWN).get(key=key)
        levels = _levels(review["assignment__round__scale"])
        _rows(FORMS, review["pk"], Instrument.About.CLAIM, Instrument.About.CLAIM)
        claim, _ = _claim(review["pk"], round=review["assignment__round"], number=number)
        by_name = {name: pk for pk, name, *_ in levels}
        Mark.objects.filter(pk=claim[len(CLAIM)]).update(
            level=by_name[request.POST["mark-ruling"].split(":")[1]],
            rationale=request.POST["mark-rationale"],
            version=F("version") + 1,
            saved_at=timezone.now(),
        )
    return _answer(_rows(outline.COUNT, [review["pk"]]))


def queue(request: HttpRequest) -> HttpResponse:
    """List the invitations, the reviews and what is done in each; read when the reviewer saved what."""
    waiting = queue_page.invitations_to(request.user, addresses=verified_addresses(request.user))
    held = list(queue_page.reviews_of(request.user).values("pk", *queue_page.SHOWN, "is_compiled", "looks"))
    return _answer(
        list(waiting.values_list("key", "due_on", "round__revision__article__title", "claims")),
        held,
        _rows(outline.COUNT, [review["pk"] for review in held]),
        len(savings_of_reviewer(request.user)),
    )


urlpatterns = [
    path("", include("portal.urls")),
    path("bare/open/<uuid:key>/<int:number>/", open_claim),
    path("bare/overview/<uuid:key>/", open_overview),
    path("bare/save/<uuid:key>/<int:number>/", save_mark),
    path("bare/queue/", queue),
]
