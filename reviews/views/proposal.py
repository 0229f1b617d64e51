"""A claim that the list misses."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from reviews.errors import Refusal
from reviews.forms.proposal import ProposalForm
from reviews.services.proposal import propose_claim
from reviews.views.workspace import ReviewerRequest, held_review, render_pane


@never_cache
@require_http_methods(["GET", "POST"])
def propose(request: ReviewerRequest, key: UUID) -> HttpResponse:
    """Say which words are a claim too; the editors are told, the panel is not."""
    review = held_review(request, key)
    sent = request.POST if request.method == "POST" else None
    form = ProposalForm(sent, initial={"quote": request.GET.get("quote", "")})
    if form.is_valid():
        try:
            propose_claim(review, **form.said(), by=request.user, at=timezone.now())
        except Refusal as refusal:
            form.add_error(None, str(refusal))
        else:
            said = _("The editors are told. What they take stands on the list of a later round.")
            messages.success(request, said, extra_tags=request.path)
            return redirect(request.path)
    context = {"form": form, "proposals": review.proposals.all()}
    return render_pane(request, review, pane="proposal", title=_("Propose a claim"), context=context)
