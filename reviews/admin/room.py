"""What the rooms of the desk share: who may come in, how a page is shown, how a refusal is said."""

import logging
from collections.abc import Callable, Sequence
from typing import Any, Concatenate, ParamSpec

from django import forms
from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.core.paginator import Page, Paginator
from django.db import DataError, models
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase, QueryDict
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.cache import patch_vary_headers
from django.utils.functional import cached_property
from django.utils.text import capfirst
from django.utils.translation import gettext
from django_stubs_ext import StrOrPromise

from reviews.admin.count import told
from reviews.admin.site import desk
from reviews.admin.trail import trail_of
from reviews.core.reading.errors import AnchorOutsideText
from reviews.errors import Refusal
from reviews.models import Article, Claim, Revision, Round, SavedView, User
from reviews.models.article import ArticleQuerySet
from reviews.models.round import RoundQuerySet
from reviews.models.wording import said
from reviews.services.saved_view import lasting

log = logging.getLogger(__name__)

MOST_PAGED = 50_000
A_PAGE = 50
"""Rows of a list that stand on one page."""

P = ParamSpec("P")
View = Callable[Concatenate[HttpRequest, P], HttpResponseBase]


class CountedSoFar(Paginator):  # type: ignore[type-arg]  # not subscriptable at run time
    """Pages of a list that is counted no further than anybody pages: to count to the end costs more every year."""

    @cached_property
    def count(self) -> int:
        rows: Any = self.object_list
        return int(rows.order_by()[: MOST_PAGED + 1].count())

    @property
    def told(self) -> str:
        """The count as a page tells it: "17", "50,000+"."""
        return told(self.count, most=MOST_PAGED)

    def page(self, number: Any) -> Page:  # type: ignore[type-arg]  # not subscriptable at run time
        """Return a page. The rows before it are passed over by their keys alone, from the end that is nearer: what a
        list tells beside each row is asked of the rows that are shown.
        """
        number = self.validate_number(number)
        if number == 1:
            return super().page(number)
        rows: Any = self.object_list
        return Page(rows.filter(pk__in=self._keys(number)), number, self)

    def _keys(self, number: int) -> list[Any]:
        rows: Any = self.object_list
        first, count = (number - 1) * self.per_page, self.count
        last = min(first + self.per_page, count)
        if count <= MOST_PAGED and first > count // 2:
            rows, first, last = rows.reverse(), count - last, count - first
        return list(rows.values_list("pk", flat=True)[first:last])


class Room(admin.ModelAdmin):  # type: ignore[type-arg]  # not subscriptable at run time
    """An editor may see and change everything here; nothing is ever deleted.

    There is one audit trail, that of the database: Django's own log of the admin stays empty, and a row's history
    shows the trail.
    """

    empty_words: StrOrPromise = ""
    """What an empty list says: what to do next."""

    paginator = CountedSoFar
    show_full_result_count = False

    most_found = 0
    """Where a search of the list ends; 0 where it has no end."""

    list_title: StrOrPromise = ""
    """What the list is called, as in the bar above it; "" where that is the plural of what it lists."""

    def has_module_permission(self, request: HttpRequest) -> bool:
        return request.user.is_staff

    def has_view_permission(self, request: HttpRequest, obj: models.Model | None = None) -> bool:
        return request.user.is_staff

    def has_add_permission(self, request: HttpRequest) -> bool:
        return editor(request).may_write

    def has_change_permission(self, request: HttpRequest, obj: models.Model | None = None) -> bool:
        return editor(request).may_write

    def has_delete_permission(self, request: HttpRequest, obj: models.Model | None = None) -> bool:
        return False

    def log_addition(self, request: HttpRequest, obj: models.Model, message: Any) -> None:  # type: ignore[override]
        """Leave it to the database's trail."""

    def log_change(self, request: HttpRequest, obj: models.Model, message: Any) -> None:  # type: ignore[override]
        """Leave it to the database's trail."""

    def changelist_view(self, request: HttpRequest, extra_context: dict[str, Any] | None = None) -> HttpResponse:
        """Show the list; where a filter of the address is none that the database could answer, the whole of it."""
        try:
            title = self.list_title or capfirst(self.opts.verbose_name_plural)
            views = self._saved_views(request)
            words = {"empty_words": self.empty_words, "title": title, "most_found": self.most_found, **views}
            return super().changelist_view(request, {**words, **(extra_context or {})})
        except (DataError, OverflowError, ValueError):
            if not request.GET:
                raise
            log.warning("A list was asked for what it could not answer: %s", request.path, exc_info=True)
            return redirect(request.path)

    def _saved_views(self, request: HttpRequest) -> dict[str, Any]:
        """Return the views that this person finds on the list, and what of its address could be kept as another."""
        room = self.opts.model_name
        if room not in SavedView.Room.values:
            return {}
        views = list(SavedView.objects.seen_by(editor(request)).filter(room=room))
        return {"has_views": True, "saved_views": views, "lasting_query": lasting(request.GET.urlencode())}

    def trail_of(self, row: Any) -> list[models.Model]:
        """Return the rows whose changes make up the history of one."""
        return [row]

    def history_view(
        self, request: HttpRequest, object_id: str, extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        row = self.get_object(request, object_id)
        if row is None:
            raise Http404
        if not self.has_view_permission(request, row):
            raise PermissionDenied
        trail = trail_of(self.trail_of(row))
        return page(
            request,
            "history.html",
            title=gettext("History: %(row)s") % {"row": row},
            row=row,
            trail=trail,
            opts=self.opts,
        )


class ReadingRoom(Room):
    """What editors may read and never write."""

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: models.Model | None = None) -> bool:
        return False


