"""What is written to the editors."""

from collections.abc import Iterable
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from reviews.forms.draft import Prose
from reviews.models import RoundClaim


class MessageForm(forms.Form):
    """A question about one claim, or about the whole."""

    prefix = "message"
    use_required_attribute = False

    claim = forms.ChoiceField(label=_("About"), required=False)
    text = Prose(
        label=_("Your message"),
        help_text=_("The editors of this round read it. The panel does not."),
        max_length=4000,
        error_messages={"required": _("Write something first.")},
    )

    def __init__(self, *args: Any, claims: Iterable[RoundClaim], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.claims = {str(claim.number): claim for claim in claims}
        self.fields["claim"].choices = [  # type: ignore[attr-defined]
            ("", _("The whole article")),
            *((number, _in_words(claim)) for number, claim in self.claims.items()),
        ]

    def said(self) -> dict[str, Any]:
        """Return claim (or ``None``) and text, as the service takes them."""
        return {"claim": self.claims.get(self.cleaned_data["claim"]), "text": self.cleaned_data["text"]}


def _in_words(claim: RoundClaim) -> str:
    return _("Claim %(number)s: %(wording)s") % {"number": claim.number, "wording": _short(claim.wording)}


def _short(text: str) -> str:
    return text if len(text) <= 70 else text[:69].rstrip() + "…"
