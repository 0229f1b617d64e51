"""How far panels agree over a period."""

from collections.abc import Iterable
from datetime import timedelta
from typing import NamedTuple

from django.http import HttpRequest, HttpResponse
from django.urls import URLPattern, path
from django.utils import timezone
from django.utils.translation import gettext as _

from reviews.admin.report import rounds_compiled, rounds_told
from reviews.admin.room import page, room_view
from reviews.core.judging.report import agreement_over
from reviews.forms.period import PeriodForm
from reviews.jobs.inputs import panel_inputs
from reviews.models import Round, Scale
from reviews.pictures.agreement import ToldField, told_agreement

USUAL_DAYS = 365
MOST_ROUNDS = 100


def addresses() -> list[URLPattern]:
    """Return the doors of this room, for the rounds' own to take in."""
    return [
        path("agreement/", show, name="agreement"),
    ]


class OnScale(NamedTuple):
    """The rounds of a period that were marked on one scale."""

    scale: Scale
    rounds: int
    fields: list[ToldField]


@room_view
def show(request: HttpRequest) -> HttpResponse:
    """The three statistics over the rounds closed in a period, each scale apart.

    A round with a claim that is veiled from this editor is left out: its numbers would tell of it.
    """
    today = timezone.localdate()
    usual = {"since": today - timedelta(days=USUAL_DAYS), "until": today}
    form = PeriodForm(request.GET or None, initial=usual)
    period = form.cleaned_data if form.is_bound and form.is_valid() else usual
    days = {"closed_at__date__gte": period["since"], "closed_at__date__lte": period["until"]}
    told = rounds_told(request).filter(**days)
    chosen = list(told.select_related("revision", "scale").order_by("-closed_at")[:MOST_ROUNDS])
    return page(
        request,
        "reviews/report/agreement.html",
        title=_("How far panels agree"),
        form=form,
        period=period,
        scales=list(_by_scale(chosen)),
        rounds=len(chosen),
        left_out=rounds_compiled(request).filter(**days).count() - told.count(),
        older=max(0, told.count() - MOST_ROUNDS),
    )


def _by_scale(rounds: list[Round]) -> Iterable[OnScale]:
    for scale in {round.scale_id: round.scale for round in rounds}.values():
        inputs = [panel_inputs(round) for round in rounds if round.scale_id == scale.pk]
        levels = {level.name: level.title for level in scale.value}
        forms = {form.key: str(form) for one in inputs for form in one.instruments}
        yield OnScale(scale, len(inputs), told_agreement(agreement_over(inputs), levels=levels, forms=forms))
