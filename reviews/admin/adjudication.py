"""A held claim before an editor: marked blind or renounced, then seen, then decided."""

from dataclasses import dataclass

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import URLPattern, path, reverse
from django.utils import timezone
from django.utils.translation import gettext

from reviews.admin.report import held_claims, told_of
from reviews.admin.room import accepted, done, editor, page, posted, room_view, round_before
from reviews.forms.adjudication import BlindMarkForm, DecisionForm
from reviews.models import Adjudication, Appraisal, Mark, RoundClaim, SecondLook, SecondMark
from reviews.services.adjudication import decide, is_held, mark_blind, renounce
from reviews.services.second_look import ask_second_look, asked_reviews, end_second_look


def addresses() -> list[URLPattern]:
    """Return the doors of this room, for the rounds' own to take in."""
    return [
        path("<int:pk>/claims/<int:number>/", adjudicate, name="claim-adjudicate"),
        path("<int:pk>/claims/<int:number>/renounce/", give_up, name="claim-renounce"),
        path("<int:pk>/claims/<int:number>/look-again/", look_again, name="claim-look-again"),
        path("<int:pk>/claims/<int:number>/end-look/", end_look, name="claim-end-look"),
    ]


@room_view
def adjudicate(request: HttpRequest, pk: int, number: int) -> HttpResponse:
    """One claim: what the editor thinks first; what the panel said after that, and the decision."""
    round = round_before(request, pk)
    claim = get_object_or_404(round.claims.select_related("round__scale", "round__revision"), number=number)
    mine = claim.adjudications.of(editor(request)).select_related("own_level", "level").first()
    decision = claim.adjudications.decided().select_related("editor", "level").first()
    if mine is None and decision is None:
        if number not in held_claims(round):
            raise Http404
        return _mark(request, claim)
    return _decide(request, claim, mine=mine, decision=decision)


@room_view
def give_up(request: HttpRequest, pk: int, number: int) -> HttpResponse:
    """Renounce the ruling on one claim, to see what the panel said of it."""
    round = round_before(request, pk)
    claim = get_object_or_404(round.claims.all(), number=number)
    by = editor(request)
    if request.method == "POST":
        done(
            request,
            lambda: renounce(claim, editor=by, at=timezone.now()),
            said=gettext("You will not rule on this claim."),
        )
        return redirect("admin:claim-adjudicate", pk, number)
    if number not in held_claims(round):
        raise Http404
    return page(
        request,
        "reviews/adjudication/renounce.html",
        title=gettext("Renounce ruling on a claim"),
        round=round,
        claim=claim,
    )


@room_view
def look_again(request: HttpRequest, pk: int, number: int) -> HttpResponse:
    """Ask the panel for a second look at a held claim; it needs no knowledge of what the panel said."""
    round = round_before(request, pk)
    claim = get_object_or_404(round.claims.all(), number=number)
    by = editor(request)
    if request.method == "POST":
        done(
            request,
            lambda: ask_second_look(claim, by=by, at=timezone.now()),
            said=gettext("Asked. Every reviewer gets a mail; the report is compiled again when the look has ended."),
        )
        return redirect("admin:claim-adjudicate", pk, number)
    if number not in held_claims(round) or SecondLook.objects.filter(claim=claim).exists():
        raise Http404
    return page(
        request,
        "reviews/adjudication/look_again.html",
        title=gettext("Ask for a second look"),
        round=round,
        claim=claim,
        asked=asked_reviews(claim).count(),
    )


@room_view
def end_look(request: HttpRequest, pk: int, number: int) -> HttpResponse:
    """End a second look with whatever is in."""
    look = get_object_or_404(
        SecondLook.objects.open().select_related("claim"), claim__round=round_before(request, pk), claim__number=number
    )
    if request.method == "POST":
        done(request, lambda: end_second_look(look, at=timezone.now()), said=gettext("Ended. What is in counts now."))
        return redirect("admin:claim-adjudicate", pk, number)
    return page(
        request,
        "reviews/adjudication/end_look.html",
        title=gettext("End the second look"),
        round=look.claim.round,
        claim=look.claim,
        **_answers_to(look),
    )


