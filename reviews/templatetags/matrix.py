"""The lines of the matrix: written in Python, for there may be thousands of readings."""

from collections.abc import Callable, Mapping, Sequence
from typing import Protocol
from uuid import UUID

from django import template
from django.template.loader import get_template
from django.urls import reverse
from django.utils.html import escape, format_html, format_html_join
from django.utils.safestring import SafeString, mark_safe
from django.utils.text import Truncator
from django.utils.translation import gettext, gettext_lazy, ngettext

register = template.Library()


class Name(Protocol):
    """A bibliographic record, as far as one speaks of it."""

    def short(self) -> str: ...


class Column(Protocol):
    """A source, as far as its readings name it."""

    @property
    def letter(self) -> str: ...
    @property
    def record(self) -> Name: ...
    @property
    def is_retracted(self) -> bool: ...


class Claim(Protocol):
    """A claim, as far as its line shows it."""

    @property
    def number(self) -> int: ...
    @property
    def wording(self) -> str: ...


class Reading(Protocol):
    """A source put to a claim: the key of its citation, and the stance; "" where it is not read yet."""

    @property
    def key(self) -> UUID: ...
    @property
    def stance(self) -> str: ...


class Line(Protocol):
    """A claim with its readings by the place of the column, from 0."""

    @property
    def claim(self) -> Claim: ...
    @property
    def readings(self) -> Mapping[int, Reading]: ...
    @property
    def unread(self) -> int: ...


class Matrix(Protocol):
    """Sources across, claims down."""

    @property
    def columns(self) -> Sequence[Column]: ...
    @property
    def lines(self) -> Sequence[Line]: ...


STANCES = {
    "supports": ("check", "green", gettext_lazy("supp."), gettext_lazy("supports")),
    "contradicts": ("cross", "red", gettext_lazy("contr."), gettext_lazy("contradicts")),
    "mixed": ("balance", "amber", gettext_lazy("mixed"), gettext_lazy("mixed")),
    "does_not_address": ("minus", "grey", gettext_lazy("off"), gettext_lazy("does not address it")),
    "": ("question", "blue", gettext_lazy("to read"), gettext_lazy("to be read")),
}
"""For each stance its icon, its colour, and its words in short and in full."""

LONGEST_NAME = 48
LONGEST_WORDING = 90


@register.simple_tag
def stance_signs() -> SafeString:
    """Draw every sign once, out of sight: the cells refer to them."""
    return format_html("<span hidden>{}</span>", mark_safe("".join(map(_sign, STANCES))))  # noqa: S308 - our own icons


def _sign(stance: str) -> str:
    drawing = get_template(f"components/icons/{STANCES[stance][0]}.svg").render()
    return drawing.replace("<svg ", f'<svg id="{_sign_id(stance)}" ', 1)


def _sign_id(stance: str) -> str:
    return f"stance-{stance or 'unread'}"


@register.simple_tag
def stance_key() -> SafeString:
    """Return the signs with their words, as a list."""
    return format_html_join("", '<li class="stance" data-colour="{}">{} {}</li>', _key_rows())


def _key_rows() -> list[tuple[str, SafeString, object]]:
    return [(colour, _use(stance), full) for stance, (_, colour, _, full) in STANCES.items()]


def _use(stance: str) -> SafeString:
    return format_html('<svg class="sign" aria-hidden="true"><use href="#{}"></use></svg>', _sign_id(stance))


@register.simple_tag
def matrix_lines(matrix: Matrix, *, key: UUID) -> SafeString:
    """Write a row per claim. ``key`` is the review's: its pages are where the links lead."""
    base = reverse("reviews:review", args=[key]) + "claims/"
    inner = {
        stance: format_html(
            '{}<span aria-hidden="true">{}</span><span class="visually-hidden">{}</span>', _use(stance), short, full
        )
        for stance, (_, _, short, full) in STANCES.items()
    }

    def cell(line: Line, reading: Reading, name: str) -> str:
        address = f"{base}{line.claim.number}/#source-{reading.key}"
        colour = STANCES[reading.stance][1]
        return (
            f'<td data-label="{name}"><a class="stance" data-colour="{colour}" href="{address}">'
            f"{inner[reading.stance]}</a></td>"
        )

    names = [escape(name_of(column)) for column in matrix.columns]
    return mark_safe("".join(_line(line, base=base, names=names, cell=cell) for line in matrix.lines))  # noqa: S308 - every word of a person is escaped


def name_of(column: Column) -> str:
    """Return what a source is called beside its letter, and whether it is retracted."""
    name = f"{column.letter} · {Truncator(column.record.short()).chars(LONGEST_NAME)}"
    return f"{name} · {gettext('retracted')}" if column.is_retracted else name


def _line(line: Line, *, base: str, names: Sequence[str], cell: Callable[[Line, Reading, str], str]) -> str:
    cells = "".join(
        cell(line, line.readings[place], name) if place in line.readings else "<td></td>"
        for place, name in enumerate(names)
    )
    return f"<tr>{_head(line, base=base)}{cells}</tr>"


def _head(line: Line, *, base: str) -> str:
    wording = escape(Truncator(line.claim.wording).chars(LONGEST_WORDING))
    if not line.readings:
        note = gettext("no source")
    elif line.unread:
        note = ngettext("%(number)s to read", "%(number)s to read", line.unread) % {"number": line.unread}
    else:
        note = ""
    said = f'<span class="matrix-note">{escape(note)}</span>' if note else ""
    return (
        f'<th scope="row"><a href="{base}{line.claim.number}/"><span class="claim-number">{line.claim.number}</span> '
        f'<span dir="auto">{wording}</span></a>{said}</th>'
    )
