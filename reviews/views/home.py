"""The front door."""

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from reviews.models import Publication

SHOWN = 12


@login_not_required
@require_safe
def home(request: HttpRequest) -> HttpResponse:
    """What Assay is, and the latest verdict of each article."""
    return render(request, "reviews/home.html", {"publications": Publication.objects.newest_of_each()[:SHOWN]})
