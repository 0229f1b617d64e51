"""The reviewer's own sources."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from reviews.core.citing.records import Record
from reviews.errors import Refusal
from reviews.forms.citation import OwnSourceForm
from reviews.services.citation import add_own_source, remove_own_source
from reviews.services.progress import progress_of
from reviews.views.workspace import ReviewerRequest, claim_work_of, held_review, render_pane


@never_cache
@require_http_methods(["GET", "POST"])
def add(request: ReviewerRequest, key: UUID, number: int) -> HttpResponse:
    """Put a source to a claim."""
    review = held_review(request, key)
    progress = progress_of(review)
    work = claim_work_of(progress, number)
    form = OwnSourceForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        try:
            citation = add_own_source(review, claim=work.claim, record=form.record())
        except Refusal as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("The source is added: say what it has to say about the claim."))
            page = reverse("reviews:claim", args=[review.key, number])
            return redirect(f"{page}?sent=1#source-{citation.key}")
    context = {"work": work, "form": form}
    return render_pane(
        request,
        review,
        pane="source",
        title=_("Add a source to claim %(number)s") % {"number": number},
        progress=progress,
        current=number,
        context=context,
    )


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
            messages.success(request, _("The source is removed."))
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
