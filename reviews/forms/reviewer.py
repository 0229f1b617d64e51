"""What a reviewer enters of the own person."""

from django import forms
from django.utils.translation import gettext_lazy as _

from reviews.core.citing.orcid import NotAnOrcid, normal_orcid
from reviews.forms.draft import Line
from reviews.models.wording import said


class OrcidForm(forms.Form):
    """An ORCID iD, or none."""

    prefix = "researcher"

    orcid = Line(
        label=_("Your ORCID iD"),
        help_text=_("As in 0000-0002-1825-0097, or its address at orcid.org. Leave it empty to take it away."),
        required=False,
        max_length=60,
    )

    def clean_orcid(self) -> str:
        typed: str = self.cleaned_data["orcid"]
        try:
            return normal_orcid(typed) if typed else ""
        except NotAnOrcid as error:
            raise forms.ValidationError(said(error.phrase)) from error
