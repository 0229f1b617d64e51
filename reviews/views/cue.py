"""What the machine noticed in the article, as a list of its own."""

from uuid import UUID

from django.http import HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from reviews.services.outline import outline_of
from reviews.views.text import findings_of
from reviews.views.workspace import ReviewerRequest, held_review, render_pane


@never_cache
@require_safe
def cues(request: ReviewerRequest, key: UUID) -> HttpResponse:
    """Show every cue with its reason. The underlines in the text take their words from here."""
    review = held_review(request, key)
    outline = outline_of(review)
    context = {"findings": findings_of(outline)}
    return render_pane(
        request, review, pane="cues", title=_("What the machine noticed"), outline=outline, context=context
    )
