"""What the machine found in an article, beside the questions of a form that it may inform."""

from collections.abc import Iterable, Mapping
from typing import Any

from django import template
from django.utils.translation import gettext_lazy as _

register = template.Library()

SUBJECTS = {
    "disclosures": _("disclosures of an interest"),
    "sellers": _("sellers"),
    "products": _("products by trade name"),
    "links": _("links that pay somebody or sell"),
    "coupons": _("coupon words"),
}


@register.inclusion_tag("reviews/_found.html")
def found(informed_by: Iterable[str], found_in_round: Mapping[str, Any] | None) -> dict[str, Any]:
    """Show of each subject how often it was found, and where; nothing where the round has not kept it."""
    kept = found_in_round or {}
    return {"subjects": [(SUBJECTS[name], kept[name]) for name in informed_by if name in kept]}
