"""How a reviewer names a claim that was missed."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from reviews.forms.draft import Prose


class ProposalForm(forms.Form):
    """Words of the article, and why they should be checked."""

    prefix = "proposal"
    use_required_attribute = False

    quote = Prose(
        label=_("The words of the article"),
        help_text=_("Select them in the text, or copy them from it."),
        max_length=1500,
        error_messages={"required": _("Copy the words from the article first.")},
    )
    reason = Prose(
        label=_("Why it should be checked"),
        help_text=_("As you like."),
        required=False,
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 2, "dir": "auto"}),
    )

    def said(self) -> dict[str, Any]:
        """Return quote and reason, as the service takes them."""
        return {"quote": self.cleaned_data["quote"], "reason": self.cleaned_data["reason"]}
