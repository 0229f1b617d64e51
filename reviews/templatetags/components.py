"""The leaves and wrappers that pages are made of: icons, chips, bars, dots, alerts, panels.

Each draws a template of ``templates/components/``, but for those that a page has dozens of; how it looks stands in the
CSS file of the same name.
"""

from collections.abc import Iterable
from datetime import date
from functools import cache
from typing import Any, Protocol

from django import template
from django.core.paginator import Page
from django.template.context import Context
from django.template.exceptions import TemplateDoesNotExist
from django.template.loader import get_template, render_to_string
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _
from django_stubs_ext import StrOrPromise

register = template.Library()

NO_VERDICT = _("No verdict")

ALERTS = {
    "debug": ("grey", "info"),
    "info": ("blue", "info"),
    "success": ("green", "success"),
    "warn": ("amber", "warn"),
    "warning": ("amber", "warn"),
    "error": ("red", "error"),
}
"""For each kind of alert (and each level of Django's messages) its colour and its icon."""


class Level(Protocol):
    """A level of a scale, as far as a page draws it."""

    @property
    def name(self) -> str: ...
    @property
    def title(self) -> str: ...
    @property
    def colour(self) -> str: ...
    @property
    def icon(self) -> str: ...


@register.simple_tag
def icon(name: str, *, label: str = "") -> SafeString:
    """Draw ``components/icons/<name>.svg``; without a label it is decoration. Raises ``TemplateDoesNotExist``."""
    if not label:
        return _decoration(name)
    return format_html('<span class="icon" role="img" aria-label="{}"{}', label, _drawing(name))


@cache
def _decoration(name: str) -> SafeString:
    return format_html('<span class="icon" aria-hidden="true"{}', _drawing(name))


@cache
def _drawing(name: str) -> SafeString:
    """Return what follows the attributes of an icon: its file says the same at all times, and a page has dozens."""
    turns = " data-turns" if name.startswith("arrow-") else ""  # with the direction of the page
    drawing = get_template(f"components/icons/{name}.svg").render()
    return mark_safe(f"{turns}>{drawing}</span>")  # noqa: S308 - our own file


@register.simple_tag
def level_icon(name: str) -> SafeString:
    """Draw the icon of a level; a dot where an editor's scale names one that we do not have."""
    try:
        return icon(name)
    except TemplateDoesNotExist:
        return icon("dot")


@register.inclusion_tag("components/level_chip.html")
def level_chip(level: Level | None, *, absent: StrOrPromise = NO_VERDICT, size: str = "") -> dict[str, StrOrPromise]:
    """Show a level by icon, colour and title; ``absent`` is said where there is none. ``size`` may be ``large``."""
    if level is None:
        return {"name": "missing", "colour": "missing", "verdict": "", "title": absent, "size": size}
    return {"name": level.icon, "colour": level.colour, "verdict": level.name, "title": level.title, "size": size}


@register.simple_tag
def state_chip(text: StrOrPromise, *, colour: str = "grey", icon: str = "") -> SafeString:
    """Show a state in words; ``colour`` is a colour token, ``icon`` the name of an icon."""
    sign = _decoration(icon) if icon else ""
    # The line ends, so that two chips in one line of text stand apart like words.
    return format_html('<span class="chip" data-colour="{}">{}{}</span>\n', colour, sign, text)


@register.simple_tag
def due_chip(due_on: date, today: date) -> SafeString:
    """Say how far a due date is from today, as it concerns whoever must be done by then."""
    days = (due_on - today).days
    colour = "red" if days < 0 else "amber" if days <= 3 else "grey"
    return state_chip(due_in_words(days), colour=colour, icon="clock")


def due_in_words(days: int) -> str:
    """Return "due today", "due in 3 days" or, for negative ``days``, "3 days overdue"."""
    if days == 0:
        return gettext("due today")
    number = abs(days)
    if days > 0:
        return ngettext("due in %(number)s day", "due in %(number)s days", number) % {"number": number}
    return ngettext("%(number)s day overdue", "%(number)s days overdue", number) % {"number": number}


@register.inclusion_tag("components/progress.html")
def progress(done: int, total: int, label: str) -> dict[str, Any]:
    """Draw a bar and say it: "3 of 8 claims marked" for ``progress 3 8 "claims marked"``."""
    return {"done": done, "total": total, "label": label}


@register.inclusion_tag("components/dot_strip.html")
def dot_strip(counts: Iterable[tuple[Level, int]], could_not_assess: int = 0) -> dict[str, Any]:
    """Draw one dot a reviewer, in the order of ``counts``, and say the same in words."""
    voted = [(level, count) for level, count in counts if count]
    dots = [{"colour": level.colour, "icon": level.icon} for level, count in voted for _ in range(count)]
    dots += [{"colour": "missing", "icon": "missing"}] * could_not_assess
    return {"dots": dots, "sentence": panel_in_words(voted, could_not_assess=could_not_assess)}


def panel_in_words(counts: Iterable[tuple[Level, int]], *, could_not_assess: int = 0) -> str:
    """Return "3 of 4 reviewers: misleading; 1: inaccurate", the largest group first."""
    voted = sorted((pair for pair in counts if pair[1]), key=lambda pair: -pair[1])
    total = sum(count for _, count in voted) + could_not_assess
    groups = [(count, level.title.lower()) for level, count in voted]
    if could_not_assess:
        groups.append((could_not_assess, gettext("could not assess it")))
    if not groups:
        return gettext("No reviewer has marked it.")
    (largest, title), *others = groups
    first = ngettext(
        "%(number)s of %(total)s reviewer: %(words)s", "%(number)s of %(total)s reviewers: %(words)s", total
    )
    first = first % {"number": largest, "total": total, "words": title}
    return gettext("; ").join([first, *(f"{count}: {words}" for count, words in others)])


@register.inclusion_tag("components/pagination.html", takes_context=True)
def pagination(context: Context, page: "Page[Any]") -> dict[str, Any]:
    """Link to the pages before and after; draws nothing where there is one page."""
    return {"page": page, "request": context["request"]}


@register.simple_block_tag(end_name="endalert")
def alert(content: str, kind: str = "info", *, role: str = "") -> SafeString:
    """Set a remark apart. ``kind``: info, success, warn or error; ``role="alert"`` has it read out at once."""
    colour, name = ALERTS.get(kind, ALERTS["info"])
    return _drawn("alert", content=content, colour=colour, name=name, role=role)


@register.simple_block_tag(end_name="endpanel")
def panel(content: str, title: str, *, kind: str = "", id: str = "") -> SafeString:  # noqa: A002
    """Frame a titled part of a page; with an ``id`` it is a landmark that can be linked to."""
    return _drawn("panel", content=content, title=title, kind=kind, id=id)


@register.simple_block_tag(end_name="endempty")
def empty(content: str, title: str, *, icon: str = "inbox") -> SafeString:
    """Say that there is nothing here, and what to do next."""
    return _drawn("empty", content=content, title=title, name=icon)


def _drawn(component: str, **context: str) -> SafeString:
    return render_to_string(f"components/{component}.html", context)
