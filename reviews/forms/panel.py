"""What comes in when several rounds are given their panels together."""

from collections.abc import Iterable
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from reviews.forms.round import LARGEST_QUORUM, DayForm
from reviews.models import User


class PanelForm(DayForm):
    """Whom one of the rounds shall ask, by their ids, and until when."""

    people = forms.TypedMultipleChoiceField(required=False, coerce=int, label=_("People"))

    def __init__(self, *args: Any, people: Iterable[User], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["people"].choices = [(person.pk, str(person)) for person in people]  # type: ignore[attr-defined]


class SizeForm(forms.Form):
    """How many to propose for each of the rounds; empty: as many as its quorum lacks."""

    size = forms.IntegerField(
        required=False,
        min_value=0,
        max_value=LARGEST_QUORUM,
        label=_("How many to propose for each"),
        help_text=_("Empty: as many as its quorum lacks."),
    )

    def said(self) -> int | None:
        """Return the number, or None where none was said that can be used."""
        size: int | None = self.cleaned_data["size"] if self.is_valid() else None
        return size
