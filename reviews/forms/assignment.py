"""What comes in when somebody is asked to review, and when that is taken back."""

from collections.abc import Mapping, Sequence
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.db.models import QuerySet
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django_stubs_ext import StrPromise

from reviews.errors import NobodyToAssign, ReasonMissing
from reviews.forms.address import AddressField, visible
from reviews.forms.round import LARGEST_QUORUM, DayForm
from reviews.models import User

BOTH_OR_NEITHER = _("Choose a person, or give an address: one of the two.")


class AssignmentForm(DayForm):
    """Whom to ask, by account or by address, and until when."""

    reviewers = forms.ModelMultipleChoiceField(
        queryset=User.objects.none(), required=False, label=_("People"), widget=forms.CheckboxSelectMultiple
    )
    addresses = forms.CharField(
        required=False,
        max_length=2000,
        label=_("People without an account"),
        help_text=_("Their e-mail addresses, one a line. The invitation leads them to an account of their own."),
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


class LookForm(forms.Form):
    """How the people are shown whom a round could ask, and how many to propose. What is not understood is left out."""

    q = forms.CharField(required=False, max_length=200, label=_("Find people by name, address or field"))
    sort = forms.ChoiceField(required=False, label=_("In the order of"))
    size = forms.IntegerField(required=False, min_value=0, max_value=LARGEST_QUORUM, label=_("How many to propose"))

    def __init__(self, *args: Any, sorts: Mapping[str, StrPromise], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["sort"].choices = list(sorts.items())  # type: ignore[attr-defined]

    def said(self, name: str) -> Any:
        """Return what was said, or None."""
        self.full_clean()
        return self.cleaned_data.get(name)


class ReasonForm(forms.Form):
    """Why something is done that somebody may ask about later."""

    reason = forms.CharField(
        label=_("Why"),
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 4}),
        error_messages={"required": ReasonMissing.sentence()},
    )


class FarewellForm(forms.Form):
    """What somebody reads whose request is taken back."""

    note = forms.CharField(
        required=False,
        label=_("A note to whoever leaves"),
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_(
            "It stands in the mail that the request is over; whoever has handed in gets none. Never name another "
            "reviewer here."
        ),
    )


class ReplaceForm(FarewellForm, DayForm):
    """Who is asked in a reviewer's place, by account or by address, and until when."""

    reviewer = forms.TypedChoiceField(
        required=False, coerce=int, empty_value=None, label=_("Person"), widget=forms.RadioSelect
    )
    address = AddressField(
        required=False, max_length=254, label=_("Or somebody else, by e-mail address"), widget=forms.EmailInput
    )
    set_aside = forms.CharField(
        required=False,
        max_length=2000,
        label=_("Set the marks aside that were handed in, because"),
        help_text=_("Empty: they go on counting."),
        widget=forms.Textarea(attrs={"rows": 2}),
    )

    field_order = ("reviewer", "address", "due_on", "set_aside", "note")

    def __init__(self, *args: Any, people: Sequence[tuple[int, str]], is_handed_in: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["reviewer"].choices = people  # type: ignore[attr-defined]
        if not is_handed_in:
            del self.fields["set_aside"]

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        if not self.errors and bool(cleaned["reviewer"]) == bool(cleaned["address"]):
            raise ValidationError(BOTH_OR_NEITHER)
        return cleaned


class ExtendForm(DayForm):
    """Another day for several reviewers, and where needed for their rounds."""

    with_rounds = forms.BooleanField(
        required=False,
        label=_("Move the rounds too that are due before that day"),
        help_text=_("Whoever is due together with such a round gets the new day as well."),
    )


class NoteForm(forms.Form):
    """What a reviewer should look at again."""

    note = forms.CharField(
        label=_("What should the reviewer look at again?"),
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 5}),
        help_text=_("The reviewer reads this at the top of the review. Never name another reviewer here."),
    )


def _refuse_address(address: str) -> None:
    try:
        validate_email(address)
    except ValidationError:
        raise ValidationError(gettext("“%(address)s” is not an e-mail address.") % {"address": address}) from None
    if len(address) > 254:
        raise ValidationError(gettext("An e-mail address has at most 254 characters."))
