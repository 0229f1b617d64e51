"""The desk: Django's admin site behind allauth's door."""

from typing import Any

from allauth.account.decorators import secure_admin_login
from allauth.mfa.utils import is_mfa_enabled
from django.conf import settings
from django.contrib import admin
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.utils import timezone

from reviews.admin.need import needs_of, open_rounds
from reviews.models import Article, Assignment, User

UNUSED = {"autocomplete", "jsi18n", "password_change_done", "view_on_site"}


class Desk(admin.AdminSite):
    """Where editors run everything. Outside the local demo, staff must have a second factor."""

    site_title = "Assay"
    site_header = "Assay desk"
    index_title = "What needs you now"
    enable_nav_sidebar = False

    def has_permission(self, request: HttpRequest) -> bool:
        return super().has_permission(request) and not _lacks_second_factor(request)

    def index(self, request: HttpRequest, extra_context: dict[str, Any] | None = None) -> TemplateResponse:
        person = request.user
        if not isinstance(person, User):  # the site lets editors in only; the types cannot know
            raise PermissionDenied
        context = {
            **self.each_context(request),
            "title": self.index_title,
            "needs": needs_of(person),
            "rounds": open_rounds(person),
            "today": timezone.localdate(),
            "is_new": not Article.objects.exists(),
            "own_reviews": Assignment.objects.held_by(person).filter(round__closed_at=None).count(),
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


def _lacks_second_factor(request: HttpRequest) -> bool:
    return settings.STAFF_NEED_SECOND_FACTOR and not is_mfa_enabled(request.user)


desk = Desk(name="admin")
allauth_login = secure_admin_login(super(Desk, desk).login)
