"""What a reviewer has done, to show to others."""

from typing import Any

from django.conf import settings
from django.contrib import messages
from django.db.models import Count, QuerySet
from django.http import HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from reviews.errors import Refusal
from reviews.forms.reviewer import OrcidForm
from reviews.models import ResearcherId, Review, User
from reviews.services.reviewer import record_orcid
from reviews.views.workspace import ReviewerRequest


@never_cache
@require_http_methods(["GET", "POST"])
def certificate(request: ReviewerRequest) -> HttpResponse:
    """The reviews that one has handed in, on a page to be printed; and the ORCID iD that stands on it."""
    form = OrcidForm(request.POST if request.method == "POST" else None, initial={"orcid": _orcid_of(request.user)})
    if form.is_valid():
        try:
            record_orcid(request.user, **form.cleaned_data, at=timezone.now())
        except Refusal as refusal:
            form.add_error("orcid", str(refusal))
        else:
            messages.success(
                request, _("Your ORCID iD is saved.") if form.cleaned_data["orcid"] else _("Your ORCID iD is removed.")
            )
            return redirect("reviews:certificate")
    reviews = list(_done_by(request.user))
    context = {
        "form": form,
        "orcid": _orcid_of(request.user),
        "reviews": reviews,
        "claims": sum(review.claims for review in reviews),
        "desk": settings.DESK_NAME,
        "now": timezone.now(),
    }
    return render(request, "reviews/certificate.html", context, status=422 if form.errors else 200)


@never_cache
@require_safe
def export(request: ReviewerRequest) -> HttpResponse:
    """The same as a file, for whatever keeps a record of one's reviews."""
    said = {
        "reviewer": request.user.name,
        "orcid": _orcid_of(request.user),
        "desk": settings.DESK_NAME,
        "reviews": [
            {
                "article": review.round.revision.article.title,
                "publisher": review.round.revision.article.publisher,
                "handed_in": timezone.localdate(review.submitted_at).isoformat(),
                "claims": review.claims,
            }
            for review in _done_by(request.user)
        ],
    }
    response = JsonResponse(said, json_dumps_params={"ensure_ascii": False, "indent": 2})
    response["Content-Disposition"] = 'attachment; filename="reviews.json"'
    return response


def _done_by(user: User) -> "QuerySet[Any]":
    """Return the reviews that a person has handed in, also where the request was withdrawn afterwards: the work was
    done. One that was sent back is not handed in.
    """
    return (
        Review.objects.submitted()
        .filter(assignment__reviewer=user)
        .select_related("assignment__round__revision__article")
        .defer("assignment__round__revision__text")
        .annotate(claims=Count("assignment__round__claims"))
        .order_by("submitted_at")
    )


def _orcid_of(user: User) -> str:
    return ResearcherId.objects.filter(user=user).values_list("orcid", flat=True).first() or ""
