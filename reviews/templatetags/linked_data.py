"""Data for machines inside a page."""

import json
from typing import Any

from django import template
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe

register = template.Library()

_BREAKS_OUT = {ord(character): f"\\u{ord(character):04X}" for character in "<>&\u2028\u2029"}


@register.simple_tag
def linked_data(item: dict[str, Any]) -> SafeString:
    """Return JSON-LD in its script element; nothing in it can end the element (as Django's ``json_script``)."""
    written = json.dumps(item, ensure_ascii=False).translate(_BREAKS_OUT)
    return format_html('<script type="application/ld+json">{}</script>', mark_safe(written))  # noqa: S308
