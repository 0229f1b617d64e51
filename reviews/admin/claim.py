"""Claims: accepted, reworded, merged, added, rejected, restored; and the sources put to them."""

import sys
from collections.abc import Callable, Iterator
from typing import Any

from django.contrib import admin, messages
from django.db.models import Exists, OuterRef, QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import URLPattern, path, reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_POST
from django_stubs_ext import StrPromise

from reviews.admin.article import Workbench, listed_claims, tell_claim
from reviews.admin.finding import CLAIMS, LISTED
from reviews.admin.reanchoring import selected_in
from reviews.admin.room import (
    Room,
    accepted,
    claims_before,
    done,
    editor,
    page,
    posted,
    revision_before,
    room_view,
)
from reviews.admin.site import desk
from reviews.forms.claim import OUTSIDE, WORDS_OF, ClaimForm, MergeForm, NewClaimForm, SplitForm
from reviews.gateways.request import is_fragment
from reviews.models import Citation, Claim, Revision
from reviews.models.wording import listed
from reviews.services.claim import (
    accept_claim,
    add_claim,
    merge_claims,
    order_as_in_text,
    reject_claim,
    restore_claim,
    reword_claim,
    shift_claim,
    split_claim,
)

MOVES: dict[str, tuple[Callable[[Claim], None], StrPromise]] = {
    "accept": (accept_claim, _("Accepted.")),
    "reject": (reject_claim, _("Rejected.")),
    "restore": (restore_claim, _("Restored.")),
}

SHIFTS = {"first": -sys.maxsize, "up": -1, "down": 1, "last": sys.maxsize}
"""By how many places each button moves a claim on the list."""


class CitedFilter(admin.SimpleListFilter):
    title = _("sources")
    parameter_name = "cited"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, str]]:
        return [("yes", gettext("with a source")), ("no", gettext("without one"))]

    def queryset(self, request: HttpRequest, queryset: "QuerySet[Claim]") -> "QuerySet[Claim]":
        cited = Exists(Citation.objects.filter(claim=OuterRef("pk")))
        return {"yes": queryset.filter(cited), "no": queryset.filter(~cited)}.get(self.value() or "", queryset)


class TextFilter(admin.SimpleListFilter):
    """Which texts the claims are of; where nothing is said, of those that no newer one replaced."""

    title = _("text")
    parameter_name = "text"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, str]]:
        return [("replaced", gettext("replaced by a newer one")), ("any", gettext("any"))]

    def choices(self, changelist: Any) -> Iterator[Any]:
        current, *others = super().choices(changelist)
        return iter([{**current, "display": gettext("current")}, *others])

    def queryset(self, request: HttpRequest, queryset: "QuerySet[Claim]") -> "QuerySet[Claim]":
        newest = Revision.objects.newest().filter(pk=OuterRef("revision"))
        if self.value() == "any":
            return queryset
        return queryset.filter(~Exists(newest) if self.value() == "replaced" else Exists(newest))


