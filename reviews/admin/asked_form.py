"""Moving a round, or one review in progress, to a newer version of a form: after a preview that tells no answer."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import URLPattern, path
from django.utils import timezone
from django.utils.translation import gettext, ngettext

from reviews.admin.room import done, editor, page, room_view, round_before, rounds_before
from reviews.errors import Refusal, ReviewIsLocked, RoundIsClosed
from reviews.models import Instrument, Review, Round
from reviews.services.asked_form import move_review, move_round, planned_moves, reviews_behind


def addresses() -> list[URLPattern]:
    """Return the doors of this room, for the rounds' own to take in."""
    return [
        path("<int:pk>/forms/<int:form_pk>/", move_whole_round, name="round-move-form"),
        path("reviews/<int:pk>/forms/<int:form_pk>/", move_one_review, name="review-move-form"),
    ]


@dataclass(frozen=True)
class Forecast:
    """What a move means for one review: how many answers go along, and the questions whose answers do not.

    Never the answers: how somebody marked is told by the report alone.
    """

    review: Review
    fitting: int
    lost: tuple[str, ...]


@room_view
def move_whole_round(request: HttpRequest, pk: int, form_pk: int) -> HttpResponse:
    """Show what a newer version of a form means for every review in progress, and move them all."""
    round, to = round_before(request, pk), get_object_or_404(Instrument, pk=form_pk)
    if request.method == "POST":
        moved = []
        if done(request, lambda: moved.extend(move_round(round, to=to, by=editor(request), at=timezone.now()))):
            words = ngettext(
                "%(number)s review in progress moved along.", "%(number)s reviews moved along.", len(moved)
            )
            messages.success(request, words % {"number": len(moved)})
        return redirect("admin:reviews_round_change", pk)
    refusal = _refusal_to_move(round, to=to)
    forecasts = [] if refusal else _forecasts([review for review, _ in reviews_behind(round, to=to)], to=to)
    return _preview(request, round, to=to, forecasts=forecasts, refusal=refusal, is_whole=True)


@room_view
def move_one_review(request: HttpRequest, pk: int, form_pk: int) -> HttpResponse:
    """Show what a newer version of a form means for one review in progress, and move it."""
    known = Review.objects.filter(assignment__round__in=rounds_before(request))
    review = get_object_or_404(
        known.select_related("assignment__round__revision__article", "assignment__reviewer"), pk=pk
    )
    to = get_object_or_404(Instrument, pk=form_pk)
    if request.method == "POST":
        said = gettext("This review answers version %(version)s now.") % {"version": to.version}
        done(request, lambda: move_review(review, to=to, by=editor(request), at=timezone.now()), said=said)
        return redirect("admin:reviews_round_change", review.round.pk)
    refusal, forecasts = "", []
    try:
        forecasts = _forecasts([review], to=to)
    except Refusal as reason:
        refusal = str(reason)
    if not review.is_open:
        refusal = str((ReviewIsLocked if review.submitted_at else RoundIsClosed).sentence())
    return _preview(request, review.round, to=to, forecasts=forecasts, refusal=refusal, is_whole=False)


class Offer(NamedTuple):
    """A newer version of a form that an open round asks, and the reviews in progress that it is newer for."""

    current: Instrument
    newest: Instrument
    reviews: Sequence[tuple[Review, Instrument]]

    @property
    def is_for_the_round(self) -> bool:
        return self.newest.version > self.current.version


def offers_of(round: Round) -> list[Offer]:
    """Return what an open round, or a review in it, can be moved to."""
    if not round.is_open:
        return []
    newest = {form.slug: form for form in Instrument.objects.current()}
    forms = [(form, newest[form.slug]) for form in round.instruments.all()]
    offers = [Offer(form, to, reviews_behind(round, to=to)) for form, to in forms]
    return [offer for offer in offers if offer.is_for_the_round or offer.reviews]


def _refusal_to_move(round: Round, *, to: Instrument) -> str:
    current = round.instruments.filter(slug=to.slug).first()
    if not round.is_open:
        return str(RoundIsClosed.sentence())
    if current is None or current.version >= to.version or current.about != to.about:
        return gettext("This round does not ask an older version of this form.")
    return ""


def _forecasts(reviews: Iterable[Review], *, to: Instrument) -> list[Forecast]:
    return [_forecast(review, to=to) for review in reviews]


def _forecast(review: Review, *, to: Instrument) -> Forecast:
    moves = planned_moves(review, to=to)
    lost = [move.sheet.instrument.form.item(item).wording for move in moves for item in move.lost]
    return Forecast(review, fitting=sum(len(move.fitting) for move in moves), lost=tuple(dict.fromkeys(lost)))


def _preview(
    request: HttpRequest, round: Round, *, to: Instrument, forecasts: list[Forecast], refusal: str, is_whole: bool
) -> HttpResponse:
    title = gettext("Move to version %(version)s of %(title)s") % {"version": to.version, "title": to.title}
    return page(
        request,
        "reviews/asked_form/move.html",
        title=title,
        round=round,
        to=to,
        forecasts=forecasts,
        refusal=refusal,
        is_whole=is_whole,
    )
