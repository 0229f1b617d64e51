"""The reviewer's own sources."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from reviews.core.citing.records import Record
from reviews.errors import Refusal
from reviews.forms.citation import DescriptionForm, OwnSourceForm, initial_of_description
from reviews.gateways.request import is_fragment
from reviews.models import Review, RoundCitation
from reviews.services.citation import add_own_source, describe_own_source, remove_own_source
from reviews.views.mark import Slot
from reviews.views.workspace import ReviewerRequest, held_review, render_pane


@never_cache
@require_http_methods(["GET", "POST"])
def add(request: ReviewerRequest, key: UUID, number: int) -> HttpResponse:
    """Put a source to a claim."""
    review = held_review(request, key)
    claim = get_object_or_404(review.round.claims, number=number)
    form = OwnSourceForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        try:
            citation = add_own_source(review, claim=claim, record=form.record(), at=timezone.now())
        except Refusal as refusal:
            form.add_error(None, str(refusal))
        else:
            said = _("The source is added: say what it has to say about the claim.")
            messages.success(request, said, extra_tags=request.path)
            return redirect(_place_of(review, citation))
    title = _("Add a source to claim %(number)s") % {"number": number}
    context = {"claim": claim, "form": form}
    return render_pane(request, review, pane="source", title=title, current=number, context=context)


@never_cache
@require_safe
def found(request: ReviewerRequest, key: UUID, citation_key: UUID) -> HttpResponse:
    """Show how far the look-up of an own source is: its reference alone for a script, else its claim's page."""
    review = held_review(request, key)
    own = review.added_citations.select_related("claim", "inquiry")
    citation = get_object_or_404(own, key=citation_key)
    if not is_fragment(request):
        return redirect(_place_of(review, citation))
    slot = Slot(citation, appraisal=review.appraisals.filter(citation=citation).first())
    return render(request, "reviews/_found_source.html", {"review": review, "slot": slot})


@never_cache
@require_http_methods(["GET", "POST"])
def change(request: ReviewerRequest, key: UUID, citation_key: UUID) -> HttpResponse:
    """Say by hand what an own source is, where no service knew it, or put right what one said."""
    review = held_review(request, key)
    citation = get_object_or_404(review.added_citations.select_related("claim"), key=citation_key)
    record = Record.from_csl(citation.record)
    sent = request.POST if request.method == "POST" else None
    form = DescriptionForm(sent, initial=initial_of_description(record))
    if form.is_valid():
        try:
            describe_own_source(review, citation=citation, said=form.said(), at=timezone.now())
        except Refusal as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("The source says what you wrote."), extra_tags=request.path)
            return redirect(_place_of(review, citation))
    context = {"citation": citation, "record": record, "form": form}
    title = _("Describe a source")
    return render_pane(
        request, review, pane="change_source", title=title, current=citation.claim.number, context=context
    )


def _place_of(review: Review, citation: RoundCitation) -> str:
    page = reverse("reviews:claim", args=[review.key, citation.claim.number])
    return f"{page}#source-{citation.key}"


@never_cache
@require_http_methods(["GET", "POST"])
def remove(request: ReviewerRequest, key: UUID, citation_key: UUID) -> HttpResponse:
    """Ask, then take an own source off its claim."""
    review = held_review(request, key)
    citation = get_object_or_404(review.added_citations.select_related("claim"), key=citation_key)
    if request.method == "POST":
        try:
            remove_own_source(review, citation=citation)
        except Refusal as refusal:
            messages.error(request, str(refusal))
        else:
            described = reverse("reviews:change-source", args=[review.key, citation.key])
            messages.success(request, _("The source is removed."), extra_tags=described)
        return redirect("reviews:claim", review.key, citation.claim.number)
    context = {
        "citation": citation,
        "record": Record.from_csl(citation.record),
        "appraisal": review.appraisals.filter(citation=citation).first(),
    }
    return render_pane(
        request,
        review,
        pane="remove_source",
        title=_("Remove a source"),
        current=citation.claim.number,
        context=context,
    )
