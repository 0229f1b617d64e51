"""What came in and what became of it: each file, text and address by itself, with its reason where it failed."""

from typing import Any

from django.contrib import admin, messages
from django.db.models import Case, CharField, QuerySet, Value, When
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import URLPattern, path, reverse
from django.utils import timezone
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_POST, require_safe

from reviews.admin.room import ReadingRoom, articles_before, done, editor, page, posted, room_view
from reviews.admin.site import desk
from reviews.forms.article import AddressesForm
from reviews.jobs.article import add_addresses
from reviews.models import Intake
from reviews.services.article import cancel_intake, try_again

STATES = (("waiting", _("under way")), ("read", _("read")), ("same", _("the same text again")), ("failed", _("failed")))
COLOURS = {"waiting": "blue", "read": "green", "same": "grey", "failed": "red"}


class StateFilter(admin.SimpleListFilter):
    title = _("state")
    parameter_name = "state"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, str]]:
        return [(state, str(words)) for state, words in STATES]

    def queryset(self, request: HttpRequest, queryset: "QuerySet[Any]") -> "QuerySet[Any]":
        return queryset.filter(state=self.value()) if self.value() in COLOURS else queryset


@admin.register(Intake, site=desk)
class IntakeRoom(ReadingRoom):
    list_title = _("Imports")
    list_display = ("what", "article_title", "state_in_words", "received_at", "why")
    list_filter = (StateFilter, "form")
    search_fields = ("file_name", "address", "article__title")
    empty_words = _(
        "Everything that comes in is listed here, with what became of it. Add an article, or a list of addresses."
    )
    actions = None
    list_per_page = 100

    def get_queryset(self, request: HttpRequest) -> "QuerySet[Any]":
        return with_state(intakes_before(request).defer("received"))

    @admin.display(description=_("what came in"))
    def what(self, intake: Intake) -> str:
        return intake.file_name or intake.address or gettext("pasted text")

    @admin.display(description=_("article"))
    def article_title(self, intake: Intake) -> str:
        return str(intake.article)

    @admin.display(description=_("failure"))
    def why(self, intake: Intake) -> str:
        return intake.why

    @admin.display(description=_("state"), ordering="state")
    def state_in_words(self, intake: Any) -> str:
        return str(dict(STATES)[intake.state])

    def change_view(
        self, request: HttpRequest, object_id: str, form_url: str = "", extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        intake: Any = self.get_object(request, object_id)
        if intake is None:
            raise Http404
        return page(
            request,
            "reviews/intake/intake.html",
            title=gettext("Import of %(what)s") % {"what": intake},
            intake=intake,
            state=dict(STATES)[intake.state],
            colour=COLOURS[intake.state],
            can_try_again=intake.state == "failed" and not intake.article.intakes.waiting().exists(),
        )

    def get_urls(self) -> list[URLPattern]:
        return [
            path("addresses/", addresses, name="intake-addresses"),
            path("bookmark/", bookmark, name="intake-bookmark"),
            path("<int:pk>/cancel/", cancel, name="intake-cancel"),
            path("<int:pk>/again/", again, name="intake-again"),
            *super().get_urls(),
        ]


def intakes_before(request: HttpRequest) -> "QuerySet[Intake]":
    """Return what came in for the articles of this editor's desk."""
    return Intake.objects.filter(article__in=articles_before(request)).select_related("article")


def with_state(intakes: "QuerySet[Intake]") -> "QuerySet[Any]":
    """Return imports with ``state``: one of STATES."""
    return intakes.annotate(
        state=Case(
            When(same_as__isnull=False, then=Value("same")),
            When(read_at__isnull=False, then=Value("read")),
            When(failed_at__isnull=False, then=Value("failed")),
            default=Value("waiting"),
            output_field=CharField(),
        )
    )


@room_view
def addresses(request: HttpRequest) -> HttpResponse:
    """Take in a list of addresses at once."""
    form = AddressesForm(posted(request))
    if request.method == "POST" and form.is_valid():
        wanted = form.cleaned_data["addresses"]
        added = add_addresses(wanted, by=editor(request), at=timezone.now())
        here = len(wanted) - len(added)
        taken = gettext("%(count)s taken in: each is fetched and read by itself.") % {"count": len(added)}
        left = ngettext(
            "%(count)s stood here already and was left as it is.",
            "%(count)s stood here already and were left as they are.",
            here,
        ) % {"count": here}
        messages.success(request, f"{taken} {left}" if here else taken)
        return redirect("admin:reviews_intake_changelist")
    return page(request, "reviews/intake/addresses.html", title=gettext("Add a list of addresses"), form=form)


@room_view
@require_safe
def bookmark(request: HttpRequest) -> HttpResponse:
    """Offer a bookmark that opens the form for adding the page on which it is clicked."""
    add_url = request.build_absolute_uri(reverse("admin:reviews_article_add"))
    address = f"javascript:location.href='{add_url}?url='+encodeURIComponent(location.href)"
    return page(request, "reviews/intake/bookmark.html", title=gettext("Add from your browser"), bookmark=address)


@room_view
@require_POST
def cancel(request: HttpRequest, pk: int) -> HttpResponse:
    """End an import that is not read yet."""
    intake = get_object_or_404(intakes_before(request), pk=pk)
    done(request, lambda: cancel_intake(intake, at=timezone.now()), said=gettext("Cancelled. It can be tried again."))
    return redirect("admin:reviews_intake_change", pk)


@room_view
@require_POST
def again(request: HttpRequest, pk: int) -> HttpResponse:
    """Take the same in once more."""
    intake = get_object_or_404(intakes_before(request), pk=pk)
    if done(
        request, lambda: try_again(intake, by=editor(request), at=timezone.now()), said=gettext("It is tried again.")
    ):
        return redirect("admin:reviews_article_change", intake.article_id)
    return redirect("admin:reviews_intake_change", pk)
