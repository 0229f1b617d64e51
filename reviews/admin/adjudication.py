"""A held claim before an editor: marked blind or renounced, then seen, then decided."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils import timezone

from reviews.admin.report import held_claims, told_of
from reviews.admin.room import accepted, done, editor, page, posted, room_view, round_before
from reviews.forms.adjudication import BlindMarkForm, DecisionForm
from reviews.models import Adjudication, Appraisal, Mark, RoundClaim
from reviews.services.adjudication import decide, mark_blind, renounce


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
        done(request, lambda: renounce(claim, editor=by, at=timezone.now()), said="You will not rule on this claim.")
        return redirect("admin:claim-adjudicate", pk, number)
    if number not in held_claims(round):
        raise Http404
    return page(
        request, "reviews/adjudication/renounce.html", title="Renounce ruling on a claim", round=round, claim=claim
    )


def _mark(request: HttpRequest, claim: RoundClaim) -> HttpResponse:
    """Ask for the editor's own mark, beside nothing but the article and the desk's own sources."""
    form = BlindMarkForm(posted(request), scale=claim.round.scale)
    by = editor(request)
    if request.method == "POST" and form.is_valid():
        fields = form.cleaned_data
        if accepted(form, lambda: mark_blind(claim, editor=by, at=timezone.now(), **fields)):
            messages.success(request, "Your mark is kept. This is what the panel said.")
            return redirect("admin:claim-adjudicate", claim.round_id, claim.number)
    return page(
        request,
        "reviews/adjudication/mark.html",
        title=f"Claim {claim.number} is held",
        round=claim.round,
        claim=claim,
        around=_around(claim),
        citations=claim.citations.filter(added_in=None).select_related("source"),
        form=form,
    )


def _decide(
    request: HttpRequest, claim: RoundClaim, *, mine: Adjudication | None, decision: Adjudication | None
) -> HttpResponse:
    """Show all that the panel said, and take the decision of whoever may make it."""
    may_decide = mine is not None and mine.marked_at is not None and decision in (None, mine)
    form = DecisionForm(posted(request), scale=claim.round.scale, decided=decision) if may_decide else None
    if form and mine and request.method == "POST" and form.is_valid():
        fields = form.cleaned_data
        if accepted(form, lambda: decide(mine, at=timezone.now(), **fields)):
            messages.success(request, "Decided. A new version of the report is being compiled.")
            return redirect(f"{reverse('admin:reviews_round_change', args=[claim.round_id])}#report")
    levels = {level.name: level for level in claim.round.scale.levels.all()}
    return page(
        request,
        "reviews/adjudication/decide.html",
        title=f"Claim {claim.number}",
        round=claim.round,
        claim=claim,
        around=_around(claim),
        ruling=told_of(claim, levels=levels, veiled=set()),
        marks=_marks_of(claim),
        appraisals=_appraisals_of(claim),
        mine=mine,
        decision=decision,
        form=form,
    )


def _marks_of(claim: RoundClaim) -> list[Mark]:
    marks = Mark.objects.filter(claim=claim, review__submitted_at__isnull=False)
    return list(marks.select_related("level", "review__assignment__reviewer").order_by("level__order", "pk"))


def _appraisals_of(claim: RoundClaim) -> list[Appraisal]:
    appraisals = Appraisal.objects.filter(citation__claim=claim, review__submitted_at__isnull=False).exclude(stance="")
    return list(
        appraisals.select_related("citation__source", "review__assignment__reviewer").order_by("citation", "pk")
    )


def _around(claim: RoundClaim, *, context: int = 400) -> tuple[str, str, str]:
    """Return the text before the claim, the claim's own words, and the text after it."""
    text = claim.round.revision.text
    return text[max(0, claim.start - context) : claim.start], claim.quote, text[claim.end : claim.end + context]
