"""People: reviewers and editors."""

from typing import Any

from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect

from reviews.admin.assignment import with_load
from reviews.admin.room import Room, editor, page, posted
from reviews.admin.site import desk
from reviews.forms.user import PersonForm
from reviews.models import User
from reviews.services.user import save_user


@admin.register(User, site=desk)
class UserRoom(Room):
    """Editors add reviewers, who set their own password by the reset mail; only superusers make editors."""

    list_title = "People"
    list_display = ("name", "email", "expertise", "is_staff", "is_active", "load", "handed_in")
    list_filter = ("is_staff", "is_active")
    search_fields = ("name", "email", "expertise")
    actions = None
    list_per_page = 50

    def get_queryset(self, request: HttpRequest) -> "QuerySet[User]":
        return with_load(User.objects.all(), request=request)

    @admin.display(description="claims in hand", ordering="load")
    def load(self, user: Any) -> int:
        return int(user.load)

    @admin.display(description="reviews so far", ordering="handed_in")
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


def write(request: HttpRequest, person: User | None) -> HttpResponse:
    """Add a person, or put an entry right; another editor's only as a superuser."""
    me = editor(request)
    may_change = me.is_superuser or person is None or person == me or not person.is_staff
    if request.method == "POST" and not may_change:
        raise PermissionDenied
    form = PersonForm(posted(request), instance=person, by=me)
    if request.method == "POST" and form.is_valid():
        save_user(form.save(commit=False))
        messages.success(request, "Saved.")
        return redirect("admin:reviews_user_changelist")
    title = str(person) if person else "Add a person"
    return page(request, "reviews/user/user.html", title=title, person=person, may_change=may_change, form=form)
