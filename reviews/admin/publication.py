"""A report before readers: published, corrected, withdrawn."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import URLPattern, path
from django.utils import timezone
from django.utils.translation import gettext

from reviews.admin.report import held_claims, publications_before, report_before
from reviews.admin.room import accepted, editor, page, posted, room_view
from reviews.errors import CalibrationStaysHere, ClaimsUndecided
from reviews.forms.publication import PublicationForm, WithdrawalForm
from reviews.models import Calibration, Report, Verdict
from reviews.services.publication import publish_report, withdraw_publication


def addresses() -> list[URLPattern]:
    """Return the doors of this room, for the rounds' own to take in."""
    return [
        path("reports/<int:pk>/publish/", publish, name="report-publish"),
        path("publications/<int:pk>/withdraw/", withdraw, name="publication-withdraw"),
    ]


@room_view
def publish(request: HttpRequest, pk: int) -> HttpResponse:
    """Put a report before readers, with the desk's own words; a later one of the same article as a correction."""
    report = report_before(request, pk)
    article = report.round.revision.article
    earlier = article.publications.newest_first().first()
    form = PublicationForm(posted(request), corrects=earlier is not None)
    if request.method == "POST" and form.is_valid():
        fields = {**form.cleaned_data, "by": editor(request), "at": timezone.now()}
        if accepted(form, lambda: publish_report(report, **fields)):
            messages.success(request, gettext("Published. Everybody who worked on it is mailed."))
            return redirect("admin:reviews_article_change", article.pk)
    return page(
        request,
        "reviews/publication/publish.html",
        title=gettext("Publish a correction") if earlier else gettext("Publish the report"),
        report=report,
        round=report.round,
        article=article,
        earlier=earlier,
        form=form,
        refusal=_refusal(report),
        is_veiled=bool(Verdict.objects.veiled_from(editor(request)).claims_of(report.round)),
    )


def _refusal(report: Report) -> str:
    if Calibration.objects.filter(round=report.round).exists():
        return str(CalibrationStaysHere.sentence())
    return str(ClaimsUndecided.sentence()) if held_claims(report.round) else ""


@room_view
def withdraw(request: HttpRequest, pk: int) -> HttpResponse:
    """Take a publication back, with a note for readers."""
    publication = get_object_or_404(publications_before(request).select_related("article"), pk=pk)
    form = WithdrawalForm(posted(request))
    if request.method == "POST" and form.is_valid():
        fields = {**form.cleaned_data, "by": editor(request), "at": timezone.now()}
        if accepted(form, lambda: withdraw_publication(publication, **fields)):
            messages.success(request, gettext("Withdrawn. Readers find your note in its place."))
            return redirect("admin:reviews_article_change", publication.article_id)
    return page(
        request,
        "reviews/publication/withdraw.html",
        title=gettext("Withdraw a publication"),
        publication=publication,
        article=publication.article,
        form=form,
    )
