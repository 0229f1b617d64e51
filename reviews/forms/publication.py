"""What comes in when a report goes before readers, or is taken back."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from reviews.errors import CorrectionUnexplained


class PublicationForm(forms.Form):
    """The desk's own words above a report."""

    summary = forms.CharField(
        label=_("Summary"),
        required=False,
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=_("A few sentences for readers, above the verdicts. May stay empty."),
    )
    correction = forms.CharField(
        label=_("What is different now"),
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=_("Readers see it as a note of correction."),
        error_messages={"required": CorrectionUnexplained.sentence()},
    )

    def __init__(self, *args: Any, corrects: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not corrects:
            del self.fields["correction"]

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        return {"correction": "", **cleaned}


class WithdrawalForm(forms.Form):
    """Why a publication is taken back."""

    note = forms.CharField(
        label=_("Why it is withdrawn"),
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=_("Readers find this note in the place of the verdicts."),
    )
