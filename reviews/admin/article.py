"""From what was received to a list of claims: one place for an article's text and what is made of it."""

from dataclasses import dataclass
from typing import Any

from django.contrib import admin, messages
from django.db import transaction
from django.db.models import F, Q, QuerySet
from django.http import Http404, HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect
from django.urls import URLPattern, path, reverse
from django.utils import timezone
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_POST

from reviews.admin import likeness, reanchoring, saved_view
from reviews.admin.finding import ARTICLES, LISTED, search
from reviews.admin.need import with_orphans
from reviews.admin.reanchoring import Carried
from reviews.admin.room import (
    Room,
    accepted,
    article_before,
    articles_before,
    done,
    editor,
    number_in,
    page,
    posted,
    room_view,
    rounds_before,
)
from reviews.admin.site import desk
from reviews.admin.stage import Stage, with_accepted
from reviews.core.judging.vocabulary import CUE_KINDS, REGION_KINDS, title_of
from reviews.core.reading.document import BODY, TITLE, Region
from reviews.core.reading.passages import passages
from reviews.forms.article import CHOOSE_AGAIN, ArticleForm, IntakeForm
from reviews.jobs.article import add_article
from reviews.models import Article, Claim, Intake, Revision, Round
from reviews.services.article import receive_again
from reviews.services.claim import accept_claim, reject_claim
from reviews.services.commerce import interested_in, map_of

COUNTED = {TITLE, BODY}
PROPOSED = ("vendor", "product")
"""What the commercial map proposes for an article's details."""
TOO_FEW = _("Choose one claim or more in the list first.")


class StageFilter(admin.SimpleListFilter):
    title = _("stage")
    parameter_name = "stage"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, str]]:
        return [(stage.value, str(stage.label)) for stage in Stage]

    def queryset(self, request: HttpRequest, queryset: "QuerySet[Any]") -> "QuerySet[Any]":
        return queryset.filter(stage=self.value()) if self.value() in Stage.values else queryset


class DeskFilter(admin.SimpleListFilter):
    title = _("looked after by")
    parameter_name = "mine"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, str]]:
        return [("yes", gettext("me")), ("no", gettext("others"))]

    def queryset(self, request: HttpRequest, queryset: "QuerySet[Any]") -> "QuerySet[Any]":
        me = editor(request)
        mine = Q(editor=me) | Q(editor=None, added_by=me)
        return {"yes": queryset.filter(mine), "no": queryset.exclude(mine)}.get(self.value() or "", queryset)


class OrphanFilter(admin.SimpleListFilter):
    title = _("claims that lost their place")
    parameter_name = "lost"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, str]]:
        return [("yes", gettext("some"))]

    def queryset(self, request: HttpRequest, queryset: "QuerySet[Any]") -> "QuerySet[Any]":
        return with_orphans(queryset) if self.value() == "yes" else queryset


