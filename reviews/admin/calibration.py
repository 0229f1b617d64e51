"""How each reviewer's marks compare with the panels' across rounds: for editors alone, and never a weight."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from itertools import pairwise
from typing import Any, NamedTuple

from django.contrib import messages
from django.db.models import Count, Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import URLPattern, path
from django.utils import timezone
from django.utils.translation import gettext as _

from reviews.admin.calibration_words import SMALL, minutes_words, misses_words, severity_words, share_words
from reviews.admin.report import rounds_compiled, rounds_told
from reviews.admin.room import done, editor, page, posted, room_view, round_before
from reviews.core.judging.calibration import (
    MarkRow,
    Posterior,
    ReviewerCalibration,
    ReviewRow,
    calibrate,
    dawid_skene,
    disagreements,
)
from reviews.core.judging.scales import Scale
from reviews.forms.calibration import KnownAnswerForm
from reviews.forms.period import PeriodForm
from reviews.models import Appraisal, Calibration, KnownAnswer, Mark, Review, Round, RoundClaim, User, Verdict
from reviews.services.calibration import end_calibration, may_set_answers, set_known_answers

USUAL_DAYS = 365
MOST_ROUNDS = 300
MOST_FLAGS = 50
PAUSE = timedelta(hours=1)
"""A longer time between two marks was no work on a claim."""

Item = tuple[int, int]
"""A claim in its round: the round's primary key and the claim's number."""


def addresses() -> list[URLPattern]:
    """Return the doors of this room, for the rounds' own to take in."""
    return [
        path("<int:pk>/known-answers/", known_answers, name="round-known-answers"),
    ]


class Gathered(NamedTuple):
    """All marks on one scale, and the reviews that they stand in; reviewers and rounds by primary key."""

    scale: Scale
    title: str
    rounds: list[Round]
    marks: list[MarkRow]
    reviews: list[ReviewRow]


@room_view
def everybody(request: HttpRequest) -> HttpResponse:
    """One line per reviewer, and the claims of which the model thinks otherwise than the panel."""
    period, form = _period(request)
    scales = gathered(request, period=period)
    people = User.objects.in_bulk({mark.reviewer for part in scales for mark in part.marks})
    parts = [
        {
            "title": part.title,
            "rounds": len(part.rounds),
            "lines": _lines(part, people=people),
            "posterior": (posterior := dawid_skene(part.marks, scale=part.scale)),
            "flags": _flags(posterior, part=part),
        }
        for part in scales
    ]
    return page(
        request,
        "reviews/calibration/everybody.html",
        title=_("How reviewers’ marks compare"),
        parts=parts,
        **_frame(request, period=period, form=form),
    )


@room_view
def one(request: HttpRequest, pk: int) -> HttpResponse:
    """One reviewer: with the panel by level and by subject, severity, speed, quotes."""
    person = get_object_or_404(User, pk=pk)
    period, form = _period(request)
    parts = [
        {"title": part.title, **_told(line, scale=part.scale)}
        for part in gathered(request, period=period)
        for line in calibrate(part.marks, part.reviews, scale=part.scale)
        if line.reviewer == person.pk
    ]
    return page(
        request,
        "reviews/calibration/one.html",
        title=str(person),
        person=person,
        parts=parts,
        **_frame(request, period=period, form=form),
    )


@room_view
def known_answers(request: HttpRequest, pk: int) -> HttpResponse:
    """Say what is right of the claims of a round before anybody has handed in; afterwards only read it."""
    round = round_before(request, pk)
    by, at, may_set = editor(request), timezone.now(), may_set_answers(round)
    forms = _answer_forms(request, round) if may_set and by.may_write else []
    if "undo" in request.POST:
        done(request, lambda: end_calibration(round), said=_("This is a round like any other again."))
        return redirect("admin:reviews_round_change", pk)
    are_valid = [form.is_valid() for form in forms]
    if forms and all(are_valid):
        answers = {form.claim: form.known for form in forms if form.known}
        if done(request, lambda: set_known_answers(round, answers, by=by, at=at), said=_("Kept.")):
            return redirect("admin:reviews_round_change", pk)
    if any(form.errors for form in forms):
        messages.error(request, _("Something is missing: look at the claims below."))
    return page(
        request,
        "reviews/calibration/known.html",
        title=_("Known answers"),
        round=round,
        calibration=Calibration.objects.filter(round=round).select_related("declared_by").first(),
        forms=forms,
        answers=KnownAnswer.objects.filter(claim__round=round).select_related("claim", "level", "given_by"),
    )


