"""How a form is drawn: its fields, choices and boxes, in Python, for the page of one claim has a hundred of them.

``FORM_RENDERER`` names ``DrawnForms``. What a form's fields become is drawn here; whole forms, lists of errors and the
rarer widgets keep their templates (``django/forms/``). How all of it looks stands in ``field.css`` and ``choice.css``.
"""

from collections.abc import Callable, Iterable, Mapping
from typing import Any

from django.forms.boundfield import BoundField
from django.forms.renderers import TemplatesSetting
from django.utils.html import conditional_escape, escape
from django.utils.safestring import mark_safe

Widget = Mapping[str, Any]
"""What a widget says of itself: Django's ``Widget.get_context``."""


class DrawnForms(TemplatesSetting):
    """Draws what ``DRAWN`` names, and leaves the rest to the templates."""

    def render(self, template_name: str, context: dict[str, Any], request: Any = None) -> str:
        draw = DRAWN.get(template_name)
        if draw is None:
            return super().render(template_name, context, request)
        return mark_safe(draw(context))  # noqa: S308  # each piece of it is escaped where it is written


def _field(context: Mapping[str, Any]) -> str:
    """Write a field: label first, then help, then what is wrong, then the widget.

    Django ties help and errors to the widget by ``aria-describedby``. Radio buttons and checkboxes are a fieldset.
    """
    field: BoundField = context["field"]
    if field.use_fieldset:
        return _fieldset(field)
    kind, id_, errors = field.widget_type, field.id_for_label, field.errors
    if kind == "checkbox":
        label = f'<label class="choice" for="{id_}">{field}<span>{_label(field)}</span></label>'
        inner = f"{errors or ''}{label}{_help(field)}"
    else:
        label = f'<label class="field-label" for="{id_}">{_label(field)}</label>' if field.label else ""
        inner = f"{label}{_help(field)}{errors or ''}{field}"
    return f'<div class="field" data-widget="{kind}"{" data-invalid" if errors else ""}>{inner}</div>'


def _fieldset(field: BoundField) -> str:
    errors, described_by = field.errors, field.aria_describedby
    described = f' aria-describedby="{described_by}"' if described_by else ""
    return (
        f'<fieldset class="field" id="{field.auto_id}_group" data-widget="{field.widget_type}"'
        f"{' data-invalid' if errors else ''}{described}>"
        f'<legend class="field-label">{_label(field)}</legend>{_help(field)}{errors or ""}{field}</fieldset>'
    )


def _label(field: BoundField) -> str:
    label = conditional_escape(field.label)
    return f'{label} <span class="field-required" aria-hidden="true">*</span>' if field.field.required else label


def _help(field: BoundField) -> str:
    if not field.help_text:
        return ""
    return f'<div class="helptext" id="{field.auto_id}_helptext">{conditional_escape(field.help_text)}</div>'


def _choices(context: Mapping[str, Any]) -> str:
    """Write radio buttons or checkboxes. A widget's class says how they are set out: "segments", "columns", or rows."""
    widget: Widget = context["widget"]
    attrs, groups = widget["attrs"], []
    for name, options, _ in widget["optgroups"]:
        written = "".join(map(_choice, options))
        if name:
            title = escape(name)
            written = (
                f'<div class="choice-group" role="group" aria-label="{title}"><span class="field-label">{title}</span>'
                f"{written}</div>"
            )
        groups.append(written)
    classes = " ".join(filter(None, ["choices", attrs.get("class")]))
    id_ = f' id="{escape(attrs["id"])}"' if attrs.get("id") else ""
    return f'<div class="{escape(classes)}"{id_}>{"".join(groups)}</div>'


def _choice(option: Widget) -> str:
    id_ = option["attrs"].get("id")
    for_ = f' for="{escape(id_)}"' if id_ else ""
    return f'<label class="choice"{for_}>{_box(option)}<span>{conditional_escape(option["label"])}</span></label>'


def _box(option: Widget) -> str:
    return (
        f'<input type="{option["type"]}" name="{escape(option["name"])}" value="{escape(option["value"])}"'
        f"{_attributes(option['attrs'].items())}>"
    )


def _select(context: Mapping[str, Any]) -> str:
    widget: Widget = context["widget"]
    written = []
    for name, options, _ in widget["optgroups"]:
        group = "".join(
            f'<option value="{escape(option["value"])}"{_attributes(option["attrs"].items())}>'
            f"{conditional_escape(option['label'])}</option>"
            for option in options
        )
        written.append(f'<optgroup label="{escape(name)}">{group}</optgroup>' if name else group)
    return f'<select name="{escape(widget["name"])}"{_attributes(widget["attrs"].items())}>{"".join(written)}</select>'


def _input(context: Mapping[str, Any]) -> str:
    widget: Widget = context["widget"]
    value = "" if widget["value"] is None else f' value="{escape(widget["value"])}"'
    name = escape(widget["name"])
    return f'<input type="{widget["type"]}" name="{name}"{value}{_attributes(widget["attrs"].items())}>'


def _textarea(context: Mapping[str, Any]) -> str:
    widget: Widget = context["widget"]
    # A browser leaves out the first line break: without one of ours, one that was typed would be lost.
    text = escape(widget["value"] or "")
    return f'<textarea name="{escape(widget["name"])}"{_attributes(widget["attrs"].items())}>\n{text}</textarea>'


def _attributes(attrs: Iterable[tuple[str, Any]]) -> str:
    return "".join(
        f" {name}" if value is True else f' {name}="{escape(value)}"' for name, value in attrs if value is not False
    )


_WIDGETS: dict[str, Callable[[Mapping[str, Any]], str]] = {
    **dict.fromkeys(("checkbox", "date", "email", "hidden", "number", "password", "text", "url"), _input),
    **dict.fromkeys(("checkbox_select", "radio"), _choices),
    **dict.fromkeys(("checkbox_option", "radio_option"), lambda context: _box(context["widget"])),
    "select": _select,
    "textarea": _textarea,
}

DRAWN = {
    "django/forms/field.html": _field,
    **{f"django/forms/widgets/{name}.html": draw for name, draw in _WIDGETS.items()},
}
"""What is drawn here, by the template that Django would use."""