TOO_LONG_A_NUMBER = 19


def page(request: HttpRequest, template: str, *, title: str, **context: Any) -> HttpResponse:
    """Answer with a page of the desk, or with a part of one for a script: ``templates/admin/<template>``."""
    answer = render(request, f"admin/{template}", {**desk.each_context(request), "title": title, **context})
    patch_vary_headers(answer, ["HX-Request"])
    return answer


def room_view(view: View[P]) -> View[P]:
    """Open a view to editors only, as the pages of the site itself are."""
    guarded: View[P] = desk.admin_view(view)
    return guarded


def paged(request: HttpRequest, rows: "Sequence[Any] | models.QuerySet[Any]") -> "Page[Any]":
    """Return the page of a list that is looked at: the nearest there is to the one that the address names."""
    return Paginator(rows, A_PAGE).get_page(request.GET.get("page"))


def posted(request: HttpRequest) -> QueryDict | None:
    """Return what was sent with a form, or None where a page is only looked at."""
    return request.POST if request.method == "POST" else None


def number_in(text: str) -> int:
    """Return the number of a row as an address or a form names it; where it names none 0, which no row has."""
    return int(text) if text.isdecimal() and len(text) < TOO_LONG_A_NUMBER else 0


def done(request: HttpRequest, action: Callable[[], object], *, said: StrOrPromise = "") -> bool:
    """Do something and say so; a refusal is said instead. Returns whether it was done."""
    try:
        action()
    except Refusal as refusal:
        messages.error(request, str(refusal))
        return False
    if said:
        messages.success(request, said)
    return True


def accepted(form: forms.BaseForm, action: Callable[[], object]) -> bool:
    """Do what a valid form asks for; a refusal stands on the form, where nothing typed is lost."""
    try:
        action()
    except Refusal as refusal:
        form.add_error(None, str(refusal))
    except AnchorOutsideText as refusal:
        form.add_error(None, said(refusal.phrase))
    else:
        return True
    return False


def editor(request: HttpRequest) -> User:
    """Return who is at the desk."""
    if not isinstance(request.user, User):
        raise PermissionDenied
    return request.user


def rounds_before(request: HttpRequest) -> RoundQuerySet:
    """Return the rounds whose work this editor may see: on articles of the own desk, and judged by others."""
    return Round.objects.before(editor(request))


def articles_before(request: HttpRequest) -> ArticleQuerySet:
    """Return the articles that lie on this editor's desk."""
    return Article.objects.before(editor(request))


def article_before(request: HttpRequest, pk: int) -> Article:
    """Return an article of this editor's desk; of another nobody is told that there is one."""
    return get_object_or_404(articles_before(request), pk=pk)


def revision_before(request: HttpRequest, pk: int) -> Revision:
    """Return a text of an article of this editor's desk, with the article."""
    revisions = Revision.objects.filter(article__in=articles_before(request))
    return get_object_or_404(revisions.select_related("article"), pk=pk)


def claims_before(request: HttpRequest) -> "models.QuerySet[Claim]":
    """Return the claims of the articles of this editor's desk."""
    claims = Claim.objects.select_related("revision__article").defer("revision__text")
    if editor(request).sees_every_article:
        return claims
    return claims.filter(revision__article__in=articles_before(request))


def round_before(request: HttpRequest, pk: int) -> Round:
    """Return a round that this editor may see, with its article; else nobody is told that there is one."""
    return get_object_or_404(rounds_before(request).select_related("revision__article", "scale"), pk=pk)
