"""The desk: Django's admin site behind allauth's door."""

from collections.abc import Callable
from functools import wraps
from typing import Any, TypeVar

from allauth.account.decorators import secure_admin_login
from allauth.mfa.utils import is_mfa_enabled
from django.conf import settings
from django.contrib import admin
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from reviews.admin.count import Sight
from reviews.admin.need import OWN, counts_of, needs_of
from reviews.admin.stage import board_of
from reviews.models import Article, User

SAFE = {"GET", "HEAD", "OPTIONS"}
READS_ONLY = _("Your role at the desk is to read: ask a chief editor for another.")
UNUSED = {"autocomplete", "jsi18n", "password_change_done", "view_on_site"}

View = TypeVar("View", bound=Callable[..., Any])


def for_readers_too(view: View) -> View:
    """Mark a view of the desk whose forms change nothing of anybody else's: whoever only reads may send them."""
    view.is_for_readers = True  # type: ignore[attr-defined]
    return view


class Desk(admin.AdminSite):
    """Where editors run everything. Outside the local demo, staff must have a second factor."""

    site_title = "Assay"
    site_header = _("Assay desk")
    index_title = _("What needs you now")
    enable_nav_sidebar = False

    def has_permission(self, request: HttpRequest) -> bool:
        return super().has_permission(request) and not _lacks_second_factor(request)

    def admin_view(self, view: Any, cacheable: bool = False) -> Any:
        """Let in whoever works at the desk; let nobody change anything there whose role is to read."""
        is_for_readers = view == self.logout or getattr(view, "is_for_readers", False)

        @wraps(view)
        def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
            if not (request.method in SAFE or is_for_readers or _may_write(request)):
                raise PermissionDenied(READS_ONLY)
            answer: HttpResponse = view(request, *args, **kwargs)
            return answer

        return super().admin_view(guarded, cacheable)

    def each_context(self, request: HttpRequest) -> dict[str, Any]:
        return {**super().each_context(request), "may_write": _may_write(request)}

    def index(self, request: HttpRequest, extra_context: dict[str, Any] | None = None) -> TemplateResponse:
        person = request.user
        if not isinstance(person, User):  # the site lets editors in only; the types cannot know
            raise PermissionDenied
        sight = Sight.of(person, today=timezone.localdate())
        board, counts = board_of(sight), counts_of(sight)
        context = {
            **self.each_context(request),
            "title": self.index_title,
            "board": board,
            "needs": needs_of(counts, board=board),
            "is_new": not board and not Article.objects.exists(),
            "own_reviews": counts[OWN],
            **(extra_context or {}),
        }
        return TemplateResponse(request, "admin/index.html", context)

    def get_urls(self) -> list[Any]:
        """Leave out the doors that no page of the desk leads to."""
        return [door for door in super().get_urls() if getattr(door, "name", None) not in UNUSED]

    def app_index(  # type: ignore[override]
        self, request: HttpRequest, app_label: str, extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        return redirect("admin:index")

    def password_change(  # type: ignore[override]
        self, request: HttpRequest, extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        return redirect("account_change_password")

    def login(self, request: HttpRequest, extra_context: dict[str, Any] | None = None) -> HttpResponse:
        if super().has_permission(request) and _lacks_second_factor(request):
            return redirect("mfa_activate_totp")
        answer: HttpResponse = allauth_login(request, extra_context=extra_context)
        return answer


def _may_write(request: HttpRequest) -> bool:
    return isinstance(request.user, User) and request.user.may_write


def _lacks_second_factor(request: HttpRequest) -> bool:
    return settings.STAFF_NEED_SECOND_FACTOR and not is_mfa_enabled(request.user)


desk = Desk(name="admin")
allauth_login = secure_admin_login(super(Desk, desk).login)
