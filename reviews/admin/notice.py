"""Mails that are owed, and what became of them."""

from typing import Any

from django.contrib import admin, messages
from django.core.exceptions import ObjectDoesNotExist
from django.db.models import Case, F, QuerySet, Value, When
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import URLPattern, path
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_POST

from reviews.admin.room import ReadingRoom, accepted, done, editor, number_in, page, posted, room_view
from reviews.admin.site import desk
from reviews.emails import write
from reviews.emails.letter import Letter
from reviews.forms.notice import WordsForm
from reviews.models import Notice, Suppression, User
from reviews.models.notice import URGENCY
from reviews.services.notice import hold_notice, is_resendable, release_notice, reword_notice, send_again

STATE_COLOURS = {"sent": "green", "uncertain": "amber", "failed": "red", "dropped": "grey"}
HIDDEN = _(
    "This mail tells how the panel ruled on a claim that is held: mark that claim first, or renounce ruling on it."
)
NOT_YOURS = _("It counts what its reader may know, which is not what you may know.")
NOT_YET = _("It cannot be written now: what it tells is not there any more, or not yet.")


def notices_before(request: HttpRequest) -> "QuerySet[Notice]":
    """Return the mails that this editor may know of."""
    return Notice.objects.known_to(editor(request))


class HeldFilter(admin.SimpleListFilter):
    title = _("hold")
    parameter_name = "held"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, str]]:
        return [("yes", gettext("held by an editor"))]

    def queryset(self, request: HttpRequest, queryset: "QuerySet[Any]") -> "QuerySet[Any]":
        return queryset.exclude(held_at=None) if self.value() else queryset