@admin.register(Claim, site=desk)
class ClaimRoom(Room):
    list_display = ("wording", "state", "kind", "flags", "article")
    list_filter = ("state", TextFilter, CitedFilter, "kind", "is_headline", "is_high_harm")
    search_fields = ("wording",)
    most_found = LISTED
    ordering = ("-pk",)
    empty_words = _("Claims come with an article: add one, and its claims are suggested.")
    actions = None
    list_per_page = 50

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False  # a claim is added where its text stands

    def get_queryset(self, request: HttpRequest) -> "QuerySet[Claim]":
        return claims_before(request)

    def get_search_results(
        self, request: HttpRequest, queryset: "QuerySet[Claim]", search_term: str
    ) -> "tuple[QuerySet[Claim], bool]":
        return CLAIMS.found(queryset, words=search_term, request=request), False

    @admin.display(description=_("flags"))
    def flags(self, claim: Claim) -> str:
        flags = {gettext("headline"): claim.is_headline, gettext("high harm"): claim.is_high_harm}
        return listed(flag for flag, is_set in flags.items() if is_set)

    @admin.display(description=_("article"), ordering="revision__article__title")
    def article(self, claim: Claim) -> str:
        return str(claim.revision.article)

    def change_view(
        self, request: HttpRequest, object_id: str, form_url: str = "", extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        claim = self.get_object(request, object_id)
        if claim is None:
            raise Http404
        return reword(request, claim)

    def get_urls(self) -> list[URLPattern]:
        return [
            path("<int:pk>/move/<slug:move>/", move_claim, name="claim-move"),
            path("<int:pk>/shift/<slug:where>/", shift, name="claim-shift"),
            path("as-in-text/<int:revision_pk>/", as_in_text, name="claims-as-in-text"),
            path("<int:pk>/split/", split, name="claim-split"),
            path("add/<int:revision_pk>/", add, name="claim-add"),
            path("merge/<int:revision_pk>/", merge, name="claims-merge"),
            *super().get_urls(),
        ]


def reword(request: HttpRequest, claim: Claim) -> HttpResponse:
    """One claim: its words, its flags, and its sources."""
    claim = listed_claims(Claim.objects.all()).get(pk=claim.pk)
    form = ClaimForm(posted(request), instance=Claim.objects.get(pk=claim.pk))
    if request.method == "POST" and form.is_valid():
        words = {name: form.cleaned_data[name] for name in WORDS_OF}
        accept = "accept" in request.POST
        if accepted(form, lambda: reword_claim(claim, **words, accept=accept)):
            messages.success(request, gettext("Saved and accepted.") if accept else gettext("Saved."))
            return redirect(place_of(claim))
    return page(
        request,
        "reviews/claim/claim.html",
        title=gettext("A claim"),
        claim=tell_claim(claim),
        form=form,
        back=place_of(claim),
    )


@room_view
@require_POST
def move_claim(request: HttpRequest, pk: int, move: str) -> HttpResponse:
    """Accept, reject or restore a claim, and show its card again."""
    claim = get_object_or_404(claims_before(request), pk=pk)
    if move not in MOVES:
        raise Http404
    service, said = MOVES[move]
    is_alone = not is_fragment(request)
    done(request, lambda: service(claim), said=said if is_alone else "")
    if is_alone:
        return redirect(place_of(claim))
    claim = tell_claim(listed_claims(Claim.objects.all()).get(pk=pk))
    context = {"claim": claim, "may_write": True, "moved": claim}
    return render(request, "admin/reviews/claim/_moved.html", context)


@room_view
@require_POST
def shift(request: HttpRequest, pk: int, where: str) -> HttpResponse:
    """Give a claim another place on the list, and show the lists again with the focus where it was."""
    claim = get_object_or_404(claims_before(request), pk=pk)
    if where not in SHIFTS:
        raise Http404
    said = gettext("Number %(place)s on the list now.")
    done(request, lambda: messages.success(request, said % {"place": shift_claim(claim, by=SHIFTS[where])}))
    return _lists(request, claim.revision, back=place_of(claim), shifted=claim, where=where)


@room_view
@require_POST
def as_in_text(request: HttpRequest, revision_pk: int) -> HttpResponse:
    """Take back the order that was given to a list."""
    revision = revision_before(request, revision_pk)
    done(request, lambda: order_as_in_text(revision), said=gettext("In the order of the text again."))
    return _lists(request, revision, back=f"{article_of(revision)}#accepted-title")


def _lists(
    request: HttpRequest, revision: Revision, *, back: str, shifted: Claim | None = None, where: str = ""
) -> HttpResponse:
    """Show the lists of a text's claims again: themselves to htmx, else on the page of the article."""
    if not is_fragment(request):
        return redirect(back)
    workbench = Workbench.of(revision)
    focus = _held_by(where, first=workbench.accepted[:1] == [shifted], last=workbench.accepted[-1:] == [shifted])
    context = {"workbench": workbench, "revision": revision, "may_write": True, "shifted": shifted, "focus": focus}
    return render(request, "admin/reviews/claim/_shifted.html", context)


def _held_by(where: str, *, first: bool, last: bool) -> str:
    """Return the button that takes the focus: the one that was pressed, or its opposite where it is gone."""
    if first and SHIFTS.get(where, 0) < 0:
        return "down"
    return "up" if last and SHIFTS.get(where, 0) > 0 else where


@room_view
def add(request: HttpRequest, revision_pk: int) -> HttpResponse:
    """Add a claim: from a sentence that was selected in the text, or from a quote that is pasted."""
    revision = revision_before(request, revision_pk)
    form = NewClaimForm(posted(request), revision=revision, initial=_selected(request, revision))
    if request.method == "POST" and form.is_valid():
        words = {name: form.cleaned_data[name] for name in WORDS_OF}
        place = {name: form.cleaned_data[name] for name in ("start", "end")}
        if accepted(form, lambda: add_claim(revision, **place, **words, by=editor(request))):
            messages.success(request, gettext("Added, and accepted."))
            return redirect(article_of(revision))
    return page(
        request,
        "reviews/claim/add.html",
        title=gettext("Add a claim"),
        revision=revision,
        form=form,
        back=article_of(revision),
    )


@room_view
def merge(request: HttpRequest, revision_pk: int) -> HttpResponse:
    """Choose which of several claims stays, and merge the others into it."""
    revision = revision_before(request, revision_pk)
    chosen = request.POST if request.method == "POST" else request.GET
    form = MergeForm(chosen, revision=revision)
    if form.is_valid() and request.method == "POST":
        fields = form.cleaned_data
        if fields["into"] is None:
            form.add_error("into", gettext("Choose the claim that stays."))
        elif accepted(form, lambda: merge_claims(fields["claims"], into=fields["into"])):
            messages.success(request, gettext("Merged."))
            return redirect(place_of(fields["into"]))
    return page(
        request,
        "reviews/claim/merge.html",
        title=gettext("Merge claims"),
        revision=revision,
        form=form,
        back=article_of(revision),
    )


@room_view
def split(request: HttpRequest, pk: int) -> HttpResponse:
    """Make two claims out of one, each anchored in its own stretch of the quote."""
    claim = get_object_or_404(claims_before(request), pk=pk)
    form = SplitForm(posted(request), initial={"first_quote": claim.quote, "second_quote": claim.quote})
    is_valid = request.method == "POST" and form.is_valid()
    if is_valid and accepted(form, lambda: split_claim(claim, parts=form.parts, by=editor(request))):
        messages.success(request, gettext("Split: both parts are on the list. The one that they were can be restored."))
        return redirect(article_of(claim.revision))
    return page(
        request,
        "reviews/claim/split.html",
        title=gettext("Split a claim"),
        claim=claim,
        form=form,
        back=article_of(claim.revision),
    )


def _selected(request: HttpRequest, revision: Revision) -> dict[str, Any]:
    """Return the sentence that was selected in the text, as far as there is one."""
    found = selected_in(request, revision)
    if "start" in request.GET and not found:
        messages.error(request, OUTSIDE)
    return found


def article_of(revision: Revision) -> str:
    """Return where the article of a revision is worked on."""
    return reverse("admin:reviews_article_change", args=[revision.article_id])


def place_of(claim: Claim) -> str:
    """Return where a claim stands in the list of its article."""
    return f"{article_of(claim.revision)}#claim-{claim.pk}"
