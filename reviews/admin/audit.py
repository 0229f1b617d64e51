"""Searching the audit trail, through all rooms of the desk at once."""

from dataclasses import replace
from functools import reduce
from heapq import merge
from itertools import islice
from operator import or_
from typing import Any

from django.contrib.admin import ModelAdmin
from django.db.models import CharField, Model, Q, QuerySet, TextField
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.text import capfirst
from django.utils.translation import gettext

from reviews.admin.room import editor, number_in, page, room_view, rounds_before
from reviews.admin.site import desk
from reviews.admin.trail import Line, events_among, told
from reviews.forms.trail import NOBODY, TrailForm
from reviews.models import Assignment, Export, Notice, User

LINES = 50
NOTHING = Q(pk__in=[])


@room_view
def search(request: HttpRequest) -> HttpResponse:
    """Show who did what to what this editor may see: the newest first, a page at a time.

    Marks, answers and decisions on held claims have trails of their own, which their own pages show to whom they may.
    """
    among = rows_before(request)
    kinds = [(label, str(capfirst(rows.model._meta.verbose_name_plural))) for label, rows in among.items()]
    form = TrailForm(request.GET if request.GET else None, kinds=kinds)
    asked = form.cleaned_data if form.is_valid() else {}
    chosen = [rows for label, rows in among.items() if asked.get("kind", "") in {"", label}]
    skipped = min(number_in(request.GET.get("after", "")), 100 * LINES)
    found = [] if form.is_bound and form.errors else _newest([_sought(rows, **asked) for rows in chosen], skipped)
    return page(
        request,
        "reviews/trail/search.html",
        title=gettext("What was done, and by whom"),
        form=form,
        trail=[replace(line, url=_address(line)) for line in told(found[:LINES])],
        later=max(skipped - LINES, 0) if skipped else None,
        earlier=skipped + LINES if len(found) > LINES else None,
        query=_without_page(request),
    )


def rows_before(request: HttpRequest) -> "dict[str, QuerySet[Any]]":
    """Return whatever has a trail and may be seen by this editor, by the name of its kind."""
    me = editor(request)
    rooms: dict[str, QuerySet[Any]] = {
        model._meta.model_name or "": room.get_queryset(request)
        for model, room in desk._registry.items()
        if hasattr(model, "pgh_event_model") and isinstance(room, ModelAdmin)
    }
    return {
        **rooms,
        "assignment": Assignment.objects.filter(round__in=rounds_before(request)),
        "notice": Notice.objects.known_to(me).legible_to(me),
        "export": Export.objects.known_to(me),
    }


def _sought(rows: "QuerySet[Any]", **asked: Any) -> "QuerySet[Any]":
    """Return the events of rows that a valid form asks for."""
    events = events_among(rows)
    if who := asked.get("who"):
        events = events.filter(_by(who))
    if since := asked.get("since"):
        events = events.filter(pgh_created_at__date__gte=since)
    if until := asked.get("until"):
        events = events.filter(pgh_created_at__date__lte=until)
    if words := asked.get("words"):
        events = events.filter(_saying(words, events.model))
    return events


def _saying(words: str, events: type[Model]) -> Q:
    texts = [field.name for field in events._meta.concrete_fields if isinstance(field, CharField | TextField)]
    return reduce(or_, (Q(**{f"{name}__icontains": words}) for name in texts if not name.startswith("pgh_")), NOTHING)


def _by(who: str) -> Q:
    if who.strip().lower() == str(NOBODY).lower():
        return Q(pgh_context=None) | Q(pgh_context__metadata__user=None)
    people = User.objects.filter(Q(name__icontains=who) | Q(email__icontains=who)).values_list("pk", flat=True)
    return Q(pgh_context__metadata__user__in=list(people))


def _newest(kinds: "list[QuerySet[Any]]", skipped: int) -> list[Any]:
    """Return a page of events of all kinds together, and one more where there is more."""
    last = skipped + LINES + 1
    streams = [events[:last] for events in kinds]
    together = merge(*streams, key=lambda event: event.pgh_created_at, reverse=True)
    return list(islice(together, skipped, last))


def _address(line: Line) -> str:
    row = line.row
    if isinstance(row, Export):
        return reverse("admin:exports")
    if isinstance(row, Assignment):
        return reverse("admin:reviews_round_change", args=[row.round_id])
    return reverse(f"admin:reviews_{row._meta.model_name}_change", args=[row.pk])


def _without_page(request: HttpRequest) -> str:
    query = request.GET.copy()
    query.pop("after", None)
    return query.urlencode()
