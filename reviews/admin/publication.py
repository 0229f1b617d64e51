"""A report before readers: published, corrected, withdrawn."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone

from reviews.admin.report import held_claims, report_before, veiled_claims
from reviews.admin.room import accepted, articles_before, editor, page, posted, room_view
from reviews.errors import ClaimsUndecided
from reviews.forms.publication import PublicationForm, WithdrawalForm
from reviews.models import Publication
from reviews.services.publication import publish_report, withdraw_publication


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
            messages.success(request, "Published. Everybody who worked on it is mailed.")
            return redirect("admin:reviews_article_change", article.pk)
    return page(
        request,
        "reviews/publication/publish.html",
        title="Publish a correction" if earlier else "Publish the report",
        report=report,
        round=report.round,
        article=article,
        earlier=earlier,
        form=form,
        refusal=str(ClaimsUndecided.sentence()) if held_claims(report.round) else "",
        is_veiled=bool(veiled_claims(report.round, by=editor(request))),
    )


@room_view
def withdraw(request: HttpRequest, pk: int) -> HttpResponse:
    """Take a publication back, with a note for readers."""
    publication = get_object_or_404(
        Publication.objects.filter(article__in=articles_before(request)).select_related("article"), pk=pk
    )
    form = WithdrawalForm(posted(request))
    if request.method == "POST" and form.is_valid():
        fields = {**form.cleaned_data, "by": editor(request), "at": timezone.now()}
        if accepted(form, lambda: withdraw_publication(publication, **fields)):
            messages.success(request, "Withdrawn. Readers find your note in its place.")
            return redirect("admin:reviews_article_change", publication.article_id)
    return page(
        request,
        "reviews/publication/withdraw.html",
        title="Withdraw a publication",
        publication=publication,
        article=publication.article,
        form=form,
    )
