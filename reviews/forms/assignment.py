"""What comes in when somebody is asked to review, and when that is taken back."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.db.models import QuerySet

from reviews.errors import NobodyToAssign, ReasonMissing
from reviews.forms.address import visible
from reviews.forms.round import DayForm
from reviews.models import User


class PeopleField(forms.ModelMultipleChoiceField):  # type: ignore[type-arg]  # not subscriptable at run time
    """People to choose from, each with what an editor weighs: field, work in hand, reviews so far."""

    def label_from_instance(self, person: Any) -> str:
        load = "nothing in hand" if not person.load else f"{person.load} claims in hand"
        past = "1 review" if person.handed_in == 1 else f"{person.handed_in or 'no'} reviews"
        parts = [str(person), person.expertise, load, f"{past} so far", "editor" if person.is_staff else ""]
        return " · ".join(part for part in parts if part)


class AssignmentForm(DayForm):
    """Whom to ask, by account or by address, and until when."""

    reviewers = PeopleField(
        queryset=User.objects.none(), required=False, label="People", widget=forms.CheckboxSelectMultiple
    )
    addresses = forms.CharField(
        required=False,
        max_length=2000,
        label="People without an account",
        help_text="Their e-mail addresses, one a line. The invitation leads them to an account of their own.",
        widget=forms.Textarea(attrs={"rows": 3, "autocapitalize": "none", "spellcheck": "false"}),
    )

    field_order = ("reviewers", "addresses", "due_on")

    def __init__(self, *args: Any, candidates: "QuerySet[User]", **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["reviewers"].queryset = candidates  # type: ignore[attr-defined]

    def clean_addresses(self) -> list[str]:
        """Return the addresses, each once; say which of them is none."""
        lines = [line.strip().strip(",;") for line in visible(self.cleaned_data["addresses"]).splitlines()]
        addresses = {line.lower(): line for line in lines if line}
        for address in addresses.values():
            _refuse_address(address)
        return list(addresses.values())

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        if not self.errors and not cleaned["reviewers"] and not cleaned["addresses"]:
            raise ValidationError(NobodyToAssign.sentence())
        return cleaned


class ReasonForm(forms.Form):
    """Why something is done that somebody may ask about later."""

    reason = forms.CharField(
        label="Why",
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 4}),
        error_messages={"required": ReasonMissing.sentence()},
    )


class NoteForm(forms.Form):
    """What a reviewer should look at again."""

    note = forms.CharField(
        label="What should the reviewer look at again?",
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 5}),
        help_text="The reviewer reads this at the top of the review. Never name another reviewer here.",
    )


def _refuse_address(address: str) -> None:
    try:
        validate_email(address)
    except ValidationError:
        raise ValidationError(f"“{address}” is not an e-mail address.") from None
    if len(address) > 254:
        raise ValidationError("An e-mail address has at most 254 characters.")
