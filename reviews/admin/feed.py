"""Feeds that the desk watches: what each lists, what was taken in, and what went wrong."""

from collections.abc import Callable
from typing import Any

from django.contrib import admin, messages
from django.db.models import Count, Q, QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import URLPattern, path
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_POST

from reviews.admin.room import ReadingRoom, accepted, articles_before, done, editor, number_in, page, posted, room_view
from reviews.admin.site import desk
from reviews.forms.feed import FeedForm, PaceForm
from reviews.jobs.feed import owe_check
from reviews.models import Feed, FeedEntry, Job
from reviews.services.feed import (
    leave_chosen,
    pause_feed,
    remove_feed,
    resume_feed,
    set_pace,
    take_in_chosen,
    watch_feed,
)

MOST_LISTED = 300


class StateFilter(admin.SimpleListFilter):
    title = _("state")
    parameter_name = "state"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, str]]:
        return [
            ("new", gettext("with new entries")),
            ("failing", gettext("does not answer as it should")),
            ("paused", gettext("paused")),
        ]

    def queryset(self, request: HttpRequest, queryset: "QuerySet[Any]") -> "QuerySet[Any]":
        if self.value() == "new":
            return queryset.filter(new__gt=0)
        if self.value() == "failing":
            return queryset.filter(paused_at=None, failures__gt=0)
        return queryset.filter(paused_at__isnull=False) if self.value() == "paused" else queryset