@admin.register(Article, site=desk)
class ArticleRoom(Room):
    list_display = ("name", "publisher", "stage_now", "accepted", "stage_since", "added_at")
    list_filter = (StageFilter, DeskFilter, OrphanFilter)
    search_fields = ("title",)
    most_found = LISTED
    empty_words = _("Add the first article: paste its text, upload a file, or give its address.")
    actions = None
    list_per_page = 50

    def get_queryset(self, request: HttpRequest) -> "QuerySet[Any]":
        return with_accepted(articles_before(request))

    def get_search_results(
        self, request: HttpRequest, queryset: "QuerySet[Any]", search_term: str
    ) -> "tuple[QuerySet[Any], bool]":
        return ARTICLES.found(queryset, words=search_term, request=request), False

    @admin.display(description=_("article"), ordering="title")
    def name(self, article: Article) -> str:
        return str(article)

    @admin.display(description=_("stage"), ordering="stage")
    def stage_now(self, article: Article) -> str:
        return article.get_stage_display()

    @admin.display(description=_("claims accepted"), ordering="accepted")
    def accepted(self, article: Any) -> int:
        return int(article.accepted)

    def add_view(
        self, request: HttpRequest, form_url: str = "", extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        return add(request)

    def change_view(
        self, request: HttpRequest, object_id: str, form_url: str = "", extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        article = self.get_object(request, object_id)
        if article is None:
            raise Http404
        return show(request, article)

    def get_urls(self) -> list[URLPattern]:
        return [
            path("<int:pk>/details/", details, name="article-details"),
            path("<int:pk>/reading/", reading, name="article-reading"),
            path("<int:pk>/text/", new_text, name="article-text"),
            path("<int:pk>/alike/", likeness.alike, name="article-alike"),
            path("alike/<int:pk>/take-back/", likeness.take_back, name="likeness-take-back"),
            path("claims/<int:pk>/alike/", likeness.say, name="claim-alike"),
            path("places/<int:pk>/", reanchoring.place, name="reanchoring-place"),
            path("places/<int:pk>/leave/", reanchoring.leave, name="reanchoring-leave"),
            path("places/<int:pk>/reopen/", reanchoring.reopen, name="reanchoring-reopen"),
            path("<int:pk>/claims/", choose, name="article-claims"),
            path("search/", search, name="search"),
            *saved_view.addresses(),
            *super().get_urls(),
        ]


def add(request: HttpRequest) -> HttpResponse:
    """Paste or upload an article; its title may be left to what is read.

    Where an article has this address already, one is asked whether it is the same: its text is then taken in again.
    """
    intake = IntakeForm(posted(request), request.FILES or None, initial={"address": request.GET.get("url", "")})
    about = ArticleForm(posted(request))
    known = None
    if request.method == "POST" and all([intake.is_valid(), about.is_valid()]):
        fields = {**intake.intake, **about.cleaned_data}
        fields["url"] = fields["url"] or fields["address"]
        known = articles_before(request).at_address(fields["url"]).first()
        if known and "again" in request.POST and _received(request, known, form=intake):
            return redirect("admin:reviews_article_change", known.pk)
        if known is None or "anyway" in request.POST:
            article = add_article(**fields, by=editor(request), at=timezone.now())
            return redirect("admin:reviews_article_change", article.pk)
    _ask_for_file_again(intake)
    return page(
        request, "reviews/article/add.html", title=gettext("Add an article"), intake=intake, about=about, known=known
    )


def show(request: HttpRequest, article: Article) -> HttpResponse:
    """The article: how its reading goes, then its text beside its claims."""
    revision = article.revisions.order_by("-number").first()
    if revision is None:
        return _show_unread(request, article)
    workbench = Workbench.of(revision)
    rounds = Round.objects.filter(revision__article=article).annotate_progress()
    return page(
        request,
        "reviews/article/article.html",
        title=str(article),
        article=article,
        revision=revision,
        again=_newer_intake(article, revision),
        carried=Carried.of(revision),
        commerce=(commerce := map_of(revision)),
        conflicts=interested_in(commerce),
        workbench=workbench,
        rounds=rounds,
        open_round=rounds.open().first(),
        seen=set(rounds_before(request).filter(revision__article=article).values_list("pk", flat=True)),
        publication=article.publications.newest_first().annotate(round=F("report__round")).first(),
    )


def _show_unread(request: HttpRequest, article: Article) -> HttpResponse:
    intake = article.intakes.latest("received_at")
    form = IntakeForm(posted(request), request.FILES or None)
    if request.method == "POST" and form.is_valid() and _received(request, article, form=form):
        return redirect("admin:reviews_article_change", article.pk)
    _ask_for_file_again(form)
    return page(request, "reviews/article/unread.html", title=str(article), article=article, intake=intake, form=form)


@room_view
def new_text(request: HttpRequest, pk: int) -> HttpResponse:
    """Take in the text of an article that has changed: from its address, or by hand."""
    article = article_before(request, pk)
    form = IntakeForm(posted(request), request.FILES or None)
    if request.method == "POST" and form.is_valid() and _received(request, article, form=form):
        return redirect("admin:reviews_article_change", pk)
    _ask_for_file_again(form)
    texts = article.revisions.order_by("-number").defer("text", "build").select_related("intake")
    return page(
        request,
        "reviews/article/text.html",
        title=gettext("A new text"),
        article=article,
        form=form,
        texts=texts.annotate_use(),
    )


def _received(request: HttpRequest, article: Article, *, form: IntakeForm) -> bool:
    """Take in the text of an article once more; a refusal stands on the form."""
    fields = {**form.intake, "by": editor(request), "at": timezone.now()}
    return accepted(form, lambda: receive_again(article, **fields))


def _newer_intake(article: Article, revision: Revision) -> Intake | None:
    """Return what came in since the text that is shown, if anything did."""
    return article.intakes.filter(received_at__gt=revision.intake.received_at).defer("received").first()


@room_view
def reading(request: HttpRequest, pk: int) -> HttpResponse:
    """How the reading of an article goes: what the page of an unread article asks for every two seconds."""
    article = article_before(request, pk)
    intake = article.intakes.latest("received_at")
    answer = page(request, "reviews/article/_reading.html", title=str(article), article=article, intake=intake)
    if intake.read_at or intake.failed_at:
        answer["HX-Refresh"] = "true"
    return answer


@room_view
def details(request: HttpRequest, pk: int) -> HttpResponse:
    """What is known of an article beside its text."""
    article = article_before(request, pk)
    found = {name: words for name in PROPOSED if (words := request.GET.get(name, ""))}
    form = ArticleForm(posted(request), instance=article, initial=found)
    if request.method == "POST" and form.is_valid():
        form.save()
        messages.success(request, gettext("Saved."))
        return redirect("admin:reviews_article_change", article.pk)
    return page(
        request, "reviews/article/details.html", title=gettext("Details of the article"), article=article, form=form
    )


@room_view
@require_POST
def choose(request: HttpRequest, pk: int) -> HttpResponse:
    """Do one thing with all claims that were ticked in an article's list."""
    article = article_before(request, pk)
    numbers = [number_in(number) for number in request.POST.getlist("claims")]
    claims = list(Claim.objects.filter(revision__article=article, pk__in=numbers))
    if not claims:
        messages.error(request, TOO_FEW)
        return redirect("admin:reviews_article_change", article.pk)
    further = {"merge": "admin:claims-merge", "cite": "admin:citation-add"}
    if name := further.get(request.POST.get("what", "")):
        query = QueryDict(mutable=True)
        query.setlist("claims", [str(claim.pk) for claim in claims])
        return redirect(f"{reverse(name, args=[claims[0].revision_id])}?{query.urlencode()}")
    _decide_all(request, claims, accept=request.POST.get("what") == "accept")
    return redirect("admin:reviews_article_change", article.pk)


def _decide_all(request: HttpRequest, claims: list[Claim], *, accept: bool) -> None:
    decide = accept_claim if accept else reject_claim

    def decide_each() -> None:
        with transaction.atomic():
            for claim in claims:
                decide(claim)

    count = len(claims)
    if accept:
        said = ngettext("%(count)s claim accepted.", "%(count)s claims accepted.", count)
    else:
        said = ngettext("%(count)s claim rejected.", "%(count)s claims rejected.", count)
    done(request, decide_each, said=said % {"count": count})


def _ask_for_file_again(form: IntakeForm) -> None:
    """A browser empties the file's field when a form comes back: say so."""
    if form.files.get("file") and not form.errors.get("file"):
        form.fields["file"].help_text = CHOOSE_AGAIN


@dataclass(frozen=True)
class Workbench:
    """A revision's text cut at its claims and sentences, and its claims as a list."""

    passages: list[dict[str, Any]]
    accepted: list[Claim]
    suggested: list[Claim]
    set_aside: list[Claim]

    @property
    def is_ordered(self) -> bool:
        """Whether the desk gave the list an order of its own."""
        return any(claim.place for claim in self.accepted)

    @classmethod
    def of(cls, revision: Revision) -> "Workbench":
        """Return the workbench in a fixed number of queries."""
        regions = [Region(region.kind, region.start, region.end) for region in revision.regions.all()]
        claims = list(listed_claims(revision.claims.in_order()))
        by_state: dict[str, list[Claim]] = {state: [] for state in Claim.State.values}
        for claim in claims:
            _tell(claim, regions=regions)
            by_state[claim.state].append(claim)
        return cls(
            passages=_passages(revision, regions=regions, claims=claims),
            accepted=by_state[Claim.State.ACCEPTED],
            suggested=sorted(by_state[Claim.State.SUGGESTED], key=lambda claim: claim.rank or 0),
            set_aside=by_state[Claim.State.REJECTED] + by_state[Claim.State.MERGED],
        )


def listed_claims(claims: "QuerySet[Claim]") -> "QuerySet[Claim]":
    """Return claims with all that a card of the list shows."""
    return claims.select_related("merged_into", "revision").prefetch_related("citations__source")


def tell_claim(claim: Claim) -> Claim:
    """Return a claim with what its card says in words: its cues, and the region if that does not count."""
    regions = [Region(region.kind, region.start, region.end) for region in claim.revision.regions.all()]
    return _tell(claim, regions=regions)


def _tell(claim: Claim, *, regions: list[Region]) -> Claim:
    titles = dict(CUE_KINDS)
    claim.cue_titles = [titles.get(cue, cue) for cue in claim.cues]  # type: ignore[attr-defined]
    kinds = [region.kind for region in regions if region.start <= claim.start < region.end]
    outside = next((kind for kind in kinds if kind not in COUNTED), "")
    claim.outside = title_of(outside, choices=REGION_KINDS).lower() if outside else ""  # type: ignore[attr-defined]
    return claim


def _passages(revision: Revision, *, regions: list[Region], claims: list[Claim]) -> list[dict[str, Any]]:
    marked = {f"c{claim.pk}": claim for claim in claims if claim.state in {"accepted", "suggested"}}
    sentences = {f"s{start}": (start, end) for start, end in revision.sentences.values_list("start", "end")}
    spans = {name: (claim.start, claim.end) for name, claim in marked.items()} | sentences
    return [
        {
            "kind": passage.kind,
            "title": title_of(passage.kind, choices=REGION_KINDS),
            "counts": passage.kind in COUNTED,
            "paragraphs": [
                [
                    {
                        "text": piece.text,
                        "claims": [marked[name] for name in piece.spans if name in marked],
                        "sentence": next((sentences[name] for name in piece.spans if name in sentences), None),
                    }
                    for piece in paragraph
                ]
                for paragraph in passage.paragraphs
            ],
        }
        for passage in passages(revision.text, regions=regions, spans=spans)
    ]
