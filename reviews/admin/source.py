"""Sources: one record for the whole desk, put to as many claims as it speaks to."""

from typing import Any

from django.contrib import admin, messages
from django.db import IntegrityError, transaction
from django.db.models import Count, Exists, OuterRef, QuerySet, Subquery
from django.db.models.functions import Coalesce
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import URLPattern, path
from django.utils import timezone
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_POST

from reviews.admin import retraction
from reviews.admin.bibliography import addresses, came_from
from reviews.admin.claim import article_of
from reviews.admin.finding import LISTED, SOURCES, sources_found
from reviews.admin.room import (
    Room,
    accepted,
    claims_before,
    done,
    editor,
    number_in,
    page,
    posted,
    revision_before,
    room_view,
)
from reviews.admin.sight import sources_before
from reviews.admin.site import desk
from reviews.core.judging.vocabulary import DESIGNS
from reviews.forms.source import CitationForm, SourceForm
from reviews.jobs.lookup import owe_lookup
from reviews.jobs.source import sources_known_to
from reviews.models import Citation, Claim, Finding, Job, Source
from reviews.services.source import (
    cite_source_for,
    confirm_design,
    proposed_design,
    remove_citation,
    save_source,
)

MOST_FOUND = 20
RACED = _("Somebody added a source with this identifier at the same moment: search for it.")


class UseFilter(admin.SimpleListFilter):
    title = _("use")
    parameter_name = "used"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, str]]:
        return [("yes", gettext("put to a claim")), ("no", gettext("put to none"))]

    def queryset(self, request: HttpRequest, queryset: "QuerySet[Source]") -> "QuerySet[Source]":
        cited = Exists(Citation.objects.filter(source=OuterRef("pk")))
        return {"yes": queryset.filter(cited), "no": queryset.filter(~cited)}.get(self.value() or "", queryset)


