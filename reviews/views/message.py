"""What the reviewer and the editors write to each other."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from reviews.forms.message import MessageForm
from reviews.services.message import ask_editor
from reviews.views.workspace import ReviewerRequest, held_review, render_pane


@never_cache
@require_http_methods(["GET", "POST"])
def conversation(request: ReviewerRequest, key: UUID) -> HttpResponse:
    """Show what was written so far, and send another message. An editor is "the desk", whoever it was."""
    review = held_review(request, key)
    sent = request.POST if request.method == "POST" else None
    form = MessageForm(
        sent, claims=review.round.claims.order_by("number"), initial={"claim": request.GET.get("claim", "")}
    )
    if form.is_valid():
        ask_editor(review, **form.said(), by=request.user, at=timezone.now())
        messages.success(request, _("Your message is with the editors."), extra_tags=request.path)
        return redirect(request.path)
    context = {"form": form, "letters": review.messages.select_related("claim")}
    return render_pane(request, review, pane="messages", title=_("Messages"), context=context)
