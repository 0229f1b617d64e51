"""Instruments and scales: versioned data, read here and never edited in place."""

from typing import Any

from django.contrib import admin, messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import URLPattern, path
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from reviews.admin.room import ReadingRoom, accepted, page, posted, room_view, rounds_before
from reviews.admin.site import desk
from reviews.forms.instrument import InstrumentForm
from reviews.models import Instrument, Scale
from reviews.services.instrument import add_version


@admin.register(Instrument, site=desk)
class InstrumentRoom(ReadingRoom):
    list_title = _("Forms")
    list_display = ("title", "version", "about", "slug")
    empty_words = _("The command set_up installs the forms that Assay ships with.")
    actions = None

    def change_view(
        self, request: HttpRequest, object_id: str, form_url: str = "", extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        instrument = self.get_object(request, object_id)
        if instrument is None:
            raise Http404
        newest = Instrument.objects.filter(slug=instrument.slug).latest("version")
        return page(
            request,
            "reviews/instrument/instrument.html",
            title=instrument.title,
            instrument=instrument,
            newest=newest,
            is_answered=instrument.sheets.exists(),
            rounds=rounds_before(request).open().filter(instruments=instrument).select_related("revision__article"),
        )

    def get_urls(self) -> list[URLPattern]:
        return [path("<int:pk>/new-version/", renew, name="instrument-renew"), *super().get_urls()]


@admin.register(Scale, site=desk)
class ScaleRoom(ReadingRoom):
    list_display = ("title", "version", "slug")
    empty_words = _("The command set_up installs the scale that Assay ships with.")
    actions = None

    def change_view(
        self, request: HttpRequest, object_id: str, form_url: str = "", extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        scale = self.get_object(request, object_id)
        if scale is None:
            raise Http404
        levels = scale.levels.all()
        return page(request, "reviews/instrument/scale.html", title=scale.title, scale=scale, levels=levels)


@room_view
def renew(request: HttpRequest, pk: int) -> HttpResponse:
    """Write the next version of an instrument; rounds that stand keep theirs."""
    instrument = get_object_or_404(Instrument, pk=pk)
    form = InstrumentForm(posted(request), initial={"definition": instrument.definition}, instrument=instrument)
    if request.method == "POST" and form.is_valid():
        definition = form.cleaned_data["definition"]
        added: list[Instrument] = []
        if accepted(form, lambda: added.append(add_version(instrument, definition=definition))):
            messages.success(
                request, gettext("Version %(version)s is what the next round offers.") % {"version": added[0].version}
            )
            return redirect("admin:reviews_instrument_change", added[0].pk)
    return page(
        request, "reviews/instrument/renew.html", title=gettext("A new version"), instrument=instrument, form=form
    )