@admin.register(Source, site=desk)
class SourceRoom(Room):
    list_display = ("title", "short", "design", "retraction", "claims")
    list_filter = (UseFilter, "design", "retraction")
    search_fields = ("title",)
    most_found = LISTED
    ordering = ("-pk",)
    empty_words = _("Add a source here, import a list of references, or put one to the claims of an article.")
    change_list_template = "admin/reviews/source/sources.html"
    actions = None
    list_per_page = 50

    def get_queryset(self, request: HttpRequest) -> "QuerySet[Source]":
        cited = Citation.objects.filter(source=OuterRef("pk")).order_by().values("source")
        count = Subquery(cited.annotate(count=Count("pk")).values("count"))
        return sources_before(request).annotate(claims=Coalesce(count, 0))

    def get_search_results(
        self, request: HttpRequest, queryset: "QuerySet[Source]", search_term: str
    ) -> "tuple[QuerySet[Source], bool]":
        return SOURCES.found(queryset, words=search_term, request=request), False

    @admin.display(description=_("reference"))
    def short(self, source: Source) -> str:
        return source.record.short()

    @admin.display(description=_("claims"), ordering="claims")
    def claims(self, source: Any) -> int:
        return int(source.claims)

    def add_view(
        self, request: HttpRequest, form_url: str = "", extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        return write(request, None)

    def change_view(
        self, request: HttpRequest, object_id: str, form_url: str = "", extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        source = get_object_or_404(sources_known_to(editor(request)), pk=number_in(object_id))
        if source.merged_into_id:
            return redirect("admin:reviews_source_change", source.merged_into_id)
        return write(request, source)

    def get_urls(self) -> list[URLPattern]:
        return [
            *addresses(),
            *retraction.doors(),
            path("cite/<int:revision_pk>/", cite, name="citation-add"),
            path("<int:pk>/look-up/", look_up, name="source-look-up"),
            path("<int:pk>/design/", take_design, name="source-design"),
            path("citation/<int:pk>/remove/", remove, name="citation-remove"),
            *super().get_urls(),
        ]


def write(request: HttpRequest, source: Source | None) -> HttpResponse:
    """Add a source, or put its record right."""
    form = SourceForm(posted(request), instance=source, seen=sources_before(request))
    if request.method == "POST" and form.is_valid() and _saved(request, form):
        messages.success(request, gettext("Saved."))
        return redirect("admin:reviews_source_changelist")
    citations = Citation.objects.filter(source=source, claim__in=claims_before(request)) if source else None
    return page(
        request,
        "reviews/source/source.html",
        title=str(source) if source else gettext("Add a source"),
        form=form,
        source=source,
        known=form.known,
        citations=citations.select_related("claim__revision__article") if citations is not None else (),
        **(_known_of(source) if source else {}),
        texts=source.texts.defer("text") if source else (),
        merges=source.merges.filter(parted_at=None).select_related("absorbed") if source else (),
        entries=came_from(source) if source else (),
    )


def _known_of(source: Source) -> dict[str, Any]:
    """Return what the machine knows of a source: a proposed design, findings, notices, and a look-up under way."""
    proposal = proposed_design(source)
    return {
        "proposal": proposal if proposal and proposal.design != source.design else None,
        "proposed": dict(DESIGNS).get(proposal.design) if proposal else "",
        "findings": [(finding, _otherwise(source, finding)) for finding in source.findings.all()],
        "notices": source.editorial_notices.all(),
        "job": source.jobs.exclude(state=Job.State.DONE).order_by("-owed_at").first(),
    }


def _otherwise(source: Source, finding: Finding) -> list[tuple[str, object]]:
    """Return what a service says otherwise than the desk, by field."""
    if finding.record is None:
        return []
    mine, theirs = source.record, finding.record
    return [
        (name, getattr(theirs, name))
        for name in ("title", "container", "year", "volume", "issue", "pages", "doi", "pmid", "pmcid")
        if getattr(theirs, name) and str(getattr(theirs, name)).casefold() != str(getattr(mine, name)).casefold()
    ]


@room_view
@require_POST
def look_up(request: HttpRequest, pk: int) -> HttpResponse:
    """Ask the public services about a source."""
    source = get_object_or_404(sources_before(request), pk=pk)
    if owe_lookup(source, at=timezone.now()):
        messages.success(request, gettext("It is being looked up: what comes of it stands on this page."))
    else:
        messages.error(request, gettext("Give it a DOI, PMID or PMCID first: nobody can be asked by anything else."))
    return redirect("admin:reviews_source_change", pk)


@room_view
@require_POST
def take_design(request: HttpRequest, pk: int) -> HttpResponse:
    """Confirm the proposed study design."""
    source = get_object_or_404(sources_before(request), pk=pk)
    confirm_design(source, design=request.POST.get("design", ""), by=editor(request), at=timezone.now())
    return redirect("admin:reviews_source_change", pk)


@room_view
def cite(request: HttpRequest, revision_pk: int) -> HttpResponse:
    """Put a source to claims of one text: one that is found among ours, or a new one."""
    revision = revision_before(request, revision_pk)
    listed = [Claim.State.ACCEPTED, Claim.State.SUGGESTED]
    claims = revision.claims.filter(state__in=listed).order_by("state", "start", "pk")
    sent = posted(request)
    where = CitationForm(sent, claims=claims, initial={"claims": request.GET.getlist("claims"), "origin": "editor"})
    known = request.POST.get("source", "")
    form = SourceForm(None if known else sent, prefix="new", seen=sources_before(request))
    if sent is not None and (source := _chosen(request, form=form, where=where)):
        asked = where.cleaned_data
        if accepted(where, lambda: cite_source_for(asked["claims"], source=source, origin=asked["origin"])):
            count = len(asked["claims"])
            said = ngettext("%(source)s: put to %(count)s claim.", "%(source)s: put to %(count)s claims.", count)
            messages.success(request, said % {"source": source, "count": count})
            return redirect(article_of(revision))
    return page(
        request,
        "reviews/source/cite.html",
        title=gettext("Put a source to claims"),
        revision=revision,
        where=where,
        form=form,
        known=form.known,
        search=request.POST.get("q", request.GET.get("q", "")).strip(),
        found=_found(request),
        chosen=request.GET.getlist("claims"),
        back=article_of(revision),
    )


@room_view
@require_POST
def remove(request: HttpRequest, pk: int) -> HttpResponse:
    """Take a source off a claim."""
    citation = get_object_or_404(
        Citation.objects.filter(claim__in=claims_before(request)).select_related("claim", "source"), pk=pk
    )
    said = gettext("%(source)s: taken off the claim.") % {"source": citation.source}
    done(request, lambda: remove_citation(citation), said=said)
    return redirect("admin:reviews_claim_change", citation.claim_id)


def _chosen(request: HttpRequest, *, form: SourceForm, where: CitationForm) -> Source | None:
    """Return the source to be cited, a new one saved first; None while something is wrong on the page."""
    number = request.POST.get("source", "")
    if number:
        source = sources_before(request).filter(pk=number_in(number)).first()
        if source is None:
            where.add_error(None, gettext("That source is not there any more: search again."))
        return source if where.is_valid() else None
    both = [where.is_valid(), form.is_valid()]
    return _saved(request, form) if all(both) else None


def _saved(request: HttpRequest, form: SourceForm) -> Source | None:
    try:
        with transaction.atomic():
            return save_source(form.save(commit=False), by=editor(request), at=timezone.now())
    except IntegrityError:
        form.add_error(None, RACED)
        return None


def _found(request: HttpRequest) -> list[Source]:
    """Return what was searched for."""
    return list(sources_found(request, request.POST.get("q", request.GET.get("q", "")))[:MOST_FOUND])
