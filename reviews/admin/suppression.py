"""Addresses to which nothing is sent any more."""

from typing import Any

from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import URLPattern, path
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from reviews.admin.room import ReadingRoom, done, editor, number_in, page, room_view
from reviews.admin.site import desk
from reviews.models import Suppression
from reviews.services.suppression import lift_suppression


class StandingFilter(admin.SimpleListFilter):
    title = _("state")
    parameter_name = "standing"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, str]]:
        return [("yes", gettext("stands")), ("no", gettext("lifted"))]

    def queryset(self, request: HttpRequest, queryset: "QuerySet[Any]") -> "QuerySet[Any]":
        return queryset.filter(lifted_at__isnull=self.value() == "yes") if self.value() else queryset


@admin.register(Suppression, site=desk)
class SuppressionRoom(ReadingRoom):
    list_title = _("Addresses without mail")
    list_display = ("address", "reason", "since", "lifted_at")
    list_filter = (StandingFilter, "reason")
    search_fields = ("address",)
    empty_words = _("When mail to an address comes back, or is reported as spam, the address appears here.")
    actions = None
    list_per_page = 50

    def change_view(
        self, request: HttpRequest, object_id: str, form_url: str = "", extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        suppression = get_object_or_404(Suppression.objects.select_related("lifted_by"), pk=number_in(object_id))
        return page(request, "reviews/suppression/suppression.html", title=suppression.address, suppression=suppression)

    def get_urls(self) -> list[URLPattern]:
        return [path("<int:pk>/lift/", lift, name="suppression-lift"), *super().get_urls()]


@room_view
def lift(request: HttpRequest, pk: int) -> HttpResponse:
    """Send to an address again, after saying why nothing was sent."""
    suppression = get_object_or_404(Suppression, pk=pk)
    if request.method == "POST":
        by, at = editor(request), timezone.now()
        done(
            request,
            lambda: lift_suppression(suppression, by=by, at=at),
            said=gettext("Mail goes to this address again."),
        )
        return redirect("admin:reviews_suppression_change", pk)
    return page(request, "reviews/suppression/lift.html", title=gettext("Send mail again"), suppression=suppression)