def _answer_forms(request: HttpRequest, round: Round) -> list[KnownAnswerForm]:
    levels = {level.name: level for level in round.scale.levels.all()}
    known = {one.claim_id: one for one in KnownAnswer.objects.filter(claim__round=round).select_related("level")}
    return [
        KnownAnswerForm(posted(request), claim=claim, known=known.get(claim.pk), levels=levels)
        for claim in round.claims.all()
    ]


def _period(request: HttpRequest) -> tuple[dict[str, date], PeriodForm]:
    today = timezone.localdate()
    usual = {"since": today - timedelta(days=USUAL_DAYS), "until": today}
    form = PeriodForm(request.GET or None, initial=usual)
    return (form.cleaned_data if form.is_bound and form.is_valid() else usual), form


def _days(period: Mapping[str, date]) -> dict[str, date]:
    return {"closed_at__date__gte": period["since"], "closed_at__date__lte": period["until"]}


def _frame(request: HttpRequest, *, period: Mapping[str, date], form: PeriodForm) -> dict[str, Any]:
    """Return what both pages say of what they count."""
    told = rounds_told(request).filter(**_days(period)).count()
    return {
        "form": form,
        "period": period,
        "small": SMALL,
        "pause": int(PAUSE.total_seconds() // 60),
        "left_out": rounds_compiled(request).filter(**_days(period)).count() - told,
        "older": max(0, told - MOST_ROUNDS),
    }


def gathered(request: HttpRequest, *, period: Mapping[str, date]) -> list[Gathered]:
    """Return the marks of the rounds closed in a period of which this editor may know everything, each scale apart.

    Only what was handed in and counts, and the marks from before any second look.
    """
    chosen = rounds_told(request).filter(**_days(period)).order_by("-closed_at")
    rounds = list(chosen.select_related("revision__article", "scale").defer("revision__text")[:MOST_ROUNDS])
    marks, reviews = _marks(rounds), _reviews(rounds)
    parts = []
    for scale in {round.scale_id: round.scale for round in rounds}.values():
        of_scale = [round for round in rounds if round.scale_id == scale.pk]
        known = {round.pk for round in of_scale}
        parts.append(
            Gathered(
                scale=scale.value,
                title=str(scale),
                rounds=of_scale,
                marks=[mark for mark in marks if mark.item[0] in known],
                reviews=[review for round, review in reviews if round in known],
            )
        )
    return parts


def _marks(rounds: Iterable[Round]) -> list[MarkRow]:
    topics = {round.pk: round.revision.article.topic for round in rounds}
    counted = Review.objects.counted().filter(assignment__round__in=topics)
    rows = (
        Mark.objects.filter(review__in=counted)
        .exclude(level=None, could_not_assess="")
        .values_list(
            "review__assignment__reviewer",
            "claim__round",
            "claim__number",
            "level__name",
            "claim__known_answer__level__name",
        )
    )
    return [
        MarkRow(reviewer, (round, number), level, field=topics[round], known=known)
        for reviewer, round, number, level, known in rows
    ]


def _reviews(rounds: Iterable[Round]) -> list[tuple[int, ReviewRow]]:
    """Return each review with the primary key of its round."""
    counted = Review.objects.counted().filter(assignment__round__in=[round.pk for round in rounds])
    quotes = {
        review: (given, missing)
        for review, given, missing in Appraisal.objects.filter(review__in=counted)
        .exclude(quote="")
        .order_by()
        .values_list("review")
        .annotate(given=Count("pk"), missing=Count("pk", filter=Q(quote_found=False)))
    }
    saved: dict[int, list[datetime]] = defaultdict(list)
    for review, at in Mark.objects.filter(review__in=counted).order_by().values_list("review", "saved_at"):
        saved[review].append(at)
    return [
        (
            review.assignment.round_id,
            ReviewRow(
                review.assignment.reviewer_id,
                days=_days_between(review.assignment.accepted_at, review.submitted_at),
                quotes=quotes.get(review.pk, (0, 0))[0],
                quotes_not_found=quotes.get(review.pk, (0, 0))[1],
                minutes=minutes_of(review.began_at, saved[review.pk]),
            ),
        )
        for review in counted.select_related("assignment")
    ]


def _days_between(accepted: datetime | None, submitted: datetime | None) -> float | None:
    return (submitted - accepted) / timedelta(days=1) if accepted and submitted else None


def minutes_of(began: datetime, saved: Iterable[datetime]) -> tuple[float, ...]:
    """Return the minutes from one saved mark to the next, without pauses; the first counts from the beginning."""
    gaps = [later - earlier for earlier, later in pairwise([began, *sorted(saved)])]
    return tuple(gap / timedelta(minutes=1) for gap in gaps if timedelta() <= gap <= PAUSE)


@dataclass(frozen=True)
class Line:
    """One reviewer's line in the list."""

    person: User
    marks: int
    with_panel: str
    severity: str
    minutes: str
    quotes: int
    quotes_not_found: int
    known: str
    is_small: bool


def _lines(part: Gathered, *, people: Mapping[int, User]) -> list[Line]:
    lines = [
        Line(
            person=people[line.reviewer],
            marks=line.marks,
            with_panel=share_words(line.with_panel),
            severity=severity_words(line.severity),
            minutes=minutes_words(line.minutes),
            quotes=line.quotes,
            quotes_not_found=line.quotes_not_found,
            known=share_words(line.known) if line.known.trials else "",
            is_small=line.with_panel.trials < SMALL,
        )
        for line in calibrate(part.marks, part.reviews, scale=part.scale)
        if line.reviewer in people
    ]
    return sorted(lines, key=lambda line: str(line.person).lower())


def _told(line: ReviewerCalibration, *, scale: Scale) -> dict[str, Any]:
    titles = {level.name: level.title for level in scale}
    return {
        "line": line,
        "with_panel": share_words(line.with_panel),
        "is_small": line.with_panel.trials < SMALL,
        "severity": severity_words(line.severity),
        "minutes": minutes_words(line.minutes),
        "known": share_words(line.known),
        "misses": misses_words(line.misses),
        "levels": [(titles[name], share_words(tally)) for name, tally in line.by_level.items() if tally.trials],
        "fields": [(field or _("no subject given"), share_words(tally)) for field, tally in line.by_field.items()],
    }


def _flags(posterior: Posterior, *, part: Gathered) -> list[dict[str, Any]]:
    """Return the claims whose label is another than the level that the model holds for probable, the surest first."""
    if posterior.undefined:
        return []
    verdicts = Verdict.objects.filter(report__next=None, report__round__in=part.rounds)
    rows = {
        (round, number): (claim, label)
        for round, number, claim, label in verdicts.values_list("report__round", "claim__number", "claim", "label")
    }
    labels: dict[Item, str | None] = {item: label for item, (_claim, label) in rows.items()}
    found = sorted(disagreements(posterior, labels), key=lambda flag: -flag.probability)[:MOST_FLAGS]
    claims = RoundClaim.objects.in_bulk([rows[flag.item][0] for flag in found])
    titles: dict[str | None, str] = {level.name: level.title for level in part.scale}
    rounds = {round.pk: round for round in part.rounds}
    return [
        {
            "round": rounds[flag.item[0]],
            "claim": claims[rows[flag.item][0]],
            "label": titles.get(flag.label, _("no label")),
            "model": titles[flag.model],
            "percent": round_percent(flag.probability),
        }
        for flag in found
    ]


def round_percent(probability: float) -> int:
    """Return a probability in whole percent, never quite 100: a model is not certain."""
    return min(99, round(100 * probability))
