"""The fields of a form that is saved as it is typed, each in its place on the page."""

from django import template
from django.forms import BaseForm
from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe

register = template.Library()


@register.simple_tag
def questions(form: BaseForm, *names: str) -> SafeString:
    """Draw fields by their names, each where a gap of it leads (``#at-…``); one that this form does not ask is none."""
    drawn = "".join(_question(form, name) for name in names if name in form.fields)
    return mark_safe(drawn)  # noqa: S308  # fields are drawn safe


def _question(form: BaseForm, name: str) -> str:
    field = form[name]
    return f'<div id="at-{escape(field.html_name)}">{field.as_field_group()}</div>'
