"""A form that is saved while somebody fills it in: every part may be missing, and nothing typed may be lost."""

import re
from collections.abc import Iterable, Mapping
from typing import Any, NamedTuple

from django import forms
from django.forms.boundfield import BoundField
from django.utils.translation import gettext, gettext_lazy
from django_stubs_ext import StrOrPromise

from reviews.forms.blank import BlankForms, SharedFields
from reviews.models.wording import listed

MOST_SAVINGS = 2**31 - 1
NOT_SAID = gettext_lazy("Not said")
CONTROLS = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f]")


class Words(NamedTuple):
    """A field's label and what stands in it, as a person reads it."""

    label: str
    words: str


class Line(forms.CharField):
    """Text as it was typed, without control characters. Too long is said, never cut off by the browser."""

    def to_python(self, value: Any) -> str:
        typed = str(value or "").replace("\r\n", "\n").replace("\r", "\n")
        return super().to_python(CONTROLS.sub("", typed)) or ""

    def widget_attrs(self, widget: forms.Widget) -> dict[str, Any]:
        attributes = super().widget_attrs(widget)
        attributes.pop("maxlength", None)
        return {"dir": "auto", **attributes}


class Prose(Line):
    """Text of several lines."""

    widget = forms.Textarea(attrs={"rows": 4, "dir": "auto"})


class DraftForm(forms.Form):
    """The base of every form that is saved as it is typed.

    ``version`` is the one that the screen was made from. ``instead_of`` comes from a button alone: the version that the
    person saw beside the own one, and chose to replace.

    Its fields are shared by all forms of its class, and drawn from their blanks: a form that needs another field puts
    that in its place, and changes none.
    """

    default_renderer = BlankForms

    version = forms.IntegerField(min_value=0, max_value=MOST_SAVINGS, required=False, widget=forms.HiddenInput)
    instead_of = forms.IntegerField(min_value=0, max_value=MOST_SAVINGS, required=False, widget=forms.HiddenInput)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        self.base_fields = SharedFields(self.base_fields)  # type: ignore[misc]  # Django reads it there
        super().__init__(*args, **kwargs)

    @property
    def base_version(self) -> int:
        """The version that saving replaces. Raises ``KeyError`` before the form was found valid."""
        chosen = self.cleaned_data["instead_of"]
        version: int | None = self.cleaned_data["version"] if chosen is None else chosen
        return version or 0

    @staticmethod
    def version_of(row: Any) -> int:
        """Return the version of what the form is saved as."""
        version: int = row.version
        return version

    def said(self) -> dict[str, Any]:
        """Return what was filled in, as the service takes it."""
        own = {"version", "instead_of"}
        return {name: value for name, value in self.cleaned_data.items() if name not in own}

    def differs(self) -> bool:
        """Whether anything was filled in otherwise than in the initial values, whatever version it was made from."""
        return bool(set(self.changed_data) - {"version", "instead_of"})

    def questions(self) -> Iterable[BoundField]:
        """Yield the fields that a person fills in."""
        return (field for field in self if not field.is_hidden)

    def in_words(self) -> list[Words]:
        """Return what stands in the form, whether typed, saved or refused, field by field."""
        return [Words(str(field.label), _spoken(field)) for field in self.questions()]


def beside(mine: DraftForm, saved: DraftForm) -> list[tuple[str, str, str]]:
    """Return label, own words and saved words of the fields in which two forms differ."""
    pairs = zip(mine.in_words(), saved.in_words(), strict=True)
    return [(own.label, own.words, other.words) for own, other in pairs if own.words != other.words]


def optional(
    choices: Iterable[tuple[str, StrOrPromise]], *, unsaid: StrOrPromise = NOT_SAID
) -> list[tuple[str, StrOrPromise]]:
    """Return the choices with one in front that says nothing, so that a choice can be taken back."""
    return [("", unsaid), *choices]


def _spoken(field: BoundField) -> str:
    value = field.value()
    if isinstance(field.field, forms.BooleanField):
        return gettext("Yes") if value else gettext("No")
    titles: Mapping[str, str] = {
        str(code): str(title) for code, title in getattr(field.field, "choices", ()) if code != ""
    }
    if isinstance(value, list | tuple):
        return listed(titles.get(str(code), str(code)) for code in value)
    text = "" if value is None else str(value)
    return titles.get(text, text)
