"""The cells of a list of the desk, which Django has drawn, with the name of their column."""

from collections.abc import Iterable, Mapping
from html import escape
from typing import Any

from django import template
from django.template.defaultfilters import capfirst
from django.utils.safestring import SafeString, mark_safe

register = template.Library()


@register.simple_tag
def cells(row: Iterable[SafeString], headers: Iterable[Mapping[str, Any]]) -> SafeString:
    """Write a row; a column that can be named is named in each cell, as on a phone a row is a card of its own."""
    written = "".join(_named(cell, header) for cell, header in zip(row, headers, strict=True))
    return mark_safe(written)  # noqa: S308  # Django drew the cells


def _named(cell: str, header: Mapping[str, Any]) -> str:
    if "action-checkbox" in header["class_attrib"] or cell.startswith("<th"):
        return cell  # what it is about heads the card, and needs no name
    tag, _, rest = cell.partition(">")
    return f'{tag} data-label="{escape(capfirst(str(header["text"])))}">{rest}'