@admin.register(Notice, site=desk)
class NoticeRoom(ReadingRoom):
    list_title = _("Mails")
    list_display = ("kind", "address", "article", "how", "owed_at", "sent_at")
    list_filter = ("state", HeldFilter, "kind")
    search_fields = ("address", "told", "round__revision__article__title")
    empty_words = _("Mails appear here as soon as somebody is asked to review.")
    actions = None
    list_per_page = 50

    def get_queryset(self, request: HttpRequest) -> "QuerySet[Notice]":
        chosen = notices_before(request).select_related("round__revision__article")
        return chosen.defer("text", "html")

    def get_search_results(
        self, request: HttpRequest, queryset: "QuerySet[Any]", search_term: str
    ) -> "tuple[QuerySet[Any], bool]":
        """Search in subjects too, as far as this editor may read them: what is found would tell of the others."""
        if not search_term:
            return queryset, False
        legible = Notice.objects.legible_to(editor(request)).values("pk")
        told = Case(When(pk__in=legible, then=F("subject")), default=Value(""))
        return super().get_search_results(request, queryset.annotate(told=told), search_term)

    def get_ordering(self, request: HttpRequest) -> list[Any]:
        """What an editor has to look at comes first."""
        return [URGENCY, "-owed_at", "-pk"]

    @admin.display(description=_("state"), ordering="state")
    def how(self, notice: Notice) -> str:
        return gettext("held") if notice.held_at else notice.get_state_display()

    @admin.display(description=_("about"))
    def article(self, notice: Notice) -> str:
        return str(notice.round.revision.article) if notice.round else ""

    def change_view(
        self, request: HttpRequest, object_id: str, form_url: str = "", extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        notice = notice_before(request, number_in(object_id))
        hidden = reason_to_hide(notice, by=editor(request))
        is_owed = notice.state == Notice.State.OWED
        letter = None if hidden or not is_owed else as_it_would_go(notice)
        return page(
            request,
            "reviews/notice/notice.html",
            title=_title(notice, letter=letter, is_hidden=bool(hidden)),
            notice=notice,
            colour="amber" if notice.held_at else STATE_COLOURS.get(notice.state, "blue"),
            is_owed=is_owed,
            is_resendable=is_resendable(notice),
            text=letter.text if letter else notice.text,
            unwritten=NOT_YET if is_owed and not letter else "",
            hidden=hidden,
            refused=Suppression.objects.of(notice.address).first(),
        )

    def history_view(
        self, request: HttpRequest, object_id: str, extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        """Show what editors did to a mail; its words are in there, so not to whom they are hidden from."""
        if reason_to_hide(notice_before(request, number_in(object_id)), by=editor(request)):
            raise Http404
        return super().history_view(request, object_id, extra_context)

    def get_urls(self) -> list[URLPattern]:
        return [
            path("<int:pk>/send-again/", again, name="notice-again"),
            path("<int:pk>/hold/", hold, name="notice-hold"),
            path("<int:pk>/release/", release, name="notice-release"),
            path("<int:pk>/reword/", reword, name="notice-reword"),
            *super().get_urls(),
        ]


def notice_before(request: HttpRequest, pk: int) -> Notice:
    """Return a mail that this editor may know of, with what it is about; else nobody is told that there is one."""
    about = notices_before(request).select_related(
        "recipient",
        "round__revision__article",
        "assignment__round",
        "report",
        "export",
        "held_by",
        "edited_by",
        "digest",
    )
    return get_object_or_404(about, pk=pk)


def _title(notice: Notice, *, letter: Letter | None, is_hidden: bool) -> str:
    """Return the subject of a mail, as far as there is one that may be read: an editor may have reworded it."""
    subject = notice.subject or (letter.subject if letter else "")
    return str(notice.get_kind_display()) if is_hidden or not subject else subject


def as_it_would_go(notice: Notice) -> Letter | None:
    """Return an owed mail as it would be sent now, or None where what it tells cannot be told now."""
    try:
        return write(notice)
    except (ObjectDoesNotExist, ValueError):
        return None


def reason_to_hide(notice: Notice, *, by: User) -> str:
    """Return why the words of a mail are kept from an editor who may know of it, or an empty string."""
    if Notice.objects.legible_to(by).filter(pk=notice.pk).exists():
        return ""
    return str(NOT_YOURS if notice.kind == Notice.Kind.DESK_SUMMARY else HIDDEN)


@room_view
def again(request: HttpRequest, pk: int) -> HttpResponse:
    """Send a mail once more, after saying whether it may have arrived already."""
    notice = notice_before(request, pk)
    if request.method == "POST":
        done(request, lambda: send_again(notice, at=timezone.now()), said=gettext("It is on its way again."))
        return redirect("admin:reviews_notice_change", pk)
    return page(request, "reviews/notice/again.html", title=gettext("Send this mail again"), notice=notice)


@room_view
@require_POST
def hold(request: HttpRequest, pk: int) -> HttpResponse:
    """Keep an owed mail back."""
    notice, by = notice_before(request, pk), editor(request)
    done(request, lambda: hold_notice(notice, by=by, at=timezone.now()), said=gettext("Held: it waits for your word."))
    return redirect("admin:reviews_notice_change", pk)


@room_view
@require_POST
def release(request: HttpRequest, pk: int) -> HttpResponse:
    """Let a held mail go."""
    notice = notice_before(request, pk)
    done(request, lambda: release_notice(notice), said=gettext("Released: it goes when its time has come."))
    return redirect("admin:reviews_notice_change", pk)


@room_view
def reword(request: HttpRequest, pk: int) -> HttpResponse:
    """Give an owed mail other words, starting from those that would be sent."""
    notice, by = notice_before(request, pk), editor(request)
    letter = None if reason_to_hide(notice, by=by) or notice.state != Notice.State.OWED else as_it_would_go(notice)
    if letter is None:
        raise Http404
    form = WordsForm(posted(request), initial={"subject": letter.subject, "text": letter.text})
    if request.method == "POST" and form.is_valid():
        words = form.cleaned_data
        if accepted(form, lambda: reword_notice(notice, **words, by=by, at=timezone.now())):
            messages.success(request, gettext("It will be sent in your words."))
            return redirect("admin:reviews_notice_change", pk)
    return page(
        request, "reviews/notice/reword.html", title=gettext("Word this mail otherwise"), notice=notice, form=form
    )
