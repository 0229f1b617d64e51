"""The audit trail as editors read it: who did what, when, to what, from what to what."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime
from itertools import groupby
from typing import Any, cast

from django.db.models import DateField, DateTimeField, Field, ForeignKey, Model, OuterRef, QuerySet, Subquery
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from reviews.models import User

LONGEST_TRAIL = 500
KINDS_OF_EVENT = {"insert": _("added"), "update": _("changed"), "delete": _("removed")}
MACHINE = _("the machine")

Values = tuple[Any, Any]
"""What a field held before and after."""


@dataclass(frozen=True)
class Change:
    """One field of a row, in words before and after."""

    field: str
    before: str
    after: str


@dataclass(frozen=True)
class Line:
    """One line of the trail: a row was added, or changed, or removed."""

    at: datetime
    by: str
    what: str
    row: Model
    changes: tuple[Change, ...]
    url: str = ""

    @property
    def kind(self) -> str:
        return str(self.row._meta.verbose_name)


def trail_of(rows: Iterable[Model]) -> list[Line]:
    """Return the newest lines of these rows together, the newest first."""
    events: list[Any] = []
    for model, same in groupby(rows, key=type):
        if hasattr(model, "pgh_event_model"):
            keys = [row.pk for row in same]
            events += events_among(_managed(model).filter(pk__in=keys))[:LONGEST_TRAIL]
    return told(sorted(events, key=lambda event: event.pgh_created_at, reverse=True))


def events_among(rows: "QuerySet[Any]") -> "QuerySet[Any]":
    """Return what happened to rows of one tracked kind, newest first; each knows the event ``before`` it."""
    everything = rows.model.pgh_event_model.objects
    before = everything.filter(pgh_obj=OuterRef("pgh_obj"), pgh_id__lt=OuterRef("pgh_id")).order_by("-pgh_id")
    among: QuerySet[Any] = everything.filter(pgh_obj__in=rows.order_by().values("pk"))
    among = among.annotate(before=Subquery(before.values("pk")[:1]))
    return among.select_related("pgh_context", "pgh_obj").order_by("-pgh_id")


def _managed(model: type[Model]) -> "QuerySet[Any]":
    rows: QuerySet[Any] = cast("Any", model)._default_manager.all()
    return rows


def told(events: list[Any]) -> list[Line]:
    """Return events of ``events_among`` as a page tells them, in their order; three queries for each kind at most."""
    changed = [_difference(event, before) for event, before in _with_those_before(events)]
    names = _names({*map(_actor, events), *_people_in(events, changed)})
    return [
        Line(
            at=event.pgh_created_at,
            by=names.get(_actor(event), str(MACHINE)),
            what=str(KINDS_OF_EVENT.get(event.pgh_label, event.pgh_label)),
            row=event.pgh_obj,
            changes=tuple(_changes(difference, row=event.pgh_obj, names=names)),
        )
        for event, difference in zip(events, changed, strict=True)
    ]


def _with_those_before(events: list[Any]) -> Iterator[tuple[Any, Any]]:
    wanted: dict[type[Model], list[int]] = {}
    for event in events:
        wanted.setdefault(type(event), []).append(event.before or 0)
    found = {kind: _managed(kind).in_bulk(keys) for kind, keys in wanted.items()}
    for event in events:
        yield event, found[type(event)].get(event.before)


def _difference(event: Any, before: Any) -> dict[str, Values]:
    """Return what an event changed, by the field's column; nothing where the row was new."""
    if before is None:
        return {}
    fields = (field.attname for field in event._meta.concrete_fields if not field.name.startswith("pgh_"))
    pairs = {name: (getattr(before, name), getattr(event, name)) for name in fields}
    return {name: pair for name, pair in pairs.items() if pair[0] != pair[1]}


def _actor(event: Any) -> int:
    """Return the key of who acted; 0 for the machine."""
    return int((event.pgh_context.metadata if event.pgh_context else {}).get("user") or 0)


def _people_in(events: list[Any], changed: list[dict[str, Values]]) -> Iterator[int]:
    for event, difference in zip(events, changed, strict=True):
        for name, pair in difference.items():
            if _is_person(_fields(event.pgh_obj).get(name)):
                yield from (key for key in pair if key)


def _names(keys: set[int]) -> dict[int, str]:
    return {user.pk: str(user) for user in User.objects.filter(pk__in=keys)}


def _changes(difference: dict[str, Values], *, row: Model, names: dict[int, str]) -> Iterator[Change]:
    fields = _fields(row)
    for name, pair in difference.items():
        if field := fields.get(name):
            before, after = (_in_words(value, field=field, names=names) for value in pair)
            yield Change(str(field.verbose_name), before, after)


def _fields(row: Model) -> dict[str, Any]:
    return {field.attname: field for field in row._meta.concrete_fields}


def _is_person(field: Any) -> bool:
    return isinstance(field, ForeignKey) and field.related_model is User


def _in_words(value: Any, *, field: "Field[Any, Any]", names: dict[int, str]) -> str:
    """Return what a field held as a person reads it."""
    if value is None or value == "":
        return gettext("nothing")
    if isinstance(field, DateTimeField) and isinstance(value, datetime):
        return date_format(timezone.localtime(value), "DATETIME_FORMAT")
    if isinstance(field, DateField) and isinstance(value, date):
        return date_format(value)
    if isinstance(value, bool):
        return gettext("yes") if value else gettext("no")
    if _is_person(field):
        return names.get(value, gettext("somebody"))
    return str(dict(field.flatchoices).get(value, value))
