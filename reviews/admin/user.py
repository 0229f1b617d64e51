"""People: reviewers and editors."""

from typing import Any

from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import URLPattern, path
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from reviews.admin import audit, calibration
from reviews.admin.assignment import with_load
from reviews.admin.room import Room, editor, page, posted
from reviews.admin.site import desk
from reviews.forms.user import PersonForm
from reviews.models import User
from reviews.services.user import save_user


@admin.register(User, site=desk)
class UserRoom(Room):
    """Editors add reviewers, who set their own password by the reset mail; chief editors say who works at the desk."""

    list_title = _("People")
    list_display = ("name", "email", "expertise", "languages", "at_the_desk", "is_active", "load", "handed_in")
    list_filter = ("is_staff", "role", "is_active")
    search_fields = ("name", "email", "expertise", "languages")
    change_list_template = "admin/reviews/user/list.html"
    actions = None
    list_per_page = 50

    def get_queryset(self, request: HttpRequest) -> "QuerySet[User]":
        return with_load(User.objects.all(), request=request)

    @admin.display(description=_("at the desk"), ordering="role")
    def at_the_desk(self, user: User) -> str:
        return (gettext("superuser") if user.is_superuser else user.get_role_display()) if user.is_staff else ""

    @admin.display(description=_("claims in hand"), ordering="load")
    def load(self, user: Any) -> int:
        return int(user.load)

    @admin.display(description=_("reviews so far"), ordering="handed_in")
    def handed_in(self, user: Any) -> int:
        return int(user.handed_in)

    def add_view(
        self, request: HttpRequest, form_url: str = "", extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        return write(request, None)

    def change_view(
        self, request: HttpRequest, object_id: str, form_url: str = "", extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        person = self.get_object(request, object_id)
        if person is None:
            raise Http404
        return write(request, person)

    def get_urls(self) -> list[URLPattern]:
        return [
            path("calibration/", calibration.everybody, name="user-calibration"),
            path("trail/", audit.search, name="trail"),
            path("<int:pk>/calibration/", calibration.one, name="user-calibration-of"),
            *super().get_urls(),
        ]


def write(request: HttpRequest, person: User | None) -> HttpResponse:
    """Add a person, or put an entry right; another editor's only as chief editor, a superuser's as a superuser."""
    me = editor(request)
    may_change = me.is_superuser or person is None or person == me or _may_change(person, by=me)
    if request.method == "POST" and not may_change:
        raise PermissionDenied
    form = PersonForm(posted(request), instance=person, by=me)
    if request.method == "POST" and form.is_valid():
        save_user(form.save(commit=False), at=timezone.now())
        messages.success(request, gettext("Saved."))
        return redirect("admin:reviews_user_changelist")
    title = str(person) if person else gettext("Add a person")
    return page(request, "reviews/user/user.html", title=title, person=person, may_change=may_change, form=form)


def _may_change(person: User, *, by: User) -> bool:
    return not person.is_staff or (by.is_chief and not person.is_superuser)