def _answers_to(look: SecondLook | None) -> dict[str, int]:
    """Return how many were asked for a second look, and how many of them have answered."""
    if look is None:
        return {}
    asked = asked_reviews(look.claim)
    return {"asked": asked.count(), "answered": asked.filter(second_marks__look=look).count()}


def _look_at(claim: RoundClaim) -> SecondLook | None:
    return SecondLook.objects.filter(claim=claim).select_related("claim", "asked_by").first()


def _mark(request: HttpRequest, claim: RoundClaim) -> HttpResponse:
    """Ask for the editor's own mark, beside nothing but the article and the desk's own sources."""
    form = BlindMarkForm(posted(request), scale=claim.round.scale)
    by, look = editor(request), _look_at(claim)
    if request.method == "POST" and form.is_valid():
        fields = form.cleaned_data
        if accepted(form, lambda: mark_blind(claim, editor=by, at=timezone.now(), **fields)):
            messages.success(request, gettext("Your mark is kept. This is what the panel said."))
            return redirect("admin:claim-adjudicate", claim.round_id, claim.number)
    return page(
        request,
        "reviews/adjudication/mark.html",
        title=gettext("Claim %(number)s is held") % {"number": claim.number},
        round=claim.round,
        claim=claim,
        around=_around(claim),
        citations=claim.citations.filter(added_in=None).select_related("source"),
        form=form,
        look=look,
        **_answers_to(look),
    )


def _decide(
    request: HttpRequest, claim: RoundClaim, *, mine: Adjudication | None, decision: Adjudication | None
) -> HttpResponse:
    """Show all that the panel said, and take the decision of whoever may make it."""
    look = _look_at(claim)
    is_waiting = look is not None and look.ended_at is None
    may_decide = mine is not None and mine.marked_at is not None and decision in (None, mine) and not is_waiting
    may_decide = may_decide and (decision is not None or is_held(claim))
    form = DecisionForm(posted(request), scale=claim.round.scale, decided=decision) if may_decide else None
    if form and mine and request.method == "POST" and form.is_valid():
        fields = form.cleaned_data
        if accepted(form, lambda: decide(mine, at=timezone.now(), **fields)):
            messages.success(request, gettext("Decided. A new version of the report is being compiled."))
            return redirect(f"{reverse('admin:reviews_round_change', args=[claim.round_id])}#report")
    levels = {level.name: level for level in claim.round.scale.levels.all()}
    return page(
        request,
        "reviews/adjudication/decide.html",
        title=gettext("Claim %(number)s") % {"number": claim.number},
        round=claim.round,
        claim=claim,
        around=_around(claim),
        ruling=told_of(claim, levels=levels, veiled=set()),
        is_held=is_held(claim),
        marks=_marks_of(claim, look=look),
        appraisals=_appraisals_of(claim),
        look=look,
        **_answers_to(look),
        mine=mine,
        decision=decision,
        form=form,
    )


@dataclass(frozen=True)
class Said:
    """What one reviewer said of the claim, without a name: at first, and at a second look that has ended."""

    mark: Mark
    second: SecondMark | None


def _marks_of(claim: RoundClaim, *, look: SecondLook | None) -> list[Said]:
    """Return the marks of the panel by level and by what was written: in nobody's order."""
    marks = Mark.objects.filter(claim=claim, review__submitted_at__isnull=False)
    second = {mark.review_id: mark for mark in look.marks.select_related("level")} if look and look.ended_at else {}
    ordered = marks.select_related("level", "review__assignment").order_by("level__order", "rationale", "saved_at")
    return [Said(mark, second.get(mark.review_id)) for mark in ordered]


def _appraisals_of(claim: RoundClaim) -> list[Appraisal]:
    appraisals = Appraisal.objects.filter(citation__claim=claim, review__submitted_at__isnull=False).exclude(stance="")
    return list(appraisals.select_related("citation__source").order_by("citation", "stance", "quote", "design"))


def _around(claim: RoundClaim, *, context: int = 400) -> tuple[str, str, str]:
    """Return the text before the claim, the claim's own words, and the text after it."""
    text = claim.round.revision.text
    return text[max(0, claim.start - context) : claim.start], claim.quote, text[claim.end : claim.end + context]
