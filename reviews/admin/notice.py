"""Mails that were owed, and what became of them."""

from typing import Any

from django.contrib import admin
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import URLPattern, path
from django.utils import timezone

from reviews.admin.need import notices_of
from reviews.admin.report import veiled_claims
from reviews.admin.room import ReadingRoom, done, editor, page, room_view
from reviews.admin.site import desk
from reviews.models import Notice, User
from reviews.services.notice import send_again

STATE_COLOURS = {"sent": "green", "uncertain": "amber", "failed": "red", "dropped": "grey"}
TELLING = {Notice.Kind.EDITOR_SUMMARY, Notice.Kind.REVIEWER_SUMMARY}
HIDDEN = "This mail tells how the panel ruled on a claim that is held: mark that claim first, or renounce ruling on it."
UNSETTLED = {Notice.State.UNCERTAIN, Notice.State.FAILED}


def notices_before(request: HttpRequest) -> "QuerySet[Notice]":
    """Return the mails that this editor may know of: none of a round that the editor may not judge."""
    return notices_of(editor(request))


@admin.register(Notice, site=desk)
class NoticeRoom(ReadingRoom):
    list_title = "Mails"
    list_display = ("kind", "address", "article", "state", "owed_at", "sent_at")
    list_filter = ("state", "kind")
    search_fields = ("address", "subject", "round__revision__article__title")
    empty_words = "Mails appear here as soon as somebody is asked to review."
    actions = None
    list_per_page = 50

    def get_queryset(self, request: HttpRequest) -> "QuerySet[Notice]":
        chosen = notices_before(request).select_related("round__revision__article")
        return chosen.defer("text", "html")

    @admin.display(description="about")
    def article(self, notice: Notice) -> str:
        return str(notice.round.revision.article) if notice.round else ""

    def change_view(
        self, request: HttpRequest, object_id: str, form_url: str = "", extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        notice = self.get_object(request, object_id)
        if notice is None:
            raise Http404
        return page(
            request,
            "reviews/notice/notice.html",
            title=notice.subject or notice.get_kind_display(),
            notice=notice,
            colour=STATE_COLOURS.get(notice.state, "blue"),
            is_unsettled=notice.state in UNSETTLED,
            hidden=reason_to_hide(notice, by=editor(request)),
        )

    def get_urls(self) -> list[URLPattern]:
        return [path("<int:pk>/send-again/", again, name="notice-again"), *super().get_urls()]


def reason_to_hide(notice: Notice, *, by: User) -> str:
    """Return why the words of a mail are kept from an editor who may know of it, or an empty string."""
    if notice.kind not in TELLING or notice.round is None:
        return ""
    return HIDDEN if veiled_claims(notice.round, by=by) else ""


@room_view
def again(request: HttpRequest, pk: int) -> HttpResponse:
    """Send a mail once more of which nobody knows whether it arrived, after saying so."""
    notice = get_object_or_404(notices_before(request), pk=pk)
    if request.method == "POST":
        done(request, lambda: send_again(notice, at=timezone.now()), said="It is on its way again.")
        return redirect("admin:reviews_notice_change", pk)
    return page(request, "reviews/notice/again.html", title="Send this mail again", notice=notice)