@admin.register(Feed, site=desk)
class FeedRoom(ReadingRoom):
    list_title = _("Watched feeds")
    list_display = ("name", "state", "new", "seen_at", "due_at")
    list_filter = (StateFilter,)
    search_fields = ("title", "address")
    change_list_template = "admin/reviews/feed/feeds.html"
    empty_words = _("Add the feed of a site whose articles you check: what it lists from then on appears here.")
    actions = None
    list_per_page = 50

    def get_queryset(self, request: HttpRequest) -> "QuerySet[Any]":
        waiting = Count("entries", filter=Q(entries__article=None, entries__left_at=None))
        return feeds_before(request).annotate(new=waiting)

    @admin.display(description=_("feed"), ordering="title")
    def name(self, feed: Feed) -> str:
        return str(feed)

    @admin.display(description=_("state"))
    def state(self, feed: Feed) -> str:
        return state_of(feed)[0]

    @admin.display(description=_("new entries"), ordering="new")
    def new(self, feed: Any) -> int:
        return int(feed.new)

    def has_add_permission(self, request: HttpRequest) -> bool:
        return editor(request).may_write

    def add_view(
        self, request: HttpRequest, form_url: str = "", extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        return add(request)

    def change_view(
        self, request: HttpRequest, object_id: str, form_url: str = "", extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        return show(request, feed_before(request, number_in(object_id)))

    def get_urls(self) -> list[URLPattern]:
        return [
            path("<int:pk>/entries/", choose, name="feed-entries"),
            path("<int:pk>/pace/", pace, name="feed-pace"),
            path("<int:pk>/check/", check, name="feed-check"),
            path("<int:pk>/pause/", pause, name="feed-pause"),
            path("<int:pk>/resume/", resume, name="feed-resume"),
            path("<int:pk>/remove/", remove, name="feed-remove"),
            *super().get_urls(),
        ]


def feeds_before(request: HttpRequest) -> "QuerySet[Feed]":
    """Return the feeds of this editor's desk."""
    return Feed.objects.before(editor(request)).select_related("added_by")


def feed_before(request: HttpRequest, pk: int) -> Feed:
    """Return a feed of this editor's desk; of another nobody is told that there is one."""
    return get_object_or_404(feeds_before(request), pk=pk)


def is_in_hand(feed: Feed) -> bool:
    """Whether a look at a feed is owed or under way."""
    return feed.jobs.filter(state__in=[Job.State.OWED, Job.State.RUNNING]).exists()


def state_of(feed: Feed) -> tuple[str, str]:
    """Return how a feed does, in words and as a colour."""
    if feed.paused_at:
        return gettext("paused"), "grey"
    if feed.failures:
        return gettext("does not answer as it should"), "red"
    return (gettext("watched"), "green") if feed.seen_at else (gettext("being looked at"), "blue")


def add(request: HttpRequest) -> HttpResponse:
    """Watch another feed."""
    form = FeedForm(posted(request), initial={"address": request.GET.get("url", "")})
    if request.method == "POST" and form.is_valid():
        watched: list[Feed] = []
        by, at = editor(request), timezone.now()
        if accepted(form, lambda: watched.append(watch_feed(**form.cleaned_data, by=by, at=at))):
            messages.success(request, gettext("The feed is looked at in a moment. You see what it lists here."))
            return redirect("admin:reviews_feed_change", watched[0].pk)
    return page(request, "reviews/feed/add.html", title=gettext("Watch a feed"), form=form)


def show(request: HttpRequest, feed: Feed) -> HttpResponse:
    """A feed with what it has listed."""
    entries = list(feed.entries.select_related("article").order_by("-seen_at", "-published_at", "pk")[:MOST_LISTED])
    mine = articles_before(request).filter(pk__in=[entry.article_id for entry in entries if entry.article_id])
    words, colour = state_of(feed)
    return page(
        request,
        "reviews/feed/feed.html",
        title=str(feed),
        feed=feed,
        is_in_hand=is_in_hand(feed),
        state=words,
        colour=colour,
        groups=[
            (gettext("New"), [entry for entry in entries if not (entry.article_id or entry.left_at)]),
            (gettext("Taken in"), [entry for entry in entries if entry.article_id]),
            (gettext("Left"), [entry for entry in entries if entry.left_at]),
        ],
        count=len(entries),
        more=len(entries) == MOST_LISTED,
        seen=set(mine.values_list("pk", flat=True)),
        form=PaceForm(instance=feed),
    )


@room_view
@require_POST
def choose(request: HttpRequest, pk: int) -> HttpResponse:
    """Take the chosen entries in, or leave them."""
    feed, at = feed_before(request, pk), timezone.now()
    chosen = [number_in(value) for value in request.POST.getlist("entry")]
    by = editor(request)
    if request.POST.get("move") == "leave":
        said = gettext("Left: they stand below, and can still be taken in.")
        done(request, lambda: leave_chosen(feed, entries=chosen, at=at), said=said)
    else:
        done(
            request,
            lambda: take_in_chosen(feed, entries=chosen, by=by, at=at),
            said=gettext("Taken in: each is fetched and read by itself."),
        )
    return redirect("admin:reviews_feed_change", pk)


@room_view
@require_POST
def pace(request: HttpRequest, pk: int) -> HttpResponse:
    """Say how often a feed is looked at, and what becomes of what is new."""
    feed = feed_before(request, pk)
    form = PaceForm(request.POST)
    if form.is_valid():
        set_pace(feed, **form.cleaned_data)
        messages.success(request, gettext("Saved: it counts from the next look on."))
    else:
        messages.error(request, gettext("Choose how often the feed is looked at."))
    return redirect("admin:reviews_feed_change", pk)


def _moved(request: HttpRequest, pk: int, *, action: Callable[[Feed], object], said: str) -> HttpResponse:
    feed = feed_before(request, pk)
    done(request, lambda: action(feed), said=said)
    return redirect("admin:reviews_feed_change", pk)


@room_view
def check(request: HttpRequest, pk: int) -> HttpResponse:
    """Look at a feed now; or say how the look goes, which its page asks for every two seconds."""
    if request.method != "POST":
        feed = feed_before(request, pk)
        in_hand = is_in_hand(feed)
        answer = page(request, "reviews/feed/_state.html", title=str(feed), feed=feed, is_in_hand=in_hand)
        if not in_hand:
            answer["HX-Refresh"] = "true"
        return answer
    return _moved(
        request, pk, action=lambda feed: owe_check(feed, at=timezone.now()), said=gettext("It is looked at now.")
    )


@room_view
@require_POST
def pause(request: HttpRequest, pk: int) -> HttpResponse:
    """Look at a feed no more for the time being."""
    said = gettext("Paused: nothing is looked at until you resume it.")
    return _moved(request, pk, action=lambda feed: pause_feed(feed, at=timezone.now()), said=said)


@room_view
@require_POST
def resume(request: HttpRequest, pk: int) -> HttpResponse:
    """Watch a feed again."""
    said = gettext("Watched again: it is looked at now.")
    return _moved(request, pk, action=lambda feed: resume_feed(feed, at=timezone.now()), said=said)


@room_view
def remove(request: HttpRequest, pk: int) -> HttpResponse:
    """Watch a feed no more and forget what it listed, after saying what stays."""
    feed = feed_before(request, pk)
    if request.method == "POST":
        done(
            request,
            lambda: remove_feed(feed),
            said=gettext("%(feed)s is not watched any more. Its articles stay.") % {"feed": feed},
        )
        return redirect("admin:reviews_feed_changelist")
    taken = FeedEntry.objects.filter(feed=feed).exclude(article=None).count()
    return page(request, "reviews/feed/remove.html", title=gettext("Stop watching a feed"), feed=feed, taken=taken)
