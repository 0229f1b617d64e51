"""Fields that are drawn once, blank, and then filled in: the page of a claim is opened two hundred times a day.

The forms of a kind share their fields, and a field without errors looks the same in all of them but for its name and
its value. So its blank is kept, in each language; of what somebody said nothing is.
"""

import re
from collections.abc import Callable
from functools import lru_cache
from html import escape, unescape
from itertools import pairwise
from typing import Any, ParamSpec, TypeVar

from django import forms
from django.forms.boundfield import BoundField
from django.forms.widgets import CheckboxInput, ChoiceWidget
from django.utils.safestring import mark_safe
from django.utils.translation import get_language

from reviews.forms.drawing import DrawnForms

P = ParamSpec("P")
Made = TypeVar("Made")

NAME, VALUE = "\0name", "\0value"
"""Where name and value go. No label can hold the character that they begin with: no text of the database can."""

BOX = re.compile(r"<(?:input|option)\b[^>]*")
CODE = re.compile(r' value="([^"]*)"')


def kept_by_language(most: int) -> Callable[[Callable[P, Made]], Callable[P, Made]]:
    """Keep what a function makes of its arguments, up to so many of them, in each language that is spoken."""

    def keep(make: Callable[P, Made]) -> Callable[P, Made]:
        @lru_cache(maxsize=most)
        def made(_language: str | None, *args: P.args, **kwargs: P.kwargs) -> Made:
            return make(*args, **kwargs)

        def spoken(*args: P.args, **kwargs: P.kwargs) -> Made:
            return made(get_language(), *args, **kwargs)  # type: ignore[arg-type]  # all of them have hashes

        return spoken

    return keep


class SharedFields(dict[str, forms.Field]):
    """Fields that no form changes. Django copies them otherwise, with all their choices, for every form."""

    def __deepcopy__(self, memo: dict[int, Any]) -> dict[str, forms.Field]:
        return dict(self)


class BlankForms(DrawnForms):
    """Fills in the blanks of shared fields, and draws anew what has an error."""

    def render(self, template_name: str, context: dict[str, Any], request: Any = None) -> str:
        field: BoundField | None = context.get("field")
        if field is None or template_name != field.template_name or field.errors:
            return super().render(template_name, context, request)
        filled = _blank_of(field.field).filled(field.value(), name=escape(field.html_name))
        return mark_safe(filled)  # noqa: S308  # what was drawn was escaped, and what is filled in is


class WrittenIn:
    """A field for words or a number, cut where they stand."""

    def __init__(self, field: forms.Field, drawn: str) -> None:
        self._format = field.widget.format_value
        as_attribute = f' value="{VALUE}"'
        self._frame = ' value="{}"' if as_attribute in drawn else "{}"
        self._before, self._after = drawn.split(as_attribute if as_attribute in drawn else VALUE)

    def filled(self, value: Any, *, name: str) -> str:
        """Return the field with a value in it; where there is none it is left blank."""
        formatted = self._format(value)
        written = self._frame.format(escape(formatted)) if formatted else ""
        return f"{self._before.replace(NAME, name)}{written}{self._after.replace(NAME, name)}"


class Ticked:
    """A field of boxes (radio buttons, checkboxes, options of a list), cut at the end of each."""

    def __init__(self, field: forms.Field, drawn: str) -> None:
        self._widget = field.widget
        boxes = list(BOX.finditer(drawn))
        pieces = [drawn[start:end] for start, end in pairwise([0, *(box.end() for box in boxes), len(drawn)])]
        self._boxes = [(piece, _chosen(box[0]), _code(box[0])) for piece, box in zip(pieces, boxes, strict=False)]
        self._after = pieces[-1]

    def filled(self, value: Any, *, name: str) -> str:
        """Return the field with the boxes ticked that the value names; a box alone is ticked for what is true."""
        if isinstance(self._widget, CheckboxInput):
            codes = [code for *_, code in self._boxes] if self._widget.check_test(value) else []
        else:
            codes = self._widget.format_value(value)
        ticked = [piece + chosen if code in codes else piece for piece, chosen, code in self._boxes]
        return f"{''.join(ticked)}{self._after}".replace(NAME, name)


def _code(box: str) -> str:
    code = CODE.search(box)
    return unescape(code[1]) if code else ""


def _chosen(box: str) -> str:
    return " selected" if box.startswith("<option") else " checked"


@kept_by_language(2048)
def _blank_of(field: forms.Field) -> WrittenIn | Ticked:
    has_boxes = isinstance(field.widget, ChoiceWidget | CheckboxInput)
    form = forms.Form(initial={NAME: None if isinstance(field.widget, CheckboxInput) else VALUE}, renderer=DrawnForms())
    form.fields[NAME] = field
    drawn = form[NAME].as_field_group()
    return Ticked(field, drawn) if has_boxes else WrittenIn(field, drawn)
